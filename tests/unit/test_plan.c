/* SPDX-License-Identifier: MIT */
/* test_plan.c: which pages there are, and at which addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal_fixture.h"
#include "publish/plan.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct plan_page *output_at(const struct plan *plan, const char *address) {
    const struct plan_page *found = NULL;
    for (size_t i = 0; i < plan->count; i++)
        if (str_eq(plan->outputs[i].address, str_from(address))) {
            if (found)
                fail_msg("%s is there twice", address);
            found = &plan->outputs[i];
        }
    return found;
}

static void assert_there(const struct plan *plan, const char *address, enum template_kind kind) {
    const struct plan_page *o = output_at(plan, address);
    if (!o)
        fail_msg("there is no %s", address);
    else
        assert_int_equal(o->kind, kind);
}

static void put_schools(struct portal *p, int count) {
    for (int i = 0; i < count; i++) {
        struct buf path = {.arena = &p->arena}, text = {.arena = &p->arena};
        buf_printf(&path, "schools/s-%d.yaml", i);
        buf_printf(&text, "urn: \"%06d\"\nname: ", 900000 + i);
        buf_byte(&text, (char)('A' + i % 25));
        buf_printf(&text,
                   " School %d\nphase: primary\ntype: community\n"
                   "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n",
                   i);
        buf_byte(&path, '\0');
        buf_byte(&text, '\0');
        portal_put(p, path.at, text.at);
    }
}

/* ---- letters ---- */

static void names_stand_under_the_letter_they_begin_with(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int letter;
    } cases[] = {{"Ash", 0},       {"ash", 0},       {"Éclair", 4}, {"Zelkova", 25},
                 {"14 Acres", 26}, {"‘Quoted’", 16}, {"Ægir", 0},   {"  Birch", 1},
                 {"学校", 26},     {"", 26},         {"Łódź", 11}};
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        if (plan_letter(&a, str_from(cases[i].name)) != cases[i].letter)
            fail_msg("%s: %d", cases[i].name, plan_letter(&a, str_from(cases[i].name)));
    assert_text(plan_letter_text(&a, 0), "A");
    assert_text(plan_letter_text(&a, 25), "Z");
    assert_text(plan_letter_text(&a, 26), "0–9");
    assert_text(plan_letter_id(&a, 0), "a");
    assert_text(plan_letter_id(&a, 26), "0-9");
    arena_release(&a);
}

/* ---- pages ---- */

static void the_smallest_portal_has_its_service_pages(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    plan_make(&plan, &p.arena, &p.site);
    assert_there(&plan, "index.html", TEMPLATE_HOME);
    assert_there(&plan, "schools/index.html", TEMPLATE_DIRECTORY);
    assert_there(&plan, "404.html", TEMPLATE_NOT_FOUND);
    assert_there(&plan, "site-map.html", TEMPLATE_SITEMAP);
    assert_there(&plan, "accessibility.html", TEMPLATE_ACCESSIBILITY);
    assert_there(&plan, "sources.html", TEMPLATE_SOURCES);
    assert_int_equal(plan.count, 6);
    portal_release(&p);
}

static void each_kind_of_page_has_its_address_and_index(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    portal_put(&p, "content/about.md", PAGE("About"));
    portal_put(&p, "content/policy/sizes.md", PAGE("Sizes"));
    portal_put(&p, "content/clusters/brook.md", CLUSTER("Brook"));
    portal_put(&p, "content/partnerships/heath.md", PARTNERSHIP("Heath", "formed") "---\n");
    portal_put(&p, "content/partnerships/talks.md",
               PARTNERSHIP("Talks", "proposed") "audience: officers\n---\n");
    portal_put(&p, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_load(&p, NULL);
    for (int audience = AUDIENCE_OFFICERS; audience <= (int)AUDIENCE_PUBLIC; audience++) {
        site_bind(&p.site, (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_there(&plan, "about.html", TEMPLATE_PAGE);
        assert_there(&plan, "policy/index.html", TEMPLATE_POLICIES);
        assert_there(&plan, "policy/sizes.html", TEMPLATE_POLICY);
        assert_there(&plan, "clusters/index.html", TEMPLATE_CLUSTERS);
        assert_there(&plan, "clusters/brook.html", TEMPLATE_CLUSTER);
        assert_there(&plan, "partnerships/heath.html", TEMPLATE_PARTNERSHIP);
        assert_there(&plan, "people/jo.html", TEMPLATE_PERSON);
        assert_there(&plan, "schools/ash.html", TEMPLATE_SCHOOL);
        assert_there(&plan, "urn/900001.html", TEMPLATE_REDIRECT);
        assert_there(&plan, "phases/primary.html", TEMPLATE_DIRECTORY);
        assert_null(output_at(&plan, "offers/index.html")); /* there is no offer */
        assert_int_equal(output_at(&plan, "partnerships/talks.html") != NULL, audience == AUDIENCE_OFFICERS);
        assert_ptr_equal(output_at(&plan, "schools/ash.html")->school, p.site.schools[0]);
        assert_text(output_at(&plan, "policy/sizes.html")->made_from.source->path, "content/policy/sizes.md");
    }
    portal_release(&p);
}

static void words_are_defined_for_whoever_has_a_table_that_runs(void **state) {
    (void)state;
    static const char page[] =
        "---\ntitle: Open\naudience: schools\n---\n\n## Open\n\n<!-- decision: open\noutputs: {open: "
        "yes/no}\n-->\n\n| At risk | Open |\n|---|---|\n| yes | no |\n| no | yes |\n";
    struct portal p;
    struct plan plan;
    portal_make(&p);
    portal_put(&p, "content/policy/plain.md", PAGE("Plain"));
    portal_put(&p, "content/policy/open.md", page);
    portal_load(&p, NULL);
    for (int audience = AUDIENCE_OFFICERS; audience <= (int)AUDIENCE_PUBLIC; audience++) {
        site_bind(&p.site, (enum audience)audience);
        plan_make(&plan, &p.arena, &p.site);
        assert_there(&plan, "policy/plain.html", TEMPLATE_POLICY);
        assert_int_equal(output_at(&plan, "policy/definitions.html") != NULL, audience != AUDIENCE_PUBLIC);
    }
    portal_release(&p);
}

static void a_closed_school_leads_to_its_successor(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(
        &p, "schools/birch.yaml",
        SCHOOL("900002",
               "Birch") "status: closed\nclosed: 2024-08-31\nsuccessors: [{urn: \"900001\", name: Ash}]\n");
    portal_put(&p, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "status: closed\nclosed: 2024-08-31\n");
    portal_put(&p, "schools/elm.yaml",
               SCHOOL("900004", "Elm") "status: closed\nclosed: 2024-08-31\n"
                                       "successors: [{urn: \"900099\", name: Elsewhere}]\n");
    portal_put(&p, "schools/fir.yaml",
               SCHOOL("900005", "Fir") "status: proposed to close\nclosed: 2026-08-31\n");
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    plan_make(&plan, &p.arena, &p.site);
    assert_there(&plan, "schools/birch.html", TEMPLATE_REDIRECT);
    assert_there(&plan, "schools/cedar.html", TEMPLATE_SCHOOL);
    assert_there(&plan, "schools/elm.html", TEMPLATE_SCHOOL); /* its successor is no school of this portal */
    assert_there(&plan, "urn/900002.html", TEMPLATE_REDIRECT);
    assert_int_equal(plan.all.count, 2); /* lists have the open ones */
    assert_text(plan_successor(&p.site, output_at(&plan, "schools/birch.html")->school)->slug, "ash");
    portal_release(&p);
}

/* ---- long lists ---- */

static void a_list_of_three_hundred_is_one_page_and_a_longer_one_is_split(void **state) {
    (void)state;
    for (int count = PLAN_LIST_MAX; count <= PLAN_LIST_MAX + 1; count++) {
        struct portal p;
        struct plan plan;
        portal_make(&p);
        put_schools(&p, count);
        portal_bind(&p, NULL, AUDIENCE_PUBLIC);
        plan_make(&plan, &p.arena, &p.site);
        bool split = count > PLAN_LIST_MAX;
        assert_int_equal(plan.all.count, count);
        assert_int_equal(plan.all.split, split);
        assert_int_equal(output_at(&plan, "schools/a-to-z/a.html") != NULL, split);
        assert_int_equal(output_at(&plan, "phases/primary/y.html") != NULL, split);
        assert_null(output_at(&plan, "schools/a-to-z/z.html")); /* no name begins so */
        assert_int_equal(plan.all.by_letter[PLAN_LETTERS], count);
        for (int l = 0; l < PLAN_LETTERS; l++)
            for (size_t i = plan.all.by_letter[l]; i < plan.all.by_letter[l + 1]; i++)
                assert_int_equal(plan_letter(&p.arena, plan.all.schools[i]->name), l);
        portal_release(&p);
    }
}

static void every_address_is_there_once(void **state) {
    (void)state;
    struct portal p;
    struct plan plan;
    portal_make(&p);
    put_schools(&p, PLAN_LIST_MAX + 40);
    portal_bind(&p, NULL, AUDIENCE_PUBLIC);
    plan_make(&plan, &p.arena, &p.site);
    struct map seen = {.arena = &p.arena};
    for (size_t i = 0; i < plan.count; i++) {
        bool fresh;
        map_add(&seen, plan.outputs[i].address, &plan, &fresh);
        if (!fresh || !plan.outputs[i].made_from.source)
            fail_msg(STR_FMT, STR_ARG(plan.outputs[i].address));
    }
    portal_release(&p);
}

static void every_template_has_a_name(void **state) {
    (void)state;
    for (int k = 0; k < TEMPLATE_COUNT; k++) {
        assert_true(str_is_slug(template_name((enum template_kind)k)));
        for (int j = 0; j < k; j++)
            assert_false(str_eq(template_name((enum template_kind)k), template_name((enum template_kind)j)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stand_under_the_letter_they_begin_with),
        cmocka_unit_test(the_smallest_portal_has_its_service_pages),
        cmocka_unit_test(each_kind_of_page_has_its_address_and_index),
        cmocka_unit_test(words_are_defined_for_whoever_has_a_table_that_runs),
        cmocka_unit_test(a_closed_school_leads_to_its_successor),
        cmocka_unit_test(a_list_of_three_hundred_is_one_page_and_a_longer_one_is_split),
        cmocka_unit_test(every_address_is_there_once),
        cmocka_unit_test(every_template_has_a_name),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
