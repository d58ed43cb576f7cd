/* SPDX-License-Identifier: MIT */
/* chronicle_read.c: from trails in git to a chronicle of the portal's pages. */
#include "edge/chronicle_read.h"

#include "base/pool.h"
#include "edge/history.h"

/* The repository is one thread's at a time, so reading takes turns: what is read is small, and of most pages it is the
 * newest version or two. */
struct chronicle_reader {
    struct arena arena;
    struct diags diags;
    struct chronicle chronicle;
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

static void take_trail(struct chronicle_reader *reader, const struct history_trail *from,
                       struct chronicle_trail *to) {
    struct chronicle_version *versions = arena_array(&reader->arena, struct chronicle_version, from->count);
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
    *to = (struct chronicle_trail){versions, from->count, from->cut};
}

static bool read_trails(struct chronicle_reader *reader, const struct site *site, struct str name,
                        struct diags *diags) {
    size_t count = site->all.count;
    struct revision from;
    struct str *paths = arena_array(&reader->arena, struct str, count);
    struct history_trail *found = arena_array(&reader->arena, struct history_trail, count);
    struct chronicle_trail *trails = arena_array(&reader->arena, struct chronicle_trail, count);
    for (size_t i = 0; i < count; i++)
        paths[site->all.items[i]->number] = site->all.items[i]->source->path;
    if (!history_revision(reader->history, name.len ? name : STR("HEAD"), &from, diags) ||
        !history_trails(reader->history, &from, paths, count, &reader->arena, found, diags))
        return false;
    for (size_t i = 0; i < count; i++)
        take_trail(reader, &found[i], &trails[i]);
    reader->chronicle = (struct chronicle){trails, count, read_bytes, reader};
    return true;
}

/* A portal can be published without its history: what stops git from being read, as that the repository is another user's,
 * is no more than a warning here. */
static void say(const struct diags *found, struct place at, struct diags *diags) {
    if (!found->errors)
        diags_take(diags, found);
    for (size_t i = 0; found->errors && i < found->count; i++)
        if (diag_catalogue[found->items[i].id].level >= DIAG_ERROR)
            diag(diags, DIAG_HISTORY_UNREAD, at, found->items[i].text, found->items[i].hint);
}

struct chronicle_reader *chronicle_open(struct site *site, const char *path, struct str revision,
                                        struct diags *diags) {
    if (chronicle_mode(site) == HISTORY_NONE)
        return NULL;
    struct chronicle_reader *reader = arena_new(site->arena, struct chronicle_reader);
    struct diags found = {.arena = diags->arena};
    reader->diags.arena = &reader->arena;
    reader->history = history_open(path, &reader->arena, &found);
    bool begun = reader->history && (revision.len || history_begun(reader->history));
    bool known = begun && read_trails(reader, site, revision, &found);
    say(&found, place_file(site->portal_source), diags);
    if (known) {
        site->chronicle = &reader->chronicle;
        return reader;
    }
    history_close(reader->history);
    arena_release(&reader->arena);
    return NULL;
}

void chronicle_report(const struct chronicle_reader *reader, struct diags *diags) {
    if (reader)
        diags_take(diags, &reader->diags);
}

void chronicle_close(struct chronicle_reader *reader) {
    if (!reader)
        return;
    history_close(reader->history);
    arena_release(&reader->arena);
}
