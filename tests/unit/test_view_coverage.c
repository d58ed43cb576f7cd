/* SPDX-License-Identifier: MIT */
/* test_view_coverage.c: the page of coverage in words and in its chart, and why schools are not covered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"
#include "svg_read.h"
#include "text.h"

#define FRAMEWORK                                                                                           \
    "coverage:\n  of: coverage.coverage\n  counted: coverage.counted\n  kinds: kind\n"                      \
    "  target: {day: 2026-05-01, words: Every school is in a partnership}\n"                                \
    "scales:\n  kind: {values: {hard: Hard, loose: Loose}, beside: {no_partnership: No partnership}}\n"     \
    "  role: {values: {member: Member, lead: Lead, associate: Associate}, beside: {no_role: No role}}\n"    \
    "  coverage: {values: {formal: Formal, associate: Associate only, alone: In none}}\n"                   \
    "facts:\n  school:\n"                                                                                   \
    "    kind: {label: Kind, scale: kind, from: partnership.kind, none: no_partnership, visible: public}\n" \
    "    role: {label: Role, scale: role, from: partnership.role, none: no_role, visible: public}\n"

#define POLICY                                                                                           \
    "---\ntitle: Coverage\n---\n\n## What counts\n\n<!-- decision: coverage\nlabel: Coverage\noutputs: " \
    "{coverage: {label: "                                                                                \
    "Coverage, scale: coverage}, counted: {label: Counted, type: yes/no}}\n-->\n\n"                      \
    "| Kind | Role | Coverage | Counted |\n|---|---|---|---|\n"                                          \
    "| Hard or Loose | Member or Lead | Formal | yes |\n"                                                \
    "| Hard or Loose | Associate or No role | Associate only | no |\n"                                   \
    "| No partnership | any | In none | no |\n"

#define PUPILS(count) "pupils: [{on: 2026-01-15, count: " count "}]\n"

static const struct {
    const char *path, *text;
} files[] = {
    {"content/framework.yaml", FRAMEWORK},
    {"content/policy/coverage.md", POLICY},
    {"content/partnerships/oak.md", "---\ntitle: Oak\nkind: hard\nstate: formed\nformed: 2014-09-01\n---\n"},
    {"content/partnerships/new.md",
     "---\ntitle: New\nkind: hard\nstate: proposed\naudience: officers\n---\n"},
    {"schools/ash.yaml", SCHOOL("900001", "Ash") PUPILS("200") "memberships: [{partnership: oak}]\n"},
    {"schools/bay.yaml",
     SCHOOL("900002", "Bay") PUPILS("90") "memberships: [{partnership: new, governing_body: agreed}]\n"},
    {"schools/cob.yaml",
     SCHOOL("900003", "Cob") PUPILS("10") "memberships: [{partnership: new, governing_body: not_asked}]\n"},
    {"schools/dun.yaml", SCHOOL("900004", "Dun") "memberships: [{partnership: new, role: associate}]\n"},
    {"schools/ely.yaml", SCHOOL("900005", "Ely")},
};

static void open_at(struct portal *p, const char *day) {
    portal_make(p);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        portal_put(p, files[i].path, files[i].text);
    portal_bind(p, day, AUDIENCE_OFFICERS);
}

static void what_is_not_known_of_some_makes_it_a_range(void **state) {
    (void)state;
    struct portal p;
    open_at(&p, "2026-05-01");
    struct str text = page(&p, NULL, "coverage.html");
    assert_has(text, "<strong>1 to 2 of 5 schools</strong> covered (20% to 40%)");
    assert_has(text, "<dt>All schools: 1 to 2 of 5</dt><dd>20% to 40<small>%</small></dd>");
    portal_release(&p);
}

/* Bars are as long as there are schools, of whatever size. */
static void the_chart_shows_schools_and_not_pupils(void **state) {
    (void)state;
    struct portal p;
    open_at(&p, "2026-05-01");
    struct str text = page(&p, NULL, "coverage.html");
    assert_has(text, "<desc id=\"coverage-d\">All schools 1 to 2 of 5</desc>");
    assert_int_equal(svg_count(text, "class=\"bar\" x=\"0\" y=\"27\" width=\"86\""), 1);
    assert_int_equal(svg_count(text, "class=\"may\" x=\"353\""), 1);
    portal_release(&p);
}

static void the_day_itself_is_a_day_that_is_left(void **state) {
    (void)state;
    struct portal p;
    open_at(&p, "2026-05-01");
    struct str text = page(&p, NULL, "coverage.html");
    assert_has(text, "<li>That is today.</li>");
    assert_has(text, "<dt>days left until 1 May 2026</dt><dd>0</dd>");
    portal_release(&p);
    open_at(&p, "2026-05-02");
    text = page(&p, NULL, "coverage.html");
    assert_has(text, "<li>That was 1 day ago.</li>");
    assert_lacks(text, "left until 1 May 2026");
    portal_release(&p);
}

static void one_proposal_is_spoken_of_as_one(void **state) {
    (void)state;
    struct portal p;
    open_at(&p, "2026-05-01");
    struct str text = page(&p, NULL, "coverage.html");
    assert_has(text,
               "If the proposal that is under way is formed, <strong>3 to 4 of 5 schools</strong> will be "
               "covered (60% to 80%).");
    portal_release(&p);
}

/* Who has not been asked has still to decide; an associate has nothing to decide. */
static void a_proposal_is_told_with_who_has_still_to_decide(void **state) {
    (void)state;
    struct portal p;
    open_at(&p, "2026-05-01");
    struct str text = page(&p, NULL, "coverage.html");
    assert_has(text, "<a href=\"partnerships/new.html\">New</a>; hard; formed, once Cob agrees</dd>");
    assert_has(text, "<dt>Associate of</dt><dd><a href=\"partnerships/new.html\">New</a>; hard</dd>");
    portal_release(&p);
}

static void as_many_as_a_page_holds_are_on_it(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/framework.yaml", FRAMEWORK);
    portal_put(&p, "content/policy/coverage.md", POLICY);
    for (int i = 0; i < PLAN_LIST_MAX; i++) {
        struct buf path = {.arena = &p.arena}, text = {.arena = &p.arena};
        buf_printf(&path, "schools/s%03d.yaml", i);
        buf_printf(&text,
                   "urn: \"%d\"\nname: School %03d\nphase: primary\ntype: community\n"
                   "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\nmemberships: []\n",
                   900000 + i, i);
        portal_put(&p, str_z(&p.arena, buf_str(&path)), str_z(&p.arena, buf_str(&text)));
    }
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_has(page(&p, NULL, "coverage.html"), "<h4><a href=\"schools/s000.html\">School 000</a></h4>");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_known_of_some_makes_it_a_range),
        cmocka_unit_test(the_chart_shows_schools_and_not_pupils),
        cmocka_unit_test(the_day_itself_is_a_day_that_is_left),
        cmocka_unit_test(one_proposal_is_spoken_of_as_one),
        cmocka_unit_test(a_proposal_is_told_with_who_has_still_to_decide),
        cmocka_unit_test(as_many_as_a_page_holds_are_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
