/* SPDX-License-Identifier: MIT */
/*
 * subject.h: what is known of one record on one day, for one audience.
 *
 * The portal reads a record's fields into `struct given`s, one for each fact of its kind, in the order of
 * policy_kind.facts; subject_init turns them into masks of the variables' values. Unknown is never a value: it is a mask
 * of several.
 */
#ifndef SIGNPOST_POLICY_SUBJECT_H
#define SIGNPOST_POLICY_SUBJECT_H

#include "policy/policy.h"

enum given_state {
    GIVEN_NOTHING,        /* the record says nothing: `missing:` says what that may mean */
    GIVEN_VALUE,          /* text, or texts of a set or a list, or a FEEL value */
    GIVEN_NOT_RECORDED,   /* said outright: unknown over the whole scale */
    GIVEN_NOT_APPLICABLE, /* said outright */
    GIVEN_NONE,           /* real absence: `inspections: none`; the fact's `none:` */
    GIVEN_ABSENT,         /* the latest event is without the field; the fact's `absent:` */
    GIVEN_HIDDEN, /* not for this audience: unknown over the whole scale, and whether it is recorded */
};

/* One entry of a fact's or a decision's history; those before the entry in force included. */
struct given_entry {
    struct str text; /* an id of the scale, yes or no, a number, an ISO date */
    date from;       /* DATE_NONE: at every date */
    date to;         /* DATE_NONE: until the next */
    struct place at;
    const struct value *record; /* the whole entry (by, note, how, letter, reason), or NULL */
};

struct given {
    enum given_state state;
    struct str text;         /* of a single value */
    const struct str *texts; /* of a set, a list of texts, dates */
    size_t count;
    struct feel_value feel; /* of lists of records and of schools */
    struct place at;        /* of the value in its record */
    date since;             /* first day of the value in force; DATE_NONE: not known */
    const struct given_entry *history;
    size_t history_count;
};

/* What the record says of one output of a decision: its dated list. */
struct recorded {
    const struct given_entry *entries; /* not after the as-of date, ascending */
    size_t count;
    const struct given_entry *in_force; /* or NULL */
    bool hidden;
};

/* All records of a kind, as a FEEL list of them: what the name "schools" means. */
struct subject_world {
    bool (*records)(void *context, const struct policy_kind *kind, struct feel_value *out);
    void *context;
};

/* In FEEL a record is a `struct subject`: its fields are the variables of its kind, as they stand. */
struct subject {
    const struct policy *policy;
    const struct policy_kind *kind;
    struct str id;    /* "ashdown" */
    struct str label; /* as lists and explanations name it; empty: by its id */
    date as_of;
    enum audience audience;
    const struct given *given; /* kind->fact_count */
    const struct str *texts; /* kept where `given` is not: of each fact of text its value; empty: not known */
    const struct recorded *recorded; /* kind->output_count */
    const struct subject *base;      /* of a member: the school, whose facts are its own too */
    const struct subject *group;     /* of a member: what it is a member of */
    const struct subject *sides[2];  /* of a pair */
    const struct subject_world *world;
    values *
        domain; /* kind->variable_count: what each may be; an output's is what stands of it once it is decided */
};

/* The dates that a record gives of a fact of dates; false where they are not known. */
bool subject_dates(const struct variable *variable, const struct given *given, size_t *count);

/* The day after which something is within a span. */
date subject_span_start(const struct subject *subject, struct span span);

/* The number, day (since 1 January 1970) or duration (months, or seconds) that a text of a fact on a number line stands
 * for. */
bool subject_number(const struct variable *variable, struct str text, struct decimal *out);

/* The answer of an output with that id, as a mask of one bit; 0: it has none. */
values output_value(const struct output *output, struct str id);

/* Fills `domain` (in the arena) from given and recorded. Text that is no value of its fact has been refused by the
 * portal's schema; here it counts as not recorded. */
void subject_init(struct subject *subject, struct arena *arena);

#endif
