/* SPDX-License-Identifier: MIT */
/* history_inside.h: what the files of history share, and nobody else sees. */
#ifndef SIGNPOST_EDGE_HISTORY_INSIDE_H
#define SIGNPOST_EDGE_HISTORY_INSIDE_H

#include <git2.h>

#include "base/map.h"
#include "edge/history.h"

/* Nobody reads a larger file: the largest limit of all (a document in content/files) is well below. */
#define HISTORY_BLOB_MAX ((size_t)64 * 1024 * 1024)

struct history {
    git_repository *repository;
    git_odb *objects;
    struct arena *arena;
    struct str prefix; /* from the repository's root to the portal, with a slash at the end; or empty */
    bool shallow;
    struct map blobs; /* raw id -> struct blob, of every blob read so far */
};

/* What libgit2 said last, in words that fit a message. */
struct str history_reason(struct arena *arena);

/* Says that reading failed with that code of libgit2. `what` is what was wanted. */
void history_failed(struct history *history, int code, struct str what, struct diags *diags);

/* Whether objects may be missing because the clone left them out. */
bool history_partial(const struct history *history);

/* What there is to say of a commit. */
void history_describe(struct history *history, git_commit *commit, struct revision *out);

/* The tree of the portal's folder then; GIT_ENOTFOUND where there was no such folder. */
int history_tree(const struct history *history, git_commit *commit, git_tree **out);

/* The commit again, by the id of a revision. */
int history_commit(const struct history *history, const struct revision *revision, git_commit **out);

/* A blob's bytes, kept with the history. */
struct blob {
    struct str id; /* raw */
    struct str bytes;
    bool too_large; /* and not read */
};
int history_blob(struct history *history, const git_oid *id, const struct blob **out);

/* How alike two pages are, in what everybody reads. */
void history_alike(git_diff_similarity_metric *out);

#endif
