/* SPDX-License-Identifier: MIT */
/* test_explain_member.c: the members behind a row about a group, each with its reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "partnership_fixture.h"

struct told {
    struct portal p;
    struct arena scratch;
    struct decided decided;
    struct value tree;
};

/* `settings` are what-ifs, or NULL. */
static void tell(struct told *t, const struct group_school *schools, size_t count, const char *setting,
                 enum audience audience) {
    *t = (struct told){0};
    group_put(&t->p, audience == AUDIENCE_OFFICERS ? GROUP_PROPOSED : GROUP_FORMED, schools, count);
    portal_bind(&t->p, "2026-05-01", audience);
    struct policy_record record = record_of_page(t->p.site.pages[CONTENT_PARTNERSHIP].items[0]);
    const struct policy_kind *kind = policy_kind(&t->p.site.policy, record.kind);
    struct decided_change change = decided_no_change(kind, &t->p.arena);
    if (setting)
        decided_replace(&t->p.site, kind, str_from(setting), &t->p.arena, &change, &t->p.diags);
    assert_int_equal(t->p.diags.errors, 0);
    assert_true(decided_run_with(&t->p.site, &record, t->p.site.as_of, &change, &t->p.arena, &t->scratch,
                                 &t->decided));
    t->tree = explain_record(&t->decided, (struct str){0}, &t->p.arena, &t->scratch);
}

static void release(struct told *t) {
    portal_release(&t->p);
    arena_release(&t->scratch);
}

static const struct value *row_of(const struct told *t, const char *row) {
    const struct value *checks = value_at(&t->tree, "checks");
    for (uint32_t i = 0; checks && i < checks->count; i++) {
        const struct value *rows = value_at(&checks->items[i], "rows");
        for (uint32_t j = 0; j < rows->count; j++)
            if (str_eq(value_words(value_at(&rows->items[j], "label")), str_from(row)))
                return &rows->items[j];
    }
    return NULL;
}

static void add_items(struct buf *out, const struct value *items) {
    for (uint32_t i = 0; items && i < items->count; i++) {
        const struct value *reasons = value_at(&items->items[i], "reasons"),
                           *with = value_at(&items->items[i], "with");
        buf_printf(out, "%s" STR_FMT " " STR_FMT ":", out->len ? " | " : "",
                   STR_ARG(value_words(value_at(&items->items[i], "name"))),
                   STR_ARG(value_words(value_at(&items->items[i], "state"))));
        for (uint32_t j = 0; j < reasons->count; j++)
            buf_printf(out, "%s" STR_FMT, j ? ", " : " ",
                       STR_ARG(value_words(value_at(&reasons->items[j], "text"))));
        if (with && with->count)
            buf_lit(out, " | with");
        add_items(out, with);
    }
}

/* "third: met | At most a third: 1 of 3 | Cedar yes: At risk yes, Concern, row risk" */
static const char *said(struct told *t, const char *label) {
    const struct value *row = row_of(t, label);
    struct buf out = {.arena = &t->p.arena};
    assert_non_null(row);
    buf_printf(&out, STR_FMT, STR_ARG(value_words(value_at(row, "state"))));
    const struct value *members = value_at(row, "members"), *settled = value_at(row, "settled");
    for (uint32_t i = 0; members && i < members->count; i++) {
        buf_printf(&out, " | " STR_FMT " " STR_FMT,
                   STR_ARG(value_words(value_at(&members->items[i], "label"))),
                   STR_ARG(value_words(value_at(&members->items[i], "value"))));
        add_items(&out, value_at(&members->items[i], "items"));
    }
    for (uint32_t i = 0; settled && i < settled->count; i++) {
        const struct value *ways = value_at(&settled->items[i], "if");
        buf_printf(&out, " | settled by " STR_FMT " " STR_FMT,
                   STR_ARG(value_words(value_at(&settled->items[i], "name"))),
                   STR_ARG(value_words(value_at(&settled->items[i], "label"))));
        for (uint32_t j = 0; j < ways->count; j++)
            buf_printf(&out, ", " STR_FMT " " STR_FMT,
                       STR_ARG(value_words(value_at(&ways->items[j], "value"))),
                       STR_ARG(value_words(value_at(&ways->items[j], "then"))));
    }
    return str_z(&t->p.arena, buf_str(&out));
}

#define NO "facts: {at_risk: no}\n"
#define YES "facts: {at_risk: yes}\n"

static const struct group_school four[] = {
    {"alder", "Alder", ", role: lead, governing_body: agreed", NO},
    {"birch", "Birch", ", governing_body: agreed", NO},
    {"cedar", "Cedar", ", governing_body: agreed", YES},
    {"dogwood", "Dogwood", ", governing_body: pending", ""},
};

static void a_count_names_who_is_in_it_who_may_be_and_what_would_settle_it(void **state) {
    (void)state;
    struct told t;
    tell(&t, four, 4, NULL, AUDIENCE_OFFICERS);
    assert_string_equal(
        said(&t, "third"),
        "not known | Causing concern 1 to 2 of 4 | Cedar yes: At risk yes, Concern, row risk | "
        "Dogwood not known: At risk is not recorded | "
        "settled by Dogwood At risk, no met, yes not met");
    const struct value *because = value_at(row_of(&t, "third"), "because");
    assert_true(str_starts(value_str(because), STR("At most a third: 1 to 2 of 4; Size: 4")));
    release(&t);
}

static void a_reason_has_the_line_of_its_fact_and_the_row_that_decides(void **state) {
    (void)state;
    struct told t;
    tell(&t, four, 4, NULL, AUDIENCE_OFFICERS);
    const struct value *members = value_at(row_of(&t, "third"), "members");
    const struct value *reasons =
        value_at(&value_at(&members->items[0], "items")->items[0], "reasons"); /* Cedar's */
    assert_true(str_eq(value_words(value_at(&reasons->items[0], "page")), STR("schools/cedar.yaml")));
    assert_true(str_eq(value_str(value_at(&reasons->items[0], "line")), STR("7")));
    assert_true(str_eq(value_words(value_at(&reasons->items[1], "page")), STR("content/policy/rules.md")));
    assert_true(str_starts(value_words(value_at(&reasons->items[1], "href")), STR("policy/rules.html#")));
    release(&t);
}

static void a_fact_of_a_member_can_be_supposed(void **state) {
    (void)state;
    struct told t;
    tell(&t, four, 4, "dogwood.at_risk=yes", AUDIENCE_OFFICERS);
    assert_string_equal(said(&t, "third"),
                        "not met | Causing concern 2 of 4 | Cedar yes: At risk yes, Concern, row risk | "
                        "Dogwood yes: At risk yes, Concern, row risk");
    release(&t);
    tell(&t, four, 4, "dogwood.body=declined", AUDIENCE_OFFICERS);
    assert_string_equal(said(&t, "third"),
                        "met | Causing concern 1 of 3 | Cedar yes: At risk yes, Concern, row risk");
    release(&t);
}

static void what_every_member_must_be_names_those_who_are_not_and_with_whom(void **state) {
    (void)state;
    static const struct group_school schools[] = {
        {"alder", "Alder", ", role: lead", "religious_character: rc\nfacts: {at_risk: no, objects: yes}\n"},
        {"birch", "Birch", "", NO},
        {"cedar", "Cedar", "", "religious_character: rc\n" NO},
    };
    struct told t;
    tell(&t, schools, 3, NULL, AUDIENCE_OFFICERS);
    assert_string_equal(
        said(&t, "faith"),
        "not met | No objection is crossed no | Alder no: Objects yes, Faith Catholic | with | "
        "Birch no: Faith No faith");
    assert_string_equal(said(&t, "size"), "met");
    assert_string_equal(said(&t, "loose"), "not concerned");
    release(&t);
}

static void lists_are_told_by_the_names_that_are_in_them(void **state) {
    (void)state;
    struct told t;
    tell(&t, four, 4, "dogwood.body=declined", AUDIENCE_OFFICERS);
    const struct value *facts = value_at(&t.tree, "facts");
    size_t told = 0;
    for (uint32_t i = 0; i < facts->count; i++) {
        struct str id = value_words(value_at(&facts->items[i], "id")),
                   words = value_words(value_at(&facts->items[i], "value"));
        if (str_eq(id, STR("members")))
            told += str_eq(words, STR("Alder, Birch, Cedar, Dogwood"));
        if (str_eq(id, STR("standing")))
            told += str_eq(words, STR("Alder, Birch, Cedar"));
    }
    assert_int_equal(told, 2);
    release(&t);
}

/* The check is not for schools: nothing of it is run for them, and nothing told. */
static void a_lower_audience_is_told_nothing_of_members(void **state) {
    (void)state;
    struct told t;
    tell(&t, four, 4, NULL, AUDIENCE_SCHOOLS);
    assert_int_equal(value_at(&t.tree, "checks")->count, 0);
    release(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_names_who_is_in_it_who_may_be_and_what_would_settle_it),
        cmocka_unit_test(a_reason_has_the_line_of_its_fact_and_the_row_that_decides),
        cmocka_unit_test(a_fact_of_a_member_can_be_supposed),
        cmocka_unit_test(what_every_member_must_be_names_those_who_are_not_and_with_whom),
        cmocka_unit_test(lists_are_told_by_the_names_that_are_in_them),
        cmocka_unit_test(a_lower_audience_is_told_nothing_of_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
