/* SPDX-License-Identifier: MIT */
/*
 * rests.h: what a decision or a check rests on, near and far.
 *
 * Through its cells, through facts that are worked out, through earlier decisions, and through expressions that look into
 * other records: all facts that are read from records, and all decisions on the way.
 */
#ifndef SIGNPOST_POLICY_RESTS_H
#define SIGNPOST_POLICY_RESTS_H

#include "policy/policy.h"

struct rests {
    const struct fact **facts; /* read from records, each once */
    size_t fact_count;
    const struct decision **decisions; /* itself first */
    size_t decision_count;
    bool others; /* an expression looks into other records than the decision's own */
};

void rests_on(struct rests *rests, const struct policy *policy, const struct decision *decision,
              struct arena *arena);

#endif
