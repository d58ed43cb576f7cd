/* SPDX-License-Identifier: MIT */
/* test_solve.c: the solver against every solution there is, written as differently from it as possible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "portal/solve.h"
#include "random.h"

#define NODES 9
#define FORMS 3
#define STEPS 4
#define SETS (1 << NODES)

/*
 * An invented problem: which sets are admissible is a table. Nodes have two marks, as a rule with a least and a share
 * would count them; of some nodes the second is only possible.
 */
struct invented {
    struct solve_problem problem;
    struct solve_step steps[STEPS];
    int64_t pair[STEPS][NODES * NODES], member[STEPS][FORMS * NODES];
    uint8_t block[NODES], weight[NODES]; /* how many nodes a block stands for; 1 of a free one */
    bool admitted[FORMS][SETS], barred[FORMS][NODES], parted[FORMS][NODES][NODES],
        needed[FORMS][NODES][NODES];
    bool lead[NODES];
    uint8_t mark[NODES]; /* 0 no, 1 certain, 2 possible */
    size_t least[FORMS], most[FORMS];
    atomic_bool misused;
};

static bool invented_admits(void *context, const uint64_t *members, size_t form, size_t worker) {
    struct invented *in = context;
    size_t threads = in->problem.threads ? in->problem.threads : 1, blocks = 0;
    uint64_t set = members[0];
    for (size_t m = 0; m < in->problem.count; m++)
        if (set >> m & 1 && in->block[m]) {
            blocks++;
            if (in->block[m] != form + 1)
                in->misused = true;
        }
    if (worker >= threads || !set || blocks > 1 || (blocks && !(set & (set - 1))))
        in->misused = true;
    return in->admitted[form][set];
}

static bool invented_bars(void *context, size_t m, size_t form) {
    return ((struct invented *)context)->barred[form][m];
}

static bool invented_parts(void *context, size_t a, size_t b, size_t form) {
    return ((struct invented *)context)->parted[form][a][b];
}

static bool invented_needs(void *context, size_t a, size_t b, size_t form) {
    return ((struct invented *)context)->needed[form][a][b];
}

static size_t invented_counts(void *context, size_t form) {
    (void)context, (void)form;
    return 3;
}

static void invented_counted(void *context, size_t form, size_t count, size_t m, size_t *sure,
                             size_t *possible) {
    struct invented *in = context;
    (void)form;
    *sure = count == 0 ? in->weight[m] : count == 1 ? in->lead[m] : in->mark[m] == 1;
    *possible = count == 2 ? in->mark[m] > 0 : *sure;
}

/* A least and a most size, one lead, at most a third marked unless there are two. */
static bool invented_may(void *context, size_t form, const size_t *sure, const size_t *possible) {
    struct invented *in = context;
    return sure[0] >= in->least[form] && sure[0] <= in->most[form] && sure[1] >= 1 &&
           (3 * possible[2] <= sure[0] || sure[0] == 2);
}

static bool invented_fits(struct invented *in, size_t form, uint64_t set) {
    size_t sure[3] = {0}, possible[3] = {0};
    for (size_t m = 0; m < in->problem.count; m++)
        for (size_t c = 0; c < 3 && set >> m & 1; c++) {
            size_t s, p;
            invented_counted(in, form, c, m, &s, &p);
            sure[c] += s;
            possible[c] += p;
        }
    return invented_may(in, form, sure, possible);
}

/* What could be known of the table is told, mostly: that a node or a pair is in no admissible set, that one
 * is in none without another. */
static void invent_knowledge(struct invented *in, struct random *r) {
    size_t n = in->problem.count;
    for (size_t form = 0; form < FORMS; form++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < n; b++) {
                bool together = random_below(r, 8) == 0, without = random_below(r, 4) == 0;
                for (uint64_t set = 0; set < UINT64_C(1) << n; set++)
                    if (in->admitted[form][set] && set >> a & 1) {
                        together |= set >> b & 1;
                        without |= !(set >> b & 1);
                    }
                in->needed[form][a][b] = !without;
                if (a == b)
                    in->barred[form][a] = !together;
                else if (a > b)
                    in->parted[form][a][b] = in->parted[form][b][a] = !together;
            }
}

/* How sets become admissible. */
enum sort { BY_COUNTS, BY_PAIRS, AT_RANDOM, RARELY, NEVER, ALWAYS, SORTS };

static bool set_parted(bool apart[NODES][NODES], uint64_t set) {
    for (size_t a = 0; a < NODES; a++)
        for (size_t b = 0; b < a; b++)
            if (set >> a & 1 && set >> b & 1 && apart[a][b])
                return true;
    return false;
}

static void invent_sets(struct invented *in, struct random *r, enum sort sort) {
    size_t n = in->problem.count, odds = 2 + random_below(r, 3);
    bool apart[NODES][NODES] = {{false}};
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < a; b++)
            apart[a][b] = random_below(r, odds + 1) == 0;
    for (size_t form = 0; form < FORMS; form++)
        for (uint64_t set = 1; set < UINT64_C(1) << n; set++)
            in->admitted[form][set] = sort == BY_COUNTS
                                          ? invented_fits(in, form, set) && !set_parted(apart, set)
                                      : sort == BY_PAIRS  ? !set_parted(apart, set)
                                      : sort == AT_RANDOM ? random_below(r, odds) == 0
                                      : sort == RARELY    ? random_below(r, 40) == 0
                                                          : sort == ALWAYS;
}

static void invent_points(struct invented *in, struct random *r) {
    size_t n = in->problem.count;
    size_t range = 1 + random_below(r, 9);
    for (size_t s = 0; s < in->problem.step_count; s++) {
        bool wide = random_below(r, 6) == 0;
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < a; b++)
                in->pair[s][a * n + b] = in->pair[s][b * n + a] =
                    ((int64_t)random_below(r, range) - (int64_t)range / 2) * (wide ? INT64_C(1) << 50 : 1);
        for (size_t i = 0; i < FORMS * n; i++)
            in->member[s][i] = (int64_t)random_below(r, range) - 1;
        size_t what = random_below(r, 4);
        in->steps[s].placed = what == 0 || (s == 0 && what < 3);
        in->steps[s].pair = what != 0 ? in->pair[s] : NULL;
        in->steps[s].member = what == 3 || random_below(r, 3) == 0 ? in->member[s] : NULL;
    }
}

static void invent(struct invented *in, uint64_t seed, size_t n, enum sort sort) {
    struct random r = {seed};
    memset(in, 0, sizeof(*in));
    in->problem = (struct solve_problem){.count = n,
                                         .forms = 1 + random_below(&r, n < 8 ? FORMS : 10 - n),
                                         .block = in->block,
                                         .steps = in->steps,
                                         .step_count = 1 + random_below(&r, STEPS),
                                         .admits = invented_admits,
                                         .context = in,
                                         .threads = 1};
    bool blocks = random_below(&r, 3) == 0;
    for (size_t m = 0; m < n; m++) {
        if (blocks && random_below(&r, 4) == 0)
            in->block[m] = (uint8_t)(1 + random_below(&r, in->problem.forms));
        in->weight[m] = (uint8_t)(in->block[m] ? 1 + random_below(&r, 3) : 1);
        in->lead[m] = random_below(&r, 3) == 0;
        in->mark[m] = (uint8_t)(random_below(&r, 5) % 3);
    }
    for (size_t form = 0; form < FORMS; form++) {
        in->least[form] = 1 + random_below(&r, 3);
        in->most[form] = in->least[form] + random_below(&r, NODES);
    }
    invent_sets(in, &r, sort);
    invent_points(in, &r);
    if (random_below(&r, 4)) {
        invent_knowledge(in, &r);
        in->problem.bars = invented_bars;
        in->problem.parts = invented_parts;
        in->problem.needs = random_below(&r, 2) ? invented_needs : NULL;
    }
    if (sort == BY_COUNTS) {
        in->problem.counts = invented_counts;
        in->problem.counted = invented_counted;
        in->problem.may = invented_may;
    }
}

/* Every solution: node after node is left over, joins a group begun before, or begins one, in each form. */
struct every {
    const struct invented *in;
    int64_t worth[FORMS][SETS][STEPS]; /* of each set, since most stand in many solutions */
    uint64_t group[NODES];
    size_t form[NODES], count;
    int64_t best[STEPS];
    uint64_t best_group[NODES];
    size_t best_form[NODES], best_count;
    bool found;
};

static bool is_block_alone(const struct invented *in, uint64_t set) {
    return !(set & (set - 1)) && in->block[__builtin_ctzll(set)];
}

static size_t blocks_in(const struct invented *in, uint64_t set) {
    size_t blocks = 0;
    for (size_t m = 0; m < in->problem.count; m++)
        blocks += set >> m & 1 && in->block[m];
    return blocks;
}

static int64_t worth(const struct invented *in, const struct solve_step *step, uint64_t set, size_t form) {
    size_t n = in->problem.count;
    int64_t sum = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            if (!(set >> a & 1) || !(set >> b & 1))
                continue;
            if (a == b && !in->block[a])
                sum += (step->placed ? 1 : 0) + (step->member ? step->member[form * n + a] : 0);
            if (a < b && step->pair)
                sum += step->pair[a * n + b];
        }
    return sum;
}

/* As sequences of numbers: at the first place where they differ, the end of one is less than any number. */
static int nodes_compare(uint64_t a, uint64_t b) {
    int x[NODES + 1] = {0}, y[NODES + 1] = {0};
    size_t cx = 0, cy = 0;
    for (int m = 0; m < NODES; m++) {
        if (a >> m & 1)
            x[cx++] = m + 1;
        if (b >> m & 1)
            y[cy++] = m + 1;
    }
    for (size_t i = 0; i <= NODES; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* A longer list goes first, since what it has more of is placed. */
static int ties_compare(const uint64_t *a, const size_t *fa, size_t ca, const uint64_t *b, const size_t *fb,
                        size_t cb) {
    for (size_t g = 0; g < ca && g < cb; g++) {
        int order = nodes_compare(a[g], b[g]);
        if (order)
            return order;
        if (fa[g] != fb[g])
            return fa[g] < fb[g] ? -1 : 1;
    }
    return ca > cb ? -1 : ca < cb;
}

static void every_judge(struct every *e) {
    const struct solve_problem *p = &e->in->problem;
    int64_t value[STEPS] = {0};
    uint64_t groups[NODES];
    size_t forms[NODES], count = 0;
    for (size_t g = 0; g < e->count; g++) {
        if (is_block_alone(e->in, e->group[g]))
            continue;
        if (!e->in->admitted[e->form[g]][e->group[g]])
            return;
        for (size_t s = 0; s < p->step_count; s++)
            value[s] += e->worth[e->form[g]][e->group[g]][s];
        groups[count] = e->group[g];
        forms[count++] = e->form[g];
    }
    int order = 0;
    for (size_t s = 0; s < p->step_count && !order; s++)
        order = (value[s] > e->best[s]) - (value[s] < e->best[s]);
    if (!e->found || order > 0 ||
        (order == 0 && ties_compare(groups, forms, count, e->best_group, e->best_form, e->best_count) < 0)) {
        e->found = true;
        memcpy(e->best, value, sizeof(value));
        memcpy(e->best_group, groups, sizeof(groups));
        memcpy(e->best_form, forms, sizeof(forms));
        e->best_count = count;
    }
}

static void every_node(struct every *e, size_t m) {
    const struct solve_problem *p = &e->in->problem;
    if (m == p->count) {
        every_judge(e);
        return;
    }
    if (!e->in->block[m])
        every_node(e, m + 1);
    for (size_t g = 0; g < e->count; g++) {
        if (e->in->block[m] && (blocks_in(e->in, e->group[g]) || e->form[g] + 1 != e->in->block[m]))
            continue;
        e->group[g] |= UINT64_C(1) << m;
        every_node(e, m + 1);
        e->group[g] &= ~(UINT64_C(1) << m);
    }
    size_t g = e->count++;
    e->group[g] = UINT64_C(1) << m;
    for (e->form[g] = 0; e->form[g] < p->forms; e->form[g]++)
        if (!e->in->block[m] || e->in->block[m] == e->form[g] + 1)
            every_node(e, m + 1);
    e->count--;
}

/* Groups are disjoint, admissible, sorted, and worth what the result says. */
static void check_sound(const struct invented *in, const struct solve_result *r) {
    uint64_t taken = 0;
    int64_t value[STEPS] = {0};
    for (size_t g = 0; g < r->group_count; g++) {
        uint64_t set = r->groups[g].members[0];
        assert_true(set && !(set & taken));
        assert_false(is_block_alone(in, set));
        assert_true(blocks_in(in, set) <= 1);
        assert_true(in->admitted[r->groups[g].form][set]);
        assert_true(g == 0 || __builtin_ctzll(set) > __builtin_ctzll(r->groups[g - 1].members[0]));
        taken |= set;
        for (size_t s = 0; s < in->problem.step_count; s++)
            value[s] += worth(in, &in->problem.steps[s], set, r->groups[g].form);
    }
    for (size_t s = 0; s < in->problem.step_count; s++)
        assert_int_equal(value[s], r->value[s]);
    assert_false(in->misused);
}

static void check_exact(const struct invented *in, const struct every *e, struct arena *arena) {
    struct solve_result r;
    assert_true(solve(&in->problem, arena, &r));
    check_sound(in, &r);
    assert_true(r.exact);
    for (size_t s = 0; s < in->problem.step_count; s++) {
        assert_int_equal(r.value[s], e->best[s]);
        assert_true(r.bounded[s] && r.bound[s] == r.value[s]);
    }
    assert_int_equal(r.group_count, e->best_count);
    for (size_t g = 0; g < r.group_count; g++) {
        assert_int_equal(r.groups[g].members[0], e->best_group[g]);
        assert_int_equal(r.groups[g].form, e->best_form[g]);
    }
}

static struct every every_solution(const struct invented *in) {
    const struct solve_problem *p = &in->problem;
    struct every e = {.in = in};
    for (size_t form = 0; form < p->forms; form++)
        for (uint64_t set = 0; set < UINT64_C(1) << p->count; set++)
            for (size_t s = 0; s < p->step_count && in->admitted[form][set]; s++)
                e.worth[form][set][s] = worth(in, &p->steps[s], set, form);
    every_node(&e, 0);
    return e;
}

static size_t size_of(uint64_t seed) {
    return seed % 40 == 0 ? 9 : seed % 10 == 0 ? 8 : 5 + seed / 6 % 3;
}

static void small_problems_are_solved_as_well_as_by_trying_everything(void **state) {
    struct arena arena = {0};
    struct invented *in = arena_new(&arena, struct invented);
    (void)state;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        invent(in, seed, size_of(seed), (enum sort)(seed % SORTS));
        struct every e = every_solution(in);
        struct arena_mark mark = arena_mark(&arena);
        check_exact(in, &e, &arena);
        arena_rewind(&arena, mark);
    }
    arena_release(&arena);
}

/* Returns whether it found the very best. */
static bool check_search(struct invented *in, const struct every *e, struct arena *arena) {
    struct solve_result r;
    in->problem.inexact = true;
    assert_true(solve(&in->problem, arena, &r));
    check_sound(in, &r);
    assert_false(r.exact);
    int order = 0;
    for (size_t s = 0; s < in->problem.step_count; s++) {
        if (order == 0)
            order = (r.value[s] > e->best[s]) - (r.value[s] < e->best[s]);
        assert_true(order <= 0);
        assert_true(r.bounded[s] == (s == 0 || (r.bounded[s - 1] && r.value[s - 1] == r.bound[s - 1])));
        if (r.bounded[s]) {
            assert_true(r.value[s] <= r.bound[s]);
            assert_true(e->best[s] <= r.bound[s]);
        }
    }
    return order == 0;
}

static void the_search_never_beats_what_is_best_and_no_bound_lies_below_it(void **state) {
    struct arena arena = {0};
    struct invented *in = arena_new(&arena, struct invented);
    size_t found = 0, all = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 240; seed++, all++) {
        invent(in, seed, size_of(seed), (enum sort)(seed % SORTS));
        struct every e = every_solution(in);
        struct arena_mark mark = arena_mark(&arena);
        found += check_search(in, &e, &arena);
        arena_rewind(&arena, mark);
    }
    assert_true(found >= all * 95 / 100);
    arena_release(&arena);
}

/* Many nodes, of which those that are not barred can be in groups of two to six with a lead: sets of two words. */
#define CROWD 76

struct crowd {
    struct solve_problem problem;
    struct solve_step steps[3];
    int64_t pair[2][CROWD * CROWD], member[CROWD];
    uint8_t block[CROWD];
    size_t barred;          /* the first so many */
    atomic_size_t asked[8]; /* by worker */
    atomic_bool misused;
};

static bool crowd_bars(void *context, size_t m, size_t form) {
    (void)form;
    return m < ((struct crowd *)context)->barred;
}

static bool crowd_admits(void *context, const uint64_t *members, size_t form, size_t worker) {
    struct crowd *c = context;
    size_t size = 0, leads = 0;
    (void)form;
    for (size_t w = 0; w < 2; w++) {
        size += (size_t)__builtin_popcountll(members[w]);
        leads += (size_t)__builtin_popcountll(members[w] & UINT64_C(0x1111111111111111));
    }
    if (members[0] & ((UINT64_C(1) << c->barred) - 1))
        c->misused = true;
    if (worker >= c->problem.threads)
        c->misused = true;
    else
        c->asked[worker]++;
    return size >= 2 && size <= 6 && leads >= 1;
}

static void crowd_init(struct crowd *c, size_t barred) {
    struct random r = {7};
    memset(c, 0, sizeof(*c));
    c->barred = barred;
    for (size_t a = 0; a < CROWD; a++) {
        c->member[a] = (int64_t)random_below(&r, 4);
        for (size_t b = 0; b < a; b++)
            for (size_t s = 0; s < 2; s++)
                c->pair[s][a * CROWD + b] = c->pair[s][b * CROWD + a] =
                    s ? -(int64_t)random_below(&r, 20000) : (int64_t)random_below(&r, 5) - 1;
    }
    c->block[CROWD - 1] = c->block[CROWD - 2] = 1;
    c->steps[0] = (struct solve_step){.placed = true};
    c->steps[1] = (struct solve_step){.pair = c->pair[0], .member = c->member};
    c->steps[2] = (struct solve_step){.pair = c->pair[1]};
    c->problem = (struct solve_problem){.count = CROWD,
                                        .forms = 1,
                                        .block = c->block,
                                        .steps = c->steps,
                                        .step_count = 3,
                                        .admits = crowd_admits,
                                        .bars = crowd_bars,
                                        .context = c,
                                        .inexact = true};
}

static void the_same_is_found_by_any_number_of_threads(void **state) {
    static const size_t threads[] = {1, 2, 8};
    struct arena arena = {0};
    struct crowd *c = arena_new(&arena, struct crowd);
    struct solve_result first, r;
    (void)state;
    crowd_init(c, 56);
    for (size_t i = 0; i < 3; i++) {
        c->problem.threads = threads[i];
        assert_true(solve(&c->problem, &arena, i ? &r : &first));
        assert_false(c->misused);
        if (i == 0)
            continue;
        assert_int_equal(r.group_count, first.group_count);
        assert_int_equal(r.steps, first.steps);
        assert_memory_equal(r.value, first.value, 3 * sizeof(*r.value));
        assert_memory_equal(r.bound, first.bound, 3 * sizeof(*r.bound));
        for (size_t g = 0; g < r.group_count; g++) {
            assert_memory_equal(r.groups[g].members, first.groups[g].members, 2 * sizeof(uint64_t));
            assert_int_equal(r.groups[g].form, first.groups[g].form);
        }
    }
    assert_int_equal(first.value[0], CROWD - 56 - 2); /* five leads, so that nobody need be left over */
    assert_int_equal(first.bound[0], first.value[0]);
    arena_release(&arena);
}

static size_t crowd_asked(struct crowd *c, struct arena *arena, uint64_t asking) {
    struct solve_result r;
    memset(c->asked, 0, sizeof(c->asked));
    c->problem.threads = 1;
    c->problem.asking = asking;
    assert_true(solve(&c->problem, arena, &r));
    assert_true(r.group_count > 0);
    return (size_t)c->asked[0];
}

static void what_takes_long_to_ask_is_asked_less_often(void **state) {
    struct arena arena = {0};
    struct crowd *c = arena_new(&arena, struct crowd);
    (void)state;
    crowd_init(c, CROWD / 2);
    assert_true(crowd_asked(c, &arena, 40) * 8 < crowd_asked(c, &arena, 1));
    arena_release(&arena);
}

static void check_two(struct arena *arena, const int64_t *pair, size_t expected) {
    struct invented *in = arena_new(arena, struct invented);
    struct solve_step step = {.pair = pair};
    in->problem = (struct solve_problem){.count = 2,
                                         .forms = 1,
                                         .block = in->block,
                                         .steps = &step,
                                         .step_count = 1,
                                         .admits = invented_admits,
                                         .context = in};
    in->admitted[0][3] = true;
    for (int inexact = 0; inexact < 2; inexact++) {
        struct solve_result r;
        in->problem.inexact = inexact;
        assert_true(solve(&in->problem, arena, &r));
        assert_int_equal(r.group_count, expected);
        assert_true(r.value[0] <= r.bound[0]);
        assert_true(r.exact == !inexact);
    }
}

static void a_group_that_costs_is_not_made_and_one_that_is_worth_nothing_is(void **state) {
    struct arena arena = {0};
    (void)state;
    check_two(&arena, (int64_t[]){0, -1, -1, 0}, 0);
    check_two(&arena, (int64_t[]){0, 0, 0, 0}, 1);
    check_two(&arena, (int64_t[]){0, 1, 1, 0}, 1);
    arena_release(&arena);
}

static void nothing_comes_of_no_nodes_or_of_nothing_admissible(void **state) {
    struct arena arena = {0};
    struct invented *in = arena_new(&arena, struct invented);
    struct solve_result r;
    (void)state;
    for (size_t count = 0; count < 3; count++)
        for (int inexact = 0; inexact < 2; inexact++) {
            invent(in, 3, count, NEVER);
            in->steps[0] = (struct solve_step){.placed = true};
            in->problem.inexact = inexact;
            assert_true(solve(&in->problem, &arena, &r));
            assert_int_equal(r.group_count, 0);
            assert_int_equal(r.value[0], 0);
            assert_true(r.bounded[0]);
        }
    in->problem.forms = 0;
    assert_true(solve(&in->problem, &arena, &r));
    assert_int_equal(r.bound[0], 0);
    in->problem.step_count = 0;
    assert_true(solve(&in->problem, &arena, &r));
    arena_release(&arena);
}

static void points_that_could_overflow_are_refused_and_the_largest_that_cannot_are_not(void **state) {
    struct arena arena = {0};
    const int64_t most = INT64_MAX / 4;
    struct invented *in = arena_new(&arena, struct invented);
    struct solve_result r;
    (void)state;
    struct solve_step steps[2] = {{.pair = (int64_t[]){0, most, most, 0}}, {.placed = true}};
    in->problem = (struct solve_problem){
        .count = 2, .forms = 1, .steps = steps, .step_count = 2, .admits = invented_admits, .context = in};
    in->admitted[0][3] = true;
    assert_true(solve(&in->problem, &arena, &r));
    assert_int_equal(r.value[0], most);
    assert_int_equal(r.value[1], 2);
    in->problem.inexact = true;
    assert_true(solve(&in->problem, &arena, &r));
    assert_int_equal(r.value[0], most);
    assert_int_equal(r.bound[0], most);
    steps[0].pair = (int64_t[]){0, most + 1, most + 1, 0};
    assert_false(solve(&in->problem, &arena, &r));
    assert_int_equal(r.group_count, 0);
    steps[0].pair = (int64_t[]){0, INT64_MIN, INT64_MIN, 0};
    assert_false(solve(&in->problem, &arena, &r));
    in->problem.step_count = SOLVE_STEPS_MAX + 1;
    assert_false(solve(&in->problem, &arena, &r));
    arena_release(&arena);
}

/* Vectors M7: two leads, four marked; pairs are exempt from the share. */
static void counts_prove_how_many_can_be_placed(void **state) {
    struct arena arena = {0};
    struct invented *in = arena_new(&arena, struct invented);
    struct solve_result r;
    (void)state;
    struct solve_step step = {.placed = true};
    in->problem = (struct solve_problem){.count = 6,
                                         .forms = 1,
                                         .block = in->block,
                                         .steps = &step,
                                         .step_count = 1,
                                         .admits = invented_admits,
                                         .context = in,
                                         .counts = invented_counts,
                                         .counted = invented_counted,
                                         .may = invented_may,
                                         .inexact = true};
    in->least[0] = 2;
    in->most[0] = 6;
    for (size_t m = 0; m < 6; m++) {
        in->weight[m] = 1;
        in->lead[m] = m < 2;
        in->mark[m] = m >= 2;
    }
    for (uint64_t set = 1; set < 64; set++)
        in->admitted[0][set] = invented_fits(in, 0, set);
    assert_true(solve(&in->problem, &arena, &r));
    assert_int_equal(r.value[0], 4);
    assert_int_equal(r.bound[0], 4);
    in->lead[1] = false;
    for (uint64_t set = 1; set < 64; set++)
        in->admitted[0][set] = invented_fits(in, 0, set);
    assert_true(solve(&in->problem, &arena, &r));
    assert_int_equal(r.value[0], 3); /* the lead, the plain one, a marked one */
    assert_int_equal(r.bound[0], 3);
    arena_release(&arena);
}

/* Nodes on a ring: each has points with the two beside it, who are strangers; groups of two or three. */
#define RING 24

static bool ring_admits(void *context, const uint64_t *members, size_t form, size_t worker) {
    (void)context, (void)form, (void)worker;
    int size = __builtin_popcountll(members[0]);
    return size == 2 || size == 3;
}

static void a_node_cannot_have_strangers_as_company_for_nothing(void **state) {
    struct arena arena = {0};
    struct solve_result r;
    int64_t pair[RING * RING], member[RING] = {0};
    (void)state;
    for (size_t a = 0; a < RING; a++)
        for (size_t b = 0; b < RING; b++)
            pair[a * RING + b] = a == b ? 0 : (a + 1) % RING == b || (b + 1) % RING == a ? 2 : -3;
    member[0] = member[5] = 1;
    struct solve_step steps[3] = {{.placed = true}, {.pair = pair}, {.member = member}};
    struct solve_problem p = {
        .count = RING, .forms = 1, .steps = steps, .step_count = 3, .admits = ring_admits};
    assert_true(solve(&p, &arena, &r));
    assert_false(r.exact);
    assert_int_equal(r.value[0], RING);
    assert_int_equal(r.value[1],
                     RING); /* two by two; each by itself would have both beside it, and twice as much */
    for (size_t s = 0; s < 3; s++)
        assert_true(r.bounded[s] && r.bound[s] == r.value[s]);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_problems_are_solved_as_well_as_by_trying_everything),
        cmocka_unit_test(the_search_never_beats_what_is_best_and_no_bound_lies_below_it),
        cmocka_unit_test(the_same_is_found_by_any_number_of_threads),
        cmocka_unit_test(what_takes_long_to_ask_is_asked_less_often),
        cmocka_unit_test(a_group_that_costs_is_not_made_and_one_that_is_worth_nothing_is),
        cmocka_unit_test(nothing_comes_of_no_nodes_or_of_nothing_admissible),
        cmocka_unit_test(points_that_could_overflow_are_refused_and_the_largest_that_cannot_are_not),
        cmocka_unit_test(counts_prove_how_many_can_be_placed),
        cmocka_unit_test(a_node_cannot_have_strangers_as_company_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
