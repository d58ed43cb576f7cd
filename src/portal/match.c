/* SPDX-License-Identifier: MIT */
/* match.c: the best groups of a network, as proposals. */
#include <assert.h>

#include "portal/match_inside.h"
#include "portal/partnership.h"

/* ---- what a proposal is called ---- */

struct str match_names(const struct match_problem *p, const uint64_t *schools, size_t most,
                       struct arena *arena) {
    struct buf out = {.arena = arena};
    size_t count = 0, said = 0;
    for (size_t m = 0; m < p->count; m++)
        count += bits_has(schools, m);
    size_t shown = count > most ? most - 1 : count;
    for (size_t m = 0; m < p->count && said < shown; m++) {
        if (!bits_has(schools, m))
            continue;
        buf_add(&out, str_joint(said++, count));
        buf_add(&out, p->schools[m]->name);
    }
    if (said < count) {
        buf_lit(&out, " and ");
        buf_whole(&out, (long long)(count - said));
        buf_lit(&out, " others");
    }
    return buf_str(&out);
}

static bool slug_taken(const struct match_problem *p, const struct match_result *out, struct str slug) {
    for (size_t i = 0; i < out->proposal_count; i++)
        if (str_eq(out->proposals[i].id, slug))
            return true;
    return p->network->site && site_any_page(p->network->site, CONTENT_PARTNERSHIP, slug);
}

/* The names of its schools: nobody is asked to think of one before there is a partnership. */
#define NAMES_IN_TITLE 3

static struct str free_slug(const struct match_problem *p, const struct match_result *out, struct str title,
                            struct arena *arena) {
    struct str slug = str_slug(arena, title), tried = slug;
    for (long long n = 2; slug_taken(p, out, tried); n++)
        tried = str_join(arena, slug, STR("-"), str_whole(arena, n));
    return tried;
}

/* ---- what it extends ---- */

static size_t place_of(const struct match_problem *p, size_t network_school) {
    const struct match_school *school = &p->network->schools[network_school];
    for (size_t m = 0; m < p->count; m++)
        if (p->schools[m] == school)
            return m;
    return p->count;
}

/* Whether all standing members of a partnership are in a group of its kind: it goes on, with more schools. */
static bool extends(const struct match_problem *p, const struct match_group *group, const uint64_t *schools,
                    size_t form) {
    bool all = group->form == form && group->count > 0;
    for (size_t i = 0; all && i < group->count; i++) {
        size_t m = place_of(p, group->schools[i]);
        all = m < p->count && bits_has(schools, m);
    }
    return all;
}

/* The block in it, or the partnership whose members all take part; of several the one with most members. */
static const struct match_group *extended(const struct match_problem *p, const uint64_t *nodes,
                                          const uint64_t *schools, size_t form) {
    const struct match_group *best = NULL;
    for (size_t i = 0; i < p->node_count; i++)
        if (bits_has(nodes, i) && p->nodes[i].block)
            return p->nodes[i].block;
    for (size_t i = 0; i < p->network->group_count; i++) {
        const struct match_group *group = &p->network->groups[i];
        if (extends(p, group, schools, form) && (!best || group->count > best->count))
            best = group;
    }
    return best;
}

static bool was_in(const struct match_problem *p, const struct match_group *group, size_t school) {
    bool was = false;
    for (size_t i = 0; group && i < group->count && !was; i++)
        was = place_of(p, group->schools[i]) == school;
    return was;
}

/* Whether nobody is new to it: schools that take part are best left where they are. */
static bool stays(const struct match_problem *p, const struct solve_group *group, struct arena *arena) {
    uint64_t *schools = arena_array(arena, uint64_t, p->words);
    match_schools_of(p, group->members, schools);
    const struct match_group *as = extended(p, group->members, schools, group->form);
    bool all = as;
    for (size_t m = 0; m < p->count && all; m++)
        all = !bits_has(schools, m) || was_in(p, as, m);
    return all;
}

/* What is new comes first, for those who read no further; otherwise the order stands. */
static void put_new_first(const struct match_problem *p, struct solve_result *solved, struct arena *arena) {
    struct solve_group *ordered = arena_array(arena, struct solve_group, solved->group_count);
    size_t count = 0;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < solved->group_count; i++)
            if (stays(p, &solved->groups[i], arena) == last)
                ordered[count++] = solved->groups[i];
    solved->groups = ordered;
}

size_t match_joined(const struct match_result *result) {
    size_t count = 0;
    while (count < result->proposal_count && result->proposals[count].joining_count)
        count++;
    return count;
}

bool match_step_proved(const struct match_result *result, size_t index) {
    const struct match_step_result *step = &result->steps[index];
    return result->exact || (step->bounded && decimal_cmp(step->value, step->bound) == 0);
}

bool match_proved(const struct match_result *result) {
    bool proved = true;
    for (size_t i = 0; i < result->step_count; i++)
        proved = proved && match_step_proved(result, i);
    return proved;
}

struct str match_how_good(const struct match_result *result) {
    if (result->exact)
        return STR("Every set of groups was compared: none is better than this.");
    if (match_proved(result))
        return STR("A search found this set of groups, and it is proved that none is better.");
    return result->slow ? STR("This is the best set of groups that a short search found: a rule reads more "
                              "of a group than "
                              "counts, conditions on each school and on each two, and takes long to ask.")
                        : STR("This is the best set of groups that a search found.");
}

bool match_is_formed(const struct match_proposal *proposal) {
    return proposal->extends && partnership_is_formed(proposal->extends);
}

/* ---- proposals ---- */

static void list_members(const struct match_problem *p, const struct match_group *extended,
                         const uint64_t *schools, struct arena *arena, struct match_proposal *out) {
    out->members = arena_array(arena, const struct match_school *, p->count);
    out->joining = arena_array(arena, const struct match_school *, p->count);
    for (size_t m = 0; m < p->count; m++) {
        if (!bits_has(schools, m))
            continue;
        out->members[out->member_count++] = p->schools[m];
        if (!was_in(p, extended, m))
            out->joining[out->joining_count++] = p->schools[m];
    }
}

static void add_proposal(const struct match_problem *p, const struct solve_group *group, bool brief,
                         struct arena *arena, struct match_result *out) {
    struct match_proposal *proposal = &out->proposals[out->proposal_count];
    uint64_t *schools = arena_array(arena, uint64_t, p->words);
    int64_t *worth = arena_array(arena, int64_t, p->step_count);
    match_schools_of(p, group->members, schools);
    const struct match_group *more = extended(p, group->members, schools, group->form);
    proposal->title = more ? more->title : match_names(p, schools, NAMES_IN_TITLE, arena);
    proposal->extends = more ? more->page : NULL;
    proposal->id = proposal->extends ? proposal->extends->slug : free_slug(p, out, proposal->title, arena);
    proposal->kind = p->plan->kinds[group->form]->id;
    proposal->kind_label = scale_value_label(p->plan->kinds[group->form]);
    list_members(p, more, schools, arena, proposal);
    match_worth(p, group->members, group->form, worth);
    proposal->score = arena_array(arena, struct decimal, p->step_count);
    for (size_t i = 0; i < p->step_count; i++)
        proposal->score[i] = match_number(p, i, worth[i]);
    if (!brief)
        match_why(p, group, arena, proposal);
    out->proposal_count++;
}

static void add_steps(const struct match_problem *p, const struct solve_result *solved, struct arena *arena,
                      struct match_result *out) {
    out->steps = arena_array(arena, struct match_step_result, p->step_count);
    out->step_count = p->step_count;
    for (size_t i = 0; i < p->step_count; i++) {
        const struct match_step *step = p->points[i].step;
        static const struct {
            const char *id, *label;
        } own[] = {
            [MATCH_PLACED] = {"placed", "Schools placed"}, [MATCH_DISTANCE] = {"distance", "Distance"}};
        bool decision = step->measure == MATCH_DECISION;
        out->steps[i] = (struct match_step_result){
            .id = decision ? step->decision->id : str_from(own[step->measure].id),
            .label = decision ? step->decision->label : str_from(own[step->measure].label),
            .measure = step->measure,
            .value = match_number(p, i, solved->value[i]),
            .bound = match_number(p, i, solved->bound[i]),
            .bounded = solved->bounded[i],
        };
    }
}

/* What was compiled and what the tables say of the group as a whole are two roads to one answer. */
static void verify(const struct match_problem *p, const struct solve_group *group) {
    struct arena arena = {0}, scratch = {0};
    uint64_t *schools = arena_array(&arena, uint64_t, p->words);
    match_schools_of(p, group->members, schools);
    bool admissible =
        match_verifies(p, match_assemble(p, schools, NULL, group->form, &arena), &arena, &scratch);
    assert(admissible);
    (void)admissible;
    arena_release(&arena);
    arena_release(&scratch);
}

/* What the tables were asked about, for who wants to know which of their rows were reached. */
static void tell(const struct match_problem *p, const struct solve_result *solved,
                 const struct match_options *options) {
    struct arena arena = {0};
    bool pairs = policy_kind(p->network->policy, STR("pair"));
    for (size_t a = 0; a < p->count; a++)
        for (size_t b = a + 1; b < p->count && pairs; b++)
            options->asked(options->context, match_pair(p, a, b, &arena));
    for (size_t i = 0; i < p->forms * p->count; i++)
        options->asked(options->context, p->member_subjects[i]);
    for (size_t i = 0; i < solved->group_count; i++) {
        uint64_t *schools = arena_array(&arena, uint64_t, p->words);
        match_schools_of(p, solved->groups[i].members, schools);
        options->asked(options->context, match_assemble(p, schools, NULL, solved->groups[i].form, &arena));
    }
    arena_release(&arena);
}

static void list_kept(const struct match_network *n, struct arena *arena, struct match_result *out) {
    out->kept = arena_array(arena, const struct page *, n->group_count);
    for (size_t i = 0; i < n->group_count; i++)
        if (n->groups[i].kept && n->groups[i].page)
            out->kept[out->kept_count++] = n->groups[i].page;
}

void match_network_run(const struct match_network *network, const struct match_options *options,
                       struct arena *arena, struct match_result *out) {
    struct match_problem problem;
    struct solve_result solved;
    *out = (struct match_result){.match = network->match};
    for (size_t i = 0; i < network->count; i++)
        out->pool += network->schools[i].takes_part;
    list_kept(network, arena, out);
    match_problem_init(&problem, network, options->threads, arena);
    problem.solve.effort = options->effort;
    problem.solve.seed = options->seed;
    problem.solve.inexact = options->inexact;
    if (!solve(&problem.solve, arena, &solved)) {
        out->too_large = true;
        match_problem_release(&problem);
        return;
    }
    out->exact = solved.exact;
    out->slow = problem.solve.asking > 1 && !solved.exact;
    out->counted = solved.steps;
    put_new_first(&problem, &solved, arena);
    add_steps(&problem, &solved, arena, out);
    out->proposals = arena_array(arena, struct match_proposal, solved.group_count);
    for (size_t i = 0; i < solved.group_count; i++) {
        verify(&problem, &solved.groups[i]);
        add_proposal(&problem, &solved.groups[i], options->brief, arena, out);
    }
    if (options->asked)
        tell(&problem, &solved, options);
    match_left_over(&problem, &solved, options->brief, arena, out);
    if (!options->brief)
        match_unknown(&problem, options, arena, out);
    for (size_t i = 0; i < solved.group_count && options->explain; i++)
        out->proposals[i].neighbour = match_beside(&problem, &solved, out->proposals, i, arena);
    match_problem_release(&problem);
}
