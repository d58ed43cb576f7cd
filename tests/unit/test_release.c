/* SPDX-License-Identifier: MIT */
/* test_release.c: what a lower audience is told, what is withheld from it, and which releases are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/outsider.h"
#include "portal/release.h"
#include "portal_fixture.h"

#define FACTS                                                                                              \
    "scales:\n"                                                                                            \
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"                                \
    "  level: {values: {low: Low, mid: Middling, high: High, top: Never given}, last: worst}\n"            \
    "facts:\n"                                                                                             \
    "  school:\n"                                                                                          \
    "    poor: {label: Poor results, type: yes/no, from: facts, visible: public, missing: no}\n"           \
    "    green: {label: Green, type: yes/no, from: facts, visible: public, missing: no}\n"                 \
    "    judged: {label: Judged, type: yes/no, from: judgements, visible: officers}\n"                     \
    "    harsh: {label: Judged harshly, type: yes/no, from: judgements, visible: officers, missing: no}\n" \
    "    pale: {label: Pale, type: yes/no, from: facts, visible: public}\n"                                \
    "    links: {label: Links, type: schools, from: wishes.existing_links}\n"                              \
    "    crowd: {label: Crowd, type: yes/no, is: 'poor or count(links[judged]) > 1'}\n"                    \
    "  partnership:\n"                                                                                     \
    "    members: {label: Members, type: schools, from: members}\n"                                        \
    "    concerns: {label: Concerns, type: whole, is: 'count(members[level = \"high\"])'}\n"               \
    "    size: {label: Size, type: whole, is: count(members)}\n"

/* High for poor results, which are public, and for judgements, which are not. */
#define LEVEL                                                                                                \
    "<!-- decision: level\nlabel: Level\nvisible: officers\noutputs: {level: {label: Level, scale: "         \
    "level}}\n-->\n\n"                                                                                       \
    "| Poor results | Judged | Judged harshly | Level |\n|---|---|---|---|\n"                                \
    "| yes | any | any | High |\n| no | yes | any | High |\n| no | no | yes | Middling |\n| no | no | no | " \
    "Low |\n\n"
#define PAINT                                                                                       \
    "<!-- decision: paint\nlabel: Paint\noutputs: {paint: {label: Painted, type: yes/no}}\n-->\n\n" \
    "| Green | Painted |\n|---|---|\n| yes | yes |\n| no | no |\n\n"
#define VISITS                                                                        \
    "<!-- decision: visits\nlabel: Visits\nvisible: officers\noutputs:\n"             \
    "  many: {label: Many, type: yes/no}\n  few: {label: Few, type: yes/no}\n-->\n\n" \
    "| Level | Many | Few |\n|---|---|---|\n| High or Middling | yes | no |\n| *otherwise* | no | yes |\n\n"
#define RULES                                                                                          \
    "<!-- check: rules\nlabel: Rules\nsubject: partnership\nvisible: officers\nid: Rule\nmust: [Must " \
    "have]\n"                                                                                          \
    "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"                                   \
    "| Rule | Must have | If not |\n|---|---|---|\n| Few | Concerns at most 1 | Breach |\n\n"
#define SHADE(more, fact)                                                                                 \
    "<!-- decision: shade\nlabel: Shade\n" more "outputs: {shade: {label: Shade, type: yes/no}}\n-->\n\n" \
    "| " fact " | Shade |\n|---|---|\n| yes | yes |\n| no | no |\n"
#define SHADES "---\ntitle: Shades\n---\n\n## Shades\n\n"
#define OF(of, as, whom) "  - {of: " of ", as: " as ", for: " whom ", because: People should know.}\n"

static void put_policy(struct portal *p, const char *releases) {
    portal_make(p);
    struct buf framework = {.arena = &p->arena};
    buf_printf(&framework, "%sreleases:\n%s", FACTS, releases);
    portal_put(p, "content/framework.yaml", str_z(&p->arena, buf_str(&framework)));
    portal_put(p, "content/policy/levels.md",
               "---\ntitle: Levels\n---\n\n## Levels\n\n" LEVEL PAINT VISITS RULES);
}

/* Schools in turn, each with these lines more. */
static void put_schools(struct portal *p, size_t *number, size_t count, const char *more) {
    for (size_t i = 0; i < count; i++, ++*number) {
        struct buf path = {.arena = &p->arena}, text = {.arena = &p->arena};
        buf_printf(&path, "schools/s%zu.yaml", *number);
        buf_printf(&text, "urn: \"%zu\"\nname: School %zu\nphase: primary\ntype: community\n",
                   900000 + *number, *number);
        buf_printf(&text, "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n%s", more);
        portal_put(p, str_z(&p->arena, buf_str(&path)), str_z(&p->arena, buf_str(&text)));
    }
}

#define POOR "facts: {poor: yes}\n"
#define SAID(judged, harsh) "judgements: {judged: " judged ", harsh: " harsh "}\n"

static const struct release *told(struct portal *p, enum audience audience) {
    portal_load(p, "2026-05-01");
    if (p->diags.errors)
        fail_msg("%s", str_z(&p->arena, p->diags.items[0].text));
    release_bind(&p->site, audience);
    assert_int_equal(p->site.audience, audience);
    assert_non_null(p->site.releases);
    assert_true(p->site.releases->ready);
    return &p->site.releases->items[0];
}

/* "Low 12, High w": as the audience is told them. */
static const char *counts(struct portal *p, const struct release *x) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < x->count_count; i++) {
        buf_printf(&out, "%s" STR_FMT " ", i ? ", " : "", STR_ARG(x->counts[i].label));
        if (x->counts[i].withheld)
            buf_lit(&out, "w");
        else
            buf_printf(&out, "%zu", x->counts[i].schools);
    }
    return str_z(&p->arena, buf_str(&out));
}

static void a_count_is_told_by_answer_of_open_schools(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("level", "count", "public"));
    put_schools(&p, &n, 7, SAID("yes", "no"));
    put_schools(&p, &n, 8, SAID("no", "yes"));
    put_schools(&p, &n, 9, SAID("no", "no"));
    put_schools(&p, &n, 2, SAID("no", "no") "status: closed\nclosed: 2020-08-31\n");
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "Low 9, Middling 8, High 7, Not determined 0");
    assert_int_equal(x->total, 24);
    assert_false(x->withheld);
    assert_false(x->known);
    portal_release(&p);
}

static void small_counts_are_withheld_with_as_many_others_as_it_takes(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("level", "count", "public"));
    put_schools(&p, &n, 2, SAID("yes", "no"));
    put_schools(&p, &n, 8, SAID("no", "yes"));
    put_schools(&p, &n, 14, SAID("no", "no"));
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "Low 14, Middling w, High w, Not determined w");
    portal_release(&p);
}

/* Five of six are High for what everybody knows: the sixth would stand alone in the 6. */
static void schools_whose_answer_is_known_hide_nobody(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("level", "count", "public"));
    put_schools(&p, &n, 5, POOR SAID("no", "no"));
    put_schools(&p, &n, 1, SAID("yes", "no"));
    put_schools(&p, &n, 20, SAID("no", "no"));
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "Low w, Middling w, High w, Not determined w");
    portal_release(&p);
}

static void what_rests_on_public_facts_alone_is_told_in_full(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("paint", "count", "public"));
    put_schools(&p, &n, 1, "facts: {green: yes}\n");
    put_schools(&p, &n, 2, "facts: {green: no}\n");
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "no 2, yes 1");
    assert_true(x->known);
    portal_release(&p);
}

/* What officers cannot determine either, for want of a public fact, is no secret of theirs. */
static void what_public_facts_leave_open_is_told_in_full(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("shade", "count", "public"));
    portal_put(&p, "content/policy/shade.md", SHADES SHADE("", "Pale"));
    put_schools(&p, &n, 1, "facts: {pale: yes}\n");
    put_schools(&p, &n, 2, "");
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "yes 1, Not determined 2");
    assert_true(x->known);
    portal_release(&p);
}

/* For all that readers know it may not apply to some school, so that there are none is said. */
static void where_a_table_need_not_apply_none_is_counted_too(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("shade", "count", "public"));
    portal_put(&p, "content/policy/shade.md",
               "---\ntitle: Shades\naudience: officers\n---\n\n## Shades\n\n" SHADE(
                   "applies: {judged: yes}\n", "Green"));
    put_schools(&p, &n, 7, "facts: {green: yes}\n" SAID("yes", "no"));
    put_schools(&p, &n, 8, SAID("yes", "no"));
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "no 8, yes 7, Not applicable 0, Not determined 0");
    portal_release(&p);
}

/* Whether the public can work out something of any school. */
static bool is_found(const char *page) {
    struct portal p;
    size_t n = 0;
    bool any = false;
    put_policy(&p, OF("paint", "count", "public"));
    portal_put(&p, "content/policy/shade.md", page);
    put_schools(&p, &n, 3, POOR "decisions: {shade: [{value: yes, from: 2025-09-01}]}\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct decision *shade = policy_decision(&p.site.policy, STR("shade"));
    struct rests rests;
    rests_on(&rests, &p.site.policy, shade, &p.arena);
    values *found = outsider_finds(&p.site, &shade->outputs[0], &rests, AUDIENCE_PUBLIC, &p.arena);
    for (size_t i = 0; i < p.site.school_count; i++)
        any = any || found[i];
    portal_release(&p);
    return any;
}

static void nobody_works_out_what_is_recorded_or_in_other_records(void **state) {
    (void)state;
    assert_true(is_found(SHADES SHADE("visible: officers\n", "Poor results")));
    assert_false(is_found(SHADES SHADE("visible: officers\nstands: when recorded\n", "Poor results")));
    assert_false(is_found(SHADES SHADE("visible: officers\n", "Crowd")));
}

/* A reader who has not the table cannot know which schools are High for their results. */
static void a_table_that_readers_do_not_have_tells_them_nothing(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("level", "count", "public"));
    portal_put(&p, "content/policy/levels.md",
               "---\ntitle: Levels\naudience: officers\n---\n\n## Levels\n\n" LEVEL);
    put_schools(&p, &n, 7, POOR);
    put_schools(&p, &n, 9, SAID("no", "no"));
    const struct release *x = told(&p, AUDIENCE_PUBLIC);
    assert_string_equal(counts(&p, x), "Low 9, Middling 0, High 7, Not determined 0");
    portal_release(&p);
}

static const char *verdicts(struct portal *p, const struct release *x) {
    static const char *const words[] = {
        [CHECK_PASSES] = "met", [CHECK_FAILS] = "not met", [CHECK_UNCERTAIN] = "not known"};
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < x->verdict_count; i++)
        buf_printf(&out, "%s" STR_FMT " %s", i ? ", " : "", STR_ARG(x->verdicts[i].page->title),
                   words[x->verdicts[i].verdict]);
    return str_z(&p->arena, buf_str(&out));
}

static void a_check_is_met_or_not_for_each_group_that_readers_have(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("rules", "met or not met", "schools"));
    portal_put(&p, "content/partnerships/ash.md", PARTNERSHIP("Ash", "formed") "formed: 2020-01-01\n---\n");
    portal_put(&p, "content/partnerships/elm.md", PARTNERSHIP("Elm", "formed") "formed: 2020-01-01\n---\n");
    portal_put(&p, "content/partnerships/oak.md", PARTNERSHIP("Oak", "formed") "formed: 2020-01-01\n---\n");
    portal_put(&p, "content/partnerships/yew.md",
               PARTNERSHIP("Yew", "formed") "formed: 2020-01-01\naudience: officers\n---\n");
#define IN(slug) "memberships: [{partnership: " slug ", role: member, from: 2020-01-01}]\n"
    put_schools(&p, &n, 2, IN("ash") SAID("no", "no"));
    put_schools(&p, &n, 2, IN("elm") SAID("yes", "no"));
    put_schools(&p, &n, 2, IN("oak"));
    const struct release *x = told(&p, AUDIENCE_SCHOOLS);
    assert_string_equal(verdicts(&p, x), "Ash met, Elm not met, Oak not known");
    portal_release(&p);
}

/* What schools are told is not told to the public, and what is told to one is the same in every portal. */
static void each_audience_is_told_what_is_for_it_and_officers_all(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    put_policy(&p, OF("level", "count", "schools"));
    put_schools(&p, &n, 7, SAID("yes", "no"));
    put_schools(&p, &n, 1, SAID("no", "yes"));
    const struct release *x = told(&p, AUDIENCE_OFFICERS);
    const char *seen = counts(&p, x);
    assert_true(release_any(&p.site));
    release_bind(&p.site, AUDIENCE_SCHOOLS);
    assert_string_equal(counts(&p, x), seen);
    assert_true(release_any(&p.site));
    release_bind(&p.site, AUDIENCE_PUBLIC);
    assert_false(release_any(&p.site));
    portal_release(&p);
}

static void refused(const char *releases, const char *said) {
    struct portal p;
    put_policy(&p, releases);
    portal_load(&p, "2026-05-01");
    assert_string_equal(portal_says(&p), said);
    portal_release(&p);
}
#define REFUSED(releases, slug) refused(releases, slug " content/framework.yaml")

static void what_cannot_be_released_is_refused(void **state) {
    (void)state;
    REFUSED(OF("levels", "count", "public"), "release-of");
    REFUSED(OF("visits", "count", "public"), "release-output");
    REFUSED(OF("level.none", "count", "public"), "release-output");
    REFUSED(OF("rules.strength", "met or not met", "public"), "release-output");
    REFUSED(OF("level", "met or not met", "public"), "release-as");
    REFUSED(OF("rules", "count", "public"), "release-as");
    REFUSED(OF("level", "list", "public"), "release-as");
    REFUSED(OF("level", "count", "officers"), "release-for");
    REFUSED(OF("level", "count", "parents"), "release-for");
    REFUSED("  - {of: level, as: count, for: public}\n", "release-because");
    refused(OF("visits.few", "count", "public") OF("paint", "count", "public"), "");
}

static void two_releases_of_what_hangs_together_are_refused(void **state) {
    (void)state;
    REFUSED(OF("level", "count", "public") OF("level", "count", "public"), "release-shared");
    REFUSED(OF("level", "count", "public") OF("visits.few", "count", "public"), "release-shared");
    REFUSED(OF("visits.few", "count", "public") OF("visits.many", "count", "public"), "release-shared");
    REFUSED(OF("rules", "met or not met", "schools") OF("level", "count", "public"), "release-shared");
    REFUSED(OF("paint", "count", "public") OF("paint", "count", "schools"), "release-shared");
}

static void a_portal_without_releases_is_bound_as_ever(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_load(&p, "2026-05-01");
    release_bind(&p.site, AUDIENCE_PUBLIC);
    assert_int_equal(p.site.audience, AUDIENCE_PUBLIC);
    assert_false(release_any(&p.site));
    portal_release(&p);
}

static void the_report_counts_what_an_outsider_can_work_out(void **state) {
    (void)state;
    struct portal p;
    size_t n = 0;
    struct buf out = {0};
    put_policy(&p, OF("level", "count", "public"));
    put_schools(&p, &n, 3, POOR);
    put_schools(&p, &n, 4, SAID("no", "no"));
    out.arena = &p.arena;
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    outsider_report(&p.site, &out);
    assert_true(str_has(buf_str(&out), STR("of 7 schools\n  level.level: schools 3, the public 3\n")));
    assert_true(str_has(buf_str(&out), STR("\n  visits.many: schools 3, the public 3\n")));
    assert_false(str_has(buf_str(&out), STR("paint")));
    portal_release(&p);
}

/* Of decisions that nobody hides: read from the officers' records for the public, and from what is left for the public of
 * them. Gives how many answers were compared. */
static size_t compare_portal(const char *path) {
    struct site_options options = {
        .path = path, .as_of = DATE_NONE, .today = date_make(2026, 5, 1), .threads = 2};
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    size_t compared = 0;
    site_load(&site, &arena, &options, &diags);
    assert_int_equal(diags.errors, 0);
    site_bind(&site, AUDIENCE_OFFICERS);
    const struct policy_kind *kind = policy_kind(&site.policy, STR("school"));
    values **found = arena_array(&arena, values *, kind->output_count);
    struct str *slugs = arena_array(&arena, struct str, site.school_count);
    for (size_t i = 0; i < site.school_count; i++)
        slugs[i] = site.schools[i]->slug;
    for (size_t o = 0; o < kind->output_count; o++) {
        struct rests rests;
        bool hidden = false;
        rests_on(&rests, &site.policy, kind->outputs[o]->decision, &arena);
        for (size_t i = 0; i < rests.decision_count; i++)
            hidden = hidden || !decision_visible(rests.decisions[i], AUDIENCE_PUBLIC);
        if (!hidden)
            found[o] = outsider_finds(&site, kind->outputs[o], &rests, AUDIENCE_PUBLIC, &arena);
    }
    site_bind(&site, AUDIENCE_PUBLIC);
    for (size_t o = 0; o < kind->output_count; o++)
        for (size_t i = 0; i < site.school_count && found[o]; i++) {
            const struct school *school = map_get(&site.school_by_slug, slugs[i]);
            if (found[o][i])
                assert_int_equal(found[o][i], school->stands->domain[kind->outputs[o]->variable->index]);
            compared += found[o][i] != 0;
        }
    site_release(&site);
    arena_release(&arena);
    return compared;
}

static void what_an_outsider_finds_is_what_his_own_portal_says(void **state) {
    (void)state;
    assert_true(compare_portal(".") > 100);
    assert_true(compare_portal("examples/merton") + compare_portal("examples/milton-keynes") > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_told_by_answer_of_open_schools),
        cmocka_unit_test(small_counts_are_withheld_with_as_many_others_as_it_takes),
        cmocka_unit_test(schools_whose_answer_is_known_hide_nobody),
        cmocka_unit_test(what_rests_on_public_facts_alone_is_told_in_full),
        cmocka_unit_test(what_public_facts_leave_open_is_told_in_full),
        cmocka_unit_test(where_a_table_need_not_apply_none_is_counted_too),
        cmocka_unit_test(nobody_works_out_what_is_recorded_or_in_other_records),
        cmocka_unit_test(a_table_that_readers_do_not_have_tells_them_nothing),
        cmocka_unit_test(a_check_is_met_or_not_for_each_group_that_readers_have),
        cmocka_unit_test(each_audience_is_told_what_is_for_it_and_officers_all),
        cmocka_unit_test(what_cannot_be_released_is_refused),
        cmocka_unit_test(two_releases_of_what_hangs_together_are_refused),
        cmocka_unit_test(a_portal_without_releases_is_bound_as_ever),
        cmocka_unit_test(what_an_outsider_finds_is_what_his_own_portal_says),
        cmocka_unit_test(the_report_counts_what_an_outsider_can_work_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
