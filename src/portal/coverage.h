/* SPDX-License-Identifier: MIT */
/*
 * coverage.h: how many schools are in a partnership that counts, against the day by which all should be.
 *
 *     coverage:
 *       of: coverage.coverage          # where a school stands with partnerships
 *       counted: coverage.counted      # yes where that counts
 *       kinds: kind                    # those that count are told apart by this
 *       by: [phase]
 *       subtotals: [primary]
 *       target: {day: 2027-04-01, words: Every school is in a partnership}
 *
 * A policy page says in a table what counts; framework.yaml names that table's answers, so that no kind, role or
 * phase is known here. Open schools are counted in the audience's own run of the tables, by the condition that a table of measures
 * would count by (measure.h): the two cannot disagree, and nothing is told that the audience could not count itself. What its
 * run does not know is counted as not known, never as no.
 *
 * Why a school is not covered rests on wishes and on proposals, so that part is for officers alone.
 */
#ifndef SIGNPOST_PORTAL_COVERAGE_H
#define SIGNPOST_PORTAL_COVERAGE_H

#include "policy/measure.h"
#include "portal/decided.h"

/* `coverage:` of framework.yaml, looked up. */
struct coverage_terms {
    const struct output *of, *counted;
    const struct variable *kinds; /* NULL: by the answers of `of` */
    const struct variable **by;
    size_t by_count;
    const struct variable **subtotals; /* yes/no: a row for the schools of which each is yes */
    size_t subtotal_count;
    date day;
    struct str words; /* what should be so by then */
};

/* Reads and checks `coverage:` against the tables; site->coverage stays NULL where there is none. */
void coverage_load(struct site *site, struct diags *diags);

/* Whether the bound audience may see what coverage is counted from. */
bool coverage_shown(const struct site *site);

/* Whether a row of a table of measures counts the same. */
bool coverage_measured(const struct site *site, const struct measure_table *table);

/* Where a school may stand. Those that count come first, what is not known last. */
struct coverage_column {
    enum truth covered;
    const struct variable *variable; /* whose answer it is; NULL: `label` says it */
    values answer;
    struct str label;
};

struct coverage_cell {
    size_t schools, pupils;
};

struct coverage_row {
    const struct variable *variable; /* as of a column */
    values answer;
    struct str label;
    struct coverage_cell *cells; /* one a column */
    struct coverage_cell covered, unknown, all;
    size_t uncounted; /* schools without a count of pupils */
};

struct coverage_by {
    const struct variable *variable;
    struct coverage_row *rows; /* those that have schools */
    size_t count;
};

/* Why an open school is not, or not certainly, covered. The first that applies is where it is listed. */
enum gap_kind {
    GAP_UNKNOWN,   /* a fact is missing */
    GAP_TO_OPEN,   /* it is not open yet, and not counted */
    GAP_BEGINS,    /* it is to be in one that is formed */
    GAP_PROPOSED,  /* one is being talked about */
    GAP_MEMBER,    /* it is in one that does not count */
    GAP_ASSOCIATE, /* of one or more */
    GAP_DECLINED,  /* its governing body did, or the whole proposal was */
    GAP_WISHES,    /* it has said what it would like */
    GAP_SILENT,    /* it has not */
    GAP_COUNT
};

struct coverage_reason {
    enum gap_kind kind;
    const struct page *group; /* or NULL */
    const struct value *membership;
    date on; /* of BEGINS, DECLINED; DATE_NONE: not known */
    const struct variable *missing;
};

struct coverage_gap {
    const struct school *school;
    enum gap_kind kind;
    struct coverage_reason *reasons; /* by kind */
    size_t count;
    enum truth would; /* be covered, if every proposal were formed */
};

struct coverage {
    const struct coverage_terms *terms;
    struct coverage_column *columns;
    size_t column_count;
    struct coverage_by *by;
    size_t by_count;
    struct coverage_row *subtotals;
    struct coverage_row all;
    size_t to_open; /* not counted */

    /* for officers */
    struct coverage_gap *gaps; /* by kind, schools to open last; then by name */
    size_t gap_count;
    size_t proposals;      /* that are under way, or not yet working */
    size_t reached, might; /* covered if they were all formed: certainly, and perhaps */
};

/* NULL where nothing is declared, or the audience may not see it. */
const struct coverage *coverage_make(const struct site *site, struct arena *arena);

/* Fills what is for officers; part of coverage_make. */
void coverage_explain(const struct site *site, struct coverage *coverage, struct arena *arena);

/* Whether a school is covered, as its subject stands. */
enum truth coverage_of(const struct coverage_terms *terms, const struct subject *subject,
                       struct arena *scratch);

/* Days from the as-of date to the target's; less than 0 once it has passed. And the terms of the calendar that have a school day
 * between; false where not all of its years are declared. */
int coverage_days_left(const struct site *site);
bool coverage_terms_left(const struct site *site, size_t *terms);

#endif
