/* SPDX-License-Identifier: MIT */
/* test_trace.c: what filters and quantifiers made of each item. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "partnership_fixture.h"
#include "policy/expression.h"
#include "policy/trace.h"

static const struct group_school three[] = {
    {"alder", "Alder", ", role: lead", "religious_character: rc\nfacts: {at_risk: no, objects: yes}\n"},
    {"birch", "Birch", "", "facts: {at_risk: yes}\n"},
    {"cedar", "Cedar", "", "religious_character: rc\n"},
};

static void add_traces(struct buf *out, const struct trace *traces, size_t count) {
    static const char *const truths[] = {[TRUTH_NO] = "no", [TRUTH_YES] = "yes", [TRUTH_MAYBE] = "maybe"};
    for (size_t i = 0; i < count; i++) {
        buf_lit(out, "[");
        for (size_t j = 0; j < traces[i].count; j++) {
            const struct trace_item *item = &traces[i].items[j];
            for (size_t k = 0; k < item->count; k++)
                buf_printf(out, "%s" STR_FMT, j || k ? " " : "",
                           STR_ARG(item->subjects[k] ? item->subjects[k]->label : STR("-")));
            buf_printf(out, " %s%s", truths[item->truth], item->possible ? "?" : "");
            add_traces(out, item->inner, item->inner_count);
        }
        buf_lit(out, "]");
    }
}

/* The traces of an expression about the partnership. */
static void assert_traced(const char *text, const char *expected) {
    struct portal p;
    struct arena scratch = {0};
    struct decided d;
    struct state state;
    const struct trace *traces;
    const struct variable **reads;
    size_t read_count;
    group_put(&p, GROUP_PROPOSED, three, 3);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct policy_record record = record_of_page(p.site.pages[CONTENT_PARTNERSHIP].items[0]);
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    struct policy_kind *kind = policy_kind(&p.site.policy, STR("partnership"));
    const struct feel_node *node = expression_value(&p.site.policy, kind, str_from(text), (struct place){0},
                                                    &reads, &read_count, &p.diags);
    assert_non_null(node);
    state_init(&state, &d.subject, &scratch);
    size_t count = trace_expression(&state, node, &p.arena, &traces);
    struct buf out = {.arena = &p.arena};
    add_traces(&out, traces, count);
    assert_string_equal(str_z(&p.arena, buf_str(&out)), expected);
    portal_release(&p);
    arena_release(&scratch);
}

static void a_filter_says_of_each_item_whether_it_is_kept(void **state) {
    (void)state;
    assert_traced("count(members[concern])", "[Alder no Birch yes Cedar maybe]");
    assert_traced("count(members[concern]) + count(members[faith = \"rc\"])",
                  "[Alder no Birch yes Cedar maybe][Alder yes Birch no Cedar yes]");
}

/* `standing` is a filter too, but it has a name: that can be traced by itself. */
static void names_are_not_gone_into(void **state) {
    (void)state;
    assert_traced("count(standing)", "");
    assert_traced("3 * concerns <= size", "");
}

static void an_item_that_may_not_be_there_is_marked(void **state) {
    (void)state;
    assert_traced("count(members[concern][faith = \"rc\"])",
                  "[Alder no Birch yes Cedar maybe][Birch no Cedar yes?]");
}

/* Evaluating would stop at the first that settles it; who explains wants the others as well. */
static void quantifiers_go_to_the_end(void **state) {
    (void)state;
    assert_traced("every m in members satisfies m.faith = \"none\"", "[Alder no Birch yes Cedar no]");
    assert_traced("some m in members satisfies m.faith = \"rc\"", "[Alder yes Birch no Cedar yes]");
}

static void what_is_asked_for_the_sake_of_an_item_lies_in_it(void **state) {
    (void)state;
    assert_traced(
        "every m in members satisfies not(m.objects) or (every o in members satisfies o.faith = m.faith)",
        "[Alder no[Alder yes Birch no Cedar yes] Birch yes Cedar yes]");
}

static void two_variables_are_asked_in_pairs(void **state) {
    (void)state;
    assert_traced(
        "some a in members, b in members satisfies a.at_risk and b.objects",
        "[Alder Alder no Alder Birch no Alder Cedar no Birch Alder yes Birch Birch no Birch Cedar no "
        "Cedar Alder maybe Cedar Birch no Cedar Cedar no]");
}

/* "at_risk; objects": what the condition of the one trace of an expression reads of each of its variables. */
static void assert_fields(const char *text, const char *expected) {
    struct portal p;
    struct arena scratch = {0};
    struct decided d;
    struct state state;
    const struct trace *traces;
    const struct variable **reads;
    size_t read_count;
    group_put(&p, GROUP_PROPOSED, three, 3);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    struct policy_record record = record_of_page(p.site.pages[CONTENT_PARTNERSHIP].items[0]);
    assert_true(decided_run(&p.site, &record, p.site.as_of, &p.arena, &scratch, &d));
    struct policy_kind *kind = policy_kind(&p.site.policy, STR("partnership"));
    const struct feel_node *node = expression_value(&p.site.policy, kind, str_from(text), (struct place){0},
                                                    &reads, &read_count, &p.diags);
    state_init(&state, &d.subject, &scratch);
    assert_int_equal(trace_expression(&state, node, &p.arena, &traces), 1);
    struct buf out = {.arena = &p.arena};
    const struct trace_item *item = &traces[0].items[0];
    for (size_t i = 0; i < item->count; i++) {
        struct trace_field fields[TRACE_FIELDS_MAX];
        size_t count = trace_fields(&traces[0], i, item->subjects[i], fields);
        buf_add(&out, i ? STR(";") : STR(""));
        for (size_t j = 0; j < count; j++)
            buf_printf(&out, " " STR_FMT, STR_ARG(fields[j].variable->id));
    }
    assert_string_equal(str_z(&p.arena, buf_str(&out)), expected);
    portal_release(&p);
    arena_release(&scratch);
}

static void each_variable_has_its_own_fields(void **state) {
    (void)state;
    assert_fields("some a in members, b in members satisfies a.at_risk and (b.objects or b.faith = a.faith)",
                  " at_risk faith; objects faith");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filter_says_of_each_item_whether_it_is_kept),
        cmocka_unit_test(names_are_not_gone_into),
        cmocka_unit_test(an_item_that_may_not_be_there_is_marked),
        cmocka_unit_test(quantifiers_go_to_the_end),
        cmocka_unit_test(what_is_asked_for_the_sake_of_an_item_lies_in_it),
        cmocka_unit_test(two_variables_are_asked_in_pairs),
        cmocka_unit_test(each_variable_has_its_own_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
