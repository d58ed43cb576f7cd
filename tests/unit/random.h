/* SPDX-License-Identifier: MIT */
/*
 * random.h: the same numbers in every run, for properties that must hold of any text.
 *
 * SplitMix64 (public domain, Vigna): a few lines, and good enough to try strings with.
 */
#ifndef SIGNPOST_TESTS_RANDOM_H
#define SIGNPOST_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct random {
    uint64_t state; /* the seed */
};

static inline uint64_t random_next(struct random *r) {
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static inline size_t random_below(struct random *r, size_t limit) {
    return (size_t)(random_next(r) % limit);
}

/* Up to `most` pieces, each one of `pieces`. */
static inline struct str random_text(struct random *r, struct arena *arena, const char *const *pieces,
                                     size_t count, size_t most) {
    struct buf b = {.arena = arena};
    for (size_t n = random_below(r, most + 1); n > 0; n--)
        buf_add(&b, str_from(pieces[random_below(r, count)]));
    return buf_str(&b);
}

#endif
