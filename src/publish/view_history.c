/* SPDX-License-Identifier: MIT */
/*
 * view_history.c: the history of a page, version by version, with the words that each added and removed.
 *
 * What is compared is the text as the audience of this portal could read it (portal/chronicle.h), so a public history
 * holds nothing that was not public. Names and messages of commits are its authors' own words: `history: public` says
 * that they may be read. The id of a commit is for officers alone.
 */
#include "portal/chronicle.h"
#include "publish/view_page.h"
#include "text/redline.h"

/* Of one change, the blocks that are shown; a section that came or went whole has more. */
#define LINES_MAX 12

/* Of one version, the changes that are shown. */
#define CHANGES_MAX 60

static bool has_history(const struct page *page) {
    return page->history && page->history->count;
}

struct value view_history_link(const struct view *view, const struct page *page) {
    return has_history(page) ? part_link(view, STR("History"), plan_history_address(view->arena, page))
                             : value_null();
}

/* ---- the words of a change ---- */

static struct value span_of(const struct view *view, enum redline_part part, struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "text", text);
    map_bool(&m, "added", part == REDLINE_ADDED);
    map_bool(&m, "removed", part == REDLINE_REMOVED);
    map_bool(&m, "kept", part == REDLINE_KEPT);
    return map_done(&m);
}

static void add_line(const struct view *view, struct value_list *lines, struct value_list *spans) {
    struct value_map m = part_map(view);
    map_set(&m, "spans", list_done(spans));
    list_add(lines, map_done(&m));
}

static void whole_blocks(const struct view *view, struct value_list *lines, enum redline_part part,
                         const struct markdown_prose *prose, size_t first, size_t count) {
    for (size_t i = 0; i < count && i < LINES_MAX; i++) {
        struct value_list spans = part_list_new(view);
        list_add(&spans, span_of(view, part, prose->blocks[first + i].text));
        add_line(view, lines, &spans);
    }
}

static void changed_words(const struct view *view, struct value_list *lines, const struct redline_change *c) {
    struct value_list spans = part_list_new(view);
    for (size_t i = 0; i < c->span_count; i++)
        list_add(&spans, span_of(view, c->spans[i].part, c->spans[i].text));
    add_line(view, lines, &spans);
}

/* "Title", "Summary", or the headings that the block stands under. */
static struct str place_of(const struct view *view, const struct page_text *text, size_t block) {
    return block < text->fields ? text->labels[block] : markdown_block_path(view->arena, &text->prose, block);
}

/* False of what is no change of words: a level, or where a link leads. */
static bool is_shown(const struct redline_change *c) {
    for (size_t i = 0; c->kind == REDLINE_CHANGE && i < c->span_count; i++)
        if (c->spans[i].part != REDLINE_KEPT)
            return true;
    return c->kind != REDLINE_CHANGE;
}

static struct value change_of(const struct view *view, const struct history_entry *e,
                              const struct redline_change *c) {
    static const char *const labels[] = {[REDLINE_CHANGE] = "Changed",
                                         [REDLINE_ADD] = "Added",
                                         [REDLINE_REMOVE] = "Removed",
                                         [REDLINE_MOVE] = "Moved"};
    const struct markdown_prose *before = &e->text_before.prose, *after = &e->text.prose;
    struct value_map m = part_map(view);
    struct value_list lines = part_list_new(view);
    bool removed = c->kind == REDLINE_REMOVE;
    if (c->kind == REDLINE_CHANGE)
        changed_words(view, &lines, c);
    else if (c->kind == REDLINE_MOVE)
        whole_blocks(view, &lines, REDLINE_KEPT, after, c->head, 1);
    else
        whole_blocks(view, &lines, removed ? REDLINE_REMOVED : REDLINE_ADDED, removed ? before : after,
                     removed ? c->base : c->head, c->count);
    bool more = (c->kind == REDLINE_ADD || removed) && c->count > LINES_MAX;
    map_text(&m, "label", str_from(labels[c->kind]));
    map_text(&m, "under",
             removed ? place_of(view, &e->text_before, c->base) : place_of(view, &e->text, c->head));
    map_set(&m, "lines", list_done(&lines));
    map_text(&m, "rest_text",
             more ? part_count_of(view, c->count - LINES_MAX, "more paragraph", "more paragraphs")
                  : (struct str){0});
    return map_done(&m);
}

/* "12 words added, 3 removed"; of text that only moved, that. */
static struct str words_text(const struct view *view, size_t added, size_t removed) {
    struct str in = part_count_of(view, added, "word added", "words added");
    if (!added && !removed)
        return STR("Moved");
    if (!removed)
        return in;
    return added ? str_join(view->arena, in, STR(", "), part_count(view, removed), STR(" removed"))
                 : part_count_of(view, removed, "word removed", "words removed");
}

/* ---- a version ---- */

static void differences(const struct view *view, struct value_map *m, const struct history_entry *e) {
    struct arena scratch = {0};
    struct differ differ = {.arena = view->arena, .scratch = &scratch, .work = DIFFER_WORK_MAX};
    struct value_list list = part_list_new(view);
    struct redline r = {0};
    size_t more = 0;
    if (e->before == BEFORE_TOLD && e->text.state == TEXT_SHOWN)
        r = redline_make(&differ, &e->text_before.prose, &e->text.prose, REDLINE_ALL);
    for (size_t i = 0; i < r.count; i++)
        if (is_shown(&r.changes[i]) && list.count == CHANGES_MAX)
            more++;
        else if (is_shown(&r.changes[i]))
            list_add(&list, change_of(view, e, &r.changes[i]));
    arena_release(&scratch);
    map_text(m, "words_text", list.count ? words_text(view, r.added, r.removed) : (struct str){0});
    map_text(m, "more_text",
             more ? part_count_of(view, more, "more change", "more changes") : (struct str){0});
    part_list(view, m, "changes", &list);
}

/* What there is to say where no words are marked; a page that was added has all of its words added. */
static struct str note_on(const struct history_entry *e) {
    if (e->text.state == TEXT_UNREAD)
        return STR("This version could not be read as a page, so nothing was published from it.");
    if (e->text.state == TEXT_MISSING)
        return STR("This clone has not got the text of this version.");
    if (e->before == BEFORE_NOTHING)
        return STR("The page was added.");
    if (e->before == BEFORE_HIDDEN)
        return STR("The page was published.");
    if (e->before == BEFORE_UNKNOWN)
        return STR("The history begins here.");
    return chronicle_same(&e->text, &e->text_before) ? STR("No word that readers see changed.")
                                                     : (struct str){0};
}

/* Numbered from the oldest on, so that an address stays when there are newer ones. */
static struct value version(const struct view *view, const struct history_entry *e, size_t number,
                            bool recent) {
    struct value_map m = part_map(view);
    bool officers = view->site->audience == AUDIENCE_OFFICERS;
    map_text(&m, "anchor", str_join(view->arena, STR("version-"), str_whole(view->arena, (long long)number)));
    map_set(&m, "date", part_date(view, e->version->day));
    map_text(&m, "summary", e->version->summary.len ? e->version->summary : STR("No message"));
    map_text(&m, "author", e->version->author);
    map_text(&m, "id", officers ? e->version->short_id : (struct str){0});
    map_text(&m, "note", note_on(e));
    map_bool(&m, "recent", recent);
    differences(view, &m, e);
    return map_done(&m);
}

struct value view_history(const struct view *view, struct page_words *words) {
    const struct page *page = view->output->page;
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view);
    words->title = str_join(view->arena, STR("History of “"), page->title, STR("”"));
    words->description =
        str_join(view->arena, STR("When “"), page->title, STR("” changed, and which words."));
    words->ld_json = value_null();
    if (page->kind != CONTENT_PAGE)
        list_add(&words->crumbs,
                 part_section_link(view, page->kind == CONTENT_ROLE ? CONTENT_PERSON : page->kind));
    list_add(&words->crumbs, part_page_link(view, page));
    size_t count = page->history->count, more = page->history->more;
    const struct history_entry *entries = chronicle_entries(view->site, page, view->arena);
    for (size_t i = 0; i < count; i++)
        list_add(&list, version(view, &entries[i], count + more - i, i == 0));
    map_set(&m, "of", part_page_link(view, page));
    map_set(&m, "meta", part_meta(view, page));
    map_text(&m, "count_text", part_count_of(view, count + more, "version", "versions"));
    map_text(&m, "older_text",
             more ? part_count_of(view, more, "older version", "older versions") : (struct str){0});
    map_set(&m, "versions", list_done(&list));
    return map_done(&m);
}
