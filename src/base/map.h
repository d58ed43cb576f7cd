/* SPDX-License-Identifier: MIT */
/*
 * map.h: from strings to things, in an arena.
 *
 * An open-addressed table that remembers the order of insertion: walk `items` to visit it, so nothing that comes
 * out of a map depends on hashing. Keys are views; their bytes must outlive the map.
 */
#ifndef SIGNPOST_BASE_MAP_H
#define SIGNPOST_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

struct map_item {
    struct str key;
    uint32_t hash;
    void *value;
};

struct map {
    struct arena *arena; /* the only field to set */
    struct map_item *items;
    size_t count;
    size_t room;
    uint32_t *slots; /* index + 1 into items; 0 is free */
    size_t slot_count;
};

/* Room for `count` items at once: growing leaves the smaller tables behind in the arena. */
void map_reserve(struct map *map, size_t count);

void *map_get(const struct map *map, struct str key); /* NULL where there is none */

/* Sets key to value unless the key is there already; either way returns the item. `*added` says which (may be NULL). */
struct map_item *map_add(struct map *map, struct str key, void *value, bool *added);

#endif
