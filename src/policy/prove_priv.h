/* SPDX-License-Identifier: MIT */
/*
 * prove_priv.h: what the files of the proof share. Only src/policy/prove*.c include it.
 *
 *     prove.c         dead rows, pairs of rows, nevers, and one table after the other
 *     prove_gap.c     what no row covers
 *     prove_item.c    words of cells that change nothing
 *     prove_report.c  findings as diagnostics
 */
#ifndef SIGNPOST_POLICY_PROVE_PRIV_H
#define SIGNPOST_POLICY_PROVE_PRIV_H

#include "policy/prove.h"
#include "policy/witness.h"

/* What one proof works with. The search stands at the root between questions. */
struct prover {
    struct search s;
    const struct decision *decision;
    struct arena *arena; /* of results */
    struct proof *out;
    values *box; /* the last example found */
};

/* After so many steps a question stays open, and nothing is reported of it. */
#define QUESTION_STEPS_MAX 16384

/* Whether earlier tables may give together what the state has of their outputs. */
bool prover_possible(const struct search *s);

/* Looks for a possible example of a question; its box is then in prover->box. */
bool prover_find(struct prover *p, search_question *ask, void *context);
bool prover_gave_up(const struct prover *p);

struct finding *prover_add(struct prover *p, enum finding_kind kind);

/* What the box says of what these rows ask. */
struct str prover_say(struct prover *p, const values *box, const struct row *const *rows, size_t count);

/* The row that wins in the box over rows that go before `row`, or NULL. */
const struct row *prover_winner(struct prover *p, const struct row *row);

/* Puts the search into a box, or back to the root. */
void prover_enter(struct prover *p, const values *domain);

/* The truth of a condition, and where it is maybe, a branch in it. */
enum truth ask_condition(struct search *s, const struct condition *c, struct branch *b);

/* The same of a row; where `hoped` is false, the side in which it fails is tried first. */
enum truth ask_row(struct search *s, const struct row *row, bool hoped, struct branch *b);
enum truth ask_applies(struct search *s, struct branch *b);

bool rows_win_alone(const struct decision *d); /* of any, unique and priority */
bool rows_agree(const struct decision *d, const struct row *a, const struct row *b);

void prove_gaps(struct prover *p);
void prove_items(struct prover *p);

#endif
