/* SPDX-License-Identifier: MIT */
/*
 * policy_brute.h: decisions by writing down every completion.
 *
 * An oracle for policies of any size: of the policy it reads declarations, conditions and answers, and of the engine it
 * calls nothing but FEEL. Each missing fact is given each of its values in turn, what a `never` forbids is dropped, every
 * row is evaluated on known values alone, and the hit policy is applied as the language defines it. Only the facts that
 * a decision reads are gone through, with those that a `never` ties to them: all others change nothing of it.
 *
 *     brute_open(&b, kind, &subject, &arena);
 *     b.now[...] = what is known; brute_gap(&b, ...) = what is not
 *     for each decision in order: brute_decide(&b, decision, i, &expected);
 *
 * An earlier decision is one missing fact for each of its outputs, whose values are what stands of it: what was expected,
 * so that one difference is reported once and not handed on.
 */
#ifndef SIGNPOST_TESTS_POLICY_BRUTE_H
#define SIGNPOST_TESTS_POLICY_BRUTE_H

#include "policy/decide.h"
#include "policy/expression.h"

#define BRUTE_NULLS (VALUES_ABSENT | VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE)
#define BRUTE_ROWS 96
#define BRUTE_ITEMS 24
#define BRUTE_COMPLETIONS 1000000 /* of one decision: far above what the tests leave open */

/* What a variable is when it is known: one bit; on a number line the number, and the bit is 0. */
struct brute_value {
    values is;
    struct decimal at;
};

/* A fact that is missing. A set is one fact: its values are its subsets, bit i of `is` being item i. */
struct brute_gap {
    const struct variable *items[BRUTE_ITEMS];
    size_t item_count;
    bool set;
    bool untold; /* a set of more items than can be gone through: nothing that is decided may read it */
    struct brute_value *may;
    size_t count;
};

/* What all completions together give for one output. */
struct brute_output {
    values candidates, suggestion, stands;
    values floor; /* of a guide: the highest that is certain */
    bool nothing, normally;
    enum decision_status status;
};

struct brute_entry {
    values key;
    bool possible, certain;
    values candidates[DECISION_OUTPUTS_MAX];
};

struct brute_result {
    bool hidden;
    struct brute_output outputs[DECISION_OUTPUTS_MAX];
    struct brute_entry entries[BRUTE_ROWS]; /* of collect: by the first row of each key */
    bool conflict;                          /* two rows that both win say different things */
};

struct brute {
    const struct policy_kind *kind;
    const struct subject *subject; /* what is recorded, the day and the audience; its domain is not read */
    struct arena *arena;
    struct brute_value *now; /* of each variable */
    struct brute_gap *gaps;
    size_t gap_count, gap_room;
    values *stands, *suggestions; /* of each variable that is an output */
    size_t completions;           /* of the last decision */
};

static inline void brute_open(struct brute *b, const struct policy_kind *kind, const struct subject *subject,
                              struct arena *arena) {
    *b = (struct brute){.kind = kind, .subject = subject, .arena = arena};
    b->now = arena_array(arena, struct brute_value, kind->variable_count);
    b->stands = arena_array(arena, values, kind->variable_count);
    b->suggestions = arena_array(arena, values, kind->variable_count);
    b->gap_room = 2 * kind->variable_count;
    b->gaps = arena_array(arena, struct brute_gap, b->gap_room);
}

/* ---- conditions of a school of which everything is known ---- */

static inline bool brute_holds(struct brute *b, const struct condition *c, bool leave);

static inline struct brute_value brute_of_feel(const struct variable *v, struct feel_value value) {
    struct brute_value out = {VALUES_ABSENT, decimal_whole(0)};
    if (value.type == FEEL_NUMBER)
        out = (struct brute_value){0, value.number};
    for (size_t i = 0; value.type == FEEL_TEXT && v->fact->scale && i < v->fact->scale->count; i++)
        if (str_eq(v->fact->scale->values[i].id, value.text))
            out.is = VALUE_BIT(i);
    return out;
}

static inline bool brute_name(void *context, const struct feel_node *node, struct feel_value *out);

static inline struct feel_value brute_eval(struct brute *b, const struct feel_node *node) {
    struct feel_env env = {.arena = b->arena, .today = b->subject->as_of, .name = brute_name, .context = b};
    return feel_eval(node, &env);
}

static inline struct brute_value brute_value(struct brute *b, const struct variable *v);

/* Not after today, and less than the span ago. */
static inline struct brute_value brute_day_in_last(struct brute *b, const struct variable *v) {
    struct brute_value day = brute_value(b, v->of);
    date today = b->subject->as_of;
    struct decimal from =
        decimal_whole(v->span.months ? date_add_months(today, -v->span.months) : today - v->span.days);
    bool in = !day.is && decimal_cmp(day.at, from) > 0 && decimal_cmp(day.at, decimal_whole(today)) <= 0;
    return (struct brute_value){in ? VALUES_YES : VALUES_NO, decimal_whole(0)};
}

static inline struct brute_value brute_value(struct brute *b, const struct variable *v) {
    if (v->kind == VARIABLE_IN_LAST && v->of->line == LINE_DATE)
        return brute_day_in_last(b, v);
    if (v->applies && !brute_holds(b, v->applies, false))
        return (struct brute_value){VALUES_NOT_APPLICABLE, decimal_whole(0)};
    if (v->when)
        return (struct brute_value){brute_holds(b, v->when, false) ? VALUES_YES : VALUES_NO,
                                    decimal_whole(0)};
    return v->is ? brute_of_feel(v, brute_eval(b, v->is)) : b->now[v->index];
}

static inline int64_t brute_day(struct decimal at) {
    int64_t days = 0;
    assert_true(decimal_to_int64(at, &days));
    return days;
}

static inline bool brute_name(void *context, const struct feel_node *node, struct feel_value *out) {
    struct brute *b = context;
    const struct variable *v = map_get(&b->kind->by_id, node->name);
    assert_non_null(v);
    struct brute_value value = brute_value(b, v);
    size_t bit = value.is ? (size_t)__builtin_ctzll(value.is) : 0;
    if (value.is & BRUTE_NULLS)
        *out = feel_null();
    else if (v->line == LINE_DATE)
        *out = feel_date(brute_day(value.at));
    else if (v->line != LINE_NONE)
        *out = feel_number(value.at);
    else if (v->output && v->output->type != OUTPUT_YES_NO)
        *out = feel_text(v->output->answers[bit].id);
    else if (v->fact && v->fact->scale)
        *out = feel_text(v->fact->scale->values[bit].id);
    else
        *out = feel_bool(bit == 1);
    return true;
}

static inline bool brute_within(const struct interval *i, struct decimal at) {
    int low = i->from_infinity ? 1 : decimal_cmp(at, i->low);
    int high = i->to_infinity ? -1 : decimal_cmp(at, i->high);
    return (low > 0 || (low == 0 && !i->low_open)) && (high < 0 || (high == 0 && !i->high_open));
}

static inline bool brute_test(struct brute *b, const struct condition *c, bool leave) {
    struct brute_value value = brute_value(b, c->variable);
    bool in = false;
    if (leave && value.is == VALUES_NOT_APPLICABLE)
        return true;
    if (value.is)
        return (value.is & c->mask) != 0;
    for (size_t i = 0; i < c->interval_count; i++)
        in = in || brute_within(&c->intervals[i], value.at);
    return in != c->outside;
}

/* `leave`: tests of what is not applicable are left out. */
static inline bool brute_holds(struct brute *b, const struct condition *c, bool leave) {
    struct feel_value v;
    switch (c->op) {
    case CONDITION_TRUE: return true;
    case CONDITION_FALSE: return false;
    case CONDITION_TEST: return brute_test(b, c, leave);
    case CONDITION_FEEL: v = brute_eval(b, c->feel); return v.type == FEEL_BOOL && v.truth == c->wanted;
    case CONDITION_AND:
        for (size_t i = 0; i < c->count; i++)
            if (!brute_holds(b, c->kids[i], leave))
                return false;
        return true;
    case CONDITION_OR: break;
    }
    for (size_t i = 0; i < c->count; i++)
        if (brute_holds(b, c->kids[i], leave))
            return true;
    return false;
}

static inline bool brute_row(struct brute *b, const struct row *row, bool leave) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (!brute_holds(b, row->cells[i].condition, leave))
            return false;
    return !row->marker;
}

/* ---- what is read ---- */

static inline void brute_reads(const struct condition *c, bool *reads);

static inline void brute_reads_variable(const struct variable *v, bool *reads) {
    if (reads[v->index])
        return;
    reads[v->index] = true;
    brute_reads(v->when, reads);
    brute_reads(v->applies, reads);
    for (size_t i = 0; i < v->read_count; i++)
        brute_reads_variable(v->reads[i], reads);
    if (v->kind == VARIABLE_IN_LAST && v->of->line == LINE_DATE)
        brute_reads_variable(v->of, reads);
}

static inline void brute_reads(const struct condition *c, bool *reads) {
    if (!c)
        return;
    if (c->variable)
        brute_reads_variable(c->variable, reads);
    for (size_t i = 0; i < c->count; i++)
        brute_reads(c->kids[i], reads);
    for (size_t i = 0; i < c->read_count; i++)
        brute_reads_variable(c->reads[i], reads);
}

static inline void brute_reads_decision(const struct decision *d, bool *reads) {
    brute_reads(d->applies, reads);
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            brute_reads(d->rows[i]->cells[j].condition, reads);
}

/* A `never` that speaks of a fact that is read ties to it all the others it speaks of. */
static inline void brute_reads_nevers(struct brute *b, bool *reads, bool *nevers) {
    size_t n = b->kind->variable_count;
    bool *theirs = arena_array(b->arena, bool, n), more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < b->kind->never_count; i++) {
            bool common = false;
            memset(theirs, 0, n * sizeof(bool));
            brute_reads(b->kind->nevers[i]->when, theirs);
            for (size_t v = 0; v < n; v++)
                common = common || (theirs[v] && reads[v]);
            if (!common || nevers[i])
                continue;
            nevers[i] = more = true;
            for (size_t v = 0; v < n; v++)
                reads[v] = reads[v] || theirs[v];
        }
    }
}

static inline bool brute_is_forbidden(struct brute *b, const bool *nevers) {
    for (size_t i = 0; i < b->kind->never_count; i++)
        if ((!nevers || nevers[i]) && brute_holds(b, b->kind->nevers[i]->when, false))
            return true;
    return false;
}

/* ---- every completion ---- */

/* The gaps that matter for one decision, and what is done with each completion of them. */
struct brute_walk {
    struct brute *b;
    const struct brute_gap **gaps;
    size_t count;
    bool *reads, *nevers;
    void (*visit)(struct brute_walk *walk);
    const struct decision *decision;
    struct brute_result *result;
    bool missed[BRUTE_ROWS]; /* does not count in some completion */
};

static inline void brute_go(struct brute_walk *w, size_t i) {
    if (i == w->count) {
        if (!brute_is_forbidden(w->b, w->nevers)) {
            w->visit(w);
            w->b->completions++;
        }
        return;
    }
    const struct brute_gap *gap = w->gaps[i];
    for (size_t k = 0; k < gap->count; k++) {
        for (size_t j = 0; j < gap->item_count; j++) {
            bool in = gap->may[k].is & VALUE_BIT(j);
            struct brute_value item = {in ? VALUES_YES : VALUES_NO, decimal_whole(0)};
            w->b->now[gap->items[j]->index] = gap->set ? item : gap->may[k];
        }
        brute_go(w, i + 1);
    }
}

static inline struct brute_gap *brute_gap(struct brute *b, const struct variable *v, size_t room) {
    assert_true(b->gap_count < b->gap_room);
    struct brute_gap *gap = &b->gaps[b->gap_count++];
    *gap = (struct brute_gap){.items = {v}, .item_count = 1};
    gap->may = arena_array(b->arena, struct brute_value, room);
    return gap;
}

static inline void brute_gap_mask(struct brute *b, const struct variable *v, values mask) {
    struct brute_gap *gap = brute_gap(b, v, 64);
    for (values m = mask; m; m &= m - 1)
        gap->may[gap->count++].is = m & (~m + 1);
}

static inline bool brute_reads_gap(const struct brute_walk *w, const struct brute_gap *gap) {
    bool reads = false;
    for (size_t i = 0; i < gap->item_count; i++)
        reads = reads || w->reads[gap->items[i]->index];
    return reads;
}

/* Over all completions of what the decision reads; what stands of earlier decisions may be narrowed to what they
 * suggest. */
static inline void brute_run(struct brute_walk *w, bool as_suggested) {
    struct brute *b = w->b;
    size_t facts = b->gap_count, product = 1;
    for (size_t i = 0; i < b->kind->variable_count; i++) {
        const struct variable *v = b->kind->variables[i];
        values suggested = as_suggested ? b->suggestions[i] & b->stands[i] : 0;
        if (v->kind == VARIABLE_OUTPUT && w->reads[i])
            brute_gap_mask(b, v, suggested ? suggested : b->stands[i]);
    }
    w->gaps = arena_array(b->arena, const struct brute_gap *, b->gap_count);
    w->count = 0;
    for (size_t i = 0; i < b->gap_count; i++)
        if (brute_reads_gap(w, &b->gaps[i])) {
            assert_false(b->gaps[i].untold);
            w->gaps[w->count++] = &b->gaps[i];
            product *= b->gaps[i].count;
        }
    assert_true(product <= BRUTE_COMPLETIONS);
    memset(w->missed, 0, sizeof(w->missed));
    b->completions = 0;
    brute_go(w, 0);
    b->gap_count = facts;
}

/* ---- hit policies ---- */

struct brute_outcome {
    values set, preferred;
    bool nothing, normally;
};

/* How a value ranks: by `prefer:`, else most severe first; -1: it does not. */
static inline int brute_rank(const struct output *o, size_t answer) {
    const struct value *declared = value_get(value_at(o->decision->directive, "outputs"), o->id);
    const struct value *prefer =
        declared && declared->kind == VALUE_MAP ? value_at(declared, "prefer") : NULL;
    const struct scale *s = o->scale;
    for (uint32_t i = 0; prefer && i < prefer->count; i++)
        if (str_eq(value_words(&prefer->items[i]), o->answers[answer].id))
            return (int)i;
    if (prefer || !s || answer >= s->count - s->beside || (!s->last_best && !s->last_worst))
        return -1;
    return (int)(s->last_worst ? s->count - answer : answer);
}

/* Below 0: `a` is preferred to `b`. */
static inline int brute_prefers(const struct decision *d, const struct row *a, const struct row *b) {
    for (size_t o = 0; o < d->output_count; o++) {
        int best[2] = {INT32_MAX, INT32_MAX}, size[2] = {0, 0};
        for (size_t i = 0; i < d->outputs[o].answer_count; i++)
            for (int side = 0; side < 2; side++) {
                int rank = brute_rank(&d->outputs[o], i);
                if (rank < 0 || !((side ? b : a)->answers[o].set & VALUE_BIT(i)))
                    continue;
                size[side]++;
                best[side] = rank < best[side] ? rank : best[side];
            }
        if (best[0] != best[1])
            return best[0] < best[1] ? -1 : 1;
        if (size[0] != size[1])
            return size[0] < size[1] ? -1 : 1;
    }
    return 0;
}

static inline bool brute_same_answers(const struct decision *d, const struct row *a, const struct row *b) {
    for (size_t o = 0; o < d->output_count; o++)
        if (a->answers[o].set != b->answers[o].set || a->answers[o].normally != b->answers[o].normally)
            return false;
    return true;
}

/* One row wins: any, unique, priority. */
static inline void brute_winner(struct brute_walk *w, const bool *counts, struct brute_outcome *out) {
    const struct decision *d = w->decision;
    const struct row *best = NULL;
    for (size_t i = 0; i < d->row_count; i++) {
        if (!counts[i])
            continue;
        int than = best && d->hit == HIT_PRIORITY ? brute_prefers(d, d->rows[i], best) : 0;
        if (best && !than && !brute_same_answers(d, best, d->rows[i]))
            w->result->conflict = true;
        if (!best || than < 0)
            best = d->rows[i];
    }
    for (size_t o = 0; o < d->output_count; o++) {
        const struct cell_answer *a = best ? &best->answers[o] : NULL;
        out[o] = (struct brute_outcome){.nothing = !a || (a->set & VALUES_NOT_DETERMINED)};
        out[o].set = a ? a->set & ~VALUES_NOT_DETERMINED : 0;
        out[o].normally = a && a->normally;
        if (a)
            out[o].preferred = a->normally ? a->preferred : !(out[o].set & (out[o].set - 1)) ? out[o].set : 0;
    }
}

/* Every row speaks. */
static inline void brute_guide(const struct brute_walk *w, const bool *counts, struct brute_outcome *out) {
    size_t floor = 0, preferred = 0; /* of values, the number from 1 on */
    values nominated = 0;
    bool withdrawn = false, exempt = false, normally = false;
    for (size_t i = 0; i < w->decision->row_count; i++) {
        const struct cell_answer *a = &w->decision->rows[i]->answers[0];
        values prefers = a->normally || !(a->set & (a->set - 1)) ? a->normally ? a->preferred : a->set : 0;
        if (!counts[i])
            continue;
        if (a->set == VALUES_NOT_APPLICABLE) {
            exempt = true;
        } else if (a->set == VALUES_NOT_DETERMINED) {
            withdrawn = true;
        } else if (a->force == FORCE_FLOOR) {
            size_t low = (size_t)__builtin_ctzll(a->set) + 1;
            floor = low > floor ? low : floor;
        } else {
            size_t one = prefers ? (size_t)__builtin_ctzll(prefers) + 1 : 0;
            nominated |= a->set;
            preferred = one > preferred ? one : preferred;
            normally = normally || a->normally;
        }
    }
    *out = (struct brute_outcome){0};
    if (exempt) {
        out->set = out->preferred = VALUES_NOT_APPLICABLE;
        return;
    }
    for (size_t i = 1; !withdrawn && i <= w->decision->outputs[0].answer_count; i++)
        if (nominated & VALUE_BIT(i - 1))
            out->set |= VALUE_BIT((i > floor ? i : floor) - 1);
    if (out->set && preferred)
        out->preferred = VALUE_BIT((preferred > floor ? preferred : floor) - 1);
    out->normally = out->set && normally;
    if (!(out->set & (out->set - 1)) && !out->normally) /* whatever it was raised from */
        out->preferred = out->set;
    if (!out->set && floor)
        out->set = out->preferred = VALUE_BIT(floor - 1);
    out->nothing = !out->set;
}

static inline void brute_hit(struct brute_walk *w, const bool *counts, struct brute_outcome *out) {
    if (w->decision->hit == HIT_GUIDE)
        brute_guide(w, counts, out);
    else
        brute_winner(w, counts, out);
}

/* Which rows hold where no row of an earlier tier does. */
static inline bool brute_counting(struct brute_walk *w, bool *counts) {
    const struct decision *d = w->decision;
    size_t tier = SIZE_MAX;
    for (size_t i = 0; i < d->row_count; i++) {
        counts[i] = brute_row(w->b, d->rows[i], false);
        if (counts[i] && d->rows[i]->tier < tier)
            tier = d->rows[i]->tier;
    }
    for (size_t i = 0; i < d->row_count; i++)
        counts[i] = counts[i] && d->rows[i]->tier == tier;
    return tier != SIZE_MAX;
}

/* ---- one decision ---- */

/* What the rows of one key say of one output: a blank yields to a stated cell. */
static inline values brute_terms(struct brute_walk *w, const bool *counts, values key, size_t output) {
    values blank = 0, stated = 0;
    for (size_t i = 0; i < w->decision->row_count; i++) {
        const struct cell_answer *answers = w->decision->rows[i]->answers;
        if (!counts[i] || answers[0].set != key)
            continue;
        w->result->conflict |= answers[output].text.len && stated && stated != answers[output].set;
        *(answers[output].text.len ? &stated : &blank) = answers[output].set;
    }
    return (stated ? stated : blank) & ~VALUES_NOT_DETERMINED;
}

static inline void brute_collect(struct brute_walk *w, const bool *counts) {
    const struct decision *d = w->decision;
    bool first = w->b->completions == 0;
    for (size_t i = 0; i < d->row_count; i++) {
        struct brute_entry *e = &w->result->entries[i];
        bool given = false;
        for (size_t j = 0; j < d->row_count; j++)
            given = given || (counts[j] && d->rows[j]->answers[0].set == e->key);
        e->possible = e->possible || given;
        e->certain = given && (first || e->certain);
        for (size_t o = 0; o < d->output_count; o++)
            e->candidates[o] |= brute_terms(w, counts, e->key, o);
    }
}

static inline void brute_visit(struct brute_walk *w) {
    const struct decision *d = w->decision;
    struct brute_outcome one[DECISION_OUTPUTS_MAX] = {{0}};
    bool counts[BRUTE_ROWS] = {false}, left = false;
    bool applies = !d->applies || brute_holds(w->b, d->applies, false);
    bool some = applies && brute_counting(w, counts);
    for (size_t i = 0; i < d->row_count; i++) {
        w->missed[i] = w->missed[i] || !counts[i];
        left = left || (applies && !some && d->hit <= HIT_PRIORITY && brute_row(w->b, d->rows[i], true));
    }
    if (d->hit == HIT_COLLECT)
        brute_collect(w, counts);
    else
        brute_hit(w, counts, one);
    for (size_t o = 0; o < d->output_count; o++) {
        struct brute_output *all = &w->result->outputs[o];
        if (!applies || left)
            one[o] = (struct brute_outcome){.set = VALUES_NOT_APPLICABLE};
        all->candidates |= one[o].set;
        all->nothing = all->nothing || one[o].nothing;
        all->normally = all->normally || one[o].normally;
    }
}

static inline void brute_see_rows(struct brute_walk *w) {
    bool counts[BRUTE_ROWS] = {false};
    if (!w->decision->applies || brute_holds(w->b, w->decision->applies, false))
        brute_counting(w, counts);
    for (size_t i = 0; i < w->decision->row_count; i++)
        w->missed[i] = w->missed[i] || !counts[i];
}

/* The highest floor among rows that certainly count; where `not applicable` is possible, it may beat them all. */
static inline values brute_floor(const struct brute_walk *w, const bool *counts) {
    values floor = 0;
    for (size_t i = 0; i < w->decision->row_count; i++) {
        const struct cell_answer *a = &w->decision->rows[i]->answers[0];
        values low = a->set & (~a->set + 1);
        if (counts[i] && a->force == FORCE_FLOOR && low > floor)
            floor = low;
    }
    return w->result->outputs[0].candidates & VALUES_NOT_APPLICABLE ? 0 : floor;
}

/* What is certain suggests: the rows that count in every completion. */
static inline void brute_suggest(struct brute_walk *w) {
    struct brute_outcome certain[DECISION_OUTPUTS_MAX] = {{0}};
    bool always[BRUTE_ROWS] = {false}, conflict = w->result->conflict;
    for (size_t i = 0; i < w->decision->row_count; i++)
        always[i] = !w->missed[i];
    brute_hit(w, always, certain);
    w->result->conflict = conflict;
    if (w->visit == brute_visit && w->decision->hit == HIT_GUIDE)
        w->result->outputs[0].floor = brute_floor(w, always);
    for (size_t o = 0; o < w->decision->output_count; o++) {
        struct brute_output *r = &w->result->outputs[o];
        r->suggestion = r->suggestion ? r->suggestion : certain[o].preferred;
    }
}

static inline values brute_recorded(const struct brute *b, const struct output *o) {
    const struct recorded *r = &b->subject->recorded[o->variable->output_index];
    values value = 0;
    for (size_t i = 0; !r->hidden && r->in_force && i < o->answer_count; i++)
        if (str_eq(o->answers[i].id, r->in_force->text))
            value = VALUE_BIT(i);
    return value;
}

static inline void brute_status(const struct brute *b, const struct output *o, struct brute_output *r) {
    bool one = r->candidates && !(r->candidates & (r->candidates - 1)) && !r->nothing && !r->normally;
    r->status = !r->candidates                           ? DECISION_UNDETERMINED
                : !one                                   ? DECISION_CANDIDATES
                : r->candidates == VALUES_NOT_APPLICABLE ? DECISION_NOT_APPLICABLE
                                                         : DECISION_SETTLED;
    r->suggestion = r->status == DECISION_SETTLED ? r->candidates : r->suggestion & r->candidates;
    if (r->status == DECISION_NOT_APPLICABLE) { /* what was recorded before is history */
        r->stands = VALUES_NOT_APPLICABLE;
        return;
    }
    r->stands = brute_recorded(b, o);
    if (r->floor &&
        (r->stands || o->decision->when_recorded)) /* what is automatic raises what was recorded */
        r->stands = r->floor > r->stands ? r->floor : r->stands;
    if (!r->stands && o->decision->when_recorded && r->status != DECISION_NOT_APPLICABLE)
        r->stands = VALUES_NOT_DETERMINED;
    if (!r->stands)
        r->stands = r->candidates | (r->nothing || !r->candidates ? VALUES_NOT_DETERMINED : 0);
}

/* What a narrower audience may not see is missing over its whole scale. */
static inline void brute_hide(const struct output *o, struct brute_output *r) {
    values all = VALUE_BIT(o->answer_count) - 1;
    *r = (struct brute_output){.status = DECISION_CANDIDATES, .candidates = all, .stands = all};
}

static inline bool brute_is_hidden(bool classed, enum audience class, const struct brute *b) {
    return classed && b->subject->audience > class;
}

static inline void brute_decide(struct brute *b, const struct decision *d, struct brute_result *out) {
    *out = (struct brute_result){.hidden = brute_is_hidden(d->classed, d->audience, b)};
    struct brute_walk w = {.b = b, .decision = d, .result = out, .visit = brute_visit};
    assert_true(d->row_count <= BRUTE_ROWS);
    w.reads = arena_array(b->arena, bool, b->kind->variable_count);
    w.nevers = arena_array(b->arena, bool, b->kind->never_count);
    brute_reads_decision(d, w.reads);
    brute_reads_nevers(b, w.reads, w.nevers);
    for (size_t i = 0; i < d->row_count; i++) {
        bool seen = d->rows[i]->marker;
        for (size_t j = 0; j < i; j++)
            seen = seen || d->rows[j]->answers[0].set == d->rows[i]->answers[0].set;
        out->entries[i].key = seen ? 0 : d->rows[i]->answers[0].set;
    }
    if (!out->hidden) {
        brute_run(&w, false);
        if (d->hit <= HIT_GUIDE) {
            brute_suggest(&w);
            w.visit = brute_see_rows;
            brute_run(&w, true);
            brute_suggest(&w);
        }
    }
    for (size_t o = 0; o < d->output_count; o++) {
        const struct output *output = &d->outputs[o];
        struct brute_output *r = &out->outputs[o];
        brute_status(b, output, r);
        bool hidden = out->hidden || brute_is_hidden(output->classed, output->audience, b);
        if (hidden)
            brute_hide(output, r);
        b->stands[output->variable->index] = r->stands;
        if (!hidden && !brute_recorded(b, output) && !d->when_recorded)
            b->suggestions[output->variable->index] = r->suggestion;
    }
}

#endif
