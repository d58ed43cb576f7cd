/* SPDX-License-Identifier: MIT */
/* test_source.c: what is text, and what is refused before any reader sees it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random.h"
#include "text/source.h"

#define BYTES(literal) ((struct str){(literal), sizeof(literal) - 1})

/* The slugs that reading gives, each with its line and column: "crlf@0:0 nul-byte@1:2". */
static void says(struct str bytes, const char *expected) {
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct buf said = {.arena = &a};
    const struct source *source = source_new(&a, STR("a.yaml"), bytes, &d);
    diags_sort(&d);
    for (size_t i = 0; i < d.count; i++)
        buf_printf(&said, "%s%s@%u:%u", i ? " " : "", diag_catalogue[d.items[i].id].slug,
                   d.items[i].position.line, d.items[i].position.column);
    if (!str_eq(buf_str(&said), str_from(expected)))
        fail_msg("\"" STR_FMT "\" is not \"%s\"", STR_ARG(buf_str(&said)), expected);
    assert_true(source ? d.errors == 0 : d.errors > 0);
    arena_release(&a);
}

static void text_is_taken_as_it_is(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct str text = STR("name:\t\"Café 学𝄞\"\n");
    const struct source *s = source_new(&a, STR("a.yaml"), text, &d);
    assert_non_null(s);
    assert_ptr_equal(s->text.at, text.at);
    assert_int_equal(s->text.len, text.len);
    assert_int_equal(d.count, 0);
    arena_release(&a);
    says(STR(""), "");
}

static void a_byte_order_mark_is_passed_over(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    const struct source *s = source_new(&a, STR("a.yaml"), BYTES("\xEF\xBB\xBFname: x"), &d);
    assert_true(str_eq(s->text, STR("name: x")));
    arena_release(&a);
    says(BYTES("\xEF\xBB\xBFname: x"), "byte-order-mark@0:0");
    says(BYTES("\xEF\xBB\xBF"), "byte-order-mark@0:0");
}

static void windows_line_ends_are_warned_of_once(void **state) {
    (void)state;
    says(BYTES("a\r\nb\r\nc\r\n"), "crlf@0:0");
    says(BYTES("\xEF\xBB\xBFx\r\n"), "byte-order-mark@0:0 crlf@0:0");
}

static void utf16_is_known_by_its_mark_or_its_zeros(void **state) {
    (void)state;
    says(BYTES("\xFF\xFEn\0"), "utf16@0:0");
    says(BYTES("\xFE\xFF\0n"), "utf16@0:0");
    says(BYTES("n\0a\0"), "utf16@0:0");
    says(BYTES("\0n\0a"), "utf16@0:0");
    says(BYTES("\xFF\xFE"), "utf16@0:0");
}

static void what_is_no_utf8_is_refused_where_it_stands(void **state) {
    (void)state;
    says(BYTES("name: Caf\xE9\n"), "not-utf8@1:10");
    says(BYTES("a\n\xC3\xA9\xC3"), "not-utf8@2:2");
    says(BYTES("\xED\xA0\x80"), "not-utf8@1:1");
}

static void each_kind_of_trouble_is_told_once(void **state) {
    (void)state;
    says(BYTES("ab\0\0\n\x01\x02\n\xC2\x85\xE2\x80\xA8"),
         "nul-byte@1:3 control-character@2:1 line-separator@3:1");
}

static void control_characters_are_refused(void **state) {
    (void)state;
    static const char *const refused[] = {"\x01",     "\b",           "\v",           "\f",       "\x1B",
                                          "\x1F",     "\x7F",         "\xC2\x80",     "\xC2\x84", "\xC2\x86",
                                          "\xC2\x9F", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\r",       "\r\r\n"};
    static const char *const taken[] = {"\t",       "\n",           "~",           "\xC2\xA0",
                                        "\xC2\xAD", "\xEF\xBF\xBD", "\xE2\x80\xA7"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        says(str_join(&a, STR("a"), str_from(refused[i])), "control-character@1:2");
    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        says(str_join(&a, STR("a"), str_from(taken[i]), STR("b")), "");
    arena_release(&a);
}

static void what_breaks_lines_here_and_not_there_is_refused(void **state) {
    (void)state;
    says(BYTES("a\xC2\x85z"), "line-separator@1:2");
    says(BYTES("a\xE2\x80\xA8z"), "line-separator@1:2");
    says(BYTES("a\xE2\x80\xA9z"), "line-separator@1:2");
}

/* The errno of a failed reading says which message is due. */
static void why_a_file_was_not_read_is_said(void **state) {
    (void)state;
    static const struct {
        int error;
        enum diag_id id;
    } cases[] = {{EFBIG, DIAG_FILE_TOO_LARGE},   {EXDEV, DIAG_FILE_OUTSIDE},  {EINVAL, DIAG_FILE_NOT_REGULAR},
                 {EACCES, DIAG_FILE_UNREADABLE}, {EIO, DIAG_FILE_UNREADABLE}, {ELOOP, DIAG_FILE_UNREADABLE}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct diags d = {.arena = &a};
        source_refused(&a, STR("schools/a.yaml"), cases[i].error, SOURCE_SIZE_WORDS, &d);
        assert_int_equal(d.count, 1);
        assert_int_equal(d.items[0].id, cases[i].id);
        assert_true(str_eq(d.items[0].at.source->path, STR("schools/a.yaml")));
        assert_true(str_has(d.items[0].text, STR("\"schools/a.yaml\"")));
    }
    arena_release(&a);
}

/* Whatever passes this door keeps its promise. */
static void no_bytes_get_past(void **state) {
    (void)state;
    struct random r = {99};
    struct arena a = {0};
    static const char *const pieces[] = {"a",   "\n",       "\r\n",         "\r",   "\t",           "\x01",
                                         "é",   "\xC2\x85", "\xE2\x80\xA8", "\xC2", "\xEF\xBB\xBF", "\x7F",
                                         "\xFF"};
    for (int i = 0; i < 20000; i++) {
        struct arena_mark mark = arena_mark(&a);
        struct diags d = {.arena = &a};
        struct str bytes = random_text(&r, &a, pieces, sizeof(pieces) / sizeof(pieces[0]), 5);
        const struct source *s = source_new(&a, STR("a"), bytes, &d);
        assert_true(s ? !d.errors : d.errors > 0);
        if (s && (str_utf8_bad(s->text) < s->text.len || str_has(s->text, STR("\x01")) ||
                  str_has(s->text, STR("\x7F")) || str_has(s->text, STR("\xC2\x85")) ||
                  str_has(s->text, STR("\xE2\x80\xA8")) || str_ends(s->text, STR("\r")) ||
                  str_has(s->text, STR("\ra"))))
            fail_msg("\"" STR_FMT "\"", STR_ARG(bytes));
        arena_rewind(&a, mark);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_taken_as_it_is),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(windows_line_ends_are_warned_of_once),
        cmocka_unit_test(utf16_is_known_by_its_mark_or_its_zeros),
        cmocka_unit_test(what_is_no_utf8_is_refused_where_it_stands),
        cmocka_unit_test(each_kind_of_trouble_is_told_once),
        cmocka_unit_test(control_characters_are_refused),
        cmocka_unit_test(what_breaks_lines_here_and_not_there_is_refused),
        cmocka_unit_test(why_a_file_was_not_read_is_said),
        cmocka_unit_test(no_bytes_get_past),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
