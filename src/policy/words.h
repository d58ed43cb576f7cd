/* SPDX-License-Identifier: MIT */
/*
 * words.h: values, answers and conditions as people say them.
 *
 * "Good or Outstanding", "any but Good", "below 65", "65 or more", "between -5 and 0", "2 to 9", "6 or 9".
 */
#ifndef SIGNPOST_POLICY_WORDS_H
#define SIGNPOST_POLICY_WORDS_H

#include "base/buf.h"
#include "policy/policy.h"

/* The values of a variable in a mask: labels joined by "or", pieces of a number line as ranges. All of them: "any". */
void words_values(struct buf *out, const struct variable *variable, values mask);

/* The answers of an output in a mask. Quantities are joined as quantities: two "6 or 9", more "2 to 9". */
void words_answers(struct buf *out, const struct output *output, values mask);

/* The same, a quantity with its unit: "2 or 6 visits a year, or to be agreed". */
void words_answers_in_full(struct buf *out, const struct output *output, values mask);

/* A number on a variable's line, as it is written: a date in words, a duration, a number with the fact's unit. */
void words_number(struct buf *out, const struct variable *variable, struct decimal number);

/* What a record gives for a fact: its label, or a number with its unit. */
void words_fact(struct buf *out, const struct fact *fact, struct str value);

#endif
