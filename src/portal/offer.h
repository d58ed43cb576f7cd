/* SPDX-License-Identifier: MIT */
/*
 * offer.h: whom an offer of support is open to, and the tables that name it.
 *
 * An offer says whom it is for in its front matter, with `phases`, `types` and `for`, a condition on schools; or a table
 * names it in an output of type `offer`, whose cell is a link to its page. `for` is compiled with the tables and answered on
 * each audience's own run: what it reads and the audience may not see leaves it open whether the offer is for a school, so
 * the restricted value neither lists nor hides it.
 */
#ifndef SIGNPOST_PORTAL_OFFER_H
#define SIGNPOST_PORTAL_OFFER_H

#include "portal/site.h"

/* Puts the `for` of every offer to the policy, before its tables are read. */
void offers_ask(struct site *site);

/* Reports cells that name an offer and lead to no offer's page, or call it something else than its title. */
void offers_check(const struct site *site, struct diags *diags);

/* Whether a school may have it for the asking, as the bound audience knows it. One that is targeted or intensive and does
 * not say whom it is for is agreed with the school, and open to nobody. */
enum truth offer_open_to(const struct page *offer, const struct school *school);

/* The page of an offer that an answer of an output of that type leads to, visible or not; NULL: none. */
const struct page *offer_of_answer(const struct site *site, const struct output *output,
                                   const struct answer *answer, struct arena *arena);

#endif
