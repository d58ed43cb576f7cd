/* SPDX-License-Identifier: MIT */
/* test_calendar.c: the dates of half-terms, and what is refused of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HALVES_2025                                                                   \
    "[[2025-09-01, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, 2026-02-13], " \
    "[2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, 2026-07-22]]"

static void setup(struct fixture *f, const char *framework) {
    fixture_pages(f, framework, (const char *const[]){NULL});
}

static void says(const char *framework, const char *expected) {
    struct fixture f;
    setup(&f, framework);
    struct str said = fixture_said(&f);
    struct buf slugs = {.arena = &f.arena};
    for (size_t i = 0; i < f.diags.count; i++)
        buf_printf(&slugs, "%s%s@%u:%u", i ? " " : "", diag_catalogue[f.diags.items[i].id].slug,
                   f.diags.items[i].position.line, f.diags.items[i].position.column);
    if (!str_eq(buf_str(&slugs), str_from(expected)))
        fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", framework, STR_ARG(said), expected);
    arena_release(&f.arena);
}

static date day(const char *iso) {
    date d = date_parse_iso(str_from(iso));
    assert_int_not_equal(d, DATE_NONE);
    return d;
}

static void a_school_year_runs_from_september_to_august(void **state) {
    (void)state;
    static const struct {
        const char *day, *begins, *ends, *name;
    } cases[] = {
        {"2025-08-31", "2024-09-01", "2025-08-31", "2024 to 2025"},
        {"2025-09-01", "2025-09-01", "2026-08-31", "2025 to 2026"},
        {"2024-02-29", "2023-09-01", "2024-08-31", "2023 to 2024"},
        {"1999-12-31", "1999-09-01", "2000-08-31", "1999 to 2000"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(calendar_begins(day(cases[i].day)), day(cases[i].begins));
        assert_int_equal(calendar_ends(day(cases[i].day)), day(cases[i].ends));
        assert_text(calendar_name(&arena, day(cases[i].day)), cases[i].name);
    }
    assert_int_equal(calendar_ends(day("9999-08-31")), day("9999-08-31"));
    assert_int_equal(calendar_ends(day("9999-09-01")), DATE_NONE);
    arena_release(&arena);
}

/* No date lies after the year 9999, and a portal may speak of its last day. */
static void the_last_school_year_ends_with_the_last_date(void **state) {
    (void)state;
    assert_int_equal(calendar_ends(date_make(9999, 8, 31)), date_make(9999, 8, 31));
    assert_int_equal(calendar_ends(date_make(9999, 9, 1)), date_make(9999, 12, 31));
    says("calendar: {terms: 1, half-terms: 1, years: {9999 to 10000: [[9999-09-01, 9999-12-31]]}}\n", "");
}

static void a_calendar_has_from_1_to_99_terms(void **state) {
    (void)state;
    says("calendar: {terms: 0}\n", "wrong-format@1:19");
    says("calendar: {half-terms: 100}\n", "wrong-format@1:24");
    says("calendar: {terms: three}\n", "wrong-format@1:19");
    says("calendar: {half-terms: [6]}\n", "wrong-type@1:24");
    says("calendar: {terms: 99, half-terms: 99}\n", "");
}

static void a_day_belongs_to_the_half_term_that_it_follows(void **state) {
    (void)state;
    static const struct {
        const char *day;
        int half;
    } cases[] = {{"2025-09-01", 0}, {"2025-10-24", 0}, {"2025-10-25", 0}, {"2025-11-02", 0},
                 {"2025-11-03", 1}, {"2025-12-31", 1}, {"2026-02-23", 3}, {"2026-08-31", 5}};
    struct fixture f;
    setup(&f, "calendar: {years: {2025 to 2026: " HALVES_2025 "}}\n");
    fixture_clean(&f);
    const struct calendar *c = &f.policy.calendar;
    const struct calendar_year *year = calendar_year_of(c, day("2026-05-01"));
    assert_non_null(year);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(calendar_half_of(c, year, day(cases[i].day)), cases[i].half);
    struct days spring = calendar_term(c, year, 1);
    assert_int_equal(spring.first, day("2026-01-05"));
    assert_int_equal(spring.last, day("2026-03-27"));
    assert_null(calendar_year_of(c, day("2026-09-01")));
    assert_null(calendar_year_of(c, day("2025-08-31")));
    arena_release(&f.arena);
}

static void three_terms_have_names_and_others_numbers(void **state) {
    (void)state;
    struct arena arena = {0};
    struct calendar three = {.terms = 3, .half_terms = 6}, six = {.terms = 6, .half_terms = 6},
                    four = {.terms = 4, .half_terms = 8}, thirds = {.terms = 2, .half_terms = 6};
    assert_text(calendar_half_name(&arena, &three, 0), "first half of the autumn term");
    assert_text(calendar_half_name(&arena, &three, 5), "second half of the summer term");
    assert_text(calendar_half_name(&arena, &six, 4), "term 5");
    assert_text(calendar_half_name(&arena, &four, 3), "second half of term 2");
    assert_text(calendar_half_name(&arena, &thirds, 3), "half-term 4");
    arena_release(&arena);
}

static void leap_days_are_days_of_leap_years_alone(void **state) {
    (void)state;
    says("calendar: {terms: 1, half-terms: 1, years: {2023 to 2024: [[2024-02-29, 2024-03-28]]}}\n", "");
    says("calendar: {terms: 1, half-terms: 1, years: {2024 to 2025: [[2025-02-29, 2025-03-28]]}}\n",
         "wrong-format@1:61");
}

static void half_terms_that_cannot_be_are_refused_at_their_day(void **state) {
    (void)state;
#define TWO(days) "calendar: {terms: 1, half-terms: 2, years: {2025 to 2026: " days "}}\n"
    says(TWO("[[2025-09-01, 2025-10-24], [2025-10-25, 2025-12-19]]"), "");
    says(TWO("[[2025-09-01, 2025-10-24], [2025-10-24, 2025-12-19]]"), "calendar-order@1:87");
    says(TWO("[[2025-09-01, 2025-09-01], [2025-11-03, 2025-11-02]]"), "calendar-order@1:99");
    says(TWO("[[2025-11-03, 2025-12-19], [2025-09-01, 2025-10-24]]"), "calendar-order@1:87");
    says(TWO("[[2025-09-01, 2025-10-24]]"), "calendar-count@1:59");
    says(TWO("[[2025-09-01, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, 2026-02-13]]"),
         "calendar-count@1:59");
    says(TWO("text"), "calendar-count@1:59");
    says(TWO("[[2025-08-31, 2025-10-24], [2025-11-03, 2025-12-19]]"), "calendar-outside@1:61");
    says(TWO("[[2025-09-01, 2025-10-24], [2026-08-31, 2026-09-01]]"), "calendar-outside@1:99");
    says(TWO("[[2025-09-01], [2025-11-03, 2025-12-19]]"), "calendar-half-term@1:60");
    says(TWO("[2025-09-01, [2025-11-03, 2025-12-19]]"), "calendar-half-term@1:60");
    says(TWO("[[2025-09-01, {a: b}], [2025-11-03, 2025-12-19]]"), "wrong-format@1:73");
}

static void a_year_is_named_by_the_two_that_it_lies_in(void **state) {
    (void)state;
    says("calendar: {years: {2025: []}}\n", "calendar-year@1:20");
    says("calendar: {years: {2025 to 2027: []}}\n", "calendar-year@1:20");
    says("calendar: {years: {2025/26: []}}\n", "calendar-year@1:20");
    says("calendar: {years: {9998 to 9999: []}}\n", "calendar-count@1:34");
    says("calendar: {years: {9999 to 10000: []}}\n", "calendar-year@1:20");
    says("calendar: {years: [2025 to 2026]}\n", "wrong-type@1:19");
    says("calendar: {terms: 4, half-terms: 6, years: {2025 to 2026: []}}\n", "calendar-terms@1:44");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_school_year_runs_from_september_to_august),
        cmocka_unit_test(the_last_school_year_ends_with_the_last_date),
        cmocka_unit_test(a_calendar_has_from_1_to_99_terms),
        cmocka_unit_test(a_day_belongs_to_the_half_term_that_it_follows),
        cmocka_unit_test(three_terms_have_names_and_others_numbers),
        cmocka_unit_test(leap_days_are_days_of_leap_years_alone),
        cmocka_unit_test(half_terms_that_cannot_be_are_refused_at_their_day),
        cmocka_unit_test(a_year_is_named_by_the_two_that_it_lies_in),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
