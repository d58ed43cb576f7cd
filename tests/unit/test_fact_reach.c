/* SPDX-License-Identifier: MIT */
/* test_fact_reach.c: facts that reach beyond the fields of one record: the partnership of a school, the members of a group. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fact_fixture.h"

static void make_partnerships(struct portal *p, const char *facts, const char *school) {
    fact_make(p, "school", facts, school);
    portal_put(p, "content/partnerships/brook.md",
               PARTNERSHIP("Brook", "formed") "formed: 2015-04-01\n---\n");
    portal_put(p, "content/partnerships/moor.md", PARTNERSHIP("Moor", "formed") "formed: 2015-04-01\n---\n");
    portal_put(p, "content/partnerships/vale.md",
               "---\ntitle: Vale\nkind: loose\nstate: dissolved\nended: 2014-07-31\n---\n");
    portal_put(p, "content/partnerships/dale.md",
               PARTNERSHIP("Dale", "proposed") "audience: officers\n---\n");
    portal_put(p, "content/clusters/north.md", CLUSTER("North"));
}

static void a_school_is_in_the_partnership_of_the_day(void **state) {
    (void)state;
    static const char kind[] = "    f: {scale: kind, from: partnership.kind, none: alone, visible: public}\n";
    static const char role[] =
        "    f: {scale: role, from: partnership.role, none: no_role, visible: public}\n";
    static const char member[] =
        "memberships:\n  - {cluster: north}\n  - {partnership: vale, from: 2010-01-01}\n"
        "  - {partnership: brook, from: 2016-01-01, to: 2020-02-29}\n"
        "  - {partnership: dale, role: lead}\n";
    static const char both[] = "memberships:\n  - {partnership: brook, role: lead}\n"
                               "  - {partnership: moor, role: associate}\n";
    static const struct {
        const char *fact, *school, *day, *expected;
    } cases[] = {
        {kind, member, "2013-01-01", "value loose since 2010-01-01 [loose 2010-01-01 to 2014-07-31]"},
        {kind, member, "2014-07-31", "none [loose 2010-01-01 to 2014-07-31]"},
        {kind, member, "2016-01-01",
         "value structured since 2016-01-01 [loose 2010-01-01 to 2014-07-31, structured 2016-01-01 to "
         "2020-02-29]"},
        {kind, member, "2020-02-28",
         "value structured since 2016-01-01 [loose 2010-01-01 to 2014-07-31, structured 2016-01-01 to "
         "2020-02-29]"},
        {kind, member, "2020-02-29",
         "none [loose 2010-01-01 to 2014-07-31, structured 2016-01-01 to 2020-02-29]"},
        {kind, "", "2020-01-01", "nothing"},
        {role, member, "2016-01-01",
         "value member since 2016-01-01 [member 2010-01-01 to 2014-07-31, member 2016-01-01 to 2020-02-29]"},
        {role, both, "2026-05-01", "value lead since 2015-04-01 [lead 2015-04-01, associate 2015-04-01]"},
        {role, both, "2015-03-31", "none"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make_partnerships(&p, cases[i].fact, cases[i].school);
        portal_bind(&p, NULL, PUBLIC);
        struct policy_record record = record_of_school(p.site.schools[0]);
        assert_given(&p, &record, cases[i].day, PUBLIC, cases[i].expected, cases[i].school);
        portal_release(&p);
    }
}

/* Ash, with Birch who came later, Cedar who left, and an associate. */
static void the_size_of_a_partnership_is_that_of_the_day_without_associates(void **state) {
    (void)state;
    static const char size[] = "    f: {type: whole, from: partnership.size, none: none, visible: public}\n";
    static const char brook[] = "memberships: [{partnership: brook, from: 2016-01-01}]\n";
    static const struct {
        const char *school, *day, *expected;
    } cases[] = {
        {brook, "2016-01-01", "value 2"},
        {brook, "2020-01-01", "value 3"},
        {brook, "2022-01-01", "value 2"},
        {brook, "2015-12-31", "none"},
        {"memberships: [{partnership: brook, role: associate}]\n", "2026-05-01", "value 1"},
        {"memberships: [{partnership: dale}]\n", "2026-05-01", "none"}, /* it is only proposed */
        {"memberships: [{cluster: north}]\n", "2026-05-01", "none"},
        {"", "2026-05-01", "nothing"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make_partnerships(&p, size, cases[i].school);
        portal_put(&p, "schools/birch.yaml",
                   SCHOOL("900002", "Birch") "memberships: [{partnership: brook, from: 2019-09-01}]\n");
        portal_put(&p, "schools/cedar.yaml",
                   SCHOOL("900003", "Cedar") "memberships: [{partnership: brook, to: 2021-08-31}]\n");
        portal_put(&p, "schools/dogwood.yaml",
                   SCHOOL("900004", "Dogwood") "memberships: [{partnership: brook, role: associate}]\n");
        portal_bind(&p, NULL, PUBLIC);
        struct policy_record record = record_of_school(p.site.schools[0]);
        assert_given(&p, &record, cases[i].day, PUBLIC, cases[i].expected, cases[i].school);
        portal_release(&p);
    }
}

static void a_member_knows_whether_it_is_one_of_another_formal_partnership(void **state) {
    (void)state;
    static const struct {
        const char *memberships, *day, *expected; /* of the first of these */
    } cases[] = {
        {"[{partnership: dale}, {partnership: brook, from: 2016-01-01, to: 2020-02-29}]", "2020-02-28",
         "value yes [yes]"},
        {"[{partnership: dale}, {partnership: brook, from: 2016-01-01, to: 2020-02-29}]", "2020-02-29",
         "value no [no]"},
        {"[{partnership: dale}, {partnership: brook, from: 2016-01-01}]", "2015-12-31", "value no [no]"},
        {"[{partnership: dale}, {partnership: brook, role: associate}]", "2026-05-01", "value no [no]"},
        {"[{partnership: dale}, {partnership: loft}]", "2026-05-01", "value no [no]"},  /* a loose one */
        {"[{partnership: brook}, {partnership: dale}]", "2026-05-01", "value no [no]"}, /* is proposed */
        {"[{partnership: brook}]", "2026-05-01", "value no [no]"},                      /* none but this */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct arena scratch = {0};
        struct str school =
            str_join(&scratch, STR("memberships: "), str_from(cases[i].memberships), STR("\n"));
        fact_make(&p, "member", "    f: {type: yes/no, from: formal_elsewhere, visible: public}\n",
                  str_z(&scratch, school));
        portal_put(&p, "content/partnerships/brook.md", PARTNERSHIP("Brook", "formed") "---\n");
        portal_put(&p, "content/partnerships/dale.md",
                   PARTNERSHIP("Dale", "proposed") "audience: officers\n---\n");
        portal_put(&p, "content/partnerships/loft.md", "---\ntitle: Loft\nkind: loose\nstate: formed\n---\n");
        portal_bind(&p, NULL, OFFICERS);
        struct policy_record record = record_of_member(p.site.schools[0]->current.items[0], &p.arena);
        assert_given(&p, &record, cases[i].day, OFFICERS, cases[i].expected, cases[i].memberships);
        portal_release(&p);
        arena_release(&scratch);
    }
}

/* A world in which a school is the text of its slug, and of its part where it is a member. */
static bool slug_of_school(void *context, const struct school *school, const struct membership *as,
                           struct feel_value *out) {
    struct portal *p = context;
    static const char *const parts[] = {":member", ":lead", ":associate"};
    struct str part = as ? str_from(parts[as->part]) : (struct str){0};
    *out = feel_text(str_join(&p->arena, school->slug, part));
    return true;
}

static struct str schools_of(struct portal *p, const char *kind, size_t fact, const char *day) {
    struct given given[8];
    struct facts_world world = {slug_of_school, p, NULL, false};
    struct policy_records records = records_of(&p->site, str_from(kind), &p->arena);
    assert_true(records.count > 0);
    facts_read(facts_reader(p->site.facts, str_from(kind)), &records.items[0], date_parse_iso(str_from(day)),
               OFFICERS, &world, &p->arena, given);
    struct buf out = {.arena = &p->arena};
    if (given[fact].feel.type != FEEL_LIST)
        return STR("none");
    for (size_t i = 0; i < given[fact].feel.list->count; i++) {
        buf_add(&out, i ? STR(" ") : STR(""));
        buf_add(&out, given[fact].feel.list->items[i].text);
    }
    return buf_str(&out);
}

static void a_group_has_the_schools_of_the_day(void **state) {
    (void)state;
    struct portal p;
    make_partnerships(&p, "    w: {type: schools, from: wishes.schools}\n",
                      "memberships: [{partnership: brook}]\n");
    struct str framework = str_join(
        &p.arena, STR("facts:\n  partnership:\n    a: {type: schools, from: members, visible: public}\n"
                      "    b: {type: schools, from: associates, visible: public}\n"
                      "  network:\n    s: {type: schools, from: schools}\n"
                      "  school:\n    w: {type: schools, from: wishes.schools}\n"));
    portal_put(&p, "content/framework.yaml", str_z(&p.arena, framework));
    portal_put(&p, "schools/birch.yaml",
               SCHOOL("900002", "Birch") "memberships: [{partnership: brook, role: lead, to: 2024-01-01}]\n");
    portal_put(&p, "schools/cedar.yaml",
               SCHOOL("900003", "Cedar") "memberships: [{partnership: brook, role: associate}]\n");
    portal_put(&p, "schools/aspen.yaml", SCHOOL("900004", "A") "wishes: {schools: [cedar, ash]}\n");
    portal_bind(&p, "2026-05-01", OFFICERS);
    assert_text(schools_of(&p, "partnership", 0, "2026-05-01"), "ash:member");
    assert_text(schools_of(&p, "partnership", 0, "2023-12-31"), "ash:member birch:lead");
    assert_text(schools_of(&p, "partnership", 1, "2026-05-01"), "cedar:associate");
    assert_text(schools_of(&p, "network", 0, "2026-05-01"), "aspen ash birch cedar");
    assert_text(schools_of(&p, "school", 0, "2026-05-01"), "cedar ash");
    portal_release(&p);
}

static void a_group_has_the_people_and_bodies_of_the_day(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/framework.yaml",
               "facts:\n  body:\n    a: {type: list, from: people, visible: public}\n"
               "    b: {type: list, from: bodies, visible: public}\n");
    portal_put(&p, "content/bodies/alliance.md", "---\ntitle: Alliance\nkind: alliance\norder: 1\n---\n");
    portal_put(&p, "content/bodies/council.md",
               "---\ntitle: Council\nkind: authority\nmemberships: [{body: alliance}]\n---\n");
    portal_put(&p, "content/people/jo.md",
               "---\ntitle: Jo\npost: Head\nmemberships: [{body: alliance, from: 2024-02-29}]\n---\n");
    portal_put(&p, "content/people/kit.md",
               "---\ntitle: Kit\npost: Head\nmemberships: [{body: alliance, to: 2024-02-29}]\n---\n");
    portal_bind(&p, "2026-05-01", OFFICERS);
    assert_text(schools_of(&p, "body", 0, "2026-05-01"), "jo");
    assert_text(schools_of(&p, "body", 0, "2024-02-28"), "kit");
    assert_text(schools_of(&p, "body", 1, "2026-05-01"), "council");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_school_is_in_the_partnership_of_the_day),
        cmocka_unit_test(the_size_of_a_partnership_is_that_of_the_day_without_associates),
        cmocka_unit_test(a_member_knows_whether_it_is_one_of_another_formal_partnership),
        cmocka_unit_test(a_group_has_the_schools_of_the_day),
        cmocka_unit_test(a_group_has_the_people_and_bodies_of_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
