/* SPDX-License-Identifier: MIT */
/* test_review_pages.c: what changes in what people read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/review_pages.h"
#include "review_fixture.h"

#define FRONT(title) "---\ntitle: " title "\n---\n\n"

static const char *told(struct reviewed *r) {
    return reviewed_text(r, review_pages, review_pages_write);
}

/* What is told when one page reads thus before and thus after. */
static void assert_told(const char *before, const char *after, const char *expected) {
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", before);
    portal_put(&r.head, "content/policy/a.md", after);
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), expected);
    reviewed_release(&r);
}

#define HEAD "Review\n======\n\nPages\n-----\n\nA\n\n  "

static void words_are_told_with_the_heading_that_they_stand_under(void **state) {
    (void)state;
    assert_told(FRONT("A") "Before.\n\n## Visits\n\nPartners visit twice a year.\n",
                FRONT("A") "Before.\n\n## Visits\n\nPartners visit three times\na year.\n",
                HEAD "2 words added, 1 removed (content/policy/a.md).\n\n  - Under “Visits”: Partners visit "
                     "[-twice-] {+three times+} a year. (content/policy/a.md:9)\n");
}

static void lines_broken_elsewhere_are_not_told(void **state) {
    (void)state;
    assert_told(FRONT("A") "One two three.\n\n- four\n  five\n",
                FRONT("A") "One two\nthree.\n\n\n* four five\n", "Review\n======\n");
}

static void what_was_only_added_says_nothing_of_what_was_removed(void **state) {
    (void)state;
    assert_told(FRONT("A") "One three.\n", FRONT("A") "One two three.\n",
                HEAD
                "1 word added (content/policy/a.md).\n\n  - One {+two+} three. (content/policy/a.md:5)\n");
}

static void sections_are_told_as_sections(void **state) {
    (void)state;
    assert_told(
        FRONT(
            "A") "## One\n\nAlpha beta.\n\n## Two\n\nGamma.\n\nDelta.\n\nMore.\n\n## Three\n\nLast words.\n",
        FRONT("A") "## Two\n\nGamma.\n\nDelta.\n\nMore.\n\n## One\n\nAlpha beta.\n\n## Four\n\nNew.\n",
        HEAD "2 words added, 3 removed (content/policy/a.md).\n\n"
             "  - Section removed: [-Three-], 3 words\n"
             "  - Section moved: One, 3 words (content/policy/a.md:13)\n"
             "  - Section added: {+Four+}, 2 words (content/policy/a.md:17)\n");
}

static void the_front_matter_that_people_read_is_told(void **state) {
    (void)state;
    assert_told("---\ntitle: B\nsummary: Once.\norder: 1\nreviewed: 2026-01-01\n---\n\nText.\n",
                "---\ntitle: A\nsummary: Twice.\norder: 2\nreviewed: 2026-02-01\n---\n\nText.\n",
                HEAD "No word of the text is added or removed (content/policy/a.md).\n\n"
                     "  - Title: [-B-] {+A+} (content/policy/a.md:2)\n"
                     "  - Summary: [-Once.-] {+Twice.+} (content/policy/a.md:3)\n"
                     "  - Reviewed: [-1 January 2026-] {+1 February 2026+} (content/policy/a.md:5)\n");
}

static void tables_that_decide_are_left_to_others(void **state) {
    (void)state;
    assert_told(
        FRONT("A") "## X\n\n<!-- decision: x\nlabel: X\noutputs: {x: {label: X, type: yes/no}}\n-->\n\n"
                   "| Open day | X |\n|---|---|\n| recorded | yes |\n| *otherwise* | |\n| | no |\n",
        FRONT("A") "## X\n\n<!-- decision: x\nlabel: X\noutputs: {x: {label: X, type: yes/no}}\n-->\n\n"
                   "| Open day | X |\n|---|---|\n| recorded | no |\n| *otherwise* | |\n| | no |\n",
        "Review\n======\n");
}

static void a_page_comes_and_goes(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", FRONT("A") "One two three four five.\n");
    portal_put(&r.head, "content/policy/b.md",
               "---\ntitle: B\nsummary: New.\n---\n\nSix seven eight nine ten.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(
        told(&r),
        HEAD "A page of 5 words that goes (content/policy/a.md).\n\nB\n\n"
             "  A new page of 5 words (content/policy/b.md). “New.”\n\n"
             "Addresses that are lost\n\n  Links and bookmarks to these will find nothing:\n\n"
             "  - policy/a.html, “A”. If another page has taken its place, write this address there, "
             "under formerly\n");
    assert_int_equal(r.review.found[REVIEW_PAGE_ADDED], 1);
    assert_int_equal(r.review.found[REVIEW_PAGE_REMOVED], 1);
    assert_int_equal(r.review.found[REVIEW_LOST_ADDRESS], 1);
    reviewed_release(&r);
}

static void a_page_that_is_renamed_says_what_to_write(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/old.md", FRONT("A") "One two three four five.\n");
    portal_put(&r.head, "content/policy/new.md", FRONT("A") "One two three four six.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), HEAD
                        "1 word added, 1 removed (content/policy/new.md). It was content/policy/old.md.\n\n"
                        "  - One two three four [-five.-] {+six.+} (content/policy/new.md:5)\n\n"
                        "Addresses that are lost\n\n  Links and bookmarks to these will find nothing:\n\n"
                        "  - policy/old.html, “A”. To lead on from there, write in content/policy/new.md: "
                        "formerly: [policy/old.html]\n");
    reviewed_release(&r);
}

static void a_page_that_moves_and_reads_the_same_is_renamed_and_not_changed(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/old.md", FRONT("A") "One two three.\n");
    portal_put(&r.head, "content/policy/new.md",
               "---\ntitle: A\nformerly: content/policy/old.md\n---\n\nOne two three.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    told(&r);
    assert_int_equal(r.review.found[REVIEW_PAGE_RENAMED], 1);
    assert_int_equal(r.review.found[REVIEW_TEXT_CHANGE], 0);
    reviewed_release(&r);
}

static void a_page_that_says_what_it_was_loses_no_address(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/old.md", FRONT("A") "Nothing of this is left.\n");
    portal_put(&r.head, "content/policy/new.md",
               "---\ntitle: A\nformerly: content/policy/old.md\n---\n\nAll words are others.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    told(&r);
    assert_int_equal(r.review.found[REVIEW_LOST_ADDRESS], 0);
    assert_int_equal(r.review.found[REVIEW_TEXT_CHANGE], 1);
    assert_int_equal(r.review.found[REVIEW_PAGE_ADDED], 0);
    reviewed_release(&r);
}

static void a_school_that_is_renamed_loses_its_address_and_not_its_urn(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&r.head, "schools/oak.yaml", SCHOOL("900001", "Oak"));
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r),
                        "Review\n======\n\nPages\n-----\n\nAddresses that are lost\n\n"
                        "  Links and bookmarks to these will find nothing:\n\n"
                        "  - schools/ash.html, “Ash”. To lead on from there, write in schools/oak.yaml: "
                        "formerly: [schools/ash.html]\n");
    reviewed_release(&r);
}

static void links_that_break_are_told(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    reviewed_put(&r, "content/policy/a.md", FRONT("A") "See [the sizes](b.md#sizes) of [all](c.md).\n");
    portal_put(&r.base, "content/policy/b.md", FRONT("B") "## Sizes\n\nWords.\n");
    portal_put(&r.head, "content/policy/b.md", FRONT("B") "## Size\n\nWords.\n");
    reviewed_put(&r, "content/policy/c.md", FRONT("C") "Words.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(told(&r), "Links that break\n\n  - the page content/policy/b.md has no place "
                                     "\"sizes\" (content/policy/a.md:5); did you mean \"size\"?\n"));
    assert_int_equal(r.review.found[REVIEW_BROKEN_LINK], 1);
    reviewed_release(&r);
}

static void a_link_to_a_page_that_was_renamed_is_told_with_what_to_write(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    reviewed_put(&r, "content/about.md", FRONT("About") "See [the sizes](policy/old.md#sizes).\n");
    portal_put(&r.base, "content/policy/old.md", FRONT("A") "## Sizes\n\nWords.\n");
    portal_put(&r.head, "content/policy/new.md", FRONT("A") "## Sizes\n\nWords.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(told(&r), "  - policy/old.md#sizes leads to no page of the portal "
                                     "(content/about.md:5); it was renamed: write policy/new.md#sizes\n"));
    reviewed_release(&r);
    reviewed_make(&r);
    reviewed_put(&r, "content/bodies/board.md",
                 "---\ntitle: Board\nkind: board\nterms: policy/old.md#sizes\n---\n\nWords.\n");
    portal_put(&r.base, "content/policy/old.md", FRONT("A") "## Sizes\n\nWords.\n");
    portal_put(&r.head, "content/policy/new.md", FRONT("A") "## Sizes\n\nWords.\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(
        strstr(told(&r), "(content/bodies/board.md:4); it was renamed: write policy/new.md#sizes\n"));
    reviewed_release(&r);
}

/* A page for officers is nowhere in what the public is told, whichever way it changes. */
static void what_the_audience_does_not_see_is_not_told(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md",
               "---\ntitle: Canary\naudience: officers\n---\n\nCanary one.\n");
    portal_put(&r.head, "content/policy/a.md",
               "---\ntitle: Canary\naudience: officers\n---\n\nCanary two.\n");
    portal_put(&r.base, "content/policy/b.md", "---\ntitle: Canary\naudience: schools\n---\n\nCanary.\n");
    portal_put(&r.head, "content/policy/c.md",
               "---\ntitle: Canary\naudience: schools\n---\n\nCanary [x](y.md).\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), "Review\n======\n");
    assert_string_equal(reviewed_json(&r), "{}");
    reviewed_release(&r);
}

static void large_pages_end_and_say_that_they_were_cut(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    struct buf a = {.arena = &r.arena}, b = {.arena = &r.arena};
    buf_lit(&a, FRONT("A"));
    buf_lit(&b, FRONT("A"));
    for (long long i = 0; a.len < 1000 * 1000; i++) {
        buf_whole(&a, i * 7 % 9973);
        buf_add(&a, i % 5 ? STR(" ") : STR("\n\n"));
        buf_whole(&b, i * 11 % 8969 + 20000);
        buf_add(&b, i % 7 ? STR(" ") : STR("\n\n"));
    }
    b.len = b.len > 1000 * 1000 ? 1000 * 1000 : b.len;
    portal_put(&r.base, "content/policy/a.md", str_z(&r.arena, buf_str(&a)));
    portal_put(&r.head, "content/policy/a.md", str_z(&r.arena, buf_str(&b)));
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(told(&r), "  - and "));
    assert_int_equal(value_get(&value_get(&r.value, STR("pages"))->items[0], STR("changes"))->count,
                     REVIEW_PAGE_CHANGES_MAX);
    assert_true(strlen(reviewed_json(&r)) < 200 * 1000);
    reviewed_release(&r);
}

static void of_sides_with_errors_the_pages_are_told(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/policy/a.md", FRONT("A") "One.\n");
    portal_put(&r.head, "content/policy/a.md", FRONT("A") "Two.\n");
    portal_put(&r.head, "schools/ash.yaml", "name: Ash\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(told(&r), "[-One.-] {+Two.+}"));
    reviewed_release(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_told_with_the_heading_that_they_stand_under),
        cmocka_unit_test(lines_broken_elsewhere_are_not_told),
        cmocka_unit_test(what_was_only_added_says_nothing_of_what_was_removed),
        cmocka_unit_test(sections_are_told_as_sections),
        cmocka_unit_test(the_front_matter_that_people_read_is_told),
        cmocka_unit_test(tables_that_decide_are_left_to_others),
        cmocka_unit_test(a_page_comes_and_goes),
        cmocka_unit_test(a_page_that_is_renamed_says_what_to_write),
        cmocka_unit_test(a_page_that_moves_and_reads_the_same_is_renamed_and_not_changed),
        cmocka_unit_test(a_page_that_says_what_it_was_loses_no_address),
        cmocka_unit_test(a_school_that_is_renamed_loses_its_address_and_not_its_urn),
        cmocka_unit_test(links_that_break_are_told),
        cmocka_unit_test(a_link_to_a_page_that_was_renamed_is_told_with_what_to_write),
        cmocka_unit_test(what_the_audience_does_not_see_is_not_told),
        cmocka_unit_test(large_pages_end_and_say_that_they_were_cut),
        cmocka_unit_test(of_sides_with_errors_the_pages_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
