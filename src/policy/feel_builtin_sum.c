/* SPDX-License-Identifier: MIT */
/* feel_builtin_sum.c: FEEL's functions that make one value of a list: sums, means, least and most. Of an empty list they are
 * null, as DMN has it. */
#include <stdlib.h>

#include "policy/feel_priv.h"

static struct feel_value whole(size_t n) {
    return feel_number(decimal_whole((int64_t)n));
}

static bool all_numbers(const struct feel_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].type != FEEL_NUMBER)
            return false;
    return list->count;
}

/* The items put together by an operator: numbers, or durations of one kind. */
static struct feel_value fold(struct feel_run *run, const struct feel_list *list, enum feel_op op) {
    enum feel_type type = list->count ? list->items[0].type : FEEL_NULL;
    if (type != FEEL_NUMBER && type != FEEL_MONTHS && type != FEEL_TIME)
        return feel_null();
    struct feel_value total = list->items[0];
    for (size_t i = 1; i < list->count; i++)
        total = feel_arithmetic(run->arena, op, total, list->items[i]);
    return total;
}

struct feel_value feel_fn_sum(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    return fold(run, args[0].list, FEEL_ADD);
}

struct feel_value feel_fn_product(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    return all_numbers(args[0].list) ? fold(run, args[0].list, FEEL_MULTIPLY) : feel_null();
}

struct feel_value feel_fn_mean(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    if (!all_numbers(args[0].list))
        return feel_null();
    struct feel_value total = fold(run, args[0].list, FEEL_ADD);
    return feel_arithmetic(run->arena, FEEL_DIVIDE, total, whole(args[0].list->count));
}

/* The item that stands `test` to all others. */
static struct feel_value extreme(const struct feel_list *list, enum feel_test test) {
    if (!list->count)
        return feel_null();
    struct feel_value best = list->items[0];
    for (size_t i = 0; i < list->count; i++) {
        struct feel_value better = feel_order(test, list->items[i], best);
        if (better.type == FEEL_NULL)
            return feel_null();
        best = better.truth ? list->items[i] : best;
    }
    return best;
}

struct feel_value feel_fn_min(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return extreme(args[0].list, FEEL_TEST_LT);
}

struct feel_value feel_fn_max(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return extreme(args[0].list, FEEL_TEST_GT);
}

/* ---- in order ---- */

static int compare(const void *a, const void *b) {
    const struct feel_value *const *p = a, *const *q = b;
    int order = 0;
    feel_compare(**p, **q, &order);
    return order ? order : (*p > *q) - (*p < *q); /* equal ones stay as they stood */
}

/* A copy in order; NULL where two items have none. */
static struct feel_value *sorted(struct feel_run *run, const struct feel_list *list) {
    const struct feel_value **items = arena_array(run->arena, const struct feel_value *, list->count);
    struct feel_value *out = arena_array(run->arena, struct feel_value, list->count);
    int order;
    for (size_t i = 0; i < list->count; i++) {
        if (!feel_compare(list->items[0], list->items[i], &order))
            return NULL;
        items[i] = &list->items[i];
    }
    if (list->count)
        qsort(items, list->count, sizeof(struct feel_value *), compare);
    for (size_t i = 0; i < list->count; i++)
        out[i] = *items[i];
    return out;
}

struct feel_value feel_fn_sort(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_value *items = sorted(run, args[0].list);
    return items ? feel_list(run->arena, items, args[0].list->count) : feel_null();
}

struct feel_value feel_fn_median(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_list *list = args[0].list;
    if (!all_numbers(list))
        return feel_null();
    const struct feel_value *items = sorted(run, list);
    size_t middle = list->count / 2;
    if (list->count % 2)
        return items[middle];
    struct feel_value both = feel_arithmetic(run->arena, FEEL_ADD, items[middle - 1], items[middle]);
    return feel_arithmetic(run->arena, FEEL_DIVIDE, both, whole(2));
}

/* The most frequent numbers, in order. */
struct feel_value feel_fn_mode(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_list *list = args[0].list;
    struct feel_making making = {.arena = run->arena};
    if (list->count && !all_numbers(list))
        return feel_null();
    const struct feel_value *items = sorted(run, list);
    size_t most = 0;
    for (size_t i = 0, times; i < list->count; i += times) {
        for (times = 1;
             i + times < list->count && decimal_cmp(items[i].number, items[i + times].number) == 0;)
            times++;
        if (times > most)
            making.count = making.sure = making.weight = 0;
        most = times > most ? times : most;
        if (times == most)
            feel_making_add(&making, items[i], false);
    }
    return feel_making_done(&making);
}

/* Of a sample: the squares of the distances to the mean, over one less than there are. */
struct feel_value feel_fn_stddev(struct feel_run *run, const struct feel_value *args, size_t count) {
    const struct feel_list *list = args[0].list;
    struct feel_value mean = feel_fn_mean(run, args, count), total = whole(0);
    if (mean.type != FEEL_NUMBER || list->count < 2)
        return feel_null();
    for (size_t i = 0; i < list->count; i++) {
        struct feel_value distance = feel_arithmetic(run->arena, FEEL_SUBTRACT, list->items[i], mean);
        struct feel_value square = feel_arithmetic(run->arena, FEEL_MULTIPLY, distance, distance);
        total = feel_arithmetic(run->arena, FEEL_ADD, total, square);
    }
    struct feel_value variance = feel_arithmetic(run->arena, FEEL_DIVIDE, total, whole(list->count - 1));
    struct decimal root;
    return variance.type == FEEL_NUMBER && decimal_sqrt(variance.number, &root) ? feel_number(root)
                                                                                : feel_null();
}
