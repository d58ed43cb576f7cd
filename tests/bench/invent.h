/* SPDX-License-Identifier: MIT */
/*
 * invent.h: schools, partnerships and clusters that do not exist, for measuring.
 *
 * Everything about school i follows from i and the seed, so two runs and two writers (generate.c for Signpost, hugo-content.c
 * for Hugo) tell of the same schools. Six schools in a row make a partnership, five partnerships a cluster.
 */
#ifndef SIGNPOST_BENCH_INVENT_H
#define SIGNPOST_BENCH_INVENT_H

#include <stdbool.h>

#define INVENT_MOST 49152u /* schools with names of their own: 64 x 64 places and 12 forms of school */
#define IN_PARTNERSHIP 6u
#define IN_CLUSTER 30u
#define GRADES 3
#define YEARS 3

/* A kind of school: what follows its place in the name, and what goes with it. */
struct form {
    const char *suffix, *slug; /* "Church of England Primary School", "ce-primary" */
    const char *phase, *type, *faith, *ages;
    const char *stage;        /* of its results: "ks2", "phonics", "ks4" */
    const char *measures[2];  /* of that stage */
    const char *phase_letter; /* what Hugo lists it under, with the letter of its name */
};

struct inspection {
    char date[11], published[11];
    bool report_card;           /* else under the framework of 2019, with an overall grade */
    const char *overall;        /* NULL on a report card */
    const char *grades[GRADES]; /* of grade_names or area_names */
};

extern const char *const grade_names[GRADES];
extern const char *const area_names[GRADES];

struct group {
    char slug[48], title[64], place[32];
};

struct school {
    unsigned number, urn;
    const struct form *form;
    char slug[64], name[96], place[32], street[40], head[40], since[8];
    char telephone[16], joined[11], decided[11], agreed[11], letter[11];
    unsigned postcode, easting, northing, places, pupils, meals_tenths, support_tenths;
    unsigned cohort[YEARS], first[YEARS], second[YEARS]; /* pupils, and the measures of the stage */
    unsigned absence_tenths[YEARS], persistent_tenths[YEARS];
    bool lead;
    const char *support; /* the level agreed for it */
    struct inspection inspections[2];
    struct group cluster, partnership;
    char profile[3][480]; /* paragraphs of Markdown, without the link to the partnership */
};

void invent_school(unsigned number, struct school *out);
void invent_partnership(unsigned number, struct group *out);
void invent_cluster(unsigned number, struct group *out);

/* Two paragraphs and a list of Markdown for a group's page. */
void invent_text(const struct group *group, unsigned number, char out[1200]);

/* "2017-09-01": the day a partnership began. */
void invent_formed(unsigned number, char out[11]);

#endif
