/* SPDX-License-Identifier: MIT */
/* review_diags.c: errors and warnings that a change brings, and those that it mends. */
#include "edge/review_diags.h"

#include "base/map.h"
#include "edge/review_tables.h"
#include "edge/review_text.h"

/* ---- what an audience may be told ---- */

/* Text of the catalogue's part for Markdown: what these quote stands on the page. */
static bool quotes_the_page(const struct diag *d) {
    return (d->id >= DIAG_MARKDOWN_DEPTH && d->id <= DIAG_FACTS_ENTRY) || d->id == DIAG_LINK_UNKNOWN ||
           d->id == DIAG_IMAGE_UNKNOWN || d->id == DIAG_PATH_FRAGMENT;
}

/* Pages were rendered for the audience, so what is wrong with their links may be told; not what is wrong with addresses,
 * since a file may be for others alone. A path in the front matter of a page is a field that everybody reads. */
static bool is_told(const struct review_side *side, enum audience audience, const struct diag *d) {
    if (audience == AUDIENCE_OFFICERS || (d->id >= DIAG_LINK_MALFORMED && d->id <= DIAG_LINK_IMAGE))
        return true;
    const struct page *page = d->at.source ? map_get(&side->site->page_by_path, d->at.source->path) : NULL;
    if (!page || !page->visible || d->at.offset == DIAG_NOWHERE)
        return false;
    return d->id == DIAG_PATH_UNKNOWN || (quotes_the_page(d) && d->at.offset >= page->body);
}

bool review_diag_is_link(const struct diag *d) {
    switch (d->id) {
    case DIAG_LINK_UNKNOWN:
    case DIAG_IMAGE_UNKNOWN:
    case DIAG_PATH_UNKNOWN:
    case DIAG_PATH_FRAGMENT:
    case DIAG_LINK_BROKEN:
    case DIAG_LINK_CASE:
    case DIAG_LINK_FRAGMENT: return true;
    default: return false;
    }
}

/* What other sections tell. */
static bool is_told_elsewhere(const struct diag *d) {
    return review_diag_is_link(d) || review_tables_tells(d->id);
}

/* What was recorded and the tables no longer give is an error where it stands, and a line of whose decisions change. */
static bool is_recorded(const struct review *review, const struct diag *d) {
    size_t quotes[4] = {0}; /* "2b" was recorded for "LA category" and ... */
    if (d->id < DIAG_RECORDED_BELOW || d->id > DIAG_RECORDED_OUTSIDE_THEN || !d->at.source)
        return false;
    for (size_t i = 0, at = 0; i < 4; i++, at = quotes[i - 1] + 1)
        quotes[i] = str_find(d->text, '"', at);
    if (quotes[3] >= d->text.len)
        return false;
    struct arena_mark mark = arena_mark(review->scratch);
    struct str key =
        str_join(review->scratch, d->at.source->path, STR("\n"), str_sub(d->text, quotes[2] + 1, quotes[3]));
    bool told = map_get(&review->differs, key) != NULL;
    arena_rewind(review->scratch, mark);
    return told;
}

/* ---- matching ---- */

static bool is_digit(struct str s, size_t i) {
    return i < s.len && s.at[i] >= '0' && s.at[i] <= '9';
}

/* "as that of line 12" is the same when that line is the 14th. */
static void add_without_lines(struct buf *key, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        buf_byte(key, text.at[i]);
        if (!str_ends(buf_str(key), STR("line ")))
            continue;
        while (is_digit(text, i + 1))
            i++;
    }
}

static struct str key_of(const struct diag *d, struct arena *arena) {
    struct buf key = {.arena = arena};
    buf_add(&key, str_from(diag_catalogue[d->id].slug));
    buf_byte(&key, '\n');
    buf_add(&key, d->at.source ? d->at.source->path : STR(""));
    buf_byte(&key, '\n');
    add_without_lines(&key, d->text);
    return buf_str(&key);
}

/* How often each is said on one side. */
static void count_all(const struct diags *diags, struct map *counts) {
    for (size_t i = 0; diags && i < diags->count; i++) {
        struct map_item *item = map_add(counts, key_of(&diags->items[i], counts->arena), NULL, NULL);
        if (!item->value)
            item->value = arena_new(counts->arena, size_t);
        ++*(size_t *)item->value;
    }
}

/* Those of a side that the other does not have, or has less often. */
static size_t only_here(const struct review *review, const struct review_side *here,
                        const struct review_side *there, struct arena *arena, const struct diag ***out) {
    struct map counts = {.arena = arena};
    size_t found = 0;
    count_all(there->diags, &counts);
    *out = arena_array(arena, const struct diag *, here->diags ? here->diags->count : 0);
    for (size_t i = 0; here->diags && i < here->diags->count; i++) {
        const struct diag *d = &here->diags->items[i];
        size_t *left = map_get(&counts, key_of(d, arena));
        if (left && *left)
            --*left;
        else if (is_told(here, review->audience, d))
            (*out)[found++] = d;
    }
    return found;
}

void review_diags_match(const struct review *review, struct arena *arena, struct review_diags_found *out) {
    out->fresh_count = only_here(review, &review->head, &review->base, arena, &out->fresh);
    out->fixed_count = only_here(review, &review->base, &review->head, arena, &out->fixed);
}

/* ---- the value ---- */

struct value review_diag_value(const struct diag *d, struct arena *arena) {
    struct value_map m = {.arena = arena};
    map_text(&m, "level", str_from(diag_level_name(diag_catalogue[d->id].level)));
    map_text(&m, "slug", str_from(diag_catalogue[d->id].slug));
    map_text(&m, "text", str_copy(arena, d->text));
    map_text(&m, "hint", str_copy(arena, d->hint));
    map_text(&m, "path", d->at.source ? d->at.source->path : STR(""));
    if (d->at.source && d->at.offset != DIAG_NOWHERE) {
        map_whole(&m, "line", d->position.line);
        map_whole(&m, "column", d->position.column);
    }
    return map_done(&m);
}

static bool is_error(const struct diag *d) {
    return diag_catalogue[d->id].level != DIAG_WARNING;
}

/* Those that are told here, and of what was recorded or is not (`recorded`); `*more` says how many are not in the list. */
static struct value values_of(const struct review *review, const struct diag *const *diags, size_t count,
                              bool recorded, size_t *more) {
    struct value_list list = {.arena = review->arena};
    size_t told = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_told_elsewhere(diags[i]) && is_recorded(review, diags[i]) == recorded &&
            told++ < REVIEW_DIAGS_MAX)
            list_add(&list, review_diag_value(diags[i], review->arena));
    *more = told > REVIEW_DIAGS_MAX ? told - REVIEW_DIAGS_MAX : 0;
    return list_done(&list);
}

struct value review_diags(struct review *review) {
    struct review_diags_found found;
    struct value_map m = {.arena = review->arena};
    size_t more_new, more_fixed, more_recorded;
    review_diags_match(review, review->scratch, &found);
    for (size_t i = 0; i < found.fresh_count; i++)
        if (!is_told_elsewhere(found.fresh[i]))
            review->found[is_error(found.fresh[i]) ? REVIEW_NEW_ERROR : REVIEW_NEW_WARNING]++;
    for (size_t i = 0; i < found.fixed_count; i++)
        review->found[REVIEW_FIXED] += !is_told_elsewhere(found.fixed[i]);
    struct value fresh = values_of(review, found.fresh, found.fresh_count, false, &more_new);
    struct value recorded = values_of(review, found.fresh, found.fresh_count, true, &more_recorded);
    struct value fixed = values_of(review, found.fixed, found.fixed_count, false, &more_fixed);
    if (!fresh.count && !recorded.count && !fixed.count)
        return map_done(&m);
    map_set(&m, "new", fresh);
    map_set(&m, "recorded", recorded);
    map_set(&m, "fixed", fixed);
    map_whole(&m, "more_new", (long long)more_new);
    map_whole(&m, "more_recorded", (long long)more_recorded);
    map_whole(&m, "more_fixed", (long long)more_fixed);
    return map_done(&m);
}

/* ---- in words ---- */

/* Places of what was recorded, in one line. */
#define PLACES_MAX 3

void review_diag_write(const struct value *d, struct document *out) {
    struct str hint = value_words(value_at(d, "hint"));
    document_item(out, 0);
    document_span(out, SPAN_TEXT, value_words(value_at(d, "level")));
    document_span(out, SPAN_TEXT, STR(": "));
    document_span(out, SPAN_TEXT, value_words(value_at(d, "text")));
    document_place(out, value_words(value_at(d, "path")), review_whole(d, "line"));
    if (!hint.len)
        return;
    document_span(out, SPAN_TEXT, STR("; "));
    document_span(out, SPAN_TEXT, hint);
}

/* One line for all of them: which they are, and how each came about, was said of the schools. */
static void write_recorded(const struct value *list, size_t more, struct document *out) {
    size_t count = list->count + more;
    document_item(out, 0);
    document_printf(
        out, "error: " STR_FMT " not what the tables give now, as listed under whose decisions change",
        STR_ARG(str_counted(document_arena(out), count, "recorded decision is", "recorded decisions are")));
    for (uint32_t i = 0; count <= PLACES_MAX && i < list->count; i++)
        document_place(out, value_words(value_at(&list->items[i], "path")),
                       review_whole(&list->items[i], "line"));
    document_printf(out, "; record another, or give the facts their dates");
}

static void write_list(const struct value *list, size_t more, struct document *out) {
    for (uint32_t i = 0; i < list->count; i++)
        review_diag_write(&list->items[i], out);
    if (more) {
        document_item(out, 0);
        document_printf(out, "and " STR_FMT " more",
                        STR_ARG(str_grouped(document_arena(out), (long long)more)));
    }
}

void review_diags_write(const struct value *value, struct document *out) {
    const struct value *fresh = value_get(value, STR("new")), *recorded = value_get(value, STR("recorded")),
                       *fixed = value_get(value, STR("fixed"));
    if (!fresh)
        return;
    document_heading(out, 2, STR("Errors and warnings"));
    if (fresh->count || recorded->count)
        document_heading(out, 3, STR("New"));
    if (recorded->count)
        write_recorded(recorded, review_whole(value, "more_recorded"), out);
    write_list(fresh, review_whole(value, "more_new"), out);
    if (fixed->count)
        document_heading(out, 3, STR("Mended"));
    write_list(fixed, review_whole(value, "more_fixed"), out);
}
