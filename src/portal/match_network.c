/* SPDX-License-Identifier: MIT */
/* match_network.c: who takes part in a match of a portal's schools, and which partnerships stay as they are. */
#include <stdlib.h>

#include "portal/decided.h"
#include "portal/match_inside.h"
#include "portal/partnership.h"

const struct decision *match_declared(const struct policy *policy) {
    for (size_t i = 0; i < policy->decision_count; i++)
        if (policy->decisions[i]->kind == TABLE_MATCH && policy->decisions[i]->match)
            return policy->decisions[i];
    return NULL;
}

/* ---- schools ---- */

struct gathering {
    const struct site *site;
    const struct policy_kind *kind;
    const struct match_plan *plan;
    enum match_keep keep;
    struct arena *arena;
    struct match_school *schools;
    size_t count;
    struct subject **subjects; /* of every school, those that are closed too */
};

static void gather_school(struct gathering *g, const struct school *school,
                          const struct decided_change *change, struct arena *scratch, size_t i) {
    struct policy_record record = record_of_school(school);
    struct decided *d = arena_new(g->arena, struct decided);
    decided_run_with(g->site, &record, g->site->as_of, change, g->arena, scratch, d);
    g->subjects[i] = &d->subject;
    if (!school_is_open(school))
        return;
    g->schools[g->count++] = (struct match_school){
        .id = school->slug,
        .name = school->short_name.len ? school->short_name : school->name,
        .school = school,
        .subject = &d->subject,
        .takes_part = d->subject.domain[g->plan->pool->variable->index] == VALUES_YES,
        .located = school->located,
        .easting = school->easting,
        .northing = school->northing,
    };
}

static int by_id(const void *a, const void *b) {
    return str_cmp(((const struct match_school *)a)->id, ((const struct match_school *)b)->id);
}

static void gather_schools(struct gathering *g) {
    struct arena scratch = {0};
    static const struct decided_change alone = {.alone = true};
    g->schools = arena_array(g->arena, struct match_school, g->site->school_count);
    g->subjects = arena_array(g->arena, struct subject *, g->site->school_count);
    for (size_t i = 0; i < g->site->school_count; i++)
        gather_school(g, g->site->schools[i], g->keep == MATCH_KEEP_NONE ? &alone : NULL, &scratch, i);
    arena_release(&scratch);
    qsort(g->schools, g->count, sizeof(*g->schools), by_id);
}

/* A group's rows may speak of all schools; they are those of the match, and not those of the site, which are in their
 * partnerships whatever is kept. */
struct records {
    const struct policy_kind *kind;
    struct feel_value list;
};

static bool all_schools(void *context, const struct policy_kind *kind, struct feel_value *out) {
    const struct records *records = context;
    *out = records->list;
    return kind == records->kind;
}

static const struct subject_world *world_of(const struct gathering *g) {
    struct records *records = arena_new(g->arena, struct records);
    struct subject_world *world = arena_new(g->arena, struct subject_world);
    struct feel_value *items = arena_array(g->arena, struct feel_value, g->site->school_count);
    *world = (struct subject_world){all_schools, records};
    for (size_t i = 0; i < g->site->school_count; i++) {
        g->subjects[i]->world = world;
        items[i] = feel_record(g->kind->class, g->subjects[i]);
    }
    *records = (struct records){g->kind, feel_list(g->arena, items, g->site->school_count)};
    return world;
}

/* ---- partnerships ---- */

static size_t school_index(const struct gathering *g, const struct school *school) {
    struct match_school wanted = {.id = school->slug};
    const struct match_school *found = bsearch(&wanted, g->schools, g->count, sizeof(wanted), by_id);
    return found ? (size_t)(found - g->schools) : g->count;
}

static size_t form_of(const struct match_plan *plan, struct str kind) {
    for (size_t i = 0; i < plan->kind_count; i++)
        if (str_eq(plan->kinds[i]->id, kind))
            return i;
    return plan->kind_count;
}

static int compare_size(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* Those members or associates of a partnership that the match knows, and whose governing body has not declined. */
static const size_t *standing_of(const struct gathering *g, const struct page *page, bool associates,
                                 size_t *count) {
    size_t *indices = arena_array(g->arena, size_t, page->members.count);
    *count = 0;
    for (size_t i = 0; i < page->members.count; i++) {
        const struct membership *m = page->members.items[i];
        bool declined = membership_is_declined(m->record);
        size_t index = school_index(g, m->school);
        if (index < g->count && !declined && (m->part == PART_ASSOCIATE) == associates)
            indices[(*count)++] = index;
    }
    qsort(indices, *count, sizeof(*indices), compare_size);
    return indices;
}

/* Of a partnership that works, members who take part in the match are free to be offered another; of one that is to come, all
 * are held, since what they are asked, or agreed to, would change under them. */
static void hold(const struct gathering *g, struct match_group *group, bool formed) {
    size_t *held = arena_array(g->arena, size_t, group->count);
    for (size_t i = 0; i < group->count; i++)
        if (!formed || !g->schools[group->schools[i]].takes_part)
            held[group->held_count++] = group->schools[i];
    for (size_t i = 0; i < group->held_count; i++)
        g->schools[held[i]].takes_part = false;
    group->held = held;
}

static void gather_group(const struct gathering *g, const struct page *page, struct match_group *out) {
    *out = (struct match_group){.page = page,
                                .title = page->short_title,
                                .form = form_of(g->plan, value_words(value_at(&page->front, "kind"))),
                                .kept = partnership_is_agreed(page) || g->keep == MATCH_KEEP_ALL};
    out->schools = standing_of(g, page, false, &out->count);
    out->associates = standing_of(g, page, true, &out->associate_count);
    if (out->kept)
        hold(g, out, partnership_is_formed(page));
}

static void gather_groups(const struct gathering *g, struct match_network *out) {
    const struct pages *pages = &g->site->pages[CONTENT_PARTNERSHIP];
    struct match_group *groups = arena_array(g->arena, struct match_group, pages->count);
    for (size_t i = 0; i < pages->count && g->keep != MATCH_KEEP_NONE; i++)
        if (!partnership_is_over(pages->items[i]))
            gather_group(g, pages->items[i], &groups[out->group_count++]);
    out->groups = groups;
}

/* ---- all of it ---- */

void match_run(const struct site *site, const struct match_options *options, struct arena *arena,
               struct match_result *out) {
    const struct decision *match = match_declared(&site->policy);
    *out = (struct match_result){.match = match};
    if (!match)
        return;
    struct gathering g = {.site = site,
                          .kind = policy_kind(&site->policy, POLICY_SUBJECT),
                          .plan = match->match,
                          .keep = options->keep,
                          .arena = arena};
    struct match_network network = {
        .policy = &site->policy, .match = match, .site = site, .as_of = site->as_of};
    gather_schools(&g);
    network.world = world_of(&g);
    gather_groups(&g, &network);
    network.schools = g.schools;
    network.count = g.count;
    match_network_run(&network, options, arena, out);
}
