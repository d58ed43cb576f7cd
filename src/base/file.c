/* SPDX-License-Identifier: MIT */
/* file.c: the only file that asks the kernel about files. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int descriptor(const struct folder *folder) {
    return folder->held - 1;
}

/* Closing never loses the errno of what went wrong before. */
static void close_quietly(int fd) {
    int error = errno;
    close(fd);
    errno = error;
}

/* ---- looking up beneath a folder ------------------------------------------------------------------------------ */

/* For kernels before 5.6, and for sandboxes that hide openat2: one name at a time, no symbolic link at all. Telling
 * links that stay inside from those that leave would mean resolving them by hand, and by hand is how it goes wrong. */
static int open_by_steps(int root, const char *path, int flags) {
    int at = root, fd;
    for (;;) {
        char name[NAME_MAX + 1];
        size_t len = strcspn(path, "/");
        bool last = !path[len + strspn(path + len, "/")];
        if (!len || len > NAME_MAX || (len == 2 && !memcmp(path, "..", 2))) {
            fd = -1;
            errno = len > NAME_MAX ? ENAMETOOLONG : EXDEV;
        } else {
            memcpy(name, path, len);
            name[len] = 0;
            fd = openat(at, name, last ? flags | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        }
        if (fd < 0 && (errno == ELOOP || errno == ENOTDIR)) { /* a link, or a file where a folder should be */
            struct stat st;
            errno = !fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode) ? EXDEV : ENOTDIR;
        }
        if (at != root)
            close_quietly(at);
        if (fd < 0 || last)
            return fd;
        at = fd;
        path += len + strspn(path + len, "/");
    }
}

static int open_beneath(int root, const char *path, int flags) {
    struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    for (int tries = 0; tries < 16; tries++) {
        long fd = syscall(SYS_openat2, root, path, &how, sizeof(how));
        if (fd >= 0)
            return (int)fd;
        if (errno == ENOSYS || errno == EPERM) /* EPERM is what older container sandboxes say for ENOSYS */
            return open_by_steps(root, path, flags);
        if (errno != EAGAIN &&
            errno != EINTR) /* EAGAIN: a rename elsewhere made the kernel unsure of a `..` */
            break;
    }
    return -1;
}

static bool folder_hold(struct folder *folder, int fd) {
    folder->held = fd + 1;
    return fd >= 0;
}

bool folder_open(struct folder *folder, const char *path) {
    return folder_hold(folder, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool folder_open_in(struct folder *folder, const struct folder *parent, const char *path) {
    return folder_hold(folder, open_beneath(descriptor(parent), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

void folder_close(struct folder *folder) {
    if (folder->held)
        close_quietly(descriptor(folder));
    folder->held = 0;
}

/* ---- listing -------------------------------------------------------------------------------------------------- */

struct listing {
    struct arena *arena;
    struct entries *out;
    size_t room;
};

static size_t listing_add(struct listing *l, struct str prefix, const char *name, enum entry_kind kind) {
    size_t n = strlen(name), slash = prefix.len ? 1 : 0;
    char *path = arena_grow(l->arena, NULL, 0, prefix.len + slash + n + 1, 1);
    if (slash) {
        memcpy(path, prefix.at, prefix.len);
        path[prefix.len] = '/';
    }
    memcpy(path + prefix.len + slash, name, n + 1);
    struct entries *out = l->out;
    if (out->count == l->room) {
        size_t old = l->room * sizeof(struct entry);
        l->room = l->room ? l->room * 2 : 64;
        out->items =
            arena_grow(l->arena, out->items, old, l->room * sizeof(struct entry), alignof(struct entry));
    }
    out->items[out->count] = (struct entry){.path = {path, prefix.len + slash + n}, .kind = kind};
    return out->count++;
}

static enum entry_kind kind_of_mode(mode_t mode) {
    return S_ISREG(mode)   ? ENTRY_FILE
           : S_ISDIR(mode) ? ENTRY_FOLDER
           : S_ISLNK(mode) ? ENTRY_LINK
                           : ENTRY_OTHER;
}

/* Most file systems say what an entry is while listing; the rest are asked, entry by entry. */
static enum entry_kind kind_of(int fd, const struct dirent *e) {
    struct stat st;
    switch (e->d_type) {
    case DT_REG: return ENTRY_FILE;
    case DT_DIR: return ENTRY_FOLDER;
    case DT_LNK: return ENTRY_LINK;
    case DT_UNKNOWN:
        return fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) ? ENTRY_OTHER : kind_of_mode(st.st_mode);
    default: return ENTRY_OTHER;
    }
}

/* Lists what is open at `fd`, which it closes. Returns 0 or the errno. Its subfolders' troubles are in their entries. */
static int list_into(struct listing *l, int fd, struct str prefix, int depth) {
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        int error = errno;
        if (fd >= 0)
            close(fd);
        return error;
    }
    const struct dirent *e;
    while ((errno = 0, e = readdir(dir))) {
        if (e->d_name[0] == '.')
            continue;
        size_t i = listing_add(l, prefix, e->d_name, kind_of(fd, e));
        if (l->out->items[i].kind != ENTRY_FOLDER)
            continue;
        int error = ELOOP;
        if (depth < FOLDER_DEPTH_MAX) {
            int sub = openat(fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            error = list_into(l, sub, l->out->items[i].path, depth + 1);
        }
        l->out->items[i].unreadable = error != 0;
        l->out->items[i].error = error;
    }
    int error = errno;
    closedir(dir);
    return error;
}

static int compare_entries(const void *a, const void *b) {
    return str_cmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

bool folder_list(struct arena *arena, const struct folder *folder, const char *path, struct entries *out) {
    *out = (struct entries){0};
    int fd = open_beneath(descriptor(folder), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    struct listing l = {.arena = arena, .out = out};
    struct str prefix = strcmp(path, ".") ? str_from(path) : (struct str){0};
    int error = list_into(&l, fd, prefix, 1);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_entries);
    errno = error;
    return !error;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

/* Reads to the end into a piece that is one byte longer than the file is said to be: that byte stays unread unless
 * the file has grown meanwhile, so that one call is enough to see both the text and its end. */
static bool read_all(struct arena *arena, int fd, size_t size, size_t limit, struct str *out) {
    size_t room = size + 1, len = 0;
    char *at = arena_grow(arena, NULL, 0, room, 1);
    for (;;) {
        ssize_t n = read(fd, at + len, room - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        len += (size_t)n;
        if (len > limit) {
            errno = EFBIG;
            return false;
        }
        if (n == 0 || len == size)
            break;
        if (len == room) {
            at = arena_grow(arena, at, room, room * 2, 1);
            room *= 2;
        }
    }
    *out = (struct str){at, len};
    return true;
}

bool file_read(struct arena *arena, const struct folder *folder, const char *path, size_t limit,
               struct str *out) {
    *out = (struct str){0};
    /* O_NONBLOCK: a pipe without a writer opens at once, and is then found not to be a regular file. */
    int fd = open_beneath(descriptor(folder), path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        if (errno == ENXIO) /* a socket, or a device without a driver */
            errno = EINVAL;
        return false;
    }
    struct arena_mark mark = arena_mark(arena);
    struct stat st;
    bool ok = !fstat(fd, &st);
    if (ok && (!S_ISREG(st.st_mode) || (uint64_t)st.st_size > limit)) {
        errno = S_ISREG(st.st_mode) ? EFBIG : EINVAL;
        ok = false;
    }
    ok = ok && read_all(arena, fd, (size_t)st.st_size, limit, out);
    close_quietly(fd);
    if (!ok)
        arena_rewind(arena, mark);
    return ok;
}
