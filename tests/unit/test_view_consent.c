/* SPDX-License-Identifier: MIT */
/* test_view_consent.c: what a partnership's page says of consent and of who provides what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"
#include "partnership_fixture.h"
#include "text.h"

#define NO "facts: {at_risk: no}\n"

static const struct group_school declined[] = {{"alder", "Alder", ", role: lead, governing_body: agreed", NO},
                                               {"birch", "Birch", ", governing_body: agreed", NO},
                                               {"cedar", "Cedar", ", governing_body: declined", NO}};

/* The fixture's policy with other words in one place. */
static void replace(struct portal *p, const char *was, const char *is) {
    const char *at = strstr(group_policy, was);
    assert_non_null(at);
    struct str before = {group_policy, (size_t)(at - group_policy)};
    portal_put(p, "content/policy/rules.md",
               str_z(&p->arena, str_join(&p->arena, before, str_from(is), str_from(at + strlen(was)))));
}

static struct str brook(struct portal *p, enum audience audience) {
    portal_bind(p, "2026-05-01", audience);
    return page(p, NULL, "partnerships/brook.html");
}

static void what_is_left_after_a_refusal_is_told(void **state) {
    (void)state;
    struct portal p;
    group_put(&p, GROUP_PROPOSED, declined, 3);
    assert_has(brook(&p, AUDIENCE_OFFICERS), "2 schools remain: size (Size: 3 to 10) is not met");
    portal_release(&p);
    group_put(&p, GROUP_PROPOSED, declined, 2);
    assert_lacks(brook(&p, AUDIENCE_OFFICERS), "remain");
    portal_release(&p);
}

static void who_provides_what_is_told_to_those_it_is_for(void **state) {
    (void)state;
    struct portal p;
    group_put(&p, GROUP_FORMED, declined, 2);
    struct str text = brook(&p, AUDIENCE_PUBLIC);
    assert_has(text, "Who provides what");
    assert_has(text, "Help");
    portal_release(&p);
    group_put(&p, GROUP_FORMED, declined, 2);
    replace(&p, "help: {label: Help, scale: who}", "help: {label: Help, scale: who, visible: officers}");
    text = brook(&p, AUDIENCE_PUBLIC);
    assert_has(text, "Challenge");
    assert_lacks(text, "Help");
    portal_release(&p);
    group_put(&p, GROUP_FORMED, declined, 2);
    replace(&p, "label: Who provides what\n", "label: Who provides what\nvisible: officers\n");
    assert_lacks(brook(&p, AUDIENCE_PUBLIC), "Who provides what");
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_after_a_refusal_is_told),
        cmocka_unit_test(who_provides_what_is_told_to_those_it_is_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
