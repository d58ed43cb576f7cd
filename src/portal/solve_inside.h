/* SPDX-License-Identifier: MIT */
/*
 * solve_inside.h: what the parts of the solver share. For solve*.c alone.
 *
 * A value is packed: steps follow each other in as few words of 64 bits as their ranges allow, each multiplied so far
 * that nothing later can carry into it. Words are compared in order, so comparing packed values is comparing steps
 * exactly, and mostly one comparison; weights that only make it likely were the alternative.
 */
#ifndef SIGNPOST_PORTAL_SOLVE_INSIDE_H
#define SIGNPOST_PORTAL_SOLVE_INSIDE_H

#include "portal/solve.h"

struct solve_field {
    const struct solve_problem *problem;
    size_t count, forms;
    size_t words;        /* of a set */
    size_t width;        /* of a packed value */
    const int64_t *pair; /* [(a * count + b) * width], packed */
    const int64_t
        *member; /* [(form * count + m) * width], packed, with the node's being placed; a block's are 0 */
    const uint64_t
        *mates; /* [(form * count + m) * words]: who can be with m in a group of that form; a node that is
                              barred is nobody's mate and not its own, any other is its own */
    const uint64_t *needs; /* [(form * count + m) * words]: whom m is in no group of that form without */
};

/* Room for as many groups as there are nodes; each group's words stand at its place in `sets`. */
struct solve_list {
    struct solve_group *groups;
    uint64_t *sets;
    size_t count;
};

static inline bool solve_is_block(const struct solve_field *field, size_t m) {
    return field->problem->block && field->problem->block[m];
}

static inline uint64_t solve_asking(const struct solve_field *field) {
    return field->problem->asking ? field->problem->asking : 1;
}

static inline const uint64_t *solve_mates(const struct solve_field *field, size_t form, size_t m) {
    return field->mates + (form * field->count + m) * field->words;
}

static inline const uint64_t *solve_needs(const struct solve_field *field, size_t form, size_t m) {
    return field->needs + (form * field->count + m) * field->words;
}

static inline bool set_has(const uint64_t *set, size_t m) {
    return set[m / 64] >> m % 64 & 1;
}

static inline void set_flip(uint64_t *set, size_t m) {
    set[m / 64] ^= UINT64_C(1) << m % 64;
}

/* The smallest node; the set is not empty. */
size_t set_first(const uint64_t *set);

/* Whether a goes before b among equals: as sequences of nodes in rising order. */
bool set_before(const uint64_t *a, const uint64_t *b, size_t words);

static inline void packed_add(int64_t *sum, const int64_t *more, size_t width) {
    for (size_t w = 0; w < width; w++)
        sum[w] += more[w];
}

/* Below, equal to or above 0 as a is less than, equal to or more than b. */
static inline int packed_compare(const int64_t *a, const int64_t *b, size_t width) {
    for (size_t w = 0; w < width; w++)
        if (a[w] != b[w])
            return a[w] < b[w] ? -1 : 1;
    return 0;
}

struct solve_list solve_list_new(const struct solve_field *field, struct arena *arena);

/* Adds a group of the same nodes as `set`, which is copied. */
void solve_list_add(const struct solve_field *field, struct solve_list *list, const uint64_t *set,
                    size_t form);

/* By smallest node. */
void solve_list_sort(struct solve_list *list);

/* Whether a is worth more than b, or as much and before it among equals; both sorted. */
bool solve_list_better(const struct solve_field *field, const struct solve_list *a,
                       const struct solve_list *b);

/*
 * The best groups of some nodes alone, `nodes` in rising order, added to `list`; false, with nothing added, where
 * that takes more than `limit` steps or more nodes than there is memory for. *steps grows by what it took.
 */
bool solve_exactly(const struct solve_field *field, const size_t *nodes, size_t count, uint64_t limit,
                   size_t worker, struct arena *scratch, struct solve_list *list, uint64_t *steps);

/* Good groups of some nodes, added to `list`. */
void solve_by_search(const struct solve_field *field, const size_t *nodes, size_t count,
                     struct arena *scratch, struct solve_list *list, uint64_t *steps);

/* Betters the groups of some nodes until no small change does, or it has taken too many steps; sorts them. */
void solve_polish(const struct solve_field *field, const size_t *nodes, size_t count, size_t worker,
                  struct arena *scratch, struct solve_list *list, uint64_t *steps);

/* What mere counts prove. */
struct solve_counts {
    const bool *placeable; /* [node]: false: in no solution is it placed */
    int64_t placed;        /* no solution places more */
    const bool *cover;     /* [node]: an admissible group has one of these at least */
    bool *sizes; /* [(form * 2 + with a block) * (count + 1) + free nodes]: such a group may be admissible */
};
void solve_count(const struct solve_field *field, struct arena *arena, struct solve_counts *out);

/* What is to be bounded: a sum of points, counted in parts of `scale`. */
struct solve_dual {
    const struct solve_field *field;
    const struct solve_counts *counts;
    const int64_t *pair,
        *member; /* [a * n + b], [form * n + m]; 0 of a node with itself, and a block's member */
    size_t must; /* how many nodes are placed; SIZE_MAX: any number */
    int64_t scale;
    int64_t known;  /* a bound */
    int64_t enough; /* no bound below it is of use */
};

/* A bound, no more than the one that is known. */
int64_t solve_dual(const struct solve_dual *ask, const struct solve_result *result, struct arena *scratch);

/* Fills bound and bounded of a result that has its groups and values, where it is not exact. */
void solve_bounds(const struct solve_field *field, struct arena *scratch, struct solve_result *result);

#endif
