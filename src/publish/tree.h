/* SPDX-License-Identifier: MIT */
/*
 * tree.h: never half a site.
 *
 * A tree is one audience's portal as files. It is published by writing a complete new generation in a hidden
 * folder beside the old one and exchanging the two in one system call; whoever serves the folder sees the
 * whole old portal or the whole new one. Until then the published folder is not touched: kill -9, a full disk
 * or a bug leave it as it was, and the next build sweeps up.
 *
 *     struct tree *t = tree_open(arena, &options, diags);   // takes the lock; may refuse
 *     tree_put(t, "index.html", bytes)                      // from many threads
 *     tree_publish(t, &outcome, diags) or tree_abandon(t)   // either ends it
 *
 * A file whose bytes on disk are already equal is not written: it becomes a hard link in the new generation,
 * and when every file is equal and none is gone no generation is published at all, so that no inode and no
 * time changes.
 *
 * On disk, for a folder "site":
 *
 *     site/.signpost          says that the folder is ours, and whose; always the same bytes
 *     .site.signpost/         0700, beside it: what must not lie in a published folder
 *         lock                held while a build runs
 *         new/                the generation being written; after the exchange, for a moment, the last one
 *         old/                with `replace`, between the two renames: the last generation
 *
 * Nothing in the published folder comes from the clock or from what its audience may not see.
 */
#ifndef SIGNPOST_PUBLISH_TREE_H
#define SIGNPOST_PUBLISH_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct tree;

struct tree_options {
    const char *path; /* the folder to publish, "site"; the folder that holds it must be there */
    struct str
        audience;    /* "public", "schools" or "officers": a folder of another audience is never replaced */
    bool restricted; /* mode 0750 and files 0640 instead of 0755 and 0644 */
    bool no_sync;    /* do not flush: for previews and benchmarks */
    bool replace;    /* where folders cannot be exchanged, permit two renames with a gap between */
    bool allow_removals; /* drop as many pages as the sources say */
};

/* Files, the marker not counted. */
struct tree_outcome {
    size_t written; /* that are new or differ */
    size_t kept;    /* whose bytes were equal */
    size_t removed; /* that were in the folder and are gone, also those that somebody else had put there */
    bool unchanged; /* nothing was published, since nothing differs */
};

/* Dropping more pages than this at once, and more than a fifth of them, needs `allow_removals`. */
#define TREE_REMOVALS_FREE 10

/* NULL with a diagnostic where the folder is not ours, is another audience's, is a mount point, a symbolic
 * link or not writable, or another build holds the lock. An empty folder may be taken over. */
struct tree *tree_open(struct arena *arena, const struct tree_options *options, struct diags *diags);

/* Puts one file at a relative path with '/' between plain names. Safe from several threads, for different
 * paths. The first failure of the machine is kept for tree_publish; after it nothing more is written. */
void tree_put(struct tree *tree, struct str path, struct str bytes);

/* Checks the removal guard, flushes, exchanges. False with a diagnostic, and the old tree as it was, when it
 * cannot. A last generation that cannot be removed undoes nothing: the next build tries again. */
bool tree_publish(struct tree *tree, struct tree_outcome *outcome, struct diags *diags);

/* Gives up: removes what was written, lets go of the lock. */
void tree_abandon(struct tree *tree);

#endif
