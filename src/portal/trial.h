/* SPDX-License-Identifier: MIT */
/*
 * trial.h: the portal's own tests of its policy, tests/policy/?.yaml.
 *
 * Each is a record that nobody has, and what the tables must say of it:
 *
 *     - name: leadership vulnerable alone
 *       source: "paragraph 22; both amber and yellow name it"
 *       facts: {ofsted.overall: good, leadership_vulnerable: yes}
 *       decisions: {level: [{value: iv, from: 2025-09-20}]}
 *       expect:
 *         category: {candidates: [green, yellow, amber], suggestion: amber}
 *         support.visits: 6 or 9
 *
 * Keys: name, source, subject (a kind of record; school), as_of (the portal's), facts, decisions, members and associates
 * (of a group: schools), schools (of the network; or of totals), expect, `expect total`. A school is {id, name, times, facts,
 * decisions}, and as a member {member} with facts of its membership. What is expected of an output is its answer as it is
 * printed, or a map of status, value, candidates, suggestion, recorded, stands; `<decision> rows` lists the rows that hold;
 * of a check {result, rows: {id: state}}; of a table that collects `<decision> entries`: {certain, possible, with, without,
 * answers}.
 */
#ifndef SIGNPOST_PORTAL_TRIAL_H
#define SIGNPOST_PORTAL_TRIAL_H

#include "portal/decided.h"

/* Which rows of which decisions some record or some test reached. */
struct reached {
    const struct policy *policy;
    bool **rows; /* [decision->index][row], in the order of decision->rows */
};
void reached_init(struct reached *reached, const struct policy *policy, struct arena *arena);
void reached_add(struct reached *reached, const struct decided *decided, struct arena *scratch);

/* Every record of every kind. */
void reached_site(struct reached *reached, const struct site *site);

/* Reports rows that nothing reached. */
void reached_report(const struct reached *reached, struct diags *diags);

/* Runs every test; each expectation that does not hold is an error at its line. Returns how many tests there are. */
size_t trials_run(const struct site *site, struct reached *reached, struct diags *diags);

/* What `check` says of a policy: its tests, and the rows that neither a record nor a test reaches. The site is bound for
 * officers, since only their facts reach every row. Returns how many tests there are. */
size_t trials_check(const struct site *site, struct arena *arena, struct diags *diags);

#endif
