/* SPDX-License-Identifier: MIT */
/* view_check.c: what the tables ask of a record, and whether it is met: for officers, by the tree of `signpost explain`. */
#include "portal/explain.h"
#include "publish/view_page.h"

struct value view_tree(const struct view *view, const struct decided *decided) {
    struct arena scratch = {0};
    struct value tree = explain_record(decided, (struct str){0}, view->arena, &scratch);
    arena_release(&scratch);
    return tree;
}

static const struct tag_word check_verdicts[] = {{"passes", "Passes", "ok"},
                                                 {"fails", "Fails", "stop"},
                                                 {"not known", "Not known", "open"},
                                                 {NULL, NULL, NULL}};
static const struct tag_word check_states[] = {{"met", "Met", "ok"},
                                               {"not met", "Not met", "stop"},
                                               {"advice", "Advice", "warn"},
                                               {"not known", "Not known", "open"},
                                               {"not concerned", "Does not concern it", "plain"},
                                               {NULL, NULL, NULL}};

/* What is not met and no breach is advice: in red beside "Passes" it would read as a contradiction. */
static struct str state_of(const struct value *row) {
    struct str state = part_told(row, "state");
    return str_eq(state, STR("not met")) && !value_is_true(row, "breach") ? STR("advice") : state;
}

/* What a check is called, where it stands, and what came of it. */
static void check_head(const struct view *view, struct value_map *m, const struct value *of) {
    map_text(m, "id", str_join(view->arena, STR("check-"), str_slug(view->arena, part_told(of, "id"))));
    map_text(m, "label", part_told(of, "label"));
    map_text(m, "href", part_href(view, part_told(of, "href")));
    map_set(m, "status", part_tag_of(view, check_verdicts, part_told(of, "verdict")));
}

static struct value check(const struct view *view, const struct value *of) {
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view);
    const struct value *of_rows = part_told_list(of, "rows");
    for (uint32_t i = 0; i < of_rows->count; i++) {
        struct value_map v = part_map(view);
        map_text(&v, "label", part_told(&of_rows->items[i], "label"));
        map_text(&v, "href", part_href(view, part_told(&of_rows->items[i], "href")));
        map_set(&v, "verdict", part_tag_of(view, check_states, state_of(&of_rows->items[i])));
        map_set(&v, "answer", value_null());
        map_text(&v, "because", part_told(&of_rows->items[i], "because"));
        list_add(&list, map_done(&v));
    }
    check_head(view, &m, of);
    map_set(&m, "rows", list_done(&list));
    return map_done(&m);
}

void view_tree_checks(const struct view *view, struct value_map *m, const struct value *tree) {
    struct value_list list = part_list_new(view);
    const struct value *of = part_told_list(tree, "checks");
    for (uint32_t i = 0; i < of->count; i++)
        list_add(&list, check(view, &of->items[i]));
    part_list(view, m, "checks", &list);
}

void view_checks(const struct view *view, struct value_map *map, const struct decided *decided) {
    struct value tree = decided ? view_tree(view, decided) : value_null();
    view_tree_checks(view, map, &tree);
}

/* ---- of a group, with the members behind each row ---- */

/* "Last Ofsted RI, row RI or Inadequate": files and lines are for who runs `signpost explain`. */
static struct str reasons(const struct view *view, const struct value *item) {
    const struct value *of = part_told_list(item, "reasons");
    struct buf out = {.arena = view->arena};
    for (uint32_t i = 0; i < of->count; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, part_told(&of->items[i], "text"));
    }
    return buf_str(&out);
}

static struct value person_of(const struct view *view, const struct value *item, struct str with) {
    const struct school *school = map_get(&view->site->school_by_slug, part_told(item, "school"));
    struct str state = part_told(item, "state");
    struct value_map m = part_map(view);
    map_text(&m, "name", part_told(item, "name"));
    map_text(&m, "href", school ? part_href(view, school->address) : (struct str){0});
    map_text(&m, "with", with);
    map_text(&m, "state", str_eq(state, STR("not known")) ? STR("not known") : (struct str){0});
    map_text(&m, "text", reasons(view, item));
    return map_done(&m);
}

/* Those behind a row, each once for each fact that names it; who is named in the company of another comes after it. */
static void behind(const struct view *view, struct value_map *m, const struct value *row) {
    struct value_list list = part_list_new(view);
    const struct value *members = part_told_list(row, "members");
    for (uint32_t i = 0; i < members->count; i++) {
        const struct value *items = part_told_list(&members->items[i], "items");
        for (uint32_t j = 0; j < items->count; j++) {
            const struct value *with = part_told_list(&items->items[j], "with");
            list_add(&list, person_of(view, &items->items[j], (struct str){0}));
            for (uint32_t k = 0; k < with->count; k++)
                list_add(&list, person_of(view, &with->items[k], part_told(&items->items[j], "name")));
        }
    }
    part_list(view, m, "behind", &list);
}

/* "Dogwood: judged at risk; no: met; yes: not met" */
static void settled(const struct view *view, struct value_map *m, const struct value *row) {
    struct value_list list = part_list_new(view);
    const struct value *of = part_told_list(row, "settled");
    for (uint32_t i = 0; i < of->count; i++) {
        const struct value *ways = part_told_list(&of->items[i], "if");
        struct buf out = {.arena = view->arena};
        buf_printf(&out, STR_FMT ", " STR_FMT, STR_ARG(part_told(&of->items[i], "name")),
                   STR_ARG(part_told(&of->items[i], "label")));
        for (uint32_t j = 0; j < ways->count; j++)
            buf_printf(&out, "; " STR_FMT ": " STR_FMT, STR_ARG(part_told(&ways->items[j], "value")),
                       STR_ARG(part_told(&ways->items[j], "then")));
        list_add(&list, value_text(buf_str(&out)));
    }
    part_list(view, m, "settled", &list);
}

/* What the cells that must hold ask, or what was found of what they read; of a row without any, of all. */
static struct str cells(const struct view *view, const struct value *row, const char *key) {
    const struct value *of = part_told_list(row, "cells");
    struct buf out = {.arena = view->arena};
    bool must = false;
    for (uint32_t i = 0; i < of->count; i++)
        must = must || value_is_true(&of->items[i], "must");
    for (uint32_t i = 0; i < of->count; i++) {
        struct str words = part_told(&of->items[i], key);
        if (value_is_true(&of->items[i], "must") != must || !words.len)
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        buf_add(&out, words);
    }
    return buf_str(&out);
}

/* "No trust is split: yes" says no more than the row and its tag. */
static bool is_said(struct str asks, struct str found) {
    struct str rest = str_starts(found, asks) ? str_sub(found, asks.len, found.len) : found;
    return str_eq(rest, STR(": yes")) || str_eq(rest, STR(": no")) || str_eq(rest, STR(": not known"));
}

static struct value group_row(const struct view *view, const struct value *of) {
    struct value_map m = part_map(view);
    struct str asks = cells(view, of, "text"), found = cells(view, of, "found");
    map_text(&m, "label", part_told(of, "label"));
    map_text(&m, "href", part_href(view, part_told(of, "href")));
    map_set(&m, "verdict", part_tag_of(view, check_states, state_of(of)));
    map_text(&m, "asks", asks);
    map_text(&m, "because", is_said(asks, found) ? (struct str){0} : found);
    behind(view, &m, of);
    settled(view, &m, of);
    return map_done(&m);
}

static struct value group_check(const struct view *view, const struct value *of) {
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view);
    struct buf unconcerned = {.arena = view->arena};
    const struct value *rows = part_told_list(of, "rows");
    for (uint32_t i = 0; i < rows->count; i++) {
        if (!str_eq(part_told(&rows->items[i], "state"), STR("not concerned")))
            list_add(&list, group_row(view, &rows->items[i]));
        else
            buf_printf(&unconcerned, "%s" STR_FMT, unconcerned.len ? "; " : "",
                       STR_ARG(part_told(&rows->items[i], "label")));
    }
    check_head(view, &m, of);
    part_list(view, &m, "rows", &list);
    map_text(&m, "unconcerned", buf_str(&unconcerned));
    return map_done(&m);
}

/* A check of which no row concerns the group passes, and says nothing of it. */
static bool concerns(const struct value *check) {
    const struct value *rows = part_told_list(check, "rows");
    for (uint32_t i = 0; i < rows->count; i++)
        if (!str_eq(part_told(&rows->items[i], "state"), STR("not concerned")))
            return true;
    return false;
}

void view_group_checks(const struct view *view, struct value_map *map, const struct decided *decided) {
    struct value_list list = part_list_new(view);
    bool officers = decided && view->site->audience == AUDIENCE_OFFICERS;
    struct value tree = officers ? view_tree(view, decided) : value_null();
    const struct value *of = part_told_list(&tree, "checks");
    for (uint32_t i = 0; i < of->count; i++)
        if (concerns(&of->items[i]))
            list_add(&list, group_check(view, &of->items[i]));
    part_list(view, map, "checks", &list);
}
