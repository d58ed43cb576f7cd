/* SPDX-License-Identifier: MIT */
/*
 * preview.h: a portal as its sources say now, kept in memory while somebody writes them.
 *
 * What is shown is what a clean build would publish, byte for byte, and what is reported is what a clean check would
 * report. Only the work is less: sources are read once and kept (portal/store.h), and a page is rendered when it is
 * asked for. preview_update brings the view that was used last up to date, and renders and checks the pages that are
 * made from what changed; preview_check looks at all others, a few at a time, when there is nothing else to do, and
 * last, in an officers' view, runs the policy's tests, which are about what officers know. A mistake in the sources
 * takes nothing away: the last good edition stays, and the diagnostics say what is wrong.
 *
 *     struct preview *p = preview_new(&(struct preview_options){.path = ".", .today = today, .threads = 2});
 *     preview_update(p, &path, 1);                       // "schools/ashdown.yaml" was saved
 *     struct preview_state s = preview_state(p, view);   // s.diags, sorted
 *     if (preview_get(p, view, STR("schools/ashdown.html"), &arena, &file)) ...
 *     while (idle && preview_check(p, 50)) ...
 *
 * A view is one audience's portal on one day. At most PREVIEW_VIEWS_MAX are kept; the one that was not asked for the
 * longest goes. One thread; rendering uses the pool.
 */
#ifndef SIGNPOST_EDGE_PREVIEW_H
#define SIGNPOST_EDGE_PREVIEW_H

#include "portal/site.h"

struct preview;

#define PREVIEW_VIEWS_MAX 4

struct preview_options {
    const char *path; /* the portal's folder; must outlive the preview */
    date as_of;       /* DATE_NONE: what portal.yaml says, else `today` */
    date today;
    size_t threads;
};

struct preview_view {
    enum audience audience;
    date as_of; /* DATE_NONE: the options' */
};

/* Reads nothing yet: the first view is made when it is asked for. Released with preview_release, NULL too. */
struct preview *preview_new(const struct preview_options *options);
void preview_release(struct preview *preview);

/* These may have changed, come or gone: files or folders, by their paths in the portal, with "/" between names. NULL:
 * anything may have. What preview_state and preview_get gave before is no longer valid. */
void preview_update(struct preview *preview, const struct str *paths, size_t count);

/* Checks some more pages of the views in use, at least one; false: all have been checked. Ends each time with
 * everything found told by preview_state. */
bool preview_check(struct preview *preview, size_t pages);

struct preview_state {
    uint64_t generation;       /* counts updates, from 1; pages of one generation are of the same sources */
    const struct diags *diags; /* sorted; what is wrong with the sources, as far as it has been looked for */
    bool
        good; /* what is shown is what the sources say now; else it is the last good edition, if there is one */
    bool shown;   /* there is an edition to show */
    bool checked; /* every page has been, and what check looks at beside them */
    date as_of;   /* of what is shown */
};

/* Makes the view where it is not there yet, or is not of the last update. Valid until the next call for this view. */
struct preview_state preview_state(struct preview *preview, struct preview_view view);

struct preview_file {
    struct str bytes;        /* in the arena */
    struct str type;         /* "text/html; charset=utf-8" */
    const struct page *page; /* of a content page, else NULL */
    const struct site *site; /* bound; valid, as `page`, until the next update */
    bool old;                /* of the last good edition: what the sources say now cannot be rendered */
};

/* A file of the portal by its address, "schools/index.html"; rendered, and checked where it has not been. False: a
 * clean build has no such file, or there is nothing to show. */
bool preview_get(struct preview *preview, struct preview_view view, struct str address, struct arena *arena,
                 struct preview_file *out);

#endif
