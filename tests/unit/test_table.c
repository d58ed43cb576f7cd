/* SPDX-License-Identifier: MIT */
/* test_table.c: directives and tables as decisions: columns, rows, tiers, order, and their mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_row(struct fixture *f, const char *decision, size_t index, const char *id,
                       const char *conditions, const char *answers) {
    const struct row *row = row_at(f, decision, index);
    assert_text(row->id, id);
    assert_text(row_conditions(f, row), conditions);
    assert_text(row_answers(f, row), answers);
}

/* The ids of the rows in the order in which they win. */
static void assert_order(struct fixture *f, const char *decision, const char *expected) {
    const struct decision *d = policy_decision(&f->policy, str_from(decision));
    struct buf out = {.arena = &f->arena};
    for (size_t i = 0; i < d->row_count; i++)
        buf_printf(&out, "%s%s" STR_FMT, i ? " " : "", d->order[i]->marker ? "/" : "",
                   STR_ARG(d->order[i]->marker ? (struct str){0} : d->order[i]->id));
    assert_text(buf_str(&out), expected);
}

/* ---- a guide (Merton) ---- */

static const char merton[] =
    "units: [visit, report, day]\n"
    "groups: {scg: Support and Challenge Group}\n"
    "scales:\n"
    "  ofsted: {values: {inadequate: Inadequate, ri: Requires improvement, good: Good, outstanding: "
    "Outstanding},\n"
    "    last: best, beside: {none_yet: Not inspected}}\n"
    "  ofsted_category: {values: {none: None, sm: Special measures}}\n"
    "  category: {values: {green: Green, yellow: Yellow, amber: Amber, red: Red}, last: worst}\n"
    "  level: {values: [i, ii, iii, iv, v]}\n"
    "  advisory: {values: {sla: SLA, some_free: some free, free: free}}\n"
    "  type: {values: {community: Community, academy: Academy, free: Free school}}\n"
    "  acts: {values: {council: The council, rsc: The Regional Schools Commissioner}}\n"
    "facts:\n"
    "  school:\n"
    "    type: {label: School type, scale: type}\n"
    "    ofsted.overall: {label: Ofsted grade, scale: ofsted, none: none_yet}\n"
    "    ofsted.category: {label: Ofsted category, scale: ofsted_category, missing: none}\n"
    "    recently_good: {label: Recently judged good or outstanding, type: yes/no, when: {Ofsted grade: good "
    "or better}}\n"
    "    in_category: {label: In an Ofsted category, type: yes/no, when: {Ofsted category: not none}}\n"
    "    moved:\n"
    "      label: Recently moved from requires improvement\n"
    "      type: yes/no\n"
    "      when: {Ofsted grade: requires improvement in the last 2 years, Recently judged good or "
    "outstanding: yes}\n"
    "    vulnerable: {label: Leadership vulnerable, type: yes/no, missing: no}\n"
    "  scg:\n"
    "    members: {label: Members, set of: {head: Headteacher, governor: Governor, mep: MEP}}\n"
    "    meetings: {label: Meetings, type: dates}\n"
    "    start: {label: Start, type: date}\n"
    "    planned_end: {label: Planned end, type: date}\n"
    "    planned_length: {label: Planned length, type: duration, is: \"years and months duration(start, "
    "planned_end)\"}\n"
    "    school_level: {label: School level, scale: level}\n"
    "  category_record:\n"
    "    letter: {label: Letter, type: date}\n"
    "    from: {label: From, type: date}\n"
    "    month: {label: Month, type: number, is: from.month}\n";

static const char merton_page[] =
    "<!-- decision: category\n"
    "hit: guide\n"
    "id: \"#\"\n"
    "outputs:\n"
    "  category: {scale: category}\n"
    "stands: when recorded\n"
    "visible: officers\n"
    "-->\n"
    "\n"
    "| # | Criterion | Category |\n"
    "|---|---|---|\n"
    "| g1 | recently judged good or outstanding | normally green, or yellow |\n"
    "| y5 | recently moved from requires improvement | yellow |\n"
    "| a1 | Ofsted grade: requires improvement | amber |\n"
    "| a5 | leadership vulnerable | normally amber, or yellow |\n"
    "| r1 | in an Ofsted category | red |\n"
    "\n"
    "<!-- decision: level\n"
    "outputs: {level: level}\n"
    "-->\n"
    "\n"
    "| Category | Level |\n"
    "|---|---|\n"
    "| green | i |\n"
    "| yellow | i or ii |\n"
    "| amber | iii or iv |\n"
    "| red | v |\n"
    "\n"
    "<!-- decision: support\n"
    "outputs:\n"
    "  visits: {label: MEP visits, type: visits a year}\n"
    "  reports: reports a year\n"
    "  advisory: {label: Advisory support, scale: advisory}\n"
    "  scg: {label: Support and Challenge Group, type: yes/no}\n"
    "-->\n"
    "\n"
    "| Level | MEP visits | Reports | Advisory support | Support and Challenge Group |\n"
    "|---|---|---|---|---|\n"
    "| i | 2 | 2 | SLA | no |\n"
    "| iv | 9 | 3 | free | yes |\n"
    "\n"
    "<!-- decision: powers\n"
    "outputs: {acts: {label: Concerns go to, scale: acts}}\n"
    "-->\n"
    "\n"
    "| School type | Concerns go to |\n"
    "|---|---|\n"
    "| academy or free school | the Regional Schools Commissioner |\n"
    "| not academy or free school | the council |\n"
    "\n"
    "<!-- check: scg_checks\n"
    "subject: scg\n"
    "id: \"#\"\n"
    "must: [The group must have]\n"
    "outputs: {strength: {label: If not, scale: strength}}\n"
    "-->\n"
    "\n"
    "| # | The group must have | If not |\n"
    "|---|---|---|\n"
    "| head | members: headteacher | breach |\n"
    "| rhythm | meetings: at least 1 a term | breach |\n"
    "| length | planned length: at least 1 year | advice |\n"
    "| level | school level: iv or v | advice |\n"
    "\n"
    "<!-- check: category_record_checks\n"
    "subject: category_record\n"
    "must: [The record should have]\n"
    "outputs: {strength: {label: If not, scale: strength}}\n"
    "-->\n"
    "\n"
    "| The record should have | If not |\n"
    "|---|---|\n"
    "| letter: recorded | advice |\n"
    "| month: 7 to 10 | advice |\n";

static void a_guide_nominates_values(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, merton, merton_page);
    fixture_clean(&f);
    assert_row(&f, "category", 0, "g1", "recently_good: yes", "green yellow ( green )");
    assert_row(&f, "category", 1, "y5", "moved: yes", "yellow");
    assert_row(&f, "category", 2, "a1", "ofsted.overall: ri", "amber");
    assert_row(&f, "category", 3, "a5", "vulnerable: yes", "yellow amber ( amber )");
    assert_row(&f, "category", 4, "r1", "in_category: yes", "red");
    const struct decision *d = policy_decision(&f.policy, STR("category"));
    assert_int_equal(d->hit, HIT_GUIDE);
    assert_true(d->when_recorded && d->classed);
    assert_text(d->outputs[0].label, "Category");
    assert_text(d->rows[0]->address, "category-g1");
    assert_text(d->rows[0]->label, "g1");
    arena_release(&f.arena);
}

static void derived_facts_are_conditions(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, merton, merton_page);
    fixture_clean(&f);
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    const struct variable *moved = map_get(&school->by_id, STR("moved"));
    const struct variable *in = map_get(&school->by_id, STR("in_category"));
    assert_text(condition_words(&f, moved->when),
                "(Ofsted grade Requires improvement in the last 2 years: yes & recently_good: yes)");
    assert_text(condition_words(&f, in->when), "ofsted.category: sm");
    const struct policy_kind *scg = policy_kind(&f.policy, STR("scg"));
    const struct variable *length = map_get(&scg->by_id, STR("planned_length"));
    assert_non_null(length->is);
    assert_int_equal(length->read_count, 2);
    arena_release(&f.arena);
}

static void decisions_come_after_those_they_read(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, merton, merton_page);
    fixture_clean(&f);
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    static const char *const order[] = {"category", "level", "support", "powers"};
    assert_int_equal(school->decision_count, COUNT(order));
    for (size_t i = 0; i < COUNT(order); i++)
        assert_text(school->decisions[i]->id, order[i]);
    assert_row(&f, "level", 1, "yellow", "category: yellow", "i ii");
    assert_row(&f, "support", 1, "iv", "level: iv", "9; 3; free; yes");
    assert_row(&f, "powers", 1, "not-academy-or-free-school", "type: community", "council");
    const struct decision *support = policy_decision(&f.policy, STR("support"));
    assert_text(support->outputs[0].variable->id, "support.visits");
    assert_int_equal(support->outputs[0].answers[1].quantity.period, PERIOD_YEAR);
    arena_release(&f.arena);
}

static void checks_have_columns_that_must_hold(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, merton, merton_page);
    fixture_clean(&f);
    const struct policy_kind *scg = policy_kind(&f.policy, STR("scg"));
    assert_int_equal(scg->check_count, 1);
    assert_int_equal(scg->decision_count, 0);
    assert_row(&f, "scg_checks", 0, "head", "members.head: yes", "breach");
    assert_row(&f, "scg_checks", 1, "rhythm", "meetings: [3..)", "breach");
    assert_row(&f, "scg_checks", 2, "length", "planned_length: [12..)", "advice");
    assert_row(&f, "scg_checks", 3, "level", "school_level: iv v", "advice");
    assert_true(row_at(&f, "scg_checks", 0)->cells[0].must);
    assert_row(&f, "category_record_checks", 0, "letter-recorded", "letter recorded: yes", "advice");
    assert_row(&f, "category_record_checks", 1, "month-7-to-10", "month: [7..10]", "advice");
    arena_release(&f.arena);
}

static void facts_have_masks_and_lines_have_pieces(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, merton, merton_page);
    fixture_clean(&f);
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    const struct variable *v = map_get(&school->by_id, STR("ofsted.overall"));
    assert_int_equal(v->all, 0x1f);
    assert_int_equal(v->unknown, 0x1f);
    v = map_get(&school->by_id, STR("ofsted.category"));
    assert_int_equal(v->unknown, 1);
    v = map_get(&school->by_id, STR("vulnerable"));
    assert_int_equal(v->unknown, VALUES_NO);
    const struct policy_kind *scg = policy_kind(&f.policy, STR("scg"));
    v = map_get(&scg->by_id, STR("meetings"));
    assert_int_equal(v->cut_count, 2); /* 0 and 3 */
    assert_int_equal(v->all, 0x1e);    /* 0, between, 3, above */
    assert_int_equal(row_at(&f, "scg_checks", 1)->cells[0].condition->mask, 0x18);
    arena_release(&f.arena);
}

/* ---- a chart with tiers (Milton Keynes) ---- */

static const char chart[] =
    "scales:\n"
    "  ofsted: {last: best, values: {inadequate: Inadequate, ri: [RI, 3], good: [Good, 2], outstanding: "
    "[Outstanding, 1]},\n"
    "    beside: {none_yet: Never inspected}}\n"
    "  category: {last: worst, values: {\"1\": \"1\", 1b: 1b, 2a: 2a, \"2\": \"2\", 2b: 2b, 1c: 1c, 2c: 2c, "
    "\"4\": \"4\"}}\n"
    "  concern: {last: worst, values: {none: No concern, ri: \"Risk of RI, SW or SM\"}}\n"
    "  tib: {last: worst, values: {no: \"No\", yes: \"Yes\", until: \"Yes, until the school converts\"}}\n"
    "facts:\n"
    "  school:\n"
    "    ofsted.overall: {label: Ofsted grade, scale: ofsted}\n"
    "    trend: {label: Data (any of), set of: {improving: Improving, consistent: Consistent, declining: "
    "Declining,\n"
    "      sharp: Sharp decline}, implies: {sharp: declining}}\n"
    "    sef: {label: SEF validated as, scale: ofsted}\n"
    "    below_all_measures: {label: Below all measures, type: yes/no}\n"
    "never:\n"
    "  school:\n"
    "    - {when: 'trend.improving and trend.declining', because: a summary cannot be both}\n";

static const char chart_page[] =
    "<!-- decision: chart\n"
    "label: Chart category\n"
    "hit: priority\n"
    "id: Row\n"
    "outputs:\n"
    "  category: {label: LA category, scale: category, prefer: [4, 1c, 2c, 1b, 2b, 2a, 1, 2]}\n"
    "  concern: {label: Level of concern, scale: concern, blank: not stated}\n"
    "  tib: {label: TIB, scale: tib}\n"
    "-->\n"
    "\n"
    "| Row | Ofsted grade | Data (any of) | Level of concern | TIB | LA category |\n"
    "|---|---|---|---|---|---|\n"
    "| R1 | Outstanding | Consistent | No concern | no | 1 |\n"
    "| R4 | Good | Improving or SEF validated as 1 | No concern | no | 2a |\n"
    "| R7 | Good | Declining or Below all measures | Risk of RI, SW or SM | yes | 2c |\n"
    "| R14 | Inadequate | | | Yes, until the school converts | 4 |\n"
    "| *otherwise*, read as the row it resembles | | | | | |\n"
    "| S2 | Outstanding | Declining | | normally yes, or no | normally 1c, or 1b |\n"
    "| S1 | Outstanding | Improving | No concern | no | 1 |\n"
    "| *otherwise*, everything else | | | | | |\n"
    "| S6 | Good | | | normally no, or yes | normally 2, or 2b or 2c |\n"
    "| S8 | Never inspected | | | not determined | not determined |\n"
    "\n"
    "<!-- decision: next\n"
    "outputs: {letter: yes/no}\n"
    "-->\n"
    "\n"
    "| LA category | TIB | Letter |\n"
    "|---|---|---|\n"
    "| 1, 1b, 2a, 2 or 2b | | no |\n"
    "| 1c, 2c or 4 | Yes, until the school converts | yes |\n"
    "| not determined | | no |\n"
    "| *otherwise* | | no |\n";

static void a_chart_ranks_its_rows_tier_by_tier(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, chart, chart_page);
    fixture_clean(&f);
    assert_row(&f, "chart", 1, "r4", "ofsted.overall: good; (trend.improving: yes | sef: outstanding)",
               "2a; none; no");
    assert_row(&f, "chart", 3, "r14", "ofsted.overall: inadequate", "4; not stated; until");
    assert_row(&f, "chart", 5, "s2", "ofsted.overall: outstanding; trend.declining: yes",
               "1b 1c ( 1c ); not stated; no yes ( yes )");
    assert_row(&f, "chart", 9, "s8", "ofsted.overall: none_yet", "nd; not stated; nd");
    assert_order(&f, "chart", "r14 r7 r4 r1 / s2 s1 / s6 s8");
    const struct decision *d = policy_decision(&f.policy, STR("chart"));
    assert_int_equal(d->tiers, 3);
    assert_true(d->rows[4]->marker);
    assert_text(d->rows[4]->label, "otherwise, read as the row it resembles");
    assert_int_equal(d->rows[9]->tier, 2);
    arena_release(&f.arena);
}

static void other_tables_test_outputs_and_otherwise_may_be_a_row(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, chart, chart_page);
    fixture_clean(&f);
    assert_row(&f, "next", 1, "1c-2c-or-4-yes-until-the-school-converts",
               "chart.category: 1c 2c 4; chart.tib: until", "yes");
    assert_row(&f, "next", 2, "not-determined", "chart.category: nd", "no");
    assert_row(&f, "next", 3, "otherwise", "", "no");
    assert_false(row_at(&f, "next", 3)->marker);
    assert_int_equal(row_at(&f, "next", 3)->tier, 1);
    arena_release(&f.arena);
}

static void what_is_never_true_and_what_a_set_implies_are_conditions(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, chart, chart_page);
    fixture_clean(&f);
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    assert_int_equal(school->never_count, 2);
    assert_text(condition_words(&f, school->nevers[0]->when), "(trend.sharp: yes & trend.declining: no)");
    assert_text(condition_words(&f, school->nevers[1]->when),
                "(trend.improving: yes & trend.declining: yes)");
    assert_text(school->nevers[1]->because, "a summary cannot be both");
    arena_release(&f.arena);
}

/* ---- floors in three pooled tables (Havering) ---- */

static const char havering[] =
    "units: [day, meeting]\n"
    "scales:\n"
    "  ofsted: {values: {inadequate: Inadequate, satisfactory: Satisfactory, good: Good, outstanding: "
    "Outstanding},\n"
    "    last: best, beside: {none_yet: Not inspected}}\n"
    "  ofsted_category: {values: {none: None, notice: Notice to improve}}\n"
    "  category: {values: [\"1\", \"2\", 3A, 3B, 3C], last: worst}\n"
    "  direction: {values: {vulnerable: Potentially vulnerable, improving: Improving}}\n"
    "  type: {values: {community: Community, academy: Academy, free: Free school, independent: "
    "Independent}}\n"
    "facts:\n"
    "  school:\n"
    "    type: {label: School type, scale: type}\n"
    "    ofsted: {label: Ofsted grade, scale: ofsted}\n"
    "    ofsted_category: {label: Ofsted category, scale: ofsted_category, missing: none}\n"
    "    floor: {label: Below floor, type: yes/no, applies: {School type: not independent}}\n"
    "    head_started: {label: Head started, type: date, missing: not applicable}\n"
    "    direction: {label: Direction, scale: direction}\n"
    "    weak: {label: Significant weaknesses, set of: {standards: Standards, budget: Budgetary control}, "
    "missing: none}\n"
    "    brokered: {label: Needs brokered support, type: yes/no, missing: no}\n"
    "    no_head: {label: No substantive head, type: yes/no, missing: no}\n"
    "    capable: {label: Still capable of improving, type: yes/no, missing: no}\n";

static const char havering_page[] =
    "<!-- decision: category\n"
    "hit: guide\n"
    "id: \"#\"\n"
    "outputs: {category: category}\n"
    "-->\n"
    "\n"
    "| # | Ofsted grade | Direction | Significant weaknesses | Category |\n"
    "|---|---|---|---|---|\n"
    "| good | good or better | | none | 1 |\n"
    "| good-weak | good or better | | some | 1, 2 or 3A |\n"
    "| sat-up | satisfactory | improving | none | 2 |\n"
    "| none | not inspected | | | not determined |\n"
    "\n"
    "A school may be in category 2 for one of these reasons.\n"
    "\n"
    "<!-- decision: category -->\n"
    "\n"
    "| # | Reason | Category |\n"
    "|---|---|---|\n"
    "| brokered | needs brokered support | 2 |\n"
    "| acting | no substantive head; still capable of improving | 2 |\n"
    "| new-head | head started: in the last year | 2 |\n"
    "\n"
    "<!-- decision: category -->\n"
    "\n"
    "| # | When | Category |\n"
    "|---|---|---|\n"
    "| ofsted | Ofsted category: not none | at least 3B |\n"
    "| floor | below floor | at least 3B |\n"
    "| stay-2 | category: 3A, 3B or 3C in the last year | at least 2 |\n"
    "| exempt | school type: academy, free school or independent | not applicable |\n"
    "\n"
    "<!-- decision: causing_concern\n"
    "outputs: {review: {label: Review meetings, type: meetings a year}, days: {label: Core days, type: days "
    "a year}}\n"
    "-->\n"
    "\n"
    "| Category | Review meetings | Core days |\n"
    "|---|---|---|\n"
    "| 1 or 2 | none | 0.5 |\n"
    "| 3B | termly or half-termly | to be agreed |\n"
    "| 3C | at least 1 a term | not stated |\n"
    "\n"
    "<!-- decision: busy\n"
    "outputs: {busy: yes/no}\n"
    "-->\n"
    "\n"
    "| Review meetings | Busy |\n"
    "|---|---|\n"
    "| at least 1 a term | yes |\n"
    "| below 4 | no |\n"
    "| none | no |\n"
    "| at least 4 a year | yes |\n";

static void pooled_tables_are_one_decision(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, havering, havering_page);
    fixture_clean(&f);
    const struct decision *d = policy_decision(&f.policy, STR("category"));
    assert_int_equal(d->row_count, 11);
    assert_int_equal(d->table_count, 3);
    assert_int_equal(d->tables[2]->first_row, 7);
    assert_int_equal(d->tables[2]->row_count, 4);
    assert_row(&f, "category", 0, "good", "ofsted: good outstanding; (weak.standards: no & weak.budget: no)",
               "1");
    assert_row(&f, "category", 1, "good-weak",
               "ofsted: good outstanding; (weak.standards: yes | weak.budget: yes)", "1 2 3A");
    assert_row(&f, "category", 5, "acting", "(no_head: yes & capable: yes)", "2");
    assert_row(&f, "category", 6, "new-head", "Head started in the last year: yes", "2");
    arena_release(&f.arena);
}

static void floors_exemptions_and_the_past_are_cells(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, havering, havering_page);
    fixture_clean(&f);
    assert_row(&f, "category", 7, "ofsted", "ofsted_category: notice", "3B 3C floor");
    assert_row(&f, "category", 8, "floor", "floor: yes", "3B 3C floor");
    assert_row(&f, "category", 9, "stay-2", "Category 3A, 3B or 3C in the last year: yes",
               "2 3A 3B 3C floor");
    assert_row(&f, "category", 10, "exempt", "type: academy free independent", "na");
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    const struct variable *floor = map_get(&school->by_id, STR("floor"));
    assert_text(condition_words(&f, floor->applies), "type: community academy free");
    assert_true(floor->all & VALUES_NOT_APPLICABLE);
    const struct variable *started = map_get(&school->by_id, STR("head_started"));
    assert_true(started->unknown == VALUES_NOT_APPLICABLE);
    arena_release(&f.arena);
}

static void quantities_are_answers_that_tables_compare(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, havering, havering_page);
    fixture_clean(&f);
    assert_row(&f, "causing_concern", 1, "3b", "category: 3B", "termly half-termly; to be agreed");
    assert_row(&f, "busy", 0, "at-least-1-a-term", "causing_concern.review: at least 1 a term", "yes");
    assert_row(&f, "busy", 1, "below-4", "causing_concern.review: termly", "no");
    assert_row(&f, "busy", 2, "none", "causing_concern.review: none absent", "no");
    assert_row(&f, "busy", 3, "at-least-4-a-year", "causing_concern.review: half-termly", "yes");
    arena_release(&f.arena);
}

/* ---- collect, with `given` (Ealing) ---- */

static const char ealing[] =
    "scales:\n"
    "  level: {values: {star: GREEN*, green: GREEN, amber: AMBER, red: RED, blue: BLUE}, last: worst}\n"
    "  offer_table: {values: {primary: primary and special, secondary: secondary}}\n"
    "  funding: {values: {la: LA, s: S, sf: SF, both: LA/SF}}\n"
    "facts:\n"
    "  school:\n"
    "    level: {label: Monitoring level, scale: level}\n"
    "    offer_table: {label: Offer table, scale: offer_table}\n";

static const char ealing_page[] =
    "<!-- decision: offers\n"
    "hit: collect\n"
    "given: {Offer table: primary and special}\n"
    "outputs: {offer: offer, funding: {scale: funding, blank: not stated}}\n"
    "notes: [And]\n"
    "-->\n"
    "\n"
    "| Monitoring level | Offer | Funding | And |\n"
    "|---|---|---|---|\n"
    "| any | [ELG support](../offers/elg-support.md) | LA | x |\n"
    "| GREEN* to AMBER | [signposting](../offers/signposting.md) | LA/SF | |\n"
    "| at least AMBER | [signposting](../offers/signposting.md) | to be confirmed | |\n"
    "\n"
    "<!-- decision: offers\n"
    "given: {Offer table: secondary}\n"
    "-->\n"
    "\n"
    "| Monitoring level | Offer |\n"
    "|---|---|\n"
    "| GREEN* or GREEN | [ELG support](../offers/elg-support.md) |\n"
    "| *otherwise* | |\n"
    "| AMBER | [signposting](../offers/signposting.md) |\n";

static void collected_offers_are_their_links(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, ealing, ealing_page);
    fixture_clean(&f);
    assert_row(&f, "offers", 0, "offer-table-primary-and-special-any-elg-support", "offer_table: primary",
               "../offers/elg-support.md; la");
    assert_text(row_answers(&f, row_at(&f, "offers", 1)), "../offers/signposting.md; both");
    assert_text(row_conditions(&f, row_at(&f, "offers", 2)), "offer_table: primary; level: amber red blue");
    assert_text(row_answers(&f, row_at(&f, "offers", 2)), "../offers/signposting.md; to be confirmed");
    assert_text(row_conditions(&f, row_at(&f, "offers", 3)), "offer_table: secondary; level: star green");
    assert_text(row_answers(&f, row_at(&f, "offers", 3)), "../offers/elg-support.md; not stated");
    const struct decision *d = policy_decision(&f.policy, STR("offers"));
    assert_int_equal(d->outputs[0].answer_count, 2);
    assert_text(d->outputs[0].answers[0].label, "ELG support");
    assert_text(d->tables[1]->given, "Offer table: secondary");
    assert_int_equal(d->tables[0]->columns[3].role, COLUMN_NOTES);
    assert_true(d->rows[0]->cells[0].column == ROW_CELL_GIVEN);
    arena_release(&f.arena);
}

/* ---- principles and a match (Barnet) ---- */

static const char barnet[] = "scales:\n"
                             "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}}\n"
                             "facts:\n"
                             "  school: {asked: {label: Asked for brokering, type: yes/no}}\n"
                             "  partnership:\n"
                             "    kind: {label: Kind, scale: kind}\n"
                             "    size: {label: Size, type: whole}\n"
                             "    third: {label: At most a third causing concern, type: yes/no}\n"
                             "  pair: {wishes: {label: Wishes between them, type: whole, range: 0 to 2}, "
                             "linked: {label: Existing link, type: yes/no}}\n"
                             "  member: {choice: {label: Place of this kind, type: whole}}\n";

static const char barnet_page[] =
    "<!-- check: principles\n"
    "subject: partnership\n"
    "id: Principle\n"
    "must: [Must have]\n"
    "outputs:\n"
    "  in_force: {label: If not, scale: strength}\n"
    "  proposed: {label: In a proposal, scale: strength, blank: none}\n"
    "-->\n"
    "\n"
    "| Principle | Kind | Must have | If not | In a proposal |\n"
    "|---|---|---|---|---|\n"
    "| Size, hard | Hard | Size 2 to 6 | breach | breach |\n"
    "| Likely size, loose | Loose | Size at most 3 | advice | |\n"
    "| One third | any | At most a third causing concern or Size 2 | breach | breach |\n"
    "\n"
    "<!-- decision: enters\n"
    "outputs: {enters: {label: Takes part, type: yes/no}}\n"
    "-->\n"
    "\n"
    "| Asked for brokering | Takes part |\n"
    "|---|---|\n"
    "| yes | yes |\n"
    "| *otherwise* | no |\n"
    "\n"
    "<!-- decision: affinity\n"
    "subject: pair\n"
    "hit: sum\n"
    "outputs: {points: number}\n"
    "-->\n"
    "\n"
    "| Wishes between them | Existing link | Points |\n"
    "|---|---|---|\n"
    "| 1 | | 2 |\n"
    "| 2 | | 4 |\n"
    "| | yes | 1 |\n"
    "| 0 | no | -1 |\n"
    "\n"
    "<!-- match: partnerships\n"
    "pool: enters\n"
    "kinds: [hard, loose]\n"
    "must: [principles.proposed]\n"
    "-->\n"
    "\n"
    "| Step | The better proposal has | Counted by |\n"
    "|---|---|---|\n"
    "| 1 | the most schools placed | Schools placed |\n"
    "| 2 | more wishes kept | Affinity |\n"
    "| 3 | shorter ways | Distance |\n";

static void principles_and_numbers_are_tables_too(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, barnet, barnet_page);
    fixture_clean(&f);
    assert_row(&f, "principles", 0, "size-hard", "kind: hard; size: [2..6]", "breach; breach");
    assert_row(&f, "principles", 1, "likely-size-loose", "kind: loose; size: (..3]", "advice; absent");
    assert_row(&f, "principles", 2, "one-third", "(third: yes | size: [2..2])", "breach; breach");
    const struct row *row = row_at(&f, "principles", 0);
    assert_false(row->cells[0].must);
    assert_true(row->cells[1].must);
    assert_row(&f, "affinity", 3, "0-no", "wishes: [0..0]; linked: no", "-1");
    const struct policy_kind *pair = policy_kind(&f.policy, STR("pair"));
    const struct variable *wishes = map_get(&pair->by_id, STR("wishes"));
    assert_int_equal(wishes->cut_count, 3);
    assert_int_equal(wishes->all, VALUE_BIT(1) | VALUE_BIT(3) | VALUE_BIT(5));
    arena_release(&f.arena);
}

static void a_match_knows_its_pool_its_rules_and_its_steps(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, barnet, barnet_page);
    fixture_clean(&f);
    const struct decision *d = policy_decision(&f.policy, STR("partnerships"));
    assert_int_equal(d->kind, TABLE_MATCH);
    assert_text(d->match->pool->id, "enters");
    assert_int_equal(d->match->must_count, 1);
    assert_text(d->match->must[0]->id, "proposed");
    assert_text(d->match->group->id, "partnership");
    assert_int_equal(d->match->kind_count, 2);
    assert_text(d->match->kinds[1]->id, "loose");
    assert_int_equal(d->match->step_count, 3);
    assert_int_equal(d->match->steps[0].measure, MATCH_PLACED);
    assert_text(d->match->steps[1].decision->id, "affinity");
    assert_int_equal(d->match->steps[2].measure, MATCH_DISTANCE);
    arena_release(&f.arena);
}

/* ---- mistakes ---- */

static const char small[] = "units: [visit]\n"
                            "scales:\n"
                            "  c: {values: {low: Low, high: High}, last: worst}\n"
                            "  plain: {values: [p, q]}\n"
                            "facts:\n"
                            "  school:\n"
                            "    phase: {label: Phase, scale: plain}\n"
                            "    n: {type: whole}\n";

#define TABLE "\n-->\n\n| Phase | Out |\n|---|---|\n| p | Low |\n"
#define OUT "outputs: {out: c}"

static void directives_are_checked_key_by_key(void **state) {
    (void)state;
    static const struct {
        const char *directive, *says;
    } cases[] = {
        {"decision: d\n" OUT, ""},
        {"decision: d\nhits: any\n" OUT, "directive-key@2:1"},
        {"decision: d\nhit: first\n" OUT, "unknown-choice@2:6"},
        {"decision: d\nstands: when agreed\n" OUT, "unknown-choice@2:9"},
        {"decision: d\nvisible: heads\n" OUT, "unknown-choice@2:10"},
        {"decision: D one\n" OUT, "directive-id@1:16"},
        {"decision: d\nsubject: schol\n" OUT, "directive-subject@2:10"},
        {"decision: d", "directive-outputs@1:16"},
        {"decision: d\noutputs: [out]", "outputs-map@2:10"},
        {"decision: d\noutputs: {out: colour}", "output-type@2:16"},
        {"decision: d\noutputs: {out: {scale: c, typ: text}}", "unknown-key@2:27"},
        {"decision: d\noutputs: {Out: c}", "directive-id@2:11"},
        {"decision: d\noutputs: {out: {scale: c, prefer: [medium]}}", "unknown-choice@2:36"},
        {"decision: d\noutputs: {out: {scale: c, prefer: low}}", "output-prefer@2:35"},
        {"decision: d\noutputs: {out: {scale: c, blank: often}}", "cell-answer@2:34"},
        {"decision: d\noutputs: {out: {scale: c, visible: all}}", "unknown-choice@2:36"},
        {"decision: d\nhit: sum\n" OUT, "hit-number@2:6"},
        {"decision: d\nhit: guide\noutputs: {out: yes/no}", "hit-guide@2:6 cell-answer@8:7"},
        {"decision: d\nhit: priority\noutputs: {out: yes/no}", "hit-priority@2:6 cell-answer@8:7"},
        {"decision: d\nid: Row\n" OUT, "table-no-column@2:5"},
        {"decision: d\nnotes: [And]\n" OUT, "table-no-column@2:9"},
        {"decision: d\ngiven: Phase\n" OUT, "given-map@2:8"},
        {"decision: d\ngiven: {Phas: p}\n" OUT, "cell-header@2:9"},
        {"decision: d\ngiven: {Phase: r}\n" OUT, "cell-unknown@2:16"},
        {"decision: d\ngiven: {Phase: [p, q]}\n" OUT, "cell-value@2:9"},
        {"decision: d\napplies: {Phase: \"r\"}\n" OUT, "cell-unknown@2:19"},
        {"check: d\n" OUT, "check-must@1:13 check-strength@2:11"},
        {"match: d\npool: rich\nmust: [x.y]", "match-pool@2:7 match-must@3:8 match-step@8:7"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture f;
        struct arena keep = {0};
        struct buf page = {.arena = &keep};
        buf_printf(&page, "<!-- %s" TABLE, cases[i].directive);
        fixture_read(&f, small, str_z(&keep, buf_str(&page)));
        if (!str_eq(fixture_said(&f), str_from(cases[i].says)))
            fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", cases[i].directive, STR_ARG(fixture_said(&f)),
                     cases[i].says);
        arena_release(&keep);
        arena_release(&f.arena);
    }
}

/* A table of "d" on scale c after these lines of its directive. */
#define D "<!-- decision: d\noutputs: {out: {scale: c}}\n-->\n\n"
#define D_LATER "\n<!-- decision: d -->\n\n"

static void rows_are_checked_one_by_one(void **state) {
    (void)state;
    static const struct {
        const char *page, *says;
    } cases[] = {
        {D "| Phase | Out |\n|---|---|\n| p | |\n", "cell-blank@7:6"},
        {D "| Phase | Out |\n|---|---|\n| p | \xe2\x80\x94 |\n", "cell-output-dash@7:7"},
        {D "| Phase | Out |\n|---|---|\n| p | any |\n", "cell-output-dash@7:7"},
        {D "| Phase | Out |\n|---|---|\n| p | medium |\n", "cell-answer@7:7"},
        {D "| Phase | Out |\n|---|---|\n| p | low and high |\n", "cell-left-over@7:11"},
        {D "| Phase | Out |\n|---|---|\n| p | normally low or high, or low |\n", ""},
        {D "| Phase | Out |\n|---|---|\n| p | normally at least low |\n", "cell-normally@7:16"},
        {D "| Phase | Out |\n|---|---|\n| p | at least low |\n", ""},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n| P | high |\n", "row-twice@8:1"},
        {D "| Phase | Ouut |\n|---|---|\n| p | low |\n", "table-output-missing@5:1"},
        {D "| Phase | Out | Out |\n|---|---|---|\n| p | low | low |\n", "table-output-twice@5:17"},
        {D "| Phase | Out |\n|---|---|\n| *otherwise* | low |\n", ""},
        {D "| Phase | n | Out |\n|---|---|---|\n| *otherwise* | 2 | low |\n", "row-otherwise@7:3"},
        {D "| Phase | n | Out |\n|---|---|---|\n| *otherwise* | 2 | |\n", "row-otherwise@7:3"},
        {D "| Out | Phase |\n|---|---|\n| otherwise | p |\n", "cell-answer@7:3"},
        {D "| Out | Phase |\n|---|---|\n| low | d: low |\n", "cell-own-output@7:9"},
        {D "| Out | Phase |\n|---|---|\n| low | d: low in the last year |\n", ""},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n" D_LATER "| Phase | Out |\n|---|---|\n| q | low |\n",
         ""},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n" D_LATER "| Phase | Out |\n|---|---|\n| p | low |\n",
         "row-twice@13:1"},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n" D_LATER "| Phase |\n|---|\n| q |\n",
         "table-output-missing@11:1"},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n\n" D "| Phase | Out |\n|---|---|\n| q | low |\n",
         "decision-twice@9:16"},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n\n<!-- decision: d\nhit: any\n-->\n\n"
           "| Phase | Out |\n|---|---|\n| q | low |\n",
         "directive-later@10:1"},
        {D "| Phase | Out |\n|---|---|\n| p | low |\n\n<!-- check: d -->\n\n"
           "| Phase | Out |\n|---|---|\n| q | low |\n",
         "directive-page@9:13"},
        {"<!-- decision: n\noutputs: {out: c}\n-->\n\n| Phase | Out |\n|---|---|\n| p | low |\n",
         "decision-name@1:16"},
        {"<!-- decision: p\noutputs: {out: c}\n-->\n\n| n | Out |\n|---|---|\n| 1 | low |\n",
         "row-reserved@7:1"},
        {"<!-- decision: d\noutputs: {out: offer}\n-->\n\n| n | Out |\n|---|---|\n| 1 | low |\n",
         "cell-offer@7:7"},
        {"<!-- decision: d\noutputs: {out: visits a year}\n-->\n\n| n | Out |\n|---|---|\n| 1 | often |\n",
         "cell-quantity@7:7"},
        {"<!-- decision: d\noutputs: {out: number}\n-->\n\n| n | Out |\n|---|---|\n| 1 | often |\n",
         "cell-number@7:7"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        fixture_says(small, cases[i].page, cases[i].says);
}

static void ids_keep_stars_and_minus_signs_apart(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, ealing,
                 "<!-- decision: d\noutputs: {out: yes/no}\n-->\n\n| Monitoring level | Out |\n|---|---|\n"
                 "| GREEN* | yes |\n| GREEN | no |\n| GREEN* to AMBER | no |\n\n"
                 "<!-- decision: e\noutputs: {number: number}\nid: Gap\n-->\n\n| Gap | Number |\n|---|---|\n"
                 "| below 3 | 1 |\n| below -3 | 2 |\n| below \xe2\x88\x92"
                 "4 | 3 |\n| half-termly | 4 |\n");
    fixture_clean(&f);
    static const char *const ids[] = {"green-star", "green", "green-star-to-amber"};
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_text(row_at(&f, "d", i)->id, ids[i]);
    static const char *const gaps[] = {"below-3", "below-minus-3", "below-minus-4", "half-termly"};
    for (size_t i = 0; i < COUNT(gaps); i++)
        assert_text(row_at(&f, "e", i)->id, gaps[i]);
    arena_release(&f.arena);
}

static void tables_of_one_id_stand_on_one_page(void **state) {
    (void)state;
    struct fixture f;
    fixture_pages(&f, small,
                  (const char *const[]){D "| Phase | Out |\n|---|---|\n| p | low |\n",
                                        "<!-- decision: d -->\n\n| Phase | Out |\n|---|---|\n| q | low |\n",
                                        NULL});
    assert_text(fixture_said(&f), "directive-page@b.md:1:16");
    arena_release(&f.arena);
}

static void a_table_may_read_a_decision_of_a_later_page(void **state) {
    (void)state;
    struct fixture f;
    fixture_pages(
        &f, small,
        (const char *const[]){
            "<!-- decision: e\noutputs: {e: yes/no}\n-->\n\n| Out | E |\n|---|---|\n| low | yes |\n",
            D "| Phase | Out |\n|---|---|\n| p | low |\n", NULL});
    fixture_clean(&f);
    const struct policy_kind *school = policy_kind(&f.policy, STR("school"));
    assert_text(school->decisions[0]->id, "d");
    assert_text(school->decisions[1]->id, "e");
    arena_release(&f.arena);
}

static void what_rests_on_itself_is_named_as_a_chain(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f,
                 "scales: {c: {values: {low: Low, high: High}}}\n"
                 "facts:\n"
                 "  school:\n"
                 "    rich: {label: Rich, type: yes/no, is: d = \"low\"}\n"
                 "    a: {type: yes/no, is: b}\n"
                 "    b: {type: yes/no, is: not(a)}\n",
                 "<!-- decision: d\noutputs: {out: c}\n-->\n\n| E | Out |\n|---|---|\n| yes | low |\n\n"
                 "<!-- decision: e\noutputs: {e: yes/no}\n-->\n\n| Rich | E |\n|---|---|\n| yes | yes |\n");
    assert_int_equal(f.diags.count, 2);
    assert_int_equal(f.diags.items[0].id, DIAG_POLICY_CYCLE);
    assert_text(f.diags.items[0].text, "\"rich\" reads \"d\", which reads \"e\", which reads \"rich\"");
    assert_text(f.diags.items[1].text, "\"a\" reads \"b\", which reads \"a\"");
    arena_release(&f.arena);
}

/* A scale, a set, or an output's answers: so many values, and one more. */
static void values_are_as_many_as_bits(void **state) {
    (void)state;
    for (size_t n = VOCABULARY_VALUES_MAX; n <= VOCABULARY_VALUES_MAX + 1; n++) {
        struct arena keep = {0};
        struct buf framework = {.arena = &keep}, page = {.arena = &keep};
        buf_lit(&framework, "scales:\n  long:\n    values: [a");
        for (size_t i = 1; i < n; i++)
            buf_printf(&framework, ", v%zu", i);
        buf_lit(&framework, "]\nfacts:\n  school:\n    x: {label: X, scale: long}\n    y: {set of: {a: A");
        for (size_t i = 1; i < n; i++)
            buf_printf(&framework, ", v%zu: v%zu", i, i);
        buf_lit(&framework, "}}\n");
        buf_lit(&page,
                "<!-- decision: d\noutputs: {out: text}\nid: Row\n-->\n\n| Row | X | Out |\n|---|---|---|\n");
        for (size_t i = 0; i < n; i++)
            buf_printf(&page, "| r%zu | not a | answer %zu |\n", i, i);
        struct fixture f;
        fixture_read(&f, str_z(&keep, buf_str(&framework)), str_z(&keep, buf_str(&page)));
        assert_text(fixture_said(&f),
                    n == VOCABULARY_VALUES_MAX
                        ? ""
                        : "cell-answers@64:17 scale-long@framework.yaml:3:5 scale-long@framework.yaml:7:17");
        arena_release(&f.arena);
        arena_release(&keep);
    }
}

static void what_always_answers_cannot_be_undetermined(void **state) {
    (void)state;
    struct fixture f;
    fixture_read(&f, chart, chart_page);
    fixture_clean(&f);
    const values absent = VALUES_NOT_DETERMINED | VALUES_NOT_APPLICABLE;
    const struct decision *next = policy_decision(&f.policy, STR("next"));
    assert_int_equal(next->outputs[0].variable->all & absent, 0);
    const struct decision *d = policy_decision(&f.policy, STR("chart"));
    assert_true((d->outputs[0].variable->all & absent) == VALUES_NOT_DETERMINED);
    arena_release(&f.arena);
    fixture_read(&f, havering, havering_page);
    fixture_clean(&f);
    d = policy_decision(&f.policy, STR("category"));
    assert_true((d->outputs[0].variable->all & absent) == absent);
    assert_true((d->outputs[0].variable->unknown & 0x1f) == 0xf); /* 3C is no answer of its own */
    arena_release(&f.arena);
}

/* Facts f0 to f<n>, each of which is the next. */
static struct str chain_of(struct arena *arena, size_t n) {
    struct buf out = {.arena = arena};
    buf_lit(&out, "facts:\n  school:\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "    f%zu: {type: yes/no, is: f%zu}\n", i, i + 1);
    buf_printf(&out, "    f%zu: {type: yes/no}\n", n);
    return buf_str(&out);
}

static void a_chain_of_facts_may_be_long_but_not_endless(void **state) {
    (void)state;
    for (size_t n = 200; n <= 201; n++) {
        struct arena keep = {0};
        struct fixture f;
        fixture_pages(&f, str_z(&keep, chain_of(&keep, n)), (const char *const[]){NULL});
        assert_int_equal(f.diags.count, n > 200);
        if (n > 200)
            assert_int_equal(f.diags.items[0].id, DIAG_POLICY_CHAIN);
        arena_release(&f.arena);
        arena_release(&keep);
    }
}

static void facts_with_wrong_words_are_errors(void **state) {
    (void)state;
    static const struct {
        const char *framework, *says;
    } cases[] = {
        {"scales: {c: {values: [p]}}\nfacts: {school: {x: {scale: c, missing: often}}}",
         "unknown-choice@2:41"},
        {"scales: {c: {values: [p]}}\nfacts: {school: {x: {scale: c, missing: [p, none, q]}}}",
         "unknown-choice@2:51"},
        {"scales: {c: {values: [p]}}\nfacts: {school: {x: {scale: c, none: r}}}", "unknown-choice@2:38"},
        {"facts: {school: {x: {type: whole, range: a few}}}", "wrong-format@1:42"},
        {"facts: {school: {x: {type: number, when: {y: yes}}}}", "fact-when@1:42"},
        {"facts: {school: {x: {type: yes/no, when: {y: yes}}}}", "cell-header@1:43"},
        {"facts: {school: {x: {type: yes/no}, y: {type: yes/no, when: {x: maybe}}}}", "cell-unknown@1:65"},
        {"facts: {school: {x: {set of: {p: P}, implies: {p: q}}}}", "unknown-choice@1:51"},
        {"facts: {school: {x: {type: yes/no}}}\nnever: {school: [{when: x}]}", "never@2:18"},
        {"facts: {school: {x: {type: yes/no}}}\nnever: {scool: [{when: x, because: y}]}",
         "directive-subject@2:9"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture f;
        fixture_pages(&f, cases[i].framework, (const char *const[]){NULL});
        struct buf said = {.arena = &f.arena};
        for (size_t j = 0; j < f.diags.count; j++)
            buf_printf(&said, "%s%s@%u:%u", j ? " " : "", diag_catalogue[f.diags.items[j].id].slug,
                       f.diags.items[j].position.line, f.diags.items[j].position.column);
        if (!str_eq(buf_str(&said), str_from(cases[i].says)))
            fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", cases[i].framework, STR_ARG(buf_str(&said)),
                     cases[i].says);
        arena_release(&f.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_guide_nominates_values),
        cmocka_unit_test(derived_facts_are_conditions),
        cmocka_unit_test(decisions_come_after_those_they_read),
        cmocka_unit_test(checks_have_columns_that_must_hold),
        cmocka_unit_test(facts_have_masks_and_lines_have_pieces),
        cmocka_unit_test(a_chart_ranks_its_rows_tier_by_tier),
        cmocka_unit_test(other_tables_test_outputs_and_otherwise_may_be_a_row),
        cmocka_unit_test(what_is_never_true_and_what_a_set_implies_are_conditions),
        cmocka_unit_test(pooled_tables_are_one_decision),
        cmocka_unit_test(floors_exemptions_and_the_past_are_cells),
        cmocka_unit_test(quantities_are_answers_that_tables_compare),
        cmocka_unit_test(collected_offers_are_their_links),
        cmocka_unit_test(principles_and_numbers_are_tables_too),
        cmocka_unit_test(a_match_knows_its_pool_its_rules_and_its_steps),
        cmocka_unit_test(directives_are_checked_key_by_key),
        cmocka_unit_test(rows_are_checked_one_by_one),
        cmocka_unit_test(ids_keep_stars_and_minus_signs_apart),
        cmocka_unit_test(tables_of_one_id_stand_on_one_page),
        cmocka_unit_test(a_table_may_read_a_decision_of_a_later_page),
        cmocka_unit_test(what_rests_on_itself_is_named_as_a_chain),
        cmocka_unit_test(values_are_as_many_as_bits),
        cmocka_unit_test(what_always_answers_cannot_be_undetermined),
        cmocka_unit_test(a_chain_of_facts_may_be_long_but_not_endless),
        cmocka_unit_test(facts_with_wrong_words_are_errors),
    };
    markdown_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
