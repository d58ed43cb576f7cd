/* SPDX-License-Identifier: MIT */
/* test_diag.c: collecting, sorting and printing what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_text(struct str s, const char *text) {
    if (!str_eq(s, str_from(text)))
        fail_msg("got:\n" STR_FMT "\nnot:\n%s", STR_ARG(s), text);
}

/* All that is printed of these diagnostics, sorted. */
static struct str printed(struct diags *diags) {
    struct buf out = {.arena = diags->arena};
    diags_sort(diags);
    for (size_t i = 0; i < diags->count; i++)
        diag_print(&out, &diags->items[i]);
    return buf_str(&out);
}

/* One diagnostic at an offset of a text, as it is printed. */
static void prints_at(const char *text, size_t offset, const char *expected) {
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct source source = {STR("a.yaml"), str_from(text)};
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&source, offset));
    struct str s = printed(&d);
    struct str hint = STR("  hint: write the keys out\n");
    assert_true(str_ends(s, hint));
    assert_text(str_sub(s, 0, s.len - hint.len), expected);
    arena_release(&a);
}

/* ---- words ---- */

static void holes_are_filled_in_their_order(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    diag(&d, DIAG_SCHEMA_TYPE, ((struct place){0}), STR("name"), STR("text"), STR("a list"),
         STR("write one"));
    assert_text(printed(&d), "error: \"name\" must be text, not a list [wrong-type]\n  hint: write one\n");
    arena_release(&a);
}

static void a_hint_with_an_empty_hole_is_left_out(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    diag(&d, DIAG_SCALE_UNKNOWN, ((struct place){0}), STR("suport"), STR(""));
    assert_text(printed(&d), "error: \"suport\" is not a scale of this file [unknown-scale]\n");
    arena_release(&a);
}

static void what_others_wrote_stays_on_one_line_and_is_cut(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    char *z = arena_alloc(&a, 1000, 1);
    memset(z, 'x', 999);
    memcpy(z + 239, "é", 2); /* stands over the edge */
    diag(&d, DIAG_SCALE_UNKNOWN, ((struct place){0}), str_from(z), STR(""));
    struct str text = d.items[0].text;
    assert_true(str_ends(text, STR("xxx...\" is not a scale of this file")));
    assert_int_equal(str_utf8_bad(text), text.len);
    diag(&d, DIAG_SCALE_UNKNOWN, ((struct place){0}), STR("a\nb\tc\x1B[2J\x7F \xC2\x9B \xC2\xA3"), STR(""));
    assert_text(d.items[1].text, "\"a\\nb?c?[2J? ? £\" is not a scale of this file");
    arena_release(&a);
}

static void the_path_cannot_drive_the_terminal(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct source source = {STR("a\x1B[2J\n.yaml"), STR("")};
    diag_plain(&d, DIAG_TEXT_UTF16, place_file(&source));
    assert_text(printed(&d),
                "a?[2J\\n.yaml: error: the file is UTF-16 [utf16]\n  hint: save the file as UTF-8\n");
    arena_release(&a);
}

/* Said in the catalogue's first lines, and held to here. */
static void the_catalogue_keeps_its_own_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_kind *k = &diag_catalogue[i];
        struct str texts[] = {str_from(k->text), str_from(k->hint)};
        assert_true(str_is_slug(str_from(k->slug)));
        assert_true(texts[0].len > 0);
        for (size_t t = 0; t < 2; t++) {
            bool stop = str_ends(texts[t], STR(".")) && !str_ends(texts[t], STR("..."));
            bool brand = str_starts(texts[t], STR("HTML")) || str_starts(texts[t], STR("URN")) ||
                         str_starts(texts[t], STR("YAML"));
            bool capital = texts[t].len && texts[t].at[0] >= 'A' && texts[t].at[0] <= 'Z' && !brand;
            if (stop || capital)
                fail_msg("%s: \"%s\"", k->slug, texts[t].at);
        }
        for (size_t j = 0; j < i; j++)
            if (strcmp(k->slug, diag_catalogue[j].slug) == 0)
                fail_msg("\"%s\" is there twice", k->slug);
    }
}

/* ---- order ---- */

static void they_are_sorted_by_path_place_and_text(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct source x = {STR("a.yaml"), STR("one\ntwo\n")}, y = {STR("b.yaml"), STR("one\n")};
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&y, 0));
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&x, 4));
    diag(&d, DIAG_SCALE_UNKNOWN, place_at(&x, 4), STR("b"), STR(""));
    diag(&d, DIAG_SCALE_UNKNOWN, place_at(&x, 4), STR("a"), STR(""));
    diag_plain(&d, DIAG_TEXT_CRLF, place_file(&x));
    diag(&d, DIAG_TREE_BUSY, ((struct place){0}), STR("site"));
    diags_sort(&d);
    static const enum diag_id ids[] = {DIAG_TREE_BUSY,     DIAG_TEXT_CRLF,     DIAG_YAML_MERGE,
                                       DIAG_SCALE_UNKNOWN, DIAG_SCALE_UNKNOWN, DIAG_YAML_MERGE};
    assert_int_equal(d.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(d.items[i].id, ids[i]);
    assert_text(d.items[3].text, "\"a\" is not a scale of this file");
    arena_release(&a);
}

static void what_is_said_twice_is_said_once(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct source x = {STR("a.yaml"), STR("one\ntwo\n")}, again = {STR("a.yaml"), STR("one\ntwo\n")};
    for (int i = 0; i < 3; i++) {
        diag_plain(&d, DIAG_YAML_MERGE, place_at(&x, 4));
        diag_plain(&d, DIAG_TEXT_CRLF, place_file(&x));
        diag(&d, DIAG_TREE_BUSY, ((struct place){0}), STR("site"));
    }
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&again, 4)); /* the same file, read again */
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&x, 0));
    assert_int_equal(d.errors, 8);
    diags_sort(&d);
    assert_int_equal(d.count, 4);
    assert_int_equal(d.errors, 3); /* a warning is none */
    assert_int_equal(d.machine, 1);
    arena_release(&a);
}

static void one_mistake_on_many_pages_is_told_of_the_first(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct source x = {STR("layout.mustache"), STR("{{nmae}}\n")};
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&x, 0))->note = STR("while rendering b.html");
    diag_plain(&d, DIAG_YAML_MERGE, place_at(&x, 0))->note = STR("while rendering a.html");
    assert_text(printed(&d),
                "layout.mustache:1:1: error: merge keys are not read [yaml-merge]\n  {{nmae}}\n  ^\n"
                "  while rendering a.html\n  hint: write the keys out\n");
    arena_release(&a);
}

/* Workers find things in any order; what is printed does not depend on it. */
static void the_order_of_finding_does_not_matter(void **state) {
    (void)state;
    struct arena a = {0};
    struct random r = {3};
    struct source sources[] = {{STR("a.yaml"), STR("one\ntwo\nthree\n")}, {STR("b.md"), STR("é\n\nx")}};
    struct str first = {0};
    for (int round = 0; round < 20; round++) {
        struct diags workers[3] = {{.arena = &a}, {.arena = &a}, {.arena = &a}}, all = {.arena = &a};
        size_t order[30];
        for (size_t i = 0; i < 30; i++)
            order[i] = i;
        for (size_t i = 29; i > 0; i--) {
            size_t j = random_below(&r, i + 1), swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < 30; i++)
            diag(&workers[i % 3], DIAG_SCALE_UNKNOWN, place_at(&sources[order[i] % 2], order[i] / 4),
                 str_whole(&a, (long long)(order[i] % 5)), STR(""));
        for (size_t i = 0; i < 3; i++)
            diags_take(&all, &workers[i]);
        struct str s = printed(&all);
        if (!round)
            first = s;
        assert_true(str_eq(s, first));
    }
    arena_release(&a);
}

static void taken_texts_outlive_the_worker(void **state) {
    (void)state;
    struct arena a = {0}, worker = {0};
    struct diags all = {.arena = &a}, mine = {.arena = &worker};
    diag(&mine, DIAG_TREE_BUSY, ((struct place){0}), STR("site"))->note = str_copy(&worker, STR("note"));
    diags_take(&all, &mine);
    arena_release(&worker);
    assert_int_equal(all.machine, 1);
    assert_text(
        printed(&all),
        "error: another build is publishing \"site\" [tree-busy]\n  note\n  hint: wait for its end\n");
    arena_release(&a);
}

static void none_are_sorted_too(void **state) {
    (void)state;
    struct diags none = {0};
    diags_sort(&none);
    assert_int_equal(none.count, 0);
}

/* ---- places ---- */

static void positions_count_lines_and_code_points(void **state) {
    (void)state;
    static const struct {
        size_t offset;
        uint32_t line, column;
    } cases[] = {{0, 1, 1}, {3, 1, 4}, {4, 2, 1}, {6, 2, 2}, {8, 2, 3}, {9, 3, 1}, {10, 3, 2}, {99, 3, 2}};
    struct source source = {STR("a"), STR("abc\néß\nx")};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct position p = place_position(place_at(&source, cases[i].offset));
        assert_int_equal(p.line, cases[i].line);
        assert_int_equal(p.column, cases[i].column);
    }
    assert_int_equal(place_position(place_file(&source)).line, 0);
    assert_int_equal(place_position((struct place){0}).line, 0);
}

static void sorting_works_out_the_same_positions(void **state) {
    (void)state;
    struct arena a = {0};
    struct random r = {11};
    static const char *const pieces[] = {"a", "é", "\n", "\r\n", "\t", "𝄞", " "};
    for (int round = 0; round < 300; round++) {
        struct diags d = {.arena = &a};
        struct source sources[2] = {{STR("a"), random_text(&r, &a, pieces, COUNT(pieces), 40)},
                                    {STR("b"), random_text(&r, &a, pieces, COUNT(pieces), 40)}};
        for (int i = 0; i < 12; i++)
            diag_plain(&d, DIAG_YAML_MERGE, place_at(&sources[i % 2], random_below(&r, 90)));
        diags_sort(&d);
        for (size_t i = 0; i < d.count; i++) {
            struct position p = place_position(d.items[i].at);
            assert_int_equal(d.items[i].position.line, p.line);
            assert_int_equal(d.items[i].position.column, p.column);
        }
    }
    arena_release(&a);
}

static void the_caret_stands_under_its_character(void **state) {
    (void)state;
    prints_at("name: x\n", 6,
              "a.yaml:1:7: error: merge keys are not read [yaml-merge]\n  name: x\n        ^\n");
    prints_at("Café: é\n", 7,
              "a.yaml:1:7: error: merge keys are not read [yaml-merge]\n  Café: é\n        ^\n");
    prints_at("\tab\tc\n", 4,
              "a.yaml:1:5: error: merge keys are not read [yaml-merge]\n  \tab\tc\n  \t  \t^\n");
    prints_at("a\r\nb\r\n", 3, "a.yaml:2:1: error: merge keys are not read [yaml-merge]\n  b\n  ^\n");
    prints_at("ab", 2, "a.yaml:1:3: error: merge keys are not read [yaml-merge]\n  ab\n    ^\n");
    prints_at("a\x1Bz\x7Fq", 4,
              "a.yaml:1:5: error: merge keys are not read [yaml-merge]\n  a?z?q\n      ^\n");
}

static void a_blank_line_is_not_shown(void **state) {
    (void)state;
    prints_at("a\n\nb\n", 2, "a.yaml:2:1: error: merge keys are not read [yaml-merge]\n");
    prints_at("a\n  \t\n", 3, "a.yaml:2:2: error: merge keys are not read [yaml-merge]\n");
    prints_at("", 0, "a.yaml:1:1: error: merge keys are not read [yaml-merge]\n");
    prints_at("a\n", 99, "a.yaml:2:1: error: merge keys are not read [yaml-merge]\n");
}

/* Whatever the line, at most a hundred bytes and a code point of it are shown, the caret is beneath the right one, and
 * no character is cut in two. */
static void a_window_of_a_long_line_is_shown(void **state) {
    (void)state;
    struct arena a = {0};
    struct random r = {5};
    static const char *const pieces[] = {"a", "bcdefgh", "é", "学", "𝄞"};
    for (int round = 0; round < 3000; round++) {
        struct arena_mark mark = arena_mark(&a);
        struct diags d = {.arena = &a};
        struct str line = random_text(&r, &a, pieces, COUNT(pieces), 120);
        struct source source = {STR("a"), str_join(&a, STR("first\n"), line, STR("\nlast"))};
        size_t offset = 6 + random_below(&r, line.len + 1);
        while (offset < 6 + line.len && ((unsigned char)source.text.at[offset] & 0xC0) == 0x80)
            offset--;
        diag_plain(&d, DIAG_YAML_MERGE, place_at(&source, offset));
        struct str head, shown, caret, rest = printed(&d);
        str_cut(&rest, '\n', &head);
        if (!line.len) {
            arena_rewind(&a, mark);
            continue;
        }
        assert_true(str_cut(&rest, '\n', &shown) && str_cut(&rest, '\n', &caret));
        shown = str_sub(shown, 2, shown.len);
        assert_true(shown.len <= 104);
        assert_int_equal(str_utf8_bad(shown), shown.len);
        assert_true(str_has(line, shown));
        assert_true(line.len > 100 || str_eq(line, shown));
        size_t column = caret.len - 3, at = 0; /* after two spaces, and without itself */
        for (size_t i = 0; i < column; i++)
            str_next(shown, &at);
        if (offset < 6 + line.len)
            assert_memory_equal(shown.at + at, source.text.at + offset, 1);
        else
            assert_int_equal(at, shown.len);
        arena_rewind(&a, mark);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_are_filled_in_their_order),
        cmocka_unit_test(a_hint_with_an_empty_hole_is_left_out),
        cmocka_unit_test(what_others_wrote_stays_on_one_line_and_is_cut),
        cmocka_unit_test(the_path_cannot_drive_the_terminal),
        cmocka_unit_test(the_catalogue_keeps_its_own_rules),
        cmocka_unit_test(they_are_sorted_by_path_place_and_text),
        cmocka_unit_test(what_is_said_twice_is_said_once),
        cmocka_unit_test(one_mistake_on_many_pages_is_told_of_the_first),
        cmocka_unit_test(the_order_of_finding_does_not_matter),
        cmocka_unit_test(taken_texts_outlive_the_worker),
        cmocka_unit_test(none_are_sorted_too),
        cmocka_unit_test(positions_count_lines_and_code_points),
        cmocka_unit_test(sorting_works_out_the_same_positions),
        cmocka_unit_test(the_caret_stands_under_its_character),
        cmocka_unit_test(a_blank_line_is_not_shown),
        cmocka_unit_test(a_window_of_a_long_line_is_shown),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
