/* SPDX-License-Identifier: MIT */
/* test_decided.c: a portal's tables run over its schools, groups, members, meetings and records, and over all of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/words.h"
#include "portal/decided.h"
#include "portal_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OFFICERS AUDIENCE_OFFICERS

static const char framework[] =
    "groups: {scg: Support and challenge group}\n"
    "calendar: {terms: 3, half-terms: 6}\nunits: [meeting, visit]\n"
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  category: {values: {'1': '1', '2': '2', 3A: 3A, 3B: 3B}, last: worst}\n"
    "  how: {values: {agreed: Agreed, without_agreement: Without agreement, automatic: Automatic}}\n"
    "  body: {values: {agreed: Agreed, pending: Pending, declined: Declined}, beside: {not_asked: Not "
    "asked}}\n"
    "facts:\n"
    "  school:\n"
    "    at_risk: {label: At risk, type: yes/no}\n"
    "    weak: {label: Weak, type: yes/no, missing: no}\n"
    "    trust: {label: Trust, type: text, from: trust, missing: none}\n"
    "  partnership:\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    standing: {label: Standing, type: schools, is: 'members[governing_body != \"declined\"]'}\n"
    "    size: {label: Size, type: whole, is: count(standing)}\n"
    "    concerns: {label: Concerns, type: whole, range: 0 to 60, is: 'count(standing[scc])'}\n"
    "    third: {label: At most a third, type: yes/no, is: 3 * concerns <= size}\n"
    "    whole: {label: Trusts are whole, type: yes/no, is: 'every m in standing satisfies m.trust = null or "
    "(every s in schools[trust = m.trust] satisfies list contains(standing.id, s.id))'}\n"
    "  member:\n"
    "    governing_body: {label: Governing body, scale: body, from: governing_body, missing: not_asked}\n"
    "  network:\n"
    "    flagged: {label: Flagged, type: whole, is: 'count(schools[scc])'}\n"
    "    all: {label: Schools, type: whole, is: count(schools)}\n"
    "  scg:\n"
    "    people: {label: Members, 'set of': {head: Head, governor: Governor}, from: members.role}\n"
    "    met: {label: Meetings, type: dates, from: meetings.on}\n"
    "  meeting:\n"
    "    papers: {label: Papers sent, type: yes/no, from: agenda_sent}\n"
    "  category_record:\n"
    "    how: {label: How, scale: how, from: how}\n"
    "    value: {label: Recorded category, scale: category, from: value}\n"
    "    letter: {label: Letter, type: date, from: letter}\n";

#define STRENGTH "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"
static const char policy[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: scc\noutputs: {scc: {label: Causing concern, type: yes/no}}\n-->\n\n"
    "| At risk | Causing concern |\n|---|---|\n| yes | yes |\n| no | no |\n\n"
    "<!-- decision: category\nhit: guide\noutputs: {category: category}\n-->\n\n"
    "| Why | Category |\n|---|---|\n| not Weak | 1 |\n| Weak | 2 or 3A |\n"
    "| Category: 3B in the last year | at least 3A |\n\n"
    "<!-- check: principles\nid: Row\nsubject: partnership\nmust: [Must have]\n" STRENGTH
    "| Row | Must have | If not |\n|---|---|---|\n| size | Size at least 3 | breach |\n"
    "| third | At most a third | breach |\n\n"
    "<!-- check: target\nid: Row\nsubject: network\nmust: [Must have]\n" STRENGTH
    "| Row | Must have | If not |\n|---|---|---|\n| few | Flagged at most 1 | breach |\n\n"
    "<!-- check: group_rules\nid: Row\nsubject: scg\nmust: [Must have]\n" STRENGTH
    "| Row | Must have | If not |\n|---|---|---|\n| head | Members: Head | breach |\n"
    "| governor | Members: Governor | breach |\n| termly | Meetings: at least 1 a term | breach |\n\n"
    "<!-- check: paper_rules\nid: Row\nsubject: meeting\nmust: [Must have]\n" STRENGTH
    "| Row | Must have | If not |\n|---|---|---|\n| sent | Papers sent | advice |\n\n"
    "<!-- check: formalities\nid: Row\nsubject: category_record\nmust: [Must have]\n" STRENGTH
    "| Row | Recorded category | Must have | If not |\n|---|---|---|---|\n| letter | 3A or 3B | Letter: "
    "recorded | breach |\n";

static void make(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/rules.md", policy);
}

static void put_school(struct portal *p, const char *slug, int urn, const char *more) {
    struct arena *a = &p->arena;
    struct str text = str_join(a, STR("urn: \""), str_whole(a, urn), STR("\"\nname: "), str_from(slug));
    text = str_join(a, text,
                    STR("\nphase: primary\ntype: community\naddress: {street: 1 High Street, town: Testing, "
                        "postcode: ZZ99 1AB}\n"),
                    str_from(more));
    portal_put(p, str_z(a, str_join(a, STR("schools/"), str_from(slug), STR(".yaml"))), str_z(a, text));
}

/* Runs the record of that id on the portal's day. */
static void run(struct portal *p, const char *kind, const char *id, struct decided *out) {
    struct arena scratch = {0};
    struct policy_records records = records_of(&p->site, str_from(kind), &p->arena);
    for (size_t i = 0; i < records.count; i++)
        if (str_eq(records.items[i].id, str_from(id))) {
            assert_true(decided_run(&p->site, &records.items[i], p->site.as_of, &p->arena, &scratch, out));
            arena_release(&scratch);
            return;
        }
    fail_msg("there is no %s \"%s\"", kind, id);
}

/* "fails: size met, third not met" of the first check of a record. */
static const char *checked(struct portal *p, const char *kind, const char *id) {
    static const char *const verdicts[] = {"passes", "fails", "not known"};
    static const char *const states[] = {"met", "not met", "not known", "not concerned"};
    struct decided d;
    struct buf out = {.arena = &p->arena};
    run(p, kind, id, &d);
    assert_int_equal(d.check_count, 1);
    buf_printf(&out, "%s:", verdicts[d.checks[0].verdict]);
    for (size_t i = 0; i < d.checks[0].count; i++)
        buf_printf(&out, "%s " STR_FMT " %s", i ? "," : "", STR_ARG(d.checks[0].rows[i].row->label),
                   states[d.checks[0].rows[i].state]);
    return str_z(&p->arena, buf_str(&out));
}

/* ---- partnerships, their members and the network ---- */

/* Members are counted and never branched on: those that are sure, and those that may be. */
static void members_are_bounded_both_ways(void **state) {
    (void)state;
    static const struct {
        const char *risk; /* a letter a member: yes, no, ?, or d: yes and its governing body declined */
        const char *expected;
    } cases[] = {
        {"ynn", "passes: size met, third met"},
        {"yyn", "fails: size met, third not met"},
        {"y?n", "not known: size met, third not known"},
        {"?nn", "passes: size met, third met"}, /* none or one: over the end of the range of such counts */
        {"?nny", "not known: size met, third not known"},
        {"yd", "fails: size not met, third not met"},
        {"dynn", "passes: size met, third met"},
        {"????????????", "not known: size met, third not known"},
        {"????nnnnnnnn", "passes: size met, third met"},
        {"?????nnnnnnn", "not known: size met, third not known"},
        {"yyyyynnnnnn?", "fails: size met, third not met"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make(&p);
        for (int j = 0; cases[i].risk[j]; j++) {
            const char slug[] = {'s', 'c', 'h', (char)('a' + j), '\0'};
            char of = cases[i].risk[j];
            put_school(
                &p, slug, 900001 + j,
                of == 'y'   ? "memberships: [{partnership: brook}]\nfacts: {at_risk: yes}\n"
                : of == 'n' ? "memberships: [{partnership: brook}]\nfacts: {at_risk: no}\n"
                : of == 'd'
                    ? "memberships: [{partnership: brook, governing_body: declined}]\nfacts: {at_risk: yes}\n"
                    : "memberships: [{partnership: brook}]\n");
        }
        portal_put(&p, "content/partnerships/brook.md", PARTNERSHIP("Brook", "formed") "---\n");
        portal_bind(&p, NULL, OFFICERS);
        if (strcmp(checked(&p, "partnership", "brook"), cases[i].expected) != 0)
            fail_msg("%s: %s", cases[i].risk, checked(&p, "partnership", "brook"));
        portal_release(&p);
    }
}

static void the_network_counts_what_stands_of_every_school(void **state) {
    (void)state;
    static const struct {
        const char *risk[3];
        const char *expected;
    } cases[] = {
        {{"facts: {at_risk: yes}\n", "facts: {at_risk: no}\n", "facts: {at_risk: no}\n"}, "passes: few met"},
        {{"facts: {at_risk: yes}\n", "facts: {at_risk: yes}\n", ""}, "fails: few not met"},
        {{"facts: {at_risk: yes}\n", "", "facts: {at_risk: no}\n"}, "not known: few not known"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make(&p);
        for (int j = 0; j < 3; j++)
            put_school(&p, (const char *const[]){"ash", "birch", "cedar"}[j], 900001 + j, cases[i].risk[j]);
        portal_bind(&p, NULL, OFFICERS);
        assert_string_equal(checked(&p, "network", "network"), cases[i].expected);
        portal_release(&p);
    }
}

/* What stands of a school is kept as masks, and a trust's name is none: it is kept beside them. */
static void the_schools_of_a_trust_are_known_to_a_partnership(void **state) {
    (void)state;
    static const struct {
        const char *trust[2]; /* of a member, and of a school outside */
        values expected;
    } cases[] = {{{"trust: kestrel\n", "trust: kestrel\n"}, VALUES_NO},
                 {{"trust: kestrel\n", "trust: merlin\n"}, VALUES_YES},
                 {{"trust: kestrel\n", ""}, VALUES_YES},
                 {{"", "trust: kestrel\n"}, VALUES_YES},
                 {{"", ""}, VALUES_YES}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct decided d;
        struct state s;
        make(&p);
        struct str member =
            str_join(&p.arena, STR("memberships: [{partnership: brook}]\n"), str_from(cases[i].trust[0]));
        put_school(&p, "ash", 900001, str_z(&p.arena, member));
        put_school(&p, "birch", 900002, cases[i].trust[1]);
        portal_put(&p, "content/partnerships/brook.md", PARTNERSHIP("Brook", "formed") "---\n");
        for (int j = 0; j < 2; j++)
            portal_put(&p, j ? "content/bodies/kestrel.md" : "content/bodies/merlin.md",
                       "---\ntitle: Trust\nkind: trust\n---\n");
        portal_bind(&p, NULL, OFFICERS);
        run(&p, "partnership", "brook", &d);
        state_init(&s, &d.subject, &p.arena);
        assert_int_equal(state_mask(&s, map_get(&d.subject.kind->by_id, STR("whole"))), cases[i].expected);
        portal_release(&p);
    }
}

/* ---- groups, meetings, records ---- */

#define GROUP(members, meetings) \
    "groups:\n  - {kind: scg, start: 2019-10-01, members: [" members "], meetings: [" meetings "]}\n"

static void a_group_is_checked_by_its_members_and_by_its_meetings_of_the_school_year(void **state) {
    (void)state;
    static const struct {
        const char *group, *as_of, *expected;
    } cases[] = {
        {GROUP("{role: head}, {role: governor}", "{on: 2019-10-08}, {on: 2020-01-21}, {on: 2020-05-12}"),
         "2020-05-12", "passes: head met, governor met, termly met"},
        {GROUP("{role: head}, {role: governor}", "{on: 2019-10-08}, {on: 2020-01-21}, {on: 2020-05-12}"),
         "2020-05-11", "fails: head met, governor met, termly not met"}, /* the third is tomorrow */
        {GROUP("{role: head}, {role: governor}", "{on: 2019-08-31}, {on: 2020-01-21}, {on: 2020-05-12}"),
         "2020-08-31",
         "fails: head met, governor met, termly not met"}, /* the first was of the year before */
        {GROUP("{role: head}, {role: governor}", "{on: 2019-09-01}, {on: 2020-01-21}, {on: 2020-05-12}"),
         "2020-08-31", "passes: head met, governor met, termly met"},
        {GROUP("{role: head}, {role: governor}", "{on: 2019-09-01}, {on: 2020-01-21}, {on: 2020-05-12}"),
         "2020-09-01", "fails: head met, governor met, termly not met"}, /* a new year */
        {GROUP("{role: head}", "{on: 2019-10-08}, {on: 2020-01-21}, {on: 2020-05-12}"), "2020-05-12",
         "fails: head met, governor not met, termly met"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make(&p);
        put_school(&p, "ash", 900001, cases[i].group);
        portal_bind(&p, cases[i].as_of, OFFICERS);
        if (strcmp(checked(&p, "scg", "ash/scg/1"), cases[i].expected) != 0)
            fail_msg("case %d: %s", (int)i, checked(&p, "scg", "ash/scg/1"));
        portal_release(&p);
    }
}

static void each_meeting_is_a_record_of_its_own(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    put_school(&p, "ash", 900001,
               GROUP("{role: head}", "{on: 2019-10-08, agenda_sent: 2019-10-01}, {on: 2020-01-21}"));
    portal_bind(&p, "2020-05-12", OFFICERS);
    assert_string_equal(checked(&p, "meeting", "ash/scg/1/1"), "passes: sent met");
    assert_string_equal(checked(&p, "meeting", "ash/scg/1/2"), "passes: sent not known");
    portal_release(&p);
}

static void each_entry_of_a_decision_is_a_record_of_its_own(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    put_school(&p, "ash", 900001,
               "decisions:\n  category:\n    - {value: '2', from: 2010-01-01}\n"
               "    - {value: 3B, from: 2011-01-01, letter: 2011-01-08, how: automatic}\n    - {value: 3A, "
               "from: 2012-01-01}\n");
    portal_bind(&p, "2020-05-12", OFFICERS);
    assert_string_equal(checked(&p, "category_record", "ash/category/1"), "passes: letter not concerned");
    assert_string_equal(checked(&p, "category_record", "ash/category/2"), "passes: letter met");
    assert_string_equal(checked(&p, "category_record", "ash/category/3"), "fails: letter not met");
    portal_release(&p);
}

/* ---- days ---- */

/* over the end of a minimum stay only what depends on it changes. */
static void moving_the_day_over_a_boundary_changes_what_depends_on_it(void **state) {
    (void)state;
    static const char *const days[] = {"2012-08-31", "2012-09-01"};
    values stands[2][2];
    for (size_t i = 0; i < 2; i++) {
        struct portal p;
        struct decided d;
        make(&p);
        put_school(&p, "ash", 900001,
                   "judgements: {}\nfacts: {weak: no, at_risk: no}\ndecisions: {category: [{value: 3B, from: "
                   "2010-06-01, to: "
                   "2011-09-01}]}\n");
        put_school(&p, "birch", 900002, "facts: {weak: no, at_risk: no}\n");
        portal_bind(&p, days[i], OFFICERS);
        for (size_t j = 0; j < 2; j++) {
            run(&p, "school", j ? "birch" : "ash", &d);
            const struct output *category = &policy_decision(&p.site.policy, STR("category"))->outputs[0];
            stands[i][j] = d.subject.domain[category->variable->index];
            assert_int_equal(p.site.schools[j]->stands->domain[category->variable->index], stands[i][j]);
            assert_int_equal(
                d.subject.domain[policy_decision(&p.site.policy, STR("scc"))->outputs[0].variable->index],
                VALUES_NO);
        }
        portal_release(&p);
    }
    assert_int_equal(stands[0][0], VALUE_BIT(2)); /* 3A for one day more */
    assert_int_equal(stands[1][0], VALUE_BIT(0));
    assert_int_equal(stands[0][1], VALUE_BIT(0)); /* and nothing of the other */
    assert_int_equal(stands[1][1], VALUE_BIT(0));
}

/* A table of a lower audience's run sees less, never something else. */
static void a_lower_audience_has_a_run_of_its_own(void **state) {
    (void)state;
    struct portal p;
    struct decided d;
    make(&p);
    put_school(&p, "ash", 900001,
               "facts: {at_risk: yes, weak: no}\ndecisions: {scc: [{value: yes, from: 2020-01-01}]}\n");
    portal_bind(&p, NULL, OFFICERS);
    run(&p, "school", "ash", &d);
    assert_int_equal(d.results[0].outputs[0].candidates, VALUES_YES);
    assert_int_equal(d.results[0].outputs[0].recorded, VALUES_YES);
    site_bind(&p.site, AUDIENCE_PUBLIC);
    run(&p, "school", "ash", &d);
    assert_int_equal(d.results[0].outputs[0].candidates, VALUES_YES | VALUES_NO);
    assert_int_equal(d.results[0].outputs[0].recorded, 0);
    assert_null(d.results[0].outputs[0].record);
    assert_int_equal(d.results[0].outputs[0].stands, VALUES_YES | VALUES_NO);
    portal_release(&p);
}

/* ---- totals ---- */

static void several_possible_amounts_are_a_total_between_them(void **state) {
    (void)state;
    static const struct {
        values stands;
        const char *expected;
    } cases[] = {{VALUE_BIT(0), "6"},
                 {VALUE_BIT(0) | VALUE_BIT(1), "6 to 9"},
                 {VALUE_BIT(0) | VALUES_NOT_APPLICABLE, "0 to 6"},
                 {VALUE_BIT(2), "1 to be agreed"},
                 {VALUES_NOT_APPLICABLE, "none"}};
    struct answer answers[3] = {{.quantity = {.low = decimal_whole(6), .high = decimal_whole(6)}},
                                {.quantity = {.low = decimal_whole(9), .high = decimal_whole(9)}},
                                {.quantity = {.shape = QUANTITY_TO_BE_AGREED}}};
    for (size_t i = 0; i < 2; i++) {
        answers[i].quantity.total_low = answers[i].quantity.low;
        answers[i].quantity.total_high = answers[i].quantity.high;
    }
    const struct output o = {.type = OUTPUT_QUANTITY, .answers = answers, .answer_count = 3};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = {0};
        struct quantity_sum sum = {0};
        struct buf out = {.arena = &arena};
        output_add(&o, cases[i].stands, &arena, &sum);
        quantity_sum_print(&out, &sum);
        assert_string_equal(str_z(&arena, buf_str(&out)), cases[i].expected);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_bounded_both_ways),
        cmocka_unit_test(the_network_counts_what_stands_of_every_school),
        cmocka_unit_test(the_schools_of_a_trust_are_known_to_a_partnership),
        cmocka_unit_test(a_group_is_checked_by_its_members_and_by_its_meetings_of_the_school_year),
        cmocka_unit_test(each_meeting_is_a_record_of_its_own),
        cmocka_unit_test(each_entry_of_a_decision_is_a_record_of_its_own),
        cmocka_unit_test(moving_the_day_over_a_boundary_changes_what_depends_on_it),
        cmocka_unit_test(a_lower_audience_has_a_run_of_its_own),
        cmocka_unit_test(several_possible_amounts_are_a_total_between_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
