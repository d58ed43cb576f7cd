/* SPDX-License-Identifier: MIT */
/* test_chronicle.c: on which day a page's published text last changed, for each audience, from invented versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "portal/chronicle.h"
#include "portal_fixture.h"

#define VERSIONS_MAX (HISTORY_LISTED_MAX + 2)

/* Versions of content/policy/strategy.md, newest first; the portal's other pages have no history. */
struct history {
    const char *path; /* another page instead */
    enum content_kind kind;
    const char *slug;
    struct portal portal;
    struct chronicle chronicle;
    struct chronicle_trail trail;
    struct chronicle_version versions[VERSIONS_MAX];
};

#define TEXT(front, body) "---\ntitle: Strategy\n" front "---\n\n" body "\n"

static void begin_page(struct history *h, enum content_kind kind, const char *slug, const char *path,
                       const char *now) {
    *h = (struct history){.path = path, .kind = kind, .slug = slug};
    portal_make(&h->portal);
    portal_put(&h->portal, path, now);
}

static void begin(struct history *h, const char *now) {
    begin_page(h, CONTENT_POLICY, "strategy", "content/policy/strategy.md", now);
}

static void begin_partnership(struct history *h, const char *now) {
    begin_page(h, CONTENT_PARTNERSHIP, "vale", "content/partnerships/vale.md", now);
}

static const struct page *page_of(const struct history *h) {
    return site_any_page(&h->portal.site, h->kind, str_from(h->slug));
}

static void older(struct history *h, const char *day, const char *text) {
    struct chronicle_version *v = &h->versions[h->trail.count++];
    *v = (struct chronicle_version){
        .day = date_parse_iso(str_from(day)), .path = str_from(h->path), .held = text};
}

static bool read_version(void *context, const struct chronicle_version *version, struct arena *arena,
                         struct str *out) {
    (void)context;
    (void)arena;
    *out = version->held ? str_from(version->held) : (struct str){0};
    return version->held;
}

/* The history of the page as the audience is told of it on 1 May 2026. */
static const struct page_history *told(struct history *h, enum audience audience) {
    if (!h->chronicle.count) {
        portal_load(&h->portal, "2026-05-01");
        struct chronicle_trail *trails =
            arena_array(&h->portal.arena, struct chronicle_trail, h->portal.site.all.count);
        h->trail.versions = h->versions;
        trails[page_of(h)->number] = h->trail;
        h->chronicle = (struct chronicle){trails, h->portal.site.all.count, read_version, NULL};
        h->portal.site.chronicle = &h->chronicle;
    }
    site_bind(&h->portal.site, audience);
    return page_of(h)->history;
}

static void assert_day(const struct page_history *history, const char *day) {
    assert_non_null(history);
    assert_int_equal(history->state, HISTORY_DATED);
    assert_int_equal(history->changed, date_parse_iso(str_from(day)));
}

static void assert_no_day(const struct page_history *history, enum history_state state) {
    assert_non_null(history);
    assert_int_equal(history->state, state);
    assert_int_equal(history->changed, DATE_NONE);
}

static void end(struct history *h) {
    portal_release(&h->portal);
}

static void a_page_changed_on_the_day_from_which_it_has_had_its_text(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "New words."));
    older(&h, "2026-04-20", TEXT("", "New words."));
    older(&h, "2026-03-10", TEXT("order: 3\n", "New\nwords."));
    older(&h, "2026-02-01", TEXT("", "Old words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-03-10");
    end(&h);
}

static void a_page_that_never_changed_is_as_old_as_its_first_version(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2024-02-29", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2024-02-29");
    end(&h);
}

static void what_is_no_published_text_changes_no_day(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Some *words*, and [more](https://a.example/)."));
    older(&h, "2026-04-04", TEXT("", "<!-- a comment -->\n\nSome *words*, and [more](https://b.example/)."));
    older(&h, "2026-04-03",
          TEXT("owner: A team\nreviewed: 2026-01-05\nreview_by: 2027-01-05\norder: 2\n",
               "Some *words*,\nand [more](https://b.example/)."));
    older(&h, "2026-04-02",
          TEXT("changes: [{on: 2026-04-02, what: Nothing much.}]\nnumbered: no\n",
               "Some **words**, and [more](https://b.example/)."));
    older(&h, "2026-04-01", TEXT("", "Some words, and less."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-02");
    end(&h);
}

static void line_ends_and_a_byte_order_mark_are_no_text(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words.\n\n- One\n- Two"));
    older(&h, "2026-04-04", TEXT("", "Words.\n\n- One\n- Two"));
    older(&h, "2026-04-03",
          "\xEF\xBB\xBF---\r\ntitle: Strategy\r\n---\r\n\r\nWords.\r\n\r\n* One\r\n* Two\r\n");
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-03");
    end(&h);
}

static void a_new_title_and_a_new_summary_are_a_change(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("summary: In short.\n", "Words."));
    older(&h, "2026-04-04", TEXT("summary: In short.\n", "Words."));
    older(&h, "2026-04-03", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    end(&h);
}

static void words_that_changed_and_came_back_count_from_their_coming_back(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", TEXT("", "Other words."));
    older(&h, "2026-04-02", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    end(&h);
}

static void a_page_that_became_public_changed_when_it_did(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", TEXT("audience: officers\n", "Words."));
    older(&h, "2026-04-02", TEXT("audience: officers\n", "First words."));
    assert_day(told(&h, AUDIENCE_OFFICERS), "2026-04-03");
    assert_day(told(&h, AUDIENCE_SCHOOLS), "2026-04-04");
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    end(&h);
}

static void a_class_that_cannot_be_read_hides_a_version(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", TEXT("audience: [officers]\n", "Words."));
    older(&h, "2026-04-02", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    end(&h);
}

static void a_page_that_is_hidden_has_no_history(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("audience: officers\n", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_OFFICERS), "2026-04-04");
    assert_null(told(&h, AUDIENCE_PUBLIC));
    end(&h);
}

static void no_day_is_claimed_of_what_is_not_committed(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "New words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_PENDING);
    end(&h);
    begin(&h, TEXT("", "A new page."));
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_PENDING);
    end(&h);
}

static void a_commit_of_a_later_day_has_not_been_made_yet(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-05-02", TEXT("", "Words."));
    older(&h, "2026-05-01", TEXT("", "Words."));
    older(&h, "2026-04-30", TEXT("", "Old words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-05-01");
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 0);
    end(&h);
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-05-02", TEXT("", "Words."));
    older(&h, "2026-04-30", TEXT("", "Old words."));
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_PENDING);
    end(&h);
}

static void beyond_the_cut_of_a_history_nothing_is_claimed(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    h.trail.cut = true;
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_CUT);
    end(&h);
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", TEXT("", "Old words."));
    h.trail.cut = true;
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    end(&h);
}

static void a_version_whose_bytes_are_missing_ends_what_is_known(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", "");
    h.versions[1].held = NULL;
    older(&h, "2026-04-02", TEXT("", "Old words."));
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_CUT);
    end(&h);
}

static void what_could_not_be_published_is_passed_over(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-05", "no front matter");
    older(&h, "2026-04-04", TEXT("", "Words."));
    older(&h, "2026-04-03", "---\ntitle: [\n---\n");
    older(&h, "2026-04-02", TEXT("", "Words."));
    older(&h, "2026-04-01", TEXT("", "Old words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-02");
    end(&h);
}

static void no_day_before_the_history_counts_is_shown(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history_from: 2026-04-05\n");
    older(&h, "2026-04-04", TEXT("", "Words."));
    assert_no_day(told(&h, AUDIENCE_PUBLIC), HISTORY_UNTOLD);
    end(&h);
}

static void officers_see_every_version_and_others_only_where_the_portal_says_so(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("order: 4\n", "Words."));
    older(&h, "2026-04-03", TEXT("", "Words."));
    older(&h, "2026-04-02", TEXT("", "Old words."));
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->count, 3);
    assert_int_equal(told(&h, AUDIENCE_SCHOOLS)->count, 0);
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 0);
    end(&h);
}

static void a_public_history_has_the_versions_in_which_the_public_text_changed(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history: public\nhistory_from: 2026-04-02\n");
    older(&h, "2026-04-08", TEXT("order: 4\n", "Words."));
    older(&h, "2026-04-07", TEXT("", "Words."));
    older(&h, "2026-04-06", TEXT("audience: officers\n", "Secret words."));
    older(&h, "2026-04-05", TEXT("audience: schools\n", "Words for schools."));
    older(&h, "2026-04-03", TEXT("", "First words."));
    older(&h, "2026-04-01", TEXT("", "Words before that."));
    const struct page_history *schools = told(&h, AUDIENCE_SCHOOLS);
    assert_int_equal(schools->count, 3);
    assert_int_equal(schools->listed[1], 3);
    const struct page_history *public = told(&h, AUDIENCE_PUBLIC);
    assert_int_equal(public->count, 2);
    assert_int_equal(public->listed[0], 1);
    assert_int_equal(public->listed[1], 4);
    end(&h);
}

static void a_history_lists_so_many_versions_and_counts_the_rest(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    for (int i = 0; i < HISTORY_LISTED_MAX; i++)
        older(&h, "2026-04-04", TEXT("", "Words."));
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->more, 0);
    end(&h);
    begin(&h, TEXT("", "Words."));
    for (int i = 0; i <= HISTORY_LISTED_MAX; i++)
        older(&h, "2026-04-04", TEXT("", "Words."));
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->count, HISTORY_LISTED_MAX);
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->more, 1);
    end(&h);
}

static enum history_before before(struct history *h, size_t n, struct history_entry *entry) {
    *entry = chronicle_entries(&h->portal.site, page_of(h), &h->portal.arena)[n];
    return entry->before;
}

static void an_entry_stands_beside_the_text_before_it_as_far_as_that_is_told(void **state) {
    (void)state;
    struct history h;
    struct history_entry entry;
    begin(&h, TEXT("", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history: public\nhistory_from: 2026-04-03\n");
    older(&h, "2026-04-08", TEXT("", "Words."));
    older(&h, "2026-04-07", "no page");
    older(&h, "2026-04-06", TEXT("", "Older words."));
    older(&h, "2026-04-05", TEXT("audience: officers\n", "Secret words."));
    older(&h, "2026-04-04", TEXT("", "First words."));
    older(&h, "2026-04-01", TEXT("", "Words before that."));
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->count, 6);
    assert_int_equal(before(&h, 1, &entry), BEFORE_TOLD);
    assert_int_equal(entry.text.state, TEXT_UNREAD);
    assert_int_equal(before(&h, 4, &entry), BEFORE_TOLD);
    assert_int_equal(before(&h, 5, &entry), BEFORE_NOTHING);
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 3);
    assert_int_equal(before(&h, 0, &entry), BEFORE_TOLD);
    assert_string_equal(str_z(&h.portal.arena, entry.text_before.prose.blocks[1].text), "Older words.");
    assert_int_equal(before(&h, 1, &entry), BEFORE_HIDDEN);
    assert_int_equal(before(&h, 2, &entry), BEFORE_UNKNOWN);
    end(&h);
}

#define VALE(state, front, body) PARTNERSHIP("Vale", state) front "---\n\n" body "\n"

/* Who proposed what to whom was for officers, whatever became of it. */
static void a_partnership_that_was_not_formed_was_not_published(void **state) {
    (void)state;
    struct history h;
    begin_partnership(&h, VALE("formed", "", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history: public\n");
    older(&h, "2026-04-04", VALE("formed", "", "Words."));
    older(&h, "2026-04-03", VALE("proposed", "", "Words."));
    older(&h, "2026-04-02", VALE("declined", "", "Words."));
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->count, 3);
    assert_int_equal(told(&h, AUDIENCE_SCHOOLS)->count, 1);
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 1);
    end(&h);
    begin_partnership(&h, VALE("dissolved", "", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history: public\n");
    older(&h, "2026-04-04", VALE("dissolved", "", "Words."));
    older(&h, "2026-04-03", VALE("formed", "", "Words."));
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 2);
    end(&h);
}

static void what_is_written_for_officers_is_no_text_of_the_publics(void **state) {
    (void)state;
    struct history h;
    begin_partnership(&h, VALE("formed", "officers_note: It will not last.\n", "Words."));
    older(&h, "2026-04-04", VALE("formed", "officers_note: It will not last.\n", "Words."));
    older(&h, "2026-04-03", VALE("formed", "officers_note: It may last.\n", "Words."));
    assert_day(told(&h, AUDIENCE_OFFICERS), "2026-04-04");
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-03");
    end(&h);
}

static void the_day_from_which_the_history_counts_counts(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "Words."));
    portal_put(&h.portal, "portal.yaml", PORTAL "history: public\nhistory_from: 2026-04-04\n");
    older(&h, "2026-04-04", TEXT("", "Words."));
    assert_day(told(&h, AUDIENCE_PUBLIC), "2026-04-04");
    assert_int_equal(told(&h, AUDIENCE_PUBLIC)->count, 1);
    end(&h);
}

static void it_is_known_whether_more_came_later(void **state) {
    (void)state;
    struct history h;
    begin(&h, TEXT("", "New words."));
    older(&h, "2026-05-02", TEXT("", "New words."));
    older(&h, "2026-05-01", TEXT("", "Words."));
    assert_true(told(&h, AUDIENCE_PUBLIC)->later);
    end(&h);
    begin(&h, TEXT("", "New words."));
    older(&h, "2026-05-01", TEXT("", "Words."));
    assert_false(told(&h, AUDIENCE_PUBLIC)->later);
    end(&h);
}

static void what_came_before_the_cut_of_a_history_is_not_known(void **state) {
    (void)state;
    struct history h;
    struct history_entry entry;
    begin(&h, TEXT("", "Words."));
    older(&h, "2026-04-04", TEXT("", "Words."));
    h.trail.cut = true;
    assert_int_equal(told(&h, AUDIENCE_OFFICERS)->count, 1);
    assert_int_equal(before(&h, 0, &entry), BEFORE_UNKNOWN);
    end(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_changed_on_the_day_from_which_it_has_had_its_text),
        cmocka_unit_test(a_page_that_never_changed_is_as_old_as_its_first_version),
        cmocka_unit_test(what_is_no_published_text_changes_no_day),
        cmocka_unit_test(line_ends_and_a_byte_order_mark_are_no_text),
        cmocka_unit_test(a_new_title_and_a_new_summary_are_a_change),
        cmocka_unit_test(words_that_changed_and_came_back_count_from_their_coming_back),
        cmocka_unit_test(a_page_that_became_public_changed_when_it_did),
        cmocka_unit_test(a_class_that_cannot_be_read_hides_a_version),
        cmocka_unit_test(a_page_that_is_hidden_has_no_history),
        cmocka_unit_test(no_day_is_claimed_of_what_is_not_committed),
        cmocka_unit_test(a_commit_of_a_later_day_has_not_been_made_yet),
        cmocka_unit_test(beyond_the_cut_of_a_history_nothing_is_claimed),
        cmocka_unit_test(a_version_whose_bytes_are_missing_ends_what_is_known),
        cmocka_unit_test(what_could_not_be_published_is_passed_over),
        cmocka_unit_test(no_day_before_the_history_counts_is_shown),
        cmocka_unit_test(officers_see_every_version_and_others_only_where_the_portal_says_so),
        cmocka_unit_test(a_public_history_has_the_versions_in_which_the_public_text_changed),
        cmocka_unit_test(a_history_lists_so_many_versions_and_counts_the_rest),
        cmocka_unit_test(an_entry_stands_beside_the_text_before_it_as_far_as_that_is_told),
        cmocka_unit_test(a_partnership_that_was_not_formed_was_not_published),
        cmocka_unit_test(what_is_written_for_officers_is_no_text_of_the_publics),
        cmocka_unit_test(the_day_from_which_the_history_counts_counts),
        cmocka_unit_test(it_is_known_whether_more_came_later),
        cmocka_unit_test(what_came_before_the_cut_of_a_history_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
