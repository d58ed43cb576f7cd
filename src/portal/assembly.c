/* SPDX-License-Identifier: MIT */
/* assembly.c: groups that stand in no file. */
#include "portal/assembly.h"

#include "policy/decide.h"

static struct subject *subject_of(const struct assembly *a, const struct policy_kind *kind, struct str id,
                                  const struct given *given, struct arena *arena) {
    struct subject *s = arena_new(arena, struct subject);
    *s = (struct subject){.policy = a->policy,
                          .kind = kind,
                          .id = id,
                          .as_of = a->as_of,
                          .audience = a->audience,
                          .given = given ? given : arena_array(arena, struct given, kind->fact_count),
                          .world = a->world};
    return s;
}

/* ---- which of a group's facts are its schools ---- */

enum list { LIST_NONE, LIST_MEMBERS, LIST_ASSOCIATES };

static enum list list_of(const struct fact *fact) {
    if (fact->type != FACT_SCHOOLS)
        return LIST_NONE;
    return str_eq(fact->from, STR("members"))      ? LIST_MEMBERS
           : str_eq(fact->from, STR("associates")) ? LIST_ASSOCIATES
                                                   : LIST_NONE;
}

/* The facts of the group with its lists of schools as `lists` has them: not known where that is NULL, since silence about
 * associates may be declared to mean none. */
static const struct given *with_lists(const struct assembly *a, const struct policy_kind *kind,
                                      const struct feel_value *lists, struct arena *arena) {
    struct given *given = arena_array(arena, struct given, kind->fact_count);
    for (size_t i = 0; i < kind->fact_count; i++) {
        enum list list = list_of(kind->facts[i]);
        given[i] = a->given ? a->given[i] : (struct given){0};
        if (!list || given[i].state == GIVEN_HIDDEN)
            continue;
        given[i].state = lists ? GIVEN_VALUE : GIVEN_NOT_RECORDED;
        given[i].feel = lists ? lists[list] : (struct feel_value){0};
    }
    return given;
}

struct subject *assembly_group(const struct assembly *a, struct arena *arena) {
    const struct policy_kind *kind = policy_kind(a->policy, a->record);
    if (!kind)
        return NULL;
    struct subject *group = subject_of(a, kind, a->id, with_lists(a, kind, NULL, arena), arena);
    subject_init(group, arena);
    return group;
}

/* ---- members ---- */

struct subject *assembly_member_subject(const struct assembly *a, size_t i, const struct subject *group,
                                        struct arena *arena) {
    const struct assembly_member *member = &a->members[i];
    const struct policy_kind *kind = policy_kind(a->policy, STR("member"));
    struct subject *s;
    if (kind) {
        s = subject_of(a, kind, member->school->id, member->given, arena);
        s->base = member->school;
        s->group = group;
        subject_init(s, arena);
    } else {
        s = arena_new(arena, struct subject);
        *s = *member->school;
    }
    return s;
}

/* What tables say of a member, a row about the group may ask. */
static void decide_member(struct subject *member, struct arena *arena) {
    struct arena scratch = {0};
    if (member->base && member->kind->decision_count)
        subject_decide(member, arena, &scratch);
    arena_release(&scratch);
}

struct subject *assembly_subject(const struct assembly *a, struct arena *arena) {
    const struct policy_kind *kind = policy_kind(a->policy, a->record);
    struct subject *own = assembly_group(a, arena);
    if (!own)
        return NULL;
    struct feel_value *items[] = {[LIST_MEMBERS] = arena_array(arena, struct feel_value, a->count),
                                  [LIST_ASSOCIATES] = arena_array(arena, struct feel_value, a->count)};
    size_t counts[] = {[LIST_MEMBERS] = 0, [LIST_ASSOCIATES] = 0};
    for (size_t i = 0; i < a->count; i++) {
        enum list list = a->members[i].associate ? LIST_ASSOCIATES : LIST_MEMBERS;
        struct subject *member = assembly_member_subject(a, i, own, arena);
        decide_member(member, arena);
        items[list][counts[list]++] = feel_record(member->kind->class, member);
    }
    struct feel_value lists[] = {[LIST_MEMBERS] = feel_list(arena, items[LIST_MEMBERS], counts[LIST_MEMBERS]),
                                 [LIST_ASSOCIATES] =
                                     feel_list(arena, items[LIST_ASSOCIATES], counts[LIST_ASSOCIATES])};
    struct subject *group = subject_of(a, kind, a->id, with_lists(a, kind, lists, arena), arena);
    subject_init(group, arena);
    return group;
}
