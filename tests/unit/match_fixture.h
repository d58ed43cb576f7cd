/* SPDX-License-Identifier: MIT */
/*
 * match_fixture.h: a portal with a match, and networks of schools that stand in no file.
 *
 * Its policy has the rules of the worked cases: sizes by kind, a leader school, at most a third causing concern, objections
 * to joint governance, phases, kinds accepted, trusts kept whole, refusals; most placed, then wishes and links, then the
 * kind preferred, then distance.
 */
#ifndef SIGNPOST_TESTS_MATCH_FIXTURE_H
#define SIGNPOST_TESTS_MATCH_FIXTURE_H

#include "portal/decided.h"
#include "portal/match.h"
#include "portal_fixture.h"

#define MATCH_FRAMEWORK                                                                                      \
    "scales:\n"                                                                                              \
    "  phase: {values: {primary: Primary, secondary: Secondary}}\n"                                          \
    "  faith: {values: {none: None, rc: Catholic, jewish: Jewish}}\n"                                        \
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {no_partnership: None}}\n" \
    "  state: {values: {proposed: Proposed, governing_bodies_agreed: Agreed, statutory_step: Statutory "     \
    "step, "                                                                                                 \
    "formed: Formed, declined: Declined, dissolved: Dissolved}}\n"                                           \
    "facts:\n"                                                                                               \
    "  school:\n"                                                                                            \
    "    phase: {label: Phase, scale: phase, from: phase}\n"                                                 \
    "    faith: {label: Faith, scale: faith, from: religious_character, missing: none}\n"                    \
    "    trust: {label: Trust, type: text, from: trust, missing: none}\n"                                    \
    "    ri: {label: Requires improvement, type: yes/no, missing: no}\n"                                     \
    "    risk: {label: At risk, type: yes/no}\n"                                                             \
    "    leads: {label: Can lead, type: yes/no, missing: no}\n"                                              \
    "    objects: {label: Objects, type: yes/no, from: wishes.objects_joint_governance, missing: no}\n"      \
    "    kinds: {label: Kinds accepted, type: list, from: wishes.kinds, missing: none}\n"                    \
    "    wishes: {label: Wishes, type: list, from: wishes.schools, missing: none}\n"                         \
    "    not_with: {label: Refusals, type: list, from: wishes.not_with, missing: none}\n"                    \
    "    links: {label: Existing links, type: list, from: wishes.existing_links, missing: none}\n"           \
    "    cross_phase: {label: Accepts another phase, type: yes/no, from: wishes.accepts_cross_phase, "       \
    "missing: no}\n"                                                                                         \
    "    brokering: {label: Asked for brokering, type: yes/no, from: wishes.wants_brokering, missing: no}\n" \
    "    kind: {label: Kind of partnership, scale: kind, from: partnership.kind, none: no_partnership, "     \
    "missing: no_partnership}\n"                                                                             \
    "  partnership:\n"                                                                                       \
    "    kind: {label: Kind, scale: kind, from: kind}\n"                                                     \
    "    state: {label: State, scale: state, from: state}\n"                                                 \
    "    members: {label: Members, type: schools, from: members}\n"                                          \
    "    associates: {label: Associate schools, type: schools, from: associates, missing: none}\n"           \
    "    standing: {type: schools, is: 'members[governing_body != \"declined\"]'}\n"                         \
    "    size: {label: Size, type: whole, range: 0 to 60, is: count(standing)}\n"                            \
    "    associate_count: {label: Associates, type: whole, range: 0 to 60, is: count(associates)}\n"         \
    "    leaders:\n      label: Leader schools\n      type: whole\n      range: 0 to 60\n"                   \
    "      is: count(standing[leader])\n"                                                                    \
    "    concerns:\n      label: Schools causing concern\n      type: whole\n      range: 0 to 60\n"         \
    "      is: count(standing[scc])\n"                                                                       \
    "    third: {label: At most a third causing concern, type: yes/no, is: 3 * concerns <= size}\n"          \
    "    one_faith:\n      label: No objection is crossed\n      type: yes/no\n"                             \
    "      is: every m in standing satisfies not(m.objects) or (every o in standing satisfies o.faith = "    \
    "m.faith)\n"                                                                                             \
    "    phases_ok:\n      label: Primaries accept a secondary school\n      type: yes/no\n"                 \
    "      is: (every m in standing satisfies m.phase != \"secondary\") or (every m in standing satisfies "  \
    "m.phase = \"secondary\" or m.cross_phase)\n"                                                            \
    "    accepted:\n      label: Every school accepts the kind\n      type: yes/no\n"                        \
    "      is: every m in standing satisfies list contains(m.kinds, kind) or (count(m.kinds) = 0 and "       \
    "m.kind = kind)\n"                                                                                       \
    "    trusts_whole:\n      label: No trust is split\n      type: yes/no\n"                                \
    "      is: every m in standing satisfies m.trust = null or (every s in schools[trust = m.trust and "     \
    "enters] satisfies list contains(standing.id, s.id))\n"                                                  \
    "    none_refused:\n      label: No school is with one that it refused\n      type: yes/no\n"            \
    "      is: every m in standing satisfies (every o in standing satisfies not(list contains(m.not_with, "  \
    "o.id)))\n"                                                                                              \
    "  member:\n"                                                                                            \
    "    governing_body: {label: Governing body, type: text, from: governing_body, missing: none}\n"         \
    "    place:\n      label: Place of this kind in its list\n      type: whole\n"                           \
    "      is: index of(kinds, group.kind)[1]\n"                                                             \
    "    doubtful: {label: In doubt, type: yes/no, is: risk}\n"                                              \
    "  pair:\n"                                                                                              \
    "    wished:\n      label: Wishes between them\n      type: whole\n      range: 0 to 2\n"                \
    "      is: (if list contains(a.wishes, b.id) then 1 else 0) + (if list contains(b.wishes, a.id) then 1 " \
    "else 0)\n"                                                                                              \
    "    linked:\n      label: Existing link\n      type: yes/no\n"                                          \
    "      is: list contains(a.links, b.id) or list contains(b.links, a.id)\n"

#define MATCH_STATUS                                                       \
    "---\ntitle: Status\n---\n\n"                                          \
    "<!-- decision: scc\nlabel: Causes concern\nid: Row\n"                 \
    "outputs: {scc: {label: Causes concern, type: yes/no}}\n"              \
    "-->\n\n"                                                              \
    "| Row | Requires improvement | At risk | Causes concern |\n"          \
    "|---|---|---|---|\n"                                                  \
    "| Grade | yes | | yes |\n"                                            \
    "| Risk | | yes | yes |\n"                                             \
    "| *otherwise* | | | no |\n\n"                                         \
    "**Leaders**\n\n"                                                      \
    "<!-- decision: leader\nlabel: Leader school\n"                        \
    "outputs: {leader: {label: Leads, type: yes/no}}\n"                    \
    "-->\n\n"                                                              \
    "| Can lead | Leads |\n"                                               \
    "|---|---|\n"                                                          \
    "| yes | yes |\n"                                                      \
    "| no | no |\n\n"                                                      \
    "**Who takes part**\n\n"                                               \
    "<!-- decision: enters\n"                                              \
    "outputs: {enters: {label: Takes part, type: yes/no}}\n"               \
    "-->\n\n"                                                              \
    "| Phase | Kind of partnership | Asked for brokering | Takes part |\n" \
    "|---|---|---|---|\n"                                                  \
    "| Primary | Loose or None | | yes |\n"                                \
    "| Secondary | Loose or None | yes | yes |\n"                          \
    "| *otherwise* | | | no |\n"

#define MATCH_RULES                                                                     \
    "---\ntitle: Rules\n---\n\n"                                                        \
    "<!-- check: rules\nsubject: partnership\nid: Rule\n"                               \
    "must: [Must have]\n"                                                               \
    "outputs:\n  in_force: {label: If not, scale: strength}\n"                          \
    "  proposed: {label: In a proposal, scale: strength, blank: none}\n"                \
    "-->\n\n"                                                                           \
    "| Rule | Kind | Must have | If not | In a proposal |\n"                            \
    "|---|---|---|---|---|\n"                                                           \
    "| Size, hard | Hard | Size 2 to 6 | breach | breach |\n"                           \
    "| Size, structured | Structured | Size 3 to 10 | breach | breach |\n"              \
    "| Size, loose | Loose | Size at least 2 | breach | breach |\n"                     \
    "| Likely size | Loose | Size at most 3 | advice | |\n"                             \
    "| Associates | Loose | Associates 0 | breach | breach |\n"                         \
    "| Leadership | any | Leader schools at least 1 | breach | breach |\n"              \
    "| Balance | any | At most a third causing concern or Size 2 | breach | breach |\n" \
    "| Joint governance | Hard | No objection is crossed | breach | breach |\n"         \
    "| Two phases | any | Primaries accept a secondary school | advice | breach |\n"    \
    "| Kind | any | Every school accepts the kind | advice | breach |\n"                \
    "| Trust | any | No trust is split | advice | breach |\n"                           \
    "| Refusal | any | No school is with one that it refused | advice | breach |\n\n"

#define MATCH_AFFINITY                                   \
    "**Affinity**\n\n"                                   \
    "<!-- decision: affinity\nsubject: pair\nhit: sum\n" \
    "outputs: {points: number}\n"                        \
    "-->\n\n"                                            \
    "| Wishes between them | Existing link | Points |\n" \
    "|---|---|---|\n"                                    \
    "| 1 | | 2 |\n| 2 | | 4 |\n| | yes | 1 |\n| 0 | no | -1 |\n\n"

#define MATCH_CHOICE                                                  \
    "**Preferred kind**\n\n"                                          \
    "<!-- decision: choice\nlabel: Preferred kind\nsubject: member\n" \
    "outputs: {points: number}\n"                                     \
    "-->\n\n"                                                         \
    "| Place of this kind in its list | Points |\n"                   \
    "|---|---|\n"                                                     \
    "| 1 | 3 |\n| 2 | 2 |\n| 3 | 1 |\n| *otherwise* | 0 |\n\n"

#define MATCH_TABLE                                              \
    "**The match**\n\n"                                          \
    "<!-- match: partnerships\npool: enters\n"                   \
    "kinds: [hard, structured, loose]\nmust: [rules.proposed]\n" \
    "-->\n\n"                                                    \
    "| Step | The better set | Counted by |\n"                   \
    "|---|---|---|\n"                                            \
    "| 1 | Places more | Schools placed |\n"                     \
    "| 2 | Keeps more | Affinity |\n"                            \
    "| 3 | Pleases more | Preferred kind |\n"                    \
    "| 4 | Is nearer | Distance |\n"

static inline void match_portal_make(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", MATCH_FRAMEWORK);
    portal_put(p, "content/policy/status.md", MATCH_STATUS);
    portal_put(p, "content/policy/rules.md", MATCH_RULES MATCH_AFFINITY MATCH_CHOICE MATCH_TABLE);
}

/* ---- networks that stand in no file ---- */

#define NETWORK_MAX 16

struct network {
    struct portal *portal;
    struct arena arena;
    struct match_school schools[NETWORK_MAX];
    struct given *given[NETWORK_MAX];
    struct subject subjects[NETWORK_MAX];
    struct match_group groups[NETWORK_MAX];
    struct subject_world world;
    struct feel_value all;
    struct match_network network;
};

static inline bool network_world(void *context, const struct policy_kind *kind, struct feel_value *out) {
    struct network *n = context;
    *out = n->all;
    return str_eq(kind->id, STR("school"));
}

static inline struct given *network_fact(struct network *n, size_t school, const char *id) {
    const struct policy_kind *kind = policy_kind(&n->portal->site.policy, STR("school"));
    size_t at = 0;
    while (at < kind->fact_count && !str_eq(kind->facts[at]->id, str_from(id)))
        at++;
    assert_true(at < kind->fact_count);
    return &n->given[school][at];
}

static inline void network_say(struct network *n, size_t school, const char *id, const char *text) {
    *network_fact(n, school, id) =
        (struct given){.state = GIVEN_VALUE, .text = str_from(text), .since = DATE_NONE};
}

static inline void network_list(struct network *n, size_t school, const char *id, const struct str *items,
                                size_t count) {
    if (count)
        *network_fact(n, school, id) =
            (struct given){.state = GIVEN_VALUE, .texts = items, .count = count, .since = DATE_NONE};
}

/* Schools "a", "b" ... of which nothing is said yet. */
static inline void network_make(struct network *n, struct portal *portal, size_t count) {
    static const char letters[] = "abcdefghijklmnop";
    const struct policy_kind *kind = policy_kind(&portal->site.policy, STR("school"));
    *n = (struct network){.portal = portal};
    for (size_t i = 0; i < count; i++) {
        n->given[i] = arena_array(&n->arena, struct given, kind->fact_count);
        n->schools[i].id = n->schools[i].name = (struct str){&letters[i], 1};
    }
    n->network = (struct match_network){.policy = &portal->site.policy,
                                        .match = match_declared(&portal->site.policy),
                                        .schools = n->schools,
                                        .count = count,
                                        .groups = n->groups,
                                        .world = &n->world,
                                        .as_of = date_make(2026, 5, 1)};
    assert_non_null(n->network.match);
}

/* Decides all that was said. `turn` says where the list of all schools begins: no order of records may matter. */
static inline void network_decide(struct network *n, size_t turn) {
    const struct policy_kind *kind = policy_kind(&n->portal->site.policy, STR("school"));
    const struct output *pool = n->network.match->match->pool;
    struct arena scratch = {0};
    size_t count = n->network.count;
    struct feel_value *all = arena_array(&n->arena, struct feel_value, count);
    for (size_t i = 0; i < count; i++) {
        struct decided d = {
            .subject = {.policy = &n->portal->site.policy,
                        .kind = kind,
                        .id = n->schools[i].id,
                        .as_of = n->network.as_of,
                        .audience = AUDIENCE_OFFICERS,
                        .given = n->given[i],
                        .recorded = arena_array(&n->arena, struct recorded, kind->output_count)}};
        subject_init(&d.subject, &n->arena);
        decided_finish(&d, &n->arena, &scratch);
        n->subjects[i] = d.subject;
        n->subjects[i].world = &n->world;
        n->schools[i].subject = &n->subjects[i];
        n->schools[i].takes_part = d.subject.domain[pool->variable->index] == VALUES_YES;
    }
    for (size_t i = 0; i < count; i++)
        all[i] = feel_record(kind->class, &n->subjects[(i * 7 + turn) % count]);
    if (count % 7 == 0)
        for (size_t i = 0; i < count; i++)
            all[i] = feel_record(kind->class, &n->subjects[(i + turn) % count]);
    n->all = feel_list(&n->arena, all, count);
    n->world = (struct subject_world){network_world, n};
    arena_release(&scratch);
}

static inline void network_release(struct network *n) {
    arena_release(&n->arena);
}

#endif
