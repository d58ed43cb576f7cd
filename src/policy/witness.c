/* SPDX-License-Identifier: MIT */
/* witness.c: boxes of a proof, in the words of the tables they are about. */
#include "policy/witness.h"

#include "policy/condition.h"
#include "policy/expression.h"
#include "policy/words.h"

/* ---- what rows ask ---- */

static void asked_add(struct asked *asked, bool *seen, const struct variable *v, struct str words) {
    if (seen[v->index])
        return;
    seen[v->index] = true;
    asked->items[asked->count] = v;
    asked->words[asked->count++] = words;
}

static void condition_asks(struct asked *asked, bool *seen, const struct condition *c) {
    for (size_t i = 0; i < c->count; i++)
        condition_asks(asked, seen, c->kids[i]);
    if (c->op == CONDITION_TEST)
        asked_add(asked, seen, c->variable, (struct str){0});
    for (size_t i = 0; i < c->read_count; i++)
        asked_add(asked, seen, c->reads[i], (struct str){0});
    if (c->op == CONDITION_FEEL)
        asked_add(asked, seen, c->stuck, c->text.len ? c->text : STR("an expression"));
}

void asked_collect(const struct policy_kind *kind, const struct row *const *rows, size_t count,
                   struct arena *arena, struct asked *out) {
    size_t widest = 0;
    bool *seen = arena_array(arena, bool, kind->variable_count);
    *out = (struct asked){.items = arena_array(arena, const struct variable *, kind->variable_count),
                          .words = arena_array(arena, struct str, kind->variable_count)};
    for (size_t i = 0; i < count; i++)
        widest = rows[i]->cell_count > widest ? rows[i]->cell_count : widest;
    for (size_t c = 0; c < widest; c++)
        for (size_t i = 0; i < count; i++)
            if (c < rows[i]->cell_count && !rows[i]->marker)
                condition_asks(out, seen, rows[i]->cells[c].condition);
}

/* ---- boxes ---- */

/* Puts the search into a box, or back to the root. */
static void enter(struct search *s, const values *domain) {
    memcpy(s->state.domain, domain, s->state.subject->kind->variable_count * sizeof(*domain));
    s->state.moment++;
}

static bool is_base(const struct variable *v) {
    return !v->when && !v->is && !v->applies;
}

/* Those values of the mask that some completion has. */
static values possible(struct search *s, const struct variable *v, values mask) {
    values out = 0;
    if (!is_base(v) || !s->state.subject->kind->never_count)
        return mask;
    for (values m = mask; m; m &= m - 1) {
        values was = state_narrow(&s->state, v, m & (~m + 1));
        s->steps = 0;
        if (search_allowed(s))
            out |= m & (~m + 1);
        state_restore(&s->state, v, was);
    }
    return out;
}

/* What is asked, and what the box and the root have of it. */
struct part {
    const struct variable *variable;
    struct str words;
    values mask, root;
};

/* A derived fact says nothing where it follows from what else is said. */
static bool follows(struct search *s, const struct asked *asked, const values *box, const struct variable *v,
                    values mask) {
    const struct subject *subject = s->state.subject;
    if (is_base(v))
        return false;
    enter(s, subject->domain);
    for (size_t i = 0; i < asked->count; i++)
        if (asked->items[i] != v)
            s->state.domain[asked->items[i]->index] = box[asked->items[i]->index];
    s->state.moment++;
    bool same = state_mask(&s->state, v) == mask;
    enter(s, box);
    return same;
}

static size_t parts(struct search *s, const struct asked *asked, const values *box, struct part *out) {
    size_t n = 0;
    const values *root = s->state.subject->domain;
    for (size_t i = 0; i < asked->count; i++)
        out[i].root = state_mask(&s->state, asked->items[i]);
    enter(s, box);
    for (size_t i = 0; i < asked->count; i++) {
        const struct variable *v = asked->items[i];
        values mask = state_mask(&s->state, v), all = out[i].root;
        if (mask != all && !follows(s, asked, box, v, mask))
            out[n++] = (struct part){v, asked->words[i], possible(s, v, mask), all};
    }
    enter(s, root);
    return n;
}

size_t witness_size(struct search *s, const struct asked *asked, const values *box) {
    struct arena_mark mark = arena_mark(s->arena);
    size_t n = parts(s, asked, box, arena_array(s->arena, struct part, asked->count));
    arena_rewind(s->arena, mark);
    return n;
}

bool witness_unsure(const struct search *s, const values *box) {
    const struct subject *subject = s->state.subject;
    for (size_t i = 0; i < subject->kind->variable_count; i++) {
        const struct variable *v = subject->kind->variables[i];
        if ((v->kind == VARIABLE_STUCK || v->is) && box[i] != subject->domain[i])
            return true;
    }
    return false;
}

/* ---- words ---- */

/* "a, b or c" */
static void words_list(struct buf *out, const struct str *items, size_t count, struct str last) {
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add(out, i + 1 == count ? last : STR(", "));
        buf_add(out, items[i]);
    }
}

static bool is_set_item(const struct part *p) {
    return p->variable->item.len && (p->mask == VALUES_YES || p->mask == VALUES_NO);
}

/* The item of a set with the least index from `at` on, so that items stand as declared; or NULL. */
static const struct part *next_item(const struct part *all, size_t count, const struct fact *fact, bool yes,
                                    size_t at) {
    const struct part *next = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t index = all[i].variable->index;
        bool one =
            is_set_item(&all[i]) && all[i].variable->fact == fact && (all[i].mask == VALUES_YES) == yes;
        if (one && index >= at && (!next || index < next->variable->index))
            next = &all[i];
    }
    return next;
}

/* "Data Improving and Consistent, not Declining", as a cell would have it. */
static void words_set(struct buf *out, const struct part *all, size_t count, size_t first) {
    const struct fact *fact = all[first].variable->fact;
    struct str *names = arena_array(out->arena, struct str, count);
    size_t n = 0;
    buf_add(out, fact->label);
    for (int yes = 1; yes >= 0; yes--) {
        size_t start = n;
        const struct part *next;
        for (size_t at = 0; (next = next_item(all, count, fact, yes, at)); at = next->variable->index + 1)
            names[n++] = next->variable->label;
        if (n == start)
            continue;
        buf_add(out, yes ? STR(" ") : start ? STR(", not ") : STR(" not "));
        words_list(out, names + start, n - start, yes ? STR(" and ") : STR(" or "));
    }
}

static bool is_set_said(const struct part *all, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (is_set_item(&all[j]) && all[j].variable->fact == all[i].variable->fact)
            return true;
    return false;
}

/* "not Good" where that is much shorter than all the others. */
static bool is_better_negated(const struct part *p) {
    int listed = __builtin_popcountll(p->mask), others = __builtin_popcountll(p->root & ~p->mask);
    return p->variable->line == LINE_NONE && others && listed > 2 * others;
}

static void words_part(struct buf *out, const struct part *p) {
    const struct variable *v = p->variable;
    if (p->words.len) {
        buf_printf(out, "`" STR_FMT "` %s", STR_ARG(p->words), p->mask == VALUES_YES ? "true" : "not true");
        return;
    }
    bool yes_no = v->line == LINE_NONE && expression_is_yes_no(v) && v->label.len;
    if (yes_no && p->mask == VALUES_YES) {
        buf_add(out, v->label);
    } else if (yes_no && p->mask == VALUES_NO) {
        buf_lit(out, "not ");
        buf_add(out, v->label);
    } else {
        buf_add(out, v->label);
        buf_add(out, is_better_negated(p) ? STR(" not ") : STR(" "));
        words_values(out, v, is_better_negated(p) ? p->root & ~p->mask : p->mask);
    }
}

struct str witness_words(struct search *s, const struct asked *asked, const values *box,
                         struct arena *arena) {
    struct buf out = {.arena = arena};
    struct part *all = arena_array(s->arena, struct part, asked->count);
    size_t count = parts(s, asked, box, all);
    for (size_t i = 0; i < count; i++) {
        bool set = is_set_item(&all[i]);
        if (set && is_set_said(all, i))
            continue;
        if (out.len)
            buf_lit(&out, "; ");
        if (set)
            words_set(&out, all, count, i);
        else
            words_part(&out, &all[i]);
    }
    if (!out.len)
        buf_lit(&out, "any case");
    return buf_str(&out);
}

struct str item_words(const struct variable *v, values mask, struct arena *arena) {
    struct buf out = {.arena = arena};
    if (v->item.len && mask == VALUES_YES)
        return v->label;
    words_part(&out, &(struct part){.variable = v, .mask = mask, .root = v->all});
    return buf_str(&out);
}
