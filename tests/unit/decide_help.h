/* SPDX-License-Identifier: MIT */
/*
 * decide_help.h: one record, decided, and what came of it in one line.
 *
 *     struct case_of c = {.framework = F, .page = P, .facts = FACTS("grade", "good"), .says = SAYS("d", "Low")};
 *     assert_decides(&c);
 *
 * A line is, for each output of the decision, "Low or High, suggested Low, recorded Mid, automatic High, stands Mid"; only
 * what differs from the answer is said. Then what it asks for.
 */
#ifndef SIGNPOST_TESTS_DECIDE_HELP_H
#define SIGNPOST_TESTS_DECIDE_HELP_H

#include "policy/decide.h"
#include "policy/words.h"
#include "policy_help.h"

#define CASE_PAIRS 8
#define FACTS(...)          \
    (const char *const[]) { \
        __VA_ARGS__, NULL   \
    }

/* One entry of what is recorded; several of one output stand one after the other. */
struct case_entry {
    const char *output; /* "category.category" */
    const char *value, *from, *to;
};

struct case_of {
    const char *framework, *page;
    const char *const *facts;
    struct case_entry entries[CASE_PAIRS];
    const char *as_of;            /* 2026-03-01 without */
    const char *hidden;           /* a fact that the audience may not see */
    bool in_public;               /* officers without; what is recorded is hidden by its output's class */
    const char *says[CASE_PAIRS]; /* pairs: a decision and its line */
};

static inline void case_recorded(struct fixture *f, const struct case_of *c, struct subject *s) {
    const struct policy_kind *kind = s->kind;
    struct recorded *recorded = arena_array(&f->arena, struct recorded, kind->output_count);
    for (size_t i = 0; i < kind->output_count; i++) {
        const struct output *o = kind->outputs[i];
        struct given_entry *entries = arena_array(&f->arena, struct given_entry, CASE_PAIRS);
        struct recorded *r = &recorded[i];
        r->entries = entries;
        r->hidden = !output_visible(o, s->audience);
        for (size_t j = 0; j < CASE_PAIRS && c->entries[j].output && !r->hidden; j++) {
            const struct case_entry *e = &c->entries[j];
            struct str id = str_join(&f->arena, o->decision->id, STR("."), o->id);
            date from = date_parse_iso(str_from(e->from));
            if (!str_eq(id, str_from(e->output)) || from > s->as_of)
                continue;
            entries[r->count++] = (struct given_entry){
                .text = str_from(e->value), .from = from, .to = date_parse_iso(str_from(e->to))};
        }
        const struct given_entry *last = r->count ? &entries[r->count - 1] : NULL;
        r->in_force = last && (last->to == DATE_NONE || last->to > s->as_of) ? last : NULL;
    }
    s->recorded = recorded;
}

/* The record of a case, ready to be decided. */
static inline void case_subject(struct fixture *f, const struct case_of *c, struct subject *s) {
    policy_make(f, c->framework, &c->page, 1);
    if (f->diags.count)
        fail_msg("%s", str_z(&f->arena, f->diags.items[0].text));
    policy_subject(f, c->facts, s);
    s->audience = c->in_public ? AUDIENCE_PUBLIC : AUDIENCE_OFFICERS;
    s->as_of = c->as_of ? date_parse_iso(str_from(c->as_of)) : s->as_of;
    case_recorded(f, c, s);
    for (size_t i = 0; c->hidden && i < s->kind->fact_count; i++)
        if (str_eq(s->kind->facts[i]->id, str_from(c->hidden))) {
            struct given *given = (struct given *)(uintptr_t)s->given;
            given[i] = (struct given){.state = GIVEN_HIDDEN};
        }
    subject_init(s, &f->arena);
}

static inline void case_answer(struct buf *out, const char *before, const struct output *o, values mask) {
    buf_add(out, str_from(before));
    words_answers(out, o, mask);
}

static inline void case_output(struct buf *out, const struct output *o, const struct output_result *r) {
    if (r->number) {
        decimal_print(out, r->low);
        buf_lit(out, "..");
        decimal_print(out, r->high);
    } else if (r->candidates) {
        words_answers(out, o, r->candidates);
    } else {
        buf_lit(out, "nothing");
    }
    if (r->nothing && (r->candidates || r->number))
        buf_lit(out, " (or nothing)");
    if (r->status == DECISION_SETTLED)
        buf_lit(out, ", settled");
    if (r->status == DECISION_CANDIDATES && r->suggestion)
        case_answer(out, ", suggested ", o, r->suggestion);
    if (r->recorded)
        case_answer(out, ", recorded ", o, r->recorded);
    if (r->automatic)
        case_answer(out, ", automatic ", o, r->floor);
    values also = r->nothing ? VALUES_NOT_DETERMINED : 0; /* it is said already */
    if ((r->stands & ~also) != r->candidates && r->stands != VALUES_NOT_DETERMINED)
        case_answer(out, ", stands ", o, r->stands);
    else if (r->candidates && r->stands == VALUES_NOT_DETERMINED)
        buf_lit(out, ", stands not determined");
}

static inline void case_entries(struct buf *out, const struct decision_result *d) {
    for (size_t i = 0; i < d->entry_count; i++) {
        const struct collected *e = &d->entries[i];
        buf_add(out, i ? STR("; ") : STR(""));
        words_answers(out, &d->decision->outputs[0], e->key);
        for (size_t j = 1; j < d->decision->output_count; j++)
            case_answer(out, " ", &d->decision->outputs[j], e->outcomes[j].set);
        buf_add(out, e->certain ? STR("") : STR("?"));
    }
}

static inline struct str case_line(struct fixture *f, const struct decision_result *d) {
    struct buf out = {.arena = &f->arena};
    if (d->hidden)
        buf_lit(&out, "hidden ");
    if (d->bounded)
        buf_lit(&out, "bounded ");
    if (d->decision->hit == HIT_COLLECT)
        case_entries(&out, d);
    else
        for (size_t i = 0; i < d->decision->output_count; i++) {
            buf_add(&out, i ? STR("; ") : STR(""));
            case_output(&out, &d->decision->outputs[i], &d->outputs[i]);
        }
    for (size_t i = 0; i < d->missing_count; i++) {
        buf_add(&out, i ? STR(", ") : STR(" | asks "));
        buf_add(&out, d->missing[i]->id);
    }
    return buf_str(&out);
}

static inline void assert_decides_at(const struct case_of *c, int line) {
    struct fixture f;
    struct subject s;
    case_subject(&f, c, &s);
    const struct decision_result *results = subject_decide(&s, &f.arena, &f.scratch);
    for (size_t i = 0; i < CASE_PAIRS && c->says[i]; i += 2) {
        const struct decision *d = policy_decision(&f.policy, str_from(c->says[i]));
        assert_non_null(d);
        struct str said = case_line(&f, decision_result_of(s.kind, results, d));
        if (!str_eq(said, str_from(c->says[i + 1])))
            fail_msg("line %d, %s:\n  \"" STR_FMT "\"\nis not\n  \"%s\"", line, c->says[i], STR_ARG(said),
                     c->says[i + 1]);
    }
    policy_release(&f);
}
#define assert_decides(c) assert_decides_at((c), __LINE__)

#endif
