/* SPDX-License-Identifier: MIT */
/*
 * watch.c: inotify.
 *
 * The kernel watches single folders, so each folder has a watch of its own, and a number for it that events carry.
 * Numbers are kept with the folder's path. A path is only right as long as no folder moves: when one does, all watches
 * are given back and taken anew, rather than followed; that happens seldom, and following is where watchers go wrong.
 */
#include "edge/watch.h"

#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"

/* What a portal reads, by the names that stand in its folder. */
static const char *const sources[] = {
    "portal.yaml", "content", "schools", "officers", "templates", "tests/policy",
};
#define SOURCE_COUNT (sizeof(sources) / sizeof(sources[0]))

/* More paths than these are "anything". */
#define PATHS_MAX 1024

struct watch {
    struct arena arena; /* of the watch itself and its folder's path */
    struct str folder;  /* the portal's, from the root of the file system */
    struct str above;   /* the folder it is in; empty for the root of all */
    int fd;
    struct arena taken; /* of the watches as they are now, and of what was noted since */
    struct str *paths;  /* by the kernel's number: the folder's path in the portal, "" for the portal's own */
    size_t path_count;
    int number_above;
    struct map changed;
    bool anything;
    bool moved; /* watches must be taken anew */
};

/* ---- settling ---- */

void settle_note(struct settle *settle, uint64_t now) {
    if (!settle->waiting)
        settle->first = now;
    settle->waiting = true;
    settle->last = now;
}

int settle_wait(const struct settle *settle, uint64_t now) {
    if (!settle->waiting)
        return -1;
    uint64_t quiet = settle->last + SETTLE_QUIET_MS, most = settle->first + SETTLE_MOST_MS;
    uint64_t due = quiet < most ? quiet : most;
    return due > now ? (int)(due - now) : 0;
}

/* ---- what is watched ---- */

static bool beneath(struct str path, struct str folder) {
    return str_eq(path, folder) || (str_starts(path, folder) && path.at[folder.len] == '/');
}

enum watch_place watch_place(struct str path) {
    for (size_t i = 0; i < SOURCE_COUNT; i++) {
        struct str source = str_from(sources[i]);
        if (beneath(path, source))
            return WATCH_INSIDE;
        if (!path.len || beneath(source, path))
            return WATCH_ABOVE;
    }
    return WATCH_ELSEWHERE;
}

#define EVENTS                                                                                           \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | \
     IN_MOVE_SELF | IN_ONLYDIR)

/* Watches one folder; its path is kept by the kernel's number. A folder that has gone meanwhile was its parent's event
 * or will be. */
static bool add(struct watch *w, struct str path, struct diags *diags) {
    struct str whole = path.len ? str_join(&w->taken, w->folder, STR("/"), path) : w->folder;
    int number = inotify_add_watch(w->fd, str_z(&w->taken, whole), EVENTS | (path.len ? IN_DONT_FOLLOW : 0));
    if (number < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
        return true;
    if (number < 0) {
        diag(diags, errno == ENOSPC ? DIAG_WATCH_TOO_MANY : DIAG_WATCH_FAILED, (struct place){0}, whole,
             file_reason(errno));
        return false;
    }
    size_t at = (size_t)number;
    if (at >= w->path_count) {
        size_t count = at * 2 + 64;
        w->paths = arena_grow(&w->taken, w->paths, w->path_count * sizeof(struct str),
                              count * sizeof(struct str), alignof(struct str));
        memset(w->paths + w->path_count, 0, (count - w->path_count) * sizeof(struct str));
        w->path_count = count;
    }
    w->paths[at] = (struct str){path.len ? path.at : "", path.len};
    return true;
}

static bool add_source(struct watch *w, const struct folder *portal, const char *source,
                       struct diags *diags) {
    struct entries entries;
    struct look look;
    if (!file_look(portal, source, &look) || look.kind != ENTRY_FOLDER)
        return true; /* portal.yaml, or not there: the folder above tells when it comes */
    bool ok = add(w, str_from(source), diags);
    if (!folder_list(&w->taken, portal, source, &entries))
        return ok;
    for (size_t i = 0; ok && i < entries.count; i++)
        if (entries.items[i].kind == ENTRY_FOLDER)
            ok = add(w, entries.items[i].path, diags);
    return ok;
}

/* All watches, anew. */
static bool take_watches(struct watch *w, struct diags *diags) {
    if (w->fd >= 0)
        close(w->fd);
    arena_release(&w->taken);
    w->paths = NULL;
    w->path_count = 0;
    w->changed = (struct map){.arena = &w->taken};
    w->anything = w->moved = false;
    w->number_above = -1;
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd < 0) {
        diag(diags, DIAG_WATCH_FAILED, (struct place){0}, w->folder, file_reason(errno));
        return false;
    }
    if (w->above.len)
        w->number_above = inotify_add_watch(w->fd, str_z(&w->taken, w->above),
                                            IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR);
    bool ok = add(w, (struct str){0}, diags) && add(w, STR("tests"), diags);
    struct folder portal;
    if (!ok || !folder_open(&portal, str_z(&w->taken, w->folder)))
        return ok; /* gone: the folder above tells when one comes */
    for (size_t i = 0; ok && i < SOURCE_COUNT; i++)
        ok = add_source(w, &portal, sources[i], diags);
    folder_close(&portal);
    return ok;
}

struct watch *watch_new(struct str folder, struct diags *diags) {
    struct arena arena = {0};
    struct watch *w = arena_new(&arena, struct watch);
    w->arena = arena;
    w->fd = -1;
    w->folder = str_copy(&w->arena, folder);
    size_t slash = folder.len;
    while (slash && folder.at[slash - 1] != '/')
        slash--;
    w->above = str_sub(w->folder, 0, slash > 1 ? slash - 1 : folder.len > 1 ? slash : 0);
    if (take_watches(w, diags))
        return w;
    watch_release(w);
    return NULL;
}

void watch_release(struct watch *w) {
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    arena_release(&w->taken);
    struct arena arena = w->arena;
    arena_release(&arena);
}

int watch_descriptor(const struct watch *w) {
    return w->fd;
}

/* ---- what happens ---- */

static bool note_path(struct watch *w, struct str path) {
    if (w->changed.count >= PATHS_MAX)
        w->anything = true;
    else if (!map_get(&w->changed, path))
        map_add(&w->changed, str_copy(&w->taken, path), w, NULL);
    return true;
}

/* In the folder above the portal's only the portal's own name matters: another folder has come to stand there. */
static bool note_above(struct watch *w, struct str name) {
    struct str own = str_sub(w->folder, w->above.len + (w->above.len > 1), w->folder.len);
    if (!str_eq(name, own))
        return false;
    return w->anything = w->moved = true;
}

static bool note(struct watch *w, const struct inotify_event *e) {
    if (e->mask & IN_Q_OVERFLOW)
        return w->anything = w->moved = true;
    struct str name = e->len ? str_from(e->name) : (struct str){0};
    if (e->wd == w->number_above)
        return note_above(w, name);
    if (e->mask & IN_IGNORED || e->wd < 0 || (size_t)e->wd >= w->path_count || !w->paths[e->wd].at)
        return false;
    struct str folder = w->paths[e->wd];
    if (e->mask & (IN_MOVE_SELF | IN_DELETE_SELF))
        return w->anything = w->moved = true;
    if (!name.len || name.at[0] == '.') /* of the folder itself; or hidden, which a portal does not read */
        return false;
    struct str path = folder.len ? str_join(&w->taken, folder, STR("/"), name) : name;
    enum watch_place place = watch_place(path);
    if (place == WATCH_ELSEWHERE || (place == WATCH_ABOVE && !(e->mask & IN_ISDIR)))
        return false;
    if (e->mask & IN_ISDIR && !(e->mask & IN_ATTRIB))
        return w->anything = w->moved = true;
    return note_path(w, path);
}

bool watch_read(struct watch *w) {
    /* Aligned for the first event; the kernel pads each name so that the next one is aligned too. */
    union {
        struct inotify_event event;
        char bytes[16 * 1024];
    } room;
    bool changed = false;
    for (ssize_t got; (got = read(w->fd, room.bytes, sizeof(room.bytes))) > 0;)
        for (size_t at = 0; at < (size_t)got;) {
            const void *here = room.bytes + at;
            const struct inotify_event *e = here;
            changed |= note(w, e);
            at += sizeof(*e) + e->len;
        }
    return changed;
}

bool watch_take(struct watch *w, struct arena *arena, struct watch_changes *out, struct diags *diags) {
    if (!w->anything && !w->changed.count)
        return false;
    *out = (struct watch_changes){.anything = w->anything};
    if (w->moved) {
        out->anything = true;
        return take_watches(w, diags), true;
    }
    if (!w->anything) {
        struct str *paths = arena_array(arena, struct str, w->changed.count);
        for (size_t i = 0; i < w->changed.count; i++)
            paths[i] = str_copy(arena, w->changed.items[i].key);
        out->paths = paths;
        out->count = w->changed.count;
    }
    w->anything = false;
    w->changed = (struct map){.arena = &w->taken};
    return true;
}
