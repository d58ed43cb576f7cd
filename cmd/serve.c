/* SPDX-License-Identifier: MIT */
/* serve.c: `signpost serve`, the portal in the browser while it is being written. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "edge/serve.h"

struct serving {
    enum audience audience;
    size_t errors; /* said last */
};

static uint64_t now(void *context) {
    struct timespec t;
    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void ready(void *context, uint16_t port) {
    (void)context;
    printf("The portal is at http://localhost:%u/\nStop with Ctrl+C.\n", port);
    fflush(stdout);
}

/* What is wrong, in the terminal too: it may be nearer to the editor than the browser is. */
static void found(void *context, const struct preview_state *state) {
    struct serving *s = context;
    const struct diags *diags = state->diags;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    for (size_t i = 0; i < diags->count && diags->errors; i++)
        if (diag_catalogue[diags->items[i].id].level != DIAG_WARNING)
            diag_print(&out, &diags->items[i]);
    if (!diags->errors && s->errors)
        buf_lit(&out, "no errors any more\n");
    fwrite(out.at ? out.at : "", 1, out.len, stderr);
    s->errors = diags->errors;
    arena_release(&arena);
}

/* Readable when the program is asked to end. The signals are blocked, in threads too: nothing is interrupted. */
static int stop_descriptor(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

static bool read_port(const struct invocation *invocation, uint16_t *out) {
    const char *given = invocation->options[OPTION_PORT];
    char *end;
    *out = SERVE_PORT;
    if (!given)
        return true;
    long n = strtol(given, &end, 10);
    if (!*given || *end || n < 0 || n > UINT16_MAX) {
        say_error("--port must be a number from 0 to 65535, not \"%s\"", given);
        return false;
    }
    *out = (uint16_t)n;
    return true;
}

static enum exit_code run_server(const struct invocation *invocation, struct serve_options *how, char *folder,
                                 const struct site_options *options) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct serving serving = {.audience = how->audience};
    struct timespec started;
    clock_gettime(CLOCK_REALTIME, &started);
    how->folder = str_from(folder);
    how->run = (uint64_t)started.tv_sec * 1000000 + (uint64_t)started.tv_nsec / 1000;
    how->now = now;
    how->ready = ready;
    how->found = found;
    how->context = &serving;
    how->preview = preview_new(&(struct preview_options){
        .path = folder, .as_of = options->as_of, .today = options->today, .threads = options->threads});
    serve(how, &diags);
    preview_release(how->preview);
    enum exit_code code = report(invocation, &diags);
    arena_release(&arena);
    return code;
}

static enum exit_code run(const struct invocation *invocation) {
    struct site_options options;
    struct serve_options how = {0};
    char folder[4096];
    if (!invocation_portal(invocation, &options, &how.audience) || !read_port(invocation, &how.port))
        return EXIT_USAGE;
    if (!getcwd(folder, sizeof(folder)) || (how.stop = stop_descriptor()) < 0) {
        say_error("%s", strerror(errno));
        return EXIT_MACHINE;
    }
    enum exit_code code = run_server(invocation, &how, folder, &options);
    close(how.stop);
    return code;
}

const struct command command_serve = {
    .name = "serve",
    .operands = "",
    .summary = "Show the portal in the browser while it is being written",
    .help = "Every page is made anew when a source is saved, and the browser loads it again. A bar on each\n"
            "page switches audience and day; errors are shown with their place, above the last good page.\n"
            "Answers on this machine alone, and only to http://localhost. Nothing is written.",
    .options = OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(AUDIENCE) | OPTION(PORT) | OPTION(THREADS),
    .run = run,
};
