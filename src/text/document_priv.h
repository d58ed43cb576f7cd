/* SPDX-License-Identifier: MIT */
/*
 * document_priv.h: what the files of document.h share. Nobody else includes it.
 *
 *     document.c           builds it
 *     document_text.c      for a terminal
 *     document_markdown.c  for a comment on a git host
 *     document_html.c      a page
 */
#ifndef SIGNPOST_TEXT_DOCUMENT_PRIV_H
#define SIGNPOST_TEXT_DOCUMENT_PRIV_H

#include "text/document.h"

/* A run of words of one kind: clean, single-spaced, never empty, without a space at either end. */
struct document_run {
    enum span_kind span;
    bool gap; /* a space is due before it */
    struct str text;
    struct document_run *next;
};

/* The words of a block or a cell. */
struct document_words {
    struct document_run *first, *last;
    bool gap; /* a space is due before what comes next */
};

struct document_row {
    enum span_kind whole;
    struct document_words *cells; /* as many as the table has columns */
    size_t count;                 /* cells that were begun */
    struct document_row *next;
};

enum document_kind { DOCUMENT_HEADING, DOCUMENT_PARAGRAPH, DOCUMENT_ITEM, DOCUMENT_TABLE };

struct document_block {
    enum document_kind kind;
    int level; /* of a heading, from 1; of an item, from 0 */
    struct document_words words;

    /* of a table, whose caption is its words */
    const struct str *headers;
    size_t columns;
    struct document_row *rows, *last_row;

    struct document_block *next;
};

struct document {
    struct arena *arena;
    struct document_block *first, *last;
    struct document_words *open; /* where spans go; NULL: nowhere */
};

/* Of each column of a table, whether every cell in it is a number or empty. The first heads its rows and is none. */
const bool *document_numeric(const struct document_block *table, struct arena *arena);

/* "New: " or "Removed: ", before the head of a row that comes or goes; else nothing. */
struct str document_row_word(const struct document_row *row);

/* What stands where a header or the head of a row has no words: a header is never blank. */
#define DOCUMENT_BLANK STR("\xe2\x80\x93")

#endif
