/* SPDX-License-Identifier: MIT */
/*
 * link.h: every link, fragment, image and id in the HTML as written.
 *
 * All addresses of a portal are known before the first page is rendered, so a page is checked as soon as its bytes
 * stand, by the worker that rendered it; only fragments of other pages wait until all ids are known. Nothing is kept
 * of a page but hashes of its ids and its outgoing fragments.
 *
 *     struct links *l = links_new(arena, page_count, workers);
 *     links_address(l, "schools/ashdown.html", 17)           // before rendering, one thread; 17 is the page's number
 *     links_check_page(l, worker, 17, path, bytes, diags)     // many threads
 *     links_finish(l, diags)                                  // one thread
 */
#ifndef SIGNPOST_PUBLISH_LINK_H
#define SIGNPOST_PUBLISH_LINK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct links;

/* pages are numbered 0..pages-1; files that are not pages (style sheets, images) use LINKS_FILE. */
#define LINKS_FILE SIZE_MAX

struct links *links_new(struct arena *arena, size_t pages, size_t workers);

/* Declares an output file. A second file at the same address, also where only case differs, is an error. `made_from`
 * says what gave it, for the message. */
void links_address(struct links *links, struct str path, size_t page, struct place made_from,
                   struct diags *diags);

/* Scans a page's bytes: malformed HTML, duplicate ids, images without alt, links to files that are not there. Links
 * with a scheme or to another host are left alone; a relative link is resolved from the page's path; "404.html" is
 * rooted at `base_path` instead. */
void links_check_page(struct links *links, size_t worker, size_t page, struct str path, struct str bytes,
                      struct diags *diags);

/* Reports the fragments that no page has. */
void links_finish(struct links *links, struct diags *diags);

void links_release(struct links *links);

#endif
