/* SPDX-License-Identifier: MIT */
/*
 * withhold.h: which of several counts may be told when small ones may not.
 *
 * The cells of one table are counts of the same things, their total is known to everybody, and so is this rule. A count of
 * 1 to 5 could point to somebody, so it is withheld; and alone it would be the total less the rest, so others are
 * withheld with it. What must hold afterwards, for a reader who knows the total, every published cell and how the
 * program chooses:
 *
 *     among all tables that would have been published in the same way, each withheld cell takes every value from 1 to 5.
 *
 * The rule. Where no cell is 1 to 5, all are told. Else all cells up to a bar are withheld, and the bar is the first of
 * 5, 11, 23, 47 ... (each twice the one before and one more) with which that leaves enough in doubt: of m withheld cells
 * that together make s,
 *
 *     s is at least 5 more than the bar before (5 in all, at the first bar), and at most (m - 1) bars and one.
 *
 * Where no bar does, all cells are withheld. Zero counts as up to the bar: it is told only where nothing is withheld, for
 * a reader who knew which cells are zero could share out s among fewer.
 *
 * Why it holds. Whether a bar is enough depends on m and s alone, which the reader knows and which all tables that share
 * the publication share; so what is chosen says nothing of how s is divided. At the first bar any division into
 * cells of 0 to 5 is published alike, and the two bounds say that one cell may be 5 and that the others can hold all but
 * 1. At a later bar let a cell be v. For v up to 4 make other cells 0 or between the bar before and this one: those make
 * any sum, as no bar is less than twice the one before, and no earlier bar is enough with a sum of v. For v of 5 fill
 * those below an earlier bar up to it, or leave none of them; more than its upper bound is not enough either.
 * tests/unit/test_withhold.c tries all tables up to a size.
 *
 * Rejected: withholding the next smallest cell beside a single small one. Who knows that rule knows that the second cell is
 * at most the least published one, and so that the first is at least what remains.
 *
 * A total below 5 cannot leave a doubt up to 5; then all cells are withheld, and the total is what it is.
 */
#ifndef SIGNPOST_POLICY_WITHHOLD_H
#define SIGNPOST_POLICY_WITHHOLD_H

#include <stdbool.h>
#include <stddef.h>

/* The greatest count that is not told. */
#define WITHHOLD_MAX 5

/* Sets withheld[i] for each of the cells, and says whether any is. */
bool withhold(const size_t *cells, size_t count, bool *withheld);

#endif
