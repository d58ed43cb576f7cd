/* SPDX-License-Identifier: MIT */
/* named.c: what the names of decisions, outputs and facts mean. */
#include "portal/named.h"

#include "policy/thing.h"
#include "portal/site.h"

/* What a list may name. */
struct wanted {
    bool facts;
    bool answers; /* of each school one answer: no list of entries, no sum */
};

static const struct decision *find_decision(const struct policy *policy, struct str id) {
    const struct decision *d = policy_decision(policy, id);
    return d && d->kind == TABLE_DECISION && str_eq(d->record, STR("school")) ? d : NULL;
}

static const struct variable *find_fact(const struct policy *policy, struct str id) {
    const struct policy_kind *kind = policy_kind(policy, STR("school"));
    const struct variable *v = kind ? map_get(&kind->by_id, id) : NULL;
    return v && v->kind == VARIABLE_FACT && !v->item.len ? v : NULL;
}

static void report_output(const struct decision *d, const struct value *at, struct str id,
                          struct diags *diags) {
    struct str *ids = arena_array(diags->arena, struct str, d->output_count);
    for (size_t i = 0; i < d->output_count; i++)
        ids[i] = d->outputs[i].id;
    diag(diags, DIAG_RECORDED_OUTPUT, value_place(at), id, d->id,
         schema_hint(diags->arena, id, ids, d->output_count));
}

static void report_decision(const struct policy *policy, const struct value *at, struct diags *diags) {
    struct str *ids = arena_array(diags->arena, struct str, policy->decision_count);
    size_t n = 0;
    for (size_t i = 0; i < policy->decision_count; i++)
        if (find_decision(policy, policy->decisions[i]->id))
            ids[n++] = policy->decisions[i]->id;
    diag(diags, DIAG_RECORDED_DECISION, value_place(at), value_words(at),
         str_nearest(value_words(at), ids, n));
}

/* A fact's id may have dots of its own, so the whole is looked for first. */
static bool find(const struct policy *policy, const struct value *v, struct wanted wanted, struct named *out,
                 struct diags *diags) {
    struct str whole = value_words(v);
    size_t dot = str_find(whole, '.', 0);
    *out = (struct named){.decision = find_decision(policy, str_sub(whole, 0, dot))};
    if (!out->decision) {
        out->variable = wanted.facts ? find_fact(policy, whole) : NULL;
        const struct fact *fact = out->variable ? out->variable->fact : NULL;
        if (!fact)
            report_decision(policy, v, diags);
        else if (fact->type != FACT_YES_NO && fact->type != FACT_SCALE)
            diag(diags, DIAG_NAMED_FACT, value_place(v), whole);
        return fact && (fact->type == FACT_YES_NO || fact->type == FACT_SCALE);
    }
    struct str id = str_sub(whole, dot + 1, whole.len);
    for (size_t i = 0; dot < whole.len && i < out->decision->output_count; i++)
        if (str_eq(out->decision->outputs[i].id, id))
            out->output = &out->decision->outputs[i];
    if (dot < whole.len && !out->output) {
        report_output(out->decision, v, id, diags);
        return false;
    }
    if (wanted.answers && out->decision->hit >= HIT_COLLECT) {
        diag(diags, DIAG_NAMED_LIST, value_place(v), out->decision->id);
        return false;
    }
    return true;
}

static struct names read_names(struct site *site, const struct value *list, struct wanted wanted,
                               struct diags *diags) {
    struct names names = {0};
    if (!list || list->kind != VALUE_LIST)
        return names;
    struct named *items = arena_array(site->arena, struct named, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        names.count += find(&site->policy, &list->items[i], wanted, &items[names.count], diags);
    names.items = items;
    return names;
}

static bool groups_schools(const struct output *o) {
    return o->decision->hit < HIT_COLLECT && (o->type == OUTPUT_SCALE || o->type == OUTPUT_YES_NO);
}

/* The output that is named, or the first of the decision that has an answer of few for each school. */
static const struct output *read_category(const struct site *site, struct diags *diags) {
    const struct value *v = value_at(&site->vocabulary.root, "category");
    struct named named;
    if (!v || !find(&site->policy, v, (struct wanted){0}, &named, diags))
        return NULL;
    for (size_t i = 0; i < named.decision->output_count; i++) {
        const struct output *o = &named.decision->outputs[i];
        if ((!named.output || named.output == o) && groups_schools(o))
            return o;
    }
    diag(diags, DIAG_NAMED_CATEGORY, value_place(v), value_words(v));
    return NULL;
}

/* `partnership:` names decisions by what pages of partnerships use them for. */
static const struct decision *read_partnership(const struct site *site, const char *key, const char *record,
                                               struct diags *diags) {
    const struct policy *policy = &site->policy;
    const struct value *of = value_at(&site->vocabulary.root, "partnership");
    const struct value *v = of && of->kind == VALUE_MAP ? value_at(of, key) : NULL;
    struct str *ids = arena_array(diags->arena, struct str, policy->decision_count);
    size_t n = 0;
    for (size_t i = 0; v && i < policy->decision_count; i++) {
        const struct decision *d = policy->decisions[i];
        if (d->kind != TABLE_DECISION || d->hit >= HIT_COLLECT || !str_eq(d->record, str_from(record)))
            continue;
        if (str_eq(d->id, value_words(v)))
            return d;
        ids[n++] = d->id;
    }
    if (v)
        diag(diags, DIAG_NAMED_PARTNERSHIP, value_place(v), value_words(v),
             str_join(diags->arena, str_from(record), STR("s")), str_nearest(value_words(v), ids, n));
    return NULL;
}

/* The output that is named, or the first of the decision, where it is yes or no. */
static const struct output *read_priority(const struct site *site, struct diags *diags) {
    const struct value *v = value_at(&site->vocabulary.root, "priority");
    struct named named;
    if (!v || !find(&site->policy, v, (struct wanted){0}, &named, diags))
        return NULL;
    const struct output *o = named_output(&named);
    if (named.decision->hit < HIT_COLLECT && o->type == OUTPUT_YES_NO)
        return o;
    diag(diags, DIAG_NAMED_PRIORITY, value_place(v), value_words(v));
    return NULL;
}

void named_load(struct site *site, struct diags *diags) {
    if (!site->policy.decision_count) /* no page decides anything: there is nothing to name, or to write of */
        return;
    const struct value *letters = value_at(&site->portal, "letters");
    site->category = read_category(site, diags);
    site->priority = read_priority(site, diags);
    site->overlays =
        read_names(site, value_at(&site->vocabulary.root, "overlays"), (struct wanted){.facts = true}, diags);
    site->letters_about =
        read_names(site, value_get(letters, STR("about")), (struct wanted){.answers = true}, diags);
    site->letters_follow = read_names(site, value_get(letters, STR("follows")), (struct wanted){0}, diags);
    site->provides = read_partnership(site, "provides", "school", diags);
    site->outcome = read_partnership(site, "outcome", "partnership", diags);
}

const struct output *named_output(const struct named *named) {
    return named->output ? named->output : &named->decision->outputs[0];
}

bool names_have(const struct names *names, const struct output *output) {
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].output == output ||
            (!names->items[i].output && names->items[i].decision == output->decision))
            return true;
    return false;
}

/* ---- what schools are counted by ---- */

static bool is_enumerated(const struct variable *v) {
    if (v->output)
        return (v->output->type == OUTPUT_SCALE || v->output->type == OUTPUT_YES_NO) &&
               v->output->decision->hit < HIT_COLLECT;
    return v->fact->type == FACT_SCALE || v->fact->type == FACT_YES_NO;
}

const struct variable *named_variable(const struct site *site, struct str name, struct arena *arena,
                                      const struct thing **thing) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    *thing = kind ? thing_find(kind, arena, name) : NULL;
    const struct variable *v = *thing ? (*thing)->variable : NULL;
    return v && is_enumerated(v) ? v : NULL;
}
