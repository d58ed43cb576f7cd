/* SPDX-License-Identifier: MIT */
/* content.c: from a Markdown file's bytes to a page with checked front matter. */
#include "portal/content.h"

#include "portal/partnership.h"
#include "text/yaml.h"

/* "content/policy/principles.md" is of the kind whose folder is "policy"; CONTENT_COUNT where there is none. */
static enum content_kind kind_of(struct str folder) {
    for (int k = 0; k < CONTENT_COUNT; k++)
        if (str_eq(folder, content_folder((enum content_kind)k)))
            return (enum content_kind)k;
    return CONTENT_COUNT;
}

static bool check_file_name(const struct schema_check *check, const struct source *source, struct str slug) {
    if (str_is_slug(slug))
        return true;
    diag(check->diags, DIAG_FILE_NAME, place_file(source), slug, str_slug(check->diags->arena, slug));
    return false;
}

static bool is_hyphens(struct str line) {
    return str_eq(line, STR("---")) || str_eq(line, STR("---\r"));
}

/* Finds the front matter: [*from, *to) is its YAML, the Markdown begins at *body. */
static bool find_front(struct str text, size_t *from, size_t *to, size_t *body) {
    size_t line_end = str_find(text, '\n', 0);
    if (!is_hyphens(str_sub(text, 0, line_end)))
        return false;
    *from = line_end + 1;
    for (size_t at = *from; at < text.len;) {
        size_t end = str_find(text, '\n', at);
        if (is_hyphens(str_sub(text, at, end))) {
            *to = at;
            *body = end < text.len ? end + 1 : text.len;
            return true;
        }
        at = end + 1;
    }
    return false;
}

static struct page *page_new(const struct schema_check *check, const struct source *source,
                             enum content_kind kind, struct str slug) {
    struct page *page = arena_new(check->arena, struct page);
    struct str folder = content_folder(kind);
    page->kind = kind;
    page->slug = slug;
    page->source = source;
    page->audience = AUDIENCE_PUBLIC;
    page->address = str_join(check->arena, folder, folder.len ? STR("/") : STR(""), slug, STR(".html"));
    return page;
}

/* A partnership that is not formed yet was talked about in confidence. */
static void check_partnership(const struct schema_check *check, const struct page *page) {
    const struct value *state = value_at(&page->front, "state");
    enum partnership_stage stage = partnership_stage(page);
    bool worked = stage == PARTNERSHIP_FORMED || stage == PARTNERSHIP_DISSOLVED;
    if (page->kind == CONTENT_PARTNERSHIP && state && !worked && page->audience != AUDIENCE_OFFICERS)
        diag(check->diags, DIAG_PARTNERSHIP_STATE, value_place(state), value_words(state));
}

/* A board whose seats are listed has as many members. */
static void check_seats(const struct schema_check *check, const struct page *page) {
    const struct value *members = value_at(&page->front, "members"), *seats = value_at(&page->front, "seats");
    long stated = value_whole(members);
    if (members && seats && seats->kind == VALUE_LIST && stated >= 0 && stated != (long)seats->count)
        diag(check->diags, DIAG_SEATS_COUNT, value_place(members), str_whole(check->diags->arena, stated),
             str_whole(check->diags->arena, seats->count));
}

struct page *content_read(const struct schema_check *check, const struct source *source) {
    struct str path = str_sub(source->path, 8, source->path.len); /* after "content/" */
    size_t slash = path.len;
    for (size_t i = 0; i < path.len; i++)
        if (path.at[i] == '/')
            slash = i;
    struct str folder = slash < path.len ? str_sub(path, 0, slash) : (struct str){0};
    struct str name = slash < path.len ? str_sub(path, slash + 1, path.len) : path;
    struct str slug = str_sub(name, 0, name.len - 3);
    enum content_kind kind = kind_of(folder);
    if (kind == CONTENT_COUNT) {
        struct str names[CONTENT_COUNT];
        for (int k = 0; k < CONTENT_COUNT; k++)
            names[k] = content_folder((enum content_kind)k);
        diag(check->diags, DIAG_FOLDER_UNKNOWN, place_file(source), folder,
             str_nearest(folder, names, CONTENT_COUNT));
        return NULL;
    }
    if (!check_file_name(check, source, slug))
        return NULL;
    struct page *page = page_new(check, source, kind, slug);
    size_t from, to;
    if (!find_front(source->text, &from, &to, &page->body)) {
        bool empty = !str_trim(source->text).len;
        struct str noun = content_noun(kind);
        diag(check->diags, empty ? DIAG_PAGE_EMPTY : DIAG_FRONT_MATTER, place_file(source),
             empty ? noun_phrase(check->diags->arena, noun) : noun);
        return NULL;
    }
    if (!yaml_read(check->arena, source, from, to, check->diags, &page->front))
        return NULL;
    if (page->front.kind == VALUE_NULL) /* what is missing in it says more than that it is empty */
        page->front.kind = VALUE_MAP;
    schema_check(check, &page->front, schema_content[kind]);
    struct str audience = value_words(value_at(&page->front, "audience"));
    if (audience.len)
        audience_parse(audience, &page->audience);
    check_partnership(check, page);
    check_seats(check, page);
    return page;
}
