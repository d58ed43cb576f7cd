/* SPDX-License-Identifier: MIT */
/* review_edit.c: what changed in a policy, row by row and entry by entry. */
#include "edge/review_edit.h"

#include "policy/table.h"
#include "text/yaml.h"

static struct edit *edit_add(struct edits *e, enum edit_kind kind) {
    if (e->count == e->room) {
        size_t room = e->room ? 2 * e->room : 16;
        e->items = arena_grow(e->arena, e->items, e->room * sizeof(struct edit), room * sizeof(struct edit),
                              alignof(struct edit));
        e->room = room;
    }
    e->items[e->count] = (struct edit){.kind = kind};
    return &e->items[e->count++];
}

static void part_add(struct edits *e, struct edit *edit, struct edit_part part) {
    edit->parts = arena_grow(e->arena, edit->parts, edit->part_count * sizeof(struct edit_part),
                             (edit->part_count + 1) * sizeof(struct edit_part), alignof(struct edit_part));
    edit->parts[edit->part_count++] = part;
}

/* ---- values ---- */

static void value_print(struct buf *out, const struct value *v) {
    if (!v)
        return;
    if (value_is_text(v))
        buf_add(out, value_str(v));
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++) {
        buf_add(out, i ? STR(", ") : STR(""));
        value_print(out, &v->items[i]);
    }
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        buf_add(out, i ? STR("; ") : STR(""));
        buf_add(out, v->fields[i].key);
        buf_lit(out, ": ");
        value_print(out, &v->fields[i].value);
    }
}

static struct str value_text_of(struct arena *arena, const struct value *v) {
    struct buf out = {.arena = arena};
    value_print(&out, v);
    return buf_str(&out);
}

/* The keys in which two maps differ, as parts of an edit; `passed_over` are none of a policy. The place of the first of
 * them is the edit's, since that is the line that was written. */
static void parts_of_maps(struct edits *e, struct edit *edit, const struct value *base,
                          const struct value *head, const char *const *passed_over) {
    for (int side = 0; side < 2; side++) {
        const struct value *from = side ? head : base, *other = side ? base : head;
        for (uint32_t i = 0; from && from->kind == VALUE_MAP && i < from->count; i++) {
            const struct field *f = &from->fields[i];
            const struct value *there = value_get(other, f->key);
            bool passed = (!side && there) || (there && value_same(&f->value, there));
            for (const char *const *k = passed_over; *k && !passed; k++)
                passed = str_eq(f->key, str_from(*k));
            if (passed)
                continue;
            if (side && !edit->part_count)
                edit->at = place_at(from->source, f->key_offset);
            struct str here = value_text_of(e->arena, &f->value), beside = value_text_of(e->arena, there);
            part_add(e, edit, (struct edit_part){f->key, side ? beside : here, side ? here : beside});
        }
    }
}

/* ---- columns ---- */

static bool same_column(const struct policy_table *a, size_t i, const struct policy_table *b, size_t j) {
    const struct table_column *x = &a->columns[i], *y = &b->columns[j];
    if (x->role != y->role)
        return false;
    if (x->role == COLUMN_ID)
        return true;
    if (x->role == COLUMN_OUTPUT)
        return str_eq(a->decision->outputs[x->output].id, b->decision->outputs[y->output].id);
    if (x->thing && y->thing && x->thing->fact && y->thing->fact)
        return str_eq(x->thing->fact->id, y->thing->fact->id);
    if (x->thing && y->thing && x->thing->output && y->thing->output)
        return str_eq(x->thing->output->decision->id, y->thing->output->decision->id) &&
               str_eq(x->thing->output->id, y->thing->output->id);
    return !x->thing == !y->thing &&
           str_eq_fold(a->markdown->header.cells[i].text, b->markdown->header.cells[j].text);
}

static bool is_paired(const struct edit_table *t, size_t base) {
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].base == base)
            return true;
    return false;
}

/* The head's columns, then those that only the base has: which come first decides where "otherwise" may stand. */
static void pair_columns(struct edits *e, struct edit_table *t) {
    size_t base = t->base ? t->base->markdown->columns : 0, head = t->head ? t->head->markdown->columns : 0;
    t->columns = arena_array(e->arena, struct edit_column, base + head);
    for (size_t j = 0; j < head; j++) {
        struct edit_column c = {EDIT_NONE, j, t->head->columns[j].role == COLUMN_NOTES};
        for (size_t i = 0; i < base && c.base == EDIT_NONE; i++)
            if (!is_paired(t, i) && same_column(t->base, i, t->head, j))
                c.base = i;
        t->columns[t->column_count++] = c;
    }
    for (size_t i = 0; i < base; i++)
        if (!is_paired(t, i))
            t->columns[t->column_count++] =
                (struct edit_column){i, EDIT_NONE, t->base->columns[i].role == COLUMN_NOTES};
}

/* ---- rows ---- */

static const struct markdown_cell no_cell;

static const struct markdown_cell *cell_at(const struct markdown_row *row, size_t column) {
    return row && column != EDIT_NONE ? &row->cells[column] : &no_cell;
}

/* An offer is named by where its link leads. A blank and a dash mean the same to an input; to an output they may not. */
static bool same_cell(const struct markdown_cell *a, const struct markdown_cell *b) {
    return str_eq(a->text, b->text) && str_eq(a->link, b->link);
}

/* Whether the program reads the column. */
static bool is_read(const struct edit_table *t, const struct edit_column *c) {
    enum column_role role =
        c->head != EDIT_NONE ? t->head->columns[c->head].role : t->base->columns[c->base].role;
    return role == COLUMN_INPUT || role == COLUMN_OUTPUT;
}

static struct str column_name(const struct edit_table *t, const struct edit_column *c) {
    return c->head != EDIT_NONE ? t->head->markdown->header.cells[c->head].text
                                : t->base->markdown->header.cells[c->base].text;
}

/* How many of the cells that are read two rows have in common, of how many. */
static size_t alike(const struct edit_table *t, const struct markdown_row *base,
                    const struct markdown_row *head, size_t *of) {
    size_t same = 0;
    *of = 0;
    for (size_t i = 0; i < t->column_count; i++) {
        const struct edit_column *c = &t->columns[i];
        if (!is_read(t, c))
            continue;
        same += same_cell(cell_at(base, c->base), cell_at(head, c->head));
        ++*of;
    }
    return same;
}

/* One side's rows, those that were read. */
struct side {
    const struct row **rows;
    const struct markdown_row **markdown;
    size_t *pair; /* index on the other side; EDIT_NONE */
    size_t count;
};

static struct side side_of(struct edits *e, const struct policy_table *t) {
    size_t count = t ? t->row_count : 0;
    struct side s = {.rows = arena_array(e->arena, const struct row *, count),
                     .markdown = arena_array(e->arena, const struct markdown_row *, count),
                     .pair = arena_array(e->arena, size_t, count),
                     .count = count};
    for (size_t i = 0; i < count; i++) {
        s.rows[i] = t->decision->rows[t->first_row + i];
        s.markdown[i] = &t->markdown->rows[s.rows[i]->index];
        s.pair[i] = EDIT_NONE;
    }
    return s;
}

static void pair_by_id(struct side *base, struct side *head) {
    for (size_t i = 0; i < base->count; i++)
        for (size_t j = 0; j < head->count && base->pair[i] == EDIT_NONE; j++)
            if (head->pair[j] == EDIT_NONE && base->rows[i]->marker == head->rows[j]->marker &&
                str_eq(base->rows[i]->id, head->rows[j]->id)) {
                base->pair[i] = j;
                head->pair[j] = i;
            }
}

/* A row whose words are its id has another once they change. It is the same row when it stands between the same
 * neighbours, or has at least half of its cells. */
static void pair_by_cells(const struct edit_table *t, struct side *base, struct side *head) {
    for (size_t i = 0; i < base->count; i++) {
        size_t best = EDIT_NONE, best_same = 0, of;
        if (base->pair[i] != EDIT_NONE)
            continue;
        for (size_t j = 0; j < head->count; j++) {
            if (head->pair[j] != EDIT_NONE || base->rows[i]->marker || head->rows[j]->marker)
                continue;
            size_t same = alike(t, base->markdown[i], head->markdown[j], &of);
            bool between =
                (i ? base->pair[i - 1] : EDIT_NONE) == (j ? j - 1 : EDIT_NONE) && base->count == head->count;
            if ((2 * same >= of || between) && (best == EDIT_NONE || same > best_same)) {
                best = j;
                best_same = same;
            }
        }
        if (best != EDIT_NONE) {
            base->pair[i] = best;
            head->pair[best] = i;
        }
    }
}

static void slot_add(struct edit_table *t, const struct markdown_row *base, const struct markdown_row *head,
                     size_t edit) {
    t->slots[t->slot_count++] = (struct edit_slot){base, head, edit};
}

static size_t row_edit(struct edits *e, const struct edit_table *t, enum edit_kind kind,
                       const struct row *base, const struct row *head) {
    struct edit *edit = edit_add(e, kind);
    const struct row *row = head ? head : base;
    edit->base_decision = t->base ? t->base->decision : NULL;
    edit->head_decision = t->head ? t->head->decision : NULL;
    edit->base_row = base;
    edit->head_row = head;
    edit->id = str_join(e->arena, STR("row:"), row->table->decision->id, STR("/"), row->id);
    edit->label = row->label;
    edit->at = row->at;
    edit->gone = !head;
    return e->count - 1;
}

static void row_parts(struct edits *e, const struct edit_table *t, struct edit *edit,
                      const struct markdown_row *base, const struct markdown_row *head) {
    for (size_t i = 0; i < t->column_count; i++) {
        const struct edit_column *c = &t->columns[i];
        const struct markdown_cell *from = cell_at(base, c->base), *to = cell_at(head, c->head);
        if (is_read(t, c) && !same_cell(from, to))
            part_add(e, edit, (struct edit_part){column_name(t, c), from->text, to->text});
    }
}

/* A row of the head, with the edit that made it what it is. */
static void head_slot(struct edits *e, struct edit_table *t, const struct side *base, const struct side *head,
                      size_t j, const size_t *moved) {
    size_t of, i = head->pair[j];
    if (i == EDIT_NONE) {
        slot_add(t, NULL, head->markdown[j], row_edit(e, t, EDIT_ROW_NEW, NULL, head->rows[j]));
    } else if (moved[i] != EDIT_NONE) {
        slot_add(t, NULL, head->markdown[j], moved[i]);
    } else if (alike(t, base->markdown[i], head->markdown[j], &of) < of) {
        size_t edit = row_edit(e, t, EDIT_ROW_CHANGED, base->rows[i], head->rows[j]);
        row_parts(e, t, &e->items[edit], base->markdown[i], head->markdown[j]);
        slot_add(t, base->markdown[i], head->markdown[j], edit);
    } else {
        slot_add(t, NULL, head->markdown[j], EDIT_NONE);
    }
}

/* Rows of the base that the head has not, or not there, stand after the row that they stood after. */
static void base_slots(struct edits *e, struct edit_table *t, const struct side *base, size_t after,
                       size_t *moved) {
    for (size_t i = after; i < base->count; i++) {
        if (base->pair[i] == EDIT_NONE)
            slot_add(t, base->markdown[i], NULL, row_edit(e, t, EDIT_ROW_GONE, base->rows[i], NULL));
        else if (moved[i] != EDIT_NONE)
            slot_add(t, base->markdown[i], NULL, moved[i]);
        else
            return;
    }
}

static void pair_rows(struct edits *e, struct edit_table *t) {
    struct side base = side_of(e, t->base), head = side_of(e, t->head);
    size_t *moved = arena_array(e->arena, size_t, base.count);
    pair_by_id(&base, &head);
    pair_by_cells(t, &base, &head);
    t->slots = arena_array(e->arena, struct edit_slot, 2 * (base.count + head.count));
    for (size_t i = 0; i < base.count; i++) {
        size_t j = base.pair[i];
        moved[i] = EDIT_NONE;
        if (j == EDIT_NONE || base.rows[i]->tier == head.rows[j]->tier)
            continue;
        moved[i] = row_edit(e, t, EDIT_ROW_MOVED, base.rows[i], head.rows[j]);
        row_parts(e, t, &e->items[moved[i]], base.markdown[i], head.markdown[j]);
    }
    base_slots(e, t, &base, 0, moved);
    for (size_t j = 0; j < head.count; j++) {
        head_slot(e, t, &base, &head, j, moved);
        if (head.pair[j] != EDIT_NONE && moved[head.pair[j]] == EDIT_NONE)
            base_slots(e, t, &base, head.pair[j] + 1, moved);
    }
}

/* ---- tables ---- */

static const char *const words_alone[] = {"label", "notes", "id", "visible", NULL};

static struct value *directive_of(struct edits *e, const struct policy_table *t) {
    struct diags quiet = {.arena = e->arena};
    struct value *root = arena_new(e->arena, struct value);
    size_t from = t->markdown->directive_at.offset;
    yaml_read(e->arena, t->markdown->directive_at.source, from, from + t->markdown->directive.len, &quiet,
              root);
    return root;
}

static size_t table_edit(struct edits *e, const struct edit_table *t, enum edit_kind kind) {
    const struct policy_table *of = t->head ? t->head : t->base;
    struct edit *edit = edit_add(e, kind);
    edit->base_decision = t->base ? t->base->decision : NULL;
    edit->head_decision = t->head ? t->head->decision : NULL;
    edit->id = str_join(e->arena, STR("table:"), of->decision->id);
    if (of != of->decision->tables[0])
        edit->id = str_join(e->arena, edit->id, STR("/"), of->given);
    edit->label = of->decision->label;
    edit->at = of->markdown->directive_at;
    edit->gone = !t->head;
    return e->count - 1;
}

static void table_pair(struct edits *e, const struct policy_table *base, const struct policy_table *head) {
    struct edit_table *t = &e->tables[e->table_count++];
    *t = (struct edit_table){.base = base, .head = head, .settings = EDIT_NONE};
    if (!base || !head) {
        t->settings = table_edit(e, t, base ? EDIT_TABLE_GONE : EDIT_TABLE_NEW);
        return;
    }
    pair_columns(e, t);
    pair_rows(e, t);
    struct edit probe = {0};
    parts_of_maps(e, &probe, directive_of(e, base), directive_of(e, head), words_alone);
    if (!probe.part_count)
        return;
    t->settings = table_edit(e, t, EDIT_TABLE);
    e->items[t->settings].parts = probe.parts;
    e->items[t->settings].part_count = probe.part_count;
    if (probe.at.source)
        e->items[t->settings].at = probe.at;
}

/* The table of the other side's decision that has the same `given`, or stands in the same place. */
static const struct policy_table *other_table(const struct decision *other, const struct policy_table *t,
                                              size_t index, const bool *taken) {
    for (size_t i = 0; other && i < other->table_count; i++)
        if (!taken[i] && str_eq(other->tables[i]->given, t->given))
            return other->tables[i];
    return other && index < other->table_count && !taken[index] ? other->tables[index] : NULL;
}

static void decision_pair(struct edits *e, const struct decision *base, const struct decision *head) {
    size_t count = base ? base->table_count : 0;
    bool *taken = arena_array(e->arena, bool, count);
    for (size_t j = 0; head && j < head->table_count; j++) {
        const struct policy_table *t = other_table(base, head->tables[j], j, taken);
        for (size_t i = 0; i < count; i++)
            taken[i] = taken[i] || base->tables[i] == t;
        table_pair(e, t, head->tables[j]);
    }
    for (size_t i = 0; i < count; i++)
        if (!taken[i])
            table_pair(e, base->tables[i], NULL);
}

static bool is_run(const struct decision *d) {
    return d->kind == TABLE_DECISION || d->kind == TABLE_CHECK;
}

static void find_tables(struct edits *e) {
    size_t room = 0;
    for (size_t i = 0; i < e->base->decision_count; i++)
        room += e->base->decisions[i]->table_count;
    for (size_t i = 0; i < e->head->decision_count; i++)
        room += e->head->decisions[i]->table_count;
    e->tables = arena_array(e->arena, struct edit_table, room);
    for (size_t i = 0; i < e->head->decision_count; i++) {
        const struct decision *head = e->head->decisions[i], *base = policy_decision(e->base, head->id);
        if (is_run(head))
            decision_pair(e, base && base->kind == head->kind ? base : NULL, head);
    }
    for (size_t i = 0; i < e->base->decision_count; i++) {
        const struct decision *base = e->base->decisions[i], *head = policy_decision(e->head, base->id);
        if (is_run(base) && (!head || head->kind != base->kind))
            decision_pair(e, base, NULL);
    }
}

/* ---- framework.yaml ---- */

/* The parts of it that decisions read, and how deep one entry of each lies. */
static const struct {
    const char *key;
    size_t depth;
} parts_read[] = {{"scales", 2}, {"facts", 3}, {"never", 2}, {"units", 1}, {"calendar", 1}, {"groups", 1}};

static const char *const fact_words[] = {"label", "source", NULL};
static const char *const scale_words[] = {"colours", NULL};
static const char *const every_key[] = {NULL};

static const struct field *field_of(const struct value *map, struct str key) {
    for (uint32_t i = 0; map && map->kind == VALUE_MAP && i < map->count; i++)
        if (str_eq(map->fields[i].key, key))
            return &map->fields[i];
    return NULL;
}

static void entry_add(struct edits *e, struct edit_entry entry) {
    bool fact = entry.depth == 3, scale = str_eq(entry.keys[0], STR("scales"));
    struct edit probe = {0};
    if (entry.base && entry.head && entry.base->value.kind == VALUE_MAP)
        parts_of_maps(e, &probe, &entry.base->value, &entry.head->value,
                      fact    ? fact_words
                      : scale ? scale_words
                              : every_key);
    if (entry.base && entry.head && entry.base->value.kind != VALUE_MAP &&
        !value_same(&entry.base->value, &entry.head->value))
        part_add(e, &probe,
                 (struct edit_part){entry.head->key, value_text_of(e->arena, &entry.base->value),
                                    value_text_of(e->arena, &entry.head->value)});
    if (entry.base && entry.head && !probe.part_count)
        return;
    struct edit *edit = edit_add(e, !entry.base   ? EDIT_VOCABULARY_NEW
                                    : !entry.head ? EDIT_VOCABULARY_GONE
                                                  : EDIT_VOCABULARY);
    const struct field *at = entry.head ? entry.head : entry.base;
    edit->id = str_join(e->arena, STR("vocabulary:"), entry.keys[0]);
    for (size_t i = 1; i < entry.depth; i++)
        edit->id = str_join(e->arena, edit->id, STR("."), entry.keys[i]);
    edit->label = value_words(value_get(&at->value, STR("label")));
    edit->label = edit->label.len ? edit->label : words_of_id(e->arena, entry.keys[entry.depth - 1]);
    edit->record = fact ? entry.keys[1] : (struct str){0};
    edit->fact = fact ? entry.keys[2] : (struct str){0};
    edit->at = probe.at.source ? probe.at : place_at(at->value.source, at->key_offset);
    edit->gone = !entry.head;
    edit->parts = probe.parts;
    edit->part_count = probe.part_count;
    entry.edit = e->count - 1;
    if (e->entry_count == e->entry_room) {
        size_t room = e->entry_room ? 2 * e->entry_room : 16;
        e->entries = arena_grow(e->arena, e->entries, e->entry_room * sizeof(struct edit_entry),
                                room * sizeof(struct edit_entry), alignof(struct edit_entry));
        e->entry_room = room;
    }
    e->entries[e->entry_count++] = entry;
}

static void find_entries(struct edits *e, struct edit_entry at, size_t left, const struct value *base,
                         const struct value *head) {
    if (!left)
        return;
    for (int side = 0; side < 2; side++) {
        const struct value *from = side ? base : head;
        for (uint32_t i = 0; from && from->kind == VALUE_MAP && i < from->count; i++) {
            struct edit_entry entry = at;
            entry.keys[entry.depth++] = from->fields[i].key;
            entry.base = field_of(base, from->fields[i].key);
            entry.head = field_of(head, from->fields[i].key);
            if (side && entry.head)
                continue;
            if (left == 1)
                entry_add(e, entry);
            else
                find_entries(e, entry, left - 1, entry.base ? &entry.base->value : NULL,
                             entry.head ? &entry.head->value : NULL);
        }
    }
}

static void find_vocabulary(struct edits *e) {
    const struct value *base = &e->base->vocabulary->root, *head = &e->head->vocabulary->root;
    for (size_t i = 0; i < sizeof(parts_read) / sizeof(parts_read[0]); i++) {
        struct edit_entry at = {.keys = {str_from(parts_read[i].key)}, .depth = 1};
        at.base = field_of(base, at.keys[0]);
        at.head = field_of(head, at.keys[0]);
        if (parts_read[i].depth == 1 && (at.base || at.head))
            entry_add(e, at);
        else
            find_entries(e, at, parts_read[i].depth - 1, at.base ? &at.base->value : NULL,
                         at.head ? &at.head->value : NULL);
    }
}

/* ---- more than a set has bits ---- */

/* Puts edits that share a decision, or any two with `all`, into one, and gives where each went. */
static size_t *edits_join(struct edits *e, bool all) {
    size_t *to = arena_array(e->arena, size_t, e->count), count = 0;
    for (size_t i = 0; i < e->count; i++) {
        struct edit edit = e->items[i];
        const struct decision *d = edit.head_decision ? edit.head_decision : edit.base_decision;
        struct str id = all ? STR("policy") : d ? str_join(e->arena, STR("table:"), d->id) : edit.id;
        size_t j = 0;
        while (j < count && !str_eq(e->items[j].id, id))
            j++;
        to[i] = j;
        if (j < count)
            continue;
        if (d || all) {
            edit.kind = EDIT_TABLE;
            edit.label = all ? STR("the policy as a whole") : d->label;
            edit.base_row = edit.head_row = NULL;
            edit.part_count = 0;
            edit.at = all ? (struct place){0} : d->at;
            edit.gone = !all && !edit.head_decision;
        }
        if (all)
            edit.base_decision = edit.head_decision = NULL; /* it may matter to every one */
        edit.id = id;
        e->items[count++] = edit;
    }
    e->count = count;
    return to;
}

static void edits_renumber(struct edits *e, const size_t *to) {
    for (size_t i = 0; i < e->table_count; i++) {
        struct edit_table *t = &e->tables[i];
        t->settings = t->settings == EDIT_NONE ? EDIT_NONE : to[t->settings];
        for (size_t j = 0; j < t->slot_count; j++)
            t->slots[j].edit = t->slots[j].edit == EDIT_NONE ? EDIT_NONE : to[t->slots[j].edit];
    }
    for (size_t i = 0; i < e->entry_count; i++)
        e->entries[i].edit = to[e->entries[i].edit];
}

void edits_find(struct edits *e, const struct policy *base, const struct policy *head, struct arena *arena) {
    *e = (struct edits){.base = base, .head = head, .arena = arena};
    if (!base->vocabulary || !head->vocabulary)
        return;
    find_tables(e);
    find_vocabulary(e);
    for (int all = 0; all < 2 && e->count > EDITS_MAX; all++)
        edits_renumber(e, edits_join(e, all));
}
