/* SPDX-License-Identifier: MIT */
/* test_trial_group.c: policy tests of groups and of the network, whose schools stand in the test itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "trial_fixture.h"

static const char framework[] =
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}}\n"
    "  body: {values: {agreed: Agreed, declined: Declined}, beside: {not_asked: Not asked}}\n"
    "  form: {values: {agreed: Agreed, waiting: Waiting}}\n"
    "facts:\n"
    "  school:\n"
    "    at_risk: {label: At risk, type: yes/no}\n"
    "    trust: {label: Trust, type: text, from: trust, missing: none}\n"
    "  partnership:\n"
    "    kind: {label: Kind, scale: kind, from: kind}\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    associates: {label: Associate schools, type: schools, from: associates, missing: none}\n"
    "    standing: {label: Standing, type: schools, is: 'members[governing_body != \"declined\"]'}\n"
    "    size: {label: Size, type: whole, is: count(standing)}\n"
    "    friends: {label: Associates, type: whole, is: count(associates)}\n"
    "    concerns: {label: Concerns, type: whole, is: 'count(standing[scc])'}\n"
    "    third: {label: At most a third, type: yes/no, is: 3 * concerns <= size}\n"
    "    whole:\n"
    "      label: No trust is split\n"
    "      type: yes/no\n"
    "      is: every m in standing satisfies every s in schools[trust = m.trust] satisfies list "
    "contains(standing.id, s.id)\n"
    "    agreed: {label: Agreed, type: whole, is: 'count(members[governing_body = \"agreed\"])'}\n"
    "  member:\n"
    "    governing_body: {label: Governing body, scale: body, from: governing_body, missing: not_asked}\n"
    "  network:\n"
    "    all: {label: All schools, type: schools, from: schools}\n"
    "    flagged: {label: Flagged, type: whole, is: 'count(schools[scc])'}\n"
    "    count: {label: Schools, type: whole, is: count(all)}\n";

#define STRENGTH "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"
static const char policy[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: scc\noutputs: {scc: {label: Causing concern, type: yes/no}}\n-->\n\n"
    "| At risk | Causing concern |\n|---|---|\n| yes | yes |\n| no | no |\n\n"
    "<!-- decision: form\nsubject: partnership\nid: Row\noutputs: {form: {label: Form, scale: form}}\n-->\n\n"
    "| Row | Agreed | Form |\n|---|---|---|\n| F1 | at least 2 | Agreed |\n| F2 | at most 1 | Waiting |\n\n"
    "<!-- check: principles\nid: Row\nsubject: partnership\nmust: [Must have]\n"
    "outputs: {strength: {label: If not, scale: strength}, other: {label: Else, scale: strength, blank: "
    "none}}\n-->\n\n"
    "| Row | Kind | Must have | If not | Else |\n|---|---|---|---|---|\n| size | | Size at least 3 | breach "
    "| breach |\n"
    "| third | | At most a third | breach | breach |\n| friends | Loose | Associates 0 | breach | |\n"
    "| trust | | No trust is split | advice | advice |\n\n"
    "<!-- check: target\nid: Row\nsubject: network\nmust: [Must have]\n" STRENGTH
    "| Row | Must have | If not |\n|---|---|---|\n| few | Flagged at most 1 | breach |\n"
    "| many | Schools at least 3 | advice |\n";

/* Runs one file of tests; the messages, with their lines, joined by "; ". */
static const char *ran(struct portal *p, const char *vocabulary, const char *rules, const char *tests,
                       struct reached *reached) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", vocabulary);
    portal_put(p, "content/policy/rules.md", rules);
    portal_put(p, "tests/policy/a.yaml", tests);
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return trials_said(p, reached);
}

static void assert_ran_at(const char *tests, const char *expected, int line) {
    struct portal p;
    struct reached reached;
    const char *said = ran(&p, framework, policy, tests, &reached);
    if (strcmp(said, expected) != 0)
        fail_msg("line %d, %s\n  says \"%s\"\n  and not \"%s\"", line, tests, said, expected);
    portal_release(&p);
}
#define assert_ran(tests, expected) assert_ran_at((tests), (expected), __LINE__)

#define TEST "- name: a\n  subject: partnership\n"
#define THREE "  members: [{facts: {at_risk: no}}, {facts: {at_risk: no}}, {facts: {at_risk: yes}}]\n"

static void a_group_is_checked_with_the_schools_of_its_test(void **state) {
    (void)state;
    assert_ran(TEST THREE "  expect:\n    principles: {result: passes, rows: {size: met, third: met}}\n", "");
    assert_ran(TEST
               "  members: [{facts: {at_risk: no}}, {facts: {at_risk: yes}}, {}, {facts: {at_risk: no}}]\n"
               "  expect:\n    principles: {result: not-known, rows: {size: met, third: not known}}\n",
               "");
    assert_ran(TEST THREE "  expect: {principles: fails}\n",
               "4 policy test \"a\": Principles: expected fails, found passes");
}

static void its_own_facts_stand_beside_its_schools(void **state) {
    (void)state;
    assert_ran(TEST "  facts: {kind: loose}\n" THREE "  associates: [{facts: {at_risk: yes}}]\n"
                    "  expect: {principles: {result: fails, rows: {third: met, friends: not met}}}\n",
               "");
    assert_ran(TEST "  facts: {kind: hard}\n" THREE "  associates: [{facts: {at_risk: yes}}]\n"
                    "  expect: {principles: {result: passes, rows: {third: met, friends: not concerned}}}\n",
               "");
    assert_ran(TEST "  facts: {kind: loose}\n" THREE "  expect: {principles: {rows: {friends: met}}}\n", "");
}

static void what_is_said_of_a_member_is_said_of_it_in_this_group(void **state) {
    (void)state;
    assert_ran(TEST "  members:\n    - {facts: {at_risk: no}, member: {governing_body: agreed}}\n"
                    "    - {facts: {at_risk: no}, member: {governing_body: Agreed}}\n"
                    "    - {facts: {at_risk: yes}, member: {governing_body: declined}}\n"
                    "  expect: {form: agreed, principles: {rows: {size: not met, third: met}}}\n",
               "");
    assert_ran(TEST THREE "  expect: {form: waiting}\n", "");
}

static void what_is_recorded_of_a_school_or_of_the_group_stands(void **state) {
    (void)state;
    assert_ran(TEST
               "  members: [{facts: {at_risk: yes}}, {}, {decisions: {scc: [{value: no, from: 2026-01-01}]}, "
               "facts: {at_risk: yes}}]\n"
               "  decisions: {form: [{value: agreed, from: 2026-01-01}]}\n"
               "  expect: {form: {value: waiting, stands: agreed}, principles: {rows: {third: not known}}}\n",
               "");
}

/* 1 of 3 is a third, and so are 28 of 84: entries that stand for many are counted as many. */
static void an_entry_may_stand_for_many_schools(void **state) {
    (void)state;
    assert_ran(TEST "  members: [{times: 56, facts: {at_risk: no}}, {times: 28, facts: {at_risk: yes}}]\n"
                    "  expect: {principles: passes}\n",
               "");
    assert_ran(TEST "  members: [{times: 56, facts: {at_risk: no}}, {times: 29, facts: {at_risk: yes}}]\n"
                    "  expect: {principles: fails}\n",
               "");
    assert_ran(TEST "  members: [{times: 1000}]\n  expect: {principles: {rows: {size: met}}}\n", "");
    assert_ran(TEST "  members: [{times: 1001}]\n  expect: {principles: {rows: {size: met}}}\n",
               "3 \"1001\" is not a number of schools");
    assert_ran(TEST "  members: [{times: 0}]\n  expect: {principles: {rows: {size: met}}}\n",
               "3 \"0\" is not a number of schools");
    assert_ran(TEST "  members: [{times: 999}, {}, {}]\n  expect: {principles: {rows: {size: met}}}\n",
               "3 1001 entries stand here, more than 1000");
}

/* Two strengths of one check, and what it counts. */
static void a_check_is_expected_by_another_strength_and_a_fact_that_is_worked_out(void **state) {
    (void)state;
    assert_ran(TEST THREE "  expect: {principles.strength: passes, size: 3, concerns: 1, third: Yes}\n", "");
    assert_ran(TEST "  members: [{}, {facts: {at_risk: yes}}, {times: 3, facts: {at_risk: no}}]\n"
                    "  expect: {size: 5, concerns: 1 to 2, third: not known}\n",
               "");
    assert_ran(TEST "  facts: {kind: loose}\n" THREE "  associates: [{}]\n"
                    "  expect: {principles: fails, principles.other: passes}\n",
               "");
    assert_ran(TEST THREE "  expect: {concerns: 2}\n", "4 policy test \"a\": Concerns: expected 2, found 1");
    assert_ran(TEST "  expect: {concerns: 2}\n",
               "3 policy test \"a\": Concerns: expected 2, found not known");
    assert_ran(TEST THREE "  expect: {kind: hard}\n",
               "4 \"kind\" is no decision, output or check of this kind of record");
}

static void the_schools_of_a_test_are_all_that_there_are(void **state) {
    (void)state;
    assert_ran(TEST "  members: [{id: a, facts: {trust: kestrel}}, {id: b, facts: {trust: kestrel}}]\n"
                    "  expect: {principles: {rows: {trust: met}}}\n",
               "");
    assert_ran(TEST "  members: [{id: a, facts: {trust: kestrel}}]\n  schools: [{id: b, facts: {trust: "
                    "kestrel}}]\n  expect: {principles: {rows: {trust: not met}}}\n",
               "");
    assert_ran(TEST "  members: [{id: a, facts: {trust: kestrel}}]\n  associates: [{id: b, facts: {trust: "
                    "kestrel}}]\n  expect: {principles: {rows: {trust: not met}}}\n",
               "");
}

static void the_network_is_checked_with_the_schools_of_its_test(void **state) {
    (void)state;
    assert_ran("- name: a\n  subject: network\n"
               "  schools: [{facts: {at_risk: yes}}, {times: 2, facts: {at_risk: no}}]\n"
               "  expect: {target: {result: passes, rows: {few: met, many: met}}}\n",
               "");
    assert_ran("- name: a\n  subject: network\n  schools: [{facts: {at_risk: yes}}, {}]\n"
               "  expect: {target: {result: not-known, rows: {few: not known, many: not met}}}\n",
               "");
}

static void a_group_without_a_list_of_schools_is_as_if_nothing_were_said_of_them(void **state) {
    (void)state;
    assert_ran(TEST "  facts: {kind: hard}\n  expect: {principles: {rows: {size: not known}}}\n", "");
    assert_ran(TEST "  members: []\n  expect: {principles: {rows: {size: not met, third: met}}}\n", "");
}

static void what_is_misspelt_is_reported_at_its_place(void **state) {
    (void)state;
    assert_ran(TEST "  members: [{fact: {at_risk: no}}]\n  expect: {principles: fails}\n",
               "3 \"fact\" is not a field of a school of a policy test");
    assert_ran(TEST "  members: {facts: {}}\n  expect: {principles: fails}\n",
               "3 \"members\" must be a list of schools, not a map");
    assert_ran(TEST "  members: [ash]\n  expect: {principles: fails}\n",
               "3 \"a school\" must be a map, not text");
    assert_ran(TEST "  members: [{member: agreed}]\n  expect: {principles: fails}\n",
               "3 \"member\" must be a map of facts, not text");
    assert_ran(TEST "  members: [{member: {governing_bodies: agreed}}]\n  expect: {principles: fails}\n",
               "3 \"governing_bodies\" is not a fact that content/framework.yaml declares");
    assert_ran(TEST "  members: [{facts: {risk: no}}]\n  expect: {principles: fails}\n",
               "3 \"risk\" is not a fact that content/framework.yaml declares");
    assert_ran(TEST "  members: [{id: a}, {id: a}]\n  expect: {principles: fails}\n",
               "3 two entries have \"id: a\"");
    assert_ran(TEST "  members: [{id: a}]\n  associates: [{id: a}]\n  expect: {principles: fails}\n",
               "4 two entries have \"id: a\"");
    assert_ran("- name: a\n  subject: network\n  schools: [{member: {governing_body: agreed}}]\n  expect: "
               "{target: fails}\n",
               "3 \"member\" is not a field of a school of a policy test");
    assert_ran("- name: a\n  subject: network\n  members: [{facts: {}}]\n  expect: {target: fails}\n",
               "3 a policy test has \"members\", and no fact of \"network\" reads them");
    assert_ran("- name: a\n  schools: [{facts: {}}]\n  expect: {scc: yes}\n  expect total: {scc: 1}\n",
               "1 a policy test must have exactly one of: expect, expect total, expect match");
}

/* The rows of a group, and those of its members' own tables, are then reached. */
static void a_test_of_a_group_reaches_the_rows_of_its_schools(void **state) {
    (void)state;
    struct portal p;
    struct reached reached;
    assert_string_equal(ran(&p, framework, policy, TEST THREE "  expect: {principles: passes}\n", &reached),
                        "");
    const struct decision *scc = policy_decision(&p.site.policy, STR("scc"));
    const struct decision *principles = policy_decision(&p.site.policy, STR("principles"));
    assert_true(reached.rows[scc->index][0] && reached.rows[scc->index][1]);
    assert_true(reached.rows[principles->index][0]);
    portal_release(&p);
}

static void members_without_facts_of_their_own_are_schools(void **state) {
    (void)state;
    static const char bare[] = "scales: {strength: {values: {advice: Advice, breach: Breach}, last: worst}}\n"
                               "facts:\n  school: {at_risk: {type: yes/no}}\n"
                               "  partnership:\n    members: {type: schools, from: members}\n"
                               "    risky: {label: Risky, type: whole, is: 'count(members[at_risk])'}\n";
    static const char rules[] = "---\ntitle: Rules\n---\n\n## Rules\n\n"
                                "<!-- check: few\nid: Row\nsubject: partnership\nmust: [Must have]\n" STRENGTH
                                "| Row | Must have | If not |\n|---|---|---|\n| few | Risky 1 | breach |\n";
    struct portal p;
    struct reached reached;
    assert_string_equal(ran(&p, bare, rules, TEST THREE "  expect: {few: passes}\n", &reached), "");
    portal_release(&p);
    assert_string_equal(ran(&p, bare, rules,
                            TEST "  members: [{member: {governing_body: agreed}}]\n  expect: {few: passes}\n",
                            &reached),
                        "3 \"member\" is no kind of record");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_checked_with_the_schools_of_its_test),
        cmocka_unit_test(its_own_facts_stand_beside_its_schools),
        cmocka_unit_test(what_is_said_of_a_member_is_said_of_it_in_this_group),
        cmocka_unit_test(what_is_recorded_of_a_school_or_of_the_group_stands),
        cmocka_unit_test(an_entry_may_stand_for_many_schools),
        cmocka_unit_test(a_check_is_expected_by_another_strength_and_a_fact_that_is_worked_out),
        cmocka_unit_test(the_schools_of_a_test_are_all_that_there_are),
        cmocka_unit_test(the_network_is_checked_with_the_schools_of_its_test),
        cmocka_unit_test(a_group_without_a_list_of_schools_is_as_if_nothing_were_said_of_them),
        cmocka_unit_test(what_is_misspelt_is_reported_at_its_place),
        cmocka_unit_test(a_test_of_a_group_reaches_the_rows_of_its_schools),
        cmocka_unit_test(members_without_facts_of_their_own_are_schools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
