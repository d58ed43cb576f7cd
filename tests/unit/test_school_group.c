/* SPDX-License-Identifier: MIT */
/* test_school_group.c: how far a group has come, where its page is, and how groups are listed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "publish/group_list.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Ash, with these groups, on 1 May 2026. */
static struct school_groups open_groups(struct portal *p, const char *groups) {
    portal_make(p);
    struct str record = str_join(&p->arena, STR(SCHOOL("900001", "Ash") "groups:\n"), str_from(groups));
    portal_put(p, "content/framework.yaml",
               "groups:\n  board: {label: Improvement board, stages: yes}\n  review_meeting: Review meeting\n"
               "facts: {school: {open_day: {type: date}}}\n");
    portal_put(p, "schools/ash.yaml", str_z(&p->arena, record));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return groups_of_school(&p->site, p->site.schools[0], &p->arena);
}

static void a_stage_is_the_furthest_step_whose_day_has_come(void **state) {
    (void)state;
    static const struct {
        const char *group;
        enum group_stage stage;
        const char *since;
    } cases[] = {
        {"{kind: board}", GROUP_PLANNED, ""},
        {"{kind: board, recommended: 2026-05-02}", GROUP_PLANNED, ""},
        {"{kind: board, recommended: 2026-05-01}", GROUP_RECOMMENDED, "2026-05-01"},
        {"{kind: board, recommended: 2026-03-01, endorsed: 2026-05-02}", GROUP_RECOMMENDED, "2026-03-01"},
        {"{kind: board, recommended: 2026-03-01, endorsed: 2026-04-01, start: 2026-06-01}", GROUP_ENDORSED,
         "2026-04-01"},
        {"{kind: board, endorsed: 2026-04-01, start: 2026-05-01}", GROUP_IN_PLACE, "2026-05-01"},
        {"{kind: board, start: 2025-05-01, ended: 2026-05-02}", GROUP_IN_PLACE, "2025-05-01"},
        {"{kind: board, start: 2025-05-01, ended: 2026-05-01}", GROUP_ENDED, "2026-05-01"},
        {"{kind: board, recommended: 2026-03-01, ended: 2026-04-01}", GROUP_ENDED, "2026-04-01"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        char line[256];
        snprintf(line, sizeof(line), "  - %s\n", cases[i].group);
        struct school_groups groups = open_groups(&p, line);
        assert_int_equal(groups.items[0].stage, cases[i].stage);
        assert_int_equal(groups.items[0].since, date_parse_iso(str_from(cases[i].since)));
        portal_release(&p);
    }
}

static void a_group_that_met_is_in_place_since_its_first_meeting(void **state) {
    (void)state;
    struct portal p;
    struct school_groups groups =
        open_groups(&p, "  - {kind: board, recommended: 2025-01-01, meetings: [{on: 2026-02-01}, {on: "
                        "2026-01-01}, {on: 2026-06-02}, {on: 2026-05-20}]}\n"
                        "  - {kind: board, start: 2026-01-08, meetings: [{on: 2026-05-01}]}\n");
    assert_int_equal(groups.items[0].stage, GROUP_IN_PLACE);
    assert_int_equal(groups.items[0].since, date_make(2026, 1, 1));
    assert_int_equal(groups.items[0].last, date_make(2026, 2, 1));
    assert_int_equal(groups.items[0].next, date_make(2026, 5, 20));
    assert_int_equal(groups.items[1].last, date_make(2026, 5, 1)); /* today's is no longer to come */
    assert_int_equal(groups.items[1].next, DATE_NONE);
    portal_release(&p);
}

static void only_kinds_with_stages_ask_for_an_endorsement(void **state) {
    (void)state;
    struct portal p;
    struct school_groups groups =
        open_groups(&p, "  - {kind: board, start: 2026-01-08}\n"
                        "  - {kind: board, endorsed: 2026-01-02, start: 2026-01-08}\n"
                        "  - {kind: review_meeting, start: 2026-01-08}\n");
    assert_false(groups.items[0].endorsed);
    assert_true(groups.items[1].endorsed);
    assert_true(groups.items[2].endorsed);
    portal_release(&p);
}

static void a_group_is_overdue_the_day_after_its_planned_end(void **state) {
    (void)state;
    struct portal p;
    struct school_groups groups =
        open_groups(&p, "  - {kind: board, start: 2026-01-08, planned_end: 2026-04-30}\n"
                        "  - {kind: board, start: 2026-01-08, planned_end: 2026-05-01}\n"
                        "  - {kind: board, start: 2026-01-08, planned_end: 2026-04-01, ended: 2026-04-20}\n");
    assert_true(groups.items[0].overdue);
    assert_false(groups.items[1].overdue);
    assert_false(groups.items[2].overdue);
    portal_release(&p);
}

static void a_page_is_named_by_school_kind_and_number_among_its_kind(void **state) {
    (void)state;
    struct portal p;
    struct school_groups groups = open_groups(&p, "  - {kind: board}\n  - {kind: review_meeting}\n"
                                                  "  - {kind: Improvement board}\n");
    assert_text(groups.items[0].address, "groups/ash-board-1.html");
    assert_text(groups.items[1].address, "groups/ash-review-meeting-1.html");
    assert_text(groups.items[2].address, "groups/ash-board-2.html");
    portal_release(&p);
}

/* ---- lists ---- */

static void put_boards(struct portal *p, int count) {
    for (int i = 0; i < count; i++) {
        char path[64], text[512];
        snprintf(path, sizeof(path), "schools/s-%d.yaml", i);
        snprintf(text, sizeof(text),
                 "urn: \"%06d\"\nname: %c School %d\nphase: primary\ntype: community\n"
                 "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n"
                 "groups: [{kind: board, start: 2026-01-08}]\n",
                 900000 + i, 'A' + i % 2, i);
        portal_put(p, path, text);
    }
    portal_put(p, "content/framework.yaml",
               "groups: {board: Improvement board}\nfacts: {school: {open_day: {type: date}}}\n");
}

static size_t pages_beneath(const struct plan *plan, const char *folder) {
    size_t n = 0;
    for (size_t i = 0; i < plan->count; i++)
        n += str_starts(plan->outputs[i].address, str_from(folder));
    return n;
}

static void a_kind_with_many_groups_is_split_by_letter(void **state) {
    (void)state;
    for (int more = 0; more < 2; more++) {
        struct portal p;
        struct plan plan;
        portal_make(&p);
        put_boards(&p, PLAN_LIST_MAX + more);
        portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
        plan_make(&plan, &p.arena, &p.site);
        assert_int_equal(plan.groups->count, PLAN_LIST_MAX + more);
        assert_int_equal(plan.groups->lists[0].split, more);
        assert_int_equal(pages_beneath(&plan, "groups/board/"), more ? 2 : 0);
        assert_int_equal(pages_beneath(&plan, "groups/s-"), PLAN_LIST_MAX + more);
        portal_release(&p);
    }
}

static void nobody_below_officers_has_a_page_of_groups(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    put_boards(&p, 2);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    assert_int_equal(pages_beneath(&plan, "groups/"), 3);
    for (int audience = AUDIENCE_SCHOOLS; audience <= AUDIENCE_PUBLIC; audience++) {
        site_bind(&p.site, (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_null(plan.groups);
        assert_int_equal(pages_beneath(&plan, "groups/"), 0);
    }
    portal_release(&p);
}

static void closed_schools_have_no_groups(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    put_boards(&p, 1);
    portal_put(&p, "schools/s-0.yaml",
               SCHOOL("900000", "Ash") "status: closed\nclosed: 2024-08-31\n"
                                       "groups: [{kind: board, start: 2023-01-08}]\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    assert_null(plan.groups);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_is_the_furthest_step_whose_day_has_come),
        cmocka_unit_test(a_group_that_met_is_in_place_since_its_first_meeting),
        cmocka_unit_test(only_kinds_with_stages_ask_for_an_endorsement),
        cmocka_unit_test(a_group_is_overdue_the_day_after_its_planned_end),
        cmocka_unit_test(a_page_is_named_by_school_kind_and_number_among_its_kind),
        cmocka_unit_test(a_kind_with_many_groups_is_split_by_letter),
        cmocka_unit_test(nobody_below_officers_has_a_page_of_groups),
        cmocka_unit_test(closed_schools_have_no_groups),
    };
    return cmocka_run_group_tests_name("school_group", tests, NULL, NULL);
}
