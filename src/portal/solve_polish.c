/* SPDX-License-Identifier: MIT */
/*
 * solve_polish.c: from good groups to groups that no small change betters.
 *
 * Two groups at a time, or a group and a node left over, are given up and their nodes grouped again exactly; what is
 * better, or as good and before it among equals, replaces them. That covers every move of nodes between two groups at
 * once, and splits and mergers, where their union is small enough.
 */
#include <string.h>

#include "portal/solve_inside.h"

/* Unions of more nodes are let be: twice as many sets a node. */
#define UNION_MAX 12
#define UNION_LIMIT UINT64_C(4000000)

/* What all unions may cost, for each node: about 5 ms. */
#define POLISH_LIMIT UINT64_C(2000000)

static void group_value(const struct solve_field *field, const uint64_t *set, size_t form, int64_t *value) {
    size_t n = field->count;
    memset(value, 0, field->width * sizeof(*value));
    for (size_t a = 0; a < n; a++) {
        if (!set_has(set, a))
            continue;
        packed_add(value, field->member + (form * n + a) * field->width, field->width);
        for (size_t b = 0; b < a; b++)
            if (set_has(set, b))
                packed_add(value, field->pair + (a * n + b) * field->width, field->width);
    }
}

static void list_value(const struct solve_field *field, const struct solve_list *list, int64_t *sum) {
    int64_t value[SOLVE_STEPS_MAX];
    memset(sum, 0, field->width * sizeof(*sum));
    for (size_t g = 0; g < list->count; g++) {
        group_value(field, list->groups[g].members, list->groups[g].form, value);
        packed_add(sum, value, field->width);
    }
}

void solve_list_sort(struct solve_list *list) {
    for (size_t i = 1; i < list->count; i++) {
        struct solve_group group = list->groups[i];
        size_t at = i, first = set_first(group.members);
        for (; at > 0 && set_first(list->groups[at - 1].members) > first; at--)
            list->groups[at] = list->groups[at - 1];
        list->groups[at] = group;
    }
}

/* Both sorted. The longer goes first where the other ends: what it has more of is placed. */
static bool list_before(const struct solve_field *field, const struct solve_list *a,
                        const struct solve_list *b) {
    for (size_t g = 0; g < a->count && g < b->count; g++) {
        const struct solve_group *x = &a->groups[g], *y = &b->groups[g];
        if (memcmp(x->members, y->members, field->words * sizeof(*x->members)) != 0)
            return set_before(x->members, y->members, field->words);
        if (x->form != y->form)
            return x->form < y->form;
    }
    return a->count > b->count;
}

bool solve_list_better(const struct solve_field *field, const struct solve_list *a,
                       const struct solve_list *b) {
    int64_t x[SOLVE_STEPS_MAX], y[SOLVE_STEPS_MAX];
    list_value(field, a, x);
    list_value(field, b, y);
    int order = packed_compare(x, y, field->width);
    return order > 0 || (order == 0 && list_before(field, a, b));
}

/* Groups, and nodes left over as sets of one. */
struct polish {
    const struct solve_field *field;
    size_t worker;
    uint64_t *sets; /* [set * words] */
    size_t *form;   /* [set]: SIZE_MAX of one left over */
    bool *fresh;    /* [set]: not tried with every other yet */
    size_t count;
    uint64_t steps, limit;
    size_t *nodes; /* of a union */
    struct solve_list before, after;
    struct arena *scratch;
};

static uint64_t *polish_set(const struct polish *p, size_t i) {
    return p->sets + i * p->field->words;
}

static void polish_add(struct polish *p, const uint64_t *set, size_t form) {
    memcpy(polish_set(p, p->count), set, p->field->words * sizeof(*set));
    p->form[p->count] = form;
    p->fresh[p->count++] = true;
}

static void polish_remove(struct polish *p, size_t i) {
    size_t last = --p->count;
    memmove(polish_set(p, i), polish_set(p, last), p->field->words * sizeof(*p->sets));
    p->form[i] = p->form[last];
    p->fresh[i] = p->fresh[last];
}

/* The nodes of both, in rising order; 0 where they are too many. */
static size_t polish_union(struct polish *p, size_t i, size_t j) {
    const uint64_t *a = polish_set(p, i), *b = polish_set(p, j);
    size_t count = 0;
    for (size_t w = 0; w < p->field->words; w++)
        count += (size_t)__builtin_popcountll(a[w] | b[w]);
    if (count > UNION_MAX)
        return 0;
    count = 0;
    for (size_t w = 0; w < p->field->words; w++)
        for (uint64_t rest = a[w] | b[w]; rest; rest &= rest - 1)
            p->nodes[count++] = w * 64 + (size_t)__builtin_ctzll(rest);
    return count;
}

static void polish_replace(struct polish *p, size_t i, size_t j, size_t count) {
    uint64_t *one = arena_array(p->scratch, uint64_t, p->field->words);
    uint64_t *all = arena_array(p->scratch, uint64_t, p->field->words);
    polish_remove(p, i > j ? i : j);
    polish_remove(p, i > j ? j : i);
    for (size_t g = 0; g < p->after.count; g++) {
        polish_add(p, p->after.groups[g].members, p->after.groups[g].form);
        for (size_t w = 0; w < p->field->words; w++)
            all[w] |= p->after.groups[g].members[w];
    }
    for (size_t k = 0; k < count; k++) {
        if (set_has(all, p->nodes[k]))
            continue;
        memset(one, 0, p->field->words * sizeof(*one));
        set_flip(one, p->nodes[k]);
        polish_add(p, one, SIZE_MAX);
    }
}

static bool polish_pair(struct polish *p, size_t i, size_t j) {
    size_t count = polish_union(p, i, j);
    struct arena_mark mark = arena_mark(p->scratch);
    bool better = false;
    p->before.count = p->after.count = 0;
    if (count &&
        solve_exactly(p->field, p->nodes, count, UNION_LIMIT, p->worker, p->scratch, &p->after, &p->steps)) {
        if (p->form[i] != SIZE_MAX)
            solve_list_add(p->field, &p->before, polish_set(p, i), p->form[i]);
        if (p->form[j] != SIZE_MAX)
            solve_list_add(p->field, &p->before, polish_set(p, j), p->form[j]);
        solve_list_sort(&p->before);
        better = solve_list_better(p->field, &p->after, &p->before);
        if (better)
            polish_replace(p, i, j, count);
    }
    arena_rewind(p->scratch, mark);
    return better;
}

/* Whether it could be worth it: a node left over may find a place, two that gain from each other may meet. */
static bool polish_promises(const struct polish *p, size_t i, size_t j) {
    static const int64_t none[SOLVE_STEPS_MAX];
    const struct solve_field *f = p->field;
    if (p->form[i] == SIZE_MAX || p->form[j] == SIZE_MAX)
        return true;
    for (size_t a = 0; a < f->count; a++)
        for (size_t b = 0; b < f->count && set_has(polish_set(p, i), a); b++)
            if (set_has(polish_set(p, j), b) &&
                packed_compare(f->pair + (a * f->count + b) * f->width, none, f->width) > 0)
                return true;
    return false;
}

/* Each set that is new is tried with every other, until none is. */
static void polish_run(struct polish *p) {
    for (size_t i = 0; i < p->count;) {
        size_t j = p->fresh[i] ? 0 : p->count;
        while (j < p->count && p->steps < p->limit &&
               (j == i || !polish_promises(p, i, j) || !polish_pair(p, i, j)))
            j++;
        if (j < p->count && p->steps < p->limit) {
            i = 0; /* the places of the others may have changed */
            continue;
        }
        p->fresh[i++] = false;
    }
}

void solve_polish(const struct solve_field *field, const size_t *nodes, size_t count, size_t worker,
                  struct arena *scratch, struct solve_list *list, uint64_t *steps) {
    struct polish p = {.field = field, .worker = worker, .scratch = scratch};
    uint64_t *all = arena_array(scratch, uint64_t, field->words);
    p.sets = arena_array(scratch, uint64_t, (count + 1) * field->words);
    p.form = arena_array(scratch, size_t, count + 1);
    p.fresh = arena_array(scratch, bool, count + 1);
    p.nodes = arena_array(scratch, size_t, UNION_MAX);
    p.before = solve_list_new(field, scratch);
    p.after = solve_list_new(field, scratch);
    p.limit = POLISH_LIMIT * count;
    for (size_t g = 0; g < list->count; g++) {
        polish_add(&p, list->groups[g].members, list->groups[g].form);
        for (size_t w = 0; w < field->words; w++)
            all[w] |= list->groups[g].members[w];
    }
    for (size_t k = 0; k < count; k++)
        if (!set_has(all, nodes[k])) {
            uint64_t *one = polish_set(&p, p.count);
            memset(one, 0, field->words * sizeof(*one));
            set_flip(one, nodes[k]);
            p.form[p.count] = SIZE_MAX;
            p.fresh[p.count++] = true;
        }
    polish_run(&p);
    list->count = 0;
    for (size_t i = 0; i < p.count; i++)
        if (p.form[i] != SIZE_MAX)
            solve_list_add(field, list, polish_set(&p, i), p.form[i]);
    solve_list_sort(list);
    *steps += p.steps;
}
