/* SPDX-License-Identifier: MIT */
/*
 * mask.h: messages for readers who may not see everything that the messages are about.
 *
 * Where checks run by themselves, their output is read by more people than the sources: a log, a comment on a pull
 * request. Told an audience, a command says of each mistake only what that audience may know:
 *
 *   - a mistake in what the audience may read is told, without the line of a record, where other values may stand;
 *   - one in a place that it may not read keeps its kind, file and line, and "(withheld)" stands for what it quotes;
 *   - one that was found by comparing values, some of which it may not see, is told only as "something", once.
 *
 * The rule is by the kind of message: those that speak of nothing but the place they name are listed in mask.c, and
 * whatever is new there is withheld until somebody has thought about it.
 */
#ifndef SIGNPOST_PORTAL_MASK_H
#define SIGNPOST_PORTAL_MASK_H

#include "portal/site.h"

/* Masks those from index `from` on. While the site is as it was loaded it still knows what of each record is for whom;
 * so what loading found is masked before the site is bound. */
void diags_mask(const struct site *site, enum audience audience, size_t from, struct diags *diags);

/* Of what was found by rendering for that very audience, which saw nothing else: only lines of records are left out. */
void diags_unquote(size_t from, struct diags *diags);

#endif
