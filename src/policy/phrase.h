/* SPDX-License-Identifier: MIT */
/* phrase.h: a text that is read from front to back, word by word; a hyphen is part of a word. */
#ifndef SIGNPOST_POLICY_PHRASE_H
#define SIGNPOST_POLICY_PHRASE_H

#include "base/str.h"

struct phrase {
    struct str rest;
};

struct str phrase_peek(const struct phrase *p); /* the next word, which stays */
struct str phrase_next(struct phrase *p);

/* Takes these words off the front, if they stand there; case does not count. */
bool phrase_take(struct phrase *p, const char *words);

#endif
