/* SPDX-License-Identifier: MIT */
/* diag.c: collecting, sorting and printing diagnostics. */
#include "base/diag.h"

#include <assert.h>
#include <stdlib.h>

const struct diag_kind diag_catalogue[DIAG_COUNT] = {
#define NOTE DIAG_NOTE
#define ERROR DIAG_ERROR
#define WARNING DIAG_WARNING
#define MACHINE DIAG_MACHINE
#define DIAG(id, level, slug, text, hint) [DIAG_##id] = {level, slug, text, hint},
#include "diagnostics.def"
#undef DIAG
#undef NOTE
#undef ERROR
#undef WARNING
#undef MACHINE
};

const char *diag_level_name(enum diag_level level) {
    return level == DIAG_NOTE ? "note" : level == DIAG_WARNING ? "warning" : "error";
}

static void count_level(struct diags *diags, enum diag_level level) {
    diags->notes += level == DIAG_NOTE;
    diags->errors += level == DIAG_ERROR || level == DIAG_MACHINE;
    diags->machine += level == DIAG_MACHINE;
}

size_t diags_warnings(const struct diags *diags) {
    return diags->count - diags->errors - diags->notes;
}

/* A subject longer than this is cut: a message is a line, and a key may be a whole file. */
#define SUBJECT_SHOWN 240

/* Whether the byte at s[i] is, or begins, a control character: U+0000 to U+001F and U+007F to U+009F. */
static bool is_control(struct str s, size_t i) {
    unsigned char c = (unsigned char)s.at[i], next = i + 1 < s.len ? (unsigned char)s.at[i + 1] : 0;
    return c < 0x20 || c == 0x7F || (c == 0xC2 && next >= 0x80 && next < 0xA0);
}

/* Adds what somebody else wrote with a question mark for what could drive a terminal, and for what is no UTF-8. */
static void add_clean(struct buf *out, struct str s, bool tabs) {
    size_t bad = str_utf8_bad(s);
    for (size_t i = 0; i < s.len; i++) {
        if (i == bad) {
            buf_byte(out, '?');
            bad += 1 + str_utf8_bad(str_sub(s, i + 1, s.len));
        } else if (s.at[i] == '\n') {
            buf_lit(out, "\\n");
        } else if (is_control(s, i) && !(tabs && s.at[i] == '\t')) {
            buf_byte(out, '?');
            i += (unsigned char)s.at[i] == 0xC2;
        } else {
            buf_byte(out, s.at[i]);
        }
    }
}

/* The same, cut where it is longer than a message should be. */
static void add_foreign(struct buf *out, struct str s) {
    size_t most = s.len > SUBJECT_SHOWN ? SUBJECT_SHOWN : s.len;
    while (most < s.len && most && ((unsigned char)s.at[most] & 0xC0) == 0x80)
        most--;
    add_clean(out, str_sub(s, 0, most), false);
    if (most < s.len)
        buf_lit(out, "...");
}

/* Fills {1}..{9}. False where a hole got the empty string. */
static bool fill(struct buf *out, const char *text, const struct str *args, size_t count) {
    bool full = true;
    for (const char *p = text; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            size_t i = (size_t)(p[1] - '1');
            assert(i < count); /* a call with fewer strings than its text has holes */
            full = full && args[i].len;
            add_foreign(out, args[i]);
            p += 2;
        } else {
            buf_byte(out, *p);
        }
    }
    return full;
}

static struct diag *diags_push(struct diags *diags, struct diag d) {
    if (diags->count == diags->room) {
        size_t room = diags->room ? diags->room * 2 : 16;
        diags->items = arena_grow(diags->arena, diags->items, diags->room * sizeof(d), room * sizeof(d),
                                  alignof(struct diag));
        diags->room = room;
    }
    count_level(diags, diag_catalogue[d.id].level);
    diags->items[diags->count] = d;
    return &diags->items[diags->count++];
}

struct diag *diag_add(struct diags *diags, enum diag_id id, struct place at, const struct str *args,
                      size_t count) {
    const struct diag_kind *kind = &diag_catalogue[id];
    struct buf text = {.arena = diags->arena};
    struct buf hint = {.arena = diags->arena};
    fill(&text, kind->text, args, count);
    bool full = fill(&hint, kind->hint, args, count);
    return diags_push(diags, (struct diag){.id = id,
                                           .at = at,
                                           .text = buf_str(&text),
                                           .hint = full ? buf_str(&hint) : (struct str){0}});
}

void diags_take(struct diags *into, const struct diags *from) {
    for (size_t i = 0; i < from->count; i++) {
        struct diag d = from->items[i];
        d.text = str_copy(into->arena, d.text);
        d.hint = str_copy(into->arena, d.hint);
        d.note = str_copy(into->arena, d.note);
        diags_push(into, d);
    }
}

/* The order of place and text, without the notes. */
static int compare_said(const struct diag *a, const struct diag *b) {
    struct str p = a->at.source ? a->at.source->path : (struct str){0};
    struct str q = b->at.source ? b->at.source->path : (struct str){0};
    int order = str_cmp(p, q);
    if (order)
        return order;
    uint32_t i = a->at.offset + 1, j = b->at.offset + 1; /* about the whole file comes first */
    if (i != j)
        return i < j ? -1 : 1;
    order = (a->id > b->id) - (a->id < b->id);
    return order ? order : str_cmp(a->text, b->text);
}

static int compare(const void *x, const void *y) {
    int order = compare_said(x, y);
    return order ? order : str_cmp(((const struct diag *)x)->note, ((const struct diag *)y)->note);
}

static struct str line_around(struct place at, size_t *start) {
    struct str text = at.source->text;
    size_t offset = at.offset < text.len ? at.offset : text.len;
    size_t from = offset;
    while (from && text.at[from - 1] != '\n')
        from--;
    *start = from;
    struct str line = str_sub(text, from, str_find(text, '\n', from));
    return str_ends(line, STR("\r")) ? str_sub(line, 0, line.len - 1) : line;
}

struct position place_position(struct place at) {
    if (!at.source || at.offset == DIAG_NOWHERE)
        return (struct position){0, 0};
    size_t start;
    line_around(at, &start);
    struct position p = {.line = 1};
    for (size_t i = 0; i < start; i++)
        p.line += at.source->text.at[i] == '\n';
    size_t offset = at.offset < at.source->text.len ? at.offset : at.source->text.len;
    p.column = (uint32_t)str_count(str_sub(at.source->text, start, offset)) + 1;
    return p;
}

/* Diagnostics come in order, so that each position is worked out from the one before it: a file with a mistake in every
 * line is still read once. */
static void set_positions(struct diags *diags) {
    struct position p = {1, 1};
    size_t at = 0;
    for (size_t i = 0; i < diags->count; i++) {
        struct diag *d = &diags->items[i];
        const struct source *source = d->at.source;
        d->position = (struct position){0, 0};
        if (!i || diags->items[i - 1].at.source != source) {
            p = (struct position){1, 1};
            at = 0;
        }
        if (!source || d->at.offset == DIAG_NOWHERE)
            continue;
        for (; at < d->at.offset && at < source->text.len; at++) {
            unsigned char c = (unsigned char)source->text.at[at];
            p.column = c == '\n' ? 1 : p.column + ((c & 0xC0) != 0x80);
            p.line += c == '\n';
        }
        d->position = p;
    }
}

void diags_sort(struct diags *diags) {
    if (!diags->count)
        return;
    qsort(diags->items, diags->count, sizeof(struct diag), compare);
    size_t kept = 0;
    struct diag *items = diags->items;
    for (size_t i = 0; i < diags->count; i++)
        if (!i || compare_said(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    diags->count = kept;
    set_positions(diags);
    diags->errors = diags->machine = diags->notes = 0;
    for (size_t i = 0; i < kept; i++)
        count_level(diags, diag_catalogue[items[i].id].level);
}

/* Lines longer than this are shown as a window around the caret. */
#define LINE_SHOWN 100

/* What is shown of the line around an offset, and where the offset is in it. A line may be a whole file: no further than
 * the window is looked. */
static struct str line_shown(struct str text, size_t offset, size_t *caret) {
    size_t start = offset, end = offset;
    while (start && text.at[start - 1] != '\n' && offset - start <= LINE_SHOWN)
        start--;
    while (end < text.len && text.at[end] != '\n' && end - offset <= LINE_SHOWN)
        end++;
    if (end > start && (end == text.len || text.at[end] == '\n') && text.at[end - 1] == '\r')
        end--;
    if (end - start > LINE_SHOWN) {
        if (offset - start > LINE_SHOWN / 2)
            start = offset - LINE_SHOWN / 2;
        while (start < offset && ((unsigned char)text.at[start] & 0xC0) == 0x80)
            start++;
        if (end - start > LINE_SHOWN)
            end = start + LINE_SHOWN;
        while (end < text.len && ((unsigned char)text.at[end] & 0xC0) == 0x80)
            end++;
    }
    *caret = offset < end ? offset - start : end - start;
    return str_sub(text, start, end);
}

/* Tabs are kept so that the caret stands right at any width of tab. Control characters are shown as a question mark: a
 * message must not drive the terminal. */
void diag_excerpt(struct buf *out, struct place at) {
    if (!at.source || at.offset == DIAG_NOWHERE)
        return;
    struct str text = at.source->text;
    size_t caret;
    struct str line = line_shown(text, at.offset < text.len ? at.offset : text.len, &caret);
    if (!str_trim(line).len)
        return;
    buf_lit(out, "  ");
    add_clean(out, line, true);
    buf_lit(out, "\n  ");
    for (size_t i = 0; i < caret; i++) {
        unsigned char c = (unsigned char)line.at[i];
        if ((c & 0xC0) != 0x80)
            buf_byte(out, c == '\t' ? '\t' : ' ');
    }
    buf_lit(out, "^\n");
}

void diag_print(struct buf *out, const struct diag *d) {
    const struct diag_kind *kind = &diag_catalogue[d->id];
    struct position p = d->position;
    if (d->at.source) {
        add_foreign(out, d->at.source->path);
        if (p.line)
            buf_printf(out, ":%u:%u", p.line, p.column);
        buf_lit(out, ": ");
    }
    buf_printf(out, "%s: ", diag_level_name(kind->level));
    buf_add(out, d->text);
    buf_printf(out, " [%s]\n", kind->slug);
    if (!d->unquoted)
        diag_excerpt(out, d->at);
    if (d->note.len) {
        buf_lit(out, "  ");
        buf_add(out, d->note);
        buf_byte(out, '\n');
    }
    if (d->hint.len) {
        buf_lit(out, "  hint: ");
        buf_add(out, d->hint);
        buf_byte(out, '\n');
    }
}
