/* SPDX-License-Identifier: MIT */
/* worklist.c: who is on which of the officers' lists. */
#include "publish/worklist.h"

#include <string.h>

static const struct {
    const char *stem, *title;
} kinds[FINDING_COUNT] = {
    [FINDING_GAP] = {"decisions/data-gaps", "Data gaps"},
    [FINDING_SUGGESTED] = {"decisions/suggested", "Suggested, not agreed"},
    [FINDING_DIFFERS] = {"decisions/differs", "Different from the suggestion"},
    [FINDING_AUTOMATIC] = {"decisions/automatic", "Automatic changes not yet recorded"},
    [FINDING_CHECK] = {"decisions/checks", "Checks that fail or are not known"},
};

static struct str name_of(const struct caseload *c, const struct worklist *list, size_t item) {
    if (list->of_cases)
        return c->cases[item].school->name;
    const struct finding *f = &c->findings[list->finding].items[item];
    return f->school ? f->school->name : f->record;
}

static void sort_by_letter(const struct caseload *c, struct worklist *list, const size_t *items, size_t count,
                           struct arena *arena) {
    size_t last = 0;
    for (size_t i = 0; i < count; i++)
        last = items[i] > last ? items[i] : last;
    struct str *names = arena_array(arena, struct str, last + 1);
    for (size_t i = 0; i < count; i++)
        names[items[i]] = name_of(c, list, items[i]);
    list->count = count;
    list->split = count > PLAN_LIST_MAX;
    list->items = plan_sort_by_letter(arena, items, names, count, list->by_letter);
}

static struct worklist *add_list(struct worklists *lists, struct str stem) {
    lists->items[lists->count] = (struct worklist){.stem = stem};
    return &lists->items[lists->count++];
}

/* One list a person whose schools there are; the last is of the schools that have nobody. */
static void add_cases(struct worklists *lists, const struct site *site, struct arena *arena) {
    const struct caseload *c = lists->caseload;
    const struct pages *people = &site->pages[CONTENT_PERSON];
    size_t *first = arena_array(arena, size_t, people->count + 2);
    size_t *next = arena_array(arena, size_t, people->count + 1);
    size_t *items = arena_array(arena, size_t, c->count);
    for (size_t i = 0; i < c->count; i++) {
        const struct page *officer = c->cases[i].school->link_officer;
        first[(officer ? officer->index : people->count) + 1]++;
    }
    for (size_t p = 0; p <= people->count; p++)
        first[p + 1] += first[p];
    memcpy(next, first, (people->count + 1) * sizeof(*next));
    for (size_t i = 0; i < c->count; i++) {
        const struct page *officer = c->cases[i].school->link_officer;
        items[next[officer ? officer->index : people->count]++] = i;
    }
    for (size_t p = 0; p <= people->count; p++) {
        if (first[p] == first[p + 1])
            continue;
        const struct page *officer = p < people->count ? people->items[p] : NULL;
        struct worklist *list =
            add_list(lists, officer ? str_join(arena, STR("decisions/caseload/"), officer->slug)
                                    : STR("decisions/no-link-officer"));
        list->of_cases = true;
        list->officer = officer;
        sort_by_letter(c, list, items + first[p], first[p + 1] - first[p], arena);
    }
}

static void add_findings(struct worklists *lists, struct arena *arena) {
    for (int k = 0; k < FINDING_COUNT; k++) {
        size_t count = lists->caseload->findings[k].count;
        size_t *items = arena_array(arena, size_t, count);
        if (!count)
            continue;
        for (size_t i = 0; i < count; i++)
            items[i] = i;
        struct worklist *list = add_list(lists, str_from(kinds[k].stem));
        list->finding = (enum finding_kind)k;
        sort_by_letter(lists->caseload, list, items, count, arena);
    }
}

const struct worklists *worklists_make(const struct site *site, struct arena *arena) {
    const struct caseload *caseload = caseload_make(site, arena);
    if (!caseload)
        return NULL;
    struct worklists *lists = arena_new(arena, struct worklists);
    lists->caseload = caseload;
    lists->items = arena_array(arena, struct worklist, site->pages[CONTENT_PERSON].count + 1 + FINDING_COUNT);
    add_cases(lists, site, arena);
    add_findings(lists, arena);
    totals_make(site, caseload, arena, &lists->totals);
    return lists;
}

bool worklists_total(const struct worklists *lists) {
    return lists->totals.quantity_count || lists->totals.yes_count || lists->caseload->main;
}

struct str worklist_title(struct arena *arena, const struct site *site, const struct worklist *list) {
    if (!list->of_cases)
        return str_from(kinds[list->finding].title);
    return list->officer ? str_join(arena, STR("Caseload of "), list->officer->title)
                         : str_join(arena, STR("Schools with no "), str_uncapital(arena, site_officer(site)));
}

struct str worklist_address(struct arena *arena, const struct worklist *list, int letter) {
    if (letter < 0 || !list->split)
        return str_join(arena, list->stem, STR(".html"));
    return str_join(arena, list->stem, STR("/"), plan_letter_id(arena, letter), STR(".html"));
}

const struct worklist *worklist_of_findings(const struct worklists *lists, enum finding_kind kind) {
    for (size_t i = 0; i < lists->count; i++)
        if (!lists->items[i].of_cases && lists->items[i].finding == kind)
            return &lists->items[i];
    return NULL;
}
