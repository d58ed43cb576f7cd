/* SPDX-License-Identifier: MIT */
/*
 * due.h: when something is due.
 *
 *     each term · termly · twice a term · half-termly · monthly · yearly
 *     autumn term · first half of the spring term · start of the autumn term · by the end of each term
 *     by 31 October · within 10 days of Held on · at least 4 days before Held on · on Held on
 *
 * Several times are joined by "and". A time is read against the kind of record that its table is about, whose dates
 * it may count from, and gives windows in one school year: from the first day to the last on which the thing may be
 * done. A deadline is a window of one day. What needs the dates of terms gives nothing for a year that declares none.
 */
#ifndef SIGNPOST_POLICY_DUE_H
#define SIGNPOST_POLICY_DUE_H

#include "policy/state.h"

/* Times that one cell may join. */
#define DUE_TIMES_MAX 12

enum due_span {
    DUE_YEAR,
    DUE_TERM,
    DUE_HALF_TERM,
    DUE_MONTH,
    DUE_DAY,  /* of the year, whatever the terms are */
    DUE_FACT, /* so long before or after a date of the record */
};

enum due_edge { DUE_WHOLE, DUE_START, DUE_END };

struct due_time {
    enum due_span span;
    enum due_edge edge; /* of a term, half-term or year: all of it, its first or its last school day */
    bool each;          /* of a term, half-term or month: every one; else `index` */
    int index;
    int month, day; /* of DUE_DAY */
    const struct fact *fact;
    int days, months; /* of DUE_FACT: after it; below 0 before it */
};

struct due {
    const struct due_time *times;
    size_t count;
    struct str text; /* as it was written */
};

/* What is wrong with a text that is no time. */
struct due_fault {
    struct str fact; /* named where a date is counted from; empty: the words are no time at all */
    bool other_type; /* there is such a fact, and it is no date */
    struct str near; /* the date fact that was meant, or empty */
};

/* Reads one cell. `kind` may be NULL: then no date can be counted from. */
bool due_parse(struct arena *arena, const struct policy_kind *kind, const struct calendar *calendar,
               struct str text, struct due *out, struct due_fault *fault);

struct due_window {
    struct days days;
    bool counted; /* from a date of the record, and not by the calendar */
};

/* What a cell gives for one record in the school year that has a day. */
struct due_windows {
    struct due_window *items;
    size_t count;
    const struct fact *missing; /* a date that is not recorded, and from which something counts */
    bool undeclared;            /* something needs the dates of terms, which are not declared */
};

/* `subject` may be NULL where no date is counted from. */
void due_windows(const struct due *due, const struct subject *subject, const struct calendar *calendar,
                 date as_of, struct arena *arena, struct due_windows *out);

#endif
