/* SPDX-License-Identifier: MIT */
/* output.c: the outputs of a decision: types, answers and their ranks. */
#include "policy/table.h"

#include <limits.h>

static const char *const output_keys[] = {"label", "scale", "type", "prefer", "blank", "visible"};

#define OUTPUT_KEYS (sizeof(output_keys) / sizeof(output_keys[0]))

static bool check_output_keys(const struct value *v, struct diags *diags) {
    struct str names[OUTPUT_KEYS];
    bool ok = true;
    for (size_t i = 0; i < OUTPUT_KEYS; i++)
        names[i] = str_from(output_keys[i]);
    for (uint32_t i = 0; i < v->count; i++) {
        bool known = false;
        for (size_t j = 0; j < OUTPUT_KEYS; j++)
            known = known || str_eq(names[j], v->fields[i].key);
        if (!known)
            diag(diags, DIAG_UNKNOWN_KEY, place_at(v->source, v->fields[i].key_offset), v->fields[i].key,
                 STR("an output"), str_nearest(v->fields[i].key, names, OUTPUT_KEYS));
        else if (!str_eq(v->fields[i].key, STR("prefer")))
            ok = directive_holds(&v->fields[i], SHAPE_WORDS, diags) && ok;
    }
    return ok;
}

/* ---- types ---- */

static const struct {
    const char *name;
    enum output_type type;
} types[] = {{"yes/no", OUTPUT_YES_NO},
             {"text", OUTPUT_TEXT},
             {"number", OUTPUT_NUMBER},
             {"offer", OUTPUT_OFFER},
             {"due", OUTPUT_DUE}};

static bool take_type(struct tables *t, struct output *o, struct str name) {
    struct policy *p = t->policy;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_eq(name, str_from(types[i].name))) {
            o->type = types[i].type;
            return true;
        }
    if (quantity_type_parse(p->vocabulary, p->arena, name, &o->unit)) {
        o->type = OUTPUT_QUANTITY;
        return true;
    }
    o->scale = map_get(&p->vocabulary->scales, name);
    o->type = OUTPUT_SCALE;
    return o->scale != NULL;
}

/* `type: visits a year`, `scale: category`, or the short form's text. */
static void read_type(struct tables *t, struct output *o, const struct value *v, struct place at) {
    const struct value *type = v->kind == VALUE_MAP ? value_at(v, "scale") : v;
    if (!type)
        type = value_at(v, "type");
    struct str name = value_words(type);
    if (name.len && take_type(t, o, name))
        return;
    o->type = OUTPUT_TEXT;
    struct str known =
        STR("a scale, yes/no, text, number, offer, due, or a unit of framework.yaml: visits a year");
    if (!name.len) {
        diag(t->diags, DIAG_MISSING_FIELD, at, STR("output"), STR("type"), known);
        return;
    }
    struct str names[64];
    size_t n = 0;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        names[n++] = str_from(types[i].name);
    for (size_t i = 0; i < t->policy->vocabulary->scales.count && n < 64; i++)
        names[n++] = t->policy->vocabulary->scales.items[i].key;
    struct str near = str_nearest(name, names, n);
    diag(t->diags, DIAG_OUTPUT_TYPE, value_place(type), o->id, name,
         near.len ? str_join(t->diags->arena, STR("did you mean \""), near, STR("\"?"))
                  : str_join(t->diags->arena, STR("give it "), known));
}

/* ---- answers ---- */

/* A scale's answers are its values, and those of yes/no are two; all others come with the tables. */
static void first_answers(struct arena *arena, struct output *o) {
    const struct scale *s = o->scale;
    o->answer_count = s ? s->count : o->type == OUTPUT_YES_NO ? 2 : 0;
    o->answers = arena_array(arena, struct answer, o->answer_count);
    for (size_t i = 0; i < o->answer_count; i++) {
        o->answers[i] =
            (struct answer){.id = i ? STR("yes") : STR("no"), .label = i ? STR("yes") : STR("no")};
        if (s) {
            o->answers[i].id = s->values[i].id;
            o->answers[i].label = scale_value_label(&s->values[i]);
        }
        o->answers[i].rank = INT_MAX;
    }
}

/* Most severe first, where the scale says which end that is. */
static void rank_by_severity(struct output *o) {
    const struct scale *s = o->scale;
    o->ordered = s && (s->last_worst || s->last_best);
    size_t on = s ? s->count - s->beside : 0;
    for (size_t i = 0; o->ordered && i < on; i++)
        o->answers[i].rank = (int)(s->last_worst ? on - 1 - i : i);
}

static struct answer *answer_named(struct output *o, struct str word) {
    const struct scale_value *v = o->scale ? scale_find(o->scale, word) : NULL;
    if (v)
        return &o->answers[v - o->scale->values];
    for (size_t i = 0; i < o->answer_count; i++)
        if (str_eq_fold(o->answers[i].id, word))
            return &o->answers[i];
    return NULL;
}

static void rank_by_preference(struct output *o, const struct value *prefer, struct diags *diags) {
    o->ordered = true;
    if (prefer->kind != VALUE_LIST)
        diag(diags, DIAG_OUTPUT_PREFER, value_place(prefer), o->id);
    for (uint32_t i = 0; prefer->kind == VALUE_LIST && i < prefer->count; i++) {
        struct str word = value_words(&prefer->items[i]);
        struct answer *a = answer_named(o, word);
        if (a)
            a->rank = (int)i;
        else
            diag(diags, DIAG_SCHEMA_CHOICE, value_place(&prefer->items[i]), word, o->label,
                 STR("name values of the output by their ids"));
    }
}

/* ---- outputs ---- */

static void read_output(struct tables *t, struct decision *d, const struct field *f, struct output *o) {
    struct arena *arena = t->policy->arena;
    const struct value *v = &f->value;
    bool map = v->kind == VALUE_MAP;
    const struct value *prefer = map ? value_at(v, "prefer") : NULL;
    const struct value *visible = map ? value_at(v, "visible") : NULL;
    struct place at = place_at(v->source, f->key_offset);
    *o =
        (struct output){.id = f->key, .label = value_words(map ? value_at(v, "label") : NULL), .decision = d};
    directive_id(f->key, at, t->diags);
    if (!o->label.len)
        o->label = directive_label(arena, f->key);
    if (map && !check_output_keys(v, t->diags)) {
        o->type = OUTPUT_TEXT; /* its cells are not held against what was misread */
        return;
    }
    read_type(t, o, v, at);
    first_answers(arena, o);
    rank_by_severity(o);
    if (prefer)
        rank_by_preference(o, prefer, t->diags);
    o->blank_stated = map && value_at(v, "blank");
    o->classed = visible && audience_parse(value_words(visible), &o->audience);
    if (visible && !o->classed)
        diag(t->diags, DIAG_SCHEMA_CHOICE, value_place(visible), value_words(visible), STR("visible"),
             STR("one of: public, schools, officers"));
}

void outputs_read(struct tables *t, struct decision *d, const struct value *outputs) {
    if (outputs->kind != VALUE_MAP || !outputs->count || outputs->count > DECISION_OUTPUTS_MAX) {
        diag(t->diags, DIAG_OUTPUT_MAP, value_place(outputs),
             str_whole(t->diags->arena, DECISION_OUTPUTS_MAX));
        return;
    }
    d->outputs = arena_array(t->policy->arena, struct output, outputs->count);
    d->output_count = outputs->count;
    for (uint32_t i = 0; i < outputs->count; i++)
        read_output(t, d, &outputs->fields[i], &d->outputs[i]);
}
