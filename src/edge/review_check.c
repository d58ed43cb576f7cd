/* SPDX-License-Identifier: MIT */
/* review_check.c: the pages of two revisions, rendered and checked where they can differ. */
#include "edge/review_check.h"

#include "base/pool.h"
#include "publish/edition.h"
#include "text/source.h"

/* ---- what differs ---- */

static bool same_text(const struct source *a, const struct source *b) {
    return a == b || (a && b && str_eq(a->text, b->text));
}

static bool same_school(const struct school *a, const struct school *b) {
    return a && b && same_text(a->source, b->source) && same_text(a->overlay, b->overlay);
}

/* What cannot be read is not the same: rendering says why. */
static bool same_file(const struct site *a, const struct site *b, const char *path, struct arena *scratch) {
    struct str x, y;
    return file_read(scratch, &a->folder, path, SOURCE_SIZE_MAX, &x) &&
           file_read(scratch, &b->folder, path, SOURCE_SIZE_MAX, &y) && str_eq(x, y);
}

static bool same_folder(const struct site *a, const struct site *b, const char *path, struct arena *scratch) {
    struct entries x, y;
    if (!folder_list(scratch, &a->folder, path, &x) || !folder_list(scratch, &b->folder, path, &y) ||
        x.count != y.count)
        return false;
    for (size_t i = 0; i < x.count; i++)
        if (!str_eq(x.items[i].path, y.items[i].path) || x.items[i].kind != y.items[i].kind ||
            (x.items[i].kind != ENTRY_FOLDER && !same_file(a, b, str_z(scratch, x.items[i].path), scratch)))
            return false;
    return true;
}

/* Whether something differs that is in every page. */
static bool differ_everywhere(const struct site *a, const struct site *b) {
    struct arena scratch = {0};
    bool same = same_text(a->portal_source, b->portal_source) &&
                same_file(a, b, "content/framework.yaml", &scratch) &&
                same_folder(a, b, "templates", &scratch);
    arena_release(&scratch);
    return !same;
}

/* ---- one side ---- */

struct check_side {
    const struct site *site, *other;
    struct arena arena;
    struct edition *edition;
    size_t *pages; /* those to render */
    size_t count;
    struct diags *diags;
};

/* As many as there are schools, or nearly: lists of them, and what officers have of each. */
static const bool grows[TEMPLATE_COUNT] = {
    [TEMPLATE_DIRECTORY] = true, [TEMPLATE_CASELOAD] = true,  [TEMPLATE_FINDINGS] = true,
    [TEMPLATE_GROUPS] = true,    [TEMPLATE_GROUP] = true,     [TEMPLATE_AGENDA] = true,
    [TEMPLATE_LETTERS] = true,   [TEMPLATE_UNCOVERED] = true,
};

/* Markdown may lead to a place on a page, which is there in one revision and not in the other. */
static bool leads_to_places(struct str markdown) {
    return str_has(markdown, STR("](")) && str_has(markdown, STR("#"));
}

static bool is_school_wanted(const struct check_side *side, const struct plan_page *page) {
    const struct school *school = page->school;
    if (!same_school(school, map_get(&side->other->school_by_slug, school->slug)))
        return true;
    return page->kind == TEMPLATE_SCHOOL &&
           leads_to_places(value_words(value_at(&school->record, "profile")));
}

/* Partnerships, people and the like are as many as there are schools to have them; what a policy page says is linked to
 * from anywhere. */
static bool is_content_wanted(const struct check_side *side, const struct page *page) {
    const struct page *other = map_get(&side->other->page_by_path, page->source->path);
    return page->kind == CONTENT_PAGE || page->kind == CONTENT_POLICY || !other ||
           !same_text(page->source, other->source) ||
           leads_to_places(str_sub(page->source->text, page->body, page->source->text.len));
}

static bool is_wanted(const struct check_side *side, const struct plan_page *page) {
    if (page->school)
        return is_school_wanted(side, page);
    return page->page ? is_content_wanted(side, page->page) : !grows[page->kind];
}

/* Proposals of partnerships take longer to find than all else, and hold no link that an author wrote. */
static void choose_pages(struct check_side *side, bool all) {
    size_t count = edition_count(side->edition, EDITION_PAGE);
    side->pages = arena_array(&side->arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        if (edition_page(side->edition, i)->kind != TEMPLATE_PROPOSALS &&
            (all || is_wanted(side, edition_page(side->edition, i))))
            side->pages[side->count++] = i;
}

static void render(void *context, size_t task, size_t worker) {
    struct check_side *side = context;
    struct edition_file file = edition_file(side->edition, EDITION_PAGE, side->pages[task]);
    struct str bytes;
    edition_render(side->edition, &file, worker, &bytes, side->diags);
}

static void side_open(struct check_side *side, size_t threads) {
    struct edition_options options = {.threads = threads};
    side->edition = edition_new(&side->arena, side->site, &options, side->diags);
}

/* A file is there for whom a page leads to it. Where not all pages were rendered, the head is given the benefit of the
 * doubt: a file that a page of the base leads to is not lost because nobody looked. */
static void side_check(struct check_side *side, bool is_head, bool all, size_t threads, struct arena *arena,
                       struct review_checked *out) {
    choose_pages(side, all);
    pool_run(threads, side->count, render, side);
    edition_report(side->edition, side->diags);
    size_t page_count = edition_count(side->edition, EDITION_PAGE), count = 0;
    size_t file_count = edition_count(side->edition, EDITION_ATTACHMENT);
    struct str *addresses = arena_array(arena, struct str, page_count + file_count);
    for (size_t i = 0; i < page_count; i++)
        addresses[count++] = str_copy(arena, edition_page(side->edition, i)->address);
    for (size_t i = 0; i < file_count; i++)
        if (edition_attaches(side->edition, i) || (is_head && side->count < page_count))
            addresses[count++] = str_copy(arena, edition_file(side->edition, EDITION_ATTACHMENT, i).address);
    out->addresses = addresses;
    out->address_count = count;
}

static void side_close(struct check_side *side) {
    diags_sort(side->diags);
    if (side->edition)
        edition_release(side->edition);
    arena_release(&side->arena);
}

void review_check(const struct site *base, const struct site *head, size_t threads, struct arena *arena,
                  struct review_checked *base_out, struct review_checked *head_out) {
    struct check_side old = {.site = base, .other = head, .diags = base_out->diags};
    struct check_side new = {.site = head, .other = base, .diags = head_out->diags};
    side_open(&old, threads);
    side_open(&new, threads);
    if (old.edition && new.edition) {
        bool all = differ_everywhere(base, head);
        side_check(&old, false, all, threads, arena, base_out);
        side_check(&new, true, all, threads, arena, head_out);
    }
    side_close(&old);
    side_close(&new);
}
