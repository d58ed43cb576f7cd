/* SPDX-License-Identifier: MIT */
/*
 * fact.c: following resolved paths through a record.
 *
 * What a record says of a fact is a value and mostly a history. Both come from one of three shapes: a plain value, a
 * dated list, a list of events. The readers of these shapes are in this order below, after the steps.
 */
#include "portal/fact_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

static struct str fact_id_of_choice(const struct fact_path *path, struct str text) {
    const struct choice *choices = path->field->choices;
    for (size_t i = 0; choices[i].id; i++) /* schema_check has made it the id itself */
        if (text.at == choices[i].id || str_eq(text, str_from(choices[i].id)))
            return path->ids[i].len ? path->ids[i] : text;
    return text;
}

/* "none" is real absence unless the fact has a value of that name. */
static bool is_none(const struct fact *fact, struct str text) {
    if (!str_eq(text, STR("none")) || fact->type == FACT_YES_NO)
        return false;
    if (fact->type == FACT_SCALE)
        return !fact->scale || !scale_find(fact->scale, text);
    return fact->type != FACT_SET || !fact_item(fact, text);
}

/* A true minus is what people write, and a hyphen what numbers are read with. */
static struct str plain_minus(const struct fact_reading *r, struct str text) {
    return str_starts(text, STR("\xE2\x88\x92")) ? str_join(r->arena, STR("-"), str_sub(text, 3, text.len))
                                                 : text;
}

static enum given_state read_figure(const struct fact_reading *r, struct str text, struct str *out) {
    const struct choice *reason = choice_find(figure_reasons, text);
    *out = reason ? str_from(reason->label) : plain_minus(r, text);
    if (!reason)
        return GIVEN_VALUE;
    return strcmp(reason->id, "not_applicable") == 0 ? GIVEN_NOT_APPLICABLE : GIVEN_NOT_RECORDED;
}

/* What one text of the record is as a value of the fact. */
static enum given_state read_text(const struct fact_reading *r, struct str text, struct str *out) {
    const struct fact_path *path = r->path;
    const struct fact *fact = path->fact;
    *out = text;
    if (str_eq(text, STR("not recorded")))
        return GIVEN_NOT_RECORDED;
    if (str_eq(text, STR("not applicable")))
        return GIVEN_NOT_APPLICABLE;
    if (is_none(fact, text))
        return GIVEN_NONE;
    if (path->ids) {
        *out = fact_id_of_choice(path, text);
    } else if (fact->type == FACT_SCALE && fact->scale) {
        const struct scale_value *value = scale_find(fact->scale, text);
        *out = value ? value->id : text;
    } else if (fact->type == FACT_SET) {
        const struct field *item = fact_item(fact, text);
        *out = item ? item->key : text;
    } else if (fact->type == FACT_NUMBER || fact->type == FACT_WHOLE) {
        return read_figure(r, text, out);
    } else if (fact->type == FACT_DATE && text.len == 7) { /* a month: its first day */
        *out = str_join(r->arena, text, STR("-01"));
    }
    return GIVEN_VALUE;
}

/* A yes/no fact read from a date is yes from that day on. */
static bool is_yes_since(const struct fact_reading *r) {
    return r->path->fact->type == FACT_YES_NO && r->path->field && r->path->field->type == TYPE_DATE;
}

/* What was not read with a history has one of its own: a plain value holds at every date, what began on a day since
 * then. `in the last` asks for no other. */
static void read_since(const struct fact_reading *r, enum given_state state) {
    struct given *g = r->out;
    enum fact_type type = r->path->fact->type;
    bool asked = type == FACT_SCALE || type == FACT_YES_NO || type == FACT_SET;
    size_t count = type == FACT_SET ? g->count : 1;
    if (!asked || state != GIVEN_VALUE || g->history || r->event)
        return;
    struct given_entry *entries = arena_array(r->arena, struct given_entry, count);
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct given_entry){
            .text = type == FACT_SET ? g->texts[i] : g->text, .from = g->since, .to = DATE_NONE, .at = g->at};
    g->history = entries;
    g->history_count = count;
}

static enum given_state read_scalar(const struct fact_reading *r, const struct value *v) {
    r->out->at = value_place(v);
    if (!value_is_text(v))
        return GIVEN_NOTHING;
    if (is_yes_since(r)) {
        date d = value_date(v);
        r->out->text = d <= r->day ? STR("yes") : STR("no");
        r->out->since = d <= r->day ? d : DATE_NONE;
        return d == DATE_NONE ? GIVEN_NOTHING : GIVEN_VALUE;
    }
    return read_text(r, value_str(v), &r->out->text);
}

/* ---- several texts ---- */

struct texts {
    struct arena *arena;
    struct str *items;
    size_t count, room;
};

static void add_text(struct texts *texts, struct str text) {
    if (texts->count == texts->room) {
        size_t room = texts->room ? 2 * texts->room : 8;
        texts->items = arena_grow(texts->arena, texts->items, texts->room * sizeof(struct str),
                                  room * sizeof(struct str), alignof(struct str));
        texts->room = room;
    }
    texts->items[texts->count++] = text;
}

static bool is_collection(const struct fact *fact) {
    return fact->type == FACT_SET || fact->type == FACT_LIST || fact->type == FACT_DATES;
}

/* What a list of values is: all of them; of a fact that has one value the one they agree on, else it is not known. */
static enum given_state give_texts(const struct fact_reading *r, const struct texts *texts) {
    if (is_collection(r->path->fact)) {
        r->out->texts = texts->items;
        r->out->count = texts->count;
        return GIVEN_VALUE;
    }
    for (size_t i = 1; i < texts->count; i++)
        if (!str_eq(texts->items[i], texts->items[0]))
            return GIVEN_NOT_RECORDED;
    if (!texts->count)
        return GIVEN_NOTHING;
    r->out->text = texts->items[0];
    return GIVEN_VALUE;
}

/* Adds a value or a list of values. False when it says something outright of the whole (not recorded, none), which is then
 * in `*state`. */
static bool add_values(struct fact_reading *r, struct texts *texts, const struct value *v,
                       enum given_state *state) {
    if (v->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v->count; i++)
            if (!add_values(r, texts, &v->items[i], state))
                return false;
        return true;
    }
    if (!value_is_text(v))
        return true;
    struct str text = value_str(v);
    if (is_yes_since(r))
        text = value_date(v) <= r->day ? STR("yes") : STR("no");
    else if ((*state = read_text(r, text, &text)) != GIVEN_VALUE)
        return false;
    add_text(texts, text);
    return true;
}

/* ---- dated lists ---- */

static bool is_dated(const struct value *v) {
    return v->kind == VALUE_LIST && v->count && v->items[0].kind == VALUE_MAP;
}

/* The entries not after the day, in the order of their days. An entry of a set may hold several values: each is one. */
static struct given_entry *read_entries(struct fact_reading *r, const struct value *list, size_t *count) {
    size_t room = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct value *v = value_get(&list->items[i], STR("value"));
        room += v && v->kind == VALUE_LIST ? v->count : 1;
    }
    struct given_entry *entries = arena_array(r->arena, struct given_entry, room);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct value *entry = &list->items[i], *v = value_get(entry, STR("value"));
        date from = value_date(value_get(entry, STR("from")));
        if (!v || from == DATE_NONE || from > r->day)
            continue;
        const struct value *each = v->kind == VALUE_LIST ? v->items : v;
        for (uint32_t j = 0; j < (v->kind == VALUE_LIST ? v->count : 1); j++) {
            struct given_entry *e = &entries[(*count)++];
            *e = (struct given_entry){.from = from,
                                      .to = value_date(value_get(entry, STR("to"))),
                                      .at = value_place(&each[j]),
                                      .record = entry};
            read_text(r, value_words(&each[j]), &e->text);
        }
    }
    return entries;
}

static bool in_force(const struct given_entry *e, date day) {
    return e->from <= day && (e->to == DATE_NONE || e->to > day);
}

/* The first day of the value of entry `i`, which may have been said again since. */
static date first_day(const struct given_entry *entries, size_t i) {
    while (i && str_eq(entries[i - 1].text, entries[i].text) &&
           (entries[i - 1].to == DATE_NONE || entries[i - 1].to >= entries[i].from))
        i--;
    return entries[i].from;
}

/* Entries of a set stand side by side, each until its own end. */
static enum given_state read_dated_set(struct fact_reading *r, const struct given_entry *entries,
                                       size_t count) {
    struct texts texts = {.arena = r->arena};
    enum given_state state = GIVEN_NOTHING;
    for (size_t i = 0; i < count; i++) {
        if (!in_force(&entries[i], r->day))
            continue;
        struct str text;
        enum given_state said = read_text(r, entries[i].text, &text);
        r->out->at = entries[i].at;
        r->out->since = r->out->since == DATE_NONE ? entries[i].from : r->out->since;
        state = state == GIVEN_VALUE ? state : said;
        if (said == GIVEN_VALUE)
            add_text(&texts, text);
    }
    return state == GIVEN_VALUE ? give_texts(r, &texts) : state;
}

static enum given_state read_dated(struct fact_reading *r, const struct value *list) {
    size_t count = 0;
    struct given_entry *entries = read_entries(r, list, &count);
    r->out->history = entries;
    r->out->history_count = count;
    if (r->path->fact->type == FACT_SET)
        return read_dated_set(r, entries, count);
    if (!count || !in_force(&entries[count - 1], r->day))
        return GIVEN_NOTHING;
    r->out->since = first_day(entries, count - 1);
    const struct value *v = value_get(entries[count - 1].record, STR("value"));
    if (v->kind != VALUE_LIST)
        return read_scalar(r, v);
    r->out->at = value_place(v);
    struct texts texts = {.arena = r->arena};
    enum given_state state = GIVEN_VALUE;
    return add_values(r, &texts, v, &state) ? give_texts(r, &texts) : state;
}

/* ---- events ---- */

/* An event that counts by the day, and when. */
struct event {
    date on;
    const struct value *value;
};

/* The figures of a year come in the autumn after it; a day of release within a year of that is theirs. */
static date released(const struct fact_reading *r, const struct fact_step *step, const struct value *event) {
    long year = value_whole(value_get(event, STR("year")));
    date usual = year < 0 ? DATE_NONE : date_make((int)year, 9, 1);
    date said =
        value_date(value_get(value_get(r->record->record, STR("sources")), str_from(step->published)));
    return said != DATE_NONE && usual != DATE_NONE && said >= usual && said < date_add_months(usual, 12)
               ? said
               : usual;
}

/* The day of an event; DATE_NONE of one that does not count. */
static date event_day(const struct fact_reading *r, const struct fact_step *step, const struct value *event) {
    static const char *const without_grades[] = {"monitoring", "urgent", "ungraded"};
    if (step->day == EVENT_RELEASED)
        return released(r, step, event);
    if (step->day == EVENT_COUNTED)
        return value_date(value_get(event, STR("on")));
    struct str kind = value_words(value_get(event, STR("kind")));
    for (size_t i = 0; i < sizeof(without_grades) / sizeof(without_grades[0]); i++)
        if (str_eq(kind, str_from(without_grades[i])))
            return DATE_NONE;
    return value_date(value_get(event, STR("date")));
}

/* The events not after the day, the oldest first; of two on one day the one written later is the later. */
static struct event *events_by(const struct fact_reading *r, const struct fact_step *step,
                               const struct value *list, size_t *count) {
    struct event *events = arena_array(r->arena, struct event, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        struct event e = {event_day(r, step, &list->items[i]), &list->items[i]};
        if (e.on == DATE_NONE || e.on > r->day)
            continue;
        size_t at = (*count)++;
        for (; at && events[at - 1].on > e.on; at--)
            events[at] = events[at - 1];
        events[at] = e;
    }
    return events;
}

/* The field of an event that the rest of the path leads to; NULL where the event is without it. */
static const struct value *field_of_event(const struct fact_path *path, const struct value *v) {
    for (size_t i = path->events + 1; v && i < path->count; i++)
        v = path->steps[i].kind == STEP_FIELD ? value_get_hashed(v, path->steps[i].name, path->steps[i].hash)
                                              : NULL;
    return v && value_is_text(v) ? v : NULL;
}

/* Each event that has the field is an entry, which ends with the next event though that be without it. */
static void read_history(struct fact_reading *r, const struct event *events, size_t count) {
    struct given_entry *entries = arena_array(r->arena, struct given_entry, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const struct value *v = field_of_event(r->path, events[i].value);
        struct str text;
        if (v && read_text(r, value_str(v), &text) == GIVEN_VALUE)
            entries[n++] =
                (struct given_entry){text, events[i].on, DATE_NONE, value_place(v), events[i].value};
        else if (n && entries[n - 1].to == DATE_NONE)
            entries[n - 1].to = events[i].on;
    }
    r->out->history = entries;
    r->out->history_count = n;
    if (n && entries[n - 1].to == DATE_NONE)
        r->out->since = first_day(entries, n - 1);
}

static const struct value *event_of(struct fact_reading *r, const struct fact_step *step,
                                    const struct value *list) {
    size_t count = 0;
    struct event *events = list->kind == VALUE_LIST ? events_by(r, step, list, &count) : NULL;
    size_t back = (size_t)step->back;
    if (count <= back)
        return NULL;
    r->event = true;
    if (!is_collection(r->path->fact))
        read_history(r, events, count - back);
    r->out->at = value_place(events[count - 1 - back].value);
    return events[count - 1 - back].value;
}

/* ---- following the steps ---- */

static enum given_state read_leaf(struct fact_reading *r, const struct value *v) {
    if (r->path->leaf == LEAF_RECORDS)
        return fact_records(r, v);
    if (r->path->leaf == LEAF_SLUGS)
        return fact_slugs(r, v);
    if (is_dated(v))
        return read_dated(r, v);
    if (v->kind != VALUE_LIST && !is_collection(r->path->fact))
        return read_scalar(r, v);
    r->out->at = value_place(v);
    struct texts texts = {.arena = r->arena};
    enum given_state state = GIVEN_VALUE;
    return add_values(r, &texts, v, &state) ? give_texts(r, &texts) : state;
}

/* All that the steps from `i` lead to in each map of a list. */
static bool gather(struct fact_reading *r, struct texts *texts, size_t i, const struct value *v,
                   enum given_state *state) {
    if (!v || i == r->path->count)
        return !v || add_values(r, texts, v, state);
    const struct fact_step *step = &r->path->steps[i];
    if (step->kind == STEP_FIELD)
        return gather(r, texts, i + 1, value_get_hashed(v, step->name, step->hash), state);
    for (uint32_t j = 0; v->kind == VALUE_LIST && j < v->count; j++)
        if (!gather(r, texts, i + 1, &v->items[j], state))
            return false;
    return true;
}

static enum given_state read_each(struct fact_reading *r, size_t i, const struct value *v) {
    struct texts texts = {.arena = r->arena};
    enum given_state state = GIVEN_VALUE;
    r->out->at = value_place(v);
    return gather(r, &texts, i, v, &state) ? give_texts(r, &texts) : state;
}

/* What it means that a field is not there. */
static enum given_state read_missing(struct fact_reading *r, size_t i) {
    if (r->path->member_unless && i + 1 == r->path->count) {
        r->out->text = STR("member");
        return GIVEN_VALUE;
    }
    return r->event ? GIVEN_ABSENT : GIVEN_NOTHING;
}

/* What the steps from `i` lead to in one membership. */
static struct str text_of_membership(struct fact_reading *r, size_t i, const struct value *v) {
    struct str text = r->path->member_unless ? STR("member") : (struct str){0};
    for (; v && i < r->path->count; i++) {
        const struct fact_step *step = &r->path->steps[i];
        v = step->kind == STEP_PARTNERSHIP ? fact_partnership(r, v)
                                           : value_get_hashed(v, step->name, step->hash);
    }
    if (v && value_is_text(v))
        read_text(r, value_str(v), &text);
    return text;
}

/* Every partnership that the school has been in by the day, in the order in which it joined. */
static void read_memberships(struct fact_reading *r, size_t i, const struct value *list) {
    struct given_entry *entries = arena_array(r->arena, struct given_entry, list->count);
    size_t count = 0;
    for (uint32_t j = 0; j < list->count; j++) {
        struct given_entry e = {.at = value_place(&list->items[j]), .record = &list->items[j]};
        if (!fact_membership_days(r, e.record, &e.from, &e.to))
            continue;
        e.text = text_of_membership(r, i, e.record);
        if (!e.text.len)
            continue;
        size_t at = count++;
        for (; at && entries[at - 1].from > e.from; at--)
            entries[at] = entries[at - 1];
        entries[at] = e;
    }
    r->out->history = entries;
    r->out->history_count = count;
}

/* A school that says to which groups it belongs, and names no partnership, is in none. */
static enum given_state read_alone(const struct fact_reading *r) {
    return value_get(r->path->fact->source, STR("none")) ? GIVEN_NONE : GIVEN_NOTHING;
}

static enum given_state read_path(struct fact_reading *r, const struct value *v) {
    for (size_t i = 0; i < r->path->count; i++) {
        const struct fact_step *step = &r->path->steps[i];
        switch (step->kind) {
        case STEP_FIELD:
            v = value_get_hashed(v, step->name, step->hash);
            if (!v)
                return read_missing(r, i);
            if (step->or_none && value_is_text(v)) {
                r->out->at = value_place(v);
                return GIVEN_NONE;
            }
            break;
        case STEP_EVENTS: v = event_of(r, step, v); break;
        case STEP_GROUP: v = fact_group(r, step, v); break;
        case STEP_MEMBERSHIP:
            if (v->kind == VALUE_LIST && !is_collection(r->path->fact))
                read_memberships(r, i + 1, v);
            v = fact_membership(r, v);
            if (!v)
                return read_alone(r);
            break;
        case STEP_PARTNERSHIP: v = fact_partnership(r, v); break;
        case STEP_EACH: return read_each(r, i, v);
        }
        if (!v)
            return GIVEN_NOTHING;
    }
    return read_leaf(r, v);
}

/* A fact without a path, from whichever map of facts has it. */
static enum given_state read_own(struct fact_reading *r, const struct value *record) {
    size_t last = r->path->count - 1;
    for (size_t i = 0; i < last; i++) {
        const struct value *map = value_get_hashed(record, r->path->steps[i].name, r->path->steps[i].hash);
        const struct value *v = value_get_hashed(map, r->path->steps[last].name, r->path->steps[last].hash);
        if (v)
            return read_leaf(r, v);
    }
    return GIVEN_NOTHING;
}

/* What reaches into other records, and follows no path. */
static enum given_state (*const reaching[])(struct fact_reading *) = {
    [LEAF_NOTHING] = NULL,
    [LEAF_MEMBERS] = fact_schools,
    [LEAF_ASSOCIATES] = fact_schools,
    [LEAF_SCHOOLS] = fact_schools,
    [LEAF_SIZE] = fact_size,
    [LEAF_FORMAL] = fact_formal,
    [LEAF_SLUGS] = NULL,
    [LEAF_PEOPLE] = fact_others,
    [LEAF_BODIES] = fact_others,
    [LEAF_LEADER_SCHOOLS] = fact_leader,
    [LEAF_LEADER_DAYS] = fact_leader,
    [LEAF_LEADER_PARTNERSHIP] = fact_leader,
};

void facts_read(const struct facts_reader *reader, const struct policy_record *record, date day,
                enum audience viewer, const struct facts_world *world, struct arena *arena,
                struct given *out) {
    for (size_t i = 0; i < reader->count; i++) {
        const struct fact_path *path = &reader->paths[i];
        out[i] = (struct given){.since = DATE_NONE, .at = place_file(NULL)};
        struct fact_reading r = {path, reader->facts->site, record, world, arena, &out[i], day, viewer,
                                 false};
        if (!audience_may_see(viewer, path->class))
            out[i].state = GIVEN_HIDDEN;
        else if (path->own)
            out[i].state = read_own(&r, record->record);
        else if (reaching[path->leaf])
            out[i].state = reaching[path->leaf](&r);
        else if (path->leaf != LEAF_NOTHING)
            out[i].state = read_path(&r, record->record);
        read_since(&r, out[i].state);
    }
}

void facts_read_value(const struct facts *facts, const struct fact *fact, const struct value *v, date day,
                      struct arena *arena, struct given *out) {
    const struct fact_path alone = {.fact = fact, .leaf = LEAF_VALUE};
    struct fact_reading r = {.path = &alone, .site = facts->site, .arena = arena, .out = out, .day = day};
    *out = (struct given){.since = DATE_NONE, .at = value_place(v)};
    out->state = v->kind == VALUE_NULL ? GIVEN_NOTHING : read_leaf(&r, v);
}
