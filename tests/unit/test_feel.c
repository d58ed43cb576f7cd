/* SPDX-License-Identifier: MIT */
/* test_feel.c: expressions in, values out; what is no expression, with its place; and the bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../feel.h"

/* Arena memory lives for one assertion. */
struct bench {
    struct arena arena;
    struct diags diags;
    struct source source;
};

static const struct feel_node *parse(struct bench *b, struct str text, const struct feel_scope *scope) {
    *b = (struct bench){.source = {STR("e"), text}};
    b->diags.arena = &b->arena;
    return feel_parse(&b->arena, text, place_at(&b->source, 0), scope, &b->diags);
}

static void assert_value_at(const char *text, const char *expected, date today) {
    struct bench b;
    const struct feel_node *node = parse(&b, str_from(text), NULL);
    if (!node)
        fail_msg("%s: " STR_FMT, text, STR_ARG(b.diags.items[0].text));
    const struct feel_env env = {.arena = &b.arena, .today = today};
    struct buf out = {.arena = &b.arena};
    feel_print(&out, feel_eval(node, &env));
    if (!str_eq(buf_str(&out), str_from(expected)))
        fail_msg("%s is " STR_FMT ", not %s", text, STR_ARG(buf_str(&out)), expected);
    arena_release(&b.arena);
}

static void assert_value(const char *text, const char *expected) {
    assert_value_at(text, expected, DATE_NONE);
}

/* The first diagnostic's slug and its 1-based line and column. */
static void assert_refused(const char *text, const struct feel_scope *scope, const char *slug, uint32_t line,
                           uint32_t column, const char *hint) {
    struct bench b;
    if (parse(&b, str_from(text), scope))
        fail_msg("%s was read", text);
    assert_int_equal(b.diags.count, 1);
    assert_string_equal(diag_catalogue[b.diags.items[0].id].slug, slug);
    struct position p = place_position(b.diags.items[0].at);
    if (p.line != line || p.column != column)
        fail_msg("%s: %u:%u instead of %u:%u", text, p.line, p.column, line, column);
    assert_string_equal(str_z(&b.arena, b.diags.items[0].hint), hint);
    arena_release(&b.arena);
}

static void operators_bind_as_dmn_has_them(void **state) {
    (void)state;
    assert_value("1 + 2 * 3", "7");
    assert_value("-2 ** 2", "4");
    assert_value("2 ** 3 ** 2", "64");
    assert_value("10 - 2 - 3", "5");
    assert_value("1 + 1 = 2 and 2 < 3 or false", "true");
    assert_value("true or false and false", "true");
    assert_value("5 between 1 and 10 and false", "false");
    assert_value("if 1 > 2 then \"a\" else \"b\" + \"c\"", "\"bc\"");
    assert_value("1 /* two */ + // three\n 4", "5");
}

static void numbers_are_exact(void **state) {
    (void)state;
    assert_value("0.1 + 0.2 = 0.3", "true");
    assert_value("1 / 3", "0.3333333333333333333333333333333333");
    assert_value("1 / 0", "null");
    assert_value("1.50", "1.5");
}

static void logic_has_three_values(void **state) {
    (void)state;
    assert_value("false and null", "false");
    assert_value("null and true", "null");
    assert_value("true or null", "true");
    assert_value("null or false", "null");
    assert_value("not(null)", "null");
    assert_value("null = null", "true");
    assert_value("1 = \"1\"", "null");
    assert_value("[] = null", "false");
}

static void months_are_added_to_the_end_of_shorter_ones(void **state) {
    (void)state;
    assert_value("date(\"2020-02-29\") + duration(\"P1Y\")", "date(\"2021-02-28\")");
    assert_value("date(\"2020-02-29\") + duration(\"P4Y\")", "date(\"2024-02-29\")");
    assert_value("date(\"2021-03-01\") - duration(\"P1Y\")", "date(\"2020-03-01\")");
    assert_value("date(\"2021-02-28\") - duration(\"P1Y\")", "date(\"2020-02-28\")");
    assert_value("date(\"2024-02-29\") - duration(\"P1Y\")", "date(\"2023-02-28\")");
    assert_value("date(\"2021-01-31\") + duration(\"P1M\")", "date(\"2021-02-28\")");
    assert_value("date(\"2021-03-01\") - duration(\"P1D\")", "date(\"2021-02-28\")");
}

static void a_day_within_the_last_year_is_right_over_the_leap_day(void **state) {
    (void)state;
    date today = date_make(2021, 2, 28);
    assert_value_at("date(\"2020-02-28\") > today() - @\"P1Y\"", "false", today);
    assert_value_at("date(\"2020-02-29\") > today() - @\"P1Y\"", "true", today);
    assert_value("today()", "null");
}

static void dates_that_do_not_exist_are_null(void **state) {
    (void)state;
    assert_value("date(\"2019-02-29\")", "null");
    assert_value("date(2019, 2, 29)", "null");
    assert_value("@\"2019-13-01\"", "null");
    assert_value("date(\"2019-9-1\")", "null");
    assert_value("date(999999999, 12, 31) + @\"P1D\"", "null");
    assert_value("date(-999999999, 1, 1) - @\"P1M\"", "null");
    assert_value("date(2019, 9, 1) - date(2018, 9, 1)", "duration(\"P365D\")");
}

static void durations_have_one_shortest_text(void **state) {
    (void)state;
    assert_value("@\"P14M\"", "duration(\"P1Y2M\")");
    assert_value("@\"PT36H\"", "duration(\"P1DT12H\")");
    assert_value("@\"PT0S\"", "duration(\"PT0S\")");
    assert_value("@\"P0Y\"", "duration(\"P0M\")");
    assert_value("-@\"PT90.5S\"", "duration(\"-PT1M30.5S\")");
    assert_value("duration(\"P1Y1D\")", "null");
    assert_value("@\"P1M\" = @\"P30D\"", "null");
}

static void arguments_are_given_by_place_or_by_name(void **state) {
    (void)state;
    assert_value("modulo(dividend: -12, divisor: 5)", "3");
    assert_value("substring(start position: -2, string: \"foobar\")", "\"ar\"");
    assert_value("number(\"1 234,5\", \" \", \",\")", "1234.5");
    assert_value("number(from: \"1,5\", decimal separator: \",\")", "1.5");
    assert_value("modulo(dividend: 1, foo: 2)", "null");
    assert_value("modulo(1)", "null");
    assert_value("min(3, 1, 2)", "1");
    assert_value("min([3, 1, 2])", "1");
    assert_value("years and months duration(date(2013, 8, 24), date(2011, 12, 22))", "duration(\"-P1Y8M\")");
}

static void filters_take_an_index_or_a_condition(void **state) {
    (void)state;
    assert_value("[1, 2, 3][-1]", "3");
    assert_value("[1, 2, 3][4]", "null");
    assert_value("[1, 2, 3][item >= 2]", "[2, 3]");
    assert_value("[{a: 1}, {a: 2}, {b: 3}][a >= 2]", "[{a: 2}]");
    assert_value("[{x: 1, of two: 2}][of two = 2].x", "[1]");
    assert_value("for x in [1, 2] return [1, 2, 3][item > x]", "[[2, 3], [3]]");
    assert_value("{x: 2, y: [{a: 1}, {a: 2}][a = x]}.y", "[{a: 2}]");
    assert_value("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]");
    assert_value("null[true]", "[]");
    assert_value("5[1]", "5");
}

static void in_tests_values_ranges_and_lists(void **state) {
    (void)state;
    assert_value("5 in (1, 5, 9)", "true");
    assert_value("5 in [1, 5, 9]", "true");
    assert_value("5 in (5..9]", "false");
    assert_value("5 in ]1..5[", "false");
    assert_value("5 in (< 3, >= 5)", "true");
    assert_value("5 in != 5", "false");
    assert_value("1 in [[2..4], [1..3]]", "true");
    assert_value("[1, 2] in [[1, 2], [3]]", "true");
    assert_value("null in [1..3]", "null");
    assert_value("\"b\" in (\"a\"..\"c\")", "true");
}

static void contexts_see_their_earlier_entries(void **state) {
    (void)state;
    assert_value("{a: 1 + 2, b: a + 3}", "{a: 3, b: 6}");
    assert_value("{number of visits: 3, twice: number of visits * 2}.twice", "6");
    assert_value("{\"odd key!\": 1}", "{\"odd key!\": 1}");
    assert_value("{a: 1, a: 2}", "null");
    assert_value("{a: 1}.b", "null");
}

static void loops_go_over_lists_and_ranges(void **state) {
    (void)state;
    assert_value("for i in 1..3 return i * i", "[1, 4, 9]");
    assert_value("for i in 3..1 return i", "[3, 2, 1]");
    assert_value("for i in [1, 2], j in 1..i return i * 10 + j", "[11, 21, 22]");
    assert_value("for i in 1..4 return if i = 1 then 1 else partial[-1] * i", "[1, 2, 6, 24]");
    assert_value("some x in [1, 2], y in [3] satisfies x + y = 5", "true");
    assert_value("every x in [] satisfies false", "true");
    assert_value("every x in [1, null] satisfies x > 0", "null");
}

static void text_is_counted_in_code_points(void **state) {
    (void)state;
    assert_value("string length(\"na\xc3\xafve\")", "5");
    assert_value("substring(\"na\xc3\xafve\", 3, 1)", "\"\xc3\xaf\"");
    assert_value("\"\\uD83D\\uDC0E\" = \"\\U01F40E\"", "true");
    assert_value("upper case(\"\xc3\xa9t\xc3\xa9 \xc5\xbc\")", "\"\xc3\x89T\xc3\x89 \xc5\xbb\"");
    assert_value("\"a\\\"b\\n\"", "\"a\\\"b\\n\"");
}

static void mistakes_are_said_where_they_are(void **state) {
    (void)state;
    assert_refused("1 +", NULL, "feel-syntax", 1, 4, "");
    assert_refused("(1", NULL, "feel-syntax", 1, 3, "");
    assert_refused("1 2", NULL, "feel-syntax", 1, 3, "");
    assert_refused("1 =\n  'a'", NULL, "feel-character", 2, 3, "text stands in double quotes");
    assert_refused("\"abc", NULL, "feel-unclosed", 1, 1, "end it with \"");
    assert_refused("1 /* 2", NULL, "feel-unclosed", 1, 3, "end it with */");
    assert_refused("if true then 1", NULL, "feel-syntax", 1, 15, "");
    assert_refused("some x satisfies x", NULL, "feel-syntax", 1, 19, "");
    assert_refused("modulo(1, divisor: 2)", NULL, "feel-syntax", 1, 11,
                   "name all arguments of a call, or none");
    assert_refused("1e7000", NULL, "feel-syntax", 1, 1, "");
}

static void unknown_names_have_a_suggestion(void **state) {
    (void)state;
    assert_refused("1 + nunber", &world_scope, "feel-name", 1, 5, "did you mean \"number\"?");
    assert_refused("trend.upp", &world_scope, "feel-name", 1, 1, "did you mean \"trend.up\"?");
    assert_refused("members[flagg]", &world_scope, "feel-name", 1, 9, "did you mean \"flag\"?");
    assert_refused("members.numbr", &world_scope, "feel-field", 1, 9, "did you mean \"number\"?");
    assert_refused("some m in members satisfies m.x", &world_scope, "feel-field", 1, 31, "");
    assert_refused("string lenght(\"a\")", NULL, "feel-function", 1, 1, "did you mean \"string length\"?");
    assert_refused("foo", NULL, "feel-name", 1, 1, "");
}

static void the_longest_dotted_name_is_the_name(void **state) {
    (void)state;
    struct bench b;
    const struct feel_node *node = parse(&b, STR("trend.up"), &world_scope);
    assert_non_null(node);
    assert_int_equal(node->op, FEEL_NAME);
    assert_int_equal(node->type.type, FEEL_BOOL);
    arena_release(&b.arena);
    node = parse(&b, STR("members[of.parent = \"x\" and item.number > 1]"), &world_scope);
    assert_non_null(node);
    assert_int_equal(node->op, FEEL_FILTER);
    const struct feel_node *path = node->kids[1]->kids[0]->kids[0];
    assert_int_equal(path->op, FEEL_PATH);
    assert_string_equal(str_z(&b.arena, path->name), "of.parent");
    arena_release(&b.arena);
    node = parse(&b, STR("day.year"), &world_scope);
    assert_non_null(node);
    assert_int_equal(node->op, FEEL_PATH);
    assert_int_equal(node->kids[0]->op, FEEL_NAME);
    arena_release(&b.arena);
}

static void what_is_constant_is_worked_out_once(void **state) {
    (void)state;
    struct bench b;
    const struct feel_node *node = parse(&b, STR("day > date(\"2019-09-01\") - @\"P1Y\""), &world_scope);
    assert_non_null(node);
    assert_int_equal(node->kids[1]->op, FEEL_LITERAL);
    assert_int_equal(node->kids[1]->literal.days, date_make(2018, 9, 1));
    arena_release(&b.arena);
    node = parse(&b, STR("today()"), NULL);
    assert_int_equal(node->op, FEEL_CALL);
    arena_release(&b.arena);
}

static void tests_of_a_cell_are_of_its_column(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"< 10", "true"},       {"[5..7), 9", "false"}, {"not(7, 8)", "false"}, {"not(8)", "true"},
        {"? * 2 = 14", "true"}, {"7", "true"},          {"(1..7]", "true"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bench b = {.source = {STR("e"), str_from(cases[i].text)}};
        b.diags.arena = &b.arena;
        const struct feel_node *node =
            feel_parse_tests(&b.arena, b.source.text, place_at(&b.source, 0), &world_scope, &b.diags);
        assert_non_null(node);
        struct world world = {.number = feel_number(decimal_whole(7))};
        const struct feel_env env = {
            .arena = &b.arena, .today = DATE_NONE, .name = world_name, .context = &world};
        struct buf out = {.arena = &b.arena};
        feel_print(&out, feel_eval(node, &env));
        if (!str_eq(buf_str(&out), str_from(cases[i].expected)))
            fail_msg("%s is " STR_FMT, cases[i].text, STR_ARG(buf_str(&out)));
        arena_release(&b.arena);
    }
}

/* `(` or another opening `count` times, a 1, and as many of the closing. */
static struct str nested(struct arena *arena, const char *open, const char *close, size_t count) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s", open);
    buf_byte(&out, '1');
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s", close);
    return buf_str(&out);
}

static bool is_read(struct str text, const char *slug) {
    struct bench b;
    const struct feel_node *node = parse(&b, text, NULL);
    assert_int_equal(b.diags.count, node ? 0 : 1);
    if (!node)
        assert_string_equal(diag_catalogue[b.diags.items[0].id].slug, slug);
    arena_release(&b.arena);
    return node;
}

static void depth_is_bounded(void **state) {
    (void)state;
    static const struct {
        const char *open, *close;
        size_t most;
    } ways[] = {
        {"(", ")", FEEL_DEPTH_MAX - 1},         {"[", "]", FEEL_DEPTH_MAX - 1},
        {"{a: ", "}", FEEL_DEPTH_MAX - 1},      {"not(", ")", FEEL_DEPTH_MAX - 1},
        {"", "[item > 0]", FEEL_DEPTH_MAX - 2}, {"- ", "", FEEL_DEPTH_MAX - 1},
        {"", ".a", FEEL_DEPTH_MAX - 1},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (!is_read(nested(&arena, ways[i].open, ways[i].close, ways[i].most), "") ||
            is_read(nested(&arena, ways[i].open, ways[i].close, ways[i].most + 1), "feel-depth"))
            fail_msg("%s%s", ways[i].open, ways[i].close);
    }
    arena_release(&arena);
}

static void size_is_bounded(void **state) {
    (void)state;
    struct arena arena = {0};
    char *text = arena_alloc(&arena, FEEL_SIZE_MAX + 1, 1);
    memset(text, ' ', FEEL_SIZE_MAX + 1);
    text[0] = '1';
    assert_true(is_read((struct str){text, FEEL_SIZE_MAX}, ""));
    assert_false(is_read((struct str){text, FEEL_SIZE_MAX + 1}, "feel-long"));
    arena_release(&arena);
}

static void work_is_bounded(void **state) {
    (void)state;
    assert_value("count(for i in 1..99999 return i)", "99999");
    assert_value("for i in 1..100001 return i", "unknown");
    assert_value("for i in 1..99999 return some x in 1..99999 satisfies true", "unknown");
    assert_value("{s: for i in 1..9999 return i, r: for i in 1..9999 return s = s}.r", "unknown");
    assert_value("count(for i in 1..1000, j in 1..1000, k in 1..1000 return 1)", "unknown");
    assert_value("every i in 1..100000, j in 1..100000 satisfies true", "unknown");
}

/* A list that holds a list twice, which holds a list twice, and so on: 2 to the power of 60 items, or of 10. */
static struct str doubled(struct arena *arena, int times, const char *result) {
    struct buf out = {.arena = arena};
    buf_lit(&out, "{a0: [1]");
    for (int i = 1; i <= times; i++)
        buf_printf(&out, ", a%d: [a%d, a%d]", i, i - 1, i - 1);
    buf_printf(&out, ", r: %s(a%d = a%d)}.r", result, times, times);
    return buf_str(&out);
}

static void what_a_value_holds_is_bounded(void **state) {
    (void)state;
    struct arena arena = {0};
    assert_value(str_z(&arena, doubled(&arena, 10, "")), "true");
    assert_value(str_z(&arena, doubled(&arena, 60, "")), "unknown");
    assert_value("{s: for i in 1..2000 return \"0123456789012345678901234567890123456789\", "
                 "t: for i in 1..100 return s}.t",
                 "unknown");
    arena_release(&arena);
}

static void json_has_iso_texts(void **state) {
    (void)state;
    struct bench b;
    const struct feel_node *node = parse(&b, STR("{a b: [@\"P1D\", null, 1/4, [1..2)], \"c\": \"<\"}"), NULL);
    const struct feel_env env = {.arena = &b.arena, .today = DATE_NONE};
    struct buf out = {.arena = &b.arena};
    feel_print_json(&out, feel_eval(node, &env));
    assert_string_equal(str_z(&b.arena, buf_str(&out)),
                        "{\"a b\": [\"P1D\", null, 0.25, \"[1..2)\"], \"c\": \"\\u003c\"}");
    arena_release(&b.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_as_dmn_has_them),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(logic_has_three_values),
        cmocka_unit_test(months_are_added_to_the_end_of_shorter_ones),
        cmocka_unit_test(a_day_within_the_last_year_is_right_over_the_leap_day),
        cmocka_unit_test(dates_that_do_not_exist_are_null),
        cmocka_unit_test(durations_have_one_shortest_text),
        cmocka_unit_test(arguments_are_given_by_place_or_by_name),
        cmocka_unit_test(filters_take_an_index_or_a_condition),
        cmocka_unit_test(in_tests_values_ranges_and_lists),
        cmocka_unit_test(contexts_see_their_earlier_entries),
        cmocka_unit_test(loops_go_over_lists_and_ranges),
        cmocka_unit_test(text_is_counted_in_code_points),
        cmocka_unit_test(mistakes_are_said_where_they_are),
        cmocka_unit_test(unknown_names_have_a_suggestion),
        cmocka_unit_test(the_longest_dotted_name_is_the_name),
        cmocka_unit_test(what_is_constant_is_worked_out_once),
        cmocka_unit_test(tests_of_a_cell_are_of_its_column),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(size_is_bounded),
        cmocka_unit_test(work_is_bounded),
        cmocka_unit_test(what_a_value_holds_is_bounded),
        cmocka_unit_test(json_has_iso_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
