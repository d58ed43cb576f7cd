/* SPDX-License-Identifier: MIT */
/*
 * feel.h: FEEL, the expressions of policy pages.
 *
 * FEEL is the expression language of DMN 1.4. Here is the part of it that policies need: numbers (exact decimals), text,
 * booleans, null, dates, both durations, lists, contexts and ranges, with the built-in functions on them; no times of
 * day, no user functions and no clock but `today()`, which the caller sets. An expression is parsed once against the
 * names that its vocabulary has, checked, and evaluated as often as there are records:
 *
 *     const struct feel_node *e = feel_parse(arena, STR("count(members[scc]) / count(members) <= 1/3"), at, &scope, diags);
 *     if (e && feel_check(arena, e, diags))
 *         struct feel_value v = feel_eval(e, &env);
 *
 * What FEEL calls an error while evaluating (text times a number, a wrong argument) is null, as DMN says; what can be
 * known before is said by feel_check, at its place.
 *
 * **Unknown is not null.** FEEL_UNKNOWN is a value that exists and is not known. It comes only from names and record
 * fields whose lookup returns false, and it never turns into null: `not`, `and`, `or`, `some`, `every` and `if` treat
 * it by Kleene's logic (false and unknown is false), everything else that needs it is unknown. A filter whose condition
 * is unknown for an item keeps the item as *possible*; the count of such a list is unknown between bounds, and a
 * comparison that the bounds decide is decided: of 1 to 3 members, `>= 1` is true.
 *
 * Everything is bounded: the text by FEEL_SIZE_MAX, nesting by FEEL_DEPTH_MAX (so recursion over a tree is safe), the
 * steps of one evaluation by FEEL_STEPS_MAX and what a value that it makes holds by FEEL_ITEMS_MAX, beyond which the
 * value is unknown. Trees are const once parsed, so threads share them; an evaluation owns its env.
 */
#ifndef SIGNPOST_POLICY_FEEL_H
#define SIGNPOST_POLICY_FEEL_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"

#define FEEL_DEPTH_MAX 64
#define FEEL_SIZE_MAX 4096
#define FEEL_STEPS_MAX 2000000
#define FEEL_ITEMS_MAX 100000

/* ---- values ---- */

enum feel_type {
    FEEL_NULL,
    FEEL_BOOL,
    FEEL_NUMBER,
    FEEL_TEXT,
    FEEL_DATE,
    FEEL_MONTHS, /* a duration of years and months */
    FEEL_TIME,   /* a duration of days and time */
    FEEL_LIST,
    FEEL_CONTEXT,
    FEEL_RANGE,
    FEEL_RECORD, /* fields that are looked up when they are asked for */
    FEEL_UNKNOWN,
};

struct feel_list;
struct feel_context;
struct feel_range;
struct feel_record_class;

/* 24 bytes, by value; what it points to is in the arena of the evaluation, or outlives it. Zero is null. */
struct feel_value {
    enum feel_type type;
    union {
        bool truth;
        struct decimal number; /* of FEEL_NUMBER; the seconds of FEEL_TIME */
        struct str text;
        int64_t days;   /* of FEEL_DATE: since 1 January 1970, in years -999999999 to 999999999 */
        int64_t months; /* of FEEL_MONTHS */
        const struct feel_list *list;
        const struct feel_context *context;
        const struct feel_range *range;
        struct {
            const struct feel_record_class *class;
            const void *object;
        } record;
        struct {
            bool bounded; /* a whole number from least to most; else nothing is known */
            int32_t least, most;
        } unknown;
    };
};

/* Items that are not certainly in the list are marked; `possible` is NULL where all are. */
struct feel_list {
    const struct feel_value *items;
    size_t count;
    const bool *possible;
    size_t sure; /* how many are not possible but certain; `count` where all are */
    size_t
        weight; /* of all that is in it, as feel_weight counts; 0 for `count`, which is right for records */
};

struct feel_entry {
    struct str key;
    struct feel_value value;
};

/* In the order written; a key stands once. */
struct feel_context {
    const struct feel_entry *entries;
    size_t count;
    size_t weight; /* as that of a list */
};

/* `[1..3)`, and what is written as a test: `< 10`. The two are different values even where they hold the same numbers,
 * as in DMN. */
enum feel_test {
    FEEL_TEST_WITHIN, /* from..to */
    FEEL_TEST_LT,     /* the six of these have their operand in `from` */
    FEEL_TEST_LE,
    FEEL_TEST_GT,
    FEEL_TEST_GE,
    FEEL_TEST_EQ,
    FEEL_TEST_NE,
};

struct feel_range {
    enum feel_test test;
    bool from_included, to_included; /* of FEEL_TEST_WITHIN */
    struct feel_value from, to;
};

static inline struct feel_value feel_null(void) {
    return (struct feel_value){0};
}
static inline struct feel_value feel_unknown(void) {
    return (struct feel_value){.type = FEEL_UNKNOWN};
}
static inline struct feel_value feel_bool(bool truth) {
    return (struct feel_value){.type = FEEL_BOOL, .truth = truth};
}
static inline struct feel_value feel_number(struct decimal number) {
    return (struct feel_value){.type = FEEL_NUMBER, .number = number};
}
static inline struct feel_value feel_text(struct str text) {
    return (struct feel_value){.type = FEEL_TEXT, .text = text};
}
static inline struct feel_value feel_date(int64_t days) {
    return (struct feel_value){.type = FEEL_DATE, .days = days};
}
static inline struct feel_value feel_record(const struct feel_record_class *class, const void *object) {
    return (struct feel_value){.type = FEEL_RECORD, .record = {class, object}};
}
static inline bool feel_is_true(struct feel_value v) {
    return v.type == FEEL_BOOL && v.truth;
}

/* How much there is in a value, with all that is in that: what walking through it costs. A list may hold one list many
 * times, so that a short expression could make a value that no walk ever ends in. */
size_t feel_weight(struct feel_value v);

/* A list over items that outlive it, all of them certain. */
struct feel_value feel_list(struct arena *arena, const struct feel_value *items, size_t count);

/* A context over entries that outlive it; no key may stand twice. */
struct feel_value feel_context(struct arena *arena, const struct feel_entry *entries, size_t count);

/* What `=` gives: true, false, null (two types, as in DMN) or unknown. */
struct feel_value feel_equal(struct feel_value a, struct feel_value b);

/* What `<`, `<=`, `>`, `>=` give, by the test FEEL_TEST_LT to FEEL_TEST_GE. */
struct feel_value feel_order(enum feel_test test, struct feel_value a, struct feel_value b);

/* What `value in range` gives. */
struct feel_value feel_within(struct feel_value value, const struct feel_range *range);

/* ---- static types ---- */

/* A scale whose values FEEL sees as texts. The vocabulary keeps one for each of its scales; two scales are the same if
 * their pointers are. */
struct feel_scale {
    struct str name; /* as messages name it */
    bool (*has)(const void *object, struct str id);
    struct str (*nearest)(const void *object, struct str id); /* "" where none is near */
    const void *object;
};

/* What is known of a value before it is evaluated. Type FEEL_UNKNOWN, and FEEL_NULL (so zero too): nothing is. */
struct feel_static {
    enum feel_type type;
    const struct feel_scale *scale;         /* of FEEL_TEXT: a value of this scale; may be NULL */
    const struct feel_static *item;         /* of FEEL_LIST: its items; may be NULL */
    const struct feel_record_class *record; /* of FEEL_RECORD; may be NULL */
};

/* A name that a scope or a record class knows. */
struct feel_name {
    struct feel_static type;
    const void *bound; /* the vocabulary's own, handed back in feel_node.bound */
};

/* The kind of a lazy record: what fields it has, and their values when they are asked for. */
struct feel_record_class {
    struct str name; /* "school", as messages name it */
    bool (*find)(const struct feel_record_class *class, struct str field, struct feel_name *out);
    struct str (*nearest)(const struct feel_record_class *class, struct str field);

    /* The value of a field of an object; `bound` is what find gave for it (NULL where the field was not known when
     * parsing). False: not known. `context` is that of feel_env. */
    bool (*get)(void *context, const struct feel_record_class *class, const void *object, struct str field,
                const void *bound, struct feel_value *out);

    const void *kind; /* the vocabulary's own */
};

/* Where names are looked up. They may be dotted: of `floor_ks2.floor.x` the longest chain that find knows is the name,
 * and the rest is a path. A question mark, the value of a cell's own column, is the name "?". */
struct feel_scope {
    bool (*find)(void *context, struct str name, struct feel_name *out);
    struct str (*nearest)(void *context, struct str name); /* "" where none is near */
    void *context;
};

/* ---- expressions ---- */

/* In brackets: the kids. The six comparisons are in no order that matters; those of tests are enum feel_test. */
enum feel_op {
    FEEL_LITERAL,  /* `literal` */
    FEEL_NAME,     /* `name`, as the scope knows it, and `bound` */
    FEEL_VARIABLE, /* `name`, a name that the expression itself gives: `slot` */

    /* [of] .`name`; `bound` where the record class knows the field. A field that a filter names without `item.` is
     * this too, of a FEEL_VARIABLE named item. */
    FEEL_PATH,

    /* [path of item, other]: the field where the item is a context that has it, else the other. Only where nothing is
     * known of the items that a filter goes through. */
    FEEL_SHADOWED,

    FEEL_AND, /* [left, right] */
    FEEL_OR,  /* [left, right] */
    FEEL_NOT, /* [operand] */
    FEEL_EQ,  /* [left, right], like the five below */
    FEEL_NE,
    FEEL_LT,
    FEEL_LE,
    FEEL_GT,
    FEEL_GE,

    /* [value, test, ...]: whether one test holds. Each is a FEEL_MAKE_RANGE, or any expression whose value is a range,
     * a list of tests, or equal. `x in ["a", "b"]` has two tests, as `x in ("a", "b")` has. */
    FEEL_IN,

    FEEL_BETWEEN, /* [value, from, to], both included */
    FEEL_IF,      /* [condition, then, else] */
    FEEL_ADD,     /* [left, right], like the four below */
    FEEL_SUBTRACT,
    FEEL_MULTIPLY,
    FEEL_DIVIDE,
    FEEL_POWER,
    FEEL_NEGATE,       /* [operand] */
    FEEL_CALL,         /* `name`, `call`; [argument, ...] in the order of the parameters */
    FEEL_FILTER,       /* [list, condition or index]; `slot` is item */
    FEEL_SOME,         /* [list, ..., condition]: n lists for variables in slots `slot` to `slot` + n - 1 */
    FEEL_EVERY,        /* the same */
    FEEL_FOR,          /* the same, with the result in place of the condition; slot + n is `partial` */
    FEEL_MAKE_LIST,    /* [item, ...] */
    FEEL_MAKE_CONTEXT, /* [value, ...], keys in `keys`; `slot` + i is entry i for the entries after it */
    FEEL_MAKE_RANGE,   /* [from, to] for FEEL_TEST_WITHIN, [operand] for the other `test`s */
    FEEL_INSTANCE_OF,  /* [value]; the type's name in `name` */
};

struct feel_builtin;

/* One node of a parsed expression; never changes once it is parsed. */
struct feel_node {
    enum feel_op op;
    struct place at; /* of the operator, the name, or the first byte */
    struct feel_static type;
    const struct feel_node **kids;
    size_t count;
    struct str name;
    struct feel_value literal;
    const void *bound;               /* of FEEL_NAME and FEEL_PATH: what find gave */
    const struct feel_builtin *call; /* of FEEL_CALL: NULL where there is no such function */
    struct str wrong;                /* why it is null whatever its names are; feel_check says so */
    const struct str *keys;          /* of FEEL_MAKE_CONTEXT */
    enum feel_test test;             /* of FEEL_MAKE_RANGE */
    bool from_included, to_included; /* of FEEL_MAKE_RANGE */
    uint32_t slot;                   /* of what has a variable */
    uint32_t slots;                  /* how many slots evaluating the node takes */
    uint32_t height;                 /* at most FEEL_DEPTH_MAX: what walks a tree may recurse */
};

/* Parses all of `text`, whose first byte stands at `at`; offsets advance with the text. `scope` may be NULL: then there
 * are no names but those the expression gives itself. NULL after a diagnostic. `text` must outlive the tree. */
const struct feel_node *feel_parse(struct arena *arena, struct str text, struct place at,
                                   const struct feel_scope *scope, struct diags *diags);

/* The same for what may stand in a cell: unary tests on `?`, which the scope must know: `< 10, [20..30]`, `not("a")`, or a
 * boolean expression in which ? stands. The tree is boolean. */
const struct feel_node *feel_parse_tests(struct arena *arena, struct str text, struct place at,
                                         const struct feel_scope *scope, struct diags *diags);

/* Says what is certainly wrong, at its place: two scales compared, a scale compared with what is none of its values or by
 * < and >, conditions that are not boolean, arithmetic on text, unknown functions, wrong arguments, division by 0. False if
 * anything was. For expressions of a vocabulary; DMN's own are null where they are wrong. */
bool feel_check(const struct feel_node *node, struct diags *diags);

/* ---- evaluation ---- */

/* One asking of a condition: of a filter by each item, of some and every by each combination of items. */
struct feel_asked {
    const struct feel_node *node; /* the FEEL_FILTER, FEEL_SOME or FEEL_EVERY */
    const struct feel_value
        *items; /* one for each of its variables; they outlive the call only as records do */
    size_t count;
    bool possible;            /* an item may not be there at all */
    struct feel_value answer; /* what the condition came to */
};

/* Told of each asking, inner ones before the one that they are part of. What is watched goes through every item, though
 * the first may have settled the answer: who explains wants all of them. */
struct feel_watch {
    void (*asked)(void *context, const struct feel_asked *asked);
    void *context;
};

struct feel_env {
    struct arena *arena; /* for lists, contexts and texts that come of evaluating */
    date today;          /* what today() is; DATE_NONE: null */

    /* The value of a FEEL_NAME node. False: not known. */
    bool (*name)(void *context, const struct feel_node *node, struct feel_value *out);
    void *context;
    const struct feel_watch *watch; /* or NULL */
};

struct feel_value feel_eval(const struct feel_node *node, const struct feel_env *env);

/* The same of a part of an expression, whose variables have the values in their `slots`: node->slots of them, which it
 * overwrites where it has variables of its own. */
struct feel_value feel_eval_with(const struct feel_node *node, const struct feel_env *env,
                                 struct feel_value *slots);

/* ---- texts ---- */

/* As FEEL would read it again: "text" in quotes, date("2019-09-01"), duration("P1Y"). Unknown is `unknown`. */
void feel_print(struct buf *out, struct feel_value v);

/* As one JSON value: dates and durations as their ISO text, ranges as their FEEL text, records and unknown as null. */
void feel_print_json(struct buf *out, struct feel_value v);

/* "a number", "text of the scale ...": for messages. */
struct str feel_type_name(enum feel_type type);

#endif
