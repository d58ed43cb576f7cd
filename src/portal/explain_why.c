/* SPDX-License-Identifier: MIT */
/* explain_why.c: what the rows that give an answer would have needed. */
#include <stdlib.h>

#include "policy/words.h"
#include "portal/explain_priv.h"

/* How far a number, a day or a duration is from what a cell asks; false where it is in it, or is not known. */
static bool short_by(struct explaining *e, const struct condition *c, struct decimal *out) {
    struct feel_value now;
    struct decimal at;
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
    if (!explain_distance(c, at, out))
        return false;
    *out = decimal_abs(*out);
    return true;
}

static struct value need_value(struct explaining *e, const struct row *row, const struct row_cell *cell) {
    struct value_map m = {.arena = e->arena};
    struct decimal by;
    struct buf words = {.arena = e->arena};
    map_text(&m, "column", explain_column(row, cell));
    map_text(&m, "text", cell->text);
    map_text(&m, "found", explain_found(e, cell->condition));
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

/* A row of a later tier counts only where none of an earlier one does. */
static const struct row *row_before(struct explaining *e, const struct decision *d, const struct row *row) {
    for (size_t i = 0; i < d->row_count && d->order[i]->tier < row->tier; i++)
        if (row_truth(&e->state, d->order[i]) == TRUTH_YES)
            return d->order[i];
    return NULL;
}

static struct value needs_value(struct explaining *e, const struct decision *d, const struct need *need) {
    struct value_map m = {.arena = e->arena};
    const struct row *before = row_before(e, d, need->row);
    map_text(&m, "after", before ? before->label : (struct str){0});
    struct value_list cells = {.arena = e->arena};
    explain_row_base(e, need->row, &m);
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
            needs[n++] = (struct need){
                d->rows[i], cells_in_the_way(e, d->rows[i]) + (row_before(e, d, d->rows[i]) != NULL), i};
    if (n)
        qsort(needs, n, sizeof(*needs), need_order);
    for (size_t i = 0; i < n; i++)
        list_add(&rows, needs_value(e, d, &needs[i]));
    map_text(&m, "decision", d->label);
    map_text(&m, "output", d->outputs[output].label);
    map_text(&m, "value", d->outputs[output].answers[answer].label);
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

/* ---- checks ---- */

static size_t cell_needs(struct explaining *e, const struct row *row, bool must, struct value_list *needs) {
    size_t n = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].must != must)
            continue;
        n++;
        if (state_truth(&e->state, row->cells[i].condition) != TRUTH_YES)
            list_add(needs, need_value(e, row, &row->cells[i]));
    }
    return n;
}

/* What a row asks is in the cells that must hold; of a table without such, in all. */
static struct value check_row_value(struct explaining *e, const struct check_result *check,
                                    const struct check_row *row) {
    struct value_map m = {.arena = e->arena};
    struct value_list needs = {.arena = e->arena};
    explain_row_base(e, row->row, &m);
    if (!cell_needs(e, row->row, true, &needs))
        cell_needs(e, row->row, false, &needs);
    map_text(&m, "state", str_from(explain_check_states[row->state]));
    map_set(&m, "needs", list_done(&needs));
    map_set(&m, "members", explain_members(e, row->row, false));
    map_set(&m, "settled", explain_settling(e, check, row));
    map_set(&m, "without", row->state == CHECK_NOT_MET ? explain_without(e, check, row) : value_null());
    return map_done(&m);
}

static struct value why_not_check(struct explaining *e, const struct check_result *check) {
    static const enum check_state order[] = {CHECK_NOT_MET, CHECK_NOT_KNOWN};
    struct value_map m = {.arena = e->arena};
    struct value_list rows = {.arena = e->arena};
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < check->count; i++)
            if (check->rows[i].state == order[s])
                list_add(&rows, check_row_value(e, check, &check->rows[i]));
    map_text(&m, "decision", check->check->label);
    map_text(&m, "value", STR("passes"));
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
    bool passes = str_eq_fold(answer, STR("passes")) || str_eq_fold(answer, STR("met"));
    for (size_t i = 0; passes && i < decided->check_count; i++)
        if (!decision.len || str_eq(decision, decided->checks[i].check->id))
            list_add(&list, why_not_check(&e, &decided->checks[i]));
    arena_rewind(scratch, mark);
    return list_done(&list);
}
