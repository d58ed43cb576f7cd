/* SPDX-License-Identifier: MIT */
/* test_assembly.c: groups that stand in no file are what the same groups would be if they stood in one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "portal/assembly.h"
#include "portal/decided.h"
#include "portal_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char framework[] =
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}}\n"
    "  body: {values: {agreed: Agreed, declined: Declined}, beside: {not_asked: Not asked}}\n"
    "facts:\n"
    "  school:\n"
    "    at_risk: {label: At risk, type: yes/no}\n"
    "    kinds: {label: Kinds, type: list, from: wishes.kinds, missing: none}\n"
    "  partnership:\n"
    "    kind: {label: Kind, scale: kind, from: kind}\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    associates: {label: Associate schools, type: schools, from: associates, missing: none}\n"
    "    standing: {label: Standing, type: schools, is: 'members[governing_body != \"declined\"]'}\n"
    "    size: {label: Size, type: whole, is: count(standing)}\n"
    "    friends: {label: Associates, type: whole, is: count(associates)}\n"
    "    concerns: {label: Concerns, type: whole, is: 'count(standing[scc])'}\n"
    "    happy: {label: Happy, type: whole, is: 'count(standing[content])'}\n"
    "    third: {label: At most a third, type: yes/no, is: 3 * concerns <= size}\n"
    "    all: {label: Schools, type: whole, is: count(schools)}\n"
    "  member:\n"
    "    governing_body: {label: Governing body, scale: body, from: governing_body, missing: not_asked}\n"
    "    accepts: {label: Accepts the kind, type: yes/no, is: 'list contains(kinds, group.kind)'}\n"
    "    others: {label: Others, type: whole, is: 'count(group.associates)'}\n";

static const char policy[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: scc\noutputs: {scc: {label: Causing concern, type: yes/no}}\n-->\n\n"
    "| At risk | Causing concern |\n|---|---|\n| yes | yes |\n| no | no |\n\n"
    "<!-- decision: content\nsubject: member\noutputs: {content: {label: Content, type: yes/no}}\n-->\n\n"
    "| Accepts the kind | Content |\n|---|---|\n| yes | yes |\n| no | no |\n\n"
    "<!-- check: principles\nid: Row\nsubject: partnership\nmust: [Must have]\n"
    "outputs: {strength: {label: If not, scale: strength}}\n-->\n\n"
    "| Row | Kind | Must have | If not |\n|---|---|---|---|\n"
    "| size | | Size at least 3 | breach |\n"
    "| third | | At most a third | breach |\n"
    "| friends | Loose | Associates 0 | breach |\n"
    "| happy | | Happy at least 1 | breach |\n"
    "| all | | Schools 4 | advice |\n";

/* Four schools: b causes concern, c perhaps, d is an associate. */
static void make(struct portal *p, const char *kind) {
    static const char *const more[] = {"facts: {at_risk: no}\nwishes: {kinds: [hard, loose]}\n",
                                       "facts: {at_risk: yes}\nwishes: {kinds: [loose]}\n",
                                       "wishes: {kinds: [loose]}\n", "facts: {at_risk: no}\n"};
    portal_make(p);
    portal_put(p, "content/framework.yaml", framework);
    portal_put(p, "content/policy/rules.md", policy);
    for (int i = 0; i < 4; i++) {
        struct arena *a = &p->arena;
        const char path[] = {'s', 'c', 'h', 'o', 'o', 'l', 's', '/', (char)('a' + i),
                             '.', 'y', 'a', 'm', 'l', '\0'};
        struct str text = str_join(a, STR("urn: \"90000"), str_whole(a, i + 1));
        text = str_join(a, text,
                        STR("\"\nname: School\nphase: primary\ntype: community\naddress: {street: 1 High "
                            "Street, town: Testing, postcode: ZZ99 1AB}\n"),
                        str_from(more[i]));
        text = str_join(a, text,
                        i == 3 ? STR("memberships: [{partnership: brook, role: associate}]\n")
                               : STR("memberships: [{partnership: brook, governing_body: agreed}]\n"));
        portal_put(p, path, str_z(a, text));
    }
    struct str page = str_join(&p->arena, STR("---\ntitle: Brook\nstate: formed\nkind: "), str_from(kind));
    portal_put(p, "content/partnerships/brook.md",
               str_z(&p->arena, str_join(&p->arena, page, STR("\n---\n\nText.\n"))));
    portal_bind(p, NULL, AUDIENCE_OFFICERS);
}

/* "fails: size met, third not met" of the only check. */
static const char *checked(struct portal *p, const struct subject *group) {
    static const char *const verdicts[] = {"passes", "fails", "not known"};
    static const char *const states[] = {"met", "not met", "not known", "not concerned"};
    struct arena scratch = {0};
    struct check_result r;
    struct buf out = {.arena = &p->arena};
    subject_check(group, group->kind->checks[0], 0, &p->arena, &scratch, &r);
    arena_release(&scratch);
    buf_printf(&out, "%s:", verdicts[r.verdict]);
    for (size_t i = 0; i < r.count; i++)
        buf_printf(&out, "%s " STR_FMT " %s", i ? "," : "", STR_ARG(r.rows[i].row->label),
                   states[r.rows[i].state]);
    return str_z(&p->arena, buf_str(&out));
}

static void run(struct portal *p, const struct policy_record *record, struct decided *out) {
    struct arena scratch = {0};
    assert_true(decided_run(&p->site, record, p->site.as_of, &p->arena, &scratch, out));
    arena_release(&scratch);
}

/* The partnership of the page and its schools, put together from their parts. */
struct parts {
    struct assembly_member members[4];
    struct assembly assembly;
    struct decided group;
};

static void take_apart(struct portal *p, struct parts *parts) {
    const struct page *page = site_page(&p->site, CONTENT_PARTNERSHIP, STR("brook"));
    struct policy_record record = record_of_page(page);
    assert_non_null(page);
    assert_int_equal(page->members.count, 4);
    run(p, &record, &parts->group);
    for (size_t i = 0; i < page->members.count; i++) {
        struct policy_record school = record_of_school(page->members.items[i]->school);
        struct policy_record member = record_of_member(page->members.items[i], &p->arena);
        struct decided *of_school = arena_new(&p->arena, struct decided);
        struct decided *of_member = arena_new(&p->arena, struct decided);
        run(p, &school, of_school);
        run(p, &member, of_member);
        parts->members[i] =
            (struct assembly_member){.school = &of_school->subject,
                                     .given = of_member->given,
                                     .associate = page->members.items[i]->part == PART_ASSOCIATE};
    }
    parts->assembly = (struct assembly){.policy = &p->site.policy,
                                        .record = STR("partnership"),
                                        .id = STR("brook"),
                                        .given = parts->group.given,
                                        .members = parts->members,
                                        .count = 4,
                                        .as_of = p->site.as_of,
                                        .audience = p->site.audience,
                                        .world = parts->group.subject.world};
}

static const struct fact *fact_of(const struct subject *s, const char *id, size_t *index) {
    for (*index = 0; *index < s->kind->fact_count; ++*index)
        if (str_eq(s->kind->facts[*index]->id, str_from(id)))
            return s->kind->facts[*index];
    fail_msg("there is no fact \"%s\"", id);
    return NULL;
}

static values stands(const struct subject *s, const char *id) {
    const struct variable *v = map_get(&s->kind->by_id, str_from(id));
    assert_non_null(v);
    return s->domain[v->index];
}

static void what_is_put_together_is_checked_as_the_partnership_of_a_page_is(void **state) {
    (void)state;
    static const struct {
        const char *kind, *expected;
    } cases[] = {
        {"hard", "not known: size met, third not known, friends not concerned, happy met, all met"},
        {"structured", "fails: size met, third not known, friends not concerned, happy not met, all met"},
        {"loose", "fails: size met, third not known, friends not met, happy met, all met"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct portal p;
        struct parts parts;
        make(&p, cases[i].kind);
        take_apart(&p, &parts);
        assert_string_equal(checked(&p, &parts.group.subject), cases[i].expected);
        assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)), cases[i].expected);
        portal_release(&p);
    }
}

/* b declines: what remains is too small, and within the third whatever is found of c. */
static void a_member_that_declines_is_no_longer_counted(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    size_t at;
    make(&p, "hard");
    take_apart(&p, &parts);
    struct subject *b = assembly_member_subject(&parts.assembly, 1, NULL, &p.arena);
    fact_of(b, "governing_body", &at);
    struct given *given = arena_array(&p.arena, struct given, b->kind->fact_count);
    memcpy(given, parts.members[1].given, b->kind->fact_count * sizeof(*given));
    given[at].text = STR("declined");
    parts.members[1].given = given;
    assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)),
                        "fails: size not met, third not known, friends not concerned, happy met, all met");
    portal_release(&p);
}

static void an_associate_is_in_the_other_list(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    make(&p, "hard");
    take_apart(&p, &parts);
    parts.members[2].associate = true; /* c, of which it is not known whether it causes concern */
    assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)),
                        "fails: size not met, third not met, friends not concerned, happy met, all met");
    portal_release(&p);
}

static void a_group_of_which_nothing_is_said_is_checked_by_its_members_alone(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    make(&p, "hard");
    take_apart(&p, &parts);
    parts.assembly.given = NULL;
    parts.assembly.world = NULL;
    for (size_t i = 0; i < COUNT(parts.members); i++)
        parts.members[i].given = NULL;
    assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)),
                        "not known: size met, third not known, friends not known, happy not known, all not "
                        "known");
    parts.assembly.count = 0; /* no members are none, and not some that are not known */
    assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)),
                        "fails: size not met, third met, friends met, happy not met, all not known");
    portal_release(&p);
}

static void a_member_has_its_own_facts_those_of_its_school_and_those_of_its_group(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    make(&p, "loose");
    take_apart(&p, &parts);
    struct subject *group = assembly_group(&parts.assembly, &p.arena);
    struct subject *a = assembly_member_subject(&parts.assembly, 0, group, &p.arena);
    struct state s;
    struct feel_value others;
    state_init(&s, a, &p.arena);
    assert_string_equal(str_z(&p.arena, a->id), "a");
    assert_ptr_equal(a->base, parts.members[0].school);
    assert_int_equal(state_mask(&s, map_get(&a->kind->by_id, STR("accepts"))), VALUES_YES);
    assert_int_equal(stands(a, "governing_body"), VALUE_BIT(0));
    /* its group's schools are being read: not none of them, though silence about associates would mean none */
    assert_false(state_value(&s, map_get(&a->kind->by_id, STR("others")), &others));
    portal_release(&p);
}

static void what_an_audience_may_not_see_stays_hidden(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    size_t at;
    make(&p, "hard");
    take_apart(&p, &parts);
    const struct subject *group = &parts.group.subject;
    struct given *given = arena_array(&p.arena, struct given, group->kind->fact_count);
    memcpy(given, parts.group.given, group->kind->fact_count * sizeof(*given));
    fact_of(group, "members", &at);
    given[at] = (struct given){.state = GIVEN_HIDDEN};
    parts.assembly.given = given;
    assert_string_equal(checked(&p, assembly_subject(&parts.assembly, &p.arena)),
                        "not known: size not known, third not known, friends not concerned, happy not known, "
                        "all met");
    portal_release(&p);
}

static void a_policy_without_such_groups_has_none(void **state) {
    (void)state;
    struct portal p;
    struct parts parts;
    make(&p, "hard");
    take_apart(&p, &parts);
    parts.assembly.record = STR("cluster");
    assert_null(assembly_group(&parts.assembly, &p.arena));
    assert_null(assembly_subject(&parts.assembly, &p.arena));
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_together_is_checked_as_the_partnership_of_a_page_is),
        cmocka_unit_test(a_member_that_declines_is_no_longer_counted),
        cmocka_unit_test(an_associate_is_in_the_other_list),
        cmocka_unit_test(a_group_of_which_nothing_is_said_is_checked_by_its_members_alone),
        cmocka_unit_test(a_member_has_its_own_facts_those_of_its_school_and_those_of_its_group),
        cmocka_unit_test(what_an_audience_may_not_see_stays_hidden),
        cmocka_unit_test(a_policy_without_such_groups_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
