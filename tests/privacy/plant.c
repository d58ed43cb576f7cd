/* SPDX-License-Identifier: MIT */
/*
 * plant.c: a portal in which every restricted field holds a canary.
 *
 *     plant OUT       writes the portal, and prints a line for each canary: `class path pattern`
 *
 * The portal is made from the schema's tables, so that a restricted field that is added to them is planted the next
 * time. A canary is a word, a day or a number that stands nowhere else; its pattern is an extended regular
 * expression, to be searched for without regard to case, that finds it in any form it may be printed in. What has no
 * room for one (yes or no, a choice, the name of a public page) is left to the tests that vary values.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "portal/schema.h"
#include "text/json.h"

struct plant {
    struct arena *arena;
    struct folder out;
    unsigned words, days, numbers; /* canaries so far */
    enum audience refers;          /* whose pages the record being filled refers to */
    struct str own;                /* the record being filled: it must not name itself */
};

/* Pages are planted one of each kind for each audience; these end their names. */
static const char *const ends[AUDIENCE_COUNT] = {
    [AUDIENCE_PUBLIC] = "", [AUDIENCE_SCHOOLS] = "-zqschoolspage", [AUDIENCE_OFFICERS] = "-zqofficerspage"};

static struct str number_words(struct plant *p, const char *format, unsigned n) {
    struct buf b = {.arena = p->arena};
    for (; *format; format++)
        if (*format == '#')
            buf_whole(&b, n);
        else
            buf_byte(&b, *format);
    return buf_str(&b);
}

static void announce(enum audience class, struct str path, struct str pattern) {
    struct str name = audience_name(class);
    printf(STR_FMT " " STR_FMT " " STR_FMT "\n", STR_ARG(name), STR_ARG(path), STR_ARG(pattern));
}

/* ---- canaries ---- */

/* Each in a year of its own, later than that of the last, so that days stay in order; ends and events lie in the
 * future, since what is over need not be shown. */
static struct str day(struct plant *p, bool to_come, struct str *pattern) {
    unsigned year = (to_come ? 2400 : 1200) + ++p->days;
    *pattern = number_words(p, "(#-03-09|march #)", year);
    return number_words(p, "#-03-09", year);
}

/* Six digits, which people may read with a comma in their middle. */
static struct str number(struct plant *p, struct str *pattern) {
    struct str s = str_whole(p->arena, 700091 + 100 * (long long)++p->numbers);
    *pattern = str_join(p->arena, str_sub(s, 0, 3), STR(",?"), str_sub(s, 3, 6));
    return s;
}

static struct str word(struct plant *p, struct str *pattern) {
    return *pattern = number_words(p, "zqcanary#x", ++p->words);
}

static struct str telephone(struct plant *p, struct str *pattern) {
    unsigned n = 1000 + ++p->numbers;
    *pattern = number_words(p, "0# ?700 ?700", n);
    return number_words(p, "0# 700 700", n);
}

/* A value of the field's type with a canary in it; no pattern where the type has no room for one. */
static struct str canary(struct plant *p, const struct schema_field *f, struct str path,
                         struct str *pattern) {
    bool to_come = strcmp(f->name, "to") == 0 || str_has(path, STR(".events."));
    *pattern = (struct str){0};
    if (strcmp(f->name, "formerly") == 0) /* an address, which must be one */
        return str_join(p->arena, STR("former/"), word(p, pattern), STR(".html"));
    switch (f->type) {
    case TYPE_TEXT:
    case TYPE_ANY: return str_join(p->arena, STR("A <b> of "), word(p, pattern), STR(" & \"others\""));
    case TYPE_MARKDOWN: return str_join(p->arena, STR("A *note* of "), word(p, pattern), STR("."));
    case TYPE_DATE: return day(p, to_come, pattern);
    case TYPE_WHOLE:
    case TYPE_FIGURE:
    case TYPE_NUMBER: return number(p, pattern);
    case TYPE_TELEPHONE: return telephone(p, pattern);
    case TYPE_EMAIL: return str_join(p->arena, word(p, pattern), STR("@canary.example"));
    case TYPE_WEB: return str_join(p->arena, STR("https://canary.example/"), word(p, pattern));
    case TYPE_CHOICE: return str_from(f->example[0] == '[' ? f->choices[0].id : f->example);
    case TYPE_YES_NO: return str_from(f->example);
    default: fprintf(stderr, "plant: teach this test a canary for the type of \"%s\"\n", f->name); exit(1);
    }
}

/* ---- values, from the tables ---- */

static void fill(struct plant *p, struct value_map *map, const struct schema *schema, struct str path,
                 enum audience class);

static struct str example(const struct schema_field *f) {
    struct str s = str_from(f->example);
    bool quoted = s.len > 1 && s.at[0] == '"' && s.at[s.len - 1] == '"';
    return quoted ? str_sub(s, 1, s.len - 1) : s;
}

static struct str page_name(struct plant *p, enum content_kind kind, enum audience class) {
    struct str folder = content_folder(kind);
    return str_join(p->arena, folder.len ? folder : STR("pages"), str_from(ends[class]));
}

/* A school that is not the one being filled; it refuses another than it wishes for. */
static struct str school_name(const struct plant *p, const char *field) {
    static const char *const names[] = {"first", "second", "third"};
    size_t skip = strcmp(field, "not_with") == 0;
    for (size_t i = 0; i < 3; i++)
        if (!str_eq(p->own, str_from(names[i])) && skip-- == 0)
            return str_from(names[i]);
    return p->own;
}

static struct value scalar(struct plant *p, const struct schema_field *f, struct str path,
                           enum audience class) {
    struct str pattern;
    if (strcmp(f->name, "formerly") == 0) { /* no two pages may have had one address */
        struct str old = class == AUDIENCE_PUBLIC ? number_words(p, "page#", ++p->words) : word(p, &pattern);
        if (class != AUDIENCE_PUBLIC)
            announce(class, path, pattern);
        return value_text(str_join(p->arena, STR("old/"), old, STR(".html")));
    }
    if (f->type == TYPE_SLUG)
        return value_text(f->content == CONTENT_SCHOOL ? school_name(p, f->name)
                                                       : page_name(p, f->content, p->refers));
    if (f->type == TYPE_PATH && !str_ends(example(f), STR("/")))
        return value_text(
            str_join(p->arena, STR("policy/"), page_name(p, CONTENT_POLICY, p->refers), STR(".md")));
    if (class == AUDIENCE_PUBLIC)
        return value_text(example(f));
    struct value v = value_text(canary(p, f, path, &pattern));
    if (pattern.len)
        announce(class, path, pattern);
    return v;
}

static struct value one(struct plant *p, struct value item) {
    struct value_list list = {.arena = p->arena};
    list_add(&list, item);
    return list_done(&list);
}

/* Two entries, so that there is an earlier one; of what is public one, since it may not be that old. */
static struct value dated(struct plant *p, const struct schema_field *f, struct str path,
                          enum audience class) {
    struct value_list list = {.arena = p->arena};
    for (int i = 0; i < (class == AUDIENCE_PUBLIC ? 1 : 2); i++) {
        struct value_map entry = {.arena = p->arena};
        map_set(&entry, "value", scalar(p, f, str_join(p->arena, path, STR(".value")), class));
        for (const struct schema_field *g = schema_dated.fields; g->name; g++) {
            enum audience c = audience_stricter(class, g->audience);
            bool wanted =
                strcmp(g->name, "from") == 0 || (c != AUDIENCE_PUBLIC && strcmp(g->name, "value") != 0);
            if (wanted && !(i == 0 && strcmp(g->name, "to") == 0))
                map_set(&entry, g->name,
                        scalar(p, g, str_join(p->arena, path, STR("."), str_from(g->name)), c));
        }
        list_add(&list, map_done(&entry));
    }
    return list_done(&list);
}

/* ---- facts and decisions: their names are the framework's ---- */

static const struct {
    const char *name, *type, *from;
    enum schema_type as;
    enum audience class;
    bool silent; /* states no class, and is for officers */
    bool named;  /* the public offer asks of it, and so says its name */
} facts[] = {
    {"fact_open", "text", "facts", TYPE_TEXT, AUDIENCE_PUBLIC, false, false},
    {"fact_schools", "text", "facts", TYPE_TEXT, AUDIENCE_SCHOOLS, false, false},
    {"fact_officers", "text", "facts", TYPE_TEXT, AUDIENCE_OFFICERS, false, false},
    {"fact_silent", "text", "facts", TYPE_TEXT, AUDIENCE_OFFICERS, true, false},
    {"fact_number", "number", "facts", TYPE_NUMBER, AUDIENCE_OFFICERS, false, false},
    {"judged_open", "text", "judgements", TYPE_TEXT, AUDIENCE_PUBLIC, false, false},
    {"judged_schools", "text", "judgements", TYPE_TEXT, AUDIENCE_SCHOOLS, false, false},
    {"judged_officers", "text", "judgements", TYPE_TEXT, AUDIENCE_OFFICERS, false, false},
    {"judged_silent", "text", "judgements", TYPE_TEXT, AUDIENCE_OFFICERS, true, false},
    {"judged_day", "date", "judgements", TYPE_DATE, AUDIENCE_OFFICERS, false, false},
    {"exit_fact", "text", "exit", TYPE_TEXT, AUDIENCE_OFFICERS, true, false},
    {"asked_number", "number", "facts", TYPE_NUMBER, AUDIENCE_OFFICERS, false, true},
    {"asked_day", "date", "judgements", TYPE_DATE, AUDIENCE_OFFICERS, false, true},
};

#define FACT_COUNT (sizeof(facts) / sizeof(facts[0]))

/* True of what is planted; not of what is there after every value was changed, or removed. */
static const char asked[] = "asked_number > 700000 and asked_day < date(\"2400-01-01\")";

/* Pages have one map of facts, schools have them all. What must be met before a group ends is in no map that is read. All
 * of a deployment is for officers, so its facts state nobody else. */
static struct value facts_of(struct plant *p, const char *record) {
    bool school = strcmp(record, "school") == 0, deployment = strcmp(record, "deployment") == 0;
    struct value_map map = {.arena = p->arena};
    for (size_t i = 0; i < FACT_COUNT; i++) {
        struct value_map fact = {.arena = p->arena};
        if (!school && strcmp(facts[i].from, "facts") != 0)
            continue;
        struct str pattern;
        map_text(&fact, "label", word(p, &pattern));
        map_text(&fact, "type", str_from(facts[i].type));
        if (strcmp(facts[i].from, "exit") != 0)
            map_text(&fact, "from", str_from(facts[i].from));
        if (!facts[i].silent && !deployment)
            map_text(&fact, "visible", audience_name(facts[i].class));
        map_set(&map, facts[i].name, map_done(&fact));
        if (school && facts[i].class != AUDIENCE_PUBLIC && !facts[i].named)
            announce(facts[i].class, str_join(p->arena, STR("fact."), str_from(facts[i].name), STR(".label")),
                     pattern);
    }
    return map_done(&map);
}

static struct value framework(struct plant *p) {
    static const char *const pages[] = {"partnership", "cluster", "body",      "person",
                                        "role",        "offer",   "deployment"};
    struct value_map root = {.arena = p->arena}, by_record = root;
    map_set(&by_record, "school", facts_of(p, "school"));
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        map_set(&by_record, pages[i], facts_of(p, pages[i]));
    map_set(&root, "facts", map_done(&by_record));
    return map_done(&root);
}

static struct value fact_values(struct plant *p, const char *from, struct str path, enum audience class) {
    struct value_map map = {.arena = p->arena};
    bool plain = strcmp(from, "exit") == 0 || !str_starts(path, STR("school."));
    for (size_t i = 0; i < FACT_COUNT; i++) {
        struct schema_field like = {.name = "value", .type = facts[i].as, .example = "in public"};
        struct str at = str_join(p->arena, path, STR("."), str_from(facts[i].name));
        enum audience c = audience_stricter(class, facts[i].class);
        if (strcmp(facts[i].from, from) == 0)
            map_set(&map, facts[i].name, plain ? scalar(p, &like, at, c) : dated(p, &like, at, c));
    }
    return map_done(&map);
}

static struct value decisions(struct plant *p, struct str path, enum audience class) {
    static const struct schema_field like = {.name = "value", .type = TYPE_ANY, .example = ""};
    struct value_map map = {.arena = p->arena}, outputs = map;
    struct str pattern, name = word(p, &pattern);
    announce(class, str_join(p->arena, path, STR("-name")), pattern);
    map_set(&map, str_z(p->arena, name), dated(p, &like, path, class));
    name = word(p, &pattern);
    announce(class, str_join(p->arena, path, STR("-output")), pattern);
    map_set(&outputs, str_z(p->arena, name), dated(p, &like, path, class));
    map_set(&map, "category", map_done(&outputs));
    return map_done(&map);
}

/* ---- records ---- */

static bool has_restricted(const struct schema *schema) {
    for (const struct schema_field *f = schema->fields; f->name; f++)
        if (f->audience != AUDIENCE_PUBLIC || (f->type == TYPE_RECORD && has_restricted(f->record)))
            return true;
    return false;
}

/* What is public is planted where something restricted hangs on it, or where it may lead to a restricted page. Letters are about
 * decisions, and no table that runs is planted: theirs are varied where portals have them. */
static bool is_wanted(const struct plant *p, const struct schema_field *f, enum audience class) {
    static const char *const also[] = {"as_of", "location", "pupils", "from"};
    if (strcmp(f->name, "letters") == 0)
        return false;
    for (size_t i = 0; i < sizeof(also) / sizeof(also[0]); i++)
        if (strcmp(also[i], f->name) == 0)
            return true;
    if (strcmp(f->name, "seats") == 0) /* a restricted page has as many members as it states */
        return class == AUDIENCE_PUBLIC;
    return class != AUDIENCE_PUBLIC || (f->flags & (FIELD_REQUIRED | FIELD_DATED)) || f->type == TYPE_FACTS ||
           f->type == TYPE_CONDITION || (f->type == TYPE_RECORD && has_restricted(f->record)) ||
           ((f->type == TYPE_SLUG || f->type == TYPE_PATH) && p->refers != AUDIENCE_PUBLIC);
}

/* One membership of each kind of group for each audience that a group may be for. */
static struct value memberships(struct plant *p, const struct schema_field *f, struct str path) {
    struct value_list list = {.arena = p->arena};
    for (const struct schema_field *g = f->record->fields; g->name; g++)
        for (int class = AUDIENCE_PUBLIC; (g->flags & FIELD_ONE_OF) && class >= AUDIENCE_OFFICERS; class --) {
            struct value_map map = {.arena = p->arena};
            struct str name = page_name(p, g->content, (enum audience) class);
            if (str_eq(name, p->own))
                continue;
            map_text(&map, g->name, name);
            fill(p, &map, f->record, path, (enum audience) class);
            list_add(&list, map_done(&map));
        }
    return list_done(&list);
}

static struct value field_value(struct plant *p, const struct schema_field *f, struct str path,
                                enum audience class) {
    if (strcmp(f->name, "memberships") == 0)
        return memberships(p, f, path);
    if (f->type == TYPE_FACTS)
        return fact_values(p, f->name, path, class);
    if (f->type == TYPE_DECISIONS)
        return decisions(p, path, class);
    if (f->type == TYPE_CONDITION)
        return value_text(str_from(asked));
    if (f->flags & FIELD_DATED)
        return dated(p, f, path, class);
    struct value v;
    if (f->type == TYPE_RECORD) {
        struct value_map map = {.arena = p->arena};
        fill(p, &map, f->record, path, class);
        v = map_done(&map);
    } else {
        v = scalar(p, f, path, class);
    }
    return f->flags & FIELD_LIST ? one(p, v) : v;
}

/* Adds every wanted field that the map does not have yet. */
static void fill(struct plant *p, struct value_map *map, const struct schema *schema, struct str path,
                 enum audience class) {
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        struct value so_far = map_done(map);
        enum audience c = audience_stricter(class, f->audience);
        if ((f->flags & FIELD_ONE_OF) || value_get(&so_far, str_from(f->name)) || !is_wanted(p, f, c))
            continue;
        map_set(map, f->name, field_value(p, f, str_join(p->arena, path, STR("."), str_from(f->name)), c));
    }
}

/* ---- files ---- */

static void write_file(struct plant *p, struct str path, struct str bytes) {
    size_t slash = path.len;
    while (slash && path.at[slash - 1] != '/')
        slash--;
    if ((slash && !folder_make(&p->out, str_z(p->arena, str_sub(path, 0, slash - 1)), 0755)) ||
        !file_write(&p->out, str_z(p->arena, path), bytes, 0644)) {
        fprintf(stderr, "plant: cannot write " STR_FMT "\n", STR_ARG(path));
        exit(1);
    }
}

static struct str json(struct plant *p, struct value v) {
    struct buf b = {.arena = p->arena};
    json_write(&b, &v, 1);
    buf_byte(&b, '\n');
    return buf_str(&b);
}

static void page(struct plant *p, enum content_kind kind, enum audience class, struct str name) {
    struct str folder = content_folder(kind),
               kind_name = str_slug(p->arena, str_from(schema_content[kind]->name));
    struct value_map front = {.arena = p->arena};
    struct str pattern, said = STR("Words for all.\n");
    if (class != AUDIENCE_PUBLIC) {
        map_text(&front, "audience", audience_name(class));
        announce(class, str_join(p->arena, kind_name, STR("-name")),
                 str_sub(str_from(ends[class]), 1, SIZE_MAX));
        said = str_join(p->arena, STR("## The "), word(p, &pattern), STR(" heading\n\nSaid.\n"));
        announce(class, str_join(p->arena, kind_name, STR("-text")), pattern);
    } else {
        map_text(&front, "title",
                 str_join(p->arena, STR("The "), name)); /* two titles must not be the same */
    }
    if (kind == CONTENT_PARTNERSHIP) { /* or a school could not be in three of them */
        map_text(&front, "kind", STR("loose"));
        map_text(&front, "state", class == AUDIENCE_OFFICERS ? STR("proposed") : STR("formed"));
    }
    if (kind == CONTENT_BODY) /* as many as there are seats, which are planted one of each */
        map_text(&front, "members", STR("1"));
    p->own = name;
    fill(p, &front, schema_content[kind], kind_name, class);
    p->own = (struct str){0};
    write_file(p,
               str_join(p->arena, STR("content/"), folder, folder.len ? STR("/") : STR(""), name, STR(".md")),
               str_join(p->arena, STR("---\n"), json(p, map_done(&front)), STR("---\n\n"), said));
}

static void school(struct plant *p, const char *name, const char *urn, enum audience refers) {
    struct value_map record = {.arena = p->arena};
    p->refers = refers;
    p->own = str_from(name);
    map_text(&record, "urn", str_from(urn));
    map_text(&record, "name", str_join(p->arena, STR("The school "), str_from(name)));
    fill(p, &record, &schema_school, STR("school"), AUDIENCE_PUBLIC);
    write_file(p, str_join(p->arena, STR("schools/"), str_from(name), STR(".yaml")),
               json(p, map_done(&record)));
    p->refers = AUDIENCE_PUBLIC;
}

static void portal(struct plant *p) {
    struct value_map map = {.arena = p->arena};
    fill(p, &map, &schema_portal, STR("portal"), AUDIENCE_PUBLIC);
    write_file(p, STR("portal.yaml"), json(p, map_done(&map)));
    write_file(p, STR("content/framework.yaml"), json(p, framework(p)));
}

/* Of each kind a page for each audience, and public pages that refer to those of the others wherever they can. */
static void pages(struct plant *p) {
    for (int k = 0; k < CONTENT_COUNT; k++) {
        enum content_kind kind = (enum content_kind)k;
        for (int class = AUDIENCE_OFFICERS; class < AUDIENCE_COUNT; class ++)
            page(p, kind, (enum audience) class, page_name(p, kind, (enum audience) class));
        for (int class = AUDIENCE_OFFICERS; class < AUDIENCE_PUBLIC;
             class ++) /* and others to refer to instead */
            page(p, kind, (enum audience) class,
                 str_join(p->arena, page_name(p, kind, (enum audience) class), STR("-other")));
        struct str name = page_name(p, kind, AUDIENCE_PUBLIC);
        p->refers = AUDIENCE_OFFICERS;
        page(p, kind, AUDIENCE_PUBLIC, str_join(p->arena, name, STR("-b")));
        p->refers = AUDIENCE_SCHOOLS;
        page(p, kind, AUDIENCE_PUBLIC, str_join(p->arena, name, STR("-c")));
        p->refers = AUDIENCE_PUBLIC;
    }
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    struct plant p = {.arena = &arena, .refers = AUDIENCE_PUBLIC};
    if (argc != 2 || !folder_open(&p.out, argv[1])) {
        fputs("usage: plant FOLDER\n", stderr);
        return 2;
    }
    portal(&p);
    pages(&p);
    school(&p, "first", "900001", AUDIENCE_PUBLIC);
    school(&p, "second", "900002", AUDIENCE_OFFICERS);
    school(&p, "third", "900003", AUDIENCE_SCHOOLS);
    folder_close(&p.out);
    arena_release(&arena);
    return 0;
}
