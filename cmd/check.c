/* SPDX-License-Identifier: MIT */
/* check.c: `signpost check`, everything that build does but the writing, for every audience. */
#include <stdio.h>

#include "command.h"
#include "edge/chronicle_read.h"
#include "policy/prove.h"
#include "portal/mask.h"
#include "portal/outsider.h"
#include "portal/release.h"
#include "portal/stale.h"
#include "portal/trial.h"
#include "publish/build.h"

/* Binding goes from officers to the public, one way; an audience that was asked for is the last that is checked. */
static size_t check_audiences(struct site *site, enum audience last, bool masked,
                              const struct build_options *how, size_t *tests, struct buf *outsiders,
                              struct diags *diags) {
    size_t pages = 0;
    for (int a = AUDIENCE_OFFICERS; a <= (int)last && !diags->errors; a++) {
        struct build_outcome outcome;
        size_t from = diags->count;
        release_bind(site, (enum audience)a);
        if (a == AUDIENCE_OFFICERS)
            *tests = trials_check(site, site->arena, diags);
        if (a == AUDIENCE_OFFICERS && outsiders)
            outsider_report(site, outsiders);
        build(site, how, &outcome, diags);
        pages = outcome.pages;
        if (masked && a == (int)last && last != AUDIENCE_OFFICERS)
            diags_unquote(from, diags);
        else if (masked)
            diags_mask(site, last, from, diags);
    }
    return pages;
}

/* Rows that hold together without contradicting each other: no mistake, but worth a look. */
static void print_overlaps(const struct site *site) {
    struct arena arena = {0}, scratch = {0};
    struct proofs proofs;
    struct buf out = {.arena = &arena};
    policy_prove(&site->policy, site->as_of, &arena, &scratch, &proofs);
    for (size_t i = 0; i < proofs.count; i++) {
        const struct proof *p = &proofs.items[i];
        if (p->decision && p->overlap_count)
            buf_printf(&out, "%s" STR_FMT "\n", out.len ? "\n" : "", STR_ARG(p->decision->label));
        for (size_t j = 0; j < p->overlap_count; j++) {
            buf_lit(&out, "  ");
            overlap_print(&out, &p->overlaps[j]);
            buf_byte(&out, '\n');
        }
        for (size_t j = 0; j < p->count; j++)
            repetition_print(&out, &p->findings[j]);
    }
    print_out(buf_str(&out));
    arena_release(&arena);
    arena_release(&scratch);
}

static const char *const viewers[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "officers", [AUDIENCE_SCHOOLS] = "schools", [AUDIENCE_PUBLIC] = "the public"};

/* "2 warnings", "2 warnings, 1 note" */
static struct str found_words(struct arena *arena, const struct diags *diags) {
    struct buf out = {.arena = arena};
    size_t warnings = diags_warnings(diags);
    buf_printf(&out, "%zu %s", warnings, warnings == 1 ? "warning" : "warnings");
    if (diags->notes)
        buf_printf(&out, ", %zu %s", diags->notes, diags->notes == 1 ? "note" : "notes");
    return buf_str(&out);
}

static enum exit_code run(const struct invocation *invocation) {
    struct site_options options;
    enum audience audience;
    if (!invocation_portal(invocation, &options, &audience))
        return EXIT_USAGE;
    struct build_options how = {.threads = options.threads};
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    struct buf outsiders = {.arena = &arena};
    size_t pages = 0, tests = 0;
    invocation_load(invocation, &options, &site, &arena, &diags);
    if (!diags.errors && invocation->options[OPTION_STALE])
        stale_report(&site, &diags);
    struct chronicle_reader *chronicle = NULL;
    if (!diags.errors)
        chronicle = chronicle_open(&site, options.path, str_from(invocation->options[OPTION_REV]), &diags);
    invocation_mask(invocation, &site, audience, &diags);
    if (!diags.errors)
        pages = check_audiences(&site, audience, invocation->options[OPTION_AUDIENCE], &how, &tests,
                                invocation->options[OPTION_AUDIENCE_REPORT] ? &outsiders : NULL, &diags);
    chronicle_report(chronicle, &diags);
    chronicle_close(chronicle);
    print_out(buf_str(&outsiders));
    if (invocation->options[OPTION_OVERLAPS] && site.policy.decision_count)
        print_overlaps(&site);
    enum exit_code code = report(invocation, &diags);
    bool text = !invocation->options[OPTION_FORMAT] ||
                str_eq(str_from(invocation->options[OPTION_FORMAT]), STR("text"));
    if (text && code == EXIT_FINE)
        printf("%zu %s, %zu pages for %s, %zu policy %s: no errors, " STR_FMT ".\n", site.school_count,
               site.school_count == 1 ? "school" : "schools", pages, viewers[audience], tests,
               tests == 1 ? "test" : "tests", STR_ARG(found_words(&arena, &diags)));
    else if (text && code != EXIT_USAGE)
        fprintf(stderr, "%zu %s, " STR_FMT ".\n", diags.errors, diags.errors == 1 ? "error" : "errors",
                STR_ARG(found_words(&arena, &diags)));
    site_release(&site);
    arena_release(&arena);
    return code;
}

const struct command command_check = {
    .name = "check",
    .operands = "",
    .summary = "Check records, pages, links and HTML, and write nothing",
    .help =
        "Proves the policy's tables, runs its tests (tests/policy/*.yaml), holds each record against them, "
        "and\n"
        "checks what each audience would get, from officers to the one that --audience names (the public).\n"
        "With --audience its messages withhold what that audience may not know: for logs that others read.",
    .options = OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(AUDIENCE) | OPTION(FORMAT) | OPTION(STRICT) |
               OPTION(THREADS) | OPTION(OVERLAPS) | OPTION(AUDIENCE_REPORT) | OPTION(STALE) | OPTION(REV),
    .run = run,
};
