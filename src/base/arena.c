/* SPDX-License-Identifier: MIT */
/* arena.c: blocks from malloc, pieces by bumping an offset. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Big enough that a page or a record fits many times, small enough that 16 workers cost nothing. */
#define BLOCK_SIZE ((size_t)64 * 1024)
#define BLOCK_MAX ((size_t)4 * 1024 * 1024)

struct arena_block {
    struct arena_block *older;
    size_t size;
    size_t used;
    max_align_t bytes[];
};

/* The one place where the program ends for want of memory: no caller could do better than say so. */
static _Noreturn void out_of_memory(size_t size) {
    fprintf(stderr, "signpost: out of memory (%zu bytes more were needed)\n", size);
    _Exit(3);
}

static struct arena_block *block_new(struct arena *arena, size_t need) {
    size_t size = arena->block ? arena->block->size * 2 : BLOCK_SIZE;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        out_of_memory(size);
    struct arena_block *block = malloc(sizeof(*block) + size);
    if (!block)
        out_of_memory(size);
    *block = (struct arena_block){.older = arena->block, .size = size};
    arena->block = block;
    arena->held += size;
    return block;
}

static char *block_bytes(struct arena_block *block) {
    return (char *)block->bytes;
}

static void *arena_take(struct arena *arena, size_t size, size_t align) {
    assert(align && (align & (align - 1)) == 0 && align <= alignof(max_align_t));
    struct arena_block *block = arena->block;
    size_t at = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (!block || at > block->size || block->size - at < size) {
        block = block_new(arena, size);
        at = 0;
    }
    block->used = at + size;
    return block_bytes(block) + at;
}

void *arena_alloc(struct arena *arena, size_t size, size_t align) {
    void *p = arena_take(arena, size, align);
    memset(p, 0, size);
    return p;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size, size_t align) {
    if (size && count > SIZE_MAX / size)
        out_of_memory(SIZE_MAX);
    return arena_alloc(arena, count * size, align);
}

void *arena_grow(struct arena *arena, void *p, size_t old, size_t size, size_t align) {
    assert(size >= old && (p || !old));
    struct arena_block *block = arena->block;
    if (p && block && (char *)p + old == block_bytes(block) + block->used) {
        size_t at = block->used - old;
        if (block->size - at >= size) {
            block->used = at + size;
            return p;
        }
    }
    void *grown = arena_take(arena, size, align);
    if (old)
        memcpy(grown, p, old);
    return grown;
}

struct arena_mark arena_mark(const struct arena *arena) {
    return (struct arena_mark){arena->block, arena->block ? arena->block->used : 0};
}

void arena_rewind(struct arena *arena, struct arena_mark mark) {
    while (arena->block && arena->block != mark.block) {
        struct arena_block *block = arena->block;
        if (!mark.block && !block->older) { /* the first block is kept: the next frame will want it */
            block->used = 0;
            return;
        }
        arena->block = block->older;
        arena->held -= block->size;
        free(block);
    }
    if (arena->block)
        arena->block->used = mark.used;
}

void arena_release(struct arena *arena) {
    while (arena->block) {
        struct arena_block *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    arena->held = 0;
}
