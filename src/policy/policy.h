/* SPDX-License-Identifier: MIT */
/*
 * policy.h: a portal's policy as a program.
 *
 * A decision table in Markdown becomes a `struct decision`: rows of conditions and answers. Every condition is a test of
 * a *variable* (a fact, an item of a set, an earlier decision's output, whether something is recorded) against a set of
 * its values. Values are bits, so what is known of a variable is a mask, and "not known" is a mask of several bits. One
 * search over masks (search.h) then gives completions, candidates and proofs alike.
 *
 *     vocabulary -> policy_new -> policy_read, of the tables of all pages -> const from here on
 *
 * The room knows no school word: kinds of record are names, and the portal tells it the facts of one record
 * (subject.h).
 */
#ifndef SIGNPOST_POLICY_POLICY_H
#define SIGNPOST_POLICY_POLICY_H

#include "base/date.h"
#include "base/decimal.h"
#include "policy/feel.h"
#include "policy/quantity.h"
#include "policy/vocabulary.h"
#include "text/markdown.h"

/* ---- values as bits ---- */

/* Bits 0 to 55 are values: those of a scale from least to most; no and yes; pieces of a number line; the distinct answers
 * of an output, in the order of the tables. */
typedef uint64_t values;
#define VALUE_BIT(i) ((values)1 << (i))
#define VALUES_NO VALUE_BIT(0)
#define VALUES_YES VALUE_BIT(1)
#define VALUES_ABSENT \
    VALUE_BIT(61) /* no text, no date, no number: `none` of a fact that has no scale for it */
#define VALUES_NOT_DETERMINED VALUE_BIT(62) /* an earlier decision that gave nothing */
#define VALUES_NOT_APPLICABLE VALUE_BIT(63)

/* Those that are no value. */
#define VALUES_IMPROPER (VALUES_ABSENT | VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE)

/* Whether it is known which value it is. */
static inline bool values_single(values mask) {
    return mask && !(mask & (mask - 1));
}

/* The same, and that it is one: neither absent nor undetermined nor without a question. */
static inline bool values_is_answer(values mask) {
    return values_single(mask) && !(mask & VALUES_IMPROPER);
}

/* ---- conditions ---- */

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_MAYBE };

struct variable;

/* A piece of the number line: dates count days, durations months or days. Ends may be open or infinite. */
struct interval {
    struct decimal low, high;
    bool from_infinity, to_infinity; /* no low, no high end */
    bool low_open, high_open;
};

enum condition_op {
    CONDITION_TRUE,
    CONDITION_FALSE,
    CONDITION_AND, /* of no kids: true */
    CONDITION_OR,  /* of no kids: false */
    CONDITION_TEST,
    CONDITION_FEEL, /* an expression that is no test of one variable: evaluated when what it reads is known */
};

struct condition {
    enum condition_op op;
    struct condition **kids;
    size_t count;
    const struct variable *variable; /* of TEST */
    values mask;                     /* of TEST: it holds when the variable's value is among these */
    struct interval *intervals;      /* of TEST on a number line: added to `mask` when the policy is closed */
    size_t interval_count;
    bool outside;                  /* of TEST on a number line: what lies in none of the intervals */
    const struct feel_node *feel;  /* of FEEL */
    bool wanted;                   /* of FEEL: the truth at which it holds */
    const struct variable **reads; /* of FEEL: what it reads */
    size_t read_count;
    const struct variable *stuck; /* of FEEL: the yes/no that stands for it when it cannot be worked out */
    struct place at;              /* the words it was made from */
    struct str text;              /* those words */
};

/* ---- variables ---- */

enum variable_kind {
    VARIABLE_FACT,     /* a fact; of a set, one item */
    VARIABLE_OUTPUT,   /* what stands of an earlier decision's output */
    VARIABLE_RECORDED, /* yes/no: whether the record says anything of `of` */
    VARIABLE_IN_LAST, /* yes/no: whether a value among `of_mask` was in force within `span` before the as-of date */
    VARIABLE_STUCK, /* yes/no: an expression that could not be worked out */
};

enum variable_line { LINE_NONE, LINE_NUMBER, LINE_DATE, LINE_MONTHS, LINE_DAYS };

/* `in the last 2 years`: so many months, or else days. */
struct span {
    int months;
    int days;
};

struct variable {
    enum variable_kind kind;
    struct str id;    /* "trend.improving", "chart.category" */
    struct str label; /* as people read it */
    struct str record;
    size_t index; /* among the variables of its kind of record */
    const struct fact *fact;
    size_t fact_index; /* among policy_kind.facts */
    const struct output *output;
    size_t output_index;    /* among policy_kind.outputs */
    struct str item;        /* of one item of a set: its id */
    values all;             /* every value it may have, those for absence included */
    values unknown;         /* what silence in the record may mean: `missing:` */
    enum audience audience; /* the widest that may see it, where `classed` */
    bool classed;

    /* of a derived fact */
    struct condition *when;        /* yes/no: holds where this does */
    const struct feel_node *is;    /* other types: the value */
    struct condition *applies;     /* NULL: always */
    const struct variable **reads; /* of `is` */
    size_t read_count;

    /* of a number line: the pieces between the constants that any test compares it with */
    enum variable_line line;
    struct decimal *
        cuts; /* ascending; piece 2i is what lies below cut i, 2i+1 is the cut itself, the last is above all */
    size_t cut_count;

    /* of RECORDED and IN_LAST */
    const struct variable *of;
    values of_mask;
    struct span span;
};

/* ---- decisions ---- */

enum hit { HIT_ANY, HIT_UNIQUE, HIT_PRIORITY, HIT_GUIDE, HIT_COLLECT, HIT_SUM, HIT_MIN, HIT_MAX, HIT_COUNT };
enum table_kind { TABLE_DECISION, TABLE_CHECK, TABLE_MATCH, TABLE_MEASURES };
enum output_type {
    OUTPUT_SCALE,
    OUTPUT_YES_NO,
    OUTPUT_QUANTITY,
    OUTPUT_NUMBER,
    OUTPUT_TEXT,
    OUTPUT_OFFER,
    OUTPUT_DUE /* when something is due: text to FEEL and to other tables */
};

struct due; /* due.h */

/* One distinct answer of an output. */
struct answer {
    struct str id;    /* of the scale's value; "yes"; of text its words; of an offer its path */
    struct str label; /* as it is printed */
    struct quantity quantity;
    struct decimal number;
    const struct due *due; /* of DUE; NULL: not stated, to be agreed, to be confirmed */
    int rank;              /* of `prefer`, or of severity: less comes first; INT_MAX: has none */
};

struct output {
    struct str id, label;
    const struct decision *decision;
    enum output_type type;
    const struct scale *scale;
    struct quantity unit;   /* of QUANTITY: "visits a year" */
    struct answer *answers; /* bit i of its masks is answers[i] */
    size_t answer_count;
    bool full;         /* there were more, and that was said */
    bool ordered;      /* answers have ranks */
    bool blank_stated; /* `blank:` says what an empty cell stands for */
    values blank;
    enum audience audience;
    bool classed;
    const struct variable *variable; /* what tables that read it test */
};

/* What one cell of an output says. The set of a floor is all from it up, so its lowest value is the floor. */
enum force { FORCE_SET, FORCE_FLOOR };
struct cell_answer {
    values set; /* the answer lies in it; VALUES_NOT_DETERMINED: nothing */
    values
        preferred; /* one bit, or 0: a single value prefers itself; `normally X, or Y` prefers X; other sets nothing */
    bool normally;
    enum force force; /* FORCE_FLOOR: `at least X` of a guide */
    struct place at;
    struct str text;
};

/* One condition of a row and the cell it stands in; what explains and proves speaks of cells. */
struct row_cell {
    struct condition *condition; /* TRUE where the cell is blank */
    struct str text;             /* as written, plain */
    struct place at;
    size_t column; /* in its table; ROW_CELL_GIVEN: of the table's `given` */
    bool must;     /* of a check: among the cells that must hold */
};
#define ROW_CELL_GIVEN SIZE_MAX

struct row {
    struct str id;      /* "r7" */
    struct str address; /* "chart-r7" */
    struct str label;   /* what cites it: the text of its id column, else its first words */
    struct place at;
    uint32_t line; /* of `at`, which every explanation cites */
    const struct policy_table *table;
    size_t index;           /* in its table */
    size_t tier;            /* 0 for the first */
    bool marker;            /* a caption of a tier, no row: never holds */
    struct row_cell *cells; /* inputs: `given` first, then as the columns stand */
    size_t cell_count;
    struct cell_answer *answers; /* one for each of the decision's outputs */
};

/* One table in a page. */
struct policy_table {
    const struct decision *decision;      /* one of the two */
    const struct measure_table *measures; /* see measure.h */
    const struct source *source;
    size_t ordinal;  /* among the tables of its page */
    struct str page; /* set by the portal: the page's address, "policy/categories.html" */
    const struct markdown_table *markdown;
    struct table_column *columns;    /* markdown->columns of them; see table.h */
    struct str given;                /* in words, "" where it has none */
    size_t first_row, row_count;     /* of decision->rows */
    const struct column_link *links; /* phrases of cells and what defines them; see cell.h */
    size_t link_count;
};

#define DECISION_OUTPUTS_MAX 24
#define DECISION_ROWS_MAX 1000 /* of all its tables: proof looks at every two of them */

struct decision {
    enum table_kind kind;
    struct str id, label;
    struct str record; /* whose facts its headers name: "school" */
    enum hit hit;
    bool when_recorded; /* `stands: when recorded` */
    bool classed;
    enum audience audience;    /* `visible:`, the widest that may see its results */
    struct condition *applies; /* NULL: always */
    struct output *outputs;
    size_t output_count;
    struct row **rows; /* of all its tables, as written */
    size_t row_count;
    struct row **order; /* rows in the order in which they win: by tier, then by preference */
    size_t tiers;
    struct policy_table **tables;
    size_t table_count;
    const struct match_plan *match; /* of a match; see table.h */
    struct place at;                /* of the declaring directive */
    const struct value *directive;
    size_t index; /* among policy->decisions */
};

/* What cannot be true together. */
struct never {
    struct condition *when;
    struct str because;
    struct place at;
    struct str record;
};

/* A condition on records of a kind that stands beside the tables: an offer's `for`. It is compiled with them, so that its
 * constants cut the same number lines. */
struct policy_question {
    struct str record;
    const struct value *source; /* a map of cells, or an expression */
    struct condition *when;     /* set by policy_read; TRUE after a diagnostic */
    const struct column_link
        *links; /* of cells: row i is the map's i-th field, column 0 its key, 1 its value */
    size_t link_count;
    size_t index; /* among policy->questions */
};

/* The kind of record that a table is about where it does not say so, that measures count and that groups are made of. */
#define POLICY_SUBJECT STR("school")

/* Everything of one kind of record. */
struct policy_kind {
    struct str id;                         /* "school" */
    const struct feel_record_class *class; /* what its records are to FEEL */
    const struct fact **facts;             /* in the order of framework.yaml */
    size_t fact_count;
    struct output **outputs; /* of its decisions, in their order */
    size_t output_count;
    struct variable **variables;
    size_t variable_count, variable_room;
    struct decision **decisions; /* in an order in which each comes after those it reads */
    size_t decision_count;
    struct decision **checks; /* its check tables, as declared; not among `decisions` */
    size_t check_count;
    struct never **nevers;
    size_t never_count;
    struct map by_id;    /* variable id -> struct variable */
    struct map by_label; /* label, folded -> struct thing (thing.h); those of one label hang together */
    struct map by_name;  /* id, folded -> struct thing */
};

struct policy {
    struct arena *arena;
    const struct vocabulary *vocabulary;
    struct calendar calendar;
    struct policy_kind **kinds;
    size_t kind_count;
    struct map kind_by_id;
    struct decision **decisions; /* as declared: pages by path, tables as they stand */
    size_t decision_count;
    struct map decision_by_id;
    struct measure_table **measures; /* as declared; see measure.h */
    size_t measure_count;            /* of those tables */
    struct policy_question **questions;
    size_t question_count;
    struct condition **line_tests; /* tests of number lines, until policy_close_lines */
    size_t line_test_count, line_test_room;
    struct map feel_scales; /* scale id -> struct feel_scale: what expression.c made of it */
};

/* An empty policy over a vocabulary: its facts become variables. */
void policy_new(struct arena *arena, const struct vocabulary *vocabulary, struct policy *out,
                struct diags *diags);

/* Adds the tables of one page, in two passes: all directives of all pages are declared before any cell is read, so a
 * table may read a decision that stands on a later page. */
struct policy_page {
    const struct source *source;
    const struct markdown_tables *tables;
    struct str address;
};
void policy_read(struct policy *policy, const struct policy_page *pages, size_t count, struct diags *diags);

/* Appends a variable to those of its kind; its `index` must be the count so far. Not found by name. */
void policy_kind_add(struct policy *policy, struct policy_kind *kind, struct variable *variable);

/* Adds what cannot be true of a record of the kind. */
void policy_never_add(struct policy *policy, struct policy_kind *kind, const struct never *never);

/* Asks a question, before the tables are read; see question.h for its answer. */
struct policy_question *policy_ask(struct policy *policy, struct str record, const struct value *source);

struct policy_kind *policy_kind(const struct policy *policy, struct str id); /* or NULL */
struct str policy_kind_nearest(const struct policy *policy, struct arena *arena, struct str id);
const struct decision *policy_decision(const struct policy *policy, struct str id);

#endif
