/* SPDX-License-Identifier: MIT */
/* test_site.c: a portal's files, checked against each other and joined up for an audience. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct school *school_of(const struct portal *p, const char *slug) {
    const struct school *s = map_get(&p->site.school_by_slug, str_from(slug));
    assert_non_null(s);
    return s;
}

static const struct page *page_of(const struct portal *p, const char *path) {
    const struct page *page = map_get(&p->site.page_by_path, str_from(path));
    assert_non_null(page);
    return page;
}

/* "ash:lead birch:member", in the list's order. */
static void assert_members(struct portal *p, const struct memberships *list, const char *expected) {
    static const char *const parts[] = {"member", "lead", "associate"};
    struct buf b = {.arena = &p->arena};
    for (size_t i = 0; i < list->count; i++) {
        buf_add(&b, i ? STR(" ") : STR(""));
        buf_add(&b, list->items[i]->school->slug);
        buf_printf(&b, ":%s", parts[list->items[i]->part]);
    }
    assert_text(buf_str(&b), expected);
}

/* ---- loading ---- */

static void the_smallest_portal_loads(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    assert_int_equal(p.site.school_count, 1);
    assert_text(school_of(&p, "ash")->name, "Ash");
    assert_text(school_of(&p, "ash")->short_name, "Ash");
    assert_text(school_of(&p, "ash")->address, "schools/ash.html");
    assert_text(school_of(&p, "ash")->status, "open");
    assert_text(str_from(school_of(&p, "ash")->phase->id), "primary");
    assert_int_equal(p.site.as_of, date_make(2026, 5, 1));
    portal_release(&p);
}

static void the_day_is_the_option_then_the_portal_then_today(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_load(&p, "2024-02-29");
    assert_int_equal(p.site.as_of, date_make(2024, 2, 29));
    site_release(&p.site);
    portal_load(&p, NULL);
    assert_int_equal(p.site.as_of, date_make(2026, 5, 1)); /* today, in these tests */
    portal_release(&p);
}

static void a_folder_that_is_no_portal_says_so(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    assert_true(folder_remove(&p.folder, "content"));
    assert_true(folder_remove(&p.folder, "portal.yaml"));
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p), "no-portal content/framework.yaml, no-portal portal.yaml");
    portal_release(&p);
}

static void a_folder_that_is_not_there_says_so(void **state) {
    (void)state;
    struct arena a = {0};
    struct diags d = {.arena = &a};
    struct site site;
    site_load(&site, &a, &(struct site_options){.path = "/nowhere/at/all", .threads = 1}, &d);
    assert_int_equal(d.count, 1);
    assert_int_equal(d.items[0].id, DIAG_FILE_UNREADABLE);
    site_release(&site);
    arena_release(&a);
}

/* Whatever the number of threads, the same is said in the same order. */
static void everything_wrong_is_said_in_one_run(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "colour: green\n");
    portal_put(&p, "schools/birch.yaml", SCHOOL("900001", "Birch"));
    portal_put(&p, "schools/Cedar.yaml", SCHOOL("900003", "Cedar"));
    portal_put(&p, "schools/elm.yaml", "urn: [\n");
    portal_put(&p, "schools/notes.txt", "x");
    portal_put(&p, "officers/oak.yaml", "judgements: {at_risk: yes}\n");
    portal_put(&p, "content/about.md", "No front matter.\n");
    portal_put(&p, "content/clusters/brook.md", CLUSTER("Brook") "x\n");
    portal_put(&p, "content/clusters/east.md", "---\ntitle: East\nkind: eastern\n---\n");
    portal_put(&p, "content/cluster/west.md", CLUSTER("West"));
    portal_load(&p, NULL);
    const char *said = portal_says(&p);
    assert_string_equal(said, "front-matter content/about.md, unknown-folder content/cluster/west.md, "
                              "unknown-choice content/clusters/east.md, overlay-alone officers/oak.yaml, "
                              "file-name schools/Cedar.yaml, unknown-key schools/ash.yaml, "
                              "duplicate-urn schools/birch.yaml, yaml-unclosed schools/elm.yaml, "
                              "unexpected-file schools/notes.txt");
    portal_release(&p);
}

static void names_that_differ_in_capitals_are_told_apart_by_nobody(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&p, "schools/ASH.yaml", SCHOOL("900002", "Ash"));
    portal_put(&p, "schools/Ash.yaml", SCHOOL("900003", "Ash"));
    portal_put(&p, "content/policy/sizes.md", PAGE("Sizes"));
    portal_put(&p, "content/policy/Sizes.md", PAGE("Sizes"));
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p),
                        "duplicate-slug content/policy/Sizes.md, duplicate-slug schools/ASH.yaml, "
                        "duplicate-slug schools/Ash.yaml");
    assert_int_equal(p.site.school_count, 1);
    portal_release(&p);
}

/* ---- the overlay ---- */

static void an_overlay_adds_to_its_record_at_any_depth(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {open_day: 2026-06-01}\n");
    portal_put(&p, "officers/ash.yaml",
               "judgements: {at_risk: yes}\nfacts: {at_risk: no}\ncommissions_service: yes\n");
    portal_bind(&p, NULL, AUDIENCE_OFFICERS);
    const struct value *r = &school_of(&p, "ash")->record;
    assert_text(value_words(value_at(r, "judgements.at_risk")), "yes");
    assert_text(value_words(value_at(r, "facts.at_risk")), "no");
    assert_text(value_words(value_at(r, "facts.open_day")), "2026-06-01");
    assert_text(value_at(r, "facts.at_risk")->source->path, "officers/ash.yaml");
    assert_text(value_at(r, "name")->source->path, "schools/ash.yaml");
    portal_release(&p);
}

static void a_value_belongs_in_one_of_the_two_files(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash") "judgements: {at_risk: yes}\n");
    portal_put(&p, "officers/ash.yaml", "judgements: {at_risk: yes}\nname: Ash\naddress: {town: Else}\n");
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p), "overlay-twice officers/ash.yaml, overlay-twice officers/ash.yaml, "
                                         "overlay-twice officers/ash.yaml");
    portal_release(&p);
}

static void an_overlay_is_checked_like_a_record(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&p, "officers/ash.yaml", "- judgements\n");
    portal_put(&p, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(&p, "officers/birch.yaml", "judgments: {at_risk: yes}\n");
    portal_put(&p, "schools/elm.yaml", SCHOOL("900003", "Elm"));
    portal_put(&p, "officers/elm.yaml", "");
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p), "record-shape officers/ash.yaml, unknown-key officers/birch.yaml, "
                                         "record-empty officers/elm.yaml");
    portal_release(&p);
}

/* ---- memberships ---- */

static void put_network(struct portal *p) {
    portal_put(p, "content/clusters/brook.md", CLUSTER("Brook"));
    portal_put(p, "content/clusters/faith.md", "---\ntitle: Faith\nkind: faith\n---\n");
    portal_put(p, "content/partnerships/heath.md", PARTNERSHIP("Heath", "formed") "---\n");
    portal_put(p, "content/partnerships/talks.md",
               PARTNERSHIP("Talks", "proposed") "audience: officers\n---\n");
    portal_put(p, "content/partnerships/past.md", PARTNERSHIP("Past", "dissolved") "---\n");
    portal_put(p, "content/bodies/trust.md", "---\ntitle: Trust\nkind: trust\n---\n");
    portal_put(p, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    portal_put(p, "schools/ash.yaml",
               SCHOOL("900001", "Zelkova") "link_officer: jo\ntrust: trust\nmemberships:\n"
                                           "  - {cluster: faith}\n  - {cluster: brook}\n"
                                           "  - {partnership: heath, role: lead, from: 2024-02-29}\n"
                                           "  - {partnership: talks}\n");
    portal_put(p, "schools/birch.yaml",
               SCHOOL("900002",
                      "Birch") "trust:\n  - {value: trust, from: 2020-09-01, to: 2026-09-01}\nmemberships:\n"
                               "  - {cluster: brook, from: 2015-04-01, to: 2026-05-01}\n"
                               "  - {partnership: heath, from: 2026-05-01}\n"
                               "  - {partnership: past, to: 2020-08-31}\n");
    portal_put(p, "schools/cedar.yaml",
               SCHOOL("900003", "Abele") "memberships:\n  - {partnership: heath, from: 2026-05-02}\n"
                                         "  - {cluster: brook, to: 2026-05-02}\n");
    portal_put(p, "schools/elm.yaml",
               SCHOOL("900004", "Alder") "memberships:\n  - {partnership: heath, role: associate}\n"
                                         "  - {body: trust, role: member}\n");
}

static void members_come_lead_first_then_by_name_then_associates(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_bind(&p, "2026-05-01", AUDIENCE_OFFICERS);
    const struct page *heath = page_of(&p, "content/partnerships/heath.md");
    assert_members(&p, &heath->members, "ash:lead birch:member elm:associate");
    assert_int_equal(heath->member_count, 2);
    assert_int_equal(heath->associate_count, 1);
    assert_members(&p, &page_of(&p, "content/clusters/brook.md")->members, "cedar:member ash:member");
    assert_members(&p, &page_of(&p, "content/clusters/brook.md")->former, "birch:member");
    assert_members(&p, &page_of(&p, "content/partnerships/talks.md")->members, "ash:member");
    assert_members(&p, &page_of(&p, "content/bodies/trust.md")->members, "elm:member");
    portal_release(&p);
}

static void membership_begins_on_its_day_and_ends_before_its_last(void **state) {
    (void)state;
    static const struct {
        const char *day, *heath, *brook;
    } cases[] = {
        {"2024-02-28", "elm:associate", "cedar:member birch:member ash:member"},
        {"2024-02-29", "ash:lead elm:associate", "cedar:member birch:member ash:member"},
        {"2026-04-30", "ash:lead elm:associate", "cedar:member birch:member ash:member"},
        {"2026-05-01", "ash:lead birch:member elm:associate", "cedar:member ash:member"},
        {"2026-05-02", "ash:lead cedar:member birch:member elm:associate", "ash:member"},
    };
    struct portal p;
    portal_make(&p);
    put_network(&p);
    for (size_t i = 0; i < COUNT(cases); i++) {
        portal_bind(&p, cases[i].day, AUDIENCE_PUBLIC);
        assert_members(&p, &page_of(&p, "content/partnerships/heath.md")->members, cases[i].heath);
        assert_members(&p, &page_of(&p, "content/clusters/brook.md")->members, cases[i].brook);
        site_release(&p.site);
    }
    portal_release(&p);
}

static void a_dissolved_partnership_has_former_members_only(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(&p, "schools/oak.yaml", SCHOOL("900005", "Oak") "memberships: [{partnership: past}]\n");
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    const struct page *past = page_of(&p, "content/partnerships/past.md");
    assert_int_equal(past->members.count, 0);
    assert_members(&p, &past->former, "birch:member oak:member");
    assert_null(school_of(&p, "oak")->partnership);
    assert_int_equal(school_of(&p, "oak")->past.count, 1);
    portal_release(&p);
}

static void a_school_knows_its_place(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_bind(&p, "2026-05-01", AUDIENCE_PUBLIC);
    const struct school *ash = school_of(&p, "ash"), *elm = school_of(&p, "elm"),
                        *birch = school_of(&p, "birch");
    assert_ptr_equal(ash->cluster,
                     page_of(&p, "content/clusters/brook.md")); /* the geographic one, though second */
    assert_ptr_equal(ash->partnership, page_of(&p, "content/partnerships/heath.md"));
    assert_ptr_equal(ash->link_officer, page_of(&p, "content/people/jo.md"));
    assert_null(elm->partnership); /* an associate is beside it */
    assert_null(birch->cluster);   /* it has left */
    const struct page *trust = page_of(&p, "content/bodies/trust.md");
    assert_int_equal(trust->trust_count, 2);
    assert_ptr_equal(trust->trust_schools[0], birch);
    assert_ptr_equal(trust->trust_schools[1], ash);
    site_release(&p.site);
    portal_bind(&p, "2026-09-01", AUDIENCE_PUBLIC);
    assert_int_equal(page_of(&p, "content/bodies/trust.md")->trust_count, 1);
    assert_null(school_of(&p, "birch")->trust);
    portal_release(&p);
}

static void schools_come_by_name(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    static const char *const names[] = {"Abele", "Alder", "Birch", "Zelkova"};
    for (size_t i = 0; i < 4; i++) {
        assert_text(p.site.schools[i]->name, names[i]);
        assert_int_equal(p.site.schools[i]->index, i);
    }
    portal_release(&p);
}

static void groups_that_are_not_there_are_told_with_the_nearest(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(
        &p, "schools/oak.yaml",
        SCHOOL("900005", "Oak") "trust: thrust\nmemberships:\n  - {cluster: brok}\n  - {partnership: brook}\n"
                                "  - {body: trust}\nwishes: {schools: [ash, nowhere]}\n");
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p),
                        "unknown-reference schools/oak.yaml, unknown-reference schools/oak.yaml, "
                        "unknown-reference schools/oak.yaml, unknown-reference schools/oak.yaml");
    assert_text(p.diags.items[0].text, "there is no body \"thrust\"");
    assert_text(p.diags.items[0].hint, "did you mean \"trust\"?");
    assert_text(p.diags.items[1].hint, "did you mean \"brook\"?");
    assert_text(p.diags.items[2].text, "there is no partnership \"brook\""); /* a cluster is no partnership */
    assert_text(p.diags.items[3].text, "there is no school \"nowhere\"");
    portal_release(&p);
}

static void one_formal_partnership_at_a_time(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(&p, "content/partnerships/other.md", PARTNERSHIP("Other", "formed") "---\n");
    portal_put(&p, "content/partnerships/loose.md", "---\ntitle: Loose\nkind: loose\nstate: formed\n---\n");
    static const struct {
        const char *memberships;
        bool fine;
    } cases[] = {
        {"[{partnership: heath}, {partnership: other}]", false},
        {"[{partnership: heath}, {partnership: loose}]", true},
        {"[{partnership: heath}, {partnership: other, role: associate}]", true},
        {"[{partnership: heath}, {partnership: talks}]", true},
        {"[{partnership: heath, to: 2020-09-01}, {partnership: other, from: 2020-09-01}]", true},
        {"[{partnership: heath, to: 2020-09-02}, {partnership: other, from: 2020-09-01}]", false},
        {"[{partnership: heath, from: 2020-09-01}, {partnership: other, to: 2020-09-01}]", true},
        {"[{partnership: heath, from: 2020-09-01}, {partnership: other}]", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = str_z(&p.arena, str_join(&p.arena, STR(SCHOOL("900005", "Oak") "memberships: "),
                                              str_from(cases[i].memberships), STR("\n")));
        portal_put(&p, "schools/oak.yaml", text);
        p.diags = (struct diags){.arena = &p.arena};
        portal_load(&p, NULL);
        if ((p.diags.errors == 0) != cases[i].fine)
            fail_msg("%s: %s", cases[i].memberships, portal_says(&p));
        site_release(&p.site);
    }
    portal_release(&p);
}

static void two_leads_at_once_are_warned_of(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(&p, "schools/oak.yaml",
               SCHOOL("900005", "Oak") "memberships: [{partnership: heath, role: lead}]\n");
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p), "two-leads schools/oak.yaml");
    assert_int_equal(p.diags.errors, 0);
    site_release(&p.site);
    portal_put(&p, "schools/oak.yaml",
               SCHOOL("900005", "Oak") "memberships: [{partnership: heath, role: lead, to: 2024-02-29}]\n");
    p.diags = (struct diags){.arena = &p.arena};
    portal_load(&p, NULL);
    assert_string_equal(portal_says(&p), "");
    portal_release(&p);
}

/* ---- audiences ---- */

static void what_is_for_officers_is_gone_for_others(void **state) {
    (void)state;
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(&p, "officers/ash.yaml", "judgements: {at_risk: yes}\n");
    portal_put(&p, "content/policy/open.md", PAGE("Open"));
    portal_put(&p, "content/policy/shared.md", "---\ntitle: Shared\naudience: schools\n---\n");
    portal_put(&p, "content/policy/closed.md", "---\ntitle: Closed\naudience: officers\n---\n");
    portal_load(&p, "2026-05-01");
    assert_int_equal(p.diags.errors, 0);
    static const size_t pages[] = {3, 2, 1};
    for (int audience = AUDIENCE_OFFICERS; audience <= (int)AUDIENCE_PUBLIC; audience++) {
        site_bind(&p.site, (enum audience)audience);
        bool officers = audience == AUDIENCE_OFFICERS;
        const struct school *ash = school_of(&p, "ash");
        assert_int_equal(p.site.pages[CONTENT_POLICY].count, pages[audience]);
        assert_int_equal(site_page(&p.site, CONTENT_POLICY, STR("closed")) != NULL, officers);
        assert_int_equal(site_page(&p.site, CONTENT_PARTNERSHIP, STR("talks")) != NULL, officers);
        assert_int_equal(ash->current.count, officers ? 4 : 3); /* nor may others see who is in the talks */
        assert_int_equal(value_at(&ash->record, "judgements.at_risk") != NULL, officers);
        assert_int_equal(page_of(&p, "content/partnerships/talks.md")->members.count, officers ? 1 : 0);
    }
    portal_release(&p);
}

/* ---- links by source path ---- */

static void links_lead_to_pages_schools_and_folders(void **state) {
    (void)state;
    static const struct {
        const char *from, *link;
        enum target_kind kind;
        const char *address, *fragment;
    } cases[] = {
        {"content/policy/sizes.md", "kinds.md", TARGET_PAGE, "policy/kinds.html", ""},
        {"content/policy/sizes.md", "kinds.md#hard", TARGET_PAGE, "policy/kinds.html", "hard"},
        {"content/policy/sizes.md", "./kinds.md", TARGET_PAGE, "policy/kinds.html", ""},
        {"content/policy/sizes.md", "../clusters/brook.md", TARGET_PAGE, "clusters/brook.html", ""},
        {"content/policy/sizes.md", "../policy/../policy/kinds.md", TARGET_PAGE, "policy/kinds.html", ""},
        {"content/policy/sizes.md", "../../schools/ash.yaml", TARGET_SCHOOL, "schools/ash.html", ""},
        {"schools/ash.yaml", "../content/policy/kinds.md", TARGET_PAGE, "policy/kinds.html", ""},
        {"content/policy/sizes.md", "../clusters/", TARGET_INDEX, "clusters/index.html", ""},
        {"content/policy/sizes.md", "../../schools/", TARGET_INDEX, "schools/index.html", ""},
        {"content/policy/sizes.md", "kinds", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "kinds.html", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "Kinds.md", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "../clusters", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "/policy/kinds.md", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "../../../content/policy/kinds.md", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "../../../etc/passwd", TARGET_NONE, "", ""},
        {"content/policy/sizes.md", "../../portal.yaml", TARGET_NONE, "", ""},
        {"", "policy/kinds.md#hard", TARGET_PAGE, "policy/kinds.html", "hard"},
        {"", "content/policy/kinds.md", TARGET_PAGE, "policy/kinds.html", ""},
        {"", "clusters/", TARGET_INDEX, "clusters/index.html", ""},
        {"", "schools/", TARGET_INDEX, "schools/index.html", ""},
        {"", "schools/ash.yaml", TARGET_SCHOOL, "schools/ash.html", ""},
        {"", "../portal.yaml", TARGET_NONE, "", ""},
        {"", "nowhere/", TARGET_NONE, "", ""},
    };
    struct portal p;
    portal_make(&p);
    put_network(&p);
    portal_put(&p, "content/policy/sizes.md", PAGE("Sizes"));
    portal_put(&p, "content/policy/kinds.md", PAGE("Kinds"));
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct target t = site_target(&p.site, &p.arena, str_from(cases[i].from), str_from(cases[i].link));
        if (t.kind != cases[i].kind || !str_eq(t.address, str_from(cases[i].address)))
            fail_msg("%s in %s leads to \"" STR_FMT "\"", cases[i].link, cases[i].from, STR_ARG(t.address));
        if (t.kind != TARGET_NONE)
            assert_text(t.fragment, cases[i].fragment);
    }
    portal_release(&p);
}

static void months_are_words(void **state) {
    (void)state;
    struct arena a = {0};
    assert_text(words_for_month(&a, STR("2019-09")), "September 2019");
    assert_text(words_for_month(&a, STR("2024-02-29")), "29 February 2024");
    assert_text(words_for_month(&a, STR("long ago")), "long ago");
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_portal_loads),
        cmocka_unit_test(the_day_is_the_option_then_the_portal_then_today),
        cmocka_unit_test(a_folder_that_is_no_portal_says_so),
        cmocka_unit_test(a_folder_that_is_not_there_says_so),
        cmocka_unit_test(everything_wrong_is_said_in_one_run),
        cmocka_unit_test(names_that_differ_in_capitals_are_told_apart_by_nobody),
        cmocka_unit_test(an_overlay_adds_to_its_record_at_any_depth),
        cmocka_unit_test(a_value_belongs_in_one_of_the_two_files),
        cmocka_unit_test(an_overlay_is_checked_like_a_record),
        cmocka_unit_test(members_come_lead_first_then_by_name_then_associates),
        cmocka_unit_test(membership_begins_on_its_day_and_ends_before_its_last),
        cmocka_unit_test(a_dissolved_partnership_has_former_members_only),
        cmocka_unit_test(a_school_knows_its_place),
        cmocka_unit_test(schools_come_by_name),
        cmocka_unit_test(groups_that_are_not_there_are_told_with_the_nearest),
        cmocka_unit_test(one_formal_partnership_at_a_time),
        cmocka_unit_test(two_leads_at_once_are_warned_of),
        cmocka_unit_test(what_is_for_officers_is_gone_for_others),
        cmocka_unit_test(links_lead_to_pages_schools_and_folders),
        cmocka_unit_test(months_are_words),
    };
    return cmocka_run_group_tests_name("site", tests, NULL, NULL);
}
