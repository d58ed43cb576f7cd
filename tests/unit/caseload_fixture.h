/* SPDX-License-Identifier: MIT */
/* caseload_fixture.h: a portal that categorises its schools, for tests of what officers see of it. */
#ifndef SIGNPOST_TESTS_CASELOAD_FIXTURE_H
#define SIGNPOST_TESTS_CASELOAD_FIXTURE_H

#include "portal_fixture.h"

#define FRAMEWORK                                                                                         \
    "scales:\n"                                                                                           \
    "  colour: {last: worst, values: {blue: Blue, amber: Amber, red: Red}, colours: {amber: amber}}\n"    \
    "  strength: {last: worst, values: {advice: Advice, breach: Breach}}\n"                               \
    "groups: {board: Improvement board}\n"                                                                \
    "units: [visit, day]\n"                                                                               \
    "facts:\n"                                                                                            \
    "  school:\n"                                                                                         \
    "    at_risk: {label: At risk, type: yes/no, from: judgements, visible: officers, missing: no}\n"     \
    "    sinking: {label: Sinking, type: yes/no, from: judgements, visible: officers}\n"                  \
    "    failed: {label: Failed, type: yes/no, from: judgements, visible: officers, missing: no}\n"       \
    "    sixth_form: {label: Sixth form, type: yes/no, from: sixth_form, visible: public, missing: no}\n" \
    "    tint: {label: Tint, scale: colour, visible: officers, missing: none}\n"                          \
    "    partner: {label: Partner, type: text, from: link_officer, visible: public}\n"                    \
    "    opened: {label: Opened, type: date, visible: officers}\n"                                        \
    "    share: {label: Share, type: number, unit: \"%\", visible: officers}\n"                           \
    "    staff: {label: Staff, type: whole, unit: teachers, visible: officers}\n"                         \
    "    seen: {label: Seen, type: dates, visible: officers}\n"                                           \
    "  board:\n"                                                                                          \
    "    endorsed: {label: Endorsed, type: date, from: endorsed, visible: officers}\n"

/* The category stands when it is recorded; what follows from it is not hidden. */
#define POLICY                                                                                               \
    "---\ntitle: Categories\n---\n\n## Category\n\n<!-- decision: category\nlabel: Category\nhit: guide\n"   \
    "stands: when recorded\nvisible: officers\nid: Ref\noutputs: {category: {label: Category, scale: "       \
    "colour}}\n-->\n\n| Ref | School | Category |\n|---|---|---|\n| A1 | At risk | normally amber, or red "  \
    "|\n| A2 | Sinking | red |\n| F1 | Failed | at least red |\n| *otherwise* | | |\n| B1 | | blue |\n\n"    \
    "## Visits\n\n<!-- decision: visits\nlabel: Visits\noutputs: {visits: {label: Partner visits, type: "    \
    "visits a year}}\n-->\n\n| Category | Partner visits |\n|---|---|\n| blue | 2 |\n| amber | 6 |\n| red "  \
    "| "                                                                                                     \
    "to be agreed |\n| not determined | not determined |\n\n## Sixth form\n\n<!-- decision: sixth\nlabel: "  \
    "Sixth\noutputs: {days: {label: Sixth-form days, type: days a year}, special: {label: Special, type: "   \
    "yes/no}}\n-->\n\n| Sixth form | Sixth-form days | Special |\n|---|---|---|\n| yes | 2 | yes |\n| no | " \
    "none | no |\n\n## Checks\n\n<!-- check: link\nlabel: Link\nid: Ref\nmust: [Must have]\noutputs: "       \
    "{strength: {label: If not, scale: strength}}\nvisible: officers\n-->\n\n| Ref | Must have | If not "    \
    "|\n|---|---|---|\n| partner | Partner: recorded | Breach |\n\n<!-- check: board\nlabel: "               \
    "Board\nsubject: "                                                                                       \
    "board\nid: Ref\nmust: [Must have]\noutputs: {strength: {label: If not, scale: strength}}\nvisible: "    \
    "officers\n-->\n\n| Ref | Must have | If not |\n|---|---|---|\n| endorsed | Endorsed: recorded | "       \
    "Advice "                                                                                                \
    "|\n"

/* Ash is agreed; Birch was recorded against the suggestion; Cedar is suggested only; Elm waits for a fact; Fir has
 * changed by itself; Gean is closed. */
static inline void portal_categorise(struct portal *p) {
    portal_make(p);
    portal_put(p, "content/framework.yaml", FRAMEWORK);
    portal_put(p, "content/policy/categories.md", POLICY);
    portal_put(p, "content/people/jo.md", "---\ntitle: Jo\npost: Officer\n---\n");
    portal_put(
        p, "schools/ash.yaml",
        SCHOOL("900001", "Ash") "sixth_form: yes\nlink_officer: jo\njudgements: {sinking: no}\n"
                                "facts: {opened: 2019-09-01, share: 64.5, staff: 1, seen: [2026-01-09, "
                                "2026-04-20]}\n"
                                "decisions:\n  category: [{value: blue, from: 2025-09-01}]\n");
    portal_put(p, "schools/birch.yaml",
               SCHOOL("900002", "Birch") "link_officer: jo\njudgements: {sinking: no, at_risk: yes}\n"
                                         "decisions:\n  category:\n"
                                         "    - {value: blue, from: 2024-09-01, by: Sam}\n"
                                         "    - {value: red, from: 2025-09-01, by: Jo, reason: Fire}\n");
    portal_put(p, "schools/cedar.yaml",
               SCHOOL("900003", "Cedar") "judgements: {sinking: no, at_risk: yes}\n"
                                         "groups:\n  - {kind: board, start: 2026-01-08, meetings: [{on: "
                                         "2026-06-02}, {on: 2026-05-11}], planned_end: 2026-07-01}\n");
    portal_put(p, "schools/elm.yaml", SCHOOL("900004", "Elm") "judgements: {at_risk: no}\n");
    portal_put(p, "schools/fir.yaml",
               SCHOOL("900005", "Fir") "link_officer: jo\n"
                                       "judgements:\n  sinking: no\n"
                                       "  failed: [{value: yes, from: 2026-03-05}]\n"
                                       "decisions:\n  category: [{value: blue, from: 2025-09-01}]\n");
    portal_put(p, "schools/gean.yaml",
               SCHOOL("900006", "Gean") "status: closed\nclosed: 2024-08-31\njudgements: {at_risk: yes}\n");
}

#endif
