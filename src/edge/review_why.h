/* SPDX-License-Identifier: MIT */
/*
 * review_why.h: which of the changes between two sides caused a decision to change.
 *
 * Everything that differs and may matter to a record is a *unit*: an edit of the policy (review_edit.h), the value of a
 * fact, what was recorded, what the later day brought. A unit is a cause where the head without it, all else being as it
 * is, decides otherwise. Where that finds none, because two changes bring about the same alone, each that does is one;
 * and where only several together do, those of a least set. So a change that merely happened is never named, and nothing
 * is read off the words of a row.
 *
 * What follows from derived facts and earlier decisions needs no walk: the record is run again.
 */
#ifndef SIGNPOST_EDGE_REVIEW_WHY_H
#define SIGNPOST_EDGE_REVIEW_WHY_H

#include "edge/review_edit.h"
#include "edge/review_outcome.h"

enum cause_kind {
    CAUSE_EDIT,     /* of the policy */
    CAUSE_FACT,     /* a value in a record */
    CAUSE_RECORDED, /* what was recorded of a decision */
    CAUSE_LAPSE,  /* a dated value of a fact, or of what was recorded, that the later day brought or ended */
    CAUSE_DAY,    /* the day itself */
    CAUSE_OTHERS, /* what other records say of themselves */
    CAUSE_WITHHELD, /* something that the audience may not see */
};

struct cause {
    enum cause_kind kind;
    const struct edit *edit;
    struct str id;       /* "row:chart/r7", "fact:school.score", "recorded:chart.category", "day" */
    struct str label;    /* of the fact or output; of OTHERS the list they are in */
    struct str from, to; /* in words; either may be empty */
    date days[2];        /* of LAPSE and DAY: the base's and the head's */
    bool bare;           /* of an entry of framework.yaml: what it was and is, is for officers alone */
    struct place at;     /* where it is now; where it was, of what is gone; may be nowhere */
};

struct causes {
    struct cause *items;
    size_t count;
};

/* Of two sites, with all that is compiled on the way. */
struct why {
    const struct site *sides[2];
    struct edits edits;
    struct blends blends;
    struct arena *arena;

    /* what was found of records in one situation */
    struct pool_lock lock;
    struct arena kept;
    struct map known;
};

void why_init(struct why *why, const struct site *base, const struct site *head, struct arena *arena);
void why_release(struct why *why);

/* What the edits of the policy have to do with a decision: worked out once, before records are asked about. */
edit_set why_edits_of(const struct why *why, const struct decision_pair *pair, struct arena *scratch);

/* One record that both sides have. */
struct why_record {
    struct policy_record sides[2];
};

/* Two records that no row can tell apart have the same causes, so a change that moves thousands of schools is tried on the
 * few that differ in what tables see: the masks of both sides, whose cuts are all the cuts that a blend has, and exactly what
 * expressions read. Of a kind, worked out once. */
struct situations {
    bool usable;
    bool *exact[2]; /* of each fact of the kind on each side: its value matters, and not only its mask */
};
struct situations why_situations(const struct why *why, struct str kind, struct arena *arena);
struct str why_situation(const struct situations *situations, const struct decided *base,
                         const struct decided *head, struct arena *arena);

/* The causes of several changed decisions, or checks, of one record: causes[i] of pairs[i], whose edits are relevant[i]. An
 * empty situation is like no other. Any thread may ask; everything is in the arena, or the why's. */
void why_of(struct why *why, const struct why_record *record, const struct decision_pair *const *pairs,
            const edit_set *relevant, size_t count, struct str situation, struct arena *arena,
            struct arena *scratch, struct causes *causes);

/* [{id, kind, label, words, from, to, page, line, gone, parts [{what, from, to}]}]; without its place where several records
 * have it, each in its own; that of an edit is always told. */
struct value causes_value(const struct causes *causes, bool placed, struct arena *arena);

#endif
