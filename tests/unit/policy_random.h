/* SPDX-License-Identifier: MIT */
/*
 * policy_random.h: small random policies, and an oracle that knows nothing of searching.
 *
 * A policy of at most six variables of at most four values is made of bits alone, without a page or a vocabulary, so
 * every construct of the search comes up: absence, derived facts, `applies`, `never`, tiers, every hit policy. The
 * oracle writes down every completion of what is known and applies the hit policy to each as policy-language has it.
 */
#ifndef SIGNPOST_TESTS_POLICY_RANDOM_H
#define SIGNPOST_TESTS_POLICY_RANDOM_H

#include "policy/condition.h"
#include "policy/decide.h"
#include "random.h"

#define TOY_VARIABLES 6
#define TOY_ROWS 7
#define TOY_ANSWERS 4
#define TOY_OUTPUTS 2

struct toy {
    struct random random;
    struct policy policy;
    struct policy_kind kind;
    struct variable variables[TOY_VARIABLES];
    struct variable *variable_list[TOY_VARIABLES];
    struct variable output_variables[TOY_OUTPUTS];
    struct never nevers[2];
    struct never *never_list[2];
    struct decision decision;
    struct policy_table table;
    struct output outputs[TOY_OUTPUTS];
    struct answer answers[TOY_OUTPUTS][TOY_ANSWERS];
    struct row rows[TOY_ROWS];
    struct row *row_list[TOY_ROWS], *order[TOY_ROWS];
    struct row_cell cells[TOY_ROWS][TOY_VARIABLES];
    struct cell_answer said[TOY_ROWS][TOY_OUTPUTS];
};

static inline bool toy_chance(struct toy *t, size_t in) {
    return random_below(&t->random, in) == 0;
}

static inline values toy_some(struct toy *t, values all) {
    values mask = random_next(&t->random) & all;
    return mask ? mask : all & (~all + 1);
}

/* A test of a variable before `below`, or a few of them joined. */
static inline struct condition *toy_condition(struct toy *t, size_t below, int depth) {
    if (depth && toy_chance(t, 3)) {
        struct condition *kids[3];
        size_t n = 2 + random_below(&t->random, 2);
        for (size_t i = 0; i < n; i++)
            kids[i] = toy_condition(t, below, depth - 1);
        return condition_join(&t->policy, toy_chance(t, 2) ? CONDITION_AND : CONDITION_OR, kids, n);
    }
    const struct variable *v = &t->variables[random_below(&t->random, below)];
    return condition_test(&t->policy, v, toy_some(t, v->all));
}

static inline void toy_variable(struct toy *t, size_t i) {
    struct variable *v = &t->variables[i];
    *v = (struct variable){
        .kind = VARIABLE_FACT, .index = i, .all = VALUE_BIT(2 + random_below(&t->random, 3)) - 1};
    v->id = v->label = str_join(t->policy.arena, STR("v"), str_whole(t->policy.arena, (long long)i));
    if (toy_chance(t, 6))
        v->all |= VALUES_NOT_DETERMINED;
    if (toy_chance(t, 5))
        v->all |= VALUES_NOT_APPLICABLE;
    if (i && toy_chance(t, 5)) {
        v->all = VALUES_YES | VALUES_NO;
        v->when = toy_condition(t, i, 1);
    }
    if (i && toy_chance(t, 5)) {
        v->applies = toy_condition(t, i, 1);
        v->all |= VALUES_NOT_APPLICABLE;
    }
    t->variable_list[i] = v;
}

static inline void toy_said(struct toy *t, size_t row, size_t output) {
    struct cell_answer *a = &t->said[row][output];
    values all = VALUE_BIT(TOY_ANSWERS) - 1, one = VALUE_BIT(random_below(&t->random, TOY_ANSWERS));
    enum hit hit = t->decision.hit;
    *a = (struct cell_answer){.set = one, .preferred = one, .text = STR("said")};
    if (hit >= HIT_SUM || (hit == HIT_COLLECT && output == 0))
        return;
    if (hit == HIT_GUIDE && toy_chance(t, 4)) {
        *a = (struct cell_answer){.set = all & ~(one - 1), .force = FORCE_FLOOR};
    } else if (toy_chance(t, 4)) {
        a->set = toy_some(t, all);
        a->preferred = a->set & (a->set - 1) ? 0 : a->set;
    } else if (toy_chance(t, 4)) {
        a->set |= toy_some(t, all);
        a->normally = true;
    } else if (toy_chance(t, 8)) {
        *a = (struct cell_answer){.set = VALUES_NOT_APPLICABLE, .preferred = VALUES_NOT_APPLICABLE};
    } else if (toy_chance(t, 8)) {
        *a = (struct cell_answer){.set = VALUES_NOT_DETERMINED};
    }
}

static inline void toy_row(struct toy *t, size_t i) {
    struct row *row = &t->rows[i];
    *row = (struct row){.index = i, .table = &t->table, .cells = t->cells[i], .answers = t->said[i]};
    row->id = row->address = row->label =
        str_join(t->policy.arena, STR("R"), str_whole(t->policy.arena, (long long)i));
    row->cell_count = 1 + random_below(&t->random, 3);
    for (size_t c = 0; c < row->cell_count; c++) {
        t->cells[i][c] = (struct row_cell){.column = c};
        t->cells[i][c].condition = toy_chance(t, 4) ? condition_constant(&t->policy, true)
                                                    : toy_condition(t, t->kind.variable_count, 1);
    }
    for (size_t o = 0; o < t->decision.output_count; o++)
        toy_said(t, i, o);
    t->row_list[i] = t->order[i] = row;
}

/* A policy of one decision with this hit policy; the same for the same seed. */
static inline void toy_make(struct toy *t, struct arena *arena, uint64_t seed, enum hit hit) {
    memset(t, 0, sizeof(*t));
    t->random.state = seed;
    t->policy.arena = arena;
    struct policy_kind *kind = &t->kind;
    *kind = (struct policy_kind){.id = STR("toy"), .variables = t->variable_list, .nevers = t->never_list};
    kind->variable_count = 3 + random_below(&t->random, TOY_VARIABLES - 2);
    for (size_t i = 0; i < kind->variable_count; i++)
        toy_variable(t, i);
    for (size_t i = random_below(&t->random, 3); i > 0; i--) {
        t->never_list[kind->never_count] = &t->nevers[kind->never_count];
        t->nevers[kind->never_count++] = (struct never){.when = toy_condition(t, kind->variable_count, 2)};
    }
    struct decision *d = &t->decision;
    *d = (struct decision){
        .id = STR("toy"), .hit = hit, .outputs = t->outputs, .rows = t->row_list, .order = t->order};
    d->output_count = hit == HIT_GUIDE || hit >= HIT_SUM ? 1 : 1 + random_below(&t->random, TOY_OUTPUTS);
    d->row_count = 1 + random_below(&t->random, TOY_ROWS);
    d->applies = toy_chance(t, 4) ? toy_condition(t, kind->variable_count, 1) : NULL;
    t->table.decision = d;
    for (size_t o = 0; o < d->output_count; o++) {
        t->outputs[o] = (struct output){.decision = d, .answers = t->answers[o], .answer_count = TOY_ANSWERS};
        t->output_variables[o] = (struct variable){.kind = VARIABLE_OUTPUT, .output = &t->outputs[o]};
        t->output_variables[o].index = TOY_VARIABLES + o; /* a domain has room for them */
        t->outputs[o].variable = &t->output_variables[o];
        for (size_t a = 0; a < TOY_ANSWERS; a++)
            t->answers[o][a] = (struct answer){.number = decimal_whole((int64_t)a), .rank = INT32_MAX};
    }
    for (size_t i = 0; i < d->row_count; i++)
        toy_row(t, i);
    for (size_t i = d->row_count > 2 && toy_chance(t, 2) ? d->row_count - 2 : d->row_count; i < d->row_count;
         i++)
        t->rows[i].tier = 1;
}

/* A subject of which some is known; the domain is left at everything where `known` is false. */
static inline void toy_subject(struct toy *t, bool known, struct arena *arena, struct subject *out) {
    *out = (struct subject){.policy = &t->policy, .kind = &t->kind};
    out->domain = arena_array(arena, values, TOY_VARIABLES + TOY_OUTPUTS);
    for (size_t i = 0; i < t->kind.variable_count; i++) {
        values all = t->variables[i].all;
        out->domain[i] = all;
        if (!known || t->variables[i].when || toy_chance(t, 3))
            continue;
        values some = toy_some(t, all);
        out->domain[i] = toy_chance(t, 3) ? some : some & (~some + 1);
    }
}

/* ---- the oracle ---- */

struct world {
    values is[TOY_VARIABLES]; /* one value each, as the subject has it */
};

static inline bool world_holds(const struct condition *c, const values *is, bool leave) {
    if (c->op == CONDITION_TRUE || c->op == CONDITION_FALSE)
        return c->op == CONDITION_TRUE;
    if (c->op == CONDITION_TEST)
        return (is[c->variable->index] & c->mask) ||
               (leave && is[c->variable->index] == VALUES_NOT_APPLICABLE);
    for (size_t i = 0; i < c->count; i++)
        if (world_holds(c->kids[i], is, leave) != (c->op == CONDITION_AND))
            return c->op != CONDITION_AND;
    return c->op == CONDITION_AND;
}

static inline bool world_row(const struct row *row, const values *is, bool leave) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (!world_holds(row->cells[i].condition, is, leave))
            return false;
    return true;
}

static inline bool world_applies(const struct toy *t, const values *is) {
    return !t->decision.applies || world_holds(t->decision.applies, is, false);
}

/* Whether the row holds and no row of an earlier tier does. */
static inline bool world_counts(const struct toy *t, const struct row *row, const values *is, bool leave) {
    for (size_t i = 0; i < t->decision.row_count; i++)
        if (t->rows[i].tier < row->tier && world_row(&t->rows[i], is, leave))
            return false;
    return world_row(row, is, leave);
}

/* Calls back for every completion that no `never` forbids; false where there is none. */
typedef void world_visit(void *context, const struct toy *t, const values *is);

static inline bool worlds(const struct toy *t, const values *domain, size_t i, struct world *w,
                          world_visit *visit, void *context) {
    if (i == t->kind.variable_count) {
        for (size_t n = 0; n < t->kind.never_count; n++)
            if (world_holds(t->nevers[n].when, w->is, false))
                return false;
        visit(context, t, w->is);
        return true;
    }
    const struct variable *v = &t->variables[i];
    bool some = false;
    if (v->applies && !world_holds(v->applies, w->is, false)) {
        w->is[i] = VALUES_NOT_APPLICABLE;
        return worlds(t, domain, i + 1, w, visit, context);
    }
    if (v->when) {
        w->is[i] = world_holds(v->when, w->is, false) ? VALUES_YES : VALUES_NO;
        return worlds(t, domain, i + 1, w, visit, context);
    }
    for (values m = domain[i]; m; m &= m - 1) {
        w->is[i] = m & (~m + 1);
        some = worlds(t, domain, i + 1, w, visit, context) || some;
    }
    return some;
}

#endif
