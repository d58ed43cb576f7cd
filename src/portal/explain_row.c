/* SPDX-License-Identifier: MIT */
/* explain_row.c: rows with their verdicts, and the cell that settled each. */
#include "policy/words.h"
#include "portal/explain_priv.h"

/* ---- cells ---- */

static const char *const truths[] = {
    [TRUTH_NO] = "fails", [TRUTH_YES] = "holds", [TRUTH_MAYBE] = "not known"};

static void found_variable(struct explaining *e, struct buf *out, const struct variable *v) {
    bool missing;
    if (v->kind == VARIABLE_STUCK)
        return;
    if (out->len)
        buf_lit(out, "; ");
    buf_add(out, explain_is_item(v) ? v->fact->label : v->label);
    buf_lit(out, ": ");
    struct str numbers = explain_numbers(e, v); /* they say more than yes or no, which the verdict says */
    buf_add(out, explain_is_item(v) ? explain_set(e, v, &missing)
                 : numbers.len      ? numbers
                                    : explain_variable(e, v));
}

/* "Ofsted grade: Good; Leadership: not recorded": what the record says of the facts a condition tests, each once. */
static void found(struct explaining *e, struct buf *out, const struct condition *c,
                  const struct variable **seen, size_t *count) {
    const struct variable *const *reads = c->op == CONDITION_TEST ? &c->variable : c->reads;
    size_t n = c->op == CONDITION_TEST ? 1 : c->read_count;
    for (size_t i = 0; i < n; i++) {
        bool twice = false;
        for (size_t j = 0; j < *count; j++)
            twice =
                twice || seen[j] == reads[i] ||
                (explain_is_item(seen[j]) && explain_is_item(reads[i]) && seen[j]->fact == reads[i]->fact);
        if (twice || *count == 32)
            continue;
        seen[(*count)++] = reads[i];
        found_variable(e, out, reads[i]);
    }
    for (size_t i = 0; i < c->count; i++)
        found(e, out, c->kids[i], seen, count);
}

struct str explain_found(struct explaining *e, const struct condition *c) {
    struct buf out = {.arena = e->arena};
    const struct variable *seen[32];
    size_t count = 0;
    found(e, &out, c, seen, &count);
    return buf_str(&out);
}

struct str explain_column(const struct row *row, const struct row_cell *cell) {
    const struct markdown_table *t = row->table->markdown;
    return t && cell->column < t->columns ? t->header.cells[cell->column].text : STR("Given");
}

static struct value cell_value(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct value_map m = {.arena = e->arena};
    enum truth t = state_truth(&e->state, cell->condition);
    map_text(&m, "column", explain_column(row, cell));
    map_text(&m, "text", cell->text.len ? cell->text : STR("any"));
    map_text(&m, "verdict", cell->condition->op == CONDITION_TRUE ? STR("any") : str_from(truths[t]));
    map_text(&m, "found", explain_found(e, cell->condition));
    map_bool(&m, "must", cell->must);
    return map_done(&m);
}

/* ---- rows ---- */

/* What a row does to the answer: the pipeline of a framework is these, in order. */
static struct str row_force(const struct decision *d, const struct row *row) {
    const struct cell_answer *a = &row->answers[0];
    if (a->set & VALUES_NOT_APPLICABLE)
        return STR("exempts");
    if (d->hit != HIT_GUIDE)
        return STR("row");
    return a->force == FORCE_FLOOR ? STR("bounds") : STR("criterion");
}

static size_t first_tier(struct explaining *e, const struct decision *d) {
    for (size_t i = 0; i < d->row_count; i++)
        if (row_truth(&e->state, d->order[i]) == TRUTH_YES)
            return d->order[i]->tier;
    return SIZE_MAX;
}

/* The one row that decides where one wins; NULL where all speak, or where it is not known. */
static const struct row *winner(struct explaining *e, const struct decision *d) {
    if (d->hit > HIT_PRIORITY)
        return NULL;
    for (size_t i = 0; i < d->row_count; i++) {
        enum truth t = row_truth(&e->state, d->order[i]);
        if (t == TRUTH_YES)
            return d->order[i];
        if (t == TRUTH_MAYBE)
            return NULL;
    }
    return NULL;
}

/* Whether a row of an earlier tier may hold: then it is not known whether this one is asked. */
static bool may_be_later(struct explaining *e, const struct decision *d, const struct row *row) {
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i]->tier < row->tier && row_truth(&e->state, d->rows[i]) == TRUTH_MAYBE)
            return true;
    return false;
}

static struct str row_verdict(struct explaining *e, const struct decision *d, const struct row *row,
                              size_t tier, const struct row *won) {
    enum truth t = row_truth(&e->state, row);
    if (t == TRUTH_NO)
        return STR("fails");
    if (row->tier > tier)
        return STR("later");
    if (t == TRUTH_MAYBE || (row->tier && may_be_later(e, d, row)))
        return STR("not known");
    return row == won || d->hit > HIT_PRIORITY ? STR("decides") : STR("holds");
}

static struct str answers_words(struct explaining *e, const struct decision *d, const struct row *row) {
    struct buf out = {.arena = e->arena};
    for (size_t i = 0; i < d->output_count; i++) {
        const struct cell_answer *a = &row->answers[i];
        if (!a->text.len)
            continue;
        if (out.len)
            buf_lit(&out, "; ");
        buf_add(&out, d->outputs[i].label);
        buf_lit(&out, ": ");
        buf_add(&out, a->text);
    }
    return buf_str(&out);
}

/* The cell that settles a row's verdict: the first that fails, else the first that is not known. */
static const struct row_cell *telling_cell(struct explaining *e, const struct row *row) {
    const struct row_cell *maybe = NULL;
    for (size_t i = 0; i < row->cell_count; i++) {
        enum truth t = state_truth(&e->state, row->cells[i].condition);
        if (t == TRUTH_NO)
            return &row->cells[i];
        if (t == TRUTH_MAYBE && !maybe)
            maybe = &row->cells[i];
    }
    return maybe;
}

/* What a cell asks for, without the name that was said already: "Days a week: 3; asks for at most 2". */
static struct str asked_text(struct str was, struct str text) {
    size_t colon = str_find(text, ':', 0);
    bool same =
        colon + 2 < text.len && text.at[colon + 1] == ' ' && str_starts(was, str_sub(text, 0, colon + 2));
    bool several = same && (str_find(text, ':', colon + 1) < text.len || str_find(text, ';', 0) < text.len);
    return same && !several ? str_sub(text, colon + 2, text.len) : text;
}

/* "Ofsted grade: Outstanding, not Good": what was found, and what the cell asks for where that is not said already. */
static struct str asks_words(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct str was = explain_found(e, cell->condition), column = explain_column(row, cell);
    struct str text = asked_text(was, cell->text);
    bool named = str_starts(was, str_join(e->arena, column, STR(": ")));
    bool known =
        state_truth(&e->state, cell->condition) != TRUTH_MAYBE && !str_starts(cell->text, STR("not "));
    if (str_starts(was, str_join(e->arena, cell->text, STR(": "))) || !was.len)
        return was;
    if (named && str_find(was, ';', 0) == was.len)
        return str_join(e->arena, was, known ? STR(", not ") : STR("; asks for "), text);
    return str_join(e->arena, was, STR("; asks for "), text);
}

bool explain_distance(const struct condition *c, struct decimal number, struct decimal *out) {
    bool any = false;
    for (size_t i = 0; i < c->interval_count; i++) {
        const struct interval *in = &c->intervals[i];
        bool below = !in->from_infinity && decimal_cmp(number, in->low) < 0;
        bool above = !in->to_infinity && decimal_cmp(number, in->high) > 0;
        struct decimal off;
        if ((!below && !above) || !decimal_subtract(number, below ? in->low : in->high, &off))
            return false;
        if (!any || decimal_cmp(decimal_abs(off), decimal_abs(*out)) < 0)
            *out = off;
        any = true;
    }
    return any;
}

/* ", short by 2": by how much the one number that a cell bounds is out of its bounds; empty of anything else. */
static struct str outside_words(struct explaining *e, const struct condition *c) {
    struct buf out = {.arena = e->arena};
    struct decimal number, off;
    while (c->op == CONDITION_AND && c->count == 1)
        c = c->kids[0];
    if (c->op != CONDITION_TEST || c->outside || c->variable->line != LINE_NUMBER ||
        !explain_number(e, c->variable, &number) || !explain_distance(c, number, &off))
        return (struct str){0};
    buf_add(&out, decimal_sign(off) < 0 ? STR(", short by ") : STR(", over by "));
    words_number(&out, c->variable, decimal_abs(off));
    return buf_str(&out);
}

struct str explain_because(struct explaining *e, const struct row *row) {
    const struct row_cell *cell = telling_cell(e, row);
    struct buf out = {.arena = e->arena};
    if (cell && cell->must)
        return str_join(e->arena, asks_words(e, row, cell), outside_words(e, cell->condition));
    if (cell)
        return asks_words(e, row, cell);
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].condition->op == CONDITION_TRUE)
            continue;
        if (out.len)
            buf_lit(&out, "; ");
        buf_add(&out, explain_found(e, row->cells[i].condition));
    }
    return buf_str(&out);
}

void explain_row_base(struct explaining *e, const struct row *row, struct value_map *m) {
    map_text(m, "id", row->id);
    map_text(m, "label", row->label);
    map_text(m, "href", explain_row_href(e, row));
    map_text(m, "page", row->at.source->path);
    map_whole(m, "line", row->line);
}

struct value explain_cells(struct explaining *e, const struct row *row) {
    struct value_list cells = {.arena = e->arena};
    for (size_t i = 0; i < row->cell_count; i++) {
        list_add(&cells, cell_value(e, row, &row->cells[i]));
        explain_tell(e, row->cells[i].condition);
    }
    return list_done(&cells);
}

struct value explain_rows(struct explaining *e, const struct decision *d) {
    struct value_list list = {.arena = e->arena};
    size_t tier = d->hit > HIT_PRIORITY && d->tiers < 2 ? SIZE_MAX : first_tier(e, d);
    const struct row *won = winner(e, d);
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        if (row->marker)
            continue;
        struct value_map m = {.arena = e->arena};
        explain_row_base(e, row, &m);
        struct str verdict = row_verdict(e, d, row, tier, won);
        map_text(&m, "verdict", verdict);
        map_bool(&m, "decides", str_eq(verdict, STR("decides")));
        map_bool(&m, "fails", str_eq(verdict, STR("fails")));
        map_text(&m, "force", row_force(d, row));
        map_text(&m, "because", explain_because(e, row));
        map_text(&m, "answer", answers_words(e, d, row));
        map_set(&m, "cells", explain_cells(e, row));
        bool speaks = str_eq(verdict, STR("decides")) || str_eq(verdict, STR("not known"));
        map_set(&m, "members", speaks ? explain_members(e, row, true) : value_null());
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}
