/* SPDX-License-Identifier: MIT */
/* view_service.c: the pages that every public body's site has: not found, site map, accessibility, sources, redirects. */
#include "publish/agenda.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"
#include "publish/worklist.h"

struct value view_not_found(const struct view *view, struct page_words *words) {
    words->title = STR("Page not found");
    words->ld_json = value_null();
    struct value_list contacts = part_list_new(view);
    const struct value *list = value_at(&view->site->portal, "contacts");
    for (uint32_t i = 0; list && i < list->count; i++)
        list_add(&contacts, part_contact(view, (struct str){0}, &list->items[i]));
    struct value_map m = part_map(view);
    map_set(&m, "contacts", list_done(&contacts));
    return map_done(&m);
}

/* ---- site map ---- */

static struct value map_group(const struct view *view, struct str title, struct str address,
                              struct value_list *links) {
    struct value_map m = part_map(view);
    map_text(&m, "title", title);
    map_text(&m, "href", address.len ? part_href(view, address) : (struct str){0});
    map_set(&m, "links", list_done(links));
    return map_done(&m);
}

/* All schools, or the letters that lead to them; then the phases. */
static struct value schools_group(const struct view *view) {
    struct value_list links = part_list_new(view);
    const struct listing *all = &view->plan->all;
    for (size_t i = 0; !all->split && i < all->count; i++)
        list_add(&links, part_school_link(view, all->schools[i]));
    for (int l = 0; all->split && l < PLAN_LETTERS; l++)
        if (all->by_letter[l] != all->by_letter[l + 1])
            list_add(&links,
                     part_link(view,
                               str_join(view->arena, STR("Schools: "), plan_letter_text(view->arena, l)),
                               plan_listing_address(view->arena, all, l)));
    return map_group(view, STR("Schools"), STR("schools/index.html"), &links);
}

static struct value phases_group(const struct view *view) {
    struct value_list links = part_list_new(view);
    for (size_t i = 0; i < view->plan->phase_count; i++) {
        const struct listing *l = &view->plan->phases[i];
        list_add(&links,
                 part_link(view, str_from(l->phase->label), plan_listing_address(view->arena, l, -1)));
    }
    return map_group(view, STR("Schools by phase"), (struct str){0}, &links);
}

static void content_group(const struct view *view, struct value_list *groups, enum content_kind kind,
                          const char *index) {
    const struct pages *pages = &view->site->pages[kind];
    struct value_list links = part_list_new(view);
    if (kind == CONTENT_PARTNERSHIP && view->plan->coverage)
        list_add(&links, view_coverage_link(view));
    for (size_t i = 0; i < pages->count && pages->count <= PLAN_LIST_MAX; i++)
        list_add(&links, part_page_link(view, pages->items[i]));
    if (kind == CONTENT_POLICY && lexicon_used(view->site))
        list_add(&links, part_definitions(view));
    if (pages->count)
        list_add(groups, map_group(view, part_section(view, kind), str_from(index), &links));
}

static struct value worklists_group(const struct view *view) {
    struct value_list links = part_list_new(view);
    const struct worklists *lists = view->plan->worklists;
    if (worklists_total(lists))
        list_add(&links, part_link(view, STR("Totals"), STR(TOTALS_ADDRESS)));
    for (size_t i = 0; i < lists->count; i++)
        list_add(&links, part_link(view, worklist_title(view->arena, view->site, &lists->items[i]),
                                   worklist_address(view->arena, &lists->items[i], -1)));
    return map_group(view, STR("Decisions"), STR(WORKLISTS_ADDRESS), &links);
}

static struct value agenda_group(const struct view *view) {
    struct value_list links = part_list_new(view);
    const struct agenda *agenda = view->plan->agenda;
    for (size_t i = 0; i < agenda->list_count; i++)
        list_add(&links, part_link(view, agenda_title(view->arena, agenda, &agenda->lists[i]),
                                   agenda_address(view->arena, agenda, &agenda->lists[i], -1, -1)));
    return map_group(view, STR("The year"), STR(AGENDA_ADDRESS), &links);
}

struct value view_sitemap(const struct view *view, struct page_words *words) {
    words->title = STR("Site map");
    words->description = STR("Every page of the portal.");
    words->ld_json = value_null();
    struct value_list groups = part_list_new(view), about = part_list_new(view);
    list_add(&groups, schools_group(view));
    list_add(&groups, phases_group(view));
    content_group(view, &groups, CONTENT_PARTNERSHIP, "partnerships/index.html");
    content_group(view, &groups, CONTENT_CLUSTER, "clusters/index.html");
    content_group(view, &groups, CONTENT_OFFER, "offers/index.html");
    content_group(view, &groups, CONTENT_POLICY, "policy/index.html");
    content_group(view, &groups, CONTENT_PERSON, "people/index.html");
    content_group(view, &groups, CONTENT_ROLE, NULL);
    content_group(view, &groups, CONTENT_BODY, "bodies/index.html");
    if (view->plan->worklists)
        list_add(&groups, worklists_group(view));
    if (view->plan->agenda)
        list_add(&groups, agenda_group(view));
    const struct pages *plain = &view->site->pages[CONTENT_PAGE];
    for (size_t i = 0; i < plain->count; i++)
        list_add(&about, part_page_link(view, plain->items[i]));
    list_add(&about, part_link(view, STR("Accessibility statement"), STR("accessibility.html")));
    list_add(&about, part_link(view, STR("Data and sources"), STR("sources.html")));
    if (view->plan->changes)
        list_add(&about, part_link(view, STR("What changed"), STR(CHANGES_ADDRESS)));
    if (view->site->audience == AUDIENCE_OFFICERS)
        list_add(&about, part_link(view, STR("Pages due for review"), STR(REVIEWS_ADDRESS)));
    if (release_any(view->site))
        list_add(&about, part_link(view, STR("What is released"), STR(RELEASED_ADDRESS)));
    list_add(&groups, map_group(view, STR("About this portal"), (struct str){0}, &about));
    struct value_map m = part_map(view);
    map_set(&m, "groups", list_done(&groups));
    return map_done(&m);
}

/* ---- accessibility ---- */

struct value view_accessibility(const struct view *view, struct page_words *words) {
    const struct value *a = value_at(&view->site->portal, "accessibility");
    const struct schema *schema = schema_find(&schema_portal, STR("accessibility"))->record;
    words->title = STR("Accessibility statement");
    words->description = STR("How accessible this portal is, what is not, and how to report a problem.");
    words->ld_json = value_null();
    struct str status = part_field(a, "status"), base = part_field(&view->site->portal, "base");
    size_t host = str_starts(base, STR("https://")) ? 8 : 7;
    long days = value_whole(value_at(a, "reply_days"));
    struct value_list problems = part_list_new(view);
    const struct value *list = value_at(a, "problems");
    for (uint32_t i = 0; list && i < list->count; i++)
        list_add(&problems, value_text(value_words(&list->items[i])));
    struct value_map m = part_map(view);
    map_text(&m, "site_address", str_sub(base, host, str_find(base, '/', host)));
    map_set(&m, "status", part_choice_of(view, a, "status", schema));
    map_bool(&m, "full", str_eq(status, STR("full")));
    map_bool(&m, "partial", str_eq(status, STR("partial")));
    map_bool(&m, "not", str_eq(status, STR("not")));
    map_set(&m, "email", part_email(view, part_field(a, "email")));
    map_set(&m, "telephone", part_telephone(view, part_field(a, "telephone")));
    map_text(&m, "reply_text",
             part_count_of(view, days > 0 ? (size_t)days : 5, "working day", "working days"));
    map_set(&m, "prepared", part_date_at(view, a, "prepared"));
    map_set(&m, "reviewed", part_date_at(view, a, "reviewed"));
    map_set(&m, "tested", part_date_at(view, a, "tested"));
    map_text(&m, "tested_by", part_field(a, "tested_by"));
    part_list(view, &m, "problems", &problems);
    return map_done(&m);
}

/* ---- sources ---- */

static struct value source_item(const struct view *view, const struct value *s) {
    struct str licence = part_field(s, "licence");
    struct value_map m = part_map(view);
    map_text(&m, "name", part_field(s, "name"));
    map_text(&m, "publisher", part_field(s, "publisher"));
    map_text(&m, "href", part_field(s, "website"));
    map_set(&m, "as_at", part_date_at(view, s, "as_at"));
    map_text(&m, "licence", licence.len ? licence : STR("Open Government Licence v3.0"));
    map_bool(&m, "is_ogl", !licence.len || str_has(licence, STR("Open Government Licence")));
    map_text(&m, "use", part_field(s, "use"));
    return map_done(&m);
}

struct value view_sources(const struct view *view, struct page_words *words) {
    words->title = STR("Data and sources");
    words->description = STR("Where the portal’s data come from, at what date, and under which licence.");
    words->ld_json = value_null();
    struct value_list items = part_list_new(view), downloads = part_list_new(view);
    const struct value *list = value_at(&view->site->portal, "sources");
    for (uint32_t i = 0; list && i < list->count; i++)
        list_add(&items, source_item(view, &list->items[i]));
    struct value_map m = part_map(view);
    part_list(view, &m, "items", &items);
    map_set(&m, "reasons", view_reasons(view));
    part_list(view, &m, "downloads", &downloads);
    return map_done(&m);
}

/* ---- redirects ---- */

/* What leads on from an address that is no school's own page: its URN, or the successor that took its place. */
static struct str school_leads_on(const struct view *view, const struct school *from,
                                  const struct school *successor) {
    struct str urn = str_join(view->arena, STR("URN "), part_field(&from->record, "urn"));
    date closed = value_date(value_at(&from->record, "closed"));
    if (str_starts(view->output->address, STR("urn/")))
        return successor ? str_join(view->arena, urn, STR(" was "), from->name, STR(". Its successor is"))
                         : str_join(view->arena, urn, STR(" is"));
    if (!successor)
        return STR("This page has moved:");
    return str_join(view->arena, from->name, STR(" closed on "), date_long(view->arena, closed),
                    STR(". Its successor is"));
}

struct value view_redirect(const struct view *view, struct page_words *words) {
    const struct school *from = view->output->school;
    const struct page *page = view->output->page;
    const struct school *successor =
        !from || school_is_listed(from) ? NULL : plan_successor(view->site, from);
    const struct school *to = successor ? successor : from;
    struct str address = to ? to->address : page->address;
    words->title = to ? to->name : page->title;
    words->ld_json = value_null();
    struct value_map m = part_map(view);
    map_text(&m, "title", words->title);
    map_text(&m, "href", part_href(view, address));
    map_text(&m, "canonical", view_absolute(view, address));
    map_text(&m, "text", from ? school_leads_on(view, from, successor) : STR("This page has moved:"));
    return map_done(&m);
}
