/* SPDX-License-Identifier: MIT */
/*
 * redline.h: what changed between two revisions of a text, as a person would mark it on paper.
 *
 * Blocks of words (markdown_prose) are compared, not lines: a paragraph that was broken elsewhere has not changed, one in
 * which a word was replaced is the same paragraph with that word marked, and a section that now stands elsewhere has
 * moved and was not taken out and written anew.
 *
 *     struct redline r = redline_make(&differ, &before, &after, REDLINE_ALL);
 *
 * Nothing is given of equal texts. What is compared is bounded by the differ's work; texts that have little in common
 * then read as replaced.
 */
#ifndef SIGNPOST_TEXT_REDLINE_H
#define SIGNPOST_TEXT_REDLINE_H

#include "text/differ.h"
#include "text/markdown.h"

#define REDLINE_NONE SIZE_MAX

/* Fewer words than this in common, of a hundred, and two blocks are two blocks. */
#define REDLINE_LIKE 40

/* Pairs of blocks between two that are the same that are looked at for likeness; beyond, all of them are replaced. */
#define REDLINE_PAIRS_MAX 10000

enum redline_part { REDLINE_KEPT, REDLINE_ADDED, REDLINE_REMOVED };

/* Words of a changed block, single-spaced; a space belongs between two spans. */
struct redline_span {
    enum redline_part part;
    struct str text;
};

enum redline_kind {
    REDLINE_CHANGE, /* words of a block changed, or only its level or where it leads */
    REDLINE_ADD,    /* a block, or a section: its heading and all beneath it */
    REDLINE_REMOVE, /* likewise */
    REDLINE_MOVE,   /* likewise: the same words, elsewhere */
};

struct redline_change {
    enum redline_kind kind;
    size_t base,
        head; /* indexes of the block, or of the section's heading; REDLINE_NONE where it is in one only */
    size_t count; /* blocks: 1, or those of the section */
    size_t words; /* in those blocks; of a change: added and removed */

    /* of a change */
    const struct redline_span *spans; /* all kept where no word changed */
    size_t span_count;
    bool level; /* of a heading or an item: it is another */
    bool links; /* it leads elsewhere */
};

struct redline {
    struct redline_change *changes; /* in the order of the head; what was removed stands where it stood */
    size_t count;
    size_t added, removed; /* words; what moved is in neither */
    bool coarse;           /* the texts were too different to be compared word by word */
};

enum redline_what {
    REDLINE_ALL,
    REDLINE_NO_PROGRAMS, /* tables that are read as data are compared elsewhere */
};

struct redline redline_make(struct differ *differ, const struct markdown_prose *base,
                            const struct markdown_prose *head, enum redline_what what);

/* The words of two lines of text, marked. */
struct redline_change redline_words(struct differ *differ, struct str base, struct str head);

/* The words that a text has, for redline_like; texts are added one by one. */
struct redline_bag {
    uint32_t *hashes; /* sorted by redline_bag_done */
    size_t count;
    size_t room;
};
void redline_bag_add(struct redline_bag *bag, struct arena *arena, struct str text);
void redline_bag_done(struct redline_bag *bag);

/* How many of a hundred words two texts have in common, whatever their order; 100 of two without any. */
unsigned redline_like(const struct redline_bag *a, const struct redline_bag *b);

#endif
