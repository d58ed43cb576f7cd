/* SPDX-License-Identifier: MIT */
/* part_meta.c: what a page says of itself: who answers for it, when it was reviewed, when it changed and how. */
#include "portal/chronicle.h"
#include "portal/stale.h"
#include "publish/view_page.h"

/* What the author noted, as far as it has happened by the as-of day. */
static void changes(const struct view *view, struct value_map *m, const struct page *page) {
    struct value_list list = part_list_new(view);
    const struct value *notes = value_at(&page->front, "changes");
    for (uint32_t i = 0; notes && i < notes->count; i++) {
        date on = value_date(value_at(&notes->items[i], "on"));
        if (on > view->site->as_of)
            continue;
        struct value_map c = part_map(view);
        map_set(&c, "date", part_date(view, on));
        map_text(&c, "text", part_field(&notes->items[i], "what"));
        list_add(&list, map_done(&c));
    }
    part_list(view, m, "changes", &list);
}

/* Why no day of a change is given: officers can do something about it. */
static struct str untold(const struct view *view, const struct page_history *history) {
    if (!history || view->site->audience != AUDIENCE_OFFICERS)
        return (struct str){0};
    if (history->state == HISTORY_CUT)
        return STR("Changed before the history begins that this clone has");
    if (history->state != HISTORY_PENDING)
        return (struct str){0};
    return history->later ? STR("Changed after the day that the portal speaks of")
                          : STR("Changed, not yet committed");
}

struct value part_meta(const struct view *view, const struct page *page) {
    const struct page_history *history = page->history;
    struct stale stale = stale_of(view->site, page);
    struct str owner = part_field(&page->front, "owner");
    struct value_map m = part_map(view);
    map_text(&m, "owner", owner);
    map_set(&m, "reviewed", part_date(view, stale.reviewed));
    map_set(&m, "review_by", part_date(view, stale.due));
    map_set(&m, "overdue", view_overdue(view, page));
    map_set(&m, "changed", part_date(view, history ? history->changed : DATE_NONE));
    map_text(&m, "untold", untold(view, history));
    map_set(&m, "history", view_history_link(view, page));
    changes(view, &m, page);
    bool dated = history && (history->state == HISTORY_DATED || history->count || untold(view, history).len);
    struct value v = map_done(&m);
    bool says = owner.len || stale.reviewed != DATE_NONE || stale.due != DATE_NONE || dated ||
                value_is_true(&v, "has_changes");
    return says ? v : value_null(); /* a page that says nothing of itself has no stamp */
}
