/* SPDX-License-Identifier: MIT */
/*
 * differ.h: the shortest way from one sequence of strings to another.
 *
 * What is in both, in the order of both, is kept; all else was removed or added. The longest such sequence is found
 * by Myers's algorithm in linear space (An O(ND) Difference Algorithm and Its Variations, 1986), whose cost grows with
 * how different the two are: texts that somebody edited cost next to nothing, and texts that have nothing to do with
 * each other would cost the product of their lengths. So there is a bound on the work, beyond which what is still to be
 * compared counts as replaced as a whole: still a way from one to the other, only not the shortest, and `coarse`
 * says so.
 *
 *     struct differ differ = {.arena = &arena, .scratch = &scratch, .work = DIFFER_WORK_MAX};
 *     struct difference d = differ_compare(&differ, old, old_count, new, new_count);
 *     for (size_t i = 0, a = 0, b = 0; i < d.count; a = d.runs[i].base + d.runs[i].count, ... i++)
 *         // removed: old[a .. runs[i].base); added: new[b .. runs[i].head); then kept: runs[i].count
 */
#ifndef SIGNPOST_TEXT_DIFFER_H
#define SIGNPOST_TEXT_DIFFER_H

#include "base/arena.h"
#include "base/str.h"

/* Steps that the comparisons of one page may cost: some hundredths of a second. */
#define DIFFER_WORK_MAX ((size_t)8 * 1000 * 1000)

struct differ {
    struct arena *arena;   /* for what is given */
    struct arena *scratch; /* rewound; may not be the same */
    size_t work;           /* steps that are left, of all comparisons made with it */
};

/* base[base .. base + count) is head[head .. head + count). */
struct difference_run {
    size_t base;
    size_t head;
    size_t count;
};

/* Runs in the order of both, none touching the next on both sides. One more, empty and at both ends, is the last, so that
 * a walk over them meets what was removed and added there. */
struct difference {
    struct difference_run *runs;
    size_t count;
    size_t kept; /* strings in all runs */
    bool coarse; /* not the shortest */
};

struct difference differ_compare(struct differ *differ, const struct str *base, size_t base_count,
                                 const struct str *head, size_t head_count);

#endif
