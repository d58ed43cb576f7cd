/* SPDX-License-Identifier: MIT */
/*
 * body.h: the Markdown of every content page, rendered before the first page is written.
 *
 * Bodies come first because a link may name any place of any other page: once all are rendered, every fragment that
 * an author wrote is checked against the ids that are really there, and a mistake is reported where it was typed.
 */
#ifndef SIGNPOST_PUBLISH_BODY_H
#define SIGNPOST_PUBLISH_BODY_H

#include "portal/site.h"
#include "text/markdown.h"

struct bodies {
    struct markdown *items; /* by the page's number */
    const struct site *site;
};

/* Renders all pages that the audience may see, on `threads` threads; results live in the workers' arenas. */
void bodies_render(struct bodies *bodies, const struct site *site, struct arena *arenas, size_t threads,
                   struct diags *diags);

const struct markdown *bodies_of(const struct bodies *bodies, const struct page *page);

/* A Markdown field of a record (a school's profile, an officers' note). */
struct body_field {
    const struct value *text; /* may be NULL: gives the empty string */
    struct str from;          /* source path that its links are relative to */
    struct str address;       /* of the page that prints it */
    struct str prefix;        /* before its ids */
    enum audience audience;   /* who may read it */
};

/* Rendered; its headings begin at h3. */
struct str body_text(const struct bodies *bodies, const struct body_field *field, struct arena *arena,
                     struct diags *diags);

#endif
