/* SPDX-License-Identifier: MIT */
/* group_set.c: what depends on the members; lists of them, and numbers made of their counts. */
#include "policy/condition.h"
#include "policy/group_priv.h"

/* ---- what depends on the members ---- */

static bool variable_depends(struct group_compiling *c, const struct variable *v);

static bool condition_depends(struct group_compiling *c, const struct condition *k) {
    if (k->op == CONDITION_TEST)
        return variable_depends(c, k->variable);
    if (k->op == CONDITION_FEEL)
        return group_depends(c, k->feel);
    for (size_t i = 0; i < k->count; i++)
        if (condition_depends(c, k->kids[i]))
            return true;
    return false;
}

/* Whether a list of the group's kind is who belongs to it. */
static bool is_people(const struct variable *v) {
    const struct fact *f = v->fact;
    return v->kind == VARIABLE_FACT && f->type == FACT_SCHOOLS && !f->derived &&
           (str_eq(f->from, STR("members")) || str_eq(f->from, STR("associates")));
}

/* What is decided of the group, and what stands for an expression, is not known before it is put together. */
static bool variable_asks(struct group_compiling *c, const struct variable *v) {
    if (v->kind == VARIABLE_OUTPUT || v->kind == VARIABLE_STUCK)
        return true;
    if (v->of)
        return variable_depends(c, v->of);
    return is_people(v) || (v->applies && condition_depends(c, v->applies)) ||
           (v->when && condition_depends(c, v->when)) || (v->is && group_depends(c, v->is));
}

static bool variable_depends(struct group_compiling *c, const struct variable *v) {
    if (!c->depends[v->index]) {
        c->depends[v->index] = 1;
        c->depends[v->index] = variable_asks(c, v) ? 2 : 1;
    }
    return c->depends[v->index] == 2;
}

const struct variable *group_named(const struct group_compiling *c, const struct feel_node *node) {
    const struct variable *v = node->op == FEEL_NAME ? map_get(&c->field->kind->by_id, node->name) : NULL;
    return v && v == node->bound ? v : NULL;
}

/* The kind whose records a name lists, or NULL. */
static const struct policy_kind *kind_named(const struct group_compiling *c, const struct feel_node *node) {
    const struct policy *policy = c->field->policy;
    for (size_t i = 0; node->op == FEEL_NAME && i < policy->kind_count; i++)
        if (node->bound == policy->kinds[i])
            return policy->kinds[i];
    return NULL;
}

bool group_depends(struct group_compiling *c, const struct feel_node *node) {
    if (node->op == FEEL_NAME) {
        const struct variable *v = group_named(c, node);
        return v ? variable_depends(c, v) : !kind_named(c, node);
    }
    for (size_t i = 0; i < node->count; i++)
        if (group_depends(c, node->kids[i]))
            return true;
    return false;
}

/* ---- lists ---- */

static struct group_set *set_over(struct group_compiling *c, const struct group_universe *of, int by,
                                  size_t rows) {
    struct group_set *set = arena_new(c->arena, struct group_set);
    *set = (struct group_set){.of = of,
                              .sure = arena_array(c->arena, uint64_t, rows * of->words),
                              .maybe = arena_array(c->arena, uint64_t, rows * of->words),
                              .by = by};
    return set;
}

const struct group_set *group_set_all(struct group_compiling *c, const struct group_universe *of) {
    struct group_set *set = set_over(c, of, GROUP_NONE, 1);
    for (size_t i = 0; i < of->count; i++)
        plane_add(set->sure, i);
    return set;
}

static struct str known_as(const struct subject *s) {
    return s->base ? s->base->id : s->id;
}

static void place_records(struct group_compiling *c, struct group_universe *u) {
    const struct group_universe *members = c->plan->members;
    struct map by_id = {.arena = c->scratch};
    size_t *places = arena_array(c->scratch, size_t, members->count);
    for (size_t i = 0; i < members->count; i++) {
        places[i] = i;
        map_add(&by_id, known_as(members->values[i].record.object), &places[i], NULL);
    }
    u->member = arena_array(c->arena, size_t, u->count);
    for (size_t i = 0; i < u->count; i++) {
        size_t *place = map_get(&by_id, known_as(u->values[i].record.object));
        u->member[i] = place ? *place : SIZE_MAX;
    }
}

/* All records of a kind; NULL where they are not known. */
static const struct group_universe *records_of_kind(struct group_compiling *c,
                                                    const struct policy_kind *kind) {
    const struct subject_world *world = c->state.subject->world;
    struct feel_value list;
    for (size_t i = 0; i < c->universe_count; i++)
        if (c->universes[i].kind == kind)
            return &c->universes[i];
    if (!world || c->universe_count == GROUP_UNIVERSES_MAX || !world->records(world->context, kind, &list) ||
        list.type != FEEL_LIST || list.list->sure < list.list->count)
        return NULL;
    for (size_t i = 0; i < list.list->count; i++)
        if (list.list->items[i].type != FEEL_RECORD)
            return NULL;
    struct group_universe *u = &c->universes[c->universe_count++];
    *u = (struct group_universe){.kind = kind, .count = list.list->count};
    u->words = (u->count + 63) / 64;
    u->values = arena_array(c->arena, struct feel_value, u->count);
    for (size_t i = 0; i < u->count; i++)
        u->values[i] = list.list->items[i];
    place_records(c, u);
    return u;
}

static const struct group_set *set_named(struct group_compiling *c, const struct feel_node *node) {
    const struct variable *v = group_named(c, node);
    const struct policy_kind *kind = kind_named(c, node);
    const struct group_universe *all = kind ? records_of_kind(c, kind) : NULL;
    if (all)
        return group_set_all(c, all);
    if (!v || v->kind != VARIABLE_FACT || v->fact->type != FACT_SCHOOLS)
        return NULL;
    if (v->is)
        return group_set_new(c, v->is, NULL); /* an expression of its own, with variables of its own */
    if (!is_people(v))
        return NULL;
    bool members = str_eq(v->fact->from, STR("members"));
    return members ? group_set_all(c, c->plan->members) : set_over(c, c->plan->members, GROUP_NONE, 1);
}

static void filter_row(const struct group_set *from, const struct group_table *t, size_t of, size_t row,
                       size_t to, struct group_set *out) {
    for (size_t w = 0; w < t->words; w++) {
        uint64_t yes = t->yes[row * t->words + w], no = t->no[row * t->words + w];
        uint64_t sure = from->sure[of * t->words + w], maybe = from->maybe[of * t->words + w];
        out->sure[to * t->words + w] = sure & yes & ~no;
        out->maybe[to * t->words + w] = (sure & yes & no) | (maybe & yes);
    }
}

/* What is known not to be in the list need not be asked about. */
static const uint64_t *in_some_row(struct group_compiling *c, const struct group_set *set, size_t rows) {
    uint64_t *in = arena_array(c->scratch, uint64_t, set->of->words);
    for (size_t i = 0; i < rows * set->of->words; i++)
        in[i % set->of->words] |= set->sure[i] | set->maybe[i];
    return in;
}

/* list[condition]: of the item alone, or of it and one variable around. */
static const struct group_set *set_filtered(struct group_compiling *c, const struct feel_node *node,
                                            const struct group_variable *chain) {
    const struct group_set *from = group_set_new(c, node->kids[0], chain);
    const struct feel_node *condition = node->kids[1];
    const struct group_variable *used[2];
    if (!from || condition->type.type != FEEL_BOOL || group_depends(c, condition))
        return NULL;
    const struct group_variable *by = from->by == GROUP_NONE ? NULL : group_variable_of(chain, from->by);
    size_t from_rows = by ? by->of->count : 1;
    struct group_variable item = {chain, node->slot, GROUP_DEPTH_MAX, from->of,
                                  in_some_row(c, from, from_rows)};
    if (!group_uses(condition, &item, used))
        return NULL;
    const struct group_variable *other = used[0] == &item ? used[1] : used[0];
    if ((used[0] != &item && used[1]) || (by && other && other != by))
        return NULL;
    const struct group_table *table = group_tabulate(c, condition, &item, other);
    by = other ? other : by;
    size_t rows = by ? by->of->count : 1;
    struct group_set *out = set_over(c, from->of, by ? by->id : GROUP_NONE, rows);
    for (size_t x = 0; x < rows; x++)
        filter_row(from, table, from_rows > 1 ? x : 0, other ? x : 0, x, out);
    return out;
}

const struct group_set *group_set_new(struct group_compiling *c, const struct feel_node *node,
                                      const struct group_variable *chain) {
    switch (node->op) {
    case FEEL_NAME: return set_named(c, node);
    case FEEL_FILTER: return set_filtered(c, node, chain);
    default: return NULL;
    }
}

/* ---- numbers ---- */

static const struct group_number *number_made(struct group_compiling *c, struct group_number made) {
    if (made.size > GROUP_NUMBER_MAX)
        return NULL;
    struct group_number *n = arena_new(c->arena, struct group_number);
    *n = made;
    return n;
}

/* What does not depend on the members is asked once. Whole numbers only: counts meet no others. */
static const struct group_number *number_known(struct group_compiling *c, const struct feel_node *node) {
    struct feel_value v = group_eval(c, node, NULL, 0, NULL, 0);
    int64_t n = 0;
    if (v.type != FEEL_NUMBER || !decimal_is_whole(v.number) || !decimal_to_int64(v.number, &n) ||
        n > GROUP_NUMBER_MAX || n < -GROUP_NUMBER_MAX)
        return NULL;
    return number_made(c, (struct group_number){NUMBER_CONST, .least = n, .most = n, .size = n < 0 ? -n : n});
}

static bool same_set(const struct group_set *a, const struct group_set *b) {
    size_t size = a->of->words * sizeof(uint64_t);
    return !memcmp(a->sure, b->sure, size) && !memcmp(a->maybe, b->maybe, size);
}

static bool is_empty(const struct group_set *set) {
    for (size_t w = 0; w < set->of->words; w++)
        if (set->sure[w] | set->maybe[w])
            return false;
    return true;
}

/* Which of the form's counts it is: those of one set are one. */
static size_t count_of(struct group_compiling *c, const struct group_set *set) {
    struct group_plan *plan = c->plan;
    for (size_t i = 0; i < plan->count_count; i++)
        if (same_set(plan->counts[i], set))
            return i;
    plan->counts = arena_grow(c->arena, plan->counts, plan->count_count * sizeof(set),
                              (plan->count_count + 1) * sizeof(set), alignof(const struct group_set *));
    plan->counts[plan->count_count] = set;
    return plan->count_count++;
}

static const struct group_number *number_count(struct group_compiling *c, const struct feel_node *node,
                                               const struct group_variable *chain) {
    if (node->count != 1 || !str_eq(node->name, STR("count")))
        return NULL;
    const struct group_set *set = group_set_new(c, node->kids[0], chain);
    if (!set || set->of != c->plan->members)
        return NULL;
    if (set->by == GROUP_NONE && is_empty(set))
        return number_made(c, (struct group_number){.op = NUMBER_CONST});
    size_t count = set->by == GROUP_NONE ? count_of(c, set) : SIZE_MAX;
    return number_made(
        c, (struct group_number){NUMBER_COUNT, .set = set, .count = count, .size = (int64_t)set->of->count});
}

static const struct group_number *number_named(struct group_compiling *c, const struct feel_node *node) {
    const struct variable *v = group_named(c, node);
    const struct group_fact *f = v && v->line == LINE_NUMBER ? group_fact_new(c, v) : NULL;
    if (!f || !f->number)
        return NULL;
    return number_made(
        c, (struct group_number){NUMBER_FACT, .fact = (size_t)(f - c->plan->facts), .size = f->number->size});
}

static const struct group_number *number_both(struct group_compiling *c, const struct feel_node *node,
                                              const struct group_variable *chain, enum group_number_op op) {
    const struct group_number *a = group_number_new(c, node->kids[0], chain);
    const struct group_number *b = a ? group_number_new(c, node->kids[1], chain) : NULL;
    if (!b)
        return NULL;
    int64_t size = op == NUMBER_MULTIPLY ? a->size * b->size : a->size + b->size;
    return number_made(c, (struct group_number){op, .size = size, .kids = {a, b}});
}

const struct group_number *group_number_new(struct group_compiling *c, const struct feel_node *node,
                                            const struct group_variable *chain) {
    const struct group_variable *used[2];
    if (!group_depends(c, node))
        return group_uses(node, chain, used) && !used[0] ? number_known(c, node) : NULL;
    switch (node->op) {
    case FEEL_NAME: return number_named(c, node);
    case FEEL_CALL: return number_count(c, node, chain);
    case FEEL_ADD: return number_both(c, node, chain, NUMBER_ADD);
    case FEEL_SUBTRACT: return number_both(c, node, chain, NUMBER_SUBTRACT);
    case FEEL_MULTIPLY: return number_both(c, node, chain, NUMBER_MULTIPLY);
    default: return NULL;
    }
}
