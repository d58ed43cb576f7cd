/* SPDX-License-Identifier: MIT */
/* recorded.c: recorded decisions, checked against the policy and read for a day. */
#include "portal/recorded.h"

#include <string.h>

struct checking {
    const struct policy *policy;
    struct str kind;
    date as_of;
    struct diags *diags;
};

/* ---- the answers of an output ---- */

/* What may be recorded of any output beside its answers. */
static bool is_outright(struct str text) {
    return str_eq(text, STR("none")) || str_eq(text, STR("not applicable")) ||
           str_eq(text, STR("not recorded"));
}

/* The answer of the same amount: "3 a year" is the "3" of a table of meetings a year. */
static const struct answer *amount_find(const struct checking *c, const struct output *output,
                                        const struct value *v) {
    struct quantity amount;
    if (output->type != OUTPUT_QUANTITY ||
        !quantity_parse(c->policy->vocabulary, c->diags->arena, &output->unit, value_str(v), value_place(v),
                        &amount, c->diags))
        return NULL;
    for (size_t i = 0; i < output->answer_count; i++)
        if (quantity_eq(&output->answers[i].quantity, &amount))
            return &output->answers[i];
    return NULL;
}

static const struct answer *answer_find(const struct output *output, struct str text) {
    for (size_t i = 0; i < output->answer_count; i++) {
        const struct answer *a = &output->answers[i];
        if (str_eq_fold(a->id, text) || str_eq_fold(a->label, text) ||
            (a->quantity.text.len && str_eq_fold(a->quantity.text, text)))
            return a;
    }
    const struct scale_value *value = output->scale ? scale_find(output->scale, text) : NULL;
    for (size_t i = 0; value && i < output->answer_count; i++)
        if (str_eq(output->answers[i].id, value->id))
            return &output->answers[i];
    return NULL;
}

static struct str answers_hint(struct arena *arena, const struct output *output, struct str given) {
    struct str *ids = arena_array(arena, struct str, output->answer_count);
    for (size_t i = 0; i < output->answer_count; i++)
        ids[i] = output->answers[i].id;
    return schema_hint(arena, given, ids, output->answer_count);
}

/* ---- checking ---- */

static void check_value(const struct checking *c, const struct output *output, struct value *v) {
    if (v->kind != VALUE_TEXT)
        return; /* said by the schema */
    const struct answer *answer = answer_find(output, value_str(v));
    answer = answer ? answer : amount_find(c, output, v);
    if (answer) {
        v->text = answer->id.at;
        v->count = (uint32_t)answer->id.len;
    } else if (!is_outright(value_str(v))) {
        diag(c->diags, DIAG_RECORDED_VALUE, value_place(v), value_str(v), output->id,
             answers_hint(c->diags->arena, output, value_str(v)));
    }
}

static void check_entries(const struct checking *c, const struct output *output, struct value *list) {
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        struct value *entry = &list->items[i];
        const struct value *from = value_get(entry, STR("from"));
        if (value_date(from) > c->as_of)
            diag(c->diags, DIAG_FUTURE_DATE, value_place(from), STR("decision"), value_words(from));
        for (uint32_t j = 0; entry->kind == VALUE_MAP && j < entry->count; j++)
            if (str_eq(entry->fields[j].key, STR("value")))
                check_value(c, output, &entry->fields[j].value);
    }
}

static const struct output *output_find(const struct decision *decision, struct str id) {
    for (size_t i = 0; i < decision->output_count; i++)
        if (str_eq(decision->outputs[i].id, id))
            return &decision->outputs[i];
    return NULL;
}

static struct str outputs_hint(struct arena *arena, const struct decision *decision, struct str given) {
    struct str *ids = arena_array(arena, struct str, decision->output_count);
    for (size_t i = 0; i < decision->output_count; i++)
        ids[i] = decision->outputs[i].id;
    return schema_hint(arena, given, ids, decision->output_count);
}

static void check_outputs(const struct checking *c, const struct decision *decision, struct value *map) {
    for (uint32_t i = 0; i < map->count; i++) {
        struct field *f = &map->fields[i];
        const struct output *output = output_find(decision, f->key);
        if (output)
            check_entries(c, output, &f->value);
        else
            diag(c->diags, DIAG_RECORDED_OUTPUT, place_at(map->source, f->key_offset), f->key, decision->id,
                 outputs_hint(c->diags->arena, decision, f->key));
    }
}

/* A decision of this kind of record that a person may record: checks and matches are worked out and nothing else. */
static const struct decision *decision_find(const struct policy *policy, struct str kind, struct str id) {
    const struct decision *decision = policy_decision(policy, id);
    return decision && decision->kind == TABLE_DECISION && str_eq(decision->record, kind) ? decision : NULL;
}

static void report_decision(const struct checking *c, struct str id, struct place at) {
    struct str *ids = arena_array(c->diags->arena, struct str, c->policy->decision_count);
    size_t n = 0;
    for (size_t i = 0; i < c->policy->decision_count; i++)
        if (decision_find(c->policy, c->kind, c->policy->decisions[i]->id))
            ids[n++] = c->policy->decisions[i]->id;
    diag(c->diags, DIAG_RECORDED_DECISION, at, id, str_nearest(id, ids, n));
}

static void check_decided(const struct checking *c, struct value *map) {
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        struct field *f = &map->fields[i];
        struct place at = place_at(f->value.source, f->key_offset);
        const struct decision *decision = decision_find(c->policy, c->kind, f->key);
        if (!decision)
            report_decision(c, f->key, at);
        else if (f->value.kind == VALUE_MAP)
            check_outputs(c, decision, &f->value);
        else if (decision->output_count == 1)
            check_entries(c, &decision->outputs[0], &f->value);
        else
            diag(c->diags, DIAG_RECORDED_WHICH, at, f->key,
                 outputs_hint(c->diags->arena, decision, (struct str){0}));
    }
}

void recorded_check_map(const struct policy *policy, const struct policy_kind *kind, struct value *decisions,
                        date day, struct diags *diags) {
    struct checking c = {policy, kind->id, day, diags};
    check_decided(&c, decisions);
}

/* A record whose decisions are the site's own to alter, though other sites read it. */
static void own_decisions(struct site *site, struct value *record, uint32_t decisions) {
    struct field *fields = arena_array(site->arena, struct field, record->count);
    memcpy(fields, record->fields, record->count * sizeof(struct field));
    fields[decisions].value = value_copy(site->arena, &fields[decisions].value);
    record->fields = fields;
}

void recorded_check(const struct policy *policy, struct site *site, struct diags *diags) {
    struct checking c = {policy, STR("school"), site->as_of, diags};
    if (!policy->decision_count) /* no page decides anything: what people decided is theirs to name */
        return;
    for (size_t i = 0; i < site->school_count; i++) {
        struct value *record = &site->schools[i]->record;
        for (uint32_t j = 0; j < record->count; j++)
            if (str_eq(record->fields[j].key, STR("decisions"))) {
                if (site->shared)
                    own_decisions(site, record, j);
                check_decided(&c, &record->fields[j].value);
            }
    }
}

/* ---- reading ---- */

/* The dated list of an output, by its decision and, where that has several, its own id. */
static const struct value *list_of(const struct output *output, const struct value *decisions) {
    const struct value *of = value_get(decisions, output->decision->id);
    if (of && of->kind == VALUE_MAP)
        of = value_get(of, output->id);
    else if (output->decision->output_count != 1)
        of = NULL;
    return of && of->kind == VALUE_LIST ? of : NULL;
}

static void read_list(const struct value *list, date day, struct arena *arena, struct recorded *out) {
    struct given_entry *entries = arena_array(arena, struct given_entry, list->count);
    out->entries = entries;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct value *entry = &list->items[i], *v = value_get(entry, STR("value"));
        date from = value_date(value_get(entry, STR("from")));
        if (!v || from == DATE_NONE || from > day)
            continue;
        entries[out->count++] = (struct given_entry){
            value_words(v), from, value_date(value_get(entry, STR("to"))), value_place(v), entry};
    }
    const struct given_entry *last = out->count ? &entries[out->count - 1] : NULL;
    out->in_force = last && (last->to == DATE_NONE || last->to > day) ? last : NULL;
}

static bool is_restricted(const struct output *output, enum audience viewer) {
    const struct decision *decision = output->decision;
    return (output->classed && !audience_may_see(viewer, output->audience)) ||
           (decision->classed && !audience_may_see(viewer, decision->audience));
}

void recorded_read(const struct policy_kind *kind, const struct value *record, date day, enum audience viewer,
                   struct arena *arena, struct recorded *out) {
    const struct schema_field *field = schema_find(&schema_school, STR("decisions"));
    const struct value *decisions = value_get(record, STR("decisions"));
    bool school = str_eq(kind->id, STR("school")); /* of other kinds nothing is ever recorded, nor hidden */
    bool hidden = school && !audience_may_see(viewer, field->audience);
    for (size_t i = 0; i < kind->output_count; i++) {
        const struct output *output = kind->outputs[i];
        out[i] = (struct recorded){.hidden = hidden || is_restricted(output, viewer)};
        const struct value *list = out[i].hidden ? NULL : list_of(output, decisions);
        if (list)
            read_list(list, day, arena, &out[i]);
    }
}

struct str recorded_how(const struct vocabulary *vocabulary, const struct output *output,
                        const struct value *entry, struct arena *arena) {
    struct str how = value_words(value_get(entry, STR("how"))), ids[] = {output->id, output->decision->id};
    for (size_t i = 0; how.len && i < sizeof(ids) / sizeof(ids[0]); i++) {
        const struct fact *fact =
            vocabulary_fact_of(vocabulary, str_join(arena, ids[i], STR("_record")), STR("how"));
        struct str label = fact && str_eq(fact->from, STR("how")) ? fact_label(fact, how) : how;
        if (!str_eq(label, how))
            return str_uncapital(arena, label);
    }
    return words_of_id(arena, how);
}
