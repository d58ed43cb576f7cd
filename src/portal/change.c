/* SPDX-License-Identifier: MIT */
/* change.c: what authors noted of changes. */
#include "portal/change.h"

#include <stdlib.h>

static int newest_first(const void *x, const void *y) {
    const struct change_note *a = x, *b = y;
    if (a->on != b->on)
        return a->on > b->on ? -1 : 1;
    if (a->page != b->page)
        return str_cmp(a->page->address, b->page->address);
    return (a->note > b->note) - (a->note < b->note); /* of one page: as its author ordered them */
}

size_t change_notes(const struct site *site, struct arena *arena, struct change_note **out) {
    size_t room = 0, count = 0;
    for (size_t i = 0; i < site->all.count; i++) {
        const struct value *list = value_at(&site->all.items[i]->front, "changes");
        room += list ? list->count : 0;
    }
    struct change_note *items = arena_array(arena, struct change_note, room);
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        const struct value *list = page->visible ? value_at(&page->front, "changes") : NULL;
        for (uint32_t j = 0; list && j < list->count; j++) {
            date on = value_date(value_at(&list->items[j], "on"));
            if (on <= site->as_of)
                items[count++] = (struct change_note){on, page, &list->items[j]};
        }
    }
    if (count)
        qsort(items, count, sizeof(*items), newest_first);
    *out = items;
    return count;
}
