/* SPDX-License-Identifier: MIT */
/*
 * trace.h: what an expression over lists found in each of their items.
 *
 * `count(standing[scc])` is a number, and `every m in standing satisfies ...` a yes or no. Who has to defend them asks of
 * whom they are true, and why. A trace evaluates the expression once more and keeps what each filter, `some` and `every` in
 * it made of each item: counted, not counted, or not known. Lists that it reads by name are not gone into: a derived
 * list has a name of its own, and can be traced by that.
 *
 *     3 * count(standing[scc]) <= size                    one trace: of each standing school, whether it causes concern
 *     every m in standing satisfies not(m.objects) or (every o in standing satisfies o.faith = m.faith)
 *                                                         one trace, in whose items lie those of the inner `every`
 */
#ifndef SIGNPOST_POLICY_TRACE_H
#define SIGNPOST_POLICY_TRACE_H

#include "policy/state.h"

struct trace;

/* One asking. */
struct trace_item {
    const struct subject **subjects; /* one for each variable; NULL where an item is no record */
    size_t count;
    enum truth truth;          /* of the condition */
    bool possible;             /* the item itself may not be in the list */
    const struct trace *inner; /* what was asked to answer it */
    size_t inner_count;
};

struct trace {
    const struct feel_node *node; /* FEEL_FILTER, FEEL_SOME or FEEL_EVERY */
    const struct trace_item *items;
    size_t count;
};

/* The traces of an expression, in the order in which it is evaluated; gives their number. */
size_t trace_expression(struct state *state, const struct feel_node *node, struct arena *arena,
                        const struct trace **out);

/* The filter whose items an expression counts, where that is all it does: `count(list[condition])`; else NULL. */
const struct feel_node *trace_counted(const struct feel_node *node);

/* The variables of its `subject` (or of the base of that) that a trace's condition asks for of its variable at `index`,
 * each once; gives their number, at most TRACE_FIELDS_MAX. What the conditions of inner traces ask for belongs to it too,
 * where they ask it of the same item. */
#define TRACE_FIELDS_MAX 16
struct trace_field {
    const struct subject *subject; /* whose it is: the item or its base */
    const struct variable *variable;
};
size_t trace_fields(const struct trace *trace, size_t index, const struct subject *subject,
                    struct trace_field out[TRACE_FIELDS_MAX]);

#endif
