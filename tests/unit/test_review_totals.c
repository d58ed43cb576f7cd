/* SPDX-License-Identifier: MIT */
/* test_review_totals.c: what a change comes to in totals, checks, coverage, measures and groups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/review_totals.h"
#include "review_fixture.h"

#define OFFICERS AUDIENCE_OFFICERS
#define RULES "content/policy/rules.md"
#define FRAMEWORK "content/framework.yaml"

static const char framework[] =
    "units: [visit]\n"
    "groups: {board: {label: Board, stages: yes}}\n"
    "scales:\n"
    "  colour: {last: worst, values: {blue: Blue, amber: Amber, red: Red}}\n"
    "  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"
    "  place: {values: {member: Member, alone: Alone}}\n"
    "facts:\n"
    "  school:\n"
    "    score: {label: Score, type: whole, range: 0 to 100, visible: public}\n"
    "    size: {label: Partnership size, type: whole, from: partnership.size, missing: not applicable}\n"
    "    in_one: {label: In a partnership, type: yes/no, when: size > 1}\n"
    "  partnership:\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    size: {label: Size, type: whole, range: 0 to 60, is: count(members)}\n"
    "    blues: {label: Blues, type: whole, range: 0 to 60, is: 'count(members[colour = \"blue\"])'}\n"
    "  member:\n"
    "    part: {label: Part, type: text, from: role}\n"
    "coverage:\n"
    "  of: place.place\n"
    "  counted: place.counted\n"
    "  by: [colour]\n"
    "  target: {day: 2027-04-01, words: Every school is in a partnership}\n";

static const char rules[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: colour\nlabel: Colour\noutputs: {colour: {label: Colour, scale: colour}}\n-->\n\n"
    "| Score | Colour |\n|---|---|\n| below 40 | red |\n| 40 to 59 | amber |\n| at least 60 | blue |\n"
    "\n<!-- decision: place\nlabel: Place\noutputs: {place: {label: Place, scale: place}, counted: {label: "
    "Counted, type: yes/no}}\n-->\n\n"
    "| In a partnership | Place | Counted |\n|---|---|---|\n| yes | Member | yes |\n| no | Alone | no |\n\n"
    "<!-- decision: visits\nlabel: Visits\noutputs: {visits: {label: Visits, type: visits a year}}\n-->\n\n"
    "| Colour | Visits |\n|---|---|\n| Blue | 2 |\n| Amber | 6 |\n| Red | to be agreed |\n\n"
    "<!-- check: balance\nlabel: Balance\nsubject: partnership\nid: Row\nmust: [Must have]\noutputs: "
    "{strength: {label: If not, scale: strength}}\n-->\n\n"
    "| Row | Must have | If not |\n|---|---|---|\n| B1 | Blues at least 1 | Breach |\n"
    "| B2 | Size at least 2 | Advice |\n";

static void make(struct reviewed *v) {
    reviewed_make(v);
    reviewed_put(v, FRAMEWORK, framework);
    reviewed_put(v, RULES, rules);
    reviewed_put(v, "content/partnerships/vale.md", PARTNERSHIP("Vale", "formed") "---\n\nText.\n");
    reviewed_put(v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 65}\n"
                                         "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    reviewed_put(v, "schools/birch.yaml",
                 SCHOOL("900002", "Birch") "facts: {score: 50}\n"
                                           "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    reviewed_put(v, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "facts: {score: 30}\n");
}

static struct value totals(struct reviewed *v, enum audience audience) {
    reviewed_compute(v, audience);
    return review_totals(&v->review);
}

/* "visits All schools: 8 plus 1 to be agreed > 14, +6; ..." of every list, in the words of its keys. */
static void add_list(struct buf *out, const struct value *list, const char *const *keys) {
    for (uint32_t i = 0; i < list->count; i++) {
        buf_add(out, out->len ? STR("; ") : STR(""));
        for (const char *const *k = keys; *k; k++) {
            buf_add(out, k > keys ? STR(" | ") : STR(""));
            buf_add(out, value_words(value_at(&list->items[i], *k)));
        }
    }
}

static const char *total_of(struct reviewed *v, const struct value *all, const char *id) {
    static const char *const keys[] = {"label", "before", "after", "difference", NULL};
    const struct value *list = value_at(all, "totals");
    struct buf out = {.arena = &v->arena};
    for (uint32_t i = 0; i < list->count; i++)
        if (str_eq(value_words(value_at(&list->items[i], "id")), str_from(id)))
            add_list(&out, value_at(&list->items[i], "rows"), keys);
    return str_z(&v->arena, buf_str(&out));
}

static void what_is_the_same_is_not_told(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    struct value all = totals(&v, OFFICERS);
    assert_int_equal(value_at(&all, "totals")->count, 0);
    assert_int_equal(value_at(&all, "checks")->count, 0);
    assert_int_equal(value_at(&all, "groups")->count, 0);
    reviewed_release(&v);
}

static void a_total_keeps_what_is_no_number_beside_it(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| Amber | 6 |", "| Amber | 9 |");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(total_of(&v, &all, "visits.visits"),
                        "All schools | 8 plus 1 to be agreed | 11 plus 1 to be agreed | +3; "
                        "Amber | 6 | 9 | +3; Primary | 8 plus 1 to be agreed | 11 plus 1 to be agreed | +3");
    assert_int_equal(value_at(&all, "totals")->count, 1);
    assert_int_equal(v.review.found[REVIEW_TOTAL_CHANGE], 1);
    reviewed_release(&v);
}

static void a_total_that_becomes_no_number_loses_what_it_was(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| Amber | 6 |", "| Amber | to be agreed |");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(
        total_of(&v, &all, "visits.visits"),
        "All schools | 8 plus 1 to be agreed | 2 plus 2 to be agreed | −6; Amber | 6 | 1 to be agreed | −6; "
        "Primary | 8 plus 1 to be agreed | 2 plus 2 to be agreed | −6");
    reviewed_release(&v);
}

static void schools_are_counted_by_what_is_decided(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/birch.yaml", "score: 50", "score: 30");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(total_of(&v, &all, "schools"), "Red | 1 | 2 | +1; Amber | 1 | 0 | −1");
    reviewed_release(&v);
}

static void readers_are_told_no_totals(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| Amber | 6 |", "| Amber | 9 |");
    struct value all = totals(&v, AUDIENCE_PUBLIC);
    assert_int_equal(value_at(&all, "totals")->count, 0);
    reviewed_release(&v);
}

static const char *checks_of(struct reviewed *v, const struct value *all) {
    static const char *const keys[] = {"name", "check", "happened", "before", "after", NULL};
    static const char *const row_keys[] = {"id", "before", "after", NULL};
    static const char *const cause_keys[] = {"id", NULL};
    const struct value *list = value_at(all, "checks");
    struct buf out = {.arena = &v->arena};
    add_list(&out, list, keys);
    for (uint32_t i = 0; i < list->count; i++) {
        add_list(&out, value_at(&list->items[i], "rows"), row_keys);
        add_list(&out, value_at(&list->items[i], "causes"), cause_keys);
    }
    return str_z(&v->arena, buf_str(&out));
}

static void a_check_that_starts_to_fail_has_its_row_and_its_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/ash.yaml", "score: 65", "score: 55");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(checks_of(&v, &all),
                        "Vale | balance | fails | passes | fails; b1 | met | not met; member:vale/ash");
    assert_int_equal(v.review.found[REVIEW_CHECK_FAILS], 1);
    reviewed_release(&v);
}

static void a_check_that_starts_to_pass_is_told(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "Blues at least 1", "Blues at least 0");
    reviewed_edit(&v, RULES, "| B1 | Blues at least 0 | Breach |", "| B1 | Blues at most 60 | Breach |");
    portal_put(&v.base, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "facts: {score: 55}\n"
                                       "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    portal_put(&v.head, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "facts: {score: 55}\n"
                                       "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(checks_of(&v, &all),
                        "Vale | balance | passes | fails | passes; b1 | not met | met; row:balance/b1");
    assert_int_equal(v.review.found[REVIEW_CHECK_PASSES], 1);
    reviewed_release(&v);
}

static void a_check_of_a_new_partnership_is_told_where_it_fails(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_change(&v, "content/partnerships/dale.md", PARTNERSHIP("Dale", "formed") "---\n\nText.\n");
    reviewed_edit(&v, "schools/cedar.yaml",
                  "facts:", "memberships: [{partnership: dale, from: 2020-01-01}]\nfacts:");
    struct value all = totals(&v, OFFICERS);
    assert_string_equal(checks_of(&v, &all),
                        "Dale | balance | fails |  | fails; b1 |  | not met; b2 |  | not met");
    reviewed_release(&v);
}

static void a_school_that_leaves_is_no_longer_covered(void **state) {
    static const char *const rows[] = {"by", "label", "before", "after", "difference", NULL};
    static const char *const schools[] = {"id", "before", "after", NULL};
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/birch.yaml", "from: 2020-01-01", "from: 2020-01-01, to: 2026-01-01");
    struct value all = totals(&v, OFFICERS);
    struct buf out = {.arena = &v.arena};
    add_list(&out, value_at(&all, "coverage.rows"), rows);
    add_list(&out, value_at(&all, "coverage.schools"), schools);
    assert_string_equal(str_z(&v.arena, buf_str(&out)),
                        " | All schools | 2 of 3 | 0 of 3 | −2; Colour | Blue | 1 of 1 | 0 of 1 | −1; "
                        "Colour | Amber | 1 of 1 | 0 of 1 | −1; ash | covered | not covered; "
                        "birch | covered | not covered");
    assert_int_equal(v.review.found[REVIEW_COVERAGE_CHANGE], 2);
    reviewed_release(&v);
}

static void a_group_that_begins_is_entered(void **state) {
    static const char *const keys[] = {"id", "happened", "before", "after", NULL};
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 65}\n"
                                         "memberships: [{partnership: vale, from: 2020-01-01}]\n"
                                         "groups: [{kind: board, recommended: 2026-01-05}]\n");
    reviewed_edit(&v, "schools/ash.yaml", "recommended: 2026-01-05",
                  "recommended: 2026-01-05, endorsed: 2026-01-20, start: 2026-02-01");
    struct value all = totals(&v, OFFICERS);
    struct buf out = {.arena = &v.arena};
    add_list(&out, value_at(&all, "groups"), keys);
    assert_string_equal(str_z(&v.arena, buf_str(&out)), "ash/board/1 | enters | Recommended | In place");
    reviewed_release(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_the_same_is_not_told),
        cmocka_unit_test(a_total_keeps_what_is_no_number_beside_it),
        cmocka_unit_test(a_total_that_becomes_no_number_loses_what_it_was),
        cmocka_unit_test(schools_are_counted_by_what_is_decided),
        cmocka_unit_test(readers_are_told_no_totals),
        cmocka_unit_test(a_check_that_starts_to_fail_has_its_row_and_its_cause),
        cmocka_unit_test(a_check_that_starts_to_pass_is_told),
        cmocka_unit_test(a_check_of_a_new_partnership_is_told_where_it_fails),
        cmocka_unit_test(a_school_that_leaves_is_no_longer_covered),
        cmocka_unit_test(a_group_that_begins_is_entered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
