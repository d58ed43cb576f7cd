/* SPDX-License-Identifier: MIT */
/* reference.c: what one file says of another must be so. */
#include "portal/reference.h"

#include "portal/store.h"

/* ---- slugs and paths, wherever the tables have them ---- */

static bool slug_known(const struct site *site, enum content_kind kind, struct str slug) {
    return kind == CONTENT_SCHOOL ? map_get(&site->school_by_slug, slug) != NULL
                                  : site_any_page(site, kind, slug) != NULL;
}

/* A portal in which everything is misnamed was made by a program: beyond this many errors, what was meant is not guessed. */
#define GUESSES_MAX 200

/* The slug of that kind that was probably meant. */
static struct str slug_nearest(const struct site *site, enum content_kind kind, struct str slug) {
    struct arena scratch = {0};
    size_t room = site->school_count + site->all.count, n = 0;
    struct str *names = arena_array(&scratch, struct str, room);
    for (size_t i = 0; kind == CONTENT_SCHOOL && i < site->school_count; i++)
        names[n++] = site->schools[i]->slug;
    for (size_t i = 0; kind != CONTENT_SCHOOL && i < site->all.count; i++)
        if (site->all.items[i]->kind == kind)
            names[n++] = site->all.items[i]->slug;
    struct str nearest = str_nearest(slug, names, n);
    arena_release(&scratch);
    return nearest;
}

/* Over every field of every record. Without `diags` only the paths are of interest. */
struct walk {
    const struct site *site;
    struct diags *diags;
    void (*path)(void *context, const struct value *path);
    void *context;
};

static void check_map(const struct walk *walk, const struct value *map, const struct schema *schema);

static void check_path(void *context, const struct value *v) {
    const struct walk *walk = context;
    struct target target = site_target(walk->site, walk->diags->arena, (struct str){0}, value_str(v));
    if (target.kind == TARGET_NONE)
        diag(walk->diags, DIAG_PATH_UNKNOWN, value_place(v), value_str(v));
}

static bool is_unknown_slug(const struct walk *walk, const struct schema_field *field,
                            const struct value *v) {
    return field->type == TYPE_SLUG && v->kind == VALUE_TEXT && str_is_slug(value_str(v)) &&
           !slug_known(walk->site, field->content, value_str(v));
}

static void check_value(const struct walk *walk, const struct schema_field *field, const struct value *v) {
    if (v->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v->count; i++) {
            const struct value *item = &v->items[i];
            bool dated = (field->flags & FIELD_DATED) && item->kind == VALUE_MAP;
            const struct value *of = dated ? value_get(item, STR("value")) : item;
            if (of)
                check_value(walk, field, of);
        }
    } else if (field->type == TYPE_RECORD && v->kind == VALUE_MAP) {
        check_map(walk, v, field->record);
    } else if (field->type == TYPE_PATH && v->kind == VALUE_TEXT) {
        walk->path(walk->context, v);
    } else if (walk->diags && is_unknown_slug(walk, field, v)) {
        bool guess = walk->diags->errors < GUESSES_MAX;
        struct str near = guess ? slug_nearest(walk->site, field->content, value_str(v)) : (struct str){0};
        diag(walk->diags, DIAG_REFERENCE_UNKNOWN, value_place(v), content_noun(field->content), value_str(v),
             near);
    }
}

static void check_map(const struct walk *walk, const struct value *map, const struct schema *schema) {
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        const struct schema_field *field = schema_find(schema, map->fields[i].key);
        if (field)
            check_value(walk, field, &map->fields[i].value);
    }
}

/* ---- what must be one of its kind ---- */

static void check_urns(const struct site *site, struct diags *diags) {
    struct arena scratch = {0};
    struct map seen = {.arena = &scratch};
    map_reserve(&seen, site->school_count);
    for (size_t i = 0; i < site->school_count; i++) {
        const struct value *urn = site->schools[i]->stored->urn;
        if (!urn || urn->kind != VALUE_TEXT)
            continue;
        bool fresh;
        struct map_item *first = map_add(&seen, value_str(urn), site->schools[i], &fresh);
        if (!fresh)
            diag(diags, DIAG_URN_DUPLICATE, value_place(urn), value_str(urn),
                 ((const struct school *)first->value)->source->path);
    }
    arena_release(&scratch);
}

/* Terms of reference of the kinds of group that framework.yaml declares. */
static void walk_groups(const struct walk *walk) {
    const struct value *groups = vocabulary_groups(&walk->site->vocabulary);
    for (uint32_t i = 0; groups && i < groups->count; i++) {
        const struct value *terms = value_get(&groups->fields[i].value, STR("terms"));
        if (terms && terms->kind == VALUE_TEXT)
            walk->path(walk->context, terms);
    }
}

/* References that hold go on to do so as long as no name comes or goes. */
static void check_record(const struct walk *walk, struct stored *stored, const struct value *record,
                         const struct schema *schema) {
    size_t count = walk->diags->count;
    if (stored && stored->sound == walk->site->names)
        return;
    check_map(walk, record, schema);
    if (stored && walk->diags->count == count)
        stored->sound = walk->site->names;
}

/* What the portal says itself. */
static void walk_own(const struct walk *walk) {
    walk_groups(walk);
    check_map(walk, &walk->site->portal, &schema_portal);
}

void reference_check(const struct site *site, struct diags *diags) {
    struct walk walk = {.site = site, .diags = diags, .path = check_path};
    walk.context = &walk;
    walk_own(&walk);
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        check_record(&walk, page->stored, &page->front, schema_content[page->kind]);
    }
    for (size_t i = 0; i < site->school_count; i++)
        check_record(&walk, site->schools[i]->stored, &site->schools[i]->record, &schema_school);
    check_urns(site, diags);
}

void reference_paths(const struct site *site, void (*visit)(void *context, const struct value *path),
                     void *context) {
    struct walk walk = {.site = site, .path = visit, .context = context};
    walk_own(&walk);
    for (size_t i = 0; i < site->all.count; i++)
        if (site->all.items[i]->visible)
            check_map(&walk, &site->all.items[i]->front, schema_content[site->all.items[i]->kind]);
}
