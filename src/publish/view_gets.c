/* SPDX-License-Identifier: MIT */
/*
 * view_gets.c: what a school like this gets, from the tables of the policy pages and from what offers say of whom they are
 * for.
 *
 * Each audience has its own run, with the facts that it may see. What is certain all the same, or one of a few, is printed,
 * and links to the row or the table that says so. So everybody reads the same tables, and nobody reads more from them
 * than they may know.
 */
#include "policy/search.h"
#include "portal/offer.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

const struct decided *view_run(const struct view *view, const struct policy_record *record) {
    struct arena scratch = {0};
    struct decided *decided = arena_new(view->arena, struct decided);
    bool some = decided_run(view->site, record, view->site->as_of, view->arena, &scratch, decided);
    arena_release(&scratch);
    return some ? decided : NULL;
}

const struct decided *view_decide(const struct view *view, const struct school *school) {
    struct policy_record record = record_of_school(school);
    bool some = view->plan->decision_count || view->plan->worklists;
    return some && school_is_listed(school) ? view_run(view, &record) : NULL;
}

/* ---- where it says so ---- */

static struct str row_address(const struct view *view, const struct row *row) {
    return str_join(view->arena, row->table->page, STR("#"), row->address);
}

/* The row that decides where one does, else the table. */
static struct str says_so(const struct view *view, const struct decided *decided, const struct decision *d) {
    const struct row *winner = decision_winner(&decided->subject, d);
    return winner ? row_address(view, winner) : lexicon_table_address(view->arena, d->tables[0]);
}

/* ---- one answer ---- */

static values every_answer(const struct output *o) {
    return o->answer_count ? ~(values)0 >> (64 - o->answer_count) : 0;
}

/* What there is to print, or 0. What was recorded stands; else what the tables leave possible. */
static values worth_saying(const struct output *o, const struct output_result *r) {
    values mask = r->recorded || r->automatic ? r->stands : r->candidates, proper = mask & ~VALUES_IMPROPER;
    bool settled = r->status == DECISION_SETTLED || r->recorded;
    if (!proper || r->number)
        return 0;
    if (o->type == OUTPUT_QUANTITY)
        return mask;
    if (o->type == OUTPUT_TEXT || r->nothing)
        return settled ? mask : 0;
    return settled || proper != every_answer(o) ? mask : 0;
}

/* Whether there is nothing behind an answer: a letter tells a school what it gets. By its words, since a text may say
 * "None" as well as a quantity. */
static bool is_nothing(struct str answer) {
    static const char *const words[] = {"None", "No", "Not stated", "Not determined"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq(answer, str_from(words[i])))
            return true;
    return false;
}

static void add_row(const struct view *view, struct value_list *rows, const struct output *o, struct str text,
                    struct str address) {
    struct value_map m = part_map(view);
    map_text(&m, "term", o->label);
    map_text(&m, "text", text);
    map_text(&m, "href", part_href(view, address));
    map_text(&m, "where", o->decision->label);
    map_bool(&m, "nothing", is_nothing(text));
    list_add(rows, map_done(&m));
}

static void add_outputs(const struct view *view, struct value_list *rows, const struct decided *decided,
                        const struct names *only, const struct decision_result *r) {
    struct str address = {0};
    for (size_t i = 0; i < r->decision->output_count; i++) {
        const struct output *o = &r->decision->outputs[i];
        if (only && !names_have(only, o))
            continue;
        values mask = output_visible(o, view->site->audience) ? worth_saying(o, &r->outputs[i]) : 0;
        bool open = view->site->audience == AUDIENCE_OFFICERS && !r->outputs[i].number &&
                    r->outputs[i].status != DECISION_NOT_APPLICABLE;
        if (!address.len)
            address = says_so(view, decided, r->decision);
        if (mask)
            add_row(view, rows, o, part_alone(view, o, mask), address);
        else if (open)
            add_row(view, rows, o, STR("Not determined"), address);
    }
}

/* ---- offers, and other entries that rows give ---- */

static struct value entry(const struct view *view, const struct decision *d, const struct collected *c,
                          const struct page *offer) {
    struct value_map m = part_map(view);
    struct value_list cells = part_list_new(view);
    for (size_t i = 1; i < d->output_count; i++)
        if ((c->outcomes[i].set & ~VALUES_IMPROPER) && output_visible(&d->outputs[i], view->site->audience))
            list_add(&cells, part_row(view, d->outputs[i].label,
                                      part_alone(view, &d->outputs[i], c->outcomes[i].set)));
    map_text(&m, "title", part_alone(view, &d->outputs[0], c->key));
    map_text(&m, "href", part_href(view, offer ? offer->address : row_address(view, c->row)));
    map_set(&m, "values", list_done(&cells));
    return map_done(&m);
}

static void add_entries(const struct view *view, struct value_list *lists, const struct decision_result *r,
                        enum truth *offered) {
    const struct decision *d = r->decision;
    struct value_list certain = part_list_new(view), possible = part_list_new(view);
    struct buf text = {.arena = view->arena};
    bool offers = d->outputs[0].type == OUTPUT_OFFER;
    for (size_t i = 0; i < r->entry_count && output_visible(&d->outputs[0], view->site->audience); i++) {
        const struct collected *c = &r->entries[i];
        const struct page *offer = offer_of_answer(
            view->site, &d->outputs[0], &d->outputs[0].answers[__builtin_ctzll(c->key)], view->arena);
        if (offers && (!offer || !offer->visible))
            continue;
        list_add(c->certain ? &certain : &possible, entry(view, d, c, offer));
        if (c->certain && certain.count > 1)
            buf_add(&text, STR("; "));
        if (c->certain)
            buf_add(&text, part_alone(view, &d->outputs[0], c->key));
        if (offer && offered[offer->index] != TRUTH_YES)
            offered[offer->index] = c->certain ? TRUTH_YES : TRUTH_MAYBE;
    }
    if (!certain.count && !possible.count)
        return;
    struct value_map m = part_map(view);
    map_text(&m, "label", d->label);
    map_text(&m, "href", part_href(view, lexicon_table_address(view->arena, d->tables[0])));
    part_list(view, &m, "certain", &certain);
    part_list(view, &m, "possible", &possible);
    map_text(&m, "certain_text", buf_str(&text));
    list_add(lists, map_done(&m));
}

/* ---- offers that say themselves whom they are for ---- */

/* Those of one level that are open to the school, or may be, without those of which the tables have said as much. */
static struct value offers_of(const struct view *view, const struct school *school, size_t level,
                              enum truth open, const enum truth *offered) {
    struct value_list list = part_list_new(view);
    const struct pages *pages = &view->site->pages[CONTENT_OFFER];
    for (size_t i = 0; i < pages->count; i++)
        if (offered[i] != TRUTH_YES && offered[i] != open && view_offer_level(pages->items[i]) == level &&
            offer_open_to(pages->items[i], school) == open)
            list_add(&list, part_offer(view, pages->items[i]));
    if (!list.count)
        return value_null();
    struct value_map m = part_map(view);
    map_set(&m, "offers", list_done(&list));
    return map_done(&m);
}

static void levels(const struct view *view, struct value_map *m, const struct school *school,
                   const enum truth *offered) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; school && i < OFFER_LEVELS; i++) {
        struct value open = offers_of(view, school, i, TRUTH_YES, offered);
        struct value possible = offers_of(view, school, i, TRUTH_MAYBE, offered);
        if (open.kind == VALUE_NULL && possible.kind == VALUE_NULL)
            continue;
        struct value_map l = part_map(view);
        map_set(&l, "level", view_level(view, i, false));
        map_set(&l, "open", open);
        map_set(&l, "possible", possible);
        list_add(&list, map_done(&l));
    }
    part_list(view, m, "levels", &list);
}

/* A table that says when things are due is told as dates, where one asks for what follows. */
static bool is_calendar(const struct decision *d) {
    for (size_t i = 0; i < d->output_count; i++)
        if (d->outputs[i].type == OUTPUT_DUE)
            return true;
    return false;
}

/* Whether any row gives something. */
static bool gives(const struct value_list *rows) {
    for (uint32_t i = 0; i < rows->count; i++)
        if (!value_get(&rows->items[i], STR("nothing"))->truth)
            return true;
    return false;
}

struct value view_gets(const struct view *view, const struct school *school, const struct decided *decided,
                       const struct names *only) {
    struct value_list rows = part_list_new(view), lists = part_list_new(view);
    struct value_map m = part_map(view);
    enum truth *offered = arena_array(view->arena, enum truth, view->site->pages[CONTENT_OFFER].count);
    for (size_t i = 0; decided && i < view->plan->decision_count; i++) {
        const struct decision_result *r =
            decision_result_of(decided->subject.kind, decided->results, view->plan->decisions[i]);
        if (!r || r->hidden || (only && is_calendar(r->decision)))
            continue;
        if (r->decision->hit == HIT_COLLECT && (!only || names_have(only, &r->decision->outputs[0])))
            add_entries(view, &lists, r, offered);
        else if (r->decision->hit < HIT_COLLECT)
            add_outputs(view, &rows, decided, only, r);
    }
    map_bool(&m, "from_tables", rows.count || lists.count);
    map_bool(&m, "has_given", gives(&rows));
    part_list(view, &m, "rows", &rows);
    part_list(view, &m, "lists", &lists);
    levels(view, &m, only ? NULL : school, offered);
    struct value gets = map_done(&m);
    bool some = rows.count || lists.count || value_get(&gets, STR("has_levels"))->truth;
    return some ? gets : value_null();
}
