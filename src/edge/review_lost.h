/* SPDX-License-Identifier: MIT */
/* review_lost.h: addresses that go, and nothing leads on from them. A part of review_pages. */
#ifndef SIGNPOST_EDGE_REVIEW_LOST_H
#define SIGNPOST_EDGE_REVIEW_LOST_H

#include "edge/review_match.h"

/* A list as review_pages.h documents it under "lost"; counts REVIEW_LOST_ADDRESS. */
struct value review_lost(struct review *review, const struct review_pages_matched *pages);
void review_lost_write(const struct value *lost, struct document *out);

#endif
