/* SPDX-License-Identifier: MIT */
/* review_tables_inside.h: what the files of review_tables share. */
#ifndef SIGNPOST_EDGE_REVIEW_TABLES_INSIDE_H
#define SIGNPOST_EDGE_REVIEW_TABLES_INSIDE_H

#include "edge/review_tables.h"
#include "policy/measure.h"
#include "portal/catches.h"

#define NOWHERE SIZE_MAX /* no column, no row */

/* ---- review_tables_read.c ---- */

/* A row as it is read: of a decision, or a measure. */
struct told_row {
    struct str id, label, address;
    size_t tier;
    size_t place; /* among its decision's rows */
    const struct markdown_row *cells;
};

/* A table that the audience may see. */
struct told_table {
    struct str id, label, kind, record;
    const struct decision *decision; /* NULL: of measures */
    const struct policy_table *table;
    const struct page *page;
    struct value directive;
    struct told_row *rows;
    size_t count;
};

struct told_tables {
    struct told_table *items;
    size_t count;
};

void told_read(const struct review_side *side, struct arena *arena, struct told_tables *out);

/* Whether all of them could be read, so that what is not there was taken out. */
bool told_wholly(const struct review_side *side);

/* The words of a cell; and where it leads, of one whose answer is a page and not its title. */
struct str told_cell(const struct told_row *row, size_t column);
struct str told_link(const struct told_table *table, const struct told_row *row, size_t column);

/* ---- review_tables_match.c ---- */

struct column_pair {
    size_t before, after; /* NOWHERE: it is not there */
};
struct row_pair {
    const struct told_row *before, *after; /* one of them may be NULL */
    int moved; /* below 0: it counts before rows that went before it; above 0: after rows that came after it */
    bool changed; /* in some cell */
};
struct table_pair {
    const struct told_table *before, *after; /* one of them may be NULL */
    struct column_pair *columns;             /* as the head has them; what was removed where it stood */
    size_t column_count;
    struct row_pair *rows; /* likewise */
    size_t row_count;
};
struct table_pairs {
    struct table_pair *items;
    size_t count;
};

/* Every table of both sides once; columns and rows of those that both have. */
void tables_match(const struct told_tables *before, const struct told_tables *after, struct arena *arena,
                  struct table_pairs *out);

/* ---- review_tables_caught.c ---- */

/* What the rows of a decision caught, on both sides, worked out once for all its tables. */
struct caught_pair {
    const struct decision *before, *after;
    struct catches was, is;
    bool said_before, said_after;
    struct map was_by_id, is_by_id; /* records */
};
struct caught_pair *caught_of(const struct review *review, const struct table_pair *pair,
                              struct caught_pair *known, size_t *count);

/* What of a row is to be said, into "caught"; nothing where nothing is known of it. */
void caught_write(const struct review *review, const struct caught_pair *caught, const struct row_pair *row,
                  struct value_map *out);

/* ---- review_tables_proof.c ---- */

/* Fills fails, holds and tests; false where there is none. */
bool proofs_compare(struct review *review, struct value_map *out);

#endif
