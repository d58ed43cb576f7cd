/* SPDX-License-Identifier: MIT */
/* view_totals.c: the officers' page of totals, a table for each of what they are made by. */
#include "policy/words.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"
#include "publish/worklist.h"

static const struct totals *totals_of(const struct view *view) {
    return &view->plan->worklists->totals;
}

/* ---- cells ---- */

/* "12 to 15 plus 1 to be agreed plus 2 not determined" */
static struct str amount(const struct view *view, const struct quantity_total *t) {
    struct buf out = {.arena = view->arena};
    const struct quantity_sum *s = t ? &t->sum : NULL;
    if (s && (s->numbers || s->none || s->not_stated || s->to_be_agreed || s->to_be_confirmed))
        quantity_sum_print(&out, s);
    if (t && t->undetermined) {
        buf_add(&out, out.len ? STR(" plus ") : STR(""));
        buf_add(&out, part_count(view, t->undetermined));
        buf_lit(&out, " not determined");
    }
    return out.len ? buf_str(&out) : STR("–");
}

static void add_counted(const struct view *view, struct buf *out, size_t count, const char *words) {
    if (!count)
        return;
    buf_add(out, out->len ? STR(", ") : STR(""));
    buf_add(out, part_count(view, count));
    buf_lit(out, " ");
    buf_add(out, str_from(words));
}

/* "4 yes, 10 no, 2 not determined" */
static struct str counts(const struct view *view, const struct yes_total *y) {
    struct buf out = {.arena = view->arena};
    if (y) {
        add_counted(view, &out, y->yes, "yes");
        add_counted(view, &out, y->no, "no");
        add_counted(view, &out, y->open, "not determined");
    }
    return out.len ? buf_str(&out) : STR("–");
}

/* "2 not determined, 1 suggested and not agreed": who is in none of the row's amounts; empty: nobody. */
static struct str left_out(const struct view *view, const struct total *t) {
    struct buf out = {.arena = view->arena};
    add_counted(view, &out, t->open, "not determined");
    add_counted(view, &out, t->suggested, "suggested and not agreed");
    add_counted(view, &out, t->not_applicable, "not applicable");
    return buf_str(&out);
}

static void add_cell(const struct view *view, struct value_list *cells, const struct output *o,
                     struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "column", o->label);
    map_text(&m, "text", text);
    list_add(cells, map_done(&m));
}

/* ---- rows ---- */

static struct str row_label(const struct view *view, const struct totals_by *by, const struct total *t) {
    struct buf out = {.arena = view->arena};
    if (t->label.len || !by->variable)
        return t->label;
    words_values(&out, by->variable, t->answer);
    return part_answer(view, buf_str(&out));
}

static struct value row(const struct view *view, struct str label, const struct totals_by *by,
                        const struct total *t) {
    const struct totals *all = totals_of(view);
    const struct output *o = by && by->variable && t->answer ? by->variable->output : NULL;
    struct value_map m = part_map(view);
    struct value_list amounts = part_list_new(view), answers = part_list_new(view);
    for (size_t i = 0; i < all->quantity_count; i++)
        add_cell(view, &amounts, all->quantities[i], amount(view, t->quantities ? &t->quantities[i] : NULL));
    for (size_t i = 0; i < all->yes_count; i++)
        add_cell(view, &answers, all->yes[i], counts(view, t->yes ? &t->yes[i] : NULL));
    map_text(&m, "label", label);
    map_text(&m, "tone", o && o->scale ? lexicon_tone(view->site, o, t->answer) : (struct str){0});
    map_text(&m, "href", t->page ? part_href(view, t->page->address) : (struct str){0});
    map_text(&m, "schools", part_count(view, t->schools + t->open + t->suggested + t->not_applicable));
    map_text(&m, "left_out", left_out(view, t));
    map_set(&m, "amounts", list_done(&amounts));
    map_set(&m, "answers", list_done(&answers));
    return map_done(&m);
}

static struct value section(const struct view *view, const struct totals_by *by) {
    struct value_map m = part_map(view);
    struct value_list rows = part_list_new(view);
    for (size_t i = 0; i < by->count; i++)
        list_add(&rows, row(view, row_label(view, by, &by->rows[i]), by, &by->rows[i]));
    map_text(&m, "id",
             str_join(view->arena, STR("by-"), str_slug(view->arena, words_of_id(view->arena, by->id))));
    map_text(&m, "label", by->label);
    map_text(&m, "heading", str_join(view->arena, STR("By "), part_lower_first(view, by->label)));
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

/* ---- columns ---- */

static void columns(const struct view *view, struct value_map *m, const char *key,
                    const struct output *const *outputs, size_t count) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < count; i++) {
        const struct output *o = outputs[i];
        struct value_map c = part_map(view);
        map_text(&c, "label", o->label);
        map_text(&c, "unit", o->type == OUTPUT_QUANTITY ? o->unit.text : (struct str){0});
        map_text(&c, "href", part_href(view, lexicon_table_address(view->arena, o->decision->tables[0])));
        list_add(&list, map_done(&c));
    }
    part_list(view, m, key, &list);
}

struct value view_totals(const struct view *view, struct page_words *words) {
    const struct totals *t = totals_of(view);
    const struct output *main = view->plan->worklists->caseload->main;
    struct value_map m = part_map(view);
    struct value_list sections = part_list_new(view);
    words->title = STR("Totals");
    words->description = STR("What schools are due together by the policy, and how many there are of which.");
    words->ld_json = value_null();
    list_add(&words->crumbs, part_link(view, STR("Decisions"), STR(WORKLISTS_ADDRESS)));
    for (size_t i = 0; i < t->by_count; i++)
        if (t->by[i].count)
            list_add(&sections, section(view, &t->by[i]));
    map_text(&m, "lead", words->description);
    map_set(&m, "main",
            main ? part_link(view, main->decision->label,
                             lexicon_table_address(view->arena, main->decision->tables[0]))
                 : value_null());
    columns(view, &m, "quantities", t->quantities, t->quantity_count);
    columns(view, &m, "questions", t->yes, t->yes_count);
    map_set(&m, "all", row(view, STR("All schools"), NULL, &t->all));
    map_set(&m, "sections", list_done(&sections));
    return map_done(&m);
}
