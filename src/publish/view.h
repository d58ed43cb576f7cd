/* SPDX-License-Identifier: MIT */
/*
 * view.h: the only door between the model and the templates.
 *
 * view_make builds the data of one page: a tree of ready-made words, numbers, dates and addresses, whose names and
 * shapes are written down in templates/README.md. A template sees nothing else. The site it reads was projected for
 * one audience before, so what that audience may not see is not here to be shown by mistake.
 *
 * Every name a template may use is always set, to null, false or an empty list where there is nothing: that is what
 * makes an unknown name in a template an error and not an empty place.
 */
#ifndef SIGNPOST_PUBLISH_VIEW_H
#define SIGNPOST_PUBLISH_VIEW_H

#include "publish/body.h"
#include "publish/figure.h"
#include "publish/plan.h"
#include "text/value.h"

struct view {
    const struct plan *plan;
    const struct site *site;
    const struct bodies *bodies;   /* every content page's Markdown, rendered */
    const struct figures *figures; /* what maps are drawn from */
    struct arena *arena;           /* of this page: rewound when it is written */
    const struct plan_page *output;
    struct str root; /* what leads from the page to the portal's root */
    struct diags *diags;
};

/* The data of one page. */
struct value view_make(const struct plan *plan, const struct bodies *bodies, const struct figures *figures,
                       const struct plan_page *output, struct arena *arena, struct diags *diags);

/* What leads from an address to the portal's root: "" or "../" ...; on 404.html the path of the base address. */
struct str view_absolute(const struct view *view, struct str address); /* beneath the base address */
struct str view_root(struct arena *arena, const struct site *site, struct str address);

#endif
