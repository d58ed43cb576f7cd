/* SPDX-License-Identifier: MIT */
/*
 * arcs.h: who supports whom, as two columns of names with lines from one to the other.
 *
 * On the left stands each supporter with a line of text for each that is supported, on the right each that is supported,
 * once. A line begins at its own text and ends in an arrow, so the direction is read without colour, and words say what
 * its width shows. Names lie in columns that no line enters: nothing overlaps, however many there are. The same facts
 * follow as a table.
 */
#ifndef SIGNPOST_PUBLISH_ARCS_H
#define SIGNPOST_PUBLISH_ARCS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "publish/chart.h"

/* More than this and the picture is a thicket: the table alone tells it. */
#define ARCS_MOST 80

struct arc_end {
    struct str name;
    struct str note; /* of a supporter, below its name; may be empty */
};

struct arc {
    size_t from, to;  /* places among the supporters and the supported */
    struct str label; /* "half a day a week" */
    int weight;       /* in hundredths; what is not known is 0 */
    bool planned;     /* not yet: a broken line */
};

struct arcs {
    struct chart_caption caption;
    const struct arc_end *from, *to;
    size_t from_count, to_count;
    const struct arc *items; /* by `from` */
    size_t count;
};

/* Appends an <svg>. False, with nothing written, where there are no arcs or too many. `scratch` is rewound. */
bool arcs_draw(const struct arcs *arcs, struct arena *scratch, struct buf *out);

#endif
