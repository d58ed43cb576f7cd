/* SPDX-License-Identifier: MIT */
/*
 * mustache_context.c: strict mode's rules about HTML.
 *
 * Every template is walked from plain text to plain text, and every tag learns where it stands. For that to hold
 * however often a section is repeated and whatever a partial prints, three rules are enough: a section's body ends
 * where it began; so does a block's, and whatever is passed to it; and partials stand in plain text only. The other
 * way, compiling a partial anew for each place it is used in, would admit a few templates more and tell their
 * authors about mistakes in a file that is right.
 *
 * A block passed to a parent is checked in each of the places where the parent, or anything it calls, has a block of
 * that name. Those places may lie in other passed blocks, so the walks are repeated until no new place turns up; only
 * then a last walk reports.
 */
#include "text/mustache_priv.h"

struct walker {
    struct mustache_set *set;
    struct mustache *template;
    size_t from; /* diagnostics from here on are this check's own */
    bool report;
    bool changed; /* a block was found in a new place */
    bool unsure;  /* something was unbalanced, so where the template ends is a guess */
    bool lost;    /* the HTML of this template cannot be followed any further */
};

#define complain(w, id, op, ...)                                                             \
    complain_at((w), (id), op_place((w)->template, (op)), (const struct str[]){__VA_ARGS__}, \
                sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

static void complain_at(struct walker *w, enum diag_id id, struct place at, const struct str *args,
                        size_t count) {
    if (w->report)
        mustache_complain(w->set->diags, w->from, id, at, args, count);
}

static struct str words(struct walker *w, struct html_state state) {
    return html_state_words(w->set->arena, state);
}

/* ---- values ---- */

struct verdict {
    enum output output; /* OUTPUT_UNKNOWN: refused */
    enum diag_id id;
};

static struct verdict refused(enum diag_id id) {
    return (struct verdict){OUTPUT_UNKNOWN, id};
}

static struct verdict printed(enum output output) {
    return (struct verdict){output, DIAG_COUNT};
}

static struct verdict in_quotes(struct html_state state) {
    if (state.attribute == ATTRIBUTE_PLAIN)
        return printed(OUTPUT_ESCAPED);
    if (state.attribute != ATTRIBUTE_ADDRESS)
        return refused(DIAG_TEMPLATE_IN_CODE);
    return printed(state.where == IN_DOUBLE ? OUTPUT_ADDRESS_DOUBLE : OUTPUT_ADDRESS_SINGLE);
}

static struct verdict judge(enum op_kind kind, struct html_state state) {
    bool raw = kind == OP_RAW;
    switch ((enum where)state.where) {
    case IN_TEXT: return printed(raw ? OUTPUT_HTML : OUTPUT_ESCAPED);
    case IN_TITLE: return raw ? refused(DIAG_TEMPLATE_RAW) : printed(OUTPUT_ESCAPED);
    case IN_LINKED: return raw ? printed(OUTPUT_LINKED) : refused(DIAG_TEMPLATE_LINKED);
    case IN_DOUBLE:
    case IN_SINGLE: return raw ? refused(DIAG_TEMPLATE_RAW) : in_quotes(state);
    case IN_RAW: return refused(DIAG_TEMPLATE_IN_SCRIPT);
    case IN_EQUALS:
    case IN_UNQUOTED: return refused(DIAG_TEMPLATE_UNQUOTED);
    case IN_TAG:
    case IN_NAME:
    case IN_END_TAG: return refused(DIAG_TEMPLATE_IN_TAG);
    case IN_COMMENT:
    case IN_DECLARATION: break;
    }
    return refused(DIAG_TEMPLATE_IN_COMMENT);
}

static const char *const attribute_words[] = {
    [ATTRIBUTE_PLAIN] = "",        [ATTRIBUTE_ADDRESS] = "",    [ATTRIBUTE_SCRIPT] = "a script",
    [ATTRIBUTE_STYLE] = "a style", [ATTRIBUTE_PAGE] = "a page", [ATTRIBUTE_TYPE] = "a script's type",
};

static void walk_value(struct walker *w, struct op *op, struct html_state state) {
    struct verdict v = judge(op->kind, state);
    if (v.id == DIAG_TEMPLATE_IN_CODE)
        complain(w, v.id, op, op->text, str_from(attribute_words[state.attribute]));
    else if (v.id != DIAG_COUNT)
        complain(w, v.id, op, op->text, words(w, state));
    else if (op->output != OUTPUT_UNKNOWN && op->output != (uint8_t)v.output)
        complain(w, DIAG_TEMPLATE_TWO_PLACES, op, op->text);
    else
        op->output = (uint8_t)v.output;
}

/* ---- sections and blocks ---- */

static struct html_state walk(struct walker *w, uint32_t from, uint32_t to, struct html_state state);

static bool in_tag(struct html_state s) {
    return s.where == IN_TAG || s.where == IN_NAME;
}

/* The state that allows only what both allow. Between attributes two differ in whether a name may follow at once. */
static bool join(struct html_state a, struct html_state b, struct html_state *out) {
    *out = a;
    if (in_tag(a) && in_tag(b) && a.where != b.where)
        a.where = b.where = out->where = IN_NAME;
    return html_state_eq(a, b);
}

/* A body must leave off where it began: then none, one and many of it come to the same. */
static struct html_state walk_body(struct walker *w, const struct op *op, uint32_t index,
                                   struct html_state state) {
    struct html_state both, end = walk(w, index + 1, op->end, state);
    if (join(state, end, &both))
        return both;
    w->unsure = true;
    if (!w->lost)
        complain(w, DIAG_TEMPLATE_UNBALANCED, op, op->text, words(w, state), words(w, end));
    return state;
}

/* No tag may stand where a value without quotes is or is about to be. */
static bool fits(struct walker *w, const struct op *op, struct html_state state) {
    bool unquoted = state.where == IN_EQUALS || state.where == IN_UNQUOTED;
    if (unquoted)
        complain(w, DIAG_TEMPLATE_UNQUOTED, op, op->text);
    return !unquoted;
}

/* `{{#x}}checked{{/x}}`: said twice, such a body makes a longer name, which means nothing and takes no value. */
static bool is_bare_name(const struct walker *w, const struct op *op, uint32_t index) {
    const struct op *body = &w->template->ops[index + 1];
    if (op->end != index + 2 || body->kind != OP_TEXT)
        return false;
    for (size_t i = 0; i < body->text.len; i++) {
        char c = body->text.at[i];
        if (!((c >= 'a' && c <= 'z') || c == '-'))
            return false;
    }
    return true;
}

static struct html_state walk_section(struct walker *w, const struct op *op, uint32_t index,
                                      struct html_state state) {
    if (!fits(w, op, state))
        return state;
    struct html_state end = walk_body(w, op, index, state);
    bool again = op->kind == OP_SECTION && state.where == IN_TAG && end.where == IN_NAME;
    if (again && !is_bare_name(w, op, index))
        walk_body(w, op, index, end); /* what follows itself begins after a name */
    return end;
}

static void add_site(struct walker *w, struct op *op, struct html_state state) {
    for (const struct html_site *site = op->sites; site; site = site->next)
        if (html_state_eq(site->state, state))
            return;
    struct html_site *site = arena_new(w->set->arena, struct html_site);
    *site = (struct html_site){state, op->sites};
    op->sites = site;
    w->changed = true;
}

static struct html_state walk_block(struct walker *w, struct op *op, uint32_t index,
                                    struct html_state state) {
    if (!fits(w, op, state))
        return state;
    add_site(w, op, state);
    struct html_state end = walk_body(w, op, index, state);
    if (in_tag(end)) /* whatever is passed may end with a name */
        end.where = IN_NAME;
    return end;
}

/* ---- partials and parents ---- */

/* Adds what the last of `reach` calls, and so on; the array has room for every template of the set. */
static void collect(struct mustache **reach, struct mustache *callee) {
    size_t count = 0;
    reach[count++] = callee;
    callee->mark = reach;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < reach[i]->count; j++) {
            struct mustache *next = reach[i]->ops[j].callee;
            if (!next || next->mark == reach)
                continue;
            next->mark = reach;
            reach[count++] = next;
        }
    }
}

/* Takes over the places of the blocks of that name. False when there are none. */
static bool find_sites(struct walker *w, struct mustache *const *reach, struct op *argument) {
    bool found = false;
    for (; *reach; reach++) {
        found = found || (*reach)->failed; /* a template with mistakes may have lost its blocks */
        for (uint32_t i = 0; i < (*reach)->count; i++) {
            const struct op *op = &(*reach)->ops[i];
            if (op->kind != OP_BLOCK || op->hash != argument->hash || !str_eq(op->text, argument->text))
                continue;
            found = true;
            for (const struct html_site *site = op->sites; site; site = site->next)
                add_site(w, argument, site->state);
        }
    }
    return found;
}

static struct str nearest_block(struct mustache *const *reach, struct str name) {
    struct str nearest = {0};
    size_t best = SIZE_MAX;
    for (; *reach; reach++) {
        for (uint32_t i = 0; i < (*reach)->count; i++) {
            const struct op *op = &(*reach)->ops[i];
            struct str near = op->kind == OP_BLOCK ? str_nearest(name, &op->text, 1) : (struct str){0};
            size_t distance = near.len ? str_distance(name, near, best) : SIZE_MAX;
            if (distance < best) {
                best = distance;
                nearest = near;
            }
        }
    }
    return nearest;
}

static void walk_argument(struct walker *w, const struct op *parent, uint32_t index) {
    struct op *op = &w->template->ops[index];
    if (!find_sites(w, parent->reach, op))
        complain(w, DIAG_TEMPLATE_BLOCK, op, parent->text, op->text, nearest_block(parent->reach, op->text));
    for (const struct html_site *site = op->sites; site && !w->lost; site = site->next)
        walk_body(w, op, index, site->state);
}

static bool same_block(const struct op *a, const struct op *b) {
    return a->hash == b->hash && str_eq(a->text, b->text);
}

static void walk_parent(struct walker *w, struct op *op, uint32_t index) {
    struct op *ops = w->template->ops;
    if (op->dynamic) {
        complain(w, DIAG_TEMPLATE_DYNAMIC_PARENT, op, op->text);
        return;
    }
    if (!op->reach) {
        op->reach = arena_array(w->set->arena, struct mustache *, w->set->templates.count + 1);
        collect(op->reach, op->callee);
    }
    for (uint32_t i = index + 1; i < op->end; i = ops[i].end) {
        for (uint32_t j = index + 1; w->report && j < i; j = ops[j].end)
            if (same_block(&ops[i], &ops[j]))
                complain(w, DIAG_TEMPLATE_BLOCK_TWICE, &ops[i], ops[i].text);
        walk_argument(w, op, i);
    }
}

static void walk_call(struct walker *w, struct op *op, uint32_t index, struct html_state state) {
    if (state.where != IN_TEXT)
        complain(w, DIAG_TEMPLATE_PARTIAL, op, op->text, words(w, state));
    else if (op->kind == OP_PARENT)
        walk_parent(w, op, index);
}

/* ---- the walk ---- */

static void walk_text(struct walker *w, const struct op *op, struct html_state *state) {
    size_t at = html_state_read(state, op->text);
    if (at == op->text.len)
        return;
    w->lost = true;
    struct str what = words(w, *state);
    complain_at(w, DIAG_TEMPLATE_HTML, place_at(w->template->source, op->offset + at), &what, 1);
}

static struct html_state walk_op(struct walker *w, uint32_t index, struct html_state state) {
    struct op *op = &w->template->ops[index];
    switch ((enum op_kind)op->kind) {
    case OP_TEXT: walk_text(w, op, &state); break;
    case OP_VALUE:
    case OP_RAW: walk_value(w, op, state); break;
    case OP_SECTION:
    case OP_INVERTED: return walk_section(w, op, index, state);
    case OP_BLOCK: return walk_block(w, op, index, state);
    case OP_PARTIAL:
    case OP_PARENT: walk_call(w, op, index, state); break;
    case OP_ARGUMENT: break; /* reached through its parent alone */
    }
    return state;
}

static struct html_state walk(struct walker *w, uint32_t from, uint32_t to, struct html_state state) {
    for (uint32_t i = from; i < to && !w->lost; i = w->template->ops[i].end)
        state = walk_op(w, i, state);
    return state;
}

static void walk_template(struct walker *w, struct mustache *template) {
    w->template = template;
    w->lost = w->unsure = false;
    size_t errors = w->set->diags->errors;
    struct html_state end = walk(w, 0, template->count, (struct html_state){0});
    struct str what = words(w, end);
    if (end.where != IN_TEXT && !w->lost && !w->unsure)
        complain_at(w, DIAG_TEMPLATE_END, place_at(template->source, template->source->text.len), &what, 1);
    if (w->set->diags->errors > errors)
        template->failed = true;
}

static void walk_all(struct walker *w, size_t first) {
    const struct map *templates = &w->set->templates;
    for (size_t i = first; i < templates->count; i++) {
        struct mustache *template = templates->items[i].value;
        if (!template->failed)
            walk_template(w, template);
    }
}

void mustache_contexts(struct mustache_set *set, size_t first) {
    struct walker w = {.set = set, .from = set->diags->count};
    do {
        w.changed = false;
        walk_all(&w, first);
    } while (w.changed);
    w.report = true;
    walk_all(&w, first);
}
