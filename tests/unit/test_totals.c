/* SPDX-License-Identifier: MIT */
/* test_totals.c: what schools are due together: by what, who is left out, and what totals cannot be made by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "caseload_fixture.h"
#include "policy/words.h"
#include "portal/caseload.h"
#include "portal/totals.h"

/* The portal of caseload_fixture.h, with `totals:` of these names. */
static void make(struct portal *p, const char *by, struct totals *out) {
    portal_categorise(p);
    struct str framework = str_join(&p->arena, STR(FRAMEWORK "totals: {by: ["), str_from(by), STR("]}\n"));
    portal_put(p, "content/framework.yaml", str_z(&p->arena, framework));
    portal_put(p, "content/clusters/brook.md", CLUSTER("Brook"));
    portal_put(p, "schools/hazel.yaml",
               SCHOOL("900007", "Hazel") "memberships: [{cluster: brook}]\nlink_officer: jo\n"
                                         "judgements: {sinking: no}\nfacts: {tint: blue}\n"
                                         "decisions:\n  category: [{value: amber, from: 2025-09-01}]\n");
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    totals_make(&p->site, caseload_make(&p->site, &p->arena), &p->arena, out);
}

/* "Blue: 1 school, 2; 2" and what is left out, of each row. */
static void print_total(struct buf *out, const struct totals *t, const struct totals_by *by,
                        const struct total *total) {
    buf_add(out, total->label);
    if (!total->label.len && by)
        words_values(out, by->variable, total->answer);
    buf_printf(out, ": %zu", total->schools);
    for (size_t i = 0; i < t->quantity_count && total->quantities; i++) {
        buf_add(out, i ? STR(" | ") : STR(" = "));
        quantity_sum_print(out, &total->quantities[i].sum);
        if (total->quantities[i].undetermined)
            buf_printf(out, " (%zu open)", total->quantities[i].undetermined);
    }
    if (total->suggested || total->open || total->not_applicable)
        buf_printf(out, ", left out %zu/%zu/%zu", total->suggested, total->open, total->not_applicable);
}

static const char *printed(struct portal *p, const struct totals *t, const char *id) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < t->by_count; i++)
        for (size_t j = 0; str_eq(t->by[i].id, str_from(id)) && j < t->by[i].count; j++) {
            buf_add(&out, out.len ? STR("\n") : STR(""));
            print_total(&out, t, &t->by[i], &t->by[i].rows[j]);
        }
    if (!*id)
        print_total(&out, t, NULL, &t->all);
    return str_z(&p->arena, buf_str(&out));
}

/* Vector: a suggestion that nobody agreed is shown as that, and kept out of the totals of what is agreed. */
static void what_is_not_agreed_is_kept_out_and_counted_beside(void **state) {
    (void)state;
    struct portal p;
    struct totals t;
    make(&p, "", &t);
    assert_string_equal(printed(&p, &t, ""), ": 4 = 8 plus 2 to be agreed | 2, left out 1/1/0");
    assert_string_equal(printed(&p, &t, "category"),
                        "Blue: 1 = 2 | 2\nAmber: 1 = 6 | none\nRed: 2 = 2 to be agreed | none");
    portal_release(&p);
}

static void every_table_adds_up_to_the_same(void **state) {
    (void)state;
    struct portal p;
    struct totals t;
    make(&p, "", &t);
    assert_int_equal(t.by_count, 4);
    assert_string_equal(printed(&p, &t, "phase"), "Primary: 4 = 8 plus 2 to be agreed | 2, left out 1/1/0");
    assert_string_equal(printed(&p, &t, "cluster"),
                        "Brook: 1 = 6 | none\n"
                        "In no cluster: 3 = 2 plus 2 to be agreed | 2, left out 1/1/0");
    assert_string_equal(printed(&p, &t, "officer"),
                        "Jo: 4 = 8 plus 2 to be agreed | 2\nNo link officer: 0, left out 1/1/0");
    assert_ptr_equal(t.by[2].rows[0].page, site_page(&p.site, CONTENT_CLUSTER, STR("brook")));
    portal_release(&p);
}

static void the_framework_names_more(void **state) {
    (void)state;
    struct portal p;
    struct totals t;
    make(&p, "Sixth form, sinking, Special, category", &t); /* the category is there already */
    assert_int_equal(t.by_count, 7);
    assert_string_equal(printed(&p, &t, "sixth_form"),
                        "no: 3 = 6 plus 2 to be agreed | none, left out 1/1/0\n"
                        "yes: 1 = 2 | 2");
    assert_string_equal(printed(&p, &t, "sinking"),
                        "no: 4 = 8 plus 2 to be agreed | 2, left out 1/0/0\nNot known: 0, left out 0/1/0");
    assert_string_equal(printed(&p, &t, "sixth.special"),
                        "no: 3 = 6 plus 2 to be agreed | none, left out 1/1/0\n"
                        "yes: 1 = 2 | 2");
    portal_release(&p);
}

/* Silence that means none is told apart from what is not known. */
static void none_of_a_scale_is_a_row_of_its_own(void **state) {
    (void)state;
    struct portal p;
    struct totals t;
    make(&p, "tint", &t);
    assert_string_equal(printed(&p, &t, "tint"),
                        "Blue: 1 = 6 | none\nNone: 3 = 2 plus 2 to be agreed | 2, left out 1/1/0");
    portal_release(&p);
}

static void yes_and_no_are_counted_of_every_open_school(void **state) {
    (void)state;
    struct portal p;
    struct totals t;
    make(&p, "", &t);
    assert_int_equal(t.yes_count, 1);
    assert_int_equal(t.all.yes[0].yes, 1);
    assert_int_equal(t.all.yes[0].no, 5);
    assert_int_equal(t.all.yes[0].open, 0);
    assert_int_equal(t.by[1].rows[0].yes[0].no, 5);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_agreed_is_kept_out_and_counted_beside),
        cmocka_unit_test(every_table_adds_up_to_the_same),
        cmocka_unit_test(the_framework_names_more),
        cmocka_unit_test(none_of_a_scale_is_a_row_of_its_own),
        cmocka_unit_test(yes_and_no_are_counted_of_every_open_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
