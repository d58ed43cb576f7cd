/* SPDX-License-Identifier: MIT */
/*
 * history.h: what git knows of a portal.
 *
 * A revision's files are read from the repository's objects into memory, so nothing is checked out and nothing in
 * the repository is touched: no index refreshed, no lock taken, no object written. They are what site_load takes in
 * place of a folder (site_options.files).
 *
 * Only history*.c include libgit2. A `struct history` belongs to one thread. Beside the repository's own
 * configuration libgit2 reads that of the user and of the machine, as git does; all that is taken from there is
 * safe.directory, which says whose repositories may be trusted.
 *
 *     struct history *history = history_open(".", &arena, &diags);
 *     struct revision main;
 *     if (history && history_revision(history, STR("main"), &main, &diags))
 *         options.files = history_files(history, &main, &arena, &diags);
 *     ...
 *     history_close(history);
 */
#ifndef SIGNPOST_EDGE_HISTORY_H
#define SIGNPOST_EDGE_HISTORY_H

#include "base/date.h"
#include "base/diag.h"
#include "base/file.h"

struct history;

/* A commit. Strings live in the history's arena, and are UTF-8 on one line whatever the commit holds. */
struct revision {
    struct str name;     /* as it was asked for: "main"; empty where nobody asked */
    struct str id;       /* 40 hexadecimal digits */
    struct str short_id; /* the first of them, for people */
    struct str author;   /* their name */
    struct str summary;  /* the first line of the message */
    date day;            /* on which it was committed, by the clock of whoever committed it */
};

/* The repository that the portal's folder lies in: at its root or below, in a worktree, in a submodule, or a bare
 * repository itself. The arena must outlive the history and everything that was read through it. NULL without a
 * diagnostic where there is no repository, for the caller to say (history_absent) or to do without; NULL with one
 * where there is, and it cannot be used. */
struct history *history_open(const char *portal, struct arena *arena, struct diags *diags);
void history_close(struct history *history); /* NULL is allowed */

/* Says that there is no repository. */
void history_absent(struct diags *diags);

/* Whether anything has been committed on the branch that is checked out. */
bool history_begun(const struct history *history);

/* Whether there are files of a working tree beside the repository. A bare one has none, nor anything staged. */
bool history_has_tree(const struct history *history);

/* The commit of that name: a branch, a tag, an id or its beginning, HEAD~2. */
bool history_revision(struct history *history, struct str name, struct revision *out, struct diags *diags);

/* Where the lines of two revisions part. */
bool history_base(struct history *history, const struct revision *a, const struct revision *b,
                  struct revision *out, struct diags *diags);

/* The portal's files as a revision has them, or as they are staged for the next one; paths are relative to the
 * portal, and only what a portal reads is there. NULL with a diagnostic where they cannot be had whole. Bytes that
 * two revisions share are read once. */
const struct files *history_files(struct history *history, const struct revision *revision,
                                  struct arena *arena, struct diags *diags);
const struct files *history_staged(struct history *history, struct arena *arena, struct diags *diags);

/* A file as one revision left it: the next older one has other bytes, another path, or no such file. */
struct history_version {
    struct revision revision;
    struct str path; /* then */
    struct str blob; /* for history_bytes */
};

/* The versions of one file, newest first, back to the revision that added it. */
struct history_trail {
    struct history_version *versions;
    size_t count;
    bool
        cut; /* the clone ends here: the last version is as old as it says or older, and others may lie before it */
};

/* Trails of `count` files, found in `from` at `paths` (relative to the portal), along the line of first parents:
 * what a merge brought counts on the day of the merge. Renames are followed. A file that is not there has no
 * versions. That the clone ends before a trail does is a warning. `out` has room for `count`. */
bool history_trails(struct history *history, const struct revision *from, const struct str *paths,
                    size_t count, struct arena *arena, struct history_trail *out, struct diags *diags);

/* What a version holds. Read when it is asked for, since most trails are asked for their newest one or two. False
 * with a warning where a partial clone has left it out: then nothing is known from there on, as after a cut. */
bool history_bytes(struct history *history, const struct history_version *version, struct arena *arena,
                   struct str *out, struct diags *diags);

#endif
