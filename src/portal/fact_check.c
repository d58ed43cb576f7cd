/* SPDX-License-Identifier: MIT */
/* fact_check.c: the readers of all kinds of record, and whether records hold what the facts' scales have. */
#include "policy/table.h"
#include "portal/fact_inside.h"

/* ---- kinds of record ---- */

static const char *const kinds[] = {"school",  "partnership", "cluster", "body", "person",  "role",   "offer",
                                    "meeting", "deployment",  "member",  "pair", "network", "measure"};

/* A kind of group is called by its id wherever records are, so it takes none that means another. */
static void check_groups(const struct vocabulary *vocabulary, struct diags *diags) {
    const struct value *groups = vocabulary_groups(vocabulary);
    for (uint32_t i = 0; groups && i < groups->count; i++) {
        const struct field *f = &groups->fields[i];
        bool taken = str_ends(f->key, STR("_record"));
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
            taken = taken || str_eq(f->key, str_from(kinds[k]));
        if (taken)
            diag(diags, DIAG_GROUP_TAKEN, place_at(groups->source, f->key_offset), f->key);
        else
            directive_id(f->key, place_at(groups->source, f->key_offset), diags);
    }
}

/* ---- readers ---- */

static void unknown_record(const struct vocabulary *vocabulary, const struct fact *fact,
                           struct diags *diags) {
    const struct value *facts = value_get(&vocabulary->root, STR("facts"));
    const struct value *groups = vocabulary_groups(vocabulary);
    struct str names[64];
    size_t n = 0;
    for (; n < sizeof(kinds) / sizeof(kinds[0]); n++)
        names[n] = str_from(kinds[n]);
    for (uint32_t i = 0; groups && i < groups->count && n < 64; i++)
        names[n++] = groups->fields[i].key;
    for (uint32_t i = 0; i < facts->count; i++)
        if (str_eq(facts->fields[i].key, fact->record))
            diag(diags, DIAG_FACT_RECORD, place_at(facts->source, facts->fields[i].key_offset), fact->record,
                 str_nearest(fact->record, names, n));
}

static struct facts_reader *reader_of(struct facts *facts, const struct fact *fact, struct diags *diags) {
    struct facts_reader *reader = map_get(&facts->readers, fact->record);
    if (reader)
        return reader;
    const struct vocabulary *vocabulary = &facts->site->vocabulary;
    if (!vocabulary_has_record(vocabulary, fact->record))
        unknown_record(vocabulary, fact, diags);
    size_t count = 0;
    for (size_t i = 0; i < vocabulary->facts.count; i++)
        count += str_eq(((const struct fact *)vocabulary->facts.items[i].value)->record, fact->record);
    reader = arena_new(facts->arena, struct facts_reader);
    *reader =
        (struct facts_reader){fact->record, facts, arena_array(facts->arena, struct fact_path, count), 0};
    map_add(&facts->readers, fact->record, reader, NULL);
    return reader;
}

const struct facts *facts_new(const struct site *site, struct arena *arena, struct diags *diags) {
    struct facts *facts = arena_new(arena, struct facts);
    *facts = (struct facts){.site = site, .arena = arena, .readers = {.arena = arena}};
    const struct vocabulary *vocabulary = &site->vocabulary;
    check_groups(vocabulary, diags);
    for (size_t i = 0; i < vocabulary->facts.count; i++) {
        const struct fact *fact = vocabulary->facts.items[i].value;
        struct facts_reader *reader = reader_of(facts, fact, diags);
        struct fact_path *path = &reader->paths[reader->count++];
        if (vocabulary_has_record(vocabulary, fact->record)) /* else it was said, once */
            fact_path_resolve(vocabulary, fact, vocabulary_schema(vocabulary, fact->record), arena, path,
                              diags);
        else
            *path = (struct fact_path){.fact = fact};
    }
    return facts;
}

const struct facts_reader *facts_reader(const struct facts *facts, struct str kind) {
    return map_get(&facts->readers, kind);
}

enum audience facts_class(const struct facts_reader *reader, size_t index) {
    return reader->paths[index].class;
}

bool facts_show(const struct facts *facts, const struct fact *fact, enum audience viewer) {
    const struct facts_reader *reader = facts_reader(facts, fact->record);
    for (size_t i = 0; reader && i < reader->count; i++)
        if (reader->paths[i].fact == fact)
            return audience_may_see(viewer, facts_class(reader, i));
    return false;
}

/* ---- values that the schema has and the vocabulary has not ---- */

static bool is_known(const struct fact_path *path, struct str text) {
    const struct fact *fact = path->fact;
    if (str_eq(text, STR("not recorded")) || str_eq(text, STR("not applicable")) ||
        (str_eq(text, STR("none")) && value_get(fact->source, STR("none"))))
        return true;
    return fact->type == FACT_SCALE ? scale_find(fact->scale, text) != NULL : fact_item(fact, text) != NULL;
}

/* A value, each of a list, each entry of a dated list. */
static void check_values(const struct fact_path *path, const struct value *v, struct diags *diags) {
    if (v->kind == VALUE_LIST)
        for (uint32_t i = 0; i < v->count; i++)
            check_values(path, &v->items[i], diags);
    else if (v->kind == VALUE_MAP && value_get(v, STR("value")))
        check_values(path, value_get(v, STR("value")), diags);
    else if (value_is_text(v) && path->fact->type != FACT_SCALE && path->fact->type != FACT_SET)
        fact_check_range(path->fact, v, diags);
    else if (value_is_text(v) && !is_known(path, value_str(v)))
        diag(diags, DIAG_FACT_VALUE, value_place(v), value_str(v), path->fact->id,
             fact_type_noun(path->fact));
}

/* All values that a path may ever reach in a record, whatever the day. Another record is checked as itself. */
static void check_steps(const struct fact_path *path, size_t i, const struct value *v, struct diags *diags) {
    if (!v)
        return;
    if (i == path->count) {
        check_values(path, v, diags);
        return;
    }
    const struct fact_step *step = &path->steps[i];
    if (step->kind == STEP_FIELD) {
        const struct value *field = value_get_hashed(v, step->name, step->hash);
        if (field && !(step->or_none && value_is_text(field)))
            check_steps(path, i + 1, field, diags);
        return;
    }
    for (uint32_t j = 0; v->kind == VALUE_LIST && j < v->count; j++)
        if (step->kind != STEP_GROUP || str_eq(value_words(value_get(&v->items[j], STR("kind"))), step->name))
            check_steps(path, i + 1, &v->items[j], diags);
}

/* Only what a field of the tables says: maps of facts were checked against their facts. */
static bool is_checked(const struct fact_path *path) {
    struct decimal low, high;
    bool words = (path->fact->type == FACT_SCALE && path->fact->scale) || path->fact->type == FACT_SET;
    bool ranged = fact_range(path->fact, &low, &high);
    return (words || ranged) && path->leaf == LEAF_VALUE && path->field && !path->complete &&
           path->field->type != TYPE_ANY;
}

static void check_record(const struct facts *facts, struct str kind, const struct value *record,
                         struct diags *diags) {
    const struct facts_reader *reader = facts_reader(facts, kind);
    for (size_t i = 0; reader && i < reader->count; i++)
        if (is_checked(&reader->paths[i]))
            check_steps(&reader->paths[i], 0, record, diags);
}

static void check_each(const struct facts *facts, const char *kind, const struct value *list,
                       struct diags *diags) {
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        check_record(facts, str_from(kind), &list->items[i], diags);
}

void facts_check_school(const struct facts *facts, const struct value *record, struct diags *diags) {
    check_record(facts, STR("school"), record, diags);
    check_each(facts, "member", value_at(record, "memberships"), diags);
    const struct value *groups = value_at(record, "groups");
    for (uint32_t i = 0; groups && groups->kind == VALUE_LIST && i < groups->count; i++) {
        check_record(facts, value_words(value_at(&groups->items[i], "kind")), &groups->items[i], diags);
        check_each(facts, "meeting", value_at(&groups->items[i], "meetings"), diags);
    }
}

void facts_check_page(const struct facts *facts, const struct page *page, struct diags *diags) {
    check_record(facts, content_noun(page->kind), &page->front, diags);
    check_each(facts, "deployment", value_at(&page->front, "deployments"), diags);
}
