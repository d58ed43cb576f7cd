/* SPDX-License-Identifier: MIT */
/*
 * recorded.h: what was decided, as a record says it.
 *
 *     decisions:
 *       category: [{value: amber, from: 2025-09-20, by: ...}]            a decision of one output
 *       chart: {category: [...], concern: [...]}                         decision, then output
 *
 * The list is the record and the history in one. Once the policy is known, every key must be a decision of it and every
 * value an answer of its output.
 */
#ifndef SIGNPOST_PORTAL_RECORDED_H
#define SIGNPOST_PORTAL_RECORDED_H

#include "policy/subject.h"
#include "portal/site.h"

/* Checks the decisions of every school, in place: an answer by its label becomes its id. Between site_load and
 * site_bind. */
void recorded_check(const struct policy *policy, struct site *site, struct diags *diags);

/* The same for the `decisions` of one record of a kind. */
void recorded_check_map(const struct policy *policy, const struct policy_kind *kind, struct value *decisions,
                        date day, struct diags *diags);

/* Fills out[] with one `recorded` for each output of the kind: the entries not after `day`, as far as `viewer` may see
 * them. */
void recorded_read(const struct policy_kind *kind, const struct value *record, date day, enum audience viewer,
                   struct arena *arena, struct recorded *out);

/* How an entry came about, in the framework's words: those of a fact `how` of its kind of record, as `category_record` has
 * it, else its own; inside a sentence. Empty where it does not say. */
struct str recorded_how(const struct vocabulary *vocabulary, const struct output *output,
                        const struct value *entry, struct arena *arena);

#endif
