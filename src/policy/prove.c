/* SPDX-License-Identifier: MIT */
/* prove.c: dead rows, conflicts, and one table after the other. */
#include "policy/prove_priv.h"
#include "policy/table.h"

bool rows_win_alone(const struct decision *d) {
    return d->hit == HIT_ANY || d->hit == HIT_UNIQUE || d->hit == HIT_PRIORITY;
}

/* ---- what earlier tables rule out ---- */

static bool is_narrowed(const struct search *s, const struct decision *d) {
    for (size_t i = 0; i < d->output_count; i++) {
        size_t v = d->outputs[i].variable->index;
        if (s->state.domain[v] != s->state.subject->domain[v])
            return true;
    }
    return false;
}

/* Whether a run gives what the state has of all outputs. */
struct giving {
    const struct search *s;
    const struct decision *decision;
    bool found;
};

static void note_giving(void *context, struct search *inner, const struct row *row,
                        const struct outcome *outcomes) {
    struct giving *g = context;
    bool all = true;
    (void)inner;
    (void)row;
    for (size_t i = 0; i < g->decision->output_count; i++) {
        values given = outcomes[i].set | (outcomes[i].nothing ? VALUES_NOT_DETERMINED : 0);
        all = all && (g->s->state.domain[g->decision->outputs[i].variable->index] & given);
    }
    g->found = g->found || all;
}

static bool gives(const struct search *s, const struct decision *d) {
    struct arena_mark mark = arena_mark(s->arena);
    struct subject here = *s->state.subject;
    struct giving giving = {s, d, false};
    struct search inner = {.arena = s->arena, .leaf = note_giving, .context = &giving};
    struct outcome all[OUTPUTS_MAX];
    here.domain = s->state.domain;
    search_open(&inner, &here, s->arena);
    search_run(&inner, d, (struct rows){d->order, d->row_count}, all);
    arena_rewind(s->arena, mark);
    return giving.found || inner.exceeded;
}

/* Outputs are variables of their own here; that two tables cannot say two things together is asked where it matters. What
 * a record puts in their place is the record's affair. */
bool prover_possible(const struct search *s) {
    const struct policy_kind *kind = s->state.subject->kind;
    for (size_t i = 0; i < kind->decision_count && kind->decisions[i] != s->decision; i++) {
        const struct decision *d = kind->decisions[i];
        if (rows_win_alone(d) && !d->when_recorded && is_narrowed(s, d) && !gives(s, d))
            return false;
    }
    return true;
}

/* ---- questions ---- */

struct question {
    search_question *ask;
    void *context;
};

static enum truth ask_possible(void *context, struct search *s, struct branch *b) {
    const struct question *q = context;
    enum truth t = q->ask(q->context, s, b);
    return t == TRUTH_YES && !prover_possible(s) ? TRUTH_NO : t;
}

bool prover_find(struct prover *p, search_question *ask, void *context) {
    p->s.steps = 0;
    p->s.steps_max = QUESTION_STEPS_MAX;
    return search_find(&p->s, ask_possible, &(struct question){ask, context}, p->box);
}

bool prover_gave_up(const struct prover *p) {
    return p->s.steps > p->s.steps_max;
}

struct finding *prover_add(struct prover *p, enum finding_kind kind) {
    struct proof *out = p->out;
    if (out->count == out->room) {
        size_t room = out->room ? 2 * out->room : 8;
        out->findings = arena_grow(p->arena, out->findings, out->count * sizeof(*out->findings),
                                   room * sizeof(*out->findings), alignof(struct finding));
        out->room = room;
    }
    struct finding *f = &out->findings[out->count++];
    *f = (struct finding){.kind = kind};
    return f;
}

struct str prover_say(struct prover *p, const values *box, const struct row *const *rows, size_t count) {
    struct asked asked;
    struct arena_mark mark = arena_mark(p->s.arena);
    asked_collect(p->s.state.subject->kind, rows, count, p->s.arena, &asked);
    struct str words = witness_words(&p->s, &asked, box, p->arena);
    arena_rewind(p->s.arena, mark);
    return words;
}

enum truth ask_condition(struct search *s, const struct condition *c, struct branch *b) {
    enum truth t = state_truth(&s->state, c);
    return t == TRUTH_MAYBE && !state_branch(&s->state, c, b) ? TRUTH_NO : t;
}

enum truth ask_row(struct search *s, const struct row *row, bool hoped, struct branch *b) {
    enum truth t = row_truth(&s->state, row);
    for (size_t i = 0; t == TRUTH_MAYBE && i < row->cell_count; i++) {
        if (row->cells[i].must || state_truth(&s->state, row->cells[i].condition) != TRUTH_MAYBE)
            continue;
        t = ask_condition(s, row->cells[i].condition, b);
        b->mask = hoped ? b->mask : ~b->mask;
        return t;
    }
    return t;
}

enum truth ask_applies(struct search *s, struct branch *b) {
    return s->decision->applies ? ask_condition(s, s->decision->applies, b) : TRUTH_YES;
}

void prover_enter(struct prover *p, const values *domain) {
    memcpy(p->s.state.domain, domain, p->s.state.subject->kind->variable_count * sizeof(*domain));
    p->s.state.moment++;
}

/* ---- dead rows ---- */

/* The place of a row among those that win. */
static size_t order_of(const struct decision *d, const struct row *row) {
    size_t i = 0;
    while (d->order[i] != row)
        i++;
    return i;
}

/* Whether the row decides: it holds, and no row that goes before it does. */
static enum truth ask_decides(void *context, struct search *s, struct branch *b) {
    const struct row *row = context;
    const struct decision *d = s->decision;
    enum truth t = ask_applies(s, b);
    if (t == TRUTH_YES)
        t = ask_row(s, row, true, b);
    for (size_t i = 0; t == TRUTH_YES && d->order[i] != row; i++) {
        enum truth other = ask_row(s, d->order[i], false, b);
        t = other == TRUTH_MAYBE ? other : other == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
    }
    return t;
}

static enum truth ask_counts(void *context, struct search *s, struct branch *b) {
    return search_row_counts(s, context, b);
}

/* In an example of a row that is dead though it holds: who wins. */
const struct row *prover_winner(struct prover *p, const struct row *row) {
    const struct decision *d = p->decision;
    size_t last = rows_win_alone(d) ? order_of(d, row) : 0;
    const struct row *winner = NULL;
    prover_enter(p, p->box);
    for (size_t i = 0; i < last && !winner; i++)
        if (row_truth(&p->s.state, d->order[i]) == TRUTH_YES)
            winner = d->order[i];
    prover_enter(p, p->s.state.subject->domain);
    return winner;
}

static void prove_row(struct prover *p, const struct row *row) {
    void *context = (struct row *)(uintptr_t)row;
    if (prover_find(p, rows_win_alone(p->decision) ? ask_decides : ask_counts, context) || prover_gave_up(p))
        return;
    struct finding *f = prover_add(p, FINDING_DEAD_ROW);
    f->row = row;
    if (rows_win_alone(p->decision) && prover_find(p, ask_counts, context)) {
        f->other = prover_winner(p, row);
        f->witness = prover_say(p, p->box, &row, 1);
    }
}

/* Rows that end a run of the search are alive; the others are asked one by one. */
struct alive {
    const struct decision *decision;
    bool *rows; /* by their place in the order */
};

static void mark_winner(void *context, struct search *s, const struct row *winner,
                        const struct outcome *outcomes) {
    struct alive *alive = context;
    (void)outcomes;
    size_t i = winner ? order_of(alive->decision, winner) : 0;
    if (winner && !alive->rows[i])
        alive->rows[i] = prover_possible(s);
}

static void prove_rows(struct prover *p, const struct alive *alive) {
    const struct decision *d = p->decision;
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i]->marker && !alive->rows[order_of(d, d->rows[i])])
            prove_row(p, d->rows[i]);
}

/* ---- what may stand ---- */

/* Of a table whose rows win alone: what its runs gave. A record may say what the table allows and nothing else. Of the
 * other hit policies anything may be recorded. */
static void leave_possible(struct prover *p, struct subject *subject, const struct outcome *all) {
    const struct decision *d = p->decision;
    for (size_t i = 0; i < d->output_count; i++) {
        const struct variable *v = d->outputs[i].variable;
        if (!rows_win_alone(d) || p->out->bounded) {
            subject->domain[v->index] = v->all;
            continue;
        }
        bool nothing = all[i].nothing || d->when_recorded || !all[i].set;
        subject->domain[v->index] = (all[i].set & v->all) | (nothing ? VALUES_NOT_DETERMINED : 0);
    }
}

/* ---- two rows ---- */

struct pair {
    const struct row *first, *second; /* as they win */
    bool win;                         /* no third row may win over both */
};

static enum truth ask_pair(void *context, struct search *s, struct branch *b) {
    const struct pair *pair = context;
    enum truth t = search_row_counts(s, pair->first, b);
    if (t == TRUTH_YES)
        t = ask_row(s, pair->second, true, b);
    for (size_t i = 0; pair->win && t == TRUTH_YES && s->decision->order[i] != pair->first; i++) {
        enum truth other = ask_row(s, s->decision->order[i], false, b);
        t = other == TRUTH_MAYBE ? other : other == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
    }
    return t;
}

/* The values for which a condition may hold, of the one variable that it tests; 0: it tests no one variable. */
static values tested(const struct condition *c, const struct variable **v) {
    values mask = 0;
    if (c->op == CONDITION_TEST) {
        *v = c->variable;
        return c->mask;
    }
    for (size_t i = 0; c->op == CONDITION_OR && i < c->count; i++) {
        const struct variable *own = NULL;
        values one = tested(c->kids[i], &own);
        if (!one || (i && own != *v))
            return 0;
        *v = own;
        mask |= one;
    }
    return mask;
}

/* Cheap: two cells ask one variable for different values. Most pairs of a table end here. */
static bool are_apart(const struct row *a, const struct row *b) {
    for (size_t i = 0; i < a->cell_count; i++) {
        const struct variable *v = NULL, *w = NULL;
        values mask = tested(a->cells[i].condition, &v);
        for (size_t j = 0; mask && j < b->cell_count; j++) {
            values other = tested(b->cells[j].condition, &w);
            if (other && v == w && !(mask & other))
                return true;
        }
    }
    return false;
}

static bool same_answer(const struct cell_answer *a, const struct cell_answer *b) {
    return a->set == b->set && a->preferred == b->preferred && a->normally == b->normally;
}

bool rows_agree(const struct decision *d, const struct row *a, const struct row *b) {
    for (size_t i = 0; i < d->output_count; i++)
        if (!same_answer(&a->answers[i], &b->answers[i]))
            return false;
    return true;
}

/* Of collect: both stated, of one key, and different. */
static bool collects_differ(const struct decision *d, const struct row *a, const struct row *b) {
    bool differ = false;
    if (a->answers[0].set != b->answers[0].set)
        return false;
    for (size_t i = 1; i < d->output_count; i++)
        differ = differ || (a->answers[i].text.len && b->answers[i].text.len &&
                            !same_answer(&a->answers[i], &b->answers[i]));
    return differ;
}

/* Whether two rows of a tier may not hold together. */
static bool is_conflict(const struct decision *d, const struct row *a, const struct row *b) {
    switch (d->hit) {
    case HIT_ANY: return !rows_agree(d, a, b);
    case HIT_UNIQUE: return true;
    case HIT_PRIORITY: return !rows_agree(d, a, b) && row_compare(d, a, b) == 0;
    case HIT_COLLECT: return collects_differ(d, a, b);
    default: return false;
    }
}

static void add_overlap(struct prover *p, const struct pair *pair, struct str witness) {
    struct proof *out = p->out;
    if (out->overlap_count == out->overlap_room) {
        size_t room = out->overlap_room ? 2 * out->overlap_room : 16;
        out->overlaps = arena_grow(p->arena, out->overlaps, out->overlap_count * sizeof(*out->overlaps),
                                   room * sizeof(*out->overlaps), alignof(struct overlap));
        out->overlap_room = room;
    }
    out->overlaps[out->overlap_count++] = (struct overlap){
        pair->first, pair->second, rows_agree(p->decision, pair->first, pair->second), witness};
}

/* Leaves out of the box what both rows do not need. */
static void widen_pair(struct prover *p, const struct pair *pair) {
    const struct subject *subject = p->s.state.subject;
    for (size_t i = 0; i < subject->kind->variable_count; i++) {
        values was = p->box[i];
        if (was == subject->domain[i])
            continue;
        p->box[i] = subject->domain[i];
        prover_enter(p, p->box);
        if (row_truth(&p->s.state, pair->first) != TRUTH_YES ||
            row_truth(&p->s.state, pair->second) != TRUTH_YES)
            p->box[i] = was;
    }
    prover_enter(p, subject->domain);
}

static void prove_pair(struct prover *p, const struct row *first, const struct row *second) {
    const struct decision *d = p->decision;
    bool conflict = is_conflict(d, first, second);
    struct pair pair = {first, second, conflict && d->hit == HIT_PRIORITY};
    if (are_apart(first, second))
        return;
    bool found = prover_find(p, ask_pair, &pair);
    if (!found && pair.win) {
        pair.win = conflict = false; /* a third row wins over both */
        found = prover_find(p, ask_pair, &pair);
    }
    if (!found)
        return;
    widen_pair(p, &pair);
    const struct row *both[2] = {first, second};
    struct str witness = prover_say(p, p->box, both, 2);
    if (!conflict) {
        add_overlap(p, &pair, witness);
        return;
    }
    struct finding *f = prover_add(p, FINDING_CONFLICT);
    f->row = first->index > second->index || first->table != second->table ? first : second;
    f->other = f->row == first ? second : first;
    f->witness = witness;
    f->unsure = witness_unsure(&p->s, p->box);
}

/* Other rows that one row is said to contradict or overlap: a table in which all do is mended row by row. */
#define PAIRS_A_ROW 8

static void prove_pairs(struct prover *p) {
    const struct decision *d = p->decision;
    bool speaks = rows_win_alone(d) || d->hit == HIT_COLLECT;
    for (size_t i = 0; speaks && i < d->row_count; i++) {
        size_t enough = p->out->count + p->out->overlap_count + PAIRS_A_ROW;
        for (size_t j = i + 1; j < d->row_count && d->order[j]->tier == d->order[i]->tier; j++) {
            const struct row *a = d->order[i], *b = d->order[j];
            if (p->out->count + p->out->overlap_count == enough)
                break;
            if (!a->marker && !b->marker && (d->hit != HIT_COLLECT || is_conflict(d, a, b)))
                prove_pair(p, a, b);
        }
    }
}

/* ---- nevers ---- */

static enum truth ask_spared(void *context, struct search *s, struct branch *b) {
    const struct never *never = context;
    enum truth t = ask_condition(s, never->when, b);
    b->mask = ~b->mask;
    return t == TRUTH_MAYBE ? t : t == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

void proof_nevers(const struct subject *subject, struct arena *arena, struct arena *scratch,
                  struct proof *out) {
    struct arena_mark mark = arena_mark(scratch);
    struct policy_kind free =
        *subject->kind; /* each on its own: one that is always true rules out every example */
    struct subject anybody = *subject;
    free.never_count = 0;
    anybody.kind = &free;
    *out = (struct proof){0};
    struct prover p = {.arena = arena, .out = out};
    search_open(&p.s, &anybody, scratch);
    p.box = arena_array(scratch, values, free.variable_count);
    for (size_t i = 0; i < subject->kind->never_count; i++)
        if (!prover_find(&p, ask_spared, subject->kind->nevers[i]) && !prover_gave_up(&p))
            prover_add(&p, FINDING_NEVER)->never = subject->kind->nevers[i];
    arena_rewind(scratch, mark);
}

/* ---- a decision, and all of them ---- */

void proof_run(struct subject *subject, const struct decision *d, struct arena *arena, struct arena *scratch,
               struct proof *out) {
    struct arena_mark mark = arena_mark(scratch);
    struct outcome all[OUTPUTS_MAX] = {{0}};
    struct alive alive = {d, arena_array(scratch, bool, d->row_count)};
    *out = (struct proof){.decision = d};
    struct prover p = {.decision = d, .arena = arena, .out = out};
    p.s = (struct search){.decision = d, .rows = {d->order, d->row_count}};
    search_open(&p.s, subject, scratch);
    p.box = arena_array(scratch, values, subject->kind->variable_count);
    if (rows_win_alone(d)) {
        p.s.leaf = mark_winner;
        p.s.context = &alive;
        search_run(&p.s, d, p.s.rows, all);
        out->runs = p.s.runs;
        out->bounded = p.s.exceeded;
        prove_gaps(&p);
    }
    prove_rows(&p, &alive);
    prove_pairs(&p);
    prove_items(&p);
    leave_possible(&p, subject, all);
    arena_rewind(scratch, mark);
}

/* ---- questions ---- */

static enum truth ask_holds(void *context, struct search *s, struct branch *b) {
    const struct policy_question *q = context;
    return ask_condition(s, q->when, b);
}

/* What is asked beside the tables and holds of no record that there can be: decisions are made, as far as they are. */
static void prove_questions(const struct subject *subject, struct arena *arena, struct arena *scratch,
                            struct proof *out) {
    const struct policy *policy = subject->policy;
    struct prover p = {.arena = arena, .out = out};
    search_open(&p.s, subject, scratch);
    p.box = arena_array(scratch, values, subject->kind->variable_count);
    for (size_t i = 0; i < policy->question_count; i++) {
        struct policy_question *q = policy->questions[i];
        if (str_eq(q->record, subject->kind->id) && !prover_find(&p, ask_holds, q) && !prover_gave_up(&p))
            prover_add(&p, FINDING_NOBODY)->question = q;
    }
}

void proof_subject(const struct policy *policy, const struct policy_kind *kind, date as_of,
                   struct arena *arena, struct subject *out) {
    *out = (struct subject){.policy = policy, .kind = kind, .as_of = as_of};
    out->domain = arena_array(arena, values, kind->variable_count);
    for (size_t i = 0; i < kind->variable_count; i++)
        out->domain[i] = kind->variables[i]->all;
}

void policy_prove(const struct policy *policy, date as_of, struct arena *arena, struct arena *scratch,
                  struct proofs *out) {
    size_t room = policy->kind_count;
    for (size_t i = 0; i < policy->kind_count; i++)
        room += policy->kinds[i]->decision_count;
    *out = (struct proofs){.items = arena_array(arena, struct proof, room)};
    for (size_t i = 0; i < policy->kind_count; i++) {
        const struct policy_kind *kind = policy->kinds[i];
        struct arena_mark mark = arena_mark(scratch);
        struct subject anybody;
        proof_subject(policy, kind, as_of, scratch, &anybody);
        struct proof *nevers = &out->items[out->count++];
        proof_nevers(&anybody, arena, scratch, nevers);
        for (size_t j = 0; j < kind->decision_count && !nevers->count;
             j++) /* else nobody is left to prove for */
            proof_run(&anybody, kind->decisions[j], arena, scratch, &out->items[out->count++]);
        if (!nevers->count)
            prove_questions(&anybody, arena, scratch, nevers);
        arena_rewind(scratch, mark);
    }
}
