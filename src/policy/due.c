/* SPDX-License-Identifier: MIT */
/* due.c: the grammar of times, and the days they come to in a school year. */
#include "policy/due.h"

#include "policy/phrase.h"
#include "policy/thing.h"

/* ---- words ---- */

struct reader {
    struct arena *arena;
    const struct policy_kind *kind;
    const struct calendar *calendar;
    struct due_fault *fault;
};

static bool take_any(struct phrase *p, const char *const *words, size_t count, size_t *which) {
    for (size_t i = 0; i < count; i++)
        if (phrase_take(p, words[i])) {
            *which = i;
            return true;
        }
    return false;
}

#define TAKE_ANY(p, words, which) take_any((p), (words), sizeof(words) / sizeof((words)[0]), (which))

static bool take_count(struct phrase *p, int *out) {
    struct str word = phrase_peek(p);
    int n = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] < '0' || word.at[i] > '9' || word.len > 4)
            return false;
        n = n * 10 + (word.at[i] - '0');
    }
    *out = n;
    phrase_next(p);
    return word.len > 0;
}

/* ---- periods ---- */

static const struct {
    const char *words;
    enum due_span span;
} adverbs[] = {
    {"yearly", DUE_YEAR},      {"annually", DUE_YEAR},         {"termly", DUE_TERM},
    {"once a term", DUE_TERM}, {"half-termly", DUE_HALF_TERM}, {"once a half-term", DUE_HALF_TERM},
    {"once a year", DUE_YEAR}, {"monthly", DUE_MONTH},         {"once a month", DUE_MONTH},
};

static const struct {
    const char *noun;
    enum due_span span;
} nouns[] = {{"term", DUE_TERM},
             {"half-term", DUE_HALF_TERM},
             {"half term", DUE_HALF_TERM},
             {"month", DUE_MONTH},
             {"year", DUE_YEAR}};

/* "autumn term": three of them have names. */
static bool take_term(const struct reader *r, struct phrase *p, int *out) {
    for (int i = 0; i < 3 && r->calendar->terms == 3; i++) {
        struct phrase trial = *p;
        if (phrase_take(&trial, calendar_seasons[i]) && phrase_take(&trial, "term")) {
            *p = trial;
            *out = i;
            return true;
        }
    }
    return false;
}

/* "first half of the autumn term" */
static bool take_half(const struct reader *r, struct phrase *p, int *out) {
    static const char *const halves[] = {"first half of the", "second half of the", "first half of",
                                         "second half of"};
    struct phrase trial = *p;
    size_t half;
    int term;
    if (calendar_halves(r->calendar) != 2 || !TAKE_ANY(&trial, halves, &half) || !take_term(r, &trial, &term))
        return false;
    *p = trial;
    *out = term * 2 + (int)(half % 2);
    return true;
}

/* "each term", "the autumn term", "the year": what a start or an end is of, too. */
static bool take_period(const struct reader *r, struct phrase *p, struct due_time *out) {
    static const char *const articles[] = {"each", "every"};
    size_t which;
    struct phrase trial = *p;
    bool each = TAKE_ANY(&trial, articles, &which);
    for (size_t i = 0; each && i < sizeof(nouns) / sizeof(nouns[0]); i++)
        if (phrase_take(&trial, nouns[i].noun)) {
            *p = trial;
            out->span = nouns[i].span;
            out->each = true;
            return true;
        }
    if (!each)
        phrase_take(&trial, "the");
    if (!each && phrase_take(&trial, "year")) {
        out->span = DUE_YEAR;
    } else if (take_half(r, &trial, &out->index)) {
        out->span = DUE_HALF_TERM;
    } else if (take_term(r, &trial, &out->index)) {
        out->span = DUE_TERM;
    } else {
        return false;
    }
    *p = trial;
    return true;
}

/* "by the end of the summer term", "start of each half-term", "in the autumn term", "termly". */
static bool take_span(const struct reader *r, struct phrase *p, struct due_time *out) {
    for (size_t i = 0; i < sizeof(adverbs) / sizeof(adverbs[0]); i++)
        if (phrase_take(p, adverbs[i].words)) {
            out->span = adverbs[i].span;
            out->each = true;
            return true;
        }
    if (phrase_take(p, "twice a term")) {
        out->span = DUE_HALF_TERM;
        out->each = true;
        return calendar_halves(r->calendar) == 2;
    }
    static const char *const edges[] = {"by the start of", "at the start of", "the start of", "start of",
                                        "by the end of",   "at the end of",   "the end of",   "end of"};
    size_t edge;
    if (TAKE_ANY(p, edges, &edge))
        out->edge = edge < 4 ? DUE_START : DUE_END;
    else
        phrase_take(p, "in");
    return take_period(r, p, out) && (out->edge == DUE_WHOLE || out->span != DUE_MONTH);
}

/* ---- days of the year ---- */

/* "by 31 October"; 29 February is a day, and in most years the 28th. */
static bool take_day(struct phrase *p, struct due_time *out) {
    size_t month;
    if (!phrase_take(p, "by") && !phrase_take(p, "on"))
        return false;
    if (!take_count(p, &out->day) || !TAKE_ANY(p, date_months, &month))
        return false;
    out->span = DUE_DAY;
    out->month = (int)month + 1;
    return date_make(2000, out->month, out->day) != DATE_NONE;
}

/* ---- days that count from a fact ---- */

static bool begins_with_digit(struct str s) {
    return s.len && s.at[0] >= '0' && s.at[0] <= '9';
}

/* The date fact of the record that is nearest to the words. */
static struct str nearest_date(const struct reader *r, struct str words) {
    struct str *names = arena_array(r->arena, struct str, r->kind ? r->kind->fact_count : 0);
    size_t n = 0;
    for (size_t i = 0; r->kind && i < r->kind->fact_count; i++)
        if (r->kind->facts[i]->type == FACT_DATE)
            names[n++] = r->kind->facts[i]->label;
    return str_nearest(words, names, n);
}

/* All that is left of the words names a date of the record, by its label or its id. */
static bool take_fact(const struct reader *r, struct phrase *p, struct due_time *out) {
    const struct fact *other = NULL;
    for (size_t i = 0; r->kind && i < r->kind->fact_count; i++) {
        const struct fact *fact = r->kind->facts[i];
        if (!str_eq_fold(fact->label, p->rest) && !str_eq_fold(fact->id, p->rest))
            continue;
        other = fact;
        if (fact->type != FACT_DATE)
            continue;
        out->span = DUE_FACT;
        out->fact = fact;
        return true;
    }
    *r->fault = (struct due_fault){p->rest, other != NULL, nearest_date(r, p->rest)};
    return false;
}

/* "10 days", "2 weeks", "6 months", "a year": so long. */
static bool take_length(struct phrase *p, struct due_time *out) {
    static const struct {
        const char *one, *many;
        int days, months;
    } units[] = {
        {"day", "days", 1, 0}, {"week", "weeks", 7, 0}, {"month", "months", 0, 1}, {"year", "years", 0, 12}};
    int n = 1;
    if (!phrase_take(p, "a") && !take_count(p, &n))
        return false;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (phrase_take(p, units[i].one) || phrase_take(p, units[i].many)) {
            out->days = n * units[i].days;
            out->months = n * units[i].months;
            return true;
        }
    return false;
}

/* "within 10 days of Held on", "10 days after Held on", "at least 4 days before Held on", "on Held on". */
static bool take_counted(const struct reader *r, struct phrase *p, struct due_time *out) {
    if (phrase_take(p, "on") || phrase_take(p, "by")) /* 31 February is no day, and no fact either */
        return !begins_with_digit(p->rest) && take_fact(r, p, out);
    bool within = phrase_take(p, "within"), least = !within && phrase_take(p, "at least");
    if (!take_length(p, out))
        return false;
    if (phrase_take(p, "before")) {
        out->days = -out->days;
        out->months = -out->months;
        return take_fact(r, p, out);
    }
    /* "at least 4 days after" has no last day */
    return !least && (phrase_take(p, "after") || (within && phrase_take(p, "of"))) && take_fact(r, p, out);
}

/* ---- a cell ---- */

static bool read_time(const struct reader *r, struct str text, struct due_time *out) {
    static bool (*const forms[])(const struct reader *, struct phrase *, struct due_time *) = {take_span,
                                                                                               take_counted};
    struct phrase p = {str_trim(text)};
    *out = (struct due_time){0};
    if (take_day(&p, out) && !p.rest.len)
        return true;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        p.rest = str_trim(text);
        *out = (struct due_time){0};
        if (forms[i](r, &p, out) && (!p.rest.len || out->span == DUE_FACT))
            return true;
    }
    return false;
}

/* The next " and " at or after `from`, or the end: a fact's label may have one of its own, so that it ends no time. */
static size_t next_and(struct str text, size_t from) {
    for (size_t i = from; i + 5 <= text.len; i++)
        if (str_eq_fold(str_sub(text, i, i + 5), STR(" and ")))
            return i;
    return text.len;
}

bool due_parse(struct arena *arena, const struct policy_kind *kind, const struct calendar *calendar,
               struct str text, struct due *out, struct due_fault *fault) {
    *fault = (struct due_fault){0};
    struct reader r = {arena, kind, calendar, fault};
    struct due_time *times = arena_array(arena, struct due_time, DUE_TIMES_MAX);
    struct str rest = str_trim(text);
    *out = (struct due){.times = times, .text = rest};
    while (rest.len) {
        size_t end = next_and(rest, 0);
        if (out->count == DUE_TIMES_MAX)
            return false;
        while (!read_time(&r, str_sub(rest, 0, end), &times[out->count])) {
            if (end == rest.len)
                return false;
            end = next_and(rest, end + 1);
        }
        out->count++;
        rest = str_trim(str_sub(rest, end + (end < rest.len ? 5 : 0), rest.len));
    }
    return out->count > 0;
}

/* ---- windows ---- */

struct windows {
    const struct calendar *calendar;
    const struct calendar_year *year; /* or NULL: its terms are not declared */
    date begins, ends;                /* of the school year */
    const struct subject *subject;
    struct arena *arena;
    struct due_windows *out;
};

static void add_window(struct windows *w, struct days days, bool counted) {
    struct due_windows *out = w->out;
    if (days.first > days.last || days.last < w->begins || days.last > w->ends)
        return;
    size_t n = out->count;
    out->items = arena_grow(w->arena, out->items, n * sizeof(struct due_window),
                            (n + 1) * sizeof(struct due_window), alignof(struct due_window));
    out->items[out->count++] = (struct due_window){days, counted};
}

static void add(struct windows *w, struct days days) {
    add_window(w, days, false);
}

static void add_edge(struct windows *w, const struct due_time *t, struct days days) {
    if (t->edge != DUE_WHOLE)
        days.first = days.last = t->edge == DUE_START ? days.first : days.last;
    add(w, days);
}

/* A calendar month, from the first day of a half-term in it to the last; most Augusts have none. */
static void add_month(struct windows *w, int month) {
    date first = date_add_months(w->begins, month), next = date_add_months(w->begins, month + 1);
    date last = next == DATE_NONE ? w->ends : next - 1;
    struct days in = {DATE_NONE, DATE_NONE};
    if (first == DATE_NONE) /* after the year 9999 */
        return;
    for (int h = 0; h < w->calendar->half_terms; h++) {
        struct days half = w->year->halves[h];
        date from = half.first > first ? half.first : first, to = half.last < last ? half.last : last;
        if (from > to)
            continue;
        in.first = in.first == DATE_NONE ? from : in.first;
        in.last = to;
    }
    if (in.first != DATE_NONE)
        add(w, in);
}

/* What terms, half-terms and months come to. */
static void add_periods(struct windows *w, const struct due_time *t) {
    const struct calendar *c = w->calendar;
    int counts[] = {[DUE_YEAR] = 1, [DUE_TERM] = c->terms, [DUE_HALF_TERM] = c->half_terms, [DUE_MONTH] = 12};
    for (int i = 0; i < counts[t->span]; i++) {
        if (!t->each && i != t->index)
            continue;
        if (t->span == DUE_MONTH)
            add_month(w, i);
        else if (t->span == DUE_HALF_TERM)
            add_edge(w, t, w->year->halves[i]);
        else if (t->span == DUE_TERM)
            add_edge(w, t, calendar_term(c, w->year, i));
        else
            add_edge(w, t, (struct days){w->year->halves[0].first, w->year->halves[c->half_terms - 1].last});
    }
}

static void add_day(struct windows *w, const struct due_time *t) {
    struct date_parts p = date_parts(w->begins);
    date month = date_make(t->month >= 9 ? p.year : p.year + 1, t->month, 1);
    if (month == DATE_NONE) /* after the year 9999 */
        return;
    date day = month + t->day - 1, next = date_add_months(month, 1);
    day = next != DATE_NONE && day >= next ? next - 1 : day;
    add(w, (struct days){day, day});
}

/* The date that stands for a fact; DATE_NONE where there is none. False: not known. */
static bool day_of(const struct windows *w, const struct fact *fact, date *out) {
    struct state state;
    struct feel_value v;
    *out = DATE_NONE;
    if (!w->subject)
        return false;
    state_init(&state, w->subject, w->arena);
    if (!state_record_get(&state, w->subject->kind->class, w->subject, fact->id, NULL, &v))
        return false;
    if (v.type == FEEL_DATE && v.days > date_make(1000, 1, 1) && v.days < date_make(9900, 1, 1))
        *out = (date)v.days;
    return true;
}

static void add_counted(struct windows *w, const struct due_time *t) {
    date from;
    if (!day_of(w, t->fact, &from))
        w->out->missing = t->fact;
    date to = from == DATE_NONE ? DATE_NONE : t->months ? date_add_months(from, t->months) : from + t->days;
    if (to != DATE_NONE)
        add_window(w, (struct days){to, to}, true);
}

void due_windows(const struct due *due, const struct subject *subject, const struct calendar *calendar,
                 date as_of, struct arena *arena, struct due_windows *out) {
    *out = (struct due_windows){0};
    struct windows w = {calendar,
                        calendar_year_of(calendar, as_of),
                        calendar_begins(as_of),
                        calendar_ends(as_of),
                        subject,
                        arena,
                        out};
    if (w.ends == DATE_NONE)
        return;
    for (size_t i = 0; i < due->count; i++) {
        const struct due_time *t = &due->times[i];
        if (t->span == DUE_FACT)
            add_counted(&w, t);
        else if (t->span == DUE_DAY)
            add_day(&w, t);
        else if (w.year)
            add_periods(&w, t);
        else
            out->undeclared = true;
    }
}
