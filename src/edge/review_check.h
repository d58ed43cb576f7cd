/* SPDX-License-Identifier: MIT */
/*
 * review_check.h: what is wrong with the pages of two revisions, as far as it can differ between them.
 *
 * A link breaks when the page that it leads to goes, which shows only when pages are rendered; but to render every page
 * of a large portal twice takes longer than a reviewer waits. What makes a school's page right or wrong is its record,
 * its templates and its portal; so of schools, and of partnerships, people and the like, only those are rendered that
 * differ or lead to a place on another page, unless the portal's own templates, its framework.yaml or its portal.yaml
 * differ. Lists that grow with the number of schools are made by templates alone and are passed over likewise, and
 * proposals of partnerships are not looked for.
 *
 * Either side is only checked as far as the other was: what one has and the other was never asked for is no difference.
 */
#ifndef SIGNPOST_EDGE_REVIEW_CHECK_H
#define SIGNPOST_EDGE_REVIEW_CHECK_H

#include "base/diag.h"
#include "portal/site.h"

struct review_checked {
    struct diags *diags; /* to set: of loading; what is found is added, and they are sorted */
    const struct str
        *addresses; /* of every page and file that the audience has; NULL: they could not be worked out */
    size_t address_count;
};

/* Two sites, bound for the same audience, without errors in their diags. */
void review_check(const struct site *base, const struct site *head, size_t threads, struct arena *arena,
                  struct review_checked *base_out, struct review_checked *head_out);

#endif
