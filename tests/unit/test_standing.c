/* SPDX-License-Identifier: MIT */
/* test_standing.c: what stands beside the category, who has a letter, and what a letter tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "caseload_fixture.h"
#include "page_fixture.h"
#include "portal/recorded.h"
#include "publish/group_list.h"
#include "text.h"

#define LETTERS(about, follows)                     \
    "letters: {about: " about ", follows: " follows \
    ", from: {name: Sam, post: Head of improvement, address: [Town Hall], email: s@testing.example}}\n"

/* The caseload's portal, with more lines in portal.yaml and framework.yaml. */
static const struct caseload *open_on(struct portal *p, const char *portal, const char *framework) {
    struct str bytes;
    assert_true(file_read(&p->arena, &p->folder, "portal.yaml", 1 << 16, &bytes));
    portal_put(p, "portal.yaml", str_z(&p->arena, str_join(&p->arena, bytes, str_from(portal))));
    portal_put(p, "content/framework.yaml",
               str_z(&p->arena, str_join(&p->arena, str_from(framework), STR(FRAMEWORK))));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return caseload_make(&p->site, &p->arena);
}

static const struct caseload *open_with(struct portal *p, const char *portal, const char *framework) {
    portal_categorise(p);
    return open_on(p, portal, framework);
}

static const struct school_case *case_of(const struct caseload *c, const char *name) {
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(c->cases[i].school->name, str_from(name)))
            return &c->cases[i];
    fail_msg("there is no %s", name);
    return NULL;
}

/* Their labels, with commas. */
static struct str labels(struct portal *p, const struct overlays *overlays) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < overlays->count; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, overlays->items[i].label);
    }
    return buf_str(&out);
}

static void a_yes_is_an_overlay_and_a_no_is_none(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_with(&p, "", "overlays: [at_risk, sixth.special, failed, category]\n");
    assert_text(labels(&p, &case_of(c, "Ash")->overlays), "Special, Blue");
    assert_text(labels(&p, &case_of(c, "Birch")->overlays), "At risk, Red");
    assert_text(labels(&p, &case_of(c, "Cedar")->overlays), "At risk"); /* amber is suggested only */
    assert_text(labels(&p, &case_of(c, "Fir")->overlays), "Failed, Red");
    portal_release(&p);
}

static void what_is_not_known_is_no_overlay(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_with(&p, "", "overlays: [sinking]\n");
    assert_int_equal(case_of(c, "Elm")->overlays.count, 0);
    assert_int_equal(case_of(c, "Ash")->overlays.count, 0);
    portal_release(&p);
}

static void an_entry_that_is_only_possible_is_no_overlay(void **state) {
    (void)state;
    struct portal p;
    portal_categorise(&p);
    portal_put(
        &p, "content/policy/offers.md",
        "---\ntitle: Offers\n---\n\n## Offers\n\n<!-- decision: offers\nhit: collect\noutputs: {offer: "
        "{label: Offer, type: text}}\n-->\n\n| Sinking | Offer |\n|---|---|\n| yes | Boat |\n| | Bread "
        "|\n");
    const struct caseload *c = open_on(&p, "", "overlays: [offers]\n");
    assert_text(labels(&p, &case_of(c, "Ash")->overlays), "Bread");
    assert_text(labels(&p, &case_of(c, "Elm")->overlays), "Bread"); /* which may be sinking */
    portal_release(&p);
}

static void a_value_that_says_none_is_no_overlay(void **state) {
    (void)state;
    static const char status[] =
        "---\ntitle: Status\n---\n\n## Status\n\n<!-- decision: status\nlabel: Status\noutputs: {status: "
        "{label: Status, scale: status}}\n-->\n\n| Sixth form | At risk | Status |\n|---|---|---|\n| yes | | "
        "Sustaining |\n| no | yes | Watched |\n| no | no | No status |\n";
    struct portal p;
    struct str framework;
    portal_categorise(&p);
    framework = str_join(&p.arena, STR("overlays: [status]\n"), STR(FRAMEWORK));
    size_t at = str_find(framework, 's', str_find(framework, '\n', 0) + 1);
    framework =
        str_join(&p.arena, str_sub(framework, 0, at + 8),
                 STR("  status: {values: {sustaining: Sustaining}, beside: {no_status: No status, watched: "
                     "Watched}}\n"),
                 str_sub(framework, at + 8, framework.len));
    portal_put(&p, "content/framework.yaml", str_z(&p.arena, framework));
    portal_put(&p, "content/policy/status.md", status);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct caseload *c = caseload_make(&p.site, &p.arena);
    assert_text(labels(&p, &case_of(c, "Ash")->overlays), "Sustaining");
    assert_text(labels(&p, &case_of(c, "Birch")->overlays),
                "Watched"); /* beside the scale, and says something */
    assert_text(labels(&p, &case_of(c, "Elm")->overlays), "");
    portal_release(&p);
}

/* ---- letters ---- */

static void a_letter_confirms_a_record_and_discusses_a_suggestion(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_with(&p, LETTERS("[category]", "[visits]"), "");
    assert_int_equal(case_of(c, "Ash")->letter, LETTER_AGREED);
    assert_int_equal(case_of(c, "Birch")->letter, LETTER_AGREED); /* against the suggestion, and recorded */
    assert_int_equal(case_of(c, "Cedar")->letter, LETTER_DISCUSSION);
    assert_int_equal(case_of(c, "Elm")->letter, LETTER_NONE); /* blue or red, and nothing is suggested */
    assert_int_equal(case_of(c, "Fir")->letter, LETTER_DISCUSSION); /* changed by itself, not yet recorded */
    portal_release(&p);
}

static void without_letters_there_is_no_letter(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_with(&p, "", "");
    for (size_t i = 0; i < c->count; i++)
        assert_int_equal(c->cases[i].letter, LETTER_NONE);
    portal_release(&p);
}

static void what_follows_supposes_what_is_suggested(void **state) {
    (void)state;
    struct portal p;
    open_with(&p, LETTERS("[category]", "[visits]"), "");
    struct str letter = page(&p, NULL, "letters/cedar.html");
    assert_has(letter, "Nothing has been agreed yet");
    assert_has(letter, "<strong>Amber</strong>, suggested");
    assert_has(letter, "6 visits a year"); /* which the school's page cannot say yet */
    assert_has(letter, "row A1");
    portal_release(&p);
}

static void a_floor_that_nobody_recorded_is_talked_about(void **state) {
    (void)state;
    struct portal p;
    open_with(&p, LETTERS("[category]", "[visits]"), "");
    struct str letter = page(&p, NULL, "letters/fir.html");
    assert_has(letter, "The change has not been recorded yet");
    assert_has(letter,
               "<strong>Red</strong>, by a rule of our policy"); /* and not the blue that was recorded */
    portal_release(&p);
}

static void a_letter_tells_the_record_and_not_the_suggestion(void **state) {
    (void)state;
    struct portal p;
    open_with(&p, LETTERS("[category]", "[visits]"), "");
    struct str letter = page(&p, NULL, "letters/birch.html");
    assert_has(letter, "This letter confirms what we agreed");
    assert_has(letter, "<strong>Red</strong>, since");
    assert_has(letter, "suggest Amber. Fire");
    assert_has(letter, "To be agreed");
    portal_release(&p);
}

static void what_is_due_next_is_told_where_the_letter_names_its_table(void **state) {
    (void)state;
    static const char year[] =
        "---\ntitle: Year\n---\n\n## Year\n\n<!-- decision: round\nlabel: Round\nhit: collect\noutputs: "
        "{what: "
        "{label: What, type: text}, when: {label: When, type: due}}\n-->\n\n| Sixth form | What | When "
        "|\n|---|---|---|\n| | Yearly talk | by 30 June |\n| | Old news | by 31 October |\n";
    static const char calendar[] =
        "calendar: {years: {\"2025 to 2026\": [[2025-09-01, 2025-10-24], [2025-11-03, 2025-12-19], "
        "[2026-01-05, "
        "2026-02-13], [2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, 2026-07-22]]}}\n";
    for (int named = 0; named < 2; named++) {
        struct portal p;
        struct str bytes;
        portal_categorise(&p);
        assert_true(file_read(&p.arena, &p.folder, "portal.yaml", 1 << 16, &bytes));
        bytes = str_join(&p.arena, bytes,
                         named ? STR(LETTERS("[category]", "[visits, round]"))
                               : STR(LETTERS("[category]", "[visits]")));
        portal_put(&p, "portal.yaml", str_z(&p.arena, bytes));
        portal_put(&p, "content/framework.yaml",
                   str_z(&p.arena, str_join(&p.arena, str_from(calendar), STR(FRAMEWORK))));
        portal_put(&p, "content/policy/year.md", year);
        portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
        struct str letter = page(&p, NULL, "letters/ash.html");
        assert_int_equal(str_has(letter, STR("<li>Yearly talk: ")), named);
        assert_false(str_has(letter, STR("Old news")));
        assert_false(str_has(letter, STR("Round:")));
        portal_release(&p);
    }
}

static void how_it_came_about_is_said_in_the_frameworks_words(void **state) {
    (void)state;
    struct portal p;
    struct arena arena = {0};
    static const char more[] =
        "  category_record:\n    how: {label: How, set of: {imposed: By the Director alone}, "
        "from: how, visible: officers}\n";
    portal_categorise(&p);
    portal_put(&p, "content/framework.yaml",
               str_z(&p.arena, str_join(&p.arena, STR(FRAMEWORK), str_from(more))));
    portal_put(
        &p, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "decisions: {category: [{value: blue, from: 2025-09-01, how: imposed}]}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct output *o = &policy_decision(&p.site.policy, STR("category"))->outputs[0];
    const struct value *list = value_at(&p.site.schools[0]->record, "decisions.category");
    assert_text(recorded_how(&p.site.vocabulary, o, &list->items[0], &arena), "by the Director alone");
    struct value_map plain = {.arena = &arena};
    map_text(&plain, "how", STR("without_agreement"));
    struct value entry = map_done(&plain);
    assert_text(recorded_how(&p.site.vocabulary, o, &entry, &arena), "without agreement");
    arena_release(&arena);
    portal_release(&p);
}

static void a_portal_has_words_of_its_own(void **state) {
    (void)state;
    struct portal p;
    open_with(&p, LETTERS("[category]", "[visits]"), "");
    portal_put(&p, "templates/partials/letter-opening.mustache",
               "<p>{{#agreed}}As we said{{/agreed}}{{^agreed}}We wonder{{/agreed}}.</p>\n");
    assert_has(page(&p, NULL, "letters/ash.html"), "<p>As we said.</p>");
    assert_has(page(&p, NULL, "letters/cedar.html"), "<p>We wonder.</p>");
    assert_has(page(&p, NULL, "letters/ash.html"), "Yours sincerely");
    portal_release(&p);
}

static void the_list_says_who_has_no_letter_and_why(void **state) {
    (void)state;
    struct portal p;
    open_with(&p, LETTERS("[category]", "[visits]"), "");
    struct str list = page(&p, NULL, "letters/index.html");
    assert_has(list, "2 confirmed, 2 for discussion, 1 without a letter");
    assert_has(list, "One of these, and none suggested: Blue or Red");
    portal_release(&p);
}

/* A school more is three pages more. */
static void there_is_room_for_a_letter_to_each_of_many_schools(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    size_t letters = 0, many = 2 * PLAN_LIST_MAX;
    portal_categorise(&p);
    for (size_t i = 0; i < many; i++) {
        struct buf path = {.arena = &p.arena}, text = {.arena = &p.arena};
        buf_printf(&path, "schools/s-%zu.yaml", i);
        buf_printf(&text,
                   "urn: \"%zu\"\nname: School %zu\nphase: primary\ntype: community\njudgements: {sinking: "
                   "yes}\naddress: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n",
                   910000 + i, i);
        portal_put(&p, str_z(&p.arena, buf_str(&path)), str_z(&p.arena, buf_str(&text)));
    }
    open_on(&p, LETTERS("[category]", "[visits]"), "");
    plan_make(&plan, &p.arena, &p.site);
    for (size_t i = 0; i < plan.count; i++)
        letters += plan.outputs[i].kind == TEMPLATE_LETTER;
    assert_int_equal(letters, many + 4); /* and the fixture's own */
    assert_true(plan.count > 3 * many && plan.count <= plan.room);
    portal_release(&p);
}

static void nobody_below_officers_has_letters(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    open_with(&p, LETTERS("[category]", "[visits]"), "overlays: [at_risk]\n");
    for (int audience = AUDIENCE_SCHOOLS; audience <= AUDIENCE_PUBLIC; audience++) {
        site_bind(&p.site, (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_false(plan.letters);
        for (size_t i = 0; i < plan.count; i++)
            assert_false(str_starts(plan.outputs[i].address, STR("letters/")));
        assert_null(value_get(&p.site.portal, STR("letters")));
    }
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes_is_an_overlay_and_a_no_is_none),
        cmocka_unit_test(what_is_not_known_is_no_overlay),
        cmocka_unit_test(an_entry_that_is_only_possible_is_no_overlay),
        cmocka_unit_test(a_value_that_says_none_is_no_overlay),
        cmocka_unit_test(a_letter_confirms_a_record_and_discusses_a_suggestion),
        cmocka_unit_test(without_letters_there_is_no_letter),
        cmocka_unit_test(what_follows_supposes_what_is_suggested),
        cmocka_unit_test(a_floor_that_nobody_recorded_is_talked_about),
        cmocka_unit_test(a_letter_tells_the_record_and_not_the_suggestion),
        cmocka_unit_test(what_is_due_next_is_told_where_the_letter_names_its_table),
        cmocka_unit_test(how_it_came_about_is_said_in_the_frameworks_words),
        cmocka_unit_test(a_portal_has_words_of_its_own),
        cmocka_unit_test(the_list_says_who_has_no_letter_and_why),
        cmocka_unit_test(there_is_room_for_a_letter_to_each_of_many_schools),
        cmocka_unit_test(nobody_below_officers_has_letters),
    };
    return cmocka_run_group_tests_name("standing", tests, NULL, NULL);
}
