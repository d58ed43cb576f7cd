/* SPDX-License-Identifier: MIT */
/* test_date.c: every day that exists, and none that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "text.h"

static void the_count_begins_in_1970(void **state) {
    (void)state;
    assert_int_equal(date_make(1970, 1, 1), 0);
    assert_int_equal(date_make(1969, 12, 31), -1);
    assert_int_equal(date_make(2026, 5, 1), 20574);
}

/* Counting day by day with nothing but the lengths of the months gives the same. */
static void every_day_comes_back_as_it_went(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct arena a = {0};
    date expected = date_make(1599, 12, 31);
    for (int year = 1600; year < 2401; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int last = lengths[month - 1] + (leap && month == 2);
            for (int day = 1; day <= last; day++) {
                date d = date_make(year, month, day);
                struct date_parts p = date_parts(d);
                struct arena_mark mark = arena_mark(&a);
                if (d != ++expected || p.year != year || p.month != month || p.day != day ||
                    date_parse_iso(date_iso(&a, d)) != d)
                    fail_msg("%04d-%02d-%02d", year, month, day);
                arena_rewind(&a, mark);
            }
            assert_int_equal(date_make(year, month, last + 1), DATE_NONE);
        }
    }
    arena_release(&a);
}

static void leap_days_are_those_of_the_calendar(void **state) {
    (void)state;
    assert_true(date_make(2024, 2, 29) != DATE_NONE);
    assert_true(date_make(2000, 2, 29) != DATE_NONE);
    assert_int_equal(date_make(2025, 2, 29), DATE_NONE);
    assert_int_equal(date_make(1900, 2, 29), DATE_NONE);
    assert_int_equal(date_make(2100, 2, 29), DATE_NONE);
    assert_int_equal(date_make(2024, 2, 30), DATE_NONE);
}

static void days_that_do_not_exist_are_none(void **state) {
    (void)state;
    static const int days[][3] = {{2026, 0, 1},  {2026, 13, 1}, {2026, 1, 0},  {2026, 1, 32},
                                  {2026, 4, 31}, {0, 1, 1},     {10000, 1, 1}, {2026, -1, 1}};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
        assert_int_equal(date_make(days[i][0], days[i][1], days[i][2]), DATE_NONE);
}

static void only_one_spelling_is_read(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "2019-9-1",    "2019-09-1",  "19-09-01",    "2019-09-01 ", " 2019-09-01", "2019/09/01",
        "01-09-2019", "2019-09-31",  "2019-00-01", "2019-02-29",  "20190901",    "2019-09-0a",  "0999-01-01",
        "+019-09-01", "2019-09-001", "2019-0 -01", "２019-09-01", "-019-09-01",  "2019-09",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (date_parse_iso(str_from(wrong[i])) != DATE_NONE)
            fail_msg("\"%s\" was read", wrong[i]);
    assert_int_equal(date_parse_iso(STR("2019-09-01")), date_make(2019, 9, 1));
    assert_int_equal(date_parse_iso(STR("1000-01-01")), date_make(1000, 1, 1));
    assert_int_equal(date_parse_iso(STR("9999-12-31")), date_make(9999, 12, 31));
}

static void months_are_added_to_the_last_day_there_is(void **state) {
    (void)state;
    date d = date_make(2026, 1, 31);
    assert_int_equal(date_add_months(d, 0), d);
    assert_int_equal(date_add_months(d, 1), date_make(2026, 2, 28));
    assert_int_equal(date_add_months(date_make(2024, 1, 31), 1), date_make(2024, 2, 29));
    assert_int_equal(date_add_months(d, 3), date_make(2026, 4, 30));
    assert_int_equal(date_add_months(d, 11), date_make(2026, 12, 31));
    assert_int_equal(date_add_months(d, 12), date_make(2027, 1, 31));
    assert_int_equal(date_add_months(d, -1), date_make(2025, 12, 31));
    assert_int_equal(date_add_months(d, -2), date_make(2025, 11, 30));
    assert_int_equal(date_add_months(date_make(2024, 2, 29), 12), date_make(2025, 2, 28));
    assert_int_equal(date_add_months(date_make(2024, 2, 29), -48), date_make(2020, 2, 29));
    assert_int_equal(date_add_months(date_make(9999, 12, 1), 1), DATE_NONE);
    assert_int_equal(date_add_months(date_make(1, 1, 1), -1), DATE_NONE);
    assert_int_equal(date_add_months(date_make(2, 1, 1), -12), date_make(1, 1, 1));
}

static void a_day_that_is_not_known_comes_neither_first_nor_last(void **state) {
    (void)state;
    date d = date_make(2026, 1, 31), e = date_make(2026, 2, 1);
    assert_int_equal(date_earlier(d, e), d);
    assert_int_equal(date_earlier(e, d), d);
    assert_int_equal(date_later(d, e), e);
    assert_int_equal(date_later(e, d), e);
    assert_int_equal(date_earlier(d, DATE_NONE), d);
    assert_int_equal(date_earlier(DATE_NONE, d), d);
    assert_int_equal(date_later(d, DATE_NONE), d);
    assert_int_equal(date_later(DATE_NONE, d), d);
    assert_int_equal(date_earlier(DATE_NONE, DATE_NONE), DATE_NONE);
    assert_int_equal(date_later(DATE_NONE, DATE_NONE), DATE_NONE);
}

static void days_are_written_as_gov_uk_writes_them(void **state) {
    (void)state;
    struct arena a = {0};
    date d = date_make(2019, 9, 1);
    assert_text(date_iso(&a, d), "2019-09-01");
    assert_text(date_long(&a, d), "1 September 2019");
    assert_text(date_month(&a, d), "September 2019");
    assert_text(date_long(&a, date_make(2024, 2, 29)), "29 February 2024");
    assert_text(date_span(&a, d, d), "1 September 2019");
    assert_text(date_span(&a, d, date_make(2019, 9, 30)), "1 to 30 September 2019");
    assert_text(date_span(&a, d, date_make(2019, 10, 1)), "1 September to 1 October 2019");
    assert_text(date_span(&a, d, date_make(2020, 9, 1)), "1 September 2019 to 1 September 2020");
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_count_begins_in_1970),
        cmocka_unit_test(every_day_comes_back_as_it_went),
        cmocka_unit_test(leap_days_are_those_of_the_calendar),
        cmocka_unit_test(days_that_do_not_exist_are_none),
        cmocka_unit_test(only_one_spelling_is_read),
        cmocka_unit_test(months_are_added_to_the_last_day_there_is),
        cmocka_unit_test(a_day_that_is_not_known_comes_neither_first_nor_last),
        cmocka_unit_test(days_are_written_as_gov_uk_writes_them),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
