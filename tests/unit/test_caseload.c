/* SPDX-License-Identifier: MIT */
/* test_caseload.c: what officers have to look at, and the lists that it is split into. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "caseload_fixture.h"
#include "publish/worklist.h"
#include "text.h"

static const struct caseload *open_caseload(struct portal *p) {
    portal_categorise(p);
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return caseload_make(&p->site, &p->arena);
}

/* The line of a finding by its term, or "". */
static struct str line(const struct finding *f, const char *term) {
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->lines[i].term, str_from(term)))
            return f->lines[i].text;
    return (struct str){0};
}

static void schools_are_grouped_by_the_decision_that_weighs_reasons(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_caseload(&p);
    assert_int_equal(c->decision_count, 3); /* a check is none */
    assert_text(c->main->id, "category");
    assert_int_equal(c->count, 5); /* the closed one is in nobody's care */
    assert_text(c->cases[4].school->name, "Fir");
    portal_release(&p);
}

static void or_by_the_decision_that_is_named(void **state) {
    (void)state;
    struct portal p;
    portal_categorise(&p);
    portal_put(&p, "content/framework.yaml", FRAMEWORK "category: sixth\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct caseload *c = caseload_make(&p.site, &p.arena);
    assert_text(c->main->id, "special"); /* days are an amount: nothing to group by */
    assert_int_equal(c->cases[0].status, DECISION_SETTLED);
    portal_release(&p);
}

static void what_differs_from_the_suggestion_comes_with_its_reason(void **state) {
    (void)state;
    struct portal p;
    const struct findings *f = &open_caseload(&p)->findings[FINDING_DIFFERS];
    assert_int_equal(f->count, 1);
    assert_text(f->items[0].school->name, "Birch");
    assert_text(line(&f->items[0], "Policy suggests"), "Amber");
    assert_text(line(&f->items[0], "Recorded"), "Red since 1 September 2025, Jo");
    assert_text(line(&f->items[0], "Reason"), "Fire");
    portal_release(&p);
}

static void what_is_suggested_and_not_recorded_is_listed(void **state) {
    (void)state;
    struct portal p;
    const struct findings *f = &open_caseload(&p)->findings[FINDING_SUGGESTED];
    assert_int_equal(f->count, 1);
    assert_text(f->items[0].school->name, "Cedar");
    assert_text(line(&f->items[0], "Suggested"), "Amber");
    assert_text(line(&f->items[0], "Possible"), "Amber or Red");
    portal_release(&p);
}

static void an_automatic_change_says_since_when(void **state) {
    (void)state;
    struct portal p;
    const struct findings *f = &open_caseload(&p)->findings[FINDING_AUTOMATIC];
    assert_int_equal(f->count, 1);
    assert_text(f->items[0].school->name, "Fir");
    assert_text(line(&f->items[0], "Automatic"), "Red since 5 March 2026");
    assert_text(line(&f->items[0], "Recorded"), "Blue since 1 September 2025");
    portal_release(&p);
}

static void a_gap_names_the_fact_and_what_waits_for_it(void **state) {
    (void)state;
    struct portal p;
    const struct caseload *c = open_caseload(&p);
    const struct findings *f = &c->findings[FINDING_GAP];
    bool found = false;
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->items[i].school->name, STR("Elm"))) {
            assert_text(line(&f->items[i], "Sinking"), "Category");
            found = true;
        }
    assert_true(found);
    assert_true(c->missing_count > 0);
    for (size_t i = 1; i < c->missing_count; i++)
        assert_true(c->missing[i - 1].decisions >= c->missing[i].decisions);
    portal_release(&p);
}

static void checks_of_schools_and_of_their_groups_are_found(void **state) {
    (void)state;
    struct portal p;
    const struct findings *f = &open_caseload(&p)->findings[FINDING_CHECK];
    assert_int_equal(f->count, 3);
    assert_text(f->items[0].school->name, "Cedar");
    assert_text(f->items[0].state, "Fails");
    assert_text(f->items[0].lines[0].address, "policy/categories.html#link-partner");
    assert_text(f->items[1].school->name, "Elm");
    assert_text(f->items[2].school->name, "Cedar"); /* its board: after all schools */
    assert_text(f->items[2].record, "Improvement board");
    assert_text(f->items[2].state, "Advice");
    assert_ptr_equal(f->items[2].group, value_at(&f->items[2].school->record, "groups")->items);
    assert_null(f->items[2].meeting);
    assert_null(f->items[0].group);
    portal_release(&p);
}

static void nobody_below_officers_has_a_caseload(void **state) {
    (void)state;
    for (int audience = AUDIENCE_SCHOOLS; audience <= (int)AUDIENCE_PUBLIC; audience++) {
        struct portal p;
        portal_categorise(&p);
        portal_bind(&p, "2026-05-01", (enum audience)audience);
        assert_null(caseload_make(&p.site, &p.arena));
        assert_null(worklists_make(&p.site, &p.arena));
        portal_release(&p);
    }
}

static void a_portal_that_decides_nothing_has_none(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(&p, NULL, AUDIENCE_OFFICERS);
    assert_null(caseload_make(&p.site, &p.arena));
    portal_release(&p);
}

static void each_officer_has_a_list_and_so_have_schools_without_one(void **state) {
    (void)state;
    struct portal p;
    portal_categorise(&p);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct worklists *lists = worklists_make(&p.site, &p.arena);
    assert_int_equal(lists->count, 2 + FINDING_COUNT);
    assert_text(worklist_title(&p.arena, &p.site, &lists->items[0]), "Caseload of Jo");
    assert_text(worklist_address(&p.arena, &lists->items[0], -1), "decisions/caseload/jo.html");
    assert_int_equal(lists->items[0].count, 3);
    assert_text(worklist_address(&p.arena, &lists->items[1], -1), "decisions/no-link-officer.html");
    assert_int_equal(lists->items[1].count, 2);
    assert_ptr_equal(worklist_of_findings(lists, FINDING_CHECK), &lists->items[2 + FINDING_CHECK]);
    portal_release(&p);
}

static void a_long_list_is_split_by_letter(void **state) {
    (void)state;
    struct portal p;
    portal_categorise(&p);
    for (int i = 0; i <= PLAN_LIST_MAX; i++) {
        struct buf path = {.arena = &p.arena}, text = {.arena = &p.arena};
        buf_printf(&path, "schools/s-%d.yaml", i);
        buf_printf(&text, "urn: \"%06d\"\n", 910000 + i);
        buf_lit(&text, "name: ");
        buf_byte(&text, (char)('A' + i % 5));
        buf_printf(&text, " School %d\nphase: primary\ntype: community\n", i);
        buf_lit(&text, "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n");
        buf_byte(&path, '\0');
        buf_byte(&text, '\0');
        portal_put(&p, path.at, text.at);
    }
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct worklists *lists = worklists_make(&p.site, &p.arena);
    const struct worklist *nobody = &lists->items[1];
    assert_false(lists->items[0].split);
    assert_true(nobody->split);
    assert_text(worklist_address(&p.arena, nobody, 0), "decisions/no-link-officer/a.html");
    assert_text(worklist_address(&p.arena, nobody, -1), "decisions/no-link-officer.html");
    for (int l = 0; l < PLAN_LETTERS; l++)
        for (size_t i = nobody->by_letter[l]; i < nobody->by_letter[l + 1]; i++)
            assert_int_equal(plan_letter(&p.arena, lists->caseload->cases[nobody->items[i]].school->name), l);
    assert_int_equal(nobody->by_letter[PLAN_LETTERS], nobody->count);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_are_grouped_by_the_decision_that_weighs_reasons),
        cmocka_unit_test(or_by_the_decision_that_is_named),
        cmocka_unit_test(what_differs_from_the_suggestion_comes_with_its_reason),
        cmocka_unit_test(what_is_suggested_and_not_recorded_is_listed),
        cmocka_unit_test(an_automatic_change_says_since_when),
        cmocka_unit_test(a_gap_names_the_fact_and_what_waits_for_it),
        cmocka_unit_test(checks_of_schools_and_of_their_groups_are_found),
        cmocka_unit_test(nobody_below_officers_has_a_caseload),
        cmocka_unit_test(a_portal_that_decides_nothing_has_none),
        cmocka_unit_test(each_officer_has_a_list_and_so_have_schools_without_one),
        cmocka_unit_test(a_long_list_is_split_by_letter),
    };
    return cmocka_run_group_tests_name("caseload", tests, NULL, NULL);
}
