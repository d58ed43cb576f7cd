/* SPDX-License-Identifier: MIT */
/* label.c: where a word may stand. */
#include "publish/label.h"

#include <limits.h>

struct box box_about(int x, int y, int width, int height) {
    return (struct box){x - width / 2, y - height / 2, x - width / 2 + width, y - height / 2 + height};
}

bool box_meets(struct box a, struct box b) {
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

void label_take(struct label_sheet *sheet, struct box box) {
    if (sheet->taken_count == sheet->taken_room) {
        size_t room = sheet->taken_room ? 2 * sheet->taken_room : 64;
        sheet->taken = arena_grow(sheet->arena, sheet->taken, sheet->taken_room * sizeof(struct box),
                                  room * sizeof(struct box), alignof(struct box));
        sheet->taken_room = room;
    }
    sheet->taken[sheet->taken_count++] = box;
}

void label_avoid(struct label_sheet *sheet, struct label_line line) {
    if (sheet->line_count == sheet->line_room) {
        size_t room = sheet->line_room ? 2 * sheet->line_room : 64;
        sheet->lines = arena_grow(sheet->arena, sheet->lines, sheet->line_room * sizeof(struct label_line),
                                  room * sizeof(struct label_line), alignof(struct label_line));
        sheet->line_room = room;
    }
    sheet->lines[sheet->line_count++] = line;
}

/* A line misses a box exactly when it lies beyond one of the box's sides, or all four corners lie on one side of it. */
static bool line_meets(const struct label_line *l, struct box b) {
    b = (struct box){b.x0 - l->reach, b.y0 - l->reach, b.x1 + l->reach, b.y1 + l->reach};
    if ((l->x0 <= b.x0 && l->x1 <= b.x0) || (l->x0 >= b.x1 && l->x1 >= b.x1) ||
        (l->y0 <= b.y0 && l->y1 <= b.y0) || (l->y0 >= b.y1 && l->y1 >= b.y1))
        return false;
    const int xs[4] = {b.x0, b.x1, b.x0, b.x1}, ys[4] = {b.y0, b.y0, b.y1, b.y1};
    int left = 0, right = 0;
    for (int i = 0; i < 4; i++) {
        long long side =
            (long long)(l->x1 - l->x0) * (ys[i] - l->y0) - (long long)(l->y1 - l->y0) * (xs[i] - l->x0);
        left += side < 0;
        right += side > 0;
    }
    return left != 4 && right != 4;
}

int label_cost(const struct label_sheet *sheet, struct box box, int cost, int most) {
    if (cost >= most || box.x0 < sheet->frame.x0 || box.y0 < sheet->frame.y0 || box.x1 > sheet->frame.x1 ||
        box.y1 > sheet->frame.y1)
        return most;
    for (size_t i = 0; i < sheet->taken_count; i++)
        if (box_meets(box, sheet->taken[i]))
            return most;
    for (size_t i = 0; i < sheet->line_count && cost < most; i++)
        if (line_meets(&sheet->lines[i], box))
            cost += sheet->lines[i].cost;
    return cost;
}

/* Advance widths in thousandths of the size, from space on: the bold weight of the Helvetica family, which Arial and
 * Liberation Sans share. */
static const unsigned short advance[95] = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
};

/* Noto Sans and Segoe UI set the same words up to 7 % wider. */
#define WIDER_PERCENT 107

static int advance_of(unsigned c) {
    if (c >= ' ' && c <= '~')
        return advance[c - ' '];
    if (c >= 0x300 && c < 0x370)
        return 0; /* a combining accent */
    return c < 0x1100 ? 722 : 1000;
}

/* Most names are ASCII, which needs no decoding. */
static int advance_sum(struct str text) {
    int sum = 0;
    for (size_t at = 0; at < text.len && sum < INT_MAX / 512;) {
        unsigned char c = (unsigned char)text.at[at];
        sum += c >= ' ' && c <= '~' ? advance[text.at[at++] - ' '] : advance_of(str_next(text, &at));
    }
    return sum;
}

static int units_of(int sum, int size) {
    return (int)((long long)sum * size * WIDER_PERCENT / 100000) + 1;
}

int label_width(struct str text, int size) {
    return units_of(advance_sum(text), size);
}

/* A word within a text, and the sums of advances: of the spaces before it, and its own. */
struct word {
    size_t start, end;
    int gap, sum;
};

/* A name of more words than this keeps the rest together. */
#define WORDS_MOST 24

static int cut_words(struct str text, struct word *out) {
    int count = 0;
    for (size_t at = 0; at < text.len; count++) {
        size_t start = at;
        while (start < text.len && text.at[start] == ' ')
            start++;
        size_t end = count == WORDS_MOST - 1 ? text.len : str_find(text, ' ', start);
        out[count] = (struct word){start, end, advance_sum(str_sub(text, at, start)),
                                   advance_sum(str_sub(text, start, end))};
        at = end;
    }
    return count;
}

static void end_line(struct label_text *out, struct str line, int width) {
    out->line[out->count++] = line;
    out->width = width > out->width ? width : out->width;
}

/* Fills lines with words as long as they stay within `limit`. False when that takes more than `lines`. */
static bool fill(struct str text, const struct word *words, int count, int size, int limit, int lines,
                 struct label_text *out) {
    *out = (struct label_text){0};
    int first = 0, sum = 0; /* of the line so far */
    for (int i = 0; i < count; i++) {
        int longer = sum + words[i].gap + words[i].sum;
        if (i > first && units_of(longer, size) > limit) {
            if (out->count == lines - 1)
                return false;
            end_line(out, str_sub(text, words[first].start, words[i - 1].end), units_of(sum, size));
            first = i;
            longer = words[i].sum;
        }
        sum = longer;
    }
    struct str rest = count ? str_sub(text, words[first].start, words[count - 1].end) : text;
    end_line(out, rest, units_of(sum, size));
    return true;
}

struct label_text label_break(struct str text, int size, int lines) {
    text = str_trim(text);
    lines = lines < 1 ? 1 : lines > LABEL_LINES_MOST ? LABEL_LINES_MOST : lines;
    struct label_text best = {0}, next;
    struct word words[WORDS_MOST];
    int count = cut_words(text, words);
    fill(text, words, count, size, INT_MAX, 1, &best);
    /* Each filling that fits is one whose widest line is under the last one's, so this ends at the narrowest. */
    while (lines > 1 && best.width > 1 && fill(text, words, count, size, best.width - 1, lines, &next) &&
           next.width < best.width)
        best = next;
    return best;
}
