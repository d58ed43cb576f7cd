/* SPDX-License-Identifier: MIT */
/*
 * vary.c: another portal, equal to this one but for what a lower audience may not see.
 *
 *     vary list PORTAL                  each kind of restricted value in it, and whose it is
 *     vary tables                       each kind that the schema's tables know
 *     vary copy PORTAL OUT              the same portal, written anew
 *     vary change PORTAL OUT [CLASS [KIND]]   every restricted value is another
 *     vary remove PORTAL OUT [CLASS [KIND]]   ... is not there
 *     vary rename PORTAL OUT [CLASS]    restricted pages have other names
 *     vary add PORTAL OUT [CLASS]       each restricted page has a twin, with the same members
 *     vary overlay PORTAL OUT           restricted values of schools lie in officers/
 *
 * What is restricted is read off the tables, so that a field that is added to them is tested without a word here. A
 * kind is the path of the outermost restricted field, as "school.head.substantive", and its class the widest
 * audience that may see it. Records are written as JSON, which is YAML too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "portal/site.h"
#include "text/json.h"

enum how { LIST, TABLES, COPY, CHANGE, REMOVE, RENAME, ADD, OVERLAY, HOW_COUNT };

static const char *const hows[HOW_COUNT] = {"list",   "tables", "copy", "change",
                                            "remove", "rename", "add",  "overlay"};

struct vary {
    struct arena *arena;
    const struct site *site;
    enum how how;
    struct str class, kind; /* empty: all */
    struct map kinds;
    size_t changed;
    struct str own; /* slug of the record being varied */
};

static _Noreturn void give_up(const char *what, struct str of) {
    fprintf(stderr, "vary: %s: " STR_FMT "\n", what, STR_ARG(of));
    exit(1);
}

/* ---- what is restricted ---- */

/* A kind is one word: a shell reads them. */
static struct str name_of(const struct vary *v, enum content_kind kind) {
    return str_slug(v->arena, str_from(schema_content[kind]->name));
}

static const struct page *page_of(const struct vary *v, enum content_kind kind, struct str slug) {
    if (kind == CONTENT_SCHOOL)
        return NULL;
    struct str folder = content_folder(kind);
    return map_get(&v->site->page_by_path, str_join(v->arena, STR("content/"), folder,
                                                    folder.len ? STR("/") : STR(""), slug, STR(".md")));
}

/* The page that a value refers to by name or by path, or NULL. */
static const struct page *page_referred(const struct vary *v, const struct schema_field *field,
                                        const struct value *value) {
    struct str words = value_words(value);
    if (field->type == TYPE_PATH)
        return site_target(v->site, v->arena, (struct str){0}, words).page;
    return field->type == TYPE_SLUG ? page_of(v, field->content, words) : NULL;
}

/* The class of what a value refers to: who may not see a page may not see that it is referred to. Of a dated list,
 * that of its strictest entry. */
static enum audience class_of_slug(const struct vary *v, const struct schema_field *field,
                                   const struct value *value) {
    const struct page *page = page_referred(v, field, value);
    enum audience class = page ? page->audience : AUDIENCE_PUBLIC;
    for (uint32_t i = 0; (field->flags & FIELD_DATED) && value->kind == VALUE_LIST && i < value->count; i++) {
        page = page_referred(v, field, value_get(&value->items[i], STR("value")));
        class = page ? audience_stricter(class, page->audience) : class;
    }
    return class;
}

static enum audience class_of_record(const struct vary *v, const struct schema *schema,
                                     const struct value *map) {
    enum audience class = AUDIENCE_PUBLIC;
    for (const struct schema_field *f = schema->fields; f->name; f++)
        if ((f->flags & FIELD_ONE_OF) && value_get(map, str_from(f->name)))
            class = audience_stricter(class, class_of_slug(v, f, value_get(map, str_from(f->name))));
    return class;
}

static enum audience class_of_fact(const struct vary *v, struct str record, struct str name) {
    const struct fact *fact = vocabulary_fact_of(&v->site->vocabulary, record, name);
    return fact && fact->classed ? fact->audience : AUDIENCE_OFFICERS;
}

/* A place in the walk: the path so far, its class, and the outermost restricted path ("" where it is public). */
struct at {
    struct str path;
    enum audience class;
    struct str kind;
};

static struct at step(struct vary *v, struct at at, struct str name, enum audience class) {
    struct at next = {str_join(v->arena, at.path, STR("."), name), audience_stricter(at.class, class),
                      at.kind};
    if (next.class == at.class)
        return next;
    next.kind = next.path;
    struct str line = str_join(v->arena, audience_name(next.class), STR(" "), next.kind);
    map_add(&v->kinds, line, NULL, NULL);
    return next;
}

static bool chosen(const struct vary *v, struct at at) {
    return at.kind.len && (!v->class.len || str_eq(v->class, audience_name(at.class))) &&
           (!v->kind.len || str_eq(v->kind, at.kind));
}

/* ---- another value of the same type ---- */

static struct value text(struct vary *v, struct value old, struct str s) {
    old.text = str_z(v->arena, s);
    old.count = (uint32_t)s.len;
    return old;
}

/* Days that begin something move back and days that end it move on, so that their order stays. */
static struct str other_day(struct vary *v, const char *name, struct str old) {
    static const char *const ends[] = {"to", "ended", "planned_end", "letter", "minutes_sent", "review_by"};
    date d = date_parse_iso(old);
    bool end = false;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        end = end || strcmp(name, ends[i]) == 0;
    return d == DATE_NONE ? old : date_iso(v->arena, d + (end ? 40 : -40));
}

static struct str other_choice(const struct choice *choices, struct str old) {
    const struct choice *c = choice_find(choices, old);
    return str_from(c && c[1].id ? c[1].id : choices[0].id);
}

/* Another page for the same audience: a reference that was restricted must not become one to a public page. None that would
 * name the record itself. */
static struct str other_slug(const struct vary *v, enum content_kind kind, struct str old) {
    const struct site *site = v->site;
    const struct page *was = page_of(v, kind, old);
    for (size_t i = 0; kind == CONTENT_SCHOOL && i < site->school_count; i++)
        if (str_eq(site->schools[i]->slug, old)) {
            const struct school *const *all = (const struct school *const *)site->schools;
            size_t n = site->school_count, next = str_eq(all[(i + 1) % n]->slug, v->own) ? i + 2 : i + 1;
            return all[next % n]->slug;
        }
    for (size_t i = 0; kind != CONTENT_SCHOOL && i < site->all.count; i++) {
        const struct page *p = site->all.items[i];
        if (was && p->kind == kind && p->audience == was->audience && p != was && !str_eq(p->slug, v->own))
            return p->slug;
    }
    return old;
}

static struct str other_path(const struct vary *v, struct str old) {
    const struct page *page = site_target(v->site, v->arena, (struct str){0}, old).page;
    if (!page || page->audience == AUDIENCE_PUBLIC)
        return old;
    return str_join(v->arena, content_folder(page->kind), STR("/"), other_slug(v, page->kind, page->slug),
                    STR(".md"));
}

static struct str flip(struct str old) {
    return str_eq(old, STR("yes")) ? STR("no") : STR("yes");
}

/* What would be no variation but another portal: whose the page is, what only officers may read of, how many seats a body has
 * that lists them, and the decisions that letters are about. */
static bool is_bound(const char *name) {
    static const char *const bound[] = {"audience", "state", "members", "about", "follows"};
    for (size_t i = 0; i < sizeof(bound) / sizeof(bound[0]); i++)
        if (strcmp(name, bound[i]) == 0)
            return true;
    return false;
}

static struct str other(struct vary *v, const struct schema_field *f, struct str old) {
    if (strcmp(f->name, "formerly") == 0) /* an address, which must be one */
        return str_join(v->arena, STR("otherwise/"), old);
    switch (f->type) {
    case TYPE_TEXT: return is_bound(f->name) ? old : str_join(v->arena, STR("Otherwise: "), old);
    case TYPE_MARKDOWN:
    case TYPE_ANY: return str_join(v->arena, STR("Otherwise: "), old);
    case TYPE_YES_NO: return flip(old);
    case TYPE_WHOLE: return is_bound(f->name) ? old : str_eq(old, STR("7")) ? STR("8") : STR("7");
    case TYPE_NUMBER:
    case TYPE_FIGURE: return str_eq(old, STR("4.25")) ? STR("3.75") : STR("4.25");
    case TYPE_DATE: return other_day(v, f->name, old);
    case TYPE_CHOICE: return is_bound(f->name) ? old : other_choice(f->choices, old);
    case TYPE_SLUG: return other_slug(v, f->content, old);
    case TYPE_PATH: return other_path(v, old);
    case TYPE_EMAIL: return STR("otherwise@other.example");
    case TYPE_TELEPHONE: return STR("020 7946 0999");
    case TYPE_WEB: return STR("https://otherwise.example/");
    default: break;
    }
    if (f->audience != AUDIENCE_PUBLIC)
        give_up("teach this test another value for the type of", str_from(f->name));
    return old;
}

static struct str other_fact(struct vary *v, const struct fact *fact, struct str old) {
    struct schema_field like = {.name = "value"};
    switch (fact->type) {
    case FACT_YES_NO: return flip(old);
    case FACT_SCALE:
        for (size_t i = 0; i < fact->scale->count; i++)
            if (str_eq(fact->scale->values[i].id, old))
                return fact->scale->values[(i + 1) % fact->scale->count].id;
        return fact->scale->values[0].id;
    case FACT_SET:
        for (uint32_t i = 0; i < fact->items->count; i++)
            if (str_eq(fact->items->fields[i].key, old))
                return fact->items->fields[(i + 1) % fact->items->count].key;
        return old;
    case FACT_NUMBER: like.type = TYPE_NUMBER; break;
    case FACT_WHOLE: like.type = TYPE_WHOLE; break;
    case FACT_DATES:
    case FACT_DATE: like.type = TYPE_DATE; break;
    default: like.type = TYPE_TEXT; break;
    }
    return other(v, &like, old);
}

/* ---- the walk ---- */

static void vary_map(struct vary *v, struct value *map, const struct schema *schema, struct at at);

static void vary_text(struct vary *v, struct value *value, struct str changed, struct at at) {
    if (v->how != CHANGE || !chosen(v, at) || str_eq(changed, value_str(value)))
        return;
    *value = text(v, *value, changed);
    v->changed++;
}

/* The entries of a dated list; `field` or `fact` says what the values are. */
static void vary_dated(struct vary *v, struct value *list, const struct schema_field *field,
                       const struct fact *fact, struct at at) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != VALUE_MAP)
            continue;
        vary_map(v, &list->items[i], &schema_dated, at);
        for (uint32_t j = 0; j < list->items[i].count; j++) {
            struct field *f = &list->items[i].fields[j];
            if (str_eq(f->key, STR("value")) && f->value.kind == VALUE_TEXT)
                vary_text(v, &f->value,
                          fact ? other_fact(v, fact, value_str(&f->value))
                               : other(v, field, value_str(&f->value)),
                          at);
        }
    }
}

static void vary_fact(struct vary *v, struct value *value, const struct fact *fact, struct at at) {
    bool dated = value->kind == VALUE_LIST && value->count && value->items[0].kind == VALUE_MAP;
    if (dated)
        vary_dated(v, value, NULL, fact, at);
    else if (value->kind == VALUE_TEXT)
        vary_text(v, value, other_fact(v, fact, value_str(value)), at);
    for (uint32_t i = 0; !dated && value->kind == VALUE_LIST && i < value->count; i++)
        vary_text(v, &value->items[i], other_fact(v, fact, value_str(&value->items[i])), at);
}

static const struct schema_field any = {.name = "value", .type = TYPE_ANY};

static void vary_decisions(struct vary *v, struct value *value, struct at at) {
    if (value->kind == VALUE_LIST)
        vary_dated(v, value, &any, NULL, at);
    for (uint32_t i = 0; value->kind == VALUE_MAP && i < value->count; i++)
        vary_decisions(v, &value->fields[i].value, at);
}

static void vary_value(struct vary *v, struct value *value, const struct schema_field *field, struct at at) {
    if (field->type == TYPE_DECISIONS)
        vary_decisions(v, value, at);
    else if ((field->flags & FIELD_DATED) && value->kind == VALUE_LIST)
        vary_dated(v, value, field, NULL, at);
    else if (field->type == TYPE_RECORD && value->kind == VALUE_MAP)
        vary_map(v, value, field->record, at);
    else if (value->kind == VALUE_TEXT)
        vary_text(v, value, other(v, field, value_str(value)), at);
}

/* Takes item `i` out when it is restricted, of the kind asked for and not in something that goes as a whole. */
static bool goes(const struct vary *v, struct at outer, struct at at) {
    return v->how == REMOVE && chosen(v, at) && !(outer.kind.len && chosen(v, outer));
}

static void vary_list(struct vary *v, struct value *list, const struct schema_field *field, struct at outer,
                      struct at at) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        enum audience class = field->type == TYPE_RECORD ? class_of_record(v, field->record, &list->items[i])
                                                         : class_of_slug(v, field, &list->items[i]);
        struct at item = class == AUDIENCE_PUBLIC ? at : step(v, at, audience_name(class), class);
        if (goes(v, outer, item))
            v->changed++;
        else
            list->items[kept++] = list->items[i];
        if (kept && !goes(v, outer, item))
            vary_value(v, &list->items[kept - 1], field, item);
    }
    list->count = kept;
}

static void vary_facts(struct vary *v, struct value *map, struct str record, struct at at) {
    uint32_t kept = 0;
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        struct at fact = step(v, at, map->fields[i].key, class_of_fact(v, record, map->fields[i].key));
        if (goes(v, at, fact)) {
            v->changed++;
            continue;
        }
        map->fields[kept] = map->fields[i];
        vary_fact(v, &map->fields[kept].value,
                  vocabulary_fact_of(&v->site->vocabulary, record, map->fields[kept].key), fact);
        kept++;
    }
    map->count = kept;
}

/* Texts of which framework.yaml or a table may say the values: the kind of a group, the parts that people take in it, the
 * role in which somebody is sent to a school, and the decisions that letters are about. */
static bool is_declared(const struct vary *v, const struct schema *schema, struct str key) {
    const struct vocabulary *vocabulary = &v->site->vocabulary;
    if (strcmp(schema->name, "group") == 0)
        return str_eq(key, STR("kind")) && vocabulary_groups(vocabulary);
    if (strcmp(schema->name, "group member") == 0)
        return str_eq(key, STR("role")) && vocabulary_groups(vocabulary);
    if (strcmp(schema->name, "letters") == 0)
        return !str_eq(key, STR("from"));
    return strcmp(schema->name, "deployment") == 0 && vocabulary_fact_of(vocabulary, STR("deployment"), key);
}

static void vary_map(struct vary *v, struct value *map, const struct schema *schema, struct at outer) {
    uint32_t kept = 0;
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        struct field *f = &map->fields[i];
        const struct schema_field *field = schema_find(schema, f->key);
        bool list = (field->flags & FIELD_LIST) && f->value.kind == VALUE_LIST;
        enum audience class = list ? AUDIENCE_PUBLIC : class_of_slug(v, field, &f->value);
        struct at at = step(v, outer, f->key, audience_stricter(field->audience, class));
        bool decided = v->how == CHANGE && field->type == TYPE_DECISIONS && v->site->policy.decision_count;
        if (goes(v, outer, at) || decided) { /* other facts would allow other decisions: these go with them */
            v->changed++;
            continue;
        }
        map->fields[kept] = *f;
        struct value *value = &map->fields[kept++].value;
        if (field->type == TYPE_FACTS && str_eq(f->key, STR("exit")))
            continue; /* of a group: goes and comes with it; its keys are facts of their own classes */
        if (is_declared(v, schema, f->key))
            continue; /* one of those that framework.yaml declares */
        if (schema == &schema_dated && field->type == TYPE_ANY)
            continue; /* of the type of the field that is dated: vary_dated knows it */
        if (field->type == TYPE_FACTS)
            vary_facts(v, value, vocabulary_record(&v->site->vocabulary, schema, map), at);
        else if (list)
            vary_list(v, value, field, outer, at);
        else
            vary_value(v, value, field, at);
        if (value->kind == VALUE_LIST && !value->count && (field->flags & FIELD_LIST))
            kept--; /* a list that lost all its items is left out, as an author would */
    }
    map->count = kept;
}

/* ---- names of pages ---- */

static bool is_chosen_class(const struct vary *v, enum audience class) {
    return class != AUDIENCE_PUBLIC &&
           chosen(v, (struct at){.class = class, .kind = v->kind.len ? v->kind : STR("page")});
}

static void rename_in(struct vary *v, struct value *map, const struct schema *schema);

/* Gives every reference to a restricted page the ending that the page's own name is given. */
static void rename_value(struct vary *v, struct value *one, const struct schema_field *field) {
    if (field->type == TYPE_RECORD) {
        rename_in(v, one, field->record);
        return;
    }
    for (uint32_t i = 0; (field->flags & FIELD_DATED) && one->kind == VALUE_MAP && i < one->count; i++)
        if (str_eq(one->fields[i].key, STR("value")))
            rename_value(v, &one->fields[i].value, field);
    const struct page *page = page_referred(v, field, one);
    struct str old = value_words(one), ending = str_ends(old, STR(".md")) ? STR(".md") : STR("");
    if (page && is_chosen_class(v, page->audience))
        *one =
            text(v, *one, str_join(v->arena, str_sub(old, 0, old.len - ending.len), STR("-renamed"), ending));
}

static void rename_in(struct vary *v, struct value *map, const struct schema *schema) {
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        const struct schema_field *field = schema_find(schema, map->fields[i].key);
        struct value *value = &map->fields[i].value;
        for (uint32_t j = 0; value->kind == VALUE_LIST && j < value->count; j++)
            rename_value(v, &value->items[j], field);
        if (value->kind != VALUE_LIST)
            rename_value(v, value, field);
    }
}

/* Every membership of a restricted group is there a second time, of the group's twin. */
static void add_twins(struct vary *v, struct value *record) {
    for (uint32_t i = 0; i < record->count; i++) {
        struct value *list = &record->fields[i].value;
        if (!str_eq(record->fields[i].key, STR("memberships")))
            continue;
        const struct schema *schema = schema_find(&schema_school, STR("memberships"))->record;
        struct value_list all = {.arena = v->arena};
        for (uint32_t j = 0; j < list->count; j++) {
            struct value twin = list->items[j];
            list_add(&all, twin);
            if (!is_chosen_class(v, class_of_record(v, schema, &twin)))
                continue;
            twin.fields = arena_array(v->arena, struct field, twin.count);
            memcpy(twin.fields, list->items[j].fields, twin.count * sizeof(struct field));
            for (uint32_t k = 0; k < twin.count; k++)
                if (schema_find(schema, twin.fields[k].key)->flags & FIELD_ONE_OF)
                    twin.fields[k].value =
                        text(v, twin.fields[k].value,
                             str_join(v->arena, value_str(&twin.fields[k].value), STR("-twin")));
            list_add(&all, twin);
        }
        *list = list_done(&all);
    }
}

/* ---- writing ---- */

static void write_file(const struct folder *out, struct arena *arena, struct str path, struct str bytes) {
    size_t slash = path.len;
    while (slash && path.at[slash - 1] != '/')
        slash--;
    if ((slash && !folder_make(out, str_z(arena, str_sub(path, 0, slash - 1)), 0755)) ||
        !file_write(out, str_z(arena, path), bytes, 0644))
        give_up("cannot write", path);
}

static struct str json(struct arena *arena, const struct value *value) {
    struct buf b = {.arena = arena};
    json_write(&b, value, 1);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

static void write_page(struct vary *v, const struct folder *out, const struct page *page, const char *ending,
                       struct at at) {
    struct str path = str_sub(page->source->path, 0, page->source->path.len - 3);
    struct str body = str_sub(page->source->text, page->body, page->source->text.len);
    struct str more =
        v->how == CHANGE && chosen(v, at) ? STR("\n\n## And more\n\nOtherwise said.\n") : STR("");
    write_file(out, v->arena, str_join(v->arena, path, str_from(ending), STR(".md")),
               str_join(v->arena, STR("---\n"), json(v->arena, &page->front), STR("---\n"), body, more));
}

/* An address that a page had is one page's. */
static void drop_former(struct value *front) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < front->count; i++)
        if (!str_eq(front->fields[i].key, STR("formerly")))
            front->fields[kept++] = front->fields[i];
    front->count = kept;
}

static void vary_page(struct vary *v, const struct folder *out, struct page *page) {
    bool restricted = page->audience != AUDIENCE_PUBLIC;
    const struct schema *schema = schema_content[page->kind];
    struct at at = {name_of(v, page->kind), AUDIENCE_PUBLIC, {0}};
    if (restricted) {
        struct at pages = {audience_name(page->audience), AUDIENCE_PUBLIC, {0}};
        at = step(v, pages, name_of(v, page->kind), page->audience);
    }
    if (v->how == REMOVE && restricted && chosen(v, at)) {
        v->changed++;
        return;
    }
    v->own = page->slug;
    vary_map(v, &page->front, schema, at);
    if (v->how == RENAME)
        rename_in(v, &page->front, schema);
    if (v->how == ADD)
        add_twins(v, &page->front);
    write_page(v, out, page, v->how == RENAME && is_chosen_class(v, page->audience) ? "-renamed" : "", at);
    if (v->how != ADD || !is_chosen_class(v, page->audience))
        return;
    drop_former(&page->front);
    write_page(v, out, page, "-twin", at);
}

/* Splits a record in two: what is for officers goes to `over`. Lists of records stay: an overlay adds whole fields. */
static void split(struct vary *v, struct value *record, struct value *over) {
    struct value_map theirs = {.arena = v->arena};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < record->count; i++) {
        const struct schema_field *f = schema_find(&schema_school, record->fields[i].key);
        if (f->audience == AUDIENCE_OFFICERS || strcmp(f->name, "judgements") == 0)
            map_set(&theirs, f->name, record->fields[i].value);
        else
            record->fields[kept++] = record->fields[i];
    }
    record->count = kept;
    *over = map_done(&theirs);
}

static void vary_school(struct vary *v, const struct folder *out, struct school *school) {
    struct value over = {0};
    struct at at = {STR("school"), AUDIENCE_PUBLIC, {0}};
    v->own = school->slug;
    vary_map(v, &school->record, &schema_school, at);
    if (v->how == RENAME)
        rename_in(v, &school->record, &schema_school);
    if (v->how == ADD)
        add_twins(v, &school->record);
    if (v->how == OVERLAY)
        split(v, &school->record, &over);
    write_file(out, v->arena, school->source->path, json(v->arena, &school->record));
    if (over.count)
        write_file(out, v->arena, str_join(v->arena, STR("officers/"), school->slug, STR(".yaml")),
                   json(v->arena, &over));
}

static void vary_site(struct vary *v, struct site *site, const struct folder *out) {
    struct str framework;
    if (!file_read(v->arena, &site->folder, "content/framework.yaml", SIZE_MAX - 1, &framework))
        give_up("cannot read", STR("content/framework.yaml"));
    vary_map(v, &site->portal, &schema_portal, (struct at){STR("portal"), AUDIENCE_PUBLIC, {0}});
    if (v->how == RENAME)
        rename_in(v, &site->portal, &schema_portal);
    write_file(out, v->arena, STR("portal.yaml"), json(v->arena, &site->portal));
    write_file(out, v->arena, STR("content/framework.yaml"), framework);
    for (size_t i = 0; i < site->all.count; i++)
        vary_page(v, out, site->all.items[i]);
    for (size_t i = 0; i < site->school_count; i++)
        vary_school(v, out, site->schools[i]);
}

/* ---- what there is ---- */

/* Every field of the tables, as if each were in a record. */
static void walk_tables(struct vary *v, const struct schema *schema, struct at outer) {
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        struct at at = step(v, outer, str_from(f->name), f->audience);
        if (f->type == TYPE_RECORD)
            walk_tables(v, f->record, at);
        if ((f->flags & FIELD_DATED) || f->type == TYPE_DECISIONS)
            walk_tables(v, &schema_dated, at);
        if (f->type == TYPE_FACTS && at.class == AUDIENCE_PUBLIC)
            step(v, at, STR("*"), AUDIENCE_OFFICERS);
    }
}

static int compare_lines(const void *a, const void *b) {
    return str_cmp(((const struct map_item *)a)->key, ((const struct map_item *)b)->key);
}

static void print_kinds(struct vary *v) {
    if (v->kinds.count)
        qsort(v->kinds.items, v->kinds.count, sizeof(struct map_item), compare_lines);
    for (size_t i = 0; i < v->kinds.count; i++)
        printf(STR_FMT "\n", STR_ARG(v->kinds.items[i].key));
}

static void list_tables(struct vary *v) {
    walk_tables(v, &schema_school, (struct at){STR("school"), AUDIENCE_PUBLIC, {0}});
    walk_tables(v, &schema_portal, (struct at){STR("portal"), AUDIENCE_PUBLIC, {0}});
    for (int k = 0; k < CONTENT_COUNT; k++)
        walk_tables(v, schema_content[k],
                    (struct at){name_of(v, (enum content_kind)k), AUDIENCE_PUBLIC, {0}});
    print_kinds(v);
}

static void list_site(struct vary *v, struct site *site) {
    vary_map(v, &site->portal, &schema_portal, (struct at){STR("portal"), AUDIENCE_PUBLIC, {0}});
    for (size_t i = 0; i < site->all.count; i++) {
        struct page *page = site->all.items[i];
        struct at at = {name_of(v, page->kind), AUDIENCE_PUBLIC, {0}};
        if (page->audience != AUDIENCE_PUBLIC)
            at = step(v, (struct at){audience_name(page->audience), AUDIENCE_PUBLIC, {0}}, at.path,
                      page->audience);
        vary_map(v, &page->front, schema_content[page->kind], at);
    }
    for (size_t i = 0; i < site->school_count; i++)
        vary_map(v, &site->schools[i]->record, &schema_school,
                 (struct at){STR("school"), AUDIENCE_PUBLIC, {0}});
    print_kinds(v);
}

static int work(struct vary *v, int argc, char **argv) {
    struct site site;
    struct diags diags = {.arena = v->arena};
    struct site_options options = {.path = argv[2], .as_of = DATE_NONE, .threads = 1};
    site_load(&site, v->arena, &options, &diags);
    struct folder out = {0};
    v->site = &site;
    if (diags.errors)
        give_up("the portal has errors", str_from(argv[2]));
    if (v->how == LIST)
        list_site(v, &site);
    else if (argc < 4 || !folder_open(&out, argv[3]))
        give_up("cannot open the folder to write to", str_from(argc < 4 ? NULL : argv[3]));
    else
        vary_site(v, &site, &out);
    folder_close(&out);
    site_release(&site);
    if ((v->how == CHANGE || v->how == REMOVE) && !v->changed)
        give_up("there is nothing to vary of the kind", v->kind);
    return 0;
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    struct vary v = {.arena = &arena, .kinds = {.arena = &arena}, .how = HOW_COUNT};
    for (int i = 0; argc > 1 && i < HOW_COUNT; i++)
        if (strcmp(argv[1], hows[i]) == 0)
            v.how = (enum how)i;
    v.class = str_from(argc > 4 ? argv[4] : NULL);
    v.kind = str_from(argc > 5 ? argv[5] : NULL);
    if (v.how == TABLES)
        list_tables(&v);
    else if (v.how == HOW_COUNT || argc < 3)
        give_up("usage",
                STR("vary list|tables|copy|change|remove|rename|add|overlay PORTAL OUT [CLASS [KIND]]"));
    else
        work(&v, argc, argv);
    arena_release(&arena);
    return 0;
}
