/* SPDX-License-Identifier: MIT */
/*
 * chart.h: a few numbers as a picture.
 *
 * Three charts and no more: a line through up to six years, shares beside what they are compared with, and wholes divided into
 * parts. All are inline
 * SVG with classes and without style, and are always followed by their table: a chart shows the shape, the table the
 * figures.
 * Lines are told apart by their stroke and the shape of their points and are named at their ends, so colour adds
 * nothing that is not there without it. A value that is not known is a gap in the line. It is never 0.
 */
#ifndef SIGNPOST_PUBLISH_CHART_H
#define SIGNPOST_PUBLISH_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define CHART_YEARS_MOST 6
#define CHART_SERIES_MOST 3

/* What names the picture. The ids are made from `id` and must be the page's own: "c" gives c-t and c-d. */
struct chart_caption {
    struct str id;
    struct str title;
    struct str desc;
};

/* A figure in units of its plot: 663 is 66.3 where `decimals` is 1. */
struct chart_value {
    bool known; /* false: suppressed, not published, not yet taken */
    int32_t value;
};

struct chart_series {
    struct str name; /* short: it stands at the end of the line, before the last value */
    struct chart_value at[CHART_YEARS_MOST];
};

/* Series 0 is the subject (thick, circles), 1 the authority (dashed, squares), 2 England (dotted, diamonds). */
struct chart_plot {
    struct chart_caption caption;
    struct str years[CHART_YEARS_MOST]; /* oldest first: "2023" */
    size_t year_count;
    struct chart_series series[CHART_SERIES_MOST];
    size_t series_count;
    unsigned decimals; /* 0, 1 or 2 */
    struct str unit;   /* "%", or empty for a score */
    bool bounded;      /* a share: the axis never leaves 0 to 100 */
};

/* Appends an <svg>. False, with nothing written, where the subject has fewer than two known values: that is a figure,
 * not a line. */
bool chart_lines(const struct chart_plot *plot, struct buf *out);

/* Shares, each of a whole of its own, in tenths of a hundredth: 923 is 92.3%. */
#define CHART_SHARE_WHOLE 1000
#define CHART_MARKS 2

struct chart_mark {
    bool known;
    int at;
};
struct chart_share {
    struct str label;
    struct str value;                     /* "92%", as the table has it */
    int low, high;                        /* what is certain, and what may be */
    struct chart_mark marks[CHART_MARKS]; /* what it is compared with, and what it should be */
};

/* Appends an <svg> with a bar for each share: full as far as is certain, outlined as far as may be. Marks differ in shape
 * and are named below; a mark that no share has is not. False, with nothing written, where there are no shares. */
bool chart_shares(const struct chart_caption *caption, const struct chart_share *shares, size_t count,
                  const struct str marks[CHART_MARKS], struct buf *out);

/* Wholes divided into the same parts. Those that count are filled, each with a pattern of its own, and the others outlined:
 * so they are told apart without colour, on paper too. */
#define CHART_PARTS_MOST 8
#define CHART_PATTERNS 4 /* at most of those that count, and of those that do not */
enum chart_part_kind { CHART_COUNTS, CHART_COUNTS_NOT, CHART_NOT_KNOWN };
struct chart_part {
    struct str name;
    enum chart_part_kind kind;
};
struct chart_whole {
    struct str label;
    struct str value; /* at the end of the bar: "40 of 54" */
    size_t parts[CHART_PARTS_MOST];
};

/* Appends an <svg> with a bar of the same length for each whole, and a key. False, with nothing written, where there is nothing to
 * divide, or more parts than there are patterns. */
bool chart_wholes(const struct chart_caption *caption, const struct chart_part *parts, size_t part_count,
                  const struct chart_whole *wholes, size_t count, struct buf *out);

#endif
