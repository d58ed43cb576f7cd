/* SPDX-License-Identifier: MIT */
/*
 * markdown_prose.c: the words of a text, block by block.
 *
 * What a reviewer compares is what people read. The HTML that is rendered would do for that, but it has computed
 * values in it, ids and numbers that shift with what stands before, and it takes links that resolve; the Markdown's
 * lines have breaks that nobody sees. Blocks of plain words have none of it.
 */
#include "text/markdown_priv.h"

#include <string.h>

/* One text on its way into blocks. */
struct prose {
    struct md md;
    struct markdown_block *blocks;
    size_t count;
    size_t room;
    struct buf words; /* of the block being read */
    struct str *links;
    size_t link_count;
    size_t link_room;
    size_t above; /* 1 + the last heading; 0: none yet */
    size_t table; /* of tables, how many so far */

    /* What the block stands in: the innermost says what kind it is. */
    enum markdown_block_kind within;
    int lists; /* in each other */
    int depth; /* of blocks */
};

/* ---- words ---- */

static void link_keep(struct prose *p, struct str to) {
    p->links = md_grow(p->md.arena, p->links, p->link_count, &p->link_room, sizeof(*p->links));
    p->links[p->link_count++] = str_copy(p->md.arena, to);
}

static void read_inline(struct prose *p, struct md_plain *plain, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: md_plain_words(plain, md_literal(node)); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: plain->gap = true; break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE: link_keep(p, str_from(cmark_node_get_url(node))); break;
    case CMARK_NODE_FOOTNOTE_REFERENCE: link_keep(p, STR("[^]")); break;
    default: break;
    }
}

/* The words beneath a node, in the arena; its links are added to those of the block. */
static struct str words_of(struct prose *p, cmark_node *root) {
    buf_clear(&p->words);
    struct md_plain plain = {.out = &p->words};
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        if (event == CMARK_EVENT_ENTER)
            read_inline(p, &plain, cmark_iter_get_node(iter));
    cmark_iter_free(iter);
    return str_copy(p->md.arena, buf_str(&p->words));
}

/* ---- blocks ---- */

/* Adds a block of that text, with the links that were met since the last. */
static struct markdown_block *block_add(struct prose *p, enum markdown_block_kind kind, struct str text,
                                        size_t line) {
    p->blocks = md_grow(p->md.arena, p->blocks, p->count, &p->room, sizeof(*p->blocks));
    struct markdown_block *block = &p->blocks[p->count++];
    *block = (struct markdown_block){
        .kind = kind,
        .level = kind == MARKDOWN_ITEM ? p->lists : 0,
        .text = text,
        .above = p->above,
        .at = md_place_line(&p->md, line),
        .links = p->links,
        .link_count = p->link_count,
    };
    p->links = NULL;
    p->link_count = p->link_room = 0;
    return block;
}

/* The heading that is above one of the given level: the last of a lower one. */
static size_t heading_above(const struct prose *p, int level) {
    size_t above = p->above;
    while (above && p->blocks[above - 1].level >= level)
        above = p->blocks[above - 1].above;
    return above;
}

/* Its id is cut off its words by md_heading, which comes first for that reason. */
static void prose_heading(struct prose *p, cmark_node *node) {
    struct markdown_heading heading = md_heading(&p->md, node);
    struct str text = words_of(p, node);
    p->above = heading_above(p, heading.level);
    struct markdown_block *block = block_add(p, MARKDOWN_HEADING, text, md_node_line(&p->md, node));
    block->level = heading.level;
    block->id = heading.id;
    p->above = p->count;
}

/* A paragraph that is cut off the table that it touches has no line; the table has. */
static void prose_paragraph(struct prose *p, cmark_node *node) {
    cmark_node *lined = cmark_node_get_start_line(node) ? node : cmark_node_next(node);
    struct str text = words_of(p, node);
    if (!text.len && !p->link_count) /* a comment alone */
        return;
    bool caption = md_is_caption(node);
    struct markdown_block *block =
        block_add(p, caption ? MARKDOWN_CAPTION : p->within, text, lined ? md_node_line(&p->md, lined) : 0);
    block->table = caption ? p->table + 1 : 0;
}

static void prose_row(struct prose *p, cmark_node *node, size_t line, bool program) {
    struct str cells[MARKDOWN_TABLE_COLUMNS_MAX];
    size_t count = 0;
    struct buf text = {.arena = p->md.arena};
    cmark_node *cell = cmark_node_first_child(node);
    for (; cell && count < MARKDOWN_TABLE_COLUMNS_MAX; cell = cmark_node_next(cell), count++) {
        cells[count] = words_of(p, cell);
        buf_add(&text, count ? STR(" | ") : STR(""));
        buf_add(&text, cells[count]);
    }
    struct str *kept = arena_array(p->md.arena, struct str, count);
    for (size_t i = 0; i < count; i++)
        kept[i] = cells[i];
    struct markdown_block *block = block_add(p, MARKDOWN_ROW, buf_str(&text), line);
    block->table = p->table;
    block->program = program;
    block->cells = kept;
    block->cell_count = count;
}

static void prose_table(struct prose *p, cmark_node *table) {
    p->table++;
    bool program = md_directive_above(&p->md, table).len > 0;
    if (p->count && p->blocks[p->count - 1].kind == MARKDOWN_CAPTION)
        p->blocks[p->count - 1].program = program;
    cmark_node *row = cmark_node_first_child(table);
    size_t line =
        md_rule_line(&p->md, table) - 1; /* of the header; cmark's may be that of a paragraph above */
    for (; row; row = cmark_node_next(row)) {
        prose_row(p, row, line, program);
        line = cmark_node_next(row) ? md_node_line(&p->md, cmark_node_next(row)) : 0;
    }
}

static void prose_code(struct prose *p, cmark_node *node) {
    struct str text = md_literal(node);
    if (str_ends(text, STR("\n")))
        text.len--;
    block_add(p, MARKDOWN_CODE, str_copy(p->md.arena, text), md_node_line(&p->md, node));
}

static void prose_blocks(struct prose *p, cmark_node *first);

/* What stands in a quote, an item or a footnote. */
static void prose_within(struct prose *p, cmark_node *node, enum markdown_block_kind kind) {
    enum markdown_block_kind before = p->within;
    p->within = kind;
    p->lists += kind == MARKDOWN_ITEM;
    prose_blocks(p, cmark_node_first_child(node));
    p->lists -= kind == MARKDOWN_ITEM;
    p->within = before;
}

static void prose_quote(struct prose *p, cmark_node *node) {
    size_t line = md_node_line(&p->md, node);
    struct str title = md_aside_title(&p->md, node);
    if (title.len)
        block_add(p, MARKDOWN_QUOTE, title, line);
    prose_within(p, node, MARKDOWN_QUOTE);
}

static void prose_block(struct prose *p, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING: prose_heading(p, node); break;
    case CMARK_NODE_PARAGRAPH: prose_paragraph(p, node); break;
    case CMARK_NODE_CODE_BLOCK: prose_code(p, node); break;
    case CMARK_NODE_BLOCK_QUOTE: prose_quote(p, node); break;
    case CMARK_NODE_LIST: prose_blocks(p, cmark_node_first_child(node)); break;
    case CMARK_NODE_ITEM: prose_within(p, node, MARKDOWN_ITEM); break;
    case CMARK_NODE_FOOTNOTE_DEFINITION: prose_within(p, node, MARKDOWN_FOOTNOTE); break;
    default:
        if (md_is_table(node))
            prose_table(p, node);
        break;
    }
}

/* Bounded as md_blocks is, for the same reason. Footnotes are the last of the document. */
static void prose_blocks(struct prose *p, cmark_node *first) {
    if (p->depth > 2 * MARKDOWN_DEPTH_MAX + 4)
        return;
    p->depth++;
    for (cmark_node *node = first; node; node = cmark_node_next(node)) {
        if (md_is(node, CMARK_NODE_FOOTNOTE_DEFINITION))
            p->above = 0;
        prose_block(p, node);
    }
    p->depth--;
}

void markdown_prose(struct arena *arena, const struct source *source, size_t from,
                    struct markdown_prose *out) {
    static const struct markdown_options options = {0};
    struct diags unsaid = {.arena = arena};
    struct prose p = {
        .md =
            {
                .arena = arena,
                .diags = &unsaid,
                .options = &options,
                .source = source,
                .from = from,
                .text = str_sub(source->text, from, source->text.len),
                .level = 1,
            },
        .words = {.arena = arena},
    };
    *out = (struct markdown_prose){0};
    if (!p.md.text.len)
        return;
    cmark_node *document = md_parse(&p.md);
    md_ids_keep(&p.md, document);
    prose_blocks(&p, cmark_node_first_child(document));
    cmark_node_free(document);
    *out = (struct markdown_prose){p.blocks, p.count};
}

struct str markdown_block_path(struct arena *arena, const struct markdown_prose *prose, size_t index) {
    struct str path = {0};
    for (size_t above = prose->blocks[index].above; above; above = prose->blocks[above - 1].above) {
        struct str text = prose->blocks[above - 1].text;
        path = path.len ? str_join(arena, text, STR(", "), path) : text;
    }
    return path;
}
