/* SPDX-License-Identifier: MIT */
/* read.c: all tables of all pages, in the order in which they can be understood. */
#include "policy/condition.h"
#include "policy/expression.h"
#include "policy/table.h"

/* ---- directives ---- */

static void declare_all(struct tables *t, const struct policy_page *pages, size_t count) {
    size_t room = 0;
    for (size_t i = 0; i < count; i++)
        room += pages[i].tables->count;
    t->items = arena_array(t->policy->arena, struct directive, room);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < pages[i].tables->count; j++) {
            struct directive *d = &t->items[t->count];
            if (!directive_read(t, &pages[i], &pages[i].tables->items[j], d))
                continue;
            if (d->kind == TABLE_MEASURES)
                measures_declare(t, d);
            else
                directive_declare(t, d);
            t->count += d->decision != NULL || d->measures != NULL;
        }
}

/* ---- outputs ---- */

/* What an output may be, now that its answers are known. Whether nothing may come of it, or it may not apply, is known
 * when the conditions are: until then both may be. */
static void output_close(struct output *o, struct variable *v) {
    const struct decision *d = o->decision;
    size_t index = (size_t)(o - d->outputs);
    for (size_t i = 0; i < d->row_count; i++) {
        const struct cell_answer *a = &d->rows[i]->answers[index];
        v->unknown |= a->force == FORCE_FLOOR ? a->set & (~a->set + 1) : a->set;
    }
    v->all = (VALUE_BIT(o->answer_count) - 1) | v->unknown | VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE;
}

static void outputs_close(struct policy *p) {
    for (size_t i = 0; i < p->kind_count; i++)
        for (size_t j = 0; j < p->kinds[i]->output_count; j++) {
            struct output *o = p->kinds[i]->outputs[j];
            output_close(o, p->kinds[i]->variables[o->variable->index]);
        }
}

/* Whether a condition reads something that may not apply. */
static bool may_not_apply(const struct condition *c) {
    bool may = c->op == CONDITION_TEST && (c->variable->all & VALUES_NOT_APPLICABLE);
    for (size_t i = 0; i < c->count && !may; i++)
        may = may_not_apply(c->kids[i]);
    for (size_t i = 0; i < c->read_count && !may; i++)
        may = (c->reads[i]->all & VALUES_NOT_APPLICABLE) != 0;
    return may;
}

/* Takes out of what a decision's outputs may be that nothing comes of it, where some row always holds, and that it does
 * not apply, where all that it reads does. Tables that read it need not answer for what cannot be. */
static void decision_settle(struct policy *p, const struct decision *d) {
    bool always = false, applies = d->applies == NULL;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        bool blank = !row->marker;
        for (size_t j = 0; j < row->cell_count; j++) {
            blank = blank && row->cells[j].condition->op == CONDITION_TRUE;
            applies = applies && !may_not_apply(row->cells[j].condition);
        }
        always = always || blank;
    }
    bool answers = always && d->hit <= HIT_GUIDE && !d->when_recorded;
    values out = (answers ? VALUES_NOT_DETERMINED : 0) | (applies ? VALUES_NOT_APPLICABLE : 0);
    struct policy_kind *kind = policy_kind(p, d->record);
    for (size_t i = 0; i < d->output_count; i++) {
        struct variable *v = kind->variables[d->outputs[i].variable->index];
        v->all &= ~out | v->unknown;
    }
}

static void decisions_settle(struct policy *p) {
    for (size_t i = 0; i < p->kind_count; i++)
        for (size_t j = 0; j < p->kinds[i]->decision_count; j++)
            decision_settle(p, p->kinds[i]->decisions[j]);
}

/* ---- derived facts, and what cannot be ---- */

static void read_fact(struct tables *t, struct policy_kind *kind, struct variable *v) {
    struct cell_scope scope = {.policy = t->policy, .kind = kind, .diags = t->diags};
    const struct value *source = v->fact->source, *applies = value_at(source, "applies");
    const struct value *is = value_at(source, "is"), *when = value_at(source, "when");
    if (applies)
        v->applies = cell_or_expression(&scope, applies);
    if (!is && !when)
        return;
    if (v->fact->type == FACT_YES_NO) {
        v->when = cell_or_expression(&scope, when ? when : is);
        return;
    }
    if (!is || is->kind != VALUE_TEXT) {
        diag(t->diags, DIAG_FACT_WHEN, value_place(is ? is : when), v->fact->id);
        return;
    }
    struct cell_text text = cell_of_value(is);
    v->is = expression_value(t->policy, kind, text.text, text.at, &v->reads, &v->read_count, t->diags);
}

/* Reading asks for new variables, which are no facts: only those that were there at first are looked at. */
static void read_facts(struct tables *t) {
    for (size_t i = 0; i < t->policy->kind_count; i++) {
        struct policy_kind *kind = t->policy->kinds[i];
        size_t count = kind->variable_count;
        for (size_t j = 0; j < count; j++)
            if (kind->variables[j]->kind == VARIABLE_FACT)
                read_fact(t, kind, kind->variables[j]);
    }
}

static void read_never(struct tables *t, struct policy_kind *kind, const struct value *v) {
    struct cell_scope scope = {.policy = t->policy, .kind = kind, .diags = t->diags};
    const struct value *when = value_at(v, "when");
    struct never never = {
        .because = value_words(value_at(v, "because")), .at = value_place(v), .record = kind->id};
    if (!when || !never.because.len) {
        diag_plain(t->diags, DIAG_NEVER, value_place(v));
        return;
    }
    never.when = cell_or_expression(&scope, when);
    policy_never_add(t->policy, kind, &never);
}

static void read_nevers(struct tables *t) {
    const struct value *nevers = value_at(&t->policy->vocabulary->root, "never");
    for (uint32_t i = 0; nevers && nevers->kind == VALUE_MAP && i < nevers->count; i++) {
        const struct field *f = &nevers->fields[i];
        struct policy_kind *kind = policy_kind(t->policy, f->key);
        if (!kind)
            diag(t->diags, DIAG_DIRECTIVE_SUBJECT, place_at(nevers->source, f->key_offset), f->key,
                 policy_kind_nearest(t->policy, t->diags->arena, f->key));
        for (uint32_t j = 0; kind && f->value.kind == VALUE_LIST && j < f->value.count; j++)
            read_never(t, kind, &f->value.items[j]);
    }
}

/* Lines are counted once here, and not for each school that a row is cited to. */
static void count_lines(struct policy *policy) {
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->row_count; j++) {
            struct row *row = policy->decisions[i]->rows[j];
            row->line = place_position(row->at).line;
        }
}

void policy_read(struct policy *policy, const struct policy_page *pages, size_t count, struct diags *diags) {
    struct tables t = {.policy = policy, .diags = diags};
    declare_all(&t, pages, count);
    for (size_t i = 0; i < t.count; i++)
        if (t.items[i].kind != TABLE_MEASURES)
            table_rows(&t, &t.items[i]);
    outputs_close(policy);
    read_facts(&t);
    read_nevers(&t);
    for (size_t i = 0; i < t.count; i++) {
        if (t.items[i].kind == TABLE_MATCH)
            table_match(&t, &t.items[i]);
        else if (t.items[i].kind == TABLE_MEASURES)
            measures_conditions(&t, &t.items[i]);
        else
            table_conditions(&t, &t.items[i]);
    }
    questions_read(&t);
    policy_order(&t);
    decisions_settle(policy);
    count_lines(policy);
    policy_close_lines(policy, diags);
    variables_settle(policy);
}
