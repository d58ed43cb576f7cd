/* SPDX-License-Identifier: MIT */
/* test_label.c: where a word may stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/label.h"

static void a_text_is_broken_into_lines_of_like_width(void **state) {
    (void)state;
    struct label_text t = label_break(STR("Southway Learning Alliance"), 15, 2);
    assert_int_equal(t.count, 2);
    assert_true(str_eq(t.line[0], STR("Southway")) || str_eq(t.line[0], STR("Southway Learning")));
    assert_true(t.width < label_width(STR("Southway Learning Alliance"), 15) * 3 / 4);
    assert_int_equal(t.width, label_width(STR("Learning Alliance"), 15));
    t = label_break(STR("a bb a"), 10, 3);
    assert_int_equal(t.count, 3);
    assert_true(str_eq(t.line[1], STR("bb")));
}

static void one_word_stays_one_line(void **state) {
    (void)state;
    struct label_text t = label_break(STR("  Ropewalk "), 15, 3);
    assert_int_equal(t.count, 1);
    assert_true(str_eq(t.line[0], STR("Ropewalk")));
    assert_int_equal(label_break(STR(""), 15, 2).width, 1);
}

static void wide_letters_and_code_points_are_measured_as_such(void **state) {
    (void)state;
    assert_true(label_width(STR("WWW"), 14) > label_width(STR("iii"), 14) * 3);
    assert_true(label_width(STR("Zoë"), 14) < label_width(STR("Zoee"), 14) + 8);
    assert_true(label_width(STR("abc"), 20) > label_width(STR("abc"), 10));
}

static void a_taken_place_and_the_outside_are_refused(void **state) {
    (void)state;
    struct arena arena = {0};
    struct label_sheet sheet = {.arena = &arena, .frame = {0, 0, 100, 100}};
    label_take(&sheet, (struct box){40, 40, 60, 60});
    assert_int_equal(label_cost(&sheet, (struct box){0, 0, 40, 40}, 5, 99), 5);
    assert_int_equal(label_cost(&sheet, (struct box){0, 0, 41, 41}, 5, 99), 99);
    assert_int_equal(label_cost(&sheet, (struct box){90, 0, 101, 9}, 5, 99), 99);
    for (int i = 0; i < 500; i++)
        label_take(&sheet, (struct box){0, 0, 1, 1});
    assert_int_equal(label_cost(&sheet, (struct box){0, 0, 9, 9}, 5, 99), 99);
    arena_release(&arena);
}

static void a_line_costs_only_where_it_is_crossed_or_near(void **state) {
    (void)state;
    struct arena arena = {0};
    struct label_sheet sheet = {.arena = &arena, .frame = {0, 0, 200, 200}};
    label_avoid(&sheet, (struct label_line){0, 0, 100, 100, 0, 7});
    assert_int_equal(label_cost(&sheet, (struct box){40, 40, 60, 60}, 0, 99), 7);
    assert_int_equal(label_cost(&sheet, (struct box){60, 0, 100, 40}, 0, 99), 0); /* beside the diagonal */
    assert_int_equal(label_cost(&sheet, (struct box){101, 101, 120, 120}, 0, 99), 0);
    label_avoid(&sheet, (struct label_line){0, 150, 200, 150, 10, 3});
    assert_int_equal(label_cost(&sheet, (struct box){150, 120, 160, 141}, 0, 99), 3);
    assert_int_equal(label_cost(&sheet, (struct box){150, 120, 160, 139}, 0, 99), 0);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_broken_into_lines_of_like_width),
        cmocka_unit_test(one_word_stays_one_line),
        cmocka_unit_test(wide_letters_and_code_points_are_measured_as_such),
        cmocka_unit_test(a_taken_place_and_the_outside_are_refused),
        cmocka_unit_test(a_line_costs_only_where_it_is_crossed_or_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
