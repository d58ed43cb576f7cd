/* SPDX-License-Identifier: MIT */
/*
 * ical.h: calendars as files, as RFC 5545 has them.
 *
 *     struct buf out = {arena};
 *     ical_begin(&out, STR("The year: Ashdown"));
 *     ical_event(&out, &event);
 *     ical_end(&out);
 *
 * Every event is of whole days, so there are no times and no time zones. Lines end with CR LF and are folded at 75 octets,
 * never within a character. A calendar needs at least one event.
 */
#ifndef SIGNPOST_TEXT_ICAL_H
#define SIGNPOST_TEXT_ICAL_H

#include "base/buf.h"
#include "base/date.h"

struct ical_event {
    struct str uid;   /* the same from build to build, and of no other event anywhere */
    date stamp;       /* of DTSTAMP, at midnight: there is no clock */
    date first, last; /* both included */
    struct str summary;
    struct str description; /* may have several lines; empty: none */
    struct str url;         /* empty: none */
    bool tentative;
};

void ical_begin(struct buf *out, struct str name);
void ical_event(struct buf *out, const struct ical_event *event);
void ical_end(struct buf *out);

#endif
