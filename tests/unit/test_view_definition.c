/* SPDX-License-Identifier: MIT */
/* test_view_definition.c: what the page of definitions says of each word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "publish/lexicon.h"
#include "publish/view.h"
#include "text.h"

#define FRAMEWORK                                                                                          \
    "scales:\n"                                                                                            \
    "  ofsted: {last: best, values: {ri: [Requires improvement, RI], good: Good}, beside: {none_yet: Not " \
    "inspected}}\n"                                                                                        \
    "facts:\n"                                                                                             \
    "  school:\n"                                                                                          \
    "    ofsted.overall: {label: Ofsted grade, scale: ofsted, from: inspections.overall, none: none_yet, " \
    "visible: public, source: The inspectorate}\n"                                                         \
    "    reading: {label: Reading, type: number, unit: \"%\", range: 0 to 100}\n"                          \
    "    trend: {label: Data, set of: {up: Improving, fall: Sharp decline, down: Declining}, implies: "    \
    "{fall: down}, missing: none, visible: officers}\n"                                                    \
    "    leaders: {label: Leaders, scale: ofsted, missing: [ri, good]}\n"                                  \
    "    in_need: {label: In need, type: yes/no, when: {Ofsted grade: RI, Data: Declining}}\n"             \
    "    short: {label: Short, type: yes/no, is: reading < 65}\n"                                          \
    "    unread: {label: Unread, type: yes/no}\n"                                                          \
    "never:\n"                                                                                             \
    "  school:\n"                                                                                          \
    "    - {when: trend.up and trend.down, because: nothing goes both ways}\n"                             \
    "units: [visit, day]\n"
#define HELP                                                                                      \
    "---\ntitle: Help\n---\n\n## Help\n\n<!-- decision: help\noutputs: {visits: visits a year}\n" \
    "visible: officers\n-->\n\n"                                                                  \
    "| In need | Short | Leaders | Visits |\n|---|---|---|---|\n| yes | | | 6 |\n"                \
    "| no | yes | | 3 |\n| no | no | Good | 2 |\n| no | no | not Good | 3 |\n"

struct fixture {
    struct portal portal;
    struct plan plan;
    struct arena arena;
    struct value data; /* of the page of definitions */
};

static void open_page(struct fixture *f, enum audience audience) {
    struct bodies bodies;
    struct figures figures;
    *f = (struct fixture){.data = {0}};
    portal_make(&f->portal);
    portal_put(&f->portal, "content/framework.yaml", FRAMEWORK);
    portal_put(&f->portal, "content/policy/help.md", HELP);
    portal_bind(&f->portal, "2026-05-01", audience);
    plan_make(&f->plan, &f->arena, &f->portal.site);
    figures_make(&figures, &f->arena, &f->portal.site);
    bodies_render(&bodies, &f->portal.site, f->portal.site.worker_arenas, 1, &f->portal.diags);
    for (size_t i = 0; i < f->plan.count; i++)
        if (f->plan.outputs[i].kind == TEMPLATE_DEFINITIONS) {
            struct value all =
                view_make(&f->plan, &bodies, &figures, &f->plan.outputs[i], &f->arena, &f->portal.diags);
            f->data = *value_at(&all, "definitions");
        }
    assert_int_equal(f->data.kind, VALUE_MAP);
    assert_int_equal(f->portal.diags.errors, 0);
}

static void close_page(struct fixture *f) {
    arena_release(&f->arena);
    portal_release(&f->portal);
}

/* An entry of a list by the text of one of its keys, or NULL. */
static const struct value *entry(const struct value *list, const char *key, const char *text) {
    for (uint32_t i = 0; i < list->count; i++)
        if (str_eq(value_words(value_at(&list->items[i], key)), str_from(text)))
            return &list->items[i];
    return NULL;
}

static const struct value *word(const struct fixture *f, const char *label) {
    const struct value *found =
        entry(value_at(&value_at(&f->data, "kinds")->items[0], "words"), "label", label);
    if (!found)
        fail_msg("there is no %s", label);
    return found;
}

static void says(const struct fixture *f, const char *label, const char *term, const char *text) {
    const struct value *row = entry(value_at(word(f, label), "rows"), "term", term);
    if (!row)
        fail_msg("%s has no %s", label, term);
    assert_text(value_words(value_at(row, "text")), text);
}

static void a_word_says_what_it_is(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_OFFICERS);
    assert_text(value_words(value_at(word(&f, "Ofsted grade"), "what")), "A value of the scale");
    assert_text(value_words(value_at(word(&f, "Ofsted grade"), "scale.href")), "#scale-ofsted");
    assert_text(value_words(value_at(word(&f, "Ofsted grade"), "name")), "ofsted.overall");
    assert_text(value_words(value_at(word(&f, "Reading"), "what")), "A number, in %, from 0 to 100");
    assert_text(value_words(value_at(word(&f, "Visits"), "what")), "An amount: visits a year");
    assert_text(value_words(value_at(word(&f, "Visits"), "name")), "help.visits");
    const struct value *fall = entry(value_at(word(&f, "Data"), "items"), "label", "Sharp decline");
    assert_text(value_words(value_at(fall, "id")), "fact-school-trend-fall");
    assert_text(value_words(value_at(fall, "text")), "counts as “Declining” too");
    close_page(&f);
}

static void a_word_says_where_it_comes_from_and_what_silence_means(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_OFFICERS);
    says(&f, "Ofsted grade", "Where it comes from", "The inspectorate");
    says(&f, "Ofsted grade", "Recorded as none", "Not inspected");
    says(&f, "Ofsted grade", "If a record is silent", "Not known: it may be any of its values");
    says(&f, "Data", "If a record is silent", "None");
    says(&f, "Leaders", "If a record is silent", "Not known: it may be Requires improvement or Good");
    assert_null(entry(value_at(word(&f, "Short"), "rows"), "term", "If a record is silent"));
    close_page(&f);
}

static void a_word_says_who_may_see_it(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_PUBLIC);
    says(&f, "Ofsted grade", "Who may see it", "Everybody");
    says(&f, "Data", "Who may see it", "Officers");
    says(&f, "Visits", "Who may see it", "Officers");
    says(&f, "Short", "Who may see it", "Whoever may see what it follows from");
    close_page(&f);
}

static void a_rule_stands_in_its_cells_or_as_an_expression(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_PUBLIC);
    const struct value *in_need = word(&f, "In need"), *rule = value_at(in_need, "rule");
    assert_int_equal(value_at(rule, "code")->kind, VALUE_NULL);
    assert_text(value_words(value_at(entry(value_at(rule, "cells"), "term", "Ofsted grade"), "text")), "RI");
    assert_non_null(entry(value_at(in_need, "reads"), "href", "#fact-school-trend"));
    assert_text(value_words(value_at(word(&f, "Short"), "rule.code")), "reading < 65");
    assert_int_equal(value_at(word(&f, "Data"), "rule")->kind, VALUE_NULL);
    close_page(&f);
}

static void a_word_leads_to_the_tables_that_read_it_and_that_give_it(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_PUBLIC);
    const struct value *read = value_at(word(&f, "Reading"), "tables"),
                       *given = value_at(word(&f, "Visits"), "decided");
    assert_int_equal(read->count, 1);
    assert_text(value_words(value_at(&read->items[0], "href")), "../policy/help.html#table-1");
    assert_text(value_words(value_at(&given->items[0], "title")), "Help");
    assert_false(value_at(word(&f, "Visits"), "has_tables")->truth);
    assert_null(entry(value_at(&value_at(&f.data, "kinds")->items[0], "words"), "label", "Unread"));
    close_page(&f);
}

static void what_cannot_be_and_the_calendar_are_said(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_PUBLIC);
    const struct value *nevers = value_at(&value_at(&f.data, "kinds")->items[0], "nevers");
    assert_int_equal(nevers->count, 1);
    assert_text(value_words(value_at(&nevers->items[0], "because")), "nothing goes both ways");
    assert_text(value_words(value_at(&nevers->items[0], "rule.code")), "trend.up and trend.down");
    const struct value *counting = value_at(&f.data, "counting");
    assert_text(value_words(value_at(&counting->items[0], "text")), "3 terms and 6 half-terms");
    assert_text(value_words(value_at(&counting->items[1], "text")), "visit, day");
    close_page(&f);
}

static void a_scale_is_named_by_what_it_is_used_for_and_says_its_order(void **state) {
    (void)state;
    struct fixture f;
    open_page(&f, AUDIENCE_PUBLIC);
    const struct value *scales = value_at(&f.data, "scales");
    const struct value *ofsted = entry(scales, "id", "scale-ofsted");
    assert_non_null(ofsted);
    assert_text(value_words(value_at(ofsted, "title")), "Ofsted grade and Leaders");
    assert_text(value_words(value_at(ofsted, "order")), "From worst to best");
    assert_text(value_words(value_at(&value_at(ofsted, "values")->items[0], "text")), "also RI");
    assert_text(value_words(value_at(&value_at(ofsted, "beside")->items[0], "id")), "value-ofsted-none-yet");
    close_page(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_says_what_it_is),
        cmocka_unit_test(a_word_says_where_it_comes_from_and_what_silence_means),
        cmocka_unit_test(a_word_says_who_may_see_it),
        cmocka_unit_test(a_rule_stands_in_its_cells_or_as_an_expression),
        cmocka_unit_test(a_word_leads_to_the_tables_that_read_it_and_that_give_it),
        cmocka_unit_test(what_cannot_be_and_the_calendar_are_said),
        cmocka_unit_test(a_scale_is_named_by_what_it_is_used_for_and_says_its_order),
    };
    return cmocka_run_group_tests_name("view_definition", tests, NULL, NULL);
}
