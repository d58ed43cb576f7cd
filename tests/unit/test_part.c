/* SPDX-License-Identifier: MIT */
/* test_part.c: the order that times of day give. */
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(twelve_is_noon_unless_it_says_otherwise),
        cmocka_unit_test(the_first_of_two_times_counts),
        cmocka_unit_test(a_whole_day_comes_before_any_hour),
    };
    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
