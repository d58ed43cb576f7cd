/* SPDX-License-Identifier: MIT */
/* test_rests.c: what a decision rests on, through whatever lies between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/rests.h"
#include "policy_fixture.h"

static const char framework[] =
    "scales: {grade: {values: {low: Low, high: High}, last: best}}\n"
    "facts:\n"
    "  school:\n"
    "    near: {label: Near, type: yes/no}\n"
    "    far: {label: Far, type: yes/no}\n"
    "    set: {label: Set, 'set of': {one: One, two: Two}}\n"
    "    since: {label: Since, type: date}\n"
    "    number: {label: Number, type: number}\n"
    "    applied: {label: Applied, type: yes/no, applies: far}\n"
    "    worked: {label: Worked out, type: yes/no, is: far or number + number > 3}\n"
    "    twins: {label: Twins, type: schools}\n"
    "    twinned: {label: Twinned, type: yes/no, is: 'count(twins[near]) > 1'}\n"
    "    unused: {label: Unused, type: yes/no}\n"
    "  partnership:\n"
    "    members: {label: Members, type: schools}\n"
    "    many: {label: Many, type: whole, is: 'count(schools[near])'}\n"
    "    nears: {label: Nears, type: whole, is: 'count(members[first = \"high\"])'}\n";

#define TABLE(id, more, header, rows) \
    "<!-- decision: " id "\n" more "outputs: {" id ": grade}\n-->\n\n| " header " |\n|---|---|\n" rows "\n"
#define FIRST TABLE("first", "", "Near | First", "| yes | High |\n| no | Low |\n")

/* The facts and then the decisions, by id. */
static void rests_are(const char *page, const char *decision, const char *expected) {
    struct fixture f;
    struct rests rests;
    fixture_read(&f, framework, page);
    if (f.diags.errors)
        fail_msg("%s", str_z(&f.arena, f.diags.items[0].text));
    struct buf out = {.arena = &f.arena};
    rests_on(&rests, &f.policy, policy_decision(&f.policy, str_from(decision)), &f.arena);
    for (size_t i = 0; i < rests.fact_count; i++)
        buf_printf(&out, STR_FMT " ", STR_ARG(rests.facts[i]->id));
    buf_lit(&out, "/");
    for (size_t i = 0; i < rests.decision_count; i++)
        buf_printf(&out, " " STR_FMT, STR_ARG(rests.decisions[i]->id));
    buf_printf(&out, "%s", rests.others ? " others" : "");
    assert_string_equal(str_z(&f.arena, buf_str(&out)), expected);
    arena_release(&f.arena);
}

#define RESTS(page, decision, expected) rests_are(FIRST page, decision, expected)

static void a_table_rests_on_the_facts_of_its_cells(void **state) {
    (void)state;
    RESTS("", "first", "near / first");
    RESTS(TABLE("sets", "applies: far\n", "Set | Sets", "| One | High |\n| *otherwise* | Low |\n"), "sets",
          "far set / sets");
    RESTS(TABLE("days", "", "Since | Days", "| recorded | High |\n| *otherwise* | Low |\n"), "days",
          "since / days");
}

static void it_rests_on_what_its_facts_follow_from(void **state) {
    (void)state;
    RESTS(TABLE("through", "", "Worked out | Through", "| yes | High |\n| no | Low |\n"), "through",
          "far number / through");
    RESTS(TABLE("only", "", "Applied | Only", "| yes | High |\n| *otherwise* | Low |\n"), "only",
          "applied far / only");
}

static void it_rests_on_earlier_decisions_and_what_they_rest_on(void **state) {
    (void)state;
    RESTS(TABLE("second", "", "First | Second", "| High | Low |\n| Low | High |\n"), "second",
          "near / second first");
}

/* Each fact names the one before twice: who walked every way down would never come to the end of them. */
static void what_is_reached_many_ways_is_walked_once(void **state) {
    (void)state;
    struct fixture f;
    struct rests rests;
    struct arena arena = {0};
    struct buf text = {.arena = &arena};
    buf_lit(&text, "scales: {grade: {values: {low: Low, high: High}}}\nfacts:\n  school:\n"
                   "    f0: {label: F0, type: yes/no}\n");
    for (int i = 1; i <= 60; i++)
        buf_printf(&text, "    f%d: {label: F%d, type: yes/no, is: f%d or (f%d and f0)}\n", i, i, i - 1,
                   i - 1);
    fixture_read(&f, str_z(&arena, buf_str(&text)),
                 TABLE("top", "", "F60 | Top", "| yes | High |\n| no | Low |\n"));
    fixture_clean(&f);
    rests_begin(&rests, &f.policy, STR("school"), &arena);
    rests_condition(&rests, policy_decision(&f.policy, STR("top"))->rows[0]->cells[0].condition);
    assert_int_equal(rests.fact_count, 1);
    assert_int_equal(rests.variable_count, 61);
    assert_int_equal(rests.decision_count, 0);
    assert_false(rests.others);
    arena_release(&f.arena);
    arena_release(&arena);
}

static void it_may_look_into_other_records(void **state) {
    (void)state;
    RESTS(TABLE("wide", "subject: partnership\n", "Many | Wide",
                "| at least 2 | High |\n| *otherwise* | Low |\n"),
          "wide", "near / wide others");
    RESTS(TABLE("group", "subject: partnership\n", "Nears | Group",
                "| at least 2 | High |\n| *otherwise* | Low |\n"),
          "group", "members near / group first others");
    RESTS(TABLE("own", "", "Twinned | Own", "| yes | High |\n| no | Low |\n"), "own",
          "twins near / own others"); /* schools, of a school */
}

int main(void) {
    markdown_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_rests_on_the_facts_of_its_cells),
        cmocka_unit_test(it_rests_on_what_its_facts_follow_from),
        cmocka_unit_test(it_rests_on_earlier_decisions_and_what_they_rest_on),
        cmocka_unit_test(what_is_reached_many_ways_is_walked_once),
        cmocka_unit_test(it_may_look_into_other_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
