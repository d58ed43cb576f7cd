/* SPDX-License-Identifier: MIT */
/* review_links.h: links that break, and what to write in place of those to a page that was renamed. A part of
 * review_pages. */
#ifndef SIGNPOST_EDGE_REVIEW_LINKS_H
#define SIGNPOST_EDGE_REVIEW_LINKS_H

#include "edge/review_match.h"

/* A list of diagnostics (review_diags.h); counts REVIEW_BROKEN_LINK. */
struct value review_links(struct review *review, const struct review_pages_matched *pages);
void review_links_write(const struct value *links, struct document *out);

#endif
