/* SPDX-License-Identifier: MIT */
/*
 * markdown_table.c: tables that can be read without seeing them.
 *
 * A region that scrolls alone and is reachable by keyboard, a caption, a scope on every header, and a header in every
 * row. cmark hides what an author gets wrong in a table: it drops surplus cells, adds missing ones, takes text under
 * a table for a row and cuts a header out of the paragraph above. All of it is found here, in the source's lines.
 */
#include "text/markdown_priv.h"

/* ---- captions ---- */

static bool is_plain(cmark_node *node) {
    return md_is(node, CMARK_NODE_TEXT) || md_is(node, CMARK_NODE_SOFTBREAK);
}

/* One run of emphasis, or strong words and then plain text. A paragraph that ends in a colon leads up to its table
 * and is not its name. */
static bool caption_shape(cmark_node *paragraph) {
    cmark_node *name = cmark_node_first_child(paragraph), *rest = cmark_node_next(name);
    if (md_is(name, CMARK_NODE_EMPH))
        return !rest;
    if (!md_is(name, CMARK_NODE_STRONG))
        return false;
    for (; rest; rest = cmark_node_next(rest))
        if (!is_plain(rest))
            return false;
    cmark_node *last = cmark_node_last_child(paragraph);
    return last == name || !str_ends(str_trim(md_literal(last)), STR(":"));
}

bool md_is_caption(cmark_node *paragraph) {
    cmark_node *next = cmark_node_next(paragraph);
    while (md_is_comment(next))
        next = cmark_node_next(next);
    return md_is_table(next) && caption_shape(paragraph);
}

/* The stop, colon or dash between a caption's name and its detail, which is printed on a line of its own. */
static void detail_begin(struct md *md, cmark_node *rest) {
    struct str s = str_trim(md_literal(rest));
    static const struct str joints[] = {{".", 1}, {":", 1}, {"\xE2\x80\x94", 3}, {"\xE2\x80\x93", 3}};
    for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
        if (str_starts(s, joints[i]))
            s = str_trim(str_sub(s, joints[i].len, s.len));
    cmark_node_set_literal(rest, str_z(md->arena, s));
}

static void caption_print(struct md *md, cmark_node *paragraph) {
    md_block_begin(md, paragraph);
    cmark_node *name = cmark_node_first_child(paragraph), *rest = cmark_node_next(name);
    md_inlines(md, cmark_node_first_child(name));
    if (rest && md_is(rest, CMARK_NODE_SOFTBREAK))
        rest = cmark_node_next(rest);
    if (!rest)
        return;
    detail_begin(md, rest);
    buf_lit(&md->out, " <span>");
    md_gap(md);
    md_inlines(md, rest);
    buf_lit(&md->out, "</span>");
}

/* A directive may stand between a caption and its table. */
static cmark_node *block_before(cmark_node *node) {
    do
        node = cmark_node_previous(node);
    while (md_is_comment(node));
    return node;
}

static void table_caption(struct md *md, cmark_node *table, cmark_node *caption) {
    if (caption)
        caption_print(md, caption);
    else if (md->heading.len)
        html_escape(&md->out, md->heading); /* not into `plain` a second time */
    else
        diag_plain(md->diags, DIAG_TABLE_CAPTION, md_place_line(md, md_node_line(md, table)));
    md_gap(md);
}

/* A group, not a region, where another region has the name, as where the caption is the section's heading. */
static void table_open(struct md *md, cmark_node *table) {
    cmark_node *before = block_before(table);
    cmark_node *caption = md_is(before, CMARK_NODE_PARAGRAPH) && md_is_caption(before) ? before : NULL;
    bool region = md_name_take(md, caption ? md_text(md, caption) : md->heading);
    struct str id = md_id_number(md, STR("table-"), ++md->table);
    buf_lit(&md->out, "<div class=\"rows\" role=\"");
    buf_add(&md->out, region ? STR("region") : STR("group"));
    buf_lit(&md->out, "\" aria-labelledby=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\" tabindex=\"0\"><table>\n<caption id=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\"><div>");
    table_caption(md, table, caption);
    buf_lit(&md->out, "</div></caption>\n");
}

/* ---- what cmark hides ---- */

/* The first that fits, from the table's first line on. */
size_t md_rule_line(const struct md *md, cmark_node *table) {
    size_t from = md_node_line(md, table), columns = cmark_gfm_extensions_get_table_columns(table);
    size_t low = 0, high = md->rule_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (md->rules[middle] <= from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < md->rule_count; low++)
        if (md_rule_columns(md_line(md, md->rules[low])) == columns)
            return md->rules[low];
    return from + 1;
}

static void check_above(struct md *md, cmark_node *table) {
    cmark_node *before = cmark_node_previous(table);
    if (md_is(before, CMARK_NODE_PARAGRAPH) && !cmark_node_get_start_line(before))
        diag(md->diags, DIAG_TABLE_TOUCHED, md_place_line(md, md_rule_line(md, table) - 1), STR("above"));
}

static void check_row(struct md *md, cmark_node *row, size_t columns) {
    size_t line = md_node_line(md, row);
    struct str s = md_unquote(md_line(md, line));
    size_t cells = md_cells(s, NULL, 0);
    bool piped = cells > 1 || str_starts(s, STR("|")) || str_ends(str_trim(s), STR("|"));
    if (!piped)
        diag(md->diags, DIAG_TABLE_TOUCHED, md_place_line(md, line), STR("below"));
    else if (cells != columns)
        diag(md->diags, DIAG_TABLE_CELLS, md_place_line(md, line), str_whole(md->arena, (long long)cells),
             str_whole(md->arena, (long long)columns));
}

void md_table_check(struct md *md, cmark_node *table) {
    size_t columns = cmark_gfm_extensions_get_table_columns(table);
    check_above(md, table);
    cmark_node *row = cmark_node_next(cmark_node_first_child(table));
    for (; row; row = cmark_node_next(row))
        check_row(md, row, columns);
}

/* ---- rows ---- */

/* Nothing to read in it; a no-break space is nothing. */
static bool is_blank(cmark_node *cell) {
    for (cmark_node *node = cmark_node_first_child(cell); node; node = cmark_node_next(node)) {
        if (md_is(node, CMARK_NODE_HTML_INLINE))
            continue;
        if (!md_is(node, CMARK_NODE_TEXT))
            return false;
        struct str s = md_literal(node);
        for (size_t i = 0; i < s.len; i++) {
            bool no_break = s.at[i] == '\xC2' && i + 1 < s.len && s.at[i + 1] == '\xA0';
            if (!no_break && s.at[i] != ' ' && s.at[i] != '\t')
                return false;
            i += no_break;
        }
    }
    return true;
}

/* scope: "col", "row", or NULL for a cell of data. */
static void print_cell(struct md *md, cmark_node *cell, const char *scope, bool number) {
    buf_add(&md->out, scope ? STR("<th scope=\"") : STR("<td"));
    if (scope) {
        buf_add(&md->out, str_from(scope));
        buf_byte(&md->out, '"');
    }
    if (number)
        buf_lit(&md->out, " class=\"num\"");
    buf_byte(&md->out, '>');
    md_block_begin(md, cell);
    md_inlines(md, cmark_node_first_child(cell));
    buf_add(&md->out, scope ? STR("</th>") : STR("</td>"));
    md_gap(md);
}

static void header_row(struct md *md, cmark_node *row, const uint8_t *alignments) {
    size_t column = 0;
    buf_lit(&md->out, "<thead><tr>");
    for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell), column++) {
        if (is_blank(cell))
            diag(md->diags, DIAG_TABLE_HEADER_BLANK, md_place_line(md, md_node_line(md, cell)),
                 str_whole(md->arena, (long long)column + 1));
        print_cell(md, cell, "col", alignments[column] == 'r');
    }
    buf_lit(&md->out, "</tr></thead>\n");
}

/* The first cell names the row; where it is blank, as in a row that goes on from the one above, the first that is
 * not. To repeat the name from above would print what the author did not write; a header over no text would be read
 * out as "blank" before every cell. */
static void body_row(struct md *md, cmark_node *row, const uint8_t *alignments) {
    size_t column = 0;
    bool named = false;
    buf_lit(&md->out, "<tr>");
    for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell), column++) {
        bool names = !named && !is_blank(cell);
        named = named || names;
        print_cell(md, cell, names ? "row" : NULL, alignments[column] == 'r');
    }
    buf_lit(&md->out, "</tr>\n");
    if (!named)
        diag_plain(md->diags, DIAG_TABLE_ROW_BLANK, md_place_line(md, md_node_line(md, row)));
}

void md_table(struct md *md, cmark_node *table) {
    const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
    cmark_node *header = cmark_node_first_child(table), *row = cmark_node_next(header);
    md_directive_above(md, table);
    md_table_check(md, table);
    table_open(md, table);
    header_row(md, header, alignments);
    if (row)
        buf_lit(&md->out, "<tbody>\n");
    for (cmark_node *r = row; r; r = cmark_node_next(r))
        body_row(md, r, alignments);
    if (row)
        buf_lit(&md->out, "</tbody>\n");
    buf_lit(&md->out, "</table></div>\n");
}
