/* SPDX-License-Identifier: MIT */
/* plan.c: which pages there are, and where. */
#include "publish/plan.h"

#include "portal/change.h"
#include "portal/chronicle.h"
#include "portal/coverage.h"
#include "portal/deployment.h"
#include "portal/formerly.h"
#include "portal/match.h"
#include "portal/release.h"
#include "publish/agenda.h"
#include "publish/group_list.h"
#include "publish/lexicon.h"
#include "publish/worklist.h"

static const char *const template_names[TEMPLATE_COUNT] = {
    [TEMPLATE_HOME] = "home",
    [TEMPLATE_DIRECTORY] = "directory",
    [TEMPLATE_SCHOOL] = "school",
    [TEMPLATE_CLUSTERS] = "clusters",
    [TEMPLATE_CLUSTER] = "cluster",
    [TEMPLATE_PARTNERSHIPS] = "partnerships",
    [TEMPLATE_PARTNERSHIP] = "partnership",
    [TEMPLATE_OFFERS] = "offers",
    [TEMPLATE_OFFER] = "offer",
    [TEMPLATE_PEOPLE] = "people",
    [TEMPLATE_ROLE] = "role",
    [TEMPLATE_PERSON] = "person",
    [TEMPLATE_BODIES] = "bodies",
    [TEMPLATE_BODY] = "body",
    [TEMPLATE_POLICIES] = "policies",
    [TEMPLATE_POLICY] = "policy",
    [TEMPLATE_DEFINITIONS] = "definitions",
    [TEMPLATE_DECISIONS] = "decisions",
    [TEMPLATE_CASELOAD] = "caseload",
    [TEMPLATE_FINDINGS] = "findings",
    [TEMPLATE_TOTALS] = "totals",
    [TEMPLATE_GROUPS] = "groups",
    [TEMPLATE_GROUP] = "group",
    [TEMPLATE_YEAR] = "year",
    [TEMPLATE_AGENDA] = "agenda",
    [TEMPLATE_LEADERS] = "leaders",
    [TEMPLATE_PROPOSALS] = "proposals",
    [TEMPLATE_LETTERS] = "letters",
    [TEMPLATE_LETTER] = "letter",
    [TEMPLATE_PAGE] = "page",
    [TEMPLATE_NOT_FOUND] = "not-found",
    [TEMPLATE_SITEMAP] = "sitemap",
    [TEMPLATE_ACCESSIBILITY] = "accessibility",
    [TEMPLATE_SOURCES] = "sources",
    [TEMPLATE_RELEASED] = "released",
    [TEMPLATE_COVERAGE] = "coverage",
    [TEMPLATE_UNCOVERED] = "uncovered",
    [TEMPLATE_REVIEWS] = "reviews",
    [TEMPLATE_CHANGES] = "changes",
    [TEMPLATE_HISTORY] = "history",
    [TEMPLATE_REDIRECT] = "redirect",
};

/* The template of each kind of content page, and of the index of its folder. People's index lists roles too. */
static const struct {
    enum template_kind page, index;
    const char *index_address;
} of_content[CONTENT_COUNT] = {
    [CONTENT_PAGE] = {TEMPLATE_PAGE, TEMPLATE_COUNT, NULL},
    [CONTENT_POLICY] = {TEMPLATE_POLICY, TEMPLATE_POLICIES, "policy/index.html"},
    [CONTENT_CLUSTER] = {TEMPLATE_CLUSTER, TEMPLATE_CLUSTERS, "clusters/index.html"},
    [CONTENT_PARTNERSHIP] = {TEMPLATE_PARTNERSHIP, TEMPLATE_PARTNERSHIPS, "partnerships/index.html"},
    [CONTENT_OFFER] = {TEMPLATE_OFFER, TEMPLATE_OFFERS, "offers/index.html"},
    [CONTENT_ROLE] = {TEMPLATE_ROLE, TEMPLATE_COUNT, NULL},
    [CONTENT_PERSON] = {TEMPLATE_PERSON, TEMPLATE_PEOPLE, "people/index.html"},
    [CONTENT_BODY] = {TEMPLATE_BODY, TEMPLATE_BODIES, "bodies/index.html"},
};

struct str template_name(enum template_kind kind) {
    return str_from(template_names[kind]);
}

/* ---- letters ---- */

int plan_letter(struct arena *scratch, struct str name) {
    struct arena_mark mark = arena_mark(scratch);
    struct str slug = str_slug(scratch, str_sub(name, 0, 32));
    bool letter = slug.len && slug.at[0] >= 'a' && slug.at[0] <= 'z';
    int found = letter ? slug.at[0] - 'a' : PLAN_LETTERS - 1;
    arena_rewind(scratch, mark);
    return found;
}

/* The letter of each school: asked for by every list that the school is in. */
static unsigned char *letters_of(struct arena *arena, const struct site *site) {
    unsigned char *letters = arena_array(arena, unsigned char, site->school_count);
    for (size_t i = 0; i < site->school_count; i++)
        letters[i] = (unsigned char)plan_letter(arena, site->schools[i]->name);
    return letters;
}

struct str plan_letter_text(struct arena *arena, int letter) {
    char c = (char)('A' + letter);
    return letter == PLAN_LETTERS - 1 ? STR("0–9") : str_copy(arena, (struct str){&c, 1});
}

struct str plan_letter_id(struct arena *arena, int letter) {
    char c = (char)('a' + letter);
    return letter == PLAN_LETTERS - 1 ? STR("0-9") : str_copy(arena, (struct str){&c, 1});
}

size_t *plan_sort_by_letter(struct arena *arena, const size_t *items, const struct str *names, size_t count,
                            size_t by_letter[PLAN_LETTERS + 1]) {
    unsigned char *letters = arena_array(arena, unsigned char, count);
    size_t *sorted = arena_array(arena, size_t, count), next[PLAN_LETTERS];
    for (int l = 0; l <= PLAN_LETTERS; l++)
        by_letter[l] = 0;
    for (size_t i = 0; i < count; i++) {
        letters[i] = (unsigned char)plan_letter(arena, names[items[i]]);
        by_letter[letters[i] + 1]++;
    }
    for (int l = 0; l < PLAN_LETTERS; l++) {
        next[l] = by_letter[l];
        by_letter[l + 1] += by_letter[l];
    }
    for (size_t i = 0; i < count; i++)
        sorted[next[letters[i]]++] = items[i];
    return sorted;
}

/* ---- listings ---- */

/* Numbers sort before letters, so the names that begin with none come first in the list and last in the index. */
static void listing_make(struct listing *listing, struct arena *arena, const struct site *site,
                         const struct choice *phase, const unsigned char *letters) {
    listing->phase = phase;
    size_t counts[PLAN_LETTERS] = {0};
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        if (school_is_listed(s) && (!phase || s->phase == phase))
            counts[letters[i]]++;
    }
    size_t next[PLAN_LETTERS];
    for (int l = 0; l < PLAN_LETTERS; l++) {
        next[l] = listing->by_letter[l];
        listing->by_letter[l + 1] = listing->by_letter[l] + counts[l];
    }
    listing->count = listing->by_letter[PLAN_LETTERS];
    listing->split = listing->count > PLAN_LIST_MAX;
    listing->schools = arena_array(arena, const struct school *, listing->count);
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        if (school_is_listed(s) && (!phase || s->phase == phase))
            listing->schools[next[letters[i]]++] = s;
    }
}

/* One a phase that has schools. */
static void make_phases(struct plan *plan, struct arena *arena, const unsigned char *letters) {
    size_t most = 0;
    while (phase_choices[most].id)
        most++;
    plan->phases = arena_array(arena, struct listing, most);
    for (size_t i = 0; i < most; i++) {
        struct listing listing = {0};
        listing_make(&listing, arena, plan->site, &phase_choices[i], letters);
        if (listing.count)
            plan->phases[plan->phase_count++] = listing;
    }
}

struct str plan_listing_address(struct arena *arena, const struct listing *listing, int letter) {
    struct str id = letter >= 0 ? plan_letter_id(arena, letter) : (struct str){0};
    struct str phase = listing->phase ? str_slug(arena, str_from(listing->phase->id)) : (struct str){0};
    if (letter < 0 || !listing->split)
        return phase.len ? str_join(arena, STR("phases/"), phase, STR(".html")) : STR("schools/index.html");
    return phase.len ? str_join(arena, STR("phases/"), phase, STR("/"), id, STR(".html"))
                     : str_join(arena, STR("schools/a-to-z/"), id, STR(".html"));
}

/* ---- the list of pages ---- */

const struct school *plan_successor(const struct site *site, const struct school *closed) {
    const struct value *list = value_at(&closed->record, "successors");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        struct str urn = value_words(value_at(&list->items[i], "urn"));
        for (size_t j = 0; j < site->school_count; j++)
            if (str_eq(urn, value_words(value_at(&site->schools[j]->record, "urn"))))
                return site->schools[j];
    }
    return NULL;
}

/* The list grows as pages come: a sum of all that there may be, worked out beforehand, is one more thing to keep in step
 * with each kind of page. */
static struct plan_page *add(struct plan *plan, struct arena *arena, struct str address,
                             enum template_kind kind, struct place made_from) {
    size_t size = sizeof(struct plan_page), room = plan->room;
    if (plan->count == room) {
        plan->room = room + room / 2 + 64;
        plan->outputs =
            arena_grow(arena, plan->outputs, room * size, plan->room * size, alignof(struct plan_page));
    }
    plan->outputs[plan->count] = (struct plan_page){
        .address = address, .kind = kind, .part = -1, .letter = -1, .made_from = made_from};
    return &plan->outputs[plan->count++];
}

static void add_listing(struct plan *plan, struct arena *arena, const struct listing *listing,
                        struct place made_from) {
    add(plan, arena, plan_listing_address(arena, listing, -1), TEMPLATE_DIRECTORY, made_from)->listing =
        listing;
    for (int l = 0; listing->split && l < PLAN_LETTERS; l++) {
        if (listing->by_letter[l] == listing->by_letter[l + 1])
            continue;
        struct plan_page *o =
            add(plan, arena, plan_listing_address(arena, listing, l), TEMPLATE_DIRECTORY, made_from);
        o->listing = listing;
        o->letter = l;
    }
}

/* Whoever has an old address is led on. */
static void add_former(struct plan *plan, struct arena *arena, const struct value *record,
                       const struct school *school, const struct page *page) {
    const struct value *list = value_at(record, "formerly");
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        struct plan_page *o = add(plan, arena, formerly_address(arena, value_words(&list->items[i])),
                                  TEMPLATE_REDIRECT, value_place(&list->items[i]));
        o->school = school;
        o->page = page;
    }
}

static void add_school(struct plan *plan, struct arena *arena, const struct school *school) {
    bool moved = !school_is_listed(school) && plan_successor(plan->site, school);
    struct place at = place_file(school->source);
    add(plan, arena, school->address, moved ? TEMPLATE_REDIRECT : TEMPLATE_SCHOOL, at)->school = school;
    struct str urn = value_words(value_at(&school->record, "urn"));
    if (urn.len) {
        struct str address = str_join(arena, STR("urn/"), urn, STR(".html"));
        add(plan, arena, address, TEMPLATE_REDIRECT, at)->school = school;
    }
    add_former(plan, arena, &school->record, school, NULL);
}

static void add_content(struct plan *plan, struct arena *arena, enum content_kind kind) {
    const struct pages *pages = &plan->site->pages[kind];
    if (pages->count && of_content[kind].index != TEMPLATE_COUNT)
        add(plan, arena, str_from(of_content[kind].index_address), of_content[kind].index,
            place_file(plan->site->portal_source));
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = pages->items[i];
        add(plan, arena, page->address, of_content[kind].page, place_file(page->source))->page = page;
        add_former(plan, arena, &page->front, NULL, page);
    }
}

static void make_menu(struct plan *plan, struct arena *arena) {
    const struct value *items = value_at(&plan->site->portal, "navigation");
    plan->menu = arena_array(arena, struct menu_item, (items ? items->count : 0) + 2);
    for (uint32_t i = 0; items && i < items->count; i++) {
        struct target t =
            site_target(plan->site, arena, (struct str){0}, value_words(value_at(&items->items[i], "to")));
        if (site_shows(plan->site, &t))
            plan->menu[plan->menu_count++] =
                (struct menu_item){value_words(value_at(&items->items[i], "title")), t.address};
    }
    if (plan->worklists)
        plan->menu[plan->menu_count++] = (struct menu_item){STR("Decisions"), STR(WORKLISTS_ADDRESS)};
    else if (plan->groups)
        plan->menu[plan->menu_count++] = (struct menu_item){STR("Groups"), STR(GROUPS_ADDRESS)};
    if (plan->agenda)
        plan->menu[plan->menu_count++] = (struct menu_item){STR("The year"), STR(AGENDA_ADDRESS)};
}

static void add_worklists(struct plan *plan, struct arena *arena, struct place made_from) {
    add(plan, arena, STR(WORKLISTS_ADDRESS), TEMPLATE_DECISIONS, made_from);
    if (worklists_total(plan->worklists))
        add(plan, arena, STR(TOTALS_ADDRESS), TEMPLATE_TOTALS, made_from);
    for (size_t i = 0; i < plan->worklists->count; i++) {
        const struct worklist *list = &plan->worklists->items[i];
        enum template_kind kind = list->of_cases ? TEMPLATE_CASELOAD : TEMPLATE_FINDINGS;
        add(plan, arena, worklist_address(arena, list, -1), kind, made_from)->worklist = list;
        for (int l = 0; list->split && l < PLAN_LETTERS; l++) {
            if (list->by_letter[l] == list->by_letter[l + 1])
                continue;
            struct plan_page *o = add(plan, arena, worklist_address(arena, list, l), kind, made_from);
            o->worklist = list;
            o->letter = l;
        }
    }
}

struct str plan_letter_to(struct arena *arena, const struct school *school) {
    return str_join(arena, STR("letters/"), school->slug, STR(".html"));
}

struct str plan_letters_address(struct arena *arena, const struct plan *plan, int letter) {
    if (letter < 0 || !plan->all.split)
        return STR(LETTERS_ADDRESS);
    return str_join(arena, STR("letters/a-to-z/"), plan_letter_id(arena, letter), STR(".html"));
}

/* The list has every open school, since an officer looks for those that have no letter yet. */
static void add_letters(struct plan *plan, struct arena *arena, struct place made_from) {
    const struct caseload *c = plan->worklists->caseload;
    add(plan, arena, STR(LETTERS_ADDRESS), TEMPLATE_LETTERS, made_from);
    for (int l = 0; plan->all.split && l < PLAN_LETTERS; l++)
        if (plan->all.by_letter[l] != plan->all.by_letter[l + 1])
            add(plan, arena, plan_letters_address(arena, plan, l), TEMPLATE_LETTERS, made_from)->letter = l;
    for (size_t i = 0; i < c->count; i++)
        if (c->cases[i].letter)
            add(plan, arena, plan_letter_to(arena, c->cases[i].school), TEMPLATE_LETTER,
                place_file(c->cases[i].school->source))
                ->school = c->cases[i].school;
}

static void add_groups(struct plan *plan, struct arena *arena, struct place made_from) {
    const struct group_lists *groups = plan->groups;
    add(plan, arena, STR(GROUPS_ADDRESS), TEMPLATE_GROUPS, made_from);
    for (size_t i = 0; i < groups->list_count; i++) {
        const struct group_list *list = &groups->lists[i];
        for (int l = 0; list->split && l < PLAN_LETTERS; l++) {
            if (list->by_letter[l] == list->by_letter[l + 1])
                continue;
            struct plan_page *o =
                add(plan, arena, group_list_address(arena, list, l), TEMPLATE_GROUPS, made_from);
            o->groups = list;
            o->letter = l;
        }
    }
    for (size_t i = 0; i < groups->count; i++)
        add(plan, arena, groups->items[i].group.address, TEMPLATE_GROUP, groups->items[i].group.record.at)
            ->group = &groups->items[i];
}

static struct plan_page *add_agenda_page(struct plan *plan, struct arena *arena,
                                         const struct agenda_list *list, int part, int letter,
                                         struct place made_from) {
    struct plan_page *o =
        add(plan, arena, agenda_address(arena, plan->agenda, list, part, letter), TEMPLATE_AGENDA, made_from);
    o->agenda = list;
    o->part = part;
    o->letter = letter;
    return o;
}

static void add_agenda(struct plan *plan, struct arena *arena, struct place made_from) {
    add(plan, arena, STR(AGENDA_ADDRESS), TEMPLATE_YEAR, made_from);
    for (size_t i = 0; i < plan->agenda->list_count; i++) {
        const struct agenda_list *list = &plan->agenda->lists[i];
        struct place at = list->officer ? place_file(list->officer->source) : made_from;
        add_agenda_page(plan, arena, list, -1, -1, at);
        for (size_t p = 0; list->split && p < plan->agenda->year->section_count; p++) {
            if (list->parts[p].count)
                add_agenda_page(plan, arena, list, (int)p, -1, at);
            for (int l = 0; list->parts[p].split && l < PLAN_LETTERS; l++)
                if (list->parts[p].by_letter[l] != list->parts[p].by_letter[l + 1])
                    add_agenda_page(plan, arena, list, (int)p, l, at);
        }
    }
}

struct str plan_uncovered_address(struct arena *arena, int letter) {
    return str_join(arena, STR("coverage/"), plan_letter_id(arena, letter), STR(".html"));
}

static void add_coverage(struct plan *plan, struct arena *arena, struct place made_from) {
    const struct coverage *c = plan->coverage;
    bool there[PLAN_LETTERS] = {0};
    add(plan, arena, STR(COVERAGE_ADDRESS), TEMPLATE_COVERAGE, made_from);
    for (size_t i = 0; c->gap_count > PLAN_LIST_MAX && i < c->gap_count; i++)
        there[plan_letter(arena, c->gaps[i].school->name)] = true;
    for (int l = 0; l < PLAN_LETTERS; l++)
        if (there[l])
            add(plan, arena, plan_uncovered_address(arena, l), TEMPLATE_UNCOVERED, made_from)->letter = l;
}

struct str plan_history_address(struct arena *arena, const struct page *page) {
    return str_join(arena, STR("history/"), page->address);
}

/* Of a page without a list of versions there is nothing to show. */
static void add_history(struct plan *plan, struct arena *arena, struct place made_from) {
    struct change_note *notes;
    plan->changes = change_notes(plan->site, arena, &notes);
    if (plan->changes)
        add(plan, arena, STR(CHANGES_ADDRESS), TEMPLATE_CHANGES, made_from);
    for (size_t i = 0; i < plan->site->all.count; i++) {
        const struct page *page = plan->site->all.items[i];
        if (page->visible && page->history && page->history->count)
            add(plan, arena, plan_history_address(arena, page), TEMPLATE_HISTORY, made_from)->page = page;
    }
}

void plan_make(struct plan *plan, struct arena *arena, const struct site *site) {
    *plan = (struct plan){.site = site};
    struct place portal = place_file(site->portal_source);
    plan->decision_count = decisions_as_read(site, STR("school"), arena, &plan->decisions);
    plan->worklists = worklists_make(site, arena);
    plan->groups = group_lists_make(site, plan->worklists, arena);
    plan->agenda = agenda_make(site, plan->worklists ? plan->worklists->caseload->main : NULL, arena);
    plan->proposes = site->audience == AUDIENCE_OFFICERS && match_declared(&site->policy);
    plan->coverage = coverage_make(site, arena);
    plan->leaders = leaders_make(site, arena);
    plan->letters = plan->worklists && site->letters_about.count;
    make_menu(plan, arena);
    const unsigned char *letters = letters_of(arena, site);
    listing_make(&plan->all, arena, site, NULL, letters);
    make_phases(plan, arena, letters);
    /* With the lists and their letters mostly enough: growing leaves as much again behind. */
    plan->room = 2 * site->school_count + site->all.count + site->school_count / 16 + 256;
    plan->outputs = arena_array(arena, struct plan_page, plan->room);
    add(plan, arena, STR("index.html"), TEMPLATE_HOME, portal);
    add_listing(plan, arena, &plan->all, portal);
    for (size_t i = 0; i < plan->phase_count; i++)
        add_listing(plan, arena, &plan->phases[i], portal);
    for (int k = 0; k < CONTENT_COUNT; k++)
        add_content(plan, arena, (enum content_kind)k);
    if (lexicon_used(site))
        add(plan, arena, STR(LEXICON_ADDRESS), TEMPLATE_DEFINITIONS, portal);
    if (plan->worklists)
        add_worklists(plan, arena, portal);
    if (release_any(site))
        add(plan, arena, STR(RELEASED_ADDRESS), TEMPLATE_RELEASED, portal);
    if (plan->coverage)
        add_coverage(plan, arena, portal);
    if (plan->groups)
        add_groups(plan, arena, portal);
    if (plan->agenda)
        add_agenda(plan, arena, portal);
    if (plan->proposes)
        add(plan, arena, STR(PROPOSALS_ADDRESS), TEMPLATE_PROPOSALS, portal);
    if (plan->leaders)
        add(plan, arena, STR(LEADERS_ADDRESS), TEMPLATE_LEADERS, portal);
    if (plan->letters)
        add_letters(plan, arena, portal);
    add_history(plan, arena, portal);
    if (site->audience == AUDIENCE_OFFICERS)
        add(plan, arena, STR(REVIEWS_ADDRESS), TEMPLATE_REVIEWS, portal);
    add(plan, arena, STR("404.html"), TEMPLATE_NOT_FOUND, portal);
    add(plan, arena, STR("site-map.html"), TEMPLATE_SITEMAP, portal);
    add(plan, arena, STR("accessibility.html"), TEMPLATE_ACCESSIBILITY, portal);
    add(plan, arena, STR("sources.html"), TEMPLATE_SOURCES, portal);
    for (size_t i = 0; i < site->school_count; i++)
        add_school(plan, arena, site->schools[i]);
}
