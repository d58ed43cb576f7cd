/* SPDX-License-Identifier: MIT */
/* load.c: every file beneath a portal's folder, read and checked on every core. */
#include <errno.h>
#include <string.h>

#include "base/pool.h"
#include "portal/content.h"
#include "portal/decided.h"
#include "portal/fact.h"
#include "portal/member.h"
#include "portal/reference.h"
#include "portal/school.h"
#include "portal/stale.h"
#include "portal/wish.h"
#include "text/source.h"
#include "text/yaml.h"

/* What one thread keeps. Diagnostics are joined, and sorted by place, when all are done. */
struct loader_worker {
    struct diags diags;
    struct schema_check check;
};

struct loader {
    struct site *site;
    struct loader_worker *workers;
    struct entries entries;  /* of schools/ or of content/ */
    struct map overlays;     /* slug -> path of officers/<slug>.yaml */
    struct school **schools; /* a slot for each entry; NULL where it is no record */
    struct page **pages;
};

/* The text of a file of the portal, or NULL with a diagnostic. */
static const struct source *load_source(const struct site *site, struct arena *arena, struct str path,
                                        struct diags *diags) {
    struct str bytes;
    if (file_read(arena, &site->folder, str_z(arena, path), SOURCE_SIZE_MAX, &bytes))
        return source_new(arena, path, bytes, diags);
    source_refused(arena, path, errno, SOURCE_SIZE_WORDS, diags);
    return NULL;
}

static struct place place_of_path(struct arena *arena, struct str path) {
    struct source *named = arena_new(arena, struct source);
    named->path = path;
    return place_file(named);
}

/* ---- the two files that everything else needs first ---- */

static bool load_map(struct site *site, const char *path, struct value *out, const struct source **source,
                     struct diags *diags) {
    struct look look;
    if (!file_look(&site->folder, path, &look) && errno == ENOENT) {
        diag(diags, DIAG_PORTAL_MISSING, place_of_path(site->arena, str_from(path)), str_from(path));
        return false;
    }
    *source = load_source(site, site->arena, str_from(path), diags);
    return *source && yaml_read(site->arena, *source, 0, (*source)->text.len, diags, out);
}

static void load_portal(struct site *site, struct diags *diags) {
    if (load_map(site, "portal.yaml", &site->portal, &site->portal_source, diags)) {
        struct schema_check check = {site->arena, NULL, diags};
        schema_check(&check, &site->portal, &schema_portal);
    }
    const struct source *framework;
    struct value root;
    if (load_map(site, "content/framework.yaml", &root, &framework, diags))
        vocabulary_read(site->arena, &root, &site->vocabulary, diags);
}

static date choose_day(const struct site *site, const struct site_options *options) {
    date stated = value_date(value_at(&site->portal, "as_of"));
    return options->as_of != DATE_NONE ? options->as_of : stated != DATE_NONE ? stated : options->today;
}

/* ---- listing ---- */

static void list_folder(struct loader *loader, const char *path, struct entries *out, struct diags *diags) {
    if (!folder_list(loader->site->arena, &loader->site->folder, path, out))
        source_refused(loader->site->arena, str_from(path), errno, SOURCE_SIZE_WORDS, diags);
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].unreadable)
            source_refused(loader->site->arena, out->items[i].path, out->items[i].error, SOURCE_SIZE_WORDS,
                           diags);
}

/* Two names that differ only in capitals are one file on some machines. From the end, since capitals sort first: the
 * one that could be an address stays, and the other is reported and not read. */
static void drop_twins(struct loader *loader, struct diags *diags) {
    struct arena *arena = loader->site->arena, scratch = {0};
    struct entry *items = loader->entries.items;
    struct map seen = {.arena = &scratch};
    size_t kept = loader->entries.count;
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
            diag(diags, DIAG_SLUG_DUPLICATE, place_of_path(arena, e.path), e.path,
                 ((const struct entry *)same->value)->path);
        }
    }
    if (kept) /* an empty folder has no list */
        loader->entries.items += kept;
    loader->entries.count -= kept;
    arena_release(&scratch);
}

static void unexpected(struct loader *loader, const struct entry *entry, struct str hint,
                       struct diags *diags) {
    if (entry->kind == ENTRY_LINK)
        hint = STR("a link to a folder is not followed: copy what it leads to");
    diag(diags, DIAG_FILE_UNEXPECTED, place_of_path(loader->site->arena, entry->path), entry->path, hint);
}

static bool is_record(const struct entry *entry) {
    return entry->kind != ENTRY_FOLDER && str_ends(entry->path, STR(".yaml"));
}

static bool is_direct(struct str path, size_t from) {
    return str_find(path, '/', from) == path.len;
}

/* Records lie directly in schools/ and officers/; nothing else does. */
static void check_records(struct loader *loader, const struct entries *entries, size_t prefix,
                          struct diags *diags) {
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *e = &entries->items[i];
        if (!is_direct(e->path, prefix) || e->kind == ENTRY_FOLDER)
            unexpected(loader, e, STR("records lie directly in their folder, one file a school"), diags);
        else if (!is_record(e))
            unexpected(loader, e, STR("a school's record is <slug>.yaml"), diags);
    }
}

/* ---- reading, on every core ---- */

static void read_school(void *context, size_t task, size_t worker) {
    struct loader *loader = context;
    const struct entry *entry = &loader->entries.items[task];
    struct loader_worker *w = &loader->workers[worker];
    if (!is_record(entry) || !is_direct(entry->path, 8))
        return;
    const struct source *source = load_source(loader->site, w->check.arena, entry->path, &w->diags);
    const struct str *over = map_get(&loader->overlays, str_sub(entry->path, 8, entry->path.len - 5));
    const struct source *overlay = over ? load_source(loader->site, w->check.arena, *over, &w->diags) : NULL;
    if (source && (!over || overlay))
        loader->schools[task] = school_read(&w->check, source, overlay, loader->site->as_of);
    if (loader->schools[task])
        facts_check_school(loader->site->facts, &loader->schools[task]->record, &w->diags);
}

static void read_page(void *context, size_t task, size_t worker) {
    struct loader *loader = context;
    const struct entry *entry = &loader->entries.items[task];
    struct loader_worker *w = &loader->workers[worker];
    bool file = str_starts(entry->path, STR("content/files/"));
    if (entry->kind == ENTRY_FOLDER || file || !str_ends(entry->path, STR(".md")))
        return;
    const struct source *source = load_source(loader->site, w->check.arena, entry->path, &w->diags);
    if (source)
        loader->pages[task] = content_read(&w->check, source);
    if (loader->pages[task])
        facts_check_page(loader->site->facts, loader->pages[task], &w->diags);
}

static void load_schools(struct loader *loader, struct diags *diags) {
    struct site *site = loader->site;
    struct entries overlays;
    list_folder(loader, "officers", &overlays, diags);
    check_records(loader, &overlays, 9, diags);
    list_folder(loader, "schools", &loader->entries, diags);
    drop_twins(loader, diags);
    check_records(loader, &loader->entries, 8, diags);
    loader->overlays.arena = site->arena;
    for (size_t i = 0; i < overlays.count; i++)
        if (is_record(&overlays.items[i]))
            map_add(&loader->overlays, str_sub(overlays.items[i].path, 9, overlays.items[i].path.len - 5),
                    &overlays.items[i].path, NULL);
    struct arena scratch = {0};
    struct map records = {.arena = &scratch};
    for (size_t i = 0; i < loader->entries.count; i++)
        if (is_record(&loader->entries.items[i]))
            map_add(&records,
                    str_sub(loader->entries.items[i].path, 8, loader->entries.items[i].path.len - 5), loader,
                    NULL);
    for (size_t i = 0; i < loader->overlays.count; i++) {
        const struct map_item *over = &loader->overlays.items[i];
        if (!map_get(&records, over->key))
            diag(diags, DIAG_OVERLAY_ALONE, place_of_path(site->arena, *(struct str *)over->value),
                 over->key);
    }
    arena_release(&scratch);
    loader->schools = arena_array(site->arena, struct school *, loader->entries.count);
    pool_run(site->workers, loader->entries.count, read_school, loader);
    site->schools = arena_array(site->arena, struct school *, loader->entries.count);
    for (size_t i = 0; i < loader->entries.count; i++)
        if (loader->schools[i])
            site->schools[site->school_count++] = loader->schools[i];
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
static void load_attachment(struct loader *loader, const struct entry *entry, struct diags *diags) {
    struct site *site = loader->site;
    struct str name = str_sub(entry->path, 14, entry->path.len); /* after "content/files/" */
    struct str stem = str_sub(name, 0, str_find(name, '.', 0));
    struct attachment *a = &site->attachments[site->attachment_count];
    if (!is_attachable(name, &a->picture)) {
        unexpected(loader, entry, STR("content/files holds .png, .jpg, .webp, .pdf, .csv and .ods"), diags);
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
    list_folder(loader, "content", &loader->entries, diags);
    drop_twins(loader, diags);
    loader->pages = arena_array(site->arena, struct page *, loader->entries.count);
    site->attachments = arena_array(site->arena, struct attachment, loader->entries.count);
    site->attachment_by_path.arena = site->arena;
    for (size_t i = 0; i < loader->entries.count; i++) {
        const struct entry *e = &loader->entries.items[i];
        if (e->kind != ENTRY_FOLDER && str_starts(e->path, STR("content/files/"))) {
            load_attachment(loader, e, diags);
            continue;
        }
        bool known = e->kind == ENTRY_FOLDER || str_ends(e->path, STR(".md")) ||
                     str_eq(e->path, STR("content/framework.yaml"));
        if (!known)
            unexpected(loader, e,
                       STR("content/ holds Markdown pages and framework.yaml; pictures and documents go to "
                           "content/files"),
                       diags);
    }
    pool_run(site->workers, loader->entries.count, read_page, loader);
    site->all.items = arena_array(site->arena, struct page *, loader->entries.count);
    for (size_t i = 0; i < loader->entries.count; i++)
        if (loader->pages[i])
            site->all.items[site->all.count++] = loader->pages[i];
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
    load_portal(site, diags);
    site->facts = facts_new(site, arena, diags);
    site->as_of = choose_day(site, options);
    site->workers = options->threads ? options->threads : 1;
    site->worker_arenas = arena_array(arena, struct arena, site->workers);
    struct loader loader = {.site = site, .workers = arena_array(arena, struct loader_worker, site->workers)};
    const struct vocabulary *vocabulary = site->vocabulary.arena ? &site->vocabulary : NULL;
    for (size_t i = 0; i < site->workers; i++) {
        struct loader_worker *w = &loader.workers[i];
        w->diags.arena = &site->worker_arenas[i];
        w->check = (struct schema_check){&site->worker_arenas[i], vocabulary, &w->diags};
    }
    load_pages(&loader, diags);
    load_schools(&loader, diags);
    for (size_t i = 0; i < site->workers; i++)
        diags_take(diags, &loader.workers[i].diags);
    index_all(site);
    reference_check(site, diags);
    member_check(site, diags);
    wish_check(site, diags);
    decided_load(site, diags);
    date own = value_date(value_at(&site->portal, "as_of"));
    stale_check(site, own != DATE_NONE ? own : options->today, diags);
}

void site_release(struct site *site) {
    for (size_t i = 0; i < site->workers; i++)
        arena_release(&site->worker_arenas[i]);
    folder_close(&site->folder);
    *site = (struct site){0};
}
