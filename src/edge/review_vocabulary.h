/* SPDX-License-Identifier: MIT */
/* review_vocabulary.h: what changes in content/framework.yaml, entry by entry. A part of review_records. */
#ifndef SIGNPOST_EDGE_REVIEW_VOCABULARY_H
#define SIGNPOST_EDGE_REVIEW_VOCABULARY_H

#include "edge/review.h"
#include "edge/review_fields.h"

/* Adds a change for each key that differs: "facts, school, at_risk, missing". */
void review_vocabulary(const struct review *review, struct review_fields *fields);

/* What it would never tell an audience below officers, as a text: for comparing, and never for reading. */
void review_vocabulary_hidden(const struct vocabulary *vocabulary, enum audience audience, struct buf *out);

/* Whether both sides declare the same facts for the same audiences, so that the same record is projected alike. */
bool review_projected_alike(const struct review *review);

#endif
