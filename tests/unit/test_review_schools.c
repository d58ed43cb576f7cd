/* SPDX-License-Identifier: MIT */
/* test_review_schools.c: whose decisions change, and that exactly what changed them is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/review_schools.h"
#include "review_fixture.h"

#define OFFICERS AUDIENCE_OFFICERS
#define RULES "content/policy/rules.md"
#define FRAMEWORK "content/framework.yaml"

static const char framework[] =
    "units: [visit]\n"
    "scales:\n"
    "  colour:\n"
    "    last: worst\n"
    "    values: {blue: Blue, amber: Amber, red: Red}\n"
    "  trend:\n"
    "    last: worst\n"
    "    values: {up: Up, steady: Steady, down: Down}\n"
    "facts:\n"
    "  school:\n"
    "    score: {label: Score, type: number, visible: public}\n"
    "    trend: {label: Trend, scale: trend, visible: officers}\n"
    "    watched: {label: Watched, type: yes/no, visible: public, missing: no}\n"
    "    low: {label: Low, type: yes/no, when: score < 20}\n"
    "    size: {label: Partnership size, type: whole, from: partnership.size, missing: not applicable}\n"
    "  partnership:\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    blues: {label: Blues, type: whole, range: 0 to 60, is: 'count(members[colour = \"blue\"])'}\n"
    "  member:\n"
    "    part: {label: Part, type: text, from: role}\n";

#define COLOUR                                                                                 \
    "<!-- decision: colour\nlabel: Colour\nid: Row\nhit: priority\noutputs: {colour: {label: " \
    "Colour, scale: colour, prefer: [red, amber, blue]}}\n-->\n\n"                             \
    "| Row | Score | Trend | Low | Watched | Colour |\n|---|---|---|---|---|---|\n"            \
    "| A1 | below 40 | Down | | | red |\n"                                                     \
    "| A2 | below 60 | | | | amber |\n"                                                        \
    "| A3 | at least 60 | | | | blue |\n"                                                      \
    "| A4 | | | yes | | red |\n"                                                               \
    "| A5 | | Steady | | yes | amber |\n\n"
#define VISITS                                                                                \
    "<!-- decision: visits\nlabel: Visits\noutputs: {visits: {label: Visits, type: visits a " \
    "year}}\n-->\n\n| Colour | Visits |\n|---|---|\n| Blue | 2 |\n| Amber | 6 |\n| Red | 12 |\n\n"
#define MIX                                                                                    \
    "<!-- decision: mix\nlabel: Mix\nsubject: partnership\noutputs: {mix: {label: Mix, type: " \
    "text}}\n-->\n\n| Blues | Mix |\n|---|---|\n| 0 | weak |\n| at least 1 | strong |\n"

static const char rules[] = "---\ntitle: Rules\n---\n\n## Rules\n\n" COLOUR VISITS MIX;

static void make(struct reviewed *v) {
    reviewed_make(v);
    reviewed_put(v, FRAMEWORK, framework);
    reviewed_put(v, RULES, rules);
    reviewed_put(v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 55, trend: steady}\n");
    reviewed_put(v, "schools/birch.yaml", SCHOOL("900002", "Birch") "facts: {score: 70, trend: up}\n");
    reviewed_put(v, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "facts: {score: 30}\n");
    reviewed_put(v, "schools/elm.yaml",
                 SCHOOL("900004", "Elm") "facts: {score: 90, trend: up}\n"
                                         "decisions: {colour: [{value: blue, from: 2025-09-01}]}\n");
}

static void add_words(struct buf *out, const struct value *v, const char *path) {
    buf_add(out, value_words(value_at(v, path)));
}

/* "Ash colour moved Amber > Blue [row:colour/a2]; ..." of all records. */
static const char *found(struct reviewed *v) {
    struct value value = review_schools(&v->review);
    const struct value *records = value_at(&value, "records");
    struct buf out = {.arena = &v->arena};
    for (uint32_t i = 0; i < records->count; i++) {
        const struct value *decisions = value_at(&records->items[i], "decisions");
        for (uint32_t j = 0; j < decisions->count; j++) {
            const struct value *d = &decisions->items[j], *outputs = value_at(d, "outputs"),
                               *causes = value_at(d, "causes");
            buf_add(&out, out.len ? STR("\n") : STR(""));
            add_words(&out, &records->items[i], "name");
            for (uint32_t k = 0; k < outputs->count; k++) {
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "id");
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "happened");
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "before.words");
                buf_lit(&out, " > ");
                add_words(&out, &outputs->items[k], "after.words");
            }
            for (uint32_t k = 0; k < causes->count; k++) {
                buf_add(&out, k ? STR(", ") : STR(" ["));
                add_words(&out, &causes->items[k], "id");
            }
            buf_lit(&out, "]");
        }
    }
    return str_z(&v->arena, buf_str(&out));
}

static const char *changed(struct reviewed *v) {
    reviewed_compute(v, OFFICERS);
    return found(v);
}

static void nothing_changed_gives_nothing(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    assert_string_equal(changed(&v), "");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 0);
    reviewed_release(&v);
}

static void the_row_whose_answer_changed_is_the_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A2 | below 60 | | | | amber |", "| A2 | below 60 | | | | blue |");
    assert_string_equal(
        changed(&v), "Ash colour moved Amber > Blue [row:colour/a2]\n"
                     "Ash visits moved 6 visits a year > 2 visits a year [row:colour/a2]\n"
                     "Cedar colour candidates Amber or Red, with Amber suggested > Blue or Red, with Blue "
                     "suggested [row:colour/a2]\n"
                     "Cedar visits candidates 6 or 12 visits a year, with 6 visits a year suggested > 2 or "
                     "12 visits a year, with 2 visits a year suggested [row:colour/a2]");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 2);
    assert_int_equal(v.review.found[REVIEW_CATEGORY_CHANGE], 2); /* what stands is what is suggested */
    reviewed_release(&v);
}

static void a_threshold_in_two_rows_names_both_where_both_are_needed(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A2 | below 60 |", "| A2 | below 50 |");
    reviewed_edit(&v, RULES, "| A3 | at least 60 |", "| A3 | at least 50 |");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [row:colour/a2, row:colour/a3]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [row:colour/a2, row:colour/a3]");
    reviewed_release(&v);
}

static void a_row_that_is_outranked_changes_nothing(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Steady | | | amber |");
    assert_string_equal(changed(&v), "");
    reviewed_release(&v);
}

static void a_change_that_merely_happened_is_not_named(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A5 | | Steady |", "| A5 | | Steady or Down |");
    reviewed_edit(&v, FRAMEWORK, "score < 20", "score < 10");
    reviewed_edit(&v, "schools/ash.yaml", "trend: steady", "trend: up");
    reviewed_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    reviewed_release(&v);
}

static void a_record_value_has_its_line_and_what_it_was(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    reviewed_compute(&v, OFFICERS);
    struct value value = review_schools(&v.review);
    const struct value *group = &value_at(&value, "groups")->items[0];
    const struct value *cause = &value_at(group, "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("Score changed from “55” to “65”")));
    assert_true(str_eq(value_words(value_at(cause, "page")), STR("schools/ash.yaml")));
    assert_int_equal(value_at(cause, "line")->count, 1);
    reviewed_release(&v);
}

static void a_derived_fact_is_the_cause_through_what_reads_it(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "score < 20", "score < 56");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Red [vocabulary:facts.school.low]\n"
        "Ash visits moved 6 visits a year > 12 visits a year [vocabulary:facts.school.low]\n"
        "Cedar colour settled Amber or Red, with Amber suggested > Red [vocabulary:facts.school.low]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 12 visits a year "
        "[vocabulary:facts.school.low]");
    assert_int_equal(v.review.found[REVIEW_SETTLED], 1);
    reviewed_release(&v);
}

static void what_silence_means_is_a_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "{label: Trend, scale: trend,",
                  "{label: Trend, scale: trend, missing: down,");
    assert_string_equal(
        changed(&v),
        "Cedar colour settled Amber or Red, with Amber suggested > Red [vocabulary:facts.school.trend]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 12 visits a year "
        "[vocabulary:facts.school.trend]");
    reviewed_release(&v);
}

static void two_causes_that_each_suffice_are_both_named(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Steady | | | red |");
    reviewed_edit(&v, FRAMEWORK, "score < 20", "'score < 20 or score = 55'");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Red [row:colour/a5, vocabulary:facts.school.low]\n"
        "Ash visits moved 6 visits a year > 12 visits a year [row:colour/a5, vocabulary:facts.school.low]");
    reviewed_release(&v);
}

static void two_causes_that_are_needed_together_are_both_named(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Up | | yes | red |");
    reviewed_edit(&v, "schools/birch.yaml", "trend: up", "trend: up, watched: yes");
    assert_string_equal(changed(&v), "Birch colour moved Blue > Red [row:colour/a5, fact:school.watched]\n"
                                     "Birch visits moved 2 visits a year > 12 visits a year [row:colour/a5, "
                                     "fact:school.watched]");
    reviewed_release(&v);
}

static void answers_whose_bits_moved_are_the_same_answers(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "values: {blue: Blue, amber", "values: {green: Green, blue: Blue, amber");
    reviewed_edit(&v, RULES, "prefer: [red, amber, blue]", "prefer: [red, amber, blue, green]");
    reviewed_edit(&v, RULES, "| A3 | at least 60 |", "| A0 | above 95 | | | | green |\n| A3 | 60 to 95 |");
    reviewed_edit(&v, RULES, "| Blue | 2 |", "| Green | 1 |\n| Blue | 2 |");
    assert_string_equal(changed(&v), "");
    reviewed_release(&v);
}

/* Without its place in `prefer` the new row would lose; the value itself has to be there for both. */
static void a_row_is_the_cause_and_not_the_value_that_it_needs(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "values: {blue: Blue, amber", "values: {green: Green, blue: Blue, amber");
    reviewed_edit(&v, RULES, "prefer: [red, amber, blue]", "prefer: [red, amber, green, blue]");
    reviewed_edit(&v, RULES, "| A3 | at least 60 |", "| A0 | 60 to 80 | | | | green |\n| A3 | at least 60 |");
    reviewed_edit(&v, RULES, "| Blue | 2 |", "| Green | 2 |\n| Blue | 2 |");
    assert_string_equal(changed(&v), "Birch colour moved Blue > Green [row:colour/a0, table:colour]");
    reviewed_release(&v);
}

static void rows_that_are_gone_or_new_are_causes(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, RULES, "| A1 | below 40 | Down | | | red |\n", "");
    assert_string_equal(changed(&v),
                        "Cedar colour settled Amber or Red, with Amber suggested > Amber [row:colour/a1]\n"
                        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 6 "
                        "visits a year [row:colour/a1]");
    reviewed_release(&v);
}

static void what_is_recorded_is_held_against_what_is_suggested(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/ash.yaml",
                  "facts:", "decisions: {colour: [{value: amber, from: 2025-09-01}]}\nfacts:");
    assert_string_equal(changed(&v), "Ash colour recorded Amber > Amber recorded [recorded:colour.colour]");
    reviewed_release(&v);
}

static void a_dated_value_that_comes_into_force_is_the_cause(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    const char ash[] =
        SCHOOL("900001", "Ash") "facts: {trend: steady, score: [{value: 55, from: 2025-01-01}, "
                                "{value: 75, from: 2026-05-20}]}\n";
    reviewed_put(&v, "schools/ash.yaml", ash);
    v.as_of[0] = "2026-05-01";
    v.as_of[1] = "2026-06-01";
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    reviewed_release(&v);
}

static void a_renamed_file_is_the_same_school(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_change(&v, "schools/ash.yaml", NULL);
    reviewed_change(&v, "schools/great-ash.yaml",
                    SCHOOL("900001", "Great Ash") "facts: {score: 65, trend: steady}\n");
    assert_string_equal(changed(&v),
                        "Great Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Great Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    reviewed_release(&v);
}

/* The school that had the number is gone; the one that has it now was another all along. */
static void a_number_that_another_school_takes_does_not_make_it_the_one_that_is_gone(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_change(&v, "schools/ash.yaml", NULL);
    reviewed_edit(&v, "schools/birch.yaml", "900002", "900001");
    assert_string_equal(changed(&v), "");
    reviewed_release(&v);
}

static void a_reader_is_told_nothing_that_is_withheld(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, "schools/cedar.yaml", "score: 30", "score: 30, trend: down");
    reviewed_compute(&v, AUDIENCE_PUBLIC);
    assert_string_equal(found(&v), "");
    reviewed_release(&v);
}

static void a_row_on_a_page_that_readers_do_not_have_is_withheld(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "content/policy/inner.md",
                 "---\ntitle: Inner\naudience: officers\n---\n\n## Inner\n\n<!-- decision: gate\nlabel: "
                 "Gate\noutputs: {gate: {label: Gate, type: yes/no}}\n-->\n\n| Score | Gate "
                 "|\n|---|---|\n| below 60 | yes |\n| at least 60 | no |\n");
    reviewed_edit(&v, "content/policy/inner.md", "at least 60 | no", "at least 60 | yes");
    reviewed_compute(&v, AUDIENCE_PUBLIC);
    assert_string_equal(found(&v),
                        "Birch gate moved no > yes [withheld]\nElm gate moved no > yes [withheld]");
    reviewed_release(&v);
}

static void readers_are_told_no_expression(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_edit(&v, FRAMEWORK, "score < 20", "score < 56");
    reviewed_compute(&v, AUDIENCE_PUBLIC);
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("the fact “Low” changed")));
    assert_int_equal(value_at(cause, "parts")->count, 0);
    reviewed_release(&v);
}

static void a_partnership_changes_by_what_its_members_say(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_put(&v, "content/partnerships/vale.md", PARTNERSHIP("Vale", "formed") "---\n\nText.\n");
    reviewed_put(&v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 55, trend: steady}\n"
                                         "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    reviewed_put(&v, "schools/birch.yaml",
                 SCHOOL("900002", "Birch") "facts: {score: 50, trend: steady}\n"
                                           "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    reviewed_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]\n"
                        "Vale mix moved weak > strong [member:vale/ash]");
    reviewed_release(&v);
}

static void a_column_that_is_added_is_no_cause_by_itself(void **state) {
    (void)state;
    struct reviewed v;
    make(&v);
    reviewed_change(
        &v, RULES,
        "---\ntitle: Rules\n---\n\n## Rules\n\n"
        "<!-- decision: colour\nlabel: Colour\nid: Row\nhit: priority\noutputs: {colour: {label: "
        "Colour, scale: colour, prefer: [red, amber, blue]}}\n-->\n\n"
        "| Row | Watched | Score | Trend | Low | Phase | Colour |\n|---|---|---|---|---|---|---|\n"
        "| A1 | | below 40 | Down | | | red |\n"
        "| A2 | | below 60 | | | | amber |\n"
        "| A3 | | at least 60 | Steady or Down | | | blue |\n"
        "| A3b | | at least 60 | Up | | | red |\n"
        "| A4 | | | | yes | | red |\n"
        "| A5 | yes | | Steady | | | amber |\n\n" VISITS MIX);
    reviewed_edit(&v, RULES, " Phase |", " Size |");
    reviewed_edit(&v, RULES, " Size |", " Partnership size |");
    portal_put(&v.base, "schools/elm.yaml", SCHOOL("900004", "Elm") "facts: {score: 20, trend: up}\n");
    portal_put(&v.head, "schools/elm.yaml", SCHOOL("900004", "Elm") "facts: {score: 20, trend: up}\n");
    assert_string_equal(changed(&v),
                        "Birch colour moved Blue > Red [row:colour/a3b]\n"
                        "Birch visits moved 2 visits a year > 12 visits a year [row:colour/a3b]");
    reviewed_release(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changed_gives_nothing),
        cmocka_unit_test(the_row_whose_answer_changed_is_the_cause),
        cmocka_unit_test(a_threshold_in_two_rows_names_both_where_both_are_needed),
        cmocka_unit_test(a_row_that_is_outranked_changes_nothing),
        cmocka_unit_test(a_change_that_merely_happened_is_not_named),
        cmocka_unit_test(a_record_value_has_its_line_and_what_it_was),
        cmocka_unit_test(a_derived_fact_is_the_cause_through_what_reads_it),
        cmocka_unit_test(what_silence_means_is_a_cause),
        cmocka_unit_test(two_causes_that_each_suffice_are_both_named),
        cmocka_unit_test(two_causes_that_are_needed_together_are_both_named),
        cmocka_unit_test(answers_whose_bits_moved_are_the_same_answers),
        cmocka_unit_test(a_row_is_the_cause_and_not_the_value_that_it_needs),
        cmocka_unit_test(rows_that_are_gone_or_new_are_causes),
        cmocka_unit_test(what_is_recorded_is_held_against_what_is_suggested),
        cmocka_unit_test(a_dated_value_that_comes_into_force_is_the_cause),
        cmocka_unit_test(a_renamed_file_is_the_same_school),
        cmocka_unit_test(a_number_that_another_school_takes_does_not_make_it_the_one_that_is_gone),
        cmocka_unit_test(a_reader_is_told_nothing_that_is_withheld),
        cmocka_unit_test(a_row_on_a_page_that_readers_do_not_have_is_withheld),
        cmocka_unit_test(readers_are_told_no_expression),
        cmocka_unit_test(a_partnership_changes_by_what_its_members_say),
        cmocka_unit_test(a_column_that_is_added_is_no_cause_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
