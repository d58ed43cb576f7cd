/* SPDX-License-Identifier: MIT */
/* expression.c: FEEL over the variables of a policy, as conditions. */
#include "policy/expression.h"

#include "policy/condition.h"
#include "policy/state.h"

struct reader {
    struct policy *policy;
    const struct policy_kind *kind;
    const struct variable *column; /* what ? names, or NULL */
};

/* ---- names ---- */

static bool scale_has(const void *object, struct str id) {
    const struct scale *scale = object;
    for (size_t i = 0; i < scale->count; i++)
        if (str_eq(scale->values[i].id, id))
            return true;
    return false;
}

static struct str scale_near(const void *object, struct str id) {
    const struct scale *scale = object;
    struct str ids[VOCABULARY_VALUES_MAX];
    size_t n = 0;
    for (; n < scale->count && n < VOCABULARY_VALUES_MAX; n++)
        ids[n] = scale->values[n].id;
    return str_nearest(id, ids, n);
}

/* One for each scale, so that two scales are the same if their pointers are. */
static const struct feel_scale *scale_seen(struct policy *policy, const struct scale *scale) {
    policy->feel_scales.arena = policy->arena;
    struct feel_scale *seen = map_get(&policy->feel_scales, scale->id);
    if (!seen) {
        seen = arena_new(policy->arena, struct feel_scale);
        *seen = (struct feel_scale){scale->id, scale_has, scale_near, scale};
        map_add(&policy->feel_scales, scale->id, seen, NULL);
    }
    return seen;
}

static enum feel_type fact_feel_type(enum fact_type type, enum variable_line line) {
    switch (type) {
    case FACT_YES_NO:
    case FACT_SET: return FEEL_BOOL; /* of one item */
    case FACT_SCALE:
    case FACT_TEXT: return FEEL_TEXT;
    case FACT_NUMBER:
    case FACT_WHOLE: return FEEL_NUMBER;
    case FACT_DATE: return FEEL_DATE;
    case FACT_DURATION: return line == LINE_DAYS ? FEEL_TIME : FEEL_MONTHS;
    case FACT_DATES:
    case FACT_LIST:
    case FACT_SCHOOLS: return FEEL_LIST;
    }
    return FEEL_UNKNOWN;
}

/* The kind whose records a list of that fact holds: its members where the vocabulary has facts of members. */
static const struct policy_kind *item_kind(const struct policy *policy, const struct fact *fact) {
    const struct policy_kind *member = policy_kind(policy, STR("member"));
    return fact->type == FACT_SCHOOLS ? (member ? member : policy_kind(policy, POLICY_SUBJECT)) : NULL;
}

/* A kind without facts has no class: its fields are looked up when there are records. */
static struct feel_static list_of(struct policy *policy, const struct policy_kind *kind) {
    struct feel_static *item = arena_new(policy->arena, struct feel_static);
    *item = (struct feel_static){.type = FEEL_RECORD, .record = kind ? kind->class : NULL};
    return (struct feel_static){.type = FEEL_LIST, .item = item};
}

static const struct feel_static text_item = {.type = FEEL_TEXT};
static const struct feel_static date_item = {.type = FEEL_DATE};

struct feel_static expression_type(struct policy *policy, const struct variable *v) {
    if (v->output) {
        const struct output *o = v->output;
        if (o->type == OUTPUT_YES_NO)
            return (struct feel_static){.type = FEEL_BOOL};
        if (o->type == OUTPUT_NUMBER)
            return (struct feel_static){.type = FEEL_NUMBER};
        return (struct feel_static){.type = FEEL_TEXT,
                                    .scale = o->scale ? scale_seen(policy, o->scale) : NULL};
    }
    if (!v->fact)
        return (struct feel_static){.type = FEEL_BOOL};
    enum fact_type type = v->fact->type;
    if (type == FACT_SCHOOLS)
        return list_of(policy, item_kind(policy, v->fact));
    if (type == FACT_LIST || type == FACT_DATES)
        return (struct feel_static){.type = FEEL_LIST, .item = type == FACT_DATES ? &date_item : &text_item};
    return (struct feel_static){.type = fact_feel_type(type, v->line),
                                .scale = v->fact->scale ? scale_seen(policy, v->fact->scale) : NULL};
}

static bool kind_name(struct policy *policy, const struct policy_kind *kind, struct str name,
                      struct feel_name *out) {
    const struct variable *v = kind ? map_get(&kind->by_id, name) : NULL;
    if (!v)
        return false;
    *out = (struct feel_name){expression_type(policy, v), v};
    return true;
}

/* "schools" names the list of all records of the kind "school". */
static bool plural_name(struct policy *policy, struct str name, struct feel_name *out) {
    if (!str_ends(name, STR("s")))
        return false;
    const struct policy_kind *kind = policy_kind(policy, str_sub(name, 0, name.len - 1));
    if (!kind)
        return false;
    *out = (struct feel_name){list_of(policy, kind), kind};
    return true;
}

/* Of a member: its group. Of a pair: its two sides. */
static bool side_name(struct policy *policy, const struct policy_kind *kind, struct str name,
                      struct feel_name *out) {
    bool pair = str_eq(kind->id, STR("pair")), side = str_eq(name, STR("a")) || str_eq(name, STR("b"));
    bool group = str_eq(kind->id, STR("member")) && str_eq(name, STR("group"));
    const struct policy_kind *of = policy_kind(policy, group ? STR("partnership") : POLICY_SUBJECT);
    if (!(pair && side) && !group)
        return false;
    *out = (struct feel_name){{.type = FEEL_RECORD, .record = of ? of->class : NULL}, NULL};
    return true;
}

static bool reader_find(void *context, struct str name, struct feel_name *out) {
    const struct reader *r = context;
    if (r->column && str_eq(name, STR("?"))) {
        *out = (struct feel_name){expression_type(r->policy, r->column), r->column};
        return true;
    }
    if (kind_name(r->policy, r->kind, name, out))
        return true;
    if (str_eq(name, STR("id"))) {
        *out = (struct feel_name){{.type = FEEL_TEXT}, NULL};
        return true;
    }
    return side_name(r->policy, r->kind, name, out) || plural_name(r->policy, name, out) ||
           (str_eq(r->kind->id, STR("member")) &&
            kind_name(r->policy, policy_kind(r->policy, POLICY_SUBJECT), name, out));
}

static struct str kind_nearest(const struct policy_kind *kind, struct str name) {
    struct arena scratch = {0};
    struct str *ids = arena_array(&scratch, struct str, kind->by_id.count);
    for (size_t i = 0; i < kind->by_id.count; i++)
        ids[i] = kind->by_id.items[i].key;
    struct str near = str_nearest(name, ids, kind->by_id.count);
    arena_release(&scratch);
    return near;
}

static struct str reader_nearest(void *context, struct str name) {
    const struct reader *r = context;
    return kind_nearest(r->kind, name);
}

/* ---- records ---- */

/* What the class of a kind keeps in `kind`: the policy too, since a member has its school's facts as well. */
struct record_kind {
    struct policy *policy;
    const struct policy_kind *kind;
};

static bool class_find(const struct feel_record_class *class, struct str field, struct feel_name *out) {
    const struct record_kind *of = class->kind;
    struct reader r = {of->policy, of->kind, NULL};
    return reader_find(&r, field, out);
}

static struct str class_nearest(const struct feel_record_class *class, struct str field) {
    const struct record_kind *of = class->kind;
    return kind_nearest(of->kind, field);
}

const struct feel_record_class *expression_class_new(struct policy *policy, const struct policy_kind *kind) {
    struct feel_record_class *class = arena_new(policy->arena, struct feel_record_class);
    struct record_kind *of = arena_new(policy->arena, struct record_kind);
    *of = (struct record_kind){policy, kind};
    *class = (struct feel_record_class){kind->id, class_find, class_nearest, state_record_get, of};
    return class;
}

/* ---- what an expression reads ---- */

struct reads {
    const struct variable **items;
    size_t count, room;
    struct arena *arena;
};

static void reads_add(struct reads *reads, const struct variable *v) {
    for (size_t i = 0; i < reads->count; i++)
        if (reads->items[i] == v)
            return;
    if (reads->count == reads->room) {
        size_t room = reads->room ? 2 * reads->room : 4;
        reads->items = arena_grow(reads->arena, reads->items, reads->count * sizeof(struct variable *),
                                  room * sizeof(struct variable *), alignof(struct variable *));
        reads->room = room;
    }
    reads->items[reads->count++] = v;
}

static void reads_collect(struct reads *reads, const struct policy_kind *kind, const struct feel_node *n) {
    if (n->op == FEEL_NAME && n->bound && map_get(&kind->by_id, n->name) == n->bound)
        reads_add(reads, n->bound);
    for (size_t i = 0; i < n->count; i++)
        reads_collect(reads, kind, n->kids[i]);
}

/* ---- expressions as conditions ---- */

/* The variable that a node names, or NULL. */
static const struct variable *named(const struct reader *r, const struct feel_node *n) {
    if (n->op != FEEL_NAME || !n->bound)
        return NULL;
    if (r->column && n->bound == r->column)
        return r->column;
    return map_get(&r->kind->by_id, n->name) == n->bound ? n->bound : NULL;
}

/* A constant as a number on the variable's line. */
static bool line_number(const struct variable *v, struct feel_value c, struct decimal *out) {
    switch (v->line) {
    case LINE_NUMBER: *out = c.number; return c.type == FEEL_NUMBER;
    case LINE_DATE: *out = decimal_whole(c.days); return c.type == FEEL_DATE;
    case LINE_MONTHS: *out = decimal_whole(c.months); return c.type == FEEL_MONTHS;
    case LINE_DAYS: *out = c.number; return c.type == FEEL_TIME;
    default: return false;
    }
}

/* The values of a variable that equal a constant; false where that is no test of bits. */
static bool equal_mask(const struct variable *v, struct feel_value c, values *out) {
    *out = 0;
    if (c.type == FEEL_NULL) {
        *out = VALUES_IMPROPER & v->all;
        return true;
    }
    const struct scale *scale = v->output ? v->output->scale : v->fact ? v->fact->scale : NULL;
    bool yes_no = v->line == LINE_NONE && !scale && expression_is_yes_no(v);
    if (c.type == FEEL_BOOL && yes_no) {
        *out = c.truth ? VALUES_YES : VALUES_NO;
        return true;
    }
    for (size_t i = 0; scale && c.type == FEEL_TEXT && i < scale->count; i++)
        if (str_eq(scale->values[i].id, c.text)) {
            *out = VALUE_BIT(i);
            return true;
        }
    return false;
}

bool expression_is_yes_no(const struct variable *v) {
    if (v->output)
        return v->output->type == OUTPUT_YES_NO;
    return !v->fact || v->fact->type == FACT_YES_NO || v->fact->type == FACT_SET;
}

static const struct {
    enum feel_op op;
    enum feel_op mirrored;
    bool low, high; /* the interval has a low end, a high end at the constant */
    bool open;
} comparisons[] = {
    {FEEL_EQ, FEEL_EQ, true, true, false}, {FEEL_NE, FEEL_NE, true, true, false},
    {FEEL_LT, FEEL_GT, false, true, true}, {FEEL_LE, FEEL_GE, false, true, false},
    {FEEL_GT, FEEL_LT, true, false, true}, {FEEL_GE, FEEL_LE, true, false, false},
};

static struct condition *line_comparison(const struct reader *r, const struct variable *v, enum feel_op op,
                                         struct decimal at, bool wanted) {
    for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
        if (comparisons[i].op != op)
            continue;
        struct interval interval = {.low = at,
                                    .high = at,
                                    .from_infinity = !comparisons[i].low,
                                    .to_infinity = !comparisons[i].high,
                                    .low_open = comparisons[i].open,
                                    .high_open = comparisons[i].open};
        bool outside = (op == FEEL_NE) == wanted;
        bool equality = op == FEEL_EQ || op == FEEL_NE;
        /* null = 5 is false, null < 5 is null */
        return condition_line(r->policy, v, &interval, 1, outside,
                              equality && outside ? VALUES_IMPROPER & v->all : 0);
    }
    return NULL;
}

/* `variable op constant`, or NULL where it is none. */
static struct condition *comparison(const struct reader *r, const struct feel_node *n, bool wanted) {
    const struct variable *v = named(r, n->kids[0]);
    const struct feel_node *constant = n->kids[1];
    enum feel_op op = n->op;
    if (!v) {
        v = named(r, n->kids[1]);
        constant = n->kids[0];
        for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++)
            if (comparisons[i].op == n->op)
                op = comparisons[i].mirrored;
    }
    if (!v || constant->op != FEEL_LITERAL)
        return NULL;
    struct decimal at;
    if (line_number(v, constant->literal, &at))
        return line_comparison(r, v, op, at, wanted);
    values mask;
    if ((op != FEEL_EQ && op != FEEL_NE) || !equal_mask(v, constant->literal, &mask))
        return NULL;
    return condition_test(r->policy, v, (op == FEEL_EQ) == wanted ? mask : v->all & ~mask);
}

/* `variable in (constants)`: a test of a scale's values; of a number line, one of its tests. */
static struct condition *membership(const struct reader *r, const struct feel_node *n, bool wanted) {
    const struct variable *v = named(r, n->kids[0]);
    values mask = 0;
    for (size_t i = 1; v && i < n->count; i++) {
        const struct feel_node *test = n->kids[i];
        size_t items = test->op == FEEL_MAKE_LIST ? test->count : 1;
        for (size_t j = 0; j < items; j++) {
            const struct feel_node *item = test->op == FEEL_MAKE_LIST ? test->kids[j] : test;
            values one;
            if (item->op != FEEL_LITERAL || !equal_mask(v, item->literal, &one))
                return NULL;
            mask |= one;
        }
    }
    return v ? condition_test(r->policy, v, wanted ? mask : v->all & ~mask) : NULL;
}

static struct condition *between(const struct reader *r, const struct feel_node *n, bool wanted) {
    const struct variable *v = named(r, n->kids[0]);
    struct interval interval = {0};
    if (!v || n->kids[1]->op != FEEL_LITERAL || n->kids[2]->op != FEEL_LITERAL ||
        !line_number(v, n->kids[1]->literal, &interval.low) ||
        !line_number(v, n->kids[2]->literal, &interval.high))
        return NULL;
    return condition_line(r->policy, v, &interval, 1, !wanted, 0);
}

static struct condition *whole_expression(const struct reader *r, const struct feel_node *n, bool wanted) {
    struct reads reads = {.arena = r->policy->arena};
    reads_collect(&reads, r->kind, n);
    struct condition *c = condition_constant(r->policy, true);
    c->op = CONDITION_FEEL;
    c->feel = n;
    c->wanted = wanted;
    c->reads = reads.items;
    c->read_count = reads.count;
    c->stuck = expression_stuck(r->policy, policy_kind(r->policy, r->kind->id), (struct str){0});
    return c;
}

static struct condition *compile(const struct reader *r, const struct feel_node *n, bool wanted);

static struct condition *compile_both(const struct reader *r, const struct feel_node *n, bool wanted) {
    struct condition *kids[2] = {compile(r, n->kids[0], wanted), compile(r, n->kids[1], wanted)};
    bool all = (n->op == FEEL_AND) == wanted;
    return condition_join(r->policy, all ? CONDITION_AND : CONDITION_OR, kids, 2);
}

/* `if c then x else y` of booleans. */
static struct condition *compile_if(const struct reader *r, const struct feel_node *n, bool wanted) {
    struct condition *then[2] = {compile(r, n->kids[0], true), compile(r, n->kids[1], wanted)};
    struct condition *otherwise[2] = {condition_not(r->policy, then[0]), compile(r, n->kids[2], wanted)};
    struct condition *kids[2] = {condition_join(r->policy, CONDITION_AND, then, 2),
                                 condition_join(r->policy, CONDITION_AND, otherwise, 2)};
    return condition_join(r->policy, CONDITION_OR, kids, 2);
}

/* Two booleans compared are a test of both, so that the search sees through them. */
static struct condition *compile_equal(const struct reader *r, const struct feel_node *n, bool wanted) {
    if (n->kids[0]->type.type != FEEL_BOOL || n->kids[1]->type.type != FEEL_BOOL)
        return NULL;
    bool same = (n->op == FEEL_EQ) == wanted;
    struct condition *yes[2] = {compile(r, n->kids[0], true), compile(r, n->kids[1], same)};
    struct condition *no[2] = {compile(r, n->kids[0], false), compile(r, n->kids[1], !same)};
    struct condition *kids[2] = {condition_join(r->policy, CONDITION_AND, yes, 2),
                                 condition_join(r->policy, CONDITION_AND, no, 2)};
    return condition_join(r->policy, CONDITION_OR, kids, 2);
}

/* The condition under which a boolean expression is `wanted`; its null is neither. */
static struct condition *compile(const struct reader *r, const struct feel_node *n, bool wanted) {
    struct condition *c = NULL;
    const struct variable *v = named(r, n);
    switch (n->op) {
    case FEEL_AND:
    case FEEL_OR: return compile_both(r, n, wanted);
    case FEEL_NOT: return compile(r, n->kids[0], !wanted);
    case FEEL_LITERAL:
        if (n->literal.type == FEEL_BOOL)
            return condition_constant(r->policy, n->literal.truth == wanted);
        break;
    case FEEL_NAME:
        if (v && expression_is_yes_no(v))
            return condition_test(r->policy, v, wanted ? VALUES_YES : VALUES_NO);
        break;
    case FEEL_EQ:
    case FEEL_NE:
        c = comparison(r, n, wanted);
        c = c ? c : compile_equal(r, n, wanted);
        break;
    case FEEL_LT:
    case FEEL_LE:
    case FEEL_GT:
    case FEEL_GE: c = comparison(r, n, wanted); break;
    case FEEL_IN: c = membership(r, n, wanted); break;
    case FEEL_BETWEEN: c = between(r, n, wanted); break;
    case FEEL_IF:
        if (n->kids[1]->type.type == FEEL_BOOL && n->kids[2]->type.type == FEEL_BOOL)
            return compile_if(r, n, wanted);
        break;
    default: break;
    }
    return c ? c : whole_expression(r, n, wanted);
}

/* ---- the doors ---- */

/* Where an expression names all records of its own kind, which would all be worked out from each other; or, about a
 * school, all records of any kind, since those of groups are worked out from their schools. Else NULL. */
static const struct feel_node *all_records(const struct reader *r, const struct feel_node *n) {
    const struct feel_node *found = NULL;
    for (size_t i = 0; n->op == FEEL_NAME && n->bound && i < r->policy->kind_count; i++)
        if (n->bound == r->policy->kinds[i] && (n->bound == r->kind || str_eq(r->kind->id, POLICY_SUBJECT)))
            return n;
    for (size_t i = 0; i < n->count && !found; i++)
        found = n->kids[i] ? all_records(r, n->kids[i]) : NULL;
    return found;
}

static const struct feel_node *parse(struct reader *r, struct str text, struct place at,
                                     struct diags *diags) {
    struct feel_scope scope = {reader_find, reader_nearest, r};
    const struct feel_node *n = r->column ? feel_parse_tests(r->policy->arena, text, at, &scope, diags)
                                          : feel_parse(r->policy->arena, text, at, &scope, diags);
    if (!n || !feel_check(n, diags))
        return NULL;
    const struct feel_node *all = all_records(r, n);
    if (all)
        diag(diags, DIAG_FEEL_ALL_RECORDS, all->at, all->name, r->kind->id);
    return all ? NULL : n;
}

struct condition *expression_condition(struct policy *policy, struct policy_kind *kind, struct str text,
                                       struct place at, const struct variable *column, struct diags *diags) {
    struct reader r = {policy, kind, column};
    const struct feel_node *n = parse(&r, text, at, diags);
    if (!n)
        return NULL;
    if (n->type.type != FEEL_BOOL && n->type.type != FEEL_UNKNOWN && n->type.type != FEEL_NULL) {
        diag(diags, DIAG_EXPRESSION_NOT_YES_NO, at, feel_type_name(n->type.type));
        return NULL;
    }
    struct condition *c = compile(&r, n, true);
    c->text = text;
    c->at = at;
    return c;
}

const struct feel_node *expression_value(struct policy *policy, struct policy_kind *kind, struct str text,
                                         struct place at, const struct variable ***reads, size_t *read_count,
                                         struct diags *diags) {
    struct reader r = {policy, kind, NULL};
    const struct feel_node *n = parse(&r, text, at, diags);
    if (!n)
        return NULL;
    struct reads found = {.arena = policy->arena};
    reads_collect(&found, kind, n);
    *reads = found.items;
    *read_count = found.count;
    return n;
}

const struct variable *expression_stuck(struct policy *policy, struct policy_kind *kind, struct str text) {
    struct variable *v = arena_new(policy->arena, struct variable);
    *v = (struct variable){.kind = VARIABLE_STUCK,
                           .id = text,
                           .label = text,
                           .record = kind->id,
                           .index = kind->variable_count,
                           .all = VALUES_NO | VALUES_YES,
                           .unknown = VALUES_NO | VALUES_YES};
    policy_kind_add(policy, kind, v);
    return v;
}
