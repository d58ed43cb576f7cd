/* SPDX-License-Identifier: MIT */
/*
 * review_diags.h: errors and warnings that a change brings, and those that it mends.
 *
 * Those of the two sides are matched by what they say of which file, not by line: what stands lower because a paragraph
 * was put in above it is not new. Links that break are told with the pages (review_pages).
 *
 *     {"new": [{"level": "error", "slug": "unknown-link", "text": "...", "hint": "...", "path": "content/a.md",
 *               "line": 12, "column": 3}, ...],
 *      "recorded": [...],                 // likewise: what was recorded and review_schools says to differ now
 *      "fixed": [...],                    // likewise, in the base
 *      "more_new": 3, "more_recorded": 0, "more_fixed": 0}    // beyond REVIEW_DIAGS_MAX of each
 *
 * Empty where there is neither. Messages quote what is wrong, whoever may read it. So below officers only those are
 * told that can but quote the text of a page which the audience may read.
 */
#ifndef SIGNPOST_EDGE_REVIEW_DIAGS_H
#define SIGNPOST_EDGE_REVIEW_DIAGS_H

#include "edge/review.h"

#define REVIEW_DIAGS_MAX 200

struct value review_diags(struct review *review);
void review_diags_write(const struct value *value, struct document *out);

/* Diagnostics that only one of the sides has, in the order of that side, as far as the audience may know of them. */
struct review_diags_found {
    const struct diag **fresh, **fixed;
    size_t fresh_count, fixed_count;
};
void review_diags_match(const struct review *review, struct arena *arena, struct review_diags_found *out);

/* Of a link, an image or a place in a page that is not there. */
bool review_diag_is_link(const struct diag *diag);

/* A diagnostic as it is in the value, and in the document. */
struct value review_diag_value(const struct diag *diag, struct arena *arena);
void review_diag_write(const struct value *diag, struct document *out);

#endif
