/* SPDX-License-Identifier: MIT */
/*
 * view_release.c: what an audience is told of what it may not see, with the reason.
 *
 * Officers read on the same page what lower audiences are told, with the numbers that those do not get.
 */
#include "policy/withhold.h"
#include "portal/release.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

static const char *const readers[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "Officers",
    [AUDIENCE_SCHOOLS] = "Schools and officers",
    [AUDIENCE_PUBLIC] = "Everybody",
};

static const char *const forms[] = {
    [RELEASE_COUNT] = "A count of schools by answer",
    [RELEASE_MET] = "Met or not met",
};

static struct str title_of(const struct view *view, const struct release *x) {
    if (!x->output || x->decision->output_count == 1 || str_eq(x->output->label, x->decision->label))
        return x->decision->label;
    return str_join(view->arena, x->decision->label, STR(": "), part_lower_first(view, x->output->label));
}

/* The first of its tables that the audience has. */
static struct value table_of(const struct view *view, const struct release *x) {
    for (size_t i = 0; i < x->decision->table_count; i++)
        if (lexicon_page(view->site, x->decision->tables[i]))
            return part_link(view, lexicon_table_title(view->arena, x->decision->tables[i]),
                             lexicon_table_address(view->arena, x->decision->tables[i]));
    return value_null();
}

/* ---- counts ---- */

static struct value count_of(const struct view *view, const struct release *x,
                             const struct release_count *c) {
    struct value_map m = part_map(view);
    bool small = c->schools && c->schools <= WITHHOLD_MAX; /* told, it hides nobody: readers know them all */
    bool told = !c->withheld || view->site->audience == AUDIENCE_OFFICERS;
    map_text(&m, "label", part_answer(view, c->label));
    map_bool(&m, "withheld", c->withheld);
    map_bool(&m, "known", small && !c->withheld && !x->known);
    map_text(&m, "count", told ? part_count(view, c->schools) : (struct str){0});
    return map_done(&m);
}

static void counts(const struct view *view, struct value_map *m, const struct release *x) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < x->count_count; i++)
        list_add(&list, count_of(view, x, &x->counts[i]));
    part_list(view, m, "counts", &list);
    map_text(m, "total", part_count(view, x->total));
    map_bool(m, "withheld", x->withheld);
    map_bool(m, "known", x->known);
}

/* ---- verdicts ---- */

static const struct {
    const char *label, *tone;
} verdict_words[] = {
    [CHECK_PASSES] = {"Met", "ok"},
    [CHECK_FAILS] = {"Not met", "warn"},
    [CHECK_UNCERTAIN] = {"Not known", "open"},
};

static struct value verdict_of(const struct view *view, const struct release_verdict *v) {
    struct value_map m = part_map(view);
    map_text(&m, "title", v->page->title);
    map_text(&m, "href", part_href(view, v->page->address));
    map_set(&m, "tag",
            v->concerned
                ? part_tag(view, str_from(verdict_words[v->verdict].label), verdict_words[v->verdict].tone)
                : part_tag(view, STR("Does not apply"), "plain"));
    return map_done(&m);
}

static void verdicts(const struct view *view, struct value_map *m, const struct release *x) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < x->verdict_count; i++)
        if (x->verdicts[i].page->visible)
            list_add(&list, verdict_of(view, &x->verdicts[i]));
    part_list(view, m, "verdicts", &list);
    map_text(m, "kind", lexicon_kind(view->site, view->arena, x->decision->record, false));
}

static struct value release_of(const struct view *view, const struct release *x) {
    struct value_map m = part_map(view);
    map_text(&m, "id", lexicon_id_release(view->arena, x));
    map_text(&m, "title", title_of(view, x));
    map_set(&m, "table", table_of(view, x));
    map_text(&m, "form", str_from(forms[x->form]));
    map_text(&m, "readers", str_from(readers[x->audience]));
    map_text(&m, "because", x->because);
    counts(view, &m, x);
    verdicts(view, &m, x);
    return map_done(&m);
}

struct value view_released(const struct view *view, struct page_words *words) {
    const struct releases *all = view->site->releases;
    struct value_list items = part_list_new(view);
    bool withheld = false;
    words->title = STR("What is released");
    words->description =
        STR("Coarser statements about what is kept private, each made on purpose and for a stated reason.");
    words->ld_json = value_null();
    for (size_t i = 0; i < all->count; i++) {
        if (!release_told(&all->items[i], view->site->audience))
            continue;
        list_add(&items, release_of(view, &all->items[i]));
        withheld = withheld || all->items[i].withheld;
    }
    struct value_map m = part_map(view);
    map_text(&m, "title", words->title);
    map_text(&m, "lead", words->description);
    map_set(&m, "items", list_done(&items));
    map_bool(&m, "withheld", withheld);
    map_set(&m, "definitions", part_definitions(view));
    return map_done(&m);
}
