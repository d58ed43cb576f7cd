/* SPDX-License-Identifier: MIT */
/* test_completion.c: the frameworks of the examples, over invented schools of which something is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/words.h"
#include "policy_help.h"
#include "policy_invented.h"
#include "portal/site.h"

/* ---- comparing ---- */

static const char *const statuses[] = {"settled", "candidates", "undetermined", "not applicable"};

static const char *wrong_output(const struct brute_output *expected, const struct output_result *r) {
    if (r->candidates != expected->candidates)
        return "candidates";
    if (r->nothing != expected->nothing)
        return "nothing";
    if (r->status != expected->status)
        return "status";
    if (r->floor != expected->floor)
        return "floor";
    if (expected->candidates != VALUES_NOT_APPLICABLE && r->suggestion != expected->suggestion)
        return "suggestion";
    return r->stands != expected->stands ? "what stands" : NULL;
}

static const char *wrong_entries(const struct decision *d, const struct brute_result *expected,
                                 const struct decision_result *r) {
    size_t n = 0;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct brute_entry *e = &expected->entries[i];
        const struct collected *c = NULL;
        if (!e->key || !e->possible)
            continue;
        n++;
        for (size_t j = 0; j < r->entry_count; j++)
            c = r->entries[j].key == e->key ? &r->entries[j] : c;
        if (!c)
            return "entry left out";
        if (c->certain != e->certain)
            return "certain";
        for (size_t o = 0; o < d->output_count; o++)
            if (c->outcomes[o].set != e->candidates[o])
                return "terms of an entry";
    }
    return n == r->entry_count ? NULL : "surplus entry";
}

/* What differs between the two of one decision, and of which output. */
static const char *wrong(const struct brute_result *expected, const struct decision_result *r,
                         size_t *output) {
    const struct decision *d = r->decision;
    *output = 0;
    if (expected->conflict)
        return "two rows win";
    if (r->hidden != expected->hidden)
        return "hidden";
    if (r->bounded)
        return "bounded";
    if (d->hit == HIT_COLLECT && !r->hidden)
        return wrong_entries(d, expected, r);
    for (; *output < d->output_count; (*output)++) {
        const char *what = wrong_output(&expected->outputs[*output], &r->outputs[*output]);
        if (what && !(r->hidden && d->hit == HIT_COLLECT))
            return what;
    }
    return NULL;
}

/* The record in words, so that a failure can be read without a debugger. */
static void add_school(struct buf *out, const struct invented *s) {
    static const char *const states[] = {"silent", "",       "not recorded", "not applicable",
                                         "none",   "absent", "hidden"};
    for (size_t i = 0; i < s->of->kind->fact_count; i++) {
        const struct given *g = &s->given[i];
        buf_printf(out, "\n  " STR_FMT ": %s" STR_FMT, STR_ARG(s->of->kind->facts[i]->id), states[g->state],
                   STR_ARG(g->text));
        for (size_t j = 0; j < g->count; j++)
            buf_printf(out, " " STR_FMT, STR_ARG(g->texts[j]));
    }
    for (size_t i = 0; i < s->of->kind->output_count; i++)
        if (s->recorded[i].in_force)
            buf_printf(out, "\n  recorded " STR_FMT "." STR_FMT ": " STR_FMT,
                       STR_ARG(s->of->kind->outputs[i]->decision->id), STR_ARG(s->of->kind->outputs[i]->id),
                       STR_ARG(s->recorded[i].in_force->text));
}

static void add_output(struct buf *out, const struct output *o, const struct brute_output *r) {
    words_answers(out, o, r->candidates);
    buf_printf(out, "%s (%s), suggested: ", r->nothing ? " or nothing" : "", statuses[r->status]);
    words_answers(out, o, r->suggestion);
    buf_lit(out, ", floor: ");
    words_answers(out, o, r->floor);
    buf_lit(out, ", stands: ");
    words_answers(out, o, r->stands);
}

static void add_entry(struct buf *out, const struct decision *d, values key, bool certain, values terms) {
    buf_lit(out, "\n    ");
    words_answers(out, &d->outputs[0], key);
    buf_printf(out, " (%s): ", certain ? "certain" : "possible");
    words_answers(out, &d->outputs[d->output_count - 1], terms);
}

static void add_written(struct buf *out, const struct decision *d, size_t output,
                        const struct brute_result *r) {
    buf_lit(out, "\n  written down: ");
    if (d->hit != HIT_COLLECT)
        add_output(out, &d->outputs[output], &r->outputs[output]);
    for (size_t i = 0; d->hit == HIT_COLLECT && i < d->row_count; i++)
        if (r->entries[i].key && r->entries[i].possible)
            add_entry(out, d, r->entries[i].key, r->entries[i].certain,
                      r->entries[i].candidates[d->output_count - 1]);
}

static void add_searched(struct buf *out, const struct decision *d, size_t output,
                         const struct decision_result *r) {
    const struct output_result *o = &r->outputs[output];
    struct brute_output same = {.candidates = o->candidates,
                                .suggestion = o->suggestion,
                                .stands = o->stands,
                                .floor = o->floor,
                                .nothing = o->nothing,
                                .status = o->status};
    buf_lit(out, "\n  searched: ");
    if (d->hit != HIT_COLLECT)
        add_output(out, &d->outputs[output], &same);
    for (size_t i = 0; i < r->entry_count; i++)
        add_entry(out, d, r->entries[i].key, r->entries[i].certain,
                  r->entries[i].outcomes[d->output_count - 1].set);
}

static void say_difference(const struct invented *s, uint64_t seed, size_t output, const char *what,
                           const struct brute_result *expected, const struct decision_result *r) {
    struct buf out = {.arena = s->arena};
    const struct decision *d = r->decision;
    buf_printf(&out, "%s, seed %d, audience %d: " STR_FMT "." STR_FMT ": %s", s->of->name, (int)seed,
               (int)s->subject.audience, STR_ARG(d->id), STR_ARG(d->outputs[output].id), what);
    add_written(&out, d, output, expected);
    add_searched(&out, d, output, r);
    add_school(&out, s);
    fail_msg("%s", str_z(s->arena, buf_str(&out)));
}

/* A change to the policy that only the engine sees. */
struct broken {
    values *mask;
    values flip;
};

/* Whether the two agree of one school; says the first difference where `seed` is to be reported. */
static bool agrees(const struct example *e, uint64_t seed, enum audience audience,
                   const struct broken *broken, size_t *completions) {
    struct arena arena = {0}, scratch = {0};
    struct invented s;
    bool same = true;
    invent(e, seed, audience, &arena, &s);
    struct brute_result *expected = arena_array(&arena, struct brute_result, e->kind->decision_count);
    for (size_t i = 0; i < e->kind->decision_count; i++) {
        brute_decide(&s.brute, e->kind->decisions[i], &expected[i]);
        *completions += s.brute.completions;
    }
    if (broken)
        *broken->mask ^= broken->flip;
    const struct decision_result *results = subject_decide(&s.subject, &arena, &scratch);
    if (broken)
        *broken->mask ^= broken->flip;
    for (size_t i = 0; i < e->kind->decision_count && same; i++) {
        size_t output;
        const char *what = wrong(&expected[i], &results[i], &output);
        same = !what;
        if (what && !broken)
            say_difference(&s, seed, output, what, &expected[i], &results[i]);
    }
    arena_release(&scratch);
    arena_release(&arena);
    return same;
}

static void compare_schools(const struct example *e, size_t schools) {
    size_t completions = 0;
    for (uint64_t seed = 1; seed <= schools; seed++) {
        agrees(e, seed, AUDIENCE_OFFICERS, NULL, &completions);
        if (seed % 8 == 0) {
            agrees(e, seed, AUDIENCE_SCHOOLS, NULL, &completions);
            agrees(e, seed, AUDIENCE_PUBLIC, NULL, &completions);
        }
    }
    assert_true(completions > 20 * schools); /* each is a question of several answers, not of one */
}

/* ---- the frameworks of the examples ---- */

struct portal {
    struct arena arena;
    struct diags diags;
    struct site site;
    struct example example;
};

static void portal_load(struct portal *p, const char *path) {
    struct site_options options = {.path = path, .today = date_make(2026, 5, 1), .threads = 1};
    *p = (struct portal){.diags.arena = &p->arena};
    site_load(&p->site, &p->arena, &options, &p->diags);
    if (p->diags.errors)
        fail_msg("%s: " STR_FMT, path, STR_ARG(p->diags.items[0].text));
    example_of(&p->example, path, &p->site.policy, p->site.as_of, &p->arena);
}

static void portal_release(struct portal *p) {
    site_release(&p->site);
    arena_release(&p->arena);
}

static void compare_portal(const char *path) {
    struct portal p;
    portal_load(&p, path);
    compare_schools(&p.example, 1600);
    portal_release(&p);
}

static void merton_equals_every_completion_written_down(void **state) {
    (void)state;
    compare_portal("examples/merton");
}

static void havering_equals_every_completion_written_down(void **state) {
    (void)state;
    compare_portal("examples/havering");
}

static void ealing_equals_every_completion_written_down(void **state) {
    (void)state;
    compare_portal("examples/ealing");
}

static void milton_keynes_equals_every_completion_written_down(void **state) {
    (void)state;
    compare_portal("examples/milton-keynes");
}

/* ---- what the examples do without ---- */

#define WORDS                                                                                               \
    "scales:\n"                                                                                             \
    "  grade: {values: {inadequate: Inadequate, ri: RI, good: Good, outstanding: Outstanding}, last: best," \
    " beside: {none_yet: Not inspected}}\n"                                                                 \
    "  size: {values: {small: Small, middling: Middling, large: Large}}\n"                                  \
    "  level: {values: {low: Low, mid: Mid, high: High, top: Top}, last: worst}\n"                          \
    "units: [visit]\n"                                                                                      \
    "facts:\n"                                                                                              \
    "  school:\n"                                                                                           \
    "    grade: {label: Ofsted grade, scale: grade, none: none_yet, visible: public}\n"                     \
    "    view: {label: View, scale: level, visible: officers}\n"                                            \
    "    size: {label: Size, scale: size, missing: [small, middling], visible: schools}\n"                  \
    "    risk: {label: At risk, type: yes/no, missing: no, visible: officers}\n"                            \
    "    sixth: {label: Sixth form, type: yes/no, applies: 'size = \"large\"', visible: public}\n"          \
    "    grown: {label: Grown, type: yes/no, is: sixth}\n"                                                  \
    "    quiet: {label: Quiet, type: yes/no, visible: schools}\n"                                           \
    "    trend: {label: Data, set of: {steady: Steady, sharp: Sharp decline, down: Declining}, implies: "   \
    "{sharp: down}, missing: none, visible: officers}\n"                                                    \
    "    score: {label: Score, type: number, visible: public}\n"                                            \
    "    staff: {label: Staff, type: whole, range: 0 to 4, visible: schools}\n"                             \
    "    posts: {label: Posts, type: whole, range: 0 to 3, visible: public}\n"                              \
    "    empty: {label: Empty posts, type: whole, is: posts - staff}\n"                                     \
    "    short: {label: Short of staff, type: yes/no, is: 2 * staff < posts}\n"                             \
    "    was_high: {label: Was high, type: yes/no, when: {View: High or Top in the last 1 year}}\n"         \
    "never:\n"                                                                                              \
    "  school:\n"                                                                                           \
    "    - {when: 'risk and grade = \"outstanding\"', because: the outstanding are safe}\n"                 \
    "    - {when: 'size = \"small\" and staff > 2', because: few staff are in a small school}\n"            \
    "    - {when: 'risk and size = \"large\" and quiet', because: no large school is quiet at risk}\n"      \
    "    - {when: 'risk and size = \"large\" and not(quiet)', because: nor loud}\n"

static const char levels[] =
    "<!-- decision: level\nhit: guide\nid: Id\noutputs: {level: level}\nvisible: officers\n-->\n\n"
    "| Id | Why | Level |\n|---|---|---|\n"
    "| a | At risk | at least mid |\n| b | Data: Sharp decline | at least high |\n"
    "| c | Score: below 65 | normally mid, or high |\n| d | Ofsted grade: RI | mid or high |\n"
    "| e | Ofsted grade: Good or better | normally low |\n| f | Short of staff | high |\n"
    "| g | Ofsted grade: Not inspected; Score: above 80 | not determined |\n"
    "| h | Size: small; Sixth form: not applicable; Data: Declining | not applicable |\n"
    "| *otherwise* | | |\n| i | Size: not small | normally low, or mid |\n";

static const char bands[] =
    "<!-- decision: band\nhit: guide\nid: Id\noutputs: {band: level}\nstands: when recorded\n-->\n\n"
    "| Id | Why | Band |\n|---|---|---|\n"
    "| a | Level: High or Top | at least high |\n| b | Empty posts: at least 2 | mid |\n"
    "| c | Empty posts: below 0 | normally low |\n| d | Level: not applicable | not applicable |\n"
    "| e | Level: Top in the last 2 years | at least top |\n\n"
    "<!-- decision: size\nhit: priority\nid: Id\noutputs:\n"
    "  care: {label: Care, scale: level, prefer: [mid, top, low, high]}\n"
    "  words: {label: Words, type: text, blank: Nothing said}\n-->\n\n"
    "| Id | Size | Score | View | Care | Words |\n|---|---|---|---|---|---|\n"
    "| a | small | above 40 | | low or top | |\n| h | | above 65 | | top | Say |\n| b | not small | 40 to 65 "
    "| recorded | mid | Look |\n"
    "| c | | at most 65 | not recorded | low, mid or top | Ask |\n| d | large | | High | high | Look |\n"
    "| e | | above 80 | | not determined | |\n| *otherwise* | | | | | |\n"
    "| f | | | Low or Mid | top | Was |\n| g | | | | low | |\n";

static const char offers[] =
    "<!-- decision: offers\nhit: collect\nid: Id\noutputs:\n  what: {label: What, type: text}\n"
    "  terms: {label: Terms, type: text, blank: As agreed}\n-->\n\n"
    "| Id | Who | What | Terms |\n|---|---|---|---|\n"
    "| a | any | Visit | |\n| b | Sixth form | Visit | Free |\n| c | Band: mid or better | Course | |\n"
    "| d | Was high | Course | Paid |\n| *otherwise* | | | |\n| e | any | Letter | |\n\n"
    "<!-- decision: form\noutputs: {form: level}\n-->\n\n"
    "| Sixth form | Grown | Size | Form |\n|---|---|---|---|\n| yes | yes | | high |\n"
    "| any | | middling | low |\n\n"
    "<!-- decision: rest\napplies: 'score > 30'\noutputs: {rest: visits a year, sixth: yes/no}\n-->\n\n"
    "| Sixth form | Band | Care | Rest | Sixth |\n|---|---|---|---|---|\n"
    "| yes | not determined | | 2 | yes |\n| yes | low or mid | not low | 3 to 6 | yes |\n"
    "| no | not high | low | none | no |\n| any | high | low | up to 3 | not determined |\n";

static void constructs_load(struct fixture *f, struct example *e) {
    policy_make(f, WORDS, (const char *const[]){levels, bands, offers}, 3);
    if (f->diags.count)
        fail_msg(STR_FMT, STR_ARG(f->diags.items[0].text));
    example_of(e, "other constructs", &f->policy, date_make(2024, 2, 29), &f->arena);
}

static void other_constructs_equal_every_completion_written_down(void **state) {
    (void)state;
    struct fixture f;
    struct example e;
    constructs_load(&f, &e);
    compare_schools(&e, 2400);
    policy_release(&f);
}

/* ---- the test of the test ---- */

/* The first test in a condition that has a value to lose. */
static struct condition *first_test(struct condition *c) {
    struct condition *found = c->op == CONDITION_TEST && (c->mask & c->variable->all) ? c : NULL;
    for (size_t i = 0; i < c->count && !found; i++)
        found = first_test(c->kids[i]);
    return found;
}

static struct condition *first_test_of_row(const struct row *row) {
    struct condition *found = NULL;
    for (size_t i = 0; i < row->cell_count && !found; i++)
        found = first_test(row->cells[i].condition);
    return found;
}

/* A row that says nothing gives what no row would. */
static bool says_something(const struct row *row) {
    for (size_t i = 0; i < row->table->decision->output_count; i++)
        if (row->answers[i].set != VALUES_NOT_DETERMINED)
            return !row->marker;
    return false;
}

static bool is_noticed(const struct example *e, const struct broken *broken, size_t schools) {
    size_t completions = 0;
    for (uint64_t seed = 1; seed <= schools; seed++)
        if (!agrees(e, seed, AUDIENCE_OFFICERS, broken, &completions))
            return true;
    return false;
}

/* From the first test of each row one value is taken. That may change nothing where the row says what the rows after it
 * would say too, of which a framework has few. */
static void break_rows(const struct example *e) {
    size_t tried = 0, noticed = 0;
    for (size_t i = 0; i < e->kind->decision_count; i++)
        for (size_t j = 0; j < e->kind->decisions[i]->row_count; j++) {
            const struct row *row = e->kind->decisions[i]->rows[j];
            struct condition *test = first_test_of_row(row);
            if (!test || !says_something(row))
                continue;
            values mask = test->mask & test->variable->all;
            struct broken broken = {&test->mask, mask & (~mask + 1)};
            tried++;
            noticed += is_noticed(e, &broken, 600);
        }
    assert_true(tried > 20);
    assert_true(20 * noticed >= 19 * tried);
}

static void a_row_broken_in_the_engine_is_noticed(void **state) {
    (void)state;
    static const char *const paths[] = {"examples/merton", "examples/milton-keynes", "examples/havering",
                                        "examples/ealing"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct portal p;
        portal_load(&p, paths[i]);
        break_rows(&p.example);
        portal_release(&p);
    }
    struct fixture f;
    struct example e;
    constructs_load(&f, &e);
    break_rows(&e);
    policy_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merton_equals_every_completion_written_down),
        cmocka_unit_test(havering_equals_every_completion_written_down),
        cmocka_unit_test(ealing_equals_every_completion_written_down),
        cmocka_unit_test(milton_keynes_equals_every_completion_written_down),
        cmocka_unit_test(other_constructs_equal_every_completion_written_down),
        cmocka_unit_test(a_row_broken_in_the_engine_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
