/* SPDX-License-Identifier: MIT */
/*
 * review_totals.h: what a change comes to: totals, checks, coverage, measures, and who is in a group.
 *
 *     {totals [{id, label, unit, rows [{by, by_label, label, before, after, difference}]}],
 *      checks [{kind, record, name, check, label, happened, before, after, page, line,
 *               rows [{id, label, before, after, page, line}], causes [cause]}],
 *      coverage {words, rows [{by, label, before, after, difference}], schools [{id, name, before, after}]},
 *      measures [{id, table, label, before, after, page, line}],
 *      groups [{id, school, name, kind, label, before, after, happened}]}
 *
 * Only what differs is there, and every list may be empty; `coverage` has `rows` and `schools` even then.
 *
 * A total is of what stands of the schools that are in totals (portal/totals.h), for officers alone. One is made of each output that
 * is a quantity or a yes or no, and one of schools, whose `id` is "schools". `before` and `after` are words, so that a total
 * that is "8 plus 1 to be agreed" stays so; `difference` is "+31", "+2 to +4", or empty where there is no number.
 *
 * A check `happened` to start to: fails, passes, uncertain; `rows` are those whose state changed, each with its states: met, not
 * met, not known, not concerned. A check that goes on to fail with other rows has happened "rows". `before` is empty of a
 * record that is new; a cause is as review_schools.h has it. A group `happened`: enters (it is in place now), leaves (it no longer is), stage.
 */
#ifndef SIGNPOST_EDGE_REVIEW_TOTALS_H
#define SIGNPOST_EDGE_REVIEW_TOTALS_H

#include "edge/review.h"

struct value review_totals(struct review *review);
void review_totals_write(const struct value *value, struct document *out);

#endif
