/* SPDX-License-Identifier: MIT */
/*
 * review_fixture.h: two revisions of a small portal, compared.
 *
 *     struct reviewed r;
 *     reviewed_make(&r);                                       // both sides have portal.yaml and framework.yaml
 *     reviewed_put(&r, "content/a.md", PAGE("A"));             // on both sides
 *     portal_put(&r.head, "content/a.md", PAGE("B"));          // on one
 *     reviewed_bind(&r, AUDIENCE_PUBLIC);                      // r.review
 *     reviewed_text(&r, review_pages, review_pages_write)      // what is told, for a terminal
 *     reviewed_release(&r);
 */
#ifndef SIGNPOST_TESTS_REVIEW_FIXTURE_H
#define SIGNPOST_TESTS_REVIEW_FIXTURE_H

#include "edge/review.h"
#include "edge/review_check.h"
#include "portal_fixture.h"
#include "text/json.h"

struct reviewed {
    struct portal base, head;
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

static inline void reviewed_bind(struct reviewed *r, enum audience audience) {
    portal_load(&r->base, "2026-05-01");
    portal_load(&r->head, "2026-05-01");
    struct review_checked base = {.diags = &r->base.diags}, head = {.diags = &r->head.diags};
    bool complete = !r->base.diags.errors && !r->head.diags.errors;
    if (complete) {
        site_bind(&r->base.site, audience);
        site_bind(&r->head.site, audience);
        review_check(&r->base.site, &r->head.site, 2, &r->arena, &base, &head);
    } else {
        site_project(&r->base.site, audience);
        site_project(&r->head.site, audience);
    }
    r->review = (struct review){
        .base = {&r->base.site,
                 &r->base.diags,
                 !r->base.diags.errors,
                 base.addresses,
                 base.address_count,
                 STR("main"),
                 {0}},
        .head = {&r->head.site,
                 &r->head.diags,
                 !r->head.diags.errors,
                 head.addresses,
                 head.address_count,
                 STR("the working tree"),
                 {0}},
        .audience = audience,
        .threads = 2,
        .arena = &r->arena,
        .scratch = &r->scratch,
    };
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
