/* SPDX-License-Identifier: MIT */
/*
 * solve_price.c: the group that is worth most beyond the prices of its nodes, by branch and bound.
 *
 * A group grows from its first node by the candidate that promises most; then the same is looked at without that one.
 * With g the group so far, and t nodes T of the candidates yet to come, what it is worth in the end is
 *
 *     worth(g) + what each of T adds to g, its price off + what T's pairs are worth
 *
 * and two things bound it, the lesser of which counts:
 *
 *   ahead: the points of a pair within T are shared by the two, so each of T adds no more than it does to g and half of its
 *          points with the t - 1 of the candidates that are best for it; and T no more than the t largest such sums.
 *   back:  T is worth no more by itself than any t nodes (its *rank*, which the same search finds first, for 1, 2, 3 ...
 *          nodes in turn, each with the ranks before it); so what T adds to g is no more than the t largest sums of points
 *          with g, prices not taken off, and the rank of t.
 *
 * The first is good where few are to come, the second where many are: nodes that are good company for each other and
 * strangers to g cost more than they bring. A candidate with which neither leaves hope, whatever t is, is left out. Of
 * more nodes than have ranks the best is bounded by tail_of.
 *
 * Values are doubled throughout, so that halves are whole.
 */
#include "portal/solve_price.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 40
#define NEVER (INT64_MIN / 4)
#define STRIDE (PRICE_AHEAD + 1)
#define DIVE_STEPS 40 /* for a first idea of a rank */

struct candidate {
    uint16_t node;
    int64_t gain; /* twice what it adds to the group so far, less its price */
};

struct price_level {
    struct candidate *list;
    size_t count;
};

static bool is_node(const struct pricing *p, size_t m) {
    return solve_is_block(p->field, m) || p->counts->placeable[m];
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

static void near_find(struct pricing *p, size_t a) {
    const struct solve_field *f = p->field;
    size_t n = f->count, count = 0;
    uint16_t *near = p->near + a * PRICE_NEAR;
    p->tail[a] = NEVER;
    for (size_t b = 0; b < n; b++) {
        bool meet = false;
        for (size_t form = 0; form < f->forms && !meet; form++)
            meet = a != b && set_has(solve_mates(f, form, a), b);
        if (!meet)
            continue;
        int64_t points = p->pair[a * n + b];
        size_t at = count;
        if (count == PRICE_NEAR) {
            int64_t last = p->pair[a * n + near[count - 1]];
            int64_t less = points < last ? points : last;
            p->tail[a] = less > p->tail[a] ? less : p->tail[a];
            if (points <= last)
                continue;
            at = count - 1;
        } else {
            count++;
        }
        for (; at > 0 && p->pair[a * n + near[at - 1]] < points; at--)
            near[at] = near[at - 1];
        near[at] = (uint16_t)b;
    }
    p->near_count[a] = (uint8_t)count;
}

/* Which numbers of nodes a group may have. */
static void sizes_find(struct pricing *p, size_t form) {
    size_t n = p->field->count;
    const bool *sizes = p->counts->sizes + 2 * form * (n + 1), *with_block = sizes + n + 1;
    bool *allow = p->allow + form * (n + 2);
    for (size_t k = 1; k <= n; k++) {
        allow[k] |= sizes[k];
        allow[k + 1] |= with_block[k];
    }
    for (size_t k = 1; k <= n; k++)
        if (allow[k])
            p->most[form] = k;
}

static void meets_find(struct pricing *p, size_t a) {
    const struct solve_field *f = p->field;
    size_t n = f->count;
    int64_t *half = p->half + a * n;
    for (size_t form = 0; form < f->forms; form++)
        for (size_t b = 0; b < n; b++)
            p->meets[a * n + b] |= a != b && set_has(solve_mates(f, form, a), b) && is_node(p, b);
    for (size_t b = 0; b < n; b++)
        p->back[b] = p->meets[a * n + b] ? p->pair[a * n + b] : NEVER;
    qsort(p->back, n, sizeof(*p->back), by_size);
    for (size_t k = 1; k < n; k++)
        half[k] = half[k - 1] == NEVER || p->back[k - 1] == NEVER ? NEVER : half[k - 1] + p->back[k - 1];
}

void pricing_init(struct pricing *p, struct arena *arena) {
    const struct solve_field *f = p->field;
    size_t n = f->count;
    p->price = arena_array(arena, int64_t, n);
    p->gone = arena_array(arena, bool, n);
    p->allow = arena_array(arena, bool, f->forms *(n + 2));
    p->most = arena_array(arena, size_t, f->forms);
    p->meets = arena_array(arena, bool, n *n);
    p->half = arena_array(arena, int64_t, n * n);
    p->near = arena_array(arena, uint16_t, n * PRICE_NEAR);
    p->near_count = arena_array(arena, uint8_t, n);
    p->tail = arena_array(arena, int64_t, n);
    p->mark = arena_array(arena, uint64_t, n);
    p->ahead = arena_array(arena, int64_t, n * STRIDE);
    p->back = arena_array(arena, int64_t, n);
    p->set = arena_array(arena, uint64_t, f->words);
    p->depth_max = n < DEPTH_MAX ? n : DEPTH_MAX;
    p->levels = arena_array(arena, struct price_level, p->depth_max + 1);
    for (size_t i = 0; i <= p->depth_max; i++)
        p->levels[i].list = arena_array(arena, struct candidate, n);
    for (size_t form = 0; form < f->forms; form++)
        sizes_find(p, form);
    for (size_t a = 0; a < n; a++) {
        meets_find(p, a);
        near_find(p, a);
    }
}

/* ---- ranks ---- */

/* The sum of the `count` largest; *least the smallest of them. INT64_MIN where there are not so many. */
static int64_t top_sum(const int64_t *values, size_t stride, size_t candidates, size_t count,
                       int64_t *least) {
    int64_t top[PRICE_AHEAD + 1], sum = 0;
    size_t kept = 0;
    for (size_t i = 0; i < candidates; i++) {
        int64_t v = values[i * stride];
        if (v == NEVER || (kept == count && v <= top[count - 1]))
            continue;
        size_t at = kept < count ? kept++ : count - 1;
        for (; at > 0 && top[at - 1] < v; at--)
            top[at] = top[at - 1];
        top[at] = v;
    }
    if (kept < count)
        return INT64_MIN;
    for (size_t i = 0; i < count; i++)
        sum += top[i];
    *least = top[count - 1];
    return sum;
}

static void mark_all(struct pricing *p, const struct price_level *level) {
    p->stamp++;
    for (size_t i = 0; i < level->count; i++)
        p->mark[level->list[i].node] = p->stamp;
}

/* Twice its half of its points with the best `others` of the candidates, and what it adds. */
static int64_t ahead_of(const struct pricing *p, const struct candidate *c, size_t others) {
    size_t n = p->field->count, got = 0;
    const uint16_t *near = p->near + c->node * PRICE_NEAR;
    int64_t sum = c->gain;
    for (size_t i = 0; i < p->near_count[c->node] && got < others; i++)
        if (p->mark[near[i]] == p->stamp) {
            sum += p->pair[c->node * n + near[i]];
            got++;
        }
    if (got < others && p->tail[c->node] == NEVER)
        return NEVER;
    return sum + (int64_t)(others - got) * (got < others ? p->tail[c->node] : 0);
}

/* What it would add without its price. */
static int64_t attach_of(const struct pricing *p, const struct candidate *c) {
    return c->gain + 2 * p->price[c->node];
}

static bool level_take(struct price_level *level, size_t chosen, struct candidate *taken) {
    *taken = level->list[chosen];
    level->count--;
    memmove(level->list + chosen, level->list + chosen + 1, (level->count - chosen) * sizeof(*taken));
    return true;
}

/* The candidate, where the group has `added` too. */
static void level_join(const struct pricing *p, struct price_level *level, struct candidate c, size_t added) {
    c.gain += 2 * p->pair[added * p->field->count + c.node];
    level->list[level->count++] = c;
}

/* The same as pricing_sift of exactly `room` more, whatever form they could be in: false where there is no hope. */
static bool rank_sift(struct pricing *p, struct price_level *level, size_t room, int64_t worth,
                      struct candidate *next) {
    int64_t a_least = 0, b_least = 0, best = INT64_MIN;
    size_t kept = 0, chosen = 0;
    for (size_t i = 0; i < level->count; i++)
        p->back[i] = attach_of(p, &level->list[i]);
    int64_t b = worth + p->rank[room] + top_sum(p->back, 1, level->count, room, &b_least);
    if (b <= p->floor)
        return false;
    mark_all(p, level);
    for (size_t i = 0; i < level->count; i++)
        p->ahead[i] = ahead_of(p, &level->list[i], room - 1);
    int64_t a = top_sum(p->ahead, 1, level->count, room, &a_least);
    if (a == INT64_MIN || worth + a <= p->floor)
        return false;
    a += worth;
    if (p->steps > p->limit) {
        int64_t most = a < b ? a : b;
        p->open = most > p->open ? most : p->open;
        return false;
    }
    for (size_t i = 0; i < level->count; i++) {
        int64_t less_a = p->ahead[i] < a_least ? a_least - p->ahead[i] : 0;
        int64_t less_b = p->back[i] < b_least ? b_least - p->back[i] : 0;
        if (p->ahead[i] == NEVER || a - less_a <= p->floor || b - less_b <= p->floor)
            continue;
        if (p->back[i] > best) {
            best = p->back[i];
            chosen = kept;
        }
        level->list[kept++] = level->list[i];
    }
    level->count = kept;
    return kept >= room && level_take(level, chosen, next);
}

static void rank_grow(struct pricing *p, size_t depth, size_t room, int64_t worth) {
    if (room == 0) {
        p->floor = worth > p->floor ? worth : p->floor;
        return;
    }
    struct price_level *level = &p->levels[depth], *next = &p->levels[depth + 1];
    struct candidate added;
    while (level->count >= room) {
        p->steps += 1 + level->count / 16;
        if (!rank_sift(p, level, room, worth, &added))
            return;
        next->count = 0;
        for (size_t i = 0; i < level->count; i++)
            if (p->meets[added.node * p->field->count + level->list[i].node])
                level_join(p, next, level->list[i], added.node);
        rank_grow(p, depth + 1, room - 1, worth + added.gain);
    }
}

/* Each of t nodes has half of its points with the t - 1 that are best for it. */
static int64_t halves_of(struct pricing *p, size_t t) {
    size_t n = p->field->count, count = 0;
    int64_t all = 0;
    for (size_t i = 0; i < n; i++)
        if (is_node(p, i) && p->half[i * n + t - 1] != NEVER)
            p->back[count++] = p->half[i * n + t - 1] - 2 * p->price[i];
    qsort(p->back, count, sizeof(*p->back), by_size);
    for (size_t i = 0; i < t && i < count; i++)
        all += p->back[i];
    return count < t ? NEVER : all;
}

/*
 * More nodes than are ranked. With r the last number that is, R its rank and P the prices of t nodes: the pairs of t
 * nodes, summed over all subsets of r, are each counted in so many that
 *
 *     pairs <= t (t - 1) / (r (r - 1)) * R + (t - 1) / (r - 1) * P
 *
 * and what they are worth is that without P; or it is what halves_of says. Where no r nodes can be together, no more can.
 */
static int64_t tail_of(struct pricing *p, size_t most) {
    int64_t r = (int64_t)p->ranked, rank = p->rank[r], tail = NEVER, dearest = 0;
    for (size_t i = 0; i < p->field->count; i++)
        if (is_node(p, i) && p->price[i] > dearest)
            dearest = p->price[i];
    for (int64_t t = r + 1; t <= (int64_t)most && rank != NEVER; t++) {
        int64_t pairs = (rank / (r * (r - 1)) + (rank > 0)) * t * (t - 1);
        int64_t worth = pairs + 2 * (dearest * t / (r - 1) + 1) * (t - r), halves = halves_of(p, (size_t)t);
        worth = halves < worth ? halves : worth;
        tail = worth > tail ? worth : tail;
    }
    return tail;
}

static void rank_start(struct pricing *p, size_t s, size_t t, uint64_t budget) {
    size_t n = p->field->count;
    struct price_level *level = &p->levels[0];
    level->count = 0;
    for (size_t b = 0; b < n; b++)
        if (p->meets[s * n + b] && !p->gone[b])
            level->list[level->count++] =
                (struct candidate){(uint16_t)b, 2 * (p->pair[s * n + b] - p->price[b])};
    p->limit = p->steps + budget;
    rank_grow(p, 0, t - 1, -2 * p->price[s]);
}

/* The most that t nodes are worth beyond their prices: of sets with a node and none that was dealt with before. */
static int64_t rank_of(struct pricing *p, size_t t, uint64_t budget) {
    size_t n = p->field->count;
    p->floor = NEVER;
    for (size_t s = 0; s < n; s++)
        if (is_node(p, s))
            rank_start(p, s, t, DIVE_STEPS);
    p->open = NEVER;
    for (size_t s = 0; s < n; s++) {
        if (!is_node(p, s))
            continue;
        rank_start(p, s, t, budget);
        p->floor = p->open > p->floor ? p->open : p->floor;
        p->gone[s] = true;
    }
    memset(p->gone, 0, n * sizeof(*p->gone));
    return p->floor;
}

/* No further than where nothing larger is worth more. */
void pricing_rank(struct pricing *p, uint64_t budget) {
    size_t most = 0;
    for (size_t form = 0; form < p->field->forms; form++)
        most = p->most[form] > most ? p->most[form] : most;
    p->rank_tail = NEVER;
    for (size_t t = 1; t < most && t <= PRICE_AHEAD; t++) {
        p->rank[t] = rank_of(p, t, budget);
        p->ranked = t;
        if (t == 1)
            continue;
        p->rank_tail = tail_of(p, most);
        if (p->rank_tail <= p->rank[t] || (p->rank[t] < 0 && p->rank_tail < 0))
            break;
    }
}

void pricing_assume(struct pricing *p, size_t ahead, int64_t rank) {
    p->ranked = ahead;
    p->rank_tail = NEVER;
    for (size_t t = 1; t <= ahead; t++)
        p->rank[t] = rank;
}

/* ---- groups ---- */

/* At most what a group is worth when so many more have come, and the least of the sums that it is made of; the last case
 * stands for more than are ranked. */
struct outlook {
    int64_t ahead[PRICE_AHEAD + 2], ahead_least[PRICE_AHEAD + 2];
    int64_t back[PRICE_AHEAD + 2], back_least[PRICE_AHEAD + 2];
    bool able[PRICE_AHEAD + 2]; /* whether there is hope */
    int64_t most;
};

/* The largest `want` sums of points with the group, in order; all that are above nothing to *rest. */
static size_t back_find(struct pricing *p, const struct price_level *level, size_t want, int64_t *top,
                        int64_t *rest) {
    size_t kept = 0;
    for (size_t i = 0; i < level->count; i++) {
        int64_t v = p->back[i] = attach_of(p, &level->list[i]);
        *rest += v > 0 ? v : 0;
        if (!want || (kept == want && v <= top[want - 1]))
            continue;
        size_t at = kept < want ? kept++ : want - 1;
        for (; at > 0 && top[at - 1] < v; at--)
            top[at] = top[at - 1];
        top[at] = v;
    }
    return kept;
}

static void outlook_add(struct outlook *o, size_t t, int64_t worth) {
    o->able[t] = true;
    o->most = worth > o->most ? worth : o->most;
}

/* Of t more, with back known. */
static void outlook_ahead(struct pricing *p, const struct price_level *level, int64_t worth, size_t t,
                          struct outlook *o) {
    for (size_t i = 0; i < level->count; i++)
        p->ahead[i * STRIDE + t] = ahead_of(p, &level->list[i], t - 1);
    int64_t sum = top_sum(p->ahead + t, STRIDE, level->count, t, &o->ahead_least[t]);
    if (sum == INT64_MIN || worth + sum <= p->best)
        return;
    o->ahead[t] = worth + sum;
    outlook_add(o, t, o->ahead[t] < o->back[t] ? o->ahead[t] : o->back[t]);
}

static void outlook_find(struct pricing *p, const struct price_level *level, int64_t worth,
                         struct outlook *o) {
    const bool *allow = p->allow + p->form * (p->field->count + 2) + p->size;
    size_t room = p->most[p->form] - p->size, last = p->ranked + 1;
    room = room < level->count ? room : level->count;
    int64_t top[PRICE_AHEAD], sum = worth, rest = worth;
    size_t want = back_find(p, level, room < p->ranked ? room : p->ranked, top, &rest);
    o->most = INT64_MIN;
    memset(o->able, 0, sizeof(o->able));
    mark_all(p, level);
    for (size_t t = 1; t <= want; t++) {
        sum += top[t - 1];
        o->back[t] = sum + p->rank[t];
        o->back_least[t] = top[t - 1];
        if (allow[t] && o->back[t] > p->best)
            outlook_ahead(p, level, worth, t, o);
    }
    o->back[last] = rest + p->rank_tail;
    o->back_least[last] = 0;
    for (size_t t = last; t <= room && o->back[last] > p->best; t++)
        if (allow[t]) {
            outlook_add(o, last, o->back[last]);
            break;
        }
}

/* Whether some group with this candidate might be better than the best. */
static bool outlook_hopes(const struct pricing *p, const struct outlook *o, size_t i) {
    for (size_t t = 1; t <= p->ranked + 1; t++) {
        int64_t b = p->back[i] - o->back_least[t];
        if (!o->able[t] || o->back[t] + (b < 0 ? b : 0) <= p->best)
            continue;
        if (t == p->ranked + 1)
            return true;
        int64_t own = p->ahead[i * STRIDE + t], a = own - o->ahead_least[t];
        if (own != NEVER && o->ahead[t] + (a < 0 ? a : 0) > p->best)
            return true;
    }
    return false;
}

static void pricing_judge(struct pricing *p, int64_t worth) {
    const struct solve_problem *problem = p->field->problem;
    if (worth <= p->best || !p->allow[p->form * (p->field->count + 2) + p->size] ||
        (p->blocks && p->size == 1))
        return;
    if (p->steps > p->limit) {
        p->open = worth > p->open ? worth : p->open;
        return;
    }
    p->steps += PRICE_ASKING * solve_asking(p->field);
    if (!problem->admits(problem->context, p->set, p->form, 0))
        return;
    p->best = worth;
    if (p->found)
        p->found(p->context, p->set, p->form);
}

static void pricing_grow(struct pricing *p, size_t depth, int64_t worth);

static void pricing_add(struct pricing *p, size_t depth, struct candidate added, int64_t worth) {
    bool block = solve_is_block(p->field, added.node);
    const uint64_t *mates = solve_mates(p->field, p->form, added.node);
    const struct price_level *level = &p->levels[depth];
    struct price_level *next = &p->levels[depth + 1];
    next->count = 0;
    for (size_t i = 0; i < level->count; i++)
        if (set_has(mates, level->list[i].node))
            level_join(p, next, level->list[i], added.node);
    set_flip(p->set, added.node);
    p->size++;
    p->blocks += block;
    pricing_judge(p, worth + added.gain);
    pricing_grow(p, depth + 1, worth + added.gain);
    p->blocks -= block;
    p->size--;
    set_flip(p->set, added.node);
}

/* Leaves out whoever gives no hope; false where nobody is left. The one with most points with the group is next. */
static bool pricing_sift(struct pricing *p, struct price_level *level, const struct outlook *o,
                         struct candidate *next) {
    size_t kept = 0, chosen = 0;
    int64_t most = INT64_MIN;
    for (size_t i = 0; i < level->count; i++) {
        if (!outlook_hopes(p, o, i))
            continue;
        if (p->back[i] > most) {
            most = p->back[i];
            chosen = kept;
        }
        level->list[kept++] = level->list[i];
    }
    level->count = kept;
    return kept && level_take(level, chosen, next);
}

static void pricing_grow(struct pricing *p, size_t depth, int64_t worth) {
    struct price_level *level = &p->levels[depth];
    while (level->count && p->size < p->most[p->form]) {
        struct outlook o;
        struct candidate next;
        outlook_find(p, level, worth, &o);
        p->steps += 1 + level->count / 8;
        if (o.most <= p->best)
            return;
        if (p->steps > p->limit || depth == p->depth_max) {
            p->open = o.most > p->open ? o.most : p->open;
            return;
        }
        if (!pricing_sift(p, level, &o, &next))
            return;
        pricing_add(p, depth, next, worth);
    }
}

static void pricing_form(struct pricing *p, size_t start) {
    const struct solve_field *f = p->field;
    size_t n = f->count;
    const uint64_t *mates = solve_mates(f, p->form, start);
    struct price_level *level = &p->levels[0];
    if (!set_has(mates, start))
        return;
    level->count = 0;
    for (size_t b = 0; b < n; b++)
        if (b != start && set_has(mates, b) && !p->gone[b] && is_node(p, b))
            level->list[level->count++] = (struct candidate){
                (uint16_t)b, 2 * (p->pair[start * n + b] + p->member[p->form * n + b] - p->price[b])};
    int64_t worth = 2 * (p->member[p->form * n + start] - p->price[start]);
    set_flip(p->set, start);
    p->size = 1;
    p->blocks = solve_is_block(f, start);
    pricing_judge(p, worth);
    pricing_grow(p, 0, worth);
    set_flip(p->set, start);
}

int64_t pricing_best(struct pricing *p, size_t start, int64_t enough) {
    p->best = p->open = 2 * enough;
    for (p->form = 0; p->form < p->field->forms; p->form++)
        pricing_form(p, start);
    int64_t most = p->best > p->open ? p->best : p->open;
    return most / 2 + most % 2;
}
