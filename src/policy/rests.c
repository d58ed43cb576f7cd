/* SPDX-License-Identifier: MIT */
/* rests.c: a walk from a table down to the records. */
#include "policy/rests.h"

struct walk {
    struct rests *out;
    const struct policy *policy;
    struct str record; /* the kind of the decision's own records */
    bool **seen;       /* of each kind, of each variable */
    bool *decided;     /* of each decision */
};

static void walk_variable(struct walk *w, const struct variable *v);

/* A name is bound to a variable, of any kind since a filter names the fields of its items, or to a kind whose records it
 * lists. */
static void walk_name(struct walk *w, const struct feel_node *n) {
    for (size_t k = 0; k < w->policy->kind_count; k++) {
        const struct policy_kind *kind = w->policy->kinds[k];
        w->out->others = w->out->others || n->bound == kind;
        for (size_t i = 0; i < kind->variable_count; i++)
            if (n->bound == kind->variables[i])
                walk_variable(w, kind->variables[i]);
    }
}

static void walk_node(struct walk *w, const struct feel_node *n) {
    if ((n->op == FEEL_NAME || n->op == FEEL_PATH) && n->bound)
        walk_name(w, n);
    for (size_t i = 0; i < n->count; i++)
        walk_node(w, n->kids[i]);
}

static void walk_condition(struct walk *w, const struct condition *c) {
    if (!c)
        return;
    if (c->op == CONDITION_TEST)
        walk_variable(w, c->variable);
    if (c->op == CONDITION_FEEL && c->feel)
        walk_node(w, c->feel);
    for (size_t i = 0; i < c->count; i++)
        walk_condition(w, c->kids[i]);
}

static void walk_decision(struct walk *w, const struct decision *d) {
    if (w->decided[d->index])
        return;
    w->decided[d->index] = true;
    w->out->decisions[w->out->decision_count++] = d;
    walk_condition(w, d->applies);
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            walk_condition(w, d->rows[i]->cells[j].condition);
}

static void add_fact(struct walk *w, const struct fact *fact) {
    for (size_t i = 0; i < w->out->fact_count; i++)
        if (w->out->facts[i] == fact)
            return;
    w->out->facts[w->out->fact_count++] = fact;
}

static bool is_seen(struct walk *w, const struct variable *v) {
    for (size_t k = 0; k < w->policy->kind_count; k++) {
        const struct policy_kind *kind = w->policy->kinds[k];
        if (v->index >= kind->variable_count || kind->variables[v->index] != v)
            continue;
        bool seen = w->seen[k][v->index];
        w->seen[k][v->index] = true;
        return seen;
    }
    return true;
}

static void walk_variable(struct walk *w, const struct variable *v) {
    while (v->of)
        v = v->of;
    if (is_seen(w, v))
        return;
    w->out->others = w->out->others || !str_eq(v->record, w->record);
    if (v->output)
        walk_decision(w, v->output->decision);
    if (v->fact && !v->fact->derived)
        add_fact(w, v->fact);
    walk_condition(w, v->when);
    walk_condition(w, v->applies);
    if (v->is)
        walk_node(w, v->is);
}

void rests_on(struct rests *rests, const struct policy *policy, const struct decision *decision,
              struct arena *arena) {
    size_t facts = 0;
    struct walk w = {.out = rests, .policy = policy, .record = decision->record};
    w.seen = arena_array(arena, bool *, policy->kind_count);
    for (size_t k = 0; k < policy->kind_count; k++) {
        w.seen[k] = arena_array(arena, bool, policy->kinds[k]->variable_count);
        facts += policy->kinds[k]->fact_count;
    }
    w.decided = arena_array(arena, bool, policy->decision_count);
    *rests = (struct rests){.facts = arena_array(arena, const struct fact *, facts),
                            .decisions = arena_array(arena, const struct decision *, policy->decision_count)};
    walk_decision(&w, decision);
}
