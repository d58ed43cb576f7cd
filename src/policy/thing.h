/* SPDX-License-Identifier: MIT */
/*
 * thing.h: what the words of a table may name, and the variables behind it.
 *
 * A header or a phrase of a cell names a fact or the output of a decision. A set is one thing with a variable for each of
 * its items; everything else has one variable. Beside these there are variables that only a cell asks for: whether the
 * record says anything of a thing, and whether a value was in force within some time.
 */
#ifndef SIGNPOST_POLICY_THING_H
#define SIGNPOST_POLICY_THING_H

#include "policy/policy.h"

struct thing {
    struct str label;
    const struct fact *fact;         /* or NULL */
    const struct output *output;     /* or NULL */
    const struct variable *variable; /* NULL of a set */
    const struct variable **items;   /* of a set */
    size_t item_count;
    const struct scale *scale; /* NULL: its values are of no scale */
    const struct thing *next;  /* another of the same label, or of the same id */
};

/* The text in small letters and single-spaced: how labels are kept and compared. */
struct str words_fold(struct arena *arena, struct str text);

/* Makes the output of a decision known to the tables of its kind: its variable and its thing. False where its name is
 * taken, with a diagnostic at `at`. */
bool thing_add_output(struct policy *policy, struct policy_kind *kind, struct output *output, struct place at,
                      struct diags *diags);

/* What a label or an id names: the first of a chain of things, or NULL. Labels come first. */
const struct thing *thing_find(const struct policy_kind *kind, struct arena *arena, struct str name);

/* The one of a chain that is an output of `decision`, else the first. */
const struct thing *thing_of(const struct thing *chain, const struct decision *decision);

/* "the fact \"type\"" or "the output \"chart.tib\"": for messages. */
struct str thing_describe(struct arena *arena, const struct thing *thing);

/* The label or id nearest to a name, or the empty string. */
struct str thing_nearest(const struct policy_kind *kind, struct arena *arena, struct str name);

/* Whether the record says anything of it. */
const struct variable *thing_recorded(struct policy *policy, struct policy_kind *kind,
                                      const struct thing *thing);

/* Whether a value among `mask` was in force within the span; of a date, whether it lies within it. `words` say it. */
const struct variable *variable_in_last(struct policy *policy, struct policy_kind *kind,
                                        const struct variable *of, values mask, struct span span,
                                        struct str words);

/* Makes a thing known by its label and by an id. */
void thing_name(struct policy *policy, struct policy_kind *kind, struct thing *thing, struct str id);

/* When the number lines are closed: what silence and a `range:` mean on them. */
void variables_settle(struct policy *policy);

#endif
