/* SPDX-License-Identifier: MIT */
/* test_measure.c: tables of measures: how they are read, and what they come to for each audience. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy_fixture.h"
#include "portal/measure.h"
#include "portal_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- stated figures ---- */

static const char *figure(struct arena *arena, const char *text) {
    static const char *const kinds[] = {"words", "share ", "number ", "wrong"};
    struct measure_figure f = measure_figure(str_from(text));
    struct buf out = {.arena = arena};
    buf_add(&out, str_from(kinds[f.kind]));
    if (f.kind == FIGURE_SHARE || f.kind == FIGURE_NUMBER)
        decimal_print(&out, f.number);
    return str_z(arena, buf_str(&out));
}

static void a_stated_figure_is_the_number_that_it_begins_with(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"96%", "share 96"},
        {" 40.5 % ", "share 40.5"},
        {"0%", "share 0"},
        {"25 of 61", "share 40.98360655737704918032786885245902"},
        {"6 of 13 schools", "share 46.15384615384615384615384615384615"},
        {"9,214 of 10,000 pupils", "share 92.14"},
        {"61 of 61", "share 100"},
        {"66% in 2011", "share 66"},
        {"53%, 7 points more", "share 53"},
        {"90% (August 2024)", "share 90"},
        {"100% by April 2027", "share 100"},
        {"+9 points", "number 9"},
        {"-0.3", "number -0.3"},
        {"\u22121.5 percentage points", "number -1.5"},
        {"+7%", "number 7"},
        {"4", "number 4"},
        {"12,345", "number 12345"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(figure(&arena, cases[i][0]), cases[i][1]);
    arena_release(&arena);
}

static void what_only_looks_like_a_figure_is_words(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "in line",
        "rank 7 of 11",
        "1 in 5",
        "3 to 5",
        "15th of 150",
        "4 schools",
        "1,23",
        "5 GCSEs",
        "12 percentage",
        "about 90%",
        "1.2.3",
        "--3",
        "25 of",
        "25 of many",
        "Top 10%",
        "12345678901234567890123456789012345678901234567890",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(figure(&arena, cases[i]), "words");
    assert_string_equal(figure(&arena, "62 of 61"), "wrong");
    assert_string_equal(figure(&arena, "0 of 0"), "wrong");
    arena_release(&arena);
}

/* ---- reading ---- */

static const char facts[] =
    "scales:\n"
    "  ofsted:\n    last: best\n    values: {ri: Requires improvement, good: Good, top: Outstanding}\n"
    "    beside: {none_yet: Not inspected}\n"
    "  phase: {values: {primary: Primary, secondary: Secondary, special: Special}}\n"
    "  band: {values: {below: Below, in_line: In line, above: Above}, last: best}\n"
    "facts:\n  school:\n"
    "    grade: {label: Grade, scale: ofsted, visible: public}\n"
    "    phase: {label: Phase, scale: phase, from: phase, visible: public}\n"
    "    new: {label: New, type: yes/no, missing: no, visible: public}\n"
    "    score: {label: Score, type: number, unit: '%', visible: public}\n"
    "    cost: {label: Cost, type: number, visible: officers}\n"
    "    at_risk: {label: At risk, type: yes/no}\n";

#define TABLE(keys, rows) "## Measures\n\n<!-- measures: aims\n" keys "-->\n\n" rows

static void a_table_of_measures_is_read(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, facts,
                 TABLE("label: Our aims\ncolumns: {comparator: England}\nnotes: [Source]\n",
                       "| Measure | Counts | Among | Counted in | England | Aim | Rating | Trend | Source |\n"
                       "|---|---|---|---|---|---|---|---|---|\n"
                       "| Good schools | Grade: Good or better | New: no | pupils | 88% | 100% | Green | "
                       "improving | x |\n"
                       "| Any school | Grade: Good or better; not At risk | | | – | | | up and down | |\n"));
    fixture_clean(&f);
    assert_int_equal(f.policy.measure_count, 1);
    const struct measure_table *t = f.policy.measures[0];
    assert_text(t->label, "Our aims");
    assert_int_equal(t->count, 2);
    const struct measure *m = t->items;
    assert_text(m[0].address, "aims-good-schools");
    assert_true(m[0].counts->op == CONDITION_TEST && m[0].among->op == CONDITION_TEST);
    assert_text(m[0].words[MEASURE_BY], "pupils");
    assert_true(m[0].rating == RATING_GREEN && m[0].trend == TREND_IMPROVING);
    assert_true(m[0].figures[MEASURE_COMPARATOR].kind == FIGURE_SHARE);
    assert_true(m[1].counts->op == CONDITION_AND && m[1].among->op == CONDITION_TRUE);
    assert_int_equal(m[1].words[MEASURE_COMPARATOR].len, 0); /* a dash says nothing */
    assert_true(m[1].trend == TREND_WORDS);
    assert_int_equal(t->table.link_count, 7);
    assert_int_equal(f.policy.decision_count, 0);
    arena_release(&f.arena);
}

/* What is printed beside a measure is no part of it, wherever it stands. */
static void a_note_is_printed_and_says_nothing_of_the_measure(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, facts,
                 TABLE("notes: [Source]\n",
                       "| Source | Measure | Value |\n|---|---|---|\n| The census | Places "
                       "| 96% |\n"));
    fixture_clean(&f);
    const struct measure *m = f.policy.measures[0]->items;
    assert_false(measure_computed(m));
    assert_text(m->label, "Places");
    assert_ptr_equal(m->places[MEASURE_NAME].source, m->at.source);
    assert_true(m->figures[MEASURE_VALUE].kind == FIGURE_SHARE);
    arena_release(&f.arena);
}

static void says(const char *page, const char *expected) {
    fixture_says(facts, page, expected);
}

static void everything_wrong_with_a_table_is_said_in_one_run(void **state) {
    (void)state;
    says(TABLE("lable: x\ncolumns: {aims: Aim, average: Nowhere}\nnotes: [Not there]\n",
               "| Measure | Counts | Value | Eagles | Quartile | Rating |\n|---|---|---|---|---|---|\n"
               "| A | Grade: Godo | | | | |\n"
               "| B | Grade: Good | 96% | | | |\n"
               "| C | | | | E | blue |\n"
               "| D | | 62 of 61 | | | |\n"
               "| D | | 61% | | | |\n"),
         "directive-key@4:1 measures-role@5:11 table-no-column@5:31 table-no-column@6:9 measures-header@9:30 "
         "cell-unknown@11:14 measure-two@12:7 measure-none@13:1 measure-choice@13:13 measure-choice@13:17 "
         "measure-share@14:9 row-twice@15:1");
}

static void what_is_averaged_is_a_fact_whose_values_are_numbers(void **state) {
    (void)state;
    says(TABLE("", "| Measure | Average of |\n|---|---|\n| A | Scoer |\n| B | Grade |\n| C | Score |\n"),
         "measure-fact@8:7 measure-number@9:7");
}

static void what_is_stated_is_not_counted_among_anything(void **state) {
    (void)state;
    says(
        TABLE("", "| Measure | Value | Among | Counted in |\n|---|---|---|---|\n| A | 9% | New | pupils |\n"),
        "measure-stated@8:12 measure-stated@8:18");
}

static void a_table_of_measures_has_a_name_for_each_and_an_id_of_its_own(void **state) {
    (void)state;
    says(TABLE("", "| Aim | Value |\n|---|---|\n| A | 9% |\n"), "measures-name@6:1");
    says(TABLE("columns: [a, b]\n", "| Measure | Measure | Value |\n|---|---|---|\n| A | A | 9% |\n"),
         "measures-columns@4:10 measures-same@7:13");
    says(TABLE("", "| Measure | Value |\n|---|---|\n| A | 9% |\n")
             TABLE("", "| Measure | Value |\n|---|---|\n| A | 9% |\n"),
         "measures-twice@11:16");
    says(
        TABLE("", "| Measure | Value |\n|---|---|\n| A | 9% |\n") "\n<!-- decision: aims\noutputs: {x: "
                                                                  "yes/no}\n-->\n\n| New | X |\n|---|---|\n| "
                                                                  "yes | no |\n| no | no |\n",
        "measures-twice@10:16");
}

/* ---- what they come to ---- */

static void put(struct portal *p, const char *slug, int urn, const char *more) {
    struct arena *a = &p->arena;
    struct str text = str_join(a, STR("urn: \""), str_whole(a, urn), STR("\"\nname: "), str_from(slug));
    text = str_join(a, text,
                    STR("\ntype: community\naddress: {street: 1 High Street, town: Testing, postcode: ZZ99 "
                        "1AB}\n"),
                    str_from(more));
    portal_put(p, str_z(a, str_join(a, STR("schools/"), str_from(slug), STR(".yaml"))), str_z(a, text));
}

static const char measured[] = "  measure:\n"
                               "    value: {label: Value, type: number, from: value}\n"
                               "    comparator: {label: England, type: number, from: comparator}\n"
                               "    gap: {label: Difference, type: number, is: value - comparator}\n";

#define BAND                                                                                        \
    "\n<!-- decision: band\nsubject: measure\noutputs: {band: {label: Band, scale: band}}\n-->\n\n" \
    "| Difference | Band |\n|---|---|\n| above 3 | above |\n| -3 to 3 | in line |\n| below -3 | below |\n"

/* Six schools: two good, one outstanding, one not, one of which nothing is known, and one that has closed. */
static void make(struct portal *p, const char *table) {
    portal_make(p);
    portal_put(p, "content/framework.yaml",
               str_z(&p->arena, str_join(&p->arena, str_from(facts), str_from(measured))));
    put(p, "ash", 900001,
        "phase: primary\npupils: [{on: 2025-01-16, count: 100}]\nfacts: {grade: good, score: 60, cost: 1}\n"
        "judgements: {at_risk: no}\n");
    put(p, "birch", 900002,
        "phase: primary\npupils: [{on: 2024-01-16, count: 900}, {on: 2025-01-16, count: 300}]\n"
        "facts: {grade: good, score: 70.5, cost: 2}\njudgements: {at_risk: yes}\n");
    put(p, "cedar", 900003,
        "phase: secondary\npupils: [{on: 2025-01-16, count: 1000}]\nfacts: {grade: top, cost: 3}\n");
    put(p, "elder", 900004,
        "phase: primary\npupils: [{on: 2025-01-16, count: 100}]\nfacts: {grade: ri, score: 50, cost: 4}\n");
    put(p, "fir", 900005, "phase: secondary\nfacts: {cost: 5}\n");
    put(p, "gum", 900006,
        "phase: primary\nstatus: closed\nclosed: 2024-08-31\npupils: [{on: 2024-01-16, count: 50}]\nfacts: "
        "{grade: good}\n");
    portal_put(p, "content/policy/measures.md",
               str_z(&p->arena, str_join(&p->arena, STR("---\ntitle: Measures\n---\n\n"), str_from(table))));
}

static const struct measure_result *result(struct portal *p, const char *id) {
    for (size_t i = 0; i < p->site.measures->count; i++)
        if (str_eq(p->site.measures->items[i].measure->id, str_from(id)))
            return &p->site.measures->items[i];
    fail_msg("there is no measure \"%s\"", id);
    return NULL;
}

static void assert_counts(struct portal *p, const char *id, int64_t low, int64_t high, int64_t whole_low,
                          int64_t whole_high) {
    const struct measure_result *r = result(p, id);
    if (r->low != low || r->high != high || r->whole_low != whole_low || r->whole_high != whole_high)
        fail_msg("%s: %d to %d of %d to %d", id, (int)r->low, (int)r->high, (int)r->whole_low,
                 (int)r->whole_high);
}

static struct str decimal_text(struct portal *p, struct decimal d) {
    struct buf out = {.arena = &p->arena};
    decimal_round(d, 4, DECIMAL_HALF_UP, &d);
    decimal_print(&out, d);
    return buf_str(&out);
}

static struct str record_text(const struct measure_result *r, const char *key) {
    return value_words(value_at(&r->record, key));
}

#define ROWS                                                                          \
    "| Measure | Counts | Among | Counted in | Average of |\n|---|---|---|---|---|\n" \
    "| Good | Grade: Good or better | | | |\n"                                        \
    "| Good pupils | Grade: Good or better | | pupils | |\n"                          \
    "| Good primaries | Grade: Good or better | Phase: primary | | |\n"               \
    "| Best of good | Grade: Outstanding | Grade: Good or better | | |\n"             \
    "| Of none | Grade: Good | Phase: special | | |\n"                                \
    "| At risk | At risk | | | |\n"                                                   \
    "| Risky and poor | Grade: Requires improvement; At risk | | | |\n"               \
    "| Score | | | | Score |\n"                                                       \
    "| Pupil score | | | pupils | Score |\n"                                          \
    "| Cost | | | | Cost |\n"                                                         \
    "| Cost at risk | | At risk | | Cost |\n"

static void what_certainly_holds_and_what_may_are_counted_apart(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_counts(&p, "good", 3, 4, 5, 5); /* of a school without a grade it is not known */
    assert_int_equal(result(&p, "good")->unknown, 1);
    assert_text(decimal_text(&p, result(&p, "good")->share_low), "60");
    assert_text(decimal_text(&p, result(&p, "good")->share_high), "80");
    assert_text(record_text(result(&p, "good"), "value"), "not recorded");
    assert_counts(&p, "good-primaries", 2, 2, 3, 3);
    assert_true(result(&p, "good-primaries")->certain);
    assert_text(record_text(result(&p, "good-primaries"), "value"), "66.66666666666666666666666666666667");
    portal_release(&p);
}

static void who_is_among_them_may_be_unknown_too(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_counts(&p, "best-of-good", 1, 2, 3, 4);
    assert_text(decimal_text(&p, result(&p, "best-of-good")->share_low), "25");
    assert_text(decimal_text(&p, result(&p, "best-of-good")->share_high), "50");
    portal_release(&p);
}

static void pupils_are_those_of_the_latest_census_and_schools_without_are_left_out(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_counts(&p, "good-pupils", 1400, 1400, 1500, 1500);
    assert_int_equal(result(&p, "good-pupils")->tally.left_out, 1);
    assert_text(decimal_text(&p, result(&p, "good-pupils")->share_low), "93.3333");
    portal_release(&p);
}

static void an_average_is_exact_and_leaves_out_schools_without_a_figure(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_text(decimal_text(&p, result(&p, "score")->average), "60.1667"); /* 60, 70.5, 50 */
    assert_int_equal(result(&p, "score")->tally.left_out, 2);
    assert_text(decimal_text(&p, result(&p, "pupil-score")->average),
                "64.3"); /* 6000 + 21150 + 5000 over 500 */
    assert_text(decimal_text(&p, result(&p, "cost")->average), "3");
    portal_release(&p);
}

/* One school is at risk, and of three it is not known: what they cost may be in the average or not. */
static void an_average_is_certain_only_where_it_is_known_of_whom(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct measure_result *r = result(&p, "cost-at-risk");
    assert_text(decimal_text(&p, r->average), "2");
    assert_int_equal(r->unknown, 3);
    assert_false(r->certain);
    assert_text(record_text(r, "value"), "not recorded");
    assert_true(result(&p, "cost")->certain);
    portal_release(&p);
}

static void nobody_is_not_a_share_of_0(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct measure_result *r = result(&p, "of-none");
    assert_true(r->nobody);
    assert_false(r->known);
    assert_text(record_text(r, "value"), "not recorded");
    portal_release(&p);
}

/* BAR-55: 24 secondary schools, of which 15 are academies and 2 are free schools; 90 primaries, of which 6 and 3. */
static void a_free_school_is_an_academy(void **state) {
    (void)state;
    static const struct {
        const char *phase, *type;
        int count;
    } sorts[] = {{"secondary", "academy", 15}, {"secondary", "free", 2}, {"secondary", "community", 7},
                 {"primary", "academy", 6},    {"primary", "free", 3},   {"primary", "va", 81}};
    struct portal p;
    int urn = 900001;
    portal_make(&p);
    portal_put(&p, "content/framework.yaml",
               "facts:\n  school:\n    phase: {label: Phase, type: text, from: phase, visible: public}\n"
               "    secondary: {label: Secondary, type: yes/no, is: phase = \"secondary\"}\n"
               "    type: {label: Type, type: text, from: type, visible: public}\n"
               "    academy: {label: Academy, type: yes/no, is: 'type in (\"academy\", \"free\")'}\n");
    for (size_t i = 0; i < COUNT(sorts); i++)
        for (int j = 0; j < sorts[i].count; j++, urn++) {
            struct str s = str_join(&p.arena, STR("schools/s"), str_whole(&p.arena, urn), STR(".yaml"));
            struct str text =
                str_join(&p.arena, STR("urn: \""), str_whole(&p.arena, urn),
                         STR("\"\nname: School\naddress: {street: 1 High Street, town: Testing, "
                             "postcode: ZZ99 1AB}\nphase: "));
            text = str_join(&p.arena, text, str_from(sorts[i].phase), STR("\ntype: "));
            text = str_join(&p.arena, text, str_from(sorts[i].type), STR("\n"));
            portal_put(&p, str_z(&p.arena, s), str_z(&p.arena, text));
        }
    portal_put(&p, "content/policy/measures.md",
               "---\ntitle: Measures\n---\n\n" TABLE("", "| Measure | Counts | Among |\n|---|---|---|\n"
                                                         "| Secondaries | Academy | Secondary |\n"
                                                         "| Primaries | Academy | not Secondary |\n"));
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    assert_counts(&p, "secondaries", 17, 17, 24, 24);
    assert_counts(&p, "primaries", 9, 9, 90, 90);
    assert_text(decimal_text(&p, result(&p, "secondaries")->share_low), "70.8333"); /* 70.8% */
    assert_text(decimal_text(&p, result(&p, "primaries")->share_low), "10");
    portal_release(&p);
}

static void each_audience_counts_what_it_may_see(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", ROWS));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_counts(&p, "at-risk", 1, 4, 5, 5);
    assert_false(result(&p, "at-risk")->hidden);
    site_bind(&p.site, AUDIENCE_PUBLIC);
    const struct measure_result *r = result(&p, "at-risk");
    assert_true(r->hidden);
    assert_false(r->known);
    assert_counts(&p, "at-risk", 0, 5, 5, 5);
    assert_counts(&p, "risky-and-poor", 0, 2, 5, 5); /* what follows without it is public */
    assert_counts(&p, "good", 3, 4, 5, 5);
    assert_true(result(&p, "cost")->hidden);
    assert_false(result(&p, "cost")->known);
    portal_release(&p);
}

static void hidden_through_a_decision_is_hidden(void **state) {
    (void)state;
    struct portal p;
    make(&p,
         TABLE("",
               "| Measure | Counts |\n|---|---|\n| Watched | Watch |\n") "\n<!-- decision: watch\noutputs: "
                                                                         "{watch: {label: Watch, type: "
                                                                         "yes/no}}\n-->\n\n"
                                                                         "| At risk | Watch |\n|---|---|\n| "
                                                                         "yes | yes |\n| no | no |\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_counts(&p, "watched", 1, 4, 5, 5);
    assert_false(result(&p, "watched")->hidden);
    site_bind(&p.site, AUDIENCE_PUBLIC);
    assert_true(result(&p, "watched")->hidden);
    assert_false(result(&p, "watched")->known);
    portal_release(&p);
}

/* Each fact of the chain is worked out from the two before it, so that there are more ways through it than there is time. */
static void a_chain_of_facts_is_looked_through_once(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", "| Measure | Counts |\n|---|---|\n| Last | C55 |\n"));
    struct buf chain = {.arena = &p.arena};
    buf_printf(&chain, "%s    c0: {type: yes/no, is: grade = \"good\"}\n    c1: {type: yes/no, is: c0}\n",
               facts);
    for (int i = 2; i < 56; i++)
        buf_printf(&chain, "    c%d: {type: yes/no, is: c%d and c%d}\n", i, i - 1, i - 2);
    buf_printf(&chain, "%s", measured);
    portal_put(&p, "content/framework.yaml", str_z(&p.arena, buf_str(&chain)));
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    assert_false(result(&p, "last")->hidden);
    portal_release(&p);
}

/* "above", "not known" ... what the table makes of a measure. */
static const char *band_of(struct portal *p, const char *id) {
    const struct measure_result *r = result(p, id);
    assert_true(r->is_decided);
    const struct output_result *o = &r->decided.results[0].outputs[0];
    if (o->status != DECISION_SETTLED)
        return "not settled";
    const struct decision *d = r->decided.results[0].decision;
    return str_z(&p->arena, d->outputs[0].answers[__builtin_ctzll(o->stands)].id);
}

static void a_table_over_measures_bands_them(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("columns: {comparator: England}\n",
                   "| Measure | Counts | Among | Value | England |\n|---|---|---|---|---|\n"
                   "| Counted | Grade: Good or better | Phase: primary | | 63.6% |\n"
                   "| At the edge | | | 25 of 50 | 47% |\n"
                   "| Beyond | | | 25 of 50 | 46.9% |\n"
                   "| Points | | | \u22123 points | 0 |\n"
                   "| Worse | | | \u22123.1 points | 0 |\n"
                   "| Words | | | in line | 50% |\n"
                   "| Alone | | | 50% | |\n"
                   "| Range | Grade: Good or better | | | 10% |\n") BAND);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_string_equal(band_of(&p, "counted"), "above");
    assert_string_equal(band_of(&p, "at-the-edge"), "in_line");
    assert_string_equal(band_of(&p, "beyond"), "above");
    assert_string_equal(band_of(&p, "points"), "in_line");
    assert_string_equal(band_of(&p, "worse"), "below");
    assert_string_equal(band_of(&p, "words"), "not settled");
    assert_string_equal(band_of(&p, "alone"), "not settled");
    assert_string_equal(band_of(&p, "range"), "not settled");
    struct policy_records records = records_of(&p.site, STR("measure"), &p.arena);
    assert_int_equal(records.count, 8);
    assert_text(records.items[1].id, "aims/at-the-edge");
    portal_release(&p);
}

static void only_a_portal_knows_in_what_it_can_count(void **state) {
    (void)state;
    struct portal p;
    make(&p, TABLE("", "| Measure | Counts | Counted in |\n|---|---|---|\n| A | New | heads |\n| B | New | "
                       "Schools |\n"));
    portal_load(&p, "2026-05-01");
    assert_string_equal(portal_says(&p), "measure-choice content/policy/measures.md");
    portal_release(&p);
}

int main(void) {
    markdown_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stated_figure_is_the_number_that_it_begins_with),
        cmocka_unit_test(what_only_looks_like_a_figure_is_words),
        cmocka_unit_test(a_table_of_measures_is_read),
        cmocka_unit_test(everything_wrong_with_a_table_is_said_in_one_run),
        cmocka_unit_test(a_note_is_printed_and_says_nothing_of_the_measure),
        cmocka_unit_test(what_is_averaged_is_a_fact_whose_values_are_numbers),
        cmocka_unit_test(what_is_stated_is_not_counted_among_anything),
        cmocka_unit_test(a_table_of_measures_has_a_name_for_each_and_an_id_of_its_own),
        cmocka_unit_test(what_certainly_holds_and_what_may_are_counted_apart),
        cmocka_unit_test(who_is_among_them_may_be_unknown_too),
        cmocka_unit_test(pupils_are_those_of_the_latest_census_and_schools_without_are_left_out),
        cmocka_unit_test(an_average_is_exact_and_leaves_out_schools_without_a_figure),
        cmocka_unit_test(an_average_is_certain_only_where_it_is_known_of_whom),
        cmocka_unit_test(nobody_is_not_a_share_of_0),
        cmocka_unit_test(a_free_school_is_an_academy),
        cmocka_unit_test(each_audience_counts_what_it_may_see),
        cmocka_unit_test(hidden_through_a_decision_is_hidden),
        cmocka_unit_test(a_chain_of_facts_is_looked_through_once),
        cmocka_unit_test(a_table_over_measures_bands_them),
        cmocka_unit_test(only_a_portal_knows_in_what_it_can_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
