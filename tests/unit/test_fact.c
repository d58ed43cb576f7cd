/* SPDX-License-Identifier: MIT */
/* test_fact.c: what a record says of its facts on a day, path by path, and what is wrong with a path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fact_fixture.h"

/* ---- one fact of one school ---- */

struct fact_case {
    const char *fact;   /* the declaration of the fact f */
    const char *school; /* lines added to the record */
    const char *day;
    const char *expected;
};

static void check_case(const struct fact_case *c, enum audience bound, enum audience viewer) {
    struct portal p;
    struct arena scratch = {0};
    struct str facts = str_join(&scratch, STR("    f: "), str_from(c->fact));
    fact_make(&p, "school", str_z(&scratch, facts), c->school);
    portal_bind(&p, "2026-05-01", bound);
    struct policy_record record = record_of_school(p.site.schools[0]);
    assert_given(&p, &record, c->day, viewer, c->expected,
                 str_z(&scratch, str_join(&scratch, str_from(c->fact), STR(" of "), str_from(c->school))));
    portal_release(&p);
    arena_release(&scratch);
}

static void check_cases(const struct fact_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        check_case(&cases[i], OFFICERS, OFFICERS);
}

#define OVERALL \
    "{scale: ofsted, from: inspections.overall, none: none_yet, absent: no_overall, visible: public}"
#define BEFORE "{scale: ofsted, from: 'inspections[-2].overall', none: none_yet, visible: public}"
#define INSPECTIONS                                                            \
    "inspections:\n"                                                           \
    "  - {date: 2010-02-03, framework: 2009, overall: satisfactory}\n"         \
    "  - {date: 2013-03-05, framework: 2012, overall: requires_improvement}\n" \
    "  - {date: 2014-01-09, framework: 2012, kind: monitoring}\n"              \
    "  - {date: 2016-02-29, framework: cif, overall: good}\n"                  \
    "  - {date: 2025-12-02, framework: report_card, areas: {achievement: strong_standard}}\n"

static void of_inspections_the_latest_not_after_the_day_is_read(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {OVERALL, INSPECTIONS, "2010-02-02", "nothing"},
        {OVERALL, INSPECTIONS, "2010-02-03", "value ri since 2010-02-03 [ri 2010-02-03]"},
        {OVERALL, INSPECTIONS, "2016-02-28", "value ri since 2010-02-03 [ri 2010-02-03, ri 2013-03-05]"},
        {OVERALL, INSPECTIONS, "2016-02-29",
         "value good since 2016-02-29 [ri 2010-02-03, ri 2013-03-05, good 2016-02-29]"},
        {OVERALL, INSPECTIONS, "2025-12-01",
         "value good since 2016-02-29 [ri 2010-02-03, ri 2013-03-05, good 2016-02-29]"},
        {OVERALL, "inspections: none\n", "2026-05-01", "none"},
        {OVERALL, "", "2026-05-01", "nothing"},
        {OVERALL,
         "inspections:\n  - {date: 2020-01-01, framework: eif, overall: good}\n"
         "  - {date: 2018-01-01, framework: cif, overall: inadequate}\n",
         "2026-05-01", "value good since 2020-01-01 [inadequate 2018-01-01, good 2020-01-01]"},
    };
    check_cases(cases, COUNT(cases));
}

static void a_report_card_has_no_overall_grade(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {OVERALL, INSPECTIONS, "2025-12-02",
         "absent [ri 2010-02-03, ri 2013-03-05, good 2016-02-29 to 2025-12-02]"},
        {"{type: text, from: inspections.areas.achievement, visible: public}", INSPECTIONS, "2025-12-01",
         "absent"},
        {"{type: text, from: inspections.areas.achievement, visible: public}", INSPECTIONS, "2025-12-02",
         "value strong_standard since 2025-12-02 [strong_standard 2025-12-02]"},
    };
    check_cases(cases, COUNT(cases));
}

static void an_index_counts_events_from_the_latest(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {BEFORE, INSPECTIONS, "2013-03-04", "nothing"},
        {BEFORE, INSPECTIONS, "2013-03-05", "value ri since 2010-02-03 [ri 2010-02-03]"},
        {BEFORE, INSPECTIONS, "2016-03-01", "value ri since 2010-02-03 [ri 2010-02-03, ri 2013-03-05]"},
        {BEFORE, INSPECTIONS, "2026-05-01",
         "value good since 2016-02-29 [ri 2010-02-03, ri 2013-03-05, good 2016-02-29]"},
        {BEFORE, "inspections: none\n", "2026-05-01", "none"},
        {"{scale: ofsted, from: 'inspections[-1].overall', visible: public}", INSPECTIONS, "2010-03-01",
         "value ri since 2010-02-03 [ri 2010-02-03]"},
    };
    check_cases(cases, COUNT(cases));
}

#define RWM "{type: number, from: results.ks2.rwm_expected, visible: public}"
#define KS2 "results: {ks2: [{year: 2018, rwm_expected: 61}, {year: 2019, rwm_expected: suppressed}]}\n"

static void results_count_from_their_release(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {RWM, KS2, "2018-08-31", "nothing"},
        {RWM, KS2, "2018-09-01", "value 61 since 2018-09-01 [61 2018-09-01]"},
        {RWM, KS2, "2019-09-01",
         "not recorded Withheld: five pupils or fewer, who might be recognised [61 2018-09-01 to "
         "2019-09-01]"},
        {RWM, KS2 "sources: {results: 2019-12-13}\n", "2019-12-12",
         "value 61 since 2018-09-01 [61 2018-09-01]"},
        {RWM, KS2 "sources: {results: 2019-12-13}\n", "2019-12-13",
         "not recorded Withheld: five pupils or fewer, who might be recognised [61 2018-09-01 to "
         "2019-12-13]"},
        {"{type: number, from: results.attendance.overall, visible: public}",
         "results: {attendance: [{year: 2019, overall: 5.9}]}\nsources: {results: 2019-12-13, absence: "
         "2020-03-19}\n",
         "2020-03-18", "nothing"},
        {"{type: number, from: results.ks4.progress_8, visible: public}",
         "results: {ks4: [{year: 2019, progress_8: \xE2\x88\x92"
         "0.31}]}\n",
         "2020-01-01", "value -0.31 since 2019-09-01 [-0.31 2019-09-01]"},
        {"{type: number, from: results.ks4.progress_8, visible: public}",
         "results: {ks4: [{year: 2019, progress_8: not applicable}]}\n", "2020-01-01",
         "not applicable Not applicable"},
    };
    check_cases(cases, COUNT(cases));
}

static void pupils_are_counted_on_census_days(void **state) {
    (void)state;
    static const char roll[] = "pupils: [{count: 401, on: 2025-01-16}, {count: 418, on: 2026-01-15}]\n";
    const struct fact_case cases[] = {
        {"{type: whole, from: pupils.count, visible: public}", roll, "2026-01-14",
         "value 401 since 2025-01-16 [401 2025-01-16]"},
        {"{type: whole, from: pupils.count, visible: public}", roll, "2026-01-15",
         "value 418 since 2026-01-15 [401 2025-01-16, 418 2026-01-15]"},
    };
    check_cases(cases, COUNT(cases));
}

#define SEF "{scale: ofsted, from: judgements}"
#define DATED                                                              \
    "judgements:\n  f:\n    - {value: good, from: 2018-09-01}\n"           \
    "    - {value: good, from: 2019-09-01, to: 2020-02-29, note: still}\n" \
    "    - {value: requires_improvement, from: 2021-09-01}\n"              \
    "    - {value: not recorded, from: 2023-01-01}\n    - {value: RI, from: 2024-01-01}\n"

static void of_a_dated_list_the_entry_in_force_is_read(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {SEF, DATED, "2018-08-31", "nothing"},
        {SEF, DATED, "2018-09-01", "value good since 2018-09-01 [good 2018-09-01]"},
        {SEF, DATED, "2020-02-28",
         "value good since 2018-09-01 [good 2018-09-01, good 2019-09-01 to 2020-02-29]"},
        {SEF, DATED, "2020-02-29", "nothing [good 2018-09-01, good 2019-09-01 to 2020-02-29]"},
        {SEF, DATED, "2022-01-01",
         "value ri since 2021-09-01 [good 2018-09-01, good 2019-09-01 to 2020-02-29, ri 2021-09-01]"},
        {SEF, DATED, "2023-06-01",
         "not recorded not recorded since 2023-01-01 [good 2018-09-01, good 2019-09-01 to 2020-02-29, ri "
         "2021-09-01, not recorded 2023-01-01]"},
    };
    check_cases(cases, COUNT(cases));
}

static void a_plain_value_holds_at_every_date(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {SEF, "judgements: {f: RI}\n", "1990-01-01", "value ri [ri]"},
        {SEF, "judgements: {f: not recorded}\n", "1990-01-01", "not recorded not recorded"},
        {SEF, "judgements: {f: not applicable}\n", "1990-01-01", "not applicable not applicable"},
        {"{scale: ofsted}", "facts: {f: good}\n", "1990-01-01", "value good [good]"},
        {"{scale: ofsted}", "judgements: {f: good}\n", "1990-01-01", "value good [good]"},
        {"{scale: ofsted, from: facts}", "facts: {f: good}\n", "1990-01-01", "value good [good]"},
        {"{type: date, none: none}", "facts: {f: none}\n", "1990-01-01", "none none"},
        {"{type: date}", "facts: {f: 2020-02-29}\n", "1990-01-01", "value 2020-02-29"},
        {"{type: date, from: head.from, visible: public}", "head: [{name: A, from: 2023-09}]\n", "2026-05-01",
         "value 2023-09-01"},
        {"{type: text, from: address.town, visible: public}", "", "2026-05-01", "value Testing"},
    };
    check_cases(cases, COUNT(cases));
}

#define TREND "{set of: {improving: Improving, declining: Declining}, from: judgements}"

static void entries_of_a_set_stand_side_by_side(void **state) {
    (void)state;
    static const char said[] =
        "judgements:\n  f:\n    - {value: improving, from: 2019-09-01, to: 2020-09-01}\n"
        "    - {value: [Declining], from: 2020-01-01}\n";
    const struct fact_case cases[] = {
        {TREND, said, "2019-10-01",
         "value {improving} since 2019-09-01 [improving 2019-09-01 to 2020-09-01]"},
        {TREND, said, "2020-08-31",
         "value {improving, declining} since 2019-09-01 [improving 2019-09-01 to 2020-09-01, declining "
         "2020-01-01]"},
        {TREND, said, "2020-09-01",
         "value {declining} since 2020-01-01 [improving 2019-09-01 to 2020-09-01, declining 2020-01-01]"},
        {TREND, "judgements: {f: [improving, Declining]}\n", "2020-01-01",
         "value {improving, declining} [improving, declining]"},
        {TREND, "judgements: {f: improving}\n", "2020-01-01", "value {improving} [improving]"},
        {TREND, "", "2020-01-01", "nothing"},
    };
    check_cases(cases, COUNT(cases));
}

#define GROUPS                                                                                      \
    "groups:\n"                                                                                     \
    "  - {kind: tib, recommended: 2018-05-01, endorsed: 2018-06-01, ended: 2019-07-10}\n"           \
    "  - {kind: Targeted improvement board, recommended: 2020-05-01, endorsed: 2020-06-01,\n"       \
    "     members: [{role: officer, chair: yes}, {role: governor}], meetings: [{on: 2020-07-01},\n" \
    "     {on: 2020-09-01, minutes_sent: 2020-09-08}]}\n"                                           \
    "  - {kind: scg, start: 2021-01-01}\n"

static void the_latest_group_of_a_kind_that_has_not_ended_is_read(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {"{type: date, from: groups.tib.endorsed}", GROUPS, "2019-07-09", "value 2018-06-01"},
        {"{type: date, from: groups.tib.endorsed}", GROUPS, "2019-07-10", "nothing"},
        {"{type: date, from: groups.tib.endorsed}", GROUPS, "2020-05-01", "value 2020-06-01"},
        {"{type: date, from: groups.scg.endorsed}", GROUPS, "2022-01-01", "nothing"},
        {"{type: date, from: groups.tib.endorsed}", "", "2022-01-01", "nothing"},
        {"{type: dates, from: groups.tib.meetings.on}", GROUPS, "2022-01-01",
         "value {2020-07-01, 2020-09-01}"},
        {"{type: list, from: groups.tib.members.role}", GROUPS, "2022-01-01", "value {officer, governor}"},
        {"{set of: {officer: Officer, governor: Governor}, from: groups.tib.members.role}", GROUPS,
         "2022-01-01", "value {officer, governor} [officer, governor]"},
        {"{type: yes/no, from: groups.tib.members.chair}", GROUPS, "2022-01-01", "value yes [yes]"},
        {"{type: text, from: groups.tib.members.role}", GROUPS, "2022-01-01", "not recorded"},
    };
    check_cases(cases, COUNT(cases));
}

static void a_yes_read_from_a_date_is_yes_from_that_day_on(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {"{type: yes/no, from: groups.tib.endorsed}", GROUPS, "2020-05-31", "value no [no]"},
        {"{type: yes/no, from: groups.tib.endorsed}", GROUPS, "2020-06-01",
         "value yes since 2020-06-01 [yes 2020-06-01]"},
        {"{type: yes/no, from: academy_order}", "academy_order: 2024-02-29\n", "2024-02-28", "value no [no]"},
        {"{type: yes/no, from: academy_order}", "academy_order: 2024-02-29\n", "2024-02-29",
         "value yes since 2024-02-29 [yes 2024-02-29]"},
        {"{type: yes/no, from: academy_order}", "", "2024-02-29", "nothing"},
    };
    check_cases(cases, COUNT(cases));
}

static void lists_are_read_whole(void **state) {
    (void)state;
    static const struct fact_case cases[] = {
        {"{type: list, from: wishes.kinds}", "wishes: {kinds: [structured, Loose]}\n", "2026-05-01",
         "value {structured, loose}"},
        {"{type: list, from: wishes.kinds}", "wishes: {kinds: []}\n", "2026-05-01", "value {}"},
        {"{type: list, from: wishes.kinds}", "", "2026-05-01", "nothing"},
        {"{type: dates, from: inspections.date, visible: public}",
         "inspections: [{date: 2020-01-01, framework: eif}]\n", "2026-05-01", "value {2020-01-01}"},
    };
    check_cases(cases, COUNT(cases));
}

/* ---- who may see what ---- */

static void what_a_viewer_may_not_see_is_hidden_and_not_silent(void **state) {
    (void)state;
    static const struct {
        struct fact_case fact;
        enum audience viewer;
    } cases[] = {
        {{SEF, "judgements: {f: good}\n", "2026-05-01", "hidden"}, SCHOOLS},
        {{SEF, "", "2026-05-01", "hidden"}, PUBLIC},
        {{"{scale: ofsted}", "facts: {f: good}\n", "2026-05-01", "hidden"}, SCHOOLS},
        {{"{scale: ofsted, visible: schools}", "facts: {f: good}\n", "2026-05-01", "value good [good]"},
         SCHOOLS},
        {{"{scale: ofsted, visible: schools}", "facts: {f: good}\n", "2026-05-01", "hidden"}, PUBLIC},
        {{"{type: date, from: academy_order}", "academy_order: 2024-01-01\n", "2026-05-01", "hidden"},
         PUBLIC},
        {{"{type: text, from: address.town, visible: officers}", "", "2026-05-01", "hidden"}, PUBLIC},
        {{"{type: text, from: address.town}", "", "2026-05-01", "value Testing"}, PUBLIC},
        {{"{type: date, from: groups.tib.endorsed}", GROUPS, "2026-05-01", "hidden"}, PUBLIC},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_case(&cases[i].fact, cases[i].viewer, cases[i].viewer);
        check_case(&cases[i].fact, OFFICERS, cases[i].viewer); /* a wider record is no wider to read */
    }
}

static void the_class_of_a_fact_is_that_of_its_strictest_field(void **state) {
    (void)state;
    struct portal p;
    fact_make(&p, "school",
              "    a: {type: text, from: address.town}\n    b: {type: yes/no, from: head.substantive}\n"
              "    c: {type: text, from: memberships.governing_body}\n    d: {type: yes/no}\n"
              "    e: {type: yes/no, is: d}\n    f: {type: yes/no, is: d, visible: schools}\n",
              "");
    portal_load(&p, NULL);
    const struct facts_reader *reader = facts_reader(p.site.facts, STR("school"));
    static const enum audience expected[] = {PUBLIC, OFFICERS, SCHOOLS, OFFICERS, PUBLIC, SCHOOLS};
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_int_equal(facts_class(reader, i), expected[i]);
    portal_release(&p);
}

static void a_list_of_maps_is_a_list_of_contexts(void **state) {
    (void)state;
    struct portal p;
    fact_make(&p, "school", "    f: {type: list, from: pupils, visible: public}\n",
              "pupils: [{count: 401, on: 2025-01-16, free_meals: suppressed}]\n");
    portal_bind(&p, NULL, OFFICERS);
    struct policy_record record = record_of_school(p.site.schools[0]);
    struct given given = fact_read_first(&p, &record, "2026-05-01", PUBLIC);
    assert_int_equal(given.feel.type, FEEL_LIST);
    assert_int_equal(given.feel.list->count, 1);
    const struct feel_context *context = given.feel.list->items[0].context;
    assert_int_equal(context->count, 3);
    assert_int_equal(context->entries[0].value.type, FEEL_NUMBER);
    assert_int_equal(decimal_cmp(context->entries[0].value.number, decimal_whole(401)), 0);
    assert_int_equal(context->entries[1].value.days, date_make(2025, 1, 16));
    assert_int_equal(context->entries[2].value.type, FEEL_UNKNOWN);
    portal_release(&p);
}

static void a_value_knows_its_place(void **state) {
    (void)state;
    struct portal p;
    fact_make(&p, "school", "    f: {scale: ofsted, from: judgements}\n", "judgements: {f: good}\n");
    portal_bind(&p, NULL, OFFICERS);
    struct policy_record record = record_of_school(p.site.schools[0]);
    struct given given = fact_read_first(&p, &record, "2026-05-01", OFFICERS);
    assert_ptr_equal(given.at.source, p.site.schools[0]->source);
    assert_text(str_sub(given.at.source->text, given.at.offset, given.at.offset + 4), "good");
    assert_int_equal(given.history[0].at.offset, given.at.offset);
    portal_release(&p);
}

/* ---- what is wrong with a path ---- */

static void paths_are_checked_where_they_stand(void **state) {
    (void)state;
    static const struct {
        const char *kind, *fact, *expected;
    } cases[] = {
        {"school", "{scale: ofsted, from: inspections.overal}", "fact-path:overal"},
        {"school", "{scale: ofsted, from: 'inspections.overal'}", "fact-path:overal"},
        {"school", "{scale: ofsted, from: inspection.overall}", "fact-path:inspection."},
        {"school", "{scale: ofsted, from: inspections.overall.x}", "fact-path:x"},
        {"school", "{scale: ofsted, from: judgements.g}", "fact-path:g"},
        {"school", "{scale: ofsted, from: judgements.f}", ""},
        {"school", "{scale: ofsted, from: 'inspections[2].overall'}", "fact-index:[2]"},
        {"school", "{scale: ofsted, from: 'inspections[-10].overall'}", "fact-index:[-10]"},
        {"school", "{scale: ofsted, from: 'inspections[-0].overall'}", "fact-index:[-0]"},
        {"school", "{scale: ofsted, from: inspections.}", "fact-path:"},
        {"school", "{scale: ofsted, from: .overall}", "fact-path:.overall"},
        {"school", "{scale: ofsted, from: 'head[-2].post'}", "fact-index:[-2]"},
        {"school", "{scale: ofsted, from: 'address.town[-1]'}", "fact-index:[-1]"},
        {"school", "{scale: ofsted, from: 'inspections[-9].overall'}", ""},
        {"school", "{type: date, from: groups.tip.endorsed}", "fact-group:tip"},
        {"school", "{type: date, from: groups.endorsed}", "fact-group:endorsed"},
        {"school", "{type: list, from: groups}", ""},
        {"school", "{type: date, from: inspections.overall}", "fact-path-type:inspections.overall"},
        {"school", "{type: date, from: inspections}", "fact-path-type:inspections"},
        {"school", "{type: list, from: address}", "fact-path-type:address"},
        {"school", "{type: text, from: partnership}", "fact-path-type:partnership"},
        {"school", "{type: text, from: partnership.stat}", "fact-path:stat"},
        {"school", "{type: text, from: partnership.state, visible: public}", ""},
        {"school", "{type: whole, from: partnership.size, visible: public}", ""},
        {"school", "{type: text, from: partnership.size}", "fact-path:size"},
        {"school", "{type: yes/no, from: formal_elsewhere}", "fact-path:formal_elsewhere"},
        {"member", "{type: yes/no, from: formal_elsewhere, visible: public}", ""},
        {"school", "{type: schools, from: trust}", "fact-path-type:trust"},
        {"school", "{type: date, from: academy_order, visible: public}", "fact-visible:public"},
        {"school", "{type: text, from: memberships.governing_body, visible: schools}", ""},
        {"school", "{type: text, from: memberships.governing_body, visible: public}", "fact-visible:public"},
        {"partnership", "{type: schools, from: members}", ""},
        {"partnership", "{type: whole, from: members}", "fact-path:members"},
        {"body", "{type: whole, from: members}", ""},
        {"tib", "{type: date, from: start}", ""},
        {"tib", "{type: yes/no, visible: officers}", ""},
        {"tib", "{type: yes/no, visible: schools}", "fact-visible:schools"},
        {"meeting", "{type: date, from: on}", ""},
        {"meeting", "{type: date}", "fact-nowhere:{type"},
        {"category_record", "{type: date, from: letter}", ""},
        {"category_record", "{type: text, from: value}", ""},
        {"deployment", "{type: number, from: days_a_week}", ""},
        {"member", "{type: text, from: governing_body}", ""},
        {"network", "{type: text, from: title}", ""},
        {"pair", "{type: text, from: title}", "fact-nowhere:title"},
        {"pair", "{type: yes/no, is: 1 < 2}", ""},
        {"scool", "{type: text, from: title}", "fact-record:scool"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct arena scratch = {0};
        fact_make(&p, cases[i].kind,
                  str_z(&scratch, str_join(&scratch, STR("    f: "), str_from(cases[i].fact))), "");
        portal_load(&p, NULL);
        struct buf said = {.arena = &scratch};
        for (size_t j = 0; j < p.diags.count; j++) {
            struct place at = p.diags.items[j].at;
            buf_printf(&said, "%s:", diag_catalogue[p.diags.items[j].id].slug);
            buf_add(&said, str_sub(at.source->text, at.offset, at.offset + 60));
        }
        bool same =
            cases[i].expected[0] ? str_starts(buf_str(&said), str_from(cases[i].expected)) : !p.diags.count;
        if (!same || p.diags.count > 1)
            fail_msg("%s %s says \"" STR_FMT "\", not \"%s\"", cases[i].kind, cases[i].fact,
                     STR_ARG(buf_str(&said)), cases[i].expected);
        portal_release(&p);
        arena_release(&scratch);
    }
}

static void a_slip_of_the_pen_is_answered_with_what_was_meant(void **state) {
    (void)state;
    struct portal p;
    fact_make(&p, "school", "    f: {scale: ofsted, from: inspections.overal}\n", "");
    portal_load(&p, NULL);
    assert_int_equal(p.diags.count, 1);
    assert_text(p.diags.items[0].text, "\"overal\" is not a field of an inspection");
    assert_text(p.diags.items[0].hint, "did you mean \"overall\"?");
    portal_release(&p);
}

static void values_that_a_scale_has_not_are_errors_of_the_record(void **state) {
    (void)state;
    static const struct {
        const char *fact, *school, *expected;
    } cases[] = {
        {"{scale: kind, from: phase}", "", "fact-value schools/ash.yaml"},
        {"{scale: kind, from: wishes.kinds}", "wishes: {kinds: [hard, loose]}\n", ""},
        {"{scale: role, from: groups.tib.members.role}",
         "groups: [{kind: tib, members: [{role: Lead}, {role: clerk}]}, {kind: scg, members: [{role: x}]}]\n",
         "fact-value schools/ash.yaml"},
        {"{scale: ofsted, from: inspections.overall}", "inspections: none\n", ""},
        {"{scale: ofsted, from: inspections.overall}", INSPECTIONS, ""},
        {"{scale: kind, from: inspections.overall}", INSPECTIONS,
         "fact-value schools/ash.yaml, fact-value schools/ash.yaml, fact-value schools/ash.yaml"},
        {"{set of: {ce: Church}, from: religious_character}",
         "religious_character: [{value: ce, from: 2010-01-01}, {value: rc, from: 2012-01-01}]\n",
         "fact-value schools/ash.yaml"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct arena scratch = {0};
        fact_make(&p, "school", str_z(&scratch, str_join(&scratch, STR("    f: "), str_from(cases[i].fact))),
                  cases[i].school);
        portal_load(&p, NULL);
        if (strcmp(portal_says(&p), cases[i].expected) != 0)
            fail_msg("%s of %s says \"%s\"", cases[i].fact, cases[i].school, portal_says(&p));
        portal_release(&p);
        arena_release(&scratch);
    }
}

static void facts_stand_where_they_are_read(void **state) {
    (void)state;
    static const struct {
        const char *fact, *school, *expected;
    } cases[] = {
        {"{type: yes/no, from: judgements}", "facts: {f: yes}\n", "fact-elsewhere schools/ash.yaml"},
        {"{type: yes/no, from: judgements}", "judgements: {f: yes}\n", ""},
        {"{type: yes/no, from: judgements.f}", "judgements: {f: yes}\n", ""},
        {"{type: text, from: address.town}", "facts: {f: yes}\n", "fact-elsewhere schools/ash.yaml"},
        {"{type: yes/no}", "facts: {f: yes}\n", ""},
        {"{type: yes/no}", "groups: [{kind: tib, exit: {f: yes}}]\n", "unknown-fact schools/ash.yaml"},
        {"{type: yes/no}", "groups: [{kind: tibb}]\n", "unknown-choice schools/ash.yaml"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct arena scratch = {0};
        fact_make(&p, "school", str_z(&scratch, str_join(&scratch, STR("    f: "), str_from(cases[i].fact))),
                  cases[i].school);
        portal_load(&p, NULL);
        if (strcmp(portal_says(&p), cases[i].expected) != 0)
            fail_msg("%s of %s says \"%s\"", cases[i].fact, cases[i].school, portal_says(&p));
        portal_release(&p);
        arena_release(&scratch);
    }
}

static void groups_and_pages_have_facts_of_their_own(void **state) {
    (void)state;
    struct portal p;
    fact_make(&p, "tib", "    f: {type: yes/no}\n  person:\n    serving: {type: yes/no}\n",
              "groups: [{kind: tib, exit: {f: yes}}]\n");
    portal_put(&p, "content/people/jo.md", "---\ntitle: Jo\npost: Head\nfacts: {serving: no}\n---\n");
    portal_bind(&p, NULL, OFFICERS);
    static const char *const kinds[] = {"tib", "person"}, *const expected[] = {"value yes [yes]",
                                                                               "value no [no]"};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct policy_records records = records_of(&p.site, str_from(kinds[i]), &p.arena);
        assert_int_equal(records.count, 1);
        struct given given = fact_read_first(&p, &records.items[0], "2026-05-01", OFFICERS);
        assert_text(given_words(&p.arena, &given), expected[i]);
    }
    portal_release(&p);
}

static void what_lies_in_a_record_has_facts_of_its_own(void **state) {
    (void)state;
    static const struct {
        const char *kind, *fact;
        size_t record;
        const char *expected;
    } cases[] = {
        {"meeting", "{type: yes/no, from: minutes_sent}", 0, "nothing"},
        {"meeting", "{type: date, from: minutes_sent}", 1, "value 2020-09-08"},
        {"tib", "{type: dates, from: meetings.on}", 1, "value {2020-07-01, 2020-09-01}"},
        {"tib", "{set of: {officer: Officer, governor: Governor}, from: members.role}", 1,
         "value {officer, governor} [officer, governor]"},
        {"support_record", "{type: date, from: letter}", 0, "value 2020-01-08"},
        {"support_record", "{type: text, from: value}", 0, "value targeted"},
        {"member", "{type: text, from: governing_body, visible: schools}", 0, "value agreed"},
        {"member", "{scale: role, from: role, visible: public}", 0, "value member [member]"},
        {"partnership", "{scale: kind, from: kind, visible: public}", 0, "value structured [structured]"},
        {"network", "{type: text, from: authority.name, visible: public}", 0, "value Testing Council"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct arena scratch = {0};
        fact_make(&p, cases[i].kind,
                  str_z(&scratch, str_join(&scratch, STR("    f: "), str_from(cases[i].fact))),
                  GROUPS "memberships: [{partnership: brook, governing_body: agreed}]\n"
                         "decisions: {support: [{value: targeted, from: 2020-01-01, letter: 2020-01-08}]}\n");
        portal_put(&p, "content/partnerships/brook.md", PARTNERSHIP("Brook", "formed") "---\n");
        portal_bind(&p, NULL, OFFICERS);
        struct policy_records records = records_of(&p.site, str_from(cases[i].kind), &p.arena);
        assert_true(cases[i].record < records.count);
        struct given given = fact_read_first(&p, &records.items[cases[i].record], "2026-05-01", OFFICERS);
        assert_text(given_words(&p.arena, &given), cases[i].expected);
        portal_release(&p);
        arena_release(&scratch);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_inspections_the_latest_not_after_the_day_is_read),
        cmocka_unit_test(a_report_card_has_no_overall_grade),
        cmocka_unit_test(an_index_counts_events_from_the_latest),
        cmocka_unit_test(results_count_from_their_release),
        cmocka_unit_test(pupils_are_counted_on_census_days),
        cmocka_unit_test(of_a_dated_list_the_entry_in_force_is_read),
        cmocka_unit_test(a_plain_value_holds_at_every_date),
        cmocka_unit_test(entries_of_a_set_stand_side_by_side),
        cmocka_unit_test(the_latest_group_of_a_kind_that_has_not_ended_is_read),
        cmocka_unit_test(a_yes_read_from_a_date_is_yes_from_that_day_on),
        cmocka_unit_test(lists_are_read_whole),
        cmocka_unit_test(what_a_viewer_may_not_see_is_hidden_and_not_silent),
        cmocka_unit_test(the_class_of_a_fact_is_that_of_its_strictest_field),
        cmocka_unit_test(a_list_of_maps_is_a_list_of_contexts),
        cmocka_unit_test(a_value_knows_its_place),
        cmocka_unit_test(paths_are_checked_where_they_stand),
        cmocka_unit_test(a_slip_of_the_pen_is_answered_with_what_was_meant),
        cmocka_unit_test(values_that_a_scale_has_not_are_errors_of_the_record),
        cmocka_unit_test(facts_stand_where_they_are_read),
        cmocka_unit_test(groups_and_pages_have_facts_of_their_own),
        cmocka_unit_test(what_lies_in_a_record_has_facts_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
