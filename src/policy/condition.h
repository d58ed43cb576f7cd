/* SPDX-License-Identifier: MIT */
/*
 * condition.h: making conditions.
 *
 * Everything is in the policy's arena. Tests of a number line keep their intervals until all tables are read, since only
 * then are the constants known that cut the line into pieces; policy_close_lines turns them into masks.
 */
#ifndef SIGNPOST_POLICY_CONDITION_H
#define SIGNPOST_POLICY_CONDITION_H

#include "policy/policy.h"

struct condition *condition_constant(struct policy *policy, bool truth);

/* AND or OR of kids, simplified where a constant decides. The kids array is copied. */
struct condition *condition_join(struct policy *policy, enum condition_op op, struct condition *const *kids,
                                 size_t count);

/* Holds when the variable's value is in the mask. */
struct condition *condition_test(struct policy *policy, const struct variable *variable, values mask);

/* Holds when the number, day or duration lies in one of the intervals (or `outside` all of them); `also` are values
 * beside the line, such as VALUES_ABSENT, for which it holds too. */
struct condition *condition_line(struct policy *policy, const struct variable *variable,
                                 const struct interval *intervals, size_t count, bool outside, values also);

/* What holds of proper values where `c` does not: a test's complement within the values that are a value (not
 * applicable, not determined and absent are none), per test; and for or, or for and. */
struct condition *condition_not(struct policy *policy, const struct condition *c);

/* The values of a variable that are values: without not applicable, not determined and absent. */
values variable_proper(const struct variable *variable);

/* Cuts every number line at the constants its tests compare it with, and gives those tests their masks. A line with too
 * many is reported. Call once, when every table and expression has been read. */
void policy_close_lines(struct policy *policy, struct diags *diags);

/* The piece of a closed line in which a number lies, as a mask of one bit. */
values variable_piece(const struct variable *variable, struct decimal number);

#endif
