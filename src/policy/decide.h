/* SPDX-License-Identifier: MIT */
/*
 * decide.h: what a subject's decisions give.
 *
 * > Run the decision once for each completion of its missing facts. What is possible is a candidate; what is certain
 * > suggests.
 *
 * subject_decide runs the decisions of a subject's kind in order, and writes what stands of each into the subject's
 * domain, where later decisions read it: candidates as candidates, what was recorded as it was recorded, nothing as "not
 * determined". An output that the audience may not see is unknown over its whole scale, and is not run.
 */
#ifndef SIGNPOST_POLICY_DECIDE_H
#define SIGNPOST_POLICY_DECIDE_H

#include "policy/search.h"

enum decision_status {
    DECISION_SETTLED,
    DECISION_CANDIDATES,
    DECISION_UNDETERMINED,
    DECISION_NOT_APPLICABLE
};

struct output_result {
    enum decision_status status;
    values candidates; /* VALUES_NOT_APPLICABLE is one where it is possible */
    values suggestion; /* one value, or 0 */
    bool nothing;      /* possible that nothing comes of it */
    bool number;       /* of sum, min, max, count: low to high */
    struct decimal low, high;
    values recorded;                  /* what the record says in force, one value; 0: nothing */
    const struct given_entry *record; /* that entry */
    values floor;                     /* of a guide: the highest certain floor, or 0 */
    bool automatic;                   /* the floor stands above what is recorded, or where nothing is */
    values stands;                    /* what later tables read */
};

/* One key of `collect`. */
struct collected {
    values key; /* one answer of the first output */
    bool certain;
    const struct row *row;    /* the first that may give it */
    struct outcome *outcomes; /* one for each output */
};

struct decision_result {
    const struct decision *decision;
    bool hidden; /* not for this audience: nothing was run */
    struct output_result *outputs;
    const struct variable **missing; /* what would settle it */
    size_t missing_count;
    bool bounded; /* too many completions: candidates were taken row by row and may be too many */
    struct collected *entries; /* of collect, in the order of their first rows */
    size_t entry_count;
};

/* Results of all decisions of the subject's kind, in their order, in the arena. `scratch` is left as it was. */
struct decision_result *subject_decide(struct subject *subject, struct arena *arena, struct arena *scratch);

/* The same of one decision; reads what stands of the earlier ones in the subject's domain and writes what stands of it.
 * */
void decision_decide(struct subject *subject, const struct decision *decision, struct arena *arena,
                     struct arena *scratch, struct decision_result *out);

/* The result of a decision among those of its kind, or NULL. */
const struct decision_result *decision_result_of(const struct policy_kind *kind,
                                                 const struct decision_result *results,
                                                 const struct decision *decision);

/* The row that decides where one does, of a decision in which one row wins; else NULL. */
const struct row *decision_winner(const struct subject *subject, const struct decision *decision);

/* Whether the audience may have the results of a decision, and of an output. */
bool decision_visible(const struct decision *decision, enum audience audience);
bool output_visible(const struct output *output, enum audience audience);

/* ---- checks ---- */

enum check_state { CHECK_MET, CHECK_NOT_MET, CHECK_NOT_KNOWN, CHECK_NOT_CONCERNED };

struct check_row {
    const struct row *row;
    enum check_state state;
    bool breach; /* else advice, or not applied */
    bool applied;
};

enum check_verdict { CHECK_PASSES, CHECK_FAILS, CHECK_UNCERTAIN };

struct check_result {
    const struct decision *check;
    enum check_verdict verdict;
    bool advice; /* some advice is not met */
    struct check_row *rows;
    size_t count;
};

/* Whether not meeting the row is a breach, by the strength that an output of its check gives. */
bool row_is_breach(const struct row *row, size_t output);

/* Runs a check table over a subject whose decisions have been decided. `output` is the strength to use: the first, or
 * one that a match names. */
void subject_check(const struct subject *subject, const struct decision *check, size_t output,
                   struct arena *arena, struct arena *scratch, struct check_result *out);

#endif
