/* SPDX-License-Identifier: MIT */
/* match_unknown.c: what is not known of schools, and what would be proposed if it were. */
#include "portal/match_inside.h"

/* Each alternative is a match of its own: only where they are quick, and no more than people read. */
#define ALTERNATIVE_NODES_MAX 40
#define ALTERNATIVES_MAX 6

/* Whether an expression reads a field of that name, of whatever record. Nodes are at most FEEL_DEPTH_MAX deep. */
static bool node_reads(const struct feel_node *node, struct str name) {
    if (!node)
        return false;
    if ((node->op == FEEL_PATH || node->op == FEEL_SHADOWED) && str_eq(node->name, name))
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (node_reads(node->kids[i], name))
            return true;
    return false;
}

static bool group_reads(const struct match_problem *p, struct str name) {
    const struct policy_kind *group = p->plan->group;
    for (size_t i = 0; i < group->variable_count; i++)
        if (node_reads(group->variables[i]->is, name))
            return true;
    return false;
}

/* Yes or no of a school, answered by its record or by a table, which rows about groups read. */
static bool may_matter(const struct match_problem *p, const struct variable *v) {
    bool yes_no = v->output ? v->kind == VARIABLE_OUTPUT && v->output->type == OUTPUT_YES_NO
                            : v->kind == VARIABLE_FACT && v->fact->type == FACT_YES_NO && !v->fact->derived;
    return yes_no && group_reads(p, v->id);
}

static bool is_open(const struct match_school *school, const struct variable *v) {
    values mask = school->subject->domain[v->index];
    return (mask & VALUES_YES) && (mask & VALUES_NO);
}

/* ---- one answer, supposed ---- */

/* The network with one school of which one thing is known. */
static struct match_network suppose(const struct match_network *n, const struct match_school *school,
                                    const struct variable *v, values answer, struct arena *arena) {
    struct match_network other = *n;
    struct match_school *schools = arena_array(arena, struct match_school, n->count);
    struct subject *subject = arena_new(arena, struct subject);
    size_t variables = school->subject->kind->variable_count;
    memcpy(schools, n->schools, n->count * sizeof(*schools));
    *subject = *school->subject;
    subject->domain = arena_array(arena, values, variables);
    memcpy(subject->domain, school->subject->domain, variables * sizeof(values));
    subject->domain[v->index] = answer;
    schools[school - n->schools].subject = subject;
    other.schools = schools;
    return other;
}

static bool same_proposal(const struct match_proposal *a, const struct match_proposal *b) {
    bool same = a->member_count == b->member_count && str_eq(a->kind, b->kind);
    for (size_t i = 0; same && i < a->member_count; i++)
        same = str_eq(a->members[i]->id, b->members[i]->id);
    return same;
}

static bool is_among(const struct match_proposal *wanted, const struct match_result *r) {
    for (size_t i = 0; i < r->proposal_count; i++)
        if (same_proposal(&r->proposals[i], wanted))
            return true;
    return false;
}

static bool same_proposals(const struct match_result *a, const struct match_result *b) {
    bool same = a->proposal_count == b->proposal_count;
    for (size_t i = 0; same && i < a->proposal_count; i++)
        same = is_among(&a->proposals[i], b);
    return same;
}

/* "If “Causes concern” turns out to be no for Birch, these would be proposed instead: Ash, Birch and Cedar (structured)". Groups that are proposed anyway
 * are not said again, and those that stay as they are were never proposed. */
static struct str alternative_words(const struct match_school *school, const struct variable *v,
                                    values answer, const struct match_result *base,
                                    const struct match_result *other, struct arena *arena) {
    struct buf b = {.arena = arena};
    bool any = false;
    buf_printf(&b, "If “" STR_FMT "” turns out to be %s for " STR_FMT ", these would be proposed instead: ",
               STR_ARG(v->label), answer == VALUES_YES ? "yes" : "no", STR_ARG(school->name));
    for (size_t i = 0; i < other->proposal_count; i++) {
        const struct match_proposal *p = &other->proposals[i];
        if (!p->joining_count || is_among(p, base))
            continue;
        buf_add(&b, any ? STR("; ") : STR(""));
        for (size_t j = 0; j < p->member_count; j++) {
            buf_add(&b, str_joint(j, p->member_count));
            buf_add(&b, p->members[j]->name);
        }
        buf_printf(&b, " (" STR_FMT ")", STR_ARG(str_uncapital(arena, p->kind_label)));
        any = true;
    }
    if (!any)
        buf_lit(&b, "fewer groups");
    return buf_str(&b);
}

static void try_answer(const struct match_problem *p, const struct match_options *options,
                       const struct match_school *school, const struct variable *v, values answer,
                       const struct match_result *base, struct arena *arena, struct match_words *out) {
    struct arena other = {0};
    struct match_network network = suppose(p->network, school, v, answer, &other);
    struct match_options plain = {
        .keep = options->keep, .threads = options->threads, .seed = options->seed, .brief = true};
    struct match_result result;
    match_network_run(&network, &plain, &other, &result);
    if (!result.too_large && !same_proposals(base, &result))
        match_say(out, arena, alternative_words(school, v, answer, base, &result, arena));
    arena_release(&other);
}

/* ---- all of it ---- */

static size_t say_open(const struct match_problem *p, const struct variable *v, struct match_words *out) {
    uint64_t *open = arena_array(p->arena, uint64_t, p->words);
    size_t count = 0;
    for (size_t m = 0; m < p->count; m++)
        if (is_open(p->schools[m], v)) {
            bits_add(open, m);
            count++;
        }
    if (count)
        match_say(out, p->arena,
                  str_join(p->arena, STR("“"), v->label, STR("” is not known for "),
                           match_names(p, open, 6, p->arena),
                           STR(": each proposal keeps to the rules either way")));
    return count;
}

void match_unknown(const struct match_problem *p, const struct match_options *options, struct arena *arena,
                   struct match_result *out) {
    const struct policy_kind *kind = policy_kind(p->network->policy, POLICY_SUBJECT);
    bool quick = options->alternatives && p->node_count <= ALTERNATIVE_NODES_MAX;
    struct match_words words = {0};
    size_t tried = 0;
    for (size_t i = 0; i < kind->variable_count; i++) {
        const struct variable *v = kind->variables[i];
        if (!may_matter(p, v) || !say_open(p, v, &words))
            continue;
        for (size_t m = 0; m < p->count && quick; m++) {
            if (!is_open(p->schools[m], v) || tried++ >= ALTERNATIVES_MAX)
                continue;
            try_answer(p, options, p->schools[m], v, VALUES_NO, out, arena, &words);
            try_answer(p, options, p->schools[m], v, VALUES_YES, out, arena, &words);
        }
    }
    out->conditions = words.items;
    out->condition_count = words.count;
}
