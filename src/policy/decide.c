/* SPDX-License-Identifier: MIT */
/* decide.c: candidates, suggestions, and what stands. */
#include "policy/decide.h"

#include <assert.h>

#include "policy/condition.h"

bool decision_visible(const struct decision *d, enum audience audience) {
    return !d->classed || audience_may_see(audience, d->audience);
}

bool output_visible(const struct output *o, enum audience audience) {
    return decision_visible(o->decision, audience) &&
           (!o->classed || audience_may_see(audience, o->audience));
}

/* ---- suggestions ---- */

/* What the hit policy gives over the rows that count in every completion. */
static void certain_outcome(struct search *s, struct rows rows, struct outcome *out) {
    const struct row **certain = arena_array(s->arena, const struct row *, rows.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (search_always(s, rows.items[i]))
            certain[n++] = rows.items[i];
    search_outcome(s->decision, certain, n, out);
}

/* What earlier decisions suggest, taken for certain: their candidates handed on as candidates, their suggestions as
 * suggestions. False where none of them suggests anything. */
static bool suggested_domain(const struct subject *subject, const values *suggestions, values *domain) {
    bool some = false;
    for (size_t i = 0; i < subject->kind->variable_count; i++) {
        values one = suggestions[i] & subject->domain[i];
        some = some || (one && one != subject->domain[i]);
        domain[i] = one ? one : subject->domain[i];
    }
    return some;
}

/* ---- too many completions ---- */

/* Rows that may count, and whether each does in every completion. */
struct possible {
    const struct row **rows;
    bool *sure;
    size_t count;
    bool some_sure;
};

/* Where one row wins, what comes after one that is sure can never decide. */
static void find_possible(struct search *s, struct rows rows, struct possible *out) {
    *out = (struct possible){.rows = arena_array(s->arena, const struct row *, rows.count + 1),
                             .sure = arena_array(s->arena, bool, rows.count + 1)};
    for (size_t i = 0; i < rows.count && !(out->some_sure && s->decision->hit <= HIT_PRIORITY); i++) {
        if (!search_ever(s, rows.items[i]))
            continue;
        bool sure = search_always(s, rows.items[i]);
        out->rows[out->count] = rows.items[i];
        out->sure[out->count++] = sure;
        out->some_sure = out->some_sure || sure;
    }
}

/* A row that is not sure adds nothing or all of its number. */
static void sum_row_by_row(const struct decision *d, const struct possible *p, struct outcome *out) {
    struct decimal zero = decimal_whole(0);
    *out = (struct outcome){.number = true, .low = zero, .high = zero};
    for (size_t i = 0; i < p->count; i++) {
        struct decimal n = search_row_number(d, p->rows[i]);
        int sign = decimal_cmp(n, zero);
        if (p->sure[i] || sign < 0)
            decimal_add(out->low, n, &out->low);
        if (p->sure[i] || sign > 0)
            decimal_add(out->high, n, &out->high);
    }
}

/* The least is that of some row that may count, and none above the least of those that are sure. */
static void extreme_row_by_row(const struct decision *d, const struct possible *p, struct outcome *out) {
    struct decimal bound = decimal_whole(0);
    bool bounded = false;
    *out = (struct outcome){.nothing = !p->some_sure};
    for (size_t i = 0; i < p->count; i++) {
        struct decimal n = search_row_number(d, p->rows[i]);
        struct outcome one = {.number = true, .low = n, .high = n};
        outcome_join(out, &one);
        int order = decimal_cmp(n, bound);
        if (p->sure[i] && (!bounded || (d->hit == HIT_MIN ? order < 0 : order > 0))) {
            bound = n;
            bounded = true;
        }
    }
    if (bounded && d->hit == HIT_MIN)
        out->high = bound;
    else if (bounded)
        out->low = bound;
}

/* Sound, perhaps too wide: what any row says that may count. Where none is sure, it may be that none applies. */
static void row_by_row(struct search *s, struct rows rows, struct outcome *out) {
    const struct decision *d = s->decision;
    struct possible p;
    find_possible(s, rows, &p);
    bool applies = !d->applies || state_truth(&s->state, d->applies) == TRUTH_YES;
    struct outcome one[OUTPUTS_MAX];
    for (size_t j = 0; j < d->output_count; j++)
        out[j] = (struct outcome){.nothing = !p.some_sure};
    if (d->hit == HIT_SUM || d->hit == HIT_COUNT)
        sum_row_by_row(d, &p, out);
    else if (d->hit == HIT_MIN || d->hit == HIT_MAX)
        extreme_row_by_row(d, &p, out);
    for (size_t i = 0; i < p.count && d->hit <= HIT_COLLECT; i++) {
        search_outcome(d, &p.rows[i], 1, one);
        for (size_t j = 0; j < d->output_count; j++)
            outcome_join(&out[j], &one[j]);
    }
    bool left = d->hit <= HIT_PRIORITY && !p.some_sure;
    for (size_t j = 0; j < d->output_count && d->hit != HIT_COLLECT; j++)
        out[j].set |= !applies || left ? VALUES_NOT_APPLICABLE : 0;
}

/* ---- one decision ---- */

static enum decision_status status_of(const struct outcome *o) {
    if (o->number)
        return decimal_cmp(o->low, o->high) == 0 && !o->nothing && !o->set ? DECISION_SETTLED
                                                                           : DECISION_CANDIDATES;
    if (!o->set)
        return DECISION_UNDETERMINED;
    if (!values_single(o->set) || o->nothing || o->normally)
        return DECISION_CANDIDATES;
    return o->set == VALUES_NOT_APPLICABLE ? DECISION_NOT_APPLICABLE : DECISION_SETTLED;
}

/* The highest floor among the rows that certainly hold; none where it is possible that `not applicable` beats them. */
static values certain_floor(struct search *s, struct rows rows, const struct outcome *all) {
    values floor = 0;
    if (all->set & VALUES_NOT_APPLICABLE)
        return 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct cell_answer *a = &rows.items[i]->answers[0];
        if (a->force == FORCE_FLOOR && search_always(s, rows.items[i])) {
            values low = a->set & (~a->set + 1);
            floor = low > floor ? low : floor;
        }
    }
    return floor;
}

static void take_missing(const struct policy_kind *kind, const bool *matters, struct arena *arena,
                         struct decision_result *out) {
    size_t n = 0;
    for (size_t i = 0; i < kind->variable_count; i++)
        n += matters[i];
    out->missing = arena_array(arena, const struct variable *, n);
    for (size_t i = 0; i < kind->variable_count; i++)
        if (matters[i])
            out->missing[out->missing_count++] = kind->variables[i];
}

static void take_recorded(const struct subject *subject, const struct output *o, struct output_result *r) {
    const struct recorded *recorded =
        subject->recorded ? &subject->recorded[o->variable->output_index] : NULL;
    if (!recorded || !recorded->in_force || recorded->hidden)
        return;
    r->record = recorded->in_force;
    r->recorded = str_eq(r->record->text, STR("not applicable")) ? VALUES_NOT_APPLICABLE
                                                                 : output_value(o, r->record->text);
}

/* What later tables read. */
static values what_stands(const struct decision *d, const struct output_result *r) {
    if (r->status == DECISION_NOT_APPLICABLE) /* what was recorded before is history */
        return VALUES_NOT_APPLICABLE;
    if (r->recorded)
        return r->automatic ? r->floor : r->recorded;
    if (r->automatic && d->when_recorded)
        return r->floor;
    if (d->when_recorded)
        return VALUES_NOT_DETERMINED;
    values mask = r->candidates | (r->nothing ? VALUES_NOT_DETERMINED : 0);
    return mask ? mask : VALUES_NOT_DETERMINED;
}

static void take_output(const struct subject *subject, const struct decision *d, size_t i,
                        const struct outcome *all, const struct outcome *certain, values floor,
                        struct output_result *r) {
    *r = (struct output_result){.status = status_of(all),
                                .candidates = all->set,
                                .nothing = all->nothing,
                                .number = all->number,
                                .low = all->low,
                                .high = all->high,
                                .floor = floor};
    values suggested = values_single(certain->preferred) ? certain->preferred : 0;
    r->suggestion = suggested & all->set;
    if (r->status == DECISION_SETTLED && !r->number)
        r->suggestion = r->candidates;
    take_recorded(subject, &d->outputs[i], r);
    r->automatic = floor && (!r->recorded || r->recorded < floor);
    r->stands = what_stands(d, r);
}

/* A single value prefers itself. */
static void prefer_singles(struct outcome *outcomes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!outcomes[i].preferred && values_single(outcomes[i].set) && !outcomes[i].normally)
            outcomes[i].preferred = outcomes[i].set;
}

/* One subject's decisions, while they are made. */
struct deciding {
    struct subject *subject;
    struct search search;
    values *suggestions; /* of each variable that is an output: what was suggested; or NULL */
    struct arena *arena, *scratch;
};

/* Where nothing is certain yet: with the suggestions of earlier decisions taken for certain, what would come of this. */
static void suggestion_through(const struct deciding *d, const struct decision *decision,
                               struct outcome *certain) {
    struct subject as_suggested = *d->subject;
    as_suggested.domain = arena_array(d->scratch, values, d->subject->kind->variable_count);
    if (!d->suggestions || !suggested_domain(d->subject, d->suggestions, as_suggested.domain))
        return;
    struct rows rows = {decision->order, decision->row_count};
    struct search s = {.decision = decision, .rows = rows};
    struct outcome through[OUTPUTS_MAX];
    search_open(&s, &as_suggested, d->scratch);
    certain_outcome(&s, rows, through);
    prefer_singles(through, decision->output_count);
    for (size_t i = 0; i < decision->output_count; i++)
        if (!certain[i].preferred)
            certain[i].preferred = through[i].preferred;
}

static void decide_rows(struct deciding *d, const struct decision *decision, struct decision_result *out) {
    struct search *s = &d->search;
    struct rows rows = {decision->order, decision->row_count};
    struct outcome all[OUTPUTS_MAX], some[OUTPUTS_MAX], *certain = all;
    search_run(s, decision, rows, all);
    out->bounded = s->exceeded;
    if (s->exceeded)
        row_by_row(s, rows, all);
    if (s->branched) { /* else nothing is missing: what there is, is certain */
        certain = some;
        certain_outcome(s, rows, certain);
    }
    prefer_singles(certain, decision->output_count);
    if (s->branched && decision->hit <= HIT_GUIDE)
        suggestion_through(d, decision, certain);
    values floor = decision->hit == HIT_GUIDE ? certain_floor(s, rows, all) : 0;
    if (s->branched)
        take_missing(d->subject->kind, s->matters, d->arena, out);
    for (size_t i = 0; i < decision->output_count; i++)
        take_output(d->subject, decision, i, &all[i], &certain[i], floor, &out->outputs[i]);
}

/* ---- collect ---- */

static bool same_key(const struct row *a, const struct row *b) {
    return a->answers[0].set == b->answers[0].set;
}

/* The rows of one key, as a search of their own: certain if every completion has one of them. */
static bool collect_key(struct deciding *d, const struct decision *decision, struct rows rows,
                        struct collected *entry, struct decision_result *out, bool *matters) {
    struct search *s = &d->search;
    entry->outcomes = arena_array(d->arena, struct outcome, decision->output_count);
    search_run(s, decision, rows, entry->outcomes);
    out->bounded = out->bounded || s->exceeded;
    if (s->exceeded)
        row_by_row(s, rows, entry->outcomes);
    for (size_t i = 0; s->branched && i < d->subject->kind->variable_count; i++)
        matters[i] = matters[i] || s->matters[i];
    entry->certain = !entry->outcomes[0].nothing;
    return entry->outcomes[0].set != 0;
}

/* All entries together: settled where each of them is certain. */
static void take_entries(struct deciding *d, const struct decision *decision, struct decision_result *out) {
    struct output_result *r = &out->outputs[0];
    bool applies = !decision->applies || state_truth(&d->search.state, decision->applies) != TRUTH_NO;
    *r = (struct output_result){.status = out->entry_count ? DECISION_SETTLED
                                          : applies        ? DECISION_UNDETERMINED
                                                           : DECISION_NOT_APPLICABLE};
    for (size_t i = 0; i < out->entry_count; i++) {
        r->candidates |= out->entries[i].key;
        if (!out->entries[i].certain)
            r->status = DECISION_CANDIDATES;
    }
    if (!applies)
        r->candidates = VALUES_NOT_APPLICABLE;
    r->stands = r->candidates;
}

static void decide_collect(struct deciding *d, const struct decision *decision, struct decision_result *out) {
    out->entries = arena_array(d->arena, struct collected, decision->row_count);
    struct row **mine = arena_array(d->scratch, struct row *, decision->row_count);
    bool *matters = arena_array(d->scratch, bool, d->subject->kind->variable_count);
    for (size_t i = 0; i < decision->row_count; i++) {
        const struct row *first = decision->rows[i];
        bool seen = first->marker || (first->answers[0].set & VALUES_IMPROPER); /* `none` is no entry */
        for (size_t j = 0; j < i && !seen; j++)
            seen = !decision->rows[j]->marker && same_key(decision->rows[j], first);
        if (seen)
            continue;
        size_t n = 0;
        for (size_t j = 0; j < decision->row_count; j++)
            if (!decision->order[j]->marker && same_key(decision->order[j], first))
                mine[n++] = decision->order[j];
        struct collected *entry = &out->entries[out->entry_count];
        *entry = (struct collected){.key = first->answers[0].set, .row = first};
        if (collect_key(d, decision, (struct rows){mine, n}, entry, out, matters))
            out->entry_count++;
    }
    take_missing(d->subject->kind, matters, d->arena, out);
    take_entries(d, decision, out);
}

/* ---- all of them ---- */

static void deciding_open(struct deciding *d, struct subject *subject, struct arena *arena,
                          struct arena *scratch) {
    *d = (struct deciding){.subject = subject, .arena = arena, .scratch = scratch};
    d->search.believed = true;
    search_open(&d->search, subject, scratch);
}

static void decide_with(struct deciding *d, const struct decision *decision, struct decision_result *out) {
    struct subject *subject = d->subject;
    *out = (struct decision_result){.decision = decision};
    out->hidden = !decision_visible(decision, subject->audience);
    out->outputs = arena_array(d->arena, struct output_result, decision->output_count);
    struct arena_mark mark = arena_mark(d->scratch);
    if (!out->hidden && decision->hit == HIT_COLLECT)
        decide_collect(d, decision, out);
    else if (!out->hidden)
        decide_rows(d, decision, out);
    arena_rewind(d->scratch, mark);
    for (size_t i = 0; i < decision->output_count; i++) {
        const struct output *o = &decision->outputs[i];
        struct output_result *r = &out->outputs[i];
        if (!output_visible(o, subject->audience)) {
            values all = variable_proper(o->variable);
            *r = (struct output_result){.status = DECISION_CANDIDATES, .candidates = all, .stands = all};
        }
        if (r->stands) {
            subject->domain[o->variable->index] = r->stands;
            search_settle(&d->search, o->variable, r->stands);
        }
    }
}

void decision_decide(struct subject *subject, const struct decision *decision, struct arena *arena,
                     struct arena *scratch, struct decision_result *out) {
    struct arena_mark mark = arena_mark(scratch);
    struct deciding d;
    deciding_open(&d, subject, arena, scratch);
    decide_with(&d, decision, out);
    arena_rewind(scratch, mark);
}

struct decision_result *subject_decide(struct subject *subject, struct arena *arena, struct arena *scratch) {
    const struct policy_kind *kind = subject->kind;
    struct decision_result *results = arena_array(arena, struct decision_result, kind->decision_count);
    struct arena_mark mark = arena_mark(scratch);
    struct deciding d;
    deciding_open(&d, subject, arena, scratch);
    d.suggestions = arena_array(scratch, values, kind->variable_count);
    for (size_t i = 0; i < kind->decision_count; i++) {
        const struct decision *decision = kind->decisions[i];
        decide_with(&d, decision, &results[i]);
        for (size_t j = 0; j < decision->output_count && !results[i].hidden; j++) {
            const struct output_result *r = &results[i].outputs[j];
            if (!r->recorded && !decision->when_recorded)
                d.suggestions[decision->outputs[j].variable->index] = r->suggestion;
        }
    }
    arena_rewind(scratch, mark);
    return results;
}

const struct decision_result *decision_result_of(const struct policy_kind *kind,
                                                 const struct decision_result *results,
                                                 const struct decision *decision) {
    for (size_t i = 0; i < kind->decision_count; i++)
        if (kind->decisions[i] == decision)
            return &results[i];
    return NULL;
}

const struct row *decision_winner(const struct subject *subject, const struct decision *decision) {
    struct arena scratch = {0};
    struct state state;
    const struct row *winner = NULL;
    enum truth holds = TRUTH_NO;
    state_init(&state, subject, &scratch);
    for (size_t i = 0; decision->hit <= HIT_PRIORITY && i < decision->row_count && holds == TRUTH_NO; i++) {
        holds = row_truth(&state, decision->order[i]);
        if (holds == TRUTH_YES)
            winner = decision->order[i];
    }
    arena_release(&scratch);
    return winner;
}

/* ---- checks ---- */

/* The cells that must hold, as one condition's truth in a state in which the others do. */
static enum truth musts_truth(struct state *state, const struct row *row, struct branch *branch,
                              bool *branches) {
    enum truth all = TRUTH_YES;
    for (size_t i = 0; i < row->cell_count; i++) {
        if (!row->cells[i].must)
            continue;
        enum truth t = state_truth(state, row->cells[i].condition);
        if (t == TRUTH_NO)
            return TRUTH_NO;
        if (t == TRUTH_MAYBE && all != TRUTH_MAYBE) {
            all = TRUTH_MAYBE;
            *branches = state_branch(state, row->cells[i].condition, branch);
        }
    }
    return all;
}

/* Which ends some completion has. */
struct check_ends {
    bool met, not_met, not_concerned;
};

static void check_explore(struct search *s, const struct row *row, struct check_ends *ends) {
    struct branch b = {0};
    bool branches = false;
    if (++s->steps > SEARCH_STEPS_MAX || (ends->met && ends->not_met))
        return;
    enum truth concerned = search_row_counts(s, row, &b);
    enum truth t = concerned;
    if (concerned == TRUTH_MAYBE)
        branches = b.variable != NULL;
    else if (concerned == TRUTH_YES)
        t = musts_truth(&s->state, row, &b, &branches);
    if (t == TRUTH_MAYBE && branches) {
        for (int side = 0; side < 2; side++) {
            values was = state_narrow(&s->state, b.variable, side ? ~b.mask : b.mask);
            if (s->state.domain[b.variable->index])
                check_explore(s, row, ends);
            state_restore(&s->state, b.variable, was);
        }
        return;
    }
    if (!search_allowed(s))
        return;
    ends->not_concerned = ends->not_concerned || concerned == TRUTH_NO;
    ends->met = ends->met || (concerned != TRUTH_NO && t == TRUTH_YES);
    ends->not_met = ends->not_met || (concerned != TRUTH_NO && t == TRUTH_NO);
}

static enum check_state check_state_of(const struct check_ends *ends) {
    if (ends->not_met)
        return ends->met || ends->not_concerned ? CHECK_NOT_KNOWN : CHECK_NOT_MET;
    return ends->met ? CHECK_MET : CHECK_NOT_CONCERNED;
}

/* Strengths are the built-in scale advice < breach; a blank that was declared is not applied. */
static bool row_strength_is(const struct row *row, size_t output, struct str strength) {
    const struct output *o = &row->table->decision->outputs[output];
    values set = row->marker ? 0 : row->answers[output].set;
    return values_single(set) && set < VALUE_BIT(VOCABULARY_VALUES_MAX) &&
           str_eq(o->answers[__builtin_ctzll(set)].id, strength);
}

bool row_is_breach(const struct row *row, size_t output) {
    return row_strength_is(row, output, STR("breach"));
}

void subject_check(const struct subject *subject, const struct decision *check, size_t output,
                   struct arena *arena, struct arena *scratch, struct check_result *out) {
    *out = (struct check_result){.check = check};
    out->rows = arena_array(arena, struct check_row, check->row_count);
    struct arena_mark mark = arena_mark(scratch);
    struct search s = {.decision = check, .rows = {check->order, check->row_count}};
    search_open(&s, subject, scratch);
    for (size_t i = 0; i < check->row_count; i++) {
        const struct row *row = check->rows[i];
        struct check_ends ends = {0};
        struct check_row *r = &out->rows[out->count];
        if (row->marker)
            continue;
        *r = (struct check_row){.row = row, .breach = row_is_breach(row, output)};
        r->applied = r->breach || row_strength_is(row, output, STR("advice"));
        s.steps = 0;
        check_explore(&s, row, &ends);
        if (s.steps > SEARCH_STEPS_MAX) /* not every completion was seen */
            ends.met = ends.not_met = true;
        r->state = check_state_of(&ends);
        out->count++;
        if (!r->applied)
            continue;
        if (!r->breach)
            out->advice = out->advice || r->state == CHECK_NOT_MET;
        else if (r->state == CHECK_NOT_MET)
            out->verdict = CHECK_FAILS;
        else if (r->state == CHECK_NOT_KNOWN && out->verdict == CHECK_PASSES)
            out->verdict = CHECK_UNCERTAIN;
    }
    arena_rewind(scratch, mark);
}
