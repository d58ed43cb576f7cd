/* SPDX-License-Identifier: MIT */
/*
 * value.h: a tree of values, the one shape that data has between languages.
 *
 * The YAML and JSON readers give it, the schema checks it, the view builds it, templates take it. A value that was
 * read knows its place in its source; one that was computed has none. Text stays text until somebody who knows the
 * type says otherwise: `no`, `0123` and `2019-09-01` are three texts here.
 *
 * Trees are built once and then only read, so threads share them.
 */
#ifndef SIGNPOST_TEXT_VALUE_H
#define SIGNPOST_TEXT_VALUE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

enum value_kind {
    VALUE_NULL, /* nothing: an empty YAML value, JSON null, a name that is known and has no value */
    VALUE_BOOL,
    VALUE_TEXT,   /* any scalar that was read from YAML; text that is escaped when a template prints it */
    VALUE_NUMBER, /* from JSON or computed: its text, as it was written */
    VALUE_HTML,   /* markup that `markdown` or `html` made: the only text that {{{ }}} accepts */
    VALUE_JSON,   /* text that `json` made: the only text that an application/ld+json script accepts */
    VALUE_LIST,
    VALUE_MAP,
};

struct field;

/* 32 bytes; a portal of 24,000 schools has millions. */
struct value {
    uint8_t kind;                /* enum value_kind */
    bool plain;                  /* a YAML scalar without quotes: `no` may then mean no */
    bool truth;                  /* of VALUE_BOOL */
    uint32_t offset;             /* where it begins in `source` */
    const struct source *source; /* NULL when it was computed */
    uint32_t count;              /* bytes of a text, items of a list, fields of a map */
    uint32_t mask;               /* of a computed map: a bit for each key's hash, so that an absent key mostly
                                  * costs one look; 0: none was made */
    union {
        const char *text;
        struct value *items;
        struct field *fields; /* in the order they were written */
    };
};

struct field {
    struct str key;
    uint32_t hash;       /* str_hash(key): looking up compares this first */
    uint32_t key_offset; /* of the key in the value's source */
    struct value value;
};

static inline struct str value_str(const struct value *v) {
    return (struct str){v->text, v->count};
}
static inline struct place value_place(const struct value *v) {
    return (struct place){v->source, v->source ? v->offset : DIAG_NOWHERE};
}
static inline bool value_is_text(const struct value *v) {
    return v->kind >= VALUE_TEXT && v->kind <= VALUE_JSON;
}

/* The value of a key of a map, or NULL (also when `map` is NULL or no map). */
const struct value *value_get(const struct value *map, struct str key);
const struct value *value_get_hashed(const struct value *map, struct str key, uint32_t hash);

/* The same by a path of keys, "head.name". */
const struct value *value_at(const struct value *map, const char *path);

/* The text of a scalar that was read; empty for anything else, and for NULL. */
struct str value_words(const struct value *v);

/* Whether two trees say the same, wherever it stands; NULL is nothing, and like nothing else. */
bool value_same(const struct value *a, const struct value *b);

/* A tree that may be altered, of the same texts. */
struct value value_copy(struct arena *arena, const struct value *v);

/* Whether what stands at a path of a computed map is true; false of anything but a truth. */
bool value_is_true(const struct value *map, const char *path);

/* Computed values. */
struct value value_text(struct str s);
struct value value_number(struct str digits); /* as JSON writes numbers */
struct value value_html(struct str s);
struct value value_json(struct str s);
struct value value_bool(bool b);
static inline struct value value_null(void) {
    return (struct value){0};
}

/* Builds a map or a list of computed values, growing in the arena.
 *
 *     struct value_map m = {arena};
 *     map_text(&m, "title", title);            // keys are literals and are not copied
 *     struct value v = map_done(&m);
 */
struct value_map {
    struct arena *arena;
    struct field *fields;
    uint32_t count;
    uint32_t room;
};
void map_set(struct value_map *map, const char *key, struct value v); /* a key is set once: asserted */
void map_text(struct value_map *map, const char *key, struct str s);  /* the empty string becomes null */
void map_bool(struct value_map *map, const char *key, bool b);
void map_whole(struct value_map *map, const char *key, long long n);
struct value map_done(struct value_map *map);

/* For readers, which know the key's hash and place and have their own words for a key that is there twice. */
void map_add_field(struct value_map *map, struct field field);

struct value_list {
    struct arena *arena;
    struct value *items;
    uint32_t count;
    uint32_t room;
};
void list_add(struct value_list *list, struct value v);
struct value list_done(struct value_list *list);

#endif
