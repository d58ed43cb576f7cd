/* SPDX-License-Identifier: MIT */
/* part_member.c: memberships in words, on the group's page and on that of the school, person or body that belongs. */
#include "publish/part.h"

static struct str span(const struct view *view, const struct membership *m, bool over) {
    struct str from = m->from == DATE_NONE ? (struct str){0} : date_month(view->arena, m->from);
    struct str to = m->to == DATE_NONE ? (struct str){0} : date_month(view->arena, m->to);
    if (from.len && to.len)
        return str_join(view->arena, from, STR(" to "), to);
    return to.len     ? str_join(view->arena, STR("until "), to)
           : from.len ? str_join(view->arena, over ? STR("from ") : STR("since "), from)
           : over     ? STR("dates not recorded")
                      : (struct str){0};
}

struct str part_membership(const struct view *view, const struct membership *m, bool over) {
    static const char *const words[] = {
        [PART_MEMBER] = "", [PART_LEAD] = "lead", [PART_ASSOCIATE] = "associate"};
    struct str part = str_from(words[m->part]), when = span(view, m, over);
    return str_join(view->arena, part, part.len && when.len ? STR(", ") : STR(""), when);
}

/* ---- on the page of who belongs ---- */

static void set_group(const struct view *view, struct value_map *map, const struct membership *m, bool over) {
    map_text(map, "title", m->group->title);
    map_text(map, "href", part_href(view, m->group->address));
    map_text(map, "text", part_membership(view, m, over));
}

struct value part_group(const struct view *view, const struct membership *m, bool over) {
    struct value_map v = part_map(view);
    set_group(view, &v, m, over);
    return map_done(&v);
}

static void add_groups(const struct view *view, struct value_map *map, const char *key,
                       const struct memberships *of, bool over) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < of->count; i++) {
        struct value_map v = part_map(view);
        set_group(view, &v, of->items[i], over);
        map_text(&v, "note", part_field(of->items[i]->record, "note")); /* officers' records alone have one */
        list_add(&list, map_done(&v));
    }
    part_list(view, map, key, &list);
}

void part_groups(const struct view *view, struct value_map *map, const struct page *page) {
    add_groups(view, map, "memberships", &page->current, false);
    add_groups(view, map, "memberships_past", &page->past, true);
}

/* ---- on the group's ---- */

static struct value member(const struct view *view, const struct membership *m, struct str text) {
    struct value_map v = part_map(view);
    map_text(&v, "title", m->school ? m->school->name : m->page->title);
    map_text(&v, "href", part_href(view, m->school ? m->school->address : m->page->address));
    map_text(&v, "text", text);
    return map_done(&v);
}

/* A person's post says why it is they; the part and the time follow it. */
static struct str other_text(const struct view *view, const struct membership *m) {
    struct str post = part_field(&m->page->front, "post"), rest = part_membership(view, m, false);
    return str_join(view->arena, post, post.len && rest.len ? STR("; ") : STR(""), rest);
}

static void others(const struct view *view, struct value_map *map, const char *key, const struct page *group,
                   enum content_kind kind) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < group->others.count; i++) {
        const struct membership *m = group->others.items[i];
        if (m->page->kind == kind)
            list_add(&list, member(view, m, other_text(view, m)));
    }
    part_list(view, map, key, &list);
}

void part_members(const struct view *view, struct value_map *map, const struct page *group) {
    const struct memberships *former[] = {&group->former, &group->former_others};
    struct value_list past = part_list_new(view);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < former[k]->count; i++)
            list_add(&past,
                     member(view, former[k]->items[i], part_membership(view, former[k]->items[i], true)));
    others(view, map, "people", group, CONTENT_PERSON);
    others(view, map, "bodies", group, CONTENT_BODY);
    part_list(view, map, "past", &past);
}

/* ---- how many ---- */

size_t part_other_count(const struct page *group, enum content_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < group->others.count; i++)
        count += group->others.items[i]->page->kind == kind;
    return count;
}

struct str part_body_count(const struct view *view, const struct page *body) {
    size_t schools = part_body_schools(view, body, NULL), people = part_other_count(body, CONTENT_PERSON),
           bodies = part_other_count(body, CONTENT_BODY), count = 0;
    struct str items[3];
    if (schools)
        items[count++] = part_count_of(view, schools, "school", "schools");
    if (people)
        items[count++] = part_count_of(view, people, "person", "people");
    if (bodies)
        items[count++] = part_count_of(view, bodies, "organisation", "organisations");
    return str_listed(view->arena, items, count);
}
