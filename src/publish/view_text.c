/* SPDX-License-Identifier: MIT */
/* view_text.c: the strategy's parts, and plain pages. */
#include "portal/stale.h"
#include "publish/view_page.h"

/* Plain pages have a contents list from this many headings on; a part of the strategy always has one. */
#define CONTENTS_MIN 4

static void contents(const struct view *view, struct value_map *m, const struct page *page, uint32_t least) {
    struct value_list list = part_list_new(view);
    const struct markdown *body = bodies_of(view->bodies, page);
    for (size_t i = 0; i < body->heading_count; i++) {
        if (body->headings[i].level != 2)
            continue;
        struct value_map h = part_map(view);
        map_text(&h, "id", body->headings[i].id);
        map_text(&h, "title", body->headings[i].text);
        list_add(&list, map_done(&h));
    }
    if (list.count < least)
        list.count = 0;
    part_list(view, m, "contents", &list);
}

static struct str kicker(const struct view *view, struct str part) {
    return part.len ? str_join(view->arena, part_section(view, CONTENT_POLICY), STR(", part "), part)
                    : (struct str){0};
}

struct value view_policy(const struct view *view, struct page_words *words) {
    const struct page *p = view->output->page;
    const struct pages *parts = &view->site->pages[CONTENT_POLICY];
    words->title = p->title;
    words->description = p->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_POLICY));
    struct str part = part_field(&p->front, "part");
    struct value_map m = part_map(view);
    map_text(&m, "title", p->title);
    map_text(&m, "part", part);
    map_text(&m, "lead", p->summary);
    map_text(&m, "kicker", kicker(view, part));
    map_set(&m, "body_html", part_body_html(view, p));
    contents(view, &m, p, 1);
    map_set(&m, "previous", p->index ? part_page_link(view, parts->items[p->index - 1]) : value_null());
    map_set(&m, "next",
            p->index + 1 < parts->count ? part_page_link(view, parts->items[p->index + 1]) : value_null());
    map_set(&m, "meta", part_meta(view, p));
    return map_done(&m);
}

struct value view_policies(const struct view *view, struct page_words *words) {
    const struct pages *parts = &view->site->pages[CONTENT_POLICY];
    words->title = part_section(view, CONTENT_POLICY);
    words->description = str_join(view->arena, words->title, STR(" of "),
                                  part_field(&view->site->portal, "title"), STR(", part by part."));
    words->ld_json = value_null();
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < parts->count; i++) {
        struct value_map v = part_map(view);
        map_text(&v, "part", part_field(&parts->items[i]->front, "part"));
        map_text(&v, "title", parts->items[i]->title);
        map_text(&v, "href", part_href(view, parts->items[i]->address));
        map_text(&v, "text", parts->items[i]->summary);
        map_set(&v, "reviewed", part_date(view, stale_reviewed(view->site, parts->items[i])));
        list_add(&list, map_done(&v));
    }
    struct value_map m = part_map(view);
    map_text(&m, "lead", STR("Each paragraph has a number and an address that can be cited."));
    map_set(&m, "intro_html", value_null());
    map_set(&m, "parts", list_done(&list));
    map_set(&m, "definitions", part_definitions(view));
    return map_done(&m);
}

struct value view_plain(const struct view *view, struct page_words *words) {
    const struct page *p = view->output->page;
    words->title = p->title;
    words->description = p->summary;
    words->ld_json = value_null();
    struct value_map m = part_map(view);
    map_text(&m, "title", p->title);
    map_text(&m, "lead", p->summary);
    map_set(&m, "body_html", part_body_html(view, p));
    contents(view, &m, p, CONTENTS_MIN);
    map_set(&m, "meta", part_meta(view, p));
    return map_done(&m);
}
