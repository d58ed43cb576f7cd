/* SPDX-License-Identifier: MIT */
/*
 * view_inspection.c: a school's inspections, each under the framework of its day.
 *
 * Grades of different frameworks are shown side by side and never compared, joined or ordered against each other; the
 * one thing that is worked out is which inspection came last.
 */
#include "publish/view_page.h"

#include <string.h>

/* The colour beside the words: what a reader of that framework would call it. Same tone, different words, is not a
 * mapping: the words are what is read. */
static const struct {
    const char *id, *tone;
} tones[] = {
    {"outstanding", "ok"},
    {"good", "ok"},
    {"requires_improvement", "warn"},
    {"satisfactory", "warn"},
    {"inadequate", "stop"},
    {"not_judged", "plain"},
    {"exceptional", "ok"},
    {"strong_standard", "ok"},
    {"expected_standard", "info"},
    {"needs_attention", "warn"},
    {"urgent_improvement", "stop"},
    {"met", "ok"},
    {"not_met", "stop"},
};

static const char *tone_of(const struct choice *c) {
    for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
        if (strcmp(tones[i].id, c->id) == 0)
            return tones[i].tone;
    return "plain";
}

static const struct schema *schema_of(const char *key) {
    const struct schema_field *f = schema_find(&schema_school, STR("inspections"));
    return key ? schema_find(f->record, str_from(key))->record : f->record;
}

static void add_grade(const struct view *view, struct value_list *list, const struct schema *schema,
                      const struct value *from, const char *key) {
    const struct schema_field *f = schema_find(schema, str_from(key));
    struct str id = part_field(from, key);
    if (!id.len)
        return;
    const struct choice *c = choice_find(f->choices, id);
    struct value_map m = part_map(view);
    map_text(&m, "label", str_from(f->label));
    map_text(&m, "value", str_from(c->label));
    map_text(&m, "tone", str_from(tone_of(c)));
    list_add(list, map_done(&m));
}

/* The overall grade first and safeguarding last; between them in the order of the framework, which is the schema's. */
static void grades(const struct view *view, struct value_map *m, const struct value *inspection) {
    struct value_list list = part_list_new(view);
    static const char *const keys[] = {"grades", "areas"};
    add_grade(view, &list, schema_of(NULL), inspection, "overall");
    for (size_t i = 0; i < 2; i++) {
        const struct value *map = value_at(inspection, keys[i]);
        const struct schema *schema = schema_of(keys[i]);
        for (const struct schema_field *f = schema->fields; map && f->name; f++)
            add_grade(view, &list, schema, map, f->name);
    }
    add_grade(view, &list, schema_of(NULL), inspection, "safeguarding");
    part_list(view, m, "grades", &list);
}

/* "20 and 21 January 2026", "30 January and 1 February 2026". */
static struct value days(const struct view *view, const struct value *inspection) {
    date from = value_date(value_at(inspection, "date")), to = value_date(value_at(inspection, "end"));
    if (to == DATE_NONE || to == from)
        return part_date(view, from);
    struct date_parts a = date_parts(from), b = date_parts(to);
    struct str first = date_long(view->arena, from);
    bool same_month = a.year == b.year && a.month == b.month;
    struct str head = same_month         ? str_whole(view->arena, a.day)
                      : a.year == b.year ? str_sub(first, 0, first.len - 5)
                                         : first;
    struct str join = same_month && b.day == a.day + 1 ? STR(" and ") : STR(" to ");
    struct value_map m = part_map(view);
    map_text(&m, "iso", date_iso(view->arena, from));
    map_text(&m, "text", str_join(view->arena, head, join, date_long(view->arena, to)));
    return map_done(&m);
}

static struct value predecessor(const struct view *view, const struct school *school, struct str urn) {
    if (!urn.len)
        return value_null();
    const struct value *list = value_at(&school->record, "predecessors");
    struct str name = {0};
    for (uint32_t i = 0; list && i < list->count; i++)
        if (str_eq(part_field(&list->items[i], "urn"), urn))
            name = part_field(&list->items[i], "name");
    struct value_map m = part_map(view);
    map_text(&m, "name", name.len ? name : STR("a predecessor"));
    map_text(&m, "urn", urn);
    return map_done(&m);
}

static bool is_card(const struct value *inspection) {
    return str_eq(part_field(inspection, "framework"), STR("report_card"));
}

/* Under the 2019 framework there was no overall grade for state-funded schools from this month. */
#define NO_OVERALL_FROM "2024-09-01"

static bool has_no_overall(const struct value *inspection, bool graded) {
    date on = value_date(value_at(inspection, "date"));
    return is_card(inspection) ||
           (graded && on >= date_parse_iso(STR(NO_OVERALL_FROM)) && !value_at(inspection, "overall"));
}

static struct value one(const struct view *view, const struct school *school,
                        const struct value *inspection) {
    const struct schema *schema = schema_of(NULL);
    struct value_map m = part_map(view);
    date on = value_date(value_at(inspection, "date"));
    struct str kind = part_field(inspection, "kind");
    bool graded = !kind.len || str_eq(kind, STR("graded")) || str_eq(kind, STR("full"));
    const struct choice *framework =
        choice_find(inspection_framework_choices, part_field(inspection, "framework"));
    const struct choice *of_kind =
        choice_find(schema_find(schema, STR("kind"))->choices, kind.len              ? kind
                                                               : is_card(inspection) ? STR("full")
                                                                                     : STR("graded"));
    struct str what = is_card(inspection) ? STR("Report card")
                      : graded            ? str_from(framework->label)
                                          : str_from(of_kind->label);
    size_t bracket = str_find(what, '(', 0);
    what = str_trim(str_sub(what, 0, bracket));
    map_text(&m, "id", str_join(view->arena, STR("inspection-"), date_iso(view->arena, on)));
    map_set(&m, "framework", part_choice(view, framework));
    map_set(&m, "kind", part_choice(view, of_kind));
    map_text(&m, "heading", str_join(view->arena, what, STR(", "), date_month(view->arena, on)));
    map_set(&m, "date", days(view, inspection));
    map_set(&m, "published", part_date_at(view, inspection, "published"));
    map_bool(&m, "no_overall", has_no_overall(inspection, graded));
    map_text(&m, "outcome", part_field(inspection, "outcome"));
    grades(view, &m, inspection);
    struct str category = part_field(inspection, "category");
    const struct choice *concern = category.len && !str_eq(category, STR("none"))
                                       ? choice_find(schema_find(schema, STR("category"))->choices, category)
                                       : NULL;
    map_set(&m, "concern", concern ? part_tag(view, str_from(concern->label), "stop") : value_null());
    map_set(&m, "predecessor", predecessor(view, school, part_field(inspection, "urn")));
    map_text(&m, "report", part_field(inspection, "report"));
    return map_done(&m);
}

/* Indices of the inspections up to the as-of day, latest first. */
static uint32_t *by_date(const struct view *view, const struct value *list, uint32_t *count) {
    uint32_t *order = arena_array(view->arena, uint32_t, list->count);
    *count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        date on = value_date(value_at(&list->items[i], "date"));
        if (on > view->site->as_of)
            continue;
        uint32_t at = (*count)++;
        for (; at && value_date(value_at(&list->items[order[at - 1]], "date")) < on; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

struct value view_inspections(const struct view *view, const struct school *school) {
    const struct value *list = value_at(&school->record, "inspections");
    bool none = str_eq(value_words(list), STR("none"));
    struct value_list latest = part_list_new(view), earlier = part_list_new(view);
    bool several = false;
    uint32_t count = 0;
    const uint32_t *order = list && list->kind == VALUE_LIST ? by_date(view, list, &count) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        several = several || is_card(&list->items[order[i]]) != is_card(&list->items[order[0]]);
        list_add(i ? &earlier : &latest, one(view, school, &list->items[order[i]]));
    }
    struct value_map m = part_map(view);
    map_bool(&m, "not_inspected", none);
    map_bool(&m, "not_recorded", !none && !count);
    map_bool(&m, "several_frameworks", several);
    map_set(&m, "latest", list_done(&latest));
    part_list(view, &m, "earlier", &earlier);
    return map_done(&m);
}
