/* SPDX-License-Identifier: MIT */
/*
 * view_entitled.c: whom one offer is for: its own conditions, the rows of tables that name it, and for officers the schools.
 *
 * Conditions are words of public pages; who meets them is worked out for each audience, and listed for officers alone.
 */
#include "policy/table.h"
#include "policy/words.h"
#include "portal/offer.h"
#include "publish/decor.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* An expression that reads more than this is read in its own words. */
#define READS_MAX 64

/* ---- its own conditions ---- */

static struct value text_part(const struct view *view, struct str text, struct str href) {
    struct value_map m = part_map(view);
    map_text(&m, "text", text);
    map_text(&m, "href", href);
    return map_done(&m);
}

/* The first phrase of a key or a cell from a byte on that leads to a definition, or NULL. */
static const struct column_link *next_link(const struct policy_question *q, size_t row, size_t column,
                                           size_t from) {
    const struct column_link *next = NULL;
    for (size_t i = 0; i < q->link_count; i++) {
        const struct column_link *l = &q->links[i];
        bool here = l->row == row && l->column == column && l->from >= from && l->to > l->from;
        if (here && (!next || l->from < next->from))
            next = l;
    }
    return next;
}

/* Words, those that name something as links to what they mean; but a cell does not link again what its key does. */
static struct value linked(const struct view *view, const struct policy_question *q, size_t row,
                           size_t column, struct str text, struct str *key) {
    struct value_list parts = part_list_new(view);
    const struct column_link *l;
    size_t at = 0;
    while ((l = next_link(q, row, column, at)) != NULL && l->to <= text.len) {
        if (l->from > at)
            list_add(&parts, text_part(view, str_sub(text, at, l->from), (struct str){0}));
        struct str href = decor_link(view->site, l, view->root, view->arena);
        list_add(&parts,
                 text_part(view, str_sub(text, l->from, l->to), str_eq(href, *key) ? (struct str){0} : href));
        *key = column ? *key : href;
        at = l->to;
    }
    if (at < text.len)
        list_add(&parts, text_part(view, str_sub(text, at, text.len), (struct str){0}));
    return list_done(&parts);
}

/* An expression, and links to what it reads. */
static struct value expression(const struct view *view, const struct policy_question *q) {
    struct value_map m = part_map(view);
    struct value_list reads = part_list_new(view);
    struct lexicon lexicon;
    const struct word *words[READS_MAX];
    lexicon_make(&lexicon, view->site, view->arena);
    size_t count = lexicon_condition(&lexicon, &view->site->policy, q->when, words, READS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct column_link to = {.fact = words[i]->fact, .output = words[i]->output};
        list_add(&reads, text_part(view, words[i]->fact ? words[i]->fact->label : words[i]->output->label,
                                   decor_link(view->site, &to, view->root, view->arena)));
    }
    map_text(&m, "code", value_words(q->source));
    part_list(view, &m, "reads", &reads);
    return map_done(&m);
}

static void conditions(const struct view *view, struct value_map *m, const struct policy_question *q) {
    struct value_list list = part_list_new(view);
    bool cells = q && q->source->kind == VALUE_MAP;
    for (uint32_t i = 0; cells && i < q->source->count; i++) {
        const struct field *f = &q->source->fields[i];
        struct value_map c = part_map(view);
        struct str key = {0};
        map_set(&c, "term", linked(view, q, i, 0, f->key, &key));
        map_set(&c, "text", linked(view, q, i, 1, value_words(&f->value), &key));
        list_add(&list, map_done(&c));
    }
    map_set(m, "for_expression", q && !cells ? expression(view, q) : value_null());
    part_list(view, m, "for", &list);
}

/* ---- the rows that name it ---- */

/* "Category: Amber or worse; Phase: primary". A cell under a header that names nothing names its own facts. */
static struct str row_words(const struct view *view, const struct row *row) {
    struct buf out = {.arena = view->arena};
    const struct policy_table *table = row->table;
    bool given = false;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct row_cell *cell = &row->cells[i];
        if (cell->condition->op == CONDITION_TRUE || (cell->column == ROW_CELL_GIVEN && given))
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        given = given || cell->column == ROW_CELL_GIVEN;
        if (cell->column == ROW_CELL_GIVEN)
            buf_add(&out, table->given);
        else if (table->columns[cell->column].thing)
            buf_printf(&out, STR_FMT ": " STR_FMT, STR_ARG(table->markdown->header.cells[cell->column].text),
                       STR_ARG(cell->text));
        else
            buf_add(&out, cell->text);
    }
    if (row->tier)
        buf_add(&out, out.len ? STR(", where no row above fits") : STR("Where no row above fits"));
    return out.len ? buf_str(&out) : STR("Any");
}

/* One answer by its label, as on the pages of schools, where a code or a blank stands in the table; what leaves a choice as it
 * is written. */
static struct str answer_text(const struct view *view, const struct output *o, const struct cell_answer *a) {
    struct buf out = {.arena = view->arena};
    if (!values_single(a->set) || (a->set & VALUES_IMPROPER))
        return a->text.len ? a->text : STR("–");
    words_answers_in_full(&out, o, a->set);
    return part_answer(view, buf_str(&out));
}

static struct value row_value(const struct view *view, const struct row *row, size_t output) {
    const struct decision *d = row->table->decision;
    struct value_map m = part_map(view);
    struct value_list cells = part_list_new(view);
    for (size_t i = 0; i < d->output_count; i++) {
        if (i == output)
            continue;
        struct value_map cell = part_map(view);
        map_text(&cell, "column", d->outputs[i].label);
        map_text(&cell, "text", answer_text(view, &d->outputs[i], &row->answers[i]));
        list_add(&cells, map_done(&cell));
    }
    map_text(&m, "text", row_words(view, row));
    map_text(&m, "href", part_href(view, str_join(view->arena, row->table->page, STR("#"), row->address)));
    map_set(&m, "cells", list_done(&cells));
    return map_done(&m);
}

/* The answer of an output that is the offer, as a mask; 0: none is. */
static values answer_for(const struct view *view, const struct output *o, const struct page *offer) {
    for (size_t i = 0; o->type == OUTPUT_OFFER && i < o->answer_count; i++)
        if (offer_of_answer(view->site, o, &o->answers[i], view->arena) == offer)
            return VALUE_BIT(i);
    return 0;
}

/* What the readers' pages have of one decision. */
static void named_by(const struct view *view, struct value_list *list, const struct decision *d,
                     size_t output, const struct page *offer) {
    struct value_map m = part_map(view);
    struct value_list rows = part_list_new(view), columns = part_list_new(view);
    values answer = answer_for(view, &d->outputs[output], offer);
    for (size_t i = 0; answer && i < d->row_count; i++)
        if (!d->rows[i]->marker && (d->rows[i]->answers[output].set & answer) &&
            lexicon_page(view->site, d->rows[i]->table))
            list_add(&rows, row_value(view, d->rows[i], output));
    if (!rows.count)
        return;
    for (size_t i = 0; i < d->output_count; i++)
        if (i != output)
            list_add(&columns, value_text(d->outputs[i].label));
    map_text(&m, "id",
             str_join(view->arena, STR("by-"), str_slug(view->arena, words_of_id(view->arena, d->id))));
    map_text(&m, "label", d->label);
    map_text(&m, "href", part_href(view, lexicon_table_address(view->arena, d->tables[0])));
    map_set(&m, "columns", list_done(&columns));
    map_set(&m, "rows", list_done(&rows));
    list_add(list, map_done(&m));
}

static void naming(const struct view *view, struct value_map *m, const struct page *offer) {
    struct value_list list = part_list_new(view);
    const struct policy *policy = &view->site->policy;
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->output_count; j++)
            named_by(view, &list, policy->decisions[i], j, offer);
    part_list(view, m, "named_by", &list);
}

/* ---- the schools ---- */

/* How many, and which where they are few enough to be read. */
static struct value schools(const struct view *view, const struct page *offer, enum truth open) {
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view);
    size_t count = 0;
    for (size_t i = 0; i < view->site->school_count; i++) {
        const struct school *s = view->site->schools[i];
        if (!school_is_listed(s) || offer_open_to(offer, s) != open)
            continue;
        if (count++ < PLAN_LIST_MAX)
            list_add(&list, part_school_link(view, s));
    }
    if (count > PLAN_LIST_MAX)
        list.count = 0;
    map_text(&m, "count_text", part_count_of(view, count, "school", "schools"));
    part_list(view, &m, "schools", &list);
    return count ? map_done(&m) : value_null();
}

void view_entitled(const struct view *view, struct value_map *m, const struct page *offer) {
    bool listed = offer->open_to && view->site->audience == AUDIENCE_OFFICERS;
    conditions(view, m, offer->open_to);
    naming(view, m, offer);
    map_bool(m, "lists_schools", listed);
    map_set(m, "open_to", listed ? schools(view, offer, TRUTH_YES) : value_null());
    map_set(m, "may_be_open_to", listed ? schools(view, offer, TRUTH_MAYBE) : value_null());
}
