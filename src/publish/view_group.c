/* SPDX-License-Identifier: MIT */
/* view_group.c: clusters, each and all, and all partnerships. view_partnership.c has each of those. */
#include "portal/partnership.h"
#include "publish/view_page.h"

static void set_network(const struct view *view, struct value_map *m) {
    struct str title = str_join(view->arena, STR("Map of "), part_field(&view->site->portal, "title"));
    struct str svg = figures_network(view->figures, title,
                                     STR("The list on this page gives the same information."), view->arena);
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_text(m, "map_caption",
             svg.len && part_has(view, CONTENT_PARTNERSHIP)
                 ? STR("Each partnership has a number. An unfilled sign is a school in no partnership.")
                 : (struct str){0});
}

static void set_school_items(const struct view *view, struct value_map *m, const struct page *group) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < group->members.count; i++)
        list_add(&list, part_member_school(view, group->members.items[i]));
    part_list(view, m, "schools", &list);
}

/* ---- clusters ---- */

/* Partnerships with members in the cluster, in their own order, and how many. */
static void cluster_partnerships(const struct view *view, struct value_map *m, const struct page *cluster) {
    struct value_list list = part_list_new(view);
    const struct pages *pages = &view->site->pages[CONTENT_PARTNERSHIP];
    size_t *counts = arena_array(view->arena, size_t, pages->count);
    for (size_t i = 0; i < cluster->members.count; i++) {
        const struct school *s = cluster->members.items[i]->school;
        if (s->partnership)
            counts[s->partnership->index]++;
    }
    for (size_t i = 0; i < pages->count; i++) {
        if (!counts[i])
            continue;
        struct value_map p = part_map(view);
        map_text(&p, "title", pages->items[i]->title);
        map_text(&p, "href", part_href(view, pages->items[i]->address));
        map_text(&p, "text",
                 part_count_of(view, counts[i], "school of this cluster", "schools of this cluster"));
        list_add(&list, map_done(&p));
    }
    part_list(view, m, "partnerships", &list);
}

struct value view_cluster(const struct view *view, struct page_words *words) {
    const struct page *c = view->output->page;
    words->title = c->title;
    words->description = c->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_CLUSTER));
    struct value_map m = part_map(view);
    struct str facts[] = {part_members_text(view, c), part_group_pupils(view, c)};
    map_text(&m, "title", c->title);
    map_text(&m, "lead", c->summary);
    map_set(&m, "kind", part_choice_of(view, &c->front, "kind", schema_content[CONTENT_CLUSTER]));
    map_set(&m, "facts", part_group_facts(view, facts, 2));
    set_school_items(view, &m, c);
    part_members(view, &m, c);
    cluster_partnerships(view, &m, c);
    part_group_map(view, &m, c);
    part_group_keys(view, &m, c);
    return map_done(&m);
}

struct value view_clusters(const struct view *view, struct page_words *words) {
    const struct pages *pages = &view->site->pages[CONTENT_CLUSTER];
    words->title = part_section(view, CONTENT_CLUSTER);
    words->description =
        STR("The clusters of schools: areas, faiths and phases, with their schools and whom to ring.");
    words->ld_json = value_null();
    struct value_list items = part_list_new(view);
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *c = pages->items[i];
        struct value_map v = part_map(view);
        map_text(&v, "title", c->title);
        map_text(&v, "href", part_href(view, c->address));
        map_text(&v, "text", c->summary);
        map_set(&v, "kind", part_choice_of(view, &c->front, "kind", schema_content[CONTENT_CLUSTER]));
        map_text(&v, "count_text", part_members_text(view, c));
        map_set(&v, "officer",
                part_page_link(view,
                               site_page(view->site, CONTENT_PERSON, part_field(&c->front, "link_officer"))));
        list_add(&items, map_done(&v));
    }
    struct value_map m = part_map(view);
    map_text(&m, "lead",
             STR("Schools that meet because they are neighbours, share a faith, or teach the same ages."));
    map_set(&m, "intro_html", value_null());
    set_network(view, &m);
    map_set(&m, "items", list_done(&items));
    return map_done(&m);
}

/* ---- all partnerships ---- */

static struct value partnership_item(const struct view *view, const struct page *p) {
    struct value_map m = part_map(view);
    const struct school *lead = NULL;
    for (size_t i = 0; i < p->members.count; i++)
        if (p->members.items[i]->part == PART_LEAD)
            lead = p->members.items[i]->school;
    map_text(&m, "number", part_number(view, p));
    map_text(&m, "colour", part_colour(view, p));
    map_text(&m, "title", p->title);
    map_text(&m, "href", part_href(view, p->address));
    map_set(&m, "kind", part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]));
    map_text(&m, "members_text", part_members_text(view, p));
    map_text(&m, "text", p->summary);
    map_set(&m, "lead", part_school_link(view, lead));
    struct value state = part_choice_of(view, &p->front, "state", schema_content[CONTENT_PARTNERSHIP]);
    map_set(&m, "state",
            partnership_is_formed(p)
                ? value_null()
                : part_tag(view, value_words(value_at(&state, "label")), part_state_tone(p)));
    return map_done(&m);
}

static void kinds(const struct view *view, struct value_map *m) {
    const struct pages *pages = &view->site->pages[CONTENT_PARTNERSHIP];
    static const char *const texts[] = {
        "One executive leader and one board for all its schools: a federation or a trust.",
        "Each school keeps its governing body; who challenges, supports and leads is written down.",
        "Schools that agree to challenge and support each other, and no more.",
    };
    struct value_list list = part_list_new(view), dissolved = part_list_new(view);
    const struct choice *choices = schema_find(schema_content[CONTENT_PARTNERSHIP], STR("kind"))->choices;
    for (size_t k = 0; choices[k].id; k++) {
        struct value_list items = part_list_new(view);
        for (size_t i = 0; i < pages->count; i++)
            if (str_eq(part_field(&pages->items[i]->front, "kind"), str_from(choices[k].id)) &&
                partnership_stage(pages->items[i]) != PARTNERSHIP_DISSOLVED)
                list_add(&items, partnership_item(view, pages->items[i]));
        if (!items.count)
            continue;
        struct value_map v = part_map(view);
        map_text(&v, "id", str_from(choices[k].id));
        map_text(&v, "label", str_from(choices[k].label));
        map_text(&v, "text", str_from(texts[k]));
        map_set(&v, "policy", part_kinds(view));
        map_set(&v, "items", list_done(&items));
        list_add(&list, map_done(&v));
    }
    for (size_t i = 0; i < pages->count; i++) {
        if (partnership_stage(pages->items[i]) != PARTNERSHIP_DISSOLVED)
            continue;
        date ended = value_date(value_at(&pages->items[i]->front, "ended"));
        struct value_map v = part_map(view);
        map_text(&v, "title", pages->items[i]->title);
        map_text(&v, "href", part_href(view, pages->items[i]->address));
        map_text(&v, "text",
                 ended == DATE_NONE
                     ? STR("dissolved")
                     : str_join(view->arena, STR("dissolved "), date_long(view->arena, ended)));
        list_add(&dissolved, map_done(&v));
    }
    map_set(m, "kinds", list_done(&list));
    part_list(view, m, "dissolved", &dissolved);
}

static bool is_associate(const struct school *s) {
    for (size_t i = 0; i < s->current.count; i++)
        if (s->current.items[i]->part == PART_ASSOCIATE)
            return true;
    return false;
}

/* Open schools that are members of no partnership; not named one by one where they are too many for a page. */
static struct value in_none(const struct view *view) {
    struct value_list list = part_list_new(view);
    size_t count = 0, associates = 0;
    for (size_t i = 0; i < view->plan->all.count; i++) {
        const struct school *s = view->plan->all.schools[i];
        if (s->partnership || !school_is_open(s))
            continue;
        associates += is_associate(s);
        if (count++ < PLAN_LIST_MAX)
            list_add(&list, part_school(view, s));
    }
    if (!count || count > PLAN_LIST_MAX)
        return value_null();
    struct value_map m = part_map(view);
    map_text(&m, "heading", STR("Schools in no partnership"));
    map_text(&m, "text",
             str_join(view->arena,
                      part_count_of(view, count, "school is a member of none", "schools are members of none"),
                      STR(" at the moment"),
                      associates ? str_join(view->arena, STR("; "),
                                            part_count_of(view, associates, "of them is an associate",
                                                          "of them are associates"))
                                 : (struct str){0},
                      STR(".")));
    map_set(&m, "schools", list_done(&list));
    return map_done(&m);
}

struct value view_partnerships(const struct view *view, struct page_words *words) {
    words->title = part_section(view, CONTENT_PARTNERSHIP);
    words->description = STR("The partnerships of schools by kind, with members, associates and lead.");
    words->ld_json = value_null();
    struct value_map m = part_map(view);
    map_text(&m, "lead", STR("Groups of schools that support and challenge each other by agreement."));
    map_set(&m, "intro_html", value_null());
    set_network(view, &m);
    kinds(view, &m);
    map_text(&m, "covered", view->plan->coverage ? view_coverage_text(view) : (struct str){0});
    map_set(&m, "coverage", view_coverage_link(view));
    map_set(&m, "none", in_none(view));
    map_set(&m, "proposals", view_proposals_link(view));
    return map_done(&m);
}
