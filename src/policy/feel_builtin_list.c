/* SPDX-License-Identifier: MIT */
/* feel_builtin_list.c: FEEL's functions on lists. Positions count from 1, or from -1 backwards. */
#include "policy/feel_priv.h"

/* A list with items that are only possible, or not known, has a count between bounds. */
struct feel_value feel_fn_count(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    const struct feel_list *list = args[0].list;
    if (list->sure == list->count)
        return feel_number(decimal_whole((int64_t)list->count));
    return (struct feel_value){.type = FEEL_UNKNOWN,
                               .unknown = {true, (int32_t)list->sure, (int32_t)list->count}};
}

static struct feel_value if_there(const struct feel_list *list, size_t i, struct feel_value v, bool decides) {
    if (!feel_is_possible(list, i))
        return v;
    return v.type == FEEL_BOOL && v.truth != decides ? v : feel_unknown();
}

struct feel_value feel_fn_all(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    const struct feel_list *list = args[0].list;
    struct feel_value result = feel_bool(true);
    for (size_t i = 0; i < list->count; i++)
        result = feel_and(result, if_there(list, i, list->items[i], false));
    return result;
}

struct feel_value feel_fn_any(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    const struct feel_list *list = args[0].list;
    struct feel_value result = feel_bool(false);
    for (size_t i = 0; i < list->count; i++)
        result = feel_or(result, if_there(list, i, list->items[i], true));
    return result;
}

/* What cannot be compared with the element is not it. */
static struct feel_value is_one(struct feel_value item, struct feel_value element) {
    struct feel_value v = feel_equal(item, element);
    return v.type == FEEL_NULL ? feel_bool(false) : v;
}

struct feel_value feel_fn_list_contains(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    const struct feel_list *list = args[0].list;
    struct feel_value result = feel_bool(false);
    for (size_t i = 0; i < list->count && !feel_is_true(result); i++)
        result = feel_or(result, if_there(list, i, is_one(list->items[i], args[1]), true));
    return result;
}

/* ---- making other lists ---- */

static bool add_all(struct feel_making *making, const struct feel_list *list, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (!feel_making_add(making, list->items[i], feel_is_possible(list, i)))
            return false;
    return true;
}

static struct feel_value done(const struct feel_making *making, bool ok) {
    return ok ? feel_making_done(making) : feel_unknown();
}

struct feel_value feel_fn_append(struct feel_run *run, const struct feel_value *args, size_t count) {
    struct feel_making making = {.arena = run->arena};
    bool ok = add_all(&making, args[0].list, 0, args[0].list->count);
    for (size_t i = 1; i < count; i++)
        ok = ok && feel_making_add(&making, args[i], false);
    return done(&making, ok);
}

struct feel_value feel_fn_concatenate(struct feel_run *run, const struct feel_value *args, size_t count) {
    struct feel_making making = {.arena = run->arena};
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok = ok && add_all(&making, args[i].list, 0, args[i].list->count);
    return done(&making, ok);
}

struct feel_value feel_fn_reverse(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_list *list = args[0].list;
    struct feel_making making = {.arena = run->arena};
    bool ok = true;
    for (size_t i = list->count; i-- > 0;)
        ok = ok && feel_making_add(&making, list->items[i], feel_is_possible(list, i));
    return done(&making, ok);
}

static bool flatten(struct feel_making *making, const struct feel_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct feel_value v = list->items[i];
        if (v.type == FEEL_LIST ? !flatten(making, v.list) : !feel_making_add(making, v, false))
            return false;
    }
    return true;
}

struct feel_value feel_fn_flatten(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    struct feel_making making = {.arena = run->arena};
    return done(&making, flatten(&making, args[0].list));
}

static bool has(const struct feel_making *making, struct feel_value v) {
    for (size_t i = 0; i < making->count; i++)
        if (feel_is_true(feel_equal(making->items[i], v)))
            return true;
    return false;
}

/* Adds what is not there yet. Comparing each with each is steps like any other. */
static bool add_distinct(struct feel_run *run, struct feel_making *making, const struct feel_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        run->steps += making->count;
        if (run->steps > FEEL_STEPS_MAX ||
            (!has(making, list->items[i]) && !feel_making_add(making, list->items[i], false)))
            return false;
    }
    return true;
}

struct feel_value feel_fn_distinct(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    struct feel_making making = {.arena = run->arena};
    return done(&making, add_distinct(run, &making, args[0].list));
}

struct feel_value feel_fn_union(struct feel_run *run, const struct feel_value *args, size_t count) {
    struct feel_making making = {.arena = run->arena};
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok = ok && add_distinct(run, &making, args[i].list);
    return done(&making, ok);
}

struct feel_value feel_fn_index_of(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    struct feel_making making = {.arena = run->arena};
    for (size_t i = 0; i < args[0].list->count; i++)
        if (feel_is_true(feel_equal(args[0].list->items[i], args[1])))
            feel_making_add(&making, feel_number(decimal_whole((int64_t)i + 1)), false);
    return feel_making_done(&making);
}

/* ---- by position ---- */

/* The index, from 0, of a position; false where the list has none such. */
static bool index_of(const struct feel_list *list, struct feel_value position, size_t *out) {
    int64_t n, count = (int64_t)list->count;
    if (!decimal_to_int64(position.number, &n) || n == 0 || n > count || n < -count)
        return false;
    *out = (size_t)(n > 0 ? n - 1 : count + n);
    return true;
}

struct feel_value feel_fn_sublist(struct feel_run *run, const struct feel_value *args, size_t count) {
    const struct feel_list *list = args[0].list;
    struct feel_making making = {.arena = run->arena};
    size_t from;
    int64_t length = INT64_MAX;
    if (!index_of(list, args[1], &from) || (count > 2 && !decimal_to_int64(args[2].number, &length)))
        return feel_null();
    int64_t rest = (int64_t)(list->count - from);
    if (length < 0 || (count > 2 && length > rest))
        return feel_null();
    return done(&making, add_all(&making, list, from, from + (size_t)(length < rest ? length : rest)));
}

/* The list with `taken` items from args[1]'s position replaced by args[2], which is left out where there is none. */
static struct feel_value replace_at(struct feel_run *run, const struct feel_value *args, size_t count,
                                    size_t taken) {
    const struct feel_list *list = args[0].list;
    struct feel_making making = {.arena = run->arena};
    size_t at;
    if (!index_of(list, args[1], &at))
        return feel_null();
    bool ok = add_all(&making, list, 0, at) && (count < 3 || feel_making_add(&making, args[2], false)) &&
              add_all(&making, list, at + taken, list->count);
    return done(&making, ok);
}

struct feel_value feel_fn_insert_before(struct feel_run *run, const struct feel_value *args, size_t count) {
    return replace_at(run, args, count, 0);
}

struct feel_value feel_fn_list_replace(struct feel_run *run, const struct feel_value *args, size_t count) {
    return replace_at(run, args, count, 1);
}

struct feel_value feel_fn_remove(struct feel_run *run, const struct feel_value *args, size_t count) {
    return replace_at(run, args, count, 1);
}
