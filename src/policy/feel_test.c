/* SPDX-License-Identifier: MIT */
/* feel_test.c: reading ranges, and the tests of `in` and of cells. */
#include "policy/feel_parse.h"

/* The test that a sign begins; false where it begins none. */
static bool test_of(enum feel_token_kind kind, enum feel_test *out) {
    static const enum feel_test tests[TOKEN_COUNT] = {
        [TOKEN_LT] = FEEL_TEST_LT, [TOKEN_LE] = FEEL_TEST_LE, [TOKEN_GT] = FEEL_TEST_GT,
        [TOKEN_GE] = FEEL_TEST_GE, [TOKEN_EQ] = FEEL_TEST_EQ, [TOKEN_NE] = FEEL_TEST_NE,
    };
    *out = tests[kind];
    return *out != FEEL_TEST_WITHIN;
}

/* `< 10`, from its sign. */
static const struct feel_node *parse_comparison(struct feel_parser *p) {
    const struct feel_token *token = feel_advance(p);
    const struct feel_node *operand = feel_parse_at(p, LEVEL_ADD);
    struct feel_node *node = operand ? feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, token), operand) : NULL;
    if (node)
        test_of(token->kind, &node->test);
    return node;
}

/* The rest of a range, from its two dots. */
const struct feel_node *feel_parse_range(struct feel_parser *p, const struct feel_token *open,
                                         const struct feel_node *from) {
    bool endpoint = p->endpoint;
    p->next++;
    p->endpoint = true;
    const struct feel_node *to = feel_parse_at(p, LEVEL_ADD);
    p->endpoint = endpoint;
    if (!to)
        return NULL;
    struct feel_node *node = feel_node_of(p, FEEL_MAKE_RANGE, feel_place(p, open), from, to);
    const struct feel_token *close = feel_advance(p);
    if (close->kind != TOKEN_UNBRACKET && close->kind != TOKEN_CLOSE && close->kind != TOKEN_BRACKET) {
        p->next -= close->kind != TOKEN_END;
        feel_expected(p, "] or )", "a range has its end included by ], and excluded by )");
        return NULL;
    }
    if (node) {
        node->from_included = open->kind == TOKEN_BRACKET;
        node->to_included = close->kind == TOKEN_UNBRACKET;
    }
    return node;
}

/* One test of those in brackets, or of a cell. */
const struct feel_node *feel_parse_test(struct feel_parser *p) {
    enum feel_test test;
    return test_of(feel_peek(p)->kind, &test) ? parse_comparison(p) : feel_parse_inside(p);
}

/* The tests after `in (`: an open bracket may also begin a range, or a plain expression. */
static bool parse_tests_in_brackets(struct feel_parser *p, struct feel_nodes *tests) {
    const struct feel_token *open = feel_advance(p);
    do {
        const struct feel_node *test = feel_parse_test(p);
        if (test && tests->count == 1 && feel_peek(p)->kind == TOKEN_DOTS) {
            test = feel_parse_range(p, open, test);
            feel_nodes_add(p, tests, test);
            return test;
        }
        if (!test)
            return false;
        feel_nodes_add(p, tests, test);
    } while (feel_take(p, TOKEN_COMMA));
    return feel_expect(p, TOKEN_CLOSE, "a comma or )");
}

/* A list that is written out and holds no lists is its items, each a test. */
static void add_tests_of(struct feel_parser *p, struct feel_nodes *tests, const struct feel_node *node) {
    bool plain = node->op == FEEL_MAKE_LIST;
    for (size_t i = 0; plain && i < node->count; i++)
        plain = node->kids[i]->op == FEEL_MAKE_RANGE || node->kids[i]->op == FEEL_LITERAL;
    if (!plain)
        feel_nodes_add(p, tests, node);
    for (size_t i = 0; plain && i < node->count; i++)
        feel_nodes_add(p, tests, node->kids[i]);
}

const struct feel_node *feel_parse_in(struct feel_parser *p, const struct feel_node *left, struct place at) {
    struct feel_nodes tests = {0};
    enum feel_test test;
    feel_nodes_add(p, &tests, left);
    if (feel_peek(p)->kind == TOKEN_OPEN) {
        if (!parse_tests_in_brackets(p, &tests))
            return NULL;
    } else {
        const struct feel_node *right =
            test_of(feel_peek(p)->kind, &test) ? parse_comparison(p) : feel_parse_at(p, LEVEL_ADD);
        if (!right)
            return NULL;
        add_tests_of(p, &tests, right);
    }
    return feel_node_new(p, FEEL_IN, at, tests.items, tests.count);
}

/* ---- cells ---- */

bool feel_has_question_mark(const struct feel_parser *p) {
    for (size_t i = 0; i < p->tokens.count; i++)
        if (feel_is_word(&p->tokens.items[i], "?"))
            return true;
    return false;
}

/* `not(tests)` as the whole of a cell. */
static bool is_negated(const struct feel_parser *p) {
    if (!feel_is_word(feel_peek(p), "not") || feel_peek_after(p, 1)->kind != TOKEN_OPEN)
        return false;
    size_t depth = 0;
    for (size_t i = 1; i < p->tokens.count; i++) {
        depth += p->tokens.items[i].kind == TOKEN_OPEN;
        if (p->tokens.items[i].kind == TOKEN_CLOSE && --depth == 0)
            return p->tokens.items[i + 1].kind == TOKEN_END;
    }
    return false;
}

const struct feel_node *feel_parse_cell(struct feel_parser *p, const struct feel_node *column) {
    struct place at = feel_place(p, feel_peek(p));
    struct feel_nodes tests = {0};
    bool negated = is_negated(p);
    p->next += negated ? 2 : 0;
    feel_nodes_add(p, &tests, column);
    do {
        const struct feel_node *test = feel_parse_test(p);
        if (!test)
            return NULL;
        feel_nodes_add(p, &tests, test);
    } while (feel_take(p, TOKEN_COMMA));
    if (negated && !feel_expect(p, TOKEN_CLOSE, "a comma or )"))
        return NULL;
    const struct feel_node *node = feel_node_new(p, FEEL_IN, at, tests.items, tests.count);
    return negated && node ? feel_node_of(p, FEEL_NOT, at, node) : node;
}
