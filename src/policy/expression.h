/* SPDX-License-Identifier: MIT */
/*
 * expression.h: FEEL over the variables of a policy, as conditions.
 *
 * A comparison of one variable with constants is a test of its values, and so are `in`, `between` and a yes/no on its
 * own; `and`, `or` and `not` are conditions of conditions. So thresholds anywhere cut the number line of their fact,
 * and the search sees through derived facts. Anything else (arithmetic, counts, two variables compared) stays FEEL and is
 * evaluated when what it reads is known.
 *
 * `not` and comparisons follow FEEL's nulls: what is not applicable or absent is null, `null < 5` is neither true nor
 * false, and `null != "x"` is true.
 */
#ifndef SIGNPOST_POLICY_EXPRESSION_H
#define SIGNPOST_POLICY_EXPRESSION_H

#include "policy/policy.h"

/* The condition that holds where the boolean expression `text` is true, or NULL after a diagnostic. In a cell, `column`
 * is the variable that `?` names, else NULL. `text` must outlive the policy. */
struct condition *expression_condition(struct policy *policy, struct policy_kind *kind, struct str text,
                                       struct place at, const struct variable *column, struct diags *diags);

/* A parsed and checked expression of any type, and the variables it reads; NULL after a diagnostic. */
const struct feel_node *expression_value(struct policy *policy, struct policy_kind *kind, struct str text,
                                         struct place at, const struct variable ***reads, size_t *read_count,
                                         struct diags *diags);

/* What the records of a kind are to FEEL. Made once with the kind: threads share it afterwards. */
const struct feel_record_class *expression_class_new(struct policy *policy, const struct policy_kind *kind);

/* What a variable looks like to FEEL. */
struct feel_static expression_type(struct policy *policy, const struct variable *variable);

/* Whether a variable is yes or no: a fact of that type, an item of a set, an output, or what is recorded. */
bool expression_is_yes_no(const struct variable *variable);

/* A new yes/no variable of the kind, which stands for an expression that cannot be worked out. */
const struct variable *expression_stuck(struct policy *policy, struct policy_kind *kind, struct str text);

#endif
