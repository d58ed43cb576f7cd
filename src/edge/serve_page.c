/* SPDX-License-Identifier: MIT */
/* serve_page.c: the bar and the panel, as data for their templates, and where they go. */
#include "edge/serve_page.h"

#include <assert.h>

#include "edge/serve_address.h"
#include "text/mustache.h"

/* More errors than these are one mistake that shows everywhere, or a job for `check`. */
#define ERRORS_SHOWN 30

struct serve_pages {
    struct mustache_set templates;
    struct diags diags;
    const struct mustache *head, *bar, *alone;
};

/* ---- own files ---- */

bool serve_own_file(struct str name, struct str *bytes, struct str *type) {
    static const char *const types[][2] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
    };
    for (const struct theme_file *f = serve_files; f->path; f++)
        for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
            if (str_eq(name, str_from(f->path)) && str_ends(name, str_from(types[i][0]))) {
                *bytes = (struct str){(const char *)f->bytes, f->size};
                *type = str_from(types[i][1]);
                return true;
            }
    return false;
}

static const struct source *find_template(void *context, struct str name) {
    struct serve_pages *pages = context;
    struct arena *arena = pages->templates.arena;
    struct str path = str_join(arena, name, STR(".mustache"));
    for (const struct theme_file *f = serve_files; f->path; f++)
        if (str_eq(path, str_from(f->path))) {
            struct source *source = arena_new(arena, struct source);
            *source = (struct source){path, {(const char *)f->bytes, f->size}};
            return source;
        }
    return NULL;
}

struct serve_pages *serve_pages_new(struct arena *arena) {
    struct serve_pages *pages = arena_new(arena, struct serve_pages);
    pages->diags.arena = arena;
    pages->templates = (struct mustache_set){
        .arena = arena, .loader = {.find = find_template, .context = pages}, .diags = &pages->diags};
    pages->head = mustache_compile(&pages->templates, STR("head"));
    pages->bar = mustache_compile(&pages->templates, STR("bar"));
    pages->alone = mustache_compile(&pages->templates, STR("alone"));
    assert(!pages->diags.count); /* ours, and tested */
    return pages;
}

/* ---- data ---- */

static struct value audiences_value(const struct serve_page *page, struct arena *arena) {
    static const struct {
        enum audience audience;
        const char *name;
    } all[] = {{AUDIENCE_PUBLIC, "Public"}, {AUDIENCE_SCHOOLS, "Schools"}, {AUDIENCE_OFFICERS, "Officers"}};
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct value_map m = {.arena = arena};
        struct preview_view view = {all[i].audience, page->view.as_of};
        map_text(&m, "name", str_from(all[i].name));
        map_text(&m, "href", serve_path(arena, view, page->address));
        map_bool(&m, "current", all[i].audience == page->view.audience);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static struct value finding_value(const struct diag *d, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct buf excerpt = {.arena = arena};
    struct str path = d->at.source ? d->at.source->path : (struct str){0};
    diag_excerpt(&excerpt, d->at);
    map_text(&m, "path", path);
    map_set(&m, "line", d->position.line ? value_number(str_whole(arena, d->position.line)) : value_null());
    map_set(&m, "column", value_number(str_whole(arena, d->position.column)));
    map_text(&m, "text", str_capital(arena, d->text));
    map_text(&m, "slug", str_from(diag_catalogue[d->id].slug));
    map_text(&m, "excerpt", buf_str(&excerpt));
    map_text(&m, "hint", str_capital(arena, d->hint));
    map_text(&m, "note", str_capital(arena, d->note));
    return map_done(&m);
}

static enum diag_level level_of(const struct diag *d) {
    return diag_catalogue[d->id].level;
}

/* The errors, or the warnings; null where there are none. */
static struct value findings_value(const struct diags *diags, bool errors, struct arena *arena) {
    size_t count = errors ? diags->errors : diags_warnings(diags), shown = 0;
    struct value_list list = {.arena = arena};
    struct value_map m = {.arena = arena};
    for (size_t i = 0; i < diags->count && shown < ERRORS_SHOWN; i++)
        if (level_of(&diags->items[i]) != DIAG_NOTE && (level_of(&diags->items[i]) >= DIAG_ERROR) == errors) {
            list_add(&list, finding_value(&diags->items[i], arena));
            shown++;
        }
    if (!count)
        return value_null();
    map_text(&m, "count",
             errors ? str_counted(arena, count, "error", "errors")
                    : str_counted(arena, count, "warning", "warnings"));
    map_set(&m, "items", list_done(&list));
    map_text(&m, "more", count > shown ? str_grouped(arena, (long long)(count - shown)) : (struct str){0});
    return map_done(&m);
}

static struct value tables_value(const struct serve_page *page, struct str as_of, struct arena *arena) {
    struct value_map m = {.arena = arena}, figures = {.arena = arena};
    if (!page->tables.len)
        return value_null();
    if (page->figures) {
        map_text(&figures, "as_of", as_of);
        map_set(&figures, "tables", *page->figures);
    }
    map_text(&m, "href", page->tables);
    map_set(&m, "figures", page->figures ? map_done(&figures) : value_null());
    return map_done(&m);
}

static struct value page_value(const struct serve_page *page, struct str title, struct str text,
                               struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct preview_view own = {page->view.audience, DATE_NONE};
    const struct preview_state *state = page->state;
    bool dated = state->as_of != DATE_NONE;
    struct str as_of = dated ? date_long(arena, state->as_of) : (struct str){0};
    map_text(&m, "title", title);
    map_text(&m, "text", text);
    map_text(&m, "seen", page->seen);
    map_text(&m, "as_of", as_of);
    map_text(&m, "as_of_iso", dated ? date_iso(arena, state->as_of) : (struct str){0});
    map_text(&m, "own_day",
             page->view.as_of != DATE_NONE ? serve_path(arena, own, page->address) : (struct str){0});
    map_set(&m, "audiences", audiences_value(page, arena));
    map_set(&m, "errors", findings_value(state->diags, true, arena));
    map_set(&m, "warnings", findings_value(state->diags, false, arena));
    map_bool(&m, "old", page->file && page->file->old);
    map_set(&m, "tables", tables_value(page, as_of, arena));
    return map_done(&m);
}

static void render(const struct serve_pages *pages, const struct mustache *template, const struct value *data,
                   struct buf *out) {
    struct arena frame = {0};
    struct diags diags = {.arena = &frame};
    bool ok = mustache_render(&pages->templates, template, data, &frame, out, &diags, (struct str){0});
    assert(ok); /* ours, and tested */
    (void)ok;
    arena_release(&frame);
}

/* ---- places ---- */

/* Where a tag begins that `start` begins ("<body"), from `from` on; html.len where there is none. */
static size_t find_tag(struct str html, struct str start, size_t from) {
    for (size_t at = str_find(html, '<', from); at < html.len; at = str_find(html, '<', at + 1)) {
        struct str rest = str_sub(html, at, html.len);
        char next = rest.len > start.len ? rest.at[start.len] : '\0';
        if (str_starts(rest, start) && (next == '>' || next == ' ' || next == '\n' || next == '/'))
            return at;
    }
    return html.len;
}

struct serve_places serve_places(struct str html) {
    struct serve_places none = {0}, places = {.found = true};
    places.head = find_tag(html, STR("</head"), 0);
    size_t body = find_tag(html, STR("<body"), places.head), end = str_find(html, '>', body);
    if (end >= html.len)
        return none;
    places.body = end + 1;
    size_t at = places.body;
    while (at < html.len && (html.at[at] == ' ' || html.at[at] == '\n'))
        at++;
    struct str rest = str_sub(html, at, html.len);
    struct str tag = str_sub(rest, 0, str_find(rest, '>', 0));
    size_t close = find_tag(rest, STR("</a"), 0);
    if (str_starts(tag, STR("<a ")) && str_has(tag, STR(" href=\"#")) && close < rest.len)
        places.body = at + close + STR("</a>").len;
    places.body += places.body < html.len && html.at[places.body] == '\n'; /* lines stay lines */
    return places;
}

struct str serve_reroot(struct arena *arena, struct str html, struct str root, struct str way) {
    static const char *const names[] = {" href=\"", " src=\"", " action=\""};
    struct buf out = {.arena = arena};
    for (size_t at = 0; at < html.len;) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && html.at[at] == ' '; i++) {
            struct str name = str_from(names[i]), rest = str_sub(html, at, html.len);
            struct str value = str_starts(rest, name) ? str_sub(rest, name.len, rest.len) : (struct str){0};
            if (value.len && str_starts(value, root)) {
                buf_add(&out, name);
                buf_add(&out, way);
                skip = name.len + root.len;
            }
        }
        if (!skip)
            buf_byte(&out, html.at[at]);
        at += skip ? skip : 1;
    }
    return buf_str(&out);
}

/* ---- pages ---- */

void serve_page(const struct serve_pages *pages, const struct serve_page *page, struct arena *arena,
                struct buf *out) {
    struct str html = page->file->bytes;
    struct serve_places places = serve_places(html);
    if (!places.found) {
        buf_add(out, html);
        return;
    }
    struct value data = page_value(page, (struct str){0}, (struct str){0}, arena);
    buf_reserve(out, html.len + 8192);
    buf_add(out, str_sub(html, 0, places.head));
    render(pages, pages->head, &data, out);
    buf_add(out, str_sub(html, places.head, places.body));
    render(pages, pages->bar, &data, out);
    buf_add(out, str_sub(html, places.body, html.len));
}

void serve_page_alone(const struct serve_pages *pages, const struct serve_page *page, struct str title,
                      struct str text, struct arena *arena, struct buf *out) {
    struct value data = page_value(page, title, text, arena);
    render(pages, pages->alone, &data, out);
}
