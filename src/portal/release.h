/* SPDX-License-Identifier: MIT */
/*
 * release.h: what a lower audience is told of what it may not see.
 *
 *     releases:
 *       - {of: category, as: count, for: public, because: people should see how many schools need help}
 *       - {of: principles, as: met or not met, for: schools, because: heads should know where their partnership stands}
 *
 * A release is the one way down: a named, coarser statement, made on purpose, with a reason that is published with it. It
 * is worked out from the officers' run and kept as finished numbers and words; nothing else of that run is left when
 * the site is bound for anybody else. A portal that declares none pays nothing.
 *
 * As `count`: how many open schools have each answer that stands of an output, and of how many it is not determined.
 * What readers can work out themselves (outsider.h) hides nothing and is no secret: schools whose answer they know are
 * taken off first, and the rest is told as far as withhold.h allows. So where only public facts decide, all numbers are
 * told; and where inspections give 5 of 6 schools away, the 6 is withheld for the sake of the sixth. What they know of a school
 * without knowing its answer (that it is one of two) is not used: it could narrow a withheld number.
 *
 * As `met or not met`: the verdict of a check on each group that has a page the audience has, and no number.
 *
 * Two releases that one reader sees must not rest on the same restricted fact or decision: each may be coarse enough and
 * both together not. It is an error, since nobody can check by eye what two tables say together.
 */
#ifndef SIGNPOST_PORTAL_RELEASE_H
#define SIGNPOST_PORTAL_RELEASE_H

#include "portal/decided.h"

enum release_form { RELEASE_COUNT, RELEASE_MET };

/* The schools with one answer. */
struct release_count {
    struct str label; /* "Amber", "Not determined" */
    values answer;    /* one of the output's; VALUES_NOT_APPLICABLE; VALUES_NOT_DETERMINED */
    size_t schools;
    bool withheld; /* from the audience: then `schools` is for officers alone */
};

/* What came of a check of one group. */
struct release_verdict {
    const struct page *page;
    enum check_verdict verdict;
    bool concerned; /* else none of its rows applies */
};

struct release {
    enum release_form form;
    const struct decision *decision;
    const struct output *output; /* of a count */
    enum audience audience;
    struct str because;
    struct place at;

    /* what is told, once it is worked out */
    struct release_count *counts;
    size_t count_count, total;
    bool withheld; /* some count is */
    bool known;    /* readers can work all of them out */
    struct release_verdict *verdicts;
    size_t verdict_count;
};

struct releases {
    struct release *items;
    size_t count;
    bool ready; /* worked out: they outlive what they were worked out from */
};

/* Reads and checks `releases:` against the tables. Part of site_load. */
void release_load(struct site *site, struct diags *diags);

/* Binds the site for an audience, as site_bind does, and first works out what is released to it. Once it is bound for
 * anybody but officers without this, nothing can be released any more. */
void release_bind(struct site *site, enum audience audience);

/* Whether an audience is told of a release: that it is for, and those who see more. */
bool release_told(const struct release *release, enum audience audience);
bool release_any(const struct site *site); /* is anything released to the bound audience */

#endif
