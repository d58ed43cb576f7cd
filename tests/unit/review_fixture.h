/* SPDX-License-Identifier: MIT */
/*
 * review_fixture.h: two revisions of a small portal, loaded, bound and compared.
 *
 *     struct reviewed r;
 *     reviewed_make(&r);                                       // both sides have portal.yaml and framework.yaml
 *     reviewed_put(&r, "content/a.md", PAGE("A"));             // on both sides
 *     reviewed_change(&r, "content/a.md", PAGE("B"));          // in the head alone; NULL: it is gone
 *     reviewed_edit(&r, "content/a.md", "A", "B");             // likewise, the first of these words
 *     reviewed_bind(&r, AUDIENCE_PUBLIC);                      // r.review
 *     reviewed_text(&r, review_pages, review_pages_write)      // what is told, for a terminal
 *     reviewed_release(&r);
 */
#ifndef SIGNPOST_TESTS_REVIEW_FIXTURE_H
#define SIGNPOST_TESTS_REVIEW_FIXTURE_H

#include "edge/review.h"
#include "edge/review_check.h"
#include "portal/release.h"
#include "portal_fixture.h"
#include "text/json.h"

struct reviewed {
    struct portal base, head;
    const char *as_of[2]; /* NULL: 1 May 2026 */
    struct arena arena, scratch;
    struct review review;
    struct value value; /* of the section told last */
};

static inline void reviewed_make(struct reviewed *r) {
    memset(r, 0, sizeof(*r));
    portal_make(&r->base);
    portal_make(&r->head);
}

static inline void reviewed_put(struct reviewed *r, const char *path, const char *text) {
    portal_put(&r->base, path, text);
    portal_put(&r->head, path, text);
}

static inline void reviewed_change(struct reviewed *r, const char *path, const char *text) {
    if (text)
        portal_put(&r->head, path, text);
    else
        assert_true(folder_remove(&r->head.folder, path));
}

static inline void reviewed_edit(struct reviewed *r, const char *path, const char *from, const char *to) {
    struct str text;
    assert_true(file_read(&r->arena, &r->head.folder, path, 1000000, &text));
    const char *begin = str_z(&r->arena, text), *at = strstr(begin, from);
    if (!at)
        fail_msg("there is no \"%s\" in %s", from, path);
    size_t before = at ? (size_t)(at - begin) : 0, after = before + strlen(from);
    struct str edited =
        str_join(&r->arena, str_sub(text, 0, before), str_from(to), str_sub(text, after, text.len));
    portal_put(&r->head, path, str_z(&r->arena, edited));
}

/* A side with errors, and then the other too, is only projected, as review_load.c does. */
static inline void reviewed_bind(struct reviewed *r, enum audience audience) {
    struct portal *sides[] = {&r->base, &r->head};
    struct review_checked checked[] = {{.diags = &r->base.diags}, {.diags = &r->head.diags}};
    for (int i = 0; i < 2; i++)
        portal_load(sides[i], r->as_of[i] ? r->as_of[i] : "2026-05-01");
    bool complete = !r->base.diags.errors && !r->head.diags.errors;
    for (int i = 0; i < 2; i++)
        if (complete)
            release_bind(&sides[i]->site, audience);
        else
            site_project(&sides[i]->site, audience);
    if (complete)
        review_check(&r->base.site, &r->head.site, 2, &r->arena, &checked[0], &checked[1]);
    struct review_side told[2];
    for (int i = 0; i < 2; i++)
        told[i] = (struct review_side){.site = &sides[i]->site,
                                       .diags = &sides[i]->diags,
                                       .complete = !sides[i]->diags.errors,
                                       .addresses = checked[i].addresses,
                                       .address_count = checked[i].address_count,
                                       .name = i ? STR("the working tree") : STR("main")};
    r->review = (struct review){.base = told[0],
                                .head = told[1],
                                .audience = audience,
                                .threads = 2,
                                .arena = &r->arena,
                                .scratch = &r->scratch};
}

/* The same, of portals that have no errors. */
static inline void reviewed_compute(struct reviewed *r, enum audience audience) {
    struct portal *sides[] = {&r->base, &r->head};
    reviewed_bind(r, audience);
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < sides[i]->diags.count; j++)
            if (!r->review.base.complete || !r->review.head.complete)
                fail_msg("%s: %s", i ? "head" : "base", str_z(&r->arena, sides[i]->diags.items[j].text));
}

static inline const char *reviewed_text(struct reviewed *r, struct value (*section)(struct review *),
                                        void (*write)(const struct value *, struct document *)) {
    struct document *document = document_new(&r->arena);
    struct buf out = {.arena = &r->arena};
    r->value = section(&r->review);
    document_heading(document, 1, STR("Review"));
    write(&r->value, document);
    document_text(document, 1000, &out);
    buf_byte(&out, '\0');
    return out.at;
}

static inline const char *reviewed_json(struct reviewed *r) {
    struct buf out = {.arena = &r->arena};
    json_write(&out, &r->value, 0);
    buf_byte(&out, '\0');
    return out.at;
}

static inline void reviewed_release(struct reviewed *r) {
    portal_release(&r->base);
    portal_release(&r->head);
    arena_release(&r->arena);
    arena_release(&r->scratch);
}

#endif
