/* SPDX-License-Identifier: MIT */
/* content.h: reading one content page: front matter between lines of three hyphens, then Markdown. */
#ifndef SIGNPOST_PORTAL_CONTENT_H
#define SIGNPOST_PORTAL_CONTENT_H

#include "portal/site.h"

/* Reads and checks the page at `path` ("content/policy/principles.md"). NULL with diagnostics when it cannot be. */
struct page *content_read(const struct schema_check *check, const struct source *source);

#endif
