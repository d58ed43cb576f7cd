/* SPDX-License-Identifier: MIT */
/*
 * solve.h: the best way to put nodes into groups.
 *
 * An abstract problem that knows no policy: nodes, kinds of group (forms), a callback that says which groups are
 * admissible, and steps in the order of their weight. A solution is a set of disjoint admissible groups, each of one
 * form; a node in none of them is left over. Its value at a step is a sum over its groups: of the nodes placed, of
 * points of each pair within a group, of points of each member in its group's form. Solutions compare by the first
 * step, then by the second and so on, more being better: no amount of a later step makes up for an earlier one.
 *
 * Among equals the smallest goes first: groups sorted by their smallest node, each compared as the sequence of its
 * nodes in rising order (a sequence before its continuations) and then by its form; a node in a group goes before
 * the same node left over.
 *
 * A node may stand for a group that is kept (a block). Alone it is always fine and worth nothing; others may join it
 * in its own form if the whole is admissible, and only what they add counts: a block is not placed, its member points
 * are not read, and its pair points with a node are those of the node with all of its members. No group has two.
 *
 *     struct solve_problem p = {.count = 3, .forms = 1, .steps = steps, .step_count = 2, .admits = in_twos};
 *     struct solve_result r;
 *     solve(&p, arena, &r);            r.groups[0].members[0] == 0x3: nodes 0 and 1
 *
 * Small problems are solved exactly, others by a search that is bounded by counted steps and never by the clock, so
 * that the same problem has the same result on every machine and with any number of threads. Either way the result
 * says how much better any solution could be (`bound`).
 *
 * For portal/match.c; nothing else needs to know how a proposal is found.
 */
#ifndef SIGNPOST_PORTAL_SOLVE_H
#define SIGNPOST_PORTAL_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SOLVE_NODES_MAX 2048
#define SOLVE_FORMS_MAX 32
#define SOLVE_STEPS_MAX 16

/* What counts at a step is the sum of what is here; any may be absent. */
struct solve_step {
    bool placed;           /* one for each node in a group that is not a block */
    const int64_t *pair;   /* [a * count + b], symmetrical */
    const int64_t *member; /* [form * count + m] */
};

/* Sets of nodes are words of 64, the first holding nodes 0 to 63. All callbacks are pure: the same answer each time,
 * in any order. `admits` is called from several threads at once, each with its own number in 0..threads-1; the
 * others only by the caller of solve, before and after the search. */
struct solve_problem {
    size_t count, forms; /* nodes in the order of ties; forms too */
    const uint8_t
        *block; /* [node]: 0, or 1 + the form of the kept group it stands for; NULL: there is none */
    const struct solve_step *steps;
    size_t step_count; /* the first weighs most */

    /* Never asked of a set with two blocks, of a block in another form, of a block alone, of no nodes. */
    bool (*admits)(void *context, const uint64_t *members, size_t form, size_t worker);
    /* The node is in no admissible group of this form. May be NULL: never known. */
    bool (*bars)(void *context, size_t m, size_t form);
    /* The two are in no admissible group of this form together; symmetrical. May be NULL: never known. */
    bool (*parts)(void *context, size_t a, size_t b, size_t form);
    /* a is in no admissible group of this form without b. May be NULL: never known. */
    bool (*needs)(void *context, size_t a, size_t b, size_t form);

    /*
     * What admissibility implies for mere counts, from which bounds are proved: how many counts a form has (count 0
     * is the size, there whenever counts is), how much a node adds to one (0 or 1; a block what all its members do:
     * the certain ones to *sure, the certain and the possible ones to *possible), and whether any group with such
     * sums is admissible: false is a proof that none is, true says nothing. All three or none.
     */
    size_t (*counts)(void *context, size_t form);
    void (*counted)(void *context, size_t form, size_t count, size_t m, size_t *sure, size_t *possible);
    bool (*may)(void *context, size_t form, const size_t *sure, const size_t *possible);

    void *context;
    size_t threads;  /* 0 is 1 */
    uint64_t seed;   /* another one, another search: for measuring how good it is */
    uint64_t effort; /* how many times the usual number of steps for the size; 0 is 1 */
    uint64_t
        asking; /* how many times longer than usual `admits` takes: so many times less often it is asked; 0 is 1 */
    bool inexact; /* search even where the problem is small: for testing the search */
};

struct solve_group {
    const uint64_t *members; /* (count + 63) / 64 words */
    size_t form;
};

struct solve_result {
    struct solve_group *groups; /* sorted by smallest node; blocks that nobody joins are not among them */
    size_t group_count;
    int64_t *value; /* [step] */
    int64_t *bound; /* [step]: no solution that reaches its bound at each earlier step has more */
    bool *
        bounded; /* [step]: so much is proved, and each earlier step is at its bound; else bound means nothing */
    bool exact;     /* nothing is better, nor as good and before it: each bound is the value */
    uint64_t steps; /* counted, not timed */
};

/* False, and an empty result, where the problem exceeds the limits above, or the sum of the absolute values of all
 * points of a step exceeds INT64_MAX / 4, so that sums could overflow. */
bool solve(const struct solve_problem *problem, struct arena *arena, struct solve_result *out);

#endif
