/* SPDX-License-Identifier: MIT */
/*
 * explain.h: why a record has the category it has, as data.
 *
 * One tree of values serves the text of `signpost explain`, its JSON, and the officers' page "How this was decided", so that
 * the three never say different things:
 *
 *     kind, school (its slug), name, as_of, audience, page (its record's file)
 *     facts      [{id, label, value, given, page, line, by, since, note, derived, presumed, missing}]: what the tables read
 *     decisions  [{id, label, status, page, line, href, hidden, bounded, collects, when_recorded, applies,
 *                  value {output: words}, candidates {output: [words]}, suggestion {output: words}, recorded {...}, stands {...},
 *                  outputs [{id, label, status, value, candidates, suggestion, recorded {value, from, by, how, note, reason, page,
 *                            line}, stands, automatic {value, since}, differs}],
 *                  rows [{id, label, page, line, href, verdict, force, because, answer, cells [{column, text, verdict, found}]}],
 *                  entries [{key, certain, ...}] of collect,
 *                  missing [{id, label, if [{value, then}]}]}]
 *     checks     [{id, label, verdict, advice, page, line, href, rows [{id, label, state, breach, must, because, members,
 *                  settled [{name, label, if [{value, then}]}] ...}]}]
 *
 * A row that reads a count of members, or asks something of every one, has `members`, for each such fact one of
 * [{id, label, value, items [{name, school, state, reasons [{text, page, line, href}], with [items]}]}]: those who are
 * counted, may be, or break what is asked; `with` are the others in whose company they do.
 *
 * `status` is settled, candidates, undetermined or not-applicable. A row's `verdict` is one of decides, holds (outranked),
 * later (a row of an earlier tier holds), fails, not known; `force` is exempts, bounds, criterion or row.
 */
#ifndef SIGNPOST_PORTAL_EXPLAIN_H
#define SIGNPOST_PORTAL_EXPLAIN_H

#include "portal/decided.h"

/* Everything about one record that was run; of one decision only where `decision` is not empty. */
struct value explain_record(const struct decided *decided, struct str decision, struct arena *arena,
                            struct arena *scratch);

/* The consent that a partnership still waits for, or is refused; null of one that waits for nothing:
 * {next, outstanding, declined, members [{name, school, answer, words, date, page, line, declines, outcome}]}. `declines` is
 * what the checks say of the rest, `outcome` what would follow. */
struct value explain_consent(const struct site *site, const struct page *partnership, struct arena *arena,
                             struct arena *scratch);

/* What each row that gives `answer` (an id or a label of some output, of one decision only where `decision` is not empty)
 * would have needed, nearest first:
 * [{decision, output, value, rows [{id, label, href, page, line, needs [{column, text, found, short_by}], count}]}]. Empty where no table
 * gives it. */
struct value explain_why_not(const struct decided *decided, struct str decision, struct str answer,
                             struct arena *arena, struct arena *scratch);

#endif
