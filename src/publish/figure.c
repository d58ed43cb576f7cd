/* SPDX-License-Identifier: MIT */
/* figure.c: maps and charts of a portal. */
#include "publish/figure.h"

#include "publish/chart.h"
#include "publish/plan.h"

/* ---- what the atlas needs ---- */

static enum atlas_sign sign_of(const struct school *school) {
    struct str phase = school->phase ? str_from(school->phase->id) : (struct str){0};
    if (str_eq(phase, STR("secondary")))
        return ATLAS_SQUARE;
    if (str_eq(phase, STR("special")) || str_eq(phase, STR("pru")))
        return ATLAS_DIAMOND;
    return str_eq(phase, STR("all_through")) ? ATLAS_TRIANGLE : ATLAS_CIRCLE;
}

static enum atlas_kind kind_of(struct str kind) {
    return str_eq(kind, STR("hard"))    ? ATLAS_HARD
           : str_eq(kind, STR("loose")) ? ATLAS_LOOSE
                                        : ATLAS_STRUCTURED;
}

static struct atlas_school *make_schools(struct arena *arena, const struct site *site) {
    struct atlas_school *schools = arena_array(arena, struct atlas_school, site->school_count);
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        schools[i] = (struct atlas_school){.name = s->name,
                                           .short_name = s->short_name,
                                           .easting = s->easting,
                                           .northing = s->northing,
                                           .located = s->located && school_is_listed(s),
                                           .sign = sign_of(s)};
    }
    return schools;
}

/* Indices of a group's members, or of its associates. */
static uint32_t *indices(struct arena *arena, const struct page *group, bool associates, size_t *count) {
    uint32_t *items = arena_array(arena, uint32_t, group->members.count);
    *count = 0;
    for (size_t i = 0; i < group->members.count; i++) {
        const struct membership *m = group->members.items[i];
        if ((m->part == PART_ASSOCIATE) == associates)
            items[(*count)++] = (uint32_t)m->school->index;
    }
    return items;
}

static uint32_t lead_of(const struct page *group) {
    for (size_t i = 0; i < group->members.count; i++)
        if (group->members.items[i]->part == PART_LEAD)
            return (uint32_t)group->members.items[i]->school->index;
    return ATLAS_NONE;
}

static struct atlas_group *make_groups(struct arena *arena, const struct site *site) {
    const struct pages *pages = &site->pages[CONTENT_PARTNERSHIP];
    struct atlas_group *groups = arena_array(arena, struct atlas_group, pages->count);
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *p = pages->items[i];
        groups[i] = (struct atlas_group){.name = p->short_title,
                                         .number = (unsigned)i + 1,
                                         .kind = kind_of(value_words(value_at(&p->front, "kind"))),
                                         .lead = lead_of(p)};
        groups[i].members = indices(arena, p, false, &groups[i].member_count);
        groups[i].associates = indices(arena, p, true, &groups[i].associate_count);
    }
    return groups;
}

static bool is_geographic(const struct page *cluster) {
    return str_eq(value_words(value_at(&cluster->front, "kind")), STR("geographic"));
}

/* Land is divided among geographic clusters only. */
static struct atlas_area *make_areas(struct arena *arena, const struct site *site, size_t *count) {
    const struct pages *pages = &site->pages[CONTENT_CLUSTER];
    struct atlas_area *areas = arena_array(arena, struct atlas_area, pages->count);
    *count = 0;
    for (size_t i = 0; i < pages->count; i++) {
        if (!is_geographic(pages->items[i]))
            continue;
        struct atlas_area *area = &areas[(*count)++];
        area->name = pages->items[i]->short_title;
        area->members = indices(arena, pages->items[i], false, &area->member_count);
    }
    return areas;
}

void figures_make(struct figures *figures, struct arena *arena, const struct site *site) {
    struct atlas_data *data = arena_new(arena, struct atlas_data);
    data->schools = make_schools(arena, site);
    data->school_count = site->school_count;
    data->groups = make_groups(arena, site);
    data->group_count = site->pages[CONTENT_PARTNERSHIP].count;
    data->areas = make_areas(arena, site, &data->area_count);
    *figures = (struct figures){site, atlas_new(arena, data), data->group_count};
}

unsigned figures_colour(const struct figures *figures, const struct page *partnership) {
    return atlas_colour(figures->atlas, partnership->index);
}

/* ---- maps ---- */

static const struct atlas_words words = {
    .label = {"Signs on the map", 16},
    .signs = {[ATLAS_CIRCLE] = {"Nursery, infant, junior or primary", 34},
              [ATLAS_SQUARE] = {"Secondary", 9},
              [ATLAS_DIAMOND] = {"Special or pupil referral unit", 30},
              [ATLAS_TRIANGLE] = {"All-through", 11}},
    .kinds =
        {[ATLAS_HARD] = {"Hard", 4}, [ATLAS_STRUCTURED] = {"Structured", 10}, [ATLAS_LOOSE] = {"Loose", 5}},
    .lead = {"Lead school", 11},
    .associate = {"Associate", 9},
    .alone = {"In no partnership", 17},
};

struct str figures_network(const struct figures *figures, struct str title, struct str desc,
                           struct arena *arena) {
    struct buf out = {.arena = arena};
    struct atlas_used used = {0};
    struct atlas_caption caption = {STR("map"), title, desc};
    struct arena scratch = {0};
    if (atlas_network(figures->atlas, &caption, &scratch, &out, &used))
        atlas_key(&used, &words, &out);
    arena_release(&scratch);
    return buf_str(&out);
}

static uint32_t area_of(const struct figures *figures, const struct page *cluster) {
    uint32_t area = 0;
    if (!cluster || !is_geographic(cluster))
        return ATLAS_NONE;
    const struct pages *pages = &figures->site->pages[CONTENT_CLUSTER];
    for (size_t i = 0; i < cluster->index; i++)
        area += is_geographic(pages->items[i]);
    return area;
}

struct str figures_near(const struct figures *figures, const struct figure_focus *focus, struct str title,
                        struct str desc, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct atlas_used used = {0};
    struct atlas_caption caption = {STR("map"), title, desc};
    struct atlas_focus near = {
        .school = focus->school ? (uint32_t)focus->school->index : ATLAS_NONE,
        .group = focus->partnership ? (uint32_t)focus->partnership->index : ATLAS_NONE,
        .area = area_of(figures, focus->cluster),
    };
    if (near.school == ATLAS_NONE && near.group == ATLAS_NONE && near.area == ATLAS_NONE)
        return (struct str){0};
    struct arena scratch = {0};
    if (atlas_near(figures->atlas, &near, &caption, &scratch, &out, &used))
        atlas_key(&used, &words, &out);
    arena_release(&scratch);
    return buf_str(&out);
}

/* ---- groups that are no partnerships ---- */

static uint32_t *places(struct arena *arena, const struct school **schools, size_t count) {
    uint32_t *items = arena_array(arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (uint32_t)schools[i]->index;
    return items;
}

const struct atlas *figures_groups(const struct figure_groups *groups, struct arena *arena) {
    struct atlas_data *data = arena_new(arena, struct atlas_data);
    struct atlas_school *schools = make_schools(arena, groups->site);
    struct atlas_group *items = arena_array(arena, struct atlas_group, groups->count);
    for (size_t i = 0; i < groups->site->school_count; i++)
        schools[i].unseen = !groups->shown[i];
    for (size_t i = 0; i < groups->count; i++) {
        const struct figure_group *g = &groups->items[i];
        items[i] = (struct atlas_group){.name = g->name,
                                        .number = (unsigned)i + 1,
                                        .kind = kind_of(g->kind),
                                        .members = places(arena, g->members, g->member_count),
                                        .member_count = g->member_count,
                                        .associates = places(arena, g->associates, g->associate_count),
                                        .associate_count = g->associate_count,
                                        .lead = ATLAS_NONE};
    }
    data->schools = schools;
    data->school_count = groups->site->school_count;
    data->groups = items;
    data->group_count = groups->count;
    data->areas = make_areas(arena, groups->site, &data->area_count);
    return atlas_new(arena, data);
}

static void add_key(const struct figure_groups *groups, const struct atlas_used *used, struct buf *out) {
    struct atlas_words own = words;
    own.alone = groups->alone;
    atlas_key(used, &own, out);
}

struct str figures_groups_map(const struct atlas *atlas, const struct figure_groups *groups, struct str title,
                              struct str desc, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct atlas_used used = {0};
    struct atlas_caption caption = {STR("map"), title, desc};
    struct arena scratch = {0};
    if (atlas_network(atlas, &caption, &scratch, &out, &used))
        add_key(groups, &used, &out);
    arena_release(&scratch);
    return buf_str(&out);
}

struct str figures_group_near(const struct atlas *atlas, size_t group, struct str id, struct str title,
                              struct str desc, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct atlas_caption caption = {id, title, desc};
    struct atlas_focus near = {.school = ATLAS_NONE, .group = (uint32_t)group, .area = ATLAS_NONE};
    struct arena scratch = {0};
    atlas_near(atlas, &near, &caption, &scratch, &out, NULL);
    arena_release(&scratch);
    return buf_str(&out);
}

/* ---- charts ---- */

/* "66.3" in tenths is 663; a reason is not known. Digits beyond the decimals shown are dropped. */
static struct chart_value figure_value(struct str s, unsigned decimals) {
    struct chart_value v = {.known = s.len > 0};
    bool minus = str_starts(s, STR("-")) || str_starts(s, STR("\xE2\x88\x92"));
    size_t i = str_starts(s, STR("-")) ? 1 : minus ? 3 : 0;
    size_t point = str_find(s, '.', i);
    size_t end = point + 1 + decimals < s.len ? point + 1 + decimals : s.len;
    for (; i < end; i++) {
        if (i == point)
            continue;
        if (s.at[i] < '0' || s.at[i] > '9')
            return (struct chart_value){0};
        v.value = v.value * 10 + (s.at[i] - '0');
    }
    size_t shown = point < end ? end - point - 1 : 0;
    for (; shown < decimals; shown++)
        v.value *= 10;
    v.value = minus ? -v.value : v.value;
    return v;
}

struct str figures_measure(const struct value *years, const struct figure_measure *measure, struct str name,
                           struct str id, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct chart_plot plot = {
        .caption = {id, measure->title, measure->desc},
        .series_count = 1,
        .decimals = measure->decimals,
        .unit = measure->share ? STR("%") : (struct str){0},
        .bounded = measure->share,
    };
    plot.series[0].name = name;
    uint32_t from = years->count > CHART_YEARS_MOST ? years->count - CHART_YEARS_MOST : 0;
    for (uint32_t i = from; i < years->count; i++) {
        plot.years[plot.year_count] = value_words(value_at(&years->items[i], "year"));
        plot.series[0].at[plot.year_count++] =
            figure_value(value_words(value_at(&years->items[i], measure->key)), measure->decimals);
    }
    return chart_lines(&plot, &out) ? buf_str(&out) : (struct str){0};
}
