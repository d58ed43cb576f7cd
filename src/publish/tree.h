/* SPDX-License-Identifier: MIT */
/*
 * tree.h: never half a site.
 *
 * A tree is one audience's portal as files. It is published by writing a complete new generation in a hidden folder
 * beside the old one and exchanging the two in one system call; whoever serves the folder sees the whole old portal
 * or the whole new one. Until then the published folder is not touched: kill -9, a full disk or a bug leave it as it
 * was, and the next build sweeps up.
 *
 *     struct tree *t = tree_open(arena, &options, diags);   // takes the lock, refuses what must not be replaced
 *     tree_put(t, "index.html", bytes)                      // from many threads
 *     tree_publish(t, &outcome) or tree_abandon(t)
 *
 * A file whose bytes on disk are already equal is not written: it becomes a hard link in the new generation, and
 * when every file is equal and none is gone no generation is made at all, so that no inode and no time changes.
 */
#ifndef SIGNPOST_PUBLISH_TREE_H
#define SIGNPOST_PUBLISH_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct tree;

struct tree_options {
    const char *path; /* the folder to publish, "site" */
    struct str
        audience;    /* "public", "schools" or "officers": a folder of another audience is never replaced */
    bool restricted; /* mode 0750 and files 0640 instead of 0755 and 0644 */
    bool no_sync;    /* do not flush: for previews and benchmarks */
    bool replace;    /* where folders cannot be exchanged, permit two renames with a gap between */
    bool allow_removals; /* drop as many pages as the sources say */
};

struct tree_outcome {
    size_t written; /* files that are new or differ */
    size_t kept;    /* files whose bytes were equal */
    size_t removed; /* files of the last generation that are gone */
    bool unchanged; /* nothing was published, since nothing differs */
};

/* NULL with a diagnostic where the folder is not ours, is another audience's, is a mount point, a symbolic link or
 * not writable, or another build holds the lock. */
struct tree *tree_open(struct arena *arena, const struct tree_options *options, struct diags *diags);

/* Puts one file. Safe from several threads for different paths. A failure of the machine is kept and reported, once
 * for each reason, by tree_publish. */
void tree_put(struct tree *tree, struct str path, struct str bytes);

/* Checks the removal guard, flushes, exchanges. False with diagnostics, and the old tree as it was, when it cannot. */
bool tree_publish(struct tree *tree, struct tree_outcome *outcome, struct diags *diags);

/* Gives up: removes what was written, lets go of the lock. */
void tree_abandon(struct tree *tree);

#endif
