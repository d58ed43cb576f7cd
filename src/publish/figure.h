/* SPDX-License-Identifier: MIT */
/* figure.h: maps and charts of a portal, from the model to the shapes that atlas.h and chart.h draw. */
#ifndef SIGNPOST_PUBLISH_FIGURE_H
#define SIGNPOST_PUBLISH_FIGURE_H

#include "portal/site.h"
#include "publish/atlas.h"

/* Immutable once made; threads share it. */
struct figures {
    const struct site *site;
    const struct atlas *atlas;
    size_t group_count;
};

void figures_make(struct figures *figures, struct arena *arena, const struct site *site);

/* The class of a partnership's colour: 1 to ATLAS_COLOURS. */
unsigned figures_colour(const struct figures *figures, const struct page *partnership);

/* A map's <svg> and the list of its signs, or the empty string where there is nothing to draw. */
struct str figures_network(const struct figures *figures, struct str title, struct str desc,
                           struct arena *arena);

/* A close-up of a school, a partnership or a cluster; NULL for what it is not of. */
struct figure_focus {
    const struct school *school;
    const struct page *partnership;
    const struct page *cluster;
};
struct str figures_near(const struct figures *figures, const struct figure_focus *focus, struct str title,
                        struct str desc, struct arena *arena);

/* Groups that are no partnerships, as if they were: numbered from 1, in the colours of the atlas. Of the site's
 * schools those that `shown` has, by their places in it, are drawn, and unfilled where they are in no group; the others
 * shape the land alone. */
struct figure_group {
    struct str name;
    struct str kind; /* as a partnership's page has it */
    const struct school **members;
    size_t member_count;
    const struct school **associates;
    size_t associate_count;
};
struct figure_groups {
    const struct site *site;
    const struct figure_group *items;
    size_t count;
    const bool *shown;
    struct str alone; /* what an unfilled sign is */
};
const struct atlas *figures_groups(const struct figure_groups *groups, struct arena *arena);
struct str figures_groups_map(const struct atlas *atlas, const struct figure_groups *groups, struct str title,
                              struct str desc, struct arena *arena);
/* A close-up of one of them, whose key is that of the map. */
struct str figures_group_near(const struct atlas *atlas, size_t group, struct str id, struct str title,
                              struct str desc, struct arena *arena);

/* A line chart of one measure over the years of a stage, for one school; or the empty string. */
struct figure_measure {
    const char *key; /* "rwm_expected" */
    struct str title, desc;
    bool share; /* a percentage */
    unsigned decimals;
};
struct str figures_measure(const struct value *years, const struct figure_measure *measure, struct str name,
                           struct str id, struct arena *arena);

#endif
