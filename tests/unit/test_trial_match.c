/* SPDX-License-Identifier: MIT */
/* test_trial_match.c: a portal's own tests of what its match proposes for a whole network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "match_fixture.h"
#include "portal/trial.h"

/* Two that wish for each other, and one that accepts nothing. */
#define NETWORK                                                                                            \
    "- name: three\n"                                                                                      \
    "  schools:\n"                                                                                         \
    "    - {id: ash, facts: {phase: primary, leads: yes, risk: no, kinds: [hard], wishes: [bay]}}\n"       \
    "    - {id: bay, name: Bay School, facts: {phase: primary, risk: no, kinds: [hard], wishes: [ash]}}\n" \
    "    - {id: cob, facts: {phase: primary, risk: no}}\n"                                                 \
    "  expect match: "

/* The messages, with their lines, joined by "; ". */
static void assert_says(const char *expected, const char *says) {
    struct portal p;
    struct diags diags = {0};
    struct reached reached;
    struct buf said = {0};
    match_portal_make(&p);
    diags.arena = said.arena = &p.arena;
    portal_put(&p, "tests/policy/a.yaml",
               str_z(&p.arena, str_join(&p.arena, STR(NETWORK), str_from(expected), STR("\n"))));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    reached_init(&reached, &p.site.policy, &p.arena);
    trials_run(&p.site, &reached, &diags);
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count; i++)
        buf_printf(&said, "%s%u %s: " STR_FMT, i ? "; " : "", diags.items[i].position.line,
                   diag_catalogue[diags.items[i].id].slug, STR_ARG(diags.items[i].text));
    if (!str_eq(buf_str(&said), str_from(says)))
        fail_msg("%s\n  says \"" STR_FMT "\"\n  and not \"%s\"", expected, STR_ARG(buf_str(&said)), says);
    portal_release(&p);
}

static void what_is_proposed_is_silent_in_any_order(void **state) {
    (void)state;
    assert_says("{proposals: [[ash, bay, hard]], left over: [cob], objective: {placed: 2, affinity: 4, "
                "choice: 6, distance: 0}, exact: yes}",
                "");
    assert_says("{proposals: [[bay, ash, hard]]}", "");
    assert_says("{left over: [cob]}", "");
}

static void what_is_not_is_said_word_for_word(void **state) {
    (void)state;
    assert_says("{proposals: [[ash, bay, cob, hard]]}",
                "6 policy-test: policy test \"three\": proposals: expected ash bay cob hard, found ash "
                "bay hard");
    assert_says("{proposals: []}",
                "6 policy-test: policy test \"three\": proposals: expected nothing, found ash bay hard");
    assert_says("{left over: [ash, cob]}",
                "6 policy-test: policy test \"three\": left over: expected ash and cob, found cob");
    assert_says("{objective: {placed: 3, affinity: 4}}",
                "6 policy-test: policy test \"three\": Schools placed: expected 3, found 2");
    assert_says("{exact: no}",
                "6 policy-test: policy test \"three\": proposals are exact: expected no, found yes");
}

static void an_expectation_that_nobody_holds_is_an_error(void **state) {
    (void)state;
    assert_says("{proposal: []}",
                "6 unknown-key: \"proposal\" is not a field of what is expected of a match");
    assert_says("{objective: {placd: 2}}",
                "6 unknown-key: \"placd\" is not a field of the steps of the match");
    assert_says("{proposals: ash}",
                "6 wrong-type: \"proposals\" must be a list of schools and then their kind, not text");
    assert_says(
        "{proposals: [[ash]]}",
        "6 wrong-type: \"proposals\" must be a list of schools and then their kind, not another list");
    assert_says("{left over: cob}", "6 wrong-type: \"left over\" must be a list of schools, not text");
    assert_says("{objective: 2}", "6 wrong-type: \"objective\" must be a map, not text");
    assert_says("all", "6 wrong-type: \"expect match\" must be a map, not text");
}

/* Rows about pairs and members are reached by what the match asks of them. */
static void rows_that_the_match_asks_about_are_reached(void **state) {
    (void)state;
    struct portal p;
    struct reached reached;
    match_portal_make(&p);
    struct diags diags = {.arena = &p.arena};
    portal_put(&p, "tests/policy/a.yaml", NETWORK "{left over: [cob]}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    reached_init(&reached, &p.site.policy, &p.arena);
    trials_run(&p.site, &reached, &diags);
    const struct decision *affinity = policy_decision(&p.site.policy, STR("affinity"));
    assert_false(reached.rows[affinity->index][0]); /* no wish is without an answer */
    assert_true(reached.rows[affinity->index][1]);
    assert_true(reached.rows[affinity->index][3]);
    const struct decision *choice = policy_decision(&p.site.policy, STR("choice"));
    assert_true(reached.rows[choice->index][0]);
    assert_false(reached.rows[choice->index][1]);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_proposed_is_silent_in_any_order),
        cmocka_unit_test(what_is_not_is_said_word_for_word),
        cmocka_unit_test(an_expectation_that_nobody_holds_is_an_error),
        cmocka_unit_test(rows_that_the_match_asks_about_are_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
