/* SPDX-License-Identifier: MIT */
/*
 * match.c: how long proposals for an invented borough take, and how good they are.
 *
 *     match SCHOOLS SEED [RUNS EFFORT]
 *
 * Prints seconds, whether the result is exact, the schools placed and the most that is proved possible, and the same
 * of net affinity ("-" where nothing is proved). With RUNS, as many runs with other seeds and EFFORT times the steps
 * follow, and one more number: the least number of hundredths of a per cent that our affinity is of the best of those
 * that place as many ("-" where one of them places more).
 *
 * The rules are a borough's: hard groups of 2 to 6, structured ones of 3 to 10, loose ones of 2 or more; a leader
 * school in each; never more than a third causing concern, but for pairs; faith objections in hard ones; nobody in a
 * kind that it does not accept; no primary with a secondary unless it agrees; trusts kept whole. Wishes go mostly to
 * schools nearby and of the same faith, links mostly to those wished for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "portal/solve.h"

#define WORDS 16
#define SCHOOLS_MAX (WORDS * 64)
enum form { HARD, STRUCTURED, LOOSE, FORMS };

struct place {
    int64_t x, y; /* metres */
};

struct borough {
    size_t count;
    struct place at[SCHOOLS_MAX];
    uint64_t lead[WORDS], concern[WORDS], secondary[WORDS],
        closed[WORDS]; /* closed: primaries that want no secondary */
    uint64_t accepts[FORMS][WORDS];
    uint8_t faith[SCHOOLS_MAX];
    bool objects[SCHOOLS_MAX];
    uint64_t crossed[SCHOOLS_MAX][WORDS]; /* those with whom a faith objection stands, either way */
    size_t trust[SCHOOLS_MAX];            /* 0: none */
    uint64_t trusts[SCHOOLS_MAX][WORDS];
    size_t trust_count;
    uint8_t place_of[FORMS][SCHOOLS_MAX]; /* 1 for the first kind it accepts, 0: not accepted */
    uint8_t wish[SCHOOLS_MAX][SCHOOLS_MAX], link[SCHOOLS_MAX][SCHOOLS_MAX];
    int64_t affinity[SCHOOLS_MAX * SCHOOLS_MAX], distance[SCHOOLS_MAX * SCHOOLS_MAX];
    int64_t choice[FORMS * SCHOOLS_MAX];
    struct solve_step steps[4];
};

static uint64_t next(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t limit) {
    return (size_t)(next(state) % limit);
}

static bool has(const uint64_t *set, size_t m) {
    return set[m / 64] >> m % 64 & 1;
}

static void put(uint64_t *set, size_t m) {
    set[m / 64] |= UINT64_C(1) << m % 64;
}

static size_t shared(const uint64_t *a, const uint64_t *b, size_t words) {
    size_t sum = 0;
    for (size_t w = 0; w < words; w++)
        sum += (size_t)__builtin_popcountll(a[w] & b[w]);
    return sum;
}

static bool sized(enum form form, size_t size) {
    return form == HARD ? size >= 2 && size <= 6 : form == STRUCTURED ? size >= 3 && size <= 10 : size >= 2;
}

static bool mixed(size_t size, size_t leads, size_t concerns) {
    return leads >= 1 && (size == 2 || 3 * concerns <= size);
}

static bool admits(void *context, const uint64_t *set, size_t form, size_t worker) {
    const struct borough *b = context;
    size_t words = (b->count + 63) / 64, size = shared(set, set, words);
    (void)worker;
    if (!sized((enum form)form, size) ||
        !mixed(size, shared(set, b->lead, words), shared(set, b->concern, words)) ||
        shared(set, b->accepts[form], words) != size ||
        (shared(set, b->secondary, words) && shared(set, b->closed, words)))
        return false;
    for (size_t w = 0; w < words; w++)
        for (uint64_t rest = set[w]; rest; rest &= rest - 1) {
            size_t m = w * 64 + (size_t)__builtin_ctzll(rest);
            if (form == HARD && shared(set, b->crossed[m], words))
                return false;
            const uint64_t *trust = b->trusts[b->trust[m]];
            if (b->trust[m] && shared(set, trust, words) != shared(trust, trust, words))
                return false;
        }
    return true;
}

static bool bars(void *context, size_t m, size_t form) {
    return !has(((const struct borough *)context)->accepts[form], m);
}

static bool parts(void *context, size_t a, size_t c, size_t form) {
    const struct borough *b = context;
    return (has(b->secondary, a) && has(b->closed, c)) || (has(b->secondary, c) && has(b->closed, a)) ||
           (form == HARD && has(b->crossed[a], c));
}

static bool needs(void *context, size_t a, size_t c, size_t form) {
    const struct borough *b = context;
    (void)form;
    return b->trust[a] && b->trust[a] == b->trust[c];
}

static size_t counts(void *context, size_t form) {
    (void)context, (void)form;
    return 3;
}

static void counted(void *context, size_t form, size_t count, size_t m, size_t *sure, size_t *possible) {
    const struct borough *b = context;
    (void)form;
    *sure = *possible = count == 0 ? 1 : has(count == 1 ? b->lead : b->concern, m);
}

static bool may(void *context, size_t form, const size_t *sure, const size_t *possible) {
    (void)context, (void)possible;
    return sized((enum form)form, sure[0]) && mixed(sure[0], sure[1], sure[2]);
}

static int64_t apart(const struct borough *b, size_t m, size_t c) {
    int64_t x = b->at[m].x - b->at[c].x, y = b->at[m].y - b->at[c].y, square = x * x + y * y, root = 0;
    for (int64_t bit = INT64_C(1) << 30; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return root;
}

static void invent_schools(struct borough *b, uint64_t *state) {
    static const enum form orders[8][FORMS] = {{HARD, STRUCTURED, LOOSE}, {STRUCTURED, HARD, LOOSE},
                                               {STRUCTURED, LOOSE, HARD}, {LOOSE, STRUCTURED, HARD},
                                               {STRUCTURED, LOOSE, HARD}, {HARD, STRUCTURED, LOOSE},
                                               {STRUCTURED, HARD, LOOSE}, {LOOSE, STRUCTURED, HARD}};
    size_t towns = b->count / 12 + 1;
    for (size_t m = 0; m < b->count; m++) {
        uint64_t town = below(state, towns) * 7919 + 17;
        b->at[m] = (struct place){(int64_t)(next(&town) % 20000 + below(state, 3000)),
                                  (int64_t)(next(&town) % 20000 + below(state, 3000))};
        if (below(state, 6) == 0)
            put(b->lead, m);
        else if (below(state, 10) < 3)
            put(b->concern, m);
        if (below(state, 12) == 0)
            put(b->secondary, m);
        else if (below(state, 4))
            put(b->closed, m);
        size_t faith = below(state, 10);
        b->faith[m] = (uint8_t)(faith < 7 ? 0 : faith - 6);
        b->objects[m] = b->faith[m] && below(state, 2);
        size_t order = below(state, 8), accepted = below(state, 5) == 0 ? 1 : below(state, 2) + 2;
        for (size_t i = 0; i < accepted; i++) {
            b->place_of[orders[order][i]][m] = (uint8_t)(i + 1);
            put(b->accepts[orders[order][i]], m);
        }
    }
    for (size_t trust = 1; trust <= b->count / 30; trust++)
        for (size_t k = 0, m = below(state, b->count); k < 2; k++, m = (m + 1) % b->count)
            if (!b->trust[m]) {
                b->trust[m] = trust;
                put(b->trusts[trust], m);
            }
}

static void invent_wishes(struct borough *b, uint64_t *state) {
    for (size_t m = 0; m < b->count; m++)
        for (size_t k = 1 + below(state, 5); k > 0; k--) {
            size_t best = m;
            int64_t least = INT64_MAX;
            for (size_t tries = 0; tries < 12;
                 tries++) { /* the nearest of some, those of another faith far off */
                size_t c = below(state, b->count);
                int64_t far = apart(b, m, c) * (b->faith[m] == b->faith[c] ? 1 : 2);
                if (c != m && far < least && !b->wish[m][c]) {
                    least = far;
                    best = c;
                }
            }
            if (best == m)
                continue;
            b->wish[m][best] = 1;
            if (below(state, 2))
                b->wish[best][m] = 1;
            if (below(state, 3) == 0)
                b->link[m][best] = b->link[best][m] = 1;
        }
}

static void invent(struct borough *b, size_t count, uint64_t seed) {
    uint64_t state = seed * 1000003 + count;
    memset(b, 0, sizeof(*b));
    b->count = count;
    invent_schools(b, &state);
    invent_wishes(b, &state);
    for (size_t m = 0; m < count; m++)
        for (size_t c = 0; c < count; c++) {
            int64_t points = 2 * (b->wish[m][c] + b->wish[c][m]) + b->link[m][c];
            b->affinity[m * count + c] = m == c ? 0 : points ? points : -1;
            b->distance[m * count + c] = -apart(b, m, c);
            if (m != c && b->faith[m] != b->faith[c] && (b->objects[m] || b->objects[c]))
                put(b->crossed[m], c);
        }
    for (size_t form = 0; form < FORMS; form++)
        for (size_t m = 0; m < count; m++)
            b->choice[form * count + m] = b->place_of[form][m] ? 4 - b->place_of[form][m] : 0;
    b->steps[0] = (struct solve_step){.placed = true};
    b->steps[1] = (struct solve_step){.pair = b->affinity};
    b->steps[2] = (struct solve_step){.member = b->choice};
    b->steps[3] = (struct solve_step){.pair = b->distance};
}

static double run(struct solve_problem *problem, struct arena *arena, struct solve_result *result) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!solve(problem, arena, result))
        exit(1);
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

int main(int argc, char **argv) {
    static struct borough borough;
    struct arena arena = {0};
    struct solve_result ours, other;
    size_t count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (count < 1 || count > SCHOOLS_MAX) {
        fputs("usage: match SCHOOLS SEED [RUNS EFFORT]\n", stderr);
        return 2;
    }
    invent(&borough, count, strtoul(argv[2], NULL, 10));
    struct solve_problem problem = {.count = count,
                                    .forms = FORMS,
                                    .steps = borough.steps,
                                    .step_count = 4,
                                    .admits = admits,
                                    .bars = bars,
                                    .parts = parts,
                                    .needs = needs,
                                    .counts = counts,
                                    .counted = counted,
                                    .may = may,
                                    .context = &borough,
                                    .threads = 2};
    printf("%.2f", run(&problem, &arena, &ours));
    printf(" %s", ours.exact ? "exact" : "search");
    for (size_t s = 0; s < 2; s++) {
        printf(" %lld", (long long)ours.value[s]);
        if (ours.bounded[s])
            printf(" %lld", (long long)ours.bound[s]);
        else
            printf(" -");
    }
    if (getenv("MATCH_ALL"))
        printf(" [%lld %lld]", (long long)ours.value[2], (long long)ours.value[3]);
    bool more = false;
    int64_t best = ours.value[1];
    problem.effort = argc > 4 ? strtoul(argv[4], NULL, 10) : 1;
    for (size_t left = argc > 4 ? strtoul(argv[3], NULL, 10) : 0; left > 0; left--) {
        problem.seed = left;
        double took = run(&problem, &arena, &other);
        if (getenv("MATCH_ALL"))
            fprintf(stderr, "  %.2f: %lld %lld %lld %lld\n", took, (long long)other.value[0],
                    (long long)other.value[1], (long long)other.value[2], (long long)other.value[3]);
        more |= other.value[0] > ours.value[0];
        if (other.value[0] == ours.value[0] && other.value[1] > best)
            best = other.value[1];
    }
    if (argc > 4 && more)
        printf(" -");
    else if (argc > 4)
        printf(" %lld", (long long)(best > 0 ? ours.value[1] * 10000 / best : 10000));
    printf("\n");
    arena_release(&arena);
    return 0;
}
