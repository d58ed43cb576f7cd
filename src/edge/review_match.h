/* SPDX-License-Identifier: MIT */
/*
 * review_match.h: which page and which school of one revision is which of the other.
 *
 * A page is the one at the same path. One that is gone and one that is new are the same page under another name where
 * the new one says so (`formerly`), where they have the same text, or where most of their words are the same. A school
 * is the one with the same file name, else the one with the same URN.
 *
 * Only what the audience sees is there at all: a page that becomes restricted goes, as far as the public is concerned.
 */
#ifndef SIGNPOST_EDGE_REVIEW_MATCH_H
#define SIGNPOST_EDGE_REVIEW_MATCH_H

#include "edge/review.h"

/* Of a hundred words, so many must be the same in a page that was renamed. */
#define REVIEW_RENAME_LIKE 50

/* Pairs of a page that is gone and one that is new that are compared by their words; beyond, names decide. */
#define REVIEW_RENAME_PAIRS_MAX 4000

struct review_page_pair {
    const struct page *base, *head; /* not both NULL */
};
struct review_pages_matched {
    struct review_page_pair *items; /* by path: of the head, or of the base where it is gone */
    size_t count;
};
void review_match_pages(const struct review *review, struct arena *arena, struct review_pages_matched *out);

struct review_school_pair {
    const struct school *base, *head; /* not both NULL */
};
struct review_schools_matched {
    struct review_school_pair *items; /* by slug */
    size_t count;
};
void review_match_schools(const struct review *review, struct arena *arena,
                          struct review_schools_matched *out);

#endif
