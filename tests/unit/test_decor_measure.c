/* SPDX-License-Identifier: MIT */
/* test_decor_measure.c: what is printed with a table of measures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../markup.h"
#include "portal_fixture.h"
#include "publish/decor.h"
#include "text.h"

static const char framework[] =
    "scales:\n"
    "  band:\n    last: best\n    values: {below: Below, in_line: In line, above: Above}\n"
    "    colours: {below: red, in_line: blue, above: green}\n"
    "facts:\n  school:\n"
    "    good: {label: Good, type: yes/no, visible: public}\n"
    "    risk: {label: At risk, type: yes/no}\n"
    "    score: {label: Score, type: number, unit: '%', visible: public}\n"
    "  measure:\n"
    "    value: {label: Value, type: number, from: value}\n"
    "    england: {label: England, type: number, from: comparator}\n"
    "    ahead: {label: Ahead by, type: number, is: value - england}\n";

#define BAND                                                                                        \
    "\n<!-- decision: band\nsubject: measure\noutputs: {band: {label: Band, scale: band}}\n-->\n\n" \
    "| Ahead by | Band |\n|---|---|\n| above 3 | above |\n| -3 to 3 | in line |\n| below -3 | below |\n"

static void put(struct portal *p, const char *slug, int urn, const char *more) {
    struct arena *a = &p->arena;
    struct str text = str_join(a, STR("urn: \""), str_whole(a, urn), STR("\"\nname: "), str_from(slug));
    text = str_join(a, text,
                    STR("\nphase: primary\ntype: community\naddress: {street: 1 High Street, town: Testing, "
                        "postcode: ZZ99 1AB}\n"),
                    str_from(more));
    portal_put(p, str_z(a, str_join(a, STR("schools/"), str_from(slug), STR(".yaml"))), str_z(a, text));
}

/* The page of a table, for an audience: two good schools of 1,000 and 500 pupils, one that is not, one unknown. */
static struct str page_of(struct portal *p, const char *table, enum audience audience) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    put(p, "ash", 900001, "pupils: [{on: 2025-01-16, count: 1000}]\nfacts: {good: yes, score: 60}\n");
    put(p, "birch", 900002, "pupils: [{on: 2025-01-16, count: 500}]\nfacts: {good: yes, score: 61.25}\n");
    put(p, "cedar", 900003, "pupils: [{on: 2025-01-16, count: 1}]\nfacts: {good: no}\n");
    put(p, "elder", 900004, "facts: {good: not recorded}\n");
    portal_put(p, "content/policy/measures.md",
               str_z(&p->arena,
                     str_join(&p->arena, STR("---\ntitle: Measures\n---\n\n## Aims\n\n"), str_from(table))));
    portal_bind(p, "2026-05-01", audience);
    const struct page *page = site_page(&p->site, CONTENT_POLICY, STR("measures"));
    struct decors decors = decor_page(&p->site, page, STR("../"), &p->arena);
    struct markdown_options options = {.decors = decors.items, .decor_count = decors.count};
    struct markdown m = markdown_render(&p->arena, page->source, page->body, &options, &p->diags);
    if (p->diags.count)
        fail_msg("%s", str_z(&p->arena, p->diags.items[0].text));
    assert_true(markup_well_formed(m.html));
    return m.html;
}

/* `table` says these parts to officers. */
static void prints(const char *table, const char *const *parts) {
    struct portal p;
    struct str html = page_of(&p, table, AUDIENCE_OFFICERS);
    for (; *parts; parts++)
        assert_has(html, *parts);
    portal_release(&p);
}

#define PARTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define VALUE "<td data-label=\"Value\">"

static void a_count_is_printed_with_its_share_and_what_is_not_known(void **state) {
    (void)state;
    prints(
        "<!-- measures: aims\n-->\n\n| Measure | Counts |\n|---|---|\n| Good schools | Good |\n",
        PARTS(
            "<tr id=\"aims-good-schools\"><th scope=\"row\">Good schools<a class=\"perma\"",
            VALUE "2 to 3 of 4 schools (50% to 75%) <span class=\"aside\">Not known of 1 school</span>",
            "<th scope=\"col\">Value</th><th scope=\"col\" class=\"note-col\">What is counted</th>",
            "<b>Counts:</b> <a class=\"term\" href=\"../policy/definitions.html#fact-school-good\">Good</a>",
            "as they stand on 1 May 2026"));
}

static void pupils_have_commas_and_a_share_of_nearly_all_is_not_all(void **state) {
    (void)state;
    prints("<!-- measures: aims\n-->\n\n| Measure | Counts | Counted in |\n|---|---|---|\n"
           "| Pupils | Good | pupils |\n| Others | not Good | pupils |\n",
           PARTS(VALUE "1,500 of 1,501 pupils (over 99%) <span class=\"aside\">1 school without a count of "
                       "pupils left out</span>",
                 VALUE "1 of 1,501 pupils (under 1%)"));
}

static void an_average_has_one_decimal_and_says_of_how_many(void **state) {
    (void)state;
    prints(
        "<!-- measures: aims\n-->\n\n| Measure | Average of |\n|---|---|\n| Score | Score |\n",
        PARTS(VALUE "60.6%, average of 2 schools <span class=\"aside\">2 schools without a figure left out"));
}

static void what_is_counted_of_nobody_is_no_0(void **state) {
    (void)state;
    prints("<!-- measures: aims\n-->\n\n| Measure | Counts | Among |\n|---|---|---|\n"
           "| Nobody | Good | Score: above 90; Score: below 10 |\n",
           PARTS(VALUE "Not known")); /* of two schools the score is not known */
    prints("<!-- measures: aims\n-->\n\n| Measure | Counts | Among |\n|---|---|---|\n"
           "| Nobody | Good | `false` |\n",
           PARTS(VALUE "No such school</td>"));
}

static void a_measure_of_what_is_restricted_is_not_known_and_says_why(void **state) {
    (void)state;
    struct portal p;
    struct str html = page_of(&p,
                              "<!-- measures: aims\n-->\n\n| Measure | Counts | Counted in |\n|---|---|---|\n"
                              "| Risky | At risk | |\n| Pupils | At risk | pupils |\n",
                              AUDIENCE_PUBLIC);
    assert_has(html, VALUE
               "Not known <span class=\"aside\">This portal does not show what it is counted from</span>");
    assert_lacks(html, VALUE "0");
    assert_lacks(html, "of 4");
    assert_lacks(html, "<figure>");
    portal_release(&p);
}

static void stated_values_and_marks_are_printed_in_words_and_shapes(void **state) {
    (void)state;
    prints("<!-- measures: aims\n-->\n\n| Measure | Value | Rating | Trend |\n|---|---|---|---|\n"
           "| A | 25 of 61 | amber | declining |\n| B | 96% | Green | steady |\n| C | in line | | mixed |\n",
           PARTS(VALUE "25 of 61 (41%)</td>", VALUE "96%</td>", VALUE "in line</td>",
                 "<span class=\"tag warn\">Amber</span>", "<span class=\"tag ok\">Green</span>",
                 "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M8 2v12M3 9l5 5 5-5\"/></svg> "
                 "Declining",
                 "<td data-label=\"Trend\">mixed</td>"));
}

static void the_picture_comes_before_its_table_and_has_only_shares(void **state) {
    (void)state;
    struct portal p;
    struct str html = page_of(
        &p,
        "**The table**\n\n<!-- measures: aims\nlabel: Our aims\ncolumns: {comparator: England}\n-->\n\n"
        "| Measure | Counts | Value | England | Aim |\n|---|---|---|---|---|\n"
        "| Good schools | Good | | 40% | 100% |\n| Replies | | 25 of 61 | +3 points | |\n"
        "| Points | | +9 points | | |\n| Words | | in line | 50% | |\n",
        AUDIENCE_OFFICERS);
    assert_has(html, "<figure><svg class=\"chart shares\"");
    assert_has(html, "role=\"img\" aria-labelledby=\"measures-aims-t measures-aims-d\"");
    assert_has(html, ">Our aims: shares as bars</title>");
    assert_has(html, ">Good schools 50% to 75%, England 40%, Aim 100%; Replies 41%</desc>");
    assert_has(html, "<figcaption>Of the outlined part");
    const char *text = str_z(&p.arena, html);
    assert_true(strstr(text, "</figure>") < strstr(text, "<table"));
    assert_lacks(html, "style=");
    portal_release(&p);
}

static void a_table_over_measures_is_a_further_column(void **state) {
    (void)state;
    prints("<!-- measures: aims\ncolumns: {comparator: England}\nnotes: [Why]\n-->\n\n"
           "| Measure | Value | England | Why |\n|---|---|---|---|\n| A | 96% | 90% | x |\n"
           "| B | 50% | 53% | |\n| C | in line | 53% | |\n" BAND,
           PARTS("<th scope=\"col\">England</th><th scope=\"col\">Band</th><th scope=\"col\" "
                 "class=\"note-col\">Why</th>",
                 "90%</td><td data-label=\"Band\"><span class=\"tag ok\">Above</span></td>",
                 "53%</td><td data-label=\"Band\"><span class=\"tag info\">In line</span></td>",
                 "53%</td><td data-label=\"Band\">Not known</td>"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_printed_with_its_share_and_what_is_not_known),
        cmocka_unit_test(pupils_have_commas_and_a_share_of_nearly_all_is_not_all),
        cmocka_unit_test(an_average_has_one_decimal_and_says_of_how_many),
        cmocka_unit_test(what_is_counted_of_nobody_is_no_0),
        cmocka_unit_test(a_measure_of_what_is_restricted_is_not_known_and_says_why),
        cmocka_unit_test(stated_values_and_marks_are_printed_in_words_and_shapes),
        cmocka_unit_test(the_picture_comes_before_its_table_and_has_only_shares),
        cmocka_unit_test(a_table_over_measures_is_a_further_column),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
