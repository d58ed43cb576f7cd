/* SPDX-License-Identifier: MIT */
/* trial_match.c: what a policy test expects of the match of a whole network. */
#include <stdlib.h>

#include "portal/match.h"
#include "portal/trial_inside.h"

/* ---- the network ---- */

static int by_id(const void *a, const void *b) {
    return str_cmp(((const struct match_school *)a)->id, ((const struct match_school *)b)->id);
}

static const struct match_school *network_schools(struct trial *t, const struct trial_list *list,
                                                  const struct match_plan *plan) {
    struct match_school *schools = arena_array(&t->arena, struct match_school, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct subject *subject = &list->items[i].subject;
        struct str name = value_words(value_get(list->sources[i], STR("name")));
        schools[i] =
            (struct match_school){.id = subject->id,
                                  .name = name.len ? name : subject->id,
                                  .subject = subject,
                                  .takes_part = subject->domain[plan->pool->variable->index] == VALUES_YES};
    }
    qsort(schools, list->count, sizeof(*schools), by_id);
    return schools;
}

/* Rows about pairs, members and groups are reached by what the match asks of them. */
static void asked(void *context, const struct subject *subject) {
    struct trial *t = context;
    struct decided decided = {.subject = *subject};
    reached_add(t->reached, &decided, &t->scratch);
}

/* ---- what is expected ---- */

static int compare_str(const void *a, const void *b) {
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* "A B C structured" for each group, in order: the same words whatever the order they were written in. */
static struct str group_words(struct trial *t, struct str *ids, size_t count, struct str kind) {
    struct buf out = {.arena = &t->arena};
    qsort(ids, count, sizeof(*ids), compare_str);
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, STR_FMT " ", STR_ARG(ids[i]));
    buf_add(&out, kind);
    return buf_str(&out);
}

static struct str sorted_words(struct trial *t, struct str *groups, size_t count) {
    struct buf out = {.arena = &t->arena};
    qsort(groups, count, sizeof(*groups), compare_str);
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, STR_FMT STR_FMT, STR_ARG(str_joint(i, count)), STR_ARG(groups[i]));
    return buf_str(&out);
}

static struct str proposed(struct trial *t, const struct match_result *r) {
    struct str *groups = arena_array(&t->arena, struct str, r->proposal_count);
    for (size_t i = 0; i < r->proposal_count; i++) {
        const struct match_proposal *p = &r->proposals[i];
        struct str *ids = arena_array(&t->arena, struct str, p->member_count);
        for (size_t j = 0; j < p->member_count; j++)
            ids[j] = p->members[j]->id;
        groups[i] = group_words(t, ids, p->member_count, p->kind);
    }
    return sorted_words(t, groups, r->proposal_count);
}

/* Whether a value is a list of words, of at least so many; reported where it is not. */
static bool is_words(struct trial *t, const struct value *v, struct str what, uint32_t least) {
    bool ok = v->kind == VALUE_LIST && v->count >= least;
    for (uint32_t i = 0; ok && i < v->count; i++)
        ok = v->items[i].kind == VALUE_TEXT;
    if (!ok)
        diag(t->diags, DIAG_SCHEMA_TYPE, value_place(v), what,
             least ? STR("a list of schools and then their kind") : STR("a list of schools"),
             v->kind == VALUE_MAP    ? STR("a map")
             : v->kind == VALUE_LIST ? STR("another list")
                                     : STR("text"),
             STR(""));
    return ok;
}

static struct str *words_of(struct trial *t, const struct value *v) {
    struct str *words = arena_array(&t->arena, struct str, v->count);
    for (uint32_t i = 0; i < v->count; i++)
        words[i] = value_words(&v->items[i]);
    return words;
}

static void expect_proposals(struct trial *t, const struct match_result *r, const struct value *v) {
    if (v->kind != VALUE_LIST) {
        is_words(t, v, STR("proposals"), 2);
        return;
    }
    struct str *groups = arena_array(&t->arena, struct str, v->count);
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *group = &v->items[i];
        if (!is_words(t, group, STR("proposals"), 2))
            return;
        groups[i] = group_words(t, words_of(t, group), group->count - 1,
                                value_words(&group->items[group->count - 1]));
    }
    struct str expected = sorted_words(t, groups, v->count), is = proposed(t, r);
    if (!str_eq(is, expected))
        trial_fail(t, v, STR("proposals"), is, expected);
}

static void expect_left(struct trial *t, const struct match_result *r, const struct value *v) {
    struct str *left = arena_array(&t->arena, struct str, r->left_count);
    for (size_t i = 0; i < r->left_count; i++)
        left[i] = r->left[i].school->id;
    if (!is_words(t, v, STR("left over"), 0))
        return;
    struct str is = sorted_words(t, left, r->left_count),
               expected = sorted_words(t, words_of(t, v), v->count);
    if (!str_eq(is, expected))
        trial_fail(t, v, STR("left over"), is, expected);
}

static void expect_number(struct trial *t, const struct match_step_result *step, const struct value *v) {
    struct buf is = {.arena = &t->arena};
    struct decimal expected;
    decimal_print(&is, step->value);
    bool number = decimal_parse(value_words(v), &expected);
    if (!number || decimal_cmp(expected, step->value))
        trial_fail(t, v, step->label, buf_str(&is), value_words(v));
}

static void expect_objective(struct trial *t, const struct match_result *r, const struct value *map) {
    struct str *ids = arena_array(&t->arena, struct str, r->step_count);
    if (map->kind != VALUE_MAP) {
        diag(t->diags, DIAG_SCHEMA_TYPE, value_place(map), STR("objective"), STR("a map"),
             map->kind == VALUE_LIST ? STR("a list") : STR("text"), STR(""));
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct field *f = &map->fields[i];
        const struct match_step_result *step = NULL;
        for (size_t j = 0; j < r->step_count; j++) {
            ids[j] = r->steps[j].id;
            step = str_eq(ids[j], f->key) ? &r->steps[j] : step;
        }
        if (step)
            expect_number(t, step, &f->value);
        else
            diag(t->diags, DIAG_UNKNOWN_KEY, place_at(map->source, f->key_offset), f->key,
                 STR("the steps of the match"), str_nearest(f->key, ids, r->step_count));
    }
}

static void expect_exact(struct trial *t, const struct match_result *r, const struct value *v) {
    struct str is = r->exact ? STR("yes") : STR("no");
    if (!str_eq(value_words(v), is))
        trial_fail(t, v, STR("proposals are exact"), is, value_words(v));
}

/* ---- all of it ---- */

static const struct {
    const char *key;
    void (*expect)(struct trial *, const struct match_result *, const struct value *);
} parts[] = {{"proposals", expect_proposals},
             {"left over", expect_left},
             {"objective", expect_objective},
             {"exact", expect_exact}};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

static void expect_all(struct trial *t, const struct match_result *r, const struct value *expected) {
    const char *known[PARTS + 1] = {0};
    for (size_t i = 0; i < PARTS; i++)
        known[i] = parts[i].key;
    trial_known(t, expected, known, STR("what is expected of a match"));
    for (size_t i = 0; i < PARTS; i++) {
        const struct value *v = value_get(expected, str_from(parts[i].key));
        if (v)
            parts[i].expect(t, r, v);
    }
}

void trial_match(struct trial *t, const struct value *schools, const struct value *expected) {
    const struct policy_kind *kind = policy_kind(&t->site->policy, POLICY_SUBJECT);
    const struct decision *match = match_declared(&t->site->policy);
    size_t errors = t->diags->errors;
    struct trial_group group = {0};
    struct match_result result;
    if (!match) {
        diag_plain(t->diags, DIAG_POLICY_TEST_MATCH, value_place(expected));
        return;
    }
    if (!trial_list(t, kind, schools, NULL, &group.schools))
        return;
    trial_ids(t, &group);
    if (t->diags->errors > errors)
        return;
    const struct subject_world *world = trial_world(t, &group);
    for (size_t i = 0; i < group.schools.count; i++)
        group.schools.items[i].subject.world = world;
    trial_reach(t, &group.schools);
    struct match_network network = {.policy = &t->site->policy,
                                    .match = match,
                                    .schools = network_schools(t, &group.schools, match->match),
                                    .count = group.schools.count,
                                    .world = world,
                                    .as_of = t->day};
    struct match_options options = {.threads = t->site->workers, .asked = asked, .context = t};
    match_network_run(&network, &options, &t->arena, &result);
    expect_all(t, &result, expected);
}
