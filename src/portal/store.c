/* SPDX-License-Identifier: MIT */
/* store.c: what was read of a portal's files, in batches that go when nobody uses them any more. */
#include "portal/store.h"

#include "portal/site.h"

/* What a small portal may waste without being read again. */
#define WASTE_FREE ((size_t)64 * 1024 * 1024)

struct batch {
    struct arena arena; /* which it lies in */
    size_t live;        /* how many things in it are kept */
    uint64_t retired;   /* the first load that had no use for it; 0: none */
    struct batch *next;
};

struct store {
    struct arena arena;
    struct shelf shelves[SHELF_COUNT];
    struct shelf old; /* while a folder is listed anew */
    struct stored_vocabulary vocabulary;
    struct batch **fresh; /* of this load, by worker; NULL where it has read nothing */
    size_t threads, room;
    struct batch *batches;
    uint64_t loads;
    uint64_t *leases;
    size_t lease_count, lease_room;
    uint64_t names;
    uint64_t members,
        members_sound; /* counts changes; and the count at which all was sound, on `sound_day` */
    date sound_day;
    bool restarted; /* in this load */
    size_t full;    /* bytes that the last load of everything took */
};

static const char *const folders[SHELF_COUNT] = {
    [SHELF_CONTENT] = "content", [SHELF_SCHOOLS] = "schools", [SHELF_OFFICERS] = "officers"};

struct store *store_new(void) {
    struct arena arena = {0};
    struct store *store = arena_new(&arena, struct store);
    store->arena = arena;
    return store;
}

/* ---- batches ---- */

static void batch_release(struct batch *batch) {
    struct arena arena = batch->arena;
    arena_release(&arena);
}

void store_release(struct store *store) {
    if (!store)
        return;
    for (size_t i = 0; i < store->room; i++) /* of the views that were made since the last load */
        if (store->fresh[i])
            batch_release(store->fresh[i]);
    for (struct batch *b = store->batches, *next; b; b = next) {
        next = b->next;
        batch_release(b);
    }
    struct arena arena = store->arena;
    arena_release(&arena);
}

struct batch *store_batch(struct store *store, size_t worker) {
    struct batch **batch = &store->fresh[worker];
    if (!*batch) {
        struct arena arena = {0};
        *batch = arena_new(&arena, struct batch);
        (*batch)->arena = arena;
    }
    return *batch;
}

struct arena *store_arena(struct store *store, size_t worker) {
    return &store_batch(store, worker)->arena;
}

/* Nothing of it is used by a site that was loaded since it was retired. */
static bool is_used(const struct store *store, const struct batch *batch) {
    for (size_t i = 0; i < store->lease_count; i++)
        if (!batch->retired || store->leases[i] < batch->retired)
            return true;
    return batch->live > 0;
}

static void sweep(struct store *store) {
    for (struct batch **at = &store->batches; *at;) {
        struct batch *batch = *at;
        if (!batch->live && !batch->retired)
            batch->retired = store->loads;
        if (is_used(store, batch)) {
            at = &batch->next;
            continue;
        }
        *at = batch->next;
        batch_release(batch);
    }
}

static size_t held(const struct store *store) {
    size_t sum = 0;
    for (const struct batch *b = store->batches; b; b = b->next)
        sum += b->live ? b->arena.held : 0;
    return sum;
}

/* ---- forgetting ---- */

static void drop(struct stored *stored) {
    if (!stored)
        return;
    stored->batch->live--;
    for (int a = 0; a < AUDIENCE_COUNT; a++)
        if (stored->projected[a])
            stored->projected[a]->batch->live--;
}

static void shelf_forget(struct shelf *shelf) {
    for (size_t i = 0; i < shelf->entries.count; i++)
        drop(shelf->items[i]);
    if (shelf->batch)
        shelf->batch->live--;
    *shelf = (struct shelf){0};
}

static void forget(struct store *store) {
    for (int i = 0; i < SHELF_COUNT; i++)
        shelf_forget(&store->shelves[i]);
    if (store->vocabulary.batch)
        store->vocabulary.batch->live--;
    store->vocabulary = (struct stored_vocabulary){0};
}

struct stored_vocabulary *store_restart(struct store *store) {
    forget(store);
    store->restarted = true;
    store->vocabulary.batch = store_batch(store, 0);
    store->vocabulary.batch->live++;
    store->vocabulary.diags.arena = store_arena(store, 0);
    return &store->vocabulary;
}

const struct stored_vocabulary *store_vocabulary(const struct store *store) {
    return &store->vocabulary;
}

/* ---- suspicion ---- */

/* Whether `path` is `folder`, or beneath it; everything is beneath the empty path. */
static bool is_beneath(struct str path, struct str folder) {
    return !folder.len || str_eq(folder, STR(".")) ||
           (str_starts(path, folder) && (path.len == folder.len || path.at[folder.len] == '/'));
}

static void suspect_all(struct shelf *shelf, struct str folder) {
    shelf->listed = false;
    for (size_t i = 0; i < shelf->entries.count; i++)
        if (shelf->items[i] && is_beneath(shelf->items[i]->path, folder))
            shelf->items[i]->suspect = true;
}

/* A file that is kept may have other bytes; anything else may have other names. */
static void suspect(struct shelf *shelf, struct str path) {
    struct stored *const *slot = map_get(&shelf->by_path, path);
    if (slot && *slot)
        (*slot)->suspect = true;
    else
        suspect_all(shelf, path);
}

void store_suspect(struct store *store, const struct str *paths, size_t count) {
    for (int k = 0; k < SHELF_COUNT; k++) {
        struct shelf *shelf = &store->shelves[k];
        struct str folder = str_from(folders[k]);
        if (!paths)
            suspect_all(shelf, (struct str){0});
        for (size_t i = 0; paths && i < count; i++)
            if (is_beneath(paths[i], folder) || is_beneath(folder, paths[i]))
                suspect(shelf, paths[i]);
    }
    /* a school's overlay is kept with its record */
    for (size_t i = 0; paths && i < count; i++) {
        struct shelf *schools = &store->shelves[SHELF_SCHOOLS];
        if (!str_starts(paths[i], STR("officers/")))
            continue;
        struct arena scratch = {0};
        struct str record = str_join(&scratch, STR("schools/"), str_sub(paths[i], 9, paths[i].len));
        struct stored *const *slot = map_get(&schools->by_path, record);
        if (slot && *slot)
            (*slot)->suspect = true;
        arena_release(&scratch);
    }
}

/* ---- a load ---- */

uint64_t store_begin(struct store *store, size_t threads) {
    if (threads > store->room) {
        store->fresh = arena_array(&store->arena, struct batch *, threads);
        store->room = threads;
    }
    store->threads = threads;
    store->restarted = false;
    if (store->lease_count == store->lease_room) {
        size_t room = store->lease_room ? store->lease_room * 2 : 8;
        store->leases = arena_grow(&store->arena, store->leases, store->lease_room * sizeof(uint64_t),
                                   room * sizeof(uint64_t), alignof(uint64_t));
        store->lease_room = room;
    }
    if (held(store) > STORE_WASTE_MAX * store->full + WASTE_FREE)
        forget(store);
    store->leases[store->lease_count++] = ++store->loads;
    return store->loads;
}

void store_end(struct store *store, uint64_t lease) {
    size_t i = 0;
    while (i < store->lease_count && store->leases[i] != lease)
        i++;
    if (i < store->lease_count)
        store->leases[i] = store->leases[--store->lease_count];
    sweep(store);
}

struct shelf *store_shelf(struct store *store, enum shelf_name name) {
    return &store->shelves[name];
}

struct shelf *store_list(struct store *store, enum shelf_name name) {
    struct shelf *shelf = &store->shelves[name];
    store->old = *shelf;
    *shelf = (struct shelf){.batch = store_batch(store, 0),
                            .diags = {.arena = store_arena(store, 0)},
                            .by_path = {.arena = store_arena(store, 0)}};
    shelf->batch->live++;
    return shelf;
}

void store_listed(struct store *store, enum shelf_name name, bool whole) {
    struct shelf *shelf = &store->shelves[name];
    shelf->listed = whole;
    shelf->items = arena_array(&shelf->batch->arena, struct stored *, shelf->entries.count);
    map_reserve(&shelf->by_path, shelf->entries.count);
    for (size_t i = 0; i < shelf->entries.count; i++) {
        struct stored **before = map_get(&store->old.by_path, shelf->entries.items[i].path);
        map_add(&shelf->by_path, shelf->entries.items[i].path, &shelf->items[i], NULL);
        if (before) {
            shelf->items[i] = *before;
            *before = NULL;
        }
    }
    shelf_forget(&store->old);
    store->names++;
    store->members++;
}

static bool is_there(const struct stored *stored) {
    return stored && (stored->school || stored->page);
}

/* All that the memberships in a page's front matter, or of a record, depend on. */
static bool same_members(const struct stored *a, const struct stored *b) {
    if (a->page && b->page)
        return a->page->body == b->page->body && str_eq(str_sub(a->page->source->text, 0, a->page->body),
                                                        str_sub(b->page->source->text, 0, b->page->body));
    const struct value *x = &a->school->record, *y = &b->school->record;
    return value_same(a->memberships, b->memberships) &&
           value_same(value_at(x, "status"), value_at(y, "status")) &&
           value_same(value_at(x, "closed"), value_at(y, "closed"));
}

static void note_change(struct store *store, const struct stored *old, const struct stored *new) {
    bool was = is_there(old), is = is_there(new);
    store->names += was != is;
    store->members += was != is || (was && !same_members(old, new));
}

void store_keep(struct store *store, struct shelf *shelf, struct stored *const *read) {
    for (size_t i = 0; i < shelf->entries.count; i++) {
        if (shelf->items[i] == read[i])
            continue;
        note_change(store, shelf->items[i], read[i]);
        drop(shelf->items[i]);
        if (read[i])
            read[i]->batch->live++;
        shelf->items[i] = read[i];
    }
}

uint64_t store_names(const struct store *store) {
    return store->names;
}

bool store_members_sound(const struct store *store, date day) {
    return store->members == store->members_sound && store->sound_day == day;
}

void store_members_found_sound(struct store *store, date day) {
    store->members_sound = store->members;
    store->sound_day = day;
}

void store_project(struct store *store, struct stored *stored, enum audience audience,
                   const struct value *projected, size_t worker) {
    struct projected *kept = arena_new(store_arena(store, worker), struct projected);
    *kept = (struct projected){*projected, store_batch(store, worker)};
    kept->batch->live++;
    stored->projected[audience] = kept;
}

void store_settle(struct store *store) {
    for (size_t i = 0; i < store->threads; i++) {
        struct batch *batch = store->fresh[i];
        store->fresh[i] = NULL;
        if (!batch)
            continue;
        batch->next = store->batches;
        store->batches = batch;
    }
    sweep(store);
    if (store->restarted)
        store->full = held(store);
}
