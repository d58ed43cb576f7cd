/* SPDX-License-Identifier: MIT */
/*
 * serve_page.h: what the server adds to a page as it is sent: the bar, and the panel of errors.
 *
 * Never to what is published. The bar is HTML that works without scripts; its templates, style and script are in
 * src/edge/serve/ and are compiled into the program. They are not part of the theme, so no portal can change them, and
 * what the theme says of elements is undone for them.
 */
#ifndef SIGNPOST_EDGE_SERVE_PAGE_H
#define SIGNPOST_EDGE_SERVE_PAGE_H

#include "edge/preview.h"
#include "publish/theme.h"

extern const struct theme_file serve_files[]; /* ends with a NULL path */

struct serve_pages;

/* Compiles the templates. */
struct serve_pages *serve_pages_new(struct arena *arena);

/* A file of the server's own, by name: "serve.css". */
bool serve_own_file(struct str name, struct str *bytes, struct str *type);

struct serve_page {
    struct preview_view view;
    struct str address; /* in the portal */
    const struct preview_state *state;
    const struct preview_file *file; /* NULL: there is none */
    struct str seen;                 /* run and version, for the events */
    struct str tables;               /* the way to what its tables catch now; empty: it has none */
    const struct value *figures;     /* these (serve_tables.h), on the page that shows them; else NULL */
};

/* A page of the portal with the bar in it. */
void serve_page(const struct serve_pages *pages, const struct serve_page *page, struct arena *arena,
                struct buf *out);

/* A page of the server's own: why there is none of the portal. */
void serve_page_alone(const struct serve_pages *pages, const struct serve_page *page, struct str title,
                      struct str text, struct arena *arena, struct buf *out);

/* Where a page's parts begin: the end of its head, and the place in its body where the bar goes: the very beginning, or
 * after the link that skips to the content, which stays the first thing that the keyboard comes to. */
struct serve_places {
    bool found;
    size_t head, body;
};
struct serve_places serve_places(struct str html);

/* Addresses of a page that begin with `root` begin with `way` instead: the page "not found" is published with whole
 * addresses, since it is shown at any. */
struct str serve_reroot(struct arena *arena, struct str html, struct str root, struct str way);

#endif
