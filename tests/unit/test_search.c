/* SPDX-License-Identifier: MIT */
/* test_search.c: the search against every completion written down, and X-01: three truths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/words.h"
#include "policy_help.h"
#include "policy_naive.h"
#include "policy_random.h"

/* ---- every completion ---- */

/* What all completions together give, and which rows count in each of them. */
struct tally {
    struct all outputs[TOY_OUTPUTS];
    bool missed[TOY_ROWS];                                      /* does not count in some completion */
    bool possible[1 << TOY_ANSWERS], certain[1 << TOY_ANSWERS]; /* of collect, by key */
    size_t count;
};

static void join(struct tally *tally, const struct all *one, size_t count) {
    for (size_t o = 0; o < count; o++)
        all_join(&tally->outputs[o], &one[o]);
    tally->count++;
}

static void tally_visit(void *context, const struct toy *t, const values *is) {
    struct tally *tally = context;
    const struct decision *d = &t->decision;
    const struct row *holding[TOY_ROWS];
    struct all one[TOY_OUTPUTS] = {{0}};
    size_t n = 0;
    bool applies = world_applies(t, is), left = false, keys[1 << TOY_ANSWERS] = {0};
    for (size_t i = 0; i < d->row_count; i++) {
        bool counts = applies && world_counts(t, &t->rows[i], is, false);
        if (counts)
            holding[n++] = &t->rows[i];
        if (counts && d->hit == HIT_COLLECT)
            keys[t->rows[i].answers[0].set] = true;
        tally->missed[i] = tally->missed[i] || !counts;
        left = left || world_counts(t, &t->rows[i], is, true);
    }
    for (size_t k = 0; k < sizeof(keys); k++) {
        tally->possible[k] = tally->possible[k] || keys[k];
        tally->certain[k] = (!tally->count || tally->certain[k]) && keys[k];
    }
    if (!applies || (is_ordered(d->hit) && !n && left)) {
        for (size_t o = 0; o < d->output_count; o++)
            one[o] = (struct all){.set = VALUES_NOT_APPLICABLE};
    } else {
        naive(&t->decision, holding, n, one);
    }
    join(tally, one, d->output_count);
}

static void tally_suggest(const struct toy *t, struct tally *tally) {
    const struct row *always[TOY_ROWS];
    struct all certain[TOY_OUTPUTS] = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < t->decision.row_count; i++)
        if (!tally->missed[i])
            always[n++] = &t->rows[i];
    naive(&t->decision, always, n, certain);
    for (size_t o = 0; o < t->decision.output_count; o++)
        tally->outputs[o].preferred = all_suggests(&certain[o]) & tally->outputs[o].set;
}

/* ---- the comparison ---- */

static const char *compare(struct toy *t, struct subject *s, const struct tally *tally, struct arena *arena,
                           struct arena *scratch) {
    struct decision_result result;
    decision_decide(s, &t->decision, arena, scratch, &result);
    if (t->decision.hit == HIT_COLLECT) {
        bool seen[1 << TOY_ANSWERS] = {0};
        for (size_t i = 0; i < result.entry_count; i++) {
            seen[result.entries[i].key] = true;
            if (result.entries[i].certain != tally->certain[result.entries[i].key])
                return "certain";
        }
        return memcmp(seen, tally->possible, sizeof(seen)) == 0 ? NULL : "possible";
    }
    for (size_t o = 0; o < t->decision.output_count; o++) {
        const char *what = wrong(&tally->outputs[o], &result.outputs[o]);
        if (what)
            return what;
    }
    return NULL;
}

static void search_equals_every_completion_written_down(void **state) {
    (void)state;
    size_t compared = 0;
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        struct arena arena = {0}, scratch = {0};
        struct toy t;
        toy_make(&t, &arena, seed, (enum hit)(seed % (HIT_COUNT + 1)));
        for (int i = 0; i < 3; i++) {
            struct subject s;
            struct tally tally = {0};
            struct world w;
            toy_subject(&t, true, &arena, &s);
            if (!worlds(&t, s.domain, 0, &w, tally_visit, &tally))
                continue;
            tally_suggest(&t, &tally);
            const char *what = compare(&t, &s, &tally, &arena, &scratch);
            if (what)
                fail_msg("seed %d, subject %d: %s", (int)seed, i, what);
            compared++;
        }
        arena_release(&scratch);
        arena_release(&arena);
    }
    assert_true(compared > 2000);
}

/* ---- pages ---- */

#define WORDS                                                                                             \
    "scales:\n"                                                                                           \
    "  grade: {values: {inadequate: Inadequate, ri: RI, good: Good}, last: best}\n"                       \
    "  concern: {values: {none: None, weaknesses: Weaknesses, special: Special measures}, last: worst}\n" \
    "  level: {values: {low: Low, mid: Mid, high: High}, last: worst}\n"                                  \
    "facts:\n"                                                                                            \
    "  school:\n"                                                                                         \
    "    grade: {label: Ofsted grade, scale: grade}\n"                                                    \
    "    concern: {label: Category of concern, scale: concern, missing: none}\n"                          \
    "    risk: {label: At risk, type: yes/no}\n"                                                          \
    "    big: {label: Big, type: yes/no}\n"                                                               \
    "    sixth: {label: Sixth form, type: yes/no, applies: big}\n"                                        \
    "    trend: {label: Data, set of: {steady: Steady, sharp: Sharp decline, down: Declining}, implies: " \
    "{sharp: down}}\n"                                                                                    \
    "    score: {label: Score, type: number}\n"                                                           \
    "    under: {label: Under the floor, type: yes/no, is: score < 65}\n"                                 \
    "never:\n"                                                                                            \
    "  school:\n"                                                                                         \
    "    - {when: 'concern != \"none\" and grade != \"inadequate\"', because: only the inadequate}\n"

#define LEVEL(keys, rows) "<!-- decision: d\n" keys "outputs: {level: level}\n-->\n\n" rows

/* Decides one page over one record, and says the only output in words. */
static void assert_decided(const char *page, const char *const *facts, const char *expected) {
    struct fixture f;
    struct subject s;
    struct buf out = {0};
    policy_make(&f, WORDS, &page, 1);
    assert_int_equal(f.diags.count, 0);
    policy_subject(&f, facts, &s);
    const struct decision_result *d = subject_decide(&s, &f.arena, &f.scratch);
    const struct output_result *r = &d->outputs[0];
    out.arena = &f.arena;
    words_answers(&out, &d->decision->outputs[0], r->candidates);
    if (r->status == DECISION_SETTLED)
        buf_lit(&out, ", settled");
    if (r->status == DECISION_CANDIDATES && r->suggestion) {
        buf_lit(&out, ", suggested ");
        words_answers(&out, &d->decision->outputs[0], r->suggestion);
    }
    for (size_t i = 0; i < d->missing_count; i++) {
        buf_add(&out, i ? STR(", ") : STR("; asks "));
        buf_add(&out, d->missing[i]->id);
    }
    buf_byte(&out, '\0');
    assert_string_equal(buf_str(&out).at, expected);
    policy_release(&f);
}
#define FACTS(...)          \
    (const char *const[]) { \
        __VA_ARGS__, NULL   \
    }

static void the_unknown_follows_kleene(void **state) {
    (void)state;
    struct fixture f;
    struct subject s;
    struct state now;
    policy_make(&f, WORDS, NULL, 0);
    policy_subject(&f, FACTS("risk", "?"), &s);
    state_init(&now, &s, &f.scratch);
    const struct variable *risk = map_get(&s.kind->by_id, STR("risk"));
    struct condition *unknown = condition_test(&f.policy, risk, VALUES_YES);
    static const struct {
        enum condition_op op;
        bool other;
        enum truth expected;
    } rows[] = {{CONDITION_AND, true, TRUTH_MAYBE},
                {CONDITION_AND, false, TRUTH_NO},
                {CONDITION_OR, true, TRUTH_YES},
                {CONDITION_OR, false, TRUTH_MAYBE}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct condition *kids[2] = {condition_constant(&f.policy, rows[i].other), unknown};
        struct condition both = {.op = rows[i].op, .kids = kids, .count = 2}; /* not simplified */
        assert_int_equal(state_truth(&now, &both), rows[i].expected);
        assert_int_equal(state_truth(&now, condition_join(&f.policy, rows[i].op, kids, 2)), rows[i].expected);
    }
    assert_int_equal(state_truth(&now, condition_not(&f.policy, unknown)), TRUTH_MAYBE);
    policy_release(&f);
}

#define BY_GRADE \
    LEVEL("", "| Ofsted grade | Level |\n|---|---|\n| Inadequate | high |\n| RI | mid |\n| Good | low |\n")

static void answers_with_commas_are_told_apart_by_semicolons(void **state) {
    (void)state;
    assert_decided("<!-- decision: d\noutputs: {terms: {label: Terms, type: text}}\n-->\n\n"
                   "| Ofsted grade | Terms |\n|---|---|\n| Inadequate | Free, in line with needs |\n"
                   "| RI | Some free, after a talk |\n| Good | Paid |\n",
                   FACTS("grade", "?"),
                   "Free, in line with needs; Some free, after a talk; or Paid; asks grade");
}

static void what_must_never_be_is_no_completion(void **state) {
    (void)state;
    assert_decided(BY_GRADE, FACTS("grade", "?"), "Low, Mid or High; asks grade");
    assert_decided(BY_GRADE, FACTS("concern", "special"), "High, settled"); /* though no grade is recorded */
}

static void an_item_brings_what_it_implies(void **state) {
    (void)state;
    const char *page = LEVEL("hit: priority\n", "| Data | Level |\n|---|---|\n| Declining | high |\n"
                                                "| Sharp decline | mid |\n| *otherwise* | low |\n");
    assert_decided(page, FACTS("trend", "sharp"), "High, settled");
    assert_decided(page, FACTS("trend", "?"),
                   "Low or High; asks trend.down"); /* never mid: sharp is declining */
}

static void applies_is_tried_both_ways(void **state) {
    (void)state;
    const char *page = LEVEL("", "| Sixth form | Level |\n|---|---|\n| yes | high |\n| no | low |\n");
    assert_decided(page, FACTS("big", "yes", "sixth", "yes"), "High, settled");
    assert_decided(page, FACTS("big", "no", "sixth", "yes"), "not applicable");
    assert_decided(page, FACTS("sixth", "yes"), "High or not applicable; asks big");
}

static void a_row_that_holds_in_every_completion_suggests(void **state) {
    (void)state;
    const char *page = LEVEL("hit: priority\n", "| Data | Level |\n|---|---|\n| Steady | low |\n"
                                                "| Under the floor | high |\n");
    assert_decided(page, FACTS("trend", "steady"), "Low or High, suggested Low; asks score");
    assert_decided(page, FACTS("trend", "steady", "score", "65"), "Low, settled");
    assert_decided(page, FACTS("trend", "steady", "score", "64.9"), "High, settled");
}

/* In whatever order the rows stand. */
static void what_is_not_applicable_has_no_floor(void **state) {
    (void)state;
    static const struct {
        const char *big;
        values floor;
    } cases[] = {{"yes", 0}, {"?", 0}, {"no", VALUE_BIT(1)}};
    const char *page = LEVEL("hit: guide\n", "| Why | Level |\n|---|---|\n| At risk | at least mid |\n"
                                             "| Big | not applicable |\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture f;
        struct subject s;
        policy_make(&f, WORDS, &page, 1);
        assert_int_equal(f.diags.count, 0);
        policy_subject(&f, FACTS("risk", "yes", "big", cases[i].big), &s);
        const struct decision_result *d = subject_decide(&s, &f.arena, &f.scratch);
        assert_int_equal(d->outputs[0].floor, cases[i].floor);
        assert_int_equal(d->outputs[0].automatic, cases[i].floor != 0);
        policy_release(&f);
    }
}

static void too_many_completions_are_taken_row_by_row(void **state) {
    (void)state;
    struct buf words = {0}, page = {0};
    struct fixture f;
    struct subject s;
    struct arena arena = {0};
    words.arena = page.arena = &arena;
    buf_lit(&words,
            "scales:\n  level: {values: {low: Low, mid: Mid, high: High}, last: worst}\nfacts:\n  school:\n");
    buf_lit(&page,
            "<!-- decision: d\nhit: guide\noutputs: {level: level}\n-->\n\n| Why | Level |\n|---|---|\n");
    for (int i = 0; i < 14; i++) { /* 2^14 runs, more than the bound */
        const char letter[2] = {(char)('a' + i), '\0'};
        buf_printf(&words, "    f%s: {label: Fact %s, type: yes/no}\n", letter, letter);
        buf_printf(&page, "| Fact %s | %s |\n", letter, i % 2 ? "normally low, or mid" : "low");
    }
    buf_byte(&words, '\0');
    buf_byte(&page, '\0');
    policy_make(&f, buf_str(&words).at, (const char *const[]){buf_str(&page).at}, 1);
    assert_int_equal(f.diags.count, 0);
    policy_subject(&f, FACTS("fa", "?"), &s);
    const struct decision_result *d = subject_decide(&s, &f.arena, &f.scratch);
    assert_true(d->bounded);
    assert_int_equal(d->outputs[0].candidates, VALUE_BIT(0) | VALUE_BIT(1));
    assert_true(d->outputs[0].nothing);
    policy_release(&f);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_equals_every_completion_written_down),
        cmocka_unit_test(the_unknown_follows_kleene),
        cmocka_unit_test(answers_with_commas_are_told_apart_by_semicolons),
        cmocka_unit_test(what_must_never_be_is_no_completion),
        cmocka_unit_test(an_item_brings_what_it_implies),
        cmocka_unit_test(applies_is_tried_both_ways),
        cmocka_unit_test(a_row_that_holds_in_every_completion_suggests),
        cmocka_unit_test(what_is_not_applicable_has_no_floor),
        cmocka_unit_test(too_many_completions_are_taken_row_by_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
