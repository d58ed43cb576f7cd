/* SPDX-License-Identifier: MIT */
/* test_member.c: who belongs to what, on which day, for whom; and what cannot be so, told without false alarms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define PERSON(title, more) "---\ntitle: " title "\npost: Head\n" more "---\n"
#define BODY(title, more) "---\ntitle: " title "\nkind: network\n" more "---\n"

static const struct page *page_of(const struct portal *p, const char *path) {
    const struct page *page = map_get(&p->site.page_by_path, str_from(path));
    assert_non_null(page);
    return page;
}

/* "ash:member kit:lead" */
static const char *members(struct portal *p, const struct memberships *list) {
    static const char *const parts[] = {"member", "lead", "associate"};
    struct buf b = {.arena = &p->arena};
    for (size_t i = 0; i < list->count; i++) {
        const struct membership *m = list->items[i];
        buf_add(&b, i ? STR(" ") : STR(""));
        buf_add(&b, m->school ? m->school->slug : m->page->slug);
        buf_printf(&b, ":%s", parts[m->part]);
    }
    return str_z(&p->arena, buf_str(&b));
}

/* A partnership that works, one that ended on a leap day, a loose one, one that is talked about; a network. */
static void put_groups(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/clusters/brook.md", CLUSTER("Brook"));
    portal_put(p, "content/partnerships/heath.md",
               PARTNERSHIP("Heath", "formed") "formed: 2015-04-01\n---\n");
    portal_put(p, "content/partnerships/oak.md", PARTNERSHIP("Oak", "dissolved") "ended: 2020-02-29\n---\n");
    portal_put(p, "content/partnerships/ring.md", "---\ntitle: Ring\nkind: loose\nstate: formed\n---\n");
    portal_put(p, "content/partnerships/talks.md",
               PARTNERSHIP("Talks", "proposed") "audience: officers\n---\n");
    portal_put(p, "content/bodies/net.md", BODY("Net", ""));
    portal_put(p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "memberships:\n  - {partnership: heath, role: lead}\n"
                                       "  - {partnership: ring, role: lead}\n");
}

/* ---- people and bodies ---- */

static void people_and_bodies_belong_beside_schools(void **state) {
    (void)state;
    struct portal p;
    put_groups(&p);
    portal_put(&p, "content/people/zoe.md",
               PERSON("Zoe", "memberships:\n  - {body: net, role: lead, from: 2020-02-29}\n"));
    portal_put(&p, "content/people/abe.md", PERSON("Abe", "memberships: [{body: net}, {cluster: brook}]\n"));
    portal_put(&p, "content/people/eve.md",
               PERSON("Eve", "memberships: [{body: net, to: 2026-05-01}, {body: net, from: 2026-05-02}]\n"));
    portal_put(&p, "content/bodies/council.md",
               BODY("Council", "memberships: [{body: net, role: associate}]\n"));
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    const struct page *net = page_of(&p, "content/bodies/net.md");
    assert_string_equal(members(&p, &net->others), "zoe:lead abe:member council:associate");
    assert_string_equal(members(&p, &net->former_others), "eve:member");
    assert_string_equal(members(&p, &page_of(&p, "content/clusters/brook.md")->others), "abe:member");
    assert_int_equal(net->members.count, 0); /* which are schools */
    const struct page *abe = page_of(&p, "content/people/abe.md");
    assert_int_equal(abe->current.count, 2);
    assert_ptr_equal(abe->current.items[0]->group, net);
    assert_int_equal(page_of(&p, "content/people/eve.md")->current.count, 0);
    assert_int_equal(page_of(&p, "content/people/eve.md")->past.count, 1);
    site_release(&p.site);
    portal_bind(&p, "2020-02-28", AUDIENCE_PUBLIC);
    assert_string_equal(members(&p, &page_of(&p, "content/bodies/net.md")->others),
                        "abe:member eve:member council:associate");
    portal_release(&p);
}

static void a_membership_needs_an_audience_that_sees_both(void **state) {
    (void)state;
    struct portal p;
    put_groups(&p);
    portal_put(&p, "content/people/kit.md",
               PERSON("Kit", "memberships: [{body: net}, {partnership: talks}]\n"));
    portal_put(&p, "content/people/ada.md",
               PERSON("Ada", "audience: officers\nmemberships: [{body: net, note: Quietly.}]\n"));
    static const struct {
        enum audience audience;
        const char *net;
        size_t kit;
    } cases[] = {{AUDIENCE_OFFICERS, "ada:member kit:member", 2},
                 {AUDIENCE_SCHOOLS, "kit:member", 1},
                 {AUDIENCE_PUBLIC, "kit:member", 1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        portal_bind(&p, NULL, cases[i].audience);
        assert_string_equal(members(&p, &page_of(&p, "content/bodies/net.md")->others), cases[i].net);
        assert_int_equal(page_of(&p, "content/people/kit.md")->current.count, cases[i].kit);
        assert_int_equal(page_of(&p, "content/people/ada.md")->current.count,
                         cases[i].audience == AUDIENCE_OFFICERS);
        site_release(&p.site);
    }
    portal_release(&p);
}

/* ---- days ---- */

static void what_ended_the_group_or_closed_the_school_ended_the_membership(void **state) {
    (void)state;
    struct portal p;
    put_groups(&p);
    portal_put(
        &p, "schools/elm.yaml",
        SCHOOL("900002", "Elm") "status: closed\nclosed: 2024-02-29\n"
                                "memberships: [{cluster: brook, from: 2010-09-01}, {partnership: oak}]\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    const struct page *brook = page_of(&p, "content/clusters/brook.md"),
                      *oak = page_of(&p, "content/partnerships/oak.md");
    assert_int_equal(brook->members.count, 0);
    assert_string_equal(members(&p, &brook->former), "elm:member");
    assert_int_equal(brook->former.items[0]->to, date_make(2024, 2, 29));
    assert_int_equal(oak->former.items[0]->to, date_make(2020, 2, 29));
    site_release(&p.site);
    portal_bind(&p, "2024-02-28", AUDIENCE_PUBLIC);
    assert_string_equal(members(&p, &page_of(&p, "content/clusters/brook.md")->members), "elm:member");
    portal_release(&p);
}

static void trusts_that_a_school_left_are_history_too(void **state) {
    (void)state;
    struct portal p;
    put_groups(&p);
    portal_put(&p, "content/bodies/first.md", "---\ntitle: First\nkind: trust\n---\n");
    portal_put(&p, "content/bodies/second.md", "---\ntitle: Second\nkind: trust\n---\n");
    portal_put(&p, "schools/elm.yaml",
               SCHOOL("900002", "Elm") "trust:\n  - {value: first, from: 2012-02-29}\n"
                                       "  - {value: second, from: 2020-02-29}\n"
                                       "memberships: [{cluster: brook, from: 2020-02-29}]\n");
    portal_put(&p, "schools/fir.yaml",
               SCHOOL("900003", "Fir") "status: closed\nclosed: 2024-08-31\ntrust: second\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    const struct page *first = page_of(&p, "content/bodies/first.md"),
                      *second = page_of(&p, "content/bodies/second.md");
    assert_string_equal(members(&p, &first->former), "elm:member");
    assert_int_equal(first->former.items[0]->from, date_make(2012, 2, 29));
    assert_int_equal(first->former.items[0]->to, date_make(2020, 2, 29));
    assert_string_equal(members(&p, &second->former), "fir:member");
    assert_int_equal(second->members.count, 0); /* schools of a trust are not members by a membership */
    site_release(&p.site);
    portal_bind(&p, "2020-02-28", AUDIENCE_PUBLIC);
    assert_int_equal(page_of(&p, "content/bodies/first.md")->former.count, 0);
    site_release(&p.site);
    portal_bind(&p, "2020-02-29", AUDIENCE_PUBLIC); /* the day on which it joined the second */
    assert_int_equal(page_of(&p, "content/bodies/first.md")->former.count, 1);
    assert_string_equal(members(&p, &page_of(&p, "content/clusters/brook.md")->members), "elm:member");
    portal_release(&p);
}

/* ---- what is told, and what is not ---- */

static void check_says(struct portal *p, const char *told) {
    p->diags = (struct diags){.arena = &p->arena};
    portal_load(p, "2026-05-01");
    struct buf said = {.arena = &p->arena};
    for (size_t i = 0; i < p->diags.count; i++)
        buf_printf(&said, "%s%s", i ? " " : "", diag_catalogue[p->diags.items[i].id].slug);
    if (!str_eq(buf_str(&said), str_from(told)))
        fail_msg("not \"%s\": %s", told, portal_says(p));
    site_release(&p->site);
}

static void memberships_that_cannot_be_true_are_errors_and_gaps_raise_no_alarm(void **state) {
    (void)state;
    static const struct {
        const char *memberships, *told;
    } cases[] = {
        {"[{cluster: brook, to: 2020-02-29}, {cluster: brook, from: 2020-02-29}]", ""},
        {"[{cluster: brook, to: 2020-03-01}, {cluster: brook, from: 2020-02-29}]", "membership-overlap"},
        {"[{cluster: brook}, {cluster: brook}]", "membership-overlap"},
        {"[{cluster: brook, to: 2020-03-01}, {cluster: brook}]", ""}, /* it may have come back */
        {"[{cluster: brook, to: 2018-03-01}, {cluster: brook, to: 2020-03-01}]", ""},
        {"[{cluster: brook, from: 2018-03-01}, {cluster: brook, to: 2018-03-01}]", ""},
        {"[{cluster: brook, from: 2018-03-01}, {cluster: brook, to: 2018-03-02}]", "membership-overlap"},
        {"[{partnership: heath}, {partnership: heath, role: associate}]", "membership-overlap"},
        {"[{body: net}, {cluster: brook}, {partnership: ring}]", ""},
        {"[{partnership: oak}, {partnership: heath, from: 2020-02-29}]", ""},
        {"[{partnership: oak}, {partnership: heath, from: 2020-02-28}]", "two-partnerships"},
        {"[{partnership: oak, to: 2019-08-31}, {partnership: heath, from: 2019-09-01}]", ""},
        {"[{partnership: oak, from: 2020-02-28}]", ""},
        {"[{partnership: oak, from: 2020-02-29}]", "membership-late"},
        {"[{partnership: heath, to: 2015-04-01}]", "membership-early"},
        {"[{partnership: heath, to: 2015-04-02}]", ""},
        {"[{partnership: oak, role: associate}, {partnership: heath, from: 2020-02-28}]", ""},
        {"[{partnership: heath, governing_body: agreed}]", ""},
        {"[{partnership: heath, governing_body: pending}]", "consent-missing"},
        {"[{partnership: heath, governing_body: not_asked}]", "consent-missing"},
        {"[{partnership: heath, governing_body: declined, to: 2026-05-01}]", ""},
        {"[{partnership: heath, governing_body: pending, from: 2026-09-01}]", ""},
        {"[{partnership: heath, governing_body: pending, role: associate}]", ""},
        {"[{partnership: ring, governing_body: pending}]", ""}, /* heads decide of a loose one */
        {"[{partnership: talks, governing_body: pending}]", ""},
        {"[{partnership: talks, governing_body: declined}]", ""},
        {"[{partnership: talks, governing_body: declined, role: lead}]", "lead-declined"},
    };
    struct portal p;
    put_groups(&p);
    for (size_t i = 0; i < COUNT(cases); i++) {
        portal_put(&p, "schools/birch.yaml",
                   str_z(&p.arena, str_join(&p.arena, STR(SCHOOL("900003", "Birch") "memberships: "),
                                            str_from(cases[i].memberships), STR("\n"))));
        check_says(&p, cases[i].told);
    }
    portal_release(&p);
}

static void a_formed_partnership_has_members_and_keeps_its_lead(void **state) {
    (void)state;
    static const struct {
        const char *front, *birch, *told;
    } cases[] = {
        {"", "", "formed-nobody"},
        {"", "{partnership: elder, role: associate}", "formed-nobody"},
        {"", "{partnership: elder, to: 2026-05-01}", "formed-nobody"},
        {"", "{partnership: elder, from: 2026-09-01}", ""}, /* they are to begin */
        {"formed: 2026-09-01\n", "", ""},
        {"formed: 2026-05-01\n", "", "formed-nobody"},
        {"formed: 2020-02-29\n", "{partnership: elder, from: 2020-02-29}", ""},
        {"formed: 2020-02-29\n", "{partnership: elder, from: 2020-03-01}", "formed-early"},
        {"formed: 2020-02-29\n", "{partnership: elder}", ""},
        {"", "{partnership: elder, role: lead}", ""},
        {"", "{partnership: elder}", ""}, /* nobody ever led it */
        {"", "{partnership: elder, role: lead, to: 2024-02-29}, {partnership: elder, from: 2024-02-29}",
         "lead-left"},
        {"", "{partnership: elder, to: 2024-02-29}, {partnership: elder, role: lead, from: 2024-02-29}", ""},
        {"",
         "{partnership: elder, role: lead, to: 2024-02-29}, {partnership: elder, from: 2024-02-29}, "
         "{partnership: nowhere}",
         "unknown-reference"}, /* who is misnamed may be the lead */
    };
    struct portal p;
    put_groups(&p);
    for (size_t i = 0; i < COUNT(cases); i++) {
        portal_put(&p, "content/partnerships/elder.md",
                   str_z(&p.arena, str_join(&p.arena, STR(PARTNERSHIP("Elder", "formed")),
                                            str_from(cases[i].front), STR("---\n"))));
        portal_put(&p, "schools/birch.yaml",
                   str_z(&p.arena, str_join(&p.arena, STR(SCHOOL("900003", "Birch") "memberships: ["),
                                            str_from(cases[i].birch), STR("]\n"))));
        check_says(&p, cases[i].told);
    }
    portal_put(
        &p, "schools/birch.yaml",
        SCHOOL("900003", "Birch") "memberships: [{partnership: elder, role: lead, to: 2020-02-29}, "
                                  "{partnership: elder, role: lead, from: 2020-02-29, to: 2024-02-28}, "
                                  "{partnership: elder, from: 2024-02-28}]\n");
    check_says(&p, "lead-left");
    assert_has(p.diags.items[0].text, "28 February 2024"); /* of two the last */
    portal_put(&p, "schools/birch.yaml",
               SCHOOL("900003", "Birch") "memberships: [{partnership: elder, role: lead, to: 2024-02-29}, "
                                         "{partnership: elder, from: 2024-02-29}]\n");
    portal_put(&p, "content/people/kit.md",
               PERSON("Kit", "school: birch\nmemberships: [{partnership: elder, role: lead}]\n"));
    check_says(&p, ""); /* a person leads it */
    portal_put(&p, "content/people/kit.md",
               PERSON("Kit", "school: ash\nmemberships: [{partnership: elder, role: lead}]\n"));
    check_says(&p, "lead-not-member");
    portal_put(&p, "content/people/kit.md",
               PERSON("Kit", "memberships: [{partnership: elder, role: lead}]\n"));
    check_says(&p, ""); /* who works at no school leads it for all */
    portal_release(&p);
}

static void a_body_is_no_member_of_itself(void **state) {
    (void)state;
    struct portal p;
    put_groups(&p);
    portal_put(&p, "content/bodies/net.md", BODY("Net", "memberships: [{body: other}]\n"));
    portal_put(&p, "content/bodies/other.md", BODY("Other", "memberships: [{body: net}]\n"));
    check_says(&p, "");
    portal_put(&p, "content/bodies/net.md", BODY("Net", "memberships: [{body: net}]\n"));
    check_says(&p, "member-of-itself");
    portal_release(&p);
}

/* ---- wishes ---- */

static void wishes_that_contradict_each_other_are_told(void **state) {
    (void)state;
    static const struct {
        const char *birch, *told;
    } cases[] = {
        {"wishes: {schools: [ash], existing_links: [ash], not_with: [elm]}\n", ""},
        {"wishes: {existing_links: [ash], not_with: [ash]}\n",
         ""}, /* it works with it today, and would not go on */
        {"wishes: {schools: [ash], not_with: [elm, ash]}\n", "wish-refused"},
        {"wishes: {schools: [birch]}\n", "wish-itself"},
        {"wishes: {existing_links: [birch]}\n", "wish-itself"},
        {"wishes: {schools: [birch], not_with: [birch]}\n", "wish-itself wish-itself"},
        {"wishes: {not_with: [ash, ash]}\n", "wish-twice"},
        {"wishes: {kinds: [loose, Loose]}\n", "wish-twice"},
        {"wishes: {schools: [nowhere], not_with: [nowhere]}\n",
         "unknown-reference unknown-reference wish-refused"},
        {"trust: net\nwishes: {not_with: [elm]}\n", "wish-trust"},
        {"trust: net\nwishes: {schools: [elm], not_with: [ash]}\n", ""},
        {"trust: [{value: net, from: 2020-09-01, to: 2026-05-01}]\nwishes: {not_with: [elm]}\n", ""},
    };
    struct portal p;
    put_groups(&p);
    portal_put(&p, "schools/elm.yaml", SCHOOL("900002", "Elm") "trust: [{value: net, from: 2020-09-01}]\n");
    for (size_t i = 0; i < COUNT(cases); i++) {
        portal_put(
            &p, "schools/birch.yaml",
            str_z(&p.arena, str_join(&p.arena, STR(SCHOOL("900003", "Birch")), str_from(cases[i].birch))));
        check_says(&p, cases[i].told);
    }
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_and_bodies_belong_beside_schools),
        cmocka_unit_test(a_membership_needs_an_audience_that_sees_both),
        cmocka_unit_test(what_ended_the_group_or_closed_the_school_ended_the_membership),
        cmocka_unit_test(trusts_that_a_school_left_are_history_too),
        cmocka_unit_test(memberships_that_cannot_be_true_are_errors_and_gaps_raise_no_alarm),
        cmocka_unit_test(a_formed_partnership_has_members_and_keeps_its_lead),
        cmocka_unit_test(a_body_is_no_member_of_itself),
        cmocka_unit_test(wishes_that_contradict_each_other_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
