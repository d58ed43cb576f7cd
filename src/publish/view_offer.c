/* SPDX-License-Identifier: MIT */
/* view_offer.c: offers of support, each and all. */
#include "publish/view_page.h"

static const struct {
    const char *id, *tone, *text;
} levels[OFFER_LEVELS] = {
    {"universal", "open", "open to every school, whatever its circumstances"},
    {"targeted", "info", "agreed with a school for a need that both see"},
    {"intensive", "warn", "agreed with a school that needs the most help"},
};

size_t view_offer_level(const struct page *offer) {
    struct str id = part_field(&offer->front, "level");
    for (size_t i = 0; i < OFFER_LEVELS; i++)
        if (str_eq(id, str_from(levels[i].id)))
            return i;
    return 0;
}

static const struct choice *choices_of(const char *key) {
    return schema_find(schema_content[CONTENT_OFFER], str_from(key))->choices;
}

struct value view_level(const struct view *view, size_t i, bool text) {
    struct value_map m = part_map(view);
    map_text(&m, "id", str_from(levels[i].id));
    map_text(&m, "label", str_from(choice_find(choices_of("level"), str_from(levels[i].id))->label));
    map_text(&m, "tone", str_from(levels[i].tone));
    if (text)
        map_text(&m, "text", str_from(levels[i].text));
    return map_done(&m);
}

/* "Infant and primary"; `any` where it lists none. */
static struct str choices_text(const struct view *view, const struct page *offer, const char *key,
                               const char *any) {
    const struct value *list = value_at(&offer->front, key);
    if (!list || !list->count)
        return str_from(any);
    struct str *labels = arena_array(view->arena, struct str, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct choice *c = choice_find(choices_of(key), value_words(&list->items[i]));
        labels[i] = c ? str_from(c->label) : (struct str){0};
        if (i)
            labels[i] = part_lower_first(view, labels[i]);
    }
    return str_listed(view->arena, labels, list->count);
}

/* Ids with spaces between, for the filter. */
static struct str choice_ids(const struct view *view, const struct page *offer, const char *key) {
    const struct value *list = value_at(&offer->front, key);
    struct buf out = {.arena = view->arena};
    for (uint32_t i = 0; list && i < list->count; i++) {
        buf_add(&out, i ? STR(" ") : STR(""));
        buf_add(&out, value_words(&list->items[i]));
    }
    return out.len ? buf_str(&out) : STR("any");
}

struct value part_offer(const struct view *view, const struct page *offer) {
    struct value_map m = part_map(view);
    map_text(&m, "title", offer->title);
    map_text(&m, "href", part_href(view, offer->address));
    map_text(&m, "text", offer->summary);
    map_set(&m, "level", view_level(view, view_offer_level(offer), false));
    map_text(&m, "funding", part_field(&offer->front, "funding"));
    map_text(&m, "provider", part_field(&offer->front, "provider"));
    map_text(&m, "phases_text", choices_text(view, offer, "phases", "Any phase"));
    map_text(&m, "phase_ids", choice_ids(view, offer, "phases"));
    map_text(&m, "need_ids", choice_ids(view, offer, "need"));
    return map_done(&m);
}

static bool has_need(const struct page *offer, const char *id) {
    const struct value *list = value_at(&offer->front, "need");
    for (uint32_t i = 0; list && i < list->count; i++)
        if (str_eq(value_words(&list->items[i]), str_from(id)))
            return true;
    return false;
}

struct value view_offers(const struct view *view, struct page_words *words) {
    const struct pages *pages = &view->site->pages[CONTENT_OFFER];
    words->title = part_section(view, CONTENT_OFFER);
    words->description =
        STR("Offers of support for schools, by need, with level, phase, provider and price.");
    words->ld_json = value_null();
    struct value_list level_list = part_list_new(view), phases = part_list_new(view),
                      needs = part_list_new(view);
    for (size_t i = 0; i < OFFER_LEVELS; i++)
        list_add(&level_list, view_level(view, i, true));
    for (size_t i = 0; i < view->plan->phase_count; i++)
        list_add(&phases, part_choice(view, view->plan->phases[i].phase));
    for (const struct choice *need = choices_of("need"); need->id; need++) {
        struct value_list offers = part_list_new(view);
        for (size_t i = 0; i < pages->count; i++)
            if (has_need(pages->items[i], need->id))
                list_add(&offers, part_offer(view, pages->items[i]));
        if (!offers.count)
            continue;
        struct value_map n = part_map(view);
        map_text(&n, "id", str_slug(view->arena, str_from(need->id)));
        map_text(&n, "label", str_from(need->label));
        map_text(&n, "count", part_count(view, offers.count));
        map_text(&n, "count_text", part_count_of(view, offers.count, "offer", "offers"));
        map_set(&n, "offers", list_done(&offers));
        list_add(&needs, map_done(&n));
    }
    struct value_map m = part_map(view);
    map_text(&m, "lead", STR("What schools can ask for, who provides it, and what it costs."));
    map_set(&m, "intro_html", value_null());
    map_text(&m, "count_text", part_count_of(view, pages->count, "offer", "offers"));
    map_set(&m, "levels", list_done(&level_list));
    map_set(&m, "phases", list_done(&phases));
    map_set(&m, "needs", list_done(&needs));
    return map_done(&m);
}

/* ---- one offer ---- */

static struct value needs_of(const struct view *view, const struct page *offer) {
    struct value_list list = part_list_new(view);
    for (const struct choice *need = choices_of("need"); need->id; need++) {
        if (!has_need(offer, need->id))
            continue;
        struct value_map n = part_map(view);
        map_text(&n, "id", str_from(need->id));
        map_text(&n, "label", str_from(need->label));
        map_text(&n, "href",
                 str_join(view->arena, part_href(view, STR("offers/index.html")), STR("#"),
                          str_slug(view->arena, str_from(need->id))));
        list_add(&list, map_done(&n));
    }
    return list_done(&list);
}

static void prices(const struct view *view, struct value_map *m, const struct page *offer) {
    struct value_list list = part_list_new(view);
    const struct value *items = value_at(&offer->front, "prices");
    bool paid_by = false;
    for (uint32_t i = 0; items && i < items->count; i++) {
        struct value_map p = part_map(view);
        struct str by = part_field(&items->items[i], "paid_by");
        paid_by = paid_by || by.len;
        map_text(&p, "for", part_field(&items->items[i], "for"));
        map_text(&p, "price", part_field(&items->items[i], "price"));
        map_text(&p, "paid_by", by);
        list_add(&list, map_done(&p));
    }
    part_list(view, m, "prices", &list);
    map_bool(m, "shows_paid_by", paid_by);
}

static struct value policy_link(const struct view *view, const struct page *offer) {
    struct str to = part_field(&offer->front, "policy");
    if (!to.len)
        return value_null();
    struct target t = site_target(view->site, view->arena, (struct str){0}, to);
    if (!t.page || !t.page->visible)
        return value_null();
    struct str title = t.page->title;
    const struct markdown *body = bodies_of(view->bodies, t.page);
    for (size_t i = 0; t.fragment.len && i < body->heading_count; i++)
        if (str_eq(body->headings[i].id, t.fragment))
            title = str_join(view->arena, t.page->title, STR(": "),
                             part_lower_first(view, body->headings[i].text));
    struct str fragment = t.fragment.len ? str_join(view->arena, STR("#"), t.fragment) : (struct str){0};
    return part_link(view, title, str_join(view->arena, t.address, fragment));
}

static struct value provider(const struct view *view, const struct page *offer) {
    const struct page *body = site_page(view->site, CONTENT_BODY, part_field(&offer->front, "body"));
    struct value_map m = part_map(view);
    map_text(&m, "title", part_field(&offer->front, "provider"));
    map_text(&m, "href", body ? part_href(view, body->address) : (struct str){0});
    return map_done(&m);
}

static void related(const struct view *view, struct value_map *m, const struct page *offer) {
    struct value_list list = part_list_new(view);
    const struct value *items = value_at(&offer->front, "related");
    for (uint32_t i = 0; items && i < items->count; i++) {
        const struct page *other = site_page(view->site, CONTENT_OFFER, value_words(&items->items[i]));
        if (other)
            list_add(&list, part_page_link(view, other));
    }
    part_list(view, m, "related", &list);
}

struct value view_offer(const struct view *view, struct page_words *words) {
    const struct page *o = view->output->page;
    words->title = o->title;
    words->description = o->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_OFFER));
    struct value_map m = part_map(view);
    map_text(&m, "title", o->title);
    map_text(&m, "lead", o->summary);
    map_set(&m, "needs", needs_of(view, o));
    map_set(&m, "level", view_level(view, view_offer_level(o), true));
    map_text(&m, "funding", part_field(&o->front, "funding"));
    map_text(&m, "phases_text", choices_text(view, o, "phases", "Any phase"));
    map_text(&m, "types_text", choices_text(view, o, "types", "Any type of school"));
    map_text(&m, "condition", part_field(&o->front, "condition"));
    map_text(&m, "duration", part_field(&o->front, "duration"));
    map_set(&m, "policy", policy_link(view, o));
    prices(view, &m, o);
    map_text(&m, "booking", part_field(&o->front, "booking"));
    const struct value *contacts = value_at(&o->front, "contacts");
    map_set(&m, "book_email",
            part_email(view, contacts && contacts->count ? part_field(&contacts->items[0], "email")
                                                         : (struct str){0}));
    map_set(&m, "provider", provider(view, o));
    related(view, &m, o);
    view_entitled(view, &m, o);
    part_group_keys(view, &m, o);
    return map_done(&m);
}
