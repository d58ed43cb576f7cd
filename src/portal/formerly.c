/* SPDX-License-Identifier: MIT */
/* formerly.c: addresses that a page or a school's page had. */
#include "portal/formerly.h"

/* Folders and a name, each a slug: nothing that could climb out of the portal, or be written in two ways. */
static bool is_address(struct str address) {
    struct str rest = address, part;
    if (!str_ends(address, STR(".html")))
        return false;
    rest.len -= 5;
    while (str_cut(&rest, '/', &part))
        if (!str_is_slug(part))
            return false;
    return true;
}

struct str formerly_address(struct arena *arena, struct str text) {
    static const struct str endings[] = {{".md", 3}, {".yaml", 5}};
    struct str address = text;
    if (str_starts(address, STR("content/")))
        address = str_sub(address, 8, address.len);
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (str_ends(address, endings[i]))
            address = str_join(arena, str_sub(address, 0, address.len - endings[i].len), STR(".html"));
    return is_address(address) ? address : (struct str){0};
}

/* Who has which address now, and who claims which: address -> source path. */
struct claims {
    struct map living, claimed;
    struct diags *diags;
};

static void claim(struct claims *c, const struct value *record, const struct source *source) {
    const struct value *list = value_at(record, "formerly");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *item = &list->items[i];
        struct str text = value_words(item), address = formerly_address(c->living.arena, text);
        if (!text.len)
            continue; /* said by the schema */
        const struct source *owner = map_get(&c->living, address);
        bool fresh = true;
        struct map_item *first = NULL;
        if (address.len && !owner)
            first = map_add(&c->claimed, address, (void *)(uintptr_t)source, &fresh);
        if (!address.len)
            diag(c->diags, DIAG_FORMERLY_FORM, value_place(item), text);
        else if (owner)
            diag(c->diags, DIAG_FORMERLY_LIVING, value_place(item), text, owner->path);
        else if (!fresh)
            diag(c->diags, DIAG_FORMERLY_TWICE, value_place(item), text,
                 ((const struct source *)first->value)->path);
    }
}

void formerly_check(const struct site *site, struct diags *diags) {
    struct arena scratch = {0};
    struct claims c = {{.arena = &scratch}, {.arena = &scratch}, diags};
    map_reserve(&c.living, site->all.count + site->school_count);
    for (size_t i = 0; i < site->all.count; i++)
        map_add(&c.living, site->all.items[i]->address, (void *)(uintptr_t)site->all.items[i]->source, NULL);
    for (size_t i = 0; i < site->school_count; i++)
        map_add(&c.living, site->schools[i]->address, (void *)(uintptr_t)site->schools[i]->source, NULL);
    for (size_t i = 0; i < site->all.count; i++)
        claim(&c, &site->all.items[i]->front, site->all.items[i]->source);
    for (size_t i = 0; i < site->school_count; i++)
        claim(&c, &site->schools[i]->record, site->schools[i]->source);
    arena_release(&scratch);
}
