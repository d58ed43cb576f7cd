/* SPDX-License-Identifier: MIT */
/* date.c: civil dates as day numbers, by the usual era arithmetic (400 years are 146,097 days). */
#include "base/date.h"

#include "base/buf.h"

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

date date_make(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return DATE_NONE;
    int y = month <= 2 ? year - 1 : year; /* the year begins in March, so that the leap day is its last */
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date_parts date_parts(date d) {
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * day_of_year + 2) / 153;
    struct date_parts p = {.day = day_of_year - (153 * m + 2) / 5 + 1, .month = m < 10 ? m + 3 : m - 9};
    p.year = year_of_era + era * 400 + (p.month <= 2);
    return p;
}

date date_add_months(date d, int months) {
    struct date_parts p = date_parts(d);
    int total = p.year * 12 + p.month - 1 + months;
    int year = total / 12, month = total % 12 + 1;
    if (total < 12 || year > 9999)
        return DATE_NONE;
    int last = month_days(year, month);
    return date_make(year, month, p.day < last ? p.day : last);
}

date date_earlier(date a, date b) {
    return a == DATE_NONE || (b != DATE_NONE && b < a) ? b : a;
}

date date_later(date a, date b) {
    return a == DATE_NONE || (b != DATE_NONE && b > a) ? b : a;
}

static int digits(struct str s, size_t from, size_t to) {
    int n = 0;
    for (size_t i = from; i < to; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return -1;
        n = n * 10 + (s.at[i] - '0');
    }
    return n;
}

date date_parse_iso(struct str s) {
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-')
        return DATE_NONE;
    int year = digits(s, 0, 4), month = digits(s, 5, 7), day = digits(s, 8, 10);
    return year < 1000 || month < 0 || day < 0 ? DATE_NONE : date_make(year, month, day);
}

const char *const date_months[12] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

struct str date_iso(struct arena *arena, date d) {
    struct date_parts p = date_parts(d);
    struct buf out = {.arena = arena};
    buf_printf(&out, "%04d-%02d-%02d", p.year, p.month, p.day);
    return buf_str(&out);
}

struct str date_long(struct arena *arena, date d) {
    struct date_parts p = date_parts(d);
    struct buf out = {.arena = arena};
    buf_printf(&out, "%d %s %d", p.day, date_months[p.month - 1], p.year);
    return buf_str(&out);
}

struct str date_span(struct arena *arena, date first, date last) {
    struct date_parts a = date_parts(first), b = date_parts(last);
    struct buf out = {.arena = arena};
    if (first == last)
        return date_long(arena, first);
    buf_printf(&out, "%d", a.day);
    if (a.year != b.year || a.month != b.month)
        buf_printf(&out, " %s", date_months[a.month - 1]);
    if (a.year != b.year)
        buf_printf(&out, " %d", a.year);
    buf_lit(&out, " to ");
    buf_add(&out, date_long(arena, last));
    return buf_str(&out);
}

struct str date_month(struct arena *arena, date d) {
    struct date_parts p = date_parts(d);
    struct buf out = {.arena = arena};
    buf_printf(&out, "%s %d", date_months[p.month - 1], p.year);
    return buf_str(&out);
}
