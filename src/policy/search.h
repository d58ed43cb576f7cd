/* SPDX-License-Identifier: MIT */
/*
 * search.h: one search for completions and for proof.
 *
 * A decision is run once for each completion of what is not known. Rows are walked in the order in which they win; a
 * condition that is maybe takes a branch and narrows a variable; what a `never` forbids is dropped; then the other
 * side is taken. A leaf is a *run*: a set of completions for which the rows that hold are the same. With everything known
 * there is one run, and with nothing known the runs are the proof.
 *
 * Bound: SEARCH_RUNS_MAX runs; then the search stops and says so, and the caller goes row by row.
 */
#ifndef SIGNPOST_POLICY_SEARCH_H
#define SIGNPOST_POLICY_SEARCH_H

#include "policy/state.h"

#define SEARCH_RUNS_MAX 4096
#define SEARCH_STEPS_MAX 65536 /* of one question about one row, or about what is allowed */
#define OUTPUTS_MAX 24

/* What one run gives for one output. */
struct outcome {
    values set;       /* what it may be; VALUES_NOT_APPLICABLE counts as a value */
    values preferred; /* one value or 0 */
    bool normally;    /* the answer was given with `normally`: it settles nothing */
    bool nothing;     /* no row, or `not determined` */
    bool number;      /* of sum, min, max, count: */
    struct decimal low, high;
};

/* The rows of a decision, or some of them: `collect` searches key by key. */
struct rows {
    struct row *const *items;
    size_t count;
};

struct search;

/* Is called at each leaf with the outcomes and, where rows win alone, the row that did. */
typedef void search_leaf(void *context, struct search *search, const struct row *winner,
                         const struct outcome *outcomes);

struct search {
    struct state state;
    const struct decision *decision;
    struct rows rows;
    search_leaf *leaf;
    void *context;
    size_t runs;
    size_t limit;
    size_t steps, steps_max;
    bool exceeded;
    bool *matters; /* of each variable: its two sides ended differently somewhere */
    bool branched; /* something was missing */
    bool believed; /* the subject is a record, which is held against the nevers elsewhere */
    struct arena *arena;
};

/* Makes ready for questions about a subject: one search serves all of its decisions in turn. `arena` is for what it keeps. */
void search_open(struct search *search, const struct subject *subject, struct arena *arena);

/* What stands of a variable now: a decision has been made. */
void search_settle(struct search *search, const struct variable *variable, values stands);

/* Over all completions of the subject. Gives the union of the runs in `out` (one for each output); `leaf` may be NULL. */
void search_run(struct search *search, const struct decision *decision, struct rows rows,
                struct outcome *out);

/* What a row adds to a sum, a count or an extreme; nothing where its cell is no number, which is reported where it is read. */
struct decimal search_row_number(const struct decision *decision, const struct row *row);

/* Whether the row counts (holds, and no row of an earlier tier does) in every completion. */
bool search_always(struct search *search, const struct row *row);

/* Whether it counts in the present state; where that is not known, a branch to take. */
enum truth search_row_counts(struct search *search, const struct row *row, struct branch *branch);

/* Whether it counts in some completion. */
bool search_ever(struct search *search, const struct row *row);

/* Whether it holds of the subject where its decision applies, whatever rows of earlier tiers do: in every completion, in
 * none, or maybe. */
enum truth search_holds(struct search *search, const struct row *row);

/* Looks for an allowed completion of which a question is true. `ask` is asked of a state: no is true of none of its
 * completions, yes of all; maybe names a branch, the side of its mask to be tried first. What it found stands in
 * `witness`, a mask for each variable, where that is not NULL. Gives up after `steps_max` steps, which the caller sets
 * with `steps`. */
typedef enum truth search_question(void *context, struct search *search, struct branch *branch);
bool search_find(struct search *search, search_question *ask, void *context, values *witness);

/* Whether the state is allowed: some completion of it makes no `never` true. */
bool search_allowed(struct search *search);

/* Whether a row holds in a state. */
enum truth row_truth(struct state *state, const struct row *row);

/* What the hit policy gives over rows that hold (winner first where one wins). */
void search_outcome(const struct decision *decision, const struct row *const *holding, size_t count,
                    struct outcome *out);

/* Joins the outcome of another completion into `into`. */
void outcome_join(struct outcome *into, const struct outcome *from);

#endif
