/* SPDX-License-Identifier: MIT */
/* words.c: values, answers and conditions as people say them. */
#include "policy/words.h"

#include "policy/condition.h"
#include "policy/expression.h"
#include "policy/feel_priv.h"

static const struct {
    values mask;
    const char *words;
} beside[] = {
    {VALUES_ABSENT, "none"},
    {VALUES_NOT_DETERMINED, "not determined"},
    {VALUES_NOT_APPLICABLE, "not applicable"},
};

/* A list that grows: "a", "a or b", "a, b or c"; "a, with b; or c" where a comma would not tell its items apart. */
struct choices {
    struct buf *out;
    size_t count, at;
    bool commas; /* an item has one of its own */
};

static bool has_comma(struct str s) {
    return str_find(s, ',', 0) < s.len;
}

static void choice_next(struct choices *c) {
    bool last = c->at + 1 == c->count;
    if (c->at && c->commas)
        buf_add(c->out, last ? STR("; or ") : STR("; "));
    else if (c->at)
        buf_add(c->out, last ? STR(" or ") : STR(", "));
    c->at++;
}

/* `unit: teachers` is declared in the plural. */
static void words_unit(struct buf *out, const struct fact *fact, struct decimal number) {
    struct str unit = value_words(value_at(fact->source, "unit"));
    if (decimal_cmp(number, decimal_whole(1)) == 0 && str_ends(unit, STR("s")))
        unit = str_sub(unit, 0, unit.len - 1);
    if (unit.len && !str_eq(unit, STR("%")))
        buf_byte(out, ' ');
    buf_add(out, unit);
}

void words_number(struct buf *out, const struct variable *v, struct decimal number) {
    int64_t whole = 0;
    switch (v->line) {
    case LINE_DATE:
        decimal_to_int64(number, &whole);
        buf_add(out, date_long(out->arena, (date)whole));
        return;
    case LINE_MONTHS:
        decimal_to_int64(number, &whole);
        if (whole % 12 == 0)
            buf_printf(out, "%ld %s", (long)(whole / 12), whole == 12 ? "year" : "years");
        else
            buf_printf(out, "%ld %s", (long)whole, whole == 1 ? "month" : "months");
        return;
    case LINE_DAYS: feel_print(out, (struct feel_value){.type = FEEL_TIME, .number = number}); return;
    default: break;
    }
    decimal_print(out, number);
    if (v->fact)
        words_unit(out, v->fact, number);
}

void words_fact(struct buf *out, const struct fact *fact, struct str value) {
    struct decimal number;
    bool counted = fact->type == FACT_NUMBER || fact->type == FACT_WHOLE;
    buf_add(out, fact_label(fact, value));
    if (counted && decimal_parse(value, &number))
        words_unit(out, fact, number);
}

/* ---- number lines ---- */

/* Pieces from `first` to `last` of a line: pieces 2i+1 are the cuts themselves. */
static void words_range(struct buf *out, const struct variable *v, size_t first, size_t last) {
    size_t top = 2 * v->cut_count;
    bool day = v->line == LINE_DATE;
    if (first == 0 && last == top) {
        buf_lit(out, "any");
    } else if (first == last && first % 2) {
        words_number(out, v, v->cuts[first / 2]);
    } else if (first == 0) {
        buf_add(out, last % 2 ? STR("up to ") : day ? STR("before ") : STR("below "));
        words_number(out, v, v->cuts[last % 2 ? last / 2 : last / 2]);
    } else if (last == top) {
        if (first % 2 == 0)
            buf_add(out, day ? STR("after ") : STR("above "));
        words_number(out, v, v->cuts[first % 2 ? first / 2 : first / 2 - 1]);
        if (first % 2)
            buf_add(out, day ? STR(" or later") : STR(" or more"));
    } else {
        bool closed = first % 2 && last % 2;
        if (!closed)
            buf_lit(out, "between ");
        words_number(out, v, v->cuts[first % 2 ? first / 2 : first / 2 - 1]);
        buf_add(out, closed ? STR(" to ") : STR(" and "));
        words_number(out, v, v->cuts[last / 2]);
    }
}

/* Runs of pieces that touch; whole numbers have none between neighbours, and touch all the same. */
static size_t next_run(const struct variable *v, values mask, size_t from, size_t *first, size_t *last) {
    size_t top = 2 * v->cut_count, i = from;
    while (i <= top && !(mask & VALUE_BIT(i)))
        i++;
    if (i > top)
        return 0;
    *first = *last = i;
    for (i++; i <= top; i++) {
        if (mask & VALUE_BIT(i))
            *last = i;
        else if (v->all & VALUE_BIT(i))
            break;
    }
    return i + 1;
}

static void words_line(struct choices *c, const struct variable *v, values mask) {
    size_t first, last;
    for (size_t at = 0; (at = next_run(v, mask, at, &first, &last));) {
        choice_next(c);
        words_range(c->out, v, first, last);
    }
}

static size_t count_runs(const struct variable *v, values mask) {
    size_t n = 0, first, last;
    for (size_t at = 0; (at = next_run(v, mask, at, &first, &last));)
        n++;
    return n;
}

/* ---- masks ---- */

static struct str value_label(const struct variable *v, size_t bit) {
    if (v->output)
        return bit < v->output->answer_count ? v->output->answers[bit].label : (struct str){0};
    if (v->fact && v->fact->scale)
        return bit < v->fact->scale->count ? scale_value_label(&v->fact->scale->values[bit])
                                           : (struct str){0};
    if (v->fact && !expression_is_yes_no(v))
        return STR("some");
    return bit ? STR("yes") : STR("no");
}

static size_t count_bits(values mask) {
    return (size_t)__builtin_popcountll(mask);
}

void words_values(struct buf *out, const struct variable *v, values mask) {
    values proper = mask & variable_proper(v), rest = mask & ~proper;
    bool all = proper && proper == variable_proper(v) && (v->line != LINE_NONE || count_bits(proper) > 1);
    if (all && rest == (v->all & ~variable_proper(v) & ~VALUES_NOT_DETERMINED)) {
        buf_lit(out, "any");
        return;
    }
    struct choices c = {.out = out};
    c.count = count_bits(rest) + (v->line != LINE_NONE ? count_runs(v, proper)
                                  : all                ? 1
                                                       : count_bits(proper));
    for (values m = v->line == LINE_NONE && !all ? proper : 0; m; m &= m - 1)
        c.commas |= has_comma(value_label(v, (size_t)__builtin_ctzll(m)));
    if (v->line != LINE_NONE) {
        words_line(&c, v, proper);
    } else if (all) {
        choice_next(&c);
        buf_lit(out, "any");
    } else {
        for (values m = proper; m; m &= m - 1) {
            choice_next(&c);
            buf_add(out, value_label(v, (size_t)__builtin_ctzll(m)));
        }
    }
    for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
        if (rest & beside[i].mask) {
            choice_next(&c);
            buf_add(out, str_from(beside[i].words));
        }
    if (!c.at)
        buf_lit(out, "nothing");
}

/* The amounts of a quantity's answers. */
static size_t quantities_of(struct arena *arena, const struct output *o, values mask, struct quantity **out) {
    size_t n = 0;
    *out = arena_array(arena, struct quantity, o->answer_count);
    for (values m = mask; m; m &= m - 1)
        (*out)[n++] = o->answers[__builtin_ctzll(m)].quantity;
    return n;
}

void words_answers(struct buf *out, const struct output *o, values mask) {
    values proper = mask & ~(VALUES_ABSENT | VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE);
    if (o->type == OUTPUT_QUANTITY && proper) {
        struct quantity *q;
        size_t n = quantities_of(out->arena, o, proper, &q);
        quantity_candidates_print(out, q, n);
        if (mask & VALUES_NOT_APPLICABLE)
            buf_lit(out, ", or not applicable");
        return;
    }
    struct choices c = {.out = out, .count = count_bits(mask)};
    for (values m = proper; m; m &= m - 1)
        c.commas |= has_comma(o->answers[__builtin_ctzll(m)].label);
    for (values m = proper; m; m &= m - 1) {
        choice_next(&c);
        buf_add(out, o->answers[__builtin_ctzll(m)].label);
    }
    for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
        if (mask & beside[i].mask) {
            choice_next(&c);
            buf_add(out, str_from(beside[i].words));
        }
    if (!c.at)
        buf_lit(out, "not determined");
}

/* The answers of a quantity that are numbers. */
static values numbers_of(const struct output *o, values mask) {
    values numbers = 0;
    for (size_t i = 0; o->type == OUTPUT_QUANTITY && i < o->answer_count; i++)
        if (o->answers[i].quantity.shape <= QUANTITY_UP_TO)
            numbers |= mask & VALUE_BIT(i);
    return numbers;
}

void words_answers_in_full(struct buf *out, const struct output *o, values mask) {
    values numbers = numbers_of(o, mask);
    if (numbers) {
        struct quantity *q;
        size_t n = quantities_of(out->arena, o, numbers, &q);
        quantity_print(out, &o->unit, q, n);
    }
    if (numbers && mask != numbers)
        buf_lit(out, ", or ");
    if (mask != numbers || !numbers)
        words_answers(out, o, mask & ~numbers);
}
