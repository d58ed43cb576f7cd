/* SPDX-License-Identifier: MIT */
/* view_people.c: people, the roles they hold, and bodies. */
#include "publish/view_page.h"

static bool holds(const struct page *person, const struct page *role) {
    const struct value *list = value_at(&person->front, "roles");
    for (uint32_t i = 0; list && i < list->count; i++)
        if (str_eq(value_words(&list->items[i]), role->slug))
            return true;
    return false;
}

static void holders(const struct view *view, struct value_map *m, const struct page *role) {
    struct value_list list = part_list_new(view);
    const struct pages *people = &view->site->pages[CONTENT_PERSON];
    for (size_t i = 0; i < people->count; i++)
        if (holds(people->items[i], role))
            list_add(&list, part_holder(view, people->items[i]));
    part_list(view, m, "holders", &list);
}

/* ---- everybody ---- */

static struct value role_item(const struct view *view, const struct page *role) {
    struct value_map m = part_map(view);
    map_text(&m, "title", role->title);
    map_text(&m, "abbreviation", part_field(&role->front, "abbreviation"));
    map_text(&m, "href", part_href(view, role->address));
    map_text(&m, "text", role->summary);
    holders(view, &m, role);
    return map_done(&m);
}

static struct value role_groups(const struct view *view) {
    static const char *const labels[] = {"At the council", "System leaders", "Partners", "Governance"};
    const struct pages *roles = &view->site->pages[CONTENT_ROLE];
    const struct choice *kinds = schema_find(schema_content[CONTENT_ROLE], STR("kind"))->choices;
    struct value_list groups = part_list_new(view);
    for (size_t k = 0; kinds[k].id; k++) {
        struct value_list items = part_list_new(view);
        for (size_t i = 0; i < roles->count; i++)
            if (str_eq(part_field(&roles->items[i]->front, "kind"), str_from(kinds[k].id)))
                list_add(&items, role_item(view, roles->items[i]));
        if (!items.count)
            continue;
        struct value_map g = part_map(view);
        map_text(&g, "id", str_slug(view->arena, str_from(kinds[k].id)));
        map_text(&g, "label", str_from(labels[k]));
        map_set(&g, "roles", list_done(&items));
        list_add(&groups, map_done(&g));
    }
    return list_done(&groups);
}

struct value view_people(const struct view *view, struct page_words *words) {
    const struct pages *people = &view->site->pages[CONTENT_PERSON],
                       *roles = &view->site->pages[CONTENT_ROLE];
    words->title = part_section(view, CONTENT_PERSON);
    words->description = STR("Officers, system leaders and others who work with schools, by role.");
    words->ld_json = value_null();
    struct value_list others = part_list_new(view);
    for (size_t i = 0; i < people->count; i++) {
        bool any = false;
        for (size_t j = 0; j < roles->count; j++)
            any = any || holds(people->items[i], roles->items[j]);
        if (!any)
            list_add(&others, part_holder(view, people->items[i]));
    }
    struct value_map m = part_map(view);
    map_text(&m, "lead", STR("Who works with schools, what they do, and how to reach them."));
    map_set(&m, "intro_html", value_null());
    map_set(&m, "groups", role_groups(view));
    part_list(view, &m, "others", &others);
    map_set(&m, "leaders", view_leaders_link(view));
    return map_done(&m);
}

struct value view_role(const struct view *view, struct page_words *words) {
    const struct page *r = view->output->page;
    words->title = r->title;
    words->description = r->summary;
    words->ld_json = value_null();
    if (view->site->pages[CONTENT_PERSON].count)
        list_add(&words->crumbs, part_section_link(view, CONTENT_PERSON));
    struct value_map m = part_map(view);
    map_text(&m, "title", r->title);
    map_text(&m, "lead", r->summary);
    map_set(&m, "kind", part_choice_of(view, &r->front, "kind", schema_content[CONTENT_ROLE]));
    map_text(&m, "abbreviation", part_field(&r->front, "abbreviation"));
    map_set(&m, "body_html", part_body_html(view, r));
    holders(view, &m, r);
    part_contacts(view, &m, r);
    map_set(&m, "meta", part_meta(view, r));
    part_officers_note(view, &m, r);
    return map_done(&m);
}

/* ---- one person ---- */

static void works_with(const struct view *view, struct value_map *m, const struct page *person) {
    static const enum content_kind kinds[] = {CONTENT_CLUSTER, CONTENT_PARTNERSHIP};
    struct value_list groups = part_list_new(view);
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        const struct pages *pages = &view->site->pages[kinds[k]];
        struct value_list links = part_list_new(view);
        for (size_t i = 0; i < pages->count; i++)
            if (str_eq(part_field(&pages->items[i]->front, "link_officer"), person->slug))
                list_add(&links, part_page_link(view, pages->items[i]));
        if (!links.count)
            continue;
        struct value_map g = part_map(view);
        map_text(&g, "heading", part_section(view, kinds[k]));
        map_set(&g, "links", list_done(&links));
        list_add(&groups, map_done(&g));
    }
    part_list(view, m, "works_with", &groups);
}

/* Officers see where a leader is deployed, since it says which school needs help. */
static struct value person_officers(const struct view *view, const struct page *person) {
    if (view->site->audience != AUDIENCE_OFFICERS)
        return value_null();
    struct value_map m = part_map(view);
    map_set(&m, "note_html", part_note_html(view, person));
    view_leader(view, &m, person);
    return map_done(&m);
}

struct value view_person(const struct view *view, struct page_words *words) {
    const struct page *p = view->output->page;
    words->title = p->title;
    words->description = str_join(view->arena, p->title, STR(", "), part_field(&p->front, "post"));
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_PERSON));
    struct value_list roles = part_list_new(view);
    const struct value *items = value_at(&p->front, "roles");
    for (uint32_t i = 0; items && i < items->count; i++) {
        const struct page *role = site_page(view->site, CONTENT_ROLE, value_words(&items->items[i]));
        if (role)
            list_add(&roles, part_page_link(view, role));
    }
    struct str school = part_field(&p->front, "school");
    struct value_map m = part_map(view);
    map_text(&m, "name", p->title);
    map_text(&m, "post", part_field(&p->front, "post"));
    map_text(&m, "lead", p->summary);
    part_list(view, &m, "roles", &roles);
    map_set(&m, "school",
            part_school_link(view, school.len ? map_get(&view->site->school_by_slug, school) : NULL));
    map_set(&m, "telephone", part_telephone(view, part_field(&p->front, "telephone")));
    map_set(&m, "email", part_email(view, part_field(&p->front, "email")));
    map_set(&m, "body_html", part_body_html(view, p));
    works_with(view, &m, p);
    part_groups(view, &m, p);
    map_set(&m, "meta", part_meta(view, p));
    map_set(&m, "officers", person_officers(view, p));
    return map_done(&m);
}

/* ---- bodies ---- */

struct value view_bodies(const struct view *view, struct page_words *words) {
    static const char *const labels[] = {"Academy trusts",   "Federations",       "Dioceses",
                                         "Teaching schools", "Alliances",         "Networks",
                                         "Programmes",       "Across boundaries", "Local authorities",
                                         "Boards",           "Services"};
    const struct pages *pages = &view->site->pages[CONTENT_BODY];
    const struct choice *kinds = schema_find(schema_content[CONTENT_BODY], STR("kind"))->choices;
    words->title = part_section(view, CONTENT_BODY);
    words->description =
        STR("Trusts, federations, dioceses, boards and services that schools belong to or deal with.");
    words->ld_json = value_null();
    struct value_list groups = part_list_new(view);
    for (size_t k = 0; kinds[k].id; k++) {
        struct value_list items = part_list_new(view);
        for (size_t i = 0; i < pages->count; i++) {
            const struct page *b = pages->items[i];
            if (!str_eq(part_field(&b->front, "kind"), str_from(kinds[k].id)))
                continue;
            struct value_map v = part_map(view);
            map_text(&v, "title", b->title);
            map_text(&v, "href", part_href(view, b->address));
            map_text(&v, "text", b->summary);
            map_text(&v, "count_text", part_body_count(view, b));
            list_add(&items, map_done(&v));
        }
        if (!items.count)
            continue;
        struct value_map g = part_map(view);
        map_text(&g, "id", str_slug(view->arena, str_from(kinds[k].id)));
        map_text(&g, "label", str_from(labels[k]));
        map_set(&g, "items", list_done(&items));
        list_add(&groups, map_done(&g));
    }
    struct value_map m = part_map(view);
    map_text(&m, "lead",
             STR("Trusts, federations, dioceses, boards and services that schools belong to or deal with."));
    map_set(&m, "intro_html", value_null());
    map_set(&m, "groups", list_done(&groups));
    return map_done(&m);
}

/* Pages of a kind whose `body` names this one. */
static void pages_of_body(const struct view *view, struct value_map *m, const char *key,
                          enum content_kind kind, const struct page *body) {
    struct value_list list = part_list_new(view);
    const struct pages *pages = &view->site->pages[kind];
    for (size_t i = 0; i < pages->count; i++)
        if (str_eq(part_field(&pages->items[i]->front, "body"), body->slug))
            list_add(&list, part_page_link(view, pages->items[i]));
    part_list(view, m, key, &list);
}

/* Days on which it met or will, in the order of the record. */
static void held(const struct view *view, struct value_map *m, const struct page *body) {
    struct value_list list = part_list_new(view);
    const struct value *days = value_at(&body->front, "held");
    for (uint32_t i = 0; days && days->kind == VALUE_LIST && i < days->count; i++) {
        date on = value_date(&days->items[i]);
        struct value_map v = part_map(view);
        map_set(&v, "date", part_date(view, on));
        map_bool(&v, "ahead", on > view->site->as_of);
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "held", &list);
}

/* What the tables say of the body, for officers. */
static struct value body_decided(const struct view *view, const struct page *body) {
    const struct policy_kind *kind = policy_kind(&view->site->policy, STR("body"));
    struct policy_record record = record_of_page(body);
    if (view->site->audience != AUDIENCE_OFFICERS || !kind || (!kind->decision_count && !kind->check_count))
        return value_null();
    return view_decided(view, view_run(view, &record));
}

struct value view_body(const struct view *view, struct page_words *words) {
    const struct page *b = view->output->page;
    long members = value_whole(value_at(&b->front, "members"));
    words->title = b->title;
    words->description = b->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_BODY));
    struct value_list schools = part_list_new(view);
    part_body_schools(view, b, &schools);
    struct value_map m = part_map(view);
    map_text(&m, "title", b->title);
    map_text(&m, "lead", b->summary);
    map_set(&m, "kind", part_choice_of(view, &b->front, "kind", schema_content[CONTENT_BODY]));
    map_text(&m, "chair", part_field(&b->front, "chair"));
    map_text(&m, "meets", part_answer(view, part_field(&b->front, "meets")));
    map_text(&m, "members_text",
             members > 0 ? part_count_of(view, (size_t)members, "member", "members") : (struct str){0});
    map_set(&m, "website", part_website(view, part_field(&b->front, "website")));
    view_seats(view, &m, "seats", STR("body"), value_at(&b->front, "seats"));
    held(view, &m, b);
    map_set(&m, "terms", view_place_link(view, part_field(&b->front, "terms")));
    part_list(view, &m, "schools", &schools);
    part_members(view, &m, b);
    part_groups(view, &m, b);
    pages_of_body(view, &m, "partnerships", CONTENT_PARTNERSHIP, b);
    pages_of_body(view, &m, "offers", CONTENT_OFFER, b);
    map_set(&m, "map_html", value_null());
    map_set(&m, "map_caption", value_null());
    map_set(&m, "decided", body_decided(view, b));
    part_group_keys(view, &m, b);
    return map_done(&m);
}
