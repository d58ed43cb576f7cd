/* SPDX-License-Identifier: MIT */
/*
 * assembly.h: a group put together from records that need not stand in any file.
 *
 * A partnership of the portal is read from its page and from the memberships of its schools. A proposal of the match, the
 * partnership of a policy test and "what if this member declines" have neither; but the tables must ask of them what they
 * ask of any other. So the same subjects are made here from schools that have been decided and from facts that are given.
 */
#ifndef SIGNPOST_PORTAL_ASSEMBLY_H
#define SIGNPOST_PORTAL_ASSEMBLY_H

#include "policy/subject.h"

struct assembly_member {
    const struct subject *school; /* decided: its domain says what stands */
    const struct given
        *given; /* facts of the kind "member", kind->fact_count of them; NULL: nothing is said */
    bool associate;
};

struct assembly {
    const struct policy *policy;
    struct str record; /* the kind of record: "partnership" */
    struct str id;
    const struct given *given; /* its other facts (kind, state ...); NULL: nothing */
    const struct assembly_member *members;
    size_t count;
    date as_of;
    enum audience audience;
    const struct subject_world *world; /* all schools; may be NULL */
};

/* The group's own facts, and nothing of its members: what a member is a member of while the members are still being read.
 * NULL where the policy has no facts of the kind. */
struct subject *assembly_group(const struct assembly *assembly, struct arena *arena);

/* The member at `i` as one of `group`, which may be NULL: its school is its base, so the school's facts and what stands of
 * its decisions are its own. In a policy without facts of members it is the school alone. Undecided. */
struct subject *assembly_member_subject(const struct assembly *assembly, size_t i,
                                        const struct subject *group, struct arena *arena);

/* The whole group: of its facts those that are `from: members` and `from: associates` are the lists of these, each with its
 * own decisions decided. Undecided itself: decided_finish or subject_check runs the tables over it. NULL where the policy
 * has no facts of the kind. */
struct subject *assembly_subject(const struct assembly *assembly, struct arena *arena);

#endif
