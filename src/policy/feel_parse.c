/* SPDX-License-Identifier: MIT */
/*
 * feel_parse.c: tokens into a tree.
 *
 * A Pratt parser: one line a token says what it does at the beginning of an expression and after one, and how tightly it
 * binds. The first mistake ends the reading of an expression: what follows it would be guesses.
 */
#include "policy/feel_priv.h"

/* How tightly operators bind, the loosest first. A minus binds tighter than **, as DMN has it: -2 ** 2 is 4. */
enum level {
    LEVEL_NONE,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_COMPARE,
    LEVEL_ADD,
    LEVEL_MULTIPLY,
    LEVEL_POWER,
    LEVEL_INSTANCE,
    LEVEL_NEGATE,
    LEVEL_POSTFIX,
};

static const struct feel_node *parse_at(struct feel_parser *p, enum level level);

/* ---- tokens ---- */

static const struct feel_token *peek(const struct feel_parser *p) {
    return &p->tokens.items[p->next];
}

static const struct feel_token *peek_after(const struct feel_parser *p, size_t ahead) {
    size_t i = p->next + ahead;
    return &p->tokens.items[i < p->tokens.count ? i : p->tokens.count - 1];
}

static const struct feel_token *advance(struct feel_parser *p) {
    const struct feel_token *token = peek(p);
    if (token->kind != TOKEN_END)
        p->next++;
    return token;
}

static bool is_word(const struct feel_token *token, const char *word) {
    return token->kind == TOKEN_WORD && str_eq(token->text, str_from(word));
}

static bool take(struct feel_parser *p, enum feel_token_kind kind) {
    if (peek(p)->kind != kind)
        return false;
    p->next++;
    return true;
}

static bool expected(struct feel_parser *p, const char *what, const char *hint) {
    if (!p->failed)
        diag(p->diags, DIAG_FEEL_SYNTAX, feel_place(p, peek(p)), str_from(what), str_from(hint));
    p->failed = true;
    return false;
}

static bool expect(struct feel_parser *p, enum feel_token_kind kind, const char *what) {
    return take(p, kind) || expected(p, what, "");
}

static bool expect_word(struct feel_parser *p, const char *word, const char *what) {
    if (!is_word(peek(p), word))
        return expected(p, what, "");
    p->next++;
    return true;
}

struct place feel_place(const struct feel_parser *p, const struct feel_token *token) {
    return place_at(p->at.source, p->at.offset + token->offset);
}

/* ---- nodes ---- */

static bool too_deep(struct feel_parser *p, struct place at) {
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

static struct feel_static list_of(struct feel_parser *p, struct feel_static item) {
    struct feel_static *kept = arena_new(p->arena, struct feel_static);
    *kept = item;
    return (struct feel_static){.type = FEEL_LIST, .item = kept};
}

/* The items of a list, of what is known of it; any other value is a list of itself. */
static struct feel_static item_of(const struct feel_static *list) {
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
    case FEEL_MAKE_LIST: return list_of(p, type_of_all(node, 0));
    case FEEL_FOR: return list_of(p, node->kids[node->count - 1]->type);
    case FEEL_FILTER:
        return type_of(node->kids[1]) == FEEL_NUMBER ? item_of(&node->kids[0]->type)
               : type_of(node->kids[0]) == FEEL_LIST ? node->kids[0]->type
                                                     : list_of(p, node->kids[0]->type);
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
    if (node->height > FEEL_DEPTH_MAX && too_deep(p, at))
        return NULL;
    node->type = type_of_node(p, node);
    return node;
}

static struct feel_node *literal(struct feel_parser *p, struct place at, struct feel_value v) {
    struct feel_node *node = feel_node_new(p, FEEL_LITERAL, at, NULL, 0);
    node->literal = v;
    node->type = (struct feel_static){.type = v.type};
    return node;
}

/* What has one value whatever the names are is worked out once: date("2019-09-01"), 1/3. What is null stays as it was
 * written, so that feel_check can say why. */
static const struct feel_node *fold(struct feel_parser *p, struct feel_node *node) {
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
    return literal(p, node->at, v);
}

/* ---- scopes ---- */

static uint32_t take_slots(struct feel_parser *p, uint32_t count) {
    uint32_t slot = p->slot;
    p->slot += count;
    if (p->slots < p->slot)
        p->slots = p->slot;
    return slot;
}

static void enter(struct feel_parser *p, struct feel_local local) {
    struct feel_local *kept = arena_new(p->arena, struct feel_local);
    *kept = local;
    kept->outer = p->locals;
    p->locals = kept;
    feel_key_add(p, local.name);
}

/* An expression that is enclosed by something, so that a bracket in it is its own. */
static const struct feel_node *parse_inside(struct feel_parser *p) {
    bool endpoint = p->endpoint;
    p->endpoint = false;
    const struct feel_node *node = parse_at(p, LEVEL_OR);
    p->endpoint = endpoint;
    return node;
}

/* Nodes while it is not known how many there will be. */
struct nodes {
    const struct feel_node **items;
    size_t count, room;
};

static void nodes_add(struct feel_parser *p, struct nodes *nodes, const struct feel_node *node) {
    if (nodes->count == nodes->room) {
        size_t room = nodes->room ? nodes->room * 2 : 8, size = sizeof(struct feel_node *);
        nodes->items = arena_grow(p->arena, nodes->items, nodes->room * size, room * size,
                                  alignof(const struct feel_node *));
        nodes->room = room;
    }
    nodes->items[nodes->count++] = node;
}

/* ---- ranges and tests ---- */

static bool test_of(enum feel_token_kind kind, enum feel_test *out) {
    static const enum feel_test tests[TOKEN_COUNT] = {
        [TOKEN_LT] = FEEL_TEST_LT, [TOKEN_LE] = FEEL_TEST_LE, [TOKEN_GT] = FEEL_TEST_GT,
        [TOKEN_GE] = FEEL_TEST_GE, [TOKEN_EQ] = FEEL_TEST_EQ, [TOKEN_NE] = FEEL_TEST_NE,
    };
    *out = tests[kind];
    return *out != FEEL_TEST_WITHIN;
}

/* `< 10`, from its sign. */
static const struct feel_node *parse_comparison_test(struct feel_parser *p) {
    const struct feel_token *token = advance(p);
    const struct feel_node *operand = parse_at(p, LEVEL_ADD);
    struct feel_node *node = operand ? feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, token), operand) : NULL;
    if (node)
        test_of(token->kind, &node->test);
    return node;
}

/* The rest of a range, from its two dots. */
static const struct feel_node *parse_range(struct feel_parser *p, const struct feel_token *open,
                                           const struct feel_node *from) {
    bool endpoint = p->endpoint;
    p->next++;
    p->endpoint = true;
    const struct feel_node *to = parse_at(p, LEVEL_ADD);
    p->endpoint = endpoint;
    if (!to)
        return NULL;
    struct feel_node *node = feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, open), from, to);
    const struct feel_token *close = advance(p);
    if (close->kind != TOKEN_UNBRACKET && close->kind != TOKEN_CLOSE && close->kind != TOKEN_BRACKET) {
        p->next -= close->kind != TOKEN_END;
        expected(p, "] or )", "a range has its end included by ], and excluded by )");
        return NULL;
    }
    if (node) {
        node->from_included = open->kind == TOKEN_BRACKET;
        node->to_included = close->kind == TOKEN_UNBRACKET;
    }
    return node;
}

/* One test of those in brackets, or of a cell. */
static const struct feel_node *parse_test(struct feel_parser *p) {
    enum feel_test test;
    return test_of(peek(p)->kind, &test) ? parse_comparison_test(p) : parse_inside(p);
}

/* The tests after `in (`: an open bracket may also begin a range, or a plain expression. */
static bool parse_tests_in_brackets(struct feel_parser *p, struct nodes *tests) {
    const struct feel_token *open = advance(p);
    do {
        const struct feel_node *test = parse_test(p);
        if (test && tests->count == 1 && peek(p)->kind == TOKEN_DOTS) {
            test = parse_range(p, open, test);
            nodes_add(p, tests, test);
            return test;
        }
        if (!test)
            return false;
        nodes_add(p, tests, test);
    } while (take(p, TOKEN_COMMA));
    return expect(p, TOKEN_CLOSE, "a comma or )");
}

/* A list that is written out and holds no lists is its items, each a test. */
static void add_tests_of(struct feel_parser *p, struct nodes *tests, const struct feel_node *node) {
    bool plain = node->op == FEEL_MAKE_LIST;
    for (size_t i = 0; plain && i < node->count; i++)
        plain = node->kids[i]->op == FEEL_MAKE_RANGE || node->kids[i]->op == FEEL_LITERAL;
    if (!plain)
        nodes_add(p, tests, node);
    for (size_t i = 0; plain && i < node->count; i++)
        nodes_add(p, tests, node->kids[i]);
}

static const struct feel_node *parse_in(struct feel_parser *p, const struct feel_node *left,
                                        struct place at) {
    struct nodes tests = {0};
    enum feel_test test;
    nodes_add(p, &tests, left);
    if (peek(p)->kind == TOKEN_OPEN) {
        if (!parse_tests_in_brackets(p, &tests))
            return NULL;
    } else {
        const struct feel_node *right =
            test_of(peek(p)->kind, &test) ? parse_comparison_test(p) : parse_at(p, LEVEL_ADD);
        if (!right)
            return NULL;
        add_tests_of(p, &tests, right);
    }
    return feel_node_new(p, FEEL_IN, at, tests.items, tests.count);
}

/* ---- calls ---- */

static bool has_name(const char *names, struct str name) {
    struct str rest = str_from(names), part;
    while (str_cut(&rest, '|', &part))
        if (str_eq(part, name))
            return true;
    return false;
}

struct arguments {
    struct nodes nodes;
    struct str names[FEEL_PARAMETERS_MAX];
    bool named;
    size_t extra; /* names beyond what any function has */
};

/* Puts named arguments into the order of the parameters; false where one has no place. */
static bool order_arguments(struct feel_parser *p, const struct feel_builtin *b,
                            const struct arguments *given, struct nodes *out) {
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
            nodes_add(p, out, ordered[i] ? ordered[i] : literal(p, given->nodes.items[0]->at, feel_null()));
    }
    return true;
}

/* Whether the arguments fit the function by their number and names, and then in which order. */
static bool fits(struct feel_parser *p, const struct feel_builtin *b, const struct arguments *given,
                 struct nodes *out) {
    size_t most = feel_parameter_count(b), least = 0, count = given->nodes.count;
    while (least < most && !b->parameters[least].optional)
        least++;
    *out = (struct nodes){0};
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

static const struct feel_node *make_call(struct feel_parser *p, const struct feel_builtin *first,
                                         struct place at, struct arguments *given) {
    struct nodes arguments = {0};
    const struct feel_builtin *b = first;
    while (b < feel_builtins + feel_builtin_count && strcmp(b->name, first->name) == 0 &&
           !fits(p, b, given, &arguments))
        b++;
    bool found = b < feel_builtins + feel_builtin_count && strcmp(b->name, first->name) == 0;
    if (found && b->function == feel_fn_not)
        return feel_node_new(p, FEEL_NOT, at, arguments.items, 1);
    if (found && (b->how & FEEL_SPREAD) && arguments.count > 1) {
        const struct feel_node *list = feel_node_new(p, FEEL_MAKE_LIST, at, arguments.items, arguments.count);
        arguments = (struct nodes){0};
        nodes_add(p, &arguments, list);
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
    return fold(p, node);
}

static bool parse_argument(struct feel_parser *p, struct arguments *given) {
    size_t words = feel_word_count(p, p->next);
    bool named = words && peek_after(p, words)->kind == TOKEN_COLON;
    if (given->nodes.count && named != given->named)
        return expected(p, named ? "an argument without a name" : "a named argument",
                        "name all arguments of a call, or none");
    given->named = named;
    if (named) {
        if (given->nodes.count < FEEL_PARAMETERS_MAX)
            given->names[given->nodes.count] = feel_words(p, p->next, words);
        else
            given->extra++;
        p->next += words + 1;
    }
    const struct feel_node *value = parse_inside(p);
    if (value)
        nodes_add(p, &given->nodes, value);
    return value;
}

static const struct feel_node *parse_call(struct feel_parser *p, const struct feel_builtin *builtin,
                                          size_t words) {
    struct place at = feel_place(p, peek(p));
    struct arguments given = {0};
    p->next += words + 1;
    if (!take(p, TOKEN_CLOSE)) {
        do
            if (!parse_argument(p, &given))
                return NULL;
        while (take(p, TOKEN_COMMA));
        if (!expect(p, TOKEN_CLOSE, "a comma or )"))
            return NULL;
    }
    return make_call(p, builtin, at, &given);
}

/* ---- what begins with a word ---- */

static const struct feel_node *parse_if(struct feel_parser *p) {
    struct place at = feel_place(p, advance(p));
    const struct feel_node *kids[3];
    if (!(kids[0] = parse_inside(p)) || !expect_word(p, "then", "\"then\""))
        return NULL;
    if (!(kids[1] = parse_inside(p)) || !expect_word(p, "else", "\"else\""))
        return NULL;
    kids[2] = parse_at(p, LEVEL_OR);
    return feel_node_new(p, FEEL_IF, at, kids, 3);
}

/* `name in list`, and enters the name for what comes after it. */
static const struct feel_node *parse_iterator(struct feel_parser *p, uint32_t *slot) {
    size_t words = 0;
    while (peek_after(p, words)->kind == TOKEN_WORD && !is_word(peek_after(p, words), "in"))
        words++;
    if (!words) {
        expected(p, "a name for the items", "as in: some m in members satisfies m.leader");
        return NULL;
    }
    struct feel_local local = {.name = feel_words(p, p->next, words)};
    p->next += words;
    if (!expect_word(p, "in", "\"in\""))
        return NULL;
    const struct feel_token *open = peek(p);
    const struct feel_node *list = parse_inside(p);
    if (list && peek(p)->kind == TOKEN_DOTS) { /* 1..3 without brackets: both ends are included */
        p->next++;
        const struct feel_node *to = parse_inside(p);
        struct feel_node *range = to ? feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, open), list, to) : NULL;
        if (range)
            range->from_included = range->to_included = true;
        list = range;
    }
    if (!list)
        return NULL;
    local.type =
        type_of(list) == FEEL_RANGE ? (struct feel_static){.type = FEEL_NUMBER} : item_of(&list->type);
    local.slot = take_slots(p, 1);
    *slot = local.slot;
    enter(p, local);
    return list;
}

static const struct feel_node *parse_iteration(struct feel_parser *p, enum feel_op op, const char *before) {
    struct place at = feel_place(p, advance(p));
    const struct feel_local *outer = p->locals;
    uint32_t first = p->slot, slot;
    struct nodes kids = {0};
    do {
        const struct feel_node *list = parse_iterator(p, &slot);
        if (!list)
            return NULL;
        nodes_add(p, &kids, list);
    } while (take(p, TOKEN_COMMA));
    if (!expect_word(p, before, op == FEEL_FOR ? "a comma or \"return\"" : "a comma or \"satisfies\""))
        return NULL;
    slot = take_slots(p, op == FEEL_FOR);
    if (op == FEEL_FOR)
        enter(p, (struct feel_local){.name = STR("partial"), .slot = slot, .type = {.type = FEEL_LIST}});
    const struct feel_node *result = parse_at(p, LEVEL_OR);
    p->locals = outer;
    p->slot = first;
    if (!result)
        return NULL;
    nodes_add(p, &kids, result);
    struct feel_node *node = feel_node_new(p, op, at, kids.items, kids.count);
    if (node)
        node->slot = first;
    return node;
}

static const struct feel_node *parse_for(struct feel_parser *p) {
    return parse_iteration(p, FEEL_FOR, "return");
}

static const struct feel_node *parse_some(struct feel_parser *p) {
    return parse_iteration(p, FEEL_SOME, "satisfies");
}

static const struct feel_node *parse_every(struct feel_parser *p) {
    return parse_iteration(p, FEEL_EVERY, "satisfies");
}

static const struct feel_node *parse_true(struct feel_parser *p) {
    return literal(p, feel_place(p, advance(p)), feel_bool(true));
}

static const struct feel_node *parse_false(struct feel_parser *p) {
    return literal(p, feel_place(p, advance(p)), feel_bool(false));
}

static const struct feel_node *parse_null(struct feel_parser *p) {
    return literal(p, feel_place(p, advance(p)), feel_null());
}

static const struct {
    const char *word;
    const struct feel_node *(*parse)(struct feel_parser *);
} beginnings[] = {
    {"true", parse_true}, {"false", parse_false}, {"null", parse_null},   {"if", parse_if},
    {"for", parse_for},   {"some", parse_some},   {"every", parse_every},
};

static const struct feel_node *parse_word(struct feel_parser *p) {
    for (size_t words = feel_word_count(p, p->next); words; words--) {
        const struct feel_builtin *builtin = peek_after(p, words)->kind == TOKEN_OPEN
                                                 ? feel_builtin_find(feel_words(p, p->next, words))
                                                 : NULL;
        if (builtin)
            return parse_call(p, builtin, words);
    }
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        if (is_word(peek(p), beginnings[i].word))
            return beginnings[i].parse(p);
    return feel_read_name(p);
}

/* ---- what begins with another token ---- */

static const struct feel_node *parse_number(struct feel_parser *p) {
    const struct feel_token *token = advance(p);
    struct decimal number;
    if (decimal_parse(token->text, &number))
        return literal(p, feel_place(p, token), feel_number(number));
    p->next--;
    expected(p, "a number of a size that can be calculated with", "");
    return NULL;
}

static const struct feel_node *parse_text(struct feel_parser *p) {
    const struct feel_token *token = advance(p);
    return literal(p, feel_place(p, token), feel_text(token->text));
}

static const struct feel_node *parse_at_literal(struct feel_parser *p) {
    const struct feel_token *token = advance(p);
    struct feel_value v = feel_date_parse(token->text);
    if (v.type == FEEL_NULL)
        v = feel_duration_parse(token->text);
    struct feel_node *node = literal(p, feel_place(p, token), v);
    if (v.type == FEEL_NULL)
        node->wrong = STR("write a date as @\"2019-09-01\", a duration as @\"P1Y6M\" or @\"P10D\"");
    return node;
}

static const struct feel_node *parse_minus(struct feel_parser *p) {
    struct place at = feel_place(p, advance(p));
    const struct feel_node *operand = parse_at(p, LEVEL_NEGATE);
    return operand ? fold(p, feel_node_of(p, FEEL_NEGATE, at, operand)) : NULL;
}

static const struct feel_node *parse_brackets(struct feel_parser *p) {
    const struct feel_token *open = advance(p);
    const struct feel_node *node = parse_test(p);
    if (node && peek(p)->kind == TOKEN_DOTS)
        return parse_range(p, open, node);
    return node && expect(p, TOKEN_CLOSE, ")") ? node : NULL;
}

static const struct feel_node *parse_list(struct feel_parser *p) {
    const struct feel_token *open = advance(p);
    struct nodes items = {0};
    if (!take(p, TOKEN_UNBRACKET)) {
        do {
            const struct feel_node *item = parse_inside(p);
            if (item && !items.count && peek(p)->kind == TOKEN_DOTS)
                return parse_range(p, open, item);
            if (!item)
                return NULL;
            nodes_add(p, &items, item);
        } while (take(p, TOKEN_COMMA));
        if (!expect(p, TOKEN_UNBRACKET, "a comma or ]"))
            return NULL;
    }
    return feel_node_new(p, FEEL_MAKE_LIST, feel_place(p, open), items.items, items.count);
}

/* `]1..3]`: what is elsewhere `(1..3]`. */
static const struct feel_node *parse_open_range(struct feel_parser *p) {
    const struct feel_token *open = advance(p);
    const struct feel_node *from = parse_inside(p);
    if (!from || peek(p)->kind != TOKEN_DOTS) {
        expected(p, "..", "a range begins here, as ]1..3]");
        return NULL;
    }
    return parse_range(p, open, from);
}

/* A key is text in quotes, or whatever stands before the colon: `{number of visits: 3}`. */
static bool parse_key(struct feel_parser *p, struct str *out) {
    size_t from = p->next;
    if (peek(p)->kind == TOKEN_TEXT) {
        *out = advance(p)->text;
    } else {
        bool words = true;
        for (; peek(p)->kind != TOKEN_COLON; p->next++) {
            enum feel_token_kind kind = peek(p)->kind;
            if (kind == TOKEN_END || kind == TOKEN_BRACE || kind == TOKEN_UNBRACE || kind == TOKEN_COMMA)
                return expected(p, "a key, a colon and a value", "as in: {visits: 3, reports: 1}");
            words &= kind == TOKEN_WORD;
        }
        if (p->next == from)
            return expected(p, "a key", "as in: {visits: 3, reports: 1}");
        const struct feel_token *first = &p->tokens.items[from], *last = &p->tokens.items[p->next - 1];
        *out = words ? feel_words(p, from, p->next - from)
                     : (struct str){first->text.at, last->offset + last->len - first->offset};
    }
    return expect(p, TOKEN_COLON, "a colon");
}

static const struct feel_node *parse_context(struct feel_parser *p) {
    struct place at = feel_place(p, advance(p));
    const struct feel_local *outer = p->locals;
    uint32_t first = p->slot;
    struct nodes values = {0};
    struct str *keys = NULL, wrong = {0};
    while (values.count || peek(p)->kind != TOKEN_UNBRACE) {
        struct str key;
        if (!parse_key(p, &key))
            return NULL;
        for (size_t i = 0; i < values.count; i++)
            if (str_eq(keys[i], key))
                wrong = str_join(p->arena, STR("give the key \""), key, STR("\" once"));
        const struct feel_node *value = parse_inside(p);
        if (!value)
            return NULL;
        size_t room = values.room;
        nodes_add(p, &values, value);
        if (values.room > room)
            keys = arena_grow(p->arena, keys, room * sizeof(key), values.room * sizeof(key),
                              alignof(struct str));
        keys[values.count - 1] = key;
        enter(p, (struct feel_local){.name = key, .slot = take_slots(p, 1), .type = value->type});
        if (!take(p, TOKEN_COMMA))
            break;
    }
    p->locals = outer;
    p->slot = first;
    if (!expect(p, TOKEN_UNBRACE, "a comma or }"))
        return NULL;
    struct feel_node *node = feel_node_new(p, FEEL_MAKE_CONTEXT, at, values.items, values.count);
    if (!node)
        return NULL;
    node->keys = keys;
    node->slot = first;
    node->wrong = wrong;
    return node;
}

/* ---- what comes after an expression ---- */

static const struct feel_node *parse_filter(struct feel_parser *p, const struct feel_node *list) {
    struct place at = feel_place(p, advance(p));
    const struct feel_local *outer = p->locals;
    struct feel_local item = {.name = STR("item"), .item = true, .type = item_of(&list->type)};
    item.slot = take_slots(p, 1);
    enter(p, item);
    const struct feel_node *condition = parse_inside(p);
    p->locals = outer;
    p->slot = item.slot;
    if (!condition || !expect(p, TOKEN_UNBRACKET, "]"))
        return NULL;
    struct feel_node *node = feel_node_of(p, FEEL_FILTER, at, list, condition);
    if (node)
        node->slot = item.slot;
    return node;
}

static const struct feel_node *parse_between(struct feel_parser *p, const struct feel_node *left,
                                             struct place at) {
    const struct feel_node *from = parse_at(p, LEVEL_ADD);
    if (!from || !expect_word(p, "and", "\"and\""))
        return NULL;
    const struct feel_node *to = parse_at(p, LEVEL_ADD);
    return to ? feel_node_of(p, FEEL_BETWEEN, at, left, from, to) : NULL;
}

static const struct feel_node *parse_instance(struct feel_parser *p, const struct feel_node *left,
                                              struct place at) {
    if (!expect_word(p, "of", "\"of\""))
        return NULL;
    size_t words = feel_word_count(p, p->next);
    while (words > 1 && !str_eq(feel_words(p, p->next, words), STR("years and months duration")) &&
           !str_eq(feel_words(p, p->next, words), STR("days and time duration")))
        words--;
    if (!words) {
        expected(p, "the name of a type", "");
        return NULL;
    }
    struct feel_node *node = feel_node_of(p, FEEL_INSTANCE_OF, at, left);
    if (node)
        node->name = feel_words(p, p->next, words);
    p->next += words;
    return node;
}

static const struct {
    const char *word;
    enum level level;
    enum feel_op op; /* of those whose right side is an operand */
    const struct feel_node *(*parse)(struct feel_parser *, const struct feel_node *, struct place);
} infix_words[] = {
    {"or", LEVEL_OR, FEEL_OR, NULL},
    {"and", LEVEL_AND, FEEL_AND, NULL},
    {"in", LEVEL_COMPARE, FEEL_IN, parse_in},
    {"between", LEVEL_COMPARE, FEEL_BETWEEN, parse_between},
    {"instance", LEVEL_INSTANCE, FEEL_INSTANCE_OF, parse_instance},
};

/* One line a token: what it begins, and what it is after an expression. */
static const struct {
    const struct feel_node *(*prefix)(struct feel_parser *);
    enum level level; /* as an infix; LEVEL_NONE: it is none */
    enum feel_op op;
} rules[TOKEN_COUNT] = {
    [TOKEN_NUMBER] = {parse_number, LEVEL_NONE, 0},
    [TOKEN_TEXT] = {parse_text, LEVEL_NONE, 0},
    [TOKEN_AT] = {parse_at_literal, LEVEL_NONE, 0},
    [TOKEN_WORD] = {parse_word, LEVEL_NONE, 0},
    [TOKEN_OPEN] = {parse_brackets, LEVEL_NONE, 0},
    [TOKEN_BRACKET] = {parse_list, LEVEL_POSTFIX, FEEL_FILTER},
    [TOKEN_UNBRACKET] = {parse_open_range, LEVEL_NONE, 0},
    [TOKEN_BRACE] = {parse_context, LEVEL_NONE, 0},
    [TOKEN_DOT] = {NULL, LEVEL_POSTFIX, FEEL_PATH},
    [TOKEN_PLUS] = {NULL, LEVEL_ADD, FEEL_ADD},
    [TOKEN_MINUS] = {parse_minus, LEVEL_ADD, FEEL_SUBTRACT},
    [TOKEN_TIMES] = {NULL, LEVEL_MULTIPLY, FEEL_MULTIPLY},
    [TOKEN_OVER] = {NULL, LEVEL_MULTIPLY, FEEL_DIVIDE},
    [TOKEN_POWER] = {NULL, LEVEL_POWER, FEEL_POWER},
    [TOKEN_EQ] = {NULL, LEVEL_COMPARE, FEEL_EQ},
    [TOKEN_NE] = {NULL, LEVEL_COMPARE, FEEL_NE},
    [TOKEN_LT] = {NULL, LEVEL_COMPARE, FEEL_LT},
    [TOKEN_LE] = {NULL, LEVEL_COMPARE, FEEL_LE},
    [TOKEN_GT] = {NULL, LEVEL_COMPARE, FEEL_GT},
    [TOKEN_GE] = {NULL, LEVEL_COMPARE, FEEL_GE},
};

static const struct feel_node *parse_operand(struct feel_parser *p, const struct feel_node *left,
                                             enum feel_op op, enum level level) {
    struct place at = feel_place(p, advance(p));
    const struct feel_node *right = parse_at(p, level + 1);
    return right ? fold(p, feel_node_of(p, op, at, left, right)) : NULL;
}

/* The expression that `left` and the next token are, or `left` itself where the token does not bind so tightly. */
static const struct feel_node *parse_infix(struct feel_parser *p, const struct feel_node *left,
                                           enum level level) {
    const struct feel_token *token = peek(p);
    if (token->kind == TOKEN_WORD) {
        for (size_t i = 0; i < sizeof(infix_words) / sizeof(infix_words[0]); i++) {
            if (infix_words[i].level < level || !is_word(token, infix_words[i].word))
                continue;
            if (!infix_words[i].parse)
                return parse_operand(p, left, infix_words[i].op, infix_words[i].level);
            p->next++;
            return infix_words[i].parse(p, left, feel_place(p, token));
        }
        return left;
    }
    enum level binds = rules[token->kind].level;
    if (binds == LEVEL_NONE || binds < level || (token->kind == TOKEN_BRACKET && p->endpoint))
        return left;
    if (binds != LEVEL_POSTFIX)
        return parse_operand(p, left, rules[token->kind].op, binds);
    if (token->kind == TOKEN_BRACKET)
        return parse_filter(p, left);
    p->next++;
    return feel_read_field(p, left);
}

static const struct feel_node *parse_at(struct feel_parser *p, enum level level) {
    const struct feel_token *token = peek(p);
    if (p->depth == FEEL_DEPTH_MAX && too_deep(p, feel_place(p, token)))
        return NULL;
    if (!rules[token->kind].prefix) {
        expected(p, "a value", "");
        return NULL;
    }
    p->depth++;
    const struct feel_node *node = rules[token->kind].prefix(p), *before = NULL;
    while (node && node != before) {
        before = node;
        node = parse_infix(p, node, level);
    }
    p->depth--;
    return node;
}

/* ---- the whole of it ---- */

static bool begin(struct feel_parser *p, struct str text) {
    if (text.len > FEEL_SIZE_MAX) {
        diag(p->diags, DIAG_FEEL_LONG, p->at, str_whole(p->arena, FEEL_SIZE_MAX));
        return false;
    }
    p->keys.arena = p->arena;
    return feel_lex(p->arena, text, p->at, p->diags, &p->tokens);
}

static const struct feel_node *end(struct feel_parser *p, const struct feel_node *node) {
    if (node && peek(p)->kind != TOKEN_END)
        expected(p, "the end of the expression", "");
    return p->failed ? NULL : node;
}

const struct feel_node *feel_parse(struct arena *arena, struct str text, struct place at,
                                   const struct feel_scope *scope, struct diags *diags) {
    struct feel_parser p = {.arena = arena, .at = at, .scope = scope, .diags = diags};
    return begin(&p, text) ? end(&p, parse_at(&p, LEVEL_OR)) : NULL;
}

static bool has_question_mark(const struct feel_parser *p) {
    for (size_t i = 0; i < p->tokens.count; i++)
        if (is_word(&p->tokens.items[i], "?"))
            return true;
    return false;
}

/* `not(tests)` as the whole of a cell. */
static bool is_negated(const struct feel_parser *p) {
    if (!is_word(peek(p), "not") || peek_after(p, 1)->kind != TOKEN_OPEN)
        return false;
    size_t depth = 0;
    for (size_t i = 1; i < p->tokens.count; i++) {
        depth += p->tokens.items[i].kind == TOKEN_OPEN;
        if (p->tokens.items[i].kind == TOKEN_CLOSE && --depth == 0)
            return p->tokens.items[i + 1].kind == TOKEN_END;
    }
    return false;
}

static const struct feel_node *parse_cell(struct feel_parser *p, const struct feel_node *column) {
    struct place at = feel_place(p, peek(p));
    struct nodes tests = {0};
    bool negated = is_negated(p);
    p->next += negated ? 2 : 0;
    nodes_add(p, &tests, column);
    do {
        const struct feel_node *test = parse_test(p);
        if (!test)
            return NULL;
        nodes_add(p, &tests, test);
    } while (take(p, TOKEN_COMMA));
    if (negated && !expect(p, TOKEN_CLOSE, "a comma or )"))
        return NULL;
    const struct feel_node *node = feel_node_new(p, FEEL_IN, at, tests.items, tests.count);
    return negated && node ? feel_node_of(p, FEEL_NOT, at, node) : node;
}

const struct feel_node *feel_parse_tests(struct arena *arena, struct str text, struct place at,
                                         const struct feel_scope *scope, struct diags *diags) {
    struct feel_parser p = {.arena = arena, .at = at, .scope = scope, .diags = diags};
    struct feel_name name = {0};
    if (!begin(&p, text))
        return NULL;
    if (has_question_mark(&p) || !scope->find(scope->context, STR("?"), &name))
        return end(&p, parse_at(&p, LEVEL_OR));
    struct feel_node *column = feel_node_new(&p, FEEL_NAME, at, NULL, 0);
    column->name = STR("?");
    column->bound = name.bound;
    column->type = name.type;
    return end(&p, parse_cell(&p, column));
}
