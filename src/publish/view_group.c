/* SPDX-License-Identifier: MIT */
/* view_group.c: clusters and partnerships, each and all. */
#include "publish/view_page.h"

static bool is_state(const struct page *p, const char *state) {
    return str_eq(part_field(&p->front, "state"), str_from(state));
}

static void set_map(const struct view *view, struct value_map *m, const struct page *group, bool cluster) {
    struct figure_focus focus = {NULL, cluster ? NULL : group, cluster ? group : NULL};
    struct str title = str_join(view->arena, group->title, STR(" on the map"));
    struct str svg =
        figures_near(view->figures, &focus, title,
                     STR("The schools named on the map are listed with links on this page."), view->arena);
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_set(m, "map_caption", value_null());
}

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

static struct value facts_of(const struct view *view, const struct str *facts, size_t count) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < count; i++)
        if (facts[i].len)
            list_add(&list, value_text(facts[i]));
    return list_done(&list);
}

static struct str pupils_text(const struct view *view, const struct page *group) {
    const struct school **schools = arena_array(view->arena, const struct school *, group->members.count);
    size_t count = 0;
    for (size_t i = 0; i < group->members.count; i++)
        if (group->members.items[i]->part != PART_ASSOCIATE)
            schools[count++] = group->members.items[i]->school;
    size_t pupils;
    struct str where = part_pupils_total(view, schools, count, &pupils);
    return pupils ? str_join(view->arena, part_count_of(view, pupils, "pupil", "pupils"), where)
                  : (struct str){0};
}

struct value view_cluster(const struct view *view, struct page_words *words) {
    const struct page *c = view->output->page;
    words->title = c->title;
    words->description = c->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_CLUSTER));
    struct value_map m = part_map(view);
    struct str facts[] = {part_members_text(view, c), pupils_text(view, c)};
    map_text(&m, "title", c->title);
    map_text(&m, "lead", c->summary);
    map_set(&m, "kind", part_choice_of(view, &c->front, "kind", schema_content[CONTENT_CLUSTER]));
    map_set(&m, "facts", facts_of(view, facts, 2));
    set_school_items(view, &m, c);
    part_members(view, &m, c);
    cluster_partnerships(view, &m, c);
    set_map(view, &m, c, true);
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

/* ---- one partnership ---- */

static struct value role_choice(const struct view *view, enum part part) {
    struct value_map m = part_map(view);
    map_text(&m, "id", part == PART_LEAD ? STR("lead") : STR("member"));
    map_text(&m, "label", part == PART_LEAD ? STR("Lead") : STR("Member"));
    return map_done(&m);
}

/* What the governing body decided; the record of a lower audience no longer has it. */
static struct value governing_body(const struct view *view, const struct membership *of) {
    const struct schema_field *memberships = schema_find(&schema_school, STR("memberships"));
    const struct schema_field *f = schema_find(memberships->record, STR("governing_body"));
    struct str id = part_field(of->record, "governing_body");
    if (!id.len)
        return value_null();
    struct value_map m = part_map(view);
    map_text(&m, "text", str_from(choice_find(f->choices, id)->label));
    map_set(&m, "date", part_date_at(view, of->record, "decided"));
    return map_done(&m);
}

static void members(const struct view *view, struct value_map *m, const struct page *p) {
    struct value_list list = part_list_new(view), associates = part_list_new(view);
    bool decided = false, since = false;
    for (size_t i = 0; i < p->members.count; i++) {
        const struct membership *of = p->members.items[i];
        struct value_map v = part_map(view);
        map_text(&v, "name", of->school->name);
        map_text(&v, "href", part_href(view, of->school->address));
        map_set(&v, "phase", part_choice(view, of->school->phase));
        map_set(&v, "since", part_date(view, of->from));
        since = since || of->from != DATE_NONE;
        if (of->part == PART_ASSOCIATE) {
            list_add(&associates, map_done(&v));
            continue;
        }
        size_t pupils = school_pupils(of->school, view->site->as_of);
        map_set(&v, "role", role_choice(view, of->part));
        map_bool(&v, "is_lead", of->part == PART_LEAD);
        map_text(&v, "pupils", pupils ? part_count(view, pupils) : (struct str){0});
        struct value body = governing_body(view, of);
        decided = decided || body.kind != VALUE_NULL;
        map_set(&v, "governing_body", body);
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "members", &list);
    map_bool(m, "shows_since", since);
    map_bool(m, "shows_governing_body", decided);
    part_list(view, m, "associates", &associates);
}

/* Each cluster that has a member of the partnership, once. */
static void clusters(const struct view *view, struct value_map *m, const struct page *p) {
    struct value_list list = part_list_new(view);
    const struct pages *pages = &view->site->pages[CONTENT_CLUSTER];
    for (size_t c = 0; c < pages->count; c++)
        for (size_t i = 0; i < p->members.count; i++)
            if (p->members.items[i]->school->cluster == pages->items[c]) {
                list_add(&list, part_page_link(view, pages->items[c]));
                break;
            }
    part_list(view, m, "clusters", &list);
}

static const char *state_tone(const struct page *p) {
    return is_state(p, "formed")                                 ? "ok"
           : is_state(p, "dissolved") || is_state(p, "declined") ? "plain"
                                                                 : "warn";
}

static struct value with_tone(const struct view *view, struct value choice, const char *tone) {
    struct value_map m = part_map(view);
    map_text(&m, "id", value_words(value_at(&choice, "id")));
    map_text(&m, "label", value_words(value_at(&choice, "label")));
    map_text(&m, "tone", str_from(tone));
    return map_done(&m);
}

static struct value kind_with_href(const struct view *view, const struct page *p) {
    struct value choice = part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]);
    struct value_map m = part_map(view);
    map_text(&m, "id", value_words(value_at(&choice, "id")));
    map_text(&m, "label", value_words(value_at(&choice, "label")));
    map_text(&m, "href", part_kind_href(view, value_words(value_at(&choice, "id"))));
    return map_done(&m);
}

struct value view_partnership(const struct view *view, struct page_words *words) {
    const struct page *p = view->output->page;
    const struct schema *schema = schema_content[CONTENT_PARTNERSHIP];
    date formed = value_date(value_at(&p->front, "formed")), ended = value_date(value_at(&p->front, "ended"));
    words->title = p->title;
    words->description = p->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_PARTNERSHIP));
    struct str facts[] = {
        p->associate_count
            ? str_join(view->arena, part_count_of(view, p->member_count, "member", "members"), STR(", "),
                       part_count_of(view, p->associate_count, "associate", "associates"))
        : p->member_count ? part_count_of(view, p->member_count, "member", "members")
                          : (struct str){0},
        pupils_text(view, p),
        formed == DATE_NONE  ? (struct str){0}
        : ended == DATE_NONE ? str_join(view->arena, STR("Since "), date_month(view->arena, formed))
                             : str_join(view->arena, date_month(view->arena, formed), STR(" to "),
                                        date_month(view->arena, ended)),
    };
    struct value_map m = part_map(view);
    map_text(&m, "title", p->title);
    map_text(&m, "lead", p->summary);
    map_text(&m, "number", part_number(view, p));
    map_text(&m, "colour", part_colour(view, p));
    map_set(&m, "kind", kind_with_href(view, p));
    map_set(&m, "state", with_tone(view, part_choice_of(view, &p->front, "state", schema), state_tone(p)));
    map_set(&m, "facts", facts_of(view, facts, 3));
    map_set(&m, "ended", part_date_at(view, &p->front, "ended"));
    members(view, &m, p);
    part_members(view, &m, p);
    map_set(&m, "body",
            part_page_link(view, site_page(view->site, CONTENT_BODY, part_field(&p->front, "body"))));
    clusters(view, &m, p);
    set_map(view, &m, p, false);
    part_group_keys(view, &m, p);
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
            is_state(p, "formed") ? value_null()
                                  : part_tag(view, value_words(value_at(&state, "label")), state_tone(p)));
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
                !is_state(pages->items[i], "dissolved"))
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
        if (!is_state(pages->items[i], "dissolved"))
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
    return map_done(&m);
}
