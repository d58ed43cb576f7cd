/* SPDX-License-Identifier: MIT */
/*
 * serve_address.h: what a request asks for, and whether it may.
 *
 * Addresses are `/<audience>/...` and, for another day than the portal's own, `/<audience>/<YYYY-MM-DD>/...`; links
 * between pages are relative, so a portal works beneath either. What follows is an address in the portal, looked up
 * among those it has: nothing is opened by its path, so no spelling of one leads out.
 *
 * A page of another site can make a browser ask this server, and by giving its own name the address 127.0.0.1 could
 * even read the answer. So only a Host that nobody else can own is answered: localhost, or a loopback address, with
 * the port this server listens on.
 */
#ifndef SIGNPOST_EDGE_SERVE_ADDRESS_H
#define SIGNPOST_EDGE_SERVE_ADDRESS_H

#include "base/buf.h"
#include "edge/preview.h"

enum serve_ask {
    SERVE_NONE,  /* no such address */
    SERVE_START, /* "/" */
    SERVE_OWN,   /* a file of the server's own: `address` is "serve.css" of "/-/serve.css" */
    SERVE_FILE,  /* of the portal: `view` and `address` */
    SERVE_SLASH, /* the same, of a portal's start that was written without its slash */
};

/* A request target as it was sent, without its query: "/public/schools/", or with "http://localhost:8080" before it,
 * as proxies are asked. */
struct serve_target {
    enum serve_ask ask;
    struct str host; /* of the absolute form; empty */
    struct preview_view view;
    struct str address; /* decoded; a folder's is that of its index.html */
};

/* Longer addresses are nobody's. */
#define SERVE_ADDRESS_MAX 2048

struct serve_target serve_target(struct arena *arena, struct str target);

/* Whether a Host header, or the host of an absolute target, is this server. */
bool serve_host_is_ours(struct str host, uint16_t port);

/* The way to a file of a view, for links and redirects: "/public/2026-05-01/schools/". */
struct str serve_path(struct arena *arena, struct preview_view view, struct str address);

#endif
