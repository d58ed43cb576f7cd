/* SPDX-License-Identifier: MIT */
/*
 * saved.c: how long a writer waits for the browser to be told: from a file that was saved to the reload message.
 *
 *     saved SIGNPOST PORTAL AUDIENCE FILE ADDRESS EDITS
 *
 * Starts `signpost serve`, looks at the page at ADDRESS as a browser does, and listens for events. Then FILE gets one more line,
 * or loses it, EDITS times over; after each message the page is asked for again. Prints the best and the median in milliseconds.
 * FILE is left as it was.
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EDITS_MAX 1000
#define FILE_MAX (1 << 20)

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void give_up(const char *what) {
    fprintf(stderr, "saved: %s\n", what);
    exit(1);
}

/* The server, and the port that it says it has. */
static pid_t start(const char *program, const char *portal, const char *audience, int *port) {
    int ends[2];
    if (pipe(ends) != 0)
        give_up("no pipe");
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execlp(program, program, "serve", "-C", portal, "--port", "0", "--audience", audience, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *said = fdopen(ends[0], "r");
    char line[4096];
    for (*port = 0; said && !*port && fgets(line, sizeof(line), said);) {
        const char *at = strstr(line, "http://localhost:");
        if (at)
            *port = (int)strtol(at + strlen("http://localhost:"), NULL, 10);
    }
    if (!*port)
        give_up("the server has not said where it is");
    return child; /* its further words go nowhere: the pipe holds them all */
}

static FILE *ask(int port, const char *target, const char *more) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    char request[4096];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int len = snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n", target,
                       port, more);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 ||
        write(fd, request, (size_t)len) != len)
        give_up("the server does not listen");
    return fdopen(fd, "r");
}

static void look(int port, const char *target) {
    FILE *answer = ask(port, target, "Connection: close\r\n");
    char line[4096];
    if (!answer || !fgets(line, sizeof(line), answer) || !strstr(line, " 200 "))
        give_up("there is no such page");
    while (fgets(line, sizeof(line), answer))
        continue;
    fclose(answer);
}

static void await_message(FILE *events) {
    char line[4096];
    while (fgets(line, sizeof(line), events))
        if (strncmp(line, "event: reload", strlen("event: reload")) == 0)
            return;
    give_up("the server has gone");
}

static void save(const char *path, const char *bytes, size_t len, const char *more) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fputs(more, f) < 0 || fclose(f) != 0)
        give_up("the file cannot be written");
}

static int by_time(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

int main(int argc, char **argv) {
    static char bytes[FILE_MAX];
    static double times[EDITS_MAX];
    if (argc != 7)
        give_up("usage: saved SIGNPOST PORTAL AUDIENCE FILE ADDRESS EDITS");
    char path[4096], target[4096];
    snprintf(path, sizeof(path), "%s/%s", argv[2], argv[4]);
    snprintf(target, sizeof(target), "/%s/%s", argv[3], argv[5]);
    size_t edits = strtoul(argv[6], NULL, 10);
    FILE *f = fopen(path, "rb");
    size_t len = f ? fread(bytes, 1, sizeof(bytes), f) : 0;
    if (!len || len == sizeof(bytes) || !edits || edits > EDITS_MAX)
        give_up("the file cannot be read");
    fclose(f);
    const char *line = strstr(path, ".yaml") ? "# one more\n" : "\nOne more line.\n";

    int port;
    pid_t server = start(argv[1], argv[2], argv[3], &port);
    look(port, target);
    FILE *events = ask(port, "/-/events", "");
    if (!events)
        give_up("there are no events");
    await_message(events); /* it has seen nothing yet, so it is told at once */
    for (size_t i = 0; i < edits; i++) {
        save(path, bytes, len, i % 2 ? "" : line);
        double begin = now();
        await_message(events);
        times[i] = now() - begin;
        look(port, target);
    }
    save(path, bytes, len, "");
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    qsort(times, edits, sizeof(double), by_time);
    printf("%.1f %.1f\n", times[0], times[edits / 2]);
    return 0;
}
