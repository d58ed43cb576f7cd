/* SPDX-License-Identifier: MIT */
/* trial_inside.h: a policy test under way, between trial.c, which runs it, and trial_entries.c. */
#ifndef SIGNPOST_PORTAL_TRIAL_INSIDE_H
#define SIGNPOST_PORTAL_TRIAL_INSIDE_H

#include "portal/trial.h"

struct trial {
    const struct site *site;
    struct reached *reached;
    struct diags *diags;
    struct arena arena, scratch;
    struct str name;
    date day;
};

/* Reports keys of a map that are none of `known`: they would be expectations that nobody holds. */
void trial_known(struct trial *t, const struct value *map, const char *const *known, struct str of);

void trial_fail(struct trial *t, const struct value *at, struct str what, struct str is, struct str expected);

/* The mask of an answer by its id or label, or of the answers that are as many as an amount; 0 where the output has
 * none. */
values trial_mask(struct trial *t, const struct output *o, struct str text);

/* Whether two masks are the same answers; amounts count as quantities: termly is 3 a year. */
bool trial_same(const struct output *o, values a, values b);
void trial_no_answer(struct trial *t, const struct output *o, const struct value *v);

/* The answers that a value or a list names; false after a diagnostic. */
bool trial_answers(struct trial *t, const struct output *o, const struct value *v, values *out);

/* What is expected of the entries of a decision that collects. */
void trial_entries(struct trial *t, const struct decision_result *r, const struct value *expected);

#endif
