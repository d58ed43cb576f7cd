/* SPDX-License-Identifier: MIT */
/*
 * table.h: tables in Markdown as rows of conditions and answers.
 *
 * The directive above a table says what its headers do not: which decision it is part of, what the outputs are and how
 * rows win. Everything else is in the table: a header names an output, a fact or nothing, a row whose first cell begins
 * with "otherwise" begins a tier, and a row's address comes from its id or its words, never from its position.
 */
#ifndef SIGNPOST_POLICY_TABLE_H
#define SIGNPOST_POLICY_TABLE_H

#include "policy/cell.h"

enum column_role {
    COLUMN_INPUT,  /* `thing` is what it names; NULL: nothing, and each item of a cell names its fact */
    COLUMN_ID,     /* the text of its cells is the id of their rows */
    COLUMN_NOTES,  /* printed and not executed */
    COLUMN_OUTPUT, /* `output` of the decision */
};

struct table_column {
    enum column_role role;
    bool must; /* of a check: an input that must hold */
    const struct thing *thing;
    size_t output; /* among the decision's */
    bool misnamed; /* what is wrong with its header was said, once for all its cells */
};

/* Far more than anybody weighs up; the solver has room for so many. */
#define MATCH_STEPS_MAX 16
#define MATCH_KINDS_MAX 32

/* A step of a match: what the better proposal has more of. */
enum match_measure { MATCH_PLACED, MATCH_DISTANCE, MATCH_DECISION };
struct match_step {
    enum match_measure measure;
    const struct decision *decision; /* of MATCH_DECISION: a number for each pair or member */
    const struct row *row;
};
struct match_plan {
    const struct output *pool;  /* yes/no: who takes part */
    const struct output **must; /* strengths of checks, all of one kind of group */
    size_t must_count;
    const struct policy_kind *group;  /* that kind; NULL: no check was named */
    const struct fact *kind;          /* the group's fact `kind`, on a scale */
    const struct scale_value **kinds; /* what a proposal may be, the first where two are as good */
    size_t kind_count;
    struct match_step *steps;
    size_t step_count;
};

/* A comment above a table, read and checked. */
struct directive {
    const struct policy_page *page;
    const struct markdown_table *table;
    const struct value *root;
    enum table_kind kind;
    struct str id;
    struct place at;           /* of the id */
    struct decision *decision; /* NULL: it was refused */
    struct policy_table *to;
    struct measure_table *measures; /* of TABLE_MEASURES */
    struct cell_links links;
};

/* What all tables share while they are read. */
struct tables {
    struct policy *policy;
    struct diags *diags;
    struct directive *items;
    size_t count;
};

/* ---- directive.c ---- */

/* Reads the comment's YAML and checks its keys. False after diagnostics. */
bool directive_read(struct tables *tables, const struct policy_page *page, const struct markdown_table *table,
                    struct directive *out);

/* Makes the decision of a first directive known, or finds that of a later one. */
void directive_declare(struct tables *tables, struct directive *directive);

/* The words under a key that may be one text or a list: how many, and each. */
size_t directive_words_count(const struct directive *directive, const char *key);
const struct value *directive_words(const struct directive *directive, const char *key, size_t i);

/* What a key of a directive or an output may hold; reported where it holds something else. */
enum directive_shape {
    SHAPE_ANY,
    SHAPE_WORDS,
    SHAPE_LIST, /* words, or a list of them */
    SHAPE_CONDITION,
};
bool directive_holds(const struct field *f, enum directive_shape shape, struct diags *diags);

/* Whether an id is in small letters, digits and underscores; reported where it is not. */
bool directive_id(struct str id, struct place at, struct diags *diags);

/* "in_force" is "In force": what people read where no label was given. */
struct str directive_label(struct arena *arena, struct str id);

/* ---- output.c ---- */

/* The outputs that a directive declares. */
void outputs_read(struct tables *tables, struct decision *decision, const struct value *outputs);

/* ---- table.c ---- */

/* First what the columns are, the rows with their ids and tiers, and the answers, so that tests of an answer know them
 * all; then the conditions. */
void table_rows(struct tables *tables, struct directive *directive);
void table_conditions(struct tables *tables, struct directive *directive);

/* The words as a slug that keeps apart what policies do: GREEN* and GREEN, below -3 and below 3. */
struct str row_slug(struct arena *arena, struct str words);

/* What a match's directive and steps name. */
void table_match(struct tables *tables, struct directive *directive);

/* ---- measure.c ---- */

/* Whether a table of measures (for one of those, also a decision) has the id already; reported. */
bool measures_declared(struct tables *tables, const struct directive *directive);

/* A table of measures: made known with its columns and rows, and then, when all facts and answers are, what its rows
 * count. */
void measures_declare(struct tables *tables, struct directive *directive);
void measures_conditions(struct tables *tables, struct directive *directive);

/* ---- question.c ---- */

/* Compiles the questions that stand beside the tables. */
void questions_read(struct tables *tables);

/* ---- order.c ---- */

/* Decisions in an order in which each comes after those it reads, and rows in the order in which they win. A cycle is
 * an error. */
void policy_order(struct tables *tables);

/* Below 0 where a ranks before b, whatever their tiers: lexicographic over the outputs. */
int row_compare(const struct decision *decision, const struct row *a, const struct row *b);

#endif
