/* SPDX-License-Identifier: MIT */
/*
 * match_inside.h: a match under way, between the files of match.
 *
 *     match_network.c  who takes part, and which partnerships are kept
 *     match_problem.c  forms, rules and points: what solve.h needs, and what a group is worth
 *     match.c          solving, and the result as proposals
 *     match_why.c      why a group is proposed, in words, and how it meets the rules
 *     match_beside.c   its best neighbour
 *     match_unknown.c  what else would be proposed if more were known
 *     match_left.c     who is left over, and why
 */
#ifndef SIGNPOST_PORTAL_MATCH_INSIDE_H
#define SIGNPOST_PORTAL_MATCH_INSIDE_H

#include "policy/group.h"
#include "portal/assembly.h"
#include "portal/match.h"
#include "portal/solve.h"

/* Sets of things are words of 64. */
static inline bool bits_has(const uint64_t *bits, size_t i) {
    return bits[i / 64] >> (i % 64) & 1;
}
static inline void bits_add(uint64_t *bits, size_t i) {
    bits[i / 64] |= (uint64_t)1 << (i % 64);
}
static inline void bits_drop(uint64_t *bits, size_t i) {
    bits[i / 64] &= ~((uint64_t)1 << (i % 64));
}
/* The first at or after `i`, or `count`. */
static inline size_t bits_next(const uint64_t *bits, size_t i, size_t count) {
    while (i < count) {
        uint64_t rest = bits[i / 64] >> (i % 64);
        if (rest)
            return i + (size_t)__builtin_ctzll(rest);
        i += 64 - i % 64;
    }
    return count;
}
static inline size_t bits_words(size_t count) {
    return (count + 63) / 64;
}

/* What the solver moves: a school that takes part, or a partnership that is kept. */
struct match_node {
    const struct match_group *block; /* or NULL */
    const size_t *schools;           /* indices of problem->schools, ascending */
    size_t count;
};

/* The numbers of one step, of schools. */
struct match_points {
    const struct match_step *step;
    int digits;            /* points are decimals times ten to this */
    const int64_t *pair;   /* [a * count + b]; NULL: none */
    const int64_t *member; /* [form * count + m]; NULL: none */
};

struct match_problem {
    const struct match_network *network;
    const struct match_plan *plan;
    struct arena *arena;
    struct arena *scratch; /* one for each worker */
    size_t threads;

    const struct match_school **schools; /* those in a node */
    size_t count, words;
    size_t forms;
    const struct given **form_given;        /* [form]: the group's own facts */
    const struct subject **form_subjects;   /* [form]: a group of that kind without members */
    const struct subject **member_subjects; /* [form * count + m]: a school as a member of it, decided */

    struct match_node *nodes; /* by the id of their first school */
    size_t node_count, node_words;
    uint8_t *node_block; /* as struct solve_problem has it */
    bool plain;          /* each node is the school of its own number: a set of nodes is one of schools */

    struct match_points *points; /* [step] */
    size_t step_count;
    struct group_rules *rules;
    struct group_field field;
    struct solve_problem solve;
};

/* Everything up to solving. `threads` at least 1; each has scratch[i]. */
void match_problem_init(struct match_problem *problem, const struct match_network *network, size_t threads,
                        struct arena *arena);
void match_problem_release(struct match_problem *problem);

/* The schools of a set of nodes. `out` has problem->words words. */
void match_schools_of(const struct match_problem *problem, const uint64_t *nodes, uint64_t *out);

/* Whether a set of nodes is admissible, by the compiled rules. */
bool match_admits(const struct match_problem *problem, const uint64_t *nodes, size_t form, size_t worker);

/* What a group of nodes adds at each step, as the solver counts it. `out` has step_count numbers. */
void match_worth(const struct match_problem *problem, const uint64_t *nodes, size_t form, int64_t *out);

/* The same as people read it: distances are not negative. */
struct decimal match_number(const struct match_problem *problem, size_t step, int64_t worth);

/* The whole group of these schools by the slow road, ready for subject_check; `associates` may be NULL. */
const struct subject *match_assemble(const struct match_problem *problem, const uint64_t *schools,
                                     const uint64_t *associates, size_t form, struct arena *arena);

/* Whether a group certainly meets every row of strength breach, by the slow road. */
bool match_verifies(const struct match_problem *problem, const struct subject *group, struct arena *arena,
                    struct arena *scratch);

/* Two schools as a pair, undecided. */
struct subject *match_pair(const struct match_problem *problem, size_t a, size_t b, struct arena *arena);

/* The points of a pair at the first step that counts pairs; 0 where none does. */
int64_t match_affinity(const struct match_problem *problem, size_t a, size_t b);

/* ---- words ---- */

struct match_words {
    struct str *items;
    size_t count;
};
void match_say(struct match_words *words, struct arena *arena, struct str sentence);

/* "Ash", "Ash and Birch", "Ash, Birch and 3 others": at most `most` by name. */
struct str match_names(const struct match_problem *problem, const uint64_t *schools, size_t most,
                       struct arena *arena);

/* The texts of a school's fact that is read from a path of its record: wishes.schools. */
struct match_texts {
    const struct str *items;
    size_t count;
};
struct match_texts match_said(const struct match_school *school, const char *from);

/* Whether one of the two has said that it will not be with the other. */
bool match_refuses(const struct match_school *a, const struct match_school *b);

/* Whether a school is new to what the proposal makes. */
bool match_joins(const struct match_proposal *proposal, const struct match_school *school);

void match_why(const struct match_problem *problem, const struct solve_group *group, struct arena *arena,
               struct match_proposal *out);
void match_left_over(const struct match_problem *problem, const struct solve_result *solved, bool brief,
                     struct arena *arena, struct match_result *out);
void match_unknown(const struct match_problem *problem, const struct match_options *options,
                   struct arena *arena, struct match_result *out);
struct str match_beside(const struct match_problem *problem, const struct solve_result *solved,
                        const struct match_proposal *proposals, size_t group, struct arena *arena);

#endif
