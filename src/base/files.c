/* SPDX-License-Identifier: MIT */
/* files.c: paths looked up among files in memory, as the kernel would beneath a directory (RESOLVE_BENEATH). */
#include "base/files.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* ---- lists of entries ---------------------------------------------------------------------------------- */

size_t entry_add(struct entry_list *list, struct str prefix, struct str name, enum entry_kind kind) {
    size_t slash = prefix.len ? 1 : 0, len = prefix.len + slash + name.len;
    char *path = arena_grow(list->arena, NULL, 0, len + 1, 1);
    if (slash) {
        memcpy(path, prefix.at, prefix.len);
        path[prefix.len] = '/';
    }
    memcpy(path + prefix.len + slash, name.at, name.len);
    path[len] = 0;
    struct entries *out = list->out;
    if (out->count == list->room) {
        size_t old = list->room * sizeof(struct entry);
        list->room = list->room ? list->room * 2 : 64;
        out->items = arena_grow(list->arena, out->items, old, list->room * sizeof(struct entry),
                                alignof(struct entry));
    }
    out->items[out->count] = (struct entry){.path = {path, len}, .kind = kind};
    return out->count++;
}

static int compare_entries(const void *a, const void *b) {
    return str_cmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

void entries_sort(struct entries *entries) {
    if (entries->count)
        qsort(entries->items, entries->count, sizeof(*entries->items), compare_entries);
}

/* ---- looking up ---------------------------------------------------------------------------------------- */

/* As many as the kernel follows on one way. */
#define LINKS_MAX 40

/* Where a walk stands, and what it has still to go. A link's way is put before the rest of the way, as the kernel
 * does, and PATH_MAX bounds both, as it bounds every path that can be asked for. */
struct walk {
    const struct files *files;
    char at[PATH_MAX]; /* what has been walked, without links; empty: the folder itself */
    size_t len;
    char rest[2 * PATH_MAX];
    size_t from, to; /* of `rest`, what is still to be walked */
    int links;
    const struct kept_file *file; /* what stands at `at`; NULL: a folder */
};

/* The index of the first file whose path is not before `path` followed by `last`. */
static size_t first_from(const struct files *files, struct str path, char last) {
    size_t low = 0, high = files->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct str there = files->items[middle].path;
        int order = str_cmp(str_sub(there, 0, path.len), path);
        bool before = order ? order < 0 : last && (there.len == path.len || there.at[path.len] < last);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct kept_file *find_file(const struct files *files, struct str path) {
    size_t i = first_from(files, path, 0);
    return i < files->count && str_eq(files->items[i].path, path) ? &files->items[i] : NULL;
}

static bool is_beneath(struct str path, struct str folder) {
    return !folder.len || (path.len > folder.len && path.at[folder.len] == '/' && str_starts(path, folder));
}

/* The index of the first file beneath a folder, or the count. */
static size_t first_beneath(const struct files *files, struct str folder) {
    size_t i = folder.len ? first_from(files, folder, '/') : 0;
    return i < files->count && is_beneath(files->items[i].path, folder) ? i : files->count;
}

static bool fails(int error) {
    errno = error;
    return false;
}

static bool walk_up(struct walk *w) {
    if (!w->len)
        return fails(EXDEV);
    while (w->len && w->at[w->len - 1] != '/')
        w->len--;
    w->len -= w->len ? 1 : 0;
    return true;
}

/* Goes back to where the link stands, with where it leads before the rest of the way. */
static bool walk_link(struct walk *w, struct str target) {
    size_t left = w->to - w->from;
    if (++w->links > LINKS_MAX)
        return fails(ELOOP);
    if (!target.len)
        return fails(ENOENT);
    if (target.at[0] == '/')
        return fails(EXDEV);
    if (target.len + 1 + left > sizeof(w->rest))
        return fails(ENAMETOOLONG);
    memmove(w->rest + target.len + 1, w->rest + w->from, left);
    memcpy(w->rest, target.at, target.len);
    w->rest[target.len] = '/';
    w->from = 0;
    /* A slash would ask for a folder, where the way ends with the link. */
    w->to = left ? target.len + 1 + left : target.len;
    w->file = NULL;
    return walk_up(w);
}

static bool walk_name(struct walk *w, struct str name) {
    if (name.len > NAME_MAX || w->len + name.len + 2 > sizeof(w->at))
        return fails(ENAMETOOLONG);
    if (w->len)
        w->at[w->len++] = '/';
    memcpy(w->at + w->len, name.at, name.len);
    w->len += name.len;
    struct str path = {w->at, w->len};
    w->file = find_file(w->files, path);
    return w->file || first_beneath(w->files, path) < w->files->count ? true : fails(ENOENT);
}

/* One name of the way. A slash after it, even the last, asks for a folder. */
static bool walk_step(struct walk *w, bool follow) {
    struct str rest = {w->rest + w->from, w->to - w->from};
    struct str name = str_sub(rest, 0, str_find(rest, '/', 0));
    size_t after = name.len;
    while (after < rest.len && rest.at[after] == '/')
        after++;
    w->from += after;
    if (str_eq(name, STR("..")))
        return walk_up(w);
    if (!str_eq(name, STR(".")) && name.len && !walk_name(w, name))
        return false;
    if (!w->file)
        return true;
    if (w->file->kind == ENTRY_LINK && (follow || after > name.len)) {
        w->from -= after - name.len; /* the slash stays, and asks the same of where the link leads */
        return walk_link(w, w->file->bytes);
    }
    return after == name.len ? true : fails(ENOTDIR);
}

/* Walks to `path`; without `follow` a link at its end is what is found. */
static bool walk(struct walk *w, const struct files *files, const char *path, bool follow) {
    size_t len = strlen(path);
    w->files = files;
    w->file = NULL;
    w->len = w->from = 0;
    w->to = len;
    w->links = 0;
    if (!len || len >= PATH_MAX)
        return fails(len ? ENAMETOOLONG : ENOENT);
    if (*path == '/')
        return fails(EXDEV);
    memcpy(w->rest, path, len);
    while (w->from < w->to)
        if (!walk_step(w, follow))
            return false;
    return true;
}

/* ---- what file.h promises ------------------------------------------------------------------------------ */

bool files_read(const struct files *files, const char *path, size_t limit, struct str *out) {
    *out = (struct str){0};
    /* Nearly every path is one that a listing gave: it stands there as it is written. */
    const struct kept_file *file = find_file(files, str_from(path));
    if (!file || file->kind == ENTRY_LINK) {
        struct walk w;
        if (!walk(&w, files, path, true))
            return false;
        file = w.file;
    }
    if (!file || file->kind != ENTRY_FILE)
        return fails(EINVAL);
    if (file->too_large || file->bytes.len > limit)
        return fails(EFBIG);
    *out = file->bytes;
    return true;
}

bool files_look(const struct files *files, const char *path, struct look *out) {
    struct walk w = {0};
    *out = (struct look){0};
    if (*path && !walk(&w, files, path, false))
        return false;
    out->kind = w.file ? w.file->kind : ENTRY_FOLDER;
    return true;
}

/* Adds a file and the folders on its way that the file before it does not share. `path` is from the folder that is
 * listed, as is that of the one before. */
static void list_one(struct entry_list *list, struct str prefix, struct str path, struct str before,
                     enum entry_kind kind, bool hidden) {
    size_t from = 0;
    for (int depth = 1;; depth++) {
        size_t end = str_find(path, '/', from);
        bool folder = end < path.len;
        if (path.at[from] == '.' && !hidden)
            return;
        if (!folder || !is_beneath(before, str_sub(path, 0, end))) {
            size_t i = entry_add(list, prefix, str_sub(path, 0, end), folder ? ENTRY_FOLDER : kind);
            list->out->items[i].unreadable = folder && depth >= FOLDER_DEPTH_MAX;
            list->out->items[i].error = list->out->items[i].unreadable ? ELOOP : 0;
        }
        if (!folder || depth >= FOLDER_DEPTH_MAX)
            return;
        from = end + 1;
    }
}

bool files_list(struct arena *arena, const struct files *files, const char *path, bool hidden,
                struct entries *out) {
    struct walk w;
    *out = (struct entries){0};
    if (!walk(&w, files, path, true))
        return errno == ENOENT;
    if (w.file)
        return fails(ENOTDIR);
    struct entry_list list = {.arena = arena, .out = out};
    struct str folder = {w.at, w.len}, before = {0};
    struct str prefix = strcmp(path, ".") ? str_from(path) : (struct str){0};
    for (size_t i = first_beneath(files, folder); i < files->count; i++) {
        const struct kept_file *file = &files->items[i];
        if (!is_beneath(file->path, folder))
            break;
        struct str rest = str_sub(file->path, folder.len ? folder.len + 1 : 0, file->path.len);
        list_one(&list, prefix, rest, before, file->kind, hidden);
        before = rest;
    }
    entries_sort(out);
    return true;
}
