/* SPDX-License-Identifier: MIT */
/*
 * framework.h: values of the vocabulary's facts, as records give them.
 */
#ifndef SIGNPOST_PORTAL_FRAMEWORK_H
#define SIGNPOST_PORTAL_FRAMEWORK_H

#include "policy/vocabulary.h"
#include "portal/schema.h"

/* A fact of schools that stands in a record's `facts` or `judgements` under `name`, or NULL. */
const struct fact *vocabulary_fact(const struct vocabulary *vocabulary, struct str name);

/* Checks one value of a fact, in place (ids for labels). Reports. */
void fact_check(const struct schema_check *check, const struct fact *fact, struct value *v);

/* Reports a number that is out of its fact's range. What is no number is for others to report. */
void fact_check_range(const struct fact *fact, const struct value *v, struct diags *diags);

/* "a date", "one value of its scale": what the values of a fact are. */
struct str fact_type_noun(const struct fact *fact);

/* The kinds of group that `groups:` declares, id -> label or map; NULL where it declares none. Then a group's kind is any
 * text. */
const struct value *vocabulary_groups(const struct vocabulary *vocabulary);

/* A kind of group by id or label, or NULL; and what people read for it, which is the text itself where it is none. */
const struct field *vocabulary_group(const struct vocabulary *vocabulary, struct str text);
struct str vocabulary_group_label(const struct vocabulary *vocabulary, struct str id);

/* The tables that describe a kind of record by the name that facts are keyed by: "school", "partnership", a kind of
 * group, "meeting", "category_record" ... NULL where there is no such kind, and for "pair", which has no fields. */
const struct schema *vocabulary_schema(const struct vocabulary *vocabulary, struct str record);
bool vocabulary_has_record(const struct vocabulary *vocabulary, struct str record);

/* The kind of record whose facts stand in a record of this schema; a group says it itself. */
struct str vocabulary_record(const struct vocabulary *vocabulary, const struct schema *schema,
                             const struct value *record);

/* The same for a value or a dated list of values, as a map of facts has it. */
void fact_check_given(const struct schema_check *check, const struct fact *fact, struct value *v);

#endif
