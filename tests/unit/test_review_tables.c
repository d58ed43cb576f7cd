/* SPDX-License-Identifier: MIT */
/* test_review_tables.c: tables compared as tables: what changed is said, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/review_tables.h"
#include "policy/prove.h"
#include "portal/trial.h"
#include "review_fixture.h"

static const char framework[] = "units: [visit]\ncalendar: {terms: 3, half-terms: 6}\n"
                                "scales:\n"
                                "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
                                "  category: {values: {green: Green, amber: Amber, red: Red}, last: worst}\n"
                                "  kind: {values: {hard: Hard, structured: Structured}}\n"
                                "facts:\n  school:\n"
                                "    weak: {label: Weak, type: yes/no, visible: public}\n"
                                "    poor: {label: Poor, type: yes/no, missing: no, visible: officers}\n"
                                "    size: {label: Size, type: whole, visible: public}\n"
                                "  partnership:\n"
                                "    kind: {label: Kind, scale: kind, from: kind}\n"
                                "    members: {label: Members, type: schools, from: members}\n";

/* `page` is the text of a page, or all of it with its front matter; after a line "=== tests" come policy tests. */
static void put_page(struct portal *p, struct str page) {
    struct str mark = STR("=== tests\n"), tests = {0};
    for (size_t i = 0; i + mark.len <= page.len && !tests.len; i++)
        if (str_starts(str_sub(page, i, page.len), mark)) {
            tests = str_sub(page, i + mark.len, page.len);
            page = str_sub(page, 0, i);
        }
    struct str front = str_starts(page, STR("---")) ? STR("") : STR("---\ntitle: Rules\n---\n\n");
    portal_put(p, "content/policy/rules.md", str_z(&p->arena, str_join(&p->arena, front, page)));
    if (tests.len)
        portal_put(p, "tests/policy/a.yaml", str_z(&p->arena, tests));
}

/* With the policy's tests run, as review_load.c does for officers. */
static void load_side(struct portal *p, enum audience audience, struct review_side *out) {
    portal_load(p, "2026-05-01");
    if (!p->diags.errors) {
        struct reached reached;
        reached_init(&reached, &p->site.policy, &p->arena);
        site_bind(&p->site, AUDIENCE_OFFICERS);
        trials_run(&p->site, &reached, &p->diags);
        diags_sort(&p->diags);
    }
    site_bind(&p->site, audience);
    *out = (struct review_side){.site = &p->site, .diags = &p->diags, .complete = !p->diags.errors};
}

/* Two portals that differ in one policy page. */
static void compare_pages(struct reviewed *r, const char *before, const char *after, enum audience audience) {
    reviewed_make(r);
    reviewed_put(r, "content/framework.yaml", framework);
    reviewed_put(r, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {weak: no, size: 90}\n");
    reviewed_put(r, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    reviewed_put(r, "schools/cedar.yaml",
                 SCHOOL("900003", "Cedar") "facts: {weak: yes, poor: yes, size: 120}\n");
    put_page(&r->base, str_from(before));
    put_page(&r->head, str_from(after));
    r->review =
        (struct review){.audience = audience, .threads = 2, .arena = &r->arena, .scratch = &r->scratch};
    load_side(&r->base, audience, &r->review.base);
    load_side(&r->head, audience, &r->review.head);
    r->value = review_tables(&r->review);
}

/* The section in Markdown, without its heading. */
static const char *said(struct reviewed *r) {
    struct document *document = document_new(&r->arena);
    struct buf out = {.arena = &r->arena};
    struct str heading = STR("# Review\n\n## Policy tables\n\n");
    document_heading(document, 1, STR("Review"));
    review_tables_write(&r->value, document);
    document_markdown(document, 0, &out);
    struct str all = buf_str(&out);
    return str_z(&r->arena, str_starts(all, heading) ? str_sub(all, heading.len, all.len) : STR(""));
}

static void assert_said_at(const char *before, const char *after, enum audience audience,
                           const char *expected, int line) {
    struct reviewed r;
    compare_pages(&r, before, after, audience);
    const char *is = said(&r);
    if (strcmp(is, expected) != 0)
        fail_msg("line %d\n%s\n--- and not\n%s", line, is, expected);
    assert_int_equal(r.value.count == 0, !*expected);
    reviewed_release(&r);
}
#define assert_said(before, after, expected) \
    assert_said_at((before), (after), AUDIENCE_OFFICERS, (expected), __LINE__)

#define assert_said_to_public(before, after, expected) \
    assert_said_at((before), (after), AUDIENCE_PUBLIC, (expected), __LINE__)

#define DECISION(more) "<!-- decision: category\n" more "outputs: {category: category}\n-->\n\n"
#define HEAD "| Row | Weak | Poor | Category |\n|---|---|---|---|\n"
#define RANKED DECISION("id: Row\nvisible: officers\nhit: priority\n")
#define R1 "| R1 | no | | Green |\n"
#define R2 "| R2 | yes | | Amber |\n"
#define R3 "| R3 | | yes | Red |\n"
#define CHANGED "### Category\n\nChanged on the page “Rules” (`content/policy/rules.md:12`).\n\n"
#define ROWS "**Rows that change**\n\n"

static void what_is_the_same_is_not_said(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 R2 R3, "");
}

/* Alignment, emphasis, spaces, another place on the page, and the order of rows that hold together or do not. */
static void how_a_table_is_laid_out_is_no_change(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2 R3,
                "## Before\n\nWords.\n\n" DECISION(
                    "hit: \"priority\"\nvisible: officers # ours\nid: Row\n") "|Row|  "
                                                                              "Weak|Poor|Category|\n|:--|--:|"
                                                                              ":-:|-----|\n|**R3**|    "
                                                                              "|yes|*Red*|\n| R1|no||Green|\n"
                                                                              "|R2|yes| |Amber|\n",
                "");
}

static void a_changed_cell_is_marked_with_whom_the_row_catches(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 "| R2 | yes | no | Amber |\n" R3,
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | --- |\n"
                "| R2 | yes | **no** | Amber | perhaps 1 |\n"
                "\n"
                "- **R2** no longer fits Cedar.\n");
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 R2 "| R3 | no | yes | Green or Red |\n",
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | ---: |\n"
                "| R3 | **no** | yes | **Green or** Red | ~~1~~ **0** |\n"
                "\n"
                "- **R3** no longer decides for Cedar.\n");
}

static void rows_are_added_and_removed(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 "| R4 | yes | no | Amber |\n| R5 | yes | yes | Red |\n",

                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | --- |\n"
                "| ~~R2~~ **R4** | yes | **no** | Amber | perhaps 1 |\n"
                "| ~~R3~~ **R5** | **yes** | yes | Red | 1 |\n"
                "\n"
                "- **R4** no longer fits Cedar.\n");
}

/* Their ids are made of their words, or were renamed. */
static void rows_are_matched_by_likeness_where_their_ids_changed(void **state) {
    (void)state;
    assert_said(
        DECISION("") "| Weak | Poor | Category |\n|---|---|---|\n| no | | Green |\n| yes | yes | Red |\n"
                     "| yes | no | Amber |\n",
        DECISION("") "| Weak | Poor | Category |\n|---|---|---|\n| no | | Green |\n| yes | | Red |\n",
        "### Category\n"
        "\n"
        "Changed on the page “Rules” (`content/policy/rules.md:9`).\n"
        "\n"
        "**Rows that change**\n"
        "\n"
        "| Weak | Poor | Category | Decides for |\n"
        "| --- | --- | --- | --- |\n"
        "| yes | ~~yes~~ | Red | ~~1~~ **1, perhaps 1 more** |\n"
        "| Removed: ~~yes~~ | ~~no~~ | ~~Amber~~ | ~~perhaps 1~~ |\n"
        "\n"
        "- **yes** may now decide for Birch.\n"
        "- **yes; no** can no longer decide for Birch.\n");
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 R2 "| R9 | | yes | Red |\n",
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | ---: |\n"
                "| ~~R3~~ **R9** | | yes | Red | 1 |\n");
}

static void columns_are_added_removed_and_renamed(void **state) {
    (void)state;
    assert_said(
        DECISION("id: Row\nnotes: [Why]\n") "| Row | Weak | Category | Why |\n|---|---|---|---|\n"
                                            "| R1 | no | Green | a |\n| R2 | yes | Red | b |\n",
        DECISION(
            "id: Ref\nnotes: [Example]\n") "| Ref | Weak | Poor | Category | Example "
                                           "|\n|---|---|---|---|---|\n"
                                           "| R1 | no | | Green | c |\n| R2 | yes | no or yes | Red | d |\n",

        "### Category\n"
        "\n"
        "Changed on the page “Rules” (`content/policy/rules.md:11`).\n"
        "\n"
        "- `id`: ~~Row~~ **Ref**\n"
        "- `notes`: ~~Why~~ **Example**\n"
        "- Column renamed: ~~Row~~ **Ref**\n"
        "- Column added: **Poor**\n"
        "- Column removed: ~~Why~~\n"
        "- Column added: **Example**\n"
        "\n"
        "**Rows that change**\n"
        "\n"
        "| Ref | Weak | Poor | Category | Why | Example | Decides for |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| R1 | no | | Green | ~~a~~ | **c** | 1, perhaps 1 more |\n"
        "| R2 | yes | **no or yes** | Red | ~~b~~ | **d** | 1, perhaps 1 more |\n");
}

static void keys_of_the_directive_are_told(void **state) {
    (void)state;
    assert_said("<!-- decision: category\nid: Row\nhit: priority\noutputs:\n  category: {scale: category, "
                "prefer: [red, amber, green]}\n-->\n\n" HEAD R1 R2 R3,
                "<!-- decision: category\nlabel: Which category\nid: Row\nhit: guide\nstands: when recorded\n"
                "outputs: {category: {scale: category}}\n-->\n\n" HEAD R1 R2 R3,

                "### Which category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:13`).\n"
                "\n"
                "- `label`: **Which category**\n"
                "- `hit`: ~~priority~~ **guide**\n"
                "- `stands`: **when recorded**\n"
                "- `outputs.category.prefer`: ~~red, amber, green~~\n");
}

static void a_row_that_moves_to_another_tier_counts_otherwise(void **state) {
    (void)state;
#define REST "| *otherwise*, the rest | | | |\n"
    assert_said(RANKED HEAD R1 R3 REST "| R4 | | | Amber |\n", RANKED HEAD R1 REST R3 "| R4 | | | Amber |\n",

                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | ---: |\n"
                "| R3 | | yes | Red | 1 |\n"
                "\n"
                "- **R3** now counts only where no row above it does.\n");
    assert_said(RANKED HEAD R1 REST R3 "| R4 | | | Amber |\n", RANKED HEAD R1 R3 REST "| R4 | | | Amber |\n",

                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | ---: |\n"
                "| R3 | | yes | Red | 1 |\n"
                "\n"
                "- **R3** now counts before rows that went before it.\n");
}

static void a_table_is_new_or_goes_or_is_called_otherwise(void **state) {
    (void)state;
    assert_said("Nothing.\n", RANKED HEAD R1 R2 R3,
                "### Category\n"
                "\n"
                "New on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Its rows**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | --- |\n"
                "| New: **R1** | **no** | | **Green** | **1, perhaps 1 more** |\n"
                "| New: **R2** | **yes** | | **Amber** | **perhaps 1** |\n"
                "| New: **R3** | | **yes** | **Red** | **1** |\n");
    assert_said(RANKED HEAD R1 R2 R3, "Nothing.\n",
                "### Category\n"
                "\n"
                "Taken out of the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Its rows**\n"
                "\n"
                "| Row | Weak | Poor | Category | Decides for |\n"
                "| --- | --- | --- | --- | --- |\n"
                "| Removed: ~~R1~~ | ~~no~~ | | ~~Green~~ | ~~1, perhaps 1 more~~ |\n"
                "| Removed: ~~R2~~ | ~~yes~~ | | ~~Amber~~ | ~~perhaps 1~~ |\n"
                "| Removed: ~~R3~~ | | ~~yes~~ | ~~Red~~ | ~~1~~ |\n");
    assert_said(RANKED HEAD R1 R2 R3,
                "<!-- decision: levels\nid: Row\nvisible: officers\nhit: priority\noutputs: {category: "
                "category}\n-->\n\n" HEAD R1 R2 R3,

                "### Levels\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "- `decision`: ~~category~~ **levels**\n");
}

/* Two tables of one id are matched by what they are given and by their rows. */
static void tables_of_one_decision_are_told_apart(void **state) {
    (void)state;
    assert_said(
        DECISION(
            "given: {Poor: 'no'}\n") "| Weak | Category |\n|---|---|\n| no | Green |\n| yes | Amber |\n\n"
                                     "<!-- decision: category\ngiven: {Poor: 'yes'}\n-->\n\n| Weak | "
                                     "Category |\n|---|---|\n| yes or no | Amber |\n",
        DECISION(
            "given: {Poor: 'no'}\n") "| Weak | Category |\n|---|---|\n| no | Green |\n| yes | Amber |\n\n"
                                     "<!-- decision: category\ngiven: {Poor: 'yes'}\n-->\n\n| Weak | "
                                     "Category |\n|---|---|\n| yes or no | Red |\n",

        "### Category\n"
        "\n"
        "Of “Poor: yes”. Changed on the page “Rules” (`content/policy/rules.md:19`).\n"
        "\n"
        "**Rows that change**\n"
        "\n"
        "| Weak | Category | Decides for |\n"
        "| --- | --- | ---: |\n"
        "| yes or no | ~~Amber~~ **Red** | 1 |\n");
}

static void checks_and_measures_are_tables_too(void **state) {
    (void)state;
#define CHECKS(row)                                                                                          \
    "<!-- check: rules\nid: Ref\nmust: [Must have]\noutputs: {strength: {label: If not, scale: strength}}\n" \
    "-->\n\n| Ref | Must have | If not |\n|---|---|---|\n" row
#define AIMS(row) "<!-- measures: aims\n-->\n\n| Measure | Counts | Aim |\n|---|---|---|\n" row
    assert_said(CHECKS("| strong | not Weak | breach |\n"),
                CHECKS("| strong | Size: at most 100 | breach |\n"),
                "### Rules\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:11`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Ref | Must have | If not | Not met by |\n"
                "| --- | --- | --- | --- |\n"
                "| strong | ~~not Weak~~ **Size: at most 100** | breach | 1, perhaps 1 more |\n");
    assert_said(AIMS("| Weak | Weak | 0% |\n"), AIMS("| Weak | Weak | 5% |\n"),
                "### Aims\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:8`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Measure | Counts | Aim |\n"
                "| --- | --- | ---: |\n"
                "| Weak | Weak | ~~0%~~ **5%** |\n");
}

static void what_is_newly_found_or_no_longer_is_told(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2, RANKED HEAD R1,
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category |\n"
                "| --- | --- | --- | --- |\n"
                "| Removed: ~~R2~~ | ~~yes~~ | | ~~Amber~~ |\n"
                "\n"
                "### Faults that the proofs find now\n"
                "\n"
                "- **Category**: no row covers: Weak (`content/policy/rules.md:5`)\n");
    assert_said(RANKED HEAD R1, RANKED HEAD R1 R2,
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category |\n"
                "| --- | --- | --- | --- |\n"
                "| New: **R2** | **yes** | | **Amber** |\n"
                "\n"
                "### Faults that the proofs no longer find\n"
                "\n"
                "- **Category**: no row covers: Weak (`content/policy/rules.md:5`)\n");
}

/* Steps are weighed one after the other. */
static void a_step_of_a_match_that_moves_weighs_otherwise(void **state) {
    (void)state;
#define MATCH(rows)                                                                                        \
    "<!-- decision: pool\noutputs: {in: yes/no}\n-->\n\n| Weak | In |\n|---|---|\n| yes or no | yes |\n\n" \
    "<!-- check: rules\nid: Ref\nsubject: partnership\nmust: [Must have]\noutputs: {strength: {label: If " \
    "not, scale: strength}}\n-->\n\n"                                                                      \
    "| Ref | Must have | If not |\n|---|---|---|\n| kind | Kind: Structured | breach |\n\n"                \
    "<!-- match: partners\nid: Step\npool: pool\nmust: [rules.strength]\nkinds: [structured]\n-->\n\n| "   \
    "Step | Most |\n|---|---|\n" rows
    assert_said(MATCH("| a | schools placed |\n| b | distance |\n"),
                MATCH("| b | distance |\n| a | schools placed |\n"),
                "### Partners\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:31`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Step | Most |\n"
                "| --- | --- |\n"
                "| a | schools placed |\n"
                "\n"
                "- **a** now weighs less.\n");
}

static void policy_tests_that_newly_fail_or_pass_are_told(void **state) {
    (void)state;
#define TESTS "=== tests\n- name: weak\n  facts: {weak: yes}\n  expect: {category: amber}\n"
    assert_said(RANKED HEAD R1 R2 R3 TESTS, RANKED HEAD R1 "| R2 | yes | | Green |\n" R3 TESTS,
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category |\n"
                "| --- | --- | --- | --- |\n"
                "| R2 | yes | | ~~Amber~~ **Green** |\n"
                "\n"
                "### Policy tests that fail now\n"
                "\n"
                "- “weak” (`tests/policy/a.yaml:3`): Category: expected Amber, found Green\n");
    assert_said(RANKED HEAD R1 "| R2 | yes | | Green |\n" R3 TESTS, RANKED HEAD R1 R2 R3 TESTS,
                "### Category\n"
                "\n"
                "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                "\n"
                "**Rows that change**\n"
                "\n"
                "| Row | Weak | Poor | Category |\n"
                "| --- | --- | --- | --- |\n"
                "| R2 | yes | | ~~Green~~ **Amber** |\n"
                "\n"
                "### Policy tests that no longer fail\n"
                "\n"
                "- “weak” (`tests/policy/a.yaml:3`): Category: expected Amber, found Green\n");
}

/* The table is for who may see its page; its results are not for the public, and neither are facts for officers, by name or
 * by number. */
static void a_public_report_tells_what_the_public_may_read(void **state) {
    (void)state;
#define OFFICERS "---\ntitle: Rules\naudience: officers\n---\n\n"
    assert_said_to_public(RANKED HEAD R1 R2 R3, RANKED HEAD R1 "| R2 | yes | no | Amber |\n" R3,
                          "### Category\n"
                          "\n"
                          "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                          "\n"
                          "**Rows that change**\n"
                          "\n"
                          "| Row | Weak | Poor | Category |\n"
                          "| --- | --- | --- | --- |\n"
                          "| R2 | yes | **no** | Amber |\n");
    assert_said_to_public(DECISION("id: Row\nvisible: public\nhit: priority\n") HEAD R1 R2 R3,
                          DECISION("id: Row\nvisible: public\nhit: priority\n") HEAD R1
                          "| R2 | yes | no | Amber |\n" R3,
                          "### Category\n"
                          "\n"
                          "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                          "\n"
                          "**Rows that change**\n"
                          "\n"
                          "| Row | Weak | Poor | Category | Decides for |\n"
                          "| --- | --- | --- | --- | --- |\n"
                          "| R2 | yes | **no** | Amber | perhaps 2 |\n");
    assert_said_to_public(OFFICERS RANKED HEAD R1 R2 R3,
                          OFFICERS RANKED HEAD R1 "| R2 | yes | no | Amber |\n" R3, "");
    assert_said_to_public(OFFICERS RANKED HEAD R1 R2 R3, RANKED HEAD R1 R2 R3,
                          "### Category\n"
                          "\n"
                          "New on the page “Rules” (`content/policy/rules.md:12`).\n"
                          "\n"
                          "**Its rows**\n"
                          "\n"
                          "| Row | Weak | Poor | Category |\n"
                          "| --- | --- | --- | --- |\n"
                          "| New: **R1** | **no** | | **Green** |\n"
                          "| New: **R2** | **yes** | | **Amber** |\n"
                          "| New: **R3** | | **yes** | **Red** |\n");
    assert_said_to_public(RANKED HEAD R1 R2 R3, OFFICERS RANKED HEAD R1 R2 R3,
                          "### Category\n"
                          "\n"
                          "Taken out of the page “Rules” (`content/policy/rules.md:12`).\n"
                          "\n"
                          "**Its rows**\n"
                          "\n"
                          "| Row | Weak | Poor | Category |\n"
                          "| --- | --- | --- | --- |\n"
                          "| Removed: ~~R1~~ | ~~no~~ | | ~~Green~~ |\n"
                          "| Removed: ~~R2~~ | ~~yes~~ | | ~~Amber~~ |\n"
                          "| Removed: ~~R3~~ | | ~~yes~~ | ~~Red~~ |\n");
    assert_said_to_public(RANKED HEAD R1 R2 R3 TESTS, RANKED HEAD R1 "| R2 | yes | | Green |\n" R3 TESTS,
                          "### Category\n"
                          "\n"
                          "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
                          "\n"
                          "**Rows that change**\n"
                          "\n"
                          "| Row | Weak | Poor | Category |\n"
                          "| --- | --- | --- | --- |\n"
                          "| R2 | yes | | ~~Amber~~ **Green** |\n");
    assert_said_to_public(
        RANKED HEAD R1 R2 R3, RANKED HEAD R1 "| R2 | yes | no | Amber |\n",
        "### Category\n"
        "\n"
        "Changed on the page “Rules” (`content/policy/rules.md:12`).\n"
        "\n"
        "**Rows that change**\n"
        "\n"
        "| Row | Weak | Poor | Category |\n"
        "| --- | --- | --- | --- |\n"
        "| R2 | yes | **no** | Amber |\n"
        "| Removed: ~~R3~~ | | ~~yes~~ | ~~Red~~ |\n"
        "\n"
        "### Faults that the proofs find now\n"
        "\n"
        "- **Category**: there are cases that no row covers (`content/policy/rules.md:5`)\n");
}

/* A page that cannot be read has lost no table, and what it says is not compared. */
static void what_could_not_be_read_is_not_missing(void **state) {
    (void)state;
    assert_said(RANKED HEAD R1 R2 R3, RANKED HEAD R1 "| R2 | perhaps | | Amber |\n" R3, "");
    assert_said(RANKED HEAD R1 R2 R3, "<!-- decision: [\n-->\n\n" HEAD R1 R2 R3, "");
}

/* Of twelve schools a line names ten; of eleven all, since the last would only take the place of "1 more". */
static void a_long_list_of_schools_is_cut_and_counted(void **state) {
    (void)state;
    struct reviewed r = {0};
    struct diags diags = {.arena = &r.arena};
    struct buf text = {.arena = &r.arena};
    buf_lit(
        &text,
        "{\"tables\": [{\"change\": \"changed\", \"id\": \"a\", \"label\": \"A\", \"kind\": \"decision\", "
        "\"catches\": \"decides for\", \"page\": \"P\", \"path\": \"p.md\", \"line\": 1, \"keys\": [], "
        "\"columns\": [], \"headers\": [\"H\"], \"rows\": [{\"change\": \"changed\", \"label\": \"R\", "
        "\"cells\": [{\"before\": \"x\", \"after\": \"x\"}], \"caught\": {\"records\": [");
    for (int i = 0; i < 23; i++)
        buf_printf(&text, "%s{\"label\": \"S%d\", \"before\": \"%s\", \"after\": \"%s\"}", i ? ", " : "", i,
                   i < 12 ? "no" : "decides", i < 12 ? "decides" : "no");
    buf_lit(&text, "]}}]}], \"fails\": [], \"holds\": [], \"tests\": {\"fails\": [], \"passes\": []}}");
    struct source source = {STR("a.json"), buf_str(&text)};
    assert_true(json_read(&r.arena, &source, &diags, &r.value));
    assert_non_null(strstr(
        said(&r), "- **R** now decides for S0, S1, S2, S3, S4, S5, S6, S7, S8, S9 and 2 more; no longer "
                  "decides for S12, S13, S14, S15, S16, S17, S18, S19, S20, S21 and S22.\n"));
    arena_release(&r.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_the_same_is_not_said),
        cmocka_unit_test(how_a_table_is_laid_out_is_no_change),
        cmocka_unit_test(a_changed_cell_is_marked_with_whom_the_row_catches),
        cmocka_unit_test(rows_are_added_and_removed),
        cmocka_unit_test(rows_are_matched_by_likeness_where_their_ids_changed),
        cmocka_unit_test(columns_are_added_removed_and_renamed),
        cmocka_unit_test(keys_of_the_directive_are_told),
        cmocka_unit_test(a_row_that_moves_to_another_tier_counts_otherwise),
        cmocka_unit_test(a_table_is_new_or_goes_or_is_called_otherwise),
        cmocka_unit_test(tables_of_one_decision_are_told_apart),
        cmocka_unit_test(checks_and_measures_are_tables_too),
        cmocka_unit_test(what_is_newly_found_or_no_longer_is_told),
        cmocka_unit_test(a_step_of_a_match_that_moves_weighs_otherwise),
        cmocka_unit_test(policy_tests_that_newly_fail_or_pass_are_told),
        cmocka_unit_test(a_public_report_tells_what_the_public_may_read),
        cmocka_unit_test(what_could_not_be_read_is_not_missing),
        cmocka_unit_test(a_long_list_of_schools_is_cut_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
