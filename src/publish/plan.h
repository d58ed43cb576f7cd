/* SPDX-License-Identifier: MIT */
/*
 * plan.h: every page of a portal, before the first is rendered.
 *
 * The plan lists the pages for one audience with the address, the template and the subject of each, and holds what
 * many pages share: the open schools, and the lists they are split into. Addresses are final, so links can be made and
 * checked while pages are rendered in any order.
 */
#ifndef SIGNPOST_PUBLISH_PLAN_H
#define SIGNPOST_PUBLISH_PLAN_H

#include "portal/site.h"

/* A list of schools longer than this is split into pages by letter. */
#define PLAN_LIST_MAX 300

enum template_kind {
    TEMPLATE_HOME,
    TEMPLATE_DIRECTORY,
    TEMPLATE_SCHOOL,
    TEMPLATE_CLUSTERS,
    TEMPLATE_CLUSTER,
    TEMPLATE_PARTNERSHIPS,
    TEMPLATE_PARTNERSHIP,
    TEMPLATE_OFFERS,
    TEMPLATE_OFFER,
    TEMPLATE_PEOPLE,
    TEMPLATE_ROLE,
    TEMPLATE_PERSON,
    TEMPLATE_BODIES,
    TEMPLATE_BODY,
    TEMPLATE_POLICIES,
    TEMPLATE_POLICY,
    TEMPLATE_DEFINITIONS,
    TEMPLATE_DECISIONS,
    TEMPLATE_TOTALS,
    TEMPLATE_CASELOAD,
    TEMPLATE_FINDINGS,
    TEMPLATE_GROUPS,
    TEMPLATE_GROUP,
    TEMPLATE_YEAR,
    TEMPLATE_AGENDA,
    TEMPLATE_LEADERS,
    TEMPLATE_PROPOSALS,
    TEMPLATE_LETTERS,
    TEMPLATE_LETTER,
    TEMPLATE_PAGE,
    TEMPLATE_NOT_FOUND,
    TEMPLATE_SITEMAP,
    TEMPLATE_ACCESSIBILITY,
    TEMPLATE_SOURCES,
    TEMPLATE_RELEASED,
    TEMPLATE_COVERAGE,
    TEMPLATE_UNCOVERED,
    TEMPLATE_REVIEWS,
    TEMPLATE_CHANGES,
    TEMPLATE_HISTORY,
    TEMPLATE_REDIRECT,
    TEMPLATE_COUNT
};

struct str template_name(enum template_kind kind); /* "home", "not-found" ... */

/* Schools by the letter that their names begin with; 26 is for those that begin with no letter. */
#define PLAN_LETTERS 27

/* A list of schools that has a page: all of them, or those of one phase. */
struct listing {
    const struct choice *phase; /* NULL: all */
    const struct school **schools;
    size_t count;
    size_t by_letter[PLAN_LETTERS + 1]; /* where each letter begins; the last is `count` */
    bool split;
};

struct worklist; /* worklist.h */
struct worklists;
struct group_item; /* group_list.h */
struct group_list;
struct group_lists;
struct leaders; /* portal/deployment.h */
struct agenda;  /* agenda.h */
struct agenda_list;
struct coverage;     /* portal/coverage.h */
struct match_result; /* portal/match.h */
struct atlas;

struct plan_page {
    struct str address;
    enum template_kind kind;
    const struct page *page;          /* of content pages, and of redirects to one */
    const struct school *school;      /* of school pages and redirects */
    const struct listing *listing;    /* of directory pages */
    const struct worklist *worklist;  /* of caseloads and findings */
    const struct group_item *group;   /* of pages of school groups */
    const struct group_list *groups;  /* of lists of them, by letter */
    const struct agenda_list *agenda; /* of what is due of an officer's schools */
    int part; /* of an agenda that is split: the part of the year; -1: all of it, or what leads to the parts */
    int letter; /* of a split listing; -1: the page that leads to the letters, or the whole list */
    struct place made_from;
};

/* A link of the menu at the top, with what it leads to already looked up: every page has it. */
struct menu_item {
    struct str title;
    struct str address;
};

struct plan {
    const struct site *site;
    struct menu_item *menu;
    size_t menu_count;
    struct plan_page *outputs;
    size_t count, room; /* of outputs */
    struct listing all;
    struct listing *phases; /* those that have schools */
    size_t phase_count;
    const struct decision **decisions; /* about schools, that the audience may see, as they are read */
    size_t decision_count;
    const struct worklists *worklists; /* for officers, where the policy decides about schools; else NULL */
    bool changes;                      /* some author has noted one */
    bool letters;                      /* for officers, where portal.yaml says what letters are about */
    const struct group_lists *groups;  /* for officers, where schools have groups; else NULL */
    const struct agenda *agenda;       /* for officers, where something is due; else NULL */
    bool proposes; /* for officers, where a page declares a match: there is a page of its proposals */
    const struct match_result *match; /* what came of it, and its map: known only while that page is made */
    const struct atlas *proposals;
    const struct coverage
        *coverage; /* where framework.yaml declares it and the audience may see it; else NULL */
    const struct leaders *leaders; /* for officers, where anybody is a system leader; else NULL */
};

void plan_make(struct plan *plan, struct arena *arena, const struct site *site);

int plan_letter(struct arena *scratch, struct str name);      /* 0 to 25, or 26; `scratch` is rewound */
struct str plan_letter_text(struct arena *arena, int letter); /* "A", or "0–9" */
struct str plan_letter_id(struct arena *arena, int letter);   /* "a", or "0-9" */

/* Puts `items`, numbers of `names`, into the order of the letters those begin with, each letter's in the order they came.
 * `by_letter` says where each begins. */
size_t *plan_sort_by_letter(struct arena *arena, const size_t *items, const struct str *names, size_t count,
                            size_t by_letter[PLAN_LETTERS + 1]);

/* The page of a listing; with a letter, that letter's page where the listing is split. */
struct str plan_listing_address(struct arena *arena, const struct listing *listing, int letter);

#define REVIEWS_ADDRESS "reviews/index.html"
#define CHANGES_ADDRESS "changes/index.html"
struct str plan_history_address(struct arena *arena,
                                const struct page *page); /* "history/policy/chart.html" */

#define PROPOSALS_ADDRESS "proposals.html"
#define COVERAGE_ADDRESS "coverage.html"

/* Of the schools that are not covered, those of a letter: for officers, where they are too many for one page. */
struct str plan_uncovered_address(struct arena *arena, int letter);
#define LEADERS_ADDRESS "deployments.html"

/* A school's letter; and the list of all letters, with a letter of the alphabet that part of it. */
#define LETTERS_ADDRESS "letters/index.html"
struct str plan_letter_to(struct arena *arena, const struct school *school);
struct str plan_letters_address(struct arena *arena, const struct plan *plan, int letter);

/* The open school with this URN, or NULL: a closed school's successor. */
const struct school *plan_successor(const struct site *site, const struct school *closed);

#endif
