/* SPDX-License-Identifier: MIT */
/*
 * files.h: a folder in memory, for file.c alone; everybody else goes through file.h.
 *
 * Each function does what its namesake in file.h says. They are here because they touch no kernel, and because the
 * two that make lists of entries serve both kinds of folder.
 */
#ifndef SIGNPOST_BASE_FILES_H
#define SIGNPOST_BASE_FILES_H

#include "base/file.h"

bool files_read(const struct files *files, const char *path, size_t limit, struct str *out);
bool files_list(struct arena *arena, const struct files *files, const char *path, bool hidden,
                struct entries *out);
bool files_look(const struct files *files, const char *path, struct look *out);

/* Entries as they are found. */
struct entry_list {
    struct arena *arena;
    struct entries *out;
    size_t room;
};

/* Adds "prefix/name", or "name" where the prefix is empty; returns its index. */
size_t entry_add(struct entry_list *list, struct str prefix, struct str name, enum entry_kind kind);
void entries_sort(struct entries *entries);

#endif
