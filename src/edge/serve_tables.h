/* SPDX-License-Identifier: MIT */
/* serve_tables.h: what the tables of a policy page catch now (portal/catches.h), as the bar shows it. */
#ifndef SIGNPOST_EDGE_SERVE_TABLES_H
#define SIGNPOST_EDGE_SERVE_TABLES_H

#include "portal/site.h"

/* Whether a page has any. */
bool serve_has_tables(const struct site *site, const struct page *page);

/* [{id, label, of: "53 open schools", headers: [{text}], rows: [{label, href, cells: [{text, none}]}]}]. `way` leads to the
 * page, so that a row's name leads to its place in it. */
struct value serve_tables(const struct site *site, const struct page *page, struct str way,
                          struct arena *arena);

#endif
