/* SPDX-License-Identifier: MIT */
/* kinds.h: the kinds of record by the names that `new` and `schema` take. */
#ifndef SIGNPOST_CMD_KINDS_H
#define SIGNPOST_CMD_KINDS_H

#include "portal/schema.h"

/* The schema of a kind, or NULL, having said so and what there is. */
const struct schema *kind_schema(const char *kind);

#endif
