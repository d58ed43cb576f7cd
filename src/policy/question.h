/* SPDX-License-Identifier: MIT */
/*
 * question.h: whether a condition holds of a record.
 *
 * As with tables, what is missing may be anything: the answer is yes where the condition holds in every completion, no
 * where it holds in none, and else maybe.
 */
#ifndef SIGNPOST_POLICY_QUESTION_H
#define SIGNPOST_POLICY_QUESTION_H

#include "policy/search.h"

/* Of a subject whose decisions have been decided. `scratch` is left as it was. */
enum truth subject_answer(const struct subject *subject, const struct condition *when, struct arena *scratch);

#endif
