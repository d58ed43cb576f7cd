/* SPDX-License-Identifier: MIT */
/*
 * feel_eval.c: a tree into a value.
 *
 * A walk over the tree with one function an operator. Variables of the expression are in slots that the parser numbered, so
 * that nothing is looked up by name but what the caller knows. Steps are counted: loops within loops over long lists would
 * else take forever, and an expression comes from a page that anybody may propose.
 */
#include "policy/feel_priv.h"

static struct feel_value eval(struct feel_run *run, const struct feel_node *node);

static bool out_of_steps(const struct feel_run *run) {
    return run->steps >= FEEL_STEPS_MAX;
}

/* What walks through a whole value takes as many steps. */
static void charge(struct feel_run *run, struct feel_value v) {
    run->steps += feel_weight(v);
}

/* A value that was made, unless there is too much in it. */
static struct feel_value made(struct feel_run *run, struct feel_value v) {
    charge(run, v);
    return feel_weight(v) > FEEL_ITEMS_MAX ? feel_unknown() : v;
}

/* ---- paths ---- */

static struct feel_value whole(int64_t n) {
    return feel_number(decimal_whole(n));
}

static bool date_property(int64_t days, struct str name, struct feel_value *out) {
    struct feel_date_parts parts = feel_date_parts(days);
    if (str_eq(name, STR("year")))
        *out = whole(parts.year);
    else if (str_eq(name, STR("month")))
        *out = whole(parts.month);
    else if (str_eq(name, STR("day")))
        *out = whole(parts.day);
    else if (str_eq(name, STR("weekday"))) /* Monday is 1 */
        *out = whole(((days + 3) % 7 + 7) % 7 + 1);
    else
        return false;
    return true;
}

static bool months_property(int64_t months, struct str name, struct feel_value *out) {
    if (str_eq(name, STR("years")))
        *out = whole(months / 12);
    else if (str_eq(name, STR("months")))
        *out = whole(months % 12);
    else
        return false;
    return true;
}

static bool time_property(struct decimal number, struct str name, struct feel_value *out) {
    int64_t seconds = feel_seconds(number);
    struct decimal rest;
    if (str_eq(name, STR("days")))
        *out = whole(seconds / 86400);
    else if (str_eq(name, STR("hours")))
        *out = whole(seconds / 3600 % 24);
    else if (str_eq(name, STR("minutes")))
        *out = whole(seconds / 60 % 60);
    else if (str_eq(name, STR("seconds")) &&
             decimal_subtract(number, decimal_whole(seconds - seconds % 60), &rest))
        *out = feel_number(rest);
    else
        return false;
    return true;
}

/* What is written as a test has the one bound that it names. */
static bool range_property(const struct feel_range *range, struct str name, struct feel_value *out) {
    bool within = range->test == FEEL_TEST_WITHIN, equal = range->test == FEEL_TEST_EQ;
    bool above = equal || range->test == FEEL_TEST_GT || range->test == FEEL_TEST_GE;
    bool below = equal || range->test == FEEL_TEST_LT || range->test == FEEL_TEST_LE;
    if (str_eq(name, STR("start")))
        *out = within || above ? range->from : feel_null();
    else if (str_eq(name, STR("end")))
        *out = within ? range->to : below ? range->from : feel_null();
    else if (str_eq(name, STR("start included")))
        *out = feel_bool(within ? range->from_included : equal || range->test == FEEL_TEST_GE);
    else if (str_eq(name, STR("end included")))
        *out = feel_bool(within ? range->to_included : equal || range->test == FEEL_TEST_LE);
    else
        return false;
    return true;
}

bool feel_property(struct feel_value of, struct str name, struct feel_value *out) {
    const struct feel_value *entry;
    switch (of.type) {
    case FEEL_DATE: return date_property(of.days, name, out);
    case FEEL_MONTHS: return months_property(of.months, name, out);
    case FEEL_TIME: return time_property(of.number, name, out);
    case FEEL_RANGE: return range_property(of.range, name, out);
    case FEEL_CONTEXT:
        entry = feel_context_get(of.context, name);
        if (entry)
            *out = *entry;
        return entry;
    default: return false;
    }
}

static struct feel_value field(struct feel_run *run, struct feel_value of, const struct feel_node *node) {
    struct feel_value v = feel_null();
    if (of.type == FEEL_UNKNOWN)
        return feel_unknown();
    if (of.type != FEEL_RECORD)
        return feel_property(of, node->name, &v) ? v : feel_null();
    const struct feel_record_class *class = of.record.class;
    bool known = class->get(run->env->context, class, of.record.object, node->name, node->bound, &v);
    return known || v.type == FEEL_UNKNOWN ? v : feel_unknown(); /* with bounds, where it has any */
}

static struct feel_value eval_path(struct feel_run *run, const struct feel_node *node) {
    struct feel_value of = eval(run, node->kids[0]);
    if (of.type != FEEL_LIST)
        return field(run, of, node);
    struct feel_making making = {.arena = run->arena};
    for (size_t i = 0; i < of.list->count; i++)
        if (!feel_making_add(&making, field(run, of.list->items[i], node), feel_is_possible(of.list, i)))
            return feel_unknown();
    return made(run, feel_making_done(&making));
}

static struct feel_value eval_shadowed(struct feel_run *run, const struct feel_node *node) {
    struct feel_value item = run->slots[node->kids[0]->kids[0]->slot];
    bool has = item.type == FEEL_CONTEXT && feel_context_get(item.context, node->kids[0]->name);
    return eval(run, node->kids[has || item.type == FEEL_RECORD ? 0 : 1]);
}

/* ---- who watches ---- */

/* Says what the condition in the last kid came to of what is in the node's slots. */
static void watched(struct feel_run *run, const struct feel_node *node, bool possible,
                    struct feel_value answer) {
    const struct feel_watch *watch = run->env->watch;
    struct feel_asked asked = {node, &run->slots[node->slot], node->count - 1, possible, answer};
    if (watch)
        watch->asked(watch->context, &asked);
}

/* ---- filters ---- */

/* Any other value is a list of itself; null is null, for nothing is known to be in it. */
static struct feel_value as_list(struct feel_run *run, struct feel_value v) {
    if (v.type == FEEL_LIST || v.type == FEEL_NULL || v.type == FEEL_UNKNOWN)
        return v;
    struct feel_value *item = arena_new(run->arena, struct feel_value);
    *item = v;
    return feel_list(run->arena, item, 1);
}

static struct feel_value item_at(const struct feel_list *list, struct feel_value index) {
    int64_t n;
    if (!decimal_is_whole(index.number) || !decimal_to_int64(index.number, &n) || n == 0)
        return feel_null();
    int64_t count = (int64_t)list->count;
    if (n > count || n < -count)
        return feel_null();
    if (list->sure < list->count)
        return feel_unknown();
    return list->items[n > 0 ? n - 1 : count + n];
}

/* What a filter is over nothing: an index finds nothing, a condition leaves an empty list. */
static struct feel_value filter_nothing(struct feel_run *run, const struct feel_node *node) {
    run->slots[node->slot] = feel_null();
    struct feel_value v = eval(run, node->kids[1]);
    return v.type == FEEL_NUMBER ? feel_null() : feel_list(run->arena, NULL, 0);
}

static struct feel_value eval_filter(struct feel_run *run, const struct feel_node *node) {
    struct feel_value list = as_list(run, eval(run, node->kids[0]));
    if (list.type == FEEL_UNKNOWN)
        return feel_unknown();
    if (list.type == FEEL_NULL || !list.list->count)
        return filter_nothing(run, node);
    struct feel_making making = {.arena = run->arena};
    for (size_t i = 0; i < list.list->count; i++) {
        run->slots[node->slot] = list.list->items[i];
        struct feel_value keep = eval(run, node->kids[1]);
        if (keep.type == FEEL_NUMBER)
            return item_at(list.list, keep);
        if (keep.type == FEEL_UNKNOWN && (keep.unknown.bounded || node->kids[1]->type.type == FEEL_NUMBER))
            return feel_unknown(); /* an index */
        bool possible = keep.type == FEEL_UNKNOWN || feel_is_possible(list.list, i);
        watched(run, node, feel_is_possible(list.list, i), keep);
        if (keep.type == FEEL_UNKNOWN || feel_is_true(keep))
            if (!feel_making_add(&making, list.list->items[i], possible))
                return feel_unknown();
    }
    return feel_making_done(&making);
}

/* ---- some, every, for ---- */

/* The items that a variable goes through: of a list, or the whole numbers of a range, in either direction. */
static struct feel_value eval_domain(struct feel_run *run, const struct feel_node *node) {
    struct feel_value v = eval(run, node);
    int64_t from, to;
    if (v.type != FEEL_RANGE || v.range->test != FEEL_TEST_WITHIN)
        return as_list(run, v);
    if (v.range->from.type == FEEL_UNKNOWN || v.range->to.type == FEEL_UNKNOWN)
        return feel_unknown();
    if (v.range->from.type != FEEL_NUMBER || v.range->to.type != FEEL_NUMBER ||
        !decimal_to_int64(v.range->from.number, &from) || !decimal_to_int64(v.range->to.number, &to))
        return feel_null();
    int64_t step = from <= to ? 1 : -1, span = from <= to ? to - from : from - to;
    if (span < 0 || span > FEEL_ITEMS_MAX)
        return feel_unknown();
    struct feel_making making = {.arena = run->arena};
    for (int64_t i = v.range->from_included ? 0 : 1; i <= span - !v.range->to_included; i++)
        feel_making_add(&making, whole(from + i * step), false);
    return made(run, feel_making_done(&making));
}

/* One going through of all combinations, with what is gathered on the way. */
struct loop {
    struct feel_run *run;
    const struct feel_node *node;
    struct feel_value so_far;   /* of some and every */
    struct feel_making *making; /* of for */
};

static struct feel_value loop_quantified(struct loop *loop, bool possible) {
    bool some = loop->node->op == FEEL_SOME;
    struct feel_value v = eval(loop->run, loop->node->kids[loop->node->count - 1]);
    watched(loop->run, loop->node, possible, v);
    if (possible && v.type != FEEL_UNKNOWN) /* the item may not be there, and then decides nothing */
        v = v.type == FEEL_BOOL && v.truth != some ? v : feel_unknown();
    return some ? feel_or(loop->so_far, v) : feel_and(loop->so_far, v);
}

/* False: there is no need to go on. */
static bool loop_step(struct loop *loop, bool possible) {
    if (loop->node->op == FEEL_FOR) {
        size_t last = loop->node->count - 1;
        loop->run->slots[loop->node->slot + last] = feel_making_done(loop->making);
        return feel_making_add(loop->making, eval(loop->run, loop->node->kids[last]), possible);
    }
    loop->so_far = loop_quantified(loop, possible);
    bool settled = loop->so_far.type == FEEL_BOOL && loop->so_far.truth == (loop->node->op == FEEL_SOME);
    return !settled || loop->run->env->watch;
}

/* Goes through variable `depth` and those after it; later domains may depend on earlier variables. */
static bool loop_over(struct loop *loop, size_t depth, bool possible) {
    if (depth == loop->node->count - 1)
        return loop_step(loop, possible);
    struct feel_value domain = eval_domain(loop->run, loop->node->kids[depth]);
    if (domain.type != FEEL_LIST) {
        loop->so_far = domain.type == FEEL_UNKNOWN ? feel_unknown() : feel_null();
        loop->making = NULL;
        return false;
    }
    for (size_t i = 0; i < domain.list->count; i++) {
        loop->run->slots[loop->node->slot + depth] = domain.list->items[i];
        if (!loop_over(loop, depth + 1, possible || feel_is_possible(domain.list, i)))
            return false;
    }
    return true;
}

static struct feel_value eval_loop(struct feel_run *run, const struct feel_node *node) {
    struct feel_making making = {.arena = run->arena};
    struct loop loop = {run, node, feel_bool(node->op == FEEL_EVERY), &making};
    bool whole_way = loop_over(&loop, 0, false);
    if (node->op != FEEL_FOR || !loop.making)
        return loop.so_far;
    return whole_way ? made(run, feel_making_done(&making)) : feel_unknown();
}

/* ---- the other operators ---- */

static struct feel_value eval_and(struct feel_run *run, const struct feel_node *node) {
    struct feel_value left = eval(run, node->kids[0]);
    if (left.type == FEEL_BOOL && !left.truth)
        return left;
    return feel_and(left, eval(run, node->kids[1]));
}

static struct feel_value eval_or(struct feel_run *run, const struct feel_node *node) {
    struct feel_value left = eval(run, node->kids[0]);
    return feel_is_true(left) ? left : feel_or(left, eval(run, node->kids[1]));
}

static struct feel_value eval_if(struct feel_run *run, const struct feel_node *node) {
    struct feel_value condition = eval(run, node->kids[0]);
    if (condition.type == FEEL_UNKNOWN) {
        struct feel_value then = eval(run, node->kids[1]), otherwise = eval(run, node->kids[2]);
        charge(run, then);
        return feel_either(then, otherwise);
    }
    return eval(run, node->kids[feel_is_true(condition) ? 1 : 2]);
}

static struct feel_value eval_comparison(struct feel_run *run, const struct feel_node *node) {
    struct feel_value left = eval(run, node->kids[0]), right = eval(run, node->kids[1]);
    charge(run, left);
    switch (node->op) {
    case FEEL_EQ: return feel_equal(left, right);
    case FEEL_NE: return feel_not(feel_equal(left, right));
    case FEEL_LT: return feel_order(FEEL_TEST_LT, left, right);
    case FEEL_LE: return feel_order(FEEL_TEST_LE, left, right);
    case FEEL_GT: return feel_order(FEEL_TEST_GT, left, right);
    default: return feel_order(FEEL_TEST_GE, left, right);
    }
}

static struct feel_value eval_in(struct feel_run *run, const struct feel_node *node) {
    struct feel_value value = eval(run, node->kids[0]), result = feel_bool(false);
    for (size_t i = 1; i < node->count && !feel_is_true(result); i++) {
        struct feel_value test = eval(run, node->kids[i]);
        charge(run, test);
        result = feel_or(result, feel_in(value, test));
    }
    return result;
}

static struct feel_value eval_between(struct feel_run *run, const struct feel_node *node) {
    struct feel_range range = {.from_included = true, .to_included = true};
    struct feel_value value = eval(run, node->kids[0]);
    range.from = eval(run, node->kids[1]);
    range.to = eval(run, node->kids[2]);
    return feel_within(value, &range);
}

static struct feel_value eval_call(struct feel_run *run, const struct feel_node *node) {
    struct feel_value few[FEEL_PARAMETERS_MAX], *args = few;
    if (node->wrong.len)
        return feel_null();
    if (node->count > FEEL_PARAMETERS_MAX)
        args = arena_array(run->arena, struct feel_value, node->count);
    for (size_t i = 0; i < node->count; i++) {
        args[i] = eval(run, node->kids[i]);
        charge(run, args[i]);
    }
    if (out_of_steps(run))
        return feel_unknown();
    return made(run, feel_call(run, node->call, args, node->count));
}

static struct feel_value eval_list(struct feel_run *run, const struct feel_node *node) {
    struct feel_value *items = arena_array(run->arena, struct feel_value, node->count);
    for (size_t i = 0; i < node->count; i++)
        items[i] = eval(run, node->kids[i]);
    return made(run, feel_list(run->arena, items, node->count));
}

static struct feel_value eval_context(struct feel_run *run, const struct feel_node *node) {
    if (node->wrong.len)
        return feel_null();
    struct feel_entry *entries = arena_array(run->arena, struct feel_entry, node->count);
    for (size_t i = 0; i < node->count; i++) {
        entries[i] = (struct feel_entry){node->keys[i], eval(run, node->kids[i])};
        run->slots[node->slot + i] = entries[i].value;
    }
    return made(run, feel_context(run->arena, entries, node->count));
}

static struct feel_value eval_range(struct feel_run *run, const struct feel_node *node) {
    struct feel_range *range = arena_new(run->arena, struct feel_range);
    range->test = node->test;
    range->from_included = node->from_included;
    range->to_included = node->to_included;
    range->from = eval(run, node->kids[0]);
    if (node->count > 1)
        range->to = eval(run, node->kids[1]);
    if (range->from.type == FEEL_RANGE || range->to.type == FEEL_RANGE)
        return feel_null();
    return (struct feel_value){.type = FEEL_RANGE, .range = range};
}

static struct feel_value eval_instance(struct feel_run *run, const struct feel_node *node) {
    static const struct {
        const char *name;
        enum feel_type type;
    } names[] = {
        {"number", FEEL_NUMBER},
        {"string", FEEL_TEXT},
        {"boolean", FEEL_BOOL},
        {"date", FEEL_DATE},
        {"list", FEEL_LIST},
        {"context", FEEL_CONTEXT},
        {"range", FEEL_RANGE},
        {"years and months duration", FEEL_MONTHS},
        {"days and time duration", FEEL_TIME},
        {"Null", FEEL_NULL},
    };
    struct feel_value v = eval(run, node->kids[0]);
    if (v.type == FEEL_UNKNOWN)
        return v;
    if (str_eq(node->name, STR("Any")))
        return feel_bool(v.type != FEEL_NULL);
    enum feel_type type = v.type == FEEL_RECORD ? FEEL_CONTEXT : v.type;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_eq(node->name, str_from(names[i].name)))
            return feel_bool(type == names[i].type);
    return feel_null();
}

static struct feel_value eval_name(struct feel_run *run, const struct feel_node *node) {
    struct feel_value v = feel_null();
    bool known = run->env->name && run->env->name(run->env->context, node, &v);
    return known || v.type == FEEL_UNKNOWN ? v : feel_unknown(); /* with bounds, where it has any */
}

static struct feel_value eval(struct feel_run *run, const struct feel_node *node) {
    if (out_of_steps(run))
        return feel_unknown();
    run->steps++;
    switch (node->op) {
    case FEEL_LITERAL: return node->literal;
    case FEEL_NAME: return eval_name(run, node);
    case FEEL_VARIABLE: return run->slots[node->slot];
    case FEEL_PATH: return eval_path(run, node);
    case FEEL_SHADOWED: return eval_shadowed(run, node);
    case FEEL_AND: return eval_and(run, node);
    case FEEL_OR: return eval_or(run, node);
    case FEEL_NOT: return feel_not(eval(run, node->kids[0]));
    case FEEL_EQ:
    case FEEL_NE:
    case FEEL_LT:
    case FEEL_LE:
    case FEEL_GT:
    case FEEL_GE: return eval_comparison(run, node);
    case FEEL_IN: return eval_in(run, node);
    case FEEL_BETWEEN: return eval_between(run, node);
    case FEEL_IF: return eval_if(run, node);
    case FEEL_ADD:
    case FEEL_SUBTRACT:
    case FEEL_MULTIPLY:
    case FEEL_DIVIDE:
    case FEEL_POWER: {
        struct feel_value left = eval(run, node->kids[0]), right = eval(run, node->kids[1]);
        return made(run, feel_arithmetic(run->arena, node->op, left, right));
    }
    case FEEL_NEGATE: return feel_negate(eval(run, node->kids[0]));
    case FEEL_CALL: return eval_call(run, node);
    case FEEL_FILTER: return eval_filter(run, node);
    case FEEL_SOME:
    case FEEL_EVERY:
    case FEEL_FOR: return eval_loop(run, node);
    case FEEL_MAKE_LIST: return eval_list(run, node);
    case FEEL_MAKE_CONTEXT: return eval_context(run, node);
    case FEEL_MAKE_RANGE: return eval_range(run, node);
    case FEEL_INSTANCE_OF: return eval_instance(run, node);
    }
    return feel_null();
}

struct feel_value feel_eval_with(const struct feel_node *node, const struct feel_env *env,
                                 struct feel_value *slots) {
    struct feel_run run = {.env = env, .arena = env->arena, .slots = slots};
    struct feel_value v = eval(&run, node);
    return out_of_steps(&run) ? feel_unknown() : v;
}

struct feel_value feel_eval(const struct feel_node *node, const struct feel_env *env) {
    return feel_eval_with(node, env, arena_array(env->arena, struct feel_value, node->slots));
}
