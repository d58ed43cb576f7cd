/* SPDX-License-Identifier: MIT */
/* wish.h: what schools say about partnership, held against itself. */
#ifndef SIGNPOST_PORTAL_WISH_H
#define SIGNPOST_PORTAL_WISH_H

#include "portal/site.h"

/* A school that names itself, or another twice, or wishes for one that it refuses; and one that refuses a school of its own
 * trust. That a school there is not is named is reference.h's. */
void wish_check(const struct site *site, struct diags *diags);

#endif
