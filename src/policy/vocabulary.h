/* SPDX-License-Identifier: MIT */
/*
 * vocabulary.h: the words of a portal's policy, content/framework.yaml.
 *
 * Scales and facts give the words of decision tables their types, and say who may see them. Facts are keyed by the kind
 * of record they belong to. Expressions (`is`, `when`, `applies`, `never`) stay values here; expression.h reads them.
 */
#ifndef SIGNPOST_POLICY_VOCABULARY_H
#define SIGNPOST_POLICY_VOCABULARY_H

#include "base/decimal.h"
#include "base/diag.h"
#include "base/map.h"
#include "policy/audience.h"
#include "policy/calendar.h"
#include "text/value.h"

/* Values of one scale, items of one set, distinct answers of one output: each is a bit of a mask (domain.h). */
#define VOCABULARY_VALUES_MAX 56

/* One value of a scale: an id and the labels it may be written with, the first of which is printed. */
struct scale_value {
    struct str id;
    const struct value *labels; /* a text or a list of texts; NULL: the id is the label */
};

struct scale {
    struct str id;
    struct scale_value *values; /* from least to most; those `beside` the scale come after them */
    size_t count;
    size_t beside;  /* how many of `count` stand beside it */
    bool last_best; /* the last value is the best, else the worst or neither */
    bool last_worst;
    const struct value *same; /* id in a record -> id of the scale; NULL: none */
};

enum fact_type {
    FACT_YES_NO,
    FACT_SCALE,
    FACT_SET, /* of its own items */
    FACT_NUMBER,
    FACT_WHOLE,
    FACT_DATE,
    FACT_DURATION,
    FACT_TEXT,
    FACT_DATES, /* a list of dates: a quantity in a cell counts those of the school year, FEEL has them all */
    FACT_LIST,  /* of records, or of texts */
    FACT_SCHOOLS, /* of schools */
};

struct fact {
    struct str id;     /* "la_at_risk", "ofsted.overall" */
    struct str label;  /* as tables name it */
    struct str record; /* the kind of record it belongs to: "school", "partnership" ... */
    enum fact_type type;
    const struct scale *scale; /* of FACT_SCALE */
    const struct value *items; /* of FACT_SET: id -> label */
    bool derived;              /* has `is` or `when`: never given in a record */
    bool classed;              /* `visible` was stated */
    enum audience audience;
    struct str from;            /* path in the record */
    const struct value *source; /* the whole declaration */
};

struct vocabulary {
    struct value root;                 /* framework.yaml, as it was read */
    struct map scales;                 /* id -> struct scale */
    struct map facts;                  /* "school.la_at_risk" -> struct fact */
    const struct calendar_year *years; /* of `calendar:`, as declared */
    size_t year_count;
    struct arena *arena;
};

/* The keys of framework.yaml, part by part, for the manual; each list ends with a NULL. */
struct vocabulary_key {
    const char *key, *help;
};
struct vocabulary_part {
    const char *title;
    const struct vocabulary_key *keys;
};
extern const struct vocabulary_part vocabulary_parts[];

/* Reads a checked-as-YAML framework.yaml. Everything wrong is reported; what can be used is used. */
void vocabulary_read(struct arena *arena, const struct value *root, struct vocabulary *out,
                     struct diags *diags);

/* A fact of a kind of record, or NULL. */
const struct fact *vocabulary_fact_of(const struct vocabulary *vocabulary, struct str record,
                                      struct str name);

/* The value of a scale by its id, a label or what `same` maps, without case; NULL. */
/* The least and the most that `range:` of a number says: "0 to 5". False where it says none, or not in that form. */
bool fact_range(const struct fact *fact, struct decimal *low, struct decimal *high);

const struct scale_value *scale_find(const struct scale *scale, struct str text);

/* The item of a set, by id or label; NULL. */
const struct field *fact_item(const struct fact *fact, struct str text);

/* What people read for a value of a fact: its label, or the text itself. */
struct str fact_label(const struct fact *fact, struct str value);

/* The value's label on a scale of this id, or `value` itself where there is none. */
struct str scale_label(const struct vocabulary *vocabulary, struct str scale, struct str value);
struct str scale_value_label(const struct scale_value *value);

/* `calendar:`, by default 3 terms and 6 half-terms. */
struct calendar vocabulary_calendar(const struct vocabulary *vocabulary);

/* The words of an id: "below_floor" is "below floor". */
struct str words_of_id(struct arena *arena, struct str id);

#endif
