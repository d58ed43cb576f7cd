/* SPDX-License-Identifier: MIT */
/* schema_project.c: taking out of a record what an audience may not see, and saying what that is. */
#include <string.h>

#include "portal/framework.h"
#include "portal/schema.h"
#include "text/json.h"

/* A fact is as public as framework.yaml says; what states no class is for officers. */
static enum audience fact_audience(const struct vocabulary *vocabulary, struct str record, struct str name) {
    const struct fact *fact = vocabulary ? vocabulary_fact_of(vocabulary, record, name) : NULL;
    return fact && fact->classed ? fact->audience : AUDIENCE_OFFICERS;
}

/* One record being projected. */
struct projection {
    enum audience audience;
    const struct vocabulary *vocabulary;
    struct arena *arena; /* NULL: in place */
};

/* Where what is kept of a map's fields goes. Several sites may read one record, and what one may not see another may. */
static struct field *fields_for(const struct projection *p, const struct value *map) {
    return p->arena ? arena_array(p->arena, struct field, map->count) : map->fields;
}

static void project_map(const struct projection *p, struct value *map, const struct schema *schema);

static void project_value(const struct projection *p, struct value *v, const struct schema *record) {
    if (v->kind != VALUE_LIST) {
        project_map(p, v, record);
        return;
    }
    if (p->arena && v->count) {
        struct value *items = arena_array(p->arena, struct value, v->count);
        memcpy(items, v->items, v->count * sizeof(struct value));
        v->items = items;
    }
    for (uint32_t i = 0; i < v->count; i++)
        project_value(p, &v->items[i], record);
}

static void project_facts(const struct projection *p, struct value *map, struct str record) {
    if (map->kind != VALUE_MAP)
        return;
    struct field *fields = fields_for(p, map);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct field f = map->fields[i];
        if (!audience_may_see(p->audience, fact_audience(p->vocabulary, record, f.key)))
            continue;
        if (f.value.kind == VALUE_LIST)
            project_value(p, &f.value, &schema_dated);
        fields[kept++] = f;
    }
    map->fields = fields;
    map->count = kept;
}

static void project_map(const struct projection *p, struct value *map, const struct schema *schema) {
    if (map->kind != VALUE_MAP)
        return;
    struct str record = p->vocabulary ? vocabulary_record(p->vocabulary, schema, map) : STR("school");
    struct field *fields = fields_for(p, map);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct field f = map->fields[i];
        const struct schema_field *field = schema_find(schema, f.key);
        if (!field || !audience_may_see(p->audience, field->audience))
            continue;
        if (field->type == TYPE_FACTS)
            project_facts(p, &f.value, record);
        else if (field->type == TYPE_RECORD)
            project_value(p, &f.value, field->record);
        else if ((field->flags & FIELD_DATED) && f.value.kind == VALUE_LIST)
            project_value(p, &f.value, &schema_dated);
        fields[kept++] = f;
    }
    map->fields = fields;
    map->count = kept;
}

void schema_project(struct value *map, const struct schema *schema, enum audience audience,
                    const struct vocabulary *vocabulary, struct arena *arena) {
    struct projection p = {audience, vocabulary, arena};
    if (audience != AUDIENCE_OFFICERS)
        project_map(&p, map, schema);
}

/* ---- the complement ---- */

struct hidden {
    enum audience audience;
    const struct vocabulary *vocabulary;
    struct buf *out;
};

static void hidden_map(const struct hidden *h, const struct value *map, const struct schema *schema);

static void hidden_field(const struct hidden *h, const struct field *f) {
    buf_add(h->out, f->key);
    buf_byte(h->out, '=');
    json_write(h->out, &f->value, -1);
    buf_byte(h->out, ';');
}

/* An item without anything hidden leaves no trace, so that one more of them moves nothing. */
static void hidden_value(const struct hidden *h, struct str key, const struct value *v,
                         const struct schema *record) {
    size_t count = v->kind == VALUE_LIST ? v->count : 1;
    for (size_t i = 0; i < count; i++) {
        size_t start = h->out->len;
        buf_add(h->out, key);
        buf_byte(h->out, '{');
        size_t inside = h->out->len;
        hidden_map(h, v->kind == VALUE_LIST ? &v->items[i] : v, record);
        if (h->out->len == inside)
            h->out->len = start;
        else
            buf_byte(h->out, '}');
    }
}

static void hidden_facts(const struct hidden *h, const struct value *map, struct str record) {
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        const struct field *f = &map->fields[i];
        if (!audience_may_see(h->audience, fact_audience(h->vocabulary, record, f->key)))
            hidden_field(h, f);
        else if (f->value.kind == VALUE_LIST)
            hidden_value(h, f->key, &f->value, &schema_dated);
    }
}

static void hidden_map(const struct hidden *h, const struct value *map, const struct schema *schema) {
    if (map->kind != VALUE_MAP || h->audience == AUDIENCE_OFFICERS)
        return;
    struct str record = h->vocabulary ? vocabulary_record(h->vocabulary, schema, map) : STR("school");
    for (uint32_t i = 0; i < map->count; i++) {
        const struct field *f = &map->fields[i];
        const struct schema_field *field = schema_find(schema, f->key);
        if (!field || !audience_may_see(h->audience, field->audience))
            hidden_field(h, f);
        else if (field->type == TYPE_FACTS)
            hidden_facts(h, &f->value, record);
        else if (field->type == TYPE_RECORD)
            hidden_value(h, f->key, &f->value, field->record);
        else if ((field->flags & FIELD_DATED) && f->value.kind == VALUE_LIST)
            hidden_value(h, f->key, &f->value, &schema_dated);
    }
}

void schema_hidden(const struct value *map, const struct schema *schema, enum audience audience,
                   const struct vocabulary *vocabulary, struct buf *out) {
    hidden_map(&(struct hidden){audience, vocabulary, out}, map, schema);
}
