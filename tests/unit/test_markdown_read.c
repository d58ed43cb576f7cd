/* SPDX-License-Identifier: MIT */
/* test_markdown_read.c: tables that have a directive, as data, and each cell's place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/markdown.h"

/* What was read of a text, and what was said of it, a line each: "line:column: [slug] text". */
struct outcome {
    struct arena arena;
    struct source source;
    struct markdown_tables tables;
    struct buf said;
};

static void read_from(struct outcome *o, const char *text, size_t from) {
    *o = (struct outcome){.source = {STR("page.md"), str_from(text)}};
    struct diags diags = {.arena = &o->arena};
    o->said.arena = &o->arena;
    o->tables = markdown_tables(&o->arena, &o->source, from, &diags);
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count; i++) {
        struct position p = diags.items[i].position;
        buf_printf(&o->said, "%u:%u: [%s] " STR_FMT "\n", p.line, p.column,
                   diag_catalogue[diags.items[i].id].slug, STR_ARG(diags.items[i].text));
    }
    buf_byte(&o->said, '\0');
}

static void read_text(struct outcome *o, const char *text) {
    read_from(o, text, 0);
}

static void assert_same(struct str got, const char *expected) {
    if (!str_eq(got, str_from(expected)))
        print_error("got      |" STR_FMT "|\nexpected |%s|\n", STR_ARG(got), expected);
    assert_true(str_eq(got, str_from(expected)));
}

static void assert_at(struct place at, uint32_t line, uint32_t column) {
    struct position p = place_position(at);
    if (p.line != line || p.column != column)
        print_error("got %u:%u, expected %u:%u\n", p.line, p.column, line, column);
    assert_true(p.line == line && p.column == column);
}

/* The one cell of the one row under two headers. */
static struct markdown_cell *cell_of(struct outcome *o, const char *cell) {
    static char text[512];
    snprintf(text, sizeof(text), "<!-- decision: x -->\n| a | b |\n|---|---|\n|   %s   | d |\n", cell);
    read_text(o, text);
    assert_string_equal(o->said.at, "");
    assert_int_equal(o->tables.count, 1);
    return &o->tables.items[0].rows[0].cells[0];
}

static void cell_reads(const char *cell, const char *text) {
    struct outcome o;
    struct markdown_cell *c = cell_of(&o, cell);
    assert_same(c->text, text);
    assert_same(c->raw, cell);
    assert_at(c->at, 4, 5);
    arena_release(&o.arena);
}

static void cell_has(const char *cell, const char *link, bool code, bool emphasised) {
    struct outcome o;
    struct markdown_cell *c = cell_of(&o, cell);
    assert_same(c->link, link);
    assert_true(c->code == code && c->emphasised == emphasised);
    arena_release(&o.arena);
}

static void says(const char *text, const char *said) {
    struct outcome o;
    read_text(&o, text);
    assert_string_equal(o.said.at, said);
    arena_release(&o.arena);
}

#define DIRECTIVE "<!-- decision: x -->\n"
#define TABLE "| a | b |\n|---|---|\n| c | d |\n"

/* ---- which tables ---- */

static void a_table_is_read_with_its_directive_heading_and_places(void **state) {
    (void)state;
    struct outcome o;
    read_from(&o,
              "---\ntitle: x\n---\n## Other\n\n| z |\n|---|\n| y |\n\n## Chart {#the-chart}\n\nWords.\n\n"
              "**Caption**\n\n<!-- decision: chart\nlabel: Chart\n-->\n\n"
              "| Row | Grade |\n|-----|-------|\n| R1  | Good  |\n  | \xC3\xA9 | |\n",
              17);
    assert_string_equal(o.said.at, "");
    assert_int_equal(o.tables.count, 1);
    struct markdown_table *t = &o.tables.items[0];
    assert_same(t->directive, "decision: chart\nlabel: Chart");
    assert_ptr_equal(t->directive.at, o.source.text.at + t->directive_at.offset);
    assert_at(t->directive_at, 16, 6);
    assert_int_equal(t->ordinal, 2);
    assert_int_equal(t->columns, 2);
    assert_int_equal(t->row_count, 2);
    assert_same(t->heading.text, "Chart");
    assert_same(t->heading.id, "the-chart");
    assert_int_equal(t->heading.level, 2);
    assert_at(t->header.at, 20, 1);
    assert_same(t->header.cells[1].text, "Grade");
    assert_at(t->header.cells[1].at, 20, 9);
    assert_at(t->rows[0].at, 22, 1);
    assert_at(t->rows[0].cells[0].at, 22, 3);
    assert_same(t->rows[0].cells[1].text, "Good");
    assert_at(t->rows[0].cells[1].at, 22, 9);
    assert_at(t->rows[1].at, 23, 3);
    assert_same(t->rows[1].cells[0].text, "\xC3\xA9");
    assert_at(t->rows[1].cells[0].at, 23, 5);
    assert_same(t->rows[1].cells[1].text, "");
    assert_at(t->rows[1].cells[1].at, 23, 8);
    arena_release(&o.arena);
}

static void only_tables_under_a_directive_are_read(void **state) {
    (void)state;
    struct outcome o;
    read_text(&o, TABLE "\n<!-- a remark -->\n" TABLE "\n<!-- TODO: a remark -->\n\n" TABLE
                        "\n<!--match: y-->\n\n"
                        "<!-- a remark -->\n\n\n" TABLE "\n<!--\ncheck: z\n\nmust: [b]\n-->\n" TABLE);
    assert_string_equal(o.said.at, "");
    assert_int_equal(o.tables.count, 2);
    assert_same(o.tables.items[0].directive, "match: y");
    assert_int_equal(o.tables.items[0].ordinal, 4);
    assert_same(o.tables.items[0].heading.text, "");
    assert_same(o.tables.items[1].directive, "check: z\n\nmust: [b]");
    assert_int_equal(o.tables.items[1].ordinal, 5);
    arena_release(&o.arena);
    read_text(&o, TABLE);
    assert_int_equal(o.tables.count, 0);
    arena_release(&o.arena);
    read_text(&o, "");
    assert_int_equal(o.tables.count, 0);
    arena_release(&o.arena);
}

/* Their texts are printed last, whatever line they stand on. */
static void tables_in_quotes_lists_and_footnotes_are_counted_as_they_are_printed(void **state) {
    (void)state;
    const char *text = "## A\n\n[^1]: b\n\n    | n |\n    |---|\n\n> | q |\n> |---|\n\n- | l |\n  |---|\n\n"
                       "c[^1]\n\n" DIRECTIVE TABLE;
    struct outcome o;
    read_text(&o, text);
    assert_string_equal(o.said.at, "");
    assert_int_equal(o.tables.items[0].ordinal, 3);
    struct diags diags = {.arena = &o.arena};
    struct markdown page = markdown_render(&o.arena, &o.source, 0, &(struct markdown_options){0}, &diags);
    const char *third = strstr(str_z(&o.arena, page.html), "id=\"table-3\"");
    assert_non_null(third);
    assert_non_null(strstr(third, ">a</th>"));
    assert_non_null(strstr(strstr(third, "id=\"table-4\""), ">n</th>"));
    arena_release(&o.arena);
}

static void carriage_returns_do_not_shift_places(void **state) {
    (void)state;
    struct outcome o;
    read_text(&o, "<!-- decision: x\r\nlabel: y -->\r\n\r\n| a | b |\r\n|---|---|\r\n| c | d |\r\n");
    assert_same(o.tables.items[0].directive, "decision: x\r\nlabel: y");
    assert_same(o.tables.items[0].rows[0].cells[1].text, "d");
    assert_at(o.tables.items[0].rows[0].cells[1].at, 6, 7);
    arena_release(&o.arena);
}

/* ---- cells ---- */

static void a_cell_is_its_plain_text(void **state) {
    (void)state;
    cell_reads("Good", "Good");
    cell_reads("*Good*  or\t**RI**", "Good or RI");
    cell_reads("_Good **or** RI_, 3", "Good or RI, 3");
    cell_reads("Good[^1]", "Good[^1]");
    cell_reads("a&nbsp;b &amp; 5 &lt; 6", "a b & 5 < 6");
    cell_reads("\\*a\\* \\`b", "*a* `b");
    cell_reads("a\\|b \\| c", "a|b | c");
    cell_reads("GREEN* or GREEN", "GREEN* or GREEN");
    cell_reads("a <!-- b --> c", "a c");
    cell_reads("[1 visit](x.md \"y\") or [2](z)", "1 visit or 2");
    cell_reads("\xE2\x88\x92"
               "5 \xE2\x80\x93 6",
               "\xE2\x88\x92"
               "5 \xE2\x80\x93 6");
    cell_reads("&nbsp;", "");
}

static void a_code_span_is_told_from_words(void **state) {
    (void)state;
    cell_reads("`? > 3`", "`? > 3`");
    cell_reads("`a = \"b  c\"` or d", "`a = \"b  c\"` or d");
    cell_reads("`a \\| b`", "`a | b`");
    cell_reads("`` a`b ``", "``a`b``");
    cell_reads("`` `a` ``", "`` `a` ``");
    cell_reads("*`a`*", "`a`");
    cell_has("x `a`", "", true, false);
    cell_has("\\`a\\`", "", false, false);
}

static void a_link_and_whole_emphasis_are_noticed(void **state) {
    (void)state;
    cell_has("a *[b](c\\_d.md#e)* [f](g)", "c_d.md#e", false, false);
    cell_has("*otherwise*", "", false, true);
    cell_has("**a `b`** <!-- c -->", "", true, true);
    cell_has("*otherwise*, a", "", false, false);
    cell_has("*a* *b*", "", false, false);
    cell_has("", "", false, false);
}

static void cells_are_where_they_stand_in_the_source(void **state) {
    (void)state;
    struct outcome o;
    read_text(&o, DIRECTIVE "a|b|e\n-|-|-\nx\\|y|  z|w\n   | \\\\| | d ||\n||| i |\n");
    assert_string_equal(o.said.at, "");
    static const struct {
        const char *text;
        uint32_t column;
    } cells[3][3] = {
        {{"x|y", 1}, {"z", 8}, {"w", 10}},
        {{"|", 6}, {"d", 12}, {"", 15}},
        {{"", 2}, {"", 3}, {"i", 5}},
    };
    struct markdown_table *t = &o.tables.items[0];
    assert_at(t->header.cells[2].at, 2, 5);
    for (uint32_t row = 0; row < 3; row++)
        for (size_t column = 0; column < 3; column++) {
            assert_same(t->rows[row].cells[column].text, cells[row][column].text);
            assert_at(t->rows[row].cells[column].at, 4 + row, cells[row][column].column);
        }
    arena_release(&o.arena);
}

static void any_byte_of_a_cell_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        const char *word;
        uint32_t column; /* in the cell, from 0 */
    } cases[] = {
        {"Good or RI", "RI", 8},
        {"Good   or  RI", "RI", 11},
        {"*Good* or **RI**", "RI", 12},
        {"a \\| b \\*c", "c", 9},
        {"[Good](RI.md) or RI", "RI", 17},
        {"a &amp; b", "b", 8},
        {"a &amp; b", "& b", 2},
        {"a&nbsp;b", "b", 7},
        {"a&nbsp;b", "b", 7},
        {"AT&T or b", "b", 8},
        {"`a  \\| b`", "b`", 7},
        {"\xC3\xA9 \xC3\xA9 b", "b", 4},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct outcome o;
        struct markdown_cell *c = cell_of(&o, cases[i].cell);
        char *text = str_z(&o.arena, c->text);
        assert_at(markdown_cell_place(c, (size_t)(strstr(text, cases[i].word) - text)), 4,
                  5 + cases[i].column);
        bool marked = cases[i].cell[0] == '*' || cases[i].cell[0] == '[';
        assert_at(markdown_cell_place(c, 0), 4, marked ? 6 : 5);
        assert_int_equal(markdown_cell_place(c, c->text.len).offset, c->at.offset + c->raw.len);
        arena_release(&o.arena);
    }
    struct outcome o;
    struct markdown_cell *c = cell_of(&o, "");
    assert_int_equal(markdown_cell_place(c, 0).offset, c->at.offset);
    arena_release(&o.arena);
}

/* ---- what is wrong ---- */

static void rows_with_other_numbers_of_cells_are_reported(void **state) {
    (void)state;
    says(DIRECTIVE TABLE "| e | f | g |\n| h |\n",
         "5:1: [table-cells] its table has 2 columns, and this row 3\n"
         "6:1: [table-cells] its table has 2 columns, and this row 1\n");
    struct outcome o;
    read_text(&o, DIRECTIVE TABLE "| e | f | g |\n| h |\n");
    assert_int_equal(o.tables.items[0].row_count, 3);
    assert_same(o.tables.items[0].rows[1].cells[1].text, "f");
    assert_same(o.tables.items[0].rows[2].cells[1].text, "");
    arena_release(&o.arena);
}

static void text_that_touches_is_reported(void **state) {
    (void)state;
    says(DIRECTIVE TABLE "Words.\n", "5:1: [table-touched] text touches the table from below\n");
    says(DIRECTIVE "\nWords.\n" TABLE, "4:1: [table-touched] text touches the table from above\n");
    struct outcome o;
    read_text(&o, DIRECTIVE "\nWords.\n" TABLE);
    assert_same(o.tables.items[0].header.cells[1].text, "b");
    assert_at(o.tables.items[0].header.cells[1].at, 4, 7);
    assert_at(o.tables.items[0].rows[0].cells[1].at, 6, 7);
    arena_release(&o.arena);
}

static void a_directive_above_no_table_is_reported(void **state) {
    (void)state;
#define ALONE "[directive-alone] the directive \"decision\" stands above no table\n"
    says(DIRECTIVE, "1:6: " ALONE);
    says(DIRECTIVE "\nWords.\n\n" TABLE, "1:6: " ALONE);
    says(DIRECTIVE "\n**Caption**\n\n" TABLE, "1:6: " ALONE);
    says(DIRECTIVE "\n## A\n\n" TABLE, "1:6: " ALONE);
    says(DIRECTIVE "\n<!-- decision: y -->\n", "1:6: " ALONE "3:6: " ALONE);
    says("a <!-- decision: x --> b\n\n" TABLE, "1:8: " ALONE);
    says("a\n" DIRECTIVE TABLE, "");
    says("<!-- checks: x -->\n\nWords.\n", "");
    says("<!-- check for: x -->\n\nWords.\n", "");
}

static void one_that_is_no_table_says_why(void **state) {
    (void)state;
    says(DIRECTIVE "| a | b |\n|---|\n| c | d |\n",
         "3:1: [table-rule] the table's header has 2 columns, and the line under it 1\n");
}

static void a_directive_in_a_quote_or_a_list_is_reported(void **state) {
    (void)state;
#define NESTED "[directive-nested] the directive \"check\" stands in a quote, a list or a footnote\n"
    says("> <!-- check: x -->\n>\n> | a |\n> |---|\n", "1:3: " NESTED);
    says("- <!-- check: x -->\n\n  | a |\n  |---|\n", "1:1: " NESTED);
    says("a[^1]\n\n[^1]: b\n\n    <!-- check: x -->\n\n    | a |\n    |---|\n", "5:5: " NESTED);
}

static void a_second_directive_is_reported(void **state) {
    (void)state;
    struct outcome o;
    read_text(&o, DIRECTIVE "\n<!-- a remark -->\n<!-- check: y -->\n\n" TABLE);
    assert_string_equal(o.said.at, "4:6: [directive-twice] the table has a directive already\n");
    assert_int_equal(o.tables.count, 1);
    assert_same(o.tables.items[0].directive, "decision: x");
    arena_release(&o.arena);
}

static void a_comment_that_was_meant_as_a_directive_is_reported(void **state) {
    (void)state;
    says("<!-- desicion: x -->\n" TABLE,
         "1:6: [directive-unknown] \"desicion\" is none of decision, check, match and measures\n");
    says("<!-- Match: x -->\n" TABLE,
         "1:6: [directive-unknown] \"Match\" is none of decision, check, match and measures\n");
    says("<!--\nlabel: y\ndecision: x\n-->\n\n" TABLE,
         "3:1: [directive-first] \"decision\" does not begin its comment\n");
}

static void a_directive_that_is_never_closed_is_reported(void **state) {
    (void)state;
    says("a\n\n<!-- decision: x\n\n" TABLE, "3:1: [comment-unclosed] a comment is never closed\n");
    says("<!-- decision: x --> y\n" TABLE, "1:18: [raw-html] HTML stands in the text\n");
}

static void large_tables_are_refused_once(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf text = {.arena = &arena};
    buf_lit(&text, DIRECTIVE "\n");
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i <= MARKDOWN_TABLE_COLUMNS_MAX; i++)
            buf_add(&text, row == 1 ? STR("|-") : STR("|a"));
        buf_lit(&text, "|\n");
    }
    buf_byte(&text, '\0');
    says(text.at, "3:1: [table-columns] a table's line has 65 cells, more than 64\n");
    arena_release(&arena);
}

/* Each would otherwise be compared with each. */
static void a_page_of_directives_is_read_in_no_time(void **state) {
    (void)state;
    struct outcome o;
    struct arena arena = {0};
    struct buf text = {.arena = &arena};
    for (int i = 0; i < 60000; i++)
        buf_lit(&text, "<!--match:-->\n\n");
    buf_lit(&text, TABLE);
    buf_byte(&text, '\0');
    read_text(&o, text.at);
    assert_int_equal(o.tables.count, 1);
    arena_release(&o.arena);
    arena_release(&arena);
}

static int group_setup(void **state) {
    (void)state;
    markdown_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_with_its_directive_heading_and_places),
        cmocka_unit_test(only_tables_under_a_directive_are_read),
        cmocka_unit_test(tables_in_quotes_lists_and_footnotes_are_counted_as_they_are_printed),
        cmocka_unit_test(carriage_returns_do_not_shift_places),
        cmocka_unit_test(a_cell_is_its_plain_text),
        cmocka_unit_test(a_code_span_is_told_from_words),
        cmocka_unit_test(a_link_and_whole_emphasis_are_noticed),
        cmocka_unit_test(cells_are_where_they_stand_in_the_source),
        cmocka_unit_test(any_byte_of_a_cell_has_its_place),
        cmocka_unit_test(rows_with_other_numbers_of_cells_are_reported),
        cmocka_unit_test(text_that_touches_is_reported),
        cmocka_unit_test(a_directive_above_no_table_is_reported),
        cmocka_unit_test(one_that_is_no_table_says_why),
        cmocka_unit_test(a_directive_in_a_quote_or_a_list_is_reported),
        cmocka_unit_test(a_second_directive_is_reported),
        cmocka_unit_test(a_comment_that_was_meant_as_a_directive_is_reported),
        cmocka_unit_test(a_directive_that_is_never_closed_is_reported),
        cmocka_unit_test(large_tables_are_refused_once),
        cmocka_unit_test(a_page_of_directives_is_read_in_no_time),
    };
    return cmocka_run_group_tests(tests, group_setup, NULL);
}
