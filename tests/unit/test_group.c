/* SPDX-License-Identifier: MIT */
/* test_group.c: a compiled group against the check tables over every subset of some schools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "group_fixture.h"
#include "random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- policies ---- */

#define SCALES                                                                                         \
    "scales:\n"                                                                                        \
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"                            \
    "  phase: {values: {primary: Primary, secondary: Secondary, special: Special}}\n"                  \
    "  faith: {values: {rc: Catholic, ce: Church of England}, beside: {none: None}}\n"                 \
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}}\n"                           \
    "  ofsted: {values: {inadequate: Inadequate, ri: Requires improvement, good: Good}, last: best}\n" \
    "  body: {values: {not_asked: Not asked, agreed: Agreed, declined: Declined}}\n"                   \
    "facts:\n"                                                                                         \
    "  school:\n"                                                                                      \
    "    phase: {label: Phase, scale: phase}\n"                                                        \
    "    faith: {label: Faith, scale: faith, missing: none}\n"                                         \
    "    trust: {label: Trust, type: text, missing: none}\n"                                           \
    "    ofsted: {label: Ofsted, scale: ofsted}\n"                                                     \
    "    at_risk: {label: At risk, type: yes/no}\n"                                                    \
    "    strong: {label: Strong heads, type: yes/no}\n"                                                \
    "    objects: {label: Objects, type: yes/no, missing: no}\n"                                       \
    "    kinds: {label: Kinds accepted, type: list, missing: none}\n"                                  \
    "    cross_phase: {label: Accepts another phase, type: yes/no, missing: no}\n"                     \
    "    brokering: {label: Asked for brokering, type: yes/no, missing: no}\n"                         \
    "    not_with: {label: Refuses, type: list, missing: none}\n"                                      \
    "  member:\n"                                                                                      \
    "    governing_body: {label: Governing body, scale: body, missing: not_asked}\n"                   \
    "  partnership:\n"                                                                                 \
    "    kind: {label: Kind, scale: kind, from: kind}\n"                                               \
    "    members: {label: Members, type: schools, from: members}\n"                                    \
    "    associates: {label: Associate schools, type: schools, from: associates, missing: none}\n"     \
    "    standing: {label: Standing, type: schools, is: 'members[governing_body != \"declined\"]'}\n"  \
    "    size: {label: Size, type: whole, range: 0 to 60, is: count(standing)}\n"

#define COLUMNS \
    "phase faith trust ofsted at_risk strong objects kinds cross_phase brokering governing_body not_with"

static const char barnet_facts[] = SCALES
    "    associate_count: {label: Associates, type: whole, range: 0 to 60, is: count(associates)}\n"
    "    leaders: {label: Leader schools, type: whole, range: 0 to 60, is: 'count(standing[leader])'}\n"
    "    concerns: {label: Schools causing concern, type: whole, range: 0 to 60, is: "
    "'count(standing[scc])'}\n"
    "    third: {label: At most a third causing concern, type: yes/no, is: 3 * concerns <= size}\n"
    "    one_faith: {label: No objection is crossed, type: yes/no, is: 'every m in standing satisfies "
    "not(m.objects) or (every o in standing satisfies o.faith = m.faith)'}\n"
    "    phases_ok: {label: Primaries accept a secondary school, type: yes/no, is: '(every m in standing "
    "satisfies m.phase != \"secondary\") or (every m in standing satisfies m.phase = \"secondary\" or "
    "m.cross_phase)'}\n"
    "    accepted: {label: Every school accepts the kind, type: yes/no, is: 'every m in standing satisfies "
    "list contains(m.kinds, kind)'}\n"
    "    trusts_whole: {label: No trust is split, type: yes/no, is: 'every m in standing satisfies m.trust = "
    "null or (every s in schools[trust = m.trust and enters] satisfies list contains(standing.id, s.id))'}\n"
    "    willing: {label: Nobody is refused, type: yes/no, is: 'every m in standing, o in standing satisfies "
    "not(list contains(m.not_with, o.id))'}\n";

static const char barnet_page[] =
    "<!-- decision: scc\noutputs: {scc: {label: Causing concern, type: yes/no}}\n-->\n\n"
    "| Ofsted | At risk | Causing concern |\n|---|---|---|\n| Requires improvement or Inadequate | any | yes "
    "|\n"
    "| any | yes | yes |\n| *otherwise* | | no |\n\n"
    "<!-- decision: leader\noutputs: {leader: {label: Leads, type: yes/no}}\n-->\n\n"
    "| Ofsted | Strong heads | Leads |\n|---|---|---|\n| Good | yes | yes |\n| *otherwise* | | no |\n\n"
    "<!-- decision: enters\noutputs: {enters: {label: Takes part, type: yes/no}}\n-->\n\n"
    "| Phase | Asked for brokering | Takes part |\n|---|---|---|\n| not Secondary | any | yes |\n"
    "| Secondary | yes | yes |\n| *otherwise* | | no |\n\n"
    "<!-- check: principles\nid: Row\nsubject: partnership\nmust: [Must have]\noutputs:\n"
    "  in_force: {label: If not, scale: strength}\n"
    "  proposed: {label: In a proposal, scale: strength, blank: none}\n-->\n\n"
    "| Row | Kind | Must have | If not | In a proposal |\n|---|---|---|---|---|\n"
    "| hard | Hard | Size 2 to 6 | breach | breach |\n"
    "| structured | Structured | Size 3 to 10 | breach | breach |\n"
    "| loose | Loose | Size at least 2 | breach | breach |\n"
    "| likely | Loose | Size at most 3 | advice | |\n"
    "| alone | Loose | Associates 0 | breach | breach |\n"
    "| leadership | any | Leader schools at least 1 | breach | breach |\n"
    "| third | any | At most a third causing concern or Size 2 | breach | breach |\n"
    "| faith | Hard | No objection is crossed | breach | breach |\n"
    "| phases | any | Primaries accept a secondary school | advice | breach |\n\n"
    "<!-- check: proposals\nid: Row\nsubject: partnership\nmust: [Must hold]\noutputs: {proposed: {label: If "
    "not, scale: strength}}\n-->\n\n"
    "| Row | Must hold | If not |\n|---|---|---|\n| kind | Every school accepts the kind | breach |\n"
    "| trust | No trust is split | breach |\n| refusal | Nobody is refused | breach |\n";

static const char *const kinds[] = {"hard", "structured", "loose", NULL};

#define KNOWN "primary rc - good no yes no hard,structured,loose yes no - -"
static const char *const varied[] = {
    "primary rc - good no yes no hard,structured,loose no no - -",
    "primary ce north good no no no hard,structured,loose no no - -",
    "primary ce north ri no yes no hard,structured,loose yes no - -",
    "primary rc - good ? yes yes hard,structured,loose yes no - -",
    "secondary none - good no ? no structured,loose yes yes - -",
    "primary rc - good yes no no hard,structured,loose yes no declined s1000",
    "primary none south good no no no structured,hard yes no ? -",
    "primary rc - ? no yes no loose,hard yes no agreed s1001",
    "secondary none south good no yes no loose no no - -", /* of a trust, and takes no part */
};

/* ---- the oracle ---- */

static const char *const truth_words[] = {"no", "yes", "maybe"};

/* Every subset of the schools in every form: what is compiled says what the tables say. How many are admitted, for a test that
 * all of them are alike would be none. */
static size_t agrees(struct trial *t) {
    size_t admitted = 0;
    for (size_t form = 0; form < t->form_count; form++)
        for (uint64_t members = 1; members < (uint64_t)1 << t->count; members++) {
            enum truth fast = group_admits(t->rules, &members, form, &t->scratch);
            enum truth slow = trial_checked(t, &members, form);
            if (fast != slow)
                fail_msg("form %zu, members %llx: %s, by the tables %s", form, (unsigned long long)members,
                         truth_words[fast], truth_words[slow]);
            admitted += fast == TRUTH_YES;
        }
    return admitted;
}

static void count_members(const struct trial *t, size_t form, uint64_t members, size_t *sure,
                          size_t *possible) {
    for (size_t i = 0; i < group_counts(t->rules, form); i++) {
        sure[i] = possible[i] = 0;
        for (size_t m = 0; m < t->count; m++) {
            bool possibly;
            if (!(members >> m & 1))
                continue;
            sure[i] += group_counted(t->rules, form, i, m, &possibly);
            possible[i] += possibly;
        }
    }
}

/* No group that is admitted is ruled out by what is said of its members, its pairs and its counts. */
static void never_excludes(struct trial *t) {
    for (size_t form = 0; form < t->form_count; form++)
        for (uint64_t members = 1; members < (uint64_t)1 << t->count; members++) {
            size_t sure[16], possible[16];
            if (group_admits(t->rules, &members, form, &t->scratch) != TRUTH_YES)
                continue;
            assert_true(group_counts(t->rules, form) <= COUNT(sure));
            count_members(t, form, members, sure, possible);
            assert_int_equal(sure[0], __builtin_popcountll(members));
            assert_true(group_may(t->rules, form, sure, possible));
            for (size_t a = 0; a < t->count; a++)
                for (size_t b = 0; b < t->count; b++)
                    if (members >> a & 1 && members >> b & 1) {
                        assert_false(group_bars(t->rules, a, form));
                        assert_false(a != b && group_parts(t->rules, a, b, form));
                    }
        }
}

static void make_barnet(struct trial *t, const char *const *schools, size_t count, size_t others) {
    trial_make(t, barnet_facts, (const char *const[]){barnet_page}, 1, COLUMNS, schools, count, others,
               "kind", kinds);
}

static void barnets_rows_are_answered_as_the_tables_do(void **state) {
    (void)state;
    struct trial t;
    make_barnet(&t, varied, COUNT(varied), 0);
    t.calls = true;
    size_t admitted = agrees(&t);
    print_message("admitted %zu, assembled %zu\n", admitted, t.assembled);
    assert_true(admitted > 0);
    never_excludes(&t);
    trial_release(&t);
}

/* ---- schools at random ---- */

/* What a school may say of each of COLUMNS; what stands twice comes twice as often. */
static const char *const choices[][6] = {
    {"primary", "primary", "primary", "secondary", NULL},
    {"rc", "rc", "ce", "none", "?", NULL},
    {"-", "-", "-", "north", "?", NULL},
    {"good", "good", "good", "ri", "?", NULL},
    {"no", "no", "no", "yes", "?", NULL},
    {"yes", "yes", "no", "?", NULL},
    {"no", "no", "no", "yes", "?", NULL},
    {"hard,structured,loose", "hard,structured,loose", "hard,structured,loose", "loose", "?", NULL},
    {"yes", "yes", "no", "?", NULL},
    {"yes", "yes", "no", "?", NULL},
    {"-", "-", "agreed", "declined", "?", NULL},
    {"-", "-", "-", "s1000", "s1001,s1003", NULL},
};

/* How often something unusual is said, of 8: the rest say what comes first. */
static const char *random_school(struct random *r, size_t often, struct arena *arena) {
    struct buf b = {.arena = arena};
    for (size_t i = 0; i < COUNT(choices); i++) {
        size_t count = 0;
        while (choices[i][count])
            count++;
        buf_printf(&b, "%s%s", i ? " " : "",
                   choices[i][random_below(r, 8) < often ? random_below(r, count) : 0]);
    }
    return str_z(arena, buf_str(&b));
}

static void try_at_random(const char *facts, const char *page, size_t rounds, size_t count, size_t others) {
    struct random r = {count};
    size_t admitted = 0;
    for (size_t round = 0; round < rounds; round++) {
        struct arena words = {0};
        const char *schools[12];
        struct trial t;
        for (size_t i = 0; i < count + others; i++)
            schools[i] = random_school(&r, 1 + round % 4, &words);
        trial_make(&t, facts, (const char *const[]){page}, 1, COLUMNS, schools, count, others, "kind", kinds);
        admitted += agrees(&t);
        never_excludes(&t);
        trial_release(&t);
        arena_release(&words);
    }
    print_message("admitted %zu\n", admitted);
    assert_true(admitted > rounds);
}

static void barnets_rows_are_answered_for_schools_at_random(void **state) {
    (void)state;
    try_at_random(barnet_facts, barnet_page, 24, 7, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(barnets_rows_are_answered_as_the_tables_do),
        cmocka_unit_test(barnets_rows_are_answered_for_schools_at_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
