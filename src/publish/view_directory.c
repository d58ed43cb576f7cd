/* SPDX-License-Identifier: MIT */
/* view_directory.c: the directory of schools, whole or by letter, for all or for one phase. */
#include "publish/view_page.h"

/* Facets longer than this lead to the index of their kind instead. */
#define FACET_MAX 40

/* ---- letters and groups ---- */

/* On a page that has the whole list they lead to its parts; a short list needs none. */
static struct value letters(const struct view *view, const struct listing *l) {
    struct str hrefs[PLAN_LETTERS] = {0};
    for (int i = 0; l->count > 20 && i < PLAN_LETTERS; i++)
        if (l->by_letter[i] != l->by_letter[i + 1])
            hrefs[i] = l->split ? part_href(view, plan_listing_address(view->arena, l, i))
                                : str_join(view->arena, STR("#letter-"), plan_letter_id(view->arena, i));
    struct value_list list = part_letters(view, hrefs);
    return list_done(&list);
}

static struct value letter_groups(const struct view *view, const struct listing *l) {
    struct value_list list = part_list_new(view);
    int only = view->output->letter;
    for (int i = 0; i < PLAN_LETTERS; i++) {
        size_t from = l->by_letter[i], to = l->by_letter[i + 1];
        if (from == to || (l->split && i != only))
            continue;
        struct value_list schools = part_list_new(view);
        for (size_t j = from; j < to; j++)
            list_add(&schools, part_school(view, l->schools[j]));
        struct value_map m = part_map(view);
        map_text(&m, "letter", plan_letter_text(view->arena, i));
        map_text(&m, "id", str_join(view->arena, STR("letter-"), plan_letter_id(view->arena, i)));
        map_set(&m, "schools", list_done(&schools));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- facets ---- */

static struct value facet_item(const struct view *view, struct str title, struct str address, size_t count) {
    struct value_map m = part_map(view);
    map_text(&m, "title", title);
    map_text(&m, "href", part_href(view, address));
    map_text(&m, "current", str_eq(address, view->output->address) ? STR("page") : (struct str){0});
    map_text(&m, "count", part_count(view, count));
    map_text(&m, "count_text", part_count_of(view, count, "school", "schools"));
    return map_done(&m);
}

static struct value facet(const struct view *view, const char *heading, const char *id,
                          struct value_list *items) {
    struct value_map m = part_map(view);
    map_text(&m, "heading", str_from(heading));
    map_text(&m, "id", str_from(id));
    map_set(&m, "items", list_done(items));
    return map_done(&m);
}

static void group_facet(const struct view *view, struct value_list *facets, enum content_kind kind,
                        const char *heading, const char *id) {
    const struct pages *pages = &view->site->pages[kind];
    if (!pages->count)
        return;
    struct value_list items = part_list_new(view);
    for (size_t i = 0; i < pages->count && pages->count <= FACET_MAX; i++)
        if (pages->items[i]->member_count)
            list_add(&items, facet_item(view, pages->items[i]->short_title, pages->items[i]->address,
                                        pages->items[i]->member_count));
    if (pages->count > FACET_MAX) {
        struct str all = str_join(view->arena, STR("All "), part_count(view, pages->count), STR(" "),
                                  content_folder(kind));
        list_add(&items,
                 facet_item(view, all, str_join(view->arena, content_folder(kind), STR("/index.html")),
                            view->plan->all.count));
    }
    list_add(facets, facet(view, heading, id, &items));
}

static struct value facets(const struct view *view) {
    struct value_list list = part_list_new(view), phases = part_list_new(view);
    list_add(&phases, facet_item(view, STR("All"), plan_listing_address(view->arena, &view->plan->all, -1),
                                 view->plan->all.count));
    for (size_t i = 0; i < view->plan->phase_count; i++) {
        const struct listing *l = &view->plan->phases[i];
        list_add(&phases, facet_item(view, str_from(l->phase->label),
                                     plan_listing_address(view->arena, l, -1), l->count));
    }
    list_add(&list, facet(view, "Phase", "facet-phase", &phases));
    group_facet(view, &list, CONTENT_CLUSTER, "Cluster", "facet-cluster");
    group_facet(view, &list, CONTENT_PARTNERSHIP, "Partnership", "facet-partnership");
    return list_done(&list);
}

/* The filter works on what the page holds, so only the page of all schools, whole, has it. */
static struct value filter(const struct view *view, const struct listing *l) {
    if (l->phase || l->split)
        return value_null();
    struct value_list phases = part_list_new(view), clusters = part_list_new(view);
    for (size_t i = 0; i < view->plan->phase_count; i++)
        list_add(&phases, part_choice(view, view->plan->phases[i].phase));
    const struct pages *pages = &view->site->pages[CONTENT_CLUSTER];
    for (size_t i = 0; i < pages->count; i++) {
        if (!str_eq(part_field(&pages->items[i]->front, "kind"), STR("geographic")))
            continue;
        struct value_map m = part_map(view);
        map_text(&m, "id", pages->items[i]->slug);
        map_text(&m, "label", pages->items[i]->short_title);
        list_add(&clusters, map_done(&m));
    }
    struct value_map m = part_map(view);
    map_text(&m, "action", part_href(view, view->output->address));
    map_set(&m, "phases", list_done(&phases));
    map_set(&m, "clusters", list_done(&clusters));
    return map_done(&m);
}

/* ---- the page ---- */

static struct str heading_of(const struct view *view, const struct listing *l) {
    struct str letter =
        view->output->letter >= 0
            ? str_join(view->arena, STR(": "), plan_letter_text(view->arena, view->output->letter))
            : (struct str){0};
    struct str what =
        l->phase ? str_join(view->arena, str_from(l->phase->label), STR(" schools")) : STR("Schools");
    if (l->phase && str_ends(str_from(l->phase->label), STR("unit")))
        what = str_join(view->arena, str_from(l->phase->label), STR("s"));
    return str_join(view->arena, what, letter);
}

/* "cluster and partnership": which of the two the portal has; empty for none. */
static struct str groups_words(const struct view *view) {
    bool clusters = part_has(view, CONTENT_CLUSTER), partnerships = part_has(view, CONTENT_PARTNERSHIP);
    return clusters && partnerships ? STR("cluster and partnership")
           : clusters               ? STR("cluster")
           : partnerships           ? STR("partnership")
                                    : (struct str){0};
}

static struct str lead_of(const struct view *view, const struct listing *l) {
    if (view->output->letter >= 0)
        return (struct str){0};
    if (l->split)
        return str_join(view->arena, part_count_of(view, l->count, "school", "schools"),
                        STR(". Choose the letter that its name begins with."));
    struct str groups = groups_words(view);
    struct str with = groups.len
                          ? str_join(view->arena, l->phase ? STR(", with ") : STR(", with their "), groups)
                          : (struct str){0};
    struct str count = l->phase ? part_count_of(view, l->count, "school", "schools")
                                : str_join(view->arena, STR("All "), part_count(view, l->count),
                                           STR(" schools of the network"));
    return str_join(view->arena, count, with, STR("."));
}

struct value view_directory(const struct view *view, struct page_words *words) {
    const struct listing *l = view->output->listing;
    struct str heading = heading_of(view, l), groups = groups_words(view);
    size_t shown = view->output->letter >= 0
                       ? l->by_letter[view->output->letter + 1] - l->by_letter[view->output->letter]
                       : l->count;
    words->title = heading;
    words->description = str_join(view->arena, heading, STR(" of "), part_field(&view->site->portal, "title"),
                                  groups.len ? STR(", each with its phase, ") : STR(", each with its phase"),
                                  groups, STR("."));
    if (l->phase || view->output->letter >= 0)
        list_add(&words->crumbs, part_link(view, STR("Schools"), STR("schools/index.html")));
    if (l->phase && view->output->letter >= 0)
        list_add(&words->crumbs,
                 part_link(view, str_from(l->phase->label), plan_listing_address(view->arena, l, -1)));
    words->ld_json = value_null();
    struct value_map m = part_map(view);
    map_text(&m, "heading", heading);
    map_text(&m, "lead", lead_of(view, l));
    map_set(&m, "intro_html", value_null());
    map_text(&m, "count", part_count(view, shown));
    map_text(&m, "count_text", part_count_of(view, shown, "school", "schools"));
    map_set(&m, "filter", filter(view, l));
    map_set(&m, "letters", letters(view, l));
    map_set(&m, "groups", letter_groups(view, l));
    map_set(&m, "facets", facets(view));
    struct value_list downloads = part_list_new(view);
    part_list(view, &m, "downloads", &downloads);
    return map_done(&m);
}
