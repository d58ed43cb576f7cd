/* SPDX-License-Identifier: MIT */
/* solve_ground.c: what a search walks on, in whole numbers that every machine works out alike. */
#include "portal/solve_ground.h"

#define PLACING 60  /* the first of them */
#define SETTLING 15 /* the last of them, in which nothing gets worse: where later steps are decided */

/* An energy is a sum of points, each step's weighed so that what is typical of a node there is 2^FIRST at the first step,
 * 2^SECOND at the second, and a 2^FALL'th of the step before at each later one: enough that a node is placed first, and
 * not so much that it stays where it was. Weights only lead the search: what it finds is compared step by step. */
#define FIRST 43
#define SECOND 39
#define FALL 5

static int64_t absolute(int64_t v) {
    return v < 0 ? -v : v;
}

/* What is typical of a node at a step: the mean over the nodes of the largest that one pair or one form gives. */
static int64_t typical(const struct ground *g, const struct solve_step *step) {
    size_t n = g->field->count;
    int64_t sum = 0, counted = 0;
    for (size_t i = 0; i < g->count; i++) {
        int64_t most = step->placed ? 1 : 0;
        for (size_t j = 0; step->pair && j < g->count; j++)
            if (j != i && step->pair[g->nodes[i] * n + g->nodes[j]] > most)
                most = step->pair[g->nodes[i] * n + g->nodes[j]];
        for (size_t form = 0; step->member && form < g->field->forms; form++)
            if (absolute(step->member[form * n + g->nodes[i]]) > most)
                most = absolute(step->member[form * n + g->nodes[i]]);
        if (most == 0 && step->pair) { /* nothing to gain: what is least to lose */
            most = INT64_MAX;
            for (size_t j = 0; j < g->count; j++)
                if (j != i && -step->pair[g->nodes[i] * n + g->nodes[j]] < most)
                    most = -step->pair[g->nodes[i] * n + g->nodes[j]];
            most = most == INT64_MAX ? 0 : most;
        }
        sum += most / (int64_t)g->count;
        counted += most % (int64_t)g->count;
    }
    sum += counted / (int64_t)g->count;
    return sum > 0 ? sum : 1;
}

/* The points weighed, without overflow: no pair is let be more than 2^10 times what is typical. */
static int64_t weigh(int64_t value, int64_t unit, size_t s) {
    int64_t limit = unit > INT64_MAX >> 12 ? INT64_MAX : unit << 10;
    value = value > limit ? limit : value < -limit ? -limit : value;
    int shift = s == 0 ? FIRST : SECOND - FALL * (int)(s - 1), down = 0;
    while (unit >> down > INT64_C(1) << 20)
        down++;
    if (shift <= 0)
        return 0;
    int64_t scaled = (value >> down) * (INT64_C(1) << (shift > 30 ? 30 : shift)) / (unit >> down);
    return shift > 30 ? scaled * (INT64_C(1) << (shift - 30)) : scaled;
}

static void ground_weigh(struct ground *g) {
    const struct solve_problem *p = g->field->problem;
    size_t k = g->count, n = g->field->count;
    for (size_t s = 0; s < p->step_count; s++) {
        const struct solve_step *step = &p->steps[s];
        int64_t unit = typical(g, step);
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; step->pair && j < k; j++)
                if (i != j)
                    g->pair[i * k + j] += weigh(step->pair[g->nodes[i] * n + g->nodes[j]], unit, s);
        for (size_t i = 0; i < k; i++)
            for (size_t form = 0; form < p->forms && !solve_is_block(g->field, g->nodes[i]); form++) {
                int64_t value = step->member ? step->member[form * n + g->nodes[i]] : 0;
                g->member[form * k + i] += weigh(value + step->placed, unit, s);
            }
    }
}

static bool can_meet(const struct ground *g, size_t i, size_t j) {
    for (size_t form = 0; form < g->field->forms; form++)
        if (set_has(solve_mates(g->field, form, g->nodes[i]), g->nodes[j]))
            return true;
    return false;
}

static void ground_befriend(struct ground *g, size_t i) {
    size_t k = g->count, count = 0;
    uint16_t *friends = g->friends + i * FRIENDS;
    for (size_t j = 0; j < k; j++) {
        if (j == i || !can_meet(g, i, j))
            continue;
        size_t at = count < FRIENDS ? count++ : FRIENDS;
        for (; at > 0 && g->pair[i * k + j] > g->pair[i * k + friends[at - 1]]; at--)
            if (at < FRIENDS)
                friends[at] = friends[at - 1];
        if (at < FRIENDS)
            friends[at] = (uint16_t)j;
    }
    g->friend_count[i] = (uint8_t)count;
}

/* Minus the logarithm of (i + 1/2) / EXPONENTIALS, summed from the top: the logarithm of (j + 3/2) / (j + 1/2) is
 * twice the series x + x^3/3 + x^5/5 ... of x = 1 / (2j + 2). */
static void ground_exponentials(struct ground *g) {
    uint64_t sum = 0;
    for (uint64_t j = EXPONENTIALS; j-- > 0;) {
        uint64_t power = (UINT64_C(1) << 40) / (2 * j + 2);
        for (uint64_t odd = 1; power; odd += 2) {
            sum += 2 * power / odd;
            power /= (2 * j + 2) * (2 * j + 2);
        }
        g->exponential[j] = (uint32_t)(sum >> 24);
    }
}

/* From one temperature towards another in equal proportions: the greatest factor, of 2^16, that gets there. */
static void cool(int64_t *heat, int levels, int64_t from, int64_t to) {
    int64_t low = 0, high = 65536;
    while (high - low > 1) {
        int64_t middle = (low + high) / 2, t = from;
        for (int i = 0; i < levels; i++)
            t = t / 65536 * middle;
        *(t < to ? &low : &high) = middle;
    }
    for (int i = 0; i < levels; i++, from = from / 65536 * high)
        heat[i] = from;
}

/* First hot enough to place nodes at the cost of points, and soon cold enough to order the points alone. */
static void ground_cool(struct ground *g) {
    int64_t unit = INT64_C(1) << SECOND;
    cool(g->heat, PLACING, unit * 12, unit);
    cool(g->heat + PLACING, LEVELS - PLACING - SETTLING, unit, unit / 32);
}

void ground_init(struct ground *g, struct arena *arena) {
    size_t k = g->count, forms = g->field->forms;
    uint64_t state = 1;
    g->pair = arena_array(arena, int64_t, k * k);
    g->member = arena_array(arena, int64_t, forms * k);
    g->top = arena_array(arena, int64_t, k);
    g->able = arena_array(arena, uint32_t, k);
    g->friends = arena_array(arena, uint16_t, k * FRIENDS);
    g->friend_count = arena_array(arena, uint8_t, k);
    g->mark = arena_array(arena, uint64_t, k);
    g->exponential = arena_array(arena, uint32_t, EXPONENTIALS);
    ground_weigh(g);
    ground_exponentials(g);
    ground_cool(g);
    for (size_t i = 0; i < k; i++) {
        g->top[i] = g->member[i];
        for (size_t form = 0; form < forms; form++) {
            if (g->member[form * k + i] > g->top[i])
                g->top[i] = g->member[form * k + i];
            if (set_has(solve_mates(g->field, form, g->nodes[i]), g->nodes[i]))
                g->able[i] |= UINT32_C(1) << form;
        }
        g->mark[i] = ground_random(&state);
        ground_befriend(g, i);
    }
}
