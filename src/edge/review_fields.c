/* SPDX-License-Identifier: MIT */
/* review_fields.c: two records, field by field, as people read them. */
#include "edge/review_fields.h"

#include "edge/review_text.h"
#include "policy/words.h"
#include "portal/framework.h"

/* Texts longer than this are marked word by word, and others shown whole. */
#define LONG_TEXT 120

/* A text that is shown beside what it was is cut at so many bytes. */
#define SHOWN_TEXT 400

/* ---- values in words ---- */

struct str review_flat(struct arena *arena, const struct value *v) {
    struct buf out = {.arena = arena};
    if (!v)
        return (struct str){0};
    if (value_is_text(v) || v->kind == VALUE_NUMBER)
        return value_str(v);
    if (v->kind == VALUE_BOOL)
        return v->truth ? STR("yes") : STR("no");
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, review_flat(arena, &v->items[i]));
    }
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        buf_add(&out, i ? STR("; ") : STR(""));
        buf_add(&out, v->fields[i].key);
        buf_lit(&out, ": ");
        buf_add(&out, review_flat(arena, &v->fields[i].value));
    }
    return buf_str(&out);
}

/* What a slug names, as the audience knows it; empty where the audience does not have it. */
static struct str named(const struct site *site, const struct schema_field *field, struct str slug) {
    if (field->content == CONTENT_SCHOOL) {
        const struct school *school = map_get(&site->school_by_slug, slug);
        return school ? school->name : slug;
    }
    const struct page *page = site_any_page(site, field->content, slug);
    if (!page)
        return slug;
    return page->visible ? page->title : (struct str){0};
}

/* Not site_shows: a side with errors was never joined up, and has no indexes. */
static struct str led_to(const struct site *site, struct arena *arena, struct str path) {
    struct target target = site_target(site, arena, (struct str){0}, path);
    return target.page && !target.page->visible ? (struct str){0} : path;
}

static struct str choice_words(const struct choice *choices, struct str id) {
    const struct choice *choice = choices ? choice_find(choices, id) : NULL;
    return choice ? str_from(choice->label) : id;
}

/* A text of a field's type. */
static struct str scalar_words(const struct review_fields *f, const struct site *site,
                               const struct schema_field *field, struct str text) {
    date day = field->type == TYPE_DATE ? date_parse_iso(text) : DATE_NONE;
    switch (field->type) {
    case TYPE_DATE: return day == DATE_NONE ? text : date_long(f->arena, day);
    case TYPE_MONTH: return words_for_month(f->arena, text);
    case TYPE_CHOICE: return choice_words(field->choices, text);
    case TYPE_FIGURE: return choice_words(figure_reasons, text);
    case TYPE_SLUG: return named(site, field, text);
    case TYPE_PATH: return led_to(site, f->arena, text);
    default: return text;
    }
}

static struct str record_words(const struct review_fields *f, const struct site *site,
                               const struct schema *schema, const struct value *v);

/* "Academy from 1 April 2026". */
static struct str dated_words(const struct review_fields *f, const struct site *site,
                              const struct schema_field *field, const struct value *entry) {
    struct str words = scalar_words(f, site, field, value_words(value_get(entry, STR("value"))));
    date from = value_date(value_get(entry, STR("from")));
    return from == DATE_NONE || !words.len
               ? words
               : str_join(f->arena, words, STR(" from "), date_long(f->arena, from));
}

static struct str words_of(const struct review_fields *f, const struct site *site,
                           const struct schema_field *field, const struct value *v) {
    struct buf out = {.arena = f->arena};
    if (!v || v->kind == VALUE_NULL)
        return (struct str){0};
    if (v->kind == VALUE_TEXT)
        return scalar_words(f, site, field, value_str(v));
    if (v->kind == VALUE_MAP && field->type == TYPE_RECORD)
        return record_words(f, site, field->record, v);
    if (v->kind == VALUE_MAP && (field->flags & FIELD_DATED))
        return dated_words(f, site, field, v);
    if (v->kind != VALUE_LIST)
        return review_flat(f->arena, v);
    for (uint32_t i = 0; i < v->count; i++) {
        struct str words = words_of(f, site, field, &v->items[i]);
        buf_add(&out, out.len && words.len ? STR(", ") : STR(""));
        buf_add(&out, words);
    }
    return buf_str(&out);
}

/* An entry that came or went, in one line: "Partnership: Brook Valley; Part: Lead". */
static struct str record_words(const struct review_fields *f, const struct site *site,
                               const struct schema *schema, const struct value *v) {
    struct buf out = {.arena = f->arena};
    for (const struct schema_field *field = schema->fields; field->name; field++) {
        const struct value *of = value_get(v, str_from(field->name));
        struct str words = words_of(f, site, field, of);
        if (!words.len)
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        buf_add(&out, str_from(field->label));
        buf_lit(&out, ": ");
        buf_add(&out, words);
    }
    return buf_str(&out);
}

/* ---- changes ---- */

static void add_place(struct value_map *m, struct place at) {
    if (!at.source)
        return;
    map_text(m, "path", at.source->path);
    if (at.offset != DIAG_NOWHERE)
        map_whole(m, "line", place_position(at).line);
}

void review_fields_add(struct review_fields *f, struct str label, struct str before, struct str after,
                       struct place base_at, struct place head_at) {
    if (str_eq(before, after))
        return;
    if (f->list.count == REVIEW_FIELDS_MAX) {
        f->more++;
        return;
    }
    struct value_map m = {.arena = f->arena};
    map_text(&m, "field", label);
    if (before.len && after.len && (before.len > LONG_TEXT || after.len > LONG_TEXT)) {
        struct differ differ = {.arena = f->arena, .scratch = f->scratch, .work = DIFFER_WORK_MAX / 8};
        struct redline_change change = redline_words(&differ, before, after);
        map_set(&m, "spans", review_spans(&change, f->arena));
    } else {
        map_text(&m, "before", review_cut(f->arena, before, SHOWN_TEXT));
        map_text(&m, "after", review_cut(f->arena, after, SHOWN_TEXT));
    }
    add_place(&m, head_at.source ? head_at : base_at);
    list_add(&f->list, map_done(&m));
}

/* The same value on either side; NULL where there is none. */
struct both {
    const struct value *base, *head;
};

static struct place place_of(const struct value *v) {
    return v ? value_place(v) : (struct place){0};
}

static void compare_words(struct review_fields *f, struct str label, const struct schema_field *field,
                          struct both v) {
    review_fields_add(f, label, words_of(f, f->base, field, v.base), words_of(f, f->head, field, v.head),
                      place_of(v.base), place_of(v.head));
}

static struct str under(struct review_fields *f, struct str label, struct str part) {
    return !part.len ? label : label.len ? str_join(f->arena, label, STR(", "), part) : part;
}

static void compare_record(struct review_fields *f, struct str label, struct both v,
                           const struct schema *schema, bool (*wanted)(const struct schema_field *field));

/* ---- lists ---- */

/* What an entry is known by. */
typedef struct str entry_key(const struct schema *schema, const struct value *entry, struct arena *arena);

static struct str dated_key(const struct schema *schema, const struct value *entry, struct arena *arena) {
    (void)schema;
    (void)arena;
    return value_words(value_get(entry, STR("from")));
}

static bool is_naming(const struct schema_field *field) {
    return field->type == TYPE_DATE || field->type == TYPE_YEAR || field->type == TYPE_URN ||
           field->type == TYPE_SLUG;
}

/* What the entry must state and names it: days, years, numbers, other records; or else the first thing that it must
 * state. */
static struct str record_key(const struct schema *schema, const struct value *entry, struct arena *arena) {
    struct buf key = {.arena = arena};
    struct str first = {0};
    for (const struct schema_field *field = schema->fields; field->name; field++) {
        if (!(field->flags & (FIELD_REQUIRED | FIELD_ONE_OF)))
            continue;
        struct str words = value_words(value_get(entry, str_from(field->name)));
        first = first.len ? first : words;
        if (!is_naming(field) || !words.len)
            continue;
        buf_add(&key, str_from(field->name));
        buf_byte(&key, ' ');
        buf_add(&key, words);
        buf_byte(&key, ' ');
    }
    return key.len ? buf_str(&key) : first;
}

/* The nth of a key is the nth of that key on the other side. */
static void index_entries(struct map *map, const struct schema *schema, const struct value *list,
                          entry_key *key) {
    struct arena *arena = map->arena;
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        struct str base = key(schema, &list->items[i], arena), name = base;
        bool fresh;
        struct map_item *item = map_add(map, name, &list->items[i], &fresh);
        for (long long n = 2; !fresh; n++)
            item =
                map_add(map, str_join(arena, base, STR("#"), str_whole(arena, n)), &list->items[i], &fresh);
        item->value = &list->items[i];
    }
}

/* Calls with each entry of either side: those of the head in its order, then those that went. */
static void each_entry(struct review_fields *f, const struct schema *schema, struct both lists,
                       entry_key *key,
                       void (*visit)(struct review_fields *f, void *context, struct both entry),
                       void *context) {
    struct arena_mark mark = arena_mark(f->scratch);
    struct map base = {.arena = f->scratch}, head = {.arena = f->scratch};
    index_entries(&base, schema, lists.base, key);
    index_entries(&head, schema, lists.head, key);
    for (size_t i = 0; i < head.count; i++)
        visit(f, context, (struct both){map_get(&base, head.items[i].key), head.items[i].value});
    for (size_t i = 0; i < base.count; i++)
        if (!map_get(&head, base.items[i].key))
            visit(f, context, (struct both){base.items[i].value, NULL});
    arena_rewind(f->scratch, mark);
}

/* What the entries of a list are of. */
struct entries_of {
    struct str label;
    const struct schema_field *field;
    const struct fact *fact;     /* of a dated list of a fact's values */
    const struct output *output; /* of one of what was decided */
};

/* "8 March 2022"; "Brook Valley". */
static struct str entry_name(struct review_fields *f, const struct schema *schema, struct both v) {
    const struct value *entry = v.head ? v.head : v.base;
    const struct site *site = v.head ? f->head : f->base;
    for (const struct schema_field *field = schema->fields; field->name; field++) {
        const struct value *of = value_get(entry, str_from(field->name));
        if ((field->flags & (FIELD_REQUIRED | FIELD_ONE_OF)) && of && is_naming(field))
            return words_of(f, site, field, of);
    }
    for (const struct schema_field *field = schema->fields; field->name; field++)
        if (field->flags & FIELD_REQUIRED)
            return words_of(f, site, field, value_get(entry, str_from(field->name)));
    return (struct str){0};
}

/* An entry that names what the audience does not have is none. */
static bool is_hidden(struct review_fields *f, const struct schema *schema, const struct site *site,
                      const struct value *entry) {
    for (const struct schema_field *field = schema->fields; field->name; field++) {
        const struct value *of = value_get(entry, str_from(field->name));
        if (of && of->kind == VALUE_TEXT && (field->type == TYPE_SLUG || field->type == TYPE_PATH) &&
            !words_of(f, site, field, of).len)
            return true;
    }
    return false;
}

static void compare_entry(struct review_fields *f, void *context, struct both v) {
    const struct entries_of *of = context;
    const struct schema *schema = of->field->record;
    if (v.base && is_hidden(f, schema, f->base, v.base))
        v.base = NULL;
    if (v.head && is_hidden(f, schema, f->head, v.head))
        v.head = NULL;
    if (!v.base && !v.head)
        return;
    if (v.base && v.head)
        compare_record(f, under(f, of->label, entry_name(f, schema, v)), v, schema, NULL);
    else
        compare_words(f, of->label, of->field, v);
}

static struct str value_label(const struct review_fields *f, const struct site *site,
                              const struct entries_of *of, const struct value *v) {
    struct str text = review_flat(f->arena, v);
    values answer = of->output && v && v->kind == VALUE_TEXT ? output_value(of->output, text) : 0;
    struct buf words = {.arena = f->arena};
    if (answer) {
        words_answers(&words, of->output, answer);
        return buf_str(&words);
    }
    return of->fact && v && v->kind == VALUE_TEXT ? fact_label(of->fact, text)
           : of->field                            ? words_of(f, site, of->field, v)
                                                  : text;
}

static bool is_said_beside(const struct schema_field *field) {
    return !str_eq(str_from(field->name), STR("value")) && !str_eq(str_from(field->name), STR("from"));
}

/* An entry that came or went, in one line: "Amber; By: Head of School Improvement; Letter: 24 April 2026". */
static struct str entry_words(const struct review_fields *f, const struct site *site,
                              const struct entries_of *of, const struct value *entry) {
    struct buf out = {.arena = f->arena};
    if (entry)
        buf_add(&out, value_label(f, site, of, value_get(entry, STR("value"))));
    for (const struct schema_field *field = schema_dated.fields; entry && field->name; field++) {
        struct str words = words_of(f, site, field, value_get(entry, str_from(field->name)));
        if (words.len && is_said_beside(field))
            buf_printf(&out, "; %s: " STR_FMT, field->label, STR_ARG(words));
    }
    return buf_str(&out);
}

/* One day of a dated list: the value first, then who said so and why. */
static void compare_dated(struct review_fields *f, void *context, struct both v) {
    const struct entries_of *of = context;
    date from = value_date(value_get(v.head ? v.head : v.base, STR("from")));
    struct str label = of->label;
    if (from != DATE_NONE)
        label = str_join(f->arena, label, STR(" from "), date_long(f->arena, from));
    const struct value *old = value_get(v.base, STR("value")), *new = value_get(v.head, STR("value"));
    if (!v.base || !v.head) {
        review_fields_add(f, label, entry_words(f, f->base, of, v.base), entry_words(f, f->head, of, v.head),
                          place_of(old), place_of(new));
        return;
    }
    review_fields_add(f, label, value_label(f, f->base, of, old), value_label(f, f->head, of, new),
                      place_of(old), place_of(new));
    for (const struct schema_field *field = schema_dated.fields; field->name; field++) {
        struct str name = str_from(field->name);
        if (is_said_beside(field))
            compare_words(f, under(f, label, str_from(field->label)), field,
                          (struct both){value_get(v.base, name), value_get(v.head, name)});
    }
}

/* Plain items: what is in one list and not in the other; all of them where only their order differs. */
static void compare_items(struct review_fields *f, struct str label, const struct schema_field *field,
                          struct both lists) {
    struct str only[2], all[2];
    const struct value *of[2] = {lists.base, lists.head};
    const struct site *sites[2] = {f->base, f->head};
    for (int side = 0; side < 2; side++) {
        struct arena_mark mark = arena_mark(f->scratch);
        struct map there = {.arena = f->scratch};
        const struct value *other = of[!side];
        for (uint32_t i = 0; other && other->kind == VALUE_LIST && i < other->count; i++)
            map_add(&there, words_of(f, sites[!side], field, &other->items[i]), f, NULL);
        struct buf out = {.arena = f->arena};
        for (uint32_t i = 0; of[side] && of[side]->kind == VALUE_LIST && i < of[side]->count; i++) {
            struct str words = words_of(f, sites[side], field, &of[side]->items[i]);
            if (!words.len || map_get(&there, words))
                continue;
            buf_add(&out, out.len ? STR(", ") : STR(""));
            buf_add(&out, words);
        }
        only[side] = buf_str(&out);
        all[side] = words_of(f, sites[side], field, of[side]);
        arena_rewind(f->scratch, mark);
    }
    bool order = !only[0].len && !only[1].len;
    review_fields_add(f, label, order ? all[0] : only[0], order ? all[1] : only[1], place_of(lists.base),
                      place_of(lists.head));
}

/* ---- maps whose keys are declared elsewhere ---- */

static bool is_dated_list(const struct value *v) {
    return !v || (v->kind == VALUE_LIST && (!v->count || v->items[0].kind == VALUE_MAP));
}

static void compare_keyed(struct review_fields *f, struct str label, struct both v, const struct fact *fact,
                          const struct output *output) {
    struct entries_of of = {.label = label, .fact = fact, .output = output};
    if (is_dated_list(v.base) && is_dated_list(v.head)) {
        each_entry(f, &schema_dated, v, dated_key, compare_dated, &of);
        return;
    }
    review_fields_add(f, label, value_label(f, f->base, &of, v.base), value_label(f, f->head, &of, v.head),
                      place_of(v.base), place_of(v.head));
}

/* Facts: keys of either side, those of the head first. */
static void compare_facts(struct review_fields *f, struct both v, struct str record) {
    const struct value *maps[2] = {v.head, v.base};
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; maps[side] && maps[side]->kind == VALUE_MAP && i < maps[side]->count; i++) {
            struct str key = maps[side]->fields[i].key;
            if (side && value_get(v.head, key))
                continue;
            const struct site *site = side ? f->base : f->head;
            const struct fact *fact = vocabulary_fact_of(&site->vocabulary, record, key);
            struct str name = fact && fact->label.len ? fact->label : words_of_id(f->arena, key);
            compare_keyed(f, str_capital(f->arena, name),
                          (struct both){value_get(v.base, key), value_get(v.head, key)}, fact, NULL);
        }
}

static bool is_map(const struct value *v) {
    return !v || v->kind == VALUE_MAP;
}

static const struct output *output_of(const struct decision *d, struct str id) {
    for (size_t i = 0; i < d->output_count; i++)
        if (str_eq(d->outputs[i].id, id))
            return &d->outputs[i];
    return NULL;
}

/* What was decided: by decision, and where one gives several answers by each of those, `of` being that decision. */
static void compare_decisions(struct review_fields *f, struct str label, struct both v,
                              const struct decision *of) {
    const struct value *maps[2] = {v.head, v.base};
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; maps[side] && maps[side]->kind == VALUE_MAP && i < maps[side]->count; i++) {
            struct str key = maps[side]->fields[i].key;
            if (side && value_get(v.head, key))
                continue;
            const struct decision *d = of ? of : policy_decision(&(side ? f->base : f->head)->policy, key);
            const struct output *o = of ? output_of(of, key) : d && d->output_count ? &d->outputs[0] : NULL;
            struct str name = of && o ? o->label : d && !of ? d->label : words_of_id(f->arena, key);
            struct both entry = {value_get(v.base, key), value_get(v.head, key)};
            name = under(f, label, str_capital(f->arena, name));
            if (!of && d && is_map(entry.base) && is_map(entry.head))
                compare_decisions(f, name, entry, d);
            else
                compare_keyed(f, name, entry, NULL, o);
        }
}

/* ---- records ---- */

static void compare_field(struct review_fields *f, struct str label, const struct schema_field *field,
                          struct both v, struct str record) {
    bool lists = (!v.base || v.base->kind == VALUE_LIST) && (!v.head || v.head->kind == VALUE_LIST);
    bool maps = (!v.base || v.base->kind == VALUE_MAP) && (!v.head || v.head->kind == VALUE_MAP);
    struct entries_of of = {.label = label, .field = field};
    if (field->type == TYPE_CONDITION && f->head->audience != AUDIENCE_OFFICERS)
        return; /* it may name what only officers may see */
    if (field->type == TYPE_FACTS)
        compare_facts(f, v, record);
    else if (field->type == TYPE_DECISIONS)
        compare_decisions(f, label, v, NULL);
    else if (field->type == TYPE_RECORD && lists)
        each_entry(f, field->record, v, record_key, compare_entry, &of);
    else if (field->type == TYPE_RECORD && maps)
        compare_record(f, label, v, field->record, NULL);
    else if ((field->flags & FIELD_DATED) && v.base && v.head && lists)
        each_entry(f, &schema_dated, v, dated_key, compare_dated, &of);
    else if (lists && v.base && v.head)
        compare_items(f, label, field, v);
    else
        compare_words(f, label, field, v);
}

static void compare_record(struct review_fields *f, struct str label, struct both v,
                           const struct schema *schema, bool (*wanted)(const struct schema_field *field)) {
    const struct value *any = v.head ? v.head : v.base;
    struct str record = vocabulary_record(&f->head->vocabulary, schema, any);
    for (const struct schema_field *field = schema->fields; field->name; field++) {
        struct str name = str_from(field->name);
        struct both of = {value_get(v.base, name), value_get(v.head, name)};
        if ((of.base || of.head) && (!wanted || wanted(field)))
            compare_field(f, under(f, label, str_from(field->label)), field, of, record);
    }
}

void review_fields_compare(struct review_fields *f, const struct value *base, const struct value *head,
                           const struct schema *schema, bool (*wanted)(const struct schema_field *field)) {
    compare_record(f, STR(""), (struct both){base, head}, schema, wanted);
}

/* ---- in words ---- */

void review_field_write(const struct value *change, int depth, struct document *out) {
    const struct value *spans = value_get(change, STR("spans"));
    document_item(out, depth);
    document_span(out, SPAN_TEXT, value_words(value_get(change, STR("field"))));
    document_span(out, SPAN_TEXT, STR(": "));
    if (spans)
        review_spans_write(spans, out);
    else
        document_change(out, value_words(value_get(change, STR("before"))),
                        value_words(value_get(change, STR("after"))));
    document_place(out, value_words(value_get(change, STR("path"))), review_whole(change, "line"));
}
