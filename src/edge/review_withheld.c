/* SPDX-License-Identifier: MIT */
/* review_withheld.c: what two sources say to those who may see all of them, compared unseen. */
#include "edge/review_withheld.h"

#include "base/map.h"
#include "edge/review_vocabulary.h"

struct comparing {
    enum audience audience;
    struct buf texts[2]; /* what is hidden on either side */
};

static bool same_text(const struct source *a, const struct source *b) {
    return (!a && !b) || (a && b && str_eq(a->text, b->text));
}

static bool differs(struct comparing *c) {
    bool same = str_eq(buf_str(&c->texts[0]), buf_str(&c->texts[1]));
    buf_clear(&c->texts[0]);
    buf_clear(&c->texts[1]);
    return !same;
}

/* ---- records ---- */

static void hide_school(struct comparing *c, size_t side, const struct site *site, const struct school *s) {
    if (s)
        schema_hidden(&s->record, &schema_school, c->audience, &site->vocabulary, &c->texts[side]);
}

static struct str urn_of(const struct school *school) {
    return value_words(value_at(&school->record, "urn"));
}

/* Of the same school under another name of its file, nothing changes. */
static const struct school *same_school(const struct site *in, const struct map *by_urn,
                                        const struct school *school) {
    const struct school *found = map_get(&in->school_by_slug, school->slug);
    return found ? found : map_get(by_urn, urn_of(school));
}

/* Those of a side that the other has no file of that name for. */
static void take_moved(struct map *by_urn, const struct site *in, const struct site *other) {
    for (size_t i = 0; i < in->school_count; i++)
        if (!map_get(&other->school_by_slug, in->schools[i]->slug))
            map_add(by_urn, urn_of(in->schools[i]), in->schools[i], NULL);
}

static bool schools_differ(struct comparing *c, const struct site *base, const struct site *head) {
    struct map gone = {.arena = c->texts[0].arena}, new = {.arena = c->texts[0].arena};
    take_moved(&gone, base, head);
    take_moved(&new, head, base);
    for (size_t i = 0; i < base->school_count; i++) {
        const struct school *was = base->schools[i], *is = same_school(head, &new, was);
        if (is && same_text(was->source, is->source) && same_text(was->overlay, is->overlay))
            continue;
        hide_school(c, 0, base, was);
        hide_school(c, 1, head, is);
        if (differs(c))
            return true;
    }
    for (size_t i = 0; i < head->school_count; i++) {
        const struct school *is = head->schools[i];
        if (same_school(base, &gone, is))
            continue;
        hide_school(c, 1, head, is);
        if (differs(c))
            return true;
    }
    return false;
}

/* ---- pages ---- */

/* A page that the audience does not have is hidden as a whole. */
static void hide_page(struct comparing *c, size_t side, const struct site *site, const struct page *page) {
    if (page && audience_may_see(c->audience, page->audience))
        schema_hidden(&page->front, schema_content[page->kind], c->audience, &site->vocabulary,
                      &c->texts[side]);
    else if (page)
        buf_add(&c->texts[side], page->source->text);
}

static bool pages_differ(struct comparing *c, const struct site *base, const struct site *head) {
    for (size_t i = 0; i < base->all.count; i++) {
        const struct page *was = base->all.items[i], *is = map_get(&head->page_by_path, was->source->path);
        if (is && same_text(was->source, is->source))
            continue;
        hide_page(c, 0, base, was);
        hide_page(c, 1, head, is);
        if (differs(c))
            return true;
    }
    for (size_t i = 0; i < head->all.count; i++) {
        const struct page *is = head->all.items[i];
        if (map_get(&base->page_by_path, is->source->path))
            continue;
        hide_page(c, 1, head, is);
        if (differs(c))
            return true;
    }
    return false;
}

/* ---- the portal and its vocabulary ---- */

static bool portals_differ(struct comparing *c, const struct site *base, const struct site *head) {
    const struct site *sides[] = {base, head};
    for (size_t i = 0; i < 2; i++) {
        schema_hidden(&sides[i]->portal, &schema_portal, c->audience, &sides[i]->vocabulary, &c->texts[i]);
        review_vocabulary_hidden(&sides[i]->vocabulary, c->audience, &c->texts[i]);
    }
    return differs(c);
}

bool review_withheld(const struct site *base, const struct site *head, enum audience audience) {
    if (audience == AUDIENCE_OFFICERS)
        return false;
    struct arena arena = {0};
    struct comparing c = {audience, {{.arena = &arena}, {.arena = &arena}}};
    bool withheld =
        portals_differ(&c, base, head) || pages_differ(&c, base, head) || schools_differ(&c, base, head);
    arena_release(&arena);
    return withheld;
}
