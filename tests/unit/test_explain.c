/* SPDX-License-Identifier: MIT */
/* test_explain.c: the tree that says why: places line by line, verdicts, what is recorded, missing, automatic, and why not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "portal/explain.h"
#include "portal_fixture.h"

static const char framework[] =
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  category: {values: {green: Green, amber: Amber, red: Red}, last: worst}\n"
    "  ofsted: {values: {ri: RI, good: Good}, last: best, same: {requires_improvement: ri}}\n"
    "facts:\n  school:\n"
    "    grade: {label: Ofsted grade, scale: ofsted, from: inspections.overall}\n"
    "    weak: {label: Weak, type: yes/no}\n"
    "    score: {label: Score, type: number}\n"
    "    failing: {label: Failing, type: yes/no, missing: no}\n"
    "    under: {label: Under the line, type: yes/no, is: score < 65}\n";

/* The lines are counted: the directive of `category` stands in line 7, its first row in line 17. */
static const char policy[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: category\n"
    "label: School category\n"
    "hit: guide\n"
    "id: Row\n"
    "outputs: {category: category}\n"
    "stands: when recorded\n"
    "-->\n\n"
    "| Row | When | Category |\n|---|---|---|\n"
    "| good | Ofsted grade: Good | green |\n"
    "| weak | Weak | amber |\n"
    "| failing | Failing | at least red |\n\n"
    "<!-- decision: band\nid: Row\noutputs:\n  band: {label: Band, scale: category}\n"
    "  note: {label: Note, type: text}\n-->\n\n"
    "| Row | Score | Weak | Band | Note |\n|---|---|---|---|---|\n"
    "| low | below 65 | | amber | look |\n"
    "| high | 65 to 100 | no | green | fine |\n"
    "| high, weak | 65 to 100 | yes | amber | look |\n"
    "| *otherwise* | | | red | not determined |\n\n"
    "<!-- check: rules\nid: Row\nmust: [Must have]\n"
    "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"
    "| Row | Must have | If not |\n|---|---|---|\n| line | not Under the line | breach |\n";

struct told {
    struct portal p;
    struct arena scratch;
    struct decided decided;
    struct value tree;
};

static void tell(struct told *t, const char *school, enum audience audience) {
    *t = (struct told){0};
    portal_make(&t->p);
    portal_put(&t->p, "content/framework.yaml", framework);
    portal_put(&t->p, "content/policy/rules.md", policy);
    portal_put(&t->p, "schools/ash.yaml",
               str_z(&t->p.arena, str_join(&t->p.arena, STR(SCHOOL("900001", "Ash")), str_from(school))));
    portal_bind(&t->p, "2026-05-01", audience);
    struct policy_record record = record_of_school(t->p.site.schools[0]);
    assert_true(decided_run(&t->p.site, &record, t->p.site.as_of, &t->p.arena, &t->scratch, &t->decided));
    t->tree = explain_record(&t->decided, (struct str){0}, &t->p.arena, &t->scratch);
}

static void release(struct told *t) {
    portal_release(&t->p);
    arena_release(&t->scratch);
}

/* The words at a path of keys and numbers: "decisions.0.rows.1.verdict"; "-" where there is nothing. */
static const char *at(struct told *t, const char *path) {
    struct str rest = str_from(path), part;
    const struct value *v = &t->tree;
    while (v && str_cut(&rest, '.', &part)) {
        struct decimal n;
        int64_t i;
        if (v->kind == VALUE_LIST && decimal_parse(part, &n) && decimal_to_int64(n, &i))
            v = (uint32_t)i < v->count ? &v->items[i] : NULL;
        else
            v = value_get(v, part);
    }
    if (!v || v->kind == VALUE_NULL)
        return "-";
    if (v->kind == VALUE_BOOL)
        return v->truth ? "true" : "false";
    if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
        return str_z(&t->p.arena, str_whole(&t->p.arena, v->count));
    return str_z(&t->p.arena, value_str(v));
}

static void assert_at(struct told *t, const char *path, const char *expected, int line) {
    if (strcmp(at(t, path), expected) != 0)
        fail_msg("line %d: %s is \"%s\", and not \"%s\"", line, path, at(t, path), expected);
}
#define is(path, expected) assert_at(&t, (path), (expected), __LINE__)

#define RECORD                                                           \
    "inspections: [{date: 2024-03-05, framework: eif, overall: good}]\n" \
    "facts:\n  weak: [{value: yes, from: 2025-01-10, by: A. Partner, note: two posts}]\n  score: 65\n"

static void a_record_is_told_with_the_place_of_each_fact(void **state) {
    (void)state;
    struct told t;
    tell(&t, RECORD, AUDIENCE_OFFICERS);
    is("kind", "school");
    is("school", "ash");
    is("name", "Ash");
    is("as_of", "2026-05-01");
    is("audience", "officers");
    is("page", "schools/ash.yaml");
    is("facts", "5");
    is("facts.0.id", "grade");
    is("facts.0.label", "Ofsted grade");
    is("facts.0.value", "Good");
    is("facts.0.page", "schools/ash.yaml");
    is("facts.0.line", "6");
    is("facts.0.missing", "false");
    is("facts.0.since", "2024-03-05");
    is("facts.1.id", "weak");
    is("facts.1.line", "8");
    is("facts.1.by", "A. Partner");
    is("facts.1.note", "two posts");
    is("facts.1.since", "2025-01-10");
    is("facts.2.id", "failing");
    is("facts.2.value", "no");
    is("facts.2.presumed", "true");
    is("facts.3.id", "score");
    is("facts.3.value", "65");
    is("facts.3.line", "9");
    is("facts.4.id", "under");
    is("facts.4.derived", "true");
    is("facts.4.value", "no");
    release(&t);
}

static void a_decision_is_told_with_its_rows_and_their_lines(void **state) {
    (void)state;
    struct told t;
    tell(&t, RECORD, AUDIENCE_OFFICERS);
    is("decisions", "2");
    is("decisions.0.id", "category");
    is("decisions.0.label", "School category");
    is("decisions.0.status", "candidates");
    is("decisions.0.page", "content/policy/rules.md");
    is("decisions.0.line", "7");
    is("decisions.0.href", "policy/rules.html#table-1");
    is("decisions.0.value.category", "-");
    is("decisions.0.candidates.category.0", "Green");
    is("decisions.0.candidates.category.1", "Amber");
    is("decisions.0.suggestion.category", "Amber");
    is("decisions.0.recorded.category", "-");
    is("decisions.0.stands.category", "not determined"); /* suggested, and not agreed */
    is("decisions.0.when_recorded", "true");
    is("decisions.0.missing", "0");
    is("decisions.0.rows", "3");
    is("decisions.0.rows.0.id", "good");
    is("decisions.0.rows.0.line", "17");
    is("decisions.0.rows.0.page", "content/policy/rules.md");
    is("decisions.0.rows.0.href", "policy/rules.html#category-good");
    is("decisions.0.rows.0.verdict", "decides");
    is("decisions.0.rows.0.force", "criterion");
    is("decisions.0.rows.0.because", "Ofsted grade: Good");
    is("decisions.0.rows.0.answer", "Category: green");
    is("decisions.0.rows.0.cells", "1");
    is("decisions.0.rows.0.cells.0.column", "When");
    is("decisions.0.rows.0.cells.0.text", "Ofsted grade: Good");
    is("decisions.0.rows.0.cells.0.verdict", "holds");
    is("decisions.0.rows.0.cells.0.found", "Ofsted grade: Good");
    is("decisions.0.rows.1.line", "18");
    is("decisions.0.rows.2.line", "19");
    is("decisions.0.rows.2.verdict", "fails");
    is("decisions.0.rows.2.force", "bounds");
    is("decisions.1.status", "settled");
    is("decisions.1.value.band", "Amber");
    is("decisions.1.value.note", "look");
    is("decisions.1.rows.0.verdict", "fails");
    is("decisions.1.rows.0.because", "Score: 65, not below 65");
    is("decisions.1.rows.1.verdict", "fails");
    is("decisions.1.rows.2.verdict", "decides");
    is("decisions.1.rows.2.force", "row");
    is("decisions.1.rows.3.verdict", "later");
    is("checks.0.id", "rules");
    is("checks.0.verdict", "passes");
    is("checks.0.rows.0.state", "met");
    is("checks.0.rows.0.breach", "true");
    release(&t);
}

/* */
static void what_was_agreed_against_the_suggestion_stands_beside_it(void **state) {
    (void)state;
    struct told t;
    tell(&t,
         RECORD "decisions:\n  category:\n    - {value: green, from: 2025-09-20, how: agreed, by: Head of "
                "Service, reason: "
                "a new head, note: see minutes}\n",
         AUDIENCE_OFFICERS);
    is("decisions.0.status", "candidates");
    is("decisions.0.suggestion.category", "Amber");
    is("decisions.0.recorded.category.value", "Green");
    is("decisions.0.recorded.category.from", "2025-09-20");
    is("decisions.0.recorded.category.how", "agreed");
    is("decisions.0.recorded.category.by", "Head of Service");
    is("decisions.0.recorded.category.reason", "a new head");
    is("decisions.0.recorded.category.note", "see minutes");
    is("decisions.0.recorded.category.page", "schools/ash.yaml");
    is("decisions.0.recorded.category.line", "12");
    is("decisions.0.stands.category", "Green");
    is("decisions.0.outputs.0.differs", "true");
    is("decisions.0.outputs.0.automatic", "-");
    is("decisions.0.rows.1.verdict", "decides");
    release(&t);
}

static void a_floor_that_nobody_recorded_is_automatic_since_its_day(void **state) {
    (void)state;
    struct told t;
    tell(&t,
         "facts: {failing: [{value: yes, from: 2026-02-03}], weak: no}\n"
         "decisions: {category: [{value: amber, from: 2025-09-20}]}\n",
         AUDIENCE_OFFICERS);
    is("decisions.0.outputs.0.automatic.value", "Red");
    is("decisions.0.outputs.0.automatic.since", "2026-02-03");
    is("decisions.0.outputs.0.recorded.value", "Amber");
    is("decisions.0.stands.category", "Red");
    is("decisions.0.rows.2.force", "bounds");
    is("decisions.0.rows.2.verdict", "decides");
    release(&t);
}

static void what_is_missing_is_told_with_what_it_would_settle(void **state) {
    (void)state;
    struct told t;
    tell(&t, "facts: {score: 70}\n", AUDIENCE_OFFICERS);
    is("decisions.1.status", "candidates");
    is("decisions.1.rows.1.verdict", "not known");
    is("decisions.1.rows.1.cells.1.verdict", "not known");
    is("decisions.1.missing", "1");
    is("decisions.1.missing.0.id", "weak");
    is("decisions.1.missing.0.label", "Weak");
    is("decisions.1.missing.0.if", "2");
    is("decisions.1.missing.0.if.0.value", "no");
    is("decisions.1.missing.0.if.0.then", "Green; fine");
    is("decisions.1.missing.0.if.1.value", "yes");
    is("decisions.1.missing.0.if.1.then", "Amber; look");
    is("facts.1.id", "weak");
    is("facts.1.missing", "true");
    is("facts.1.given", "not recorded");
    is("checks.0.verdict", "passes");
    release(&t);
    tell(&t, "", AUDIENCE_OFFICERS);
    is("checks.0.verdict", "not known");
    is("checks.0.rows.0.state", "not known");
    release(&t);
}

/* The status of a decision is that of the output that is known least. */
static void a_decision_is_as_settled_as_its_least_settled_output(void **state) {
    (void)state;
    struct told t;
    tell(&t, "facts: {score: 101}\n", AUDIENCE_OFFICERS); /* otherwise */
    is("decisions.1.status", "undetermined");
    is("decisions.1.outputs.0.status", "settled");
    is("decisions.1.outputs.1.status", "undetermined");
    release(&t);
}

static void lower_audiences_are_told_what_they_may_see(void **state) {
    (void)state;
    struct told t;
    tell(&t, RECORD "decisions: {category: [{value: red, from: 2025-09-20, note: secret}]}\n",
         AUDIENCE_PUBLIC);
    is("audience", "public");
    is("decisions.0.recorded.category", "-");
    is("facts.1.id", "weak");
    is("facts.1.given", "not for this audience");
    is("facts.1.by", "-");
    is("facts.1.line", "-");
    release(&t);
}

static void one_decision_is_told_alone(void **state) {
    (void)state;
    struct told t;
    tell(&t, RECORD, AUDIENCE_OFFICERS);
    t.tree = explain_record(&t.decided, STR("band"), &t.p.arena, &t.scratch);
    is("decisions", "1");
    is("decisions.0.id", "band");
    is("checks", "0");
    is("facts", "2");
    t.tree = explain_record(&t.decided, STR("rules"), &t.p.arena, &t.scratch);
    is("decisions", "0");
    is("checks", "1");
    release(&t);
}

/* ---- why not ---- */

static void why_not_names_what_each_row_would_have_needed_nearest_first(void **state) {
    (void)state;
    struct told t;
    tell(&t, "facts: {score: 60.5, weak: yes}\n", AUDIENCE_OFFICERS);
    t.tree = explain_why_not(&t.decided, STR("band"), STR("green"), &t.p.arena, &t.scratch);
    assert_int_equal(t.tree.count, 1);
    is("0.decision", "Band");
    is("0.output", "Band");
    is("0.value", "Green");
    is("0.rows", "1");
    is("0.rows.0.id", "high");
    is("0.rows.0.needs", "2");
    is("0.rows.0.needs.0.column", "Score");
    is("0.rows.0.needs.0.text", "65 to 100");
    is("0.rows.0.needs.0.found", "Score: 60.5");
    is("0.rows.0.needs.0.short_by", "4.5");
    is("0.rows.0.needs.1.column", "Weak");
    is("0.rows.0.needs.1.short_by", "-");
    t.tree = explain_why_not(&t.decided, STR("band"), STR("Amber"), &t.p.arena, &t.scratch);
    is("0.rows", "2");
    is("0.rows.0.id", "low"); /* it holds */
    is("0.rows.0.needs", "0");
    is("0.rows.1.id", "high-weak");
    is("0.rows.1.needs", "1");
    t.tree = explain_why_not(&t.decided, (struct str){0}, STR("red"), &t.p.arena, &t.scratch);
    is("0.decision", "School category");
    is("0.rows.0.needs.0.found", "Failing: no");
    t.tree = explain_why_not(&t.decided, (struct str){0}, STR("purple"), &t.p.arena, &t.scratch);
    assert_int_equal(t.tree.count, 0);
    release(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_told_with_the_place_of_each_fact),
        cmocka_unit_test(a_decision_is_told_with_its_rows_and_their_lines),
        cmocka_unit_test(what_was_agreed_against_the_suggestion_stands_beside_it),
        cmocka_unit_test(a_floor_that_nobody_recorded_is_automatic_since_its_day),
        cmocka_unit_test(what_is_missing_is_told_with_what_it_would_settle),
        cmocka_unit_test(a_decision_is_as_settled_as_its_least_settled_output),
        cmocka_unit_test(lower_audiences_are_told_what_they_may_see),
        cmocka_unit_test(one_decision_is_told_alone),
        cmocka_unit_test(why_not_names_what_each_row_would_have_needed_nearest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
