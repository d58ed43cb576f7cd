/* SPDX-License-Identifier: MIT */
/*
 * feel_arguments.c: which function a call means, and its arguments in the order of the parameters.
 *
 * Functions of one name differ by the number and the names of their arguments; what fits none of them is null, as DMN has
 * it, and feel_check says what would fit.
 */
#include "policy/feel_parse.h"

static bool has_name(const char *names, struct str name) {
    struct str rest = str_from(names), part;
    while (str_cut(&rest, '|', &part))
        if (str_eq(part, name))
            return true;
    return false;
}

/* Puts named arguments into the order of the parameters; false where one has no place. */
static bool order_arguments(struct feel_parser *p, const struct feel_builtin *b,
                            const struct feel_arguments *given, struct feel_nodes *out) {
    const struct feel_node *ordered[FEEL_PARAMETERS_MAX] = {0};
    size_t parameters = feel_parameter_count(b), last = 0;
    for (size_t i = 0; i < given->nodes.count; i++) {
        size_t at = 0;
        while (at < parameters && (ordered[at] || !has_name(b->parameters[at].name, given->names[i])))
            at++;
        if (at == parameters)
            return false;
        ordered[at] = given->nodes.items[i];
        last = at > last ? at : last;
    }
    for (size_t i = 0; i < parameters; i++) {
        if (!ordered[i] && !b->parameters[i].optional)
            return false;
        if (i <= last)
            feel_nodes_add(p, out,
                           ordered[i] ? ordered[i] : feel_literal(p, given->nodes.items[0]->at, feel_null()));
    }
    return true;
}

/* Whether the arguments fit the function by their number and names, and then in which order. */
static bool fits(struct feel_parser *p, const struct feel_builtin *b, const struct feel_arguments *given,
                 struct feel_nodes *out) {
    size_t most = feel_parameter_count(b), least = 0, count = given->nodes.count;
    while (least < most && !b->parameters[least].optional)
        least++;
    *out = (struct feel_nodes){0};
    if (given->named)
        return !given->extra && order_arguments(p, b, given, out);
    if (count < least || (count > most && !(b->how & (FEEL_REPEATS | FEEL_SPREAD))))
        return false;
    *out = given->nodes;
    return true;
}

static struct str describe(struct feel_parser *p, const struct feel_builtin *first) {
    struct buf out = {.arena = p->arena};
    buf_printf(&out, "write ");
    for (const struct feel_builtin *b = first; b < feel_builtins + feel_builtin_count; b++) {
        if (strcmp(b->name, first->name) != 0)
            break;
        buf_printf(&out, "%s%s(", b == first ? "" : " or ", b->name);
        for (size_t i = 0; i < feel_parameter_count(b); i++) {
            struct str rest = str_from(b->parameters[i].name), part = {0};
            str_cut(&rest, '|', &part);
            buf_printf(&out, b->parameters[i].optional ? "%s[" STR_FMT "]" : "%s" STR_FMT, i ? ", " : "",
                       STR_ARG(part));
        }
        buf_lit(&out, ")");
    }
    return buf_str(&out);
}

const struct feel_node *feel_make_call(struct feel_parser *p, const struct feel_builtin *first,
                                       struct place at, const struct feel_arguments *given) {
    struct feel_nodes arguments = {0};
    const struct feel_builtin *b = first;
    while (b < feel_builtins + feel_builtin_count && strcmp(b->name, first->name) == 0 &&
           !fits(p, b, given, &arguments))
        b++;
    bool found = b < feel_builtins + feel_builtin_count && strcmp(b->name, first->name) == 0;
    if (found && b->function == feel_fn_not)
        return feel_node_new(p, FEEL_NOT, at, arguments.items, 1);
    if (found && (b->how & FEEL_SPREAD) && arguments.count > 1) {
        const struct feel_node *list = feel_node_new(p, FEEL_MAKE_LIST, at, arguments.items, arguments.count);
        arguments = (struct feel_nodes){0};
        feel_nodes_add(p, &arguments, list);
    }
    if (!found)
        arguments = given->nodes;
    struct feel_node *node = feel_node_new(p, FEEL_CALL, at, arguments.items, arguments.count);
    if (!node)
        return NULL;
    node->name = str_from(first->name);
    node->call = found ? b : first;
    node->wrong = found ? (struct str){0} : describe(p, first);
    node->type = (struct feel_static){.type = b == first || found ? node->call->gives : FEEL_UNKNOWN};
    return feel_fold(p, node);
}
