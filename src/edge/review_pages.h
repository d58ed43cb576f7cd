/* SPDX-License-Identifier: MIT */
/*
 * review_pages.h: what changes in what people read: pages, their addresses, their links.
 *
 *     {"pages": [{"path": "content/policy/support.md", "title": "Support", "kind": "policy page",
 *                 "status": "changed",                  // or "new", "gone"
 *                 "was": "content/policy/help.md",      // of one that was renamed
 *                 "added": 12, "removed": 3,            // words
 *                 "fields": [...],                      // title, summary and so on (review_fields.h)
 *                 "changes": [{"kind": "changed",       // or "added", "removed", "moved"
 *                              "what": "paragraph",     // "section", "heading", "row of a table" ...
 *                              "under": "Universal, Reviews", "line": 34,
 *                              "spans": [...],          // of one that is changed (review_text.h)
 *                              "text": "...",           // of any other: its words, or a section's heading
 *                              "blocks": 4, "words": 120,
 *                              "links": {"before": [...], "after": [...]}}],
 *                 "more": 0,                            // changes beyond REVIEW_PAGE_CHANGES_MAX
 *                 "coarse": true}],                     // too different to be compared word by word
 *      "more": 0,                                       // pages beyond REVIEW_PAGES_MAX
 *      "lost": [{"address": "policy/help.html", "title": "Help",
 *                "in": "content/policy/support.md", "write": "formerly: [policy/help.html]"}],
 *      "links": [...]}                                  // that break (review_diags.h)
 *
 * Text is the words of the Markdown, so a text whose lines are broken elsewhere has not changed, and nothing that is
 * computed is compared here. Tables that decide are told by review_tables; fields of clusters, partnerships, offers,
 * roles, people and bodies by review_records, which also tells which of those are new and gone.
 *
 * An address is lost when a page was there, and nothing is there now: neither a page nor one that says where it went.
 * Lists that the program makes for letters of the alphabet come and go with the names that they list, and are not told.
 */
#ifndef SIGNPOST_EDGE_REVIEW_PAGES_H
#define SIGNPOST_EDGE_REVIEW_PAGES_H

#include "edge/review.h"

#define REVIEW_PAGES_MAX 200
#define REVIEW_PAGE_CHANGES_MAX 60
#define REVIEW_LOST_MAX 200

struct value review_pages(struct review *review);
void review_pages_write(const struct value *value, struct document *out);

#endif
