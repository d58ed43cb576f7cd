/* SPDX-License-Identifier: MIT */
/* review_why_inside.h: what finding causes (review_why.c) and telling them (review_why_tell.c) share. */
#ifndef SIGNPOST_EDGE_REVIEW_WHY_INSIDE_H
#define SIGNPOST_EDGE_REVIEW_WHY_INSIDE_H

#include "edge/review_why.h"

enum unit_kind {
    UNIT_EDIT,     /* `index` of edits */
    UNIT_FACT,     /* of the kind's facts: what the record says of it */
    UNIT_FACT_DAY, /* what the day makes of it */
    UNIT_MEMBER,   /* of a fact that is a list of schools: what one of them says */
    UNIT_RECORDED, /* of the kind's outputs */
    UNIT_RECORDED_DAY,
    UNIT_DAY,
};

struct unit {
    enum unit_kind kind;
    size_t index, member;
    struct str id; /* of the fact; of the output's decision */
    struct str output;
};

/* One record, and what was tried of it. */
struct trying {
    struct why *why;
    const struct why_record *record;
    struct unit *units;
    size_t count, room;
    struct arena *arena; /* of what is found */
    struct arena *work;  /* of one try */
    struct arena *scratch;
};

/* What both sides' records say on both days, read by one policy. Where the days are the same there is one. */
struct readings {
    bool ok;
    struct decided of[2][2]; /* [side][day] */
};

/* The id of an item of a list: of a record, or a text. */
struct str why_item_id(const struct feel_value *v);
bool why_same_given(const struct given *a, const struct given *b);

/* The causes among the units, each once. */
void why_tell(const struct trying *trying, const struct readings *readings, const bool *cause,
              struct causes *out);

#endif
