/* SPDX-License-Identifier: MIT */
/* match.c: `signpost match`, proposals of partners as advice, as JSON, and as drafts to be pasted. */
#include "portal/match.h"

#include "command.h"
#include "match_print.h"
#include "portal/match_draft.h"

static const char *const keeps[] = {
    [MATCH_KEEP_FORMED] = "formed", [MATCH_KEEP_ALL] = "all", [MATCH_KEEP_NONE] = "none", NULL};

static enum exit_code match(const struct invocation *invocation, struct site *site, size_t form,
                            struct arena *arena, struct diags *diags) {
    struct match_result result;
    struct buf out = {.arena = arena};
    size_t keep;
    (void)diags;
    if (!invocation_word(invocation, OPTION_KEEP, keeps, &keep))
        return EXIT_USAGE;
    if (!match_declared(&site->policy)) {
        say_error(
            "no policy page has a match: a table below <!-- match: ... --> says who takes part and what "
            "makes one proposal better than another");
        return EXIT_AUTHOR;
    }
    match_run(site,
              &(struct match_options){.keep = (enum match_keep)keep,
                                      .threads = site->workers,
                                      .alternatives = true,
                                      .explain = invocation->options[OPTION_EXPLAIN] != NULL},
              arena, &result);
    if (result.too_large) {
        say_error("there are more schools to match, or larger numbers in the tables of points, than can be "
                  "compared");
        return EXIT_AUTHOR;
    }
    if (form == ANSWER_JSON)
        match_json(&out, &result, arena);
    else if (form == ANSWER_DRAFTS)
        for (size_t i = 0; i < result.proposal_count; i++)
            match_draft(&result.proposals[i], arena, &out);
    else
        match_text(&out, site, &result, arena);
    return print_out(buf_str(&out)) ? EXIT_FINE : EXIT_MACHINE;
}

/* It has no --audience: wishes are for officers alone. */
static enum exit_code run(const struct invocation *invocation) {
    return invocation_answer(invocation, answer_forms_and_drafts, match);
}

const struct command command_match = {
    .name = "match",
    .operands = "",
    .summary = "Propose partners: the groups of schools that fit best within the policy’s rules",
    .help = "The match table of a policy page says who takes part, what a group must keep to and what makes\n"
            "one set of groups better than another. Each group comes with its reasons, each school that is\n"
            "left over with what stands in its way. --format drafts prints pages and memberships ready to\n"
            "paste. All of it is for officers.",
    .options = OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(FORMAT) | OPTION(THREADS) | OPTION(KEEP) |
               OPTION(REV) | OPTION(EXPLAIN),
    .run = run,
};
