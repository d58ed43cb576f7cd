/* SPDX-License-Identifier: MIT */
/* test_feel_check.c: what is certainly wrong with an expression of a vocabulary, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../feel.h"

/* The slug, column, text and hint of the one thing that is wrong; NULL: nothing is. */
static void assert_found(const char *text, const char *slug, uint32_t column, const char *says,
                         const char *hint) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source source = {STR("e"), str_from(text)};
    const struct feel_node *node =
        feel_parse(&arena, source.text, place_at(&source, 0), &world_scope, &diags);
    if (!node)
        fail_msg("%s: " STR_FMT, text, STR_ARG(diags.items[0].text));
    bool ok = feel_check(node, &diags);
    if (ok != !slug || diags.count != (slug != NULL))
        fail_msg("%s: %zu found: " STR_FMT, text, diags.count,
                 STR_ARG(diags.count ? diags.items[0].text : STR("")));
    if (slug) {
        assert_string_equal(diag_catalogue[diags.items[0].id].slug, slug);
        assert_int_equal(place_position(diags.items[0].at).column, column);
        assert_string_equal(str_z(&arena, diags.items[0].text), says);
        if (hint)
            assert_string_equal(str_z(&arena, diags.items[0].hint), hint);
    }
    arena_release(&arena);
}

static void assert_fine(const char *text) {
    assert_found(text, NULL, 0, NULL, NULL);
}

static void what_is_right_is_left_alone(void **state) {
    (void)state;
    static const char *const fine[] = {
        "grade = \"good\"",
        "grade in (\"good\", \"poor\")",
        "grade in [\"good\", \"poor\"]",
        "grade != null and flag",
        "count(members[flag]) / count(members) <= 1/3",
        "some m in members satisfies m.grade = grade",
        "every m in members satisfies not(m.flag) or m.number > 3",
        "day > today() - @\"P1Y\"",
        "day - day < @\"P10D\"",
        "if flag then grade = \"good\" else false",
        "members[1].grade = \"poor\"",
        "list contains(members.grade, \"good\")",
        "number between 1 and 10",
        "number in (< 3, [5..7])",
        "{a: 1}.a + 1",
        "string(number) + \"%\"",
        "min(number, 3) > 1",
        "number * @\"P1D\" < @\"P10D\"",
    };
    for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
        assert_fine(fine[i]);
}

static void two_scales_are_not_compared(void **state) {
    (void)state;
    assert_found("grade = colour", "feel-scales", 7,
                 "a value of the scale \"grade\" is compared with one of \"colour\"", NULL);
    assert_found("some m in members satisfies m.grade = colour", "feel-scales", 37,
                 "a value of the scale \"grade\" is compared with one of \"colour\"", NULL);
    assert_found("colour in (grade)", "feel-scales", 12,
                 "a value of the scale \"colour\" is compared with one of \"grade\"", NULL);
}

static void a_scale_is_compared_with_its_own_values(void **state) {
    (void)state;
    assert_found("grade = \"god\"", "feel-scale-value", 9, "\"god\" is not a value of the scale \"grade\"",
                 "did you mean \"good\"?");
    assert_found("\"red\" != grade", "feel-scale-value", 1, "\"red\" is not a value of the scale \"grade\"",
                 "");
    assert_found("grade in (\"good\", \"por\")", "feel-scale-value", 19,
                 "\"por\" is not a value of the scale \"grade\"", "did you mean \"poor\"?");
    assert_found("count(members[grade = \"goood\"])", "feel-scale-value", 23,
                 "\"goood\" is not a value of the scale \"grade\"", "did you mean \"good\"?");
}

static void a_scale_has_no_order_here(void **state) {
    (void)state;
    assert_found("grade >= \"good\"", "feel-scale-order", 7,
                 "values of the scale \"grade\" are compared by >=", NULL);
    assert_found("grade in (> \"good\")", "feel-scale-order", 11,
                 "values of the scale \"grade\" are compared by in", NULL);
}

static void conditions_are_yes_or_no(void **state) {
    (void)state;
    assert_found("number and flag", "feel-condition", 1, "a number stands where a yes or no is needed", NULL);
    assert_found("not(grade)", "feel-condition", 5, "a text stands where a yes or no is needed", NULL);
    assert_found("members[grade]", "feel-condition", 9, "a text stands where a yes or no is needed", NULL);
    assert_found("if number then 1 else 2", "feel-condition", 4,
                 "a number stands where a yes or no is needed", NULL);
    assert_found("some m in members satisfies m.number", "feel-condition", 31,
                 "a number stands where a yes or no is needed", NULL);
}

static void only_what_goes_together_is_put_together(void **state) {
    (void)state;
    assert_found("grade + 1", "feel-operand", 7, "a text and a number cannot be put together by +", NULL);
    assert_found("number = \"3\"", "feel-operand", 8,
                 "a number and a text cannot be put together by =", NULL);
    assert_found("day < 3", "feel-operand", 5, "a date and a number cannot be put together by <", NULL);
    assert_found("\"a\" * 2", "feel-operand", 5, "a text and a number cannot be put together by *", NULL);
    assert_found("number / 0", "feel-zero", 8, "this divides by zero", NULL);
    assert_found("-grade", "feel-wrong", 1, "a text cannot be negative", NULL);
}

static void calls_have_their_arguments(void **state) {
    (void)state;
    assert_found("modulo(number)", "feel-wrong", 1, "\"modulo\" does not take these arguments",
                 "write modulo(dividend, divisor)");
    assert_found("date(number, 1)", "feel-wrong", 1, "\"date\" does not take these arguments",
                 "write date(from) or date(year, month, day)");
    assert_found("floor(n: number, places: 2)", "feel-wrong", 1, "\"floor\" does not take these arguments",
                 "write floor(n, [scale])");
    assert_found("floor(grade)", "feel-wrong", 7, "\"floor\" is given a text, and takes a number", NULL);
    assert_found("day > date(\"2019-02-29\")", "feel-wrong", 7, "this is always null", NULL);
    assert_found("day > @\"2019\"", "feel-wrong", 7, "this is neither a date nor a duration", NULL);
    assert_found("{a: 1, a: 2}.a = 1", "feel-wrong", 1, "a key stands twice in a context",
                 "give the key \"a\" once");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_right_is_left_alone),
        cmocka_unit_test(two_scales_are_not_compared),
        cmocka_unit_test(a_scale_is_compared_with_its_own_values),
        cmocka_unit_test(a_scale_has_no_order_here),
        cmocka_unit_test(conditions_are_yes_or_no),
        cmocka_unit_test(only_what_goes_together_is_put_together),
        cmocka_unit_test(calls_have_their_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
