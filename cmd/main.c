/* SPDX-License-Identifier: MIT */
/* main.c: the table of commands, the table of options, and what turns argv into the one and the other. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/pool.h"
#include "command.h"

static const struct command *const commands[] = {
    &command_build, &command_check, &command_serve,  &command_review, &command_explain, &command_query,
    &command_match, &command_eval,  &command_render, &command_new,    &command_schema,
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static const struct {
    const char *name;     /* "--as-of" */
    const char *letter;   /* "-C", or NULL */
    const char *argument; /* "DATE", or NULL for a switch */
    const char *help;
} options[OPTION_COUNT] = {
    [OPTION_DIRECTORY] = {"--directory", "-C", "DIR",
                          "work on the portal in DIR instead of the current folder"},
    [OPTION_AS_OF] = {"--as-of", NULL, "DATE", "the day the portal speaks of, as 2026-05-01"},
    [OPTION_AUDIENCE] = {"--audience", NULL, "WHO", "public, schools or officers"},
    [OPTION_OUTPUT] = {"--output", "-o", "DIR", "the folder to publish"},
    [OPTION_FORMAT] = {"--format", NULL, "FORM",
                       "text or json; findings: sarif, github; match: drafts; review: markdown, html"},
    [OPTION_STRICT] = {"--strict", NULL, NULL, "let warnings fail the run as errors do"},
    [OPTION_THREADS] = {"--threads", NULL, "N", "work with N threads; as many as there are cores without"},
    [OPTION_NO_SYNC] = {"--no-sync", NULL, NULL, "do not flush to the disk: for previews"},
    [OPTION_REPLACE] = {"--replace", NULL, NULL,
                        "where folders cannot be exchanged in one step, rename twice"},
    [OPTION_ALLOW_REMOVALS] = {"--allow-removals", NULL, NULL,
                               "drop pages even if they are more than a fifth of all"},
    [OPTION_PARTIALS] = {"--partials", NULL, "DIR",
                         "where partials and parents are; the template's folder without"},
    [OPTION_LENIENT] = {"--lenient", NULL, NULL,
                        "the Mustache specification as it stands: unknown names are empty"},
    [OPTION_STATISTICS] = {"--statistics", NULL, NULL,
                           "say at the end how long each stage took, and the peak memory"},
    [OPTION_WHY_NOT] = {"--why-not", NULL, "VALUE", "what the rows that give VALUE would have needed"},
    [OPTION_OVERLAPS] = {"--overlaps", NULL, NULL, "list rows that hold together, and which of them wins"},
    [OPTION_AUDIENCE_REPORT] = {"--audience-report", NULL, NULL,
                                "say which hidden results readers can work out from what they have"},
    [OPTION_STALE] = {"--stale", NULL, NULL,
                      "note pages that are overdue for review, or state no review or no owner"},
    [OPTION_SET] = {"--set", NULL, "FACT=VALUE", "as if the record said so; may be repeated"},
    [OPTION_KEEP] = {"--keep", NULL, "WHICH",
                     "partnerships that stay: formed, all (proposals under way too) or none"},
    [OPTION_EXPLAIN] = {"--explain", NULL, NULL, "say how each group compares with its best neighbour"},
    [OPTION_STAGED] = {"--staged", NULL, NULL, "review what is staged for the next commit"},
    [OPTION_FAIL_ON] = {"--fail-on", NULL, "LIST", "exit with 1 when the review finds one of these"},
    [OPTION_LIMIT] = {"--limit", NULL, "BYTES",
                      "of Markdown: cut it to fit, 65536 without, as a comment on GitHub must be; 0: never"},
    [OPTION_REV] = {"--rev", NULL, "REV", "the portal as it stood in that revision: a branch, a tag, an id"},
    [OPTION_PORT] = {"--port", NULL, "N", "the port to listen on, 8080 without; 0 takes any that is free"},
    [OPTION_HELP] = {"--help", "-h", NULL, "print this help"},
};

void say_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("signpost: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

bool print_out(struct str s) {
    if ((!s.len || fwrite(s.at, 1, s.len, stdout) == s.len) && fflush(stdout) == 0)
        return true;
    say_error("standard output cannot be written: %s", strerror(errno));
    return false;
}

/* ---- help ---- */

static void print_options(FILE *to, unsigned of) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!(of & 1u << i))
            continue;
        char name[64];
        snprintf(name, sizeof(name), "%s%s%s%s%s", options[i].letter ? options[i].letter : "",
                 options[i].letter ? ", " : "", options[i].name, options[i].argument ? " " : "",
                 options[i].argument ? options[i].argument : "");
        fprintf(to, "  %-22s  %s\n", name, options[i].help);
    }
}

static void print_command_help(FILE *to, const struct command *c) {
    fprintf(to, "usage: signpost %s [options]%s%s\n\n%s.\n", c->name, *c->operands ? " " : "", c->operands,
            c->summary);
    if (*c->help)
        fprintf(to, "%s\n", c->help);
    fputs("\noptions:\n", to);
    print_options(to, c->options | OPTION(HELP));
}

static void print_help(FILE *to) {
    fputs("usage: signpost COMMAND [options]\n\n"
          "Signpost turns policy pages in Markdown and school records in YAML into a checked\n"
          "portal of static pages.\n\ncommands:\n",
          to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-8s  %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n`signpost COMMAND --help` says more. Exit codes: 0 no errors, 1 errors in the portal's\n"
          "files, 2 usage, 3 the machine.\n",
          to);
}

/* ---- argv ---- */

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int unknown_command(const char *name) {
    struct str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = str_from(commands[i]->name);
    struct str nearest = str_nearest(str_from(name), names, COMMAND_COUNT);
    if (nearest.len)
        say_error("there is no command \"%s\"; did you mean \"" STR_FMT "\"?", name, STR_ARG(nearest));
    else
        say_error("there is no command \"%s\"; `signpost --help` lists them", name);
    return EXIT_USAGE;
}

/* The option that `arg` names (its length up to '='), or OPTION_COUNT. */
static size_t find_option(const char *arg, size_t len) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        struct str given = {arg, len};
        if (str_eq(given, str_from(options[i].name)) ||
            (options[i].letter && str_eq(given, str_from(options[i].letter))))
            return i;
    }
    return OPTION_COUNT;
}

/* Reads argv[*at]; false, having said why, when it is wrong. */
static bool read_option(const struct command *c, char **argv, int *at, struct invocation *out) {
    const char *arg = argv[*at];
    const char *equals = arg[1] == '-' ? strchr(arg, '=') : NULL;
    size_t i = find_option(arg, equals ? (size_t)(equals - arg) : strlen(arg));
    if (i == OPTION_COUNT || !((c->options | OPTION(HELP)) & 1u << i)) {
        say_error("%s does not take the option %s; `signpost %s --help` lists those it takes", c->name, arg,
                  c->name);
        return false;
    }
    if (!options[i].argument && equals) {
        say_error("the option %s takes no value", options[i].name);
        return false;
    }
    const char *value = equals ? equals + 1 : options[i].argument ? argv[*at + 1] : "";
    if (!value) {
        say_error("the option %s needs a value: %s", options[i].name, options[i].argument);
        return false;
    }
    if (options[i].argument && !equals)
        ++*at;
    out->options[i] = value;
    if (i == OPTION_SET && out->repeated_count < OPERANDS_MAX)
        out->repeated[out->repeated_count++] = value;
    return true;
}

/* Whether an argument that begins with a hyphen is an option. Where operands may, too, only a known one is: -10 is a
 * number, and --format=json is not a minus of a minus. */
static bool is_option(const struct command *c, const char *arg) {
    if (arg[0] != '-' || !arg[1])
        return false;
    const char *equals = arg[1] == '-' ? strchr(arg, '=') : NULL;
    return !c->operands_dash ||
           find_option(arg, equals ? (size_t)(equals - arg) : strlen(arg)) < OPTION_COUNT;
}

static bool read_arguments(const struct command *c, char **argv, struct invocation *out) {
    bool only_operands = false;
    for (int i = 0; argv[i]; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0) {
            only_operands = true;
        } else if (!only_operands && is_option(c, argv[i])) {
            if (!read_option(c, argv, &i, out))
                return false;
        } else if (out->operand_count == c->operands_max || out->operand_count == OPERANDS_MAX) {
            say_error("%s does not take \"%s\"; usage: signpost %s [options] %s", c->name, argv[i], c->name,
                      c->operands);
            return false;
        } else {
            out->operands[out->operand_count++] = argv[i];
        }
    }
    if (out->operand_count < c->operands_min && !out->options[OPTION_HELP]) {
        say_error("usage: signpost %s [options] %s", c->name, c->operands);
        return false;
    }
    return true;
}

/* ---- what commands share ---- */

/* 0 where it is wrong. */
static size_t read_threads(const struct invocation *invocation) {
    const char *given = invocation->options[OPTION_THREADS];
    if (!given)
        return pool_cores();
    char *end;
    long n = strtol(given, &end, 10);
    if (!*given || *end || n < 1 || n > POOL_THREADS_MAX) {
        say_error("--threads must be a number from 1 to %d, not \"%s\"", POOL_THREADS_MAX, given);
        return 0;
    }
    return (size_t)n;
}

static bool epoch_day(const char *epoch, date *out) {
    char *end;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    if (errno || !*epoch || *end || seconds < 0 || seconds > 253402300799) {
        say_error("SOURCE_DATE_EPOCH must be seconds since 1970, not \"%s\"", epoch);
        return false;
    }
    *out = (date)(seconds / 86400);
    return true;
}

static bool read_days(const struct invocation *invocation, date *as_of, date *today) {
    const char *given = invocation->options[OPTION_AS_OF];
    *as_of = given ? date_parse_iso(str_from(given)) : DATE_NONE;
    if (given && *as_of == DATE_NONE) {
        say_error("--as-of must be a day that exists, as 2026-05-01, not \"%s\"", given);
        return false;
    }
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch)
        return epoch_day(epoch, today);
    *today = (date)(time(NULL) / 86400);
    return true;
}

static bool read_audience(const struct invocation *invocation, enum audience *out) {
    const char *given = invocation->options[OPTION_AUDIENCE];
    *out = AUDIENCE_PUBLIC;
    if (!given || audience_parse(str_from(given), out))
        return true;
    say_error("--audience must be public, schools or officers, not \"%s\"", given);
    return false;
}

bool invocation_portal(const struct invocation *invocation, struct site_options *out,
                       enum audience *audience) {
    *out = (struct site_options){.path = ".", .threads = read_threads(invocation)};
    return out->threads && read_days(invocation, &out->as_of, &out->today) &&
           read_audience(invocation, audience);
}

const char *const answer_forms[] = {[ANSWER_TEXT] = "text", [ANSWER_JSON] = "json", NULL};
const char *const answer_forms_and_drafts[] = {
    [ANSWER_TEXT] = "text", [ANSWER_JSON] = "json", [ANSWER_DRAFTS] = "drafts", NULL};

bool invocation_word(const struct invocation *invocation, enum option_id option, const char *const *words,
                     size_t *out) {
    const char *given = invocation->options[option];
    char known[80] = "";
    for (size_t i = 0; words[i]; i++) {
        if (!given || strcmp(given, words[i]) == 0) {
            *out = i;
            return true;
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof(known) - used, "%s%s",
                 !i             ? ""
                 : words[i + 1] ? ", "
                                : " or ",
                 words[i]);
    }
    say_error("%s must be %s, not \"%s\"", options[option].name, known, given);
    return false;
}

/* The folder a command works in is entered once, so that every path in it is relative to the portal. Paths that the
 * user gave for output stay relative to the portal too, as in make -C. */
static bool enter_directory(const char *directory) {
    if (!directory || chdir(directory) == 0)
        return true;
    say_error("%s: %s", directory, strerror(errno));
    return false;
}

/* A standard stream that the caller closed would be the number of the next file that is opened, and words meant for
 * people would be written into a page. Held for reading only, so that writing still fails. */
static void hold_standard_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            exit(EXIT_MACHINE);
}

/* Whoever reads the output must be able to trust that it is whole: what could not be written makes the run fail,
 * whatever else it did. */
static int finish(enum exit_code code) {
    bool said = ferror(stdout); /* by print_out */
    if (fflush(stdout) == 0 && !said)
        return (int)code;
    if (!said)
        say_error("standard output cannot be written: %s", strerror(errno));
    return EXIT_MACHINE;
}

int main(int argc, char **argv) {
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, said once */
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return finish(EXIT_FINE);
    }
    const struct command *c = find_command(argv[1]);
    struct invocation invocation = {0};
    if (!c)
        return unknown_command(argv[1]);
    if (!read_arguments(c, argv + 2, &invocation))
        return EXIT_USAGE;
    if (invocation.options[OPTION_HELP]) {
        print_command_help(stdout, c);
        return finish(EXIT_FINE);
    }
    if (!enter_directory(invocation.options[OPTION_DIRECTORY]))
        return EXIT_USAGE;
    return finish(c->run(&invocation));
}
