/* SPDX-License-Identifier: MIT */
/*
 * arena.h: memory that is given back all at once.
 *
 * An arena hands out pieces of large blocks and never frees a single piece. There are three lifetimes and no more:
 * the site (everything loaded from a portal), the worker (what one thread keeps between pages) and the frame (one
 * page, undone with arena_mark and arena_rewind). So nothing is freed twice, nothing leaks, and no function needs
 * to say who owns its result: the arena it was given does.
 *
 *     struct arena a = {0};
 *     int *squares = arena_array(&a, int, 10);
 *     arena_release(&a);
 *
 * Running out of memory ends the program, here and nowhere else, so no caller checks for NULL. Only arena.c calls
 * malloc and free.
 */
#ifndef SIGNPOST_BASE_ARENA_H
#define SIGNPOST_BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

struct arena_block;

/* Zero is an empty arena. Not shared between threads. */
struct arena {
    struct arena_block *block; /* the newest block; older ones hang from it */
    size_t held;               /* bytes asked of the system so far */
};

/* A place to come back to; valid until the arena is rewound past it. */
struct arena_mark {
    struct arena_block *block;
    size_t used;
};

/* `size` zeroed bytes aligned to `align` (a power of two). Never NULL, not even for size 0. */
void *arena_alloc(struct arena *arena, size_t size, size_t align);

/* `count` * `size` zeroed bytes; a product that does not fit a size_t counts as out of memory. */
void *arena_calloc(struct arena *arena, size_t count, size_t size, size_t align);

/* The same bytes in `size` >= `old` bytes: in place when `p` was the last piece handed out, else a copy. New bytes
 * are not zeroed. `p` may be NULL when `old` is 0. */
void *arena_grow(struct arena *arena, void *p, size_t old, size_t size, size_t align);

struct arena_mark arena_mark(const struct arena *arena);

/* Forgets everything handed out since `mark`, keeping one block for reuse. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Gives every block back; the arena is empty and may be used again. */
void arena_release(struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type), alignof(type)))
#define arena_array(arena, type, count) ((type *)arena_calloc((arena), (count), sizeof(type), alignof(type)))

#endif
