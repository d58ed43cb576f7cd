/* SPDX-License-Identifier: MIT */
/* test_due.c: when something is due, in words and in days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/due.h"
#include "policy_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define FRAMEWORK                                                                                       \
    "calendar:\n  years:\n"                                                                             \
    "    2025 to 2026: [[2025-09-03, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, 2026-02-13], " \
    "[2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, 2026-07-22]]\n"                   \
    "    2023 to 2024: [[2023-09-04, 2023-10-20], [2023-10-30, 2023-12-22], [2024-01-08, 2024-02-09], " \
    "[2024-02-19, 2024-03-28], [2024-04-15, 2024-05-24], [2024-06-03, 2024-07-23]]\n"                   \
    "facts:\n  meeting:\n    held: {label: Held on, type: date, from: on}\n"                            \
    "    agreed: {label: Drafted and agreed, type: date, from: agreed}\n"                               \
    "    late: {label: Second reading, type: date, is: held + duration(\"P1M\")}\n"                     \
    "    chair: {label: Chair, type: text}\n"

/* One meeting and what its record says. */
struct meeting {
    struct fixture f;
    struct given given[4];
    struct subject subject;
};

static void setup(struct meeting *m, const char *held) {
    struct fixture *f = &m->f;
    fixture_pages(f, FRAMEWORK, (const char *const[]){NULL});
    fixture_clean(f);
    memset(m->given, 0, sizeof(m->given));
    if (held)
        m->given[0] = (struct given){.state = GIVEN_VALUE, .text = str_from(held)};
    m->subject = (struct subject){.policy = &f->policy,
                                  .kind = policy_kind(&f->policy, STR("meeting")),
                                  .as_of = date_make(2026, 5, 1),
                                  .audience = AUDIENCE_OFFICERS,
                                  .given = m->given};
    subject_init(&m->subject, &f->arena);
}

/* The windows of some words in the school year that has a day: "3 Sep to 24 Oct" as ISO dates. */
static struct str windows(struct meeting *m, const char *words, const char *as_of) {
    struct due due;
    struct due_fault fault;
    struct due_windows w;
    struct arena *arena = &m->f.arena;
    struct buf out = {.arena = arena};
    if (!due_parse(arena, m->subject.kind, &m->f.policy.calendar, str_from(words), &due, &fault))
        return STR("no time");
    due_windows(&due, &m->subject, &m->f.policy.calendar, date_parse_iso(str_from(as_of)), arena, &w);
    for (size_t i = 0; i < w.count; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, date_iso(arena, w.items[i].days.first));
        if (w.items[i].days.first != w.items[i].days.last) {
            buf_byte(&out, '/');
            buf_add(&out, str_sub(date_iso(arena, w.items[i].days.last), 5, 10));
        }
    }
    if (w.missing)
        buf_printf(&out, "%sno " STR_FMT, w.count ? ", " : "", STR_ARG(w.missing->label));
    if (w.undeclared)
        buf_printf(&out, "%snot declared", out.len ? ", " : "");
    return buf_str(&out);
}

static void gives(struct meeting *m, const char *words, const char *expected) {
    struct str found = windows(m, words, "2026-05-01");
    if (!str_eq(found, str_from(expected)))
        fail_msg("%s: \"" STR_FMT "\" is not \"%s\"", words, STR_ARG(found), expected);
}

static void periods_are_the_terms_half_terms_and_months_of_the_year(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, NULL);
    static const char terms[] = "2025-09-03/12-19, 2026-01-05/03-27, 2026-04-13/07-22";
    static const char halves[] = "2025-09-03/10-24, 2025-11-03/12-19, 2026-01-05/02-13, 2026-02-23/03-27, "
                                 "2026-04-13/05-22, 2026-06-01/07-22";
    gives(&m, "each term", terms);
    gives(&m, "Termly", terms);
    gives(&m, "once a term", terms);
    gives(&m, "every half-term", halves);
    gives(&m, "half-termly", halves);
    gives(&m, "each half term", halves);
    gives(&m, "twice a term", halves);
    gives(&m, "yearly", "2025-09-03/07-22");
    gives(&m, "monthly",
          "2025-09-03/09-30, 2025-10-01/10-24, 2025-11-03/11-30, 2025-12-01/12-19, 2026-01-05/01-31, "
          "2026-02-01/02-28, 2026-03-01/03-27, 2026-04-13/04-30, 2026-05-01/05-22, 2026-06-01/06-30, "
          "2026-07-01/07-22");
    arena_release(&m.f.arena);
}

static void one_term_or_its_edge_may_be_named(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, NULL);
    gives(&m, "autumn term", "2025-09-03/12-19");
    gives(&m, "in the spring term", "2026-01-05/03-27");
    gives(&m, "first half of the autumn term", "2025-09-03/10-24");
    gives(&m, "the second half of the spring term", "2026-02-23/03-27");
    gives(&m, "end of the summer term", "2026-07-22");
    gives(&m, "start of the autumn term", "2025-09-03");
    gives(&m, "by the end of the first half of the summer term", "2026-05-22");
    gives(&m, "end of each half-term",
          "2025-10-24, 2025-12-19, 2026-02-13, 2026-03-27, 2026-05-22, 2026-07-22");
    gives(&m, "start of the year", "2025-09-03");
    gives(&m,
          "start of the year and start of the year and start of the year and start of the year and start of "
          "the year and start of the year and start of the year and start of the year and start of the year "
          "and start of the year and start of the year and start of the year",
          "2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03, "
          "2025-09-03, 2025-09-03, 2025-09-03, 2025-09-03");
    gives(&m, "autumn term and summer term", "2025-09-03/12-19, 2026-04-13/07-22");
    gives(&m, "end of the autumn term and by 31 October", "2025-12-19, 2025-10-31");
    arena_release(&m.f.arena);
}

static void a_day_of_the_year_is_the_one_in_this_school_year(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, NULL);
    gives(&m, "by 31 October", "2025-10-31");
    gives(&m, "by 1 September", "2025-09-01");
    gives(&m, "on 31 August", "2026-08-31");
    gives(&m, "by 29 February", "2026-02-28");
    assert_text(windows(&m, "by 29 February", "2024-08-31"), "2024-02-29");
    assert_text(windows(&m, "by 29 February", "2023-09-01"), "2024-02-29");
    assert_text(windows(&m, "monthly", "2024-03-01"),
                "2023-09-04/09-30, 2023-10-01/10-31, 2023-11-01/11-30, 2023-12-01/12-22, 2024-01-08/01-31, "
                "2024-02-01/02-29, 2024-03-01/03-28, 2024-04-15/04-30, 2024-05-01/05-24, 2024-06-03/06-30, "
                "2024-07-01/07-23");
    arena_release(&m.f.arena);
}

static void the_last_school_year_has_days_until_the_last_date(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, NULL);
    assert_true(str_eq(windows(&m, "by 31 December", "9999-12-31"), STR("9999-12-31")));
    assert_true(str_eq(windows(&m, "by 31 January", "9999-12-31"), STR("")));
    arena_release(&m.f.arena);
}

static void days_are_counted_from_a_date_of_the_record(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, "2026-03-25");
    gives(&m, "within 10 days of Held on", "2026-04-04");
    gives(&m, "10 days after held on", "2026-04-04");
    gives(&m, "at least 4 days before Held on", "2026-03-21");
    gives(&m, "2 weeks after Held on", "2026-04-08");
    gives(&m, "within a month of Held on", "2026-04-25");
    gives(&m, "on Held on", "2026-03-25");
    gives(&m, "on Second reading", "2026-04-25");
    gives(&m, "on Held on and 1 day after Second reading", "2026-03-25, 2026-04-26");
    gives(&m, "within a year of Held on", ""); /* that is in another school year */
    gives(&m, "on Drafted and agreed", "no Drafted and agreed");
    gives(&m, "within 3 days of Drafted and agreed and each term",
          "2025-09-03/12-19, 2026-01-05/03-27, 2026-04-13/07-22, no Drafted and agreed");
    arena_release(&m.f.arena);
    setup(&m, "2024-02-28");
    assert_text(windows(&m, "1 day after Held on", "2024-02-28"), "2024-02-29");
    assert_text(windows(&m, "2 days after Held on", "2024-02-28"), "2024-03-01");
    arena_release(&m.f.arena);
    setup(&m, "2024-01-31");
    assert_text(windows(&m, "1 month after Held on", "2024-02-28"), "2024-02-29");
    arena_release(&m.f.arena);
}

static void a_year_that_is_not_declared_has_no_terms(void **state) {
    (void)state;
    struct meeting m;
    setup(&m, "2024-10-02");
    assert_text(windows(&m, "each term", "2024-10-01"), "not declared");
    assert_text(windows(&m, "monthly", "2024-10-01"), "not declared");
    assert_text(windows(&m, "by 31 October", "2024-10-01"), "2024-10-31");
    assert_text(windows(&m, "by 28 February", "9999-08-31"), "9999-02-28");
    assert_text(windows(&m, "by 28 February and yearly", "9999-09-01"), ""); /* dates end in it */
    assert_text(windows(&m, "within 3 days of Held on and each term", "2024-10-01"),
                "2024-10-05, not declared");
    arena_release(&m.f.arena);
}

static void other_words_are_no_time(void **state) {
    (void)state;
    static const char *const words[] = {
        "",
        "sometimes",
        "each",
        "each week",
        "each term each term",
        "autumn",
        "third half of the autumn term",
        "first half of the winter term",
        "by 31 June",
        "by October",
        "by 0 May",
        "within ten days of Held on",
        "at least 4 days after Held on",
        "10 days of Held on",
        "six times a year",
        "each term and",
        ("each term and each term and each term and each term and each term and each term and each term and "
         "each term and each term and each term and each term and each term and each term"),
    };
    struct meeting m;
    setup(&m, NULL);
    for (size_t i = 0; i < COUNT(words); i++)
        gives(&m, words[i], "no time");
    arena_release(&m.f.arena);
}

static void a_date_that_there_is_not_is_said_with_the_nearest(void **state) {
    (void)state;
    struct meeting m;
    struct due due;
    struct due_fault fault;
    setup(&m, NULL);
    struct calendar *c = &m.f.policy.calendar;
    assert_false(due_parse(&m.f.arena, m.subject.kind, c, STR("on Held in"), &due, &fault));
    assert_text(fault.fact, "Held in");
    assert_text(fault.near, "Held on");
    assert_false(fault.other_type);
    assert_false(due_parse(&m.f.arena, m.subject.kind, c, STR("on Chair"), &due, &fault));
    assert_true(fault.other_type);
    assert_false(due_parse(&m.f.arena, NULL, c, STR("on Held on"), &due, &fault));
    assert_true(due_parse(&m.f.arena, NULL, c, STR("half-termly"), &due, &fault));
    arena_release(&m.f.arena);
}

/* ---- in a table ---- */

#define TABLE(rows)                                                                                \
    "<!-- decision: year\nhit: collect\nsubject: meeting\noutputs: {what: text, when: due}\n-->\n" \
    "| Chair | What | When |\n|---|---|---|\n" rows

static void a_cell_of_a_table_is_a_time_or_a_word_for_none(void **state) {
    (void)state;
    fixture_says(FRAMEWORK,
                 TABLE("| | Minutes | within 10 days of Held on |\n| | Review | termly or half-termly |\n"
                       "| | Notes | not stated |\n| | Tea | none |\n"),
                 "");
    fixture_says(FRAMEWORK, TABLE("| | Minutes | soon |\n"), "cell-due@8:15");
    fixture_says(FRAMEWORK, TABLE("| | Minutes | on Held an |\n"), "cell-due-fact@8:15");
    fixture_says(FRAMEWORK, TABLE("| | Minutes | within 2 days of Chair |\n"), "cell-due-type@8:15");
    fixture_says(FRAMEWORK, TABLE("| | Minutes | |\n"), "cell-blank@8:14");
}

static void two_times_for_one_thing_are_two_answers(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, FRAMEWORK, TABLE("| | Review | termly or half-termly |\n"));
    fixture_clean(&f);
    const struct row *row = row_at(&f, "year", 0);
    assert_int_equal(row->answers[1].set, 3);
    assert_int_equal(row->answers[1].preferred, 0);
    const struct output *when = &policy_decision(&f.policy, STR("year"))->outputs[1];
    assert_int_equal(when->type, OUTPUT_DUE);
    assert_text(when->answers[1].label, "half-termly");
    assert_int_equal(when->answers[1].due->times[0].span, DUE_HALF_TERM);
    arena_release(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_the_terms_half_terms_and_months_of_the_year),
        cmocka_unit_test(one_term_or_its_edge_may_be_named),
        cmocka_unit_test(a_day_of_the_year_is_the_one_in_this_school_year),
        cmocka_unit_test(the_last_school_year_has_days_until_the_last_date),
        cmocka_unit_test(days_are_counted_from_a_date_of_the_record),
        cmocka_unit_test(a_year_that_is_not_declared_has_no_terms),
        cmocka_unit_test(other_words_are_no_time),
        cmocka_unit_test(a_date_that_there_is_not_is_said_with_the_nearest),
        cmocka_unit_test(a_cell_of_a_table_is_a_time_or_a_word_for_none),
        cmocka_unit_test(two_times_for_one_thing_are_two_answers),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
