/* SPDX-License-Identifier: MIT */
/* measure.c: counting, and what is counted as records. */
#include "portal/measure.h"

#include <assert.h>

#include "policy/rests.h"
#include "policy/state.h"

static size_t count_all(const struct policy *policy) {
    size_t count = 0;
    for (size_t i = 0; i < policy->measure_count; i++)
        count += policy->measures[i]->count;
    return count;
}

static bool in_pupils(const struct measure *m) {
    return str_eq_fold(m->words[MEASURE_BY], STR("pupils"));
}

void measures_check(const struct site *site, struct diags *diags) {
    for (size_t i = 0; i < site->policy.measure_count; i++)
        for (size_t j = 0; j < site->policy.measures[i]->count; j++) {
            const struct measure *m = &site->policy.measures[i]->items[j];
            struct str by = m->words[MEASURE_BY];
            if (by.len && !in_pupils(m) && !str_eq_fold(by, STR("schools")))
                diag(diags, DIAG_MEASURE_CHOICE, m->places[MEASURE_BY], by, STR("way to count"),
                     STR("write pupils, or schools, which a blank cell means too"));
        }
}

/* ---- one school ---- */

struct measure_tally *measures_new(const struct site *site, size_t *count) {
    *count = count_all(&site->policy);
    return *count ? arena_array(site->arena, struct measure_tally, *count * site->workers) : NULL;
}

/* A school with its pupils, and what is known of it. */
struct counted {
    struct state *state;
    size_t pupils;
};

/* The figure that is averaged: exact, and none where it is not known. */
static bool figure_of(const struct counted *of, const struct variable *v, struct decimal *out) {
    struct feel_value value;
    if (!state_value(of->state, v, &value) || value.type != FEEL_NUMBER)
        return false;
    *out = value.number;
    return true;
}

static void tally_add(const struct measure *m, const struct counted *of, struct measure_tally *t) {
    enum truth among = state_truth(of->state, m->among);
    if (among == TRUTH_NO)
        return;
    size_t weight = in_pupils(m) ? of->pupils : 1;
    struct decimal figure = {0};
    if (!weight || (m->average && !figure_of(of, m->average, &figure))) {
        t->left_out++;
        return;
    }
    enum truth holds = m->counts ? state_truth(of->state, m->counts) : TRUTH_YES;
    bool perhaps = among == TRUTH_MAYBE;
    t->weight[perhaps][holds] += (int64_t)weight;
    t->schools[perhaps][holds]++;
    if (m->average && !perhaps && decimal_multiply(figure, decimal_whole((int64_t)weight), &figure))
        decimal_add(t->sum, figure, &t->sum);
}

void measures_add(const struct site *site, const struct decided *school, struct arena *scratch,
                  struct measure_tally *tallies) {
    struct arena_mark mark = arena_mark(scratch);
    struct state state;
    if (!school_is_open(school->record.school))
        return;
    state_init(&state, &school->subject, scratch);
    struct counted of = {&state, school_pupils(school->record.school, site->as_of)};
    for (size_t i = 0; i < site->policy.measure_count; i++)
        for (size_t j = 0; j < site->policy.measures[i]->count; j++, tallies++)
            if (measure_computed(&site->policy.measures[i]->items[j]))
                tally_add(&site->policy.measures[i]->items[j], &of, tallies);
    arena_rewind(scratch, mark);
}

/* ---- whether it is counted from what the audience may not see ---- */

static bool hides(const struct site *site, const struct variable *v) {
    const struct output *o = v->output;
    if (o && !(output_visible(o, site->audience) && decision_visible(o->decision, site->audience)))
        return true;
    return (v->classed && !audience_may_see(site->audience, v->audience)) ||
           (v->fact && !facts_show(site->facts, v->fact, site->audience));
}

static bool is_hidden(const struct site *site, const struct measure *m) {
    struct arena scratch = {0};
    struct rests rests;
    bool found = false;
    rests_begin(&rests, &site->policy, STR("school"), &scratch);
    rests_condition(&rests, m->among);
    rests_condition(&rests, m->counts);
    if (m->average)
        rests_variable(&rests, m->average);
    for (size_t i = 0; i < rests.variable_count && !found; i++)
        found = hides(site, rests.variables[i]);
    arena_release(&scratch);
    return found;
}

/* ---- all schools ---- */

static void tally_join(struct measure_tally *to, const struct measure_tally *from) {
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 3; j++) {
            to->weight[i][j] += from->weight[i][j];
            to->schools[i][j] += from->schools[i][j];
        }
    to->left_out += from->left_out;
    decimal_add(to->sum, from->sum, &to->sum);
}

/* part of whole, of a hundred; `alone` where there is no whole. */
static struct decimal share(int64_t part, int64_t whole, int64_t alone) {
    struct decimal out = decimal_whole(alone);
    if (whole && decimal_multiply(decimal_whole(part), decimal_whole(100), &out))
        decimal_divide(out, decimal_whole(whole), &out);
    return out;
}

/* The least share has all in it that may be among them and may not hold; the greatest all that may hold. */
static void bind_shares(struct measure_result *r) {
    const int64_t *sure = r->tally.weight[0], *perhaps = r->tally.weight[1];
    int64_t all = sure[TRUTH_YES] + sure[TRUTH_MAYBE] + sure[TRUTH_NO];
    int64_t may = perhaps[TRUTH_YES] + perhaps[TRUTH_MAYBE];
    r->low = sure[TRUTH_YES];
    r->high = sure[TRUTH_YES] + sure[TRUTH_MAYBE] + may;
    r->whole_low = all;
    r->whole_high = all + may + perhaps[TRUTH_NO];
    r->share_low = share(r->low, all + perhaps[TRUTH_MAYBE] + perhaps[TRUTH_NO], 100);
    r->share_high = share(r->high, all + may, 0);
    r->certain = r->low == r->high && r->whole_low == r->whole_high;
}

static void bind_average(struct measure_result *r) {
    int64_t weight = r->tally.weight[0][TRUTH_YES];
    r->whole_low = r->whole_high = weight;
    r->known = weight && decimal_divide(r->tally.sum, decimal_whole(weight), &r->average);
    r->certain = r->known && !r->unknown;
}

static void bind_computed(const struct site *site, struct measure_result *r) {
    const size_t *sure = r->tally.schools[0], *perhaps = r->tally.schools[1];
    size_t yes = perhaps[TRUTH_YES], no = perhaps[TRUTH_NO], maybe = perhaps[TRUTH_MAYBE];
    r->pupils = in_pupils(r->measure);
    r->unknown = sure[TRUTH_MAYBE] + yes + no + maybe;
    r->nobody = !r->tally.left_out && !r->unknown && !sure[TRUTH_YES] && !sure[TRUTH_NO];
    r->hidden = is_hidden(site, r->measure);
    if (r->measure->average) {
        bind_average(r);
        return;
    }
    bind_shares(r);
    r->known = sure[TRUTH_YES] + sure[TRUTH_NO] > 0; /* from 0 to all of them says nothing */
}

/* ---- as records ---- */

static struct str figure_text(struct arena *arena, struct decimal number) {
    struct buf out = {.arena = arena};
    decimal_print(&out, number);
    return buf_str(&out);
}

/* What is in words is not known as a number; a blank cell says nothing. */
static struct str stated_text(struct arena *arena, const struct measure *m, enum measure_role role) {
    const struct measure_figure *f = &m->figures[role];
    if (!m->words[role].len)
        return (struct str){0};
    return f->kind == FIGURE_SHARE || f->kind == FIGURE_NUMBER ? figure_text(arena, f->number)
                                                               : STR("not recorded");
}

static struct str value_of(const struct measure_result *r, struct arena *arena) {
    const struct measure *m = r->measure;
    if (!measure_computed(m))
        return stated_text(arena, m, MEASURE_VALUE);
    if (!r->known || !r->certain)
        return STR("not recorded");
    return figure_text(arena, m->average ? r->average : r->share_low);
}

static void bind_record(struct site *site, struct measure_result *r, struct arena *scratch) {
    static const struct {
        const char *key;
        enum measure_role role;
    } figures[] = {{"comparator", MEASURE_COMPARATOR}, {"aim", MEASURE_AIM}, {"earlier", MEASURE_EARLIER}},
      words[] = {{"name", MEASURE_NAME},
                 {"quartile", MEASURE_QUARTILE},
                 {"rating", MEASURE_RATING},
                 {"trend", MEASURE_TREND}};
    struct arena *arena = site->arena;
    struct value_map map = {.arena = arena};
    map_set(&map, "table", value_text(r->measure->table->id));
    map_set(&map, "value", value_text(value_of(r, arena)));
    for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
        if (r->measure->words[figures[i].role].len)
            map_set(&map, figures[i].key, value_text(stated_text(arena, r->measure, figures[i].role)));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (r->measure->words[words[i].role].len)
            map_set(&map, words[i].key, value_text(r->measure->words[words[i].role]));
    r->record = map_done(&map);
    struct policy_record record = record_of_measure(r, arena);
    r->is_decided = decided_run(site, &record, site->as_of, arena, scratch, &r->decided);
}

/* ---- for one audience ---- */

static const struct page *page_of(const struct site *site, const struct source *source) {
    const struct page *page = map_get(&site->page_by_path, source->path);
    assert(page);
    return page;
}

void measures_bind(struct site *site, const struct measure_tally *tallies) {
    const struct policy *policy = &site->policy;
    struct arena scratch = {0};
    size_t count = count_all(policy), n = 0;
    struct measures *all = arena_new(site->arena, struct measures);
    site->measures = NULL;
    if (!count)
        return;
    *all = (struct measures){arena_array(site->arena, struct measure_result, count), count};
    for (size_t i = 0; i < policy->measure_count; i++)
        for (size_t j = 0; j < policy->measures[i]->count; j++, n++) {
            struct measure_result *r = &all->items[n];
            *r = (struct measure_result){.measure = &policy->measures[i]->items[j]};
            r->page = page_of(site, r->measure->table->table.source);
            for (size_t w = 0; w < site->workers; w++)
                tally_join(&r->tally, &tallies[w * count + n]);
            if (measure_computed(r->measure))
                bind_computed(site, r);
            bind_record(site, r, &scratch);
        }
    site->measures = all;
    arena_release(&scratch);
}

const struct measure_result *measures_of(const struct site *site, const struct measure_table *table) {
    for (size_t i = 0; site->measures && i < site->measures->count; i++)
        if (site->measures->items[i].measure->table == table)
            return &site->measures->items[i];
    return NULL;
}
