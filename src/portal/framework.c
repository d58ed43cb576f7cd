/* SPDX-License-Identifier: MIT */
/* framework.c: values of the vocabulary's facts, as records give them. */
#include "portal/framework.h"

const struct fact *vocabulary_fact(const struct vocabulary *vocabulary, struct str name) {
    return vocabulary_fact_of(vocabulary, STR("school"), name);
}

/* What may have several values may have none of them. */
static bool has_many(const struct fact *fact) {
    return fact->type == FACT_SET || fact->type == FACT_LIST || fact->type == FACT_DATES;
}

/* What any fact may be said to be outright; `none` where the fact says what that stands for, or where it is plain. */
static bool is_special(const struct fact *fact, struct str s) {
    return str_eq(s, STR("not recorded")) || str_eq(s, STR("not applicable")) ||
           (str_eq(s, STR("none")) && (has_many(fact) || value_get(fact->source, STR("none"))));
}

/* The type of a record's field that a fact's declaration stands for. */
static bool fact_text_ok(const struct fact *fact, struct str s) {
    switch (fact->type) {
    case FACT_YES_NO: return str_eq(s, STR("yes")) || str_eq(s, STR("no"));
    case FACT_DATES:
    case FACT_DATE: return date_parse_iso(s) != DATE_NONE;
    case FACT_NUMBER:
    case FACT_WHOLE: {
        bool digit = false;
        size_t points = 0;
        for (size_t i = 0; i < s.len; i++) {
            if (s.at[i] == '-' && i == 0)
                continue;
            if (s.at[i] == '.' && fact->type == FACT_NUMBER && digit && !points++)
                continue;
            if (s.at[i] < '0' || s.at[i] > '9')
                return false;
            digit = true;
        }
        return digit;
    }
    default: return s.len > 0;
    }
}

struct str fact_type_noun(const struct fact *fact) {
    switch (fact->type) {
    case FACT_YES_NO: return STR("yes or no");
    case FACT_DATE: return STR("a date");
    case FACT_NUMBER: return STR("a number");
    case FACT_WHOLE: return STR("a whole number");
    case FACT_SCALE: return STR("one value of its scale");
    case FACT_SET: return STR("one of its set");
    case FACT_DURATION: return STR("a duration");
    case FACT_DATES: return STR("a list of dates");
    case FACT_LIST: return STR("a list");
    case FACT_SCHOOLS: return STR("a list of schools");
    default: return STR("text");
    }
}

void fact_check_range(const struct fact *fact, const struct value *v, struct diags *diags) {
    struct decimal n, low, high;
    if (fact_range(fact, &low, &high) && decimal_parse(value_words(v), &n) &&
        (decimal_cmp(n, low) < 0 || decimal_cmp(n, high) > 0))
        diag(diags, DIAG_FACT_RANGE, value_place(v), value_words(v), fact->id,
             value_words(value_at(fact->source, "range")));
}

static struct str fact_hint(struct arena *arena, const struct fact *fact, struct str given) {
    size_t n = fact->type == FACT_SET ? fact->items->count : fact->scale ? fact->scale->count : 0;
    struct str *ids = arena_array(arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        ids[i] = fact->type == FACT_SET ? fact->items->fields[i].key : fact->scale->values[i].id;
    return schema_hint(arena, given, ids, n);
}

void fact_check(const struct schema_check *check, const struct fact *fact, struct value *v) {
    if (v->kind == VALUE_LIST && has_many(fact)) {
        for (uint32_t i = 0; i < v->count; i++)
            fact_check(check, fact, &v->items[i]);
        return;
    }
    if (v->kind == VALUE_NULL) {
        diag(check->diags, DIAG_SCHEMA_EMPTY, value_place(v), fact->id);
        return;
    }
    if (v->kind != VALUE_TEXT) {
        diag(check->diags, DIAG_SCHEMA_TYPE, value_place(v), fact->id, fact_type_noun(fact),
             v->kind == VALUE_LIST ? STR("a list") : STR("a map"), STR(""));
        return;
    }
    struct str s = value_str(v);
    if (is_special(fact, s) && !(fact->scale && scale_find(fact->scale, s)))
        return;
    struct str id = s;
    if (fact->type == FACT_SCALE && fact->scale) {
        const struct scale_value *found = scale_find(fact->scale, s);
        id = found ? found->id : (struct str){0};
    } else if (fact->type == FACT_SET) {
        const struct field *found = fact_item(fact, s);
        id = found ? found->key : (struct str){0};
    }
    if (!id.len)
        diag(check->diags, DIAG_SCHEMA_CHOICE, value_place(v), s, fact->id,
             fact_hint(check->diags->arena, fact, s));
    else if (!fact_text_ok(fact, id))
        diag(check->diags, DIAG_SCHEMA_FORMAT, value_place(v), s, fact_type_noun(fact), STR(""));
    else
        fact_check_range(fact, v, check->diags);
    v->text = id.len ? id.at : v->text;
    v->count = id.len ? (uint32_t)id.len : v->count;
}

/* ---- kinds of record ---- */

const struct value *vocabulary_groups(const struct vocabulary *vocabulary) {
    const struct value *groups = value_get(&vocabulary->root, STR("groups"));
    return groups && groups->kind == VALUE_MAP ? groups : NULL;
}

/* A kind is declared by its label alone, or by a map. */
static struct str group_words(const struct value *declared) {
    return value_words(declared->kind == VALUE_MAP ? value_get(declared, STR("label")) : declared);
}

const struct field *vocabulary_group(const struct vocabulary *vocabulary, struct str text) {
    const struct value *groups = vocabulary_groups(vocabulary);
    for (uint32_t i = 0; groups && i < groups->count; i++) {
        const struct field *f = &groups->fields[i];
        if (str_eq_fold(f->key, text) || str_eq_fold(group_words(&f->value), text))
            return f;
    }
    return NULL;
}

struct str vocabulary_group_label(const struct vocabulary *vocabulary, struct str id) {
    const struct field *group = vocabulary_group(vocabulary, id);
    struct str label = group ? group_words(&group->value) : id;
    return label.len ? label : id;
}

static const struct schema *schema_within(const struct schema *schema, const char *field) {
    return schema_find(schema, str_from(field))->record;
}

const struct schema *vocabulary_schema(const struct vocabulary *vocabulary, struct str record) {
    static const enum content_kind pages[] = {CONTENT_PARTNERSHIP, CONTENT_CLUSTER, CONTENT_BODY,
                                              CONTENT_PERSON,      CONTENT_ROLE,    CONTENT_OFFER};
    if (str_eq(record, STR("school")))
        return &schema_school;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        if (str_eq(record, content_noun(pages[i])))
            return schema_content[pages[i]];
    if (vocabulary_group(vocabulary, record))
        return schema_within(&schema_school, "groups");
    if (str_eq(record, STR("meeting")))
        return schema_within(schema_within(&schema_school, "groups"), "meetings");
    if (str_eq(record, STR("deployment")))
        return schema_within(schema_content[CONTENT_PERSON], "deployments");
    if (str_eq(record, STR("member")))
        return schema_within(&schema_school, "memberships");
    if (str_eq(record, STR("network")))
        return &schema_portal;
    if (str_eq(record, STR("measure")))
        return &schema_measure;
    return str_ends(record, STR("_record")) ? &schema_dated : NULL;
}

bool vocabulary_has_record(const struct vocabulary *vocabulary, struct str record) {
    return vocabulary_schema(vocabulary, record) || str_eq(record, STR("pair"));
}

struct str vocabulary_record(const struct vocabulary *vocabulary, const struct schema *schema,
                             const struct value *record) {
    const struct field *group = NULL;
    if (schema == schema_within(&schema_school, "groups"))
        group = vocabulary_group(vocabulary, value_words(value_get(record, STR("kind"))));
    else if (vocabulary_schema(vocabulary, str_from(schema->name)) == schema)
        return str_from(schema->name);
    return group ? group->key : STR("school");
}
