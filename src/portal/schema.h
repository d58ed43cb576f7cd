/* SPDX-License-Identifier: MIT */
/*
 * schema.h: what a portal's sources may say.
 *
 * One set of tables (schema_tables.c) says for each kind of record its fields, their types, who may see them and
 * what they mean. Everything else follows from it: validation and "did you mean" (schema_check), projection for an
 * audience (schema_project), `signpost new` and `signpost schema` (schema_out.c), and the manual page
 * signpost-formats(5).
 *
 * Types are the schema's: a YAML scalar is text until a field says that it is a date or a choice. schema_check
 * writes back what a text means where that saves later readers the work: a choice becomes its id, so that "Requires
 * improvement", "RI" and "3" are one.
 */
#ifndef SIGNPOST_PORTAL_SCHEMA_H
#define SIGNPOST_PORTAL_SCHEMA_H

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "policy/audience.h"
#include "text/value.h"

enum schema_type {
    TYPE_TEXT,     /* one line */
    TYPE_MARKDOWN, /* many lines of Markdown, rendered as part of a page */
    TYPE_YES_NO,   /* yes or no; never true, on or 1 */
    TYPE_WHOLE,    /* digits; no sign, no commas */
    TYPE_NUMBER,   /* a decimal number, with a true minus or a hyphen */
    TYPE_FIGURE,   /* a number, or the reason why there is none (figure_reasons) */
    TYPE_DATE,     /* 2019-09-01 */
    TYPE_MONTH,    /* 2019-09, or a date */
    TYPE_YEAR,     /* the year in which a school year ends: 2025 */
    TYPE_AGES,     /* 3 to 11 */
    TYPE_CHOICE,   /* one of `choices`, by id or by label */
    TYPE_URN,      /* 6 digits */
    TYPE_LAESTAB,  /* 302/2000 */
    TYPE_DIGITS,   /* an identifier of digits, kept as text: UKPRN, UPRN */
    TYPE_POSTCODE,
    TYPE_TELEPHONE,
    TYPE_EMAIL,
    TYPE_WEB,       /* http:// or https:// */
    TYPE_COLOUR,    /* #0b5351 */
    TYPE_SLUG,      /* the name of another page of kind `content`, or of a school */
    TYPE_PATH,      /* a page of the portal by its source path, with an optional #fragment */
    TYPE_RECORD,    /* a map described by `record` */
    TYPE_FACTS,     /* a map whose keys framework.yaml declares */
    TYPE_DECISIONS, /* recorded decisions: decision or output -> dated list */
    TYPE_CONDITION, /* on a school: a map of cells, or an expression; compiled with the policy */
    TYPE_ANY,       /* checked elsewhere (framework.yaml's own language) */
};

enum schema_flags {
    FIELD_REQUIRED = 1, /* a record without it is an error */
    FIELD_LIST = 2,     /* a list of the type; a single value may stand for a list of one */
    FIELD_DATED = 4,    /* the type, or a dated list of {value, from, to, by, note} */
    FIELD_OR_NONE = 8,  /* the word `none` may stand for the whole: real absence, not a missing fact */
    FIELD_ONE_OF = 16,  /* exactly one of the record's fields with this flag must be given */
};

/* Entries of one list or map. Records are written by people: more is a mistake, and what compares entries with each other
 * need not fear it. */
#define SCHEMA_ITEMS_MAX 1000

/* A choice's id is what the program and the addresses use, its label what people read. */
struct choice {
    const char *id;
    const char *label;
    const char *also; /* other spellings, parted by '|', or NULL */
};

/* The kinds of content page; each lives in the folder of content/ that bears its plural's name. */
enum content_kind {
    CONTENT_PAGE, /* directly in content/ */
    CONTENT_POLICY,
    CONTENT_CLUSTER,
    CONTENT_PARTNERSHIP,
    CONTENT_OFFER,
    CONTENT_ROLE,
    CONTENT_PERSON,
    CONTENT_BODY,
    CONTENT_COUNT,
    CONTENT_SCHOOL = CONTENT_COUNT, /* for TYPE_SLUG: a school's record */
};

struct schema_field {
    const char *name;
    enum schema_type type;
    unsigned flags;
    enum audience audience;       /* the widest that may see it */
    const char *label;            /* as people read it */
    const char *help;             /* one sentence: meaning, unit, source */
    const char *example;          /* as it is written in YAML */
    const struct choice *choices; /* of TYPE_CHOICE; ends with a NULL id */
    const struct schema *record;  /* of TYPE_RECORD */
    enum content_kind content;    /* of TYPE_SLUG */
};

struct schema {
    const char *name; /* "school", "partnership" ... */
    const char *help;
    const struct schema_field *fields; /* ends with a NULL name */
};

extern const struct schema schema_school, schema_portal;
extern const struct schema *const schema_content[CONTENT_COUNT];
extern const struct schema schema_measure; /* a row of a table of measures, as decision tables read it */
extern const struct schema schema_dated;   /* value, from, to, by, note: an entry of a dated list */
extern const struct choice figure_reasons[], phase_choices[], school_type_choices[],
    inspection_framework_choices[], partnership_kinds[], partnership_states[], member_role_choices[];

/* The folder of content/ and the part of an address: "policy", "clusters" ... ("" for plain pages). */
struct str content_folder(enum content_kind kind);
struct str content_noun(enum content_kind kind); /* "policy page", "cluster" ... */

const struct schema_field *schema_find(const struct schema *schema, struct str name);
const struct choice *choice_find(const struct choice *choices,
                                 struct str text); /* by id, label or spelling */

/* What checking needs beyond the tables. `vocabulary` is framework.yaml's, or NULL before it is known. */
struct vocabulary;
struct schema_check {
    struct arena
        *arena; /* for what is normalised: a single value becomes a list of one where a list is meant */
    const struct vocabulary *vocabulary;
    struct diags *diags;
};

/* Checks a value against a schema, in place, reporting everything wrong in it. Afterwards a choice holds its id, and
 * lists are lists. */
void schema_check(const struct schema_check *check, struct value *map, const struct schema *schema);

/* "did you mean "hard"? It is one of: hard, structured, loose". */
struct str schema_hint(struct arena *arena, struct str given, const struct str *choices, size_t count);

struct str schema_type_noun(enum schema_type type); /* "a date" */

/* Takes out of a checked record what an audience may not see. Afterwards nothing restricted is left for later stages to
 * read. With an arena `*map` becomes a copy there of what is left, and what it was made of stays as it was; without one
 * that is altered. */
void schema_project(struct value *map, const struct schema *schema, enum audience audience,
                    const struct vocabulary *vocabulary, struct arena *arena);

/* Adds what that would take out, as a text: of two records it is the same when nothing differs in them that the audience
 * may not see. For comparing, and never for reading. */
void schema_hidden(const struct value *map, const struct schema *schema, enum audience audience,
                   const struct vocabulary *vocabulary, struct buf *out);

/* Readers of checked values. A missing value gives none of its type: DATE_NONE, -1, the empty string, false. */
date value_date(const struct value *v);
long value_whole(const struct value *v);
bool value_yes(const struct value *v);

/* The value in force on a day: the value itself, or of a dated list the entry that stands on `day` (from `from`
 * until, not including, `to`). NULL where none does. */
const struct value *value_on(const struct value *v, date day);

#endif
