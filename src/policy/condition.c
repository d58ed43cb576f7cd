/* SPDX-License-Identifier: MIT */
/* condition.c: making conditions, and cutting number lines. */
#include "policy/condition.h"

#include <assert.h>

values variable_proper(const struct variable *variable) {
    return variable->all & ~VALUES_IMPROPER;
}

static struct condition *condition_new(struct policy *policy, enum condition_op op) {
    struct condition *c = arena_new(policy->arena, struct condition);
    c->op = op;
    return c;
}

struct condition *condition_constant(struct policy *policy, bool truth) {
    return condition_new(policy, truth ? CONDITION_TRUE : CONDITION_FALSE);
}

struct condition *condition_join(struct policy *policy, enum condition_op op, struct condition *const *kids,
                                 size_t count) {
    enum condition_op neutral = op == CONDITION_AND ? CONDITION_TRUE : CONDITION_FALSE;
    enum condition_op decides = op == CONDITION_AND ? CONDITION_FALSE : CONDITION_TRUE;
    struct condition *c = condition_new(policy, op);
    c->kids = arena_array(policy->arena, struct condition *, count);
    for (size_t i = 0; i < count; i++) {
        if (kids[i]->op == decides)
            return kids[i];
        if (kids[i]->op != neutral)
            c->kids[c->count++] = kids[i];
    }
    if (!c->count)
        return condition_new(policy, neutral);
    return c->count == 1 ? c->kids[0] : c;
}

struct condition *condition_test(struct policy *policy, const struct variable *variable, values mask) {
    struct condition *c = condition_new(policy, CONDITION_TEST);
    c->variable = variable;
    c->mask = mask;
    return c;
}

struct condition *condition_line(struct policy *policy, const struct variable *variable,
                                 const struct interval *intervals, size_t count, bool outside, values also) {
    struct condition *c = condition_test(policy, variable, also);
    c->outside = outside;
    c->intervals = arena_array(policy->arena, struct interval, count);
    for (size_t i = 0; i < count; i++)
        c->intervals[i] = intervals[i];
    c->interval_count = count;
    if (policy->line_test_count == policy->line_test_room) {
        size_t room = policy->line_test_room ? 2 * policy->line_test_room : 64;
        policy->line_tests = arena_grow(policy->arena, policy->line_tests,
                                        policy->line_test_count * sizeof(struct condition *),
                                        room * sizeof(struct condition *), alignof(struct condition *));
        policy->line_test_room = room;
    }
    policy->line_tests[policy->line_test_count++] = c;
    return c;
}

struct condition *condition_not(struct policy *policy, const struct condition *c) {
    struct condition *n = condition_new(policy, c->op);
    *n = *c;
    switch (c->op) {
    case CONDITION_TRUE: n->op = CONDITION_FALSE; break;
    case CONDITION_FALSE: n->op = CONDITION_TRUE; break;
    case CONDITION_AND:
    case CONDITION_OR:
        n->op = c->op == CONDITION_AND ? CONDITION_OR : CONDITION_AND;
        n->kids = arena_array(policy->arena, struct condition *, c->count);
        for (size_t i = 0; i < c->count; i++)
            n->kids[i] = condition_not(policy, c->kids[i]);
        break;
    case CONDITION_TEST:
        if (c->intervals)
            n = condition_line(policy, c->variable, c->intervals, c->interval_count, !c->outside, 0);
        else
            n->mask = variable_proper(c->variable) & ~c->mask;
        break;
    case CONDITION_FEEL: n->wanted = !c->wanted; break;
    }
    return n;
}

/* ---- number lines ---- */

/* More would not fit the pieces, and the points between them, into one mask. */
#define CUTS_MAX ((VOCABULARY_VALUES_MAX - 1) / 2)

struct line {
    struct decimal cuts[CUTS_MAX];
    size_t count;
    bool full;
};

static void line_cut(struct line *line, struct decimal at) {
    size_t i = 0;
    while (i < line->count && decimal_cmp(line->cuts[i], at) < 0)
        i++;
    if (i < line->count && decimal_cmp(line->cuts[i], at) == 0)
        return;
    line->full = line->full || line->count == CUTS_MAX;
    if (line->full)
        return;
    for (size_t j = line->count++; j > i; j--)
        line->cuts[j] = line->cuts[j - 1];
    line->cuts[i] = at;
}

static void line_collect(struct line *line, const struct policy *policy, const struct variable *variable) {
    for (size_t i = 0; i < policy->line_test_count; i++) {
        const struct condition *c = policy->line_tests[i];
        for (size_t j = 0; c->variable == variable && j < c->interval_count; j++) {
            if (!c->intervals[j].from_infinity)
                line_cut(line, c->intervals[j].low);
            if (!c->intervals[j].to_infinity)
                line_cut(line, c->intervals[j].high);
        }
    }
}

values variable_piece(const struct variable *variable, struct decimal number) {
    size_t i = 0;
    while (i < variable->cut_count && decimal_cmp(variable->cuts[i], number) < 0)
        i++;
    bool on = i < variable->cut_count && decimal_cmp(variable->cuts[i], number) == 0;
    return VALUE_BIT(2 * i + on);
}

/* Pieces from the one at or after `low` to the one at or before `high`. */
static values interval_mask(const struct variable *v, const struct interval *interval) {
    values mask = 0;
    for (size_t piece = 0; piece <= 2 * v->cut_count; piece++) {
        size_t cut = piece / 2; /* the cut itself, or the one above the piece */
        bool on = piece % 2;
        bool above = interval->from_infinity, below = interval->to_infinity;
        if (!above) {
            bool at_end = on && decimal_cmp(v->cuts[cut], interval->low) == 0;
            above =
                at_end ? !interval->low_open : cut > 0 && decimal_cmp(v->cuts[cut - 1], interval->low) >= 0;
            if (on && !at_end)
                above = decimal_cmp(v->cuts[cut], interval->low) > 0;
        }
        if (!below) {
            bool at_end = on && decimal_cmp(v->cuts[cut], interval->high) == 0;
            below = at_end ? !interval->high_open
                           : cut < v->cut_count && decimal_cmp(v->cuts[cut], interval->high) <= 0;
        }
        if (above && below)
            mask |= VALUE_BIT(piece);
    }
    return mask;
}

/* Whole numbers have no pieces between neighbours. */
static values line_pieces(const struct variable *v) {
    values mask = 0;
    bool whole = v->fact && v->fact->type == FACT_WHOLE;
    for (size_t piece = 0; piece <= 2 * v->cut_count; piece++) {
        size_t cut = piece / 2;
        bool between = piece % 2 == 0 && cut > 0 && cut < v->cut_count;
        struct decimal next;
        if (whole && between && decimal_add(v->cuts[cut - 1], decimal_whole(1), &next) &&
            decimal_cmp(next, v->cuts[cut]) >= 0)
            continue;
        mask |= VALUE_BIT(piece);
    }
    return mask;
}

static void variable_close(struct policy *policy, struct variable *v, struct diags *diags) {
    struct line line = {0};
    for (size_t i = 0; i < v->cut_count; i++)
        line_cut(&line, v->cuts[i]); /* a declared range */
    line_collect(&line, policy, v);
    if (line.full)
        diag(diags, DIAG_POLICY_CUTS, v->fact ? value_place(v->fact->source) : (struct place){0}, v->label,
             str_whole(diags->arena, CUTS_MAX));
    v->cuts = arena_array(policy->arena, struct decimal, line.count);
    memcpy(v->cuts, line.cuts, line.count * sizeof(struct decimal));
    v->cut_count = line.count;
    values pieces = line_pieces(v), beside = v->all & VALUES_IMPROPER;
    bool any = (v->unknown & ~VALUES_IMPROPER) != 0;
    v->all = pieces | beside;
    v->unknown = (any ? pieces : 0) | (v->unknown & VALUES_IMPROPER);
}

void policy_close_lines(struct policy *policy, struct diags *diags) {
    for (size_t i = 0; i < policy->kind_count; i++)
        for (size_t j = 0; j < policy->kinds[i]->variable_count; j++)
            if (policy->kinds[i]->variables[j]->line != LINE_NONE)
                variable_close(policy, policy->kinds[i]->variables[j], diags);
    for (size_t i = 0; i < policy->line_test_count; i++) {
        struct condition *c = policy->line_tests[i];
        values in = 0;
        for (size_t j = 0; j < c->interval_count; j++)
            in |= interval_mask(c->variable, &c->intervals[j]);
        c->mask |= c->outside ? variable_proper(c->variable) & ~in : in & variable_proper(c->variable);
    }
}
