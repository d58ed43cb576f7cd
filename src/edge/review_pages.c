/* SPDX-License-Identifier: MIT */
/* review_pages.c: what changes in what people read: the words of pages. */
#include "edge/review_pages.h"

#include "edge/review_fields.h"
#include "edge/review_match.h"
#include "edge/review_pages_inside.h"
#include "edge/review_text.h"

/* Work for all pages together; a page has what DIFFER_WORK_MAX says. */
#define WORK_MAX (20 * DIFFER_WORK_MAX)

/* A block that came or went is shown to so many bytes. */
#define SHOWN_TEXT 600

/* ---- one page ---- */

static const char *const block_names[] = {
    [MARKDOWN_PARAGRAPH] = "paragraph", [MARKDOWN_HEADING] = "heading",
    [MARKDOWN_ITEM] = "list item",      [MARKDOWN_QUOTE] = "quote",
    [MARKDOWN_CODE] = "code",           [MARKDOWN_CAPTION] = "caption of a table",
    [MARKDOWN_ROW] = "row of a table",  [MARKDOWN_FOOTNOTE] = "footnote",
};

static const char *const change_kinds[] = {[REDLINE_CHANGE] = "changed",
                                           [REDLINE_ADD] = "added",
                                           [REDLINE_REMOVE] = "removed",
                                           [REDLINE_MOVE] = "moved"};

/* The two texts of a page, and what is told of them. */
struct compared {
    struct review *review;
    struct review_page_pair pair;
    struct markdown_prose base, head;
    struct redline redline;
};

static struct value texts(struct arena *arena, const struct str *items, size_t count) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        list_add(&list, value_text(items[i]));
    return list_done(&list);
}

static struct value links_of(const struct compared *c, const struct redline_change *change) {
    struct value_map m = {.arena = c->review->arena};
    const struct markdown_block *old = &c->base.blocks[change->base], *new = &c->head.blocks[change->head];
    map_set(&m, "before", texts(m.arena, old->links, old->link_count));
    map_set(&m, "after", texts(m.arena, new->links, new->link_count));
    return map_done(&m);
}

static struct value change_value(const struct compared *c, const struct redline_change *change) {
    struct arena *arena = c->review->arena;
    bool in_head = change->head != REDLINE_NONE;
    const struct markdown_prose *prose = in_head ? &c->head : &c->base;
    size_t index = in_head ? change->head : change->base;
    const struct markdown_block *block = &prose->blocks[index];
    struct value_map m = {.arena = arena};
    map_text(&m, "kind", str_from(change_kinds[change->kind]));
    map_text(&m, "what", change->count > 1 ? STR("section") : str_from(block_names[block->kind]));
    map_text(&m, "under", markdown_block_path(arena, prose, index));
    map_whole(&m, "line", place_position(block->at).line);
    if (change->kind == REDLINE_CHANGE)
        map_set(&m, "spans", review_spans(change, arena));
    else
        map_text(&m, "text", review_cut(arena, block->text, SHOWN_TEXT));
    map_whole(&m, "blocks", (long long)change->count);
    map_whole(&m, "words", (long long)change->words);
    if (change->level)
        map_bool(&m, "level", true);
    if (change->links)
        map_set(&m, "links", links_of(c, change));
    return map_done(&m);
}

/* What every kind of page says of itself; its order among others is seen, and not read. */
static bool is_common(const struct schema_field *field) {
    static const struct str names[] = {{"title", 5}, {"summary", 7},  {"short_title", 11}, {"audience", 8},
                                       {"owner", 5}, {"reviewed", 8}, {"review_by", 9},    {"changes", 7},
                                       {"part", 4},  {"numbered", 8}};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (str_eq(names[i], str_from(field->name)))
            return true;
    return false;
}

/* Fields of the front matter, where the page is in both. */
static struct value fields_of(const struct compared *c, size_t *more) {
    struct review *r = c->review;
    struct review_fields fields = {
        .arena = r->arena,
        .scratch = r->scratch,
        .base = r->base.site,
        .head = r->head.site,
        .list = {.arena = r->arena},
    };
    if (c->pair.base && c->pair.head)
        review_fields_compare(&fields, &c->pair.base->front, &c->pair.head->front,
                              schema_content[c->pair.head->kind], is_common);
    *more = fields.more;
    return list_done(&fields.list);
}

static struct value changes_of(const struct compared *c, size_t *more) {
    struct value_list list = {.arena = c->review->arena};
    for (size_t i = 0; i < c->redline.count && i < REVIEW_PAGE_CHANGES_MAX; i++)
        list_add(&list, change_value(c, &c->redline.changes[i]));
    *more = c->redline.count > REVIEW_PAGE_CHANGES_MAX ? c->redline.count - REVIEW_PAGE_CHANGES_MAX : 0;
    return list_done(&list);
}

static void read_prose(struct arena *arena, const struct page *page, struct markdown_prose *out) {
    *out = (struct markdown_prose){0};
    if (page)
        markdown_prose(arena, page->source, page->body, out);
}

static bool same_body(const struct review_page_pair *p) {
    return str_eq(str_sub(p->base->source->text, p->base->body, p->base->source->text.len),
                  str_sub(p->head->source->text, p->head->body, p->head->source->text.len));
}

static void compare_texts(struct compared *c, size_t *work) {
    struct review *r = c->review;
    if (c->pair.base && c->pair.head && same_body(&c->pair))
        return;
    struct differ differ = {.arena = r->arena, .scratch = r->scratch};
    differ.work = *work < DIFFER_WORK_MAX ? *work : DIFFER_WORK_MAX;
    size_t given = differ.work;
    read_prose(r->arena, c->pair.base, &c->base);
    read_prose(r->arena, c->pair.head, &c->head);
    c->redline = redline_make(&differ, &c->base, &c->head, REDLINE_NO_PROGRAMS);
    *work -= given - differ.work;
}

static struct value page_value(const struct compared *c, struct value fields, struct value changes,
                               size_t more) {
    const struct page *page = c->pair.head ? c->pair.head : c->pair.base;
    struct value_map m = {.arena = c->review->arena};
    map_text(&m, "path", page->source->path);
    map_text(&m, "title", page->title);
    map_text(&m, "kind", content_noun(page->kind));
    map_text(&m, "status", !c->pair.base ? STR("new") : !c->pair.head ? STR("gone") : STR("changed"));
    if (c->pair.base && c->pair.head && !str_eq(c->pair.base->source->path, page->source->path))
        map_text(&m, "was", c->pair.base->source->path);
    map_text(&m, "summary", c->pair.base && c->pair.head ? STR("") : page->summary);
    map_whole(&m, "added", (long long)c->redline.added);
    map_whole(&m, "removed", (long long)c->redline.removed);
    map_set(&m, "fields", fields);
    map_set(&m, "changes", changes);
    map_whole(&m, "more", (long long)more);
    map_bool(&m, "coarse", c->redline.coarse);
    return map_done(&m);
}

/* Clusters, offers and so on that come or go are told as records. */
static bool is_record(const struct page *page) {
    return page->kind != CONTENT_PAGE && page->kind != CONTENT_POLICY;
}

/* Nothing is added of a page that reads the same. */
static void tell_page(struct review *r, struct review_page_pair pair, struct value_list *list, size_t *more,
                      size_t *work) {
    struct compared c = {.review = r, .pair = pair};
    bool both = pair.base && pair.head;
    if (!both && is_record(pair.head ? pair.head : pair.base))
        return;
    compare_texts(&c, work);
    size_t more_fields, more_changes = 0;
    struct value fields = fields_of(&c, &more_fields);
    bool renamed = both && !str_eq(pair.base->source->path, pair.head->source->path);
    if (both && !c.redline.count && !fields.count && !renamed)
        return;
    struct value changes =
        both ? changes_of(&c, &more_changes) : list_done(&(struct value_list){.arena = r->arena});
    bool reworded = c.redline.count || fields.count;
    r->found[!pair.base   ? REVIEW_PAGE_ADDED
             : !pair.head ? REVIEW_PAGE_REMOVED
             : reworded   ? REVIEW_TEXT_CHANGE
                          : REVIEW_PAGE_RENAMED]++;
    if (list->count == REVIEW_PAGES_MAX)
        ++*more;
    else
        list_add(list, page_value(&c, fields, changes, both ? more_fields + more_changes : 0));
}

/* ---- the whole ---- */

struct value review_pages(struct review *review) {
    struct review_pages_matched pages;
    struct value_list list = {.arena = review->arena};
    struct value_map m = {.arena = review->arena};
    size_t more = 0, work = WORK_MAX;
    review_match_pages(review, review->scratch, &pages);
    for (size_t i = 0; i < pages.count; i++)
        tell_page(review, pages.items[i], &list, &more, &work);
    struct value told = list_done(&list), lost = review_lost(review, &pages),
                 links = review_links(review, &pages);
    if (!told.count && !lost.count && !links.count)
        return map_done(&m);
    map_set(&m, "pages", told);
    map_whole(&m, "more", (long long)more);
    map_set(&m, "lost", lost);
    map_set(&m, "links", links);
    return map_done(&m);
}

/* ---- in words ---- */

static struct str text_at(const struct value *v, const char *key) {
    return value_words(value_get(v, str_from(key)));
}

static bool is(const struct value *v, const char *key, const char *text) {
    return str_eq(text_at(v, key), str_from(text));
}

static void write_links(const struct value *links, struct document *out) {
    const struct value *sides[] = {value_get(links, STR("before")), value_get(links, STR("after"))};
    if (!links)
        return;
    document_span(out, SPAN_TEXT, STR(", and leads elsewhere: "));
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; sides[side] && i < sides[side]->count; i++) {
            const struct value *other = sides[!side];
            bool kept = i < other->count &&
                        str_eq(value_words(&other->items[i]), value_words(&sides[side]->items[i]));
            if (kept)
                continue;
            document_span(out, side ? SPAN_ADDED : SPAN_REMOVED, value_words(&sides[side]->items[i]));
            document_span(out, SPAN_TEXT, STR(" "));
        }
}

static struct str words_counted(struct document *out, size_t words) {
    return str_counted(document_arena(out), words, "word", "words");
}

/* "Section moved under “Support”: Reviews, 120 words". */
static void write_block(const struct value *change, struct document *out) {
    struct str what = text_at(change, "what"), under = text_at(change, "under");
    bool added = is(change, "kind", "added"), removed = is(change, "kind", "removed");
    size_t words = review_whole(change, "words");
    const char capital[] = {(char)(what.at[0] - 'a' + 'A'), '\0'};
    document_printf(out, "%s" STR_FMT " " STR_FMT, capital, STR_ARG(str_sub(what, 1, what.len)),
                    STR_ARG(text_at(change, "kind")));
    if (under.len)
        document_printf(out, " under “" STR_FMT "”", STR_ARG(under));
    document_span(out, SPAN_TEXT, STR(": "));
    document_span(out, added ? SPAN_ADDED : removed ? SPAN_REMOVED : SPAN_TEXT, text_at(change, "text"));
    if (is(change, "what", "section"))
        document_printf(out, ", " STR_FMT, STR_ARG(words_counted(out, words)));
}

static void write_change(const struct value *change, struct str path, struct document *out) {
    struct str under = text_at(change, "under");
    document_item(out, 0);
    if (is(change, "kind", "changed")) {
        if (under.len)
            document_printf(out, "Under “" STR_FMT "”: ", STR_ARG(under));
        review_spans_write(value_get(change, STR("spans")), out);
        document_span(out, SPAN_TEXT, value_get(change, STR("level")) ? STR(", at another level") : STR(""));
        write_links(value_get(change, STR("links")), out);
    } else {
        write_block(change, out);
    }
    if (!is(change, "kind", "removed")) /* its line is that of a file that is no more */
        document_place(out, path, review_whole(change, "line"));
}

/* "12 words added, 3 removed (content/a.md)."; "1 word added". */
static void write_lead(const struct value *page, struct document *out) {
    size_t added = review_whole(page, "added"), removed = review_whole(page, "removed");
    struct str path = text_at(page, "path"), was = text_at(page, "was"), summary = text_at(page, "summary");
    const struct value *coarse = value_get(page, STR("coarse"));
    document_paragraph(out);
    if (is(page, "status", "new"))
        document_printf(out, "A new page of " STR_FMT, STR_ARG(words_counted(out, added)));
    else if (is(page, "status", "gone"))
        document_printf(out, "A page of " STR_FMT " that goes", STR_ARG(words_counted(out, removed)));
    else if (added && removed)
        document_printf(out, STR_FMT " added, " STR_FMT " removed", STR_ARG(words_counted(out, added)),
                        STR_ARG(str_grouped(document_arena(out), (long long)removed)));
    else if (added || removed)
        document_printf(out, STR_FMT " %s", STR_ARG(words_counted(out, added + removed)),
                        added ? "added" : "removed");
    else
        document_span(out, SPAN_TEXT, STR("No word of the text is added or removed"));
    document_place(out, path, 0);
    document_span(out, SPAN_TEXT, STR("."));
    if (was.len) {
        document_printf(out, " It was ");
        document_span(out, SPAN_CODE, was);
        document_printf(out, ".");
    }
    if (summary.len)
        document_printf(out, " “" STR_FMT "”", STR_ARG(summary));
    if (coarse && coarse->truth)
        document_span(out, SPAN_TEXT,
                      STR(" The two texts differ too much to be compared word by word throughout."));
}

static void write_page(const struct value *page, struct document *out) {
    const struct value *fields = value_get(page, STR("fields")), *changes = value_get(page, STR("changes"));
    size_t more = review_whole(page, "more");
    document_heading(out, 3, text_at(page, "title"));
    write_lead(page, out);
    for (uint32_t i = 0; fields && i < fields->count; i++)
        review_field_write(&fields->items[i], 0, out);
    for (uint32_t i = 0; changes && i < changes->count; i++)
        write_change(&changes->items[i], text_at(page, "path"), out);
    if (more) {
        document_item(out, 0);
        document_printf(out, "and " STR_FMT " more",
                        STR_ARG(str_grouped(document_arena(out), (long long)more)));
    }
}

void review_pages_write(const struct value *value, struct document *out) {
    const struct value *pages = value_get(value, STR("pages"));
    size_t more = review_whole(value, "more");
    if (!pages)
        return;
    document_heading(out, 2, STR("Pages"));
    for (uint32_t i = 0; i < pages->count; i++)
        write_page(&pages->items[i], out);
    if (more) {
        document_paragraph(out);
        document_printf(
            out, "And " STR_FMT ".",
            STR_ARG(str_counted(document_arena(out), more, "more page changes", "more pages change")));
    }
    review_lost_write(value_get(value, STR("lost")), out);
    review_links_write(value_get(value, STR("links")), out);
}
