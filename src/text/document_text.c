/* SPDX-License-Identifier: MIT */
/* document_text.c: a report for a terminal. */
#include "text/document_priv.h"

#define WIDTH_NORMAL 80
#define WIDTH_LEAST 20 /* narrower lines hold no words */
#define COLUMN_GAP 2

struct writer {
    struct buf *out;
    struct arena *arena;
    size_t width;
    size_t indent; /* of what stands beneath the heading above */
};

static void spaces(struct buf *out, size_t count) {
    while (count--)
        buf_byte(out, ' ');
}

static void line(struct buf *out, char c, size_t length) {
    while (length--)
        buf_byte(out, c);
    buf_byte(out, '\n');
}

/* Without colour, signs say what goes and what comes. */
static const struct {
    const char *before, *after;
} signs[] = {[SPAN_ADDED] = {"{+", "+}"}, [SPAN_REMOVED] = {"[-", "-]"}};

/* The words as one line. */
static struct str plain(struct arena *arena, const struct document_words *words) {
    struct buf out = {.arena = arena};
    for (const struct document_run *run = words->first; run; run = run->next) {
        bool marked = run->span == SPAN_ADDED || run->span == SPAN_REMOVED;
        if (run->gap)
            buf_byte(&out, ' ');
        buf_add(&out, str_from(marked ? signs[run->span].before : ""));
        buf_add(&out, run->text);
        buf_add(&out, str_from(marked ? signs[run->span].after : ""));
    }
    return buf_str(&out);
}

/* Words in lines of the width; all but the first begin after `hang` spaces. A word longer than a line has one of its
 * own: addresses and paths are not cut. */
static void wrap(struct writer *w, struct str words, size_t used, size_t hang) {
    struct str rest = words, word;
    size_t most = w->width > hang + WIDTH_LEAST ? w->width : hang + WIDTH_LEAST;
    bool fresh = true;
    while (str_cut(&rest, ' ', &word)) {
        size_t length = str_count(word);
        if (!fresh && used + 1 + length > most) {
            buf_byte(w->out, '\n');
            spaces(w->out, hang);
            used = hang;
            fresh = true;
        }
        if (!fresh)
            buf_byte(w->out, ' ');
        buf_add(w->out, word);
        used += length + !fresh;
        fresh = false;
    }
    buf_byte(w->out, '\n');
}

static void heading(struct writer *w, const struct document_block *b) {
    struct str words = plain(w->arena, &b->words);
    w->indent = b->level > 2 ? (size_t)(b->level - 2) * 2 : 0;
    size_t before = w->indent ? w->indent - 2 : 0;
    spaces(w->out, before);
    wrap(w, words, before, before);
    size_t length = str_count(words) < w->width ? str_count(words) : w->width;
    if (b->level <= 2)
        line(w->out, b->level == 1 ? '=' : '-', length);
}

static void item(struct writer *w, const struct document_block *b) {
    size_t before = w->indent + (size_t)b->level * 2;
    spaces(w->out, before);
    buf_lit(w->out, "- ");
    wrap(w, plain(w->arena, &b->words), before + 2, before + 2);
}

/* ---- tables ---- */

struct grid {
    const struct document_block *table;
    struct str *cells; /* of the header, then of each row */
    size_t *widths;
    const bool *numeric;
    bool signed_rows; /* some row comes or goes */
};

static char sign_of(const struct document_row *row) {
    return row->whole == SPAN_ADDED ? '+' : row->whole == SPAN_REMOVED ? '-' : ' ';
}

static struct grid grid_of(struct writer *w, const struct document_block *table) {
    size_t rows = 1, columns = table->columns;
    for (const struct document_row *row = table->rows; row; row = row->next)
        rows++;
    struct grid g = {table, arena_array(w->arena, struct str, rows * columns),
                     arena_array(w->arena, size_t, columns), document_numeric(table, w->arena), false};
    const struct document_row *row = table->rows;
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            struct str *cell = &g.cells[r * columns + c];
            *cell = r ? plain(w->arena, &row->cells[c]) : table->headers[c];
            if (!cell->len && (!r || !c))
                *cell = DOCUMENT_BLANK;
            size_t width = str_count(*cell);
            g.widths[c] = width > g.widths[c] ? width : g.widths[c];
        }
        g.signed_rows = g.signed_rows || (r && sign_of(row) != ' ');
        row = r ? row->next : row;
    }
    return g;
}

static size_t grid_width(const struct grid *g) {
    size_t width = g->signed_rows ? 2 : 0;
    for (size_t c = 0; c < g->table->columns; c++)
        width += g->widths[c] + (c ? COLUMN_GAP : 0);
    return width;
}

static void grid_line(struct writer *w, const struct grid *g, const struct str *cells, char sign) {
    spaces(w->out, w->indent);
    if (g->signed_rows) {
        buf_byte(w->out, sign);
        buf_byte(w->out, ' ');
    }
    for (size_t c = 0; c < g->table->columns; c++) {
        size_t pad = g->widths[c] - str_count(cells[c]);
        bool last = c + 1 == g->table->columns;
        if (c)
            spaces(w->out, COLUMN_GAP);
        if (g->numeric[c])
            spaces(w->out, pad);
        buf_add(w->out, cells[c]);
        if (!g->numeric[c] && !last)
            spaces(w->out, pad);
    }
    while (w->out->at[w->out->len - 1] == ' ')
        w->out->len--;
    buf_byte(w->out, '\n');
}

static void grid_write(struct writer *w, const struct grid *g) {
    size_t columns = g->table->columns, r = 1;
    grid_line(w, g, g->cells, ' ');
    spaces(w->out, w->indent);
    line(w->out, '-', grid_width(g));
    for (const struct document_row *row = g->table->rows; row; row = row->next, r++)
        grid_line(w, g, &g->cells[r * columns], sign_of(row));
}

/* Too wide for columns: each row is its head, and a line for each of its other cells that is not empty. */
static void grid_list(struct writer *w, const struct grid *g) {
    size_t columns = g->table->columns, r = 1;
    for (const struct document_row *row = g->table->rows; row; row = row->next, r++)
        for (size_t c = 0; c < columns; c++) {
            struct str cell = g->cells[r * columns + c];
            size_t before = w->indent + (c ? 4 : 0);
            if (!cell.len)
                continue;
            spaces(w->out, before);
            if (!c) {
                buf_byte(w->out, sign_of(row) == ' ' ? '*' : sign_of(row));
                buf_byte(w->out, ' ');
            }
            struct str words = c ? str_join(w->arena, g->cells[c], STR(": "), cell) : cell;
            wrap(w, words, before + (c ? 0 : 2), w->indent + (c ? 6 : 2));
        }
}

static void table(struct writer *w, const struct document_block *b) {
    struct grid g = grid_of(w, b);
    if (b->words.first) {
        spaces(w->out, w->indent);
        wrap(w, plain(w->arena, &b->words), w->indent, w->indent);
    }
    if (w->indent + grid_width(&g) <= w->width)
        grid_write(w, &g);
    else
        grid_list(w, &g);
}

/* ---- the whole ---- */

void document_text(const struct document *document, size_t width, struct buf *out) {
    struct arena arena = {0};
    struct writer w = {out, &arena, width ? width : WIDTH_NORMAL, 0};
    const struct document_block *before = NULL;
    for (const struct document_block *b = document->first; b; b = b->next) {
        if (b->kind == DOCUMENT_TABLE ? !b->rows : !b->words.first)
            continue;
        if (before && !(before->kind == DOCUMENT_ITEM && b->kind == DOCUMENT_ITEM))
            buf_byte(out, '\n');
        before = b;
        switch (b->kind) {
        case DOCUMENT_HEADING: heading(&w, b); break;
        case DOCUMENT_PARAGRAPH:
            spaces(out, w.indent);
            wrap(&w, plain(&arena, &b->words), w.indent, w.indent);
            break;
        case DOCUMENT_ITEM: item(&w, b); break;
        case DOCUMENT_TABLE: table(&w, b); break;
        }
    }
    arena_release(&arena);
}
