/* SPDX-License-Identifier: MIT */
/* test_preview.c: what a preview shows and says after any edit is what a clean build would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "edge/preview.h"
#include "portal/release.h"
#include "portal/trial.h"
#include "portal_fixture.h"
#include "publish/edition.h"
#include "publish/theme.h"
#include "random.h"

#define TODAY date_make(2026, 5, 1)
#define THREADS 2

/* The sanitizers make each step several times slower. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EDITS 60
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EDITS 60
#endif
#endif
#ifndef EDITS
#define EDITS 500
#endif

/* All files are compared, and all pages checked, after so many edits. */
#define WHOLE_EVERY 20

/* ---- a copy of a portal, which is edited ---- */

struct edit {
    struct str path;
    struct str before; /* NULL: there was no file */
};

struct desk {
    struct arena arena;
    struct portal room; /* of its path and folder alone */
    struct random random;
    struct edit edits[EDITS * 4 + 8];
    size_t count;
    struct str touched[16]; /* by the last step */
    size_t touched_count;
    struct buf story;
};

static struct str desk_read(struct desk *d, struct str path) {
    struct str bytes = {0};
    file_read(&d->arena, &d->room.folder, str_z(&d->arena, path), 1 << 24, &bytes);
    return bytes;
}

/* A NULL text removes the file. */
static void desk_write(struct desk *d, struct str path, struct str bytes) {
    struct arena *arena = &d->arena;
    char *z = str_z(arena, path);
    d->edits[d->count++] = (struct edit){path, desk_read(d, path)};
    d->touched[d->touched_count++] = path;
    folder_remove(&d->room.folder, z);
    if (!bytes.at)
        return;
    char *slash = strrchr(z, '/');
    if (slash) {
        *slash = '\0';
        assert_true(folder_make(&d->room.folder, z, 0755));
        *slash = '/';
    }
    assert_true(file_write(&d->room.folder, z, bytes, 0644));
}

static void desk_undo(struct desk *d) {
    if (!d->count)
        return;
    struct edit last = d->edits[--d->count];
    desk_write(d, last.path, last.before);
    d->count--;
}

static void desk_copy(struct desk *d, const char *portal) {
    static const char *const folders[] = {"content", "schools", "officers", "templates", "tests"};
    struct folder from;
    assert_true(folder_open(&from, portal));
    struct str bytes;
    assert_true(file_read(&d->arena, &from, "portal.yaml", 1 << 20, &bytes));
    portal_put(&d->room, "portal.yaml", str_z(&d->arena, bytes));
    for (size_t k = 0; k < sizeof(folders) / sizeof(folders[0]); k++) {
        struct entries entries;
        assert_true(folder_list(&d->arena, &from, folders[k], &entries));
        for (size_t i = 0; i < entries.count; i++) {
            const char *path = str_z(&d->arena, entries.items[i].path);
            if (entries.items[i].kind != ENTRY_FILE)
                continue;
            assert_true(file_read(&d->arena, &from, path, 1 << 24, &bytes));
            desk_write(d, str_from(path), bytes);
            d->count = d->touched_count = 0;
        }
    }
    folder_close(&from);
}

static void desk_open(struct desk *d, const char *portal, uint64_t seed) {
    *d = (struct desk){.random = {seed}};
    d->story.arena = &d->arena;
    portal_make(&d->room);
    desk_copy(d, portal);
}

static void desk_close(struct desk *d) {
    portal_release(&d->room);
    arena_release(&d->arena);
}

/* A file of a folder, at random; an ending may be asked for. Empty: there is none. */
static struct str desk_pick(struct desk *d, const char *folder, const char *ending) {
    struct entries entries;
    assert_true(folder_list(&d->arena, &d->room.folder, folder, &entries));
    for (size_t tries = 0; entries.count && tries < 200; tries++) {
        const struct entry *e = &entries.items[random_below(&d->random, entries.count)];
        if (e->kind == ENTRY_FILE && str_ends(e->path, str_from(ending)))
            return e->path;
    }
    return (struct str){0};
}

/* ---- edits ---- */

/* Other bytes of much the same text: a digit changed, a line gone, a line twice, a word changed, a few bytes lost. */
static struct str vary(struct desk *d, struct str text) {
    struct arena *arena = &d->arena;
    size_t at = text.len ? random_below(&d->random, text.len) : 0, start = at, end;
    while (start && text.at[start - 1] != '\n')
        start--;
    end = str_find(text, '\n', at) + 1;
    struct str line = str_sub(text, start, end), rest = str_sub(text, end, text.len),
               head = str_sub(text, 0, start);
    switch (random_below(&d->random, 6)) {
    case 0: return str_join(arena, head, rest);
    case 1: return str_join(arena, head, line, line, rest);
    case 2: return str_join(arena, str_sub(text, 0, at), str_sub(text, at + 3, text.len));
    case 3: return str_join(arena, text, STR("\nOne more line, of a [link](contact.md).\n"));
    case 4: return str_join(arena, text, STR("# one more\n"));
    default: break;
    }
    char *copy = str_z(arena, text);
    for (size_t i = at; i < text.len; i++)
        if (copy[i] >= '0' && copy[i] <= '9') {
            copy[i] = (char)('0' + random_below(&d->random, 10));
            break;
        }
    return (struct str){copy, text.len};
}

static void edit_file(struct desk *d, const char *folder, const char *ending) {
    struct str path = desk_pick(d, folder, ending);
    if (path.len)
        desk_write(d, path, vary(d, desk_read(d, path)));
}

static void edit_record(struct desk *d) {
    edit_file(d, "schools", ".yaml");
}
static void edit_page(struct desk *d) {
    edit_file(d, "content", ".md");
}
static void edit_table(struct desk *d) {
    edit_file(d, "content/policy", ".md");
}
static void edit_framework(struct desk *d) {
    struct str path = STR("content/framework.yaml");
    desk_write(d, path, vary(d, desk_read(d, path)));
}
static void edit_portal(struct desk *d) {
    struct str path = STR("portal.yaml");
    desk_write(d, path, vary(d, desk_read(d, path)));
}
static void edit_profile(struct desk *d) {
    struct str path = desk_pick(d, "schools", ".yaml");
    if (path.len)
        desk_write(d, path,
                   str_join(&d->arena, desk_read(d, path), STR("\nofficer_notes: One *note* more.\n")));
}
static void edit_nothing(struct desk *d) {
    struct str path = desk_pick(d, "schools", ".yaml");
    if (path.len)
        desk_write(d, path, desk_read(d, path));
}
static void remove_file(struct desk *d) {
    struct str path = desk_pick(d, random_below(&d->random, 2) ? "schools" : "content", "");
    if (path.len)
        desk_write(d, path, (struct str){0});
}
static void rename_file(struct desk *d) {
    struct str path = desk_pick(d, random_below(&d->random, 2) ? "schools" : "content", "");
    size_t dot = str_find(path, '.', 0);
    if (!path.len)
        return;
    struct str bytes = desk_read(d, path);
    desk_write(d, path, (struct str){0});
    desk_write(d, str_join(&d->arena, str_sub(path, 0, dot), STR("-too"), str_sub(path, dot, path.len)),
               bytes);
}
static void add_record(struct desk *d) {
    struct buf b = {.arena = &d->arena};
    size_t n = random_below(&d->random, 100);
    buf_printf(&b,
               "urn: \"9090%02zu\"\nname: New School %zu\nphase: primary\ntype: community\n"
               "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n",
               n, n);
    struct str path =
        str_join(&d->arena, STR("schools/new-"), str_whole(&d->arena, (long long)n), STR(".yaml"));
    desk_write(d, path, buf_str(&b));
}
static void add_overlay(struct desk *d) {
    struct str path = desk_pick(d, "schools", ".yaml");
    if (path.len)
        desk_write(d, str_join(&d->arena, STR("officers/"), str_sub(path, 8, path.len)),
                   STR("officer_notes: Kept *apart*.\n"));
}
static void add_page(struct desk *d) {
    struct str from = desk_pick(d, "content/policy", ".md");
    if (from.len)
        desk_write(d, STR("content/one-more.md"),
                   STR("---\ntitle: One more\n---\n\nSee [the school](../schools/new-1.yaml) and ![a plan]"
                       "(files/plan.png).\n"));
}
static void add_attachment(struct desk *d) {
    desk_write(d,
               random_below(&d->random, 2) ? STR("content/files/plan.png") : STR("content/files/Plan 2.gif"),
               STR("not a picture"));
}
/* A template or an asset of the program's own, altered. */
static void add_template(struct desk *d) {
    size_t count = 0;
    while (theme_files[count].path)
        count++;
    const struct theme_file *f = &theme_files[random_below(&d->random, count)];
    struct str bytes = {(const char *)f->bytes, f->size};
    bool break_it = !random_below(&d->random, 3);
    desk_write(d, str_join(&d->arena, STR("templates/"), str_from(f->path)),
               break_it ? vary(d, bytes) : str_join(&d->arena, bytes, STR("\n")));
}

static const struct {
    void (*make)(struct desk *);
    const char *name;
    size_t weight;
} kinds[] = {
    {edit_record, "a record", 10},        {edit_page, "a page", 8},        {edit_table, "a table", 6},
    {edit_framework, "framework", 3},     {edit_portal, "portal.yaml", 3}, {edit_profile, "notes", 3},
    {edit_nothing, "nothing", 2},         {remove_file, "a removal", 3},   {rename_file, "a renaming", 3},
    {add_record, "a new record", 4},      {add_overlay, "an overlay", 3},  {add_page, "a new page", 2},
    {add_attachment, "an attachment", 2}, {add_template, "a template", 3}};

/* One step: an edit; or, more often than not where things are broken, one edit taken back. */
static void desk_step(struct desk *d, bool broken) {
    d->touched_count = 0;
    buf_clear(&d->story);
    if (d->count && random_below(&d->random, 10) < (broken ? 7 : 1)) {
        desk_undo(d);
        buf_lit(&d->story, "an undoing");
    } else {
        size_t sum = 0;
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
            sum += kinds[i].weight;
        size_t n = random_below(&d->random, sum), k = 0;
        for (; n >= kinds[k].weight; k++)
            n -= kinds[k].weight;
        kinds[k].make(d);
        buf_add(&d->story, str_from(kinds[k].name));
    }
    for (size_t i = 0; i < d->touched_count; i++)
        buf_printf(&d->story, " " STR_FMT, STR_ARG(d->touched[i]));
}

/* ---- a clean build ---- */

struct clean {
    struct arena arena;
    struct diags diags;
    struct site site;
    struct edition *edition;
};

static void clean_make(struct clean *c, const char *path, struct preview_view view) {
    *c = (struct clean){.diags = {.arena = &c->arena}};
    struct site_options options = {.path = path, .as_of = view.as_of, .today = TODAY, .threads = 1};
    site_load(&c->site, &c->arena, &options, &c->diags);
    if (c->diags.errors)
        return;
    release_bind(&c->site, view.audience);
    c->edition = edition_new(&c->arena, &c->site, &(struct edition_options){.threads = 1}, &c->diags);
}

static void clean_release(struct clean *c) {
    if (c->edition)
        edition_release(c->edition);
    site_release(&c->site);
    arena_release(&c->arena);
}

/* ---- the comparison ---- */

static struct str printed(struct arena *arena, const struct diags *diags) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < diags->count; i++)
        diag_print(&out, &diags->items[i]);
    return buf_str(&out);
}

static void assert_same(const struct desk *d, size_t step, const char *what, struct str ours,
                        struct str clean) {
    if (str_eq(ours, clean))
        return;
    size_t i = 0;
    while (i < ours.len && i < clean.len && ours.at[i] == clean.at[i])
        i++;
    size_t from = i < 200 ? 0 : i - 200;
    fail_msg("after step %zu (" STR_FMT "), %s differs at byte %zu:\n--- preview\n" STR_FMT
             "\n--- clean\n" STR_FMT,
             step, STR_ARG(buf_str(&d->story)), what, i, STR_ARG(str_sub(ours, from, i + 300)),
             STR_ARG(str_sub(clean, from, i + 300)));
}

static void compare_file(const struct desk *d, size_t step, struct preview *p, struct preview_view view,
                         struct clean *c, enum edition_kind kind, size_t n) {
    struct arena arena = {0};
    struct edition_file file = edition_file(c->edition, kind, n);
    struct preview_file ours = {0};
    struct str bytes = {0};
    bool attached = kind != EDITION_ATTACHMENT || edition_attaches(c->edition, n);
    bool made = attached && edition_render(c->edition, &file, 0, &bytes, &c->diags);
    bool found = preview_get(p, view, file.address, &arena, &ours) && !ours.old;
    const char *address = str_z(&arena, file.address);
    if (made != found)
        fail_msg("after step %zu (" STR_FMT "), %s is %sthere", step, STR_ARG(buf_str(&d->story)), address,
                 found ? "" : "not ");
    if (made)
        assert_same(d, step, address, ours.bytes, bytes);
    arena_release(&arena);
}

/* Everything: all files, none more, and all that is found wrong in them. */
static void compare_whole(const struct desk *d, size_t step, struct preview *p, struct preview_view view,
                          struct clean *c) {
    while (preview_check(p, 37))
        continue;
    for (int kind = 0; c->edition && kind < EDITION_KINDS; kind++)
        for (size_t i = 0; i < edition_count(c->edition, (enum edition_kind)kind); i++)
            compare_file(d, step, p, view, c, (enum edition_kind)kind, i);
    if (c->edition)
        edition_report(c->edition, &c->diags);
    if (c->edition && view.audience == AUDIENCE_OFFICERS)
        trials_check(&c->site, &c->arena, &c->diags);
    diags_sort(&c->diags);
    struct preview_state state = preview_state(p, view);
    assert_same(d, step, "what is wrong", printed(&c->arena, state.diags), printed(&c->arena, &c->diags));
    assert_int_equal(state.checked, c->edition != NULL);
}

/* What is made from the files that were touched, and a few pages of others. */
static void compare_some(struct desk *d, size_t step, struct preview *p, struct preview_view view,
                         struct clean *c) {
    size_t count = edition_count(c->edition, EDITION_PAGE);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = edition_page(c->edition, i)->made_from.source;
        for (size_t j = 0; source && j < d->touched_count && !edition_is_slow(c->edition, i); j++)
            if (str_eq(source->path, d->touched[j]))
                compare_file(d, step, p, view, c, EDITION_PAGE, i);
    }
    for (size_t i = 0; i < 6; i++)
        compare_file(d, step, p, view, c, EDITION_PAGE, random_below(&d->random, count));
}

static void compare(struct desk *d, size_t step, struct preview *p, struct preview_view view, bool *broken) {
    struct clean c;
    clean_make(&c, d->room.path, view);
    struct preview_state state = preview_state(p, view);
    if (state.good != (c.edition != NULL))
        fail_msg("after step %zu (" STR_FMT ") the preview is %s, a clean build is not:\n" STR_FMT, step,
                 STR_ARG(buf_str(&d->story)), state.good ? "good" : "bad",
                 STR_ARG(printed(&c.arena, state.diags)));
    *broken = !c.edition;
    if (!c.edition || step % WHOLE_EVERY == 0)
        compare_whole(d, step, p, view, &c);
    else
        compare_some(d, step, p, view, &c);
    clean_release(&c);
}

static const struct preview_view views[] = {{AUDIENCE_PUBLIC, DATE_NONE},  {AUDIENCE_OFFICERS, DATE_NONE},
                                            {AUDIENCE_SCHOOLS, DATE_NONE}, {AUDIENCE_PUBLIC, DATE_NONE},
                                            {AUDIENCE_OFFICERS, 20000},    {AUDIENCE_PUBLIC, 20200}};

static void edit_at_random(const char *portal, uint64_t seed, size_t edits) {
    struct desk *d = calloc(1, sizeof(*d));
    desk_open(d, portal, seed);
    struct preview *p = preview_new(&(struct preview_options){
        .path = d->room.path, .as_of = DATE_NONE, .today = TODAY, .threads = THREADS});
    bool broken = false;
    for (size_t step = 1; step <= edits; step++) {
        struct preview_view view = views[random_below(&d->random, sizeof(views) / sizeof(views[0]))];
        if (random_below(&d->random, 3)) /* mostly the view is made before the edit */
            preview_state(p, view);
        desk_step(d, broken);
        bool all = !random_below(&d->random, 15);
        preview_update(p, all ? NULL : d->touched, d->touched_count);
        compare(d, step, p, view, &broken);
    }
    preview_release(p);
    desk_close(d);
    free(d);
}

static void a_preview_is_what_a_clean_build_is_after_any_edits(void **state) {
    (void)state;
    edit_at_random(".", 1, EDITS / 5);
}

static void and_so_it_is_of_another_portal(void **state) {
    (void)state;
    edit_at_random("examples/merton", 2, EDITS * 4 / 5);
}

/* ---- what else may happen ---- */

struct small {
    struct portal portal;
    struct preview *preview;
    struct arena arena;
};

#define PUBLIC_VIEW ((struct preview_view){AUDIENCE_PUBLIC, DATE_NONE})

static void small_open(struct small *s) {
    *s = (struct small){0};
    portal_make(&s->portal);
    portal_put(&s->portal, "schools/ash.yaml", SCHOOL("900001", "Ash"));
    portal_put(&s->portal, "content/about.md", PAGE("About"));
    s->preview = preview_new(&(struct preview_options){
        .path = s->portal.path, .as_of = DATE_NONE, .today = TODAY, .threads = THREADS});
}

static void small_put(struct small *s, const char *path, const char *text) {
    struct str changed = str_from(path);
    if (text)
        portal_put(&s->portal, path, text);
    else
        assert_true(folder_remove(&s->portal.folder, path));
    preview_update(s->preview, &changed, 1);
}

static struct preview_file small_get(struct small *s, const char *address) {
    struct preview_file file = {0};
    preview_get(s->preview, PUBLIC_VIEW, str_from(address), &s->arena, &file);
    return file;
}

static bool small_shows(struct small *s, const char *address, const char *text) {
    return str_has(small_get(s, address).bytes, str_from(text));
}

static void small_close(struct small *s) {
    preview_release(s->preview);
    portal_release(&s->portal);
    arena_release(&s->arena);
}

static void a_mistake_leaves_the_last_good_edition(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    assert_true(small_shows(&s, "schools/ash.html", "Ash"));
    small_put(&s, "schools/ash.yaml", "name: [");
    struct preview_state now = preview_state(s.preview, PUBLIC_VIEW);
    assert_false(now.good);
    assert_true(now.shown);
    assert_true(now.diags->errors);
    assert_true(small_get(&s, "schools/ash.html").old);
    assert_true(small_shows(&s, "schools/ash.html", "Ash"));
    small_put(&s, "schools/ash.yaml", SCHOOL("900001", "Ashdown"));
    now = preview_state(s.preview, PUBLIC_VIEW);
    assert_true(now.good);
    assert_int_equal(now.diags->errors, 0);
    assert_true(small_shows(&s, "schools/ash.html", "Ashdown"));
    assert_false(small_get(&s, "schools/ash.html").old);
    small_close(&s);
}

static void what_was_broken_from_the_start_is_shown_once_it_is_mended(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    small_put(&s, "content/framework.yaml", "facts: [");
    struct preview_state now = preview_state(s.preview, PUBLIC_VIEW);
    assert_false(now.good);
    assert_false(now.shown);
    assert_null(small_get(&s, "index.html").bytes.at);
    small_put(&s, "content/framework.yaml", "facts: {}\n");
    assert_true(small_shows(&s, "index.html", "Testing"));
    small_close(&s);
}

static void a_portal_without_its_first_files_is_an_error(void **state) {
    (void)state;
    static const char *const paths[] = {"portal.yaml", "content/framework.yaml", "content", "schools"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct small s;
        small_open(&s);
        assert_true(preview_state(s.preview, PUBLIC_VIEW).good);
        small_put(&s, paths[i], NULL);
        struct preview_state now = preview_state(s.preview, PUBLIC_VIEW);
        assert_true(now.shown);
        assert_int_equal(now.good, i == 3); /* a portal may have no schools yet */
        assert_int_equal(now.diags->errors > 0, i != 3);
        small_close(&s);
    }
}

static void a_portal_that_is_gone_is_an_error(void **state) {
    (void)state;
    struct preview *p = preview_new(&(struct preview_options){
        .path = "/nowhere/at/all", .as_of = DATE_NONE, .today = TODAY, .threads = THREADS});
    struct preview_state now = preview_state(p, PUBLIC_VIEW);
    assert_false(now.good);
    assert_int_equal(now.diags->machine, 1);
    preview_update(p, NULL, 0);
    assert_false(preview_check(p, 10));
    assert_false(preview_state(p, PUBLIC_VIEW).good);
    preview_release(p);
}

/* The page that cannot be rendered is shown as it last could be, all others as they are. */
static void a_page_that_cannot_be_rendered_is_shown_as_it_was(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    assert_true(small_shows(&s, "schools/ash.html", "Ash"));
    small_put(&s, "templates/school.mustache", "{{<layout}}{{$main}}{{school.nothing}}{{/main}}{{/layout}}");
    struct preview_file file = small_get(&s, "schools/ash.html");
    assert_true(file.old);
    assert_false(small_get(&s, "index.html").old);
    struct preview_state now = preview_state(s.preview, PUBLIC_VIEW);
    assert_true(now.good);
    assert_true(now.diags->errors);
    small_close(&s);
}

static void a_page_made_from_what_changed_is_checked_at_once_and_others_in_slices(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    preview_state(s.preview, PUBLIC_VIEW);
    small_put(&s, "content/about.md", "---\ntitle: About\n---\n\n[Here](#nowhere).\n");
    struct preview_state now = preview_state(s.preview, PUBLIC_VIEW);
    assert_false(now.checked);
    assert_int_equal(now.diags->errors, 1);
    assert_string_equal(diag_catalogue[now.diags->items[0].id].slug, "broken-fragment");
    size_t slices = 0;
    while (preview_check(s.preview, 3))
        slices++;
    assert_true(slices > 2);
    assert_true(preview_state(s.preview, PUBLIC_VIEW).checked);
    small_close(&s);
}

#define RULES(score)                                                                                   \
    "---\ntitle: Rules\n---\n\n## Visits\n\n<!-- decision: visits\noutputs: {visits: number}\n-->\n\n" \
    "| Score | Visits |\n|---|---|\n| below " score " | 6 |\n| *otherwise* | 2 |\n"

/* Not at once: the tests are run after every page was looked at. */
static void a_policy_test_that_an_edit_breaks_is_told_to_officers(void **state) {
    (void)state;
    const struct preview_view officers = {AUDIENCE_OFFICERS, DATE_NONE};
    struct small s;
    small_open(&s);
    portal_put(&s.portal, "content/framework.yaml",
               "facts: {school: {score: {label: Score, type: whole, range: 0 to 100}}}\n");
    portal_put(&s.portal, "content/policy/rules.md", RULES("40"));
    portal_put(&s.portal, "tests/policy/visits.yaml",
               "- {name: a low score, facts: {score: 30}, expect: {visits: 6}}\n"
               "- {name: a high score, facts: {score: 90}, expect: {visits: 2}}\n");
    preview_update(s.preview, NULL, 0);
    preview_state(s.preview, officers);
    while (preview_check(s.preview, 10))
        continue;
    assert_int_equal(preview_state(s.preview, officers).diags->errors, 0);
    small_put(&s, "content/policy/rules.md", RULES("20"));
    assert_int_equal(preview_state(s.preview, officers).diags->errors, 0);
    while (preview_check(s.preview, 10))
        continue;
    struct preview_state now = preview_state(s.preview, officers);
    assert_true(now.good && now.checked);
    assert_int_equal(now.diags->errors, 1);
    assert_string_equal(diag_catalogue[now.diags->items[0].id].slug, "policy-test");
    assert_int_equal(preview_state(s.preview, PUBLIC_VIEW).diags->errors, 0);
    small_put(&s, "content/policy/rules.md", RULES("40"));
    preview_state(s.preview, officers);
    while (preview_check(s.preview, 10))
        continue;
    assert_int_equal(preview_state(s.preview, officers).diags->errors, 0);
    small_close(&s);
}

static void views_are_kept_apart_and_forgotten_one_after_the_other(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    for (date day = TODAY; day > TODAY - 2 * PREVIEW_VIEWS_MAX; day--) {
        struct preview_state now = preview_state(s.preview, (struct preview_view){AUDIENCE_OFFICERS, day});
        assert_true(now.good);
        assert_int_equal(now.as_of, day);
    }
    assert_true(small_shows(&s, "schools/ash.html", "Ash"));
    small_put(&s, "schools/ash.yaml", SCHOOL("900001", "Ashdown"));
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        struct preview_file file;
        struct preview_view view = {(enum audience)a, DATE_NONE};
        assert_true(preview_get(s.preview, view, STR("schools/ash.html"), &s.arena, &file));
        assert_true(str_has(file.bytes, STR("Ashdown")));
        assert_int_equal(file.site->audience, a);
    }
    small_close(&s);
}

static void files_have_types_and_unknown_ones_are_not_there(void **state) {
    (void)state;
    static const char *const types[][2] = {{"index.html", "text/html; charset=utf-8"},
                                           {"assets/portal.css", "text/css; charset=utf-8"},
                                           {"sitemap.xml", "application/xml; charset=utf-8"},
                                           {"robots.txt", "text/plain; charset=utf-8"}};
    static const char *const missing[] = {"",         "/",       "index.htm", "INDEX.html", "../portal.yaml",
                                          "schools/", "officers"};
    struct small s;
    small_open(&s);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_true(str_eq(small_get(&s, types[i][0]).type, str_from(types[i][1])));
    for (size_t i = 0; i < sizeof(missing) / sizeof(missing[0]); i++)
        assert_null(small_get(&s, missing[i]).bytes.at);
    small_close(&s);
}

/* Only what a page of the view leads to is anybody's but officers'. */
static void an_attachment_is_there_once_a_page_leads_to_it(void **state) {
    (void)state;
    struct small s;
    small_open(&s);
    portal_put(&s.portal, "content/files/plan.pdf", "a plan");
    preview_update(s.preview, NULL, 0);
    assert_null(small_get(&s, "files/plan.pdf").bytes.at);
    small_put(&s, "content/about.md", "---\ntitle: About\n---\n\n[The plan](files/plan.pdf)\n");
    struct preview_file file = small_get(&s, "files/plan.pdf");
    assert_true(str_eq(file.bytes, STR("a plan")));
    assert_true(str_eq(file.type, STR("application/pdf")));
    small_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_is_what_a_clean_build_is_after_any_edits),
        cmocka_unit_test(and_so_it_is_of_another_portal),
        cmocka_unit_test(a_mistake_leaves_the_last_good_edition),
        cmocka_unit_test(what_was_broken_from_the_start_is_shown_once_it_is_mended),
        cmocka_unit_test(a_portal_without_its_first_files_is_an_error),
        cmocka_unit_test(a_portal_that_is_gone_is_an_error),
        cmocka_unit_test(a_page_that_cannot_be_rendered_is_shown_as_it_was),
        cmocka_unit_test(a_page_made_from_what_changed_is_checked_at_once_and_others_in_slices),
        cmocka_unit_test(a_policy_test_that_an_edit_breaks_is_told_to_officers),
        cmocka_unit_test(views_are_kept_apart_and_forgotten_one_after_the_other),
        cmocka_unit_test(files_have_types_and_unknown_ones_are_not_there),
        cmocka_unit_test(an_attachment_is_there_once_a_page_leads_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
