/* SPDX-License-Identifier: MIT */
/* test_arena.c: pieces, marks, and growing in place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void assert_zero(const unsigned char *p, size_t size) {
    for (size_t i = 0; i < size; i++)
        assert_int_equal(p[i], 0);
}

static void pieces_are_zeroed_and_aligned(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 1; i < 200; i++) {
        unsigned char *p = arena_alloc(&a, i, 1);
        assert_zero(p, i);
        memset(p, 0xFF, i);
        double *d = arena_new(&a, double);
        assert_int_equal((uintptr_t)d % alignof(double), 0);
        assert_zero((unsigned char *)d, sizeof(*d));
        max_align_t *m = arena_new(&a, max_align_t);
        assert_int_equal((uintptr_t)m % alignof(max_align_t), 0);
    }
    arena_release(&a);
}

static void nothing_is_still_a_piece(void **state) {
    (void)state;
    struct arena a = {0};
    assert_non_null(arena_alloc(&a, 0, 1));
    assert_non_null(arena_array(&a, int, 0));
    arena_release(&a);
}

static void pieces_do_not_overlap(void **state) {
    (void)state;
    struct arena a = {0};
    enum { COUNT = 3000 };
    unsigned char *pieces[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = arena_alloc(&a, 1 + i % 97, 1);
        memset(pieces[i], (int)(i & 0xFF), 1 + i % 97);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < 1 + i % 97; j++)
            assert_int_equal(pieces[i][j], i & 0xFF);
    arena_release(&a);
}

static void a_piece_larger_than_any_block_is_given(void **state) {
    (void)state;
    struct arena a = {0};
    size_t size = (size_t)9 * 1024 * 1024;
    unsigned char *p = arena_alloc(&a, size, 1);
    p[0] = p[size - 1] = 1;
    assert_true(a.held >= size);
    arena_release(&a);
    assert_int_equal(a.held, 0);
}

static void the_last_piece_grows_where_it_is(void **state) {
    (void)state;
    struct arena a = {0};
    char *p = arena_alloc(&a, 3, 1);
    memcpy(p, "abc", 3);
    char *q = arena_grow(&a, p, 3, 300, 1);
    assert_ptr_equal(p, q);
    assert_memory_equal(q, "abc", 3);
    arena_release(&a);
}

static void a_piece_with_others_after_it_grows_as_a_copy(void **state) {
    (void)state;
    struct arena a = {0};
    char *p = arena_alloc(&a, 3, 1);
    memcpy(p, "abc", 3);
    char *other = arena_alloc(&a, 1, 1);
    *other = 'x';
    char *q = arena_grow(&a, p, 3, 300, 1);
    memset(q + 3, 'y', 297);
    assert_ptr_not_equal(p, q);
    assert_memory_equal(q, "abc", 3);
    assert_int_equal(*other, 'x');
    arena_release(&a);
}

static void growing_past_the_block_keeps_the_bytes(void **state) {
    (void)state;
    struct arena a = {0};
    size_t size = 1;
    unsigned char *p = arena_alloc(&a, size, 1);
    *p = 42;
    while (size < 20000000) {
        p = arena_grow(&a, p, size, size * 2, 1);
        for (size_t i = size; i < size * 2; i += 4096)
            p[i] = (unsigned char)i;
        size *= 2;
        assert_int_equal(p[0], 42);
        assert_int_equal(p[size / 2], (unsigned char)(size / 2));
    }
    arena_release(&a);
}

static void nothing_grows_into_a_first_piece(void **state) {
    (void)state;
    struct arena a = {0};
    char *p = arena_grow(&a, NULL, 0, 10, 1);
    assert_non_null(p);
    memset(p, 1, 10);
    arena_release(&a);
}

static void rewinding_gives_the_same_bytes_again_zeroed(void **state) {
    (void)state;
    struct arena a = {0};
    char *kept = arena_alloc(&a, 5, 1);
    memcpy(kept, "kept", 5);
    struct arena_mark mark = arena_mark(&a);
    unsigned char *p = arena_alloc(&a, 100, 8);
    memset(p, 0xFF, 100);
    arena_rewind(&a, mark);
    unsigned char *q = arena_alloc(&a, 100, 8);
    assert_ptr_equal(p, q);
    assert_zero(q, 100);
    assert_string_equal(kept, "kept");
    arena_release(&a);
}

static void rewinding_gives_blocks_back_but_one(void **state) {
    (void)state;
    struct arena a = {0};
    struct arena_mark mark = arena_mark(&a);
    for (int i = 0; i < 1000; i++)
        arena_alloc(&a, 10000, 1);
    size_t most = a.held;
    arena_rewind(&a, mark);
    assert_true(a.held < most / 10);
    assert_true(a.held > 0);
    for (int i = 0; i < 1000; i++) { /* a frame that is rewound each time does not add up */
        arena_alloc(&a, 10000, 1);
        arena_rewind(&a, mark);
    }
    assert_true(a.held < most / 10);
    arena_release(&a);
}

static void marks_are_rewound_to_from_the_newest_to_the_oldest(void **state) {
    (void)state;
    struct arena a = {0};
    struct arena_mark marks[50];
    unsigned char *firsts[50];
    for (size_t i = 0; i < 50; i++) {
        marks[i] = arena_mark(&a);
        firsts[i] = arena_alloc(&a, 7000, 1);
        memset(firsts[i], (int)i + 1, 7000);
    }
    for (size_t i = 50; i-- > 0;) {
        for (size_t j = 0; j <= i; j++)
            assert_int_equal(firsts[j][6999], j + 1);
        arena_rewind(&a, marks[i]);
    }
    arena_release(&a);
}

static void a_released_arena_may_be_used_and_released_again(void **state) {
    (void)state;
    struct arena a = {0};
    arena_release(&a);
    arena_alloc(&a, 10, 1);
    arena_release(&a);
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 10, 1));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_and_aligned),
        cmocka_unit_test(nothing_is_still_a_piece),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(a_piece_larger_than_any_block_is_given),
        cmocka_unit_test(the_last_piece_grows_where_it_is),
        cmocka_unit_test(a_piece_with_others_after_it_grows_as_a_copy),
        cmocka_unit_test(growing_past_the_block_keeps_the_bytes),
        cmocka_unit_test(nothing_grows_into_a_first_piece),
        cmocka_unit_test(rewinding_gives_the_same_bytes_again_zeroed),
        cmocka_unit_test(rewinding_gives_blocks_back_but_one),
        cmocka_unit_test(marks_are_rewound_to_from_the_newest_to_the_oldest),
        cmocka_unit_test(a_released_arena_may_be_used_and_released_again),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
