/* SPDX-License-Identifier: MIT */
/* test_markdown_prose.c: the words of a text, block by block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/markdown.h"

static const char kinds[] = "phiqctrf"; /* in the order of enum markdown_block_kind */

struct outcome {
    struct arena arena;
    struct source source;
    struct markdown_prose prose;
    struct buf shown;
};

/* A line each: the kind, the level where it has one, its line, its text, and where it leads. */
static const char *read_text(struct outcome *o, const char *text) {
    *o = (struct outcome){.source = {STR("page.md"), str_from(text)}};
    o->shown.arena = &o->arena;
    markdown_prose(&o->arena, &o->source, 0, &o->prose);
    for (size_t i = 0; i < o->prose.count; i++) {
        const struct markdown_block *b = &o->prose.blocks[i];
        buf_byte(&o->shown, kinds[b->kind]);
        if (b->level)
            buf_whole(&o->shown, b->level);
        buf_printf(&o->shown, " %u " STR_FMT, place_position(b->at).line, STR_ARG(b->text));
        for (size_t j = 0; j < b->link_count; j++)
            buf_printf(&o->shown, " -> " STR_FMT, STR_ARG(b->links[j]));
        buf_byte(&o->shown, '\n');
    }
    buf_byte(&o->shown, '\0');
    return o->shown.at;
}

static void assert_shown(const char *text, const char *expected) {
    struct outcome o;
    assert_string_equal(read_text(&o, text), expected);
    arena_release(&o.arena);
}

static void assert_reads_the_same(const char *a, const char *b) {
    struct outcome x, y;
    read_text(&x, a);
    read_text(&y, b);
    assert_int_equal(x.prose.count, y.prose.count);
    for (size_t i = 0; i < x.prose.count; i++) {
        const struct markdown_block *p = &x.prose.blocks[i], *q = &y.prose.blocks[i];
        assert_int_equal(p->kind, q->kind);
        assert_int_equal(p->level, q->level);
        assert_int_equal(p->above, q->above);
        assert_int_equal(p->link_count, q->link_count);
        assert_true(str_eq(p->text, q->text));
    }
    arena_release(&x.arena);
    arena_release(&y.arena);
}

static void words_come_without_markup_and_links_with_where_they_lead(void **state) {
    (void)state;
    assert_shown("A *visit* by the **partner** in `code`, see [the\nprinciples](principles.md#sizes).\n",
                 "p 1 A visit by the partner in code, see the principles. -> principles.md#sizes\n");
    assert_shown("![A map](map.svg) and <https://a.example>\n",
                 "p 1 A map and https://a.example -> map.svg -> https://a.example\n");
    assert_shown("Ready&nbsp;now, R&amp;D, 3 \\* 4\n", "p 1 Ready now, R&D, 3 * 4\n");
}

static void a_text_whose_lines_are_broken_elsewhere_reads_the_same(void **state) {
    (void)state;
    assert_reads_the_same("One two\nthree four.\n\n- five\n  six\n\n> seven\n> eight\n",
                          "One\ntwo three\nfour.\n\n* five six\n\n> seven eight\n");
    assert_reads_the_same("Head\n----\n\n| a | b |\n|---|---|\n| one | two |\n",
                          "## Head ##\n\na|b\n-|-\none   |   two\n");
    assert_reads_the_same("One *two*.\n", "<!-- a note -->\nOne _two_.<!-- another -->\n");
}

static void blocks_are_of_their_kinds_and_know_their_lines(void **state) {
    (void)state;
    assert_shown(
        "Para.\n\n## Head {#head}\n\n- one\n  - two\n\n    more\n- three\n\n> Said.\n\n```\na  b\nc\n```\n",
        "p 1 Para.\nh2 3 Head\ni1 5 one\ni2 6 two\ni2 8 more\ni1 9 three\nq 11 Said.\nc 13 a  b\nc\n");
    assert_shown("> [!WARNING]\n> Closed.\n\n> [!FACTS]\n> - **Term:** words\n",
                 "q 1 Warning\nq 1 Closed.\ni1 5 Term: words\n");
    assert_shown("Said[^b] and[^a].\n\n[^a]: A note.\n[^b]: Another\n    of two lines.\n",
                 "p 1 Said and. -> [^] -> [^]\nf 4 Another of two lines.\nf 3 A note.\n");
}

static void rows_come_with_their_cells_and_captions_with_their_table(void **state) {
    (void)state;
    struct outcome o;
    assert_string_equal(
        read_text(&o, "**Fees** a day\n\n| Band | Fee |\n|---|--:|\n| [A](a.md) | 1 \\| 2 |\n"),
        "t 1 Fees a day\nr 3 Band | Fee\nr 5 A | 1 | 2 -> a.md\n");
    assert_int_equal(o.prose.blocks[2].cell_count, 2);
    assert_true(str_eq(o.prose.blocks[2].cells[1], STR("1 | 2")));
    for (size_t i = 0; i < o.prose.count; i++) {
        assert_int_equal(o.prose.blocks[i].table, 1);
        assert_false(o.prose.blocks[i].program);
    }
    arena_release(&o.arena);
}

static void a_directive_is_no_words_and_marks_its_table(void **state) {
    (void)state;
    struct outcome o;
    assert_string_equal(read_text(&o, "| a |\n|---|\n| b |\n\n*Chart*\n\n<!-- decision: x\nlabel: X -->\n\n"
                                      "| c |\n|---|\n| d |\n"),
                        "r 1 a\nr 3 b\nt 5 Chart\nr 10 c\nr 12 d\n");
    for (size_t i = 0; i < o.prose.count; i++) {
        assert_int_equal(o.prose.blocks[i].program, i >= 2);
        assert_int_equal(o.prose.blocks[i].table, i >= 2 ? 2 : 1);
    }
    arena_release(&o.arena);
}

static void a_block_knows_the_headings_that_it_stands_under(void **state) {
    (void)state;
    struct outcome o;
    read_text(&o, "Before.\n\n## A\n\n### B\n\nIn b.\n\n### C\n\n## D\n\nIn d[^1].\n\n[^1]: Note.\n");
    static const char *const paths[] = {"", "", "A", "A, B", "A", "", "D", ""};
    assert_int_equal(o.prose.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_true(str_eq(markdown_block_path(&o.arena, &o.prose, i), str_from(paths[i])));
    assert_true(str_eq(o.prose.blocks[1].id, STR("a")));
    arena_release(&o.arena);
}

static void offsets_count_from_the_front_of_the_file(void **state) {
    (void)state;
    struct outcome o = {.source = {STR("page.md"), STR("---\ntitle: T\n---\nWords.\n")}};
    markdown_prose(&o.arena, &o.source, 17, &o.prose);
    assert_int_equal(o.prose.count, 1);
    assert_int_equal(place_position(o.prose.blocks[0].at).line, 4);
    arena_release(&o.arena);
}

static void nothing_has_no_words(void **state) {
    (void)state;
    assert_shown("", "");
    assert_shown("\n\n<!-- only a comment -->\n\n---\n\n<b>\n", "");
    assert_shown("[unused]: somewhere.md\n", "");
}

/* What makes the parser slow is refused before it, as when the text is rendered; and what is deep ends. */
static void text_made_to_hurt_ends(void **state) {
    (void)state;
    static const char *const marks[] = {"> ", "- ", "*a ",      "[",      "![](",
                                        "| ", "`",  "a|\n-|\n", "[^a]: ", "# \n"};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        struct buf text = {.arena = &arena};
        while (text.len < 256 * 1024)
            buf_add(&text, str_from(marks[i]));
        struct source source = {STR("page.md"), buf_str(&text)};
        struct markdown_prose prose;
        markdown_prose(&arena, &source, 0, &prose);
        for (size_t j = 0; j < prose.count; j++)
            assert_true(prose.blocks[j].above <= j);
        arena_release(&arena);
    }
}

static int setup(void **state) {
    (void)state;
    markdown_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_without_markup_and_links_with_where_they_lead),
        cmocka_unit_test(a_text_whose_lines_are_broken_elsewhere_reads_the_same),
        cmocka_unit_test(blocks_are_of_their_kinds_and_know_their_lines),
        cmocka_unit_test(rows_come_with_their_cells_and_captions_with_their_table),
        cmocka_unit_test(a_directive_is_no_words_and_marks_its_table),
        cmocka_unit_test(a_block_knows_the_headings_that_it_stands_under),
        cmocka_unit_test(offsets_count_from_the_front_of_the_file),
        cmocka_unit_test(nothing_has_no_words),
        cmocka_unit_test(text_made_to_hurt_ends),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
