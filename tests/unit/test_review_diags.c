/* SPDX-License-Identifier: MIT */
/* test_review_diags.c: errors and warnings that a change brings, and those that it mends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "edge/review_diags.h"
#include "review_fixture.h"

#define FRONT(title) "---\ntitle: " title "\n---\n\n"
#define NOTHING "Review\n======\n"
#define HEAD NOTHING "\nErrors and warnings\n-------------------\n\n"

static const char *told(struct reviewed *r) {
    return reviewed_text(r, review_diags, review_diags_write);
}

/* What is told when one page reads thus before and thus after. */
static void assert_told(const char *before, const char *after, enum audience audience, const char *expected) {
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", before);
    portal_put(&r.head, "content/policy/a.md", after);
    reviewed_bind(&r, audience);
    assert_string_equal(told(&r), expected);
    reviewed_release(&r);
}

static void what_is_new_and_what_is_mended_is_told(void **state) {
    (void)state;
    assert_told(
        FRONT("A") "Words[^1].\n", FRONT("A") "Words.\n\n#### Deep\n", AUDIENCE_OFFICERS,
        HEAD
        "New\n\n"
        "  - error: a heading of level 4 stands where at most level 2 may (content/policy/a.md:7); "
        "headings go down one level at a time\n\n"
        "Mended\n\n"
        "  - error: the footnote \"1\" has no text (content/policy/a.md:5); write it on a line that begins "
        "with [^1]:\n");
}

static void what_only_stands_elsewhere_is_neither(void **state) {
    (void)state;
    assert_told(FRONT("A") "#### Deep\n", FRONT("A") "Words.\n\nMore.\n\n#### Deep\n", AUDIENCE_OFFICERS,
                NOTHING);
    assert_told(FRONT("A") "Words.\n", FRONT("A") "Words.\n", AUDIENCE_OFFICERS, NOTHING);
}

/* Two of the same words are two. */
static void they_are_counted(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", FRONT("A") "[here](a.md)\n");
    portal_put(&r.head, "content/policy/a.md", FRONT("A") "[here](a.md)\n\n[here](a.md)\n\n[here](a.md)\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    told(&r);
    assert_int_equal(r.review.found[REVIEW_NEW_WARNING], 2);
    assert_int_equal(r.review.found[REVIEW_NEW_ERROR], 0);
    reviewed_release(&r);
}

/* Messages quote what they are about. */
static void below_officers_only_the_words_of_visible_pages_are_quoted(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", "---\ntitle: A\naudience: officers\n---\n\nWords.\n");
    portal_put(&r.head, "content/policy/a.md", "---\ntitle: A\naudience: officers\n---\n\n![](canary.png)\n");
    portal_put(&r.base, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&r.head, "schools/ash.yaml", SCHOOL("900001", "Ash") "judgements: {canary: yes}\n");
    portal_put(&r.base, "content/policy/b.md", FRONT("B") "Words.\n");
    portal_put(&r.head, "content/policy/b.md", FRONT("B") "Words[^x].\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_null(strstr(told(&r), "canary"));
    assert_null(strstr(reviewed_json(&r), "canary"));
    reviewed_release(&r);
}

static void a_profile_that_leads_to_a_place_is_looked_at_though_its_record_is_the_same(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    reviewed_put(&r, "content/policy/a.md", FRONT("A") "## Sizes\n\nWords.\n");
    portal_put(&r.head, "content/policy/a.md", FRONT("A") "## Size\n\nWords.\n");
    reviewed_put(&r, "schools/ash.yaml",
                 SCHOOL("900001", "Ash") "profile: |\n  See [the sizes](../content/policy/a.md#sizes).\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(portal_says(&r.head), "broken-fragment schools/ash.yaml"));
    assert_null(strstr(portal_says(&r.base), "broken-fragment"));
    reviewed_release(&r);
}

static void many_end_and_say_so(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    struct buf page = {.arena = &r.arena};
    buf_lit(&page, FRONT("A"));
    for (int i = 0; i < REVIEW_DIAGS_MAX + 5; i++)
        buf_printf(&page, "#### Deep %d\n\n## Up %d\n\n", i, i);
    portal_put(&r.base, "content/policy/a.md", FRONT("A"));
    portal_put(&r.head, "content/policy/a.md", str_z(&r.arena, buf_str(&page)));
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    told(&r);
    size_t found = r.review.found[REVIEW_NEW_ERROR];
    assert_int_equal(found, REVIEW_DIAGS_MAX + 5);
    assert_non_null(strstr(told(&r), "  - and 5 more\n"));
    reviewed_release(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_new_and_what_is_mended_is_told),
        cmocka_unit_test(what_only_stands_elsewhere_is_neither),
        cmocka_unit_test(they_are_counted),
        cmocka_unit_test(below_officers_only_the_words_of_visible_pages_are_quoted),
        cmocka_unit_test(a_profile_that_leads_to_a_place_is_looked_at_though_its_record_is_the_same),
        cmocka_unit_test(many_end_and_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
