/* SPDX-License-Identifier: MIT */
/* deployment.c: what system leaders carry, and who has none. */
#include "portal/deployment.h"

#include <stdlib.h>

#include "base/map.h"
#include "policy/state.h"

/* ---- what a leader carries ---- */

/* An entry, read once: the busiest day of each of many deployments is looked for among all of them. */
struct carried {
    date from, to;
    bool unknown; /* its days are */
    struct decimal days;
    struct carried *first; /* the first entry of the same school; of that one, */
    size_t counted;        /* when it was last counted */
};

struct carrying {
    struct carried *items;
    size_t count, times; /* how often it was counted */
};

static struct carried carried_of(const struct value *deployment) {
    struct carried c = {.from = value_date(value_get(deployment, STR("from"))),
                        .to = value_date(value_get(deployment, STR("to")))};
    c.unknown = !decimal_parse(value_words(value_get(deployment, STR("days_a_week"))), &c.days);
    return c;
}

static struct carrying carrying_new(const struct value *deployments, struct arena *arena) {
    bool list = deployments && deployments->kind == VALUE_LIST;
    struct carrying c = {.count = list ? deployments->count : 0};
    struct map schools = {.arena = arena};
    c.items = arena_array(arena, struct carried, c.count);
    for (size_t i = 0; i < c.count; i++) {
        struct str school = value_words(value_get(&deployments->items[i], STR("school")));
        c.items[i] = carried_of(&deployments->items[i]);
        c.items[i].first = map_add(&schools, school, &c.items[i], NULL)->value;
    }
    return c;
}

static bool is_on(const struct carried *c, date day) {
    return c->from != DATE_NONE && c->from <= day && (c->to == DATE_NONE || c->to >= day);
}

static struct leader_load load_on(struct carrying *c, date day) {
    struct leader_load load = {0};
    c->times++;
    for (size_t i = 0; i < c->count; i++) {
        const struct carried *own = &c->items[i];
        if (!is_on(own, day))
            continue;
        load.schools += own->first->counted != c->times;
        own->first->counted = c->times;
        if (own->unknown || !decimal_add(load.days, own->days, &load.days))
            load.unknown = true;
    }
    return load;
}

static struct leader_load load_now(const struct value *deployments, date day, struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct carrying c = carrying_new(deployments, scratch);
    struct leader_load load = load_on(&c, day);
    arena_rewind(scratch, mark);
    return load;
}

/* Only when one begins can there be more than before. */
struct leader_load leader_busiest(const struct value *deployments, const struct value *of,
                                  struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct carrying c = carrying_new(deployments, scratch);
    struct carried own = carried_of(of);
    struct leader_load most = {0};
    bool begun = false; /* its own first day was looked at */
    for (size_t i = 0; i < c.count; i++) {
        date from = c.items[i].from;
        if (from == DATE_NONE || !is_on(&own, from) || (from == own.from && begun))
            continue;
        begun = begun || from == own.from;
        struct leader_load load = load_on(&c, from);
        most.schools = load.schools > most.schools ? load.schools : most.schools;
        most.days = decimal_cmp(load.days, most.days) > 0 ? load.days : most.days;
        most.unknown = most.unknown || load.unknown;
    }
    arena_rewind(scratch, mark);
    return most;
}

/* ---- one leader ---- */

struct making {
    const struct site *site;
    struct arena *arena, *scratch;
};

static const struct decided *run(struct making *m, const struct policy_record *record) {
    struct decided *d = arena_new(m->arena, struct decided);
    return decided_run(m->site, record, m->site->as_of, m->arena, m->scratch, d) ? d : NULL;
}

/* The school where a leader works; NULL: none is recorded. */
static const struct school *home_of(const struct making *m, const struct page *person) {
    struct str slug = value_words(value_at(&person->front, "school"));
    return slug.len ? map_get(&m->site->school_by_slug, slug) : NULL;
}

static struct deployment deployment_of(struct making *m, const struct policy_record *record) {
    struct deployment d = {.record = *record, .school = record->school};
    date day = m->site->as_of;
    d.role = site_page(m->site, CONTENT_ROLE, value_words(value_get(record->record, STR("role"))));
    d.home = home_of(m, record->page);
    d.from = value_date(value_get(record->record, STR("from")));
    d.to = value_date(value_get(record->record, STR("to")));
    d.has_days = decimal_parse(value_words(value_get(record->record, STR("days_a_week"))), &d.days);
    d.state = d.from > day                      ? DEPLOYMENT_PLANNED
              : d.to != DATE_NONE && d.to < day ? DEPLOYMENT_ENDED
                                                : DEPLOYMENT_CURRENT;
    d.decided = run(m, record);
    return d;
}

static int latest_first(const void *a, const void *b) {
    const struct deployment *x = a, *y = b;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->from != y->from)
        return x->from > y->from ? -1 : 1;
    return (x->record.record > y->record.record) - (x->record.record < y->record.record);
}

static bool reads_load(const struct condition *c) {
    for (size_t i = 0; i < c->count; i++)
        if (reads_load(c->kids[i]))
            return true;
    const struct fact *fact = c->op == CONDITION_TEST ? c->variable->fact : NULL;
    return fact && str_starts(fact->from, STR("leader.")) && c->variable->line == LINE_NUMBER;
}

static bool bounds_load(const struct row *row) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (row->cells[i].must && reads_load(row->cells[i].condition))
            return true;
    return false;
}

/* What is not met before what is not known before what is met. */
static bool is_worse(enum check_state a, enum check_state b) {
    static const int rank[] = {
        [CHECK_NOT_MET] = 0, [CHECK_NOT_KNOWN] = 1, [CHECK_MET] = 2, [CHECK_NOT_CONCERNED] = 3};
    return rank[a] < rank[b];
}

static void add_bound(struct leader *leader, const struct deployment *of, const struct check_row *row) {
    size_t i = 0;
    while (i < leader->bound_count && leader->bounds[i].row->row != row->row)
        i++;
    bool found = i < leader->bound_count;
    if (!found || is_worse(row->state, leader->bounds[i].row->state))
        leader->bounds[i] = (struct leader_bound){row, of};
    leader->bound_count += !found;
}

static void find_bounds(struct making *m, struct leader *leader) {
    size_t room = 0, going = leader->current + leader->planned;
    const struct policy_kind *kind = policy_kind(&m->site->policy, STR("deployment"));
    for (size_t i = 0; kind && i < kind->check_count; i++)
        room += kind->checks[i]->row_count;
    leader->bounds = arena_array(m->arena, struct leader_bound, room);
    for (size_t i = 0; i < going; i++) {
        const struct decided *d = leader->deployments[i].decided;
        for (size_t j = 0; d && j < d->check_count; j++)
            for (size_t k = 0; k < d->checks[j].count; k++) {
                const struct check_row *row = &d->checks[j].rows[k];
                if (row->applied && row->state != CHECK_NOT_CONCERNED && bounds_load(row->row))
                    add_bound(leader, &leader->deployments[i], row);
            }
    }
}

static void find_roles(struct making *m, struct leader *leader) {
    const struct value *list = value_at(&leader->person->front, "roles");
    leader->roles = arena_array(m->arena, const struct page *, list ? list->count : 0);
    for (uint32_t i = 0; list && i < list->count; i++) {
        const struct page *role = site_page(m->site, CONTENT_ROLE, value_words(&list->items[i]));
        if (role && str_eq(value_words(value_at(&role->front, "kind")), STR("system_leader")))
            leader->roles[leader->role_count++] = role;
    }
}

/* False of a person who is none. */
static bool leader_of(struct making *m, const struct page *person, const struct policy_records *deployments,
                      struct leader *leader) {
    *leader = (struct leader){.person = person};
    find_roles(m, leader);
    for (size_t i = 0; i < deployments->count; i++)
        leader->count += deployments->items[i].page == person;
    if (!leader->count && !leader->role_count)
        return false;
    leader->home = home_of(m, person);
    leader->deployments = arena_array(m->arena, struct deployment, leader->count);
    for (size_t i = 0, n = 0; i < deployments->count; i++)
        if (deployments->items[i].page == person)
            leader->deployments[n++] = deployment_of(m, &deployments->items[i]);
    for (size_t i = 0; i < leader->count; i++) {
        leader->current += leader->deployments[i].state == DEPLOYMENT_CURRENT;
        leader->planned += leader->deployments[i].state == DEPLOYMENT_PLANNED;
    }
    if (leader->count)
        qsort(leader->deployments, leader->count, sizeof(struct deployment), latest_first);
    leader->now = load_now(value_at(&person->front, "deployments"), m->site->as_of, m->scratch);
    find_bounds(m, leader);
    struct policy_record record = record_of_page(person);
    leader->decided = run(m, &record);
    return true;
}

/* ---- schools ---- */

/* Marks who is supported now, by the school's place in the site. */
static bool *find_supported(struct making *m, struct leaders *all) {
    bool *supported = arena_array(m->arena, bool, m->site->school_count);
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < all->items[i].current; j++) {
            const struct school *school = all->items[i].deployments[j].school;
            if (!school || supported[school->index])
                continue;
            supported[school->index] = true;
            all->supported++;
        }
    return supported;
}

static void find_reasons(struct making *m, const struct output *o, struct waiting_school *w) {
    struct policy_record record = record_of_school(w->school);
    const struct decision *d = o->decision;
    size_t at = (size_t)(o - d->outputs);
    w->reasons = arena_array(m->arena, const struct row *, d->row_count);
    struct arena_mark mark = arena_mark(m->scratch), kept = arena_mark(m->arena);
    const struct decided *decided = run(m, &record);
    struct state state;
    state_init(&state, &decided->subject, m->scratch);
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i]->marker && d->rows[i]->answers[at].set == VALUES_YES && !d->rows[i]->tier &&
            row_truth(&state, d->rows[i]) == TRUTH_YES)
            w->reasons[w->reason_count++] = d->rows[i];
    arena_rewind(m->scratch, mark);
    arena_rewind(m->arena, kept);
}

static int most_reasons_first(const void *a, const void *b) {
    const struct waiting_school *x = a, *y = b;
    if (x->reason_count != y->reason_count)
        return x->reason_count > y->reason_count ? -1 : 1;
    return (x->school->index > y->school->index) - (x->school->index < y->school->index);
}

/* What stands of every school was worked out when the site was bound; only those that wait are run again. */
static void find_waiting(struct making *m, struct leaders *all, const bool *supported) {
    const struct output *o = all->priority = m->site->priority;
    all->waiting = arena_array(m->arena, struct waiting_school, o ? m->site->school_count : 0);
    for (size_t i = 0; o && i < m->site->school_count; i++) {
        const struct school *school = m->site->schools[i];
        if (!school_is_open(school) || supported[i] || !school->stands)
            continue;
        values stands = school->stands->domain[o->variable->index];
        if (stands == VALUES_YES)
            all->waiting[all->waiting_count++].school = school;
        else
            all->undecided += (stands & VALUES_YES) != 0;
    }
    for (size_t i = 0; i < all->waiting_count; i++)
        find_reasons(m, o, &all->waiting[i]);
    if (all->waiting_count)
        qsort(all->waiting, all->waiting_count, sizeof(*all->waiting), most_reasons_first);
}

/* ---- all of them ---- */

const struct leaders *leaders_make(const struct site *site, struct arena *arena) {
    struct arena scratch = {0};
    struct making m = {site, arena, &scratch};
    const struct pages *people = &site->pages[CONTENT_PERSON];
    if (site->audience != AUDIENCE_OFFICERS)
        return NULL;
    struct policy_records deployments = records_of(site, STR("deployment"), arena);
    struct leaders *all = arena_new(arena, struct leaders);
    all->items = arena_array(arena, struct leader, people->count);
    for (size_t i = 0; i < people->count; i++)
        all->count += leader_of(&m, people->items[i], &deployments, &all->items[all->count]);
    for (size_t i = 0; i < all->count; i++) {
        const struct leader *l = &all->items[i];
        all->current += l->current;
        all->planned += l->planned;
        all->unknown = all->unknown || l->now.unknown;
        decimal_add(all->days, l->now.days, &all->days);
    }
    find_waiting(&m, all, find_supported(&m, all));
    arena_release(&scratch);
    return all->count ? all : NULL;
}

const struct leader *leaders_of(const struct leaders *leaders, const struct page *person) {
    for (size_t i = 0; leaders && i < leaders->count; i++)
        if (leaders->items[i].person == person)
            return &leaders->items[i];
    return NULL;
}
