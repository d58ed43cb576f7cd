/* SPDX-License-Identifier: MIT */
/* test_catches.c: how many records each row catches, certainly and perhaps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "portal/catches.h"
#include "portal_fixture.h"

static const char framework[] =
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  category: {values: {green: Green, amber: Amber, red: Red}, last: worst}\n"
    "facts:\n  school:\n"
    "    weak: {label: Weak, type: yes/no, visible: public}\n"
    "    poor: {label: Poor, type: yes/no, missing: no, visible: officers}\n"
    "    size: {label: Size, type: number, visible: public}\n"
    "    large: {label: Large, type: yes/no, is: size > 100}\n"
    "never:\n  school:\n    - {when: {Weak: 'no', Poor: 'yes'}, because: who is poor is weak}\n";

/* One school of which all is known, one of which nothing is, one that is both, and one that is closed. */
static void put_schools(struct portal *p) {
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {weak: no, size: 90}\n");
    portal_put(p, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(p, "schools/cedar.yaml",
               SCHOOL("900003", "Cedar") "facts: {weak: yes, poor: yes, size: 120}\n");
    portal_put(
        p, "schools/dale.yaml",
        SCHOOL("900004", "Dale") "status: closed\nclosed: 2024-08-31\nfacts: {weak: yes, poor: yes}\n");
}

static void make(struct portal *p, const char *tables, enum audience audience) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/rules.md",
               str_z(&p->arena, str_join(&p->arena, STR("---\ntitle: Rules\n---\n\n"), str_from(tables))));
    put_schools(p);
    portal_bind(p, "2026-05-01", audience);
}

/* "weak 1+1 decides 0+1" of each row; of a check "held 2+0 broken 1 unknown 0". */
static const char *said(struct portal *p, const char *id) {
    const struct decision *d = policy_decision(&p->site.policy, str_from(id));
    struct buf out = {.arena = &p->arena};
    struct catches c;
    if (!catches_of(&p->site, d, &p->arena, &c))
        return "nothing";
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row_catch *r = &c.rows[i];
        if (d->rows[i]->marker)
            continue;
        buf_printf(&out, "%s" STR_FMT " %zu+%zu ", out.len ? ", " : "", STR_ARG(d->rows[i]->label),
                   r->holds[TRUTH_YES], r->holds[TRUTH_MAYBE]);
        if (d->kind == TABLE_CHECK)
            buf_printf(&out, "broken %zu+%zu", r->not_met, r->not_known);
        else
            buf_printf(&out, "decides %zu+%zu", r->decides[TRUTH_YES], r->decides[TRUTH_MAYBE]);
    }
    return str_z(&p->arena, buf_str(&out));
}

static void assert_catches(const char *tables, enum audience audience, const char *id, const char *expected) {
    struct portal p;
    make(&p, tables, audience);
    assert_string_equal(said(&p, id), expected);
    portal_release(&p);
}

#define WEAKNESS                                                                             \
    "<!-- decision: category\nid: Row\nhit: priority\nvisible: public\noutputs: {category: " \
    "category}\n-->\n\n"                                                                     \
    "| Row | Weak | Poor | Category |\n|---|---|---|---|\n"                                  \
    "| fine | no | | Green |\n| weak | yes | | Amber |\n| poor | | yes | Red |\n"

/* Cedar is weak and poor: both rows hold, and the one that ranks higher decides. */
static void what_is_known_is_caught_and_what_is_not_perhaps(void **state) {
    (void)state;
    assert_catches(WEAKNESS, AUDIENCE_OFFICERS, "category",
                   "fine 1+1 decides 1+1, weak 1+1 decides 0+1, poor 1+0 decides 1+0");
}

static void what_the_audience_may_not_see_is_not_known(void **state) {
    (void)state;
    assert_catches(WEAKNESS, AUDIENCE_PUBLIC, "category",
                   "fine 1+1 decides 1+1, weak 1+1 decides 0+2, poor 0+2 decides 0+2");
}

static void a_decision_that_is_not_for_the_audience_gives_nothing(void **state) {
    (void)state;
    assert_catches(
        "<!-- decision: category\nid: Row\nvisible: officers\noutputs: {category: category}\n-->\n\n"
        "| Row | Weak | Category |\n|---|---|---|\n| fine | no | Green |\n| weak | yes | Amber |\n",
        AUDIENCE_PUBLIC, "category", "nothing");
}

static void a_row_of_a_later_tier_holds_for_all_and_decides_what_is_left(void **state) {
    (void)state;
    assert_catches("<!-- decision: category\noutputs: {category: category}\n-->\n\n"
                   "| Weak | Category |\n|---|---|\n| yes | Amber |\n| otherwise | Green |\n",
                   AUDIENCE_OFFICERS, "category", "yes 1+1 decides 1+1, otherwise 3+0 decides 1+1");
}

static void every_row_of_a_guide_that_holds_decides(void **state) {
    (void)state;
    assert_catches("<!-- decision: category\nid: Row\nhit: guide\noutputs: {category: category}\n-->\n\n"
                   "| Row | Weak | Poor | Category |\n|---|---|---|---|\n"
                   "| all | | | Green |\n| weak | yes | | Amber |\n| poor | | yes | at least Red |\n",
                   AUDIENCE_OFFICERS, "category",
                   "all 3+0 decides 3+0, weak 1+1 decides 1+1, poor 1+0 decides 1+0");
}

static void a_check_says_whom_it_concerns_and_who_does_not_meet_it(void **state) {
    (void)state;
    assert_catches(
        "<!-- check: rules\nid: Row\nmust: [Must have]\noutputs: {strength: {label: If not, scale: "
        "strength}}\n-->\n\n| Row | Weak | Must have | If not |\n|---|---|---|---|\n"
        "| strong | | not Weak | breach |\n| good | yes | not Poor | advice |\n",
        AUDIENCE_OFFICERS, "rules", "strong 3+0 broken 1+1, good 1+1 broken 1+0");
}

/* A number is read from the record, and not from the masks that are kept of each school. */
static void an_expression_over_numbers_is_worked_out(void **state) {
    (void)state;
    assert_catches(
        "<!-- decision: category\nid: Row\noutputs: {category: category}\n-->\n\n"
        "| Row | Large | Category |\n|---|---|---|\n| small | no | Green |\n| large | yes | Red |\n",
        AUDIENCE_OFFICERS, "category", "small 1+1 decides 1+1, large 1+1 decides 1+1");
}

/* Ash is not weak, so it cannot be poor, although nobody may see that. */
static void what_cannot_be_together_is_not_counted_as_possible(void **state) {
    (void)state;
    assert_catches("<!-- decision: category\nid: Row\nvisible: public\noutputs: {category: category}\n-->\n\n"
                   "| Row | Weak | Poor | Category |\n|---|---|---|---|\n| b | yes | | Red |\n"
                   "| c | no | no | Green |\n",
                   AUDIENCE_PUBLIC, "category", "b 1+1 decides 1+1, c 1+1 decides 1+1");
}

static void add_words(struct buf *out, const struct value *row, const char *const *keys) {
    for (; *keys; keys++) {
        const struct value *v = value_at(row, *keys);
        buf_printf(out, STR_FMT " ", STR_ARG(v ? value_str(v) : STR("-")));
    }
}

static void the_tables_of_a_page_are_told_as_they_stand(void **state) {
    (void)state;
    static const char *const of_table[] = {"ordinal", "id", "kind", "records", NULL};
    static const char *const of_row[] = {"address", "line",       "holds", "may_hold",
                                         "decides", "may_decide", "among", NULL};
    struct portal p;
    make(&p,
         "## A\n\n" WEAKNESS "\n<!-- measures: aims\n-->\n\n| Measure | Counts | Value |\n|---|---|---|\n"
         "| Weak schools | Weak: yes | |\n| Hope | | 3 of 4 |\n",
         AUDIENCE_OFFICERS);
    struct buf out = {.arena = &p.arena};
    struct value tables = catches_page(&p.site, site_page(&p.site, CONTENT_POLICY, STR("rules")), &p.arena);
    for (uint32_t i = 0; i < tables.count; i++) {
        const struct value *rows = value_at(&tables.items[i], "rows");
        add_words(&out, &tables.items[i], of_table);
        for (uint32_t j = 0; j < rows->count; j++) {
            buf_lit(&out, "\n");
            add_words(&out, &rows->items[j], of_row);
        }
        buf_lit(&out, "\n");
    }
    assert_string_equal(str_z(&p.arena, buf_str(&out)),
                        "1 category decision 3 \ncategory-fine 16 1 1 1 1 - \ncategory-weak 17 1 1 0 1 - \n"
                        "category-poor 18 1 0 1 0 - \n2 aims measures 3 \naims-weak-schools 25 1 1 - - 3 \n"
                        "aims-hope 26 - - - - - \n");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_caught_and_what_is_not_perhaps),
        cmocka_unit_test(what_the_audience_may_not_see_is_not_known),
        cmocka_unit_test(a_decision_that_is_not_for_the_audience_gives_nothing),
        cmocka_unit_test(a_row_of_a_later_tier_holds_for_all_and_decides_what_is_left),
        cmocka_unit_test(every_row_of_a_guide_that_holds_decides),
        cmocka_unit_test(a_check_says_whom_it_concerns_and_who_does_not_meet_it),
        cmocka_unit_test(an_expression_over_numbers_is_worked_out),
        cmocka_unit_test(what_cannot_be_together_is_not_counted_as_possible),
        cmocka_unit_test(the_tables_of_a_page_are_told_as_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
