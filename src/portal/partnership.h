/* SPDX-License-Identifier: MIT */
/*
 * partnership.h: what the words of a partnership's record mean.
 *
 * A partnership's page says how far it has come (`state`) and what binds its schools (`kind`), a membership what the school's
 * governing body decided. The words are the schema's. What the program makes of them is here and nowhere else, so that
 * checks, counts, the match and the pages agree on what works, what is over, and whose decision it takes. What a partnership
 * has to be like is no question for this file: that is asked by the tables of the portal's policy.
 */
#ifndef SIGNPOST_PORTAL_PARTNERSHIP_H
#define SIGNPOST_PORTAL_PARTNERSHIP_H

#include "portal/site.h"

enum partnership_stage {
    PARTNERSHIP_UNDER_WAY, /* talked about, or being agreed */
    PARTNERSHIP_FORMED,
    PARTNERSHIP_DECLINED,
    PARTNERSHIP_DISSOLVED,
};

enum partnership_stage partnership_stage(const struct page *partnership);

bool partnership_is_formed(const struct page *partnership);

/* Formed, or agreed by all its governing bodies, so that only the law is awaited. */
bool partnership_is_agreed(const struct page *partnership);

/* Declined or dissolved: nothing follows of it any more. */
bool partnership_is_over(const struct page *partnership);

/* Whether its governing bodies bind themselves: a school may be in one such partnership only. */
bool partnership_is_formal(const struct page *partnership);

/* Whether partnerships of its kind pass through a state on their way to being formed. */
bool partnership_passes(const struct page *partnership, struct str state);

/* What the governing body decided of a membership, as the schema has it; NULL: nothing is recorded, or the audience may not
 * see it. */
const struct choice *membership_decision(const struct value *membership);
bool membership_is_declined(const struct value *membership);

#endif
