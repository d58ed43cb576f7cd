/* SPDX-License-Identifier: MIT */
/* test_coverage.c: who is counted as covered, by what, on which day, and why others are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "policy/words.h"
#include "portal/coverage.h"
#include "portal/measure.h"
#include "portal_fixture.h"
#include "publish/plan.h"

#define TERMS                                                                          \
    "coverage:\n  of: coverage.coverage\n  counted: coverage.counted\n  kinds: kind\n" \
    "  by: [phase]\n  subtotals: [young]\n"                                            \
    "  target: {day: 2015-04-01, words: Every school is in a partnership}\n"

#define FACTS                                                                                               \
    "scales:\n"                                                                                             \
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {no_partnership: No "     \
    "partnership}}\n"                                                                                       \
    "  role: {values: {member: Member, lead: Lead, associate: Associate}, beside: {no_role: No role}}\n"    \
    "  phase: {values: {primary: Primary, secondary: Secondary}}\n"                                         \
    "  coverage: {values: {formal: Formal, loose: Loose, associate: Associate only, alone: In none}}\n"     \
    "facts:\n  school:\n"                                                                                   \
    "    phase: {label: Phase, scale: phase, from: phase, visible: public}\n"                               \
    "    young: {label: Primary schools, type: yes/no, is: phase = \"primary\"}\n"                          \
    "    kind: {label: Kind, scale: kind, from: partnership.kind, none: no_partnership, visible: public}\n" \
    "    role: {label: Role, scale: role, from: partnership.role, none: no_role, visible: public}\n"        \
    "    few: {label: Too few, type: yes/no, from: facts, missing: no, visible: officers}\n"                \
    "    risk: {label: At risk, type: yes/no, from: facts, visible: officers}\n"                            \
    "    size: {label: Size, type: whole, range: 0 to 60, from: partnership.size, missing: 0}\n"

#define DECISION                                                                                          \
    "---\ntitle: Coverage\n---\n\n<!-- decision: coverage\nlabel: Coverage\noutputs: {coverage: {label: " \
    "Coverage, scale: coverage}, counted: {label: Counted, type: yes/no}}\n-->\n\n"

#define PLAIN                                                                               \
    DECISION "| Kind | Role | Coverage | Counted |\n|---|---|---|---|\n"                    \
             "| Hard or Structured | Member or Lead | Formal | yes |\n"                     \
             "| Loose | Member or Lead | Loose | yes |\n"                                   \
             "| Hard, Structured or Loose | Associate or No role | Associate only | no |\n" \
             "| No partnership | any | In none | no |\n"

/* What counts rests on a fact that is for officers. */
#define SECRET                                                                                    \
    DECISION "| Kind | Role | Too few | Coverage | Counted |\n|---|---|---|---|---|\n"            \
             "| Hard or Structured | Member or Lead | no | Formal | yes |\n"                      \
             "| Loose | Member or Lead | no | Loose | yes |\n"                                    \
             "| Hard, Structured or Loose | Member or Lead | yes | In none | no |\n"              \
             "| Hard, Structured or Loose | Associate or No role | any | Associate only | no |\n" \
             "| No partnership | any | any | In none | no |\n"

/* The same counted by measures. */
#define MEASURES                                                                                   \
    "\n<!-- measures: covered\nlabel: Covered\n-->\n\n| Measure | Counts | Among | Counted in |\n" \
    "|---|---|---|---|\n| Schools | Counted | | |\n| Pupils | Counted | | pupils |\n"              \
    "| Young | Counted | Primary schools | |\n"

#define GROUP(title, kind, rest) "---\ntitle: " title "\nkind: " kind "\n" rest "---\n"

static void make(struct portal *p, const char *policy) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", TERMS FACTS);
    portal_put(p, "content/policy/coverage.md", policy);
    portal_put(p, "content/partnerships/oak.md", GROUP("Oak", "hard", "state: formed\nformed: 2014-09-01\n"));
    portal_put(p, "content/partnerships/elm.md",
               GROUP("Elm", "loose", "state: formed\nformed: 2014-09-01\n"));
}

/* A school with its memberships and more lines, all as YAML; its name is its slug's. */
static void school(struct portal *p, int number, const char *slug, const char *phase, const char *rest) {
    struct buf out = {.arena = &p->arena}, path = {.arena = &p->arena};
    buf_printf(&path, "schools/%s.yaml", slug);
    buf_printf(&out,
               "urn: \"%d\"\nname: %s school\nphase: %s\ntype: community\n"
               "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n%s\n",
               900000 + number, slug, phase, rest);
    portal_put(p, str_z(&p->arena, buf_str(&path)), str_z(&p->arena, buf_str(&out)));
}

static const struct coverage *bind(struct portal *p, const char *day, enum audience audience) {
    portal_bind(p, day, audience);
    const struct coverage *c = coverage_make(&p->site, &p->arena);
    assert_non_null(c);
    return c;
}

static void add_words(struct buf *out, const struct variable *v, values answer, struct str label) {
    if (v && v->output)
        words_answers(out, v->output, answer);
    else if (v)
        words_values(out, v, answer);
    else
        buf_add(out, label);
}

/* "Primary 2 of 3: Hard 2, In none 1 | ..." with the columns that have schools; a `?` before those of which it is not known. */
static void print_row(struct buf *out, const struct coverage *c, const struct coverage_row *r) {
    buf_add(out, out->len ? STR(" | ") : STR(""));
    add_words(out, r->variable, r->answer, r->label);
    buf_printf(out, " %zu of %zu:", r->covered.schools, r->all.schools);
    for (size_t i = 0; i < c->column_count; i++) {
        if (!r->cells[i].schools)
            continue;
        buf_lit(out, " ");
        add_words(out, c->columns[i].variable, c->columns[i].answer, c->columns[i].label);
        buf_printf(out, " %zu", r->cells[i].schools);
    }
}

static const char *printed(struct portal *p, const struct coverage *c) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < c->by_count; i++)
        for (size_t j = 0; j < c->by[i].count; j++)
            print_row(&out, c, &c->by[i].rows[j]);
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        print_row(&out, c, &c->subtotals[i]);
    print_row(&out, c, &c->all);
    return str_z(&p->arena, buf_str(&out));
}

static const char *all_of(struct portal *p, const struct coverage *c) {
    struct buf out = {.arena = &p->arena};
    print_row(&out, c, &c->all);
    return str_z(&p->arena, buf_str(&out));
}

#define IN(group) "memberships: [{partnership: " group "}]"
#define NOWHERE "memberships: []"

/* ---- vectors ---- */

/* BAR-53. */
static void ninety_primaries_on_the_day(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    for (int i = 0; i < 90; i++) {
        char slug[16];
        snprintf(slug, sizeof(slug), "s%02d", i);
        school(&p, i, slug, "primary",
               i < 85   ? IN("oak")
               : i < 88 ? IN("elm")
               : i < 89 ? "memberships: [{partnership: oak, role: associate}]"
                        : NOWHERE);
    }
    const struct coverage *c = bind(&p, "2015-04-01", AUDIENCE_PUBLIC);
    assert_string_equal(all_of(&p, c), "All schools 88 of 90: Hard 85 Loose 3 Associate only 1 In none 1");
    assert_int_equal(coverage_days_left(&p.site), 0);
    portal_release(&p);
}

/* BAR-13: a trust of one is a hard partnership that has nobody to challenge it. */
static void a_partnership_that_the_policy_does_not_count_is_not_counted(void **state) {
    (void)state;
    struct portal p;
    make(&p, SECRET);
    school(&p, 1, "ash", "primary", IN("oak") "\nfacts: {few: yes}");
    school(&p, 2, "bay", "primary", IN("elm"));
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(all_of(&p, c), "All schools 1 of 2: Loose 1 In none 1");
    assert_int_equal(c->gap_count, 1);
    assert_int_equal(c->gaps[0].kind, GAP_MEMBER);
    assert_string_equal(str_z(&p.arena, c->gaps[0].reasons[0].group->title), "Oak");
    portal_release(&p);
}

/* ---- who is counted ---- */

static void rows_and_columns_add_up_to_the_same(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    portal_put(&p, "content/partnerships/fir.md", GROUP("Fir", "structured", "state: formed\n"));
    school(&p, 1, "ash", "primary", IN("oak") "\npupils: [{on: 2026-01-15, count: 200}]");
    school(&p, 2, "bay", "secondary", IN("fir") "\npupils: [{on: 2026-01-15, count: 900}]");
    school(&p, 3, "cob", "secondary", NOWHERE);
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    assert_string_equal(printed(&p, c), "Primary 1 of 1: Hard 1 | Secondary 1 of 2: Structured 1 In none 1 | "
                                        "Primary schools 1 of 1: Hard 1 | "
                                        "All schools 2 of 3: Hard 1 Structured 1 In none 1");
    assert_int_equal(c->all.covered.pupils, 1100);
    assert_int_equal(c->all.all.pupils, 1100);
    assert_int_equal(c->all.uncounted, 1);
    /* kinds that nobody is in are columns too, and what does not count; "No partnership" is no kind */
    assert_int_equal(c->column_count, 5);
    portal_release(&p);
}

static void closed_schools_are_not_counted_and_schools_to_open_are_counted_beside(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    school(&p, 1, "ash", "primary", IN("oak"));
    school(&p, 2, "bay", "primary", IN("oak") "\nstatus: closed\nclosed: 2024-08-31");
    school(&p, 3, "cob", "primary", NOWHERE "\nstatus: proposed_to_open\nopened: 2026-09-01");
    school(&p, 4, "dun", "primary", NOWHERE "\nstatus: proposed_to_close");
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(all_of(&p, c), "All schools 1 of 2: Hard 1 In none 1");
    assert_int_equal(c->to_open, 1);
    assert_int_equal(c->gap_count, 2);
    assert_int_equal(c->gaps[0].kind, GAP_SILENT);
    assert_int_equal(c->gaps[1].kind, GAP_TO_OPEN);
    assert_string_equal(str_z(&p.arena, c->gaps[1].school->slug), "cob");
    portal_release(&p);
}

/* What is not known is a column of its own, never a no. */
static void a_school_that_says_nothing_is_not_known(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    school(&p, 1, "ash", "primary", IN("oak"));
    school(&p, 2, "bay", "primary", "");
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(all_of(&p, c), "All schools 1 of 2: Hard 1 Not known 1");
    assert_int_equal(c->all.unknown.schools, 1);
    assert_int_equal(c->gaps[0].kind, GAP_UNKNOWN);
    assert_non_null(c->gaps[0].reasons[0].missing);
    assert_int_equal(c->reached, 1);
    assert_int_equal(c->might, 1);
    portal_release(&p);
}

/* A subtotal has those who are certainly in it. */
static void who_may_be_of_a_subtotal_is_not_counted_in_it(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    portal_put(&p, "content/framework.yaml",
               "coverage:\n  of: coverage.coverage\n  counted: coverage.counted\n  subtotals: [risk]\n"
               "  target: {day: 2027-04-01, words: All}\n" FACTS);
    school(&p, 1, "ash", "primary", IN("oak") "\nfacts: {risk: yes}");
    school(&p, 2, "bay", "primary", IN("oak"));
    school(&p, 3, "cob", "primary", IN("oak") "\nfacts: {risk: no}");
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(printed(&p, c), "At risk 1 of 1: Formal 1 | All schools 3 of 3: Formal 3");
    portal_release(&p);
}

static void without_kinds_those_that_count_are_told_apart_by_where_they_stand(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    portal_put(&p, "content/framework.yaml",
               "coverage:\n  of: coverage\n  counted: Counted\n"
               "  target: {day: 2027-04-01, words: Every school is in one}\n" FACTS);
    school(&p, 1, "ash", "primary", IN("oak"));
    school(&p, 2, "bay", "primary", NOWHERE);
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    assert_string_equal(printed(&p, c), "All schools 1 of 2: Formal 1 In none 1");
    assert_int_equal(c->column_count, 4);
    portal_release(&p);
}

/* ---- days ---- */

static void a_school_counts_from_the_day_on_which_both_it_and_its_partnership_begin(void **state) {
    (void)state;
    static const char *const days[][2] = {
        {"2014-08-31", "All schools 0 of 3: In none 3"},
        {"2014-09-01", "All schools 1 of 3: Hard 1 In none 2"},
        {"2016-01-01", "All schools 2 of 3: Hard 2 In none 1"},
        {"2019-08-31", "All schools 1 of 3: Hard 1 In none 2"},
    };
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        struct portal p;
        make(&p, PLAIN);
        portal_put(&p, "content/partnerships/old.md",
                   GROUP("Old", "hard", "state: dissolved\nformed: 2016-01-01\nended: 2019-08-31\n"));
        portal_put(&p, "content/partnerships/new.md",
                   GROUP("New", "hard", "state: formed\nformed: 2026-09-01\n"));
        school(&p, 1, "ash", "primary", "memberships: [{partnership: oak, from: 2014-01-01}]");
        school(&p, 2, "bay", "primary", "memberships: [{partnership: old, from: 2016-01-01}]");
        school(&p, 3, "cob", "primary", IN("new"));
        assert_string_equal(all_of(&p, bind(&p, days[i][0], AUDIENCE_PUBLIC)), days[i][1]);
        portal_release(&p);
    }
}

/* ---- why not ---- */

static const char *reasons(struct portal *p, const struct coverage *c) {
    static const char *const words[GAP_COUNT] = {"unknown",   "to open",  "begins", "proposed", "member",
                                                 "associate", "declined", "wishes", "silent"};
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < c->gap_count; i++) {
        buf_add(&out, i ? STR("; ") : STR(""));
        buf_add(&out, c->gaps[i].school->slug);
        for (size_t j = 0; j < c->gaps[i].count; j++)
            buf_printf(&out, "%s%s", j ? ", " : " ", words[c->gaps[i].reasons[j].kind]);
        buf_printf(&out, "%s", c->gaps[i].would == TRUTH_YES ? " -> covered" : "");
    }
    return str_z(&p->arena, buf_str(&out));
}

static void officers_are_told_why_and_what_would_be_reached(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    portal_put(&p, "content/partnerships/new.md",
               GROUP("New", "hard", "state: proposed\naudience: officers\n"));
    portal_put(&p, "content/partnerships/off.md",
               GROUP("Off", "loose", "state: declined\naudience: officers\n"));
    portal_put(&p, "content/partnerships/old.md",
               GROUP("Old", "hard", "state: dissolved\nended: 2019-08-31\n"));
    school(&p, 1, "ash", "primary", IN("new"));
    school(&p, 2, "bay", "primary", "memberships: [{partnership: new, governing_body: declined}]");
    school(&p, 3, "cob", "primary",
           "memberships: [{partnership: off}, {partnership: old}]\nwishes: {kinds: [loose]}");
    school(&p, 4, "dun", "primary",
           "memberships: [{partnership: oak, role: associate}, {partnership: new, role: associate}]");
    school(&p, 5, "ely", "primary", "memberships: [{partnership: oak, from: 2026-09-01}]");
    school(&p, 6, "fen", "primary", NOWHERE "\nwishes: {schools: [ash]}");
    school(&p, 7, "gap", "primary", IN("elm"));
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(reasons(&p, c),
                        "ely begins, silent -> covered; ash proposed, silent -> covered; "
                        "dun associate, associate, silent; bay declined, silent; cob declined, wishes; "
                        "fen wishes");
    assert_int_equal(c->proposals, 1);
    assert_int_equal(c->reached, 3);
    assert_int_equal(c->might, 0);
    portal_release(&p);
}

/* Records say "hard" as the schema has it, and this portal's scale has an id of its own for that: what would be is read as
 * what is. */
static void what_a_proposal_would_bring_is_read_as_facts_are(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    struct buf own = {.arena = &p.arena};
    const char *framework = TERMS FACTS, *hard = strstr(framework, "hard: Hard");
    buf_printf(&own, "%.*sfederated%s", (int)(hard - framework), framework, hard + strlen("hard"));
    portal_put(&p, "content/framework.yaml", str_z(&p.arena, buf_str(&own)));
    portal_put(&p, "content/partnerships/new.md",
               GROUP("New", "hard", "state: proposed\naudience: officers\n"));
    school(&p, 1, "ash", "primary", IN("new"));
    school(&p, 2, "bay", "primary", IN("oak"));
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(reasons(&p, c), "ash proposed, silent -> covered");
    assert_int_equal(c->reached, 2);
    portal_release(&p);
}

/* From the first day on a membership works; on the day on which it has ended it is history. */
static void the_first_day_and_the_last_are_told_apart(void **state) {
    (void)state;
    struct portal p;
    make(&p, SECRET);
    school(&p, 1, "ash", "primary", "memberships: [{partnership: oak, from: 2026-05-01}]\nfacts: {few: yes}");
    school(&p, 2, "bay", "primary", "memberships: [{partnership: oak, to: 2026-05-01}]");
    school(&p, 3, "cob", "primary", "memberships: [{partnership: oak, from: 2026-05-02}]");
    school(&p, 4, "dun", "primary", "memberships: [{partnership: elm, to: 2026-05-02}]\nfacts: {few: yes}");
    assert_string_equal(reasons(&p, bind(&p, "2026-05-01", AUDIENCE_OFFICERS)),
                        "cob begins, silent -> covered; ash member, silent; dun member, silent; bay silent");
    portal_release(&p);
}

static void close_all(struct portal *p) {
    portal_put(p, "content/partnerships/oak.md",
               GROUP("Oak", "hard", "state: dissolved\nended: 2019-08-31\n"));
    portal_put(p, "content/partnerships/elm.md",
               GROUP("Elm", "loose", "state: dissolved\nended: 2019-08-31\n"));
}

/* Its size is that of the members who stand, and a school that is to open is reached by nobody yet. */
static void what_would_be_reached_counts_members_and_open_schools(void **state) {
    (void)state;
    struct portal p;
    make(&p, DECISION "| Kind | Size | Coverage | Counted |\n|---|---|---|---|\n"
                      "| Hard, Structured or Loose | at least 2 | Formal | yes |\n"
                      "| *otherwise* | | In none | no |\n");
    close_all(&p);
    portal_put(&p, "content/partnerships/new.md",
               GROUP("New", "hard", "state: proposed\naudience: officers\n"));
    portal_put(&p, "content/partnerships/two.md",
               GROUP("Two", "hard", "state: proposed\naudience: officers\n"));
    school(&p, 1, "ash", "primary", IN("new"));
    school(&p, 2, "bay", "primary", "memberships: [{partnership: new, role: associate}]");
    school(&p, 3, "cob", "primary", "memberships: [{partnership: new, governing_body: declined}]");
    school(&p, 4, "dun", "primary", IN("two"));
    school(&p, 5, "ely", "primary", IN("two") "\nstatus: proposed_to_open\nopened: 2026-09-01");
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(reasons(&p, c), "ash proposed, silent; dun proposed, silent -> covered; "
                                        "bay associate, silent; cob declined, silent; "
                                        "ely to open, proposed, silent -> covered");
    assert_int_equal(c->reached, 1);
    portal_release(&p);
}

/* The best that one of its proposals might make of it, whatever another would. */
static void a_proposal_that_would_not_count_takes_nothing_from_one_that_might(void **state) {
    (void)state;
    struct portal p;
    make(&p, DECISION "| Kind | At risk | Coverage | Counted |\n|---|---|---|---|\n"
                      "| Hard | no | Formal | yes |\n| *otherwise* | | In none | no |\n");
    close_all(&p);
    portal_put(&p, "content/partnerships/new.md",
               GROUP("New", "hard", "state: proposed\naudience: officers\n"));
    portal_put(&p, "content/partnerships/two.md",
               GROUP("Two", "loose", "state: proposed\naudience: officers\n"));
    school(&p, 1, "ash", "primary", "memberships: [{partnership: new}, {partnership: two}]");
    const struct coverage *c = bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_int_equal(c->all.unknown.schools, 0);
    assert_int_equal(c->reached, 0);
    assert_int_equal(c->might, 1);
    portal_release(&p);
}

static void nobody_else_is_told(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    portal_put(&p, "content/partnerships/new.md",
               GROUP("New", "hard", "state: proposed\naudience: officers\n"));
    school(&p, 1, "ash", "primary", IN("new"));
    for (int a = AUDIENCE_SCHOOLS; a < AUDIENCE_COUNT; a++) {
        const struct coverage *c;
        if (a == AUDIENCE_SCHOOLS)
            portal_bind(&p, "2026-05-01", AUDIENCE_SCHOOLS);
        else
            site_bind(&p.site, (enum audience)a);
        c = coverage_make(&p.site, &p.arena);
        assert_null(c->gaps);
        assert_int_equal(c->proposals + c->reached + c->might, 0);
    }
    portal_release(&p);
}

/* The public's own run does not know what is for officers: it counts as not known, whatever it is. */
static void what_an_audience_may_not_see_changes_nothing_that_it_is_told(void **state) {
    (void)state;
    const char *was = NULL;
    struct arena kept = {0};
    for (int few = 0; few < 2; few++) {
        struct portal p;
        make(&p, SECRET);
        school(&p, 1, "ash", "primary",
               few ? IN("oak") "\nfacts: {few: yes}" : IN("oak") "\nfacts: {few: no}");
        school(&p, 2, "bay", "primary", NOWHERE);
        assert_string_equal(all_of(&p, bind(&p, "2026-05-01", AUDIENCE_OFFICERS)),
                            few ? "All schools 0 of 2: In none 2" : "All schools 1 of 2: Hard 1 In none 1");
        site_bind(&p.site, AUDIENCE_PUBLIC);
        const char *now = printed(&p, coverage_make(&p.site, &p.arena));
        if (was)
            assert_string_equal(now, was);
        was = str_z(&kept, str_from(now));
        portal_release(&p);
    }
    assert_non_null(strstr(was, "Not known 1"));
    arena_release(&kept);
}

static void an_answer_that_is_not_for_an_audience_has_no_page_there(void **state) {
    (void)state;
    struct portal p;
    make(&p, PLAIN);
    struct str hidden = STR(PLAIN);
    size_t at = str_find(hidden, '{', 0);
    hidden = str_join(&p.arena, str_sub(hidden, 0, at - 9), STR("visible: officers\n"),
                      str_sub(hidden, at - 9, hidden.len));
    portal_put(&p, "content/policy/coverage.md", str_z(&p.arena, hidden));
    school(&p, 1, "ash", "primary", IN("oak"));
    bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    site_bind(&p.site, AUDIENCE_PUBLIC);
    assert_null(coverage_make(&p.site, &p.arena));
    portal_release(&p);
    make(&p, PLAIN); /* nor where only whether it counts is for all */
    portal_put(
        &p, "content/policy/coverage.md",
        "---\ntitle: Coverage\n---\n\n<!-- decision: coverage\nlabel: Coverage\noutputs: {coverage: "
        "{label: Coverage, scale: coverage, visible: officers}, counted: {label: Counted, type: yes/no}}\n"
        "-->\n\n| Kind | Coverage | Counted |\n|---|---|---|\n| Hard | Formal | yes |\n"
        "| *otherwise* | In none | no |\n");
    bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    site_bind(&p.site, AUDIENCE_PUBLIC);
    assert_null(coverage_make(&p.site, &p.arena));
    portal_release(&p);
}

/* ---- pages ---- */

static bool has_page(const struct plan *plan, const char *address) {
    for (size_t i = 0; i < plan->count; i++)
        if (str_eq(plan->outputs[i].address, str_from(address)))
            return true;
    return false;
}

static void more_than_a_page_can_hold_are_split_by_letter_for_officers(void **state) {
    (void)state;
    for (int more = 0; more < 2; more++) {
        struct portal p;
        struct plan plan;
        make(&p, PLAIN);
        for (int i = 0; i < PLAN_LIST_MAX + more; i++) {
            char slug[16];
            snprintf(slug, sizeof(slug), "%c%03d", i % 2 ? 'k' : 'm', i);
            school(&p, i, slug, "primary", NOWHERE);
        }
        bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
        plan_make(&plan, &p.arena, &p.site);
        assert_true(has_page(&plan, "coverage.html"));
        assert_int_equal(has_page(&plan, "coverage/k.html"), more);
        assert_int_equal(has_page(&plan, "coverage/m.html"), more);
        assert_false(has_page(&plan, "coverage/a.html"));
        site_bind(&p.site, AUDIENCE_PUBLIC);
        plan_make(&plan, &p.arena, &p.site);
        assert_true(has_page(&plan, "coverage.html"));
        assert_false(has_page(&plan, "coverage/k.html"));
        portal_release(&p);
    }
}

/* ---- against measures ---- */

static void measures_and_coverage_count_the_same(void **state) {
    (void)state;
    struct portal p;
    make(&p, SECRET MEASURES);
    school(&p, 1, "ash", "primary", IN("oak") "\nfacts: {few: yes}\npupils: [{on: 2026-01-15, count: 200}]");
    school(&p, 2, "bay", "primary", IN("elm") "\npupils: [{on: 2026-01-15, count: 90}]");
    school(&p, 3, "cob", "secondary", IN("oak") "\npupils: [{on: 2026-01-15, count: 700}]");
    school(&p, 4, "dun", "secondary", "pupils: [{on: 2026-01-15, count: 500}]");
    school(&p, 5, "ely", "primary", NOWHERE);
    school(&p, 6, "fen", "primary", IN("oak") "\nstatus: closed\nclosed: 2020-08-31");
    for (int a = AUDIENCE_OFFICERS; a < AUDIENCE_COUNT; a++) {
        if (a == AUDIENCE_OFFICERS)
            portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
        else
            site_bind(&p.site, (enum audience)a);
        const struct coverage *c = coverage_make(&p.site, &p.arena);
        const struct measure_result *m = p.site.measures->items;
        const struct coverage_row *rows[] = {&c->all, &c->all, &c->subtotals[0]};
        for (size_t i = 0; i < 3; i++) {
            bool pupils = i == 1;
            size_t covered = pupils ? rows[i]->covered.pupils : rows[i]->covered.schools;
            size_t unknown = pupils ? rows[i]->unknown.pupils : rows[i]->unknown.schools;
            assert_int_equal(m[i].low, covered);
            assert_int_equal(m[i].high, covered + unknown);
            assert_int_equal(m[i].whole_low, pupils ? rows[i]->all.pupils : rows[i]->all.schools);
        }
        assert_int_equal(c->all.covered.schools, a == AUDIENCE_OFFICERS ? 2 : 0);
        assert_true(coverage_measured(&p.site, p.site.policy.measures[0]));
    }
    portal_release(&p);
}

/* ---- the target ---- */

static void days_and_terms_are_those_that_are_left(void **state) {
    (void)state;
    static const struct {
        const char *day, *target;
        int days;
        bool declared;
        size_t terms;
    } cases[] = {
        {"2026-05-01", "2027-04-01", 335, true, 3}, {"2026-05-01", "2026-05-02", 1, true, 1},
        {"2026-07-22", "2026-09-01", 41, true, 0},  {"2026-05-01", "2026-05-01", 0, true, 0},
        {"2026-05-02", "2026-05-01", -1, true, 0},  {"2026-05-01", "2028-04-01", 701, false, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct portal p;
        size_t terms;
        make(&p, PLAIN);
        struct str framework = str_join(
            &p.arena, STR("coverage:\n  of: coverage\n  counted: Counted\n  target: {words: All, day: "),
            str_from(cases[i].target),
            STR("}\ncalendar:\n  years:\n"
                "    2025 to 2026: [[2025-09-01, 2025-10-24], [2025-11-03, 2025-12-19], [2026-01-05, "
                "2026-02-13], [2026-02-23, 2026-03-27], [2026-04-13, 2026-05-22], [2026-06-01, "
                "2026-07-22]]\n"
                "    2026 to 2027: [[2026-09-02, 2026-10-23], [2026-11-02, 2026-12-18], [2027-01-04, "
                "2027-02-12], [2027-02-22, 2027-03-25], [2027-04-12, 2027-05-28], [2027-06-07, "
                "2027-07-22]]\n" FACTS));
        portal_put(&p, "content/framework.yaml", str_z(&p.arena, framework));
        school(&p, 1, "ash", "primary", NOWHERE);
        bind(&p, cases[i].day, AUDIENCE_PUBLIC);
        assert_int_equal(coverage_days_left(&p.site), cases[i].days);
        assert_int_equal(coverage_terms_left(&p.site, &terms), cases[i].declared);
        if (cases[i].declared)
            assert_int_equal(terms, cases[i].terms);
        portal_release(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ninety_primaries_on_the_day),
        cmocka_unit_test(a_partnership_that_the_policy_does_not_count_is_not_counted),
        cmocka_unit_test(rows_and_columns_add_up_to_the_same),
        cmocka_unit_test(closed_schools_are_not_counted_and_schools_to_open_are_counted_beside),
        cmocka_unit_test(a_school_that_says_nothing_is_not_known),
        cmocka_unit_test(who_may_be_of_a_subtotal_is_not_counted_in_it),
        cmocka_unit_test(without_kinds_those_that_count_are_told_apart_by_where_they_stand),
        cmocka_unit_test(a_school_counts_from_the_day_on_which_both_it_and_its_partnership_begin),
        cmocka_unit_test(officers_are_told_why_and_what_would_be_reached),
        cmocka_unit_test(what_a_proposal_would_bring_is_read_as_facts_are),
        cmocka_unit_test(the_first_day_and_the_last_are_told_apart),
        cmocka_unit_test(what_would_be_reached_counts_members_and_open_schools),
        cmocka_unit_test(a_proposal_that_would_not_count_takes_nothing_from_one_that_might),
        cmocka_unit_test(nobody_else_is_told),
        cmocka_unit_test(what_an_audience_may_not_see_changes_nothing_that_it_is_told),
        cmocka_unit_test(an_answer_that_is_not_for_an_audience_has_no_page_there),
        cmocka_unit_test(more_than_a_page_can_hold_are_split_by_letter_for_officers),
        cmocka_unit_test(measures_and_coverage_count_the_same),
        cmocka_unit_test(days_and_terms_are_those_that_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
