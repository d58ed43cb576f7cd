/* SPDX-License-Identifier: MIT */
/* serve.c: listening, and the one loop in which everything happens. */
#include "edge/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/serve_inside.h"

/* Pages checked in one go when there is nothing else to do: some milliseconds, in which nobody is answered. */
#define CHECK_PAGES 16
/* How often those who take too long are looked for. */
#define SWEEP_MS 1000
/* Ports tried when any that is free will do, until one is free at both addresses. */
#define PORT_TRIES 16

/* ---- listening ---- */

/* -1 with errno. */
static int listen_at(const struct sockaddr *address, socklen_t size) {
    int on = 1, fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (address->sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)); /* a port that was left a moment ago is free */
    if (bind(fd, address, size) == 0 && listen(fd, SOMAXCONN) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static void close_listeners(struct serve *s) {
    for (size_t i = 0; i < 2; i++) {
        if (s->listeners[i] >= 0)
            close(s->listeners[i]);
        s->listeners[i] = -1;
    }
}

/* Both addresses, since a browser may take either for localhost. A machine without IPv6 has only the first. */
static bool listen_on(struct serve *s, uint16_t port) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    socklen_t size = sizeof(four);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listeners[0] = listen_at((struct sockaddr *)&four, sizeof(four));
    if (s->listeners[0] < 0 || getsockname(s->listeners[0], (struct sockaddr *)&four, &size) != 0)
        return false;
    s->port = ntohs(four.sin_port);
    six.sin6_port = four.sin_port;
    s->listeners[1] = listen_at((struct sockaddr *)&six, sizeof(six));
    return s->listeners[1] >= 0 || errno != EADDRINUSE;
}

static bool begin_listening(struct serve *s) {
    uint16_t port = s->options->port;
    for (int tries = 0; tries < (port ? 1 : PORT_TRIES); tries++) {
        if (listen_on(s, port))
            return true;
        int error = errno;
        close_listeners(s);
        errno = error;
    }
    struct str number = str_whole(&s->arena, port);
    if (errno == EADDRINUSE)
        diag(s->diags, DIAG_SERVE_PORT_USED, (struct place){0}, number,
             str_whole(&s->arena, port < UINT16_MAX ? port + 1 : SERVE_PORT));
    else
        diag(s->diags, DIAG_SERVE_PORT, (struct place){0}, number, file_reason(errno));
    return false;
}

/* libmicrohttpd undoes %XX in addresses; here that is done where they are read, and only there. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *s) {
    (void)context, (void)connection;
    return strlen(s);
}

static bool start_daemon(struct serve *s) {
    s->daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                         serve_answer, s, MHD_OPTION_CONNECTION_LIMIT, (unsigned)s->guests_most,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, REQUEST_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
                         (unsigned)(GUEST_MS / 1000), MHD_OPTION_STRICT_FOR_CLIENT, 1,
                         MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_NOTIFY_CONNECTION,
                         guests_notify, s, MHD_OPTION_NOTIFY_COMPLETED, guests_answered, s, MHD_OPTION_END);
    if (!s->daemon)
        diag(s->diags, DIAG_SERVE_FAILED, (struct place){0}, file_reason(errno));
    return s->daemon;
}

/* ---- updates ---- */

/* Tells every browser, and who started the server, what the sources say now. */
static void tell(struct serve *s) {
    s->version++;
    guests_tell(s);
    MHD_run(s->daemon);
    struct preview_state state = preview_state(s->options->preview, s->view);
    s->errors = state.diags->errors;
    s->options->found(s->options->context, &state);
}

/* False when what changes can no longer be watched. */
static bool update(struct serve *s) {
    struct arena_mark mark = arena_mark(&s->frame);
    struct watch_changes changes;
    size_t before = s->diags->errors;
    s->settle = (struct settle){0};
    if (watch_take(s->watch, &s->frame, &changes, s->diags)) {
        preview_update(s->options->preview, changes.anything ? NULL : changes.paths, changes.count);
        s->checking = true;
        tell(s);
    }
    arena_rewind(&s->frame, mark);
    return s->diags->errors == before;
}

/* Looks at some more pages; browsers are told where that found errors, or that they are gone. */
static void check_some(struct serve *s) {
    s->checking = preview_check(s->options->preview, CHECK_PAGES);
    if (preview_state(s->options->preview, s->view).diags->errors != s->errors)
        tell(s);
}

/* ---- the loop ---- */

enum { POLL_STOP, POLL_WATCH, POLL_DAEMON, POLL_FOUR, POLL_SIX, POLL_STREAMS };

static int sooner(int a, int b) {
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static int patience(struct serve *s) {
    MHD_UNSIGNED_LONG_LONG ms;
    int most = s->guest_count ? SWEEP_MS : -1;
    if (s->checking)
        return 0;
    if (MHD_get_timeout(s->daemon, &ms) == MHD_YES)
        most = sooner(most, ms < SWEEP_MS ? (int)ms : SWEEP_MS);
    return sooner(most, settle_wait(&s->settle, s->options->now(s->options->context)));
}

/* Everything there is to wait for. Of a browser that waits for events only the end is of interest, and libmicrohttpd
 * does not look. */
static size_t fill(const struct serve *s, struct pollfd *fds, struct guest **streams) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    fds[POLL_STOP] = (struct pollfd){.fd = s->options->stop, .events = POLLIN};
    fds[POLL_WATCH] = (struct pollfd){.fd = watch_descriptor(s->watch), .events = POLLIN};
    fds[POLL_DAEMON] = (struct pollfd){.fd = info->epoll_fd, .events = POLLIN};
    fds[POLL_FOUR] = (struct pollfd){.fd = s->listeners[0], .events = POLLIN};
    fds[POLL_SIX] = (struct pollfd){.fd = s->listeners[1], .events = POLLIN};
    size_t count = POLL_STREAMS;
    for (size_t i = 0; i < s->guests_most && count < POLL_STREAMS + STREAMS_MAX; i++)
        if (s->guests[i].suspended) {
            streams[count - POLL_STREAMS] = &s->guests[i];
            fds[count++] = (struct pollfd){.fd = s->guests[i].socket, .events = POLLRDHUP};
        }
    return count;
}

/* One round; false: it is over. */
static bool turn(struct serve *s) {
    struct pollfd fds[POLL_STREAMS + STREAMS_MAX];
    struct guest *streams[STREAMS_MAX];
    size_t count = fill(s, fds, streams);
    int ready = poll(fds, (nfds_t)count, patience(s));
    if (fds[POLL_STOP].revents && ready > 0)
        return false;
    for (size_t i = POLL_STREAMS; ready > 0 && i < count; i++)
        if (fds[i].revents)
            guest_gone(streams[i - POLL_STREAMS]);
    if (ready > 0 && fds[POLL_WATCH].revents && watch_read(s->watch))
        settle_note(&s->settle, s->options->now(s->options->context));
    if (settle_wait(&s->settle, s->options->now(s->options->context)) == 0 && !update(s))
        return false;
    if (ready > 0 && (fds[POLL_FOUR].revents || fds[POLL_SIX].revents))
        guests_accept(s);
    MHD_run(s->daemon);
    guests_sweep(s);
    if (ready == 0 && s->checking)
        check_some(s);
    return true;
}

/* libmicrohttpd wants no connection suspended when it stops. */
static void stop_daemon(struct serve *s) {
    s->ending = true;
    guests_tell(s);
    MHD_run(s->daemon);
    MHD_stop_daemon(s->daemon);
}

/* The start page's portal is made before anybody asks for it, so that what is wrong is said at once. */
static void run(struct serve *s) {
    s->options->ready(s->options->context, s->port);
    s->checking = true;
    tell(s);
    while (turn(s))
        ;
    stop_daemon(s);
}

bool serve(const struct serve_options *options, struct diags *diags) {
    size_t before = diags->errors;
    struct serve s = {.options = options, .diags = diags, .listeners = {-1, -1}};
    s.view = (struct preview_view){options->audience, DATE_NONE};
    guests_init(&s);
    s.pages = serve_pages_new(&s.arena);
    if (begin_listening(&s) && (s.watch = watch_new(options->folder, diags)) && start_daemon(&s))
        run(&s);
    close_listeners(&s);
    watch_release(s.watch);
    arena_release(&s.frame);
    arena_release(&s.arena);
    return diags->errors == before;
}
