/* SPDX-License-Identifier: MIT */
/* test_deployment.c: what leaders carry, who may be one, and which schools wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/deployment.h"
#include "portal/explain.h"
#include "portal_fixture.h"
#include "text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define FRAMEWORK                                                                                          \
    "scales:\n  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {none_shared: " \
    "None}}\n"                                                                                             \
    "  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"                                \
    "facts:\n  school:\n    weak: {label: Weak, type: yes/no, missing: no}\n"                              \
    "    new_head: {label: New head, type: yes/no, missing: no}\n"                                         \
    "    asked: {label: Asked, type: yes/no}\n"                                                            \
    "  person:\n    years: {label: Years, type: whole}\n"                                                  \
    "  deployment:\n    days: {label: Days, type: number, from: days_a_week, visible: officers}\n"         \
    "    schools: {label: Schools, type: whole, from: leader.schools, visible: officers}\n"                \
    "    in_all: {label: Days in all, type: number, from: leader.days, visible: officers}\n"               \
    "    shared: {label: Shared, scale: kind, from: leader.partnership, none: none_shared}\n"              \
    "    spared: {label: Spared, type: yes/no}\n"                                                          \
    "priority: first\n"

#define POLICY                                                                                           \
    "---\ntitle: Leaders\n---\n\n## Leaders\n\n"                                                         \
    "<!-- decision: first\nlabel: First\noutputs:\n  first: {label: Comes first, type: yes/no}\n-->\n\n" \
    "| Reason | Comes first |\n|---|---|\n| Weak | yes |\n| New head | yes |\n| Asked | yes |\n"         \
    "| *otherwise* | no |\n\n"                                                                           \
    "<!-- decision: can_lead\nlabel: Can lead\nsubject: person\noutputs:\n  can: {label: Can, type: "    \
    "yes/no}\n-->\n\n"                                                                                   \
    "| Years | Can |\n|---|---|\n| at least 3 | yes |\n| *otherwise* | no |\n\n"                         \
    "<!-- check: terms\nlabel: Terms\nsubject: deployment\nid: Rule\nmust: [The record shows]\n"         \
    "outputs:\n  strength: {label: If not, scale: strength}\n-->\n\n"                                    \
    "| Rule | The record shows | If not |\n|---|---|---|\n"                                              \
    "| Time | Days: 0.5 to 2 | Breach |\n| Schools | Schools: at most 2 | Breach |\n"                    \
    "| In all | Days in all: at most 2 | Breach |\n| Spared | Spared | Breach |\n"

#define IN_BROOK "memberships:\n  - {partnership: brook, role: member, from: 2020-01-01}\n"

/* Jo is at ash and birch now, was at cedar, and will be at elm; Kit holds the role alone. */
static void make(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", FRAMEWORK);
    portal_put(p, "content/policy/leaders.md", POLICY);
    portal_put(p, "content/roles/nle.md", "---\ntitle: Leader\nkind: system_leader\n---\n");
    portal_put(p, "content/roles/clerk.md", "---\ntitle: Clerk\nkind: officer\n---\n");
    portal_put(p, "content/partnerships/brook.md",
               PARTNERSHIP("Brook", "formed") "formed: 2020-01-01\n---\n");
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash") IN_BROOK);
    portal_put(p, "schools/birch.yaml", SCHOOL("900002", "Birch") "facts: {weak: yes}\n");
    portal_put(p, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "facts: {new_head: yes}\n");
    portal_put(p, "schools/elm.yaml",
               SCHOOL("900004", "Elm") "facts: {weak: yes, new_head: yes, asked: yes}\n");
    portal_put(p, "schools/fir.yaml", SCHOOL("900005", "Fir") "facts: {asked: no}\n");
    portal_put(p, "schools/gorse.yaml", SCHOOL("900006", "Gorse") IN_BROOK);
    portal_put(p, "content/people/jo.md",
               "---\ntitle: Jo\norder: 1\npost: Head\nroles: [nle, clerk]\nschool: gorse\ndeployments:\n"
               "  - {role: nle, school: cedar, from: 2020-01-01, to: 2020-12-31, days_a_week: 0.25}\n"
               "  - {role: nle, school: ash, from: 2026-01-05, to: 2026-05-01, days_a_week: 1.5}\n"
               "  - {role: nle, school: birch, from: 2026-05-01, days_a_week: 0.75, facts: {spared: yes}}\n"
               "  - {role: nle, school: elm, from: 2026-09-01, days_a_week: 3}\n"
               "facts: {years: 2}\n---\n");
    portal_put(p, "content/people/kit.md",
               "---\ntitle: Kit\norder: 2\npost: Head\nroles: [nle]\nfacts: {years: 3}\n---\n");
    portal_put(p, "content/people/lee.md", "---\ntitle: Lee\norder: 3\npost: Clerk\nroles: [clerk]\n---\n");
}

static const struct leaders *open_as(struct portal *p, enum audience audience) {
    make(p);
    portal_bind(p, "2026-05-01", audience);
    return leaders_make(&p->site, &p->arena);
}

static struct str printed(struct portal *p, struct decimal d) {
    struct buf out = {.arena = &p->arena};
    decimal_print(&out, d);
    return buf_str(&out);
}

static void who_holds_a_role_or_is_deployed_is_a_leader(void **state) {
    (void)state;
    struct portal p;
    const struct leaders *all = open_as(&p, AUDIENCE_OFFICERS);
    assert_int_equal(all->count, 2);
    assert_text(all->items[0].person->slug, "jo");
    assert_int_equal(all->items[0].role_count, 1); /* a clerk is no system leader */
    assert_text(all->items[0].home->slug, "gorse");
    assert_int_equal(all->items[1].count, 0);
    assert_null(leaders_of(all, site_page(&p.site, CONTENT_PERSON, STR("lee"))));
    portal_release(&p);
}

static void both_days_of_a_deployment_are_days_of_it(void **state) {
    (void)state;
    struct portal p;
    const struct leader *jo = &open_as(&p, AUDIENCE_OFFICERS)->items[0];
    static const struct {
        const char *school;
        enum deployment_state state;
    } expected[] = {{"birch", DEPLOYMENT_CURRENT},
                    {"ash", DEPLOYMENT_CURRENT},
                    {"elm", DEPLOYMENT_PLANNED},
                    {"cedar", DEPLOYMENT_ENDED}};
    assert_int_equal(jo->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_text(jo->deployments[i].school->slug, expected[i].school);
        assert_int_equal(jo->deployments[i].state, expected[i].state);
    }
    assert_int_equal(jo->current, 2);
    assert_int_equal(jo->planned, 1);
    assert_int_equal(jo->now.schools, 2);
    assert_text(printed(&p, jo->now.days), "2.25");
    portal_release(&p);
}

static struct leader_load busiest(struct portal *p, const char *yaml, uint32_t of) {
    make(p);
    portal_put(
        p, "content/people/jo.md",
        str_z(&p->arena, str_join(&p->arena, STR("---\ntitle: Jo\npost: Head\nschool: gorse\ndeployments:\n"),
                                  str_from(yaml), STR("---\n"))));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct value *list =
        value_at(&site_page(&p->site, CONTENT_PERSON, STR("jo"))->front, "deployments");
    return leader_busiest(list, &list->items[of], &p->arena);
}

static void the_busiest_day_counts_who_is_there_together_and_nobody_else(void **state) {
    (void)state;
    struct portal p;
    const char *three =
        "  - {role: nle, school: ash, from: 2026-01-01, to: 2026-12-31, days_a_week: 1}\n"
        "  - {role: nle, school: birch, from: 2026-02-01, to: 2026-03-31, days_a_week: 0.5}\n"
        "  - {role: nle, school: cedar, from: 2026-04-01, to: 2026-06-30, days_a_week: 0.75}\n";
    struct leader_load load = busiest(&p, three, 0); /* birch ends the day before cedar begins */
    assert_int_equal(load.schools, 2);
    assert_text(printed(&p, load.days), "1.75");
    portal_release(&p);
    load = busiest(&p, three, 1);
    assert_text(printed(&p, load.days), "1.5");
    portal_release(&p);
}

static void one_school_in_two_roles_is_one_school(void **state) {
    (void)state;
    struct portal p;
    struct leader_load load = busiest(&p,
                                      "  - {role: nle, school: ash, from: 2026-01-01, days_a_week: 1}\n"
                                      "  - {role: clerk, school: ash, from: 2026-02-01, days_a_week: 0.5}\n",
                                      1);
    assert_int_equal(load.schools, 1);
    assert_text(printed(&p, load.days), "1.5");
    portal_release(&p);
}

static void days_that_one_does_not_say_are_not_known_of_all(void **state) {
    (void)state;
    struct portal p;
    struct leader_load load = busiest(&p,
                                      "  - {role: nle, school: ash, from: 2026-01-01, days_a_week: 1}\n"
                                      "  - {role: nle, school: birch, from: 2026-02-01}\n",
                                      0);
    assert_true(load.unknown);
    struct policy_record record = records_of(&p.site, STR("deployment"), &p.arena).items[0];
    struct decided d;
    struct arena scratch = {0};
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    assert_int_equal(d.checks[0].rows[1].state, CHECK_MET);
    assert_int_equal(d.checks[0].rows[2].state, CHECK_NOT_KNOWN);
    arena_release(&scratch);
    portal_release(&p);
}

static const char *because(struct portal *p, const struct decided *d, const char *rule) {
    struct arena scratch = {0};
    struct value tree = explain_record(d, (struct str){0}, &p->arena, &scratch);
    arena_release(&scratch);
    const struct value *rows = value_at(&value_at(&tree, "checks")->items[0], "rows");
    for (uint32_t i = 0; i < rows->count; i++)
        if (str_eq(value_words(value_at(&rows->items[i], "label")), str_from(rule)))
            return str_z(&p->arena, value_words(value_at(&rows->items[i], "because")));
    return "no such rule";
}

static void a_number_out_of_bounds_is_told_with_by_how_much(void **state) {
    (void)state;
    struct portal p;
    const struct leader *jo = &open_as(&p, AUDIENCE_OFFICERS)->items[0];
    assert_string_equal(because(&p, jo->deployments[3].decided, "Time"),
                        "Days: 0.25; asks for 0.5 to 2, short by 0.25");
    assert_string_equal(because(&p, jo->deployments[2].decided, "Time"),
                        "Days: 3; asks for 0.5 to 2, over by 1");
    assert_string_equal(because(&p, jo->deployments[1].decided, "In all"),
                        "Days in all: 2.25; asks for at most 2, over by 0.25");
    assert_string_equal(because(&p, jo->deployments[0].decided, "Time"), "Days: 0.75");
    assert_string_equal(because(&p, jo->deployments[1].decided, "Spared"), "Spared: not recorded");
    portal_release(&p);
}

static void a_bound_on_all_is_told_of_the_deployment_that_meets_it_worst(void **state) {
    (void)state;
    struct portal p;
    const struct leader *jo = &open_as(&p, AUDIENCE_OFFICERS)->items[0];
    assert_int_equal(jo->bound_count, 2); /* of what is carried in all, and not of each */
    assert_text(jo->bounds[0].row->row->label, "Schools");
    assert_int_equal(jo->bounds[0].row->state, CHECK_MET);
    assert_text(jo->bounds[1].row->row->label, "In all");
    assert_int_equal(jo->bounds[1].row->state, CHECK_NOT_MET);
    portal_release(&p);
}

static void what_is_not_met_is_worse_than_what_is_not_known(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    portal_put(&p, "content/people/jo.md",
               "---\ntitle: Jo\norder: 1\npost: Head\nroles: [nle]\ndeployments:\n"
               "  - {role: nle, school: ash, from: 2026-01-05, to: 2026-05-01, days_a_week: 1.5}\n"
               "  - {role: nle, school: birch, from: 2026-02-02, to: 2026-05-01, days_a_week: 1}\n"
               "  - {role: nle, school: elm, from: 2026-09-01}\n---\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct leader *jo = &leaders_make(&p.site, &p.arena)->items[0];
    assert_int_equal(jo->deployments[2].decided->checks[0].rows[2].state, CHECK_NOT_KNOWN);
    assert_int_equal(jo->bounds[1].row->state, CHECK_NOT_MET);
    portal_release(&p);
}

static void a_partnership_is_shared_by_members_of_the_same_one(void **state) {
    (void)state;
    struct portal p;
    open_as(&p, AUDIENCE_OFFICERS);
    struct policy_records all = records_of(&p.site, STR("deployment"), &p.arena);
    static const char *const expected[] = {"none_shared", "structured", "none_shared", "none_shared"};
    const struct policy_kind *kind = policy_kind(&p.site.policy, STR("deployment"));
    const struct variable *shared = map_get(&kind->by_id, STR("shared"));
    struct arena scratch = {0};
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct decided d;
        assert_true(decided_run(&p.site, &all.items[i], p.site.as_of, &p.arena, &scratch, &d));
        values mask = d.subject.domain[shared->index];
        assert_true(values_single(mask));
        const struct scale *scale = shared->fact->scale;
        assert_text(scale->values[__builtin_ctzll(mask)].id, expected[i]);
    }
    arena_release(&scratch);
    portal_release(&p);
}

static void schools_that_come_first_wait_by_their_reasons_while_nobody_supports_them(void **state) {
    (void)state;
    struct portal p;
    const struct leaders *all = open_as(&p, AUDIENCE_OFFICERS);
    assert_int_equal(all->supported, 2);
    assert_int_equal(all->waiting_count, 2); /* birch is supported, and elm only will be */
    assert_text(all->waiting[0].school->slug, "elm");
    assert_int_equal(all->waiting[0].reason_count, 3);
    assert_text(all->waiting[0].reasons[1]->label, "New head");
    assert_text(all->waiting[1].school->slug, "cedar");
    assert_int_equal(all->undecided, 1); /* gorse: it is not said whether it asked */
    portal_release(&p);
}

/* Where all come first but some, there is nothing to name. */
static void a_row_for_all_others_is_no_reason(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    portal_put(&p, "content/policy/leaders.md",
               "---\ntitle: Leaders\n---\n\n## Leaders\n\n"
               "<!-- decision: first\nlabel: First\noutputs:\n  first: {label: Comes first, type: yes/no}\n"
               "-->\n\n| Weak | New head | Comes first |\n|---|---|---|\n| yes | any | yes |\n"
               "| no | yes | no |\n| *otherwise* | | yes |\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct leaders *all = leaders_make(&p.site, &p.arena);
    assert_text(all->waiting[0].school->slug, "elm");
    assert_int_equal(all->waiting[0].reason_count, 1);
    assert_text(all->waiting[1].school->slug, "fir");
    assert_int_equal(all->waiting[1].reason_count, 0);
    portal_release(&p);
}

static void who_can_lead_is_decided_about_the_person(void **state) {
    (void)state;
    struct portal p;
    const struct leaders *all = open_as(&p, AUDIENCE_OFFICERS);
    assert_int_equal(all->items[0].decided->results[0].outputs[0].stands, VALUES_NO);
    assert_int_equal(all->items[1].decided->results[0].outputs[0].stands, VALUES_YES);
    portal_release(&p);
}

static void nobody_but_officers_is_told_of_leaders(void **state) {
    (void)state;
    static const enum audience others[] = {AUDIENCE_SCHOOLS, AUDIENCE_PUBLIC};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct portal p;
        assert_null(open_as(&p, others[i]));
        assert_null(value_at(&site_page(&p.site, CONTENT_PERSON, STR("jo"))->front, "deployments"));
        portal_release(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_holds_a_role_or_is_deployed_is_a_leader),
        cmocka_unit_test(both_days_of_a_deployment_are_days_of_it),
        cmocka_unit_test(the_busiest_day_counts_who_is_there_together_and_nobody_else),
        cmocka_unit_test(one_school_in_two_roles_is_one_school),
        cmocka_unit_test(days_that_one_does_not_say_are_not_known_of_all),
        cmocka_unit_test(a_number_out_of_bounds_is_told_with_by_how_much),
        cmocka_unit_test(a_bound_on_all_is_told_of_the_deployment_that_meets_it_worst),
        cmocka_unit_test(what_is_not_met_is_worse_than_what_is_not_known),
        cmocka_unit_test(a_partnership_is_shared_by_members_of_the_same_one),
        cmocka_unit_test(schools_that_come_first_wait_by_their_reasons_while_nobody_supports_them),
        cmocka_unit_test(a_row_for_all_others_is_no_reason),
        cmocka_unit_test(who_can_lead_is_decided_about_the_person),
        cmocka_unit_test(nobody_but_officers_is_told_of_leaders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
