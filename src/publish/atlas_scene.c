/* SPDX-License-Identifier: MIT */
/* atlas_scene.c: what one picture shows: schools at their places, groups as hulls with a hub and spokes. */
#include "publish/atlas_inside.h"

/* The style sheet's stroke around a hull, to either side, and what a name keeps from it. */
#define HULL_REACH 21

void scene_marks(struct scene *scene, size_t spread_most) {
    const struct atlas_school *schools = scene->atlas->data.schools;
    for (size_t i = 0; i < scene->count; i++) {
        const struct atlas_school *s = &schools[scene->schools[i]];
        scene->at[i] = view_point(&scene->view, s->easting, s->northing);
    }
    if (scene->count <= spread_most)
        spread(scene->at, scene->count, 2 * scene->mark + 2);
}

struct point scene_point(const struct scene *scene, uint32_t school) {
    size_t low = 0, high = scene->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scene->schools[middle] < school)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < scene->count && scene->schools[low] == school)
        return scene->at[low];
    const struct atlas_school *s = &scene->atlas->data.schools[school];
    return view_point(&scene->view, s->easting, s->northing);
}

static struct point *places(const struct scene *scene, const uint32_t *schools, size_t count,
                            size_t *placed) {
    struct point *out = arena_array(scene->scratch, struct point, count + 1);
    for (size_t i = 0; i < count; i++)
        if (atlas_placed(scene->atlas, schools[i]))
            out[(*placed)++] = scene_point(scene, schools[i]);
    return out;
}

struct figure scene_figure(const struct scene *scene, uint32_t group) {
    const struct atlas_group *g = &scene->atlas->data.groups[group];
    struct figure f = {.group = g, .index = group};
    f.members = places(scene, g->members, g->member_count, &f.member_count);
    f.associates = places(scene, g->associates, g->associate_count, &f.associate_count);
    struct point *sorted = arena_array(scene->scratch, struct point, f.member_count);
    for (size_t i = 0; i < f.member_count; i++)
        sorted[i] = f.members[i];
    f.corners = arena_array(scene->scratch, struct point, f.member_count + 1);
    f.corner_count = hull(sorted, f.member_count, f.corners);
    if (f.member_count)
        f.hub = hub_place(f.members, f.member_count, NULL, 0, NULL, 0, scene->mark, NULL);
    return f;
}

void scene_hubs(struct scene *scene) {
    struct point *hubs = arena_array(scene->scratch, struct point, scene->figure_count);
    struct point *room = arena_array(scene->scratch, struct point, scene->count);
    for (size_t i = 0, count = 0; i < scene->figure_count; i++) {
        struct figure *f = &scene->figures[i];
        if (!f->member_count)
            continue;
        f->hub =
            hub_place(f->members, f->member_count, scene->at, scene->count, hubs, count, scene->mark, room);
        hubs[count++] = f->hub;
    }
}

static void avoid_figure(struct scene *scene, const struct figure *f) {
    label_take(&scene->sheet, box_about(f->hub.x, f->hub.y, 2 * HUB_RADIUS + 4, 2 * HUB_RADIUS + 4));
    for (size_t i = 0; i < f->corner_count; i++) {
        struct point a = f->corners[i], b = f->corners[(i + 1) % f->corner_count];
        label_avoid(&scene->sheet, (struct label_line){a.x, a.y, b.x, b.y, HULL_REACH, 40});
    }
    for (size_t i = 0; i < f->member_count + f->associate_count; i++) {
        struct point end = i < f->member_count ? f->members[i] : f->associates[i - f->member_count];
        label_avoid(&scene->sheet, (struct label_line){f->hub.x, f->hub.y, end.x, end.y, 2, 14});
    }
}

void scene_take(struct scene *scene) {
    int wide = 2 * (scene->mark + 5);
    for (size_t i = 0; i < scene->count; i++) {
        struct point p = scene->at[i];
        label_take(&scene->sheet, box_about(p.x, p.y, wide, wide));
        /* A name that nearly touches another's mark would be read as its name. */
        label_avoid(&scene->sheet, (struct label_line){p.x, p.y, p.x, p.y, wide / 2 + 6, 9});
    }
    for (size_t i = 0; i < scene->figure_count; i++)
        if (scene->figures[i].member_count)
            avoid_figure(scene, &scene->figures[i]);
}

void draw_figure(const struct figure *f, struct buf *out, struct atlas_used *used) {
    if (!f->member_count)
        return;
    draw_hull(out, f->corners, f->corner_count);
    draw_spokes(out, "spoke", f->hub, f->members, f->member_count);
    draw_spokes(out, "spoke assoc", f->hub, f->associates, f->associate_count);
    used->kinds[f->group->kind] = true;
    used->associate |= f->associate_count > 0;
}

/* Tooltips for a whole county would be most of the page. */
#define TITLES_MOST 150

void draw_figure_marks(const struct scene *scene, uint32_t group, struct buf *out, struct atlas_used *used) {
    const struct atlas *atlas = scene->atlas;
    for (size_t i = 0; i < scene->count; i++) {
        uint32_t school = scene->schools[i];
        if (atlas->group_of[school] != group)
            continue;
        const struct atlas_school *s = &atlas->data.schools[school];
        draw_mark(out, s->sign, scene->at[i], scene->mark, scene->count > TITLES_MOST ? STR("") : s->name);
        used->signs[s->sign] = true;
        used->alone |= group == ATLAS_NONE && atlas->data.group_count;
        if (group == ATLAS_NONE || atlas->data.groups[group].lead != school)
            continue;
        draw_ring(out, scene->at[i], scene->mark + 5);
        used->lead = true;
    }
}
