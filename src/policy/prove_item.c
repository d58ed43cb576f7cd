/* SPDX-License-Identifier: MIT */
/* prove_item.c: words of cells that change no outcome. */
#include "policy/prove_priv.h"
#include "policy/words.h"

/* A row, and the same without one item of one of its cells. */
struct change {
    const struct row *row;
    struct row without;
    const struct condition *item;
};

/* Rows that win alone: what wins where the row does not. */
static enum truth ask_next(struct search *s, const struct change *c, struct branch *b) {
    const struct decision *d = s->decision;
    bool after = false, silent = true;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->order[i];
        after = after || row == c->row;
        if (row == c->row)
            continue;
        enum truth t = ask_row(s, row, false, b);
        if (t == TRUTH_MAYBE)
            return t;
        if (t == TRUTH_YES)
            return !after || rows_agree(d, row, c->row) ? TRUTH_NO : TRUTH_YES;
    }
    for (size_t i = 0; i < d->output_count; i++)
        silent = silent && c->row->answers[i].set == VALUES_NOT_DETERMINED;
    return silent ? TRUTH_NO : TRUTH_YES;
}

static bool same_outcomes(const struct outcome *a, const struct outcome *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (a[i].set != b[i].set || a[i].preferred != b[i].preferred || a[i].normally != b[i].normally ||
            a[i].nothing != b[i].nothing || a[i].number != b[i].number ||
            (a[i].number && decimal_cmp(a[i].low, b[i].low)))
            return false;
    return true;
}

/* Of rows that hold, those of the first tier. */
static size_t first_tier(const struct row **rows, size_t count) {
    size_t n = 0;
    while (n < count && rows[n]->tier == rows[0]->tier)
        n++;
    return n;
}

/* The rows that hold beside the row, in order, with it and without it. Maybe: a branch must be taken first. No: the row
 * does not count, since one of an earlier tier does. */
static enum truth ask_others(struct search *s, const struct change *c, const struct row **with,
                             size_t *with_count, const struct row **without, size_t *without_count,
                             struct branch *b) {
    const struct decision *d = s->decision;
    *with_count = *without_count = 0;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->order[i];
        bool peers = *without_count && without[0]->tier == c->row->tier;
        if (peers && row->tier > c->row->tier)
            break;
        if (row == c->row) {
            with[(*with_count)++] = row;
            continue;
        }
        enum truth t = ask_row(s, row, false, b);
        if (t == TRUTH_MAYBE || (t == TRUTH_YES && row->tier < c->row->tier))
            return t == TRUTH_YES ? TRUTH_NO : t;
        if (t == TRUTH_YES)
            with[(*with_count)++] = without[(*without_count)++] = row;
    }
    return TRUTH_YES;
}

/* Of collect, those of the row's key, which make its entry. */
static size_t keep_key(const struct row *row, const struct row **rows, size_t count) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (row->table->decision->hit != HIT_COLLECT || rows[i]->answers[0].set == row->answers[0].set)
            rows[n++] = rows[i];
    return n;
}

/* Rows that speak together: what they say with it and without. */
static enum truth ask_together(struct search *s, const struct change *c, struct branch *b) {
    const struct decision *d = s->decision;
    struct outcome outcomes[2][OUTPUTS_MAX];
    struct arena_mark mark = arena_mark(s->arena);
    const struct row **with = arena_array(s->arena, const struct row *, 2 * d->row_count + 2);
    const struct row **without = with + d->row_count + 1;
    size_t n, m;
    enum truth t = ask_others(s, c, with, &n, without, &m, b);
    n = first_tier(with, n);
    m = first_tier(without, m);
    bool lets_in =
        m && without[0]->tier > c->row->tier; /* it was alone in its tier: entries of other keys come in */
    if (t == TRUTH_YES && !(d->hit == HIT_COLLECT && lets_in)) {
        memset(outcomes, 0, sizeof(outcomes));
        search_outcome(d, with, keep_key(c->row, with, n), outcomes[0]);
        search_outcome(d, without, keep_key(c->row, without, m), outcomes[1]);
        t = same_outcomes(outcomes[0], outcomes[1], d->output_count) ? TRUTH_NO : TRUTH_YES;
    }
    arena_rewind(s->arena, mark);
    return t;
}

static enum truth ask_change(void *context, struct search *s, struct branch *b) {
    const struct change *c = context;
    enum truth t = ask_applies(s, b);
    if (t == TRUTH_YES)
        t = ask_condition(s, c->item, b);
    if (t == TRUTH_YES)
        t = ask_row(s, c->row, true, b);
    if (t != TRUTH_YES)
        return t;
    t = ask_row(s, &c->without, false, b);
    if (t != TRUTH_NO)
        return t == TRUTH_YES ? TRUTH_NO : t;
    return rows_win_alone(s->decision) ? ask_next(s, c, b) : ask_together(s, c, b);
}

/* Whether anything makes the row hold by this item alone. */
static enum truth ask_alone(void *context, struct search *s, struct branch *b) {
    const struct change *c = context;
    enum truth t = ask_condition(s, c->item, b);
    if (t == TRUTH_YES)
        t = ask_row(s, c->row, true, b);
    if (t != TRUTH_YES)
        return t;
    t = ask_row(s, &c->without, false, b);
    return t == TRUTH_MAYBE ? t : t == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* Whether the row ever wins by this item alone. */
static enum truth ask_wins(void *context, struct search *s, struct branch *b) {
    const struct change *c = context;
    enum truth t = ask_alone(context, s, b);
    for (size_t i = 0; t == TRUTH_YES && s->decision->order[i] != c->row; i++) {
        enum truth other = ask_row(s, s->decision->order[i], false, b);
        t = other == TRUTH_MAYBE ? other : other == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
    }
    return t;
}

static enum truth ask_item(void *context, struct search *s, struct branch *b) {
    const struct change *c = context;
    enum truth t = ask_condition(s, c->item, b);
    return t == TRUTH_YES ? ask_row(s, c->row, true, b) : t;
}

/* A condition without one of its items: a kid of an OR, or some values of a test. */
static struct condition *condition_without(const struct condition *c, const struct condition *at,
                                           values values_gone, const struct condition *kid,
                                           struct arena *arena) {
    struct condition *copy = arena_new(arena, struct condition);
    *copy = *c;
    copy->kids = arena_array(arena, struct condition *, c->count);
    copy->count = 0;
    if (at && at == c)
        copy->mask &= ~values_gone;
    for (size_t i = 0; i < c->count; i++)
        if (c->kids[i] != kid)
            copy->kids[copy->count++] = condition_without(c->kids[i], at, values_gone, kid, arena);
    return copy;
}

/* One item of a cell, and what is left of the cell without it. */
struct item {
    size_t cell;
    const struct condition *condition;
    struct condition *rest;
    struct str words;
};

static enum dead_item why_dead(struct prover *p, struct change *change) {
    if (!prover_find(p, ask_alone, change))
        return prover_find(p, ask_item, change) ? ITEM_IMPLIED : ITEM_NEVER;
    bool repeated =
        rows_win_alone(p->decision) ? prover_find(p, ask_wins, change) : p->decision->hit == HIT_COLLECT;
    return repeated ? ITEM_REPEATED : ITEM_OUTRANKED;
}

static void prove_item(struct prover *p, const struct row *row, const struct item *item) {
    struct change change = {.row = row, .without = *row, .item = item->condition};
    struct arena *scratch = p->s.arena;
    change.without.cells = arena_array(scratch, struct row_cell, row->cell_count);
    memcpy(change.without.cells, row->cells, row->cell_count * sizeof(struct row_cell));
    change.without.cells[item->cell].condition = item->rest;
    if (prover_find(p, ask_change, &change) || prover_gave_up(p))
        return;
    struct finding *f = prover_add(p, FINDING_DEAD_ITEM);
    f->row = row;
    f->cell = item->cell;
    f->item = item->words;
    f->why = why_dead(p, &change);
    if (f->why == ITEM_OUTRANKED && prover_find(p, ask_alone, &change)) {
        f->witness = prover_say(p, p->box, &row, 1);
        f->other = prover_winner(p, row);
    }
}

/* Words that make a range of values of one word: taking out one of them would take out no word. */
static bool is_range(struct str text) {
    static const char *const words[] = {"not ",   " to ",  "at least", "at most",  "above",      "below",
                                        "better", "worse", "some",     "recorded", "determined", "`"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_has(text, str_from(words[i])))
            return true;
    return false;
}

/* An item as its cell has it: without the name of its fact where that is the column's. */
static struct str words_of(struct prover *p, const struct row_cell *in, const struct condition *c,
                           values mask) {
    if (c->text.len && c->mask == mask)
        return c->text;
    struct arena *arena = p->arena;
    const struct variable *v = c->variable;
    struct str text = str_lower(arena, in->text);
    bool named = str_has(text, str_lower(arena, v->label));
    if (named && v->item.len && str_has(text, str_lower(arena, v->fact->label)))
        return str_join(arena, v->fact->label, STR(" "), v->label); /* under a header that names nothing */
    if (named || !in->text.len)
        return item_words(v, mask, arena);
    struct buf out = {.arena = arena};
    words_values(&out, v, mask);
    return buf_str(&out);
}

/* The items of one condition of a cell. */
static void prove_condition(struct prover *p, const struct row *row, size_t cell, const struct condition *c) {
    const struct row_cell *in = &row->cells[cell];
    struct arena_mark mark = arena_mark(p->s.arena);
    bool several = c->op == CONDITION_OR || c->op == CONDITION_AND;
    for (size_t i = 0; several && i < c->count; i++) {
        const struct condition *kid = c->kids[i];
        bool item = c->op == CONDITION_OR && (kid->op == CONDITION_TEST || kid->text.len);
        if (item) {
            struct str words = words_of(p, in, kid, kid->mask);
            struct condition *rest = condition_without(in->condition, NULL, 0, kid, p->s.arena);
            prove_item(p, row, &(struct item){cell, kid, rest, words});
            arena_rewind(p->s.arena, mark);
        }
        prove_condition(p, row, cell, kid);
    }
    bool listed = c->op == CONDITION_TEST && c->variable->line == LINE_NONE && (c->mask & (c->mask - 1)) &&
                  !is_range(in->text);
    for (values m = listed ? c->mask : 0; m; m &= m - 1) {
        values bit = m & (~m + 1);
        struct condition one = *c;
        one.mask = bit;
        struct condition *rest = condition_without(in->condition, c, bit, NULL, p->s.arena);
        prove_item(p, row, &(struct item){cell, &one, rest, words_of(p, in, c, bit)});
        arena_rewind(p->s.arena, mark);
    }
}

void prove_items(struct prover *p) {
    const struct decision *d = p->decision;
    size_t before = p->out->count;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        bool dead = row->marker; /* of a dead row no item matters, and that is said */
        for (size_t j = 0; j < before && !dead; j++)
            dead = p->out->findings[j].kind == FINDING_DEAD_ROW && p->out->findings[j].row == row;
        for (size_t c = 0; c < row->cell_count && !dead; c++)
            if (!row->cells[c].must)
                prove_condition(p, row, c, row->cells[c].condition);
    }
}
