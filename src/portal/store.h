/* SPDX-License-Identifier: MIT */
/*
 * store.h: sources that were read and checked, kept from one load of a portal to the next.
 *
 * A site is loaded through a store: its own, given back with it, or one that outlives it (site_options.store). Then each
 * record and page that is still what it was is taken as it was read and checked before, with what was found wrong in
 * it, and only what has changed is read. Several sites may be of one store at a time, so what is kept is never altered: who
 * changes a value for one site copies it.
 *
 * What was checked was checked against framework.yaml: when its bytes change, everything kept is forgotten. What a source
 * says of others depends on more than its own bytes: that its references hold is remembered as long as no name comes or
 * goes, and that memberships are sound as long as none of them changes; all else is looked at in each load. Only that
 * nothing is wrong is remembered, since what is wrong is told at its place, and with the words of others.
 *
 * Memory is kept in batches, those files that one load read on one thread. A batch is given back when nothing of it is kept
 * any more and every site that was loaded before that has been released. What is no longer used in a batch stays as long
 * as anything else in it is: beyond STORE_WASTE_MAX times what a full load takes, all is forgotten and read again.
 *
 *     struct store *store = store_new();
 *     site_load(&site, &arena, &(struct site_options){.path = ".", .store = store}, &diags);
 *     ...                                            // site_release(&site), or later
 *     store_suspect(store, &path, 1);                // a file was saved
 *     site_load(&next, ...);
 *     store_release(store);                          // after all its sites
 *
 * For load.c and site.c, and for whoever keeps a store. One thread, but for store_arena.
 */
#ifndef SIGNPOST_PORTAL_STORE_H
#define SIGNPOST_PORTAL_STORE_H

#include "base/file.h"
#include "base/map.h"
#include "policy/audience.h"
#include "policy/vocabulary.h"

struct store;
struct batch;
struct school;
struct page;

#define STORE_WASTE_MAX 3

struct store *store_new(void);
void store_release(struct store *store); /* NULL too */

/* These files, and those beneath these folders, may no longer be what they were; NULL: any file. A suspect that turns out
 * to have the same bytes is as good as before. */
void store_suspect(struct store *store, const struct str *paths, size_t count);

/* One file that was read, or the two of a school's record. */
struct stored {
    struct str path;
    struct str bytes, overlay; /* of the files */
    bool overlaid;
    struct school *school; /* the one or the other; neither where it could not be read */
    struct page *page;
    const struct diags *diags; /* NULL: nothing is wrong with it */
    struct batch *batch;
    bool suspect;
    date latest; /* day that it speaks of, of those that may be in the future */
    const struct value *urn, *memberships,
        *wishes;    /* of a school's record, which each load looks at; or NULL */
    uint64_t sound; /* the names among which its references were found to hold; 0: none yet */
    const struct projected *projected[AUDIENCE_COUNT]; /* NULL: not yet */
};

/* A record's values as an audience sees them. */
struct projected {
    struct value value;
    struct batch *batch;
};

enum shelf_name { SHELF_CONTENT, SHELF_SCHOOLS, SHELF_OFFICERS, SHELF_COUNT };

/* A folder's files, and what is kept of each. */
struct shelf {
    struct entries entries;
    struct stored **items; /* by entry; NULL: nothing */
    struct map by_path;    /* path -> its slot in `items` */
    struct diags diags;    /* of the names */
    struct batch *batch;
    bool listed; /* the names are those that the folder has */
};

/* framework.yaml. */
struct stored_vocabulary {
    bool read; /* else there is none that can be */
    struct str bytes;
    struct vocabulary vocabulary;
    struct diags diags;
    struct batch *batch; /* NULL: nothing is kept */
};

/* ---- a load ---- */

/* Begins a load on so many threads, and gives the lease under which its site uses what is kept until store_end. */
uint64_t store_begin(struct store *store, size_t threads);
void store_end(struct store *store, uint64_t lease);

/* Where a worker puts what it reads in this load, and the batch that this is. */
struct arena *store_arena(struct store *store, size_t worker);
struct batch *store_batch(struct store *store, size_t worker);

struct shelf *store_shelf(struct store *store, enum shelf_name name);

/* Begins a new list of a folder, whose entries and diagnostics go into the arena of worker 0. Entries that stay keep what
 * is stored of them once it is filled and put. */
struct shelf *store_list(struct store *store, enum shelf_name name);
void store_listed(struct store *store, enum shelf_name name, bool whole);

/* Keeps what was read for the entries of a shelf; NULL keeps nothing. */
void store_keep(struct store *store, struct shelf *shelf, struct stored *const *read);

const struct stored_vocabulary *store_vocabulary(const struct store *store);

/* Forgets everything, and begins again with this vocabulary, which lies in the arena of worker 0. */
struct stored_vocabulary *store_restart(struct store *store);

/* A number for the names that records, pages and attachments have, once all is kept: the same as long as they are. */
uint64_t store_names(const struct store *store);

/* Whether nothing that memberships depend on has come, gone or changed since they were found to be sound on that day; and
 * that they were, once all is kept. */
bool store_members_sound(const struct store *store, date day);
void store_members_found_sound(struct store *store, date day);

/* Keeps a school's record as an audience sees it. Between loads, on the workers of the last; once for each audience. */
void store_project(struct store *store, struct stored *stored, enum audience audience,
                   const struct value *projected, size_t worker);

/* When all is kept: gives back what nobody uses any more. */
void store_settle(struct store *store);

#endif
