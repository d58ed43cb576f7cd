/* SPDX-License-Identifier: MIT */
/* review_text.h: what several sections of a review have in their values, and how it is written. */
#ifndef SIGNPOST_EDGE_REVIEW_TEXT_H
#define SIGNPOST_EDGE_REVIEW_TEXT_H

#include "text/document.h"
#include "text/redline.h"
#include "text/value.h"

/* Words of a change as a list of maps of one key: [{"kept": "a"}, {"removed": "b"}, {"added": "c"}]. What is kept between
 * two marks is there as a whole; where it is written, long stretches are cut. */
struct value review_spans(const struct redline_change *change, struct arena *arena);

/* Into the block begun last. */
void review_spans_write(const struct value *spans, struct document *out);

/* Cut at a word, with an ellipsis, when longer than `most` bytes. */
struct str review_cut(struct arena *arena, struct str text, size_t most);

/* Words at a path of a value that was made; empty where there are none. */
struct str review_words(const struct value *value, const char *path);

/* A number at a path of a value that was made; 0 where there is none. */
size_t review_whole(const struct value *value, const char *path);

#endif
