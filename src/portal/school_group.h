/* SPDX-License-Identifier: MIT */
/*
 * school_group.h: the groups that were set up for schools, and how far each has come.
 *
 * A group is recommended, endorsed, in place and ended as its dates say; nobody records a stage, so none can be out of
 * date. A group that met before any date says that it began is in place from that meeting.
 */
#ifndef SIGNPOST_PORTAL_SCHOOL_GROUP_H
#define SIGNPOST_PORTAL_SCHOOL_GROUP_H

#include "portal/record.h"

/* In the order in which they are listed: those at work first. */
enum group_stage {
    GROUP_IN_PLACE,
    GROUP_ENDORSED,
    GROUP_RECOMMENDED,
    GROUP_PLANNED, /* none of its days has come, or it has none */
    GROUP_ENDED,
    GROUP_STAGE_COUNT
};

struct school_group {
    struct policy_record record; /* id: "ashdown/tib/1" */
    const struct value *kind;    /* the map that declares it, or NULL */
    struct str address; /* "groups/ashdown-tib-1.html": stable as long as no earlier entry is taken out */
    enum group_stage stage;
    date since;    /* of the stage; DATE_NONE: not recorded */
    bool endorsed; /* or of a kind that need not be */
    bool overdue;  /* in place after its planned end */
    date next;     /* the first meeting that is still to be, or DATE_NONE */
    date last;     /* the latest meeting so far, or DATE_NONE */
};

struct school_groups {
    struct school_group *items; /* as the record has them */
    size_t count;
};

/* None for an audience that may not see them. */
struct school_groups groups_of_school(const struct site *site, const struct school *school,
                                      struct arena *arena);

struct str group_stage_label(enum group_stage stage); /* "In place" */

#endif
