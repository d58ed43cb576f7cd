/* SPDX-License-Identifier: MIT */
/* review_tables.c: what changed in tables, as values. */
#include "edge/review_tables_inside.h"
#include "text/differ.h"

/* ---- keys of the directive ---- */

/* A leaf: "outputs.category.prefer" and its words. */
struct key {
    struct str name, words;
};
struct keys {
    struct key *items;
    size_t count, room;
};

static struct str list_words(const struct value *v, struct arena *arena) {
    struct buf out = {.arena = arena};
    for (uint32_t i = 0; i < v->count; i++) {
        if (i)
            buf_lit(&out, ", ");
        buf_add(&out,
                v->items[i].kind == VALUE_LIST ? list_words(&v->items[i], arena) : value_words(&v->items[i]));
    }
    return buf_str(&out);
}

static void add_keys(const struct value *v, struct str name, struct arena *arena, struct keys *out) {
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        struct str key = v->fields[i].key;
        add_keys(&v->fields[i].value, name.len ? str_join(arena, name, STR("."), key) : key, arena, out);
    }
    if (v->kind == VALUE_MAP)
        return;
    if (out->count == out->room) {
        size_t room = out->room ? 2 * out->room : 16;
        out->items = arena_grow(arena, out->items, out->room * sizeof(struct key), room * sizeof(struct key),
                                alignof(struct key));
        out->room = room;
    }
    out->items[out->count++] =
        (struct key){name, v->kind == VALUE_LIST ? list_words(v, arena) : value_words(v)};
}

static const struct key *find_key(const struct keys *keys, struct str name) {
    for (size_t i = 0; i < keys->count; i++)
        if (str_eq(keys->items[i].name, name))
            return &keys->items[i];
    return NULL;
}

static void add_key(struct value_list *list, const struct key *before, const struct key *after) {
    struct value_map m = {.arena = list->arena};
    if (before && after && str_eq(before->words, after->words))
        return;
    map_text(&m, "key", before ? before->name : after->name);
    if (before)
        map_set(&m, "before", value_text(before->words));
    if (after)
        map_set(&m, "after", value_text(after->words));
    list_add(list, map_done(&m));
}

static struct value keys_value(const struct review *review, const struct table_pair *pair) {
    struct value_list list = {.arena = review->arena};
    struct keys before = {0}, after = {0};
    if (pair->before && pair->after) {
        add_keys(&pair->before->directive, STR(""), review->arena, &before);
        add_keys(&pair->after->directive, STR(""), review->arena, &after);
    }
    for (size_t i = 0; i < after.count; i++)
        add_key(&list, find_key(&before, after.items[i].name), &after.items[i]);
    for (size_t i = 0; i < before.count; i++)
        if (!find_key(&after, before.items[i].name))
            add_key(&list, &before.items[i], NULL);
    return list_done(&list);
}

/* ---- columns ---- */

static struct str header_at(const struct told_table *t, size_t column) {
    return t && column != NOWHERE ? t->table->markdown->header.cells[column].text : (struct str){0};
}

static struct value headers_value(const struct review *review, const struct table_pair *pair) {
    struct value_list list = {.arena = review->arena};
    for (size_t i = 0; i < pair->column_count; i++) {
        struct column_pair c = pair->columns[i];
        list_add(&list, value_text(c.after != NOWHERE ? header_at(pair->after, c.after)
                                                      : header_at(pair->before, c.before)));
    }
    return list_done(&list);
}

static struct value columns_value(const struct review *review, const struct table_pair *pair) {
    struct value_list list = {.arena = review->arena};
    for (size_t i = 0; pair->before && pair->after && i < pair->column_count; i++) {
        struct str before = header_at(pair->before, pair->columns[i].before);
        struct str after = header_at(pair->after, pair->columns[i].after);
        bool added = pair->columns[i].before == NOWHERE, removed = pair->columns[i].after == NOWHERE;
        if (!added && !removed && str_eq(before, after))
            continue;
        struct value_map m = {.arena = review->arena};
        map_text(&m, "change", added ? STR("added") : removed ? STR("removed") : STR("renamed"));
        if (!added)
            map_set(&m, "before", value_text(before));
        if (!removed)
            map_set(&m, "after", value_text(after));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- rows ---- */

/* Where a page was exchanged for another of the same title, what tells them apart is where the cell leads. */
static struct str cell_words(const struct table_pair *pair, const struct row_pair *row, struct column_pair c,
                             bool before, struct arena *arena) {
    const struct told_row *told = before ? row->before : row->after;
    struct str words = told_cell(told, before ? c.before : c.after);
    bool both = row->before && row->after && c.before != NOWHERE && c.after != NOWHERE;
    if (!both || !str_eq(told_cell(row->before, c.before), told_cell(row->after, c.after)))
        return words;
    struct str was = told_link(pair->before, row->before, c.before);
    struct str is = told_link(pair->after, row->after, c.after);
    return str_eq(was, is) ? words : str_join(arena, words, STR(" ("), before ? was : is, STR(")"));
}

static bool is_parting(char c) {
    return c == ',' || c == ';';
}

/* A cell in pieces: words, and what parts its items. */
static size_t pieces_of(struct str cell, struct arena *arena, struct str **out) {
    size_t count = 0;
    *out = arena_array(arena, struct str, cell.len);
    for (size_t from = 0, to; from < cell.len; from = to) {
        to = from + 1;
        if (cell.at[from] == ' ')
            continue;
        while (!is_parting(cell.at[from]) && to < cell.len && cell.at[to] != ' ' && !is_parting(cell.at[to]))
            to++;
        (*out)[count++] = str_sub(cell, from, to);
    }
    return count;
}

static void add_pieces(struct value_list *words, const char *part, const struct str *pieces, size_t count) {
    struct buf text = {.arena = words->arena};
    struct value_map m = {.arena = words->arena};
    for (size_t i = 0; i < count; i++) {
        if (i && !is_parting(pieces[i].at[0]))
            buf_byte(&text, ' ');
        buf_add(&text, pieces[i]);
    }
    if (!count)
        return;
    map_set(&m, "part", value_text(str_from(part)));
    map_set(&m, "text", value_text(buf_str(&text)));
    list_add(words, map_done(&m));
}

/* Where the two have words in common, which of them changed: a cell that is another altogether is read more easily as a
 * whole. */
static void add_words(const struct review *review, struct value_map *cell) {
    const struct value both = map_done(cell);
    struct str was = value_words(value_at(&both, "before")), now = value_words(value_at(&both, "after")),
               *old, *new;
    struct differ differ = {.arena = review->arena, .scratch = review->scratch, .work = DIFFER_WORK_MAX};
    struct value_list words = {.arena = review->arena};
    if (!was.len || !now.len || str_eq(was, now))
        return;
    size_t old_count = pieces_of(was, review->arena, &old), new_count = pieces_of(now, review->arena, &new);
    struct difference d = differ_compare(&differ, old, old_count, new, new_count);
    for (size_t i = 0, from = 0, to = 0; i < d.count; i++) {
        const struct difference_run *run = &d.runs[i];
        add_pieces(&words, "removed", old + from, run->base - from);
        add_pieces(&words, "added", new + to, run->head - to);
        add_pieces(&words, "kept", new + run->head, run->count);
        from = run->base + run->count;
        to = run->head + run->count;
    }
    if (d.kept)
        map_set(cell, "words", list_done(&words));
}

static struct value cells_value(const struct review *review, const struct table_pair *pair,
                                const struct row_pair *row) {
    struct value_list list = {.arena = review->arena};
    for (size_t i = 0; i < pair->column_count; i++) {
        struct value_map m = {.arena = review->arena};
        struct column_pair c = pair->columns[i];
        if (row->before && c.before != NOWHERE)
            map_set(&m, "before", value_text(cell_words(pair, row, c, true, review->arena)));
        if (row->after && c.after != NOWHERE)
            map_set(&m, "after", value_text(cell_words(pair, row, c, false, review->arena)));
        add_words(review, &m);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static struct value row_value(const struct review *review, const struct table_pair *pair,
                              const struct row_pair *row, const struct caught_pair *caught) {
    const struct told_row *told = row->after ? row->after : row->before;
    struct place at = told->cells->at;
    struct value_map m = {.arena = review->arena};
    map_text(&m, "change", !row->before ? STR("added") : !row->after ? STR("removed") : STR("changed"));
    if (row->moved)
        map_text(&m, "moved", row->moved > 0 ? STR("later") : STR("earlier"));
    map_text(&m, "id", told->id);
    map_text(&m, "label", told->label);
    map_whole(&m, "line", place_position(at).line);
    map_text(&m, "address", told->address);
    map_set(&m, "cells", cells_value(review, pair, row));
    if (caught)
        caught_write(review, caught, row, &m);
    return map_done(&m);
}

static bool row_differs(const struct row_pair *row) {
    return !row->before || !row->after || row->changed || row->moved;
}

static struct value rows_value(const struct review *review, const struct table_pair *pair,
                               struct caught_pair *known, size_t *known_count) {
    struct value_list list = {.arena = review->arena};
    const struct caught_pair *caught = NULL;
    for (size_t i = 0; i < pair->row_count; i++) {
        if (!row_differs(&pair->rows[i]))
            continue;
        bool decides = (pair->after ? pair->after : pair->before)->decision != NULL;
        if (!caught && decides)
            caught = caught_of(review, pair, known, known_count);
        list_add(&list, row_value(review, pair, &pair->rows[i], caught));
    }
    return list_done(&list);
}

/* ---- a table ---- */

/* What the first of a row's numbers counts. */
static struct str catches_words(const struct told_table *t) {
    if (!t->decision || t->decision->kind == TABLE_MATCH)
        return (struct str){0};
    if (t->decision->kind == TABLE_CHECK)
        return STR("is not met by");
    return t->decision->hit <= HIT_PRIORITY ? STR("decides for") : STR("applies to");
}

static struct value table_value(const struct review *review, const struct table_pair *pair,
                                struct caught_pair *known, size_t *known_count) {
    const struct told_table *t = pair->after ? pair->after : pair->before;
    struct value keys = keys_value(review, pair), columns = columns_value(review, pair);
    struct value rows = rows_value(review, pair, known, known_count);
    bool both = pair->before && pair->after;
    struct value_map m = {.arena = review->arena};
    if (both && !keys.count && !columns.count && !rows.count)
        return value_null();
    map_text(&m, "change", both ? STR("changed") : pair->after ? STR("added") : STR("removed"));
    map_text(&m, "id", t->id);
    map_text(&m, "label", t->label);
    map_text(&m, "kind", t->kind);
    map_text(&m, "record", t->record);
    map_text(&m, "given", t->table->given);
    map_text(&m, "catches", catches_words(t));
    map_text(&m, "page", t->page->title);
    map_text(&m, "path", t->table->source->path);
    map_whole(&m, "line", place_position(t->table->markdown->header.at).line);
    map_text(&m, "address", t->page->address);
    map_set(&m, "keys", keys);
    map_set(&m, "columns", columns);
    map_set(&m, "headers", headers_value(review, pair));
    map_set(&m, "rows", rows);
    return map_done(&m);
}

/* Of a side that could not be read to the end, nothing is said to be missing. */
static bool is_certain(const struct review *review, const struct table_pair *pair) {
    return (pair->before || told_wholly(&review->base)) && (pair->after || told_wholly(&review->head));
}

static struct value tables_value(struct review *review) {
    struct value_list list = {.arena = review->arena};
    struct told_tables before, after;
    struct table_pairs pairs;
    told_read(&review->base, review->scratch, &before);
    told_read(&review->head, review->scratch, &after);
    tables_match(&before, &after, review->scratch, &pairs);
    struct caught_pair *known = arena_array(review->scratch, struct caught_pair, pairs.count);
    size_t known_count = 0;
    for (size_t i = 0; i < pairs.count; i++) {
        if (!is_certain(review, &pairs.items[i]))
            continue;
        struct value table = table_value(review, &pairs.items[i], known, &known_count);
        if (table.kind == VALUE_MAP)
            list_add(&list, table);
    }
    return list_done(&list);
}

struct value review_tables(struct review *review) {
    struct value_map m = {.arena = review->arena};
    struct value tables = tables_value(review);
    review->found[REVIEW_TABLE_CHANGE] += tables.count;
    map_set(&m, "tables", tables);
    bool proofs = proofs_compare(review, &m);
    struct value_map none = {.arena = review->arena};
    return tables.count || proofs ? map_done(&m) : map_done(&none);
}
