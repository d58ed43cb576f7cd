/* SPDX-License-Identifier: MIT */
/* test_review_schools.c: whose decisions change, and that exactly what changed them is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/review_records.h"
#include "edge/review_schools.h"
#include "edge/review_why.h"
#include "versions_fixture.h"

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

static void make(struct versions *v) {
    versions_make(v);
    versions_put(v, FRAMEWORK, framework);
    versions_put(v, RULES, rules);
    versions_put(v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 55, trend: steady}\n");
    versions_put(v, "schools/birch.yaml", SCHOOL("900002", "Birch") "facts: {score: 70, trend: up}\n");
    versions_put(v, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "facts: {score: 30}\n");
    versions_put(v, "schools/elm.yaml",
                 SCHOOL("900004", "Elm") "facts: {score: 90, trend: up}\n"
                                         "decisions: {colour: [{value: blue, from: 2025-09-01}]}\n");
}

static void add_words(struct buf *out, const struct value *v, const char *path) {
    buf_add(out, value_words(value_at(v, path)));
}

/* "Ash colour moved Amber > Blue [row:colour/a2]; ..." of all records. */
static const char *found(struct versions *v) {
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

static const char *changed(struct versions *v) {
    versions_bind(v, OFFICERS);
    return found(v);
}

static void nothing_changed_gives_nothing(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    assert_string_equal(changed(&v), "");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 0);
    versions_release(&v);
}

static void the_row_whose_answer_changed_is_the_cause(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A2 | below 60 | | | | amber |", "| A2 | below 60 | | | | blue |");
    assert_string_equal(
        changed(&v), "Ash colour moved Amber > Blue [row:colour/a2]\n"
                     "Ash visits moved 6 visits a year > 2 visits a year [row:colour/a2]\n"
                     "Cedar colour candidates Amber or Red, with Amber suggested > Blue or Red, with Blue "
                     "suggested [row:colour/a2]\n"
                     "Cedar visits candidates 6 or 12 visits a year, with 6 visits a year suggested > 2 or "
                     "12 visits a year, with 2 visits a year suggested [row:colour/a2]");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 2);
    assert_int_equal(v.review.found[REVIEW_CATEGORY_CHANGE], 2); /* what stands is what is suggested */
    versions_release(&v);
}

static void a_threshold_in_two_rows_names_both_where_both_are_needed(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A2 | below 60 |", "| A2 | below 50 |");
    versions_edit(&v, RULES, "| A3 | at least 60 |", "| A3 | at least 50 |");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [row:colour/a2, row:colour/a3]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [row:colour/a2, row:colour/a3]");
    versions_release(&v);
}

static void a_row_that_is_outranked_changes_nothing(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Steady | | | amber |");
    assert_string_equal(changed(&v), "");
    versions_release(&v);
}

static void a_change_that_merely_happened_is_not_named(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A5 | | Steady |", "| A5 | | Steady or Down |");
    versions_edit(&v, FRAMEWORK, "score < 20", "score < 10");
    versions_edit(&v, "schools/ash.yaml", "trend: steady", "trend: up");
    versions_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    versions_release(&v);
}

static void a_record_value_has_its_line_and_what_it_was(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    versions_bind(&v, OFFICERS);
    struct value value = review_schools(&v.review);
    const struct value *group = &value_at(&value, "groups")->items[0];
    const struct value *cause = &value_at(group, "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("Score changed from “55” to “65”")));
    assert_true(str_eq(value_words(value_at(cause, "page")), STR("schools/ash.yaml")));
    assert_int_equal(value_at(cause, "line")->count, 1);
    versions_release(&v);
}

static void a_derived_fact_is_the_cause_through_what_reads_it(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, FRAMEWORK, "score < 20", "score < 56");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Red [vocabulary:facts.school.low]\n"
        "Ash visits moved 6 visits a year > 12 visits a year [vocabulary:facts.school.low]\n"
        "Cedar colour settled Amber or Red, with Amber suggested > Red [vocabulary:facts.school.low]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 12 visits a year "
        "[vocabulary:facts.school.low]");
    assert_int_equal(v.review.found[REVIEW_SETTLED], 1);
    versions_release(&v);
}

static void what_silence_means_is_a_cause(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, FRAMEWORK, "{label: Trend, scale: trend,",
                  "{label: Trend, scale: trend, missing: down,");
    assert_string_equal(
        changed(&v),
        "Cedar colour settled Amber or Red, with Amber suggested > Red [vocabulary:facts.school.trend]\n"
        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 12 visits a year "
        "[vocabulary:facts.school.trend]");
    versions_release(&v);
}

static void two_causes_that_each_suffice_are_both_named(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Steady | | | red |");
    versions_edit(&v, FRAMEWORK, "score < 20", "'score < 20 or score = 55'");
    assert_string_equal(
        changed(&v),
        "Ash colour moved Amber > Red [row:colour/a5, vocabulary:facts.school.low]\n"
        "Ash visits moved 6 visits a year > 12 visits a year [row:colour/a5, vocabulary:facts.school.low]");
    versions_release(&v);
}

static void two_causes_that_are_needed_together_are_both_named(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A5 | | Steady | | yes | amber |", "| A5 | | Up | | yes | red |");
    versions_edit(&v, "schools/birch.yaml", "trend: up", "trend: up, watched: yes");
    assert_string_equal(changed(&v), "Birch colour moved Blue > Red [row:colour/a5, fact:school.watched]\n"
                                     "Birch visits moved 2 visits a year > 12 visits a year [row:colour/a5, "
                                     "fact:school.watched]");
    versions_release(&v);
}

static void answers_whose_bits_moved_are_the_same_answers(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, FRAMEWORK, "values: {blue: Blue, amber", "values: {green: Green, blue: Blue, amber");
    versions_edit(&v, RULES, "prefer: [red, amber, blue]", "prefer: [red, amber, blue, green]");
    versions_edit(&v, RULES, "| A3 | at least 60 |", "| A0 | above 95 | | | | green |\n| A3 | 60 to 95 |");
    versions_edit(&v, RULES, "| Blue | 2 |", "| Green | 1 |\n| Blue | 2 |");
    assert_string_equal(changed(&v), "");
    versions_release(&v);
}

/* Without its place in `prefer` the new row would lose; the value itself has to be there for both. */
static void a_row_is_the_cause_and_not_the_value_that_it_needs(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, FRAMEWORK, "values: {blue: Blue, amber", "values: {green: Green, blue: Blue, amber");
    versions_edit(&v, RULES, "prefer: [red, amber, blue]", "prefer: [red, amber, green, blue]");
    versions_edit(&v, RULES, "| A3 | at least 60 |", "| A0 | 60 to 80 | | | | green |\n| A3 | at least 60 |");
    versions_edit(&v, RULES, "| Blue | 2 |", "| Green | 2 |\n| Blue | 2 |");
    assert_string_equal(changed(&v), "Birch colour moved Blue > Green [row:colour/a0, table:colour]");
    versions_release(&v);
}

static void rows_that_are_gone_or_new_are_causes(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "| A1 | below 40 | Down | | | red |\n", "");
    assert_string_equal(changed(&v),
                        "Cedar colour settled Amber or Red, with Amber suggested > Amber [row:colour/a1]\n"
                        "Cedar visits settled 6 or 12 visits a year, with 6 visits a year suggested > 6 "
                        "visits a year [row:colour/a1]");
    versions_release(&v);
}

static void what_is_recorded_is_held_against_what_is_suggested(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, "schools/ash.yaml",
                  "facts:", "decisions: {colour: [{value: amber, from: 2025-09-01}]}\nfacts:");
    assert_string_equal(changed(&v), "Ash colour recorded Amber > Amber recorded [recorded:colour.colour]");
    versions_release(&v);
}

static void a_dated_value_that_comes_into_force_is_the_cause(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    const char ash[] =
        SCHOOL("900001", "Ash") "facts: {trend: steady, score: [{value: 55, from: 2025-01-01}, "
                                "{value: 75, from: 2026-05-20}]}\n";
    versions_put(&v, "schools/ash.yaml", ash);
    v.as_of[0] = "2026-05-01";
    v.as_of[1] = "2026-06-01";
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    versions_release(&v);
}

static void a_renamed_file_is_the_same_school(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_change(&v, "schools/ash.yaml", NULL);
    versions_change(&v, "schools/great-ash.yaml",
                    SCHOOL("900001", "Great Ash") "facts: {score: 65, trend: steady}\n");
    assert_string_equal(changed(&v),
                        "Great Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Great Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]");
    versions_release(&v);
}

static void a_reader_is_told_nothing_that_is_withheld(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, "schools/cedar.yaml", "score: 30", "score: 30, trend: down");
    versions_bind(&v, AUDIENCE_PUBLIC);
    assert_string_equal(found(&v), "");
    versions_release(&v);
}

static void a_row_on_a_page_that_readers_do_not_have_is_withheld(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_put(&v, "content/policy/inner.md",
                 "---\ntitle: Inner\naudience: officers\n---\n\n## Inner\n\n<!-- decision: gate\nlabel: "
                 "Gate\noutputs: {gate: {label: Gate, type: yes/no}}\n-->\n\n| Score | Gate "
                 "|\n|---|---|\n| below 60 | yes |\n| at least 60 | no |\n");
    versions_edit(&v, "content/policy/inner.md", "at least 60 | no", "at least 60 | yes");
    versions_bind(&v, AUDIENCE_PUBLIC);
    assert_string_equal(found(&v),
                        "Birch gate moved no > yes [withheld]\nElm gate moved no > yes [withheld]");
    versions_release(&v);
}

static void readers_are_told_no_expression(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, FRAMEWORK, "score < 20", "score < 56");
    versions_bind(&v, AUDIENCE_PUBLIC);
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("the fact “Low” changed")));
    assert_int_equal(value_at(cause, "parts")->count, 0);
    versions_release(&v);
}

static void a_partnership_changes_by_what_its_members_say(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_put(&v, "content/partnerships/vale.md", PARTNERSHIP("Vale", "formed") "---\n\nText.\n");
    versions_put(&v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 55, trend: steady}\n"
                                         "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    versions_put(&v, "schools/birch.yaml",
                 SCHOOL("900002", "Birch") "facts: {score: 50, trend: steady}\n"
                                           "memberships: [{partnership: vale, from: 2020-01-01}]\n");
    versions_edit(&v, "schools/ash.yaml", "score: 55", "score: 65");
    assert_string_equal(changed(&v),
                        "Ash colour moved Amber > Blue [fact:school.score]\n"
                        "Ash visits moved 6 visits a year > 2 visits a year [fact:school.score]\n"
                        "Vale mix moved weak > strong [member:vale/ash]");
    versions_release(&v);
}

static void a_column_that_is_added_is_no_cause_by_itself(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_change(
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
    versions_edit(&v, RULES, " Phase |", " Size |");
    versions_edit(&v, RULES, " Size |", " Partnership size |");
    portal_put(&v.base, "schools/elm.yaml", SCHOOL("900004", "Elm") "facts: {score: 20, trend: up}\n");
    portal_put(&v.head, "schools/elm.yaml", SCHOOL("900004", "Elm") "facts: {score: 20, trend: up}\n");
    assert_string_equal(changed(&v),
                        "Birch colour moved Blue > Red [row:colour/a3b]\n"
                        "Birch visits moved 2 visits a year > 12 visits a year [row:colour/a3b]");
    versions_release(&v);
}

/* Where the head reads a fact from another field, what was in the field that the base read is no difference to the head. */
static void a_value_that_the_base_alone_reads_is_a_cause_too(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    struct str text = str_from(framework);
    size_t at = (size_t)(strstr(framework, "type: yes/no, visible") - framework);
    versions_put(&v, FRAMEWORK,
                 str_z(&v.arena, str_join(&v.arena, str_sub(text, 0, at), STR("from: nursery, "),
                                          str_sub(text, at, text.len))));
    versions_edit(&v, FRAMEWORK, "from: nursery", "from: sixth_form");
    versions_put(&v, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "facts: {score: 70, trend: steady}\nnursery: yes\nsixth_form: no\n");
    versions_put(
        &v, "schools/birch.yaml",
        SCHOOL("900002", "Birch") "facts: {score: 70, trend: steady}\nnursery: yes\nsixth_form: no\n");
    versions_edit(&v, "schools/birch.yaml", "nursery: yes", "nursery: no");
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
    versions_release(&v);
}

/* ---- schools that come and go ---- */

static void a_school_that_opens_or_closes_is_no_school_whose_decisions_change(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, "schools/ash.yaml", "phase:", "status: closed\nclosed: 2026-04-01\nphase:");
    portal_put(
        &v.base, "schools/birch.yaml",
        SCHOOL("900002", "Birch") "status: closed\nclosed: 2026-04-01\nfacts: {score: 70, trend: up}\n");
    versions_change(&v, "schools/elm.yaml", NULL);
    versions_change(&v, "schools/fir.yaml", SCHOOL("900005", "Fir") "facts: {score: 20}\n");
    assert_string_equal(changed(&v), "");
    assert_int_equal(v.review.found[REVIEW_DECISION_CHANGE], 0);
    struct value records = review_records(&v.review);
    const struct value *schools = value_at(&records, "schools");
    static const char *const statuses[] = {"closed", "reopened", "gone", "new"};
    assert_int_equal(schools->count, 4);
    for (uint32_t i = 0; i < schools->count; i++)
        assert_true(str_eq(value_words(value_at(&schools->items[i], "status")), str_from(statuses[i])));
    versions_release(&v);
}

/* ---- one side alone ---- */

static void a_decision_that_one_side_alone_has_is_named(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_edit(&v, RULES, "decision: visits\nlabel: Visits", "decision: calls\nlabel: Calls");
    assert_string_equal(changed(&v), "");
    struct value value = review_schools(&v.review);
    const struct value *left = value_at(&value, "uncompared");
    assert_int_equal(left->count, 2);
    assert_true(str_eq(value_words(value_at(&left->items[0], "decision")), STR("visits")));
    assert_false(value_is_true(&left->items[0], "new"));
    assert_true(str_eq(value_words(value_at(&left->items[1], "decision")), STR("calls")));
    assert_true(value_is_true(&left->items[1], "new"));
    versions_release(&v);
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
    struct versions v;
    make(&v);
    versions_put(&v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 1005, trend: up}\n");
    versions_edit(&v, "schools/birch.yaml", "score: 70", "score: 50");
    put_rows(&v.base, EDITS_MAX + 1, "no");
    put_rows(&v.head, EDITS_MAX + 1, "yes");
    assert_string_equal(changed(&v),
                        "Ash many moved no > yes [table:many]\n"
                        "Birch colour moved Blue > Amber [fact:school.score]\n"
                        "Birch visits moved 2 visits a year > 6 visits a year [fact:school.score]");
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_string_equal(str_z(&v.arena, value_words(value_at(cause, "words"))), "the table Many changed");
    versions_release(&v);
}

static void rows_that_are_just_few_enough_are_told_one_by_one(void **state) {
    (void)state;
    struct versions v;
    make(&v);
    versions_put(&v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 1005, trend: up}\n");
    put_rows(&v.base, EDITS_MAX, "no");
    put_rows(&v.head, EDITS_MAX, "yes");
    assert_string_equal(changed(&v), "Ash many moved no > yes [row:many/b5]");
    versions_release(&v);
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
    struct versions v;
    make(&v);
    put_facts(&v.base, EDITS_MAX, "0 to 5");
    put_facts(&v.head, EDITS_MAX, "0 to 6");
    put_rows(&v.base, 3, "no"); /* which comes first, and decides nothing here */
    put_rows(&v.head, 3, "yes");
    versions_edit(&v, RULES, "| Blue | 2 |", "| Blue | 3 |");
    versions_edit(&v, "schools/ash.yaml", "score: 55", "score: 35");
    assert_string_equal(changed(&v), "Birch visits moved 2 visits a year > 3 visits a year [policy]\n"
                                     "Elm visits moved 2 visits a year > 3 visits a year [policy]");
    struct value value = review_schools(&v.review);
    const struct value *cause = &value_at(&value_at(&value, "groups")->items[0], "causes")->items[0];
    assert_true(str_eq(value_words(value_at(cause, "words")), STR("the policy as a whole changed")));
    versions_release(&v);
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
        cmocka_unit_test(a_reader_is_told_nothing_that_is_withheld),
        cmocka_unit_test(a_row_on_a_page_that_readers_do_not_have_is_withheld),
        cmocka_unit_test(readers_are_told_no_expression),
        cmocka_unit_test(a_partnership_changes_by_what_its_members_say),
        cmocka_unit_test(a_column_that_is_added_is_no_cause_by_itself),
        cmocka_unit_test(a_value_that_the_base_alone_reads_is_a_cause_too),
        cmocka_unit_test(a_school_that_opens_or_closes_is_no_school_whose_decisions_change),
        cmocka_unit_test(a_decision_that_one_side_alone_has_is_named),
        cmocka_unit_test(rows_that_are_too_many_to_be_tried_are_tried_as_their_table),
        cmocka_unit_test(rows_that_are_just_few_enough_are_told_one_by_one),
        cmocka_unit_test(a_policy_that_is_changed_in_every_part_is_tried_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
