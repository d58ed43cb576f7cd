/* SPDX-License-Identifier: MIT */
/*
 * caseload.h: where each school stands, and what officers have to look at.
 *
 * Every open school, and every other record that a check is made of, is run once, on every core. What is kept is small:
 * of each school what stands of the portal's main decision, and findings, each of which is a few lines that a page can
 * print. A portal whose tables decide nothing about schools costs nothing.
 *
 * For officers only: of a site that is bound for anybody else nothing is gathered.
 */
#ifndef SIGNPOST_PORTAL_CASELOAD_H
#define SIGNPOST_PORTAL_CASELOAD_H

#include "portal/standing.h"

enum finding_kind {
    FINDING_GAP,       /* facts that are missing where a decision is not settled */
    FINDING_SUGGESTED, /* suggested, not agreed */
    FINDING_DIFFERS,   /* recorded against the suggestion */
    FINDING_AUTOMATIC, /* a floor above what was recorded */
    FINDING_CHECK,     /* a check that fails or is not known */
    FINDING_COUNT
};

struct finding_line {
    struct str term, text;
    struct str address;              /* of the row that says so, from the portal's root; or empty */
    const struct variable *variable; /* of a gap: what is missing */
    size_t settles;                  /* of a gap: how many decisions */
};

struct finding {
    const struct school *school;     /* NULL: of no one school */
    const struct page *page;         /* of what has a page of its own, or NULL */
    const struct value *group;       /* of a group, or a meeting of one: the school's entry of it */
    const struct value *meeting;     /* of a meeting: the group's entry of it */
    struct str record;               /* the record's name where it is not the school itself; or empty */
    const struct decision *decision; /* or check; NULL of a gap, which may be of several */
    struct str title;                /* what was decided or checked */
    struct str state;                /* of a check: "fails", "not known", "advice"; else empty */
    struct finding_line *lines;
    size_t count;
};

struct findings {
    struct finding *items; /* schools by name, then other records in the order of their kinds */
    size_t count;
};

/* One school, and what is known of the main decision. */
struct school_case {
    const struct school *school;
    enum decision_status status;
    values candidates, suggestion, recorded, stands;
    bool automatic;
    date since; /* of what is recorded; DATE_NONE: not known */
    struct overlays overlays;
    enum letter_kind letter;
    size_t findings[FINDING_COUNT];
};

/* What is missing most: of how many schools, and how many decisions it would settle there. */
struct missing_fact {
    const struct variable *variable;
    size_t schools, decisions;
};

struct caseload {
    const struct decision **decisions; /* about schools, as the policy pages stand */
    size_t decision_count;
    const struct output *main; /* the output by which schools are grouped, or NULL */
    struct school_case *cases; /* by name */
    size_t count;
    struct findings findings[FINDING_COUNT];
    struct missing_fact *missing; /* the most valuable first */
    size_t missing_count;
};

/* Decisions about a kind of record that the bound audience may see, as a reader of the policy pages meets them. */
size_t decisions_as_read(const struct site *site, struct str kind, struct arena *arena,
                         const struct decision ***out);

/* The output by which the bound audience's schools are grouped, or NULL: see struct caseload. */
const struct output *caseload_main(const struct site *site, struct arena *arena);

/* Whether an answer of an output is suggested, none was recorded or stands by itself, and none follows from another. */
bool finding_is_suggested(const struct decision_result *result, size_t output);

/* What is known of an open school; NULL of one that is not among them. */
const struct school_case *caseload_case(const struct caseload *caseload, const struct school *school);

/* What people call what an output answers: "scc" is the one answer of "School causing concern". */
struct str output_title(const struct output *output);

/* NULL where there is nothing to gather. */
const struct caseload *caseload_make(const struct site *site, struct arena *arena);

#endif
