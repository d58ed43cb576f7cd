/* SPDX-License-Identifier: MIT */
/* serve_answer.c: one request, one answer. */
#include "edge/serve_address.h"
#include "edge/serve_inside.h"
#include "edge/serve_tables.h"
#include "publish/view.h"

/* What every answer says. No answer is kept, since the next save makes it old. Nothing is loaded from elsewhere, no page
 * of another site may show, read or embed these, and an address in here is told to nobody. */
static const char *const headers[][2] = {
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy",
     "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

#define PLAIN "text/plain; charset=utf-8"
#define HTML "text/html; charset=utf-8"

/* A request while it is answered. */
struct request {
    struct serve *serve;
    struct guest *guest;
    struct MHD_Connection *connection;
    struct arena *arena;
};

/* ---- answers ---- */

static enum MHD_Result send_made(const struct request *r, unsigned status, struct MHD_Response *response,
                                 struct str type) {
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    MHD_add_response_header(response, "Content-Type", str_z(r->arena, type));
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    enum MHD_Result sent = MHD_queue_response(r->connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result send_bytes(const struct request *r, unsigned status, struct str type,
                                  struct str bytes) {
    void *copied = bytes.len ? memcpy(arena_alloc(r->arena, bytes.len, 1), bytes.at, bytes.len) : NULL;
    return send_made(r, status, MHD_create_response_from_buffer(bytes.len, copied, MHD_RESPMEM_MUST_COPY),
                     type);
}

static enum MHD_Result send_words(const struct request *r, unsigned status, struct str words) {
    return send_bytes(r, status, STR(PLAIN), str_join(r->arena, words, STR("\n")));
}

static enum MHD_Result send_away(const struct request *r, struct str way) {
    struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response)
        MHD_add_response_header(response, "Location", str_z(r->arena, way));
    return send_made(r, MHD_HTTP_SEE_OTHER, response, STR(PLAIN));
}

/* ---- the portal ---- */

/* Only errors count: a page is not loaded again for a warning. */
static void remember(struct serve *serve, struct preview_view view, const struct preview_state *state) {
    serve->view = view;
    serve->errors = state->diags->errors;
    serve->checking = true;
}

/* The portal's own page "not found", whose addresses lead from the portal's root, wherever that is published. */
static bool find_missing_page(const struct request *r, struct preview_view view, struct preview_file *file) {
    if (!preview_get(r->serve->options->preview, view, STR("404.html"), r->arena, file))
        return false;
    struct str root = view_root(r->arena, file->site, STR("404.html"));
    file->bytes = serve_reroot(r->arena, file->bytes, root, serve_path(r->arena, view, (struct str){0}));
    return true;
}

static enum MHD_Result send_page(const struct request *r, unsigned status, const struct serve_target *target,
                                 const struct preview_file *file) {
    struct preview_state state = preview_state(r->serve->options->preview, target->view);
    struct buf seen = {.arena = r->arena};
    serve_version(r->serve, &seen);
    struct serve_page page = {.view = target->view,
                              .address = target->address,
                              .state = &state,
                              .file = file,
                              .seen = buf_str(&seen)};
    struct buf out = {.arena = r->arena};
    remember(r->serve, target->view, &state);
    if (file && serve_has_tables(file->site, file->page))
        page.tables =
            str_join(r->arena, STR("/-/tables"), serve_path(r->arena, target->view, target->address));
    if (file)
        serve_page(r->serve->pages, &page, r->arena, &out);
    else if (state.shown)
        serve_page_alone(r->serve->pages, &page, STR("Page not found"),
                         STR("The portal has no page at this address."), r->arena, &out);
    else
        serve_page_alone(
            r->serve->pages, &page, STR("There is nothing to show yet"),
            STR("The portal’s sources have errors. This page is replaced as soon as they are mended."),
            r->arena, &out);
    return send_bytes(r, status, STR(HTML), buf_str(&out));
}

static enum MHD_Result send_missing(const struct request *r, const struct serve_target *target) {
    struct preview_file file;
    struct preview *preview = r->serve->options->preview;
    struct str folder = str_join(r->arena, target->address, STR("/index.html"));
    if (!str_ends(target->address, STR("/index.html")) &&
        preview_get(preview, target->view, folder, r->arena, &file))
        return send_away(r, serve_path(r->arena, target->view, folder));
    if (find_missing_page(r, target->view, &file))
        return send_page(r, MHD_HTTP_NOT_FOUND, target, &file);
    bool shown = preview_state(preview, target->view).shown;
    return send_page(r, shown ? MHD_HTTP_NOT_FOUND : MHD_HTTP_INTERNAL_SERVER_ERROR, target, NULL);
}

/* What the bar's form sends: the same page on another day, or without one on the portal's own. */
static enum MHD_Result send_to_day(const struct request *r, struct serve_target *target, const char *day) {
    target->view.as_of = *day ? date_parse_iso(str_from(day)) : DATE_NONE;
    if (*day && target->view.as_of == DATE_NONE)
        return send_words(r, MHD_HTTP_BAD_REQUEST, STR("The day must be one that exists, as 2026-05-01."));
    return send_away(r, serve_path(r->arena, target->view, target->address));
}

static enum MHD_Result send_file(const struct request *r, struct serve_target *target) {
    struct preview_file file;
    const char *day = MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, "as-of");
    if (day)
        return send_to_day(r, target, day);
    if (str_eq(target->address, STR("404.html")) || /* shown at any address but this one */
        !preview_get(r->serve->options->preview, target->view, target->address, r->arena, &file))
        return send_missing(r, target);
    if (str_starts(file.type, STR("text/html")))
        return send_page(r, MHD_HTTP_OK, target, &file);
    return send_bytes(r, MHD_HTTP_OK, file.type, file.bytes);
}

/* ---- the server's own ---- */

/* "tables/public/policy/categories.html": what the tables of this page catch now, as officers know it, whoever's page it
 * is. Worked out only when it is asked for: the officers' portal is another one to be made. */
static enum MHD_Result send_tables(const struct request *r, struct str inside) {
    struct preview *preview = r->serve->options->preview;
    struct serve_target target = serve_target(r->arena, inside);
    struct preview_view officers = {AUDIENCE_OFFICERS, target.view.as_of};
    struct preview_file file;
    if (target.ask != SERVE_FILE || !preview_get(preview, officers, target.address, r->arena, &file) ||
        !serve_has_tables(file.site, file.page))
        return send_words(r, MHD_HTTP_NOT_FOUND, STR("There are no tables at this address."));
    struct str way = serve_path(r->arena, target.view, target.address);
    struct value figures = serve_tables(file.site, file.page, way, r->arena);
    struct str title = str_join(r->arena, STR("What the tables of “"), file.page->title, STR("” catch"));
    struct preview_state state = preview_state(preview, officers);
    struct buf seen = {.arena = r->arena}, out = {.arena = r->arena};
    serve_version(r->serve, &seen);
    struct serve_page page = {.view = target.view,
                              .address = target.address,
                              .state = &state,
                              .file = &file,
                              .seen = buf_str(&seen),
                              .tables = way,
                              .figures = &figures};
    serve_page_alone(r->serve->pages, &page, title, (struct str){0}, r->arena, &out);
    preview_state(preview, r->serve->view); /* what is looked at stays what was asked for last */
    return send_bytes(r, MHD_HTTP_OK, STR(HTML), buf_str(&out));
}

static enum MHD_Result send_events(const struct request *r) {
    const char *seen = MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "Last-Event-ID");
    if (!seen)
        seen = MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, "seen");
    if (!r->guest)
        return MHD_NO;
    return send_made(r, MHD_HTTP_OK, guest_stream(r->guest, str_from(seen)), STR("text/event-stream"));
}

static enum MHD_Result send_own(const struct request *r, struct str name) {
    struct str bytes, type;
    if (str_eq(name, STR("events")))
        return send_events(r);
    if (str_starts(name, STR("tables/")))
        return send_tables(r, str_sub(name, STR("tables").len, name.len));
    if (serve_own_file(name, &bytes, &type))
        return send_bytes(r, MHD_HTTP_OK, type, bytes);
    return send_words(r, MHD_HTTP_NOT_FOUND, STR("There is nothing at this address."));
}

/* ---- requests ---- */

struct hosts {
    uint16_t port;
    size_t count;
    bool ours;
};

static enum MHD_Result look_at_host(void *context, enum MHD_ValueKind kind, const char *key,
                                    const char *value) {
    struct hosts *hosts = context;
    (void)kind;
    if (str_eq_fold(str_from(key), STR("host"))) {
        hosts->ours = !hosts->count++ && serve_host_is_ours(str_from(value), hosts->port);
    }
    return MHD_YES;
}

static enum MHD_Result send_target(const struct request *r, struct serve_target *target) {
    switch (target->ask) {
    case SERVE_START: {
        struct preview_view start = {r->serve->options->audience, DATE_NONE};
        return send_away(r, serve_path(r->arena, start, (struct str){0}));
    }
    case SERVE_SLASH: return send_away(r, serve_path(r->arena, target->view, (struct str){0}));
    case SERVE_OWN: return send_own(r, target->address);
    case SERVE_FILE: return send_file(r, target);
    case SERVE_NONE: break;
    }
    return send_words(
        r, MHD_HTTP_NOT_FOUND,
        STR("There is nothing at this address. The portals are at /public/, /schools/ and /officers/."));
}

static enum MHD_Result answer(const struct request *r, struct str url, struct str method) {
    struct hosts hosts = {.port = r->serve->port};
    MHD_get_connection_values(r->connection, MHD_HEADER_KIND, look_at_host, &hosts);
    struct serve_target target = serve_target(r->arena, url);
    if (!hosts.ours || (target.host.len && !serve_host_is_ours(target.host, r->serve->port)))
        return send_words(r, MHD_HTTP_MISDIRECTED_REQUEST,
                          STR("This server answers only to localhost and its own port."));
    if (!str_eq(method, STR("GET")) && !str_eq(method, STR("HEAD")))
        return send_words(r, MHD_HTTP_METHOD_NOT_ALLOWED, STR("This server only shows: GET and HEAD."));
    return send_target(r, &target);
}

/* Called once when the headers are there, then with what comes of a body, then at the end. An answer before the end closes
 * the connection, which is right for whoever sends what nobody asked for; the body of a GET is passed over. */
enum MHD_Result serve_answer(void *context, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload, size_t *upload_size,
                             void **request) {
    struct serve *serve = context;
    struct str verb = str_from(method);
    bool first = !*request;
    (void)version, (void)upload;
    *request = serve; /* anything but NULL: the first call has been */
    if (*upload_size || (first && (str_eq(verb, STR("GET")) || str_eq(verb, STR("HEAD"))))) {
        *upload_size = 0;
        return MHD_YES;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct arena_mark mark = arena_mark(&serve->frame);
    struct request r = {.serve = serve,
                        .guest = info ? info->socket_context : NULL,
                        .connection = connection,
                        .arena = &serve->frame};
    enum MHD_Result sent = answer(&r, str_from(url), verb);
    arena_rewind(&serve->frame, mark);
    return sent;
}
