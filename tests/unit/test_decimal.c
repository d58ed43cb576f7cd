/* SPDX-License-Identifier: MIT */
/* test_decimal.c: exact decimals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/decimal.h"

static struct decimal parse(const char *s) {
    struct decimal d = {0};
    if (!decimal_parse(str_from(s), &d))
        fail_msg("%s is no number", s);
    return d;
}

static void assert_prints(struct decimal d, const char *expected) {
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    decimal_print(&out, d);
    assert_string_equal(str_z(&arena, buf_str(&out)), expected);
    arena_release(&arena);
}

typedef bool two(struct decimal, struct decimal, struct decimal *);

static void assert_gives(two *operation, const char *a, const char *b, const char *expected) {
    struct decimal result;
    bool ok = operation(parse(a), parse(b), &result);
    assert_int_equal(ok, expected != NULL);
    if (ok)
        assert_prints(result, expected);
}

static void tenths_add_up_exactly(void **state) {
    (void)state;
    assert_gives(decimal_add, "0.1", "0.2", "0.3");
    assert_gives(decimal_subtract, "0.3", "0.1", "0.2");
    assert_gives(decimal_multiply, "1.1", "1.1", "1.21");
    assert_gives(decimal_add, "1e3", "-0.5", "999.5");
    assert_gives(decimal_subtract, "5", "12", "-7");
}

static void the_zero_struct_is_the_number_0(void **state) {
    (void)state;
    assert_prints((struct decimal){0}, "0");
    assert_prints(decimal_negate((struct decimal){0}), "0");
    assert_int_equal(decimal_cmp(parse("-0.00"), (struct decimal){0}), 0);
}

static void thirty_four_digits_are_kept_and_the_next_rounds_half_to_even(void **state) {
    (void)state;
    assert_prints(parse("1234567890123456789012345678901234"), "1234567890123456789012345678901234");
    assert_prints(parse("-0.1234567890123456789012345678901234"), "-0.1234567890123456789012345678901234");
    assert_prints(parse("12345678901234567890123456789012345"), "12345678901234567890123456789012340");
    assert_prints(parse("12345678901234567890123456789012355"), "12345678901234567890123456789012360");
    assert_gives(decimal_divide, "1", "3", "0.3333333333333333333333333333333333");
    assert_gives(decimal_divide, "2", "3", "0.6666666666666666666666666666666667");
}

static void a_digit_far_behind_still_breaks_a_tie(void **state) {
    (void)state;
    assert_prints(parse("12345678901234567890123456789012345000000000000000000001"),
                  "12345678901234567890123456789012350000000000000000000000");
    assert_prints(parse("0.000000000012345678901234567890123456789012345"),
                  "0.00000000001234567890123456789012345678901234");
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",   "-",    ".",   "1.",  "1..2", "1.2.3", "1e",   "1e+", " 1",  "1 ",
                                      "+1", "0x10", "NaN", "inf", "--1",  "1,000", "1e5x", "e5",  "1.e5"};
    struct decimal d;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (decimal_parse(str_from(bad[i]), &d))
            fail_msg("\"%s\" was read", bad[i]);
    assert_false(decimal_parse(STR("1e6145"), &d));
    assert_true(decimal_parse(STR("1e6144"), &d));
    assert_false(decimal_parse(STR("1e999999999999"), &d));
}

static void division_by_zero_and_overflow_have_no_result(void **state) {
    (void)state;
    assert_gives(decimal_divide, "1", "0", NULL);
    assert_gives(decimal_divide, "0", "0", NULL);
    assert_gives(decimal_multiply, "1e6000", "1e6000", NULL);
    assert_gives(decimal_modulo, "1", "0", NULL);
    assert_gives(decimal_power, "-1", "0.5", NULL);
    struct decimal d;
    assert_false(decimal_sqrt(parse("-1"), &d));
    assert_false(decimal_log(parse("0"), &d));
}

static void powers_and_roots_are_as_exact_as_they_can_be(void **state) {
    (void)state;
    assert_gives(decimal_power, "2", "10", "1024");
    assert_gives(decimal_power, "2", "-1", "0.5");
    struct decimal d;
    assert_true(decimal_sqrt(parse("16"), &d));
    assert_prints(d, "4");
    assert_true(decimal_exp(parse("0"), &d));
    assert_prints(d, "1");
}

static void modulo_has_the_sign_of_the_divisor(void **state) {
    (void)state;
    assert_gives(decimal_modulo, "12", "5", "2");
    assert_gives(decimal_modulo, "-12", "5", "3");
    assert_gives(decimal_modulo, "12", "-5", "-3");
    assert_gives(decimal_modulo, "-12", "-5", "-2");
    assert_gives(decimal_modulo, "10.1", "4.5", "1.1");
}

static void assert_rounds(const char *a, int64_t scale, enum decimal_rounding how, const char *expected) {
    struct decimal result;
    assert_true(decimal_round(parse(a), scale, how, &result));
    assert_prints(result, expected);
}

static void rounding_has_a_scale_and_a_direction(void **state) {
    (void)state;
    assert_rounds("1.5", 0, DECIMAL_HALF_EVEN, "2");
    assert_rounds("2.5", 0, DECIMAL_HALF_EVEN, "2");
    assert_rounds("-1.56", 1, DECIMAL_FLOOR, "-1.6");
    assert_rounds("-1.56", 1, DECIMAL_CEILING, "-1.5");
    assert_rounds("-5.5", 0, DECIMAL_UP, "-6");
    assert_rounds("-5.5", 0, DECIMAL_DOWN, "-5");
    assert_rounds("5.5", 0, DECIMAL_HALF_DOWN, "5");
    assert_rounds("2.5", 0, DECIMAL_HALF_UP, "3");
    assert_rounds("1250", -2, DECIMAL_HALF_EVEN, "1200");
    assert_rounds("1.5", 40, DECIMAL_FLOOR, "1.5");
    assert_rounds("0.001", 0, DECIMAL_CEILING, "1");
    struct decimal d;
    assert_false(decimal_round(parse("1"), 6177, DECIMAL_FLOOR, &d));
    assert_false(decimal_round(parse("1"), -6112, DECIMAL_FLOOR, &d));
}

static void equal_numbers_are_equal_however_they_were_written(void **state) {
    (void)state;
    assert_int_equal(decimal_cmp(parse("1.0"), parse("1")), 0);
    assert_int_equal(decimal_cmp(parse("12300"), parse("1.23e4")), 0);
    assert_true(decimal_cmp(parse("-2"), parse("-1.5")) < 0);
    assert_true(decimal_cmp(parse("-2"), parse("-3")) > 0);
    assert_true(decimal_cmp(parse("1e-6000"), parse("0")) > 0);
    assert_true(decimal_cmp(parse("0e-3"), parse("0")) == 0);
}

static void whole_numbers_come_and_go(void **state) {
    (void)state;
    int64_t n = 0;
    assert_true(decimal_to_int64(decimal_whole(INT64_MIN + 1), &n));
    assert_true(n == INT64_MIN + 1);
    assert_true(decimal_to_int64(parse("-1.9"), &n));
    assert_true(n == -1);
    assert_true(decimal_to_int64(parse("12e2"), &n));
    assert_true(n == 1200);
    assert_false(decimal_to_int64(parse("1e19"), &n));
    assert_true(decimal_is_whole(parse("1.00")));
    assert_false(decimal_is_whole(parse("1.01")));
    assert_prints(decimal_whole(INT64_MIN), "-9223372036854775808");
}

static void printing_neither_loses_nor_invents_digits(void **state) {
    (void)state;
    assert_prints(parse("1.50"), "1.5");
    assert_prints(parse("0.000123"), "0.000123");
    assert_prints(parse("100"), "100");
    assert_prints(parse("1e34"), "10000000000000000000000000000000000");
    assert_prints(parse("1e35"), "1e35");
    assert_prints(parse("-1.5e-60"), "-1.5e-60");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tenths_add_up_exactly),
        cmocka_unit_test(the_zero_struct_is_the_number_0),
        cmocka_unit_test(thirty_four_digits_are_kept_and_the_next_rounds_half_to_even),
        cmocka_unit_test(a_digit_far_behind_still_breaks_a_tie),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(division_by_zero_and_overflow_have_no_result),
        cmocka_unit_test(powers_and_roots_are_as_exact_as_they_can_be),
        cmocka_unit_test(modulo_has_the_sign_of_the_divisor),
        cmocka_unit_test(rounding_has_a_scale_and_a_direction),
        cmocka_unit_test(equal_numbers_are_equal_however_they_were_written),
        cmocka_unit_test(whole_numbers_come_and_go),
        cmocka_unit_test(printing_neither_loses_nor_invents_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
