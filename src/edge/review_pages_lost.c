/* SPDX-License-Identifier: MIT */
/* review_pages_lost.c: addresses that go, and nothing leads on from them. */
#include "edge/review_pages_inside.h"

#include <stdlib.h>

#include "edge/review_pages.h"
#include "portal/formerly.h"

/* Lists that come and go with the names in them. */
static const struct str by_letter[] = {
    {"schools/a-to-z/", 15}, {"phases/", 7}, {"coverage/", 9}, {"letters/", 8}};

static bool is_made_of_names(struct str address) {
    for (size_t i = 0; i < sizeof(by_letter) / sizeof(*by_letter); i++)
        if (str_starts(address, by_letter[i]))
            return true;
    return false;
}

/* Who had an address, and who has what was there now. */
struct holder {
    struct str title;
    struct str now_path;    /* of the source that can say where the address went; or empty */
    struct str now_address; /* where it should lead to; or empty */
};

static struct holder *holder_new(struct map *holders, struct str address) {
    bool fresh;
    struct map_item *item = map_add(holders, address, NULL, &fresh);
    if (fresh)
        item->value = arena_new(holders->arena, struct holder);
    return item->value;
}

static void hold_pages(struct map *holders, const struct review_pages_matched *pages) {
    for (size_t i = 0; i < pages->count; i++) {
        const struct review_page_pair *p = &pages->items[i];
        if (!p->base)
            continue;
        struct holder *h = holder_new(holders, p->base->address);
        h->title = p->base->title;
        if (!p->head)
            continue;
        h->now_path = p->head->source->path;
        h->now_address = p->head->address;
    }
}

static void hold_schools(struct map *holders, const struct review *review) {
    struct review_schools_matched schools;
    review_match_schools(review, holders->arena, &schools);
    for (size_t i = 0; i < schools.count; i++) {
        const struct review_school_pair *p = &schools.items[i];
        if (!p->base)
            continue;
        struct str urn = value_words(value_at(&p->base->record, "urn"));
        struct str addresses[] = {p->base->address, str_join(holders->arena, STR("urn/"), urn, STR(".html"))};
        for (int k = 0; k < 2; k++) {
            struct holder *h = holder_new(holders, addresses[k]);
            h->title = p->base->name;
            if (!p->head)
                continue;
            h->now_path = p->head->source->path;
            h->now_address = p->head->address;
        }
    }
}

static void add_former(struct map *living, const struct value *record) {
    const struct value *list = value_at(record, "formerly");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        map_add(living, formerly_address(living->arena, value_words(&list->items[i])), living, NULL);
}

/* What the audience can ask for: as the plan has it, and, where a side cannot be planned, as far as sources say. */
static void add_living(struct map *living, const struct review_side *side, bool planned) {
    const struct site *site = side->site;
    for (size_t i = 0; planned && i < side->address_count; i++)
        map_add(living, side->addresses[i], living, NULL);
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        if (!page->visible)
            continue;
        map_add(living, page->address, living, NULL);
        add_former(living, &page->front);
    }
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *school = site->schools[i];
        struct str urn = value_words(value_at(&school->record, "urn"));
        map_add(living, school->address, living, NULL);
        map_add(living, str_join(living->arena, STR("urn/"), urn, STR(".html")), living, NULL);
        add_former(living, &school->record);
    }
}

static struct value lost_value(struct arena *arena, struct str address, const struct holder *h) {
    struct value_map m = {.arena = arena};
    map_text(&m, "address", address);
    map_text(&m, "title", h ? h->title : STR(""));
    map_text(&m, "in", h ? h->now_path : STR(""));
    map_text(&m, "to", h ? h->now_address : STR(""));
    if (h && h->now_path.len)
        map_text(&m, "write", str_join(arena, STR("formerly: ["), address, STR("]")));
    return map_done(&m);
}

static int compare_addresses(const void *x, const void *y) {
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

struct value review_lost(struct review *review, const struct review_pages_matched *pages) {
    struct arena *scratch = review->scratch;
    struct map holders = {.arena = scratch}, had = {.arena = scratch}, has = {.arena = scratch};
    struct value_list list = {.arena = review->arena};
    size_t count = 0;
    hold_pages(&holders, pages);
    hold_schools(&holders, review);
    bool planned = review->base.addresses && review->head.addresses;
    add_living(&had, &review->base, planned);
    add_living(&has, &review->head, planned);
    struct str *lost = arena_array(scratch, struct str, had.count);
    for (size_t i = 0; i < had.count; i++) {
        struct str address = had.items[i].key;
        bool known = planned || map_get(&holders, address); /* else of a source that could not be read */
        if (known && !map_get(&has, address) && !is_made_of_names(address))
            lost[count++] = address;
    }
    if (count)
        qsort(lost, count, sizeof(*lost), compare_addresses);
    for (size_t i = 0; i < count && i < REVIEW_LOST_MAX; i++)
        list_add(&list,
                 lost_value(review->arena, str_copy(review->arena, lost[i]), map_get(&holders, lost[i])));
    review->found[REVIEW_LOST_ADDRESS] += count;
    return list_done(&list);
}

/* ---- in words ---- */

static void write_one(const struct value *lost, struct document *out) {
    struct str title = value_words(value_get(lost, STR("title"))),
               in = value_words(value_get(lost, STR("in")));
    document_item(out, 0);
    document_span(out, SPAN_CODE, value_words(value_get(lost, STR("address"))));
    if (title.len)
        document_printf(out, ", “" STR_FMT "”", STR_ARG(title));
    if (in.len) {
        document_printf(out, ". To lead on from there, write in " STR_FMT ": ", STR_ARG(in));
        document_span(out, SPAN_CODE, value_words(value_get(lost, STR("write"))));
    } else if (title.len) {
        document_span(out, SPAN_TEXT,
                      STR(". If another page has taken its place, write this address there, under "));
        document_span(out, SPAN_CODE, STR("formerly"));
    }
}

void review_lost_write(const struct value *lost, struct document *out) {
    if (!lost || !lost->count)
        return;
    document_heading(out, 3, STR("Addresses that are lost"));
    document_paragraph(out);
    document_span(out, SPAN_TEXT, STR("Links and bookmarks to these will find nothing:"));
    for (uint32_t i = 0; i < lost->count; i++)
        write_one(&lost->items[i], out);
}
