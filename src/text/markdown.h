/* SPDX-License-Identifier: MIT */
/*
 * markdown.h: Markdown pages, through cmark-gfm in safe mode.
 *
 * What comes out is markup that may stand in a page as it is: no raw HTML, no script addresses, every id once, every
 * region and header labelled. Beyond CommonMark with tables and footnotes it has
 *
 * - accessible tables: a caption (a paragraph directly above that is one run of strong or emphasised words; after
 *   strong words, plain text is its detail; otherwise the heading above), scopes on both axes, row headers that are
 *   never blank, right-aligned numbers, and a labelled, focusable region around each that scrolls alone;
 * - heading anchors made of the heading's words (`{#id}` at its end keeps one stable when the words change);
 * - sections: `##` and what follows it, up to the next `##`;
 * - numbered paragraphs with an address each, where the page asks for them;
 * - asides, written as GitHub alerts (`> [!NOTE]`, IMPORTANT, WARNING), and key facts (`> [!FACTS]` and a list of
 *   `**Term:** text`), which on a git host read as quotes;
 * - links by source path (`[the principles](principles.md#sizes)`), resolved by the caller.
 *
 * The title of a page is in its front matter, so a text begins with `##`, and `#` is an error. HTML comments are
 * silently dropped (a decision table's directive is one); any other raw HTML is an error and dropped.
 *
 * Ids of the forms p-1, table-1, fn, fn-1, fr-1 and fr-1-2 belong to paragraphs, tables and footnotes.
 *
 * Threads: after markdown_setup, any number of threads may render at the same time, each with its own arena and
 * diags; markdown.c says why that is so. Only src/text/markdown*.c include cmark.
 */
#ifndef SIGNPOST_TEXT_MARKDOWN_H
#define SIGNPOST_TEXT_MARKDOWN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* Beyond these a block is refused before cmark sees it, and the rest of the text is rendered. Its table parser is
 * quadratic in the columns, and its block parser in the depth. */
#define MARKDOWN_TABLE_COLUMNS_MAX 64
#define MARKDOWN_TABLE_CELLS_MAX 100000
#define MARKDOWN_DEPTH_MAX \
    64 /* of quotes, lists and footnotes in each other; of emphasis and links likewise */

/* What a block may cost in steps of cmark's quadratic searches, which is about a second. Only text made to be
 * slow comes near; see markdown_scan.c. */
#define MARKDOWN_WORK_MAX 250000000

/* What a link or image address becomes. `to` is as written, without escapes, and has no scheme and no host: those
 * are left as they are. The result is what is printed, or a NULL `at` where it leads nowhere, for which resolve has
 * already added a diagnostic at `at`. A mere fragment has `id_prefix` put before it and comes here too. */
struct markdown_links {
    struct str (*resolve)(void *context, struct str to, bool image, struct place at, struct diags *diags);
    void *context;
};

struct markdown_options {
    struct markdown_links links; /* resolve may be NULL: addresses stay as they are */
    bool numbered;               /* number the paragraphs and give each an address, p-1 ... */
    int heading_shift;           /* 0: `##` is printed as h2. 1: as h3, for a text that stands under an h2 */
    struct str id_prefix;        /* put before every id, for a text that shares its page with others */
};

struct markdown_heading {
    int level; /* as printed */
    struct str id;
    struct str text; /* plain */
};

struct markdown {
    struct str html;
    struct markdown_heading *headings; /* in the order of the text; the last may be the footnotes' */
    size_t heading_count;
    struct str *ids; /* every id in the html, with its prefix: what a fragment may name */
    size_t id_count;
    struct str plain; /* the text without markup, single-spaced, for search and descriptions */
};

/* Call once, before the first markdown_render and on one thread. */
void markdown_setup(void);

/* Renders text[from..] of `source`; offsets of diagnostics are in `source`. Errors are added to `diags` and the rest
 * is rendered all the same. Everything returned is in `arena`. */
struct markdown markdown_render(struct arena *arena, const struct source *source, size_t from,
                                const struct markdown_options *options, struct diags *diags);

/* The same for a text that has no source of its own places (a YAML block scalar): diagnostics point at `at`. */
struct markdown markdown_render_text(struct arena *arena, struct str text, struct place at,
                                     const struct markdown_options *options, struct diags *diags);

#endif
