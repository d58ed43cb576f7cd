/* SPDX-License-Identifier: MIT */
/*
 * decor.h: what a policy page prints with its tables that run.
 *
 * The table people read is the table that runs, and looks it: each row has an address, each phrase leads to what it
 * means, a band says which columns ask and which answer, and a line below says how the portal runs the table and who
 * may see what comes of it. Who may see the page may see its tables; `visible:` restricts their results alone.
 */
#ifndef SIGNPOST_PUBLISH_DECOR_H
#define SIGNPOST_PUBLISH_DECOR_H

#include "policy/cell.h"
#include "portal/site.h"

struct decors {
    struct markdown_decor *items; /* by ordinal */
    size_t count;
};

/* Of the tables of a page; `root` leads from it to the portal's root. */
struct decors decor_page(const struct site *site, const struct page *page, struct str root,
                         struct arena *arena);

/* Where the fact, output or value that a phrase names is defined; empty where the audience has no definition of it. */
struct str decor_link(const struct site *site, const struct column_link *link, struct str root,
                      struct arena *arena);

/* What a measure came to: "96% (24 of 25 schools)". */
struct measure_result;
struct str decor_measure_words(const struct measure_result *result, struct arena *arena);

#endif
