/* SPDX-License-Identifier: MIT */
/*
 * file.h: the file system, as far as anything here needs it.
 *
 * Only file.c opens, writes, renames and removes. Reading goes through a `struct folder`, a directory held
 * open, so that a path is always looked up beneath it and can never climb out: the kernel refuses `..` and
 * symbolic links that leave it (openat2, RESOLVE_BENEATH). Where the kernel has no openat2, every symbolic
 * link is refused.
 *
 * A folder may also be a set of files in memory, such as a revision in git holds: reading, listing and looking then
 * find the same as they would in a directory with those files, down to the errno. So whoever reads sources need not
 * know where they come from.
 *
 * Functions that can fail return false and set errno; the caller, who knows what the file is for, words the
 * message.
 *
 *     struct folder portal;
 *     if (folder_open(&portal, ".")) {
 *         ok = file_read(arena, &portal, "portal.yaml", limit, &text);
 *         folder_close(&portal);
 *     }
 */
#ifndef SIGNPOST_BASE_FILE_H
#define SIGNPOST_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/str.h"

struct files;

/* A directory held open, or files in memory; zero is neither. May be used from several threads at once. */
struct folder {
    int held;                  /* the directory's descriptor plus one */
    const struct files *files; /* in memory, whose keeper lets them live longer than the folder */
};

/* After a failure the folder is closed (zero). */
bool folder_open(struct folder *folder, const char *path);
bool folder_open_in(struct folder *folder, const struct folder *parent, const char *path); /* beneath it */
void folder_close(struct folder *folder);                                                  /* twice is once */

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_OTHER };

/* A file in memory. Folders are not kept: they are implied by the paths beneath them. */
struct kept_file {
    struct str path;  /* as folder_list names it: no "." or "..", no slash at either end */
    struct str bytes; /* of a link: where it leads */
    struct str id;    /* what identifies the bytes (a blob's id), or empty: equal ids, equal bytes */
    enum entry_kind kind;
    bool too_large; /* the bytes were not kept, since nobody's limit admits them */
};

struct files {
    const struct kept_file *items; /* sorted by path, each path once, none beneath another's */
    size_t count;
};

/* Makes a folder of files in memory. It is for file_read, folder_list, folder_list_all and file_look; all else
 * fails with EBADF. Links are followed within it as the kernel follows them, and never out of it. */
void folder_keep(struct folder *folder, const struct files *files);

struct entry {
    struct str path; /* relative to the folder that was listed, '/' between names; a zero follows it */
    enum entry_kind kind;
    bool unreadable; /* a folder that could not be listed, or not to its end; `error` is the errno */
    int error;
};

struct entries {
    struct entry *items;
    size_t count;
};

/* Folders within folders; deeper ones are unreadable, with ELOOP. */
#define FOLDER_DEPTH_MAX 64

/* Everything beneath `path` in the folder ("." is the folder itself; no slash at the end), at any depth,
 * sorted by path; names that begin with a dot are passed over and symbolic links are named, not followed.
 * Entries' paths begin with `path`, unless it is ".": they are what file_read takes. An absent `path` gives
 * no entries and true. */
bool folder_list(struct arena *arena, const struct folder *folder, const char *path, struct entries *out);

/* The same with the names that begin with a dot. */
bool folder_list_all(struct arena *arena, const struct folder *folder, const char *path, struct entries *out);

/* The bytes of a regular file of at most `limit` bytes. Larger: false with errno EFBIG; not a regular file:
 * EINVAL (a pipe or a device is never waited for); out of the folder: EXDEV. What is read while somebody
 * writes the file is what stood there at some moment of the reading. From memory it is a view, not a copy. */
bool file_read(struct arena *arena, const struct folder *folder, const char *path, size_t limit,
               struct str *out);

/* Why a call failed, for the end of a message: "the disk is full". */
struct str file_reason(int error);

/* What stands at a path. */
struct look {
    enum entry_kind kind;
    unsigned mode;   /* the permission bits */
    bool mine;       /* belongs to the user this process acts for, or that user is root */
    bool mount;      /* something is mounted here */
    uint64_t device; /* with `number`, who it is: two names of one file give the same pair */
    uint64_t number;
};

/* Looks without following a symbolic link; path "" is the folder itself. In memory only the kind is known. */
bool file_look(const struct folder *folder, const char *path, struct look *out);

/* Whether the folder has no entries at all. */
bool folder_empty(const struct folder *folder, bool *empty);

/* Whether a regular file stands there that has these permissions and bytes; nothing on the way to it may be a
 * symbolic link. What cannot be read is not the same. */
bool file_same(const struct folder *folder, const char *path, struct str bytes, unsigned mode);

/* The rest writes. Paths are the program's own: nothing here guards against `..`, and nothing that is already
 * there is ever overwritten. Modes are exact, whatever the umask. */

/* Makes a file where there is none (else EEXIST); after a failure there is none again. */
bool file_write(const struct folder *folder, const char *path, struct str bytes, unsigned mode);

/* Gives the file at `path` in `from` the same path in `to` as a second name. */
bool file_link(const struct folder *from, const struct folder *to, const char *path);

/* Makes a folder, and those above it; one that is there already keeps its mode. A group that folders hand
 * down to what is made in them (setgid) is handed down further. */
bool folder_make(const struct folder *folder, const char *path, unsigned mode);

bool folder_set_mode(const struct folder *folder, unsigned mode); /* of the folder itself */

bool folder_may_write(
    const struct folder *folder); /* may names be added and removed? else errno says why not */

/* Renames; what stands at `to_name` may only be an empty folder. */
bool folder_move(const struct folder *from, const char *from_name, const struct folder *to,
                 const char *to_name);

/* Two names change places in one step: whoever looks sees both before or both after. */
bool folder_exchange(const struct folder *a, const char *a_name, const struct folder *b, const char *b_name);

/* Removes a file, or a folder with everything in it, but never what is mounted in it (EXDEV) nor deeper than
 * FOLDER_DEPTH_MAX (ELOOP). What is not there has been removed. */
bool folder_remove(const struct folder *folder, const char *name);

bool folder_flush(const struct folder *folder);     /* its names are on the disk */
bool folder_flush_all(const struct folder *folder); /* everything on its file system is */

/* A lock between processes, given back by whatever ends its holder. Zero is not held. */
struct file_lock {
    int held; /* the descriptor of the lock's file plus one */
};

/* At once or not at all: EWOULDBLOCK where another has it. The file is made when needed, and stays. */
bool file_lock_take(struct file_lock *lock, const struct folder *folder, const char *name);
void file_lock_give(struct file_lock *lock);

#endif
