/* SPDX-License-Identifier: MIT */
/*
 * review_tables_match.c: which table, column and row of one side is which of the other.
 *
 * By name first: a table by its id, a column by its header, a row by its id. What is left is matched by likeness, the
 * most alike first: a row whose id is made of its words has another id once one of its cells changes.
 */
#include "edge/review_tables_inside.h"

#include <assert.h>
#include <stdlib.h>

#include "policy/table.h"

/* Less of a hundred in common, and it is another row, or another table. */
#define ALIKE_MIN 50

/* What is still to be matched: of each thing on either side its partner on the other, or NOWHERE. */
struct matching {
    size_t *of_before, *of_after;
    size_t before_count, after_count;
};

static struct matching matching_new(size_t before, size_t after, struct arena *arena) {
    struct matching m = {arena_array(arena, size_t, before), arena_array(arena, size_t, after), before,
                         after};
    for (size_t i = 0; i < before; i++)
        m.of_before[i] = NOWHERE;
    for (size_t i = 0; i < after; i++)
        m.of_after[i] = NOWHERE;
    return m;
}

static void matching_join(struct matching *m, size_t before, size_t after) {
    m->of_before[before] = after;
    m->of_after[after] = before;
}

/* How alike two things are, of a hundred. */
typedef unsigned likeness(const void *context, size_t before, size_t after);

struct alike {
    size_t before, after;
    unsigned like;
};

static int by_likeness(const void *a, const void *b) {
    const struct alike *x = a, *y = b;
    if (x->like != y->like)
        return x->like > y->like ? -1 : 1;
    if (x->before != y->before)
        return x->before < y->before ? -1 : 1;
    return (x->after > y->after) - (x->after < y->after);
}

static size_t count_left(const size_t *partners, size_t count) {
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        left += partners[i] == NOWHERE;
    return left;
}

/* The most alike of what is left, then the next; of pairs that are as alike, the first on both sides. */
static void matching_by_likeness(struct matching *m, likeness *like, const void *context, unsigned least,
                                 struct arena *arena) {
    size_t room = count_left(m->of_before, m->before_count) * count_left(m->of_after, m->after_count), n = 0;
    struct alike *pairs = arena_array(arena, struct alike, room);
    for (size_t i = 0; i < m->before_count; i++)
        for (size_t j = 0; j < m->after_count && m->of_before[i] == NOWHERE; j++) {
            struct alike pair = {i, j, m->of_after[j] == NOWHERE ? like(context, i, j) : 0};
            if (pair.like && pair.like >= least)
                pairs[n++] = pair;
        }
    qsort(pairs, n, sizeof(*pairs), by_likeness);
    for (size_t i = 0; i < n; i++)
        if (m->of_before[pairs[i].before] == NOWHERE && m->of_after[pairs[i].after] == NOWHERE)
            matching_join(m, pairs[i].before, pairs[i].after);
}

/* ---- columns ---- */

static struct str header_of(const struct told_table *t, size_t column) {
    return t->table->markdown->header.cells[column].text;
}

static size_t columns_of(const struct told_table *t) {
    return t->table->markdown->columns;
}

struct comparing {
    const struct told_table *before, *after;
    const struct matching *columns, *rows;
    struct arena *arena;
};

static bool same_cell(const struct comparing *c, const struct told_row *before, size_t column_before,
                      const struct told_row *after, size_t column_after) {
    return str_eq(told_cell(before, column_before), told_cell(after, column_after)) &&
           str_eq(told_link(c->before, before, column_before), told_link(c->after, after, column_after));
}

/* A column that was renamed has the same cells in rows that are the same; of the role that it had. */
static unsigned columns_alike(const void *context, size_t before, size_t after) {
    const struct comparing *c = context;
    const struct table_column *was = c->before->table->columns, *is = c->after->table->columns;
    size_t same = 0, all = 0;
    if (was && is && was[before].role != is[after].role)
        return 0;
    for (size_t i = 0; i < c->before->count; i++) {
        size_t j = c->rows->of_before[i];
        if (j == NOWHERE)
            continue;
        all++;
        same += same_cell(c, &c->before->rows[i], before, &c->after->rows[j], after);
    }
    return all ? (unsigned)(100 * same / all) : 0;
}

static struct matching match_headers(const struct told_table *before, const struct told_table *after,
                                     struct arena *arena) {
    struct matching m = matching_new(columns_of(before), columns_of(after), arena);
    for (size_t i = 0; i < m.before_count; i++)
        for (size_t j = 0; j < m.after_count && m.of_before[i] == NOWHERE; j++)
            if (m.of_after[j] == NOWHERE && str_eq_fold(header_of(before, i), header_of(after, j)))
                matching_join(&m, i, j);
    return m;
}

/* ---- rows ---- */

/* Those of the same id, in their order: markers of tiers may be alike. */
static struct matching match_ids(const struct told_table *before, const struct told_table *after,
                                 struct arena *arena) {
    struct matching m = matching_new(before->count, after->count, arena);
    struct map first = {.arena = arena};
    size_t *next = arena_array(arena, size_t, after->count);
    for (size_t j = after->count; j-- > 0;) { /* the rows of an id hang together, the first first */
        bool added;
        struct map_item *item = map_add(&first, after->rows[j].id, &after->rows[j], &added);
        next[j] = added ? NOWHERE : (size_t)((const struct told_row *)item->value - after->rows);
        item->value = &after->rows[j];
    }
    for (size_t i = 0; i < before->count; i++) {
        const struct told_row *row = map_get(&first, before->rows[i].id);
        size_t j = row ? (size_t)(row - after->rows) : NOWHERE;
        while (j != NOWHERE && m.of_after[j] != NOWHERE)
            j = next[j];
        if (j != NOWHERE)
            matching_join(&m, i, j);
    }
    return m;
}

/* Of the cells that are not blank on both sides, how many are the same. */
static unsigned rows_alike(const void *context, size_t before, size_t after) {
    const struct comparing *c = context;
    size_t same = 0, all = 0;
    for (size_t i = 0; i < c->columns->before_count; i++) {
        size_t j = c->columns->of_before[i];
        const struct told_row *was = &c->before->rows[before], *is = &c->after->rows[after];
        if (j == NOWHERE || (!was->cells->cells[i].text.len && !is->cells->cells[j].text.len))
            continue;
        all++;
        same += same_cell(c, was, i, is, j);
    }
    return all ? (unsigned)(100 * same / all) : 0;
}

/* ---- what is printed ---- */

/* The things of the head in order, each of those that were removed after what it stood after. */
static size_t *merged(const struct matching *m, struct arena *arena, size_t *count) {
    size_t *order = arena_array(arena, size_t, m->before_count + m->after_count), n = 0;
    size_t *after_of =
        arena_array(arena, size_t, m->before_count); /* of what was removed: its place in the head */
    size_t place = 0;
    for (size_t i = 0; i < m->before_count; i++) {
        place = m->of_before[i] != NOWHERE ? m->of_before[i] + 1 : place;
        after_of[i] = place;
    }
    for (size_t j = 0; j <= m->after_count; j++) {
        for (size_t i = 0; i < m->before_count; i++)
            if (m->of_before[i] == NOWHERE && after_of[i] == j)
                order[n++] = m->after_count + i;
        if (j < m->after_count)
            order[n++] = j;
    }
    *count = n;
    return order;
}

static void pair_columns(const struct matching *m, struct arena *arena, struct table_pair *out) {
    size_t *order = merged(m, arena, &out->column_count);
    out->columns = arena_array(arena, struct column_pair, out->column_count);
    for (size_t i = 0; i < out->column_count; i++) {
        bool gone = order[i] >= m->after_count;
        out->columns[i] = gone ? (struct column_pair){order[i] - m->after_count, NOWHERE}
                               : (struct column_pair){m->of_after[order[i]], order[i]};
    }
}

/* A column that one side alone has changes the rows that say something in it. */
static bool is_changed(const struct comparing *c, const struct table_pair *pair, const struct row_pair *row) {
    for (size_t i = 0; i < pair->column_count; i++) {
        struct column_pair p = pair->columns[i];
        if (p.before == NOWHERE  ? row->after->cells->cells[p.after].text.len > 0
            : p.after == NOWHERE ? row->before->cells->cells[p.before].text.len > 0
                                 : !same_cell(c, row->before, p.before, row->after, p.after))
            return true;
    }
    return false;
}

/* The tier of the head that most rows of a tier are in now: the first of those. */
static size_t tier_now(const struct table_pair *pair, size_t tier) {
    size_t best = tier, most = 0;
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct row_pair *r = &pair->rows[i];
        size_t votes = 0;
        if (!r->before || !r->after || r->before->tier != tier)
            continue;
        for (size_t j = 0; j < pair->row_count; j++)
            votes += pair->rows[j].before && pair->rows[j].after && pair->rows[j].before->tier == tier &&
                     pair->rows[j].after->tier == r->after->tier;
        if (votes > most) {
            most = votes;
            best = r->after->tier;
        }
    }
    return best;
}

/* How many of the rows that both sides have stand before one of them. */
static size_t rows_before(const struct table_pair *pair, const struct row_pair *row, bool was) {
    size_t n = 0;
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct row_pair *r = &pair->rows[i];
        n += r->before && r->after && (was ? r->before < row->before : r->after < row->after);
    }
    return n;
}

/* The steps of a match count in their order: those that are not in the longest run of steps in order have moved. */
static void mark_steps(struct table_pair *pair, struct arena *arena) {
    size_t n = pair->row_count, best = NOWHERE;
    size_t *length = arena_array(arena, size_t, n), *from = arena_array(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        struct row_pair *r = &pair->rows[i];
        from[i] = NOWHERE;
        if (!r->before || !r->after)
            continue;
        length[i] = 1;
        for (size_t j = 0; j < i; j++)
            if (length[j] && pair->rows[j].before < r->before && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                from[i] = j;
            }
        best = best == NOWHERE || length[i] > length[best] ? i : best;
        r->moved = rows_before(pair, r, false) > rows_before(pair, r, true) ? 1 : -1;
    }
    for (; best != NOWHERE; best = from[best])
        pair->rows[best].moved = 0;
}

/* Rows of one tier hold or do not, in whatever order they stand. */
static void mark_moved(struct table_pair *pair, struct arena *arena) {
    if (pair->after->decision && pair->after->decision->kind == TABLE_MATCH) {
        mark_steps(pair, arena);
        return;
    }
    for (size_t i = 0; i < pair->row_count; i++) {
        struct row_pair *r = &pair->rows[i];
        size_t now = r->before && r->after ? tier_now(pair, r->before->tier) : 0;
        if (r->before && r->after && r->after->tier != now)
            r->moved = r->after->tier > now ? 1 : -1;
    }
}

static void pair_rows(const struct comparing *c, const struct matching *m, struct table_pair *out) {
    size_t *order = merged(m, c->arena, &out->row_count);
    out->rows = arena_array(c->arena, struct row_pair, out->row_count);
    for (size_t i = 0; i < out->row_count; i++) {
        struct row_pair *r = &out->rows[i];
        if (order[i] >= m->after_count) {
            r->before = &c->before->rows[order[i] - m->after_count];
            continue;
        }
        r->after = &c->after->rows[order[i]];
        if (m->of_after[order[i]] != NOWHERE)
            r->before = &c->before->rows[m->of_after[order[i]]];
        r->changed = r->before && is_changed(c, out, r);
    }
    mark_moved(out, c->arena);
}

static void match_inside(struct table_pair *pair, struct arena *arena) {
    const struct told_table *before = pair->before, *after = pair->after;
    struct matching columns = match_headers(before, after, arena);
    struct matching rows = match_ids(before, after, arena);
    struct comparing c = {before, after, &columns, &rows, arena};
    matching_by_likeness(&columns, columns_alike, &c, ALIKE_MIN, arena);
    matching_by_likeness(&rows, rows_alike, &c, ALIKE_MIN, arena);
    pair_columns(&columns, arena, pair);
    pair_rows(&c, &rows, pair);
}

/* A table that one side alone has, as a pair without a partner. */
static void fill_alone(struct table_pair *pair, struct arena *arena) {
    const struct told_table *t = pair->before ? pair->before : pair->after;
    assert(t);
    pair->column_count = columns_of(t);
    pair->columns = arena_array(arena, struct column_pair, pair->column_count);
    for (size_t i = 0; i < pair->column_count; i++)
        pair->columns[i] = (struct column_pair){pair->before ? i : NOWHERE, pair->after ? i : NOWHERE};
    pair->row_count = t->count;
    pair->rows = arena_array(arena, struct row_pair, pair->row_count);
    for (size_t i = 0; i < t->count; i++)
        pair->rows[i] = (struct row_pair){.before = pair->before ? &t->rows[i] : NULL,
                                          .after = pair->after ? &t->rows[i] : NULL};
}

/* ---- tables ---- */

struct sides {
    const struct told_tables *before, *after;
    struct arena *arena;
};

/* Rows of the same id, of a hundred of the longer one's. */
static unsigned shared_rows(const struct sides *s, const struct told_table *a, const struct told_table *b) {
    struct arena_mark mark = arena_mark(s->arena);
    struct matching m = match_ids(a, b, s->arena);
    size_t same = 0, most = a->count > b->count ? a->count : b->count;
    for (size_t i = 0; i < a->count; i++)
        same += m.of_before[i] != NOWHERE;
    arena_rewind(s->arena, mark);
    return most ? (unsigned)(100 * same / most) : 0;
}

/* Tables of one id: by their rows, and better where they are given the same. */
static unsigned of_one_id(const void *context, size_t before, size_t after) {
    const struct sides *s = context;
    const struct told_table *a = &s->before->items[before], *b = &s->after->items[after];
    if (!str_eq(a->id, b->id) || !str_eq(a->kind, b->kind))
        return 0;
    return 1 + shared_rows(s, a, b) + (str_eq(a->table->given, b->table->given) ? 100 : 0);
}

/* Tables of other ids: one was renamed if it has the same headers and mostly the same rows. */
static unsigned of_other_ids(const void *context, size_t before, size_t after) {
    const struct sides *s = context;
    const struct told_table *a = &s->before->items[before], *b = &s->after->items[after];
    if (!str_eq(a->kind, b->kind) || columns_of(a) != columns_of(b))
        return 0;
    for (size_t i = 0; i < columns_of(a); i++)
        if (!str_eq_fold(header_of(a, i), header_of(b, i)))
            return 0;
    return shared_rows(s, a, b);
}

void tables_match(const struct told_tables *before, const struct told_tables *after, struct arena *arena,
                  struct table_pairs *out) {
    struct sides sides = {before, after, arena};
    struct matching m = matching_new(before->count, after->count, arena);
    matching_by_likeness(&m, of_one_id, &sides, 1, arena);
    matching_by_likeness(&m, of_other_ids, &sides, ALIKE_MIN, arena);
    size_t *order = merged(&m, arena, &out->count);
    out->items = arena_array(arena, struct table_pair, out->count);
    for (size_t i = 0; i < out->count; i++) {
        struct table_pair *pair = &out->items[i];
        bool gone = order[i] >= m.after_count;
        size_t was = gone ? order[i] - m.after_count : m.of_after[order[i]];
        pair->before = was != NOWHERE ? &before->items[was] : NULL;
        pair->after = gone ? NULL : &after->items[order[i]];
        if (pair->before && pair->after)
            match_inside(pair, arena);
        else
            fill_alone(pair, arena);
    }
}
