/* SPDX-License-Identifier: MIT */
/* test_review_withheld.c: whether anything changed that an audience may not see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "edge/review_withheld.h"
#include "portal_fixture.h"

#define ASH "schools/ash.yaml"
#define PLAN "content/policy/plan.md"
#define VALE "content/partnerships/vale.md"
#define PLAN_TEXT(front, words) "---\ntitle: Plan\n" front "---\n\n" words "\n"
#define VALE_TEXT(front) PARTNERSHIP("Vale", "formed") front "---\n\nText.\n"
#define FACTS(label, hidden)                                        \
    "facts:\n  school:\n    at_risk: {type: yes/no, label: " hidden \
    "}\n    open_day: {type: date, visible: "                       \
    "public, label: " label "}\n"

/* Whether a file that read thus and now reads thus hides something; NULL: it was, or is, not there. */
static bool hides(enum audience audience, const char *path, const char *before, const char *after) {
    const char *texts[] = {before, after};
    struct portal sides[2];
    for (size_t i = 0; i < 2; i++) {
        portal_make(&sides[i]);
        portal_put(&sides[i], "content/framework.yaml", FACTS("Open day", "At risk"));
        portal_put(&sides[i], ASH, SCHOOL("900001", "Ash") "facts: {at_risk: yes}\n");
        portal_put(&sides[i], PLAN, PLAN_TEXT("audience: schools\n", "Words."));
        if (texts[i])
            portal_put(&sides[i], path, texts[i]);
        else
            folder_remove(&sides[i].folder, path);
        portal_load(&sides[i], "2026-05-01");
        if (sides[i].diags.errors)
            fail_msg("%s", str_z(&sides[i].arena, sides[i].diags.items[0].text));
    }
    bool hidden = review_withheld(&sides[0].site, &sides[1].site, audience);
    for (size_t i = 0; i < 2; i++)
        portal_release(&sides[i]);
    return hidden;
}

/* What the public and what schools miss of it; officers miss nothing. */
static void assert_hides(bool public, bool schools, const char *path, const char *before, const char *after) {
    assert_int_equal(hides(AUDIENCE_PUBLIC, path, before, after), public);
    assert_int_equal(hides(AUDIENCE_SCHOOLS, path, before, after), schools);
    assert_false(hides(AUDIENCE_OFFICERS, path, before, after));
}

static void a_restricted_value_of_a_record_is_withheld(void **state) {
    (void)state;
    assert_hides(true, true, ASH, SCHOOL("900001", "Ash") "facts: {at_risk: yes}\n",
                 SCHOOL("900001", "Ash") "facts: {at_risk: no}\n");
    assert_hides(false, false, ASH, SCHOOL("900001", "Ash") "facts: {open_day: 2026-06-01}\n",
                 SCHOOL("900001", "Ash") "facts: {open_day: 2026-06-02}\n");
    assert_hides(true, true, "officers/ash.yaml", NULL, "academy_order: 2026-02-20\n");
}

static void a_record_that_comes_or_goes_is_withheld_as_far_as_it_is_restricted(void **state) {
    (void)state;
    assert_hides(true, true, "schools/birch.yaml", NULL, SCHOOL("900002", "Birch") "facts: {at_risk: no}\n");
    assert_hides(true, true, "schools/birch.yaml", SCHOOL("900002", "Birch") "facts: {at_risk: no}\n", NULL);
    assert_hides(false, false, "schools/birch.yaml", NULL, SCHOOL("900002", "Birch"));
    assert_hides(false, false, "schools/birch.yaml", SCHOOL("900002", "Birch"), NULL);
}

static void a_page_is_withheld_from_those_who_do_not_have_it(void **state) {
    (void)state;
    assert_hides(true, false, PLAN, PLAN_TEXT("audience: schools\n", "Words."),
                 PLAN_TEXT("audience: schools\n", "More words."));
    assert_hides(true, true, "content/policy/inner.md", NULL, PLAN_TEXT("audience: officers\n", "Words."));
    assert_hides(true, true, "content/policy/inner.md", PLAN_TEXT("audience: officers\n", "Words."), NULL);
    assert_hides(false, false, "content/policy/more.md", PLAN_TEXT("", "Words."),
                 PLAN_TEXT("", "More words."));
    assert_hides(false, false, "content/policy/more.md", NULL, PLAN_TEXT("", "Words."));
}

static void a_restricted_field_of_a_page_is_withheld(void **state) {
    (void)state;
    assert_hides(true, true, VALE, VALE_TEXT(""), VALE_TEXT("officers_note: It will not last.\n"));
    assert_hides(false, false, VALE, VALE_TEXT("summary: Once.\n"), VALE_TEXT("summary: Twice.\n"));
}

static void a_restricted_fact_of_the_framework_is_withheld(void **state) {
    (void)state;
    assert_hides(true, true, "content/framework.yaml", FACTS("Open day", "At risk"),
                 FACTS("Open day", "In danger"));
    assert_hides(false, false, "content/framework.yaml", FACTS("Open day", "At risk"),
                 FACTS("Open house", "At risk"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restricted_value_of_a_record_is_withheld),
        cmocka_unit_test(a_record_that_comes_or_goes_is_withheld_as_far_as_it_is_restricted),
        cmocka_unit_test(a_page_is_withheld_from_those_who_do_not_have_it),
        cmocka_unit_test(a_restricted_field_of_a_page_is_withheld),
        cmocka_unit_test(a_restricted_fact_of_the_framework_is_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
