/* SPDX-License-Identifier: MIT */
/* test_trial.c: a portal's own tests of its policy: what holds is silent, and what does not is said word for word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "trial_fixture.h"

static const char framework[] = "units: [visit, report]\ncalendar: {terms: 3, half-terms: 6}\n"
                                "scales:\n"
                                "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
                                "  category: {values: {green: Green, amber: Amber, red: Red}, last: worst}\n"
                                "facts:\n  school:\n"
                                "    weak: {label: Weak, type: yes/no}\n"
                                "    poor: {label: Poor, type: yes/no, missing: no}\n";

/* One key from two rows, with a blank that yields; "third" is sure of any school. */
static const char collecting[] =
    "\n<!-- decision: help\nid: Row\nhit: collect\noutputs: {what: {label: What, type: text}, payer: {label: "
    "Payer, type: "
    "text, blank: not stated}}\n-->\n\n| Row | Weak | What | Payer |\n|---|---|---|---|\n| H1 | yes | "
    "Coaching | |\n"
    "| H2 | yes | Coaching | Council |\n| H3 | | Forum | School |\n| H4 | no | Prize | |\n| H5 | no | none | "
    "|\n";

/* One amount in two ways. */
static const char calling[] = "---\ntitle: Calls\n---\n\n## Calls\n\n"
                              "<!-- decision: calls\noutputs: {calls: visits a year}\n-->\n\n"
                              "| Weak | Calls |\n|---|---|\n| yes | 6 |\n| no | half-termly |\n";

static const char policy[] = "---\ntitle: Rules\n---\n\n## Rules\n\n"
                             "<!-- decision: category\nid: Row\noutputs: {category: category}\n-->\n\n"
                             "| Row | Weak | Poor | Category |\n|---|---|---|---|\n| fine | no | no | Green "
                             "|\n| weak | yes | no | Amber |\n"
                             "| poor | | yes | Red |\n\n"
                             "<!-- decision: support\nid: Row\noutputs: {visits: visits a year, group: "
                             "{label: Group, type: yes/no}}\n-->\n\n"
                             "| Row | Category | Visits | Group |\n|---|---|---|---|\n| S1 | Green | none | "
                             "no |\n| S2 | Amber | 6 | yes |\n"
                             "| S3 | Red | to be agreed | yes |\n\n"
                             "<!-- check: rules\nid: Row\nmust: [Must have]\noutputs: {strength: {label: If "
                             "not, scale: strength}}\n-->\n\n"
                             "| Row | Must have | If not |\n|---|---|---|\n| strong | not Weak | breach |\n";

/* Runs one file of tests; the messages, with their lines, joined by "; ". */
static const char *ran(struct portal *p, const char *tests, struct reached *reached) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/rules.md",
               str_z(&p->arena, str_join(&p->arena, str_from(policy), str_from(collecting))));
    portal_put(p, "content/policy/visits.md", calling);
    portal_put(p, "tests/policy/a.yaml", tests);
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return trials_said(p, reached);
}

static void assert_ran_at(const char *tests, const char *expected, int line) {
    struct portal p;
    struct reached reached;
    const char *said = ran(&p, tests, &reached);
    if (strcmp(said, expected) != 0)
        fail_msg("line %d, %s\n  says \"%s\"\n  and not \"%s\"", line, tests, said, expected);
    portal_release(&p);
}
#define assert_ran(tests, expected) assert_ran_at((tests), (expected), __LINE__)

static void what_holds_is_silent(void **state) {
    (void)state;
    assert_ran("- name: fine\n  facts: {weak: no}\n  expect:\n    category: green\n    support: {visits: "
               "none, group: no}\n"
               "    category rows: [fine]\n    rules: {result: passes, rows: {strong: met}}\n",
               "");
    assert_ran("- name: unknown\n  expect:\n    category: {status: candidates, candidates: [green, amber], "
               "suggestion: none}\n"
               "    support.visits: {candidates: [none, '6']}\n    rules: not-known\n",
               "");
    assert_ran(
        "- name: recorded\n  facts: {weak: no}\n  decisions: {category: [{value: red, from: 2026-01-01}]}\n"
        "  expect: {category: {value: green, recorded: red, stands: red}, support.visits: to be agreed}\n",
        "");
    assert_ran(
        "- name: recorded later than the day\n  as_of: 2025-12-31\n  facts: {weak: no}\n"
        "  decisions: {category: [{value: red, from: 2026-01-01}]}\n  expect: {category: {stands: green}}\n",
        "");
}

/* Two rows may say the same amount in other words: what is expected names one of them. */
static void an_amount_is_the_same_in_the_words_of_another_row(void **state) {
    (void)state;
    assert_ran("- name: a\n  facts: {weak: no}\n  expect: {calls.calls: '6'}\n"
               "- name: b\n  facts: {weak: yes}\n  expect: {calls.calls: half-termly}\n",
               "");
}

static void an_amount_is_expected_in_any_period(void **state) {
    (void)state;
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visits: half-termly}\n"
               "- name: b\n  facts: {weak: yes}\n  expect: {support.visits: {value: 2 a term, stands: 6.0}}\n"
               "- name: c\n  expect: {support.visits: {candidates: [none, half-termly]}}\n",
               "");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visits: termly}\n",
               "3 policy test \"a\": Support, Visits: expected termly, found 6");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visits: 6 reports}\n",
               "3 policy test \"a\": Support, Visits: expected 6 reports, found 6");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visits: up to 6}\n",
               "3 policy test \"a\": Support, Visits: expected up to 6, found 6");
}

static void what_does_not_hold_is_said_word_for_word(void **state) {
    (void)state;
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {category: green}\n",
               "3 policy test \"a\": Category: expected Green, found Amber");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {category: {status: undetermined}}\n",
               "3 policy test \"a\": Category, status: expected undetermined, found settled");
    assert_ran("- name: a\n  expect: {category: {candidates: [green, red]}}\n",
               "2 policy test \"a\": Category, candidates: expected Green or Red, found Green or Amber");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {category: {suggestion: none}}\n",
               "3 policy test \"a\": Category, suggestion: expected none, found Amber");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {category: {recorded: red}}\n",
               "3 policy test \"a\": Category, recorded: expected Red, found none");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visits: 7}\n",
               "3 policy test \"a\": Support, Visits: expected 7, found 6");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support rows: [S1, S2]}\n",
               "3 policy test \"a\": rows of Support: expected S1, found nothing");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {rules: passes}\n",
               "3 policy test \"a\": Rules: expected passes, found fails");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {rules: {rows: {strong: met, weak: met}}}\n",
               "3 policy test \"a\": Rules, strong: expected met, found not met; "
               "3 policy test \"a\": Rules, weak: expected met, found no such row");
}

static void entries_are_expected_all_or_some_or_counted(void **state) {
    (void)state;
    assert_ran("- name: all of them\n  facts: {weak: yes}\n  expect:\n    help entries: {certain: [Forum, "
               "coaching], "
               "possible: none, without: [Prize],\n      answers: {Coaching: {payer: Council}}}\n    help "
               "rows: [H1, "
               "H2, H3]\n",
               "");
    assert_ran("- name: some may be\n  expect:\n    help entries: {certain: 1, possible: [Prize, Coaching], "
               "with: Forum}\n",
               "");
    assert_ran(
        "- name: none is no entry\n  facts: {weak: no}\n  expect: {help entries: {certain: [Prize, Forum], "
        "possible: none}}\n",
        "");
#define WEAK "- name: a\n  facts: {weak: yes}\n  expect: {help entries: {"
    assert_ran(WEAK "certain: 3}}\n",
               "3 policy test \"a\": Help, certain: expected 3, found 2 (Coaching, Forum)");
    assert_ran(WEAK "certain: [Forum, Forum]}}\n",
               "3 policy test \"a\": Help, certain: expected nothing, found Coaching");
    assert_ran(WEAK "possible: [Prize]}}\n",
               "3 policy test \"a\": Help, only possible: expected Prize, found nothing");
    assert_ran(WEAK "with: [Forum, Prize]}}\n",
               "3 policy test \"a\": Help, Prize: expected certain, found no entry");
    assert_ran(WEAK "without: Coaching}}\n",
               "3 policy test \"a\": Help, Coaching: expected no entry, found certain");
    assert_ran("- name: a\n  expect: {help entries: {with: Prize, without: Coaching}}\n",
               "2 policy test \"a\": Help, Prize: expected certain, found possible; "
               "2 policy test \"a\": Help, Coaching: expected no entry, found possible");
    assert_ran(WEAK "answers: {Coaching: {payer: School}}}}\n",
               "3 policy test \"a\": Help, Coaching: Payer: expected School, found Council");
    assert_ran(WEAK "answers: {Prize: {payer: School}}}}\n",
               "3 policy test \"a\": Help, Prize: expected an entry, found no entry");
}

static void what_is_expected_of_entries_must_be_something(void **state) {
    (void)state;
    assert_ran(WEAK "certain: [Coachin]}}\n", "3 \"Coachin\" is no answer of \"What\"");
    assert_ran(WEAK "without: Coachin}}\n", "3 \"Coachin\" is no answer of \"What\"");
    assert_ran(WEAK "answers: {Coachin: {payer: Council}}}}\n", "3 \"Coachin\" is no answer of \"What\"");
    assert_ran(WEAK "answers: {Coaching: {pay: Council}}}}\n",
               "3 \"pay\" is not a field of what an entry gives");
    assert_ran(WEAK "answers: {Coaching: Council}}}\n", "3 \"Coaching\" must be a map, not text");
    assert_ran(WEAK "answers: [Coaching]}}\n", "3 \"answers\" must be a map, not a list");
    assert_ran(WEAK "certan: 2}}\n", "3 \"certan\" is not a field of what is expected of entries");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {help entries: 2}\n",
               "3 \"help entries\" must be a map, not text");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support entries: {certain: 2}}\n",
               "3 \"support entries\" is no decision, output or check of this kind of record");
}

static void a_name_that_means_nothing_is_an_error(void **state) {
    (void)state;
    assert_ran("- name: a\n  fact: {weak: yes}\n  expect: {category: {status: candidates}}\n",
               "2 \"fact\" is not a field of a policy test");
    assert_ran("- name: a\n  facts: {week: yes}\n  expect: {category: green}\n",
               "2 \"week\" is not a fact that content/framework.yaml declares");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {categry: green}\n",
               "3 \"categry\" is no decision, output or check of this kind of record");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {support.visit: 6}\n",
               "3 \"support.visit\" is no decision, output or check of this kind of record");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {category: {statu: settled}}\n",
               "3 \"statu\" is not a field of what is expected of an output");
    assert_ran("- name: a\n  facts: {weak: yes}\n  expect: {rules: {results: fails}}\n",
               "3 \"results\" is not a field of what is expected of a check");
    assert_ran("- name: a\n  schools: [{fact: {weak: yes}}]\n  expect total: {support.group: 0}\n",
               "2 \"fact\" is not a field of a school of a policy test");
    assert_ran("- name: a\n  schools: [{facts: {weak: yes}}]\n  expect total: {support.groups: 0}\n",
               "3 \"support.groups\" is no decision, output or check of this kind of record");
}

static void a_test_that_could_never_fail_is_an_error(void **state) {
    (void)state;
    assert_ran("- name: a\n  facts: {weak: yes}\n", "1 the policy test has no \"expect\"");
    assert_ran("- name: a\n  expect total: {support.group: 0}\n", "1 the policy test has no \"schools\"");
    assert_ran("- name: a\n  schools: [{facts: {weak: yes}}]\n  expect: {category: amber}\n",
               "1 the policy test has no \"expect total\"");
}

/* */
static void totals_add_what_stands_of_each_school(void **state) {
    (void)state;
#define OF(total)                                                                                          \
    "- name: a\n  schools:\n    - {facts: {weak: yes}}\n    - {facts: {poor: yes}}\n    - {facts: {weak: " \
    "yes}}\n"                                                                                              \
    "    - {facts: {weak: no}}\n  expect total: {" total "}\n"
    assert_ran(OF("support.visits: 12 plus 1 to be agreed, support.group: '3'"), "");
    assert_ran(OF("support.visits: '12'"),
               "7 policy test \"a\": total of Visits: expected 12, found 12 plus 1 to be agreed");
    assert_ran(OF("support.group: '4'"), "7 policy test \"a\": total of Group: expected 4, found 3");
    assert_ran("- name: none adds nothing\n  schools: [{facts: {weak: yes}}, {facts: {weak: no}}]\n"
               "  expect total: {support.visits: '6'}\n",
               "");
    assert_ran("- name: an interval\n  schools: [{facts: {weak: yes}}, {facts: {}}]\n"
               "  expect total: {support.visits: 6 to 12, support.group: '1'}\n",
               "");
    assert_ran("- name: what is recorded counts\n"
               "  schools: [{facts: {weak: yes}, decisions: {support: {visits: [{value: none, from: "
               "2026-01-01}]}}}]\n"
               "  expect total: {support.visits: none}\n",
               "");
}

/* "category 110 support 010": the rows reached, in order. */
static const char *reached_words(struct portal *p, const struct reached *reached) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < p->site.policy.decision_count; i++) {
        buf_printf(&out, "%s" STR_FMT " ", i ? " " : "", STR_ARG(p->site.policy.decisions[i]->id));
        for (size_t j = 0; j < p->site.policy.decisions[i]->row_count; j++)
            buf_byte(&out, reached->rows[i][j] ? '1' : '0');
    }
    return str_z(&p->arena, buf_str(&out));
}

static void rows_that_a_test_or_a_record_reaches_are_known(void **state) {
    (void)state;
    struct portal p;
    struct reached reached;
    ran(&p, "- name: a\n  facts: {weak: yes}\n  expect: {category: amber}\n", &reached);
    assert_string_equal(reached_words(&p, &reached), "category 010 support 010 rules 1 help 11100 calls 10");
    struct diags diags = {.arena = &p.arena};
    reached_report(&reached, &diags);
    assert_int_equal(diags.count, 7); /* fine and poor, S1 and S3, H4 and H5, half-termly */
    assert_int_equal(diags.items[0].id, DIAG_ROW_UNREACHED);
    reached_site(&reached, &p.site); /* whose school is not known to be weak or not */
    assert_string_equal(reached_words(&p, &reached), "category 110 support 110 rules 1 help 11111 calls 11");
    portal_release(&p);
    ran(&p, "- name: a\n  schools: [{facts: {poor: yes}}]\n  expect total: {support.group: '1'}\n", &reached);
    assert_string_equal(reached_words(&p, &reached), "category 001 support 001 rules 1 help 11111 calls 11");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_holds_is_silent),
        cmocka_unit_test(an_amount_is_the_same_in_the_words_of_another_row),
        cmocka_unit_test(an_amount_is_expected_in_any_period),
        cmocka_unit_test(what_does_not_hold_is_said_word_for_word),
        cmocka_unit_test(entries_are_expected_all_or_some_or_counted),
        cmocka_unit_test(what_is_expected_of_entries_must_be_something),
        cmocka_unit_test(a_name_that_means_nothing_is_an_error),
        cmocka_unit_test(a_test_that_could_never_fail_is_an_error),
        cmocka_unit_test(totals_add_what_stands_of_each_school),
        cmocka_unit_test(rows_that_a_test_or_a_record_reaches_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
