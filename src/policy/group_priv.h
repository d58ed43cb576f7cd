/* SPDX-License-Identifier: MIT */
/*
 * group_priv.h: the program that the rows of a check become. Only src/policy/group*.c include it.
 *
 *     group_table.c    what is asked once of each member and each pair, as planes of bits
 *     group_set.c      lists of members, and counts of them
 *     group_compile.c  conditions into nodes
 *     group_run.c      a group through the nodes
 *     group.c          the questions of group.h
 *
 * A truth is held as the *set of truths that it might have*. Of one group it is a single one; where only some members or
 * only counts are known there may be several, and then the same program tells what is impossible. So one walk answers
 * all questions of group.h.
 */
#ifndef SIGNPOST_POLICY_GROUP_PRIV_H
#define SIGNPOST_POLICY_GROUP_PRIV_H

#include "policy/group.h"
#include "policy/state.h"

#define GROUP_DEPTH_MAX 4     /* variables of some and every within each other */
#define GROUP_UNIVERSES_MAX 3 /* members, and kinds of which an expression names all records */
#define GROUP_ITEMS_MAX 48    /* facts and expressions of one form that may be uncertain */
#define GROUP_CORNER_ITEMS 6  /* of one row: two to the power of it are tried */
#define GROUP_WORDS_FEW 16    /* of a set of members that is made without asking for memory */
#define GROUP_NUMBER_MAX 1000000000
#define GROUP_NONE (-1)
#define GROUP_NOBODY SIZE_MAX

/* ---- truths ---- */

typedef unsigned char truths;
enum { COULD_NO = 1, COULD_YES = 2, COULD_NULL = 4, COULD_MAYBE = 8, COULD_ANY = 15 };

truths truths_and(truths a, truths b);
truths truths_or(truths a, truths b);
truths truths_not(truths a);

/* The one truth that an evaluated expression has; what is no boolean counts as null, as in FEEL. */
truths truths_of_value(struct feel_value v);
truths truths_of(enum truth truth);

/* ---- planes ---- */

/* What a variable goes through: the members, or all records of a kind. */
struct group_universe {
    const struct policy_kind *kind; /* NULL: the members */
    struct feel_value *values;
    size_t count, words;
    size_t *member; /* which member a record is; SIZE_MAX: none */
};

static inline bool plane_has(const uint64_t *plane, size_t i) {
    return plane[i / 64] >> (i % 64) & 1;
}
static inline void plane_add(uint64_t *plane, size_t i) {
    plane[i / 64] |= (uint64_t)1 << (i % 64);
}

/* A variable of some, every or a filter while an expression is compiled. */
struct group_variable {
    const struct group_variable *outer;
    uint32_t slot; /* in the expression */
    int id;        /* in the program: its depth */
    const struct group_universe *of;
    const uint64_t *needed; /* the values for which anything will be asked; NULL: all */
};

/* A truth for each value of `inner`, in rows by the value of `outer`: yes, no, both for unknown, neither for null. */
struct group_table {
    uint64_t *yes, *no;
    int inner, outer; /* GROUP_NONE: one row */
    size_t words;
};

/* A list of members or records: those that are in it, and those that may be, in rows by the value of a variable. Of
 * members it is what of a group is in it. */
struct group_set {
    const struct group_universe *of;
    uint64_t *sure, *maybe;
    int by; /* GROUP_NONE: one row */
};

/* ---- numbers ---- */

enum group_number_op {
    NUMBER_CONST,
    NUMBER_COUNT,
    NUMBER_FACT,
    NUMBER_ADD,
    NUMBER_SUBTRACT,
    NUMBER_MULTIPLY
};

struct group_number {
    enum group_number_op op;
    int64_t least, most;         /* of CONST */
    int64_t size;                /* never further from 0 than this */
    const struct group_set *set; /* of COUNT */
    size_t count;                /* of COUNT: which of group_counts; SIZE_MAX: none */
    size_t fact;                 /* of FACT */
    const struct group_number *kids[2];
};

/* ---- truths ---- */

enum group_op {
    GROUP_CONST,
    GROUP_LOOKUP, /* in a table */
    GROUP_AND,    /* of two kids */
    GROUP_OR,
    GROUP_NOT,
    GROUP_FOLD,     /* some or every over members, of a table: planes that decide */
    GROUP_EACH,     /* some or every, one after the other */
    GROUP_CONTAINS, /* whether a list of members has the value of a variable */
    GROUP_COMPARE,
    GROUP_FACT, /* a yes/no fact of the group */

    /* conditions, which are yes, no or maybe */
    GROUP_TEST,  /* a number fact against pieces of its line */
    GROUP_HOLDS, /* an expression, at the truth that is wanted */
};

struct group_node {
    enum group_op op;
    truths constant;
    const struct group_node *kids[2];
    const struct group_table *table;
    const struct group_set *set;
    bool every; /* of FOLD and EACH; else some */
    uint64_t *decides, *unknown,
        *null;            /* of FOLD: a member of the first decides, of the second leaves open ... */
    int variable;         /* of FOLD: of its rows; of EACH and CONTAINS: the one that goes through */
    const size_t *member; /* of CONTAINS: of which member; NULL: itself */
    enum feel_op compare;
    const struct group_number *numbers[2];
    size_t fact;
    values mask; /* of TEST */
    bool wanted; /* of HOLDS */
    size_t item; /* of HOLDS: where its truth is taken for known */
};

/* A fact of the group that depends on its members. */
struct group_fact {
    const struct variable *variable;
    const struct group_number *number; /* or */
    const struct group_node *when;
    values *pieces; /* of 0, 1, ... piece_count - 1 */
    size_t piece_count;
};

/* ---- the program of one form ---- */

struct group_plan {
    const struct group_universe *members;
    struct group_fact *facts;
    size_t fact_count;
    size_t item_count; /* facts are items too, the first of them */
    const struct group_node **rows;
    size_t row_count;
    bool slow; /* some rows are not among them: the group must be assembled */
    const struct group_set **counts;
    size_t count_count;
};

struct group_plan *group_compile(const struct group_field *field, size_t form, struct arena *arena,
                                 struct arena *scratch);

/* ---- compiling ---- */

struct group_compiling {
    const struct group_field *field;
    struct state state; /* of the form */
    struct arena *arena, *scratch;
    struct group_plan *plan;
    struct group_universe *universes;
    size_t universe_count;
    unsigned char *depends; /* of each variable: 0 not asked yet, 1 no, 2 yes, on members */
    size_t *fact_of;        /* of each variable: 1 + its group_fact */
};

/* Whether it has to do with who the members are, or with what cannot be known before. */
bool group_depends(struct group_compiling *c, const struct feel_node *node);

/* The variable that a name is, of the group's kind, or NULL. */
const struct variable *group_named(const struct group_compiling *c, const struct feel_node *node);

/* Which variables of the chain an expression has, the innermost first: at most two of them; false where there are more. */
bool group_uses(const struct feel_node *node, const struct group_variable *chain,
                const struct group_variable *out[2]);

/* The variable of that id, or NULL. */
const struct group_variable *group_variable_of(const struct group_variable *chain, int id);

/* The value of an expression that has no variables or one value for each. */
struct feel_value group_eval(struct group_compiling *c, const struct feel_node *node,
                             const struct group_variable *inner, size_t i, const struct group_variable *outer,
                             size_t x);

/* The table of a yes/no expression over one or two variables; `outer` may be NULL. */
struct group_table *group_tabulate(struct group_compiling *c, const struct feel_node *node,
                                   const struct group_variable *inner, const struct group_variable *outer);

/* The list of all of them. */
const struct group_set *group_set_all(struct group_compiling *c, const struct group_universe *of);

/* These are NULL where the expression is of no shape that can be compiled. */
const struct group_set *group_set_new(struct group_compiling *c, const struct feel_node *node,
                                      const struct group_variable *chain);
const struct group_number *group_number_new(struct group_compiling *c, const struct feel_node *node,
                                            const struct group_variable *chain);

/* The group_fact of a variable; NULL where it cannot be one. */
const struct group_fact *group_fact_new(struct group_compiling *c, const struct variable *v);

/* ---- running ---- */

enum group_mode {
    GROUP_WHOLE,  /* these are the members */
    GROUP_SOME,   /* these are among the members */
    GROUP_COUNTS, /* so many are counted */
};

struct group_amount {
    bool free;           /* could be any */
    int64_t least, most; /* least above most: nothing is known of it */
};

struct group_run {
    const struct group_plan *plan;
    enum group_mode mode;
    const uint64_t *members;
    size_t without; /* of SOME: who is certainly not among them; GROUP_NOBODY: that is not said of anybody */
    const size_t *sure, *possible;
    size_t at[GROUP_DEPTH_MAX]; /* the values of variables */

    /* A corner takes what is uncertain for its least or its most, for no or yes. */
    bool corner;
    bool high[GROUP_ITEMS_MAX];
    size_t uncertain[GROUP_CORNER_ITEMS]; /* found outside a corner */
    size_t uncertain_count;

    struct group_amount amounts[GROUP_ITEMS_MAX];
    uint32_t amount_at[GROUP_ITEMS_MAX], moment;
};

void group_run_open(struct group_run *run, const struct group_plan *plan, enum group_mode mode);
truths group_run_row(struct group_run *run, const struct group_node *row);

/* The same with what was found uncertain at its ends: every truth that some corner certainly has. */
truths group_run_corners(struct group_run *run, const struct group_node *row);

#endif
