/* SPDX-License-Identifier: MIT */
/*
 * outsider.h: what somebody can work out who has the facts and the tables of an audience, and a pencil.
 *
 * `visible:` keeps the results of a decision from an audience, not its table, where the page is for it, and not the facts
 * that are for it. Whoever applies the one to the other by hand gets an answer for some records, for others several. That
 * is no leak, but it has to be known: what can be worked out need not be withheld, and hides nothing else
 * (release.h); and an officer should know what a parent with time can find (`signpost check --audience-report`).
 *
 * Nobody is taken to work out what rests on a table of a page he has not, on what is recorded in a decision that stands when
 * it is recorded, or on an expression that looks into other records.
 */
#ifndef SIGNPOST_PORTAL_OUTSIDER_H
#define SIGNPOST_PORTAL_OUTSIDER_H

#include "base/buf.h"
#include "policy/rests.h"
#include "portal/decided.h"

/* Of each school, by its place among site->schools, what the outsider finds may stand of an output: the answers as a mask;
 * 0 where he cannot know anything. The site is bound for officers, as nobody else's has the facts of all audiences. */
values *outsider_finds(const struct site *site, const struct output *output, const struct rests *rests,
                       enum audience audience, struct arena *arena);

/* For each decision about schools whose results are hidden from an audience: of how many schools it can be worked out
 * all the same. */
void outsider_report(const struct site *site, struct buf *out);

#endif
