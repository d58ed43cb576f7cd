/* SPDX-License-Identifier: MIT */
/*
 * markdown_priv.h: what the markdown files share. Nobody else includes it.
 *
 *     markdown_scan.c       looks at the lines before cmark does, and refuses what would be slow
 *     markdown.c            setup, parsing, places in the source, ids
 *     markdown_blocks.c     headings, paragraphs, lists, quotes
 *     markdown_aside.c      asides and key facts, and footnotes
 *     markdown_inline.c     the words of a block: emphasis, links, images
 *     markdown_table.c      tables
 *     markdown_directive.c  the comments that make a table a program
 *     markdown_read.c       such tables, as data
 *     markdown_decor.c      what is printed with one beside its words
 *     markdown_prose.c      the words of a text, block by block
 *
 * cmark parses; its tree is walked here and never handed out. Its own HTML renderer is not used: what it prints has
 * no captions, scopes or ids, and patching them into finished HTML would be a second parser.
 */
#ifndef SIGNPOST_TEXT_MARKDOWN_PRIV_H
#define SIGNPOST_TEXT_MARKDOWN_PRIV_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/buf.h"
#include "base/map.h"
#include "text/html.h"
#include "text/markdown.h"

/* How far from its line an address is looked for: beyond the longest of paragraphs, yet so near that a megabyte of
 * addresses that are written otherwise than they read (&amp;) costs no more than a moment. */
#define MD_WINDOW ((size_t)16 * 1024)

/* A line of the source that may begin a footnote's text, `[^label]:`. cmark drops definitions that nothing refers
 * to, and second ones of the same label, without a word: what the tree does not account for is reported. */
struct md_definition {
    size_t line;
    size_t at; /* of the `[`, in the text */
    struct str label;
    bool seen; /* found in the tree, or in code */
};

/* Where a footnote is referred to. */
struct md_reference {
    struct md_reference *next;
    size_t paragraph; /* its number; 0 where it has none */
};

struct md_footnote {
    struct md_reference *first;
    struct md_reference **last;
    size_t count;
};

/* A name that is taken. */
struct md_id {
    const void *owner; /* the heading that asked for it by {#id}, or the decor of a row */
    bool row;          /* it is a row's */
    uint32_t next;     /* what to try as the suffix of the next of the same name */
};

/* One text on its way from source to HTML. */
struct md {
    struct arena *arena;
    struct diags *diags;
    const struct markdown_options *options;

    /* where diagnostics point */
    const struct source *source; /* NULL: all of them at `fixed` */
    struct place fixed;
    size_t from; /* of the text, in the source */

    /* filled by md_scan; lines are counted from 0 */
    struct str text;
    char *copy;      /* of the text, once something in it was overwritten */
    uint32_t *lines; /* where each begins */
    size_t line_count;
    size_t line_room;
    uint32_t *rules; /* lines that look like the rule under a table's header */
    size_t rule_count;
    size_t rule_room;
    struct md_definition *definitions;
    size_t definition_count;
    size_t definition_room;
    bool has_notes; /* [^ stands somewhere */
    bool has_ids;   /* {# stands somewhere */
    bool bad_utf8;  /* so that cmark must replace it; callers refuse it, and this is for those who do not */

    /* filled while rendering */
    struct buf out;
    struct buf plain;
    bool plain_gap;   /* a space is due before the next word of `plain` */
    struct map names; /* of regions so far, folded */
    struct map ids;   /* of struct md_id, by id without prefix */
    struct str *id_list;
    size_t id_count;
    size_t id_room;
    struct markdown_heading *headings;
    size_t heading_count;
    size_t heading_room;
    struct md_footnote *footnotes; /* by number; cmark counts them in the order they are first referred to */
    size_t footnote_count;
    struct str heading;   /* the text of the last one: a table without a caption of its own takes it */
    int level;            /* of the last one, as written */
    size_t paragraph;     /* of numbered paragraphs, how many so far */
    size_t paragraph_now; /* the number of the one being rendered; 0 outside */
    size_t table;         /* of tables, how many so far */
    int depth;            /* of blocks in each other */
    bool section;         /* one is open */
    int link_depth;       /* of links in each other */
    bool in_link;         /* an <a> is open */
    bool too_deep;        /* already said */
    size_t line_base;     /* what cmark's line numbers in this block lack */
    size_t block_line;    /* the first line of the block being rendered */
    size_t block_end;     /* where its text ends */
    bool unfound;         /* a search in this block was in vain */
    size_t link_end;      /* where the address of the open link ends */
    size_t searched;      /* what md_find found last ends here */
    struct md_phrasing *phrasing; /* of the cell being rendered; NULL: no phrase of it is a link */
};

/* ---- markdown_scan.c ---- */

void md_scan(struct md *md);

/* Cells of a row of a table, as cmark counts them; 0 for what is no row. The first `room` of them are given too, as
 * trimmed views of the line. */
size_t md_cells(struct str line, struct str *cells, size_t room);

/* Whether the line of a row has as many cells as its table; where not, md_table_check says so. */
bool md_row_fits(const struct md *md, size_t line, size_t columns);

/* Columns of the rule under a table's header; 0 for what is none. */
size_t md_rule_columns(struct str line);

/* A line without its indentation and the marks of the quotes it stands in. */
struct str md_unquote(struct str line);

/* ---- markdown.c ---- */

cmark_node *md_parse(struct md *md); /* the document, to be freed; scans it first */

/* Room for one more item. */
void *md_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);

struct str md_line(const struct md *md, size_t line);
struct place md_place(const struct md *md, size_t offset);
struct place md_place_line(const struct md *md, size_t line); /* of its first word */
size_t md_node_line(const struct md *md, cmark_node *node);

/* Says which block is being rendered, which is where md_find looks. */
void md_block_begin(struct md *md, cmark_node *block);

/* Where the block's text has `what`, from the line on and at most `window` bytes further, or SIZE_MAX. Goes forward:
 * the second of two alike is the second. */
size_t md_find(struct md *md, size_t line, struct str what, size_t window);

/* Of `what` in the node's line or soon after; else of the line. */
struct place md_place_of(struct md *md, cmark_node *node, struct str what);

/* Keeps an id for the heading or row that asks for it, unless another did before; gives it to that one, printable. */
void md_id_keep(struct md *md, struct str id, const void *owner, bool row);
bool md_id_owned(struct md *md, struct str id, const void *owner, struct str *printable);
bool md_id_of_row(const struct md *md, struct str id); /* a row has asked for it */

struct str md_id_take(struct md *md, struct str wanted); /* that or like it, and nobody else's; printable */
struct str md_id_number(struct md *md, struct str kind, size_t n); /* p-1 and so on; printable */
struct str md_id_print(struct md *md, struct str id);              /* with the prefix, and into the list */

/* Whether no region of this text has the name yet, which it has from now on. Of two regions with one name a screen
 * reader's list of landmarks cannot say which is which, so the second is made none. */
bool md_name_take(struct md *md, struct str name);

struct str md_fold(struct md *md, struct str s); /* a copy, in ASCII lower case */
struct str md_literal(cmark_node *node);
struct str md_text(struct md *md, cmark_node *node); /* all text beneath, without markup */
void md_write(struct md *md, struct str words);      /* escaped, and into `plain` */
void md_gap(struct md *md);                          /* words before and after do not touch in `plain` */

/* ---- markdown_blocks.c ---- */

void md_document(struct md *md, cmark_node *document);
void md_blocks(struct md *md, cmark_node *first); /* and the siblings after it */
void md_section_open(struct md *md, struct str id, struct str name, struct str attributes);
void md_heading_open(struct md *md, int level, struct str id, struct str text); /* and into the contents */
void md_heading_close(struct md *md, int level);
bool md_is_comment(cmark_node *node);

/* Reports what is wrong with a comment; false where it is never closed. */
bool md_comment_check(struct md *md, cmark_node *comment);

/* The ids that headings ask for are given before any other, so that a heading whose words happen to make the same
 * id gets another, wherever it stands. */
void md_ids_keep(struct md *md, cmark_node *document);

/* The heading, its id taken; without text where it has none. Reports what is wrong. */
struct markdown_heading md_heading(struct md *md, cmark_node *heading);

/* In a paragraph, a line that looks like the rule under a table's header means that the header had another number of
 * columns, and that GFM saw no table at all. Reports each; true where there is one. */
bool md_rules_check(struct md *md, cmark_node *paragraph);

/* ---- markdown_aside.c ---- */

bool md_aside(struct md *md, cmark_node *quote); /* false: it is a plain quote */

/* What an aside is headed with; its mark is taken off the quote. Empty for key facts and for a plain quote. */
struct str md_aside_title(struct md *md, cmark_node *quote);
void md_footnotes(struct md *md, cmark_node *first);
void md_footnote_reference(struct md *md, cmark_node *node);
void md_footnotes_missing(struct md *md, struct str text);
void md_definitions_seen(struct md *md, cmark_node *block); /* its lines are code or accounted for */
void md_footnotes_unused(struct md *md);

/* ---- markdown_inline.c ---- */

void md_inlines(struct md *md, cmark_node *first); /* and the siblings after it */
bool md_is_inline_comment(cmark_node *node);

/* ---- markdown_table.c ---- */

void md_table(struct md *md, cmark_node *table);
bool md_is_caption(cmark_node *paragraph);                   /* of the table that follows */
size_t md_rule_line(const struct md *md, cmark_node *table); /* of the rule under the table's header */
void md_table_check(struct md *md, cmark_node *table);       /* reports what cmark hides */

/* ---- markdown_directive.c ---- */

/* The text of the table's directive, as a view of the text; empty where it has none. Reports what else stands there
 * and was meant as one. */
struct str md_directive_above(struct md *md, cmark_node *table);

/* Reports what is wrong with a comment: it is never closed, or a directive that no table is read with. */
void md_directive_block(struct md *md, cmark_node *comment);
void md_directive_inline(struct md *md, cmark_node *comment);

/* ---- markdown_read.c ---- */

/* Plain text as the cells of a table are read: single-spaced, code with its backticks. */
struct md_plain {
    struct buf *out; /* NULL: only counted */
    size_t at;       /* bytes so far */
    bool gap;        /* a space is due before the next word */
};

/* Bytes of the white space that begins at i; 0 for none. A no-break space is one: it is how a cell is kept on one
 * line, and `&nbsp;` how one is left blank. */
size_t md_white(struct str s, size_t i);

void md_plain_words(struct md_plain *plain, struct str words);
void md_plain_node(struct md_plain *plain, cmark_node *root); /* all that is beneath */

/* ---- markdown_decor.c ---- */

/* A cell on its way out, of which phrases become links. */
struct md_phrasing {
    const struct markdown_phrase *next; /* the first that has not ended */
    const struct markdown_phrase *end;
    struct md_plain plain; /* what was printed so far: phrases count its bytes */
    int depth;             /* of emphasis */
    bool open;             /* `next` is */
    int open_depth;        /* the depth in which it was opened, and must be closed */
};

/* Before anything is printed: says which table has which decor, and keeps the ids of rows. */
void md_decors(struct md *md, cmark_node *document);
const struct markdown_decor *md_decor(cmark_node *table); /* NULL where it has none */

void md_words(struct md *md, const struct markdown_words *words);

/* The words of a cell, with its phrases; NULL: none. */
void md_phrases(struct md *md, cmark_node *cell, const struct markdown_phrases *phrases);

/* Called by the walk over the words. Without phrases, all but the first do nothing, and that is not called:
 * md_phrase_text prints what md_write would; enter goes before the beginning of emphasis, code and images; leave
 * before the end of emphasis and before a footnote's number; left after the end of emphasis; pass after code and
 * images. */
void md_phrase_text(struct md *md, struct str words);
void md_phrase_enter(struct md *md, cmark_node *node);
void md_phrase_leave(struct md *md);
void md_phrase_left(struct md *md);
void md_phrase_pass(struct md *md, cmark_node *node);

static inline bool md_is(cmark_node *node, cmark_node_type type) {
    return node && cmark_node_get_type(node) == type;
}

static inline bool md_is_table(cmark_node *node) {
    return node && cmark_gfm_extensions_get_table_columns(node) > 0;
}

#endif
