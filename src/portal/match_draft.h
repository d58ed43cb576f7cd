/* SPDX-License-Identifier: MIT */
/* match_draft.h: a proposal as a page and memberships, to be pasted and then written by people. */
#ifndef SIGNPOST_PORTAL_MATCH_DRAFT_H
#define SIGNPOST_PORTAL_MATCH_DRAFT_H

#include "base/buf.h"
#include "portal/match.h"

/* The page, unless it extends a partnership that has one, and a membership for each school that joins; each begins with the
 * file it is for, in a comment. */
void match_draft(const struct match_proposal *proposal, struct arena *arena, struct buf *out);

#endif
