/* SPDX-License-Identifier: MIT */
/*
 * atlas_ring.c: from squares to outlines.
 *
 * The corners of the squares where labels differ form a net of borders. The net is smoothed as a whole and thinned
 * border by border, and only then are rings read off it, so that two patches share every point of their border and
 * nothing shows between them. (Smoothing ring by ring would be shorter, and tears them apart.)
 */
#include "publish/atlas_inside.h"

#define FINE 16 /* positions are in 1/16 of a unit */
#define SMOOTH_TURNS 14
#define THIN_REACH 20 /* a point nearer to the line than this (in 1/16 unit) is left out */

enum way { EAST, SOUTH, WEST, NORTH };

/* Corner (x, y) is the left top of square (x, y). */
struct net {
    const uint16_t *cells;
    int cols,
        rows; /* of squares; there are one more corners either way, of which the last are never on land */
    struct point *at;
    uint8_t *edges; /* of a corner: bit 1 << way */
    uint8_t *keep;
    uint8_t *done; /* edges walked */
};

enum { DROPPED, KEPT, CORNER };

static uint16_t label(const struct net *net, int x, int y) {
    return x < 0 || y < 0 || x >= net->cols || y >= net->rows ? 0 : net->cells[y * net->cols + x];
}

static int corner_next(const struct net *net, int corner, enum way way) {
    const int step[4] = {1, net->cols, -1, -net->cols};
    return corner + step[way];
}

/* The squares left and right of an edge that leaves the corner (x, y). */
static void edge_sides(const struct net *net, int corner, enum way way, uint16_t *left, uint16_t *right) {
    static const signed char side[4][4] = {{0, -1, 0, 0}, {0, 0, -1, 0}, {-1, 0, -1, -1}, {-1, -1, 0, -1}};
    int x = corner % net->cols, y = corner / net->cols;
    *left = label(net, x + side[way][0], y + side[way][1]);
    *right = label(net, x + side[way][2], y + side[way][3]);
}

static void net_start(struct net *net) {
    for (int corner = 0; corner < net->cols * net->rows; corner++) {
        net->at[corner] =
            (struct point){corner % net->cols * LAND_CELL * FINE, corner / net->cols * LAND_CELL * FINE};
        for (enum way way = EAST; way <= NORTH; way++) {
            uint16_t left, right;
            edge_sides(net, corner, way, &left, &right);
            net->edges[corner] |= (uint8_t)((left != right) << way);
        }
    }
}

static int edge_count(uint8_t edges) {
    return (edges & 1) + (edges >> 1 & 1) + (edges >> 2 & 1) + (edges >> 3 & 1);
}

/* Each point moves half way to the middle of its neighbours. A point of the coast heeds only the coast: a border that
 * ends there must not dent it. */
static void net_smooth(const struct net *net, struct point *next) {
    for (int corner = 0; corner < net->cols * net->rows; corner++) {
        if (!net->edges[corner])
            continue;
        struct point all = {0}, coast = {0}, p = net->at[corner];
        int all_count = 0, coast_count = 0;
        for (enum way way = EAST; way <= NORTH; way++) {
            if (!(net->edges[corner] >> way & 1))
                continue;
            uint16_t left, right;
            edge_sides(net, corner, way, &left, &right);
            struct point q = net->at[corner_next(net, corner, way)];
            all = (struct point){all.x + q.x, all.y + q.y};
            all_count++;
            if (left && right)
                continue;
            coast = (struct point){coast.x + q.x, coast.y + q.y};
            coast_count++;
        }
        struct point sum = coast_count ? coast : all;
        int count = coast_count ? coast_count : all_count;
        next[corner] = (struct point){(p.x + sum.x / count) / 2, (p.y + sum.y / count) / 2};
    }
}

static long long distance_from(struct point p, struct point a, struct point b) {
    long long dx = b.x - a.x, dy = b.y - a.y, length = root(dx * dx + dy * dy);
    if (!length)
        return root((long long)(p.x - a.x) * (p.x - a.x) + (long long)(p.y - a.y) * (p.y - a.y));
    long long cross = dx * (p.y - a.y) - dy * (p.x - a.x);
    return (cross < 0 ? -cross : cross) / length;
}

struct span {
    int from, to;
};

/* Douglas and Peucker, with a stack of its own: a border may be thousands of points long. */
static void thin(const struct net *net, const int *path, struct span whole, struct span *stack) {
    int depth = 0;
    stack[depth++] = whole;
    while (depth) {
        struct span s = stack[--depth];
        long long most = THIN_REACH;
        int far = -1;
        for (int i = s.from + 1; i < s.to; i++) {
            long long d = distance_from(net->at[path[i]], net->at[path[s.from]], net->at[path[s.to]]);
            if (d > most) {
                most = d;
                far = i;
            }
        }
        if (far < 0)
            continue;
        net->keep[path[far]] = KEPT;
        stack[depth++] = (struct span){s.from, far};
        stack[depth++] = (struct span){far, s.to};
    }
}

/* Follows a border from a corner to the next one where borders meet, or round to its start. */
static int walk(const struct net *net, int from, enum way way, int *path) {
    int count = 0, corner = from;
    path[count++] = corner;
    for (;;) {
        net->done[corner] |= (uint8_t)(1 << way);
        corner = corner_next(net, corner, way);
        net->done[corner] |= (uint8_t)(1 << (way + 2) % 4);
        path[count++] = corner;
        if (corner == from || edge_count(net->edges[corner]) != 2)
            return count;
        uint8_t rest = net->edges[corner] & (uint8_t) ~(1 << (way + 2) % 4);
        for (way = EAST; !(rest >> way & 1);)
            way++;
    }
}

static void net_thin(const struct net *net, struct arena *scratch) {
    int corners = net->cols * net->rows;
    int *path = arena_array(scratch, int, 2 * (size_t)corners + 2);
    struct span *stack = arena_array(scratch, struct span, 2 * (size_t)corners + 2);
    /* First the borders that run from meeting to meeting, then the loops that meet nothing. */
    for (int loops = 0; loops <= 1; loops++)
        for (int corner = 0; corner < corners; corner++) {
            bool meeting = net->edges[corner] && edge_count(net->edges[corner]) != 2;
            if (!net->edges[corner] || (!loops && !meeting))
                continue;
            for (enum way way = EAST; way <= NORTH; way++) {
                if (!(net->edges[corner] >> way & 1) || (net->done[corner] >> way & 1))
                    continue;
                int count = walk(net, corner, way, path), middle = count / 2;
                net->keep[corner] = KEPT;
                if (path[count - 1] != corner) {
                    thin(net, path, (struct span){0, count - 1}, stack);
                    continue;
                }
                net->keep[path[middle]] = KEPT;
                thin(net, path, (struct span){0, middle}, stack);
                thin(net, path, (struct span){middle, count - 1}, stack);
            }
        }
    for (int corner = 0; corner < corners; corner++)
        if (edge_count(net->edges[corner]) > 2)
            net->keep[corner] = CORNER;
}

static bool inside(uint16_t here, uint16_t patch) {
    return patch ? here == patch : here != 0;
}

/* Walks round a piece with the piece on the right, from an edge along the top of a square, and keeps what was kept. */
static size_t ring_walk(const struct net *net, int from, uint16_t patch, uint8_t *walked, int *out) {
    size_t count = 0;
    int corner = from;
    enum way way = EAST;
    do {
        if (net->keep[corner])
            out[count++] = corner;
        if (way == EAST)
            walked[corner] = 1;
        corner = corner_next(net, corner, way);
        uint16_t left, right;
        edge_sides(net, corner, way, &left, &right);
        if (!inside(right, patch))
            way = (way + 1) % 4;
        else if (inside(left, patch))
            way = (way + 3) % 4;
    } while (corner != from || way != EAST);
    return count;
}

static struct land_ring ring_ground(const struct net *net, const int *corners, size_t count,
                                    const struct view *view, struct arena *arena) {
    struct land_point *at = arena_array(arena, struct land_point, count);
    struct land_ring ring = {.at = at, .count = count};
    for (size_t i = 0; i < count; i++) {
        struct point p = net->at[corners[i]];
        long x = p.x - LAND_MARGIN * FINE, y = p.y - LAND_MARGIN * FINE;
        at[i] = (struct land_point){(int32_t)(view->e + x * view->metres256 / (256 * FINE)),
                                    (int32_t)(view->n - y * view->metres256 / (256 * FINE)),
                                    net->keep[corners[i]] == CORNER};
        extent_add(&ring.extent, at[i].e, at[i].n);
    }
    return ring;
}

/* The rings of a patch, or of all land for patch 0. */
static struct land_patch patch_rings(const struct net *net, uint16_t patch, const struct view *view,
                                     struct arena *arena, struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    size_t corners = (size_t)net->cols * (size_t)net->rows, room = 0;
    uint8_t *walked = arena_array(scratch, uint8_t, corners);
    int *path = arena_array(scratch, int, 4 * corners);
    struct land_patch out = {0};
    for (int corner = 0; corner < (int)corners; corner++) {
        uint16_t above, below;
        edge_sides(net, corner, EAST, &above, &below);
        if (walked[corner] || !inside(below, patch) || inside(above, patch))
            continue;
        size_t count = ring_walk(net, corner, patch, walked, path);
        if (count < 3)
            continue;
        if (out.count == room) {
            out.rings = arena_grow(arena, out.rings, room * sizeof *out.rings, (room + 4) * sizeof *out.rings,
                                   alignof(struct land_ring));
            room += 4;
        }
        out.rings[out.count++] = ring_ground(net, path, count, view, arena);
    }
    arena_rewind(scratch, mark);
    return out;
}

void land_trace(struct land *land, const struct view *view, struct arena *arena) {
    struct arena scratch = {0};
    size_t corners = (size_t)land->cols * (size_t)land->rows;
    struct net net = {.cells = land->cells,
                      .cols = land->cols,
                      .rows = land->rows,
                      .at = arena_array(&scratch, struct point, corners),
                      .edges = arena_array(&scratch, uint8_t, corners),
                      .keep = arena_array(&scratch, uint8_t, corners),
                      .done = arena_array(&scratch, uint8_t, corners)};
    struct point *next = arena_array(&scratch, struct point, corners);
    net_start(&net);
    for (int i = 0; i < SMOOTH_TURNS; i++) {
        net_smooth(&net, next);
        struct point *was = net.at;
        net.at = next;
        next = was;
    }
    net_thin(&net, &scratch);
    for (size_t p = 0; p < land->count; p++) {
        bool alt = land->patches[p].alt;
        land->patches[p] = patch_rings(&net, (uint16_t)(p + 1), view, arena, &scratch);
        land->patches[p].alt = alt;
    }
    land->rim = patch_rings(&net, 0, view, arena, &scratch);
    arena_release(&scratch);
}
