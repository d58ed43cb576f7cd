/* SPDX-License-Identifier: MIT */
/* quantity.c: the grammar of amounts, what they come to in a year, and their totals. */
#include "policy/quantity.h"

#include "policy/phrase.h"

/* ---- words ---- */

static const struct {
    const char *noun, *adverb;
    enum period period;
} periods[] = {
    {"year", "yearly", PERIOD_YEAR},    {"year", "annually", PERIOD_YEAR},
    {"term", "termly", PERIOD_TERM},    {"half-term", "half-termly", PERIOD_HALF_TERM},
    {"month", "monthly", PERIOD_MONTH}, {"week", "weekly", PERIOD_WEEK},
    {"day", "daily", PERIOD_DAY},
};

#define PERIODS (sizeof(periods) / sizeof(periods[0]))

/* `a year`, `per half-term`. */
static bool take_period(struct phrase *p, enum period *out) {
    struct phrase trial = *p;
    if (!phrase_take(&trial, "a") && !phrase_take(&trial, "per") && !phrase_take(&trial, "each"))
        return false;
    for (size_t i = 0; i < PERIODS; i++)
        if (phrase_take(&trial, periods[i].noun)) {
            *p = trial;
            *out = periods[i].period;
            return true;
        }
    return false;
}

static bool take_adverb(struct phrase *p, enum period *out) {
    for (size_t i = 0; i < PERIODS; i++)
        if (phrase_take(p, periods[i].adverb)) {
            *out = periods[i].period;
            return true;
        }
    return false;
}

/* "visit", "visits", "enquiries": the word or words of one unit, or the plural of its last word. */
static bool take_named_unit(struct phrase *p, struct arena *arena, struct str unit) {
    const struct str plurals[] = {
        unit,
        str_join(arena, unit, STR("s")),
        str_join(arena, unit, STR("es")),
        str_join(arena, str_sub(unit, 0, unit.len ? unit.len - 1 : 0), STR("ies")),
    };
    bool y = str_ends(unit, STR("y"));
    for (size_t i = 0; i < (y ? 4 : 3); i++)
        if (phrase_take(p, str_z(arena, plurals[i])))
            return true;
    return false;
}

/* A unit of `units:`; its name there is the unit. */
static bool take_unit(struct phrase *p, struct arena *arena, const struct vocabulary *vocabulary,
                      struct str *out) {
    const struct value *units = value_at(&vocabulary->root, "units");
    for (uint32_t i = 0; units && units->kind == VALUE_LIST && i < units->count; i++) {
        struct str unit = value_words(&units->items[i]);
        if (unit.len && take_named_unit(p, arena, unit)) {
            *out = unit;
            return true;
        }
    }
    return false;
}

bool quantity_type_parse(const struct vocabulary *vocabulary, struct arena *arena, struct str text,
                         struct quantity *out) {
    struct phrase p = {str_trim(text)};
    struct quantity q = {.text = p.rest};
    if (!take_unit(&p, arena, vocabulary, &q.unit))
        return false;
    if (p.rest.len && !take_period(&p, &q.period))
        return false;
    if (p.rest.len)
        return false;
    *out = q;
    return true;
}

/* ---- amounts ---- */

/* A true minus is a minus. */
static bool take_number(struct phrase *p, struct arena *arena, struct decimal *out) {
    struct str word = phrase_peek(p);
    struct str minus = STR("\xe2\x88\x92");
    if (str_starts(word, minus))
        word = str_join(arena, STR("-"), str_sub(word, minus.len, word.len));
    if (!decimal_parse(word, out))
        return false;
    phrase_next(p);
    return true;
}

/* How often a period comes in a school year; 0 where that depends on more than the calendar. */
static int period_count(enum period period, struct calendar calendar) {
    switch (period) {
    case PERIOD_YEAR: return 1;
    case PERIOD_TERM: return calendar.terms;
    case PERIOD_HALF_TERM: return calendar.half_terms;
    case PERIOD_MONTH: return 12;
    case PERIOD_NONE:
    case PERIOD_WEEK:
    case PERIOD_DAY: break;
    }
    return 0;
}

/* `n` a `from` is so many a `to`. */
static bool convert(struct decimal n, enum period from, enum period to, struct calendar calendar,
                    struct decimal *out) {
    *out = n;
    if (from == to)
        return true;
    int times = period_count(from, calendar), by = period_count(to, calendar);
    return times && by && decimal_multiply(n, decimal_whole(times), out) &&
           decimal_divide(*out, decimal_whole(by), out);
}

static const struct {
    const char *words;
    enum quantity_shape shape;
} shapes[] = {
    {"none", QUANTITY_NONE},
    {"not stated", QUANTITY_NOT_STATED},
    {"to be agreed", QUANTITY_TO_BE_AGREED},
    {"to be confirmed", QUANTITY_TO_BE_CONFIRMED},
};

static bool take_shape(struct phrase *p, enum quantity_shape *out) {
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
        if (phrase_take(p, shapes[i].words)) {
            *out = shapes[i].shape;
            return true;
        }
    return false;
}

/* `9`, `3 to 6`, each perhaps with its unit and period; or `termly`. */
static bool take_amount(struct phrase *p, struct arena *arena, const struct vocabulary *vocabulary,
                        struct quantity *q) {
    if (take_adverb(p, &q->period)) {
        q->low = q->high = decimal_whole(1);
        return true;
    }
    if (!take_number(p, arena, &q->low))
        return false;
    q->high = q->low;
    if (phrase_take(p, "to") && !take_number(p, arena, &q->high))
        return false;
    take_unit(p, arena, vocabulary, &q->unit);
    take_period(p, &q->period);
    return decimal_cmp(q->low, q->high) <= 0;
}

static bool take_quantity(struct phrase *p, struct arena *arena, const struct vocabulary *vocabulary,
                          struct quantity *q) {
    if (take_shape(p, &q->shape))
        return true;
    if (phrase_take(p, "at least"))
        q->shape = QUANTITY_AT_LEAST;
    else if (phrase_take(p, "up to") || phrase_take(p, "at most"))
        q->shape = QUANTITY_UP_TO;
    if (!take_amount(p, arena, vocabulary, q))
        return false;
    if (q->shape != QUANTITY_NUMBER && decimal_cmp(q->low, q->high) != 0)
        return false;
    if (q->shape == QUANTITY_UP_TO)
        q->low = decimal_whole(0);
    return true;
}

static bool has_number(const struct quantity *q) {
    return q->shape == QUANTITY_NUMBER || q->shape == QUANTITY_AT_LEAST || q->shape == QUANTITY_UP_TO;
}

static const char *const period_names[] = {"none", "year", "term", "half-term", "month", "week", "day"};

/* What an amount says less or otherwise than its type. */
static void quantity_settle(struct quantity *q, const struct quantity *type, struct calendar calendar,
                            struct place at, struct diags *diags) {
    if (q->unit.len && type->unit.len && !str_eq(q->unit, type->unit))
        diag(diags, DIAG_QUANTITY_UNIT, at, q->unit, type->unit);
    if (type->unit.len)
        q->unit = type->unit;
    if (!q->period)
        q->period = type->period;
    q->total_low = q->low;
    q->total_high = q->high;
    if (!has_number(q) || !type->period)
        return;
    if (!convert(q->low, q->period, type->period, calendar, &q->total_low) ||
        !convert(q->high, q->period, type->period, calendar, &q->total_high))
        diag(diags, DIAG_QUANTITY_PERIOD, at, str_from(period_names[q->period]),
             str_from(period_names[type->period]));
}

bool quantity_parse(const struct vocabulary *vocabulary, struct arena *arena, const struct quantity *type,
                    struct str text, struct place at, struct quantity *out, struct diags *diags) {
    struct phrase p = {str_trim(text)};
    struct quantity q = {.text = p.rest};
    if (!take_quantity(&p, arena, vocabulary, &q) || p.rest.len)
        return false;
    quantity_settle(&q, type, vocabulary_calendar(vocabulary), at, diags);
    *out = q;
    return true;
}

bool quantity_per_year(const struct quantity *q, struct calendar calendar, struct decimal *low,
                       struct decimal *high, bool *open) {
    if (!has_number(q) || !period_count(q->period, calendar))
        return false;
    *open = q->shape == QUANTITY_AT_LEAST;
    return convert(q->low, q->period, PERIOD_YEAR, calendar, low) &&
           convert(q->high, q->period, PERIOD_YEAR, calendar, high);
}

bool quantity_eq(const struct quantity *a, const struct quantity *b) {
    return a->shape == b->shape &&
           (!has_number(a) || (a->period == b->period && decimal_cmp(a->low, b->low) == 0 &&
                               decimal_cmp(a->high, b->high) == 0));
}

bool quantity_as_many(const struct quantity *type, const struct quantity *a, const struct quantity *b) {
    return quantity_eq(a, b) ||
           (type->period && a->shape == b->shape && has_number(a) &&
            decimal_cmp(a->total_low, b->total_low) == 0 && decimal_cmp(a->total_high, b->total_high) == 0);
}

/* ---- totals ---- */

/* Counts what is no number, and says whether it was one. */
static bool sum_counts(struct quantity_sum *sum, const struct quantity *q) {
    switch (q->shape) {
    case QUANTITY_NOT_STATED: sum->not_stated++; return true;
    case QUANTITY_TO_BE_AGREED: sum->to_be_agreed++; return true;
    case QUANTITY_TO_BE_CONFIRMED: sum->to_be_confirmed++; return true;
    case QUANTITY_NUMBER:
    case QUANTITY_AT_LEAST:
    case QUANTITY_UP_TO:
    case QUANTITY_NONE: break;
    }
    return false;
}

/* Several possible amounts as one: the least and the most that they may come to. */
struct hull {
    struct decimal low, high;
    bool any, open;
};

static void hull_add(struct hull *hull, struct decimal low, struct decimal high, bool open) {
    if (!hull->any || decimal_cmp(low, hull->low) < 0)
        hull->low = low;
    if (!hull->any || decimal_cmp(high, hull->high) > 0)
        hull->high = high;
    hull->open = hull->open || open;
    hull->any = true;
}

/* A sum of more than 34 digits cannot come of a table that people wrote; it is left as it was. */
void quantity_add_candidates(struct quantity_sum *sum, const struct quantity *candidates, size_t count) {
    struct hull hull = {0};
    bool none = false;
    for (size_t i = 0; i < count; i++) {
        const struct quantity *q = &candidates[i];
        if (has_number(q))
            hull_add(&hull, q->total_low, q->total_high, q->shape == QUANTITY_AT_LEAST);
        else if (!sum_counts(sum, q))
            none = true;
    }
    if (none && hull.any)
        hull_add(&hull, decimal_whole(0), decimal_whole(0), false);
    sum->none += none && !hull.any;
    sum->numbers += hull.any;
    sum->open = sum->open || hull.open;
    decimal_add(sum->low, hull.low, &sum->low);
    decimal_add(sum->high, hull.high, &sum->high);
}

static void print_range(struct buf *out, struct decimal low, struct decimal high, bool open) {
    if (open)
        buf_lit(out, "at least ");
    decimal_print(out, low);
    if (!open && decimal_cmp(low, high) != 0) {
        buf_lit(out, " to ");
        decimal_print(out, high);
    }
}

void quantity_sum_print(struct buf *out, const struct quantity_sum *sum) {
    const struct {
        size_t count;
        const char *words;
    } beside[] = {{sum->not_stated, "not stated"},
                  {sum->to_be_agreed, "to be agreed"},
                  {sum->to_be_confirmed, "to be confirmed"}};
    bool said = sum->numbers > 0;
    if (said)
        print_range(out, sum->low, sum->high, sum->open);
    for (size_t i = 0; i < 3; i++) {
        if (!beside[i].count)
            continue;
        if (said)
            buf_lit(out, " plus ");
        said = true;
        buf_printf(out, "%zu %s", beside[i].count, beside[i].words);
    }
    if (!said)
        buf_lit(out, "none");
}

/* ---- candidates ---- */

static bool stands_before(const struct quantity *candidates, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (quantity_eq(&candidates[j], &candidates[i]))
            return true;
    return false;
}

/* "none, to be agreed": what is no number, each once, as items of a list of `total` of which `at` are printed. */
static size_t print_item(struct buf *out, struct str item, size_t at, size_t total) {
    if (at)
        buf_add(out, at + 1 == total ? STR(" or ") : STR(", "));
    buf_add(out, item);
    return at + 1;
}

/* Numbers from the least, in whatever order the rows gave them; words keep their places. */
static struct quantity *in_order(struct arena *arena, const struct quantity *candidates, size_t count) {
    struct quantity *sorted = arena_array(arena, struct quantity, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = candidates[i];
        for (size_t j = 0; j < i; j++)
            if (has_number(&sorted[i]) && has_number(&sorted[j]) &&
                decimal_cmp(sorted[j].total_low, sorted[i].total_low) > 0) {
                struct quantity less = sorted[i];
                sorted[i] = sorted[j];
                sorted[j] = less;
            }
    }
    return sorted;
}

void quantity_candidates_print(struct buf *out, const struct quantity *given, size_t count) {
    const struct quantity *candidates = in_order(out->arena, given, count);
    struct hull hull = {0};
    size_t numbers = 0, words = 0;
    for (size_t i = 0; i < count; i++) {
        if (stands_before(candidates, i))
            continue;
        words += !has_number(&candidates[i]);
        numbers += has_number(&candidates[i]);
        if (has_number(&candidates[i]))
            hull_add(&hull, candidates[i].total_low, candidates[i].total_high,
                     candidates[i].shape == QUANTITY_AT_LEAST);
    }
    bool range = numbers > 2;
    size_t total = words + (range ? 1 : numbers), at = 0;
    for (size_t i = 0; i < count; i++) {
        if (stands_before(candidates, i) || (range && has_number(&candidates[i])))
            continue;
        at = print_item(out, candidates[i].text, at, total);
    }
    if (range) {
        print_item(out, STR(""), at, total);
        print_range(out, hull.low, hull.high, hull.open);
    }
}

/* ---- with the unit ---- */

/* One of it: 1, up to 1, at least 1. */
static bool is_one(const struct quantity *candidates, size_t count) {
    const struct decimal one = decimal_whole(1);
    for (size_t i = 0; i < count; i++)
        if (decimal_cmp(candidates[i].high, one) != 0 ||
            (candidates[i].shape == QUANTITY_NUMBER && decimal_cmp(candidates[i].low, one) != 0))
            return false;
    return true;
}

/* "visit a year", of a type that says "visits a year". */
static struct str unit_of_one(struct arena *arena, const struct quantity *type) {
    struct phrase p = {type->text};
    take_named_unit(&p, arena, type->unit);
    return p.rest.len ? str_join(arena, type->unit, STR(" "), p.rest) : type->unit;
}

void quantity_print(struct buf *out, const struct quantity *type, const struct quantity *candidates,
                    size_t count) {
    quantity_candidates_print(out, candidates, count);
    struct str words = buf_str(out);
    char last = words.len ? words.at[words.len - 1] : ' ';
    if (last < '0' || last > '9' || !type->unit.len)
        return;
    buf_byte(out, ' ');
    buf_add(out, is_one(candidates, count) ? unit_of_one(out->arena, type) : type->text);
}
