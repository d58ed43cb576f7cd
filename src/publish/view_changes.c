/* SPDX-License-Identifier: MIT */
/* view_changes.c: what changed, in the authors' own words: the notes of every page that the audience has. */
#include "publish/view_page.h"

struct value view_change_note(const struct view *view, const struct change_note *note) {
    struct value_map m = part_map(view);
    map_set(&m, "date", part_date(view, note->on));
    map_text(&m, "title", note->page->title);
    map_text(&m, "href", part_href(view, note->page->address));
    map_text(&m, "text", part_field(note->note, "what"));
    return map_done(&m);
}

struct value view_changes_link(const struct view *view) {
    return view->plan->changes ? part_link(view, STR("All changes"), STR(CHANGES_ADDRESS)) : value_null();
}

static void add_year(const struct view *view, struct value_list *years, int year, struct value_list *items) {
    struct value_map m = part_map(view);
    struct str number = str_whole(view->arena, year);
    if (!items->count)
        return;
    map_text(&m, "id", str_join(view->arena, STR("year-"), number));
    map_text(&m, "year", number);
    map_set(&m, "items", list_done(items));
    list_add(years, map_done(&m));
}

struct value view_changes(const struct view *view, struct page_words *words) {
    struct change_note *notes;
    struct value_map m = part_map(view);
    struct value_list years = part_list_new(view), items = part_list_new(view);
    size_t count = change_notes(view->site, view->arena, &notes);
    int year = 0;
    words->title = STR("What changed");
    words->description = STR("What changed on the pages of this portal, as their authors noted it.");
    words->ld_json = value_null();
    for (size_t i = 0; i < count; i++) {
        int of = date_parts(notes[i].on).year;
        if (of != year) {
            add_year(view, &years, year, &items);
            items = part_list_new(view);
            year = of;
        }
        list_add(&items, view_change_note(view, &notes[i]));
    }
    add_year(view, &years, year, &items);
    map_text(&m, "lead", words->description);
    map_set(&m, "years", list_done(&years));
    return map_done(&m);
}
