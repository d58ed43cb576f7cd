/* SPDX-License-Identifier: MIT */
/*
 * calendar.h: how often periods come in a school year, and when they are.
 *
 *     calendar: {terms: 3, half-terms: 6, years: {"2025 to 2026": [[2025-09-01, 2025-10-24], ...]}}
 *
 * A school year runs from 1 September to 31 August. The counts turn amounts from one period into another; the dates, where
 * framework.yaml declares them, say when a term is. A year that is not declared has no terms: nothing here guesses them.
 */
#ifndef SIGNPOST_POLICY_CALENDAR_H
#define SIGNPOST_POLICY_CALENDAR_H

#include "base/date.h"
#include "base/diag.h"
#include "text/value.h"

/* Days from the first to the last, both of them included. */
struct days {
    date first, last;
};

struct calendar_year {
    struct str name;     /* "2025 to 2026" */
    date begins;         /* its 1 September */
    struct days *halves; /* half-terms in order: first and last school day */
};

struct calendar {
    int terms;
    int half_terms; /* in a school year, of which each term has as many as the others */
    const struct calendar_year *years;
    size_t year_count;
};

/* Reads `years:`, which may be NULL: everything wrong is reported, and what is wrong left out. Gives their number. */
size_t calendar_read(struct arena *arena, const struct value *years, struct calendar counts,
                     const struct calendar_year **out, struct diags *diags);

/* 1 September of the school year that has a day, and 31 August; DATE_NONE of the year that dates end with. */
date calendar_begins(date day);
date calendar_ends(date day);

/* "2025 to 2026", of the school year that has a day. */
struct str calendar_name(struct arena *arena, date day);

/* The declared year that has a day, or NULL. */
const struct calendar_year *calendar_year_of(const struct calendar *calendar, date day);

/* Half-terms of one term. */
int calendar_halves(const struct calendar *calendar);

/* From its first school day to its last. */
struct days calendar_term(const struct calendar *calendar, const struct calendar_year *year, int term);

/* The half-term that has a day, or which the holiday that has it follows; days before the first are of the first. */
int calendar_half_of(const struct calendar *calendar, const struct calendar_year *year, date day);

/* "autumn term", "second half of the autumn term"; by number where a year has not three terms of two halves. */
struct str calendar_term_name(struct arena *arena, const struct calendar *calendar, int term);
struct str calendar_half_name(struct arena *arena, const struct calendar *calendar, int half);

/* The names of three terms, from the autumn on. */
extern const char *const calendar_seasons[3];

#endif
