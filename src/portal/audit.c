/* SPDX-License-Identifier: MIT */
/* audit.c: records held against the policy, each at its own date. */
#include "portal/audit.h"

#include "base/pool.h"
#include "policy/words.h"

/* A record for which what cannot be certainly is. */
struct broken {
    size_t never; /* among the kind's */
    struct place at;
};

struct auditor {
    struct arena arena, scratch, lasting;
    struct diags diags;
    struct broken *broken;
    size_t broken_count, broken_room;
    date today; /* the as-of date of the portal */
};

struct audit {
    const struct site *site;
    const struct policy_record *records;
    struct auditor *auditors;
};

/* ---- never ---- */

/* Where the record says the first of what a condition reads. */
static struct place place_of(const struct decided *d, const struct condition *c) {
    struct place none = {0};
    const struct variable *v = c->op == CONDITION_TEST ? c->variable : NULL;
    if (v && v->kind == VARIABLE_FACT && v->fact && !v->fact->derived && d->given[v->fact_index].at.source)
        return d->given[v->fact_index].at;
    for (size_t i = 0; i < c->read_count; i++) {
        v = c->reads[i];
        if (v->kind == VARIABLE_FACT && v->fact && !v->fact->derived && d->given[v->fact_index].at.source)
            return d->given[v->fact_index].at;
    }
    for (size_t i = 0; i < c->count; i++) {
        struct place at = place_of(d, c->kids[i]);
        if (at.source)
            return at;
    }
    return none;
}

static void broken_add(struct auditor *a, struct broken broken) {
    if (a->broken_count == a->broken_room) {
        size_t room = a->broken_room ? 2 * a->broken_room : 16;
        a->broken = arena_grow(&a->lasting, a->broken, a->broken_count * sizeof(struct broken),
                               room * sizeof(struct broken), alignof(struct broken));
        a->broken_room = room;
    }
    a->broken[a->broken_count++] = broken;
}

static void audit_nevers(struct auditor *a, const struct decided *d) {
    const struct policy_kind *kind = d->subject.kind;
    struct arena_mark mark = arena_mark(&a->scratch);
    struct state state;
    state_init(&state, &d->subject, &a->scratch);
    for (size_t i = 0; i < kind->never_count; i++) {
        if (state_truth(&state, kind->nevers[i]->when) != TRUTH_YES)
            continue;
        struct place at = place_of(d, kind->nevers[i]->when);
        broken_add(a, (struct broken){i, at.source ? at : d->record.at});
    }
    arena_rewind(&a->scratch, mark);
}

/* What is true of every record was most likely written the wrong way round: it is said once, where it stands. */
static void report_nevers(const struct audit *audit, const struct policy_kind *kind, size_t records,
                          struct diags *diags) {
    struct arena arena = {0};
    size_t *counts = arena_array(&arena, size_t, kind->never_count);
    for (size_t i = 0; i < audit->site->workers; i++)
        for (size_t j = 0; j < audit->auditors[i].broken_count; j++)
            counts[audit->auditors[i].broken[j].never]++;
    for (size_t i = 0; i < kind->never_count; i++)
        if (records > 1 && counts[i] == records)
            diag(diags, DIAG_NEVER_EVERY, kind->nevers[i]->at, kind->nevers[i]->because, kind->id);
    for (size_t i = 0; i < audit->site->workers; i++)
        for (size_t j = 0; j < audit->auditors[i].broken_count; j++) {
            const struct broken *b = &audit->auditors[i].broken[j];
            if (records == 1 || counts[b->never] < records)
                diag(diags, DIAG_NEVER_BROKEN, b->at, kind->nevers[b->never]->because);
        }
    arena_release(&arena);
}

/* ---- recorded decisions ---- */

/* A value that began on no day: its history is itself. */
static bool is_plain(const struct given *g) {
    bool dated = g->since != DATE_NONE;
    for (size_t i = 0; i < g->history_count; i++)
        dated = dated || g->history[i].from != DATE_NONE;
    return g->state == GIVEN_VALUE && !dated;
}

/* Whether something that the table read is a plain value: on an earlier day it may not have been so. What was seen was
 * none; facts that follow from the same ones are looked through once. */
static bool rests_on_plain_value(const struct decided *d, const struct condition *c, bool *seen) {
    const struct variable *const *reads = c->op == CONDITION_TEST ? &c->variable : c->reads;
    size_t n = c->op == CONDITION_TEST ? 1 : c->read_count;
    for (size_t i = 0; i < n; i++) {
        const struct variable *v = reads[i];
        if (seen[v->index])
            continue;
        seen[v->index] = true;
        if (v->kind == VARIABLE_FACT && v->fact && !v->fact->derived) {
            if (is_plain(&d->given[v->fact_index]))
                return true;
        }
        if (v->when && rests_on_plain_value(d, v->when, seen))
            return true;
    }
    for (size_t i = 0; i < c->count; i++)
        if (rests_on_plain_value(d, c->kids[i], seen))
            return true;
    return false;
}

static bool rows_rest_on_plain_value(struct auditor *a, const struct decided *d,
                                     const struct decision *decision) {
    struct arena_mark mark = arena_mark(&a->scratch);
    struct state state;
    bool *seen = arena_array(&a->scratch, bool, d->subject.kind->variable_count);
    bool plain = decision->applies && rests_on_plain_value(d, decision->applies, seen);
    state_init(&state, &d->subject, &a->scratch);
    for (size_t i = 0; i < decision->row_count && !plain; i++) {
        const struct row *row = decision->rows[i];
        bool exempts = (row->answers[0].set & VALUES_NOT_APPLICABLE) != 0;
        bool speaks = decision->hit != HIT_GUIDE || row->answers[0].force == FORCE_FLOOR || exempts;
        if (!speaks || row_truth(&state, row) == TRUTH_NO)
            continue;
        for (size_t j = 0; j < row->cell_count; j++)
            plain = plain || rests_on_plain_value(d, row->cells[j].condition, seen);
    }
    arena_rewind(&a->scratch, mark);
    return plain;
}

static void report_entry(struct auditor *a, const struct decided *d, const struct decision *decision,
                         const struct output *o, const struct given_entry *entry, bool below,
                         values allowed) {
    bool warn = d->subject.as_of < a->today && rows_rest_on_plain_value(a, d, decision);
    struct buf is = {.arena = a->diags.arena}, may = {.arena = a->diags.arena};
    enum diag_id id = below ? (warn ? DIAG_RECORDED_BELOW_THEN : DIAG_RECORDED_BELOW)
                            : (warn ? DIAG_RECORDED_OUTSIDE_THEN : DIAG_RECORDED_OUTSIDE);
    words_answers(&is, o, output_value(o, entry->text));
    words_answers(&may, o, allowed);
    diag(&a->diags, id, entry->at, buf_str(&is), o->label, buf_str(&may));
}

/* One entry, on the day it began. */
static void audit_entry(struct auditor *a, const struct decided *then, const struct decision *d,
                        size_t output, const struct given_entry *entry) {
    const struct output *o = &d->outputs[output];
    const struct decision_result *result = decision_result_of(then->subject.kind, then->results, d);
    const struct output_result *r = &result->outputs[output];
    values value = output_value(o, entry->text);
    if (!value || r->number)
        return;
    if (d->hit == HIT_GUIDE) {
        if (r->candidates == VALUES_NOT_APPLICABLE)
            report_entry(a, then, d, o, entry, false, r->candidates);
        else if (r->floor && value < r->floor)
            report_entry(a, then, d, o, entry, true, r->floor);
    } else if (d->hit < HIT_GUIDE && r->candidates && !r->nothing && !(value & r->candidates)) {
        report_entry(a, then, d, o, entry, false, r->candidates);
    }
}

static void audit_recorded(struct auditor *a, const struct site *site, const struct policy_record *record,
                           const struct decided *now) {
    const struct policy_kind *kind = now->subject.kind;
    for (size_t i = 0; i < kind->output_count; i++) {
        const struct output *o = kind->outputs[i];
        const struct recorded *r = &now->recorded[i];
        for (size_t j = 0; j < r->count; j++) {
            struct arena_mark mark = arena_mark(&a->arena);
            struct decided then;
            date day = r->entries[j].from != DATE_NONE ? r->entries[j].from : site->as_of;
            if (decided_run(site, record, day, &a->arena, &a->scratch, &then))
                audit_entry(a, &then, o->decision, (size_t)(o - o->decision->outputs), &r->entries[j]);
            arena_rewind(&a->arena, mark);
        }
    }
}

/* ---- all of them ---- */

/* Facts are enough for the nevers; the tables are run only for days on which something was recorded. */
static void audit_record(void *context, size_t task, size_t worker) {
    struct audit *audit = context;
    struct auditor *a = &audit->auditors[worker];
    const struct policy_record *record = &audit->records[task];
    struct arena_mark mark = arena_mark(&a->arena);
    struct decided now;
    if (decided_facts(audit->site, record, audit->site->as_of, NULL, &a->arena, &a->scratch, &now)) {
        audit_nevers(a, &now);
        audit_recorded(a, audit->site, record, &now);
    }
    arena_rewind(&a->arena, mark);
}

static void audit_kind(struct audit *audit, const struct policy_kind *kind, struct diags *diags) {
    const struct site *site = audit->site;
    struct arena arena = {0};
    struct policy_records records = records_of(site, kind->id, &arena);
    audit->records = records.items;
    audit->auditors = arena_array(&arena, struct auditor, site->workers);
    for (size_t i = 0; i < site->workers; i++) {
        audit->auditors[i].diags.arena = &audit->auditors[i].lasting;
        audit->auditors[i].today = site->as_of;
    }
    pool_run(site->workers, records.count, audit_record, audit);
    report_nevers(audit, kind, records.count, diags);
    for (size_t i = 0; i < site->workers; i++) {
        diags_take(diags, &audit->auditors[i].diags);
        arena_release(&audit->auditors[i].arena);
        arena_release(&audit->auditors[i].scratch);
        arena_release(&audit->auditors[i].lasting);
    }
    arena_release(&arena);
}

void audit_records(const struct site *site, struct diags *diags) {
    for (size_t i = 0; i < site->policy.kind_count; i++) {
        const struct policy_kind *kind = site->policy.kinds[i];
        if (kind->never_count || kind->output_count) {
            struct audit audit = {.site = site};
            audit_kind(&audit, kind, diags);
        }
    }
}
