/* SPDX-License-Identifier: MIT */
/* match.c: `signpost match`, proposals of partners as advice, as JSON, and as drafts to be pasted. */
#include "portal/match.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "match_print.h"
#include "portal/match_draft.h"

enum form { FORM_TEXT, FORM_JSON, FORM_DRAFTS, FORM_COUNT };
static const char *const forms[] = {[FORM_TEXT] = "text", [FORM_JSON] = "json", [FORM_DRAFTS] = "drafts"};
static const char *const keeps[] = {
    [MATCH_KEEP_FORMED] = "formed", [MATCH_KEEP_ALL] = "all", [MATCH_KEEP_NONE] = "none"};

/* Which of some words an option is; the first where it was not given. False, having said so, when it is none. */
static bool word_of(const struct invocation *invocation, enum option_id option, const char *name,
                    const char *const *words, size_t count, size_t *out) {
    const char *given = invocation->options[option];
    *out = 0;
    for (size_t i = 0; i < count; i++)
        if (given && !strcmp(given, words[i])) {
            *out = i;
            return true;
        }
    if (given)
        say_error("%s is one of %s, %s and %s, not \"%s\"", name, words[0], words[1], words[2], given);
    return !given;
}

static enum exit_code match(const struct site *site, const struct match_options *options, enum form form,
                            struct arena *arena) {
    struct match_result result;
    struct buf out = {.arena = arena};
    if (!match_declared(&site->policy)) {
        say_error(
            "no policy page has a match: a table below <!-- match: ... --> says who takes part and what "
            "makes one proposal better than another");
        return EXIT_AUTHOR;
    }
    match_run(site, options, arena, &result);
    if (result.too_large) {
        say_error("there are more schools to match, or larger numbers in the tables of points, than can be "
                  "compared");
        return EXIT_AUTHOR;
    }
    if (form == FORM_JSON)
        match_json(&out, &result, arena);
    else if (form == FORM_DRAFTS)
        for (size_t i = 0; i < result.proposal_count; i++)
            match_draft(&result.proposals[i], arena, &out);
    else
        match_text(&out, site, &result, arena);
    return print_out(buf_str(&out)) ? EXIT_FINE : EXIT_MACHINE;
}

static enum exit_code run(const struct invocation *given) {
    struct invocation invocation = *given;
    struct site_options options;
    enum audience audience;
    size_t form, keep;
    if (!word_of(given, OPTION_FORMAT, "--format", forms, FORM_COUNT, &form) ||
        !word_of(given, OPTION_KEEP, "--keep", keeps, 3, &keep))
        return EXIT_USAGE;
    invocation.options[OPTION_FORMAT] =
        form == FORM_JSON ? "json" : NULL; /* of what is wrong with the portal */
    if (!invocation_portal(&invocation, &options, &audience))
        return EXIT_USAGE;
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    enum exit_code code;
    site_load(&site, &arena, &options, &diags);
    if (diags.errors) {
        code = report(&invocation, &diags);
    } else {
        struct match_options how = {.keep = (enum match_keep)keep,
                                    .threads = options.threads,
                                    .alternatives = true,
                                    .explain = given->options[OPTION_EXPLAIN] != NULL};
        site_bind(&site, AUDIENCE_OFFICERS); /* wishes are theirs alone */
        code = match(&site, &how, (enum form)form, &arena);
    }
    site_release(&site);
    arena_release(&arena);
    return code;
}

const struct command command_match = {
    .name = "match",
    .operands = "",
    .summary = "Propose partners: the groups of schools that fit best within the policy’s rules",
    .help = "The match table of a policy page says who takes part, what a group must keep to and what makes\n"
            "one set of groups better than another. Each group comes with its reasons, each school that is\n"
            "left over with what stands in its way. --format drafts prints pages and memberships ready to\n"
            "paste. All of it is for officers.",
    .options =
        OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(FORMAT) | OPTION(THREADS) | OPTION(KEEP) | OPTION(EXPLAIN),
    .run = run,
};
