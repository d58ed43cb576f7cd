/* SPDX-License-Identifier: MIT */
/* match_beside.c: the best neighbour of a group: what one move or one swap of its schools would cost. */
#include "portal/match_inside.h"

/* Groups may change by one school: it leaves (for another group, or for none), one joins, or two change places. What a
 * neighbour is worth is what the groups that it touches are worth, by the solver's own sums. */
struct change {
    const struct match_problem *problem;
    const struct solve_result *solved;
    const struct match_proposal *proposals; /* of the same groups */
    size_t group;
    struct arena *arena;

    bool found;
    int64_t *best;                /* [step]: what the best neighbour found has more than what is proposed */
    size_t moved, swapped, other; /* nodes, and the other group; SIZE_MAX: none */

    int64_t *difference, *worth; /* scratch, [step] */
    uint64_t *here, *there;      /* scratch, sets of nodes */
};

#define NOBODY SIZE_MAX

static size_t size_of(const struct match_problem *p, const uint64_t *nodes) {
    size_t n = 0;
    for (size_t w = 0; w < p->node_words; w++)
        n += (size_t)__builtin_popcountll(nodes[w]);
    return n;
}

static bool only_block(const struct match_problem *p, const uint64_t *nodes) {
    size_t first = bits_next(nodes, 0, p->node_count);
    return size_of(p, nodes) == 1 && p->node_block[first];
}

/* Whether a changed set may stand: nobody, a partnership as it is, or an admissible group. No block moves, so there are
 * never two in one. */
static bool may_stand(const struct match_problem *p, const uint64_t *nodes, size_t form) {
    return !size_of(p, nodes) || only_block(p, nodes) || match_admits(p, nodes, form, 0);
}

static void add_worth(struct change *c, const uint64_t *nodes, size_t form, int sign) {
    if (!size_of(c->problem, nodes) || only_block(c->problem, nodes))
        return;
    match_worth(c->problem, nodes, form, c->worth);
    for (size_t i = 0; i < c->problem->step_count; i++)
        c->difference[i] += sign * c->worth[i];
}

static int compare(const int64_t *a, const int64_t *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* `moved` leaves the group for `other`, `swapped` comes from there. */
static void try_change(struct change *c, size_t moved, size_t swapped, size_t other) {
    const struct match_problem *p = c->problem;
    const struct solve_group *own = &c->solved->groups[c->group];
    const struct solve_group *to = other == NOBODY ? NULL : &c->solved->groups[other];
    size_t bytes = p->node_words * sizeof(uint64_t);
    memcpy(c->here, own->members, bytes);
    memset(c->there, 0, bytes);
    if (to)
        memcpy(c->there, to->members, bytes);
    if (moved != NOBODY) {
        bits_drop(c->here, moved);
        if (to)
            bits_add(c->there, moved);
    }
    if (swapped != NOBODY) {
        bits_add(c->here, swapped);
        bits_drop(c->there, swapped);
    }
    memset(c->difference, 0, p->step_count * sizeof(int64_t));
    add_worth(c, c->here, own->form, 1);
    add_worth(c, own->members, own->form, -1);
    if (to) {
        add_worth(c, c->there, to->form, 1);
        add_worth(c, to->members, to->form, -1);
    }
    if (c->found && compare(c->difference, c->best, p->step_count) <= 0)
        return;
    if (!may_stand(p, c->here, own->form) || (to && !may_stand(p, c->there, to->form)))
        return; /* last, since it may take long to tell */
    c->found = true;
    memcpy(c->best, c->difference, p->step_count * sizeof(int64_t));
    c->moved = moved;
    c->swapped = swapped;
    c->other = other;
}

static bool is_left_over(const struct change *c, size_t node) {
    for (size_t i = 0; i < c->solved->group_count; i++)
        if (bits_has(c->solved->groups[i].members, node))
            return false;
    return !c->problem->node_block[node];
}

static void try_all(struct change *c) {
    const struct match_problem *p = c->problem;
    const uint64_t *own = c->solved->groups[c->group].members;
    for (size_t m = 0; m < p->node_count; m++) {
        bool ours = bits_has(own, m) && !p->node_block[m], left = is_left_over(c, m);
        if (ours)
            try_change(c, m, NOBODY, NOBODY);
        for (size_t g = 0; g < c->solved->group_count && ours; g++) {
            const uint64_t *others = c->solved->groups[g].members;
            if (g == c->group)
                continue;
            try_change(c, m, NOBODY, g);
            for (size_t o = bits_next(others, 0, p->node_count); o < p->node_count;
                 o = bits_next(others, o + 1, p->node_count))
                if (!p->node_block[o])
                    try_change(c, m, o, g);
        }
        if (!left)
            continue;
        try_change(c, NOBODY, m, NOBODY);
        for (size_t o = 0; o < p->node_count; o++)
            if (bits_has(own, o) && !p->node_block[o])
                try_change(c, o, m, NOBODY);
    }
    for (size_t g = 0; g < c->solved->group_count; g++)
        for (size_t o = 0; o < p->node_count && g != c->group; o++)
            if (bits_has(c->solved->groups[g].members, o) && !p->node_block[o])
                try_change(c, NOBODY, o, g);
}

/* ---- in words ---- */

/* As the page calls it: a partnership by its name, a new group by its schools. */
static struct str group_name(const struct change *c, size_t group) {
    return c->proposals[group].title;
}

static struct str node_name(const struct change *c, size_t node) {
    return c->problem->schools[c->problem->nodes[node].schools[0]]->name;
}

static void say_change(const struct change *c, struct buf *out) {
    if (c->moved != NOBODY && c->swapped != NOBODY) {
        buf_printf(out, "Taking " STR_FMT " in place of " STR_FMT, STR_ARG(node_name(c, c->swapped)),
                   STR_ARG(node_name(c, c->moved)));
        if (c->other != NOBODY)
            buf_lit(out, ", which would go where it came from,");
    } else if (c->moved != NOBODY && c->other != NOBODY) {
        buf_printf(out, "Moving " STR_FMT " to " STR_FMT, STR_ARG(node_name(c, c->moved)),
                   STR_ARG(group_name(c, c->other)));
    } else if (c->moved != NOBODY) {
        buf_printf(out, "Leaving " STR_FMT " out", STR_ARG(node_name(c, c->moved)));
    } else {
        buf_printf(out, "Taking in " STR_FMT, STR_ARG(node_name(c, c->swapped)));
        if (c->other != NOBODY)
            buf_printf(out, " from " STR_FMT, STR_ARG(group_name(c, c->other)));
    }
}

static void say_difference(const struct change *c, size_t step, struct buf *out) {
    const struct match_problem *p = c->problem;
    const struct match_step *s = p->points[step].step;
    int64_t less = c->best[step] < 0 ? -c->best[step] : c->best[step];
    bool worse = c->best[step] < 0;
    if (s->measure == MATCH_DISTANCE) {
        buf_add(out, str_grouped(c->arena, less));
        buf_add(out, worse ? STR(" metres more between them") : STR(" metres less between them"));
        return;
    }
    decimal_print(out, match_number(p, step, less));
    if (s->measure == MATCH_PLACED)
        buf_printf(out, " %s school%s placed", worse ? "fewer" : "more", less == 1 ? "" : "s");
    else
        buf_printf(out, " %s point%s of " STR_FMT, worse ? "fewer" : "more",
                   less == 1 && !p->points[step].digits ? "" : "s",
                   STR_ARG(str_uncapital(c->arena, s->decision->label)));
}

/* "Moving Oakwell to Ash and Birch would place as many schools, and keep 3 points of affinity fewer". Steps after the one that
 * tells the two apart are not compared. */
static struct str say(const struct change *c) {
    struct buf out = {.arena = c->arena};
    size_t step = 0;
    if (!c->found)
        return STR("No move or swap of one school keeps to the rules");
    say_change(c, &out);
    while (step < c->problem->step_count && !c->best[step])
        step++;
    if (step == c->problem->step_count) {
        buf_lit(&out, " would be as good; what comes first by name was taken");
        return buf_str(&out);
    }
    if (step && c->problem->points[0].step->measure == MATCH_PLACED)
        buf_lit(&out, " would place as many schools, with ");
    else
        buf_lit(&out, " would mean ");
    say_difference(c, step, &out);
    return buf_str(&out);
}

struct str match_beside(const struct match_problem *p, const struct solve_result *solved,
                        const struct match_proposal *proposals, size_t group, struct arena *arena) {
    struct change c = {
        .problem = p, .solved = solved, .proposals = proposals, .group = group, .arena = arena};
    c.best = arena_array(arena, int64_t, p->step_count);
    c.difference = arena_array(arena, int64_t, p->step_count);
    c.worth = arena_array(arena, int64_t, p->step_count);
    c.here = arena_array(arena, uint64_t, p->node_words);
    c.there = arena_array(arena, uint64_t, p->node_words);
    try_all(&c);
    return say(&c);
}
