/* SPDX-License-Identifier: MIT */
/*
 * explain_member.c: the members behind a row about a group.
 *
 * A row reads a count, or whether something holds of every member. Trace.h says of which members; here each gets its reason,
 * which is its own decision or fact explained one level down: the row that decides and the facts it reads with their
 * places, or what is missing.
 */
#include "policy/table.h"
#include "policy/trace.h"
#include "policy/words.h"
#include "portal/explain_priv.h"

#define REASONS_MAX 8

/* ---- reasons ---- */

void explain_other(const struct explaining *e, const struct subject *subject, struct decided *decided,
                   struct explaining *out) {
    *decided = (struct decided){.subject = *subject};
    if (subject->given) { /* explaining only reads them */
        decided->given = arena_array(e->scratch, struct given, subject->kind->fact_count);
        memcpy(decided->given, subject->given, subject->kind->fact_count * sizeof(struct given));
    }
    explaining_init(out, decided, e->arena, e->scratch);
}

static void add_reason(struct explaining *e, struct value_list *list, struct str text, struct place at,
                       struct str href) {
    struct value_map m = {.arena = e->arena};
    for (uint32_t i = 0; i < list->count; i++)
        if (str_eq(value_words(value_at(&list->items[i], "text")), text))
            return;
    if (list->count == REASONS_MAX)
        return;
    map_text(&m, "text", text);
    explain_place(&m, at);
    if (href.len)
        map_text(&m, "href", href);
    list_add(list, map_done(&m));
}

static struct str silent_words(struct explaining *e, const struct variable *v) {
    const struct given *g = explain_given(e, v);
    return v->is || v->when || v->output   ? STR(" is not known")
           : g && g->state == GIVEN_HIDDEN ? STR(" is not for this audience")
                                           : STR(" is not recorded");
}

static void fact_reason(struct explaining *e, struct value_list *list, const struct variable *v) {
    const struct given *g = explain_given(e, v);
    struct feel_value ignored;
    bool item = explain_is_item(v), missing = false;
    struct str label = item ? v->fact->label : v->label;
    struct str words = item ? explain_set(e, v, &missing) : explain_variable(e, v);
    bool known =
        item ? !missing : values_single(state_mask(&e->state, v)) || state_value(&e->state, v, &ignored);
    add_reason(e, list,
               known ? str_join(e->arena, label, STR(" "), words)
                     : str_join(e->arena, label, silent_words(e, v)),
               g ? g->at : (struct place){0}, (struct str){0});
}

/* Each fact that a condition tests, once. */
static void condition_reasons(struct explaining *e, struct value_list *list, const struct condition *c) {
    if (c->op == CONDITION_TEST && c->variable->kind != VARIABLE_STUCK)
        fact_reason(e, list, c->variable);
    for (size_t i = 0; i < c->read_count; i++)
        fact_reason(e, list, c->reads[i]);
    for (size_t i = 0; i < c->count; i++)
        condition_reasons(e, list, c->kids[i]);
}

/* "School causing concern, row Judgement"; one whose table gives it no id would be its own cells over again. */
static struct str row_words(struct explaining *e, const struct row *row) {
    const struct policy_table *table = row->table;
    bool named = false;
    for (size_t i = 0; table->markdown && i < table->markdown->columns; i++)
        named = named || table->columns[i].role == COLUMN_ID;
    return str_join(e->arena, table->decision->label, STR(", row "),
                    named ? row->label : str_whole(e->arena, (long long)row->index + 1));
}

/* A row that asks nothing decides because of what keeps each of the others from it. */
static void others_fail(struct explaining *e, struct value_list *list, const struct row *row) {
    const struct decision *d = row->table->decision;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *other = d->rows[i];
        size_t c = 0;
        while (c < other->cell_count && state_truth(&e->state, other->cells[c].condition) != TRUTH_NO)
            c++;
        if (c < other->cell_count)
            condition_reasons(e, list, other->cells[c].condition);
    }
}

static void row_reason(struct explaining *e, struct value_list *list, const struct row *row) {
    uint32_t before = list->count;
    for (size_t i = 0; i < row->cell_count; i++)
        condition_reasons(e, list, row->cells[i].condition);
    if (list->count == before)
        others_fail(e, list, row);
    add_reason(e, list, row_words(e, row), row->at, explain_row_href(e, row));
}

static void recorded_reason(struct explaining *e, struct value_list *list, const struct variable *v,
                            const struct given_entry *entry) {
    struct buf out = {.arena = e->arena};
    buf_printf(&out, STR_FMT " recorded as " STR_FMT, STR_ARG(v->label), STR_ARG(explain_variable(e, v)));
    if (entry->from != DATE_NONE)
        buf_printf(&out, " since " STR_FMT, STR_ARG(date_long(e->arena, entry->from)));
    add_reason(e, list, buf_str(&out), entry->at, (struct str){0});
}

size_t explain_missing_of(const struct explaining *e, const struct decision *d,
                          const struct variable *const **out) {
    struct subject copy = e->decided->subject;
    struct decision_result *r = arena_new(e->scratch, struct decision_result);
    copy.domain = arena_array(e->scratch, values, copy.kind->variable_count);
    memcpy(copy.domain, e->decided->subject.domain, copy.kind->variable_count * sizeof(values));
    decision_decide(&copy, d, e->arena, e->scratch, r);
    *out = r->missing;
    return r->missing_count;
}

static void decision_reason(struct explaining *e, struct value_list *list, const struct variable *v) {
    const struct decision *d = v->output->decision;
    const struct recorded *recorded =
        e->decided->subject.recorded ? &e->decided->subject.recorded[v->output_index] : NULL;
    const struct row *winner = decision_winner(&e->decided->subject, d);
    if (!output_visible(v->output, e->decided->subject.audience)) {
        add_reason(e, list, str_join(e->arena, v->label, STR(" is not for this audience")), (struct place){0},
                   (struct str){0});
    } else if (recorded && recorded->in_force) {
        recorded_reason(e, list, v, recorded->in_force);
    } else if (winner) {
        row_reason(e, list, winner);
    } else if (values_single(state_mask(&e->state, v))) {
        for (size_t i = 0; i < d->row_count; i++)
            if (!d->rows[i]->marker && row_truth(&e->state, d->rows[i]) == TRUTH_YES)
                row_reason(e, list, d->rows[i]);
    } else {
        const struct variable *const *missing;
        size_t count = explain_missing_of(e, d, &missing);
        for (size_t i = 0; i < count; i++)
            fact_reason(e, list, missing[i]);
    }
}

/* ---- items ---- */

static struct str state_words(const struct trace_item *item) {
    return item->truth == TRUTH_MAYBE || (item->possible && item->truth == TRUTH_YES) ? STR("not known")
           : item->truth == TRUTH_YES                                                 ? STR("yes")
                                                                                      : STR("no");
}

static struct value reasons_of(struct explaining *e, const struct trace *trace,
                               const struct trace_item *item) {
    struct value_list list = {.arena = e->arena};
    for (size_t i = 0; i < item->count; i++) {
        struct trace_field fields[TRACE_FIELDS_MAX];
        size_t count = item->subjects[i] ? trace_fields(trace, i, item->subjects[i], fields) : 0;
        for (size_t j = 0; j < count; j++) {
            struct decided decided;
            struct explaining other;
            explain_other(e, fields[j].subject, &decided, &other);
            if (fields[j].variable->output)
                decision_reason(&other, &list, fields[j].variable);
            else
                fact_reason(&other, &list, fields[j].variable);
        }
    }
    return list_done(&list);
}

/* Those that speak: of a filter or `some` who is in it, of `every` who breaks it. */
static bool speaks(const struct trace *trace, const struct trace_item *item) {
    return trace->node->op == FEEL_EVERY ? item->truth != TRUTH_YES : item->truth != TRUTH_NO;
}

/* Where nobody is in it, why each is not: but only where somebody should be. */
static bool all_speak(const struct trace *trace, bool holds) {
    for (size_t i = 0; i < trace->count; i++)
        if (speaks(trace, &trace->items[i]))
            return false;
    return trace->node->op != FEEL_EVERY && !holds;
}

static struct value items_of(struct explaining *e, const struct trace *trace, bool holds);

static struct value item_value(struct explaining *e, const struct trace *trace,
                               const struct trace_item *item) {
    struct value_map m = {.arena = e->arena};
    struct value_list with = {.arena = e->arena};
    struct buf name = {.arena = e->arena};
    for (size_t i = 0; i < item->count; i++)
        if (item->subjects[i])
            buf_printf(&name, "%s" STR_FMT, name.len ? " and " : "",
                       STR_ARG(explain_name(item->subjects[i])));
    const struct subject *first = item->subjects[0];
    map_text(&m, "name", buf_str(&name));
    map_text(&m, "school", first && first->base ? first->base->id : first ? first->id : (struct str){0});
    map_text(&m, "state", state_words(item));
    map_set(&m, "reasons", reasons_of(e, trace, item));
    for (size_t i = 0; i < item->inner_count; i++) {
        struct value inner = items_of(e, &item->inner[i], true);
        for (uint32_t j = 0; j < inner.count; j++)
            list_add(&with, inner.items[j]);
    }
    map_set(&m, "with", list_done(&with));
    return map_done(&m);
}

static struct value items_of(struct explaining *e, const struct trace *trace, bool holds) {
    struct value_list list = {.arena = e->arena};
    bool all = all_speak(trace, holds);
    for (size_t i = 0; i < trace->count && trace->count <= EXPLAIN_MEMBERS_MAX; i++)
        if ((all || speaks(trace, &trace->items[i])) && trace->items[i].subjects[0])
            list_add(&list, item_value(e, trace, &trace->items[i]));
    return list_done(&list);
}

/* ---- what a row reads ---- */

struct readings {
    struct explaining *e;
    explain_reading *read;
    void *context;
    bool *seen; /* of each variable */
};

static void read_condition(struct readings *r, const struct variable *of, const struct condition *c);

static void read_variable(struct readings *r, const struct variable *v) {
    if (r->seen[v->index] || explain_is_list(v))
        return;
    r->seen[v->index] = true;
    if (v->when)
        read_condition(r, v, v->when);
    if (v->is) {
        r->read(r->context, v, v->is);
        for (size_t i = 0; i < v->read_count; i++)
            read_variable(r, v->reads[i]);
    }
}

static void read_condition(struct readings *r, const struct variable *of, const struct condition *c) {
    if (c->op == CONDITION_TEST)
        read_variable(r, c->variable);
    if (c->op == CONDITION_FEEL)
        r->read(r->context, of, c->feel);
    for (size_t i = 0; i < c->read_count; i++)
        read_variable(r, c->reads[i]);
    enum truth truth = state_truth(&r->e->state, c);
    for (size_t i = 0; i < c->count; i++) /* of `a or b` that which makes it hold, where one does */
        if (state_truth(&r->e->state, c->kids[i]) == truth)
            read_condition(r, of, c->kids[i]);
}

void explain_read_row(struct explaining *e, const struct row *row, explain_reading *read, void *context) {
    struct readings r = {e, read, context, NULL};
    r.seen = arena_array(e->scratch, bool, e->decided->subject.kind->variable_count);
    for (size_t i = 0; i < row->cell_count; i++)
        read_condition(&r, NULL, row->cells[i].condition);
}

struct telling {
    struct explaining *e;
    struct value_list list;
    bool holds;
};

static void tell_members(void *context, const struct variable *of, const struct feel_node *node) {
    struct telling *t = context;
    struct explaining *e = t->e;
    const struct trace *traces;
    size_t count = trace_expression(&e->state, node, e->scratch, &traces);
    for (size_t i = 0; i < count; i++) {
        struct value items = items_of(e, &traces[i], t->holds);
        struct value_map m = {.arena = e->arena};
        if (!items.count)
            continue;
        map_text(&m, "id", of ? of->id : (struct str){0});
        map_text(&m, "label", of ? of->label : (struct str){0});
        map_text(&m, "value", of ? explain_variable(e, of) : (struct str){0});
        map_set(&m, "items", items);
        list_add(&t->list, map_done(&m));
    }
}

/* Rows about the whole network count nearly all schools there are, whom its directory lists. */
struct value explain_members(struct explaining *e, const struct row *row, bool holds) {
    struct telling t = {e, {.arena = e->arena}, holds};
    if (!str_eq(e->decided->record.kind, STR("network")))
        explain_read_row(e, row, tell_members, &t);
    return list_done(&t.list);
}
