/* SPDX-License-Identifier: MIT */
/*
 * atlas_network.c: the whole network in one picture.
 *
 * Names are placed by trying every place near a group in steps of a few units. That is some thousand tries a name,
 * and there are a handful of these pictures in a portal; rules for good places were shorter to run and longer to
 * write, and always had one more case.
 */
#include <limits.h>
#include <stdlib.h>

#include "publish/atlas_inside.h"

/* Names are measured larger than the style sheet sets them (14px), so that it may grow by a step. */
#define NAME_SIZE 15
#define NAME_LINE 17
#define SCALE_LONGEST 120

/* Where more groups than this share a picture there is no room for names, and looking for it takes long. */
#define NAMES_MOST 60

/* A name this far from its group would be read as another's; what a place may cost before none is better. */
#define NAME_REACH 60
#define NAME_COST_MOST 190
#define NAME_STEP 5

struct placed {
    struct label_text text;
    struct box box;
};

static long long between(struct point p, struct point q) {
    long long dx = p.x - q.x, dy = p.y - q.y;
    return dx * dx + dy * dy;
}

/* The square of the distance from p to the line from a to b. */
static long long from_line(struct point p, struct point a, struct point b) {
    long long dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    long long along = dx * (p.x - a.x) + dy * (p.y - a.y);
    if (along <= 0 || !length)
        return between(p, a);
    if (along >= length)
        return between(p, b);
    long long cross = dx * (p.y - a.y) - dy * (p.x - a.x);
    return cross * cross / length;
}

static int clamp(int v, int low, int high) {
    return v < low ? low : v > high ? high : v;
}

/* How far a box is from a hull that it does not overlap. */
static int box_from_hull(struct box b, const struct figure *f) {
    const struct point ends[4] = {{b.x0, b.y0}, {b.x1, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}};
    long long least = between(ends[0], f->corners[0]);
    for (size_t i = 0; i < f->corner_count; i++) {
        struct point c = f->corners[i], next = f->corners[(i + 1) % f->corner_count];
        long long d = between(c, (struct point){clamp(c.x, b.x0, b.x1), clamp(c.y, b.y0, b.y1)});
        least = d < least ? d : least;
        for (int k = 0; k < 4; k++) {
            d = from_line(ends[k], c, next);
            least = d < least ? d : least;
        }
    }
    return root(least);
}

static bool in_hull(int x, int y, const struct figure *f) {
    if (f->corner_count < 3)
        return false;
    for (size_t i = 0; i < f->corner_count; i++) {
        struct point a = f->corners[i], b = f->corners[(i + 1) % f->corner_count];
        if ((long long)(b.x - a.x) * (y - a.y) - (long long)(b.y - a.y) * (x - a.x) < 0)
            return false;
    }
    return true;
}

static struct box hull_box(const struct figure *f) {
    struct box b = {f->corners[0].x, f->corners[0].y, f->corners[0].x, f->corners[0].y};
    for (size_t i = 1; i < f->corner_count; i++) {
        struct point c = f->corners[i];
        b = (struct box){c.x < b.x0 ? c.x : b.x0, c.y < b.y0 ? c.y : b.y0, c.x > b.x1 ? c.x : b.x1,
                         c.y > b.y1 ? c.y : b.y1};
    }
    return b;
}

static int size_of(int n) {
    return n < 0 ? -n : n;
}

/* A name nearer to another group than to its own would be read as the other's, and nearly so if it is as near. */
static int other_cost(const struct figure *other, const struct figure *own, struct box box, int gap,
                      int most) {
    int cost = in_hull((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, other) ? 50 : 0;
    int there = other == own ? INT_MAX : box_from_hull(box, other);
    return there < gap ? most : cost + (there < gap + 16 ? 30 : 0);
}

/* A name stands just outside the padded hull, above or below the middle if it can. */
static int name_cost(const struct scene *scene, const struct figure *f, struct box box, int middle,
                     int most) {
    int gap = box_from_hull(box, f);
    if (gap > NAME_REACH)
        return most;
    int cost = 3 * size_of(gap - 24) + size_of((box.x0 + box.x1) / 2 - middle) / 4;
    cost = label_cost(&scene->sheet, box, cost, most);
    for (size_t i = 0; i < scene->figure_count && cost < most; i++)
        if (scene->figures[i].member_count)
            cost += other_cost(&scene->figures[i], f, box, gap, most);
    return cost;
}

/* The best place for a group's name as things stand, and what it costs; NAME_COST_MOST where there is none. */
static int find_name(const struct scene *scene, const struct figure *f, struct placed *out) {
    struct box hull = hull_box(f);
    int best = NAME_COST_MOST, width = label_width(f->group->name, NAME_SIZE);
    for (int lines = 1; lines <= (width > 100 ? 2 : 1); lines++) {
        struct label_text text = label_break(f->group->name, NAME_SIZE, lines);
        if (text.count != lines)
            break;
        int w = text.width + 8, h = lines * NAME_LINE + 4, middle = (hull.x0 + hull.x1) / 2;
        for (int y = hull.y0 - NAME_REACH - h / 2; y <= hull.y1 + NAME_REACH + h / 2; y += NAME_STEP)
            for (int x = hull.x0 - NAME_REACH - w / 2; x <= hull.x1 + NAME_REACH + w / 2; x += NAME_STEP) {
                struct box box = box_about(x, y, w, h);
                int cost = name_cost(scene, f, box, middle, best - 6 * (lines - 1));
                if (cost >= best - 6 * (lines - 1))
                    continue;
                best = cost + 6 * (lines - 1);
                *out = (struct placed){text, box};
            }
    }
    return best;
}

static uint16_t patch_at(const struct land *land, int x, int y) {
    int column = (x + LAND_MARGIN) / LAND_CELL, row = (y + LAND_MARGIN) / LAND_CELL;
    return column < 0 || row < 0 || column >= land->cols || row >= land->rows
               ? 0
               : land->cells[row * land->cols + column];
}

/* An area's name lies within its ground, as near to the middle as the rest allows. */
static bool place_area(struct scene *scene, const struct land *land, uint16_t patch, struct str name,
                       struct placed *out) {
    long long sum_x = 0, sum_y = 0, count = 0;
    for (int i = 0; i < land->cols * land->rows; i++)
        if (land->cells[i] == patch) {
            sum_x += i % land->cols * LAND_CELL - LAND_MARGIN;
            sum_y += i / land->cols * LAND_CELL - LAND_MARGIN;
            count++;
        }
    if (!count || !name.len)
        return false;
    out->text = label_break(name, NAME_SIZE, 1);
    /* The style sheet spaces the letters by a seventh of the size. */
    int w = out->text.width + (int)str_count(name) * NAME_SIZE / 7 + 8, h = NAME_LINE + 4;
    int best = NAME_COST_MOST;
    for (int i = 0; i < land->cols * land->rows; i++) {
        if (land->cells[i] != patch)
            continue;
        int x = i % land->cols * LAND_CELL - LAND_MARGIN + LAND_CELL / 2;
        int y = i / land->cols * LAND_CELL - LAND_MARGIN + LAND_CELL / 2;
        struct box box = box_about(x, y, w, h);
        int cost = (size_of(x - (int)(sum_x / count)) + size_of(y - (int)(sum_y / count))) / 4;
        for (int k = 0; k < 4; k++)
            cost += patch_at(land, k & 1 ? box.x1 : box.x0, k & 2 ? box.y1 : box.y0) == patch ? 0 : 25;
        cost = label_cost(&scene->sheet, box, cost, best);
        if (cost >= best)
            continue;
        best = cost;
        out->box = box;
    }
    return best < NAME_COST_MOST;
}

struct turn {
    int cost;
    size_t figure;
};

static int turn_order(const void *a, const void *b) {
    const struct turn *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost > y->cost ? -1 : 1;
    return (x->figure > y->figure) - (x->figure < y->figure);
}

/* Whoever finds it hardest chooses first; the others have places left. Returns how many names found one. */
static size_t place_names(struct scene *scene, struct placed *out) {
    size_t count = 0, turn_count = 0;
    struct turn *turns = arena_array(scene->scratch, struct turn, scene->figure_count);
    for (size_t i = 0; i < scene->figure_count && scene->figure_count <= NAMES_MOST; i++)
        if (scene->figures[i].member_count)
            turns[turn_count++] = (struct turn){find_name(scene, &scene->figures[i], out), i};
    qsort(turns, turn_count, sizeof *turns, turn_order);
    for (size_t i = 0; i < turn_count; i++)
        if (find_name(scene, &scene->figures[turns[i].figure], &out[count]) < NAME_COST_MOST)
            label_take(&scene->sheet, out[count++].box);
    return count;
}

static size_t place_areas(struct scene *scene, struct placed *out) {
    const struct atlas *atlas = scene->atlas;
    size_t count = 0;
    if (atlas->data.area_count != atlas->land.count)
        return 0;
    for (size_t i = 0; i < atlas->land.count; i++)
        if (place_area(scene, &atlas->land, (uint16_t)(i + 1), atlas->data.areas[i].name, &out[count]))
            label_take(&scene->sheet, out[count++].box);
    return count;
}

/* A county's schools are many and its signs small; class "fine" lets the style sheet draw thinner. */
static int mark_size(size_t located) {
    return located <= 120 ? 8 : located <= 300 ? 6 : 4;
}

/* A word across the coast is legible, but reads better beside it. */
static void avoid_coast(struct scene *scene) {
    const struct land_patch *rim = &scene->atlas->land.rim;
    for (size_t i = 0; i < rim->count; i++)
        for (size_t k = 0; k < rim->rings[i].count; k++) {
            const struct land_point *a = &rim->rings[i].at[k],
                                    *b = &rim->rings[i].at[(k + 1) % rim->rings[i].count];
            struct point p = view_point(&scene->view, a->e, a->n), q = view_point(&scene->view, b->e, b->n);
            label_avoid(&scene->sheet, (struct label_line){p.x, p.y, q.x, q.y, 1, 8});
        }
}

static void scene_network(struct scene *scene) {
    const struct atlas *atlas = scene->atlas;
    scene->view = atlas->whole;
    scene->mark = mark_size(atlas->located);
    scene->schools = arena_array(scene->scratch, uint32_t, atlas->located);
    scene->at = arena_array(scene->scratch, struct point, atlas->located);
    for (uint32_t i = 0; i < atlas->data.school_count; i++)
        if (atlas_placed(atlas, i) && !atlas->data.schools[i].unseen)
            scene->schools[scene->count++] = i;
    scene_marks(scene, ATLAS_SCHOOLS_MOST);
    scene->figures = arena_array(scene->scratch, struct figure, atlas->data.group_count);
    for (uint32_t g = 0; g < atlas->data.group_count; g++)
        scene->figures[scene->figure_count++] = scene_figure(scene, g);
    scene_hubs(scene);
    scene->sheet = (struct label_sheet){.arena = scene->scratch,
                                        .frame = {6, 6, scene->view.width - 6, scene->view.height - 6}};
    furniture_take(&scene->sheet, &scene->view, SCALE_LONGEST);
    scene_take(scene);
    avoid_coast(scene);
}

static void draw_names(struct buf *out, const char *class, const struct placed *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        draw_text(out, class, &names[i].text, names[i].box);
}

/* In layers, since a hull drawn after another group's marks would tint them. */
static void draw_network(const struct scene *scene, struct buf *out, struct atlas_used *used) {
    for (size_t i = 0; i < scene->figure_count; i++) {
        const struct figure *f = &scene->figures[i];
        if (!f->member_count)
            continue;
        buf_printf(out, "<g class=\"p%u %s\">", atlas_colour(scene->atlas, f->index),
                   kind_class[f->group->kind]);
        draw_figure(f, out, used);
        buf_lit(out, "</g>\n");
    }
    for (size_t i = 0; i < scene->figure_count; i++) {
        buf_printf(out, "<g class=\"p%u\">", atlas_colour(scene->atlas, scene->figures[i].index));
        draw_figure_marks(scene, scene->figures[i].index, out, used);
        buf_lit(out, "</g>\n");
    }
    /* Where no school can be in a group, an unfilled sign would say something of each. */
    buf_printf(out, "<g class=\"%s\">", scene->atlas->data.group_count ? "none" : "each");
    draw_figure_marks(scene, ATLAS_NONE, out, used);
    buf_lit(out, "</g>\n");
    for (size_t i = 0; i < scene->figure_count; i++) {
        const struct figure *f = &scene->figures[i];
        if (!f->member_count)
            continue;
        buf_printf(out, "<g class=\"p%u\">", atlas_colour(scene->atlas, f->index));
        draw_hub(out, f->hub, f->group->number);
        buf_lit(out, "</g>\n");
    }
}

bool atlas_network(const struct atlas *atlas, const struct atlas_caption *caption, struct arena *scratch,
                   struct buf *out, struct atlas_used *used) {
    if (!atlas->has_land)
        return false;
    struct atlas_used ignored = {0};
    struct arena_mark mark = arena_mark(scratch);
    struct scene scene = {.atlas = atlas, .scratch = scratch};
    scene_network(&scene);
    struct placed *names = arena_array(scratch, struct placed, scene.figure_count + 1);
    struct placed *areas = arena_array(scratch, struct placed, atlas->land.count + 1);
    size_t name_count = place_names(&scene, names), area_count = place_areas(&scene, areas);
    svg_open(out, scene.mark < 8 ? "map fine" : "map", scene.view.width, scene.view.height, caption->id,
             caption->title, caption->desc);
    draw_land(out, atlas, &scene.view, scratch);
    draw_names(out, " class=\"area\"", areas, area_count);
    draw_network(&scene, out, used ? used : &ignored);
    draw_names(out, " class=\"name\"", names, name_count);
    draw_furniture(out, &scene.view, SCALE_LONGEST);
    arena_rewind(scratch, mark);
    return true;
}
