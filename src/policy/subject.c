/* SPDX-License-Identifier: MIT */
/* subject.c: what a record gives, as masks of values. */
#include "policy/subject.h"

#include "policy/condition.h"
#include "policy/feel_priv.h"

/* ---- texts as values ---- */

bool subject_number(const struct variable *v, struct str text, struct decimal *out) {
    switch (v->line) {
    case LINE_DATE: {
        date d = date_parse_iso(text);
        *out = decimal_whole(d);
        return d != DATE_NONE;
    }
    case LINE_MONTHS:
    case LINE_DAYS: {
        struct feel_value duration = feel_duration_parse(text);
        *out = duration.type == FEEL_MONTHS ? decimal_whole(duration.months) : duration.number;
        return duration.type == (v->line == LINE_MONTHS ? FEEL_MONTHS : FEEL_TIME);
    }
    case LINE_NUMBER: return decimal_parse(text, out);
    default: return false;
    }
}

values output_value(const struct output *o, struct str id) {
    for (size_t i = 0; i < o->answer_count; i++)
        if (str_eq(o->answers[i].id, id))
            return VALUE_BIT(i);
    return 0;
}

/* The bit of one text of a variable; 0 where it is none of its values. */
static values text_value(const struct variable *v, struct str text) {
    struct decimal at;
    if (v->output)
        return output_value(v->output, text);
    if (v->line != LINE_NONE)
        return subject_number(v, text, &at) ? variable_piece(v, at) : 0;
    if (v->fact->scale) {
        const struct scale_value *found = scale_find(v->fact->scale, text);
        return found ? VALUE_BIT((size_t)(found - v->fact->scale->values)) : 0;
    }
    if (str_eq(text, STR("yes")))
        return VALUES_YES;
    return str_eq(text, STR("no")) ? VALUES_NO : 0;
}

/* ---- one variable ---- */

/* Of a set each item is a variable: yes where the set has it, or has one that implies it. */
static values item_value(const struct variable *v, const struct given *g) {
    const struct value *implies = value_at(v->fact->source, "implies");
    for (size_t i = 0; i < g->count; i++) {
        struct str at = g->texts[i];
        for (size_t steps = 0; at.len && steps < VOCABULARY_VALUES_MAX; steps++) {
            if (str_eq(at, v->item))
                return VALUES_YES;
            at = value_words(value_get(implies, at));
        }
    }
    return VALUES_NO;
}

/* A count of dates in the school year that has the as-of date. */
static values dates_value(const struct subject *subject, const struct variable *v, const struct given *g) {
    date start = calendar_begins(subject->as_of);
    int64_t n = 0;
    for (size_t i = 0; i < g->count; i++) {
        date d = date_parse_iso(g->texts[i]);
        n += d != DATE_NONE && d >= start && d <= subject->as_of;
    }
    return variable_piece(v, decimal_whole(n));
}

/* What `none:` and `absent:` of the declaration stand for: a value of the scale, or absence. */
static values stands_for(const struct variable *v, const char *key) {
    struct str word = value_words(value_at(v->fact->source, key));
    values value = word.len && (v->fact->scale || v->line != LINE_NONE) ? text_value(v, word) : 0;
    if (value)
        return value;
    return v->item.len || v->fact->type == FACT_YES_NO ? VALUES_NO : VALUES_ABSENT;
}

static values given_value(const struct subject *subject, const struct variable *v, const struct given *g) {
    values whole = v->all & ~(VALUES_NOT_APPLICABLE | VALUES_ABSENT);
    values value = 0;
    switch (g->state) {
    case GIVEN_NOTHING: return v->unknown;
    case GIVEN_HIDDEN:
    case GIVEN_NOT_RECORDED: return whole ? whole : v->unknown;
    case GIVEN_NOT_APPLICABLE: return VALUES_NOT_APPLICABLE;
    case GIVEN_NONE: return stands_for(v, "none");
    case GIVEN_ABSENT: return stands_for(v, "absent");
    case GIVEN_VALUE: break;
    }
    if (v->item.len)
        return item_value(v, g);
    if (v->fact->type == FACT_DATES)
        return dates_value(subject, v, g);
    if (v->fact->type == FACT_TEXT || v->fact->type == FACT_LIST || v->fact->type == FACT_SCHOOLS)
        return whole;
    value = text_value(v, g->text);
    return value ? value : whole;
}

/* ---- what the record says, and said ---- */

static values truth_value(bool truth) {
    return truth ? VALUES_YES : VALUES_NO;
}

static const struct given_entry *history_of(const struct subject *subject, const struct variable *of,
                                            size_t *count, bool *hidden) {
    if (of->output) {
        const struct recorded *r = subject->recorded ? &subject->recorded[of->output_index] : NULL;
        *hidden = r && r->hidden;
        *count = r ? r->count : 0;
        return r ? r->entries : NULL;
    }
    const struct given *g = subject->given ? &subject->given[of->fact_index] : NULL;
    *hidden = g && g->state == GIVEN_HIDDEN;
    *count = g ? g->history_count : 0;
    return g ? g->history : NULL;
}

static values recorded_value(const struct subject *subject, const struct variable *v) {
    bool hidden;
    size_t count;
    history_of(subject, v->of, &count, &hidden);
    if (hidden)
        return VALUES_YES | VALUES_NO;
    if (v->of->output) {
        const struct given_entry *entry =
            subject->recorded ? subject->recorded[v->of->output_index].in_force : NULL;
        return truth_value(entry && !str_eq(entry->text, STR("not recorded")));
    }
    const struct given *g = subject->given ? &subject->given[v->of->fact_index] : NULL;
    return truth_value(g && (g->state == GIVEN_VALUE || g->state == GIVEN_NONE || g->state == GIVEN_ABSENT));
}

/* The day after which something is within the span: today less the span, so that it is exact over 29 February. */
static date span_start(date today, struct span span) {
    return span.months ? date_add_months(today, -span.months) : today - span.days;
}

date subject_span_start(const struct subject *subject, struct span span) {
    return span_start(subject->as_of, span);
}

/* Silence that means none is an empty list. */
bool subject_dates(const struct variable *v, const struct given *g, size_t *count) {
    bool none = g->state == GIVEN_NOTHING &&
                str_eq_fold(value_words(value_at(v->fact->source, "missing")), STR("none"));
    *count = g->state == GIVEN_VALUE ? g->count : 0;
    return none || g->state == GIVEN_VALUE || g->state == GIVEN_NONE || g->state == GIVEN_ABSENT;
}

/* Of several days one within the span will do. */
static values days_in_last(const struct subject *subject, const struct variable *v) {
    const struct given *g = &subject->given[v->of->fact_index];
    date start = span_start(subject->as_of, v->span);
    bool some = false;
    size_t count;
    if (!subject_dates(v->of, g, &count))
        return g->state == GIVEN_NOT_APPLICABLE ? VALUES_NO : VALUES_YES | VALUES_NO;
    for (size_t i = 0; i < count; i++) {
        date day = date_parse_iso(g->texts[i]);
        some = some || (day != DATE_NONE && day > start && day <= subject->as_of);
    }
    return truth_value(some);
}

/* A day within the span is not after today and less than the span ago. */
static values day_in_last(const struct subject *subject, const struct variable *v) {
    const struct given *g = &subject->given[v->of->fact_index];
    date day = g->state == GIVEN_VALUE ? date_parse_iso(g->text) : DATE_NONE;
    if (day != DATE_NONE)
        return truth_value(day > span_start(subject->as_of, v->span) && day <= subject->as_of);
    values may = given_value(subject, v->of, g);
    return may & variable_proper(v->of) ? VALUES_YES | VALUES_NO : VALUES_NO;
}

/* Whether an entry among the values is in force, or ended within the span. */
static values in_last_value(const struct subject *subject, const struct variable *v) {
    bool hidden;
    size_t count;
    if (v->of->fact && v->of->fact->derived && v->of->line == LINE_DATE)
        return VALUES_YES | VALUES_NO; /* state.c works it out */
    if (v->of->fact && v->of->fact->type == FACT_DATES)
        return subject->given ? days_in_last(subject, v) : VALUES_YES | VALUES_NO;
    if (v->of->line == LINE_DATE)
        return subject->given ? day_in_last(subject, v) : VALUES_YES | VALUES_NO;
    const struct given_entry *entries = history_of(subject, v->of, &count, &hidden);
    if (hidden)
        return VALUES_YES | VALUES_NO;
    date start = span_start(subject->as_of, v->span);
    for (size_t i = 0; i < count; i++) {
        values value = text_value(v->of, entries[i].text);
        if (v->of->item.len)
            value = truth_value(str_eq(entries[i].text, v->of->item));
        date ends = entries[i].to != DATE_NONE          ? entries[i].to
                    : i + 1 < count && !v->of->item.len ? entries[i + 1].from
                                                        : DATE_NONE;
        bool begun = entries[i].from == DATE_NONE || entries[i].from <= subject->as_of;
        if (begun && (value & v->of_mask) && (ends == DATE_NONE || ends > start))
            return VALUES_YES;
    }
    return VALUES_NO;
}

void subject_init(struct subject *subject, struct arena *arena) {
    const struct policy_kind *kind = subject->kind;
    subject->domain = arena_array(arena, values, kind->variable_count);
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        values *mask = &subject->domain[i];
        switch (v->kind) {
        case VARIABLE_FACT: {
            bool supplied = !v->fact->derived && subject->given;
            *mask = supplied ? given_value(subject, v, &subject->given[v->fact_index]) : v->all;
            break;
        }
        case VARIABLE_OUTPUT: *mask = v->all; break;
        case VARIABLE_RECORDED: *mask = recorded_value(subject, v); break;
        case VARIABLE_IN_LAST: *mask = in_last_value(subject, v); break;
        case VARIABLE_STUCK: *mask = VALUES_YES | VALUES_NO; break;
        }
    }
}
