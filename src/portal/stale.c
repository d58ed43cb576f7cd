/* SPDX-License-Identifier: MIT */
/* stale.c: pages whose review is due. */
#include "portal/stale.h"

#include <stdlib.h>

#include "portal/partnership.h"

/* The regulations ask for a review of the accessibility statement within a year of the last. */
#define STATEMENT_MONTHS 12

static const struct value *statement_of(const struct site *site) {
    return value_at(&site->portal, "accessibility");
}

/* What has taken place by the as-of day; a portal that speaks of an earlier day does not know of later reviews. */
static date taken_place(const struct site *site, const struct value *day) {
    date d = value_date(day);
    return d <= site->as_of ? d : DATE_NONE;
}

date stale_reviewed(const struct site *site, const struct page *page) {
    return taken_place(site, value_at(&page->front, "reviewed"));
}

static void settle(const struct site *site, struct stale *s) {
    if (s->due == DATE_NONE)
        return;
    if (s->due < site->as_of) {
        s->state = STALE_OVERDUE;
        s->days = (size_t)(site->as_of - s->due);
    } else if (s->due <= date_add_months(site->as_of, STALE_SOON_MONTHS)) {
        s->state = STALE_SOON;
    }
}

static bool is_asked(const struct page *page) {
    enum partnership_stage stage = partnership_stage(page);
    bool over = stage == PARTNERSHIP_DISSOLVED || stage == PARTNERSHIP_DECLINED;
    return page->kind != CONTENT_PERSON && !(page->kind == CONTENT_PARTNERSHIP && over);
}

struct stale stale_of(const struct site *site, const struct page *page) {
    bool asked = is_asked(page);
    struct stale s = {.page = page,
                      .reviewed = stale_reviewed(site, page),
                      .due = value_date(value_at(&page->front, "review_by")),
                      .unowned = asked && !value_at(&page->front, "owner")};
    settle(site, &s);
    if (s.state == STALE_FRESH && asked && s.reviewed == DATE_NONE)
        s.state = STALE_NEVER;
    return s;
}

static struct stale stale_statement(const struct site *site) {
    const struct value *a = statement_of(site);
    date prepared = taken_place(site, value_at(a, "prepared"));
    struct stale s = {.reviewed = taken_place(site, value_at(a, "reviewed"))};
    date last = date_later(prepared, s.reviewed);
    s.due = last == DATE_NONE ? DATE_NONE : date_add_months(last, STATEMENT_MONTHS);
    settle(site, &s);
    return s;
}

/* ---- the list ---- */

/* What is not dated comes last. */
static int rank_of(const struct stale *s) {
    return s->state == STALE_FRESH ? STALE_NEVER + 1 : (int)s->state;
}

static struct str address_of(const struct stale *s) {
    return s->page ? s->page->address : STR("accessibility.html");
}

static int compare(const void *x, const void *y) {
    const struct stale *a = x, *b = y;
    if (rank_of(a) != rank_of(b))
        return rank_of(a) - rank_of(b);
    bool dated = a->state == STALE_OVERDUE || a->state == STALE_SOON;
    if (dated && a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return str_cmp(address_of(a), address_of(b));
}

void stale_list(const struct site *site, struct arena *arena, struct stales *out) {
    *out = (struct stales){.items = arena_array(arena, struct stale, site->all.count + 1)};
    struct stale statement = stale_statement(site);
    if (statement.state != STALE_FRESH)
        out->items[out->count++] = statement;
    for (size_t i = 0; i < site->all.count; i++) {
        if (!site->all.items[i]->visible)
            continue;
        struct stale s = stale_of(site, site->all.items[i]);
        if (s.state != STALE_FRESH || s.unowned)
            out->items[out->count++] = s;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(struct stale), compare);
}

/* ---- what is said of it ---- */

static void check_day(const struct value *reviewed, date day, struct diags *diags) {
    if (value_date(reviewed) > day)
        diag(diags, DIAG_REVIEW_AHEAD, value_place(reviewed), date_long(diags->arena, value_date(reviewed)),
             date_long(diags->arena, day));
}

void stale_check(const struct site *site, date day, struct diags *diags) {
    date last = date_later(day, site->as_of);
    for (size_t i = 0; i < site->all.count; i++)
        check_day(value_at(&site->all.items[i]->front, "reviewed"), last, diags);
    check_day(value_at(statement_of(site), "reviewed"), last, diags);
}

static void report_one(const struct stale *s, struct place due, struct place file, struct diags *diags) {
    if (s->state == STALE_OVERDUE)
        diag(diags, DIAG_REVIEW_OVERDUE, due, date_long(diags->arena, s->due),
             str_whole(diags->arena, (long long)s->days), s->days == 1 ? STR("day") : STR("days"));
    else if (s->state == STALE_NEVER)
        diag_plain(diags, DIAG_REVIEW_NEVER, file);
    if (s->unowned)
        diag_plain(diags, DIAG_REVIEW_OWNER, file);
}

void stale_report(const struct site *site, struct diags *diags) {
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        const struct value *due = value_at(&page->front, "review_by");
        struct stale s = stale_of(site, page);
        struct place file = place_file(page->source);
        report_one(&s, due ? value_place(due) : file, file, diags);
    }
    const struct value *a = statement_of(site), *reviewed = value_at(a, "reviewed");
    struct stale statement = stale_statement(site);
    report_one(&statement, value_place(reviewed ? reviewed : a), place_file(site->portal_source), diags);
}
