/* SPDX-License-Identifier: MIT */
/* agenda_file.c: the year as calendar files. */
#include <stdlib.h>
#include <string.h>

#include "publish/agenda.h"
#include "text/ical.h"

/* Schools that an event of the whole year's file names. */
#define NAMES_MAX 40

struct writer {
    const struct agenda *agenda;
    struct arena *arena;
    struct buf *out;
    struct str base; /* with its slash */
    struct str host;
};

/* ---- which there are ---- */

struct str agenda_file_address(const struct agenda *a, const struct agenda_list *list,
                               const struct school *school, struct arena *arena) {
    size_t from = school ? a->school_from[school->index] : 0;
    size_t to = school ? a->school_from[school->index + 1] : list ? 0 : a->year->count;
    bool dated = list && list->dated;
    for (size_t i = from; i < to && !dated; i++)
        dated = a->year->events[a->of_schools[i]].days.first != DATE_NONE;
    if (!dated)
        return (struct str){0};
    if (school)
        return str_join(arena, STR("year/schools/"), school->slug, STR(".ics"));
    return list ? str_join(arena, list->stem, STR(".ics")) : STR("year/all.ics");
}

struct place agenda_file_place(const struct agenda_file *file, struct place portal) {
    if (file->school)
        return place_file(file->school->source);
    return file->list && file->list->officer ? place_file(file->list->officer->source) : portal;
}

static void add_file(struct agenda_files *files, const struct agenda *a, const struct agenda_list *list,
                     const struct school *school, struct arena *arena) {
    struct str address = agenda_file_address(a, list, school, arena);
    if (address.len)
        files->items[files->count++] = (struct agenda_file){address, list, school};
}

void agenda_files_make(struct agenda_files *files, const struct agenda *a, struct arena *arena) {
    *files = (struct agenda_files){
        .items = arena_array(arena, struct agenda_file, a->list_count + a->site->school_count + 1)};
    add_file(files, a, NULL, NULL, arena);
    for (size_t i = 0; i < a->list_count; i++)
        add_file(files, a, &a->lists[i], NULL, arena);
    for (size_t i = 0; i < a->site->school_count; i++)
        add_file(files, a, NULL, a->site->schools[i], arena);
}

/* ---- one event ---- */

static void add_paragraph(struct buf *out, struct str term, struct str text) {
    if (!text.len)
        return;
    buf_add(out, out->len ? STR("\n") : STR(""));
    buf_add(out, term);
    buf_add(out, term.len ? STR(": ") : STR(""));
    buf_add(out, text);
}

static void add_answers(const struct writer *w, struct buf *out, const struct year_entry *entry) {
    const struct decision *d = entry->decision;
    for (size_t i = 0; d && i < d->output_count; i++)
        if (&d->outputs[i] != entry->due && !(d->hit == HIT_COLLECT && !i))
            add_paragraph(out, d->outputs[i].label, agenda_answer(entry, i, w->arena));
}

static void add_row(const struct writer *w, struct buf *out, const struct year_entry *entry) {
    struct str row = agenda_row_address(entry, w->arena);
    if (row.len)
        add_paragraph(out, STR("Policy"), str_join(w->arena, w->base, row));
}

/* The same as long as the table, the record and the days are: what a calendar that is read again knows an event by. */
static struct str uid_of(const struct writer *w, const struct year_event *e, struct str record) {
    const struct year_entry *entry = e->entry;
    struct buf out = {.arena = w->arena};
    buf_printf(&out, STR_FMT "-%08x-" STR_FMT "-%d-%d@" STR_FMT,
               STR_ARG(entry->decision ? entry->decision->id : STR("meets")), str_hash(entry->what),
               STR_ARG(record), e->days.first, e->days.last, STR_ARG(w->host));
    return buf_str(&out);
}

static void write_event(const struct writer *w, size_t place) {
    const struct year_event *e = &w->agenda->year->events[place];
    struct arena_mark mark = arena_mark(w->arena); /* a file may have every event of a large portal */
    const struct year_entry *entry = e->entry;
    struct buf about = {.arena = w->arena};
    struct str name = entry->school ? entry->school->name : entry->record;
    struct str page = entry->school ? entry->school->address
                      : entry->page ? entry->page->address
                                    : STR(AGENDA_ADDRESS);
    if (e->days.first == DATE_NONE)
        return;
    add_paragraph(&about, STR(""), entry->school ? entry->record : STR(""));
    add_answers(w, &about, entry);
    if (!e->certain)
        add_paragraph(&about, STR(""), STR("Possible: not enough is recorded to tell."));
    add_row(w, &about, entry);
    struct str url = str_join(w->arena, w->base, page, entry->school ? STR("#year") : STR(""));
    add_paragraph(&about, STR(""), url);
    ical_event(w->out, &(struct ical_event){.uid = uid_of(w, e, entry->id),
                                            .stamp = w->agenda->site->as_of,
                                            .first = e->days.first,
                                            .last = e->days.last,
                                            .summary = str_join(w->arena, entry->what, STR(": "), name),
                                            .description = buf_str(&about),
                                            .url = url,
                                            .tentative = !e->certain});
    arena_rewind(w->arena, mark);
}

/* ---- the whole year: one event for all schools ---- */

/* Events of one thing on the same days stand together; schools by name within. */
struct grouped {
    const struct agenda *agenda;
    size_t place;  /* in year->events */
    size_t number; /* in agenda->of_schools */
};

static int by_days_and_item(const void *x, const void *y) {
    const struct grouped *a = x, *b = y;
    const struct year_event *p = &a->agenda->year->events[a->place], *q = &b->agenda->year->events[b->place];
    uint32_t i = a->agenda->item_of[a->place], j = b->agenda->item_of[b->place];
    if (p->days.first != q->days.first)
        return p->days.first < q->days.first ? -1 : 1;
    if (p->days.last != q->days.last)
        return p->days.last < q->days.last ? -1 : 1;
    if (i != j)
        return i < j ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static bool stand_together(const struct grouped *a, const struct grouped *b) {
    const struct year_event *p = &a->agenda->year->events[a->place], *q = &b->agenda->year->events[b->place];
    return p->days.first == q->days.first && p->days.last == q->days.last &&
           a->agenda->item_of[a->place] == b->agenda->item_of[b->place];
}

static struct str name_of(const struct grouped *g) {
    const struct year_entry *entry = g->agenda->year->events[g->place].entry;
    return entry->school ? entry->school->name : entry->record;
}

/* "Ashdown, Birch and 12 more" */
static struct str names(const struct writer *w, const struct grouped *group, size_t count) {
    struct buf out = {.arena = w->arena};
    for (size_t i = 0; i < count && i < NAMES_MAX; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, name_of(&group[i]));
    }
    if (count > NAMES_MAX)
        buf_printf(&out, " and %zu more", count - NAMES_MAX);
    return buf_str(&out);
}

static void write_group(const struct writer *w, const struct grouped *group, size_t count) {
    const struct year_event *first = &w->agenda->year->events[group->place];
    if (count == 1) {
        write_event(w, group->place);
        return;
    }
    struct arena_mark mark = arena_mark(w->arena);
    struct buf about = {.arena = w->arena}, summary = {.arena = w->arena}, record = {.arena = w->arena};
    size_t certain = 0;
    for (size_t i = 0; i < count; i++)
        certain += w->agenda->year->events[group[i].place].certain;
    add_answers(w, &about, first->entry);
    add_row(w, &about, first->entry);
    buf_printf(&record, "all-%08x", str_hash(buf_str(&about))); /* whichever schools it is of today */
    add_paragraph(&about, STR(""), names(w, group, count));
    if (certain < count)
        add_paragraph(&about, STR("Possible, not certain"),
                      str_whole(w->arena, (long long)(count - certain)));
    struct str url =
        str_join(w->arena, w->base, STR(AGENDA_ADDRESS "#"), w->agenda->year->sections[first->section].id);
    add_paragraph(&about, STR(""), url);
    buf_printf(&summary, STR_FMT ": %zu %s", STR_ARG(first->entry->what), count,
               first->entry->school ? "schools" : "records");
    ical_event(w->out, &(struct ical_event){.uid = uid_of(w, first, buf_str(&record)),
                                            .stamp = w->agenda->site->as_of,
                                            .first = first->days.first,
                                            .last = first->days.last,
                                            .summary = buf_str(&summary),
                                            .description = buf_str(&about),
                                            .url = url,
                                            .tentative = !certain});
    arena_rewind(w->arena, mark);
}

static void write_all(const struct writer *w) {
    const struct agenda *a = w->agenda;
    struct grouped *groups = arena_array(w->arena, struct grouped, a->year->count);
    size_t n = 0;
    for (size_t i = 0; i < a->year->count; i++)
        if (a->year->events[a->of_schools[i]].days.first != DATE_NONE)
            groups[n++] = (struct grouped){a, a->of_schools[i], i};
    qsort(groups, n, sizeof(*groups), by_days_and_item);
    for (size_t i = 0; i < n;) {
        size_t count = 1;
        while (i + count < n && stand_together(&groups[i], &groups[i + count]))
            count++;
        write_group(w, groups + i, count);
        i += count;
    }
}

/* ---- a file ---- */

static struct str calendar_title(const struct writer *w, const struct agenda_file *file) {
    struct str portal = value_words(value_at(&w->agenda->site->portal, "title"));
    struct str what = file->school ? file->school->name
                      : file->list ? file->list->officer
                                         ? file->list->officer->title
                                         : str_join(w->arena, STR("schools with no "),
                                                    str_uncapital(w->arena, site_officer(w->agenda->site)))
                                   : portal;
    return str_join(w->arena, STR("The year "), w->agenda->year->name, STR(": "), what);
}

void agenda_file_write(const struct agenda *a, const struct agenda_file *file, struct arena *arena,
                       struct buf *out) {
    struct str base = value_words(value_at(&a->site->portal, "base"));
    size_t host = str_starts(base, STR("https://")) ? 8 : 7;
    struct writer w = {a, arena, out, base, str_sub(base, host, str_find(base, '/', host))};
    if (!str_ends(base, STR("/")))
        w.base = str_join(arena, base, STR("/"));
    ical_begin(out, calendar_title(&w, file));
    for (size_t i = 0; file->list && i < file->list->count; i++)
        write_event(&w, file->list->events[i]);
    for (size_t i = file->school ? a->school_from[file->school->index] : 0;
         file->school && i < a->school_from[file->school->index + 1]; i++)
        write_event(&w, a->of_schools[i]);
    if (!file->list && !file->school)
        write_all(&w);
    ical_end(out);
}
