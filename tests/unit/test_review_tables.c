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
#include "portal_fixture.h"

static const char framework[] = "units: [visit]\ncalendar: {terms: 3, half-terms: 6}\n"
                                "scales:\n"
                                "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
                                "  category: {values: {green: Green, amber: Amber, red: Red}, last: worst}\n"
                                "facts:\n  school:\n"
                                "    weak: {label: Weak, type: yes/no, visible: public}\n"
                                "    poor: {label: Poor, type: yes/no, missing: no, visible: officers}\n"
                                "    size: {label: Size, type: whole, visible: public}\n";

/* Two portals that differ in one policy page, reviewed. */
struct reviewed {
    struct portal before, after;
    struct arena arena, scratch;
    struct review review;
    struct value found;
};

static void side(struct portal *p, const char *page, enum audience audience, struct review_side *out) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/rules.md",
               str_z(&p->arena, str_join(&p->arena, STR("---\ntitle: Rules\n---\n\n"), str_from(page))));
    portal_put(p, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {weak: no, size: 90}\n");
    portal_put(p, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(p, "schools/cedar.yaml",
               SCHOOL("900003", "Cedar") "facts: {weak: yes, poor: yes, size: 120}\n");
    portal_load(p, "2026-05-01");
    site_bind(&p->site, audience);
    *out = (struct review_side){.site = &p->site, .diags = &p->diags, .complete = !p->diags.errors};
}

static void review_pages(struct reviewed *r, const char *before, const char *after, enum audience audience) {
    *r = (struct reviewed){0};
    side(&r->before, before, audience, &r->review.base);
    side(&r->after, after, audience, &r->review.head);
    r->review.audience = audience;
    r->review.threads = 2;
    r->review.arena = &r->arena;
    r->review.scratch = &r->scratch;
    r->found = review_tables(&r->review);
}

static void release(struct reviewed *r) {
    portal_release(&r->before);
    portal_release(&r->after);
    arena_release(&r->arena);
    arena_release(&r->scratch);
}

/* The section in Markdown. */
static void assert_said(const char *before, const char *after, enum audience audience, const char *expected) {
    struct reviewed r;
    review_pages(&r, before, after, audience);
    struct document *document = document_new(&r.arena);
    struct buf out = {.arena = &r.arena};
    document_heading(document, 1, STR("Review"));
    review_tables_write(&r.found, document);
    document_markdown(document, 0, &out);
    assert_string_equal(str_z(&r.arena, buf_str(&out)), expected);
    release(&r);
}

#define DECISION(more) "<!-- decision: category\nid: Row\n" more "outputs: {category: category}\n-->\n\n"
#define CATEGORY                                                                   \
    DECISION("visible: officers\nhit: priority\n")                                 \
    "| Row | Weak | Poor | Category |\n|---|---|---|---|\n| R1 | no | | Green |\n" \
    "| R2 | yes | | Amber |\n| R3 | | yes | Red |\n"

static void a_changed_cell_is_marked_with_whom_the_row_catches(void **state) {
    (void)state;
    assert_said(
        CATEGORY,
        DECISION(
            "visible: officers\nhit: priority\n") "| Row | Weak | Poor | Category |\n|---|---|---|---|\n| R1 "
                                                  "| no | | Green |\n"
                                                  "| R2 | yes | no | Amber |\n| R3 | yes | yes | Red |\n",
        AUDIENCE_OFFICERS, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_cell_is_marked_with_whom_the_row_catches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
