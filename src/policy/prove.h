/* SPDX-License-Identifier: MIT */
/*
 * prove.h: what can be said of a table before anybody is known.
 *
 * The search that completes a record, with nothing known: a run that reaches no row is a **gap**; a row that decides no
 * run is **dead**; two rows that say different things of one case are in **conflict**; a word of a cell that changes no
 * outcome is a **dead item**. What earlier tables, `implies`, `never` or `applies` rule out does not exist, and a table
 * is proved after those it reads, of which only what their own proof found possible is left.
 *
 * It is exact whenever tests compare facts with constants. An expression that cannot be worked out counts as either;
 * then no gap is missed, and what is reported may be impossible (`unsure`).
 *
 *     struct proofs proofs;
 *     policy_prove(&policy, as_of, &arena, &scratch, &proofs);
 *     proofs_report(&proofs, &diags);
 */
#ifndef SIGNPOST_POLICY_PROVE_H
#define SIGNPOST_POLICY_PROVE_H

#include "policy/search.h"

enum finding_kind {
    FINDING_GAP,       /* no row covers `witness`; `near` rows came nearest */
    FINDING_DEAD_ROW,  /* `row` decides nothing; where it holds at all, as in `witness`, `other` wins */
    FINDING_CONFLICT,  /* `row` and `other` say different things of `witness` */
    FINDING_DEAD_ITEM, /* without `item` every outcome of `row` would be the same */
    FINDING_NEVER,     /* `never` is true of everything */
    FINDING_NOBODY,    /* `question` holds of nothing */
    FINDING_UNPROVED,  /* more cases than are looked at */
};

/* Why an item changes nothing. The last two repeat what is there already, and are no mistake. */
enum dead_item {
    ITEM_OUTRANKED, /* wherever it makes the row hold, another row goes before it */
    ITEM_NEVER,     /* it is never so where the row's other cells hold */
    ITEM_IMPLIED,   /* another item of its cell holds wherever it does */
    ITEM_REPEATED,  /* without it, another row would say the same */
};

struct finding {
    enum finding_kind kind;
    const struct row *row, *other;
    const struct row **near;
    size_t near_count;
    size_t
        cell; /* among the row's cells: the dead item's; of a gap, the one in which the nearest rows fail */
    struct str item; /* as it would be written: "SEF validated as Good" */
    enum dead_item why;
    const struct never *never;
    const struct policy_question *question;
    struct str witness; /* "Ofsted grade RI; Leadership Outstanding or Inadequate" */
    bool unsure;
};

/* Two rows of a tier that hold together, with the same answers or one outranking the other. No mistake. */
struct overlap {
    const struct row *first, *second; /* the first wins */
    bool same;
    struct str witness;
};

struct proof {
    const struct decision
        *decision; /* NULL: of what a kind of record can never be, and what is asked of it */
    struct finding *findings;
    size_t count, room;
    struct overlap *overlaps;
    size_t overlap_count, overlap_room;
    size_t runs;
    bool bounded; /* more than SEARCH_RUNS_MAX cases: rows were taken one by one */
};

struct proofs {
    struct proof *items;
    size_t count;
};

/* A record of the kind of which nothing is known but the day. */
void proof_subject(const struct policy *policy, const struct policy_kind *kind, date as_of,
                   struct arena *arena, struct subject *out);

/* Proves one decision, and leaves in the subject's domain what may stand of it; those it reads come before. */
void proof_run(struct subject *subject, const struct decision *decision, struct arena *arena,
               struct arena *scratch, struct proof *out);

/* What is certainly true of every record of the kind, and must never be. */
void proof_nevers(const struct subject *subject, struct arena *arena, struct arena *scratch,
                  struct proof *out);

/* Every decision of every kind. */
void policy_prove(const struct policy *policy, date as_of, struct arena *arena, struct arena *scratch,
                  struct proofs *out);

/* One diagnostic for each finding that is a mistake, at the place of the row, cell or table. */
void proof_report(const struct proof *proof, struct diags *diags);
void proofs_report(const struct proofs *proofs, struct diags *diags);

/* "R4 and R5 both hold, and R4 wins: Ofsted grade Good; Data Improving and Consistent" */
void overlap_print(struct buf *out, const struct overlap *overlap);

/* A line "  "Declining" in R9 repeats what another word of its cell says" of an item that is no mistake; else nothing. */
void repetition_print(struct buf *out, const struct finding *finding);

#endif
