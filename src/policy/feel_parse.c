/* SPDX-License-Identifier: MIT */
/*
 * feel_parse.c: tokens into a tree.
 *
 * A Pratt parser: one line a token says what it does at the beginning of an expression and after one, and how tightly it
 * binds. The first mistake ends the reading of an expression: what follows it would be guesses.
 */
#include "policy/feel_parse.h"

/* ---- tokens ---- */

const struct feel_token *feel_peek(const struct feel_parser *p) {
    return &p->tokens.items[p->next];
}

const struct feel_token *feel_peek_after(const struct feel_parser *p, size_t ahead) {
    size_t i = p->next + ahead;
    return &p->tokens.items[i < p->tokens.count ? i : p->tokens.count - 1];
}

const struct feel_token *feel_advance(struct feel_parser *p) {
    const struct feel_token *token = feel_peek(p);
    if (token->kind != TOKEN_END)
        p->next++;
    return token;
}

bool feel_is_word(const struct feel_token *token, const char *word) {
    return token->kind == TOKEN_WORD && str_eq(token->text, str_from(word));
}

bool feel_take(struct feel_parser *p, enum feel_token_kind kind) {
    if (feel_peek(p)->kind != kind)
        return false;
    p->next++;
    return true;
}

bool feel_expected(struct feel_parser *p, const char *what, const char *hint) {
    if (!p->failed)
        diag(p->diags, DIAG_FEEL_SYNTAX, feel_place(p, feel_peek(p)), str_from(what), str_from(hint));
    p->failed = true;
    return false;
}

bool feel_expect(struct feel_parser *p, enum feel_token_kind kind, const char *what) {
    return feel_take(p, kind) || feel_expected(p, what, "");
}

bool feel_expect_word(struct feel_parser *p, const char *word, const char *what) {
    if (!feel_is_word(feel_peek(p), word))
        return feel_expected(p, what, "");
    p->next++;
    return true;
}

struct place feel_place(const struct feel_parser *p, const struct feel_token *token) {
    return place_at(p->at.source, p->at.offset + token->offset);
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

const struct feel_node *feel_parse_inside(struct feel_parser *p) {
    bool endpoint = p->endpoint;
    p->endpoint = false;
    const struct feel_node *node = feel_parse_at(p, LEVEL_OR);
    p->endpoint = endpoint;
    return node;
}

/* ---- calls ---- */

static bool parse_argument(struct feel_parser *p, struct feel_arguments *given) {
    size_t words = feel_word_count(p, p->next);
    bool named = words && feel_peek_after(p, words)->kind == TOKEN_COLON;
    if (given->nodes.count && named != given->named)
        return feel_expected(p, named ? "an argument without a name" : "a named argument",
                             "name all arguments of a call, or none");
    given->named = named;
    if (named) {
        if (given->nodes.count < FEEL_PARAMETERS_MAX)
            given->names[given->nodes.count] = feel_words(p, p->next, words);
        else
            given->extra++;
        p->next += words + 1;
    }
    const struct feel_node *value = feel_parse_inside(p);
    if (value)
        feel_nodes_add(p, &given->nodes, value);
    return value;
}

static const struct feel_node *parse_call(struct feel_parser *p, const struct feel_builtin *builtin,
                                          size_t words) {
    struct place at = feel_place(p, feel_peek(p));
    struct feel_arguments given = {0};
    p->next += words + 1;
    if (!feel_take(p, TOKEN_CLOSE)) {
        do
            if (!parse_argument(p, &given))
                return NULL;
        while (feel_take(p, TOKEN_COMMA));
        if (!feel_expect(p, TOKEN_CLOSE, "a comma or )"))
            return NULL;
    }
    return feel_make_call(p, builtin, at, &given);
}

/* ---- what begins with a word ---- */

static const struct feel_node *parse_if(struct feel_parser *p) {
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_node *kids[3];
    if (!(kids[0] = feel_parse_inside(p)) || !feel_expect_word(p, "then", "\"then\""))
        return NULL;
    if (!(kids[1] = feel_parse_inside(p)) || !feel_expect_word(p, "else", "\"else\""))
        return NULL;
    kids[2] = feel_parse_at(p, LEVEL_OR);
    return feel_node_new(p, FEEL_IF, at, kids, 3);
}

/* `name in list`, and enters the name for what comes after it. */
static const struct feel_node *parse_iterator(struct feel_parser *p, uint32_t *slot) {
    size_t words = 0;
    while (feel_peek_after(p, words)->kind == TOKEN_WORD && !feel_is_word(feel_peek_after(p, words), "in"))
        words++;
    if (!words) {
        feel_expected(p, "a name for the items", "as in: some m in members satisfies m.leader");
        return NULL;
    }
    struct feel_local local = {.name = feel_words(p, p->next, words)};
    p->next += words;
    if (!feel_expect_word(p, "in", "\"in\""))
        return NULL;
    const struct feel_token *open = feel_peek(p);
    const struct feel_node *list = feel_parse_inside(p);
    if (list && feel_peek(p)->kind == TOKEN_DOTS) { /* 1..3 without brackets: both ends are included */
        p->next++;
        const struct feel_node *to = feel_parse_inside(p);
        struct feel_node *range = to ? feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, open), list, to) : NULL;
        if (range)
            range->from_included = range->to_included = true;
        list = range;
    }
    if (!list)
        return NULL;
    local.type =
        list->type.type == FEEL_RANGE ? (struct feel_static){.type = FEEL_NUMBER} : feel_item_of(&list->type);
    local.slot = take_slots(p, 1);
    *slot = local.slot;
    enter(p, local);
    return list;
}

static const struct feel_node *parse_iteration(struct feel_parser *p, enum feel_op op, const char *before) {
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_local *outer = p->locals;
    uint32_t first = p->slot, slot;
    struct feel_nodes kids = {0};
    do {
        const struct feel_node *list = parse_iterator(p, &slot);
        if (!list)
            return NULL;
        feel_nodes_add(p, &kids, list);
    } while (feel_take(p, TOKEN_COMMA));
    if (!feel_expect_word(p, before, op == FEEL_FOR ? "a comma or \"return\"" : "a comma or \"satisfies\""))
        return NULL;
    slot = take_slots(p, op == FEEL_FOR);
    if (op == FEEL_FOR)
        enter(p, (struct feel_local){.name = STR("partial"), .slot = slot, .type = {.type = FEEL_LIST}});
    const struct feel_node *result = feel_parse_at(p, LEVEL_OR);
    p->locals = outer;
    p->slot = first;
    if (!result)
        return NULL;
    feel_nodes_add(p, &kids, result);
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
    return feel_literal(p, feel_place(p, feel_advance(p)), feel_bool(true));
}

static const struct feel_node *parse_false(struct feel_parser *p) {
    return feel_literal(p, feel_place(p, feel_advance(p)), feel_bool(false));
}

static const struct feel_node *parse_null(struct feel_parser *p) {
    return feel_literal(p, feel_place(p, feel_advance(p)), feel_null());
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
        const struct feel_builtin *builtin = feel_peek_after(p, words)->kind == TOKEN_OPEN
                                                 ? feel_builtin_find(feel_words(p, p->next, words))
                                                 : NULL;
        if (builtin)
            return parse_call(p, builtin, words);
    }
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        if (feel_is_word(feel_peek(p), beginnings[i].word))
            return beginnings[i].parse(p);
    return feel_read_name(p);
}

/* ---- what begins with another token ---- */

static const struct feel_node *parse_number(struct feel_parser *p) {
    const struct feel_token *token = feel_advance(p);
    struct decimal number;
    if (decimal_parse(token->text, &number))
        return feel_literal(p, feel_place(p, token), feel_number(number));
    p->next--;
    feel_expected(p, "a number of a size that can be calculated with", "");
    return NULL;
}

static const struct feel_node *parse_text(struct feel_parser *p) {
    const struct feel_token *token = feel_advance(p);
    return feel_literal(p, feel_place(p, token), feel_text(token->text));
}

static const struct feel_node *parse_at_literal(struct feel_parser *p) {
    const struct feel_token *token = feel_advance(p);
    struct feel_value v = feel_date_parse(token->text);
    if (v.type == FEEL_NULL)
        v = feel_duration_parse(token->text);
    struct feel_node *node = feel_literal(p, feel_place(p, token), v);
    if (v.type == FEEL_NULL)
        node->wrong = STR("write a date as @\"2019-09-01\", a duration as @\"P1Y6M\" or @\"P10D\"");
    return node;
}

static const struct feel_node *parse_minus(struct feel_parser *p) {
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_node *operand = feel_parse_at(p, LEVEL_NEGATE);
    return operand ? feel_fold(p, feel_node_of(p, FEEL_NEGATE, at, operand)) : NULL;
}

static const struct feel_node *parse_brackets(struct feel_parser *p) {
    const struct feel_token *open = feel_advance(p);
    const struct feel_node *node = feel_parse_test(p);
    if (node && feel_peek(p)->kind == TOKEN_DOTS)
        return feel_parse_range(p, open, node);
    return node && feel_expect(p, TOKEN_CLOSE, ")") ? node : NULL;
}

static const struct feel_node *parse_list(struct feel_parser *p) {
    const struct feel_token *open = feel_advance(p);
    struct feel_nodes items = {0};
    if (!feel_take(p, TOKEN_UNBRACKET)) {
        do {
            const struct feel_node *item = feel_parse_inside(p);
            if (item && !items.count && feel_peek(p)->kind == TOKEN_DOTS)
                return feel_parse_range(p, open, item);
            if (!item)
                return NULL;
            feel_nodes_add(p, &items, item);
        } while (feel_take(p, TOKEN_COMMA));
        if (!feel_expect(p, TOKEN_UNBRACKET, "a comma or ]"))
            return NULL;
    }
    return feel_node_new(p, FEEL_MAKE_LIST, feel_place(p, open), items.items, items.count);
}

/* `]1..3]`: what is elsewhere `(1..3]`. */
static const struct feel_node *parse_open_range(struct feel_parser *p) {
    const struct feel_token *open = feel_advance(p);
    const struct feel_node *from = feel_parse_inside(p);
    if (!from || feel_peek(p)->kind != TOKEN_DOTS) {
        feel_expected(p, "..", "a range begins here, as ]1..3]");
        return NULL;
    }
    return feel_parse_range(p, open, from);
}

/* A key is text in quotes, or whatever stands before the colon: `{number of visits: 3}`. */
static bool parse_key(struct feel_parser *p, struct str *out) {
    size_t from = p->next;
    if (feel_peek(p)->kind == TOKEN_TEXT) {
        *out = feel_advance(p)->text;
    } else {
        bool words = true;
        for (; feel_peek(p)->kind != TOKEN_COLON; p->next++) {
            enum feel_token_kind kind = feel_peek(p)->kind;
            if (kind == TOKEN_END || kind == TOKEN_BRACE || kind == TOKEN_UNBRACE || kind == TOKEN_COMMA)
                return feel_expected(p, "a key, a colon and a value", "as in: {visits: 3, reports: 1}");
            words &= kind == TOKEN_WORD;
        }
        if (p->next == from)
            return feel_expected(p, "a key", "as in: {visits: 3, reports: 1}");
        const struct feel_token *first = &p->tokens.items[from], *last = &p->tokens.items[p->next - 1];
        *out = words ? feel_words(p, from, p->next - from)
                     : (struct str){first->text.at, last->offset + last->len - first->offset};
    }
    return feel_expect(p, TOKEN_COLON, "a colon");
}

static const struct feel_node *parse_context(struct feel_parser *p) {
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_local *outer = p->locals;
    uint32_t first = p->slot;
    struct feel_nodes values = {0};
    struct str *keys = NULL, wrong = {0};
    while (values.count || feel_peek(p)->kind != TOKEN_UNBRACE) {
        struct str key;
        if (!parse_key(p, &key))
            return NULL;
        for (size_t i = 0; i < values.count; i++)
            if (str_eq(keys[i], key))
                wrong = str_join(p->arena, STR("give the key \""), key, STR("\" once"));
        const struct feel_node *value = feel_parse_inside(p);
        if (!value)
            return NULL;
        size_t room = values.room;
        feel_nodes_add(p, &values, value);
        if (values.room > room)
            keys = arena_grow(p->arena, keys, room * sizeof(key), values.room * sizeof(key),
                              alignof(struct str));
        keys[values.count - 1] = key;
        enter(p, (struct feel_local){.name = key, .slot = take_slots(p, 1), .type = value->type});
        if (!feel_take(p, TOKEN_COMMA))
            break;
    }
    p->locals = outer;
    p->slot = first;
    if (!feel_expect(p, TOKEN_UNBRACE, "a comma or }"))
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
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_local *outer = p->locals;
    struct feel_local item = {.name = STR("item"), .item = true, .type = feel_item_of(&list->type)};
    item.slot = take_slots(p, 1);
    enter(p, item);
    const struct feel_node *condition = feel_parse_inside(p);
    p->locals = outer;
    p->slot = item.slot;
    if (!condition || !feel_expect(p, TOKEN_UNBRACKET, "]"))
        return NULL;
    struct feel_node *node = feel_node_of(p, FEEL_FILTER, at, list, condition);
    if (node)
        node->slot = item.slot;
    return node;
}

static const struct feel_node *parse_between(struct feel_parser *p, const struct feel_node *left,
                                             struct place at) {
    const struct feel_node *from = feel_parse_at(p, LEVEL_ADD);
    if (!from || !feel_expect_word(p, "and", "\"and\""))
        return NULL;
    const struct feel_node *to = feel_parse_at(p, LEVEL_ADD);
    return to ? feel_node_of(p, FEEL_BETWEEN, at, left, from, to) : NULL;
}

static const struct feel_node *parse_instance(struct feel_parser *p, const struct feel_node *left,
                                              struct place at) {
    if (!feel_expect_word(p, "of", "\"of\""))
        return NULL;
    size_t words = feel_word_count(p, p->next);
    while (words > 1 && !str_eq(feel_words(p, p->next, words), STR("years and months duration")) &&
           !str_eq(feel_words(p, p->next, words), STR("days and time duration")))
        words--;
    if (!words) {
        feel_expected(p, "the name of a type", "");
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
    enum feel_level level;
    enum feel_op op; /* of those whose right side is an operand */
    const struct feel_node *(*parse)(struct feel_parser *, const struct feel_node *, struct place);
} infix_words[] = {
    {"or", LEVEL_OR, FEEL_OR, NULL},
    {"and", LEVEL_AND, FEEL_AND, NULL},
    {"in", LEVEL_COMPARE, FEEL_IN, feel_parse_in},
    {"between", LEVEL_COMPARE, FEEL_BETWEEN, parse_between},
    {"instance", LEVEL_INSTANCE, FEEL_INSTANCE_OF, parse_instance},
};

/* One line a token: what it begins, and what it is after an expression. */
static const struct {
    const struct feel_node *(*prefix)(struct feel_parser *);
    enum feel_level level; /* as an infix; LEVEL_NONE: it is none */
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
                                             enum feel_op op, enum feel_level level) {
    struct place at = feel_place(p, feel_advance(p));
    const struct feel_node *right = feel_parse_at(p, level + 1);
    return right ? feel_fold(p, feel_node_of(p, op, at, left, right)) : NULL;
}

/* The expression that `left` and the next token are, or `left` itself where the token does not bind so tightly. */
static const struct feel_node *parse_infix(struct feel_parser *p, const struct feel_node *left,
                                           enum feel_level level) {
    const struct feel_token *token = feel_peek(p);
    if (token->kind == TOKEN_WORD) {
        for (size_t i = 0; i < sizeof(infix_words) / sizeof(infix_words[0]); i++) {
            if (infix_words[i].level < level || !feel_is_word(token, infix_words[i].word))
                continue;
            if (!infix_words[i].parse)
                return parse_operand(p, left, infix_words[i].op, infix_words[i].level);
            p->next++;
            return infix_words[i].parse(p, left, feel_place(p, token));
        }
        return left;
    }
    enum feel_level binds = rules[token->kind].level;
    if (binds == LEVEL_NONE || binds < level || (token->kind == TOKEN_BRACKET && p->endpoint))
        return left;
    if (binds != LEVEL_POSTFIX)
        return parse_operand(p, left, rules[token->kind].op, binds);
    if (token->kind == TOKEN_BRACKET)
        return parse_filter(p, left);
    p->next++;
    return feel_read_field(p, left);
}

const struct feel_node *feel_parse_at(struct feel_parser *p, enum feel_level level) {
    const struct feel_token *token = feel_peek(p);
    if (p->depth == FEEL_DEPTH_MAX && feel_too_deep(p, feel_place(p, token)))
        return NULL;
    if (!rules[token->kind].prefix) {
        feel_expected(p, "a value", "");
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
    if (node && feel_peek(p)->kind != TOKEN_END)
        feel_expected(p, "the end of the expression", "");
    return p->failed ? NULL : node;
}

const struct feel_node *feel_parse(struct arena *arena, struct str text, struct place at,
                                   const struct feel_scope *scope, struct diags *diags) {
    struct feel_parser p = {.arena = arena, .at = at, .scope = scope, .diags = diags};
    return begin(&p, text) ? end(&p, feel_parse_at(&p, LEVEL_OR)) : NULL;
}

const struct feel_node *feel_parse_tests(struct arena *arena, struct str text, struct place at,
                                         const struct feel_scope *scope, struct diags *diags) {
    struct feel_parser p = {.arena = arena, .at = at, .scope = scope, .diags = diags};
    struct feel_name name = {0};
    if (!begin(&p, text))
        return NULL;
    if (feel_has_question_mark(&p) || !scope->find(scope->context, STR("?"), &name))
        return end(&p, feel_parse_at(&p, LEVEL_OR));
    struct feel_node *column = feel_node_new(&p, FEEL_NAME, at, NULL, 0);
    column->name = STR("?");
    column->bound = name.bound;
    column->type = name.type;
    return end(&p, feel_parse_cell(&p, column));
}
