/* SPDX-License-Identifier: MIT */
/* trial_inside.h: a policy test under way, between trial.c, which runs it, and the files that know its
 * parts. */
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

/* A key of a test that must hold one kind of value: one that holds another would be passed over, and the test would
 * pass. */
struct trial_shape {
    const char *key;
    enum value_kind kind;
    const char *noun;
};
bool trial_shapes(struct trial *t, const struct value *map, const struct trial_shape *shapes, size_t count);

/* ---- records that a test describes: trial_record.c ---- */

/* Schools that a test lists: each {id, name, facts, decisions}, decided, `times` as often where they are many of one sort.
 * The id is what a wish or a refusal names; without one it is the place in the list. */
#define TRIAL_SCHOOLS_MAX 1000
struct trial_list {
    struct decided *items;
    const struct value **sources; /* of each, the map that describes it */
    size_t count;
};

/* Reads and decides a list of records of a kind; `more`, ended by NULL, are keys that the caller reads itself, or NULL. False
 * after a diagnostic. */
bool trial_list(struct trial *t, const struct policy_kind *kind, const struct value *list,
                const char *const *more, struct trial_list *out);

/* The record that the test is about, decided. Where it lists `members` or `associates` those are its schools, each with what
 * is said of it under `member`; together with `schools` they are all the schools that there are. False after a
 * diagnostic. */
struct trial_group {
    struct trial_list members, associates, schools;
};
bool trial_group(struct trial *t, const struct policy_kind *kind, const struct value *test,
                 struct trial_group *group, struct decided *out);

/* Reports two schools of one id, which would be one to whatever asks for it. */
void trial_ids(struct trial *t, const struct trial_group *group);

/* The schools of a test, which are all that its tables can speak of. */
const struct subject_world *trial_world(struct trial *t, const struct trial_group *group);

/* Their rows are reached. */
void trial_reach(struct trial *t, const struct trial_list *list);

/* ---- what it expects ---- */

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

/* What the portal's match proposes for these schools. */
void trial_match(struct trial *t, const struct value *schools, const struct value *expected);

/* What is expected of the entries of a decision that collects. */
void trial_entries(struct trial *t, const struct decision_result *r, const struct value *expected);

#endif
