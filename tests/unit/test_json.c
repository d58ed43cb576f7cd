/* SPDX-License-Identifier: MIT */
/* test_json.c: what the reader takes and refuses, and what the writer gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/json.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct source source;
    struct value value;
    bool ok;
};

static int setup(void **state) {
    *state = calloc(1, sizeof(struct fixture));
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    free(f);
    return 0;
}

static void read_str(struct fixture *f, struct str text) {
    f->source = (struct source){STR("data.json"), text};
    f->diags = (struct diags){.arena = &f->arena};
    f->ok = json_read(&f->arena, &f->source, &f->diags, &f->value);
}

static void read_all(struct fixture *f, const char *text) {
    read_str(f, str_from(text));
}

static void assert_str(struct str s, const char *expected) {
    char *z = (char[4096]){0};
    assert_true(s.len < 4096);
    if (s.len)
        memcpy(z, s.at, s.len);
    assert_string_equal(z, expected);
}

/* Reads and writes on one line. */
static void assert_round(struct fixture *f, const char *text, const char *expected) {
    read_all(f, text);
    assert_true(f->ok);
    struct buf out = {.arena = &f->arena};
    json_write(&out, &f->value, -1);
    assert_str(buf_str(&out), expected);
}

/* The text is refused, with this slug first, at this byte. */
static void assert_refused(struct fixture *f, const char *text, const char *slug, size_t offset) {
    read_all(f, text);
    assert_false(f->ok);
    assert_true(f->diags.count > 0);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, slug);
    assert_int_equal(f->diags.items[0].at.offset, offset);
}

static void every_kind_of_value_is_read(void **state) {
    struct fixture *f = *state;
    assert_round(f, " {\"a\" : [ 1 , true,false,null,\"x\", {} , [] ] }\r\n\t ",
                 "{\"a\":[1,true,false,null,\"x\",{},[]]}");
    assert_int_equal(f->value.kind, VALUE_MAP);
    const struct value *list = value_get(&f->value, STR("a"));
    assert_int_equal(list->items[0].kind, VALUE_NUMBER);
    assert_int_equal(list->items[4].kind, VALUE_TEXT);
    assert_round(f, "\"alone\"", "\"alone\"");
    assert_round(f, "0", "0");
}

static void values_and_keys_know_their_place(void **state) {
    struct fixture *f = *state;
    read_all(f, "{\"a\":\n  [7]}");
    assert_int_equal(f->value.offset, 0);
    assert_int_equal(f->value.fields[0].key_offset, 1);
    assert_int_equal(f->value.fields[0].value.offset, 8);
    assert_int_equal(f->value.fields[0].value.items[0].offset, 9);
    assert_ptr_equal(f->value.fields[0].value.items[0].source, &f->source);
}

static void numbers_keep_their_text(void **state) {
    struct fixture *f = *state;
    const char *all = "[0,-0,1.10,1e5,1E+05,-12.5e-3,123456789012345678901234567890]";
    assert_round(f, all, all);
}

static void what_is_no_number_is_named(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {"01",  "1.",   ".5",    "-",   "+1",  "1e",
                                      "1e+", "0x10", "1.2.3", "--1", "1-2", "-a"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_refused(f, bad[i], "json-number", 0);
    read_all(f, "[0123]");
    assert_str(f->diags.items[0].text, "\"0123\" is not a number as JSON writes them");
}

static void words_that_json_does_not_know_are_refused(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {"True",      "nul", "nulls", "NaN", "Infinity",
                                      "undefined", "yes", "'x'",   "",    "  "};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_refused(f, bad[i], "json-syntax", i == 9 ? 2 : 0);
    assert_refused(f, "[-Infinity]", "json-number", 1);
}

static void escapes_are_undone(void **state) {
    struct fixture *f = *state;
    read_all(f, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\"");
    assert_true(f->ok);
    assert_str(value_str(&f->value), "\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC");
    read_all(f, "\"a\\u0000b\"");
    assert_int_equal(f->value.count, 3);
    assert_memory_equal(f->value.text, "a\0b", 3);
}

static void a_surrogate_pair_is_one_character(void **state) {
    struct fixture *f = *state;
    read_all(f, "\"\\uD83D\\uDE00\"");
    assert_true(f->ok);
    assert_str(value_str(&f->value), "\xF0\x9F\x98\x80");
}

static void half_a_surrogate_pair_is_refused(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "\"\\uD83D\"", "json-surrogate", 1);
    assert_refused(f, "\"\\uDE00\"", "json-surrogate", 1);
    assert_refused(f, "\"\\uD83D\\u0041\"", "json-surrogate", 1);
    assert_refused(f, "\"\\uD83Dx\"", "json-surrogate", 1);
    assert_refused(f, "\"\\uD83D\\uD83D\\uDE00\"", "json-surrogate", 1);
    assert_int_equal(f->diags.count, 1); /* the pair after it is whole */
    assert_str(value_str(&f->value), "\xEF\xBF\xBD\xF0\x9F\x98\x80");
}

static void unknown_escapes_are_refused(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {"\"\\x41\"", "\"\\a\"", "\"\\u12\"",  "\"\\u12G4\"",
                                      "\"\\",      "\"\\u",   "\"\\U0041\""};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_refused(f, bad[i], "json-escape", 1);
}

static void control_characters_in_strings_are_refused(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "\"a\nb\"", "json-control", 2);
    assert_refused(f, "\"\t\"", "json-control", 1);
    read_str(f, STR("\"\0\""));
    assert_false(f->ok);
    assert_round(f, "\"\x7F\"", "\"\x7F\"");
}

static void what_is_left_open_is_reported_where_it_opens(void **state) {
    struct fixture *f = *state;
    assert_refused(f, " \"abc", "json-unclosed", 1);
    assert_refused(f, "[1, [2", "json-unclosed", 4);
    assert_refused(f, "{\"a\": 1", "json-unclosed", 0);
    assert_refused(f, "[", "json-syntax", 1);
    assert_refused(f, "{", "json-syntax", 1);
}

static void commas_stand_between_items_only(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "[1,]", "json-comma", 2);
    assert_refused(f, "{\"a\":1 , }", "json-comma", 7);
    assert_refused(f, "[,1]", "json-syntax", 1);
    assert_refused(f, "[1 2]", "json-syntax", 3);
    assert_refused(f, "[1}", "json-syntax", 2);
}

static void names_are_strings_with_a_colon(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "{a:1}", "json-syntax", 1);
    assert_refused(f, "{1:1}", "json-syntax", 1);
    assert_refused(f, "{\"a\" 1}", "json-syntax", 5);
    assert_refused(f, "{\"a\":}", "json-syntax", 5);
}

static void nothing_follows_the_value(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "1 2", "json-trailing", 2);
    assert_refused(f, "{}}", "json-trailing", 2);
    assert_refused(f, "\"a\"\"b\"", "json-trailing", 3);
}

static void every_duplicate_name_is_reported(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "{\"a\":1,\n\"b\":2,\n\"\\u0061\":3, \"b\":4}", "json-duplicate-key", 15);
    assert_int_equal(f->diags.count, 2);
    assert_str(f->diags.items[0].text, "the key \"a\" was given already in line 1");
    assert_str(f->diags.items[1].text, "the key \"b\" was given already in line 2");
}

static void duplicates_are_found_among_many_names_too(void **state) {
    struct fixture *f = *state;
    struct buf text = {.arena = &f->arena};
    buf_byte(&text, '{');
    for (int i = 0; i < 100; i++)
        buf_printf(&text, "\"k%d\":%d,", i, i);
    size_t at = text.len;
    buf_lit(&text, "\"k3\":0,");
    buf_lit(&text, "\"k99\":0}");
    read_str(f, buf_str(&text));
    assert_false(f->ok);
    assert_int_equal(f->diags.count, 2);
    assert_int_equal(f->diags.items[0].at.offset, at);
    assert_int_equal(f->value.count, 100);
}

static void bytes_that_are_no_utf8_are_refused(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "\"a\xFF\"", "not-utf8", 2);
    assert_refused(f, "\"\xED\xA0\x80\"", "not-utf8", 1);
    assert_refused(f, "\"\xC0\xAF\"", "not-utf8", 1);
}

static void read_nested(struct fixture *f, int depth) {
    struct buf text = {.arena = &f->arena};
    for (int i = 0; i < depth; i++)
        buf_add(&text, i % 2 ? STR("{\"a\":") : STR("["));
    buf_byte(&text, '1');
    for (int i = depth; i-- > 0;)
        buf_byte(&text, i % 2 ? '}' : ']');
    read_str(f, buf_str(&text));
}

static void values_nest_as_deep_as_the_limit_and_no_deeper(void **state) {
    struct fixture *f = *state;
    read_nested(f, JSON_DEPTH_MAX);
    assert_true(f->ok);
    read_nested(f, JSON_DEPTH_MAX + 1);
    assert_false(f->ok);
    assert_int_equal(f->diags.count, 1);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "json-depth");
    read_nested(f, 100000);
    assert_false(f->ok);
}

static void siblings_do_not_add_to_the_depth(void **state) {
    struct fixture *f = *state;
    struct buf text = {.arena = &f->arena};
    buf_byte(&text, '[');
    for (int i = 0; i < JSON_DEPTH_MAX * 2; i++)
        buf_add(&text, i ? STR(",[]") : STR("{}"));
    buf_byte(&text, ']');
    read_str(f, buf_str(&text));
    assert_true(f->ok);
}

static void written_strings_may_stand_in_a_script(void **state) {
    struct fixture *f = *state;
    struct buf out = {.arena = &f->arena};
    json_string(&out, STR("</script><!-- & \xE2\x80\xA8\xE2\x80\xA9\xE2\x80\x99 \"q\" \\ \n\x01\xE2"));
    assert_str(buf_str(&out),
               "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029\xE2\x80\x99 \\\"q\\\" \\\\ "
               "\\n\\u0001\xE2\"");
    buf_clear(&out);
    json_string(&out, STR("\xE2\x80\"<")); /* bad UTF-8 swallows nothing */
    assert_str(buf_str(&out), "\"\xE2\x80\\\"\\u003c\"");
    buf_clear(&out);
    json_string(&out, (struct str){0});
    assert_str(buf_str(&out), "\"\"");
}

static void names_are_escaped_like_texts(void **state) {
    struct fixture *f = *state;
    assert_round(f, "{\"</script>\": \"<\"}", "{\"\\u003c/script\\u003e\":\"\\u003c\"}");
}

static void indenting_puts_each_item_on_a_line(void **state) {
    struct fixture *f = *state;
    read_all(f, "{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[]}");
    struct buf out = {.arena = &f->arena};
    json_write(&out, &f->value, 2);
    assert_str(buf_str(&out),
               "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}");
}

static void made_json_is_written_as_it_is_and_html_as_a_string(void **state) {
    struct fixture *f = *state;
    struct value_list list = {.arena = &f->arena};
    list_add(&list, value_json(STR("{\"x\":1}")));
    list_add(&list, value_html(STR("<b>")));
    struct value v = list_done(&list);
    struct buf out = {.arena = &f->arena};
    json_write(&out, &v, -1);
    assert_str(buf_str(&out), "[{\"x\":1},\"\\u003cb\\u003e\"]");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_value_is_read),
        TEST(values_and_keys_know_their_place),
        TEST(numbers_keep_their_text),
        TEST(what_is_no_number_is_named),
        TEST(words_that_json_does_not_know_are_refused),
        TEST(escapes_are_undone),
        TEST(a_surrogate_pair_is_one_character),
        TEST(half_a_surrogate_pair_is_refused),
        TEST(unknown_escapes_are_refused),
        TEST(control_characters_in_strings_are_refused),
        TEST(what_is_left_open_is_reported_where_it_opens),
        TEST(commas_stand_between_items_only),
        TEST(names_are_strings_with_a_colon),
        TEST(nothing_follows_the_value),
        TEST(every_duplicate_name_is_reported),
        TEST(duplicates_are_found_among_many_names_too),
        TEST(bytes_that_are_no_utf8_are_refused),
        TEST(values_nest_as_deep_as_the_limit_and_no_deeper),
        TEST(siblings_do_not_add_to_the_depth),
        TEST(written_strings_may_stand_in_a_script),
        TEST(names_are_escaped_like_texts),
        TEST(indenting_puts_each_item_on_a_line),
        TEST(made_json_is_written_as_it_is_and_html_as_a_string),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
