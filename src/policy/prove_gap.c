/* SPDX-License-Identifier: MIT */
/*
 * prove_gap.c: what no row covers.
 *
 * The columns are asked one after the other, as a person reads the table; where no row is left, there is a gap, and the
 * rows that were left until the last column came nearest. Gaps that the same rows came nearest to are one finding. The
 * order of the runs that decide would be quicker, but its gaps are cut across the columns, and 134 of them say less than
 * ten.
 */
#include "policy/prove_priv.h"

/* Examples that one group keeps, of which the smallest is printed. */
#define EXAMPLES_MAX 24

/* Gaps that the same rows came nearest to. */
struct group {
    bool *near; /* of the decision's rows, as written */
    size_t cell;
    values **boxes;
    size_t count;
};

struct gaps {
    struct prover *p;
    const struct row **rows; /* without markers, as written */
    size_t row_count;
    struct group *groups;
    size_t count, room;
    bool *left, *failed; /* of the rows: not yet failed; failed in the last column asked */
};

/* ---- one gap at a time ---- */

static enum truth ask_any_row(void *context, struct search *s, struct branch *b) {
    const struct gaps *g = context;
    enum truth any = TRUTH_NO;
    s->state.leave_inapplicable = true;
    for (size_t i = 0; i < g->row_count && any != TRUTH_YES; i++) {
        struct branch one;
        enum truth t = ask_row(s, g->rows[i], true, &one);
        if (t == TRUTH_MAYBE)
            *b = one;
        any = t == TRUTH_NO ? any : t;
    }
    s->state.leave_inapplicable = false;
    return any;
}

/* Whether no row covers anything of the box. */
static bool is_gap(struct gaps *g, const values *box) {
    struct prover *p = g->p;
    prover_enter(p, box);
    bool covered = prover_find(p, ask_any_row, g) || prover_gave_up(p);
    prover_enter(p, p->s.state.subject->domain);
    return !covered;
}

static bool same_box(const struct gaps *g, const values *a, const values *b, size_t *differ) {
    size_t n = g->p->s.state.subject->kind->variable_count, count = 0;
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i]) {
            *differ = i;
            count++;
        }
    return count <= 1;
}

/* Leaves out of a box what the gap does not need. */
static void widen(struct gaps *g, values *box) {
    const struct subject *subject = g->p->s.state.subject;
    for (size_t i = subject->kind->variable_count; i-- > 0;) {
        values was = box[i];
        box[i] = subject->domain[i];
        if (was != box[i] && !is_gap(g, box))
            box[i] = was;
    }
}

/* Two boxes that differ in one variable are one. */
static void merge(struct gaps *g, struct group *group) {
    for (size_t i = 0; i < group->count; i++)
        for (size_t j = i + 1; j < group->count; j++) {
            size_t differ = 0;
            if (!same_box(g, group->boxes[i], group->boxes[j], &differ))
                continue;
            group->boxes[i][differ] |= group->boxes[j][differ];
            group->boxes[j] = group->boxes[--group->count];
            i = j = 0; /* what it has become may meet another */
        }
}

static struct group *group_of(struct gaps *g, size_t cell) {
    struct arena *scratch = g->p->s.arena;
    for (size_t i = 0; i < g->count; i++)
        if (g->groups[i].cell == cell &&
            memcmp(g->groups[i].near, g->failed, g->row_count * sizeof(bool)) == 0)
            return &g->groups[i];
    if (g->count == g->room) {
        size_t room = g->room ? 2 * g->room : 16;
        g->groups = arena_grow(scratch, g->groups, g->count * sizeof(*g->groups), room * sizeof(*g->groups),
                               alignof(struct group));
        g->room = room;
    }
    struct group *group = &g->groups[g->count++];
    *group = (struct group){.near = arena_array(scratch, bool, g->row_count),
                            .cell = cell,
                            .boxes = arena_array(scratch, values *, EXAMPLES_MAX)};
    memcpy(group->near, g->failed, g->row_count * sizeof(bool));
    return group;
}

static void add_gap(struct gaps *g, struct search *s, size_t cell) {
    size_t n = s->state.subject->kind->variable_count;
    struct group *group = group_of(g, cell);
    if (group->count == EXAMPLES_MAX)
        return;
    group->boxes[group->count] = arena_array(s->arena, values, n);
    memcpy(group->boxes[group->count++], s->state.domain, n * sizeof(values));
}

/* ---- all of them ---- */

/* Asks one column: which of the rows that are left fail in it, and how many do not. False where a branch must be taken
 * first. */
static bool ask_column(struct gaps *g, struct search *s, size_t cell, size_t *left, struct branch *b) {
    *left = 0;
    for (size_t i = 0; i < g->row_count; i++) {
        g->failed[i] = false;
        if (!g->left[i])
            continue;
        enum truth t = ask_condition(s, g->rows[i]->cells[cell].condition, b);
        if (t == TRUTH_MAYBE)
            return false;
        g->failed[i] = t == TRUTH_NO;
        *left += t == TRUTH_YES;
    }
    return true;
}

/* Yes: no row is left after the column `*last`. */
static enum truth ask_columns(struct gaps *g, struct search *s, size_t *last, struct branch *b) {
    size_t left = 1;
    for (size_t i = 0; i < g->row_count; i++) {
        if (row_truth(&s->state, g->rows[i]) == TRUTH_YES)
            return TRUTH_NO;
        g->left[i] = true;
    }
    for (*last = 0;; ++*last) {
        for (size_t i = 0; i < g->row_count; i++)
            if (g->left[i] && *last == g->rows[i]->cell_count)
                return TRUTH_NO; /* all of it was asked, and holds */
        if (!ask_column(g, s, *last, &left, b))
            return TRUTH_MAYBE;
        if (!left)
            return TRUTH_YES;
        for (size_t i = 0; i < g->row_count; i++)
            g->left[i] = g->left[i] && !g->failed[i];
    }
}

/* A gap is noted and answered with no, so that the search goes on to the next. */
static enum truth ask_gap(void *context, struct search *s, struct branch *b) {
    struct gaps *g = context;
    size_t last = 0;
    enum truth t = ask_applies(s, b);
    if (t != TRUTH_YES)
        return t;
    s->state.leave_inapplicable = true; /* where a row would hold but for that, it is no gap */
    t = ask_columns(g, s, &last, b);
    s->state.leave_inapplicable = false;
    if (t == TRUTH_YES && search_allowed(s) && prover_possible(s)) {
        g->p->out->runs++;
        add_gap(g, s, last);
    }
    return t == TRUTH_MAYBE ? t : TRUTH_NO;
}

/* The group's smallest example. */
static const values *smallest(struct gaps *g, struct group *group, const struct asked *asked) {
    size_t best = 0, size = SIZE_MAX;
    for (size_t i = 0; i < group->count; i++)
        widen(g, group->boxes[i]);
    merge(g, group);
    for (size_t i = 0; i < group->count; i++) {
        size_t own = witness_size(&g->p->s, asked, group->boxes[i]);
        best = own < size ? i : best;
        size = own < size ? own : size;
    }
    return group->boxes[best];
}

static void report(struct gaps *g, struct group *group, const struct asked *asked) {
    struct prover *p = g->p;
    struct finding *f = prover_add(p, FINDING_GAP);
    const values *box = smallest(g, group, asked);
    f->witness = witness_words(&p->s, asked, box, p->arena);
    f->unsure = witness_unsure(&p->s, box);
    f->cell = group->cell;
    f->near = arena_array(p->arena, const struct row *, g->row_count + 1);
    for (size_t i = 0; i < g->row_count; i++)
        if (group->near[i])
            f->near[f->near_count++] = g->rows[i];
    f->near_count =
        f->near_count < g->row_count ? f->near_count : 0; /* in the first column each comes as near */
}

void prove_gaps(struct prover *p) {
    const struct decision *d = p->decision;
    struct arena *scratch = p->s.arena;
    struct gaps g = {.p = p,
                     .rows = arena_array(scratch, const struct row *, d->row_count + 1),
                     .left = arena_array(scratch, bool, d->row_count + 1),
                     .failed = arena_array(scratch, bool, d->row_count + 1)};
    struct asked asked;
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i]->marker)
            g.rows[g.row_count++] = d->rows[i];
    p->s.steps = 0;
    p->s.steps_max = SEARCH_STEPS_MAX;
    search_find(&p->s, ask_gap, &g, NULL);
    p->out->bounded = p->out->bounded || prover_gave_up(p);
    if (prover_gave_up(p))
        prover_add(p, FINDING_UNPROVED);
    asked_collect(p->s.state.subject->kind, g.rows, g.row_count, scratch, &asked);
    for (size_t i = 0; i < g.count; i++)
        report(&g, &g.groups[i], &asked);
}
