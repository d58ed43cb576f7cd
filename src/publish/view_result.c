/* SPDX-License-Identifier: MIT */
/* view_result.c: a school's results, stage by stage, with a reason wherever there is no figure. */
#include "publish/view_page.h"

/* The marks that stand for a missing figure, in the order of figure_reasons. */
static const char *const marks[] = {"[c]", "[e]", "[z]", "[p]", "[v]", "[n]", "[low]", "[r]", "[x]", "[u]"};

/* The mark after those of the reasons: the record says nothing. */
#define NOT_RECORDED (sizeof(marks) / sizeof(marks[0]) - 1)
#define NOT_RECORDED_WORDS "not recorded"

/* What each stage shows: its table's rows come from the schema; the chart is of the measure that parents know. */
static const struct {
    const char *key, *heading, *caption, *note;
    struct figure_measure chart; /* no key: no chart */
    const char *chart_caption;
} stages[] = {
    {"early_years",
     "Early years",
     "Early years foundation stage profile",
     "Percentage of pupils, school year ending",
     {NULL, {0}, {0}, false, 0},
     NULL},
    {"phonics",
     "Phonics",
     "Phonics screening check",
     "Percentage of pupils in year 1, school year ending",
     {NULL, {0}, {0}, false, 0},
     NULL},
    {"ks2",
     "End of primary school (key stage 2)",
     "Key stage 2",
     "Percentages, and scores for progress; school year ending",
     {"rwm_expected", {0}, {0}, true, 0},
     "Share of pupils meeting the expected standard in reading, writing and maths combined."},
    {"ks4",
     "End of key stage 4 (GCSE)",
     "Key stage 4",
     "Scores and percentages, school year ending",
     {"attainment_8", {0}, {0}, false, 1},
     "Attainment 8: the average score of pupils over eight subjects."},
    {"post_16",
     "16 to 18",
     "Post-16",
     "Points and percentages, school year ending",
     {NULL, {0}, {0}, false, 0},
     NULL},
    {"attendance",
     "Attendance",
     "Absence",
     "Percentages, school year ending",
     {NULL, {0}, {0}, false, 0},
     NULL},
};

/* The years of a stage, oldest first, as a list: records may give them in any order. */
static struct value years_of(const struct view *view, const struct value *list) {
    struct value y = {.kind = VALUE_LIST, .items = arena_array(view->arena, struct value, list->count)};
    for (uint32_t i = 0; i < list->count; i++) {
        long year = value_whole(value_at(&list->items[i], "year"));
        uint32_t at = y.count++;
        for (; at && value_whole(value_at(&y.items[at - 1], "year")) > year; at--)
            y.items[at] = y.items[at - 1];
        y.items[at] = list->items[i];
    }
    return y;
}

static size_t reason_index(struct str id) {
    size_t i = 0;
    while (figure_reasons[i].id && !str_eq(str_from(figure_reasons[i].id), id))
        i++;
    return i;
}

/* "-0.4" with a true minus. */
static struct str number_text(const struct view *view, struct str s) {
    return str_starts(s, STR("-")) ? str_join(view->arena, STR("\xE2\x88\x92"), str_sub(s, 1, s.len)) : s;
}

static struct value cell(const struct view *view, struct str s, bool used[]) {
    struct value_map m = part_map(view);
    struct str reason = {0};
    size_t i = s.len ? reason_index(s) : NOT_RECORDED;
    if (!s.len) { /* silence in a record claims no reason */
        reason = STR(NOT_RECORDED_WORDS);
    } else if (figure_reasons[i].id) {
        reason = part_lower_first(view, str_from(figure_reasons[i].label));
    }
    if (reason.len) {
        used[i] = true;
        s = str_from(marks[i]);
    }
    map_text(&m, "text", number_text(view, s));
    map_text(&m, "reason", reason);
    return map_done(&m);
}

static bool any_figure(const struct value *years, const char *key) {
    for (uint32_t i = 0; i < years->count; i++)
        if (value_at(&years->items[i], key))
            return true;
    return false;
}

static struct value table(const struct view *view, const struct value *years, const struct schema *schema,
                          size_t stage, bool used[]) {
    struct value_list columns = part_list_new(view), rows = part_list_new(view);
    for (uint32_t i = 0; i < years->count; i++)
        list_add(&columns, value_text(part_field(&years->items[i], "year")));
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        if (f->type != TYPE_FIGURE || !any_figure(years, f->name))
            continue;
        struct value_list cells = part_list_new(view);
        for (uint32_t i = 0; i < years->count; i++)
            list_add(&cells, cell(view, part_field(&years->items[i], f->name), used));
        struct value_map row = part_map(view);
        map_text(&row, "label", str_from(f->label));
        map_set(&row, "cells", list_done(&cells));
        list_add(&rows, map_done(&row));
    }
    struct value_map m = part_map(view);
    map_text(&m, "id", str_join(view->arena, STR("table-"), str_from(stages[stage].key)));
    map_text(&m, "caption", str_from(stages[stage].caption));
    map_text(&m, "note", str_from(stages[stage].note));
    map_bool(&m, "wide", years->count >= 6);
    map_set(&m, "columns", list_done(&columns));
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

static void reasons(const struct view *view, struct value_map *m, const bool used[]) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i <= NOT_RECORDED; i++) {
        if (!used[i])
            continue;
        struct value_map r = part_map(view);
        map_text(&r, "mark", str_from(marks[i]));
        map_text(&r, "text",
                 i == NOT_RECORDED ? STR(NOT_RECORDED_WORDS)
                                   : part_lower_first(view, str_from(figure_reasons[i].label)));
        list_add(&list, map_done(&r));
    }
    part_list(view, m, "reasons", &list);
}

/* "Final figures for 2024 to 2025." */
static struct str status_text(const struct view *view, const struct value *years,
                              const struct schema *schema) {
    const struct value *last = &years->items[years->count - 1];
    const struct choice *c =
        choice_find(schema_find(schema, STR("status"))->choices, part_field(last, "status"));
    long year = value_whole(value_at(last, "year"));
    struct str span = str_join(view->arena, str_whole(view->arena, year - 1), STR(" to "),
                               str_whole(view->arena, year), STR("."));
    return str_join(view->arena, c ? str_from(c->label) : STR("Latest"), STR(" figures for "), span);
}

static struct value stage_view(const struct view *view, const struct school *school, const struct value *list,
                               size_t stage) {
    const struct schema *results = schema_find(&schema_school, STR("results"))->record;
    const struct schema *schema = schema_find(results, str_from(stages[stage].key))->record;
    struct value years = years_of(view, list);
    bool used[sizeof(marks) / sizeof(marks[0])] = {false};
    struct value_map m = part_map(view);
    map_text(&m, "id", str_from(stages[stage].key));
    map_text(&m, "heading", str_from(stages[stage].heading));
    map_text(&m, "text", status_text(view, &years, schema));
    struct str chart = {0};
    if (stages[stage].chart.key) {
        struct figure_measure measure = stages[stage].chart;
        measure.title =
            str_join(view->arena, school->name, STR(": "),
                     part_lower_first(view, str_from(schema_find(schema, str_from(measure.key))->label)),
                     STR(" by year"));
        measure.desc = STR("The table that follows has every figure.");
        chart =
            figures_measure(&years, &measure, school->short_name,
                            str_join(view->arena, STR("chart-"), str_from(stages[stage].key)), view->arena);
    }
    map_set(&m, "chart_html", chart.len ? value_html(chart) : value_null());
    map_text(&m, "chart_caption", chart.len ? str_from(stages[stage].chart_caption) : (struct str){0});
    struct value_list tables = part_list_new(view);
    list_add(&tables, table(view, &years, schema, stage, used));
    map_set(&m, "tables", list_done(&tables));
    reasons(view, &m, used);
    return map_done(&m);
}

void view_results(const struct view *view, struct value_map *map, const struct school *school) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        const struct value *years = value_get(value_at(&school->record, "results"), str_from(stages[i].key));
        if (years && years->kind == VALUE_LIST && years->count)
            list_add(&list, stage_view(view, school, years, i));
    }
    part_list(view, map, "results", &list);
}

struct value view_reasons(const struct view *view) {
    struct value_map m = part_map(view);
    bool all[sizeof(marks) / sizeof(marks[0])];
    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = true;
    reasons(view, &m, all);
    return m.fields[0].value;
}
