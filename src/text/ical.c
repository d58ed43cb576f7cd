/* SPDX-License-Identifier: MIT */
/* ical.c: calendar files line by line. */
#include "text/ical.h"

/* Octets of a line without its end; a line that goes on begins with a space, which counts. */
#define LINE_MAX_OCTETS 75

/* A text as the value of a property: RFC 5545, section 3.3.11. Other control characters may not stand in one. */
static void add_escaped(struct buf *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\n')
            buf_lit(out, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            buf_add(out, (struct str){(const char[]){'\\', (char)c}, 2});
        else if (c >= 0x20 && c != 0x7f)
            buf_byte(out, (char)c);
    }
}

static bool begins_character(char c) {
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* The line that stands in `out` from `from` on is moved apart where it is too long. */
static void end_line(struct buf *out, size_t from) {
    if (out->len - from <= LINE_MAX_OCTETS) {
        buf_lit(out, "\r\n");
        return;
    }
    struct str line = str_copy(out->arena, str_sub(buf_str(out), from, out->len));
    size_t at = 0, room = LINE_MAX_OCTETS;
    out->len = from;
    while (line.len - at > room) {
        size_t end = at + room;
        while (end > at + 1 && !begins_character(line.at[end]))
            end--;
        buf_add(out, str_sub(line, at, end));
        buf_lit(out, "\r\n ");
        at = end;
        room = LINE_MAX_OCTETS - 1;
    }
    buf_add(out, str_sub(line, at, line.len));
    buf_lit(out, "\r\n");
}

static void add_text(struct buf *out, const char *name, struct str text) {
    size_t from = out->len;
    buf_printf(out, "%s:", name);
    add_escaped(out, text);
    end_line(out, from);
}

/* A value that is no text stands as it is. */
static void add_plain(struct buf *out, const char *name, struct str value) {
    size_t from = out->len;
    buf_printf(out, "%s:" STR_FMT, name, STR_ARG(value));
    end_line(out, from);
}

static void add_day(struct buf *out, const char *name, date d, const char *after) {
    struct date_parts p = date_parts(d);
    buf_printf(out, "%s:%04d%02d%02d%s\r\n", name, p.year, p.month, p.day, after);
}

void ical_begin(struct buf *out, struct str name) {
    buf_lit(out,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Signpost//The year//EN\r\nCALSCALE:GREGORIAN\r\n");
    add_text(out, "X-WR-CALNAME", name);
}

void ical_event(struct buf *out, const struct ical_event *event) {
    buf_lit(out, "BEGIN:VEVENT\r\n");
    add_text(out, "UID", event->uid);
    add_day(out, "DTSTAMP", event->stamp, "T000000Z");
    add_day(out, "DTSTART;VALUE=DATE", event->first, "");
    add_day(out, "DTEND;VALUE=DATE", event->last + 1, ""); /* the first day that is not of it */
    add_text(out, "SUMMARY", event->summary);
    if (event->description.len)
        add_text(out, "DESCRIPTION", event->description);
    if (event->url.len)
        add_plain(out, "URL", event->url);
    buf_printf(out, "STATUS:%s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
               event->tentative ? "TENTATIVE" : "CONFIRMED");
}

void ical_end(struct buf *out) {
    buf_lit(out, "END:VCALENDAR\r\n");
}
