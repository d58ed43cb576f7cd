/* SPDX-License-Identifier: MIT */
/* view_officers.c: what only officers see of a school: judgements, decisions, wishes, notes. */
#include "policy/words.h"
#include "publish/view_page.h"

static struct str entry_label(const struct view *view, const struct fact *fact, struct str key,
                              const struct value *v) {
    struct str s = value_words(v);
    struct buf out = {.arena = view->arena};
    if (date_parse_iso(s) != DATE_NONE)
        return date_long(view->arena, date_parse_iso(s));
    if (!fact)
        return scale_label(&view->site->vocabulary, key, s);
    words_fact(&out, fact, s);
    return buf_str(&out);
}

/* The last entry of a dated list that began by the as-of date, or the plain value. */
static uint32_t latest_entry(const struct view *view, const struct value *list) {
    uint32_t latest = list->count;
    for (uint32_t i = 0; i < list->count; i++)
        if (value_date(value_at(&list->items[i], "from")) <= view->site->as_of)
            latest = i;
    return latest;
}

static bool is_dated(const struct value *v) {
    return v->kind == VALUE_LIST && v->count && v->items[0].kind == VALUE_MAP;
}

static void earlier(const struct view *view, struct value_map *m, const struct fact *fact, struct str key,
                    const struct value *list, uint32_t before) {
    struct value_list entries = part_list_new(view);
    for (uint32_t i = before; i-- > 0;) {
        struct value_map e = part_map(view);
        map_text(&e, "value", entry_label(view, fact, key, value_at(&list->items[i], "value")));
        map_set(&e, "date", part_date_at(view, &list->items[i], "from"));
        map_text(&e, "by", part_field(&list->items[i], "by"));
        map_text(&e, "note", part_field(&list->items[i], "note"));
        list_add(&entries, map_done(&e));
    }
    part_list(view, m, "earlier", &entries);
}

/* A set, or a list of texts: its labels with commas. */
struct str view_given(const struct view *view, const struct fact *fact, struct str key,
                      const struct value *v) {
    if (v->kind != VALUE_LIST)
        return entry_label(view, fact, key, v);
    struct str *labels = arena_array(view->arena, struct str, v->count);
    for (uint32_t i = 0; i < v->count; i++)
        labels[i] = entry_label(view, fact, key, &v->items[i]);
    return str_listed(view->arena, labels, v->count);
}

/* The keys that judgements and decisions share. False where a dated list has not begun. */
static bool current_entry(const struct view *view, struct value_map *m, const struct fact *fact,
                          struct str label, struct str key, const struct value *v,
                          const struct value **entry) {
    bool dated = is_dated(v);
    uint32_t i = dated ? latest_entry(view, v) : 0;
    if (dated && i == v->count)
        return false;
    *entry = dated ? &v->items[i] : NULL;
    date to = dated ? value_date(value_at(*entry, "to")) : DATE_NONE;
    struct str value =
        dated ? entry_label(view, fact, key, value_at(*entry, "value")) : view_given(view, fact, key, v);
    if (to != DATE_NONE && to <= view->site->as_of)
        value = str_join(view->arena, value, STR(", until "), date_long(view->arena, to));
    map_text(m, "label", label);
    map_text(m, "value", value);
    map_set(m, "tone", value_null());
    map_set(m, "date", dated ? part_date_at(view, *entry, "from") : value_null());
    map_text(m, "by", dated ? part_field(*entry, "by") : (struct str){0});
    map_text(m, "note", dated ? part_field(*entry, "note") : (struct str){0});
    earlier(view, m, fact, key, v, dated ? i : 0);
    return true;
}

static void judgements(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct value *map = value_at(&s->record, "judgements");
    for (uint32_t i = 0; map && i < map->count; i++) {
        const struct fact *fact = vocabulary_fact(&view->site->vocabulary, map->fields[i].key);
        struct value_map j = part_map(view);
        const struct value *entry;
        if (current_entry(view, &j, fact, fact ? fact->label : map->fields[i].key, map->fields[i].key,
                          &map->fields[i].value, &entry))
            list_add(&list, map_done(&j));
    }
    part_list(view, m, "judgements", &list);
}

static void add_decision(const struct view *view, struct value_list *list, struct str id, struct str label,
                         const struct value *v) {
    struct value_map d = part_map(view);
    const struct value *entry;
    if (v->kind != VALUE_LIST || !current_entry(view, &d, NULL, label, id, v, &entry))
        return;
    map_text(&d, "id", str_join(view->arena, STR("decision-"), str_slug(view->arena, id)));
    map_text(&d, "how", part_lower_first(view, part_id_words(view, part_field(entry, "how"))));
    map_text(&d, "reason", part_field(entry, "reason"));
    map_set(&d, "letter", part_date_at(view, entry, "letter"));
    list_add(list, map_done(&d));
}

/* What is recorded of decisions that no table makes; of the others it stands beside what their tables say. */
static void decisions(const struct view *view, struct value_map *m, const struct school *s,
                      const struct decided *decided) {
    struct value_list list = part_list_new(view);
    const struct value *map = value_at(&s->record, "decisions");
    for (uint32_t i = 0; map && i < map->count; i++) {
        struct field *f = &map->fields[i];
        for (uint32_t j = 0; f->value.kind == VALUE_MAP && j < f->value.count; j++) {
            if (view_is_decided(decided, f->key, f->value.fields[j].key))
                continue;
            struct str id = str_join(view->arena, f->key, STR("."), f->value.fields[j].key);
            struct str label = str_join(view->arena, part_id_words(view, f->key), STR(": "),
                                        part_lower_first(view, part_id_words(view, f->value.fields[j].key)));
            add_decision(view, &list, id, label, &f->value.fields[j].value);
        }
        if (!view_is_decided(decided, f->key, (struct str){0}))
            add_decision(view, &list, f->key, part_id_words(view, f->key), &f->value);
    }
    part_list(view, m, "decisions", &list);
}

/* ---- the rest of the record that is officers' alone ---- */

static struct str wish_text(const struct view *view, const struct schema_field *f, const struct value *v) {
    if (f->type == TYPE_YES_NO)
        return value_yes(v) ? STR("Yes") : STR("No");
    if (f->type == TYPE_DATE)
        return date_long(view->arena, value_date(v));
    if (v->kind != VALUE_LIST)
        return value_words(v);
    struct str *items = arena_array(view->arena, struct str, v->count);
    for (uint32_t i = 0; i < v->count; i++) {
        struct str id = value_words(&v->items[i]);
        const struct school *school = f->type == TYPE_SLUG ? map_get(&view->site->school_by_slug, id) : NULL;
        const struct choice *c = f->type == TYPE_CHOICE ? choice_find(f->choices, id) : NULL;
        struct str label = c ? str_from(c->label) : (struct str){0};
        items[i] = school ? school->name : !c ? id : i ? part_lower_first(view, label) : label;
    }
    return str_listed(view->arena, items, v->count);
}

/* What it is not, and who said so when. */
static bool is_aside(const struct schema_field *f, const struct value *v) {
    return (f->type == TYPE_YES_NO && !value_yes(v)) || f->type == TYPE_DATE ||
           str_eq(str_from(f->name), STR("by"));
}

struct value view_wishes(const struct view *view, const struct school *s, bool in_short) {
    const struct value *map = value_at(&s->record, "wishes");
    if (!map)
        return value_null();
    struct value_list rows = part_list_new(view);
    const struct schema *schema = schema_find(&schema_school, STR("wishes"))->record;
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        const struct value *v = value_get(map, str_from(f->name));
        if (v && !(v->kind == VALUE_LIST && !v->count) && !(in_short && is_aside(f, v)))
            list_add(&rows, part_row(view, str_from(f->label), wish_text(view, f, v)));
    }
    struct value_map m = part_map(view);
    map_set(&m, "facts", list_done(&rows));
    return map_done(&m);
}

static void notes(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct value *items = value_at(&s->record, "notes");
    for (uint32_t i = 0; items && i < items->count; i++) {
        struct value_map v = part_map(view);
        map_set(&v, "date", part_date_at(view, &items->items[i], "on"));
        map_text(&v, "by", part_field(&items->items[i], "by"));
        map_text(&v, "text", part_field(&items->items[i], "text"));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "notes", &list);
}

/* A list's row must be the only one of its name, so what several people or memberships have shares a row. */
static void add_sentence(struct buf *out, struct str s) {
    buf_add(out, out->len ? STR("; ") : STR(""));
    buf_add(out, s);
}

/* "Ms R. Okafor: acting, in a first headship; Mr T. Lund: substantive". */
static struct str heads_text(const struct view *view, const struct school *s) {
    struct buf out = {.arena = view->arena};
    const struct value *heads = value_at(&s->record, "head");
    for (uint32_t i = 0; heads && i < heads->count; i++) {
        const struct value *substantive = value_at(&heads->items[i], "substantive");
        const struct value *first = value_at(&heads->items[i], "first_headship");
        struct str in_post = !substantive             ? STR("")
                             : value_yes(substantive) ? STR("substantive")
                                                      : STR("acting");
        struct str before = !first             ? STR("")
                            : value_yes(first) ? STR("in a first headship")
                                               : STR("has led a school before");
        struct str between = in_post.len && before.len ? STR(", ") : STR("");
        if (in_post.len || before.len)
            add_sentence(&out, str_join(view->arena, part_field(&heads->items[i], "name"), STR(": "), in_post,
                                        between, before));
    }
    return buf_str(&out);
}

static struct str membership_notes(const struct view *view, const struct school *s) {
    struct buf out = {.arena = view->arena};
    const struct value *list = value_at(&s->record, "memberships");
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct str note = part_field(&list->items[i], "note");
        if (note.len)
            add_sentence(&out, note);
    }
    return buf_str(&out);
}

static void facts(const struct view *view, struct value_map *m, const struct school *s) {
    static const char *const keys[] = {"academy_order", "commissions_service"};
    struct value_list rows = part_list_new(view);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const struct schema_field *f = schema_find(&schema_school, str_from(keys[i]));
        const struct value *v = value_on(value_at(&s->record, keys[i]), view->site->as_of);
        if (v)
            list_add(&rows, part_row(view, str_from(f->label), wish_text(view, f, v)));
    }
    struct str heads = heads_text(view, s), notes = membership_notes(view, s);
    if (heads.len)
        list_add(&rows, part_row(view, STR("Leadership"), heads));
    if (notes.len)
        list_add(&rows, part_row(view, STR("Notes on memberships"), notes));
    part_list(view, m, "facts", &rows);
}

struct value view_officers(const struct view *view, const struct school *s, const struct decided *decided) {
    if (view->site->audience != AUDIENCE_OFFICERS)
        return value_null();
    struct value_map m = part_map(view);
    facts(view, &m, s);
    judgements(view, &m, s);
    decisions(view, &m, s, decided);
    struct overlays overlays = {0};
    if (decided)
        overlays = overlays_of(decided, &view->site->overlays, view->arena);
    map_set(&m, "standing", view_standing(view, s));
    view_overlays(view, &m, &overlays);
    map_set(&m, "letter", view_letter_link(view, s));
    map_set(&m, "decided", view_decided(view, decided));
    view_groups_of(view, &m, s);
    map_set(&m, "year", view_school_year(view, s));
    map_set(&m, "wishes", view_wishes(view, s, false));
    notes(view, &m, s);
    view_timeline(view, &m, s);
    return map_done(&m);
}
