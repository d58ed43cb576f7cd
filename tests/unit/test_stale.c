/* SPDX-License-Identifier: MIT */
/* test_stale.c: pages whose review is overdue or due, and those that nobody reviewed or answers for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "portal/stale.h"
#include "portal_fixture.h"

#define STATES(front) "---\ntitle: A page\n" front "---\n\nText.\n"

/* How content/page.md stands on 1 May 2026, with that front matter. */
static struct stale stands(const char *text) {
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/page.md", text);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct stale s = stale_of(&p.site, site_page(&p.site, CONTENT_PAGE, STR("page")));
    s.page = NULL; /* it goes with the portal */
    portal_release(&p);
    return s;
}

static void a_review_is_in_time_on_its_last_day(void **state) {
    (void)state;
    assert_int_equal(stands(STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-05-01\n")).state,
                     STALE_SOON);
    struct stale s = stands(STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-04-30\n"));
    assert_int_equal(s.state, STALE_OVERDUE);
    assert_int_equal(s.days, 1);
}

static void a_review_is_due_soon_for_three_months(void **state) {
    (void)state;
    assert_int_equal(stands(STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-08-01\n")).state,
                     STALE_SOON);
    assert_int_equal(stands(STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-08-02\n")).state,
                     STALE_FRESH);
}

static void a_page_that_states_no_review_was_never_reviewed(void **state) {
    (void)state;
    assert_int_equal(stands(STATES("owner: Us\n")).state, STALE_NEVER);
    assert_int_equal(stands(STATES("owner: Us\nreview_by: 2027-01-04\n")).state, STALE_NEVER);
    assert_int_equal(stands(STATES("owner: Us\nreview_by: 2026-04-01\n")).state, STALE_OVERDUE);
    assert_int_equal(stands(STATES("owner: Us\nreviewed: 2025-05-01\n")).state, STALE_FRESH);
}

static void a_review_that_is_still_to_come_has_not_taken_place(void **state) {
    (void)state;
    struct stale s = stands(STATES("owner: Us\nreviewed: 2026-05-02\n"));
    assert_int_equal(s.reviewed, DATE_NONE);
    assert_int_equal(s.state, STALE_NEVER);
}

static void a_page_without_an_owner_is_said_to_have_none(void **state) {
    (void)state;
    assert_true(stands(STATES("reviewed: 2026-04-01\n")).unowned);
    assert_false(stands(STATES("owner: Us\n")).unowned);
}

static void a_partnership_that_is_over_is_asked_for_neither(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/partnerships/old.md", PARTNERSHIP("Old", "dissolved") "ended: 2025-08-31\n---\n");
    portal_put(&p, "content/partnerships/new.md", PARTNERSHIP("New", "proposed") "audience: officers\n---\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct stales all;
    stale_list(&p.site, &p.arena, &all);
    assert_int_equal(all.count, 1);
    assert_string_equal(str_z(&p.arena, all.items[0].page->slug), "new");
    portal_release(&p);
}

static void a_persons_page_is_asked_for_neither(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    portal_put(&p, "content/people/sam.md", "---\ntitle: Sam\npost: Officer\nreview_by: 2026-01-05\n---\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct stales all;
    stale_list(&p.site, &p.arena, &all);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.items[0].state, STALE_OVERDUE);
    portal_release(&p);
}

static void the_longest_overdue_comes_first_and_then_what_is_due_soonest(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/a.md", STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-06-01\n"));
    portal_put(&p, "content/b.md", STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-04-01\n"));
    portal_put(&p, "content/c.md", STATES("owner: Us\nreviewed: 2025-02-01\nreview_by: 2026-03-01\n"));
    portal_put(&p, "content/d.md", STATES("reviewed: 2026-04-01\n"));
    portal_put(&p, "content/e.md", STATES("owner: Us\n"));
    portal_put(&p, "content/f.md", STATES("owner: Us\nreviewed: 2025-05-01\nreview_by: 2026-05-20\n"));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct stales all;
    stale_list(&p.site, &p.arena, &all);
    static const char *const order[] = {"c", "b", "f", "a", "e", "d"};
    assert_int_equal(all.count, 6);
    for (size_t i = 0; i < all.count; i++)
        assert_string_equal(str_z(&p.arena, all.items[i].page->slug), order[i]);
    portal_release(&p);
}

static void only_pages_that_the_audience_has_are_listed(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/a.md", STATES("audience: officers\n"));
    portal_bind(&p, "2026-05-01", AUDIENCE_SCHOOLS);
    struct stales all;
    stale_list(&p.site, &p.arena, &all);
    assert_int_equal(all.count, 0);
    portal_release(&p);
}

static void the_accessibility_statement_is_due_a_year_after_its_last_review(void **state) {
    (void)state;
    static const struct {
        const char *as_of;
        size_t count;
    } days[] = {{"2026-12-01", 0}, {"2026-12-02", 1}, {"2027-03-03", 1}};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        struct portal p;
        portal_make(&p); /* prepared on 2 March 2026 */
        portal_bind(&p, days[i].as_of, AUDIENCE_OFFICERS);
        struct stales all;
        stale_list(&p.site, &p.arena, &all);
        assert_int_equal(all.count, days[i].count);
        if (all.count)
            assert_int_equal(all.items[0].state, i == 1 ? STALE_SOON : STALE_OVERDUE);
        portal_release(&p);
    }
}

/* What check says of a page that was reviewed on 20 May 2026, for a portal that speaks of `own` and is asked for `as_of`. */
static bool is_ahead(const char *portal, const char *as_of) {
    struct portal p;
    portal_make(&p);
    portal_put(&p, "portal.yaml", portal);
    portal_put(&p, "content/a.md", STATES("reviewed: 2026-05-20\n"));
    portal_load(&p, as_of);
    bool said = p.diags.count == 1 && p.diags.items[0].id == DIAG_REVIEW_AHEAD && !p.diags.errors;
    assert_true(said || !p.diags.count);
    portal_release(&p);
    return said;
}

static void a_review_after_the_portals_own_day_is_a_slip_and_one_after_a_day_asked_for_is_not(void **state) {
    (void)state;
    assert_true(is_ahead(PORTAL "as_of: 2026-05-01\n", ""));
    assert_false(is_ahead(PORTAL "as_of: 2026-05-20\n", ""));
    assert_false(is_ahead(PORTAL "as_of: 2026-05-20\n", "2026-01-05"));
    assert_false(is_ahead(PORTAL "as_of: 2026-05-01\n", "2026-06-01"));
    assert_true(is_ahead(PORTAL, "2026-01-05")); /* today is 1 May 2026 */
}

static void what_is_said_of_time_that_has_passed_makes_nothing_fail(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/a.md", STATES("reviewed: 2025-05-01\nreview_by: 2026-04-01\n"));
    portal_load(&p, "2026-05-01");
    stale_report(&p.site, &p.diags);
    assert_string_equal(portal_says(&p), "review-overdue content/a.md, review-owner content/a.md");
    assert_int_equal(p.diags.notes, 2);
    assert_int_equal(p.diags.errors, 0);
    assert_int_equal(diags_warnings(&p.diags), 0);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_review_is_in_time_on_its_last_day),
        cmocka_unit_test(a_review_is_due_soon_for_three_months),
        cmocka_unit_test(a_page_that_states_no_review_was_never_reviewed),
        cmocka_unit_test(a_review_that_is_still_to_come_has_not_taken_place),
        cmocka_unit_test(a_page_without_an_owner_is_said_to_have_none),
        cmocka_unit_test(a_partnership_that_is_over_is_asked_for_neither),
        cmocka_unit_test(a_persons_page_is_asked_for_neither),
        cmocka_unit_test(the_longest_overdue_comes_first_and_then_what_is_due_soonest),
        cmocka_unit_test(only_pages_that_the_audience_has_are_listed),
        cmocka_unit_test(the_accessibility_statement_is_due_a_year_after_its_last_review),
        cmocka_unit_test(a_review_after_the_portals_own_day_is_a_slip_and_one_after_a_day_asked_for_is_not),
        cmocka_unit_test(what_is_said_of_time_that_has_passed_makes_nothing_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
