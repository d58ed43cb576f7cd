/* SPDX-License-Identifier: MIT */
/*
 * decided.h: a portal's policy, run over its records.
 *
 * The tables of the policy pages are compiled once, when the portal is loaded. When it is bound for an audience, the
 * decisions of every school are run on every core, and what stands of them is kept as masks and texts
 * (`school->stands`): that is all that groups, totals and the network read. Whoever shows a record runs it again with
 * everything around it: facts with their places, candidates, what would settle it. Running a record takes some twenty
 * microseconds, keeping it would take kilobytes.
 */
#ifndef SIGNPOST_PORTAL_DECIDED_H
#define SIGNPOST_PORTAL_DECIDED_H

#include "policy/decide.h"
#include "portal/fact.h"
#include "portal/record.h"

/* One record with its facts and what was decided of it. */
struct decided {
    struct policy_record record;
    struct subject subject;
    struct given *given;
    struct recorded *recorded;
    struct decision_result *results; /* kind->decision_count, but for checks */
    struct check_result *checks;     /* of the kind's check tables, as declared */
    size_t check_count;
};

/* Compiles the tables of the portal's policy pages and the paths of its facts, and checks what records say was decided
 * against them. Everything wrong is reported. */
void decided_load(struct site *site, struct diags *diags);

/* Runs the decisions of every school for the bound audience. Called by site_bind. */
void decided_bind(struct site *site);

/* Facts of another record that are other than it says: of a school, or of its membership in whatever is run. */
struct decided_other {
    const struct school *school;
    const struct policy_kind *kind; /* "school" or "member" */
    struct given *given;            /* in the order of the kind's facts */
    bool *replaced;
};

/* Facts that are other than the record says: what if. In the order of the kind's facts; NULL: all are as it says. And one
 * answer that is taken to be recorded, so that what would follow from it can be told. And what is other of the schools
 * that it is about. */
struct decided_change {
    struct given *given;
    bool *replaced;
    struct decided_other *others;
    size_t other_count;
    const struct value
        *membership; /* of the school's own: taken to be of a partnership that works; or NULL */
    bool alone;      /* the school is taken to be in no partnership, now or before */
    bool fresh; /* what stands of schools is worked out anew: what is kept of them is of another policy */
    const struct output *supposed; /* or NULL */
    values answer;
};
struct decided_change decided_no_change(const struct policy_kind *kind, struct arena *arena);

/* Runs one record on a day (mostly site->as_of), for the bound audience. Everything is in the arena; `scratch` is left as
 * it was. False where the portal has no facts of its kind. */
bool decided_run(const struct site *site, const struct policy_record *record, date day, struct arena *arena,
                 struct arena *scratch, struct decided *out);
bool decided_run_with(const struct site *site, const struct policy_record *record, date day,
                      const struct decided_change *change, struct arena *arena, struct arena *scratch,
                      struct decided *out);

/* The two halves of a run: what the record gives, without any decision; and what the tables make of it. */
bool decided_facts(const struct site *site, const struct policy_record *record, date day,
                   const struct decided_change *change, struct arena *arena, struct arena *scratch,
                   struct decided *out);
void decided_finish(struct decided *decided, struct arena *arena, struct arena *scratch);

/* Changes one fact, from a key and a value as a record or a policy test writes them: checked, labels as ids. Reports what is
 * wrong. */
void decided_give(const struct site *site, const struct policy_kind *kind, const struct field *fact,
                  const struct source *source, date day, struct arena *arena, struct decided_change *change,
                  struct diags *diags);

/* The same for "FACT=VALUE", the fact by its id or label; a list is parted by commas. "SCHOOL.FACT=VALUE" changes a fact of a
 * school, or of its membership, instead. */
void decided_replace(const struct site *site, const struct policy_kind *kind, struct str setting,
                     struct arena *arena, struct decided_change *change, struct diags *diags);

/* The change of one school as a record of a kind, which is made where there is none yet. */
struct decided_other *decided_other(struct decided_change *change, const struct school *school,
                                    const struct policy_kind *kind, struct arena *arena);

/* Adds what stands of a quantity to a total: several candidates as an interval. */
void output_add(const struct output *output, values stands, struct arena *arena, struct quantity_sum *sum);

#endif
