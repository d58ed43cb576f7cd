/* SPDX-License-Identifier: MIT */
/* map.c: open addressing over an array that keeps the order of insertion. */
#include "base/map.h"

/* The slot where the key is, or the free one where it belongs. */
static uint32_t *map_slot(const struct map *map, struct str key, uint32_t hash) {
    size_t mask = map->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &map->slots[i];
        if (!*slot)
            return slot;
        const struct map_item *item = &map->items[*slot - 1];
        if (item->hash == hash && str_eq(item->key, key))
            return slot;
    }
}

void map_reserve(struct map *map, size_t count) {
    if (count > map->room) {
        map->items = arena_grow(map->arena, map->items, map->room * sizeof(struct map_item),
                                count * sizeof(struct map_item), alignof(struct map_item));
        map->room = count;
    }
    size_t slots = map->slot_count ? map->slot_count : 16;
    while (slots < count * 2) /* at most half full */
        slots *= 2;
    if (slots == map->slot_count)
        return;
    map->slot_count = slots;
    map->slots = arena_array(map->arena, uint32_t, slots);
    for (size_t i = 0; i < map->count; i++)
        *map_slot(map, map->items[i].key, map->items[i].hash) = (uint32_t)(i + 1);
}

void *map_get(const struct map *map, struct str key) {
    if (!map->count)
        return NULL;
    uint32_t slot = *map_slot(map, key, str_hash(key));
    return slot ? map->items[slot - 1].value : NULL;
}

struct map_item *map_add(struct map *map, struct str key, void *value, bool *added) {
    if (map->count == map->room)
        map_reserve(map, map->room ? map->room * 2 : 8);
    uint32_t hash = str_hash(key);
    uint32_t *slot = map_slot(map, key, hash);
    bool fresh = !*slot;
    if (fresh) {
        map->items[map->count++] = (struct map_item){key, hash, value};
        *slot = (uint32_t)map->count;
    }
    if (added)
        *added = fresh;
    return &map->items[*slot - 1];
}
