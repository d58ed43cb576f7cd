/* SPDX-License-Identifier: MIT */
/* schema_project.c: taking out of a record what an audience may not see. */
#include "portal/framework.h"
#include "portal/schema.h"

/* A fact is as public as framework.yaml says; what states no class is for officers. */
static enum audience fact_audience(const struct vocabulary *vocabulary, struct str record, struct str name) {
    const struct fact *fact = vocabulary ? vocabulary_fact_of(vocabulary, record, name) : NULL;
    return fact && fact->classed ? fact->audience : AUDIENCE_OFFICERS;
}

static void project_value(struct value *v, const struct schema *record, enum audience audience,
                          const struct vocabulary *vocabulary) {
    if (v->kind == VALUE_LIST)
        for (uint32_t i = 0; i < v->count; i++)
            project_value(&v->items[i], record, audience, vocabulary);
    else
        schema_project(v, record, audience, vocabulary);
}

static void project_facts(struct value *map, struct str record, enum audience audience,
                          const struct vocabulary *vocabulary) {
    uint32_t kept = 0;
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        struct field f = map->fields[i];
        if (!audience_may_see(audience, fact_audience(vocabulary, record, f.key)))
            continue;
        if (f.value.kind == VALUE_LIST)
            project_value(&f.value, &schema_dated, audience, vocabulary);
        map->fields[kept++] = f;
    }
    if (map->kind == VALUE_MAP)
        map->count = kept;
}

void schema_project(struct value *map, const struct schema *schema, enum audience audience,
                    const struct vocabulary *vocabulary) {
    if (map->kind != VALUE_MAP || audience == AUDIENCE_OFFICERS)
        return;
    struct str record = vocabulary ? vocabulary_record(vocabulary, schema, map) : STR("school");
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct field f = map->fields[i];
        const struct schema_field *field = schema_find(schema, f.key);
        if (!field || !audience_may_see(audience, field->audience))
            continue;
        if (field->type == TYPE_FACTS)
            project_facts(&f.value, record, audience, vocabulary);
        else if (field->type == TYPE_RECORD)
            project_value(&f.value, field->record, audience, vocabulary);
        else if ((field->flags & FIELD_DATED) && f.value.kind == VALUE_LIST)
            project_value(&f.value, &schema_dated, audience, vocabulary);
        map->fields[kept++] = f;
    }
    map->count = kept;
}
