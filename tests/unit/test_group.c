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
            t->calls = true;
            enum truth fast = group_admits(t->rules, &members, form, &t->scratch);
            t->calls = false;
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
                    } else if (members >> a & 1) {
                        assert_false(group_needs(t->rules, a, b, form));
                    }
        }
}

static void make_barnet(struct trial *t, const char *const *schools, size_t count, size_t others) {
    trial_make(t, barnet_facts, (const char *const[]){barnet_page}, 1, COLUMNS, schools, count, others,
               "kind", kinds);
}

static void barnets_rows_are_answered_as_the_tables_do(void **state) {
    (void)state;
    static struct trial t;
    make_barnet(&t, varied, COUNT(varied), 0);
    assert_true(agrees(&t) > 0);
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
        static struct trial t;
        for (size_t i = 0; i < count + others; i++)
            schools[i] = random_school(&r, 1 + round % 4, &words);
        trial_make(&t, facts, (const char *const[]){page}, 1, COLUMNS, schools, count, others, "kind", kinds);
        admitted += agrees(&t);
        never_excludes(&t);
        trial_release(&t);
        arena_release(&words);
    }
    assert_true(admitted > rounds);
}

static void barnets_rows_are_answered_for_schools_at_random(void **state) {
    (void)state;
    try_at_random(barnet_facts, barnet_page, 24, 7, 2);
}

/* ---- shapes ---- */

/* Decisions of schools, that expressions look for. */
#define DECISIONS                                                                                          \
    "<!-- decision: scc\noutputs: {scc: {label: Causing concern, type: yes/no}}\n-->\n\n"                  \
    "| Ofsted | At risk | Causing concern |\n|---|---|---|\n| Requires improvement or Inadequate | any | " \
    "yes |\n"                                                                                              \
    "| any | yes | yes |\n| *otherwise* | | no |\n\n"
#define CHECK                                                                                            \
    "<!-- check: rules\nid: Row\nsubject: partnership\nmust: [Must have]\noutputs: {if_not: {label: If " \
    "not, scale: strength}}\n"

/* A policy of one row: facts of the group that it needs, and what it must have. */
struct shape {
    const char *facts, *must;
    bool left; /* to the slow road: of no shape that is compiled */
};

static const struct shape shapes[] = {
    /* counts and what is made of them */
    {"", "Size 2 to 4", false},
    {"    n: {label: N, type: whole, is: 'count(members[scc])'}\n", "N at most 1", false},
    {"    n: {label: N, type: whole, is: 'size - 2 * count(standing[scc])'}\n", "N at least 0", false},
    {"    n: {label: N, type: whole, is: 'count(standing[scc]) * count(standing[objects])'}\n"
     "    d: {label: D, type: whole, is: size + n}\n",
     "D 2 to 5", false},
    {"    n: {label: N, type: whole, is: '(0 - 1 - count(standing[scc])) * (1 + "
     "count(standing[scc]))'}\n",
     "N at least -2", false},
    {"    f: {label: F, type: yes/no, is: 'count(standing[scc]) != count(standing[strong])'}\n", "F", false},
    {"    f: {label: F, type: yes/no, is: 'count(standing[scc]) = 0 or size = 2'}\n", "F", false},
    {"    n: {label: N, type: whole, range: 0 to 20, is: 'count(standing[scc])'}\n"
     "    f: {label: F, type: yes/no, is: 'n = 0 or n > 0'}\n",
     "F", false},
    {"    n: {label: N, type: whole, is: 'count(associates[scc])'}\n", "N 0", false},
    {"    f: {label: F, type: yes/no, is: 'size <= count(schools[phase = \"primary\"])'}\n", "F", false},
    {"    n: {label: N, type: whole, is: 'count(members[scc][objects])'}\n", "N at most 0", false},
    {"    n: {label: N, type: whole, range: 0 to 3, is: count(members)}\n", "N at most 2", false},

    {"    n: {label: N, type: whole, range: 0 to 1, is: 'count(members[scc])'}\n", "N 1", false},
    {"    n: {label: N, type: whole, range: 0 to 1, is: 'count(members[scc])'}\n"
     "    f: {label: F, type: yes/no, is: 2 * n > 2}\n",
     "F", false},

    /* some and every */
    {"    f: {label: F, type: yes/no, is: 'some m in standing satisfies m.strong and m.ofsted = \"good\"'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'not(some m in members satisfies m.scc)'}\n", "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in standing satisfies m.faith = \"rc\" or (some o in "
     "standing satisfies o.faith = m.faith and o.id != m.id)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in standing, o in members satisfies o.phase = m.phase'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in standing satisfies count(standing[faith = m.faith]) >= "
     "2'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'some m in standing satisfies m.strong and count(standing[phase = "
     "m.phase]) = size'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in standing[objects] satisfies (every o in standing[faith "
     "!= m.faith] satisfies o.strong)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in members satisfies (every o in members, p in members "
     "satisfies o.strong or p.strong or m.strong)'}\n",
     "F", true},
    {"    f: {label: F, type: yes/no, is: 'every m in members satisfies m.trust > \"a\"'}\n", "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in members satisfies (every o in members satisfies "
     "m.trust <= "
     "o.trust)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'some m in members satisfies (some o in members satisfies m.trust "
     "< "
     "o.trust)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in associates satisfies m.scc'}\n", "F", false},

    {"    f: {label: F, type: yes/no, is: 'every m in standing satisfies (some o in standing satisfies "
     "o.faith = m.faith and o.id != m.id)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'some m in standing satisfies not(m.trust > \"a\" and "
     "count(standing) > 0)'}\n",
     "F", false},

    /* who else is there */
    {"    f: {label: F, type: yes/no, is: 'every s in schools[trust = \"north\"] satisfies list "
     "contains(standing.id, s.id)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'some s in schools satisfies s.strong and list "
     "contains(members.id, s.id)'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in standing satisfies m.trust = null or (every s in "
     "schools[trust = m.trust] satisfies list contains(standing.id, s.id))'}\n",
     "F", false},
    {"    f: {label: F, type: yes/no, is: 'every m in members satisfies list contains(standing.id, m.id)'}\n",
     "F", false},

    /* facts of facts, cells, and rows that are not always concerned */
    {"    n: {label: N, type: whole, is: 'count(standing[scc])'}\n"
     "    f: {label: F, type: yes/no, when: {N: at least 1, Size: at most 3}}\n",
     "not F", false},
    {"    n: {label: N, type: whole, is: 'count(standing[scc])'}\n"
     "    f: {label: F, type: yes/no, is: 'if size > 2 then n <= 1 else true'}\n",
     "F or N 2", false},
    {"    a: {label: A, type: yes/no, is: 'kind = \"hard\"'}\n"
     "    f: {label: F, type: yes/no, is: 'a and (every m in standing satisfies m.phase = \"primary\")'}\n",
     "F or Size 3", false},

    /* what is left to the slow road */
    {"    n: {label: N, type: number, is: 'count(standing[scc]) / size'}\n", "N at most 0.4", true},
    {"    f: {label: F, type: yes/no, is: 'count(distinct values(standing.faith)) = 1'}\n", "F", true},
    {"    f: {label: F, type: yes/no, is: 'sum(for m in standing return if m.scc then 1 else 0) <= 1'}\n",
     "F", true},
    {"    f: {label: F, type: yes/no, is: 'every m in standing[size > 2] satisfies m.strong'}\n", "F", true},
    {"    f: {label: F, type: yes/no, applies: {Size: at least 3}, is: 'every m in standing satisfies "
     "m.strong'}\n",
     "F", true},
};

static void make_shape(struct trial *t, const struct shape *shape, const char *const *schools, size_t count,
                       size_t others, struct arena *arena) {
    const char *facts = str_z(arena, str_join(arena, STR(SCALES), str_from(shape->facts)));
    const char *page =
        str_z(arena, str_join(arena,
                              STR(DECISIONS CHECK "-->\n\n| Row | Kind | Must have | If not |\n"
                                                  "|---|---|---|---|\n| one | not Loose | "),
                              str_from(shape->must), STR(" | breach |\n")));
    trial_make(t, facts, (const char *const[]){page}, 1, COLUMNS, schools, count, others, "kind", kinds);
}

static void every_shape_is_answered_as_the_tables_do(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct random r = {i};
        for (size_t round = 0; round < 4; round++) {
            struct arena words = {0};
            const char *schools[8];
            static struct trial t;
            for (size_t j = 0; j < COUNT(schools); j++)
                schools[j] = random_school(&r, 2 + round, &words);
            make_shape(&t, &shapes[i], schools, 6, 2, &words);
            agrees(&t);
            never_excludes(&t);
            trial_release(&t);
            arena_release(&words);
        }
    }
}

/* Where everything is known, the program alone must know the answer. */
static void a_shape_that_is_compiled_is_answered_without_putting_the_group_together(void **state) {
    (void)state;
    static const char *const schools[] = {
        "primary rc - good no yes no hard,structured,loose no no - -",
        "primary ce north good no no no hard,structured,loose no no - -",
        "primary ce north ri no yes yes hard,structured,loose yes no - -",
        "secondary none - good yes no no structured,loose yes yes - -",
        "primary rc - good no no no hard,structured,loose yes no declined -",
        "primary none - good no no no hard,structured,loose yes no - -",
    };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct arena words = {0};
        static struct trial t;
        make_shape(&t, &shapes[i], schools, COUNT(schools), 0, &words);
        agrees(&t);
        if (shapes[i].left != (t.assembled > 0))
            fail_msg("%s: %zu assembled", shapes[i].facts, t.assembled);
        trial_release(&t);
        arena_release(&words);
    }
}

/* ---- rows that are not asked, and what cannot be true ---- */

/* A page of its own in place of the one row. */
static void page_agrees(const char *facts, const char *page, const char *const *forms, bool assembled) {
    static struct trial t;
    trial_make(&t, facts, (const char *const[]){page}, 1, COLUMNS, varied, COUNT(varied) - 1, 1, "kind",
               forms);
    agrees(&t);
    never_excludes(&t);
    assert_int_equal(t.assembled > 0, assembled);
    trial_release(&t);
}

#define ROWS "\n| Row | Kind | Must have | If not |\n|---|---|---|---|\n"

static void advice_and_rows_of_another_kind_are_not_asked(void **state) {
    (void)state;
    static const char *const loose[] = {"loose", NULL};
    static struct trial t;
    uint64_t pair = 3;
    trial_make(&t, SCALES,
               (const char *const[]){
                   DECISIONS CHECK
                   "-->\n" ROWS
                   "| one | Hard | Size at least 5 | breach |\n| two | Loose | Size at least 5 | advice |\n"},
               1, COLUMNS, varied, 4, 0, "kind", loose);
    assert_int_equal(group_admits(t.rules, &pair, 0, &t.scratch), TRUTH_YES);
    trial_release(&t);
}

static void a_check_that_applies_to_some_groups_asks_them_alone(void **state) {
    (void)state;
    page_agrees(SCALES,
                DECISIONS CHECK "applies: {Size: at least 3}\n-->\n" ROWS
                                "| one | not Loose | Size at most 4 | breach |\n",
                kinds, false);
}

static void a_row_that_waits_for_others_is_left_to_the_tables(void **state) {
    (void)state;
    page_agrees(SCALES "    n: {label: N, type: whole, range: 0 to 9, is: 'count(members[scc])'}\n",
                DECISIONS CHECK "-->\n\n| Row | N | Must have | If not |\n|---|---|---|---|\n"
                                "| one | 1 | Size at most 4 | breach |\n| *otherwise:* | | | |\n| two | any "
                                "| Size at most 3 | breach |\n",
                kinds, true);
}

static void what_is_decided_of_a_group_is_left_to_the_tables(void **state) {
    (void)state;
    page_agrees(
        SCALES "    n: {label: N, type: whole, range: 0 to 9, is: 'count(members[scc])'}\n",
        DECISIONS
        "<!-- decision: fit\nsubject: partnership\noutputs: {fit: {label: Fit, type: yes/no}}\n-->\n\n"
        "| N | Fit |\n|---|---|\n| 0 | yes |\n| *otherwise* | no |\n\n" CHECK "-->\n" ROWS
        "| one | any | Fit | breach |\n",
        kinds, true);
}

static void what_cannot_be_true_of_a_group_is_left_to_the_tables(void **state) {
    (void)state;
    page_agrees(SCALES "    n: {label: N, type: whole, range: 0 to 9, is: 'count(members[scc])'}\n"
                       "never: {partnership: [{when: n > 2, because: there are never so many}]}\n",
                DECISIONS CHECK "-->\n" ROWS "| one | any | N at most 1 | breach |\n", kinds, true);
    page_agrees(
        SCALES
        "never: {partnership: [{when: kind = \"loose\" and kind = \"hard\", because: one is enough}]}\n",
        DECISIONS CHECK "-->\n" ROWS "| one | any | Size at most 3 | breach |\n", kinds, false);
}

static void a_group_whose_kind_is_not_known_is_answered_as_the_tables_do(void **state) {
    (void)state;
    static const char *const forms[] = {"?", "hard", NULL};
    page_agrees(SCALES,
                DECISIONS CHECK "-->\n" ROWS "| one | Hard | Size at most 3 | breach |\n"
                                "| two | any | Size at least 2 | breach |\n",
                forms, true);
}

/* ---- what is impossible ---- */

static void a_school_is_barred_by_what_it_says_alone(void **state) {
    (void)state;
    static const char *const schools[] = {
        "primary rc - good no yes no hard,structured,loose no no - -",
        "primary rc - good no yes no loose no no - -",                     /* accepts one kind */
        "primary rc south good no yes no hard,loose,structured no no - -", /* of a trust */
        "primary rc - good no yes no ? no no - -",                         /* has not said what it accepts */
        "primary rc - good no yes no hard,structured,loose no no - s1004", /* refuses itself */
        "secondary rc south good no yes no hard no yes - -",
    };
    static const bool barred[] = {false, true, true, true, true, true};
    static struct trial t;
    make_barnet(&t, schools, 5, 1); /* the sixth is of the trust, takes part and is no member */
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(group_bars(t.rules, i, 0), barred[i]);
    assert_false(group_bars(t.rules, 1, 2));
    trial_release(&t);
}

static void two_schools_are_parted_by_what_they_say_of_each_other(void **state) {
    (void)state;
    static const char *const schools[] = {
        "primary rc - good no yes yes hard,structured,loose yes no - -", /* objects */
        "primary rc - good no yes no hard,structured,loose yes no - -",
        "primary ce - good no yes no hard,structured,loose yes no - s1001", /* refuses the second */
        "primary ? - good no yes no hard,structured,loose yes no - -",
        "secondary rc - good no yes no hard,structured,loose no no - -",
        "primary rc - good no yes no hard,structured,loose no no - -", /* accepts no secondary school */
    };
    static struct trial t;
    make_barnet(&t, schools, COUNT(schools), 0);
    assert_false(group_parts(t.rules, 0, 1, 0));
    assert_true(group_parts(t.rules, 0, 2, 0));
    assert_true(group_parts(t.rules, 2, 0, 0));
    assert_false(group_parts(t.rules, 0, 2, 1)); /* a structured partnership has no board in common */
    assert_true(group_parts(t.rules, 1, 2, 1));
    assert_true(group_parts(t.rules, 2, 1, 2));
    assert_true(group_parts(t.rules, 0, 3, 0)); /* whether they are of one faith is not known */
    assert_true(group_parts(t.rules, 4, 5, 1));
    assert_false(group_parts(t.rules, 1, 4, 1));
    trial_release(&t);
}

static void a_school_needs_the_others_of_its_trust_that_take_part(void **state) {
    (void)state;
    static const char *const schools[] = {
        "primary rc north good no yes no hard,structured,loose yes no - -",
        "primary ce north good no yes no hard,structured,loose yes no - -",
        "primary ce south good no yes no hard,structured,loose yes no - -",
        "primary ce - good no yes no hard,structured,loose yes no - -",
        "secondary ce south good no yes no hard,structured,loose yes no - -", /* takes no part */
        "primary rc ? good no yes no hard,structured,loose yes no - -",       /* of what trust? */
    };
    static struct trial t;
    make_barnet(&t, schools, COUNT(schools), 0);
    for (size_t form = 0; form < t.form_count; form++) {
        assert_true(group_needs(t.rules, 0, 1, form));
        assert_true(group_needs(t.rules, 1, 0, form));
        assert_false(group_needs(t.rules, 0, 2, form));
        assert_false(group_needs(t.rules, 2, 4, form));
        assert_true(
            group_needs(t.rules, 4, 2, form)); /* one of the trust that takes part is not to be left */
        assert_false(group_needs(t.rules, 3, 0, form));
        assert_false(group_needs(t.rules, 0, 0, form));
        assert_true(group_needs(t.rules, 0, 5, form)); /* which is perhaps of the trust */
    }
    trial_release(&t);
}

static void counts_tell_sizes_leaders_and_balance_that_no_group_may_have(void **state) {
    (void)state;
    static struct trial t;
    make_barnet(&t, varied, COUNT(varied), 0);
    size_t n = group_counts(t.rules, 1), concerns = 0, leaders = 0;
    bool possibly;
    for (size_t i = 1; i < n; i++) { /* the third certainly causes concern, the second does not lead */
        if (group_counted(t.rules, 1, i, 2, &possibly) && !group_counted(t.rules, 1, i, 0, &possibly))
            concerns = i;
        if (group_counted(t.rules, 1, i, 0, &possibly) && !group_counted(t.rules, 1, i, 1, &possibly))
            leaders = i;
    }
    assert_true(concerns && leaders);
    assert_false(group_counted(t.rules, 1, concerns, 3, &possibly));
    assert_true(possibly);
    size_t sure[8] = {0}, possible[8] = {0};
    for (size_t i = 0; i < n; i++)
        sure[i] = possible[i] = 5;
    sure[concerns] = possible[concerns] = 1;
    assert_true(group_may(t.rules, 1, sure, possible));
    possible[concerns] = 2;
    assert_false(group_may(t.rules, 1, sure, possible)); /* five, of whom perhaps two cause concern */
    possible[concerns] = 1;
    sure[leaders] = 0;
    assert_false(group_may(t.rules, 1, sure, possible));
    for (size_t i = 0; i < n; i++)
        sure[i] = possible[i] = 11;
    sure[concerns] = possible[concerns] = 0;
    assert_false(group_may(t.rules, 1, sure, possible)); /* structured: at most ten */
    assert_true(group_may(t.rules, 2, sure, possible));
    trial_release(&t);
}

/* ---- many members ---- */

static void groups_out_of_many_are_answered_as_the_tables_do(void **state) {
    (void)state;
    enum { MANY = 150 };
    struct random r = {150};
    struct arena words = {0};
    static struct trial t;
    const char *schools[MANY];
    for (size_t i = 0; i < MANY; i++)
        schools[i] = random_school(&r, 2, &words);
    make_barnet(&t, schools, MANY - 10, 10);
    for (size_t i = 0; i < 600; i++) {
        uint64_t members[3] = {0};
        for (size_t n = 2 + random_below(&r, 6); n; n--) {
            size_t m = random_below(&r, MANY - 10);
            members[m / 64] |= (uint64_t)1 << m % 64;
        }
        assert_int_equal(group_admits(t.rules, members, i % 3, &t.scratch),
                         trial_checked(&t, members, i % 3));
    }
    trial_release(&t);
    arena_release(&words);
}

/* More than the words that a pair of members takes without asking for memory. */
static void a_pair_of_more_than_a_thousand_is_parted(void **state) {
    (void)state;
    enum { MANY = 1030 };
    static const struct shape apart = {"    f: {label: F, type: yes/no, is: 'every m in members satisfies "
                                       "not(m.objects) or (every o in members "
                                       "satisfies o.faith = m.faith)'}\n",
                                       "F", false};
    struct arena words = {0};
    static struct trial t;
    const char *schools[MANY];
    for (size_t i = 0; i < MANY; i++)
        schools[i] = i == 1028 ? "primary ce - good no yes yes hard yes no - -"
                               : "primary rc - good no yes no hard yes no - -";
    make_shape(&t, &apart, schools, MANY, 0, &words);
    assert_true(group_parts(t.rules, 1028, 1029, 0));
    assert_true(group_parts(t.rules, 3, 1028, 0));
    assert_false(group_parts(t.rules, 1027, 1029, 0));
    trial_release(&t);
    arena_release(&words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(barnets_rows_are_answered_as_the_tables_do),
        cmocka_unit_test(barnets_rows_are_answered_for_schools_at_random),
        cmocka_unit_test(every_shape_is_answered_as_the_tables_do),
        cmocka_unit_test(a_shape_that_is_compiled_is_answered_without_putting_the_group_together),
        cmocka_unit_test(advice_and_rows_of_another_kind_are_not_asked),
        cmocka_unit_test(a_check_that_applies_to_some_groups_asks_them_alone),
        cmocka_unit_test(a_row_that_waits_for_others_is_left_to_the_tables),
        cmocka_unit_test(what_is_decided_of_a_group_is_left_to_the_tables),
        cmocka_unit_test(what_cannot_be_true_of_a_group_is_left_to_the_tables),
        cmocka_unit_test(a_group_whose_kind_is_not_known_is_answered_as_the_tables_do),
        cmocka_unit_test(a_school_is_barred_by_what_it_says_alone),
        cmocka_unit_test(two_schools_are_parted_by_what_they_say_of_each_other),
        cmocka_unit_test(a_school_needs_the_others_of_its_trust_that_take_part),
        cmocka_unit_test(counts_tell_sizes_leaders_and_balance_that_no_group_may_have),
        cmocka_unit_test(groups_out_of_many_are_answered_as_the_tables_do),
        cmocka_unit_test(a_pair_of_more_than_a_thousand_is_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
