/* SPDX-License-Identifier: MIT */
/* variable.c: an empty policy, and facts as variables with masks of values. */
#include <assert.h>

#include "policy/condition.h"
#include "policy/expression.h"
#include "policy/thing.h"

/* ---- the policy and its kinds ---- */

static struct policy_kind *kind_add(struct policy *policy, struct str id) {
    struct policy_kind *kind = map_get(&policy->kind_by_id, id);
    if (kind)
        return kind;
    kind = arena_new(policy->arena, struct policy_kind);
    kind->id = id;
    kind->class = expression_class_new(policy, kind);
    kind->by_id.arena = kind->by_label.arena = kind->by_name.arena = policy->arena;
    policy->kinds =
        arena_grow(policy->arena, policy->kinds, policy->kind_count * sizeof(struct policy_kind *),
                   (policy->kind_count + 1) * sizeof(struct policy_kind *), alignof(struct policy_kind *));
    policy->kinds[policy->kind_count++] = kind;
    map_add(&policy->kind_by_id, id, kind, NULL);
    return kind;
}

struct policy_kind *policy_kind(const struct policy *policy, struct str id) {
    return map_get(&policy->kind_by_id, id);
}

struct str policy_kind_nearest(const struct policy *policy, struct arena *arena, struct str id) {
    struct str *names = arena_array(arena, struct str, policy->kind_count);
    for (size_t i = 0; i < policy->kind_count; i++)
        names[i] = policy->kinds[i]->id;
    return str_nearest(id, names, policy->kind_count);
}

const struct decision *policy_decision(const struct policy *policy, struct str id) {
    return map_get(&policy->decision_by_id, id);
}

void policy_kind_add(struct policy *policy, struct policy_kind *kind, struct variable *variable) {
    assert(variable->index == kind->variable_count);
    if (kind->variable_count == kind->variable_room) {
        size_t room = kind->variable_room ? 2 * kind->variable_room : 32;
        kind->variables =
            arena_grow(policy->arena, kind->variables, kind->variable_count * sizeof(struct variable *),
                       room * sizeof(struct variable *), alignof(struct variable *));
        kind->variable_room = room;
    }
    kind->variables[kind->variable_count++] = variable;
}

/* ---- what a fact may be ---- */

static values first_bits(size_t count) {
    return VALUE_BIT(count) - 1;
}

/* What an enumerated fact may be; of a number line any piece, since there are none yet. */
static values fact_values(const struct fact *fact) {
    switch (fact->type) {
    case FACT_YES_NO:
    case FACT_SET: return VALUES_NO | VALUES_YES;
    case FACT_SCALE: return fact->scale ? first_bits(fact->scale->count) : 0;
    case FACT_TEXT:
    case FACT_LIST:
    case FACT_SCHOOLS: return VALUE_BIT(0) | VALUES_ABSENT; /* some, or none */
    case FACT_NUMBER:
    case FACT_WHOLE:
    case FACT_DATE:
    case FACT_DURATION:
    case FACT_DATES: break;
    }
    return VALUE_BIT(0);
}

static enum variable_line fact_line(const struct fact *fact) {
    switch (fact->type) {
    case FACT_NUMBER:
    case FACT_WHOLE:
    case FACT_DATES: return LINE_NUMBER;
    case FACT_DATE: return LINE_DATE;
    case FACT_DURATION:
        return str_starts(value_words(value_at(fact->source, "unit")), STR("day")) ? LINE_DAYS : LINE_MONTHS;
    case FACT_YES_NO:
    case FACT_SET:
    case FACT_SCALE:
    case FACT_TEXT:
    case FACT_LIST:
    case FACT_SCHOOLS: break;
    }
    return LINE_NONE;
}

/* A word under `missing:`, `none:` or `absent:` as a value; on a number line a number is any piece until the line is
 * closed. 0: it is none. */
static values declared_value(const struct fact *fact, struct str item, struct str word) {
    struct decimal number;
    if (str_eq_fold(word, STR("not applicable")))
        return VALUES_NOT_APPLICABLE;
    if (fact->type == FACT_SCALE && fact->scale) {
        const struct scale_value *found = scale_find(fact->scale, word);
        if (found)
            return VALUE_BIT((size_t)(found - fact->scale->values));
    }
    if (item.len || fact->type == FACT_YES_NO) {
        if (str_eq_fold(word, STR("no")) || str_eq_fold(word, STR("none")))
            return VALUES_NO;
        const struct field *named = item.len ? fact_item(fact, word) : NULL;
        if (named)
            return str_eq(named->key, item) ? VALUES_YES | VALUES_NO : VALUES_NO;
        return !item.len && str_eq_fold(word, STR("yes")) ? VALUES_YES : 0;
    }
    if (str_eq_fold(word, STR("none")))
        return fact->type == FACT_DATES ? VALUE_BIT(0) : VALUES_ABSENT;
    if (fact_line(fact) == LINE_NUMBER && decimal_parse(word, &number))
        return VALUE_BIT(0);
    return fact_line(fact) == LINE_DATE && date_parse_iso(word) != DATE_NONE ? VALUE_BIT(0) : 0;
}

static struct str fact_value_words(struct arena *arena, const struct fact *fact) {
    struct buf out = {.arena = arena};
    buf_lit(&out, "it is one of: ");
    for (size_t i = 0; fact->scale && i < fact->scale->count; i++) {
        buf_add(&out, fact->scale->values[i].id);
        buf_lit(&out, ", ");
    }
    buf_add(&out, fact->type == FACT_YES_NO ? STR("yes, no, not applicable") : STR("none, not applicable"));
    return buf_str(&out);
}

/* What a word or a list of words under a key stands for; reported where one is no value. */
static values declared_values(const struct fact *fact, struct str item, const char *key,
                              struct diags *diags) {
    const struct value *v = value_at(fact->source, key);
    bool list = v && v->kind == VALUE_LIST;
    values mask = 0;
    for (uint32_t i = 0; v && i < (list ? v->count : 1); i++) {
        const struct value *word = list ? &v->items[i] : v;
        values one = declared_value(fact, item, value_words(word));
        if (!one && diags)
            diag(diags, DIAG_SCHEMA_CHOICE, value_place(word), value_words(word), fact->label,
                 fact_value_words(diags->arena, fact));
        mask |= one;
    }
    return mask;
}

/* ---- number lines ---- */

/* More whole numbers than these would leave no room for others in a mask. */
#define POINTS_MAX 27

/* A small range of whole numbers is cut at each, another at its ends, a count of dates at 0. */
static void line_start(struct policy *policy, struct variable *v, struct diags *diags) {
    struct decimal low = decimal_whole(0), high = low, span;
    const struct value *range = value_at(v->fact->source, "range");
    bool ranged = range && fact_range(v->fact, &low, &high);
    if (range && !ranged)
        diag(diags, DIAG_SCHEMA_FORMAT, value_place(range), value_words(range), STR("a range"),
             STR("write it as 0 to 10"));
    if (!ranged && v->fact->type != FACT_DATES)
        return;
    int64_t steps = ranged;
    if (v->fact->type == FACT_WHOLE && decimal_subtract(high, low, &span) &&
        decimal_cmp(span, decimal_whole(POINTS_MAX)) < 0)
        decimal_to_int64(span, &steps);
    v->cuts = arena_array(policy->arena, struct decimal, (size_t)steps + 1);
    for (int64_t i = 0; i <= steps; i++)
        decimal_add(low, decimal_whole(i), &v->cuts[v->cut_count++]);
    v->cuts[v->cut_count - 1] = high;
}

static values pieces_from(const struct variable *v, struct decimal low) {
    return ~(variable_piece(v, low) - 1);
}

static values pieces_to(const struct variable *v, struct decimal high) {
    values top = variable_piece(v, high);
    return top | (top - 1);
}

/* What the words of `missing:` are, now that the line has its pieces. */
static values line_missing(const struct variable *v) {
    const struct value *missing = value_at(v->fact->source, "missing");
    bool list = missing && missing->kind == VALUE_LIST;
    values mask = 0;
    for (uint32_t i = 0; missing && i < (list ? missing->count : 1); i++) {
        struct str word = value_words(list ? &missing->items[i] : missing);
        date day = date_parse_iso(word);
        struct decimal at = decimal_whole(v->line == LINE_DATE && day != DATE_NONE ? day : 0);
        bool none = str_eq_fold(word, STR("none")) && v->fact->type == FACT_DATES;
        if (none || day != DATE_NONE || decimal_parse(word, &at))
            mask |= variable_piece(v, at);
    }
    return mask;
}

static void line_settle(struct variable *v) {
    struct decimal low = decimal_whole(0), high;
    bool ranged = fact_range(v->fact, &low, &high);
    values beside = VALUES_ABSENT | VALUES_NOT_APPLICABLE, within = ~(values)0;
    if (ranged || v->fact->type == FACT_DATES)
        within = pieces_from(v, low);
    if (ranged)
        within &= pieces_to(v, high);
    v->all &= within | beside;
    v->unknown &= within | beside;
    if (value_at(v->fact->source, "missing"))
        v->unknown = (v->unknown & beside) | (line_missing(v) & v->all);
}

void variables_settle(struct policy *policy) {
    for (size_t i = 0; i < policy->kind_count; i++)
        for (size_t j = 0; j < policy->kinds[i]->variable_count; j++) {
            struct variable *v = policy->kinds[i]->variables[j];
            if (v->kind == VARIABLE_FACT && v->line != LINE_NONE)
                line_settle(v);
        }
}

/* ---- facts ---- */

static struct variable *fact_variable(struct policy *policy, struct policy_kind *kind,
                                      const struct fact *fact, const struct field *item,
                                      struct diags *diags) {
    struct variable *v = arena_new(policy->arena, struct variable);
    *v = (struct variable){.kind = VARIABLE_FACT,
                           .id = fact->id,
                           .label = fact->label,
                           .record = kind->id,
                           .index = kind->variable_count,
                           .fact = fact,
                           .fact_index = kind->fact_count - 1,
                           .audience = fact->audience,
                           .classed = fact->classed,
                           .line = fact_line(fact)};
    if (item) {
        v->item = item->key;
        v->id = str_join(policy->arena, fact->id, STR("."), item->key);
        v->label = fact_label(fact, item->key);
    }
    v->all = fact_values(fact);
    v->unknown =
        value_at(fact->source, "missing") ? declared_values(fact, v->item, "missing", diags) : v->all;
    v->all |= v->unknown;
    if (value_at(fact->source, "applies"))
        v->all |= VALUES_NOT_APPLICABLE;
    if (v->line != LINE_NONE)
        line_start(policy, v, diags);
    policy_kind_add(policy, kind, v);
    map_add(&kind->by_id, v->id, v, NULL);
    return v;
}

void policy_never_add(struct policy *policy, struct policy_kind *kind, const struct never *never) {
    kind->nevers = arena_grow(policy->arena, kind->nevers, kind->never_count * sizeof(struct never *),
                              (kind->never_count + 1) * sizeof(struct never *), alignof(struct never *));
    kind->nevers[kind->never_count] = arena_new(policy->arena, struct never);
    *kind->nevers[kind->never_count++] = *never;
}

/* `sharp_decline: declining` cannot be true without it. */
static void set_implies(struct policy *policy, struct policy_kind *kind, const struct thing *set,
                        struct diags *diags) {
    const struct value *implies = value_at(set->fact->source, "implies");
    for (uint32_t i = 0; implies && implies->kind == VALUE_MAP && i < implies->count; i++) {
        const struct field *f = &implies->fields[i];
        const struct variable *pair[2] = {NULL, NULL};
        for (size_t j = 0; j < set->item_count; j++) {
            pair[0] = str_eq(set->items[j]->item, f->key) ? set->items[j] : pair[0];
            pair[1] = str_eq(set->items[j]->item, value_words(&f->value)) ? set->items[j] : pair[1];
        }
        if (!pair[0] || !pair[1]) {
            diag(diags, DIAG_SCHEMA_CHOICE,
                 pair[0] ? value_place(&f->value) : place_at(implies->source, f->key_offset),
                 pair[0] ? value_words(&f->value) : f->key, set->label,
                 STR("name items of the set by their ids"));
            continue;
        }
        struct condition *both[2] = {condition_test(policy, pair[0], VALUES_YES),
                                     condition_test(policy, pair[1], VALUES_NO)};
        struct never never = {.when = condition_join(policy, CONDITION_AND, both, 2),
                              .because =
                                  str_join(policy->arena, pair[0]->label, STR(" implies "), pair[1]->label),
                              .at = value_place(&f->value),
                              .record = kind->id};
        policy_never_add(policy, kind, &never);
    }
}

static void set_items(struct policy *policy, struct policy_kind *kind, struct thing *thing,
                      struct diags *diags) {
    const struct value *items = thing->fact->items;
    thing->items = arena_array(policy->arena, const struct variable *, items->count);
    for (uint32_t i = 0; i < items->count && i < VOCABULARY_VALUES_MAX; i++)
        thing->items[thing->item_count++] =
            fact_variable(policy, kind, thing->fact, &items->fields[i], diags);
    set_implies(policy, kind, thing, diags);
}

static void fact_add(struct policy *policy, struct policy_kind *kind, const struct fact *fact,
                     struct diags *diags) {
    kind->facts = arena_grow(policy->arena, kind->facts, kind->fact_count * sizeof(struct fact *),
                             (kind->fact_count + 1) * sizeof(struct fact *), alignof(struct fact *));
    kind->facts[kind->fact_count++] = fact;
    struct thing *thing = arena_new(policy->arena, struct thing);
    *thing = (struct thing){.label = fact->label, .fact = fact};
    if (fact->type == FACT_SET) {
        set_items(policy, kind, thing, diags);
    } else {
        struct variable *v = fact_variable(policy, kind, fact, NULL, diags);
        declared_values(fact, (struct str){0}, "none", diags);
        declared_values(fact, (struct str){0}, "absent", diags);
        thing->variable = v;
        thing->scale = fact->scale;
    }
    thing_name(policy, kind, thing, fact->id);
}

void policy_new(struct arena *arena, const struct vocabulary *vocabulary, struct policy *out,
                struct diags *diags) {
    *out = (struct policy){
        .arena = arena, .vocabulary = vocabulary, .calendar = vocabulary_calendar(vocabulary)};
    out->kind_by_id.arena = out->decision_by_id.arena = arena;
    for (size_t i = 0; i < vocabulary->facts.count; i++) {
        const struct fact *fact = vocabulary->facts.items[i].value;
        fact_add(out, kind_add(out, fact->record), fact, diags);
    }
    const struct value *groups = value_at(&vocabulary->root, "groups");
    for (uint32_t i = 0; groups && groups->kind == VALUE_MAP && i < groups->count; i++)
        kind_add(out, groups->fields[i].key);
}
