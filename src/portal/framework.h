/* SPDX-License-Identifier: MIT */
/*
 * framework.h: the vocabulary, content/framework.yaml.
 *
 * Scales and facts give the words of a portal's policy their types, and say who may see them. The expressions in it
 * (`is`, `when`, `applies`, `never`) are kept as they are written; whoever decides reads them.
 */
#ifndef SIGNPOST_PORTAL_FRAMEWORK_H
#define SIGNPOST_PORTAL_FRAMEWORK_H

#include "base/map.h"
#include "portal/schema.h"

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
    FACT_LIST,    /* of records, or of texts */
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
    struct value root; /* framework.yaml, as it was read */
    struct map scales; /* id -> struct scale */
    struct map facts;  /* "school.la_at_risk" -> struct fact */
    struct arena *arena;
};

/* Reads a checked-as-YAML framework.yaml. Everything wrong is reported; what can be used is used. */
void vocabulary_read(struct arena *arena, const struct value *root, struct vocabulary *out,
                     struct diags *diags);

/* A fact of schools that stands in a record's `facts` or `judgements` under `name`, or NULL. */
const struct fact *vocabulary_fact(const struct vocabulary *vocabulary, struct str name);

/* Checks one value of a fact, in place (ids for labels). Reports. */
void fact_check(const struct schema_check *check, const struct fact *fact, struct value *v);

/* What people read for a value of a fact: its label, or the text itself. */
struct str fact_label(const struct fact *fact, struct str value);

/* The value's label on a scale of this id, or `value` itself where there is none. */
struct str scale_label(const struct vocabulary *vocabulary, struct str scale, struct str value);

#endif
