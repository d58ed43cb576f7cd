/* SPDX-License-Identifier: MIT */
/*
 * measure.h: tables of measures.
 *
 * A row is a measure: a value that somebody states, or what the portal counts or averages over records. What is counted
 * is written as in a column of a decision table whose header names nothing, and compiled in the same way. Nothing is
 * computed here: portal/measure.h does that for an audience.
 *
 *     | Measure                   | Counts                     | Among          | Counted in | England | Aim  |
 *     | Pupils in good primaries  | Ofsted grade: good or better | Phase: primary | pupils     | 91%     | 100% |
 */
#ifndef SIGNPOST_POLICY_MEASURE_H
#define SIGNPOST_POLICY_MEASURE_H

#include "policy/policy.h"

enum measure_role {
    MEASURE_NAME,
    MEASURE_COUNTS,
    MEASURE_AMONG,
    MEASURE_BY,
    MEASURE_AVERAGE,
    MEASURE_VALUE,
    MEASURE_COMPARATOR,
    MEASURE_AIM,
    MEASURE_EARLIER,
    MEASURE_QUARTILE,
    MEASURE_RATING,
    MEASURE_TREND,
    MEASURE_ROLES,
    MEASURE_NOTE = MEASURE_ROLES, /* printed, and nothing else */
};

enum measure_rating { RATING_NONE, RATING_RED, RATING_AMBER, RATING_GREEN };
enum measure_trend { TREND_WORDS, TREND_IMPROVING, TREND_STEADY, TREND_DECLINING };

/* What a stated figure is as a number. */
enum figure_kind {
    FIGURE_WORDS,  /* none: "in line", "not stated" */
    FIGURE_SHARE,  /* 96%, 25 of 61: of a hundred */
    FIGURE_NUMBER, /* +9 points, -0.3 */
    FIGURE_WRONG,  /* 62 of 61 */
};
struct measure_figure {
    enum figure_kind kind;
    struct decimal number;
};

struct measure {
    const struct measure_table *table;
    struct str id;      /* "pupils-in-good-primaries" */
    struct str address; /* "aims-pupils-in-good-primaries" */
    struct str label;
    struct place at;
    size_t index;                       /* among the rows in Markdown */
    struct str words[MEASURE_ROLES];    /* of each cell; empty where it is blank, a dash, or not there */
    struct place places[MEASURE_ROLES]; /* of that cell */
    struct condition *counts;           /* NULL: nothing is counted */
    struct condition *among;            /* of what is counted or averaged */
    const struct variable *average;     /* NULL: no average */
    struct measure_figure figures[MEASURE_ROLES]; /* of VALUE, COMPARATOR, AIM, EARLIER */
    enum measure_rating rating;
    enum measure_trend trend;
};

struct measure_table {
    struct str id, label;
    struct place at;           /* of the id */
    struct policy_table table; /* where it stands, and its links; it is of no decision */
    enum measure_role *roles;  /* of each column */
    struct str headers[MEASURE_ROLES];
    struct measure *items;
    size_t count;
};

/* Of all tables of a policy together: each is counted over every record. */
#define MEASURES_MAX 1000

/* Reads a stated figure: a number at the beginning, with a sign, its commas, % or points, of a whole; after it may come
 * what it is of ("6 of 13 schools") or when it was ("66% in 2011"). Anything else is words. */
struct measure_figure measure_figure(struct str text);

/* Whether the portal works the row's value out. */
static inline bool measure_computed(const struct measure *m) {
    return m->counts || m->average;
}

#endif
