/* SPDX-License-Identifier: MIT */
/*
 * feel_parse.h: what the files of FEEL's parser share: tokens read one by one, nodes made, and the expressions within
 * others. Only src/policy/feel_*.c include it.
 *
 * A function that reads gives NULL, or false, after a diagnostic; nothing is said twice.
 */
#ifndef SIGNPOST_POLICY_FEEL_PARSE_H
#define SIGNPOST_POLICY_FEEL_PARSE_H

#include "policy/feel_priv.h"

/* How tightly operators bind, the loosest first. A minus binds tighter than **, as DMN has it: -2 ** 2 is 4. */
enum feel_level {
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

/* ---- tokens ---- */

const struct feel_token *feel_peek(const struct feel_parser *p);
const struct feel_token *feel_peek_after(const struct feel_parser *p,
                                         size_t ahead); /* the end stays the end */
const struct feel_token *feel_advance(struct feel_parser *p);
bool feel_is_word(const struct feel_token *token, const char *word);
bool feel_take(struct feel_parser *p, enum feel_token_kind kind); /* steps over it if it is of that kind */

/* Says that something else is expected at the next token; false. */
bool feel_expected(struct feel_parser *p, const char *what, const char *hint);
bool feel_expect(struct feel_parser *p, enum feel_token_kind kind, const char *what);
bool feel_expect_word(struct feel_parser *p, const char *word, const char *what);

bool feel_too_deep(struct feel_parser *p, struct place at); /* says so; true */

/* ---- nodes ---- */

/* Nodes while it is not known how many there will be. */
struct feel_nodes {
    const struct feel_node **items;
    size_t count, room;
};

void feel_nodes_add(struct feel_parser *p, struct feel_nodes *nodes, const struct feel_node *node);

struct feel_node *feel_literal(struct feel_parser *p, struct place at, struct feel_value v);

/* What has one value whatever the names are is worked out once: date("2019-09-01"), 1/3. What is null stays as it was
 * written, so that feel_check can say why. */
const struct feel_node *feel_fold(struct feel_parser *p, struct feel_node *node);

struct feel_static feel_list_of(struct feel_parser *p, struct feel_static item);

/* The items of a list, of what is known of it; any other value is a list of itself. */
struct feel_static feel_item_of(const struct feel_static *list);

/* The arguments of a call as they were written. */
struct feel_arguments {
    struct feel_nodes nodes;
    struct str names[FEEL_PARAMETERS_MAX];
    bool named;
    size_t extra; /* names beyond what any function has */
};

/* The call of the one of the functions of first's name that the arguments fit; where none does, of the first, which is
 * then wrong. */
const struct feel_node *feel_make_call(struct feel_parser *p, const struct feel_builtin *first,
                                       struct place at, const struct feel_arguments *given);

/* ---- expressions ---- */

const struct feel_node *feel_parse_at(struct feel_parser *p, enum feel_level level);

/* An expression that is enclosed by something, so that a bracket in it is its own. */
const struct feel_node *feel_parse_inside(struct feel_parser *p);

/* An expression, or a test as `< 10`: what stands in brackets, or in a cell. */
const struct feel_node *feel_parse_test(struct feel_parser *p);

/* The rest of a range, from its two dots. */
const struct feel_node *feel_parse_range(struct feel_parser *p, const struct feel_token *open,
                                         const struct feel_node *from);

/* The tests after `in`. */
const struct feel_node *feel_parse_in(struct feel_parser *p, const struct feel_node *left, struct place at);

/* The tests of a cell, on its column; and whether it is an expression with a ? in it instead. */
const struct feel_node *feel_parse_cell(struct feel_parser *p, const struct feel_node *column);
bool feel_has_question_mark(const struct feel_parser *p);

#endif
