/* SPDX-License-Identifier: MIT */
/* proposals.h: the map of what a match proposes; drawn in view_proposals.c. */
#ifndef SIGNPOST_PUBLISH_PROPOSALS_H
#define SIGNPOST_PUBLISH_PROPOSALS_H

#include "portal/match.h"
#include "publish/atlas.h"

/* The proposals as numbered groups, in colours of their own. */
const struct atlas *proposals_atlas(const struct site *site, const struct match_result *match,
                                    struct arena *arena);

#endif
