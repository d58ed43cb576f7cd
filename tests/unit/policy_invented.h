/* SPDX-License-Identifier: MIT */
/*
 * policy_invented.h: schools that nobody has, of an example's framework.
 *
 * Everything about an invented school is drawn from a seed: each fact from its scale, numbers between and on the
 * constants that tables compare them with, subsets with what they imply, histories, and what was decided. What is
 * true stands in `brute.now`. The record says it, in one of the ways in which a record may; then one to four facts are taken out of
 * it, and what the audience may not see: those are `brute.gaps`.
 */
#ifndef SIGNPOST_TESTS_POLICY_INVENTED_H
#define SIGNPOST_TESTS_POLICY_INVENTED_H

#include "policy_brute.h"
#include "random.h"

#define ENTRIES_MAX 4

/* A framework to invent schools of. */
struct example {
    const struct policy *policy;
    date as_of;
    const char *name;
    const struct policy_kind *kind;
    bool *read; /* of each variable: some decision or `never` reads it */
};

static inline void example_of(struct example *e, const char *name, const struct policy *policy, date as_of,
                              struct arena *arena) {
    *e = (struct example){.policy = policy, .as_of = as_of, .name = name};
    e->kind = policy_kind(policy, STR("school"));
    e->read = arena_array(arena, bool, e->kind->variable_count);
    for (size_t i = 0; i < e->kind->decision_count; i++)
        brute_reads_decision(e->kind->decisions[i], e->read);
    for (size_t i = 0; i < e->kind->never_count; i++)
        brute_reads(e->kind->nevers[i]->when, e->read);
}

/* ---- schools ---- */

/* An invented school: what is true of it, and what its record says. */
struct invented {
    const struct example *of;
    struct random random;
    struct arena *arena;
    struct brute brute;
    struct subject subject;
    struct given *given;
    struct recorded *recorded;
    size_t product; /* of the values of all that is missing */
};

static inline bool chance(struct invented *s, size_t in) {
    return random_below(&s->random, in) == 0;
}

/* Lists and texts are asked by no decision of the examples, but by their checks: of them nothing is said. */
static inline bool is_given(const struct variable *v) {
    enum fact_type type = v->fact->type;
    bool listed = type == FACT_TEXT || type == FACT_LIST || type == FACT_SCHOOLS || type == FACT_DATES;
    return v->kind == VARIABLE_FACT && !v->fact->derived && !listed;
}

/* The variables of one fact: one, or the items of a set. */
static inline size_t variables_of(const struct policy_kind *kind, size_t fact, const struct variable **out) {
    size_t n = 0;
    for (size_t i = 0; i < kind->variable_count; i++)
        if (kind->variables[i]->kind == VARIABLE_FACT && kind->variables[i]->fact_index == fact) {
            assert_true(n < BRUTE_ITEMS);
            out[n++] = kind->variables[i];
        }
    return n;
}

/* One number for each piece of the line between the constants that some condition compares it with. */
struct line {
    const struct variable *variable;
    struct decimal at[32];
    size_t count;
};

static inline void line_add(struct line *line, struct decimal at) {
    size_t i = line->count;
    for (size_t j = 0; j < line->count; j++)
        if (decimal_cmp(line->at[j], at) == 0)
            return;
    assert_true(line->count < 15);
    for (line->count++; i && decimal_cmp(line->at[i - 1], at) > 0; i--)
        line->at[i] = line->at[i - 1];
    line->at[i] = at;
}

static inline void line_constants(struct line *line, const struct condition *c) {
    for (size_t i = 0; c && c->variable == line->variable && i < c->interval_count; i++) {
        if (!c->intervals[i].from_infinity)
            line_add(line, c->intervals[i].low);
        if (!c->intervals[i].to_infinity)
            line_add(line, c->intervals[i].high);
    }
    for (size_t i = 0; c && i < c->count; i++)
        line_constants(line, c->kids[i]);
}

static inline struct decimal between(struct decimal low, struct decimal high) {
    struct decimal sum = low, half = low;
    assert_true(decimal_add(low, high, &sum) && decimal_divide(sum, decimal_whole(2), &half));
    return half;
}

/* The ends of a declared range; of a few whole numbers each is a constant, since one can reckon with them. */
static inline void line_range(const struct variable *v, struct decimal *least, struct decimal *most,
                              struct line *line) {
    struct str range = value_words(value_at(v->fact->source, "range")), low = {0}, high = {0};
    int64_t from, to;
    for (size_t i = 0; i + 4 < range.len; i++)
        if (str_eq(str_sub(range, i, i + 4), STR(" to "))) {
            low = str_sub(range, 0, i);
            high = str_sub(range, i + 4, range.len);
        }
    if (!decimal_parse(low, least) || !decimal_parse(high, most))
        return;
    assert_true(decimal_to_int64(*least, &from) && decimal_to_int64(*most, &to));
    line_add(line, *least);
    line_add(line, *most);
    for (int64_t i = from; v->fact->type == FACT_WHOLE && to - from < 8 && i < to; i++)
        line_add(line, decimal_whole(i));
}

/* Of a date the ends of the spans in which some test asks for it. */
static inline void line_spans(const struct example *e, struct line *line) {
    for (size_t i = 0; i < e->kind->variable_count; i++) {
        const struct variable *v = e->kind->variables[i];
        if (v->kind != VARIABLE_IN_LAST || v->of != line->variable || v->of->line != LINE_DATE)
            continue;
        line_add(line, decimal_whole(v->span.months ? date_add_months(e->as_of, -v->span.months)
                                                    : e->as_of - v->span.days));
        line_add(line, decimal_whole(e->as_of));
    }
}

/* Constants of rows and of what they read; then what lies between, below and above. */
static inline void line_pieces(const struct example *e, const struct variable *v, struct line *out) {
    const struct policy_kind *kind = e->kind;
    struct line line = {.variable = v};
    bool day = v->line == LINE_DATE;
    struct decimal least = decimal_whole(day ? e->as_of - 2000 : -1000),
                   most = decimal_whole(day ? e->as_of + 400 : 5000);
    if (!day)
        line_range(v, &least, &most, &line);
    line_spans(e, &line);
    for (size_t i = 0; i < kind->decision_count; i++) {
        line_constants(&line, kind->decisions[i]->applies);
        for (size_t j = 0; j < kind->decisions[i]->row_count; j++)
            for (size_t k = 0; k < kind->decisions[i]->rows[j]->cell_count; k++)
                line_constants(&line, kind->decisions[i]->rows[j]->cells[k].condition);
    }
    for (size_t i = 0; i < kind->variable_count; i++)
        line_constants(&line, kind->variables[i]->when);
    for (size_t i = 0; i < kind->never_count; i++)
        line_constants(&line, kind->nevers[i]->when);
    *out = (struct line){.variable = v};
    for (size_t i = 0; i <= line.count; i++) {
        struct decimal end = i < line.count ? line.at[i] : most;
        struct decimal middle = between(i ? line.at[i - 1] : least, end);
        if (v->fact->type == FACT_WHOLE || day)
            assert_true(decimal_round(middle, 0, DECIMAL_FLOOR, &middle));
        if (decimal_cmp(i ? line.at[i - 1] : least, middle) < 0)
            out->at[out->count++] = middle;
        if (i < line.count)
            out->at[out->count++] = end;
    }
}

/* The subset with all that its items imply. */
static inline values implied(const struct variable *const *items, size_t count, values set) {
    const struct value *implies = value_at(items[0]->fact->source, "implies");
    for (size_t round = 0; round < count; round++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count && (set & VALUE_BIT(i)); j++)
                if (str_eq(value_words(value_get(implies, items[i]->item)), items[j]->item))
                    set |= VALUE_BIT(j);
    return set;
}

/* Sets of more items are never missing: their subsets are too many to be written down. */
#define SET_ITEMS_MAX 8

/* Everything that a fact may be: its whole scale. */
static inline void whole_scale(const struct example *e, const struct variable *const *items, size_t count,
                               struct brute_gap *gap) {
    const struct variable *v = items[0];
    struct line line;
    if (v->item.len) {
        gap->set = true;
        gap->untold = count > SET_ITEMS_MAX;
        gap->item_count = count;
        for (size_t i = 0; i < count; i++)
            gap->items[i] = items[i];
        for (values set = 0; !gap->untold && set < VALUE_BIT(count); set++)
            if (implied(items, count, set) == set)
                gap->may[gap->count++].is = set;
    } else if (v->line != LINE_NONE) {
        line_pieces(e, v, &line);
        for (size_t i = 0; i < line.count; i++)
            gap->may[gap->count++].at = line.at[i];
    } else {
        size_t n = v->fact->scale ? v->fact->scale->count : 2;
        for (size_t i = 0; i < n; i++)
            gap->may[gap->count++].is = VALUE_BIT(i);
    }
}

/* What silence means, where it means something: true when it means just this value. */
static inline bool is_silence(const struct variable *const *items, struct brute_value value) {
    struct str word = value_words(value_at(items[0]->fact->source, "missing"));
    if (!word.len)
        return false;
    if (items[0]->item.len)
        return value.is == 0 && str_eq(word, STR("none"));
    if (items[0]->fact->scale)
        return str_eq(word, items[0]->fact->scale->values[__builtin_ctzll(value.is)].id);
    return items[0]->line == LINE_NONE && str_eq(word, value.is == VALUES_YES ? STR("yes") : STR("no"));
}

/* What silence leaves open of the whole scale: all of it where the fact has no `missing:`, else what stands in its
 * list. False where that is not what is true. */
static inline bool silence_leaves(const struct invented *s, const struct variable *const *items,
                                  struct brute_gap *gap) {
    const struct value *missing = value_at(items[0]->fact->source, "missing");
    values now = s->brute.now[items[0]->index].is, listed = 0;
    if (!missing)
        return true;
    if (missing->kind != VALUE_LIST || !items[0]->fact->scale)
        return false;
    for (size_t i = 0; i < items[0]->fact->scale->count; i++)
        for (uint32_t j = 0; j < missing->count; j++)
            if (str_eq(value_words(&missing->items[j]), items[0]->fact->scale->values[i].id))
                listed |= VALUE_BIT(i);
    if (!(listed & now))
        return false;
    for (gap->count = 0; listed; listed &= listed - 1)
        gap->may[gap->count++].is = listed & (~listed + 1);
    return true;
}

/* ---- inventing ---- */

static inline date some_day(struct invented *s, date from, date to) {
    return from + (date)random_below(&s->random, (size_t)(to - from) + 1);
}

/* Earlier values, each until the next or until a day of its own; the last one, if there is one now, is in force. */
static inline struct given_entry *invent_history(struct invented *s, const struct str *ids, size_t count,
                                                 struct str now, size_t *n) {
    struct given_entry *entries = arena_array(s->arena, struct given_entry, ENTRIES_MAX);
    date at = s->subject.as_of - 2000;
    size_t past = random_below(&s->random, ENTRIES_MAX);
    for (*n = 0; *n < past; (*n)++) {
        date from = some_day(s, at + 1, at + 800 < s->subject.as_of - 4 ? at + 800 : s->subject.as_of - 4);
        if (from > s->subject.as_of - 4)
            break;
        entries[*n] = (struct given_entry){ids[random_below(&s->random, count)], from, DATE_NONE, {0}, NULL};
        if (*n && (entries[*n - 1].to == DATE_NONE || entries[*n - 1].to > from))
            entries[*n - 1].to = chance(s, 2) ? DATE_NONE : from;
        at = from + 1;
        if (chance(s, 3))
            entries[*n].to = some_day(s, from + 1, s->subject.as_of);
    }
    if (*n && !now.len && entries[*n - 1].to == DATE_NONE)
        entries[*n - 1].to = some_day(s, at, s->subject.as_of);
    if (now.len) {
        date from = some_day(s, at, s->subject.as_of);
        if (*n && entries[*n - 1].to != DATE_NONE && entries[*n - 1].to > from)
            entries[*n - 1].to = from;
        entries[(*n)++] = (struct given_entry){now, from, DATE_NONE, {0}, NULL};
    }
    return entries;
}

static inline struct str number_words(struct invented *s, const struct variable *v, struct decimal at) {
    struct buf out = {.arena = s->arena};
    if (v->line == LINE_DATE)
        return date_iso(s->arena, (date)brute_day(at));
    decimal_print(&out, at);
    return buf_str(&out);
}

/* Silence in the record means that there is nothing of the kind. */
static inline bool is_silent_of_nothing(const struct variable *v) {
    return str_eq(value_words(value_at(v->fact->source, "missing")), STR("not applicable"));
}

static inline void draw(struct invented *s, const struct variable *const *items, size_t count,
                        size_t density) {
    const struct variable *v = items[0];
    struct brute_value *now = s->brute.now;
    if (v->item.len) {
        values set = 0;
        for (size_t i = 0; i < count; i++)
            set |= chance(s, count > SET_ITEMS_MAX ? 2 * count : 4) ? VALUE_BIT(i) : 0;
        set = implied(items, count, set);
        for (size_t i = 0; i < count; i++)
            now[items[i]->index].is = set & VALUE_BIT(i) ? VALUES_YES : VALUES_NO;
    } else if (v->line != LINE_NONE) {
        struct line line;
        line_pieces(s->of, v, &line);
        now[v->index] = (struct brute_value){0, line.at[random_below(&s->random, line.count)]};
    } else if (v->fact->scale) {
        now[v->index].is = VALUE_BIT(random_below(&s->random, v->fact->scale->count));
    } else {
        now[v->index].is = chance(s, density) ? VALUES_YES : VALUES_NO;
    }
    if (chance(s, is_silent_of_nothing(v) ? 3 : 80))
        for (size_t i = 0; i < count; i++)
            now[items[i]->index].is = VALUES_NOT_APPLICABLE;
}

/* What is true: drawn until no `never` forbids it. */
static inline void invent_truth(struct invented *s) {
    static const size_t densities[] = {2, 4, 12};
    const struct variable *items[BRUTE_ITEMS];
    size_t density = densities[random_below(&s->random, 3)];
    for (int tries = 0; tries < 1000; tries++) {
        for (size_t i = 0; i < s->of->kind->fact_count; i++) {
            size_t count = variables_of(s->of->kind, i, items);
            if (is_given(items[0]))
                draw(s, items, count, density);
        }
        if (!brute_is_forbidden(&s->brute, NULL))
            return;
    }
    fail_msg("no school is allowed");
}

/* Whether some test asks for the history of this. */
static inline bool is_asked_in_last(const struct policy_kind *kind, const struct variable *of) {
    for (size_t i = 0; i < kind->variable_count; i++)
        if (kind->variables[i]->kind == VARIABLE_IN_LAST && kind->variables[i]->of == of)
            return true;
    return false;
}

/* The record says what is true. */
static inline void say(struct invented *s, struct given *g, const struct variable *const *items,
                       size_t count) {
    const struct variable *v = items[0];
    struct brute_value now = s->brute.now[v->index];
    if (now.is == VALUES_NOT_APPLICABLE) {
        g->state = is_silent_of_nothing(v) && chance(s, 2) ? GIVEN_NOTHING : GIVEN_NOT_APPLICABLE;
        return;
    }
    g->state = GIVEN_VALUE;
    if (v->item.len) {
        struct str *texts = arena_array(s->arena, struct str, count);
        values set = 0, said = 0;
        for (size_t i = 0; i < count; i++)
            set |= s->brute.now[items[i]->index].is == VALUES_YES ? VALUE_BIT(i) : 0;
        for (size_t i = 0; i < count; i++) /* what others imply need not be said */
            if ((set & VALUE_BIT(i)) && (chance(s, 2) || implied(items, count, set & ~VALUE_BIT(i)) != set))
                said |= VALUE_BIT(i);
        said = implied(items, count, said) == set ? said : set;
        for (size_t i = 0; i < count; i++)
            if (said & VALUE_BIT(i))
                texts[g->count++] = items[i]->item;
        g->texts = texts;
        now.is = set;
    } else if (v->line != LINE_NONE) {
        g->text = number_words(s, v, now.at);
    } else if (v->fact->scale) {
        g->text = v->fact->scale->values[__builtin_ctzll(now.is)].id;
        if (str_eq(g->text, value_words(value_at(v->fact->source, "none"))) && chance(s, 2))
            g->state = GIVEN_NONE;
        else if (str_eq(g->text, value_words(value_at(v->fact->source, "absent"))) && chance(s, 2))
            g->state = GIVEN_ABSENT;
    } else {
        g->text = now.is == VALUES_YES ? STR("yes") : STR("no");
    }
    if (is_silence(items, now) && chance(s, 2))
        g->state = GIVEN_NOTHING;
}

static inline void say_history(struct invented *s, struct given *g, const struct variable *v) {
    struct str ids[VOCABULARY_VALUES_MAX];
    if (!v->fact->scale || !is_asked_in_last(s->of->kind, v))
        return;
    for (size_t i = 0; i < v->fact->scale->count; i++)
        ids[i] = v->fact->scale->values[i].id;
    g->history = invent_history(s, ids, v->fact->scale->count, g->state == GIVEN_VALUE ? g->text : STR(""),
                                &g->history_count);
}

/* Takes a fact out of the record, if not too much is open then. */
static inline void remove_fact(struct invented *s, size_t fact) {
    const struct variable *items[BRUTE_ITEMS];
    size_t count = variables_of(s->of->kind, fact, items);
    struct given *g = &s->given[fact];
    if (!is_given(items[0]) || (g->state != GIVEN_VALUE && g->state != GIVEN_NONE))
        return;
    struct brute_gap *gap = brute_gap(&s->brute, items[0], VALUE_BIT(SET_ITEMS_MAX));
    whole_scale(s->of, items, count, gap);
    if (gap->untold || s->product * gap->count > 1500) {
        s->brute.gap_count--;
        return;
    }
    bool silent = chance(s, 2) && silence_leaves(s, items, gap);
    s->product *= gap->count;
    *g = (struct given){.state = silent ? GIVEN_NOTHING : GIVEN_NOT_RECORDED};
    say_history(s, g, items[0]);
}

/* What a narrower audience may not see is over its whole scale, whatever the record says. */
static inline void hide_fact(struct invented *s, size_t fact) {
    const struct variable *items[BRUTE_ITEMS];
    size_t count = variables_of(s->of->kind, fact, items);
    if (!is_given(items[0]) || !items[0]->fact->classed ||
        audience_may_see(s->subject.audience, items[0]->fact->audience))
        return;
    for (size_t i = 0; i < s->brute.gap_count; i++)
        if (s->brute.gaps[i].items[0] == items[0])
            s->brute.gaps[i] = s->brute.gaps[--s->brute.gap_count];
    whole_scale(s->of, items, count, brute_gap(&s->brute, items[0], VALUE_BIT(SET_ITEMS_MAX)));
    s->given[fact] = (struct given){.state = GIVEN_HIDDEN};
}

static inline void record_output(struct invented *s, const struct output *o) {
    struct recorded *r = &s->recorded[o->variable->output_index];
    struct str ids[VOCABULARY_VALUES_MAX];
    size_t often = o->decision->when_recorded || is_asked_in_last(s->of->kind, o->variable) ? 2 : 12;
    r->hidden = !output_visible(o, s->subject.audience);
    if (r->hidden || !chance(s, often) || (o->type != OUTPUT_SCALE && o->type != OUTPUT_YES_NO))
        return;
    for (size_t i = 0; i < o->answer_count; i++)
        ids[i] = o->answers[i].id;
    struct str now = chance(s, 3) ? STR("") : ids[random_below(&s->random, o->answer_count)];
    r->entries = invent_history(s, ids, o->answer_count, now, &r->count);
    r->in_force = now.len ? &r->entries[r->count - 1] : NULL;
}

/* ---- what is read from the record itself ---- */

static inline bool was_in_last(const struct invented *s, const struct variable *v,
                               const struct given_entry *entries, size_t count) {
    date after =
        v->span.months ? date_add_months(s->subject.as_of, -v->span.months) : s->subject.as_of - v->span.days;
    for (size_t i = 0; i < count; i++) {
        date ends = entries[i].to != DATE_NONE ? entries[i].to
                    : i + 1 < count            ? entries[i + 1].from
                                               : DATE_NONE;
        size_t n = v->of->output ? v->of->output->answer_count : v->of->fact->scale->count;
        for (size_t k = 0; k < n; k++) {
            struct str id = v->of->output ? v->of->output->answers[k].id : v->of->fact->scale->values[k].id;
            if ((v->of_mask & VALUE_BIT(k)) && str_eq(id, entries[i].text) &&
                (ends == DATE_NONE || ends > after))
                return true;
        }
    }
    return false;
}

/* Whether the record has a fact, or what was decided. */
static inline bool is_recorded(const struct invented *s, const struct variable *of) {
    if (of->output)
        return s->recorded[of->output_index].in_force != NULL;
    enum given_state state = s->given[of->fact_index].state;
    return state == GIVEN_VALUE || state == GIVEN_NONE || state == GIVEN_ABSENT;
}

static inline void read_record(struct invented *s) {
    for (size_t i = 0; i < s->of->kind->variable_count; i++) {
        const struct variable *v = s->of->kind->variables[i], *of = v->of;
        bool is, hidden;
        bool day = v->kind == VARIABLE_IN_LAST && of->line == LINE_DATE; /* follows from the date */
        if ((v->kind != VARIABLE_RECORDED && v->kind != VARIABLE_IN_LAST) || day)
            continue;
        if (of->output) {
            const struct recorded *r = &s->recorded[of->output_index];
            is = was_in_last(s, v, r->entries, r->count);
            hidden = r->hidden;
        } else {
            const struct given *g = &s->given[of->fact_index];
            is = was_in_last(s, v, g->history, g->history_count);
            hidden = g->state == GIVEN_HIDDEN;
        }
        if (v->kind == VARIABLE_RECORDED)
            is = is_recorded(s, of);
        s->brute.now[i].is = is ? VALUES_YES : VALUES_NO;
        if (hidden)
            brute_gap_mask(&s->brute, v, VALUES_YES | VALUES_NO);
    }
}

static inline void invent(const struct example *e, uint64_t seed, enum audience audience, struct arena *arena,
                          struct invented *s) {
    const struct variable *items[BRUTE_ITEMS];
    *s = (struct invented){.of = e, .random = {seed}, .arena = arena, .product = 1};
    s->given = arena_array(arena, struct given, e->kind->fact_count);
    s->recorded = arena_array(arena, struct recorded, e->kind->output_count);
    s->subject = (struct subject){.policy = e->policy,
                                  .kind = e->kind,
                                  .id = STR("invented"),
                                  .as_of = e->as_of,
                                  .audience = audience,
                                  .given = s->given,
                                  .recorded = s->recorded};
    brute_open(&s->brute, e->kind, &s->subject, arena);
    invent_truth(s);
    for (size_t i = 0; i < e->kind->fact_count; i++) {
        size_t count = variables_of(e->kind, i, items);
        if (!is_given(items[0]))
            continue;
        say(s, &s->given[i], items, count);
        say_history(s, &s->given[i], items[0]);
    }
    for (size_t n = 1 + random_below(&s->random, 4), tries = 0; s->brute.gap_count < n && tries < 100;
         tries++) {
        size_t fact = random_below(&s->random, e->kind->fact_count);
        variables_of(e->kind, fact, items);
        if (e->read[items[0]->index])
            remove_fact(s, fact);
    }
    for (size_t i = 0; i < e->kind->fact_count; i++)
        hide_fact(s, i);
    for (size_t i = 0; i < e->kind->output_count; i++)
        record_output(s, e->kind->outputs[i]);
    read_record(s);
    subject_init(&s->subject, arena);
}

#endif
