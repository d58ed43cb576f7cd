/* SPDX-License-Identifier: MIT */
/*
 * review_records.h: what changes in records: schools; clusters, partnerships, offers, roles, people and bodies; the
 * portal's own facts; the vocabulary.
 *
 *     {"schools": [{"name": "Ashdown Primary School", "slug": "ashdown", "path": "schools/ashdown.yaml",
 *                   "status": "changed",            // or "new", "gone", "closed", "reopened", "renamed"
 *                   "was": "Ashdown Infant School", // name or, with the same name, path of one that was renamed
 *                   "about": "Primary, Community school",         // of one that is new
 *                   "fields": [...], "more": 0}],   // review_fields.h
 *      "pages": [{"title": ..., "kind": "offer", "path": ..., "status": ..., "was": ..., "about": ..., "fields": ...}],
 *      "more": 0,                                   // records beyond REVIEW_RECORDS_MAX
 *      "portal": [...], "vocabulary": [...]}        // fields of portal.yaml and of content/framework.yaml
 *
 * Records are compared as the audience has them. Below officers the vocabulary is that of the facts that the audience
 * may see, and of their scales; and how a fact is worked out is not told, since it may name what they may not see.
 *
 * Words of a page, and its title, summary, owner and dates, are told by review_pages; so are pages without a record.
 */
#ifndef SIGNPOST_EDGE_REVIEW_RECORDS_H
#define SIGNPOST_EDGE_REVIEW_RECORDS_H

#include "edge/review.h"

#define REVIEW_RECORDS_MAX 300

struct value review_records(struct review *review);
void review_records_write(const struct value *value, struct document *out);

#endif
