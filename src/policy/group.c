/* SPDX-License-Identifier: MIT */
/*
 * group.c: which groups certainly meet the breach rows.
 *
 * The program is asked first. Where it says maybe of a row, completions are tried that differ most; if one meets the row
 * and another does not, that is the answer, and else the search is asked, which sees how one fact goes with another. What
 * the search finds is not kept: that would be shared between threads, and it is rare.
 */
#include "policy/group.h"

#include "policy/decide.h"
#include "policy/group_priv.h"

struct group_rules {
    const struct group_field *field;
    struct group_plan **plans; /* of each form */
    size_t words;
};

struct group_rules *group_rules_new(const struct group_field *field, struct arena *arena,
                                    struct arena *scratch) {
    struct group_rules *rules = arena_new(arena, struct group_rules);
    *rules = (struct group_rules){.field = field, .words = (field->member_count + 63) / 64};
    rules->plans = arena_array(arena, struct group_plan *, field->form_count);
    for (size_t i = 0; i < field->form_count; i++) {
        struct arena_mark mark = arena_mark(scratch);
        rules->plans[i] = group_compile(field, i, arena, scratch);
        arena_rewind(scratch, mark);
    }
    return rules;
}

/* ---- the slow road ---- */

static enum truth worse(enum truth a, enum truth b) {
    return a == TRUTH_NO || b == TRUTH_NO ? TRUTH_NO : a == TRUTH_MAYBE ? a : b;
}

static enum truth assembled_admits(const struct group_rules *rules, const uint64_t *members, size_t form,
                                   struct arena *scratch) {
    const struct group_field *field = rules->field;
    struct arena_mark mark = arena_mark(scratch);
    const struct subject *group = field->assemble(field->context, members, form, scratch);
    enum truth all = TRUTH_YES;
    for (size_t i = 0; i < field->must_count && all != TRUTH_NO; i++) {
        const struct decision *check = field->must[i]->decision;
        struct check_result result;
        subject_check(group, check, (size_t)(field->must[i] - check->outputs), scratch, scratch, &result);
        all = worse(all, result.verdict == CHECK_FAILS    ? TRUTH_NO
                         : result.verdict == CHECK_PASSES ? TRUTH_YES
                                                          : TRUTH_MAYBE);
    }
    arena_rewind(scratch, mark);
    return all;
}

/* ---- the fast one ---- */

enum truth group_admits(const struct group_rules *rules, const uint64_t *members, size_t form,
                        struct arena *scratch) {
    const struct group_plan *plan = rules->plans[form];
    struct group_run run;
    bool maybe = false, asked = plan->slow;
    group_run_open(&run, plan, GROUP_WHOLE);
    run.members = members;
    for (size_t i = 0; i < plan->row_count; i++) {
        truths t = group_run_row(&run, plan->rows[i]);
        if (t == COULD_NO)
            return TRUTH_NO;
        if (t == COULD_YES)
            continue;
        maybe = true;
        asked = asked || group_run_corners(&run, plan->rows[i]) != (COULD_YES | COULD_NO);
    }
    if (asked)
        return assembled_admits(rules, members, form, scratch);
    return maybe ? TRUTH_MAYBE : TRUTH_YES;
}

bool group_slow(const struct group_rules *rules, size_t form) {
    return rules->plans[form]->slow;
}

/* ---- what is impossible ---- */

/* Whether a row is certainly not met, or in some completion is not, whatever is not known of the group. */
static bool some_row_fails(struct group_run *run) {
    for (size_t i = 0; i < run->plan->row_count; i++) {
        const struct group_node *row = run->plan->rows[i];
        truths t = group_run_row(run, row);
        if (t == COULD_NO || (!(t & COULD_YES) && (group_run_corners(run, row) & COULD_NO)))
            return true;
    }
    return false;
}

/* Whether no group that has a and b among its members, and not `without`, is admitted. */
static bool together_fail(const struct group_rules *rules, size_t form, size_t a, size_t b, size_t without) {
    struct group_run run;
    uint64_t few[GROUP_WORDS_FEW] = {0}, *members = few;
    struct arena more = {0};
    if (rules->words > GROUP_WORDS_FEW)
        members = arena_array(&more, uint64_t, rules->words);
    plane_add(members, a);
    plane_add(members, b);
    group_run_open(&run, rules->plans[form], GROUP_SOME);
    run.members = members;
    run.without = without;
    bool fails = some_row_fails(&run);
    arena_release(&more);
    return fails;
}

bool group_bars(const struct group_rules *rules, size_t m, size_t form) {
    return together_fail(rules, form, m, m, GROUP_NOBODY);
}

bool group_parts(const struct group_rules *rules, size_t a, size_t b, size_t form) {
    return together_fail(rules, form, a, b, GROUP_NOBODY);
}

bool group_needs(const struct group_rules *rules, size_t a, size_t b, size_t form) {
    return a != b && together_fail(rules, form, a, a, b);
}

/* ---- counts ---- */

size_t group_counts(const struct group_rules *rules, size_t form) {
    return rules->plans[form]->count_count;
}

bool group_counted(const struct group_rules *rules, size_t form, size_t count, size_t m, bool *possibly) {
    const struct group_set *set = rules->plans[form]->counts[count];
    bool sure = plane_has(set->sure, m);
    *possibly = sure || plane_has(set->maybe, m);
    return sure;
}

bool group_may(const struct group_rules *rules, size_t form, const size_t *sure, const size_t *possible) {
    struct group_run run;
    group_run_open(&run, rules->plans[form], GROUP_COUNTS);
    run.sure = sure;
    run.possible = possible;
    return !some_row_fails(&run);
}
