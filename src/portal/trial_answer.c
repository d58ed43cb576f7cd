/* SPDX-License-Identifier: MIT */
/* trial_answer.c: the answers that a policy test names, by id, label or amount. */
#include "portal/trial_inside.h"

static struct str text_of(const struct value *v) {
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

/* Of a quantity all answers that are as many as one of these. */
static values as_many(const struct output *o, values mask) {
    values all = mask;
    for (size_t i = 0; o->type == OUTPUT_QUANTITY && i < o->answer_count; i++)
        for (size_t j = 0; j < o->answer_count; j++)
            if ((mask & VALUE_BIT(j)) &&
                quantity_as_many(&o->unit, &o->answers[i].quantity, &o->answers[j].quantity))
                all |= VALUE_BIT(i);
    return all;
}

bool trial_same(const struct output *o, values a, values b) {
    return as_many(o, a) == as_many(o, b);
}

/* The answers that are as many as an amount; one of another unit is none of them. */
static values amount_mask(struct trial *t, const struct output *o, struct str text) {
    struct diags said = {.arena = &t->arena};
    struct quantity q;
    values mask = 0;
    if (o->type != OUTPUT_QUANTITY ||
        !quantity_parse(t->site->policy.vocabulary, &t->arena, &o->unit, text, (struct place){0}, &q,
                        &said) ||
        said.errors)
        return 0;
    for (size_t i = 0; i < o->answer_count; i++)
        if (quantity_as_many(&o->unit, &o->answers[i].quantity, &q))
            mask |= VALUE_BIT(i);
    return mask;
}

values trial_mask(struct trial *t, const struct output *o, struct str text) {
    if (str_eq(text, STR("not applicable")))
        return VALUES_NOT_APPLICABLE;
    if (str_eq(text, STR("not determined")))
        return VALUES_NOT_DETERMINED;
    for (size_t i = 0; i < o->answer_count; i++)
        if (str_eq_fold(o->answers[i].id, text) || str_eq_fold(o->answers[i].label, text))
            return VALUE_BIT(i);
    return amount_mask(t, o, text);
}

void trial_no_answer(struct trial *t, const struct output *o, const struct value *v) {
    struct str *ids = arena_array(t->diags->arena, struct str, o->answer_count);
    for (size_t i = 0; i < o->answer_count; i++)
        ids[i] = o->answers[i].id;
    diag(t->diags, DIAG_POLICY_TEST_ANSWER, value_place(v), text_of(v), o->label,
         schema_hint(t->diags->arena, text_of(v), ids, o->answer_count));
}

/* The answers that a value or a list names; false after a diagnostic. */
bool trial_answers(struct trial *t, const struct output *o, const struct value *v, values *out) {
    bool list = v->kind == VALUE_LIST, ok = true;
    *out = 0;
    for (uint32_t i = 0; i < (list ? v->count : 1); i++) {
        const struct value *item = list ? &v->items[i] : v;
        values mask = trial_mask(t, o, text_of(item));
        bool none = item->kind == VALUE_NULL || str_eq(text_of(item), STR("none"));
        if (!mask && !none)
            trial_no_answer(t, o, item);
        ok = ok && (mask || none);
        *out |= mask;
    }
    return ok;
}
