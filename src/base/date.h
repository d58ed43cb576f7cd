/* SPDX-License-Identifier: MIT */
/*
 * date.h: days of the proleptic Gregorian calendar.
 *
 * A date is the number of days since 1 January 1970, so that comparing and subtracting are those of integers. There
 * is no time of day and no clock here: what "today" is, the caller says.
 */
#ifndef SIGNPOST_BASE_DATE_H
#define SIGNPOST_BASE_DATE_H

#include "base/arena.h"
#include "base/str.h"

typedef int32_t date;

#define DATE_NONE INT32_MIN

/* From January on. */
extern const char *const date_months[12];

struct date_parts {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

date date_make(int year, int month, int day); /* DATE_NONE where there is no such day */
struct date_parts date_parts(date d);         /* d must not be DATE_NONE */

/* The same day of the month, or its last (31 January + 1 is 28 February); DATE_NONE beyond the years 1 to 9999. */
date date_add_months(date d, int months);

/* Of two days the one that comes first, or last; where one of them is DATE_NONE, the other. */
date date_earlier(date a, date b);
date date_later(date a, date b);

/* `2019-09-01`, with leading zeros, years 1000 to 9999, and nothing before or after; else DATE_NONE. */
date date_parse_iso(struct str s);

struct str date_iso(struct arena *arena, date d);                 /* 2019-09-01 */
struct str date_long(struct arena *arena, date d);                /* 1 September 2019, as GOV.UK writes it */
struct str date_span(struct arena *arena, date first, date last); /* 3 to 24 October 2025; one day alone */
struct str date_month(struct arena *arena, date d);               /* September 2019 */

#endif
