/* SPDX-License-Identifier: MIT */
/*
 * document.h: a report, written as text for a terminal, as Markdown, and as an HTML page.
 *
 * Whoever reports builds one document and knows nothing of how it will be read: headings, paragraphs, lists and
 * tables, whose words are spans. Three writers print it, so that the three cannot say different things.
 *
 *     struct document *d = document_new(arena);
 *     document_heading(d, 2, STR("Schools whose category changes"));
 *     document_paragraph(d);
 *     document_printf(d, "%zu schools change. ", count);
 *     document_span(d, SPAN_STRONG, STR("Ashdown"));
 *     document_change(d, STR("Amber"), STR("Green"));
 *     document_place(d, STR("content/policy/chart.md"), 68);
 *
 * Text is data: nothing in it is markup in any of the three forms. White space in it is folded to single spaces, and a
 * block without words is not written. What is added and removed is marked by signs or elements that need no colour:
 * [-old-] {+new+}, ~~old~~ **new**, <del> and <ins> with words for who listens.
 *
 * Texts are kept as views: they must live as long as the document. document_printf copies.
 */
#ifndef SIGNPOST_TEXT_DOCUMENT_H
#define SIGNPOST_TEXT_DOCUMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum span_kind { SPAN_TEXT, SPAN_STRONG, SPAN_CODE, SPAN_ADDED, SPAN_REMOVED };

struct document;

struct document *document_new(struct arena *arena);
struct arena *document_arena(struct document *document); /* for texts that are made for it */

/* Level 1 is the title, once and first; sections are 2, their parts 3 and 4. A level is at most one below the heading
 * before it. */
void document_heading(struct document *document, int level, struct str text);

void document_paragraph(struct document *document); /* begins; spans follow */
void document_item(struct document *document,
                   int depth); /* begins an item of a list; depth from 0, at most one deeper
                                                           * than the item before */

/* Begins a table of `columns` columns, whose headers are all there (an empty one is written as a dash). Rows follow; a
 * table without rows is not written. A column in which every cell is a number, or empty, is set to the right. */
void document_table(struct document *document, struct str caption, const struct str *headers, size_t columns);
void document_row(struct document *document,
                  enum span_kind whole);       /* SPAN_ADDED: the row is new; SPAN_REMOVED: it goes;
                                                                * SPAN_TEXT: it is there in both */
void document_cell(struct document *document); /* begins the row's next cell; the first of a row heads it */

/* Into the block (paragraph, item or cell) begun last. */
void document_span(struct document *document, enum span_kind span, struct str text);
void document_printf(struct document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* SPAN_TEXT, with what buf_printf takes */

/* What was there and what is there now, either of which may be empty: "[-before-] {+after+}". */
void document_change(struct document *document, struct str before, struct str after);

/* " (content/policy/x.md:68)"; a line of 0 is left out. */
void document_place(struct document *document, struct str path, size_t line);

/* For a terminal of `width` columns (0: 80). A table that is too wide becomes a list of labelled lines. */
void document_text(const struct document *document, size_t width, struct buf *out);

/* As GitHub and GitLab read it in a comment. Of more than `limit` bytes (0: however many), what does not fit is left
 * out, whole blocks from the end on, and the last line says so. */
#define DOCUMENT_COMMENT_MAX 65536 /* characters in a comment on GitHub; bytes are never fewer */
void document_markdown(const struct document *document, size_t limit, struct buf *out);

/* One page that needs nothing else: its title is the document's. */
void document_html(const struct document *document, struct buf *out);

#endif
