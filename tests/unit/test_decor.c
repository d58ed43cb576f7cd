/* SPDX-License-Identifier: MIT */
/* test_decor.c: what a policy page prints with its tables that run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../markup.h"
#include "lexicon_fixture.h"
#include "publish/decor.h"
#include "text.h"

#define FRAMEWORK                                                                              \
    "scales:\n"                                                                                \
    "  ofsted:\n"                                                                              \
    "    last: best\n"                                                                         \
    "    values: {inadequate: Inadequate, ri: [Requires improvement, RI], good: Good}\n"       \
    "    beside: {none_yet: Not inspected}\n"                                                  \
    "  category: {last: worst, values: {green: Green, amber: Amber, red: Red}}\n"              \
    "  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"                    \
    "groups: {tib: Targeted improvement board}\n"                                              \
    "facts:\n"                                                                                 \
    "  school:\n"                                                                              \
    "    ofsted.overall: {label: Ofsted grade, scale: ofsted, visible: public}\n"              \
    "    trend: {label: Data, set of: {improving: Improving, sharp_decline: Sharp decline}}\n" \
    "    vulnerable: {label: Considered vulnerable, type: yes/no}\n"                           \
    "    phase: {label: Phase, set of: {a: Primary, b: Secondary}}\n"                          \
    "  tib:\n"                                                                                 \
    "    targets: {label: Targets met, type: yes/no}\n"

#define CHART                                                                     \
    "## The chart\n\n"                                                            \
    "<!-- decision: chart\n"                                                      \
    "label: Categorisation chart\n"                                               \
    "hit: priority\n"                                                             \
    "id: Row\n"                                                                   \
    "notes: [Why]\n"                                                              \
    "outputs: {category: {label: LA category, scale: category}}\n"                \
    "visible: officers\n"                                                         \
    "-->\n\n"                                                                     \
    "| Row | Ofsted grade | Data | LA category | Why |\n"                         \
    "|---|---|---|---|---|\n"                                                     \
    "| R1 | Good | Improving or Considered vulnerable | Green | Two reasons. |\n" \
    "| R2 | RI | Sharp decline | Red | |\n"                                       \
    "| *otherwise*, whatever is left | | | | |\n"                                 \
    "| R3 | | | Amber | |\n"

static struct str rendered(struct bench *b, const struct page *page) {
    struct decors decors = decor_page(&b->site, page, STR("../"), &b->arena);
    struct markdown_options options = {.decors = decors.items, .decor_count = decors.count};
    struct markdown m = markdown_render(&b->arena, page->source, 0, &options, &b->diags);
    if (b->diags.count)
        fail_msg("%s", str_z(&b->arena, b->diags.items[0].text));
    assert_true(markup_well_formed(m.html));
    return m.html;
}

/* The page of one table, of a portal that has no other. */
static struct str page_of(struct bench *b, const char *text) {
    bench_make(b, FRAMEWORK);
    struct page *page = bench_page(b, "chart", text, AUDIENCE_PUBLIC);
    bench_read(b);
    return rendered(b, page);
}

static void each_row_has_the_address_that_results_cite(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, CHART);
    assert_has(html, "<tr id=\"chart-r1\"><th scope=\"row\">R1<a class=\"perma\" href=\"#chart-r1\"");
    assert_has(html, "<tr id=\"chart-r3\">");
    bench_release(&b);
}

static void a_tier_stands_under_its_caption(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, CHART);
    assert_has(html, "</tbody>\n<tbody>\n<tr class=\"tier\"><th scope=\"rowgroup\" colspan=\"5\">");
    bench_release(&b);
}

static void the_column_that_names_rows_comes_first(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, "## Help\n\n<!-- decision: help\nid: Ref\noutputs: {help: yes/no}\n-->\n\n"
                                  "| Ofsted grade | Help | Ref |\n|---|---|---|\n| Good | no | H1 |\n");
    assert_has(html, "<tr><th scope=\"col\">Ref</th><th scope=\"col\"><a ");
    assert_has(html, "<th scope=\"row\">H1<a class=\"perma\" href=\"#help-h1\"");
    assert_has(html, "<th scope=\"colgroup\" colspan=\"2\">If</th><th scope=\"colgroup\">Then</th></tr>");
    bench_release(&b);
}

static void a_band_says_what_asks_and_what_answers(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, CHART);
    assert_has(html, "<tr class=\"band\"><th scope=\"colgroup\" colspan=\"3\">If</th>"
                     "<th scope=\"colgroup\">Then</th><th scope=\"colgroup\">Not applied</th></tr>");
    assert_has(html, "<td class=\"then\" data-label=\"LA category\"><a ");
    assert_has(html, "<td class=\"note-col\" data-label=\"Why\">Two reasons.</td>");
    bench_release(&b);
}

static void each_phrase_leads_to_what_defines_it(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, CHART);
    assert_has(
        html,
        "<a class=\"term\" href=\"../policy/definitions.html#fact-school-ofsted-overall\">Ofsted grade</a>");
    assert_has(html, "<a class=\"term\" href=\"../policy/definitions.html#value-ofsted-good\">Good</a>");
    assert_has(html, "<a class=\"term\" href=\"../policy/definitions.html#value-ofsted-ri\">RI</a>");
    assert_has(
        html,
        "<a class=\"term\" href=\"../policy/definitions.html#fact-school-trend-improving\">Improving</a> or "
        "<a class=\"term\" href=\"../policy/definitions.html#fact-school-vulnerable\">Considered "
        "vulnerable</a>");
    bench_release(&b);
}

static void a_line_below_says_how_it_runs_and_for_whom(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, CHART);
    assert_has(html,
               "</table></div>\n<p class=\"below\">The portal runs this table as “Categorisation chart”, for "
               "each school. Where several rows fit, the answer that ranks highest decides. Rows below "
               "“otherwise” count only where no row above fits. Only officers see its results. <a "
               "class=\"term\" href=\"../policy/definitions.html\">What its words mean</a>.</p>");
    bench_release(&b);
}

static void a_check_says_what_must_hold(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(&b, "## Boards\n\n<!-- check: boards\nlabel: Boards\nsubject: tib\nid: Ref\n"
                                  "must: [The board must have]\noutputs: {strength: {label: If not, scale: "
                                  "strength}}\n-->\n\n| Ref | The board must have | If not |\n|---|---|---|\n"
                                  "| B1 | Targets met | Breach |\n");
    assert_has(html, "<th scope=\"colgroup\" colspan=\"2\">Must hold</th><th scope=\"colgroup\">Else</th>");
    assert_has(html, "for each Targeted improvement board. Each row is checked where it applies.");
    assert_has(html, "Each portal shows what follows from what its readers may see.");
    bench_release(&b);
}

static void tables_of_one_decision_say_what_tells_them_apart(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(
        &b, "## Offers\n\n<!-- decision: hours\nlabel: Hours\ngiven: {Phase: Primary}\noutputs: {hours: "
            "number}\n-->\n\n| Ofsted grade | Hours |\n|---|---|\n| Good | 1 |\n\n## More offers\n\n<!-- "
            "decision: "
            "hours\ngiven: {Phase: Secondary}\n-->\n\n| Ofsted grade | Hours |\n|---|---|\n| Good | 2 |\n");
    assert_has(html, "<span class=\"given\">Where Phase");
    assert_has(html, "One of 2 tables that the portal runs together as “Hours”, for each school.");
    bench_release(&b);
}

static void an_answer_of_a_page_that_is_not_there_is_not_linked(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "chart", CHART, AUDIENCE_OFFICERS);
    struct page *page =
        bench_page(&b, "help",
                   "## Help\n\n<!-- decision: help\noutputs: {help: yes/no}\n-->\n\n| LA category "
                   "| Help |\n|---|---|\n| Green | no |\n| not Green | yes |\n",
                   AUDIENCE_PUBLIC);
    bench_read(&b);
    assert_has(rendered(&b, page),
               "<a class=\"term\" href=\"../policy/definitions.html#value-category-green\">Green</a>");
    assert_has(rendered(&b, page), "definitions.html#result-chart-category");
    bench_bind(&b, AUDIENCE_PUBLIC);
    assert_lacks(rendered(&b, page), "definitions.html#value-category-green");
    assert_lacks(rendered(&b, page), "definitions.html#result-chart-category");
    bench_release(&b);
}

static void words_for_no_answer_are_no_value_to_link_to(void **state) {
    (void)state;
    struct bench b;
    struct str html = page_of(
        &b, "## Paid\n\n<!-- decision: paid\noutputs: {paid: {label: Paid, scale: category}}\n-->\n\n"
            "| Ofsted grade | Paid |\n|---|---|\n| Good | to be confirmed |\n"
            "| RI | to be confirmed or Amber |\n\n## Asked\n\n<!-- decision: asked\n"
            "outputs: {asked: yes/no}\n-->\n\n| Paid | Asked |\n|---|---|\n| to be confirmed | no |\n");
    assert_lacks(html, "value-category-to-be-confirmed");
    assert_has(html, "<td class=\"then\" data-label=\"Paid\">to be confirmed</td>");
    assert_has(html, "<td class=\"then\" data-label=\"Paid\">to be confirmed or <a ");
    assert_has(html, "definitions.html#value-category-amber\">Amber</a>");
    bench_release(&b);
}

static void a_page_without_such_tables_has_nothing(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "chart", CHART, AUDIENCE_PUBLIC);
    struct page *page = bench_page(&b, "plain", "## A\n\n| a | b |\n|---|---|\n| c | d |\n", AUDIENCE_PUBLIC);
    bench_read(&b);
    assert_int_equal(decor_page(&b.site, page, STR("../"), &b.arena).count, 0);
    assert_lacks(rendered(&b, page), "class=\"below\"");
    bench_release(&b);
}

int main(void) {
    markdown_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_has_the_address_that_results_cite),
        cmocka_unit_test(a_tier_stands_under_its_caption),
        cmocka_unit_test(the_column_that_names_rows_comes_first),
        cmocka_unit_test(a_band_says_what_asks_and_what_answers),
        cmocka_unit_test(each_phrase_leads_to_what_defines_it),
        cmocka_unit_test(a_line_below_says_how_it_runs_and_for_whom),
        cmocka_unit_test(a_check_says_what_must_hold),
        cmocka_unit_test(tables_of_one_decision_say_what_tells_them_apart),
        cmocka_unit_test(an_answer_of_a_page_that_is_not_there_is_not_linked),
        cmocka_unit_test(words_for_no_answer_are_no_value_to_link_to),
        cmocka_unit_test(a_page_without_such_tables_has_nothing),
    };
    return cmocka_run_group_tests_name("decor", tests, NULL, NULL);
}
