/* SPDX-License-Identifier: MIT */
/*
 * review_tables.h: tables that run, compared as tables.
 *
 * Tables of the two sides are matched by their id, rows by theirs, then by likeness: on which page a table stands, where
 * on it, and how its Markdown is laid out is no change. A row is the words of its cells, without markup. Beside a row that
 * changes stands whom it catches (catches.h), before and now, in the report's own audience's run; and beside the tables
 * what is newly found of them, or not any more, by the proofs and by the portal's own tests.
 *
 * A table is told to whoever may see its page, on each side by itself: a table that was on a page for officers is new to
 * the public. What a proof found names facts as the tables do, and is told in general words where one of them is not for
 * the audience. Policy tests are for officers.
 *
 * Of a side that has errors, tables on pages that could not be read are left out on both; nothing is counted.
 *
 *     {tables: [{change: added | removed | changed, id, label, kind: decision | check | match | measures,
 *                record: "school",                       whose facts its headers name
 *                given: "Offer table: secondary",        what all its rows are given
                catches: decides for | applies to | is not met by,       what rows are counted by; absent of others
                page, path, line, address,              of the head's, or of what is removed: the page's title ...
 *                keys: [{key: "outputs.category.prefer", before, after}],     of the directive; absent where it is not there
 *                columns: [{header, before, change: added | removed | renamed}],
 *                headers: [text],                        of the columns that the rows' cells are in
 *                rows: [{change: added | removed | changed, moved: earlier | later, id, label, line, address,
 *                        cells: [{before, after,         a text each, absent where the row or the column is not there
                                 words: [{part: kept | added | removed, text}]}],      where words stayed and others changed
 *                        caught: {before: numbers, after: numbers,            see catches_page, and in `words`; absent: nothing is said
 *                                 records: [{id, label, before: state, after: state}]}}]}],
 *      fails: [finding], holds: [finding], tests: {fails: [finding], passes: [finding]}}
 *
 * A state is one of decides, may decide, holds, may hold, no; of a check's row met, not met, not known, not concerned. A finding
 * is {slug, test, text, note, path, line, id, label}: `test` the name of a policy test, the last two of the table that it is about;
 * a test of which several expectations fail has several, one after the other. The map is empty where there is
 * nothing.
 */
#ifndef SIGNPOST_EDGE_REVIEW_TABLES_H
#define SIGNPOST_EDGE_REVIEW_TABLES_H

#include "edge/review.h"

struct value review_tables(struct review *review);
void review_tables_write(const struct value *value, struct document *out);

/* Whether what proofs and tests found of this kind is told here, and so nowhere else. */
bool review_tables_tells(enum diag_id id);

#endif
