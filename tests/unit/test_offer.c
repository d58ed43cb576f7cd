/* SPDX-License-Identifier: MIT */
/* test_offer.c: whom an offer is open to, for each audience, and the cells that name one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "portal/offer.h"
#include "portal_fixture.h"

static const char framework[] =
    "scales:\n  grade: {values: {bad: Bad, fair: Fair, good: Good}, last: best}\n"
    "facts:\n  school:\n"
    "    grade: {label: Grade, scale: grade, from: facts, visible: public}\n"
    "    stretched: {label: Stretched, type: yes/no, from: facts, visible: officers, missing: no}\n"
    "    staff: {label: Staff, type: number, from: facts, visible: public}\n"
    "    declining: {label: Declining, type: yes/no, from: facts, visible: public}\n"
    "    improving: {label: Improving, type: yes/no, from: facts, visible: public}\n"
    "never:\n  school:\n    - when: declining and improving\n      because: it cannot be both\n";

static const char rules[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n<!-- decision: scc\noutputs: {scc: {label: Causes "
    "concern, type: yes/no}}\n-->\n\n"
    "| Grade | Causes concern |\n|---|---|\n| Bad | yes |\n| *otherwise* | no |\n";

#define OFFER(title, level, more) \
    "---\ntitle: " title "\nneed: leadership\nlevel: " level "\nprovider: Us\nfunding: Free\n" more "---\n"

/* Loads a portal of one school and one offer; the messages where there are any, else whether it is open to the school. */
static const char *opened(const char *facts, const char *offer, enum audience audience) {
    static const char *const words[] = {[TRUTH_NO] = "no", [TRUTH_YES] = "yes", [TRUTH_MAYBE] = "maybe"};
    struct portal p;
    const char *said = "error";
    portal_make(&p);
    portal_put(&p, "content/framework.yaml", framework);
    portal_put(&p, "content/policy/rules.md", rules);
    portal_put(&p, "content/offers/help.md", offer);
    struct str record =
        str_join(&p.arena, STR(SCHOOL("900001", "Ash") "facts: {"), str_from(facts), STR("}\n"));
    portal_put(&p, "schools/ash.yaml", str_z(&p.arena, record));
    portal_load(&p, "2026-05-01");
    if (!p.diags.errors) {
        site_bind(&p.site, audience);
        said = words[offer_open_to(site_page(&p.site, CONTENT_OFFER, STR("help")), p.site.schools[0])];
    }
    portal_release(&p);
    return said;
}
#define TARGETED(more) OFFER("Help", "targeted", more)
#define assert_open(facts, offer, audience, expected) \
    assert_string_equal(opened((facts), (offer), AUDIENCE_##audience), (expected))

static void without_conditions_the_level_decides(void **state) {
    (void)state;
    assert_open("", OFFER("Help", "universal", ""), PUBLIC, "yes");
    assert_open("", OFFER("Help", "targeted", ""), PUBLIC, "no");
    assert_open("", OFFER("Help", "intensive", ""), OFFICERS, "no");
    assert_open("", OFFER("Help", "universal", "phases: [secondary]\n"), PUBLIC, "no");
    assert_open("", OFFER("Help", "universal", "phases: [secondary, primary]\ntypes: [community]\n"), PUBLIC,
                "yes");
    assert_open("", OFFER("Help", "universal", "types: [academy]\n"), PUBLIC, "no");
}

static void cells_must_all_hold(void **state) {
    (void)state;
    const char *offer = TARGETED("for: {Grade: Fair or better, Staff: below 20}\n");
    assert_open("grade: good, staff: 12", offer, PUBLIC, "yes");
    assert_open("grade: good, staff: 20", offer, PUBLIC, "no");
    assert_open("grade: bad, staff: 12", offer, PUBLIC, "no");
    assert_open("grade: bad", offer, PUBLIC, "no");
    assert_open("grade: good", offer, PUBLIC, "maybe");
    assert_open("grade: good, staff: 12", TARGETED("phases: [secondary]\nfor: {Grade: Good}\n"), PUBLIC,
                "no");
    assert_open("grade: bad", TARGETED("for: {Causes concern: yes}\n"), PUBLIC, "yes");
    assert_open("grade: good", TARGETED("for: {scc: yes}\n"), PUBLIC, "no");
}

static void an_expression_says_it_too(void **state) {
    (void)state;
    const char *offer = TARGETED("for: 'scc or staff < 20'\n");
    assert_open("grade: bad, staff: 90", offer, PUBLIC, "yes");
    assert_open("grade: good, staff: 90", offer, PUBLIC, "no");
    assert_open("grade: good", offer, PUBLIC, "maybe");
    assert_open("grade: good, staff: 12", offer, PUBLIC, "yes");
}

/* A condition by itself may be either; over all completions it is one. */
static void every_completion_is_asked(void **state) {
    (void)state;
    assert_open("", TARGETED("for: 'grade = \"bad\" or not(scc)'\n"), PUBLIC, "maybe");
    assert_open("", TARGETED("for: 'grade = \"bad\" or grade != \"bad\"'\n"), PUBLIC, "yes");
    assert_open("declining: yes", TARGETED("for: {Improving: yes}\n"), PUBLIC, "no");
    assert_open("", TARGETED("for: 'not(declining) or not(improving)'\n"), PUBLIC, "yes");
}

static void one_that_nobody_can_meet_is_an_error(void **state) {
    (void)state;
    assert_open("", TARGETED("for: 'declining and improving'\n"), PUBLIC, "error");
    assert_open("", TARGETED("for: {Grade: Good, Causes concern: yes}\n"), PUBLIC, "error");
    assert_open("", TARGETED("for: {Stretched: yes, Staff: below 0 or above 10}\n"), PUBLIC, "maybe");
}

/* Tables of two pages, of which the public has one, may name the same offer. */
static void tables_of_two_pages_name_one_offer(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "content/framework.yaml", framework);
    portal_put(&p, "content/policy/a.md",
               "---\ntitle: A\n---\n\n## A\n\n<!-- decision: a\nhit: collect\noutputs: "
               "{offer: offer}\n-->\n\n| Grade | Offer |\n|---|---|\n| Good | "
               "[Help](../offers/help.md) |\n");
    portal_put(
        &p, "content/policy/b.md",
        "---\ntitle: B\n---\n\n## B\n\n<!-- decision: b\noutputs: {what: {label: What, type: offer}}\n-->\n\n"
        "| Grade | What |\n|---|---|\n| Bad | [help](../offers/help.md) |\n| *otherwise* | none |\n");
    portal_put(&p, "content/offers/help.md", TARGETED(""));
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_load(&p, "2026-05-01");
    assert_int_equal(p.diags.errors, 0);
    for (size_t i = 0; i < 2; i++) {
        const struct output *o = &p.site.policy.decisions[i]->outputs[0];
        assert_int_equal(o->answer_count, 1);
        assert_ptr_equal(offer_of_answer(&p.site, o, &o->answers[0], &p.arena),
                         site_any_page(&p.site, CONTENT_OFFER, STR("help")));
    }
    portal_release(&p);
}

static void what_an_audience_may_not_see_neither_lists_nor_hides_it(void **state) {
    (void)state;
    const char *offer = TARGETED("for: {Stretched: yes}\n"),
               *recorded = TARGETED("for: {Stretched: recorded}\n");
    static const char *const records[] = {"", "stretched: yes", "stretched: no"};
    for (size_t i = 0; i < 3; i++) {
        assert_open(records[i], offer, PUBLIC, "maybe");
        assert_open(records[i], offer, SCHOOLS, "maybe");
        assert_open(records[i], recorded, PUBLIC, "maybe");
        assert_open(records[i], offer, OFFICERS, i == 1 ? "yes" : "no");
    }
    assert_open("grade: good", TARGETED("for: {Stretched: yes, Grade: Bad}\n"), PUBLIC, "no");
    assert_open("grade: bad", TARGETED("for: {Grade: Bad or Stretched}\n"), PUBLIC, "yes");
}

/* ---- cells that name an offer ---- */

/* The messages about a table with these rows. */
static void assert_said_at(const char *table, const char *expected, int line) {
    struct portal p;
    struct buf page = {.arena = &p.arena}, out = {.arena = &p.arena};
    portal_make(&p);
    buf_lit(
        &page,
        "---\ntitle: Help\n---\n\n## Help\n\n<!-- decision: help\nid: Row\nhit: collect\noutputs: {offer: "
        "{label: Offer, type: offer}}\n-->\n\n| Row | At risk | Offer |\n|---|---|---|\n");
    buf_add(&page, str_from(table));
    portal_put(&p, "content/policy/help.md", str_z(&p.arena, buf_str(&page)));
    portal_put(&p, "content/offers/reading.md",
               OFFER("Reading, side by side", "targeted", "short_title: Reading\n"));
    portal_put(&p, "content/offers/maths.md", OFFER("Maths", "targeted", "audience: officers\n"));
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_load(&p, "2026-05-01");
    for (size_t i = 0; i < p.diags.count; i++)
        if (p.diags.items[i].id == DIAG_OFFER_PAGE || p.diags.items[i].id == DIAG_OFFER_TITLE ||
            p.diags.items[i].id == DIAG_OFFER_LINK)
            buf_printf(&out, "%s%u " STR_FMT, out.len ? "; " : "", p.diags.items[i].position.line,
                       STR_ARG(p.diags.items[i].text));
    if (!str_eq(buf_str(&out), str_from(expected)))
        fail_msg("line %d says \"" STR_FMT "\"", line, STR_ARG(buf_str(&out)));
    portal_release(&p);
}
#define assert_said(table, expected) assert_said_at((table), (expected), __LINE__)

static void the_words_are_the_title_or_the_short_title(void **state) {
    (void)state;
    assert_said("| A | yes | [Reading, side by side](../offers/reading.md) |\n| B | no | "
                "[reading](../offers/reading.md) "
                "|\n| C | no | none |\n| D | no | [Maths](../offers/maths.md) |\n",
                "");
    assert_said("| A | yes | [Reading club](../offers/reading.md) |\n",
                "15 \"Reading club\" leads to the offer that is called \"Reading, side by side\"");
}

static void the_link_leads_to_an_offer(void **state) {
    (void)state;
    assert_said("| A | yes | [Help](help.md) |\n",
                "15 \"Help\" leads to \"help.md\", which is no offer's page");
    assert_said("| A | yes | [Ash](../../schools/ash.yaml) |\n",
                "15 \"Ash\" leads to \"../../schools/ash.yaml\", which is no offer's page");
    assert_said("| A | yes | [Away](https://offers.example/) |\n",
                "15 \"Away\" leads to \"https://offers.example/\", which is no offer's page");
    assert_said("| A | yes | [Gone](../offers/gone.md) |\n", ""); /* said with all links that lead nowhere */
}

static void one_offer_is_linked_in_one_way(void **state) {
    (void)state;
    assert_said(
        "| A | yes | [Reading](../offers/reading.md) |\n| B | no | [Reading](../offers/reading.md#get) |\n",
        "16 \"Reading\" is linked as \"../offers/reading.md#get\", and in another row as "
        "\"../offers/reading.md\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_conditions_the_level_decides),
        cmocka_unit_test(cells_must_all_hold),
        cmocka_unit_test(an_expression_says_it_too),
        cmocka_unit_test(every_completion_is_asked),
        cmocka_unit_test(one_that_nobody_can_meet_is_an_error),
        cmocka_unit_test(tables_of_two_pages_name_one_offer),
        cmocka_unit_test(what_an_audience_may_not_see_neither_lists_nor_hides_it),
        cmocka_unit_test(the_words_are_the_title_or_the_short_title),
        cmocka_unit_test(the_link_leads_to_an_offer),
        cmocka_unit_test(one_offer_is_linked_in_one_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
