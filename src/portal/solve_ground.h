/* SPDX-License-Identifier: MIT */
/*
 * solve_ground.h: what a search walks on: energies, who is worth trying with whom, temperatures. For solve_search.c
 * alone.
 */
#ifndef SIGNPOST_PORTAL_SOLVE_GROUND_H
#define SIGNPOST_PORTAL_SOLVE_GROUND_H

#include "portal/solve_inside.h"

#define LEVELS 240 /* of temperature */
#define FRIENDS 10
#define EXPONENTIALS 4096

/* What all chains read. Nodes are numbered within the part that is searched. */
struct ground {
    const struct solve_field *field;
    const size_t *nodes;
    size_t count;
    int64_t *pair;         /* [a * count + b] */
    int64_t *member;       /* [form * count + m] */
    int64_t *top;          /* [m]: the most of member over the forms */
    uint32_t *able;        /* [m]: the forms it can be in */
    uint16_t *friends;     /* [m * FRIENDS + i]: the best partners of those that it can be with */
    uint8_t *friend_count; /* [m] */
    uint64_t *mark;        /* [m]: random; a set's is the exclusive or of its nodes' */
    uint64_t steps;        /* of each chain */
    int64_t heat[LEVELS];  /* temperatures */
    uint32_t *exponential; /* [EXPONENTIALS]: quantiles of the exponential distribution, of 2^16 */
};

/* SplitMix64 (public domain, Vigna). */
static inline uint64_t ground_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Fills what follows from field, nodes and count. */
void ground_init(struct ground *ground, struct arena *arena);

#endif
