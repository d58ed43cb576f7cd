/* SPDX-License-Identifier: MIT */
/*
 * serve_guest.c: connections, their number and their patience, and the browsers that wait to be told.
 *
 * A browser that waits has its connection suspended: libmicrohttpd does not look at it, and nothing is sent until there
 * is something to say. That a suspended one has ended is seen by the loop in serve.c, which polls them all.
 */
#include <errno.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/serve_inside.h"

void guests_init(struct serve *serve) {
    struct rlimit files;
    serve->guests_most = GUESTS_MAX;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur / 2 < GUESTS_MAX)
        serve->guests_most = (size_t)files.rlim_cur / 2; /* the rest is for the portal's sources */
    serve->guests = arena_array(&serve->arena, struct guest, serve->guests_most);
}

/* libmicrohttpd finds the connection ended when it looks next, and cleans up as for any that ends. */
static void shut(struct guest *g) {
    g->shut = true;
    shutdown(g->socket, SHUT_RDWR);
}

/* The one of those that wait for events, or of the others, that has been as it is the longest; NULL: there is none. */
static struct guest *longest(struct serve *serve, bool stream) {
    struct guest *found = NULL;
    for (size_t i = 0; i < serve->guests_most; i++) {
        struct guest *g = &serve->guests[i];
        if (g->connection && !g->shut && g->stream == stream && (!found || g->since < found->since))
            found = g;
    }
    return found;
}

static void make_room(struct serve *serve) {
    struct guest *g = longest(serve, false);
    if (!g && (g = longest(serve, true)))
        guest_gone(g);
    else if (g)
        shut(g);
}

/* As many as there is room for; when there is none, for one more in the loop's next round. */
void guests_accept(struct serve *serve) {
    for (size_t i = 0; i < 2; i++) {
        while (serve->listeners[i] >= 0) {
            struct sockaddr_storage from;
            socklen_t size = sizeof(from);
            if (serve->guest_count >= serve->guests_most) {
                make_room(serve);
                return;
            }
            int fd =
                accept4(serve->listeners[i], (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0 && (errno == EMFILE || errno == ENFILE))
                make_room(serve);
            if (fd < 0)
                break;
            MHD_add_connection(serve->daemon, fd, (struct sockaddr *)&from,
                               size); /* closes it if it cannot */
        }
    }
}

void guests_notify(void *context, struct MHD_Connection *connection, void **guest,
                   enum MHD_ConnectionNotificationCode code) {
    struct serve *serve = context;
    struct guest *g = *guest;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (!g)
            return;
        serve->guest_count--;
        serve->stream_count -= g->stream;
        *g = (struct guest){0};
        return;
    }
    for (size_t i = 0; i < serve->guests_most && !g; i++)
        if (!serve->guests[i].connection)
            g = &serve->guests[i];
    if (!g)
        return;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *g = (struct guest){.serve = serve,
                        .connection = connection,
                        .socket = info->connect_fd,
                        .since = serve->options->now(serve->options->context)};
    serve->guest_count++;
    *guest = g;
}

void guests_answered(void *context, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode code) {
    struct serve *serve = context;
    (void)request, (void)code;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct guest *g = info ? info->socket_context : NULL;
    if (!g)
        return;
    g->since = serve->options->now(serve->options->context);
    serve->stream_count -= g->stream;
    g->stream = false;
}

/* A byte now and then keeps a connection from timing out; this does not ask for bytes but for whole requests. */
void guests_sweep(struct serve *serve) {
    uint64_t now = serve->options->now(serve->options->context);
    for (size_t i = 0; i < serve->guests_most; i++) {
        struct guest *g = &serve->guests[i];
        if (g->connection && !g->stream && !g->shut && now - g->since > GUEST_MS)
            shut(g);
    }
}

/* ---- browsers that wait ---- */

static void resume(struct guest *g) {
    if (!g->suspended)
        return;
    g->suspended = false;
    MHD_resume_connection(g->connection);
}

void guests_tell(struct serve *serve) {
    for (size_t i = 0; i < serve->guests_most; i++)
        if (serve->guests[i].connection) {
            serve->guests[i].told = false;
            resume(&serve->guests[i]);
        }
}

void guest_gone(struct guest *g) {
    shut(g);
    resume(g);
}

void serve_version(const struct serve *serve, struct buf *out) {
    buf_printf(out, "%lx-%lu", (unsigned long)serve->options->run, (unsigned long)serve->version);
}

/* What a waiting browser is sent next, or the empty string. The id comes back when it connects again, to this run or to a
 * later one. */
static void write_event(struct guest *g, bool first, struct buf *out) {
    if (first)
        buf_lit(out, "retry: 500\n\n");
    if (g->told)
        return;
    buf_lit(out, "id: ");
    serve_version(g->serve, out);
    buf_lit(out, "\nevent: reload\ndata: the portal has changed\n\n");
    g->told = true;
}

static ssize_t next_event(void *context, uint64_t at, char *room, size_t size) {
    struct guest *g = context;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    if (g->serve->ending || g->shut)
        return g->serve->ending ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
    write_event(g, !at, &out);
    /* What the request left of its memory is the room: one that left too little is not told. */
    ssize_t len = out.len <= size ? (ssize_t)out.len : MHD_CONTENT_READER_END_WITH_ERROR;
    if (len > 0)
        memcpy(room, out.at, out.len);
    arena_release(&arena);
    if (!len) {
        g->suspended = true;
        MHD_suspend_connection(g->connection);
    }
    return len;
}

/* `seen` is the version of the page that asks, as serve_version wrote it, in this run or in an earlier one. */
struct MHD_Response *guest_stream(struct guest *g, struct str seen) {
    struct serve *serve = g->serve;
    struct arena arena = {0};
    struct buf own = {.arena = &arena};
    struct guest *first = serve->stream_count >= STREAMS_MAX ? longest(serve, true) : NULL;
    if (first) /* none: those there are have ended, and are about to be forgotten */
        guest_gone(first);
    serve->stream_count++;
    g->stream = true;
    g->since = serve->options->now(serve->options->context);
    serve_version(serve, &own);
    g->told = str_eq(seen, buf_str(&own));
    arena_release(&arena);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, next_event, g, NULL);
}
