/* SPDX-License-Identifier: MIT */
/*
 * deployment.h: system leaders, whom they support, how much of their time it takes, and which schools wait.
 *
 * A deployment is an entry of a person's page: a role, a school, days. It lasts from its first day to its last, both
 * among them. What bounds it is said by the check tables about deployments, who can hold a role by the decisions about
 * people, and who comes first by the decision that framework.yaml names under `priority`: nothing of that is known here.
 *
 * For officers only: that a school is supported says that it needs support.
 */
#ifndef SIGNPOST_PORTAL_DEPLOYMENT_H
#define SIGNPOST_PORTAL_DEPLOYMENT_H

#include "base/decimal.h"
#include "portal/decided.h"

/* ---- what a leader carries; the list is the `deployments` of a page ---- */

struct leader_load {
    size_t schools;      /* different ones */
    struct decimal days; /* a week, of all together */
    bool unknown;        /* some do not say how many: `days` is what the others make */
};

/* The most schools and the most days on any day of one of them, which need not be the same day. */
struct leader_load leader_busiest(const struct value *deployments, const struct value *of,
                                  struct arena *scratch);

/* ---- all of them ---- */

enum deployment_state { DEPLOYMENT_CURRENT, DEPLOYMENT_PLANNED, DEPLOYMENT_ENDED };

struct deployment {
    struct policy_record record;
    const struct page *role;     /* or NULL */
    const struct school *home;   /* the leader's own; or NULL */
    const struct school *school; /* the one supported; or NULL where the record is gone */
    date from, to;               /* DATE_NONE: no end was agreed */
    bool has_days;
    struct decimal days;
    enum deployment_state state;
    const struct decided *decided; /* NULL: no fact of deployments is declared */
};

/* A bound on what a leader carries in all: the row of a check that reads it, as its worst deployment meets it. */
struct leader_bound {
    const struct check_row *row;
    const struct deployment *of;
};

struct leader {
    const struct page *person;
    const struct school *home;
    const struct page **roles; /* those of system leaders */
    size_t role_count;
    struct deployment *deployments; /* under way, then planned, then ended, the latest first of each */
    size_t count, current, planned;
    struct leader_load now;
    struct leader_bound *bounds; /* as its deployments that have not ended meet them */
    size_t bound_count;
    const struct decided *decided; /* NULL: no fact of people is declared */
};

/* A school that comes first and that nobody supports. */
struct waiting_school {
    const struct school *school;
    const struct row **reasons; /* rows of the decision that say so */
    size_t reason_count;
};

struct leaders {
    struct leader *items; /* as people are listed */
    size_t count;
    size_t current, planned, supported; /* deployments; and different schools, now */
    struct decimal days;                /* a week, now */
    bool unknown;
    const struct output *priority;  /* or NULL */
    struct waiting_school *waiting; /* most reasons first, then by name */
    size_t waiting_count;
    size_t undecided; /* schools of which it is not known whether they come first, and that nobody supports */
};

/* Whoever holds the role of a system leader or is deployed. NULL where there is nobody, and of a site that is bound for
 * anybody but officers. */
const struct leaders *leaders_make(const struct site *site, struct arena *arena);

const struct leader *leaders_of(const struct leaders *leaders, const struct page *person);

#endif
