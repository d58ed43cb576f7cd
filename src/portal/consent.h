/* SPDX-License-Identifier: MIT */
/*
 * consent.h: who has still to agree to a partnership, and what follows from what they may say.
 *
 * A governing body decides for its own school, and its decision stands in the membership: not asked, pending, agreed,
 * declined. Silence is a decision that is outstanding while the partnership is not formed; of one that has been formed long
 * ago it is only a gap in the record.
 *
 * What follows is the portal's: where framework.yaml names a decision about partnerships (`partnership: {outcome: ...}`),
 * it is run as things are, with every outstanding decision agreed, and with one declined. So that a loose partnership
 * waits for no governing body is said by a row of a table and not here. The checks of partnerships are run in the same
 * way, over the schools that would be left.
 *
 * All of it is run for the bound audience: what that may not see is not among what follows.
 */
#ifndef SIGNPOST_PORTAL_CONSENT_H
#define SIGNPOST_PORTAL_CONSENT_H

#include "portal/decided.h"

/* A row that is not met, or not known, of a check of the partnership. */
struct consent_fault {
    const struct decision *check;
    const struct row *row;
    enum check_state state;
    bool fresh; /* it is met, or not concerned, as things are; of what is as it is: always */
};

/* What the tables say of a partnership, as it is or as it would be. */
struct consent_run {
    bool run;         /* else there was nothing to run, or no check of it concerns it */
    size_t members;   /* whose governing bodies have not declined */
    size_t concerned; /* rows of checks */
    struct consent_fault *faults;
    size_t fault_count;
    struct str outcome; /* in words; empty where none is named, or this audience may not have it */
};

enum consent_answer { CONSENT_AGREED, CONSENT_OUTSTANDING, CONSENT_DECLINED, CONSENT_SILENT };

struct consent_member {
    const struct membership *membership;
    enum consent_answer answer;
    struct str words;            /* "Pending"; of silence empty */
    date decided;                /* DATE_NONE: not known */
    struct consent_run declines; /* of one that is outstanding: the rest without it */
};

struct consent {
    bool under_way;                 /* neither formed nor over */
    bool over;                      /* declined or dissolved */
    bool awaited;                   /* what is outstanding matters to what follows */
    struct str outcome;             /* when all that is outstanding is agreed */
    struct consent_run now;         /* run where anything is awaited or refused */
    struct consent_member *members; /* as the page lists them, without associates */
    size_t count, outstanding, declined;
};

/* Everything is in the arena; `scratch` is left as it was. */
void consent_of(const struct site *site, const struct page *partnership, struct arena *arena,
                struct arena *scratch, struct consent *out);

/* "the remaining 3 schools meet everything that is asked of them", "2 schools remain: Size (Size: 3 to 10) is not met, and
 * what is open now"; empty where nothing was run. And "Formed, once Dogwood agrees", "Dogwood has still to decide"; empty where
 * nothing is awaited. */
struct str consent_rest_words(const struct consent_run *run, struct arena *arena);
struct str consent_next_words(const struct consent *consent, struct arena *arena);

#endif
