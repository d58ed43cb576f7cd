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
    static const char *const folders[] = {"content", "schools", "officers", "templates"};
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
        for (size_t j = 0; source && j < d->touched_count; j++)
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_is_what_a_clean_build_is_after_any_edits),
        cmocka_unit_test(and_so_it_is_of_another_portal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
