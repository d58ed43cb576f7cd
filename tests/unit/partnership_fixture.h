/* SPDX-License-Identifier: MIT */
/*
 * partnership_fixture.h: a portal with one partnership of schools, and a check of it, for tests of what explains groups.
 *
 * Alder leads and is Roman Catholic, Birch is the second member, and each test says what else is recorded of whom.
 */
#ifndef SIGNPOST_TESTS_PARTNERSHIP_FIXTURE_H
#define SIGNPOST_TESTS_PARTNERSHIP_FIXTURE_H

#include "portal/explain.h"
#include "portal_fixture.h"

static const char group_framework[] =
    "scales:\n"
    "  strength: {values: {advice: Advice, breach: Breach}, last: worst}\n"
    "  body: {values: {not_asked: Not asked, pending: Pending, agreed: Agreed, declined: Declined}}\n"
    "  faith: {values: {none: No faith, rc: Catholic, ce: Anglican, methodist: Methodist, jewish: Jewish, "
    "muslim: Muslim, hindu: Hindu, sikh: Sikh, christian: Christian, other: Other}}\n"
    "  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {alone: In none}}\n"
    "  state: {values: {consulted: Consulted, proposed: Proposed, agreed_in_principle: In principle, "
    "governing_bodies_agreed: Bodies agreed, statutory_step: Statutory step, formed: Formed, declined: "
    "Declined, dissolved: Dissolved}}\n"
    "  outcome: {values: {blocked: Not with these, waiting: Proposed, done: Formed}}\n"
    "  who: {values: {they: The partnership, we: The council}}\n"

    "partnership: {provides: provides, outcome: outcome}\n"
    "facts:\n"
    "  school:\n"
    "    at_risk: {label: At risk, type: yes/no, visible: officers}\n"
    "    faith: {label: Faith, scale: faith, from: religious_character, missing: none, visible: public}\n"
    "    objects: {label: Objects, type: yes/no, missing: no, visible: officers}\n"
    "    kind: {label: Kind of partnership, scale: kind, from: partnership.kind, none: alone, missing: "
    "alone, "
    "visible: public}\n"
    "  member:\n"
    "    body: {label: Governing body, scale: body, from: governing_body, missing: not_asked, visible: "
    "schools}\n"
    "  partnership:\n"
    "    kind: {label: Kind, scale: kind, from: kind, visible: public}\n"
    "    state: {label: State, scale: state, from: state, visible: public}\n"
    "    members: {label: Members, type: schools, from: members, visible: public}\n"
    "    standing: {label: Standing members, type: schools, is: 'members[body != \"declined\"]'}\n"
    "    size: {label: Size, type: whole, range: 0 to 60, is: count(standing)}\n"
    "    concerns: {label: Causing concern, type: whole, range: 0 to 60, is: 'count(standing[concern])'}\n"
    "    third: {label: At most a third, type: yes/no, is: 3 * concerns <= size}\n"
    "    one_faith: {label: No objection is crossed, type: yes/no, is: 'every m in standing satisfies "
    "not(m.objects) or (every o in standing satisfies o.faith = m.faith)'}\n"
    "    waiting: {label: Outstanding, type: whole, range: 0 to 60, is: 'count(members[body = \"pending\" or "
    "body "
    "= \"not_asked\"])'}\n"
    "    refused: {label: Refusals, type: whole, range: 0 to 60, is: 'count(members[body = "
    "\"declined\"])'}\n";

static const char group_policy[] =
    "---\ntitle: Rules\n---\n\n## Rules\n\n"
    "<!-- decision: concern\nvisible: officers\nid: Row\noutputs: {concern: {label: Causes concern, type: "
    "yes/no}}\n-->\n\n"
    "| Row | At risk | Causes concern |\n|---|---|---|\n| risk | yes | yes |\n| *otherwise* | | no |\n\n"
    "<!-- decision: provides\nlabel: Who provides what\nid: Row\noutputs:\n  challenge: {label: Challenge, "
    "scale: "
    "who}\n  help: {label: Help, scale: who}\n-->\n\n"
    "| Row | Kind of partnership | Challenge | Help |\n|---|---|---|---|\n"
    "| close | Hard or Structured | The partnership | The council |\n"
    "| rest | Loose or In none | The council | The council |\n\n"
    "<!-- decision: outcome\nlabel: What follows\nsubject: partnership\nvisible: officers\nid: Row\napplies: "
    "{State: "
    "not Dissolved}\n"
    "outputs: {outcome: {label: What follows, scale: outcome}}\n-->\n\n"
    "| Row | Kind | Refusals | Outstanding | What follows |\n|---|---|---|---|---|\n"
    "| refused | | at least 1 | | Not with these |\n"
    "| waiting | Hard or Structured | 0 | at least 1 | Proposed |\n"
    "| settled | Hard or Structured | 0 | 0 | Formed |\n"
    "| loose | Loose or In none | 0 | | Formed |\n\n"
    "<!-- check: principles\nlabel: Principles\nsubject: partnership\nvisible: officers\nid: Row\nmust: "
    "[Must "
    "have]\noutputs: {strength: {label: If not, scale: strength}}\n-->\n\n"
    "| Row | Kind | State | Must have | If not |\n|---|---|---|---|---|\n"
    "| size | Structured | not Dissolved | Size: 3 to 10 | breach |\n"
    "| third | | not Dissolved | At most a third or Size 2 | breach |\n"
    "| faith | | not Dissolved | No objection is crossed | breach |\n"
    "| loose | Loose | not Dissolved | Size: at least 2 | breach |\n";

/* One school: what its record says beside what every one has, and of its membership. */
struct group_school {
    const char *slug, *name, *membership, *more;
};

static inline void group_put(struct portal *p, const char *partnership, const struct group_school *schools,
                             size_t count) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", group_framework);
    portal_put(p, "content/policy/rules.md", group_policy);
    portal_put(p, "content/partnerships/brook.md", partnership);
    for (size_t i = 0; i < count; i++) {
        struct buf text = {.arena = &p->arena}, path = {.arena = &p->arena};
        buf_printf(&path, "schools/%s.yaml", schools[i].slug);
        buf_printf(&text,
                   "urn: \"90000%zu\"\nname: %s\nphase: primary\ntype: community\n"
                   "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n"
                   "memberships: [{partnership: brook%s}]\n%s",
                   i + 1, schools[i].name, schools[i].membership, schools[i].more);
        portal_put(p, str_z(&p->arena, buf_str(&path)), str_z(&p->arena, buf_str(&text)));
    }
}

#define GROUP_PROPOSED "---\ntitle: Brook\nkind: structured\nstate: proposed\naudience: officers\n---\n"
#define GROUP_FORMED "---\ntitle: Brook\nkind: structured\nstate: formed\n---\n"

#endif
