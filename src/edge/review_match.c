/* SPDX-License-Identifier: MIT */
/* review_match.c: which page and which school of one revision is which of the other. */
#include "edge/review_match.h"

#include <stdlib.h>

#include "portal/formerly.h"
#include "text/redline.h"

/* ---- pages ---- */

struct matching {
    const struct page **gone, **new; /* of either side, without one at the same path */
    size_t gone_count, new_count;
    const struct page **now; /* of each that is gone, what it is now; or NULL */
    bool *taken;             /* of each that is new */
    struct review_pages_matched out;
};

static bool is_page_there(const struct site *site, struct str path) {
    const struct page *page = map_get(&site->page_by_path, path);
    return page && page->visible;
}

static void pair_add(struct review_pages_matched *out, const struct page *base, const struct page *head) {
    out->items[out->count++] = (struct review_page_pair){base, head};
}

static void by_path(struct matching *m, const struct review *review) {
    const struct site *base = review->base.site, *head = review->head.site;
    for (size_t i = 0; i < head->all.count; i++) {
        const struct page *page = head->all.items[i];
        if (!page->visible)
            continue;
        if (is_page_there(base, page->source->path))
            pair_add(&m->out, map_get(&base->page_by_path, page->source->path), page);
        else
            m->new[m->new_count++] = page;
    }
    for (size_t i = 0; i < base->all.count; i++)
        if (base->all.items[i]->visible && !is_page_there(head, base->all.items[i]->source->path))
            m->gone[m->gone_count++] = base->all.items[i];
}

static bool is_formerly(const struct page *gone, const struct page *new, struct arena *scratch) {
    const struct value *list = value_at(&new->front, "formerly");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        if (str_eq(formerly_address(scratch, value_words(&list->items[i])), gone->address))
            return true;
    return false;
}

static bool is_same_text(const struct page *gone, const struct page *new, struct arena *scratch) {
    (void)scratch;
    return gone->kind == new->kind &&str_eq(gone->source->text, new->source->text);
}

static void join_where(struct matching *m, struct arena *scratch,
                       bool (*same)(const struct page *gone, const struct page *new, struct arena *scratch)) {
    for (size_t i = 0; i < m->gone_count; i++)
        for (size_t j = 0; !m->now[i] && j < m->new_count; j++)
            if (!m->taken[j] && same(m->gone[i], m->new[j], scratch)) {
                m->now[i] = m->new[j];
                m->taken[j] = true;
            }
}

static struct redline_bag bag_of(const struct page *page, struct arena *scratch) {
    struct redline_bag bag = {0};
    struct markdown_prose prose;
    markdown_prose(scratch, page->source, page->body, &prose);
    redline_bag_add(&bag, scratch, page->title);
    redline_bag_add(&bag, scratch, page->summary);
    for (size_t i = 0; i < prose.count; i++)
        redline_bag_add(&bag, scratch, prose.blocks[i].text);
    redline_bag_done(&bag);
    return bag;
}

/* Each that is gone takes the one that is most like it. */
static void by_words(struct matching *m, struct arena *scratch) {
    if (!m->gone_count || m->new_count > REVIEW_RENAME_PAIRS_MAX / m->gone_count)
        return;
    struct redline_bag *bags = arena_array(scratch, struct redline_bag, m->new_count);
    for (size_t j = 0; j < m->new_count; j++)
        bags[j] = bag_of(m->new[j], scratch);
    for (size_t i = 0; i < m->gone_count; i++) {
        struct redline_bag gone = m->now[i] ? (struct redline_bag){0} : bag_of(m->gone[i], scratch);
        size_t best = m->new_count;
        unsigned most = REVIEW_RENAME_LIKE - 1;
        for (size_t j = 0; !m->now[i] && j < m->new_count; j++) {
            unsigned like =
                m->taken[j] || m->gone[i]->kind != m->new[j]->kind ? 0 : redline_like(&gone, &bags[j]);
            best = like > most ? j : best;
            most = like > most ? like : most;
        }
        if (best == m->new_count)
            continue;
        m->now[i] = m->new[best];
        m->taken[best] = true;
    }
}

static int compare_page_pairs(const void *x, const void *y) {
    const struct review_page_pair *a = x, *b = y;
    const struct page *p = a->head ? a->head : a->base, *q = b->head ? b->head : b->base;
    return str_cmp(p->source->path, q->source->path);
}

/* A file with errors may not have been read: it is there all the same, and what it says is not known. */
static bool is_unread(const struct review_side *side, const struct source *source, struct arena *arena) {
    struct look look;
    return !side->complete && file_look(&side->site->folder, str_z(arena, source->path), &look);
}

static size_t pages_that_were_read(const struct review *review, struct review_pages_matched *pages,
                                   struct arena *arena) {
    size_t kept = 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct review_page_pair *p = &pages->items[i];
        const struct review_side *other = p->head ? &review->base : &review->head;
        const struct page *page = p->head ? p->head : p->base;
        bool unread = (!p->base || !p->head) && !map_get(&other->site->page_by_path, page->source->path) &&
                      is_unread(other, page->source, arena);
        if (!unread)
            pages->items[kept++] = *p;
    }
    return kept;
}

void review_match_pages(const struct review *review, struct arena *arena, struct review_pages_matched *out) {
    size_t most = review->base.site->all.count + review->head.site->all.count;
    struct matching m = {
        .gone = arena_array(arena, const struct page *, most),
        .new = arena_array(arena, const struct page *, most),
        .now = arena_array(arena, const struct page *, most),
        .taken = arena_array(arena, bool, most),
        .out = {arena_array(arena, struct review_page_pair, most), 0},
    };
    struct arena scratch = {0};
    by_path(&m, review);
    bool many = m.gone_count && m.new_count > 100 * (size_t)REVIEW_RENAME_PAIRS_MAX / m.gone_count;
    if (!many) { /* thousands of either: the content was replaced as a whole */
        join_where(&m, &scratch, is_formerly);
        join_where(&m, &scratch, is_same_text);
        by_words(&m, &scratch);
    }
    arena_release(&scratch);
    for (size_t i = 0; i < m.gone_count; i++)
        pair_add(&m.out, m.gone[i], m.now[i]);
    for (size_t j = 0; j < m.new_count; j++)
        if (!m.taken[j])
            pair_add(&m.out, NULL, m.new[j]);
    m.out.count = pages_that_were_read(review, &m.out, arena);
    if (m.out.count)
        qsort(m.out.items, m.out.count, sizeof(*m.out.items), compare_page_pairs);
    *out = m.out;
}

/* ---- schools ---- */

static struct str urn_of(const struct school *school) {
    return value_words(value_at(&school->record, "urn"));
}

static int compare_school_pairs(const void *x, const void *y) {
    const struct review_school_pair *a = x, *b = y;
    return str_cmp((a->head ? a->head : a->base)->slug, (b->head ? b->head : b->base)->slug);
}

static size_t schools_that_were_read(const struct review *review, struct review_school_pair *pairs,
                                     size_t count, struct arena *arena) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct review_school_pair *p = &pairs[i];
        const struct review_side *other = p->head ? &review->base : &review->head;
        bool unread =
            (!p->base || !p->head) && is_unread(other, (p->head ? p->head : p->base)->source, arena);
        if (!unread)
            pairs[kept++] = *p;
    }
    return kept;
}

void review_match_schools(const struct review *review, struct arena *arena,
                          struct review_schools_matched *out) {
    const struct site *base = review->base.site, *head = review->head.site;
    struct review_school_pair *pairs =
        arena_array(arena, struct review_school_pair, base->school_count + head->school_count);
    struct map gone = {.arena = arena}; /* by URN */
    size_t count = 0;
    for (size_t i = 0; i < base->school_count; i++)
        if (!map_get(&head->school_by_slug, base->schools[i]->slug))
            map_add(&gone, urn_of(base->schools[i]), base->schools[i], NULL);
    for (size_t i = 0; i < head->school_count; i++) {
        const struct school *school = head->schools[i], *was = map_get(&base->school_by_slug, school->slug);
        struct map_item *renamed = NULL;
        if (!was && gone.count && map_get(&gone, urn_of(school))) {
            renamed = map_add(&gone, urn_of(school), NULL, NULL);
            was = renamed->value;
            renamed->value = NULL;
        }
        pairs[count++] = (struct review_school_pair){was, school};
    }
    for (size_t i = 0; i < gone.count; i++)
        if (gone.items[i].value)
            pairs[count++] = (struct review_school_pair){gone.items[i].value, NULL};
    count = schools_that_were_read(review, pairs, count, arena);
    if (count)
        qsort(pairs, count, sizeof(*pairs), compare_school_pairs);
    *out = (struct review_schools_matched){pairs, count};
}

/* Only where some file was renamed or taken away are schools matched at all: mostly slugs are enough. */
void same_schools_init(struct same_schools *same, const struct review *review, struct arena *arena) {
    const struct site *base = review->base.site;
    bool all = true;
    *same = (struct same_schools){.head = review->head.site, .renamed = {.arena = arena}};
    for (size_t i = 0; i < base->school_count && all; i++)
        all = map_get(&same->head->school_by_slug, base->schools[i]->slug) != NULL;
    if (all)
        return;
    struct review_schools_matched matched;
    review_match_schools(review, arena, &matched);
    for (size_t i = 0; i < matched.count; i++) {
        const struct review_school_pair *p = &matched.items[i];
        if (p->base && p->head && !str_eq(p->base->slug, p->head->slug))
            map_add(&same->renamed, p->base->slug, (struct school *)(uintptr_t)p->head, NULL);
    }
}

const struct school *same_school(const struct same_schools *same, const struct school *base) {
    const struct school *by_slug = map_get(&same->head->school_by_slug, base->slug);
    return by_slug ? by_slug : map_get(&same->renamed, base->slug);
}

/* Where a school's file was renamed: its slug is the first or the last part of the ids of what is its. */
struct str same_record(const struct same_schools *same, const struct policy_record *record,
                       struct arena *arena) {
    const struct school *head = record->school ? same_school(same, record->school) : NULL;
    struct str id = record->id, slug = record->school ? record->school->slug : (struct str){0};
    if (!head || str_eq(head->slug, slug))
        return id;
    if (str_starts(id, slug) && (id.len == slug.len || id.at[slug.len] == '/'))
        return str_join(arena, head->slug, str_sub(id, slug.len, id.len));
    return str_ends(id, slug) ? str_join(arena, str_sub(id, 0, id.len - slug.len), head->slug) : id;
}
