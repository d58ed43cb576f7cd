/* SPDX-License-Identifier: MIT */
/*
 * year.h: what is due in the school year that has the as-of date.
 *
 * Every table with an output of the type `due` is run over every record it is about, on every core, and bodies' `meets:` are
 * read by the same grammar. What a record's own date or the calendar gives a day to becomes an event; what certainly is
 * due and has no day becomes one without. Only what is in force on the as-of date is asked, for the whole of its year.
 *
 * For officers only: of a site that is bound for anybody else nothing is gathered. A portal in which nothing is due costs
 * nothing.
 */
#ifndef SIGNPOST_PORTAL_YEAR_H
#define SIGNPOST_PORTAL_YEAR_H

#include "policy/due.h"
#include "portal/decided.h"

/* One thing that is due of one record, perhaps several times. */
struct year_entry {
    const struct decision *decision; /* NULL: a body's `meets:` */
    const struct output *due;        /* which of its outputs says when */
    const struct row *row;           /* that says so; NULL: no one row does */
    const values *answers;           /* of each of its outputs */
    struct str what;
    const struct school *school; /* or NULL */
    const struct page *page;     /* of what has a page of its own; or NULL */
    struct str record;           /* the record's name where it is not the school itself; or empty */
    struct str id;               /* of the record */
};

struct year_event {
    const struct year_entry *entry;
    struct days days;           /* DATE_NONE: no day is known; such an event is certain */
    const struct fact *missing; /* the date that is not recorded; NULL: the words say no day */
    struct str words;           /* as the table has them */
    bool certain;               /* else possible */
    uint32_t section;           /* among year->sections */
};

/* A part of the year under which events are listed: the narrowest that holds all of an event's days. A holiday belongs to
 * what it follows. */
enum year_part { YEAR_WHOLE, YEAR_TERM, YEAR_HALF_TERM, YEAR_NO_DAY };
struct year_section {
    enum year_part part;
    struct str id, name; /* "autumn-1", "First half of the autumn term" */
    struct days days;    /* with its holiday */
    struct days school;  /* from its first school day to its last */
    bool now;            /* has the as-of date */
};

struct year {
    struct str name; /* "2025 to 2026" */
    bool declared;   /* framework.yaml has its dates */
    bool left_out;   /* something was left out, since it has not */
    struct year_section *sections;
    size_t section_count;
    const struct year_event *events; /* schools by name, then other records in the order of their kinds */
    size_t count;
};

/* NULL where nothing can be due. */
const struct year *year_make(const struct site *site, struct arena *arena);

#endif
