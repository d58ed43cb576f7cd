/* SPDX-License-Identifier: MIT */
/* year.c: one pass over every record of which something may be due. */
#include "portal/year.h"

#include <string.h>

#include "base/pool.h"

/* ---- what is asked ---- */

static const struct output *due_output(const struct decision *d) {
    for (size_t i = 0; d->kind == TABLE_DECISION && i < d->output_count; i++)
        if (d->outputs[i].type == OUTPUT_DUE)
            return &d->outputs[i];
    return NULL;
}

static bool kind_is_asked(const struct policy_kind *kind) {
    bool asked = false;
    for (size_t i = 0; i < kind->decision_count; i++)
        asked = asked || due_output(kind->decisions[i]);
    return asked;
}

bool year_is_asked(const struct site *site) {
    bool asked = false;
    for (size_t k = 0; k < site->policy.kind_count; k++)
        asked = asked || kind_is_asked(site->policy.kinds[k]);
    return asked;
}

/* ---- sections ---- */

static void add_section(struct year *y, enum year_part part, struct str name, struct days school) {
    y->sections[y->section_count++] = (struct year_section){
        .part = part, .name = name, .days = school, .school = school, .id = STR("year")};
}

/* Until the day before the next of its kind begins; the first from the year's first day, the last to its last. */
static void stretch(struct year *y, enum year_part part, date as_of) {
    struct year_section *last = NULL;
    for (size_t i = 0; i < y->section_count; i++) {
        struct year_section *s = &y->sections[i];
        if (s->part != part)
            continue;
        if (last)
            last->days.last = s->days.first - 1;
        else
            s->days.first = calendar_begins(as_of);
        last = s;
    }
    if (last)
        last->days.last = calendar_ends(as_of);
}

/* The year, each term with its half-terms, and what has no day. */
static void make_sections(struct year *y, const struct site *site, struct arena *arena) {
    const struct calendar *c = &site->policy.calendar;
    const struct calendar_year *year = calendar_year_of(c, site->as_of);
    struct days all = {calendar_begins(site->as_of), calendar_ends(site->as_of)};
    y->name = calendar_name(arena, site->as_of);
    y->declared = year != NULL;
    y->sections = arena_array(arena, struct year_section, (size_t)(c->terms + c->half_terms) + 2);
    if (year)
        all = (struct days){year->halves[0].first, year->halves[c->half_terms - 1].last};
    add_section(y, YEAR_WHOLE, STR("The whole year"), all);
    int halves = year ? calendar_halves(c) : 0;
    for (int t = 0; year && t < c->terms; t++) {
        add_section(y, YEAR_TERM, str_capital(arena, calendar_term_name(arena, c, t)),
                    calendar_term(c, year, t));
        for (int h = t * halves; halves > 1 && h < (t + 1) * halves; h++)
            add_section(y, YEAR_HALF_TERM, str_capital(arena, calendar_half_name(arena, c, h)),
                        year->halves[h]);
    }
    add_section(y, YEAR_NO_DAY, STR("No date"), (struct days){DATE_NONE, DATE_NONE});
    for (int part = YEAR_WHOLE; part <= YEAR_HALF_TERM; part++)
        stretch(y, (enum year_part)part, site->as_of);
    for (size_t i = 0; i < y->section_count; i++) {
        struct year_section *s = &y->sections[i];
        s->id = s->part == YEAR_WHOLE ? s->id : str_slug(arena, s->name);
        s->now = s->part != YEAR_NO_DAY && s->days.first <= site->as_of && site->as_of <= s->days.last;
    }
}

static uint32_t section_of(const struct year *y, struct days days) {
    size_t best = days.first == DATE_NONE ? y->section_count - 1 : 0;
    for (size_t i = 0; days.first != DATE_NONE && i < y->section_count; i++) {
        const struct year_section *s = &y->sections[i];
        if (s->part != YEAR_NO_DAY && s->part > y->sections[best].part && s->days.first <= days.first &&
            days.last <= s->days.last)
            best = i;
    }
    return (uint32_t)best;
}

/* ---- one record ---- */

struct gathered {
    struct year_event *events;
    size_t count;
    bool left_out;
};

struct gatherer {
    const struct site *site;
    const struct year *year;
    const struct policy_record *records;
    struct gathered *gathered;
    struct arena *arenas; /* two for each worker: what is run, and what running makes */
};

/* One record being looked at by one worker. */
struct looking {
    const struct gatherer *gatherer;
    const struct policy_record *record;
    const struct subject *subject; /* or NULL */
    struct gathered *gathered;
    struct arena *kept, *arena;
};

static struct year_event *add_event(struct looking *l, const struct year_entry *entry, struct days days) {
    struct gathered *g = l->gathered;
    if (!(g->count & (g->count - 1)))
        g->events =
            arena_grow(l->kept, g->events, g->count * sizeof(struct year_event),
                       (g->count ? 2 * g->count : 1) * sizeof(struct year_event), alignof(struct year_event));
    g->events[g->count] = (struct year_event){
        .entry = entry, .days = days, .section = section_of(l->gatherer->year, days), .certain = true};
    return &g->events[g->count++];
}

/* A window by the calendar is nothing to a group that had not begun or had ended, or to what was no longer recorded. */
static bool in_force(const struct looking *l, const struct due_window *window) {
    const struct value *group = l->record->group ? l->record->group : l->record->record;
    bool dated = str_ends(l->record->kind, STR("_record"));
    date from = value_date(value_at(group, dated ? "from" : "start"));
    date to = value_date(value_at(group, dated ? "to" : "ended"));
    if (window->counted ||
        (!dated && !vocabulary_group(&l->gatherer->site->vocabulary, l->record->kind) && !l->record->group))
        return true;
    return (from == DATE_NONE || window->days.last >= from) && (to == DATE_NONE || window->days.first <= to);
}

/* What several answers agree on is as certain as they are together. */
struct times {
    const struct year_entry *entry;
    values mask;  /* of the answers that it may be */
    bool certain; /* something is due, and when it is lies in the mask */
    size_t from;  /* its first event */
    values *by;   /* of each event since then: the answers that give it */
    size_t room;
};

static void add_window(struct looking *l, struct times *t, values answer, struct str words,
                       struct days days) {
    struct gathered *g = l->gathered;
    size_t i = t->from;
    while (i < g->count && (g->events[i].days.first != days.first || g->events[i].days.last != days.last))
        i++;
    if (i == g->count) {
        add_event(l, t->entry, days)->words = words;
        size_t n = i - t->from;
        t->by = arena_grow(l->arena, t->by, n * sizeof(values), (n + 1) * sizeof(values), alignof(values));
        t->by[n] = 0;
    }
    t->by[i - t->from] |= answer;
    g->events[i].certain = t->certain && t->by[i - t->from] == t->mask;
}

static void add_times(struct looking *l, struct times *t, values answer, struct str words,
                      const struct due *due) {
    const struct site *site = l->gatherer->site;
    struct due_windows w = {0};
    if (due)
        due_windows(due, l->subject, &site->policy.calendar, site->as_of, l->arena, &w);
    l->gathered->left_out = l->gathered->left_out || w.undeclared;
    for (size_t i = 0; i < w.count; i++)
        if (in_force(l, &w.items[i]))
            add_window(l, t, answer, words, w.items[i].days);
    if (t->certain && t->mask == answer && (!due || w.missing)) {
        struct year_event *e = add_event(l, t->entry, (struct days){DATE_NONE, DATE_NONE});
        e->missing = w.missing;
        e->words = words;
    }
}

static struct year_entry *new_entry(struct looking *l, struct str what) {
    const struct policy_record *r = l->record;
    struct year_entry *entry = arena_new(l->kept, struct year_entry);
    *entry = (struct year_entry){.what = what, .school = r->school, .page = r->page, .id = r->id};
    struct str group = r->group ? vocabulary_group_label(&l->gatherer->site->vocabulary,
                                                         value_words(value_at(r->group, "kind")))
                                : STR("");
    if (!str_eq(r->kind, STR("school")))
        entry->record = str_join(l->kept, group, group.len ? STR(", ") : STR(""), r->label);
    return entry;
}

/* ---- one decision ---- */

/* What is due, of each output of the decision what it may be, and whether something certainly is. */
struct thing_due {
    struct str what;
    const struct row *row;
    const values *answers;
    bool certain;
};

static void look_at(struct looking *l, const struct decision *d, const struct thing_due *thing) {
    size_t dues = 0;
    for (size_t i = 0; i < d->output_count; i++)
        dues += d->outputs[i].type == OUTPUT_DUE;
    for (size_t i = 0; i < d->output_count; i++) {
        const struct output *o = &d->outputs[i];
        values proper = thing->answers[i] & ~VALUES_IMPROPER;
        if (o->type != OUTPUT_DUE || !proper || !output_visible(o, AUDIENCE_OFFICERS))
            continue;
        struct str what = dues > 1 ? str_join(l->kept, thing->what, STR(": "), o->label) : thing->what;
        struct year_entry *entry = new_entry(l, what);
        entry->decision = d;
        entry->due = o;
        entry->row = thing->row;
        entry->answers = thing->answers;
        struct times t = {.entry = entry,
                          .mask = proper,
                          .certain = thing->certain && proper == thing->answers[i],
                          .from = l->gathered->count};
        for (values m = proper; m; m &= m - 1) {
            const struct answer *a = &o->answers[__builtin_ctzll(m)];
            add_times(l, &t, m & -m, a->label, a->due);
        }
    }
}

/* Each entry of a collect; a key may be one of several. */
static void look_at_entries(struct looking *l, const struct decision_result *r) {
    const struct decision *d = r->decision;
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct collected *c = &r->entries[i];
        values *answers = arena_array(l->kept, values, d->output_count), key = c->key & ~VALUES_IMPROPER;
        bool certain = c->certain && values_single(c->key) && key;
        for (size_t j = 0; j < d->output_count; j++)
            answers[j] = c->outcomes[j].set | (c->outcomes[j].nothing ? VALUES_NOT_DETERMINED : 0);
        if (key)
            look_at(l, d,
                    &(struct thing_due){d->outputs[0].answers[__builtin_ctzll(key)].label, c->row, answers,
                                        certain});
    }
}

static void look_at_result(struct looking *l, const struct decision_result *r) {
    const struct decision *d = r->decision;
    if (r->hidden || !due_output(d))
        return;
    if (d->hit == HIT_COLLECT) {
        look_at_entries(l, r);
        return;
    }
    values *answers = arena_array(l->kept, values, d->output_count);
    for (size_t j = 0; j < d->output_count; j++) {
        const struct output_result *o = &r->outputs[j];
        answers[j] = o->recorded ? o->stands : o->candidates | (o->nothing ? VALUES_NOT_DETERMINED : 0);
    }
    look_at(l, d, &(struct thing_due){d->label, decision_winner(l->subject, d), answers, true});
}

/* ---- every record ---- */

/* `meets: half-termly` */
static void look_at_body(struct looking *l) {
    const struct calendar *calendar = &l->gatherer->site->policy.calendar;
    struct str words = value_words(value_at(l->record->record, "meets"));
    struct due *due = arena_new(l->kept, struct due);
    struct due_fault fault;
    struct times t = {
        .entry = new_entry(l, STR("Meeting")), .mask = 1, .certain = true, .from = l->gathered->count};
    bool read = due_parse(l->kept, NULL, calendar, words, due, &fault);
    add_times(l, &t, 1, words, read ? due : NULL);
}

static void gather(void *context, size_t task, size_t worker) {
    struct gatherer *g = context;
    struct arena *arena = &g->arenas[2 * worker], *scratch = &g->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena);
    struct decided decided;
    struct looking l = {g,    &g->records[task], NULL, &g->gathered[task], &g->site->worker_arenas[worker],
                        arena};
    const struct policy_kind *kind = policy_kind(&g->site->policy, l.record->kind);
    if (kind && kind_is_asked(kind) &&
        decided_run(g->site, l.record, g->site->as_of, arena, scratch, &decided)) {
        l.subject = &decided.subject;
        for (size_t i = 0; i < kind->decision_count; i++)
            look_at_result(&l, &decided.results[i]);
    }
    if (l.record->page && l.record->page->kind == CONTENT_BODY && value_at(l.record->record, "meets"))
        look_at_body(&l);
    arena_rewind(arena, mark);
}

/* Schools that are open, what lies in their records, and every other record of a kind that is asked; bodies that meet. */
static const struct policy_record *records_to_look_at(const struct site *site, struct arena *arena,
                                                      size_t *count) {
    size_t kinds = site->policy.kind_count, n = 0;
    const struct pages *bodies = &site->pages[CONTENT_BODY];
    struct policy_records *all = arena_array(arena, struct policy_records, kinds);
    for (size_t k = 0; k < kinds; k++) {
        if (kind_is_asked(site->policy.kinds[k]))
            all[k] = records_of(site, site->policy.kinds[k]->id, arena);
        n += all[k].count;
    }
    struct policy_record *records = arena_array(arena, struct policy_record, n + bodies->count);
    *count = 0;
    for (int school = 1; school >= 0; school--)
        for (size_t k = 0; k < kinds; k++)
            for (size_t i = 0; i < all[k].count; i++) {
                const struct policy_record *r = &all[k].items[i];
                if (str_eq(r->kind, STR("school")) == school && !str_eq(r->kind, STR("body")) &&
                    (!r->school || school_is_listed(r->school)))
                    records[(*count)++] = *r;
            }
    for (size_t i = 0; i < bodies->count; i++)
        records[(*count)++] = record_of_page(bodies->items[i]);
    return records;
}

const struct year *year_make(const struct site *site, struct arena *arena) {
    bool asked = year_is_asked(site);
    if (site->audience != AUDIENCE_OFFICERS || (!asked && !site->vocabulary.year_count) ||
        calendar_ends(site->as_of) == DATE_NONE)
        return NULL;
    struct year *y = arena_new(arena, struct year);
    make_sections(y, site, arena);
    size_t count;
    struct gatherer g = {.site = site, .year = y};
    g.records = records_to_look_at(site, arena, &count);
    g.gathered = arena_array(arena, struct gathered, count);
    g.arenas = arena_array(arena, struct arena, 2 * site->workers);
    pool_run(site->workers, count, gather, &g);
    for (size_t i = 0; i < 2 * site->workers; i++)
        arena_release(&g.arenas[i]);
    for (size_t i = 0; i < count; i++) {
        y->count += g.gathered[i].count;
        y->left_out = y->left_out || g.gathered[i].left_out;
    }
    struct year_event *events = arena_array(arena, struct year_event, y->count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (g.gathered[i].count)
            memcpy(events + n, g.gathered[i].events, g.gathered[i].count * sizeof(*events));
        n += g.gathered[i].count;
    }
    y->events = events;
    return asked || n ? y : NULL;
}
