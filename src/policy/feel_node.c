/* SPDX-License-Identifier: MIT */
/* feel_node.c: making the nodes of a tree: what type each has, and which are constants. */
#include "policy/feel_parse.h"

bool feel_too_deep(struct feel_parser *p, struct place at) {
    if (!p->failed)
        diag(p->diags, DIAG_FEEL_DEPTH, at, str_whole(p->arena, FEEL_DEPTH_MAX));
    p->failed = true;
    return true;
}

static enum feel_type type_of(const struct feel_node *node) {
    return node->type.type;
}

static struct feel_static type_of_sum(const struct feel_node *a, const struct feel_node *b) {
    bool durations = type_of(b) == FEEL_MONTHS || type_of(b) == FEEL_TIME;
    if (type_of(a) == FEEL_DATE && (durations || type_of(b) == FEEL_DATE))
        return (struct feel_static){.type = durations ? FEEL_DATE : FEEL_TIME};
    return (struct feel_static){.type = type_of(a) == type_of(b) ? type_of(a) : FEEL_UNKNOWN};
}

static bool same_type(const struct feel_static *a, const struct feel_static *b) {
    return a->type == b->type && a->scale == b->scale && a->record == b->record && a->item == b->item;
}

/* The type that all of the kids from `from` have. */
static struct feel_static type_of_all(const struct feel_node *node, size_t from) {
    for (size_t i = from + 1; i < node->count; i++)
        if (!same_type(&node->kids[i]->type, &node->kids[from]->type))
            return (struct feel_static){.type = FEEL_UNKNOWN};
    return from < node->count ? node->kids[from]->type : (struct feel_static){.type = FEEL_UNKNOWN};
}

struct feel_static feel_list_of(struct feel_parser *p, struct feel_static item) {
    struct feel_static *kept = arena_new(p->arena, struct feel_static);
    *kept = item;
    return (struct feel_static){.type = FEEL_LIST, .item = kept};
}

struct feel_static feel_item_of(const struct feel_static *list) {
    if (list->type == FEEL_LIST)
        return list->item ? *list->item : (struct feel_static){.type = FEEL_UNKNOWN};
    return *list;
}

static struct feel_static type_of_node(struct feel_parser *p, const struct feel_node *node) {
    switch (node->op) {
    case FEEL_AND:
    case FEEL_OR:
    case FEEL_NOT:
    case FEEL_EQ:
    case FEEL_NE:
    case FEEL_LT:
    case FEEL_LE:
    case FEEL_GT:
    case FEEL_GE:
    case FEEL_IN:
    case FEEL_BETWEEN:
    case FEEL_SOME:
    case FEEL_EVERY:
    case FEEL_INSTANCE_OF: return (struct feel_static){.type = FEEL_BOOL};
    case FEEL_ADD:
    case FEEL_SUBTRACT: return type_of_sum(node->kids[0], node->kids[1]);
    case FEEL_MULTIPLY:
    case FEEL_DIVIDE:
    case FEEL_POWER:
        return (struct feel_static){.type = type_of_all(node, 0).type == FEEL_NUMBER ? FEEL_NUMBER
                                                                                     : FEEL_UNKNOWN};
    case FEEL_NEGATE: return node->kids[0]->type;
    case FEEL_IF: return type_of_all(node, 1);
    case FEEL_MAKE_LIST: return feel_list_of(p, type_of_all(node, 0));
    case FEEL_FOR: return feel_list_of(p, node->kids[node->count - 1]->type);
    case FEEL_FILTER:
        return type_of(node->kids[1]) == FEEL_NUMBER ? feel_item_of(&node->kids[0]->type)
               : type_of(node->kids[0]) == FEEL_LIST ? node->kids[0]->type
                                                     : feel_list_of(p, node->kids[0]->type);
    case FEEL_MAKE_CONTEXT: return (struct feel_static){.type = FEEL_CONTEXT};
    case FEEL_MAKE_RANGE: return (struct feel_static){.type = FEEL_RANGE};
    default: return (struct feel_static){.type = FEEL_UNKNOWN};
    }
}

struct feel_node *feel_node_new(struct feel_parser *p, enum feel_op op, struct place at,
                                const struct feel_node *const *kids, size_t count) {
    struct feel_node *node = arena_new(p->arena, struct feel_node);
    node->op = op;
    node->at = at;
    node->kids = arena_array(p->arena, const struct feel_node *, count);
    node->count = count;
    node->slots = p->slots;
    node->height = 1;
    for (size_t i = 0; i < count; i++) {
        if (!kids[i])
            return NULL; /* said where it failed */
        node->kids[i] = kids[i];
        if (node->height <= kids[i]->height)
            node->height = kids[i]->height + 1;
    }
    if (node->height > FEEL_DEPTH_MAX && feel_too_deep(p, at))
        return NULL;
    node->type = type_of_node(p, node);
    return node;
}

struct feel_node *feel_literal(struct feel_parser *p, struct place at, struct feel_value v) {
    struct feel_node *node = feel_node_new(p, FEEL_LITERAL, at, NULL, 0);
    node->literal = v;
    node->type = (struct feel_static){.type = v.type};
    return node;
}

const struct feel_node *feel_fold(struct feel_parser *p, struct feel_node *node) {
    if (!node ||
        (node->op == FEEL_CALL && (!node->call || (node->call->how & FEEL_IMPURE) || node->wrong.len)))
        return node;
    for (size_t i = 0; i < node->count; i++)
        if (node->kids[i]->op != FEEL_LITERAL)
            return node;
    const struct feel_env env = {.arena = p->arena, .today = DATE_NONE};
    struct feel_value v = feel_eval(node, &env);
    if (v.type == FEEL_NULL || v.type > FEEL_TIME)
        return node;
    return feel_literal(p, node->at, v);
}

void feel_nodes_add(struct feel_parser *p, struct feel_nodes *nodes, const struct feel_node *node) {
    if (nodes->count == nodes->room) {
        size_t room = nodes->room ? nodes->room * 2 : 8, size = sizeof(struct feel_node *);
        nodes->items = arena_grow(p->arena, nodes->items, nodes->room * size, room * size,
                                  alignof(const struct feel_node *));
        nodes->room = room;
    }
    nodes->items[nodes->count++] = node;
}
