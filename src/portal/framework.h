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

#endif
