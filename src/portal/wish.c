/* SPDX-License-Identifier: MIT */
/* wish.c: what schools say about partnership, held against itself. */
#include "portal/wish.h"

#include "portal/store.h"

struct wisher {
    const struct site *site;
    const struct school *school;
    struct diags *diags;
};

/* Lists of a school's wishes; those that name schools come first. */
static const struct {
    const char *key;
    bool schools;
} lists[] = {{"existing_links", true}, {"schools", true}, {"not_with", true}, {"kinds", false}};

static const struct value *wish_list(const struct school *school, const char *key) {
    const struct value *list = value_get(value_at(&school->record, "wishes"), str_from(key));
    return list && list->kind == VALUE_LIST ? list : NULL;
}

static bool has_before(const struct value *list, uint32_t before, struct str word) {
    for (uint32_t i = 0; list && i < before; i++)
        if (str_eq(value_words(&list->items[i]), word))
            return true;
    return false;
}

static void check_list(const struct wisher *w, const char *key, bool schools) {
    const struct value *list = wish_list(w->school, key);
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct str word = value_words(&list->items[i]);
        if (schools && str_eq(word, w->school->slug))
            diag(w->diags, DIAG_WISH_ITSELF, value_place(&list->items[i]), str_from(key));
        else if (word.len && has_before(list, i, word))
            diag(w->diags, DIAG_WISH_TWICE, value_place(&list->items[i]), word, str_from(key));
    }
}

/* A school may work with another today and still refuse it: only a wish is contradicted. */
static void check_refusals(const struct wisher *w) {
    const struct value *wished = wish_list(w->school, "schools"), *refused = wish_list(w->school, "not_with");
    for (uint32_t i = 0; refused && wished && i < refused->count; i++) {
        struct str word = value_words(&refused->items[i]);
        bool itself = str_eq(word, w->school->slug); /* which was told */
        if (word.len && !itself && has_before(wished, wished->count, word))
            diag(w->diags, DIAG_WISH_REFUSED, value_place(&refused->items[i]), word);
    }
}

static struct str trust_of(const struct wisher *w, const struct school *school) {
    return value_words(value_on(value_at(&school->record, "trust"), w->site->as_of));
}

static void check_trust(const struct wisher *w) {
    const struct value *refused = wish_list(w->school, "not_with");
    struct str trust = trust_of(w, w->school);
    for (uint32_t i = 0; refused && trust.len && i < refused->count; i++) {
        struct str slug = value_words(&refused->items[i]);
        const struct school *other = map_get(&w->site->school_by_slug, slug);
        if (other && other != w->school && str_eq(trust_of(w, other), trust))
            diag(w->diags, DIAG_WISH_TRUST, value_place(&refused->items[i]), slug, trust);
    }
}

void wish_check(const struct site *site, struct diags *diags) {
    for (size_t i = 0; i < site->school_count; i++) {
        struct wisher w = {site, site->schools[i], diags};
        if (!w.school->stored->wishes)
            continue;
        for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++)
            check_list(&w, lists[k].key, lists[k].schools);
        check_refusals(&w);
        check_trust(&w);
    }
}
