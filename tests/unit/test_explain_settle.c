/* SPDX-License-Identifier: MIT */
/* test_explain_settle.c: what of a member would settle or mend a row of a check. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "partnership_fixture.h"

/* Why the group does not pass: "third not met; without Cedar Dogwood" or "faith not known; Birch Faith no met, ..." */
static void assert_mended(const struct group_school *schools, size_t count, const char *expected) {
    struct portal p;
    struct arena scratch = {0};
    struct decided d;
    group_put(&p, GROUP_PROPOSED, schools, count);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct policy_record record = record_of_page(p.site.pages[CONTENT_PARTNERSHIP].items[0]);
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    struct value all = explain_why_not(&d, (struct str){0}, STR("passes"), &p.arena, &scratch);
    struct buf out = {.arena = &p.arena};
    assert_int_equal(all.count, 1);
    const struct value *rows = value_at(&all.items[0], "rows");
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *row = &rows->items[i], *settled = value_at(row, "settled"),
                           *without = value_at(row, "without");
        buf_printf(&out, "%s" STR_FMT " " STR_FMT, i ? "; " : "",
                   STR_ARG(value_words(value_at(row, "label"))),
                   STR_ARG(value_words(value_at(row, "state"))));
        for (uint32_t j = 0; without && j < without->count; j++)
            buf_printf(&out, "%s" STR_FMT, j ? " or " : ", without ", STR_ARG(value_str(&without->items[j])));
        for (uint32_t j = 0; settled && j < settled->count; j++) {
            const struct value *ways = value_at(&settled->items[j], "if");
            buf_printf(&out, ", " STR_FMT, STR_ARG(value_words(value_at(&settled->items[j], "name"))));
            for (uint32_t k = 0; k < ways->count; k++)
                buf_printf(&out, " " STR_FMT "=" STR_FMT,
                           STR_ARG(value_words(value_at(&ways->items[k], "value"))),
                           STR_ARG(value_words(value_at(&ways->items[k], "then"))));
        }
    }
    assert_string_equal(str_z(&p.arena, buf_str(&out)), expected);
    portal_release(&p);
    arena_release(&scratch);
}

#define NO "facts: {at_risk: no}\n"
#define YES "facts: {at_risk: yes}\n"

static void a_member_alone_in_the_way_is_named(void **state) {
    (void)state;
    static const struct group_school schools[] = {{"alder", "Alder", "", NO},
                                                  {"birch", "Birch", "", NO},
                                                  {"cedar", "Cedar", "", YES},
                                                  {"dogwood", "Dogwood", "", YES}};
    assert_mended(schools, 4, "third not met, without Cedar or Dogwood");
}

/* Leaving one out mends one row and breaks another: each row is said by itself. */
static void a_member_is_no_help_where_the_row_stays_unmet_without_it(void **state) {
    (void)state;
    static const struct group_school schools[] = {{"alder", "Alder", "", NO},
                                                  {"birch", "Birch", "", YES},
                                                  {"cedar", "Cedar", "", YES},
                                                  {"dogwood", "Dogwood", "", YES}};
    assert_mended(schools, 4, "third not met");
}

static void what_is_not_met_comes_before_what_is_not_known(void **state) {
    (void)state;
    static const struct group_school schools[] = {
        {"alder", "Alder", "", "religious_character: rc\nfacts: {at_risk: yes, objects: yes}\n"},
        {"birch", "Birch", "", NO},
        {"cedar", "Cedar", "", "religious_character: rc\n"}};
    assert_mended(schools, 3,
                  "faith not met, without Alder or Birch; third not known, Cedar no=met yes=not met");
}

/* Neither alone settles it where both are open: only the one that would break it is told. */
static void of_two_that_are_open_each_is_told_by_what_it_can_do_alone(void **state) {
    (void)state;
    static const struct group_school schools[] = {{"alder", "Alder", "", NO},
                                                  {"birch", "Birch", "", NO},
                                                  {"cedar", "Cedar", "", ""},
                                                  {"dogwood", "Dogwood", "", ""}};
    assert_mended(schools, 4, "third not known, Cedar no=met yes=not known, Dogwood no=met yes=not known");
}

/* Without Cedar it would not be known, which is no help; nor would knowing of Elder. */
static void what_would_only_become_unknown_mends_nothing(void **state) {
    (void)state;
    static const struct group_school schools[] = {{"alder", "Alder", "", NO},
                                                  {"cedar", "Cedar", "", YES},
                                                  {"dogwood", "Dogwood", "", YES},
                                                  {"elder", "Elder", "", ""}};
    assert_mended(schools, 4, "third not met");
}

static void what_settles_nothing_alone_is_not_told(void **state) {
    (void)state;
    static const struct group_school schools[] = {
        {"alder", "Alder", "", NO},      {"birch", "Birch", "", NO}, {"cedar", "Cedar", "", YES},
        {"dogwood", "Dogwood", "", YES}, {"elder", "Elder", "", ""}, {"fir", "Fir", "", ""},
        {"gorse", "Gorse", "", ""},      {"hazel", "Hazel", "", NO}, {"iris", "Iris", "", NO}};
    assert_mended(schools, 9, "third not known");
}

static void who_passes_needs_nothing(void **state) {
    (void)state;
    static const struct group_school schools[] = {
        {"alder", "Alder", "", NO}, {"birch", "Birch", "", NO}, {"cedar", "Cedar", "", NO}};
    assert_mended(schools, 3, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_alone_in_the_way_is_named),
        cmocka_unit_test(a_member_is_no_help_where_the_row_stays_unmet_without_it),
        cmocka_unit_test(what_is_not_met_comes_before_what_is_not_known),
        cmocka_unit_test(of_two_that_are_open_each_is_told_by_what_it_can_do_alone),
        cmocka_unit_test(what_would_only_become_unknown_mends_nothing),
        cmocka_unit_test(what_settles_nothing_alone_is_not_told),
        cmocka_unit_test(who_passes_needs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
