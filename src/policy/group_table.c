/* SPDX-License-Identifier: MIT */
/*
 * group_table.c: what is asked once of each member, and once of each pair.
 *
 * The ordinary evaluator answers, so that nothing is known twice of what an expression means. Of pairs it would take a
 * second for six hundred members; but what most expressions ask of a pair is whether a value of the one is that of the
 * other, and values are worked out once of each and then compared.
 */
#include "policy/feel_priv.h"
#include "policy/group_priv.h"

/* ---- truths ---- */

/* False decides, then unknown, then two trues; what is left is null: as feel_and has it. */
truths truths_and(truths a, truths b) {
    const truths open = COULD_YES | COULD_NULL;
    truths out = (truths)((a | b) & COULD_NO);
    if (((a & COULD_MAYBE) && (b & ~COULD_NO)) || ((b & COULD_MAYBE) && (a & ~COULD_NO)))
        out |= COULD_MAYBE;
    if (((a & COULD_NULL) && (b & open)) || ((b & COULD_NULL) && (a & open)))
        out |= COULD_NULL;
    return (truths)(out | (a & b & COULD_YES));
}

truths truths_not(truths a) {
    truths turned = (truths)((a & COULD_NO ? COULD_YES : 0) | (a & COULD_YES ? COULD_NO : 0));
    return (truths)(turned | (a & (COULD_NULL | COULD_MAYBE)));
}

truths truths_or(truths a, truths b) {
    return truths_not(truths_and(truths_not(a), truths_not(b)));
}

truths truths_of_value(struct feel_value v) {
    if (v.type == FEEL_UNKNOWN)
        return COULD_MAYBE;
    return v.type != FEEL_BOOL ? COULD_NULL : v.truth ? COULD_YES : COULD_NO;
}

truths truths_of(enum truth truth) {
    return truth == TRUTH_YES ? COULD_YES : truth == TRUTH_NO ? COULD_NO : COULD_MAYBE;
}

/* ---- variables ---- */

static bool has_slot(const struct feel_node *n, uint32_t slot) {
    if (n->op == FEEL_VARIABLE && n->slot == slot)
        return true;
    for (size_t i = 0; i < n->count; i++)
        if (has_slot(n->kids[i], slot))
            return true;
    return false;
}

bool group_uses(const struct feel_node *node, const struct group_variable *chain,
                const struct group_variable *out[2]) {
    size_t count = 0;
    out[0] = out[1] = NULL;
    for (const struct group_variable *v = chain; v; v = v->outer) {
        if (!has_slot(node, v->slot))
            continue;
        if (count == 2)
            return false;
        out[count++] = v;
    }
    return true;
}

const struct group_variable *group_variable_of(const struct group_variable *chain, int id) {
    while (chain && chain->id != id)
        chain = chain->outer;
    return chain;
}

struct feel_value group_eval(struct group_compiling *c, const struct feel_node *node,
                             const struct group_variable *inner, size_t i, const struct group_variable *outer,
                             size_t x) {
    struct feel_value *slots = arena_array(c->state.arena, struct feel_value, node->slots);
    if (inner && inner->slot < node->slots)
        slots[inner->slot] = inner->of->values[i];
    if (outer && outer->slot < node->slots)
        slots[outer->slot] = outer->of->values[x];
    return state_eval_with(&c->state, node, slots);
}

/* ---- rows ---- */

/* What does not change from row to row. */
struct kept {
    const struct feel_node *node;
    uint64_t *yes, *no;        /* of a truth */
    struct feel_value *values; /* of a side of a comparison */
    struct kept *next;
};

struct tabulating {
    struct group_compiling *c;
    const struct group_variable *inner, *outer;
    struct kept *kept;
    size_t words;
};

struct planes {
    uint64_t *yes, *no;
};

static bool is_needed(const struct group_variable *v, size_t i) {
    return !v->needed || plane_has(v->needed, i);
}

static void plane_truth(struct planes out, size_t i, truths t) {
    if (t & (COULD_YES | COULD_MAYBE))
        plane_add(out.yes, i);
    if (t & (COULD_NO | COULD_MAYBE))
        plane_add(out.no, i);
}

static struct planes planes_new(struct arena *arena, size_t words) {
    return (struct planes){arena_array(arena, uint64_t, words), arena_array(arena, uint64_t, words)};
}

static struct kept *kept_of(struct tabulating *t, const struct feel_node *node, bool *fresh) {
    struct kept *k = t->kept;
    while (k && k->node != node)
        k = k->next;
    *fresh = !k;
    if (k)
        return k;
    k = arena_new(t->c->scratch, struct kept);
    *k = (struct kept){.node = node, .next = t->kept};
    t->kept = k;
    return k;
}

/* What evaluating made is in the arena of the state; a truth needs none of it. */
static truths truth_at(struct tabulating *t, const struct feel_node *node, size_t i, size_t x) {
    struct arena_mark mark = arena_mark(t->c->state.arena);
    truths truth = truths_of_value(group_eval(t->c, node, t->inner, i, t->outer, x));
    arena_rewind(t->c->state.arena, mark);
    return truth;
}

static void each_row(struct tabulating *t, const struct feel_node *node, size_t x, struct planes out) {
    for (size_t i = 0; i < t->inner->of->count; i++)
        if (is_needed(t->inner, i))
            plane_truth(out, i, truth_at(t, node, i, x));
}

static void kept_row(struct tabulating *t, const struct feel_node *node, size_t x, struct planes out) {
    bool fresh;
    struct kept *k = kept_of(t, node, &fresh);
    if (fresh) {
        k->yes = arena_array(t->c->scratch, uint64_t, t->words);
        k->no = arena_array(t->c->scratch, uint64_t, t->words);
        each_row(t, node, x, (struct planes){k->yes, k->no});
    }
    memcpy(out.yes, k->yes, t->words * sizeof(uint64_t));
    memcpy(out.no, k->no, t->words * sizeof(uint64_t));
}

static enum feel_test test_of(enum feel_op op) {
    static const enum feel_test tests[] = {[FEEL_LT] = FEEL_TEST_LT,
                                           [FEEL_LE] = FEEL_TEST_LE,
                                           [FEEL_GT] = FEEL_TEST_GT,
                                           [FEEL_GE] = FEEL_TEST_GE};
    return tests[op];
}

/* Of two values alone: a comparison, or a function such as `list contains`. */
static bool is_of_two(const struct feel_node *node) {
    bool call = node->op == FEEL_CALL && node->count == 2 && node->call && !node->wrong.len;
    return call || (node->op >= FEEL_EQ && node->op <= FEEL_GE);
}

static struct feel_value of_two(struct tabulating *t, const struct feel_node *node, struct feel_value a,
                                struct feel_value b) {
    struct feel_env env = {.arena = t->c->state.arena, .today = t->c->state.subject->as_of};
    struct feel_run run = {.env = &env, .arena = env.arena};
    const struct feel_value both[] = {a, b};
    if (node->op == FEEL_CALL)
        return feel_call(&run, node->call, both, 2);
    if (node->op == FEEL_EQ)
        return feel_equal(a, b);
    return node->op == FEEL_NE ? feel_not(feel_equal(a, b)) : feel_order(test_of(node->op), a, b);
}

static bool has(const struct feel_node *node, const struct group_variable *v) {
    return v && has_slot(node, v->slot);
}

/* Which kid has the inner variable, where one has it alone and the other has it not; else 2. */
static size_t inner_side(const struct tabulating *t, const struct feel_node *node) {
    for (size_t i = 0; i < 2; i++)
        if (!has(node->kids[i], t->outer) && !has(node->kids[1 - i], t->inner))
            return i;
    return 2;
}

static const struct feel_value *kept_values(struct tabulating *t, const struct feel_node *node) {
    bool fresh;
    struct kept *k = kept_of(t, node, &fresh);
    if (k->values)
        return k->values;
    k->values = arena_array(t->c->scratch, struct feel_value, t->inner->of->count);
    for (size_t i = 0; i < t->inner->of->count; i++)
        if (is_needed(t->inner, i))
            k->values[i] = group_eval(t->c, node, t->inner, i, NULL, 0);
    return k->values;
}

static void two_row(struct tabulating *t, const struct feel_node *node, size_t side, size_t x,
                    struct planes out) {
    const struct feel_value *own = kept_values(t, node->kids[side]);
    struct arena_mark mark = arena_mark(t->c->state.arena);
    struct feel_value other = group_eval(t->c, node->kids[1 - side], NULL, 0, t->outer, x);
    for (size_t i = 0; i < t->inner->of->count; i++)
        if (is_needed(t->inner, i))
            plane_truth(
                out, i,
                truths_of_value(side ? of_two(t, node, other, own[i]) : of_two(t, node, own[i], other)));
    arena_rewind(t->c->state.arena, mark);
}

static void fill_row(struct tabulating *t, const struct feel_node *node, size_t x, struct planes out);

static void join_row(struct tabulating *t, const struct feel_node *node, size_t x, struct planes out) {
    struct planes a = planes_new(t->c->scratch, t->words), b = planes_new(t->c->scratch, t->words);
    uint64_t *flip[2] = {node->op == FEEL_OR ? a.no : a.yes, node->op == FEEL_OR ? b.no : b.yes};
    fill_row(t, node->kids[0], x, a);
    fill_row(t, node->kids[1], x, b);
    for (size_t w = 0; w < t->words; w++) { /* with yes and no changed about, or is and */
        uint64_t *other[2] = {node->op == FEEL_OR ? a.yes : a.no, node->op == FEEL_OR ? b.yes : b.no};
        uint64_t false_a = other[0][w] & ~flip[0][w], false_b = other[1][w] & ~flip[1][w];
        uint64_t decided = false_a | false_b;
        uint64_t open = ~decided & ((flip[0][w] & other[0][w]) | (flip[1][w] & other[1][w]));
        uint64_t both = ~decided & ~open & flip[0][w] & flip[1][w];
        uint64_t yes = both | open, no = decided | open;
        out.yes[w] = node->op == FEEL_OR ? no : yes;
        out.no[w] = node->op == FEEL_OR ? yes : no;
    }
}

static void fill_row(struct tabulating *t, const struct feel_node *node, size_t x, struct planes out) {
    size_t side = is_of_two(node) && t->outer ? inner_side(t, node) : 2;
    if (!has(node, t->outer)) {
        kept_row(t, node, x, out);
    } else if (node->op == FEEL_AND || node->op == FEEL_OR) {
        join_row(t, node, x, out);
    } else if (node->op == FEEL_NOT) {
        fill_row(t, node->kids[0], x, (struct planes){out.no, out.yes});
    } else if (side < 2) {
        two_row(t, node, side, x, out);
    } else {
        each_row(t, node, x, out);
    }
}

struct group_table *group_tabulate(struct group_compiling *c, const struct feel_node *node,
                                   const struct group_variable *inner, const struct group_variable *outer) {
    size_t rows = outer ? outer->of->count : 1, words = inner->of->words;
    struct group_table *table = arena_new(c->arena, struct group_table);
    *table = (struct group_table){.yes = arena_array(c->arena, uint64_t, rows * words),
                                  .no = arena_array(c->arena, uint64_t, rows * words),
                                  .inner = inner->id,
                                  .outer = outer ? outer->id : GROUP_NONE,
                                  .words = words};
    struct tabulating t = {c, inner, outer, NULL, words};
    for (size_t x = 0; x < rows; x++)
        if (!outer || is_needed(outer, x))
            fill_row(&t, node, x, (struct planes){table->yes + x * words, table->no + x * words});
    return table;
}
