/* SPDX-License-Identifier: MIT */
/*
 * standing.h: what is said of a school in a word: its overlays, and whether a letter can be written to it.
 *
 * An overlay stands beside the category and is none: sustaining success, causing concern, an academy order. The
 * framework names the decisions, outputs or facts that are shown so; a yes is a tag, a value is a tag, and what is no,
 * open, or a value like "No status" is none.
 */
#ifndef SIGNPOST_PORTAL_STANDING_H
#define SIGNPOST_PORTAL_STANDING_H

#include "portal/decided.h"

struct overlay {
    struct str label;            /* "Sustaining success" */
    const struct output *output; /* and its answer, for a colour; NULL of a fact */
    values answer;
};

struct overlays {
    struct overlay *items; /* in the order in which framework.yaml names them */
    size_t count;
};

struct overlays overlays_of(const struct decided *decided, const struct names *names, struct arena *arena);

/* A letter tells what was agreed, or invites to talk about what the policy suggests. */
enum letter_kind { LETTER_NONE, LETTER_DISCUSSION, LETTER_AGREED };

/* Whether a letter tells the answer that was recorded: not where a rule has gone above it. And the answer that it supposes
 * where it tells none: what is suggested, or what that rule asks for; 0: neither. */
bool letter_agrees(const struct output_result *result);
values letter_supposes(const struct output_result *result);

/* By the first of the decisions that letters are about. */
enum letter_kind letter_kind_of(const struct decided *decided, const struct names *about);

/* The result that a name stands for, its first output where it names a whole decision; NULL where it is hidden. */
const struct output_result *named_result(const struct decided *decided, const struct named *named);

#endif
