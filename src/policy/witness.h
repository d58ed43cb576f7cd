/* SPDX-License-Identifier: MIT */
/*
 * witness.h: an example of a proof, in words.
 *
 * The proof finds a box: a mask for each variable. People are told only of what the rows ask, in the order of the
 * columns, in the labels of the tables: "Ofsted grade RI; Leadership Outstanding or Inadequate; Data none of Improving
 * and Consistent". What the box leaves open is left out, and what no `never` allows is not named.
 */
#ifndef SIGNPOST_POLICY_WITNESS_H
#define SIGNPOST_POLICY_WITNESS_H

#include "policy/search.h"

/* What the rows ask, in the order of their columns, each once. */
struct asked {
    const struct variable **items;
    struct str *words; /* of an expression that stands for itself; else empty */
    size_t count;
};
void asked_collect(const struct policy_kind *kind, const struct row *const *rows, size_t count,
                   struct arena *arena, struct asked *out);

/* The box in words. The search stands at the root, where nothing is narrowed, and is left there. */
struct str witness_words(struct search *search, const struct asked *asked, const values *box,
                         struct arena *arena);

/* How many things it would name. */
size_t witness_size(struct search *search, const struct asked *asked, const values *box);

/* Whether it rests on an expression that could not be worked out. */
bool witness_unsure(const struct search *search, const values *box);

/* One item of a cell as it would be written: "Declining", "SEF validated as Good". */
struct str item_words(const struct variable *variable, values mask, struct arena *arena);

#endif
