/* SPDX-License-Identifier: MIT */
/*
 * member.h: who belongs to what.
 *
 * Schools, people and bodies say in their own records what they belong to, and groups (clusters, partnerships, bodies)
 * say nothing of it: so a membership stands in one place, with its dates, and is seen from both sides. Binding makes
 * both sides for one audience and one day; a group, a person or a body that the audience may not see takes the
 * membership with it.
 */
#ifndef SIGNPOST_PORTAL_MEMBER_H
#define SIGNPOST_PORTAL_MEMBER_H

#include "portal/site.h"

/* The group that a membership names, though the bound audience may not see it. NULL where there is none. */
const struct page *member_any_group(const struct site *site, const struct value *record);

enum part member_part(const struct value *record);

/* The days of a membership: what ended the group or closed the school ended it too. `to` is DATE_NONE while it lasts; it is
 * `vague` where it is over and nobody knows since when. */
struct member_days {
    date from, to;
    bool vague;
};
struct member_days member_days(const struct page *group, const struct school *school,
                               const struct value *record);

/* Whether the membership lasts on the day; one that is to begin does not. */
bool member_lasts(const struct member_days *days, date day);

/* What a school belongs to, and its place among the groups. Touches nothing but the school: threads share the site. */
void member_bind_school(const struct site *site, struct school *school, struct arena *arena);

/* What people and bodies belong to, and the members of every group; when all schools are bound. */
void member_bind_groups(struct site *site);

/* Holds memberships against each other and against the groups they are of: an error where they cannot be true, a warning
 * where something may have been forgotten. Where days are not known, what they may be counts: silence is better than a
 * false alarm. */
void member_check(const struct site *site, struct diags *diags);

#endif
