/* SPDX-License-Identifier: MIT */
/* serve_address.c: request targets, hosts, and ways to pages. */
#include "edge/serve_address.h"

/* ---- targets ---- */

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Undoes %XX, once: what was encoded twice is a name with a percent sign in it. False of what is no encoding. */
static bool decode(struct arena *arena, struct str s, struct str *out) {
    struct buf b = {.arena = arena};
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '%') {
            buf_byte(&b, s.at[i]);
            continue;
        }
        int high = i + 2 < s.len ? hex(s.at[i + 1]) : -1, low = high < 0 ? -1 : hex(s.at[i + 2]);
        if (low < 0)
            return false;
        buf_byte(&b, (char)(high << 4 | low));
        i += 2;
    }
    *out = buf_str(&b);
    return true;
}

/* Plain names with single slashes between them. A portal has no others, so this refuses nothing that is there; it is for
 * who reads this file and asks. */
static bool is_plain(struct str path) {
    struct str part, rest = path;
    if (str_utf8_bad(path) < path.len)
        return false;
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.at[i] < 0x20 || path.at[i] == 0x7F || path.at[i] == '\\')
            return false;
    while (str_cut(&rest, '/', &part))
        if ((!part.len && rest.at) || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
    return true;
}

/* Takes "http://host" off the front of the absolute form. */
static struct str take_host(struct str *target) {
    static const char *const schemes[] = {"http://", "HTTP://"};
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        struct str scheme = str_from(schemes[i]);
        if (!str_starts(*target, scheme))
            continue;
        struct str rest = str_sub(*target, scheme.len, target->len);
        struct str host = str_sub(rest, 0, str_find(rest, '/', 0));
        *target = host.len < rest.len ? str_sub(rest, host.len, rest.len) : STR("/");
        return host;
    }
    return (struct str){0};
}

/* What comes after "/<audience>": "", "/" or "/2026-05-01/schools/". */
static void read_view(struct arena *arena, struct str rest, struct serve_target *out) {
    struct str inside = rest.len ? str_sub(rest, 1, rest.len) : rest;
    size_t end = str_find(inside, '/', 0);
    date day = date_parse_iso(str_sub(inside, 0, end));
    if (day != DATE_NONE) {
        out->view.as_of = day;
        rest = str_sub(inside, end, inside.len);
        inside = rest.len ? str_sub(rest, 1, rest.len) : rest;
    }
    out->ask = rest.len ? SERVE_FILE : SERVE_SLASH;
    bool folder = !inside.len || str_ends(inside, STR("/"));
    out->address = folder ? str_join(arena, inside, STR("index.html")) : inside;
}

struct serve_target serve_target(struct arena *arena, struct str target) {
    struct serve_target out = {.view.as_of = DATE_NONE};
    struct str path;
    if (target.len > SERVE_ADDRESS_MAX)
        return out;
    out.host = take_host(&target);
    if (!str_starts(target, STR("/")) || !decode(arena, str_sub(target, 1, target.len), &path) ||
        !is_plain(path))
        return out;
    size_t end = str_find(path, '/', 0);
    struct str first = str_sub(path, 0, end), rest = str_sub(path, end, path.len);
    if (!path.len) {
        out.ask = SERVE_START;
    } else if (str_eq(first, STR("-"))) {
        out.ask = SERVE_OWN;
        out.address = rest.len ? str_sub(rest, 1, rest.len) : rest;
    } else if (audience_parse(first, &out.view.audience)) {
        read_view(arena, rest, &out);
    }
    return out;
}

/* ---- hosts ---- */

/* 127.0.0.0/8 in four decimal numbers; short and hexadecimal spellings are nobody's who has nothing to hide. */
static bool is_loopback4(struct str host) {
    struct str part;
    size_t parts = 0;
    bool first = true;
    while (str_cut(&host, '.', &part)) {
        unsigned n = 0;
        if (!part.len || part.len > 3)
            return false;
        for (size_t i = 0; i < part.len; i++) {
            if (part.at[i] < '0' || part.at[i] > '9')
                return false;
            n = n * 10 + (unsigned)(part.at[i] - '0');
        }
        if (n > 255 || (first && n != 127))
            return false;
        first = false;
        parts++;
    }
    return parts == 4;
}

bool serve_host_is_ours(struct str host, uint16_t port) {
    size_t end = str_starts(host, STR("[")) ? str_find(host, ']', 0) + 1 : str_find(host, ':', 0);
    struct str name = str_sub(host, 0, end), given = str_sub(host, end, host.len);
    unsigned long n = 0;
    if (given.len > 6 || (given.len && (given.at[0] != ':' || given.len == 1)))
        return false;
    for (size_t i = 1; i < given.len; i++) {
        if (given.at[i] < '0' || given.at[i] > '9')
            return false;
        n = n * 10 + (unsigned long)(given.at[i] - '0');
    }
    if ((given.len ? n : 80) != port) /* browsers leave out the port that http has anyway */
        return false;
    return str_eq_fold(name, STR("localhost")) || str_eq(name, STR("[::1]")) || is_loopback4(name);
}

/* ---- ways ---- */

static void add_encoded(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '_' || c == '.' || c == '~' || c == '/';
        if (plain)
            buf_byte(out, (char)c);
        else
            buf_printf(out, "%%%02X", (unsigned)c);
    }
}

struct str serve_path(struct arena *arena, struct preview_view view, struct str address) {
    struct buf out = {.arena = arena};
    buf_printf(&out, "/" STR_FMT "/", STR_ARG(audience_name(view.audience)));
    if (view.as_of != DATE_NONE)
        buf_printf(&out, STR_FMT "/", STR_ARG(date_iso(arena, view.as_of)));
    bool folder = str_eq(address, STR("index.html")) || str_ends(address, STR("/index.html"));
    add_encoded(&out, folder ? str_sub(address, 0, address.len - STR("index.html").len) : address);
    return buf_str(&out);
}
