/* SPDX-License-Identifier: MIT */
/*
 * group_compile.c: the conditions of rows into nodes, for one form.
 *
 * A function gives NULL for what is of no shape that it knows; then the whole row is left to the slow road. To compile
 * half a row and guess the rest would be another meaning of it.
 */
#include "policy/condition.h"
#include "policy/decide.h"
#include "policy/group_priv.h"

/* ---- nodes ---- */

static const struct group_node *node_made(struct group_compiling *c, struct group_node made) {
    struct group_node *n = arena_new(c->arena, struct group_node);
    *n = made;
    return n;
}

static const struct group_node *node_const(struct group_compiling *c, truths t) {
    return node_made(c, (struct group_node){.op = GROUP_CONST, .constant = t});
}

static bool is_const(const struct group_node *n, truths t) {
    return n->op == GROUP_CONST && n->constant == t;
}

static const struct group_node *node_not(struct group_compiling *c, const struct group_node *n) {
    if (n->op == GROUP_CONST)
        return node_const(c, truths_not(n->constant));
    return node_made(c, (struct group_node){.op = GROUP_NOT, .kids = {n}});
}

/* Of two known ones, one that decides, or one that adds nothing, nothing is left to ask. */
static const struct group_node *node_join(struct group_compiling *c, enum group_op op,
                                          const struct group_node *a, const struct group_node *b) {
    truths decides = op == GROUP_AND ? COULD_NO : COULD_YES, neutral = truths_not(decides);
    if (is_const(a, decides) || is_const(b, neutral))
        return a;
    if (is_const(b, decides) || is_const(a, neutral))
        return b;
    return node_made(c, (struct group_node){.op = op, .kids = {a, b}});
}

/* ---- what is asked once of each ---- */

static const struct group_node *lookup_new(struct group_compiling *c, const struct feel_node *node,
                                           const struct group_variable *chain) {
    const struct group_variable *used[2];
    if (!group_uses(node, chain, used))
        return NULL;
    if (!used[0])
        return node_const(c, truths_of_value(group_eval(c, node, NULL, 0, NULL, 0)));
    const struct group_table *table = group_tabulate(c, node, used[0], used[1]);
    return node_made(c, (struct group_node){.op = GROUP_LOOKUP, .table = table});
}

/* ---- some and every ---- */

static const struct group_node *truth_new(struct group_compiling *c, const struct feel_node *node,
                                          const struct group_variable *chain);

/* A member of a list for which the table says no decides `every`; one that only may be there, or of which it is not
 * known, leaves it open. `some` is the same with yes for no. */
static void fold_row(const struct group_set *set, const struct group_table *t, size_t from, size_t row,
                     size_t to, struct group_node *out) {
    for (size_t w = 0; w < t->words; w++) {
        uint64_t yes = t->yes[row * t->words + w], no = t->no[row * t->words + w];
        uint64_t sure = set->sure[from * t->words + w], maybe = set->maybe[from * t->words + w];
        uint64_t against = out->every ? no & ~yes : yes & ~no, with = out->every ? yes & ~no : no & ~yes;
        out->decides[to * t->words + w] = sure & against;
        out->unknown[to * t->words + w] = (sure & yes & no) | (maybe & ~with);
        out->null[to * t->words + w] = sure & ~yes & ~no;
    }
}

static bool is_clear(const uint64_t *plane, size_t words) {
    for (size_t w = 0; w < words; w++)
        if (plane[w])
            return false;
    return true;
}

/* Over members, of a table whose rows, and those of the list, go by one variable at most. */
static const struct group_node *fold_new(struct group_compiling *c, const struct group_set *set,
                                         const struct group_table *t, size_t rows, int by, bool every) {
    struct group_node n = {.op = GROUP_FOLD, .every = every, .variable = by, .set = set};
    size_t words = t->words;
    n.decides = arena_array(c->arena, uint64_t, rows * words);
    n.unknown = arena_array(c->arena, uint64_t, rows * words);
    n.null = arena_array(c->arena, uint64_t, rows * words);
    for (size_t x = 0; x < rows; x++)
        fold_row(set, t, set->by == GROUP_NONE ? 0 : x, t->outer == GROUP_NONE ? 0 : x, x, &n);
    if (is_clear(n.decides, rows * words) && is_clear(n.unknown, rows * words) &&
        is_clear(n.null, rows * words))
        return node_const(c, every ? COULD_YES : COULD_NO);
    return node_made(c, n);
}

/* The values of a variable for which a body is neutral whatever the group is: of `not(m.objects) or (...)` those who do
 * not, and those of whom an inner some or every finds nothing. */
static const uint64_t *neutral_values(struct group_compiling *c, const struct group_node *body,
                                      const struct group_variable *v, bool every) {
    const struct group_node *kid = body->op == (every ? GROUP_OR : GROUP_AND) ? body->kids[0] : body;
    uint64_t *neutral = arena_array(c->scratch, uint64_t, v->of->words);
    if (kid->op == GROUP_LOOKUP && kid->table->inner == v->id && kid->table->outer == GROUP_NONE) {
        for (size_t w = 0; w < v->of->words; w++) {
            uint64_t yes = kid->table->yes[w], no = kid->table->no[w];
            neutral[w] = every ? yes & ~no : no & ~yes;
        }
    } else if (kid->op == GROUP_FOLD && kid->variable == v->id && kid->every == every) {
        size_t words = kid->set->of->words;
        for (size_t i = 0; i < v->of->count; i++)
            if (is_clear(kid->decides + i * words, words) && is_clear(kid->unknown + i * words, words) &&
                is_clear(kid->null + i * words, words))
                plane_add(neutral, i);
    }
    return neutral;
}

static const struct group_set *set_less_neutral(struct group_compiling *c, const struct group_set *set,
                                                const uint64_t *neutral, size_t rows) {
    struct group_set *out = arena_new(c->arena, struct group_set);
    size_t words = set->of->words;
    *out = *set;
    out->sure = arena_array(c->arena, uint64_t, rows * words);
    out->maybe = arena_array(c->arena, uint64_t, rows * words);
    for (size_t i = 0; i < rows * words; i++) {
        out->sure[i] = set->sure[i] & ~neutral[i % words];
        out->maybe[i] = set->maybe[i] & ~neutral[i % words];
    }
    return out;
}

static size_t rows_by(const struct group_variable *chain, int id) {
    const struct group_variable *v = group_variable_of(chain, id);
    return v ? v->of->count : 1;
}

/* The lists of the quantifier from `at` on, one within the other. */
static const struct group_node *quantified_new(struct group_compiling *c, const struct feel_node *node,
                                               size_t at, const struct group_variable *chain) {
    if (at + 1 == node->count)
        return truth_new(c, node->kids[at], chain);
    int id = chain ? chain->id + 1 : 0;
    const struct group_set *set = id < GROUP_DEPTH_MAX ? group_set_new(c, node->kids[at], chain) : NULL;
    if (!set)
        return NULL;
    bool every = node->op == FEEL_EVERY;
    size_t rows = rows_by(chain, set->by), words = set->of->words;
    uint64_t *needed = arena_array(c->scratch, uint64_t, words);
    for (size_t i = 0; i < rows * words; i++)
        needed[i % words] |= set->sure[i] | set->maybe[i];
    struct group_variable v = {chain, node->slot + (uint32_t)at, id, set->of, needed};
    const struct group_node *body = quantified_new(c, node, at + 1, &v);
    if (!body)
        return NULL;
    bool folds = set->of == c->plan->members && body->op == GROUP_LOOKUP && body->table->inner == id;
    int outer = folds ? body->table->outer : GROUP_NONE;
    if (folds && (set->by == outer || set->by == GROUP_NONE || outer == GROUP_NONE)) {
        int by = set->by == GROUP_NONE ? outer : set->by;
        return fold_new(c, set, body->table, rows_by(chain, by), by, every);
    }
    set = set_less_neutral(c, set, neutral_values(c, body, &v, every), rows);
    return node_made(
        c, (struct group_node){.op = GROUP_EACH, .set = set, .every = every, .variable = id, .kids = {body}});
}

/* ---- list contains(members.id, s.id) ---- */

static const struct feel_node *id_of(const struct feel_node *node) {
    return node->op == FEEL_PATH && str_eq(node->name, STR("id")) ? node->kids[0] : NULL;
}

static const struct group_node *contains_new(struct group_compiling *c, const struct feel_node *node,
                                             const struct group_variable *chain) {
    bool call = str_eq(node->name, STR("list contains")) && node->count == 2;
    const struct feel_node *list = call ? id_of(node->kids[0]) : NULL;
    const struct feel_node *one = list ? id_of(node->kids[1]) : NULL;
    if (!one || one->op != FEEL_VARIABLE)
        return NULL;
    while (chain && chain->slot != one->slot)
        chain = chain->outer;
    const struct group_set *set = chain ? group_set_new(c, list, chain) : NULL;
    if (!set || set->of != c->plan->members || set->by != GROUP_NONE)
        return NULL;
    return node_made(
        c, (struct group_node){
               .op = GROUP_CONTAINS, .set = set, .variable = chain->id, .member = chain->of->member});
}

/* ---- expressions ---- */

static const struct group_node *compare_new(struct group_compiling *c, const struct feel_node *node,
                                            const struct group_variable *chain) {
    const struct group_number *a = group_number_new(c, node->kids[0], chain);
    const struct group_number *b = a ? group_number_new(c, node->kids[1], chain) : NULL;
    if (!b)
        return NULL;
    return node_made(c, (struct group_node){.op = GROUP_COMPARE, .compare = node->op, .numbers = {a, b}});
}

/* The second is asked only of those for which the first does not decide. */
static const struct group_node *both_new(struct group_compiling *c, const struct feel_node *node,
                                         const struct group_variable *chain) {
    enum group_op op = node->op == FEEL_AND ? GROUP_AND : GROUP_OR;
    const struct group_node *a = truth_new(c, node->kids[0], chain);
    if (!a || is_const(a, op == GROUP_AND ? COULD_NO : COULD_YES))
        return a;
    struct group_variable v = chain ? *chain : (struct group_variable){0};
    if (a->op == GROUP_LOOKUP && a->table->outer == GROUP_NONE && a->table->inner == v.id && chain) {
        uint64_t *needed = arena_array(c->scratch, uint64_t, v.of->words);
        for (size_t w = 0; w < v.of->words; w++) {
            uint64_t yes = a->table->yes[w], no = a->table->no[w];
            needed[w] = (v.needed ? v.needed[w] : ~(uint64_t)0) & ~(op == GROUP_AND ? no & ~yes : yes & ~no);
        }
        v.needed = needed;
    }
    const struct group_node *b = truth_new(c, node->kids[1], chain ? &v : NULL);
    return b ? node_join(c, op, a, b) : NULL;
}

static const struct group_node *fact_named(struct group_compiling *c, const struct feel_node *node) {
    const struct variable *v = group_named(c, node);
    const struct group_fact *f = v && v->when ? group_fact_new(c, v) : NULL;
    if (!f)
        return NULL;
    return node_made(c, (struct group_node){.op = GROUP_FACT, .fact = (size_t)(f - c->plan->facts)});
}

static const struct group_node *truth_new(struct group_compiling *c, const struct feel_node *node,
                                          const struct group_variable *chain) {
    const struct group_node *kid;
    if (!group_depends(c, node))
        return lookup_new(c, node, chain);
    switch (node->op) {
    case FEEL_AND:
    case FEEL_OR: return both_new(c, node, chain);
    case FEEL_NOT: kid = truth_new(c, node->kids[0], chain); return kid ? node_not(c, kid) : NULL;
    case FEEL_SOME:
    case FEEL_EVERY: return quantified_new(c, node, 0, chain);
    case FEEL_EQ:
    case FEEL_NE:
    case FEEL_LT:
    case FEEL_LE:
    case FEEL_GT:
    case FEEL_GE: return compare_new(c, node, chain);
    case FEEL_CALL: return contains_new(c, node, chain);
    case FEEL_NAME: return fact_named(c, node);
    default: return NULL;
    }
}

/* ---- facts of the group ---- */

/* NULL where it is of no shape that can be compiled. */
static const struct group_node *condition_new(struct group_compiling *c, const struct condition *k);

/* A number that is counted, or a yes or no; not where it applies to some groups alone. */
const struct group_fact *group_fact_new(struct group_compiling *c, const struct variable *v) {
    struct group_plan *plan = c->plan;
    if (c->fact_of[v->index])
        return c->fact_of[v->index] == SIZE_MAX ? NULL : &plan->facts[c->fact_of[v->index] - 1];
    c->fact_of[v->index] = SIZE_MAX;
    struct group_fact f = {.variable = v};
    if (v->kind != VARIABLE_FACT || v->applies)
        return NULL;
    if (v->when)
        f.when = condition_new(c, v->when);
    else if (v->is && v->line == LINE_NUMBER)
        f.number = group_number_new(c, v->is, NULL);
    if ((!f.when && !f.number) || plan->item_count == GROUP_ITEMS_MAX)
        return NULL;
    if (f.number) {
        f.piece_count = c->field->member_count + 1;
        f.pieces = arena_array(c->arena, values, f.piece_count);
        for (size_t i = 0; i < f.piece_count; i++)
            f.pieces[i] = variable_piece(v, decimal_whole((int64_t)i));
    }
    plan->item_count++;
    plan->facts[plan->fact_count++] = f;
    c->fact_of[v->index] = plan->fact_count;
    return &plan->facts[plan->fact_count - 1];
}

/* ---- conditions ---- */

static bool condition_depends(struct group_compiling *c, const struct condition *k) {
    struct feel_node name = {.op = FEEL_NAME};
    if (k->op == CONDITION_FEEL)
        return group_depends(c, k->feel);
    if (k->op == CONDITION_TEST) {
        name.name = k->variable->id;
        name.bound = k->variable;
        return group_depends(c, &name);
    }
    for (size_t i = 0; i < k->count; i++)
        if (condition_depends(c, k->kids[i]))
            return true;
    return false;
}

/* A yes/no fact is one of the two, or not known which. */
static const struct group_node *test_new(struct group_compiling *c, const struct condition *k) {
    const struct group_fact *f = group_fact_new(c, k->variable);
    if (!f)
        return NULL;
    size_t fact = (size_t)(f - c->plan->facts);
    if (f->number)
        return node_made(c, (struct group_node){.op = GROUP_TEST, .fact = fact, .mask = k->mask});
    bool yes = k->mask & VALUES_YES, no = k->mask & VALUES_NO;
    if (yes == no)
        return node_const(c, yes ? COULD_YES : COULD_NO);
    const struct group_node *is = node_made(c, (struct group_node){.op = GROUP_FACT, .fact = fact});
    return yes ? is : node_not(c, is);
}

static const struct group_node *holds_new(struct group_compiling *c, const struct condition *k) {
    const struct group_node *kid = truth_new(c, k->feel, NULL);
    if (!kid || c->plan->item_count == GROUP_ITEMS_MAX)
        return NULL;
    return node_made(
        c, (struct group_node){
               .op = GROUP_HOLDS, .kids = {kid}, .wanted = k->wanted, .item = c->plan->item_count++});
}

static const struct group_node *condition_new(struct group_compiling *c, const struct condition *k) {
    if (!condition_depends(c, k))
        return node_const(c, truths_of(state_truth(&c->state, k)));
    if (k->op == CONDITION_TEST)
        return test_new(c, k);
    if (k->op == CONDITION_FEEL)
        return holds_new(c, k);
    enum group_op op = k->op == CONDITION_AND ? GROUP_AND : GROUP_OR;
    const struct group_node *all = node_const(c, op == GROUP_AND ? COULD_YES : COULD_NO);
    for (size_t i = 0; i < k->count && all; i++) {
        const struct group_node *one = condition_new(c, k->kids[i]);
        all = one ? node_join(c, op, all, one) : NULL;
    }
    return all;
}

/* ---- rows ---- */

/* The cells that must hold, or the others, and `all`. */
static const struct group_node *cells_new(struct group_compiling *c, const struct row *row, bool must,
                                          const struct group_node *all) {
    for (size_t i = 0; i < row->cell_count && all; i++) {
        if (row->cells[i].must != must)
            continue;
        const struct group_node *one = condition_new(c, row->cells[i].condition);
        all = one ? node_join(c, GROUP_AND, all, one) : NULL;
    }
    return all;
}

/* It is not concerned, or what it must have holds. A row that waits for those of earlier tiers is left alone. */
static const struct group_node *row_new(struct group_compiling *c, const struct row *row) {
    const struct condition *applies = row->table->decision->applies;
    const struct group_node *yes = node_const(c, COULD_YES);
    const struct group_node *concerned = applies ? condition_new(c, applies) : yes;
    concerned = concerned && !row->tier ? cells_new(c, row, false, concerned) : NULL;
    if (!concerned || is_const(concerned, COULD_NO))
        return concerned ? yes : NULL;
    const struct group_node *must = cells_new(c, row, true, yes);
    return must ? node_join(c, GROUP_OR, node_not(c, concerned), must) : NULL;
}

static void add_rows(struct group_compiling *c, const struct output *must) {
    struct group_plan *plan = c->plan;
    const struct decision *check = must->decision;
    size_t output = (size_t)(must - check->outputs), size = sizeof(struct group_node *);
    for (size_t i = 0; i < check->row_count; i++) {
        const struct group_node *row =
            row_is_breach(check->rows[i], output) ? row_new(c, check->rows[i]) : node_const(c, COULD_YES);
        plan->slow = plan->slow || !row;
        if (!row || is_const(row, COULD_YES))
            continue;
        plan->rows = arena_grow(c->arena, plan->rows, plan->row_count * size, (plan->row_count + 1) * size,
                                alignof(struct group_node *));
        plan->rows[plan->row_count++] = row;
    }
}

/* Where something cannot be true of such a group, the search leaves completions out. */
static bool nothing_is_ruled_out(struct group_compiling *c) {
    const struct policy_kind *kind = c->field->kind;
    for (size_t i = 0; i < kind->never_count; i++)
        if (condition_depends(c, kind->nevers[i]->when) ||
            state_truth(&c->state, kind->nevers[i]->when) != TRUTH_NO)
            return false;
    return true;
}

static struct group_universe *members_of(const struct group_field *field, size_t form, struct arena *arena) {
    struct group_universe *u = arena_new(arena, struct group_universe);
    *u = (struct group_universe){.count = field->member_count, .words = (field->member_count + 63) / 64};
    u->values = arena_array(arena, struct feel_value, u->count);
    for (size_t i = 0; i < u->count; i++) {
        const struct subject *member = field->members[form * field->member_count + i];
        u->values[i] = feel_record(member->kind->class, member);
    }
    return u;
}

struct group_plan *group_compile(const struct group_field *field, size_t form, struct arena *arena,
                                 struct arena *scratch) {
    struct group_plan *plan = arena_new(arena, struct group_plan);
    struct group_compiling c = {.field = field, .arena = arena, .scratch = scratch, .plan = plan};
    state_init(&c.state, field->forms[form], scratch);
    c.universes = arena_array(arena, struct group_universe, GROUP_UNIVERSES_MAX);
    c.depends = arena_array(scratch, unsigned char, field->kind->variable_count);
    c.fact_of = arena_array(scratch, size_t, field->kind->variable_count);
    plan->members = members_of(field, form, arena);
    plan->facts = arena_array(arena, struct group_fact, GROUP_ITEMS_MAX);
    plan->counts = arena_new(arena, const struct group_set *);
    plan->counts[plan->count_count++] = group_set_all(&c, plan->members);
    plan->slow = !nothing_is_ruled_out(&c);
    if (!plan->slow)
        for (size_t i = 0; i < field->must_count; i++)
            add_rows(&c, field->must[i]);
    return plan;
}
