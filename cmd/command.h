/* SPDX-License-Identifier: MIT */
/*
 * command.h: one command, one file, one `const struct command`.
 *
 * A command says what options it takes; main.c parses them from the table, prints --help from it, and calls run with
 * what was given. Commands are thin: they read options, call the library and print what it found. Only cmd/ prints,
 * exits, and reads the clock and the environment.
 */
#ifndef SIGNPOST_CMD_COMMAND_H
#define SIGNPOST_CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "portal/site.h"

enum exit_code { EXIT_FINE = 0, EXIT_AUTHOR = 1, EXIT_USAGE = 2, EXIT_MACHINE = 3 };

/* Every option there is; a command names those it takes. */
enum option_id {
    OPTION_DIRECTORY, /* -C DIR */
    OPTION_AS_OF,
    OPTION_AUDIENCE,
    OPTION_OUTPUT, /* -o DIR */
    OPTION_FORMAT,
    OPTION_STRICT,
    OPTION_THREADS,
    OPTION_NO_SYNC,
    OPTION_REPLACE,
    OPTION_ALLOW_REMOVALS,
    OPTION_PARTIALS,
    OPTION_LENIENT,
    OPTION_STATISTICS,
    OPTION_WHY_NOT,
    OPTION_OVERLAPS,
    OPTION_AUDIENCE_REPORT,
    OPTION_STALE,
    OPTION_SET, /* may be repeated: all are in `repeated` */
    OPTION_KEEP,
    OPTION_EXPLAIN,
    OPTION_STAGED,
    OPTION_FAIL_ON,
    OPTION_LIMIT,
    OPTION_REV,
    OPTION_PORT,
    OPTION_HELP,
    OPTION_COUNT
};

#define OPTION(id) (1u << OPTION_##id)

#define OPERANDS_MAX 4096

struct invocation {
    const char
        *options[OPTION_COUNT]; /* the argument, "" for a switch that was given, NULL where it was not */
    const char *operands[OPERANDS_MAX];
    size_t operand_count;
    const char *repeated[OPERANDS_MAX]; /* of --set, in the order given */
    size_t repeated_count;
};

struct command {
    const char *name;
    const char *operands; /* "SCHOOL [DECISION]", for the usage line */
    size_t operands_min, operands_max;
    bool operands_dash;  /* an operand may begin with a hyphen: what is no option then is one */
    const char *summary; /* one line, for the list of commands */
    const char *help;    /* what more there is to say */
    unsigned options;    /* OPTION() bits; --help always */
    enum exit_code (*run)(const struct invocation *invocation);
};

extern const struct command command_build, command_check, command_render, command_new, command_schema,
    command_eval, command_explain, command_query, command_match, command_serve, command_review;

/* What commands share. */

/* What --threads, --as-of and --audience say of the portal in the current folder; without them as many threads as there
 * are cores, no day, and the public. Today is that of SOURCE_DATE_EPOCH, or of the clock. False when one of them is
 * wrong, which has been said. */
bool invocation_portal(const struct invocation *invocation, struct site_options *options,
                       enum audience *audience);

/* site_load; where --rev names a revision, of the portal as it stood then, and today is the day of that revision. What
 * keeps it from being read is in `diags`, and the site is to be released all the same. */
void invocation_load(const struct invocation *invocation, struct site_options *options, struct site *site,
                     struct arena *arena, struct diags *diags);

/* Where --audience was given, takes out of what loading found what that audience may not know. Without it the reader is
 * whoever wrote the sources. For a site that is not bound yet. */
void invocation_mask(const struct invocation *invocation, const struct site *site, enum audience audience,
                     struct diags *diags);

/* Which of some words, ended by NULL, an option is; the first where it was not given. False when it is none, which has been
 * said. */
bool invocation_word(const struct invocation *invocation, enum option_id option, const char *const *words,
                     size_t *out);

/* The forms of a command that answers rather than finds. */
enum answer_form { ANSWER_TEXT, ANSWER_JSON, ANSWER_DRAFTS };
extern const char *const answer_forms[], *const answer_forms_and_drafts[];

/* What a command says of a portal that is loaded and bound. `diags` is empty, for what is wrong with the asking; everything in
 * the arena goes when it returns. */
typedef enum exit_code answer(const struct invocation *invocation, struct site *site, size_t form,
                              struct arena *arena, struct diags *diags);

/* Loads the portal, binds it for --audience (officers without it), and lets `say` do the rest in the one of the forms that
 * --format names; what is wrong with the portal is reported instead. */
enum exit_code invocation_answer(const struct invocation *invocation, const char *const *forms, answer *say);

void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints diagnostics, sorted, in --format's form on standard error (text) or standard output (json, sarif, github);
 * returns the exit code they ask for. */
enum exit_code report(const struct invocation *invocation, struct diags *diags);

/* Writes all of it to standard output; false, having said so, when that fails. */
bool print_out(struct str s);

#endif
