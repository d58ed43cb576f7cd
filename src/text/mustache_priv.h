/* SPDX-License-Identifier: MIT */
/*
 * mustache_priv.h: what the files of the template engine share. Nobody else includes it.
 *
 *     mustache_token.c    bytes to tokens; which lines vanish because only tags stand on them
 *     mustache_compile.c  tokens to operations; the set of templates
 *     mustache_html.c     where in HTML a text leaves off
 *     mustache_context.c  strict mode's rules: what may be printed where
 *     mustache_run.c      operations and data to text
 */
#ifndef SIGNPOST_TEXT_MUSTACHE_PRIV_H
#define SIGNPOST_TEXT_MUSTACHE_PRIV_H

#include "text/mustache.h"

/* ---- tokens ---- */

/* A tag, by the sign after its opening delimiter, or a piece of text of at most one line. */
enum token_kind {
    TOKEN_TEXT,
    TOKEN_BLANK =
        ' ', /* white space of a line that vanishes: prints nothing, but says how deep the line stood */
    TOKEN_VALUE = 'v', /* {{x}}, which has no sign */
    TOKEN_RAW = '&',   /* {{{x}}} and {{&x}} */
    TOKEN_COMMENT = '!',
    TOKEN_DELIMITERS = '=',
    TOKEN_SECTION = '#',
    TOKEN_INVERTED = '^',
    TOKEN_CLOSE = '/',
    TOKEN_PARTIAL = '>',
    TOKEN_PARENT = '<',
    TOKEN_BLOCK = '$',
};

struct token {
    uint8_t kind;
    bool fresh;      /* begins a line of output, so that indentation goes before it */
    bool standalone; /* of a partial, parent or block: nothing else stands on its line */
    uint32_t offset; /* of the text, or of the opening delimiter */
    struct str text; /* the text, or the tag's name */
    struct str
        indent; /* of a partial, parent or block: what its lines are indented by, as the source has it */
};

struct tokens {
    struct token *items;
    size_t count;
};

/* Tokens of a template. False when a tag is unclosed or its delimiters are bad: what follows cannot be read. */
bool mustache_tokens(struct arena *arena, const struct source *source, struct diags *diags,
                     struct tokens *out);

/* ---- where in HTML something stands ---- */

enum where {
    IN_TEXT,
    IN_TITLE,  /* title and textarea: text without tags */
    IN_RAW,    /* script, style and their like: nothing can be escaped there */
    IN_LINKED, /* <script type="application/ld+json"> */
    IN_COMMENT,
    IN_DECLARATION, /* <!doctype ...>, <?xml ...?> */
    IN_END_TAG,
    IN_TAG,    /* between attributes: a name may begin here */
    IN_NAME,   /* directly after a name: a space, a slash or the tag's end must follow */
    IN_EQUALS, /* after an equals sign, before the value */
    IN_DOUBLE, /* in a value in double quotes */
    IN_SINGLE,
    IN_UNQUOTED,
};

enum html_attribute {
    ATTRIBUTE_PLAIN,
    ATTRIBUTE_ADDRESS, /* a browser follows or loads it */
    ATTRIBUTE_SCRIPT,  /* onclick and its like */
    ATTRIBUTE_STYLE,
    ATTRIBUTE_PAGE, /* srcdoc: HTML inside an attribute */
    ATTRIBUTE_TYPE, /* of a script: decides what its text is */
};

enum html_script { SCRIPT_UNKNOWN, SCRIPT_LINKED, SCRIPT_OTHER };

/* Everything about a place that what follows depends on. Zero is plain text. */
struct html_state {
    uint8_t where;     /* enum where */
    uint8_t element;   /* of a tag or raw text, when it is a special one: an index, see mustache_html.c */
    uint8_t attribute; /* enum html_attribute, in a value */
    uint8_t script;    /* enum html_script, in a script's tag */
};

/* Reads a text on from a state. Returns the offset where it cannot be followed (a template tag parts a name, say),
 * or text.len. */
size_t html_state_read(struct html_state *state, struct str text);

bool html_state_eq(struct html_state a, struct html_state b);

/* A place in words: "a comment", "a <script> element". In the arena, or a literal. */
struct str html_state_words(struct arena *arena, struct html_state state);

/* ---- operations ---- */

enum op_kind {
    OP_TEXT,
    OP_VALUE,
    OP_RAW,
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_PARENT,   /* its body is OP_ARGUMENTs and nothing else */
    OP_ARGUMENT, /* a block inside a parent tag: what the parent's block of that name prints */
    OP_BLOCK,    /* any other block: what it prints unless somebody passes an argument */
};

/* How a value is printed: decided when the template is compiled, from where the tag stands. */
enum output {
    OUTPUT_UNKNOWN,
    OUTPUT_LENIENT,        /* escaped, whatever it is */
    OUTPUT_LENIENT_RAW,    /* as it is, whatever it is */
    OUTPUT_ESCAPED,        /* text or a quoted attribute */
    OUTPUT_ADDRESS_DOUBLE, /* escaped, and the scheme is checked back to the quote that opened the value */
    OUTPUT_ADDRESS_SINGLE,
    OUTPUT_HTML,   /* only VALUE_HTML */
    OUTPUT_LINKED, /* only VALUE_JSON */
};

/* One part of a dotted name. */
struct part {
    struct str key;
    uint32_t hash;
};

/* One place where a block stands; an overriding block may stand in several. */
struct html_site {
    struct html_state state;
    struct html_site *next;
};

struct op {
    uint8_t kind;   /* enum op_kind */
    uint8_t output; /* enum output, of OP_VALUE and OP_RAW */
    bool fresh;
    bool standalone;
    bool dynamic;        /* of a partial or parent: `parts` name the value that names it */
    uint32_t end;        /* the operation after this one's body; its own index + 1 where it has none */
    uint32_t offset;     /* in the template's source */
    uint32_t hash;       /* of the name of a block or argument */
    uint32_t part_count; /* 0: `.`, the innermost value */
    struct str text;     /* OP_TEXT: what is printed; else the name as it was written */
    const struct part *parts;
    struct str indent;
    struct mustache
        *callee; /* of a partial or parent that is not dynamic; NULL where there is none (lenient) */
    union {      /* in strict mode, while compiling */
        struct html_site *sites; /* of OP_BLOCK and OP_ARGUMENT: where their text may come to stand */
        struct mustache **reach; /* of OP_PARENT: all templates that it may call, ended by NULL */
    };
};

struct mustache {
    struct str name;
    const struct source *source;
    struct op *ops;
    uint32_t count;
    bool failed;
    const void *mark; /* the search that came by last, while compiling */
};

static inline struct place op_place(const struct mustache *t, const struct op *op) {
    return (struct place){t->source, op->offset};
}

/* ---- between the files ---- */

/* Checks the templates of a set from the `first` on, and decides how each of their values is printed. */
void mustache_contexts(struct mustache_set *set, size_t first);

/* Whether this was said about that place since diags->items[from]: loops, and sections that are read twice, find the
 * same mistake again. */
bool mustache_said(const struct diags *diags, size_t from, enum diag_id id, struct place at);

/* Adds a diagnostic unless it was said already; then NULL. */
struct diag *mustache_complain(struct diags *diags, size_t from, enum diag_id id, struct place at,
                               const struct str *args, size_t count);

/* The template of that name among those known so far. */
struct mustache *mustache_named(const struct mustache_set *set, struct str name);

/* A name near to that of a template, for "did you mean". */
struct str mustache_nearest(const struct mustache_set *set, struct arena *arena, struct str name);

#endif
