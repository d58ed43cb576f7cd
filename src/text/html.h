/* SPDX-License-Identifier: MIT */
/*
 * html.h: escaping, and reading back the HTML that was written.
 *
 * The scanner is not a browser's: it reads what this program writes (well-formed tags, quoted attributes),
 * reports anything else as `html-malformed`, and is fast, since every page of a portal goes through it before
 * publication.
 */
#ifndef SIGNPOST_TEXT_HTML_H
#define SIGNPOST_TEXT_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

void html_escape(struct buf *out, struct str s); /* & < > " ' : right in text and in quoted attributes */

/* Undoes character references (amp lt gt quot apos nbsp, and numbers), for attribute values read back; others
 * stay as they are. The same view where there are none. */
struct str html_unescape(struct arena *arena, struct str s);

/* One thing a checker wants to know about a page. */
enum html_fact {
    /* The id. */
    HTML_ID,
    /* An address as written: of a link, an image and each of its other sizes, a script, a style sheet, a
     * form, a symbol in SVG, a `refresh`. */
    HTML_LINK,
    /* The id, on the same page, of what labels, describes or heads something, or is controlled by it. */
    HTML_REFERENCE,
    /* The src of an <img>, after its HTML_LINK; `present` says whether it has an alt text, be it empty. */
    HTML_IMAGE,
};

struct html_found {
    enum html_fact fact;
    struct str value; /* without character references */
    bool present;
    uint32_t offset; /* of the tag */
};

typedef void html_visit(void *context, const struct html_found *found);

/* Elements within elements; a deeper one counts as malformed. */
#define HTML_DEPTH_MAX 256

/* Visits the facts of a page, in the order of the page. Returns the offset of the first tag that is
 * malformed: not closed, closing another one than is open, an attribute that is not in double quotes, a `<`
 * that should have been escaped. A page that is well formed gives page.len. End tags may not be left out;
 * those of void elements must be. `scratch` holds unescaped values during the visit. At most 4 GiB. */
size_t html_scan(struct str page, struct arena *scratch, html_visit *visit, void *context);

#endif
