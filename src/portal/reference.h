/* SPDX-License-Identifier: MIT */
/* reference.h: what one file says of another must be so. */
#ifndef SIGNPOST_PORTAL_REFERENCE_H
#define SIGNPOST_PORTAL_REFERENCE_H

#include "portal/site.h"

/* Checks everything that names something else: slugs and paths in any field, one URN for one school. */
void reference_check(const struct site *site, struct diags *diags);

/* Visits every path that portal.yaml and the front matter of visible pages name; whether its fragment is there is known
 * only when the pages are rendered. */
void reference_paths(const struct site *site, void (*visit)(void *context, const struct value *path),
                     void *context);

#endif
