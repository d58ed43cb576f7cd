/* SPDX-License-Identifier: MIT */
/*
 * explain_member.c: the members behind a row about a group.
 *
 * A row reads a count, or whether something holds of every member. Trace.h says of which members; here each gets its reason,
 * which is its own decision or fact explained one level down: the row that decides and the facts it reads with their
 * places, or what is missing.
 */
#include "policy/trace.h"
#include "policy/words.h"
#include "portal/explain_priv.h"

/* Groups are of a size that people name; lists of a whole network are not told one by one. */
#define MEMBERS_MAX 60
#define REASONS_MAX 8

/* ---- reasons ---- */

/* Another record, explained in the same arena. */
static void explain_other(const struct explaining *e, const struct subject *subject, struct decided *decided,
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

static void row_reason(struct explaining *e, struct value_list *list, const struct row *row) {
    for (size_t i = 0; i < row->cell_count; i++)
        condition_reasons(e, list, row->cells[i].condition);
    add_reason(e, list, str_join(e->arena, STR("row "), row->label), row->at, explain_row_href(e, row));
}

static void recorded_reason(struct explaining *e, struct value_list *list, const struct variable *v,
                            const struct given_entry *entry) {
    struct buf out = {.arena = e->arena};
    buf_printf(&out, STR_FMT " recorded as " STR_FMT, STR_ARG(v->label), STR_ARG(explain_variable(e, v)));
    if (entry->from != DATE_NONE)
        buf_printf(&out, " since " STR_FMT, STR_ARG(date_long(e->arena, entry->from)));
    add_reason(e, list, buf_str(&out), entry->at, (struct str){0});
}

/* What stands between a record and an answer of one of its decisions. */
static size_t missing_of(const struct explaining *e, const struct decision *d,
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
        size_t count = missing_of(e, d, &missing);
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
    for (size_t i = 0; i < trace->count && trace->count <= MEMBERS_MAX; i++)
        if ((all || speaks(trace, &trace->items[i])) && trace->items[i].subjects[0])
            list_add(&list, item_value(e, trace, &trace->items[i]));
    return list_done(&list);
}

/* ---- what a row reads ---- */

/* Is called with each expression that a row comes to read, and the fact that it is of. */
typedef void reading(void *context, const struct variable *of, const struct feel_node *node);

struct readings {
    struct explaining *e;
    reading *read;
    void *context;
    bool *seen; /* of each variable */
};

static void read_condition(struct readings *r, const struct variable *of, const struct condition *c);

static void read_variable(struct readings *r, const struct variable *v) {
    bool list = v->fact && (v->fact->type == FACT_SCHOOLS || v->fact->type == FACT_LIST);
    if (r->seen[v->index] || list)
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

static void read_row(struct explaining *e, const struct row *row, reading *read, void *context) {
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

struct value explain_members(struct explaining *e, const struct row *row, bool holds) {
    struct telling t = {e, {.arena = e->arena}, holds};
    read_row(e, row, tell_members, &t);
    return list_done(&t.list);
}

/* ---- what would settle it ---- */

#define SETTLING_VALUES_MAX 12
#define SETTLING_MAX 8

/* A fact of a member that is not known. */
struct open_fact {
    const struct subject *member;
    const struct subject *owner; /* the member or its school */
    const struct variable *variable;
};

struct opening {
    struct explaining *e;
    struct open_fact items[SETTLING_MAX];
    size_t count;
};

static void open_add(struct opening *o, const struct subject *member, const struct subject *owner,
                     const struct variable *v) {
    for (size_t i = 0; i < o->count; i++)
        if (str_eq(o->items[i].member->id, member->id) && o->items[i].variable == v)
            return;
    bool tried = v->line == LINE_NONE && !v->is && !v->when && !v->output && v->kind != VARIABLE_STUCK;
    if (tried && o->count < SETTLING_MAX && !values_single(owner->domain[v->index]))
        o->items[o->count++] = (struct open_fact){member, owner, v};
}

static void open_field(struct opening *o, const struct subject *member, const struct trace_field *field) {
    const struct variable *const *missing;
    const struct variable *v = field->variable;
    if (!v->output) {
        open_add(o, member, field->subject, v);
        for (size_t i = 0; i < v->read_count; i++)
            open_add(o, member, field->subject, v->reads[i]);
        return;
    }
    struct decided decided;
    struct explaining other;
    explain_other(o->e, field->subject, &decided, &other);
    size_t count = missing_of(&other, v->output->decision, &missing);
    for (size_t i = 0; i < count; i++)
        open_add(o, member, field->subject, missing[i]);
}

static void open_items(struct opening *o, const struct trace *trace) {
    for (size_t i = 0; i < trace->count && trace->count <= MEMBERS_MAX; i++) {
        const struct trace_item *item = &trace->items[i];
        if (item->truth != TRUTH_MAYBE)
            continue;
        for (size_t j = 0; j < item->count; j++) {
            struct trace_field fields[TRACE_FIELDS_MAX];
            size_t count = item->subjects[j] ? trace_fields(trace, j, item->subjects[j], fields) : 0;
            for (size_t k = 0; k < count; k++)
                open_field(o, item->subjects[j], &fields[k]);
        }
        for (size_t j = 0; j < item->inner_count; j++)
            open_items(o, &item->inner[j]);
    }
}

static void open_reading(void *context, const struct variable *of, const struct feel_node *node) {
    struct opening *o = context;
    const struct trace *traces;
    (void)of;
    size_t count = trace_expression(&o->e->state, node, o->e->scratch, &traces);
    for (size_t i = 0; i < count; i++)
        open_items(o, &traces[i]);
}

/* A record in which one fact has one value, with what its own tables then say. */
static struct subject *narrowed(struct explaining *e, const struct subject *of, const struct variable *v,
                                values one) {
    struct subject *copy = arena_new(e->scratch, struct subject);
    *copy = *of;
    copy->domain = arena_array(e->scratch, values, of->kind->variable_count);
    memcpy(copy->domain, of->domain, of->kind->variable_count * sizeof(values));
    if (v)
        copy->domain[v->index] = one;
    return copy;
}

static const struct subject *changed_member(struct explaining *e, const struct open_fact *open, values one) {
    struct subject *owner = narrowed(e, open->owner, open->variable, one);
    struct arena scratch = {0};
    subject_decide(owner, e->scratch, &scratch);
    struct subject *member = owner;
    if (open->owner != open->member) {
        member = narrowed(e, open->member, NULL, 0);
        member->base = owner;
        subject_decide(member, e->scratch, &scratch);
    }
    arena_release(&scratch);
    return member;
}

static struct feel_value changed_list(struct explaining *e, struct feel_value list,
                                      const struct subject *member) {
    struct feel_value *items = arena_array(e->scratch, struct feel_value, list.list->count);
    struct feel_list *copy = arena_new(e->scratch, struct feel_list);
    *copy = *list.list;
    for (size_t i = 0; i < copy->count; i++) {
        items[i] = copy->items[i];
        const struct subject *of = items[i].type == FEEL_RECORD ? items[i].record.object : NULL;
        if (of && of->kind == member->kind && str_eq(of->id, member->id))
            items[i].record.object = member;
    }
    copy->items = items;
    list.list = copy;
    return list;
}

/* What a row of a check comes to where a member is another than it is recorded. */
static enum check_state state_with(struct explaining *e, const struct check_result *check,
                                   const struct check_row *row, const struct subject *member) {
    struct subject *group = narrowed(e, &e->decided->subject, NULL, 0);
    const struct policy_kind *kind = group->kind;
    struct given *given = arena_array(e->scratch, struct given, kind->fact_count);
    struct check_result result;
    struct arena scratch = {0};
    memcpy(given, group->given, kind->fact_count * sizeof(*given));
    for (size_t i = 0; i < kind->fact_count; i++)
        if (given[i].state == GIVEN_VALUE && given[i].feel.type == FEEL_LIST)
            given[i].feel = changed_list(e, given[i].feel, member);
    group->given = given;
    subject_decide(group, e->scratch, &scratch);
    subject_check(group, check->check, 0, e->scratch, &scratch, &result);
    arena_release(&scratch);
    return result.rows[row - check->rows].state;
}

/* The values that an open fact may have, those with the same end together; null where none ends otherwise. */
static struct value settling_of(struct explaining *e, const struct check_result *check,
                                const struct check_row *row, const struct open_fact *open) {
    values by_state[] = {
        [CHECK_MET] = 0, [CHECK_NOT_MET] = 0, [CHECK_NOT_KNOWN] = 0, [CHECK_NOT_CONCERNED] = 0};
    values all = open->owner->domain[open->variable->index];
    struct value_list ways = {.arena = e->arena};
    if (__builtin_popcountll(all) > SETTLING_VALUES_MAX)
        return value_null();
    for (values left = all; left; left &= left - 1) {
        values one = left & (~left + 1);
        by_state[state_with(e, check, row, changed_member(e, open, one))] |= one;
    }
    for (size_t i = 0; by_state[CHECK_NOT_KNOWN] != all && i < sizeof(by_state) / sizeof(by_state[0]); i++) {
        struct value_map m = {.arena = e->arena};
        struct buf words = {.arena = e->arena};
        if (!by_state[i])
            continue;
        words_values(&words, open->variable, by_state[i]);
        map_text(&m, "value", buf_str(&words));
        map_text(&m, "then", str_from(explain_check_states[i]));
        list_add(&ways, map_done(&m));
    }
    return ways.count ? list_done(&ways) : value_null();
}

struct value explain_settling(struct explaining *e, const struct check_result *check,
                              const struct check_row *row) {
    struct value_list list = {.arena = e->arena};
    struct opening o = {.e = e};
    if (row->state == CHECK_NOT_KNOWN && e->decided->given)
        read_row(e, row->row, open_reading, &o);
    for (size_t i = 0; i < o.count; i++) {
        struct value ways = settling_of(e, check, row, &o.items[i]);
        struct value_map m = {.arena = e->arena};
        if (ways.kind == VALUE_NULL)
            continue;
        map_text(&m, "name", explain_name(o.items[i].member));
        map_text(&m, "label", o.items[i].variable->label);
        map_set(&m, "if", ways);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}
