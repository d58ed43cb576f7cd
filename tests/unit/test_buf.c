/* SPDX-License-Identifier: MIT */
/* test_buf.c: text that grows. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void assert_text(const struct buf *b, const char *text) {
    assert_int_equal(b->len, strlen(text));
    if (b->len)
        assert_memory_equal(b->at, text, b->len);
}

static void an_empty_buf_is_the_empty_string(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    buf_add(&b, (struct str){0});
    assert_int_equal(buf_str(&b).len, 0);
    assert_int_equal(a.held, 0);
    arena_release(&a);
}

static void pieces_follow_each_other(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    buf_lit(&b, "Ash");
    buf_byte(&b, '-');
    buf_add(&b, STR("down"));
    buf_printf(&b, " %s %d", "has", 3);
    buf_whole(&b, -12);
    assert_text(&b, "Ash-down has 3-12");
    arena_release(&a);
}

static void bytes_are_kept_while_it_grows(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    for (size_t i = 0; i < 100000; i++) {
        buf_byte(&b, (char)('a' + i % 26));
        if (i % 1000 == 0)
            arena_alloc(&a, 1, 1); /* so that it cannot always grow in place */
    }
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(b.at[i], 'a' + i % 26);
    arena_release(&a);
}

static void clearing_keeps_the_room(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    buf_reserve(&b, 5000);
    size_t size = b.size;
    const char *at = b.at;
    buf_printf(&b, "%04000d", 1);
    buf_clear(&b);
    assert_int_equal(b.len, 0);
    buf_printf(&b, "%04000d", 2);
    assert_int_equal(b.size, size);
    assert_ptr_equal(b.at, at);
    arena_release(&a);
}

static void reserved_room_is_enough(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t more = 0; more < 3000; more += 7) {
        struct buf b = {.arena = &a};
        buf_lit(&b, "abc");
        buf_reserve(&b, more);
        assert_true(b.size - b.len >= more);
    }
    arena_release(&a);
}

static void whole_numbers_are_written_from_end_to_end(void **state) {
    (void)state;
    static const struct {
        long long n;
        const char *text;
    } cases[] = {
        {0, "0"},
        {9, "9"},
        {10, "10"},
        {-1, "-1"},
        {LLONG_MAX, "9223372036854775807"},
        {LLONG_MIN, "-9223372036854775808"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf b = {.arena = &a};
        buf_whole(&b, cases[i].n);
        assert_text(&b, cases[i].text);
    }
    arena_release(&a);
}

/* Every code point there is, written and read back. */
static void code_points_are_written_as_utf8(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        buf_clear(&b);
        buf_code_point(&b, c);
        size_t at = 0;
        struct str s = buf_str(&b);
        if (str_utf8_bad(s) != s.len || str_next(s, &at) != c || at != s.len)
            fail_msg("U+%04X", c);
    }
    arena_release(&a);
}

static void a_long_format_is_not_cut(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    buf_lit(&b, "x");
    buf_printf(&b, "%02000d|%s", 7, "end");
    assert_int_equal(b.len, 1 + 2000 + 4);
    assert_memory_equal(b.at + b.len - 6, "07|end", 6);
    arena_release(&a);
}

static void formats_are_those_of_the_c_library(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = {.arena = &a};
    char text[256];
#define SAME(...)                                  \
    do {                                           \
        buf_clear(&b);                             \
        buf_printf(&b, __VA_ARGS__);               \
        snprintf(text, sizeof(text), __VA_ARGS__); \
        assert_text(&b, text);                     \
    } while (0)
    SAME("plain");
    SAME("%d%d %d", 0, -1, INT_MAX);
    SAME("%d,%ld,%ld", INT_MIN, LONG_MIN, LONG_MAX);
    SAME("%u %lu %zu", UINT_MAX, ULONG_MAX, SIZE_MAX);
    SAME("U+%04X #%06x %x", 0x85u, 0xabcu, UINT_MAX);
    SAME("%02d-%04d", 7, 12345);
    SAME("100%% of %s%s", "it", "");
#undef SAME
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buf_is_the_empty_string),
        cmocka_unit_test(pieces_follow_each_other),
        cmocka_unit_test(bytes_are_kept_while_it_grows),
        cmocka_unit_test(clearing_keeps_the_room),
        cmocka_unit_test(reserved_room_is_enough),
        cmocka_unit_test(whole_numbers_are_written_from_end_to_end),
        cmocka_unit_test(code_points_are_written_as_utf8),
        cmocka_unit_test(a_long_format_is_not_cut),
        cmocka_unit_test(formats_are_those_of_the_c_library),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
