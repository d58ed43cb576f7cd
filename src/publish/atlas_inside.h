/* SPDX-License-Identifier: MIT */
/*
 * atlas_inside.h: what the files of the atlas share. Included by src/publish/atlas*.c and their tests only.
 *
 * Two spaces: the ground, in metres on the National Grid, and a picture, in units of its viewBox with y downwards. A
 * view leads from one to the other. Everything is integer arithmetic, since floating point may round differently
 * from one machine to the next, and then a rebuild would not be the same bytes.
 */
#ifndef SIGNPOST_PUBLISH_ATLAS_INSIDE_H
#define SIGNPOST_PUBLISH_ATLAS_INSIDE_H

#include "publish/atlas.h"
#include "publish/label.h"
#include "publish/svg.h"

struct point {
    int x, y;
};

struct extent {
    long e0, n0, e1, n1;
    bool any;
};

/* The point (e, n) of the ground is at the left top of the picture; `metres256` is 256 times the metres of one unit. */
struct view {
    long e, n;
    long metres256;
    int width, height;
};

/* How a picture is to be filled: its width, the bounds of its height, what stays free around what must be seen, and
 * the least that it spans, so that one school is not a world. */
struct frame {
    int width, least, most;
    int left, right, top, bottom;
    long metres_least;
};

struct land_point {
    int32_t e, n;
    bool corner; /* where borders meet: stays sharp, or the patches that meet there would part */
};

struct land_ring {
    const struct land_point *at;
    size_t count;
    struct extent extent;
};

/* One area's ground. */
struct land_patch {
    struct land_ring *rings;
    size_t count;
    bool alt; /* the other of two shades */
};

struct land {
    struct land_patch *patches; /* one an area, or one in all where there are no areas */
    size_t count;
    struct land_patch rim;
    /* The raster it was made from, for finding room for an area's name: patch + 1, or 0 outside. */
    const uint16_t *cells;
    int cols, rows;
};

/* Schools by squares of the ground, so that a close-up finds its neighbours without looking at the whole network. */
struct ground_index {
    long e, n, side;
    int cols, rows;
    uint32_t *start; /* cols * rows + 1 offsets into `school` */
    uint32_t *school;
};

struct atlas {
    struct atlas_data data;
    size_t located;
    struct extent extent;
    uint32_t *group_of; /* a school's first group as a member, else as an associate, else ATLAS_NONE */
    uint8_t *colour;    /* of each group, from 1 */
    struct ground_index index;
    struct view whole; /* of atlas_network */
    bool has_land;     /* not for more than ATLAS_SCHOOLS_MOST */
    struct land land;
};

/* atlas.c */
bool atlas_placed(const struct atlas *atlas, uint32_t school); /* may be shown */
void extent_add(struct extent *extent, long e, long n);
struct view view_fit(struct extent extent, const struct frame *frame);
struct point view_point(const struct view *view, long e, long n);
size_t ground_square(const struct ground_index *index, const struct atlas_school *school);

/* atlas_land.c, with atlas_ring.c */
#define LAND_CELL 10    /* units of the whole view */
#define LAND_MARGIN 300 /* units around it, so that closing gaps does not meet an edge */
void land_make(struct atlas *atlas, struct arena *arena);
void land_trace(struct land *land, const struct view *view, struct arena *arena);

/* atlas_shape.c */
int root(long long n); /* the whole part of the square root */
size_t hull(struct point *points, size_t count,
            struct point *out); /* sorts `points`; out has room for count + 1 */
void spread(struct point *points, size_t count, int gap);
struct point hub_place(const struct point *members, size_t count, const struct point *marks,
                       size_t mark_count, const struct point *hubs, size_t hub_count, int mark,
                       struct point *room); /* for as many points as there are marks */

/* atlas_draw.c */
#define HUB_RADIUS 13
void draw_land(struct buf *out, const struct atlas *atlas, const struct view *view, struct arena *scratch);
void draw_mark(struct buf *out, enum atlas_sign sign, struct point at, int r,
               struct str title); /* title may be empty */
void draw_ring(struct buf *out, struct point at, int r);
void draw_hull(struct buf *out, const struct point *corners, size_t count);
void draw_spokes(struct buf *out, const char *class, struct point hub, const struct point *ends,
                 size_t count);
void draw_hub(struct buf *out, struct point at, unsigned number);
/* `class` is an attribute with its leading space, or "". */
void draw_text(struct buf *out, const char *class, const struct label_text *text, struct box box);
/* The scale bar, no longer than `longest`, and the north arrow; the room they need; the first also closes the <svg>. */
void draw_furniture(struct buf *out, const struct view *view, int longest);
void furniture_take(struct label_sheet *sheet, const struct view *view, int longest);

extern const char *const kind_class[ATLAS_KINDS];

/* atlas_scene.c: what one picture shows. */
struct figure {
    const struct atlas_group *group;
    uint32_t index;
    struct point *members;
    size_t member_count;
    struct point *associates;
    size_t associate_count;
    struct point *corners; /* of the hull */
    size_t corner_count;
    struct point hub;
};

struct scene {
    const struct atlas *atlas;
    struct arena *scratch;
    struct view view;
    int mark;          /* half a mark's width */
    uint32_t *schools; /* what is shown, in order of index, and where */
    struct point *at;
    size_t count;
    struct figure *figures;
    size_t figure_count;
    struct label_sheet sheet;
};

void scene_marks(struct scene *scene, size_t spread_most);
struct point scene_point(const struct scene *scene, uint32_t school);
struct figure scene_figure(const struct scene *scene, uint32_t group);
void scene_hubs(struct scene *scene); /* of the figures, apart from the marks and from each other */
void scene_take(struct scene *scene); /* puts marks, hubs, hulls and spokes on the sheet */
void draw_figure(const struct figure *figure, struct buf *out, struct atlas_used *used);
void draw_figure_marks(const struct scene *scene, uint32_t group, struct buf *out, struct atlas_used *used);

#endif
