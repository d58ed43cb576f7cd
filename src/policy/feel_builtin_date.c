/* SPDX-License-Identifier: MIT */
/*
 * feel_builtin_date.c: FEEL's dates and durations.
 *
 * DMN's years go from -999999999 to 999999999, farther than those of base/date.h, which are the years of records; so the
 * calendar is here once more, in 64 bits. A month is added as there: to the same day, or the month's last.
 */
#include "policy/feel_priv.h"

#define YEAR_MAX 999999999

static bool is_leap(int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int64_t year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* By eras of 400 years, which are 146,097 days; a year begins in March, so that the leap day is its last. */
static int64_t days_of(int64_t year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year, era = floor_div(y, 400), year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct feel_date_parts feel_date_parts(int64_t days) {
    int64_t z = days + 719468, era = floor_div(z, 146097), d = z - era * 146097;
    int64_t year_of_era = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int64_t day_of_year = d - (365 * year_of_era + year_of_era / 4 - year_of_era / 100),
            m = (5 * day_of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    return (struct feel_date_parts){year_of_era + era * 400 + (month <= 2), month,
                                    (int)(day_of_year - (153 * m + 2) / 5 + 1)};
}

bool feel_date_in_range(int64_t days) {
    return days >= days_of(-YEAR_MAX, 1, 1) && days <= days_of(YEAR_MAX, 12, 31);
}

struct feel_value feel_date_of(int64_t year, int64_t month, int64_t day) {
    if (year < -YEAR_MAX || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, (int)month))
        return feel_null();
    return feel_date(days_of(year, (int)month, (int)day));
}

struct feel_value feel_date_add_months(struct feel_value d, int64_t months) {
    struct feel_date_parts p = feel_date_parts(d.days);
    if (months > 24 * (int64_t)YEAR_MAX || months < -24 * (int64_t)YEAR_MAX)
        return feel_null();
    int64_t total = p.year * 12 + p.month - 1 + months, year = floor_div(total, 12);
    int month = (int)(total - year * 12) + 1, last = month_days(year, month);
    return feel_date_of(year, month, p.day < last ? p.day : last);
}

/* A date is its first moment: a second less than a day later it is still that date. */
struct feel_value feel_date_add_seconds(struct feel_value d, struct decimal seconds) {
    struct decimal days;
    int64_t whole;
    if (!decimal_divide(seconds, decimal_whole(86400), &days) ||
        !decimal_round(days, 0, DECIMAL_FLOOR, &days) || !decimal_to_int64(days, &whole) ||
        whole > 800 * (int64_t)YEAR_MAX || whole < -800 * (int64_t)YEAR_MAX ||
        !feel_date_in_range(d.days + whole))
        return feel_null();
    return feel_date(d.days + whole);
}

int64_t feel_seconds(struct decimal seconds) {
    int64_t whole = 0;
    decimal_to_int64(seconds, &whole);
    return whole;
}

/* ---- reading ---- */

/* Takes digits off the front, at most 18; how many, and their value. */
static size_t take_digits(struct str *s, int64_t *out) {
    size_t n = 0;
    *out = 0;
    for (; n < s->len && n < 18 && s->at[n] >= '0' && s->at[n] <= '9'; n++)
        *out = *out * 10 + (s->at[n] - '0');
    *s = str_sub(*s, n, s->len);
    return n;
}

static bool take_char(struct str *s, char c) {
    if (!s->len || s->at[0] != c)
        return false;
    *s = str_sub(*s, 1, s->len);
    return true;
}

struct feel_value feel_date_parse(struct str s) {
    int64_t year, month, day;
    bool negative = take_char(&s, '-');
    bool padded = s.len && s.at[0] == '0';
    size_t digits = take_digits(&s, &year);
    if (digits < 4 || digits > 9 || (padded && digits > 4))
        return feel_null();
    if (!take_char(&s, '-') || take_digits(&s, &month) != 2 || !take_char(&s, '-') ||
        take_digits(&s, &day) != 2 || s.len)
        return feel_null();
    return feel_date_of(negative ? -year : year, month, day);
}

/* Takes `12Y` off the front. False, and nothing taken, where it is not there. */
static bool take_part(struct str *s, char unit, int64_t *out) {
    struct str rest = *s;
    if (!take_digits(&rest, out) || !take_char(&rest, unit)) {
        *out = 0;
        return false;
    }
    *s = rest;
    return true;
}

/* Takes `4.5S` off the front, as decimal seconds. */
static bool take_seconds(struct str *s, struct decimal *out) {
    size_t whole = 0, all;
    while (whole < s->len && s->at[whole] >= '0' && s->at[whole] <= '9')
        whole++;
    for (all = whole + (whole < s->len && s->at[whole] == '.');
         all < s->len && s->at[all] >= '0' && s->at[all] <= '9';)
        all++;
    if (!whole || all == s->len || s->at[all] != 'S')
        return false;
    struct str number = str_sub(*s, 0, s->at[all - 1] == '.' ? all - 1 : all); /* DMN reads "PT0.S" */
    *s = str_sub(*s, all + 1, s->len);
    return decimal_parse(number, out);
}

static struct feel_value parse_months(struct str s, bool negative) {
    int64_t years, months;
    bool any = take_part(&s, 'Y', &years);
    any |= take_part(&s, 'M', &months);
    if (!any || s.len || years > INT64_MAX / 24 || months > INT64_MAX / 2)
        return feel_null();
    int64_t n = years * 12 + months;
    return (struct feel_value){.type = FEEL_MONTHS, .months = negative ? -n : n};
}

static bool add_unit(struct decimal *total, int64_t n, int64_t seconds) {
    struct decimal part;
    return decimal_multiply(decimal_whole(n), decimal_whole(seconds), &part) &&
           decimal_add(*total, part, total);
}

static struct feel_value parse_time(struct str s, bool negative) {
    int64_t days, hours = 0, minutes = 0, whole;
    struct decimal total = {0};
    bool any = take_part(&s, 'D', &days);
    if (take_char(&s, 'T')) {
        any = take_part(&s, 'H', &hours);
        any |= take_part(&s, 'M', &minutes);
        any |= take_seconds(&s, &total);
    }
    if (!any || s.len || !add_unit(&total, days, 86400) || !add_unit(&total, hours, 3600) ||
        !add_unit(&total, minutes, 60) || !decimal_to_int64(total, &whole))
        return feel_null();
    return (struct feel_value){.type = FEEL_TIME, .number = negative ? decimal_negate(total) : total};
}

struct feel_value feel_duration_parse(struct str s) {
    bool negative = take_char(&s, '-');
    if (!take_char(&s, 'P'))
        return feel_null();
    struct feel_value v = parse_months(s, negative);
    return v.type == FEEL_NULL ? parse_time(s, negative) : v;
}

/* ---- functions ---- */

struct feel_value feel_fn_date(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return args[0].type == FEEL_DATE ? args[0] : feel_date_parse(args[0].text);
}

struct feel_value feel_fn_date_parts(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    int64_t parts[3];
    for (size_t i = 0; i < count; i++)
        if (!decimal_is_whole(args[i].number) || !decimal_to_int64(args[i].number, &parts[i]))
            return feel_null();
    return feel_date_of(parts[0], parts[1], parts[2]);
}

struct feel_value feel_fn_duration(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return args[0].type == FEEL_TEXT ? feel_duration_parse(args[0].text) : args[0];
}

/* Whole months from one to the other: what is left over of a month does not count, in either direction. */
struct feel_value feel_fn_years_and_months(struct feel_run *run, const struct feel_value *args,
                                           size_t count) {
    (void)run, (void)count;
    struct feel_date_parts from = feel_date_parts(args[0].days), to = feel_date_parts(args[1].days);
    int64_t months = (to.year - from.year) * 12 + to.month - from.month;
    if (months > 0 && to.day < from.day)
        months--;
    else if (months < 0 && to.day > from.day)
        months++;
    return (struct feel_value){.type = FEEL_MONTHS, .months = months};
}

struct feel_value feel_fn_today(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)args, (void)count;
    return run->env->today == DATE_NONE ? feel_null() : feel_date(run->env->today);
}

static int64_t weekday_of(int64_t days) { /* 0 is Monday */
    return ((days + 3) % 7 + 7) % 7;
}

static int64_t day_of_year(int64_t days) {
    return days - days_of(feel_date_parts(days).year, 1, 1) + 1;
}

struct feel_value feel_fn_day_of_week(struct feel_run *run, const struct feel_value *args, size_t count) {
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    (void)run, (void)count;
    return feel_text(str_from(names[weekday_of(args[0].days)]));
}

struct feel_value feel_fn_day_of_year(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_number(decimal_whole(day_of_year(args[0].days)));
}

struct feel_value feel_fn_month_of_year(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_text(str_from(date_months[feel_date_parts(args[0].days).month - 1]));
}

/* ISO 8601: the week is that of its Thursday. */
struct feel_value feel_fn_week_of_year(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    int64_t thursday = args[0].days - weekday_of(args[0].days) + 3;
    return feel_number(decimal_whole((day_of_year(thursday) - 1) / 7 + 1));
}
