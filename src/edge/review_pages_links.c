/* SPDX-License-Identifier: MIT */
/* review_pages_links.c: links that break, and what to write in place of those to a page that was renamed. */
#include "edge/review_pages_inside.h"

#include <string.h>

#include "edge/review_diags.h"
#include "edge/review_text.h"

/* ---- renamed pages ---- */

/* The page of the head that the link led to in the base, where its file has another name now; or NULL. */
static const struct page *page_now(const struct review_pages_matched *pages, const struct target *was) {
    for (size_t i = 0; was->page && i < pages->count; i++)
        if (pages->items[i].base == was->page && pages->items[i].head)
            return pages->items[i].head;
    return NULL;
}

/* The path of a page as a page of that kind writes it: content/ has folders, and no folders in them. */
static struct str path_from(struct arena *arena, enum content_kind from, const struct page *to) {
    struct str folder = content_folder(to->kind);
    struct str up = content_folder(from).len ? STR("../") : STR("");
    struct str name = str_join(arena, to->slug, STR(".md"));
    return from == to->kind ? name : str_join(arena, up, folder, folder.len ? STR("/") : STR(""), name);
}

/* The first words in double quotes, which are the link as it is written. */
static struct str quoted(struct str text) {
    size_t from = str_find(text, '"', 0), to = str_find(text, '"', from + 1);
    return to < text.len ? str_sub(text, from + 1, to) : (struct str){0};
}

#define WRITE "it was renamed: write "

/* "it was renamed: write kinds-of-partnership.md#sizes"; empty where the page was not. The front matter names pages from
 * content/, as a plain page would. */
static struct str hint_for(const struct review *review, const struct review_pages_matched *pages,
                           const struct diag *d, struct arena *arena) {
    bool front = d->id == DIAG_PATH_UNKNOWN;
    if (!d->at.source || (!front && d->id != DIAG_LINK_UNKNOWN))
        return (struct str){0};
    const struct page *in = map_get(&review->head.site->page_by_path, d->at.source->path);
    struct target was =
        site_target(review->base.site, arena, front ? STR("") : d->at.source->path, quoted(d->text));
    const struct page *now = page_now(pages, &was);
    if (!now)
        return (struct str){0};
    return str_join(arena, STR(WRITE), path_from(arena, front || !in ? CONTENT_PAGE : in->kind, now),
                    was.fragment.len ? STR("#") : STR(""), was.fragment);
}

/* ---- the list ---- */

struct value review_links(struct review *review, const struct review_pages_matched *pages) {
    struct review_diags_found found;
    struct value_list list = {.arena = review->arena};
    review_diags_match(review, review->scratch, &found);
    for (size_t i = 0; i < found.fresh_count; i++) {
        struct diag d = *found.fresh[i];
        if (!review_diag_is_link(&d))
            continue;
        review->found[REVIEW_BROKEN_LINK]++;
        if (list.count == REVIEW_DIAGS_MAX)
            continue;
        struct str hint = hint_for(review, pages, &d, review->scratch);
        d.hint = hint.len ? hint : d.hint;
        list_add(&list, review_diag_value(&d, review->arena));
    }
    return list_done(&list);
}

/* What stands in a link is code: a host would read "#1" in it. */
static void write_link(const struct value *link, struct document *out) {
    struct str text = value_words(value_at(link, "text")), hint = value_words(value_at(link, "hint"));
    struct str written = quoted(text), rest = text;
    document_item(out, 0);
    if (written.len && str_starts(text, STR("\""))) {
        document_span(out, SPAN_CODE, written);
        rest = str_sub(text, written.len + 2, text.len);
    }
    document_span(out, SPAN_TEXT, rest);
    document_place(out, value_words(value_at(link, "path")), review_whole(link, "line"));
    if (!hint.len)
        return;
    bool renamed = str_starts(hint, STR(WRITE));
    document_span(out, SPAN_TEXT, STR("; "));
    document_span(out, SPAN_TEXT, renamed ? STR(WRITE) : hint);
    if (renamed)
        document_span(out, SPAN_CODE, str_sub(hint, strlen(WRITE), hint.len));
}

void review_links_write(const struct value *links, struct document *out) {
    if (!links || !links->count)
        return;
    document_heading(out, 3, STR("Links that break"));
    for (uint32_t i = 0; i < links->count; i++)
        write_link(&links->items[i], out);
}
