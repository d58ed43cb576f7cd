/* SPDX-License-Identifier: MIT */
/*
 * fact_reach.c: facts that reach beyond the fields of one record: groups of a kind, the partnership a school is in, the
 * schools of a group, what a leader carries beside a deployment, and records as lists.
 */
#include "portal/deployment.h"
#include "portal/fact_inside.h"
#include "portal/member.h"
#include "portal/partnership.h"

/* ---- the latest group of a kind ---- */

/* Day on which a group came to be spoken of: it may have been recommended long before it met. */
static date group_day(const struct value *group) {
    static const char *const days[] = {"recommended", "endorsed", "start"};
    date first = DATE_NONE;
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        date d = value_date(value_get(group, str_from(days[i])));
        if (d != DATE_NONE && (first == DATE_NONE || d < first))
            first = d;
    }
    return first;
}

const struct value *fact_group(struct fact_reading *r, const struct fact_step *step,
                               const struct value *list) {
    const struct value *latest = NULL;
    date best = DATE_NONE;
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *group = &list->items[i];
        date ended = value_date(value_get(group, STR("ended"))), on = group_day(group);
        bool named = str_eq(value_words(value_get(group, STR("kind"))), step->name);
        if (!named || (ended != DATE_NONE && ended <= r->day) || on > r->day || (latest && on < best))
            continue;
        latest = group;
        best = on;
    }
    return latest;
}

/* ---- the partnership a school is in ---- */

/* Whether a partnership worked on the day: it is formed, or was until it was dissolved. */
static bool is_working(const struct page *page, date day) {
    enum partnership_stage stage = partnership_stage(page);
    date formed = value_date(value_at(&page->front, "formed"));
    date ended = value_date(value_at(&page->front, "ended"));
    if (formed != DATE_NONE && formed > day)
        return false;
    return stage == PARTNERSHIP_FORMED ||
           (stage == PARTNERSHIP_DISSOLVED && ended != DATE_NONE && ended > day);
}

static const struct page *partnership_of(const struct fact_reading *r, const struct value *membership) {
    struct str slug = value_words(value_get(membership, STR("partnership")));
    const struct page *page = slug.len ? site_any_page(r->site, CONTENT_PARTNERSHIP, slug) : NULL;
    return page && audience_may_see(r->viewer, page->audience) ? page : NULL;
}

static bool is_between(date from, date to, date day) {
    return (from == DATE_NONE || from <= day) && (to == DATE_NONE || to > day);
}

bool fact_membership_days(const struct fact_reading *r, const struct value *membership, date *from,
                          date *to) {
    const struct page *page = partnership_of(r, membership);
    if (!page || (r->world && r->world->alone))
        return false;
    bool dissolved = partnership_stage(page) == PARTNERSHIP_DISSOLVED;
    date ended = dissolved ? value_date(value_at(&page->front, "ended")) : DATE_NONE;
    *from = date_later(value_date(value_get(membership, STR("from"))),
                       value_date(value_at(&page->front, "formed")));
    *to = date_earlier(value_date(value_get(membership, STR("to"))), ended);
    if (dissolved ? ended == DATE_NONE : !partnership_is_formed(page))
        return false; /* still talked about, or gone nobody knows when */
    return (*from == DATE_NONE || *from <= r->day) && (*from == DATE_NONE || *to == DATE_NONE || *from < *to);
}

/* As a member or lead before as an associate; of several the one written last, as on the school's page. */
const struct value *fact_membership(struct fact_reading *r, const struct value *list) {
    const struct value *best = r->world ? r->world->membership : NULL;
    bool member = false;
    if (best) {
        *r->out = (struct given){.since = DATE_NONE, .at = value_place(best)}; /* it has no days yet */
        return best;
    }
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *m = &list->items[i];
        bool associate = member_part(m) == PART_ASSOCIATE;
        date from, to;
        if (!fact_membership_days(r, m, &from, &to) || (to != DATE_NONE && to <= r->day) ||
            (associate && member))
            continue;
        best = m;
        member = !associate;
        r->out->since = from;
        r->out->at = value_place(m);
    }
    return best;
}

const struct value *fact_partnership(struct fact_reading *r, const struct value *membership) {
    const struct page *page = partnership_of(r, membership);
    return page ? &page->front : NULL;
}

/* ---- schools ---- */

struct schools {
    struct feel_value *items;
    size_t count;
};

static void add_school(const struct fact_reading *r, struct schools *list, const struct school *school,
                       const struct membership *as) {
    struct feel_value v;
    if (r->world->school(r->world->context, school, as, &v))
        list->items[list->count++] = v;
}

static struct feel_value list_of(const struct fact_reading *r, const struct feel_value *items, size_t count) {
    struct feel_list *list = arena_new(r->arena, struct feel_list);
    *list = (struct feel_list){.items = items, .count = count, .sure = count};
    return (struct feel_value){.type = FEEL_LIST, .list = list};
}

static enum given_state give_schools(struct fact_reading *r, const struct schools *list) {
    r->out->feel = list_of(r, list->items, list->count);
    return GIVEN_VALUE;
}

/* Whether a membership of a group held on the day. Those of a dissolved one ended with it. */
static bool is_held(const struct page *page, const struct membership *m, date day) {
    bool over = page->kind == CONTENT_PARTNERSHIP && partnership_stage(page) == PARTNERSHIP_DISSOLVED;
    return is_between(m->from, m->to, day) && (!over || is_working(page, day));
}

static void add_members(const struct fact_reading *r, struct schools *list, const struct memberships *of) {
    for (size_t i = 0; i < of->count; i++) {
        const struct membership *m = of->items[i];
        bool associate = m->part == PART_ASSOCIATE;
        if (m->record && associate == (r->path->leaf == LEAF_ASSOCIATES) &&
            is_held(r->record->page, m, r->day))
            add_school(r, list, m->school, m);
    }
}

/* A trust's or federation's schools are not members of it by a membership but by their own word. */
static void add_trust(const struct fact_reading *r, struct schools *list) {
    const struct page *page = r->record->page;
    for (size_t i = 0; r->path->leaf == LEAF_MEMBERS && i < page->trust_count; i++)
        add_school(r, list, page->trust_schools[i], NULL);
}

enum given_state fact_schools(struct fact_reading *r) {
    const struct page *page = r->record->page;
    bool all = r->path->leaf == LEAF_SCHOOLS;
    if (!r->world || (!all && !page))
        return GIVEN_NOTHING;
    size_t room = all ? r->site->school_count : page->members.count + page->former.count + page->trust_count;
    struct schools list = {.items = arena_array(r->arena, struct feel_value, room)};
    r->out->at = r->record->at;
    for (size_t i = 0; all && i < r->site->school_count; i++)
        add_school(r, &list, r->site->schools[i], NULL);
    if (!all) {
        add_members(r, &list, &page->members);
        add_members(r, &list, &page->former);
        add_trust(r, &list);
    }
    return give_schools(r, &list);
}

static size_t count_members(const struct page *page, const struct memberships *of, date day) {
    size_t n = 0;
    for (size_t i = 0; i < of->count; i++)
        n += of->items[i]->part != PART_ASSOCIATE && is_held(page, of->items[i], day);
    return n;
}

/* Of a partnership that is only taken to work: those whose governing bodies have not declined. */
static size_t count_willing(const struct page *page) {
    size_t n = 0;
    for (size_t i = 0; i < page->members.count; i++)
        n += page->members.items[i]->part != PART_ASSOCIATE &&
             !membership_is_declined(page->members.items[i]->record);
    return n;
}

enum given_state fact_size(struct fact_reading *r) {
    const struct value *list = value_at(r->record->record, "memberships");
    const struct value *membership = list ? fact_membership(r, list) : NULL;
    const struct page *page = membership ? partnership_of(r, membership) : NULL;
    r->out->since =
        DATE_NONE; /* the school has been in it since a day, and it has not been of this size since then */
    if (!page)
        return list && value_get(r->path->fact->source, STR("none")) ? GIVEN_NONE : GIVEN_NOTHING;
    size_t size = r->world && r->world->membership ? count_willing(page)
                                                   : count_members(page, &page->members, r->day) +
                                                         count_members(page, &page->former, r->day);
    r->out->text = str_whole(r->arena, (long long)size);
    return GIVEN_VALUE;
}

enum given_state fact_formal(struct fact_reading *r) {
    const struct value *list = r->record->school ? value_at(&r->record->school->record, "memberships") : NULL;
    if (!list)
        return GIVEN_NOTHING;
    r->out->text = STR("no");
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *m = &list->items[i];
        const struct page *page = partnership_of(r, m);
        bool associate = member_part(m) == PART_ASSOCIATE;
        date from, to;
        if (page && page != r->record->page && !associate && partnership_is_formal(page) &&
            fact_membership_days(r, m, &from, &to) && is_between(from, to, r->day)) {
            r->out->text = STR("yes");
            r->out->at = value_place(m);
        }
    }
    return GIVEN_VALUE;
}

/* ---- people and bodies of a group ---- */

enum given_state fact_others(struct fact_reading *r) {
    const struct page *page = r->record->page;
    if (!page)
        return GIVEN_NOTHING;
    enum content_kind kind = r->path->leaf == LEAF_PEOPLE ? CONTENT_PERSON : CONTENT_BODY;
    struct feel_value *items =
        arena_array(r->arena, struct feel_value, page->others.count + page->former_others.count);
    size_t count = 0;
    for (size_t i = 0; i < page->others.count + page->former_others.count; i++) {
        bool former = i >= page->others.count;
        const struct membership *m =
            former ? page->former_others.items[i - page->others.count] : page->others.items[i];
        bool known = !former || m->to != DATE_NONE; /* of a group that ended nobody knows when */
        if (known && m->page->kind == kind && audience_may_see(r->viewer, m->page->audience) &&
            is_between(m->from, m->to, r->day))
            items[count++] = feel_text(m->page->slug);
    }
    r->out->at = r->record->at;
    r->out->feel = list_of(r, items, count);
    return GIVEN_VALUE;
}

/* ---- schools by name ---- */

enum given_state fact_slugs(struct fact_reading *r, const struct value *list) {
    if (!r->world)
        return GIVEN_NOTHING;
    size_t count = list->kind == VALUE_LIST ? list->count : 1;
    const struct value *items = list->kind == VALUE_LIST ? list->items : list;
    struct schools schools = {.items = arena_array(r->arena, struct feel_value, count)};
    r->out->at = value_place(list);
    for (size_t i = 0; i < count; i++) {
        const struct school *school = map_get(&r->site->school_by_slug, value_words(&items[i]));
        if (school)
            add_school(r, &schools, school, NULL);
    }
    return give_schools(r, &schools);
}

/* ---- the leader of a deployment ---- */

/* The slug of the partnership that a school is a member of on the day; empty where it is in none, or only an associate. */
static struct str partnership_slug(struct fact_reading *r, struct str school) {
    const struct school *s = map_get(&r->site->school_by_slug, school);
    const struct value *list = s ? value_at(&s->record, "memberships") : NULL;
    const struct value *in = list ? fact_membership(r, list) : NULL;
    return in && member_part(in) != PART_ASSOCIATE ? value_words(value_get(in, STR("partnership")))
                                                   : (struct str){0};
}

static enum given_state leader_partnership(struct fact_reading *r) {
    struct str home = value_words(value_at(&r->record->page->front, "school"));
    struct str away = value_words(value_get(r->record->record, STR("school")));
    struct str theirs = partnership_slug(r, away), own = partnership_slug(r, home);
    r->out->since = DATE_NONE; /* that of one school says nothing of both */
    r->out->at = r->record->at;
    if (!own.len || !str_eq(own, theirs))
        return GIVEN_NONE;
    r->out->text = value_words(value_at(&site_any_page(r->site, CONTENT_PARTNERSHIP, own)->front, "kind"));
    return GIVEN_VALUE;
}

enum given_state fact_leader(struct fact_reading *r) {
    if (!r->record->page)
        return GIVEN_NOTHING;
    if (r->path->leaf == LEAF_LEADER_PARTNERSHIP)
        return leader_partnership(r);
    struct leader_load load =
        leader_busiest(value_at(&r->record->page->front, "deployments"), r->record->record, r->arena);
    struct buf out = {.arena = r->arena};
    r->out->at = r->record->at;
    if (r->path->leaf == LEAF_LEADER_DAYS)
        decimal_print(&out, load.days);
    r->out->text =
        r->path->leaf == LEAF_LEADER_DAYS ? buf_str(&out) : str_whole(r->arena, (long long)load.schools);
    return r->path->leaf == LEAF_LEADER_DAYS && load.unknown ? GIVEN_NOTHING : GIVEN_VALUE;
}

/* ---- records as FEEL contexts ---- */

static struct feel_value feel_of_number(struct str text) {
    struct decimal number;
    if (choice_find(figure_reasons, text) || !decimal_parse(text, &number)) /* a reason, not a figure */
        return feel_unknown();
    return feel_number(number);
}

static struct feel_value feel_of(const struct fact_reading *r, const struct schema_field *field,
                                 const struct value *v);

static struct feel_value feel_of_map(const struct fact_reading *r, const struct schema *schema,
                                     const struct value *map) {
    struct feel_entry *entries = arena_array(r->arena, struct feel_entry, map->count);
    size_t count = 0;
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        const struct schema_field *field = schema_find(schema, map->fields[i].key);
        if (field && audience_may_see(r->viewer, field->audience))
            entries[count++] =
                (struct feel_entry){map->fields[i].key, feel_of(r, field, &map->fields[i].value)};
    }
    return feel_context(r->arena, entries, count);
}

static struct feel_value feel_of_text(enum schema_type type, struct str text) {
    switch (type) {
    case TYPE_YES_NO: return feel_bool(str_eq(text, STR("yes")));
    case TYPE_WHOLE:
    case TYPE_NUMBER:
    case TYPE_YEAR:
    case TYPE_FIGURE: return feel_of_number(text);
    case TYPE_DATE: return feel_date(date_parse_iso(text));
    default: return feel_text(text);
    }
}

static struct feel_value feel_of_list(const struct fact_reading *r, const struct schema_field *field,
                                      const struct value *v) {
    struct feel_value *items = arena_array(r->arena, struct feel_value, v->count);
    for (uint32_t i = 0; i < v->count; i++)
        items[i] = feel_of(r, field, &v->items[i]);
    return list_of(r, items, v->count);
}

static struct feel_value feel_of(const struct fact_reading *r, const struct schema_field *field,
                                 const struct value *v) {
    if (v->kind == VALUE_LIST)
        return feel_of_list(r, field, v);
    if (field->type == TYPE_RECORD && v->kind == VALUE_MAP)
        return feel_of_map(r, field->record, v);
    return value_is_text(v) ? feel_of_text(field->type, value_str(v)) : feel_unknown();
}

enum given_state fact_records(struct fact_reading *r, const struct value *list) {
    r->out->at = value_place(list);
    r->out->feel = feel_of(r, r->path->field, list);
    return r->out->feel.type == FEEL_LIST ? GIVEN_VALUE : GIVEN_NOTHING;
}
