/* SPDX-License-Identifier: MIT */
/* tree.c: a hidden generation, filled by many threads, then exchanged for the published one. */
#include "publish/tree.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/pool.h"

/* The marker. Its words are for the person who finds it; the program compares its bytes. */
#define MARKER ".signpost"
#define MARKER_HEAD "Signpost published this folder, and replaces all of it each time.\nformat: 1\naudience: "
#define MARKER_LIMIT ((size_t)1024)

#define NEW "new"
#define OLD "old"
#define LOCK "lock"

/* One file put. */
struct put {
    const char *path;
    bool kept; /* its bytes stand in the published folder; else it has been written to the new generation */
};

struct tree {
    struct tree_options options;
    struct str shown; /* the published folder, as messages name it */
    const char *name; /* its last part, beneath `parent` */
    const char *state_name;
    struct folder parent;
    struct folder state;
    struct folder old;   /* the published folder; not open where there is none, or an empty one */
    struct folder fresh; /* the new generation */
    struct file_lock lock;
    struct str marker;
    unsigned file_mode;
    unsigned folder_mode;

    struct pool_lock guard; /* of all that follows */
    struct arena arena;     /* not the caller's, which belongs to one thread */
    struct map puts;        /* from path to struct put */
    size_t written;
    int error; /* the first failure, and whose */
    struct str error_path;
};

static const char *join_z(struct arena *arena, const char *a, const char *b, const char *c) {
    return str_z(arena, str_join(arena, str_from(a), str_from(b), str_from(c)));
}

/* Always false, for `return` after a refusal. */
static bool refuse(struct tree *t, enum diag_id id, struct str reason, struct diags *diags) {
    diag(diags, id, (struct place){0}, t->shown, reason);
    return false;
}

static bool refuse_state(struct tree *t, enum diag_id id, const char *inside, int error,
                         struct diags *diags) {
    struct str shown = str_join(&t->arena, str_sub(t->shown, 0, t->shown.len - strlen(t->name)),
                                str_from(t->state_name), str_from(inside));
    diag(diags, id, (struct place){0}, shown, file_reason(error));
    return false;
}

/* ---- opening ------------------------------------------------------------------------------------------- */

/* Takes the path apart. The folder is only ever named beneath its parent, which is held open: whatever
 * happens to the path above meanwhile, lock, old and new generation stay together. */
static bool locate(struct tree *t, struct diags *diags) {
    struct str path = t->shown;
    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    t->shown = path;
    size_t name = path.len;
    while (name && path.at[name - 1] != '/')
        name--;
    t->name = str_z(&t->arena, str_sub(path, name, path.len));
    if (!*t->name || !strcmp(t->name, ".") || !strcmp(t->name, ".."))
        return refuse(t, DIAG_TREE_NAME, (struct str){0}, diags);
    t->state_name = join_z(&t->arena, ".", t->name, ".signpost");
    if (!folder_open(&t->parent, name ? str_z(&t->arena, str_sub(path, 0, name)) : ".") ||
        !folder_may_write(&t->parent))
        return refuse(t, DIAG_TREE_PARENT, file_reason(errno), diags);
    return true;
}

/* DIAG_COUNT where there is nothing against replacing it. */
static enum diag_id objection(const struct look *look) {
    if (look->kind == ENTRY_LINK)
        return DIAG_TREE_SYMLINK;
    if (look->kind != ENTRY_FOLDER)
        return DIAG_TREE_NOT_FOLDER;
    if (look->mount)
        return DIAG_TREE_MOUNT;
    return look->mine ? DIAG_COUNT : DIAG_TREE_OWNER;
}

/* The marker of a folder that holds something decides whose it is. */
static bool is_ours(struct tree *t, struct diags *diags) {
    struct str marker, head = STR(MARKER_HEAD);
    struct look look;
    if (!file_read(&t->arena, &t->old, MARKER, MARKER_LIMIT, &marker) || !str_starts(marker, head))
        return refuse(t, DIAG_TREE_FOREIGN, (struct str){0}, diags);
    if (!str_eq(marker, t->marker)) {
        struct str audience = str_trim(str_sub(marker, head.len, marker.len));
        diag(diags, DIAG_TREE_AUDIENCE, (struct place){0}, t->shown, audience, t->options.audience);
        return false;
    }
    /* Somebody has begun to publish from the folder by git: history is the one thing no build could make
     * again. */
    if (file_look(&t->old, ".git", &look))
        return refuse(t, DIAG_TREE_REPOSITORY, (struct str){0}, diags);
    return true;
}

/* Opens the published folder if there is one. An empty folder counts as none: a rename replaces it. */
static bool may_replace(struct tree *t, struct diags *diags) {
    struct look look;
    bool empty;
    folder_close(&t->old);
    if (!file_look(&t->parent, t->name, &look))
        return errno == ENOENT || refuse(t, DIAG_FILE_UNREADABLE, file_reason(errno), diags);
    enum diag_id id = objection(&look);
    if (id != DIAG_COUNT)
        return refuse(t, id, (struct str){0}, diags);
    if (!folder_open_in(&t->old, &t->parent, t->name) || !folder_empty(&t->old, &empty))
        return refuse(t, DIAG_FILE_UNREADABLE, file_reason(errno), diags);
    if (!empty)
        return is_ours(t, diags);
    folder_close(&t->old);
    return true;
}

static bool hold_state(struct tree *t, struct diags *diags) {
    struct look look;
    if (!folder_make(&t->parent, t->state_name, 0700) || !file_look(&t->parent, t->state_name, &look))
        return refuse_state(t, DIAG_TREE_STATE, "", errno, diags);
    if (look.kind != ENTRY_FOLDER || !look.mine) /* planted by somebody who would like to write our pages */
        return refuse_state(t, DIAG_TREE_STATE, "", look.mine ? ENOTDIR : EACCES, diags);
    if (!folder_open_in(&t->state, &t->parent, t->state_name) ||
        (look.mode != 0700 && !folder_set_mode(&t->state, 0700)))
        return refuse_state(t, DIAG_TREE_STATE, "", errno, diags);
    if (file_lock_take(&t->lock, &t->state, LOCK))
        return true;
    if (errno == EWOULDBLOCK)
        return refuse(t, DIAG_TREE_BUSY, (struct str){0}, diags);
    return refuse_state(t, DIAG_TREE_STATE, "/" LOCK, errno, diags);
}

static bool sweep(struct tree *t, const char *leftover, struct diags *diags) {
    return folder_remove(&t->state, leftover) ||
           refuse_state(t, DIAG_TREE_SWEEP, join_z(&t->arena, "/", leftover, ""), errno, diags);
}

/* A build that was stopped between two renames has left the portal in `old`: it goes back where it was. False
 * where it is there and cannot go back; then it is all there is, and must not be swept up. */
static bool restore(struct tree *t) {
    struct look look;
    if (file_look(&t->parent, t->name, &look))
        return true;
    return errno == ENOENT && (folder_move(&t->state, OLD, &t->parent, t->name) || errno == ENOENT);
}

static bool sweep_up(struct tree *t, struct diags *diags) {
    if (!restore(t))
        return refuse_state(t, DIAG_TREE_RESTORE, "/" OLD, errno, diags);
    return sweep(t, NEW, diags) && sweep(t, OLD, diags);
}

static bool begin(struct tree *t, struct diags *diags) {
    if (folder_make(&t->state, NEW, t->folder_mode) && folder_open_in(&t->fresh, &t->state, NEW))
        return true;
    return refuse_state(t, DIAG_TREE_STATE, "/" NEW, errno, diags);
}

static void close_all(struct tree *t) {
    folder_close(&t->fresh);
    folder_close(&t->old);
    file_lock_give(&t->lock);
    folder_close(&t->state);
    folder_close(&t->parent);
    arena_release(&t->arena);
}

struct tree *tree_open(struct arena *arena, const struct tree_options *options, struct diags *diags) {
    struct tree *t = arena_new(arena, struct tree);
    t->options = *options;
    t->options.audience = str_copy(arena, options->audience);
    t->shown = str_copy(arena, str_from(options->path));
    t->marker = str_join(arena, STR(MARKER_HEAD), options->audience, STR("\n"));
    t->puts.arena = &t->arena;
    t->file_mode = options->restricted ? 0640 : 0644;
    t->folder_mode = options->restricted ? 0750 : 0755;
    /* Looked at before anything is made, so that a refusal leaves no trace, and again under the lock, since
     * another build may have ended or been restored in between. */
    if (locate(t, diags) && may_replace(t, diags) && hold_state(t, diags) && sweep_up(t, diags) &&
        may_replace(t, diags) && begin(t, diags))
        return t;
    close_all(t);
    return NULL;
}

/* ---- putting ------------------------------------------------------------------------------------------- */

static bool has_failed(struct tree *t) {
    pool_lock_take(&t->guard);
    bool failed = t->error != 0;
    pool_lock_give(&t->guard);
    return failed;
}

static void fail(struct tree *t, struct str path, int error) {
    pool_lock_take(&t->guard);
    if (!t->error) {
        t->error = error;
        t->error_path = str_copy(&t->arena, path);
    }
    pool_lock_give(&t->guard);
}

/* Most files find their folder there: making it is only tried after it was missed. */
static bool write_with_folders(struct tree *t, const char *path, struct str bytes) {
    if (file_write(&t->fresh, path, bytes, t->file_mode))
        return true;
    const char *slash = strrchr(path, '/');
    if (errno != ENOENT || !slash)
        return false;
    char folder[PATH_MAX];
    memcpy(folder, path, (size_t)(slash - path));
    folder[slash - path] = 0;
    return folder_make(&t->fresh, folder, t->folder_mode) && file_write(&t->fresh, path, bytes, t->file_mode);
}

static bool remember(struct tree *t, struct str path, bool kept) {
    bool added;
    pool_lock_take(&t->guard);
    struct put *put = arena_new(&t->arena, struct put);
    *put = (struct put){str_z(&t->arena, path), kept};
    map_add(&t->puts, (struct str){put->path, path.len}, put, &added);
    t->written += !kept;
    pool_lock_give(&t->guard);
    errno = EEXIST;
    return added;
}

/* Names only, none of them `.` or `..`: the addresses of a portal are made from slugs and checked names. */
static bool is_plain(struct str path) {
    struct str name, rest = path;
    while (str_cut(&rest, '/', &name))
        if (!name.len || str_eq(name, STR(".")) || str_eq(name, STR("..")))
            return false;
    return path.len && !memchr(path.at, 0, path.len);
}

void tree_put(struct tree *t, struct str path, struct str bytes) {
    char name[PATH_MAX];
    if (has_failed(t))
        return;
    if (path.len >= sizeof(name)) {
        fail(t, path, ENAMETOOLONG);
        return;
    }
    assert(is_plain(path));
    memcpy(name, path.at, path.len);
    name[path.len] = 0;
    bool kept = t->old.held && file_same(&t->old, name, bytes, t->file_mode);
    if ((!kept && !write_with_folders(t, name, bytes)) || !remember(t, path, kept))
        fail(t, path, errno);
}

/* ---- what would change --------------------------------------------------------------------------------- */

struct change {
    size_t pages; /* in the published folder */
    size_t removed;
    size_t removed_pages;
    bool differs; /* in anything at all */
};

/* Every folder that the put files lie in, with itself as the value. */
static void needed_folders(struct tree *t, struct map *folders) {
    for (size_t i = 0; i < t->puts.count; i++) {
        struct str path = t->puts.items[i].key;
        bool added = true;
        while (added && path.len) {
            while (path.len && path.at[path.len - 1] != '/')
                path.len--;
            if (path.len)
                map_add(folders, str_sub(path, 0, --path.len), folders, &added);
        }
    }
}

static bool compare_folder(struct tree *t, const struct entry *e, const struct map *needed,
                           struct change *change, struct diags *diags) {
    struct look look;
    if (!file_look(&t->old, e->path.at, &look) || look.mode != t->folder_mode || !map_get(needed, e->path))
        change->differs = true;
    if (!look.mount)
        return true;
    struct str at = str_join(&t->arena, t->shown, STR("/"), e->path);
    diag(diags, DIAG_TREE_MOUNT_INSIDE, (struct place){0}, at);
    return false;
}

static void compare_file(struct tree *t, const struct entry *e, struct change *change) {
    bool page = str_ends(e->path, STR(".html"));
    bool gone = !map_get(&t->puts, e->path);
    change->pages += page;
    change->removed += gone;
    change->removed_pages += gone && page;
}

/* Walks the published folder, which nothing but its own listing can tell what others have put there. */
static bool compare(struct tree *t, const struct map *needed, struct change *change, struct diags *diags) {
    struct entries list;
    struct look look;
    if (!t->old.held) {
        change->differs = true;
        return true;
    }
    if (!folder_list_all(&t->arena, &t->old, ".", &list) || !file_look(&t->old, "", &look))
        return refuse(t, DIAG_FILE_UNREADABLE, file_reason(errno), diags);
    for (size_t i = 0; i < list.count; i++) {
        const struct entry *e = &list.items[i];
        if (e->kind == ENTRY_FOLDER && !compare_folder(t, e, needed, change, diags))
            return false;
        if (e->kind != ENTRY_FOLDER && !str_eq(e->path, STR(MARKER)))
            compare_file(t, e, change);
    }
    change->differs = change->differs || t->written || change->removed || look.mode != t->folder_mode ||
                      !file_same(&t->old, MARKER, t->marker, t->file_mode);
    return true;
}

static struct str in_decimal(struct arena *arena, size_t n) {
    struct buf buf = {.arena = arena};
    buf_whole(&buf, (long long)n);
    return buf_str(&buf);
}

/* A lost folder of sources looks like a decision to withdraw all its pages. */
static bool removals_allowed(struct tree *t, const struct change *change, struct diags *diags) {
    if (t->options.allow_removals || change->removed_pages <= TREE_REMOVALS_FREE ||
        change->removed_pages * 5 <= change->pages)
        return true;
    diag(diags, DIAG_TREE_REMOVALS, (struct place){0}, in_decimal(&t->arena, change->removed_pages),
         in_decimal(&t->arena, change->pages), t->shown);
    return false;
}

/* ---- publishing ---------------------------------------------------------------------------------------- */

static bool write_failed(struct tree *t, struct str path, int error, struct diags *diags) {
    struct str at = path.len ? str_join(&t->arena, t->shown, STR("/"), path) : t->shown;
    diag(diags, DIAG_TREE_WRITE, (struct place){0}, at, file_reason(error));
    return false;
}

/* A file may have as many names as its file system allows, or belong to somebody who lets nobody link it. */
static bool copy(struct tree *t, const char *path) {
    struct arena_mark mark = arena_mark(&t->arena);
    struct str bytes;
    bool ok = file_read(&t->arena, &t->old, path, SIZE_MAX - 1, &bytes) &&
              file_write(&t->fresh, path, bytes, t->file_mode);
    int error = errno;
    arena_rewind(&t->arena, mark);
    errno = error;
    return ok;
}

static bool may_copy(int error) {
    return error == EMLINK || error == EPERM || error == EXDEV || error == ENOSYS || error == EOPNOTSUPP;
}

static bool complete(struct tree *t, const struct map *needed, struct diags *diags) {
    for (size_t i = 0; i < needed->count; i++) {
        struct str folder = needed->items[i].key;
        if (!folder_make(&t->fresh, str_z(&t->arena, folder), t->folder_mode))
            return write_failed(t, folder, errno, diags);
    }
    for (size_t i = 0; i < t->puts.count; i++) {
        const struct put *put = t->puts.items[i].value;
        if (put->kept && !file_link(&t->old, &t->fresh, put->path) &&
            !(may_copy(errno) && copy(t, put->path)))
            return write_failed(t, t->puts.items[i].key, errno, diags);
    }
    if (!file_write(&t->fresh, MARKER, t->marker, t->file_mode))
        return write_failed(t, STR(MARKER), errno, diags);
    return t->options.no_sync || folder_flush_all(&t->fresh) ||
           write_failed(t, (struct str){0}, errno, diags);
}

/* Is the published folder still the one that was compared? */
static bool is_unmoved(const struct tree *t) {
    struct look now, then;
    return file_look(&t->parent, t->name, &now) && file_look(&t->old, "", &then) &&
           now.device == then.device && now.number == then.number;
}

/* Where the second rename fails, tree_abandon undoes the first. */
static bool replace(struct tree *t, struct diags *diags) {
    if (folder_move(&t->parent, t->name, &t->state, OLD) && folder_move(&t->state, NEW, &t->parent, t->name))
        return true;
    return refuse(t, DIAG_TREE_REPLACE, file_reason(errno), diags);
}

/* What file systems and layers say that cannot exchange folders, or not these. */
static bool cannot_exchange(int error) {
    return error == EXDEV || error == EINVAL || error == EBUSY || error == ENOSYS || error == EOPNOTSUPP;
}

static bool exchange(struct tree *t, struct diags *diags) {
    if (!is_unmoved(t))
        return refuse(t, DIAG_TREE_CHANGED, (struct str){0}, diags);
    if (folder_exchange(&t->state, NEW, &t->parent, t->name))
        return true;
    if (!cannot_exchange(errno))
        return write_failed(t, (struct str){0}, errno, diags);
    if (t->options.replace)
        return replace(t, diags);
    return refuse(t, DIAG_TREE_EXCHANGE, file_reason(errno), diags);
}

/* The first time. A rename onto anything but an empty folder fails, so no folder is lost here either. */
static bool appear(struct tree *t, struct diags *diags) {
    if (folder_move(&t->state, NEW, &t->parent, t->name))
        return true;
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
        return refuse(t, DIAG_TREE_CHANGED, (struct str){0}, diags);
    return write_failed(t, (struct str){0}, errno, diags);
}

static bool change_places(struct tree *t, const struct map *needed, struct diags *diags) {
    if (!complete(t, needed, diags) || !(t->old.held ? exchange(t, diags) : appear(t, diags)))
        return false;
    if (!t->options.no_sync && (!folder_flush(&t->parent) || !folder_flush(&t->state)))
        refuse(t, DIAG_TREE_UNSURE, file_reason(errno), diags);
    return true;
}

bool tree_publish(struct tree *t, struct tree_outcome *outcome, struct diags *diags) {
    struct map needed = {.arena = &t->arena};
    struct change change = {0};
    bool ok = !t->error || write_failed(t, t->error_path, t->error, diags);
    needed_folders(t, &needed);
    ok = ok && compare(t, &needed, &change, diags) && removals_allowed(t, &change, diags) &&
         (!change.differs || change_places(t, &needed, diags));
    *outcome = (struct tree_outcome){0};
    if (ok)
        *outcome = (struct tree_outcome){
            .written = t->written,
            .kept = t->puts.count - t->written,
            .removed = change.removed,
            .unchanged = !change.differs,
        };
    tree_abandon(t);
    return ok;
}

/* After an exchange it is the last generation that lies in `new`, and goes. What cannot go waits for the next
 * build: there is nobody here to tell, and nothing that would be wrong meanwhile. */
void tree_abandon(struct tree *t) {
    folder_remove(&t->state, NEW);
    if (restore(t))
        folder_remove(&t->state, OLD);
    close_all(t);
}
