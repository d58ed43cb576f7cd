/* SPDX-License-Identifier: MIT */
/* explain_output.c: answers, what is recorded beside them, and what would settle them. */
#include "policy/words.h"
#include "portal/explain_priv.h"
#include "portal/recorded.h"

/* ---- outputs ---- */

const char *const explain_statuses[] = {[DECISION_SETTLED] = "settled",
                                        [DECISION_CANDIDATES] = "candidates",
                                        [DECISION_UNDETERMINED] = "undetermined",
                                        [DECISION_NOT_APPLICABLE] = "not-applicable"};

static struct str answers_words(struct explaining *e, const struct output *o, values mask) {
    struct buf out = {.arena = e->arena};
    words_answers(&out, o, mask);
    return buf_str(&out);
}

static struct str number_text(struct explaining *e, const struct output_result *r) {
    struct buf out = {.arena = e->arena};
    decimal_print(&out, r->low);
    if (decimal_cmp(r->low, r->high)) {
        buf_lit(&out, " to ");
        decimal_print(&out, r->high);
    }
    return buf_str(&out);
}

static struct value candidates_list(struct explaining *e, const struct output *o,
                                    const struct output_result *r) {
    struct value_list list = {.arena = e->arena};
    for (values m = r->candidates; m; m &= m - 1)
        list_add(&list, value_text(answers_words(e, o, m & (~m + 1))));
    return list_done(&list);
}

static struct value record_value(struct explaining *e, const struct output *o,
                                 const struct output_result *r) {
    static const char *const keys[] = {"by", "note", "reason"};
    struct value_map m = {.arena = e->arena};
    if (!r->record)
        return value_null();
    map_text(&m, "value", r->recorded ? answers_words(e, o, r->recorded) : r->record->text);
    if (r->record->from != DATE_NONE) {
        map_text(&m, "from", date_iso(e->arena, r->record->from));
        map_text(&m, "from_words", date_long(e->arena, r->record->from));
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        map_text(&m, keys[i], value_words(value_get(r->record->record, str_from(keys[i]))));
    map_text(&m, "how", recorded_how(e->decided->subject.policy->vocabulary, o, r->record->record, e->arena));
    explain_place(&m, r->record->at);
    return map_done(&m);
}

/* The day from which the rows of a floor have held: the latest of the days since which their facts have. */
static date floor_since(struct explaining *e, const struct condition *c, date since) {
    const struct given *g = c->op == CONDITION_TEST ? explain_given(e, c->variable) : NULL;
    if (g && g->since != DATE_NONE && (since == DATE_NONE || g->since > since))
        since = g->since;
    if (c->op == CONDITION_TEST && c->variable->when)
        since = floor_since(e, c->variable->when, since);
    for (size_t i = 0; i < c->count; i++)
        since = floor_since(e, c->kids[i], since);
    return since;
}

static struct value automatic_value(struct explaining *e, const struct decision *d, const struct output *o,
                                    const struct output_result *r) {
    struct value_map m = {.arena = e->arena};
    date since = DATE_NONE;
    if (!r->automatic)
        return value_null();
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        bool floor = row->answers[0].force == FORCE_FLOOR && (row->answers[0].set & r->floor);
        for (size_t j = 0; floor && row_truth(&e->state, row) == TRUTH_YES && j < row->cell_count; j++)
            since = floor_since(e, row->cells[j].condition, since);
    }
    map_text(&m, "value", answers_words(e, o, r->floor));
    if (since != DATE_NONE) {
        map_text(&m, "since", date_iso(e->arena, since));
        map_text(&m, "since_words", date_long(e->arena, since));
    }
    return map_done(&m);
}

struct value explain_output(struct explaining *e, const struct decision *d, const struct output *o,
                            const struct output_result *r) {
    struct value_map m = {.arena = e->arena};
    bool settled = r->status == DECISION_SETTLED || r->status == DECISION_NOT_APPLICABLE;
    map_text(&m, "id", o->id);
    map_text(&m, "label", o->label);
    map_text(&m, "status", str_from(explain_statuses[r->status]));
    map_text(&m, "answer", r->number ? number_text(e, r) : answers_words(e, o, r->candidates));
    map_text(&m, "value",
             !settled    ? (struct str){0}
             : r->number ? number_text(e, r)
                         : answers_words(e, o, r->candidates));
    map_set(&m, "candidates", candidates_list(e, o, r));
    map_bool(&m, "or_nothing", r->nothing && r->candidates);
    map_text(&m, "suggestion", r->suggestion ? answers_words(e, o, r->suggestion) : (struct str){0});
    map_set(&m, "recorded", record_value(e, o, r));
    map_text(&m, "stands", r->number ? number_text(e, r) : answers_words(e, o, r->stands));
    map_set(&m, "automatic", automatic_value(e, d, o, r));
    map_bool(&m, "differs", r->recorded && r->suggestion && r->recorded != r->suggestion);
    return map_done(&m);
}

/* ---- what would settle it ---- */

/* Values tried one by one, those that end alike together. */
#define SETTLING_MAX 12

static struct str outcome_words(struct explaining *e, const struct decision *d,
                                const struct decision_result *r) {
    struct buf out = {.arena = e->arena};
    for (size_t i = 0; i < d->output_count; i++) {
        if (out.len)
            buf_lit(&out, "; ");
        buf_add(&out, answers_words(e, &d->outputs[i], r->outputs[i].candidates));
    }
    return buf_str(&out);
}

static struct value settling(struct explaining *e, const struct decision *d, const struct variable *v) {
    struct value_list list = {.arena = e->arena};
    struct subject what_if = e->decided->subject;
    values left = e->decided->subject.domain[v->index], mask[SETTLING_MAX];
    struct str then[SETTLING_MAX];
    size_t n = 0;
    while (left) {
        values one = left & (~left + 1);
        left &= ~one;
        what_if.domain = arena_array(e->scratch, values, what_if.kind->variable_count);
        memcpy(what_if.domain, e->decided->subject.domain, what_if.kind->variable_count * sizeof(values));
        what_if.domain[v->index] = one;
        struct decision_result r;
        decision_decide(&what_if, d, e->arena, e->scratch, &r);
        struct str words = outcome_words(e, d, &r);
        size_t i = 0;
        while (i < n && !str_eq(then[i], words))
            i++;
        if (i == SETTLING_MAX)
            break;
        if (i == n) {
            then[n] = words;
            mask[n++] = 0;
        }
        mask[i] |= one;
    }
    for (size_t i = 0; i < n; i++) {
        struct value_map m = {.arena = e->arena};
        struct buf words = {.arena = e->arena};
        words_values(&words, v, mask[i]);
        map_text(&m, "value", buf_str(&words));
        map_text(&m, "then", then[i]);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

struct value explain_missing(struct explaining *e, const struct decision *d,
                             const struct decision_result *r) {
    struct value_list list = {.arena = e->arena};
    for (size_t i = 0; i < r->missing_count; i++) {
        struct value_map m = {.arena = e->arena};
        map_text(&m, "id", r->missing[i]->id);
        map_text(&m, "label", r->missing[i]->label);
        map_set(&m, "if", settling(e, d, r->missing[i]));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* ---- collect ---- */

struct value explain_entries(struct explaining *e, const struct decision *d,
                             const struct decision_result *r) {
    struct value_list list = {.arena = e->arena};
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct collected *c = &r->entries[i];
        struct value_map m = {.arena = e->arena};
        struct value_list cells = {.arena = e->arena};
        map_text(&m, "key", answers_words(e, &d->outputs[0], c->key));
        map_text(&m, "id", d->outputs[0].answers[__builtin_ctzll(c->key)].id);
        map_bool(&m, "certain", c->certain);
        map_text(&m, "href", explain_row_href(e, c->row));
        map_text(&m, "page", c->row->at.source->path);
        map_whole(&m, "line", c->row->line);
        for (size_t j = 1; j < d->output_count; j++) {
            struct value_map cell = {.arena = e->arena};
            map_text(&cell, "label", d->outputs[j].label);
            map_text(&cell, "value", answers_words(e, &d->outputs[j], c->outcomes[j].set));
            list_add(&cells, map_done(&cell));
        }
        map_set(&m, "values", list_done(&cells));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}
