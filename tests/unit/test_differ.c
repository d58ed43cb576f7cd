/* SPDX-License-Identifier: MIT */
/* test_differ.c: the shortest way from one sequence to another, against a slow and simple reckoning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random.h"
#include "text/differ.h"

struct bench {
    struct arena arena, scratch;
    struct differ differ;
};

static void bench_make(struct bench *b, size_t work) {
    *b = (struct bench){0};
    b->differ = (struct differ){.arena = &b->arena, .scratch = &b->scratch, .work = work};
}

static void bench_release(struct bench *b) {
    arena_release(&b->arena);
    arena_release(&b->scratch);
}

/* Each letter is a string. */
static struct str *letters(struct arena *arena, struct str text) {
    struct str *out = arena_array(arena, struct str, text.len);
    for (size_t i = 0; i < text.len; i++)
        out[i] = str_sub(text, i, i + 1);
    return out;
}

static struct difference compare(struct bench *b, struct str base, struct str head) {
    return differ_compare(&b->differ, letters(&b->arena, base), base.len, letters(&b->arena, head), head.len);
}

/* The head, made of the base by the difference: "ab[-c-]{+d+}". */
static const char *shown(struct bench *b, struct str base, struct str head) {
    struct difference d = compare(b, base, head);
    struct buf out = {.arena = &b->arena};
    size_t x = 0, y = 0;
    for (size_t i = 0; i < d.count; i++) {
        const struct difference_run *r = &d.runs[i];
        if (x < r->base)
            buf_printf(&out, "[-" STR_FMT "-]", STR_ARG(str_sub(base, x, r->base)));
        if (y < r->head)
            buf_printf(&out, "{+" STR_FMT "+}", STR_ARG(str_sub(head, y, r->head)));
        buf_add(&out, str_sub(base, r->base, r->base + r->count));
        x = r->base + r->count;
        y = r->head + r->count;
    }
    buf_byte(&out, '\0');
    return out.at;
}

/* Runs are in order, apart, the same on both sides, and end at both ends. */
static void assert_sound(const struct difference *d, struct str base, struct str head) {
    size_t x = 0, y = 0, kept = 0;
    assert_true(d->count > 0);
    for (size_t i = 0; i < d->count; i++) {
        const struct difference_run *r = &d->runs[i];
        assert_true(r->base >= x && r->head >= y);
        assert_true(!i || r->base > x || r->head > y || i + 1 == d->count);
        assert_true(r->count || i + 1 == d->count);
        assert_true(
            str_eq(str_sub(base, r->base, r->base + r->count), str_sub(head, r->head, r->head + r->count)));
        x = r->base + r->count;
        y = r->head + r->count;
        kept += r->count;
    }
    assert_int_equal(kept, d->kept);
    assert_int_equal(x, base.len);
    assert_int_equal(y, head.len);
    assert_int_equal(d->runs[d->count - 1].count, 0);
}

/* The longest common subsequence by the table that everybody knows. */
static size_t longest(struct str base, struct str head) {
    size_t table[65][65] = {{0}};
    for (size_t i = 1; i <= base.len; i++)
        for (size_t j = 1; j <= head.len; j++) {
            size_t up = table[i - 1][j], left = table[i][j - 1];
            table[i][j] = base.at[i - 1] == head.at[j - 1] ? table[i - 1][j - 1] + 1 : up > left ? up : left;
        }
    return table[base.len][head.len];
}

static void what_is_in_both_is_kept(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, DIFFER_WORK_MAX);
    assert_string_equal(shown(&b, STR("abc"), STR("abc")), "abc");
    assert_string_equal(shown(&b, STR(""), STR("")), "");
    assert_string_equal(shown(&b, STR(""), STR("ab")), "{+ab+}");
    assert_string_equal(shown(&b, STR("ab"), STR("")), "[-ab-]");
    assert_string_equal(shown(&b, STR("abc"), STR("xyz")), "[-abc-]{+xyz+}");
    assert_string_equal(shown(&b, STR("the cat"), STR("the hat")), "the [-c-]{+h+}at");
    assert_string_equal(shown(&b, STR("abcd"), STR("bcde")), "[-a-]bcd{+e+}");
    bench_release(&b);
}

static void it_is_the_shortest_way_and_as_short_back(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "b", "c", "d", "ab", "cc"};
    struct random r = {6};
    struct bench b;
    bench_make(&b, SIZE_MAX);
    for (int round = 0; round < 20000; round++) {
        size_t most = random_below(&r, 32) + 1, some = random_below(&r, 5) + 2;
        struct str base = random_text(&r, &b.arena, pieces, some, most);
        struct str head = random_text(&r, &b.arena, pieces, some, random_below(&r, 3) ? most : 3);
        struct difference there = compare(&b, base, head), back = compare(&b, head, base);
        assert_sound(&there, base, head);
        assert_sound(&back, head, base);
        assert_false(there.coarse);
        assert_int_equal(there.kept, longest(base, head));
        assert_int_equal(back.kept, there.kept);
        arena_release(&b.arena);
    }
    bench_release(&b);
}

static void of_equal_sequences_there_is_nothing(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "b", "c"};
    struct random r = {7};
    struct bench b;
    bench_make(&b, DIFFER_WORK_MAX);
    for (int round = 0; round < 500; round++) {
        struct str text = random_text(&r, &b.arena, pieces, 3, 40);
        struct difference d = compare(&b, text, text);
        assert_int_equal(d.kept, text.len);
        assert_int_equal(d.count, text.len ? 2 : 1);
    }
    assert_int_equal(b.differ.work, DIFFER_WORK_MAX);
    bench_release(&b);
}

/* Whatever is found before the work runs out, it is a way from the one to the other; and it says that it is not the
 * shortest. */
static void beyond_the_work_it_is_coarse_and_says_so(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "b", "c", "d", "e"};
    struct random r = {8};
    bool coarse = false, fine = false;
    for (int round = 0; round < 2000; round++) {
        struct bench b;
        bench_make(&b, random_below(&r, 200));
        struct str base = random_text(&r, &b.arena, pieces, 5, 60),
                   head = random_text(&r, &b.arena, pieces, 5, 60);
        struct difference d = compare(&b, base, head);
        assert_sound(&d, base, head);
        assert_true(d.coarse || d.kept == longest(base, head));
        coarse = coarse || d.coarse;
        fine = fine || !d.coarse;
        bench_release(&b);
    }
    assert_true(coarse && fine);
}

static void texts_that_have_nothing_in_common_end(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, DIFFER_WORK_MAX);
    size_t count = 400000;
    struct str *base = arena_array(&b.arena, struct str, count),
               *head = arena_array(&b.arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        base[i] = str_whole(&b.arena, (long long)(i % 1000));
        head[i] = str_whole(&b.arena, (long long)(i * 7 % 1009));
    }
    struct difference d = differ_compare(&b.differ, base, count, head, count);
    assert_true(d.coarse);
    assert_int_equal(b.differ.work, 0);
    bench_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_both_is_kept),
        cmocka_unit_test(it_is_the_shortest_way_and_as_short_back),
        cmocka_unit_test(of_equal_sequences_there_is_nothing),
        cmocka_unit_test(beyond_the_work_it_is_coarse_and_says_so),
        cmocka_unit_test(texts_that_have_nothing_in_common_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
