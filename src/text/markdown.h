/* SPDX-License-Identifier: MIT */
/*
 * markdown.h: Markdown pages, through cmark-gfm in safe mode.
 *
 * What comes out is markup that may stand in a page as it is: no raw HTML, no script addresses. Beyond CommonMark
 * with tables and footnotes it has
 *
 * - accessible tables: a caption (a paragraph of emphasis directly above, or the heading before it), scopes on both
 *   axes, the first column as row headers which are never blank, right-aligned numbers, and a labelled, focusable
 *   region around each that scrolls alone;
 * - heading anchors made of the heading's words (`{#id}` at its end keeps one stable when the words change);
 * - numbered paragraphs with an address each, where the page asks for them;
 * - asides, written as GitHub alerts (`> [!NOTE]`), and key facts (`> [!FACTS]` and a list of `**Term:** text`);
 * - links by source path (`[the principles](principles.md#sizes)`), resolved by the caller.
 *
 * cmark's registry of extensions is global; it is filled once, and parsing is done under the conditions stated in
 * markdown.c. Only markdown.c includes cmark.
 */
#ifndef SIGNPOST_TEXT_MARKDOWN_H
#define SIGNPOST_TEXT_MARKDOWN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define MARKDOWN_TABLE_COLUMNS_MAX 64
#define MARKDOWN_TABLE_CELLS_MAX 100000

/* What a link or image address becomes. `to` is as written; the result is what is printed, or a NULL `at` where it
 * leads nowhere, for which resolve has already added a diagnostic at `at`. */
struct markdown_links {
    struct str (*resolve)(void *context, struct str to, bool image, struct place at, struct diags *diags);
    void *context;
};

struct markdown_options {
    struct markdown_links links; /* resolve may be NULL: addresses stay as they are */
    bool numbered;               /* number the paragraphs and give each an address, p-1 ... */
    int heading_base;            /* what `#` becomes: 2 for a page whose title is the h1 */
    struct str id_prefix;        /* put before every id, for a text that shares its page with others */
};

struct markdown_heading {
    int level; /* as printed */
    struct str id;
    struct str text; /* plain */
};

struct markdown {
    struct str html;
    struct markdown_heading *headings;
    size_t heading_count;
    struct str *ids; /* every id in the html: what a fragment may name */
    size_t id_count;
    struct str plain; /* the text without markup, for search and descriptions */
};

/* Call once, before the first markdown_render and on one thread. */
void markdown_setup(void);

/* Renders text[from..] of `source`; offsets of diagnostics are in `source`. Errors are added to `diags` and the rest
 * is rendered all the same. */
struct markdown markdown_render(struct arena *arena, const struct source *source, size_t from,
                                const struct markdown_options *options, struct diags *diags);

/* The same for a text that has no source of its own places (a YAML block scalar): diagnostics point at `at`. */
struct markdown markdown_render_text(struct arena *arena, struct str text, struct place at,
                                     const struct markdown_options *options, struct diags *diags);

#endif
