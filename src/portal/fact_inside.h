/* SPDX-License-Identifier: MIT */
/* fact_inside.h: a resolved path, between fact_path.c, which makes it, and fact.c, which follows it. */
#ifndef SIGNPOST_PORTAL_FACT_INSIDE_H
#define SIGNPOST_PORTAL_FACT_INSIDE_H

#include "portal/fact.h"

/* Names in a path: more would be a mistake, since no record is so deep. */
#define FACT_STEPS_MAX 12

enum step_kind {
    STEP_FIELD,       /* a key of a map */
    STEP_EVENTS,      /* of a list of events the latest, or `back` events before it */
    STEP_EACH,        /* each map of a list */
    STEP_GROUP,       /* of the list of groups the latest of the kind `name` that has not ended */
    STEP_MEMBERSHIP,  /* of the list of memberships the one in a partnership */
    STEP_PARTNERSHIP, /* that partnership's page */
};

/* How the events of a list have their days. */
enum event_day {
    EVENT_INSPECTED, /* `date`; monitoring, urgent and ungraded inspections give no grades and do not count */
    EVENT_COUNTED,   /* `on` */
    EVENT_RELEASED,  /* `year`: the day of release, else 1 September of that year */
};

struct fact_step {
    enum step_kind kind;
    struct str name;
    uint32_t hash;
    bool or_none; /* of FIELD: the word `none` may stand for all of it */
    enum event_day day;
    int back;              /* of EVENTS: 0 for the latest */
    const char *published; /* of EVENT_RELEASED: the key of `sources` with the day of release */
};

enum fact_leaf {
    LEAF_NOTHING, /* derived, or its path is wrong */
    LEAF_VALUE,   /* a scalar, a dated list of them, or a plain list */
    LEAF_RECORDS, /* a list of maps */
    LEAF_MEMBERS, /* schools of a group */
    LEAF_ASSOCIATES,
    LEAF_SCHOOLS, /* all of the network */
    LEAF_SIZE,    /* of the partnership a school is in, how many schools it has */
    LEAF_FORMAL,  /* of a member, whether it is one of another formal partnership too */
    LEAF_SLUGS,   /* schools by name */
    LEAF_PEOPLE,  /* that belong to a group, by slug */
    LEAF_BODIES,
    LEAF_LEADER_SCHOOLS, /* of a deployment: what its leader carries on the busiest of its days (deployment.h) */
    LEAF_LEADER_DAYS,
    LEAF_LEADER_PARTNERSHIP, /* of a deployment: the kind of the partnership that both schools are in */
};

struct fact_path {
    const struct fact *fact;
    enum audience class;
    enum fact_leaf leaf;
    struct fact_step steps[FACT_STEPS_MAX];
    size_t count;
    size_t events;                    /* the index of its step EVENTS; `count` where it has none */
    bool each;                        /* it has a step EACH: all of them are read */
    bool own;                         /* without `from`: the last two steps are tried for each map of facts */
    bool member_unless;               /* the part a school takes: member unless it says otherwise */
    const struct schema_field *field; /* the last; NULL for a fact in a map of facts */
    const struct schema *item;        /* of LEAF_RECORDS */
    const struct str
        *ids;      /* of a scale read from choices: the scale's id for each choice; empty: it has none */
    bool complete; /* every choice is on the scale */
};

struct facts_reader {
    struct str kind;
    const struct facts *facts;
    struct fact_path *paths;
    size_t count;
};

struct facts {
    const struct site *site;
    struct arena *arena;
    struct map readers; /* kind -> struct facts_reader */
};

/* One fact of one record, while it is read. */
struct fact_reading {
    const struct fact_path *path;
    const struct site *site;
    const struct policy_record *record;
    const struct facts_world *world;
    struct arena *arena;
    struct given *out;
    date day;
    enum audience viewer;
    bool event; /* an event was stepped into: what is not there now is absent, not unsaid */
};

/* fact_reach.c: what a path reaches beside the fields of its own record. NULL where there is none. */
const struct value *fact_group(struct fact_reading *r, const struct fact_step *step,
                               const struct value *list);
const struct value *fact_membership(struct fact_reading *r, const struct value *list);
/* The days on which a membership of a partnership held, both ends within those of the partnership. False of one that had
 * not begun by the day, and of what is no partnership that worked. */
bool fact_membership_days(const struct fact_reading *r, const struct value *membership, date *from, date *to);
const struct value *fact_partnership(struct fact_reading *r, const struct value *membership);
enum given_state fact_schools(struct fact_reading *r);
enum given_state fact_size(struct fact_reading *r);
enum given_state fact_formal(struct fact_reading *r);
enum given_state fact_others(struct fact_reading *r); /* people or bodies of a group */
enum given_state fact_slugs(struct fact_reading *r, const struct value *list);
enum given_state fact_leader(struct fact_reading *r);
enum given_state fact_records(struct fact_reading *r, const struct value *list);

/* A fact with `schema` as the tables of its record (NULL: it has none of its own). */
void fact_path_resolve(const struct vocabulary *vocabulary, const struct fact *fact,
                       const struct schema *schema, struct arena *arena, struct fact_path *out,
                       struct diags *diags);

#endif
