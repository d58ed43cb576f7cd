/* SPDX-License-Identifier: MIT */
/* coverage_gap.c: why schools are not covered, and what would be reached if every proposal were formed. For officers. */
#include <stdlib.h>

#include "portal/coverage.h"
#include "portal/member.h"
#include "portal/partnership.h"

/* ---- reasons ---- */

struct reasons {
    const struct site *site;
    struct arena *arena;
    struct coverage_gap *gap;
};

static void add(struct reasons *r, struct coverage_reason reason) {
    struct coverage_gap *g = r->gap;
    size_t size = sizeof(struct coverage_reason), at = g->count;
    g->reasons =
        arena_grow(r->arena, g->reasons, at * size, (at + 1) * size, alignof(struct coverage_reason));
    for (g->count++; at > 0 && g->reasons[at - 1].kind > reason.kind; at--)
        g->reasons[at] = g->reasons[at - 1];
    g->reasons[at] = reason;
}

/* Of a partnership that is formed: it begins later, or it works and does not count. Of one that is not: it is under way, or was
 * declined, by the school or by all. What is dissolved or has ended is history. */
static void reason_of(struct reasons *r, const struct value *membership) {
    const struct site *site = r->site;
    const struct page *group =
        site_page(site, CONTENT_PARTNERSHIP, value_words(value_at(membership, "partnership")));
    date to = value_date(value_at(membership, "to"));
    enum partnership_stage stage = group ? partnership_stage(group) : PARTNERSHIP_DISSOLVED;
    if (stage == PARTNERSHIP_DISSOLVED || (to != DATE_NONE && to <= site->as_of))
        return;
    bool declined = membership_is_declined(membership);
    date begins =
        date_later(value_date(value_at(membership, "from")), value_date(value_at(&group->front, "formed")));
    struct coverage_reason reason = {.group = group, .membership = membership, .on = DATE_NONE};
    if (declined || stage == PARTNERSHIP_DECLINED) {
        reason.kind = GAP_DECLINED;
        reason.on = declined ? value_date(value_at(membership, "decided")) : DATE_NONE;
    } else if (member_part(membership) == PART_ASSOCIATE) {
        reason.kind = GAP_ASSOCIATE;
    } else if (stage == PARTNERSHIP_UNDER_WAY) {
        reason.kind = GAP_PROPOSED;
    } else {
        reason.kind = begins > site->as_of ? GAP_BEGINS : GAP_MEMBER;
        reason.on = begins;
    }
    add(r, reason);
}

static void reasons_of(struct reasons *r, const struct school *s) {
    const struct value *list = value_at(&s->record, "memberships");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        reason_of(r, &list->items[i]);
    if (!school_is_open(s))
        add(r,
            (struct coverage_reason){.kind = GAP_TO_OPEN, .on = value_date(value_at(&s->record, "opened"))});
    bool says = value_at(&s->record, "wishes") != NULL;
    add(r, (struct coverage_reason){.kind = says ? GAP_WISHES : GAP_SILENT, .on = DATE_NONE});
}

/* What would settle a school of which it is not known. */
static void add_missing(struct reasons *r, const struct decided *d) {
    const struct decision_result *result =
        decision_result_of(d->subject.kind, d->results, r->site->coverage->counted->decision);
    for (size_t i = 0; result && i < result->missing_count; i++)
        add(r, (struct coverage_reason){.kind = GAP_UNKNOWN, .missing = result->missing[i], .on = DATE_NONE});
}

/* ---- if it were formed ---- */

static enum truth covered_if(struct reasons *r, const struct coverage_reason *reason, struct arena *scratch) {
    struct policy_record record = record_of_school(r->gap->school);
    struct decided_change change = {.membership = reason->membership};
    struct arena inner = {0};
    struct decided d;
    enum truth covered = TRUTH_NO;
    if (decided_run_with(r->site, &record, r->site->as_of, &change, scratch, &inner, &d))
        covered = coverage_of(r->site->coverage, &d.subject, scratch);
    arena_release(&inner);
    return covered;
}

/* The best of what its proposals would make of it. */
static enum truth would_be(struct reasons *r, enum truth covered, struct arena *scratch) {
    for (size_t i = 0; i < r->gap->count && covered != TRUTH_YES; i++) {
        const struct coverage_reason *reason = &r->gap->reasons[i];
        if (reason->kind != GAP_PROPOSED && reason->kind != GAP_BEGINS)
            continue;
        struct arena_mark mark = arena_mark(scratch);
        enum truth then = covered_if(r, reason, scratch);
        covered = then == TRUTH_NO ? covered : then;
        arena_rewind(scratch, mark);
    }
    return covered;
}

/* ---- all schools ---- */

static void explain(struct reasons *r, const struct school *s, enum truth covered, struct arena *scratch) {
    struct coverage_gap *g = r->gap;
    struct arena_mark mark = arena_mark(scratch);
    struct arena inner = {0};
    struct policy_record record = record_of_school(s);
    struct decided d;
    *g = (struct coverage_gap){.school = s};
    if (covered == TRUTH_MAYBE && decided_run(r->site, &record, r->site->as_of, scratch, &inner, &d))
        add_missing(r, &d);
    reasons_of(r, s);
    g->kind = covered == TRUTH_MAYBE ? GAP_UNKNOWN : g->reasons[0].kind;
    g->would = would_be(r, covered, scratch);
    arena_release(&inner);
    arena_rewind(scratch, mark);
}

/* What is not counted at all comes after what is. */
static int rank_of(const struct coverage_gap *gap) {
    return gap->kind == GAP_TO_OPEN ? GAP_COUNT : (int)gap->kind;
}

static int by_kind(const void *x, const void *y) {
    const struct coverage_gap *a = x, *b = y;
    if (a->kind != b->kind)
        return rank_of(a) < rank_of(b) ? -1 : 1;
    return a->school->index < b->school->index ? -1 : a->school->index > b->school->index;
}

static size_t count_proposals(const struct site *site) {
    const struct pages *pages = &site->pages[CONTENT_PARTNERSHIP];
    size_t n = 0;
    for (size_t i = 0; i < pages->count; i++)
        n += partnership_stage(pages->items[i]) == PARTNERSHIP_UNDER_WAY;
    return n;
}

void coverage_explain(const struct site *site, struct coverage *c, struct arena *arena) {
    struct arena scratch = {0};
    c->gaps =
        arena_array(arena, struct coverage_gap, c->all.all.schools - c->all.covered.schools + c->to_open);
    c->reached = c->all.covered.schools;
    c->proposals = count_proposals(site);
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        if (!school_is_listed(s) || !s->stands)
            continue;
        enum truth covered = coverage_of(c->terms, s->stands, &scratch);
        if (covered == TRUTH_YES && school_is_open(s))
            continue;
        struct reasons r = {site, arena, &c->gaps[c->gap_count]};
        explain(&r, s, covered, &scratch);
        c->reached += school_is_open(s) && r.gap->would == TRUTH_YES;
        c->might += school_is_open(s) && r.gap->would == TRUTH_MAYBE;
        c->gap_count++;
    }
    if (c->gap_count)
        qsort(c->gaps, c->gap_count, sizeof(*c->gaps), by_kind);
    arena_release(&scratch);
}
