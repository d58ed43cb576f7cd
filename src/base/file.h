/* SPDX-License-Identifier: MIT */
/*
 * file.h: the file system, as far as anything here needs it.
 *
 * Only file.c opens, writes, renames and removes. Reading goes through a `struct folder`, a directory held open, so
 * that a path is always looked up beneath it and can never climb out: the kernel refuses `..` and symbolic links
 * that leave it (openat2, RESOLVE_BENEATH).
 *
 * Functions that can fail return false (or NULL) and set errno; the caller, who knows what the file is for, words
 * the message.
 */
#ifndef SIGNPOST_BASE_FILE_H
#define SIGNPOST_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/str.h"

/* A directory held open. fd is -1 when it is not. */
struct folder {
    int fd;
};

bool folder_open(struct folder *folder, const char *path);
bool folder_open_in(struct folder *folder, const struct folder *parent,
                    const char *path); /* beneath parent */
void folder_close(struct folder *folder);

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_OTHER };

struct entry {
    struct str path; /* relative to the folder that was listed, with '/' between names */
    enum entry_kind kind;
    bool unreadable; /* a folder that could not be listed; errno is in `error` */
    int error;
    uint64_t size; /* of a file, in bytes */
};

struct entries {
    struct entry *items;
    size_t count;
};

/* Everything beneath `path` in the folder, at any depth, sorted by path; names that begin with a dot are passed over
 * and symbolic links are named, not followed. An absent `path` gives no entries and true. */
bool folder_list(struct arena *arena, const struct folder *folder, const char *path, struct entries *out);

/* The bytes of a regular file of at most `limit` bytes. Larger: false with errno EFBIG; not a regular file: EINVAL;
 * out of the folder: EXDEV. */
bool file_read(struct arena *arena, const struct folder *folder, const char *path, size_t limit,
               struct str *out);
