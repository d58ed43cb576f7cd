/* SPDX-License-Identifier: MIT */
/*
 * markdown_decor.c: what is printed with a table that has a directive, apart from the table's own markup: links to
 * definitions within its words, and the rows' ids.
 */
#include "text/markdown_priv.h"

#include <assert.h>

/* ---- phrases in plain words ---- */

static void phrase_begin(struct md *md, struct str href) {
    buf_lit(&md->out, "<a class=\"term\" href=\"");
    html_escape(&md->out, href);
    buf_lit(&md->out, "\">");
}

void md_words(struct md *md, const struct markdown_words *words) {
    size_t at = 0;
    for (size_t i = 0; i < words->phrases.count; i++) {
        const struct markdown_phrase *phrase = &words->phrases.items[i];
        md_write(md, str_sub(words->text, at, phrase->from));
        phrase_begin(md, phrase->href);
        md_write(md, str_sub(words->text, phrase->from, phrase->to));
        buf_lit(&md->out, "</a>");
        at = phrase->to;
    }
    md_write(md, str_sub(words->text, at, words->text.len));
}

/* ---- phrases in a cell ---- */

/* Where the next character will be in the plain text. */
static size_t next_at(const struct md_phrasing *p) {
    return p->plain.at + (p->plain.gap && p->plain.at);
}

static void phrase_open(struct md *md) {
    struct md_phrasing *p = md->phrasing;
    phrase_begin(md, p->next->href);
    p->open = md->in_link = true;
    p->open_depth = p->depth;
}

/* Where its end was not reached, it goes on after what may not stand in it. */
static void phrase_close(struct md *md) {
    struct md_phrasing *p = md->phrasing;
    buf_lit(&md->out, "</a>");
    p->open = md->in_link = false;
    if (p->plain.at >= p->next->to)
        p->next++;
}

static void phrase_end(struct md *md) {
    struct md_phrasing *p = md->phrasing;
    if (p->open && p->open_depth == p->depth && p->plain.at >= p->next->to)
        phrase_close(md);
}

void md_phrase_text(struct md *md, struct str words) {
    struct md_phrasing *p = md->phrasing;
    size_t from = 0;
    for (size_t i = 0, end; i < words.len; i = end) {
        size_t gap = md_white(words, i);
        end = i + (gap ? gap : 1);
        while (!gap && end < words.len && ((unsigned char)words.at[end] & 0xC0) == 0x80)
            end++; /* a character is not cut */
        while (!gap && !p->open && p->next < p->end && p->next->to <= next_at(p))
            p->next++;
        if (!gap && !p->open && p->next < p->end && p->next->from <= next_at(p)) {
            md_write(md, str_sub(words, from, i));
            from = i;
            phrase_open(md);
        }
        md_plain_words(&p->plain, str_sub(words, i, end));
        if (p->open && p->open_depth == p->depth && p->plain.at >= p->next->to) {
            md_write(md, str_sub(words, from, end));
            from = end;
            phrase_close(md);
        }
    }
    md_write(md, str_sub(words, from, words.len));
}

/* A phrase that holds all of the node opens around it. One that ends within is closed before, and opens again. */
void md_phrase_enter(struct md *md, cmark_node *node) {
    struct md_phrasing *p = md->phrasing;
    if (!p)
        return;
    struct md_phrasing after = *p;
    md_plain_node(&after.plain, node);
    while (!p->open && p->next < p->end && p->next->to <= next_at(p))
        p->next++;
    bool holds = p->next < p->end && p->next->from <= next_at(p) && p->next->to >= after.plain.at;
    if (holds && !p->open && after.plain.at > p->plain.at)
        phrase_open(md);
    else if (p->open && !holds)
        phrase_close(md);
    p->depth++;
}

/* Before the node's end is printed, and after. */
void md_phrase_leave(struct md *md) {
    struct md_phrasing *p = md->phrasing;
    if (p && p->open && p->open_depth == p->depth)
        phrase_close(md);
}

void md_phrase_left(struct md *md) {
    if (!md->phrasing)
        return;
    md->phrasing->depth--;
    phrase_end(md);
}

/* Code and images are passed over as one. */
void md_phrase_pass(struct md *md, cmark_node *node) {
    if (!md->phrasing)
        return;
    md_plain_node(&md->phrasing->plain, node);
    md_phrase_left(md);
}

static bool has_link(cmark_node *cell) {
    bool link = false;
    cmark_iter *iter = cmark_iter_new(cell);
    cmark_event_type event;
    while (!link && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        link = md_is(cmark_iter_get_node(iter), CMARK_NODE_LINK);
    cmark_iter_free(iter);
    return link;
}

void md_phrases(struct md *md, cmark_node *cell, const struct markdown_phrases *phrases) {
    if (!phrases || !phrases->count || has_link(cell)) {
        md_inlines(md, cmark_node_first_child(cell));
        return;
    }
    struct md_phrasing phrasing = {.next = phrases->items, .end = phrases->items + phrases->count};
    md->phrasing = &phrasing;
    md_inlines(md, cmark_node_first_child(cell));
    md_phrase_leave(md);
    md->phrasing = NULL;
}

/* ---- before anything is printed ---- */

const struct markdown_decor *md_decor(cmark_node *table) {
    return cmark_node_get_user_data(table);
}

static const struct markdown_decor *decor_find(const struct markdown_options *options, size_t ordinal) {
    size_t low = 0, high = options->decor_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (options->decors[middle].ordinal < ordinal)
            low = middle + 1;
        else
            high = middle;
    }
    return low < options->decor_count && options->decors[low].ordinal == ordinal ? &options->decors[low]
                                                                                 : NULL;
}

static void rows_keep(struct md *md, const struct markdown_decor *decor) {
    for (size_t i = 0; i < decor->row_count; i++)
        if (decor->rows[i].id.len && !markdown_id_reserved(decor->rows[i].id))
            md_id_keep(md, decor->rows[i].id, &decor->rows[i], true);
}

/* The ids of rows are given first of all: they are cited, and what a decision says links to them. */
void md_decors(struct md *md, cmark_node *document) {
    size_t ordinal = 0;
    if (!md->options->decor_count)
        return;
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *table = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_EXIT || !md_is_table(table))
            continue;
        const struct markdown_decor *decor = decor_find(md->options, ++ordinal);
        if (!decor)
            continue;
        assert(decor->columns == cmark_gfm_extensions_get_table_columns(table));
        cmark_node_set_user_data(table, (void *)(uintptr_t)decor);
        rows_keep(md, decor);
    }
    cmark_iter_free(iter);
}
