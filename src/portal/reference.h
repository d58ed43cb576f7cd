/* SPDX-License-Identifier: MIT */
/* reference.h: what one file says of another must be so. */
#ifndef SIGNPOST_PORTAL_REFERENCE_H
#define SIGNPOST_PORTAL_REFERENCE_H

#include "portal/site.h"

/* Checks everything that names something else: slugs and paths in any field, one URN for one school, file names that
 * differ only in case, one formal partnership at a time, one lead. */
void reference_check(const struct site *site, struct diags *diags);

#endif
