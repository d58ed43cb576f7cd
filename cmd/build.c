/* SPDX-License-Identifier: MIT */
/* build.c: `signpost build`, the portal of one audience, checked and published. */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "command.h"
#include "edge/chronicle_read.h"
#include "portal/mask.h"
#include "portal/release.h"
#include "publish/build.h"

/* Where each audience's portal is published unless -o says otherwise. */
static const char *const folders[AUDIENCE_COUNT] = {
    [AUDIENCE_PUBLIC] = "site",
    [AUDIENCE_SCHOOLS] = "site-schools",
    [AUDIENCE_OFFICERS] = "site-officers",
};

/* Stage times, for --statistics. */
struct clock {
    struct timespec last;
    const char *stage;
    bool on;
};

static void clock_stage(void *context, const char *name) {
    struct clock *c = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (c->on && c->stage)
        fprintf(stderr, "%-10s %7.3f s\n", c->stage,
                (double)(now.tv_sec - c->last.tv_sec) + (double)(now.tv_nsec - c->last.tv_nsec) / 1e9);
    c->last = now;
    c->stage = name;
}

static void print_peak(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        fprintf(stderr, "%-10s %7.1f MiB\n", "peak", (double)usage.ru_maxrss / 1024.0);
}

static void print_outcome(const char *folder, const struct site *site, const struct build_outcome *o) {
    struct arena arena = {0};
    struct str day = date_long(&arena, site->as_of);
    if (o->tree.unchanged)
        printf("%s is up to date: %zu pages, as of " STR_FMT ".\n", folder, o->pages, STR_ARG(day));
    else
        printf("%s: %zu pages, as of " STR_FMT " (%zu files written, %zu unchanged, %zu removed).\n", folder,
               o->pages, STR_ARG(day), o->tree.written, o->tree.kept, o->tree.removed);
    arena_release(&arena);
}

/* A portal published into the folder of its own sources would be read as sources the next time. */
static bool is_source_folder(const char *folder) {
    static const char *const sources[] = {"content", "schools", "officers", "templates"};
    struct str first, path = str_from(folder);
    while (str_starts(path, STR("./")))
        path = str_sub(path, 2, path.len);
    if (!str_cut(&path, '/', &first))
        return false;
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
        if (str_eq(first, str_from(sources[i]))) {
            say_error("\"%s\" holds the portal's sources; publish to another folder", folder);
            return true;
        }
    return false;
}

static enum exit_code run(const struct invocation *invocation) {
    struct site_options options;
    enum audience audience;
    if (!invocation_portal(invocation, &options, &audience))
        return EXIT_USAGE;
    const char *folder =
        invocation->options[OPTION_OUTPUT] ? invocation->options[OPTION_OUTPUT] : folders[audience];
    if (is_source_folder(folder))
        return EXIT_USAGE;
    struct tree_options tree = {
        .path = folder,
        .audience = audience_name(audience),
        .restricted = audience != AUDIENCE_PUBLIC,
        .no_sync = invocation->options[OPTION_NO_SYNC],
        .replace = invocation->options[OPTION_REPLACE],
        .allow_removals = invocation->options[OPTION_ALLOW_REMOVALS],
    };
    struct clock clock = {.on = invocation->options[OPTION_STATISTICS]};
    struct build_options how = {.tree = &tree,
                                .threads = options.threads,
                                .strict = invocation->options[OPTION_STRICT],
                                .stage = clock_stage,
                                .context = &clock};
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    struct build_outcome outcome = {0};
    clock_stage(&clock, "load");
    invocation_load(invocation, &options, &site, &arena, &diags);
    struct chronicle_reader *chronicle = NULL;
    clock_stage(&clock, "history");
    if (!diags.errors)
        chronicle = chronicle_open(&site, options.path, str_from(invocation->options[OPTION_REV]), &diags);
    invocation_mask(invocation, &site, audience, &diags);
    size_t loaded = diags.count;
    bool strict = invocation->options[OPTION_STRICT] && diags_warnings(&diags);
    bool done = false;
    if (!diags.errors && !strict) {
        clock_stage(&clock, "bind");
        release_bind(&site, audience);
        done = build(&site, &how, &outcome, &diags);
        if (invocation->options[OPTION_AUDIENCE] && audience != AUDIENCE_OFFICERS)
            diags_unquote(loaded, &diags);
    }
    chronicle_report(chronicle, &diags);
    chronicle_close(chronicle);
    clock_stage(&clock, NULL);
    if (clock.on)
        print_peak();
    enum exit_code code = report(invocation, &diags);
    if (done && code == EXIT_FINE)
        print_outcome(folder, &site, &outcome);
    else if (!done)
        say_error("nothing was published; %s is as it was", folder);
    site_release(&site);
    arena_release(&arena);
    return code;
}

const struct command command_build = {
    .name = "build",
    .operands = "",
    .summary = "Check the portal, render it for one audience and publish it",
    .help = "The public's goes to site/, the schools' to site-schools/, the officers' to site-officers/.\n"
            "A portal is published whole or not at all: on any error the published folder stays as it is.",
    .options = OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(AUDIENCE) | OPTION(OUTPUT) | OPTION(STRICT) |
               OPTION(THREADS) | OPTION(NO_SYNC) | OPTION(REPLACE) | OPTION(ALLOW_REMOVALS) |
               OPTION(STATISTICS) | OPTION(FORMAT) | OPTION(REV),
    .run = run,
};
