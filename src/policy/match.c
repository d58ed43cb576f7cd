/* SPDX-License-Identifier: MIT */
/* match.c: what the directive and the steps of a match name. */
#include "policy/table.h"

/* A yes/no output of a decision, by the decision's id or as `decision.output`; NULL where there is none. */
static const struct output *output_named(const struct policy *p, struct str name) {
    size_t dot = str_find(name, '.', 0);
    const struct decision *d = policy_decision(p, str_sub(name, 0, dot));
    if (!d || (dot == name.len && d->output_count != 1))
        return NULL;
    if (dot == name.len)
        return &d->outputs[0];
    for (size_t i = 0; i < d->output_count; i++)
        if (str_eq(d->outputs[i].id, str_sub(name, dot + 1, name.len)))
            return &d->outputs[i];
    return NULL;
}

static const struct output *read_pool(struct tables *t, const struct directive *d) {
    const struct value *v = value_at(d->root, "pool");
    const struct output *o = v ? output_named(t->policy, value_words(v)) : NULL;
    if (o && o->type == OUTPUT_YES_NO && str_eq(o->decision->record, POLICY_SUBJECT))
        return o;
    if (v)
        diag(t->diags, DIAG_MATCH_POOL, value_place(v), value_words(v));
    else
        diag(t->diags, DIAG_MISSING_FIELD, d->at, STR("match"), STR("pool"),
             STR("\"pool:\" and the id of a yes/no decision"));
    return NULL;
}

/* Said twice, a kind, a check or a step would count once and look as if it counted for more. */
static void say_twice(struct tables *t, struct place at, struct str words, const char *key) {
    diag(t->diags, DIAG_MATCH_TWICE, at, words, str_from(key));
}

static void say_many(struct tables *t, struct place at, size_t count, const char *of, size_t most) {
    if (count > most)
        diag(t->diags, DIAG_MATCH_MANY, at, str_whole(t->diags->arena, (long long)count), str_from(of),
             str_whole(t->diags->arena, (long long)most));
}

static bool must_named(const struct match_plan *plan, const struct output *o) {
    for (size_t i = 0; i < plan->must_count; i++)
        if (plan->must[i] == o)
            return true;
    return false;
}

/* Of groups without rules any set of schools would do, and the best proposal would be one group of all. */
static void read_must(struct tables *t, const struct directive *d, struct match_plan *plan) {
    size_t n = directive_words_count(d, "must");
    plan->must = arena_array(t->policy->arena, const struct output *, n);
    if (!n)
        diag(t->diags, DIAG_MISSING_FIELD, d->at, STR("match"), STR("must"),
             STR("\"must:\" and the checks that a proposal respects, each with its output: "
                 "principles.proposed"));
    for (size_t i = 0; i < n; i++) {
        const struct value *v = directive_words(d, "must", i);
        const struct output *o = output_named(t->policy, value_words(v));
        const struct policy_kind *group = o ? policy_kind(t->policy, o->decision->record) : NULL;
        if (!o || o->decision->kind != TABLE_CHECK)
            diag(t->diags, DIAG_MATCH_MUST, value_place(v), value_words(v));
        else if ((plan->group && plan->group != group) || str_eq(o->decision->record, POLICY_SUBJECT))
            diag(t->diags, DIAG_MATCH_SUBJECT, value_place(v), value_words(v), o->decision->record);
        else if (must_named(plan, o))
            say_twice(t, value_place(v), value_words(v), "must");
        else {
            plan->group = group;
            plan->must[plan->must_count++] = o;
        }
    }
}

static bool kind_named(const struct match_plan *plan, const struct scale_value *kind) {
    for (size_t i = 0; i < plan->kind_count; i++)
        if (plan->kinds[i] == kind)
            return true;
    return false;
}

static const struct scale_value *scale_value_at(const struct scale *scale, struct str text) {
    const struct scale_value *v = scale_find(scale, text);
    return v && (size_t)(v - scale->values) < scale->count - scale->beside ? v : NULL;
}

static struct str value_nearest(struct tables *t, const struct scale *scale, struct str text) {
    struct str *ids = arena_array(t->diags->arena, struct str, scale->count);
    for (size_t i = 0; i < scale->count; i++)
        ids[i] = scale->values[i].id;
    return str_nearest(text, ids, scale->count - scale->beside);
}

/* What kinds there are is what the fact `kind` of the groups may be. */
static void read_kinds(struct tables *t, const struct directive *d, struct match_plan *plan) {
    size_t n = directive_words_count(d, "kinds");
    plan->kind = vocabulary_fact_of(t->policy->vocabulary, plan->group->id, STR("kind"));
    plan->kinds = arena_array(t->policy->arena, const struct scale_value *, n);
    if (!n || !plan->kind || !plan->kind->scale) {
        diag(t->diags, DIAG_MISSING_FIELD, d->at, STR("match"), STR("kinds"),
             STR("\"kinds:\" and values of the fact \"kind\" of the groups, which is on a scale"));
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct value *v = directive_words(d, "kinds", i);
        const struct scale_value *kind = scale_value_at(plan->kind->scale, value_words(v));
        if (kind && kind_named(plan, kind))
            say_twice(t, value_place(v), value_words(v), "kinds");
        else if (kind)
            plan->kinds[plan->kind_count++] = kind;
        else
            diag(t->diags, DIAG_MATCH_KIND, value_place(v), value_words(v), plan->kind->scale->id,
                 value_nearest(t, plan->kind->scale, value_words(v)));
    }
    say_many(t, value_place(value_at(d->root, "kinds")), plan->kind_count, "kinds", MATCH_KINDS_MAX);
}

/* A decision that gives a number for each pair or member, by its label or id: only those are added up over groups. */
static const struct decision *number_decision(const struct policy *p, struct str words) {
    for (size_t i = 0; i < p->decision_count; i++) {
        const struct decision *d = p->decisions[i];
        bool number = d->output_count == 1 && d->outputs[0].type == OUTPUT_NUMBER;
        bool added = str_eq(d->record, STR("pair")) || str_eq(d->record, STR("member"));
        if (number && added && (str_eq_fold(d->label, words) || str_eq_fold(d->id, words)))
            return d;
    }
    return NULL;
}

static bool step_named(const struct match_plan *plan, const struct match_step *step) {
    for (size_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].measure == step->measure && plan->steps[i].decision == step->decision)
            return true;
    return false;
}

static void read_step(struct tables *t, const struct row *row, const struct markdown_cell *cell,
                      struct match_plan *plan) {
    struct match_step step = {.row = row, .measure = MATCH_DECISION};
    if (str_eq_fold(cell->text, STR("schools placed")))
        step.measure = MATCH_PLACED;
    else if (str_eq_fold(cell->text, STR("distance")))
        step.measure = MATCH_DISTANCE;
    else if (!(step.decision = number_decision(t->policy, cell->text)))
        diag(t->diags, DIAG_MATCH_STEP, cell->at, cell->text);
    if ((step.decision || step.measure != MATCH_DECISION) && step_named(plan, &step))
        say_twice(t, cell->at, cell->text, "steps");
    plan->steps[plan->step_count++] = step;
}

/* Without a step one set of proposals is as good as any other, and what comes of it would mean nothing. */
static void read_steps(struct tables *t, const struct directive *d, struct match_plan *plan) {
    plan->steps = arena_array(t->policy->arena, struct match_step, d->to->row_count);
    for (size_t i = 0; i < d->to->row_count; i++) {
        const struct row *row = d->decision->rows[d->to->first_row + i];
        read_step(t, row, &d->table->rows[row->index].cells[d->table->columns - 1], plan);
    }
    if (!plan->step_count)
        diag(t->diags, DIAG_MISSING_FIELD, d->at, STR("match"), STR("step"),
             STR("a row whose last cell is what counts: schools placed"));
    say_many(t, d->at, plan->step_count, "steps", MATCH_STEPS_MAX);
}

/* One network has one set of proposals: of two matches nobody could say which of them was meant. */
static void refuse_second(struct tables *t, const struct directive *d) {
    const struct policy *p = t->policy;
    for (size_t i = 0; i < p->decision_count; i++)
        if (p->decisions[i]->match) {
            struct place first = p->decisions[i]->at;
            struct str line = str_whole(t->diags->arena, place_position(first).line);
            diag(t->diags, DIAG_MATCH_SECOND, d->at,
                 str_join(t->diags->arena, first.source->path, STR(":"), line));
            return;
        }
}

void table_match(struct tables *t, struct directive *d) {
    struct match_plan *plan = arena_new(t->policy->arena, struct match_plan);
    plan->pool = read_pool(t, d);
    read_must(t, d, plan);
    if (plan->group)
        read_kinds(t, d, plan);
    read_steps(t, d, plan);
    refuse_second(t, d);
    d->decision->match = plan;
}
