/* SPDX-License-Identifier: MIT */
/*
 * review_outcome.h: what was decided of one record, on one side of a review, so that two sides can be compared.
 *
 * The bits of answers stand in the order of each side's own tables, so masks of two sides are never compared. What is
 * compared is a text made of ids, in an order of their own: the *signature* of a decision. Two results with one signature
 * are the same to whoever reads them.
 */
#ifndef SIGNPOST_EDGE_REVIEW_OUTCOME_H
#define SIGNPOST_EDGE_REVIEW_OUTCOME_H

#include "portal/decided.h"

/* One output that both sides have and the audience may see. */
struct outcome_pair {
    const struct output *sides[2];
    size_t index[2]; /* among the decision's */
};

/* One decision that both sides have and the audience may see. */
struct decision_pair {
    const struct decision *sides[2];
    struct outcome_pair *outputs;
    size_t output_count;
    size_t index[2]; /* among those of its kind */
};

struct decision_pairs {
    struct str kind;
    struct decision_pair *items; /* in the order in which the head decides them */
    size_t count;
};

struct decision_pairs decision_pairs_of(const struct site *base, const struct site *head, struct str kind,
                                        struct arena *arena);

/* Adds the signature of what a policy made of a decision; `result` is of any policy that has the outputs by these ids. */
void outcome_sign(struct buf *out, const struct decision_pair *pair, const struct decision_result *result);

/* The result of the pair's decision in a policy that is not one of the two; NULL where it has none. */
const struct decision_result *outcome_in(const struct decision_pair *pair, const struct policy_kind *kind,
                                         const struct decision_result *results);

/* {status, value, candidates, suggestion, recorded, stands, differs, words}. */
struct value outcome_value(const struct decision *decision, const struct decision_result *result,
                           size_t output, bool apart, struct arena *arena);
struct str outcome_words(const struct decision *decision, const struct decision_result *result, size_t output,
                         bool apart, struct arena *arena);

/* The signature of a check: its verdict, and the rows that are not met or not known, by their ids. */
void check_sign(struct buf *out, const struct check_result *result);

/* What happened to one output, as JSON names it; NULL where nothing did:
 * moved, settled, undetermined, narrowed, widened, candidates, applies, no-longer-applies, differs, agrees, recorded. */
const char *outcome_happened(const struct decision_pair *pair, size_t output,
                             const struct decision_result *base, const struct decision_result *head,
                             struct arena *scratch);

/* The entries of collect that are new, gone or other: each {id, label, happened, before {words}, after {words}}, `happened` one of
 * entry-new, entry-gone, entry-changed. */
void outcome_entries(const struct decision_pair *pair, const struct decision_result *base,
                     const struct decision_result *head, struct arena *arena, struct value_list *out);

#endif
