/* SPDX-License-Identifier: MIT */
/* test_store.c: what is kept from load to load, what is read again, and that no site alters it for another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/store.h"
#include "portal_fixture.h"

/* Two sites of one store, of the portal in `room`. */
struct shop {
    struct portal room;
    struct store *store;
    struct portal a, b; /* of their sites alone */
};

static void load_as_of(struct shop *s, struct portal *into, date as_of) {
    into->diags = (struct diags){.arena = &into->arena};
    struct site_options options = {.path = s->room.path,
                                   .as_of = as_of,
                                   .today = date_make(2026, 5, 1),
                                   .threads = 2,
                                   .store = s->store};
    site_load(&into->site, &into->arena, &options, &into->diags);
    diags_sort(&into->diags);
}

static void load(struct shop *s, struct portal *into) {
    load_as_of(s, into, DATE_NONE);
}

static void unload(struct portal *from) {
    site_release(&from->site);
    arena_release(&from->arena);
}

static int open_shop(void **state) {
    struct shop *s = calloc(1, sizeof(*s));
    portal_make(&s->room);
    portal_put(&s->room, "schools/ash.yaml",
               SCHOOL("900001", "Ash") "facts: {at_risk: yes, open_day: 2026-06-01}\n");
    portal_put(&s->room, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    portal_put(&s->room, "content/about.md", PAGE("About"));
    s->store = store_new();
    load(s, &s->a);
    *state = s;
    return (int)s->a.diags.count;
}

static int close_shop(void **state) {
    struct shop *s = *state;
    unload(&s->a);
    unload(&s->b);
    store_release(s->store);
    portal_release(&s->room);
    free(s);
    return 0;
}

static void put(struct shop *s, const char *path, const char *text) {
    struct str changed = str_from(path);
    portal_put(&s->room, path, text);
    store_suspect(s->store, &changed, 1);
}

static struct stored *of_school(const struct portal *p, const char *slug) {
    const struct school *school = map_get(&p->site.school_by_slug, str_from(slug));
    return school ? school->stored : NULL;
}

static void only_what_changed_is_read_again(void **state) {
    struct shop *s = *state;
    put(s, "schools/ash.yaml", SCHOOL("900001", "Ashdown"));
    load(s, &s->b);
    assert_ptr_not_equal(of_school(&s->a, "ash"), of_school(&s->b, "ash"));
    assert_ptr_equal(of_school(&s->a, "birch"), of_school(&s->b, "birch"));
    assert_ptr_equal(s->a.site.all.items[0]->stored, s->b.site.all.items[0]->stored);
}

static void a_file_that_nobody_suspects_is_not_read(void **state) {
    struct shop *s = *state;
    portal_put(&s->room, "schools/ash.yaml", "name: [");
    load(s, &s->b);
    assert_int_equal(s->b.diags.count, 0);
    assert_ptr_equal(of_school(&s->a, "ash"), of_school(&s->b, "ash"));
}

static void a_suspect_with_the_same_bytes_is_as_good_as_before(void **state) {
    struct shop *s = *state;
    put(s, "schools/birch.yaml", SCHOOL("900002", "Birch"));
    store_suspect(s->store, NULL, 0);
    load(s, &s->b);
    assert_ptr_equal(of_school(&s->a, "birch"), of_school(&s->b, "birch"));
    assert_ptr_equal(of_school(&s->a, "ash"), of_school(&s->b, "ash"));
}

static void a_site_keeps_what_it_read_though_its_source_changed(void **state) {
    struct shop *s = *state;
    site_bind(&s->a.site, AUDIENCE_OFFICERS);
    for (size_t i = 0; i < 5; i++) {
        put(s, "schools/ash.yaml", i % 2 ? SCHOOL("900001", "Ash Green") : SCHOOL("900001", "Ash Grove"));
        unload(&s->b);
        load(s, &s->b);
    }
    const struct school *ash = map_get(&s->a.site.school_by_slug, STR("ash"));
    assert_true(str_eq(ash->name, STR("Ash")));
    assert_true(str_eq(value_words(value_at(&ash->record, "facts.open_day")), STR("2026-06-01")));
}

static void what_one_site_may_not_see_is_still_there_for_another(void **state) {
    struct shop *s = *state;
    load(s, &s->b);
    site_bind(&s->a.site, AUDIENCE_PUBLIC);
    site_bind(&s->b.site, AUDIENCE_OFFICERS);
    const struct school *public = map_get(&s->a.site.school_by_slug, STR("ash")),
                        *officers = map_get(&s->b.site.school_by_slug, STR("ash"));
    assert_null(value_at(&public->record, "facts.at_risk"));
    assert_non_null(value_at(&public->record, "facts.open_day"));
    assert_non_null(value_at(&officers->record, "facts.at_risk"));
}

static void a_new_framework_forgets_everything(void **state) {
    struct shop *s = *state;
    put(s, "content/framework.yaml", "facts: {school: {open_day: {type: date, visible: public}}}\n");
    load(s, &s->b);
    assert_ptr_not_equal(of_school(&s->a, "birch"), of_school(&s->b, "birch"));
    assert_string_equal(portal_says(&s->b), "unknown-fact schools/ash.yaml");
}

static void files_come_and_go(void **state) {
    struct shop *s = *state;
    put(s, "schools/cedar.yaml", SCHOOL("900003", "Cedar"));
    load(s, &s->b);
    assert_int_equal(s->b.site.school_count, 3);
    unload(&s->b);
    struct str gone[] = {STR("schools/cedar.yaml"), STR("content/about.md")};
    assert_true(folder_remove(&s->room.folder, "schools/cedar.yaml"));
    assert_true(folder_remove(&s->room.folder, "content/about.md"));
    store_suspect(s->store, gone, 2);
    load(s, &s->b);
    assert_int_equal(s->b.site.school_count, 2);
    assert_int_equal(s->b.site.all.count, 0);
    assert_int_equal(s->b.diags.count, 0);
}

/* What is wrong with a file is told in each load, though it is read in one. */
static void what_was_found_wrong_is_told_again(void **state) {
    struct shop *s = *state;
    put(s, "schools/ash.yaml", SCHOOL("900001", "Ash") "wrong: yes\n");
    load(s, &s->b);
    assert_string_equal(portal_says(&s->b), "unknown-key schools/ash.yaml");
    unload(&s->b);
    load(s, &s->b);
    assert_string_equal(portal_says(&s->b), "unknown-key schools/ash.yaml");
}

static void a_reference_is_looked_at_again_when_a_name_goes(void **state) {
    struct shop *s = *state;
    put(s, "content/clusters/mere.md", CLUSTER("Mere"));
    put(s, "schools/ash.yaml", SCHOOL("900001", "Ash") "memberships: [{cluster: mere}]\n");
    load(s, &s->b);
    assert_int_equal(s->b.diags.count, 0);
    unload(&s->b);
    struct str gone = STR("content/clusters/mere.md");
    assert_true(folder_remove(&s->room.folder, gone.at));
    store_suspect(s->store, &gone, 1);
    load(s, &s->b);
    assert_string_equal(portal_says(&s->b), "unknown-reference schools/ash.yaml");
}

static void an_overlay_that_comes_or_goes_is_part_of_its_record(void **state) {
    struct shop *s = *state;
    put(s, "officers/ash.yaml", "officer_notes: Apart.\n");
    load(s, &s->b);
    const struct school *ash = map_get(&s->b.site.school_by_slug, STR("ash"));
    assert_non_null(value_at(&ash->record, "officer_notes"));
    unload(&s->b);
    struct str gone = STR("officers");
    assert_true(folder_remove(&s->room.folder, "officers"));
    store_suspect(s->store, &gone, 1);
    load(s, &s->b);
    ash = map_get(&s->b.site.school_by_slug, STR("ash"));
    assert_null(value_at(&ash->record, "officer_notes"));
}

static void an_overlay_that_changes_is_read_again(void **state) {
    struct shop *s = *state;
    put(s, "officers/ash.yaml", "officer_notes: Apart.\n");
    load(s, &s->b);
    unload(&s->b);
    put(s, "officers/ash.yaml", "officer_notes: Kept apart.\n");
    load(s, &s->b);
    const struct school *ash = map_get(&s->b.site.school_by_slug, STR("ash"));
    assert_true(str_eq(value_words(value_at(&ash->record, "officer_notes")), STR("Kept apart.")));
}

/* Which groups a school is in is checked across all records, so it is checked again when one record says otherwise. */
static void memberships_are_checked_again_when_one_changes(void **state) {
    struct shop *s = *state;
    put(s, "content/clusters/mere.md", CLUSTER("Mere"));
    put(s, "schools/ash.yaml", SCHOOL("900001", "Ash") "memberships: [{cluster: mere}]\n");
    load(s, &s->b);
    assert_int_equal(s->b.diags.count, 0);
    unload(&s->b);
    put(s, "schools/ash.yaml", SCHOOL("900001", "Ash") "memberships: [{cluster: mere}, {cluster: mere}]\n");
    load(s, &s->b);
    assert_string_equal(portal_says(&s->b), "membership-overlap schools/ash.yaml");
}

static void memberships_that_were_sound_on_one_day_may_not_be_on_another(void **state) {
    struct shop *s = *state;
    put(s, "content/partnerships/vale.md",
        PARTNERSHIP("Vale", "formed") "formed: 2025-01-01\n---\n\nText.\n");
    put(s, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "memberships: [{partnership: vale, from: 2025-01-01, to: 2026-06-01}]\n");
    load_as_of(s, &s->b, date_make(2026, 5, 1));
    assert_string_equal(portal_says(&s->b), "");
    unload(&s->b);
    load_as_of(s, &s->b, date_make(2026, 7, 1));
    assert_string_equal(portal_says(&s->b), "formed-nobody content/partnerships/vale.md");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_shop, close_shop)
    const struct CMUnitTest tests[] = {
        TEST(only_what_changed_is_read_again),
        TEST(a_file_that_nobody_suspects_is_not_read),
        TEST(a_suspect_with_the_same_bytes_is_as_good_as_before),
        TEST(a_site_keeps_what_it_read_though_its_source_changed),
        TEST(what_one_site_may_not_see_is_still_there_for_another),
        TEST(a_new_framework_forgets_everything),
        TEST(files_come_and_go),
        TEST(what_was_found_wrong_is_told_again),
        TEST(a_reference_is_looked_at_again_when_a_name_goes),
        TEST(an_overlay_that_comes_or_goes_is_part_of_its_record),
        TEST(an_overlay_that_changes_is_read_again),
        TEST(memberships_are_checked_again_when_one_changes),
        TEST(memberships_that_were_sound_on_one_day_may_not_be_on_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
