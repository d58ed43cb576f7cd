/* SPDX-License-Identifier: MIT */
/*
 * catches.h: what each row of a table catches now.
 *
 * Who changes a row asks whom it is about: how many open schools (or groups, where the table is about these) it holds
 * for, and of how many of them it is the row that decides. Both may be not known: a row that holds in every completion of
 * what a record leaves open certainly holds, one that holds in some of them perhaps does. It is the bound audience's run
 * that is asked, so what that audience may not see is open here too.
 *
 *     struct catches catches;
 *     if (catches_of(&site, decision, &arena, &catches))
 *         ... catches.rows[i].holds[TRUTH_YES] records are caught by decision->rows[i], and perhaps .holds[TRUTH_MAYBE]
 *
 * What *decides* depends on the table: where one row wins, that it does; where every row speaks (guide, collect, sums), that
 * no row of an earlier tier holds instead. Of a check a row holds for whom it concerns, and its states are counted.
 */
#ifndef SIGNPOST_PORTAL_CATCHES_H
#define SIGNPOST_PORTAL_CATCHES_H

#include "policy/decide.h"
#include "portal/record.h"

/* One record at one row: an enum truth each; of a check's row an enum check_state. */
struct caught {
    unsigned char holds, decides, state;
};

/* One row over all records, by enum truth. */
struct row_catch {
    size_t holds[3];
    size_t decides[3]; /* not of a check */
    size_t not_met;    /* of a check */
    size_t not_known;  /* of a check */
};

struct catches {
    const struct decision *decision;
    const struct policy_record
        *records; /* open schools; or all of another kind: in the order of records_of */
    size_t count;
    struct row_catch *rows;    /* of decision->rows; a marker catches nothing */
    const struct caught *each; /* [record * decision->row_count + row] */
};

/* Asked of every record, on every core. False, and nothing is counted, where the audience may not have the decision's
 * results, and of tables that no record is asked about by itself: the steps of a match, and pairs. */
bool catches_of(const struct site *site, const struct decision *decision, struct arena *arena,
                struct catches *out);

/* A row's numbers: holds, may_hold, and decides, may_decide or, of a check, not_met, not_known. */
void row_catch_numbers(struct value_map *map, const struct decision *decision, const struct row_catch *row);

/* What the tables of a policy page do now, as they stand on it:
 *
 *     [{ordinal, id, label, kind: decision | check | match | measures, record: school, counted, records: 41,
 *       rows: [{address: "chart-r7", label, line, holds, may_hold, decides, may_decide,      of a decision
 *                                                 holds, may_hold, not_met, not_known,       of a check
 *                                                 holds, may_hold, among}]}]                 of a measure that is counted
 *
 * `counted` is false, and the rows have no numbers, where catches_of gives none. `records` is of how many. `ordinal` is that of
 * the table among those of its page, and `address` the id of the row in the published page. An empty list where the audience
 * does not have the page. */
struct value catches_page(const struct site *site, const struct page *page, struct arena *arena);

#endif
