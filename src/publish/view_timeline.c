/* SPDX-License-Identifier: MIT */
/*
 * view_timeline.c: for officers, what was recorded of a school over time: decisions, judgements, groups and inspections
 * in one line, newest first.
 *
 * Each has its own place on the page, where its history stands beside what is in force; only here can be read what came
 * before what. What is dated after the as-of day has not happened yet, and nothing is said of it.
 */
#include <stdlib.h>

#include "policy/words.h"
#include "portal/recorded.h"
#include "publish/group_list.h"
#include "publish/view_page.h"

enum moment_kind { MOMENT_DECISION, MOMENT_GROUP, MOMENT_JUDGEMENT, MOMENT_INSPECTION, MOMENT_ORDER };

static const char *const kinds[] = {[MOMENT_DECISION] = "Decision",
                                    [MOMENT_GROUP] = "Group",
                                    [MOMENT_JUDGEMENT] = "Judgement",
                                    [MOMENT_INSPECTION] = "Inspection",
                                    [MOMENT_ORDER] = "Academy order"};

struct moment {
    date on;
    enum moment_kind kind;
    size_t number; /* in which they were found: what is recorded later of one day comes first */
    struct str title, text, href;
};

struct line {
    const struct view *view;
    struct moment *items;
    size_t count, room;
};

static void add(struct line *line, date on, enum moment_kind kind, struct str title, struct str text,
                struct str href) {
    size_t size = sizeof(struct moment);
    if (on == DATE_NONE || on > line->view->site->as_of)
        return;
    if (line->count == line->room) {
        size_t room = line->room ? line->room * 2 : 32;
        line->items = arena_grow(line->view->arena, line->items, line->room * size, room * size,
                                 alignof(struct moment));
        line->room = room;
    }
    line->items[line->count] = (struct moment){on, kind, line->count, title, text, href};
    line->count++;
}

static int newest_first(const void *x, const void *y) {
    const struct moment *a = x, *b = y;
    if (a->on != b->on)
        return a->on > b->on ? -1 : 1;
    return a->number < b->number ? 1 : -1;
}

/* ---- entries of dated lists ---- */

static void say(struct buf *out, const char *before, struct str s, const char *between) {
    if (!s.len)
        return;
    bool ended = str_ends(buf_str(out), STR(".")); /* a sentence that its author ended */
    buf_add(out, ended ? STR(" ") : str_from(out->len ? between : ""));
    buf_add(out, str_from(before));
    buf_add(out, s);
}

static struct str day_at(const struct view *view, const struct value *entry, const char *key) {
    date d = value_date(value_at(entry, key));
    return d == DATE_NONE ? (struct str){0} : date_long(view->arena, d);
}

/* "agreed, Head of School Improvement, until 20 September 2020; letter 27 September 2019. Reason: ... . A note" */
static struct str entry_text(const struct view *view, const struct value *entry, struct str how) {
    struct buf out = {.arena = view->arena};
    say(&out, "", how, ", ");
    say(&out, "", part_field(entry, "by"), ", ");
    say(&out, "until ", day_at(view, entry, "to"), ", ");
    say(&out, "letter ", day_at(view, entry, "letter"), "; ");
    say(&out, "Reason: ", part_field(entry, "reason"), ". ");
    say(&out, "", part_field(entry, "note"), ". ");
    return buf_str(&out);
}

static bool is_dated(const struct value *v) {
    return v->kind == VALUE_LIST && v->count && v->items[0].kind == VALUE_MAP;
}

static const struct output *output_of(const struct view *view, struct str decision, struct str output) {
    for (size_t i = 0; i < view->plan->decision_count; i++) {
        const struct decision *d = view->plan->decisions[i];
        for (size_t j = 0; str_eq(d->id, decision) && j < d->output_count; j++)
            if (!output.len || str_eq(d->outputs[j].id, output))
                return &d->outputs[j];
    }
    return NULL;
}

static struct str answer_words(const struct view *view, const struct output *o, struct str key,
                               const struct value *v) {
    values answer = o ? output_value(o, value_words(v)) : 0;
    return answer ? o->answers[__builtin_ctzll(answer)].label : view_given(view, NULL, key, v);
}

static void add_decision(struct line *line, struct str decision, struct str output,
                         const struct value *list) {
    const struct view *view = line->view;
    const struct output *o = output_of(view, decision, output);
    struct str key = output.len ? output : decision;
    struct str label = o ? o->label : part_id_words(view, key);
    for (uint32_t i = 0; is_dated(list) && i < list->count; i++) {
        const struct value *e = &list->items[i], *value = value_at(e, "value");
        struct str how = o ? recorded_how(&view->site->vocabulary, o, e, view->arena)
                           : part_lower_first(view, part_id_words(view, part_field(e, "how")));
        add(line, value_date(value_at(e, "from")), MOMENT_DECISION,
            str_join(view->arena, label, STR(": "), answer_words(view, o, key, value)),
            entry_text(view, e, how), (struct str){0});
    }
}

static void add_decisions(struct line *line, const struct school *s) {
    const struct value *map = value_at(&s->record, "decisions");
    for (uint32_t i = 0; map && i < map->count; i++) {
        const struct field *f = &map->fields[i];
        for (uint32_t j = 0; f->value.kind == VALUE_MAP && j < f->value.count; j++)
            add_decision(line, f->key, f->value.fields[j].key, &f->value.fields[j].value);
        add_decision(line, f->key, (struct str){0}, &f->value);
    }
}

static void add_judgements(struct line *line, const struct school *s) {
    const struct view *view = line->view;
    const struct value *map = value_at(&s->record, "judgements");
    for (uint32_t i = 0; map && i < map->count; i++) {
        const struct field *f = &map->fields[i];
        const struct fact *fact = vocabulary_fact(&view->site->vocabulary, f->key);
        for (uint32_t j = 0; is_dated(&f->value) && j < f->value.count; j++) {
            const struct value *e = &f->value.items[j], *value = value_at(e, "value");
            struct str words = value ? view_given(view, fact, f->key, value) : (struct str){0};
            add(line, value_date(value_at(e, "from")), MOMENT_JUDGEMENT,
                str_join(view->arena, fact ? fact->label : f->key, STR(": "), words),
                entry_text(view, e, (struct str){0}), (struct str){0});
        }
    }
}

/* ---- what has a shape of its own ---- */

static void add_group(struct line *line, const struct school_group *g) {
    static const struct {
        const char *key, *words;
    } steps[] = {
        {"recommended", "recommended"}, {"endorsed", "endorsed"}, {"start", "began"}, {"ended", "ended"}};
    const struct view *view = line->view;
    const struct value *record = g->record.record, *meetings = value_at(record, "meetings");
    struct str href = part_href(view, g->address), reason = part_field(record, "reason");
    size_t last = g->stage == GROUP_ENDED ? 3 : 0; /* the reason is why it was set up, or why it ended */
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        add(line, value_date(value_at(record, steps[i].key)), MOMENT_GROUP,
            str_join(view->arena, g->record.label, STR(": "), str_from(steps[i].words)),
            i == last ? reason : (struct str){0}, href);
    for (uint32_t i = 0; meetings && meetings->kind == VALUE_LIST && i < meetings->count; i++)
        add(line, value_date(value_at(&meetings->items[i], "on")), MOMENT_GROUP,
            str_join(view->arena, g->record.label, STR(": met")), part_field(&meetings->items[i], "note"),
            href);
}

static void add_inspection(struct line *line, const struct value *inspection) {
    const struct view *view = line->view;
    const struct schema *schema = schema_find(&schema_school, STR("inspections"))->record;
    struct value kind = part_choice_of(view, inspection, "kind", schema),
                 overall = part_choice_of(view, inspection, "overall", schema),
                 concern = part_choice_of(view, inspection, "category", schema);
    struct str title = part_told(&kind, "label"), grade = part_told(&overall, "label");
    struct str category = part_told(&concern, "id");
    bool placed = category.len && !str_eq(category, STR("none"));
    add(line, value_date(value_at(inspection, "date")), MOMENT_INSPECTION,
        str_join(view->arena, title.len ? title : STR("Graded inspection"), grade.len ? STR(": ") : STR(""),
                 grade),
        placed ? part_told(&concern, "label") : part_field(inspection, "outcome"), (struct str){0});
}

void view_timeline(const struct view *view, struct value_map *m, const struct school *s) {
    struct line line = {.view = view};
    struct value_list list = part_list_new(view);
    const struct value *inspections = value_at(&s->record, "inspections");
    const struct group_item *groups;
    size_t group_count = school_is_listed(s) ? group_items_of(view->plan->groups, s, &groups) : 0;
    for (uint32_t i = 0; inspections && inspections->kind == VALUE_LIST && i < inspections->count; i++)
        add_inspection(&line, &inspections->items[i]);
    add_judgements(&line, s);
    for (size_t i = 0; i < group_count; i++)
        add_group(&line, &groups[i].group);
    add(&line, value_date(value_at(&s->record, "academy_order")), MOMENT_ORDER,
        STR("An academy order was made"), (struct str){0}, (struct str){0});
    add_decisions(&line, s);
    if (line.count)
        qsort(line.items, line.count, sizeof(*line.items), newest_first);
    for (size_t i = 0; i < line.count; i++) {
        struct value_map e = part_map(view);
        map_set(&e, "date", part_date(view, line.items[i].on));
        map_text(&e, "kind", str_from(kinds[line.items[i].kind]));
        map_text(&e, "title", line.items[i].title);
        map_text(&e, "href", line.items[i].href);
        map_text(&e, "text", line.items[i].text);
        list_add(&list, map_done(&e));
    }
    map_text(m, "timeline_text", part_count_of(view, list.count, "entry", "entries"));
    part_list(view, m, "timeline", &list);
}
