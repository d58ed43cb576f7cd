/* SPDX-License-Identifier: MIT */
/* serve_tables.c: figures of rows, as tables for people. */
#include "edge/serve_tables.h"

#include "policy/measure.h"
#include "portal/catches.h"

/* The figures of each kind of table, as they are headed. "May" is a record for which it is not known. */
struct figure_column {
    const char *key, *header;
    bool may; /* left out of a table in which nothing may */
};
static const struct figure_column of_decision[] = {{"holds", "Holds", false},
                                                   {"may_hold", "May hold", true},
                                                   {"decides", "Decides", false},
                                                   {"may_decide", "May decide", true},
                                                   {NULL, NULL, false}};
static const struct figure_column of_check[] = {{"holds", "Concerns", false},
                                                {"may_hold", "May concern", true},
                                                {"not_met", "Not met", false},
                                                {"not_known", "Not known", true},
                                                {NULL, NULL, false}};
static const struct figure_column of_measures[] = {{"holds", "Counted", false},
                                                   {"may_hold", "May count", true},
                                                   {"among", "Among", false},
                                                   {NULL, NULL, false}};

static const struct {
    const char *kind;
    const struct figure_column *columns;
    const char *means; /* the words of the headers */
} kinds[] = {
    {"decision", of_decision,
     "A row holds when all its cells do, and decides when no other row goes before it. Where something is "
     "not known, it may."},
    {"check", of_check,
     "A row concerns those of whom its conditions are true, who meet it or not. Where something is not "
     "known, it may."},
    {"measures", of_measures,
     "Counted are those of whom what the row asks is true. Where something is not known, they may be."},
};

bool serve_has_tables(const struct site *site, const struct page *page) {
    if (!page || page->kind != CONTENT_POLICY)
        return false;
    for (size_t i = 0; i < site->policy.decision_count; i++)
        for (size_t j = 0; j < site->policy.decisions[i]->table_count; j++)
            if (site->policy.decisions[i]->tables[j]->source == page->source)
                return true;
    for (size_t i = 0; i < site->policy.measure_count; i++)
        if (site->policy.measures[i]->table.source == page->source)
            return true;
    return false;
}

static struct value text_map(const char *key, struct str text, struct arena *arena) {
    struct value_map m = {.arena = arena};
    map_text(&m, key, text);
    return map_done(&m);
}

/* What is not known of any record, in any row. */
static bool may_be(const struct value *rows, const struct figure_column *columns) {
    for (size_t i = 0; i < rows->count; i++)
        for (const struct figure_column *c = columns; c->key; c++) {
            const struct value *figure = value_get(&rows->items[i], str_from(c->key));
            if (c->may && figure && !str_eq(value_str(figure), STR("0")))
                return true;
        }
    return false;
}

static struct value headers_value(const struct figure_column *columns, bool may, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (const struct figure_column *c = columns; c->key; c++)
        if (may || !c->may)
            list_add(&list, text_map("text", str_from(c->header), arena));
    return list_done(&list);
}

/* One row; without figures where it is a caption of rows, or what it counts cannot be counted. */
static struct value row_value(const struct value *row, const struct figure_column *columns, bool may,
                              struct str way, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct value_list cells = {.arena = arena};
    struct str address = value_words(value_get(row, STR("address")));
    map_text(&m, "label", value_words(value_get(row, STR("label"))));
    map_text(&m, "href", address.len ? str_join(arena, way, STR("#"), address) : (struct str){0});
    for (const struct figure_column *c = columns; c->key; c++) {
        if (c->may && !may)
            continue;
        const struct value *figure = value_get(row, str_from(c->key));
        struct value_map cell = {.arena = arena};
        struct str text = figure ? value_str(figure) : (struct str){0};
        map_text(&cell, "text", text);
        map_bool(&cell, "none", str_eq(text, STR("0")));
        list_add(&cells, map_done(&cell));
    }
    map_set(&m, "cells", list_done(&cells));
    return map_done(&m);
}

static struct str of_words(const struct value *table, bool may, struct arena *arena) {
    struct str count = value_str(value_get(table, STR("records")));
    struct str record = value_words(value_get(table, STR("record")));
    bool one = str_eq(count, STR("1")), school = str_eq(record, STR("school"));
    struct str noun = school ? STR("open school") : str_join(arena, record, STR(" record"));
    return str_join(arena, STR("of "), count, STR(" "), noun, one ? STR("") : STR("s"),
                    may ? STR("") : STR(", all certain"));
}

/* Null where its rows are not counted one by one: the steps of a match. */
static struct value table_value(const struct value *table, struct str way, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct value_list rows = {.arena = arena};
    const struct value *given = value_get(table, STR("rows"));
    size_t kind = 0, known = sizeof(kinds) / sizeof(kinds[0]);
    while (kind < known && !str_eq(value_words(value_get(table, STR("kind"))), str_from(kinds[kind].kind)))
        kind++;
    if (kind == known || !value_is_true(table, "counted"))
        return value_null();
    const struct figure_column *columns = kinds[kind].columns;
    bool may = may_be(given, columns);
    for (size_t i = 0; i < given->count; i++)
        list_add(&rows, row_value(&given->items[i], columns, may, way, arena));
    map_text(&m, "id", str_join(arena, STR("signpost-table-"), value_str(value_get(table, STR("ordinal")))));
    map_text(&m, "label", value_words(value_get(table, STR("label"))));
    map_text(&m, "of", of_words(table, may, arena));
    map_text(&m, "means", str_from(kinds[kind].means));
    map_set(&m, "headers", headers_value(columns, may, arena));
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

struct value serve_tables(const struct site *site, const struct page *page, struct str way,
                          struct arena *arena) {
    struct value_list list = {.arena = arena};
    struct value catches = catches_page(site, page, arena);
    for (size_t i = 0; i < catches.count; i++) {
        struct value table = table_value(&catches.items[i], way, arena);
        if (table.kind == VALUE_MAP)
            list_add(&list, table);
    }
    return list_done(&list);
}
