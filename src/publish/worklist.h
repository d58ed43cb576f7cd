/* SPDX-License-Identifier: MIT */
/*
 * worklist.h: the officers' lists of schools, and the pages they are split into.
 *
 * A list is the caseload of one officer, or all findings of one kind. Like the directory, a long list is split into
 * pages by letter: no page holds all schools of a large portal. Empty lists have no page.
 */
#ifndef SIGNPOST_PUBLISH_WORKLIST_H
#define SIGNPOST_PUBLISH_WORKLIST_H

#include "portal/caseload.h"
#include "portal/totals.h"
#include "publish/plan.h"

#define WORKLISTS_ADDRESS "decisions/index.html"
#define TOTALS_ADDRESS "decisions/totals.html"

struct worklist {
    bool of_cases;              /* else of findings */
    const struct page *officer; /* of cases: whose; NULL: schools without a link officer */
    enum finding_kind finding;  /* of findings */
    struct str stem;            /* of its addresses: "decisions/data-gaps" */
    size_t *items;              /* places in caseload->cases, or in its findings, by letter */
    size_t by_letter[PLAN_LETTERS + 1];
    size_t count;
    bool split;
};

struct worklists {
    const struct caseload *caseload;
    struct totals totals;
    struct worklist *items; /* officers as people are listed, then schools without one, then findings */
    size_t count;
};

/* Whether there is anything to add up or to count. */
bool worklists_total(const struct worklists *lists);

/* NULL where there is no caseload. */
const struct worklists *worklists_make(const struct site *site, struct arena *arena);

struct str worklist_title(struct arena *arena, const struct site *site,
                          const struct worklist *list); /* "Caseload of Jo Penhallow" */

/* The page of a list; with a letter, that letter's page where the list is split. */
struct str worklist_address(struct arena *arena, const struct worklist *list, int letter);

/* The list of a kind of findings, or NULL where there are none. */
const struct worklist *worklist_of_findings(const struct worklists *lists, enum finding_kind kind);

#endif
