/* SPDX-License-Identifier: MIT */
/* chronicle_read.c: from trails in git to a chronicle of the portal's pages. */
#include "edge/chronicle_read.h"

#include "base/map.h"
#include "base/pool.h"
#include "edge/history.h"

/* The repository is one thread's at a time, so reading takes turns: what is read is small, and of most pages it is the
 * newest version or two. */
struct chronicle_reader {
    struct arena arena; /* which it lies in */
    size_t users;
    struct str head; /* the commit it was read up to */
    struct diags diags;
    struct map trails; /* of each page that there was, by its path */
    struct history *history;
    struct pool_lock lock;
};

static bool read_bytes(void *context, const struct chronicle_version *version, struct arena *arena,
                       struct str *out) {
    struct chronicle_reader *reader = context;
    pool_lock_take(&reader->lock);
    bool known = history_bytes(reader->history, version->held, arena, out, &reader->diags);
    pool_lock_give(&reader->lock);
    return known;
}

static struct chronicle_trail *take_trail(struct arena *arena, const struct history_trail *from) {
    struct chronicle_version *versions = arena_array(arena, struct chronicle_version, from->count);
    struct chronicle_trail *trail = arena_new(arena, struct chronicle_trail);
    for (size_t i = 0; i < from->count; i++) {
        const struct revision *r = &from->versions[i].revision;
        versions[i] = (struct chronicle_version){.day = r->day,
                                                 .id = r->id,
                                                 .short_id = r->short_id,
                                                 .author = r->author,
                                                 .summary = r->summary,
                                                 .path = from->versions[i].path,
                                                 .held = &from->versions[i]};
    }
    *trail = (struct chronicle_trail){versions, from->count, from->cut};
    return trail;
}

static bool read_trails(struct chronicle_reader *reader, const struct site *site, struct str name,
                        struct diags *diags) {
    struct arena *arena = &reader->arena;
    size_t count = site->all.count;
    struct revision from;
    struct str *paths = arena_array(arena, struct str, count);
    struct history_trail *found = arena_array(arena, struct history_trail, count);
    for (size_t i = 0; i < count; i++)
        paths[i] = str_copy(arena, site->all.items[i]->source->path); /* the site may be loaded again */
    if (!history_revision(reader->history, name.len ? name : STR("HEAD"), &from, diags) ||
        !history_trails(reader->history, &from, paths, count, arena, found, diags))
        return false;
    reader->head = from.id;
    reader->trails.arena = arena;
    for (size_t i = 0; i < count; i++)
        map_add(&reader->trails, paths[i], take_trail(arena, &found[i]), NULL);
    return true;
}

/* False where there is a page that was not asked for: git may know it from before. */
static bool attach(struct chronicle_reader *reader, struct site *site) {
    struct chronicle_trail *trails = arena_array(site->arena, struct chronicle_trail, site->all.count);
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        const struct chronicle_trail *trail = map_get(&reader->trails, page->source->path);
        if (!trail)
            return false;
        trails[page->number] = *trail;
    }
    struct chronicle *chronicle = arena_new(site->arena, struct chronicle);
    *chronicle = (struct chronicle){trails, site->all.count, read_bytes, reader};
    site->chronicle = chronicle;
    return true;
}

/* A portal can be published without its history: what stops git from being read, as that the repository is another user's,
 * is no more than a warning here. */
static void say(const struct diags *found, struct diags *diags) {
    static const struct source portal = {.path = {"portal.yaml", 11}}; /* which outlives the site's own */
    struct place at = place_file(&portal);
    if (!found->errors)
        diags_take(diags, found);
    for (size_t i = 0; found->errors && i < found->count; i++)
        if (diag_catalogue[found->items[i].id].level >= DIAG_ERROR)
            diag(diags, DIAG_HISTORY_UNREAD, at, found->items[i].text, found->items[i].hint);
}

static void release(struct chronicle_reader *reader) {
    struct arena arena = reader->arena;
    history_close(reader->history);
    arena_release(&arena);
}

struct chronicle_reader *chronicle_open(struct site *site, const char *path, struct str revision,
                                        struct diags *diags) {
    if (chronicle_mode(site) == HISTORY_NONE)
        return NULL;
    struct arena arena = {0}, scratch = {0};
    struct chronicle_reader *reader = arena_new(&arena, struct chronicle_reader);
    struct diags found = {.arena = &scratch};
    reader->arena = arena;
    reader->users = 1;
    reader->diags.arena = &reader->arena;
    reader->history = history_open(path, &reader->arena, &found);
    bool begun = reader->history && (revision.len || history_begun(reader->history));
    bool known = begun && read_trails(reader, site, revision, &found) && attach(reader, site);
    say(&found, &reader->diags);
    arena_release(&scratch);
    diags_take(diags, &reader->diags); /* chronicle_report says it again, to whoever has not heard it */
    if (known)
        return reader;
    release(reader);
    return NULL;
}

bool chronicle_again(struct chronicle_reader *reader, struct site *site) {
    struct arena scratch = {0};
    struct diags unheard = {.arena = &scratch};
    struct revision head;
    bool same = chronicle_mode(site) != HISTORY_NONE &&
                history_revision(reader->history, STR("HEAD"), &head, &unheard) &&
                str_eq(head.id, reader->head) && attach(reader, site);
    arena_release(&scratch);
    reader->users += same;
    return same;
}

void chronicle_report(const struct chronicle_reader *reader, struct diags *diags) {
    if (reader)
        diags_take(diags, &reader->diags);
}

void chronicle_close(struct chronicle_reader *reader) {
    if (!reader || --reader->users)
        return;
    release(reader);
}
