/* SPDX-License-Identifier: MIT */
/* school_group.c: stages of groups from their dates. */
#include "portal/school_group.h"

static const char *const stages[GROUP_STAGE_COUNT] = {
    [GROUP_IN_PLACE] = "In place", [GROUP_ENDORSED] = "Endorsed", [GROUP_RECOMMENDED] = "Recommended",
    [GROUP_PLANNED] = "Planned",   [GROUP_ENDED] = "Ended",
};

struct str group_stage_label(enum group_stage stage) {
    return str_from(stages[stage]);
}

/* The day under a key, if it has come. */
static date come(const struct value *group, const char *key, date as_of) {
    date d = value_date(value_at(group, key));
    return d != DATE_NONE && d <= as_of ? d : DATE_NONE;
}

static date first_meeting(const struct value *group, date as_of) {
    const struct value *meetings = value_at(group, "meetings");
    date first = DATE_NONE;
    for (uint32_t i = 0; meetings && meetings->kind == VALUE_LIST && i < meetings->count; i++) {
        date on = come(&meetings->items[i], "on", as_of);
        if (on != DATE_NONE && (first == DATE_NONE || on < first))
            first = on;
    }
    return first;
}

static void find_stage(struct school_group *group, date as_of) {
    const struct value *g = group->record.record;
    date start = come(g, "start", as_of);
    const date reached[GROUP_STAGE_COUNT] = {
        [GROUP_ENDED] = come(g, "ended", as_of),
        [GROUP_IN_PLACE] = start != DATE_NONE ? start : first_meeting(g, as_of),
        [GROUP_ENDORSED] = come(g, "endorsed", as_of),
        [GROUP_RECOMMENDED] = come(g, "recommended", as_of),
        [GROUP_PLANNED] = DATE_NONE,
    };
    static const enum group_stage furthest_first[] = {GROUP_ENDED, GROUP_IN_PLACE, GROUP_ENDORSED,
                                                      GROUP_RECOMMENDED};
    group->stage = GROUP_PLANNED;
    group->since = DATE_NONE;
    for (size_t i = 0; group->since == DATE_NONE && i < sizeof(furthest_first) / sizeof(furthest_first[0]);
         i++)
        if (reached[furthest_first[i]] != DATE_NONE) {
            group->stage = furthest_first[i];
            group->since = reached[group->stage];
        }
    bool steps = value_yes(value_get(group->kind, STR("stages")));
    date end = value_date(value_at(g, "planned_end"));
    group->endorsed = !steps || value_date(value_at(g, "endorsed")) != DATE_NONE;
    group->overdue = group->stage == GROUP_IN_PLACE && end != DATE_NONE && end < as_of;
}

static void find_meetings(struct school_group *group, date as_of) {
    const struct value *meetings = value_at(group->record.record, "meetings");
    group->next = group->last = DATE_NONE;
    for (uint32_t i = 0; meetings && meetings->kind == VALUE_LIST && i < meetings->count; i++) {
        date on = value_date(value_at(&meetings->items[i], "on"));
        if (on == DATE_NONE)
            continue;
        if (on > as_of && (group->next == DATE_NONE || on < group->next))
            group->next = on;
        if (on <= as_of && (group->last == DATE_NONE || on > group->last))
            group->last = on;
    }
}

/* The number is that among the school's groups of the same kind, so a second board keeps the first one's address. */
static struct str address_of(const struct policy_record *group, struct arena *arena) {
    size_t slash = group->id.len;
    while (slash && group->id.at[slash - 1] != '/')
        slash--;
    return str_join(arena, STR("groups/"), group->school->slug, STR("-"), str_slug(arena, group->kind),
                    STR("-"), str_sub(group->id, slash, group->id.len), STR(".html"));
}

struct school_groups groups_of_school(const struct site *site, const struct school *school,
                                      struct arena *arena) {
    struct school_groups all = {0};
    const struct value *list = value_at(&school->record, "groups");
    if (!list || list->kind != VALUE_LIST)
        return all;
    all.items = arena_array(arena, struct school_group, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        struct school_group *group = &all.items[all.count++];
        group->record = record_of_group(site, school, i, arena);
        group->address = address_of(&group->record, arena);
        const struct field *kind = vocabulary_group(&site->vocabulary, group->record.kind);
        group->kind = kind && kind->value.kind == VALUE_MAP ? &kind->value : NULL;
        find_stage(group, site->as_of);
        find_meetings(group, site->as_of);
    }
    return all;
}
