/* SPDX-License-Identifier: MIT */
/* review.c: `signpost review`, what a change does before it is agreed. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"
#include "edge/review_load.h"
#include "text/json.h"

enum review_form { FORM_TEXT, FORM_MARKDOWN, FORM_HTML, FORM_JSON };
static const char *const forms[] = {
    [FORM_TEXT] = "text", [FORM_MARKDOWN] = "markdown", [FORM_HTML] = "html", [FORM_JSON] = "json", NULL};

/* ---- --fail-on ---- */

struct conditions {
    bool on[REVIEW_FINDING_COUNT];
};

static bool add_condition(struct conditions *conditions, struct str name) {
    struct str names[REVIEW_FINDING_COUNT];
    for (size_t i = 0; i < REVIEW_FINDING_COUNT; i++) {
        names[i] = str_from(review_finding_names[i].name);
        if (str_eq(name, names[i]))
            return conditions->on[i] = true;
    }
    struct str nearest = str_nearest(name, names, REVIEW_FINDING_COUNT);
    if (nearest.len)
        say_error("--fail-on has no \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?", STR_ARG(name),
                  STR_ARG(nearest));
    else
        say_error("--fail-on has no \"" STR_FMT "\"; `signpost review --help` lists what it has",
                  STR_ARG(name));
    return false;
}

static bool read_conditions(const struct invocation *invocation, struct conditions *out) {
    struct str rest = str_from(invocation->options[OPTION_FAIL_ON]), name;
    *out = (struct conditions){0};
    while (str_cut(&rest, ',', &name))
        if (!add_condition(out, str_trim(name)))
            return false;
    return true;
}

/* Says which conditions met; the exit code follows. */
static enum exit_code judge(const struct review *review, const struct conditions *conditions) {
    enum exit_code code = EXIT_FINE;
    for (size_t i = 0; i < REVIEW_FINDING_COUNT; i++) {
        const struct review_finding_name *name = &review_finding_names[i];
        size_t n = review->found[i];
        if (!conditions->on[i] || !n)
            continue;
        say_error("--fail-on %s: %zu %s", name->name, n, n == 1 ? name->one : name->many);
        code = EXIT_AUTHOR;
    }
    return code;
}

/* ---- the report ---- */

/* As wide as the terminal, within reason; what goes to a file is not measured by one. */
static size_t width_of_output(void) {
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return 100;
    return size.ws_col > 140 ? 140 : size.ws_col;
}

static bool print_report(const struct value *value, size_t form, size_t limit, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct document *document = document_new(arena);
    if (form == FORM_JSON) {
        json_write(&out, value, 2);
        buf_byte(&out, '\n');
        return print_out(buf_str(&out));
    }
    review_write(value, document);
    switch (form) {
    case FORM_MARKDOWN: document_markdown(document, limit, &out); break;
    case FORM_HTML: document_html(document, &out); break;
    default: document_text(document, width_of_output(), &out); break;
    }
    return print_out(buf_str(&out));
}

/* 0 for all of it. */
static bool read_limit(const struct invocation *invocation, size_t *out) {
    const char *given = invocation->options[OPTION_LIMIT];
    *out = DOCUMENT_COMMENT_MAX;
    if (!given)
        return true;
    char *end;
    unsigned long n = strtoul(given, &end, 10);
    *out = n;
    if (given[0] >= '0' && given[0] <= '9' && !*end)
        return true;
    say_error("--limit must be a number of bytes, or 0 for no limit, not \"%s\"", given);
    return false;
}

/* ---- the command ---- */

struct asked {
    struct review_options options;
    struct conditions conditions;
    size_t form, limit;
};

static bool read_asked(const struct invocation *invocation, struct asked *out) {
    struct site_options site;
    struct review_options *options = &out->options;
    if (!invocation_word(invocation, OPTION_FORMAT, forms, &out->form) ||
        !invocation_portal(invocation, &site, &options->audience) ||
        !read_conditions(invocation, &out->conditions) || !read_limit(invocation, &out->limit))
        return false;
    options->path = site.path;
    options->as_of = site.as_of;
    options->today = site.today;
    options->threads = site.threads;
    options->staged = invocation->options[OPTION_STAGED] != NULL;
    options->range = str_from(invocation->operands[0]);
    if (!options->staged && !options->range.len) {
        say_error("usage: signpost review [options] BASE..HEAD | BASE...HEAD | BASE | --staged [BASE]");
        return false;
    }
    if (options->staged && str_has(options->range, STR(".."))) {
        say_error("--staged compares with one revision, not with \"" STR_FMT "\"", STR_ARG(options->range));
        return false;
    }
    return true;
}

static enum exit_code run(const struct invocation *invocation) {
    struct asked asked = {0};
    if (!read_asked(invocation, &asked))
        return EXIT_USAGE;
    struct arena arena = {0}, scratch = {0};
    struct diags diags = {.arena = &arena};
    struct review review = {.arena = &arena, .scratch = &scratch};
    enum exit_code code;
    struct review_sources *sources = review_load(&review, &asked.options, &diags);
    if (sources) {
        struct value value = review_run(&review);
        code = print_report(&value, asked.form, asked.limit, &arena) ? judge(&review, &asked.conditions)
                                                                     : EXIT_MACHINE;
    } else {
        struct invocation plain = *invocation;
        plain.options[OPTION_FORMAT] = asked.form == FORM_JSON ? "json" : "text";
        code = report(&plain, &diags);
    }
    review_release(sources);
    arena_release(&arena);
    arena_release(&scratch);
    return code;
}

#define FINDING_HELP(id, name, one, many) "\n  " name ": " many

const struct command command_review = {
    .name = "review",
    .operands = "BASE..HEAD | BASE...HEAD | BASE | --staged [BASE]",
    .operands_min = 0,
    .operands_max = 1,
    .summary = "Say what a change in git does to schools, policy and pages",
    .help = "BASE alone is compared with the files as they are now; --staged compares what is staged. "
            "Nothing is\n"
            "checked out or written. --fail-on takes words parted by commas, and gives exit code 1 when the "
            "review\n"
            "finds one of them:\n" REVIEW_FINDINGS(FINDING_HELP),
    .options = OPTION(DIRECTORY) | OPTION(AUDIENCE) | OPTION(AS_OF) | OPTION(FORMAT) | OPTION(STAGED) |
               OPTION(FAIL_ON) | OPTION(LIMIT) | OPTION(THREADS),
    .run = run,
};
