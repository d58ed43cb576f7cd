/* SPDX-License-Identifier: MIT */
/* index.h: files for machines that list a portal's pages: robots.txt and sitemap.xml, for the public alone. */
#ifndef SIGNPOST_PUBLISH_INDEX_H
#define SIGNPOST_PUBLISH_INDEX_H

#include "publish/plan.h"

struct index_file {
    struct str address;
    struct str bytes;
};

struct index_files {
    struct index_file *items;
    size_t count;
};

void index_make(struct index_files *files, struct arena *arena, const struct plan *plan);

#endif
