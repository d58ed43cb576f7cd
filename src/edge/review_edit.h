/* SPDX-License-Identifier: MIT */
/*
 * review_edit.h: what changed in a policy, one edit at a time, and the policy as it would be with some of the edits.
 *
 * Why a decision changed is not read off the tables: it is tried. A policy is compiled that has all edits but one, or
 * some of them, and whoever asks runs a record with it. So a changed row that is outranked, or a threshold that no
 * school lies near, is never named for a cause, however near it stands to one.
 *
 *     edits_find(&edits, &base->policy, &head->policy, arena);
 *     struct blends blends;
 *     blends_init(&blends, &edits, base, head);
 *     const struct blend *without = blend_of(&blends, edits_all(&edits) & ~EDIT_BIT(3));
 *     if (without) decided_run_with(&without->sites[1], ...)
 *     blends_release(&blends);
 *
 * Tables are matched here as they run: columns by the fact or output that they name, rows by the cells that the program
 * reads, all tables whoever may see them. What is printed of a change is matched in review_tables_match.c as it is read: by
 * headers and every cell, notes too, of measures as of decisions, and only what the audience has. One matching for both
 * would either try remarks or print what nobody reads.
 *
 * An edit is a row, what stands above a table, or an entry of framework.yaml. Rows are matched by their ids and, where
 * their words are their ids, by the cells that they have in common; columns by what they name. More edits than a set
 * has bits become one for each decision, and then one for all: causes are then coarser, and still true.
 */
#ifndef SIGNPOST_EDGE_REVIEW_EDIT_H
#define SIGNPOST_EDGE_REVIEW_EDIT_H

#include "base/pool.h"
#include "portal/site.h"

typedef uint64_t edit_set;
#define EDITS_MAX 63
#define EDIT_BIT(i) ((edit_set)1 << (i))

enum edit_kind {
    EDIT_ROW_CHANGED,
    EDIT_ROW_MOVED, /* to another tier */
    EDIT_ROW_NEW,
    EDIT_ROW_GONE,
    EDIT_TABLE, /* what its directive says */
    EDIT_TABLE_NEW,
    EDIT_TABLE_GONE,
    EDIT_VOCABULARY, /* an entry of framework.yaml changed */
    EDIT_VOCABULARY_NEW,
    EDIT_VOCABULARY_GONE,
};

/* What it was and is: a cell under its header, a key of a directive or of an entry. */
struct edit_part {
    struct str what; /* "Score", "hit", "is" */
    struct str from, to;
};

struct edit {
    enum edit_kind kind;
    struct str id;    /* "row:chart/r7", "table:chart", "vocabulary:facts.school.weak" */
    struct str label; /* of the row, the table or the entry, as people read it */
    const struct decision *base_decision,
        *head_decision; /* of a row or a table; NULL where it is not there */
    const struct row *base_row, *head_row;
    struct str record, fact; /* of a fact in framework.yaml: its kind of record and its id */
    struct place at;         /* where it is now; where it was, of what is gone */
    bool gone;               /* `at` is of the base */
    struct edit_part *parts;
    size_t part_count;
};

/* A row of a table that has all rows of both sides: which side's cells it has may depend on an edit. */
struct edit_slot {
    const struct markdown_row *base, *head; /* either may be NULL */
    size_t edit;                            /* EDIT_NONE: the head's */
};
#define EDIT_NONE SIZE_MAX

struct edit_column {
    size_t base, head; /* index in the table of that side; EDIT_NONE: not there */
    bool notes;
};

struct edit_table {
    const struct policy_table *base, *head; /* either may be NULL */
    size_t settings;                        /* the edit of what stands above it; EDIT_NONE */
    struct edit_column *columns;
    size_t column_count;
    struct edit_slot *slots;
    size_t slot_count;
};

/* An entry of framework.yaml that depends on an edit. */
struct edit_entry {
    struct str keys[3]; /* "facts", "school", "weak"; fewer of what lies higher */
    size_t depth;
    const struct field *base, *head; /* either may be NULL */
    size_t edit;
};

struct edits {
    struct edit *items;
    size_t count, room;
    struct edit_table *tables;
    size_t table_count;
    struct edit_entry *entries;
    size_t entry_count, entry_room;
    const struct policy *base, *head;
    struct arena *arena;
};

void edits_find(struct edits *edits, const struct policy *base, const struct policy *head,
                struct arena *arena);

static inline edit_set edits_all(const struct edits *edits) {
    return edits->count ? ~(edit_set)0 >> (64 - edits->count) : 0;
}

/* ---- the policy with some of them ---- */

struct blend {
    struct arena arena;
    edit_set set;
    bool ok; /* the edits make a policy without the others */
    struct vocabulary vocabulary;
    struct policy policy;
    struct site sites[2]; /* the base's records and the head's, read by this policy */
};

struct blends {
    const struct edits *edits;
    const struct site *sides[2];
    struct pool_lock lock;
    struct blend **items;
    size_t count, room;
    struct arena arena;
};

void blends_init(struct blends *blends, const struct edits *edits, const struct site *base,
                 const struct site *head);
void blends_release(struct blends *blends);

/* The policy that has these edits of the base's to the head's and no others; NULL where that makes none. It is
 * compiled when it is first asked for; any thread may ask. */
const struct blend *blend_of(struct blends *blends, edit_set set);

#endif
