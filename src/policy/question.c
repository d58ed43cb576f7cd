/* SPDX-License-Identifier: MIT */
/* question.c: conditions that stand beside the tables. */
#include "policy/question.h"

#include "policy/condition.h"
#include "policy/table.h"

struct policy_question *policy_ask(struct policy *policy, struct str record, const struct value *source) {
    struct policy_question *q = arena_new(policy->arena, struct policy_question);
    size_t n = policy->question_count, size = sizeof(struct policy_question *),
           align = alignof(struct policy_question *);
    *q = (struct policy_question){.record = record, .source = source, .index = n};
    policy->questions = arena_grow(policy->arena, policy->questions, n * size, (n + 1) * size, align);
    policy->questions[policy->question_count++] = q;
    return q;
}

static void question_read(struct tables *t, struct policy_question *q) {
    struct policy_kind *kind = policy_kind(t->policy, q->record);
    struct cell_links links = {.arena = t->policy->arena};
    struct cell_scope scope = {.policy = t->policy, .kind = kind, .links = &links, .diags = t->diags};
    q->when = condition_constant(t->policy, true);
    if (!kind) {
        diag(t->diags, DIAG_DIRECTIVE_SUBJECT, value_place(q->source), q->record,
             policy_kind_nearest(t->policy, t->diags->arena, q->record));
        return;
    }
    q->when = cell_or_expression(&scope, q->source);
    q->links = links.items;
    q->link_count = links.count;
}

void questions_read(struct tables *t) {
    for (size_t i = 0; i < t->policy->question_count; i++)
        question_read(t, t->policy->questions[i]);
}

/* ---- the answer ---- */

struct asking {
    const struct condition *when;
    bool wanted; /* the truth that is looked for */
};

/* Where there is nothing that would tell, it is possible. */
static enum truth ask(void *context, struct search *s, struct branch *b) {
    const struct asking *a = context;
    enum truth t = state_truth(&s->state, a->when);
    if (t == TRUTH_MAYBE)
        return state_branch(&s->state, a->when, b) ? TRUTH_MAYBE : TRUTH_YES;
    return (t == TRUTH_YES) == a->wanted ? TRUTH_YES : TRUTH_NO;
}

/* Where the search gave up, it is possible too. */
static bool is_possible(struct search *s, const struct condition *when, bool wanted) {
    struct asking a = {.when = when, .wanted = wanted};
    s->steps = 0;
    s->steps_max = SEARCH_STEPS_MAX;
    return search_find(s, ask, &a, NULL) || s->steps > s->steps_max;
}

enum truth subject_answer(const struct subject *subject, const struct condition *when,
                          struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct search s = {0};
    search_open(&s, subject, scratch);
    enum truth t = state_truth(&s.state, when);
    if (t == TRUTH_MAYBE) {
        bool may = is_possible(&s, when, true), may_not = is_possible(&s, when, false);
        t = may == may_not ? TRUTH_MAYBE : may ? TRUTH_YES : TRUTH_NO;
    }
    arena_rewind(scratch, mark);
    return t;
}
