/* SPDX-License-Identifier: MIT */
/*
 * stale.h: which pages are due for review, have never been reviewed, or have nobody who answers for them.
 *
 * A page says so itself: `owner`, `reviewed` and `review_by` of its front matter. A person's page is not asked for an
 * owner or a review, since who it is about answers for it, and that of a partnership that is over has nothing left to
 * review; where one states a day it is held to it all the same. The
 * accessibility statement has no `review_by`: it is due a year after it was last reviewed or prepared, as the
 * regulations ask (GOV.UK: "You must review and update your statement at least once a year").
 *
 * That time has passed is never an error, so what `check --stale` says are notes. A review that is said to have taken
 * place after the day the portal speaks of is a slip of the pen, and a warning at any time.
 */
#ifndef SIGNPOST_PORTAL_STALE_H
#define SIGNPOST_PORTAL_STALE_H

#include "portal/site.h"

/* How long before a review is due officers are told of it: about what it takes to write a page anew and have it agreed. */
#define STALE_SOON_MONTHS 3

/* Zero: nothing is to be done. In the order in which they are listed. */
enum stale_state { STALE_FRESH, STALE_OVERDUE, STALE_SOON, STALE_NEVER };

struct stale {
    const struct page *page; /* NULL: the accessibility statement */
    enum stale_state state;
    bool unowned;  /* states no owner, and should */
    date reviewed; /* or DATE_NONE, as of the as-of day */
    date due;      /* the last day on which it is in time; or DATE_NONE */
    size_t days;   /* by which it is overdue */
};

struct stales {
    struct stale *
        items; /* what is overdue, longest first; then what is due, soonest first; then the rest by address */
    size_t count;
};

/* How a page stands on the as-of day. */
struct stale stale_of(const struct site *site, const struct page *page);

/* Of all pages the audience has, those with something to be done. */
void stale_list(const struct site *site, struct arena *arena, struct stales *out);

/* The day of the last review, as of the as-of day; DATE_NONE where none is stated that has taken place. */
date stale_reviewed(const struct site *site, const struct page *page);

/* Reports days of review that are still to come on `day` and on the as-of day. Part of site_load. */
void stale_check(const struct site *site, date day, struct diags *diags);

/* Adds a note on each page that is overdue, was never reviewed or states no owner, whoever may see it. */
void stale_report(const struct site *site, struct diags *diags);

#endif
