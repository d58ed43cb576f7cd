/* SPDX-License-Identifier: MIT */
/* test_consent.c: who has still to agree, and what becomes of the rest without them (BAR-45 to BAR-48). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "partnership_fixture.h"
#include "portal/consent.h"

#define NO "facts: {at_risk: no}\n"
#define YES "facts: {at_risk: yes}\n"
#define PAGE_OF(kind, state) "---\ntitle: Brook\nkind: " kind "\nstate: " state "\naudience: officers\n---\n"

static void add_run(struct buf *out, const struct consent_run *run) {
    buf_printf(out, "%zu [" STR_FMT "] " STR_FMT, run->members, STR_ARG(run->outcome),
               STR_ARG(consent_rest_words(run, out->arena)));
}

/* "2 outstanding, 0 declined; now 4 [Proposed] ...; Dogwood: 3 [Not with these] ...; next Formed, once Dogwood agrees" */
static void assert_consent(const char *page, const struct group_school *schools, size_t count,
                           enum audience audience, const char *expected) {
    struct portal p;
    struct arena scratch = {0};
    struct consent consent;
    group_put(&p, page, schools, count);
    portal_bind(&p, "2026-05-01", audience);
    consent_of(&p.site, p.site.pages[CONTENT_PARTNERSHIP].items[0], &p.arena, &scratch, &consent);
    struct buf out = {.arena = &p.arena};
    buf_printf(&out, "%zu outstanding, %zu declined; now ", consent.outstanding, consent.declined);
    add_run(&out, &consent.now);
    for (size_t i = 0; i < consent.count; i++) {
        if (consent.members[i].answer != CONSENT_OUTSTANDING)
            continue;
        buf_printf(&out, "; " STR_FMT ": ", STR_ARG(consent.members[i].membership->school->name));
        add_run(&out, &consent.members[i].declines);
    }
    buf_printf(&out, "; next " STR_FMT, STR_ARG(consent_next_words(&consent, &p.arena)));
    assert_string_equal(str_z(&p.arena, buf_str(&out)), expected);
    portal_release(&p);
    arena_release(&scratch);
}

#define ALL_MEET(n) "the remaining " n " schools meet everything that is asked of them"

static const struct group_school pending[] = {
    {"alder", "Alder", ", role: lead, governing_body: agreed", NO},
    {"birch", "Birch", ", governing_body: agreed", NO},
    {"cedar", "Cedar", ", governing_body: agreed", YES},
    {"dogwood", "Dogwood", ", governing_body: pending", NO},
    {"elder", "Elder", ", role: associate", NO},
};

/* BAR-45; an associate is asked nothing. */
static void one_pending_decision_keeps_a_structured_partnership_waiting(void **state) {
    (void)state;
    assert_consent(PAGE_OF("structured", "proposed"), pending, 5, AUDIENCE_OFFICERS,
                   "1 outstanding, 0 declined; now 4 [Proposed] " ALL_MEET("4") //
                   "; Dogwood: 3 [Not with these] " ALL_MEET("3") "; next Formed, once Dogwood agrees");
}

static void it_may_be_the_first_whose_decision_is_awaited(void **state) {
    (void)state;
    static const struct group_school lead[] = {
        {"alder", "Alder", ", role: lead, governing_body: pending", NO},
        {"birch", "Birch", ", governing_body: agreed", NO},
        {"cedar", "Cedar", ", governing_body: agreed", NO},
        {"dogwood", "Dogwood", ", governing_body: agreed", NO}};
    assert_consent(PAGE_OF("structured", "proposed"), lead, 4, AUDIENCE_OFFICERS,
                   "1 outstanding, 0 declined; now 4 [Proposed] " ALL_MEET("4") //
                   "; Alder: 3 [Not with these] " ALL_MEET("3") "; next Formed, once Alder agrees");
}

static void silence_is_outstanding_until_a_partnership_is_formed(void **state) {
    (void)state;
    static const struct group_school silent[] = {
        {"alder", "Alder", ", role: lead, governing_body: agreed", NO},
        {"birch", "Birch", ", governing_body: not_asked", NO},
        {"cedar", "Cedar", "", NO},
        {"dogwood", "Dogwood", "", NO}};
    assert_consent(PAGE_OF("structured", "consulted"), silent, 3, AUDIENCE_OFFICERS,
                   "2 outstanding, 0 declined; now 3 [Proposed] " ALL_MEET("3") //
                   "; Birch: 2 [Not with these] 2 schools remain: size (Size: 3 to 10) is not met"
                   "; Cedar: 2 [Not with these] 2 schools remain: size (Size: 3 to 10) is not met"
                   "; next Formed, once Birch and Cedar agree");
    assert_consent(
        PAGE_OF("structured", "consulted"), silent, 4, AUDIENCE_OFFICERS,
        "3 outstanding, 0 declined; now 4 [Proposed] " ALL_MEET("4") //
        "; Birch: 3 [Not with these] " ALL_MEET("3")                 //
        "; Cedar: 3 [Not with these] " ALL_MEET("3")                 //
        "; Dogwood: 3 [Not with these] " ALL_MEET("3") "; next Formed, once Birch, Cedar and Dogwood agree");
    assert_consent(GROUP_FORMED, silent, 1, AUDIENCE_OFFICERS, "0 outstanding, 0 declined; now 0 [] ; next ");
}

/* BAR-46 */
static void one_that_declined_leaves_the_rest_to_be_checked_again(void **state) {
    (void)state;
    static const struct group_school declined[] = {
        {"alder", "Alder", ", role: lead, governing_body: agreed", NO},
        {"birch", "Birch", ", governing_body: agreed", YES},
        {"cedar", "Cedar", ", governing_body: agreed", YES},
        {"dogwood", "Dogwood", ", governing_body: declined", NO}};
    assert_consent(
        PAGE_OF("structured", "proposed"), declined, 4, AUDIENCE_OFFICERS,
        "0 outstanding, 1 declined; now 3 [Not with these] 3 schools remain: third (At most a third or "
        "Size 2) is not met; next ");
}

/* What is not known of the rest is said, and is no pass. */
static void what_is_not_known_of_the_rest_is_said(void **state) {
    (void)state;
    static const struct group_school open[] = {{"alder", "Alder", ", role: lead, governing_body: agreed", NO},
                                               {"birch", "Birch", ", governing_body: agreed", YES},
                                               {"cedar", "Cedar", ", governing_body: agreed", ""},
                                               {"dogwood", "Dogwood", ", governing_body: pending", NO}};
    assert_consent(
        PAGE_OF("structured", "proposed"), open, 4, AUDIENCE_OFFICERS,
        "1 outstanding, 0 declined; now 4 [Proposed] 4 schools remain: third (At most a third or Size "
        "2) is not known; Dogwood: 3 [Not with these] 3 schools remain, with what is open now; "
        "next Formed, once Dogwood agrees");
}

/* What is not known now, and would not be met, is new. */
static void what_a_refusal_would_settle_for_the_worse_is_said(void **state) {
    (void)state;
    static const struct group_school open[] = {{"alder", "Alder", ", role: lead, governing_body: agreed", NO},
                                               {"birch", "Birch", ", governing_body: agreed", YES},
                                               {"cedar", "Cedar", ", governing_body: agreed", YES},
                                               {"dogwood", "Dogwood", ", governing_body: agreed", ""},
                                               {"elder", "Elder", ", governing_body: agreed", NO},
                                               {"fir", "Fir", ", governing_body: pending", NO}};
    assert_consent(
        PAGE_OF("structured", "proposed"), open, 6, AUDIENCE_OFFICERS,
        "1 outstanding, 0 declined; now 6 [Proposed] 6 schools remain: third (At most a third or Size "
        "2) is not known; Fir: 5 [Not with these] 5 schools remain: third (At most a third or Size "
        "2) is not met; next Formed, once Fir agrees");
}

/* The rest of what has been formed is checked again too. */
static void one_that_declined_after_all_leaves_the_rest_of_what_is_formed(void **state) {
    (void)state;
    static const struct group_school left[] = {{"alder", "Alder", ", role: lead, governing_body: agreed", NO},
                                               {"birch", "Birch", ", governing_body: agreed", NO},
                                               {"cedar", "Cedar", ", governing_body: declined", NO}};
    assert_consent(GROUP_FORMED, left, 3, AUDIENCE_OFFICERS,
                   "0 outstanding, 1 declined; now 2 [Not with these] 2 schools remain: size (Size: 3 to 10) "
                   "is not met; next ");
}

/* The table says that a loose partnership waits for nobody. */
static void what_no_row_waits_for_is_not_awaited(void **state) {
    (void)state;
    assert_consent(PAGE_OF("loose", "proposed"), pending, 4, AUDIENCE_OFFICERS,
                   "1 outstanding, 0 declined; now 4 [Formed] " ALL_MEET("4") //
                   "; Dogwood: 3 [Not with these] " ALL_MEET("3") "; next ");
}

static void what_is_over_waits_for_nothing(void **state) {
    (void)state;
    assert_consent(PAGE_OF("structured", "declined"), pending, 4, AUDIENCE_OFFICERS,
                   "1 outstanding, 0 declined; now 0 [] ; Dogwood: 0 [] ; next ");
}

/* Schools see decisions of governing bodies, and nothing of what the checks make of them. */
static void a_lower_audience_is_not_told_what_follows(void **state) {
    (void)state;
    assert_consent(GROUP_FORMED, pending, 4, AUDIENCE_SCHOOLS,
                   "1 outstanding, 0 declined; now 4 [] ; Dogwood: 3 [] ; next Dogwood has still to decide");
    assert_consent(GROUP_FORMED, pending, 4, AUDIENCE_PUBLIC, "0 outstanding, 0 declined; now 0 [] ; next ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_pending_decision_keeps_a_structured_partnership_waiting),
        cmocka_unit_test(it_may_be_the_first_whose_decision_is_awaited),
        cmocka_unit_test(silence_is_outstanding_until_a_partnership_is_formed),
        cmocka_unit_test(one_that_declined_leaves_the_rest_to_be_checked_again),
        cmocka_unit_test(what_is_not_known_of_the_rest_is_said),
        cmocka_unit_test(what_a_refusal_would_settle_for_the_worse_is_said),
        cmocka_unit_test(one_that_declined_after_all_leaves_the_rest_of_what_is_formed),
        cmocka_unit_test(what_no_row_waits_for_is_not_awaited),
        cmocka_unit_test(what_is_over_waits_for_nothing),
        cmocka_unit_test(a_lower_audience_is_not_told_what_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
