/* SPDX-License-Identifier: MIT */
/* agenda.c: the events of the year put together for its pages. */
#include "publish/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "policy/words.h"

/* ---- things ---- */

/* Whether two entries say the same of two records, however certainly: so they are counted together. */
static bool same_thing(const struct year_entry *a, const struct year_entry *b) {
    const struct decision *d = a->decision;
    bool same = d == b->decision && a->due == b->due && a->row == b->row && str_eq(a->what, b->what);
    for (size_t i = 0; d && same && i < d->output_count; i++)
        same = !((a->answers[i] ^ b->answers[i]) & ~VALUES_IMPROPER) || d->outputs[i].type == OUTPUT_DUE;
    return same;
}

static size_t phase_of(const struct school *school) {
    size_t i = 0;
    while (phase_choices[i].id && &phase_choices[i] != school->phase && i + 1 < AGENDA_PHASES)
        i++;
    return i;
}

/* The answer that stands of the main decision, by its place; the last where none does. */
static size_t answer_of(const struct agenda *a, const struct school *school) {
    values mask = a->main && school->stands ? school->stands->domain[a->main->variable->index] : 0;
    return values_is_answer(mask) ? (size_t)__builtin_ctzll(mask) : AGENDA_ANSWERS - 1;
}

static bool same_record(const struct year_event *x, const struct year_event *y) {
    if (x->entry->school || y->entry->school)
        return x->entry->school == y->entry->school;
    return str_eq(x->entry->id, y->entry->id);
}

static void count_event(const struct agenda *a, struct agenda_item *item, const struct year_event *e) {
    const struct school *school = e->entry->school;
    if (item->last && same_record(item->last, e)) {
        item->last = e;
        return;
    }
    item->last = e;
    *(e->certain ? &item->certain : &item->possible) += 1;
    if (school) {
        item->by_phase[phase_of(school)]++;
        item->by_answer[answer_of(a, school)]++;
    }
}

static void take_days(struct agenda_item *item, struct days days) {
    item->various = item->various || item->days.first != days.first || item->days.last != days.last;
    item->days.first = days.first < item->days.first ? days.first : item->days.first;
    item->days.last = days.last > item->days.last ? days.last : item->days.last;
}

/* Those of one school follow each other, so that each school is counted once. */
static void find_items(struct agenda *a, struct arena *arena) {
    const struct year *y = a->year;
    size_t room = 0;
    a->item_of = arena_array(arena, uint32_t, y->count);
    for (size_t i = 0; i < y->count; i++) {
        const struct year_event *e = &y->events[a->of_schools[i]];
        size_t at = 0;
        while (at < a->item_count && !(a->items[at].event->section == e->section &&
                                       same_thing(a->items[at].event->entry, e->entry)))
            at++;
        if (at == a->item_count && at == room) {
            room = room ? 2 * room : 32;
            a->items = arena_grow(arena, a->items, at * sizeof(struct agenda_item),
                                  room * sizeof(struct agenda_item), alignof(struct agenda_item));
        }
        if (at == a->item_count)
            a->items[a->item_count++] = (struct agenda_item){.event = e, .days = e->days};
        a->item_of[a->of_schools[i]] = (uint32_t)at;
        take_days(&a->items[at], e->days);
        count_event(a, &a->items[at], e);
    }
}

/* ---- schools ---- */

static date day_of(const struct agenda *a, size_t place) {
    date first = a->year->events[place].days.first;
    return first == DATE_NONE ? INT32_MAX : first;
}

/* Of one school, those with the earliest day first and those without one last: there are few, and mostly in order. */
static void sort_by_day(const struct agenda *a, size_t from, size_t to) {
    for (size_t i = from + 1; i < to; i++) {
        size_t place = a->of_schools[i], j = i;
        for (; j > from && day_of(a, place) < day_of(a, a->of_schools[j - 1]); j--)
            a->of_schools[j] = a->of_schools[j - 1];
        a->of_schools[j] = place;
    }
}

/* A counting sort by school; those of no school come last, as they were found. */
static void sort_by_school(struct agenda *a, struct arena *arena) {
    const struct year *y = a->year;
    size_t schools = a->site->school_count;
    a->school_from = arena_array(arena, size_t, schools + 2);
    a->of_schools = arena_array(arena, size_t, y->count);
    size_t *next = arena_array(arena, size_t, schools + 1);
    for (size_t i = 0; i < y->count; i++) {
        const struct school *s = y->events[i].entry->school;
        a->school_from[(s ? s->index : schools) + 1]++;
    }
    for (size_t s = 0; s <= schools; s++)
        a->school_from[s + 1] += a->school_from[s];
    memcpy(next, a->school_from, (schools + 1) * sizeof(*next));
    for (size_t i = 0; i < y->count; i++) {
        const struct school *s = y->events[i].entry->school;
        a->of_schools[next[s ? s->index : schools]++] = i;
    }
    for (size_t s = 0; s < schools; s++)
        sort_by_day(a, a->school_from[s], a->school_from[s + 1]);
}

/* ---- lists ---- */

struct listing_event {
    const struct year_event *event;
    size_t place;
    int letter; /* of the school */
};

static int by_part_school_day(const void *x, const void *y) {
    const struct listing_event *a = x, *b = y;
    const struct year_event *p = a->event, *q = b->event;
    if (p->section != q->section)
        return p->section < q->section ? -1 : 1;
    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    if (p->entry->school != q->entry->school)
        return p->entry->school->index < q->entry->school->index ? -1 : 1;
    if (p->days.first != q->days.first)
        return p->days.first < q->days.first ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void find_parts(const struct agenda *a, struct agenda_list *list, const struct listing_event *events,
                       struct arena *arena) {
    list->parts = arena_array(arena, struct agenda_part, a->year->section_count);
    list->split = list->count > PLAN_LIST_MAX;
    for (size_t i = 0; i < list->count; i++) {
        struct agenda_part *part = &list->parts[events[i].event->section];
        part->from = part->count ? part->from : i;
        part->count++;
        part->by_letter[events[i].letter + 1]++;
        list->events[i] = events[i].place;
        list->dated += events[i].event->days.first != DATE_NONE;
    }
    for (size_t i = 0; i < a->year->section_count; i++) {
        list->parts[i].split = list->parts[i].count > PLAN_LIST_MAX;
        for (int l = 0; l < PLAN_LETTERS; l++)
            list->parts[i].by_letter[l + 1] += list->parts[i].by_letter[l];
    }
}

/* The events of a list come school by school, so each school's letter is asked for once. */
static void sort_list(const struct agenda *a, struct agenda_list *list, struct arena *arena) {
    struct arena scratch = {0};
    struct listing_event *events = arena_array(&scratch, struct listing_event, list->count);
    const struct school *last = NULL;
    int letter = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct year_event *e = &a->year->events[list->events[i]];
        letter = e->entry->school == last ? letter : plan_letter(&scratch, e->entry->school->name);
        last = e->entry->school;
        events[i] = (struct listing_event){e, list->events[i], letter};
    }
    qsort(events, list->count, sizeof(*events), by_part_school_day);
    find_parts(a, list, events, arena);
    arena_release(&scratch);
}

/* One list a person whose schools have events; the last is of schools that have nobody. */
static void make_lists(struct agenda *a, struct arena *arena) {
    const struct pages *people = &a->site->pages[CONTENT_PERSON];
    struct agenda_list *all = arena_array(arena, struct agenda_list, people->count + 1);
    for (int fill = 0; fill < 2; fill++) {
        for (size_t s = 0; s < a->site->school_count; s++) {
            const struct page *officer = a->site->schools[s]->link_officer;
            struct agenda_list *list = &all[officer ? officer->index : people->count];
            size_t from = a->school_from[s], count = a->school_from[s + 1] - from;
            if (fill && count)
                memcpy(list->events + list->count, a->of_schools + from, count * sizeof(size_t));
            list->count += count;
            list->schools += fill && count;
        }
        for (size_t p = 0; p <= people->count && !fill; p++) {
            all[p].events = arena_array(arena, size_t, all[p].count);
            all[p].count = 0;
        }
    }
    a->lists = all;
    for (size_t p = 0; p <= people->count; p++) {
        if (!all[p].count)
            continue;
        struct agenda_list *list = &a->lists[a->list_count++];
        *list = all[p];
        list->officer = p < people->count ? people->items[p] : NULL;
        list->stem =
            list->officer ? str_join(arena, STR("year/"), list->officer->slug) : STR("year/no-link-officer");
        sort_list(a, list, arena);
    }
}

const struct agenda *agenda_make(const struct site *site, const struct output *main, struct arena *arena) {
    const struct year *year = year_make(site, arena);
    if (!year)
        return NULL;
    struct agenda *a = arena_new(arena, struct agenda);
    *a = (struct agenda){.site = site, .year = year, .main = main};
    sort_by_school(a, arena);
    find_items(a, arena);
    make_lists(a, arena);
    return a;
}

/* ---- addresses and words ---- */

struct str agenda_title(struct arena *arena, const struct agenda *agenda, const struct agenda_list *list) {
    return list->officer ? str_join(arena, STR("The year of "), list->officer->title)
                         : str_join(arena, STR("The year of schools with no "),
                                    str_uncapital(arena, site_officer(agenda->site)));
}

struct str agenda_address(struct arena *arena, const struct agenda *a, const struct agenda_list *list,
                          int part, int letter) {
    if (part < 0 || !list->split)
        return str_join(arena, list->stem, STR(".html"));
    struct str section = str_join(arena, list->stem, STR("/"), a->year->sections[part].id);
    if (letter < 0 || !list->parts[part].split)
        return str_join(arena, section, STR(".html"));
    return str_join(arena, section, STR("-"), plan_letter_id(arena, letter), STR(".html"));
}

const struct agenda_list *agenda_list_of(const struct agenda *a, const struct school *school) {
    for (size_t i = 0; i < a->list_count; i++)
        if (a->lists[i].officer == school->link_officer)
            return &a->lists[i];
    return NULL;
}

struct str agenda_answer(const struct year_entry *entry, size_t output, struct arena *arena) {
    struct buf out = {.arena = arena};
    values mask = entry->answers[output] & ~VALUES_IMPROPER;
    if (mask)
        words_answers(&out, &entry->decision->outputs[output], mask);
    return buf_str(&out);
}

struct str agenda_row_address(const struct year_entry *entry, struct arena *arena) {
    return entry->row ? str_join(arena, entry->row->table->page, STR("#"), entry->row->address)
                      : (struct str){0};
}
