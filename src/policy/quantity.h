/* SPDX-License-Identifier: MIT */
/*
 * quantity.h: so many visits a year.
 *
 * A quantity is a unit and mostly a period. Its amount may be exact, a range, a bound, or one of four words that are no
 * number: none, not stated, to be agreed, to be confirmed. One grammar serves table cells, front matter (`meets:
 * half-termly`) and tests of a list of dates.
 *
 *     9 · 3 to 6 · up to 3 · at least 1 a term · 0.5 · termly · half-termly · to be agreed
 *
 * Periods convert by the calendar (3 terms and 6 half-terms in a school year); units are never added to each other.
 */
#ifndef SIGNPOST_POLICY_QUANTITY_H
#define SIGNPOST_POLICY_QUANTITY_H

#include "base/buf.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "policy/vocabulary.h"

enum quantity_shape {
    QUANTITY_NUMBER, /* low to high; equal when exact */
    QUANTITY_AT_LEAST,
    QUANTITY_UP_TO, /* 0 to high */
    QUANTITY_NONE,  /* adds 0 and is printed "none" */
    QUANTITY_NOT_STATED,
    QUANTITY_TO_BE_AGREED,
    QUANTITY_TO_BE_CONFIRMED,
};

enum period {
    PERIOD_NONE,
    PERIOD_YEAR,
    PERIOD_TERM,
    PERIOD_HALF_TERM,
    PERIOD_MONTH,
    PERIOD_WEEK,
    PERIOD_DAY
};

struct quantity {
    enum quantity_shape shape;
    struct decimal low, high;             /* in `period`, as written */
    struct decimal total_low, total_high; /* in the period of its type: what totals add */
    struct str unit;                      /* as declared in `units:`, singular: "visit"; empty: none */
    enum period period;
    struct str text; /* as it is printed */
};

/* The phrase that types an output: "visits a year", "meetings", "days a week". False where it is none, without a
 * diagnostic: a type may be something else. */
bool quantity_type_parse(const struct vocabulary *vocabulary, struct arena *arena, struct str text,
                         struct quantity *out);

/* One amount in a cell of an output of that type; a unit in it must be the declared one, and its period one that
 * converts to that of the type (reported at `at`; the amount is read all the same). False without a diagnostic where the
 * text is no quantity at all. A type of zero has any unit and period. */
bool quantity_parse(const struct vocabulary *vocabulary, struct arena *arena, const struct quantity *type,
                    struct str text, struct place at, struct quantity *out, struct diags *diags);

/* The amount a school year: 1 a term is 3. False for what has no number or no period that converts. */
bool quantity_per_year(const struct quantity *q, struct calendar calendar, struct decimal *low,
                       struct decimal *high, bool *open /* no upper end */);

/* A total: an interval, and beside it what is no number. */
struct quantity_sum {
    struct decimal low, high;
    bool open;
    size_t numbers, none, not_stated, to_be_agreed, to_be_confirmed;
};
/* Adds the hull of several possible amounts, or one (6 or 9 adds 6 to 9; one without a number counts beside it). */
void quantity_add_candidates(struct quantity_sum *sum, const struct quantity *candidates, size_t count);
/* "15", "8 to 11 plus 1 not stated", "8 plus 1 to be agreed", "none". */
void quantity_sum_print(struct buf *out, const struct quantity_sum *sum);

/* The same amount: the same shape, numbers and period, however written. */
bool quantity_eq(const struct quantity *a, const struct quantity *b);

/* As many in the period of their type: termly is as many as 3 a year. */
bool quantity_as_many(const struct quantity *type, const struct quantity *a, const struct quantity *b);

/* Several possible amounts in words: two numbers "6 or 9", more "2 to 9", and words beside them. */
void quantity_candidates_print(struct buf *out, const struct quantity *candidates, size_t count);

/* The same with the unit of their type: "2 or 6 visits a year", "1 visit a year", "0.5 days". What ends with words of its
 * own, as "1 a term", is given no other. */
void quantity_print(struct buf *out, const struct quantity *type, const struct quantity *candidates,
                    size_t count);

#endif
