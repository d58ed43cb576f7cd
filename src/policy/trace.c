/* SPDX-License-Identifier: MIT */
/* trace.c: filters and quantifiers, item by item. */
#include "policy/trace.h"

#include "policy/feel_priv.h"

/* ---- gathering ---- */

struct tracing;

/* A trace while its items come in. */
struct open_trace {
    const struct feel_node *node;
    struct trace_item *items;
    size_t count, room;
};

struct tracing {
    struct arena *arena;
    struct open_trace *open;
    size_t count, room;
};

static struct open_trace *open_add(struct tracing *t, const struct feel_node *node) {
    if (t->count == t->room) {
        size_t room = t->room ? 2 * t->room : 4;
        t->open = arena_grow(t->arena, t->open, t->room * sizeof(*t->open), room * sizeof(*t->open),
                             alignof(struct open_trace));
        t->room = room;
    }
    t->open[t->count] = (struct open_trace){.node = node};
    return &t->open[t->count++];
}

static void item_add(struct tracing *t, struct open_trace *open, struct trace_item item) {
    if (open->count == open->room) {
        size_t room = open->room ? 2 * open->room : 8;
        open->items = arena_grow(t->arena, open->items, open->room * sizeof(item), room * sizeof(item),
                                 alignof(struct trace_item));
        open->room = room;
    }
    open->items[open->count++] = item;
}

static const struct trace *closed(const struct tracing *t, size_t from, struct arena *arena) {
    struct trace *out = arena_array(arena, struct trace, t->count - from);
    for (size_t i = from; i < t->count; i++)
        out[i - from] = (struct trace){t->open[i].node, t->open[i].items, t->open[i].count};
    return out;
}

static bool lies_in(const struct feel_node *node, const struct feel_node *within) {
    if (node == within)
        return true;
    for (size_t i = 0; i < within->count; i++)
        if (lies_in(node, within->kids[i]))
            return true;
    return false;
}

/* An inner asking is told before the one that it is part of, so what lies in this node's condition and is still open has
 * just been asked for its sake. */
static size_t first_inner(const struct tracing *t, const struct feel_node *node) {
    size_t i = t->count;
    while (i && lies_in(t->open[i - 1].node, node->kids[node->count - 1]))
        i--;
    return i;
}

static enum truth truth_of(struct feel_value v) {
    return v.type == FEEL_UNKNOWN ? TRUTH_MAYBE : feel_is_true(v) ? TRUTH_YES : TRUTH_NO;
}

static void asked(void *context, const struct feel_asked *a) {
    struct tracing *t = context;
    size_t from = first_inner(t, a->node);
    struct trace_item item = {.count = a->count,
                              .truth = truth_of(a->answer),
                              .possible = a->possible,
                              .inner = closed(t, from, t->arena),
                              .inner_count = t->count - from};
    item.subjects = arena_array(t->arena, const struct subject *, a->count);
    for (size_t i = 0; i < a->count; i++)
        item.subjects[i] = a->items[i].type == FEEL_RECORD ? a->items[i].record.object : NULL;
    t->count = from;
    bool goes_on = from && t->open[from - 1].node == a->node;
    item_add(t, goes_on ? &t->open[from - 1] : open_add(t, a->node), item);
}

size_t trace_expression(struct state *state, const struct feel_node *node, struct arena *arena,
                        const struct trace **out) {
    struct tracing t = {.arena = arena};
    struct feel_watch watch = {asked, &t};
    state_eval_watched(state, node, &watch);
    *out = closed(&t, 0, arena);
    return t.count;
}

/* ---- reading the tree ---- */

const struct feel_node *trace_counted(const struct feel_node *node) {
    bool counts = node && node->op == FEEL_CALL && node->count == 1 && str_eq(node->name, STR("count"));
    return counts && node->kids[0]->op == FEEL_FILTER ? node->kids[0] : NULL;
}

struct fields {
    const struct subject *subject;
    struct trace_field *items;
    size_t count;
};

static void field_add(struct fields *fields, struct str name) {
    for (const struct subject *s = fields->subject; s; s = s->base) {
        const struct variable *v = map_get(&s->kind->by_id, name);
        if (!v)
            continue;
        for (size_t i = 0; i < fields->count; i++)
            if (fields->items[i].variable == v)
                return;
        if (fields->count < TRACE_FIELDS_MAX)
            fields->items[fields->count++] = (struct trace_field){s, v};
        return;
    }
}

static void fields_collect(struct fields *fields, const struct feel_node *n, uint32_t slot) {
    bool own = n->op == FEEL_PATH && n->kids[0]->op == FEEL_VARIABLE && n->kids[0]->slot == slot;
    if (own)
        field_add(fields, n->name);
    for (size_t i = 0; i < n->count; i++)
        fields_collect(fields, n->kids[i], slot);
}

size_t trace_fields(const struct trace *trace, size_t index, const struct subject *subject,
                    struct trace_field out[TRACE_FIELDS_MAX]) {
    struct fields fields = {.subject = subject, .items = out};
    const struct feel_node *condition = trace->node->kids[trace->node->count - 1];
    fields_collect(&fields, condition, trace->node->slot + (uint32_t)index);
    return fields.count;
}
