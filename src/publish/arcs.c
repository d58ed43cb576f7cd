/* SPDX-License-Identifier: MIT */
/*
 * arcs.c: two columns of names, and lines from one to the other.
 *
 * Room is reckoned for text as large as the style sheet sets it in the narrowest figure, as in chart.c. The supported
 * stand in the order of the middles of the lines that come to them, which is what keeps lines from crossing most.
 */
#include "publish/arcs.h"

#include "publish/label.h"
#include "publish/svg.h"
#include "text/html.h"

#define TEXT_SIZE 20
#define TEXT_LINE 24
#define COLUMN 190 /* names are broken rather than wider */
#define GAP 92     /* where the lines are */
#define APART 14   /* between two blocks of a column */
#define SLOT 20    /* between two arrows that come to the same name */
#define HEAD 12    /* of an arrow */

struct block {
    struct label_text name, note;
    int y, height; /* of its top */
    size_t arrows; /* that come to it */
    int middle;    /* of a supported: of where its lines begin */
    size_t place;  /* in the order of its column */
};

struct layout {
    const struct arcs *arcs;
    struct block *from, *to;
    size_t *order; /* the supported, from top to bottom */
    int *begin;    /* y of each line's beginning */
    int left, right, width, height;
};

/* ---- blocks ---- */

/* In as few lines as fit the column. */
static struct label_text broken(struct str text) {
    struct label_text best = {0};
    for (int lines = 1; text.len && lines <= LABEL_LINES_MOST; lines++) {
        best = label_break(text, TEXT_SIZE, lines);
        if (best.width <= COLUMN)
            break;
    }
    return best;
}

static int wider(int a, int b) {
    return a > b ? a : b;
}

static void measure(struct layout *l) {
    const struct arcs *a = l->arcs;
    int left = COLUMN, right = COLUMN;
    for (size_t i = 0; i < a->from_count; i++) {
        struct block *b = &l->from[i];
        b->name = broken(a->from[i].name);
        b->note = broken(a->from[i].note);
        b->height = (b->name.count + b->note.count) * TEXT_LINE;
        left = wider(left, wider(b->name.width, b->note.width));
    }
    for (size_t i = 0; i < a->count; i++) {
        l->from[a->items[i].from].height += TEXT_LINE;
        l->to[a->items[i].to].arrows++;
        left = wider(left, label_width(a->items[i].label, TEXT_SIZE) + 8);
    }
    for (size_t i = 0; i < a->to_count; i++) {
        struct block *b = &l->to[i];
        b->name = broken(a->to[i].name);
        b->height = wider(b->name.count * TEXT_LINE, (int)b->arrows * SLOT);
        right = wider(right, b->name.width);
    }
    l->left = left + 8;
    l->right = l->left + GAP;
    l->width = l->right + HEAD + 8 + right;
}

static void place_from(struct layout *l) {
    int y = 0;
    size_t next = 0;
    for (size_t i = 0; i < l->arcs->from_count; i++) {
        struct block *b = &l->from[i];
        int line = y + (b->name.count + b->note.count) * TEXT_LINE + TEXT_LINE / 2;
        b->y = y;
        for (; next < l->arcs->count && l->arcs->items[next].from == i; next++, line += TEXT_LINE)
            l->begin[next] = line;
        y += b->height + APART;
    }
    l->height = y - APART;
}

/* Of equals the one named first stays first. */
static void order_to(struct layout *l) {
    const struct arcs *a = l->arcs;
    for (size_t i = 0; i < a->count; i++)
        l->to[a->items[i].to].middle += l->begin[i];
    for (size_t i = 0; i < a->to_count; i++) {
        size_t at = i;
        l->to[i].middle /= l->to[i].arrows ? (int)l->to[i].arrows : 1;
        for (; at && l->to[l->order[at - 1]].middle > l->to[i].middle; at--)
            l->order[at] = l->order[at - 1];
        l->order[at] = i;
    }
}

/* Each beside the middle of its lines, pushed down by those above; and up again where the picture would grow. */
static void place_to(struct layout *l) {
    int from = 0;
    for (size_t i = 0; i < l->arcs->to_count; i++) {
        struct block *b = &l->to[l->order[i]];
        b->y = wider(from, b->middle - b->height / 2);
        from = b->y + b->height + APART;
    }
    int to = l->height;
    for (size_t i = l->arcs->to_count; i-- > 0;) {
        struct block *b = &l->to[l->order[i]];
        b->y = b->y + b->height > to ? to - b->height : b->y;
        to = b->y - APART;
    }
    from = 0; /* more names than there is room for: the picture grows after all */
    for (size_t i = 0; i < l->arcs->to_count; i++) {
        struct block *b = &l->to[l->order[i]];
        b->y = wider(from, b->y);
        from = b->y + b->height + APART;
    }
    l->height = wider(l->height, from - APART);
}

/* ---- drawing ---- */

static void add_text(struct buf *out, const char *class, const struct label_text *text, int x, int y) {
    for (int i = 0; i < text->count; i++) {
        buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y + i * TEXT_LINE + TEXT_LINE - 6);
        html_escape(out, text->line[i]);
        buf_lit(out, "</text>");
    }
}

static void add_from(struct buf *out, const struct layout *l, size_t i) {
    const struct block *b = &l->from[i];
    add_text(out, "end", &b->name, 0, b->y);
    add_text(out, "lab", &b->note, 0, b->y + b->name.count * TEXT_LINE);
    buf_byte(out, '\n');
}

/* The name's lines in the middle of the room that its arrows take. */
static void add_to(struct buf *out, const struct layout *l, size_t i) {
    const struct block *b = &l->to[i];
    add_text(out, "end", &b->name, l->right + HEAD + 8, b->y + (b->height - b->name.count * TEXT_LINE) / 2);
    buf_byte(out, '\n');
}

/* The n-th arrow that comes to a block, in the order in which the lines begin. */
static int slot_of(const struct block *b, size_t n) {
    int room = (int)(b->arrows - 1) * SLOT;
    return b->y + (b->height - room) / 2 + (int)n * SLOT;
}

static void add_arc(struct buf *out, const struct layout *l, size_t i, size_t n) {
    const struct arc *arc = &l->arcs->items[i];
    int y0 = l->begin[i], y1 = slot_of(&l->to[arc->to], n), middle = l->left + GAP / 2;
    int x0 = label_width(arc->label, TEXT_SIZE) + 8;
    int tenths = 12 + arc->weight * 24 / 100;
    tenths = tenths > 140 ? 140 : tenths;
    buf_printf(out, "<text class=\"lab\" x=\"0\" y=\"%d\">", y0 + 7);
    html_escape(out, arc->label);
    buf_printf(out, "</text><path class=\"arc%s\" stroke-width=\"%d.%d\" d=\"M%d,%dH%dC%d,%d %d,%d %d,%d\"/>",
               arc->planned ? " planned" : "", tenths / 10, tenths % 10, x0, y0, l->left, middle, y0, middle,
               y1, l->right, y1);
    int half = wider(7, (tenths / 10 + 1) / 2 + 4);
    buf_printf(out, "<path class=\"arrow\" d=\"M%d,%dl%d,%d-%d,%dz\"/>\n", l->right, y1 - half, HEAD, half,
               HEAD, half);
}

bool arcs_draw(const struct arcs *arcs, struct arena *scratch, struct buf *out) {
    struct arena_mark mark = arena_mark(scratch);
    struct layout l = {.arcs = arcs};
    if (!arcs->count || arcs->count > ARCS_MOST)
        return false;
    l.from = arena_array(scratch, struct block, arcs->from_count);
    l.to = arena_array(scratch, struct block, arcs->to_count);
    l.order = arena_array(scratch, size_t, arcs->to_count);
    l.begin = arena_array(scratch, int, arcs->count);
    size_t *come = arena_array(scratch, size_t, arcs->to_count);
    measure(&l);
    place_from(&l);
    order_to(&l);
    place_to(&l);
    svg_open(out, "chart arcs", l.width, l.height, arcs->caption.id, arcs->caption.title, arcs->caption.desc);
    for (size_t i = 0; i < arcs->from_count; i++)
        add_from(out, &l, i);
    for (size_t i = 0; i < arcs->count; i++)
        add_arc(out, &l, i, come[arcs->items[i].to]++);
    for (size_t i = 0; i < arcs->to_count; i++)
        add_to(out, &l, i);
    buf_lit(out, "</svg>\n");
    arena_rewind(scratch, mark);
    return true;
}
