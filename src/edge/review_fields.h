/* SPDX-License-Identifier: MIT */
/*
 * review_fields.h: two records, field by field, as people read them.
 *
 * Values are compared after checking, so that "RI" and "3" are one; they are told by the labels of the schema, of the
 * vocabulary and of the pages they name. Entries of dated lists are matched by their first day, entries of other lists
 * by what they must state (the day of an inspection, the year of results, the group of a membership), so that one put in
 * above is one that is new and not all that are changed.
 *
 * Each change becomes a map:
 *
 *     {"field": "Inspections, 8 March 2022, Overall effectiveness", "before": "Good", "after": "Outstanding",
 *      "path": "schools/ashdown.yaml", "line": 31}          // where it is in the head; where it was, if it went
 *
 * `before` is absent of what is new, `after` of what went. A long text has "spans" in place of both (review_text.h). A
 * name of a page that the audience does not have is no value, and what rests on it neither.
 */
#ifndef SIGNPOST_EDGE_REVIEW_FIELDS_H
#define SIGNPOST_EDGE_REVIEW_FIELDS_H

#include "portal/site.h"
#include "text/document.h"
#include "text/redline.h"

/* Changes told of one record. */
#define REVIEW_FIELDS_MAX 100

struct review_fields {
    struct arena *arena, *scratch; /* not the same */
    const struct site *base, *head;
    struct value_list list; /* of changes, in the order of the schema; its arena is set */
    size_t more;            /* changes beyond REVIEW_FIELDS_MAX */
};

/* Fields of two maps of the same schema; `wanted` chooses among its fields, NULL all. */
void review_fields_compare(struct review_fields *fields, const struct value *base, const struct value *head,
                           const struct schema *schema, bool (*wanted)(const struct schema_field *field));

/* One change that was found otherwise; texts may be empty. Nothing where they are the same. */
void review_fields_add(struct review_fields *fields, struct str label, struct str before, struct str after,
                       struct place base_at, struct place head_at);

/* Any value in words: "a, b", "key: value; key: value". */
struct str review_flat(struct arena *arena, const struct value *value);

/* "field: before to after (path:line)", an item of a list. */
void review_field_write(const struct value *change, int depth, struct document *out);

#endif
