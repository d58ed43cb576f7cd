/* SPDX-License-Identifier: MIT */
/* document.c: building a report, block by block. */
#include <assert.h>
#include <stdarg.h>

#include "text/document_priv.h"

struct document *document_new(struct arena *arena) {
    struct document *document = arena_new(arena, struct document);
    document->arena = arena;
    return document;
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

void document_span(struct document *document, enum span_kind span, struct str text) {
    assert(document->open);
    if (!text.len)
        return;
    struct document_run *run = arena_new(document->arena, struct document_run);
    *run = (struct document_run){.span = span, .text = text};
    if (document->open->last)
        document->open->last->next = run;
    else
        document->open->first = run;
    document->open->last = run;
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

bool document_is_empty(const struct document *document) {
    const struct document_block *b = document->first;
    while (b && b->kind == DOCUMENT_HEADING)
        b = b->next;
    return !b;
}
