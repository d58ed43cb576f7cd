/* SPDX-License-Identifier: MIT */
/* standing.c: tags beside the category, and who gets which letter. */
#include "portal/standing.h"

#include "policy/words.h"

/* A value beside its scale that says that there is nothing to say: none, no_status, not_judged. */
static bool is_none_like(const struct scale *scale, struct str id) {
    size_t on = scale ? scale->count - scale->beside : 0;
    for (size_t i = on; scale && i < scale->count; i++)
        if (str_eq(scale->values[i].id, id))
            return str_eq(id, STR("none")) || str_starts(id, STR("no_")) || str_starts(id, STR("not_"));
    return false;
}

static void add(struct overlays *all, struct str label, const struct output *output, values answer,
                struct arena *arena) {
    all->items = arena_grow(arena, all->items, all->count * sizeof(struct overlay),
                            (all->count + 1) * sizeof(struct overlay), alignof(struct overlay));
    all->items[all->count++] = (struct overlay){label, output, answer};
}

static void add_output(struct overlays *all, const struct output *o, const struct output_result *r,
                       struct arena *arena) {
    const struct answer *a = values_is_answer(r->stands) ? &o->answers[__builtin_ctzll(r->stands)] : NULL;
    if (!a || r->number || is_none_like(o->scale, a->id))
        return;
    if (o->type != OUTPUT_YES_NO)
        add(all, a->label, o, r->stands, arena);
    else if (str_eq(a->id, STR("yes")))
        add(all, o->decision->output_count > 1 ? o->label : o->decision->label, o, r->stands, arena);
}

/* Of a list, what is certain. */
static void add_entries(struct overlays *all, const struct decision_result *r, struct arena *arena) {
    for (size_t i = 0; i < r->entry_count; i++)
        if (r->entries[i].certain)
            add(all, r->decision->outputs[0].answers[__builtin_ctzll(r->entries[i].key)].label,
                &r->decision->outputs[0], r->entries[i].key, arena);
}

static void add_fact(struct overlays *all, const struct decided *decided, const struct variable *v,
                     struct arena *arena) {
    values mask = decided->subject.domain[v->index];
    const struct fact *fact = v->fact;
    if (!values_is_answer(mask))
        return;
    if (fact->type == FACT_YES_NO) {
        if (mask == VALUES_YES)
            add(all, fact->label, NULL, 0, arena);
    } else if (fact->type == FACT_SCALE && fact->scale) {
        struct str id = fact->scale->values[__builtin_ctzll(mask)].id;
        if (!is_none_like(fact->scale, id))
            add(all, fact_label(fact, id), NULL, 0, arena);
    }
}

struct overlays overlays_of(const struct decided *decided, const struct names *names, struct arena *arena) {
    struct overlays all = {0};
    for (size_t i = 0; i < names->count; i++) {
        const struct named *named = &names->items[i];
        if (named->variable) {
            add_fact(&all, decided, named->variable, arena);
            continue;
        }
        const struct decision_result *r =
            decision_result_of(decided->subject.kind, decided->results, named->decision);
        if (!r || r->hidden)
            continue;
        if (r->decision->hit == HIT_COLLECT)
            add_entries(&all, r, arena);
        for (size_t j = 0; r->decision->hit != HIT_COLLECT && j < r->decision->output_count; j++)
            if (!named->output || named->output == &r->decision->outputs[j])
                add_output(&all, &r->decision->outputs[j], &r->outputs[j], arena);
    }
    return all;
}

const struct output_result *named_result(const struct decided *decided, const struct named *named) {
    const struct decision_result *r =
        decision_result_of(decided->subject.kind, decided->results, named->decision);
    return !r || r->hidden ? NULL : &r->outputs[named_output(named) - named->decision->outputs];
}

bool letter_agrees(const struct output_result *r) {
    return values_is_answer(r->recorded) && !r->automatic;
}

values letter_supposes(const struct output_result *r) {
    values supposed = r->suggestion ? r->suggestion : r->automatic ? r->floor : 0;
    return values_is_answer(supposed) ? supposed : 0;
}

/* What the tables settle and nobody has recorded is still to be talked about: a letter never tells a school that it
 * agreed to what a program worked out. */
enum letter_kind letter_kind_of(const struct decided *decided, const struct names *about) {
    const struct output_result *r = about->count ? named_result(decided, &about->items[0]) : NULL;
    if (!r)
        return LETTER_NONE;
    return letter_agrees(r) ? LETTER_AGREED : letter_supposes(r) ? LETTER_DISCUSSION : LETTER_NONE;
}
