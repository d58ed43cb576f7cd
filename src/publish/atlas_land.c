/* SPDX-License-Identifier: MIT */
/*
 * atlas_land.c: ground for schools to stand on.
 *
 * A network has no outline among its records, and a true boundary would be another data set with another licence. So
 * the land is what lies near the schools: a raster of small squares, grown around every school until all is one piece
 * and shrunk again (which closes gaps and leaves an even margin), and shared out among the areas by the pull of their
 * schools. atlas_ring.c makes outlines of the squares.
 */
#include "publish/atlas_inside.h"

/* Distances are in fifths of a square, by steps of 5, 7 and 11: within 2 % of the true one, in two sweeps. */
#define STEP 5
#define FAR (1 << 20)
#define UNITS(u) ((u)*STEP / LAND_CELL)

/* What stays around the outermost schools; less than the margin of the whole view. */
#define LAND_PAD UNITS(60)

struct raster {
    int cols, rows;
    int *distance;
    uint16_t *label; /* patch + 1, or 0 */
    uint8_t *settled;
    uint32_t *queue; /* of settled squares */
};

struct site {
    struct point at; /* in units from the raster's corner */
    uint16_t patch;
};

static void sweep(const struct raster *r) {
    static const struct {
        signed char x, y, cost;
    } before[8] = {{-1, 0, 5},   {0, -1, 5},  {-1, -1, 7},  {1, -1, 7},
                   {-2, -1, 11}, {2, -1, 11}, {-1, -2, 11}, {1, -2, 11}};
    int cells = r->cols * r->rows;
    for (int way = 1; way >= -1; way -= 2)
        for (int i = 0; i < cells; i++) {
            int cell = way > 0 ? i : cells - 1 - i, x = cell % r->cols, y = cell / r->cols;
            for (int k = 0; k < 8; k++) {
                int fx = x + before[k].x * way, fy = y + before[k].y * way;
                if (fx < 0 || fy < 0 || fx >= r->cols || fy >= r->rows)
                    continue;
                int d = r->distance[fy * r->cols + fx] + before[k].cost;
                if (d < r->distance[cell])
                    r->distance[cell] = d;
            }
        }
}

static int cell_of(const struct raster *r, struct point at) {
    return at.y / LAND_CELL * r->cols + at.x / LAND_CELL;
}

static void settle(const struct raster *r, int cell, int *count) {
    if (r->settled[cell])
        return;
    r->settled[cell] = 1;
    r->queue[(*count)++] = (uint32_t)cell;
}

/* Settles what is joined to the settled squares by land of the same label, or, to `take` it over, by land of any. */
static int settle_all(const struct raster *r, int count, bool take) {
    for (int i = 0; i < count; i++) {
        int cell = (int)r->queue[i];
        /* The margin is always sea, so every square of land has four neighbours. */
        const int next[4] = {cell - 1, cell + 1, cell - r->cols, cell + r->cols};
        for (int k = 0; k < 4; k++) {
            if (r->settled[next[k]] || !r->label[next[k]] || (!take && r->label[next[k]] != r->label[cell]))
                continue;
            r->label[next[k]] = r->label[cell];
            settle(r, next[k], &count);
        }
    }
    return count;
}

static void unsettle(const struct raster *r) {
    for (int i = 0; i < r->cols * r->rows; i++)
        r->settled[i] = 0;
}

/* Grows the schools by `reach` into label 1; true when all is one piece. */
static bool grow(const struct raster *r, const struct site *sites, int reach) {
    int land = 0, piece = 0;
    for (int i = 0; i < r->cols * r->rows; i++) {
        r->label[i] = r->distance[i] < reach;
        land += r->label[i];
    }
    unsettle(r);
    settle(r, cell_of(r, sites[0].at), &piece);
    return settle_all(r, piece, false) == land;
}

static void outline(const struct raster *r, const struct site *sites, size_t count) {
    static const int reaches[] = {UNITS(140), UNITS(190), UNITS(240), UNITS(290)};
    int cells = r->cols * r->rows;
    for (int i = 0; i < cells; i++)
        r->distance[i] = FAR;
    for (size_t i = 0; i < count; i++)
        r->distance[cell_of(r, sites[i].at)] = 0;
    sweep(r);
    size_t k = 0, last = sizeof reaches / sizeof *reaches - 1;
    while (!grow(r, sites, reaches[k]) && k < last) /* islands farther off than that stay islands */
        k++;
    for (int i = 0; i < cells; i++)
        r->distance[i] = r->label[i] ? FAR : 0;
    sweep(r);
    for (int i = 0; i < cells; i++)
        r->label[i] = r->distance[i] > reaches[k] - LAND_PAD;
}

/* Shares the land out by the fourth power of nearness, summed over an area's schools: nearly "whose is the nearest
 * school", but with calm borders, since two schools of one area hold the ground between them. */
static void share(const struct raster *r, const struct site *sites, size_t count, size_t patches,
                  int64_t *pull) {
    for (int cell = 0; cell < r->cols * r->rows; cell++) {
        if (!r->label[cell])
            continue;
        for (size_t p = 0; p < patches; p++)
            pull[p] = 0;
        int x = cell % r->cols * LAND_CELL + LAND_CELL / 2, y = cell / r->cols * LAND_CELL + LAND_CELL / 2;
        for (size_t i = 0; i < count; i++) {
            if (!sites[i].patch)
                continue;
            int64_t dx = x - sites[i].at.x, dy = y - sites[i].at.y,
                    q = (1LL << 32) / (dx * dx + dy * dy + 400);
            pull[sites[i].patch - 1] += q * q;
        }
        size_t best = 0;
        for (size_t p = 1; p < patches; p++)
            best = pull[p] > pull[best] ? p : best;
        r->label[cell] = (uint16_t)(best + 1);
    }
}

/* A scrap of an area without a school of its own goes to whom it borders on: it would be a border round nothing. */
static void tidy(const struct raster *r, const struct site *sites, size_t count) {
    int settled = 0;
    unsettle(r);
    for (size_t i = 0; i < count; i++)
        if (sites[i].patch && r->label[cell_of(r, sites[i].at)] == sites[i].patch)
            settle(r, cell_of(r, sites[i].at), &settled);
    settle_all(r, settle_all(r, settled, false), true);
}

/* Two shades, so that neighbours mostly differ; the borders part them where they do not. */
static void shade(struct land *land) {
    int cells = land->cols * land->rows;
    for (size_t p = 1; p < land->count; p++) {
        int differ = 0; /* border shared with earlier patches of the first shade, less that of the second */
        for (int cell = land->cols; cell < cells; cell++) {
            const uint16_t *c = land->cells, here = c[cell];
            const int next[2] = {cell - 1, cell - land->cols};
            for (int i = 0; i < 2; i++) {
                uint16_t there = c[next[i]], other = here == p + 1 ? there : here;
                if ((here == p + 1) == (there == p + 1) || !other || other > p)
                    continue;
                differ += land->patches[other - 1].alt ? -1 : 1;
            }
        }
        land->patches[p].alt = differ > 0;
    }
}

/* More areas than this are no areas, but something else (one a school, say). */
#define PATCHES_MOST 200

static size_t collect(const struct atlas *atlas, const struct view *view, struct site *sites, size_t *patches,
                      struct arena *scratch) {
    const struct atlas_data *d = &atlas->data;
    uint16_t *patch_of = arena_array(scratch, uint16_t, d->school_count);
    *patches = d->area_count > PATCHES_MOST ? 0 : d->area_count;
    size_t with_area = 0;
    for (size_t a = *patches; a-- > 0;)
        for (size_t i = 0; i < d->areas[a].member_count; i++)
            if (atlas_placed(atlas, d->areas[a].members[i])) {
                patch_of[d->areas[a].members[i]] = (uint16_t)(a + 1);
                with_area++;
            }
    *patches = with_area ? *patches : 0;
    size_t count = 0;
    for (uint32_t i = 0; i < d->school_count; i++)
        if (atlas_placed(atlas, i)) {
            struct point at = view_point(view, d->schools[i].easting, d->schools[i].northing);
            sites[count++] =
                (struct site){{at.x + LAND_MARGIN, at.y + LAND_MARGIN}, *patches ? patch_of[i] : 1};
        }
    *patches += *patches == 0;
    return count;
}

void land_make(struct atlas *atlas, struct arena *arena) {
    struct arena scratch = {0};
    const struct view *view = &atlas->whole;
    struct raster r = {.cols = (view->width + 2 * LAND_MARGIN) / LAND_CELL,
                       .rows = (view->height + 2 * LAND_MARGIN) / LAND_CELL + 1};
    size_t cells = (size_t)r.cols * (size_t)r.rows, patches;
    r.label = arena_array(arena, uint16_t, cells);
    r.distance = arena_array(&scratch, int, cells);
    r.settled = arena_array(&scratch, uint8_t, cells);
    r.queue = arena_array(&scratch, uint32_t, cells);
    struct site *sites = arena_array(&scratch, struct site, atlas->located);
    size_t count = collect(atlas, view, sites, &patches, &scratch);
    int64_t *pull = arena_array(&scratch, int64_t, patches);
    outline(&r, sites, count);
    share(&r, sites, count, patches, pull);
    tidy(&r, sites, count);
    atlas->land = (struct land){.cells = r.label,
                                .cols = r.cols,
                                .rows = r.rows,
                                .count = patches,
                                .patches = arena_array(arena, struct land_patch, patches)};
    shade(&atlas->land);
    land_trace(&atlas->land, view, arena);
    atlas->has_land = true;
    arena_release(&scratch);
}
