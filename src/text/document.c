/* SPDX-License-Identifier: MIT */
/* document.c: building a report, block by block. */
#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "text/document_priv.h"

struct document *document_new(struct arena *arena) {
    struct document *document = arena_new(arena, struct document);
    document->arena = arena;
    return document;
}

struct arena *document_arena(struct document *document) {
    return document->arena;
}

static struct document_block *add_block(struct document *d, enum document_kind kind, int level) {
    struct document_block *block = arena_new(d->arena, struct document_block);
    block->kind = kind;
    block->level = level;
    if (d->last)
        d->last->next = block;
    else
        d->first = block;
    d->last = block;
    d->open = &block->words;
    return block;
}

void document_heading(struct document *document, int level, struct str text) {
    add_block(document, DOCUMENT_HEADING, level);
    document_span(document, SPAN_TEXT, text);
    document->open = NULL; /* a heading is one piece of text */
}

void document_paragraph(struct document *document) {
    add_block(document, DOCUMENT_PARAGRAPH, 0);
}

void document_item(struct document *document, int depth) {
    add_block(document, DOCUMENT_ITEM, depth);
}

void document_table(struct document *document, struct str caption, const struct str *headers,
                    size_t columns) {
    struct document_block *table = add_block(document, DOCUMENT_TABLE, 0);
    struct str *kept = arena_array(document->arena, struct str, columns);
    for (size_t i = 0; i < columns; i++)
        kept[i] = headers[i];
    table->headers = kept;
    table->columns = columns;
    document_span(document, SPAN_TEXT, caption);
    document->open = NULL;
}

void document_row(struct document *document, enum span_kind whole) {
    struct document_block *table = document->last;
    assert(table && table->kind == DOCUMENT_TABLE);
    struct document_row *row = arena_new(document->arena, struct document_row);
    row->whole = whole;
    row->cells = arena_array(document->arena, struct document_words, table->columns);
    if (table->last_row)
        table->last_row->next = row;
    else
        table->rows = row;
    table->last_row = row;
    document->open = NULL;
}

void document_cell(struct document *document) {
    struct document_block *table = document->last;
    assert(table && table->kind == DOCUMENT_TABLE && table->last_row);
    assert(table->last_row->count < table->columns);
    document->open = &table->last_row->cells[table->last_row->count++];
}

/* What a terminal, a browser or a reader's eye could take for something else: escapes and other controls, and signs that
 * turn the direction of writing. What is reviewed must be what is seen. */
static bool is_unsafe(uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Single-spaced, with a sign where something was unsafe or no UTF-8. */
static struct str clean(struct arena *arena, struct str s) {
    struct buf out = {.arena = arena};
    bool gap = false;
    for (size_t at = 0; at < s.len;) {
        struct str rest = str_sub(s, at, s.len);
        uint32_t c = 0xfffd;
        if (str_utf8_bad(str_sub(rest, 0, 4)) == 0)
            at++;
        else
            c = str_next(s, &at);
        if (is_space(c)) {
            gap = true;
            continue;
        }
        if (gap && out.len)
            buf_byte(&out, ' ');
        gap = false;
        buf_code_point(&out, is_unsafe(c) ? 0xfffd : c);
    }
    return buf_str(&out);
}

static bool is_clean(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x20 || c >= 0x7f || (c == ' ' && i && s.at[i - 1] == ' '))
            return false;
    }
    return true;
}

void document_span(struct document *document, enum span_kind span, struct str text) {
    struct document_words *words = document->open;
    assert(words);
    if (!text.len)
        return;
    bool before = is_space((unsigned char)text.at[0]);
    bool after = is_space((unsigned char)text.at[text.len - 1]);
    struct str kept = str_trim(is_clean(text) ? text : clean(document->arena, text));
    words->gap = words->gap || before;
    if (!kept.len)
        return;
    struct document_run *run = arena_new(document->arena, struct document_run);
    *run = (struct document_run){.span = span, .gap = words->gap && words->last, .text = kept};
    words->gap = after;
    if (words->last)
        words->last->next = run;
    else
        words->first = run;
    words->last = run;
}

void document_printf(struct document *document, const char *format, ...) {
    struct buf text = {.arena = document->arena};
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    document_span(document, SPAN_TEXT, buf_str(&text));
}

void document_change(struct document *document, struct str before, struct str after) {
    document_span(document, SPAN_REMOVED, before);
    if (before.len && after.len)
        document_span(document, SPAN_TEXT, STR(" "));
    document_span(document, SPAN_ADDED, after);
}

void document_place(struct document *document, struct str path, size_t line) {
    struct buf place = {.arena = document->arena};
    buf_add(&place, path);
    if (line)
        buf_printf(&place, ":%zu", line);
    document_span(document, SPAN_TEXT, STR(" ("));
    document_span(document, SPAN_CODE, buf_str(&place));
    document_span(document, SPAN_TEXT, STR(")"));
}

/* Digits, and what goes with them: a pound sign and a true minus are not of ASCII. */
static bool is_number(const struct document_words *words) {
    bool digit = false;
    for (const struct document_run *run = words->first; run; run = run->next)
        for (size_t i = 0; i < run->text.len;) {
            uint32_t c = str_next(run->text, &i);
            digit = digit || (c >= '0' && c <= '9');
            if (!(c >= '0' && c <= '9') && c != 0xa3 && c != 0x2212 &&
                !(c < 0x80 && strchr(".,%+- ", (int)c)))
                return false;
        }
    return digit || !words->first;
}

static bool column_is_numeric(const struct document_block *table, size_t column) {
    bool any = false;
    for (const struct document_row *row = table->rows; row; row = row->next) {
        if (!is_number(&row->cells[column]))
            return false;
        any = any || row->cells[column].first;
    }
    return any;
}

const bool *document_numeric(const struct document_block *table, struct arena *arena) {
    bool *numeric = arena_array(arena, bool, table->columns);
    for (size_t c = 1; c < table->columns; c++)
        numeric[c] = column_is_numeric(table, c);
    return numeric;
}

struct str document_row_word(const struct document_row *row) {
    return row->whole == SPAN_ADDED     ? STR("New: ")
           : row->whole == SPAN_REMOVED ? STR("Removed: ")
                                        : (struct str){0};
}
