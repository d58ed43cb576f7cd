/* SPDX-License-Identifier: MIT */
/*
 * markdown.h: Markdown pages, through cmark-gfm in safe mode.
 *
 * What comes out is markup that may stand in a page as it is: no raw HTML, no script addresses, every id once, every
 * region and header labelled. Beyond CommonMark with tables and footnotes it has
 *
 * - accessible tables: a caption (a paragraph directly above that is one run of strong or emphasised words; after
 *   strong words, plain text is its detail; otherwise the heading above), scopes on both axes, row headers that are
 *   never blank, right-aligned numbers, and a labelled, focusable region around each that scrolls alone;
 * - heading anchors made of the heading's words (`{#id}` at its end keeps one stable when the words change);
 * - sections: `##` and what follows it, up to the next `##`;
 * - numbered paragraphs with an address each, where the page asks for them;
 * - asides, written as GitHub alerts (`> [!NOTE]`, IMPORTANT, WARNING), and key facts (`> [!FACTS]` and a list of
 *   `**Term:** text`), which on a git host read as quotes;
 * - links by source path (`[the principles](principles.md#sizes)`), resolved by the caller.
 *
 * A comment directly above a table that begins with `decision:`, `check:`, `match:` or `measures:` is a directive: the table is
 * read as a program too. markdown_tables gives such tables as data, each cell with its place, before anything is
 * rendered; what the program makes of them comes back as struct markdown_decor, and is printed with the table.
 *
 * The title of a page is in its front matter, so a text begins with `##`, and `#` is an error. HTML comments print
 * nothing, but a directive that is not where a table is read with it is an error; any other raw HTML is an error and
 * dropped.
 *
 * Ids of the forms p-1, table-1, fn, fn-1, fr-1 and fr-1-2 belong to paragraphs, tables and footnotes.
 *
 * Threads: after markdown_setup, any number of threads may render at the same time, each with its own arena and
 * diags; markdown.c says why that is so. Only src/text/markdown*.c include cmark.
 */
#ifndef SIGNPOST_TEXT_MARKDOWN_H
#define SIGNPOST_TEXT_MARKDOWN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* Beyond these a block is refused before cmark sees it, and the rest of the text is rendered. Its table parser is
 * quadratic in the columns, and its block parser in the depth. */
#define MARKDOWN_TABLE_COLUMNS_MAX 64
#define MARKDOWN_TABLE_CELLS_MAX 100000
#define MARKDOWN_DEPTH_MAX \
    64 /* of quotes, lists and footnotes in each other; of emphasis and links likewise */

/* What a block may cost in steps of cmark's quadratic searches, which is about a second. Only text made to be
 * slow comes near; see markdown_scan.c. */
#define MARKDOWN_WORK_MAX 250000000

/* What a link or image address becomes. `to` is as written, without escapes, and has no scheme and no host: those
 * are left as they are. The result is what is printed, or a NULL `at` where it leads nowhere, for which resolve has
 * already added a diagnostic at `at`. A mere fragment has `id_prefix` put before it and comes here too. */
struct markdown_link {
    struct str to;
    struct str text; /* between the brackets, without markup */
    bool image;
    struct place at;
};
struct markdown_links {
    struct str (*resolve)(void *context, const struct markdown_link *link, struct diags *diags);
    void *context;
};

/* Words that lead somewhere: the bytes [from, to) of a plain text, such as that of a struct markdown_cell. Printed as
 * a link of the class `term`. A code span is within one as a whole, or not at all. */
struct markdown_phrase {
    size_t from;
    size_t to;
    struct str href; /* printed as it is, escaped */
};

/* Plain words, and the phrases in them: in the order of the text, none overlapping another. */
struct markdown_phrases {
    const struct markdown_phrase *items;
    size_t count;
};

struct markdown_words {
    struct str text;
    struct markdown_phrases phrases;
};

/* A header cell above several columns: "If", "Then". */
struct markdown_band {
    struct str words;
    size_t columns;
};

/* What stands in a cell in place of the author's words: markup, printed as it is, and its words for who searches. */
struct markdown_made {
    struct str html; /* empty: the cell is as it was written; of a column that is added, blank */
    struct str text;
};

/* A column that is printed and not written. */
struct markdown_column {
    struct markdown_made header;
    const struct markdown_made *cells; /* of as many rows as the table has */
};

struct markdown_row_decor {
    /* `chart-r7`, without prefix; empty: none. Printed with a link to itself. No heading gets it; one of a form that
     * is reserved, or that a row before has, is not given. */
    struct str id;

    /* Of each column, as in the source; NULL: none. A cell in which the author has put a link is left alone. */
    const struct markdown_phrases *cells;

    /* Of each column, as in the source; NULL: none. */
    const struct markdown_made *made;

    /* Begins a tier: a row group of its own. Where all cells but one are blank, that one spans the columns. */
    bool tier;
};

/* What is printed with a table that has a directive. Computed beforehand and only read: several threads may share
 * it. Columns are counted as in the source, and there are `columns` in each array of them. */
struct markdown_decor {
    size_t ordinal; /* which table: that of struct markdown_table */
    size_t columns; /* of that table */

    struct str class;            /* of the table: `decision` */
    struct markdown_words given; /* printed in the caption, after its words */
    struct markdown_words after; /* a line below the table */
    struct str before;           /* markup above the table: a picture of it */

    /* Which column is printed first, and so on; NULL: as in the source. Those that are added are counted on from the
     * source's. Of `printed` columns; 0: of all of the source's. */
    const size_t *order;
    size_t printed;
    const struct markdown_column *added;
    size_t added_count;

    const struct str
        *classes; /* of each column, the added ones too: `then`, `note-col` or nothing; NULL: none */

    /* Above the header, in the order printed: all columns together, or none. */
    const struct markdown_band *bands;
    size_t band_count;

    const struct markdown_phrases *header; /* of each header cell; NULL: none */
    const struct markdown_row_decor *rows; /* of as many rows, from the first on */
    size_t row_count;
};

struct markdown_options {
    struct markdown_links links;         /* resolve may be NULL: addresses stay as they are */
    const struct markdown_decor *decors; /* by ordinal; a table without one is printed as any other */
    size_t decor_count;
    bool numbered;        /* number the paragraphs and give each an address, p-1 ... */
    int heading_shift;    /* 0: `##` is printed as h2. 1: as h3, for a text that stands under an h2 */
    struct str id_prefix; /* put before every id, for a text that shares its page with others */
};

struct markdown_heading {
    int level; /* as printed */
    struct str id;
    struct str text; /* plain */
};

struct markdown {
    struct str html;
    struct markdown_heading *headings; /* in the order of the text; the last may be the footnotes' */
    size_t heading_count;
    struct str *ids; /* every id in the html, with its prefix: what a fragment may name */
    size_t id_count;
    struct str plain; /* the text without markup, single-spaced, for search and descriptions */
};

/* Call once, before the first markdown_render and on one thread. */
void markdown_setup(void);

/* Renders text[from..] of `source`; offsets of diagnostics are in `source`. Errors are added to `diags` and the rest
 * is rendered all the same. Everything returned is in `arena`. */
struct markdown markdown_render(struct arena *arena, const struct source *source, size_t from,
                                const struct markdown_options *options, struct diags *diags);

/* The same for a text that has no source of its own places (a YAML block scalar): diagnostics point at `at`. */
struct markdown markdown_render_text(struct arena *arena, struct str text, struct place at,
                                     const struct markdown_options *options, struct diags *diags);

/* ---- tables that have a directive ---- */

struct markdown_cell {
    /* Plain: without emphasis, links and escapes, single-spaced. A code span keeps its backticks and its spaces, so
     * that `FEEL` is told from words. */
    struct str text;
    struct str raw;  /* as written, trimmed; of the source */
    struct place at; /* of its first byte; of a blank cell, after its | */
    struct str link; /* the target of the first link in it, without escapes; or empty */
    bool code;       /* there is a code span in it */
    bool emphasised; /* all of it, by * or ** */
};

struct markdown_row {
    struct place at; /* of its first word or | */
    bool refused; /* it has too few or too many cells, which was said: its words are in no certain column */
    struct markdown_cell *cells;
};

struct markdown_table {
    /* The comment's text, trimmed: a view of the source that begins at directive_at, so that yaml_read reads it from
     * directive_at.offset to directive_at.offset + directive.len. */
    struct str directive;
    struct place directive_at;

    size_t ordinal; /* from 1, among all tables of the text: its id is table-1 */
    size_t columns;
    struct markdown_row header;
    struct markdown_row *rows;
    size_t row_count;

    /* The nearest above, with its level as written; without text where there is none. Its id is the printed one
     * unless a row has asked for that. */
    struct markdown_heading heading;
};

struct markdown_tables {
    struct markdown_table *items;
    size_t count;
};

/* The tables of text[from..] that stand under a directive. Errors are added to `diags`: those that rendering finds in
 * these tables as well, in the same words, and directives that are not directly above a table. */
struct markdown_tables markdown_tables(struct arena *arena, const struct source *source, size_t from,
                                       struct diags *diags);

/* Where the byte `offset` of the cell's text is in the source. */
struct place markdown_cell_place(const struct markdown_cell *cell, size_t offset);

/* ---- the words of a text ---- */

enum markdown_block_kind {
    MARKDOWN_PARAGRAPH,
    MARKDOWN_HEADING,
    MARKDOWN_ITEM,     /* each paragraph of one */
    MARKDOWN_QUOTE,    /* each paragraph of one, and what an aside is headed with ("Warning") */
    MARKDOWN_CODE,     /* its text as it was written, lines and all */
    MARKDOWN_CAPTION,  /* of the table that follows */
    MARKDOWN_ROW,      /* of a table; the first is its header */
    MARKDOWN_FOOTNOTE, /* each paragraph of one */
};

/* Words that stand together. Two texts that read the same have the same blocks, however their lines are broken. */
struct markdown_block {
    enum markdown_block_kind kind;
    int level;       /* of a heading, as written, from 2; of an item, the lists that it is in; else 0 */
    struct str text; /* plain, single-spaced; of a row, its cells with " | " between them */
    struct str id;   /* of a heading, as printed without a prefix */
    size_t above;    /* 1 + the index of the heading that it stands under; 0: none. Those above that follow */
    struct place at; /* its first line */

    /* Where its links and images lead, as written, in the order of the text: what can change without a word of it
     * doing so. A footnote that is referred to is "[^]", without its number: that changes with others. */
    const struct str *links;
    size_t link_count;

    /* of a caption or a row */
    size_t table;            /* ordinal of the table, from 1; else 0 */
    bool program;            /* the table has a directive, and is read as data by markdown_tables too */
    const struct str *cells; /* of a row */
    size_t cell_count;
};

struct markdown_prose {
    struct markdown_block
        *blocks; /* in the order of the text; footnotes last, in the order of their numbers */
    size_t count;
};

/* The words of text[from..] as they are published: no markup, comment or directive, and nothing that is computed, such
 * as what a decision table is printed with, so that two revisions of a text differ here where somebody wrote something
 * else. Reports nothing: what is wrong is said when the text is rendered, and what is refused there is left out here. */
void markdown_prose(struct arena *arena, const struct source *source, size_t from,
                    struct markdown_prose *out);

/* The headings that a block stands under, the outermost first, with ", " between them; empty where it has none. */
struct str markdown_block_path(struct arena *arena, const struct markdown_prose *prose, size_t index);

/* Whether paragraphs, tables or footnotes have ids of this form (p-1), so that no row can have it. */
bool markdown_id_reserved(struct str id);

#endif
