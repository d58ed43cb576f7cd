/* SPDX-License-Identifier: MIT */
/*
 * differ.c: Myers's algorithm in linear space.
 *
 * A way from one sequence to the other is a path through a grid, right for what is removed, down for what is added, and
 * diagonally for what is kept. Paths are grown from both ends at once, each round by one step that keeps nothing, until
 * two of them meet: that is the middle of a shortest path. What lies before and after it are two smaller grids.
 */
#include "text/differ.h"

#include "base/map.h"

/* The part of the grid that is looked at: base[base .. base + width) against head[head .. head + height). */
struct box {
    size_t base, head;
    ptrdiff_t width, height;
};

struct compare {
    struct differ *differ;
    const uint32_t *base, *head; /* equal strings have equal numbers */
    ptrdiff_t *ahead, *back;     /* of each diagonal, how far the furthest path from either end came */
    struct difference out;
    size_t room;
};

/* ---- the runs ---- */

static void keep(struct compare *c, size_t base, size_t head, size_t count) {
    struct difference *d = &c->out;
    struct difference_run *last = d->count ? &d->runs[d->count - 1] : NULL;
    d->kept += count;
    if (count && last && last->base + last->count == base && last->head + last->count == head) {
        last->count += count;
        return;
    }
    if (d->count == c->room) {
        size_t size = sizeof(*d->runs), room = c->room ? 2 * c->room : 16;
        d->runs = arena_grow(c->differ->arena, d->runs, c->room * size, room * size,
                             alignof(struct difference_run));
        c->room = room;
    }
    d->runs[d->count++] = (struct difference_run){base, head, count};
}

/* ---- the middle ---- */

/* Whether the strings x and y steps from the box's beginning, or from its end, are the same. */
static bool same(const struct compare *c, const struct box *box, ptrdiff_t x, ptrdiff_t y, bool forward) {
    if (forward)
        return c->base[box->base + (size_t)x] == c->head[box->head + (size_t)y];
    return c->base[box->base + (size_t)(box->width - 1 - x)] ==
           c->head[box->head + (size_t)(box->height - 1 - y)];
}

/* Diagonals that a path of `steps` can have reached, within the box. */
static ptrdiff_t lowest(const struct box *box, ptrdiff_t steps) {
    return steps <= box->height ? -steps : -box->height + ((steps - box->height) & 1);
}
static ptrdiff_t highest(const struct box *box, ptrdiff_t steps) {
    return steps <= box->width ? steps : box->width - ((steps - box->width) & 1);
}

static bool reached(const struct box *box, ptrdiff_t diagonal, ptrdiff_t steps) {
    return steps >= 0 && diagonal >= lowest(box, steps) && diagonal <= highest(box, steps);
}

/* One step more on every diagonal, and along it as far as the strings are the same. Where a path from the other end,
 * `other_steps` long, is met, gives its place as steps from this end. */
static bool grow(struct compare *c, const struct box *box, ptrdiff_t steps, bool forward,
                 ptrdiff_t other_steps, ptrdiff_t *met_x, ptrdiff_t *met_y) {
    ptrdiff_t *reach = forward ? c->ahead : c->back, *other = forward ? c->back : c->ahead;
    ptrdiff_t low = lowest(box, steps), high = highest(box, steps), walked = high - low + 2;
    if (steps <= box->height)
        reach[-steps - 1] = -1;
    if (steps <= box->width)
        reach[steps + 1] = steps ? -1 : 0;
    for (ptrdiff_t k = low; k <= high; k += 2) {
        ptrdiff_t x = reach[k - 1] < reach[k + 1] ? reach[k + 1] : reach[k - 1] + 1, from = x;
        while (x < box->width && x - k < box->height && same(c, box, x, x - k, forward))
            x++;
        reach[k] = x;
        walked += x - from;
        ptrdiff_t across = box->width - box->height - k; /* the same diagonal, counted from the other end */
        if (reached(box, across, other_steps) && !((across - other_steps) & 1) &&
            x + other[across] >= box->width) {
            *met_x = x;
            *met_y = x - k;
            return true;
        }
    }
    c->differ->work -= (size_t)walked < c->differ->work ? (size_t)walked : c->differ->work;
    return false;
}

/* A place on a shortest path, about in its middle; false where the work ran out. */
static bool middle(struct compare *c, const struct box *box, ptrdiff_t *x, ptrdiff_t *y) {
    c->ahead[-box->height - 1] = c->ahead[box->width + 1] = -1;
    c->back[-box->height - 1] = c->back[box->width + 1] = -1;
    for (ptrdiff_t steps = 0; c->differ->work; steps++) {
        if (grow(c, box, steps, true, steps - 1, x, y))
            return true;
        if (grow(c, box, steps, false, steps, x, y)) {
            *x = box->width - *x;
            *y = box->height - *y;
            return true;
        }
    }
    return false;
}

/* ---- the whole ---- */

/* As deep as the shortest path is often halved. What is the same at either end is taken off first, so that a path of
 * one step is no longer there to be halved. */
static void compare_box(struct compare *c, struct box box) {
    ptrdiff_t front = 0, back = 0, x, y;
    while (front < box.width && front < box.height && same(c, &box, front, front, true))
        front++;
    if (front)
        keep(c, box.base, box.head, (size_t)front);
    box = (struct box){box.base + (size_t)front, box.head + (size_t)front, box.width - front,
                       box.height - front};
    while (back < box.width && back < box.height && same(c, &box, back, back, false))
        back++;
    box.width -= back;
    box.height -= back;
    if (box.width && box.height) {
        if (middle(c, &box, &x, &y)) {
            compare_box(c, (struct box){box.base, box.head, x, y});
            compare_box(
                c, (struct box){box.base + (size_t)x, box.head + (size_t)y, box.width - x, box.height - y});
        } else {
            c->out.coarse = true;
        }
    }
    if (back)
        keep(c, box.base + (size_t)box.width, box.head + (size_t)box.height, (size_t)back);
}

/* Numbers for strings, so that comparing two is comparing numbers. */
static uint32_t *number(struct arena *scratch, struct map *numbers, const struct str *strings, size_t count) {
    uint32_t *out = arena_array(scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        const struct map_item *item = map_add(numbers, strings[i], numbers, NULL);
        out[i] = (uint32_t)(item - numbers->items);
    }
    return out;
}

struct difference differ_compare(struct differ *differ, const struct str *base, size_t base_count,
                                 const struct str *head, size_t head_count) {
    struct arena *scratch = differ->scratch;
    struct arena_mark mark = arena_mark(scratch);
    struct map numbers = {.arena = scratch};
    size_t diagonals = base_count + head_count + 3;
    struct compare c = {.differ = differ};
    map_reserve(&numbers, base_count + head_count);
    c.base = number(scratch, &numbers, base, base_count);
    c.head = number(scratch, &numbers, head, head_count);
    c.ahead = arena_array(scratch, ptrdiff_t, diagonals) + head_count + 1;
    c.back = arena_array(scratch, ptrdiff_t, diagonals) + head_count + 1;
    compare_box(&c, (struct box){0, 0, (ptrdiff_t)base_count, (ptrdiff_t)head_count});
    keep(&c, base_count, head_count, 0);
    arena_rewind(scratch, mark);
    return c.out;
}
