/* SPDX-License-Identifier: MIT */
/*
 * review_load.h: the two sides of a review, from git or from the folder.
 *
 *     BASE..HEAD      two revisions; either may be left out and is HEAD then
 *     BASE...HEAD     HEAD against the revision where it parted from BASE
 *     BASE            the files of the working tree against BASE
 *     (staged) BASE   what is staged for the next revision against BASE, by default HEAD
 *
 * What both have is read and checked once (portal/store.h). Nothing in the repository is written.
 */
#ifndef SIGNPOST_EDGE_REVIEW_LOAD_H
#define SIGNPOST_EDGE_REVIEW_LOAD_H

#include "edge/review.h"

struct review_options {
    const char *path; /* the portal's folder */
    struct str range; /* as above; empty: HEAD */
    bool staged;
    enum audience audience;
    date as_of; /* of both sides; DATE_NONE: what the portal.yaml of each says, else `today` */
    date today;
    size_t threads;
};

struct review_sources; /* what the sides stand on */

/* NULL, having said why in `diags`, where one of the two cannot be had at all. What is wrong within a side is a finding. The
 * review's arenas are to be set before. */
struct review_sources *review_load(struct review *review, const struct review_options *options,
                                   struct diags *diags);
void review_release(struct review_sources *sources);

#endif
