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

/* NULL: it has none of its own. */
static cmark_node *caption_of(cmark_node *table) {
    cmark_node *before = block_before(table);
    return md_is(before, CMARK_NODE_PARAGRAPH) && md_is_caption(before) ? before : NULL;
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

/* How many cells the line of a row has; 0 where it is text without a |, which cmark takes for a row. */
static size_t cells_of_line(const struct md *md, size_t line) {
    struct str s = md_unquote(md_line(md, line));
    size_t cells = md_cells(s, NULL, 0);
    bool piped = cells > 1 || str_starts(s, STR("|")) || str_ends(str_trim(s), STR("|"));
    return piped ? cells : 0;
}

bool md_row_fits(const struct md *md, size_t line, size_t columns) {
    return cells_of_line(md, line) == columns;
}

static void check_row(struct md *md, cmark_node *row, size_t columns) {
    size_t line = md_node_line(md, row), cells = cells_of_line(md, line);
    if (!cells)
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

/* ---- cells ---- */

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

/* A table on its way out. */
struct table {
    cmark_node *node;
    const struct markdown_decor *decor; /* an empty one where it has none */
    const uint8_t *alignments;
    size_t columns;     /* as printed */
    size_t written;     /* as in the source */
    struct str *labels; /* what a cell is called where it stands under no header; NULL: it always does */
};

/* A cell of it. */
struct cell {
    cmark_node *node;                 /* NULL: of a column that is added */
    const struct markdown_made *made; /* NULL: the node's own words */
    size_t column;
    const char *scope; /* NULL: of data */
    bool spans;        /* all columns */
    struct str row_id; /* printable: the cell names a row that has it */
};

static size_t column_at(const struct table *t, size_t i) {
    return t->decor->order ? t->decor->order[i] : i;
}

static size_t cells_of(cmark_node *row, cmark_node **cells) {
    size_t count = 0;
    cmark_node *cell = cmark_node_first_child(row);
    for (; cell && count < MARKDOWN_TABLE_COLUMNS_MAX; cell = cmark_node_next(cell))
        cells[count++] = cell;
    return count;
}

static struct str plain_text(struct md *md, cmark_node *cell) {
    struct buf text = {.arena = md->arena};
    md_plain_node(&(struct md_plain){.out = &text}, cell);
    return buf_str(&text);
}

static void attribute(struct md *md, struct str name, struct str value) {
    buf_byte(&md->out, ' ');
    buf_add(&md->out, name);
    buf_lit(&md->out, "=\"");
    html_escape(&md->out, value);
    buf_byte(&md->out, '"');
}

static void cell_class(struct md *md, const struct table *t, const struct cell *c) {
    struct str class = t->decor->classes ? t->decor->classes[c->column] : (struct str){0};
    bool number = c->column < t->written && t->alignments[c->column] == 'r';
    if (c->spans)
        return;
    if (class.len && number)
        attribute(md, STR("class"), str_join(md->arena, class, STR(" num")));
    else if (class.len || number)
        attribute(md, STR("class"), number ? STR("num") : class);
}

/* A sign of its own, and not the words: those may lead to what they mean. */
static void cell_permanent(struct md *md, const struct cell *c) {
    buf_lit(&md->out, "<a class=\"perma\" href=\"#");
    html_escape(&md->out, c->row_id);
    buf_byte(&md->out, '"');
    attribute(md, STR("aria-label"),
              str_join(md->arena, STR("Permanent link to row "), plain_text(md, c->node)));
    buf_lit(&md->out, ">#</a>");
}

/* Markup that was made for the cell; its words are searched as if they had been written. */
static void print_made(struct md *md, const struct markdown_made *made) {
    size_t from = md->out.len;
    md_write(md, made->text);
    md->out.len = from;
    buf_add(&md->out, made->html);
}

static void print_words(struct md *md, const struct table *t, const struct cell *c,
                        const struct markdown_phrases *phrases) {
    md_block_begin(md, c->node);
    if (t->decor->order)
        md->searched = 0; /* it may stand before the one that was printed last */
    md_phrases(md, c->node, phrases ? &phrases[c->column] : NULL);
}

static void print_cell(struct md *md, const struct table *t, const struct cell *c,
                       const struct markdown_phrases *phrases) {
    buf_add(&md->out, c->scope ? STR("<th") : STR("<td"));
    if (c->scope)
        attribute(md, STR("scope"), str_from(c->scope));
    if (c->spans && t->columns > 1)
        attribute(md, STR("colspan"), str_whole(md->arena, (long long)t->columns));
    cell_class(md, t, c);
    if (t->labels && !c->scope)
        attribute(md, STR("data-label"), t->labels[c->column]);
    buf_byte(&md->out, '>');
    if (c->made)
        print_made(md, c->made);
    else if (c->node)
        print_words(md, t, c, phrases);
    if (c->row_id.len)
        cell_permanent(md, c);
    buf_add(&md->out, c->scope ? STR("</th>") : STR("</td>"));
    md_gap(md);
}

/* ---- the table ---- */

static void table_caption(struct md *md, const struct table *t, cmark_node *caption) {
    if (caption)
        caption_print(md, caption);
    else if (md->heading.len)
        html_escape(&md->out, md->heading); /* not into `plain` a second time */
    else
        diag_plain(md->diags, DIAG_TABLE_CAPTION, md_place_line(md, md_node_line(md, t->node)));
    if (t->decor->given.text.len) {
        buf_lit(&md->out, " <span class=\"given\">");
        md_gap(md);
        md_words(md, &t->decor->given);
        buf_lit(&md->out, "</span>");
    }
    md_gap(md);
}

/* A group, not a region, where another region has the name, as where the caption is the section's heading. */
static void table_open(struct md *md, const struct table *t) {
    cmark_node *caption = caption_of(t->node);
    struct str name = caption ? md_text(md, caption) : md->heading;
    if (t->decor->given.text.len)
        name = str_join(md->arena, name, STR(" "), t->decor->given.text);
    bool region = md_name_take(md, name);
    struct str id = md_id_number(md, STR("table-"), md->table);
    buf_lit(&md->out, "<div class=\"rows\" role=\"");
    buf_add(&md->out, region ? STR("region") : STR("group"));
    buf_lit(&md->out, "\" aria-labelledby=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\" tabindex=\"0\"><table");
    if (t->decor->class.len)
        attribute(md, STR("class"), t->decor->class);
    buf_lit(&md->out, ">\n<caption id=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\"><div>");
    table_caption(md, t, caption);
    buf_lit(&md->out, "</div></caption>\n");
}

/* A header of several columns needs a group of columns to be the header of. */
static void column_groups(struct md *md, const struct table *t) {
    for (size_t i = 0; i < t->decor->band_count; i++) {
        buf_lit(&md->out, "<colgroup");
        if (t->decor->bands[i].columns > 1)
            attribute(md, STR("span"), str_whole(md->arena, (long long)t->decor->bands[i].columns));
        buf_lit(&md->out, "></colgroup>");
    }
    buf_byte(&md->out, '\n');
}

static void band_row(struct md *md, const struct table *t) {
    buf_lit(&md->out, "<tr class=\"band\">");
    for (size_t i = 0; i < t->decor->band_count; i++) {
        const struct markdown_band *band = &t->decor->bands[i];
        buf_lit(&md->out, "<th scope=\"colgroup\"");
        if (band->columns > 1)
            attribute(md, STR("colspan"), str_whole(md->arena, (long long)band->columns));
        buf_byte(&md->out, '>');
        html_escape(&md->out, band->words);
        buf_lit(&md->out, "</th>");
    }
    buf_lit(&md->out, "</tr>\n");
}

static void header_row(struct md *md, const struct table *t, cmark_node *row) {
    cmark_node *cells[MARKDOWN_TABLE_COLUMNS_MAX];
    size_t count = cells_of(row, cells);
    if (t->decor->band_count)
        column_groups(md, t);
    buf_lit(&md->out, "<thead>");
    if (t->decor->band_count)
        band_row(md, t);
    buf_lit(&md->out, "<tr>");
    for (size_t i = 0; i < t->columns; i++) {
        struct cell c = {.column = column_at(t, i), .scope = "col"};
        if (c.column >= count)
            c.made = &t->decor->added[c.column - count].header;
        else
            c.node = cells[c.column];
        if (c.node && is_blank(c.node))
            diag(md->diags, DIAG_TABLE_HEADER_BLANK, md_place_line(md, md_node_line(md, c.node)),
                 str_whole(md->arena, (long long)c.column + 1));
        print_cell(md, t, &c, t->decor->header);
    }
    buf_lit(&md->out, "</tr></thead>\n");
}

static void row_open(struct md *md, const struct markdown_row_decor *decor, bool caption, struct str *id) {
    buf_lit(&md->out, "<tr");
    if (caption)
        buf_lit(&md->out, " class=\"tier\"");
    if (decor->id.len && md_id_owned(md, decor->id, decor, id))
        attribute(md, STR("id"), *id);
    buf_byte(&md->out, '>');
}

/* What was made for a cell of the row of that index; NULL: its own words. */
static const struct markdown_made *made_of(const struct table *t, const struct markdown_row_decor *decor,
                                           size_t column, size_t index) {
    const struct markdown_made *made = NULL;
    if (column >= t->written)
        made = &t->decor->added[column - t->written].cells[index];
    else if (decor->made)
        made = &decor->made[column];
    return made && made->html.len ? made : NULL;
}

/* The first cell names the row; where it is blank, as in a row that goes on from the one above, the first that is
 * not. To repeat the name from above would print what the author did not write; a header over no text would be read
 * out as "blank" before every cell. */
static void body_row(struct md *md, const struct table *t, cmark_node *row,
                     const struct markdown_row_decor *decor, size_t index) {
    cmark_node *cells[MARKDOWN_TABLE_COLUMNS_MAX];
    size_t count = cells_of(row, cells), filled = 0, name = count;
    for (size_t i = t->columns; i-- > 0;)
        if (column_at(t, i) < count && !is_blank(cells[column_at(t, i)])) {
            filled++;
            name = column_at(t, i);
        }
    bool caption = decor->tier && filled == 1;
    struct str id = {0};
    row_open(md, decor, caption, &id);
    for (size_t i = 0; i < t->columns; i++) {
        struct cell c = {.column = column_at(t, i), .spans = caption};
        if (caption && c.column != name)
            continue;
        if (c.column < count)
            c.node = cells[c.column];
        c.made = made_of(t, decor, c.column, index);
        if (c.column == name) {
            c.scope = caption ? "rowgroup" : "row";
            c.row_id = id;
        }
        print_cell(md, t, &c, decor->cells);
    }
    buf_lit(&md->out, "</tr>\n");
    if (!filled)
        diag_plain(md->diags, DIAG_TABLE_ROW_BLANK, md_place_line(md, md_node_line(md, row)));
}

static void body(struct md *md, const struct table *t, cmark_node *first) {
    static const struct markdown_row_decor plain = {0};
    size_t i = 0;
    for (cmark_node *row = first; row; row = cmark_node_next(row), i++) {
        const struct markdown_row_decor *decor = i < t->decor->row_count ? &t->decor->rows[i] : &plain;
        if (i && decor->tier)
            buf_lit(&md->out, "</tbody>\n");
        if (!i || decor->tier)
            buf_lit(&md->out, "<tbody>\n");
        body_row(md, t, row, decor, i);
    }
    if (first)
        buf_lit(&md->out, "</tbody>\n");
}

/* Not within the region, which scrolls. */
static void line_below(struct md *md, const struct markdown_words *words) {
    if (!words->text.len)
        return;
    buf_lit(&md->out, "<p class=\"below\">");
    md_words(md, words);
    buf_lit(&md->out, "</p>\n");
    md_gap(md);
}

void md_table(struct md *md, cmark_node *node) {
    static const struct markdown_decor plain = {0};
    const struct markdown_decor *decor = md_decor(node);
    cmark_node *header = cmark_node_first_child(node);
    struct table t = {
        .node = node,
        .decor = decor ? decor : &plain,
        .alignments = cmark_gfm_extensions_get_table_alignments(node),
        .written = cmark_gfm_extensions_get_table_columns(node),
    };
    t.columns = t.decor->printed ? t.decor->printed : t.written;
    md->table++;
    md_directive_above(md, node);
    md_table_check(md, node);
    if (decor) {
        t.labels = arena_array(md->arena, struct str, t.written + decor->added_count);
        cmark_node *cell = cmark_node_first_child(header);
        for (size_t i = 0; cell && i < t.written; cell = cmark_node_next(cell), i++)
            t.labels[i] = plain_text(md, cell);
        for (size_t i = 0; i < decor->added_count; i++)
            t.labels[t.written + i] = decor->added[i].header.text;
    }
    buf_add(&md->out, t.decor->before);
    table_open(md, &t);
    header_row(md, &t, header);
    body(md, &t, cmark_node_next(header));
    buf_lit(&md->out, "</table></div>\n");
    line_below(md, &t.decor->after);
}
