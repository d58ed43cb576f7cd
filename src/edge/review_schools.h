/* SPDX-License-Identifier: MIT */
/*
 * review_schools.h: schools, and other records, whose decisions change, and why.
 *
 * Every school that is listed on both sides is run on both, on every core; so is every other kind of record that has
 * decisions. A school is the same by its slug, or by its URN where its file was renamed; a decision, an output and an answer
 * by their ids. Decisions that only one side has are named and not compared.
 *
 *     {records [{kind, id, name, decisions [{id, label,
 *                 outputs [{id, label, happened, before {status, value, candidates, suggestion, recorded, stands, differs,
 *                           words}, after {...}}],
 *                 causes [cause]}]}],
 *      groups [{kind, decision, label, count, many (the same in words), outputs [{id, label, happened, before, after}], causes [cause],
 *               records [{id, name}]}],
 *      uncompared [{kind, decision, label, new, page, line}]}
 *
 * `happened` is one of moved, settled, undetermined, narrowed, widened, candidates, applies, no-longer-applies, differs (what is
 * recorded, from what is suggested), agrees (again), recorded; and of an entry that is collected, which stands for an output,
 * entry-new, entry-gone, entry-changed. A group is the records to which the same
 * happened of one decision for the same causes; its `before` and `after` are words. A cause is as review_why.h has it:
 * {id, kind, label, words, short, from, to, page, line, gone, parts [{what, from, to}]}, `kind` one of row-changed, row-moved, row-new,
 * row-gone, table-changed, table-new, table-gone, vocabulary-changed, vocabulary-new, vocabulary-gone, record, recorded, dated,
 * day, others, withheld.
 */
#ifndef SIGNPOST_EDGE_REVIEW_SCHOOLS_H
#define SIGNPOST_EDGE_REVIEW_SCHOOLS_H

#include "edge/review.h"

struct value review_schools(struct review *review);
void review_schools_write(const struct value *value, struct document *out);

#endif
