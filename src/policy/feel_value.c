/* SPDX-License-Identifier: MIT */
/*
 * feel_value.c: comparing and calculating with values.
 *
 * Two values of different types are neither equal nor not: that is null. What is unknown stays unknown, unless bounds
 * decide: a count between 1 and 3 is at least 1.
 */
#include "policy/feel_priv.h"

/* ---- logic ---- */

struct feel_value feel_and(struct feel_value a, struct feel_value b) {
    if ((a.type == FEEL_BOOL && !a.truth) || (b.type == FEEL_BOOL && !b.truth))
        return feel_bool(false);
    if (a.type == FEEL_UNKNOWN || b.type == FEEL_UNKNOWN)
        return feel_unknown();
    return a.type == FEEL_BOOL && b.type == FEEL_BOOL ? feel_bool(true) : feel_null();
}

struct feel_value feel_or(struct feel_value a, struct feel_value b) {
    if (feel_is_true(a) || feel_is_true(b))
        return feel_bool(true);
    if (a.type == FEEL_UNKNOWN || b.type == FEEL_UNKNOWN)
        return feel_unknown();
    return a.type == FEEL_BOOL && b.type == FEEL_BOOL ? feel_bool(false) : feel_null();
}

struct feel_value feel_not(struct feel_value a) {
    if (a.type == FEEL_UNKNOWN)
        return feel_unknown();
    return a.type == FEEL_BOOL ? feel_bool(!a.truth) : feel_null();
}

/* ---- bounds ---- */

struct bounds {
    struct decimal least, most;
};

static bool bounds_of(struct feel_value v, struct bounds *out) {
    if (v.type == FEEL_NUMBER)
        *out = (struct bounds){v.number, v.number};
    else if (v.type == FEEL_UNKNOWN && v.unknown.bounded)
        *out = (struct bounds){decimal_whole(v.unknown.least), decimal_whole(v.unknown.most)};
    else
        return false;
    return true;
}

static struct feel_value between(int64_t least, int64_t most) {
    if (least < INT32_MIN || most > INT32_MAX)
        return feel_unknown();
    if (least == most)
        return feel_number(decimal_whole(least));
    return (struct feel_value){.type = FEEL_UNKNOWN, .unknown = {true, (int32_t)least, (int32_t)most}};
}

/* The bounds as whole numbers that fit 32 bits. */
static bool whole_bounds_of(struct feel_value v, int64_t *least, int64_t *most) {
    if (v.type == FEEL_UNKNOWN) {
        *least = v.unknown.least;
        *most = v.unknown.most;
        return v.unknown.bounded;
    }
    bool whole = v.type == FEEL_NUMBER && decimal_is_whole(v.number) && decimal_to_int64(v.number, least);
    *most = *least;
    return whole && *least >= INT32_MIN && *least <= INT32_MAX;
}

struct feel_value feel_either(struct feel_value a, struct feel_value b) {
    int64_t least, most, other_least, other_most;
    if (a.type != FEEL_UNKNOWN && a.type == b.type && (a.type == FEEL_NULL || feel_is_true(feel_equal(a, b))))
        return a;
    if (!whole_bounds_of(a, &least, &most) || !whole_bounds_of(b, &other_least, &other_most))
        return feel_unknown();
    return between(least < other_least ? least : other_least, most > other_most ? most : other_most);
}

/* ---- order ---- */

bool feel_compare(struct feel_value a, struct feel_value b, int *out) {
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case FEEL_NUMBER:
    case FEEL_TIME: *out = decimal_cmp(a.number, b.number); return true;
    case FEEL_TEXT: *out = str_cmp(a.text, b.text); return true;
    case FEEL_DATE: *out = (a.days > b.days) - (a.days < b.days); return true;
    case FEEL_MONTHS: *out = (a.months > b.months) - (a.months < b.months); return true;
    default: return false;
    }
}

static bool holds(enum feel_test test, int order) {
    switch (test) {
    case FEEL_TEST_LT: return order < 0;
    case FEEL_TEST_LE: return order <= 0;
    case FEEL_TEST_GT: return order > 0;
    case FEEL_TEST_GE: return order >= 0;
    case FEEL_TEST_EQ: return order == 0;
    default: return order != 0;
    }
}

struct feel_value feel_order(enum feel_test test, struct feel_value a, struct feel_value b) {
    int order;
    if (a.type != FEEL_UNKNOWN && b.type != FEEL_UNKNOWN)
        return feel_compare(a, b, &order) ? feel_bool(holds(test, order)) : feel_null();
    struct bounds p, q;
    if (!bounds_of(a, &p) || !bounds_of(b, &q))
        return feel_unknown();
    bool low = holds(test, decimal_cmp(p.least, q.most)), high = holds(test, decimal_cmp(p.most, q.least));
    return low == high ? feel_bool(low) : feel_unknown();
}

/* ---- equality ---- */

static struct feel_value equal_unknown(struct feel_value a, struct feel_value b) {
    struct bounds p, q;
    if (!bounds_of(a, &p) || !bounds_of(b, &q))
        return feel_unknown();
    if (decimal_cmp(p.most, q.least) < 0 || decimal_cmp(q.most, p.least) < 0)
        return feel_bool(false);
    return feel_unknown();
}

static struct feel_value equal_lists(const struct feel_list *a, const struct feel_list *b) {
    if (a->sure < a->count || b->sure < b->count)
        return feel_unknown();
    struct feel_value result = feel_bool(a->count == b->count);
    for (size_t i = 0; i < a->count && i < b->count; i++)
        result = feel_and(result, feel_equal(a->items[i], b->items[i]));
    return result;
}

const struct feel_value *feel_context_get(const struct feel_context *context, struct str key) {
    for (size_t i = 0; i < context->count; i++)
        if (str_eq(context->entries[i].key, key))
            return &context->entries[i].value;
    return NULL;
}

static struct feel_value equal_contexts(const struct feel_context *a, const struct feel_context *b) {
    struct feel_value result = feel_bool(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct feel_value *other = feel_context_get(b, a->entries[i].key);
        result = feel_and(result, other ? feel_equal(a->entries[i].value, *other) : feel_bool(false));
    }
    return result;
}

static struct feel_value equal_ranges(const struct feel_range *a, const struct feel_range *b) {
    if (a->test != b->test || a->from_included != b->from_included || a->to_included != b->to_included)
        return feel_bool(false);
    return feel_and(feel_equal(a->from, b->from), feel_equal(a->to, b->to));
}

struct feel_value feel_equal(struct feel_value a, struct feel_value b) {
    int order;
    if (a.type == FEEL_UNKNOWN || b.type == FEEL_UNKNOWN)
        return equal_unknown(a, b);
    if (a.type == FEEL_NULL || b.type == FEEL_NULL)
        return feel_bool(a.type == b.type);
    if (feel_compare(a, b, &order))
        return feel_bool(order == 0);
    if (a.type != b.type)
        return feel_null();
    switch (a.type) {
    case FEEL_BOOL: return feel_bool(a.truth == b.truth);
    case FEEL_LIST: return equal_lists(a.list, b.list);
    case FEEL_CONTEXT: return equal_contexts(a.context, b.context);
    case FEEL_RANGE: return equal_ranges(a.range, b.range);
    default: return feel_bool(a.record.object == b.record.object);
    }
}

/* ---- in ---- */

struct feel_value feel_within(struct feel_value value, const struct feel_range *range) {
    if (range->test == FEEL_TEST_EQ)
        return feel_equal(value, range->from);
    if (range->test == FEEL_TEST_NE)
        return feel_not(feel_equal(value, range->from));
    if (range->test != FEEL_TEST_WITHIN)
        return feel_order(range->test, value, range->from);
    enum feel_test from = range->from_included ? FEEL_TEST_GE : FEEL_TEST_GT;
    enum feel_test to = range->to_included ? FEEL_TEST_LE : FEEL_TEST_LT;
    struct feel_value above = feel_order(from, value, range->from), below = feel_order(to, value, range->to);
    /* a bound that is null makes it null, even if the other fails */
    return above.type == FEEL_NULL || below.type == FEEL_NULL ? feel_null() : feel_and(above, below);
}

/* In a list, what cannot be compared is only not the one. */
static struct feel_value no_if_null(struct feel_value v) {
    return v.type == FEEL_NULL ? feel_bool(false) : v;
}

static struct feel_value in_list(struct feel_value value, const struct feel_list *list) {
    struct feel_value result = feel_bool(false);
    for (size_t i = 0; i < list->count && !feel_is_true(result); i++) {
        struct feel_value item = list->items[i];
        bool tests = item.type == FEEL_RANGE && value.type != FEEL_RANGE;
        struct feel_value one = no_if_null(tests ? feel_within(value, item.range) : feel_equal(value, item));
        result = feel_or(result, feel_is_possible(list, i) ? feel_and(one, feel_unknown()) : one);
    }
    return result;
}

struct feel_value feel_in(struct feel_value value, struct feel_value test) {
    if (test.type == FEEL_RANGE && value.type != FEEL_RANGE)
        return feel_within(value, test.range);
    if (test.type != FEEL_LIST)
        return feel_equal(value, test);
    struct feel_value same = value.type == FEEL_LIST ? feel_equal(value, test) : feel_bool(false);
    return feel_or(no_if_null(same), in_list(value, test.list));
}

/* ---- arithmetic ---- */

static struct feel_value months(struct decimal n) {
    int64_t whole;
    if (!decimal_to_int64(n, &whole))
        return feel_null();
    return (struct feel_value){.type = FEEL_MONTHS, .months = whole};
}

static struct feel_value seconds(struct decimal n) {
    int64_t whole;
    if (!decimal_to_int64(n, &whole))
        return feel_null();
    return (struct feel_value){.type = FEEL_TIME, .number = n};
}

/* The number that a number or a duration is counted in. */
static struct decimal amount(struct feel_value v) {
    return v.type == FEEL_MONTHS ? decimal_whole(v.months) : v.number;
}

static struct feel_value of_type(enum feel_type type, struct decimal n) {
    return type == FEEL_MONTHS ? months(n) : type == FEEL_TIME ? seconds(n) : feel_number(n);
}

static bool is_duration(struct feel_value v) {
    return v.type == FEEL_MONTHS || v.type == FEEL_TIME;
}

static bool is_amount(struct feel_value v) {
    return v.type == FEEL_NUMBER || is_duration(v);
}

static struct feel_value add_to_date(struct feel_value d, struct feel_value duration, bool minus) {
    if (duration.type == FEEL_MONTHS)
        return feel_date_add_months(d, minus ? -duration.months : duration.months);
    return feel_date_add_seconds(d, minus ? decimal_negate(duration.number) : duration.number);
}

static struct feel_value concatenate(struct arena *arena, struct str a, struct str b) {
    if (a.len + b.len > (size_t)FEEL_ITEMS_MAX)
        return feel_null();
    return feel_text(str_join(arena, a, b));
}

static struct feel_value sum(struct arena *arena, enum feel_op op, struct feel_value a, struct feel_value b) {
    bool minus = op == FEEL_SUBTRACT;
    struct decimal n;
    if (a.type == FEEL_DATE && b.type == FEEL_DATE && minus)
        return decimal_multiply(decimal_whole(a.days - b.days), decimal_whole(86400), &n) ? seconds(n)
                                                                                          : feel_null();
    if (a.type == FEEL_DATE && is_duration(b))
        return add_to_date(a, b, minus);
    if (is_duration(a) && b.type == FEEL_DATE && !minus)
        return add_to_date(b, a, false);
    if (a.type == FEEL_TEXT && b.type == FEEL_TEXT && !minus)
        return concatenate(arena, a.text, b.text);
    if (a.type != b.type || !is_amount(a))
        return feel_null();
    bool ok = minus ? decimal_subtract(amount(a), amount(b), &n) : decimal_add(amount(a), amount(b), &n);
    return ok ? of_type(a.type, n) : feel_null();
}

static struct feel_value product(struct feel_value a, struct feel_value b) {
    struct decimal n;
    if (!is_amount(a) || !is_amount(b) || (is_duration(a) && is_duration(b)) ||
        !decimal_multiply(amount(a), amount(b), &n))
        return feel_null();
    return of_type(is_duration(a) ? a.type : b.type, n);
}

static struct feel_value quotient(struct feel_value a, struct feel_value b) {
    struct decimal n;
    if (!is_amount(a) || (b.type != FEEL_NUMBER && b.type != a.type) ||
        !decimal_divide(amount(a), amount(b), &n))
        return feel_null();
    return of_type(b.type == a.type ? FEEL_NUMBER : a.type, n);
}

static int64_t lesser(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* With what is unknown between bounds: interval arithmetic on whole numbers, where it stays whole. */
static struct feel_value bounded(enum feel_op op, struct feel_value a, struct feel_value b) {
    int64_t least, most, from, to;
    if (!whole_bounds_of(a, &least, &most) || !whole_bounds_of(b, &from, &to))
        return feel_unknown();
    switch (op) {
    case FEEL_ADD: return between(least + from, most + to);
    case FEEL_SUBTRACT: return between(least - to, most - from);
    case FEEL_MULTIPLY:
        return between(lesser(lesser(least * from, least * to), lesser(most * from, most * to)),
                       -lesser(lesser(-least * from, -least * to), lesser(-most * from, -most * to)));
    default: return feel_unknown();
    }
}

struct feel_value feel_arithmetic(struct arena *arena, enum feel_op op, struct feel_value a,
                                  struct feel_value b) {
    struct decimal n;
    if (a.type == FEEL_UNKNOWN || b.type == FEEL_UNKNOWN)
        return bounded(op, a, b);
    switch (op) {
    case FEEL_ADD:
    case FEEL_SUBTRACT: return sum(arena, op, a, b);
    case FEEL_MULTIPLY: return product(a, b);
    case FEEL_DIVIDE: return quotient(a, b);
    default:
        return a.type == FEEL_NUMBER && b.type == FEEL_NUMBER && decimal_power(a.number, b.number, &n)
                   ? feel_number(n)
                   : feel_null();
    }
}

struct feel_value feel_negate(struct feel_value a) {
    if (a.type == FEEL_UNKNOWN)
        return a.unknown.bounded ? between(-(int64_t)a.unknown.most, -(int64_t)a.unknown.least) : a;
    return is_amount(a) ? of_type(a.type, decimal_negate(amount(a))) : feel_null();
}

/* ---- lists ---- */

size_t feel_weight(struct feel_value v) {
    switch (v.type) {
    case FEEL_TEXT: return 1 + v.text.len / 32;
    case FEEL_LIST: return 1 + (v.list->weight ? v.list->weight : v.list->count);
    case FEEL_CONTEXT: return 1 + (v.context->weight ? v.context->weight : v.context->count);
    case FEEL_RANGE:
        return 1 + feel_weight(v.range->from) + feel_weight(v.range->to); /* neither is a range */
    default: return 1;
    }
}

struct feel_value feel_list(struct arena *arena, const struct feel_value *items, size_t count) {
    struct feel_list *list = arena_new(arena, struct feel_list);
    *list = (struct feel_list){.items = items, .count = count, .sure = count};
    for (size_t i = 0; i < count; i++)
        list->weight += feel_weight(items[i]);
    return (struct feel_value){.type = FEEL_LIST, .list = list};
}

struct feel_value feel_context(struct arena *arena, const struct feel_entry *entries, size_t count) {
    struct feel_context *context = arena_new(arena, struct feel_context);
    *context = (struct feel_context){.entries = entries, .count = count};
    for (size_t i = 0; i < count; i++)
        context->weight += feel_weight(entries[i].value);
    return (struct feel_value){.type = FEEL_CONTEXT, .context = context};
}

bool feel_making_add(struct feel_making *m, struct feel_value v, bool possible) {
    m->weight += feel_weight(v);
    if (m->weight > FEEL_ITEMS_MAX)
        return false;
    if (m->count == m->room) {
        size_t room = m->room ? m->room * 2 : 8;
        m->items =
            arena_grow(m->arena, m->items, m->room * sizeof(v), room * sizeof(v), alignof(struct feel_value));
        m->possible = arena_grow(m->arena, m->possible, m->room, room, 1);
        m->room = room;
    }
    m->possible[m->count] = possible;
    m->items[m->count++] = v;
    m->sure += !possible;
    return true;
}

struct feel_value feel_making_done(const struct feel_making *m) {
    struct feel_list *list = arena_new(m->arena, struct feel_list);
    *list =
        (struct feel_list){m->items, m->count, m->sure < m->count ? m->possible : NULL, m->sure, m->weight};
    return (struct feel_value){.type = FEEL_LIST, .list = list};
}
