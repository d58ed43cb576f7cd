/* SPDX-License-Identifier: MIT */
/* calendar.c: the half-terms that framework.yaml declares, checked, and their names. */
#include "policy/calendar.h"

#include "base/buf.h"

const char *const calendar_seasons[3] = {"autumn", "spring", "summer"};

date calendar_begins(date day) {
    struct date_parts p = date_parts(day);
    return date_make(p.month >= 9 ? p.year : p.year - 1, 9, 1);
}

/* No date lies after the year 9999, so its last school year ends with it. */
date calendar_ends(date day) {
    date next = date_add_months(calendar_begins(day), 12);
    return next == DATE_NONE ? date_make(9999, 12, 31) : next - 1;
}

struct str calendar_name(struct arena *arena, date day) {
    struct date_parts p = date_parts(calendar_begins(day));
    struct buf out = {.arena = arena};
    buf_printf(&out, "%d to %d", p.year, p.year + 1);
    return buf_str(&out);
}

/* ---- reading ---- */

struct reader {
    struct arena *arena;
    struct calendar counts;
    struct diags *diags;
};

/* The 1 September of "2025 to 2026"; DATE_NONE where it is no two years that follow each other. */
static date begins_of(struct arena *arena, struct str name) {
    struct str first = str_join(arena, str_sub(name, 0, 4), STR("-09-01"));
    date begins = date_parse_iso(first);
    bool named = begins != DATE_NONE && str_eq(calendar_name(arena, begins), name);
    return named && calendar_ends(begins) != DATE_NONE ? begins : DATE_NONE;
}

/* One day of a half-term. Reported where it is none, or none of the year. */
static date read_day(const struct reader *r, const struct calendar_year *year, const struct value *v) {
    struct str text = value_words(v);
    date day = date_parse_iso(text);
    struct arena *arena = r->diags->arena;
    if (day == DATE_NONE) {
        diag(r->diags, DIAG_SCHEMA_FORMAT, value_place(v), text, STR("a date"),
             STR("write it as 2025-09-01, and check that there is such a day"));
    } else if (calendar_begins(day) != year->begins) {
        diag(r->diags, DIAG_CALENDAR_OUTSIDE, value_place(v), text, year->name,
             date_long(arena, year->begins), date_long(arena, calendar_ends(year->begins)));
        return DATE_NONE;
    }
    return day;
}

/* Half-terms follow each other and have more than no days. Reported at the day that comes too early. */
static bool read_half(const struct reader *r, struct calendar_year *year, size_t i, const struct value *v) {
    if (v->kind != VALUE_LIST || v->count != 2) {
        diag(r->diags, DIAG_CALENDAR_HALF, value_place(v), year->name);
        return false;
    }
    struct days *half = &year->halves[i];
    *half = (struct days){read_day(r, year, &v->items[0]), read_day(r, year, &v->items[1])};
    if (half->first == DATE_NONE || half->last == DATE_NONE)
        return false;
    if (half->last < half->first)
        diag(r->diags, DIAG_CALENDAR_ORDER, value_place(&v->items[1]), value_words(&v->items[1]),
             value_words(&v->items[0]));
    else if (i && half->first <= half[-1].last)
        diag(r->diags, DIAG_CALENDAR_ORDER, value_place(&v->items[0]), value_words(&v->items[0]),
             date_iso(r->diags->arena, half[-1].last));
    return half->last >= half->first && (!i || half->first > half[-1].last);
}

static bool read_year(const struct reader *r, const struct field *f, struct calendar_year *year) {
    const struct value *v = &f->value;
    size_t halves = (size_t)r->counts.half_terms;
    *year = (struct calendar_year){.name = f->key, .begins = begins_of(r->arena, f->key)};
    if (year->begins == DATE_NONE) {
        diag(r->diags, DIAG_CALENDAR_YEAR, place_at(v->source, f->key_offset), f->key);
        return false;
    }
    if (v->kind != VALUE_LIST || v->count != halves) {
        diag(r->diags, DIAG_CALENDAR_COUNT, value_place(v), year->name,
             str_whole(r->diags->arena, v->kind == VALUE_LIST ? v->count : 0),
             str_whole(r->diags->arena, r->counts.half_terms));
        return false;
    }
    year->halves = arena_array(r->arena, struct days, halves);
    for (size_t i = 0; i < halves; i++)
        if (!read_half(r, year, i, &v->items[i]))
            return false;
    return true;
}

size_t calendar_read(struct arena *arena, const struct value *years, struct calendar counts,
                     const struct calendar_year **out, struct diags *diags) {
    struct reader r = {arena, counts, diags};
    size_t n = 0;
    *out = NULL;
    if (!years || years->kind != VALUE_MAP) /* which was said */
        return 0;
    if (counts.half_terms % counts.terms) {
        diag(diags, DIAG_CALENDAR_TERMS, value_place(years), str_whole(diags->arena, counts.half_terms),
             str_whole(diags->arena, counts.terms));
        return 0;
    }
    struct calendar_year *read = arena_array(arena, struct calendar_year, years->count);
    for (uint32_t i = 0; i < years->count; i++)
        n += read_year(&r, &years->fields[i], &read[n]);
    *out = read;
    return n;
}

/* ---- using it ---- */

const struct calendar_year *calendar_year_of(const struct calendar *calendar, date day) {
    for (size_t i = 0; i < calendar->year_count; i++)
        if (calendar->years[i].begins == calendar_begins(day))
            return &calendar->years[i];
    return NULL;
}

int calendar_halves(const struct calendar *calendar) {
    return calendar->half_terms / calendar->terms;
}

struct days calendar_term(const struct calendar *calendar, const struct calendar_year *year, int term) {
    int halves = calendar_halves(calendar);
    return (struct days){year->halves[term * halves].first, year->halves[term * halves + halves - 1].last};
}

int calendar_half_of(const struct calendar *calendar, const struct calendar_year *year, date day) {
    int half = 0;
    while (half + 1 < calendar->half_terms && year->halves[half + 1].first <= day)
        half++;
    return half;
}

struct str calendar_term_name(struct arena *arena, const struct calendar *calendar, int term) {
    if (calendar->terms == 3)
        return str_join(arena, str_from(calendar_seasons[term]), STR(" term"));
    return str_join(arena, STR("term "), str_whole(arena, term + 1));
}

struct str calendar_half_name(struct arena *arena, const struct calendar *calendar, int half) {
    int halves = calendar_halves(calendar);
    struct str term = calendar_term_name(arena, calendar, half / halves);
    if (halves == 1)
        return term;
    if (halves == 2)
        return str_join(arena, half % 2 ? STR("second") : STR("first"),
                        calendar->terms == 3 ? STR(" half of the ") : STR(" half of "), term);
    return str_join(arena, STR("half-term "), str_whole(arena, half + 1));
}
