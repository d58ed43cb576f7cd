/* SPDX-License-Identifier: MIT */
/* test_markdown_decor.c: what is printed with a table that has a directive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../markup.h"
#include "base/pool.h"
#include "text.h"
#include "text/markdown.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct outcome {
    struct arena arena;
    struct markdown page;
    struct buf said; /* "line:column: [slug] hint", a line each */
};

static struct outcome render(const char *text, const struct markdown_options *options) {
    struct outcome o = {0};
    struct source source = {STR("page.md"), str_from(text)};
    struct diags diags = {.arena = &o.arena};
    o.page = markdown_render(&o.arena, &source, 0, options, &diags);
    o.said.arena = &o.arena;
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count; i++)
        buf_printf(&o.said, "%u:%u: [%s] " STR_FMT "\n", diags.items[i].position.line,
                   diags.items[i].position.column, diag_catalogue[diags.items[i].id].slug,
                   STR_ARG(diags.items[i].hint));
    buf_byte(&o.said, '\0');
    assert_true(markup_well_formed(o.page.html));
    return o;
}

static struct outcome render_with(const char *text, const struct markdown_decor *decor) {
    struct markdown_options options = {.decors = decor, .decor_count = 1};
    return render(text, &options);
}

/* All that is printed from the table's first row on. */
static void gives_body(const char *text, const struct markdown_decor *decor, const char *body) {
    struct outcome o = render_with(text, decor);
    assert_string_equal(o.said.at, "");
    const char *begin = strstr(str_z(&o.arena, o.page.html), "<tbody>\n"), *end = strstr(begin, "</table>");
    struct str got = {begin, (size_t)(end - begin)};
    if (!str_eq(got, str_from(body)))
        print_error("got      |" STR_FMT "|\nexpected |%s|\n", STR_ARG(got), body);
    assert_true(str_eq(got, str_from(body)));
    arena_release(&o.arena);
}

/* What becomes of a cell whose phrases, given by their words, lead to #1, #2 and so on. */
static void cell_gives(const char *cell, const char *const *words, const char *html) {
    static char text[512], found[1024];
    static const struct str hrefs[] = {{"d.html#1", 8}, {"d.html#2", 8}, {"d.html#3", 8}};
    snprintf(text, sizeof(text), "## A\n\n<!-- decision: x -->\n| a | b |\n|---|---|\n| c | %s |\n", cell);
    struct arena arena = {0};
    struct source source = {STR("page.md"), str_from(text)};
    struct diags diags = {.arena = &arena};
    struct markdown_tables tables = markdown_tables(&arena, &source, 0, &diags);
    char *plain = str_z(&arena, tables.items[0].rows[0].cells[1].text);
    struct markdown_phrase phrases[3];
    size_t count = 0, from = 0;
    for (; words[count]; count++) {
        const char *at = strstr(plain + from, words[count]);
        assert_non_null(at);
        phrases[count].from = (size_t)(at - plain);
        from = phrases[count].to = phrases[count].from + strlen(words[count]);
        phrases[count].href = hrefs[count];
    }
    struct markdown_phrases cells[] = {{0}, {phrases, count}};
    struct markdown_row_decor row = {.cells = cells};
    struct markdown_decor decor = {.ordinal = 1, .columns = 2, .rows = &row, .row_count = 1};
    struct outcome o = render_with(text, &decor);
    const char *begin = strstr(str_z(&o.arena, o.page.html), "<td data-label=\"b\">");
    assert_non_null(begin);
    begin += strlen("<td data-label=\"b\">");
    snprintf(found, sizeof(found), "%.*s", (int)(strstr(begin, "</td>") - begin), begin);
    assert_string_equal(found, html);
    arena_release(&o.arena);
    arena_release(&arena);
}

#define PHRASES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define TABLE                                                                                                \
    "## A\n\n<!-- decision: x -->\n\n| Row | Grade | Visits |\n|---|---|--:|\n| R1 | Good | 3 |\n| R2 | RI " \
    "| 9 |\n"

static void a_line_below_stands_outside_the_region_that_scrolls(void **state) {
    (void)state;
    struct markdown_phrase phrase = {9, 14, STR("d.html#x")};
    struct markdown_decor decor = {
        .ordinal = 1, .columns = 3, .after = {STR("It runs: what <it> means"), {&phrase, 1}}};
    struct outcome o = render_with(TABLE, &decor);
    assert_has(o.page.html, "</table></div>\n<p class=\"below\">It runs: <a ");
    assert_has(o.page.html, "href=\"d.html#x\">what </a>&lt;it&gt; means</p>");
    assert_has(o.page.plain, "It runs: what <it> means");
    arena_release(&o.arena);
    decor.after.text.len = 0;
    o = render_with(TABLE, &decor);
    assert_lacks(o.page.html, "class=\"below\"");
    arena_release(&o.arena);
}

/* ---- rows ---- */

static void a_row_has_an_address_that_can_be_copied(void **state) {
    (void)state;
    struct markdown_row_decor rows[] = {{.id = STR("chart-r1")}, {.id = STR("chart-r2")}};
    struct markdown_decor decor = {.ordinal = 1, .columns = 3, .rows = rows, .row_count = 2};
    gives_body(TABLE, &decor,
               "<tbody>\n"
               "<tr id=\"chart-r1\"><th scope=\"row\">R1<a class=\"perma\" href=\"#chart-r1\" "
               "aria-label=\"Permanent link to row R1\">#</a></th><td data-label=\"Grade\">Good</td>"
               "<td class=\"num\" data-label=\"Visits\">3</td></tr>\n"
               "<tr id=\"chart-r2\"><th scope=\"row\">R2<a class=\"perma\" href=\"#chart-r2\" "
               "aria-label=\"Permanent link to row R2\">#</a></th><td data-label=\"Grade\">RI</td>"
               "<td class=\"num\" data-label=\"Visits\">9</td></tr>\n</tbody>\n");
}

static void the_ids_of_rows_are_listed_with_the_prefix(void **state) {
    (void)state;
    struct markdown_row_decor rows[] = {{.id = STR("chart-r1")}, {.id = STR("chart-r2")}};
    struct markdown_decor decor = {.ordinal = 1, .columns = 3, .rows = rows, .row_count = 2};
    struct markdown_options options = {.decors = &decor, .decor_count = 1, .id_prefix = STR("x-")};
    struct outcome o = render(TABLE, &options);
    static const char *const ids[] = {"x-a", "x-table-1", "x-chart-r1", "x-chart-r2"};
    assert_int_equal(o.page.id_count, COUNT(ids));
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_true(str_eq(o.page.ids[i], str_from(ids[i])));
    assert_has(o.page.html, "<tr id=\"x-chart-r1\">");
    assert_has(o.page.html, "href=\"#x-chart-r1\"");
    arena_release(&o.arena);
}

static void a_row_goes_before_a_heading_that_wants_its_id(void **state) {
    (void)state;
    struct markdown_row_decor rows[] = {{.id = STR("chart-r1")}, {.id = STR("p-1")}, {.id = STR("chart-r1")}};
    struct markdown_decor decor = {.ordinal = 1, .columns = 3, .rows = rows, .row_count = 3};
    struct outcome o = render_with("## Chart R1\n\n## B {#chart-r1}\n\n" TABLE "| R3 | x | 1 |\n", &decor);
    assert_string_equal(o.said.at, "3:6: [heading-id] a row of a table has it\n");
    assert_true(str_eq(o.page.headings[0].id, STR("chart-r1-2")));
    assert_true(str_eq(o.page.headings[1].id, STR("b")));
    for (size_t i = 0; i < o.page.id_count; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(str_eq(o.page.ids[i], o.page.ids[j]));
    assert_lacks(o.page.html, "id=\"p-1\"");
    arena_release(&o.arena);
    assert_true(markdown_id_reserved(STR("p-1")) && markdown_id_reserved(STR("table-12")));
    assert_false(markdown_id_reserved(STR("chart-r1")));
}

static void a_tier_is_a_group_of_rows_with_a_header(void **state) {
    (void)state;
    struct markdown_row_decor rows[] = {
        {.tier = false}, {.tier = true}, {.tier = false}, {.tier = true, .id = STR("x-otherwise")}};
    struct markdown_decor decor = {.ordinal = 1, .columns = 2, .rows = rows, .row_count = 4};
    gives_body(
        "## A\n\n<!-- decision: x -->\n| a | b |\n|--:|---|\n| c | d |\n"
        "| *otherwise*, as it reads | |\n| e | f |\n| otherwise | g |\n",
        &decor,
        "<tbody>\n<tr><th scope=\"row\" class=\"num\">c</th><td data-label=\"b\">d</td></tr>\n</tbody>\n"
        "<tbody>\n<tr class=\"tier\"><th scope=\"rowgroup\" colspan=\"2\"><em>otherwise</em>, as it "
        "reads</th></tr>\n"
        "<tr><th scope=\"row\" class=\"num\">e</th><td data-label=\"b\">f</td></tr>\n</tbody>\n"
        "<tbody>\n<tr id=\"x-otherwise\"><th scope=\"row\" class=\"num\">otherwise<a class=\"perma\" "
        "href=\"#x-otherwise\" aria-label=\"Permanent link to row otherwise\">#</a></th>"
        "<td data-label=\"b\">g</td></tr>\n</tbody>\n");
}

/* ---- columns ---- */

static void columns_are_printed_in_the_order_asked_for(void **state) {
    (void)state;
    static const size_t order[] = {2, 0, 1};
    struct str classes[] = {STR("then"), STR(""), STR("")};
    struct markdown_phrase phrase = {0, 3, STR("d.html#c")};
    struct markdown_phrases header[] = {{0}, {0}, {&phrase, 1}}, cells[] = {{0}, {&phrase, 1}, {0}};
    struct markdown_row_decor row = {.cells = cells, .id = STR("r")};
    struct markdown_band bands[] = {{STR("If"), 1}, {STR("Then & so"), 2}};
    struct markdown_decor decor = {
        .ordinal = 1,
        .columns = 3,
        .class = STR("decision"),
        .order = order,
        .classes = classes,
        .bands = bands,
        .band_count = 2,
        .header = header,
        .rows = &row,
        .row_count = 1,
    };
    struct outcome o = render_with(
        "**Cap**\n\n<!-- decision: x -->\n| one | two | six |\n|--:|---|---|\n| a | bcd | |\n", &decor);
    assert_string_equal(o.said.at, "");
    assert_has(o.page.html,
               "<table class=\"decision\">\n<caption id=\"table-1\"><div>Cap</div></caption>\n"
               "<colgroup></colgroup><colgroup span=\"2\"></colgroup>\n"
               "<thead><tr class=\"band\"><th scope=\"colgroup\">If</th>"
               "<th scope=\"colgroup\" colspan=\"2\">Then &amp; so</th></tr>\n"
               "<tr><th scope=\"col\"><a class=\"term\" href=\"d.html#c\">six</a></th>"
               "<th scope=\"col\" class=\"then num\">one</th><th scope=\"col\">two</th></tr></thead>\n"
               "<tbody>\n<tr id=\"r\"><td data-label=\"six\"></td><th scope=\"row\" class=\"then num\">a"
               "<a class=\"perma\" href=\"#r\" aria-label=\"Permanent link to row a\">#</a></th>"
               "<td data-label=\"two\"><a class=\"term\" href=\"d.html#c\">bcd</a></td></tr>\n</tbody>\n");
    arena_release(&o.arena);
}

/* ---- what is given ---- */

/* Of three columns the first and the last are printed, with one that was made between them. */
static void columns_are_left_out_and_added(void **state) {
    (void)state;
    static const size_t order[] = {0, 3, 2};
    const struct markdown_made made[] = {{STR("<b>1</b>"), STR("one")}, {.text = {0}}};
    const struct markdown_made instead[] = {{.text = {0}}, {.text = {0}}, {STR("<i>2</i>"), STR("two")}};
    const struct markdown_column added[] = {{{STR("<u>Made</u>"), STR("Made")}, made}};
    struct markdown_row_decor rows[] = {{.tier = false}, {.made = instead}};
    struct markdown_decor decor = {.ordinal = 1,
                                   .columns = 3,
                                   .before = STR("<svg></svg>"),
                                   .order = order,
                                   .printed = 3,
                                   .added = added,
                                   .added_count = 1,
                                   .rows = rows,
                                   .row_count = 2};
    struct outcome o = render_with("| a | b | c |\n|---|---|---|\n| d | e | f |\n| g | h | i |\n", &decor);
    assert_has(o.page.html, "<svg></svg><div");
    assert_has(o.page.html,
               "<tr><th scope=\"col\">a</th><th scope=\"col\"><u>Made</u></th><th scope=\"col\">c</th></tr>");
    assert_has(o.page.html,
               "<th scope=\"row\">d</th><td data-label=\"Made\"><b>1</b></td><td data-label=\"c\">f</td>");
    assert_has(o.page.html,
               "<th scope=\"row\">g</th><td data-label=\"Made\"></td><td data-label=\"c\"><i>2</i></td>");
    assert_has(o.page.plain, "one");
    assert_lacks(o.page.html, ">e<");
    assert_lacks(o.page.plain, " e ");
    arena_release(&o.arena);
}

static void what_is_given_stands_in_the_caption_and_tells_tables_apart(void **state) {
    (void)state;
    struct markdown_phrase phrase = {4, 9, STR("d.html#offer&x")};
    struct markdown_decor decors[] = {
        {.ordinal = 1, .columns = 2, .given = {STR("For Offer: a < b."), {&phrase, 1}}},
        {.ordinal = 3, .columns = 2, .given = {.text = STR("For Offer: c.")}},
    };
    struct markdown_options options = {.decors = decors, .decor_count = 2};
#define ONE "<!-- decision: x -->\n| a | b |\n|---|---|\n| c | d |\n\n"
    struct outcome o = render("## A\n\n" ONE "**A** detail\n\n" ONE ONE, &options);
    assert_string_equal(o.said.at, "");
    assert_has(
        o.page.html,
        "<div>A <span class=\"given\">For <a class=\"term\" href=\"d.html#offer&amp;x\">Offer</a>: a &lt; "
        "b.</span></div>");
    assert_has(o.page.html, "role=\"region\" aria-labelledby=\"table-1\"");
    assert_has(o.page.html, "role=\"region\" aria-labelledby=\"table-3\"");
    assert_has(o.page.html, "<div>A <span class=\"given\">For Offer: c.</span></div>");
    assert_true(str_starts(o.page.plain, STR("A For Offer: a < b. a b c d A detail a b")));
    arena_release(&o.arena);
}

/* ---- phrases ---- */

static void phrases_of_a_cell_lead_to_their_definitions(void **state) {
    (void)state;
    cell_gives("Improving or SEF validated as 1", PHRASES("Improving", "SEF validated as 1"),
               "<a class=\"term\" href=\"d.html#1\">Improving</a> or <a class=\"term\" href=\"d.html#2\">SEF "
               "validated as 1</a>");
    cell_gives("a  Good   \xC3\xA9 b", PHRASES("Good \xC3\xA9"),
               "a  <a class=\"term\" href=\"d.html#1\">Good   \xC3\xA9</a> b");
    cell_gives("a&nbsp;b c", PHRASES("a b"),
               "<a class=\"term\" href=\"d.html#1\">a\xC2\xA0"
               "b</a> c");
    cell_gives("a &amp; b \\| c\\*", PHRASES("a & b | c*"),
               "<a class=\"term\" href=\"d.html#1\">a &amp; b | c*</a>");
    cell_gives("Good", PHRASES("Goo", "d"),
               "<a class=\"term\" href=\"d.html#1\">Goo</a><a class=\"term\" href=\"d.html#2\">d</a>");
}

static void emphasis_stays_in_a_phrase_and_around_it(void **state) {
    (void)state;
    cell_gives("SEF *validated* as **1** b", PHRASES("SEF validated as 1"),
               "<a class=\"term\" href=\"d.html#1\">SEF <em>validated</em> as <strong>1</strong></a> b");
    cell_gives("*Good or RI*", PHRASES("Good", "RI"),
               "<em><a class=\"term\" href=\"d.html#1\">Good</a> or <a class=\"term\" "
               "href=\"d.html#2\">RI</a></em>");
    cell_gives("***Good***, RI", PHRASES("Good", "RI"),
               "<a class=\"term\" href=\"d.html#1\"><em><strong>Good</strong></em></a>, <a class=\"term\" "
               "href=\"d.html#2\">RI</a>");
    cell_gives("a *b c* d", PHRASES("a b", "c d"),
               "<a class=\"term\" href=\"d.html#1\">a </a><em><a class=\"term\" href=\"d.html#1\">b</a> <a "
               "class=\"term\" href=\"d.html#2\">c</a></em>"
               " <a class=\"term\" href=\"d.html#2\">d</a>");
}

static void code_is_in_a_phrase_whole_or_not_at_all(void **state) {
    (void)state;
    cell_gives("a `b  c` d", PHRASES("a `b  c` d"),
               "<a class=\"term\" href=\"d.html#1\">a <code>b  c</code> d</a>");
    cell_gives(
        "a `b` d", PHRASES("a `b", "d"),
        "<a class=\"term\" href=\"d.html#1\">a </a><code>b</code> <a class=\"term\" href=\"d.html#2\">d</a>");
    cell_gives("`b` d", PHRASES("b", "d"), "<code>b</code> <a class=\"term\" href=\"d.html#2\">d</a>");
}

static void an_authors_link_is_left_alone(void **state) {
    (void)state;
    cell_gives("Good or *[RI](ri.html)*", PHRASES("Good", "RI"),
               "Good or <em><a href=\"ri.html\">RI</a></em>");
}

static void footnotes_and_images_are_no_part_of_a_phrase(void **state) {
    (void)state;
    cell_gives(
        "a b[^1] c |\n\n[^1]: d", PHRASES("a b c"),
        "<a class=\"term\" href=\"d.html#1\">a b</a><sup><a href=\"#fn-1\" id=\"fr-1\" aria-label=\"Footnote "
        "1\">1</a></sup> <a class=\"term\" href=\"d.html#1\">c</a>");
    cell_gives("![i j](k.png) l", PHRASES("l"),
               "<img src=\"k.png\" alt=\"i j\"> <a class=\"term\" href=\"d.html#1\">l</a>");
}

/* ---- and all the rest ---- */

static void other_tables_are_printed_as_ever(void **state) {
    (void)state;
    struct markdown_decor decor = {.ordinal = 2, .columns = 3, .class = STR("decision")};
    struct outcome with = render_with("**B**\n\n| Row | x |\n|---|---|\n| c | d |\n\n" TABLE, &decor);
    struct outcome without =
        render("**B**\n\n| Row | x |\n|---|---|\n| c | d |\n\n" TABLE, &(struct markdown_options){0});
    const char *end = strstr(str_z(&with.arena, with.page.html), "</table>");
    struct str same = str_sub(with.page.html, 0, strlen(str_z(&with.arena, with.page.html)) - strlen(end));
    assert_true(str_starts(without.page.html, same));
    assert_has(with.page.html, "<table class=\"decision\">");
    assert_true(str_eq(with.page.plain, without.page.plain));
    arena_release(&with.arena);
    arena_release(&without.arena);
}

static void the_decor_of_rows_that_are_not_there_is_not_looked_at(void **state) {
    (void)state;
    struct markdown_row_decor rows[5] = {[4] = {.id = STR("x-5")}};
    struct markdown_decor decors[] = {{.ordinal = 1, .columns = 3, .rows = rows, .row_count = 5},
                                      {.ordinal = 9}};
    struct markdown_options options = {.decors = decors, .decor_count = 2};
    struct outcome o = render(TABLE, &options);
    assert_lacks(o.page.html, "x-5");
    arena_release(&o.arena);
}

struct job {
    struct outcome outcomes[64];
    const struct markdown_options *options;
};

static void render_one(void *context, size_t task, size_t worker) {
    (void)worker;
    struct job *job = context;
    job->outcomes[task] =
        render("| a[^s] | b |\n|---|---|\n| c | d |\n\n[^s]: Note.\n\n" TABLE, job->options);
}

static void many_threads_share_a_decor(void **state) {
    (void)state;
    struct markdown_phrase phrase = {0, 1, STR("d.html")};
    struct markdown_phrases cells[] = {{&phrase, 1}, {&phrase, 1}, {&phrase, 1}};
    struct markdown_row_decor rows[] = {{.id = STR("x-1"), .cells = cells}, {.tier = true}};
    struct markdown_decor decors[] = {
        {.ordinal = 1, .columns = 2, .given = {STR("given"), {&phrase, 1}}},
        {.ordinal = 2, .columns = 3, .rows = rows, .row_count = 2},
    };
    struct markdown_options options = {.decors = decors, .decor_count = 2};
    struct job job = {.options = &options};
    pool_run(8, COUNT(job.outcomes), render_one, &job);
    for (size_t i = 1; i < COUNT(job.outcomes); i++)
        assert_true(str_eq(job.outcomes[i].page.html, job.outcomes[0].page.html));
    for (size_t i = 0; i < COUNT(job.outcomes); i++)
        arena_release(&job.outcomes[i].arena);
}

static int group_setup(void **state) {
    (void)state;
    markdown_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_below_stands_outside_the_region_that_scrolls),
        cmocka_unit_test(a_row_has_an_address_that_can_be_copied),
        cmocka_unit_test(the_ids_of_rows_are_listed_with_the_prefix),
        cmocka_unit_test(a_row_goes_before_a_heading_that_wants_its_id),
        cmocka_unit_test(a_tier_is_a_group_of_rows_with_a_header),
        cmocka_unit_test(columns_are_printed_in_the_order_asked_for),
        cmocka_unit_test(columns_are_left_out_and_added),
        cmocka_unit_test(what_is_given_stands_in_the_caption_and_tells_tables_apart),
        cmocka_unit_test(phrases_of_a_cell_lead_to_their_definitions),
        cmocka_unit_test(emphasis_stays_in_a_phrase_and_around_it),
        cmocka_unit_test(code_is_in_a_phrase_whole_or_not_at_all),
        cmocka_unit_test(an_authors_link_is_left_alone),
        cmocka_unit_test(footnotes_and_images_are_no_part_of_a_phrase),
        cmocka_unit_test(other_tables_are_printed_as_ever),
        cmocka_unit_test(the_decor_of_rows_that_are_not_there_is_not_looked_at),
        cmocka_unit_test(many_threads_share_a_decor),
    };
    return cmocka_run_group_tests(tests, group_setup, NULL);
}
