/* SPDX-License-Identifier: MIT */
/* atlas_shape.c: hulls, hubs and the room between marks, in whole units. */
#include <stdlib.h>

#include "publish/atlas_inside.h"

int root(long long n) {
    if (n <= 0)
        return 0;
    long long r = 1;
    while (r * r < n)
        r *= 2;
    for (long long next = (r + n / r) / 2; next < r; next = (r + n / r) / 2)
        r = next;
    return (int)r;
}

static int point_order(const void *a, const void *b) {
    const struct point *p = a, *q = b;
    return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->y > q->y) - (p->y < q->y);
}

static long long turn(struct point a, struct point b, struct point c) {
    return (long long)(b.x - a.x) * (c.y - a.y) - (long long)(b.y - a.y) * (c.x - a.x);
}

/* Andrew's monotone chain. Points on a line give its two ends, points at one place give one. */
size_t hull(struct point *points, size_t count, struct point *out) {
    qsort(points, count, sizeof *points, point_order);
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++)
        if (!distinct || point_order(&points[distinct - 1], &points[i]) != 0)
            points[distinct++] = points[i];
    if (distinct < 3) {
        for (size_t i = 0; i < distinct; i++)
            out[i] = points[i];
        return distinct;
    }
    size_t n = 0;
    for (size_t i = 0; i < distinct; i++) {
        while (n >= 2 && turn(out[n - 2], out[n - 1], points[i]) <= 0)
            n--;
        out[n++] = points[i];
    }
    size_t lower = n + 1;
    for (size_t i = distinct - 1; i-- > 0;) {
        while (n >= lower && turn(out[n - 2], out[n - 1], points[i]) <= 0)
            n--;
        out[n++] = points[i];
    }
    return n - 1;
}

/* Spreading looks at every pair; beyond this it is left undone, as marks overlap whatever one does. */
#define SPREAD_MOST ATLAS_SCHOOLS_MOST
#define SPREAD_TURNS 8

/* An infant and a junior school share a site: without this the one would hide the other. Marks give way by no more
 * than their own width, which at the scale of these maps is a street or two. */
void spread(struct point *points, size_t count, int gap) {
    if (count > SPREAD_MOST)
        return;
    for (int pass = 0; pass < SPREAD_TURNS; pass++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j < count; j++) {
                struct point *a = &points[i], *b = &points[j];
                int dx = b->x - a->x, dy = b->y - a->y;
                if (dx >= gap || dx <= -gap || dy >= gap || dy <= -gap || dx * dx + dy * dy >= gap * gap)
                    continue;
                int distance = root((long long)dx * dx + (long long)dy * dy);
                if (distance == 0)
                    dx = distance = 1;
                int more = gap - distance + 1; /* to be shared by the two */
                int sx = dx * more / distance, sy = dy * more / distance;
                a->x -= sx / 2;
                a->y -= sy / 2;
                b->x += sx - sx / 2;
                b->y += sy - sy / 2;
            }
}

static long long square(struct point a, struct point b) {
    long long dx = a.x - b.x, dy = a.y - b.y;
    return dx * dx + dy * dy;
}

/* What it costs to have a hub here: far from the middle is poor, on a mark or another hub is out of the question. The
 * outer distances are those of a phone, where the style sheet draws hubs nearly twice as large. */
static long long hub_cost(struct point at, const struct point *marks, size_t mark_count,
                          const struct point *hubs, size_t hub_count, int mark) {
    long long cost = 0;
    for (size_t i = 0; i < mark_count; i++) {
        long long d = square(at, marks[i]), hit = 14 + mark, near = 28 + mark;
        cost += d < hit * hit ? 4000 : d < near * near ? 12 : 0;
    }
    for (size_t i = 0; i < hub_count; i++) {
        long long d = square(at, hubs[i]);
        cost += d < 30 * 30 ? 4000 : d < 50 * 50 ? 60 : 0;
    }
    return cost;
}

/* The marks that can cost a hub anything, which is tried up to 40 units from the middle either way. */
static size_t marks_about(struct point middle, const struct point *marks, size_t count, int mark,
                          struct point *out) {
    int reach = 40 + 28 + mark;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        int dx = marks[i].x - middle.x, dy = marks[i].y - middle.y;
        if (dx < reach && dx > -reach && dy < reach && dy > -reach)
            out[kept++] = marks[i];
    }
    return kept;
}

struct point hub_place(const struct point *members, size_t count, const struct point *marks,
                       size_t mark_count, const struct point *hubs, size_t hub_count, int mark,
                       struct point *room) {
    static const signed char way[8][2] = {{0, -10}, {7, 7},  {-7, 7},  {10, 0},
                                          {-10, 0}, {7, -7}, {-7, -7}, {0, 10}};
    long long x = 0, y = 0;
    for (size_t i = 0; i < count; i++) {
        x += members[i].x;
        y += members[i].y;
    }
    struct point middle = {(int)(x / (long long)count), (int)(y / (long long)count)}, best = middle;
    mark_count = marks_about(middle, marks, mark_count, mark, room);
    marks = room;
    long long least = hub_cost(middle, marks, mark_count, hubs, hub_count, mark);
    for (int far = 1; far <= 4 && least > 0; far++)
        for (int i = 0; i < 8; i++) {
            struct point at = {middle.x + way[i][0] * far, middle.y + way[i][1] * far};
            long long cost = 6 * far + hub_cost(at, marks, mark_count, hubs, hub_count, mark);
            if (cost < least) {
                least = cost;
                best = at;
            }
        }
    return best;
}
