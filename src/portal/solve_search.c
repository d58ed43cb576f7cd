/* SPDX-License-Identifier: MIT */
/*
 * solve_search.c: good groups of many nodes, by simulated annealing.
 *
 * Some chains, each with its own random numbers and a fixed number of steps; the best of what they end with is taken,
 * by value and then by the order of ties, so it does not matter how many threads ran them or which was done first. In
 * the rounds that follow, half of the chains begin with that best and half with what they found themselves, each warmed
 * up to a temperature of its own: what is best so far may lie where nothing better can be reached. Many short chains
 * and some rounds find more than a few long chains do in the same time, since which nodes go together early decides
 * where a chain ends.
 *
 * Random numbers, temperatures and energies are whole numbers: no machine rounds them in its own way.
 *
 * A state puts each node into one cell. A cell that is admissible in some form is worth its points in the best one. A
 * cell that is not is worth a share of them that falls to nothing as the state cools: so a group can wait for the node
 * that it lacks, and two groups can pass a node between them through states that nobody could propose. Lone nodes that
 * are no group are worth nothing; they are those left over.
 */
#include <string.h>

#include "base/pool.h"
#include "portal/solve_ground.h"

#define CHAINS 8
#define ROUNDS 4
#define WARM 32 /* the level at which the first chain of a later round begins */
#define WARM_APART 8
#define KEPT_BITS 14 /* so many bits of a set's mark tell where its answer is remembered */
#define EFFORT_MAX 1000000

/* The ground, and what its chains came to. */
struct search {
    struct ground ground;
    size_t round;
    struct solve_list best;   /* of the rounds before */
    struct solve_list *found; /* [chain]: in the last round */
    uint64_t *took;           /* [chain] */
};

struct cell {
    uint16_t *members;
    uint64_t *set; /* of the whole problem, as the callback reads it */
    uint64_t mark;
    size_t size;
    bool block;     /* one of them */
    int64_t pairs;  /* energy of the pairs */
    int64_t top;    /* sum of the nodes' top */
    int64_t raw;    /* energy if it is admissible */
    int64_t energy; /* now */
    int form;       /* -1: not admissible */
};

struct kept {
    uint64_t mark;
    int64_t raw;
    int form;
};

struct chain {
    const struct ground *ground;
    size_t worker;
    uint64_t random;
    int64_t temperature;
    int64_t share; /* of a cell that is not admissible, of 256 */
    struct cell *cells;
    size_t used;
    struct cell x, y; /* what two cells would become */
    uint16_t *cell_of;
    struct kept *kept;
    uint64_t kept_mask;
};

static size_t pick(struct chain *c, size_t limit) {
    return (size_t)(((ground_random(&c->random) >> 32) * limit) >> 32);
}

/* --- cells --- */

static void cell_init(const struct ground *g, struct cell *cell, struct arena *arena) {
    cell->members = arena_array(arena, uint16_t, g->count);
    cell->set = arena_array(arena, uint64_t, g->field->words);
}

static void cell_copy(const struct ground *g, struct cell *to, const struct cell *from) {
    struct cell copy = *from;
    copy.members = to->members;
    copy.set = to->set;
    memcpy(copy.members, from->members, from->size * sizeof(*from->members));
    memcpy(copy.set, from->set, g->field->words * sizeof(*from->set));
    *to = copy;
}

static void cell_clear(const struct ground *g, struct cell *cell) {
    *cell = (struct cell){cell->members, cell->set, .form = -1};
    memset(cell->set, 0, g->field->words * sizeof(*cell->set));
}

/* All but the energy of the pairs, which who asks has summed already. */
static void cell_flip(const struct ground *g, struct cell *cell, size_t m, bool add) {
    set_flip(cell->set, g->nodes[m]);
    cell->mark ^= g->mark[m];
    cell->top += add ? g->top[m] : -g->top[m];
    if (solve_is_block(g->field, g->nodes[m]))
        cell->block = add;
    if (add) {
        cell->members[cell->size++] = (uint16_t)m;
        return;
    }
    size_t at = 0;
    while (cell->members[at] != m)
        at++;
    cell->members[at] = cell->members[--cell->size];
}

static int64_t cell_pairs(const struct ground *g, const struct cell *cell, size_t m) {
    const int64_t *row = g->pair + m * g->count;
    int64_t sum = 0;
    for (size_t i = 0; i < cell->size; i++)
        sum += row[cell->members[i]];
    return sum;
}

static int64_t cell_energy(const struct chain *c, const struct cell *cell) {
    if (cell->form >= 0)
        return cell->raw;
    return cell->size > 1 && cell->raw > 0 ? cell->raw / 256 * c->share : 0;
}

/* The forms in the order of their worth, each once: the first that is admissible is the best. */
static void cell_ask(struct chain *c, struct cell *cell) {
    const struct ground *g = c->ground;
    const struct solve_problem *p = g->field->problem;
    uint32_t able = UINT32_MAX;
    for (size_t i = 0; i < cell->size; i++)
        able &= g->able[cell->members[i]];
    cell->form = -1;
    cell->raw = 0;
    for (bool first = true; able; first = false) {
        int64_t most = INT64_MIN;
        size_t best = 0;
        for (uint32_t rest = able; rest; rest &= rest - 1) {
            size_t form = (size_t)__builtin_ctz(rest);
            int64_t sum = cell->pairs;
            for (size_t i = 0; i < cell->size; i++)
                sum += g->member[form * g->count + cell->members[i]];
            if (sum > most) {
                most = sum;
                best = form;
            }
        }
        if (first)
            cell->raw = most;
        if (p->admits(p->context, cell->set, best, c->worker)) {
            cell->raw = most;
            cell->form = (int)best;
            return;
        }
        able &= ~(UINT32_C(1) << best);
    }
}

static void cell_judge(struct chain *c, struct cell *cell) {
    cell->form = -1;
    cell->raw = 0;
    if (cell->size > 1 || (cell->size == 1 && !cell->block)) {
        struct kept *kept = &c->kept[cell->mark & c->kept_mask];
        if (kept->mark == cell->mark) {
            cell->raw = kept->raw;
            cell->form = kept->form;
        } else {
            cell_ask(c, cell);
            *kept = (struct kept){cell->mark, cell->raw, cell->form};
        }
    }
    cell->energy = cell_energy(c, cell);
}

/* The most a cell can be worth before anybody is asked. */
static int64_t cell_hope(int64_t sum) {
    return sum > 0 ? sum : 0;
}

/* --- moves: each builds in x and y what two cells would become --- */

static int64_t threshold(struct chain *c) {
    uint64_t quantile = c->ground->exponential[ground_random(&c->random) % EXPONENTIALS];
    return -(int64_t)((uint64_t)(c->temperature >> 8) * quantile >> 8);
}

static void chain_take(struct chain *c, size_t at, struct cell *cell) {
    struct cell old = c->cells[at];
    c->cells[at] = *cell;
    *cell = old;
    for (size_t i = 0; i < c->cells[at].size; i++)
        c->cell_of[c->cells[at].members[i]] = (uint16_t)at;
}

static void chain_drop_empty(struct chain *c, size_t at) {
    if (c->cells[at].size)
        return;
    size_t last = --c->used;
    if (at == last)
        return;
    struct cell old = c->cells[at];
    c->cells[at] = c->cells[last];
    c->cells[last] = old;
    for (size_t i = 0; i < c->cells[at].size; i++)
        c->cell_of[c->cells[at].members[i]] = (uint16_t)at;
}

/* `least` is how much worse it may get; `b` may be one past the last cell. */
static void chain_settle(struct chain *c, size_t a, size_t b, int64_t least) {
    int64_t now = c->cells[a].energy + (b < c->used ? c->cells[b].energy : 0);
    cell_judge(c, &c->y);
    if (c->y.energy + cell_hope(c->x.pairs + c->x.top) - now < least)
        return;
    cell_judge(c, &c->x);
    if (c->x.energy + c->y.energy - now < least)
        return;
    if (b == c->used)
        c->used++;
    chain_take(c, a, &c->x);
    chain_take(c, b, &c->y);
    if (a < b) {
        chain_drop_empty(c, b);
        chain_drop_empty(c, a);
    } else {
        chain_drop_empty(c, a);
        chain_drop_empty(c, b);
    }
}

static void move_relocate(struct chain *c, size_t m, size_t b) {
    const struct ground *g = c->ground;
    size_t a = c->cell_of[m];
    if (a == b || (b == c->used && c->cells[a].size == 1))
        return;
    bool fresh = b == c->used;
    if (fresh)
        cell_clear(g, &c->cells[b]);
    struct cell *from = &c->cells[a], *to = &c->cells[b];
    int64_t least = threshold(c), gone = cell_pairs(g, from, m), come = cell_pairs(g, to, m);
    int64_t hope = cell_hope(from->pairs - gone + from->top - g->top[m]) +
                   cell_hope(to->pairs + come + to->top + g->top[m]);
    if (hope - from->energy - (fresh ? 0 : to->energy) < least)
        return;
    cell_copy(g, &c->x, from);
    cell_copy(g, &c->y, to);
    cell_flip(g, &c->x, m, false);
    cell_flip(g, &c->y, m, true);
    c->x.pairs -= gone;
    c->y.pairs += come;
    chain_settle(c, a, b, least);
}

static void move_swap(struct chain *c, size_t m, size_t other) {
    const struct ground *g = c->ground;
    size_t a = c->cell_of[m], b = c->cell_of[other];
    if (a == b || solve_is_block(g->field, g->nodes[other]))
        return;
    struct cell *from = &c->cells[a], *to = &c->cells[b];
    int64_t least = threshold(c), between = g->pair[m * g->count + other];
    int64_t x = cell_pairs(g, from, other) - cell_pairs(g, from, m) - between;
    int64_t y = cell_pairs(g, to, m) - cell_pairs(g, to, other) - between;
    int64_t more = g->top[other] - g->top[m];
    if (cell_hope(from->pairs + x + from->top + more) + cell_hope(to->pairs + y + to->top - more) -
            from->energy - to->energy <
        least)
        return;
    cell_copy(g, &c->x, from);
    cell_copy(g, &c->y, to);
    cell_flip(g, &c->x, m, false);
    cell_flip(g, &c->x, other, true);
    cell_flip(g, &c->y, other, false);
    cell_flip(g, &c->y, m, true);
    c->x.pairs += x;
    c->y.pairs += y;
    chain_settle(c, a, b, least);
}

static void move_merge(struct chain *c, size_t a, size_t b) {
    const struct ground *g = c->ground;
    struct cell *from = &c->cells[a], *to = &c->cells[b];
    if (a == b || (from->block && to->block))
        return;
    int64_t least = threshold(c), pairs = from->pairs + to->pairs;
    for (size_t i = 0; i < from->size; i++)
        pairs += cell_pairs(g, to, from->members[i]);
    if (cell_hope(pairs + from->top + to->top) - from->energy - to->energy < least)
        return;
    cell_clear(g, &c->x);
    cell_copy(g, &c->y, to);
    for (size_t i = 0; i < from->size; i++)
        cell_flip(g, &c->y, from->members[i], true);
    c->y.pairs = pairs;
    chain_settle(c, a, b, least);
}

/* Two that belong together change cells together: neither could alone. */
static void move_couple(struct chain *c, size_t m, size_t other, size_t b) {
    const struct ground *g = c->ground;
    size_t a = c->cell_of[m];
    if (a == b || m == other || solve_is_block(g->field, g->nodes[other]))
        return;
    struct cell *from = &c->cells[a], *to = &c->cells[b];
    int64_t least = threshold(c), between = g->pair[m * g->count + other], top = g->top[m] + g->top[other];
    int64_t gone = cell_pairs(g, from, m) + cell_pairs(g, from, other) - between;
    int64_t come = cell_pairs(g, to, m) + cell_pairs(g, to, other) + between;
    if (cell_hope(from->pairs - gone + from->top - top) + cell_hope(to->pairs + come + to->top + top) -
            from->energy - to->energy <
        least)
        return;
    cell_copy(g, &c->x, from);
    cell_copy(g, &c->y, to);
    cell_flip(g, &c->x, m, false);
    cell_flip(g, &c->x, other, false);
    cell_flip(g, &c->y, m, true);
    cell_flip(g, &c->y, other, true);
    c->x.pairs -= gone;
    c->y.pairs += come;
    chain_settle(c, a, b, least);
}

/* Two of its nodes part, and each other goes to whom it is closer to, or at random. */
static void move_split(struct chain *c, size_t a) {
    const struct ground *g = c->ground;
    struct cell *from = &c->cells[a];
    if (from->size < 3 || c->used == g->count)
        return;
    int64_t least = threshold(c);
    size_t first = from->members[pick(c, from->size)], second = from->members[pick(c, from->size)];
    if (first == second)
        return;
    bool wild = pick(c, 4) == 0;
    cell_clear(g, &c->x);
    cell_clear(g, &c->y);
    for (size_t i = 0; i < from->size; i++) {
        size_t m = from->members[i];
        int64_t x = m == first ? 1 : m == second ? 0 : g->pair[m * g->count + first];
        int64_t y = m == first ? 0 : m == second ? 1 : g->pair[m * g->count + second];
        bool into_x = x > y || (x == y && pick(c, 2));
        if (wild && m != first && m != second)
            into_x = pick(c, 2);
        struct cell *to = into_x ? &c->x : &c->y;
        to->pairs += cell_pairs(g, to, m);
        cell_flip(g, to, m, true);
    }
    chain_settle(c, a, c->used, least);
}

/* The cell of a friend mostly, which is where there is something to gain; else of anybody. */
static size_t pick_near(struct chain *c, size_t m) {
    const struct ground *g = c->ground;
    if (g->friend_count[m] && pick(c, 4))
        return g->friends[m * FRIENDS + pick(c, g->friend_count[m])];
    return pick(c, g->count);
}

static void chain_move(struct chain *c) {
    const struct ground *g = c->ground;
    size_t m = pick(c, g->count), what = pick(c, 64);
    bool block = solve_is_block(g->field, g->nodes[m]);
    if (what < 3) {
        move_split(c, c->cell_of[m]);
    } else if (what < 6) {
        move_merge(c, c->cell_of[m], c->cell_of[pick_near(c, m)]);
    } else if (block) {
        return;
    } else if (what < 8) {
        if (c->used < g->count)
            move_relocate(c, m, c->used);
    } else if (what < 12) {
        const struct cell *own = &c->cells[c->cell_of[m]];
        size_t other = own->members[pick(c, own->size)];
        move_couple(c, m, other, c->cell_of[pick_near(c, pick(c, 2) ? m : other)]);
    } else if (what < 40) {
        move_relocate(c, m, c->cell_of[pick_near(c, m)]);
    } else {
        const struct cell *near = &c->cells[c->cell_of[pick_near(c, m)]];
        move_swap(c, m, near->members[pick(c, near->size)]);
    }
}

/* --- chains --- */

static void chain_init(struct chain *c, const struct ground *g, size_t number, struct arena *arena) {
    c->ground = g;
    c->random = g->field->problem->seed * UINT64_C(0xD1342543DE82EF95) + number;
    c->cells = arena_array(arena, struct cell, g->count);
    c->cell_of = arena_array(arena, uint16_t, g->count);
    c->kept_mask = (UINT64_C(1) << (g->count < KEPT_BITS ? g->count : KEPT_BITS)) - 1;
    c->kept = arena_array(arena, struct kept, c->kept_mask + 1);
    cell_init(g, &c->x, arena);
    cell_init(g, &c->y, arena);
    for (size_t m = 0; m < g->count; m++)
        cell_init(g, &c->cells[m], arena);
}

/* Adds to a cell, which may be one past the last. */
static void chain_put(struct chain *c, size_t m, size_t at) {
    struct cell *cell = &c->cells[at];
    if (at == c->used) {
        cell_clear(c->ground, cell);
        c->used++;
    }
    cell->pairs += cell_pairs(c->ground, cell, m);
    cell_flip(c->ground, cell, m, true);
    c->cell_of[m] = (uint16_t)at;
}

/* Begins with these groups, and with whoever is in none of them alone. */
static void chain_begin(struct chain *c, const struct solve_list *groups) {
    const struct ground *g = c->ground;
    for (size_t m = 0; m < g->count; m++) {
        size_t in = 0;
        while (in < groups->count && !set_has(groups->groups[in].members, g->nodes[m]))
            in++;
        size_t first = 0;
        while (in < groups->count && !set_has(groups->groups[in].members, g->nodes[first]))
            first++;
        chain_put(c, m, in < groups->count && first < m ? c->cell_of[first] : c->used);
    }
    for (size_t i = 0; i < c->used; i++)
        cell_judge(c, &c->cells[i]);
}

static void chain_run(struct chain *c, int from) {
    const struct ground *g = c->ground;
    for (int level = from; level < LEVELS; level++) {
        c->temperature = g->heat[level];
        int fading = LEVELS * 3 / 4;
        c->share = level < fading ? 192 * (fading - level) / fading : 0;
        for (size_t i = 0; i < c->used; i++)
            c->cells[i].energy = cell_energy(c, &c->cells[i]);
        for (uint64_t step = 0; step < g->steps / LEVELS; step++)
            chain_move(c);
    }
}

static void chain_work(void *context, size_t task, size_t worker) {
    struct search *search = context;
    const struct ground *g = &search->ground;
    struct solve_list *found = &search->found[task];
    struct arena arena = {0};
    struct chain chain = {.worker = worker};
    int from = search->round ? WARM + WARM_APART * (int)task : 0;
    chain_init(&chain, g, search->round * CHAINS + task, &arena);
    chain_begin(&chain, task % 2 ? found : &search->best);
    chain_run(&chain, from);
    found->count = 0;
    for (size_t i = 0; i < chain.used; i++)
        if (chain.cells[i].form >= 0)
            solve_list_add(g->field, found, chain.cells[i].set, (size_t)chain.cells[i].form);
    search->took[task] += g->steps / LEVELS * (uint64_t)(LEVELS - from);
    solve_list_sort(found);
    arena_release(&arena);
}

/*
 * In each chain of the first round. The more nodes, the more for each of them, up to a point from which on there is just
 * enough for all: ninety nodes take about five seconds of one processor, six hundred less than a minute.
 */
static uint64_t search_steps(const struct solve_field *field, size_t count) {
    uint64_t effort = field->problem->effort ? field->problem->effort : 1, n = count;
    uint64_t steps = 32000 * n * n * n / (n * n + 2500), most = 3200000 + 6000 * n;
    steps = steps < most ? steps : most;
    if (solve_asking(field) > 1) /* and yet each level looks at each node */
        steps = steps / solve_asking(field) + LEVELS * n;
    return steps * (effort < EFFORT_MAX ? effort : EFFORT_MAX);
}

static void search_round(struct search *search, struct arena *scratch) {
    const struct ground *g = &search->ground;
    const struct solve_problem *p = g->field->problem;
    struct arena_mark mark = arena_mark(scratch);
    pool_run(p->threads ? p->threads : 1, CHAINS, chain_work, search);
    struct solve_list *found = &search->found[0];
    for (size_t i = 1; i < CHAINS; i++)
        if (solve_list_better(g->field, &search->found[i], found))
            found = &search->found[i];
    solve_polish(g->field, g->nodes, g->count, 0, scratch, found, &search->took[0]);
    if (search->round == 0 || solve_list_better(g->field, found, &search->best)) {
        search->best.count = 0;
        for (size_t k = 0; k < found->count; k++)
            solve_list_add(g->field, &search->best, found->groups[k].members, found->groups[k].form);
    }
    arena_rewind(scratch, mark);
}

void solve_by_search(const struct solve_field *field, const size_t *nodes, size_t count,
                     struct arena *scratch, struct solve_list *list, uint64_t *steps) {
    struct arena_mark mark = arena_mark(scratch);
    struct search search = {.ground = {.field = field, .nodes = nodes, .count = count}};
    search.ground.steps = search_steps(field, count);
    ground_init(&search.ground, scratch);
    search.best = solve_list_new(field, scratch);
    search.found = arena_array(scratch, struct solve_list, CHAINS);
    search.took = arena_array(scratch, uint64_t, CHAINS);
    for (size_t i = 0; i < CHAINS; i++)
        search.found[i] = solve_list_new(field, scratch);
    for (; search.round < ROUNDS; search.round++)
        search_round(&search, scratch);
    for (size_t i = 0; i < CHAINS; i++)
        *steps += search.took[i];
    for (size_t i = 0; i < search.best.count; i++)
        solve_list_add(field, list, search.best.groups[i].members, search.best.groups[i].form);
    arena_rewind(scratch, mark);
}
