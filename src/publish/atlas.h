/* SPDX-License-Identifier: MIT */
/*
 * atlas.h: the network and its neighbourhoods as maps, drawn from data alone.
 *
 * Nobody draws a portal's map by hand, so nobody has to correct one: land, borders between areas, hubs and the places
 * of names all follow from where the schools are. An atlas is made once; after that it never changes, and any number
 * of threads draw from it. It keeps the arrays it was given, so they must outlive it.
 *
 *     struct atlas *atlas = atlas_new(arena, &data);
 *     atlas_network(atlas, &caption, scratch, &out, &used);   // the whole, on the home page
 *     atlas_near(atlas, &focus, &caption, scratch, &out, &used);   // a close-up, on a school's or a group's page
 *     atlas_key(&used, &words, &out);   // what the signs mean, only those that the map has
 *
 * Maps are inline SVG with classes and without style, in integers only, so that they are the same bytes on every
 * machine. Marks are not links: a map is one image to a screen reader, and what it shows is also a list with links
 * beside it. (It is called an atlas because a map, here, is base/map.h.)
 */
#ifndef SIGNPOST_PUBLISH_ATLAS_H
#define SIGNPOST_PUBLISH_ATLAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* More located schools than this and the whole no longer fits one picture: atlas_network draws nothing, and close-ups
 * are drawn on plain ground. The largest English authority has about 650. */
#define ATLAS_SCHOOLS_MOST 700

/* In place of an index: no such school, group or area. */
#define ATLAS_NONE UINT32_MAX

/* How many colours the style sheet has: classes p1 to p6. */
#define ATLAS_COLOURS 6

enum atlas_sign { ATLAS_CIRCLE, ATLAS_SQUARE, ATLAS_DIAMOND, ATLAS_TRIANGLE, ATLAS_SIGNS };

enum atlas_kind { ATLAS_HARD, ATLAS_STRUCTURED, ATLAS_LOOSE, ATLAS_KINDS };

struct atlas_school {
    struct str name;       /* in full, shown when a pointer rests on the mark */
    struct str short_name; /* the label on close-ups; empty: the name */
    long easting;          /* metres on the National Grid */
    long northing;
    bool located; /* false: the school is left out */
    bool unseen;  /* it shapes the land, as on other maps of the network, and is not drawn */
    enum atlas_sign sign;
};

/* Indices are into the schools. A school may be a member of several groups; its colour is the first one's. */
struct atlas_group {
    struct str name;
    unsigned number; /* in the hub, and in the list beside the map */
    enum atlas_kind kind;
    const uint32_t *members;
    size_t member_count;
    const uint32_t *associates;
    size_t associate_count;
    uint32_t lead; /* one of the members, or ATLAS_NONE */
};

struct atlas_area {
    struct str name;
    const uint32_t *members;
    size_t member_count;
};

struct atlas_data {
    const struct atlas_school *schools;
    size_t school_count;
    const struct atlas_group *groups;
    size_t group_count;
    const struct atlas_area *areas; /* may be none: the land is then one */
    size_t area_count;
};

struct atlas;

struct atlas *atlas_new(struct arena *arena, const struct atlas_data *data);

/* The class pN of a group, 1 to ATLAS_COLOURS, for the list beside the map: groups that lie near each other differ. */
unsigned atlas_colour(const struct atlas *atlas, size_t group);

/* What names the picture. The ids are made from `id` and must be the page's own: "m" gives m-t and m-d. */
struct atlas_caption {
    struct str id;
    struct str title;
    struct str desc;
};

/* What a map shows, for its key. May be joined for several maps that share one key. */
struct atlas_used {
    bool signs[ATLAS_SIGNS];
    bool kinds[ATLAS_KINDS];
    bool lead;
    bool associate;
    bool alone; /* a school in no group */
};

/* What a close-up is of. Set `school`, `group` or both (a school and the group it is in), or `area`; the others are
 * ATLAS_NONE. With a group, its members and associates are in view and named; without, the school alone is named. */
struct atlas_focus {
    uint32_t school;
    uint32_t group;
    uint32_t area;
};

/* Append an <svg>. False, with nothing written, where there is nothing to show: no located school, or (network) too
 * many. `used` may be NULL, and is added to. `scratch` is rewound to where it was, so `out`
 * must not live in it. */
bool atlas_network(const struct atlas *atlas, const struct atlas_caption *caption, struct arena *scratch,
                   struct buf *out, struct atlas_used *used);
bool atlas_near(const struct atlas *atlas, const struct atlas_focus *focus,
                const struct atlas_caption *caption, struct arena *scratch, struct buf *out,
                struct atlas_used *used);

/* The words of a key. A sign without a word is left out of it. */
struct atlas_words {
    struct str label; /* of the list: "Signs used on the map" */
    struct str signs[ATLAS_SIGNS];
    struct str kinds[ATLAS_KINDS];
    struct str lead;
    struct str associate;
    struct str alone;
};

/* Appends <ul class="signs"> for what was used; nothing where nothing was. */
void atlas_key(const struct atlas_used *used, const struct atlas_words *words, struct buf *out);

#endif
