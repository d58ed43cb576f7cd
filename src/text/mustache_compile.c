/* SPDX-License-Identifier: MIT */
/*
 * mustache_compile.c: tokens to operations, and the set of templates.
 *
 * A section's body follows its operation, which says where the body ends; so running needs no tree, and skipping a
 * body is one assignment. Partials are bound to the templates they name while compiling. They are found through a
 * worklist, the set's own map, which grows while it is walked: templates that name each other need no special case.
 */
#include <assert.h>

#include "text/mustache_priv.h"

/* A section, parent or block that is open. */
struct opened {
    uint32_t op;
    uint32_t offset;
    struct str name;
    struct str dedent; /* what held outside it */
    bool muted;        /* directly inside a parent tag, where only blocks count: its operations are dropped */
};

struct compiler {
    struct mustache_set *set;
    struct mustache *template;
    struct op *ops;
    uint32_t count, room;
    struct opened open[MUSTACHE_DEPTH_MAX];
    int depth;
    struct str dedent; /* white space that a block's definition takes off each of its lines */
    bool joins;        /* the last operation is a text that the next may lengthen */
    bool full;         /* too many are open, after mistakes that were reported */
};

static struct place tag_place(const struct compiler *c, const struct token *t) {
    return place_at(c->template->source, t->offset);
}

static struct op *push(struct compiler *c, struct op op) {
    if (c->count == c->room) {
        uint32_t room = c->room ? c->room * 2 : 32;
        c->ops =
            arena_grow(c->set->arena, c->ops, c->room * sizeof(op), room * sizeof(op), alignof(struct op));
        c->room = room;
    }
    op.end = c->count + 1;
    c->ops[c->count] = op;
    c->joins = op.kind == OP_TEXT;
    return &c->ops[c->count++];
}

/* ---- names ---- */

static bool name_is_whole(struct str name) {
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] == ' ' || name.at[i] == '\t' || name.at[i] == '\r' || name.at[i] == '\n')
            return false;
    return name.len > 0;
}

static bool check_name(struct compiler *c, const struct token *t, bool good) {
    if (!good)
        diag(c->set->diags, DIAG_TEMPLATE_NAME, tag_place(c, t), t->text);
    return good;
}

/* Cuts a dotted name into parts, with their hashes: looking up is then a comparison of numbers. False when a part is
 * empty. */
static bool set_parts(struct compiler *c, struct op *op, struct str name) {
    if (str_eq(name, STR(".")))
        return true;
    uint32_t count = 1;
    for (size_t i = 0; i < name.len; i++)
        count += name.at[i] == '.';
    struct part *parts = arena_array(c->set->arena, struct part, count);
    struct str key, rest = name;
    bool good = true;
    for (uint32_t i = 0; str_cut(&rest, '.', &key); i++) {
        parts[i] = (struct part){key, str_hash(key)};
        good = good && key.len;
    }
    op->parts = parts;
    op->part_count = count;
    return good;
}

static struct op named_op(struct compiler *c, const struct token *t, enum op_kind kind) {
    struct op op = {.kind = (uint8_t)kind, .fresh = t->fresh, .offset = t->offset, .text = t->text};
    check_name(c, t, name_is_whole(t->text) && set_parts(c, &op, t->text));
    return op;
}

/* What is left of a line's indentation when a definition takes `dedent` off it. */
static struct str without(struct str indent, struct str dedent) {
    size_t i = 0;
    while (i < indent.len && i < dedent.len && indent.at[i] == dedent.at[i])
        i++;
    return str_sub(indent, i, indent.len);
}

/* ---- one function a kind of token ---- */

static bool is_muted(const struct compiler *c) {
    if (!c->depth)
        return false;
    const struct opened *in = &c->open[c->depth - 1];
    return in->muted || c->ops[in->op].kind == OP_PARENT;
}

/* In a parent tag all but blocks is a comment, says the specification; whoever wrote it meant something else. */
static void warn_muted(struct compiler *c, const struct token *t) {
    if (c->set->lenient || c->open[c->depth - 1].muted) /* a section is named, and not all that is in it */
        return;
    struct str text = str_trim(t->text);
    size_t indent = t->kind == TOKEN_TEXT ? (size_t)(text.at - t->text.at) : 0;
    diag(c->set->diags, DIAG_TEMPLATE_STRAY, place_at(c->template->source, t->offset + indent), text);
}

static void add_text(struct compiler *c, const struct token *t) {
    struct str text = t->fresh ? without(t->text, c->dedent) : t->text;
    if (is_muted(c)) {
        if (str_trim(text).len)
            warn_muted(c, t);
        return;
    }
    struct op *last = c->joins ? &c->ops[c->count - 1] : NULL;
    if (last && last->text.at + last->text.len == text.at) {
        last->text.len += text.len;
        return;
    }
    size_t offset = t->offset + (t->text.len - text.len);
    push(c, (struct op){.kind = OP_TEXT, .fresh = t->fresh, .offset = (uint32_t)offset, .text = text});
}

static void add_value(struct compiler *c, const struct token *t) {
    bool raw = t->kind == TOKEN_RAW;
    struct op op = named_op(c, t, raw ? OP_RAW : OP_VALUE);
    if (c->set->lenient)
        op.output = raw ? OUTPUT_LENIENT_RAW : OUTPUT_LENIENT;
    if (is_muted(c))
        warn_muted(c, t);
    else
        push(c, op);
}

static void open_op(struct compiler *c, const struct token *t, struct op op) {
    if (c->depth == MUSTACHE_DEPTH_MAX) {
        c->full = true;
        return;
    }
    bool muted = is_muted(c) && op.kind != OP_ARGUMENT;
    push(c, op);
    c->open[c->depth++] = (struct opened){c->count - 1, t->offset, op.text, c->dedent, muted};
}

static void add_section(struct compiler *c, const struct token *t) {
    if (is_muted(c))
        warn_muted(c, t);
    open_op(c, t, named_op(c, t, t->kind == TOKEN_SECTION ? OP_SECTION : OP_INVERTED));
}

static struct op block_op(struct compiler *c, const struct token *t) {
    bool argument =
        c->depth && c->ops[c->open[c->depth - 1].op].kind == OP_PARENT && !c->open[c->depth - 1].muted;
    check_name(c, t, name_is_whole(t->text));
    return (struct op){.kind = argument ? OP_ARGUMENT : OP_BLOCK,
                       .fresh = t->fresh,
                       .standalone = t->standalone,
                       .offset = t->offset,
                       .hash = str_hash(t->text),
                       .text = t->text,
                       .indent = without(t->indent, c->dedent)};
}

static void add_block(struct compiler *c, const struct token *t) {
    struct op op = block_op(c, t);
    open_op(c, t, op);
    if (op.kind ==
        OP_ARGUMENT) /* its lines are moved to the left here, and to the right where they are printed */
        c->dedent = t->standalone ? t->indent : (struct str){0};
}

static struct mustache *require(struct mustache_set *set, struct str name);

static void require_all(struct mustache_set *set) {
    const struct str *names = NULL;
    size_t count = set->loader.names ? set->loader.names(set->loader.context, &names) : 0;
    for (size_t i = 0; i < count; i++)
        require(set, names[i]);
}

/* The name of a partial or parent: a template's, or after an asterisk that of a value which names one. */
static struct op call_op(struct compiler *c, const struct token *t) {
    struct op op = {.kind = t->kind == TOKEN_PARTIAL ? OP_PARTIAL : OP_PARENT,
                    .fresh = t->fresh,
                    .standalone = t->standalone,
                    .offset = t->offset,
                    .text = t->text,
                    .indent = without(t->indent, c->dedent)};
    if (str_starts(t->text, STR("*"))) {
        struct str name = str_trim(str_sub(t->text, 1, t->text.len));
        op.dynamic = true;
        check_name(c, t, name_is_whole(name) && set_parts(c, &op, name));
        require_all(c->set);
        return op;
    }
    if (!check_name(c, t, name_is_whole(t->text)))
        return op;
    op.callee = require(c->set, t->text);
    if (!op.callee && !c->set->lenient)
        diag(c->set->diags, DIAG_TEMPLATE_UNKNOWN, tag_place(c, t), t->text,
             mustache_nearest(c->set, c->set->arena, t->text));
    return op;
}

static void add_partial(struct compiler *c, const struct token *t) {
    struct op op = call_op(c, t);
    if (is_muted(c))
        warn_muted(c, t);
    else
        push(c, op);
}

static void add_parent(struct compiler *c, const struct token *t) {
    if (is_muted(c))
        warn_muted(c, t);
    open_op(c, t, call_op(c, t));
}

/* Two spellings of one name: `* x` is `*x`. */
static bool same_name(struct str a, struct str b) {
    bool dynamic = str_starts(a, STR("*")) && str_starts(b, STR("*"));
    return dynamic ? str_eq(str_trim(str_sub(a, 1, a.len)), str_trim(str_sub(b, 1, b.len))) : str_eq(a, b);
}

static void close_innermost(struct compiler *c) {
    struct opened in = c->open[--c->depth];
    if (in.muted)
        c->count = in.op;
    else
        c->ops[in.op].end = c->count;
    c->dedent = in.dedent;
    c->joins = false;
}

static void report_unclosed(struct compiler *c, const struct opened *in) {
    diag(c->set->diags, DIAG_TEMPLATE_UNCLOSED, place_at(c->template->source, in->offset), in->name);
}

/* A name that does not fit: if something further out has it, what stands between was left open; else nothing is
 * open under that name. */
static void close_tag(struct compiler *c, const struct token *t) {
    int i = c->depth;
    while (i > 0 && !same_name(c->open[i - 1].name, t->text))
        i--;
    if (!i && c->depth) {
        const struct opened *in = &c->open[c->depth - 1];
        uint32_t line = place_position(place_at(c->template->source, in->offset)).line;
        diag(c->set->diags, DIAG_TEMPLATE_MISMATCH, tag_place(c, t), t->text, in->name,
             str_whole(c->set->arena, line));
    } else if (!i) {
        diag(c->set->diags, DIAG_TEMPLATE_UNOPENED, tag_place(c, t), t->text);
    }
    while (i && c->depth > i) {
        report_unclosed(c, &c->open[c->depth - 1]);
        close_innermost(c);
    }
    if (i)
        close_innermost(c);
}

static void add_token(struct compiler *c, const struct token *t) {
    switch ((enum token_kind)t->kind) {
    case TOKEN_TEXT: add_text(c, t); break;
    case TOKEN_VALUE:
    case TOKEN_RAW: add_value(c, t); break;
    case TOKEN_SECTION:
    case TOKEN_INVERTED: add_section(c, t); break;
    case TOKEN_BLOCK: add_block(c, t); break;
    case TOKEN_PARTIAL: add_partial(c, t); break;
    case TOKEN_PARENT: add_parent(c, t); break;
    case TOKEN_CLOSE: close_tag(c, t); break;
    case TOKEN_BLANK:
    case TOKEN_COMMENT:
    case TOKEN_DELIMITERS: break;
    }
}

static void compile_source(struct mustache_set *set, struct mustache *template) {
    struct compiler c = {.set = set, .template = template};
    struct tokens tokens;
    size_t errors = set->diags->errors;
    assert(template->source->text.len < UINT32_MAX); /* whoever opened the file bounded it far below */
    bool whole = mustache_tokens(set->arena, template->source, set->diags, &tokens);
    for (size_t i = 0; i < tokens.count && !c.full; i++)
        add_token(&c, &tokens.items[i]);
    while (c.depth) {
        if (whole && !c.full) /* else what closes it may stand in the part that was not read */
            report_unclosed(&c, &c.open[c.depth - 1]);
        close_innermost(&c);
    }
    template->ops = c.ops;
    template->count = c.count;
    template->failed = set->diags->errors > errors;
}

/* ---- the set ---- */

struct mustache *mustache_named(const struct mustache_set *set, struct str name) {
    return map_get(&set->templates, name);
}

/* The template of that name, which may still have to be compiled; NULL where there is none. */
static struct mustache *require(struct mustache_set *set, struct str name) {
    struct mustache *known = mustache_named(set, name);
    if (known)
        return known;
    const struct source *source = set->loader.find(set->loader.context, name);
    if (!source)
        return NULL;
    struct mustache *template = arena_new(set->arena, struct mustache);
    template->name = str_copy(set->arena, name);
    template->source = source;
    map_add(&set->templates, template->name, template, NULL);
    return template;
}

struct str mustache_nearest(const struct mustache_set *set, struct arena *arena, struct str name) {
    if (set->loader.names) {
        const struct str *names = NULL;
        size_t count = set->loader.names(set->loader.context, &names);
        return str_nearest(name, names, count);
    }
    struct str *names = arena_array(arena, struct str, set->templates.count);
    for (size_t i = 0; i < set->templates.count; i++)
        names[i] = set->templates.items[i].key;
    return str_nearest(name, names, set->templates.count);
}

bool mustache_said(const struct diags *diags, size_t from, enum diag_id id, struct place at) {
    for (size_t i = from; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        if (d->id == id && d->at.source == at.source && d->at.offset == at.offset)
            return true;
    }
    return false;
}

struct diag *mustache_complain(struct diags *diags, size_t from, enum diag_id id, struct place at,
                               const struct str *args, size_t count) {
    return mustache_said(diags, from, id, at) ? NULL : diag_add(diags, id, at, args, count);
}

/* True when a template has become one that may not run because of one that it names. */
static bool catches_failure(struct mustache *template) {
    for (uint32_t i = 0; i < template->count && !template->failed; i++)
        if (template->ops[i].callee && template->ops[i].callee->failed)
            return template->failed = true;
    return false;
}

static void spread_failures(struct mustache_set *set, size_t first) {
    for (bool again = true; again;) {
        again = false;
        for (size_t i = first; i < set->templates.count; i++)
            again = catches_failure(set->templates.items[i].value) || again;
    }
}

const struct mustache *mustache_compile(struct mustache_set *set, struct str name) {
    if (!set->templates.arena)
        set->templates.arena = set->arena;
    size_t first = set->templates.count;
    struct mustache *template = require(set, name);
    if (!template) {
        diag(set->diags, DIAG_TEMPLATE_UNKNOWN, ((struct place){NULL, DIAG_NOWHERE}), name,
             mustache_nearest(set, set->arena, name));
        return NULL;
    }
    for (size_t i = first; i < set->templates.count; i++)
        compile_source(set, set->templates.items[i].value);
    if (!set->lenient)
        mustache_contexts(set, first);
    spread_failures(set, first);
    return template->failed ? NULL : template;
}
