/* SPDX-License-Identifier: MIT */
/* view_home.c: the home page. */
#include <stdlib.h>

#include "portal/coverage.h"
#include "portal/partnership.h"
#include "publish/view_page.h"

#define ROUTES_MAX 4
#define NEWS_MAX 6
/* More partnerships than this are listed on their own index only. */
#define PARTNERSHIPS_MAX 12

static const char *const small_numbers[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                            "seven", "eight", "nine", "ten",   "eleven", "twelve"};

static struct value figure(const struct view *view, struct str value, const char *unit, struct str text,
                           struct str href) {
    struct value_map m = part_map(view);
    map_text(&m, "value", value);
    map_text(&m, "unit", str_from(unit));
    map_text(&m, "text", text);
    map_text(&m, "href", href);
    return map_done(&m);
}

static struct value find(const struct view *view) {
    struct str all =
        str_join(view->arena, STR("all "), part_count_of(view, view->plan->all.count, "school", "schools"),
                 STR(", A to Z"));
    struct value_map m = part_map(view);
    map_text(&m, "action", part_href(view, STR("schools/index.html")));
    map_set(&m, "all", part_link(view, all, STR("schools/index.html")));
    return map_done(&m);
}

static struct value routes(const struct view *view) {
    struct value_list list = part_list_new(view);
    const struct value *items = value_at(&view->site->portal, "home.routes");
    for (uint32_t i = 0; items && i < items->count && i < ROUTES_MAX; i++) {
        struct target t =
            site_target(view->site, view->arena, (struct str){0}, part_field(&items->items[i], "to"));
        if (!site_shows(view->site, &t))
            continue;
        struct str fragment = t.fragment.len ? str_join(view->arena, STR("#"), t.fragment) : (struct str){0};
        struct value_map m = part_map(view);
        map_text(&m, "title", part_field(&items->items[i], "title"));
        map_text(&m, "text", part_field(&items->items[i], "text"));
        map_text(&m, "href", str_join(view->arena, part_href(view, t.address), fragment));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- figures ---- */

/* The day of the latest census of any school. */
static date latest_census(const struct site *site) {
    date latest = DATE_NONE;
    for (size_t i = 0; i < site->school_count; i++) {
        const struct value *list = value_at(&site->schools[i]->record, "pupils");
        for (uint32_t j = 0; list && j < list->count; j++) {
            date on = value_date(value_at(&list->items[j], "on"));
            latest = on <= site->as_of && on > latest ? on : latest;
        }
    }
    return latest;
}

/* As the page of coverage counts, which knows what counts. */
static struct value covered_figure(const struct view *view) {
    const struct coverage_row *all = &view->plan->coverage->all;
    return figure(
        view, part_count(view, part_percent(all->covered.schools, all->all.schools)), "%",
        str_join(view->arena, STR("of schools are in a partnership that counts: "), view_coverage_text(view)),
        part_href(view, STR(COVERAGE_ADDRESS)));
}

static void figures(const struct view *view, struct value_map *m) {
    const struct site *site = view->site;
    struct value_list list = part_list_new(view);
    size_t schools = 0, placed = 0, geographic = 0;
    for (size_t i = 0; i < view->plan->all.count; i++) {
        const struct school *s = view->plan->all.schools[i];
        schools += school_is_open(s);
        placed += school_is_open(s) && s->partnership;
    }
    for (size_t i = 0; i < site->pages[CONTENT_CLUSTER].count; i++)
        geographic +=
            str_eq(part_field(&site->pages[CONTENT_CLUSTER].items[i]->front, "kind"), STR("geographic"));
    struct str where =
        geographic ? str_join(view->arena, STR(", in "), part_count_of(view, geographic, "area", "areas"))
                   : (struct str){0};
    list_add(&list, figure(view, part_count(view, schools), NULL,
                           str_join(view->arena, STR("open schools, from nursery to sixth form"), where),
                           (struct str){0}));
    if (view->plan->coverage && view->plan->coverage->all.all.schools)
        list_add(&list, covered_figure(view));
    else if (schools && part_has(view, CONTENT_PARTNERSHIP))
        list_add(&list, figure(view, part_count(view, part_percent(placed, schools)), "%",
                               str_join(view->arena, STR("of schools are members of a partnership: "),
                                        part_count(view, placed), STR(" of "), part_count(view, schools)),
                               (struct str){0}));
    size_t pupils;
    struct str at = part_pupils_total(view, view->plan->all.schools, view->plan->all.count, &pupils);
    if (pupils)
        list_add(&list, figure(view, part_count(view, pupils), NULL,
                               str_join(view->arena, STR("pupils on roll, "),
                                        date_month(view->arena, latest_census(site)), STR(" census"), at),
                               (struct str){0}));
    map_set(m, "figures", list_done(&list));
}

/* ---- partnerships and the map ---- */

static void partnerships(const struct view *view, struct value_map *m) {
    const struct pages *pages = &view->site->pages[CONTENT_PARTNERSHIP];
    struct value_list list = part_list_new(view);
    size_t formed = 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *p = pages->items[i];
        if (!partnership_is_formed(p))
            continue;
        formed++;
        struct value_map item = part_map(view);
        map_text(&item, "number", part_number(view, p));
        map_text(&item, "colour", part_colour(view, p));
        map_text(&item, "title", p->title);
        map_text(&item, "href", part_href(view, p->address));
        map_set(&item, "kind", part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]));
        map_text(&item, "text", part_members_text(view, p));
        list_add(&list, map_done(&item));
    }
    bool few = formed <= PARTNERSHIPS_MAX;
    struct str number = few ? str_from(small_numbers[formed]) : part_count(view, formed);
    map_text(
        m, "partnerships_heading",
        str_join(view->arena, STR("The "), number, formed == 1 ? STR(" partnership") : STR(" partnerships")));
    if (!few)
        list.count = 0;
    part_list(view, m, "partnerships", &list);
}

static void network_map(const struct view *view, struct value_map *m) {
    struct str title = str_join(view->arena, STR("Map of "), part_field(&view->site->portal, "title"));
    struct str svg = figures_network(view->figures, title,
                                     part_has(view, CONTENT_PARTNERSHIP)
                                         ? STR("Schools, the partnerships that join them, and the areas they "
                                               "lie in. The list beside the map gives the same information.")
                                         : STR("Schools and the areas they lie in."),
                                     view->arena);
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_text(
        m, "map_caption",
        svg.len && part_has(view, CONTENT_PARTNERSHIP)
            ? STR("Each partnership has a number, listed beside the map. An unfilled sign is a school in "
                  "no partnership.")
            : (struct str){0});
}

/* ---- what changed and what is coming ---- */

/* An event. */
struct news {
    date on;
    const struct page *page; /* NULL: the portal's own */
    const struct value *item;
};

static int soonest_first(const void *x, const void *y) {
    const struct news *a = x, *b = y;
    if (a->on != b->on)
        return a->on < b->on ? -1 : 1;
    int difference = part_minute(part_field(a->item, "time")) - part_minute(part_field(b->item, "time"));
    if (difference)
        return difference;
    if (a->page != b->page)
        return a->page && b->page ? str_cmp(a->page->address, b->page->address)
                                  : (a->page != NULL) - (b->page != NULL);
    return (a->item > b->item) - (a->item < b->item); /* of one page: as its author ordered them */
}

/* The events of all visible pages and the portal's own, from the as-of day on. */
static size_t gather_events(const struct view *view, struct news **out) {
    size_t room = 64, count = 0;
    struct news *items = arena_array(view->arena, struct news, room);
    const struct site *site = view->site;
    for (size_t i = 0; i <= site->all.count; i++) {
        const struct page *page = i < site->all.count ? site->all.items[i] : NULL;
        if (page && !page->visible)
            continue;
        const struct value *list = value_at(page ? &page->front : &site->portal, "events");
        for (uint32_t j = 0; list && j < list->count; j++) {
            date on = value_date(value_at(&list->items[j], "on"));
            if (on < site->as_of)
                continue;
            if (count == room) {
                items = arena_grow(view->arena, items, room * sizeof(*items), room * 2 * sizeof(*items),
                                   alignof(struct news));
                room *= 2;
            }
            items[count++] = (struct news){on, page, &list->items[j]};
        }
    }
    qsort(items, count, sizeof(*items), soonest_first);
    *out = items;
    return count < NEWS_MAX ? count : NEWS_MAX;
}

static void news(const struct view *view, struct value_map *m) {
    struct news *items;
    struct change_note *notes;
    struct value_list changes = part_list_new(view), events = part_list_new(view);
    size_t count = change_notes(view->site, view->arena, &notes);
    for (size_t i = 0; i < count && i < NEWS_MAX; i++)
        list_add(&changes, view_change_note(view, &notes[i]));
    count = gather_events(view, &items);
    for (size_t i = 0; i < count; i++)
        list_add(&events,
                 part_event(view, items[i].item, items[i].page ? items[i].page->address : (struct str){0}));
    part_list(view, m, "changes", &changes);
    map_set(m, "all_changes", view_changes_link(view));
    part_list(view, m, "events", &events);
}

static struct value ld_json(const struct view *view) {
    struct value_map m = part_map(view), publisher = part_map(view);
    map_text(&publisher, "@type", STR("Organization"));
    map_text(&publisher, "name", part_field(&view->site->portal, "authority.name"));
    map_text(&m, "@context", STR("https://schema.org"));
    map_text(&m, "@type", STR("WebSite"));
    map_text(&m, "name", part_field(&view->site->portal, "title"));
    map_text(&m, "url", part_field(&view->site->portal, "base"));
    map_set(&m, "publisher", map_done(&publisher));
    return part_json(view, map_done(&m));
}

struct value view_home(const struct view *view, struct page_words *words) {
    const struct value *home = value_at(&view->site->portal, "home");
    struct value_map m = part_map(view);
    words->title = STR("Home");
    words->description = part_field(home, "lead");
    words->ld_json = ld_json(view);
    map_text(&m, "heading", part_field(home, "heading"));
    map_text(&m, "lead", part_field(home, "lead"));
    map_set(&m, "find", find(view));
    map_set(&m, "routes", routes(view));
    figures(view, &m);
    map_set(&m, "officers", view_decision_lists(view));
    map_set(&m, "reviews", view_reviews_link(view));
    network_map(view, &m);
    partnerships(view, &m);
    map_set(&m, "kinds", part_kinds(view));
    news(view, &m);
    struct value_list contacts = part_list_new(view);
    const struct value *list = value_at(&view->site->portal, "contacts");
    for (uint32_t i = 0; list && i < list->count; i++)
        list_add(&contacts, part_contact(view, (struct str){0}, &list->items[i]));
    part_list(view, &m, "contacts", &contacts);
    return map_done(&m);
}
