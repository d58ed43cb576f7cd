/* SPDX-License-Identifier: MIT */
/*
 * chronicle.h: the history of the portal's pages, and what of it an audience may be told.
 *
 * Each page of content has a trail of versions, which somebody else read (edge/chronicle_read.h reads them from git).
 * chronicle_bind works out for the bound audience on which day a page's *published text* last changed, and which of
 * its versions the page's history lists.
 *
 * Published text is what a reader of that audience has read: the title, the summary, the fields of the front matter
 * that the page shows, and the blocks of words that its Markdown prints. Comments, layout, the order of pages, days of
 * review, notes on changes and every field that the audience may not see are none of it; nor is what the program works
 * out, since that follows the data and not the page. A version whose class then or now keeps it from the audience has
 * no text for it. So no date and no list tells lower audiences of a commit that changed only what they may not see.
 *
 * A version that cannot be read as a page was never published, since a portal with errors is not, and is passed over.
 *
 * The day of the last change is that of the oldest version in the unbroken run of newest ones with the text that the
 * page has now. Nothing is claimed where the page differs from the newest version (it is not committed, or the portal
 * speaks of an earlier day), where the run reaches the end of a cut history, or where the day lies before
 * `history_from`.
 *
 * portal.yaml decides: `history: none` tells nobody anything; `dates`, the default, tells everybody the day and officers
 * the versions; `public` tells everybody the versions in which their text changed, from `history_from` on. The id of a
 * commit is for officers alone all the same: it is worked out from everything that was committed before it, restricted
 * values too.
 */
#ifndef SIGNPOST_PORTAL_CHRONICLE_H
#define SIGNPOST_PORTAL_CHRONICLE_H

#include "portal/site.h"
#include "text/markdown.h"

/* A file as one commit left it. */
struct chronicle_version {
    date day;
    struct str id, short_id, author, summary; /* of the commit; the author's name without an address */
    struct str path;                          /* the file's then */
    const void *held;                         /* for whoever reads its bytes */
};

/* Of one page, newest first. */
struct chronicle_trail {
    const struct chronicle_version *versions;
    size_t count;
    bool cut; /* what was before the last of them is not known */
};

/* Of all pages, by their number. Bytes are read when they are asked for, since of most trails only the newest one or two
 * are: `read` gives those of a version, in the arena, or false where the clone has not got them. Threads may call it at
 * the same time, each with an arena of its own. */
struct chronicle {
    const struct chronicle_trail *trails;
    size_t count;
    bool (*read)(void *context, const struct chronicle_version *version, struct arena *arena,
                 struct str *out);
    void *context;
};

enum history_mode { HISTORY_DATES, HISTORY_NONE, HISTORY_PUBLIC };

enum history_state {
    HISTORY_UNTOLD,  /* there is none, or the day lies before `history_from` */
    HISTORY_DATED,   /* `changed` is the day */
    HISTORY_PENDING, /* the text is not that of the newest version up to the as-of day */
    HISTORY_CUT,     /* it is, and so it was when the history begins that this clone has */
};

/* Versions that one page's history lists: each is read and compared whenever the page is made. */
#define HISTORY_LISTED_MAX 100

/* What a page says of its history to the bound audience. */
struct page_history {
    enum history_state state;
    date changed; /* or DATE_NONE */
    bool later;   /* there are versions of later days than the portal speaks of */
    const struct chronicle_version **versions; /* up to that day, newest first */
    size_t version_count;
    bool cut;       /* what was before the last of them is not known */
    size_t *listed; /* which of them its history lists; none where the audience is not told of versions */
    size_t count;
    size_t more; /* older ones that it could list, beyond HISTORY_LISTED_MAX */
};

/* The published text of a page: words that stand together, in the order in which they are read. */
enum text_state {
    TEXT_SHOWN,
    TEXT_HIDDEN,  /* its class then or now keeps it from the audience */
    TEXT_UNREAD,  /* it could not be read as a page */
    TEXT_MISSING, /* the clone has not got it */
};
struct page_text {
    enum text_state state;
    struct markdown_prose
        prose;          /* first the fields of the front matter, a paragraph each; then the page's Markdown */
    struct str *labels; /* of the fields */
    size_t fields;
};

/* A version that a page's history lists, and what there was before it. */
enum history_before {
    BEFORE_TOLD,
    BEFORE_NOTHING, /* the page was new */
    BEFORE_HIDDEN,  /* the audience could not read it */
    BEFORE_UNKNOWN, /* the clone has not got it, or it lies before `history_from` */
};
struct history_entry {
    const struct chronicle_version *version;
    struct page_text text;
    enum history_before before;
    struct page_text text_before; /* of BEFORE_TOLD */
};

enum history_mode chronicle_mode(const struct site *site);

bool chronicle_same(const struct page_text *a, const struct page_text *b);

/* The entries that a page's history lists: page->history->count of them. */
const struct history_entry *chronicle_entries(const struct site *site, const struct page *page,
                                              struct arena *arena);

/* Sets page->history of each visible page. Part of site_bind. */
void chronicle_bind(struct site *site);

#endif
