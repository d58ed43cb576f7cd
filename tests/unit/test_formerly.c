/* SPDX-License-Identifier: MIT */
/* test_formerly.c: addresses that a page had lead on to it, and are as public as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"
#include "portal/formerly.h"

static void an_address_or_a_source_path_is_an_address(void **state) {
    (void)state;
    static const struct {
        const char *text, *address;
    } cases[] = {
        {"policy/old.html", "policy/old.html"},
        {"old.html", "old.html"},
        {"content/policy/old.md", "policy/old.html"},
        {"policy/old.md", "policy/old.html"},
        {"content/about.md", "about.html"},
        {"schools/ash.yaml", "schools/ash.html"},
        {"a/b/c/old.html", "a/b/c/old.html"},
        {"", ""},
        {".html", ""},
        {"policy/.html", ""},
        {"/policy/old.html", ""},
        {"policy//old.html", ""},
        {"../old.html", ""},
        {"policy/../old.html", ""},
        {"policy/Old.html", ""},
        {"policy/old", ""},
        {"policy/old.html#sizes", ""},
        {"policy/old.html?x", ""},
        {"https://schools.example/policy/old.html", ""},
        {"policy/old.html/", ""},
        {"content/", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_true(str_eq(formerly_address(&arena, str_from(cases[i].text)), str_from(cases[i].address)));
    arena_release(&arena);
}

static void an_address_that_is_had_or_claimed_is_an_error(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/policy/a.md", "---\ntitle: A\nformerly: [policy/b.html, policy/x.html]\n---\n");
    portal_put(&p, "content/policy/b.md", "---\ntitle: B\nformerly: content/policy/x.md\n---\n");
    portal_put(&p, "content/policy/c.md", "---\ntitle: C\nformerly: [schools/ash.html, Nowhere]\n---\n");
    portal_put(&p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "formerly: [schools/ash.html, schools/oak.html]\n");
    portal_load(&p, NULL);
    assert_string_equal(
        portal_says(&p),
        "formerly-living content/policy/a.md, formerly-twice content/policy/b.md, formerly-living "
        "content/policy/c.md, formerly-form content/policy/c.md, formerly-living schools/ash.yaml");
    portal_release(&p);
}

static const struct plan_page *planned(const struct plan *plan, const char *address) {
    for (size_t i = 0; i < plan->count; i++)
        if (str_eq(plan->outputs[i].address, str_from(address)))
            return &plan->outputs[i];
    return NULL;
}

static void what_leads_on_is_as_public_as_what_it_leads_to(void **state) {
    (void)state;
    for (int audience = AUDIENCE_OFFICERS; audience < AUDIENCE_COUNT; audience++) {
        struct portal p;
        struct plan plan;
        portal_make(&p);
        portal_put(&p, "content/policy/a.md", "---\ntitle: A\nformerly: policy/old.html\n---\n");
        portal_put(&p, "content/policy/b.md",
                   "---\ntitle: B\naudience: officers\nformerly: policy/canary.html\n---\n");
        portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "formerly: schools/oak.html\n");
        portal_bind(&p, NULL, (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_int_equal(planned(&plan, "policy/old.html")->kind, TEMPLATE_REDIRECT);
        assert_int_equal(planned(&plan, "schools/oak.html")->kind, TEMPLATE_REDIRECT);
        assert_int_equal(planned(&plan, "policy/canary.html") != NULL, audience == AUDIENCE_OFFICERS);
        portal_release(&p);
    }
}

static void whoever_has_an_old_address_is_led_on(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/policy/a.md", "---\ntitle: Alpha\nformerly: old/place.html\n---\n");
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "formerly: schools/oak.html\n");
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    struct str moved = page(&p, NULL, "old/place.html");
    assert_true(str_has(moved, STR("content=\"0; url=../policy/a.html\"")));
    assert_true(str_has(moved, STR("This page has moved: <a href=\"../policy/a.html\">Alpha</a>.")));
    assert_true(str_has(page(&p, NULL, "schools/oak.html"), STR("content=\"0; url=../schools/ash.html\"")));
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_or_a_source_path_is_an_address),
        cmocka_unit_test(an_address_that_is_had_or_claimed_is_an_error),
        cmocka_unit_test(whoever_has_an_old_address_is_led_on),
        cmocka_unit_test(what_leads_on_is_as_public_as_what_it_leads_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
