/* SPDX-License-Identifier: MIT */
/*
 * rests.h: what a decision or a check rests on, or a condition beside them, near and far.
 *
 * Through its cells, through facts that are worked out, through earlier decisions, and through expressions that look
 * into other records: all facts that are read from records, and all that is worked out on the way. Nothing is walked
 * twice, so facts that follow from the same ones cost no more than they are.
 *
 *     rests_on(&rests, policy, decision, arena);
 *
 *     rests_begin(&rests, policy, STR("school"), arena);
 *     rests_condition(&rests, offer->when);
 */
#ifndef SIGNPOST_POLICY_RESTS_H
#define SIGNPOST_POLICY_RESTS_H

#include "policy/policy.h"

struct rests {
    const struct fact **facts; /* read from records, each once */
    size_t fact_count;
    const struct variable **variables; /* these, items of sets, what is worked out, and answers */
    size_t variable_count;
    const struct decision **decisions; /* itself first */
    size_t decision_count;
    bool others; /* an expression looks into other records than its own */

    /* of the walk */
    const struct policy *policy;
    struct str record; /* the kind of its own records */
    bool **seen;       /* of each kind, of each variable */
    bool *decided;     /* of each decision */
};

/* Nothing yet, of a policy that has been read. Everything is in the arena. */
void rests_begin(struct rests *rests, const struct policy *policy, struct str record, struct arena *arena);

/* Adds what these rest on; a NULL condition on nothing. */
void rests_condition(struct rests *rests, const struct condition *condition);
void rests_variable(struct rests *rests, const struct variable *variable); /* not NULL */

/* Of one decision alone. */
void rests_on(struct rests *rests, const struct policy *policy, const struct decision *decision,
              struct arena *arena);

#endif
