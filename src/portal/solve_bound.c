/* SPDX-License-Identifier: MIT */
/*
 * solve_bound.c: how much better any solution could be.
 *
 * Of nodes placed, solve_counts.c proves a bound. Of points, each node's best company is one. The points of a pair
 * within a group of some form are shared out between the two, in whole numbers that add up to them (a share may be
 * negative); those with a block go to the other. What a group is worth is then the sum over its free nodes of their
 * own points in the form and their shares of the company; so no node adds more than in the best company that it could
 * have: some form that it is not barred from, some number of nodes that counts allow (or none too many), and the
 * partners that are best for it alone. The sum over all nodes of that best, or of nothing where it is less, is a
 * bound. If an earlier step proves that a number of nodes must be placed, the sum of so many of the largest is one.
 *
 * Any way of sharing gives a bound. Halves are where it begins; then, round after round, whoever counts on a partner
 * that does not count on it takes less of their points, and the partner more: the subgradient of a Lagrangian
 * relaxation. The least sum of all rounds is the bound, from which solve_dual.c goes on: it knows that company has to be
 * company for each other too.
 */
#include <stdlib.h>
#include <string.h>

#include "portal/solve_inside.h"

/* Rounds of sharing cost about this many steps; not more than ROUNDS_MAX. */
#define ROUNDS_STEPS UINT64_C(60000000)
#define ROUNDS_MAX 400

struct partner {
    int64_t share;
    size_t node;
};

struct company {
    const struct solve_field *field;
    const struct solve_counts *counts;
    const struct solve_step *step;
    int64_t scale;       /* points are counted in parts of so many */
    int64_t *share;      /* [form * n * n + a * n + b]: a's of the pair */
    bool *chosen;        /* [form * n * n + a * n + b]: a's best company has b */
    int64_t *best;       /* [node] */
    struct partner *row; /* of one node */
    bool *one;           /* [node]: is of those that are summed */
    size_t must;         /* how many of them: SIZE_MAX: those above nothing */
};

static int64_t member_points(const struct company *c, size_t form, size_t m) {
    int64_t points = c->step->member ? c->step->member[form * c->field->count + m] : 0;
    return (points + c->step->placed) * c->scale;
}

static int by_share(const void *a, const void *b) {
    const struct partner *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* The free mates of m, those that it gets most from first; *block the most that a block adds, INT64_MIN without. */
static size_t company_row(const struct company *c, size_t form, size_t m, int64_t *block) {
    size_t n = c->field->count, count = 0;
    const uint64_t *mates = solve_mates(c->field, form, m);
    *block = INT64_MIN;
    for (size_t b = 0; b < n; b++) {
        if (b == m || !set_has(mates, b))
            continue;
        if (solve_is_block(c->field, b)) {
            int64_t points = c->step->pair ? c->step->pair[m * n + b] * c->scale : 0;
            *block = points > *block ? points : *block;
        } else if (c->counts->placeable[b]) {
            c->row[count++] = (struct partner){c->share[(form * n + m) * n + b], b};
        }
    }
    qsort(c->row, count, sizeof(*c->row), by_share);
    return count;
}

/* The best company of m in one form; how many of the row are in it is in *size. */
static int64_t company_in(const struct company *c, size_t form, size_t m, size_t count, int64_t block,
                          size_t *size) {
    const bool *sizes = c->counts->sizes + 2 * form * (c->field->count + 1);
    const bool *with_block = sizes + c->field->count + 1;
    int64_t sum = member_points(c, form, m), best = INT64_MIN;
    for (size_t others = 0; others <= count; others++) {
        if (others)
            sum += c->row[others - 1].share;
        if (sizes[others + 1] && sum > best) {
            best = sum;
            *size = others;
        }
        if (block != INT64_MIN && with_block[others + 1] && sum + block > best) {
            best = sum + block;
            *size = others;
        }
    }
    return best;
}

static void company_choose(struct company *c, size_t m) {
    size_t n = c->field->count, best_form = 0, best_size = 0;
    struct partner *kept = c->row + n; /* the second half of its room */
    c->best[m] = INT64_MIN;
    for (size_t form = 0; form < c->field->forms; form++) {
        memset(c->chosen + (form * n + m) * n, 0, n);
        if (!set_has(solve_mates(c->field, form, m), m))
            continue;
        int64_t block;
        size_t size = 0, count = company_row(c, form, m, &block);
        int64_t best = company_in(c, form, m, count, block, &size);
        if (best <= c->best[m])
            continue;
        c->best[m] = best;
        best_form = form;
        best_size = size;
        memcpy(kept, c->row, size * sizeof(*kept));
    }
    for (size_t i = 0; i < best_size; i++)
        c->chosen[(best_form * n + m) * n + kept[i].node] = true;
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

/* Nodes that have no company at all cannot be placed, so where all must be there is nothing to sum: the rest stand
 * for a bound on what does not exist. */
static int64_t company_sum(const struct company *c, int64_t *room) {
    size_t count = 0;
    int64_t sum = 0;
    for (size_t m = 0; m < c->field->count; m++)
        if (c->counts->placeable[m] && c->best[m] != INT64_MIN)
            room[count++] = c->best[m];
    qsort(room, count, sizeof(*room), by_size);
    for (size_t i = 0; i < count; i++)
        if (c->must == SIZE_MAX ? room[i] > 0 : i < c->must)
            sum += room[i];
    return sum;
}

/* Moves `much` of each pair's points from whoever alone counts on the other. */
static void company_share(struct company *c, int64_t much) {
    size_t n = c->field->count;
    for (size_t form = 0; form < c->field->forms; form++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < a; b++) {
                size_t ab = (form * n + a) * n + b, ba = (form * n + b) * n + a;
                if (c->chosen[ab] == c->chosen[ba])
                    continue;
                int64_t more = c->chosen[ab] ? -much : much;
                c->share[ab] += more;
                c->share[ba] -= more;
            }
}

static void company_halve(struct company *c) {
    size_t n = c->field->count;
    for (size_t form = 0; form < c->field->forms; form++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < a; b++) {
                int64_t all = c->step->pair ? c->step->pair[a * n + b] * c->scale : 0;
                c->share[(form * n + a) * n + b] = all / 2;
                c->share[(form * n + b) * n + a] = all - all / 2;
            }
}

/* Finds the scale, and how much to move at first: nothing where so much, moved ROUNDS_MAX times, could overflow. A share
 * moves by less than 26 times the points of a pair in all, since what is moved falls to nothing. */
static int64_t company_scale(struct company *c) {
    size_t n = c->field->count;
    int64_t sum = 0, most = 0, limit = INT64_MAX / 256 / (int64_t)n;
    for (size_t a = 0; c->step->pair && a < n; a++)
        for (size_t b = 0; b < a; b++) {
            int64_t points = c->step->pair[a * n + b];
            sum += points < 0 ? -points : points;
            most = points > most ? points : -points > most ? -points : most;
        }
    for (size_t i = 0; c->step->member && i < c->field->forms * n; i++)
        sum += c->step->member[i] < 0 ? -c->step->member[i] : c->step->member[i];
    c->scale = 1;
    while (c->scale < 1024 && sum < INT64_MAX / 64 / c->scale && most < limit / c->scale)
        c->scale *= 2;
    return most < limit ? most * c->scale / 8 : 0;
}

static int64_t company_bound(struct company *c, struct arena *scratch) {
    size_t n = c->field->count;
    int64_t much = company_scale(c) / 8, least = INT64_MAX;
    c->share = arena_array(scratch, int64_t, c->field->forms * n * n);
    c->chosen = arena_array(scratch, bool, c->field->forms *n *n);
    c->best = arena_array(scratch, int64_t, n);
    c->row = arena_array(scratch, struct partner, 2 * n);
    int64_t *room = arena_array(scratch, int64_t, n);
    company_halve(c);
    uint64_t rounds = ROUNDS_STEPS / (1 + 4 * c->field->forms * n * n);
    rounds = rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds < 10 ? 10 : rounds;
    /* Moved in each round, and the shares of all added up, it must not overflow, however large one pair is. */
    int64_t most = INT64_MAX / 64 / (int64_t)(rounds * n * n + 1);
    much = much > most ? most : much;
    for (uint64_t round = 0; round < rounds; round++) {
        for (size_t m = 0; m < n; m++)
            if (c->counts->placeable[m])
                company_choose(c, m);
        int64_t sum = company_sum(c, room);
        least = sum < least ? sum : least;
        company_share(c, much * (int64_t)(rounds - round) / (int64_t)rounds);
    }
    return least;
}

/* A whole number of points, downwards. */
static int64_t company_points(const struct company *c, int64_t parts) {
    int64_t whole = parts / c->scale;
    return whole * c->scale > parts ? whole - 1 : whole;
}

/* The bound by prices begins from that by company, and does not look for one that is below `value` by a point. */
static int64_t company_price(const struct company *c, const struct solve_result *result, int64_t known,
                             int64_t value, struct arena *scratch) {
    size_t n = c->field->count;
    int64_t *pair = arena_array(scratch, int64_t, n * n);
    int64_t *member = arena_array(scratch, int64_t, c->field->forms * n);
    for (size_t i = 0; c->step->pair && i < n * n; i++)
        pair[i] = i / n == i % n ? 0 : c->step->pair[i] * c->scale;
    for (size_t i = 0; i < c->field->forms * n; i++)
        member[i] = solve_is_block(c->field, i % n) ? 0 : member_points(c, i / n, i % n);
    struct solve_dual ask = {.field = c->field,
                             .counts = c->counts,
                             .pair = pair,
                             .member = member,
                             .must = c->must,
                             .scale = c->scale,
                             .known = known,
                             .enough = (value + 1) * c->scale};
    return solve_dual(&ask, result, scratch);
}

static bool only_placed(const struct solve_step *step) {
    return step->placed && !step->pair && !step->member;
}

/* The bound of a step by itself. */
static int64_t step_bound(struct company *c, const struct solve_result *result, int64_t value,
                          struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    int64_t known = company_bound(c, scratch);
    int64_t bound = company_points(c, company_price(c, result, known, value, scratch));
    arena_rewind(scratch, mark);
    return bound;
}

/* ---- with the steps before it ---- */

/* A step, and those before it in which the points weigh more. */
struct weighed {
    const struct solve_field *field;
    int64_t *pair, *member;
    int64_t most;  /* of any point, of either sign */
    int64_t value; /* what the result has of the steps before */
};

/* Adds so many times the points of a step; false where they grow beyond `limit`. */
static bool weighed_add(struct weighed *w, const struct solve_step *step, int64_t times, int64_t limit) {
    size_t n = w->field->count;
    w->most = 0;
    for (size_t i = 0; i < n * n; i++) {
        int64_t points = step->pair && i / n != i % n ? step->pair[i] : 0;
        if (points > limit / times || points < -limit / times)
            return false;
        w->pair[i] += points * times;
        w->most = w->pair[i] > w->most ? w->pair[i] : -w->pair[i] > w->most ? -w->pair[i] : w->most;
    }
    for (size_t i = 0; i < w->field->forms * n; i++) {
        int64_t points = (step->member ? step->member[i] : 0) + step->placed;
        if (points > limit / times || points < -limit / times)
            return false;
        w->member[i] += points * times;
        w->most = w->member[i] > w->most ? w->member[i] : -w->member[i] > w->most ? -w->member[i] : w->most;
    }
    return w->most <= limit;
}

/*
 * Where the steps before are at their bounds, whoever has more of this one has no less of them: of the sum of all, each
 * weighed, no solution has more than a bound of that sum, so of this one no more than is left when the others' values are
 * taken off. Any weights prove something; these let a point of a step outweigh any one point after it. False where they
 * are too large.
 */
static bool weighed_bound(struct company *c, const struct solve_result *result, size_t s,
                          struct arena *scratch, int64_t *bound) {
    const struct solve_problem *p = c->field->problem;
    size_t n = c->field->count;
    int64_t limit = INT64_MAX / 4096 / (int64_t)(n * n + 1) / (int64_t)(n + p->forms);
    struct weighed w = {.field = c->field};
    w.pair = arena_array(scratch, int64_t, n * n);
    w.member = arena_array(scratch, int64_t, p->forms * n);
    if (!weighed_add(&w, &p->steps[s], 1, limit))
        return false;
    for (size_t e = s; e-- > 0;) {
        int64_t times = w.most + 1;
        if (only_placed(&p->steps[e]))
            continue;
        if (result->value[e] > limit / times || result->value[e] < -limit / times ||
            !weighed_add(&w, &p->steps[e], times, limit))
            return false;
        w.value += result->value[e] * times;
    }
    struct solve_step step = {.pair = w.pair, .member = w.member};
    struct company all = {.field = c->field, .counts = c->counts, .step = &step, .must = c->must};
    *bound = step_bound(&all, result, w.value + result->value[s], scratch) - w.value;
    return true;
}

static bool has_points_before(const struct solve_problem *p, size_t s) {
    while (s-- > 0)
        if (!only_placed(&p->steps[s]))
            return true;
    return false;
}

void solve_bounds(const struct solve_field *field, struct arena *scratch, struct solve_result *result) {
    const struct solve_problem *p = field->problem;
    struct solve_counts counts;
    size_t must = SIZE_MAX;
    solve_count(field, scratch, &counts);
    for (size_t s = 0; s < p->step_count; s++) {
        result->bounded[s] =
            s == 0 || (result->bounded[s - 1] && result->value[s - 1] == result->bound[s - 1]);
        if (!result->bounded[s])
            continue;
        if (only_placed(&p->steps[s])) {
            result->bound[s] = counts.placed;
            must = (size_t)counts.placed;
            continue;
        }
        struct arena_mark mark = arena_mark(scratch);
        struct company company = {.field = field, .counts = &counts, .step = &p->steps[s], .must = must};
        int64_t weighed, alone = step_bound(&company, result, result->value[s], scratch);
        result->bound[s] = alone;
        if (has_points_before(p, s) && weighed_bound(&company, result, s, scratch, &weighed) &&
            weighed < alone)
            result->bound[s] = weighed;
        arena_rewind(scratch, mark);
    }
}
