/* SPDX-License-Identifier: MIT */
/* cell_answer.c: the words of an output cell as the set in which the answer lies. */
#include "policy/cell_priv.h"
#include "policy/condition.h"
#include "policy/due.h"

#include <limits.h>

/* ---- answers ---- */

static const char *const words_for_nothing[] = {"not stated", "to be agreed", "to be confirmed"};

#define NOTHINGS (sizeof(words_for_nothing) / sizeof(words_for_nothing[0]))

static bool same_answer(const struct output *o, const struct answer *a, const struct answer *b) {
    if (o->type == OUTPUT_QUANTITY)
        return quantity_eq(&a->quantity, &b->quantity);
    return str_eq(a->id, b->id);
}

/* The bit of an answer, which is added where it is new; 0 where there is no room. */
static values answer_bit(const struct cursor *w, struct output *o, struct answer answer) {
    for (size_t i = 0; i < o->answer_count; i++)
        if (same_answer(o, &o->answers[i], &answer))
            return VALUE_BIT(i);
    if (o->answer_count == VOCABULARY_VALUES_MAX) {
        if (!o->full)
            cursor_fail(w, 0, DIAG_CELL_ANSWERS, o->label,
                        str_whole(w->scope->diags->arena, VOCABULARY_VALUES_MAX), STR(""));
        o->full = true;
        return 0;
    }
    answer.rank = INT_MAX;
    struct arena *arena = w->scope->policy->arena;
    o->answers = arena_grow(arena, o->answers, o->answer_count * sizeof(struct answer),
                            (o->answer_count + 1) * sizeof(struct answer), alignof(struct answer));
    o->answers[o->answer_count] = answer;
    return VALUE_BIT(o->answer_count++);
}

/* `not stated`, `to be agreed`: an answer that is no value of the output's scale. */
static values answer_of_nothing(const struct cursor *w, struct output *o, struct str text) {
    for (size_t i = 0; i < NOTHINGS; i++)
        if (str_eq_fold(text, str_from(words_for_nothing[i])))
            return answer_bit(w, o,
                              (struct answer){.id = str_from(words_for_nothing[i]),
                                              .label = str_from(words_for_nothing[i])});
    return 0;
}

/* ---- one alternative of each type ---- */

static bool quantity_answer(struct cursor *w, struct output *o, values *out) {
    struct str phrase = cursor_phrase(w);
    struct quantity q;
    if (!quantity_parse(w->scope->policy->vocabulary, w->scope->policy->arena, &o->unit, phrase,
                        cursor_place(w, w->at), &q, w->scope->diags))
        return cursor_fail(w, w->at, DIAG_CELL_QUANTITY, phrase, o->label, STR(""));
    w->at += phrase.len;
    *out = answer_bit(w, o, (struct answer){.id = q.text, .label = q.text, .quantity = q});
    return *out != 0;
}

static bool number_answer(struct cursor *w, struct output *o, values *out) {
    struct str phrase = cursor_phrase(w);
    struct decimal n;
    *out = answer_of_nothing(w, o, phrase);
    if (*out) {
        w->at += phrase.len;
        return true;
    }
    if (!cursor_number_length(w))
        return cursor_fail(w, w->at, DIAG_CELL_NUMBER, phrase, o->label, STR(""));
    if (!cursor_number(w, &n))
        return false;
    struct buf id = {.arena = w->scope->policy->arena};
    decimal_print(&id, n);
    *out = answer_bit(w, o, (struct answer){.id = buf_str(&id), .label = buf_str(&id), .number = n});
    return *out != 0;
}

/* A time, or a word for none that is known. What counts from a date needs one that the records have. */
static bool due_answer(struct cursor *w, struct output *o, values *out) {
    struct str phrase = cursor_phrase(w);
    struct arena *arena = w->scope->policy->arena;
    struct due *due = arena_new(arena, struct due);
    struct due_fault fault;
    size_t from = w->at;
    w->at += phrase.len;
    *out = answer_of_nothing(w, o, phrase);
    if (*out)
        return true;
    if (due_parse(arena, w->scope->kind, &w->scope->policy->calendar, phrase, due, &fault)) {
        *out = answer_bit(w, o, (struct answer){.id = phrase, .label = phrase, .due = due});
        return *out != 0;
    }
    if (!fault.fact.len)
        return cursor_fail(w, from, DIAG_CELL_DUE, phrase, o->label, STR(""));
    struct arena *words = w->scope->diags->arena;
    struct str hint = fault.near.len ? str_join(words, STR("did you mean \""), fault.near, STR("\"?"))
                                     : STR("days are counted from a fact of the type date, by its label; "
                                           "a day of the year is written by 31 October");
    return cursor_fail(w, from, fault.other_type ? DIAG_CELL_DUE_TYPE : DIAG_CELL_DUE_FACT, fault.fact,
                       noun_phrase(words, w->scope->kind->id), hint);
}

/* A value of the output's scale goes before a word for nothing. */
static bool value_answer(struct cursor *w, struct output *o, values *out) {
    const struct thing thing = {.label = o->label, .output = o, .variable = o->variable, .scale = o->scale};
    struct str phrase = cursor_phrase(w);
    if (!cursor_value(w, &thing).length) {
        *out = answer_of_nothing(w, o, phrase);
        *out |= str_eq_fold(phrase, STR("none")) ? VALUES_ABSENT : 0;
        w->at += *out ? phrase.len : 0;
        if (*out)
            return true;
    }
    return cursor_values(w, &thing, out);
}

static bool one_alternative(struct cursor *w, struct output *o, values *out) {
    cursor_skip(w);
    if (cursor_ends_short(w))
        return false;
    if (o->type == OUTPUT_QUANTITY)
        return quantity_answer(w, o, out);
    if (o->type == OUTPUT_DUE)
        return due_answer(w, o, out);
    return o->type == OUTPUT_NUMBER ? number_answer(w, o, out) : value_answer(w, o, out);
}

/* `a, b or c` */
static bool take_set(struct cursor *w, struct output *o, values *out) {
    bool more = true;
    *out = 0;
    while (more) {
        values one = 0;
        if (!one_alternative(w, o, &one))
            return false;
        *out |= one;
        cursor_skip(w);
        bool comma = w->at < w->text.len && w->text.at[w->at] == ',';
        w->at += comma;
        cursor_skip(w);
        more = cursor_take(w, "or") || comma;
    }
    return w->at >= w->text.len || cursor_fail(w, w->at, DIAG_CELL_LEFT, str_sub(w->text, w->at, w->text.len),
                                               cursor_from(w, 0), STR(""));
}

/* `normally X, or Y`: X first, which is a value of its own, then what else may be. */
static bool take_normally(struct cursor *w, struct output *o, struct cell_answer *out) {
    values rest = 0;
    size_t from = w->at;
    if (!one_alternative(w, o, &out->preferred))
        return false;
    if (out->preferred & (out->preferred - 1))
        return cursor_fail(w, from, DIAG_CELL_NORMALLY, cursor_from(w, from), STR(""), STR(""));
    out->normally = true;
    cursor_skip(w);
    bool comma = w->at < w->text.len && w->text.at[w->at] == ',';
    w->at += comma;
    cursor_skip(w);
    if ((cursor_take(w, "or") || comma) && !take_set(w, o, &rest))
        return false;
    out->set = out->preferred | rest;
    return w->at >= w->text.len || cursor_fail(w, w->at, DIAG_CELL_LEFT, str_sub(w->text, w->at, w->text.len),
                                               cursor_from(w, 0), STR(""));
}

/* ---- cells ---- */

/* Words that are the whole cell, whatever the type. */
static values whole_cell(const struct output *o, struct str text) {
    static const struct {
        const char *words;
        values mask;
    } words[] = {{"not applicable", VALUES_NOT_APPLICABLE}, {"not determined", VALUES_NOT_DETERMINED}};
    for (size_t i = 0; i < 2; i++)
        if (str_eq_fold(text, str_from(words[i].words)))
            return words[i].mask;
    bool worded = o->type == OUTPUT_TEXT || o->type == OUTPUT_OFFER || o->type == OUTPUT_DUE;
    return worded && str_eq_fold(text, STR("none")) ? VALUES_ABSENT : 0;
}

static bool offer_answer(const struct cursor *w, struct output *o, values *out) {
    struct str link = w->in.cell ? w->in.cell->link : (struct str){0};
    if (!link.len)
        return cursor_fail(w, 0, DIAG_CELL_OFFER, w->text, STR(""), STR(""));
    *out = answer_bit(w, o, (struct answer){.id = link, .label = w->text});
    return *out != 0;
}

static bool read_words(struct cursor *w, struct output *o, struct cell_answer *out) {
    const struct decision *d = o->decision;
    if (o->type == OUTPUT_OFFER)
        return offer_answer(w, o, &out->set);
    if (o->type == OUTPUT_TEXT) {
        out->set = answer_bit(w, o, (struct answer){.id = w->text, .label = w->text});
        return out->set != 0;
    }
    if (cursor_take(w, "normally"))
        return take_normally(w, o, out);
    const struct thing thing = {.label = o->label, .output = o, .variable = o->variable, .scale = o->scale};
    bool floor =
        d->hit == HIT_GUIDE && cursor_match(w->text, 0, STR("at least")) && !cursor_value(w, &thing).length;
    out->force = floor ? FORCE_FLOOR : FORCE_SET;
    return take_set(w, o, &out->set);
}

bool cell_answer(const struct cell_scope *scope, struct output *o, struct cell_text in,
                 struct cell_answer *out) {
    struct cursor w = cursor_of(scope, in);
    *out = (struct cell_answer){.at = in.at, .text = in.text};
    if (cell_is_dash(in.text) || (str_eq_fold(in.text, STR("any")) && o->type != OUTPUT_TEXT))
        return cursor_fail(&w, 0, DIAG_CELL_OUTPUT_DASH, in.text, STR(""), STR(""));
    out->set = whole_cell(o, in.text);
    if (!out->set && !read_words(&w, o, out))
        return false;
    bool single = out->set && !(out->set & (out->set - 1));
    if (!out->normally && out->force == FORCE_SET && single && out->set != VALUES_NOT_DETERMINED)
        out->preferred = out->set;
    return true;
}
