/* SPDX-License-Identifier: MIT */
/*
 * solve_counts.c: what mere counts prove.
 *
 * Free nodes that a form counts alike are of one kind there. How many of each kind a group holds says whether counts
 * allow it: such numbers are a mix. Where there are not too many mixes to look at, all that counts allow are noted
 * (and for groups with a block, for each sort of block); else the form is open, and nothing is concluded from it.
 *
 * 1. Who can be placed. If m is in an admissible group, the others of the group are mates of m in its form, so the
 *    mix of the group holds m, whom m needs, and no more of any kind than there are among m's mates that can
 *    themselves be placed. Where no noted mix of any form is so, m is in no group; and with m out, others may follow.
 *
 * 2. How many. Give each class of nodes (those of the same kind in every form) a price, and each sort of block too,
 *    none negative, so that in every mix that is noted the cheapest nodes that make it up, and the block, cost at
 *    least as much as there are nodes placed; a class that is in an open form costs 1 or more. Then each group of any
 *    solution costs at least what it places, groups share no node and no block, so all places together cost at most
 *    the sum of all prices: no solution places more. (This is linear programming's duality.) The best prices are
 *    looked for in floating point; then they are rounded up to whole parts of 2^20, raised until every noted mix is
 *    paid for, checked in whole numbers, and only so used.
 */
#include <string.h>

#include "portal/solve_inside.h"

#define COUNTS_MAX 16
#define KINDS_MAX 10
#define CLASSES_MAX 96

/* Mixes looked at, for each node of the problem: a hundred nodes of four kinds have about 200,000. */
#define MIXES 20000

/* Mixes tried for one node before it is taken to be placeable. */
#define TRIES 20000

#define ROUNDS 400 /* of the simplex method */
#define WHOLE (INT64_C(1) << 20)

/* A sort of group: its form, and a block with these counts (or none: all zero, block false). */
struct source {
    size_t form;
    bool block, open;
    size_t sure[COUNTS_MAX], possible[COUNTS_MAX]; /* of the block */
    uint16_t *mixes;                               /* [mix * kinds of the form + kind] */
    size_t mix_count;
    size_t blocks; /* how many there are of the sort */
};

struct kinds {
    size_t counts, count;
    bool open;
    size_t sure[KINDS_MAX][COUNTS_MAX], possible[KINDS_MAX][COUNTS_MAX];
    size_t nodes[KINDS_MAX]; /* how many */
    uint8_t *of;             /* [node]: its kind; KINDS_MAX: in no group of this form, or a block */
};

struct census {
    const struct solve_field *field;
    struct arena *arena;
    struct kinds *kinds; /* [form] */
    struct source *sources;
    size_t source_count;
    uint64_t looked, limit;
    bool *placeable; /* [node] */
};

static bool is_free(const struct solve_field *field, size_t form, size_t m) {
    return !solve_is_block(field, m) && set_has(solve_mates(field, form, m), m);
}

static void count_node(const struct solve_problem *p, size_t form, size_t counts, size_t m, size_t *sure,
                       size_t *possible) {
    for (size_t i = 0; i < counts; i++)
        p->counted(p->context, form, i, m, &sure[i], &possible[i]);
}

static void kinds_find(struct census *c, size_t form) {
    const struct solve_problem *p = c->field->problem;
    struct kinds *k = &c->kinds[form];
    k->of = arena_array(c->arena, uint8_t, c->field->count);
    memset(k->of, KINDS_MAX, c->field->count);
    k->counts = p->counts ? p->counts(p->context, form) : 0;
    k->open = !p->counts || k->counts > COUNTS_MAX;
    for (size_t m = 0; m < c->field->count && !k->open; m++) {
        size_t sure[COUNTS_MAX] = {0}, possible[COUNTS_MAX] = {0}, kind = 0;
        if (!is_free(c->field, form, m))
            continue;
        count_node(p, form, k->counts, m, sure, possible);
        while (kind < k->count && (memcmp(sure, k->sure[kind], sizeof(sure)) != 0 ||
                                   memcmp(possible, k->possible[kind], sizeof(possible)) != 0))
            kind++;
        if (kind == KINDS_MAX) {
            k->open = true;
            break;
        }
        if (kind == k->count) {
            memcpy(k->sure[kind], sure, sizeof(sure));
            memcpy(k->possible[kind], possible, sizeof(possible));
            k->count++;
        }
        k->of[m] = (uint8_t)kind;
        k->nodes[kind]++;
    }
}

static bool next_mix(const struct kinds *k, uint16_t *mix) {
    for (size_t i = 0; i < k->count; i++) {
        if (mix[i] < k->nodes[i]) {
            mix[i]++;
            return true;
        }
        mix[i] = 0;
    }
    return false;
}

static bool mix_allowed(const struct census *c, const struct source *s, const uint16_t *mix) {
    const struct solve_problem *p = c->field->problem;
    const struct kinds *k = &c->kinds[s->form];
    size_t sure[COUNTS_MAX], possible[COUNTS_MAX];
    memcpy(sure, s->sure, sizeof(sure));
    memcpy(possible, s->possible, sizeof(possible));
    for (size_t i = 0; i < k->count; i++)
        for (size_t j = 0; j < k->counts; j++) {
            sure[j] += mix[i] * k->sure[i][j];
            possible[j] += mix[i] * k->possible[i][j];
        }
    return p->may(p->context, s->form, sure, possible);
}

static void source_look(struct census *c, struct source *s) {
    const struct kinds *k = &c->kinds[s->form];
    uint16_t mix[KINDS_MAX] = {0};
    uint64_t all = 1;
    for (size_t i = 0; i < k->count; i++)
        all = all > c->limit ? all : all * (k->nodes[i] + 1);
    s->open = k->open || c->looked + all > c->limit;
    if (s->open)
        return;
    c->looked += all;
    size_t room = 0, row = k->count * sizeof(*mix);
    while (next_mix(k, mix)) {
        if (!mix_allowed(c, s, mix))
            continue;
        if (s->mix_count == room) {
            size_t more = room ? room * 2 : 256;
            s->mixes = arena_grow(c->arena, s->mixes, room * row, more * row, alignof(uint16_t));
            room = more;
        }
        memcpy(s->mixes + s->mix_count++ * k->count, mix, row);
    }
}

static void census_sources(struct census *c) {
    const struct solve_problem *p = c->field->problem;
    c->sources = arena_array(c->arena, struct source, c->field->forms + c->field->count);
    for (size_t form = 0; form < c->field->forms; form++)
        c->sources[c->source_count++] = (struct source){.form = form};
    for (size_t m = 0; m < c->field->count; m++) {
        if (!solve_is_block(c->field, m))
            continue;
        struct source s = {.form = p->block[m] - 1u, .block = true, .blocks = 1};
        const struct kinds *k = &c->kinds[s.form];
        if (!k->open)
            count_node(p, s.form, k->counts, m, s.sure, s.possible);
        size_t i = 0;
        while (i < c->source_count && !(c->sources[i].block && c->sources[i].form == s.form &&
                                        memcmp(c->sources[i].sure, s.sure, sizeof(s.sure)) == 0 &&
                                        memcmp(c->sources[i].possible, s.possible, sizeof(s.possible)) == 0))
            i++;
        if (i < c->source_count)
            c->sources[i].blocks++;
        else
            c->sources[c->source_count++] = s;
    }
    for (size_t i = 0; i < c->source_count; i++)
        source_look(c, &c->sources[i]);
}

/* --- who can be placed --- */

static bool source_reaches(const struct census *c, const struct source *s, size_t m) {
    const struct kinds *k = &c->kinds[s->form];
    const uint64_t *mates = solve_mates(c->field, s->form, m), *needs = solve_needs(c->field, s->form, m);
    uint16_t have[KINDS_MAX + 1] = {0}, want[KINDS_MAX + 1] = {0};
    bool block = !s->block;
    for (size_t b = 0; b < c->field->count; b++) {
        bool free = !solve_is_block(c->field, b);
        if (set_has(mates, b)) {
            have[k->of[b]] += c->placeable[b];
            block |= !free;
        }
        if (b == m || set_has(needs, b)) {
            want[k->of[b]] += free;
            if (free ? !c->placeable[b] : !s->block)
                return false;
        }
    }
    if (!block)
        return false;
    if (s->open || s->mix_count == 0)
        return s->open;
    for (size_t i = 0; i < s->mix_count && i < TRIES; i++) {
        const uint16_t *mix = s->mixes + i * k->count;
        bool fits = true;
        for (size_t kind = 0; kind < k->count && fits; kind++)
            fits = mix[kind] >= want[kind] && mix[kind] <= have[kind];
        if (fits)
            return true;
    }
    return s->mix_count > TRIES;
}

/* Where a node can be with nobody, there is but one group to ask about. */
static bool node_reaches(const struct census *c, size_t m) {
    for (size_t i = 0; i < c->source_count; i++)
        if (is_free(c->field, c->sources[i].form, m) && source_reaches(c, &c->sources[i], m))
            return true;
    return false;
}

static void census_reach(struct census *c) {
    for (size_t m = 0; m < c->field->count; m++)
        c->placeable[m] = !solve_is_block(c->field, m);
    for (bool again = true; again;) {
        again = false;
        for (size_t m = 0; m < c->field->count; m++)
            if (c->placeable[m] && !node_reaches(c, m)) {
                c->placeable[m] = false;
                again = true;
            }
    }
}

/* --- how many --- */

/* Rows of the linear programme: classes of nodes, then sorts of blocks. */
struct prices {
    const struct census *census;
    size_t classes, rows;
    uint8_t kind[CLASSES_MAX][SOLVE_FORMS_MAX]; /* of the class in each form */
    int64_t have[CLASSES_MAX];                  /* nodes, or blocks */
    size_t row_of[CLASSES_MAX];                 /* a source's, by its place among those with blocks */
    bool open[CLASSES_MAX];
    double basis[CLASSES_MAX][CLASSES_MAX], worth[CLASSES_MAX], filled[CLASSES_MAX], price[CLASSES_MAX];
    int64_t whole[CLASSES_MAX];
};

static bool prices_classes(struct prices *p) {
    const struct census *c = p->census;
    size_t forms = c->field->forms;
    for (size_t m = 0; m < c->field->count; m++) {
        uint8_t kind[SOLVE_FORMS_MAX] = {0};
        size_t at = 0;
        if (!c->placeable[m])
            continue;
        for (size_t form = 0; form < forms; form++)
            kind[form] = c->kinds[form].of[m];
        while (at < p->classes && memcmp(kind, p->kind[at], forms) != 0)
            at++;
        if (at == CLASSES_MAX)
            return false;
        if (at == p->classes)
            memcpy(p->kind[p->classes++], kind, forms);
        p->have[at]++;
        for (size_t i = 0; i < c->source_count; i++)
            p->open[at] |= c->sources[i].open && is_free(c->field, c->sources[i].form, m);
    }
    p->rows = p->classes;
    for (size_t i = 0; i < c->source_count; i++)
        if (c->sources[i].block) {
            if (p->rows == CLASSES_MAX)
                return false;
            p->row_of[p->rows - p->classes] = i;
            p->have[p->rows++] = (int64_t)c->sources[i].blocks;
        }
    return true;
}

static size_t block_row(const struct prices *p, const struct source *s) {
    size_t row = p->classes;
    while (&p->census->sources[p->row_of[row - p->classes]] != s)
        row++;
    return row;
}

/* The classes of a form in the order of their price. */
static size_t by_price(const struct prices *p, size_t form, const int64_t *price, size_t *order) {
    size_t count = 0;
    for (size_t i = 0; i < p->classes; i++) {
        if (p->kind[i][form] == KINDS_MAX)
            continue;
        size_t at = count++;
        for (; at > 0 && price[order[at - 1]] > price[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return count;
}

struct worst {
    const struct source *source;
    const uint16_t *mix;
    int64_t short_by; /* of what it should cost, of WHOLE */
    int64_t raise;    /* the most that is missing for each node of a mix */
};

/* Sums of the cheapest nodes of each kind, one after the other; a mix of more than there are is never missing
 * anything, since nodes that cannot be placed were counted into it. */
static void source_worst(const struct prices *p, const struct source *s, const int64_t *price,
                         struct worst *worst) {
    const struct census *c = p->census;
    const struct kinds *k = &c->kinds[s->form];
    struct arena_mark mark = arena_mark(c->arena);
    size_t order[CLASSES_MAX], classes = by_price(p, s->form, price, order), filled[KINDS_MAX] = {0};
    int64_t *cost[KINDS_MAX];
    for (size_t kind = 0; kind < k->count; kind++)
        cost[kind] = arena_array(c->arena, int64_t, k->nodes[kind] + 1);
    for (size_t i = 0; i < classes; i++)
        for (int64_t n = 0; n < p->have[order[i]]; n++) {
            size_t kind = p->kind[order[i]][s->form], at = ++filled[kind];
            cost[kind][at] = cost[kind][at - 1] + price[order[i]];
        }
    int64_t fixed = s->block ? price[block_row(p, s)] : 0;
    for (size_t i = 0; i < s->mix_count; i++) {
        const uint16_t *mix = s->mixes + i * k->count;
        int64_t size = 0, sum = fixed;
        bool there = true;
        for (size_t kind = 0; kind < k->count && there; kind++) {
            there = mix[kind] <= filled[kind];
            size += mix[kind];
            sum += there ? cost[kind][mix[kind]] : 0;
        }
        int64_t missing = size * WHOLE - sum;
        if (!there || missing <= 0)
            continue;
        if (missing > worst->short_by)
            *worst = (struct worst){s, mix, missing, worst->raise};
        if ((missing + size - 1) / size > worst->raise)
            worst->raise = (missing + size - 1) / size;
    }
    arena_rewind(c->arena, mark);
}

static struct worst prices_worst(const struct prices *p, const int64_t *price) {
    struct worst worst = {.short_by = 0};
    for (size_t i = 0; i < p->census->source_count; i++)
        if (!p->census->sources[i].open)
            source_worst(p, &p->census->sources[i], price, &worst);
    return worst;
}

/* How many nodes of each row the mix takes, the cheapest first; the number of nodes. */
static double worst_column(const struct prices *p, const struct worst *worst, const int64_t *price,
                           double *column) {
    size_t order[CLASSES_MAX], classes = by_price(p, worst->source->form, price, order);
    uint16_t rest[KINDS_MAX];
    double size = 0;
    memset(column, 0, p->rows * sizeof(*column));
    memcpy(rest, worst->mix, p->census->kinds[worst->source->form].count * sizeof(*rest));
    for (size_t i = 0; i < classes; i++) {
        uint16_t *want = &rest[p->kind[order[i]][worst->source->form]];
        uint16_t take = *want < p->have[order[i]] ? *want : (uint16_t)p->have[order[i]];
        column[order[i]] = take;
        size += take;
        *want = (uint16_t)(*want - take);
    }
    if (worst->source->block)
        column[block_row(p, worst->source)] = 1;
    return size;
}

/* One step of the revised simplex method: the column enters, and what it empties first leaves. False: none does. */
static bool prices_pivot(struct prices *p, const double *column, double worth) {
    double through[CLASSES_MAX] = {0}, least = 1e300;
    size_t out = p->rows;
    for (size_t i = 0; i < p->rows; i++) {
        for (size_t j = 0; j < p->rows; j++)
            through[i] += p->basis[i][j] * column[j];
        if (through[i] > 1e-9 && p->filled[i] / through[i] < least) {
            least = p->filled[i] / through[i];
            out = i;
        }
    }
    if (out == p->rows)
        return false;
    for (size_t j = 0; j < p->rows; j++)
        p->basis[out][j] /= through[out];
    p->filled[out] = least;
    p->worth[out] = worth;
    for (size_t i = 0; i < p->rows; i++) {
        if (i == out)
            continue;
        p->filled[i] -= through[i] * least;
        for (size_t j = 0; j < p->rows; j++)
            p->basis[i][j] -= through[i] * p->basis[out][j];
    }
    return true;
}

static void prices_read(struct prices *p) {
    for (size_t j = 0; j < p->rows; j++) {
        double price = 0;
        for (size_t i = 0; i < p->rows; i++)
            price += p->worth[i] * p->basis[i][j];
        p->whole[j] = price > 0 && price < 1e6 ? (int64_t)(price * (double)WHOLE + 0.999) : 0;
    }
}

/* A node of a class in an open form can be placed whatever the others do: a column of its own. */
static bool prices_improve(struct prices *p) {
    double column[CLASSES_MAX] = {0};
    for (size_t i = 0; i < p->classes; i++)
        if (p->open[i] && p->whole[i] < WHOLE) {
            column[i] = 1;
            return prices_pivot(p, column, 1);
        }
    struct worst worst = prices_worst(p, p->whole);
    if (worst.short_by <= WHOLE / 10000)
        return false;
    double size = worst_column(p, &worst, p->whole, column);
    return prices_pivot(p, column, size);
}

/* The prices raised and rounded until all is paid for; their sum. */
static int64_t prices_prove(struct prices *p) {
    int64_t sum = 0;
    for (size_t i = 0; i < p->classes; i++)
        if (p->open[i] && p->whole[i] < WHOLE)
            p->whole[i] = WHOLE;
    int64_t raise = prices_worst(p, p->whole).raise;
    for (size_t i = 0; i < p->rows; i++)
        sum += p->have[i] * (p->whole[i] + (i < p->classes ? raise : 0));
    return sum / WHOLE;
}

static int64_t census_placed(const struct census *c) {
    struct prices *p = arena_new(c->arena, struct prices);
    int64_t able = 0;
    for (size_t m = 0; m < c->field->count; m++)
        able += c->placeable[m];
    p->census = c;
    if (!prices_classes(p))
        return able;
    for (size_t i = 0; i < p->rows; i++) {
        p->basis[i][i] = 1;
        p->filled[i] = (double)p->have[i];
    }
    for (int round = 0; round < ROUNDS && prices_improve(p); round++)
        prices_read(p);
    int64_t proved = prices_prove(p);
    return proved < able ? proved : able;
}

/* --- whom every group must have one of --- */

/* The kinds of a form that add to count j, as bits. */
static uint32_t kinds_adding(const struct kinds *k, size_t j) {
    uint32_t adding = 0;
    for (size_t kind = 0; kind < k->count; kind++)
        adding |= (uint32_t)(k->possible[kind][j] > 0) << kind;
    return adding;
}

static bool source_has(const struct census *c, const struct source *s, uint32_t adding) {
    const struct kinds *k = &c->kinds[s->form];
    for (size_t i = 0; i < s->mix_count; i++) {
        bool has = false;
        for (size_t kind = 0; kind < k->count && !has; kind++)
            has = s->mixes[i * k->count + kind] && adding >> kind & 1;
        if (!has)
            return false;
    }
    return true;
}

/* In each form, the fewest nodes that add to some count of which every mix has one; all nodes where there is none. */
static const bool *census_cover(const struct census *c) {
    size_t n = c->field->count;
    bool *cover = arena_array(c->arena, bool, n);
    for (size_t i = 0; i < c->source_count; i++) {
        const struct source *s = &c->sources[i];
        const struct kinds *k = &c->kinds[s->form];
        uint32_t best = UINT32_MAX;
        size_t least = SIZE_MAX;
        if (s->block)
            continue;
        for (size_t j = 0; j < k->counts && !s->open; j++) {
            uint32_t adding = kinds_adding(k, j);
            size_t nodes = 0;
            for (size_t kind = 0; kind < k->count; kind++)
                nodes += adding >> kind & 1 ? k->nodes[kind] : 0;
            if (nodes < least && source_has(c, s, adding)) {
                least = nodes;
                best = adding;
            }
        }
        for (size_t m = 0; m < n; m++)
            if (is_free(c->field, s->form, m))
                cover[m] |= s->open || (best >> k->of[m] & 1);
    }
    for (size_t m = 0; m < n; m++)
        cover[m] = solve_is_block(c->field, m) || (cover[m] && c->placeable[m]);
    return cover;
}

void solve_count(const struct solve_field *field, struct arena *arena, struct solve_counts *out) {
    struct census c = {.field = field, .arena = arena, .limit = MIXES * (uint64_t)field->count};
    c.kinds = arena_array(arena, struct kinds, field->forms);
    c.placeable = arena_array(arena, bool, field->count);
    for (size_t form = 0; form < field->forms; form++)
        kinds_find(&c, form);
    census_sources(&c);
    census_reach(&c);
    out->placeable = c.placeable;
    out->placed = census_placed(&c);
    out->cover = census_cover(&c);
    out->sizes = arena_array(arena, bool, 2 * field->forms * (field->count + 1));
    for (size_t i = 0; i < c.source_count; i++) {
        const struct source *s = &c.sources[i];
        bool *sizes = out->sizes + (2 * s->form + s->block) * (field->count + 1);
        if (s->open)
            memset(sizes + 1, true, field->count);
        for (size_t mix = 0; mix < s->mix_count; mix++) {
            size_t size = 0;
            for (size_t kind = 0; kind < c.kinds[s->form].count; kind++)
                size += s->mixes[mix * c.kinds[s->form].count + kind];
            sizes[size] = true;
        }
    }
}
