/* SPDX-License-Identifier: MIT */
/* test_agenda.c: the pages and files that the school year is split into. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "publish/agenda.h"

#define FRAMEWORK                                                                                       \
    "scales: {colour: {last: worst, values: {green: Green, red: Red}}}\n"                               \
    "calendar:\n  years:\n"                                                                             \
    "    2025 to 2026: [[2025-09-03, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, 2026-02-13], " \
    "[2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, 2026-07-22]]\n"                   \
    "facts:\n  school:\n    phase: {label: Phase, scale: colour}\n"                                     \
    "    open_day: {label: Open day, type: date, from: facts, visible: public}\n"
#define POLICY                                                                                               \
    "---\ntitle: The year\n---\n\n<!-- decision: year\nhit: collect\noutputs: {what: text, when: due, who: " \
    "text}\n-->\n\n| Phase | What | When | Who |\n|---|---|---|---|\n| | Visit | half-termly | Officer |\n"  \
    "| | Plan | by 31 October | Head |\n| | Report | within 10 days of Open day | Head |\n"

static void put_school(struct portal *p, int number, const char *more) {
    struct buf path = {.arena = &p->arena}, text = {.arena = &p->arena};
    buf_printf(&path, "schools/s-%d.yaml", number);
    buf_printf(&text, "urn: \"%06d\"\nname: ", 900000 + number);
    buf_byte(&text, (char)('A' + number % 25));
    buf_printf(&text,
               " School %d\nphase: primary\ntype: community\n"
               "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n%s",
               number, more);
    buf_byte(&path, '\0');
    buf_byte(&text, '\0');
    portal_put(p, path.at, text.at);
}

static void make(struct portal *p, int schools) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", FRAMEWORK);
    portal_put(p, "content/policy/year.md", POLICY);
    portal_put(p, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    for (int i = 0; i < schools; i++)
        put_school(p, i, "link_officer: jo\n");
    put_school(p, schools, "facts: {open_day: 2026-03-20}\n");
}

static const struct plan_page *page_at(const struct plan *plan, const char *address) {
    for (size_t i = 0; i < plan->count; i++)
        if (str_eq(plan->outputs[i].address, str_from(address)))
            return &plan->outputs[i];
    return NULL;
}

static void each_officer_has_a_page_and_a_file(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    struct agenda_files files;
    make(&p, 2);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    assert_non_null(plan.agenda);
    assert_non_null(page_at(&plan, "year/index.html"));
    assert_non_null(page_at(&plan, "year/jo.html"));
    assert_non_null(page_at(&plan, "year/no-link-officer.html"));
    assert_null(page_at(&plan, "year/jo/year.html"));
    agenda_files_make(&files, plan.agenda, &p.arena);
    struct buf names = {.arena = &p.arena};
    for (size_t i = 0; i < files.count; i++)
        buf_printf(&names, STR_FMT " ", STR_ARG(files.items[i].address));
    assert_true(
        str_eq(buf_str(&names), STR("year/all.ics year/jo.ics year/no-link-officer.ics year/schools/s-0.ics "
                                    "year/schools/s-1.ics year/schools/s-2.ics ")));
    portal_release(&p);
}

static void what_is_due_of_several_is_counted_once_a_school(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    make(&p, 2);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    size_t visits = 0, undated = 0;
    for (size_t i = 0; i < plan.agenda->item_count; i++) {
        const struct agenda_item *item = &plan.agenda->items[i];
        if (str_eq(item->event->entry->what, STR("Visit"))) {
            visits++;
            assert_int_equal(item->certain, 3);
            assert_false(item->various);
        }
        if (item->event->missing) {
            undated++;
            assert_int_equal(item->certain, 2); /* the third has a date */
        }
    }
    assert_int_equal(visits, 6);
    assert_int_equal(undated, 1);
    portal_release(&p);
}

static void a_long_list_is_split_by_part_and_then_by_letter(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    make(&p, PLAN_LIST_MAX + 1);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    assert_non_null(page_at(&plan, "year/jo/first-half-of-the-autumn-term.html"));
    assert_non_null(page_at(&plan, "year/jo/first-half-of-the-autumn-term-b.html"));
    assert_null(page_at(&plan, "year/jo/first-half-of-the-autumn-term-z.html"));
    assert_null(page_at(&plan, "year/jo/autumn-term.html")); /* nothing is in it */
    const struct agenda_list *jo = &plan.agenda->lists[0];
    assert_true(jo->split);
    size_t total = 0, letters = 0;
    for (size_t i = 0; i < plan.agenda->year->section_count; i++) {
        total += jo->parts[i].count;
        for (int l = 0; l < PLAN_LETTERS; l++)
            letters += jo->parts[i].by_letter[l + 1] - jo->parts[i].by_letter[l];
    }
    assert_int_equal(total, jo->count);
    assert_int_equal(letters, jo->count);
    assert_false(plan.agenda->lists[1].split);
    portal_release(&p);
}

static void nobody_else_has_any_of_it(void **state) {
    (void)state;
    for (int audience = AUDIENCE_SCHOOLS; audience <= AUDIENCE_PUBLIC; audience++) {
        struct portal p;
        struct plan plan;
        make(&p, 2);
        portal_bind(&p, "2026-05-01", (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_null(plan.agenda);
        for (size_t i = 0; i < plan.count; i++)
            assert_false(str_starts(plan.outputs[i].address, STR("year/")));
        portal_release(&p);
    }
}

static size_t count_of(struct str text, struct str part) {
    size_t n = 0;
    for (size_t i = 0; i + part.len <= text.len; i++)
        n += str_eq(str_sub(text, i, i + part.len), part);
    return n;
}

static void the_file_of_the_whole_year_has_one_event_for_all_schools(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    make(&p, 60);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    plan_make(&plan, &p.arena, &p.site);
    struct buf out = {.arena = &p.arena};
    struct arena scratch = {0};
    agenda_file_write(plan.agenda, &(struct agenda_file){0}, &scratch, &out);
    arena_release(&scratch);
    assert_int_equal(count_of(buf_str(&out), STR("BEGIN:VEVENT")), 8); /* six visits, a plan and a report */
    assert_int_equal(count_of(buf_str(&out), STR("SUMMARY:Visit: 61 schools")), 6);
    assert_int_equal(count_of(buf_str(&out), STR("SUMMARY:Report: K School 60")), 1);
    assert_int_equal(count_of(buf_str(&out), STR("and 21 more")), 7);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_officer_has_a_page_and_a_file),
        cmocka_unit_test(what_is_due_of_several_is_counted_once_a_school),
        cmocka_unit_test(a_long_list_is_split_by_part_and_then_by_letter),
        cmocka_unit_test(nobody_else_has_any_of_it),
        cmocka_unit_test(the_file_of_the_whole_year_has_one_event_for_all_schools),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
