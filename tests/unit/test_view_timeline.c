/* SPDX-License-Identifier: MIT */
/* test_view_timeline.c: what was recorded of a school over time, on its officers' page; and no word of it elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "page_fixture.h"

#define RECORD                                                                                             \
    SCHOOL("900001", "Ash")                                                                                \
    "inspections:\n  - {date: 2023-09-19, framework: eif, kind: graded, overall: requires_improvement}\n"  \
    "judgements:\n  at_risk:\n"                                                                            \
    "    - {value: yes, from: 2023-10-02, to: 2024-01-08, by: Head of service, note: Two acting heads.}\n" \
    "    - {value: no, from: 2024-01-08}\n"                                                                \
    "    - {value: yes, from: 2026-05-02}\n"                                                               \
    "decisions:\n  closer_look:\n"                                                                         \
    "    - {value: agreed, from: 2023-10-09, how: agreed, by: Director, letter: 2023-10-16, reason: "      \
    "Results fell}\n"                                                                                      \
    "groups:\n  - kind: Review board\n    recommended: 2023-11-01\n    start: 2023-11-20\n"                \
    "    reason: Results fell twice\n    meetings:\n      - {on: 2023-11-20, note: A plan was agreed.}\n"  \
    "      - {on: 2026-06-01}\n"

/* Whether the words stand in the text in this order. */
static void assert_order(struct portal *p, struct str text, const char *const *words, size_t count) {
    const char *at = strstr(str_z(&p->arena, text), "History of decisions");
    assert_non_null(at);
    for (size_t i = 0; i < count; i++) {
        const char *found = strstr(at, words[i]);
        if (!found)
            fail_msg("\"%s\" is not there, or not after the one before it", words[i]);
        at = found + strlen(words[i]);
    }
}

static void make(struct portal *p, enum audience audience) {
    portal_make(p);
    portal_put(p, "content/framework.yaml",
               "facts:\n  school:\n    at_risk: {label: At risk, type: yes/no, from: judgements}\n");
    portal_put(p, "schools/ash.yaml", RECORD);
    portal_bind(p, "2026-05-01", audience);
}

static void it_runs_from_the_newest_entry_to_the_oldest(void **state) {
    (void)state;
    static const char *const words[] = {"At risk: No",
                                        "Review board: met",
                                        "A plan was agreed.",
                                        "Review board: began",
                                        "Review board: recommended",
                                        "Results fell twice",
                                        "Closer look: agreed",
                                        "agreed, Director; letter 16 October 2023. Reason: Results fell",
                                        "At risk: Yes",
                                        "Head of service, until 8 January 2024. Two acting heads.",
                                        "Graded inspection: Requires improvement"};
    struct portal p;
    make(&p, AUDIENCE_OFFICERS);
    assert_order(&p, page(&p, NULL, "schools/ash.html"), words, sizeof(words) / sizeof(words[0]));
    portal_release(&p);
}

static void what_has_not_happened_yet_is_not_in_it(void **state) {
    (void)state;
    struct portal p;
    make(&p, AUDIENCE_OFFICERS);
    struct str text = page(&p, NULL, "schools/ash.html");
    const char *at = strstr(str_z(&p.arena, text), "History of decisions");
    assert_non_null(at);
    assert_null(strstr(at, "2 May 2026"));
    assert_null(strstr(at, "1 June 2026"));
    portal_release(&p);
}

static void other_audiences_have_none(void **state) {
    (void)state;
    for (int a = AUDIENCE_SCHOOLS; a <= AUDIENCE_PUBLIC; a++) {
        struct portal p;
        make(&p, (enum audience)a);
        assert_false(str_has(page(&p, NULL, "schools/ash.html"), STR("History of decisions")));
        portal_release(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_runs_from_the_newest_entry_to_the_oldest),
        cmocka_unit_test(what_has_not_happened_yet_is_not_in_it),
        cmocka_unit_test(other_audiences_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
