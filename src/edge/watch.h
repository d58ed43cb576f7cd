/* SPDX-License-Identifier: MIT */
/*
 * watch.h: which of a portal's sources have changed, as the kernel tells it (inotify).
 *
 * Watched are portal.yaml and the folders that a portal reads, with all in them; not what is published beside them, nor
 * what git keeps. A change inside a file or of its name is told by its path. Anything that moves folders about, more
 * events than the kernel keeps, or a portal's folder that another one takes the place of, is told as "anything may have
 * changed", once everything that is there now is watched: so nothing that happens meanwhile is missed.
 *
 * One save is often several events: a temporary file, a renaming, a change of permissions. `struct settle` says when
 * it is quiet enough to look; it takes the time from its caller, in milliseconds of any clock that only goes forward.
 *
 *     if (watch_read(w))                           // its descriptor is readable
 *         settle_note(&settle, now);
 *     if (settle_wait(&settle, now) == 0 && watch_take(w, &arena, &changed, &diags)) ...
 */
#ifndef SIGNPOST_EDGE_WATCH_H
#define SIGNPOST_EDGE_WATCH_H

#include "base/diag.h"
#include "base/str.h"

/* How long nothing must have happened, and how long is waited at most: a checkout of another branch comes in one
 * stream of events, and what never ends is looked at all the same. */
#define SETTLE_QUIET_MS 4
#define SETTLE_MOST_MS 1000

struct settle {
    bool waiting;
    uint64_t first, last; /* event since it was last taken */
};

void settle_note(struct settle *settle, uint64_t now);
int settle_wait(const struct settle *settle, uint64_t now); /* milliseconds; -1: nothing to wait for */

struct watch;

/* NULL with a diagnostic where the kernel refuses. `folder` is the portal's, as an absolute path, since another folder may
 * come to stand there. */
struct watch *watch_new(struct str folder, struct diags *diags);
void watch_release(struct watch *watch); /* NULL too */

int watch_descriptor(
    const struct watch *watch);       /* readable when there is something to read; may change in watch_take */
bool watch_read(struct watch *watch); /* true: something has changed */

struct watch_changes {
    bool anything; /* may have changed */
    const struct str *paths;
    size_t count;
};

/* What has changed since it was last taken; false: nothing. A diagnostic when not everything can be watched. */
bool watch_take(struct watch *watch, struct arena *arena, struct watch_changes *out, struct diags *diags);

/* Whether a path in the portal is a source, is in one, or leads to one. */
enum watch_place { WATCH_ELSEWHERE, WATCH_ABOVE, WATCH_INSIDE };
enum watch_place watch_place(struct str path);

#endif
