/* SPDX-License-Identifier: MIT */
/* load.c: every file beneath a portal's folder, read and checked on every core. */
#include <errno.h>
#include <string.h>

#include "base/pool.h"
#include "portal/content.h"
#include "portal/decided.h"
#include "portal/fact.h"
#include "portal/formerly.h"
#include "portal/member.h"
#include "portal/reference.h"
#include "portal/school.h"
#include "portal/stale.h"
#include "portal/store.h"
#include "portal/wish.h"
#include "text/source.h"
#include "text/yaml.h"

struct loader {
    struct site *site;
    struct store *store;
    bool shared;            /* what is kept is kept for other sites too */
    struct diags *diags;    /* by worker; joined, and sorted by place, when all are done */
    struct shelf *shelf;    /* of schools/ or of content/ */
    struct map overlays;    /* slug -> path of officers/<slug>.yaml */
    struct stored **read;   /* a slot for each entry; NULL where it is no record */
    struct school *schools; /* the site's own, where what is kept is shared; a slot for each entry */
    struct page *pages;
};

/* The bytes of a file of the portal; or false with a diagnostic. `path` outlives it. */
static bool load_bytes(const struct site *site, struct arena *arena, const char *path, struct str *bytes,
                       struct diags *diags) {
    if (file_read(arena, &site->folder, path, SOURCE_SIZE_MAX, bytes))
        return true;
    source_refused(arena, str_from(path), errno, SOURCE_SIZE_WORDS, diags);
    return false;
}

static struct place place_of_path(struct arena *arena, struct str path) {
    struct source *named = arena_new(arena, struct source);
    named->path = path;
    return place_file(named);
}

/* ---- the two files that everything else needs first ---- */

static bool load_first(const struct site *site, const char *path, struct str *bytes, struct diags *diags) {
    struct look look;
    if (!file_look(&site->folder, path, &look) && errno == ENOENT) {
        diag(diags, DIAG_PORTAL_MISSING, place_of_path(site->arena, str_from(path)), str_from(path));
        return false;
    }
    return load_bytes(site, site->arena, path, bytes, diags);
}

static void load_portal(struct site *site, struct diags *diags) {
    struct str path = STR("portal.yaml"), bytes;
    if (load_first(site, path.at, &bytes, diags))
        site->portal_source = source_new(site->arena, path, bytes, diags);
    const struct source *source = site->portal_source;
    if (source && yaml_read(site->arena, source, 0, source->text.len, diags, &site->portal)) {
        struct schema_check check = {site->arena, NULL, diags};
        schema_check(&check, &site->portal, &schema_portal);
    }
}

/* What is kept was checked against framework.yaml, and goes when that changes. */
static void load_vocabulary(struct site *site, struct store *store, struct diags *diags) {
    struct str path = STR("content/framework.yaml"), bytes = {0};
    bool read = load_first(site, path.at, &bytes, diags);
    const struct stored_vocabulary *kept = store_vocabulary(store);
    if (!kept->batch || kept->read != read || !str_eq(kept->bytes, bytes)) {
        struct stored_vocabulary *fresh = store_restart(store);
        struct arena *arena = store_arena(store, 0);
        struct value root;
        fresh->read = read;
        fresh->bytes = str_copy(arena, bytes);
        const struct source *source = read ? source_new(arena, path, fresh->bytes, &fresh->diags) : NULL;
        if (source && yaml_read(arena, source, 0, source->text.len, &fresh->diags, &root))
            vocabulary_read(arena, &root, &fresh->vocabulary, &fresh->diags);
        kept = fresh;
    }
    site->vocabulary = kept->vocabulary;
    diags_take(diags, &kept->diags);
}

static date choose_day(const struct site *site, const struct site_options *options) {
    date stated = value_date(value_at(&site->portal, "as_of"));
    return options->as_of != DATE_NONE ? options->as_of : stated != DATE_NONE ? stated : options->today;
}

/* ---- listing ---- */

static bool list_entries(const struct site *site, const char *path, struct shelf *shelf) {
    struct arena *arena = shelf->diags.arena;
    bool whole = folder_list(arena, &site->folder, path, &shelf->entries);
    if (!whole)
        source_refused(arena, str_from(path), errno, SOURCE_SIZE_WORDS, &shelf->diags);
    for (size_t i = 0; i < shelf->entries.count; i++) {
        const struct entry *e = &shelf->entries.items[i];
        if (e->unreadable)
            source_refused(arena, e->path, e->error, SOURCE_SIZE_WORDS, &shelf->diags);
        whole = whole && !e->unreadable;
    }
    return whole;
}

/* Two names that differ only in capitals are one file on some machines. From the end, since capitals sort first: the
 * one that could be an address stays, and the other is reported and not read. */
static void drop_twins(struct shelf *shelf) {
    struct arena scratch = {0};
    struct entry *items = shelf->entries.items;
    struct map seen = {.arena = &scratch};
    size_t kept = shelf->entries.count;
    for (size_t i = kept; i-- > 0;) {
        const struct entry e = items[i];
        bool fresh = true;
        struct map_item *same = NULL;
        if (e.kind != ENTRY_FOLDER)
            same = map_add(&seen, str_lower(&scratch, e.path), NULL, &fresh);
        if (fresh) {
            items[--kept] = e;
            if (same)
                same->value = &items[kept];
        } else {
            diag(&shelf->diags, DIAG_SLUG_DUPLICATE, place_of_path(shelf->diags.arena, e.path), e.path,
                 ((const struct entry *)same->value)->path);
        }
    }
    if (kept) /* an empty folder has no list */
        shelf->entries.items += kept;
    shelf->entries.count -= kept;
    arena_release(&scratch);
}

static void unexpected(struct shelf *shelf, const struct entry *entry, struct str hint) {
    if (entry->kind == ENTRY_LINK)
        hint = STR("a link to a folder is not followed: copy what it leads to");
    diag(&shelf->diags, DIAG_FILE_UNEXPECTED, place_of_path(shelf->diags.arena, entry->path), entry->path,
         hint);
}

static bool is_record(const struct entry *entry) {
    return entry->kind != ENTRY_FOLDER && str_ends(entry->path, STR(".yaml"));
}

static bool is_direct(struct str path, size_t from) {
    return str_find(path, '/', from) == path.len;
}

/* Records lie directly in schools/ and officers/; nothing else does. */
static void check_records(struct shelf *shelf, size_t prefix) {
    for (size_t i = 0; i < shelf->entries.count; i++) {
        const struct entry *e = &shelf->entries.items[i];
        if (!is_direct(e->path, prefix) || e->kind == ENTRY_FOLDER)
            unexpected(shelf, e, STR("records lie directly in their folder, one file a school"));
        else if (!is_record(e))
            unexpected(shelf, e, STR("a school's record is <slug>.yaml"));
    }
}

static bool is_attached(const struct entry *entry) {
    return entry->kind != ENTRY_FOLDER && str_starts(entry->path, STR("content/files/"));
}

static void check_content(struct shelf *shelf) {
    for (size_t i = 0; i < shelf->entries.count; i++) {
        const struct entry *e = &shelf->entries.items[i];
        bool known = e->kind == ENTRY_FOLDER || str_ends(e->path, STR(".md")) || is_attached(e) ||
                     str_eq(e->path, STR("content/framework.yaml"));
        if (!known)
            unexpected(shelf, e,
                       STR("content/ holds Markdown pages and framework.yaml; pictures and documents go to "
                           "content/files"));
    }
}

/* A file that is kept and is no file any more changes the list of its folder. */
static bool is_listed(const struct site *site, const struct shelf *shelf) {
    struct look look;
    for (size_t i = 0; shelf->listed && i < shelf->entries.count; i++)
        if (shelf->items[i] && shelf->items[i]->suspect &&
            (!file_look(&site->folder, shelf->items[i]->path.at, &look) || look.kind != ENTRY_FILE))
            return false;
    return shelf->listed;
}

static struct shelf *list_folder(const struct loader *loader, enum shelf_name name, struct diags *diags) {
    static const char *const paths[SHELF_COUNT] = {
        [SHELF_CONTENT] = "content", [SHELF_SCHOOLS] = "schools", [SHELF_OFFICERS] = "officers"};
    struct shelf *shelf = store_shelf(loader->store, name);
    if (!is_listed(loader->site, shelf)) {
        shelf = store_list(loader->store, name);
        bool whole = list_entries(loader->site, paths[name], shelf);
        if (name != SHELF_OFFICERS)
            drop_twins(shelf);
        if (name == SHELF_CONTENT)
            check_content(shelf);
        else
            check_records(shelf, name == SHELF_SCHOOLS ? 8 : 9);
        store_listed(loader->store, name, whole);
    }
    diags_take(diags, &shelf->diags);
    return shelf;
}

/* ---- reading, on every core ---- */

/* Checks what was read. `overlay_path` is of a record that has one. */
static void parse(const struct loader *loader, struct stored *stored, const char *overlay_path,
                  struct arena *arena, struct diags *diags) {
    const struct site *site = loader->site;
    struct schema_check check = {arena, site->vocabulary.arena ? &site->vocabulary : NULL, diags};
    const struct source *source = source_new(arena, stored->path, stored->bytes, diags), *overlay = NULL;
    if (stored->overlaid)
        overlay = source_new(arena, str_from(overlay_path), stored->overlay, diags);
    if (!source || (stored->overlaid && !overlay))
        return;
    if (loader->shelf == store_shelf(loader->store, SHELF_SCHOOLS))
        stored->school = school_read(&check, source, overlay);
    else
        stored->page = content_read(&check, source);
    if (stored->school) {
        const struct value *record = &stored->school->record;
        stored->school->stored = stored;
        stored->latest = school_latest(record);
        stored->urn = value_at(record, "urn");
        stored->memberships = value_at(record, "memberships");
        stored->wishes = value_at(record, "wishes");
        facts_check_school(site->facts, record, diags);
    }
    if (stored->page) {
        stored->page->stored = stored;
        facts_check_page(site->facts, stored->page, diags);
    }
}

/* Reads the file of an entry, and a record's overlay (NULL: it has none). Gives `old` where that has the same bytes. What
 * could not be read is tried again each time. */
static struct stored *fetch(const struct loader *loader, const struct entry *entry, const struct str *over,
                            struct stored *old, size_t worker) {
    struct arena *arena = store_arena(loader->store, worker);
    struct arena_mark mark = arena_mark(arena);
    struct diags found = {.arena = arena};
    struct stored fresh = {.overlaid = over, .batch = store_batch(loader->store, worker)};
    const char *path = str_z(arena, entry->path), *over_path = over ? str_z(arena, *over) : NULL;
    fresh.path = str_from(path);
    fresh.suspect = !load_bytes(loader->site, arena, path, &fresh.bytes, &found);
    if (over && !load_bytes(loader->site, arena, over_path, &fresh.overlay, &found))
        fresh.suspect = true;
    if (old && !found.count && old->overlaid == fresh.overlaid && str_eq(old->bytes, fresh.bytes) &&
        str_eq(old->overlay, fresh.overlay)) {
        arena_rewind(arena, mark);
        old->suspect = false;
        return old;
    }
    struct stored *stored = arena_new(arena, struct stored);
    *stored = fresh;
    if (!stored->suspect)
        parse(loader, stored, over_path, arena, &found);
    if (found.count) {
        struct diags *kept = arena_new(arena, struct diags);
        *kept = found;
        stored->diags = kept;
    }
    return stored;
}

static bool is_kept(const struct stored *stored, const struct str *over) {
    return stored && !stored->suspect && stored->overlaid == (over != NULL);
}

static void read_school(void *context, size_t task, size_t worker) {
    struct loader *loader = context;
    const struct entry *entry = &loader->shelf->entries.items[task];
    struct stored *stored = loader->shelf->items[task];
    if (!is_record(entry) || !is_direct(entry->path, 8))
        return;
    const struct str *over = map_get(&loader->overlays, str_sub(entry->path, 8, entry->path.len - 5));
    if (!is_kept(stored, over))
        stored = fetch(loader, entry, over, stored, worker);
    loader->read[task] = stored;
    if (stored->diags)
        diags_take(&loader->diags[worker], stored->diags);
    if (stored->school && stored->latest > loader->site->as_of)
        school_check_day(&stored->school->record, loader->site->as_of, &loader->diags[worker]);
    if (stored->school && loader->shared)
        loader->schools[task] = *stored->school;
}

static void read_page(void *context, size_t task, size_t worker) {
    struct loader *loader = context;
    const struct entry *entry = &loader->shelf->entries.items[task];
    struct stored *stored = loader->shelf->items[task];
    if (entry->kind == ENTRY_FOLDER || is_attached(entry) || !str_ends(entry->path, STR(".md")))
        return;
    if (!is_kept(stored, NULL))
        stored = fetch(loader, entry, NULL, stored, worker);
    loader->read[task] = stored;
    if (stored->diags)
        diags_take(&loader->diags[worker], stored->diags);
    if (stored->page && loader->shared)
        loader->pages[task] = *stored->page;
}

static void load_overlays(struct loader *loader, const struct shelf *schools, struct diags *diags) {
    const struct shelf *shelf = list_folder(loader, SHELF_OFFICERS, diags);
    struct arena *arena = loader->site->arena;
    loader->overlays.arena = arena;
    for (size_t i = 0; i < shelf->entries.count; i++) {
        struct entry *e = &shelf->entries.items[i];
        if (!is_record(e))
            continue;
        struct str slug = str_sub(e->path, 9, e->path.len - 5);
        map_add(&loader->overlays, slug, &e->path, NULL);
        if (!map_get(&schools->by_path, str_join(arena, STR("schools/"), slug, STR(".yaml"))))
            diag(diags, DIAG_OVERLAY_ALONE, place_of_path(arena, e->path), slug);
    }
}

static void load_schools(struct loader *loader, struct diags *diags) {
    struct site *site = loader->site;
    struct shelf *shelf = loader->shelf = list_folder(loader, SHELF_SCHOOLS, diags);
    size_t count = shelf->entries.count;
    load_overlays(loader, shelf, diags);
    loader->read = arena_array(site->arena, struct stored *, count);
    loader->schools = arena_array(site->arena, struct school, loader->shared ? count : 1);
    pool_run(site->workers, count, read_school, loader);
    store_keep(loader->store, shelf, loader->read);
    site->schools = arena_array(site->arena, struct school *, count);
    for (size_t i = 0; i < count; i++)
        if (loader->read[i] && loader->read[i]->school)
            site->schools[site->school_count++] =
                loader->shared ? &loader->schools[i] : loader->read[i]->school;
}

/* What may be attached, by the ending of its name. A picture that could hold a script (SVG) may not. */
static const struct {
    const char *ending;
    bool picture;
} attachables[] = {{".png", true},  {".jpg", true},  {".jpeg", true}, {".webp", true},
                   {".pdf", false}, {".csv", false}, {".ods", false}};

static bool is_attachable(struct str path, bool *picture) {
    for (size_t i = 0; i < sizeof(attachables) / sizeof(attachables[0]); i++)
        if (str_ends(path, str_from(attachables[i].ending))) {
            *picture = attachables[i].picture;
            return true;
        }
    return false;
}

/* "content/files/Plan.pdf" would be an address that a reader cannot say aloud: names are slugs, with an ending. */
static void load_attachment(struct site *site, const struct entry *entry, struct diags *diags) {
    struct str name = str_sub(entry->path, 14, entry->path.len); /* after "content/files/" */
    struct str stem = str_sub(name, 0, str_find(name, '.', 0));
    struct attachment *a = &site->attachments[site->attachment_count];
    if (!is_attachable(name, &a->picture)) {
        struct str hint = entry->kind == ENTRY_LINK
                              ? STR("a link to a folder is not followed: copy what it leads to")
                              : STR("content/files holds .png, .jpg, .webp, .pdf, .csv and .ods");
        diag(diags, DIAG_FILE_UNEXPECTED, place_of_path(site->arena, entry->path), entry->path, hint);
    } else if (!str_is_slug(stem)) {
        diag(diags, DIAG_FILE_NAME, place_of_path(site->arena, entry->path), stem,
             str_slug(diags->arena, stem));
    } else {
        a->path = entry->path;
        a->address = str_sub(entry->path, 8, entry->path.len);
        map_add(&site->attachment_by_path, a->path, a, NULL);
        site->attachment_count++;
    }
}

static void load_pages(struct loader *loader, struct diags *diags) {
    struct site *site = loader->site;
    struct shelf *shelf = loader->shelf = list_folder(loader, SHELF_CONTENT, diags);
    size_t count = shelf->entries.count;
    loader->read = arena_array(site->arena, struct stored *, count);
    loader->pages = arena_array(site->arena, struct page, loader->shared ? count : 1);
    site->attachments = arena_array(site->arena, struct attachment, count);
    site->attachment_by_path.arena = site->arena;
    for (size_t i = 0; i < count; i++)
        if (is_attached(&shelf->entries.items[i]))
            load_attachment(site, &shelf->entries.items[i], diags);
    pool_run(site->workers, count, read_page, loader);
    store_keep(loader->store, shelf, loader->read);
    site->all.items = arena_array(site->arena, struct page *, count);
    for (size_t i = 0; i < count; i++)
        if (loader->read[i] && loader->read[i]->page)
            site->all.items[site->all.count++] = loader->shared ? &loader->pages[i] : loader->read[i]->page;
}

/* ---- the whole ---- */

static void index_all(struct site *site) {
    site->school_by_slug.arena = site->page_by_path.arena = site->arena;
    map_reserve(&site->school_by_slug, site->school_count);
    map_reserve(&site->page_by_path, site->all.count);
    for (size_t i = 0; i < site->school_count; i++)
        map_add(&site->school_by_slug, site->schools[i]->slug, site->schools[i], NULL);
    for (size_t i = 0; i < site->all.count; i++) {
        site->all.items[i]->number = i;
        site->of_kind[site->all.items[i]->kind]++;
        map_add(&site->page_by_path, site->all.items[i]->source->path, site->all.items[i], NULL);
    }
}

static void load_records(struct site *site, struct store *store, bool shared, struct diags *diags) {
    struct loader loader = {.site = site,
                            .store = store,
                            .shared = shared,
                            .diags = arena_array(site->arena, struct diags, site->workers)};
    for (size_t i = 0; i < site->workers; i++)
        loader.diags[i].arena = &site->worker_arenas[i];
    load_pages(&loader, diags);
    load_schools(&loader, diags);
    for (size_t i = 0; i < site->workers; i++)
        diags_take(diags, &loader.diags[i]);
}

void site_load(struct site *site, struct arena *arena, const struct site_options *options,
               struct diags *diags) {
    *site = (struct site){.arena = arena, .as_of = DATE_NONE};
    markdown_setup();
    if (options->files) {
        folder_keep(&site->folder, options->files);
    } else if (!folder_open(&site->folder, options->path)) {
        diag(diags, DIAG_FILE_UNREADABLE, (struct place){0}, str_from(options->path), file_reason(errno));
        return;
    }
    site->workers = options->threads ? options->threads : 1;
    site->worker_arenas = arena_array(arena, struct arena, site->workers);
    site->shared = options->store;
    site->store = options->store ? options->store : store_new();
    site->lease = store_begin(site->store, site->workers);
    load_portal(site, diags);
    load_vocabulary(site, site->store, diags);
    site->facts = facts_new(site, arena, diags);
    site->as_of = choose_day(site, options);
    load_records(site, site->store, site->shared, diags);
    site->names = store_names(site->store);
    store_settle(site->store);
    index_all(site);
    reference_check(site, diags);
    formerly_check(site, diags);
    member_check(site, diags);
    wish_check(site, diags);
    decided_load(site, diags);
    date own = value_date(value_at(&site->portal, "as_of"));
    stale_check(site, own != DATE_NONE ? own : options->today, diags);
}

void site_release(struct site *site) {
    for (size_t i = 0; i < site->workers; i++)
        arena_release(&site->worker_arenas[i]);
    if (site->shared)
        store_end(site->store, site->lease);
    else
        store_release(site->store);
    folder_close(&site->folder);
    *site = (struct site){0};
}
