/* SPDX-License-Identifier: MIT */
/* explain_fact.c: what the record says of the facts that the tables read, with places and words. */
#include "policy/trace.h"
#include "policy/words.h"
#include "portal/explain_priv.h"

/* ---- places ---- */

void explain_place(struct value_map *m, struct place at) {
    if (!at.source)
        return;
    map_text(m, "page", at.source->path);
    if (at.offset != DIAG_NOWHERE)
        map_whole(m, "line", place_position(at).line);
}

struct str explain_row_href(struct explaining *e, const struct row *row) {
    return str_join(e->arena, row->table->page, STR("#"), row->address);
}

/* Tables have no name of their own on a page, but a number. */
struct str explain_table_href(struct explaining *e, const struct policy_table *table) {
    return str_join(e->arena, table->page, STR("#table-"), str_whole(e->arena, (long long)table->ordinal));
}

/* ---- facts ---- */

const struct given *explain_given(const struct explaining *e, const struct variable *v) {
    return v->kind == VARIABLE_FACT && v->fact && !v->fact->derived && e->decided->given
               ? &e->decided->given[v->fact_index]
               : NULL;
}

static const struct given_entry *entry_in_force(const struct given *g) {
    for (size_t i = g ? g->history_count : 0; i-- > 0;)
        if (g->history[i].at.source == g->at.source && g->history[i].at.offset == g->at.offset)
            return &g->history[i];
    return NULL;
}

static const char *const silences[] = {
    [GIVEN_NOTHING] = "not recorded",          [GIVEN_VALUE] = "",    [GIVEN_NOT_RECORDED] = "not recorded",
    [GIVEN_NOT_APPLICABLE] = "not applicable", [GIVEN_NONE] = "none", [GIVEN_ABSENT] = "not given",
    [GIVEN_HIDDEN] = "not for this audience",
};

struct str explain_name(const struct subject *s) {
    const struct subject *named = s->base ? s->base : s;
    return named->label.len ? named->label : named->id;
}

/* ---- lists ---- */

bool explain_is_list(const struct variable *v) {
    return v->kind == VARIABLE_FACT && (v->fact->type == FACT_SCHOOLS || v->fact->type == FACT_LIST);
}

/* "Alder, Birch, perhaps Cedar"; false where a list is not known, or has records without a name in it. */
static bool list_words(struct explaining *e, const struct variable *v, struct buf *out) {
    struct feel_value list;
    if (!explain_is_list(v) || !state_value(&e->state, v, &list) || list.type != FEEL_LIST)
        return false;
    for (size_t i = 0; i < list.list->count; i++) {
        const struct feel_value *item = &list.list->items[i];
        if (item->type != FEEL_RECORD && item->type != FEEL_TEXT)
            return false;
        buf_add(out, i ? STR(", ") : STR(""));
        buf_add(out, list.list->possible && list.list->possible[i] ? STR("perhaps ") : STR(""));
        buf_add(out, item->type == FEEL_TEXT ? item->text : explain_name(item->record.object));
    }
    if (!list.list->count)
        buf_lit(out, "none");
    return true;
}

/* ---- counts ---- */

/* How many items the list has of which a fact counts some: "of 4". */
static void words_of_how_many(struct explaining *e, const struct variable *v, struct buf *out) {
    const struct feel_node *filter = trace_counted(v->is);
    struct feel_value list = filter ? state_eval(&e->state, filter->kids[0]) : feel_null();
    if (list.type != FEEL_LIST)
        return;
    buf_printf(out, " of %zu", list.list->sure);
    if (list.list->count > list.list->sure)
        buf_printf(out, " to %zu", list.list->count);
}

/* The numbers that a yes or no was worked out from: "1 of 4". One that is the whole of another is in that already. */
struct numbers {
    const struct variable *items[8];
    size_t count;
    bool filtered; /* one of them counts some of a list */
};

static void numbers_add(struct numbers *n, const struct variable *v) {
    bool number = v->line == LINE_NUMBER && v->kind == VARIABLE_FACT && v->is;
    if (!number || n->count == sizeof(n->items) / sizeof(n->items[0]))
        return;
    n->filtered = n->filtered || trace_counted(v->is);
    n->items[n->count++] = v;
}

static void numbers_collect(struct numbers *n, const struct condition *c) {
    if (c->op == CONDITION_TEST)
        numbers_add(n, c->variable);
    for (size_t i = 0; i < c->read_count; i++)
        numbers_add(n, c->reads[i]);
    for (size_t i = 0; i < c->count; i++)
        numbers_collect(n, c->kids[i]);
}

static bool is_whole_list(const struct variable *v) {
    return v->is->op == FEEL_CALL && str_eq(v->is->name, STR("count")) && !trace_counted(v->is);
}

struct str explain_numbers(struct explaining *e, const struct variable *v) {
    struct numbers n = {0};
    struct buf out = {.arena = e->arena};
    size_t left = 0;
    if (v->kind != VARIABLE_FACT || !v->when)
        return (struct str){0};
    numbers_collect(&n, v->when);
    for (size_t i = 0; i < n.count; i++)
        if (!n.filtered || !is_whole_list(n.items[i]))
            n.items[left++] = n.items[i];
    for (size_t i = 0; i < left; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        if (left > 1)
            buf_printf(&out, STR_FMT " ", STR_ARG(n.items[i]->label));
        buf_add(&out, explain_variable(e, n.items[i]));
    }
    return buf_str(&out);
}

/* A count that is not known lies between two numbers: closer than the pieces of its line, which are cut for the tables. */
static bool words_of_bounds(struct explaining *e, const struct variable *v, struct buf *out) {
    struct feel_value n = v->is && v->line == LINE_NUMBER ? state_eval(&e->state, v->is) : feel_null();
    if (n.type != FEEL_UNKNOWN || !n.unknown.bounded)
        return false;
    buf_printf(out, "%d to %d", (int)n.unknown.least, (int)n.unknown.most);
    return true;
}

/* ---- values ---- */

bool explain_number(struct explaining *e, const struct variable *v, struct decimal *out) {
    const struct given *g = explain_given(e, v);
    struct feel_value value;
    if (g && g->state == GIVEN_VALUE && v->line != LINE_NONE && subject_number(v, g->text, out))
        return true;
    if (!v->is || !state_value(&e->state, v, &value))
        return false;
    *out = value.type == FEEL_MONTHS ? decimal_whole(value.months) : value.number;
    return (v->line == LINE_NUMBER && value.type == FEEL_NUMBER) ||
           (v->line == LINE_MONTHS && value.type == FEEL_MONTHS);
}

/* A list by what is in it, a number as it was recorded; anything else as its values' labels. */
struct str explain_variable(struct explaining *e, const struct variable *v) {
    struct buf out = {.arena = e->arena};
    const struct given *g = explain_given(e, v);
    values mask = state_mask(&e->state, v);
    struct decimal number;
    if (list_words(e, v, &out))
        return buf_str(&out);
    if (explain_number(e, v, &number)) {
        words_number(&out, v, number);
    } else if (words_of_bounds(e, v, &out)) {
        ;
    } else if (g && g->state == GIVEN_VALUE && v->fact->type == FACT_TEXT) {
        buf_add(&out, g->text);
    } else if (g && !values_single(mask) && g->state != GIVEN_VALUE) {
        buf_add(&out, str_from(silences[g->state]));
        if (g->state == GIVEN_NOT_RECORDED && g->text.len && !str_eq(g->text, STR("not recorded")))
            buf_printf(&out, ": " STR_FMT, STR_ARG(str_lower(e->arena, g->text)));
    } else if (!values_single(mask) && (v->when || v->is)) {
        buf_lit(&out, "not known");
    } else {
        words_values(&out, v, mask);
    }
    if (v->is)
        words_of_how_many(e, v, &out);
    return buf_str(&out);
}

/* A set is told as one fact: the labels of what it has. */
struct str explain_set(struct explaining *e, const struct variable *of, bool *missing) {
    const struct policy_kind *kind = e->decided->subject.kind;
    struct buf out = {.arena = e->arena};
    *missing = false;
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        if (v->fact != of->fact || v->kind != VARIABLE_FACT)
            continue;
        values mask = state_mask(&e->state, v);
        *missing = *missing || !values_single(mask);
        if (mask == VALUES_YES)
            buf_printf(&out, "%s" STR_FMT, out.len ? ", " : "", STR_ARG(v->label));
    }
    if (*missing)
        return explain_variable(e, of);
    return out.len ? buf_str(&out) : STR("none");
}

bool explain_is_item(const struct variable *v) {
    return v->item.len && v->kind == VARIABLE_FACT;
}

static void tell_whole_set(struct explaining *e, const struct variable *of) {
    const struct policy_kind *kind = e->decided->subject.kind;
    for (size_t i = 0; i < kind->variable_count; i++)
        if (kind->variables[i]->fact == of->fact && explain_is_item(kind->variables[i]))
            e->told[i] = true;
}

/* Adds a fact, and after it what it was worked out from. */
static void tell_variable(struct explaining *e, const struct variable *v) {
    if (v->kind == VARIABLE_STUCK || e->told[v->index] || v->output)
        return;
    e->told[v->index] = true;
    const struct given *g = explain_given(e, v);
    struct value_map m = {.arena = e->arena};
    struct feel_value list;
    bool set = explain_is_item(v), missing = explain_is_list(v) ? !state_value(&e->state, v, &list)
                                                                : !values_single(state_mask(&e->state, v));
    if (set)
        tell_whole_set(e, v);
    struct str words = set ? explain_set(e, v, &missing) : explain_variable(e, v);
    map_text(&m, "id", set ? v->fact->id : v->id);
    map_text(&m, "label", set ? v->fact->label : v->label);
    map_text(&m, "value", words);
    map_bool(&m, "missing", missing);
    map_bool(&m, "presumed", !missing && g && g->state == GIVEN_NOTHING);
    map_bool(&m, "derived", v->when || v->is);
    if (g && g->state != GIVEN_VALUE)
        map_text(&m, "given", str_from(silences[g->state]));
    if (g)
        explain_place(&m, g->at);
    const struct given_entry *entry = entry_in_force(g);
    if (entry && entry->record) {
        map_text(&m, "by", value_words(value_at(entry->record, "by")));
        map_text(&m, "note", value_words(value_at(entry->record, "note")));
    }
    if (g && g->since != DATE_NONE)
        map_text(&m, "since", date_iso(e->arena, g->since));
    list_add(&e->facts, map_done(&m));
    if (v->when)
        explain_tell(e, v->when);
    for (size_t i = 0; i < v->read_count; i++)
        tell_variable(e, v->reads[i]);
}

void explain_tell(struct explaining *e, const struct condition *c) {
    if (c->op == CONDITION_TEST)
        tell_variable(e, c->variable);
    for (size_t i = 0; i < c->read_count; i++)
        tell_variable(e, c->reads[i]);
    for (size_t i = 0; i < c->count; i++)
        explain_tell(e, c->kids[i]);
}

void explaining_init(struct explaining *e, const struct decided *decided, struct arena *arena,
                     struct arena *scratch) {
    *e = (struct explaining){.decided = decided, .arena = arena, .scratch = scratch};
    state_init(&e->state, &decided->subject, scratch);
    e->told = arena_array(scratch, bool, decided->subject.kind->variable_count);
    e->facts.arena = arena;
}
