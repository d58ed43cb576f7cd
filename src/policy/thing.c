/* SPDX-License-Identifier: MIT */
/* thing.c: names of facts and outputs, and the variables that cells ask for beside them. */
#include "policy/thing.h"

struct str words_fold(struct arena *arena, struct str text) {
    struct buf out = {.arena = arena};
    struct str rest = str_trim(text);
    bool gap = false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.at[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            gap = true;
            continue;
        }
        if (gap)
            buf_byte(&out, ' ');
        gap = false;
        buf_byte(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_str(&out);
}

/* ---- names ---- */

static void chain_add(struct map *map, struct str key, struct thing *thing) {
    bool added;
    struct map_item *item = map_add(map, key, thing, &added);
    if (!added)
        thing->next = item->value;
    item->value = thing;
}

/* A thing hangs in two chains, so each has its own copy. */
void thing_name(struct policy *policy, struct policy_kind *kind, struct thing *thing, struct str id) {
    struct thing *copy = arena_new(policy->arena, struct thing);
    *copy = *thing;
    chain_add(&kind->by_label, words_fold(policy->arena, thing->label), thing);
    chain_add(&kind->by_name, words_fold(policy->arena, id), copy);
}

const struct thing *thing_find(const struct policy_kind *kind, struct arena *arena, struct str name) {
    struct str folded = words_fold(arena, name);
    const struct thing *thing = map_get(&kind->by_label, folded);
    return thing ? thing : map_get(&kind->by_name, folded);
}

const struct thing *thing_of(const struct thing *chain, const struct decision *decision) {
    for (const struct thing *t = chain; t && decision; t = t->next)
        if (t->output && t->output->decision == decision)
            return t;
    return chain;
}

struct str thing_describe(struct arena *arena, const struct thing *thing) {
    return thing->fact ? str_join(arena, STR("the fact \""), thing->fact->id, STR("\""))
                       : str_join(arena, STR("the output \""), thing->variable->id, STR("\""));
}

struct str thing_nearest(const struct policy_kind *kind, struct arena *arena, struct str name) {
    size_t n = 0;
    struct str *names = arena_array(arena, struct str, kind->by_label.count + kind->by_name.count);
    for (size_t i = 0; i < kind->by_label.count; i++)
        names[n++] = ((const struct thing *)kind->by_label.items[i].value)->label;
    for (size_t i = 0; i < kind->by_name.count; i++)
        names[n++] = kind->by_name.items[i].key;
    return str_nearest(name, names, n);
}

/* ---- outputs ---- */

bool thing_add_output(struct policy *policy, struct policy_kind *kind, struct output *output, struct place at,
                      struct diags *diags) {
    const struct decision *d = output->decision;
    struct arena *arena = policy->arena;
    struct str dotted = str_join(arena, d->id, STR("."), output->id);
    struct variable *v = arena_new(arena, struct variable);
    *v = (struct variable){.kind = VARIABLE_OUTPUT,
                           .id = d->output_count == 1 ? d->id : dotted,
                           .label = output->label,
                           .record = kind->id,
                           .index = kind->variable_count,
                           .output = output,
                           .output_index = kind->output_count,
                           .audience = output->audience,
                           .classed = output->classed};
    bool added;
    map_add(&kind->by_id, v->id, v, &added);
    if (!added)
        diag(diags, DIAG_DECISION_NAME, at, v->id, noun_phrase(diags->arena, kind->id));
    map_add(&kind->by_id, dotted, v, NULL);
    policy_kind_add(policy, kind, v);
    output->variable = v;
    kind->outputs = arena_grow(arena, kind->outputs, kind->output_count * sizeof(struct output *),
                               (kind->output_count + 1) * sizeof(struct output *), alignof(struct output *));
    kind->outputs[kind->output_count++] = output;
    struct thing *thing = arena_new(arena, struct thing), *again = arena_new(arena, struct thing);
    *thing = (struct thing){.label = output->label, .output = output, .variable = v, .scale = output->scale};
    *again = *thing;
    thing_name(policy, kind, thing, v->id);
    if (d->output_count == 1)
        chain_add(&kind->by_name, words_fold(arena, dotted), again);
    return added;
}

/* ---- what only cells ask for ---- */

/* The yes/no variable of this meaning: one that is there already, or a new one. */
static const struct variable *asked(struct policy *policy, struct policy_kind *kind,
                                    struct variable meaning) {
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        if (v->kind == meaning.kind && v->of == meaning.of && v->of_mask == meaning.of_mask &&
            v->span.months == meaning.span.months && v->span.days == meaning.span.days)
            return v;
    }
    struct variable *v = arena_new(policy->arena, struct variable);
    *v = meaning;
    v->record = kind->id;
    v->index = kind->variable_count;
    v->all = v->unknown = VALUES_YES | VALUES_NO;
    v->audience = meaning.of->audience;
    v->classed = meaning.of->classed;
    policy_kind_add(policy, kind, v);
    return v;
}

const struct variable *thing_recorded(struct policy *policy, struct policy_kind *kind,
                                      const struct thing *thing) {
    const struct variable *of = thing->item_count ? thing->items[0] : thing->variable;
    return asked(policy, kind,
                 (struct variable){.kind = VARIABLE_RECORDED,
                                   .id = str_join(policy->arena, of->id, STR(" recorded")),
                                   .label = str_join(policy->arena, thing->label, STR(" recorded")),
                                   .of = of});
}

const struct variable *variable_in_last(struct policy *policy, struct policy_kind *kind,
                                        const struct variable *of, values mask, struct span span,
                                        struct str words) {
    return asked(policy, kind,
                 (struct variable){.kind = VARIABLE_IN_LAST,
                                   .id = str_join(policy->arena, of->id, STR(" in the last")),
                                   .label = words,
                                   .of = of,
                                   .of_mask = mask,
                                   .span = span});
}
