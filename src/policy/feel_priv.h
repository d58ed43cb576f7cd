/* SPDX-License-Identifier: MIT */
/*
 * feel_priv.h: what the files of FEEL share, and those that work with its values: subject.c and group_table.c.
 *
 *     feel_lex.c       text into tokens
 *     feel_name.c      words into names: what a name stands for, of which there may be several words
 *     feel_parse.c     tokens into a tree; with it
 *     feel_test.c      ranges and tests,
 *     feel_arguments.c calls, and
 *     feel_node.c      the nodes, with what is known of each one's type
 *     feel_check.c     what is certainly wrong with a tree
 *     feel_eval.c      a tree into a value
 *     feel_value.c     comparing and calculating with values
 *     feel_call.c      the table of built-in functions, and how one is called
 *     feel_builtin_*.c the functions
 *     feel_print.c     values into text
 */
#ifndef SIGNPOST_POLICY_FEEL_PRIV_H
#define SIGNPOST_POLICY_FEEL_PRIV_H

#include "base/map.h"
#include "policy/feel.h"

/* ---- tokens ---- */

enum feel_token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_AT, /* @"..." */
    TOKEN_WORD,
    TOKEN_OPEN,      /* ( */
    TOKEN_CLOSE,     /* ) */
    TOKEN_BRACKET,   /* [ */
    TOKEN_UNBRACKET, /* ] */
    TOKEN_BRACE,     /* { */
    TOKEN_UNBRACE,   /* } */
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_DOT,
    TOKEN_DOTS, /* .. */
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OVER,
    TOKEN_POWER, /* ** */
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_COUNT,
};

struct feel_token {
    enum feel_token_kind kind;
    uint32_t offset, len; /* in the text */
    struct str text;      /* of TOKEN_TEXT and TOKEN_AT: without quotes and escapes; else as written */
};

struct feel_tokens {
    struct feel_token *items; /* the last is TOKEN_END */
    size_t count;
};

/* False after a diagnostic. */
bool feel_lex(struct arena *arena, struct str text, struct place at, struct diags *diags,
              struct feel_tokens *out);

/* ---- parsing ---- */

/* A name that the expression gives: a variable of some, every or for, an entry of a context, or the item of a filter, whose
 * fields are then names too. The innermost first. */
struct feel_local {
    const struct feel_local *outer;
    struct str name;
    uint32_t slot;
    bool item;
    struct feel_static type;
};

struct feel_parser {
    struct arena *arena;
    struct feel_tokens tokens;
    size_t next; /* the token to be read */
    struct place at;
    const struct feel_scope *scope;
    const struct feel_local *locals;
    struct map keys; /* keys of contexts and properties that have several words */
    struct diags *diags;
    uint32_t slot;  /* the next that is free */
    uint32_t slots; /* the most that were in use */
    unsigned depth;
    bool failed;
    bool endpoint; /* in a range: a bracket closes it, and does not filter */
};

struct place feel_place(const struct feel_parser *p, const struct feel_token *token);

/* A node over kids, which are copied. Its type is what follows from theirs; a node that has one value whatever the names
 * are is a literal. NULL, after a diagnostic, where it would be too high. */
struct feel_node *feel_node_new(struct feel_parser *p, enum feel_op op, struct place at,
                                const struct feel_node *const *kids, size_t count);
#define feel_node_of(p, op, at, ...)                                               \
    feel_node_new((p), (op), (at), (const struct feel_node *const[]){__VA_ARGS__}, \
                  sizeof((const struct feel_node *const[]){__VA_ARGS__}) / sizeof(struct feel_node *))

/* Words from token `from`, as far as `count` of them follow each other, joined by single spaces. */
struct str feel_words(const struct feel_parser *p, size_t from, size_t count);
size_t feel_word_count(const struct feel_parser *p, size_t from);

/* How many words from token `from` are a key that is known to have several; 1 where none is. */
size_t feel_key_words(const struct feel_parser *p, size_t from);
void feel_key_add(struct feel_parser *p, struct str key);

/* Reads the name that the next token begins. NULL after a diagnostic. */
struct feel_node *feel_read_name(struct feel_parser *p);

/* Reads the name after a full stop, and gives the path to it. NULL after a diagnostic. */
struct feel_node *feel_read_field(struct feel_parser *p, const struct feel_node *of);

/* ---- evaluation ---- */

struct feel_run {
    const struct feel_env *env;
    struct arena *arena;
    struct feel_value *slots;
    size_t steps;
};

/* Where the two values are, without further doubt, one. What an `if` gives whose condition is unknown. */
struct feel_value feel_either(struct feel_value a, struct feel_value b);

/* A list while it is made. */
struct feel_making {
    struct arena *arena;
    struct feel_value *items;
    bool *possible;
    size_t count, room, sure, weight;
};
bool feel_making_add(struct feel_making *making, struct feel_value v,
                     bool possible); /* false: it would hold more than FEEL_ITEMS_MAX */
struct feel_value feel_making_done(const struct feel_making *making);

static inline bool feel_is_possible(const struct feel_list *list, size_t i) {
    return list->possible && list->possible[i];
}

/* true, false, null and unknown by Kleene's logic; whatever is no boolean counts as null. */
struct feel_value feel_and(struct feel_value a, struct feel_value b);
struct feel_value feel_or(struct feel_value a, struct feel_value b);
struct feel_value feel_not(struct feel_value a);

/* Whether two values have an order, and which: below, at or above 0. */
bool feel_compare(struct feel_value a, struct feel_value b, int *out);

struct feel_value feel_arithmetic(struct arena *arena, enum feel_op op, struct feel_value a,
                                  struct feel_value b);
struct feel_value feel_negate(struct feel_value a);

/* One of the tests of `in`. */
struct feel_value feel_in(struct feel_value value, struct feel_value test);

/* A property of a value that has them (date.year, range.start); false where there is none of that name. */
bool feel_property(struct feel_value of, struct str name, struct feel_value *out);
const struct feel_value *feel_context_get(const struct feel_context *context, struct str key);

/* ---- built-in functions ---- */

#define FEEL_PARAMETERS_MAX 4

/* What a parameter takes: bits by enum feel_type. */
#define TAKES(type) (1u << FEEL_##type)
#define TAKES_ANY (~0u)

struct feel_parameter {
    const char *name; /* or several, with | between them */
    unsigned takes;
    bool optional;
};

typedef struct feel_value feel_function(struct feel_run *run, const struct feel_value *args, size_t count);

/* How a function is called. */
enum feel_how {
    FEEL_SPREAD = 1,  /* its list may be given as arguments: min(1, 2) */
    FEEL_REPEATS = 2, /* its last parameter may be given any number of times */
    FEEL_CAREFUL = 4, /* knows itself what to do with unknown values, and with lists that have some */
    FEEL_IMPURE = 8,  /* does not depend on its arguments alone */
};

/* Functions of one name stand next to each other; the number and names of the arguments say which is meant. */
struct feel_builtin {
    const char *name;
    feel_function *function;
    enum feel_type gives; /* FEEL_UNKNOWN: it depends */
    unsigned how;         /* bits of enum feel_how */
    struct feel_parameter parameters[FEEL_PARAMETERS_MAX];
};

extern const struct feel_builtin feel_builtins[];
extern const size_t feel_builtin_count;

const struct feel_builtin *feel_builtin_find(struct str name); /* the first of that name, or NULL */
struct str feel_builtin_nearest(struct str name);
size_t feel_parameter_count(const struct feel_builtin *builtin);
struct feel_value feel_call(struct feel_run *run, const struct feel_builtin *builtin,
                            const struct feel_value *args, size_t count);

/* Dates and durations, whose texts are read in more than one place. Null where there is no such thing. */
struct feel_value feel_date_of(int64_t year, int64_t month, int64_t day);
struct feel_value feel_date_parse(struct str s);
struct feel_value feel_duration_parse(struct str s);
struct feel_value feel_date_add_months(struct feel_value d, int64_t months);
struct feel_value feel_date_add_seconds(struct feel_value d, struct decimal seconds);
bool feel_date_in_range(int64_t days);

struct feel_date_parts {
    int64_t year;
    int month, day;
};
struct feel_date_parts feel_date_parts(int64_t days);

/* Whole seconds towards zero; what a duration holds always fits. */
int64_t feel_seconds(struct decimal seconds);

/* FEEL's string(): text as it is, everything else as feel_print has it, dates and durations bare. */
void feel_print_bare(struct buf *out, struct feel_value v);

/* The functions that feel_call.c lists. */
feel_function feel_fn_abs, feel_fn_ceiling, feel_fn_decimal, feel_fn_even, feel_fn_exp, feel_fn_floor,
    feel_fn_log, feel_fn_modulo, feel_fn_number, feel_fn_odd, feel_fn_round_down, feel_fn_round_half_down,
    feel_fn_round_half_up, feel_fn_round_up, feel_fn_sqrt;
feel_function feel_fn_contains, feel_fn_ends_with, feel_fn_lower_case, feel_fn_starts_with, feel_fn_string,
    feel_fn_string_join, feel_fn_string_length, feel_fn_substring, feel_fn_substring_after,
    feel_fn_substring_before, feel_fn_upper_case;
feel_function feel_fn_all, feel_fn_any, feel_fn_append, feel_fn_concatenate, feel_fn_count, feel_fn_distinct,
    feel_fn_flatten, feel_fn_index_of, feel_fn_insert_before, feel_fn_list_contains, feel_fn_list_replace,
    feel_fn_remove, feel_fn_reverse, feel_fn_sublist, feel_fn_union;
feel_function feel_fn_max, feel_fn_mean, feel_fn_median, feel_fn_min, feel_fn_mode, feel_fn_product,
    feel_fn_sort, feel_fn_stddev, feel_fn_sum;
feel_function feel_fn_context, feel_fn_context_merge, feel_fn_context_put, feel_fn_get_entries,
    feel_fn_get_value, feel_fn_is, feel_fn_not;
feel_function feel_fn_date, feel_fn_date_parts, feel_fn_day_of_week, feel_fn_day_of_year, feel_fn_duration,
    feel_fn_month_of_year, feel_fn_today, feel_fn_week_of_year, feel_fn_years_and_months;
feel_function feel_fn_after, feel_fn_before, feel_fn_coincides, feel_fn_during, feel_fn_finished_by,
    feel_fn_finishes, feel_fn_includes, feel_fn_meets, feel_fn_met_by, feel_fn_overlaps,
    feel_fn_overlaps_after, feel_fn_overlaps_before, feel_fn_started_by, feel_fn_starts;

#endif
