/* SPDX-License-Identifier: MIT */
/*
 * markdown_read.c: tables that have a directive, as data.
 *
 * cmark says which lines are a table and what the words of a cell are. Where a cell stands is found in the source's
 * line: cmark's columns are too small after `\|`, and it does not say where a dropped cell was.
 */
#include "text/markdown_priv.h"

#include <string.h>

/* ---- plain text ---- */

size_t md_white(struct str s, size_t i) {
    if (s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r')
        return 1;
    return s.at[i] == '\xC2' && i + 1 < s.len && s.at[i + 1] == '\xA0' ? 2 : 0;
}

static void plain_add(struct md_plain *plain, struct str s) {
    if (plain->gap && plain->at) {
        plain->at++;
        if (plain->out)
            buf_byte(plain->out, ' ');
    }
    plain->gap = false;
    plain->at += s.len;
    if (plain->out)
        buf_add(plain->out, s);
}

void md_plain_words(struct md_plain *plain, struct str words) {
    for (size_t i = 0, end; i < words.len; i = end) {
        size_t gap = md_white(words, i);
        plain->gap = plain->gap || gap;
        end = i + gap;
        while (!gap && end < words.len && !md_white(words, end))
            end++;
        if (!gap)
            plain_add(plain, str_sub(words, i, end));
    }
}

/* Between as many backticks as Markdown would want, and with its spaces: a text in FEEL may hold two. */
static void plain_code(struct md_plain *plain, struct str literal) {
    size_t most = 0, run = 0;
    for (size_t i = 0; i < literal.len; i++) {
        run = literal.at[i] == '`' ? run + 1 : 0;
        most = run > most ? run : most;
    }
    bool apart = str_starts(literal, STR("`")) || str_ends(literal, STR("`"));
    for (size_t i = 0; i <= most; i++)
        plain_add(plain, STR("`"));
    plain_add(plain, apart ? STR(" ") : STR(""));
    plain_add(plain, literal);
    plain_add(plain, apart ? STR(" ") : STR(""));
    for (size_t i = 0; i <= most; i++)
        plain_add(plain, STR("`"));
}

void md_plain_node(struct md_plain *plain, cmark_node *root) {
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (md_is(node, CMARK_NODE_TEXT))
            md_plain_words(plain, md_literal(node));
        else if (md_is(node, CMARK_NODE_CODE))
            plain_code(plain, md_literal(node));
    }
    cmark_iter_free(iter);
}

/* ---- places ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What a backslash before it is taken off. */
static bool is_mark(char c) {
    return c > ' ' && c < 0x7F && !is_letter(c) && !is_digit(c);
}

/* Bytes of the character reference that begins at i, which stands for other words than its own; else 0. */
static size_t reference(struct str raw, size_t i) {
    if (raw.at[i] != '&')
        return 0;
    size_t end = i + 1;
    while (end < raw.len && end < i + 32 &&
           (is_letter(raw.at[end]) || is_digit(raw.at[end]) || raw.at[end] == '#'))
        end++;
    return end > i + 1 && end < raw.len && raw.at[end] == ';' ? end + 1 - i : 0;
}

/* Bytes of the character at i. */
static size_t character(struct str s, size_t i) {
    size_t next = i;
    str_next(s, &next);
    return next - i;
}

/* What was written for the character at text[t]: `at` in raw, and how much of either it takes. */
struct written {
    size_t at, raw, text;
};

/* Looks for it from raw[r] on; what is passed over are marks. A raw of 0 where it is not found. */
static struct written written(struct str raw, size_t r, struct str text, size_t t, bool code) {
    char c = text.at[t];
    for (; r < raw.len; r++) {
        bool escaped = raw.at[r] == '\\' && r + 1 < raw.len && raw.at[r + 1] == c;
        size_t entity = code ? 0 : reference(raw, r);
        if (escaped && is_mark(c))
            return (struct written){r, 2, 1};
        if (entity && (c != '&' || str_starts(str_sub(raw, r, raw.len), STR("&amp;"))))
            return (struct written){r, entity, c == ' ' ? 1 : character(text, t)};
        if (raw.at[r] == c)
            return (struct written){r, 1, 1};
        if (c == ' ' && md_white(raw, r))
            return (struct written){r, md_white(raw, r), 1};
        if (!code && raw.at[r] == ']' && r + 1 < raw.len && raw.at[r + 1] == '(')
            r = str_find(raw, ')', r); /* an address is not words */
    }
    return (struct written){0};
}

/* Nothing is kept for this: it is asked for when something is wrong, of a line. */
struct place markdown_cell_place(const struct markdown_cell *cell, size_t offset) {
    size_t r = 0;
    bool code = false;
    for (size_t t = 0; t < cell->text.len;) {
        struct written w = written(cell->raw, r, cell->text, t, code);
        if (!w.raw)
            break;
        if (t >= offset)
            return place_at(cell->at.source, cell->at.offset + w.at);
        code = code != (cell->text.at[t] == '`');
        r = w.at + w.raw;
        while (!code && cell->text.at[t] == ' ' && r < cell->raw.len && md_white(cell->raw, r))
            r += md_white(cell->raw, r);
        t += w.text;
    }
    return offset && cell->text.len <= offset ? place_at(cell->at.source, cell->at.offset + cell->raw.len)
                                              : cell->at;
}

/* ---- cells ---- */

/* Bytes of the text, which may be a copy, as they stand in the source. */
static struct str in_source(const struct md *md, struct str s) {
    size_t from = md->from + (size_t)(s.at - md->text.at);
    return (struct str){md->source->text.at + from, s.len};
}

/* The only thing in the cell that can be seen is emphasis. */
static bool is_emphasised(cmark_node *cell) {
    bool emphasis = false;
    for (cmark_node *node = cmark_node_first_child(cell); node; node = cmark_node_next(node)) {
        bool space = md_is(node, CMARK_NODE_TEXT) && !str_trim(md_literal(node)).len;
        if (space || md_is(node, CMARK_NODE_HTML_INLINE))
            continue;
        if (emphasis || (!md_is(node, CMARK_NODE_EMPH) && !md_is(node, CMARK_NODE_STRONG)))
            return false;
        emphasis = true;
    }
    return emphasis;
}

static void read_cell(struct md *md, cmark_node *node, struct str raw, struct markdown_cell *cell) {
    cell->raw = in_source(md, raw);
    cell->at = place_at(md->source, (size_t)(cell->raw.at - md->source->text.at));
    cell->emphasised = is_emphasised(node);
    struct buf text = {.arena = md->arena};
    struct md_plain plain = {.out = &text};
    md_plain_node(&plain, node);
    cell->text = buf_str(&text);
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *part = cmark_iter_get_node(iter);
        cell->code = cell->code || md_is(part, CMARK_NODE_CODE);
        if (event == CMARK_EVENT_ENTER && md_is(part, CMARK_NODE_LINK) && !cell->link.len)
            cell->link = str_copy(md->arena, str_from(cmark_node_get_url(part)));
    }
    cmark_iter_free(iter);
}

static struct markdown_row read_row(struct md *md, cmark_node *node, size_t line, size_t columns) {
    struct str cells[MARKDOWN_TABLE_COLUMNS_MAX], words = md_line(md, line);
    size_t found = md_cells(words, cells, MARKDOWN_TABLE_COLUMNS_MAX), column = 0;
    struct markdown_row row = {.at = md_place_line(md, line), .refused = !md_row_fits(md, line, columns)};
    row.cells = arena_array(md->arena, struct markdown_cell, columns);
    cmark_node *cell = cmark_node_first_child(node);
    for (; cell && column < columns; cell = cmark_node_next(cell), column++)
        read_cell(md, cell, column < found ? cells[column] : (struct str){words.at + words.len, 0},
                  &row.cells[column]);
    return row;
}

/* ---- the walk ---- */

struct reading {
    struct md *md;
    struct markdown_tables tables;
    size_t room;
    size_t ordinal;
    struct markdown_heading heading; /* the last one */
};

static size_t count_rows(cmark_node *first) {
    size_t count = 0;
    for (; first; first = cmark_node_next(first))
        count++;
    return count;
}

static void read_table(struct reading *r, cmark_node *node) {
    struct md *md = r->md;
    r->ordinal++;
    struct str directive = md_directive_above(md, node);
    if (!directive.len)
        return;
    directive = in_source(md, directive);
    md_table_check(md, node);
    r->tables.items =
        md_grow(md->arena, r->tables.items, r->tables.count, &r->room, sizeof(*r->tables.items));
    struct markdown_table *table = &r->tables.items[r->tables.count++];
    cmark_node *header = cmark_node_first_child(node), *row = cmark_node_next(header);
    *table = (struct markdown_table){
        .directive = directive,
        .directive_at = place_at(md->source, (size_t)(directive.at - md->source->text.at)),
        .ordinal = r->ordinal,
        .columns = cmark_gfm_extensions_get_table_columns(node),
        .row_count = count_rows(row),
        .heading = r->heading,
    };
    table->header = read_row(md, header, md_rule_line(md, node) - 1, table->columns);
    table->rows = arena_array(md->arena, struct markdown_row, table->row_count);
    for (size_t i = 0; row; row = cmark_node_next(row), i++)
        table->rows[i] = read_row(md, row, md_node_line(md, row), table->columns);
}

/* A heading's id is cut off its words, so it is read when all of it has been passed. */
static void read_node(struct reading *r, cmark_node *node, bool enters) {
    if (!enters) {
        if (md_is(node, CMARK_NODE_HEADING))
            r->heading = md_heading(r->md, node);
    } else if (md_is_comment(node)) {
        md_directive_block(r->md, node);
    } else if (md_is(node, CMARK_NODE_PARAGRAPH)) {
        md_block_begin(r->md, node);
    } else if (md_is_inline_comment(node)) {
        md_directive_inline(r->md, node);
    } else if (md_is_table(node)) {
        read_table(r, node);
    }
}

/* In the order of the text, which is the order in which tables are printed and counted. */
static struct markdown_tables read_document(struct md *md, cmark_node *document) {
    struct reading reading = {.md = md};
    md->level = 1;
    md_ids_keep(md, document);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        read_node(&reading, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    return reading.tables;
}

struct markdown_tables markdown_tables(struct arena *arena, const struct source *source, size_t from,
                                       struct diags *diags) {
    static const struct markdown_options options = {0};
    struct md md = {
        .arena = arena,
        .diags = diags,
        .options = &options,
        .source = source,
        .from = from,
        .text = str_sub(source->text, from, source->text.len),
    };
    if (!memmem(md.text.at, md.text.len, "<!--", 4)) /* as nearly every page */
        return (struct markdown_tables){0};
    cmark_node *document = md_parse(&md);
    struct markdown_tables tables = read_document(&md, document);
    cmark_node_free(document);
    return tables;
}
