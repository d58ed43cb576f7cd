/* SPDX-License-Identifier: MIT */
/*
 * totals.h: what schools are due together, and how many of them.
 *
 * Totals are of what stands. A school for which no answer of the main decision stands is in none of them, whatever they are
 * made by, and is counted beside: so all tables add up to the same. An amount is an interval, with what is no number
 * beside it, and amounts of different outputs are never added to each other. For officers only.
 */
#ifndef SIGNPOST_PORTAL_TOTALS_H
#define SIGNPOST_PORTAL_TOTALS_H

#include "portal/site.h"

struct caseload; /* caseload.h */

/* What stands of a quantity over several schools. */
struct quantity_total {
    struct quantity_sum sum;
    size_t undetermined; /* schools of which nothing stands */
};

/* Of a yes/no output, what stands; of schools that are in no total too. */
struct yes_total {
    size_t yes, no, open;
};

/* Some schools. */
struct total {
    struct str label;                       /* empty where `answer` says it */
    values answer;                          /* of totals_by.variable, one value; 0: none of them */
    const struct page *page;                /* of a cluster or an officer */
    size_t schools;                         /* added up */
    size_t suggested, open, not_applicable; /* not added up, by what stands of the main decision */
    struct quantity_total *quantities;
    struct yes_total *yes;
};

struct totals_by {
    struct str id, label;            /* "phase", "Phase" */
    const struct variable *variable; /* NULL: of what every portal has */
    struct total *rows;              /* those that have schools */
    size_t count;
};

struct totals {
    const struct output **quantities;
    size_t quantity_count;
    const struct output **yes;
    size_t yes_count;
    struct totals_by *by; /* the main decision, phase, cluster, officer, then those of framework.yaml */
    size_t by_count;
    struct total all;
};

/* Reports what `totals: {by: ...}` of framework.yaml names and totals cannot be made by. */
void totals_check(const struct site *site, struct diags *diags);

void totals_make(const struct site *site, const struct caseload *caseload, struct arena *arena,
                 struct totals *out);

#endif
