/* SPDX-License-Identifier: MIT */
/* test_redline.c: what changed between two revisions of a text, as a person would mark it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random.h"
#include "text/redline.h"

struct bench {
    struct arena arena, scratch;
    struct source sources[2];
    struct markdown_prose base, head;
    struct redline redline;
    struct buf shown;
};

static void compare(struct bench *b, struct str base, struct str head, enum redline_what what) {
    *b = (struct bench){.sources = {{STR("a.md"), base}, {STR("a.md"), head}}};
    b->shown.arena = &b->arena;
    markdown_prose(&b->arena, &b->sources[0], 0, &b->base);
    markdown_prose(&b->arena, &b->sources[1], 0, &b->head);
    struct differ differ = {.arena = &b->arena, .scratch = &b->scratch, .work = DIFFER_WORK_MAX};
    b->redline = redline_make(&differ, &b->base, &b->head, what);
}

static void bench_release(struct bench *b) {
    arena_release(&b->arena);
    arena_release(&b->scratch);
}

static void show_spans(struct buf *out, const struct redline_change *c) {
    static const char *const open[] = {"", "{+", "[-"}, *const close[] = {"", "+}", "-]"};
    for (size_t i = 0; i < c->span_count; i++)
        buf_printf(out, "%s%s" STR_FMT "%s", i ? " " : "", open[c->spans[i].part], STR_ARG(c->spans[i].text),
                   close[c->spans[i].part]);
}

/* A line a change: "~" changed, "+", "-" or ">" moved; how many blocks; the words. */
static const char *shown(struct bench *b) {
    for (size_t i = 0; i < b->redline.count; i++) {
        const struct redline_change *c = &b->redline.changes[i];
        const struct markdown_block *block =
            c->head != REDLINE_NONE ? &b->head.blocks[c->head] : &b->base.blocks[c->base];
        buf_byte(&b->shown, "~+->"[c->kind]);
        buf_whole(&b->shown, (long long)c->count);
        buf_byte(&b->shown, ' ');
        if (c->kind == REDLINE_CHANGE)
            show_spans(&b->shown, c);
        else
            buf_add(&b->shown, block->text);
        buf_add(&b->shown, c->level ? STR(" (level)") : STR(""));
        buf_add(&b->shown, c->links ? STR(" (links)") : STR(""));
        buf_byte(&b->shown, '\n');
    }
    buf_byte(&b->shown, '\0');
    return b->shown.at;
}

static void assert_marked(const char *base, const char *head, const char *expected) {
    struct bench b;
    compare(&b, str_from(base), str_from(head), REDLINE_ALL);
    assert_string_equal(shown(&b), expected);
    assert_false(b.redline.coarse);
    bench_release(&b);
}

static void words_are_marked_within_their_paragraph(void **state) {
    (void)state;
    assert_marked("Partners visit each school twice a year.\n",
                  "Partners visit each\nschool three times a year.\n",
                  "~1 Partners visit each school [-twice-] {+three times+} a year.\n");
    assert_marked("One two three four.\n\nSame.\n", "One two three four five.\n\nSame.\n",
                  "~1 One two three [-four.-] {+four five.+}\n");
    assert_marked("All schools are visited.\n", "Schools pay a price.\n",
                  "~1 [-All schools are visited.-] {+Schools pay a price.+}\n");
}

static void lines_broken_elsewhere_change_nothing(void **state) {
    (void)state;
    assert_marked("One two\nthree.\n\n- a\n- b\n", "One\ntwo three.\n\n* a\n* b\n", "");
    assert_marked("", "", "");
}

static void a_section_that_stands_elsewhere_has_moved(void **state) {
    (void)state;
    assert_marked("## A\n\nOne.\n\n### Deep\n\nTwo.\n\n## B\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n",
                  "## B\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\n## A\n\nOne.\n\n### Deep\n\nTwo.\n", ">4 A\n");
    assert_marked("Alpha one.\n\nBeta two.\n\nGamma three.\n", "Gamma three.\n\nAlpha one.\n\nBeta two.\n",
                  ">1 Gamma three.\n");
}

static void sections_come_and_go_as_a_whole(void **state) {
    (void)state;
    assert_marked("Before.\n\n## A\n\nOne.\n\nTwo.\n\n## B\n\nThree.\n", "Before.\n\n## B\n\nThree.\n",
                  "-3 A\n");
    assert_marked("Before.\n\n## B\n\nThree.\n",
                  "Before.\n\n## A\n\nOne.\n\n### C\n\nTwo.\n\n## B\n\nThree.\n", "+4 A\n");
    assert_marked("## A\n\nOne.\n", "## A\n\nOne.\n\nTwo.\n", "+1 Two.\n");
    assert_marked("## A\n\nOne.\n", "One.\n", "-1 A\n");
}

static void a_heading_that_is_reworded_is_the_same_heading(void **state) {
    (void)state;
    assert_marked("## Visits\n\nOne.\n", "## Contacts\n\nOne.\n", "~1 [-Visits-] {+Contacts+}\n");
    assert_marked("## A\n\n### Visits\n\nOne.\n", "## A\n\n## Visits\n\nOne.\n", "~1 Visits (level)\n");
}

static void a_link_that_leads_elsewhere_is_a_change(void **state) {
    (void)state;
    assert_marked("See [the plan](a.md).\n", "See [the plan](b.md).\n", "~1 See the plan. (links)\n");
    assert_marked("See *the* plan.\n", "See **the** plan.\n", "");
}

static void rows_of_tables_are_compared_as_rows(void **state) {
    (void)state;
    static const char before[] = "| Band | Fee |\n|---|---|\n| A | 1 |\n| B | 2 |\n";
    static const char after[] = "| Band | Fee |\n|---|---|\n| A | 3 |\n| B | 2 |\n| C | 5 |\n";
    assert_marked(before, after, "~1 A | [-1-] {+3+}\n+1 C | 5\n");
}

static void tables_that_are_programs_can_be_left_to_others(void **state) {
    (void)state;
    struct bench b;
    compare(&b, STR("Words.\n\n<!-- decision: x -->\n\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n"),
            STR("Words.\n\n<!-- decision: x -->\n\n| a |\n|---|\n| z |\n\n| c |\n|---|\n| e |\n"),
            REDLINE_NO_PROGRAMS);
    assert_string_equal(shown(&b), "~1 [-d-] {+e+}\n");
    bench_release(&b);
}

/* One side of a change, put together from its spans. */
static struct str side_of(struct arena *arena, const struct redline_change *c, enum redline_part other) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < c->span_count; i++) {
        if (c->spans[i].part == other)
            continue;
        buf_add(&out, out.len ? STR(" ") : STR(""));
        buf_add(&out, c->spans[i].text);
    }
    return buf_str(&out);
}

/* Marks each block that the changes account for; what is left over must be the same in both, in order. */
static void assert_accounts_for_everything(struct bench *b) {
    bool *base = arena_array(&b->arena, bool, b->base.count + 1),
         *head = arena_array(&b->arena, bool, b->head.count + 1);
    for (size_t i = 0; i < b->redline.count; i++) {
        const struct redline_change *c = &b->redline.changes[i];
        for (size_t k = 0; k < c->count; k++) {
            if (c->base != REDLINE_NONE) {
                assert_false(base[c->base + k]);
                base[c->base + k] = true;
            }
            if (c->head != REDLINE_NONE) {
                assert_false(head[c->head + k]);
                head[c->head + k] = true;
            }
            if (c->kind == REDLINE_MOVE)
                assert_true(str_eq(b->base.blocks[c->base + k].text, b->head.blocks[c->head + k].text));
        }
        if (c->kind != REDLINE_CHANGE)
            continue;
        assert_true(str_eq(side_of(&b->arena, c, REDLINE_ADDED), b->base.blocks[c->base].text));
        assert_true(str_eq(side_of(&b->arena, c, REDLINE_REMOVED), b->head.blocks[c->head].text));
    }
    size_t i = 0, j = 0;
    for (;;) {
        while (i < b->base.count && base[i])
            i++;
        while (j < b->head.count && head[j])
            j++;
        if (i == b->base.count || j == b->head.count)
            break;
        assert_true(str_eq(b->base.blocks[i++].text, b->head.blocks[j++].text));
    }
    assert_int_equal(i, b->base.count);
    assert_int_equal(j, b->head.count);
}

static void the_changes_of_any_two_texts_make_the_one_of_the_other(void **state) {
    (void)state;
    static const char *const pieces[] = {"## Alpha\n\n",     "## Beta two\n\n",    "### Deep\n\n",
                                         "One two three. ",  "Four five\n",        "\n\n",
                                         "- item\n",         "\n> said\n\n",       "[^1]",
                                         "six seven eight ", "\n\n[^1]: note\n\n", "[link](a.md) "};
    struct random r = {9};
    for (int round = 0; round < 3000; round++) {
        struct arena texts = {0};
        struct str a = random_text(&r, &texts, pieces, 12, 24), c = random_text(&r, &texts, pieces, 12, 24);
        struct bench b;
        compare(&b, a, random_below(&r, 4) ? c : str_join(&texts, c, a), REDLINE_ALL);
        assert_accounts_for_everything(&b);
        bench_release(&b);
        compare(&b, a, a, REDLINE_ALL);
        assert_int_equal(b.redline.count, 0);
        bench_release(&b);
        arena_release(&texts);
    }
}

/* A megabyte on either side, of one paragraph, of many words, of many blocks: an end is found. */
static void large_texts_that_have_nothing_in_common_end(void **state) {
    (void)state;
    static const char *const joints[] = {" ", "\n\n", "\n\n## ", "\n- ", "\n| "};
    for (size_t k = 0; k < sizeof(joints) / sizeof(*joints); k++) {
        struct arena texts = {0};
        struct buf a = {.arena = &texts}, c = {.arena = &texts};
        for (long long i = 0; a.len < 1000 * 1000; i++) {
            buf_add(&a, str_from(joints[k]));
            buf_whole(&a, i * 7 % 9973);
            buf_add(&c, str_from(joints[k]));
            buf_whole(&c, i * 11 % 8969 + 20000);
        }
        struct bench b;
        compare(&b, buf_str(&a), buf_str(&c), REDLINE_ALL);
        assert_accounts_for_everything(&b);
        bench_release(&b);
        arena_release(&texts);
    }
}

static void likeness_is_of_words(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned like;
    } cases[] = {{"", "", 100}, {"a b", "b a", 100}, {"a b c d", "a b x y", 50},
                 {"a", "b", 0}, {"a a", "a", 66},    {"a", "", 0}};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct redline_bag a = {0}, b = {0};
        redline_bag_add(&a, &arena, str_from(cases[i].a));
        redline_bag_add(&b, &arena, str_from(cases[i].b));
        redline_bag_done(&a);
        redline_bag_done(&b);
        assert_int_equal(redline_like(&a, &b), cases[i].like);
        assert_int_equal(redline_like(&b, &a), cases[i].like);
    }
    arena_release(&arena);
}

static int setup(void **state) {
    (void)state;
    markdown_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_marked_within_their_paragraph),
        cmocka_unit_test(lines_broken_elsewhere_change_nothing),
        cmocka_unit_test(a_section_that_stands_elsewhere_has_moved),
        cmocka_unit_test(sections_come_and_go_as_a_whole),
        cmocka_unit_test(a_heading_that_is_reworded_is_the_same_heading),
        cmocka_unit_test(a_link_that_leads_elsewhere_is_a_change),
        cmocka_unit_test(rows_of_tables_are_compared_as_rows),
        cmocka_unit_test(tables_that_are_programs_can_be_left_to_others),
        cmocka_unit_test(the_changes_of_any_two_texts_make_the_one_of_the_other),
        cmocka_unit_test(large_texts_that_have_nothing_in_common_end),
        cmocka_unit_test(likeness_is_of_words),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
