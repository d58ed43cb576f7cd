/* SPDX-License-Identifier: MIT */
/* markdown_blocks.c: the blocks of a text: headings and their sections, paragraphs, lists, quotes, code. */
#include "text/markdown_priv.h"

#include <string.h>

/* ---- headings ---- */

/* What `{#id}` at the end of a heading says; *from is where it begins in the text of the last node. */
static bool heading_suffix(cmark_node *heading, struct str *id, size_t *from) {
    cmark_node *last = cmark_node_last_child(heading);
    if (!md_is(last, CMARK_NODE_TEXT))
        return false;
    struct str text = md_literal(last);
    if (!str_ends(text, STR("}")))
        return false;
    size_t open = text.len;
    while (open > 0 && text.at[open - 1] != '{')
        open--;
    if (!open || open + 1 >= text.len || text.at[open] != '#')
        return false;
    *id = str_sub(text, open + 1, text.len - 1);
    *from = open - 1;
    return true;
}

void md_ids_keep(struct md *md, cmark_node *document) {
    if (!md->has_ids)
        return;
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        struct str id;
        size_t from;
        if (event == CMARK_EVENT_EXIT && md_is(node, CMARK_NODE_HEADING) && heading_suffix(node, &id, &from))
            md_id_keep(md, str_copy(md->arena, id), node, false);
    }
    cmark_iter_free(iter);
}

/* The id that the heading asks for, printable; its suffix is cut off the heading's words. A NULL `at` where it asks
 * for none, or for one that it cannot have. */
static struct str heading_asked(struct md *md, cmark_node *heading) {
    struct str id, printable = {0};
    size_t from;
    if (!heading_suffix(heading, &id, &from))
        return printable;
    id = str_copy(md->arena, id);
    struct place at = md_place_of(md, heading, str_join(md->arena, STR("{#"), id, STR("}")));
    if (!str_is_slug(id))
        diag(md->diags, DIAG_HEADING_ID, at, id,
             STR("it may have lower-case letters, digits and single hyphens"));
    else if (markdown_id_reserved(id))
        diag(md->diags, DIAG_HEADING_ID, at, id,
             STR("paragraphs, tables and footnotes have ids of this form"));
    else if (!md_id_owned(md, id, heading, &printable))
        diag(md->diags, DIAG_HEADING_ID, at, id,
             md_id_of_row(md, id) ? STR("a row of a table has it") : STR("a heading before has it"));
    cmark_node *last = cmark_node_last_child(heading);
    struct str words = str_trim(str_sub(md_literal(last), 0, from));
    /* The front keeps its space: "**bold** words {#id}". */
    bool space = from > 0 && md_literal(last).at[0] == ' ' && words.len;
    cmark_node_set_literal(last, str_z(md->arena, str_join(md->arena, space ? STR(" ") : STR(""), words)));
    return printable;
}

static int heading_level(struct md *md, cmark_node *heading) {
    struct place at = md_place_line(md, md_node_line(md, heading));
    int level = cmark_node_get_heading_level(heading);
    if (level == 1) {
        diag_plain(md->diags, DIAG_HEADING_TITLE, at);
        level = 2;
    }
    if (level > md->level + 1)
        diag(md->diags, DIAG_HEADING_SKIPPED, at, str_whole(md->arena, level),
             str_whole(md->arena, md->level + 1));
    md->level = level;
    level += md->options->heading_shift;
    if (level <= 6)
        return level;
    diag(md->diags, DIAG_HEADING_DEEP, at, str_whole(md->arena, 6 - md->options->heading_shift));
    return 6;
}

static void section_close(struct md *md) {
    if (md->section)
        buf_lit(&md->out, "</section>\n");
    md->section = false;
}

/* A section with a name is a landmark. */
void md_section_open(struct md *md, struct str id, struct str name, struct str attributes) {
    buf_lit(&md->out, "<section");
    buf_add(&md->out, attributes);
    if (md_name_take(md, name)) {
        buf_lit(&md->out, " aria-labelledby=\"");
        html_escape(&md->out, id);
        buf_byte(&md->out, '"');
    }
    buf_lit(&md->out, ">\n");
}

void md_heading_open(struct md *md, int level, struct str id, struct str text) {
    md->headings =
        md_grow(md->arena, md->headings, md->heading_count, &md->heading_room, sizeof(*md->headings));
    md->headings[md->heading_count++] = (struct markdown_heading){level, id, text};
    buf_lit(&md->out, "<h");
    buf_whole(&md->out, level);
    buf_lit(&md->out, " id=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\">");
}

void md_heading_close(struct md *md, int level) {
    buf_lit(&md->out, "</h");
    buf_whole(&md->out, level);
    buf_lit(&md->out, ">\n");
}

struct markdown_heading md_heading(struct md *md, cmark_node *heading) {
    md_block_begin(md, heading);
    struct markdown_heading h = {.level = heading_level(md, heading), .id = heading_asked(md, heading)};
    h.text = md_text(md, heading);
    if (!h.text.len) {
        diag_plain(md->diags, DIAG_HEADING_EMPTY, md_place_line(md, md_node_line(md, heading)));
    } else if (!h.id.at) {
        struct str slug = str_slug(md->arena, h.text);
        h.id = md_id_take(md, slug.len ? slug : STR("section"));
    }
    return h;
}

static void block_heading(struct md *md, cmark_node *heading) {
    struct markdown_heading h = md_heading(md, heading);
    if (!h.text.len)
        return;
    if (h.level == 2 && md_is(cmark_node_parent(heading), CMARK_NODE_DOCUMENT)) {
        section_close(md);
        md_section_open(md, h.id, h.text, STR(""));
        md->section = true;
    }
    md->heading = h.text;
    md_heading_open(md, h.level, h.id, h.text);
    md_inlines(md, cmark_node_first_child(heading));
    md_heading_close(md, h.level);
}

/* ---- paragraphs ---- */

bool md_rules_check(struct md *md, cmark_node *paragraph) {
    size_t low = 0, high = md->rule_count, first = md_node_line(md, paragraph);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (md->rules[middle] < first)
            low = middle + 1;
        else
            high = middle;
    }
    size_t found = low;
    for (; low < md->rule_count && md->lines[md->rules[low]] < md->block_end; low++) {
        size_t rule = md->rules[low];
        size_t columns = md_rule_columns(md_line(md, rule));
        size_t cells = rule ? md_cells(md_unquote(md_line(md, rule - 1)), NULL, 0) : 0;
        diag(md->diags, DIAG_TABLE_RULE, md_place_line(md, rule), str_whole(md->arena, (long long)columns),
             str_whole(md->arena, (long long)cells));
    }
    return low > found;
}

/* Anything to see: comments, and HTML that is refused, are not. */
static bool has_words(cmark_node *paragraph) {
    for (cmark_node *node = cmark_node_first_child(paragraph); node; node = cmark_node_next(node))
        if (!md_is(node, CMARK_NODE_HTML_INLINE) && !md_is(node, CMARK_NODE_SOFTBREAK))
            return true;
    return false;
}

/* Top-level paragraphs can be cited; an image on its own is none. */
static bool is_numbered(const struct md *md, cmark_node *paragraph) {
    cmark_node *first = cmark_node_first_child(paragraph);
    bool image = md_is(first, CMARK_NODE_IMAGE) && !cmark_node_next(first);
    return md->options->numbered && md_is(cmark_node_parent(paragraph), CMARK_NODE_DOCUMENT) && !image;
}

static void paragraph_numbered(struct md *md, cmark_node *paragraph) {
    md->paragraph_now = ++md->paragraph;
    struct str id = md_id_number(md, STR("p-"), md->paragraph);
    buf_lit(&md->out, "<div class=\"para\"><a href=\"#");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\" aria-label=\"Paragraph ");
    buf_whole(&md->out, (long long)md->paragraph);
    buf_lit(&md->out, ": permanent link\">");
    buf_whole(&md->out, (long long)md->paragraph);
    buf_lit(&md->out, "</a><p id=\"");
    html_escape(&md->out, id);
    buf_lit(&md->out, "\">");
    md_inlines(md, cmark_node_first_child(paragraph));
    buf_lit(&md->out, "</p></div>\n");
    md->paragraph_now = 0;
}

static bool is_tight(cmark_node *paragraph) {
    cmark_node *list = cmark_node_parent(cmark_node_parent(paragraph));
    return md_is(list, CMARK_NODE_LIST) && cmark_node_get_list_tight(list);
}

static void block_paragraph(struct md *md, cmark_node *paragraph) {
    md_block_begin(md, paragraph);
    if (!cmark_node_get_start_line(
            paragraph)) { /* cut off a table that it touches; the table knows the line */
        md_block_begin(md, cmark_node_next(paragraph));
        md->line_base = md_node_line(md, cmark_node_next(paragraph));
    } else if (md->rule_count) {
        md_rules_check(md, paragraph);
    }
    if (md_is_caption(paragraph)) {
        /* printed with its table */
    } else if (!has_words(paragraph)) {
        md_inlines(md, cmark_node_first_child(paragraph)); /* for what it has to report */
    } else if (is_numbered(md, paragraph)) {
        paragraph_numbered(md, paragraph);
    } else if (is_tight(paragraph)) {
        md_inlines(md, cmark_node_first_child(paragraph));
        if (cmark_node_next(paragraph))
            buf_byte(&md->out, '\n');
    } else {
        buf_lit(&md->out, "<p>");
        md_inlines(md, cmark_node_first_child(paragraph));
        buf_lit(&md->out, "</p>\n");
    }
    md->line_base = 0;
}

/* ---- the rest ---- */

static void block_quote(struct md *md, cmark_node *quote) {
    if (md_aside(md, quote))
        return;
    buf_lit(&md->out, "<blockquote>\n");
    md_blocks(md, cmark_node_first_child(quote));
    buf_lit(&md->out, "</blockquote>\n");
}

static void block_list(struct md *md, cmark_node *list) {
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int start = cmark_node_get_list_start(list);
    if (!ordered) {
        buf_lit(&md->out, "<ul>\n");
    } else if (start == 1) {
        buf_lit(&md->out, "<ol>\n");
    } else {
        buf_lit(&md->out, "<ol start=\"");
        buf_whole(&md->out, start);
        buf_lit(&md->out, "\">\n");
    }
    md_blocks(md, cmark_node_first_child(list));
    buf_add(&md->out, ordered ? STR("</ol>\n") : STR("</ul>\n"));
}

static void block_item(struct md *md, cmark_node *item) {
    buf_lit(&md->out, "<li>");
    md_blocks(md, cmark_node_first_child(item));
    buf_lit(&md->out, "</li>\n");
}

/* Code may be wider than its column, and a region that scrolls must be reachable by keyboard. */
static void block_code(struct md *md, cmark_node *code) {
    md_definitions_seen(md, code);
    buf_lit(&md->out, "<pre tabindex=\"0\"><code>");
    struct str text = md_literal(code);
    md_write(md, str_ends(text, STR("\n")) ? str_sub(text, 0, text.len - 1) : text);
    buf_lit(&md->out, "</code></pre>\n");
}

static void block_break(struct md *md, cmark_node *node) {
    (void)node;
    buf_lit(&md->out, "<hr>\n");
}

bool md_is_comment(cmark_node *node) {
    return md_is(node, CMARK_NODE_HTML_BLOCK) && str_starts(str_trim(md_literal(node)), STR("<!--"));
}

bool md_comment_check(struct md *md, cmark_node *comment) {
    struct str text = str_trim(md_literal(comment));
    const char *close = memmem(text.at + 2, text.len - 2, "-->", 3);
    if (!close) {
        diag_plain(md->diags, DIAG_COMMENT_UNCLOSED, md_place_line(md, md_node_line(md, comment)));
        return false;
    }
    if (close + 3 < text.at + text.len) {
        md_block_begin(md, comment);
        diag_plain(md->diags, DIAG_RAW_HTML, md_place_of(md, comment, str_from(close)));
    }
    return true;
}

/* A comment prints nothing. One that is never closed would take the rest of the text with it. */
static void block_html(struct md *md, cmark_node *html) {
    md_definitions_seen(md, html);
    if (md_is_comment(html))
        md_directive_block(md, html);
    else
        diag_plain(md->diags, DIAG_RAW_HTML, md_place_line(md, md_node_line(md, html)));
}

typedef void block_print(struct md *md, cmark_node *node);

/* By the node's type without the bits that say that it is a block. */
#define BLOCK(type) [(type)&CMARK_NODE_VALUE_MASK]

static block_print *const block_prints[] = {
    BLOCK(CMARK_NODE_BLOCK_QUOTE) = block_quote, BLOCK(CMARK_NODE_LIST) = block_list,
    BLOCK(CMARK_NODE_ITEM) = block_item,         BLOCK(CMARK_NODE_CODE_BLOCK) = block_code,
    BLOCK(CMARK_NODE_HTML_BLOCK) = block_html,   BLOCK(CMARK_NODE_PARAGRAPH) = block_paragraph,
    BLOCK(CMARK_NODE_HEADING) = block_heading,   BLOCK(CMARK_NODE_THEMATIC_BREAK) = block_break,
};

static void block(struct md *md, cmark_node *node) {
    size_t type = cmark_node_get_type(node) & CMARK_NODE_VALUE_MASK;
    md_gap(md);
    if (type < sizeof(block_prints) / sizeof(*block_prints) && block_prints[type])
        block_prints[type](md, node);
    else if (cmark_gfm_extensions_get_table_columns(node)) /* 0 for what is no table */
        md_table(md, node);
    md_gap(md);
}

/* A list is two nodes deep, so the tree is at most twice as deep as md_scan lets marks be nested, and a little for
 * what holds the words. That is checked all the same: this recursion must not hang on md_scan's being right. */
void md_blocks(struct md *md, cmark_node *first) {
    if (md->depth > 2 * MARKDOWN_DEPTH_MAX + 4)
        return;
    md->depth++;
    for (cmark_node *node = first, *next; node; node = next) {
        next = cmark_node_next(node);
        if (md_is(node, CMARK_NODE_FOOTNOTE_DEFINITION))
            break; /* cmark moves them to the end of the document; md_document prints them */
        block(md, node);
    }
    md->depth--;
}

void md_document(struct md *md, cmark_node *document) {
    md->level = 1;
    md_decors(md, document);
    md_ids_keep(md, document);
    cmark_node *footnotes = cmark_node_last_child(document);
    while (md_is(footnotes, CMARK_NODE_FOOTNOTE_DEFINITION)) {
        md->footnote_count++;
        cmark_node *before = cmark_node_previous(footnotes);
        if (!md_is(before, CMARK_NODE_FOOTNOTE_DEFINITION))
            break;
        footnotes = before;
    }
    if (md->footnote_count)
        md->footnotes = arena_array(md->arena, struct md_footnote, md->footnote_count);
    md_blocks(md, cmark_node_first_child(document));
    section_close(md);
    if (md->footnote_count)
        md_footnotes(md, footnotes);
    if (md->definition_count)
        md_footnotes_unused(md);
}
