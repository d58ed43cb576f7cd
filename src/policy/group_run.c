/* SPDX-License-Identifier: MIT */
/* group_run.c: a group, or what is known of one, through the nodes of a program. */
#include "policy/condition.h"
#include "policy/group_priv.h"

void group_run_open(struct group_run *run, const struct group_plan *plan, enum group_mode mode) {
    run->plan = plan;
    run->mode = mode;
    run->without = GROUP_NOBODY;
    run->corner = false;
    run->uncertain_count = 0;
    run->moment = 1;
    memset(run->amount_at, 0, sizeof(run->amount_at));
}

/* ---- numbers ---- */

/* Without leave to use the processor's own instruction, the compiler's function for it is slower than this. */
static size_t bits_counted(uint64_t w) {
    w -= w >> 1 & 0x5555555555555555U;
    w = (w & 0x3333333333333333U) + (w >> 2 & 0x3333333333333333U);
    return (size_t)(((w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fU) * 0x0101010101010101U >> 56);
}

static const uint64_t *row_of(const struct group_run *run, const uint64_t *planes, int by, size_t words) {
    return by == GROUP_NONE ? planes : planes + run->at[by] * words;
}

/* Some of the members that are not known may be counted too. */
static struct group_amount count_amount(const struct group_run *run, const struct group_number *n) {
    if (run->mode == GROUP_SOME || (run->mode == GROUP_COUNTS && n->count == SIZE_MAX))
        return (struct group_amount){.free = true};
    if (run->mode == GROUP_COUNTS)
        return (struct group_amount){false, (int64_t)run->sure[n->count], (int64_t)run->possible[n->count]};
    size_t words = n->set->of->words, sure = 0, maybe = 0;
    const uint64_t *in = row_of(run, n->set->sure, n->set->by, words);
    const uint64_t *may = row_of(run, n->set->maybe, n->set->by, words);
    for (size_t w = 0; w < words; w++) {
        if (!run->members[w])
            continue;
        sure += bits_counted(run->members[w] & in[w]);
        if (run->members[w] & may[w])
            maybe += bits_counted(run->members[w] & may[w]);
    }
    return (struct group_amount){false, (int64_t)sure, (int64_t)(sure + maybe)};
}

static void found_uncertain(struct group_run *run, size_t item) {
    for (size_t i = 0; i < run->uncertain_count; i++)
        if (run->uncertain[i] == item)
            return;
    if (run->uncertain_count < GROUP_CORNER_ITEMS)
        run->uncertain[run->uncertain_count++] = item;
}

static struct group_amount amount(struct group_run *run, const struct group_number *n);

/* No number at all lies in it. */
static const struct group_amount nothing_known = {false, 1, 0};

static bool is_nothing(struct group_amount a) {
    return a.least > a.most;
}

static values piece(const struct group_fact *f, int64_t n) {
    return n >= 0 && (size_t)n < f->piece_count ? f->pieces[n]
                                                : variable_piece(f->variable, decimal_whole(n));
}

/* Without what lies outside the range of the fact; where all of it does, nothing is known of it. */
static struct group_amount in_range(const struct group_fact *f, struct group_amount a) {
    while (a.least <= a.most && !(piece(f, a.least) & f->variable->all))
        a.least++;
    while (a.least <= a.most && !(piece(f, a.most) & f->variable->all))
        a.most--;
    return a.least <= a.most ? a : nothing_known;
}

/* In a corner it is its least or its most. */
static struct group_amount fact_amount(struct group_run *run, size_t fact) {
    const struct group_fact *f = &run->plan->facts[fact];
    if (run->amount_at[fact] != run->moment) {
        struct group_amount a = amount(run, f->number);
        if (!a.free)
            a = in_range(f, a);
        if (run->corner && !a.free && a.least < a.most)
            a.least = a.most = run->high[fact] ? a.most : a.least;
        run->amounts[fact] = a;
        run->amount_at[fact] = run->moment;
    }
    struct group_amount a = run->amounts[fact];
    if (!a.free && a.least < a.most)
        found_uncertain(run, fact);
    return a;
}

static int64_t least_of(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static struct group_amount product(struct group_amount a, struct group_amount b) {
    int64_t p = a.least * b.least, q = a.least * b.most, r = a.most * b.least, s = a.most * b.most;
    return (struct group_amount){false, least_of(least_of(p, q), least_of(r, s)),
                                 -least_of(least_of(-p, -q), least_of(-r, -s))};
}

static struct group_amount amount(struct group_run *run, const struct group_number *n) {
    switch (n->op) {
    case NUMBER_CONST: return (struct group_amount){false, n->least, n->most};
    case NUMBER_COUNT: return count_amount(run, n);
    case NUMBER_FACT: return fact_amount(run, n->fact);
    default: break;
    }
    struct group_amount a = amount(run, n->kids[0]), b = amount(run, n->kids[1]);
    if (a.free || b.free)
        return (struct group_amount){.free = true};
    if (is_nothing(a) || is_nothing(b))
        return nothing_known;
    if (n->op == NUMBER_MULTIPLY)
        return product(a, b);
    return n->op == NUMBER_ADD ? (struct group_amount){false, a.least + b.least, a.most + b.most}
                               : (struct group_amount){false, a.least - b.most, a.most - b.least};
}

/* As feel_order and feel_equal have it of what is unknown between bounds. */
static truths compare(enum feel_op op, struct group_amount a, struct group_amount b) {
    bool low = false, high = false;
    if (a.free || b.free)
        return COULD_ANY;
    if (is_nothing(a) || is_nothing(b))
        return COULD_MAYBE;
    switch (op) {
    case FEEL_LT: low = a.least < b.most, high = a.most < b.least; break;
    case FEEL_LE: low = a.least <= b.most, high = a.most <= b.least; break;
    case FEEL_GT: low = a.least > b.most, high = a.most > b.least; break;
    case FEEL_GE: low = a.least >= b.most, high = a.most >= b.least; break;
    default:
        if (a.most < b.least || b.most < a.least)
            return op == FEEL_EQ ? COULD_NO : COULD_YES;
        if (a.least < a.most || b.least < b.most)
            return COULD_MAYBE;
        return op == FEEL_EQ ? COULD_YES : COULD_NO;
    }
    return low != high ? COULD_MAYBE : low ? COULD_YES : COULD_NO;
}

static truths test(struct group_run *run, const struct group_node *n) {
    const struct group_fact *f = &run->plan->facts[n->fact];
    struct group_amount a = fact_amount(run, n->fact);
    values mask = 0;
    if (a.free)
        return COULD_ANY & ~COULD_NULL;
    for (int64_t i = a.least; i <= a.most; i++)
        mask |= piece(f, i);
    return !(mask & n->mask) ? COULD_NO : mask & ~n->mask ? COULD_MAYBE : COULD_YES;
}

/* ---- some and every ---- */

static bool meets(const struct group_run *run, const uint64_t *plane, size_t words) {
    for (size_t w = 0; w < words; w++)
        if (run->members[w] && (run->members[w] & plane[w]))
            return true;
    return false;
}

/* Whoever else is a member may decide it, or leave it open; nobody takes back what was decided. */
static truths with_others(const struct group_run *run, const struct group_node *n, truths t) {
    truths decided = n->every ? COULD_NO : COULD_YES, out = t;
    if (run->mode == GROUP_WHOLE || n->set->of != run->plan->members)
        return t;
    if (t & ~decided)
        out |= COULD_MAYBE | decided;
    return t & truths_not(decided) ? COULD_ANY : out;
}

static truths fold(const struct group_run *run, const struct group_node *n) {
    size_t words = n->set->of->words;
    truths t = n->every ? COULD_YES : COULD_NO;
    if (meets(run, row_of(run, n->decides, n->variable, words), words))
        t = truths_not(t);
    else if (meets(run, row_of(run, n->unknown, n->variable, words), words))
        t = COULD_MAYBE;
    else if (meets(run, row_of(run, n->null, n->variable, words), words))
        t = COULD_NULL;
    return with_others(run, n, t);
}

static truths truth(struct group_run *run, const struct group_node *n);

/* One that may not be there decides nothing, as loop_quantified has it. */
static truths each_one(struct group_run *run, const struct group_node *n, size_t i, bool sure) {
    truths neutral = n->every ? COULD_YES : COULD_NO;
    run->at[n->variable] = i;
    truths t = truth(run, n->kids[0]);
    return sure ? t : (truths)((t & neutral) | (t & ~neutral ? COULD_MAYBE : 0));
}

static truths each(struct group_run *run, const struct group_node *n) {
    size_t words = n->set->of->words;
    bool members = n->set->of == run->plan->members;
    const uint64_t *sure = row_of(run, n->set->sure, n->set->by, words);
    const uint64_t *maybe = row_of(run, n->set->maybe, n->set->by, words);
    truths neutral = n->every ? COULD_YES : COULD_NO, all = neutral;
    for (size_t w = 0; w < words; w++)
        for (uint64_t in = (sure[w] | maybe[w]) & (members ? run->members[w] : ~(uint64_t)0); in;
             in &= in - 1) {
            size_t i = w * 64 + (size_t)__builtin_ctzll(in);
            truths one = each_one(run, n, i, plane_has(sure, i));
            all = n->every ? truths_and(all, one) : truths_or(all, one);
            if (all == truths_not(neutral))
                return all;
        }
    return with_others(run, n, all);
}

static truths contains(const struct group_run *run, const struct group_node *n) {
    size_t i = run->at[n->variable];
    i = n->member ? n->member[i] : i;
    if (i == SIZE_MAX)
        return COULD_NO;
    bool sure = plane_has(n->set->sure, i), maybe = plane_has(n->set->maybe, i);
    if (!sure && !maybe)
        return COULD_NO;
    truths there = sure ? COULD_YES : COULD_MAYBE;
    if (plane_has(run->members, i))
        return there;
    return run->mode == GROUP_SOME && i != run->without ? (truths)(there | COULD_NO) : COULD_NO;
}

/* ---- truths ---- */

/* What cannot be worked out is taken for known in a corner, as a search would take it. */
static truths holds(struct group_run *run, const struct group_node *n) {
    truths t = truth(run, n->kids[0]);
    truths yes = n->wanted ? COULD_YES : COULD_NO, no = truths_not(yes), out = 0;
    if (t & yes)
        out |= COULD_YES;
    if (t & (no | COULD_NULL))
        out |= COULD_NO;
    if (!(t & COULD_MAYBE))
        return out;
    if (run->corner)
        return out | (run->high[n->item] ? COULD_YES : COULD_NO);
    found_uncertain(run, n->item);
    return out | COULD_MAYBE;
}

static truths looked_up(const struct group_run *run, const struct group_table *t) {
    size_t i = run->at[t->inner], row = t->outer == GROUP_NONE ? 0 : run->at[t->outer];
    bool yes = plane_has(t->yes + row * t->words, i), no = plane_has(t->no + row * t->words, i);
    return yes ? (no ? COULD_MAYBE : COULD_YES) : no ? COULD_NO : COULD_NULL;
}

static truths both(struct group_run *run, const struct group_node *n) {
    truths a = truth(run, n->kids[0]);
    if (a == (n->op == GROUP_AND ? COULD_NO : COULD_YES))
        return a;
    truths b = truth(run, n->kids[1]);
    return n->op == GROUP_AND ? truths_and(a, b) : truths_or(a, b);
}

static truths truth(struct group_run *run, const struct group_node *n) {
    bool counts = run->mode == GROUP_COUNTS;
    switch (n->op) {
    case GROUP_CONST: return n->constant;
    case GROUP_LOOKUP: return looked_up(run, n->table);
    case GROUP_AND:
    case GROUP_OR: return both(run, n);
    case GROUP_NOT: return truths_not(truth(run, n->kids[0]));
    case GROUP_FOLD: return counts ? COULD_ANY : fold(run, n);
    case GROUP_EACH: return counts ? COULD_ANY : each(run, n);
    case GROUP_CONTAINS: return contains(run, n);
    case GROUP_COMPARE: return compare(n->compare, amount(run, n->numbers[0]), amount(run, n->numbers[1]));
    case GROUP_FACT: return truth(run, run->plan->facts[n->fact].when);
    case GROUP_TEST: return test(run, n);
    case GROUP_HOLDS: return holds(run, n);
    }
    return COULD_ANY;
}

truths group_run_row(struct group_run *run, const struct group_node *row) {
    run->uncertain_count = 0;
    return truth(run, row);
}

/* Each thing that is uncertain is somewhere at its least and somewhere at its most in the completions that a search goes
 * through, whatever the others are. So what is no in some corner is not certainly met, and where another is yes too, no
 * search would know more. */
truths group_run_corners(struct group_run *run, const struct group_node *row) {
    truths ends = 0;
    size_t count = run->uncertain_count;
    size_t items[GROUP_CORNER_ITEMS];
    memcpy(items, run->uncertain, sizeof(items));
    memset(run->high, 0, sizeof(run->high));
    run->corner = true;
    for (size_t corner = 0; corner < (size_t)1 << count; corner++) {
        for (size_t i = 0; i < count; i++)
            run->high[items[i]] = corner >> i & 1;
        run->moment++;
        truths t = truth(run, row);
        if (t == COULD_NO || t == COULD_YES)
            ends |= t;
    }
    run->corner = false;
    run->moment++;
    run->uncertain_count = 0;
    return ends;
}
