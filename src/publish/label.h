/* SPDX-License-Identifier: MIT */
/*
 * label.h: where a word may stand.
 *
 * A sheet remembers what is taken (marks, hubs, the frame's furniture, words already placed) and what should rather
 * be kept free (lines). A caller offers the places it would like, each with what it costs; the cheapest that hides
 * nothing wins, and where there is none the word is dropped: a missing word is found in the list beside the picture,
 * a covered one makes both illegible.
 */
#ifndef SIGNPOST_PUBLISH_LABEL_H
#define SIGNPOST_PUBLISH_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct box {
    int x0, y0, x1, y1; /* right and bottom are outside */
};

struct box box_about(int x, int y, int width, int height); /* centred */
bool box_meets(struct box a, struct box b);

/* A line that a label rather does not cross, nor come nearer to than `reach`. */
struct label_line {
    int x0, y0, x1, y1;
    int reach;
    int cost;
};

/* Set frame; the lists start empty and grow in `arena`. */
struct label_sheet {
    struct arena *arena;
    struct box frame;
    struct box *taken;
    size_t taken_count;
    size_t taken_room;
    struct label_line *lines;
    size_t line_count;
    size_t line_room;
};

void label_take(struct label_sheet *sheet, struct box box);
void label_avoid(struct label_sheet *sheet, struct label_line line);

/* What a label here would cost, up to `most`; `most` or more where it may not stand at all or is not worth it. */
int label_cost(const struct label_sheet *sheet, struct box box, int cost, int most);

/* A text broken into lines that are about as wide as each other. */
#define LABEL_LINES_MOST 3
struct label_text {
    struct str line[LABEL_LINES_MOST];
    int count;
    int width; /* of the widest */
};

/* The width of a text in the widest faces of the style sheet's list, bold, at `size` units. Too wide rather than too
 * narrow, since nobody knows which of the faces a reader has. */
int label_width(struct str text, int size);

/* Breaks at spaces into exactly `lines` lines, or fewer where there are fewer words, making the widest line as narrow
 * as can be. */
struct label_text label_break(struct str text, int size, int lines);

#endif
