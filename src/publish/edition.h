/* SPDX-License-Identifier: MIT */
/*
 * edition.h: a portal for one audience, ready to be printed: whole, or a page at a time.
 *
 * Making one does what all pages need: templates compiled, Markdown rendered, the plan with its addresses. Afterwards any
 * file can be rendered by itself, in any order and on several threads, and comes out as it would among all others. A
 * page's HTML is checked the first time it is rendered; what was found so far is told by edition_report.
 *
 *     struct edition *e = edition_new(&arena, site, &options, diags);    // NULL: no page can be made
 *     if (edition_find(e, STR("index.html"), &file))
 *         edition_render(e, &file, worker, &bytes, diags)
 *     edition_report(e, diags);
 *     edition_release(e);
 */
#ifndef SIGNPOST_PUBLISH_EDITION_H
#define SIGNPOST_PUBLISH_EDITION_H

#include "publish/plan.h"

struct edition;

struct edition_options {
    size_t threads;                                 /* that will render; workers are numbered 0..threads-1 */
    void (*stage)(void *context, const char *name); /* called as each stage begins; may be NULL */
    void *context;
};

/* Files come in this order: pages, and what is not a page. */
enum edition_kind {
    EDITION_PAGE,
    EDITION_CALENDAR,
    EDITION_INDEX, /* robots.txt, sitemap.xml */
    EDITION_ASSET,
    EDITION_ATTACHMENT,
    EDITION_KINDS
};

struct edition_file {
    enum edition_kind kind;
    size_t number; /* among its kind, from 0 */
    struct str address;
};

/* NULL where there are errors in `diags`: of a template, a page's Markdown or an address, or from before. What it reports lies in the site's
 * arenas and in `diags`, and outlives the edition. Only one at a time of a site. */
struct edition *edition_new(struct arena *arena, const struct site *site,
                            const struct edition_options *options, struct diags *diags);
void edition_release(struct edition *edition); /* not its arena */

size_t edition_count(const struct edition *edition, enum edition_kind kind);
struct edition_file edition_file(const struct edition *edition, enum edition_kind kind, size_t number);
bool edition_find(const struct edition *edition, struct str address, struct edition_file *out);

/* What a page is of. */
const struct plan_page *edition_page(const struct edition *edition, size_t number);

/* The bytes of a file, in memory of the worker's that its next file takes. A page is checked if it never was. False: it
 * could not be made; edition_report says why of a page, `diags` of an attachment. */
bool edition_render(struct edition *edition, const struct edition_file *file, size_t worker, struct str *out,
                    struct diags *diags);

/* Whether making a page may take seconds, so that nobody should have to wait for it who did not ask for it. */
bool edition_is_slow(const struct edition *edition, size_t page);

bool edition_checked(const struct edition *edition, size_t page); /* it was rendered, well or badly */

/* Whether the audience gets an attachment. A file says nothing of whom it is for, so it is as public as the pages that
 * lead to it: what only an officers' page shows must not be on another portal, not even by its name. Officers get
 * all. Certain when all pages are checked; before that, only yes is. */
bool edition_attaches(const struct edition *edition, size_t attachment);

/* Adds what was found in the pages rendered so far. When all are, that is all there is to find. May be called again. */
void edition_report(const struct edition *edition, struct diags *diags);

#endif
