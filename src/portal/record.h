/* SPDX-License-Identifier: MIT */
/*
 * record.h: what the policy's tables run over: schools, content pages, groups and their meetings, what was decided,
 * deployments, and the portal as a whole.
 *
 * Each kind of record is listed in one order with an id that stays the same as long as the sources do, and with its
 * place in them. A record lies inside others (a meeting in a group in a school); the ones it lies in come along.
 */
#ifndef SIGNPOST_PORTAL_RECORD_H
#define SIGNPOST_PORTAL_RECORD_H

#include "policy/policy.h"
#include "portal/site.h"

struct policy_record {
    struct str kind;            /* what its facts are keyed by: "school", "tib", "meeting" ... */
    struct str id;              /* "ashdown", "ashdown/tib/1", "ashdown/tib/1/2", "ashdown/category/3" */
    struct str label;           /* as people read it: a name, a title, a kind of group, a day */
    const struct value *record; /* its fields, projected */
    const struct school *school;
    const struct page *page;
    const struct value *group;           /* of a meeting: the group it is of */
    const struct membership *membership; /* of a member */
    struct place at;
};

struct policy_records {
    const struct policy_record *items;
    size_t count;
};

/* A row of a table of measures, worked out (measure.h). */
struct measure_result;
struct policy_record record_of_measure(const struct measure_result *result, struct arena *arena);

/* All records of a kind that the bound audience has, in order: of schools by name, of pages as they are listed, of what
 * lies in a record as it is written. None of a kind that there is not. */
struct policy_records records_of(const struct site *site, struct str kind, struct arena *arena);

struct policy_record record_of_school(const struct school *school);
struct policy_record record_of_page(const struct page *page);

/* The entry at `index` of the school's groups, and the one of a group's meetings. */
struct policy_record record_of_group(const struct site *site, const struct school *school, uint32_t index,
                                     struct arena *arena);
struct policy_record record_of_meeting(const struct policy_record *group, uint32_t index,
                                       struct arena *arena);

/* A school as the member of a group: "brook-valley/ashdown". */
struct policy_record record_of_member(const struct membership *membership, struct arena *arena);

#endif
