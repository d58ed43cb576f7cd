/* SPDX-License-Identifier: MIT */
/*
 * state.h: what is known of a subject at one moment of a search.
 *
 * A state is a mask of possible values for each variable. A condition is then yes, no or maybe; where it is maybe, there
 * is a variable on which to branch: one of its values' halves is taken, the state narrowed, and the condition asked
 * again. Derived facts are looked through: their masks follow from those of what they read.
 */
#ifndef SIGNPOST_POLICY_STATE_H
#define SIGNPOST_POLICY_STATE_H

#include "policy/subject.h"

struct state {
    const struct subject *subject;
    values *domain;          /* a copy of the subject's, narrowed as the search goes */
    bool leave_inapplicable; /* tests of what is not applicable count as holding */
    struct arena *arena;     /* for what evaluating makes; rewound after each expression */

    /* masks of derived facts, valid while nothing is narrowed */
    values *derived;
    uint32_t *derived_at; /* the moment at which each was worked out */
    uint32_t moment;
};

void state_init(struct state *state, const struct subject *subject, struct arena *arena);

/* What a variable may be. */
values state_mask(struct state *state, const struct variable *variable);

enum truth state_truth(struct state *state, const struct condition *condition);

/* A way to make a condition that is maybe more certain: the variable's value is among `mask`, or it is not. */
struct branch {
    const struct variable *variable;
    values mask;
};
bool state_branch(struct state *state, const struct condition *condition, struct branch *out);

/* Narrows a variable, giving what it was for state_restore. */
values state_narrow(struct state *state, const struct variable *variable, values mask);
void state_restore(struct state *state, const struct variable *variable, values was);

/* The value of a variable in FEEL; false where it is not known (out is then unknown, with bounds where it has any). */
bool state_value(struct state *state, const struct variable *variable, struct feel_value *out);

/* Evaluates an expression on what is known. */
struct feel_value state_eval(struct state *state, const struct feel_node *node);

/* The same of a part of one, whose variables have values; see feel_eval_with. */
struct feel_value state_eval_with(struct state *state, const struct feel_node *node,
                                  struct feel_value *slots);

/* The same, watched; what the names in it stand for is not. */
struct feel_value state_eval_watched(struct state *state, const struct feel_node *node,
                                     const struct feel_watch *watch);

/* For expression.c: the `get` of record classes. */
bool state_record_get(void *context, const struct feel_record_class *class, const void *object,
                      struct str field, const void *bound, struct feel_value *out);

#endif
