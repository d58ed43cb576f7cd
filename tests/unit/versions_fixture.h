/* SPDX-License-Identifier: MIT */
/*
 * versions_fixture.h: two versions of a small portal, loaded and bound, for tests of what a review finds.
 *
 *     struct versions v;
 *     versions_make(&v);                                        // portal_fixture.h's portal, twice
 *     versions_put(&v, "schools/ash.yaml", SCHOOL(...));        // in both
 *     versions_change(&v, "schools/ash.yaml", SCHOOL(...));     // in the head alone; NULL: it is gone
 *     versions_bind(&v, AUDIENCE_OFFICERS);                     // v.review
 *     versions_release(&v);
 */
#ifndef SIGNPOST_TESTS_VERSIONS_FIXTURE_H
#define SIGNPOST_TESTS_VERSIONS_FIXTURE_H

#include "edge/review.h"
#include "portal/release.h"
#include "portal_fixture.h"

struct versions {
    struct portal base, head;
    const char *as_of[2]; /* NULL: 1 May 2026 */
    struct arena arena, scratch;
    struct review review;
};

static inline void versions_make(struct versions *v) {
    *v = (struct versions){0};
    portal_make(&v->base);
    portal_make(&v->head);
}

static inline void versions_put(struct versions *v, const char *path, const char *text) {
    portal_put(&v->base, path, text);
    portal_put(&v->head, path, text);
}

static inline void versions_change(struct versions *v, const char *path, const char *text) {
    if (text)
        portal_put(&v->head, path, text);
    else
        assert_true(folder_remove(&v->head.folder, path));
}

/* The text of a file of both, with the first of these words replaced, in the head. */
static inline void versions_edit(struct versions *v, const char *path, const char *from, const char *to) {
    struct str text;
    assert_true(file_read(&v->arena, &v->head.folder, path, 1000000, &text));
    const char *begin = str_z(&v->arena, text), *at = strstr(begin, from);
    if (!at)
        fail_msg("there is no \"%s\" in %s", from, path);
    size_t before = at ? (size_t)(at - begin) : 0, after = before + strlen(from);
    struct str edited =
        str_join(&v->arena, str_sub(text, 0, before), str_from(to), str_sub(text, after, text.len));
    portal_put(&v->head, path, str_z(&v->arena, edited));
}

static inline void versions_load_side(struct versions *v, struct portal *p, const char *as_of,
                                      struct review_side *side) {
    portal_load(p, as_of ? as_of : "2026-05-01");
    *side = (struct review_side){.site = &p->site, .diags = &p->diags, .complete = !p->diags.errors};
    if (side->complete)
        release_bind(&p->site, v->review.audience);
}

/* Loads both; a side that has errors is not bound, and not complete. */
static inline void versions_load(struct versions *v, enum audience audience) {
    v->review =
        (struct review){.audience = audience, .threads = 2, .arena = &v->arena, .scratch = &v->scratch};
    versions_load_side(v, &v->base, v->as_of[0], &v->review.base);
    versions_load_side(v, &v->head, v->as_of[1], &v->review.head);
}

static inline void versions_bind(struct versions *v, enum audience audience) {
    versions_load(v, audience);
    if (!v->review.base.complete)
        fail_msg("base: %s", str_z(&v->arena, v->base.diags.items[0].text));
    if (!v->review.head.complete)
        fail_msg("head: %s", str_z(&v->arena, v->head.diags.items[0].text));
}

static inline void versions_release(struct versions *v) {
    portal_release(&v->base);
    portal_release(&v->head);
    arena_release(&v->arena);
    arena_release(&v->scratch);
}

#endif
