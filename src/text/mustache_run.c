/* SPDX-License-Identifier: MIT */
/*
 * mustache_run.c: operations and data to text.
 *
 * The stacks of values, of templates and of passed blocks are linked lists on the C stack: nothing is allocated for a
 * tag. Nesting is bounded, and so are the steps and the bytes of one page, so that no template and no data can keep
 * a machine busy for ever.
 *
 * Indentation. A standalone partial's lines are indented as its tag is. Operations that begin a line are marked
 * `fresh`; running one makes the indentation due, and it is written before whatever comes next, be it text, a value
 * or another template. Line breaks inside values are left alone, as the specification wants.
 */
#include "text/html.h"
#include "text/mustache_priv.h"

/* A page has thousands of steps and bytes; these are for templates that multiply themselves. */
#define STEPS_MAX ((size_t)10 * 1000 * 1000)
#define OUTPUT_MAX ((size_t)64 * 1024 * 1024)

/* How many callers a message names. */
#define CALLERS_SHOWN 4

struct scope {
    const struct value *value;
    const struct scope *outer;
};

/* The blocks that a parent tag passes. Of two that pass the same one the outermost wins: the page's own over its
 * layout's. */
struct passed {
    const struct mustache *template; /* that has the parent tag */
    uint32_t parent;
    const struct passed *outer;
};

struct frame {
    const struct mustache *template;
    const struct op *call; /* in the outer frame's template */
    const struct frame *outer;
    int depth;
};

/* Where a run stands. Copied, changed and passed down; never changed in place. */
struct here {
    struct frame frame;
    const struct scope *scope;
    const struct passed *passed;
    struct str indent;
};

struct run {
    const struct mustache_set *set;
    struct arena *arena;
    struct buf *out;
    struct diags *diags;
    struct str note;
    size_t first; /* of this run's diagnostics */
    size_t begin; /* of this run's output */
    size_t steps;
    bool due;   /* the indentation is to be written before the next byte */
    bool begun; /* nothing was written since a line was begun by whoever called: no operation is fresh yet */
    bool stopped;
};

/* ---- messages ---- */

static void add_caller(struct buf *out, const struct frame *caller, const struct op *op) {
    struct position p = place_position(op_place(caller->template, op));
    buf_add(out, caller->template->source->path);
    buf_printf(out, ":%u:%u", p.line, p.column);
}

/* "while rendering x.html; called from page.mustache:3:1, layout.mustache:9:5" */
static struct str describe(struct run *run, const struct here *here) {
    struct buf note = {.arena = run->diags->arena};
    buf_add(&note, run->note);
    const struct frame *f = &here->frame;
    for (int shown = 0; f->outer; f = f->outer, shown++) {
        if (shown == CALLERS_SHOWN) {
            buf_lit(&note, " and more");
            break;
        }
        buf_add(&note, shown ? STR(", ") : note.len ? STR("; called from ") : STR("called from "));
        add_caller(&note, f->outer, f->call);
    }
    return buf_str(&note);
}

#define complain(run, here, id, op, ...)                                      \
    complain_at((run), (here), (id), (op), (const struct str[]){__VA_ARGS__}, \
                sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

static void complain_at(struct run *run, const struct here *here, enum diag_id id, const struct op *op,
                        const struct str *args, size_t count) {
    struct place at = op_place(here->frame.template, op);
    struct diag *d = mustache_complain(run->diags, run->first, id, at, args, count);
    if (d)
        d->note = describe(run, here);
}

/* ---- looking names up ---- */

/* The key nearest to a name, for "did you mean", among those of every map from `scope` outwards. */
static struct str nearest_key(struct run *run, const struct scope *scope, struct str name) {
    size_t count = 0, room = 0;
    for (const struct scope *s = scope; s; s = s->outer)
        room += s->value->kind == VALUE_MAP ? s->value->count : 0;
    struct str *keys = arena_array(run->arena, struct str, room);
    for (const struct scope *s = scope; s; s = s->outer)
        for (uint32_t i = 0; s->value->kind == VALUE_MAP && i < s->value->count; i++)
            keys[count++] = s->value->fields[i].key;
    return str_nearest(name, keys, count);
}

static const char *const kind_words[] = {
    [VALUE_NULL] = "nothing",    [VALUE_BOOL] = "true or false", [VALUE_TEXT] = "text",
    [VALUE_NUMBER] = "a number", [VALUE_HTML] = "HTML",          [VALUE_JSON] = "JSON",
    [VALUE_LIST] = "a list",     [VALUE_MAP] = "a map",
};

static struct str kind_word(const struct value *v) {
    return str_from(kind_words[v->kind]);
}

/* A name's first part is in no map around. Looking for a likely name is slow, so a loop does it once. */
static void complain_unknown(struct run *run, const struct here *here, const struct op *op) {
    if (mustache_said(run->diags, run->first, DIAG_TEMPLATE_UNKNOWN_NAME, op_place(here->frame.template, op)))
        return;
    struct str key = op->parts[0].key;
    complain(run, here, DIAG_TEMPLATE_UNKNOWN_NAME, op, key, nearest_key(run, here->scope, key));
}

/* `v`, found under part i - 1, has no part i. */
static void complain_part(struct run *run, const struct here *here, const struct op *op, uint32_t i,
                          const struct value *v) {
    struct str of = op->parts[i - 1].key, key = op->parts[i].key;
    struct scope only = {v, NULL};
    if (v->kind != VALUE_MAP)
        complain(run, here, DIAG_TEMPLATE_NO_MAP, op, of, kind_word(v), key);
    else if (!mustache_said(run->diags, run->first, DIAG_TEMPLATE_NO_PART,
                            op_place(here->frame.template, op)))
        complain(run, here, DIAG_TEMPLATE_NO_PART, op, of, key, nearest_key(run, &only, key));
}

/* Goes on from the value of a name's first part. What is null has null parts; anything else must have them. */
static const struct value *follow(struct run *run, const struct here *here, const struct op *op,
                                  const struct value *v) {
    for (uint32_t i = 1; i < op->part_count; i++) {
        const struct value *part = value_get_hashed(v, op->parts[i].key, op->parts[i].hash);
        if (!part && v->kind == VALUE_NULL)
            return v;
        if (!part && !run->set->lenient)
            complain_part(run, here, op, i, v);
        if (!part)
            return NULL;
        v = part;
    }
    return v;
}

/* The value of a name, or NULL where there is none (in strict mode: after a diagnostic). */
static const struct value *look_up(struct run *run, const struct here *here, const struct op *op) {
    if (!op->part_count)
        return here->scope->value;
    for (const struct scope *s = here->scope; s; s = s->outer) {
        const struct value *v = value_get_hashed(s->value, op->parts[0].key, op->parts[0].hash);
        if (v)
            return op->part_count == 1 ? v : follow(run, here, op, v);
    }
    if (!run->set->lenient)
        complain_unknown(run, here, op);
    return NULL;
}

static bool is_true(const struct value *v) {
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL: return false;
    case VALUE_BOOL: return v->truth;
    case VALUE_MAP: return true;
    case VALUE_TEXT:
    case VALUE_NUMBER:
    case VALUE_HTML:
    case VALUE_JSON:
    case VALUE_LIST: break;
    }
    return v->count > 0;
}

/* ---- writing ---- */

static void write_indent(struct run *run, struct str indent) {
    if (run->due && indent.len)
        buf_add(run->out, indent);
    run->due = run->begun = false;
}

/* A template's own text: each of its lines is indented. */
static void write_text(struct run *run, const struct here *here, struct str text) {
    write_indent(run, here->indent);
    while (here->indent.len) {
        size_t end = str_find(text, '\n', 0) + 1;
        if (end >= text.len)
            break;
        buf_add(run->out, str_sub(text, 0, end));
        buf_add(run->out, here->indent);
        text = str_sub(text, end, text.len);
    }
    buf_add(run->out, text);
}

static struct str value_printed(const struct value *v) {
    return v->kind == VALUE_BOOL ? v->truth ? STR("true") : STR("false") : value_str(v);
}

static void write_escaped(struct run *run, const struct here *here, const struct value *v) {
    write_indent(run, here->indent);
    html_escape(run->out, value_printed(v));
}

static void write_raw(struct run *run, const struct here *here, const struct value *v) {
    write_indent(run, here->indent);
    buf_add(run->out, value_printed(v));
}

/* ---- addresses ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme_byte(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* References that escaping makes; what they stand for is no part of a scheme. */
static bool is_own_reference(struct str s) {
    return str_starts(s, STR("&amp;")) || str_starts(s, STR("&lt;")) || str_starts(s, STR("&gt;")) ||
           str_starts(s, STR("&quot;")) || str_starts(s, STR("&#39;"));
}

/* Longer than any scheme that is allowed. */
#define SCHEME_MAX 15

struct scheme {
    char at[SCHEME_MAX];
    size_t len;
};

/*
 * The scheme of an address as written so far in an attribute; empty where it has none. Read as browsers do: controls
 * and spaces before it are passed over, tabs and line breaks inside it too. A character reference that escaping did
 * not make counts as one: a template could spell half a scheme with it, and a value the rest.
 */
static struct scheme address_scheme(struct str s) {
    struct scheme scheme = {0};
    size_t at = 0;
    while (at < s.len && (unsigned char)s.at[at] <= ' ')
        at++;
    for (; at < s.len && s.at[at] != ':'; at++) {
        char c = s.at[at];
        if (c == '&' && !is_own_reference(str_sub(s, at, s.len)))
            return (struct scheme){"&", 1};
        if (c == '\t' || c == '\n' || c == '\r')
            continue;
        if (!is_scheme_byte(c) || (!scheme.len && !is_letter(c)))
            return (struct scheme){0};
        if (scheme.len < SCHEME_MAX)
            scheme.at[scheme.len++] = c;
    }
    return at < s.len ? scheme : (struct scheme){0};
}

static bool scheme_is_allowed(struct str scheme) {
    static const char *const allowed[] = {"", "http", "https", "mailto", "tel"};
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        if (str_eq_fold(scheme, str_from(allowed[i])))
            return true;
    return false;
}

/* Escaped, and then looked at together with all that stands before it in the attribute: two values may each be
 * harmless and make a scheme between them. Values hold no quotes once escaped, so the last one opened the value. */
static void write_address(struct run *run, const struct here *here, const struct op *op,
                          const struct value *v) {
    size_t before = run->out->len, from = before;
    write_escaped(run, here, v);
    char quote = op->output == OUTPUT_ADDRESS_DOUBLE ? '"' : '\'';
    while (from > run->begin && run->out->at[from - 1] != quote)
        from--;
    struct scheme scheme = address_scheme(str_sub(buf_str(run->out), from, run->out->len));
    struct str name = {scheme.at, scheme.len};
    if (scheme_is_allowed(name))
        return;
    run->out->len = before;
    complain(run, here, DIAG_TEMPLATE_ADDRESS, op, op->text, name);
}

/* ---- values ---- */

static void run_value(struct run *run, const struct here *here, const struct op *op) {
    const struct value *v = look_up(run, here, op);
    if (!v || v->kind == VALUE_NULL)
        return;
    if (v->kind == VALUE_LIST || v->kind == VALUE_MAP) {
        if (!run->set->lenient)
            complain(run, here, DIAG_TEMPLATE_NOT_TEXT, op, op->text, kind_word(v));
        return;
    }
    switch ((enum output)op->output) {
    case OUTPUT_LENIENT: write_escaped(run, here, v); return;
    case OUTPUT_LENIENT_RAW: write_raw(run, here, v); return;
    case OUTPUT_ESCAPED:
    case OUTPUT_ADDRESS_DOUBLE:
    case OUTPUT_ADDRESS_SINGLE:
        if (v->kind == VALUE_HTML)
            complain(run, here, DIAG_TEMPLATE_IS_HTML, op, op->text);
        else if (op->output == OUTPUT_ESCAPED)
            write_escaped(run, here, v);
        else
            write_address(run, here, op, v);
        return;
    case OUTPUT_HTML:
        if (v->kind == VALUE_HTML)
            write_raw(run, here, v);
        else
            complain(run, here, DIAG_TEMPLATE_NOT_HTML, op, op->text, kind_word(v));
        return;
    case OUTPUT_LINKED:
        if (v->kind == VALUE_JSON)
            write_raw(run, here, v);
        else
            complain(run, here, DIAG_TEMPLATE_NOT_JSON, op, op->text, kind_word(v));
        return;
    case OUTPUT_UNKNOWN: break; /* a template that was refused does not run */
    }
}

/* ---- sections ---- */

static void run_ops(struct run *run, const struct here *here, uint32_t from, uint32_t to);

static void run_item(struct run *run, const struct here *here, uint32_t index, const struct value *item) {
    struct scope scope = {item, here->scope};
    struct here inside = *here;
    inside.scope = &scope;
    run_ops(run, &inside, index + 1, here->frame.template->ops[index].end);
}

static void run_section(struct run *run, const struct here *here, uint32_t index) {
    const struct value *v = look_up(run, here, &here->frame.template->ops[index]);
    if (!v || !is_true(v))
        return;
    if (v->kind != VALUE_LIST)
        run_item(run, here, index, v);
    else
        for (uint32_t i = 0; i < v->count && !run->stopped; i++)
            run_item(run, here, index, &v->items[i]);
}

static void run_inverted(struct run *run, const struct here *here, uint32_t index) {
    const struct op *op = &here->frame.template->ops[index];
    const struct value *v = look_up(run, here, op);
    if (!v || !is_true(v))
        run_ops(run, here, index + 1, op->end);
}

/* ---- other templates ---- */

static struct str join_indents(struct run *run, struct str outer, struct str own) {
    if (!outer.len || !own.len)
        return outer.len ? outer : own;
    return str_join(run->arena, outer, own);
}

/* The state inside `template`, called by `op`. False, and the run ends, when that is too deep: going on would take
 * as long as the templates are many. */
static bool enter(struct run *run, const struct here *here, const struct op *op,
                  const struct mustache *template, struct here *inside) {
    if (here->frame.depth == MUSTACHE_DEPTH_MAX) {
        complain_at(run, here, DIAG_TEMPLATE_DEPTH, op, NULL, 0);
        run->stopped = true;
        return false;
    }
    *inside = *here;
    inside->frame = (struct frame){template, op, &here->frame, here->frame.depth + 1};
    return true;
}

/* Runs other operations in the middle of a line of ours, or on lines of their own, and comes back to ours. */
static void run_inside(struct run *run, const struct here *inside, uint32_t from, uint32_t to) {
    bool due = run->due;
    size_t before = run->out->len;
    run_ops(run, inside, from, to);
    run->begun = false;
    run->due = due && run->out->len == before && !inside->frame.call->standalone;
}

/* The template that a partial or parent tag calls, or NULL. */
static const struct mustache *find_callee(struct run *run, const struct here *here, const struct op *op) {
    if (!op->dynamic)
        return op->callee;
    const struct value *v = look_up(run, here, op);
    if (!v || !value_is_text(v) || !v->count) {
        if (v && v->kind != VALUE_NULL && !run->set->lenient)
            complain(run, here, DIAG_TEMPLATE_NOT_NAME, op, op->text, kind_word(v));
        return NULL;
    }
    const struct mustache *callee = mustache_named(run->set, value_str(v));
    if (callee && !callee->failed)
        return callee;
    if (callee)
        complain(run, here, DIAG_TEMPLATE_BROKEN, op, value_str(v));
    else if (!run->set->lenient)
        complain(run, here, DIAG_TEMPLATE_UNKNOWN, op, value_str(v),
                 mustache_nearest(run->set, run->arena, value_str(v)));
    return NULL;
}

static void run_call(struct run *run, const struct here *here, uint32_t index) {
    const struct op *op = &here->frame.template->ops[index];
    const struct mustache *callee = find_callee(run, here, op);
    struct passed passed = {here->frame.template, index, here->passed};
    struct here inside;
    if (!callee || !enter(run, here, op, callee, &inside))
        return;
    if (op->dynamic && !run->set->lenient)
        inside.passed = NULL; /* nobody has checked what was passed against the blocks of this one */
    else if (op->kind == OP_PARENT)
        inside.passed = &passed;
    if (op->standalone) {
        inside.indent = join_indents(run, here->indent, op->indent);
    } else {
        if (here->indent.len)
            write_indent(run, here->indent);
        inside.indent = (struct str){0};
    }
    run_inside(run, &inside, 0, callee->count);
}

/* What a parent tag passes for a block, or NULL. */
static const struct op *argument_named(const struct passed *passed, const struct op *block) {
    const struct op *ops = passed->template->ops;
    for (uint32_t i = passed->parent + 1; i < ops[passed->parent].end; i = ops[i].end)
        if (ops[i].hash == block->hash && str_eq(ops[i].text, block->text))
            return &ops[i];
    return NULL;
}

/* A passed block sees the values around the block it stands for, but the blocks passed to the template that it was
 * written in: `title` in a page's own use of a card is the card's, whatever the page passed to its layout. */
static void run_block(struct run *run, const struct here *here, uint32_t index) {
    const struct op *op = &here->frame.template->ops[index];
    const struct passed *by = NULL;
    const struct op *argument = NULL;
    for (const struct passed *p = here->passed; p; p = p->outer) {
        const struct op *found = argument_named(p, op);
        if (found) {
            by = p;
            argument = found;
        }
    }
    if (!argument) {
        run_ops(run, here, index + 1, op->end);
        return;
    }
    struct here inside;
    if (!enter(run, here, op, by->template, &inside))
        return;
    inside.passed = by->outer;
    inside.indent = join_indents(run, here->indent, op->indent);
    run->begun = !op->standalone;
    run_inside(run, &inside, (uint32_t)(argument - by->template->ops) + 1, argument->end);
}

/* ---- the run ---- */

static bool may_go_on(struct run *run, const struct here *here, const struct op *op) {
    if (++run->steps <= STEPS_MAX && run->out->len - run->begin <= OUTPUT_MAX)
        return true;
    complain_at(run, here, DIAG_TEMPLATE_ENDLESS, op, NULL, 0);
    run->stopped = true;
    return false;
}

static void run_op(struct run *run, const struct here *here, uint32_t index) {
    const struct op *op = &here->frame.template->ops[index];
    if (op->fresh && !run->begun)
        run->due = true;
    switch ((enum op_kind)op->kind) {
    case OP_TEXT: write_text(run, here, op->text); break;
    case OP_VALUE:
    case OP_RAW: run_value(run, here, op); break;
    case OP_SECTION: run_section(run, here, index); break;
    case OP_INVERTED: run_inverted(run, here, index); break;
    case OP_PARTIAL:
    case OP_PARENT: run_call(run, here, index); break;
    case OP_BLOCK: run_block(run, here, index); break;
    case OP_ARGUMENT: break;
    }
}

static void run_ops(struct run *run, const struct here *here, uint32_t from, uint32_t to) {
    const struct op *ops = here->frame.template->ops;
    for (uint32_t i = from; i < to && !run->stopped; i = ops[i].end)
        if (may_go_on(run, here, &ops[i]))
            run_op(run, here, i);
}

bool mustache_render(const struct mustache_set *set, const struct mustache *template,
                     const struct value *data, struct arena *frame, struct buf *out, struct diags *diags,
                     struct str note) {
    struct run run = {.set = set, .arena = frame, .out = out, .diags = diags, .note = note};
    run.first = diags->count;
    run.begin = out->len;
    struct scope scope = {data, NULL};
    struct here here = {.frame = {.template = template}, .scope = &scope};
    run_ops(&run, &here, 0, template->count);
    return diags->count == run.first;
}
