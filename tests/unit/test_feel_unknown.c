/* SPDX-License-Identifier: MIT */
/* test_feel_unknown.c: what is not known is not null, is never guessed, and is decided where it does not matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../feel.h"

static const struct feel_value unknown = {.type = FEEL_UNKNOWN};

static void assert_in(struct world *world, const char *text, const char *expected) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    const struct feel_node *node =
        feel_parse(&arena, str_from(text), (struct place){0}, &world_scope, &diags);
    if (!node)
        fail_msg("%s: " STR_FMT, text, STR_ARG(diags.items[0].text));
    const struct feel_env env = {.arena = &arena, .today = DATE_NONE, .name = world_name, .context = world};
    struct feel_value v = feel_eval(node, &env);
    struct buf out = {.arena = &arena};
    feel_print(&out, v);
    if (v.type == FEEL_UNKNOWN && v.unknown.bounded)
        buf_printf(&out, " %d to %d", v.unknown.least, v.unknown.most);
    if (!str_eq(buf_str(&out), str_from(expected)))
        fail_msg("%s is " STR_FMT ", not %s", text, STR_ARG(buf_str(&out)), expected);
    arena_release(&arena);
}

/* A world in which nothing is known. */
static struct world dark(void) {
    return (struct world){unknown, unknown, unknown, unknown, unknown, unknown, unknown};
}

static void unknown_flags_follow_kleene(void **state) {
    (void)state;
    struct world w = dark();
    assert_in(&w, "true and flag", "unknown");
    assert_in(&w, "false and flag", "false");
    assert_in(&w, "true or flag", "true");
    assert_in(&w, "false or flag", "unknown");
    assert_in(&w, "not(flag)", "unknown");
    assert_in(&w, "flag and false", "false");
    assert_in(&w, "flag or true", "true");
    assert_in(&w, "flag and null", "unknown");
    assert_in(&w, "flag or null", "unknown");
}

static void unknown_is_not_null_and_never_becomes_it(void **state) {
    (void)state;
    struct world w = dark();
    assert_in(&w, "number = null", "unknown");
    assert_in(&w, "grade = \"good\"", "unknown");
    assert_in(&w, "grade in (\"good\", \"poor\")", "unknown");
    assert_in(&w, "number + 1", "unknown");
    assert_in(&w, "-number", "unknown");
    assert_in(&w, "number < 3", "unknown");
    assert_in(&w, "number between 1 and 2", "unknown");
    assert_in(&w, "3 in [1..number]", "unknown");
    assert_in(&w, "floor(number)", "unknown");
    assert_in(&w, "sum([1, number])", "unknown");
    assert_in(&w, "day.year", "unknown");
    assert_in(&w, "string(number)", "unknown");
    assert_in(&w, "members[flag]", "unknown");
    assert_in(&w, "count(members)", "unknown");
    assert_in(&w, "[1, 2][number]", "unknown");
}

static void what_is_wrong_whatever_the_value_is_null(void **state) {
    (void)state;
    struct world w = dark();
    assert_in(&w, "modulo(number, \"a\")", "null");
}

static void a_choice_between_equal_values_is_none(void **state) {
    (void)state;
    struct world w = dark();
    assert_in(&w, "if flag then 1 else 1", "1");
    assert_in(&w, "if flag then \"a\" else \"b\"", "unknown");
    assert_in(&w, "if flag then null else null", "null");
    assert_in(&w, "if flag then 1 else 3", "unknown 1 to 3");
    assert_in(&w, "if flag then 1 else number", "unknown");
}

static void lists_with_unknown_items_answer_what_they_can(void **state) {
    (void)state;
    struct world w = dark();
    assert_in(&w, "list contains([1, number], 1)", "true");
    assert_in(&w, "list contains([1, number], 2)", "unknown");
    assert_in(&w, "any([flag, true])", "true");
    assert_in(&w, "all([flag, true])", "unknown");
    assert_in(&w, "count([number, 1])", "2");
    assert_in(&w, "[1, number] = [2, number]", "false");
    assert_in(&w, "[1, number] = [1, 2]", "unknown");
    assert_in(&w, "some x in [1, number] satisfies x = 1", "true");
    assert_in(&w, "every x in [1, number] satisfies x > 1", "false");
    assert_in(&w, "every x in [1, number] satisfies x > 0", "unknown");
}

/* Three members: one is flagged, one is not, of one it is not known. */
static struct world with_members(struct arena *arena) {
    static const struct member known = {.flag = {.type = FEEL_BOOL, .truth = true},
                                        .number = {.type = FEEL_UNKNOWN},
                                        .grade = {.type = FEEL_TEXT, .text = {"good", 4}}};
    static const struct member not_flagged = {.flag = {.type = FEEL_BOOL},
                                              .grade = {.type = FEEL_TEXT, .text = {"poor", 4}}};
    static const struct member maybe = {.flag = {.type = FEEL_UNKNOWN}, .grade = {.type = FEEL_UNKNOWN}};
    static const struct member *const members[] = {&known, &not_flagged, &maybe};
    struct feel_value *items = arena_array(arena, struct feel_value, 3);
    for (size_t i = 0; i < 3; i++)
        items[i] = feel_record(&member_class, members[i]);
    struct world w = dark();
    w.members = feel_list(arena, items, 3);
    return w;
}

static void a_count_of_possible_items_has_bounds(void **state) {
    (void)state;
    struct arena arena = {0};
    struct world w = with_members(&arena);
    assert_in(&w, "count(members)", "3");
    assert_in(&w, "count(members[flag])", "unknown 1 to 2");
    assert_in(&w, "count(members[not(flag)])", "unknown 1 to 2");
    assert_in(&w, "count(members[flag and grade = \"poor\"])", "unknown 0 to 1");
    assert_in(&w, "count(members[grade != \"poor\"])", "unknown 1 to 2");
    assert_in(&w, "count(members[flag][grade = \"good\"])", "unknown 1 to 2");
    assert_in(&w, "count(members[false])", "0");
    arena_release(&arena);
}

static void bounds_decide_what_they_can(void **state) {
    (void)state;
    struct arena arena = {0};
    struct world w = with_members(&arena);
    assert_in(&w, "count(members[flag]) >= 1", "true");
    assert_in(&w, "count(members[flag]) > 2", "false");
    assert_in(&w, "count(members[flag]) >= 2", "unknown");
    assert_in(&w, "count(members[flag]) < 3", "true");
    assert_in(&w, "count(members[flag]) = 0", "false");
    assert_in(&w, "count(members[flag]) = 1", "unknown");
    assert_in(&w, "count(members[flag]) != 4", "true");
    assert_in(&w, "count(members[flag]) in [1..2]", "true");
    assert_in(&w, "count(members[flag]) between 3 and 4", "false");
    assert_in(&w, "count(members[flag]) * 3 <= count(members) * 2", "true");
    arena_release(&arena);
}

static void bounds_go_through_sums_and_products(void **state) {
    (void)state;
    struct arena arena = {0};
    struct world w = with_members(&arena);
    assert_in(&w, "count(members[flag]) + 1", "unknown 2 to 3");
    assert_in(&w, "3 - count(members[flag])", "unknown 1 to 2");
    assert_in(&w, "-count(members[flag])", "unknown -2 to -1");
    assert_in(&w, "count(members[flag]) * -2", "unknown -4 to -2");
    assert_in(&w, "0 * count(members[flag])", "0");
    assert_in(&w, "count(members[flag]) / 2", "unknown");
    assert_in(&w, "count(members[flag]) * 2147483647", "unknown");
    arena_release(&arena);
}

static void possible_items_decide_nothing_alone(void **state) {
    (void)state;
    struct arena arena = {0};
    struct world w = with_members(&arena);
    assert_in(&w, "some m in members[flag] satisfies m.grade = \"good\"", "true");
    assert_in(&w, "some m in members[flag] satisfies m.grade = \"excellent\"", "unknown");
    assert_in(&w, "some m in members[flag] satisfies m.grade = \"poor\"", "unknown");
    assert_in(&w, "every m in members[flag] satisfies true", "true");
    assert_in(&w, "every m in members[flag] satisfies m.grade = \"good\"", "unknown");
    assert_in(&w, "every m in members[flag] satisfies m.grade = \"poor\"", "false");
    assert_in(&w, "some m in members[grade = \"excellent\"] satisfies false", "false");
    assert_in(&w, "list contains(members[flag].grade, \"good\")", "true");
    assert_in(&w, "list contains(members[flag].grade, \"poor\")", "unknown");
    assert_in(&w, "any(members[flag].flag)", "true");
    assert_in(&w, "\"good\" in members[flag].grade", "true");
    assert_in(&w, "members[flag][1].grade", "unknown");
    assert_in(&w, "members[flag][3]", "null");
    assert_in(&w, "members[flag] = members[flag]", "unknown");
    assert_in(&w, "sum(members[flag].number)", "unknown");
    assert_in(&w, "members[1].grade", "\"good\"");
    arena_release(&arena);
}

static void lists_made_of_possible_items_keep_them_so(void **state) {
    (void)state;
    struct arena arena = {0};
    struct world w = with_members(&arena);
    assert_in(&w, "count(for m in members[flag] return m.grade)", "unknown 1 to 2");
    assert_in(&w, "count(members[flag].grade)", "unknown 1 to 2");
    assert_in(&w, "count(append(members[flag], 1))", "unknown 2 to 3");
    assert_in(&w, "count(concatenate(members[flag], members))", "unknown 4 to 5");
    assert_in(&w, "count(reverse(members[flag]))", "unknown 1 to 2");
    assert_in(&w, "count(distinct values(members[flag].grade))", "unknown");
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_flags_follow_kleene),
        cmocka_unit_test(unknown_is_not_null_and_never_becomes_it),
        cmocka_unit_test(what_is_wrong_whatever_the_value_is_null),
        cmocka_unit_test(a_choice_between_equal_values_is_none),
        cmocka_unit_test(lists_with_unknown_items_answer_what_they_can),
        cmocka_unit_test(a_count_of_possible_items_has_bounds),
        cmocka_unit_test(bounds_decide_what_they_can),
        cmocka_unit_test(bounds_go_through_sums_and_products),
        cmocka_unit_test(possible_items_decide_nothing_alone),
        cmocka_unit_test(lists_made_of_possible_items_keep_them_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
