/* SPDX-License-Identifier: MIT */
/*
 * group_list.h: the groups that were set up for schools, as the officers' portal lists them.
 *
 * A page a group, and one page for all of them by kind and stage; a kind with more groups than a page should hold is
 * split into pages by the letter of the school, as worklists are.
 */
#ifndef SIGNPOST_PUBLISH_GROUP_LIST_H
#define SIGNPOST_PUBLISH_GROUP_LIST_H

#include "portal/school_group.h"
#include "publish/worklist.h"

#define GROUPS_ADDRESS "groups/index.html"

struct group_item {
    struct school_group group;
    size_t failing, unknown; /* checks over it and its meetings */
};

struct group_list {
    struct str slug, label; /* of the kind */
    size_t *items;          /* places in group_lists->items, by letter of the school */
    size_t by_letter[PLAN_LETTERS + 1];
    size_t count;
    bool split;
};

struct group_lists {
    struct group_item *items; /* by school, as its record has them */
    size_t count;
    size_t *first;            /* of each school, by its index; one more than there are schools */
    struct group_list *lists; /* kinds as framework.yaml declares them, then others as they come */
    size_t list_count;
};

/* NULL below officers, and where no open school has a group. */
const struct group_lists *group_lists_make(const struct site *site, const struct worklists *worklists,
                                           struct arena *arena);

/* The groups of a school, and the one of an entry of its record. */
size_t group_items_of(const struct group_lists *lists, const struct school *school,
                      const struct group_item **out);
const struct group_item *group_item_of(const struct group_lists *lists, const struct school *school,
                                       const struct value *entry);

/* Where a kind is listed; with a letter, that letter's page where the list is split. */
struct str group_list_address(struct arena *arena, const struct group_list *list, int letter);

#endif
