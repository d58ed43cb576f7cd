/* SPDX-License-Identifier: MIT */
/* test_prove_cases.c: proofs of random tables against every case written down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/prove.h"
#include "policy_random.h"

struct expected {
    bool gap;
    bool decides[TOY_ROWS];            /* of rows that win alone: in some case; else: counts in some */
    bool together[TOY_ROWS][TOY_ROWS]; /* both count in some case, and none before them in the order wins */
};

static bool wins_alone(const struct toy *t) {
    return t->decision.hit <= HIT_PRIORITY;
}

static const struct row *winner(const struct toy *t, const values *is, const struct row *but) {
    for (size_t i = 0; i < t->decision.row_count; i++)
        if (t->order[i] != but && world_row(t->order[i], is, false))
            return t->order[i];
    return NULL;
}

static void visit_case(void *context, const struct toy *t, const values *is) {
    struct expected *e = context;
    size_t n = t->decision.row_count;
    bool left = false;
    if (!world_applies(t, is))
        return;
    for (size_t i = 0; i < n; i++) {
        bool counts = world_counts(t, &t->rows[i], is, false);
        left = left || world_row(&t->rows[i], is, true);
        e->decides[i] = e->decides[i] || (counts && (!wins_alone(t) || winner(t, is, NULL) == &t->rows[i]));
        for (size_t j = i + 1; counts && j < n; j++) {
            bool first = t->decision.hit != HIT_PRIORITY || winner(t, is, NULL) == &t->rows[i];
            if (first && world_counts(t, &t->rows[j], is, false))
                e->together[i][j] = true;
        }
    }
    e->gap = e->gap || !left;
}

/* Rows of a toy are in order as they stand, so that `i` wins over `j`. */
static bool says_the_same(const struct toy *t, const struct row *a, const struct row *b) {
    for (size_t o = 0; o < t->decision.output_count; o++)
        if (a->answers[o].set != b->answers[o].set || a->answers[o].preferred != b->answers[o].preferred ||
            a->answers[o].normally != b->answers[o].normally)
            return false;
    return true;
}

static bool is_mistake(const struct toy *t, const struct row *a, const struct row *b) {
    switch (t->decision.hit) {
    case HIT_UNIQUE: return true;
    case HIT_ANY:
    case HIT_PRIORITY: return !says_the_same(t, a, b); /* no output of a toy has an order */
    case HIT_COLLECT:
        return a->answers[0].set == b->answers[0].set && t->decision.output_count > 1 &&
               a->answers[1].text.len && b->answers[1].text.len && !says_the_same(t, a, b);
    default: return false;
    }
}

static bool has(const struct proof *p, enum finding_kind kind, const struct row *row,
                const struct row *other) {
    for (size_t i = 0; i < p->count; i++) {
        const struct finding *f = &p->findings[i];
        bool rows = f->row == row && (!other || f->other == other);
        if (f->kind == kind && (rows || (other && f->row == other && f->other == row)))
            return true;
    }
    return false;
}

static const char *compare(const struct toy *t, const struct proof *p, const struct expected *e) {
    if (wins_alone(t) && has(p, FINDING_GAP, NULL, NULL) != e->gap)
        return "gap";
    for (size_t i = 0; i < t->decision.row_count; i++) {
        if (has(p, FINDING_DEAD_ROW, &t->rows[i], NULL) == e->decides[i])
            return "dead row";
        for (size_t j = i + 1; j < t->decision.row_count; j++) {
            bool tier = t->rows[i].tier == t->rows[j].tier;
            bool wrong = tier && e->together[i][j] && is_mistake(t, &t->rows[i], &t->rows[j]);
            if (has(p, FINDING_CONFLICT, &t->rows[i], &t->rows[j]) != wrong)
                return "conflict";
        }
    }
    return NULL;
}

/* ---- items ---- */

/* One item of a row: some values of one test in it. Without it the test has fewer. */
struct item {
    const struct row *row;
    struct condition *test;
    values gone;
    bool matters;
};

static size_t rows_that_speak(const struct toy *t, const values *is, const struct item *item, bool with,
                              const struct row **holding) {
    const struct decision *d = &t->decision;
    size_t n = 0;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = t->order[i];
        bool key = d->hit != HIT_COLLECT || row->answers[0].set == item->row->answers[0].set, blocked = false;
        for (size_t j = 0; j < d->row_count; j++)
            blocked = blocked || (t->rows[j].tier < row->tier && (with || &t->rows[j] != item->row) &&
                                  world_row(&t->rows[j], is, false));
        if (key && !blocked && (row == item->row ? with : world_row(row, is, false)))
            holding[n++] = row;
    }
    return n;
}

/* Entries of any key come in where the row was the only one of its tier that held. */
static bool lets_in(const struct toy *t, const values *is, const struct item *item) {
    bool later = false;
    for (size_t i = 0; i < t->decision.row_count; i++) {
        const struct row *row = &t->rows[i];
        if (row == item->row || !world_row(row, is, false))
            continue;
        if (row->tier <= item->row->tier)
            return false;
        later = true;
    }
    return later && t->decision.hit == HIT_COLLECT;
}

static bool outcomes_differ(const struct toy *t, const values *is, const struct item *item) {
    struct outcome outcomes[2][OUTPUTS_MAX];
    const struct row *holding[TOY_ROWS];
    if (lets_in(t, is, item))
        return true;
    memset(outcomes, 0, sizeof(outcomes));
    for (int with = 0; with < 2; with++)
        search_outcome(&t->decision, holding, rows_that_speak(t, is, item, with, holding), outcomes[with]);
    for (size_t o = 0; o < t->decision.output_count; o++) {
        struct outcome *a = &outcomes[0][o], *b = &outcomes[1][o];
        if (a->set != b->set || a->preferred != b->preferred || a->normally != b->normally ||
            a->nothing != b->nothing || a->number != b->number ||
            (a->number && decimal_cmp(a->low, b->low) != 0))
            return true;
    }
    return false;
}

static void visit_item(void *context, const struct toy *t, const values *is) {
    struct item *item = context;
    const struct row *row = item->row;
    bool with = world_row(row, is, false);
    item->test->mask &= ~item->gone;
    bool without = world_row(row, is, false);
    item->test->mask |= item->gone;
    if (!world_applies(t, is) || with == without)
        return;
    if (!wins_alone(t)) {
        item->matters = item->matters || outcomes_differ(t, is, item);
        return;
    }
    const struct row *next = winner(t, is, row);
    bool silent = true;
    for (size_t o = 0; o < t->decision.output_count; o++)
        silent = silent && row->answers[o].set == VALUES_NOT_DETERMINED;
    if (!next)
        item->matters = item->matters || !silent;
    else if (next > row) /* a toy's rows are in order as they stand */
        item->matters = item->matters || !says_the_same(t, next, row);
}

static size_t dead_item(const struct toy *t, const values *domain, struct item item) {
    struct world w;
    worlds(t, domain, 0, &w, visit_item, &item);
    return !item.matters;
}

/* How many items of a condition never matter: a test among alternatives, and each of several values of a test. */
static size_t dead_items(const struct toy *t, const values *domain, const struct row *row,
                         struct condition *c) {
    size_t dead = 0;
    for (size_t i = 0; i < c->count; i++) {
        struct condition *kid = c->kids[i];
        if (c->op == CONDITION_OR && kid->op == CONDITION_TEST)
            dead += dead_item(t, domain, (struct item){row, kid, kid->mask, false});
        dead += dead_items(t, domain, row, kid);
    }
    for (values m = c->op == CONDITION_TEST && (c->mask & (c->mask - 1)) ? c->mask : 0; m; m &= m - 1)
        dead += dead_item(t, domain, (struct item){row, c, m & (~m + 1), false});
    return dead;
}

static bool items_agree(const struct toy *t, const values *domain, const struct proof *p) {
    for (size_t i = 0; i < t->decision.row_count; i++) {
        size_t expected = 0, found = 0;
        if (has(p, FINDING_DEAD_ROW, &t->rows[i], NULL))
            continue;
        for (size_t c = 0; c < t->rows[i].cell_count; c++)
            expected += dead_items(t, domain, &t->rows[i], t->rows[i].cells[c].condition);
        for (size_t f = 0; f < p->count; f++)
            found += p->findings[f].kind == FINDING_DEAD_ITEM && p->findings[f].row == &t->rows[i];
        if (expected != found)
            return false;
    }
    return true;
}

static void proofs_equal_every_case_written_down(void **state) {
    (void)state;
    size_t gaps = 0, clean = 0;
    for (uint64_t seed = 1; seed <= 900; seed++) {
        struct arena arena = {0}, scratch = {0};
        struct toy t;
        struct subject anybody;
        struct proof proof;
        struct expected e = {0};
        struct world w;
        toy_make(&t, &arena, seed, (enum hit)(seed % (HIT_COUNT + 1)));
        toy_subject(&t, false, &arena, &anybody);
        if (worlds(&t, anybody.domain, 0, &w, visit_case, &e)) {
            proof_run(&anybody, &t.decision, &arena, &scratch, &proof);
            const char *what = compare(&t, &proof, &e);
            if (!what && !items_agree(&t, anybody.domain, &proof))
                what = "items";
            if (what)
                fail_msg("seed %d: %s", (int)seed, what);
            gaps += e.gap;
            clean += !proof.count;
        }
        arena_release(&scratch);
        arena_release(&arena);
    }
    assert_true(gaps > 100 && clean > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proofs_equal_every_case_written_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
