/* SPDX-License-Identifier: MIT */
/*
 * change.h: what authors noted of changes to their pages: `changes` of the front matter.
 *
 * A note says what a change means, which no comparison of words can; history (chronicle.h) says when and which words. A
 * note that is dated after the as-of day has not come true yet, and is left out.
 */
#ifndef SIGNPOST_PORTAL_CHANGE_H
#define SIGNPOST_PORTAL_CHANGE_H

#include "portal/site.h"

struct change_note {
    date on;
    const struct page *page;
    const struct value *note;
};

/* Those of all pages that the audience has, newest first; of one day by page, as its author ordered them. Gives their
 * number. */
size_t change_notes(const struct site *site, struct arena *arena, struct change_note **out);

#endif
