/* SPDX-License-Identifier: MIT */
/* member.c: memberships, seen from those who belong and from the groups they belong to. */
#include "portal/member.h"

#include "portal/partnership.h"

/* ---- what a record says ---- */

static const struct value *group_named(const struct value *record, enum content_kind *kind) {
    static const struct {
        const char *key;
        enum content_kind kind;
    } keys[] = {{"cluster", CONTENT_CLUSTER}, {"partnership", CONTENT_PARTNERSHIP}, {"body", CONTENT_BODY}};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const struct value *v = value_at(record, keys[i].key);
        *kind = keys[i].kind;
        if (v)
            return v;
    }
    return NULL;
}

const struct page *member_any_group(const struct site *site, const struct value *record) {
    enum content_kind kind;
    const struct value *slug = group_named(record, &kind);
    return slug ? site_any_page(site, kind, value_words(slug)) : NULL;
}

enum part member_part(const struct value *record) {
    struct str role = value_words(value_at(record, "role"));
    for (size_t i = 0; member_role_choices[i].id; i++)
        if (str_eq(role, str_from(member_role_choices[i].id)))
            return (enum part)i;
    return PART_MEMBER;
}

static bool has_word(const struct value *map, const char *key, const char *word) {
    return str_eq(value_words(value_at(map, key)), str_from(word));
}

struct member_days member_days(const struct page *group, const struct school *school,
                               const struct value *record) {
    struct member_days days = {value_date(value_at(record, "from")), value_date(value_at(record, "to")),
                               false};
    if (group->kind == CONTENT_PARTNERSHIP && partnership_stage(group) == PARTNERSHIP_DISSOLVED) {
        date ended = value_date(value_at(&group->front, "ended"));
        days.to = date_earlier(days.to, ended);
        days.vague = days.to == DATE_NONE;
    }
    if (school && has_word(&school->record, "status", "closed"))
        days.to = date_earlier(days.to, value_date(value_at(&school->record, "closed")));
    return days;
}

bool member_lasts(const struct member_days *days, date day) {
    return !days->vague && (days->from == DATE_NONE || days->from <= day) &&
           (days->to == DATE_NONE || days->to > day);
}

/* ---- of one school, person or body ---- */

struct belonging {
    const struct site *site;
    struct arena *arena;
    struct memberships *current, *past;
};

static const struct value *list_of(const struct value *record) {
    const struct value *list = value_at(record, "memberships");
    return list && list->kind == VALUE_LIST ? list : NULL;
}

/* The membership at `index` where it counts: not of a group that this audience may not see, nor may it see who belongs to
 * it; and not before it begins. */
static struct membership *membership_new(const struct belonging *b, const struct value *record,
                                         struct membership of) {
    of.group = member_any_group(b->site, record);
    if (!of.group || !of.group->visible)
        return NULL;
    struct member_days days = member_days(of.group, of.school, record);
    if (days.from != DATE_NONE && days.from > b->site->as_of)
        return NULL;
    struct membership *m = arena_new(b->arena, struct membership);
    of.part = member_part(record);
    of.from = days.from;
    of.to = days.to;
    of.record = record;
    *m = of;
    struct memberships *into = member_lasts(&days, b->site->as_of) ? b->current : b->past;
    into->items[into->count++] = m;
    return into == b->current ? m : NULL;
}

static void make_room(const struct belonging *b, const struct value *list, size_t trusts) {
    size_t room = list ? list->count : 0;
    *b->current = *b->past = (struct memberships){0};
    b->current->items = arena_array(b->arena, const struct membership *, room);
    b->past->items = arena_array(b->arena, const struct membership *, room + trusts);
}

static void note_place(struct school *school, const struct membership *m) {
    bool geographic = has_word(&m->group->front, "kind", "geographic");
    if (m->group->kind == CONTENT_CLUSTER && (!school->cluster || geographic) &&
        !(school->cluster && has_word(&school->cluster->front, "kind", "geographic")))
        school->cluster = m->group;
    if (m->group->kind == CONTENT_PARTNERSHIP && m->part != PART_ASSOCIATE && partnership_is_formed(m->group))
        school->partnership = m->group;
}

/* The day on which the entry at `index` of a dated list ended: its own, or that on which the next began; DATE_NONE: it
 * stands. */
static date entry_ended(const struct value *list, uint32_t index) {
    const struct value *next = index + 1 < list->count ? &list->items[index + 1] : NULL;
    return date_earlier(value_date(value_get(&list->items[index], STR("to"))),
                        next ? value_date(value_get(next, STR("from"))) : DATE_NONE);
}

/* Trusts and federations that the school was in before, or until it closed: history as other groups are. The one it is in
 * is school->trust. */
static void add_trust(const struct belonging *b, const struct school *school, const struct value *slug,
                      date from, date to) {
    const struct page *trust = site_page(b->site, CONTENT_BODY, value_words(slug));
    if (has_word(&school->record, "status", "closed"))
        to = date_earlier(to, value_date(value_at(&school->record, "closed")));
    if (!trust || to == DATE_NONE || to > b->site->as_of)
        return;
    struct membership *m = arena_new(b->arena, struct membership);
    *m = (struct membership){.school = school, .group = trust, .from = from, .to = to};
    b->past->items[b->past->count++] = m;
}

static void add_trusts(const struct belonging *b, const struct school *school, const struct value *trust) {
    if (trust && trust->kind != VALUE_LIST)
        add_trust(b, school, trust, DATE_NONE, DATE_NONE);
    for (uint32_t i = 0; trust && trust->kind == VALUE_LIST && i < trust->count; i++) {
        const struct value *entry = &trust->items[i];
        add_trust(b, school, value_get(entry, STR("value")), value_date(value_get(entry, STR("from"))),
                  entry_ended(trust, i));
    }
}

void member_bind_school(const struct site *site, struct school *school, struct arena *arena) {
    const struct value *list = list_of(&school->record), *trust = value_at(&school->record, "trust");
    struct belonging b = {site, arena, &school->current, &school->past};
    size_t trusts = !trust ? 0 : trust->kind == VALUE_LIST ? trust->count : 1;
    make_room(&b, list, trusts);
    add_trusts(&b, school, trust);
    for (uint32_t i = 0; list && i < list->count; i++) {
        const struct membership *m =
            membership_new(&b, &list->items[i], (struct membership){.school = school});
        if (m)
            note_place(school, m);
    }
}

static void bind_page(const struct site *site, struct page *page) {
    const struct value *list = list_of(&page->front);
    struct belonging b = {site, site->arena, &page->current, &page->past};
    make_room(&b, list, 0);
    for (uint32_t i = 0; list && i < list->count; i++)
        membership_new(&b, &list->items[i], (struct membership){.page = page});
}

/* ---- of every group ---- */

static const enum part rounds[] = {PART_LEAD, PART_MEMBER, PART_ASSOCIATE};
#define ROUNDS (sizeof(rounds) / sizeof(rounds[0]))

/* Where the group of a membership lists it. */
static struct memberships *listed_in(struct site *site, const struct membership *m, bool former) {
    struct page *group = site->pages[m->group->kind].items[m->group->index];
    return m->school ? (former ? &group->former : &group->members)
                     : (former ? &group->former_others : &group->others);
}

/* Lists are counted first, then filled: schools and pages come in their order already, so going over them once for each
 * part sorts without sorting. */
static void list_all(struct site *site, const struct memberships *of, bool former, bool filling,
                     const enum part *part) {
    for (size_t i = 0; i < of->count; i++) {
        const struct membership *m = of->items[i];
        struct memberships *into = listed_in(site, m, former);
        if (part && m->part != *part)
            continue;
        if (filling)
            into->items[into->count] = m;
        into->count++;
    }
}

static void list_schools(struct site *site, bool filling, const enum part *part) {
    for (size_t i = 0; i < site->school_count; i++) {
        list_all(site, &site->schools[i]->current, false, filling, part);
        list_all(site, &site->schools[i]->past, true, filling, part);
    }
}

static void list_pages(struct site *site, enum content_kind kind, bool filling, const enum part *part) {
    for (size_t i = 0; i < site->pages[kind].count; i++) {
        list_all(site, &site->pages[kind].items[i]->current, false, filling, part);
        list_all(site, &site->pages[kind].items[i]->past, true, filling, part);
    }
}

static void allot(struct site *site, struct memberships *list) {
    list->items = arena_array(site->arena, const struct membership *, list->count);
    list->count = 0;
}

static void count_parts(struct page *group) {
    for (size_t i = 0; i < group->members.count; i++)
        *(group->members.items[i]->part == PART_ASSOCIATE ? &group->associate_count : &group->member_count) +=
            1;
}

void member_bind_groups(struct site *site) {
    static const enum content_kind kinds[] = {CONTENT_PERSON, CONTENT_BODY};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < site->pages[kinds[k]].count; i++)
            bind_page(site, site->pages[kinds[k]].items[i]);
    list_schools(site, false, NULL);
    for (size_t k = 0; k < 2; k++)
        list_pages(site, kinds[k], false, NULL);
    for (size_t i = 0; i < site->all.count; i++) {
        struct page *page = site->all.items[i];
        allot(site, &page->members);
        allot(site, &page->former);
        allot(site, &page->others);
        allot(site, &page->former_others);
    }
    for (size_t r = 0; r < ROUNDS; r++)
        list_schools(site, true, &rounds[r]);
    for (size_t k = 0; k < 2; k++)
        for (size_t r = 0; r < ROUNDS; r++)
            list_pages(site, kinds[k], true, &rounds[r]);
    for (size_t i = 0; i < site->all.count; i++)
        count_parts(site->all.items[i]);
}
