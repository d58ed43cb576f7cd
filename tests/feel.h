/* SPDX-License-Identifier: MIT */
/*
 * feel.h: a vocabulary for tests of FEEL: six names, two scales, and a list of records.
 *
 *     grade (scale grade), colour (scale colour), number, flag, day, trend.up    what `given` says, else not known
 *     members: a list of records with grade, flag, number, and `of.parent`, a dotted field
 */
#ifndef SIGNPOST_TESTS_FEEL_H
#define SIGNPOST_TESTS_FEEL_H

#include "policy/feel.h"

static inline bool scale_has(const void *object, struct str id) {
    struct str rest = str_from(object), part;
    while (str_cut(&rest, ' ', &part))
        if (str_eq(part, id))
            return true;
    return false;
}

static inline struct str scale_nearest(const void *object, struct str id) {
    struct str rest = str_from(object), part, nearest = {0};
    while (str_cut(&rest, ' ', &part))
        if (!nearest.len)
            nearest = str_nearest(id, &part, 1);
    return nearest;
}

static const struct feel_scale grade_scale = {{"grade", 5}, scale_has, scale_nearest, "poor good excellent"};
static const struct feel_scale colour_scale = {{"colour", 6}, scale_has, scale_nearest, "red amber green"};

/* A member: the values of its fields, FEEL_UNKNOWN where they are not known. */
struct member {
    struct feel_value grade, flag, number, parent;
};

static inline bool member_find(const struct feel_record_class *class, struct str field,
                               struct feel_name *out) {
    (void)class;
    if (str_eq(field, STR("grade")))
        *out = (struct feel_name){.type = {.type = FEEL_TEXT, .scale = &grade_scale}};
    else if (str_eq(field, STR("flag")))
        *out = (struct feel_name){.type = {.type = FEEL_BOOL}};
    else if (str_eq(field, STR("number")))
        *out = (struct feel_name){.type = {.type = FEEL_NUMBER}};
    else if (str_eq(field, STR("of.parent")))
        *out = (struct feel_name){.type = {.type = FEEL_TEXT}};
    else
        return false;
    return true;
}

static inline struct str member_nearest(const struct feel_record_class *class, struct str field) {
    (void)class;
    const struct str names[] = {STR("grade"), STR("flag"), STR("number")};
    return str_nearest(field, names, 3);
}

static inline bool member_get(void *context, const struct feel_record_class *class, const void *object,
                              struct str field, const void *bound, struct feel_value *out) {
    (void)context, (void)class, (void)bound;
    const struct member *m = object;
    *out = str_eq(field, STR("grade"))    ? m->grade
           : str_eq(field, STR("flag"))   ? m->flag
           : str_eq(field, STR("number")) ? m->number
                                          : m->parent;
    return out->type != FEEL_UNKNOWN;
}

static const struct feel_record_class member_class = {
    {"member", 6}, member_find, member_nearest, member_get, NULL};
static const struct feel_static member_type = {.type = FEEL_RECORD, .record = &member_class};

/* What the names of the scope are worth; FEEL_UNKNOWN where they are not known. */
struct world {
    struct feel_value grade, colour, number, flag, day, trend_up, members;
};

static const struct {
    const char *name;
    struct feel_static type;
    size_t at;
} world_names[] = {
    {"grade", {.type = FEEL_TEXT, .scale = &grade_scale}, offsetof(struct world, grade)},
    {"colour", {.type = FEEL_TEXT, .scale = &colour_scale}, offsetof(struct world, colour)},
    {"number", {.type = FEEL_NUMBER}, offsetof(struct world, number)},
    {"flag", {.type = FEEL_BOOL}, offsetof(struct world, flag)},
    {"day", {.type = FEEL_DATE}, offsetof(struct world, day)},
    {"trend.up", {.type = FEEL_BOOL}, offsetof(struct world, trend_up)},
    {"members", {.type = FEEL_LIST, .item = &member_type}, offsetof(struct world, members)},
    {"?", {.type = FEEL_NUMBER}, offsetof(struct world, number)},
};

#define WORLD_NAMES (sizeof(world_names) / sizeof(world_names[0]))

static inline bool world_find(void *context, struct str name, struct feel_name *out) {
    (void)context;
    for (size_t i = 0; i < WORLD_NAMES; i++) {
        if (str_eq(name, str_from(world_names[i].name))) {
            *out = (struct feel_name){world_names[i].type, &world_names[i]};
            return true;
        }
    }
    return false;
}

static inline struct str world_nearest(void *context, struct str name) {
    (void)context;
    struct str names[WORLD_NAMES];
    for (size_t i = 0; i < WORLD_NAMES; i++)
        names[i] = str_from(world_names[i].name);
    return str_nearest(name, names, WORLD_NAMES);
}

static const struct feel_scope world_scope = {world_find, world_nearest, NULL};

static inline bool world_name(void *context, const struct feel_node *node, struct feel_value *out) {
    const struct world *world = context;
    for (size_t i = 0; i < WORLD_NAMES; i++)
        if (node->bound == &world_names[i])
            memcpy(out, (const char *)world + world_names[i].at, sizeof(*out));
    return out->type != FEEL_UNKNOWN;
}

#endif
