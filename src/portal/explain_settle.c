/* SPDX-License-Identifier: MIT */
/*
 * explain_settle.c: what of a member would settle or mend a row of a check.
 *
 * The group is put together again with one member otherwise, or left out, and the check is run over it: no arithmetic of
 * counts is done here that the tables have not.
 */
#include "policy/feel_priv.h"
#include "policy/trace.h"
#include "policy/words.h"
#include "portal/explain_priv.h"

/* ---- facts of members that are not known ---- */

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
    size_t count = explain_missing_of(&other, v->output->decision, &missing);
    for (size_t i = 0; i < count; i++)
        open_add(o, member, field->subject, missing[i]);
}

static void open_items(struct opening *o, const struct trace *trace) {
    for (size_t i = 0; i < trace->count && trace->count <= EXPLAIN_MEMBERS_MAX; i++) {
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

/* A list with the member of that id as it is otherwise; without it where there is none. */
static struct feel_value changed_list(struct explaining *e, struct feel_value list, const struct subject *was,
                                      const struct subject *member) {
    struct feel_making making = {.arena = e->scratch};
    for (size_t i = 0; i < list.list->count; i++) {
        struct feel_value item = list.list->items[i];
        const struct subject *of = item.type == FEEL_RECORD ? item.record.object : NULL;
        bool is = of && of->kind == was->kind && str_eq(of->id, was->id);
        if (is && member)
            item.record.object = member;
        if (!is || member)
            feel_making_add(&making, item, feel_is_possible(list.list, i));
    }
    return feel_making_done(&making);
}

/* What a row of a check comes to where a member is another than it is recorded, or none. */
static enum check_state state_with(struct explaining *e, const struct check_result *check,
                                   const struct check_row *row, const struct subject *was,
                                   const struct subject *member) {
    struct subject *group = narrowed(e, &e->decided->subject, NULL, 0);
    const struct policy_kind *kind = group->kind;
    struct given *given = arena_array(e->scratch, struct given, kind->fact_count);
    struct check_result result;
    struct arena scratch = {0};
    memcpy(given, group->given, kind->fact_count * sizeof(*given));
    for (size_t i = 0; i < kind->fact_count; i++)
        if (given[i].state == GIVEN_VALUE && given[i].feel.type == FEEL_LIST)
            given[i].feel = changed_list(e, given[i].feel, was, member);
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
        by_state[state_with(e, check, row, open->member, changed_member(e, open, one))] |= one;
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
        explain_read_row(e, row->row, open_reading, &o);
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

/* ---- what would mend it ---- */

struct value explain_without(struct explaining *e, const struct check_result *check,
                             const struct check_row *row) {
    struct value_list list = {.arena = e->arena};
    const struct policy_kind *kind = e->decided->subject.kind;
    for (size_t i = 0; e->decided->given && i < kind->fact_count; i++) {
        const struct given *g = &e->decided->given[i];
        bool schools = kind->facts[i]->type == FACT_SCHOOLS && g->state == GIVEN_VALUE &&
                       g->feel.type == FEEL_LIST && g->feel.list->count <= EXPLAIN_MEMBERS_MAX;
        for (size_t j = 0; schools && j < g->feel.list->count; j++) {
            const struct feel_value *item = &g->feel.list->items[j];
            if (item->type == FEEL_RECORD &&
                state_with(e, check, row, item->record.object, NULL) == CHECK_MET)
                list_add(&list, value_text(explain_name(item->record.object)));
        }
    }
    return list_done(&list);
}
