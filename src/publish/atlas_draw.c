/* SPDX-License-Identifier: MIT */
/* atlas_draw.c: the signs of a map as SVG. The style sheet knows the classes; nothing here knows a colour. */
#include "publish/atlas_inside.h"
#include "text/html.h"

const char *const kind_class[ATLAS_KINDS] = {"hard", "structured", "loose"};

/* Outlines. */

struct dot {
    struct point at;
    bool corner;
};

static struct point middle(struct point a, struct point b) {
    return (struct point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

static void add_step(struct buf *out, char command, struct point from, struct point to) {
    buf_byte(out, command);
    buf_whole(out, to.x - from.x);
    buf_byte(out, ',');
    buf_whole(out, to.y - from.y);
}

/* A closed curve through the middles of the sides, which keeps to the corners only where they are to stay sharp. It
 * is the same curve in both directions, so that two patches agree about their border. */
static void add_curve(struct buf *out, const struct dot *dots, size_t count) {
    struct dot last = dots[count - 1];
    struct point here = dots[0].corner ? dots[0].at : last.corner ? last.at : middle(last.at, dots[0].at);
    add_step(out, 'M', (struct point){0}, here);
    for (size_t i = 0; i < count; i++) {
        struct dot dot = dots[i], next = dots[(i + 1) % count];
        struct point to = dot.corner ? dot.at : next.corner ? next.at : middle(dot.at, next.at);
        if (to.x == here.x && to.y == here.y)
            continue;
        add_step(out, dot.corner ? 'l' : 'q', here, dot.at);
        if (!dot.corner)
            add_step(out, ' ', here, to);
        here = to;
    }
    buf_byte(out, 'z');
}

/* How far outside the picture an outline is cut off: where its stroke cannot be seen. */
#define CUT_REACH 24

/* How far a point is inside one side of the picture: negative is outside. */
static int inside_by(struct point p, int side, const struct view *view) {
    switch (side) {
    case 0: return p.x + CUT_REACH;
    case 1: return p.y + CUT_REACH;
    case 2: return view->width + CUT_REACH - p.x;
    default: return view->height + CUT_REACH - p.y;
    }
}

/* Sutherland and Hodgman: cuts a ring along one side of the picture after the other. Returns the new count. */
static size_t cut(struct dot **dots, size_t count, const struct view *view, struct arena *scratch) {
    for (int side = 0; side < 4 && count; side++) {
        struct dot *in = *dots, *out = arena_array(scratch, struct dot, 2 * count);
        size_t n = 0;
        for (size_t i = 0; i < count; i++) {
            struct dot a = in[i], b = in[(i + 1) % count];
            long long da = inside_by(a.at, side, view), db = inside_by(b.at, side, view);
            if (da >= 0)
                out[n++] = a;
            if ((da >= 0) == (db >= 0))
                continue;
            struct point p = {(int)(a.at.x + (b.at.x - a.at.x) * da / (da - db)),
                              (int)(a.at.y + (b.at.y - a.at.y) * da / (da - db))};
            out[n++] = (struct dot){p, true};
        }
        *dots = out;
        count = n;
    }
    return count;
}

static bool extent_in_view(const struct extent *x, const struct view *view, bool *whole) {
    struct point a = view_point(view, x->e0, x->n1), b = view_point(view, x->e1, x->n0);
    *whole = a.x >= 0 && a.y >= 0 && b.x <= view->width && b.y <= view->height;
    return a.x <= view->width && a.y <= view->height && b.x >= 0 && b.y >= 0;
}

static void draw_patch(struct buf *out, const char *class, const struct land_patch *patch,
                       const struct view *view, struct arena *scratch) {
    bool open = false;
    for (size_t i = 0; i < patch->count; i++) {
        const struct land_ring *ring = &patch->rings[i];
        bool whole;
        if (!extent_in_view(&ring->extent, view, &whole))
            continue;
        struct arena_mark mark = arena_mark(scratch);
        struct dot *dots = arena_array(scratch, struct dot, ring->count);
        for (size_t k = 0; k < ring->count; k++)
            dots[k] = (struct dot){view_point(view, ring->at[k].e, ring->at[k].n), ring->at[k].corner};
        size_t count = whole ? ring->count : cut(&dots, ring->count, view, scratch);
        if (count >= 3) {
            if (!open)
                buf_printf(out, "<path class=\"%s\" d=\"", class);
            open = true;
            add_curve(out, dots, count);
        }
        arena_rewind(scratch, mark);
    }
    if (open)
        buf_lit(out, "\"/>\n");
}

void draw_land(struct buf *out, const struct atlas *atlas, const struct view *view, struct arena *scratch) {
    if (!atlas->has_land) {
        buf_printf(out, "<path class=\"land\" d=\"M-9-9h%dv%dH-9z\"/>\n", view->width + 18,
                   view->height + 18);
        return;
    }
    const struct land *land = &atlas->land;
    for (size_t i = 0; i < land->count; i++)
        draw_patch(out, land->patches[i].alt ? "land alt" : "land", &land->patches[i], view, scratch);
    draw_patch(out, "rim", &land->rim, view, scratch);
}

/* Signs. */

void draw_mark(struct buf *out, enum atlas_sign sign, struct point at, int r, struct str title) {
    int wide = r * 11 / 8;
    const char *tag = sign == ATLAS_CIRCLE ? "circle" : sign == ATLAS_SQUARE ? "rect" : "path";
    buf_printf(out, "<%s class=\"mark\" ", tag);
    switch (sign) {
    case ATLAS_SQUARE:
        buf_printf(out, "x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", at.x - r, at.y - r, 2 * r, 2 * r);
        break;
    case ATLAS_DIAMOND:
        buf_printf(out, "d=\"M%d,%dl%d,%d-%d,%d-%d-%dz\"", at.x, at.y - wide, wide, wide, wide, wide, wide,
                   wide);
        break;
    case ATLAS_TRIANGLE:
        buf_printf(out, "d=\"M%d,%dl%d,%dh-%dz\"", at.x, at.y - wide, wide, 2 * r + 2, 2 * wide);
        break;
    default: buf_printf(out, "cx=\"%d\" cy=\"%d\" r=\"%d\"", at.x, at.y, r); break;
    }
    if (title.len) {
        buf_lit(out, "><title>");
        html_escape(out, title);
        buf_printf(out, "</title></%s>", tag);
    } else {
        buf_lit(out, "/>");
    }
}

void draw_ring(struct buf *out, struct point at, int r) {
    buf_printf(out, "<circle class=\"ring\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", at.x, at.y, r);
}

/* A wide round stroke pads the hull; one point needs a side to have a stroke at all. */
void draw_hull(struct buf *out, const struct point *corners, size_t count) {
    if (!count)
        return;
    buf_lit(out, "<path class=\"hull\" d=\"");
    add_step(out, 'M', (struct point){0}, corners[0]);
    for (size_t i = 1; i < count; i++)
        add_step(out, 'l', corners[i - 1], corners[i]);
    buf_add(out, count == 1 ? STR("h1z\"/>") : STR("z\"/>"));
}

void draw_spokes(struct buf *out, const char *class, struct point hub, const struct point *ends,
                 size_t count) {
    if (!count)
        return;
    buf_printf(out, "<path class=\"%s\" d=\"", class);
    for (size_t i = 0; i < count; i++) {
        add_step(out, 'M', (struct point){0}, hub);
        add_step(out, 'L', (struct point){0}, ends[i]);
    }
    buf_lit(out, "\"/>");
}

void draw_hub(struct buf *out, struct point at, unsigned number) {
    buf_printf(out, "<circle class=\"hub\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", at.x, at.y,
               number > 99 ? 17 : HUB_RADIUS);
    buf_printf(out, "<text class=\"no\" x=\"%d\" y=\"%d\" dy=\".36em\">%u</text>", at.x, at.y, number);
}

/* Lines hang from the middle of the box in ems, so that they stay centred when the style sheet sets another size. */
void draw_text(struct buf *out, const char *class, const struct label_text *text, struct box box) {
    static const char *const first[LABEL_LINES_MOST] = {".36em", "-.2em", "-.76em"};
    int x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    buf_printf(out, "<text%s x=\"%d\" y=\"%d\" dy=\"%s\">", class, x, y, first[text->count - 1]);
    for (int i = 0; i < text->count; i++) {
        if (i > 0)
            buf_printf(out, "<tspan x=\"%d\" dy=\"1.12em\">", x);
        html_escape(out, text->line[i]);
        if (i > 0)
            buf_lit(out, "</tspan>");
        else if (text->count > 1)
            buf_byte(out, ' '); /* words stay apart for who reads or copies the text alone */
    }
    buf_lit(out, "</text>\n");
}

/* Furniture: the scale bar at the left bottom, the arrow at the right top. */

static long scale_metres(const struct view *view, int longest) {
    static const int steps[] = {100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && steps[i] * 256L / view->metres256 > longest)
        i++;
    return steps[i];
}

void furniture_take(struct label_sheet *sheet, const struct view *view, int longest) {
    long length = scale_metres(view, longest) * 256 / view->metres256;
    label_take(sheet, (struct box){12, view->height - 58, 36 + (int)length + 8, view->height - 12});
    label_take(sheet, (struct box){view->width - 46, 12, view->width - 10, 76});
}

void draw_furniture(struct buf *out, const struct view *view, int longest) {
    long metres = scale_metres(view, longest), length = metres * 256 / view->metres256;
    int y = view->height - 28, x = view->width - 28;
    buf_printf(out, "<path class=\"scale\" d=\"M24,%dv6h%ldv-6\"/>", y, length);
    buf_printf(out, "<text class=\"tick\" x=\"%ld\" y=\"%d\">%ld\u00a0%s</text>", 24 + length / 2, y - 3,
               metres >= 1000 ? metres / 1000 : metres, metres >= 1000 ? "km" : "m");
    buf_printf(out, "<path class=\"scale\" d=\"M%d,50v-26m-6,9 6-9 6,9\"/>", x);
    buf_printf(out, "<text class=\"tick\" x=\"%d\" y=\"66\">N</text></svg>\n", x);
}
