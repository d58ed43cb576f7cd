/* SPDX-License-Identifier: MIT */
/*
 * review_edit_blend.c: the policy that has some of the edits and not the others.
 *
 * It is made of what both sides were read from: maps of framework.yaml with an entry of one side or the other, and tables
 * of Markdown with rows of both. Nothing is written as text and parsed again, so every place still leads to the file
 * that it is in.
 */
#include "edge/review_edit.h"
#include "policy/table.h"
#include "portal/fact.h"

static bool has(edit_set set, size_t edit) {
    return edit == EDIT_NONE || (set & EDIT_BIT(edit)) != 0;
}

/* ---- framework.yaml ---- */

static struct value map_copy(struct arena *arena, const struct value *map, size_t more) {
    struct value copy = *map;
    copy.fields = arena_array(arena, struct field, map->count + more);
    memcpy(copy.fields, map->fields, map->count * sizeof(struct field));
    return copy;
}

static struct field *field_in(struct value *map, struct str key) {
    for (uint32_t i = 0; i < map->count; i++)
        if (str_eq(map->fields[i].key, key))
            return &map->fields[i];
    return NULL;
}

/* What tables call a fact is what the head calls it: a label alone changes nothing, and rows are in its words. */
static struct field relabelled(struct arena *arena, const struct edit_entry *entry) {
    struct field f = *entry->base;
    const struct value *label = entry->head ? value_get(&entry->head->value, STR("label")) : NULL;
    if (entry->depth < 3 || !entry->head || f.value.kind != VALUE_MAP)
        return f;
    f.value = map_copy(arena, &entry->base->value, 1);
    struct field *own = field_in(&f.value, STR("label"));
    if (own && label)
        own->value = *label;
    else if (own)
        *own = f.value.fields[--f.value.count];
    else if (label)
        for (uint32_t i = 0; i < entry->head->value.count; i++)
            if (&entry->head->value.fields[i].value == label)
                f.value.fields[f.value.count++] = entry->head->value.fields[i];
    f.value.mask = 0;
    return f;
}

/* Puts the base's entry where the head's is, or takes it out where the base has none. The maps on the way are copied
 * as often as they are changed, which is a few times a blend. */
static void entry_undo(struct arena *arena, const struct edit_entry *entry, size_t depth, struct value *map) {
    struct field *f = field_in(map, entry->keys[depth]);
    if (depth + 1 < entry->depth && f) {
        f->value = map_copy(arena, &f->value, 1);
        f->value.mask = 0;
        entry_undo(arena, entry, depth + 1, &f->value);
        return;
    }
    if (depth + 1 < entry->depth && !entry->base)
        return;
    if (depth + 1 <
        entry->depth) { /* a map that the head has not: of this entry alone, until the next comes */
        struct field *whole = &map->fields[map->count++];
        *whole = (struct field){.key = entry->keys[depth],
                                .hash = str_hash(entry->keys[depth]),
                                .key_offset = entry->base->key_offset,
                                .value = {.kind = VALUE_MAP,
                                          .source = entry->base->value.source,
                                          .offset = entry->base->value.offset}};
        whole->value.fields = arena_array(arena, struct field, 1);
        entry_undo(arena, entry, depth + 1, &whole->value);
        return;
    }
    if (!entry->base && f) {
        memmove(f, f + 1, (size_t)(map->fields + map->count - (f + 1)) * sizeof(struct field));
        map->count--;
    } else if (entry->base && f) {
        *f = relabelled(arena, entry);
    } else if (entry->base) {
        map->fields[map->count++] = *entry->base;
    }
}

static void blend_vocabulary(struct blend *b, const struct edits *e, struct diags *diags) {
    struct value *root = arena_new(&b->arena, struct value);
    *root = map_copy(&b->arena, &e->head->vocabulary->root, e->entry_count);
    root->mask = 0;
    for (size_t i = 0; i < e->entry_count; i++)
        if (!has(b->set, e->entries[i].edit))
            entry_undo(&b->arena, &e->entries[i], 0, root);
    vocabulary_read(&b->arena, root, &b->vocabulary, diags);
}

/* ---- tables ---- */

/* A column of notes is one side's alone: the other's directive does not know it. */
static bool is_shown(const struct edit_table *t, const struct edit_column *c, bool base_settings) {
    return !c->notes || (base_settings ? c->base : c->head) != EDIT_NONE || !t->base || !t->head;
}

static void blend_cells(struct blend *b, const struct edit_table *t, const struct markdown_row *from,
                        bool from_base, bool base_settings, struct markdown_row *out) {
    size_t n = 0;
    *out = *from;
    out->cells = arena_array(&b->arena, struct markdown_cell, t->column_count);
    for (size_t i = 0; i < t->column_count; i++) {
        const struct edit_column *c = &t->columns[i];
        size_t column = from_base ? c->base : c->head;
        if (!is_shown(t, c, base_settings))
            continue;
        out->cells[n++] = column != EDIT_NONE ? from->cells[column] : (struct markdown_cell){.at = from->at};
    }
}

static void blend_header(struct blend *b, const struct edit_table *t, bool base_settings,
                         struct markdown_table *out) {
    out->columns = 0;
    out->header.cells = arena_array(&b->arena, struct markdown_cell, t->column_count);
    for (size_t i = 0; i < t->column_count; i++) {
        const struct edit_column *c = &t->columns[i];
        bool base = c->head == EDIT_NONE || (base_settings && c->base != EDIT_NONE);
        if (is_shown(t, c, base_settings))
            out->header.cells[out->columns++] =
                base ? t->base->markdown->header.cells[c->base] : t->head->markdown->header.cells[c->head];
    }
}

/* False: it is not there without the edit, or with it. */
static bool blend_table(struct blend *b, const struct edit_table *t, struct markdown_table *out,
                        const struct policy_table **as) {
    bool settings = has(b->set, t->settings);
    *as = settings ? t->head : t->base;
    if (!*as)
        return false;
    *out = *(*as)->markdown;
    if (!t->base || !t->head)
        return true;
    blend_header(b, t, !settings, out);
    out->rows = arena_array(&b->arena, struct markdown_row, t->slot_count);
    out->row_count = 0;
    for (size_t i = 0; i < t->slot_count; i++) {
        const struct edit_slot *s = &t->slots[i];
        bool head = has(b->set, s->edit);
        if (head ? s->head : s->base)
            blend_cells(b, t, head ? s->head : s->base, !head, !settings, &out->rows[out->row_count++]);
    }
    return true;
}

/* Each table is a page of its own, so that the words above it are read from the file that has them. */
static void blend_tables(struct blend *b, const struct edits *e, struct diags *diags) {
    struct policy_page *pages = arena_array(&b->arena, struct policy_page, e->table_count);
    size_t count = 0;
    for (size_t i = 0; i < e->table_count; i++) {
        struct markdown_tables *tables = arena_new(&b->arena, struct markdown_tables);
        const struct policy_table *as;
        tables->items = arena_new(&b->arena, struct markdown_table);
        tables->count = 1;
        if (blend_table(b, &e->tables[i], tables->items, &as))
            pages[count++] = (struct policy_page){as->source, tables, as->page};
    }
    policy_read(&b->policy, pages, count, diags);
}

/* ---- blends ---- */

static struct blend *blend_new(const struct blends *all, edit_set set, struct arena *arena) {
    struct blend *b = arena_new(arena, struct blend);
    struct diags diags = {.arena = &b->arena};
    b->set = set;
    blend_vocabulary(b, all->edits, &diags);
    policy_new(&b->arena, &b->vocabulary, &b->policy, &diags);
    if (!diags.errors)
        blend_tables(b, all->edits, &diags);
    for (size_t i = 0; i < 2 && !diags.errors; i++) {
        b->sites[i] = *all->sides[i];
        b->sites[i].arena = &b->arena;
        b->sites[i].policy = b->policy;
        b->sites[i].vocabulary = b->vocabulary;
        b->sites[i].policy.vocabulary = &b->sites[i].vocabulary;
        b->sites[i].facts = facts_new(&b->sites[i], &b->arena, &diags);
    }
    b->ok = !diags.errors;
    return b;
}

void blends_init(struct blends *all, const struct edits *edits, const struct site *base,
                 const struct site *head) {
    *all = (struct blends){.edits = edits, .sides = {base, head}};
}

void blends_release(struct blends *all) {
    for (size_t i = 0; i < all->count; i++)
        arena_release(&all->items[i]->arena);
    arena_release(&all->arena);
}

static const struct blend *blend_kept(const struct blends *all, edit_set set) {
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i]->set == set)
            return all->items[i];
    return NULL;
}

const struct blend *blend_of(struct blends *all, edit_set set) {
    pool_lock_take(&all->lock);
    const struct blend *kept = blend_kept(all, set);
    if (!kept) {
        if (all->count == all->room) {
            size_t room = all->room ? 2 * all->room : 16;
            all->items = arena_grow(&all->arena, all->items, all->room * sizeof(struct blend *),
                                    room * sizeof(struct blend *), alignof(struct blend *));
            all->room = room;
        }
        kept = all->items[all->count++] = blend_new(all, set, &all->arena);
    }
    pool_lock_give(&all->lock);
    return kept->ok ? kept : NULL;
}
