/* SPDX-License-Identifier: MIT */
/* cell_priv.h: a cell's text read from front to back; shared by the cell*.c files and nobody else. */
#ifndef SIGNPOST_POLICY_CELL_PRIV_H
#define SIGNPOST_POLICY_CELL_PRIV_H

#include "policy/cell.h"

struct cursor {
    const struct cell_scope *scope;
    struct cell_text in;
    struct str text;
    size_t at;
};

/* A value that stands at a place of the text. */
struct match {
    size_t length; /* 0: none */
    size_t index;  /* of the scale's value, the set's item or the output's answer */
    bool by_id;
    bool two; /* `other` has the same words */
    size_t other;
};

struct cursor cursor_of(const struct cell_scope *scope, struct cell_text in);

/* The bytes of `label` at a place, or 0: case and spaces do not count, and a word must end where it ends. */
size_t cursor_match(struct str text, size_t at, struct str label);

void cursor_skip(struct cursor *w);                     /* over spaces */
bool cursor_take(struct cursor *w, const char *phrase); /* and the spaces after it */
bool cursor_end(const struct cursor *w);                /* the end of the text, or a ; */
bool cursor_item_ends(const struct cursor *w);          /* an end, a comma, `or`, or `in the last` */
struct str cursor_phrase(const struct cursor *w);       /* from here to where the item ends */
struct place cursor_place(const struct cursor *w, size_t at);
struct str cursor_from(const struct cursor *w, size_t from); /* the words from there to here */

/* Reports at byte `at` of the text; always false. */
bool cursor_fail(const struct cursor *w, size_t at, enum diag_id id, struct str one, struct str two,
                 struct str three);

/* Whether nothing follows where a value should; reported. */
bool cursor_ends_short(const struct cursor *w);

/* Says that what stands here is nothing that could stand here, with the nearest that could; always false. */
bool cursor_unknown(const struct cursor *w, const struct thing *thing);

/* Notes that the words from `from` to here name a thing, or one of its values. */
void cursor_link(const struct cursor *w, size_t from, const struct thing *thing, struct str value);

/* The longest label or id of a value of the thing. */
struct match cursor_value(const struct cursor *w, const struct thing *thing);

/* The longest label or id of a thing of this kind of record, and how long it is. */
const struct thing *cursor_thing(const struct cursor *w, size_t *length);

/* A number with its unit, without commas; false where there is none or after a diagnostic. The length is 0 where there
 * is none. */
bool cursor_number(struct cursor *w, struct decimal *out);
size_t cursor_number_length(const struct cursor *w);

/* A number, day or duration on the line of a variable. False after a diagnostic. */
bool cursor_amount(struct cursor *w, const struct thing *thing, struct decimal *out);

/* `in the last 2 years`, if it stands here. */
bool cursor_in_last(struct cursor *w, struct span *out);

/* How many values a thing names, and the id and label of each. */
size_t thing_value_count(const struct thing *thing);
struct str thing_value_id(const struct thing *thing, size_t index);
struct str thing_value_label(const struct thing *thing, size_t index);

/* One test of a thing, from here to the end of the item. NULL after a diagnostic. */
struct condition *cursor_test(struct cursor *w, const struct thing *thing);

/* The longest keyword of a test that stands here: "at least", "not recorded". */
size_t cursor_keyword(const struct cursor *w);

/* `Good`, `Good or better`, `GREEN to AMBER`, `at least AMBER` as a mask of the values of a thing that names them. False
 * after a diagnostic. */
bool cursor_values(struct cursor *w, const struct thing *thing, values *out);

#endif
