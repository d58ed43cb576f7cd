/* SPDX-License-Identifier: MIT */
/* page_fixture.h: one page of a portal, rendered by the default theme. */
#ifndef SIGNPOST_TESTS_PAGE_FIXTURE_H
#define SIGNPOST_TESTS_PAGE_FIXTURE_H

#include "portal/match.h"
#include "portal_fixture.h"
#include "publish/proposals.h"
#include "publish/theme.h"
#include "publish/view.h"

/* The rendered page at an address, with that result, if one is given, in place of what the match made of the portal; empty:
 * there is none. */
static inline struct str page(struct portal *p, const struct match_result *result, const char *address) {
    struct plan plan;
    struct bodies bodies;
    struct figures figures;
    struct theme theme;
    struct arena frame = {0};
    struct buf out = {.arena = &p->arena};
    plan_make(&plan, &p->arena, &p->site);
    if (result) {
        plan.match = result;
        plan.proposals = proposals_atlas(&p->site, result, &p->arena);
    }
    figures_make(&figures, &p->arena, &p->site);
    bodies_render(&bodies, &p->site, p->site.worker_arenas, 1, &p->diags);
    theme_load(&theme, &p->arena, &p->site, &p->diags);
    struct mustache_set set = {.arena = &p->arena, .loader = theme_loader(&theme), .diags = &p->diags};
    for (size_t i = 0; i < plan.count; i++)
        if (str_eq(plan.outputs[i].address, str_from(address))) {
            struct value data = view_make(&plan, &bodies, &figures, &plan.outputs[i], &p->arena, &p->diags);
            mustache_render(&set, mustache_compile(&set, template_name(plan.outputs[i].kind)), &data, &frame,
                            &out, &p->diags, STR("test"));
        }
    arena_release(&frame);
    if (p->diags.errors)
        fail_msg("%s", str_z(&p->arena, p->diags.items[0].text));
    return buf_str(&out);
}

#endif
