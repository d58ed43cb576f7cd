/* SPDX-License-Identifier: MIT */
/*
 * html.h: escaping, and reading back the HTML that was written.
 *
 * The scanner is not a browser's: it reads what this program writes (well-formed tags, quoted attributes), reports
 * anything else as `html-malformed`, and is fast, since every page of a portal goes through it before publication.
 */
#ifndef SIGNPOST_TEXT_HTML_H
#define SIGNPOST_TEXT_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

void html_escape(struct buf *out, struct str s); /* & < > " ' : right in text and in quoted attributes */

/* Undoes character references (named: amp lt gt quot apos nbsp; and numeric), for attribute values read back. */
struct str html_unescape(struct arena *arena, struct str s);

/* One thing a checker wants to know about a page, in the order of the page. */
enum html_fact {
    HTML_ID,    /* value: the id */
    HTML_LINK,  /* value: an address, unescaped: href or src, as written */
    HTML_IMAGE, /* an <img>; value: its alt text, `present` says whether it has one */
};

struct html_found {
    enum html_fact fact;
    struct str value;
    bool present;
    uint32_t offset;
};

typedef void html_visit(void *context, const struct html_found *found);

/* Visits the facts of a page. Returns the offset of the first malformed tag (unclosed, mismatched or badly quoted),
 * or page.len when it is well formed. `scratch` holds unescaped values during the visit. */
size_t html_scan(struct str page, struct arena *scratch, html_visit *visit, void *context);

#endif
