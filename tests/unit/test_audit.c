/* SPDX-License-Identifier: MIT */
/* test_audit.c: what was recorded, held against the policy as it was on its own day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/audit.h"
#include "portal_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char framework[] =
    "scales:\n"
    "  category: {values: {'1': '1', '2': '2', 3A: 3A, 3B: 3B, 3C: 3C}, last: worst}\n"
    "  ofsted: {values: {inadequate: Inadequate, ri: RI, good: Good}, last: best,\n"
    "    same: {requires_improvement: ri}}\n"
    "  concern: {values: {none: None, special_measures: Special measures}, last: worst}\n"
    "  type: {values: {community: Community, academy: Academy, va: Voluntary aided}}\n"
    "facts:\n  school:\n"
    "    type: {label: School type, scale: type, from: type}\n"
    "    conversion: {label: Converted, type: date, missing: not applicable}\n"
    "    grade: {label: Ofsted grade, scale: ofsted, from: inspections.overall}\n"
    "    concern: {label: Concern, scale: concern, missing: none}\n"
    "    floor: {label: Below floor, type: yes/no, missing: no}\n"
    "never:\n  school:\n"
    "    - {when: 'concern = \"special_measures\" and grade != \"inadequate\"', because: only the inadequate "
    "are in special "
    "measures}\n";

static const char policy[] =
    "---\ntitle: Categories\n---\n\n## Categories\n\n"
    "<!-- decision: category\nhit: guide\nid: Row\noutputs: {category: category}\n-->\n\n"
    "| Row | When | Category |\n|---|---|---|\n"
    "| good | Ofsted grade: Good | 1 |\n| ri | Ofsted grade: RI | 2 or 3A |\n"
    "| floor | Below floor | at least 3B |\n"
    "| concern | Concern: not None | at least 3B |\n"
    "| stay | Category: 3B in the last year | at least 3A |\n"
    "| leave | Category: 3A or worse in the last year | at least 2 |\n"
    "| exempt | School type: Academy | not applicable |\n\n"
    "<!-- decision: visits\noutputs: {visits: category}\n-->\n\n"
    "| Ofsted grade | Visits |\n|---|---|\n| Good | 1 |\n| RI | 2 or 3A |\n| Inadequate | 3C |\n";

/* ---- what is wrong with one record ---- */

/* "slug line", in order. */
static const char *said(struct portal *p) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < p->diags.count; i++) {
        const struct diag *d = &p->diags.items[i];
        buf_printf(&out, "%s%s %u", i ? ", " : "", diag_catalogue[d->id].slug, d->position.line);
    }
    return str_z(&p->arena, buf_str(&out));
}

static void load(struct portal *p, const char *school, const char *as_of) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/categories.md", policy);
    portal_put(p, "schools/ash.yaml",
               str_z(&p->arena, str_join(&p->arena, STR(SCHOOL("900001", "Ash")), str_from(school))));
    portal_load(p, as_of);
}

static void assert_said_at(const char *school, const char *as_of, const char *expected, int line) {
    struct portal p;
    load(&p, school, as_of);
    if (strcmp(said(&p), expected) != 0)
        fail_msg("line %d, %s\n  says \"%s\"\n  and not \"%s\"", line, school, said(&p), expected);
    portal_release(&p);
}
#define assert_said(school, as_of, expected) assert_said_at(school, as_of, expected, __LINE__)

/* The lines of a record begin at 6; every value of a fact is dated, unless the case is about one that is not. */
#define GRADES                                                 \
    "inspections:\n"                                           \
    "  - {date: 2005-03-01, framework: 2005, overall: good}\n" \
    "  - {date: 2012-03-01, framework: cif, overall: requires_improvement}\n"
#define CATEGORY(entries) "decisions:\n  category:\n" entries
#define ENTRY(value, from) "    - {value: " value ", from: " from "}\n"

static void a_record_above_a_floor_is_nobodys_mistake(void **state) {
    (void)state;
    assert_said(GRADES CATEGORY(ENTRY("3A", "2006-09-01")), "2012-06-01",
                ""); /* the guide gives 1: reported, no error */
    assert_said(GRADES
                "facts: {floor: [{value: yes, from: 2006-01-01}]}\n" CATEGORY(ENTRY("3B", "2006-09-01")),
                "2012-06-01", "");
    assert_said(GRADES
                "facts: {floor: [{value: yes, from: 2006-01-01}]}\n" CATEGORY(ENTRY("3C", "2006-09-01")),
                "2012-06-01", "");
}

static void a_record_below_a_floor_of_its_day_is_an_error_at_its_line(void **state) {
    (void)state;
    assert_said(GRADES
                "facts: {floor: [{value: yes, from: 2006-01-01}]}\n" CATEGORY(ENTRY("3A", "2006-09-01")),
                "2012-06-01", "recorded-below 12");
    /* the floor began after it */
    assert_said(GRADES
                "facts: {floor: [{value: yes, from: 2006-09-02}]}\n" CATEGORY(ENTRY("3A", "2006-09-01")),
                "2012-06-01", "");
    /* the floor had ended before it */
    assert_said(GRADES "facts: {floor: [{value: yes, from: 2006-01-01, to: 2006-09-01}]}\n" CATEGORY(
                    ENTRY("1", "2006-09-01")),
                "2012-06-01", "");
    assert_said(GRADES "facts: {floor: [{value: yes, from: 2006-01-01, to: 2006-09-02}]}\n" CATEGORY(
                    ENTRY("1", "2006-09-01")),
                "2012-06-01", "recorded-below 12");
}

static void a_plain_value_may_not_have_held_then(void **state) {
    (void)state;
    assert_said(GRADES "facts: {floor: yes}\n" CATEGORY(ENTRY("1", "2006-09-01")), "2012-06-01",
                "recorded-below-then 12");
    assert_said(GRADES "facts: {floor: yes}\n" CATEGORY(ENTRY("1", "2012-06-01")), "2012-06-01",
                "recorded-below 12"); /* today it holds */
    assert_said(GRADES CATEGORY(ENTRY("1", "2006-09-01")) "", "2012-06-01", "");
}

static void an_exemption_by_a_plain_type_may_not_have_held_then(void **state) {
    (void)state;
    static const char academy[] = "urn: \"900001\"\nname: Ash\nphase: primary\ntype: academy\n"
                                  "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n";
    static const struct {
        const char *entries, *expected;
    } cases[] = {{CATEGORY(ENTRY("2", "2006-09-01")), "recorded-outside-then 8"},
                 {CATEGORY(ENTRY("2", "2012-06-01")), "recorded-outside 8"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        portal_make(&p);
        portal_put(&p, "content/framework.yaml", framework);
        portal_put(&p, "content/policy/categories.md", policy);
        portal_put(&p, "schools/ash.yaml",
                   str_z(&p.arena, str_join(&p.arena, str_from(academy), str_from(cases[i].entries))));
        portal_load(&p, "2012-06-01");
        assert_string_equal(said(&p), cases[i].expected);
        portal_release(&p);
    }
}

/* Each fact of the chain is worked out from the two before it, so that there are more ways through it than there is time;
 * at its end is a value with a day. */
static void a_chain_of_facts_is_looked_through_once(void **state) {
    (void)state;
    struct portal p;
    struct buf chain = {.arena = &p.arena};
    portal_make(&p);
    struct str before = str_from(framework);
    size_t never = str_find(before, 'n', (size_t)(strstr(framework, "\nnever:") - framework));
    buf_add(&chain, str_sub(before, 0, never));
    buf_lit(&chain, "    c0: {type: yes/no, is: floor}\n    c1: {type: yes/no, is: c0}\n");
    for (int i = 2; i < 56; i++)
        buf_printf(&chain, "    c%d: {type: yes/no, is: c%d and c%d}\n", i, i - 1, i - 2);
    buf_add(&chain, str_sub(before, never, before.len));
    portal_put(&p, "content/framework.yaml", str_z(&p.arena, buf_str(&chain)));
    portal_put(
        &p, "content/policy/steps.md",
        "---\ntitle: Steps\n---\n\n## Steps\n\n<!-- decision: steps\noutputs: {steps: category}\n-->\n\n"
        "| C55 | Steps |\n|---|---|\n| yes | 3B |\n| no | 1 |\n");
    portal_put(&p, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "facts: {floor: [{value: yes, from: 2006-01-01}]}\n"
                                       "decisions:\n  steps:\n" ENTRY("2", "2006-09-01"));
    portal_load(&p, "2012-06-01");
    assert_string_equal(said(&p), "recorded-outside 9");
    portal_release(&p);
}

static void a_table_that_is_no_guide_allows_its_set_and_no_more(void **state) {
    (void)state;
#define VISITS(value, from) GRADES "decisions:\n  visits: [{value: " value ", from: " from "}]\n"
    assert_said(VISITS("'1'", "2006-09-01"), "2013-01-01", "");
    assert_said(VISITS("'2'", "2006-09-01"), "2013-01-01", "recorded-outside 10"); /* good then, RI now */
    assert_said(VISITS("'2'", "2012-09-01"), "2013-01-01", "");
    assert_said(VISITS("3A", "2012-09-01"), "2013-01-01", "");
    assert_said(VISITS("'1'", "2012-09-01"), "2013-01-01", "recorded-outside 10");
    assert_said(VISITS("3C", "2004-09-01"), "2013-01-01",
                ""); /* nothing was known yet: any row may have held */
}

static void two_records_of_one_day_are_an_error(void **state) {
    (void)state; /* */
    struct portal p;
    load(&p, GRADES CATEGORY(ENTRY("2", "2012-09-01") ENTRY("3A", "2012-09-01")), "2013-01-01");
    assert_int_equal(p.diags.errors, 1);
    assert_int_equal(p.diags.items[0].id, DIAG_DATED_SAME_DAY);
    assert_int_equal(p.diags.items[0].position.line, 12);
    portal_release(&p);
}

static void a_record_of_a_later_day_is_left_out_with_a_warning(void **state) {
    (void)state; /* */
    struct portal p;
    struct policy_record record;
    struct arena scratch = {0};
    struct decided d;
    load(&p, GRADES CATEGORY(ENTRY("2", "2012-09-01") ENTRY("3A", "2013-01-02")), "2013-01-01");
    assert_string_equal(said(&p), "future-date 12");
    assert_int_equal(p.diags.errors, 0);
    site_bind(&p.site, AUDIENCE_OFFICERS);
    record = record_of_school(p.site.schools[0]);
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    assert_int_equal(d.results[0].outputs[0].recorded, VALUE_BIT(1)); /* 2, and not 3A */
    assert_int_equal(d.recorded[0].count, 1);
    portal_release(&p);
    arena_release(&scratch);
    assert_said(GRADES CATEGORY(ENTRY("2", "2012-09-01") ENTRY("3A", "2013-01-02")), "2013-01-02", "");
}

/* Havering: a year in 3A after 3B, and a year at least in 2 after category 3. */
static void a_history_that_jumps_a_minimum_stay_is_an_error(void **state) {
    (void)state;
#define LEFT(second, on) GRADES CATEGORY(ENTRY("3B", "2010-06-01") ENTRY(second, on))
    assert_said(LEFT("2", "2011-09-01"), "2012-03-01", "recorded-below 12");
    assert_said(LEFT("3A", "2011-09-01"), "2012-03-01", "");
    assert_said(LEFT("3C", "2011-09-01"), "2012-03-01", "");
#define THEN(third, on) GRADES CATEGORY(ENTRY("3B", "2010-06-01") ENTRY("3A", "2011-09-01") ENTRY(third, on))
    assert_said(THEN("2", "2012-08-31"), "2013-01-01", "recorded-below 13");
    assert_said(THEN("2", "2012-09-01"), "2013-01-01", ""); /* HAV-13: the year is complete */
    assert_said(THEN("1", "2012-09-01"), "2013-01-01",
                "recorded-below 13");                        /* HAV-13b: the second clock starts */
    assert_said(THEN("3B", "2012-01-10"), "2013-01-01", ""); /* HAV-16: a bound, not a lock */
#define AFTER(fourth, on) \
    GRADES CATEGORY(ENTRY("3A", "2011-09-01") ENTRY("2", "2012-09-01") ENTRY(fourth, on))
    assert_said(AFTER("1", "2013-08-31"), "2014-01-01", "recorded-below 13");
    assert_said(AFTER("1", "2013-09-01"), "2014-01-01", ""); /* HAV-15 */
#define LEAP(on) GRADES CATEGORY(ENTRY("3B", "2011-01-01") ENTRY("3A", "2012-02-29") ENTRY("2", on))
    assert_said(LEAP("2013-02-28"), "2014-01-01", "recorded-below 13"); /* HAV-18 */
    assert_said(LEAP("2013-03-01"), "2014-01-01", "");
}

/* ---- never ---- */

static void what_can_never_be_is_an_error_where_the_record_says_it(void **state) {
    (void)state;
    assert_said(GRADES "facts: {concern: special_measures}\n", "2013-01-01", "never-broken 9");
    struct portal p;
    load(&p, GRADES "facts: {concern: special_measures}\n", "2013-01-01");
    assert_non_null(
        strstr(str_z(&p.arena, p.diags.items[0].text), "only the inadequate are in special measures"));
    portal_release(&p);
    assert_said(GRADES "facts: {concern: [{value: special_measures, from: 2013-01-02}]}\n", "2013-01-01",
                ""); /* it does not hold yet */
}

static void what_can_never_be_settles_what_is_missing(void **state) {
    (void)state;
    struct portal p;
    struct policy_record record;
    struct arena scratch = {0};
    struct decided d;
    load(&p, "facts: {concern: special_measures}\n", "2013-01-01");
    assert_string_equal(said(&p), ""); /* no grade is recorded, and it can only be one */
    site_bind(&p.site, AUDIENCE_OFFICERS);
    record = record_of_school(p.site.schools[0]);
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    assert_int_equal(d.results[1].outputs[0].status, DECISION_SETTLED);
    assert_int_equal(d.results[1].outputs[0].candidates, VALUE_BIT(4)); /* 3C, of an inadequate school */
    portal_release(&p);
    arena_release(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_above_a_floor_is_nobodys_mistake),
        cmocka_unit_test(a_record_below_a_floor_of_its_day_is_an_error_at_its_line),
        cmocka_unit_test(a_plain_value_may_not_have_held_then),
        cmocka_unit_test(an_exemption_by_a_plain_type_may_not_have_held_then),
        cmocka_unit_test(a_chain_of_facts_is_looked_through_once),
        cmocka_unit_test(a_table_that_is_no_guide_allows_its_set_and_no_more),
        cmocka_unit_test(two_records_of_one_day_are_an_error),
        cmocka_unit_test(a_record_of_a_later_day_is_left_out_with_a_warning),
        cmocka_unit_test(a_history_that_jumps_a_minimum_stay_is_an_error),
        cmocka_unit_test(what_can_never_be_is_an_error_where_the_record_says_it),
        cmocka_unit_test(what_can_never_be_settles_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
