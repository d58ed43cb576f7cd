/* SPDX-License-Identifier: MIT */
/* test_prove.c: each kind of finding in its words, and the chart of fourteen rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/prove.h"
#include "policy_help.h"

#define WORDS                                                                                  \
    "scales:\n"                                                                                \
    "  grade: {values: {inadequate: Inadequate, ri: [Requires improvement, RI], good: Good, "  \
    "outstanding: Outstanding}, last: best, beside: {none_yet: Never inspected}}\n"            \
    "  level: {values: {low: Low, mid: Mid, high: High}, last: worst}\n"                       \
    "facts:\n"                                                                                 \
    "  school:\n"                                                                              \
    "    grade: {label: Ofsted grade, scale: grade}\n"                                         \
    "    lead: {label: Leadership, scale: grade}\n"                                            \
    "    score: {label: Score, type: number}\n"                                                \
    "    other_score: {label: Other score, type: number}\n"                                    \
    "    risk: {label: At risk, type: yes/no}\n"                                               \
    "    sef: {label: SEF validated as, scale: grade}\n"                                       \
    "    trend: {label: Data, set of: {up: Improving, down: Declining, flat: Not improving}, " \
    "implies: {down: flat}}\n"                                                                 \
    "    small: {label: Small, type: yes/no, is: score < 10}\n"                                \
    "    sum: {label: Sum, type: number, is: score + other_score}\n"                           \
    "never:\n"                                                                                 \
    "  school:\n"                                                                              \
    "    - {when: 'trend.up and trend.flat', because: a summary cannot be both}\n"

#define DECISION(keys) "<!-- decision: d\n" keys "outputs: {level: level}\n-->\n\n"

struct proved {
    struct fixture f;
    struct proofs proofs;
    struct diags said;
    struct buf text;
};

/* Proves pages, and has all that is said as text. What reading them says is said first. */
static const char *prove(struct proved *p, const char *framework, const char *const *pages, size_t count) {
    policy_make(&p->f, framework, pages, count);
    struct arena *arena = &p->f.arena;
    p->said = (struct diags){.arena = arena};
    p->text = (struct buf){.arena = arena};
    diags_take(&p->said, &p->f.diags);
    if (!p->f.diags.errors) {
        policy_prove(&p->f.policy, date_make(2026, 3, 1), arena, &p->f.scratch, &p->proofs);
        proofs_report(&p->proofs, &p->said);
    }
    diags_sort(&p->said);
    for (size_t i = 0; i < p->said.count; i++) {
        const struct diag *d = &p->said.items[i];
        buf_printf(&p->text, "%u:%u " STR_FMT, d->position.line, d->position.column, STR_ARG(d->text));
        buf_add(&p->text, d->note.len ? STR(" (") : STR(""));
        buf_add(&p->text, d->note);
        buf_add(&p->text, d->note.len ? STR(")\n") : STR("\n"));
    }
    buf_byte(&p->text, '\0');
    return buf_str(&p->text).at;
}

static void assert_proof(const char *framework, const char *page, const char *expected) {
    struct proved p;
    assert_string_equal(prove(&p, framework, &page, 1), expected);
    policy_release(&p.f);
}

static void a_gap_is_said_in_words_of_the_table(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        DECISION("") "| Ofsted grade | Leadership | Level |\n|---|---|---|\n"
                     "| Good or Outstanding | | low |\n| RI | Good or RI | mid |\n"
                     "| Inadequate | | high |\n",
        "1:16 no row covers: Ofsted grade Never inspected\n"
        "1:16 no row covers: Ofsted grade Requires improvement; Leadership Inadequate, Outstanding or "
        "Never inspected (nearest to it: \"RI; Good or RI\", which fails in \"Leadership\")\n");
}

static void pieces_of_a_number_line_are_said_as_ranges(void **state) {
    (void)state;
    assert_proof(WORDS,
                 DECISION("") "| Score | Level |\n|---|---|\n| below -5 | low |\n| 0 to 10 | mid |\n"
                              "| above 65 | high |\n",
                 "1:16 no row covers: Score between -5 and 0 or between 10 and 65\n");
}

static void what_does_not_matter_is_left_out(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        DECISION("") "| Leadership | At risk | Score | Level |\n|---|---|---|---|\n"
                     "| Good | yes | | low |\n| not Good | yes | | low |\n"
                     "| | no | below 5 | mid |\n| Good | no | at least 5 | high |\n",
        "1:16 no row covers: Leadership not Good; not At risk; Score 5 or more (nearest to it: \"no; below "
        "5\", which fails in \"Score\")\n");
}

static void items_of_a_set_are_said_together(void **state) {
    (void)state;
    assert_proof(WORDS, DECISION("") "| Data | Level |\n|---|---|\n| Improving or Declining | low |\n",
                 "1:16 no row covers: Data not Improving or Declining\n");
}

static void what_is_not_applicable_is_no_gap(void **state) {
    (void)state;
    assert_proof("scales:\n  level: {values: {low: Low, high: High}, last: worst}\n"
                 "facts:\n  school:\n    big: {label: Big, type: yes/no}\n"
                 "    sixth: {label: Sixth form, type: yes/no, applies: big}\n",
                 DECISION("") "| Sixth form | Level |\n|---|---|\n| yes | low |\n| no | high |\n", "");
}

static void an_otherwise_row_ends_every_gap(void **state) {
    (void)state;
    assert_proof(WORDS,
                 DECISION("") "| Ofsted grade | Level |\n|---|---|\n| Good | low |\n| *otherwise* | high |\n",
                 "");
}

#define PRIORITY "hit: priority\n"

static void a_row_that_never_decides_is_dead(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        DECISION(PRIORITY) "| Ofsted grade | Also | Level |\n|---|---|---|\n| Good or better | | high |\n"
                           "| | | low |\n| Good | At risk | mid |\n"
                           "| Good | Data Improving; Data Not improving | high |\n",
        "10:1 the row \"Good; At risk\" can never decide\n"
        "11:1 the row \"Good; Data Improving; Data Not improving\" can never hold\n");
}

static void two_rows_that_say_different_things_conflict(void **state) {
    (void)state;
    const char *rows = "| Ofsted grade | At risk | Level |\n|---|---|---|\n| Good or better | | low |\n"
                       "| not Good | | mid |\n";
    struct proved p;
    struct arena a = {0};
    assert_proof(WORDS, str_z(&a, str_join(&a, STR(DECISION("")), str_from(rows))),
                 "8:1 the rows \"Good or better\" and \"not Good\" both hold and say different things of: "
                 "Ofsted grade "
                 "Outstanding\n");
    /* with an order the graver one wins, and that they overlap is no mistake */
    const char *page = str_z(&a, str_join(&a, STR(DECISION(PRIORITY)), str_from(rows)));
    assert_string_equal(prove(&p, WORDS, &page, 1), "");
    const struct proof *proof = &p.proofs.items[p.proofs.count - 1];
    struct buf out = {.arena = &a};
    assert_int_equal(proof->overlap_count, 1);
    overlap_print(&out, &proof->overlaps[0]);
    buf_byte(&out, '\0');
    assert_string_equal(buf_str(&out).at,
                        "\"not Good\" and \"Good or better\" both hold, and \"not Good\" wins: Ofsted "
                        "grade Outstanding");
    policy_release(&p.f);
    arena_release(&a);
}

static void rows_of_a_unique_table_never_hold_together(void **state) {
    (void)state;
    assert_proof(WORDS,
                 DECISION("hit: unique\n") "| Ofsted grade | Level |\n|---|---|\n| Good or better | low |\n"
                                           "| Outstanding | low |\n| *otherwise* | high |\n",
                 "9:1 the rows \"Good or better\" and \"Outstanding\" both hold and say different things of: "
                 "Ofsted grade "
                 "Outstanding\n");
}

static void entries_of_one_key_agree(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        "<!-- decision: d\nhit: collect\noutputs: {item: text, level: {scale: level, blank: not "
        "stated}}\n-->\n\n"
        "| Ofsted grade | Item | Level |\n|---|---|---|\n| Good | visit | low |\n| Good or RI | visit | |\n"
        "| Good or better | visit | mid |\n| Good | call | high |\n",
        "10:1 the rows \"Good; visit\" and \"Good or better; visit\" both hold and say different things of: "
        "Ofsted "
        "grade Good\n");
}

static void an_item_that_is_always_outranked_is_dead(void **state) {
    (void)state;
    /* "not improving" holds here whenever improving is absent: the trap of the chart */
    assert_proof(
        WORDS "    - {when: 'not(trend.up) and not(trend.flat)', because: one or the other}\n",
        DECISION(PRIORITY) "| Data | Level |\n|---|---|\n| Improving or SEF validated as Good | low |\n"
                           "| Not improving or Declining | high |\n",
        "8:3 \"SEF validated as Good\" changes nothing in the row \"Improving or SEF validated as Good\"\n");
}

static void an_item_that_another_implies_is_noted_and_no_mistake(void **state) {
    (void)state;
    const char *page =
        DECISION(PRIORITY) "| Data | Level |\n|---|---|\n| Not improving or Declining | high |\n"
                           "| *otherwise* | low |\n";
    struct proved p;
    assert_string_equal(prove(&p, WORDS, &page, 1), "");
    const struct proof *proof = &p.proofs.items[p.proofs.count - 1];
    assert_int_equal(proof->count, 1);
    assert_int_equal(proof->findings[0].why, ITEM_IMPLIED);
    assert_memory_equal(proof->findings[0].item.at, "Declining", 9);
    policy_release(&p.f);
}

static void an_item_that_a_later_row_repeats_is_no_mistake(void **state) {
    (void)state;
    assert_proof(WORDS,
                 DECISION(PRIORITY) "| Ofsted grade | Level |\n|---|---|\n| Good or Outstanding | high |\n"
                                    "| RI or Inadequate | low |\n| *otherwise* | low |\n",
                 "");
}

static void a_value_that_an_earlier_table_never_gives_is_dead(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        "<!-- decision: e\noutputs: {result: {label: Result, scale: level}}\n-->\n\n"
        "| At risk | Result |\n|---|---|\n| yes | high |\n| no | low |\n\n"
        "## Next\n\n" DECISION("") "| Result | Level |\n|---|---|\n| low or mid | low |\n| high | high |\n",
        "18:3 \"Mid\" changes nothing in the row \"low or mid\"\n");
}

static void what_earlier_tables_rule_out_together_is_no_gap(void **state) {
    (void)state;
    assert_proof(
        WORDS,
        "<!-- decision: e\noutputs: {first: {label: First, scale: level}, second: {label: Second, scale: "
        "level}}\n"
        "-->\n\n| At risk | First | Second |\n|---|---|---|\n| yes | high | high |\n| no | low | low |\n\n"
        "## Next\n\n" DECISION("") "| First | Second | Level |\n|---|---|---|\n| low | low | low |\n"
                                   "| high | high | high |\n",
        "");
}

static void a_never_that_is_always_true_is_said(void **state) {
    (void)state;
    assert_proof(WORDS
                 "    - {when: 'score < 10 or score >= 10 or score = null', because: everybody has one}\n",
                 DECISION("") "| Ofsted grade | Level |\n|---|---|\n| *otherwise* | low |\n",
                 "18:7 this is true of every record, and must never be: everybody has one\n");
}

static void what_cannot_be_worked_out_may_be_impossible(void **state) {
    (void)state;
    assert_proof(WORDS, DECISION("") "| Sum | Level |\n|---|---|\n| below 10 | low |\n",
                 "1:16 no row covers: Sum 10 or more (it may be impossible: an expression could not be "
                 "worked out, and "
                 "counts as either)\n");
}

static void a_table_of_too_many_cases_is_not_proved(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf words = {.arena = &arena}, page = {.arena = &arena};
    struct proved p;
    buf_lit(&words, "scales:\n  level: {values: {low: Low, high: High}, last: worst}\nfacts:\n  school:\n");
    buf_lit(&page, DECISION("") "| Why | Level |\n|---|---|\n");
    for (int i = 0; i < 14; i++) { /* of each pair neither or both: 2^14 gaps */
        const char x[2] = {(char)('a' + i), '\0'};
        buf_printf(&words,
                   "    f%s: {label: Fact %s, type: yes/no}\n    g%s: {label: Gact %s, type: yes/no}\n", x, x,
                   x, x);
        buf_printf(&page, "| Fact %s yes; Gact %s no | low |\n| Fact %s no; Gact %s yes | low |\n", x, x, x,
                   x);
    }
    buf_byte(&words, '\0');
    buf_byte(&page, '\0');
    const char *text = buf_str(&page).at;
    assert_non_null(strstr(prove(&p, buf_str(&words).at, &text, 1),
                           "1:16 the table has too many cases to be proved: more than 4096\n"));
    assert_true(p.proofs.items[p.proofs.count - 1].bounded);
    policy_release(&p.f);
    arena_release(&arena);
}

/* ---- the chart ---- */

#define CHART_WORDS                                                                                      \
    "scales:\n"                                                                                          \
    "  phase: {values: {primary: Primary, secondary: Secondary, infant: Infant}}\n"                      \
    "  ofsted: {last: best, values: {inadequate: Inadequate, ri: [RI], good: Good, outstanding: "        \
    "Outstanding}, beside: {none_yet: Never inspected}}\n"                                               \
    "  earlier: {last: best, values: {inadequate: Inadequate, ri: [RI], good: Good, outstanding: "       \
    "Outstanding}, beside: {none_before: Not inspected before}}\n"                                       \
    "  validated: {last: best, values: {ri: [RI], good: Good, outstanding: Outstanding}, beside: "       \
    "{not_validated: Not validated}}\n"                                                                  \
    "  floor: {last: worst, values: {above: Above, below: Below}}\n"                                     \
    "  category: {last: worst, values: {'1': '1', 1b: 1b, 2a: 2a, '2': '2', 2b: 2b, 3a: 3a, 1c: 1c, "    \
    "2c: 2c, 3c: 3c, '4': '4'}}\n"                                                                       \
    "  concern: {last: worst, values: {none: None, some: Some, ri: Risk of RI, sm: Risk of SM}}\n"       \
    "facts:\n"                                                                                           \
    "  school:\n"                                                                                        \
    "    phase: {label: Phase, scale: phase}\n"                                                          \
    "    grade: {label: Ofsted grade, scale: ofsted}\n"                                                  \
    "    lead: {label: Leadership, scale: ofsted}\n"                                                     \
    "    before: {label: Previous judgement, scale: earlier}\n"                                          \
    "    lead_before: {label: Previous leadership, scale: earlier}\n"                                    \
    "    ri_good: {label: RI with leadership good, type: yes/no, is: before = \"ri\" and lead_before = " \
    "\"good\"}\n"                                                                                        \
    "    trend: {label: Data, set of: {improving: Improving, consistent: Consistent, inconsistent: "     \
    "Inconsistent, small: Small decline, sharp: Sharp decline, declining: Declining, flat: Not "         \
    "improving}, implies: {sharp: declining, declining: flat}}\n"                                        \
    "    sef: {label: SEF validated as, scale: validated}\n"                                             \
    "    has_ks2: {label: Has key stage 2, type: yes/no, is: phase = \"primary\"}\n"                     \
    "    rwm: {label: Combined, type: number}\n"                                                         \
    "    maths: {label: Maths, type: number}\n"                                                          \
    "    bam: {label: Below all measures, type: yes/no, is: floor_ks2.all = true}\n"                     \
    "never:\n"                                                                                           \
    "  school:\n"                                                                                        \
    "    - {when: trend.improving and trend.flat, because: one summary is not both}\n"                   \
    "    - {when: '(grade = \"none_yet\") != (lead = \"none_yet\")', because: both or neither}\n"        \
    "    - {when: '(before = \"none_before\") != (lead_before = \"none_before\")', because: both or "    \
    "neither}\n"

#define FLOOR                                                                                       \
    "<!-- decision: floor_ks2\napplies: has_ks2\noutputs:\n  floor: {label: Floor, scale: floor}\n" \
    "  all: {label: Every measure, type: yes/no}\n-->\n\n"                                          \
    "| Combined | Maths | Floor | Every measure |\n|---|---|---|---|\n"                             \
    "| at least 65 | | above | no |\n| below 65 | at least -5 | above | no |\n"                     \
    "| below 65 | below -5 | below | yes |\n\n## The chart\n\n"

#define CHART                                                                                            \
    "<!-- decision: chart\nhit: priority\nid: Row\noutputs:\n"                                           \
    "  category: {label: LA category, scale: category, prefer: ['4', 1c, 2c, 3c, 1b, 2b, 2a, 3a, '1', "  \
    "'2']}\n  concern: {label: Concern, scale: concern, blank: not stated}\n  tib: {label: TIB, type: "  \
    "yes/no}\n-->\n\n"                                                                                   \
    "| Row | Ofsted grade | Leadership | Previous judgement | Data | Concern | TIB | LA category |\n"    \
    "|---|---|---|---|---|---|---|---|\n"                                                                \
    "| R1 | Outstanding | | | Consistent | None | no | 1 |\n"                                            \
    "| R2 | Outstanding | | | Small decline or Inconsistent | Some | no | 1b |\n"                        \
    "| R3 | Outstanding | | | Sharp decline or Below all measures | Risk of RI | yes | 1c |\n"           \
    "| R4 | Good | | | Improving or SEF validated as Outstanding | None | no | 2a |\n"                   \
    "| R5 | Good | | | Consistent | None | no | 2 |\n"                                                   \
    "| R6 | Good | | | Small decline or Inconsistent | Some | no | 2b |\n"                               \
    "| R7 | Good | | | Declining or Below all measures | Risk of RI | yes | 2c |\n"                      \
    "| R8 | RI | Good | | Improving or SEF validated as Good | None | no | 3a |\n"                       \
    "| R9 | RI | Good | | Not improving, Declining or Below all measures | Risk of RI | yes | 3c |\n"    \
    "| R10 | RI | RI | | Improving | | yes | 3c |\n"                                                     \
    "| R11 | RI | RI | Outstanding, Good, or RI with leadership good | Declining or Below all measures " \
    "| Risk of RI | yes | 3c |\n"                                                                        \
    "| R12 | RI | RI | RI | Not improving or Inconsistent | Risk of SM | yes | 3c |\n"                   \
    "| R13 | RI | RI | Inadequate | Declining or Below all measures | Risk of SM | yes | 3c |\n"         \
    "| R14 | Inadequate | | | | | yes | 4 |\n"

#define READINGS                                                                                  \
    "| *otherwise*, read as the row it resembles | | | | | | | |\n"                               \
    "| S1 | Outstanding | | | Improving | None | no | 1 |\n"                                      \
    "| S2 | Outstanding | | | Declining | | yes | normally 1c, or 1b |\n"                         \
    "| S3 | RI | Outstanding | | Improving or SEF validated as Good | None | no | 3a |\n"         \
    "| S4 | RI | Outstanding | | Not improving or Below all measures | Risk of RI | yes | 3c |\n" \
    "| *otherwise*, whatever is left | | | | | | | |\n"                                           \
    "| S5 | Outstanding | | | | | no | normally 1, or 1b or 1c |\n"                               \
    "| S6 | Good | | | | | no | normally 2, or 2b or 2c |\n"                                      \
    "| S7 | RI | | | | | yes | 3c |\n"                                                            \
    "| S8 | Never inspected | | | | | not determined | not determined |\n"

static void the_bare_chart_has_ten_gaps(void **state) {
    (void)state;
    const char *page = FLOOR CHART;
    struct proved p;
    assert_string_equal(
        prove(&p, CHART_WORDS, &page, 1),
        "16:16 no row covers: Ofsted grade Good; Data not Improving, Consistent, Inconsistent, Small decline "
        "or Declining; not Below all measures; SEF validated as not Outstanding (nearest to it: \"R4\", "
        "\"R5\", \"R6\" and \"R7\", which fail in \"Data\")\n"
        "16:16 no row covers: Ofsted grade Never inspected\n"
        "16:16 no row covers: Ofsted grade Outstanding; Data not Consistent, Inconsistent, Small decline or "
        "Sharp decline; not Below all measures (nearest to it: \"R1\", \"R2\" and \"R3\", which fail in "
        "\"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership Good; not Below all measures; Data not Improving "
        "or Not improving; SEF validated as not Good (nearest to it: \"R8\" and \"R9\", which fail in "
        "\"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership Inadequate or Outstanding\n"
        "16:16 no row covers: Ofsted grade RI; Leadership RI; Data not Improving, Inconsistent or Not "
        "improving; not Below all measures (nearest to it: \"R10\", \"R11\" and \"R12\", which fail in "
        "\"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership RI; Previous judgement Good or Outstanding; not "
        "Below all measures; Data not Improving or Declining (nearest to it: \"R10\" and \"R11\", which fail "
        "in \"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership RI; Previous judgement Inadequate; not Below all "
        "measures; Data not Improving or Declining (nearest to it: \"R10\" and \"R13\", which fail in "
        "\"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership RI; Previous judgement Not inspected before; Data "
        "not Improving (nearest to it: \"R10\", which fails in \"Data\")\n"
        "16:16 no row covers: Ofsted grade RI; Leadership RI; Previous judgement RI; not RI with leadership "
        "good; Data not Improving, Inconsistent or Not improving (nearest to it: \"R10\" and \"R12\", which "
        "fail in \"Data\")\n");
    policy_release(&p.f);
}

static void the_complete_chart_is_proved(void **state) {
    (void)state;
    assert_proof(CHART_WORDS, FLOOR CHART READINGS, "");
}

static void the_rows_of_the_chart_overlap(void **state) {
    (void)state;
    static const char *const pairs[] = {"R3R1", "R3R2", "R2R1", "R7R4",   "R7R5",   "R7R6",   "R6R4",
                                        "R6R5", "R4R5", "R9R8", "R12R11", "R12R10", "R13R10", "R11R10"};
    const char *page = FLOOR CHART;
    struct proved p;
    prove(&p, CHART_WORDS, &page, 1);
    const struct proof *chart = &p.proofs.items[p.proofs.count - 1];
    size_t found = 0;
    for (size_t i = 0; i < chart->overlap_count; i++) {
        const struct overlap *o = &chart->overlaps[i];
        struct str names = str_join(&p.f.arena, o->first->label, o->second->label);
        for (size_t j = 0; j < sizeof(pairs) / sizeof(pairs[0]); j++)
            found += str_eq(names, str_from(pairs[j]));
    }
    assert_int_equal(found, sizeof(pairs) / sizeof(pairs[0]));
    assert_int_equal(chart->overlap_count, found);
    policy_release(&p.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_said_in_words_of_the_table),
        cmocka_unit_test(pieces_of_a_number_line_are_said_as_ranges),
        cmocka_unit_test(what_does_not_matter_is_left_out),
        cmocka_unit_test(items_of_a_set_are_said_together),
        cmocka_unit_test(what_is_not_applicable_is_no_gap),
        cmocka_unit_test(an_otherwise_row_ends_every_gap),
        cmocka_unit_test(a_row_that_never_decides_is_dead),
        cmocka_unit_test(two_rows_that_say_different_things_conflict),
        cmocka_unit_test(rows_of_a_unique_table_never_hold_together),
        cmocka_unit_test(entries_of_one_key_agree),
        cmocka_unit_test(an_item_that_is_always_outranked_is_dead),
        cmocka_unit_test(an_item_that_another_implies_is_noted_and_no_mistake),
        cmocka_unit_test(an_item_that_a_later_row_repeats_is_no_mistake),
        cmocka_unit_test(a_value_that_an_earlier_table_never_gives_is_dead),
        cmocka_unit_test(what_earlier_tables_rule_out_together_is_no_gap),
        cmocka_unit_test(a_never_that_is_always_true_is_said),
        cmocka_unit_test(what_cannot_be_worked_out_may_be_impossible),
        cmocka_unit_test(a_table_of_too_many_cases_is_not_proved),
        cmocka_unit_test(the_bare_chart_has_ten_gaps),
        cmocka_unit_test(the_complete_chart_is_proved),
        cmocka_unit_test(the_rows_of_the_chart_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
