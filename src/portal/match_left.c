/* SPDX-License-Identifier: MIT */
/* match_left.c: schools that have no place in any proposal, and what stands in the way. */
#include <stdlib.h>

#include "portal/match_inside.h"

/* A school's groups are counted with all of so many others, or with those nearest to it: so many that the tables can be asked
 * about each group as a whole, row by row. */
#define OTHERS_MAX 7

/* ---- groups that a school could be in ---- */

/* What was tried, and which rows were in the way. */
struct tally {
    const struct match_problem *problem;
    size_t school, node;
    size_t others[OTHERS_MAX]; /* nodes */
    size_t other_count, others_max;
    bool some; /* there are more than were tried */
    struct arena *arena;

    size_t row_count; /* of all the checks that count */
    const struct row **rows;
    size_t *broken;  /* [row]: in how many groups it is not met, */
    size_t *unclear; /* or is not certain */
    size_t tried, fine;
    size_t lonely;             /* forms in which nobody else may be */
    const struct row **barred; /* [form]: the row that rules the kind out */
};

static void list_rows(struct tally *t) {
    const struct match_plan *plan = t->problem->plan;
    for (size_t i = 0; i < plan->must_count; i++)
        t->row_count += plan->must[i]->decision->row_count;
    t->rows = arena_array(t->arena, const struct row *, t->row_count);
    t->broken = arena_array(t->arena, size_t, t->row_count);
    t->unclear = arena_array(t->arena, size_t, t->row_count);
    t->row_count = 0;
    for (size_t i = 0; i < plan->must_count; i++)
        for (size_t j = 0; j < plan->must[i]->decision->row_count; j++)
            t->rows[t->row_count++] = plan->must[i]->decision->rows[j];
}

/* Whether a node may be in groups of that form at all: one that may not would only be counted as broken. */
static bool may_be_in(const struct match_problem *p, size_t node, size_t form) {
    bool may = true;
    for (size_t i = 0; i < p->nodes[node].count && may; i++)
        may = !group_bars(p->rules, p->nodes[node].schools[i], form);
    return may;
}

static int64_t points_with(const struct match_problem *p, size_t school, size_t node) {
    int64_t points = 0;
    for (size_t i = 0; i < p->nodes[node].count; i++)
        points += match_affinity(p, school, p->nodes[node].schools[i]);
    return points;
}

/* Those that may be in a group of that form, or `anybody`, nearest first: most points with the school, then by id. */
static void list_others(struct tally *t, size_t form, bool anybody) {
    const struct match_problem *p = t->problem;
    int64_t points[OTHERS_MAX] = {0};
    t->other_count = 0;
    for (size_t n = 0; n < p->node_count; n++) {
        int64_t own = points_with(p, t->school, n);
        size_t at = t->other_count;
        bool other_kind = p->node_block[n] && p->node_block[n] != 1 + form;
        if (n == t->node || other_kind || (!anybody && !may_be_in(p, n, form)))
            continue;
        t->some = t->some || t->other_count == t->others_max;
        while (at && points[at - 1] < own)
            at--;
        if (at == t->others_max)
            continue;
        size_t last = t->other_count < t->others_max ? t->other_count++ : t->others_max - 1;
        for (size_t i = last; i > at; i--) {
            t->others[i] = t->others[i - 1];
            points[i] = points[i - 1];
        }
        t->others[at] = n;
        points[at] = own;
    }
}

/* The school with some of the others; false where two kept partnerships would be in one group. */
static bool make_group(const struct tally *t, size_t chosen, uint64_t *nodes) {
    size_t blocks = 0;
    memset(nodes, 0, t->problem->node_words * sizeof(*nodes));
    bits_add(nodes, t->node);
    for (size_t i = 0; i < t->other_count; i++) {
        size_t n = t->others[i];
        if (!(chosen >> i & 1))
            continue;
        bits_add(nodes, n);
        if (t->problem->node_block[n] && ++blocks > 1)
            return false;
    }
    return true;
}

/* Asks the tables, row by row. */
static void try_group(struct tally *t, const uint64_t *nodes, size_t form, size_t *broken, size_t *unclear) {
    const struct match_problem *p = t->problem;
    struct arena_mark mark = arena_mark(&p->scratch[0]);
    struct arena scratch = {0};
    uint64_t *schools = arena_array(&p->scratch[0], uint64_t, p->words);
    size_t at = 0;
    bool wrong = false, open = false;
    match_schools_of(p, nodes, schools);
    const struct subject *group = match_assemble(p, schools, NULL, form, &p->scratch[0]);
    for (size_t i = 0; i < p->plan->must_count; i++) {
        const struct output *must = p->plan->must[i];
        struct check_result r;
        subject_check(group, must->decision, (size_t)(must - must->decision->outputs), &p->scratch[0],
                      &scratch, &r);
        for (size_t j = 0; j < r.count; j++, at++) {
            bool counts = r.rows[j].applied && r.rows[j].breach;
            bool no = counts && r.rows[j].state == CHECK_NOT_MET;
            bool maybe = counts && r.rows[j].state == CHECK_NOT_KNOWN;
            broken[at] += no;
            unclear[at] += maybe;
            wrong = wrong || no;
            open = open || maybe;
        }
    }
    t->tried++;
    t->fine += !wrong && !open;
    arena_release(&scratch);
    arena_rewind(&p->scratch[0], mark);
}

/* ---- what is said of it ---- */

static struct str row_words(const struct tally *t, const struct row *r) {
    for (size_t i = 0; i < r->cell_count; i++)
        if (r->cells[i].must && !str_eq(r->cells[i].text, r->label))
            return str_join(t->arena, r->label, STR(" ("), r->cells[i].text, STR(")"));
    return r->label;
}

/* In how many of the groups that the school could be in each row is not certain; how many groups that were. */
static size_t try_all(struct tally *t, size_t form, size_t *wrong) {
    uint64_t *nodes = arena_array(t->arena, uint64_t, t->problem->node_words);
    size_t tried = t->tried;
    for (size_t chosen = 1; chosen < (size_t)1 << t->other_count; chosen++)
        if (make_group(t, chosen, nodes))
            try_group(t, nodes, form, wrong ? wrong : t->broken, wrong ? wrong : t->unclear);
    return t->tried - tried;
}

/* The row that rules a kind out: every group with the school breaks it, and somebody else alone does not. A row that nobody
 * meets alone, as one about size, speaks of the others as much. */
static const struct row *barring_row(const struct tally *t, size_t form) {
    const struct match_problem *p = t->problem;
    if (!group_bars(p->rules, t->school, form))
        return NULL;
    uint64_t *nodes = arena_array(t->arena, uint64_t, p->node_words);
    size_t *wrong = arena_array(t->arena, size_t, t->row_count);
    size_t *alone = arena_array(t->arena, size_t, t->row_count);
    struct tally own = *t;
    const struct row *first = NULL;
    list_others(&own, form, false);
    if (!own.other_count)
        list_others(&own, form, true);
    size_t tried = try_all(&own, form, wrong);
    for (size_t i = 0; i < own.other_count; i++) {
        memset(nodes, 0, p->node_words * sizeof(*nodes));
        bits_add(nodes, own.others[i]);
        try_group(&own, nodes, form, alone, alone);
    }
    for (size_t i = 0; i < t->row_count; i++) {
        if (wrong[i] < tried)
            continue;
        if (alone[i] < own.other_count)
            return t->rows[i];
        first = tried ? t->rows[i]
                      : NULL; /* nobody to compare it with: the last of them, since general rows come first */
    }
    return first;
}

static void try_form(struct tally *t, size_t form) {
    t->barred[form] = barring_row(t, form);
    if (t->barred[form])
        return;
    list_others(t, form, false);
    t->lonely += !t->other_count;
    try_all(t, form, NULL);
}

static void add_count(struct buf *b, size_t count, const char *one, const char *many, struct str rest) {
    buf_printf(b, "%s%zu %s" STR_FMT, b->len ? "; " : "", count, count == 1 ? one : many, STR_ARG(rest));
}

/* The row that is in the way of most groups first, of equals in the order of the tables: what stands in a school's way should
 * not have to be looked for. */
static void add_rows(const struct tally *t, const size_t *counts, const char *one, const char *many,
                     struct buf *b) {
    bool *said = arena_array(t->arena, bool, t->row_count);
    for (size_t n = 0; n < t->row_count; n++) {
        size_t most = t->row_count;
        for (size_t i = 0; i < t->row_count; i++)
            if (!said[i] && counts[i] && (most == t->row_count || counts[i] > counts[most]))
                most = i;
        if (most == t->row_count)
            return;
        said[most] = true;
        add_count(b, counts[most], one, many, row_words(t, t->rows[most]));
    }
}

/* "Of 41 groups that it could be in, 38 break Balance; 3 keep every rule, and the best set of proposals is without them". */
static void say_tried(struct tally *t, struct match_words *out) {
    struct buf b = {.arena = t->arena};
    add_rows(t, t->broken, "breaks ", "break ", &b);
    add_rows(t, t->unclear, "may break ", "may break ", &b);
    if (t->fine)
        add_count(&b, t->fine, "keeps every rule, and the best set of proposals is without it",
                  "keep every rule, and the best set of proposals is without them", (struct str){0});
    if (!t->tried || !b.len)
        return;
    struct buf all = {.arena = t->arena};
    buf_printf(&all, "Of %zu group%s that it could be in%s, ", t->tried, t->tried == 1 ? "" : "s",
               t->some ? " with the schools nearest to it by wishes" : "");
    buf_add(&all, buf_str(&b));
    match_say(out, t->arena, buf_str(&all));
}

/* "Hard and Loose are ruled out by Kind (Every school accepts the kind)": each row once, with its kinds. */
static void say_barred(const struct tally *t, struct match_words *out) {
    size_t forms = t->problem->forms;
    for (size_t f = 0; f < forms; f++) {
        struct str *kinds = arena_array(t->arena, struct str, forms);
        size_t count = 0;
        bool said = false;
        for (size_t g = 0; g < forms && t->barred[f]; g++) {
            if (t->barred[g] != t->barred[f])
                continue;
            said = said || g < f;
            kinds[count++] = scale_value_label(t->problem->plan->kinds[g]);
        }
        if (said || !count)
            continue;
        struct str which = count == forms ? STR("Every kind") : str_listed(t->arena, kinds, count);
        match_say(out, t->arena,
                  str_join(t->arena, which, count > 1 && count < forms ? STR(" are") : STR(" is"),
                           STR(" ruled out by "), row_words(t, t->barred[f])));
    }
}

/* Whether the policy knows a fact from there: elsewhere nobody could have said it. */
static bool asked_of(const struct match_school *school, const char *from) {
    const struct policy_kind *kind = school->subject->kind;
    for (size_t i = 0; i < kind->fact_count; i++)
        if (str_eq(kind->facts[i]->from, str_from(from)))
            return true;
    return false;
}

/* The partnership that is there of which it is an associate already, or NULL. */
static const struct match_group *associate_of(const struct match_problem *p, size_t school) {
    for (size_t i = 0; i < p->network->group_count; i++) {
        const struct match_group *group = &p->network->groups[i];
        for (size_t k = 0; group->kept && k < group->associate_count; k++)
            if (p->schools[school] == &p->network->schools[group->associates[k]])
                return group;
    }
    return NULL;
}

static void say_reasons(const struct match_problem *p, size_t school, size_t node, size_t others,
                        struct arena *arena, struct match_left *out) {
    struct tally t = {.problem = p, .school = school, .node = node, .others_max = others, .arena = arena};
    struct match_words words = {0};
    list_rows(&t);
    t.barred = arena_array(arena, const struct row *, p->forms);
    for (size_t f = 0; f < p->forms; f++)
        try_form(&t, f);
    if (asked_of(p->schools[school], "wishes.kinds") && !match_said(p->schools[school], "wishes.kinds").count)
        match_say(&words, arena, STR("It has not said which kinds it accepts"));
    say_barred(&t, &words);
    say_tried(&t, &words);
    if (t.lonely)
        match_say(&words, arena,
                  str_join(arena, STR("No other school may be in "),
                           t.lonely == 1 ? STR("the kind that is left") : STR("the kinds that are left")));
    if (associate_of(p, school))
        match_say(&words, arena,
                  str_join(arena, STR("It stays an associate of "), associate_of(p, school)->title));
    out->reasons = words.items;
    out->reason_count = words.count;
}

/* ---- associates ---- */

/* Where it fits best: most points with the members, then the first. */
struct place_found {
    bool any;
    int64_t points;
    const struct match_proposal *proposal;
    const struct match_group *group;
};

static bool refuses_any(const struct match_problem *p, size_t school, const uint64_t *members) {
    for (size_t m = 0; m < p->count; m++)
        if (bits_has(members, m) && match_refuses(p->schools[school], p->schools[m]))
            return true;
    return false;
}

static void try_place(const struct match_problem *p, size_t school, const uint64_t *members,
                      uint64_t *associates, size_t form, struct place_found place, struct place_found *best) {
    struct arena arena = {0}, scratch = {0};
    for (size_t m = 0; m < p->count; m++)
        place.points += bits_has(members, m) ? match_affinity(p, school, m) : 0;
    place.any = true;
    if (best->any && best->points >= place.points)
        return;
    bits_add(associates, school);
    if (!bits_has(members, school) && !refuses_any(p, school, members) &&
        match_verifies(p, match_assemble(p, members, associates, form, &arena), &arena, &scratch))
        *best = place;
    arena_release(&arena);
    arena_release(&scratch);
}

/* The network's schools as those of the problem; who is in no node is left out. */
static void add_places(const struct match_problem *p, const size_t *schools, size_t count, uint64_t *out) {
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < p->count; m++)
            if (p->schools[m] == &p->network->schools[schools[i]])
                bits_add(out, m);
}

static bool is_extended(const struct match_problem *p, const struct solve_result *solved,
                        const struct match_group *group) {
    for (size_t i = 0; i < solved->group_count; i++)
        for (size_t n = 0; n < p->node_count; n++)
            if (bits_has(solved->groups[i].members, n) && p->nodes[n].block == group)
                return true;
    return false;
}

static void find_place(const struct match_problem *p, const struct solve_result *solved, size_t school,
                       const struct match_result *result, struct place_found *best) {
    struct arena arena = {0};
    for (size_t i = 0; i < solved->group_count; i++) {
        uint64_t *members = arena_array(&arena, uint64_t, p->words);
        uint64_t *associates = arena_array(&arena, uint64_t, p->words);
        struct place_found place = {.proposal = &result->proposals[i]};
        match_schools_of(p, solved->groups[i].members, members);
        try_place(p, school, members, associates, solved->groups[i].form, place, best);
    }
    for (size_t i = 0; i < p->network->group_count; i++) {
        const struct match_group *group = &p->network->groups[i];
        uint64_t *members = arena_array(&arena, uint64_t, p->words);
        uint64_t *associates = arena_array(&arena, uint64_t, p->words);
        struct place_found place = {.group = group};
        if (!group->kept || group->form >= p->forms || is_extended(p, solved, group))
            continue;
        add_places(p, group->schools, group->count, members);
        add_places(p, group->associates, group->associate_count, associates);
        try_place(p, school, members, associates, group->form, place, best);
    }
    arena_release(&arena);
}

static void add_associate(const struct match_problem *p, struct match_proposal *proposal,
                          const struct match_school *school, struct arena *arena) {
    if (!proposal->associates)
        proposal->associates = arena_array(arena, const struct match_school *, p->count);
    proposal->associates[proposal->associate_count++] = school;
}

/* So that a borough with many schools left over is answered as soon as one with few. */
#define TRIED_MAX 6000

static size_t others_for(size_t left, size_t forms) {
    size_t others = OTHERS_MAX;
    while (others > 2 && left * forms << others > TRIED_MAX)
        others--;
    return others;
}

static void explain_left(const struct match_problem *p, const struct solve_result *solved, size_t node,
                         struct arena *arena, struct match_left *left, struct match_result *out) {
    struct place_found best = {0};
    size_t school = p->nodes[node].schools[0];
    say_reasons(p, school, node, others_for(out->left_count, p->forms), arena, left);
    if (!associate_of(p, school))
        find_place(p, solved, school, out, &best);
    left->proposal = best.proposal;
    left->partnership = best.group ? best.group->page : NULL;
    for (size_t i = 0; i < out->proposal_count; i++)
        if (best.proposal == &out->proposals[i])
            add_associate(p, &out->proposals[i], left->school, arena);
}

void match_left_over(const struct match_problem *p, const struct solve_result *solved, bool brief,
                     struct arena *arena, struct match_result *out) {
    size_t *nodes = arena_array(arena, size_t, p->node_count);
    out->left = arena_array(arena, struct match_left, p->node_count);
    for (size_t n = 0; n < p->node_count; n++) {
        bool placed = p->nodes[n].block;
        for (size_t i = 0; i < solved->group_count; i++)
            placed = placed || bits_has(solved->groups[i].members, n);
        if (placed)
            continue;
        nodes[out->left_count] = n;
        out->left[out->left_count++].school = p->schools[p->nodes[n].schools[0]];
    }
    for (size_t i = 0; i < out->left_count && !brief; i++)
        explain_left(p, solved, nodes[i], arena, &out->left[i], out);
}
