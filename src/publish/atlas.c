/* SPDX-License-Identifier: MIT */
/* atlas.c: what all the maps of a network share, worked out once. */
#include "publish/atlas_inside.h"

/* The National Grid ends at 700 by 1,300 km; a place this far off is a slip in a record, and would make everything
 * else a dot. It is left out here, and told to its author elsewhere. */
#define GROUND_MOST 10000000L

bool atlas_placed(const struct atlas *atlas, uint32_t school) {
    if (school >= atlas->data.school_count)
        return false;
    const struct atlas_school *s = &atlas->data.schools[school];
    return s->located && s->easting > -GROUND_MOST && s->easting < GROUND_MOST &&
           s->northing > -GROUND_MOST && s->northing < GROUND_MOST;
}

void extent_add(struct extent *x, long e, long n) {
    if (!x->any)
        *x = (struct extent){e, n, e, n, true};
    x->e0 = e < x->e0 ? e : x->e0;
    x->n0 = n < x->n0 ? n : x->n0;
    x->e1 = e > x->e1 ? e : x->e1;
    x->n1 = n > x->n1 ? n : x->n1;
}

/* Towards minus infinity, so that a unit is as wide left of the origin as right of it. */
static long divide(long a, long b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static long larger(long a, long b) {
    return a > b ? a : b;
}

struct view view_fit(struct extent extent, const struct frame *frame) {
    long de = extent.e1 - extent.e0, dn = extent.n1 - extent.n0;
    long across = frame->width - frame->left - frame->right, margins = frame->top + frame->bottom;
    long scale =
        larger(larger(de, frame->metres_least) * 256 / across, dn * 256 / (frame->most - margins)) + 1;
    long height = dn * 256 / scale + margins;
    height = height < frame->least ? frame->least : height > frame->most ? frame->most : height;
    long middle_x = frame->left + across / 2, middle_y = frame->top + (height - margins) / 2;
    return (struct view){
        .e = extent.e0 + de / 2 - middle_x * scale / 256,
        .n = extent.n0 + dn / 2 + middle_y * scale / 256,
        .metres256 = scale,
        .width = frame->width,
        .height = (int)height,
    };
}

struct point view_point(const struct view *view, long e, long n) {
    return (struct point){(int)divide((e - view->e) * 256, view->metres256),
                          (int)divide((view->n - n) * 256, view->metres256)};
}

static void index_schools(struct atlas *atlas, struct arena *arena) {
    struct ground_index *index = &atlas->index;
    const struct extent *x = &atlas->extent;
    long de = x->e1 - x->e0, dn = x->n1 - x->n0;
    /* Two schools a square on average, but never more than 512 squares a side. */
    long side = root((long long)de * dn / (long long)atlas->located * 2);
    side = larger(larger(side, 250), larger(de, dn) / 512 + 1);
    *index = (struct ground_index){
        .e = x->e0, .n = x->n0, .side = side, .cols = (int)(de / side) + 1, .rows = (int)(dn / side) + 1};
    size_t squares = (size_t)index->cols * (size_t)index->rows, count = atlas->data.school_count;
    index->start = arena_array(arena, uint32_t, squares + 1);
    index->school = arena_array(arena, uint32_t, atlas->located);
    /* Counting sort, from the last school to the first: the starts end up right and each square is in order. */
    for (uint32_t i = 0; i < count; i++)
        if (atlas_placed(atlas, i))
            index->start[ground_square(index, &atlas->data.schools[i])]++;
    for (size_t i = 1; i <= squares; i++)
        index->start[i] += index->start[i - 1];
    for (uint32_t i = (uint32_t)count; i-- > 0;)
        if (atlas_placed(atlas, i))
            index->school[--index->start[ground_square(index, &atlas->data.schools[i])]] = i;
}

size_t ground_square(const struct ground_index *index, const struct atlas_school *school) {
    return (size_t)((school->northing - index->n) / index->side) * (size_t)index->cols +
           (size_t)((school->easting - index->e) / index->side);
}

/* Beyond this, choosing colours by nearness would cost the square of the groups, and colours repeat all over anyway. */
#define COLOUR_GROUPS_MOST 256

/* The middle of a group's members. False where none is located. */
static bool group_middle(const struct atlas *atlas, const struct atlas_group *group, struct extent *middle) {
    long long e = 0, n = 0, count = 0;
    for (size_t i = 0; i < group->member_count; i++)
        if (atlas_placed(atlas, group->members[i])) {
            e += atlas->data.schools[group->members[i]].easting;
            n += atlas->data.schools[group->members[i]].northing;
            count++;
        }
    if (count)
        extent_add(middle, (long)(e / count), (long)(n / count));
    return count > 0;
}

/* Each group takes the colour whose other bearers are farthest off: the first six get one each, in order. */
static void colour_groups(struct atlas *atlas, struct arena *arena) {
    size_t count = atlas->data.group_count;
    atlas->colour = arena_array(arena, uint8_t, count);
    for (size_t i = 0; i < count; i++)
        atlas->colour[i] = (uint8_t)(i % ATLAS_COLOURS + 1);
    if (count > COLOUR_GROUPS_MOST)
        return;
    struct extent middle[COLOUR_GROUPS_MOST] = {0};
    for (size_t i = 0; i < count; i++) {
        long long pull[ATLAS_COLOURS] = {0};
        group_middle(atlas, &atlas->data.groups[i], &middle[i]);
        for (size_t j = 0; j < i; j++) {
            long long de = middle[i].e0 - middle[j].e0, dn = middle[i].n0 - middle[j].n0;
            bool both = middle[i].any && middle[j].any;
            pull[atlas->colour[j] - 1] += 1 + (both ? (1LL << 40) / (de * de + dn * dn + 1) : 0);
        }
        size_t best = 0;
        for (size_t c = 1; c < ATLAS_COLOURS; c++)
            best = pull[c] < pull[best] ? c : best;
        atlas->colour[i] = (uint8_t)(best + 1);
    }
}

/* From the last to the first, associates before members, so that what counts most is written last. */
static void tie_schools(struct atlas *atlas) {
    const struct atlas_data *d = &atlas->data;
    for (size_t g = d->group_count; g-- > 0;)
        for (size_t i = 0; i < d->groups[g].associate_count; i++)
            if (d->groups[g].associates[i] < d->school_count)
                atlas->group_of[d->groups[g].associates[i]] = (uint32_t)g;
    for (size_t g = d->group_count; g-- > 0;)
        for (size_t i = 0; i < d->groups[g].member_count; i++)
            if (d->groups[g].members[i] < d->school_count)
                atlas->group_of[d->groups[g].members[i]] = (uint32_t)g;
}

struct atlas *atlas_new(struct arena *arena, const struct atlas_data *data) {
    static const struct frame whole = {.width = 760,
                                       .least = 400,
                                       .most = 640,
                                       .left = 72,
                                       .right = 72,
                                       .top = 72,
                                       .bottom = 72,
                                       .metres_least = 3000};
    struct atlas *atlas = arena_new(arena, struct atlas);
    atlas->data = *data;
    atlas->group_of = arena_array(arena, uint32_t, data->school_count);
    for (uint32_t i = 0; i < data->school_count; i++) {
        atlas->group_of[i] = ATLAS_NONE;
        if (!atlas_placed(atlas, i))
            continue;
        atlas->located++;
        extent_add(&atlas->extent, data->schools[i].easting, data->schools[i].northing);
    }
    tie_schools(atlas);
    colour_groups(atlas, arena);
    if (!atlas->located)
        return atlas;
    index_schools(atlas, arena);
    atlas->whole = view_fit(atlas->extent, &whole);
    if (atlas->located <= ATLAS_SCHOOLS_MOST)
        land_make(atlas, arena);
    return atlas;
}

unsigned atlas_colour(const struct atlas *atlas, size_t group) {
    return group < atlas->data.group_count ? atlas->colour[group] : 1;
}
