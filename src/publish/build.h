/* SPDX-License-Identifier: MIT */
/*
 * build.h: from a bound site to a published tree, or to the certainty that it could be one.
 *
 * The stages run in the order of their names, each only when those before it added no errors. Without an output folder
 * everything is done but the writing: that is `check`.
 */
#ifndef SIGNPOST_PUBLISH_BUILD_H
#define SIGNPOST_PUBLISH_BUILD_H

#include "portal/site.h"
#include "publish/tree.h"

struct build_options {
    const struct tree_options *tree; /* NULL: check only */
    size_t threads;
    bool strict;                                    /* publish nothing where there is so much as a warning */
    void (*stage)(void *context, const char *name); /* called as each stage begins; may be NULL */
    void *context;
};

struct build_outcome {
    struct tree_outcome tree;
    size_t pages; /* HTML files */
    size_t files; /* all files */
};

/* False with diagnostics when nothing was published. */
bool build(const struct site *site, const struct build_options *options, struct build_outcome *outcome,
           struct diags *diags);

#endif
