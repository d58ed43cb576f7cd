/* SPDX-License-Identifier: MIT */
/* test_review_records.c: what changes in records, the portal and the vocabulary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "edge/review_records.h"
#include "review_fixture.h"

static const char *told(struct reviewed *r) {
    return reviewed_text(r, review_records, review_records_write);
}

static void with_pages(struct reviewed *r) {
    reviewed_make(r);
    reviewed_put(r, "content/clusters/brook.md", CLUSTER("Brookside"));
    reviewed_put(r, "content/clusters/heath.md", CLUSTER("Heath"));
    reviewed_put(r, "content/partnerships/secret.md",
                 PARTNERSHIP("Canary", "proposed") "audience: officers\n---\n");
    reviewed_put(r, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    reviewed_put(r, "content/people/al.md", "---\ntitle: Al\npost: Officer\n---\n");
}

/* What is told of a school whose record goes on thus before and thus after. */
static void assert_school(const char *before, const char *after, enum audience audience,
                          const char *expected) {
    struct reviewed r;
    with_pages(&r);
    struct str start = STR(SCHOOL("900001", "Ash"));
    portal_put(&r.base, "schools/ash.yaml", str_z(&r.arena, str_join(&r.arena, start, str_from(before))));
    portal_put(&r.head, "schools/ash.yaml", str_z(&r.arena, str_join(&r.arena, start, str_from(after))));
    reviewed_bind(&r, audience);
    assert_string_equal(told(&r), expected);
    reviewed_release(&r);
}

#define HEAD "Review\n======\n\nRecords\n-------\n\nSchools\n\n  - Ash (schools/ash.yaml)\n"
#define NOTHING "Review\n======\n"

static void fields_are_told_by_their_labels_and_what_they_name(void **state) {
    (void)state;
    assert_school("telephone: 020 7946 0102\nlink_officer: jo\nages: 3 to 11\n",
                  "telephone: 020 7946 0103\nlink_officer: al\nnursery: yes\n", AUDIENCE_PUBLIC,
                  HEAD "    - Ages: [-3 to 11-] (schools/ash.yaml:8)\n"
                       "    - Nursery: {+yes+} (schools/ash.yaml:8)\n"
                       "    - Telephone: [-020 7946 0102-] {+020 7946 0103+} (schools/ash.yaml:6)\n"
                       "    - Link officer: [-Jo-] {+Al+} (schools/ash.yaml:7)\n");
}

static void entries_are_matched_by_what_names_them(void **state) {
    (void)state;
    assert_school("inspections:\n  - {date: 2022-03-08, framework: eif, overall: good}\n",
                  "inspections:\n  - {date: 2026-03-03, framework: report_card, areas: {inclusion: expected "
                  "standard}}\n"
                  "  - {date: 2022-03-08, framework: eif, overall: 1}\n",
                  AUDIENCE_PUBLIC,
                  HEAD
                  "    - Inspections: {+Date: 3 March 2026; Framework: Report card (from November 2025); "
                  "Areas: Inclusion: Expected standard+} (schools/ash.yaml:7)\n"
                  "    - Inspections, 8 March 2022, Overall effectiveness: [-Good-] {+Outstanding+} "
                  "(schools/ash.yaml:8)\n");
}

static void what_is_written_otherwise_and_means_the_same_is_not_told(void **state) {
    (void)state;
    assert_school("inspections: [{date: 2022-03-08, framework: eif, overall: Good}]\ngender: mixed\n",
                  "gender: Girls and boys\n# a note\ninspections:\n- date: 2022-03-08\n  framework: EIF\n  "
                  "overall: 2\n",
                  AUDIENCE_PUBLIC, NOTHING);
}

static void a_move_between_clusters_is_told_as_one(void **state) {
    (void)state;
    assert_school("memberships:\n  - {cluster: brook, from: 2020-09-01}\n",
                  "memberships:\n  - {cluster: brook, from: 2020-09-01, to: 2026-04-01}\n"
                  "  - {cluster: heath, from: 2026-04-01}\n",
                  AUDIENCE_PUBLIC,
                  HEAD "    - Cluster now: [-Brookside-] {+Heath+} (schools/ash.yaml)\n"
                       "    - Memberships, Brookside, To: {+1 April 2026+} (schools/ash.yaml:7)\n"
                       "    - Memberships: {+Cluster: Heath; From: 1 April 2026+} (schools/ash.yaml:8)\n");
}

static void dated_values_are_told_by_their_days(void **state) {
    (void)state;
    assert_school("capacity:\n  - {value: 400, from: 2019-09-01}\n  - {value: 420, from: 2022-09-01}\n",
                  "capacity:\n  - {value: 410, from: 2019-09-01}\n  - {value: 420, from: 2022-09-01}\n"
                  "  - {value: 450, from: 2026-04-01}\n",
                  AUDIENCE_PUBLIC,
                  HEAD "    - Places from 1 September 2019: [-400-] {+410+} (schools/ash.yaml:7)\n"
                       "    - Places from 1 April 2026: {+450+} (schools/ash.yaml:9)\n");
}

static void what_officers_see_is_not_told_to_the_public(void **state) {
    (void)state;
    static const char before[] = "notes: [{on: 2026-01-01, text: Canary}]\njudgements: {at_risk: no}\n";
    static const char after[] =
        "notes: [{on: 2026-01-01, text: Canaries}]\njudgements: {at_risk: yes}\n"
        "memberships: [{partnership: secret, from: 2026-01-01}]\nwishes: {note: Canary}\n";
    assert_school(before, after, AUDIENCE_PUBLIC, NOTHING);
    assert_school(before, after, AUDIENCE_SCHOOLS, NOTHING);
    assert_school(before, after, AUDIENCE_OFFICERS,
                  HEAD
                  "    - Memberships: {+Partnership: Canary; From: 1 January 2026+} (schools/ash.yaml:8)\n"
                  "    - At risk: [-No-] {+Yes+} (schools/ash.yaml:7)\n"
                  "    - Wishes, Note: {+Canary+} (schools/ash.yaml:9)\n"
                  "    - Notes, 1 January 2026, Note: [-Canary-] {+Canaries+} (schools/ash.yaml:6)\n");
}

static void schools_come_go_close_and_are_renamed(void **state) {
    (void)state;
    struct reviewed r;
    with_pages(&r);
    portal_put(&r.base, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&r.head, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(&r.base, "schools/cedar.yaml", SCHOOL("900003", "Cedar"));
    portal_put(&r.head, "schools/cedar.yaml",
               SCHOOL("900003", "Cedar") "status: closed\nclosed: 2026-03-31\n");
    portal_put(&r.base, "schools/elm.yaml", SCHOOL("900004", "Elm"));
    portal_put(&r.head, "schools/fir.yaml", SCHOOL("900004", "Fir"));
    portal_put(&r.base, "schools/gean.yaml", SCHOOL("900005", "Gean") "status: closed\nclosed: 2020-03-31\n");
    portal_put(&r.head, "schools/gean.yaml", SCHOOL("900005", "Gean"));
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), "Review\n======\n\nRecords\n-------\n\nSchools\n\n"
                                  "  - Ash goes: Primary, Community school (schools/ash.yaml)\n"
                                  "  - Birch is new: Primary, Community school (schools/birch.yaml)\n"
                                  "  - Cedar closes (schools/cedar.yaml)\n"
                                  "    - Status: {+Closed+} (schools/cedar.yaml:6)\n"
                                  "    - Closed: {+31 March 2026+} (schools/cedar.yaml:7)\n"
                                  "  - Fir is renamed, was Elm (schools/fir.yaml)\n"
                                  "    - Name: [-Elm-] {+Fir+} (schools/fir.yaml:2)\n"
                                  "  - Gean is no longer closed (schools/gean.yaml)\n"
                                  "    - Status: [-Closed-] (schools/gean.yaml:6)\n"
                                  "    - Closed: [-31 March 2020-] (schools/gean.yaml:7)\n");
    assert_int_equal(r.review.found[REVIEW_RECORD_ADDED], 1);
    assert_int_equal(r.review.found[REVIEW_RECORD_REMOVED], 1);
    assert_int_equal(r.review.found[REVIEW_RECORD_CHANGE], 3);
    reviewed_release(&r);
}

#define OFFER(more)                                                                                        \
    "---\ntitle: Peer review\nneed: leadership\nlevel: universal\nprovider: Network\nfunding: Free\n" more \
    "---\n\nWords.\n"

static void offers_are_told_field_by_field(void **state) {
    (void)state;
    struct reviewed r;
    with_pages(&r);
    portal_put(
        &r.base, "content/offers/a.md",
        OFFER(
            "phases: [primary, infant]\nprices: [{for: Members, price: £10}]\nfor: {Open day: recorded}\n"));
    portal_put(
        &r.head, "content/offers/a.md",
        OFFER(
            "phases: [primary, junior]\nprices: [{for: Members, price: £20}, {for: Others, price: £30}]\n"));
    portal_put(&r.head, "content/offers/b.md", OFFER("summary: Another.\n"));
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), "Review\n======\n\nRecords\n-------\n\n"
                                  "Clusters, partnerships, offers, people and bodies\n\n"
                                  "  - Peer review, offer (content/offers/a.md)\n"
                                  "    - Phases: [-Infant-] {+Junior+} (content/offers/a.md:7)\n"
                                  "    - Prices, Members, Price: [-£10-] {+£20+} (content/offers/a.md:8)\n"
                                  "    - Prices: {+School: Others; Price: £30+} (content/offers/a.md:8)\n"
                                  "  - Peer review, offer, is new: Another. (content/offers/b.md)\n");
    reviewed_release(&r);
}

static const char vocabulary[] =
    "scales:\n  colour: {values: {blue: Blue, red: Red}}\n  mood: {values: {calm: Calm}}\n"
    "facts:\n  school:\n    at_risk: {type: yes/no}\n    open_day: {type: date, visible: public}\n"
    "    tint: {scale: colour, visible: public}\n    temper: {scale: mood}\n";
static const char other_vocabulary[] =
    "scales:\n  colour: {values: {blue: Blue, red: Crimson}}\n  mood: {values: {calm: Canary}}\n"
    "facts:\n  school:\n    at_risk: {type: yes/no, label: Canary}\n    open_day: {type: date, label: Open "
    "day, visible: "
    "public}\n    tint: {scale: colour, visible: public}\n    temper: {scale: mood}\n"
    "    canary: {type: yes/no}\n";

static void the_vocabulary_is_that_of_the_audience(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.base, "content/framework.yaml", vocabulary);
    portal_put(&r.head, "content/framework.yaml", other_vocabulary);
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r),
                        "Review\n======\n\nRecords\n-------\n\nThe vocabulary\n\n"
                        "  - scales, colour, values, red: [-Red-] {+Crimson+} (content/framework.yaml:2)\n"
                        "  - facts, school, Open day, label: {+Open day+} (content/framework.yaml:7)\n");
    assert_int_equal(r.review.found[REVIEW_VOCABULARY_CHANGE], 2);
    reviewed_release(&r);
    reviewed_make(&r);
    portal_put(&r.base, "content/framework.yaml", vocabulary);
    portal_put(&r.head, "content/framework.yaml", other_vocabulary);
    reviewed_bind(&r, AUDIENCE_OFFICERS);
    assert_non_null(
        strstr(told(&r), "  - facts, school, canary: {+type: yes/no+} (content/framework.yaml:10)\n"));
    assert_int_equal(r.review.found[REVIEW_VOCABULARY_CHANGE], 5);
    reviewed_release(&r);
}

static void the_portal_is_told_by_its_labels(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.head, "portal.yaml", PORTAL "strapline: New\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_string_equal(told(&r), "Review\n======\n\nRecords\n-------\n\nThe portal\n\n"
                                  "  - Strapline: {+New+} (portal.yaml:8)\n");
    reviewed_release(&r);
}

/* The record is the same; that more of it is public now is a change of what people read. */
static void a_fact_that_becomes_public_is_told_of_each_record(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    portal_put(&r.head, "content/framework.yaml",
               "facts:\n  school:\n    at_risk: {type: yes/no, visible: public}\n    open_day: {type: date, "
               "visible: "
               "public}\n");
    reviewed_put(&r, "schools/ash.yaml", SCHOOL("900001", "Ash") "judgements: {at_risk: no}\n");
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(
        strstr(told(&r), "  - Ash (schools/ash.yaml)\n    - At risk: {+No+} (schools/ash.yaml:6)\n"));
    reviewed_release(&r);
}

static void many_records_end_and_say_so(void **state) {
    (void)state;
    struct reviewed r;
    reviewed_make(&r);
    for (int i = 0; i < REVIEW_RECORDS_MAX + 7; i++) {
        char path[40], text[300];
        snprintf(path, sizeof(path), "schools/s%d.yaml", i);
        snprintf(text, sizeof(text), SCHOOL("%06d", "School %d"), 900001 + i, i);
        portal_put(&r.head, path, text);
    }
    reviewed_bind(&r, AUDIENCE_PUBLIC);
    assert_non_null(strstr(told(&r), "And 7 more records change."));
    assert_int_equal(r.review.found[REVIEW_RECORD_ADDED], REVIEW_RECORDS_MAX + 7);
    reviewed_release(&r);
}

static void of_equal_sides_nothing_is_told(void **state) {
    (void)state;
    struct reviewed r;
    with_pages(&r);
    reviewed_put(&r, "schools/ash.yaml", SCHOOL("900001", "Ash") "judgements: {at_risk: no}\n");
    reviewed_bind(&r, AUDIENCE_OFFICERS);
    assert_string_equal(told(&r), NOTHING);
    assert_string_equal(reviewed_json(&r), "{}");
    reviewed_release(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_told_by_their_labels_and_what_they_name),
        cmocka_unit_test(entries_are_matched_by_what_names_them),
        cmocka_unit_test(what_is_written_otherwise_and_means_the_same_is_not_told),
        cmocka_unit_test(a_move_between_clusters_is_told_as_one),
        cmocka_unit_test(dated_values_are_told_by_their_days),
        cmocka_unit_test(what_officers_see_is_not_told_to_the_public),
        cmocka_unit_test(schools_come_go_close_and_are_renamed),
        cmocka_unit_test(offers_are_told_field_by_field),
        cmocka_unit_test(the_vocabulary_is_that_of_the_audience),
        cmocka_unit_test(the_portal_is_told_by_its_labels),
        cmocka_unit_test(a_fact_that_becomes_public_is_told_of_each_record),
        cmocka_unit_test(many_records_end_and_say_so),
        cmocka_unit_test(of_equal_sides_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
