/* SPDX-License-Identifier: MIT */
/* cell_test.c: one test of one thing: values, ranges, comparisons, and the words that are no values. */
#include "policy/cell_priv.h"
#include "policy/condition.h"

/* ---- keywords ---- */

enum keyword {
    KEYWORD_AT_LEAST,
    KEYWORD_AT_MOST,
    KEYWORD_ABOVE,
    KEYWORD_BELOW,
    KEYWORD_NONE,
    KEYWORD_SOME,
    KEYWORD_NOT_APPLICABLE,
    KEYWORD_NOT_DETERMINED,
    KEYWORD_RECORDED,
    KEYWORD_NOT_RECORDED,
};

static const struct {
    const char *words;
    enum keyword keyword;
} keywords[] = {
    {"at least", KEYWORD_AT_LEAST},
    {"at most", KEYWORD_AT_MOST},
    {"up to", KEYWORD_AT_MOST},
    {"above", KEYWORD_ABOVE},
    {"below", KEYWORD_BELOW},
    {"none", KEYWORD_NONE},
    {"some", KEYWORD_SOME},
    {"not applicable", KEYWORD_NOT_APPLICABLE},
    {"not determined", KEYWORD_NOT_DETERMINED},
    {"recorded", KEYWORD_RECORDED},
    {"not recorded", KEYWORD_NOT_RECORDED},
};

#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

static bool find_keyword(const struct cursor *w, enum keyword *out, size_t *length) {
    *length = 0;
    for (size_t i = 0; i < KEYWORDS && !*length; i++) {
        *length = cursor_match(w->text, w->at, str_from(keywords[i].words));
        *out = keywords[i].keyword;
    }
    return *length > 0;
}

size_t cursor_keyword(const struct cursor *w) {
    enum keyword keyword;
    size_t length;
    find_keyword(w, &keyword, &length);
    return length;
}

static bool is_comparison(enum keyword keyword) {
    return keyword <= KEYWORD_BELOW;
}

/* ---- values of a scale, of an output, yes and no ---- */

static struct str value_describe(const struct cursor *w, const struct thing *t, size_t i) {
    return str_join(w->scope->diags->arena, STR("the value \""), thing_value_id(t, i), STR("\""));
}

/* The value that stands here; what is two values is an error that names both. */
static bool take_value(struct cursor *w, const struct thing *t, size_t *out) {
    struct match m = cursor_value(w, t);
    if (!m.length)
        return cursor_unknown(w, t);
    if (m.two)
        return cursor_fail(w, w->at, DIAG_CELL_TWO, str_sub(w->text, w->at, w->at + m.length),
                           value_describe(w, t, m.index), value_describe(w, t, m.other));
    size_t from = w->at;
    w->at += m.length;
    cursor_link(w, from, t, thing_value_id(t, m.index));
    cursor_skip(w);
    *out = m.index;
    return true;
}

static size_t values_in_order(const struct thing *t) {
    return t->scale ? t->scale->count - t->scale->beside : 0;
}

/* A value that can be more or less than others. */
static bool take_ordered(struct cursor *w, const struct thing *t, size_t *out) {
    size_t from = w->at;
    if (!take_value(w, t, out))
        return false;
    if (*out < values_in_order(t))
        return true;
    return cursor_fail(w, from, t->scale ? DIAG_CELL_BESIDE : DIAG_CELL_NO_ORDER, cursor_from(w, from),
                       t->label, STR(""));
}

static values values_between(size_t low, size_t high) {
    return (VALUE_BIT(high) | (VALUE_BIT(high) - 1)) & ~(VALUE_BIT(low) - 1);
}

static bool compare_values(struct cursor *w, const struct thing *t, enum keyword keyword, values *out) {
    size_t v, top = values_in_order(t);
    if (!take_ordered(w, t, &v))
        return false;
    values from = values_between(v, top - 1), to = values_between(0, v);
    switch (keyword) {
    case KEYWORD_AT_LEAST: *out = from; break;
    case KEYWORD_AT_MOST: *out = to; break;
    case KEYWORD_ABOVE: *out = from & ~VALUE_BIT(v); break;
    default: *out = to & ~VALUE_BIT(v); break;
    }
    return true;
}

/* `Good or better`: the direction is that of `last:`. */
static bool better_or_worse(struct cursor *w, const struct thing *t, size_t from, size_t v, values *out) {
    bool better = cursor_take(w, "or better");
    if (!better && !cursor_take(w, "or worse"))
        return false;
    if (t->scale && v >= values_in_order(t)) {
        cursor_fail(w, from, DIAG_CELL_BESIDE, thing_value_label(t, v), t->label, STR(""));
        *out = 0;
        return true;
    }
    if (!t->scale || (!t->scale->last_best && !t->scale->last_worst)) {
        cursor_fail(w, from, DIAG_CELL_NO_DIRECTION, cursor_from(w, from), t->label,
                    t->scale ? t->scale->id : t->label);
        *out = 0;
        return true;
    }
    *out = better == t->scale->last_best ? values_between(v, values_in_order(t) - 1) : values_between(0, v);
    return true;
}

bool cursor_values(struct cursor *w, const struct thing *t, values *out) {
    enum keyword keyword;
    size_t length, low, high, from = w->at;
    if (find_keyword(w, &keyword, &length) && is_comparison(keyword) && cursor_value(w, t).length < length) {
        w->at += length;
        cursor_skip(w);
        return compare_values(w, t, keyword, out);
    }
    if (!take_value(w, t, &low))
        return false;
    *out = VALUE_BIT(low);
    if (better_or_worse(w, t, from, low, out))
        return *out != 0;
    if (!cursor_take(w, "to"))
        return true;
    w->at = from;
    if (!take_ordered(w, t, &low) || !cursor_take(w, "to") || !take_ordered(w, t, &high))
        return false;
    if (low > high)
        return cursor_fail(w, from, DIAG_CELL_BACKWARDS, cursor_from(w, from), t->label, STR(""));
    *out = values_between(low, high);
    return true;
}

/* ---- number lines ---- */

static struct interval interval_of(enum keyword keyword, struct decimal at) {
    bool low = keyword == KEYWORD_AT_LEAST || keyword == KEYWORD_ABOVE;
    bool open = keyword == KEYWORD_ABOVE || keyword == KEYWORD_BELOW;
    return (struct interval){.low = at,
                             .high = at,
                             .from_infinity = !low,
                             .to_infinity = low,
                             .low_open = open,
                             .high_open = open};
}

/* A comparison, an amount, or a range from one to another. */
static bool take_interval(struct cursor *w, const struct thing *t, struct interval *out) {
    enum keyword keyword;
    size_t length, from = w->at;
    struct decimal at;
    bool compares = find_keyword(w, &keyword, &length) && is_comparison(keyword);
    w->at += compares ? length : 0;
    cursor_skip(w);
    if (!cursor_amount(w, t, &at))
        return false;
    cursor_skip(w);
    *out = (struct interval){.low = at, .high = at};
    if (compares) {
        *out = interval_of(keyword, at);
        return true;
    }
    if (!cursor_take(w, "to"))
        return true;
    if (!cursor_amount(w, t, &out->high))
        return false;
    cursor_skip(w);
    return decimal_cmp(out->low, out->high) <= 0 ||
           cursor_fail(w, from, DIAG_CELL_BACKWARDS, cursor_from(w, from), t->label, STR(""));
}

/* An amount of a quantity as an interval in the period of its type, or of a year where it has none. */
static bool take_quantity(struct cursor *w, const struct thing *t, struct quantity *q, struct interval *out) {
    enum keyword keyword;
    size_t length, from = w->at;
    struct quantity type = t->output ? t->output->unit : (struct quantity){0};
    bool compares =
        find_keyword(w, &keyword, &length) && (keyword == KEYWORD_ABOVE || keyword == KEYWORD_BELOW);
    w->at += compares ? length : 0;
    cursor_skip(w);
    struct str phrase = cursor_phrase(w);
    if (cursor_ends_short(w))
        return false;
    if (!quantity_parse(w->scope->policy->vocabulary, w->scope->policy->arena, &type, phrase,
                        cursor_place(w, w->at), q, w->scope->diags) ||
        q->shape > QUANTITY_UP_TO)
        return cursor_fail(w, from, DIAG_CELL_QUANTITY, phrase, t->label, STR(""));
    bool open = q->shape == QUANTITY_AT_LEAST;
    *out = (struct interval){.low = q->total_low, .high = q->total_high, .to_infinity = open};
    if (!t->output && q->period)
        quantity_per_year(q, w->scope->policy->calendar, &out->low, &out->high, &open);
    out->to_infinity = open;
    if (compares)
        *out = interval_of(keyword, out->low);
    w->at += phrase.len;
    cursor_skip(w);
    return true;
}

static bool within(const struct interval *i, struct decimal low, struct decimal high) {
    int below = decimal_cmp(low, i->low), above = decimal_cmp(high, i->high);
    return (i->from_infinity || below > 0 || (below == 0 && !i->low_open)) &&
           (i->to_infinity || above < 0 || (above == 0 && !i->high_open));
}

/* The answers of a number or quantity output that certainly lie in an interval; the amount as it is written goes
 * first. */
static values answers_within(const struct output *o, const struct quantity *q, const struct interval *i) {
    values mask = 0;
    for (size_t j = 0; q && j < o->answer_count; j++)
        if (quantity_eq(&o->answers[j].quantity, q))
            return VALUE_BIT(j);
    for (size_t j = 0; j < o->answer_count; j++) {
        const struct answer *a = &o->answers[j];
        bool number = o->type == OUTPUT_NUMBER;
        bool amount = number || a->quantity.shape <= QUANTITY_UP_TO;
        bool endless = !number && a->quantity.shape == QUANTITY_AT_LEAST && !i->to_infinity;
        if (amount && !endless &&
            within(i, number ? a->number : a->quantity.total_low,
                   number ? a->number : a->quantity.total_high))
            mask |= VALUE_BIT(j);
    }
    return mask;
}

/* The answers of a total are those of single rows: what it comes to is none of them. */
static bool is_total(const struct output *o) {
    return o && o->decision->hit >= HIT_SUM;
}

static struct condition *line_test(struct cursor *w, const struct thing *t) {
    struct policy *policy = w->scope->policy;
    struct interval interval;
    struct quantity q;
    const struct output *o = t->output;
    if (o && o->type == OUTPUT_QUANTITY)
        return take_quantity(w, t, &q, &interval)
                   ? condition_test(policy, t->variable, answers_within(o, &q, &interval))
                   : NULL;
    if (o)
        return take_interval(w, t, &interval)
                   ? condition_test(policy, t->variable, answers_within(o, NULL, &interval))
                   : NULL;
    if (t->fact->type != FACT_DATES)
        return take_interval(w, t, &interval) ? condition_line(policy, t->variable, &interval, 1, false, 0)
                                              : NULL;
    if (!take_quantity(w, t, &q, &interval))
        return NULL;
    struct decimal none = decimal_whole(0);
    values also = within(&interval, none, none) ? VALUES_ABSENT : 0; /* no dates at all are none */
    return condition_line(policy, t->variable, &interval, 1, false, also);
}

/* ---- words that are no values ---- */

/* The value of a scale that is called none, an amount of none, or absence. */
static values none_mask(const struct thing *t) {
    if (t->scale)
        for (size_t i = 0; i < t->scale->count; i++)
            if (str_eq_fold(t->scale->values[i].id, STR("none")))
                return VALUE_BIT(i);
    values mask = VALUES_ABSENT;
    for (size_t i = 0; t->output && t->output->type == OUTPUT_QUANTITY && i < t->output->answer_count; i++)
        if (t->output->answers[i].quantity.shape == QUANTITY_NONE)
            mask |= VALUE_BIT(i);
    return mask;
}

static struct condition *each_item(struct policy *policy, const struct thing *t, enum condition_op op,
                                   values mask) {
    struct condition *kids[VOCABULARY_VALUES_MAX];
    for (size_t i = 0; i < t->item_count; i++)
        kids[i] = condition_test(policy, t->items[i], mask);
    return condition_join(policy, op, kids, t->item_count);
}

static struct condition *none_test(struct policy *policy, const struct thing *t) {
    if (t->item_count)
        return each_item(policy, t, CONDITION_AND, VALUES_NO);
    if (t->fact && t->fact->type == FACT_YES_NO)
        return condition_test(policy, t->variable, VALUES_NO);
    if (t->variable->line == LINE_NONE || t->fact->type != FACT_DATES)
        return condition_test(policy, t->variable, none_mask(t));
    struct interval zero = {0};
    return condition_line(policy, t->variable, &zero, 1, false, VALUES_ABSENT);
}

static struct condition *some_test(struct policy *policy, const struct thing *t) {
    if (t->item_count)
        return each_item(policy, t, CONDITION_OR, VALUES_YES);
    if (t->variable->line == LINE_NONE)
        return condition_test(policy, t->variable, variable_proper(t->variable) & ~none_mask(t));
    struct interval zero = {0};
    return condition_line(policy, t->variable, &zero, t->fact->type == FACT_DATES, true, 0);
}

static struct condition *keyword_test(struct cursor *w, const struct thing *t, enum keyword keyword) {
    struct policy *policy = w->scope->policy;
    const struct variable *any = t->item_count ? t->items[0] : t->variable;
    switch (keyword) {
    case KEYWORD_NONE: return none_test(policy, t);
    case KEYWORD_SOME: return some_test(policy, t);
    case KEYWORD_NOT_APPLICABLE: return condition_test(policy, any, VALUES_NOT_APPLICABLE);
    case KEYWORD_NOT_DETERMINED: return condition_test(policy, any, VALUES_NOT_DETERMINED);
    case KEYWORD_RECORDED:
    case KEYWORD_NOT_RECORDED:
        return condition_test(policy, thing_recorded(policy, w->scope->kind, t),
                              keyword == KEYWORD_RECORDED ? VALUES_YES : VALUES_NO);
    default: return NULL;
    }
}

/* ---- tests ---- */

static bool has_numbers(const struct thing *t) {
    return t->output ? t->output->type == OUTPUT_QUANTITY || t->output->type == OUTPUT_NUMBER
                     : t->variable && t->variable->line != LINE_NONE;
}

struct condition *cursor_test(struct cursor *w, const struct thing *t) {
    enum keyword keyword;
    size_t length, from = w->at;
    values mask;
    if (is_total(t->output)) {
        cursor_fail(w, from, DIAG_CELL_TOTAL, cursor_phrase(w), t->label, STR(""));
        return NULL;
    }
    bool key = find_keyword(w, &keyword, &length);
    if (key && !is_comparison(keyword) && (has_numbers(t) || cursor_value(w, t).length < length)) {
        w->at += length;
        cursor_skip(w);
        return keyword_test(w, t, keyword);
    }
    if (has_numbers(t))
        return line_test(w, t);
    if (!thing_value_count(t)) {
        cursor_fail(w, from, DIAG_CELL_NO_VALUES, cursor_phrase(w), t->label, STR(""));
        return NULL;
    }
    if (!cursor_values(w, t, &mask))
        return NULL;
    if (!t->item_count)
        return condition_test(w->scope->policy, t->variable, mask);
    return condition_test(w->scope->policy, t->items[__builtin_ctzll(mask)], VALUES_YES);
}
