/* SPDX-License-Identifier: MIT */
/* explain.c: one record's decisions and checks as one tree. */
#include "portal/explain_priv.h"

/* That of the output of which least is known; not applicable only where all are. */
static enum decision_status overall_status(const struct decision *d, const struct decision_result *r) {
    static const int known_less[] = {[DECISION_NOT_APPLICABLE] = 0,
                                     [DECISION_SETTLED] = 1,
                                     [DECISION_CANDIDATES] = 2,
                                     [DECISION_UNDETERMINED] = 3};
    bool collects =
        d->hit == HIT_COLLECT; /* its first output is the key, and the others belong to an entry */
    enum decision_status least = r->outputs[0].status;
    for (size_t i = 1; i < d->output_count && !collects; i++)
        if (known_less[r->outputs[i].status] > known_less[least])
            least = r->outputs[i].status;
    return least;
}

/* {output: words}, for readers of JSON. */
static struct value by_output(const struct value *outputs, const char *key, struct arena *arena) {
    struct value_map m = {.arena = arena};
    for (uint32_t i = 0; i < outputs->count; i++)
        map_set(&m, str_z(arena, value_words(value_get(&outputs->items[i], STR("id")))),
                *value_get(&outputs->items[i], str_from(key)));
    return map_done(&m);
}

static struct value decision_value(struct explaining *e, const struct decision *d,
                                   const struct decision_result *r) {
    struct value_map m = {.arena = e->arena};
    struct value_list outputs = {.arena = e->arena};
    map_text(&m, "id", d->id);
    map_text(&m, "label", d->label);
    map_text(&m, "status", str_from(explain_statuses[overall_status(d, r)]));
    map_bool(&m, "hidden", r->hidden);
    map_bool(&m, "bounded", r->bounded);
    map_bool(&m, "collects", d->hit == HIT_COLLECT);
    map_bool(&m, "when_recorded", d->when_recorded);
    map_text(&m, "href", explain_table_href(e, d->tables[0]));
    explain_place(&m, d->at);
    for (size_t i = 0; i < d->output_count; i++)
        list_add(&outputs, explain_output(e, d, &d->outputs[i], &r->outputs[i]));
    struct value all = list_done(&outputs);
    map_set(&m, "value", by_output(&all, "value", e->arena));
    map_set(&m, "candidates", by_output(&all, "candidates", e->arena));
    map_set(&m, "suggestion", by_output(&all, "suggestion", e->arena));
    map_set(&m, "recorded", by_output(&all, "recorded", e->arena));
    map_set(&m, "stands", by_output(&all, "stands", e->arena));
    map_set(&m, "outputs", all);
    bool applies = !d->applies || state_truth(&e->state, d->applies) != TRUTH_NO;
    map_text(&m, "applies", applies ? (struct str){0} : explain_found(e, d->applies));
    map_set(&m, "rows", r->hidden || !applies ? value_null() : explain_rows(e, d));
    map_set(&m, "entries", explain_entries(e, d, r));
    map_set(&m, "missing", explain_missing(e, d, r));
    return map_done(&m);
}

const char *const explain_check_states[] = {[CHECK_MET] = "met",
                                            [CHECK_NOT_MET] = "not met",
                                            [CHECK_NOT_KNOWN] = "not known",
                                            [CHECK_NOT_CONCERNED] = "not concerned"};
static const char *const check_verdicts[] = {
    [CHECK_PASSES] = "passes", [CHECK_FAILS] = "fails", [CHECK_UNCERTAIN] = "not known"};

static struct value check_value(struct explaining *e, const struct check_result *c) {
    struct value_map m = {.arena = e->arena};
    struct value_list rows = {.arena = e->arena};
    map_text(&m, "id", c->check->id);
    map_text(&m, "label", c->check->label);
    map_text(&m, "verdict", str_from(check_verdicts[c->verdict]));
    map_bool(&m, "advice", c->advice);
    map_text(&m, "href", explain_table_href(e, c->check->tables[0]));
    explain_place(&m, c->check->at);
    for (size_t i = 0; i < c->count; i++) {
        struct value_map row = {.arena = e->arena};
        explain_row_base(e, c->rows[i].row, &row);
        map_text(&row, "state", str_from(explain_check_states[c->rows[i].state]));
        map_bool(&row, "breach", c->rows[i].breach);
        map_bool(&row, "applied", c->rows[i].applied);
        map_text(&row, "because", explain_because(e, c->rows[i].row));
        map_set(&row, "cells", explain_cells(e, c->rows[i].row));
        bool concerned = c->rows[i].state != CHECK_NOT_CONCERNED;
        map_set(&row, "members",
                concerned ? explain_members(e, c->rows[i].row, c->rows[i].state == CHECK_MET) : value_null());
        map_set(&row, "settled", explain_settling(e, c, &c->rows[i]));
        list_add(&rows, map_done(&row));
    }
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

struct value explain_record(const struct decided *decided, struct str decision, struct arena *arena,
                            struct arena *scratch) {
    struct explaining e;
    struct arena_mark mark = arena_mark(scratch);
    const struct policy_kind *kind = decided->subject.kind;
    struct value_map m = {.arena = arena};
    struct value_list decisions = {.arena = arena}, checks = {.arena = arena};
    explaining_init(&e, decided, arena, scratch);
    for (size_t i = 0; i < kind->decision_count; i++)
        if (!decision.len || str_eq(kind->decisions[i]->id, decision))
            list_add(&decisions, decision_value(&e, kind->decisions[i], &decided->results[i]));
    for (size_t i = 0; i < decided->check_count; i++)
        if (!decision.len || str_eq(decided->checks[i].check->id, decision))
            list_add(&checks, check_value(&e, &decided->checks[i]));
    map_text(&m, "kind", decided->record.kind);
    map_text(&m, "school", decided->record.id);
    map_text(&m, "name", decided->record.label);
    map_text(&m, "as_of", date_iso(arena, decided->subject.as_of));
    map_text(&m, "as_of_words", date_long(arena, decided->subject.as_of));
    map_text(&m, "audience", audience_name(decided->subject.audience));
    explain_place(&m, decided->record.at);
    map_set(&m, "facts", list_done(&e.facts));
    map_set(&m, "decisions", list_done(&decisions));
    map_set(&m, "checks", list_done(&checks));
    arena_rewind(scratch, mark);
    return map_done(&m);
}
