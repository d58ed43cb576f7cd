/* SPDX-License-Identifier: MIT */
/* view_reviews.c: for officers, the pages whose review is overdue or due, or that nobody has reviewed or answers for. */
#include "portal/stale.h"
#include "publish/view_page.h"

static const struct {
    enum stale_state state; /* STALE_FRESH: those without an owner, whatever else is true of them */
    const char *id, *heading, *text;
} sections[] = {
    {STALE_OVERDUE, "overdue", "Overdue", "The longest overdue first."},
    {STALE_SOON, "soon", "Due within 3 months", "The soonest first."},
    {STALE_NEVER, "never", "Never reviewed", "Their front matter states no review that has taken place."},
    {STALE_FRESH, "unowned", "Without an owner", "Nobody is said to answer for them."},
};

#define SECTION_COUNT (sizeof(sections) / sizeof(sections[0]))

static struct value due_tag(const struct view *view, const struct stale *s) {
    struct str days = part_count_of(view, s->days, "day", "days");
    return s->state == STALE_OVERDUE ? part_tag(view, str_join(view->arena, STR("Overdue by "), days), "warn")
                                     : value_null();
}

struct value view_overdue(const struct view *view, const struct page *page) {
    struct stale s = stale_of(view->site, page);
    return view->site->audience == AUDIENCE_OFFICERS ? due_tag(view, &s) : value_null();
}

static struct value item(const struct view *view, const struct stale *s) {
    const struct page *p = s->page;
    struct value_map m = part_map(view);
    struct str noun = p ? content_noun(p->kind) : STR("statement"), rest = str_sub(noun, 1, noun.len);
    char first = (char)(noun.at[0] - 'a' + 'A');
    map_text(&m, "title", p ? p->title : STR("Accessibility statement"));
    map_text(&m, "href", part_href(view, p ? p->address : STR("accessibility.html")));
    map_text(&m, "kind", str_join(view->arena, (struct str){&first, 1}, rest));
    map_text(&m, "owner", p ? part_field(&p->front, "owner") : (struct str){0});
    map_set(&m, "reviewed", part_date(view, s->reviewed));
    map_set(&m, "due", part_date(view, s->due));
    map_set(&m, "overdue", due_tag(view, s));
    return map_done(&m);
}

static bool belongs(const struct stale *s, enum stale_state state) {
    return state == STALE_FRESH ? s->unowned : s->state == state;
}

static struct value section_of(const struct view *view, const struct stales *all, size_t n) {
    struct value_map m = part_map(view);
    struct value_list items = part_list_new(view);
    for (size_t i = 0; i < all->count; i++)
        if (belongs(&all->items[i], sections[n].state))
            list_add(&items, item(view, &all->items[i]));
    if (!items.count)
        return value_null();
    map_text(&m, "id", str_from(sections[n].id));
    map_text(&m, "heading", str_from(sections[n].heading));
    map_text(&m, "text", str_from(sections[n].text));
    map_text(&m, "count_text", part_count_of(view, items.count, "page", "pages"));
    part_list(view, &m, "items", &items);
    return map_done(&m);
}

/* "2 overdue, 3 due within 3 months", or that there is nothing to do. */
static struct str summary(const struct view *view, const struct stales *all) {
    struct buf out = {.arena = view->arena};
    static const char *const words[] = {
        [STALE_OVERDUE] = "overdue", [STALE_SOON] = "due within 3 months", [STALE_NEVER] = "never reviewed"};
    for (int state = STALE_OVERDUE; state <= STALE_NEVER; state++) {
        size_t count = 0;
        for (size_t i = 0; i < all->count; i++)
            count += all->items[i].state == (enum stale_state)state;
        if (count)
            buf_printf(&out, "%s" STR_FMT " %s", out.len ? ", " : "", STR_ARG(part_count(view, count)),
                       words[state]);
    }
    return out.len ? buf_str(&out) : STR("none is overdue or due within 3 months");
}

struct value view_reviews_link(const struct view *view) {
    if (view->site->audience != AUDIENCE_OFFICERS)
        return value_null();
    struct stales all;
    stale_list(view->site, view->arena, &all);
    struct value_map m = part_map(view);
    map_text(&m, "title", STR("Pages due for review"));
    map_text(&m, "href", part_href(view, STR(REVIEWS_ADDRESS)));
    map_text(&m, "text", summary(view, &all));
    return map_done(&m);
}

struct value view_reviews(const struct view *view, struct page_words *words) {
    struct stales all;
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view);
    words->title = STR("Pages due for review");
    words->description = STR("Which pages are to be reviewed, by when and by whom.");
    words->ld_json = value_null();
    stale_list(view->site, view->arena, &all);
    for (size_t n = 0; n < SECTION_COUNT; n++) {
        struct value v = section_of(view, &all, n);
        if (v.kind != VALUE_NULL)
            list_add(&list, v);
    }
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", summary(view, &all));
    part_list(view, &m, "sections", &list);
    return map_done(&m);
}
