/* SPDX-License-Identifier: MIT */
/*
 * formerly.h: addresses that a page or a school's page had, from which people are led on.
 *
 * A page that is renamed leaves links and bookmarks behind. Its front matter, or the school's record, says which:
 *
 *     formerly: [policy/working-together.html]
 *
 * An old source path (content/policy/working-together.md, schools/ashdown.yaml) stands for the address that it made. What
 * leads on is as public as what it leads to.
 */
#ifndef SIGNPOST_PORTAL_FORMERLY_H
#define SIGNPOST_PORTAL_FORMERLY_H

#include "portal/site.h"

/* The address that a text of `formerly:` means, from the portal's root; empty where it can be none. */
struct str formerly_address(struct arena *arena, struct str text);

/* Reports what is no address, what a page has now, and what two claim. */
void formerly_check(const struct site *site, struct diags *diags);

#endif
