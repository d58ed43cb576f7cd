/* SPDX-License-Identifier: MIT */
/* test_review_why.c: which of several changes is why a decision changed, and what comes of policies that are changed all over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "causes_fixture.h"
#include "edge/review_why.h"

/* ---- what else is a cause ---- */

static void what_can_never_be_is_a_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "facts:\n",
                  "never:\n  school:\n    - {when: 'trend = \"down\" and score < 35', because: Nobody has "
                  "fallen.}\nfacts:\n");
    assert_string_equal(
        changed(&v),
        "Cedar colour settled Amber or Red, with Amber suggested > Amber [vocabulary:never.school]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 6 visits a year "
        "[vocabulary:never.school]");
    reviewed_release(&v);
}

static void what_can_never_be_is_not_for_readers(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "trend: {label: Trend, scale: trend, visible: officers}",
                  "trend: {label: Trend, scale: trend, visible: public}");
    portal_put(&v.base, FRAMEWORK, "");
    struct str text;
    assert_true(file_read(&v.arena, &v.head.folder, FRAMEWORK, 1000000, &text));
    reviewed_put(&v, FRAMEWORK, str_z(&v.arena, text));
    reviewed_edit(&v, FRAMEWORK, "facts:\n",
                  "never:\n  school:\n    - {when: 'trend = \"down\" and score < 35', because: Nobody has "
                  "fallen.}\nfacts:\n");
    reviewed_compute(&v, AUDIENCE_PUBLIC);
    assert_non_null(strstr(found(&v), "Cedar colour settled"));
    assert_non_null(strstr(found(&v), "[withheld]"));
    assert_null(strstr(found(&v), "never"));
    reviewed_release(&v);
}

static void one_of_two_tables_that_goes_is_a_cause(void **state) {
    (void)state;
    static const char before[] =
        "---\ntitle: Gate\n---\n\n## Gate\n\n<!-- decision: gate\nlabel: Gate\nhit: collect\n"
        "outputs: {gate: {label: Gate, type: text}}\n-->\n\n| Score | Gate |\n|---|---|\n| below 60 | shut "
        "|\n";
    struct reviewed v;
    make(&v);
    struct str second =
        STR("\n<!-- decision: gate\ngiven: {Watched: 'no'}\n-->\n\n| Score | Gate |\n|---|---|\n"
            "| above 80 | open |\n");
    reviewed_put(&v, "content/policy/gate.md", str_z(&v.arena, str_join(&v.arena, str_from(before), second)));
    reviewed_change(&v, "content/policy/gate.md", before);
    assert_string_equal(changed(&v), "Elm open entry-gone certain >  [table:gate/Watched: no]");
    reviewed_release(&v);
}

/* ---- days ---- */

static const char stays[] =
    "---\ntitle: Stays\n---\n\n## Stays\n\n<!-- decision: stay\nlabel: Stay\noutputs: {stay: {label: Stay, "
    "type: "
    "yes/no}}\n-->\n\n| Half a year | Stay |\n|---|---|\n| yes | no |\n| no | yes |\n";

static void make_stays(struct reviewed *v) {
    make(v);
    struct str text = str_from(framework);
    size_t at = (size_t)(strstr(framework, "    size:") - framework);
    reviewed_put(v, FRAMEWORK,
                 str_z(&v->arena, str_join(&v->arena, str_sub(text, 0, at),
                                           STR("    seen: {label: Seen, type: date, from: opened}\n"
                                               "    half: {label: Half a year, type: yes/no, is: 'today() >= "
                                               "seen + duration(\"P6M\")'}\n"),
                                           str_sub(text, at, text.len))));
    reviewed_put(v, "content/policy/stays.md", stays);
    reviewed_put(v, "schools/ash.yaml", SCHOOL("900001", "Ash") "opened: 2025-11-02\nfacts: {score: 55}\n");
    reviewed_put(v, "schools/birch.yaml",
                 SCHOOL("900002", "Birch") "opened: 2025-12-20\nfacts: {score: 70}\n");
    reviewed_put(v, "schools/cedar.yaml",
                 SCHOOL("900003", "Cedar") "opened: 2025-01-01\nfacts: {score: 70}\n");
    reviewed_put(v, "schools/elm.yaml", SCHOOL("900004", "Elm") "opened: 2025-12-31\nfacts: {score: 70}\n");
    v->as_of[0] = "2026-05-01";
    v->as_of[1] = "2026-05-02";
}

static void a_day_on_which_a_stay_ends_is_a_cause_for_that_school_alone(void **state) {
    (void)state;
    struct reviewed v;
    make_stays(&v);
    reviewed_edit(&v, "schools/ash.yaml", "score: 55", "score: 56"); /* of no consequence */
    assert_string_equal(changed(&v), "Ash stay moved yes > no [day]");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 1);
    reviewed_release(&v);
}

static void what_is_recorded_from_a_day_on_is_a_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "schools/cedar.yaml",
                 SCHOOL("900003", "Cedar") "facts: {score: 30}\n"
                                           "decisions: {colour: [{value: amber, from: 2025-09-01}, "
                                           "{value: red, from: 2026-05-02}]}\n");
    v.as_of[0] = "2026-05-01";
    v.as_of[1] = "2026-05-02";
    assert_string_equal(changed(&v),
                        "Cedar colour differs Amber recorded, Amber or Red by the tables > Red recorded, "
                        "Amber or Red by the tables [recorded:colour.colour]\n"
                        "Cedar visits moved 6 visits a year > 12 visits a year [recorded:colour.colour]");
    reviewed_release(&v);
}

/* The value itself was changed, and on the later day the one after it is in force: either alone leaves the school where it was. */
static void a_value_and_the_day_are_undone_together(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(
        &v, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "facts: {trend: up, score: [{value: 70, from: 2025-01-01}, {value: 71, from: "
                                "2026-05-20}]}\n");
    reviewed_edit(&v, "schools/ash.yaml", "value: 71", "value: 55");
    v.as_of[0] = "2026-05-01";
    v.as_of[1] = "2026-06-01";
    assert_string_equal(changed(&v),
                        "Ash colour moved Blue > Amber [fact:school.score]\n"
                        "Ash visits moved 2 visits a year > 6 visits a year [fact:school.score]");
    reviewed_release(&v);
}

/* ---- several causes ---- */

static void put_rules(struct reviewed *v, const char *from, const char *to) {
    struct str text;
    reviewed_edit(v, RULES, from, to);
    assert_true(file_read(&v->arena, &v->head.folder, RULES, 1000000, &text));
    reviewed_put(v, RULES, str_z(&v->arena, text));
}

/* Rows A5 and what Ash says of being watched make it red, and so do row A1 and how it does: two pairs, of which one will do. */
static void where_no_cause_is_needed_or_enough_a_least_set_is_named(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    put_rules(&v, "| A5 | | Steady | | yes | amber |", "| A5 | | | | yes | amber |");
    reviewed_edit(&v, RULES, "| A5 | | | | yes | amber |", "| A5 | | | | yes | red |");
    reviewed_edit(&v, RULES, "| A1 | below 40 |", "| A1 | below 60 |");
    reviewed_edit(&v, "schools/ash.yaml", "trend: steady", "trend: down, watched: yes");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Red [row:colour/a5, fact:school.watched]\n"
        "Ash visits moved 6 visits a year > 12 visits a year [row:colour/a5, fact:school.watched]");
    reviewed_release(&v);
}

/* Being watched is needed for either of two rows, and without a row it makes nothing of it. */
static void what_is_needed_is_named_with_each_that_makes_it_enough(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    put_rules(&v, "| A5 | | Steady | | yes | amber |",
              "| A5 | | Steady | | yes | amber |\n| A6 | at most 70 | | | yes | amber |");
    reviewed_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Steady | | yes | red |");
    reviewed_edit(&v, RULES, "| A6 | at most 70 | | | yes | amber |", "| A6 | at most 70 | | | yes | red |");
    reviewed_edit(&v, "schools/ash.yaml", "trend: steady", "trend: steady, watched: yes");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Red [row:colour/a5, row:colour/a6, fact:school.watched]\n"
                        "Ash visits moved 6 visits a year > 12 visits a year [row:colour/a5, row:colour/a6, "
                        "fact:school.watched]");
    reviewed_release(&v);
}

/* Facts alike, and one of the two has a colour on record. */
static void schools_with_other_records_do_not_share_causes(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "schools/birch.yaml",
                 SCHOOL("900002", "Birch") "facts: {score: 30}\n"
                                           "decisions: {colour: [{value: red, from: 2025-09-01}]}\n");
    reviewed_edit(&v, RULES, "| Amber | 6 |", "| Amber | 7 |");
    reviewed_edit(&v, RULES, "| Red | 12 |", "| Red | 13 |");
    assert_string_equal(
        changed(&v), "Ash visits moved 6 visits a year > 7 visits a year [row:visits/amber]\n"
                     "Birch visits moved 12 visits a year > 13 visits a year [row:visits/red]\n"
                     "Cedar visits candidates 6 or 12 visits a year, with 6 visits a year suggested > 7 or "
                     "13 visits a year, with 7 visits a year suggested [row:visits/amber, row:visits/red]");
    reviewed_release(&v);
}

/* A column of notes is known to its own side's directive alone. */
static void a_column_of_notes_that_comes_hides_no_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "decision: visits\nlabel: Visits\n",
                  "decision: visits\nlabel: Visits\nnotes: Why\n");
    reviewed_edit(
        &v, RULES, "| Colour | Visits |\n|---|---|\n| Blue | 2 |\n| Amber | 6 |\n| Red | 12 |",
        "| Colour | Visits | Why |\n|---|---|---|\n| Blue | 3 | Seldom |\n| Amber | 6 | |\n| Red | 12 | |");
    assert_string_equal(changed(&v),
                        "Birch visits moved 2 visits a year > 3 visits a year [row:visits/blue]\n"
                        "Elm visits moved 2 visits a year > 3 visits a year [row:visits/blue]");
    reviewed_release(&v);
}

/* Where the head reads a fact from another field, what was in the field that the base read is no difference to the head. */
static void a_value_that_the_base_alone_reads_is_a_cause_too(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    struct str text = str_from(framework);
    size_t at = (size_t)(strstr(framework, "type: yes/no, visible") - framework);
    reviewed_put(&v, FRAMEWORK,
                 str_z(&v.arena, str_join(&v.arena, str_sub(text, 0, at), STR("from: nursery, "),
                                          str_sub(text, at, text.len))));
    reviewed_edit(&v, FRAMEWORK, "from: nursery", "from: sixth_form");
    reviewed_put(&v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 70, trend: steady}\nnursery: yes\nsixth_form: no\n");
    reviewed_put(
        &v, "schools/birch.yaml",
        SCHOOL("900002", "Birch") "facts: {score: 70, trend: steady}\nnursery: yes\nsixth_form: no\n");
    reviewed_edit(&v, "schools/birch.yaml", "nursery: yes", "nursery: no");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Blue [vocabulary:facts.school.watched]\n"
        "Ash visits moved 6 visits a year > 2 visits a year [vocabulary:facts.school.watched]\n"
        "Birch colour moved Amber > Blue [vocabulary:facts.school.watched, fact:school.watched]\n"
        "Birch visits moved 6 visits a year > 2 visits a year [vocabulary:facts.school.watched, "
        "fact:school.watched]");
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[1], "causes")->items[1];
    assert_string_equal(str_z(&v.arena, value_words(value_at(cause, "words"))),
                        "Watched changed from “Yes” to “No”");
    reviewed_release(&v);
}

/* ---- more edits than a set has bits ---- */

/* A decision of so many rows, which no two can hold of one school: "| B25 | 1005 | yes | Up | no |". */
static void put_rows(struct portal *p, size_t count, const char *answer) {
    static const char *const trends[] = {"Up", "Steady", "Down"};
    struct buf out = {.arena = &p->arena};
    buf_lit(&out, "---\ntitle: Many\n---\n\n## Many\n\n<!-- decision: many\nlabel: Many\nid: Row\n"
                  "outputs: {many: {label: Many, type: yes/no}}\n-->\n\n"
                  "| Row | Score | Watched | Trend | Many |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "| B%zu | %zu | %s | %s | %s |\n", i, 1000 + i % 20, i / 20 % 2 ? "yes" : "no",
                   trends[i / 40], answer);
    buf_lit(&out, "| otherwise | | | | no |\n");
    portal_put(p, "content/policy/many.md", str_z(&p->arena, buf_str(&out)));
}

static void rows_that_are_too_many_to_be_tried_are_tried_as_their_table(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 1005, trend: up}\n");
    reviewed_edit(&v, "schools/birch.yaml", "score: 70", "score: 50");
    put_rows(&v.base, EDITS_MAX + 1, "no");
    put_rows(&v.head, EDITS_MAX + 1, "yes");
    reviewed_edit(&v, FRAMEWORK, "score < 20", "score < 31"); /* it comes after them, and stays by itself */
    assert_string_equal(
        changed(&v),
        "Ash many moved no > yes [table:many]\n"
        "Birch colour moved Blue > Amber [fact:school.score]\n"
        "Birch visits moved 2 visits a year > 6 visits a year [fact:school.score]\n"
        "Cedar colour settled Amber or Red, with Amber suggested > Red [vocabulary:facts.school.low]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 12 visits a year "
        "[vocabulary:facts.school.low]");
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_string_equal(str_z(&v.arena, value_words(value_at(cause, "words"))), "the table Many changed");
    reviewed_release(&v);
}

static void rows_that_are_just_few_enough_are_told_one_by_one(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 1005, trend: up}\n");
    put_rows(&v.base, EDITS_MAX, "no");
    put_rows(&v.head, EDITS_MAX, "yes");
    assert_string_equal(changed(&v), "Ash many moved no > yes [row:many/b5]");
    reviewed_release(&v);
}

/* A framework of so many facts, each with another label and another range. */
static void put_facts(struct portal *p, size_t count, const char *range) {
    struct buf out = {.arena = &p->arena};
    struct str text = str_from(framework);
    size_t at = (size_t)(strstr(framework, "  partnership:") - framework);
    buf_add(&out, str_sub(text, 0, at));
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "    more%zu: {label: More %zu, type: whole, range: %s}\n", i, i, range);
    buf_add(&out, str_sub(text, at, text.len));
    portal_put(p, FRAMEWORK, str_z(&p->arena, buf_str(&out)));
}

static void a_policy_that_is_changed_in_every_part_is_tried_as_a_whole(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    put_facts(&v.base, EDITS_MAX, "0 to 5");
    put_facts(&v.head, EDITS_MAX, "0 to 6");
    put_rows(&v.base, 3, "no"); /* which comes first, and decides nothing here */
    put_rows(&v.head, 3, "yes");
    reviewed_edit(&v, RULES, "| Blue | 2 |", "| Blue | 3 |");
    reviewed_edit(&v, "schools/ash.yaml", "score: 55", "score: 35");
    assert_string_equal(changed(&v), "Birch visits moved 2 visits a year > 3 visits a year [policy]\n"
                                     "Elm visits moved 2 visits a year > 3 visits a year [policy]");
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("the policy as a whole changed")));
    reviewed_release(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_never_be_is_a_cause),
        cmocka_unit_test(what_can_never_be_is_not_for_readers),
        cmocka_unit_test(one_of_two_tables_that_goes_is_a_cause),
        cmocka_unit_test(a_day_on_which_a_stay_ends_is_a_cause_for_that_school_alone),
        cmocka_unit_test(what_is_recorded_from_a_day_on_is_a_cause),
        cmocka_unit_test(a_value_and_the_day_are_undone_together),
        cmocka_unit_test(where_no_cause_is_needed_or_enough_a_least_set_is_named),
        cmocka_unit_test(what_is_needed_is_named_with_each_that_makes_it_enough),
        cmocka_unit_test(schools_with_other_records_do_not_share_causes),
        cmocka_unit_test(a_column_of_notes_that_comes_hides_no_cause),
        cmocka_unit_test(a_value_that_the_base_alone_reads_is_a_cause_too),
        cmocka_unit_test(rows_that_are_too_many_to_be_tried_are_tried_as_their_table),
        cmocka_unit_test(rows_that_are_just_few_enough_are_told_one_by_one),
        cmocka_unit_test(a_policy_that_is_changed_in_every_part_is_tried_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
