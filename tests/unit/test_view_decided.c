/* SPDX-License-Identifier: MIT */
/* test_view_decided.c: what a school's page says of the tables, to each audience. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "caseload_fixture.h"
#include "publish/view.h"
#include "text.h"

struct fixture {
    struct portal portal;
    struct plan plan;
    struct bodies bodies;
    struct figures figures;
    struct arena arena;
};

/* Begins; then files may be put in the place of others; then opens. */
static void fixture_begin(struct fixture *f) {
    *f = (struct fixture){.arena = {0}};
    portal_categorise(&f->portal);
}

static void fixture_end(struct fixture *f, enum audience audience) {
    portal_bind(&f->portal, "2026-05-01", audience);
    plan_make(&f->plan, &f->arena, &f->portal.site);
    figures_make(&f->figures, &f->arena, &f->portal.site);
    bodies_render(&f->bodies, &f->portal.site, f->portal.site.worker_arenas, 1, &f->portal.diags);
}

static void fixture_open(struct fixture *f, enum audience audience) {
    fixture_begin(f);
    fixture_end(f, audience);
}

static void fixture_close(struct fixture *f) {
    assert_int_equal(f->portal.diags.errors, 0);
    arena_release(&f->arena);
    portal_release(&f->portal);
}

/* The data of a page by its address. */
static struct value page(struct fixture *f, const char *address) {
    for (size_t i = 0; i < f->plan.count; i++)
        if (str_eq(f->plan.outputs[i].address, str_from(address)))
            return view_make(&f->plan, &f->bodies, &f->figures, &f->plan.outputs[i], &f->arena,
                             &f->portal.diags);
    fail_msg("there is no %s", address);
    return value_null();
}

static struct str words(const struct value *map, const char *path) {
    return value_words(value_at(map, path));
}

/* An entry of a list by the text of one of its keys; the test fails where there is none. */
static const struct value *entry(const struct value *map, const char *list, const char *key,
                                 const char *text) {
    const struct value *items = value_at(map, list);
    for (uint32_t i = 0; items && items->kind == VALUE_LIST && i < items->count; i++)
        if (str_eq(words(&items->items[i], key), str_from(text)))
            return &items->items[i];
    fail_msg("%s has no %s", list, text);
    return NULL;
}

static const struct value *decision(const struct value *data, const char *label) {
    return entry(data, "school.officers.decided.decisions", "label", label);
}

static const struct value *only(const struct value *of, const char *list) {
    const struct value *items = value_at(of, list);
    if (!items || items->kind != VALUE_LIST || items->count != 1)
        fail_msg("%s is not one", list);
    return &items->items[0];
}

/* ---- how it was decided ---- */

static void what_was_recorded_stands_beside_what_the_tables_say(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "schools/birch.html");
    const struct value *category = decision(&data, "Category"), *o = only(category, "outputs");
    assert_text(words(category, "status.label"), "Differs from suggestion");
    assert_text(words(o, "answer"), "Amber or Red");
    assert_text(words(o, "says"), "One of these; suggested: Amber");
    assert_text(words(o, "recorded.value"), "Red");
    assert_text(words(o, "recorded.reason"), "Fire");
    assert_text(words(o, "recorded.date.text"), "1 September 2025");
    assert_true(str_starts(words(o, "recorded.place"), STR("schools/birch.yaml:")));
    assert_text(words(only(o, "earlier"), "value"), "Blue"); /* and not what is in force a second time */
    assert_true(value_at(o, "stands")->kind == VALUE_NULL);
    fixture_close(&f);
}

static void the_rows_that_hold_lead_to_their_addresses(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "schools/birch.html");
    const struct value *category = decision(&data, "Category"), *row = only(category, "hold");
    assert_text(words(row, "label"), "A1");
    assert_text(words(row, "href"), "../policy/categories.html#category-a1");
    assert_text(words(row, "verdict.label"), "Criterion met");
    assert_int_equal(value_at(category, "rows")->count, 4); /* a caption of a tier is no row */
    assert_text(words(entry(category, "rows", "label", "A2"), "verdict.label"), "Does not hold");
    assert_text(words(entry(category, "rows", "label", "B1"), "verdict.label"), "Not reached");
    fixture_close(&f);
}

static void what_nobody_agreed_is_said_to_be_that(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value cedar = page(&f, "schools/cedar.html"), elm = page(&f, "schools/elm.html"),
                 fir = page(&f, "schools/fir.html");
    assert_text(words(decision(&cedar, "Category"), "status.label"), "Suggested, not agreed");
    assert_text(words(only(decision(&cedar, "Category"), "outputs"), "stands"), "Not determined");
    assert_text(words(decision(&elm, "Category"), "status.label"), "One of several");
    assert_text(words(only(decision(&elm, "Category"), "missing"), "label"), "Sinking");
    assert_text(words(decision(&fir, "Category"), "status.label"), "Automatic, not yet recorded");
    assert_text(words(only(decision(&fir, "Category"), "outputs"), "automatic.value"), "Red");
    assert_text(words(only(decision(&fir, "Category"), "outputs"), "automatic.since.text"), "5 March 2026");
    fixture_close(&f);
}

/* A floor has gone above what was recorded: the letter tells the floor, and the row that has it. */
static void a_letter_of_an_automatic_change_gives_the_rule_as_its_reason(void **state) {
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    portal_put(&f.portal, "portal.yaml",
               PORTAL "letters: {about: [category], follows: [visits], from: {name: Kim, post: Head}}\n");
    portal_put(&f.portal, "schools/fir.yaml",
               SCHOOL("900005", "Fir") "judgements:\n  sinking: no\n  at_risk: yes\n"
                                       "  failed: [{value: yes, from: 2026-03-05}]\n"
                                       "decisions:\n  category: [{value: amber, from: 2025-09-01}]\n");
    fixture_end(&f, AUDIENCE_OFFICERS);
    struct value letter = page(&f, "letters/fir.html");
    assert_text(words(only(&letter, "letter.about"), "value"), "Red");
    assert_true(value_at(only(&letter, "letter.about"), "automatic")->truth);
    entry(&letter, "letter.because", "found", "Failed: yes");
    fixture_close(&f);
}

static void recorded_decisions_stand_there_once(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "schools/birch.html");
    assert_int_equal(value_at(&data, "school.officers.decisions")->count, 0);
    fixture_close(&f);
}

static void a_closed_school_is_not_decided(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "schools/gean.html");
    assert_true(value_at(&data, "school.officers.decided")->kind == VALUE_NULL);
    assert_true(value_at(&data, "school.gets")->kind == VALUE_NULL);
    fixture_close(&f);
}

/* ---- what a school like this gets ---- */

static void everybody_gets_what_is_certain_without_the_restricted_facts(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_PUBLIC);
    struct value ash = page(&f, "schools/ash.html"), birch = page(&f, "schools/birch.html");
    assert_text(words(entry(&ash, "school.gets.rows", "term", "Partner visits"), "text"),
                "2 or 6 visits a year, or to be agreed");
    assert_text(words(entry(&birch, "school.gets.rows", "term", "Partner visits"), "text"),
                "2 or 6 visits a year, or to be agreed");
    assert_text(words(entry(&ash, "school.gets.rows", "term", "Sixth-form days"), "text"), "2 days a year");
    assert_text(words(entry(&ash, "school.gets.rows", "term", "Sixth-form days"), "href"),
                "../policy/categories.html#sixth-yes");
    assert_text(words(entry(&birch, "school.gets.rows", "term", "Sixth-form days"), "text"), "None");
    assert_text(words(entry(&ash, "school.gets.rows", "term", "Special"), "text"), "Yes");
    assert_int_equal(value_at(&ash, "school.gets.rows")->count, 3); /* a category is none of them */
    assert_true(value_at(&ash, "school.officers")->kind == VALUE_NULL);
    fixture_close(&f);
}

static void officers_get_what_stands(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value ash = page(&f, "schools/ash.html"), birch = page(&f, "schools/birch.html"),
                 cedar = page(&f, "schools/cedar.html");
    assert_text(words(entry(&ash, "school.gets.rows", "term", "Partner visits"), "text"), "2 visits a year");
    assert_text(words(entry(&birch, "school.gets.rows", "term", "Category"), "text"), "Red");
    assert_text(words(entry(&birch, "school.gets.rows", "term", "Partner visits"), "text"), "To be agreed");
    assert_text(words(entry(&cedar, "school.gets.rows", "term", "Partner visits"), "text"), "Not determined");
    fixture_close(&f);
}

static void facts_of_a_record_are_printed_as_people_write_them(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value ash = page(&f, "schools/ash.html");
    assert_text(words(entry(&ash, "school.facts_more", "term", "Opened"), "text"), "1 September 2019");
    assert_text(words(entry(&ash, "school.facts_more", "term", "Share"), "text"), "64.5%");
    assert_text(words(entry(&ash, "school.facts_more", "term", "Staff"), "text"), "1 teacher");
    assert_text(words(entry(&ash, "school.facts_more", "term", "Seen"), "text"),
                "9 January 2026 and 20 April 2026");
    fixture_close(&f);
}

/* ---- pages of all schools ---- */

static void a_caseload_has_groups_with_their_next_day(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "decisions/no-link-officer.html");
    const struct value *cedar = entry(&data, "caseload.items", "name", "Cedar"),
                       *group = only(cedar, "groups");
    assert_text(words(cedar, "standing.label"), "Not agreed");
    assert_text(words(cedar, "standing.text"), "suggested: Amber");
    assert_text(words(group, "title"), "Improvement board");
    assert_text(words(group, "what"), "next meeting");
    assert_text(words(group, "date.text"), "11 May 2026");
    fixture_close(&f);
}

static void totals_are_of_what_stands(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, AUDIENCE_OFFICERS);
    struct value data = page(&f, "decisions/totals.html");
    const struct value *by = entry(&data, "totals.sections", "label", "Category");
    const struct value *red = entry(by, "rows", "label", "Red");
    assert_text(words(red, "schools"), "2");
    assert_text(words(&value_at(red, "amounts")->items[0], "text"), "2 to be agreed");
    assert_text(words(&data, "totals.all.schools"), "5");
    assert_text(words(&data, "totals.all.left_out"), "1 not determined, 1 suggested and not agreed");
    fixture_close(&f);
}

static void an_answer_of_yes_or_no_can_be_what_schools_are_grouped_by(void **state) {
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    portal_put(&f.portal, "content/framework.yaml", FRAMEWORK "category: sixth.special\n");
    fixture_end(&f, AUDIENCE_OFFICERS);
    struct value list = page(&f, "decisions/caseload/jo.html"), school = page(&f, "schools/ash.html");
    assert_text(words(&list, "caseload.decision"), "Special");
    assert_text(words(entry(&list, "caseload.items", "name", "Ash"), "standing.label"), "Yes");
    assert_text(words(entry(&list, "caseload.items", "name", "Birch"), "standing.label"), "No");
    assert_text(words(&school, "school.officers.standing.title"), "Special");
    fixture_close(&f);
}

static void only_officers_are_led_there(void **state) {
    (void)state;
    for (int audience = AUDIENCE_OFFICERS; audience <= (int)AUDIENCE_PUBLIC; audience++) {
        struct fixture f;
        fixture_open(&f, (enum audience)audience);
        struct value home = page(&f, "index.html");
        bool officers = audience == AUDIENCE_OFFICERS;
        assert_int_equal(value_at(&home, "site.navigation")->count, officers ? 2 : 1);
        assert_int_equal(value_at(&home, "home.officers")->kind, officers ? VALUE_MAP : VALUE_NULL);
        for (size_t i = 0; !officers && i < f.plan.count; i++)
            assert_false(str_starts(f.plan.outputs[i].address, STR("decisions/")));
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_recorded_stands_beside_what_the_tables_say),
        cmocka_unit_test(the_rows_that_hold_lead_to_their_addresses),
        cmocka_unit_test(what_nobody_agreed_is_said_to_be_that),
        cmocka_unit_test(a_letter_of_an_automatic_change_gives_the_rule_as_its_reason),
        cmocka_unit_test(recorded_decisions_stand_there_once),
        cmocka_unit_test(a_closed_school_is_not_decided),
        cmocka_unit_test(everybody_gets_what_is_certain_without_the_restricted_facts),
        cmocka_unit_test(officers_get_what_stands),
        cmocka_unit_test(facts_of_a_record_are_printed_as_people_write_them),
        cmocka_unit_test(a_caseload_has_groups_with_their_next_day),
        cmocka_unit_test(totals_are_of_what_stands),
        cmocka_unit_test(an_answer_of_yes_or_no_can_be_what_schools_are_grouped_by),
        cmocka_unit_test(only_officers_are_led_there),
    };
    return cmocka_run_group_tests_name("view_decided", tests, NULL, NULL);
}
