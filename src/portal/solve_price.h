/* SPDX-License-Identifier: MIT */
/*
 * solve_price.h: the group that is worth most beyond the prices of its nodes. For solve_bound.c and solve_dual.c alone.
 */
#ifndef SIGNPOST_PORTAL_SOLVE_PRICE_H
#define SIGNPOST_PORTAL_SOLVE_PRICE_H

#include "portal/solve_inside.h"

#define PRICE_NEAR 16  /* of each node, so many of the best partners are looked at one by one */
#define PRICE_AHEAD 32 /* nodes that a group may yet grow by, told apart; more are one case */

#define PRICE_ASKING 10 /* steps that it takes to ask whether a group is admissible */

/* A group that is worth more than what was looked for, as it is found. */
typedef void price_found(void *context, const uint64_t *set, size_t form);

struct pricing {
    const struct solve_field *field;
    const struct solve_counts *counts;
    const int64_t *pair, *member; /* what is to be most: [a * n + b], [form * n + m] */
    price_found *found;           /* NULL: nobody asks */
    void *context;
    uint64_t steps, limit; /* counted; what is not looked at beyond the limit is bounded as it stands */

    /* pricing_init makes these, with nothing in them; they are the caller's */
    int64_t *price; /* [node] */
    bool *gone;     /* [node]: groups with it are not looked for */

    /* its own */
    bool *allow;    /* [form * (n + 2) + nodes]: there may be groups of so many */
    size_t *most;   /* [form]: of how many nodes at most */
    bool *meets;    /* [a * n + b]: some form may have both */
    int64_t *half;  /* [node * n + others]: its points with so many at best; NEVER: there are not so many */
    uint16_t *near; /* [node * PRICE_NEAR]: the best partners, the best first */
    uint8_t *near_count;
    int64_t *tail;                 /* [node]: no partner that is not near gives more */
    int64_t rank[PRICE_AHEAD + 1]; /* of so many nodes */
    int64_t rank_tail;             /* of more than are ranked */
    size_t ranked;
    uint64_t *mark, stamp; /* [node]: the stamp where it is a candidate now */
    int64_t *ahead, *back; /* of candidates */
    struct price_level *levels;
    size_t depth_max;
    uint64_t *set; /* the group as it grows */
    size_t form, size, blocks;
    int64_t best, open, floor;
};

void pricing_init(struct pricing *p, struct arena *arena);

/* Proves what nodes can bring each other at these prices, at most so many steps for each; or takes it to be so much, for up
 * to so many nodes, and no more than these to come: a guess, with which nothing is proved. */
void pricing_rank(struct pricing *p, uint64_t budget);
void pricing_assume(struct pricing *p, size_t ahead, int64_t rank);

/*
 * No admissible group with `start` and without those that are gone is worth more than the answer beyond its price, nor
 * less than `enough` is answered. Exact, unless it is `enough` or the limit was reached.
 */
int64_t pricing_best(struct pricing *p, size_t start, int64_t enough);

#endif
