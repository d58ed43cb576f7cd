/* SPDX-License-Identifier: MIT */
/* feel_builtin_context.c: FEEL's functions on contexts, and those on any value. */
#include "policy/feel_priv.h"

/* The entries of a context while it is made. */
struct making {
    struct feel_entry *entries;
    size_t count;
};

/* Sets a key, at its old place where it is there already. */
static void put(struct making *making, struct str key, struct feel_value value) {
    size_t i = 0;
    while (i < making->count && !str_eq(making->entries[i].key, key))
        i++;
    making->entries[i] = (struct feel_entry){key, value};
    making->count += i == making->count;
}

static struct making copy(struct feel_run *run, const struct feel_context *context, size_t more) {
    struct making making = {arena_array(run->arena, struct feel_entry, context->count + more),
                            context->count};
    for (size_t i = 0; i < context->count; i++)
        making.entries[i] = context->entries[i];
    run->steps += context->count;
    return making;
}

/* A list of {key, value}; a key that is there twice makes it null. */
struct feel_value feel_fn_context(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_list *list = args[0].list;
    struct making making = {arena_array(run->arena, struct feel_entry, list->count), 0};
    if (list->sure < list->count)
        return feel_unknown();
    for (size_t i = 0; i < list->count; i++) {
        struct feel_value entry = list->items[i];
        const struct feel_value *key =
            entry.type == FEEL_CONTEXT ? feel_context_get(entry.context, STR("key")) : NULL;
        const struct feel_value *value = key ? feel_context_get(entry.context, STR("value")) : NULL;
        if (!value || key->type != FEEL_TEXT)
            return key && key->type == FEEL_UNKNOWN ? feel_unknown() : feel_null();
        put(&making, key->text, *value);
        if (making.count == i)
            return feel_null();
        run->steps += i;
    }
    return feel_context(run->arena, making.entries, making.count);
}

struct feel_value feel_fn_context_merge(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_list *list = args[0].list;
    size_t all = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type != FEEL_CONTEXT)
            return list->items[i].type == FEEL_UNKNOWN ? feel_unknown() : feel_null();
        all += list->items[i].context->count;
    }
    if (list->sure < list->count)
        return feel_unknown();
    struct making making = {arena_array(run->arena, struct feel_entry, all), 0};
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < list->items[i].context->count; j++)
            put(&making, list->items[i].context->entries[j].key, list->items[i].context->entries[j].value);
    return feel_context(run->arena, making.entries, making.count);
}

/* Puts a value at a path of keys; a context on the way that is not there is made. */
static struct feel_value put_at(struct feel_run *run, const struct feel_context *context,
                                const struct feel_value *keys, size_t count, struct feel_value value) {
    if (!count || keys[0].type != FEEL_TEXT)
        return feel_null();
    if (count > 1) {
        static const struct feel_context nothing = {0};
        const struct feel_value *inner = feel_context_get(context, keys[0].text);
        if (count > FEEL_DEPTH_MAX || (inner && inner->type != FEEL_CONTEXT && inner->type != FEEL_NULL))
            return feel_null();
        bool there = inner && inner->type == FEEL_CONTEXT;
        value = put_at(run, there ? inner->context : &nothing, keys + 1, count - 1, value);
        if (value.type == FEEL_NULL)
            return value;
    }
    struct making making = copy(run, context, 1);
    put(&making, keys[0].text, value);
    return feel_context(run->arena, making.entries, making.count);
}

struct feel_value feel_fn_context_put(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    if (args[1].type == FEEL_TEXT)
        return put_at(run, args[0].context, &args[1], 1, args[2]);
    return put_at(run, args[0].context, args[1].list->items, args[1].list->count, args[2]);
}

struct feel_value feel_fn_get_entries(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    const struct feel_context *context = args[0].context;
    struct feel_value *items = arena_array(run->arena, struct feel_value, context->count);
    for (size_t i = 0; i < context->count; i++) {
        struct feel_entry *pair = arena_array(run->arena, struct feel_entry, 2);
        pair[0] = (struct feel_entry){STR("key"), feel_text(context->entries[i].key)};
        pair[1] = (struct feel_entry){STR("value"), context->entries[i].value};
        items[i] = feel_context(run->arena, pair, 2);
    }
    return feel_list(run->arena, items, context->count);
}

struct feel_value feel_fn_get_value(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    struct feel_value v = feel_null();
    if (args[0].type == FEEL_CONTEXT)
        return feel_property(args[0], args[1].text, &v) ? v : feel_null();
    const struct feel_record_class *class = args[0].record.class;
    bool known = class->get(run->env->context, class, args[0].record.object, args[1].text, NULL, &v);
    return known ? v : feel_unknown();
}

/* Whether the two are the same: of one type, and equal. */
struct feel_value feel_fn_is(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_bool(args[0].type == args[1].type && feel_is_true(feel_equal(args[0], args[1])));
}

/* Only what the parser could not make a FEEL_NOT of comes here, and that has been found wrong. */
struct feel_value feel_fn_not(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_not(args[0]);
}
