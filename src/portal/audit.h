/* SPDX-License-Identifier: MIT */
/*
 * audit.h: what records say, held against the policy.
 *
 * A record that makes a `never` certainly true is an error at its line. A recorded decision is held against the tables at
 * its own date, with the facts as they stood then: below a floor, or outside the set that a table allows, is an error; a
 * warning where the breach rests on a plain value, which may not have been so then. What differs from a suggestion is
 * nobody's error.
 */
#ifndef SIGNPOST_PORTAL_AUDIT_H
#define SIGNPOST_PORTAL_AUDIT_H

#include "portal/decided.h"

/* Every record of every kind, on every core. The site must not have been bound for a lower audience yet. */
void audit_records(const struct site *site, struct diags *diags);

#endif
