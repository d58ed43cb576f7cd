/* SPDX-License-Identifier: MIT */
/* group_list.c: every group of every open school, by kind. */
#include "publish/group_list.h"

/* ---- the groups ---- */

static void gather(struct group_lists *all, const struct site *site, struct arena *arena) {
    struct school_groups *of = arena_array(arena, struct school_groups, site->school_count);
    for (size_t i = 0; i < site->school_count; i++) {
        if (school_is_listed(site->schools[i]))
            of[i] = groups_of_school(site, site->schools[i], arena);
        all->count += of[i].count;
    }
    all->items = arena_array(arena, struct group_item, all->count);
    all->first = arena_array(arena, size_t, site->school_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < site->school_count; i++) {
        all->first[i] = n;
        for (size_t j = 0; j < of[i].count; j++)
            all->items[n++].group = of[i].items[j];
    }
    all->first[site->school_count] = n;
}

static struct group_item *item_of(const struct group_lists *all, const struct school *school,
                                  const struct value *entry) {
    for (size_t i = all->first[school->index]; i < all->first[school->index + 1]; i++)
        if (all->items[i].group.record.record == entry)
            return &all->items[i];
    return NULL;
}

static void count_findings(const struct group_lists *all, const struct worklists *worklists) {
    const struct findings *checks = &worklists->caseload->findings[FINDING_CHECK];
    for (size_t i = 0; i < checks->count; i++) {
        const struct finding *f = &checks->items[i];
        struct group_item *item = f->group ? item_of(all, f->school, f->group) : NULL;
        if (item && str_eq(f->state, STR("Fails")))
            item->failing++;
        else if (item && str_eq(f->state, STR("Not known")))
            item->unknown++;
    }
}

/* ---- their kinds ---- */

static size_t kind_of(struct group_lists *all, const struct site *site, struct str kind,
                      struct arena *arena) {
    struct str label = vocabulary_group_label(&site->vocabulary, kind);
    for (size_t i = 0; i < all->list_count; i++)
        if (str_eq(all->lists[i].label, label))
            return i;
    all->lists = arena_grow(arena, all->lists, all->list_count * sizeof(struct group_list),
                            (all->list_count + 1) * sizeof(struct group_list), alignof(struct group_list));
    all->lists[all->list_count] = (struct group_list){.slug = str_slug(arena, kind), .label = label};
    return all->list_count++;
}

static void sort_kinds(struct group_lists *all, const struct site *site, struct arena *arena) {
    const struct value *declared = vocabulary_groups(&site->vocabulary);
    size_t *kinds = arena_array(arena, size_t, all->count), *items = arena_array(arena, size_t, all->count);
    struct str *names = arena_array(arena, struct str, all->count);
    for (uint32_t i = 0; declared && i < declared->count; i++)
        kind_of(all, site, declared->fields[i].key, arena);
    for (size_t i = 0; i < all->count; i++) {
        names[i] = all->items[i].group.record.school->name;
        kinds[i] = kind_of(all, site, all->items[i].group.record.kind, arena);
    }
    for (size_t k = 0; k < all->list_count; k++) {
        struct group_list *list = &all->lists[k];
        for (size_t i = 0; i < all->count; i++)
            if (kinds[i] == k)
                items[list->count++] = i;
        list->items = plan_sort_by_letter(arena, items, names, list->count, list->by_letter);
        list->split = list->count > PLAN_LIST_MAX;
    }
}

const struct group_lists *group_lists_make(const struct site *site, const struct worklists *worklists,
                                           struct arena *arena) {
    if (site->audience != AUDIENCE_OFFICERS)
        return NULL;
    struct group_lists *all = arena_new(arena, struct group_lists);
    gather(all, site, arena);
    if (!all->count)
        return NULL;
    if (worklists)
        count_findings(all, worklists);
    sort_kinds(all, site, arena);
    return all;
}

size_t group_items_of(const struct group_lists *lists, const struct school *school,
                      const struct group_item **out) {
    *out = lists ? &lists->items[lists->first[school->index]] : NULL;
    return lists ? lists->first[school->index + 1] - lists->first[school->index] : 0;
}

const struct group_item *group_item_of(const struct group_lists *lists, const struct school *school,
                                       const struct value *entry) {
    return lists ? item_of(lists, school, entry) : NULL;
}

struct str group_list_address(struct arena *arena, const struct group_list *list, int letter) {
    if (letter < 0 || !list->split)
        return str_join(arena, STR(GROUPS_ADDRESS), STR("#kind-"), list->slug);
    return str_join(arena, STR("groups/"), list->slug, STR("/"), plan_letter_id(arena, letter), STR(".html"));
}
