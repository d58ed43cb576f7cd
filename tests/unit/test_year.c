/* SPDX-License-Identifier: MIT */
/* test_year.c: what is due of each record in the school year that has the as-of date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/year.h"
#include "portal_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define YEARS                                                                                           \
    "calendar:\n  years:\n"                                                                             \
    "    2025 to 2026: [[2025-09-03, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, 2026-02-13], " \
    "[2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, 2026-07-22]]\n"
#define FRAMEWORK                                                                        \
    "groups: {board: Improvement board}\n"                                               \
    "scales: {colour: {last: worst, values: {green: Green, red: Red}}}\n"                \
    "facts:\n"                                                                           \
    "  school:\n"                                                                        \
    "    at_risk: {label: At risk, type: yes/no, from: judgements, visible: officers}\n" \
    "  board:\n    start: {label: Began, type: date, from: start}\n"                     \
    "  meeting:\n    held: {label: Held on, type: date, from: on}\n"                     \
    "    minutes: {label: Minutes sent, type: date, from: minutes_sent}\n"               \
    "  category_record:\n    letter: {label: Letter, type: date, from: letter}\n"        \
    "  network:\n    all: {label: Schools, type: schools, from: schools}\n"

#define POLICY                                                                                               \
    "---\ntitle: The year\n---\n\n## Visits\n\n<!-- decision: visits\nhit: collect\nvisible: officers\n"     \
    "outputs: {what: text, when: due, who: {type: text, blank: not stated}}\n-->\n\n"                        \
    "| At risk | What | When | Who |\n|---|---|---|---|\n"                                                   \
    "| | Visit | autumn term | Link officer |\n| yes | Review | termly or half-termly | |\n"                 \
    "| no | Review | yearly | |\n| | Plan | to be agreed | |\n\n"                                            \
    "## Papers\n\n<!-- decision: papers\nhit: collect\nsubject: meeting\nvisible: officers\n"                \
    "outputs: {what: text, when: due}\n-->\n\n| Minutes sent | What | When |\n|---|---|---|\n"               \
    "| | Agenda | at least 4 days before Held on |\n| not recorded | Minutes | within 10 days of Held on "   \
    "|\n\n## Boards\n\n<!-- decision: boards\nsubject: board\nlabel: Board meets\nvisible: officers\n"       \
    "outputs: {when: due}\n-->\n\n| Began | When |\n|---|---|\n| | half-termly |\n\n"                        \
    "## Letters\n\n<!-- decision: letters\nsubject: category_record\nlabel: Check of letter\n"               \
    "outputs: {when: due}\n-->\n\n| Letter | When |\n|---|---|\n| | 2 weeks after Letter |\n\n"              \
    "## Category\n\n<!-- decision: category\noutputs: {category: {scale: colour}}\n-->\n\n"                  \
    "| At risk | Category |\n|---|---|\n| | green or red |\n\n"                                              \
    "## Authority\n\n<!-- decision: authority\nhit: collect\nsubject: network\noutputs: {what: text, when: " \
    "due}\n-->\n\n| Schools | What | When |\n|---|---|---|\n| | Report | end of the summer term |\n"

static void make(struct portal *p, const char *years) {
    portal_make(p);
    portal_put(p, "content/framework.yaml",
               str_z(&p->arena, str_join(&p->arena, STR(FRAMEWORK), str_from(years))));
    portal_put(p, "content/policy/year.md", POLICY);
}

static void add_words(struct portal *p, struct buf *out, const struct year_event *e) {
    buf_printf(out, STR_FMT, STR_ARG(e->entry->what));
    if (e->entry->record.len)
        buf_printf(out, " (" STR_FMT ")", STR_ARG(e->entry->record));
    buf_add(out, e->certain ? STR(" ") : STR("? "));
    if (e->days.first == DATE_NONE) {
        buf_printf(out, "no " STR_FMT, STR_ARG(e->missing ? e->missing->label : e->words));
        return;
    }
    buf_add(out, date_iso(&p->arena, e->days.first));
    if (e->days.last != e->days.first)
        buf_printf(out, "/" STR_FMT, STR_ARG(str_sub(date_iso(&p->arena, e->days.last), 5, 10)));
}

/* The events whose record is of a school, or of none; one a line. */
static struct str events(struct portal *p, const struct year *year, const char *school) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; year && i < year->count; i++) {
        const struct school *of = year->events[i].entry->school;
        if (!str_eq(of ? of->slug : STR(""), str_from(school)))
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        add_words(p, &out, &year->events[i]);
    }
    return buf_str(&out);
}

static void gives(struct portal *p, const struct year *year, const char *school, const char *expected) {
    struct str found = events(p, year, school);
    if (!str_eq(found, str_from(expected)))
        fail_msg("%s:\n" STR_FMT "\nis not\n%s", school, STR_ARG(found), expected);
}

static void what_is_due_follows_from_what_is_known(void **state) {
    (void)state;
    struct portal p;
    make(&p, YEARS);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "judgements: {at_risk: no}\n");
    portal_put(&p, "schools/birch.yaml", SCHOOL("900002", "Birch") "judgements: {at_risk: yes}\n");
    portal_put(&p, "schools/cedar.yaml", SCHOOL("900003", "Cedar"));
    portal_put(&p, "schools/dog.yaml", SCHOOL("900004", "Dog") "status: closed\nclosed: 2020-01-01\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct year *year = year_make(&p.site, &p.arena);
    gives(&p, year, "ash", "Visit 2025-09-03/12-19; Review 2025-09-03/07-22; Plan no to be agreed");
    gives(
        &p, year, "birch",
        "Visit 2025-09-03/12-19; Review? 2025-09-03/12-19; Review? 2026-01-05/03-27; Review? "
        "2026-04-13/07-22; Review? 2025-09-03/10-24; Review? 2025-11-03/12-19; Review? 2026-01-05/02-13; "
        "Review? 2026-02-23/03-27; Review? 2026-04-13/05-22; Review? 2026-06-01/07-22; Plan no to be agreed");
    struct str cedar = events(&p, year, "cedar");
    assert_true(str_has(cedar, STR("Review? 2025-09-03/07-22")));
    assert_true(str_has(cedar, STR("Review? 2026-01-05/02-13")));
    gives(&p, year, "dog", "");
    gives(&p, year, "", "Report (Testing) 2026-07-22");
    assert_true(str_eq(year->events[0].entry->row->table->page, STR("policy/year.html")));
    portal_release(&p);
}

static void deadlines_count_from_the_records_own_dates(void **state) {
    (void)state;
    struct portal p;
    make(&p, YEARS);
    portal_put(
        &p, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "judgements: {at_risk: no}\ngroups:\n"
                                "  - {kind: board, start: 2025-11-10, ended: 2026-03-01, meetings: "
                                "[{on: 2025-11-12, minutes_sent: 2025-11-13}, {on: 2026-01-20}, "
                                "{on: 2024-01-20}]}\n"
                                "decisions: {category: [{value: red, from: 2025-09-10, letter: 2025-09-20}, "
                                "{value: red, from: 2025-10-10}]}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct year *year = year_make(&p.site, &p.arena);
    gives(&p, year, "ash",
          "Visit 2025-09-03/12-19; Review 2025-09-03/07-22; Plan no to be agreed; "
          "Board meets (Improvement board) 2025-11-03/12-19; Board meets (Improvement board) "
          "2026-01-05/02-13; Board meets (Improvement board) 2026-02-23/03-27; "
          "Agenda (Improvement board, 12 November 2025) 2025-11-08; "
          "Agenda (Improvement board, 20 January 2026) 2026-01-16; "
          "Minutes (Improvement board, 20 January 2026) 2026-01-30; "
          "Check of letter (10 September 2025) 2025-10-04; Check of letter (10 October 2025) no Letter");
    portal_release(&p);
}

/* Half-terms that share a day with the group are its own; the half-term next to its days is not. */
static void a_group_is_in_force_from_its_first_day_to_its_last(void **state) {
    (void)state;
    struct portal p;
    make(&p, YEARS);
    portal_put(&p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "judgements: {at_risk: no}\ngroups:\n"
                                       "  - {kind: board, start: 2025-10-24, ended: 2025-11-03}\n"
                                       "  - {kind: board, start: 2025-10-25, ended: 2025-11-02}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    gives(&p, year_make(&p.site, &p.arena), "ash",
          "Visit 2025-09-03/12-19; Review 2025-09-03/07-22; Plan no to be agreed; "
          "Board meets (Improvement board) 2025-09-03/10-24; "
          "Board meets (Improvement board) 2025-11-03/12-19");
    portal_release(&p);
}

static void bodies_that_meet_come_in_by_themselves(void **state) {
    (void)state;
    struct portal p;
    make(&p, YEARS);
    portal_put(&p, "content/bodies/forum.md", "---\ntitle: Forum\nkind: board\nmeets: once a term\n---\n");
    portal_put(&p, "content/bodies/heads.md", "---\ntitle: Heads\nkind: board\nmeets: now and then\n---\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    gives(&p, year_make(&p.site, &p.arena), "",
          "Report (Testing) 2026-07-22; Meeting (Forum) 2025-09-03/12-19; Meeting (Forum) 2026-01-05/03-27; "
          "Meeting (Forum) "
          "2026-04-13/07-22; Meeting (Heads) no now and then");
    portal_release(&p);
}

static void an_event_is_listed_in_the_narrowest_part_of_the_year(void **state) {
    (void)state;
    static const struct {
        const char *as_of, *now;
    } cases[] = {
        {"2025-09-01", "year autumn-term first-half-of-the-autumn-term"},
        {"2025-10-24", "year autumn-term first-half-of-the-autumn-term"},
        {"2025-11-02", "year autumn-term first-half-of-the-autumn-term"},
        {"2025-11-03", "year autumn-term second-half-of-the-autumn-term"},
        {"2026-01-04", "year autumn-term second-half-of-the-autumn-term"},
        {"2026-01-05", "year spring-term first-half-of-the-spring-term"},
        {"2026-08-31", "year summer-term second-half-of-the-summer-term"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make(&p, YEARS);
        portal_put(&p, "schools/birch.yaml", SCHOOL("900002", "Birch") "judgements: {at_risk: yes}\n");
        portal_bind(&p, cases[i].as_of, AUDIENCE_OFFICERS);
        const struct year *year = year_make(&p.site, &p.arena);
        struct buf now = {.arena = &p.arena};
        for (size_t s = 0; s < year->section_count; s++)
            if (year->sections[s].now)
                buf_printf(&now, "%s" STR_FMT, now.len ? " " : "", STR_ARG(year->sections[s].id));
        if (!str_eq(buf_str(&now), str_from(cases[i].now)))
            fail_msg("%s: " STR_FMT, cases[i].as_of, STR_ARG(buf_str(&now)));
        assert_int_equal(year->section_count, 11);
        assert_int_equal(year->sections[year->events[0].section].part, YEAR_TERM);
        assert_int_equal(year->sections[year->events[4].section].part, YEAR_HALF_TERM);
        assert_int_equal(year->sections[year->events[10].section].part, YEAR_NO_DAY);
        portal_release(&p);
    }
}

static void a_year_without_dates_gives_only_what_counts_days(void **state) {
    (void)state;
    struct portal p;
    make(&p, "");
    portal_put(&p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "judgements: {at_risk: no}\ngroups:\n"
                                       "  - {kind: board, meetings: [{on: 2025-11-12, minutes_sent: "
                                       "2025-11-13}]}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct year *year = year_make(&p.site, &p.arena);
    gives(&p, year, "ash", "Plan no to be agreed; Agenda (Improvement board, 12 November 2025) 2025-11-08");
    assert_false(year->declared);
    assert_true(year->left_out);
    assert_int_equal(year->section_count, 2);
    portal_release(&p);
}

static void nobody_but_officers_has_a_year(void **state) {
    (void)state;
    struct portal p;
    make(&p, YEARS);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_non_null(year_make(&p.site, &p.arena));
    site_bind(&p.site, AUDIENCE_SCHOOLS);
    assert_null(year_make(&p.site, &p.arena));
    site_bind(&p.site, AUDIENCE_PUBLIC);
    assert_null(year_make(&p.site, &p.arena));
    portal_release(&p);
}

static void a_portal_in_which_nothing_is_due_has_none(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_null(year_make(&p.site, &p.arena));
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_due_follows_from_what_is_known),
        cmocka_unit_test(deadlines_count_from_the_records_own_dates),
        cmocka_unit_test(a_group_is_in_force_from_its_first_day_to_its_last),
        cmocka_unit_test(bodies_that_meet_come_in_by_themselves),
        cmocka_unit_test(an_event_is_listed_in_the_narrowest_part_of_the_year),
        cmocka_unit_test(a_year_without_dates_gives_only_what_counts_days),
        cmocka_unit_test(nobody_but_officers_has_a_year),
        cmocka_unit_test(a_portal_in_which_nothing_is_due_has_none),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
