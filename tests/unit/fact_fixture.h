/* SPDX-License-Identifier: MIT */
/* fact_fixture.h: a portal with one school and the facts of one kind of record, and what a record gives of them in words. */
#ifndef SIGNPOST_TESTS_FACT_FIXTURE_H
#define SIGNPOST_TESTS_FACT_FIXTURE_H

#include "portal/fact.h"
#include "portal_fixture.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PUBLIC AUDIENCE_PUBLIC
#define SCHOOLS AUDIENCE_SCHOOLS
#define OFFICERS AUDIENCE_OFFICERS

/* Ends where the facts of a kind of record follow. */
static const char fact_scales[] =
    "groups: {scg: Support group, tib: Targeted improvement board}\n"
    "scales:\n"
    "  ofsted: {values: {inadequate: Inadequate, ri: [RI, '3'], good: Good, outstanding: Outstanding},\n"
    "    same: {requires_improvement: ri, satisfactory: ri, not_judged: no_overall},\n"
    "    beside: {none_yet: Not inspected, no_overall: No overall grade}}\n"
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {alone: None}}\n"
    "  role: {values: {member: Member, lead: Lead, associate: Associate}, beside: {no_role: None}}\n"
    "facts:\n";

/* ---- a given in words ---- */

static inline void fact_print_day(struct arena *arena, struct buf *out, const char *before, date day) {
    if (day != DATE_NONE) {
        buf_add(out, str_from(before));
        buf_add(out, date_iso(arena, day));
    }
}

/* "value good since 2019-01-01 [ri 2010-01-01.., good 2019-01-01..]": the state, what it says, and the history. */
static inline struct str given_words(struct arena *arena, const struct given *g) {
    static const char *const states[] = {"nothing", "value",  "not recorded", "not applicable",
                                         "none",    "absent", "hidden"};
    struct buf out = {.arena = arena};
    buf_add(&out, str_from(states[g->state]));
    buf_add(&out, g->text.len ? STR(" ") : STR(""));
    buf_add(&out, g->text);
    if (g->texts || (g->state == GIVEN_VALUE && !g->text.len && g->feel.type == FEEL_NULL)) {
        buf_lit(&out, " {");
        for (size_t i = 0; i < g->count; i++) {
            buf_add(&out, i ? STR(", ") : STR(""));
            buf_add(&out, g->texts[i]);
        }
        buf_byte(&out, '}');
    }
    fact_print_day(arena, &out, " since ", g->since);
    for (size_t i = 0; i < g->history_count; i++) {
        buf_add(&out, i ? STR(", ") : STR(" ["));
        buf_add(&out, g->history[i].text);
        fact_print_day(arena, &out, " ", g->history[i].from);
        fact_print_day(arena, &out, " to ", g->history[i].to);
    }
    buf_add(&out, g->history_count ? STR("]") : STR(""));
    return buf_str(&out);
}

/* ---- one fact of one school ---- */

static inline void fact_make(struct portal *p, const char *kind, const char *facts, const char *school) {
    struct arena *arena = &p->arena;
    portal_make(p);
    struct str framework = str_join(arena, str_from(fact_scales), STR("  "), str_from(kind), STR(":\n"),
                                    str_from(facts), STR("\n"));
    portal_put(p, "content/framework.yaml", str_z(arena, framework));
    struct str record = str_join(arena, STR(SCHOOL("900001", "Ash")), str_from(school));
    portal_put(p, "schools/ash.yaml", str_z(arena, record));
}

static inline struct given fact_read_first(struct portal *p, const struct policy_record *record,
                                           const char *day, enum audience viewer) {
    struct given given[8];
    const struct facts_reader *reader = facts_reader(p->site.facts, record->kind);
    assert_non_null(reader);
    assert_true(policy_kind(&p->site.policy, record->kind)->fact_count <= COUNT(given));
    facts_read(reader, record, date_parse_iso(str_from(day)), viewer, NULL, &p->arena, given);
    return given[0];
}

/* The kind's first fact, as that record says it, in words; `about` says of what where they are others. */
#define assert_given(p, record, day, viewer, expected, about)                                           \
    do {                                                                                                \
        struct given given_ = fact_read_first((p), (record), (day), (viewer));                          \
        struct str said_ = given_words(&(p)->arena, &given_);                                           \
        if (!str_eq(said_, str_from(expected)))                                                         \
            fail_msg("%s\non %s\n  is \"" STR_FMT "\"\nand not \"%s\"", (about), (day), STR_ARG(said_), \
                     (expected));                                                                       \
    } while (0)

#endif
