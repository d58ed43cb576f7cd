/* SPDX-License-Identifier: MIT */
/* review_pages_inside.h: the parts of what changes in pages that have a file of their own; see review_pages.h. */
#ifndef SIGNPOST_EDGE_REVIEW_PAGES_INSIDE_H
#define SIGNPOST_EDGE_REVIEW_PAGES_INSIDE_H

#include "edge/review_match.h"

/* Links that break, and what to write in place of those to a page that was renamed: a list of diagnostics
 * (review_diags.h); counts REVIEW_BROKEN_LINK. */
struct value review_links(struct review *review, const struct review_pages_matched *pages);
void review_links_write(const struct value *links, struct document *out);

/* Addresses that go, and nothing leads on from them: a list as review_pages.h documents it under "lost"; counts
 * REVIEW_LOST_ADDRESS. */
struct value review_lost(struct review *review, const struct review_pages_matched *pages);
void review_lost_write(const struct value *lost, struct document *out);

#endif
