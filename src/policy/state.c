/* SPDX-License-Identifier: MIT */
/* state.c: what is known, and what a condition makes of it. */
#include "policy/state.h"

#include <assert.h>

#include "policy/condition.h"
#include "policy/expression.h"

static size_t lowest(values mask) {
    return (size_t)__builtin_ctzll(mask);
}

void state_init(struct state *state, const struct subject *subject, struct arena *arena) {
    size_t n = subject->kind->variable_count;
    *state = (struct state){.subject = subject, .arena = arena, .moment = 1};
    state->domain = arena_array(arena, values, n);
    if (n)
        memcpy(state->domain, subject->domain, n * sizeof(values));
    state->derived = arena_array(arena, values, n);
    state->derived_at = arena_array(arena, uint32_t, n);
}

values state_narrow(struct state *state, const struct variable *variable, values mask) {
    values was = state->domain[variable->index];
    state->domain[variable->index] = was & mask;
    state->moment++;
    return was;
}

void state_restore(struct state *state, const struct variable *variable, values was) {
    state->domain[variable->index] = was;
    state->moment++;
}

/* ---- values in FEEL ---- */

static struct feel_value line_value(const struct variable *v, struct decimal at) {
    int64_t whole = 0;
    decimal_to_int64(at, &whole);
    switch (v->line) {
    case LINE_DATE: return feel_date(whole);
    case LINE_MONTHS: return (struct feel_value){.type = FEEL_MONTHS, .months = whole};
    case LINE_DAYS: return (struct feel_value){.type = FEEL_TIME, .number = at};
    default: return feel_number(at);
    }
}

/* The number of a supplied fact, of which the mask knows only the piece it lies in. */
static bool given_line(const struct state *state, const struct variable *v, struct feel_value *out) {
    const struct given *given = state->subject->given ? &state->subject->given[v->fact_index] : NULL;
    if (!v->fact || v->fact->derived || !given || given->state != GIVEN_VALUE)
        return false;
    struct decimal at;
    if (!subject_number(v, given->text, &at))
        return false;
    *out = line_value(v, at);
    return true;
}

/* Whole numbers that are a range of points are unknown between bounds. */
static struct feel_value unknown_within(const struct variable *v, values mask) {
    struct feel_value out = feel_unknown();
    int64_t least, most;
    if (v->line != LINE_NUMBER || !mask || (mask & VALUES_IMPROPER))
        return out;
    size_t low = lowest(mask), high = 63 - (size_t)__builtin_clzll(mask);
    if (low % 2 && high % 2 && decimal_to_int64(v->cuts[low / 2], &least) &&
        decimal_to_int64(v->cuts[high / 2], &most) && v->fact && v->fact->type == FACT_WHOLE) {
        out.unknown.bounded = true;
        out.unknown.least = (int32_t)least;
        out.unknown.most = (int32_t)most;
    }
    return out;
}

static struct feel_value single_value(const struct variable *v, values mask) {
    size_t bit = lowest(mask);
    if (mask & VALUES_IMPROPER)
        return feel_null();
    if (v->line != LINE_NONE)
        return bit % 2 ? line_value(v, v->cuts[bit / 2]) : feel_unknown();
    if (v->output && v->output->type != OUTPUT_YES_NO)
        return v->output->type == OUTPUT_NUMBER ? feel_number(v->output->answers[bit].number)
                                                : feel_text(v->output->answers[bit].id);
    if (v->fact && v->fact->scale)
        return feel_text(v->fact->scale->values[bit].id);
    return feel_bool(bit == 1);
}

static bool list_value(const struct state *state, const struct variable *v, struct feel_value *out) {
    const struct given *given = state->subject->given ? &state->subject->given[v->fact_index] : NULL;
    values mask = state->domain[v->index];
    if (values_single(mask) && (mask & VALUES_IMPROPER)) {
        *out = v->fact->type == FACT_TEXT || (mask & VALUES_NOT_APPLICABLE)
                   ? feel_null()
                   : feel_list(state->arena, NULL, 0);
        return true;
    }
    size_t count;
    if (given && v->fact->type == FACT_DATES && subject_dates(v, given, &count) && !count) {
        *out = feel_list(state->arena, NULL, 0);
        return true;
    }
    if (!given && state->subject->texts && v->fact->type == FACT_TEXT) {
        *out = feel_text(state->subject->texts[v->fact_index]);
        return out->text.len > 0;
    }
    if (!given || given->state != GIVEN_VALUE)
        return false;
    if (v->fact->type == FACT_TEXT) {
        *out = feel_text(given->text);
    } else if (given->feel.type == FEEL_LIST) {
        *out = given->feel;
    } else {
        struct feel_value *items = arena_array(state->arena, struct feel_value, given->count);
        for (size_t i = 0; i < given->count; i++)
            items[i] = v->fact->type == FACT_DATES ? feel_date(date_parse_iso(given->texts[i]))
                                                   : feel_text(given->texts[i]);
        *out = feel_list(state->arena, items, given->count);
    }
    return true;
}

static bool is_list(const struct variable *v) {
    return v->kind == VARIABLE_FACT && v->fact &&
           (v->fact->type == FACT_LIST || v->fact->type == FACT_SCHOOLS || v->fact->type == FACT_DATES ||
            v->fact->type == FACT_TEXT);
}

static bool is_total(const struct variable *v) {
    return v->output && v->output->decision->hit >= HIT_SUM;
}

/* Bounds that an expression gives, without the ends that the mask leaves out. */
static struct feel_value clipped(const struct variable *v, values mask, struct feel_value value) {
    int32_t least = value.unknown.least, most = value.unknown.most;
    while (least < most && !(mask & variable_piece(v, decimal_whole(least))))
        least++;
    while (least < most && !(mask & variable_piece(v, decimal_whole(most))))
        most--;
    value.unknown.least = least;
    value.unknown.most = most;
    return least == most ? feel_number(decimal_whole(least)) : value;
}

/* A number that is worked out and is not one point of its line: known though between the cuts, or within bounds that may
 * be closer than the pieces are. */
static bool worked_out(struct state *state, const struct variable *v, values mask, struct feel_value *out) {
    if (!v->is || v->line == LINE_NONE || !(mask & ~VALUES_IMPROPER) || (mask & VALUES_IMPROPER))
        return false;
    if (values_single(mask) && lowest(mask) % 2)
        return false;
    *out = state_eval(state, v->is);
    if (out->type == FEEL_UNKNOWN && out->unknown.bounded && v->line == LINE_NUMBER)
        *out = clipped(v, mask, *out);
    return values_single(mask) || out->type != FEEL_UNKNOWN || out->unknown.bounded;
}

bool state_value(struct state *state, const struct variable *v, struct feel_value *out) {
    *out = feel_unknown();
    if (v->is && is_list(v)) {
        *out = state_eval(state, v->is);
        return out->type != FEEL_UNKNOWN;
    }
    if (is_list(v))
        return list_value(state, v, out);
    if (is_total(v)) /* its answers are those of single rows */
        return false;
    values mask = state_mask(state, v);
    if (v->line != LINE_NONE && given_line(state, v, out))
        return true;
    if (worked_out(state, v, mask, out))
        return out->type != FEEL_UNKNOWN;
    *out = values_single(mask) ? single_value(v, mask) : unknown_within(v, mask);
    return out->type != FEEL_UNKNOWN;
}

/* ---- names and records ---- */

/* What is known of another record: nothing narrows it. */
static bool subject_value(struct state *state, const struct subject *subject, const struct variable *v,
                          struct feel_value *out) {
    if (subject == state->subject)
        return state_value(state, v, out);
    struct state theirs;
    struct arena_mark mark = arena_mark(state->arena);
    state_init(&theirs, subject, state->arena);
    bool known = state_value(&theirs, v, out);
    if (out->type != FEEL_LIST) /* whose items are in the arena */
        arena_rewind(state->arena, mark);
    return known;
}

static bool field_value(struct state *state, const struct subject *subject, struct str name, bool *known,
                        struct feel_value *out) {
    *known = true;
    for (const struct subject *s = subject; s; s = s->base) {
        const struct variable *v = map_get(&s->kind->by_id, name);
        if (v) {
            *known = subject_value(state, s, v, out);
            return true;
        }
    }
    const struct subject *side = str_eq(name, STR("a"))       ? subject->sides[0]
                                 : str_eq(name, STR("b"))     ? subject->sides[1]
                                 : str_eq(name, STR("group")) ? subject->group
                                                              : NULL;
    if (str_eq(name, STR("id"))) {
        const struct subject *named = subject->base ? subject->base : subject;
        *out = feel_text(named->id);
        return true;
    }
    if (side) {
        *out = feel_record(side->kind->class, side);
        return true;
    }
    return false;
}

bool state_record_get(void *context, const struct feel_record_class *class, const void *object,
                      struct str field, const void *bound, struct feel_value *out) {
    (void)class;
    (void)bound;
    struct state *state = context;
    bool known;
    *out = feel_null();
    return !field_value(state, object, field, &known, out) || known;
}

static bool name_value(void *context, const struct feel_node *node, struct feel_value *out) {
    struct state *state = context;
    bool known;
    *out = feel_null();
    if (field_value(state, state->subject, node->name, &known, out))
        return known;
    const struct subject_world *world = state->subject->world;
    return world && node->bound && world->records(world->context, node->bound, out);
}

struct feel_value state_eval_with(struct state *state, const struct feel_node *node,
                                  struct feel_value *slots) {
    struct feel_env env = {
        .arena = state->arena, .today = state->subject->as_of, .name = name_value, .context = state};
    return feel_eval_with(node, &env, slots);
}

struct feel_value state_eval_watched(struct state *state, const struct feel_node *node,
                                     const struct feel_watch *watch) {
    struct feel_env env = {state->arena, state->subject->as_of, name_value, state, watch};
    return feel_eval(node, &env);
}

struct feel_value state_eval(struct state *state, const struct feel_node *node) {
    return state_eval_watched(state, node, NULL);
}

/* ---- masks ---- */

static values truth_mask(enum truth truth) {
    return truth == TRUTH_YES ? VALUES_YES : truth == TRUTH_NO ? VALUES_NO : VALUES_YES | VALUES_NO;
}

/* What a variable may be whose value FEEL gives. */
static values value_mask(const struct variable *v, struct feel_value value) {
    struct decimal at;
    switch (value.type) {
    case FEEL_NULL: return VALUES_ABSENT;
    case FEEL_BOOL: return value.truth ? VALUES_YES : VALUES_NO;
    case FEEL_TEXT:
        for (size_t i = 0; v->fact && v->fact->scale && i < v->fact->scale->count; i++)
            if (str_eq(v->fact->scale->values[i].id, value.text))
                return VALUE_BIT(i);
        return VALUES_ABSENT;
    case FEEL_UNKNOWN:
        if (!value.unknown.bounded || v->line != LINE_NUMBER)
            return v->all & ~VALUES_NOT_APPLICABLE;
        values mask = 0;
        for (int32_t n = value.unknown.least; n <= value.unknown.most; n++)
            mask |= variable_piece(v, decimal_whole(n));
        return mask;
    case FEEL_NUMBER:
    case FEEL_TIME: at = value.number; break;
    case FEEL_DATE: at = decimal_whole(value.days); break;
    case FEEL_MONTHS: at = decimal_whole(value.months); break;
    default: return v->all & ~VALUES_NOT_APPLICABLE;
    }
    return v->line == LINE_NONE ? VALUES_ABSENT : variable_piece(v, at);
}

/* `in the last` of a day that is worked out: nothing stands in the record. */
static bool is_derived_day(const struct variable *v) {
    return v->kind == VARIABLE_IN_LAST && v->of->line == LINE_DATE && v->of->is;
}

static values day_mask(struct state *state, const struct variable *v) {
    struct feel_value day;
    if (!(state_mask(state, v->of) & ~VALUES_IMPROPER)) /* there is none: the latest of no days */
        return VALUES_NO;
    if (!state_value(state, v->of, &day))
        return VALUES_YES | VALUES_NO;
    date today = state->subject->as_of, start = subject_span_start(state->subject, v->span);
    return day.type == FEEL_DATE && day.days > start && day.days <= today ? VALUES_YES : VALUES_NO;
}

static values derived_mask(struct state *state, const struct variable *v) {
    values mask = 0;
    if (is_derived_day(v))
        return day_mask(state, v);
    enum truth applies = v->applies ? state_truth(state, v->applies) : TRUTH_YES;
    if (applies != TRUTH_YES)
        mask |= VALUES_NOT_APPLICABLE;
    if (applies == TRUTH_NO)
        return mask;
    if (v->when)
        return mask | truth_mask(state_truth(state, v->when));
    return v->is ? mask | value_mask(v, state_eval(state, v->is)) : mask | state->domain[v->index];
}

values state_mask(struct state *state, const struct variable *v) {
    values stated = state->domain[v->index];
    if (!v->when && !v->is && !v->applies && !is_derived_day(v))
        return stated;
    if (state->derived_at[v->index] != state->moment) {
        bool keep = state->leave_inapplicable;
        state->leave_inapplicable = false;
        struct arena_mark mark = arena_mark(state->arena);
        values derived = derived_mask(state, v);
        arena_rewind(state->arena, mark);
        state->leave_inapplicable = keep;
        state->derived[v->index] = derived;
        state->derived_at[v->index] = state->moment;
    }
    values mask = state->derived[v->index] & (stated | VALUES_NOT_APPLICABLE);
    return mask;
}

/* ---- conditions ---- */

static enum truth test_truth(struct state *state, const struct condition *c) {
    values mask = state_mask(state, c->variable);
    values holds = c->mask | (state->leave_inapplicable ? VALUES_NOT_APPLICABLE : 0);
    if (!(mask & holds))
        return TRUTH_NO;
    return mask & ~holds ? TRUTH_MAYBE : TRUTH_YES;
}

static enum truth feel_truth(struct state *state, const struct condition *c) {
    values stuck = state->domain[c->stuck->index];
    if (values_single(stuck))
        return stuck == VALUES_YES ? TRUTH_YES : TRUTH_NO;
    struct arena_mark mark = arena_mark(state->arena);
    struct feel_value v = state_eval(state, c->feel);
    arena_rewind(state->arena, mark);
    if (v.type == FEEL_UNKNOWN)
        return TRUTH_MAYBE;
    return v.type == FEEL_BOOL && v.truth == c->wanted ? TRUTH_YES : TRUTH_NO;
}

enum truth state_truth(struct state *state, const struct condition *c) {
    enum truth decides = c->op == CONDITION_AND ? TRUTH_NO : TRUTH_YES, all = TRUTH_MAYBE;
    switch (c->op) {
    case CONDITION_TRUE: return TRUTH_YES;
    case CONDITION_FALSE: return TRUTH_NO;
    case CONDITION_TEST: return test_truth(state, c);
    case CONDITION_FEEL: return feel_truth(state, c);
    case CONDITION_AND:
    case CONDITION_OR: break;
    }
    all = decides == TRUTH_NO ? TRUTH_YES : TRUTH_NO;
    for (size_t i = 0; i < c->count; i++) {
        enum truth t = state_truth(state, c->kids[i]);
        if (t == decides)
            return t;
        if (t == TRUTH_MAYBE)
            all = t;
    }
    return all;
}

/* ---- branching ---- */

/* Whether each value that is left can be tried on its own: pieces of a number line cannot. */
static bool is_enumerable(const struct variable *v, values mask) {
    if (is_total(v))
        return false;
    if (v->line == LINE_NONE)
        return !is_list(v);
    for (values m = mask & ~VALUES_IMPROPER; m; m &= m - 1)
        if (lowest(m) % 2 == 0)
            return false;
    return true;
}

static bool reads_branch(struct state *state, const struct variable *const *reads, size_t count,
                         struct branch *out);

/* What a derived variable that may be several things comes from: a branch in that, where there is one. */
static bool source_branch(struct state *state, const struct variable *v, bool *branches, struct branch *out) {
    *branches = true;
    if (is_derived_day(v))
        v = v->of;
    if (v->applies && state_truth(state, v->applies) == TRUTH_MAYBE)
        return state_branch(state, v->applies, out);
    if (v->when)
        return !values_single(state_mask(state, v)) && state_branch(state, v->when, out);
    *branches = v->is && reads_branch(state, v->reads, v->read_count, out);
    return *branches;
}

/* Derived facts are asked as they are, whatever rows leave out. */
static bool variable_branch(struct state *state, const struct variable *v, values wanted,
                            struct branch *out) {
    bool keep = state->leave_inapplicable, branches;
    state->leave_inapplicable = false;
    bool found = source_branch(state, v, &branches, out);
    state->leave_inapplicable = keep;
    if (!branches)
        *out = (struct branch){v, wanted};
    return found || !branches;
}

static bool reads_branch(struct state *state, const struct variable *const *reads, size_t count,
                         struct branch *out) {
    for (size_t i = 0; i < count; i++) {
        const struct variable *v = reads[i];
        if (is_list(v)) {
            if (v->is && reads_branch(state, v->reads, v->read_count, out))
                return true;
            continue;
        }
        values mask = state_mask(state, v);
        if (!values_single(mask) && mask && is_enumerable(v, mask) &&
            variable_branch(state, v, mask & (~mask + 1), out))
            return true;
    }
    return false;
}

bool state_branch(struct state *state, const struct condition *c, struct branch *out) {
    switch (c->op) {
    case CONDITION_AND:
    case CONDITION_OR:
        for (size_t i = 0; i < c->count; i++)
            if (state_truth(state, c->kids[i]) == TRUTH_MAYBE)
                return state_branch(state, c->kids[i], out);
        return false;
    case CONDITION_TEST:
        return variable_branch(state, c->variable,
                               c->mask | (state->leave_inapplicable ? VALUES_NOT_APPLICABLE : 0), out);
    case CONDITION_FEEL:
        if (!reads_branch(state, c->reads, c->read_count, out))
            *out = (struct branch){c->stuck, VALUES_YES};
        return true;
    default: return false;
    }
}
