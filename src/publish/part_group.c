/* SPDX-License-Identifier: MIT */
/* part_group.c: what the pages of clusters and of partnerships share. */
#include "portal/partnership.h"
#include "publish/part.h"

void part_group_map(const struct view *view, struct value_map *m, const struct page *group) {
    bool cluster = group->kind == CONTENT_CLUSTER;
    struct figure_focus focus = {NULL, cluster ? NULL : group, cluster ? group : NULL};
    struct str title = str_join(view->arena, group->title, STR(" on the map"));
    struct str svg =
        figures_near(view->figures, &focus, title,
                     STR("The schools named on the map are listed with links on this page."), view->arena);
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_set(m, "map_caption", value_null());
}

struct value part_group_facts(const struct view *view, const struct str *facts, size_t count) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < count; i++)
        if (facts[i].len)
            list_add(&list, value_text(facts[i]));
    return list_done(&list);
}

struct str part_group_pupils(const struct view *view, const struct page *group) {
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

const char *part_state_tone(const struct page *p) {
    return partnership_is_formed(p) ? "ok" : partnership_is_over(p) ? "plain" : "warn";
}
