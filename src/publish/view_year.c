/* SPDX-License-Identifier: MIT */
/* view_year.c: the officers' pages about the school year: what is due, by whom, of how many schools and of which. */
#include "policy/words.h"
#include "publish/agenda.h"
#include "publish/view_page.h"
#include "publish/worklist.h"

static const struct agenda *agenda_of(const struct view *view) {
    return view->plan->agenda;
}

/* ---- parts of the year ---- */

/* The half-term of today, or what is next to it in length: the part that a reader looks for first. */
static size_t part_now(const struct year *y) {
    size_t now = 0;
    for (size_t i = 0; i < y->section_count; i++)
        if (y->sections[i].now && y->sections[i].part > y->sections[now].part)
            now = i;
    return now;
}

static void part_keys(const struct view *view, struct value_map *m, size_t part) {
    const struct year_section *s = &agenda_of(view)->year->sections[part];
    map_text(m, "id", s->id);
    map_text(m, "title", s->name);
    map_text(m, "dates",
             s->part == YEAR_NO_DAY ? (struct str){0}
                                    : date_span(view->arena, s->school.first, s->school.last));
    map_bool(m, "now", s->part >= YEAR_TERM && s->now);
}

static struct str days_words(const struct view *view, const struct year_event *e) {
    if (e->days.first != DATE_NONE)
        return date_span(view->arena, e->days.first, e->days.last);
    if (e->missing)
        return str_join(view->arena, STR("No date recorded for "), e->missing->label);
    return e->words;
}

/* What the table says beside the thing and its time: by whom, how. */
static struct value_list others(const struct view *view, const struct year_entry *entry) {
    struct value_list list = part_list_new(view);
    const struct decision *d = entry->decision;
    for (size_t i = 0; d && i < d->output_count; i++) {
        struct str words = agenda_answer(entry, i, view->arena);
        if (&d->outputs[i] != entry->due && !(d->hit == HIT_COLLECT && !i) && words.len)
            list_add(&list, part_row(view, d->outputs[i].label, words));
    }
    return list;
}

static struct str row_href(const struct view *view, const struct year_entry *entry) {
    struct str row = agenda_row_address(entry, view->arena);
    return row.len ? part_href(view, row) : (struct str){0};
}

/* ---- lists and files ---- */

static struct value list_link(const struct view *view, const struct agenda_list *list) {
    struct value_map m = part_map(view);
    map_text(&m, "title",
             list->officer ? list->officer->title
                           : str_join(view->arena, STR("Schools with no "),
                                      part_lower_first(view, site_officer(view->site))));
    map_text(&m, "href", part_href(view, agenda_address(view->arena, agenda_of(view), list, -1, -1)));
    map_text(&m, "current", view->output->agenda == list ? STR("page") : (struct str){0});
    map_text(&m, "count", part_count(view, list->schools));
    map_text(&m, "count_text", part_count_of(view, list->schools, "school", "schools"));
    return map_done(&m);
}

static struct value list_links(const struct view *view) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < agenda_of(view)->list_count; i++)
        list_add(&list, list_link(view, &agenda_of(view)->lists[i]));
    return list_done(&list);
}

static struct str file_href(const struct view *view, const struct agenda_list *list,
                            const struct school *school) {
    struct str address = agenda_file_address(agenda_of(view), list, school, view->arena);
    return address.len ? part_href(view, address) : address;
}

/* What is said where terms have no dates: nothing is guessed. */
static struct str undeclared(const struct view *view) {
    const struct year *y = agenda_of(view)->year;
    if (y->declared || !y->left_out)
        return (struct str){0};
    return str_join(view->arena, STR("The half-terms of "), y->name,
                    STR(" are not declared, so only what counts days is listed. Add them to \"years\" under "
                        "\"calendar\" in content/framework.yaml."));
}

/* ---- the year's own page ---- */

static void add_count(const struct view *view, struct value_list *list, struct str label, size_t count) {
    if (count)
        list_add(list, part_row(view, label, part_count(view, count)));
}

static void phases(const struct view *view, struct value_map *m, const struct agenda_item *item) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < AGENDA_PHASES && phase_choices[i].id; i++)
        add_count(view, &list, str_from(phase_choices[i].label), item->by_phase[i]);
    part_list(view, m, "phases", &list);
}

static void main_answers(const struct view *view, struct value_map *m, const struct agenda_item *item) {
    struct value_list list = part_list_new(view);
    const struct output *o = agenda_of(view)->main;
    bool school = item->event->entry->school;
    for (size_t i = 0; o && school && i < o->answer_count; i++)
        add_count(view, &list, part_answer(view, o->answers[i].label), item->by_answer[i]);
    if (o && school)
        add_count(view, &list, STR("Not agreed or determined"), item->by_answer[AGENDA_ANSWERS - 1]);
    part_list(view, m, "answers", &list);
}

static struct str item_when(const struct view *view, const struct agenda_item *item) {
    struct str words = days_words(view, item->event);
    if (item->event->days.first == DATE_NONE || !item->various)
        return words;
    return str_join(view->arena, STR("Each on its own days, "),
                    date_span(view->arena, item->days.first, item->days.last));
}

/* What is no school is named: there are few. */
static struct value records(const struct view *view, const struct agenda_item *item) {
    const struct agenda *a = agenda_of(view);
    struct value_list list = part_list_new(view);
    const struct year_event *last = NULL;
    size_t from = item->event->entry->school ? a->year->count : a->school_from[view->site->school_count];
    for (size_t i = from; i < a->year->count && list.count < AGENDA_NAMES; i++) {
        const struct year_event *e = &a->year->events[a->of_schools[i]];
        if (&a->items[a->item_of[a->of_schools[i]]] != item ||
            (last && str_eq(last->entry->id, e->entry->id)))
            continue;
        struct value_map m = part_map(view);
        map_text(&m, "title", e->entry->record);
        map_text(&m, "href", e->entry->page ? part_href(view, e->entry->page->address) : (struct str){0});
        list_add(&list, map_done(&m));
        last = e;
    }
    return list_done(&list);
}

static struct value year_item(const struct view *view, const struct agenda_item *item) {
    const struct year_entry *entry = item->event->entry;
    struct value_map m = part_map(view);
    struct value_list said = others(view, entry);
    size_t count = item->certain + item->possible;
    bool more = !entry->school && count > AGENDA_NAMES;
    map_text(&m, "what", entry->what);
    map_text(&m, "href", row_href(view, entry));
    map_set(&m, "others", list_done(&said));
    map_text(&m, "when", item_when(view, item));
    map_text(&m, "schools",
             entry->school ? part_count_of(view, count, "school", "schools") : (struct str){0});
    map_set(&m, "records", records(view, item));
    map_text(&m, "more", more ? part_count(view, count - AGENDA_NAMES) : (struct str){0});
    map_text(&m, "possible", item->possible ? part_count(view, item->possible) : (struct str){0});
    phases(view, &m, item);
    main_answers(view, &m, item);
    return map_done(&m);
}

static struct value year_part(const struct view *view, size_t part) {
    const struct agenda *a = agenda_of(view);
    struct value_map m = part_map(view);
    struct value_list items = part_list_new(view);
    part_keys(view, &m, part);
    for (size_t i = 0; i < a->item_count; i++)
        if (a->items[i].event->section == part)
            list_add(&items, year_item(view, &a->items[i]));
    map_text(&m, "href", str_join(view->arena, STR("#"), a->year->sections[part].id));
    map_text(&m, "count", part_count(view, items.count));
    map_text(&m, "count_text", part_count_of(view, items.count, "entry", "entries"));
    part_list(view, &m, "items", &items);
    return map_done(&m);
}

/* Today's half-term first, then the rest as the year goes. */
struct value view_year(const struct view *view, struct page_words *words) {
    const struct agenda *a = agenda_of(view);
    const struct year *y = a->year;
    struct value_map m = part_map(view);
    struct value_list parts = part_list_new(view);
    size_t now = part_now(y);
    words->title = str_join(view->arena, STR("The year "), y->name);
    words->description =
        str_join(view->arena, STR("What the policy asks for in the school year, as things stand on "),
                 date_long(view->arena, view->site->as_of), STR("."));
    words->ld_json = value_null();
    list_add(&parts, year_part(view, now));
    for (size_t i = 0; i < y->section_count; i++)
        if (i != now)
            list_add(&parts, year_part(view, i));
    map_text(&m, "heading", words->title);
    map_text(&m, "lead", words->description);
    map_text(&m, "undeclared", undeclared(view));
    map_text(&m, "main", a->main ? part_lower_first(view, output_title(a->main)) : (struct str){0});
    map_text(&m, "file", file_href(view, NULL, NULL));
    map_bool(&m, "has_parts", a->item_count > 0);
    map_set(&m, "parts", list_done(&parts));
    map_set(&m, "officers", list_links(view));
    map_bool(&m, "has_officers", a->list_count > 0);
    return map_done(&m);
}

/* ---- one school of an officer ---- */

static struct value event_item(const struct view *view, const struct year_event *e) {
    const struct year_entry *entry = e->entry;
    struct value_map m = part_map(view);
    struct value_list said = others(view, entry);
    map_text(&m, "name", entry->school ? entry->school->name : entry->record);
    map_text(&m, "school_href",
             entry->school ? str_join(view->arena, part_href(view, entry->school->address), STR("#year"))
                           : (struct str){0});
    map_text(&m, "record", entry->school ? entry->record : (struct str){0});
    map_text(&m, "what", entry->what);
    map_text(&m, "href", row_href(view, entry));
    map_text(&m, "when", days_words(view, e));
    map_bool(&m, "possible", !e->certain);
    map_bool(&m, "now",
             e->days.first != DATE_NONE && e->days.first <= view->site->as_of &&
                 view->site->as_of <= e->days.last);
    part_list(view, &m, "others", &said);
    return map_done(&m);
}

/* The events of a part; none where the list or the part leads on to other pages. */
static struct value agenda_part(const struct view *view, const struct agenda_list *list, size_t part) {
    const struct agenda_part *p = &list->parts[part];
    struct value_map m = part_map(view);
    struct value_list items = part_list_new(view);
    int letter = view->output->letter;
    bool here = !list->split || (view->output->part == (int)part && (!p->split || letter >= 0));
    size_t from = letter >= 0 ? p->by_letter[letter] : 0,
           to = letter >= 0 ? p->by_letter[letter + 1] : p->count;
    for (size_t i = p->from + from; here && i < p->from + to; i++)
        list_add(&items, event_item(view, &agenda_of(view)->year->events[list->events[i]]));
    part_keys(view, &m, part);
    map_text(&m, "href",
             list->split ? part_href(view, agenda_address(view->arena, agenda_of(view), list, (int)part, -1))
                         : str_join(view->arena, STR("#"), agenda_of(view)->year->sections[part].id));
    map_text(&m, "current", list->split && view->output->part == (int)part ? STR("page") : (struct str){0});
    map_text(&m, "count", part_count(view, p->count));
    map_text(&m, "count_text", part_count_of(view, p->count, "entry", "entries"));
    part_list(view, &m, "items", &items);
    return map_done(&m);
}

/* Whether the page has no entries of its own, since there are too many for one. */
static bool leads_on(const struct view *view, const struct agenda_list *list) {
    int part = view->output->part;
    return list->split && (part < 0 || (list->parts[part].split && view->output->letter < 0));
}

static struct value_list letters(const struct view *view, const struct agenda_list *list) {
    struct str hrefs[PLAN_LETTERS] = {0};
    int part = view->output->part;
    const struct agenda_part *p = part >= 0 ? &list->parts[part] : NULL;
    for (int l = 0; p && p->split && l < PLAN_LETTERS; l++)
        if (p->by_letter[l] != p->by_letter[l + 1])
            hrefs[l] = part_href(view, agenda_address(view->arena, agenda_of(view), list, part, l));
    return part_letters(view, hrefs);
}

static void agenda_words(const struct view *view, struct value_map *m, struct page_words *words) {
    const struct agenda_list *list = view->output->agenda;
    const struct year *y = agenda_of(view)->year;
    struct str title = agenda_title(view->arena, view->plan->agenda, list);
    list_add(&words->crumbs,
             part_link(view, str_join(view->arena, STR("The year "), y->name), STR(AGENDA_ADDRESS)));
    if (view->output->part >= 0) {
        list_add(&words->crumbs,
                 part_link(view, title, agenda_address(view->arena, agenda_of(view), list, -1, -1)));
        title = str_join(view->arena, title, STR(": "),
                         part_lower_first(view, y->sections[view->output->part].name));
    }
    if (view->output->letter >= 0)
        title = str_join(view->arena, title, STR(", "), plan_letter_text(view->arena, view->output->letter));
    words->title = title;
    words->description = str_join(view->arena, title, STR(": what is due, of which school and when."));
    words->ld_json = value_null();
    map_text(m, "heading", title);
}

struct value view_agenda(const struct view *view, struct page_words *words) {
    const struct agenda_list *list = view->output->agenda;
    const struct year *y = agenda_of(view)->year;
    struct value_map m = part_map(view);
    struct value_list parts = part_list_new(view), found = letters(view, list);
    size_t now = part_now(y);
    agenda_words(view, &m, words);
    for (size_t i = 0; i <= y->section_count; i++) {
        size_t part = !i ? now : i - 1;
        if (list->parts[part].count && (!i || part != now))
            list_add(&parts, agenda_part(view, list, part));
    }
    map_text(&m, "count_text", part_count_of(view, list->schools, "school", "schools"));
    map_text(&m, "undeclared", undeclared(view));
    map_set(&m, "officer", part_page_link(view, list->officer));
    map_text(&m, "file", file_href(view, list, NULL));
    map_bool(&m, "leads_on", leads_on(view, list));
    part_list(view, &m, "letters", &found);
    map_set(&m, "parts", list_done(&parts));
    map_set(&m, "officers", list_links(view));
    return map_done(&m);
}

/* ---- on other pages ---- */

struct value view_school_year(const struct view *view, const struct school *school) {
    const struct agenda *a = agenda_of(view);
    struct value_list items = part_list_new(view), over = part_list_new(view);
    if (!a)
        return value_null();
    for (size_t i = a->school_from[school->index]; i < a->school_from[school->index + 1]; i++) {
        const struct year_event *e = &a->year->events[a->of_schools[i]];
        bool past = e->days.last != DATE_NONE && e->days.last < view->site->as_of;
        list_add(past ? &over : &items, event_item(view, e));
    }
    if (!items.count && !over.count)
        return value_null();
    struct value_map m = part_map(view);
    const struct agenda_list *list = agenda_list_of(a, school);
    map_text(&m, "name", a->year->name);
    map_text(&m, "undeclared", undeclared(view));
    map_text(&m, "file", file_href(view, NULL, school));
    map_set(&m, "agenda",
            list ? part_link(view, agenda_title(view->arena, a, list),
                             agenda_address(view->arena, a, list, -1, -1))
                 : value_null());
    map_text(&m, "over_text", part_count_of(view, over.count, "entry", "entries"));
    part_list(view, &m, "items", &items);
    part_list(view, &m, "over", &over);
    return map_done(&m);
}

struct value view_year_link(const struct view *view) {
    if (!agenda_of(view))
        return value_null();
    return part_link(view, str_join(view->arena, STR("The year "), agenda_of(view)->year->name),
                     STR(AGENDA_ADDRESS));
}
