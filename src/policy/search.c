/* SPDX-License-Identifier: MIT */
/* search.c: every completion of what is not known, a run for each that ends differently. */
#include "policy/search.h"

#include <assert.h>

/* ---- rows in a state ---- */

enum truth row_truth(struct state *state, const struct row *row) {
    enum truth all = TRUTH_YES;
    if (row->marker)
        return TRUTH_NO;
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].must)
            continue;
        enum truth t = state_truth(state, row->cells[i].condition);
        if (t == TRUTH_NO)
            return TRUTH_NO;
        if (t == TRUTH_MAYBE)
            all = TRUTH_MAYBE;
    }
    return all;
}

static bool row_branch(struct state *state, const struct row *row, struct branch *out) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (!row->cells[i].must && state_truth(state, row->cells[i].condition) == TRUTH_MAYBE)
            return state_branch(state, row->cells[i].condition, out);
    return false;
}

/* ---- outcomes ---- */

static void outcome_nothing(const struct decision *d, struct outcome *out) {
    for (size_t i = 0; i < d->output_count; i++)
        out[i] = (struct outcome){.nothing = true};
}

static void outcome_inapplicable(const struct decision *d, struct outcome *out) {
    for (size_t i = 0; i < d->output_count; i++)
        out[i] = (struct outcome){.set = VALUES_NOT_APPLICABLE};
}

static struct outcome outcome_of_answer(const struct cell_answer *a) {
    struct outcome o = {.set = a->set & ~VALUES_NOT_DETERMINED,
                        .preferred = a->preferred,
                        .normally = a->normally,
                        .nothing = (a->set & VALUES_NOT_DETERMINED) != 0};
    return o;
}

void outcome_join(struct outcome *into, const struct outcome *from) {
    if (from->number && into->number) {
        if (decimal_cmp(from->low, into->low) < 0)
            into->low = from->low;
        if (decimal_cmp(from->high, into->high) > 0)
            into->high = from->high;
    } else if (from->number) {
        into->number = true;
        into->low = from->low;
        into->high = from->high;
    }
    into->preferred = into->preferred == from->preferred ? into->preferred : 0;
    into->set |= from->set;
    into->normally = into->normally || from->normally;
    into->nothing = into->nothing || from->nothing;
}

static bool outcome_same(const struct outcome *a, const struct outcome *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (a[i].set != b[i].set || a[i].normally != b[i].normally || a[i].nothing != b[i].nothing)
            return false;
        if (a[i].number != b[i].number ||
            (a[i].number && (decimal_cmp(a[i].low, b[i].low) || decimal_cmp(a[i].high, b[i].high))))
            return false;
    }
    return true;
}

static values highest_bit(values mask) {
    return mask ? VALUE_BIT(63 - (unsigned)__builtin_clzll(mask)) : 0;
}

/* Values below the floor become the floor. */
static values raised(values set, values floor) {
    if (!floor)
        return set;
    values below = floor - 1;
    return (set & below & ~VALUES_NOT_APPLICABLE) ? (set & ~below) | floor : set;
}

/* Every matching row speaks: floors raise what the others nominate. */
static void outcome_guide(const struct row *const *holding, size_t count, struct outcome *out) {
    values floor = 0, nominated = 0, preferred = 0;
    bool withdrawn = false, normally = false;
    *out = (struct outcome){0};
    for (size_t i = 0; i < count; i++) {
        const struct cell_answer *a = &holding[i]->answers[0];
        if (a->set & VALUES_NOT_APPLICABLE) {
            out->set = VALUES_NOT_APPLICABLE;
            return;
        }
        if (a->force == FORCE_FLOOR) {
            floor = highest_bit(floor | (a->set & (~a->set + 1)));
            continue;
        }
        withdrawn = withdrawn || (a->set & VALUES_NOT_DETERMINED);
        nominated |= a->set & ~VALUES_NOT_DETERMINED;
        preferred = highest_bit(preferred | a->preferred);
        normally = normally || a->normally;
    }
    if (withdrawn)
        nominated = preferred = 0;
    out->set = nominated ? raised(nominated, floor) : floor;
    out->preferred = nominated ? raised(preferred, preferred ? floor : 0) : floor;
    out->normally = normally && nominated;
    out->nothing = !out->set;
}

/* Stated cells of one key; a blank one yields to them. */
static void outcome_collect(const struct decision *d, const struct row *const *holding, size_t count,
                            struct outcome *out) {
    for (size_t i = 0; i < d->output_count; i++)
        for (size_t j = 0; j < count; j++) {
            const struct cell_answer *a = &holding[j]->answers[i];
            bool blank = !a->text.len;
            if (out[i].nothing || !blank)
                out[i] = outcome_of_answer(a);
        }
}

struct decimal search_row_number(const struct decision *d, const struct row *row) {
    values set = row->answers[0].set & ~VALUES_IMPROPER;
    if (d->hit == HIT_COUNT)
        return decimal_whole(1);
    return set ? d->outputs[0].answers[__builtin_ctzll(set)].number : decimal_whole(0);
}

static void outcome_aggregate(const struct decision *d, const struct row *const *holding, size_t count,
                              struct outcome *out) {
    struct decimal total = decimal_whole(0);
    for (size_t i = 0; i < count; i++) {
        struct decimal n = search_row_number(d, holding[i]);
        bool first = i == 0;
        if (d->hit == HIT_SUM || d->hit == HIT_COUNT)
            decimal_add(total, n, &total);
        else if (first || (decimal_cmp(n, total) < 0) == (d->hit == HIT_MIN))
            total = n;
    }
    bool nothing = !count && (d->hit == HIT_MIN || d->hit == HIT_MAX);
    *out = (struct outcome){.number = !nothing, .low = total, .high = total, .nothing = nothing};
}

void search_outcome(const struct decision *d, const struct row *const *holding, size_t count,
                    struct outcome *out) {
    outcome_nothing(d, out);
    switch (d->hit) {
    case HIT_GUIDE: outcome_guide(holding, count, &out[0]); return;
    case HIT_COLLECT: outcome_collect(d, holding, count, out); return;
    case HIT_SUM:
    case HIT_MIN:
    case HIT_MAX:
    case HIT_COUNT: outcome_aggregate(d, holding, count, out); return;
    default: break;
    }
    for (size_t i = 0; count && i < d->output_count; i++)
        out[i] = outcome_of_answer(&holding[0]->answers[i]);
}

/* ---- walking the rows ---- */

/* One walk of the rows in the present state. */
enum walk { WALK_DONE, WALK_BRANCH };

static bool is_ordered(enum hit hit) {
    return hit == HIT_ANY || hit == HIT_UNIQUE || hit == HIT_PRIORITY;
}

/* The rows of the first tier in which one holds. Stops at the first maybe. */
static enum walk walk_rows(struct search *s, const struct row **holding, size_t *count,
                           struct branch *branch) {
    *count = 0;
    for (size_t i = 0; i < s->rows.count; i++) {
        const struct row *row = s->rows.items[i];
        if (*count && row->tier > holding[0]->tier)
            break;
        bool some = s->decision->hit == HIT_COLLECT; /* rows of one key: those of other keys have tiers too */
        enum truth t = some ? search_row_counts(s, row, branch) : row_truth(&s->state, row);
        if (t == TRUTH_MAYBE && (some || row_branch(&s->state, row, branch)))
            return WALK_BRANCH;
        if (t == TRUTH_YES)
            holding[(*count)++] = row;
        if (*count && is_ordered(s->decision->hit))
            break;
    }
    return WALK_DONE;
}

/* What the present state gives, or a branch to take first. */
static enum walk walk(struct search *s, const struct row **holding, size_t *count, bool *inapplicable,
                      struct branch *branch) {
    const struct decision *d = s->decision;
    *inapplicable = false;
    enum truth applies = d->applies ? state_truth(&s->state, d->applies) : TRUTH_YES;
    if (applies == TRUTH_MAYBE && state_branch(&s->state, d->applies, branch))
        return WALK_BRANCH;
    if (applies == TRUTH_NO) {
        *inapplicable = true;
        *count = 0;
        return WALK_DONE;
    }
    if (walk_rows(s, holding, count, branch) == WALK_BRANCH)
        return WALK_BRANCH;
    if (*count || !is_ordered(d->hit))
        return WALK_DONE;
    s->state.leave_inapplicable = true;
    enum walk again = walk_rows(s, holding, count, branch);
    s->state.leave_inapplicable = false;
    *inapplicable = again == WALK_DONE && *count;
    *count = 0;
    return again;
}

/* ---- what may not be ---- */

static enum truth nevers_truth(struct search *s, const struct condition **open) {
    const struct policy_kind *kind = s->state.subject->kind;
    enum truth any = TRUTH_NO;
    for (size_t i = 0; i < kind->never_count; i++) {
        enum truth t = state_truth(&s->state, kind->nevers[i]->when);
        if (t == TRUTH_YES)
            return TRUTH_YES;
        if (t == TRUTH_MAYBE) {
            any = TRUTH_MAYBE;
            *open = kind->nevers[i]->when;
        }
    }
    return any;
}

bool search_allowed(struct search *s) {
    const struct condition *open = NULL;
    struct branch b;
    enum truth t = nevers_truth(s, &open);
    if (t != TRUTH_MAYBE || ++s->steps > SEARCH_STEPS_MAX || !state_branch(&s->state, open, &b))
        return t != TRUTH_YES;
    values was = state_narrow(&s->state, b.variable, ~b.mask);
    bool allowed = search_allowed(s);
    state_restore(&s->state, b.variable, was);
    if (!allowed) {
        state_narrow(&s->state, b.variable, b.mask);
        allowed = search_allowed(s);
        state_restore(&s->state, b.variable, was);
    }
    return allowed;
}

/* Cheap and certain: nothing is narrowed so far that a `never` forbids. */
static bool is_forbidden(struct search *s) {
    const struct condition *open;
    return s->state.subject->kind->never_count && nevers_truth(s, &open) == TRUTH_YES;
}

/* ---- exploring ---- */

static void leaf(struct search *s, const struct row *const *holding, size_t count, bool inapplicable,
                 struct outcome *out) {
    s->runs++;
    if (inapplicable && s->decision->hit == HIT_COLLECT)
        outcome_nothing(s->decision, out); /* an entry that is not there */
    else if (inapplicable)
        outcome_inapplicable(s->decision, out);
    else
        search_outcome(s->decision, holding, count, out);
    if (s->leaf)
        s->leaf(s->context, s, count && is_ordered(s->decision->hit) ? holding[0] : NULL, out);
}

static bool explore(struct search *s, const struct row **holding, struct outcome *out);

/* One side of a branch; false where nothing of it is allowed. */
static bool explore_side(struct search *s, const struct row **holding, const struct branch *b, values mask,
                         struct outcome *out) {
    values was = state_narrow(&s->state, b->variable, mask);
    bool some = s->state.domain[b->variable->index] && !is_forbidden(s) && explore(s, holding, out);
    state_restore(&s->state, b->variable, was);
    return some;
}

/* False where no completion of the state is allowed. */
static bool explore(struct search *s, const struct row **holding, struct outcome *out) {
    struct branch b;
    size_t count;
    bool inapplicable;
    if (s->runs >= s->limit) {
        s->exceeded = true;
        return false;
    }
    if (walk(s, holding, &count, &inapplicable, &b) == WALK_DONE) {
        if ((s->branched || !s->believed) && !search_allowed(s))
            return false;
        leaf(s, holding, count, inapplicable, out);
        return true;
    }
    struct outcome other[OUTPUTS_MAX];
    s->branched = true;
    bool yes = explore_side(s, holding, &b, b.mask, out);
    bool no = explore_side(s, holding, &b, ~b.mask, yes ? other : out);
    if (yes && no) {
        if (!outcome_same(out, other, s->decision->output_count))
            s->matters[b.variable->index] = true;
        for (size_t i = 0; i < s->decision->output_count; i++)
            outcome_join(&out[i], &other[i]);
    }
    return yes || no;
}

void search_open(struct search *s, const struct subject *subject, struct arena *arena) {
    s->arena = arena;
    state_init(&s->state, subject, arena);
    s->matters = arena_array(arena, bool, subject->kind->variable_count);
}

void search_settle(struct search *s, const struct variable *variable, values stands) {
    state_restore(&s->state, variable, stands);
}

void search_run(struct search *s, const struct decision *decision, struct rows rows, struct outcome *out) {
    assert(decision->output_count <= OUTPUTS_MAX);
    s->decision = decision;
    s->rows = rows;
    s->limit = s->limit ? s->limit : SEARCH_RUNS_MAX;
    s->runs = 0;
    s->exceeded = false;
    if (s->branched)
        memset(s->matters, 0, s->state.subject->kind->variable_count * sizeof(bool));
    s->branched = false;
    outcome_nothing(decision, out);
    struct arena_mark mark = arena_mark(s->arena);
    explore(s, arena_array(s->arena, const struct row *, rows.count + 1), out);
    arena_rewind(s->arena, mark);
}

/* ---- one row ---- */

enum truth search_row_counts(struct search *s, const struct row *row, struct branch *b) {
    const struct decision *d = s->decision;
    enum truth own = row_truth(&s->state, row);
    enum truth applies = d->applies ? state_truth(&s->state, d->applies) : TRUTH_YES;
    if (own == TRUTH_NO || applies == TRUTH_NO)
        return TRUTH_NO;
    if (applies == TRUTH_MAYBE && state_branch(&s->state, d->applies, b))
        return TRUTH_MAYBE;
    for (size_t i = 0; i < d->row_count && d->order[i]->tier < row->tier; i++) {
        enum truth t = row_truth(&s->state, d->order[i]);
        if (t == TRUTH_YES)
            return TRUTH_NO;
        if (t == TRUTH_MAYBE && row_branch(&s->state, d->order[i], b))
            return TRUTH_MAYBE;
    }
    if (own == TRUTH_MAYBE)
        row_branch(&s->state, row, b);
    return own;
}

bool search_find(struct search *s, search_question *ask, void *context, values *witness) {
    struct branch b = {0};
    if (is_forbidden(s) || ++s->steps > s->steps_max)
        return false;
    enum truth t = ask(context, s, &b);
    if (t == TRUTH_NO || (t == TRUTH_YES && !search_allowed(s)))
        return false;
    if (t == TRUTH_YES) {
        if (witness)
            memcpy(witness, s->state.domain, s->state.subject->kind->variable_count * sizeof(*witness));
        return true;
    }
    if (!b.variable) /* maybe, and nothing that would tell */
        return false;
    for (int side = 0; side < 2; side++) {
        values was = state_narrow(&s->state, b.variable, side ? ~b.mask : b.mask);
        bool found = s->state.domain[b.variable->index] && search_find(s, ask, context, witness);
        state_restore(&s->state, b.variable, was);
        if (found)
            return true;
    }
    return false;
}

static enum truth ask_counts(void *context, struct search *s, struct branch *b) {
    return search_row_counts(s, context, b);
}

static enum truth ask_does_not_count(void *context, struct search *s, struct branch *b) {
    enum truth t = search_row_counts(s, context, b);
    return t == TRUTH_MAYBE ? t : t == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* A question about one row: the steps begin again. */
static bool row_find(struct search *s, search_question *ask, const struct row *row) {
    s->steps = 0;
    s->steps_max = SEARCH_STEPS_MAX;
    return search_find(s, ask, (struct row *)(uintptr_t)row, NULL);
}

bool search_always(struct search *s, const struct row *row) {
    bool otherwise = row_find(s, ask_does_not_count, row);
    return !otherwise && s->steps <= SEARCH_STEPS_MAX;
}

bool search_ever(struct search *s, const struct row *row) {
    return row_find(s, ask_counts, row) || s->steps > SEARCH_STEPS_MAX;
}

static enum truth row_holds(struct search *s, const struct row *row, struct branch *b) {
    enum truth own = row_truth(&s->state, row);
    enum truth applies = s->decision->applies ? state_truth(&s->state, s->decision->applies) : TRUTH_YES;
    if (own == TRUTH_NO || applies == TRUTH_NO)
        return TRUTH_NO;
    if (applies == TRUTH_MAYBE && state_branch(&s->state, s->decision->applies, b))
        return TRUTH_MAYBE;
    if (own == TRUTH_MAYBE)
        row_branch(&s->state, row, b);
    return own == TRUTH_MAYBE || applies == TRUTH_MAYBE ? TRUTH_MAYBE : TRUTH_YES;
}

static enum truth ask_holds(void *context, struct search *s, struct branch *b) {
    return row_holds(s, context, b);
}

static enum truth ask_does_not_hold(void *context, struct search *s, struct branch *b) {
    enum truth t = row_holds(s, context, b);
    return t == TRUTH_MAYBE ? t : t == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* Where neither is found, nothing would tell. */
enum truth search_holds(struct search *s, const struct row *row) {
    struct branch b = {0};
    enum truth t = row_holds(s, row, &b);
    if (t != TRUTH_MAYBE)
        return t;
    bool ever = row_find(s, ask_holds, row) || s->steps > SEARCH_STEPS_MAX;
    bool otherwise = row_find(s, ask_does_not_hold, row) || s->steps > SEARCH_STEPS_MAX;
    return ever == otherwise ? TRUTH_MAYBE : ever ? TRUTH_YES : TRUTH_NO;
}
