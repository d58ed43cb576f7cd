/* SPDX-License-Identifier: MIT */
/* index.c: robots.txt and sitemap.xml. */
#include "publish/index.h"

#include "portal/chronicle.h"
#include "text/html.h"

/* The protocol's limit for one file (sitemaps.org); longer lists are parted and an index lists the parts. */
#define SITEMAP_URLS_MAX 50000

static struct str base_of(const struct plan *plan, struct arena *arena) {
    struct str base = value_words(value_at(&plan->site->portal, "base"));
    return str_ends(base, STR("/")) ? base : str_join(arena, base, STR("/"));
}

static void add(struct index_files *files, struct arena *arena, struct str address, struct str bytes) {
    files->items = arena_grow(arena, files->items, files->count * sizeof(struct index_file),
                              (files->count + 1) * sizeof(struct index_file), alignof(struct index_file));
    files->items[files->count++] = (struct index_file){address, bytes};
}

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
static const char names[] = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/* `changed` may be DATE_NONE. */
static void add_url(struct buf *out, const char *element, struct str base, struct str address, date changed) {
    buf_printf(out, "<%s><loc>", element);
    html_escape(out, base);
    html_escape(out, str_eq(address, STR("index.html")) ? STR("") : address);
    buf_lit(out, "</loc>");
    if (changed != DATE_NONE) {
        buf_lit(out, "<lastmod>");
        buf_add(out, date_iso(out->arena, changed));
        buf_lit(out, "</lastmod>");
    }
    buf_printf(out, "</%s>\n", element);
}

/* The day on which the text of a page of content last changed, as the page itself says it. What else is on it follows the
 * records, of which no day is told. */
static date changed_on(const struct plan_page *o) {
    bool told = o->page && o->kind != TEMPLATE_HISTORY && o->page->history;
    return told ? o->page->history->changed : DATE_NONE;
}

static bool is_listed(const struct plan_page *o) {
    return o->kind != TEMPLATE_REDIRECT && o->kind != TEMPLATE_NOT_FOUND;
}

/* The part that begins at output *at, and moves it on. */
static struct str sitemap_part(const struct plan *plan, struct arena *arena, struct str base, size_t *at) {
    struct buf out = {.arena = arena};
    size_t urls = 0;
    buf_printf(&out, "%s<urlset %s>\n", head, names);
    for (; *at < plan->count && urls < SITEMAP_URLS_MAX; ++*at) {
        if (!is_listed(&plan->outputs[*at]))
            continue;
        add_url(&out, "url", base, plan->outputs[*at].address, changed_on(&plan->outputs[*at]));
        urls++;
    }
    buf_lit(&out, "</urlset>\n");
    return buf_str(&out);
}

static void sitemap(struct index_files *files, struct arena *arena, const struct plan *plan,
                    struct str base) {
    size_t at = 0, urls = 0;
    for (size_t i = 0; i < plan->count; i++)
        urls += is_listed(&plan->outputs[i]);
    if (urls <= SITEMAP_URLS_MAX) {
        add(files, arena, STR("sitemap.xml"), sitemap_part(plan, arena, base, &at));
        return;
    }
    struct buf out = {.arena = arena};
    buf_printf(&out, "%s<sitemapindex %s>\n", head, names);
    for (long long part = 1; at < plan->count; part++) {
        struct str address = str_join(arena, STR("sitemap-"), str_whole(arena, part), STR(".xml"));
        add(files, arena, address, sitemap_part(plan, arena, base, &at));
        add_url(&out, "sitemap", base, address, DATE_NONE);
    }
    buf_lit(&out, "</sitemapindex>\n");
    add(files, arena, STR("sitemap.xml"), buf_str(&out));
}

void index_make(struct index_files *files, struct arena *arena, const struct plan *plan) {
    *files = (struct index_files){0};
    if (plan->site->audience != AUDIENCE_PUBLIC) {
        add(files, arena, STR("robots.txt"), STR("User-agent: *\nDisallow: /\n"));
        return;
    }
    struct str base = base_of(plan, arena);
    bool hidden = value_yes(value_at(&plan->site->portal, "noindex"));
    struct str rules = hidden ? STR("User-agent: *\nDisallow: /\n") : STR("User-agent: *\nAllow: /\n");
    add(files, arena, STR("robots.txt"),
        str_join(arena, rules, STR("Sitemap: "), base, STR("sitemap.xml\n")));
    sitemap(files, arena, plan, base);
}
