/* SPDX-License-Identifier: MIT */
/* rests.c: a walk from a table down to the records. */
#include "policy/rests.h"

/* A name is bound to a variable, of any kind since a filter names the fields of its items, or to a kind whose records it
 * lists. */
static void walk_name(struct rests *rests, const struct feel_node *n) {
    for (size_t k = 0; k < rests->policy->kind_count; k++) {
        const struct policy_kind *kind = rests->policy->kinds[k];
        rests->others = rests->others || n->bound == kind;
        for (size_t i = 0; i < kind->variable_count; i++)
            if (n->bound == kind->variables[i])
                rests_variable(rests, kind->variables[i]);
    }
}

static void walk_node(struct rests *rests, const struct feel_node *n) {
    if ((n->op == FEEL_NAME || n->op == FEEL_PATH) && n->bound)
        walk_name(rests, n);
    for (size_t i = 0; i < n->count; i++)
        walk_node(rests, n->kids[i]);
}

void rests_condition(struct rests *rests, const struct condition *c) {
    if (!c)
        return;
    if (c->op == CONDITION_TEST)
        rests_variable(rests, c->variable);
    if (c->op == CONDITION_FEEL && c->feel)
        walk_node(rests, c->feel);
    for (size_t i = 0; i < c->count; i++)
        rests_condition(rests, c->kids[i]);
}

static void walk_decision(struct rests *rests, const struct decision *d) {
    if (rests->decided[d->index])
        return;
    rests->decided[d->index] = true;
    rests->decisions[rests->decision_count++] = d;
    rests_condition(rests, d->applies);
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            rests_condition(rests, d->rows[i]->cells[j].condition);
}

static void add_fact(struct rests *rests, const struct fact *fact) {
    for (size_t i = 0; i < rests->fact_count; i++)
        if (rests->facts[i] == fact)
            return;
    rests->facts[rests->fact_count++] = fact;
}

static bool is_seen(struct rests *rests, const struct variable *v) {
    for (size_t k = 0; k < rests->policy->kind_count; k++) {
        const struct policy_kind *kind = rests->policy->kinds[k];
        if (v->index >= kind->variable_count || kind->variables[v->index] != v)
            continue;
        bool seen = rests->seen[k][v->index];
        rests->seen[k][v->index] = true;
        return seen;
    }
    return true;
}

void rests_variable(struct rests *rests, const struct variable *v) {
    while (v->of)
        v = v->of;
    if (is_seen(rests, v))
        return;
    rests->variables[rests->variable_count++] = v;
    bool schools = v->fact && v->fact->type == FACT_SCHOOLS; /* of a school too, whose kind tells nothing */
    rests->others = rests->others || schools || !str_eq(v->record, rests->record);
    if (v->output)
        walk_decision(rests, v->output->decision);
    if (v->fact && !v->fact->derived)
        add_fact(rests, v->fact);
    rests_condition(rests, v->when);
    rests_condition(rests, v->applies);
    if (v->is)
        walk_node(rests, v->is);
}

void rests_begin(struct rests *rests, const struct policy *policy, struct str record, struct arena *arena) {
    size_t facts = 0, variables = 0;
    *rests = (struct rests){.policy = policy, .record = record};
    rests->seen = arena_array(arena, bool *, policy->kind_count);
    for (size_t k = 0; k < policy->kind_count; k++) {
        rests->seen[k] = arena_array(arena, bool, policy->kinds[k]->variable_count);
        facts += policy->kinds[k]->fact_count;
        variables += policy->kinds[k]->variable_count;
    }
    rests->decided = arena_array(arena, bool, policy->decision_count);
    rests->facts = arena_array(arena, const struct fact *, facts);
    rests->variables = arena_array(arena, const struct variable *, variables);
    rests->decisions = arena_array(arena, const struct decision *, policy->decision_count);
}

void rests_on(struct rests *rests, const struct policy *policy, const struct decision *decision,
              struct arena *arena) {
    rests_begin(rests, policy, decision->record, arena);
    walk_decision(rests, decision);
}
