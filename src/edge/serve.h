/* SPDX-License-Identifier: MIT */
/*
 * serve.h: a portal in the browser while it is being written.
 *
 * Answers on the loopback addresses alone, with GET and HEAD alone, and only to who asks for localhost
 * (serve_address.h). Pages come from the preview (preview.h); each HTML page gets a bar that switches audience and day,
 * and a panel with what is wrong. When a source is saved the preview is brought up to date, and every browser is told
 * to load its page again, by server-sent events.
 *
 * One thread and one loop: requests, saved files and the end of the program are all waited for in one place, so that no
 * page is ever made from half an update. libmicrohttpd has the protocol; connections are accepted here, so that their
 * number is bounded and whoever has kept one the longest without asking anything makes room for who comes next.
 */
#ifndef SIGNPOST_EDGE_SERVE_H
#define SIGNPOST_EDGE_SERVE_H

#include "edge/preview.h"

#define SERVE_PORT 8080

struct serve_options {
    struct preview *preview;
    struct str folder;      /* the portal's, as an absolute path */
    uint16_t port;          /* 0: any that is free */
    enum audience audience; /* whose portal "/" leads to */
    uint64_t run; /* differs from run to run: a browser that outlived the last one loads its page again */
    int stop;     /* a descriptor that becomes readable when the server is to end */
    uint64_t (*now)(void *context);                                /* milliseconds; only ever more */
    void (*ready)(void *context, uint16_t port);                   /* it listens */
    void (*found)(void *context, const struct preview_state *now); /* what is wrong has changed */
    void *context;
};

/* Serves until `stop`. False with diagnostics where it could not begin, or could no longer go on. */
bool serve(const struct serve_options *options, struct diags *diags);

#endif
