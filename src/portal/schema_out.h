/* SPDX-License-Identifier: MIT */
/* schema_out.h: the tables as JSON Schema, as a commented starting point, and as a manual page. */
#ifndef SIGNPOST_PORTAL_SCHEMA_OUT_H
#define SIGNPOST_PORTAL_SCHEMA_OUT_H

#include "portal/schema.h"

/* JSON Schema (2020-12) for editors that check YAML as it is typed. */
void schema_write_json(struct buf *out, const struct schema *schema);

/* A YAML record with every required field filled by its example and the others as comments. `name` is the value of its
 * `name` or `title`; empty: the example. */
void schema_write_start(struct buf *out, const struct schema *schema, struct str name);

/* The fields of a schema and of the records in it, as a section of an mdoc manual page. */
void schema_write_mdoc(struct buf *out, const struct schema *schema);

/* Text as mdoc reads it. */
void schema_write_mdoc_text(struct buf *out, const char *s);

#endif
