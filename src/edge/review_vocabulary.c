/* SPDX-License-Identifier: MIT */
/* review_vocabulary.c: what changes in content/framework.yaml, entry by entry. */
#include "edge/review_vocabulary.h"

#include "text/json.h"

/* Maps in maps; deeper, a value is told as a whole. */
#define DEPTH_MAX 5

static struct place place_of(const struct value *v) {
    return v ? value_place(v) : (struct place){0};
}

/* "facts, partnership, At most a quarter causing concern, formula": an entry by its label, where it has one. */
static struct str words_of_key(struct str key, const struct value *base, const struct value *head) {
    struct str label = value_words(value_get(head ? head : base, STR("label")));
    if (label.len)
        return label;
    return str_eq(key, STR("is")) ? STR("formula") : str_eq(key, STR("when")) ? STR("condition") : key;
}

/* The keys of both, those of the head first. `wanted` chooses among them at this depth; NULL: all. */
static void compare(struct review_fields *f, struct str label, const struct value *base,
                    const struct value *head, int depth, bool (*wanted)(struct str key)) {
    bool maps = (!base || base->kind == VALUE_MAP) && (!head || head->kind == VALUE_MAP);
    if (!maps || (!base != !head && depth > 2) || depth == DEPTH_MAX) {
        review_fields_add(f, label, review_flat(f->arena, base), review_flat(f->arena, head), place_of(base),
                          place_of(head));
        return;
    }
    const struct value *sides[] = {head, base};
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; sides[side] && i < sides[side]->count; i++) {
            struct str key = sides[side]->fields[i].key;
            if ((side && value_get(head, key)) || (wanted && !wanted(key)))
                continue;
            const struct value *old = value_get(base, key), *new = value_get(head, key);
            struct str words = words_of_key(key, old, new);
            compare(f, label.len ? str_join(f->arena, label, STR(", "), words) : words, old, new, depth + 1,
                    NULL);
        }
}

/* ---- below officers ---- */

static bool is_seen(enum audience audience, const struct fact *fact) {
    return fact && fact->classed && audience_may_see(audience, fact->audience);
}

/* What a fact is; not what it is worked out from. */
static bool is_plain_key(struct str key) {
    static const struct str plain[] = {{"label", 5}, {"scale", 5},  {"type", 4},  {"unit", 4},
                                       {"items", 5}, {"source", 6}, {"range", 5}, {"visible", 7}};
    for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
        if (str_eq(key, plain[i]))
            return true;
    return false;
}

/* Facts that either side shows to the audience. */
static void compare_facts(const struct review *review, struct review_fields *f) {
    const struct vocabulary *base = &f->base->vocabulary, *head = &f->head->vocabulary;
    const struct map *sides[] = {&head->facts, &base->facts};
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count; i++) {
            struct str name = sides[side]->items[i].key;
            if (side && map_get(&head->facts, name))
                continue;
            const struct fact *old = map_get(&base->facts, name), *new = map_get(&head->facts, name);
            const struct fact *told = is_seen(review->audience, new) ? new : old;
            if (!is_seen(review->audience, told))
                continue;
            compare(f, str_join(f->arena, STR("facts, "), told->record, STR(", "), told->label),
                    is_seen(review->audience, old) ? old->source : NULL,
                    is_seen(review->audience, new) ? new->source : NULL, 2, is_plain_key);
        }
}

static bool is_scale_seen(enum audience audience, const struct vocabulary *vocabulary, struct str scale) {
    for (size_t i = 0; i < vocabulary->facts.count; i++) {
        const struct fact *fact = vocabulary->facts.items[i].value;
        if (is_seen(audience, fact) && fact->scale && str_eq(fact->scale->id, scale))
            return true;
    }
    return false;
}

static void compare_scales(const struct review *review, struct review_fields *f) {
    const struct site *sites[] = {f->head, f->base};
    for (int side = 0; side < 2; side++) {
        const struct value *scales = value_at(&sites[side]->vocabulary.root, "scales");
        for (uint32_t i = 0; scales && scales->kind == VALUE_MAP && i < scales->count; i++) {
            struct str id = scales->fields[i].key;
            const struct value *old = value_get(value_at(&f->base->vocabulary.root, "scales"), id);
            const struct value *new = value_get(value_at(&f->head->vocabulary.root, "scales"), id);
            if (side && new)
                continue;
            compare(f, str_join(f->arena, STR("scales, "), id),
                    is_scale_seen(review->audience, &f->base->vocabulary, id) ? old : NULL,
                    is_scale_seen(review->audience, &f->head->vocabulary, id) ? new : NULL, 2, NULL);
        }
    }
}

void review_vocabulary(const struct review *review, struct review_fields *f) {
    if (review->audience == AUDIENCE_OFFICERS) {
        compare(f, STR(""), &f->base->vocabulary.root, &f->head->vocabulary.root, 0, NULL);
        return;
    }
    compare_scales(review, f);
    compare_facts(review, f);
}

/* ---- what is not told ---- */

static void hide(struct buf *out, struct str key, const struct value *v) {
    buf_add(out, key);
    buf_byte(out, '=');
    json_write(out, v, -1);
    buf_byte(out, '\n');
}

static void hide_fact(struct buf *out, const struct fact *fact, enum audience audience) {
    const struct value *source = fact->source;
    if (!source || source->kind != VALUE_MAP)
        return;
    buf_printf(out, STR_FMT "." STR_FMT "\n", STR_ARG(fact->record), STR_ARG(fact->id));
    for (uint32_t i = 0; i < source->count; i++)
        if (!is_seen(audience, fact) || !is_plain_key(source->fields[i].key))
            hide(out, source->fields[i].key, &source->fields[i].value);
}

void review_vocabulary_hidden(const struct vocabulary *vocabulary, enum audience audience, struct buf *out) {
    const struct value *root = &vocabulary->root, *scales = value_at(root, "scales");
    for (size_t i = 0; i < vocabulary->facts.count; i++)
        hide_fact(out, vocabulary->facts.items[i].value, audience);
    for (uint32_t i = 0; scales && scales->kind == VALUE_MAP && i < scales->count; i++)
        if (!is_scale_seen(audience, vocabulary, scales->fields[i].key))
            hide(out, scales->fields[i].key, &scales->fields[i].value);
    for (uint32_t i = 0; root->kind == VALUE_MAP && i < root->count; i++)
        if (!str_eq(root->fields[i].key, STR("facts")) && !str_eq(root->fields[i].key, STR("scales")))
            hide(out, root->fields[i].key, &root->fields[i].value);
}

bool review_projected_alike(const struct review *review) {
    const struct map *base = &review->base.site->vocabulary.facts,
                     *head = &review->head.site->vocabulary.facts;
    for (size_t i = 0; i < head->count; i++) {
        const struct fact *new = head->items[i].value, *old = map_get(base, head->items[i].key);
        if (!old || old->classed != new->classed || old->audience != new->audience)
            return false;
    }
    return base->count == head->count;
}
