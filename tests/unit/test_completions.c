/* SPDX-License-Identifier: MIT */
/*
 * test_completions.c: two whole frameworks, over random schools of which facts are missing.
 *
 * Each decision of Milton Keynes and of Merton is run once for each completion written down, and what comes of it must be
 * what the search gives. Number lines are their pieces, and an earlier decision is what was found to stand of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "policy/condition.h"
#include "policy_help.h"
#include "policy_naive.h"
#include "random.h"

#define COMPLETIONS_MAX 6000
#define SCHOOLS 1200 /* of each framework */

/* ---- one completion ---- */

struct school {
    const struct subject *subject;
    values *is; /* of each variable that is not derived, one value */
};

static bool holds(const struct school *w, const struct condition *c, bool leave);

static values value_of(const struct school *w, const struct variable *v) {
    if (v->applies && !holds(w, v->applies, false))
        return VALUES_NOT_APPLICABLE;
    if (v->when)
        return holds(w, v->when, false) ? VALUES_YES : VALUES_NO;
    return w->is[v->index];
}

static bool holds(const struct school *w, const struct condition *c, bool leave) {
    if (c->op == CONDITION_TRUE || c->op == CONDITION_FALSE)
        return c->op == CONDITION_TRUE;
    if (c->op == CONDITION_TEST) {
        values is = value_of(w, c->variable);
        return (is & c->mask) || (leave && is == VALUES_NOT_APPLICABLE);
    }
    for (size_t i = 0; i < c->count; i++)
        if (holds(w, c->kids[i], leave) != (c->op == CONDITION_AND))
            return c->op != CONDITION_AND;
    return c->op == CONDITION_AND;
}

static bool row_holds(const struct school *w, const struct row *row, bool leave) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (!holds(w, row->cells[i].condition, leave))
            return false;
    return !row->marker;
}

/* ---- all of them ---- */

struct completions {
    const struct decision *decision;
    struct all outputs[OUTPUTS_MAX];
    bool *missed; /* rows that do not count in some completion */
    size_t count;
    const struct row **holding;
};

static void add_completion(struct completions *all, const struct school *w) {
    const struct decision *d = all->decision;
    const struct policy_kind *kind = w->subject->kind;
    struct all one[OUTPUTS_MAX];
    size_t n = 0, tier = SIZE_MAX;
    bool applies = !d->applies || holds(w, d->applies, false), left = false;
    for (size_t i = 0; i < kind->never_count; i++)
        if (holds(w, kind->nevers[i]->when, false))
            return;
    memset(one, 0, sizeof(one));
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->order[i];
        bool counts = applies && row->tier <= tier && row_holds(w, row, false);
        if (counts) {
            tier = row->tier;
            all->holding[n++] = row;
        }
        all->missed[i] = all->missed[i] || !counts;
        left = left || row_holds(w, row, true);
    }
    bool inapplicable = !applies || (d->hit <= HIT_PRIORITY && !n && left);
    for (size_t o = 0; inapplicable && o < d->output_count; o++)
        one[o].set = VALUES_NOT_APPLICABLE;
    if (!inapplicable)
        naive(d, all->holding, n, one);
    for (size_t o = 0; o < d->output_count; o++)
        all_join(&all->outputs[o], &one[o]);
    all->count++;
}

static void complete(struct completions *all, struct school *w, const bool *asked, size_t i) {
    const struct policy_kind *kind = w->subject->kind;
    while (i < kind->variable_count && !asked[i])
        i++;
    if (i == kind->variable_count) {
        add_completion(all, w);
        return;
    }
    for (values m = w->subject->domain[i]; m; m &= m - 1) {
        w->is[i] = m & (~m + 1);
        complete(all, w, asked, i + 1);
    }
}

/* What a condition rests on; false where it rests on an expression that is no condition. */
static bool ask(const struct condition *c, bool *asked) {
    bool plain = c->op != CONDITION_FEEL;
    for (size_t i = 0; i < c->count; i++)
        plain = ask(c->kids[i], asked) && plain;
    if (c->op != CONDITION_TEST)
        return plain;
    const struct variable *v = c->variable;
    asked[v->index] = !v->when;
    plain = !v->is && (!v->applies || ask(v->applies, asked));
    return plain && (!v->when || ask(v->when, asked));
}

static bool ask_decision(const struct policy_kind *kind, const struct decision *d, bool *asked) {
    bool plain = d->hit <= HIT_GUIDE && (!d->applies || ask(d->applies, asked));
    for (size_t i = 0; i < kind->never_count; i++)
        plain = ask(kind->nevers[i]->when, asked) && plain;
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t c = 0; c < d->rows[i]->cell_count; c++)
            plain = ask(d->rows[i]->cells[c].condition, asked) && plain;
    return plain;
}

static size_t how_many(const struct subject *s, const bool *asked, bool *certain) {
    size_t n = 1;
    *certain = true;
    for (size_t i = 0; i < s->kind->variable_count; i++) {
        size_t own = (size_t)__builtin_popcountll(s->domain[i]);
        n = asked[i] && n <= COMPLETIONS_MAX ? n * own : n;
        *certain = *certain && (!asked[i] || own == 1 || !s->kind->variables[i]->output);
    }
    return n;
}

/* ---- random schools ---- */

static struct str random_value(struct random *r, struct arena *arena, const struct variable *v) {
    const struct fact *fact = v->fact;
    if (fact->scale)
        return fact->scale->values[random_below(r, fact->scale->count)].id;
    if (v->line == LINE_NUMBER && v->cut_count) {
        struct buf out = {.arena = arena};
        struct decimal at = v->cuts[random_below(r, v->cut_count)];
        decimal_add(at, decimal_whole((int64_t)random_below(r, 3) - 1), &at);
        decimal_print(&out, at);
        return buf_str(&out);
    }
    return random_below(r, 2) ? STR("yes") : STR("no");
}

/* Most facts are known, some said to be unknown, some left out. */
static void random_school(struct fixture *f, struct random *r, struct arena *arena, struct subject *out) {
    const struct policy_kind *kind = policy_kind(&f->policy, STR("school"));
    struct given *given = arena_array(arena, struct given, kind->fact_count);
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        struct given *g = v->fact ? &given[v->fact_index] : NULL;
        if (!g || v->fact->derived || v->kind != VARIABLE_FACT)
            continue;
        if (!v->item.len && random_below(r, 8))
            *g = (struct given){.state = GIVEN_VALUE, .text = random_value(r, arena, v)};
        if (!v->item.len || random_below(r, 4))
            continue;
        struct str *texts = arena_array(arena, struct str, g->count + 1);
        for (size_t j = 0; j < g->count; j++)
            texts[j] = g->texts[j];
        texts[g->count] = v->item;
        *g = (struct given){.state = GIVEN_VALUE, .texts = texts, .count = g->count + 1};
    }
    for (size_t i = 0; i < kind->fact_count; i++)
        if (random_below(r, 8) == 0)
            given[i] = (struct given){.state = GIVEN_NOT_RECORDED};
    *out =
        (struct subject){.policy = &f->policy, .kind = kind, .as_of = date_make(2026, 3, 1), .given = given};
    subject_init(out, arena);
}

/* ---- comparing ---- */

static size_t compare_school(struct subject *s, struct arena *arena, struct arena *scratch, uint64_t seed) {
    const struct policy_kind *kind = s->kind;
    const struct decision_result *results = subject_decide(s, arena, scratch);
    size_t compared = 0;
    for (size_t i = 0; i < kind->decision_count; i++) {
        const struct decision *d = kind->decisions[i];
        bool certain, *asked = arena_array(arena, bool, kind->variable_count);
        struct school w = {s, arena_array(arena, values, kind->variable_count)};
        struct completions all = {.decision = d, .missed = arena_array(arena, bool, d->row_count)};
        all.holding = arena_array(arena, const struct row *, d->row_count + 1);
        if (!ask_decision(kind, d, asked) || how_many(s, asked, &certain) > COMPLETIONS_MAX)
            continue;
        complete(&all, &w, asked, 0);
        if (!all.count)
            return 0; /* what must never be */
        size_t n = 0;
        struct all always[OUTPUTS_MAX];
        memset(always, 0, sizeof(always));
        for (size_t j = 0; j < d->row_count; j++)
            if (!all.missed[j])
                all.holding[n++] = d->order[j];
        naive(d, all.holding, n, always);
        for (size_t o = 0; o < d->output_count; o++) {
            struct output_result r = results[i].outputs[o];
            all.outputs[o].preferred = all_suggests(&always[o]) & all.outputs[o].set;
            if (!certain) /* earlier suggestions are handed on as well, which is another matter */
                r.suggestion = all.outputs[o].preferred;
            const char *what = wrong(&all.outputs[o], &r);
            if (what)
                fail_msg("school %d, %.*s: %s", (int)seed, STR_ARG(d->id), what);
            compared++;
        }
    }
    return compared;
}

static const char *read(struct folder *folder, struct arena *arena, const char *path) {
    struct str text;
    assert_true(file_read(arena, folder, path, 1 << 20, &text));
    return str_z(arena, text);
}

static void compare_framework(const char *path) {
    struct arena arena = {0};
    struct folder folder;
    struct entries entries;
    struct fixture f;
    const char *pages[FIXTURE_PAGES];
    size_t count = 0, schools = 0;
    assert_true(folder_open(&folder, path));
    assert_true(folder_list(&arena, &folder, "policy", &entries));
    for (size_t i = 0; i < entries.count; i++) {
        const char *text = read(&folder, &arena, entries.items[i].path.at);
        if (strstr(text, "<!-- decision:")) {
            assert_true(count < FIXTURE_PAGES);
            pages[count++] = text;
        }
    }
    policy_make(&f, read(&folder, &arena, "framework.yaml"), pages, count);
    assert_int_equal(f.diags.errors, 0);
    for (uint64_t seed = 1; schools < SCHOOLS && seed < 20 * SCHOOLS; seed++) {
        struct arena school = {0}, scratch = {0};
        struct random r = {seed};
        struct subject s;
        random_school(&f, &r, &school, &s);
        schools += compare_school(&s, &school, &scratch, seed) > 0;
        arena_release(&scratch);
        arena_release(&school);
    }
    assert_int_equal(schools, SCHOOLS);
    policy_release(&f);
    folder_close(&folder);
    arena_release(&arena);
}

static void milton_keynes_equals_every_completion(void **state) {
    (void)state;
    compare_framework("examples/milton-keynes/content");
}

static void merton_equals_every_completion(void **state) {
    (void)state;
    compare_framework("examples/merton/content");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(milton_keynes_equals_every_completion),
        cmocka_unit_test(merton_equals_every_completion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
