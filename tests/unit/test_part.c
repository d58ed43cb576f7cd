/* SPDX-License-Identifier: MIT */
/* test_part.c: the order that times of day give, and answers that stand alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/part.h"

static void times_are_read_as_people_write_them(void **state) {
    (void)state;
    assert_int_equal(part_minute(STR("9:15am")), 555);
    assert_int_equal(part_minute(STR("9.15am")), 555);
    assert_int_equal(part_minute(STR("4pm")), 960);
    assert_int_equal(part_minute(STR("1:30 pm")), 810);
    assert_int_equal(part_minute(STR("14:05")), 845);
    assert_int_equal(part_minute(STR("from 6pm")), 1080);
}

static void twelve_is_noon_unless_it_says_otherwise(void **state) {
    (void)state;
    assert_int_equal(part_minute(STR("12 noon")), 720);
    assert_int_equal(part_minute(STR("noon")), 720);
    assert_int_equal(part_minute(STR("midday to 2pm")), 720);
    assert_int_equal(part_minute(STR("12:30pm")), 750);
    assert_int_equal(part_minute(STR("12:30am")), 30);
    assert_int_equal(part_minute(STR("12 midnight")), 0);
}

static void the_first_of_two_times_counts(void **state) {
    (void)state;
    assert_int_equal(part_minute(STR("1pm to 3pm")), 780);
    assert_int_equal(part_minute(STR("9am to 1pm")), 540);
}

static void a_whole_day_comes_before_any_hour(void **state) {
    (void)state;
    assert_int_equal(part_minute(STR("")), -1);
    assert_int_equal(part_minute(STR("all day")), -1);
    assert_int_equal(part_minute(STR("9")), 540);
}

static void an_answer_that_stands_alone_begins_with_a_capital(void **state) {
    (void)state;
    static const char *const answers[][2] = {
        {"no", "No"},
        {"half-termly", "Half-termly"},
        {"termly or half-termly", "Termly or half-termly"},
        {"up to 1 visit a year", "Up to 1 visit a year"},
        {"not stated", "Not stated"},
        {"2 visits a year", "2 visits a year"},
        {"nobody", "nobody"}, /* a label */
    };
    struct arena arena = {0};
    const struct view view = {.arena = &arena};
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        struct str words = part_answer(&view, str_from(answers[i][0]));
        assert_string_equal(str_z(&arena, words), answers[i][1]);
    }
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(twelve_is_noon_unless_it_says_otherwise),
        cmocka_unit_test(the_first_of_two_times_counts),
        cmocka_unit_test(a_whole_day_comes_before_any_hour),
        cmocka_unit_test(an_answer_that_stands_alone_begins_with_a_capital),
    };
    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
