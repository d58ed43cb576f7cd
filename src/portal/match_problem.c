/* SPDX-License-Identifier: MIT */
/* match_problem.c: a network as a problem for the solver: what groups there may be, and what each is worth. */
#include "portal/match_inside.h"

#include <stdlib.h>

#include "base/pool.h"

_Static_assert(MATCH_STEPS_MAX <= SOLVE_STEPS_MAX && MATCH_KINDS_MAX <= SOLVE_FORMS_MAX,
               "the solver has room");

/* ---- schools and nodes ---- */

/* Schools that are in no node are not looked at: neither do they take part, nor can anybody join them. */
static void list_schools(struct match_problem *p, size_t *place) {
    const struct match_network *n = p->network;
    bool *wanted = arena_array(p->arena, bool, n->count);
    p->schools = arena_array(p->arena, const struct match_school *, n->count);
    for (size_t i = 0; i < n->count; i++)
        wanted[i] = n->schools[i].takes_part;
    for (size_t i = 0; i < n->group_count; i++)
        for (size_t j = 0; j < n->groups[i].count && n->groups[i].kept && n->groups[i].form < p->forms; j++)
            wanted[n->groups[i].schools[j]] = true;
    for (size_t i = 0; i < n->count; i++) {
        place[i] = p->count;
        if (wanted[i])
            p->schools[p->count++] = &n->schools[i];
    }
    p->words = bits_words(p->count);
}

static void add_node(struct match_problem *p, const struct match_group *block, const size_t *places,
                     size_t count) {
    p->nodes[p->node_count++] = (struct match_node){block, places, count};
}

static int by_first_school(const void *x, const void *y) {
    const struct match_node *a = x, *b = y;
    if (a->schools[0] != b->schools[0])
        return a->schools[0] < b->schools[0] ? -1 : 1;
    return (a->block > b->block) - (a->block < b->block); /* one that two partnerships hold */
}

static void list_nodes(struct match_problem *p, const size_t *place) {
    const struct match_network *n = p->network;
    p->nodes = arena_array(p->arena, struct match_node, n->count + n->group_count);
    for (size_t i = 0; i < n->count; i++)
        if (n->schools[i].takes_part)
            add_node(p, NULL, &place[i], 1);
    for (size_t i = 0; i < n->group_count; i++) {
        const struct match_group *group = &n->groups[i];
        if (!group->kept || group->form >= p->forms || !group->held_count)
            continue;
        size_t *held = arena_array(p->arena, size_t, group->held_count);
        for (size_t j = 0; j < group->held_count; j++)
            held[j] = place[group->held[j]];
        add_node(p, group, held, group->held_count);
    }
    qsort(p->nodes, p->node_count, sizeof(*p->nodes), by_first_school);
    p->node_words = bits_words(p->node_count);
    p->node_block = arena_array(p->arena, uint8_t, p->node_count);
    p->plain = p->node_count == p->count;
    for (size_t i = 0; i < p->node_count; i++)
        p->plain = p->plain && p->nodes[i].count == 1 && p->nodes[i].schools[0] == i;
    for (size_t i = 0; i < p->node_count; i++)
        p->node_block[i] = (uint8_t)(p->nodes[i].block ? 1 + p->nodes[i].block->form : 0);
}

void match_schools_of(const struct match_problem *p, const uint64_t *nodes, uint64_t *out) {
    memset(out, 0, p->words * sizeof(*out));
    for (size_t i = bits_next(nodes, 0, p->node_count); i < p->node_count;
         i = bits_next(nodes, i + 1, p->node_count))
        for (size_t j = 0; j < p->nodes[i].count; j++)
            bits_add(out, p->nodes[i].schools[j]);
}

/* ---- groups as subjects ---- */

/* The group's own facts: what kind it is, and that it is proposed. */
static const struct given *given_of_form(const struct match_problem *p, size_t form, struct arena *arena) {
    const struct policy_kind *group = p->plan->group;
    struct given *given = arena_array(arena, struct given, group->fact_count);
    for (size_t i = 0; i < group->fact_count; i++) {
        bool kind = group->facts[i] == p->plan->kind;
        if (!kind && !str_eq(group->facts[i]->from, STR("state")))
            continue;
        given[i] = (struct given){.state = GIVEN_VALUE,
                                  .text = kind ? p->plan->kinds[form]->id : STR("proposed"),
                                  .since = DATE_NONE};
    }
    return given;
}

static struct assembly assembly_of(const struct match_problem *p, const struct assembly_member *members,
                                   size_t count, size_t form) {
    return (struct assembly){.policy = p->network->policy,
                             .record = p->plan->group->id,
                             .id = STR("proposal"),
                             .given = p->form_given[form],
                             .members = members,
                             .count = count,
                             .as_of = p->network->as_of,
                             .audience = AUDIENCE_OFFICERS,
                             .world = p->network->world};
}

static size_t add_members(const struct match_problem *p, const uint64_t *schools, bool associate,
                          struct assembly_member *members, size_t count) {
    for (size_t m = 0; m < p->count; m++)
        if (schools && bits_has(schools, m))
            members[count++] =
                (struct assembly_member){.school = p->schools[m]->subject, .associate = associate};
    return count;
}

const struct subject *match_assemble(const struct match_problem *p, const uint64_t *schools,
                                     const uint64_t *associates, size_t form, struct arena *arena) {
    struct assembly_member *members = arena_array(arena, struct assembly_member, p->count);
    size_t count = add_members(p, schools, false, members, 0);
    count = add_members(p, associates, true, members, count);
    struct assembly a = assembly_of(p, members, count, form);
    return assembly_subject(&a, arena);
}

static const struct subject *assemble(void *context, const uint64_t *schools, size_t form,
                                      struct arena *arena) {
    return match_assemble(context, schools, NULL, form, arena);
}

/* Each school as a member of a group of each form, with what the tables say of members. */
static void make_forms(struct match_problem *p) {
    struct assembly_member *members = arena_array(p->arena, struct assembly_member, p->count);
    uint64_t *all = arena_array(p->arena, uint64_t, p->words);
    for (size_t m = 0; m < p->count; m++)
        bits_add(all, m);
    add_members(p, all, false, members, 0);
    p->form_given = arena_array(p->arena, const struct given *, p->forms);
    p->form_subjects = arena_array(p->arena, const struct subject *, p->forms);
    p->member_subjects = arena_array(p->arena, const struct subject *, p->forms * p->count);
    for (size_t f = 0; f < p->forms; f++) {
        p->form_given[f] = given_of_form(p, f, p->arena);
        struct assembly a = assembly_of(p, members, p->count, f);
        const struct subject *group = assembly_group(&a, p->arena);
        p->form_subjects[f] = group;
        for (size_t m = 0; m < p->count; m++) {
            struct subject *member = assembly_member_subject(&a, m, group, p->arena);
            if (member->base)
                subject_decide(member, p->arena, &p->scratch[0]);
            p->member_subjects[f * p->count + m] = member;
        }
    }
}

bool match_verifies(const struct match_problem *p, const struct subject *group, struct arena *arena,
                    struct arena *scratch) {
    for (size_t i = 0; i < p->plan->must_count; i++) {
        const struct output *must = p->plan->must[i];
        struct check_result result;
        subject_check(group, must->decision, (size_t)(must - must->decision->outputs), arena, scratch,
                      &result);
        if (result.verdict != CHECK_PASSES)
            return false;
    }
    return true;
}

/* ---- points ---- */

/* Points have at most so many digits after the point; what is finer is rounded down. */
#define DIGITS_MAX 6

/* A number that is not settled counts with the least that it may be: what is promised must hold. */
static struct decimal least_number(const struct decision_result *r) {
    const struct output *o = &r->decision->outputs[0];
    const struct output_result *result = &r->outputs[0];
    struct decimal least = decimal_whole(0);
    bool any = result->nothing || (result->candidates & VALUES_IMPROPER) || !result->candidates;
    if (result->number)
        return result->low;
    for (size_t i = 0; i < o->answer_count; i++) {
        if (!(result->candidates & VALUE_BIT(i)))
            continue;
        if (!any || decimal_cmp(o->answers[i].number, least) < 0)
            least = o->answers[i].number;
        any = true;
    }
    return least;
}

static struct decimal points_of(struct subject *subject, const struct decision *decision,
                                struct arena *scratch, struct arena *inner) {
    struct decision_result *results = subject_decide(subject, scratch, inner);
    const struct decision_result *r = decision_result_of(subject->kind, results, decision);
    return r ? least_number(r) : decimal_whole(0);
}

/* A table of decimals while the power of ten that makes all of them whole is not known. */
struct points_work {
    struct match_problem *problem;
    const struct decision *decision; /* of pairs; NULL: the distance */
    struct decimal *values;          /* [a * count + b], a before b */
    struct arena *arenas;            /* two for each worker */
    bool *kept;                      /* of each school: it takes no part itself */
};

static int64_t distance(const struct match_school *a, const struct match_school *b) {
    struct decimal metres = decimal_whole(0);
    int64_t east = a->easting - b->easting, north = a->northing - b->northing, whole = 0;
    if (!a->located || !b->located)
        return 0;
    if (decimal_sqrt(decimal_whole(east * east + north * north), &metres) &&
        decimal_round(metres, 0, DECIMAL_HALF_UP, &metres))
        decimal_to_int64(metres, &whole);
    return whole;
}

struct subject *match_pair(const struct match_problem *p, size_t a, size_t b, struct arena *arena) {
    const struct policy_kind *kind = policy_kind(p->network->policy, STR("pair"));
    struct subject *pair = arena_new(arena, struct subject);
    *pair = (struct subject){.policy = p->network->policy,
                             .kind = kind,
                             .as_of = p->network->as_of,
                             .audience = AUDIENCE_OFFICERS,
                             .given = arena_array(arena, struct given, kind->fact_count),
                             .recorded = arena_array(arena, struct recorded, kind->output_count),
                             .sides = {p->schools[a]->subject, p->schools[b]->subject},
                             .world = p->network->world};
    subject_init(pair, arena);
    return pair;
}

static struct decimal pair_points(const struct points_work *w, size_t a, size_t b, size_t worker) {
    const struct match_problem *p = w->problem;
    struct arena *arena = &w->arenas[2 * worker], *scratch = &w->arenas[2 * worker + 1];
    if (!w->decision)
        return decimal_whole(-distance(p->schools[a], p->schools[b]));
    struct arena_mark mark = arena_mark(arena);
    struct decimal points = points_of(match_pair(p, a, b, arena), w->decision, arena, scratch);
    arena_rewind(arena, mark);
    return points;
}

static void pairs_of_school(void *context, size_t a, size_t worker) {
    struct points_work *w = context;
    size_t count = w->problem->count;
    for (size_t b = a + 1; b < count; b++)
        if (!w->kept[a] || !w->kept[b]) /* what held schools are to each other changes nothing */
            w->values[a * count + b] = pair_points(w, a, b, worker);
}

/* How many digits after the point a number has, at most DIGITS_MAX. */
static int digits_of(struct decimal n) {
    int digits = 0;
    for (; digits < DIGITS_MAX && !decimal_is_whole(n); digits++)
        if (!decimal_multiply(n, decimal_whole(10), &n))
            break;
    return digits;
}

/* What does not fit becomes as much as does, which the solver refuses: taken for nothing, the most points would count least. */
static int64_t scaled(struct decimal n, int digits) {
    int64_t whole = 0, most = decimal_cmp(n, decimal_whole(0)) < 0 ? -INT64_MAX : INT64_MAX;
    for (int i = 0; i < digits; i++)
        if (!decimal_multiply(n, decimal_whole(10), &n))
            return most;
    return decimal_round(n, 0, DECIMAL_FLOOR, &n) && decimal_to_int64(n, &whole) ? whole : most;
}

static int digits_of_all(const struct decimal *numbers, size_t count) {
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int digits = digits_of(numbers[i]);
        most = digits > most ? digits : most;
    }
    return most;
}

static void pair_step(struct match_problem *p, const struct decision *decision, struct match_points *out) {
    size_t cells = p->count * p->count;
    struct arena kept = {0};
    struct points_work w = {.problem = p,
                            .decision = decision,
                            .values = arena_array(&kept, struct decimal, cells),
                            .arenas = arena_array(&kept, struct arena, 2 * p->threads),
                            .kept = arena_array(&kept, bool, p->count)};
    for (size_t i = 0; i < p->count; i++)
        w.kept[i] = !p->schools[i]->takes_part;
    pool_run(p->threads, p->count, pairs_of_school, &w);
    int64_t *pair = arena_array(p->arena, int64_t, cells);
    out->digits = digits_of_all(w.values, cells);
    for (size_t a = 0; a < p->count; a++)
        for (size_t b = a + 1; b < p->count; b++)
            pair[a * p->count + b] = pair[b * p->count + a] = scaled(w.values[a * p->count + b], out->digits);
    out->pair = pair;
    for (size_t i = 0; i < 2 * p->threads; i++)
        arena_release(&w.arenas[i]);
    arena_release(&kept);
}

static void member_step(struct match_problem *p, const struct decision *decision, struct match_points *out) {
    size_t cells = p->forms * p->count;
    struct arena arena = {0};
    struct decimal *numbers = arena_array(&arena, struct decimal, cells);
    for (size_t i = 0; i < cells; i++) {
        struct subject member = *p->member_subjects[i];
        if (member.base) {
            subject_init(&member, &arena);
            numbers[i] = points_of(&member, decision, &arena, &p->scratch[0]);
        }
    }
    int64_t *points = arena_array(p->arena, int64_t, cells);
    out->digits = digits_of_all(numbers, cells);
    for (size_t i = 0; i < cells; i++)
        points[i] = scaled(numbers[i], out->digits);
    out->member = points;
    arena_release(&arena);
}

static void make_points(struct match_problem *p) {
    p->step_count = p->plan->step_count;
    p->points = arena_array(p->arena, struct match_points, p->step_count);
    for (size_t i = 0; i < p->step_count; i++) {
        const struct match_step *step = &p->plan->steps[i];
        p->points[i].step = step;
        if (step->measure == MATCH_DISTANCE)
            pair_step(p, NULL, &p->points[i]);
        else if (step->measure == MATCH_DECISION && str_eq(step->decision->record, STR("pair")))
            pair_step(p, step->decision, &p->points[i]);
        else if (step->measure == MATCH_DECISION)
            member_step(p, step->decision, &p->points[i]);
    }
}

int64_t match_affinity(const struct match_problem *p, size_t a, size_t b) {
    for (size_t i = 0; i < p->step_count; i++)
        if (p->points[i].step->measure == MATCH_DECISION && p->points[i].pair)
            return p->points[i].pair[a * p->count + b];
    return 0;
}

/* ---- the solver's problem ---- */

static int64_t pair_of_nodes(const struct match_problem *p, const int64_t *pair, size_t a, size_t b) {
    const struct match_node *x = &p->nodes[a], *y = &p->nodes[b];
    int64_t sum = 0;
    for (size_t i = 0; i < x->count; i++)
        for (size_t j = 0; j < y->count; j++)
            if (__builtin_add_overflow(sum, pair[x->schools[i] * p->count + y->schools[j]], &sum))
                return INT64_MAX;
    return sum;
}

static const int64_t *pairs_of_nodes(const struct match_problem *p, const int64_t *pair) {
    size_t n = p->node_count;
    int64_t *sums = arena_array(p->arena, int64_t, n * n);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            if (a != b)
                sums[a * n + b] = pair_of_nodes(p, pair, a, b);
    return sums;
}

static const int64_t *members_of_nodes(const struct match_problem *p, const int64_t *member) {
    size_t n = p->node_count;
    int64_t *points = arena_array(p->arena, int64_t, p->forms * n);
    for (size_t f = 0; f < p->forms; f++)
        for (size_t i = 0; i < n; i++)
            if (!p->nodes[i].block)
                points[f * n + i] = member[f * p->count + p->nodes[i].schools[0]];
    return points;
}

bool match_admits(const struct match_problem *p, const uint64_t *nodes, size_t form, size_t worker) {
    if (p->plain)
        return group_admits(p->rules, nodes, form, &p->scratch[worker]) == TRUTH_YES;
    struct arena_mark mark = arena_mark(&p->scratch[worker]);
    uint64_t *schools = arena_array(&p->scratch[worker], uint64_t, p->words);
    match_schools_of(p, nodes, schools);
    bool admits = group_admits(p->rules, schools, form, &p->scratch[worker]) == TRUTH_YES;
    arena_rewind(&p->scratch[worker], mark);
    return admits;
}

static bool admits(void *context, const uint64_t *nodes, size_t form, size_t worker) {
    return match_admits(context, nodes, form, worker);
}

static bool bars(void *context, size_t node, size_t form) {
    const struct match_problem *p = context;
    for (size_t i = 0; i < p->nodes[node].count; i++)
        if (group_bars(p->rules, p->nodes[node].schools[i], form))
            return true;
    return false;
}

static bool parts(void *context, size_t a, size_t b, size_t form) {
    const struct match_problem *p = context;
    for (size_t i = 0; i < p->nodes[a].count; i++)
        for (size_t j = 0; j < p->nodes[b].count; j++)
            if (group_parts(p->rules, p->nodes[a].schools[i], p->nodes[b].schools[j], form))
                return true;
    return false;
}

/* Some school of the one that is in no group without some school of the other: a node is in a group whole. */
static bool needs(void *context, size_t a, size_t b, size_t form) {
    const struct match_problem *p = context;
    for (size_t i = 0; i < p->nodes[a].count; i++)
        for (size_t j = 0; j < p->nodes[b].count; j++)
            if (group_needs(p->rules, p->nodes[a].schools[i], p->nodes[b].schools[j], form))
                return true;
    return false;
}

static size_t counts(void *context, size_t form) {
    const struct match_problem *p = context;
    return group_counts(p->rules, form);
}

static void counted(void *context, size_t form, size_t count, size_t node, size_t *sure, size_t *possible) {
    const struct match_problem *p = context;
    *sure = *possible = 0;
    for (size_t i = 0; i < p->nodes[node].count; i++) {
        bool possibly = false;
        bool certainly = group_counted(p->rules, form, count, p->nodes[node].schools[i], &possibly);
        *sure += certainly;
        *possible += possibly;
    }
}

static bool may(void *context, size_t form, const size_t *sure, const size_t *possible) {
    const struct match_problem *p = context;
    return group_may(p->rules, form, sure, possible);
}

/* How much less often to ask where each group has to be assembled, which takes a hundred times as long, and longer where
 * there are more schools for its rows to look at: so that a match takes seconds, and one of fourteen schools is exact. */
static uint64_t asking(const struct match_problem *p) {
    for (size_t form = 0; form < p->forms; form++)
        if (group_slow(p->rules, form))
            return 8 + p->count / 4;
    return 1;
}

static void make_solve(struct match_problem *p) {
    struct solve_step *steps = arena_array(p->arena, struct solve_step, p->step_count);
    for (size_t i = 0; i < p->step_count; i++) {
        const struct match_points *points = &p->points[i];
        steps[i].placed = points->step->measure == MATCH_PLACED;
        steps[i].pair = points->pair ? pairs_of_nodes(p, points->pair) : NULL;
        steps[i].member = points->member ? members_of_nodes(p, points->member) : NULL;
    }
    p->solve = (struct solve_problem){.count = p->node_count,
                                      .forms = p->forms,
                                      .block = p->node_block,
                                      .steps = steps,
                                      .step_count = p->step_count,
                                      .admits = admits,
                                      .bars = bars,
                                      .parts = parts,
                                      .needs = needs,
                                      .counts = counts,
                                      .counted = counted,
                                      .may = may,
                                      .context = p,
                                      .threads = p->threads,
                                      .asking = asking(p)};
}

void match_problem_init(struct match_problem *p, const struct match_network *network, size_t threads,
                        struct arena *arena) {
    *p = (struct match_problem){
        .network = network, .plan = network->match->match, .arena = arena, .threads = threads ? threads : 1};
    size_t *place = arena_array(arena, size_t, network->count);
    p->forms = p->plan->kind_count;
    p->scratch = arena_array(arena, struct arena, p->threads);
    list_schools(p, place);
    list_nodes(p, place);
    make_forms(p);
    make_points(p);
    p->field = (struct group_field){.policy = network->policy,
                                    .kind = p->plan->group,
                                    .must = p->plan->must,
                                    .must_count = p->plan->must_count,
                                    .forms = p->form_subjects,
                                    .form_count = p->forms,
                                    .members = p->member_subjects,
                                    .member_count = p->count,
                                    .assemble = assemble,
                                    .context = p};
    p->rules = group_rules_new(&p->field, arena, &p->scratch[0]);
    make_solve(p);
}

void match_problem_release(struct match_problem *p) {
    for (size_t i = 0; i < p->threads; i++)
        arena_release(&p->scratch[i]);
}

/* ---- what a group is worth ---- */

void match_worth(const struct match_problem *p, const uint64_t *nodes, size_t form, int64_t *out) {
    size_t n = p->node_count;
    for (size_t s = 0; s < p->step_count; s++) {
        const struct solve_step *step = &p->solve.steps[s];
        out[s] = 0;
        for (size_t a = bits_next(nodes, 0, n); a < n; a = bits_next(nodes, a + 1, n)) {
            if (!p->node_block[a])
                out[s] += step->placed + (step->member ? step->member[form * n + a] : 0);
            for (size_t b = bits_next(nodes, a + 1, n); b < n && step->pair; b = bits_next(nodes, b + 1, n))
                out[s] += step->pair[a * n + b];
        }
    }
}

struct decimal match_number(const struct match_problem *p, size_t step, int64_t worth) {
    bool metres = p->points[step].step->measure == MATCH_DISTANCE;
    struct decimal n = decimal_whole(metres ? -worth : worth);
    for (int i = 0; i < p->points[step].digits; i++)
        decimal_divide(n, decimal_whole(10), &n);
    return n;
}
