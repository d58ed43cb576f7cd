/* SPDX-License-Identifier: MIT */
/*
 * explain_priv.h: what the files of explaining share.
 *
 * explain_fact.c tells facts, explain_row.c rows and cells, explain_output.c answers, explain_member.c the members behind
 * a row about a group, explain_settle.c what of a member would settle it, explain_consent.c whose agreement is awaited,
 * explain_why.c what would have been needed, and explain.c joins them.
 */
#ifndef SIGNPOST_PORTAL_EXPLAIN_PRIV_H
#define SIGNPOST_PORTAL_EXPLAIN_PRIV_H

#include "portal/explain.h"

struct explaining {
    const struct decided *decided;
    struct state state;
    struct arena *arena, *scratch;
    bool *told; /* of each variable: it is among the facts already */
    struct value_list facts;
};

void explaining_init(struct explaining *e, const struct decided *decided, struct arena *arena,
                     struct arena *scratch);

/* `page` and `line` of a place. */
void explain_place(struct value_map *m, struct place at);
struct str explain_row_href(struct explaining *e, const struct row *row);
struct str explain_table_href(struct explaining *e, const struct policy_table *table);

/* What the record gives of a variable that is a supplied fact; NULL of any other. */
const struct given *explain_given(const struct explaining *e, const struct variable *v);

/* A variable's value in words: a number as it was recorded, anything else by its labels. */
struct str explain_variable(struct explaining *e, const struct variable *v);

/* The numbers that a yes or no was worked out from: "1 of 4"; empty where there are none. */
struct str explain_numbers(struct explaining *e, const struct variable *v);

/* What a record is called: a school's short name. */
struct str explain_name(const struct subject *subject);

/* The number on a variable's line, recorded or worked out; false where it is not known, or no number. */
bool explain_number(struct explaining *e, const struct variable *v, struct decimal *out);

/* The words of a whole set of which `of` is an item, and whether some of it is not known. */
bool explain_is_item(const struct variable *v);
struct str explain_set(struct explaining *e, const struct variable *of, bool *missing);

/* Whether it is a fact that is a list, of schools or of anything else. */
bool explain_is_list(const struct variable *v);

/* Puts what a condition reads among the facts. */
void explain_tell(struct explaining *e, const struct condition *c);

/* "Ofsted grade: Good; Leadership: not recorded": what was found of all that a condition reads. */
struct str explain_found(struct explaining *e, const struct condition *c);

/* How far a number lies outside the nearest of a test's intervals: less than 0 where it is too small. False where it lies
 * in one, or where there is none to speak of. */
bool explain_distance(const struct condition *c, struct decimal number, struct decimal *out);

struct str explain_column(const struct row *row, const struct row_cell *cell);
void explain_row_base(struct explaining *e, const struct row *row, struct value_map *m);
struct str explain_because(struct explaining *e, const struct row *row);
struct value explain_cells(struct explaining *e, const struct row *row);
struct value explain_rows(struct explaining *e, const struct decision *d);

struct value explain_output(struct explaining *e, const struct decision *d, const struct output *o,
                            const struct output_result *r);
struct value explain_missing(struct explaining *e, const struct decision *d, const struct decision_result *r);
struct value explain_entries(struct explaining *e, const struct decision *d, const struct decision_result *r);

/* Groups are of a size that people name; lists of a whole network are not told one by one. */
#define EXPLAIN_MEMBERS_MAX 60

/* Another record, explained in the same arena. */
void explain_other(const struct explaining *e, const struct subject *subject, struct decided *decided,
                   struct explaining *out);

/* What stands between a record and an answer of one of its decisions; gives its number. */
size_t explain_missing_of(const struct explaining *e, const struct decision *d,
                          const struct variable *const **out);

/* Calls for each expression that a row comes to read, with the fact that it is of. */
typedef void explain_reading(void *context, const struct variable *of, const struct feel_node *node);
void explain_read_row(struct explaining *e, const struct row *row, explain_reading *read, void *context);

/* The members that a row counts, or that break what it asks of each, with reasons; and, of a row of a check that is not
 * known, what of a member would settle it. See explain.h. */
struct value explain_members(struct explaining *e, const struct row *row, bool holds);
struct value explain_settling(struct explaining *e, const struct check_result *check,
                              const struct check_row *row);

/* The members without any one of whom the row would be met. */
struct value explain_without(struct explaining *e, const struct check_result *check,
                             const struct check_row *row);

extern const char *const explain_statuses[];
extern const char *const explain_check_states[];

#endif
