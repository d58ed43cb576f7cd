/* SPDX-License-Identifier: MIT */
/*
 * chronicle_read.h: what git knows of a portal's pages, as portal/chronicle.h wants it.
 *
 *     struct chronicle_reader *reader = chronicle_open(&site, ".", (struct str){0}, &diags);   // before it is bound
 *     release_bind(&site, audience);
 *     ...                                                // build, for as many audiences as there are
 *     chronicle_report(reader, &diags);                  // NULL is allowed
 *     chronicle_close(reader);
 *
 * A portal that says `history: none`, that lies in no repository, or in one without a commit, has no history, and nothing
 * is said of it. Git is not even asked where portal.yaml says none.
 */
#ifndef SIGNPOST_EDGE_CHRONICLE_READ_H
#define SIGNPOST_EDGE_CHRONICLE_READ_H

#include "portal/chronicle.h"

struct chronicle_reader;

/* Sets site->chronicle to the history of its pages up to a revision; HEAD where none is named. The portal's folder is
 * `path`, wherever the site's sources came from. NULL where there is no history, with a warning where there should be
 * one and it cannot be read. */
struct chronicle_reader *chronicle_open(struct site *site, const char *path, struct str revision,
                                        struct diags *diags);

/* Gives the history that was read up to HEAD to the same portal, loaded again; each user closes it. False where HEAD has
 * moved or there is a page that was not there. Before the site is bound. */
bool chronicle_again(struct chronicle_reader *reader, struct site *site);

/* Adds what was found wrong while bytes were read; NULL is allowed, here too. May be called again. */
void chronicle_report(const struct chronicle_reader *reader, struct diags *diags);

/* Forgets the history, if no other user is left. The site may not be bound again. */
void chronicle_close(struct chronicle_reader *reader);

#endif
