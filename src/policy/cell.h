/* SPDX-License-Identifier: MIT */
/*
 * cell.h: the words of a cell.
 *
 * > A cell is a set, on both sides. In an input column the row matches if the fact is in the set. In an output column
 * > the answer lies in the set.
 *
 *     Good or Outstanding · not Academy · at least AMBER · Good or better · 3 to 6 · 3B in the last year
 *     Declining or Below all measures          (the second names a fact of its own)
 *     No substantive head; Still capable       (under a header that names nothing: all hold)
 *
 * A cell is read as its plain text, case and spaces folded, the longest label first. A value of the column's own goes
 * before a keyword, an output of the same directive before another thing of the same label; what is still two things is
 * an error that names both. Nothing is guessed: every word belongs to a phrase, and every phrase to a fact.
 */
#ifndef SIGNPOST_POLICY_CELL_H
#define SIGNPOST_POLICY_CELL_H

#include "policy/thing.h"

/* Alternatives and conditions of one cell. */
#define CELL_ITEMS_MAX 64

/* What the words [from, to) of a cell's plain text name: a fact or an output, or one of its values. */
struct column_link {
    size_t row; /* COLUMN_LINK_HEADER, or the index among the table's rows in Markdown */
    size_t column;
    size_t from, to;
    const struct fact *fact; /* one of the two */
    const struct output *output;
    struct str value; /* id of the scale's value or of the set's item; empty: the fact itself */
};
#define COLUMN_LINK_HEADER SIZE_MAX

struct cell_links {
    struct arena *arena;
    struct column_link *items;
    size_t count, room;
};

/* A text of a cell, or of a value in framework.yaml or a directive. */
struct cell_text {
    struct str text;
    const struct markdown_cell *cell; /* or NULL: then `at` is the place of the first byte */
    struct place at;
    size_t row, column; /* where its links belong */
};

/* Under what a cell is read. */
struct cell_scope {
    struct policy *policy;
    struct policy_kind *kind;
    const struct decision *decision; /* whose outputs go before others; NULL outside of tables */
    const struct thing *column;      /* what the header names; NULL: nothing */
    struct str header;               /* its words, for messages */
    struct place header_at;
    bool *misnamed;           /* or NULL: set once the header, and not a cell, was said to be wrong */
    struct cell_links *links; /* or NULL; see policy_question for those of a map of cells */
    struct diags *diags;
};

struct cell_text cell_of(const struct markdown_cell *cell, size_t row, size_t column);
struct cell_text cell_of_value(const struct value *v);

/* An input. TRUE where the cell is blank, `any` or a dash, and after a diagnostic. */
struct condition *cell_condition(const struct cell_scope *scope, struct cell_text in);

/* A map of cells, `{Phase: infant or junior, Type: not academy}`: all of them hold. */
struct condition *cell_conditions(const struct cell_scope *scope, const struct value *map);

/* An expression or a map of cells, as under `when`, `applies` and `never`. */
struct condition *cell_or_expression(const struct cell_scope *scope, const struct value *v);

/* An output; what is new among its answers is added to those of the output. False after a diagnostic. */
bool cell_answer(const struct cell_scope *scope, struct output *output, struct cell_text in,
                 struct cell_answer *out);

/* Links the words of a header to the fact or output that they name. */
void cell_link_header(const struct cell_scope *scope, struct cell_text in, const struct thing *thing,
                      const struct output *output);

/* Whether a text is a dash alone. */
bool cell_is_dash(struct str text);

#endif
