/* SPDX-License-Identifier: MIT */
/*
 * review_withheld.h: whether two revisions differ in anything that an audience may not see.
 *
 * A yes or a no, and nothing that says how much or where. It is read off what the sources say, before anything is taken
 * out of them, and never off what is computed: were a hidden result asked whether it changed, a change of what everybody
 * sees would tell on the hidden facts that it met. Records, pages, framework.yaml and portal.yaml are compared. The policy's
 * tests are not: they are about invented records.
 */
#ifndef SIGNPOST_EDGE_REVIEW_WITHHELD_H
#define SIGNPOST_EDGE_REVIEW_WITHHELD_H

#include "portal/site.h"

/* Of two sites that were loaded and not yet bound. Never of officers. */
bool review_withheld(const struct site *base, const struct site *head, enum audience audience);

#endif
