/* SPDX-License-Identifier: MIT */
/* order.c: which decision comes before which, and which row wins over which. */
#include "policy/table.h"

#include <limits.h>
#include <stdlib.h>

/* ---- rows ---- */

/* How a cell ranks: special words after all values, then by its most preferred value, then by its size. */
struct rank {
    bool special;
    int best;
    int size;
};

static struct rank rank_of(const struct output *o, const struct cell_answer *a) {
    struct rank rank = {.best = INT_MAX};
    for (size_t i = 0; i < o->answer_count; i++) {
        if (!(a->set & VALUE_BIT(i)))
            continue;
        rank.size++;
        rank.best = o->answers[i].rank < rank.best ? o->answers[i].rank : rank.best;
    }
    rank.special = rank.best == INT_MAX;
    return rank;
}

int row_compare(const struct decision *d, const struct row *a, const struct row *b) {
    for (size_t i = 0; i < d->output_count; i++) {
        const struct output *o = &d->outputs[i];
        if (!o->ordered)
            continue;
        struct rank x = rank_of(o, &a->answers[i]), y = rank_of(o, &b->answers[i]);
        if (x.special != y.special)
            return x.special ? 1 : -1;
        if (x.best != y.best)
            return x.best < y.best ? -1 : 1;
        if (x.size != y.size && !x.special)
            return x.size < y.size ? -1 : 1;
    }
    return 0;
}

/* By tier, then by preference; equal rows stay as they were written. Insertion is stable, and tables are short. */
static void order_rows(struct policy *p, struct decision *d) {
    d->order = arena_array(p->arena, struct row *, d->row_count);
    for (size_t i = 0; i < d->row_count; i++) {
        struct row *row = d->rows[i];
        size_t at = i;
        while (at > 0) {
            const struct row *before = d->order[at - 1];
            bool later = before->tier > row->tier;
            bool equal =
                before->tier == row->tier && d->hit == HIT_PRIORITY && !before->marker && !row->marker;
            if (!later && !(equal && row_compare(d, row, before) < 0))
                break;
            d->order[at] = d->order[at - 1];
            at--;
        }
        d->order[at] = row;
    }
}

/* ---- what reads what ---- */

/* A derived fact or a decision that is being looked at; those on the way to it hang below. */
struct step {
    const struct variable *variable;
    const struct decision *decision;
    const struct step *below;
    size_t depth;
};

/* Deeper than any chain of derived facts that people follow, and shallow enough for the stack. */
#define CHAIN_MAX 200

enum mark_state { MARK_NEW, MARK_OPEN, MARK_DONE };

/* How far the walk is with a fact or a decision, and how long the longest chain is that it rests on, itself counted. */
struct mark {
    enum mark_state state;
    size_t height;
};

struct walk {
    struct tables *tables;
    struct mark *decisions;  /* of each decision */
    struct mark **variables; /* of each variable of each kind */
    bool deep;
};

static struct str step_name(const struct step *s) {
    return s->decision ? s->decision->id : s->variable->id;
}

static struct place step_place(const struct step *s) {
    return s->decision ? s->decision->at : value_place(s->variable->fact->source);
}

static bool same_step(const struct step *a, const struct step *b) {
    return a->decision == b->decision && a->variable == b->variable;
}

/* "category" reads "below_floor", which reads "category": from where the chain closes. */
static void report_cycle(struct walk *w, const struct step *top) {
    const struct step *chain[CHAIN_MAX + 1];
    size_t n = 0;
    for (const struct step *s = top; s && n <= CHAIN_MAX; s = s->below) {
        chain[n++] = s;
        if (s != top && same_step(s, top))
            break;
    }
    struct buf names = {.arena = w->tables->diags->arena};
    for (size_t i = n; i-- > 0;) {
        buf_add(&names, !names.len ? STR("") : i + 2 == n ? STR(" reads ") : STR(", which reads "));
        buf_printf(&names, "\"" STR_FMT "\"", STR_ARG(step_name(chain[i])));
    }
    diag(w->tables->diags, DIAG_POLICY_CYCLE, step_place(top), buf_str(&names));
}

static size_t visit_decision(struct walk *w, const struct decision *d, const struct step *below);
static size_t visit_variable(struct walk *w, const struct variable *v, const struct step *below);

static size_t higher(size_t a, size_t b) {
    return a > b ? a : b;
}

/* How long the longest chain is that the condition rests on. */
static size_t visit_condition(struct walk *w, const struct condition *c, const struct step *below) {
    size_t height = c && c->op == CONDITION_TEST ? visit_variable(w, c->variable, below) : 0;
    for (size_t i = 0; c && i < c->count; i++)
        height = higher(height, visit_condition(w, c->kids[i], below));
    for (size_t i = 0; c && i < c->read_count; i++)
        height = higher(height, visit_variable(w, c->reads[i], below));
    return height;
}

static void check_long(struct walk *w, const struct step *step, size_t length) {
    if (length > CHAIN_MAX && !w->deep)
        diag(w->tables->diags, DIAG_POLICY_CHAIN, step_place(step), step_name(step),
             str_whole(w->tables->diags->arena, CHAIN_MAX));
    w->deep = w->deep || length > CHAIN_MAX;
}

/* True where the step is new; a step that is open already closes a chain. */
static bool enter(struct walk *w, struct mark *mark, const struct step *step) {
    if (mark->state == MARK_OPEN)
        report_cycle(w, step);
    check_long(w, step, step->depth);
    if (mark->state != MARK_NEW || step->depth > CHAIN_MAX)
        return false;
    mark->state = MARK_OPEN;
    return true;
}

/* What was visited from below is long by what it rests on, not by what has led to it. */
static void leave(struct walk *w, struct mark *mark, const struct step *step, size_t rests_on) {
    *mark = (struct mark){MARK_DONE, rests_on + 1};
    check_long(w, step, mark->height);
}

static size_t kind_index(const struct policy *p, struct str id) {
    size_t i = 0;
    while (!str_eq(p->kinds[i]->id, id))
        i++;
    return i;
}

static size_t visit_variable(struct walk *w, const struct variable *v, const struct step *below) {
    if (v->kind == VARIABLE_OUTPUT)
        return visit_decision(w, v->output->decision, below);
    if (v->kind != VARIABLE_FACT || (!v->fact->derived && !v->applies))
        return 0;
    struct step step = {.variable = v, .below = below, .depth = below ? below->depth + 1 : 1};
    struct mark *mark = &w->variables[kind_index(w->tables->policy, v->record)][v->index];
    if (!enter(w, mark, &step))
        return mark->height;
    size_t height = higher(visit_condition(w, v->when, &step), visit_condition(w, v->applies, &step));
    for (size_t i = 0; i < v->read_count; i++)
        height = higher(height, visit_variable(w, v->reads[i], &step));
    leave(w, mark, &step, height);
    return mark->height;
}

static void kind_add_decision(struct policy *p, struct decision *d) {
    struct policy_kind *kind = policy_kind(p, d->record);
    kind->decisions =
        arena_grow(p->arena, kind->decisions, kind->decision_count * sizeof(struct decision *),
                   (kind->decision_count + 1) * sizeof(struct decision *), alignof(struct decision *));
    kind->decisions[kind->decision_count++] = d;
}

static size_t visit_decision(struct walk *w, const struct decision *d, const struct step *below) {
    struct step step = {.decision = d, .below = below, .depth = below ? below->depth + 1 : 1};
    struct mark *mark = &w->decisions[d->index];
    if (!enter(w, mark, &step))
        return mark->height;
    size_t height = visit_condition(w, d->applies, &step);
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            height = higher(height, visit_condition(w, d->rows[i]->cells[j].condition, &step));
    leave(w, mark, &step, height);
    if (d->kind == TABLE_DECISION)
        kind_add_decision(w->tables->policy, w->tables->policy->decisions[d->index]);
    return mark->height;
}

void policy_order(struct tables *t) {
    struct policy *p = t->policy;
    struct walk w = {.tables = t,
                     .decisions = arena_array(t->diags->arena, struct mark, p->decision_count),
                     .variables = arena_array(t->diags->arena, struct mark *, p->kind_count)};
    for (size_t i = 0; i < p->kind_count; i++)
        w.variables[i] = arena_array(t->diags->arena, struct mark, p->kinds[i]->variable_count);
    for (size_t i = 0; i < p->kind_count; i++)
        for (size_t j = 0; j < p->kinds[i]->variable_count; j++)
            visit_variable(&w, p->kinds[i]->variables[j], NULL);
    for (size_t i = 0; i < p->decision_count; i++) {
        visit_decision(&w, p->decisions[i], NULL);
        order_rows(p, p->decisions[i]);
    }
}
