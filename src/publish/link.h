/* SPDX-License-Identifier: MIT */
/*
 * link.h: every link, fragment, image and id in the HTML as written.
 *
 * All addresses of a portal are known before the first page is rendered, so a page is checked as soon as its
 * bytes stand, by the worker that rendered it; only fragments of other pages wait until all ids are known.
 * Nothing is kept of a page but hashes of its ids and what is wrong with it.
 *
 *     struct links *l = links_new(arena, page_count, workers, STR("/portal/"));
 *     links_address(l, path, 17, made_from, diags)   // before rendering, one thread; 17 is the page's number
 *     links_check_page(l, worker, 17, bytes)         // many threads
 *     links_finish(l, diags)                         // one thread
 *     links_release(l)
 *
 * A slip in a template is wrong on thousands of pages in the same words. It is reported for the first
 * LINKS_REPEATS of them by their numbers, whichever were checked first, and the last of these says how many more there
 * are.
 */
#ifndef SIGNPOST_PUBLISH_LINK_H
#define SIGNPOST_PUBLISH_LINK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct links;

/* Pages are numbered 0..pages-1; files that are not pages (style sheets, images) use LINKS_FILE. */
#define LINKS_FILE SIZE_MAX

#define LINKS_REPEATS 3

/* The longest address within a portal, in bytes. */
#define LINKS_PATH_MAX 1024

/* `base_path` is where the portal lies on its host, from "/" to "/": "404.html", which the host serves at
 * every address, must begin its links with it; other pages must not, so that a portal works anywhere. */
struct links *links_new(struct arena *arena, size_t pages, size_t workers, struct str base_path);

/* Declares an output file; its path must outlive the links. A second file at the same address, also where
 * only case differs, is an error. `made_from` says what gave it, for the messages. */
void links_address(struct links *links, struct str path, size_t page, struct place made_from,
                   struct diags *diags);

/* Checks a page's bytes: malformed HTML, duplicate ids, references to ids that are not there, images without
 * an alternative text, links that lead nowhere, to a folder or out of the portal. Links to other hosts are
 * left alone. The page must have been declared. */
void links_check_page(struct links *links, size_t worker, size_t page, struct str bytes);

/* Whether there is a file at this address, and the number of its page, or LINKS_FILE. */
bool links_find(const struct links *links, struct str path, size_t *page);

/* Reports everything that is wrong with the pages checked so far. A fragment of a page that was not is not held to be
 * missing. May be called again when more have been. */
void links_finish(const struct links *links, struct diags *diags);

/* Whether a page that was checked links to this file, which is not a page, or shows it. */
bool links_lead_to(const struct links *links, struct str path);

void links_release(struct links *links);

#endif
