/* SPDX-License-Identifier: MIT */
/* file.c: the only file that asks the kernel about files. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"

static int descriptor(const struct folder *folder) {
    return folder->held - 1;
}

/* Closing never loses the errno of what went wrong before. */
static void close_quietly(int fd) {
    int error = errno;
    close(fd);
    errno = error;
}

/* ---- looking up beneath a folder ----------------------------------------------------------------------- */

/* For kernels before 5.6, and for sandboxes that hide openat2: one name at a time, no symbolic link at all.
 * Telling links that stay inside from those that leave would mean resolving them by hand, and by hand is how
 * it goes wrong. */
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

/* `resolve` is what is refused besides leaving the root. */
static int open_beneath(int root, const char *path, int flags, unsigned resolve) {
    struct open_how how = {.flags = (unsigned)flags,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | resolve};
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
    *folder = (struct folder){.held = fd + 1};
    return fd >= 0;
}

bool folder_open(struct folder *folder, const char *path) {
    return folder_hold(folder, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool folder_open_in(struct folder *folder, const struct folder *parent, const char *path) {
    return folder_hold(folder, open_beneath(descriptor(parent), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0));
}

void folder_keep(struct folder *folder, const struct files *files) {
    *folder = (struct folder){.files = files};
}

void folder_close(struct folder *folder) {
    if (folder->held)
        close_quietly(descriptor(folder));
    *folder = (struct folder){0};
}

/* ---- listing ------------------------------------------------------------------------------------------- */

struct listing {
    struct entry_list list;
    bool hidden; /* names that begin with a dot, too */
};

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

static bool is_dots(const char *name) {
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* Lists what is open at `fd`, which it closes. Returns 0 or the errno. Its subfolders' troubles are in their
 * entries. */
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
        if (e->d_name[0] == '.' && (!l->hidden || is_dots(e->d_name)))
            continue;
        size_t i = entry_add(&l->list, prefix, str_from(e->d_name), kind_of(fd, e));
        if (l->list.out->items[i].kind != ENTRY_FOLDER)
            continue;
        int error = ELOOP;
        if (depth < FOLDER_DEPTH_MAX) {
            int sub = openat(fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            error = list_into(l, sub, l->list.out->items[i].path, depth + 1);
        }
        l->list.out->items[i].unreadable = error != 0;
        l->list.out->items[i].error = error;
    }
    int error = errno;
    closedir(dir);
    return error;
}

static bool list(struct arena *arena, const struct folder *folder, const char *path, bool hidden,
                 struct entries *out) {
    if (folder->files)
        return files_list(arena, folder->files, path, hidden, out);
    *out = (struct entries){0};
    int fd = open_beneath(descriptor(folder), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return errno == ENOENT;
    struct listing l = {{.arena = arena, .out = out}, hidden};
    struct str prefix = strcmp(path, ".") ? str_from(path) : (struct str){0};
    int error = list_into(&l, fd, prefix, 1);
    entries_sort(out);
    errno = error;
    return !error;
}

bool folder_list(struct arena *arena, const struct folder *folder, const char *path, struct entries *out) {
    return list(arena, folder, path, false, out);
}

bool folder_list_all(struct arena *arena, const struct folder *folder, const char *path,
                     struct entries *out) {
    return list(arena, folder, path, true, out);
}

/* ---- reading ------------------------------------------------------------------------------------------- */

/* Reads to the end into a piece that is one byte longer than the file is said to be: that byte stays unread
 * unless the file has grown meanwhile, so that one call is enough to see both the text and its end. */
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
    if (folder->files)
        return files_read(folder->files, path, limit, out);
    *out = (struct str){0};
    /* O_NONBLOCK: a pipe without a writer opens at once, and is then found not to be a regular file. */
    int fd = open_beneath(descriptor(folder), path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
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

/* ---- looking ------------------------------------------------------------------------------------------- */

/* In our words, since those of the C library begin with capitals and speak of devices. */
static const struct {
    int error;
    struct str text;
} reasons[] = {
#define REASON(error, text)        \
    {                              \
        error, {                   \
            text, sizeof(text) - 1 \
        }                          \
    }
    REASON(ENOENT, "it is not there"),
    REASON(EACCES, "permission is denied"),
    REASON(EPERM, "it is not permitted"),
    REASON(ENOSPC, "the disk is full"),
    REASON(EDQUOT, "the disk quota is used up"),
    REASON(EROFS, "the file system is read-only"),
    REASON(EIO, "the disk reports an error"),
    REASON(EEXIST, "something of that name is there already"),
    REASON(ENOTDIR, "a part of its path is not a folder"),
    REASON(EISDIR, "it is a folder"),
    REASON(ENOTEMPTY, "it is not empty"),
    REASON(ENAMETOOLONG, "the name is too long"),
    REASON(ELOOP, "it lies too deep, or behind too many links"),
    REASON(EMFILE, "too many files are open"),
    REASON(ENFILE, "too many files are open on this machine"),
    REASON(EFBIG, "it is too large"),
    REASON(EBUSY, "it is in use"),
    REASON(EXDEV, "it lies on another file system"),
    REASON(EINVAL, "the file system cannot do that"),
    REASON(ENOSYS, "the system cannot do that"),
    REASON(EOPNOTSUPP, "the file system cannot do that"),
    REASON(ESTALE, "the file server has lost it"),
#undef REASON
};

struct str file_reason(int error) {
    for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
        if (reasons[i].error == error)
            return reasons[i].text;
    struct str known = str_from(strerrordesc_np(error)); /* not strerror: it follows the locale */
    return known.len ? known : STR("an unknown error");
}

/* A kernel before 5.8 does not say what is a mount point; then another device than the folder's gives it
 * away, and only a bind mount of the same file system stays unseen. */
static bool is_mount(int root, const struct statx *stx) {
    struct statx above;
    if (stx->stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
        return stx->stx_attributes & STATX_ATTR_MOUNT_ROOT;
    return !statx(root, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &above) &&
           (above.stx_dev_major != stx->stx_dev_major || above.stx_dev_minor != stx->stx_dev_minor);
}

bool file_look(const struct folder *folder, const char *path, struct look *out) {
    struct statx stx;
    if (folder->files)
        return files_look(folder->files, path, out);
    *out = (struct look){0};
    if (statx(descriptor(folder), path, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, STATX_BASIC_STATS, &stx))
        return false;
    *out = (struct look){
        .kind = kind_of_mode(stx.stx_mode),
        .mode = stx.stx_mode & 07777u & ~(unsigned)S_ISGID,
        .mine = stx.stx_uid == geteuid() || geteuid() == 0,
        .mount = is_mount(descriptor(folder), &stx),
        .device = (uint64_t)stx.stx_dev_major << 32 | stx.stx_dev_minor,
        .number = stx.stx_ino,
    };
    return true;
}

bool folder_empty(const struct folder *folder, bool *empty) {
    int fd = openat(descriptor(folder), ".",
                    O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* a place of its own in the listing */
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            close_quietly(fd);
        return false;
    }
    const struct dirent *e;
    while ((errno = 0, e = readdir(dir)) && is_dots(e->d_name))
        continue;
    int error = errno;
    closedir(dir);
    *empty = !e;
    errno = error;
    return !error;
}

/* Through the stack, in pieces: mapping would cost a page fault every 4 KB, and a lock all threads share. */
static bool same_bytes(int fd, struct str bytes) {
    char piece[16 * 1024];
    for (size_t at = 0; at < bytes.len;) {
        ssize_t n = read(fd, piece, sizeof(piece));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || (size_t)n > bytes.len - at || memcmp(piece, bytes.at + at, (size_t)n) != 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

bool file_same(const struct folder *folder, const char *path, struct str bytes, unsigned mode) {
    struct stat st;
    int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = open_beneath(descriptor(folder), path, flags, RESOLVE_NO_SYMLINKS);
    if (fd < 0)
        return false;
    bool same = !fstat(fd, &st) && S_ISREG(st.st_mode) && (st.st_mode & 07777) == mode &&
                (uint64_t)st.st_size == bytes.len && same_bytes(fd, bytes);
    close(fd);
    return same;
}

/* ---- writing ------------------------------------------------------------------------------------------- */

static bool write_all(int fd, struct str bytes) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_sub(bytes, (size_t)n, bytes.len);
    }
    return true;
}

bool file_write(const struct folder *folder, const char *path, struct str bytes, unsigned mode) {
    int fd = openat(descriptor(folder), path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, bytes) && !fchmod(fd, mode);
    if (!ok)
        close_quietly(fd);
    else
        ok = !close(fd); /* where a file server says that the disk was full */
    if (!ok) {
        int error = errno;
        unlinkat(descriptor(folder), path, 0);
        errno = error;
    }
    return ok;
}

bool file_link(const struct folder *from, const struct folder *to, const char *path) {
    return !linkat(descriptor(from), path, descriptor(to), path, 0);
}

static bool make_one(int root, const char *path, unsigned mode) {
    struct stat st;
    if (mkdirat(root, path, mode))
        return errno == EEXIST;
    if (fstatat(root, path, &st, AT_SYMLINK_NOFOLLOW))
        return false;
    return (st.st_mode & 0777) == mode || !fchmodat(root, path, mode | (st.st_mode & S_ISGID), 0);
}

bool folder_make(const struct folder *folder, const char *path, unsigned mode) {
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof(part)) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(part, path, len + 1);
    for (size_t i = 1; i < len; i++) {
        if (part[i] != '/')
            continue;
        part[i] = 0;
        if (!make_one(descriptor(folder), part, mode))
            return false;
        part[i] = '/';
    }
    return make_one(descriptor(folder), part, mode);
}

bool folder_set_mode(const struct folder *folder, unsigned mode) {
    return !fchmod(descriptor(folder), mode);
}

bool folder_may_write(const struct folder *folder) {
    return !faccessat(descriptor(folder), ".", W_OK | X_OK, AT_EACCESS);
}

bool folder_move(const struct folder *from, const char *from_name, const struct folder *to,
                 const char *to_name) {
    return !renameat(descriptor(from), from_name, descriptor(to), to_name);
}

bool folder_exchange(const struct folder *a, const char *a_name, const struct folder *b, const char *b_name) {
    return !renameat2(descriptor(a), a_name, descriptor(b), b_name, RENAME_EXCHANGE);
}

bool folder_flush(const struct folder *folder) {
    return !fsync(descriptor(folder));
}

bool folder_flush_all(const struct folder *folder) {
    return !syncfs(descriptor(folder));
}

/* ---- removing ------------------------------------------------------------------------------------------ */

static int remove_all(int root, const char *name, int depth);

/* Removes what is in the folder open at `fd`, which it closes. Goes on after failures; returns the first. */
static int remove_within(int fd, int depth) {
    DIR *dir = fdopendir(fd);
    if (!dir) {
        int error = errno;
        close(fd);
        return error;
    }
    int first = 0;
    const struct dirent *e;
    while ((errno = 0, e = readdir(dir))) {
        if (is_dots(e->d_name))
            continue;
        int error = remove_all(fd, e->d_name, depth);
        first = first ? first : error;
    }
    first = first ? first : errno;
    closedir(dir);
    return first;
}

/* What somebody has mounted inside is theirs still, so a mount point is not entered. */
static int remove_all(int root, const char *name, int depth) {
    struct statx stx;
    if (!unlinkat(root, name, 0) || errno == ENOENT)
        return 0;
    if (errno != EISDIR)
        return errno;
    if (depth > FOLDER_DEPTH_MAX)
        return ELOOP;
    if (statx(root, name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &stx))
        return errno;
    if (is_mount(root, &stx))
        return EXDEV;
    int fd = openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = remove_within(fd, depth + 1);
    return !unlinkat(root, name, AT_REMOVEDIR) ? 0 : error ? error : errno;
}

bool folder_remove(const struct folder *folder, const char *name) {
    errno = remove_all(descriptor(folder), name, 1);
    return !errno;
}

/* ---- locking ------------------------------------------------------------------------------------------- */

/* flock, not fcntl: it belongs to the open file, and so keeps apart even two trees in one process. */
bool file_lock_take(struct file_lock *lock, const struct folder *folder, const char *name) {
    lock->held = 0;
    int fd = openat(descriptor(folder), name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        close_quietly(fd);
        return false;
    }
    lock->held = fd + 1;
    return true;
}

void file_lock_give(struct file_lock *lock) {
    if (lock->held)
        close(lock->held - 1);
    lock->held = 0;
}
