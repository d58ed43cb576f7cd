/* SPDX-License-Identifier: MIT */
/*
 * solve.c: packs the values, learns who can be with whom, and lets the parts of the problem that have nothing to do
 * with each other be solved one by one: exactly where that is cheap enough, else by search.
 */
#include <string.h>

#include "portal/solve_inside.h"

/* What one part may cost to be solved exactly: about half a second. Seventeen nodes that can all be together in three
 * forms fit, and twenty of which few can. */
#define EXACT_LIMIT UINT64_C(120000000)

/* A word of a packed value stays below it, so that two can be added and compared. */
#define PACKED_LIMIT (INT64_MAX / 4)

size_t set_first(const uint64_t *set) {
    size_t w = 0;
    while (!set[w])
        w++;
    return w * 64 + (size_t)__builtin_ctzll(set[w]);
}

/* At the first node in which they differ, whoever has it is smaller, unless the other ends there. */
bool set_before(const uint64_t *a, const uint64_t *b, size_t words) {
    for (size_t w = 0; w < words; w++) {
        uint64_t differ = a[w] ^ b[w], at = differ & (0u - differ);
        if (!differ)
            continue;
        const uint64_t *other = a[w] & at ? b : a;
        uint64_t onwards = other[w] & (0u - at);
        for (size_t v = w + 1; v < words; v++)
            onwards |= other[v];
        return (other == b) == (onwards != 0);
    }
    return false;
}

struct solve_list solve_list_new(const struct solve_field *field, struct arena *arena) {
    return (struct solve_list){.groups = arena_array(arena, struct solve_group, field->count),
                               .sets = arena_array(arena, uint64_t, field->count * field->words)};
}

void solve_list_add(const struct solve_field *field, struct solve_list *list, const uint64_t *set,
                    size_t form) {
    uint64_t *copy = list->sets + list->count * field->words;
    memcpy(copy, set, field->words * sizeof(*set));
    list->groups[list->count++] = (struct solve_group){copy, form};
}

static int64_t points(const int64_t *table, size_t at) {
    return table ? table[at] : 0;
}

/* Adds the absolute value of `more` to *sum; false where it grows beyond what values may be. */
static bool range_add(int64_t *sum, int64_t more) {
    if (more > PACKED_LIMIT || more < -PACKED_LIMIT || *sum > PACKED_LIMIT)
        return false;
    *sum += more < 0 ? -more : more;
    return *sum <= PACKED_LIMIT;
}

/* The sum of the absolute values of all points of a step: no value of it is further from 0. */
static bool step_range(const struct solve_problem *p, const struct solve_step *step, int64_t *range) {
    *range = step->placed ? (int64_t)p->count : 0;
    for (size_t a = 0; step->pair && a < p->count; a++)
        for (size_t b = 0; b < a; b++)
            if (!range_add(range, step->pair[a * p->count + b]))
                return false;
    for (size_t i = 0; step->member && i < p->forms * p->count; i++)
        if (!range_add(range, step->member[i]))
            return false;
    return true;
}

/* Where each step stands in a packed value. */
struct packing {
    size_t word[SOLVE_STEPS_MAX];
    int64_t times[SOLVE_STEPS_MAX];
    size_t width;
};

/*
 * From the last step back: a step joins the word of those after it if their ranges fit beside its own. With R the
 * range of the later ones in that word, its values are multiplied by 2R + 1: two sums of theirs differ by at most 2R.
 */
static bool pack_steps(const struct solve_problem *p, struct packing *packing) {
    int64_t range = 0;
    size_t back = 0; /* words counted from the last */
    for (size_t s = p->step_count; s-- > 0;) {
        int64_t own;
        if (!step_range(p, &p->steps[s], &own))
            return false;
        if (own && range > (PACKED_LIMIT / own - 1) / 3) {
            back++;
            range = 0;
        }
        packing->word[s] = back;
        packing->times[s] = 2 * range + 1;
        range += own * packing->times[s];
    }
    packing->width = back + 1;
    for (size_t s = 0; s < p->step_count; s++)
        packing->word[s] = back - packing->word[s];
    return true;
}

static void field_pack(struct solve_field *field, const struct packing *packing, struct arena *arena) {
    const struct solve_problem *p = field->problem;
    size_t n = p->count;
    int64_t *pair = arena_array(arena, int64_t, n * n * packing->width);
    int64_t *member = arena_array(arena, int64_t, p->forms * n * packing->width);
    field->width = packing->width;
    for (size_t s = 0; s < p->step_count; s++) {
        const struct solve_step *step = &p->steps[s];
        size_t word = packing->word[s];
        for (size_t i = 0; step->pair && i < n * n; i++)
            if (i / n != i % n)
                pair[i * field->width + word] += step->pair[i] * packing->times[s];
        for (size_t i = 0; i < p->forms * n; i++)
            if (!solve_is_block(field, i % n))
                member[i * field->width + word] +=
                    (step->placed + points(step->member, i)) * packing->times[s];
    }
    field->pair = pair;
    field->member = member;
}

static bool may_be(const struct solve_problem *p, size_t m, size_t form) {
    size_t own = p->block ? p->block[m] : 0;
    return (!own || own == form + 1) && !(p->bars && p->bars(p->context, m, form));
}

static bool may_meet(const struct solve_problem *p, size_t a, size_t b, size_t form) {
    return !(p->block && p->block[a] && p->block[b]) && !(p->parts && p->parts(p->context, a, b, form));
}

/* The mates of a in one form are those of whom it needs; where that is nobody's mate, nor is a. */
static bool field_need(struct solve_field *field, uint64_t *of, size_t a, size_t form) {
    const struct solve_problem *p = field->problem;
    bool changed = false;
    for (size_t b = 0; b < p->count; b++) {
        if (!set_has(of + a * field->words, a) || !set_has(solve_needs(field, form, a), b))
            continue;
        for (size_t m = 0; m < p->count; m++) {
            if (!set_has(of + a * field->words, m) || set_has(of + b * field->words, m))
                continue;
            set_flip(of + a * field->words, m);
            if (m != a)
                set_flip(of + m * field->words, a);
            changed = true;
        }
    }
    if (changed && !set_has(of + a * field->words, a))
        for (size_t m = 0; m < p->count; m++)
            if (set_has(of + a * field->words, m)) {
                set_flip(of + a * field->words, m);
                set_flip(of + m * field->words, a);
            }
    return changed;
}

static void field_needs(struct solve_field *field, struct arena *arena) {
    const struct solve_problem *p = field->problem;
    uint64_t *needs = arena_array(arena, uint64_t, p->forms * p->count * field->words);
    for (size_t i = 0; p->needs && i < p->forms * p->count; i++)
        for (size_t b = 0; b < p->count; b++)
            if (b != i % p->count && p->needs(p->context, i % p->count, b, i / p->count))
                set_flip(needs + i * field->words, b);
    field->needs = needs;
}

static void field_mates(struct solve_field *field, struct arena *arena) {
    const struct solve_problem *p = field->problem;
    uint64_t *mates = arena_array(arena, uint64_t, p->forms * p->count * field->words);
    bool *able = arena_array(arena, bool, p->count);
    for (size_t form = 0; form < p->forms; form++) {
        uint64_t *of = mates + form * p->count * field->words;
        for (size_t a = 0; a < p->count; a++)
            if ((able[a] = may_be(p, a, form)))
                set_flip(of + a * field->words, a);
        for (size_t a = 0; a < p->count; a++)
            for (size_t b = 0; b < a && able[a]; b++)
                if (able[b] && may_meet(p, a, b, form)) {
                    set_flip(of + a * field->words, b);
                    set_flip(of + b * field->words, a);
                }
        for (bool again = p->needs != NULL; again;) {
            again = false;
            for (size_t a = 0; a < p->count; a++)
                again |= field_need(field, of, a, form);
        }
    }
    field->mates = mates;
}

static bool field_init(struct solve_field *field, const struct solve_problem *p, struct arena *arena) {
    struct packing packing;
    *field = (struct solve_field){p, p->count, p->forms, (p->count + 63) / 64, .width = 0};
    if (p->count > SOLVE_NODES_MAX || p->forms > SOLVE_FORMS_MAX || p->step_count > SOLVE_STEPS_MAX ||
        !pack_steps(p, &packing))
        return false;
    field_pack(field, &packing, arena);
    field_needs(field, arena);
    field_mates(field, arena);
    return true;
}

/*
 * Nodes that can be in a group directly or through others, from `first` on; those found are taken out of `left`.
 * Parts can be solved one by one, ties included: the order of solutions is decided node by node, and each node's
 * group within its part.
 */
static size_t part_find(const struct solve_field *field, size_t first, bool *left, size_t *nodes) {
    bool *in = left + field->count; /* the second half of its room */
    size_t count = 0;
    memset(in, 0, field->count);
    nodes[count++] = first;
    in[first] = true;
    for (size_t i = 0; i < count; i++)
        for (size_t b = 0; b < field->count; b++)
            for (size_t form = 0; form < field->forms && !in[b]; form++)
                if (set_has(solve_mates(field, form, nodes[i]), b)) {
                    in[b] = true;
                    nodes[count++] = b;
                }
    count = 0;
    for (size_t b = 0; b < field->count; b++)
        if (in[b]) {
            left[b] = false;
            nodes[count++] = b;
        }
    return count;
}

static bool solve_parts(const struct solve_field *field, struct arena *scratch, struct solve_list *list,
                        uint64_t *steps) {
    size_t *nodes = arena_array(scratch, size_t, field->count);
    bool *left = arena_array(scratch, bool, 2 * field->count);
    bool exact = true;
    memset(left, true, field->count);
    for (size_t first = 0; first < field->count; first++) {
        if (!left[first])
            continue;
        size_t count = part_find(field, first, left, nodes);
        if (!field->problem->inexact &&
            solve_exactly(field, nodes, count, EXACT_LIMIT, 0, scratch, list, steps))
            continue;
        exact = false;
        solve_by_search(field, nodes, count, scratch, list, steps);
    }
    return exact;
}

static int64_t step_of_group(const struct solve_field *field, const struct solve_step *step,
                             const struct solve_group *group) {
    size_t n = field->count;
    int64_t sum = 0;
    for (size_t a = 0; a < n; a++) {
        if (!set_has(group->members, a))
            continue;
        if (!solve_is_block(field, a))
            sum += step->placed + points(step->member, group->form * n + a);
        for (size_t b = 0; b < a; b++)
            if (set_has(group->members, b))
                sum += points(step->pair, a * n + b);
    }
    return sum;
}

bool solve(const struct solve_problem *problem, struct arena *arena, struct solve_result *out) {
    struct arena scratch = {0};
    struct solve_field field;
    *out = (struct solve_result){.groups = NULL};
    bool valid = field_init(&field, problem, &scratch);
    if (valid) {
        struct solve_list list = solve_list_new(&field, arena);
        out->exact = solve_parts(&field, &scratch, &list, &out->steps);
        solve_list_sort(&list);
        out->groups = list.groups;
        out->group_count = list.count;
        out->value = arena_array(arena, int64_t, problem->step_count);
        out->bound = arena_array(arena, int64_t, problem->step_count);
        out->bounded = arena_array(arena, bool, problem->step_count);
        for (size_t s = 0; s < problem->step_count; s++) {
            for (size_t g = 0; g < list.count; g++)
                out->value[s] += step_of_group(&field, &problem->steps[s], &list.groups[g]);
            out->bound[s] = out->value[s];
            out->bounded[s] = out->exact;
        }
        if (!out->exact)
            solve_bounds(&field, &scratch, out);
    }
    arena_release(&scratch);
    return valid;
}
