/* SPDX-License-Identifier: MIT */
/*
 * solve_dual.c: what no set of groups is worth more than, by prices of nodes.
 *
 * Give each node a price, which may be negative, and each block one that is not. If no admissible group is worth more
 * than its nodes cost, no solution is worth more than all the nodes that it places, and all blocks, cost (linear
 * programming's duality); so the sum of all prices is a bound where every node must be placed, that of the largest
 * prices where so many must, and that of those above nothing where none must.
 *
 * Good prices are looked for, in floating point, as column generation does: a linear programme over the groups that
 * are known is solved by the simplex method, and groups that are worth more than its prices join them. Nothing is
 * concluded from that. Then prices are rounded to whole parts of a point, and solve_price.c proves, in whole numbers,
 * what no group is worth more than beyond them: for one node after the other, of groups with it and without those that
 * were dealt with, and the node's price is raised by so much. Since every group has a node that counts say it must have
 * (`cover`), it is paid for once those are dealt with. Whatever the prices were, the raised ones prove a bound, and the
 * least of all rounds is the answer.
 *
 * What a node costs is kept within limits, since the proof takes longest where prices lie far apart; the limits are
 * narrow at first, and widened as long as the proofs come out.
 */
#include <stdlib.h>
#include <string.h>

#include "portal/solve_price.h"

#define NODES_MAX 256   /* of many more the proofs do not come out in the time */
#define STEPS 45000     /* for each node */
#define GUESSES 40      /* so many rounds of guesses take all steps */
#define PROOFS 3        /* the same of proofs */
#define RANK_STEPS 4000 /* for each number of nodes and each of them */
#define BEGINNING 8     /* and of groups to begin with */
#define SLACK 50 /* a group may be worth a fiftieth of a point more than was looked for, which is paid for */
#define FAILURES 3 /* rounds in which some proof took too long */
#define GUESS_AHEAD 10
#define GUESS_RANK 8 /* points that others may bring each other, in a guess */
#define ROOM 1024

struct column {
    uint16_t *nodes;
    size_t count;
    bool left; /* one node that is left over, where these are limited */
    double worth, sign;
};

struct master {
    const struct solve_dual *ask;
    struct arena *arena;
    size_t rows;     /* nodes, then how many may be left over */
    double *inverse; /* [row * rows + row] */
    double *filled, *price, *through;
    size_t *basis; /* [row]: its column */
    struct column *pool;
    size_t pool_count, pool_room, scan;
    uint64_t steps;
    uint16_t *room; /* of one column */
};

/* ---- the linear programme ---- */

static void column_add(struct master *m, struct column c, const uint16_t *nodes) {
    if (m->pool_count == m->pool_room) {
        size_t more = m->pool_room ? m->pool_room * 2 : ROOM;
        m->pool = arena_grow(m->arena, m->pool, m->pool_room * sizeof(*m->pool), more * sizeof(*m->pool),
                             alignof(struct column));
        m->pool_room = more;
    }
    c.nodes = arena_array(m->arena, uint16_t, c.count);
    memcpy(c.nodes, nodes, c.count * sizeof(*nodes));
    m->pool[m->pool_count++] = c;
}

static void column_of_group(void *context, const uint64_t *set, size_t form) {
    struct master *m = context;
    size_t n = m->ask->field->count, count = 0;
    int64_t worth = 0;
    for (size_t a = 0; a < n; a++) {
        if (!set_has(set, a))
            continue;
        worth += m->ask->member[form * n + a];
        for (size_t i = 0; i < count; i++)
            worth += m->ask->pair[a * n + m->room[i]];
        m->room[count++] = (uint16_t)a;
    }
    column_add(m, (struct column){.count = count, .worth = (double)worth, .sign = 1}, m->room);
}

/* What a node costs at least and at most; and leaving it over, where so many may be. The least are the first columns, one
 * for each row, and the first basis. */
static void master_limits(struct master *m, double high) {
    size_t n = m->ask->field->count;
    bool limited = m->rows > n;
    for (size_t i = 0; i < m->rows; i++) {
        uint16_t row = (uint16_t)i;
        column_add(m, (struct column){.count = 1, .sign = 1}, &row);
        m->basis[i] = i;
        m->inverse[i * m->rows + i] = 1;
    }
    for (uint16_t i = 0; i < n; i++) {
        column_add(m, (struct column){.count = 1, .worth = -high, .sign = -1}, &i);
        if (limited && m->ask->counts->placeable[i])
            column_add(m, (struct column){.count = 1, .left = true, .sign = 1}, &i);
    }
}

/* Nodes are filled unevenly, by next to nothing, so that the simplex method does not stand still. */
static void master_init(struct master *m, const struct solve_dual *ask, double high, struct arena *arena) {
    size_t n = ask->field->count, placeable = 0;
    for (size_t i = 0; i < n; i++)
        placeable += ask->counts->placeable[i];
    *m = (struct master){.ask = ask, .arena = arena, .rows = n + (ask->must != SIZE_MAX)};
    m->inverse = arena_array(arena, double, m->rows * m->rows);
    m->filled = arena_array(arena, double, m->rows);
    m->price = arena_array(arena, double, m->rows);
    m->through = arena_array(arena, double, m->rows);
    m->basis = arena_array(arena, size_t, m->rows);
    m->room = arena_array(arena, uint16_t, n);
    for (size_t i = 0; i < m->rows; i++)
        m->filled[i] = i < n ? 1 + 1e-6 * (double)(i * 7919 % 1009) : (double)(placeable - ask->must) + 1e-4;
    master_limits(m, high);
}

/* No node that may have to be placed costs less than that, and nothing else less than nothing. */
static void master_lower(struct master *m, double low) {
    size_t n = m->ask->field->count, rows = m->rows;
    for (size_t i = 0; i < n && rows > n; i++)
        m->pool[i].worth = m->ask->counts->placeable[i] ? low : 0;
    memset(m->price, 0, rows * sizeof(*m->price));
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++)
            m->price[j] += m->pool[m->basis[i]].worth * m->inverse[i * rows + j];
}

static double column_beyond(const struct master *m, const struct column *c) {
    double sum = c->worth;
    for (size_t i = 0; i < c->count; i++)
        sum -= c->sign * m->price[c->nodes[i]];
    return c->left ? sum - m->price[m->rows - 1] : sum;
}

/* Which row the column takes the place of: the first that it empties; `rows` where there is none. */
static size_t master_leaves(struct master *m, const struct column *c) {
    size_t rows = m->rows, out = rows;
    double least = 1e300;
    for (size_t i = 0; i < rows; i++) {
        const double *row = m->inverse + i * rows;
        double t = c->left ? row[rows - 1] : 0;
        for (size_t k = 0; k < c->count; k++)
            t += c->sign * row[c->nodes[k]];
        m->through[i] = t;
        if (t > 1e-7 && m->filled[i] < least * t) {
            least = m->filled[i] / t;
            out = i;
        }
    }
    return out;
}

static bool master_pivot(struct master *m, size_t entering, double beyond) {
    size_t rows = m->rows, out = master_leaves(m, &m->pool[entering]);
    m->steps += 1 + rows * rows / 700 + m->pool_count / 500;
    if (out == rows)
        return false;
    double *pivot = m->inverse + out * rows, by = m->through[out];
    m->filled[out] /= by;
    for (size_t j = 0; j < rows; j++) {
        pivot[j] /= by;
        m->price[j] += beyond * pivot[j];
    }
    for (size_t i = 0; i < rows; i++) {
        double t = m->through[i], *row = m->inverse + i * rows;
        if (i == out || (t < 1e-12 && t > -1e-12))
            continue;
        m->filled[i] -= t * m->filled[out];
        for (size_t j = 0; j < rows; j++)
            row[j] -= t * pivot[j];
    }
    m->basis[out] = entering;
    return true;
}

/* Of a part of the columns, from where the last one was found, the one that promises most. */
static void master_solve(struct master *m, double least, uint64_t limit) {
    for (size_t tried = 0; tried < m->pool_count && m->steps < limit;) {
        size_t best = SIZE_MAX, part = m->pool_count / 4 + 200;
        double most = least;
        for (size_t i = 0; i < part && tried < m->pool_count; i++, tried++) {
            m->scan = m->scan + 1 < m->pool_count ? m->scan + 1 : 0;
            double beyond = column_beyond(m, &m->pool[m->scan]);
            if (beyond > most) {
                most = beyond;
                best = m->scan;
            }
        }
        if (best == SIZE_MAX)
            continue;
        if (!master_pivot(m, best, most))
            return;
        tried = 0;
    }
}

/* ---- groups to begin with ---- */

static bool meets_all(const struct solve_field *field, const uint64_t *set, size_t form, size_t m) {
    const uint64_t *mates = solve_mates(field, form, m);
    for (size_t w = 0; w < field->words; w++)
        if (set[w] & ~mates[w])
            return false;
    return true;
}

/* Those found, and each with one node more or less: what a node is worth shows in them. */
static void master_begin(struct master *m, const struct solve_result *result) {
    const struct solve_field *f = m->ask->field;
    uint64_t *set = arena_array(m->arena, uint64_t, f->words);
    for (size_t g = 0; g < result->group_count; g++) {
        size_t form = result->groups[g].form, size = 0;
        memcpy(set, result->groups[g].members, f->words * sizeof(*set));
        column_of_group(m, set, form);
        for (size_t a = 0; a < f->count; a++)
            size += set_has(set, a);
        for (size_t a = 0; a < f->count; a++) {
            bool in = set_has(set, a);
            if (m->steps > STEPS * (uint64_t)f->count / BEGINNING || solve_is_block(f, a) ||
                (in ? size <= 2 : !meets_all(f, set, form, a)))
                continue;
            set_flip(set, a);
            m->steps += PRICE_ASKING * solve_asking(f);
            if (f->problem->admits(f->problem->context, set, form, 0))
                column_of_group(m, set, form);
            set_flip(set, a);
        }
    }
}

/* ---- bounds ---- */

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

/* What all places, and all blocks, cost at most. */
static int64_t prices_sum(const struct solve_dual *ask, const int64_t *price, int64_t *room) {
    size_t count = 0;
    int64_t sum = 0;
    for (size_t m = 0; m < ask->field->count; m++)
        if (solve_is_block(ask->field, m))
            sum += price[m];
        else if (ask->counts->placeable[m])
            room[count++] = price[m];
    qsort(room, count, sizeof(*room), by_size);
    for (size_t i = 0; i < count; i++)
        if (ask->must == SIZE_MAX ? room[i] > 0 : i < ask->must)
            sum += room[i];
    return sum;
}

/* A price is no larger than what it is limited to, but for what floating point makes of it. */
static void prices_read(const struct master *m, double limit, int64_t *price) {
    for (size_t i = 0; i < m->ask->field->count; i++) {
        double v = m->price[i] > limit ? limit : m->price[i] < -limit ? -limit : m->price[i];
        price[i] = v == v ? (int64_t)v : 0;
        if (solve_is_block(m->ask->field, i) && price[i] < 0)
            price[i] = 0;
    }
}

/* Most of all from those of whom a group must have one. */
static void guess(struct pricing *p, int64_t scale) {
    const struct solve_counts *counts = p->counts;
    size_t n = p->field->count, starts = 1;
    for (size_t s = 0; s < n; s++)
        starts += counts->cover[s];
    uint64_t steps = STEPS * (uint64_t)n / GUESSES / starts;
    pricing_assume(p, GUESS_AHEAD, 2 * GUESS_RANK * scale);
    for (size_t s = 0; s < n; s++) {
        if (!counts->cover[s] && !counts->placeable[s])
            continue;
        p->limit = p->steps + (counts->cover[s] ? steps : steps / 8);
        pricing_best(p, s, scale / SLACK);
    }
}

/* The most that groups with this node are worth beyond their prices, proved for less and less as long as that comes out.
 * Sets *whole to false where it does not. */
static int64_t prove_start(struct pricing *p, size_t start, int64_t scale, uint64_t steps, bool *whole) {
    static const int parts[] = {400, 100, 25, 1}; /* of a fiftieth of a point */
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        int64_t enough = scale * parts[i] / SLACK;
        p->limit = p->steps + steps;
        int64_t more = pricing_best(p, start, enough);
        least = more < least ? more : least;
        if (p->steps > p->limit) {
            *whole = false;
            break;
        }
        if (more > enough)
            break;
    }
    return least;
}

/* Raises the prices until every group is paid for. False where that is not all that could be proved. */
static bool prove(struct pricing *p, int64_t scale) {
    size_t n = p->field->count, starts = 1;
    bool whole = true;
    for (size_t s = 0; s < n; s++)
        starts += p->counts->cover[s];
    pricing_rank(p, RANK_STEPS);
    for (size_t s = 0; s < n; s++) {
        if (!p->counts->cover[s])
            continue;
        p->price[s] += prove_start(p, s, scale, STEPS * (uint64_t)n / PROOFS / starts, &whole);
        p->gone[s] = true;
    }
    memset(p->gone, 0, n * sizeof(*p->gone));
    return whole;
}

/* Rounds with limits on prices, until what is proved is as near to the prices as `near` parts of them. False where nothing
 * more is to be had. */
static bool dual_rounds(struct master *m, struct pricing *p, double limit, int64_t near, int64_t *room,
                        int64_t *least) {
    const struct solve_dual *ask = m->ask;
    uint64_t steps = STEPS * (uint64_t)ask->field->count;
    size_t failures = 0;
    for (bool proving = false;;) {
        if (m->steps + p->steps > steps)
            return false;
        master_solve(m, 0.01 * (double)ask->scale, steps);
        prices_read(m, limit, p->price);
        size_t known = m->pool_count;
        int64_t sum = prices_sum(ask, p->price, room);
        if (!proving) {
            guess(p, ask->scale);
            proving = m->pool_count - known < ask->field->count / 5 + 2 ||
                      (*least == ask->known && m->steps + p->steps > steps / 2);
            continue;
        }
        bool whole = prove(p, ask->scale);
        failures += !whole;
        int64_t raised = prices_sum(ask, p->price, room);
        *least = raised < *least ? raised : *least;
        if (*least < ask->enough || failures == FAILURES)
            return false;
        if (whole && (m->pool_count == known || raised - sum < ask->scale / 2 + (sum > 0 ? sum / near : 0)))
            return true;
        proving = m->pool_count == known;
    }
}

/* In parts of what a node is worth by the bound that is known. The last has all the steps that are left. */
static const double widths[] = {0, 0.25, 0.5, 1};
#define WIDTHS (sizeof(widths) / sizeof(*widths))
#define NEAR 25
#define NEAR_LAST 1000

int64_t solve_dual(const struct solve_dual *ask, const struct solve_result *result, struct arena *scratch) {
    size_t n = ask->field->count;
    struct master m;
    struct pricing p = {.field = ask->field,
                        .counts = ask->counts,
                        .pair = ask->pair,
                        .member = ask->member,
                        .found = column_of_group,
                        .context = &m};
    int64_t far = INT64_MAX / 1024 / (int64_t)(n * n + 1);
    if (n > NODES_MAX || ask->known > far || ask->known < -far)
        return ask->known;
    double typical = (double)(ask->known < 0 ? -ask->known : ask->known) / (double)n + (double)ask->scale;
    double base = ask->known < 0 ? -2 * typical : 0;
    int64_t least = ask->known, *room = arena_array(scratch, int64_t, n);
    master_init(&m, ask, 2 * typical, scratch);
    pricing_init(&p, scratch);
    master_begin(&m, result);
    for (size_t i = 0; i < WIDTHS; i++) {
        master_lower(&m, base - widths[i] * typical);
        if (!dual_rounds(&m, &p, 4 * typical, i + 1 < WIDTHS ? NEAR : NEAR_LAST, room, &least) ||
            ask->must == SIZE_MAX)
            break;
    }
    return least;
}
