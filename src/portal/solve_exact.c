/* SPDX-License-Identifier: MIT */
/*
 * solve_exact.c: the best groups of few nodes, exactly.
 *
 * First every set of nodes of which no two are known to be apart is asked of once for each form, grown node by node;
 * each set keeps the best form. Then the best partition of every set of nodes, smallest set first: its lowest node is
 * left over, or in one of the groups that it is the lowest of, and the rest is known already. Since the order of ties
 * is decided by the lowest node first too, the same recursion settles them.
 */
#include <string.h>

#include "portal/solve_inside.h"

/* 2^20 sets of (16 * width + 5) bytes are 21 MiB at width 1. */
#define NODES_MAX 20

/* What asking costs beside one step of the recursion: about 0.3 us to 2 ns. */
#define ASKING 100

struct exact {
    const struct solve_field *field;
    const size_t *nodes;
    size_t count, width, worker, form;
    uint64_t steps, limit, asking;
    uint32_t mates[NODES_MAX]; /* in this form, by place in nodes */
    uint64_t *set;             /* what is being grown, as the callback reads it */
    int64_t *gain;             /* [group * width]: of the group in its best form */
    uint8_t *form_of;          /* [group]: 0 if it is not admissible in any, else 1 + the form */
    uint32_t *list[NODES_MAX]; /* the admissible groups whose lowest node this is */
    size_t listed[NODES_MAX];
    int64_t *best;    /* [set * width] */
    uint32_t *choice; /* [set]: the group of its lowest node; 0: left over */
};

static const int64_t *pair_of(const struct exact *e, size_t i, size_t j) {
    return e->field->pair + (e->nodes[i] * e->field->count + e->nodes[j]) * e->width;
}

static const int64_t *member_of(const struct exact *e, size_t i) {
    return e->field->member + (e->form * e->field->count + e->nodes[i]) * e->width;
}

static void exact_consider(struct exact *e, uint32_t group, const int64_t *gain) {
    if (!(group & (group - 1)) && solve_is_block(e->field, e->nodes[__builtin_ctz(group)]))
        return;
    if (e->form_of[group] && packed_compare(gain, e->gain + group * e->width, e->width) <= 0)
        return;
    const struct solve_problem *problem = e->field->problem;
    if (!problem->admits(problem->context, e->set, e->form, e->worker))
        return;
    memcpy(e->gain + group * e->width, gain, e->width * sizeof(*gain));
    e->form_of[group] = (uint8_t)(e->form + 1);
}

/* Considers each set that adds some of `others`, all above its own nodes, to `group`; false at the limit. */
static bool exact_grow(struct exact *e, uint32_t group, uint32_t others, const int64_t *gain) {
    for (; others; others &= others - 1) {
        size_t i = (size_t)__builtin_ctz(others);
        int64_t more[SOLVE_STEPS_MAX];
        memcpy(more, gain, e->width * sizeof(*more));
        packed_add(more, member_of(e, i), e->width);
        for (uint32_t rest = group; rest; rest &= rest - 1)
            packed_add(more, pair_of(e, i, (size_t)__builtin_ctz(rest)), e->width);
        if ((e->steps += e->asking) > e->limit)
            return false;
        set_flip(e->set, e->nodes[i]);
        exact_consider(e, group | UINT32_C(1) << i, more);
        bool done = exact_grow(e, group | UINT32_C(1) << i, others & (others - 1) & e->mates[i], more);
        set_flip(e->set, e->nodes[i]);
        if (!done)
            return false;
    }
    return true;
}

static bool exact_grow_form(struct exact *e, size_t form) {
    static const int64_t none[SOLVE_STEPS_MAX];
    uint32_t able = 0;
    e->form = form;
    for (size_t i = 0; i < e->count; i++) {
        const uint64_t *mates = solve_mates(e->field, form, e->nodes[i]);
        e->mates[i] = 0;
        for (size_t j = 0; j < e->count; j++)
            e->mates[i] |= (uint32_t)set_has(mates, e->nodes[j]) << j;
        able |= e->mates[i] & UINT32_C(1) << i;
    }
    return exact_grow(e, 0, able, none);
}

static void exact_list(struct exact *e, struct arena *arena) {
    for (uint32_t group = 1; group >> e->count == 0; group++)
        if (e->form_of[group])
            e->listed[__builtin_ctz(group)]++;
    for (size_t i = 0; i < e->count; i++) {
        e->list[i] = arena_array(arena, uint32_t, e->listed[i]);
        e->listed[i] = 0;
    }
    for (uint32_t group = 1; group >> e->count == 0; group++)
        if (e->form_of[group]) {
            size_t i = (size_t)__builtin_ctz(group);
            e->list[i][e->listed[i]++] = group;
        }
}

/* Going through the subsets of a set or through a list, whichever is shorter: as many steps as the recursion takes. */
static bool exact_affordable(struct exact *e) {
    for (size_t low = 0; low < e->count; low++) {
        uint64_t sets = 1; /* with `low` as their lowest node and `above` others */
        size_t others = e->count - 1 - low;
        for (size_t above = 0; above <= others; above++) {
            uint64_t subsets = UINT64_C(1) << above;
            e->steps += sets * (1 + (e->listed[low] < subsets ? e->listed[low] : subsets));
            sets = sets * (others - above) / (above + 1);
        }
    }
    return e->steps <= e->limit;
}

/* Both contain the same lowest node. At the first node in which they differ, whoever has it is smaller, unless the
 * other ends there. */
static bool group_before(uint32_t a, uint32_t b) {
    uint32_t differ = a ^ b, at = differ & (0u - differ), onwards = 0u - at;
    return a & at ? (b & onwards) != 0 : (a & onwards) == 0;
}

static inline void exact_try(const struct exact *e, uint32_t set, uint32_t group, size_t width) {
    int64_t sum[SOLVE_STEPS_MAX];
    for (size_t w = 0; w < width; w++)
        sum[w] = e->gain[group * width + w] + e->best[(set ^ group) * width + w];
    int order = packed_compare(sum, e->best + set * width, width);
    if (order < 0 || (order == 0 && e->choice[set] && !group_before(group, e->choice[set])))
        return;
    for (size_t w = 0; w < width; w++)
        e->best[set * width + w] = sum[w];
    e->choice[set] = group;
}

/* The width is a constant where this is inlined, which halves the time of the usual one. */
static inline void exact_recur(const struct exact *e, size_t width) {
    for (uint32_t set = 1; set >> e->count == 0; set++) {
        uint32_t rest = set & (set - 1), low = set ^ rest;
        size_t i = (size_t)__builtin_ctz(set);
        memcpy(e->best + set * width, e->best + rest * width, width * sizeof(*e->best));
        if (e->listed[i] >> __builtin_popcount(rest) == 0) {
            for (size_t k = 0; k < e->listed[i]; k++)
                if ((e->list[i][k] & ~set) == 0)
                    exact_try(e, set, e->list[i][k], width);
            continue;
        }
        for (uint32_t some = rest;; some = (some - 1) & rest) {
            if (e->form_of[some | low])
                exact_try(e, set, some | low, width);
            if (!some)
                break;
        }
    }
}

static void exact_collect(struct exact *e, struct solve_list *list) {
    uint32_t set = (uint32_t)((UINT64_C(1) << e->count) - 1);
    while (set) {
        uint32_t group = e->choice[set];
        set = group ? set ^ group : set & (set - 1);
        if (!group)
            continue;
        memset(e->set, 0, e->field->words * sizeof(*e->set));
        for (uint32_t rest = group; rest; rest &= rest - 1)
            set_flip(e->set, e->nodes[__builtin_ctz(rest)]);
        solve_list_add(e->field, list, e->set, e->form_of[group] - 1u);
    }
}

bool solve_exactly(const struct solve_field *field, const size_t *nodes, size_t count, uint64_t limit,
                   size_t worker, struct arena *scratch, struct solve_list *list, uint64_t *steps) {
    if (count > NODES_MAX)
        return false;
    struct arena_mark mark = arena_mark(scratch);
    struct exact e = {field, nodes, count, field->width, worker, .limit = limit};
    size_t sets = (size_t)1 << count;
    e.asking = ASKING * solve_asking(field);
    e.set = arena_array(scratch, uint64_t, field->words);
    e.gain = arena_array(scratch, int64_t, sets * e.width);
    e.form_of = arena_array(scratch, uint8_t, sets);
    bool done = true;
    for (size_t form = 0; form < field->forms && done; form++)
        done = exact_grow_form(&e, form);
    if (done)
        exact_list(&e, scratch);
    if (done && exact_affordable(&e)) {
        e.best = arena_array(scratch, int64_t, sets * e.width);
        e.choice = arena_array(scratch, uint32_t, sets);
        if (e.width == 1)
            exact_recur(&e, 1);
        else
            exact_recur(&e, e.width);
        exact_collect(&e, list);
    } else {
        done = false;
    }
    *steps += e.steps;
    arena_rewind(scratch, mark);
    return done;
}
