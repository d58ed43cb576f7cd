/* SPDX-License-Identifier: MIT */
/*
 * policy_naive.h: hit policies in the fewest words, for comparing: nothing of search.c and decide.c is called.
 */
#ifndef SIGNPOST_TESTS_POLICY_NAIVE_H
#define SIGNPOST_TESTS_POLICY_NAIVE_H

#include "policy/decide.h"

/* What one completion gives for one output, or all of them together. */
struct all {
    values set, preferred; /* together: of the hit policy over the rows that always count */
    bool nothing, normally;
    int64_t low, high;
    bool number;
};

static inline values top(values mask) {
    values best = 0;
    for (values m = mask; m; m &= m - 1)
        best = m & (~m + 1);
    return best;
}

/* The three kinds of result, each in words of its own: nothing of search.c is called. */
static inline void naive_first(const struct row *row, struct all *outputs, size_t count) {
    for (size_t o = 0; o < count; o++) {
        const struct cell_answer *a = row ? &row->answers[o] : NULL;
        bool nothing = !a || (a->set & VALUES_NOT_DETERMINED);
        outputs[o] = (struct all){.set = nothing ? 0 : a->set, .nothing = nothing};
        outputs[o].normally = a && a->normally;
        outputs[o].preferred = nothing ? 0 : a->preferred;
    }
}

static inline void naive_guide(const struct row *const *holding, size_t count, struct all *out) {
    values floor = 0, nominated = 0, preferred = 0;
    bool withdrawn = false, normally = false;
    *out = (struct all){0};
    for (size_t i = 0; i < count; i++) {
        const struct cell_answer *a = &holding[i]->answers[0];
        if (a->set == VALUES_NOT_APPLICABLE) {
            out->set = out->preferred = VALUES_NOT_APPLICABLE;
            return;
        }
        values lowest = a->set & (~a->set + 1);
        if (a->force == FORCE_FLOOR)
            floor = lowest > floor ? lowest : floor;
        else if (a->set == VALUES_NOT_DETERMINED)
            withdrawn = true;
        else {
            nominated |= a->set;
            preferred = top(preferred | a->preferred);
            normally = normally || a->normally;
        }
    }
    if (withdrawn)
        nominated = preferred = 0;
    for (values m = nominated; m; m &= m - 1) {
        values one = m & (~m + 1);
        out->set |= one < floor ? floor : one;
    }
    out->preferred = preferred && preferred < floor ? floor : preferred;
    out->normally = normally && nominated;
    if (!nominated)
        out->set = out->preferred = floor;
    out->nothing = !out->set;
}

static inline void naive_number(enum hit hit, const struct row *const *holding, size_t count,
                                struct all *out) {
    int64_t sum = 0, least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        int64_t n = __builtin_ctzll(holding[i]->answers[0].set);
        sum += n;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    int64_t n = hit == HIT_SUM ? sum : hit == HIT_COUNT ? (int64_t)count : hit == HIT_MIN ? least : most;
    *out = (struct all){.number = count || hit == HIT_SUM || hit == HIT_COUNT, .low = n, .high = n};
    out->nothing = !out->number;
}

static inline bool is_ordered(enum hit hit) {
    return hit == HIT_ANY || hit == HIT_UNIQUE || hit == HIT_PRIORITY;
}

/* What the hit policy gives over these rows, in the order in which they win. */
static inline void naive(const struct decision *d, const struct row *const *holding, size_t count,
                         struct all *outputs) {
    enum hit hit = d->hit;
    if (hit == HIT_GUIDE)
        naive_guide(holding, count, outputs);
    else if (is_ordered(hit))
        naive_first(count ? holding[0] : NULL, outputs, d->output_count);
    else if (hit != HIT_COLLECT)
        naive_number(hit, holding, count, outputs);
}

static inline void all_join(struct all *all, const struct all *one) {
    all->set |= one->set;
    all->nothing = all->nothing || one->nothing;
    all->normally = all->normally || one->normally;
    if (!one->number)
        return;
    all->low = all->number && all->low < one->low ? all->low : one->low;
    all->high = all->number && all->high > one->high ? all->high : one->high;
    all->number = true;
}

/* A single value prefers itself. */
static inline values all_suggests(const struct all *certain) {
    bool single = certain->set && !(certain->set & (certain->set - 1)) && !certain->normally;
    return single ? certain->set : certain->preferred;
}

/* What a result has wrong, or NULL. */
static inline const char *wrong(const struct all *all, const struct output_result *r) {
    bool settled = all->set && !(all->set & (all->set - 1)) && !all->nothing && !all->normally;
    enum decision_status status = !all->set                           ? DECISION_UNDETERMINED
                                  : !settled                          ? DECISION_CANDIDATES
                                  : all->set == VALUES_NOT_APPLICABLE ? DECISION_NOT_APPLICABLE
                                                                      : DECISION_SETTLED;
    if (all->number) {
        int64_t low, high;
        bool read = decimal_to_int64(r->low, &low) && decimal_to_int64(r->high, &high);
        return !r->number || !read || low != all->low || high != all->high ? "number" : NULL;
    }
    if (r->candidates != all->set)
        return "candidates";
    if (r->nothing != all->nothing)
        return "nothing";
    if (r->status != status)
        return "status";
    if (all->set != VALUES_NOT_APPLICABLE && !settled && r->suggestion != all->preferred)
        return "suggestion";
    return NULL;
}

#endif
