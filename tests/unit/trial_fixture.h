/* SPDX-License-Identifier: MIT */
/* trial_fixture.h: a portal's policy tests, run, and what they say. */
#ifndef SIGNPOST_TESTS_TRIAL_FIXTURE_H
#define SIGNPOST_TESTS_TRIAL_FIXTURE_H

#include "portal/trial.h"
#include "portal_fixture.h"

/* Runs all tests of a bound portal; the messages, with their lines, joined by "; ". */
static inline const char *trials_said(struct portal *p, struct reached *reached) {
    struct diags diags = {.arena = &p->arena};
    struct buf out = {.arena = &p->arena};
    reached_init(reached, &p->site.policy, &p->arena);
    trials_run(&p->site, reached, &diags);
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count; i++)
        buf_printf(&out, "%s%u " STR_FMT, i ? "; " : "", diags.items[i].position.line,
                   STR_ARG(diags.items[i].text));
    return str_z(&p->arena, buf_str(&out));
}

#endif
