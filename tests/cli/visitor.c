/* SPDX-License-Identifier: MIT */
/*
 * visitor.c: visitors of a server on this machine, well-behaved and other, for serve.sh.
 *
 *   visitor PORT ask METHOD TARGET [HEADER...]   sends one request, prints the answer as it comes
 *   visitor PORT raw                             sends standard input as it is, prints what comes back
 *   visitor PORT hold N COMMAND...               keeps N connections while the command runs, and exits as it does
 *   visitor PORT slow                            sends a request a byte at a time, until the server has had enough
 *   visitor PORT events SEEN N                   waits for N reload messages; prints "open" when it listens, then their ids
 *
 * Exits with 1 where nothing comes back that should. No visit takes longer than VISIT_SECONDS: a server that hangs is found
 * out by that alone.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define VISIT_SECONDS 120

static int call(const char *port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtol(port, NULL, 10))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
        perror("visitor: connect");
        exit(1);
    }
    return fd;
}

/* False when the server has closed the connection, which it may at any time. */
static int say(int fd, const char *bytes, size_t len) {
    while (len) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0)
            return 0;
        bytes += n;
        len -= (size_t)n;
    }
    return 1;
}

/* Prints all that comes; 1 where nothing does. */
static int listen_to(int fd) {
    char room[65536];
    int code = 1;
    for (ssize_t n; (n = read(fd, room, sizeof(room))) > 0; code = 0)
        fwrite(room, 1, (size_t)n, stdout);
    return code;
}

static int ask(const char *port, char **words) {
    char room[65536];
    int host = 0, fd = call(port);
    size_t len = (size_t)snprintf(room, sizeof(room), "%s %s HTTP/1.1\r\n", words[0], words[1]);
    for (char **header = words + 2; *header && len < sizeof(room); header++) {
        host |= strncmp(*header, "Host:", 5) == 0;
        len += (size_t)snprintf(room + len, sizeof(room) - len, "%s\r\n", *header);
    }
    if (!host && len < sizeof(room))
        len += (size_t)snprintf(room + len, sizeof(room) - len, "Host: localhost:%s\r\n", port);
    if (len < sizeof(room))
        len += (size_t)snprintf(room + len, sizeof(room) - len, "Connection: close\r\n\r\n");
    return !say(fd, room, len) || listen_to(fd);
}

static int raw(const char *port) {
    char room[65536];
    int fd = call(port);
    for (size_t n; (n = fread(room, 1, sizeof(room), stdin)) > 0;)
        if (!say(fd, room, n))
            break;
    shutdown(fd, SHUT_WR);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (poll(&p, 1, 500) > 0) /* it may well say nothing */
        listen_to(fd);
    return 0;
}

/* Of three visitors one says nothing, one breaks off, and one does not read the answer. */
static int hold(const char *port, char **words) {
    static const char *const said[] = {"", "GET /public/ HTTP/1.1\r\nHost: loc",
                                       "GET /public/ HTTP/1.1\r\nHost: localhost:"};
    for (long i = 0, n = strtol(words[0], NULL, 10); i < n; i++) {
        int fd = call(port);
        say(fd, said[i % 3], strlen(said[i % 3]));
        if (i % 3 == 2) {
            say(fd, port, strlen(port));
            say(fd, "\r\n\r\n", 4);
        }
    }
    pid_t child = fork();
    if (child == 0) {
        execvp(words[1], words + 1);
        _exit(127);
    }
    int status = 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int slow(const char *port) {
    static const char said[] = "GET /public/ HTTP/1.1\r\nX: ";
    int fd = call(port);
    for (size_t i = 0;; i++) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (!say(fd, i < sizeof(said) - 1 ? &said[i] : "x", 1) || poll(&p, 1, 250) > 0)
            return 0; /* it has answered, or gone: either is an end */
    }
}

static int events(const char *port, char **words) {
    char line[4096], request[4096];
    int fd = call(port);
    FILE *from = fdopen(fd, "r");
    int len = snprintf(request, sizeof(request),
                       "GET /-/events?seen=%s HTTP/1.1\r\nHost: localhost:%s\r\n\r\n", words[0], port);
    long left = strtol(words[1], NULL, 10);
    if (!from || !say(fd, request, (size_t)len))
        return 1;
    while (fgets(line, sizeof(line), from)) {
        if (strncmp(line, "retry:", 6) == 0)
            puts("open");
        if (strncmp(line, "id: ", 4) == 0)
            fputs(line, stdout);
        fflush(stdout);
        if (strncmp(line, "event: reload", 13) == 0 && --left <= 0)
            return 0;
    }
    return left > 0;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    alarm(VISIT_SECONDS);
    if (argc >= 5 && strcmp(argv[2], "ask") == 0)
        return ask(argv[1], argv + 3);
    if (argc == 3 && strcmp(argv[2], "raw") == 0)
        return raw(argv[1]);
    if (argc >= 5 && strcmp(argv[2], "hold") == 0)
        return hold(argv[1], argv + 3);
    if (argc == 3 && strcmp(argv[2], "slow") == 0)
        return slow(argv[1]);
    if (argc == 5 && strcmp(argv[2], "events") == 0)
        return events(argv[1], argv + 3);
    fputs("usage: visitor PORT ask|raw|hold|slow|events ...\n", stderr);
    return 2;
}
