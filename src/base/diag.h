/* SPDX-License-Identifier: MIT */
/*
 * diag.h: what is wrong, and where.
 *
 * A run collects every diagnostic and prints them once, sorted by place and without repeats. What may be said is
 * written in one catalogue, src/diagnostics.def: id, level, slug, text and hint. Texts have numbered holes, {1} to
 * {9}, filled with strings; a hint whose hole is filled with the empty string is left out ("did you mean" with
 * nothing near).
 *
 *     diag(d, DIAG_UNKNOWN_KEY, value_place(v), key, nearest);
 *
 * Three kinds of trouble have three ways out: the author's is a diagnostic and the run goes on; the machine's is a
 * false return with a diagnostic that names the path; ours is an assert.
 *
 * Not shared between threads: a worker has its own `struct diags`, and diags_take joins them.
 */
#ifndef SIGNPOST_BASE_DIAG_H
#define SIGNPOST_BASE_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* The bytes of a file, or of anything that messages may point into. Immutable; outlives every view of it. */
struct source {
    struct str path; /* as messages name it: relative to the portal */
    struct str text; /* without a byte order mark */
};

/* A byte in a source. `source` may be NULL (about the run as a whole), `offset` DIAG_NOWHERE (about the file). */
struct place {
    const struct source *source;
    uint32_t offset;
};

#define DIAG_NOWHERE UINT32_MAX

/* A note says what is worth doing and makes nothing fail, under no option: that time has passed is nobody's mistake. */
enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_MACHINE };

enum diag_id {
#define DIAG(id, level, slug, text, hint) DIAG_##id,
#include "diagnostics.def"
#undef DIAG
    DIAG_COUNT
};

/* One entry of the catalogue. */
struct diag_kind {
    enum diag_level level;
    const char *slug; /* in brackets after the message; stable, so that it can be searched for */
    const char *text;
    const char *hint; /* may be empty */
};

extern const struct diag_kind diag_catalogue[DIAG_COUNT];

/* 1-based line and column of a place; the column counts code points, as editors do. */
struct position {
    uint32_t line;
    uint32_t column;
};
struct position place_position(struct place at);

/* One thing found. */
struct diag {
    enum diag_id id;
    struct place at;
    struct position position; /* worked out by diags_sort, for all of a file in one pass over it */
    struct str text;
    struct str hint; /* may be empty */
    bool unquoted;   /* the line it speaks of is not shown: other values may stand there */
    struct str note; /* more context on a line of its own ("while rendering schools/x.html"); may be empty */
};

struct diags {
    struct arena *arena; /* the only field to set */
    struct diag *items;
    size_t count;
    size_t room;
    size_t errors;  /* of the author's and the machine's */
    size_t machine; /* of the machine's alone */
    size_t notes;   /* that make nothing fail */
};

/* Adds one; args fill the holes. The macro counts them. Returns it so that a note can be set. */
struct diag *diag_add(struct diags *diags, enum diag_id id, struct place at, const struct str *args,
                      size_t count);
#define diag(diags, id, at, ...)                                                 \
    diag_add((diags), (id), (at), (const struct str[]){{0, 0}, __VA_ARGS__} + 1, \
             sizeof((const struct str[]){{0, 0}, __VA_ARGS__}) / sizeof(struct str) - 1)

/* The same for a text without holes. */
static inline struct diag *diag_plain(struct diags *diags, enum diag_id id, struct place at) {
    return diag_add(diags, id, at, NULL, 0);
}

/* Moves everything of `from` to the end of `into`, copying texts into its arena. */
void diags_take(struct diags *into, const struct diags *from);

/* By path, then offset, then text; what says the same of the same place is kept once, though the notes differ: one
 * mistake in a layout shows on every page. Counts and positions are worked out
 * again. */
void diags_sort(struct diags *diags);

/* `path:line:col: error: text [slug]`, the source line with a caret, and the hint, each on its line. For diagnostics
 * that were sorted. */
void diag_print(struct buf *out, const struct diag *d);

/* Of these the source line with its caret alone, each on its line and indented by two; nothing where there is no line. */
void diag_excerpt(struct buf *out, struct place at);

size_t diags_warnings(const struct diags *diags); /* what is neither an error nor a note */

const char *diag_level_name(enum diag_level level); /* "note", "warning" or "error" */

static inline struct place place_at(const struct source *source, size_t offset) {
    return (struct place){source, offset < DIAG_NOWHERE ? (uint32_t)offset : DIAG_NOWHERE};
}
static inline struct place place_file(const struct source *source) {
    return (struct place){source, DIAG_NOWHERE};
}

#endif
