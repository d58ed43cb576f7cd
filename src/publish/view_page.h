/* SPDX-License-Identifier: MIT */
/* view_page.h: one function a template, for view.c's table. Each gives the value of the one name that its template has
 * beside the common ones, and its own words for title and description. */
#ifndef SIGNPOST_PUBLISH_VIEW_PAGE_H
#define SIGNPOST_PUBLISH_VIEW_PAGE_H

#include "portal/change.h"
#include "portal/standing.h"
#include "publish/part.h"

/* What every page says of itself; filled by the function of its template. */
struct page_words {
    struct str title;
    struct str description;
    struct value_list crumbs; /* without the first, which is home */
    struct value ld_json;
};

typedef struct value view_page(const struct view *view, struct page_words *words);

view_page view_home, view_directory;                                   /* view_home.c, view_directory.c */
view_page view_school;                                                 /* view_school.c */
view_page view_clusters, view_cluster, view_partnerships;              /* view_group.c */
view_page view_partnership;                                            /* view_partnership.c */
view_page view_offers, view_offer;                                     /* view_offer.c */
view_page view_people, view_role, view_person, view_bodies, view_body; /* view_people.c */
view_page view_policies, view_policy, view_plain;                      /* view_text.c */
view_page view_definitions;                                            /* view_definition.c */
view_page view_released;                                               /* view_release.c */
view_page view_coverage;                                               /* view_coverage.c */
view_page view_uncovered;                                              /* view_uncovered.c */
view_page view_decisions, view_caseload, view_findings;                /* view_decisions.c */
view_page view_totals;                                                 /* view_totals.c */
view_page view_school_groups, view_school_group;                       /* view_school_group.c */
view_page view_proposals;                                              /* view_proposals.c */
view_page view_leaders;                                                /* view_leaders.c */
view_page view_reviews;                                                /* view_reviews.c */
view_page view_changes;                                                /* view_changes.c */
view_page view_history;                                                /* view_history.c */
view_page view_letters, view_letter;                                   /* view_letter.c */
view_page view_not_found, view_sitemap, view_accessibility, view_sources, view_redirect; /* view_service.c */

/* Parts of a school's page that have files of their own. */
struct value view_inspections(const struct view *view, const struct school *school); /* view_inspection.c */
void view_results(const struct view *view, struct value_map *map,
                  const struct school *school);     /* view_result.c */
struct value view_reasons(const struct view *view); /* what each mark for a missing figure means */
struct value view_officers(const struct view *view, const struct school *school,
                           const struct decided *decided); /* view_officers.c */

/* What the tables say of a school, for the audience; view_gets.c, view_decided.c and view_check.c. `decided` is NULL where they
 * say nothing. */
const struct decided *view_decide(const struct view *view, const struct school *school);
const struct decided *
view_run(const struct view *view,
         const struct policy_record *record); /* any record; NULL: nothing is of its kind */
struct value view_gets(const struct view *view, const struct school *school, const struct decided *decided,
                       const struct names *only); /* NULL: of every decision, and offers by level; or null */
struct value view_decided(const struct view *view, const struct decided *decided); /* or null */
void view_checks(const struct view *view, struct value_map *map,
                 const struct decided *decided); /* checks, has_checks; none of NULL */
void view_group_checks(const struct view *view, struct value_map *map,
                       const struct decided *decided); /* the same of a group, with members behind rows */
struct value view_tree(const struct view *view, const struct decided *decided); /* see explain.h */
void view_tree_checks(const struct view *view, struct value_map *map, const struct value *tree);
bool view_is_decided(const struct decided *decided, struct str decision,
                     struct str output); /* by a table; an empty `output`: any of it */

/* Of a partnership: whose agreement it waits for and what would follow, and who provides what; view_consent.c. Each or null. */
struct value view_consent(const struct view *view, const struct page *partnership);
struct value view_provides(const struct view *view, const struct page *partnership);

/* Offers: view_offer.c, and view_entitled.c, whom one is for. */
#define OFFER_LEVELS 3
size_t view_offer_level(const struct page *offer); /* below that */
struct value view_level(const struct view *view, size_t level, bool text);
void view_entitled(const struct view *view, struct value_map *map, const struct page *offer);

/* Why schools are not covered: `letters`, `sections`; view_uncovered.c. */
void view_uncovered_sections(const struct view *view, struct value_map *map);

/* Of the page of coverage, which a portal may not have: "40 of 54 schools" where it has, and a link or null; view_coverage.c. */
struct str view_coverage_text(const struct view *view);
struct value view_coverage_link(const struct view *view);

/* What the school has said of partnership: `facts` [row]; or null. In short what it is not, and who said so when, is left out.
 * view_officers.c */
struct value view_wishes(const struct view *view, const struct school *school, bool in_short);

/* A value of a record in words: a fact's label, a day, a list with commas; view_officers.c. */
struct str view_given(const struct view *view, const struct fact *fact, struct str key,
                      const struct value *value);

/* What stands beside the category, as tags; view_letter.c. */
void view_overlays(const struct view *view, struct value_map *map, const struct overlays *overlays);

/* The letter to a school, or null where it has none; and what leads to all letters. view_letter.c */
struct value view_letter_link(const struct view *view, const struct school *school);
struct value view_letter_lists(const struct view *view);

/* A school's groups in short, each with the page of its own; view_school_group.c. */
void view_groups_of(const struct view *view, struct value_map *map, const struct school *school);
struct value_list view_group_lists(const struct view *view); /* what leads to those of each kind */

/* What leads to the pages due for review, or null; by how much a page is overdue, a tag or null. For officers. view_reviews.c */
struct value view_reviews_link(const struct view *view);
struct value view_overdue(const struct view *view, const struct page *page);

/* What leads to a page's history, or to all notes on changes; each or null. And a note: date, title, href, text.
 * view_history.c, view_changes.c */
struct value view_history_link(const struct view *view, const struct page *page);
struct value view_changes_link(const struct view *view);
struct value view_change_note(const struct view *view, const struct change_note *note);

/* What was recorded of a school over time: `timeline`, `timeline_text`. view_timeline.c */
void view_timeline(const struct view *view, struct value_map *map, const struct school *school);

/* Members or seats of a kind of record: role, name, chair. And a link to a place on a page, by source path, or null
 * where the audience has not got it. view_school_group.c */
void view_seats(const struct view *view, struct value_map *map, const char *key, struct str record,
                const struct value *seats);
struct value view_place_link(const struct view *view, struct str path);

/* What leads to the page of system leaders, or null; of a person's page what officers see of a leader: deployments, leaders,
 * decided. view_leaders.c */
struct value view_proposals_link(const struct view *view); /* or null; view_proposals.c */
struct value view_leaders_link(const struct view *view);
void view_leader(const struct view *view, struct value_map *map, const struct page *person);

view_page view_year, view_agenda;                                                    /* view_year.c */
struct value view_school_year(const struct view *view, const struct school *school); /* or null */
struct value view_year_link(const struct view *view);                                /* or null */

/* What stands of the main decision about a school: its `title` and a standing; or null. view_decisions.c */
struct value view_standing(const struct view *view, const struct school *school);
struct value view_decision_lists(const struct view *view); /* or null; view_decisions.c */

#endif
