/* SPDX-License-Identifier: MIT */
/* serve_inside.h: what the parts of the server share; for serve*.c alone. */
#ifndef SIGNPOST_EDGE_SERVE_INSIDE_H
#define SIGNPOST_EDGE_SERVE_INSIDE_H

#include <microhttpd.h>

#include "edge/serve.h"
#include "edge/serve_page.h"
#include "edge/watch.h"

/* Connections at most; fewer where the system allows fewer open files. */
#define GUESTS_MAX 600
/* Of these, browsers that wait to be told of changes. */
#define STREAMS_MAX 100
/* A request must be sent, and its answer read, in this time. */
#define GUEST_MS 20000
/* What a request may take: its line and headers. */
#define REQUEST_BYTES ((size_t)16 * 1024)

/* One connection. */
struct guest {
    struct serve *serve;
    struct MHD_Connection *connection; /* NULL: free */
    int socket;
    uint64_t since; /* connected, or was answered last */
    bool shut;      /* has been, and will be forgotten as soon as libmicrohttpd notices */
    bool stream;    /* waits for events; the rest is for these */
    bool suspended; /* libmicrohttpd does not look at it */
    bool told;      /* of the latest version */
};

struct serve {
    const struct serve_options *options;
    struct arena arena;
    struct arena frame; /* of one request or update */
    struct diags *diags;
    struct serve_pages *pages;
    struct watch *watch;
    struct settle settle;
    struct MHD_Daemon *daemon;
    int listeners[2]; /* 127.0.0.1 and ::1; -1: none */
    uint16_t port;
    struct guest *guests;
    size_t guests_most, guest_count, stream_count;
    uint64_t version;         /* counts what browsers have to be told */
    struct preview_view view; /* asked for last */
    size_t errors;            /* of that view, when browsers were told last */
    bool checking;            /* pages are left to be checked when there is nothing else to do */
    bool ending;
};

/* serve_guest.c: connections, and the browsers that wait to be told. */
void guests_init(struct serve *serve);
void guests_accept(struct serve *serve);
void guests_notify(void *context, struct MHD_Connection *connection, void **guest,
                   enum MHD_ConnectionNotificationCode code);
void guests_answered(void *context, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode code);
void guests_sweep(struct serve *serve); /* who takes too long goes */
void guests_tell(struct serve *serve);  /* every waiting browser that there is something to hear */
void guest_gone(struct guest *guest);   /* a waiting browser whose connection has ended */
void serve_version(const struct serve *serve, struct buf *out); /* run and version, for events */
struct MHD_Response *guest_stream(struct guest *guest, struct str seen);

/* serve_answer.c: requests. */
enum MHD_Result serve_answer(void *context, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload, size_t *upload_size,
                             void **request);

#endif
