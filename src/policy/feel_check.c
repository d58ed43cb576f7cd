/* SPDX-License-Identifier: MIT */
/*
 * feel_check.c: what is certainly wrong with an expression of a vocabulary.
 *
 * DMN answers a mistake with null while evaluating, and a rule with a null in it silently never holds; so what can be known
 * from the declared types is said when the portal is loaded. Only what is certain: where nothing is known of a value,
 * nothing is said.
 */
#include "policy/feel_priv.h"

struct checker {
    struct diags *diags;
    bool ok;
};

static bool is_known(const struct feel_static *type) {
    return type->type != FEEL_NULL && type->type != FEEL_UNKNOWN;
}

static struct str name_of(const struct feel_node *node) {
    if (node->op == FEEL_LITERAL && node->literal.type == FEEL_NULL)
        return STR("null");
    return feel_type_name(node->type.type);
}

/* ---- calls ---- */

static void check_wrong(struct checker *c, const struct feel_node *node) {
    if (!node->wrong.len)
        return;
    struct buf text = {.arena = c->diags->arena};
    if (node->op == FEEL_CALL)
        buf_printf(&text, "\"" STR_FMT "\" does not take these arguments", STR_ARG(node->name));
    else if (node->op == FEEL_MAKE_CONTEXT)
        buf_lit(&text, "a key stands twice in a context");
    else
        buf_lit(&text, "this is neither a date nor a duration");
    diag(c->diags, DIAG_FEEL_WRONG, node->at, buf_str(&text), node->wrong);
    c->ok = false;
}

/* Whether a value of the type may be given for the parameter, converted as feel_call does. */
static bool may_take(const struct feel_parameter *parameter, const struct feel_static *type) {
    return !is_known(type) || type->type == FEEL_LIST || parameter->takes & (1u << type->type | TAKES(LIST));
}

static void check_arguments(struct checker *c, const struct feel_node *node) {
    size_t parameters = feel_parameter_count(node->call);
    for (size_t i = 0; i < node->count && !node->wrong.len; i++) {
        const struct feel_parameter *parameter = &node->call->parameters[i < parameters ? i : parameters - 1];
        if (may_take(parameter, &node->kids[i]->type))
            continue;
        struct buf text = {.arena = c->diags->arena};
        buf_printf(&text, "\"" STR_FMT "\" is given " STR_FMT, STR_ARG(node->name),
                   STR_ARG(name_of(node->kids[i])));
        for (unsigned type = FEEL_BOOL, first = 1; type < FEEL_RECORD; type++)
            if (parameter->takes & 1u << type) {
                buf_printf(&text, first ? ", and takes " : " or ");
                buf_add(&text, feel_type_name(type));
                first = 0;
            }
        diag(c->diags, DIAG_FEEL_WRONG, node->kids[i]->at, buf_str(&text), STR(""));
        c->ok = false;
    }
}

/* A call over what is written out would have been worked out if it had a value: date("2019-02-30"). */
static void check_constant(struct checker *c, const struct feel_node *node) {
    bool constant = c->ok && node->count && !node->wrong.len && node->type.type != FEEL_LIST &&
                    node->type.type != FEEL_CONTEXT;
    for (size_t i = 0; i < node->count; i++)
        constant = constant && node->kids[i]->op == FEEL_LITERAL;
    if (!constant)
        return;
    diag(c->diags, DIAG_FEEL_WRONG, node->at, STR("this is always null"),
         STR("dates are written as 2019-09-01, durations as P1Y6M or P10D"));
    c->ok = false;
}

/* ---- comparisons ---- */

static struct str sign_of(enum feel_op op) {
    static const struct {
        enum feel_op op;
        const char *sign;
    } signs[] = {
        {FEEL_EQ, "="},       {FEEL_NE, "!="},           {FEEL_LT, "<"},     {FEEL_LE, "<="},
        {FEEL_GT, ">"},       {FEEL_GE, ">="},           {FEEL_ADD, "+"},    {FEEL_SUBTRACT, "-"},
        {FEEL_MULTIPLY, "*"}, {FEEL_DIVIDE, "/"},        {FEEL_POWER, "**"}, {FEEL_NEGATE, "-"},
        {FEEL_IN, "in"},      {FEEL_BETWEEN, "between"},
    };
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (signs[i].op == op)
            return str_from(signs[i].sign);
    return STR("");
}

static void check_scale_value(struct checker *c, const struct feel_scale *scale,
                              const struct feel_node *node) {
    if (node->op != FEEL_LITERAL || node->literal.type != FEEL_TEXT ||
        scale->has(scale->object, node->literal.text))
        return;
    struct str nearest = scale->nearest ? scale->nearest(scale->object, node->literal.text) : (struct str){0};
    diag(c->diags, DIAG_FEEL_SCALE_VALUE, node->at, node->literal.text, scale->name, nearest);
    c->ok = false;
}

/* Values of two types, of which one was most likely written as the other. */
static void report_operands(struct checker *c, const struct feel_node *a, const struct feel_node *b,
                            enum feel_op op, struct place at) {
    unsigned types = 1u << a->type.type | 1u << b->type.type;
    const struct feel_node *words = a->type.type == FEEL_TEXT ? a : b;
    bool text = words->op == FEEL_LITERAL && words->type.type == FEEL_TEXT,
         number = types & 1u << FEEL_NUMBER;
    bool length = types & (1u << FEEL_MONTHS | 1u << FEEL_TIME), day = types & 1u << FEEL_DATE;
    struct str hint = STR("");
    if (number && text)
        hint = STR("a number stands without quotes");
    else if (day && text)
        hint = STR("write a date as @\"2019-09-01\"");
    else if (length || (day && number))
        hint = STR("write a length of time as @\"P1Y6M\" or @\"P10D\"");
    diag(c->diags, DIAG_FEEL_OPERAND, at, name_of(a), name_of(b), sign_of(op), hint);
    c->ok = false;
}

/* Two values that are compared: of one type, and of one scale. */
static void check_pair(struct checker *c, const struct feel_node *a, const struct feel_node *b,
                       enum feel_op op, struct place at) {
    const struct feel_scale *scale = a->type.type == FEEL_TEXT ? a->type.scale : NULL;
    const struct feel_scale *other = b->type.type == FEEL_TEXT ? b->type.scale : NULL;
    if (is_known(&a->type) && is_known(&b->type) && a->type.type != b->type.type) {
        report_operands(c, a, b, op, at);
    } else if (scale && other && scale != other) {
        diag(c->diags, DIAG_FEEL_SCALES, at, scale->name, other->name);
        c->ok = false;
    } else {
        if (scale)
            check_scale_value(c, scale, b);
        if (other)
            check_scale_value(c, other, a);
    }
}

static void check_no_order(struct checker *c, const struct feel_node *node, enum feel_op op,
                           struct place at) {
    if (node->type.type == FEEL_TEXT && node->type.scale) {
        diag(c->diags, DIAG_FEEL_SCALE_ORDER, at, node->type.scale->name, sign_of(op));
        c->ok = false;
    }
}

static void check_ordered(struct checker *c, const struct feel_node *node) {
    check_pair(c, node->kids[0], node->kids[1], node->op, node->at);
    for (size_t i = 0; i < 2; i++)
        check_no_order(c, node->kids[i], node->op, node->at);
}

/* A test of `in` against its value; a list is its items. */
static void check_test(struct checker *c, const struct feel_node *value, const struct feel_node *test,
                       enum feel_op op) {
    if (test->op == FEEL_MAKE_RANGE) {
        if (test->test != FEEL_TEST_EQ && test->test != FEEL_TEST_NE)
            check_no_order(c, value, op, test->at);
        for (size_t i = 0; i < test->count; i++)
            check_pair(c, value, test->kids[i], op, test->kids[i]->at);
    } else if (test->op == FEEL_MAKE_LIST) {
        for (size_t i = 0; i < test->count; i++)
            check_test(c, value, test->kids[i], op);
    } else if (test->type.type != FEEL_LIST && test->type.type != FEEL_RANGE) {
        check_pair(c, value, test, op, test->at);
    }
}

static void check_between(struct checker *c, const struct feel_node *node) {
    check_no_order(c, node->kids[0], FEEL_BETWEEN, node->at);
    for (size_t i = 1; i < 3; i++)
        check_pair(c, node->kids[0], node->kids[i], FEEL_BETWEEN, node->kids[i]->at);
}

/* ---- conditions and arithmetic ---- */

static void check_condition(struct checker *c, const struct feel_node *node) {
    bool null = node->op == FEEL_LITERAL && node->literal.type == FEEL_NULL;
    if (!null && (!is_known(&node->type) || node->type.type == FEEL_BOOL))
        return;
    diag(c->diags, DIAG_FEEL_CONDITION, node->at, name_of(node));
    c->ok = false;
}

static bool is_amount(enum feel_type type) {
    return type == FEEL_NUMBER || type == FEEL_MONTHS || type == FEEL_TIME;
}

/* Whether DMN puts values of the two types together so. */
static bool goes_together(enum feel_op op, enum feel_type a, enum feel_type b) {
    bool durations = is_amount(a) && is_amount(b) && a != FEEL_NUMBER && b != FEEL_NUMBER;
    switch (op) {
    case FEEL_ADD:
        return (a == b && (is_amount(a) || a == FEEL_TEXT)) ||
               (a == FEEL_DATE && is_amount(b) && b != FEEL_NUMBER) ||
               (b == FEEL_DATE && is_amount(a) && a != FEEL_NUMBER);
    case FEEL_SUBTRACT:
        return (a == b && (is_amount(a) || a == FEEL_DATE)) ||
               (a == FEEL_DATE && is_amount(b) && b != FEEL_NUMBER);
    case FEEL_MULTIPLY: return is_amount(a) && is_amount(b) && !durations;
    case FEEL_DIVIDE: return is_amount(a) && (b == FEEL_NUMBER || a == b);
    default: return a == FEEL_NUMBER && b == FEEL_NUMBER;
    }
}

static void check_arithmetic(struct checker *c, const struct feel_node *node) {
    const struct feel_node *a = node->kids[0], *b = node->kids[1];
    bool scale = (a->type.type == FEEL_TEXT && a->type.scale) || (b->type.type == FEEL_TEXT && b->type.scale);
    if (is_known(&a->type) && is_known(&b->type) &&
        (scale || !goes_together(node->op, a->type.type, b->type.type))) {
        report_operands(c, a, b, node->op, node->at);
    } else if (node->op == FEEL_DIVIDE && b->op == FEEL_LITERAL && b->literal.type == FEEL_NUMBER &&
               !decimal_sign(b->literal.number)) {
        diag_plain(c->diags, DIAG_FEEL_ZERO, node->at);
        c->ok = false;
    }
}

static void check_negation(struct checker *c, const struct feel_node *node) {
    const struct feel_static *type = &node->kids[0]->type;
    if (!is_known(type) || is_amount(type->type))
        return;
    diag(c->diags, DIAG_FEEL_WRONG, node->at,
         str_join(c->diags->arena, name_of(node->kids[0]), STR(" cannot be negative")), STR(""));
    c->ok = false;
}

static void check_filter(struct checker *c, const struct feel_node *node) {
    if (node->kids[1]->type.type != FEEL_NUMBER)
        check_condition(c, node->kids[1]);
}

/* ---- the walk ---- */

static void check(struct checker *c, const struct feel_node *node) {
    for (size_t i = 0; i < node->count; i++)
        check(c, node->kids[i]);
    check_wrong(c, node);
    switch (node->op) {
    case FEEL_AND:
    case FEEL_OR:
        check_condition(c, node->kids[0]);
        check_condition(c, node->kids[1]);
        return;
    case FEEL_NOT:
    case FEEL_IF: check_condition(c, node->kids[0]); return;
    case FEEL_SOME:
    case FEEL_EVERY: check_condition(c, node->kids[node->count - 1]); return;
    case FEEL_FILTER: check_filter(c, node); return;
    case FEEL_EQ:
    case FEEL_NE: check_pair(c, node->kids[0], node->kids[1], node->op, node->at); return;
    case FEEL_LT:
    case FEEL_LE:
    case FEEL_GT:
    case FEEL_GE: check_ordered(c, node); return;
    case FEEL_IN:
        for (size_t i = 1; i < node->count; i++)
            check_test(c, node->kids[0], node->kids[i], FEEL_IN);
        return;
    case FEEL_BETWEEN: check_between(c, node); return;
    case FEEL_ADD:
    case FEEL_SUBTRACT:
    case FEEL_MULTIPLY:
    case FEEL_DIVIDE:
    case FEEL_POWER: check_arithmetic(c, node); return;
    case FEEL_NEGATE: check_negation(c, node); return;
    case FEEL_CALL:
        check_arguments(c, node);
        check_constant(c, node);
        return;
    default: return;
    }
}

bool feel_check(const struct feel_node *node, struct diags *diags) {
    struct checker c = {diags, true};
    check(&c, node);
    return c.ok;
}
