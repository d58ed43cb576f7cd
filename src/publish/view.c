/* SPDX-License-Identifier: MIT */
/* view.c: what all pages have, and which function makes the rest. */
#include "publish/view.h"

#include "publish/view_page.h"
#include "text/json.h"

/* The function of each template, and the name its value has there. */
static const struct {
    view_page *make;
    const char *name;
} pages[TEMPLATE_COUNT] = {
    [TEMPLATE_HOME] = {view_home, "home"},
    [TEMPLATE_DIRECTORY] = {view_directory, "list"},
    [TEMPLATE_SCHOOL] = {view_school, "school"},
    [TEMPLATE_CLUSTERS] = {view_clusters, "clusters"},
    [TEMPLATE_CLUSTER] = {view_cluster, "cluster"},
    [TEMPLATE_PARTNERSHIPS] = {view_partnerships, "partnerships"},
    [TEMPLATE_PARTNERSHIP] = {view_partnership, "partnership"},
    [TEMPLATE_OFFERS] = {view_offers, "offers"},
    [TEMPLATE_OFFER] = {view_offer, "offer"},
    [TEMPLATE_PEOPLE] = {view_people, "people"},
    [TEMPLATE_ROLE] = {view_role, "role"},
    [TEMPLATE_PERSON] = {view_person, "person"},
    [TEMPLATE_BODIES] = {view_bodies, "bodies"},
    [TEMPLATE_BODY] = {view_body, "body"},
    [TEMPLATE_POLICIES] = {view_policies, "policies"},
    [TEMPLATE_POLICY] = {view_policy, "policy"},
    [TEMPLATE_DEFINITIONS] = {view_definitions, "definitions"},
    [TEMPLATE_DECISIONS] = {view_decisions, "decisions"},
    [TEMPLATE_TOTALS] = {view_totals, "totals"},
    [TEMPLATE_CASELOAD] = {view_caseload, "caseload"},
    [TEMPLATE_FINDINGS] = {view_findings, "findings"},
    [TEMPLATE_GROUPS] = {view_school_groups, "groups"},
    [TEMPLATE_GROUP] = {view_school_group, "group"},
    [TEMPLATE_YEAR] = {view_year, "year"},
    [TEMPLATE_AGENDA] = {view_agenda, "agenda"},
    [TEMPLATE_PROPOSALS] = {view_proposals, "proposals"},
    [TEMPLATE_LEADERS] = {view_leaders, "leaders"},
    [TEMPLATE_LETTERS] = {view_letters, "letters"},
    [TEMPLATE_LETTER] = {view_letter, "letter"},
    [TEMPLATE_PAGE] = {view_plain, "content"},
    [TEMPLATE_NOT_FOUND] = {view_not_found, "missing"},
    [TEMPLATE_SITEMAP] = {view_sitemap, "sitemap"},
    [TEMPLATE_ACCESSIBILITY] = {view_accessibility, "accessibility"},
    [TEMPLATE_SOURCES] = {view_sources, "sources"},
    [TEMPLATE_RELEASED] = {view_released, "released"},
    [TEMPLATE_COVERAGE] = {view_coverage, "coverage"},
    [TEMPLATE_UNCOVERED] = {view_uncovered, "uncovered"},
    [TEMPLATE_REVIEWS] = {view_reviews, "reviews"},
    [TEMPLATE_CHANGES] = {view_changes, "changes"},
    [TEMPLATE_HISTORY] = {view_history, "history"},
    [TEMPLATE_REDIRECT] = {view_redirect, "redirect"},
};

struct str view_root(struct arena *arena, const struct site *site, struct str address) {
    if (str_eq(address, STR("404.html"))) {
        struct str base = value_words(value_at(&site->portal, "base"));
        size_t host = str_starts(base, STR("https://")) ? 8 : 7;
        struct str path = str_sub(base, str_find(base, '/', host), base.len);
        return path.len ? str_ends(path, STR("/")) ? path : str_join(arena, path, STR("/")) : STR("/");
    }
    static const char up[] = "../../../";
    size_t depth = 0;
    for (size_t i = 0; i < address.len; i++)
        depth += address.at[i] == '/';
    return (struct str){up, depth * 3};
}

/* ---- the portal ---- */

static struct value authority(const struct view *view) {
    const struct value *a = value_at(&view->site->portal, "authority");
    struct value_map m = part_map(view);
    map_text(&m, "name", part_field(a, "name"));
    map_text(&m, "area", part_field(a, "area"));
    map_text(&m, "website", part_field(a, "website"));
    return map_done(&m);
}

/* "page" on the page itself, "true" in the same part of the portal: the words of aria-current. */
static struct str current(const struct view *view, struct str address) {
    struct str here = view->output->address;
    if (str_eq(address, here))
        return STR("page");
    size_t slash = str_find(address, '/', 0);
    bool inside = slash < address.len && str_starts(here, str_sub(address, 0, slash + 1));
    bool phases = str_eq(address, STR("schools/index.html")) && str_starts(here, STR("phases/"));
    bool roles = str_eq(address, STR("people/index.html")) && str_starts(here, STR("roles/"));
    return inside || phases || roles ? STR("true") : (struct str){0};
}

static struct value navigation(const struct view *view) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < view->plan->menu_count; i++) {
        const struct menu_item *item = &view->plan->menu[i];
        struct value_map m = part_map(view);
        map_text(&m, "title", item->title);
        map_text(&m, "href", part_href(view, item->address));
        map_text(&m, "current", current(view, item->address));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* Plain pages first, in their order, then what the program makes itself. */
static struct value footer(const struct view *view) {
    struct value_list list = part_list_new(view);
    const struct pages *plain = &view->site->pages[CONTENT_PAGE];
    for (size_t i = 0; i < plain->count && i < 6; i++)
        list_add(&list, part_link(view, plain->items[i]->short_title, plain->items[i]->address));
    if (part_has(view, CONTENT_BODY))
        list_add(&list, part_section_link(view, CONTENT_BODY));
    list_add(&list, part_link(view, STR("Data and sources"), STR("sources.html")));
    list_add(&list, part_link(view, STR("Accessibility statement"), STR("accessibility.html")));
    list_add(&list, part_link(view, STR("Site map"), STR("site-map.html")));
    return list_done(&list);
}

static struct value site_block(const struct view *view) {
    const struct value *portal = &view->site->portal;
    struct value_map m = part_map(view);
    map_text(&m, "title", part_field(portal, "title"));
    map_text(&m, "strapline", part_field(portal, "strapline"));
    map_text(&m, "officer", site_officer(view->site));
    map_text(&m, "officer_lower", part_lower_first(view, site_officer(view->site)));
    map_set(&m, "authority", authority(view));
    map_set(&m, "as_of", part_date(view, view->site->as_of));
    map_text(&m, "invented", part_field(portal, "invented"));
    map_bool(&m, "noindex",
             value_yes(value_at(portal, "noindex")) || view->site->audience != AUDIENCE_PUBLIC);
    map_text(&m, "licence", part_field(portal, "licence"));
    map_bool(&m, "clusters", part_has(view, CONTENT_CLUSTER));
    map_bool(&m, "partnerships", part_has(view, CONTENT_PARTNERSHIP));
    map_set(&m, "navigation", navigation(view));
    map_set(&m, "footer", footer(view));
    return map_done(&m);
}

/* ---- the audience ---- */

static const struct {
    const char *title, *text;
} strips[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] =
        {"Officers only.",
         "Holds what was agreed in private with schools. Not for publication or onward sharing."},
    [AUDIENCE_SCHOOLS] = {"Schools’ portal.",
                          "For headteachers and governors of the network. Please do not publish or forward."},
    [AUDIENCE_PUBLIC] = {NULL, NULL},
};

static struct value audience_block(const struct view *view) {
    enum audience a = view->site->audience;
    struct value_map m = part_map(view), strip = part_map(view);
    map_text(&m, "id", audience_name(a));
    map_bool(&m, "public", a == AUDIENCE_PUBLIC);
    map_bool(&m, "schools", a == AUDIENCE_SCHOOLS);
    map_bool(&m, "officers", a == AUDIENCE_OFFICERS);
    map_text(&strip, "title", str_from(strips[a].title));
    map_text(&strip, "text", str_from(strips[a].text));
    map_set(&m, "strip", strips[a].title ? map_done(&strip) : value_null());
    return map_done(&m);
}

/* ---- the page ---- */

struct str view_absolute(const struct view *view, struct str address) {
    struct str base = part_field(&view->site->portal, "base");
    struct str slash = str_ends(base, STR("/")) ? STR("") : STR("/");
    return str_join(view->arena, base, slash, str_eq(address, STR("index.html")) ? STR("") : address);
}

static struct value page_block(const struct view *view, struct page_words *words) {
    struct value_map m = part_map(view);
    struct value_list crumbs = part_list_new(view);
    bool missing = view->output->kind == TEMPLATE_NOT_FOUND;
    if (view->output->kind != TEMPLATE_HOME)
        list_add(&crumbs, part_link(view, STR("Home"), STR("index.html")));
    for (uint32_t i = 0; i < words->crumbs.count; i++)
        list_add(&crumbs, words->crumbs.items[i]);
    map_text(&m, "title", words->title);
    map_text(&m, "description", words->description.len ? words->description : words->title);
    map_text(&m, "canonical", missing ? (struct str){0} : view_absolute(view, view->output->address));
    map_text(&m, "kind", template_name(view->output->kind));
    map_text(&m, "print_title", words->title);
    map_set(&m, "crumbs", list_done(&crumbs));
    map_set(&m, "alternates", list_done(&(struct value_list){.arena = view->arena}));
    return map_done(&m);
}

struct value view_make(const struct plan *plan, const struct bodies *bodies, const struct figures *figures,
                       const struct plan_page *output, struct arena *arena, struct diags *diags) {
    struct view view = {
        plan, plan->site, bodies, figures, arena, output, view_root(arena, plan->site, output->address),
        diags};
    struct page_words words = {.crumbs = {.arena = arena}};
    struct value own = pages[output->kind].make(&view, &words);
    struct value_map m = part_map(&view);
    map_set(&m, "root", value_text(view.root));
    map_set(&m, "site", site_block(&view));
    map_set(&m, "audience", audience_block(&view));
    if (output->kind != TEMPLATE_REDIRECT) { /* which is no page: it only leads on */
        map_set(&m, "page", page_block(&view, &words));
        map_set(&m, "ld_json", words.ld_json);
    }
    map_set(&m, pages[output->kind].name, own);
    return map_done(&m);
}
