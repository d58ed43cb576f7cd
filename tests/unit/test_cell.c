/* SPDX-License-Identifier: MIT */
/* test_cell.c: words as sets of values, and what is said of words that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char framework[] =
    "units: [visit, meeting]\n"
    "scales:\n"
    "  grade: {values: {inadequate: [Inadequate, 4], ri: [Requires improvement, RI, 3], good: [Good, 2],\n"
    "    outstanding: [Outstanding, 1]}, last: best, beside: {none_yet: Not inspected}}\n"
    "  level: {values: {star: GREEN*, green: GREEN, amber: AMBER, red: RED, blue: BLUE}, last: worst}\n"
    "  type: {values: {community: Community, academy: Academy, free: Free school}}\n"
    "  twins: {values: {one: Same, two: Same, three: Other}}\n"
    "  word: {values: {none: None at all, some_of: Some of it}}\n"
    "facts:\n"
    "  school:\n"
    "    grade: {label: Ofsted grade, scale: grade, missing: [good, not applicable]}\n"
    "    before: {label: Previous judgement, scale: grade}\n"
    "    level: {label: Monitoring level, scale: level}\n"
    "    type: {label: School type, scale: type}\n"
    "    twins: {label: Twins, scale: twins}\n"
    "    word: {label: Word, scale: word}\n"
    "    trend: {label: Data, set of: {improving: Improving, declining: Declining, not_improving: Not "
    "improving}}\n"
    "    all_measures: {label: Below all measures, type: yes/no}\n"
    "    three: {label: 3 with leadership 2, type: yes/no}\n"
    "    third: {label: At most a third, type: yes/no}\n"
    "    sef: {label: SEF validated as, scale: grade}\n"
    "    size: {label: Size, type: whole}\n"
    "    gap: {label: Gap to national, type: number, unit: points}\n"
    "    rwm: {label: \"Reading, writing and maths\", type: number, unit: '%'}\n"
    "    started: {label: Head started, type: date}\n"
    "    length: {label: Planned length, type: duration}\n"
    "    notice: {label: Notice, type: duration, unit: days}\n"
    "    meetings: {label: Meetings, type: dates}\n"
    "    trust: {label: Trust, type: text}\n"
    "    wishes: {label: Wishes, type: list}\n"
    "    agenda: {label: \"Agenda, days before\", type: number}\n"
    "    double.a: {label: Double, type: yes/no}\n"
    "    double.b: {label: Double, type: yes/no}\n"
    "    local: {label: Community, type: yes/no}\n";

/* The condition of one cell under a header. */
static void means(const char *header, const char *cell, const char *expected) {
    struct fixture f;
    struct arena keep = {0};
    struct buf page = {.arena = &keep};
    buf_printf(&page,
               "<!-- decision: d\noutputs: {out: yes/no}\n-->\n\n| %s | Out |\n|---|---|\n| %s | yes |\n",
               header, cell);
    fixture_read(&f, framework, str_z(&keep, buf_str(&page)));
    if (f.diags.count)
        fail_msg("%s | %s: " STR_FMT " " STR_FMT, header, cell, STR_ARG(fixture_said(&f)),
                 STR_ARG(f.diags.items[0].text));
    struct str said = condition_words(&f, row_at(&f, "d", 0)->cells[0].condition);
    if (!str_eq(said, str_from(expected)))
        fail_msg("%s | %s means \"" STR_FMT "\", not \"%s\"", header, cell, STR_ARG(said), expected);
    arena_release(&keep);
    arena_release(&f.arena);
}

/* What is said of one cell, with the column in the text of the cell; each begins in column 3. */
static void refuses(const char *header, const char *cell, const char *expected) {
    struct arena keep = {0};
    struct buf page = {.arena = &keep};
    buf_printf(&page,
               "<!-- decision: d\noutputs: {out: yes/no}\n-->\n\n| %s | Out |\n|---|---|\n| %s | yes |\n",
               header, cell);
    fixture_says(framework, str_z(&keep, buf_str(&page)), expected);
    arena_release(&keep);
}

struct words {
    const char *header, *cell, *means;
};

static void all_mean(const struct words *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        means(cases[i].header, cases[i].cell, cases[i].means);
}

static void all_refuse(const struct words *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        refuses(cases[i].header, cases[i].cell, cases[i].means);
}

/* ---- values ---- */

static void blank_cells_hold_always(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Ofsted grade", "", "true"},
        {"Ofsted grade", "any", "true"},
        {"Ofsted grade", "-", "true"},
        {"Ofsted grade", "–", "true"},
        {"Ofsted grade", "\xe2\x80\x94", "true"},
        {"Whatever", "Any", "true"},
    };
    all_mean(cases, COUNT(cases));
}

static void values_are_sets_by_label_or_id(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Ofsted grade", "good", "grade: good"},
        {"Ofsted grade", "2, 3 or RI", "grade: ri good"},
        {"grade", "**Good** or [Outstanding](x.md)", "grade: good outstanding"},
        {"Ofsted grade", "Requires improvement, or Not inspected", "grade: ri none_yet"},
        {"Monitoring level", "GREEN* or green", "level: star green"},
        {"Monitoring level", "GREEN*", "level: star"},
        {"Word", "none", "word: none"},
        {"Below all measures", "yes", "all_measures: yes"},
        {"Below all measures", "no", "all_measures: no"},
    };
    all_mean(cases, COUNT(cases));
}

static void not_takes_the_whole_list(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"School type", "not Academy or Free school", "type: community"},
        {"Ofsted grade", "not Good", "grade: inadequate ri outstanding none_yet"},
        {"Words", "School type: not Academy", "type: community free"},
        {"Words", "not Below all measures", "all_measures: no"},
        {"Data", "not Declining or Improving", "(trend.declining: no & trend.improving: no)"},
        {"Data", "not Declining or Below all measures", "(trend.declining: no & all_measures: no)"},
        {"Data", "Not improving", "trend.not_improving: yes"},
        {"Data", "not Not improving", "trend.not_improving: no"},
        {"Data", "not none", "(trend.improving: yes | trend.declining: yes | trend.not_improving: yes)"},
        {"Size", "not 2", "size outside [2..2]"},
    };
    all_mean(cases, COUNT(cases));
}

static void comparisons_follow_the_scale(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Ofsted grade", "Good or better", "grade: good outstanding"},
        {"Ofsted grade", "RI or worse", "grade: inadequate ri"},
        {"Ofsted grade", "below good", "grade: inadequate ri"},
        {"Ofsted grade", "at most RI", "grade: inadequate ri"},
        {"Ofsted grade", "above good", "grade: outstanding"},
        {"Ofsted grade", "up to Good or Not inspected", "grade: inadequate ri good none_yet"},
        {"Monitoring level", "at least AMBER", "level: amber red blue"},
        {"Monitoring level", "AMBER to BLUE", "level: amber red blue"},
        {"Monitoring level", "GREEN or better", "level: star green"},
        {"Monitoring level", "RED or worse", "level: red blue"},
        {"Monitoring level", "GREEN* to GREEN, or BLUE", "level: star green blue"},
    };
    all_mean(cases, COUNT(cases));
}

/* ---- numbers, days, durations ---- */

static void numbers_have_units_minus_signs_and_ranges(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Gap to national", "above 3", "gap: (3..)"},
        {"Gap to national", "-3 to 3 points", "gap: [-3..3]"},
        {"Gap to national",
         "below \xe2\x88\x92"
         "3",
         "gap: (..-3)"},
        {"Gap to national",
         "\xe2\x88\x92"
         "0.5",
         "gap: [-0.5..-0.5]"},
        {"Reading, writing and maths", "at least 65%", "rwm: [65..)"},
        {"rwm", "at most 65 %", "rwm: (..65]"},
        {"Size", "2 to 6", "size: [2..6]"},
        {"Size", "2 or 4", "(size: [2..2] | size: [4..4])"},
        {"Size", "none", "size: absent"},
        {"Size", "some", "size outside"},
        {"Words", "Agenda, days before: at least 4", "agenda: [4..)"},
        {"Words", "Size 2 to 6 or none", "(size: [2..6] | size: absent)"},
    };
    all_mean(cases, COUNT(cases));
}

static void days_and_lengths_of_time_have_their_forms(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Head started", "at least 1970-01-03", "started: [2..)"},
        {"Head started", "1 January 1970 to 3 January 1970", "started: [0..2]"},
        {"Planned length", "at least 1 year", "length: [12..)"},
        {"Planned length", "3 months to 2 years", "length: [3..24]"},
        {"Notice", "at least 1 week", "notice: [604800..)"},
        {"Notice", "up to 2 days", "notice: (..172800]"},
    };
    all_mean(cases, COUNT(cases));
}

static void quantities_count_dates_of_the_year(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Meetings", "at least 1 a term", "meetings: [3..)"},
        {"Meetings", "termly", "meetings: [3..3]"},
        {"Meetings", "3 to 6 a year", "meetings: [3..6]"},
        {"Meetings", "1 to 2 meetings a term", "meetings: [3..6]"},
        {"Meetings", "at most 2", "meetings: [0..2] absent"},
        {"Meetings", "none", "meetings: [0..0] absent"},
        {"Meetings", "some", "meetings outside [0..0]"},
        {"Meetings", "below 1 a term", "meetings: (..3) absent"},
    };
    all_mean(cases, COUNT(cases));
}

/* ---- words that are no values ---- */

static void keywords_ask_for_absence_and_for_the_record(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Data", "none", "(trend.improving: no & trend.declining: no & trend.not_improving: no)"},
        {"Data", "some", "(trend.improving: yes | trend.declining: yes | trend.not_improving: yes)"},
        {"Data", "recorded", "trend.improving recorded: yes"},
        {"Trust", "none", "trust: absent"},
        {"Wishes", "some", "wishes: some"},
        {"Ofsted grade", "not applicable", "grade: na"},
        {"Ofsted grade", "not determined", "grade: nd"},
        {"Ofsted grade", "not recorded", "grade recorded: no"},
        {"Ofsted grade", "Good or recorded", "(grade: good | grade recorded: yes)"},
        {"Word", "some", "word: some_of"},
        {"Words", "Head started: recorded", "started recorded: yes"},
    };
    all_mean(cases, COUNT(cases));
}

static void the_past_is_a_question_of_its_own(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Ofsted grade", "RI in the last 2 years",
         "Ofsted grade Requires improvement in the last 2 years: yes"},
        {"Ofsted grade", "Good or RI in the last year",
         "Ofsted grade Requires improvement or Good in the last year: yes"},
        {"Ofsted grade", "not RI in the last 18 months",
         "Ofsted grade Requires improvement in the last 18 months: no"},
        {"Data", "Improving in the last 3 weeks", "Improving in the last 3 weeks: yes"},
        {"Words", "Head started: in the last year", "Head started in the last year: yes"},
        {"Head started", "in the last 10 days", "Head started in the last 10 days: yes"},
        {"Words", "Below all measures in the last year", "Below all measures in the last year: yes"},
    };
    all_mean(cases, COUNT(cases));
}

/* ---- several facts ---- */

static void items_name_facts_of_their_own(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Data", "Improving or SEF validated as 1", "(trend.improving: yes | sef: outstanding)"},
        {"Data", "Declining or Below all measures", "(trend.declining: yes | all_measures: yes)"},
        {"Data", "SEF validated as 1 or 2, or Improving", "(sef: good outstanding | trend.improving: yes)"},
        {"Previous judgement", "1, 2 or 3 with leadership 2", "(before: good outstanding | three: yes)"},
        {"Words", "At most a third or Size 2", "(third: yes | size: [2..2])"},
        {"Words", "Below all measures; SEF validated as good", "(all_measures: yes & sef: good)"},
        {"Words", "School type: Academy or Free school", "type: academy free"},
        {"Words", "double.a", "double.a: yes"},
        {"Words", "Data: Improving or Declining", "(trend.improving: yes | trend.declining: yes)"},
    };
    all_mean(cases, COUNT(cases));
}

static void code_is_an_expression(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Size", "`? > 3`", "size: (3..)"},
        {"Words", "`size > 3 and all_measures`", "(size: (3..) & all_measures: yes)"},
        {"Words", "not `all_measures`", "all_measures: no"},
        {"Words", "Below all measures or `size = 2`", "(all_measures: yes | size: [2..2])"},
    };
    all_mean(cases, COUNT(cases));
}

/* ---- mistakes ---- */

static void unknown_words_are_errors_at_their_column(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Ofsted grade", "Goood", "cell-unknown@7:3"},
        {"Ofsted grade", "**Outstanding** or Goood", "cell-unknown@7:22"},
        {"Ofsted grade", "Good enough", "cell-left-over@7:8"},
        {"Ofsted grade", "Outstanding and RI", "cell-left-over@7:15"},
        {"Whatever", "Goood", "cell-no-fact@7:3"},
        {"Whatever", "Below all measures; Ofsted grad: RI", "cell-no-fact@7:23"},
        {"Ofsted grade", "RI; Outstanding", "cell-semicolon@7:5"},
        {"Ofsted grade", "RI or not Outstanding", "cell-not@7:9"},
        {"Words", "Below all measures or School type: not Academy", "cell-not@7:38"},
        {"Words", "School type", "cell-no-test@7:3"},
        {"Trust", "Some Trust", "cell-left-over@7:8"},
        {"Trust", "Acorn", "cell-no-values@7:3"},
        {"Size", "`? > size", "cell-code@7:3"},
        {"Size", "`? > size +`", "feel-syntax@7:14"},
    };
    all_refuse(cases, COUNT(cases));
}

static void two_things_of_one_name_are_errors(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Twins", "Same", "cell-two-things@7:3"},
        {"Words", "Double", "cell-two-things@7:3"},
        {"Double", "yes", "cell-two-things@5:3"},
        {"School type", "Community", "cell-two-things@7:3"},
        {"School type", "community or Academy", "cell-two-things@7:3"},
    };
    all_refuse(cases, COUNT(cases));
}

static void comparisons_without_order_are_errors(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"School type", "Academy or better", "cell-no-direction@7:3"},
        {"Ofsted grade", "at least Not inspected", "cell-beside@7:12"},
        {"Data", "at least Improving", "cell-no-order@7:12"},
        {"Below all measures", "above no", "cell-no-order@7:9"},
        {"Ofsted grade", "Outstanding to RI", "cell-backwards@7:3"},
        {"Size", "6 to 2", "cell-backwards@7:3"},
    };
    all_refuse(cases, COUNT(cases));
}

static void numbers_and_days_that_are_none_are_errors(void **state) {
    (void)state;
    static const struct words cases[] = {
        {"Size", "at least 1,000", "cell-comma@7:12"},
        {"Size", "many", "cell-number@7:3"},
        {"Size", "at least two", "cell-number@7:12"},
        {"Size", "3 points", "cell-left-over@7:5"},
        {"Head started", "at least 2019-02-30", "cell-date@7:12"},
        {"Head started", "31 June 2019", "cell-date@7:3"},
        {"Head started", "in 2019", "cell-date-form@7:3"},
        {"Planned length", "at least 10 days", "cell-duration@7:12"},
        {"Planned length", "at least 1", "cell-duration@7:12"},
        {"Meetings", "often", "cell-quantity@7:3"},
        {"Size", "2 in the last year", "cell-in-last@7:3"},
        {"Ofsted grade", "not recorded in the last year", "cell-in-last@7:3"},
    };
    all_refuse(cases, COUNT(cases));
}

static void a_cell_has_so_many_alternatives_and_no_more(void **state) {
    (void)state;
    for (size_t n = CELL_ITEMS_MAX; n <= CELL_ITEMS_MAX + 1; n++) {
        struct arena keep = {0};
        struct buf cell = {.arena = &keep};
        for (size_t i = 0; i < n; i++)
            buf_printf(&cell, "%s%zu", i ? ", " : "", i * 0 + 2);
        refuses("Size", str_z(&keep, buf_str(&cell)), n > CELL_ITEMS_MAX ? "cell-long@7:195" : "");
        arena_release(&keep);
    }
}

static void phrases_are_linked_to_what_defines_them(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, framework,
                 "<!-- decision: d\noutputs: {out: yes/no}\n-->\n\n| Data | Out |\n|---|---|\n"
                 "| **Improving** or SEF validated as 1 | yes |\n");
    fixture_clean(&f);
    static const struct {
        size_t row, column, from, to;
        const char *fact, *value;
    } expected[] = {
        {COLUMN_LINK_HEADER, 0, 0, 4, "trend", ""},
        {COLUMN_LINK_HEADER, 1, 0, 3, NULL, ""},
        {0, 1, 0, 3, NULL, "yes"},
        {0, 0, 0, 9, "trend", "improving"},
        {0, 0, 13, 29, "sef", ""},
        {0, 0, 30, 31, "sef", "outstanding"},
    };
    const struct policy_table *table = policy_decision(&f.policy, STR("d"))->tables[0];
    assert_int_equal(table->link_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct column_link *link = &table->links[i];
        assert_int_equal(link->row, expected[i].row);
        assert_int_equal(link->column, expected[i].column);
        assert_int_equal(link->from, expected[i].from);
        assert_int_equal(link->to, expected[i].to);
        assert_text(link->value, expected[i].value);
        if (expected[i].fact)
            assert_text(link->fact->id, expected[i].fact);
        else
            assert_ptr_equal(link->output->decision, table->decision);
    }
    arena_release(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_cells_hold_always),
        cmocka_unit_test(values_are_sets_by_label_or_id),
        cmocka_unit_test(not_takes_the_whole_list),
        cmocka_unit_test(comparisons_follow_the_scale),
        cmocka_unit_test(numbers_have_units_minus_signs_and_ranges),
        cmocka_unit_test(days_and_lengths_of_time_have_their_forms),
        cmocka_unit_test(quantities_count_dates_of_the_year),
        cmocka_unit_test(keywords_ask_for_absence_and_for_the_record),
        cmocka_unit_test(the_past_is_a_question_of_its_own),
        cmocka_unit_test(items_name_facts_of_their_own),
        cmocka_unit_test(code_is_an_expression),
        cmocka_unit_test(unknown_words_are_errors_at_their_column),
        cmocka_unit_test(two_things_of_one_name_are_errors),
        cmocka_unit_test(comparisons_without_order_are_errors),
        cmocka_unit_test(numbers_and_days_that_are_none_are_errors),
        cmocka_unit_test(a_cell_has_so_many_alternatives_and_no_more),
        cmocka_unit_test(phrases_are_linked_to_what_defines_them),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
