/* SPDX-License-Identifier: MIT */
/*
 * view_gets.c: what a school like this gets, from the tables of the policy pages.
 *
 * Each audience has its own run, with the facts that it may see. What is certain all the same, or one of a few, is printed,
 * and links to the row or the table that says so. So everybody reads the same tables, and nobody reads more from them
 * than they may know.
 */
#include "policy/search.h"
#include "policy/words.h"
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

static struct str words_of(const struct view *view, const struct output *o, values mask) {
    struct buf out = {.arena = view->arena};
    words_answers(&out, o, mask);
    return buf_str(&out);
}

/* The answers of a quantity that are numbers. */
static values numbers_of(const struct output *o, values mask) {
    values numbers = 0;
    for (size_t i = 0; o->type == OUTPUT_QUANTITY && i < o->answer_count; i++)
        if (o->answers[i].quantity.shape <= QUANTITY_UP_TO)
            numbers |= mask & VALUE_BIT(i);
    return numbers;
}

/* "2 to 9 visits a year", "2 or 6 visits a year, or to be agreed", "To be agreed". An amount with a period of its own,
 * "1 a term", is given no other. */
static struct str answer_words(const struct view *view, const struct output *o, values mask) {
    values numbers = numbers_of(o, mask);
    struct str amount = words_of(view, o, numbers);
    bool plain = amount.at[amount.len - 1] >= '0' && amount.at[amount.len - 1] <= '9';
    if (!numbers)
        return part_answer(words_of(view, o, mask));
    if (plain)
        amount = str_join(view->arena, amount, STR(" "), o->unit.text);
    return mask == numbers ? amount
                           : str_join(view->arena, amount, STR(", or "), words_of(view, o, mask & ~numbers));
}

static void add_row(const struct view *view, struct value_list *rows, const struct output *o, struct str text,
                    struct str address) {
    struct value_map m = part_map(view);
    map_text(&m, "term", o->label);
    map_text(&m, "text", text);
    map_text(&m, "href", part_href(view, address));
    map_text(&m, "where", o->decision->label);
    list_add(rows, map_done(&m));
}

static void add_outputs(const struct view *view, struct value_list *rows, const struct decided *decided,
                        const struct decision_result *r) {
    struct str address = {0};
    for (size_t i = 0; i < r->decision->output_count; i++) {
        const struct output *o = &r->decision->outputs[i];
        values mask = output_visible(o, view->site->audience) ? worth_saying(o, &r->outputs[i]) : 0;
        bool open = view->site->audience == AUDIENCE_OFFICERS && !r->outputs[i].number &&
                    r->outputs[i].status != DECISION_NOT_APPLICABLE;
        if (!address.len)
            address = says_so(view, decided, r->decision);
        if (mask)
            add_row(view, rows, o, answer_words(view, o, mask), address);
        else if (open)
            add_row(view, rows, o, STR("Not determined"), address);
    }
}

/* ---- offers, and other entries that rows give ---- */

/* The page that a row's link leads to, or NULL. */
static const struct page *offer_page(const struct view *view, const struct output *o,
                                     const struct collected *c) {
    struct str link = o->answers[__builtin_ctzll(c->key)].id;
    return o->type == OUTPUT_OFFER
               ? site_target(view->site, view->arena, c->row->table->source->path, link).page
               : NULL;
}

static struct value entry(const struct view *view, const struct decision *d, const struct collected *c,
                          const struct page *offer) {
    struct value_map m = part_map(view);
    struct value_list cells = part_list_new(view);
    for (size_t i = 1; i < d->output_count; i++)
        if ((c->outcomes[i].set & ~VALUES_IMPROPER) && output_visible(&d->outputs[i], view->site->audience))
            list_add(&cells, part_row(view, d->outputs[i].label,
                                      answer_words(view, &d->outputs[i], c->outcomes[i].set)));
    map_text(&m, "title", answer_words(view, &d->outputs[0], c->key));
    map_text(&m, "href", part_href(view, offer ? offer->address : row_address(view, c->row)));
    map_set(&m, "values", list_done(&cells));
    return map_done(&m);
}

static void add_entries(const struct view *view, struct value_list *lists, const struct decision_result *r,
                        bool *offered) {
    const struct decision *d = r->decision;
    struct value_list certain = part_list_new(view), possible = part_list_new(view);
    bool offers = d->outputs[0].type == OUTPUT_OFFER;
    for (size_t i = 0; i < r->entry_count && output_visible(&d->outputs[0], view->site->audience); i++) {
        const struct collected *c = &r->entries[i];
        const struct page *offer = offer_page(view, &d->outputs[0], c);
        if (offers && (!offer || !offer->visible || offer->kind != CONTENT_OFFER))
            continue;
        list_add(c->certain ? &certain : &possible, entry(view, d, c, offer));
        if (offer)
            offered[offer->index] = true;
    }
    if (!certain.count && !possible.count)
        return;
    struct value_map m = part_map(view);
    map_text(&m, "label", d->label);
    map_text(&m, "href", part_href(view, lexicon_table_address(view->arena, d->tables[0])));
    part_list(view, &m, "certain", &certain);
    part_list(view, &m, "possible", &possible);
    list_add(lists, map_done(&m));
}

struct value view_gets(const struct view *view, const struct decided *decided, bool *offered) {
    struct value_list rows = part_list_new(view), lists = part_list_new(view);
    for (size_t i = 0; decided && i < view->plan->decision_count; i++) {
        const struct decision_result *r =
            decision_result_of(decided->subject.kind, decided->results, view->plan->decisions[i]);
        if (!r || r->hidden)
            continue;
        if (r->decision->hit == HIT_COLLECT)
            add_entries(view, &lists, r, offered);
        else if (r->decision->hit < HIT_COLLECT)
            add_outputs(view, &rows, decided, r);
    }
    if (!rows.count && !lists.count)
        return value_null();
    struct value_map m = part_map(view);
    part_list(view, &m, "rows", &rows);
    part_list(view, &m, "lists", &lists);
    return map_done(&m);
}
