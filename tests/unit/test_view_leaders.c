/* SPDX-License-Identifier: MIT */
/* test_view_leaders.c: the officers' page of system leaders: how long a deployment lasts, and how it stands to its terms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"
#include "text.h"

#define FRAMEWORK                                                                                  \
    "scales:\n  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"               \
    "facts:\n  school:\n    weak: {label: Weak, type: yes/no, missing: no}\n"                      \
    "  person:\n    years: {label: Years, type: whole}\n"                                          \
    "  deployment:\n    days: {label: Days, type: number, from: days_a_week, visible: officers}\n" \
    "    long: {label: Long, type: yes/no, missing: no}\npriority: first\n"

#define POLICY                                                                                              \
    "---\ntitle: Leaders\n---\n\n## Leaders\n\n"                                                            \
    "<!-- decision: first\nlabel: First\noutputs:\n  first: {label: Comes first, type: yes/no}\n-->\n\n"    \
    "| Weak | Comes first |\n|---|---|\n| yes | yes |\n| no | no |\n\n"                                     \
    "<!-- decision: can\nlabel: Leaders\nsubject: person\noutputs:\n  can: {label: May be a leader, type: " \
    "yes/no}\n"                                                                                             \
    "-->\n\n| Years | May be a leader |\n|---|---|\n| at least 3 | yes |\n| *otherwise* | no |\n\n"         \
    "<!-- decision: served\nlabel: Served\nsubject: person\nhit: collect\noutputs:\n"                       \
    "  served: {label: Has served, type: yes/no}\n-->\n\n"                                                  \
    "| Years | Has served |\n|---|---|\n| at least 1 | yes |\n| at least 5 | no |\n\n"                      \
    "<!-- check: terms\nlabel: Terms\nsubject: deployment\nid: Rule\nmust: [The record shows]\n"            \
    "outputs:\n  strength: {label: If not, scale: strength}\n-->\n\n"                                       \
    "| Rule | Long | The record shows | If not |\n|---|---|---|---|\n"                                      \
    "| Time | any | Days: 0.5 to 2 | Breach |\n| Long | yes | Days: at most 1 | Advice |\n"

/* The page of Jo, who is deployed to Ash between two days, on 1 May 2026. */
static struct str deployed(struct portal *p, const char *days) {
    struct buf person = {.arena = &p->arena};
    portal_make(p);
    portal_put(p, "content/framework.yaml", FRAMEWORK);
    portal_put(p, "content/policy/leaders.md", POLICY);
    portal_put(p, "content/roles/nle.md", "---\ntitle: Leader\nkind: system_leader\n---\n");
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    buf_printf(&person,
               "---\ntitle: Jo\npost: Head\nroles: [nle]\ndeployments:\n"
               "  - {role: nle, school: ash, days_a_week: 1, %s}\n---\n",
               days);
    portal_put(p, "content/people/jo.md", str_z(&p->arena, buf_str(&person)));
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    return page(p, NULL, "deployments.html");
}

/* Both days are days of it. */
static void a_deployment_lasts_weeks_months_or_years(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"from: 2026-04-25, to: 2026-05-01", ">1 week so far of 1 week<"},
        {"from: 2026-04-24, to: 2026-05-22", ">1 week so far of 4 weeks<"},
        {"from: 2026-03-02, to: 2026-05-01", ">2 months so far of 2 months<"},
        {"from: 2026-03-03, to: 2026-05-02", ">1 month so far of 2 months<"},
        {"from: 2024-05-03, to: 2026-05-02", ">23 months so far of 2 years<"},
        {"from: 2024-05-02, to: 2026-06-01", ">2 years so far of 2 years and 1 month<"},
        {"from: 2026-04-01", ">1 month so far, no end agreed<"},
        {"from: 2026-09-01, to: 2026-12-31", ">4 months<"},
        {"from: 2024-05-02, to: 9999-12-31",
         ">2 years so far of 7,975 years and 7 months<"}, /* the last day there is */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct portal p;
        assert_has(deployed(&p, cases[i][0]), cases[i][1]);
        portal_release(&p);
    }
}

/* A row that does not concern it is neither met nor to be looked at. */
static void a_term_that_does_not_concern_a_deployment_is_not_told(void **state) {
    (void)state;
    struct portal p;
    struct str text = deployed(&p, "from: 2026-03-02");
    assert_has(text, "Within its terms");
    assert_has(text, "1 term met");
    assert_lacks(text, "To look at");
    portal_release(&p);
}

/* Whether somebody may hold a role is one answer; a table that collects answers says something else. */
static void who_may_hold_a_role_is_told_by_tables_of_one_answer(void **state) {
    (void)state;
    struct portal p;
    struct str text = deployed(&p, "from: 2026-03-02, to: 2026-05-01");
    assert_has(text, "May be a leader");
    assert_lacks(text, "Has served");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deployment_lasts_weeks_months_or_years),
        cmocka_unit_test(a_term_that_does_not_concern_a_deployment_is_not_told),
        cmocka_unit_test(who_may_hold_a_role_is_told_by_tables_of_one_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
