/* SPDX-License-Identifier: MIT */
/*
 * group_fixture.h: schools in a few words each, and groups of them put together for policy/group.h.
 *
 *     struct trial t;
 *     trial_make(&t, framework, page, schools, count);   // each school: "primary rc no north ..." as `columns` says
 *     group_admits(t.rules, members, form, &t.scratch);
 *     trial_release(&t);
 */
#ifndef SIGNPOST_TESTS_GROUP_FIXTURE_H
#define SIGNPOST_TESTS_GROUP_FIXTURE_H

#include "policy/decide.h"
#include "policy/group.h"
#include "policy_help.h"

#define TRIAL_SCHOOLS 1100
#define TRIAL_FORMS 3

struct trial {
    struct fixture f;
    struct arena scratch;
    struct subject schools[TRIAL_SCHOOLS];
    size_t count;  /* of those who are members */
    size_t others; /* that the world has too, after them */
    struct subject forms[TRIAL_FORMS];
    struct given *form_given[TRIAL_FORMS];
    size_t form_count;
    struct subject_world world;
    const struct subject **form_list, **member_list;
    const struct output *must[4];
    struct group_field field;
    struct group_rules *rules;
    bool calls; /* whether `assembled` counts */
    size_t assembled;
};

static inline void trial_give(const struct policy_kind *kind, struct given *given, struct str id,
                              struct str text, struct arena *arena) {
    for (size_t i = 0; i < kind->fact_count; i++) {
        struct str item;
        if (!str_eq(kind->facts[i]->id, id) || str_eq(text, STR("-")))
            continue;
        given[i].state = str_eq(text, STR("?")) ? GIVEN_NOT_RECORDED : GIVEN_VALUE;
        given[i].text = text;
        struct str *texts = arena_array(arena, struct str, text.len + 1);
        while (str_cut(&text, ',', &item))
            texts[given[i].count++] = item;
        given[i].texts = texts;
    }
}

static inline bool trial_world(void *context, const struct policy_kind *kind, struct feel_value *out) {
    struct trial *t = context;
    if (!str_eq(kind->id, STR("school")))
        return false;
    struct feel_value *all = arena_array(&t->f.arena, struct feel_value, t->count + t->others);
    for (size_t i = 0; i < t->count + t->others; i++)
        all[i] = feel_record(kind->class, &t->schools[i]);
    *out = feel_list(&t->f.arena, all, t->count + t->others);
    return true;
}

/* Facts of a record in the order of `columns`, with spaces between; "-" says nothing, "?" not recorded. */
static inline struct given *trial_facts(struct trial *t, const struct policy_kind *kind, const char *columns,
                                        const char *facts) {
    struct given *given = arena_array(&t->f.arena, struct given, kind->fact_count);
    struct str names = str_from(columns), texts = str_from(facts), name, text;
    while (str_cut(&names, ' ', &name) && str_cut(&texts, ' ', &text))
        trial_give(kind, given, name, text, &t->f.arena);
    return given;
}

static inline void trial_subject(struct trial *t, struct subject *s, const char *kind, struct given *given) {
    *s = (struct subject){.policy = &t->f.policy,
                          .kind = policy_kind(&t->f.policy, str_from(kind)),
                          .as_of = date_make(2026, 3, 1),
                          .audience = AUDIENCE_OFFICERS,
                          .given = given,
                          .world = &t->world};
    subject_init(s, &t->f.arena);
}

/* The group of these members: its own facts, and the list of them. */
static inline const struct subject *trial_assemble(void *context, const uint64_t *members, size_t form,
                                                   struct arena *arena) {
    struct trial *t = context;
    const struct policy_kind *kind = t->forms[form].kind;
    struct given *given = arena_array(arena, struct given, kind->fact_count);
    struct feel_value *list = arena_array(arena, struct feel_value, t->count);
    size_t n = 0;
    memcpy(given, t->form_given[form], kind->fact_count * sizeof(*given));
    for (size_t i = 0; i < t->count; i++)
        if (members[i / 64] >> (i % 64) & 1) {
            const struct subject *member = t->field.members[form * t->count + i];
            list[n++] = feel_record(member->kind->class, member);
        }
    for (size_t i = 0; i < kind->fact_count; i++) {
        bool all = str_eq(kind->facts[i]->from, STR("members"));
        if (!all && !str_eq(kind->facts[i]->from, STR("associates")))
            continue;
        given[i].state = GIVEN_VALUE;
        given[i].feel = feel_list(arena, list, all ? n : 0);
    }
    struct subject *s = arena_new(arena, struct subject);
    *s = t->forms[form];
    s->given = given;
    subject_init(s, arena);
    struct arena scratch = {0};
    subject_decide(s, arena, &scratch);
    arena_release(&scratch);
    if (t->calls)
        t->assembled++;
    return s;
}

/* The outputs of strength of every check over partnerships; `proposed` where a check has two. */
static inline void trial_must(struct trial *t) {
    const struct policy_kind *kind = policy_kind(&t->f.policy, STR("partnership"));
    for (size_t i = 0; i < kind->check_count; i++)
        t->must[t->field.must_count++] = &kind->checks[i]->outputs[kind->checks[i]->output_count - 1];
    t->field.must = t->must;
    t->field.kind = kind;
}

static inline void trial_forms(struct trial *t, const char *columns, const char *const *forms) {
    for (; forms[t->form_count]; t->form_count++) {
        t->form_given[t->form_count] = trial_facts(t, t->field.kind, columns, forms[t->form_count]);
        trial_subject(t, &t->forms[t->form_count], "partnership", t->form_given[t->form_count]);
    }
}

static inline void trial_members(struct trial *t, const char *columns, const char *const *schools) {
    const struct policy_kind *kind = policy_kind(&t->f.policy, STR("member"));
    t->form_list = arena_array(&t->f.arena, const struct subject *, t->form_count);
    t->member_list = arena_array(&t->f.arena, const struct subject *, t->form_count * t->count);
    for (size_t form = 0; form < t->form_count; form++) {
        t->form_list[form] = &t->forms[form];
        for (size_t i = 0; i < t->count; i++) {
            struct subject *m = arena_new(&t->f.arena, struct subject);
            trial_subject(t, m, "member", trial_facts(t, kind, columns, schools[i]));
            m->base = &t->schools[i];
            m->group = &t->forms[form];
            subject_decide(m, &t->f.arena, &t->scratch);
            t->member_list[form * t->count + i] = m;
        }
    }
}

/* Schools in the order of their ids, of which the first `count` may be members. `columns` names facts of schools and of
 * members; `form_columns` facts of groups. */
static inline void trial_make(struct trial *t, const char *framework, const char *const *pages,
                              size_t page_count, const char *columns, const char *const *schools,
                              size_t count, size_t others, const char *form_columns,
                              const char *const *forms) {
    *t = (struct trial){.count = count, .others = others};
    policy_make(&t->f, framework, pages, page_count);
    if (t->f.diags.count)
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(str_from(diag_catalogue[t->f.diags.items[0].id].slug)),
                 STR_ARG(t->f.diags.items[0].text));
    t->world = (struct subject_world){trial_world, t};
    for (size_t i = 0; i < count + others; i++) {
        const struct policy_kind *kind = policy_kind(&t->f.policy, STR("school"));
        trial_subject(t, &t->schools[i], "school", trial_facts(t, kind, columns, schools[i]));
        t->schools[i].id = str_join(&t->f.arena, STR("s"), str_whole(&t->f.arena, (long long)i + 1000));
        subject_decide(&t->schools[i], &t->f.arena, &t->scratch);
    }
    trial_must(t);
    trial_forms(t, form_columns, forms);
    trial_members(t, columns, schools);
    t->field.policy = &t->f.policy;
    t->field.forms = t->form_list;
    t->field.form_count = t->form_count;
    t->field.members = t->member_list;
    t->field.member_count = count;
    t->field.assemble = trial_assemble;
    t->field.context = t;
    t->rules = group_rules_new(&t->field, &t->f.arena, &t->scratch);
}

static inline void trial_release(struct trial *t) {
    arena_release(&t->scratch);
    policy_release(&t->f);
}

/* What the check tables say of the group that was put together. */
static inline enum truth trial_checked(struct trial *t, const uint64_t *members, size_t form) {
    struct arena_mark mark = arena_mark(&t->scratch);
    const struct subject *group = trial_assemble(t, members, form, &t->scratch);
    enum truth all = TRUTH_YES;
    for (size_t i = 0; i < t->field.must_count; i++) {
        const struct decision *check = t->must[i]->decision;
        struct check_result r;
        subject_check(group, check, (size_t)(t->must[i] - check->outputs), &t->scratch, &t->scratch, &r);
        if (r.verdict == CHECK_FAILS)
            all = TRUTH_NO;
        else if (r.verdict == CHECK_UNCERTAIN && all == TRUTH_YES)
            all = TRUTH_MAYBE;
    }
    arena_rewind(&t->scratch, mark);
    return all;
}

#endif
