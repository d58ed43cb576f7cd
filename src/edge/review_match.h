/* SPDX-License-Identifier: MIT */
/*
 * review_match.h: which page and which school of one revision is which of the other.
 *
 * A page is the one at the same path. One that is gone and one that is new are the same page under another name where
 * the new one says so (`formerly`), where they have the same text, or where most of their words are the same. A school
 * is the one with the same file name, else, of those whose file names only one side has, the one with the same URN.
 *
 * Only what the audience sees is there at all: a page that becomes restricted goes, as far as the public is concerned.
 */
#ifndef SIGNPOST_EDGE_REVIEW_MATCH_H
#define SIGNPOST_EDGE_REVIEW_MATCH_H

#include "edge/review.h"
#include "portal/record.h"

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

/* The same, to be asked of one school or record of the base at a time. Once made, threads share it. */
struct same_schools {
    const struct site *head;
    struct map renamed; /* by slug in the base: the head's school */
};
void same_schools_init(struct same_schools *same, const struct review *review, struct arena *arena);

/* The school of the head, or NULL; and the id that a record of the base has on the head. */
const struct school *same_school(const struct same_schools *same, const struct school *base);
struct str same_record(const struct same_schools *same, const struct policy_record *record,
                       struct arena *arena);

#endif
