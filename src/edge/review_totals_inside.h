/* SPDX-License-Identifier: MIT */
/* review_totals_inside.h: the parts of what a change comes to, each a list of what differs; see review_totals.h. */
#ifndef SIGNPOST_EDGE_REVIEW_TOTALS_INSIDE_H
#define SIGNPOST_EDGE_REVIEW_TOTALS_INSIDE_H

#include "edge/review.h"

struct value review_sums(struct review *review);
struct value review_checks(struct review *review);
struct value review_coverage(struct review *review);
struct value review_measures(struct review *review);
struct value review_groups(struct review *review);

/* "+31", "-2", or empty where they are the same. */
struct str review_difference(struct arena *arena, size_t before, size_t after);

#endif
