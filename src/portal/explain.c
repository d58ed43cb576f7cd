/* SPDX-License-Identifier: MIT */
/* explain.c: facts, rows and cells of one record's decisions, with their places and their words. */
#include "portal/explain.h"

#include <stdlib.h>

#include "policy/condition.h"
#include "policy/words.h"

struct explaining {
    const struct decided *decided;
    struct state state;
    struct search search; /* for questions about one row */
    struct arena *arena, *scratch;
    bool *told; /* of each variable: it is among the facts already */
    struct value_list facts;
};

#define NULLS (VALUES_ABSENT | VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE)

static bool is_single(values mask) {
    return mask && !(mask & (mask - 1));
}

/* ---- places ---- */

static void add_place(struct value_map *m, struct place at) {
    if (!at.source)
        return;
    map_text(m, "page", at.source->path);
    if (at.offset != DIAG_NOWHERE)
        map_whole(m, "line", place_position(at).line);
}

static struct str row_href(struct explaining *e, const struct row *row) {
    return str_join(e->arena, row->table->page, STR("#"), row->address);
}

/* Tables have no name of their own on a page, but a number. */
static struct str table_href(struct explaining *e, const struct policy_table *table) {
    return str_join(e->arena, table->page, STR("#table-"), str_whole(e->arena, (long long)table->ordinal));
}

/* ---- facts ---- */

static const struct given *given_of(const struct explaining *e, const struct variable *v) {
    return v->kind == VARIABLE_FACT && v->fact && !v->fact->derived && e->decided->given
               ? &e->decided->given[v->fact_index]
               : NULL;
}

static const struct given_entry *entry_in_force(const struct given *g) {
    for (size_t i = g ? g->history_count : 0; i-- > 0;)
        if (g->history[i].at.source == g->at.source && g->history[i].at.offset == g->at.offset)
            return &g->history[i];
    return NULL;
}

static const char *const silences[] = {
    [GIVEN_NOTHING] = "not recorded",          [GIVEN_VALUE] = "",    [GIVEN_NOT_RECORDED] = "not recorded",
    [GIVEN_NOT_APPLICABLE] = "not applicable", [GIVEN_NONE] = "none", [GIVEN_ABSENT] = "not given",
    [GIVEN_HIDDEN] = "not for this audience",
};

/* A number as it was recorded; anything else as its values' labels. */
static struct str variable_words(struct explaining *e, const struct variable *v) {
    struct buf out = {.arena = e->arena};
    const struct given *g = given_of(e, v);
    values mask = state_mask(&e->state, v);
    struct decimal number;
    struct feel_value value;
    if (g && g->state == GIVEN_VALUE && v->line != LINE_NONE && subject_number(v, g->text, &number)) {
        words_number(&out, v, number);
    } else if (v->is && v->line == LINE_NUMBER && state_value(&e->state, v, &value) &&
               value.type == FEEL_NUMBER) {
        words_number(&out, v, value.number);
    } else if (g && g->state == GIVEN_VALUE && v->fact->type == FACT_TEXT) {
        buf_add(&out, g->text);
    } else if (g && !is_single(mask) && g->state != GIVEN_VALUE) {
        buf_add(&out, str_from(silences[g->state]));
        if (g->state == GIVEN_NOT_RECORDED && g->text.len && !str_eq(g->text, STR("not recorded")))
            buf_printf(&out, ": " STR_FMT, STR_ARG(str_lower(e->arena, g->text)));
    } else {
        words_values(&out, v, mask);
    }
    return buf_str(&out);
}

static void tell_condition(struct explaining *e, const struct condition *c);

/* A set is told as one fact: the labels of what it has. */
static struct str set_words(struct explaining *e, const struct variable *of, bool *missing) {
    const struct policy_kind *kind = e->decided->subject.kind;
    struct buf out = {.arena = e->arena};
    *missing = false;
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        if (v->fact != of->fact || v->kind != VARIABLE_FACT)
            continue;
        values mask = state_mask(&e->state, v);
        *missing = *missing || !is_single(mask);
        if (mask == VALUES_YES)
            buf_printf(&out, "%s" STR_FMT, out.len ? ", " : "", STR_ARG(v->label));
    }
    if (*missing)
        return variable_words(e, of);
    return out.len ? buf_str(&out) : STR("none");
}

static bool is_item(const struct variable *v) {
    return v->item.len && v->kind == VARIABLE_FACT;
}

static void tell_whole_set(struct explaining *e, const struct variable *of) {
    const struct policy_kind *kind = e->decided->subject.kind;
    for (size_t i = 0; i < kind->variable_count; i++)
        if (kind->variables[i]->fact == of->fact && is_item(kind->variables[i]))
            e->told[i] = true;
}

/* Adds a fact, and after it what it was worked out from. */
static void tell_variable(struct explaining *e, const struct variable *v) {
    if (v->kind == VARIABLE_STUCK || e->told[v->index] || v->output)
        return;
    e->told[v->index] = true;
    const struct given *g = given_of(e, v);
    struct value_map m = {.arena = e->arena};
    bool missing = !is_single(state_mask(&e->state, v)), set = is_item(v);
    if (set)
        tell_whole_set(e, v);
    struct str words = set ? set_words(e, v, &missing) : variable_words(e, v);
    map_text(&m, "id", set ? v->fact->id : v->id);
    map_text(&m, "label", set ? v->fact->label : v->label);
    map_text(&m, "value", words);
    map_bool(&m, "missing", missing);
    map_bool(&m, "presumed", !missing && g && g->state == GIVEN_NOTHING);
    map_bool(&m, "derived", v->when || v->is);
    if (g && g->state != GIVEN_VALUE)
        map_text(&m, "given", str_from(silences[g->state]));
    if (g)
        add_place(&m, g->at);
    const struct given_entry *entry = entry_in_force(g);
    if (entry && entry->record) {
        map_text(&m, "by", value_words(value_at(entry->record, "by")));
        map_text(&m, "note", value_words(value_at(entry->record, "note")));
    }
    if (g && g->since != DATE_NONE)
        map_text(&m, "since", date_iso(e->arena, g->since));
    list_add(&e->facts, map_done(&m));
    if (v->when)
        tell_condition(e, v->when);
    for (size_t i = 0; i < v->read_count; i++)
        tell_variable(e, v->reads[i]);
}

static void tell_condition(struct explaining *e, const struct condition *c) {
    if (c->op == CONDITION_TEST)
        tell_variable(e, c->variable);
    for (size_t i = 0; i < c->read_count; i++)
        tell_variable(e, c->reads[i]);
    for (size_t i = 0; i < c->count; i++)
        tell_condition(e, c->kids[i]);
}

/* ---- cells ---- */

static const char *const truths[] = {
    [TRUTH_NO] = "fails", [TRUTH_YES] = "holds", [TRUTH_MAYBE] = "not known"};

static void found_variable(struct explaining *e, struct buf *out, const struct variable *v) {
    bool missing;
    if (v->kind == VARIABLE_STUCK)
        return;
    if (out->len)
        buf_lit(out, "; ");
    buf_add(out, is_item(v) ? v->fact->label : v->label);
    buf_lit(out, ": ");
    buf_add(out, is_item(v) ? set_words(e, v, &missing) : variable_words(e, v));
}

/* "Ofsted grade: Good; Leadership: not recorded": what the record says of the facts a condition tests, each once. */
static void found(struct explaining *e, struct buf *out, const struct condition *c,
                  const struct variable **seen, size_t *count) {
    const struct variable *const *reads = c->op == CONDITION_TEST ? &c->variable : c->reads;
    size_t n = c->op == CONDITION_TEST ? 1 : c->read_count;
    for (size_t i = 0; i < n; i++) {
        bool twice = false;
        for (size_t j = 0; j < *count; j++)
            twice = twice || seen[j] == reads[i] ||
                    (is_item(seen[j]) && is_item(reads[i]) && seen[j]->fact == reads[i]->fact);
        if (twice || *count == 32)
            continue;
        seen[(*count)++] = reads[i];
        found_variable(e, out, reads[i]);
    }
    for (size_t i = 0; i < c->count; i++)
        found(e, out, c->kids[i], seen, count);
}

static struct str found_words(struct explaining *e, const struct condition *c) {
    struct buf out = {.arena = e->arena};
    const struct variable *seen[32];
    size_t count = 0;
    found(e, &out, c, seen, &count);
    return buf_str(&out);
}

static struct str column_words(const struct row *row, const struct row_cell *cell) {
    const struct markdown_table *t = row->table->markdown;
    return t && cell->column < t->columns ? t->header.cells[cell->column].text : STR("Given");
}

static struct value cell_value(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct value_map m = {.arena = e->arena};
    enum truth t = state_truth(&e->state, cell->condition);
    map_text(&m, "column", column_words(row, cell));
    map_text(&m, "text", cell->text.len ? cell->text : STR("any"));
    map_text(&m, "verdict", cell->condition->op == CONDITION_TRUE ? STR("any") : str_from(truths[t]));
    map_text(&m, "found", found_words(e, cell->condition));
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

/* "Ofsted grade: Outstanding, not Good": what was found, and what the cell asks for where that is not said already. */
static struct str asks_words(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct str was = found_words(e, cell->condition), column = column_words(row, cell);
    bool named = str_starts(was, str_join(e->arena, column, STR(": ")));
    bool known = state_truth(&e->state, cell->condition) != TRUTH_MAYBE;
    if (str_starts(was, str_join(e->arena, cell->text, STR(": "))) || !was.len)
        return was;
    if (named && str_find(was, ';', 0) == was.len)
        return str_join(e->arena, was, known ? STR(", not ") : STR("; asks for "), cell->text);
    return str_join(e->arena, was, STR("; asks for "), cell->text);
}

static struct str because_words(struct explaining *e, const struct row *row) {
    const struct row_cell *cell = telling_cell(e, row);
    struct buf out = {.arena = e->arena};
    if (cell)
        return asks_words(e, row, cell);
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].condition->op == CONDITION_TRUE)
            continue;
        if (out.len)
            buf_lit(&out, "; ");
        buf_add(&out, found_words(e, row->cells[i].condition));
    }
    return buf_str(&out);
}

static void row_base(struct explaining *e, const struct row *row, struct value_map *m) {
    map_text(m, "id", row->id);
    map_text(m, "label", row->label);
    map_text(m, "href", row_href(e, row));
    add_place(m, row->at);
}

static struct value cells_value(struct explaining *e, const struct row *row) {
    struct value_list cells = {.arena = e->arena};
    for (size_t i = 0; i < row->cell_count; i++) {
        list_add(&cells, cell_value(e, row, &row->cells[i]));
        tell_condition(e, row->cells[i].condition);
    }
    return list_done(&cells);
}

static struct value rows_value(struct explaining *e, const struct decision *d) {
    struct value_list list = {.arena = e->arena};
    size_t tier = d->hit > HIT_PRIORITY && d->tiers < 2 ? SIZE_MAX : first_tier(e, d);
    const struct row *won = winner(e, d);
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        if (row->marker)
            continue;
        struct value_map m = {.arena = e->arena};
        row_base(e, row, &m);
        struct str verdict = row_verdict(e, d, row, tier, won);
        map_text(&m, "verdict", verdict);
        map_bool(&m, "decides", str_eq(verdict, STR("decides")));
        map_bool(&m, "fails", str_eq(verdict, STR("fails")));
        map_text(&m, "force", row_force(d, row));
        map_text(&m, "because", because_words(e, row));
        map_text(&m, "answer", answers_words(e, d, row));
        map_set(&m, "cells", cells_value(e, row));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- outputs ---- */

static const char *const statuses[] = {[DECISION_SETTLED] = "settled",
                                       [DECISION_CANDIDATES] = "candidates",
                                       [DECISION_UNDETERMINED] = "undetermined",
                                       [DECISION_NOT_APPLICABLE] = "not-applicable"};

static struct str answers_text(struct explaining *e, const struct output *o, values mask) {
    struct buf out = {.arena = e->arena};
    words_answers(&out, o, mask);
    return buf_str(&out);
}

static struct str number_text(struct explaining *e, const struct output_result *r) {
    struct buf out = {.arena = e->arena};
    decimal_print(&out, r->low);
    if (decimal_cmp(r->low, r->high)) {
        buf_lit(&out, " to ");
        decimal_print(&out, r->high);
    }
    return buf_str(&out);
}

static struct value candidates_list(struct explaining *e, const struct output *o,
                                    const struct output_result *r) {
    struct value_list list = {.arena = e->arena};
    for (values m = r->candidates; m; m &= m - 1)
        list_add(&list, value_text(answers_text(e, o, m & (~m + 1))));
    return list_done(&list);
}

static struct value record_value(struct explaining *e, const struct output *o,
                                 const struct output_result *r) {
    static const char *const keys[] = {"by", "how", "note", "reason"};
    struct value_map m = {.arena = e->arena};
    if (!r->record)
        return value_null();
    map_text(&m, "value", r->recorded ? answers_text(e, o, r->recorded) : r->record->text);
    if (r->record->from != DATE_NONE) {
        map_text(&m, "from", date_iso(e->arena, r->record->from));
        map_text(&m, "from_words", date_long(e->arena, r->record->from));
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        map_text(&m, keys[i], value_words(value_get(r->record->record, str_from(keys[i]))));
    add_place(&m, r->record->at);
    return map_done(&m);
}

/* The day from which the rows of a floor have held: the latest of the days since which their facts have. */
static date floor_since(struct explaining *e, const struct condition *c, date since) {
    const struct given *g = c->op == CONDITION_TEST ? given_of(e, c->variable) : NULL;
    if (g && g->since != DATE_NONE && (since == DATE_NONE || g->since > since))
        since = g->since;
    if (c->op == CONDITION_TEST && c->variable->when)
        since = floor_since(e, c->variable->when, since);
    for (size_t i = 0; i < c->count; i++)
        since = floor_since(e, c->kids[i], since);
    return since;
}

static struct value automatic_value(struct explaining *e, const struct decision *d, const struct output *o,
                                    const struct output_result *r) {
    struct value_map m = {.arena = e->arena};
    date since = DATE_NONE;
    if (!r->automatic)
        return value_null();
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        bool floor = row->answers[0].force == FORCE_FLOOR && (row->answers[0].set & r->floor);
        for (size_t j = 0; floor && row_truth(&e->state, row) == TRUTH_YES && j < row->cell_count; j++)
            since = floor_since(e, row->cells[j].condition, since);
    }
    map_text(&m, "value", answers_text(e, o, r->floor));
    if (since != DATE_NONE) {
        map_text(&m, "since", date_iso(e->arena, since));
        map_text(&m, "since_words", date_long(e->arena, since));
    }
    return map_done(&m);
}

static struct value output_explained(struct explaining *e, const struct decision *d, const struct output *o,
                                     const struct output_result *r) {
    struct value_map m = {.arena = e->arena};
    bool settled = r->status == DECISION_SETTLED || r->status == DECISION_NOT_APPLICABLE;
    map_text(&m, "id", o->id);
    map_text(&m, "label", o->label);
    map_text(&m, "status", str_from(statuses[r->status]));
    map_text(&m, "answer", r->number ? number_text(e, r) : answers_text(e, o, r->candidates));
    map_text(&m, "value",
             !settled    ? (struct str){0}
             : r->number ? number_text(e, r)
                         : answers_text(e, o, r->candidates));
    map_set(&m, "candidates", candidates_list(e, o, r));
    map_bool(&m, "or_nothing", r->nothing && r->candidates);
    map_text(&m, "suggestion", r->suggestion ? answers_text(e, o, r->suggestion) : (struct str){0});
    map_set(&m, "recorded", record_value(e, o, r));
    map_text(&m, "stands", r->number ? number_text(e, r) : answers_text(e, o, r->stands));
    map_set(&m, "automatic", automatic_value(e, d, o, r));
    map_bool(&m, "differs", r->recorded && r->suggestion && r->recorded != r->suggestion);
    return map_done(&m);
}

/* {output: words}, for readers of JSON. */
static struct value by_output(const struct value *outputs, const char *key, struct arena *arena) {
    struct value_map m = {.arena = arena};
    for (uint32_t i = 0; i < outputs->count; i++)
        map_set(&m, str_z(arena, value_words(value_get(&outputs->items[i], STR("id")))),
                *value_get(&outputs->items[i], str_from(key)));
    return map_done(&m);
}

/* ---- what would settle it ---- */

/* Values tried one by one, those that end alike together. */
#define SETTLING_MAX 12

static struct str outcome_words(struct explaining *e, const struct decision *d,
                                const struct decision_result *r) {
    struct buf out = {.arena = e->arena};
    for (size_t i = 0; i < d->output_count; i++) {
        if (out.len)
            buf_lit(&out, "; ");
        buf_add(&out, answers_text(e, &d->outputs[i], r->outputs[i].candidates));
    }
    return buf_str(&out);
}

static struct value settling(struct explaining *e, const struct decision *d, const struct variable *v) {
    struct value_list list = {.arena = e->arena};
    struct subject what_if = e->decided->subject;
    values left = e->decided->subject.domain[v->index], mask[SETTLING_MAX];
    struct str then[SETTLING_MAX];
    size_t n = 0;
    while (left) {
        values one = left & (~left + 1);
        left &= ~one;
        what_if.domain = arena_array(e->scratch, values, what_if.kind->variable_count);
        memcpy(what_if.domain, e->decided->subject.domain, what_if.kind->variable_count * sizeof(values));
        what_if.domain[v->index] = one;
        struct decision_result r;
        decision_decide(&what_if, d, e->arena, e->scratch, &r);
        struct str words = outcome_words(e, d, &r);
        size_t i = 0;
        while (i < n && !str_eq(then[i], words))
            i++;
        if (i == SETTLING_MAX)
            break;
        if (i == n) {
            then[n] = words;
            mask[n++] = 0;
        }
        mask[i] |= one;
    }
    for (size_t i = 0; i < n; i++) {
        struct value_map m = {.arena = e->arena};
        struct buf words = {.arena = e->arena};
        words_values(&words, v, mask[i]);
        map_text(&m, "value", buf_str(&words));
        map_text(&m, "then", then[i]);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static struct value missing_value(struct explaining *e, const struct decision *d,
                                  const struct decision_result *r) {
    struct value_list list = {.arena = e->arena};
    for (size_t i = 0; i < r->missing_count; i++) {
        struct value_map m = {.arena = e->arena};
        map_text(&m, "id", r->missing[i]->id);
        map_text(&m, "label", r->missing[i]->label);
        map_set(&m, "if", settling(e, d, r->missing[i]));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- collect ---- */

static struct value entries_value(struct explaining *e, const struct decision *d,
                                  const struct decision_result *r) {
    struct value_list list = {.arena = e->arena};
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct collected *c = &r->entries[i];
        struct value_map m = {.arena = e->arena};
        struct value_list cells = {.arena = e->arena};
        map_text(&m, "key", answers_text(e, &d->outputs[0], c->key));
        map_text(&m, "id", d->outputs[0].answers[__builtin_ctzll(c->key)].id);
        map_bool(&m, "certain", c->certain);
        map_text(&m, "href", row_href(e, c->row));
        for (size_t j = 1; j < d->output_count; j++) {
            struct value_map cell = {.arena = e->arena};
            map_text(&cell, "label", d->outputs[j].label);
            map_text(&cell, "value", answers_text(e, &d->outputs[j], c->outcomes[j].set));
            list_add(&cells, map_done(&cell));
        }
        map_set(&m, "values", list_done(&cells));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static void explaining_init(struct explaining *e, const struct decided *decided, struct arena *arena,
                            struct arena *scratch) {
    *e = (struct explaining){.decided = decided, .arena = arena, .scratch = scratch};
    state_init(&e->state, &decided->subject, scratch);
    e->told = arena_array(scratch, bool, decided->subject.kind->variable_count);
    e->facts.arena = arena;
}

/* ---- why not ---- */

/* How far a number is from an interval; false where it is in it, or is not known. */
static bool short_by(struct explaining *e, const struct condition *c, struct decimal *out) {
    struct feel_value now;
    struct decimal at;
    bool any = false;
    if (c->op != CONDITION_TEST || !c->interval_count || c->outside ||
        !state_value(&e->state, c->variable, &now))
        return false;
    if (now.type == FEEL_DATE)
        at = decimal_whole(now.days);
    else if (now.type == FEEL_MONTHS)
        at = decimal_whole(now.months);
    else if (now.type == FEEL_NUMBER || now.type == FEEL_TIME)
        at = now.number;
    else
        return false;
    for (size_t i = 0; i < c->interval_count; i++) {
        const struct interval *in = &c->intervals[i];
        struct decimal by;
        bool below = !in->from_infinity && decimal_cmp(at, in->low) < 0 && decimal_subtract(in->low, at, &by);
        bool above = !in->to_infinity && decimal_cmp(at, in->high) > 0 && decimal_subtract(at, in->high, &by);
        if ((below || above) && (!any || decimal_cmp(by, *out) < 0)) {
            *out = by;
            any = true;
        }
    }
    return any;
}

static struct value need_value(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct value_map m = {.arena = e->arena};
    struct decimal by;
    struct buf words = {.arena = e->arena};
    map_text(&m, "column", column_words(row, cell));
    map_text(&m, "text", cell->text);
    map_text(&m, "found", found_words(e, cell->condition));
    map_bool(&m, "not_known", state_truth(&e->state, cell->condition) == TRUTH_MAYBE);
    if (short_by(e, cell->condition, &by)) {
        words_number(&words, cell->condition->variable, by);
        map_text(&m, "short_by", buf_str(&words));
    }
    return map_done(&m);
}

/* What one row would have needed. */
struct need {
    const struct row *row;
    size_t cells;
    size_t index; /* as written, for ties */
};

static int need_order(const void *a, const void *b) {
    const struct need *x = a, *y = b;
    if (x->cells != y->cells)
        return x->cells < y->cells ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static size_t cells_in_the_way(struct explaining *e, const struct row *row) {
    size_t n = 0;
    for (size_t i = 0; i < row->cell_count; i++)
        n += state_truth(&e->state, row->cells[i].condition) != TRUTH_YES;
    return n;
}

static struct value needs_value(struct explaining *e, const struct need *need) {
    struct value_map m = {.arena = e->arena};
    struct value_list cells = {.arena = e->arena};
    row_base(e, need->row, &m);
    for (size_t i = 0; i < need->row->cell_count; i++)
        if (state_truth(&e->state, need->row->cells[i].condition) != TRUTH_YES)
            list_add(&cells, need_value(e, need->row, &need->row->cells[i]));
    map_set(&m, "needs", list_done(&cells));
    return map_done(&m);
}

/* A floor gives its lowest value; what lies above it comes of other rows. */
static values answer_given(const struct cell_answer *a) {
    return a->force == FORCE_FLOOR ? a->set & (~a->set + 1) : a->set;
}

static struct value why_not_output(struct explaining *e, const struct decision *d, size_t output,
                                   size_t answer) {
    struct value_map m = {.arena = e->arena};
    struct value_list rows = {.arena = e->arena};
    struct need *needs = arena_array(e->scratch, struct need, d->row_count);
    size_t n = 0;
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i]->marker && (answer_given(&d->rows[i]->answers[output]) & VALUE_BIT(answer)))
            needs[n++] = (struct need){d->rows[i], cells_in_the_way(e, d->rows[i]), i};
    if (n)
        qsort(needs, n, sizeof(*needs), need_order);
    for (size_t i = 0; i < n; i++)
        list_add(&rows, needs_value(e, &needs[i]));
    map_text(&m, "decision", d->label);
    map_text(&m, "output", d->outputs[output].label);
    map_text(&m, "value", d->outputs[output].answers[answer].label);
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

struct value explain_why_not(const struct decided *decided, struct str decision, struct str answer,
                             struct arena *arena, struct arena *scratch) {
    struct explaining e;
    struct value_list list = {.arena = arena};
    const struct policy_kind *kind = decided->subject.kind;
    struct arena_mark mark = arena_mark(scratch);
    explaining_init(&e, decided, arena, scratch);
    for (size_t i = 0; i < kind->decision_count; i++) {
        const struct decision *d = kind->decisions[i];
        bool asked =
            (!decision.len || str_eq(decision, d->id)) && decision_visible(d, decided->subject.audience);
        for (size_t j = 0; j < d->output_count && asked; j++)
            for (size_t k = 0; k < d->outputs[j].answer_count; k++)
                if (str_eq_fold(d->outputs[j].answers[k].id, answer) ||
                    str_eq_fold(d->outputs[j].answers[k].label, answer))
                    list_add(&list, why_not_output(&e, d, j, k));
    }
    arena_rewind(scratch, mark);
    return list_done(&list);
}

/* ---- decisions and checks ---- */

static enum decision_status overall_status(const struct decision *d, const struct decision_result *r) {
    enum decision_status worst = d->output_count ? r->outputs[0].status : DECISION_UNDETERMINED;
    for (size_t i = 1; i < d->output_count; i++)
        if (worst == DECISION_SETTLED && r->outputs[i].status == DECISION_CANDIDATES)
            worst = DECISION_CANDIDATES;
    return worst;
}

static struct value decision_value(struct explaining *e, const struct decision *d,
                                   const struct decision_result *r) {
    struct value_map m = {.arena = e->arena};
    struct value_list outputs = {.arena = e->arena};
    map_text(&m, "id", d->id);
    map_text(&m, "label", d->label);
    map_text(&m, "status", str_from(statuses[overall_status(d, r)]));
    map_bool(&m, "hidden", r->hidden);
    map_bool(&m, "bounded", r->bounded);
    map_bool(&m, "when_recorded", d->when_recorded);
    map_text(&m, "href", table_href(e, d->tables[0]));
    add_place(&m, d->at);
    for (size_t i = 0; i < d->output_count; i++)
        list_add(&outputs, output_explained(e, d, &d->outputs[i], &r->outputs[i]));
    struct value all = list_done(&outputs);
    map_set(&m, "value", by_output(&all, "value", e->arena));
    map_set(&m, "candidates", by_output(&all, "candidates", e->arena));
    map_set(&m, "suggestion", by_output(&all, "suggestion", e->arena));
    map_set(&m, "recorded", by_output(&all, "recorded", e->arena));
    map_set(&m, "stands", by_output(&all, "stands", e->arena));
    map_set(&m, "outputs", all);
    bool applies = !d->applies || state_truth(&e->state, d->applies) != TRUTH_NO;
    map_text(&m, "applies", applies ? (struct str){0} : found_words(e, d->applies));
    map_set(&m, "rows", r->hidden || !applies ? value_null() : rows_value(e, d));
    map_set(&m, "entries", entries_value(e, d, r));
    map_set(&m, "missing", missing_value(e, d, r));
    return map_done(&m);
}

static const char *const check_states[] = {[CHECK_MET] = "met",
                                           [CHECK_NOT_MET] = "not met",
                                           [CHECK_NOT_KNOWN] = "not known",
                                           [CHECK_NOT_CONCERNED] = "not concerned"};
static const char *const check_verdicts[] = {
    [CHECK_PASSES] = "passes", [CHECK_FAILS] = "fails", [CHECK_UNCERTAIN] = "not known"};

static struct value check_value(struct explaining *e, const struct check_result *c) {
    struct value_map m = {.arena = e->arena};
    struct value_list rows = {.arena = e->arena};
    map_text(&m, "id", c->check->id);
    map_text(&m, "label", c->check->label);
    map_text(&m, "verdict", str_from(check_verdicts[c->verdict]));
    map_bool(&m, "advice", c->advice);
    map_text(&m, "href", table_href(e, c->check->tables[0]));
    add_place(&m, c->check->at);
    for (size_t i = 0; i < c->count; i++) {
        struct value_map row = {.arena = e->arena};
        row_base(e, c->rows[i].row, &row);
        map_text(&row, "state", str_from(check_states[c->rows[i].state]));
        map_bool(&row, "breach", c->rows[i].breach);
        map_bool(&row, "applied", c->rows[i].applied);
        map_text(&row, "because", because_words(e, c->rows[i].row));
        map_set(&row, "cells", cells_value(e, c->rows[i].row));
        list_add(&rows, map_done(&row));
    }
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

struct value explain_record(const struct decided *decided, struct str decision, struct arena *arena,
                            struct arena *scratch) {
    struct explaining e;
    struct arena_mark mark = arena_mark(scratch);
    const struct policy_kind *kind = decided->subject.kind;
    struct value_map m = {.arena = arena};
    struct value_list decisions = {.arena = arena}, checks = {.arena = arena};
    explaining_init(&e, decided, arena, scratch);
    for (size_t i = 0; i < kind->decision_count; i++)
        if (!decision.len || str_eq(kind->decisions[i]->id, decision))
            list_add(&decisions, decision_value(&e, kind->decisions[i], &decided->results[i]));
    for (size_t i = 0; i < decided->check_count; i++)
        if (!decision.len || str_eq(decided->checks[i].check->id, decision))
            list_add(&checks, check_value(&e, &decided->checks[i]));
    map_text(&m, "kind", decided->record.kind);
    map_text(&m, "school", decided->record.id);
    map_text(&m, "name", decided->record.label);
    map_text(&m, "as_of", date_iso(arena, decided->subject.as_of));
    map_text(&m, "as_of_words", date_long(arena, decided->subject.as_of));
    map_text(&m, "audience", audience_name(decided->subject.audience));
    add_place(&m, decided->record.at);
    map_set(&m, "facts", list_done(&e.facts));
    map_set(&m, "decisions", list_done(&decisions));
    map_set(&m, "checks", list_done(&checks));
    arena_rewind(scratch, mark);
    return map_done(&m);
}
