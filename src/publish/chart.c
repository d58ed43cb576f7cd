/* SPDX-License-Identifier: MIT */
/*
 * chart.c: a few numbers as a picture.
 *
 * Room is reckoned for the text as large as the style sheet sets it in the narrowest figure (20px in a picture of some
 * 480 units), so that a phone shows labels that can be read; on a wide page they stand a little looser.
 */
#include "publish/chart.h"

#include <stdio.h>

#include "publish/label.h"
#include "publish/svg.h"
#include "text/html.h"

#define TEXT_SIZE 20
#define TEXT_LINE 23
#define LABEL_WIDEST 165 /* an end label is broken rather than wider */
#define PLOT_WIDTH 280
#define PLOT_LEAST 180
#define TOP 16
#define BOTTOM 36
#define INSET 20 /* from the plot's sides to the first and last point */
#define LEADER 9 /* a label farther than this from its point has a line to it */
#define TICKS_MOST 5
#define NUMBER_SIZE 32

/* Numbers. */

static int64_t power(unsigned decimals) {
    int64_t p = 1;
    while (decimals-- > 0)
        p *= 10;
    return p;
}

/* With a true minus, and no more decimals than `show` of the `decimals` that the value has. */
static struct str number(int64_t value, unsigned decimals, unsigned show, char room[NUMBER_SIZE]) {
    const char *sign = value < 0 ? "\u2212" : "";
    int64_t size = (value < 0 ? -value : value) / power(decimals - show), one = power(show);
    int len = show ? snprintf(room, NUMBER_SIZE, "%s%lld.%0*lld", sign, (long long)(size / one), (int)show,
                              (long long)(size % one))
                   : snprintf(room, NUMBER_SIZE, "%s%lld", sign, (long long)size);
    return (struct str){room, (size_t)len};
}

/* The axis: ticks at `low`, `low + step` and so on up to `high`. */
struct axis {
    int64_t low, high, step;
    unsigned show; /* decimals of its labels */
};

static int64_t floor_to(int64_t v, int64_t step) {
    return (v / step - (v % step != 0 && v < 0)) * step;
}

static struct axis axis_of(const struct chart_plot *plot) {
    int64_t low = INT64_MAX, high = INT64_MIN, one = power(plot->decimals);
    for (size_t s = 0; s < plot->series_count; s++)
        for (size_t i = 0; i < plot->year_count; i++)
            if (plot->series[s].at[i].known) {
                int64_t v = plot->series[s].at[i].value;
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
    /* A share never gets steps under 5 points, which would make a cliff of one pupil. */
    static const int nice[3] = {1, 2, 5};
    struct axis a = {0};
    int64_t ten = plot->bounded ? one : 1;
    for (int k = plot->bounded ? 2 : 0;; k++) {
        if (k == 3) {
            k = 0;
            ten *= 10;
        }
        a.step = nice[k] * ten;
        a.low = floor_to(low, a.step);
        a.high = -floor_to(-high, a.step);
        if (a.high - a.low <= TICKS_MOST * a.step)
            break;
    }
    /* A line along the very edge looks cut off: give it a step, but never below 0 or above 100 of a share. */
    int64_t most = plot->bounded ? 100 * one : INT64_MAX, least = plot->bounded ? 0 : INT64_MIN;
    if (a.high - a.low < 2 * a.step && a.high < most)
        a.high += a.step;
    if (a.high - a.low < 2 * a.step && a.low > least)
        a.low -= a.step;
    for (a.show = 0; a.show < plot->decimals && a.step % power(plot->decimals - a.show); a.show++)
        continue;
    return a;
}

/* Lines. */

struct layout {
    const struct chart_plot *plot;
    struct axis axis;
    int left, right, width, height, bottom; /* of the plot; height and width are the picture's */
};

static int x_of(const struct layout *l, size_t year) {
    int room = l->right - l->left - 2 * INSET;
    return l->left + INSET + (int)((size_t)room * year / (l->plot->year_count - 1));
}

static int y_of(const struct layout *l, int64_t value) {
    int64_t room = l->bottom - TOP, range = l->axis.high - l->axis.low;
    return l->bottom - (int)(((value - l->axis.low) * room * 2 + range) / (2 * range));
}

/* What stands at the end of a line: the name in a few lines, the last value after it or under it. */
struct end {
    size_t series;
    struct label_text name;
    char room[NUMBER_SIZE];
    struct str value;
    struct str year; /* of the value, where it is not the last year */
    int value_width, width, lines;
    int32_t last;
    int point; /* y of the value itself */
    int y;     /* middle of the label */
    bool under;
};

static bool last_known(const struct chart_plot *plot, size_t series, size_t *year) {
    for (size_t i = plot->year_count; i-- > 0;)
        if (plot->series[series].at[i].known) {
            *year = i;
            return true;
        }
    return false;
}

static void end_measure(const struct chart_plot *plot, size_t series, size_t year, struct end *end) {
    *end = (struct end){.series = series, .last = plot->series[series].at[year].value};
    end->value = number(plot->series[series].at[year].value, plot->decimals, plot->decimals, end->room);
    end->year = year + 1 < plot->year_count ? plot->years[year] : (struct str){0};
    end->value_width = label_width(end->value, TEXT_SIZE) + label_width(plot->unit, TEXT_SIZE);
    if (end->year.len)
        end->value_width += label_width(STR(" ()"), TEXT_SIZE) + label_width(end->year, TEXT_SIZE);
    for (int lines = 1; lines < LABEL_LINES_MOST; lines++) {
        end->name = label_break(plot->series[series].name, TEXT_SIZE, lines);
        if (end->name.width <= LABEL_WIDEST)
            break;
    }
    int space = label_width(STR(" "), TEXT_SIZE);
    int along = label_width(end->name.line[end->name.count - 1], TEXT_SIZE) + space + end->value_width;
    end->under = along > LABEL_WIDEST && end->name.count < LABEL_LINES_MOST;
    end->lines = end->name.count + end->under;
    end->width = end->under ? end->value_width : along;
    end->width = end->name.width > end->width ? end->name.width : end->width;
}

/* Sorts the labels by the height of their points, subject first of equals, and pushes them apart within the picture. */
static void ends_part(struct end *ends, size_t count, int top, int bottom) {
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && ends[k].point < ends[k - 1].point; k--) {
            struct end e = ends[k];
            ends[k] = ends[k - 1];
            ends[k - 1] = e;
        }
    int from = top;
    for (size_t i = 0; i < count; i++) {
        int half = ends[i].lines * TEXT_LINE / 2;
        ends[i].y = ends[i].point - half < from ? from + half : ends[i].point;
        from = ends[i].y + half + 2;
    }
    for (size_t i = count, to = (size_t)bottom; i-- > 0;) {
        int half = ends[i].lines * TEXT_LINE / 2;
        if (ends[i].y + half > (int)to)
            ends[i].y = (int)to - half;
        to = (size_t)(ends[i].y - half - 2);
    }
}

static void add_mark(struct buf *out, size_t series, int x, int y) {
    if (series == 0)
        buf_printf(out, "<circle class=\"d d1\" cx=\"%d\" cy=\"%d\" r=\"7\"/>", x, y);
    else if (series == 1)
        buf_printf(out, "<rect class=\"d\" x=\"%d\" y=\"%d\" width=\"10\" height=\"10\"/>", x - 5, y - 5);
    else
        buf_printf(out, "<path class=\"d\" d=\"M%d,%dl7,7-7,7-7-7z\"/>", x, y - 7);
}

/* A value that stands alone between gaps is a mark without a line. */
static void add_series(struct buf *out, const struct layout *l, size_t series) {
    const struct chart_value *at = l->plot->series[series].at;
    bool open = false;
    for (size_t i = 0; i + 1 < l->plot->year_count; i++) {
        if (!at[i].known || !at[i + 1].known)
            continue;
        if (!open)
            buf_printf(out, "<path class=\"s s%zu\" d=\"", series + 1);
        if (!open || !at[i - 1].known)
            buf_printf(out, "M%d,%d", x_of(l, i), y_of(l, at[i].value));
        buf_printf(out, "L%d,%d", x_of(l, i + 1), y_of(l, at[i + 1].value));
        open = true;
    }
    if (open)
        buf_lit(out, "\"/>");
    for (size_t i = 0; i < l->plot->year_count; i++)
        if (at[i].known)
            add_mark(out, series, x_of(l, i), y_of(l, at[i].value));
    buf_byte(out, '\n');
}

static void add_axes(struct buf *out, const struct layout *l) {
    const struct axis *a = &l->axis;
    int64_t base = a->low <= 0 && a->high >= 0 ? 0 : a->low;
    char room[NUMBER_SIZE];
    for (int64_t v = a->low; v <= a->high; v += a->step) {
        int y = y_of(l, v);
        buf_printf(out, "<path class=\"%s\" d=\"M%d,%dH%d\"/>", v == base ? "axis" : "grid", l->left, y,
                   l->right);
        buf_printf(out, "<text x=\"%d\" y=\"%d\" dy=\".35em\" text-anchor=\"end\">", l->left - 8, y);
        buf_add(out, number(v, l->plot->decimals, a->show, room));
        html_escape(out, l->plot->unit);
        buf_lit(out, "</text>");
    }
    size_t n = l->plot->year_count, every = 1;
    int widest = 0, apart = x_of(l, 1) - x_of(l, 0);
    for (size_t i = 0; i < n; i++) {
        int w = label_width(l->plot->years[i], TEXT_SIZE);
        widest = w > widest ? w : widest;
    }
    while ((int)every * apart < widest + 4 && every < n)
        every++;
    for (size_t i = 0; i < n; i++) {
        if ((n - 1 - i) % every) /* the last year is always named */
            continue;
        buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", x_of(l, i), l->height - 10);
        html_escape(out, l->plot->years[i]);
        buf_lit(out, "</text>");
    }
    buf_byte(out, '\n');
}

static void add_end(struct buf *out, const struct layout *l, const struct end *end) {
    static const char *const first[LABEL_LINES_MOST + 1] = {".36em", ".36em", "-.2em", "-.76em"};
    int x = l->right + 4, moved = end->y - end->point;
    if (!end->year.len && (moved > LEADER || moved < -LEADER))
        buf_printf(out, "<path class=\"grid\" d=\"M%d,%dL%d,%d\"/>", l->right - INSET + 10, end->point, x - 3,
                   end->y);
    buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" dy=\"%s\">", end->series ? "lab" : "end", x, end->y,
               first[end->lines]);
    for (int i = 0; i < end->name.count; i++) {
        if (i > 0)
            buf_printf(out, " <tspan x=\"%d\" dy=\"1.12em\">", x);
        html_escape(out, end->name.line[i]);
        if (i > 0 && i < end->name.count - 1)
            buf_lit(out, "</tspan>");
    }
    if (end->under && end->name.count > 1)
        buf_lit(out, "</tspan>");
    if (end->under)
        buf_printf(out, " <tspan x=\"%d\" dy=\"1.12em\">", x);
    else
        buf_byte(out, ' ');
    buf_add(out, end->value);
    html_escape(out, l->plot->unit);
    if (end->year.len) {
        buf_lit(out, " (");
        html_escape(out, end->year);
        buf_byte(out, ')');
    }
    buf_add(out, end->under || end->name.count > 1 ? STR("</tspan></text>\n") : STR("</text>\n"));
}

static struct layout lay_out(const struct chart_plot *plot, const struct end *ends, size_t count) {
    struct layout l = {.plot = plot, .axis = axis_of(plot)};
    char room[NUMBER_SIZE];
    int widest = 0, label = 0, high = 0;
    for (int64_t v = l.axis.low; v <= l.axis.high; v += l.axis.step) {
        int w = label_width(number(v, plot->decimals, l.axis.show, room), TEXT_SIZE);
        widest = w > widest ? w : widest;
    }
    for (size_t i = 0; i < count; i++) {
        label = ends[i].width > label ? ends[i].width : label;
        high += ends[i].lines * TEXT_LINE + 2;
    }
    l.left = widest + label_width(plot->unit, TEXT_SIZE) + 10;
    l.right = l.left + PLOT_WIDTH;
    l.width = l.right + label + 8;
    l.height = TOP + BOTTOM + (high > PLOT_LEAST ? high : PLOT_LEAST);
    l.bottom = l.height - BOTTOM;
    return l;
}

bool chart_lines(const struct chart_plot *plot, struct buf *out) {
    struct end ends[CHART_SERIES_MOST];
    size_t count = 0, known = 0, year;
    if (plot->year_count < 2 || plot->year_count > CHART_YEARS_MOST || !plot->series_count ||
        plot->series_count > CHART_SERIES_MOST)
        return false;
    for (size_t i = 0; i < plot->year_count; i++)
        known += plot->series[0].at[i].known;
    if (known < 2)
        return false;
    for (size_t s = 0; s < plot->series_count; s++)
        if (last_known(plot, s, &year))
            end_measure(plot, s, year, &ends[count++]);
    struct layout l = lay_out(plot, ends, count);
    for (size_t i = 0; i < count; i++) {
        ends[i].point = y_of(&l, ends[i].last);
    }
    ends_part(ends, count, 4, l.bottom + 8);
    svg_open(out, "chart", l.width, l.height, plot->caption.id, plot->caption.title, plot->caption.desc);
    add_axes(out, &l);
    for (size_t s = plot->series_count; s-- > 0;)
        add_series(out, &l, s);
    for (size_t i = 0; i < count; i++)
        add_end(out, &l, &ends[i]);
    buf_lit(out, "</svg>\n");
    return true;
}

/* Shares, as bars. */

#define BARS_WIDTH 440
#define BAR_HEIGHT 14

/* The label above its bar, in as many lines as it takes. */
static struct label_text bar_label(struct str label, int room) {
    struct label_text text = {0};
    for (int lines = 1; lines <= LABEL_LINES_MOST; lines++) {
        text = label_break(label, TEXT_SIZE, lines);
        if (text.width <= room)
            break;
    }
    return text;
}

static int bar_height(struct str label, int room) {
    return bar_label(label, room).count * TEXT_LINE + BAR_HEIGHT + 20;
}

/* The label's lines above a bar. */
static void add_label(struct buf *out, const struct label_text *text, int y) {
    for (int i = 0; i < text->count; i++) {
        buf_printf(out, "<text class=\"lab\" x=\"0\" y=\"%d\">", y + (i + 1) * TEXT_LINE - 4);
        html_escape(out, text->line[i]);
        buf_lit(out, "</text>");
    }
}

/* A mark at the very end has room for its half beyond the bar. */
#define SHARES_WIDTH (BARS_WIDTH - MARK_REACH)
#define MARK_REACH 9
#define MARK_LINE 30

static int share_x(int tenths) {
    int t = tenths < 0 ? 0 : tenths > CHART_SHARE_WHOLE ? CHART_SHARE_WHOLE : tenths;
    return t * SHARES_WIDTH / CHART_SHARE_WHOLE;
}

/* What it is compared with is a diamond on the bar, what it should be a line across it with a foot. */
static void add_share_mark(struct buf *out, size_t mark, int x, int middle) {
    if (mark == 0)
        buf_printf(out, "<path class=\"d\" d=\"M%d,%dl8,8-8,8-8-8z\"/>", x, middle - 8);
    else
        buf_printf(out, "<path class=\"aim\" d=\"M%d,%dv21m-5,0h10\"/>", x, middle - 9);
}

static int add_share(struct buf *out, const struct chart_share *share, int room, int y) {
    struct label_text text = bar_label(share->label, room);
    int top = y + text.count * TEXT_LINE + 4, middle = top + BAR_HEIGHT / 2;
    int low = share_x(share->low), high = share_x(share->high);
    add_label(out, &text, y);
    buf_printf(out, "<text class=\"end\" x=\"%d\" y=\"%d\" text-anchor=\"end\">", BARS_WIDTH,
               y + text.count * TEXT_LINE - 4);
    html_escape(out, share->value);
    buf_lit(out, "</text>");
    buf_printf(out, "<path class=\"grid\" d=\"M0,%dH%d\"/>", middle, SHARES_WIDTH);
    if (high > low)
        buf_printf(out, "<rect class=\"may\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", low, top + 1,
                   high - low, BAR_HEIGHT - 2);
    low = low < 2 && share->low > 0 ? 2 : low;
    buf_printf(out, "<rect class=\"bar\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>", top, low,
               BAR_HEIGHT);
    for (size_t i = CHART_MARKS; i-- > 0;)
        if (share->marks[i].known)
            add_share_mark(out, i, share_x(share->marks[i].at), middle);
    buf_byte(out, '\n');
    return y + bar_height(share->label, room);
}

/* Whether any share has the mark. */
static bool is_marked(const struct chart_share *shares, size_t count, size_t mark) {
    bool known = false;
    for (size_t i = 0; i < count; i++)
        known = known || shares[i].marks[mark].known;
    return known;
}

static void add_mark_name(struct buf *out, size_t mark, struct str name, int y) {
    add_share_mark(out, mark, 10, y + 13);
    buf_printf(out, "<text x=\"28\" y=\"%d\" dy=\".35em\">", y + 13);
    html_escape(out, name);
    buf_lit(out, "</text>\n");
}

bool chart_shares(const struct chart_caption *caption, const struct chart_share *shares, size_t count,
                  const struct str marks[CHART_MARKS], struct buf *out) {
    int room = BARS_WIDTH, height = 0, y = 0;
    if (!count)
        return false;
    for (size_t i = 0; i < count; i++) {
        int rest = BARS_WIDTH - label_width(shares[i].value, TEXT_SIZE) - label_width(STR(" "), TEXT_SIZE);
        room = rest < room ? rest : room;
    }
    for (size_t i = 0; i < count; i++)
        height += bar_height(shares[i].label, room);
    for (size_t i = 0; i < CHART_MARKS; i++)
        height += is_marked(shares, count, i) ? MARK_LINE : 0;
    svg_open(out, "chart shares", BARS_WIDTH, height, caption->id, caption->title, caption->desc);
    for (size_t i = 0; i < count; i++)
        y = add_share(out, &shares[i], room, y);
    for (size_t i = 0; i < CHART_MARKS; i++)
        if (is_marked(shares, count, i)) {
            add_mark_name(out, i, marks[i], y);
            y += MARK_LINE;
        }
    buf_lit(out, "</svg>\n");
    return true;
}

/* Wholes, as bars in parts. */

#define PART_HEIGHT 22
#define PART_LEAST 4 /* what is one of many is still seen */
#define PART_APART 2
#define KEY_LINE 32
#define KEY_WIDTH 30
#define KEY_ROOM (KEY_WIDTH + 10)

/* Which pattern of its kind each part has; false where there are not enough. */
static bool choose_patterns(const struct chart_part *parts, size_t count, size_t patterns[CHART_PARTS_MOST]) {
    size_t used[CHART_NOT_KNOWN + 1] = {0};
    if (!count || count > CHART_PARTS_MOST)
        return false;
    for (size_t i = 0; i < count; i++)
        if ((patterns[i] = used[parts[i].kind]++) >= CHART_PATTERNS)
            return false;
    return true;
}

/* Lines across a part, or along it. */
static void add_lines(struct buf *out, const char *class, bool across, int x, int y, int width) {
    if (width <= 6)
        return;
    buf_printf(out, "<path class=\"%s\" d=\"", class);
    for (int i = 6; across && i < width - 2; i += 8)
        buf_printf(out, "M%d,%dv%d", x + i, y + 1, PART_HEIGHT - 2);
    for (int i = 6; !across && i < PART_HEIGHT - 2; i += 6)
        buf_printf(out, "M%d,%dh%d", x + 1, y + i, width - 2);
    buf_lit(out, "\"/>");
}

/* Full, full with light lines across, outlined with dark lines along, the last with both; or dotted, outlined, and both with thin lines across. */
static void add_part(struct buf *out, enum chart_part_kind kind, size_t pattern, int x, int y, int width) {
    static const char *const fills[CHART_PATTERNS] = {"bar", "bar", "out", "out"};
    static const char *const outlines[CHART_PATTERNS] = {"off dot", "off", "off dot", "off"};
    const char *class = kind == CHART_COUNTS      ? fills[pattern]
                        : kind == CHART_NOT_KNOWN ? "may"
                                                  : outlines[pattern];
    int inset = kind == CHART_COUNTS && pattern < 2 ? 0 : 1; /* half of an outline lies outside */
    buf_printf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", class, x + inset,
               y + inset, width - 2 * inset, PART_HEIGHT - 2 * inset);
    if (kind == CHART_COUNTS && pattern == 1)
        add_lines(out, "cut", true, x, y, width);
    if (kind == CHART_COUNTS && pattern >= 2)
        add_lines(out, "in", pattern == 3, x, y, width);
    if (kind == CHART_COUNTS_NOT && pattern >= 2)
        add_lines(out, "thin", true, x, y, width);
}

/* The width of each part with the room after it: none where there is nothing, else never less than can be seen. What that takes is
 * the widest one's. */
static void part_widths(const struct chart_whole *whole, size_t count, int widths[CHART_PARTS_MOST]) {
    size_t all = 0, before = 0, widest = 0;
    int taken = 0;
    for (size_t i = 0; i < count; i++)
        all += whole->parts[i];
    for (size_t i = 0; i < count; i++) {
        int from = (int)(before * BARS_WIDTH / all),
            to = (int)((before + whole->parts[i]) * BARS_WIDTH / all);
        bool narrow = whole->parts[i] && to - from < PART_LEAST + PART_APART;
        widths[i] = narrow ? PART_LEAST + PART_APART : to - from;
        taken += widths[i] - (to - from);
        widest = widths[i] > widths[widest] ? i : widest;
        before += whole->parts[i];
    }
    widths[widest] -= taken;
}

static bool is_divided(const struct chart_whole *whole, size_t count) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += whole->parts[i];
    return all > 0;
}

static int add_whole(struct buf *out, const struct chart_part *parts, size_t count, const size_t *patterns,
                     const struct chart_whole *whole, int room, int y) {
    struct label_text text = bar_label(whole->label, room);
    int top = y + text.count * TEXT_LINE + 4, x = 0, widths[CHART_PARTS_MOST];
    add_label(out, &text, y);
    buf_printf(out, "<text class=\"end\" x=\"%d\" y=\"%d\" text-anchor=\"end\">", BARS_WIDTH,
               y + text.count * TEXT_LINE - 4);
    html_escape(out, whole->value);
    buf_lit(out, "</text>");
    part_widths(whole, count, widths);
    for (size_t i = 0; i < count; x += widths[i++])
        if (whole->parts[i])
            add_part(out, parts[i].kind, patterns[i], x, top, widths[i] - PART_APART);
    buf_byte(out, '\n');
    return top + PART_HEIGHT + 16;
}

/* Two names beside each other where they fit, in the order of the parts; the height that it takes. */
static int add_key(struct buf *out, const struct chart_part *parts, size_t count, const size_t *patterns,
                   int y) {
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        int w = label_width(parts[i].name, TEXT_SIZE);
        widest = w > widest ? w : widest;
    }
    size_t columns = widest + KEY_ROOM <= BARS_WIDTH / 2 ? 2 : 1;
    for (size_t i = 0; out && i < count; i++) {
        int x = (int)(i % columns) * BARS_WIDTH / 2, top = y + (int)(i / columns) * KEY_LINE;
        add_part(out, parts[i].kind, patterns[i], x, top, KEY_WIDTH);
        buf_printf(out, "<text x=\"%d\" y=\"%d\" dy=\".35em\">", x + KEY_ROOM, top + PART_HEIGHT / 2);
        html_escape(out, parts[i].name);
        buf_lit(out, "</text>\n");
    }
    return (int)((count + columns - 1) / columns) * KEY_LINE;
}

bool chart_wholes(const struct chart_caption *caption, const struct chart_part *parts, size_t part_count,
                  const struct chart_whole *wholes, size_t count, struct buf *out) {
    size_t patterns[CHART_PARTS_MOST], drawn = 0;
    int room = BARS_WIDTH, height = 0, y = 0;
    if (!choose_patterns(parts, part_count, patterns))
        return false;
    for (size_t i = 0; i < count; i++) {
        int rest = BARS_WIDTH - label_width(wholes[i].value, TEXT_SIZE) - label_width(STR(" "), TEXT_SIZE);
        room = rest < room ? rest : room;
        drawn += is_divided(&wholes[i], part_count);
    }
    if (!drawn)
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_divided(&wholes[i], part_count))
            height += bar_label(wholes[i].label, room).count * TEXT_LINE + 4 + PART_HEIGHT + 16;
    height += add_key(NULL, parts, part_count, patterns, 0);
    svg_open(out, "chart shares", BARS_WIDTH, height, caption->id, caption->title, caption->desc);
    for (size_t i = 0; i < count; i++)
        if (is_divided(&wholes[i], part_count))
            y = add_whole(out, parts, part_count, patterns, &wholes[i], room, y);
    add_key(out, parts, part_count, patterns, y);
    buf_lit(out, "</svg>\n");
    return true;
}
