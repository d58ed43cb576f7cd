/* SPDX-License-Identifier: MIT */
/* value.c: looking values up, and building computed ones. */
#include "text/value.h"

#include <assert.h>

/* What a map or a list begins with, and then doubles: most records have about a dozen fields. */
#define ROOM_FIRST 8

/* ---- looking up ---- */

const struct value *value_get_hashed(const struct value *map, struct str key, uint32_t hash) {
    if (!map || map->kind != VALUE_MAP || (map->mask && !(map->mask & 1u << (hash & 31))))
        return NULL;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct field *field = &map->fields[i];
        if (field->hash == hash && str_eq(field->key, key))
            return &field->value;
    }
    return NULL;
}

const struct value *value_get(const struct value *map, struct str key) {
    return value_get_hashed(map, key, str_hash(key));
}

/* Asked thirty times a page and more, so length and hash come from one pass over the path. */
const struct value *value_at(const struct value *map, const char *path) {
    const struct value *v = map;
    const char *end = path;
    do {
        struct str key = {end + (*end == '.'), 0};
        uint32_t hash = STR_HASH_FIRST;
        for (end = key.at; *end && *end != '.'; end++)
            hash = str_hash_next(hash, *end);
        key.len = (size_t)(end - key.at);
        v = value_get_hashed(v, key, hash);
    } while (v && *end);
    return v;
}

/* ---- computed values ---- */

static struct value text_value(enum value_kind kind, struct str s) {
    assert(s.len <= UINT32_MAX);
    return (struct value){.kind = (uint8_t)kind, .count = (uint32_t)s.len, .text = s.at ? s.at : ""};
}

bool value_same(const struct value *a, const struct value *b) {
    if (!a || !b || a->kind != b->kind)
        return a == b;
    if (value_is_text(a))
        return str_eq(value_str(a), value_str(b));
    if (a->kind == VALUE_BOOL)
        return a->truth == b->truth;
    bool same = a->kind == VALUE_NULL || a->count == b->count;
    for (uint32_t i = 0; same && a->kind == VALUE_LIST && i < a->count; i++)
        same = value_same(&a->items[i], &b->items[i]);
    for (uint32_t i = 0; same && a->kind == VALUE_MAP && i < a->count; i++)
        same = str_eq(a->fields[i].key, b->fields[i].key) &&
               value_same(&a->fields[i].value, &b->fields[i].value);
    return same;
}

struct value value_copy(struct arena *arena, const struct value *v) {
    struct value copy = *v;
    if (v->kind == VALUE_LIST) {
        copy.items = arena_array(arena, struct value, v->count);
        for (uint32_t i = 0; i < v->count; i++)
            copy.items[i] = value_copy(arena, &v->items[i]);
    } else if (v->kind == VALUE_MAP) {
        copy.fields = arena_array(arena, struct field, v->count);
        for (uint32_t i = 0; i < v->count; i++) {
            copy.fields[i] = v->fields[i];
            copy.fields[i].value = value_copy(arena, &v->fields[i].value);
        }
    }
    return copy;
}

bool value_is_true(const struct value *map, const char *path) {
    const struct value *v = value_at(map, path);
    return v && v->kind == VALUE_BOOL && v->truth;
}

struct str value_words(const struct value *v) {
    return v && v->kind == VALUE_TEXT ? value_str(v) : (struct str){0};
}

struct value value_text(struct str s) {
    return text_value(VALUE_TEXT, s);
}

struct value value_number(struct str digits) {
    return text_value(VALUE_NUMBER, digits);
}

struct value value_html(struct str s) {
    return text_value(VALUE_HTML, s);
}

struct value value_json(struct str s) {
    return text_value(VALUE_JSON, s);
}

struct value value_bool(bool b) {
    return (struct value){.kind = VALUE_BOOL, .truth = b};
}

/* ---- builders ---- */

/* The room that holds one more: the old room, or twice as much. */
static uint32_t room_for(uint32_t count, uint32_t room) {
    if (count < room)
        return room;
    assert(room <= UINT32_MAX / 2);
    return room ? room * 2 : ROOM_FIRST;
}

void map_add_field(struct value_map *map, struct field field) {
    uint32_t room = room_for(map->count, map->room);
    if (room != map->room) {
        size_t old = map->room * sizeof(struct field);
        map->fields =
            arena_grow(map->arena, map->fields, old, room * sizeof(struct field), alignof(struct field));
        map->room = room;
    }
    map->fields[map->count++] = field;
}

void map_set(struct value_map *map, const char *key, struct value v) {
    struct str k = {key, 0};
    uint32_t hash = STR_HASH_FIRST;
    for (; key[k.len]; k.len++)
        hash = str_hash_next(hash, key[k.len]);
    for (uint32_t i = 0; i < map->count; i++)
        assert(map->fields[i].hash != hash || !str_eq(map->fields[i].key, k));
    map_add_field(map, (struct field){.key = k, .hash = hash, .key_offset = DIAG_NOWHERE, .value = v});
}

void map_text(struct value_map *map, const char *key, struct str s) {
    map_set(map, key, s.len ? value_text(s) : value_null());
}

void map_bool(struct value_map *map, const char *key, bool b) {
    map_set(map, key, value_bool(b));
}

void map_whole(struct value_map *map, const char *key, long long n) {
    map_set(map, key, value_number(str_whole(map->arena, n)));
}

struct value map_done(struct value_map *map) {
    uint32_t mask = 0;
    for (uint32_t i = 0; i < map->count; i++)
        mask |= 1u << (map->fields[i].hash & 31);
    return (struct value){.kind = VALUE_MAP, .count = map->count, .mask = mask, .fields = map->fields};
}

void list_add(struct value_list *list, struct value v) {
    uint32_t room = room_for(list->count, list->room);
    if (room != list->room) {
        size_t old = list->room * sizeof(struct value);
        list->items =
            arena_grow(list->arena, list->items, old, room * sizeof(struct value), alignof(struct value));
        list->room = room;
    }
    list->items[list->count++] = v;
}

struct value list_done(struct value_list *list) {
    return (struct value){.kind = VALUE_LIST, .count = list->count, .items = list->items};
}
