/* SPDX-License-Identifier: MIT */
/* view_coverage.c: the page that says how many schools are in a partnership that counts, and for officers why others are not. */
#include "policy/words.h"
#include "portal/caseload.h"
#include "portal/coverage.h"
#include "portal/release.h"
#include "publish/chart.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* ---- words ---- */

static struct str answer_label(const struct view *view, const struct variable *v, values answer,
                               struct str label) {
    struct buf out = {.arena = view->arena};
    if (!v)
        return label;
    if (v->output)
        words_answers(&out, v->output, answer);
    else
        words_values(&out, v, answer);
    return part_answer(view, buf_str(&out));
}

static struct str column_label(const struct view *view, const struct coverage_column *c) {
    return answer_label(view, c->variable, c->answer, c->label);
}

static struct str row_label(const struct view *view, const struct coverage_row *r) {
    return answer_label(view, r->variable, r->answer, r->label);
}

/* "40", or "38 to 40" where it is not known of some. */
static struct str covered_text(const struct view *view, size_t covered, size_t unknown) {
    struct str low = part_count(view, covered);
    return unknown ? str_join(view->arena, low, STR(" to "), part_count(view, covered + unknown)) : low;
}

/* "74%", "70% to 74%"; empty of nobody. */
static struct str share_text(const struct view *view, size_t covered, size_t unknown, size_t all) {
    if (!all)
        return (struct str){0};
    size_t low = part_percent(covered, all), high = part_percent(covered + unknown, all);
    struct str text = str_join(view->arena, part_count(view, low), STR("%"));
    return low == high ? text : str_join(view->arena, text, STR(" to "), part_count(view, high), STR("%"));
}

/* "40 of 54 schools" */
struct str view_coverage_text(const struct view *view) {
    const struct coverage_row *all = &view->plan->coverage->all;
    return str_join(view->arena, covered_text(view, all->covered.schools, all->unknown.schools), STR(" of "),
                    part_count_of(view, all->all.schools, "school", "schools"));
}

struct value view_coverage_link(const struct view *view) {
    return view->plan->coverage ? part_link(view, STR("Coverage"), STR(COVERAGE_ADDRESS)) : value_null();
}

/* ---- the target ---- */

static struct str left_text(const struct view *view) {
    int days = coverage_days_left(view->site);
    size_t terms;
    if (days < 0)
        return str_join(view->arena, STR("That was "), part_count_of(view, (size_t)-days, "day", "days"),
                        STR(" ago."));
    if (!days)
        return STR("That is today.");
    struct str text = part_count_of(view, (size_t)days, "day is left", "days are left");
    return coverage_terms_left(view->site, &terms) && terms
               ? str_join(view->arena, text, STR(", in "), part_count_of(view, terms, "term", "terms"),
                          STR("."))
               : str_join(view->arena, text, STR("."));
}

static struct value target(const struct view *view) {
    const struct coverage_terms *terms = view->site->coverage;
    struct value_map m = part_map(view);
    map_text(&m, "words", terms->words);
    map_set(&m, "date", part_date(view, terms->day));
    map_text(&m, "left", left_text(view));
    return map_done(&m);
}

/* ---- tables ---- */

/* What a table counts: the schools, or the pupils of those that have a count. */
enum counted { SCHOOLS, PUPILS };

static size_t number_of(const struct coverage_cell *cell, enum counted what) {
    return what == SCHOOLS ? cell->schools : cell->pupils;
}

static void add_column(const struct view *view, struct value_list *list, struct str label) {
    struct value_map m = part_map(view);
    map_text(&m, "label", label);
    list_add(list, map_done(&m));
}

static void add_cell(const struct view *view, struct value_list *list, struct str text, bool strong) {
    struct value_map m = part_map(view);
    map_text(&m, "text", text.len ? text : STR("–"));
    map_bool(&m, "strong", strong);
    list_add(list, map_done(&m));
}

/* The answer first, which a phone then shows without scrolling; after it the kinds, and what does not count. */
static struct value columns(const struct view *view) {
    const struct coverage *c = view->plan->coverage;
    struct value_list list = part_list_new(view);
    add_column(view, &list, STR("Covered"));
    add_column(view, &list, STR("Of"));
    add_column(view, &list, STR("Share"));
    for (size_t i = 0; i < c->column_count; i++)
        add_column(view, &list, column_label(view, &c->columns[i]));
    return list_done(&list);
}

static struct value row_of(const struct view *view, const struct coverage_row *r, enum counted what,
                           bool total) {
    const struct coverage *c = view->plan->coverage;
    struct value_map m = part_map(view);
    struct value_list cells = part_list_new(view);
    size_t covered = number_of(&r->covered, what), all = number_of(&r->all, what);
    add_cell(view, &cells, part_count(view, covered), true);
    add_cell(view, &cells, part_count(view, all), false);
    add_cell(view, &cells, share_text(view, covered, number_of(&r->unknown, what), all), true);
    for (size_t i = 0; i < c->column_count; i++)
        add_cell(view, &cells, part_count(view, number_of(&r->cells[i], what)), false);
    map_text(&m, "label", row_label(view, r));
    map_bool(&m, "total", total);
    map_set(&m, "cells", list_done(&cells));
    return map_done(&m);
}

static struct value rows_of(const struct view *view, const struct coverage_by *by, enum counted what) {
    const struct coverage *c = view->plan->coverage;
    struct value_list rows = part_list_new(view);
    for (size_t i = 0; by && i < by->count; i++)
        list_add(&rows, row_of(view, &by->rows[i], what, false));
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        list_add(&rows, row_of(view, &c->subtotals[i], what, true));
    list_add(&rows, row_of(view, &c->all, what, true));
    return list_done(&rows);
}

static struct str by_label(const struct coverage_by *by) {
    return !by                    ? (struct str){0}
           : by->variable->output ? output_title(by->variable->output)
                                  : by->variable->label;
}

static struct value table_of(const struct view *view, const struct coverage_by *by, enum counted what) {
    struct str label = by_label(by), noun = what == SCHOOLS ? STR("schools") : STR("pupils");
    struct str id = by ? str_slug(view->arena, words_of_id(view->arena, by->variable->id)) : STR("all");
    struct value_map m = part_map(view);
    map_text(&m, "id", str_join(view->arena, noun, STR("-by-"), id));
    map_text(&m, "label", label.len ? label : STR("Schools"));
    map_text(&m, "caption",
             label.len ? str_join(view->arena, str_capital(view->arena, noun), STR(" by "),
                                  part_lower_first(view, label))
                       : str_capital(view->arena, noun));
    map_set(&m, "rows", rows_of(view, by, what));
    return map_done(&m);
}

static struct value tables(const struct view *view, enum counted what) {
    const struct coverage *c = view->plan->coverage;
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < c->by_count; i++)
        list_add(&list, table_of(view, &c->by[i], what));
    if (!c->by_count)
        list_add(&list, table_of(view, NULL, what));
    return list_done(&list);
}

/* Of schools without a count nothing is added: they are said, since nothing is not what they have. */
static struct value pupils(const struct view *view) {
    const struct coverage_row *all = &view->plan->coverage->all;
    struct value_map m = part_map(view);
    if (!all->all.pupils)
        return value_null();
    map_text(&m, "missing",
             all->uncounted
                 ? str_join(view->arena, part_count_of(view, all->uncounted, "school has", "schools have"),
                            STR(" no census figure, and no pupils here."))
                 : (struct str){0});
    map_set(&m, "tables", tables(view, PUPILS));
    return map_done(&m);
}

/* ---- figures ---- */

static void add_figure(const struct view *view, struct value_list *list, struct str value, const char *unit,
                       struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "value", value);
    map_text(&m, "unit", str_from(unit));
    map_text(&m, "text", text);
    list_add(list, map_done(&m));
}

/* A range has its per cent sign within it. */
static void add_share(const struct view *view, struct value_list *list, const struct coverage_row *r) {
    size_t covered = r->covered.schools, unknown = r->unknown.schools, all = r->all.schools;
    struct str share = share_text(view, covered, unknown, all);
    if (!all)
        return;
    add_figure(view, list, str_sub(share, 0, share.len - 1), "%",
               str_join(view->arena, row_label(view, r), STR(": "), covered_text(view, covered, unknown),
                        STR(" of "), part_count(view, all)));
}

static struct value figures(const struct view *view) {
    const struct coverage *c = view->plan->coverage;
    struct value_list list = part_list_new(view);
    int days = coverage_days_left(view->site);
    struct str day = date_long(view->arena, c->terms->day);
    add_share(view, &list, &c->all);
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        add_share(view, &list, &c->subtotals[i]);
    if (days >= 0)
        add_figure(view, &list, part_count(view, (size_t)days), NULL,
                   str_join(view->arena, days == 1 ? STR("day left until ") : STR("days left until "), day));
    return list_done(&list);
}

/* ---- the chart ---- */

static enum chart_part_kind part_kind(enum truth covered) {
    return covered == TRUTH_YES ? CHART_COUNTS : covered == TRUTH_NO ? CHART_COUNTS_NOT : CHART_NOT_KNOWN;
}

static struct chart_whole whole_of(const struct view *view, const struct coverage_row *r, struct buf *desc) {
    struct chart_whole whole = {.label = row_label(view, r)};
    whole.value = str_join(view->arena, covered_text(view, r->covered.schools, r->unknown.schools),
                           STR(" of "), part_count(view, r->all.schools));
    for (size_t i = 0; i < view->plan->coverage->column_count && i < CHART_PARTS_MOST; i++)
        whole.parts[i] = r->cells[i].schools;
    buf_add(desc, desc->len ? STR("; ") : STR(""));
    buf_add(desc, whole.label);
    buf_lit(desc, " ");
    buf_add(desc, whole.value);
    return whole;
}

static struct value picture(const struct view *view) {
    const struct coverage *c = view->plan->coverage;
    const struct coverage_by *by = c->by_count ? &c->by[0] : NULL;
    struct chart_part parts[CHART_PARTS_MOST];
    size_t count = 0, rows = 1 + c->terms->subtotal_count + (by ? by->count : 0);
    struct chart_whole *wholes = arena_array(view->arena, struct chart_whole, rows);
    struct buf desc = {.arena = view->arena}, svg = {.arena = view->arena};
    if (c->column_count > CHART_PARTS_MOST)
        return value_null();
    for (size_t i = 0; i < c->column_count; i++)
        parts[i] = (struct chart_part){column_label(view, &c->columns[i]), part_kind(c->columns[i].covered)};
    wholes[count++] = whole_of(view, &c->all, &desc);
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        wholes[count++] = whole_of(view, &c->subtotals[i], &desc);
    for (size_t i = 0; by && i < by->count; i++)
        wholes[count++] = whole_of(view, &by->rows[i], &desc);
    struct chart_caption caption = {STR("coverage"), STR("Schools covered, as bars"), buf_str(&desc)};
    if (!chart_wholes(&caption, parts, c->column_count, wholes, count, &svg))
        return value_null();
    return value_html(buf_str(&svg));
}

/* ---- where else it stands ---- */

static struct value sources(const struct view *view) {
    struct value_list list = part_list_new(view);
    const struct decision *d = view->site->coverage->counted->decision;
    if (lexicon_page(view->site, d->tables[0]))
        list_add(&list,
                 part_link(view, STR("What counts"), lexicon_table_address(view->arena, d->tables[0])));
    for (size_t i = 0; i < view->site->policy.measure_count; i++) {
        const struct measure_table *t = view->site->policy.measures[i];
        if (coverage_measured(view->site, t) && lexicon_page(view->site, &t->table))
            list_add(&list,
                     part_link(view,
                               str_join(view->arena, STR("Measures: "), part_lower_first(view, t->label)),
                               lexicon_table_address(view->arena, &t->table)));
    }
    return list_done(&list);
}

/* Where the audience's own run cannot count all, what is released may say more of the whole. */
static struct value released(const struct view *view) {
    const struct releases *all = view->site->releases;
    for (size_t i = 0; all && view->plan->coverage->all.unknown.schools && i < all->count; i++)
        if (all->items[i].decision == view->site->coverage->of->decision &&
            release_told(&all->items[i], view->site->audience))
            return part_link(view, STR("What is released"),
                             str_join(view->arena, STR(RELEASED_ADDRESS "#"),
                                      lexicon_id_release(view->arena, &all->items[i])));
    return value_null();
}

/* ---- for officers ---- */

/* "42 of 54 schools (78%)", if the 2 proposals under way are formed. */
static struct value reach(const struct view *view) {
    const struct coverage *c = view->plan->coverage;
    size_t all = c->all.all.schools;
    struct value_map m = part_map(view);
    if (!c->proposals && c->reached == c->all.covered.schools)
        return value_null();
    map_text(&m, "value", covered_text(view, c->reached, c->might));
    map_text(&m, "of", part_count_of(view, all, "school", "schools"));
    map_text(&m, "share", share_text(view, c->reached, c->might, all));
    map_text(&m, "proposals", part_count_of(view, c->proposals, "proposal", "proposals"));
    map_bool(&m, "one", c->proposals == 1);
    return map_done(&m);
}

static struct value officers(const struct view *view) {
    struct value_map m = part_map(view);
    if (view->site->audience != AUDIENCE_OFFICERS)
        return value_null();
    map_set(&m, "reach", reach(view));
    map_set(&m, "proposals", view_proposals_link(view));
    view_uncovered_sections(view, &m);
    return map_done(&m);
}

/* ---- the page ---- */

struct value view_coverage(const struct view *view, struct page_words *words) {
    const struct coverage *c = view->plan->coverage;
    const struct coverage_row *all = &c->all;
    struct value_map m = part_map(view);
    words->title = STR("Coverage");
    words->description = STR("How many schools are in a partnership that counts, against the target.");
    words->ld_json = value_null();
    if (part_has(view, CONTENT_PARTNERSHIP))
        list_add(&words->crumbs, part_section_link(view, CONTENT_PARTNERSHIP));
    map_text(&m, "title", words->title);
    map_text(&m, "lead", words->description);
    map_set(&m, "target", target(view));
    map_text(&m, "covered", view_coverage_text(view));
    map_text(&m, "share", share_text(view, all->covered.schools, all->unknown.schools, all->all.schools));
    map_text(&m, "unknown",
             all->unknown.schools ? part_count_of(view, all->unknown.schools, "school", "schools")
                                  : (struct str){0});
    map_text(&m, "to_open",
             c->to_open ? part_count_of(view, c->to_open, "school is", "schools are") : (struct str){0});
    map_set(&m, "figures", figures(view));
    map_set(&m, "chart_html", picture(view));
    map_set(&m, "columns", columns(view));
    map_set(&m, "tables", tables(view, SCHOOLS));
    map_set(&m, "pupils", pupils(view));
    map_set(&m, "sources", sources(view));
    map_set(&m, "released", released(view));
    map_set(&m, "officers", officers(view));
    return map_done(&m);
}
