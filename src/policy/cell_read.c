/* SPDX-License-Identifier: MIT */
/* cell_read.c: the words of an input cell as a condition. */
#include "policy/cell_priv.h"
#include "policy/condition.h"
#include "policy/expression.h"

struct cell_text cell_of(const struct markdown_cell *cell, size_t row, size_t column) {
    return (struct cell_text){.text = cell->text, .cell = cell, .at = cell->at, .row = row, .column = column};
}

/* The bytes of a text in quotes begin after the quote. */
struct cell_text cell_of_value(const struct value *v) {
    struct place at = value_place(v);
    if (at.source && !v->plain)
        at.offset++;
    return (struct cell_text){.text = str_trim(value_words(v)), .at = at};
}

bool cell_is_dash(struct str text) {
    return str_eq(text, STR("-")) || str_eq(text, STR("–")) || str_eq(text, STR("—"));
}

/* ---- one condition: a list of alternatives ---- */

struct list {
    struct condition *items[CELL_ITEMS_MAX];
    size_t count;
    bool negated;
    const struct thing *named; /* the last one named, else that of the column */
};

/* `not` on its own: no value, fact or keyword begins with it here. */
static bool take_not(struct cursor *w, const struct thing *thing) {
    size_t length;
    size_t value = thing ? cursor_value(w, thing).length : 0;
    cursor_thing(w, &length);
    size_t word = cursor_match(w->text, w->at, STR("not"));
    if (!word || value > word || length > word || cursor_keyword(w) > word)
        return false;
    w->at += word;
    cursor_skip(w);
    return true;
}

/* The expression between backticks; in it ? is the value of the column. */
static struct condition *take_code(struct cursor *w) {
    const struct cell_scope *scope = w->scope;
    size_t ticks = 0, from, end;
    while (w->at + ticks < w->text.len && w->text.at[w->at + ticks] == '`')
        ticks++;
    struct str fence = str_sub(w->text, w->at, w->at + ticks);
    from = end = w->at + ticks;
    while (end + ticks <= w->text.len && !str_eq(str_sub(w->text, end, end + ticks), fence))
        end++;
    if (end + ticks > w->text.len) {
        cursor_fail(w, w->at, DIAG_CELL_CODE, STR(""), STR(""), STR(""));
        return NULL;
    }
    w->at = end + ticks;
    cursor_skip(w);
    return expression_condition(scope->policy, scope->kind, str_sub(w->text, from, end),
                                cursor_place(w, from), scope->column ? scope->column->variable : NULL,
                                scope->diags);
}

/* A day, or several of which one will do: asked by `in the last` alone. */
static bool has_days(const struct variable *v) {
    return v->line == LINE_DATE || (v->kind == VARIABLE_FACT && v->fact->type == FACT_DATES);
}

/* A fact's label where its test should follow: a yes/no fact alone means yes, a date waits for `in the last`. */
static struct condition *label_alone(struct cursor *w, size_t from, const struct thing *t) {
    struct span span;
    struct cursor trial = *w;
    bool yes_no = t->fact ? t->fact->type == FACT_YES_NO : t->output->type == OUTPUT_YES_NO;
    if (t->variable && has_days(t->variable) && cursor_in_last(&trial, &span))
        return condition_test(w->scope->policy, t->variable, 0);
    if (yes_no)
        return condition_test(w->scope->policy, t->variable, VALUES_YES);
    struct str name = cursor_from(w, from);
    cursor_fail(w, from, DIAG_CELL_NO_TEST, name.len ? name : t->label, STR(""), STR(""));
    return NULL;
}

/* The words at the cursor name a thing and are a value, or a keyword, as well. */
static bool two_things(const struct cursor *w, size_t length, const struct thing *named,
                       const struct thing *of, struct match value) {
    struct arena *arena = w->scope->diags->arena;
    struct str other = STR("a word of every table");
    if (value.length == length)
        other = str_join(arena, STR("the value \""), thing_value_id(of, value.index), STR("\" of \""),
                         of->label, STR("\""));
    return cursor_fail(w, w->at, DIAG_CELL_TWO, str_sub(w->text, w->at, w->at + length),
                       thing_describe(arena, named), other);
}

/* A chain of things of one label: the output of this directive, or the only one. */
static const struct thing *only_thing(const struct cursor *w, size_t length, const struct thing *chain) {
    const struct decision *d = w->scope->decision;
    const struct thing *t = thing_of(chain, d);
    if (!chain->next || (t->output && t->output->decision == d))
        return t;
    struct arena *arena = w->scope->diags->arena;
    cursor_fail(w, w->at, DIAG_CELL_TWO, str_sub(w->text, w->at, w->at + length),
                thing_describe(arena, chain), thing_describe(arena, chain->next));
    return NULL;
}

static struct condition *named_item(struct cursor *w, struct list *list, const struct thing *chain,
                                    size_t length) {
    size_t from = w->at;
    const struct thing *t = only_thing(w, length, chain);
    if (!t)
        return NULL;
    w->at += length;
    cursor_link(w, from, t, STR(""));
    cursor_skip(w);
    list->named = t;
    if (w->at < w->text.len && w->text.at[w->at] == ':') {
        w->at++;
        cursor_skip(w);
    }
    size_t not = w->at;
    if (take_not(w, t)) {
        if (list->count || list->negated)
            return cursor_fail(w, not, DIAG_CELL_NOT, STR(""), STR(""), STR("")), NULL;
        list->negated = true;
    }
    return cursor_item_ends(w) ? label_alone(w, from, t) : cursor_test(w, t);
}

/* Which of two things the words are a value of: the one named last, unless the column's own value is longer. */
static const struct thing *value_owner(const struct cursor *w, const struct list *list, struct match *value) {
    const struct thing *named = list->named, *column = w->scope->column;
    *value = named ? cursor_value(w, named) : (struct match){0};
    if (named && named->variable && named->variable->line != LINE_NONE && cursor_number_length(w))
        value->length = cursor_number_length(w);
    if (!column || column == named || cursor_item_ends(w))
        return named;
    struct match own = cursor_value(w, column);
    if (own.length <= value->length)
        return named;
    *value = own;
    return column;
}

static struct condition *take_item(struct cursor *w, struct list *list) {
    struct match value;
    struct span span;
    struct cursor trial = *w;
    size_t length, key = cursor_keyword(w);
    if (w->at < w->text.len && w->text.at[w->at] == '`')
        return take_code(w);
    const struct thing *of = value_owner(w, list, &value), *chain = cursor_thing(w, &length);
    if (length && length >= value.length && length >= key) {
        bool same = of && of->fact == chain->fact && of->output == chain->output;
        if (of && !same && (length == key || length == value.length)) {
            two_things(w, length, chain, of, value);
            return NULL;
        }
        return named_item(w, list, chain, length);
    }
    if (of && cursor_in_last(&trial, &span))
        return label_alone(w, w->at, of);
    if (!of) {
        cursor_unknown(w, NULL);
        return NULL;
    }
    return cursor_test(w, of);
}

/* Alternatives of one variable are one test, so that `not` and `in the last` take them together. */
static bool add_alternative(struct cursor *w, struct list *list, size_t from, struct condition *c) {
    if (!c)
        return false;
    for (size_t i = 0; c->op == CONDITION_TEST && !c->intervals && i < list->count; i++) {
        struct condition *at = list->items[i];
        if (at->op == CONDITION_TEST && !at->intervals && at->variable == c->variable) {
            list->items[i] = condition_test(w->scope->policy, c->variable, at->mask | c->mask);
            return true;
        }
    }
    if (list->count == CELL_ITEMS_MAX)
        return cursor_fail(w, from, DIAG_CELL_LONG, str_whole(w->scope->diags->arena, CELL_ITEMS_MAX),
                           STR(""), STR(""));
    list->items[list->count++] = c;
    return true;
}

/* After an item: true where another follows. */
static bool take_separator(struct cursor *w) {
    bool comma = w->at < w->text.len && w->text.at[w->at] == ',';
    w->at += comma;
    cursor_skip(w);
    return cursor_take(w, "or") || comma;
}

/* ---- in the last ---- */

static struct str in_last_words(struct cursor *w, const struct condition *c, struct span span) {
    const struct variable *v = c->variable;
    struct buf out = {.arena = w->scope->policy->arena};
    buf_add(&out, v->label);
    bool first = true;
    const struct scale *scale = v->output ? v->output->scale : v->fact->scale;
    for (size_t i = 0; scale && i < scale->count; i++) {
        if (!(c->mask & VALUE_BIT(i)))
            continue;
        bool last = !(c->mask >> (i + 1));
        buf_add(&out, first ? STR(" ") : last ? STR(" or ") : STR(", "));
        buf_add(&out, scale_value_label(&scale->values[i]));
        first = false;
    }
    bool years = span.months && span.months % 12 == 0, weeks = span.days && span.days % 7 == 0;
    int n = years ? span.months / 12 : span.months ? span.months : weeks ? span.days / 7 : span.days;
    const char *unit = years ? "year" : span.months ? "month" : weeks ? "week" : "day";
    buf_lit(&out, " in the last ");
    if (n != 1)
        buf_printf(&out, "%d ", n);
    buf_printf(&out, "%s%s", unit, n == 1 ? "" : "s");
    return buf_str(&out);
}

/* Only what has a history of values, and a day, can have been so. */
static bool list_in_last(struct cursor *w, struct list *list, size_t from, struct span span) {
    const struct cell_scope *scope = w->scope;
    for (size_t i = 0; i < list->count; i++) {
        struct condition *c = list->items[i];
        const struct variable *v = c->variable;
        bool day = c->op == CONDITION_TEST && has_days(v) && !c->mask && !c->intervals;
        bool values_of = c->op == CONDITION_TEST && v->line == LINE_NONE && (v->fact || v->output) &&
                         (c->mask & variable_proper(v)) == c->mask;
        if (!day && !values_of)
            return cursor_fail(w, from, DIAG_CELL_IN_LAST, cursor_from(w, from), STR(""), STR(""));
        const struct variable *in =
            variable_in_last(scope->policy, scope->kind, v, c->mask, span, in_last_words(w, c, span));
        list->items[i] = condition_test(scope->policy, in, VALUES_YES);
    }
    return true;
}

/* What a decision gave before is in its record; what it gives now, it cannot ask. */
static bool list_own(struct cursor *w, const struct list *list, size_t from) {
    for (size_t i = 0; i < list->count; i++) {
        const struct variable *v = list->items[i]->op == CONDITION_TEST ? list->items[i]->variable : NULL;
        const struct variable *of = v && v->kind == VARIABLE_RECORDED ? v->of : v;
        if (of && of->kind == VARIABLE_OUTPUT && of->output->decision == w->scope->decision)
            return cursor_fail(w, from, DIAG_CELL_OWN, of->label, STR(""), STR(""));
    }
    return true;
}

/* `[not] items [in the last N]`. NULL after a diagnostic. */
static struct condition *take_condition(struct cursor *w) {
    struct list list = {.named = w->scope->column};
    struct policy *policy = w->scope->policy;
    struct span span;
    size_t from = w->at;
    list.negated = take_not(w, list.named);
    do {
        size_t at = w->at;
        if (take_not(w, list.named)) {
            cursor_fail(w, at, DIAG_CELL_NOT, STR(""), STR(""), STR(""));
            return NULL;
        }
        if (!add_alternative(w, &list, at, take_item(w, &list)))
            return NULL;
    } while (take_separator(w));
    if (cursor_in_last(w, &span) && !list_in_last(w, &list, from, span))
        return NULL;
    if (!list_own(w, &list, from))
        return NULL;
    if (!cursor_end(w)) {
        cursor_fail(w, w->at, DIAG_CELL_LEFT, str_sub(w->text, w->at, w->text.len), cursor_from(w, from),
                    STR(""));
        return NULL;
    }
    struct condition *any = condition_join(policy, CONDITION_OR, list.items, list.count);
    return list.negated ? condition_not(policy, any) : any;
}

/* ---- cells ---- */

struct condition *cell_condition(const struct cell_scope *scope, struct cell_text in) {
    struct cursor w = cursor_of(scope, in);
    struct condition *kids[CELL_ITEMS_MAX];
    size_t count = 0;
    bool blank = !in.text.len || str_eq_fold(in.text, STR("any")) || cell_is_dash(in.text);
    while (!blank) {
        struct condition *c = take_condition(&w);
        if (!c)
            return condition_constant(scope->policy, true);
        kids[count++] = c;
        if (w.at >= w.text.len)
            break;
        if (scope->column || count == CELL_ITEMS_MAX) {
            cursor_fail(&w, w.at, DIAG_CELL_SEMICOLON, STR(""), STR(""), STR(""));
            break;
        }
        w.at++;
        cursor_skip(&w);
    }
    struct condition *c = condition_join(scope->policy, CONDITION_AND, kids, count);
    c->text = in.text;
    c->at = in.at;
    return c;
}

struct condition *cell_conditions(const struct cell_scope *scope, const struct value *map) {
    struct condition **kids = arena_array(scope->policy->arena, struct condition *, map->count);
    size_t count = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct field *f = &map->fields[i];
        struct place at = place_at(map->source, f->key_offset);
        struct cell_scope of = *scope;
        const struct thing *chain = thing_find(scope->kind, scope->diags->arena, f->key);
        struct cell_text key = {.text = f->key, .at = at, .row = i}, cell = cell_of_value(&f->value);
        of.column = thing_of(chain, scope->decision);
        cell.row = i;
        cell.column = 1;
        if (!chain) {
            diag(scope->diags, DIAG_CELL_HEADER, at, f->key,
                 noun_phrase(scope->diags->arena, scope->kind->id),
                 thing_nearest(scope->kind, scope->diags->arena, f->key));
        } else if (chain->next) {
            diag(scope->diags, DIAG_CELL_TWO, at, f->key, thing_describe(scope->diags->arena, chain),
                 thing_describe(scope->diags->arena, chain->next));
        } else if (f->value.kind != VALUE_TEXT) {
            diag(scope->diags, DIAG_CELL_VALUE, at, f->key);
        } else {
            cell_link_header(&of, key, of.column, NULL);
            kids[count++] = cell_condition(&of, cell);
        }
    }
    return condition_join(scope->policy, CONDITION_AND, kids, count);
}

struct condition *cell_or_expression(const struct cell_scope *scope, const struct value *v) {
    if (v->kind == VALUE_MAP)
        return cell_conditions(scope, v);
    struct cell_text text = cell_of_value(v);
    struct condition *c =
        expression_condition(scope->policy, scope->kind, text.text, text.at, NULL, scope->diags);
    return c ? c : condition_constant(scope->policy, true);
}
