/* SPDX-License-Identifier: MIT */
/* test_partnership.c: what the words of a partnership's record mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/partnership.h"

static struct page partnership(struct arena *arena, const char *kind, const char *state) {
    struct value_map front = {.arena = arena};
    map_text(&front, "kind", str_from(kind));
    map_text(&front, "state", str_from(state));
    return (struct page){.kind = CONTENT_PARTNERSHIP, .front = map_done(&front)};
}

/* A state that were new to the schema, and not in the table, would be as one that is not recorded. */
static void each_state_of_the_schema_has_its_stage(void **state) {
    (void)state;
    struct arena a = {0};
    const struct choice *states = partnership_states;
    size_t stages[4] = {0}, agreed = 0;
    for (size_t i = 0; states[i].id; i++) {
        struct page p = partnership(&a, "hard", states[i].id);
        stages[partnership_stage(&p)]++;
        agreed += partnership_is_agreed(&p);
    }
    assert_int_equal(stages[PARTNERSHIP_UNDER_WAY], 5);
    assert_int_equal(stages[PARTNERSHIP_FORMED], 1);
    assert_int_equal(stages[PARTNERSHIP_DECLINED], 1);
    assert_int_equal(stages[PARTNERSHIP_DISSOLVED], 1);
    assert_int_equal(agreed, 3);
    struct page silent = partnership(&a, "", "");
    assert_int_equal(partnership_stage(&silent), PARTNERSHIP_UNDER_WAY);
    arena_release(&a);
}

static void what_is_declined_or_dissolved_is_over(void **state) {
    (void)state;
    struct arena a = {0};
    struct page formed = partnership(&a, "hard", "formed"), declined = partnership(&a, "hard", "declined"),
                dissolved = partnership(&a, "hard", "dissolved"), talk = partnership(&a, "hard", "consulted");
    assert_true(partnership_is_formed(&formed) && !partnership_is_over(&formed));
    assert_true(partnership_is_over(&declined) && !partnership_is_formed(&declined));
    assert_true(partnership_is_over(&dissolved) && !partnership_is_formed(&dissolved));
    assert_false(partnership_is_over(&talk) || partnership_is_formed(&talk));
    arena_release(&a);
}

static size_t steps_of(const struct page *p) {
    const struct choice *states = partnership_states;
    size_t n = 0;
    for (size_t i = 0; states[i].id; i++)
        n += partnership_passes(p, str_from(states[i].id));
    return n;
}

static void a_kind_says_who_has_to_decide(void **state) {
    (void)state;
    struct arena a = {0};
    struct page hard = partnership(&a, "hard", "proposed"), loose = partnership(&a, "loose", "proposed"),
                structured = partnership(&a, "structured", "proposed");
    assert_true(partnership_is_formal(&hard) && partnership_is_formal(&structured));
    assert_false(partnership_is_formal(&loose));
    assert_int_equal(steps_of(&hard), 6);
    assert_int_equal(steps_of(&structured), 5);
    assert_int_equal(steps_of(&loose), 4);
    assert_false(partnership_passes(&structured, STR("statutory_step")));
    assert_false(partnership_passes(&loose, STR("governing_bodies_agreed")));
    assert_true(partnership_passes(&loose, STR("formed")));
    arena_release(&a);
}

/* The table of kinds and the schema's choices are two lists. */
static void every_kind_of_the_schema_but_loose_is_formal(void **state) {
    (void)state;
    struct arena a = {0};
    for (const struct choice *kind = partnership_kinds; kind->id; kind++) {
        struct page p = partnership(&a, kind->id, "formed");
        assert_int_equal(partnership_is_formal(&p), !str_eq(str_from(kind->id), STR("loose")));
    }
    arena_release(&a);
}

static void a_decision_is_what_the_membership_says(void **state) {
    (void)state;
    struct arena a = {0};
    struct value_map silent = {.arena = &a}, declined = {.arena = &a};
    map_text(&declined, "governing_body", STR("declined"));
    struct value none = map_done(&silent), no = map_done(&declined);
    assert_null(membership_decision(&none));
    assert_false(membership_is_declined(&none));
    assert_string_equal(membership_decision(&no)->label, "Declined");
    assert_true(membership_is_declined(&no));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_of_the_schema_has_its_stage),
        cmocka_unit_test(what_is_declined_or_dissolved_is_over),
        cmocka_unit_test(a_kind_says_who_has_to_decide),
        cmocka_unit_test(every_kind_of_the_schema_but_loose_is_formal),
        cmocka_unit_test(a_decision_is_what_the_membership_says),
    };
    return cmocka_run_group_tests_name("partnership", tests, NULL, NULL);
}
