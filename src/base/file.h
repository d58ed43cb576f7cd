/* SPDX-License-Identifier: MIT */
/*
 * file.h: the file system, as far as anything here needs it.
 *
 * Only file.c opens, writes, renames and removes. Reading goes through a `struct folder`, a directory held open, so
 * that a path is always looked up beneath it and can never climb out: the kernel refuses `..` and symbolic links
 * that leave it (openat2, RESOLVE_BENEATH). Where the kernel has no openat2, every symbolic link is refused.
 *
 * Functions that can fail return false and set errno; the caller, who knows what the file is for, words the message.
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

/* A directory held open; zero is one that is not. May be used from several threads at once. */
struct folder {
    int held; /* its descriptor plus one */
};

/* After a failure the folder is closed (zero). */
bool folder_open(struct folder *folder, const char *path);
bool folder_open_in(struct folder *folder, const struct folder *parent,
                    const char *path);    /* beneath parent */
void folder_close(struct folder *folder); /* a folder that is not open is left so */

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_OTHER };

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

/* Everything beneath `path` in the folder ("." is the folder itself; no slash at the end), at any depth, sorted by
 * path; names that begin with a dot are passed over and symbolic links are named, not followed. Entries' paths begin
 * with `path`, unless it is ".": they are what file_read takes. An absent `path` gives no entries and true. */
bool folder_list(struct arena *arena, const struct folder *folder, const char *path, struct entries *out);

/* The bytes of a regular file of at most `limit` bytes. Larger: false with errno EFBIG; not a regular file: EINVAL
 * (a pipe or a device is never waited for); out of the folder: EXDEV. What is read while somebody writes the file
 * is what stood there at some moment of the reading. */
bool file_read(struct arena *arena, const struct folder *folder, const char *path, size_t limit,
               struct str *out);

#endif
