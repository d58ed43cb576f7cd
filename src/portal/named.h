/* SPDX-License-Identifier: MIT */
/*
 * named.h: decisions, outputs and facts of schools that portal.yaml and framework.yaml name.
 *
 * A name is a decision, `decision.output`, or where that is allowed a fact. Names are looked up once, when the tables
 * have been read; whoever uses them finds what they mean, and never a name that means nothing.
 */
#ifndef SIGNPOST_PORTAL_NAMED_H
#define SIGNPOST_PORTAL_NAMED_H

#include "policy/decide.h"

struct site;
struct thing; /* policy/thing.h */

struct named {
    const struct decision *decision;
    const struct output *output;     /* of the decision; NULL: all of them */
    const struct variable *variable; /* of a fact, which has no decision */
};

struct names {
    const struct named *items;
    size_t count;
};

/* Fills site->category, priority, overlays, letters_about, letters_follow, provides and outcome, where a page decides anything.
 * Reports what is not there. */
void named_load(struct site *site, struct diags *diags);

/* The output that the name of a decision stands for: its first where it names all of them. */
const struct output *named_output(const struct named *named);

/* Whether one of the names is this output, or its whole decision. */
bool names_have(const struct names *names, const struct output *output);

/* The fact or output of schools with that label or id, by which they can be counted: its answers are a scale's, or yes and no, and
 * each school has one. NULL of any other; `thing` is then what has the name, or NULL where nothing has. */
const struct variable *named_variable(const struct site *site, struct str name, struct arena *arena,
                                      const struct thing **thing);

#endif
