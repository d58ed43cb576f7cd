/* SPDX-License-Identifier: MIT */
/* member_check.c: whether memberships can all be true, and what their groups lack. */
#include "portal/member.h"
#include "portal/partnership.h"
#include "portal/store.h"

/* One entry of a list of memberships. */
struct said {
    const struct value *record;
    const struct page *group;
    struct member_days days;
    enum part part;
};

/* Who says so: a school, a person or a body. */
struct says {
    const struct school *school;
    const struct page *page;
    const struct value *record;
};

/* What is known of a partnership once all have said what they belong to. */
struct roll {
    size_t members, associates; /* on the as-of date */
    bool begins;                /* somebody is to join */
    bool led;                   /* by a school or a person */
    date first;                 /* day on which the first member joined; DATE_NONE while `unknown` */
    bool joined, unknown;       /* somebody ever was a member; of one nobody knows since when */
    const struct value *lead;   /* the membership of the last lead that left */
    date left;                  /* its day */
};

struct checking {
    const struct site *site;
    struct diags *diags;
    struct arena *scratch;
    struct roll *rolls;        /* by the page's number */
    const struct said **leads; /* the lead that each partnership was last given, by the page's number */
    const struct school **leaders;
};

static struct str word_of(const struct value *map, const char *key) {
    return value_words(value_at(map, key));
}

/* Where a key of a record stands, or the record. */
static struct place place_of(const struct value *record, const char *key) {
    const struct value *v = value_at(record, key);
    return value_place(v ? v : record);
}

/* ---- days ---- */

/* Whether the first may have ended when the second began. */
static bool may_precede(const struct member_days *first, const struct member_days *second) {
    if (first->vague)
        return true;
    if (first->to == DATE_NONE)
        return false;
    return second->from != DATE_NONE ? first->to <= second->from
                                     : second->to == DATE_NONE || first->to < second->to;
}

static bool overlap(const struct said *a, const struct said *b) {
    return !may_precede(&a->days, &b->days) && !may_precede(&b->days, &a->days);
}

/* A membership outlives neither end of its group. */
static void check_life(const struct checking *c, const struct said *e) {
    const struct value *front = &e->group->front;
    date formed = value_date(value_at(front, "formed")), ended = value_date(value_at(front, "ended"));
    date from = e->days.from, to = value_date(value_at(e->record, "to"));
    if (e->group->kind != CONTENT_PARTNERSHIP)
        return;
    struct arena *arena = c->diags->arena;
    if (partnership_stage(e->group) == PARTNERSHIP_DISSOLVED && ended != DATE_NONE && from != DATE_NONE &&
        from >= ended)
        diag(c->diags, DIAG_MEMBERSHIP_LATE, place_of(e->record, "from"), e->group->slug,
             date_long(arena, from), date_long(arena, ended));
    else if (formed != DATE_NONE && to != DATE_NONE && to <= formed)
        diag(c->diags, DIAG_MEMBERSHIP_EARLY, place_of(e->record, "to"), e->group->slug, date_long(arena, to),
             date_long(arena, formed));
}

/* ---- one list ---- */

/* A partnership that works, or worked: as long as one is only talked about, a school may talk with several. */
static bool binds(const struct said *e) {
    enum partnership_stage stage = partnership_stage(e->group);
    return e->part != PART_ASSOCIATE && e->group->kind == CONTENT_PARTNERSHIP &&
           partnership_is_formal(e->group) && (stage == PARTNERSHIP_FORMED || stage == PARTNERSHIP_DISSOLVED);
}

static void check_pair(const struct checking *c, const struct said *a, const struct said *b) {
    if (!overlap(a, b))
        return;
    if (a->group == b->group)
        diag(c->diags, DIAG_MEMBERSHIP_OVERLAP, value_place(a->record), a->group->slug);
    else if (binds(a) && binds(b))
        diag(c->diags, DIAG_TWO_PARTNERSHIPS, place_of(a->record, "partnership"), b->group->slug);
}

/* The lead school that a partnership had when it was last named as one; warned about where two lead it at once. */
static void check_lead(const struct checking *c, const struct school *school, const struct said *e) {
    size_t n = e->group->number;
    if (!school || e->part != PART_LEAD || e->group->kind != CONTENT_PARTNERSHIP)
        return;
    if (c->leads[n] && overlap(c->leads[n], e))
        diag(c->diags, DIAG_TOO_MANY_LEADS, place_of(e->record, "role"), e->group->slug,
             c->leaders[n]->source->path);
    c->leads[n] = e;
    c->leaders[n] = school;
}

/* What its governing body decided of a school's membership that lasts. */
static void check_consent(const struct checking *c, const struct said *e) {
    static const struct {
        const char *word, *says;
    } words[] = {
        {"not_asked", "has not been asked"}, {"pending", "has not decided"}, {"declined", "declined"}};
    const struct value *decided = value_at(e->record, "governing_body");
    if (e->group->kind != CONTENT_PARTNERSHIP || e->part == PART_ASSOCIATE ||
        partnership_stage(e->group) == PARTNERSHIP_DECLINED || !member_lasts(&e->days, c->site->as_of))
        return;
    if (e->part == PART_LEAD && membership_is_declined(e->record)) {
        diag(c->diags, DIAG_LEAD_DECLINED, place_of(e->record, "role"), e->group->slug);
        return;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (partnership_is_formed(e->group) && partnership_is_formal(e->group) &&
            str_eq(value_words(decided), str_from(words[i].word)))
            diag(c->diags, DIAG_CONSENT_MISSING, value_place(decided), e->group->slug,
                 str_from(words[i].says));
}

static bool is_member(const struct checking *c, const struct school *school, const struct page *group) {
    const struct value *list = value_at(&school->record, "memberships");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *record = &list->items[i];
        if (member_any_group(c->site, record) != group || member_part(record) == PART_ASSOCIATE)
            continue;
        struct member_days days = member_days(group, school, record);
        if (member_lasts(&days, c->site->as_of))
            return true;
    }
    return false;
}

/* A person who leads a partnership, and works at a school that does not belong to it. Who works at none leads it for all. */
static void check_leader(const struct checking *c, const struct says *who, const struct said *e) {
    struct str slug = word_of(who->record, "school");
    const struct school *school = slug.len ? map_get(&c->site->school_by_slug, slug) : NULL;
    if (who->page && school && e->part == PART_LEAD && e->group->kind == CONTENT_PARTNERSHIP &&
        member_lasts(&e->days, c->site->as_of) && !is_member(c, school, e->group))
        diag(c->diags, DIAG_LEAD_NOT_MEMBER, place_of(e->record, "role"), e->group->slug, slug);
}

/* ---- rolls ---- */

static void enrol_lead(struct roll *roll, const struct checking *c, const struct said *e) {
    date to = e->days.to;
    roll->led = roll->led || member_lasts(&e->days, c->site->as_of);
    if (to != DATE_NONE && to <= c->site->as_of && (!roll->lead || to > roll->left)) {
        roll->lead = e->record;
        roll->left = to;
    }
}

static void enrol(const struct checking *c, const struct school *school, const struct said *e) {
    struct roll *roll = &c->rolls[e->group->number];
    bool lasts = member_lasts(&e->days, c->site->as_of);
    if (e->part == PART_LEAD)
        enrol_lead(roll, c, e);
    if (!school)
        return;
    if (e->part == PART_ASSOCIATE) {
        roll->associates += lasts;
        return;
    }
    date from = e->days.from;
    roll->members += lasts;
    roll->begins = roll->begins || (from != DATE_NONE && from > c->site->as_of);
    roll->unknown = roll->unknown || from == DATE_NONE;
    roll->first = roll->joined && roll->first <= from ? roll->first : from;
    roll->joined = true;
}

static void check_roll(const struct checking *c, const struct page *page) {
    const struct roll *roll = &c->rolls[page->number];
    const struct value *formed = value_at(&page->front, "formed"), *state = value_at(&page->front, "state");
    date day = value_date(formed);
    struct arena *arena = c->diags->arena;
    if (page->kind != CONTENT_PARTNERSHIP || !partnership_is_formed(page) ||
        (day != DATE_NONE && day > c->site->as_of))
        return;
    if (!roll->members && !roll->begins)
        diag(c->diags, DIAG_FORMED_NOBODY, value_place(state),
             roll->associates ? STR("only associates")
             : roll->joined   ? STR("no member any more")
                              : STR("no member"));
    else if (roll->lead && !roll->led)
        diag(c->diags, DIAG_LEAD_LEFT, place_of(roll->lead, "to"), page->slug, date_long(arena, roll->left));
    if (roll->joined && !roll->unknown && day != DATE_NONE && roll->first > day)
        diag(c->diags, DIAG_FORMED_EARLY, value_place(formed), date_long(arena, day),
             date_long(arena, roll->first));
}

/* ---- all of them ---- */

static void check_entry(const struct checking *c, const struct says *who, const struct said *e) {
    if (e->group == who->page)
        diag(c->diags, DIAG_MEMBER_OF_ITSELF, value_place(e->record), e->group->slug);
    check_life(c, e);
    check_lead(c, who->school, e);
    check_leader(c, who, e);
    if (who->school)
        check_consent(c, e);
    enrol(c, who->school, e);
}

static void check_one(const struct checking *c, const struct says *who) {
    const struct value *list =
        who->school ? who->school->stored->memberships : value_at(who->record, "memberships");
    if (!list || list->kind != VALUE_LIST)
        return;
    struct said *entries = arena_array(c->scratch, struct said, list->count);
    size_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct value *record = &list->items[i];
        const struct page *group = member_any_group(c->site, record);
        if (!group) /* it is told that there is none */
            continue;
        struct said *e = &entries[count++];
        *e = (struct said){record, group, member_days(group, who->school, record), member_part(record)};
        check_entry(c, who, e);
        for (size_t j = 0; j + 1 < count; j++)
            check_pair(c, e, &entries[j]);
    }
}

void member_check(const struct site *site, struct diags *diags) {
    bool complete =
        !diags->errors; /* a record that could not be read, or misnames its group, may be who is missed */
    size_t found = diags->count;
    if (store_members_sound(site->store, site->as_of))
        return;
    struct arena scratch = {0};
    struct checking c = {.site = site,
                         .diags = diags,
                         .scratch = &scratch,
                         .rolls = arena_array(&scratch, struct roll, site->all.count),
                         .leads = arena_array(&scratch, const struct said *, site->all.count),
                         .leaders = arena_array(&scratch, const struct school *, site->all.count)};
    for (size_t i = 0; i < site->school_count; i++)
        check_one(&c, &(struct says){.school = site->schools[i], .record = &site->schools[i]->record});
    for (size_t i = 0; i < site->all.count; i++)
        check_one(&c, &(struct says){.page = site->all.items[i], .record = &site->all.items[i]->front});
    for (size_t i = 0; complete && i < site->all.count; i++)
        check_roll(&c, site->all.items[i]);
    if (complete && diags->count == found)
        store_members_found_sound(site->store, site->as_of);
    arena_release(&scratch);
}
