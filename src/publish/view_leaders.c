/* SPDX-License-Identifier: MIT */
/*
 * view_leaders.c: the officers' page of system leaders: who supports whom, on what terms, and which schools wait.
 *
 * Officers alone are told, since that a school is supported says that it needs support.
 */
#include "policy/state.h"
#include "portal/deployment.h"
#include "publish/arcs.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* Schools that wait which the page names. */
#define WAITING_MAX 60

/* ---- words ---- */

/* "half a day", "2 days", "1.5 days" */
static struct str days_words(const struct view *view, struct decimal days) {
    struct buf out = {.arena = view->arena};
    decimal_print(&out, days);
    struct str s = buf_str(&out);
    return str_eq(s, STR("0.5"))    ? STR("half a day")
           : str_eq(s, STR("0.25")) ? STR("a quarter of a day")
           : str_eq(s, STR("1"))    ? STR("1 day")
                                    : str_join(view->arena, s, STR(" days"));
}

static struct str week_words(const struct view *view, const struct deployment *d) {
    return d->has_days ? str_join(view->arena, days_words(view, d->days), STR(" a week"))
                       : STR("days not recorded");
}

/* "7 years and 8 months", whole months up to two years, or weeks of what is shorter; both days counted. */
static struct str length_words(const struct view *view, date from, date to) {
    size_t months = 0, weeks = (size_t)(to - from + 1) / 7;
    for (date next = date_add_months(from, 1); next != DATE_NONE && next <= to + 1; months++)
        next = date_add_months(from, (int)months + 2); /* none after the last year that a date may have */
    if (months >= 24)
        return str_join(view->arena, part_count_of(view, months / 12, "year", "years"),
                        months % 12 ? STR(" and ") : STR(""),
                        months % 12 ? part_count_of(view, months % 12, "month", "months") : STR(""));
    return months ? part_count_of(view, months, "month", "months")
                  : part_count_of(view, weeks, "week", "weeks");
}

/* "3 months so far of 6 months", "8 months", "20 months so far, no end agreed" */
static struct str lasted_words(const struct view *view, const struct deployment *d) {
    struct str all = d->to == DATE_NONE ? (struct str){0} : length_words(view, d->from, d->to);
    if (d->state == DEPLOYMENT_ENDED)
        return all;
    if (d->state == DEPLOYMENT_PLANNED)
        return all.len ? all : STR("no end agreed");
    struct str so_far = length_words(view, d->from, view->site->as_of);
    return all.len ? str_join(view->arena, so_far, STR(" so far of "), all)
                   : str_join(view->arena, so_far, STR(" so far, no end agreed"));
}

/* ---- terms ---- */

static bool is_trouble(const struct value *row) {
    struct str tone = part_told(row, "verdict.tone");
    return !str_eq(tone, STR("ok")) && !str_eq(tone, STR("plain"));
}

static bool is_met(const struct value *row) {
    return str_eq(part_told(row, "verdict.tone"), STR("ok"));
}

/* Of all checks the rows that are not met or not known; how many there are that are met; and in a word how it stands. */
static void terms(const struct view *view, struct value_map *m, const struct decided *decided) {
    struct value_map all = part_map(view);
    struct value_list rows = part_list_new(view);
    size_t met = 0;
    bool breach = false;
    view_checks(view, &all, decided);
    struct value v = map_done(&all);
    const struct value *checks = value_at(&v, "checks");
    for (uint32_t i = 0; i < checks->count; i++) {
        const struct value *of = value_at(&checks->items[i], "rows");
        for (uint32_t j = 0; j < of->count; j++) {
            met += is_met(&of->items[j]);
            breach = breach || str_eq(part_told(&of->items[j], "verdict.tone"), STR("stop"));
            if (is_trouble(&of->items[j]))
                list_add(&rows, of->items[j]);
        }
    }
    map_set(m, "terms",
            breach       ? part_tag(view, STR("Outside its terms"), "stop")
            : rows.count ? part_tag(view, STR("To look at"), "warn")
            : met        ? part_tag(view, STR("Within its terms"), "ok")
                         : part_tag(view, STR("No term applies"), "plain"));
    map_text(m, "met_text", met ? part_count_of(view, met, "term met", "terms met") : (struct str){0});
    part_list(view, m, "rows", &rows);
}

/* ---- a deployment ---- */

static struct value state_tag(const struct view *view, enum deployment_state state) {
    return state == DEPLOYMENT_CURRENT   ? part_tag(view, STR("Under way"), "info")
           : state == DEPLOYMENT_PLANNED ? part_tag(view, STR("Planned"), "open")
                                         : part_tag(view, STR("Ended"), "plain");
}

static struct value deployment_item(const struct view *view, const struct deployment *d) {
    struct value_map m = part_map(view);
    const struct page *person = d->record.page;
    map_set(&m, "leader", part_page_link(view, person));
    map_set(&m, "home", part_school_link(view, d->home));
    map_set(&m, "school", part_school_link(view, d->school));
    map_set(&m, "role", part_page_link(view, d->role));
    map_set(&m, "state", state_tag(view, d->state));
    map_text(&m, "days_text", week_words(view, d));
    map_set(&m, "from", part_date(view, d->from));
    map_set(&m, "to", part_date(view, d->to));
    map_text(&m, "length_text", lasted_words(view, d));
    map_text(&m, "aim", part_field(d->record.record, "aim"));
    terms(view, &m, d->decided);
    return map_done(&m);
}

static struct value deployment_items(const struct view *view, const struct leader *leader) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < leader->count; i++)
        list_add(&list, deployment_item(view, &leader->deployments[i]));
    return list_done(&list);
}

/* ---- who may hold a role ---- */

static bool is_verdict(const struct value *of, const char *verdict) {
    return str_eq(part_told(of, "verdict"), str_from(verdict));
}

/* What keeps a row from holding: "National award: no; asks for yes". */
static void add_missing(const struct view *view, struct value_list *list, const struct value *row) {
    const struct value *cells = value_at(row, "cells");
    for (uint32_t i = 0; cells && i < cells->count; i++) {
        const struct value *cell = &cells->items[i];
        if (!is_verdict(cell, "fails") && !is_verdict(cell, "not known"))
            continue;
        struct value_map m = part_map(view);
        map_text(&m, "found", part_told(cell, "found"));
        map_text(&m, "asks", part_told(cell, "text"));
        map_text(&m, "href", part_href(view, part_told(row, "href")));
        list_add(list, map_done(&m));
    }
}

/* Rows as they are told leave out what is no row. */
static void missing(const struct view *view, struct value_map *m, const struct decision *d,
                    const struct value *told, bool asked) {
    struct value_list list = part_list_new(view);
    const struct value *rows = value_at(told, "rows");
    for (size_t i = 0, n = 0; asked && rows && i < d->row_count; i++) {
        if (d->rows[i]->marker)
            continue;
        if (n < rows->count && d->rows[i]->answers[0].set == VALUES_YES)
            add_missing(view, &list, &rows->items[n]);
        n++;
    }
    part_list(view, m, "missing", &list);
}

static struct value eligibility(const struct view *view, const struct leader *leader) {
    struct value_list list = part_list_new(view);
    const struct decided *of = leader->decided;
    struct value tree = of ? view_tree(view, of) : value_null();
    for (size_t i = 0; of && i < of->subject.kind->decision_count; i++) {
        const struct decision *d = of->subject.kind->decisions[i];
        const struct output *o = &d->outputs[0];
        if (d->hit >= HIT_COLLECT || o->type != OUTPUT_YES_NO)
            continue;
        values stands = of->results[i].outputs[0].stands;
        bool yes = stands == VALUES_YES, no = stands == VALUES_NO;
        struct value_map m = part_map(view);
        map_text(&m, "label", o->label);
        map_text(&m, "href", part_href(view, lexicon_table_address(view->arena, d->tables[0])));
        map_set(&m, "answer",
                part_tag(view,
                         yes  ? STR("Yes")
                         : no ? STR("No")
                              : STR("Not known"),
                         yes  ? "ok"
                         : no ? "plain"
                              : "open"));
        missing(view, &m, d, &value_at(&tree, "decisions")->items[i], !yes);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- a leader ---- */

/* Of a bound the row as its worst deployment meets it. */
static struct value bounds(const struct view *view, const struct leader *leader) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < leader->bound_count; i++) {
        const struct row *row = leader->bounds[i].row->row;
        struct value_map all = part_map(view);
        view_checks(view, &all, leader->bounds[i].of->decided);
        struct value v = map_done(&all);
        const struct value *checks = value_at(&v, "checks");
        struct str href = part_href(view, str_join(view->arena, row->table->page, STR("#"), row->address));
        for (uint32_t c = 0; c < checks->count; c++) {
            const struct value *rows = value_at(&checks->items[c], "rows");
            for (uint32_t r = 0; r < rows->count; r++)
                if (str_eq(part_told(&rows->items[r], "href"), href))
                    list_add(&list, rows->items[r]);
        }
    }
    return list_done(&list);
}

/* "1.5 days a week at 2 schools", "not deployed" */
static struct str load_words(const struct view *view, const struct leader_load *load, size_t deployments) {
    if (!deployments)
        return STR("Not deployed now");
    return str_join(view->arena, days_words(view, load->days), STR(" a week"),
                    load->unknown ? STR(" and what is not recorded, at ") : STR(" at "),
                    part_count_of(view, load->schools, "school", "schools"));
}

static struct value leader_item(const struct view *view, const struct leader *leader) {
    struct value_map m = part_map(view);
    struct value_list roles = part_list_new(view);
    for (size_t i = 0; i < leader->role_count; i++)
        list_add(&roles, part_page_link(view, leader->roles[i]));
    struct value of_bounds = bounds(view, leader), of_person = eligibility(view, leader),
                 deployments = deployment_items(view, leader);
    map_text(&m, "id", str_join(view->arena, STR("leader-"), leader->person->slug));
    map_text(&m, "name", leader->person->title);
    map_text(&m, "href", part_href(view, leader->person->address));
    map_text(&m, "post", part_field(&leader->person->front, "post"));
    map_set(&m, "home", part_school_link(view, leader->home));
    part_list(view, &m, "roles", &roles);
    map_text(&m, "load_text", load_words(view, &leader->now, leader->current));
    map_bool(&m, "has_bounds", of_bounds.count);
    map_set(&m, "bounds", of_bounds);
    map_bool(&m, "has_eligibility", of_person.count);
    map_set(&m, "eligibility", of_person);
    map_bool(&m, "has_deployments", deployments.count);
    map_set(&m, "deployments", deployments);
    return map_done(&m);
}

/* ---- the picture ---- */

struct picture {
    struct arcs arcs;
    struct arc_end *from, *to;
    struct arc *items;
    const struct school **schools; /* of `to` */
};

static size_t place_of(struct picture *p, const struct school *school) {
    size_t i = 0;
    while (i < p->arcs.to_count && p->schools[i] != school)
        i++;
    if (i == p->arcs.to_count) {
        p->schools[p->arcs.to_count++] = school;
        p->to[i] = (struct arc_end){.name = school->short_name};
    }
    return i;
}

static int hundredths(struct decimal days) {
    struct decimal d;
    int64_t whole = 0;
    if (decimal_multiply(days, decimal_whole(100), &d) && decimal_round(d, 0, DECIMAL_HALF_UP, &d))
        decimal_to_int64(d, &whole);
    return whole < 0 ? 0 : whole > 1000 ? 1000 : (int)whole;
}

static struct str arc_words(const struct view *view, const struct deployment *d) {
    struct str days = d->has_days ? days_words(view, d->days) : STR("days not recorded");
    return d->state == DEPLOYMENT_PLANNED ? str_join(view->arena, days, STR(", planned")) : days;
}

static void add_leader(const struct view *view, struct picture *p, const struct leader *leader) {
    bool any = false;
    for (size_t i = 0; i < leader->current + leader->planned; i++) {
        const struct deployment *d = &leader->deployments[i];
        if (!d->school)
            continue;
        p->items[p->arcs.count++] = (struct arc){.from = p->arcs.from_count,
                                                 .to = place_of(p, d->school),
                                                 .label = arc_words(view, d),
                                                 .weight = d->has_days ? hundredths(d->days) : 0,
                                                 .planned = d->state == DEPLOYMENT_PLANNED};
        any = true;
    }
    if (any)
        p->from[p->arcs.from_count++] =
            (struct arc_end){.name = leader->home ? leader->home->short_name : leader->person->title,
                             .note = leader->home ? leader->person->title : (struct str){0}};
}

static void picture(const struct view *view, struct value_map *m) {
    const struct leaders *all = view->plan->leaders;
    struct buf out = {.arena = view->arena};
    struct arena scratch = {0};
    size_t room = all->current + all->planned;
    struct picture p = {.from = arena_array(view->arena, struct arc_end, all->count),
                        .to = arena_array(view->arena, struct arc_end, room),
                        .items = arena_array(view->arena, struct arc, room),
                        .schools = arena_array(view->arena, const struct school *, room)};
    p.arcs.caption = (struct chart_caption){STR("support"), STR("Who supports whom"),
                                            STR("A line leads from each supporting school to each school "
                                                "that it supports. The table below gives the same.")};
    for (size_t i = 0; i < all->count; i++)
        add_leader(view, &p, &all->items[i]);
    p.arcs.from = p.from;
    p.arcs.to = p.to;
    p.arcs.items = p.items;
    bool drawn = arcs_draw(&p.arcs, &scratch, &out);
    arena_release(&scratch);
    map_set(m, "map_html", drawn ? value_html(buf_str(&out)) : value_null());
    map_text(m, "map_caption",
             drawn
                 ? str_join(view->arena,
                            STR("From the supporting school to the supported one. The more days a week, the "
                                "thicker the line"),
                            all->planned ? STR("; what is planned is broken.") : STR("."))
                 : (struct str){0});
}

/* ---- schools that wait ---- */

static struct value waiting_item(const struct view *view, const struct waiting_school *w) {
    struct value_map m = part_map(view);
    struct value_list reasons = part_list_new(view);
    for (size_t i = 0; i < w->reason_count; i++)
        list_add(&reasons, part_link(view, w->reasons[i]->label,
                                     str_join(view->arena, w->reasons[i]->table->page, STR("#"),
                                              w->reasons[i]->address)));
    map_text(&m, "name", w->school->name);
    map_text(&m, "href", part_href(view, w->school->address));
    map_set(&m, "phase", part_choice(view, w->school->phase));
    map_set(&m, "cluster", part_page_link(view, w->school->cluster));
    map_set(&m, "officer", part_page_link(view, w->school->link_officer));
    part_list(view, &m, "reasons", &reasons);
    return map_done(&m);
}

static void waiting(const struct view *view, struct value_map *m) {
    const struct leaders *all = view->plan->leaders;
    const struct output *o = all->priority;
    struct value_list list = part_list_new(view);
    size_t shown = all->waiting_count < WAITING_MAX ? all->waiting_count : WAITING_MAX;
    for (size_t i = 0; i < shown; i++)
        list_add(&list, waiting_item(view, &all->waiting[i]));
    map_set(
        m, "priority",
        o ? part_link(view, o->decision->label, lexicon_table_address(view->arena, o->decision->tables[0]))
          : value_null());
    map_text(m, "waiting_text",
             part_count_of(view, all->waiting_count, "school comes first and has no leader",
                           "schools come first and have no leader"));
    map_text(m, "more_text",
             all->waiting_count > shown ? str_join(view->arena, STR("and "),
                                                   part_count(view, all->waiting_count - shown), STR(" more"))
                                        : (struct str){0});
    map_text(m, "undecided_text",
             all->undecided ? part_count_of(view, all->undecided, "other school", "other schools")
                            : (struct str){0});
    part_list(view, m, "waiting", &list);
}

/* ---- the page ---- */

static void going(const struct view *view, struct value_map *m) {
    const struct leaders *all = view->plan->leaders;
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < all->items[i].current + all->items[i].planned; j++)
            list_add(&list, deployment_item(view, &all->items[i].deployments[j]));
    part_list(view, m, "going", &list);
}

struct value view_leaders_link(const struct view *view) {
    return view->plan->leaders ? part_link(view, STR("System leaders"), STR(LEADERS_ADDRESS)) : value_null();
}

struct value view_leaders(const struct view *view, struct page_words *words) {
    const struct leaders *all = view->plan->leaders;
    struct value_map m = part_map(view);
    struct value_list items = part_list_new(view);
    words->title = STR("System leaders");
    words->description =
        STR("Who supports which school, for how long and on what terms, and which schools come next.");
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_PERSON));
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", part_count_of(view, all->count, "system leader", "system leaders"));
    map_text(&m, "load_text",
             all->current ? str_join(view->arena,
                                     part_count_of(view, all->current, "deployment under way, ",
                                                   "deployments under way, "),
                                     days_words(view, all->days), STR(" a week"))
                          : STR("No deployment under way"));
    map_text(&m, "supported_text",
             part_count_of(view, all->supported, "school supported", "schools supported"));
    picture(view, &m);
    going(view, &m);
    for (size_t i = 0; i < all->count; i++)
        list_add(&items, leader_item(view, &all->items[i]));
    part_list(view, &m, "items", &items);
    waiting(view, &m);
    return map_done(&m);
}

/* ---- on a person's own page ---- */

void view_leader(const struct view *view, struct value_map *m, const struct page *person) {
    const struct leader *leader = leaders_of(view->plan->leaders, person);
    struct value deployments =
        leader ? deployment_items(view, leader) : list_done(&(struct value_list){.arena = view->arena});
    map_bool(m, "has_deployments", deployments.count);
    map_set(m, "deployments", deployments);
    map_set(m, "leaders", leader ? view_leaders_link(view) : value_null());
    map_set(m, "decided", leader ? view_decided(view, leader->decided) : value_null());
}
