/* SPDX-License-Identifier: MIT */
/* test_record.c: the records of each kind, and what was decided. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/record.h"
#include "portal/recorded.h"
#include "portal_fixture.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PUBLIC AUDIENCE_PUBLIC
#define SCHOOLS AUDIENCE_SCHOOLS
#define OFFICERS AUDIENCE_OFFICERS

/* ---- listing ---- */

static void make(struct portal *p) {
    portal_make(p);
    portal_put(
        p, "content/framework.yaml",
        "groups: {tib: Improvement board, scg: Support group}\nfacts: {school: {open_day: {type: date}}}\n");
    portal_put(p, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(p, "schools/ash.yaml",
               SCHOOL("900001",
                      "Zinnia") "memberships: [{partnership: brook}, {cluster: north}]\n"
                                "groups:\n"
                                "  - {kind: tib, meetings: [{on: 2020-01-01}, {on: 2020-02-29}]}\n"
                                "  - {kind: scg, meetings: [{on: 2021-01-01}]}\n"
                                "  - {kind: Improvement board}\n"
                                "decisions:\n"
                                "  category: [{value: a, from: 2019-01-01}, {value: b, from: 2020-01-01}]\n"
                                "  chart: {level: [{value: i, from: 2019-06-01}], concern: [{value: x, from: "
                                "2019-06-01}]}\n");
    portal_put(p, "content/partnerships/brook.md", PARTNERSHIP("Brook", "formed") "---\n");
    portal_put(p, "content/partnerships/dale.md",
               PARTNERSHIP("Dale", "proposed") "audience: officers\n---\n");
    portal_put(p, "content/clusters/north.md", CLUSTER("North"));
    portal_put(p, "content/roles/nle.md", "---\ntitle: Leader\nkind: system_leader\n---\n");
    portal_put(p, "content/people/jo.md",
               "---\ntitle: Jo\npost: Head\ndeployments:\n  - {role: nle, school: ash, from: 2020-01-01}\n"
               "  - {role: nle, school: birch, from: 2021-01-01}\n---\n");
}

static struct str ids_of(struct portal *p, const char *kind) {
    struct policy_records records = records_of(&p->site, str_from(kind), &p->arena);
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < records.count; i++) {
        buf_add(&out, i ? STR(" ") : STR(""));
        buf_add(&out, records.items[i].id);
        assert_text(records.items[i].kind, kind);
        assert_non_null(records.items[i].record);
        assert_non_null(records.items[i].at.source);
    }
    return buf_str(&out);
}

static void records_of_each_kind_are_listed_in_order(void **state) {
    (void)state;
    static const struct {
        const char *kind, *ids;
    } cases[] = {
        {"school", "birch ash"},
        {"partnership", "brook dale"},
        {"cluster", "north"},
        {"body", ""},
        {"person", "jo"},
        {"role", "nle"},
        {"offer", ""},
        {"tib", "ash/tib/1 ash/tib/2"},
        {"scg", "ash/scg/1"},
        {"meeting", "ash/tib/1/1 ash/tib/1/2 ash/scg/1/1"},
        {"category_record", "ash/category/1 ash/category/2"},
        {"chart_record", "ash/chart/level/1 ash/chart/concern/1"},
        {"level_record", "ash/chart/level/1"},
        {"deployment", "jo/1 jo/2"},
        {"member", "brook/ash"},
        {"network", "network"},
        {"pair", ""},
        {"nothing", ""},
    };
    struct portal p;
    make(&p);
    portal_bind(&p, NULL, OFFICERS);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_text(ids_of(&p, cases[i].kind), cases[i].ids);
    portal_release(&p);
}

static void what_is_restricted_is_not_listed(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    portal_bind(&p, NULL, PUBLIC);
    assert_text(ids_of(&p, "partnership"), "brook");
    assert_text(ids_of(&p, "tib"), "");
    assert_text(ids_of(&p, "meeting"), "");
    assert_text(ids_of(&p, "category_record"), "");
    assert_text(ids_of(&p, "deployment"), "");
    portal_release(&p);
}

static void a_record_has_a_label_and_knows_what_it_lies_in(void **state) {
    (void)state;
    static const struct {
        const char *kind;
        size_t index;
        const char *label;
    } cases[] = {{"school", 1, "Zinnia"},         {"partnership", 0, "Brook"},
                 {"tib", 1, "Improvement board"}, {"meeting", 1, "29 February 2020"},
                 {"deployment", 1, "Jo, Birch"},  {"category_record", 1, "1 January 2020"},
                 {"member", 0, "Zinnia"},         {"network", 0, "Testing"}};
    struct portal p;
    make(&p);
    portal_bind(&p, NULL, OFFICERS);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct policy_records records = records_of(&p.site, str_from(cases[i].kind), &p.arena);
        assert_text(records.items[cases[i].index].label, cases[i].label);
    }
    struct policy_record meeting = records_of(&p.site, STR("meeting"), &p.arena).items[2];
    assert_text(meeting.school->slug, "ash");
    assert_text(value_words(value_at(meeting.group, "kind")), "scg");
    struct policy_record deployment = records_of(&p.site, STR("deployment"), &p.arena).items[1];
    assert_text(deployment.school->slug, "birch");
    assert_text(deployment.page->slug, "jo");
    struct policy_record member = records_of(&p.site, STR("member"), &p.arena).items[0];
    assert_text(member.membership->group->slug, "brook");
    portal_release(&p);
}

/* ---- decisions ---- */

/* A policy made by hand: category (one output, on a scale), chart (level and visits), and a check. */
struct hand_made {
    struct policy policy;
    struct policy_kind kind;
    struct decision decisions[3];
    struct output outputs[3];
    struct answer category[2], level[2], visits[1];
    struct output *of_kind[3];
    struct decision *all[3];
};

static void make_policy(struct hand_made *h, struct arena *arena) {
    *h = (struct hand_made){
        .category = {{.id = STR("amber"), .label = STR("Amber"), .rank = INT_MAX},
                     {.id = STR("green"), .label = STR("Green"), .rank = INT_MAX}},
        .level = {{.id = STR("i"), .label = STR("Level I")}, {.id = STR("iv"), .label = STR("Level IV")}},
        .visits = {{.id = STR("3_a_year"), .quantity = {.text = STR("3 a year")}}}};
    h->outputs[0] = (struct output){.id = STR("category"), .answers = h->category, .answer_count = 2};
    h->outputs[1] = (struct output){.id = STR("level"), .answers = h->level, .answer_count = 2};
    h->outputs[2] = (struct output){.id = STR("visits"), .answers = h->visits, .answer_count = 1};
    h->decisions[0] = (struct decision){.id = STR("category"), .outputs = h->outputs, .output_count = 1};
    h->decisions[1] = (struct decision){.id = STR("chart"), .outputs = h->outputs + 1, .output_count = 2};
    h->decisions[2] = (struct decision){.kind = TABLE_CHECK, .id = STR("formalities")};
    h->policy = (struct policy){.decisions = h->all, .decision_count = 3, .decision_by_id = {.arena = arena}};
    h->kind = (struct policy_kind){.id = STR("school"), .outputs = h->of_kind, .output_count = 3};
    for (size_t i = 0; i < 3; i++) {
        h->decisions[i].record = STR("school");
        h->outputs[i].decision = &h->decisions[i > 0];
        h->of_kind[i] = &h->outputs[i];
        h->all[i] = &h->decisions[i];
        map_add(&h->policy.decision_by_id, h->decisions[i].id, &h->decisions[i], NULL);
    }
}

static void recorded_decisions_are_answers_of_the_policy(void **state) {
    (void)state;
    static const struct {
        const char *decisions, *expected;
    } cases[] = {
        {"{category: [{value: Amber, from: 2020-01-01}]}", ""},
        {"{category: [{value: none, from: 2020-01-01}, {value: not applicable, from: 2021-01-01}]}", ""},
        {"{chart: {level: [{value: level iv, from: 2020-01-01}], visits: [{value: 3 a year, from: "
         "2020-01-01}]}}",
         ""},
        {"{category: {category: [{value: green, from: 2020-01-01}]}}", ""},
        {"{category: [{value: ambr, from: 2020-01-01}]}", "recorded-value schools/ash.yaml"},
        {"{categry: [{value: amber, from: 2020-01-01}]}", "recorded-decision schools/ash.yaml"},
        {"{formalities: [{value: amber, from: 2020-01-01}]}", "recorded-decision schools/ash.yaml"},
        {"{chart: [{value: i, from: 2020-01-01}]}", "recorded-which schools/ash.yaml"},
        {"{chart: {levl: [{value: i, from: 2020-01-01}]}}", "recorded-output schools/ash.yaml"},
        {"{category: [{value: green, from: 2026-05-01}, {value: amber, from: 2026-05-02}]}",
         "future-date schools/ash.yaml"},
        {"{category: [{value: green, from: 2026-01-01}, {value: amber, from: 2026-01-01}]}",
         "dated-same-day schools/ash.yaml"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct hand_made h;
        portal_make(&p);
        struct str record = str_join(&p.arena, STR(SCHOOL("900001", "Ash") "decisions: "),
                                     str_from(cases[i].decisions), STR("\n"));
        portal_put(&p, "schools/ash.yaml", str_z(&p.arena, record));
        portal_load(&p, "2026-05-01");
        make_policy(&h, &p.arena);
        recorded_check(&h.policy, &p.site, &p.diags);
        if (strcmp(portal_says(&p), cases[i].expected) != 0)
            fail_msg("%s says \"%s\"", cases[i].decisions, portal_says(&p));
        portal_release(&p);
    }
}

static void a_wrong_answer_is_answered_with_what_was_meant(void **state) {
    (void)state;
    struct portal p;
    struct hand_made h;
    portal_make(&p);
    portal_put(
        &p, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "decisions: {categry: [], category: [{value: ambr, from: 2020-01-01}]}\n");
    portal_load(&p, NULL);
    make_policy(&h, &p.arena);
    recorded_check(&h.policy, &p.site, &p.diags);
    diags_sort(&p.diags);
    assert_int_equal(p.diags.count, 2);
    assert_text(p.diags.items[0].hint, "did you mean \"category\"?");
    assert_text(p.diags.items[1].text, "\"ambr\" is not an answer of \"category\"");
    assert_text(p.diags.items[1].hint, "did you mean \"amber\"? It is one of: amber, green");
    portal_release(&p);
}

static struct str words_of(struct arena *arena, const struct recorded *r) {
    struct buf out = {.arena = arena};
    buf_add(&out, r->hidden ? STR("hidden") : r->in_force ? r->in_force->text : STR("-"));
    for (size_t i = 0; i < r->count; i++)
        buf_printf(&out, " " STR_FMT "@" STR_FMT, STR_ARG(r->entries[i].text),
                   STR_ARG(date_iso(arena, r->entries[i].from)));
    return buf_str(&out);
}

static void what_was_decided_is_read_for_a_day(void **state) {
    (void)state;
    static const struct {
        const char *day;
        size_t output;
        const char *expected;
    } cases[] = {
        {"2019-12-31", 0, "-"},
        {"2020-02-29", 0, "amber amber@2020-02-29"},
        {"2021-02-27", 0, "amber amber@2020-02-29"},
        {"2021-02-28", 0, "- amber@2020-02-29"},
        {"2022-01-01", 0, "green amber@2020-02-29 green@2022-01-01"},
        {"2022-01-01", 1, "iv iv@2020-01-01"},
        {"2022-01-01", 2, "-"},
    };
    struct portal p;
    struct hand_made h;
    struct recorded out[3];
    portal_make(&p);
    portal_put(
        &p, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "decisions:\n"
                                "  category: [{value: Amber, from: 2020-02-29, to: 2021-02-28},\n"
                                "    {value: green, from: 2022-01-01}]\n"
                                "  chart: {level: [{value: Level IV, from: 2020-01-01, by: A. Head}]}\n");
    portal_load(&p, NULL);
    make_policy(&h, &p.arena);
    recorded_check(&h.policy, &p.site, &p.diags);
    assert_int_equal(p.diags.count, 0);
    site_bind(&p.site, OFFICERS);
    const struct value *record = &p.site.schools[0]->record;
    for (size_t i = 0; i < COUNT(cases); i++) {
        recorded_read(&h.kind, record, date_parse_iso(str_from(cases[i].day)), OFFICERS, &p.arena, out);
        assert_text(words_of(&p.arena, &out[cases[i].output]), cases[i].expected);
    }
    assert_text(value_words(value_at(out[1].in_force->record, "by")), "A. Head");
    portal_release(&p);
}

static void what_was_decided_is_hidden_from_those_it_is_not_for(void **state) {
    (void)state;
    struct portal p;
    struct hand_made h;
    struct recorded out[3];
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "decisions: {category: [{value: amber, from: 2020-01-01}]}\n");
    portal_load(&p, NULL);
    make_policy(&h, &p.arena);
    site_bind(&p.site, SCHOOLS);
    date day = date_make(2026, 5, 1);
    recorded_read(&h.kind, &p.site.schools[0]->record, day, SCHOOLS, &p.arena, out);
    for (size_t i = 0; i < 3; i++)
        assert_true(out[i].hidden && !out[i].count && !out[i].in_force);
    h.kind.id = STR("partnership"); /* nothing is ever recorded of it, which is no secret */
    recorded_read(&h.kind, &p.site.portal, day, SCHOOLS, &p.arena, out);
    assert_false(out[0].hidden);
    h.decisions[0].classed = true;
    h.decisions[0].audience = OFFICERS;
    recorded_read(&h.kind, &p.site.portal, day, SCHOOLS, &p.arena, out);
    assert_true(out[0].hidden);
    assert_false(out[1].hidden);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_each_kind_are_listed_in_order),
        cmocka_unit_test(what_is_restricted_is_not_listed),
        cmocka_unit_test(a_record_has_a_label_and_knows_what_it_lies_in),
        cmocka_unit_test(recorded_decisions_are_answers_of_the_policy),
        cmocka_unit_test(a_wrong_answer_is_answered_with_what_was_meant),
        cmocka_unit_test(what_was_decided_is_read_for_a_day),
        cmocka_unit_test(what_was_decided_is_hidden_from_those_it_is_not_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
