/* SPDX-License-Identifier: MIT */
/* school.h: reading one school's record, with the officers' overlay laid over it. */
#ifndef SIGNPOST_PORTAL_SCHOOL_H
#define SIGNPOST_PORTAL_SCHOOL_H

#include "portal/site.h"

/* Reads and checks schools/<slug>.yaml and, where `overlay` is not NULL, officers/<slug>.yaml: the two are parts of one
 * record, and a value given in both is an error. NULL with diagnostics when it cannot be read at all. */
struct school *school_read(const struct schema_check *check, const struct source *source,
                           const struct source *overlay);

/* Warns of what a record says of days to come; all else that school_read finds is so on any day. There is nothing to warn of
 * from the latest of its days on. */
date school_latest(const struct value *record);
void school_check_day(const struct value *record, date as_of, struct diags *diags);

#endif
