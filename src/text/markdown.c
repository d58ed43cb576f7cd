/* SPDX-License-Identifier: MIT */
/*
 * markdown.c: from a text to its HTML: setup, parsing, places in the source, ids.
 *
 * Why several threads may parse at once (read in the sources of 0.29.0.gfm.6, Debian 12's, whose patches do not touch
 * it). All that cmark-gfm keeps between calls is
 *
 * - the registry of extensions, its `registered` flag and the node types of tables: written by markdown_setup, then
 *   only read;
 * - SPECIAL_CHARS and SKIP_CHARS: written while parsing, but only for extensions that match inlines. The table
 *   extension matches blocks; strikethrough, autolink and tasklist would make parsing unsafe and must not be
 *   attached;
 * - the arena allocator's chunk: the table extension asks whether there is one, and there is none as long as nobody
 *   uses cmark_get_arena_mem_allocator. The default allocator is calloc, realloc and free;
 * - the byte that stands for every empty buffer: written only through cmark_strbuf_drop of an empty buffer and by
 *   the HTML renderer for an empty address, neither of which parsing or this code does.
 *
 * A parser, its nodes and their text belong to one call. So there is no lock here. ThreadSanitizer over cmark-gfm
 * compiled with it has nothing to say of the test that renders on eight threads, and finds the race in SPECIAL_CHARS
 * at once if strikethrough is attached too.
 */
#include "text/markdown_priv.h"

#include <assert.h>
#include <string.h>

/* SOURCEPOS has no part in printing here; without it, lines after a code span that holds a line break are wrong. */
#define PARSER_OPTIONS (CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS)

void *md_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size) {
    if (count < *room)
        return items;
    size_t more = *room ? *room * 2 : 16;
    items = arena_grow(arena, items, *room * size, more * size, alignof(max_align_t));
    *room = more;
    return items;
}

/* ---- places ---- */

struct str md_line(const struct md *md, size_t line) {
    if (line >= md->line_count)
        return (struct str){0};
    size_t from = md->lines[line];
    size_t to = line + 1 < md->line_count ? md->lines[line + 1] : md->text.len;
    while (to > from && (md->text.at[to - 1] == '\n' || md->text.at[to - 1] == '\r'))
        to--;
    return str_sub(md->text, from, to);
}

struct place md_place(const struct md *md, size_t offset) {
    return md->source ? place_at(md->source, md->from + offset) : md->fixed;
}

struct place md_place_line(const struct md *md, size_t line) {
    if (line >= md->line_count)
        return md_place(md, md->text.len);
    struct str s = md_line(md, line);
    size_t i = 0;
    while (i + 1 < s.len && (s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '>'))
        i++;
    return md_place(md, md->lines[line] + i);
}

size_t md_node_line(const struct md *md, cmark_node *node) {
    int line = cmark_node_get_start_line(node);
    return (line > 0 ? (size_t)line - 1 : 0) + md->line_base;
}

void md_block_begin(struct md *md, cmark_node *block) {
    int start = cmark_node_get_start_line(block), end = cmark_node_get_end_line(block);
    size_t last = (size_t)(end > start ? end : start);
    md->block_end = last < md->line_count ? md->lines[last] : md->text.len;
    md->line_base = 0;
    md->unfound = false;
    md->block_line = md_node_line(md, block);
}

size_t md_find(struct md *md, size_t line, struct str what, size_t window) {
    if (line >= md->line_count || !what.len)
        return SIZE_MAX;
    size_t from = md->lines[line];
    if (md->searched > from && md->searched <= md->block_end)
        from = md->searched; /* the second of two alike is the second */
    if (from > md->block_end)
        return SIZE_MAX;
    size_t room = md->block_end - from < window ? md->block_end - from : window;
    const char *at = memmem(md->text.at + from, room, what.at, what.len);
    if (!at)
        return SIZE_MAX;
    size_t found = (size_t)(at - md->text.at);
    md->searched = found + what.len;
    return found;
}

struct place md_place_of(struct md *md, cmark_node *node, struct str what) {
    size_t line = md_node_line(md, node);
    size_t found = md->source ? md_find(md, line, what, MD_WINDOW) : SIZE_MAX;
    return found == SIZE_MAX ? md_place_line(md, line) : md_place(md, found);
}

/* ---- words ---- */

struct str md_literal(cmark_node *node) {
    return str_from(cmark_node_get_literal(node));
}

void md_gap(struct md *md) {
    md->plain_gap = true;
}

static bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Up to the next white space that is more than one space between words. */
static size_t words_end(struct str s, size_t i) {
    for (; i < s.len; i++) {
        if ((unsigned char)s.at[i] > ' ')
            continue;
        if (is_white(s.at[i]) && (s.at[i] != ' ' || i + 1 == s.len || is_white(s.at[i + 1])))
            break;
    }
    return i;
}

void md_write(struct md *md, struct str words) {
    html_escape(&md->out, words);
    for (size_t i = 0; i < words.len;) {
        if (is_white(words.at[i])) {
            md->plain_gap = true;
            i++;
            continue;
        }
        size_t end = words_end(words, i);
        if (md->plain_gap && md->plain.len)
            buf_byte(&md->plain, ' ');
        md->plain_gap = false;
        buf_add(&md->plain, str_sub(words, i, end));
        i = end;
    }
}

struct str md_text(struct md *md, cmark_node *root) {
    cmark_node *only = cmark_node_first_child(root);
    if (md_is(only, CMARK_NODE_TEXT) && !cmark_node_next(only)) /* as nearly always */
        return str_trim(str_copy(md->arena, md_literal(only)));
    struct buf text = {.arena = md->arena};
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (md_is(node, CMARK_NODE_TEXT) || md_is(node, CMARK_NODE_CODE))
            buf_add(&text, md_literal(node));
        else if (md_is(node, CMARK_NODE_SOFTBREAK) || md_is(node, CMARK_NODE_LINEBREAK))
            buf_byte(&text, ' ');
    }
    cmark_iter_free(iter);
    return str_trim(buf_str(&text));
}

struct str md_fold(struct md *md, struct str s) {
    char *folded = str_z(md->arena, s);
    for (size_t i = 0; i < s.len; i++)
        if (folded[i] >= 'A' && folded[i] <= 'Z')
            folded[i] = (char)(folded[i] | 0x20);
    return (struct str){folded, s.len};
}

/* ---- names and ids ---- */

bool md_name_take(struct md *md, struct str name) {
    bool fresh;
    map_add(&md->names, md_fold(md, name), md, &fresh);
    return fresh;
}

struct str md_id_print(struct md *md, struct str id) {
    struct str whole = md->options->id_prefix.len ? str_join(md->arena, md->options->id_prefix, id) : id;
    md->id_list = md_grow(md->arena, md->id_list, md->id_count, &md->id_room, sizeof(*md->id_list));
    return md->id_list[md->id_count++] = whole;
}

static bool is_number(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0;
}

bool markdown_id_reserved(struct str id) {
    static const struct str kinds[] = {{"p", 1}, {"fn", 2}, {"fr", 2}, {"table", 5}};
    struct str rest = id, kind, number;
    str_cut(&rest, '-', &kind);
    if (!rest.at)
        return str_eq(kind, STR("fn"));
    str_cut(&rest, '-', &number);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (str_eq(kind, kinds[i]) && is_number(number))
            return !rest.at || (str_eq(kind, STR("fr")) && is_number(rest));
    return false;
}

void md_id_keep(struct md *md, struct str id, const void *owner, bool row) {
    if (map_get(&md->ids, id))
        return;
    struct md_id *kept = arena_new(md->arena, struct md_id);
    kept->owner = owner;
    kept->row = row;
    map_add(&md->ids, id, kept, NULL);
}

bool md_id_of_row(const struct md *md, struct str id) {
    const struct md_id *kept = map_get(&md->ids, id);
    return kept && kept->row;
}

bool md_id_owned(struct md *md, struct str id, const void *owner, struct str *printable) {
    const struct md_id *kept = map_get(&md->ids, id);
    if (!kept || kept->owner != owner)
        return false;
    *printable = md_id_print(md, id);
    return true;
}

struct str md_id_take(struct md *md, struct str wanted) {
    struct md_id *base = map_get(&md->ids, wanted);
    if (markdown_id_reserved(wanted) ||
        (base && markdown_id_reserved(str_join(md->arena, wanted, STR("-2")))))
        return md_id_take(md, str_join(md->arena, wanted, STR("-section")));
    struct str id = wanted;
    while (map_get(&md->ids, id)) {
        base->next = base->next ? base->next + 1 : 2;
        id = str_join(md->arena, wanted, STR("-"), str_whole(md->arena, base->next));
    }
    map_add(&md->ids, id, arena_new(md->arena, struct md_id), NULL);
    return md_id_print(md, id);
}

struct str md_id_number(struct md *md, struct str kind, size_t n) {
    return md_id_print(md, str_join(md->arena, kind, str_whole(md->arena, (long long)n)));
}

/* ---- the whole ---- */

void markdown_setup(void) {
    cmark_gfm_core_extensions_ensure_registered();
}

cmark_node *md_parse(struct md *md) {
    md->out.arena = md->plain.arena = md->ids.arena = md->names.arena = md->arena;
    md_scan(md);
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    assert(table); /* markdown_setup was not called */
    int options = PARSER_OPTIONS | (md->bad_utf8 ? CMARK_OPT_VALIDATE_UTF8 : 0);
    cmark_parser *parser = cmark_parser_new_with_mem(options, cmark_get_default_mem_allocator());
    cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_feed(parser, md->text.at, md->text.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

static struct markdown render(struct md *md) {
    if (!md->text.len)
        return (struct markdown){0};
    cmark_node *document = md_parse(md);
    buf_reserve(&md->plain, md->text.len);
    buf_reserve(&md->out, md->text.len + md->text.len / 4);
    md_document(md, document);
    cmark_node_free(document);
    return (struct markdown){
        .html = buf_str(&md->out),
        .headings = md->headings,
        .heading_count = md->heading_count,
        .ids = md->id_list,
        .id_count = md->id_count,
        .plain = buf_str(&md->plain),
    };
}

struct markdown markdown_render(struct arena *arena, const struct source *source, size_t from,
                                const struct markdown_options *options, struct diags *diags) {
    return render(&(struct md){
        .arena = arena,
        .diags = diags,
        .options = options,
        .source = source,
        .from = from,
        .text = str_sub(source->text, from, source->text.len),
    });
}

struct markdown markdown_render_text(struct arena *arena, struct str text, struct place at,
                                     const struct markdown_options *options, struct diags *diags) {
    return render(&(struct md){
        .arena = arena,
        .diags = diags,
        .options = options,
        .fixed = at,
        .text = text,
    });
}
