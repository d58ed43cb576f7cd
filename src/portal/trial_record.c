/* SPDX-License-Identifier: MIT */
/*
 * trial_record.c: the records that a policy test describes: one of any kind, a group with its schools, a whole network.
 *
 * A test has no files, so what a record of the portal would be joined to is in the test itself: a group's schools under
 * `members` and `associates`, and the network under `schools`.
 */
#include "portal/assembly.h"
#include "portal/recorded.h"
#include "portal/trial_inside.h"

#define KEYS_MAX 16

static const struct trial_shape shapes[] = {{"facts", VALUE_MAP, "a map of facts"},
                                            {"decisions", VALUE_MAP, "a map"},
                                            {"member", VALUE_MAP, "a map of facts"}};

bool trial_shapes(struct trial *t, const struct value *map, const struct trial_shape *shape, size_t count) {
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        const struct value *v = value_get(map, str_from(shape[i].key));
        if (!v || v->kind == shape[i].kind)
            continue;
        ok = false;
        if (v->kind == VALUE_NULL)
            diag(t->diags, DIAG_SCHEMA_EMPTY, value_place(v), str_from(shape[i].key));
        else
            diag(t->diags, DIAG_SCHEMA_TYPE, value_place(v), str_from(shape[i].key), str_from(shape[i].noun),
                 v->kind == VALUE_MAP    ? STR("a map")
                 : v->kind == VALUE_LIST ? STR("a list")
                                         : STR("text"),
                 STR(""));
    }
    return ok;
}

/* ---- one record ---- */

/* As in a record, a decision is a dated list, or a map of such lists by output: a plain value would be passed over. */
static void check_decision_shapes(struct trial *t, const struct value *decisions) {
    for (uint32_t i = 0; i < decisions->count; i++) {
        const struct value *v = &decisions->fields[i].value;
        if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
            diag(t->diags, DIAG_DECISION_SHAPE, value_place(v), decisions->fields[i].key);
        for (uint32_t j = 0; v->kind == VALUE_MAP && j < v->count; j++)
            if (v->fields[j].value.kind != VALUE_LIST)
                diag(t->diags, DIAG_DECISION_SHAPE, value_place(&v->fields[j].value), v->fields[j].key);
    }
}

/* Facts by id, as many as the map gives. */
static struct given *read_facts(struct trial *t, const struct policy_kind *kind, const struct value *facts) {
    struct decided_change given = decided_no_change(kind, &t->arena);
    for (uint32_t i = 0; facts && facts->kind == VALUE_MAP && i < facts->count; i++)
        decided_give(t->site, kind, &facts->fields[i], facts->source, t->day, &t->arena, &given, t->diags);
    return given.given;
}

/* Decisions as a record has them. */
static struct recorded *read_decisions(struct trial *t, const struct policy_kind *kind,
                                       const struct value *decisions) {
    struct recorded *recorded = arena_array(&t->arena, struct recorded, kind->output_count);
    if (!decisions || decisions->kind != VALUE_MAP)
        return recorded;
    struct value_map record = {.arena = &t->arena};
    struct value own = *decisions;
    struct diags said = {.arena = t->diags->arena};
    check_decision_shapes(t, decisions);
    recorded_check_map(&t->site->policy, kind, &own, t->day, &said);
    if (said.errors) /* what a record would only be warned of may be what the test is about */
        diags_take(t->diags, &said);
    map_set(&record, "decisions", own);
    struct value *v = arena_new(&t->arena, struct value);
    *v = map_done(&record);
    recorded_read(kind, v, t->day, AUDIENCE_OFFICERS, &t->arena, recorded);
    return recorded;
}

/* Everything that is said of a record, and nothing made of it. False after a diagnostic. */
static bool read_record(struct trial *t, const struct policy_kind *kind, const struct value *described,
                        struct str id, struct decided *out) {
    size_t errors = t->diags->errors;
    *out = (struct decided){.record = {.kind = kind->id, .id = id, .label = id, .at = value_place(described)},
                            .given = read_facts(t, kind, value_at(described, "facts")),
                            .recorded = read_decisions(t, kind, value_at(described, "decisions"))};
    out->subject = (struct subject){.policy = &t->site->policy,
                                    .kind = kind,
                                    .id = id,
                                    .as_of = t->day,
                                    .audience = AUDIENCE_OFFICERS,
                                    .given = out->given,
                                    .recorded = out->recorded};
    return t->diags->errors == errors;
}

/* ---- lists of schools ---- */

static const char *const list_keys[] = {"id", "name", "times", "facts", "decisions", NULL};

/* Reports the keys that neither every list nor this one has. */
static void check_keys(struct trial *t, const struct value *item, const char *const *more) {
    const char *known[KEYS_MAX] = {0};
    size_t n = 0;
    for (size_t i = 0; list_keys[i]; i++)
        known[n++] = list_keys[i];
    for (size_t i = 0; more && more[i] && n + 1 < KEYS_MAX; i++)
        known[n++] = more[i];
    trial_known(t, item, known, STR("a school of a policy test"));
}

/* How many schools an entry stands for; 0 after a diagnostic. */
static size_t read_times(struct trial *t, const struct value *item) {
    const struct value *v = value_get(item, STR("times"));
    long times = v ? value_whole(v) : 1;
    if (times >= 1 && times <= TRIAL_SCHOOLS_MAX)
        return (size_t)times;
    diag(t->diags, DIAG_SCHEMA_FORMAT, value_place(v), value_words(v), STR("a number of schools"),
         STR("a test has from 1 to 1000 of them"));
    return 0;
}

/* How many there are in all; 0 after a diagnostic, or of an empty list. */
static size_t count_list(struct trial *t, const struct value *list, const char *const *more) {
    size_t errors = t->diags->errors, count = 0;
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *item = &list->items[i];
        if (item->kind != VALUE_MAP) {
            diag(t->diags, DIAG_SCHEMA_TYPE, value_place(item), STR("a school"), STR("a map"),
                 item->kind == VALUE_LIST ? STR("a list") : STR("text"), STR(""));
            continue;
        }
        check_keys(t, item, more);
        trial_shapes(t, item, shapes, sizeof(shapes) / sizeof(shapes[0]));
        count += read_times(t, item);
    }
    if (count > TRIAL_SCHOOLS_MAX)
        diag(t->diags, DIAG_TOO_MANY_ITEMS, value_place(list), str_whole(t->diags->arena, (long long)count),
             STR("1000"));
    return t->diags->errors > errors ? 0 : count;
}

/* One of several that an entry stands for has a number of its own. */
static struct str id_of(struct trial *t, const struct value *item, size_t place, size_t number) {
    struct str id = value_words(value_get(item, STR("id")));
    struct str own = id.len ? id : str_whole(&t->arena, (long long)place + 1);
    if (!number)
        return own;
    return str_join(&t->arena, own, STR("-"), str_whole(&t->arena, (long long)number + 1));
}

bool trial_list(struct trial *t, const struct policy_kind *kind, const struct value *list,
                const char *const *more, struct trial_list *out) {
    size_t errors = t->diags->errors, count = count_list(t, list, more);
    *out = (struct trial_list){.items = arena_array(&t->arena, struct decided, count),
                               .sources = arena_array(&t->arena, const struct value *, count)};
    for (uint32_t i = 0; count && i < list->count; i++) {
        const struct value *item = &list->items[i];
        struct decided one;
        if (!read_record(t, kind, item, id_of(t, item, i, 0), &one))
            continue;
        subject_init(&one.subject, &t->arena);
        decided_finish(&one, &t->arena, &t->scratch);
        size_t times = read_times(t, item);
        for (size_t j = 0; j < times; j++) {
            struct str id = id_of(t, item, i, j);
            out->items[out->count] = one;
            out->items[out->count].record.id = out->items[out->count].subject.id = id;
            out->sources[out->count++] = item;
        }
    }
    return t->diags->errors == errors;
}

void trial_ids(struct trial *t, const struct trial_group *group) {
    const struct trial_list *const lists[] = {&group->members, &group->associates, &group->schools};
    struct map seen = {.arena = &t->arena};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            const struct value *id = value_get(lists[i]->sources[j], STR("id"));
            struct str of = lists[i]->items[j].subject.id;
            bool added = true;
            if (id)
                map_add(&seen, of, &lists[i]->items[j], &added);
            if (!added)
                diag(t->diags, DIAG_REPEATED, value_place(id), STR("id"), of);
        }
}

/* ---- groups and networks ---- */

/* The schools of a test are all that its tables can speak of. */
static bool all_schools(void *context, const struct policy_kind *kind, struct feel_value *out) {
    const struct feel_value *schools = context;
    *out = *schools;
    return str_eq(kind->id, STR("school"));
}

const struct subject_world *trial_world(struct trial *t, const struct trial_group *group) {
    const struct trial_list *const lists[] = {&group->members, &group->associates, &group->schools};
    size_t count = group->members.count + group->associates.count + group->schools.count, n = 0;
    struct feel_value *items = arena_array(&t->arena, struct feel_value, count);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            const struct subject *school = &lists[i]->items[j].subject;
            items[n++] = feel_record(school->kind->class, school);
        }
    struct feel_value *schools = arena_new(&t->arena, struct feel_value);
    struct subject_world *world = arena_new(&t->arena, struct subject_world);
    *schools = feel_list(&t->arena, items, count);
    *world = (struct subject_world){all_schools, schools};
    return world;
}

static bool has_list(const struct policy_kind *kind, const char *from) {
    for (size_t i = 0; i < kind->fact_count; i++)
        if (kind->facts[i]->type == FACT_SCHOOLS && str_eq(kind->facts[i]->from, str_from(from)))
            return true;
    return false;
}

/* Schools under a key that no fact of the kind reads would be counted by nobody. */
static bool read_list(struct trial *t, const struct policy_kind *kind, const struct value *test,
                      const char *key, const char *const *more, struct trial_list *out) {
    const struct value *list = value_at(test, key);
    const struct policy_kind *schools = policy_kind(&t->site->policy, STR("school"));
    *out = (struct trial_list){0};
    if (!list)
        return true;
    if (schools && (!more || has_list(kind, key)))
        return trial_list(t, schools, list, more, out);
    diag(t->diags, DIAG_POLICY_TEST_MEMBERS, value_place(list), str_from(key), kind->id);
    return false;
}

static bool add_members(struct trial *t, const struct trial_list *list, bool associate,
                        struct assembly_member *members, size_t *count) {
    const struct policy_kind *kind = policy_kind(&t->site->policy, STR("member"));
    size_t errors = t->diags->errors;
    for (size_t i = 0; i < list->count; i++) {
        const struct value *said = value_at(list->sources[i], "member");
        if (said && !kind)
            diag(t->diags, DIAG_POLICY_TEST_SUBJECT, value_place(said), STR("member"), STR(""));
        bool again = i && list->sources[i] == list->sources[i - 1];
        members[*count] = (struct assembly_member){.school = &list->items[i].subject, .associate = associate};
        if (kind)
            members[*count].given = again ? members[*count - 1].given : read_facts(t, kind, said);
        ++*count;
    }
    return t->diags->errors == errors;
}

/* Of the network the list of its schools. */
static void give_schools(struct decided *d, struct arena *arena) {
    const struct policy_kind *kind = d->subject.kind;
    struct given *given = arena_array(arena, struct given, kind->fact_count);
    for (size_t i = 0; i < kind->fact_count; i++) {
        given[i] = d->subject.given[i];
        if (kind->facts[i]->type == FACT_SCHOOLS && str_eq(kind->facts[i]->from, STR("schools")))
            given[i] =
                (struct given){.state = GIVEN_VALUE, .feel = *(struct feel_value *)d->subject.world->context};
    }
    d->subject.given = given;
}

/* The record of the test, with its schools as its own lists of them. */
static bool assemble(struct trial *t, const struct trial_group *group, struct decided *out) {
    size_t count = 0, room = group->members.count + group->associates.count;
    struct assembly_member *members = arena_array(&t->arena, struct assembly_member, room);
    bool ok = add_members(t, &group->members, false, members, &count);
    if (!add_members(t, &group->associates, true, members, &count) || !ok)
        return false;
    struct assembly assembly = {.policy = &t->site->policy,
                                .record = out->subject.kind->id,
                                .id = out->subject.id,
                                .given = out->given,
                                .members = members,
                                .count = count,
                                .as_of = t->day,
                                .audience = AUDIENCE_OFFICERS,
                                .world = out->subject.world};
    out->subject = *assembly_subject(&assembly, &t->arena);
    out->subject.recorded = out->recorded;
    return true;
}

bool trial_group(struct trial *t, const struct policy_kind *kind, const struct value *test,
                 struct trial_group *group, struct decided *out) {
    static const char *const more[] = {"member", NULL};
    size_t errors = t->diags->errors;
    bool members = value_at(test, "members") || value_at(test, "associates");
    bool ok = read_list(t, kind, test, "members", more, &group->members);
    ok = read_list(t, kind, test, "associates", more, &group->associates) && ok;
    ok = read_list(t, kind, test, "schools", NULL, &group->schools) && ok;
    ok = read_record(t, kind, test, t->name, out) && ok;
    trial_ids(t, group);
    if (!ok || t->diags->errors > errors)
        return false;
    if (members || value_at(test, "schools"))
        out->subject.world = trial_world(t, group);
    if (members && !assemble(t, group, out))
        return false;
    if (out->subject.world)
        give_schools(out, &t->arena);
    subject_init(&out->subject, &t->arena);
    decided_finish(out, &t->arena, &t->scratch);
    return true;
}
