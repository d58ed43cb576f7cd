/* SPDX-License-Identifier: MIT */
/*
 * atlas_near.c: a close-up: a few schools by name, and dimly what surrounds them.
 *
 * Tens of thousands of pages may each have one, so nothing here looks at the whole network: schools are found by the
 * squares of the ground they stand on, land is cut to the picture, and what surrounds the subject is capped.
 */
#include <stdlib.h>

#include "publish/atlas_inside.h"

/* Measured at the size the style sheet sets on narrow figures, which are most: close-ups stand in a side column. */
#define NAME_SIZE 18
#define NAME_LINE 20
#define SCALE_LONGEST 80

/* The most subjects to name, and the most neighbours to draw: those nearest the middle. */
#define NAMES_MOST 24
#define AROUND_MOST 24
#define AROUND_GROUPS_MOST 5
#define AROUND_MEMBERS_MOST 12

/* A picture this wide (in squares of the index) shows a region: its neighbours would be a carpet. */
#define SQUARES_MOST 900
#define LOOKED_AT_MOST 600

#define NAME_COST_MOST 200

/* How many of its neighbours keep a lone school company, and how far they may be: in squares and in metres. */
#define COMPANY 3
#define COMPANY_SQUARES 6
#define COMPANY_METRES 6000LL

/* An associate across the county would make dots of the members. One that makes the picture span more than so many
 * times the members, and more than so many metres, is left out: its spoke leads out of the picture. */
#define ASSOCIATE_TIMES 3
#define ASSOCIATE_METRES 3000L

struct subject {
    uint32_t *schools; /* in order, without repeats */
    size_t count;
    struct extent extent;
};

static void subject_add(struct subject *s, const struct atlas *atlas, uint32_t school) {
    if (!atlas_placed(atlas, school))
        return;
    s->schools[s->count++] = school;
    extent_add(&s->extent, atlas->data.schools[school].easting, atlas->data.schools[school].northing);
}

static void subject_add_all(struct subject *s, const struct atlas *atlas, const uint32_t *schools,
                            size_t count) {
    for (size_t i = 0; i < count; i++)
        subject_add(s, atlas, schools[i]);
}

static long span_of(const struct extent *x) {
    long de = x->e1 - x->e0, dn = x->n1 - x->n0;
    return de > dn ? de : dn;
}

static void subject_add_associates(struct subject *s, const struct atlas *atlas,
                                   const struct atlas_group *group) {
    long most = s->extent.any ? ASSOCIATE_TIMES * span_of(&s->extent) : 0;
    most = most > ASSOCIATE_METRES ? most : ASSOCIATE_METRES;
    for (size_t i = 0; i < group->associate_count; i++) {
        struct subject before = *s;
        subject_add(s, atlas, group->associates[i]);
        if (before.extent.any && span_of(&s->extent) > most)
            *s = before;
    }
}

static int index_order(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t sort_unique(uint32_t *n, size_t count) {
    size_t kept = 0;
    qsort(n, count, sizeof *n, index_order);
    for (size_t i = 0; i < count; i++)
        if (!kept || n[kept - 1] != n[i])
            n[kept++] = n[i];
    return kept;
}

static bool listed(const uint32_t *sorted, size_t count, uint32_t n) {
    return count && bsearch(&n, sorted, count, sizeof n, index_order) != NULL;
}

static struct subject find_subject(const struct atlas *atlas, const struct atlas_focus *focus,
                                   struct arena *scratch) {
    const struct atlas_data *d = &atlas->data;
    const struct atlas_group *group = focus->group < d->group_count ? &d->groups[focus->group] : NULL;
    const struct atlas_area *area = focus->area < d->area_count ? &d->areas[focus->area] : NULL;
    struct subject s = {0};
    s.schools = arena_array(scratch, uint32_t,
                            1 + COMPANY + (group ? group->member_count + group->associate_count : 0) +
                                (area ? area->member_count : 0));
    subject_add(&s, atlas, focus->school);
    if (group) {
        subject_add_all(&s, atlas, group->members, group->member_count);
        subject_add_associates(&s, atlas, group);
    }
    if (area)
        subject_add_all(&s, atlas, area->members, area->member_count);
    s.count = sort_unique(s.schools, s.count);
    return s;
}

/* What surrounds the subject. */

struct around {
    long long distance;
    uint32_t school;
};

static int around_order(const void *a, const void *b) {
    const struct around *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->school > y->school) - (x->school < y->school);
}

static long bound(long v, long low, long high) {
    return v < low ? low : v > high ? high : v;
}

/* Outside the picture, or where the scale bar and the arrow are. */
static bool hidden(const struct view *view, struct point p) {
    return p.x < -6 || p.y < -6 || p.x > view->width + 6 || p.y > view->height + 6 ||
           (p.x < SCALE_LONGEST + 48 && p.y > view->height - 68) || (p.x > view->width - 56 && p.y < 86);
}

/* The schools in view that are not the subject, nearest the middle first. */
static size_t look_around(const struct atlas *atlas, const struct view *view, const struct subject *subject,
                          struct around *out) {
    const struct ground_index *index = &atlas->index;
    long wide = view->width * view->metres256 / 256, high = view->height * view->metres256 / 256;
    long c0 = bound((view->e - index->e) / index->side, 0, index->cols - 1);
    long c1 = bound((view->e + wide - index->e) / index->side, 0, index->cols - 1);
    long r0 = bound((view->n - high - index->n) / index->side, 0, index->rows - 1);
    long r1 = bound((view->n - index->n) / index->side, 0, index->rows - 1);
    if ((c1 - c0 + 1) * (r1 - r0 + 1) > SQUARES_MOST)
        return 0;
    size_t count = 0;
    for (long row = r0; row <= r1; row++) {
        const uint32_t *start = &index->start[row * index->cols];
        for (uint32_t k = start[c0]; k < start[c1 + 1] && count < LOOKED_AT_MOST; k++) {
            uint32_t school = index->school[k];
            const struct atlas_school *s = &atlas->data.schools[school];
            struct point p = view_point(view, s->easting, s->northing);
            if (s->unseen || hidden(view, p) || listed(subject->schools, subject->count, school))
                continue;
            long long dx = p.x - view->width / 2, dy = p.y - view->height / 2;
            out[count++] = (struct around){dx * dx + dy * dy, school};
        }
    }
    qsort(out, count, sizeof *out, around_order);
    return count < AROUND_MOST ? count : AROUND_MOST;
}

/* Their groups, but for the subject's own, and for those that a picture of their neighbours is too small for. */
static size_t groups_around(const struct scene *scene, const struct around *around, size_t count,
                            uint32_t own, uint32_t *groups) {
    const struct atlas *atlas = scene->atlas;
    size_t found = 0;
    for (size_t i = 0; i < count && found < AROUND_GROUPS_MOST; i++) {
        uint32_t group = atlas->group_of[around[i].school];
        bool known = group == ATLAS_NONE || group == own ||
                     atlas->data.groups[group].member_count > AROUND_MEMBERS_MOST;
        for (size_t k = 0; k < found; k++)
            known |= groups[k] == group;
        if (!known)
            groups[found++] = group;
    }
    return found;
}

/* A school alone on its ground says nothing: it is shown with the schools nearest to it, if they are near at all. */

static void add_company(struct subject *subject, const struct atlas *atlas, struct around *room) {
    const struct ground_index *index = &atlas->index;
    const struct atlas_school *self = &atlas->data.schools[subject->schools[0]];
    long column = (self->easting - index->e) / index->side, row = (self->northing - index->n) / index->side;
    long c0 = bound(column - COMPANY_SQUARES, 0, index->cols - 1),
         c1 = bound(column + COMPANY_SQUARES, 0, index->cols - 1);
    long r0 = bound(row - COMPANY_SQUARES, 0, index->rows - 1),
         r1 = bound(row + COMPANY_SQUARES, 0, index->rows - 1);
    size_t count = 0;
    for (long r = r0; r <= r1; r++)
        for (uint32_t k = index->start[r * index->cols + c0];
             k < index->start[r * index->cols + c1 + 1] && count < LOOKED_AT_MOST; k++) {
            const struct atlas_school *s = &atlas->data.schools[index->school[k]];
            long long de = s->easting - self->easting, dn = s->northing - self->northing;
            if (s != self && !s->unseen && de * de + dn * dn <= COMPANY_METRES * COMPANY_METRES)
                room[count++] = (struct around){de * de + dn * dn, index->school[k]};
        }
    qsort(room, count, sizeof *room, around_order);
    for (size_t i = 0; i < count && i < COMPANY; i++)
        subject_add(subject, atlas, room[i].school);
    subject->count = sort_unique(subject->schools, subject->count);
}

/* Names. */

struct name {
    uint32_t school;
    struct point at;
    bool placed;
    struct label_text text;
    struct box box;
};

static int name_order(const void *a, const void *b) {
    const struct name *x = a, *y = b;
    if (x->at.y != y->at.y)
        return x->at.y < y->at.y ? -1 : 1;
    return (x->school > y->school) - (x->school < y->school);
}

/* Where a name may stand about its mark, in units of its own half width and height beyond the mark, and what that
 * costs: above and below first, then to the sides, then askew, then a little farther off. */
static const struct {
    signed char across, down; /* -2 to 2: at 2 it is clear of the mark, at 1 it is half past the middle */
    unsigned char far, cost;
} name_places[] = {
    {0, -2, 0, 0},   {0, 2, 0, 3},   {2, 0, 0, 8},   {-2, 0, 0, 9},  {1, -2, 0, 8},
    {-1, -2, 0, 8},  {1, 2, 0, 10},  {-1, 2, 0, 10}, {2, -1, 0, 14}, {-2, -1, 0, 15},
    {2, 1, 0, 15},   {-2, 1, 0, 16}, {0, -2, 9, 30}, {0, 2, 9, 32},  {1, -2, 9, 36},
    {-1, -2, 9, 36}, {1, 2, 9, 38},  {-1, 2, 9, 38}, {2, 0, 10, 42}, {-2, 0, 10, 43},
};

static struct box name_box(struct point at, int clear, size_t place, int w, int h) {
    int across = name_places[place].across, down = name_places[place].down,
        far = name_places[place].far + clear;
    int x = at.x + (across == 2 || across == -2 ? across / 2 * (far + w / 2) : across * w / 3);
    int y = at.y + (down == 2 || down == -2 ? down / 2 * (far + h / 2) : down * (clear + h / 4) / 2);
    return box_about(x, y, w, h);
}

/* Away from the hub first: that is where nothing else comes from. */
static void place_name(struct scene *scene, struct name *name, int hub_y, int clear) {
    const struct atlas_school *s = &scene->atlas->data.schools[name->school];
    struct str full = s->short_name.len ? s->short_name : s->name;
    static const int line_cost[LABEL_LINES_MOST] = {0, 5, 26};
    int best = NAME_COST_MOST;
    for (int lines = 1; lines <= LABEL_LINES_MOST && line_cost[lines - 1] < best; lines++) {
        struct label_text text = label_break(full, NAME_SIZE, lines);
        if (text.count != lines || (lines > 1 && text.width < 30))
            break;
        int w = text.width + 6, h = lines * NAME_LINE + 2;
        int dear = line_cost[lines - 1] + (text.width > 150 ? 30 : 0);
        for (size_t i = 0; i < sizeof name_places / sizeof *name_places; i++) {
            bool towards = name_places[i].down < 0 ? name->at.y > hub_y : name->at.y < hub_y;
            int base = dear + name_places[i].cost + (towards && name_places[i].down ? 5 : 0);
            if (base >= best)
                continue;
            struct box box = name_box(name->at, clear, i, w, h);
            int cost = label_cost(&scene->sheet, box, base, best);
            if (cost >= best)
                continue;
            best = cost;
            *name = (struct name){name->school, name->at, true, text, box};
        }
    }
    if (name->placed)
        label_take(&scene->sheet, name->box);
}

/* From the top down, so that the topmost goes above, as a reader expects; the school a page is about before all. */
static size_t place_names(struct scene *scene, const struct subject *subject, uint32_t first,
                          struct name *names) {
    size_t count = 0;
    int hub_y = scene->figure_count ? scene->figures[0].hub.y : scene->view.height / 2;
    for (size_t i = 0; i < subject->count && subject->count <= NAMES_MOST; i++)
        names[count++] =
            (struct name){.school = subject->schools[i], .at = scene_point(scene, subject->schools[i])};
    qsort(names, count, sizeof *names, name_order);
    for (size_t i = 0; i < count; i++)
        if (names[i].school == first)
            place_name(scene, &names[i], hub_y, scene->mark + 11);
    for (size_t i = 0; i < count; i++)
        if (names[i].school != first)
            place_name(scene, &names[i], hub_y, scene->mark + 5);
    return count;
}

/* Setting and drawing. */

struct near {
    struct scene scene; /* its first figure is the subject's group, if it has one */
    struct subject subject;
    uint32_t group; /* ATLAS_NONE, or one with a member that can be shown */
    uint32_t school;
    struct around *around;
    size_t around_count;
};

static void near_scene(struct near *near) {
    struct scene *scene = &near->scene;
    size_t room = near->subject.count + near->around_count;
    scene->schools = arena_array(scene->scratch, uint32_t, room);
    scene->at = arena_array(scene->scratch, struct point, room);
    for (size_t i = 0; i < near->subject.count; i++)
        scene->schools[scene->count++] = near->subject.schools[i];
    for (size_t i = 0; i < near->around_count; i++)
        scene->schools[scene->count++] = near->around[i].school;
    scene->count = sort_unique(scene->schools, scene->count);
    scene_marks(scene, AROUND_MOST + 2 * NAMES_MOST);
    scene->figures = arena_array(scene->scratch, struct figure, AROUND_GROUPS_MOST + 1);
    if (near->group != ATLAS_NONE) {
        scene->figures[scene->figure_count++] = scene_figure(scene, near->group);
        scene_hubs(scene);
    }
    scene->sheet = (struct label_sheet){.arena = scene->scratch,
                                        .frame = {4, 4, scene->view.width - 4, scene->view.height - 4}};
    furniture_take(&scene->sheet, &scene->view, SCALE_LONGEST);
    scene_take(scene);
    if (atlas_placed(scene->atlas, near->school)) {
        struct point p = scene_point(scene, near->school);
        label_take(&scene->sheet, box_about(p.x, p.y, 2 * scene->mark + 22, 2 * scene->mark + 22));
    }
    uint32_t groups[AROUND_GROUPS_MOST];
    size_t count = groups_around(scene, near->around, near->around_count, near->group, groups);
    for (size_t i = 0; i < count; i++)
        scene->figures[scene->figure_count++] = scene_figure(scene, groups[i]);
}

static void draw_school(const struct near *near, uint32_t school, struct buf *out, struct atlas_used *used) {
    const struct atlas *atlas = near->scene.atlas;
    const struct atlas_school *s = &atlas->data.schools[school];
    draw_mark(out, s->sign, scene_point(&near->scene, school), near->scene.mark, s->name);
    used->signs[s->sign] = true;
    used->alone |= atlas->group_of[school] == ATLAS_NONE && atlas->data.group_count;
}

static void open_group(const struct atlas *atlas, uint32_t group, const char *dim, struct buf *out) {
    if (group == ATLAS_NONE)
        buf_printf(out, "<g class=\"%s%s\">", atlas->data.group_count ? "none" : "each", dim);
    else
        buf_printf(out, "<g class=\"p%u %s%s\">", atlas_colour(atlas, group),
                   kind_class[atlas->data.groups[group].kind], dim);
}

static void draw_around(const struct near *near, struct buf *out, struct atlas_used *used) {
    const struct scene *scene = &near->scene;
    const struct atlas *atlas = scene->atlas;
    struct atlas_used ignored = {0}; /* lines drawn this dimly need no key */
    for (size_t i = near->group != ATLAS_NONE; i < scene->figure_count; i++) {
        open_group(atlas, scene->figures[i].index, " dim", out);
        draw_figure(&scene->figures[i], out, &ignored);
        buf_lit(out, "</g>\n");
    }
    for (size_t i = 0; i < near->around_count; i++) {
        uint32_t group = atlas->group_of[near->around[i].school];
        if (i == 0 || group != atlas->group_of[near->around[i - 1].school]) {
            buf_add(out, i ? STR("</g>\n") : STR(""));
            open_group(atlas, group, " dim", out);
        }
        draw_school(near, near->around[i].school, out, used);
    }
    buf_add(out, near->around_count ? STR("</g>\n") : STR(""));
}

/* The subject: its group's members in the group's colour, all others in their own. */
static void draw_subject(const struct near *near, struct buf *out, struct atlas_used *used) {
    const struct scene *scene = &near->scene;
    const struct atlas *atlas = scene->atlas;
    const struct atlas_group *group = near->group == ATLAS_NONE ? NULL : scene->figures[0].group;
    if (group) {
        open_group(atlas, near->group, "", out);
        draw_figure(&scene->figures[0], out, used);
    }
    size_t member_count = group ? group->member_count : 0;
    uint32_t *members = arena_array(scene->scratch, uint32_t, member_count);
    for (size_t i = 0; i < member_count; i++)
        members[i] = group->members[i];
    member_count = sort_unique(members, member_count);
    for (size_t i = 0; i < member_count; i++)
        if (atlas_placed(atlas, members[i]))
            draw_school(near, members[i], out, used);
    if (group && listed(members, member_count, group->lead) && atlas_placed(atlas, group->lead)) {
        draw_ring(out, scene_point(scene, group->lead), scene->mark + 5);
        used->lead = true;
    }
    if (group) {
        draw_hub(out, scene->figures[0].hub, group->number);
        buf_lit(out, "</g>\n");
    }
    for (size_t i = 0; i < near->subject.count; i++) {
        if (listed(members, member_count, near->subject.schools[i]))
            continue;
        open_group(atlas, atlas->group_of[near->subject.schools[i]], "", out);
        draw_school(near, near->subject.schools[i], out, used);
        buf_lit(out, "</g>\n");
    }
    if (atlas_placed(atlas, near->school))
        draw_ring(out, scene_point(scene, near->school), scene->mark + 9);
}

/* By colour now, so that one <g> serves all of a group. */
static int around_group_order(const void *a, const void *b, void *context) {
    const struct around *x = a, *y = b;
    const uint32_t *group_of = context;
    if (group_of[x->school] != group_of[y->school])
        return group_of[x->school] < group_of[y->school] ? -1 : 1;
    return (x->school > y->school) - (x->school < y->school);
}

static bool has_placed_member(const struct atlas *atlas, uint32_t group) {
    if (group >= atlas->data.group_count)
        return false;
    const struct atlas_group *g = &atlas->data.groups[group];
    for (size_t i = 0; i < g->member_count; i++)
        if (atlas_placed(atlas, g->members[i]))
            return true;
    return false;
}

bool atlas_near(const struct atlas *atlas, const struct atlas_focus *focus,
                const struct atlas_caption *caption, struct arena *scratch, struct buf *out,
                struct atlas_used *used) {
    static const struct frame close_up = {.width = 400,
                                          .least = 220,
                                          .most = 320,
                                          .left = 64,
                                          .right = 64,
                                          .top = 48,
                                          .bottom = 62,
                                          .metres_least = 1500};
    struct atlas_used ignored = {0};
    struct arena_mark mark = arena_mark(scratch);
    struct near near = {.scene = {.atlas = atlas, .scratch = scratch, .mark = 8},
                        .subject = find_subject(atlas, focus, scratch),
                        .group = has_placed_member(atlas, focus->group) ? focus->group : ATLAS_NONE,
                        .school = focus->school};
    if (!near.subject.count) {
        arena_rewind(scratch, mark);
        return false;
    }
    struct scene *scene = &near.scene;
    used = used ? used : &ignored;
    near.around = arena_array(scratch, struct around, LOOKED_AT_MOST);
    if (near.subject.count == 1)
        add_company(&near.subject, atlas, near.around);
    scene->view = view_fit(near.subject.extent, &close_up);
    near.around_count = look_around(atlas, &scene->view, &near.subject, near.around);
    near_scene(&near);
    qsort_r(near.around, near.around_count, sizeof *near.around, around_group_order, atlas->group_of);
    struct name *names = arena_array(scratch, struct name, near.subject.count);
    size_t name_count = place_names(scene, &near.subject, focus->school, names);
    svg_open(out, "map near", scene->view.width, scene->view.height, caption->id, caption->title,
             caption->desc);
    draw_land(out, atlas, &scene->view, scratch);
    draw_around(&near, out, used);
    draw_subject(&near, out, used);
    for (size_t i = 0; i < name_count; i++)
        if (names[i].placed)
            draw_text(out, "", &names[i].text, names[i].box);
    draw_furniture(out, &scene->view, SCALE_LONGEST);
    arena_rewind(scratch, mark);
    return true;
}
