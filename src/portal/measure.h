/* SPDX-License-Identifier: MIT */
/*
 * measure.h: what a portal's measures are, for one audience.
 *
 * A measure is counted over the open schools that are `among` its own, in the audience's own run of the facts and
 * decisions: what that run cannot know is counted as not known, never as no. So a measure has a share that certainly
 * holds and one that may, and one over what the audience may not see is not known to it.
 *
 *     measures_new -> measures_add of each school, on every core -> measures_bind
 *
 * Each row is then a record of the kind `measure`, over which decision tables with `subject: measure` run.
 */
#ifndef SIGNPOST_PORTAL_MEASURE_H
#define SIGNPOST_PORTAL_MEASURE_H

#include "policy/measure.h"
#include "portal/decided.h"

/* From one school to all of them. By whether it certainly is among those that are counted, or perhaps; and by what
 * holds of it. */
struct measure_tally {
    int64_t weight[2][3]; /* [perhaps][enum truth]: pupils, or as `schools` */
    size_t schools[2][3];
    size_t left_out; /* certainly or perhaps among them, without a count of pupils, or a figure to average */
    struct decimal sum; /* of the figures of those that certainly are, weighed */
};

struct measure_result {
    const struct measure *measure;
    const struct page *page; /* that it stands on */
    struct measure_tally tally;
    bool pupils;  /* counted in pupils */
    bool nobody;  /* no school is among those that are counted */
    bool known;   /* something is: there is a share, or an average */
    bool certain; /* all of it: low is high */
    bool hidden;  /* it is counted from what the audience may not see */
    int64_t low, high, whole_low, whole_high;
    struct decimal share_low, share_high; /* of a hundred, exact to 34 digits */
    struct decimal average;
    size_t unknown;      /* schools of which it is not known whether they count */
    struct value record; /* what tables read */
    struct decided decided;
    bool is_decided; /* content/framework.yaml has facts of measures */
};

struct measures {
    struct measure_result *items; /* of all tables, as declared */
    size_t count;
};

/* Reports what only a portal knows to be wrong with its measures. */
void measures_check(const struct site *site, struct diags *diags);

/* `count` tallies, one for each measure, for each worker; NULL in a portal without measures. */
struct measure_tally *measures_new(const struct site *site, size_t *count);
void measures_add(const struct site *site, const struct decided *school, struct arena *scratch,
                  struct measure_tally *tallies);
void measures_bind(struct site *site, const struct measure_tally *tallies);

/* The first result of a table: those of its other rows follow it. NULL before measures_bind. */
const struct measure_result *measures_of(const struct site *site, const struct measure_table *table);

#endif
