/* SPDX-License-Identifier: MIT */
/* record.c: the records of each kind, in order. */
#include "portal/record.h"

#include "portal/measure.h"

struct listing {
    const struct site *site;
    struct arena *arena;
    struct str kind;
    struct policy_record *items;
    size_t count, room;
};

static void add(struct listing *l, struct policy_record record) {
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 16;
        l->items = arena_grow(l->arena, l->items, l->room * sizeof(*l->items), room * sizeof(*l->items),
                              alignof(struct policy_record));
        l->room = room;
    }
    l->items[l->count++] = record;
}

static struct str numbered(struct arena *arena, struct str id, size_t number) {
    return str_join(arena, id, STR("/"), str_whole(arena, (long long)number));
}

/* A day as people read it; what has none is called by its id. */
static struct str day_label(struct arena *arena, const struct value *on, struct str id) {
    date d = value_date(on);
    return d == DATE_NONE ? id : date_long(arena, d);
}

/* ---- schools, pages, members ---- */

struct policy_record record_of_school(const struct school *school) {
    return (struct policy_record){.kind = STR("school"),
                                  .id = school->slug,
                                  .label = school->name,
                                  .record = &school->record,
                                  .school = school,
                                  .at = place_file(school->source)};
}

struct policy_record record_of_page(const struct page *page) {
    return (struct policy_record){.kind = content_noun(page->kind),
                                  .id = page->slug,
                                  .label = page->title,
                                  .record = &page->front,
                                  .page = page,
                                  .at = place_file(page->source)};
}

struct policy_record record_of_member(const struct membership *membership, struct arena *arena) {
    return (struct policy_record){
        .kind = STR("member"),
        .id = str_join(arena, membership->group->slug, STR("/"), membership->school->slug),
        .label = membership->school->name,
        .record = membership->record,
        .school = membership->school,
        .page = membership->group,
        .membership = membership,
        .at = value_place(membership->record)};
}

static void list_schools(struct listing *l) {
    for (size_t i = 0; i < l->site->school_count; i++)
        add(l, record_of_school(l->site->schools[i]));
}

static void list_pages(struct listing *l, enum content_kind kind) {
    for (size_t i = 0; i < l->site->pages[kind].count; i++)
        add(l, record_of_page(l->site->pages[kind].items[i]));
}

/* Members of partnerships: those are the groups whose facts speak of members. */
static void list_members(struct listing *l) {
    const struct pages *groups = &l->site->pages[CONTENT_PARTNERSHIP];
    for (size_t i = 0; i < groups->count; i++)
        for (size_t j = 0; j < groups->items[i]->members.count; j++)
            add(l, record_of_member(groups->items[i]->members.items[j], l->arena));
}

/* ---- what lies in a school's record ---- */

struct policy_record record_of_meeting(const struct policy_record *group, uint32_t index,
                                       struct arena *arena) {
    struct policy_record meeting = *group;
    meeting.kind = STR("meeting");
    meeting.id = numbered(arena, group->id, index + 1);
    meeting.record = &value_at(group->record, "meetings")->items[index];
    meeting.group = group->record;
    meeting.label = day_label(arena, value_at(meeting.record, "on"), meeting.id);
    meeting.at = value_place(meeting.record);
    return meeting;
}

static void list_meetings(struct listing *l, const struct policy_record *group) {
    const struct value *meetings = value_at(group->record, "meetings");
    for (uint32_t i = 0; meetings && meetings->kind == VALUE_LIST && i < meetings->count; i++)
        add(l, record_of_meeting(group, i, l->arena));
}

/* How many groups of the same kind stand at or before `last`: a group's number among its own. */
static size_t number_of_group(const struct value *groups, uint32_t last) {
    struct str kind = value_words(value_at(&groups->items[last], "kind"));
    size_t number = 0;
    for (uint32_t i = 0; i <= last; i++)
        number += str_eq(value_words(value_at(&groups->items[i], "kind")), kind);
    return number;
}

struct policy_record record_of_group(const struct site *site, const struct school *school, uint32_t index,
                                     struct arena *arena) {
    const struct value *groups = value_at(&school->record, "groups");
    struct str kind = value_words(value_at(&groups->items[index], "kind"));
    return (struct policy_record){
        .kind = kind,
        .id = numbered(arena, str_join(arena, school->slug, STR("/"), kind), number_of_group(groups, index)),
        .label = vocabulary_group_label(&site->vocabulary, kind),
        .record = &groups->items[index],
        .school = school,
        .at = value_place(&groups->items[index])};
}

static void list_groups(struct listing *l, bool meetings) {
    for (size_t s = 0; s < l->site->school_count; s++) {
        const struct school *school = l->site->schools[s];
        const struct value *groups = value_at(&school->record, "groups");
        for (uint32_t i = 0; groups && groups->kind == VALUE_LIST && i < groups->count; i++) {
            struct str kind = value_words(value_at(&groups->items[i], "kind"));
            if (!vocabulary_group(&l->site->vocabulary, kind) || (!meetings && !str_eq(kind, l->kind)))
                continue;
            struct policy_record group = record_of_group(l->site, school, i, l->arena);
            if (meetings)
                list_meetings(l, &group);
            else
                add(l, group);
        }
    }
}

static void list_entries(struct listing *l, const struct school *school, struct str path,
                         const struct value *entries) {
    for (uint32_t i = 0; entries->kind == VALUE_LIST && i < entries->count; i++) {
        struct policy_record r = {.kind = l->kind,
                                  .record = &entries->items[i],
                                  .school = school,
                                  .at = value_place(&entries->items[i])};
        r.id = numbered(l->arena, str_join(l->arena, school->slug, STR("/"), path), i + 1);
        r.label = day_label(l->arena, value_at(r.record, "from"), r.id);
        add(l, r);
    }
}

/* `category_record`: each entry of the decision `category`, of each of its outputs where it has several, or of the
 * output `category` of another decision. */
static void list_decided(struct listing *l) {
    struct str name = str_sub(l->kind, 0, l->kind.len - (sizeof("_record") - 1));
    for (size_t s = 0; s < l->site->school_count; s++) {
        const struct school *school = l->site->schools[s];
        const struct value *decisions = value_at(&school->record, "decisions");
        for (uint32_t i = 0; decisions && decisions->kind == VALUE_MAP && i < decisions->count; i++) {
            const struct field *of = &decisions->fields[i];
            bool named = str_eq(of->key, name);
            if (named)
                list_entries(l, school, of->key, &of->value);
            for (uint32_t j = 0; of->value.kind == VALUE_MAP && j < of->value.count; j++) {
                const struct field *output = &of->value.fields[j];
                if (named || str_eq(output->key, name))
                    list_entries(l, school, str_join(l->arena, of->key, STR("/"), output->key),
                                 &output->value);
            }
        }
    }
}

/* ---- the rest ---- */

static void list_deployments(struct listing *l) {
    const struct pages *people = &l->site->pages[CONTENT_PERSON];
    for (size_t p = 0; p < people->count; p++) {
        const struct page *person = people->items[p];
        const struct value *list = value_at(&person->front, "deployments");
        for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
            struct policy_record r = {.kind = l->kind,
                                      .id = numbered(l->arena, person->slug, i + 1),
                                      .record = &list->items[i],
                                      .page = person,
                                      .at = value_place(&list->items[i])};
            r.school = map_get(&l->site->school_by_slug, value_words(value_at(r.record, "school")));
            r.label = r.school ? str_join(l->arena, person->title, STR(", "), r.school->name) : person->title;
            add(l, r);
        }
    }
}

struct policy_record record_of_measure(const struct measure_result *result, struct arena *arena) {
    const struct measure *m = result->measure;
    return (struct policy_record){.kind = STR("measure"),
                                  .id = str_join(arena, m->table->id, STR("/"), m->id),
                                  .label = m->label,
                                  .record = &result->record,
                                  .page = result->page,
                                  .at = m->at};
}

/* The audience has those of the pages that it has. */
static void list_measures(struct listing *l) {
    const struct measures *all = l->site->measures;
    for (size_t i = 0; all && i < all->count; i++)
        if (all->items[i].page->visible)
            add(l, record_of_measure(&all->items[i], l->arena));
}

static void list_network(struct listing *l) {
    add(l, (struct policy_record){.kind = l->kind,
                                  .id = l->kind,
                                  .label = value_words(value_at(&l->site->portal, "title")),
                                  .record = &l->site->portal,
                                  .at = place_file(l->site->portal_source)});
}

struct policy_records records_of(const struct site *site, struct str kind, struct arena *arena) {
    struct listing l = {.site = site, .arena = arena, .kind = kind};
    static const enum content_kind pages[] = {CONTENT_PARTNERSHIP, CONTENT_CLUSTER, CONTENT_BODY,
                                              CONTENT_PERSON,      CONTENT_ROLE,    CONTENT_OFFER};
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        if (str_eq(kind, content_noun(pages[i])))
            list_pages(&l, pages[i]);
    if (str_eq(kind, STR("school")))
        list_schools(&l);
    else if (str_eq(kind, STR("member")))
        list_members(&l);
    else if (vocabulary_group(&site->vocabulary, kind))
        list_groups(&l, false);
    else if (str_eq(kind, STR("meeting")))
        list_groups(&l, true);
    else if (str_eq(kind, STR("deployment")))
        list_deployments(&l);
    else if (str_eq(kind, STR("network")))
        list_network(&l);
    else if (str_eq(kind, STR("measure")))
        list_measures(&l);
    else if (str_ends(kind, STR("_record")))
        list_decided(&l);
    return (struct policy_records){l.items, l.count};
}
