/* SPDX-License-Identifier: MIT */
/* test_proposals.c: the officers' page of proposed partnerships, of results that are made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"
#include "portal/match.h"
#include "portal/match_draft.h"
#include "svg_read.h"
#include "text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define FRAMEWORK                                                                     \
    "scales:\n  kind: {values: {hard: Hard, structured: Structured, loose: Loose}}\n" \
    "  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"           \
    "facts:\n  school:\n    asks: {label: Asks, type: yes/no, missing: no}\n"         \
    "  partnership:\n    kind: {label: Kind, scale: kind, from: kind}\n"              \
    "    members: {label: Members, type: schools, from: members}\n"                   \
    "    size: {label: Size, type: whole, range: 0 to 60, is: count(members)}\n"

#define POLICY                                                                                      \
    "---\ntitle: Match\n---\n\n## Match\n\n"                                                        \
    "<!-- decision: enters\nlabel: Who takes part\noutputs: {enters: {label: Enters, type: "        \
    "yes/no}}\n-->\n\n"                                                                             \
    "| Asks | Enters |\n|---|---|\n| yes | yes |\n| no | no |\n\n"                                  \
    "<!-- check: sizes\nlabel: Sizes\nsubject: partnership\nid: Rule\nmust: [Must have]\n"          \
    "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"                                \
    "| Rule | Must have | If not |\n|---|---|---|\n| Least | Size at least 2 | Breach |\n"          \
    "| Most | Size at most 3 | Advice |\n\n"                                                        \
    "<!-- match: partners\nlabel: The match\npool: enters\nkinds: [structured, loose]\nmust: "      \
    "[sizes.strength]\n-->\n\n"                                                                     \
    "| Step | The better set | Counted by |\n|---|---|---|\n| 1 | Places more | Schools placed |\n" \
    "| 2 | Is nearer | Distance |\n"

#define AT(e, n) "location: {easting: " e ", northing: " n "}\n"

static const struct {
    const char *slug, *yaml;
} schools[] = {
    {"ash", SCHOOL("900001", "Ash")
                AT("520000", "180000") "wishes: {schools: [birch, elm], kinds: [structured, loose]}\n"},
    {"birch", SCHOOL("900002", "Birch") AT("522000", "181000") "wishes: {schools: [ash]}\n"},
    {"cedar", SCHOOL("900003", "Cedar") AT("524000", "186000")},
    {"elm", SCHOOL("900004", "Elm") AT("526000", "182000")},
    {"fir",
     SCHOOL("900005", "Fir")
         AT("521000", "187000") "memberships:\n  - {partnership: brook, role: member, from: 2020-01-01}\n"},
};

static void make(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", FRAMEWORK);
    portal_put(p, "content/policy/match.md", POLICY);
    portal_put(p, "content/partnerships/brook.md",
               PARTNERSHIP("Brook", "formed") "formed: 2020-01-01\n---\n");
    for (size_t i = 0; i < COUNT(schools); i++)
        portal_put(
            p,
            str_z(&p->arena, str_join(&p->arena, STR("schools/"), str_from(schools[i].slug), STR(".yaml"))),
            schools[i].yaml);
}

/* A result in which Ash and Birch are proposed, Cedar may be their associate and Elm joins nobody. */
struct made {
    struct portal portal;
    struct match_school schools[COUNT(schools)];
    const struct match_school *members[3], *associates[1];
    struct decimal score[2];
    struct str reasons[1], left_reasons[1], conditions[1];
    struct match_check checks[2];
    struct match_proposal proposal;
    struct match_left left[2];
    struct match_step_result steps[2];
    const struct page *kept[1];
    struct match_result result;
};

static void open_made(struct made *m) {
    *m = (struct made){0};
    make(&m->portal);
    portal_bind(&m->portal, "2026-05-01", AUDIENCE_OFFICERS);
    const struct site *site = &m->portal.site;
    const struct decision *match = match_declared(&site->policy);
    assert_non_null(match);
    for (size_t i = 0; i < COUNT(schools); i++) {
        const struct school *s = map_get(&site->school_by_slug, str_from(schools[i].slug));
        m->schools[i] =
            (struct match_school){.id = s->slug, .name = s->short_name, .school = s, .takes_part = true};
    }
    m->members[0] = &m->schools[0];
    m->members[1] = &m->schools[1];
    m->associates[0] = &m->schools[2];
    m->score[0] = decimal_whole(2);
    m->score[1] = decimal_whole(2236);
    m->reasons[0] = STR("Wish for each other: Ash and Birch");
    m->left_reasons[0] = STR("Hard is ruled out by Kind");
    m->conditions[0] = STR("Elm would be placed if it accepted a kind");
    const struct decision *sizes = match->match->must[0]->decision;
    m->checks[0] = (struct match_check){sizes->rows[0], CHECK_MET, STR("Size 2")};
    m->checks[1] = (struct match_check){sizes->rows[1], CHECK_NOT_MET, STR("Size 5")};
    m->proposal = (struct match_proposal){.id = STR("ash-and-birch"),
                                          .title = STR("Ash & Birch"),
                                          .kind = STR("structured"),
                                          .kind_label = STR("Structured"),
                                          .members = m->members,
                                          .member_count = 2,
                                          .joining = m->members,
                                          .joining_count = 2,
                                          .associates = m->associates,
                                          .associate_count = 1,
                                          .score = m->score,
                                          .reasons = m->reasons,
                                          .reason_count = 1,
                                          .checks = m->checks,
                                          .check_count = 2,
                                          .neighbour = STR("Taking Elm would cost 3 km")};
    m->left[0] = (struct match_left){&m->schools[2], m->left_reasons, 1, &m->proposal, NULL};
    m->left[1] = (struct match_left){&m->schools[3], m->left_reasons, 1, NULL, NULL};
    m->steps[0] = (struct match_step_result){.id = STR("placed"),
                                             .label = STR("Schools placed"),
                                             .measure = MATCH_PLACED,
                                             .value = decimal_whole(2),
                                             .bound = decimal_whole(3),
                                             .bounded = true};
    m->steps[1] = (struct match_step_result){.id = STR("distance"),
                                             .label = STR("Distance"),
                                             .measure = MATCH_DISTANCE,
                                             .value = decimal_whole(2236)};
    m->kept[0] = site_page(site, CONTENT_PARTNERSHIP, STR("brook"));
    m->result = (struct match_result){.match = match,
                                      .proposals = &m->proposal,
                                      .proposal_count = 1,
                                      .left = m->left,
                                      .left_count = 2,
                                      .kept = m->kept,
                                      .kept_count = 1,
                                      .conditions = m->conditions,
                                      .condition_count = 1,
                                      .pool = 4,
                                      .steps = m->steps,
                                      .step_count = 2};
}

static struct str proposals(struct made *m) {
    return page(&m->portal, &m->result, "proposals.html");
}

static void a_proposal_is_told_with_its_reasons_rules_and_price(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct str text = proposals(&m);
    assert_has(text, "4 schools take part");
    assert_has(text, "2 schools have a new place");
    assert_lacks(text, "where they are");
    assert_has(text, "</b> Ash &amp; Birch</h2>");
    assert_has(text, "2 schools, new");
    assert_has(text, "Wish for each other: Ash and Birch");
    assert_has(text, "Taking Elm would cost 3 km.");
    assert_has(text, "<span class=\"tag ok\">Met</span> <span class=\"soft\">Size 2</span>");
    assert_has(text, "<span class=\"tag warn\">Advice</span> <span class=\"soft\">Size 5</span>");
    assert_has(text, "policy/match.html#sizes-least");
    assert_has(text, "<b>2.2 km</b>");
    portal_release(&m.portal);
}

static void each_member_is_told_with_what_it_wished(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct str text = proposals(&m);
    assert_has(text, "Structured, then loose");
    assert_has(text, "data-label=\"Of this group\"><div><a href=\"schools/birch.html\">Birch</a></div>");
    assert_has(text, "data-label=\"Besides\"><div><a href=\"schools/elm.html\">Elm</a></div>");
    assert_has(text, "data-label=\"Kinds\">Not said");
    portal_release(&m.portal);
}

static void what_is_proved_and_what_is_not_is_said_of_each_step(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct str text = proposals(&m);
    assert_has(text, "This is the best set of groups that a search found.");
    assert_has(text, "None can have more than 3");
    assert_has(text, "How much better there might be is not proved");
    m.result.exact = true;
    text = proposals(&m);
    assert_has(text, "Every set of groups was compared: none is better");
    assert_has(text, "No set has more");
    assert_has(text, "No set that is as good so far has less");
    assert_lacks(text, "not proved");
    m.result.exact = false;
    m.steps[0].bound = m.steps[0].value;
    text = proposals(&m);
    assert_has(text, "No set has more");
    assert_lacks(text, "proved that none is better"); /* of the steps after it nothing is proved */
    m.result.slow = true;
    assert_has(proposals(&m), "that a short search found");
    for (size_t i = 0; i < m.result.step_count; i++) {
        m.steps[i].bounded = true;
        m.steps[i].bound = m.steps[i].value;
    }
    assert_has(proposals(&m), "it is proved that none is better");
    portal_release(&m.portal);
}

static void who_is_left_over_is_told_why_and_whom_to_ask(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct str text = proposals(&m);
    assert_has(text, "2 schools left over");
    assert_has(text, "<li>Hard is ruled out by Kind</li>");
    assert_has(text, "as an associate: <a href=\"#proposal-1\">Ash &amp; Birch</a>");
    assert_int_equal(svg_count(text, "as an associate: <a"), 1); /* nobody is found for Elm */
    assert_has(text, "Elm would be placed if it accepted a kind");
    assert_has(text, "<li><a href=\"partnerships/brook.html\">Brook</a></li>");
    m.left[1].partnership = m.kept[0];
    assert_has(proposals(&m), "as an associate: <a href=\"partnerships/brook.html\">Brook</a>");
    portal_release(&m.portal);
}

/* The part of a page from one text to the next. */
static struct str between(struct str s, const char *from, const char *to) {
    struct str rest = s;
    for (size_t i = 0; i + strlen(from) <= s.len; i++)
        if (str_starts(str_sub(s, i, s.len), str_from(from))) {
            rest = str_sub(s, i, s.len);
            break;
        }
    for (size_t i = 0; i < rest.len; i++)
        if (str_starts(str_sub(rest, i, rest.len), str_from(to)))
            return str_sub(rest, 0, i);
    return rest;
}

static void the_map_shows_who_takes_part_and_leaves_the_left_over_unfilled(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct str map = between(proposals(&m), "<svg class=\"map", "</svg>");
    assert_int_equal(svg_count(map, "<title>Ash</title>"), 1);
    assert_int_equal(svg_count(map, "<title>Elm</title>"), 1);
    assert_int_equal(svg_count(map, "<title>Fir</title>"), 0); /* takes no part */
    assert_int_equal(svg_count(map, "class=\"mark\""), 4);
    assert_int_equal(svg_count(between(map, "<g class=\"none\">", "</g>"), "class=\"mark\""), 2);
    assert_int_equal(svg_count(map, "class=\"hub\""), 1);
    assert_has(proposals(&m), "Left over");
    portal_release(&m.portal);
}

static void a_draft_is_that_of_the_command(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    struct buf draft = {.arena = &m.portal.arena};
    match_draft(&m.proposal, &m.portal.arena, &draft);
    assert_has(buf_str(&draft), "# content/partnerships/ash-and-birch.md\n---\ntitle: \"Ash & Birch\"\n");
    assert_has(buf_str(&draft), "# schools/birch.yaml, among its memberships\nmemberships:\n"
                                "  - partnership: ash-and-birch\n    role: member\n");
    struct str text = proposals(&m);
    assert_has(text, "# content/partnerships/ash-and-birch.md\n---\ntitle: &quot;Ash &amp; Birch&quot;\n");
    assert_has(text, "  - partnership: ash-and-birch\n    role: member\n    governing_body: not_asked");
    portal_release(&m.portal);
}

static void a_partnership_that_grows_is_told_with_who_joins_and_needs_no_page(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    m.members[2] = &m.schools[4];
    m.proposal.extends = m.kept[0];
    m.proposal.id = STR("brook");
    m.proposal.member_count = 3;
    struct str text = proposals(&m);
    assert_has(text, "2 schools join, 3 members then");
    assert_has(text, "There is already: <a href=\"partnerships/brook.html\">Brook</a>");
    assert_has(text, "Joins");
    assert_has(text, "Is a member");
    assert_has(text, "once it has agreed: the partnership works, and its members are public");
    assert_lacks(text, "governing_body: not_asked");
    assert_lacks(text, "# content/partnerships/");
    m.proposal.joining_count = 0;
    text = proposals(&m);
    m.left[0].proposal = NULL;
    text = proposals(&m);
    assert_has(text, "2 schools best stay where they are"); /* of four, two are left over */
    assert_has(text, "Structured; stays as it is: <a href=\"schools/ash.html\">Ash</a>, ");
    assert_has(text, "No school is better placed elsewhere.");
    assert_lacks(text, "Draft of proposal");
    assert_lacks(text, "with none of these schools"); /* Brook stands there already */
    assert_lacks(text, "What happens next</h2>");
    portal_release(&m.portal);
}

static void what_cannot_be_compared_or_proposed_is_said(void **state) {
    (void)state;
    struct made m;
    open_made(&m);
    m.result.proposal_count = 0;
    m.left[0].proposal = NULL;
    assert_has(proposals(&m), "No group of these schools keeps to the rules.");
    m.result.too_large = true;
    m.result.step_count = 0;
    struct str text = proposals(&m);
    assert_has(text, "than can be compared, so nothing is proposed");
    assert_lacks(text, "keeps to the rules.");
    portal_release(&m.portal);
}

static void officers_alone_have_the_page_and_what_leads_to_it(void **state) {
    (void)state;
    static const struct {
        enum audience audience;
        bool has;
    } cases[] = {{AUDIENCE_OFFICERS, true}, {AUDIENCE_SCHOOLS, false}, {AUDIENCE_PUBLIC, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        make(&p);
        portal_bind(&p, "2026-05-01", cases[i].audience);
        assert_int_equal(page(&p, NULL, "proposals.html").len > 0, cases[i].has);
        struct str list = page(&p, NULL, "partnerships/index.html");
        assert_int_equal(svg_count(list, "proposals.html"), cases[i].has);
        portal_release(&p);
    }
}

static void a_portal_without_a_match_has_no_page_of_proposals(void **state) {
    (void)state;
    struct portal p;
    make(&p);
    portal_put(&p, "content/policy/match.md", PAGE("Match"));
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    assert_int_equal(page(&p, NULL, "proposals.html").len, 0);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proposal_is_told_with_its_reasons_rules_and_price),
        cmocka_unit_test(each_member_is_told_with_what_it_wished),
        cmocka_unit_test(what_is_proved_and_what_is_not_is_said_of_each_step),
        cmocka_unit_test(who_is_left_over_is_told_why_and_whom_to_ask),
        cmocka_unit_test(the_map_shows_who_takes_part_and_leaves_the_left_over_unfilled),
        cmocka_unit_test(a_draft_is_that_of_the_command),
        cmocka_unit_test(a_partnership_that_grows_is_told_with_who_joins_and_needs_no_page),
        cmocka_unit_test(what_cannot_be_compared_or_proposed_is_said),
        cmocka_unit_test(officers_alone_have_the_page_and_what_leads_to_it),
        cmocka_unit_test(a_portal_without_a_match_has_no_page_of_proposals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
