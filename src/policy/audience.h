/* SPDX-License-Identifier: MIT */
/*
 * audience.h: who may see what.
 *
 * Three audiences, each seeing all that the next sees and more: officers, schools, the public. Every field of a
 * record has a class, the widest audience that may see it. Zero is officers, so that what states no class is seen
 * by nobody else.
 */
#ifndef SIGNPOST_POLICY_AUDIENCE_H
#define SIGNPOST_POLICY_AUDIENCE_H

#include <stdbool.h>

#include "base/str.h"

enum audience { AUDIENCE_OFFICERS, AUDIENCE_SCHOOLS, AUDIENCE_PUBLIC };

#define AUDIENCE_COUNT 3

/* Whether a portal for `viewer` may hold what is of class `class`. */
static inline bool audience_may_see(enum audience viewer, enum audience class) {
    return viewer <= class;
}

/* The stricter of two classes. */
static inline enum audience audience_stricter(enum audience a, enum audience b) {
    return a < b ? a : b;
}

struct str audience_name(enum audience audience); /* "officers", "schools", "public" */
bool audience_parse(struct str name, enum audience *out);

#endif
