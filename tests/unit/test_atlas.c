/* SPDX-License-Identifier: MIT */
/* test_atlas.c: maps of invented networks, from none to a county, held to what atlas.h promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/atlas.h"
#include "svg_read.h"
#include "text/html.h"

#define SCHOOLS_MOST 24000

/* A network made by counting: the same on every machine. */
struct network {
    struct arena arena, scratch, text;
    struct atlas_data data;
    struct atlas_school *schools;
    struct atlas_group *groups;
    struct atlas_area *areas;
    struct buf out;
    uint32_t seed;
};

static uint32_t next_number(struct network *n, uint32_t below) {
    n->seed = n->seed * 1664525u + 1013904223u;
    return (n->seed >> 8) % below;
}

static struct str words_for(struct network *n, const char *const *words, size_t count, const char *last) {
    struct buf b = {.arena = &n->text};
    buf_printf(&b, "%s %s %s", words[next_number(n, (uint32_t)count)], words[next_number(n, (uint32_t)count)],
               last);
    return buf_str(&b);
}

/* Groups of up to six schools near each other, areas by quarters of the ground. */
static struct network *network_new(size_t schools, size_t groups, size_t areas, uint32_t wide,
                                   uint32_t high) {
    static const char *const words[] = {
        "Heath",         "Temple", "Priory", "Old",    "Hartmere",           "Fairlawn",
        "St Wulfstan’s", "Lock",   "Quarry", "Kelsey", "O'Brien & Sons <x>", "Ash"};
    struct network *n = test_calloc(1, sizeof *n);
    n->seed = 7;
    n->out.arena = &n->text;
    n->schools = arena_array(&n->arena, struct atlas_school, schools + 1);
    n->groups = arena_array(&n->arena, struct atlas_group, groups + 1);
    n->areas = arena_array(&n->arena, struct atlas_area, areas + 1);
    for (size_t i = 0; i < schools; i++)
        n->schools[i] = (struct atlas_school){
            .name = words_for(n, words, 12, "Primary School"),
            .short_name = words_for(n, words, 11, ""),
            .easting = 520000 + (long)next_number(n, wide + 1),
            .northing = 180000 + (long)next_number(n, high + 1),
            .located = true,
            .sign = (enum atlas_sign)(i % 7 < 4 ? 0 : i % 4),
        };
    for (size_t g = 0; g < groups; g++) {
        uint32_t *members = arena_array(&n->arena, uint32_t, 6);
        size_t first = g * 6;
        struct atlas_group *group = &n->groups[g];
        *group = (struct atlas_group){.name = words_for(n, words, 10, "Partnership"),
                                      .number = (unsigned)g + 1,
                                      .kind = (enum atlas_kind)(g % 3),
                                      .members = members,
                                      .lead = (uint32_t)(first % schools),
                                      .associates = members + 5};
        for (size_t i = 0; i < 6; i++) {
            members[i] = (uint32_t)((first + i) % schools);
            if (i > 0 && i < 5) { /* near the lead */
                n->schools[members[i]].easting =
                    n->schools[group->lead].easting + (long)next_number(n, wide / 8 + 1);
                n->schools[members[i]].northing =
                    n->schools[group->lead].northing + (long)next_number(n, high / 8 + 1);
            }
        }
        group->member_count = 5;
        group->associate_count = 1;
    }
    for (size_t a = 0; a < areas; a++) {
        uint32_t *members = arena_array(&n->arena, uint32_t, schools + 1);
        n->areas[a] = (struct atlas_area){.name = str_from(words[a % 10]), .members = members};
        for (uint32_t i = 0; i < schools; i++) {
            size_t quarter = (n->schools[i].easting > 520000 + (long)wide / 2) +
                             2 * (size_t)(n->schools[i].northing > 180000 + (long)high / 2);
            if (quarter % areas == a)
                members[n->areas[a].member_count++] = i;
        }
    }
    n->data = (struct atlas_data){n->schools, schools, n->groups, groups, n->areas, areas};
    return n;
}

static void network_free(struct network *n) {
    arena_release(&n->arena);
    arena_release(&n->scratch);
    arena_release(&n->text);
    test_free(n);
}

static struct atlas_caption plain_caption(void) {
    return (struct atlas_caption){STR("m"), STR("A map of <b> & \"c\""), STR("It's described.")};
}

static struct str network_map(struct network *n, struct atlas_used *used) {
    struct atlas *atlas = atlas_new(&n->arena, &n->data);
    const struct atlas_caption caption = plain_caption();
    buf_clear(&n->out);
    return atlas_network(atlas, &caption, &n->scratch, &n->out, used) ? buf_str(&n->out) : STR("");
}

static struct str near_map(struct network *n, const struct atlas *atlas, uint32_t school, uint32_t group,
                           struct atlas_used *used) {
    struct atlas_focus focus = {school, group, ATLAS_NONE};
    const struct atlas_caption caption = plain_caption();
    buf_clear(&n->out);
    return atlas_near(atlas, &focus, &caption, &n->scratch, &n->out, used) ? buf_str(&n->out) : STR("");
}

static void view_box(struct str svg, int *width, int *height) {
    struct svg_element e;
    char value[40];
    assert_true(svg_next(&svg, &e));
    assert_true(svg_attribute(&e, "viewBox", value, sizeof value));
    assert_int_equal(sscanf(value, "0 0 %d %d", width, height), 2);
}

/* No text hides another, a mark or a hub, or leaves the frame. */
static size_t assert_nothing_hidden(struct str svg, bool near) {
    static struct box texts[2000], marks[2000];
    size_t count = near ? svg_texts(svg, "", 18, texts, 0, 2000) : svg_texts(svg, "name", 14, texts, 0, 2000);
    if (!near)
        count = svg_texts(svg, "area", 15, texts, count, 2000);
    size_t named = count, mark_count = svg_marks(svg, marks, 0, 2000);
    count = svg_texts(svg, "tick", 12, texts, count, 2000);
    int width, height;
    view_box(svg, &width, &height);
    for (size_t i = 0; i < named; i++) {
        assert_true(texts[i].x0 >= 0 && texts[i].y0 >= 0 && texts[i].x1 <= width && texts[i].y1 <= height);
        for (size_t k = i + 1; k < count; k++)
            assert_false(box_meets(texts[i], texts[k]));
        for (size_t k = 0; k < mark_count; k++)
            assert_false(box_meets(texts[i], marks[k]));
    }
    return named;
}

static void names_hide_nothing_on_network_maps(void **state) {
    (void)state;
    static const struct {
        size_t schools, groups, areas;
        uint32_t wide, high;
    } made[] = {{54, 9, 4, 12000, 9000},     {24, 3, 3, 8000, 8000},  {120, 20, 4, 15000, 9000},
                {200, 30, 4, 130000, 60000}, {60, 8, 4, 5000, 60000}, {650, 55, 4, 70000, 60000}};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        struct network *n =
            network_new(made[i].schools, made[i].groups, made[i].areas, made[i].wide, made[i].high);
        struct str svg = network_map(n, NULL);
        assert_true(svg_well_formed(svg));
        size_t named = assert_nothing_hidden(svg, false);
        if (made[i].schools <= 54)
            assert_true(named >= made[i].groups); /* and most have room */
        network_free(n);
    }
}

static void names_hide_nothing_on_close_ups(void **state) {
    (void)state;
    struct network *n = network_new(120, 20, 4, 12000, 9000);
    struct atlas *atlas = atlas_new(&n->arena, &n->data);
    size_t named = 0;
    for (uint32_t i = 0; i < 120; i++) {
        struct str svg = near_map(n, atlas, i, i / 6, NULL);
        assert_true(svg_well_formed(svg));
        assert_true(svg.len < 8192);
        named += assert_nothing_hidden(svg, true);
    }
    assert_true(named > 120 * 7 / 2); /* of five or six each; the rest have no room */
    network_free(n);
}

static void fifty_schools_take_less_than_25_kilobytes(void **state) {
    (void)state;
    struct network *n = network_new(50, 9, 4, 12000, 9000);
    struct str svg = network_map(n, NULL);
    assert_true(svg.len > 5000 && svg.len < 25 * 1024);
    network_free(n);
}

static void the_same_network_is_the_same_bytes(void **state) {
    (void)state;
    struct network *a = network_new(54, 9, 4, 12000, 9000), *b = network_new(54, 9, 4, 12000, 9000);
    assert_true(str_eq(network_map(a, NULL), network_map(b, NULL)));
    struct atlas *atlas = atlas_new(&a->arena, &a->data);
    struct str first = str_copy(&b->text, near_map(a, atlas, 3, 0, NULL));
    near_map(a, atlas, 9, 1, NULL);
    assert_true(str_eq(first, near_map(a, atlas, 3, 0, NULL)));
    network_free(a);
    network_free(b);
}

static void names_are_escaped(void **state) {
    (void)state;
    struct network *n = network_new(3, 0, 1, 4000, 4000);
    n->schools[0].name = n->schools[0].short_name = STR("O'Brien & Sons <x>");
    n->areas[0].name = STR("<A>");
    struct str svg = network_map(n, NULL);
    assert_true(str_has(svg, STR("<title>O&#39;Brien &amp; Sons &lt;x&gt;</title>")));
    assert_true(str_has(svg, STR(">&lt;A&gt;</text>")));
    assert_true(str_has(svg, STR("<title id=\"m-t\">A map of &lt;b&gt; &amp; &quot;c&quot;</title>")));
    svg = near_map(n, atlas_new(&n->arena, &n->data), 0, ATLAS_NONE, NULL);
    assert_true(svg_well_formed(svg));
    assert_true(str_has(svg, STR("O&#39;Brien")));
    assert_false(str_has(svg, STR("<x>")));
    network_free(n);
}

static void count_ids(void *context, const struct html_found *found) {
    *(int *)context += found->fact == HTML_ID;
}

static void a_picture_passes_the_portals_own_checker(void **state) {
    (void)state;
    struct network *n = network_new(54, 9, 4, 12000, 9000);
    struct str svg = network_map(n, NULL);
    int ids = 0;
    assert_int_equal(html_scan(svg, &n->scratch, count_ids, &ids), svg.len);
    assert_int_equal(ids, 2);
    network_free(n);
}

static void a_picture_is_one_labelled_image_without_style(void **state) {
    (void)state;
    struct network *n = network_new(30, 4, 2, 9000, 9000);
    struct str svg = network_map(n, NULL);
    assert_true(str_starts(svg, STR("<svg class=\"map\" viewBox=\"0 0 760 ")));
    assert_true(str_has(svg, STR("role=\"img\" aria-labelledby=\"m-t m-d\">")));
    assert_true(str_has(svg, STR("<desc id=\"m-d\">It&#39;s described.</desc>")));
    assert_false(str_has(svg, STR("style=")));
    assert_false(str_has(svg, STR("fill=")));
    assert_int_equal(svg_count(svg, "class=\"land"), 2);
    assert_int_equal(svg_count(svg, "class=\"rim\""), 1);
    assert_int_equal(svg_count(svg, "class=\"hub\""), 4);
    assert_int_equal(svg_count(svg, "class=\"mark\""), 30);
    network_free(n);
}

static void nothing_located_is_no_map(void **state) {
    (void)state;
    struct network *n = network_new(4, 1, 1, 4000, 4000);
    for (size_t i = 0; i < 4; i++)
        n->schools[i].located = false;
    n->schools[3].located = true;
    n->schools[3].easting = 1000000000; /* off any map */
    assert_int_equal(network_map(n, NULL).len, 0);
    assert_int_equal(near_map(n, atlas_new(&n->arena, &n->data), 0, 0, NULL).len, 0);
    n->data = (struct atlas_data){0};
    assert_int_equal(network_map(n, NULL).len, 0);
    assert_int_equal(near_map(n, atlas_new(&n->arena, &n->data), 0, 0, NULL).len, 0);
    network_free(n);
}

static void one_school_is_a_map(void **state) {
    (void)state;
    struct network *n = network_new(1, 0, 0, 0, 0);
    struct str svg = network_map(n, NULL);
    assert_true(svg_well_formed(svg));
    assert_int_equal(svg_count(svg, "class=\"mark\""), 1);
    assert_int_equal(svg_count(svg, "class=\"land"), 1);
    svg = near_map(n, atlas_new(&n->arena, &n->data), 0, ATLAS_NONE, NULL);
    assert_int_equal(svg_count(svg, "class=\"ring\""), 1);
    assert_int_equal(assert_nothing_hidden(svg, true), 1);
    network_free(n);
}

static void schools_at_one_place_are_all_seen(void **state) {
    (void)state;
    struct network *n = network_new(6, 1, 1, 0, 0);
    struct str svg = network_map(n, NULL);
    struct box marks[16];
    size_t count = svg_marks(svg, marks, 0, 16), met = 0;
    assert_int_equal(count, 7); /* with the hub */
    for (size_t i = 0; i < 6; i++)
        for (size_t k = i + 1; k < 6; k++)
            met += marks[i].x0 == marks[k].x0 && marks[i].y0 == marks[k].y0;
    assert_int_equal(met, 0);
    assert_nothing_hidden(svg, false);
    assert_nothing_hidden(near_map(n, atlas_new(&n->arena, &n->data), ATLAS_NONE, 0, NULL), true);
    network_free(n);
}

static void schools_in_a_line_make_a_hull_of_two_corners(void **state) {
    (void)state;
    struct network *n = network_new(6, 1, 0, 5000, 0);
    for (size_t i = 0; i < 6; i++) {
        n->schools[i].easting = 520000 + 1000 * (long)i;
        n->schools[i].northing = 180000 + 1000 * (long)i;
    }
    struct str svg = network_map(n, NULL), rest = svg;
    struct svg_element e;
    char d[80] = "";
    while (svg_next(&rest, &e))
        if (svg_class(&e, "hull"))
            assert_true(svg_attribute(&e, "d", d, sizeof d));
    assert_int_equal(strcspn(d, "l"), strlen(d) - strlen(strrchr(d, 'l'))); /* one side only */
    network_free(n);
}

static void associates_and_the_alone_are_told_apart(void **state) {
    (void)state;
    struct network *n = network_new(7, 1, 1, 8000, 8000); /* five members, an associate, and one alone */
    n->groups[0].kind = ATLAS_LOOSE;
    n->schools[6].sign = ATLAS_DIAMOND;
    struct atlas_used used = {0};
    struct str svg = network_map(n, &used);
    assert_int_equal(svg_count(svg, "class=\"spoke assoc\""), 1);
    assert_int_equal(svg_count(svg, "class=\"ring\""), 1);
    assert_true(used.lead && used.associate && used.alone && used.kinds[ATLAS_LOOSE]);
    assert_false(used.kinds[ATLAS_HARD]);
    assert_true(str_has(svg, STR("<g class=\"none\"><path class=\"mark\"")));
    network_free(n);
}

static void the_unseen_shape_the_land_and_are_not_drawn(void **state) {
    (void)state;
    struct network *n = network_new(12, 1, 1, 8000, 8000);
    struct str all = str_copy(&n->text, network_map(n, NULL));
    for (size_t i = 7; i < 12; i++)
        n->schools[i].unseen = true;
    struct str some = str_copy(&n->text, network_map(n, NULL));
    assert_int_equal(svg_count(all, "class=\"mark\""), 12);
    assert_int_equal(svg_count(some, "class=\"mark\""), 7);
    size_t land = str_find(all, '\n', str_find(all, '\n', 0) + 1); /* after the title comes the ground */
    assert_true(str_starts(some, str_sub(all, 0, land)));
    n->schools[7].easting = n->schools[6].easting + 200;
    n->schools[7].northing = n->schools[6].northing;
    n->schools[7].name = n->schools[7].short_name = STR("Zebra");
    assert_false(str_has(near_map(n, atlas_new(&n->arena, &n->data), 6, ATLAS_NONE, NULL), STR("Zebra")));
    n->schools[7].unseen = false;
    assert_true(str_has(near_map(n, atlas_new(&n->arena, &n->data), 6, ATLAS_NONE, NULL), STR("Zebra")));
    network_free(n);
}

static void where_there_are_no_groups_nobody_is_alone(void **state) {
    (void)state;
    struct network *n = network_new(7, 0, 2, 8000, 8000);
    struct atlas_used used = {0};
    struct str svg = network_map(n, &used);
    assert_false(used.alone);
    assert_true(str_has(svg, STR("<g class=\"each\"><path class=\"mark\"")) ||
                str_has(svg, STR("<g class=\"each\"><circle class=\"mark\"")));
    assert_false(str_has(svg, STR("class=\"none\"")));
    svg = near_map(n, atlas_new(&n->arena, &n->data), 3, 0, &used);
    assert_false(used.alone);
    assert_false(str_has(svg, STR("class=\"none")));
    network_free(n);
}

static void a_county_has_land_and_beyond_the_limit_is_no_network_map(void **state) {
    (void)state;
    struct network *n = network_new(ATLAS_SCHOOLS_MOST + 1, 20, 4, 90000, 60000);
    assert_int_equal(network_map(n, NULL).len, 0);
    struct str svg = near_map(n, atlas_new(&n->arena, &n->data), 3, 0, NULL);
    assert_true(str_has(svg, STR("class=\"land\" d=\"M-9-9h418")));
    n->data.school_count = ATLAS_SCHOOLS_MOST;
    svg = network_map(n, NULL);
    assert_true(str_starts(svg, STR("<svg class=\"map fine\"")));
    network_free(n);
}

static void close_ups_of_a_nation_stay_small(void **state) {
    (void)state;
    struct network *n = network_new(SCHOOLS_MOST, 4000, 0, 600000, 600000);
    struct atlas *atlas = atlas_new(&n->arena, &n->data);
    for (uint32_t i = 0; i < SCHOOLS_MOST; i += 997) {
        struct str svg = near_map(n, atlas, i, i / 6, NULL);
        assert_true(svg.len > 0 && svg.len < 8192);
        assert_true(svg_well_formed(svg));
    }
    network_free(n);
}

static void a_close_up_leaves_out_what_is_not_in_view(void **state) {
    (void)state;
    struct network *n = network_new(54, 9, 4, 40000, 40000);
    for (size_t i = 0; i < 6; i++) { /* the first group far from the rest */
        n->schools[i].easting = 700000 + 300 * (long)i;
        n->schools[i].northing = 180000 + 200 * (long)(i % 2);
    }
    struct str svg = near_map(n, atlas_new(&n->arena, &n->data), ATLAS_NONE, 0, NULL);
    assert_int_equal(svg_count(svg, "class=\"mark\""), 6);
    assert_int_equal(svg_count(svg, "dim"), 0);
    network_free(n);
}

static void neighbouring_groups_differ_in_colour(void **state) {
    (void)state;
    struct network *n = network_new(54, 9, 1, 12000, 9000);
    struct atlas *atlas = atlas_new(&n->arena, &n->data);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(atlas_colour(atlas, i), i + 1);
    for (unsigned i = 6; i < 9; i++)
        assert_true(atlas_colour(atlas, i) >= 1 && atlas_colour(atlas, i) <= ATLAS_COLOURS);
    network_free(n);
}

static void a_key_has_only_what_was_used(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    const struct atlas_words words = {.label = STR("Signs"),
                                      .signs = {STR("Primary"), STR("Secondary & more")},
                                      .kinds = {STR("Hard"), STR("Structured"), STR("Loose")},
                                      .lead = STR("Lead")};
    struct atlas_used used = {0};
    atlas_key(&used, &words, &out);
    assert_int_equal(out.len, 0);
    used.associate = true; /* has no word, so it stays out */
    atlas_key(&used, &words, &out);
    assert_int_equal(out.len, 0);
    used.signs[ATLAS_SQUARE] = used.kinds[ATLAS_LOOSE] = true;
    atlas_key(&used, &words, &out);
    assert_true(svg_well_formed(buf_str(&out)));
    assert_int_equal(svg_count(buf_str(&out), "<li>"), 2);
    assert_true(str_has(buf_str(&out), STR("Secondary &amp; more")));
    assert_false(str_has(buf_str(&out), STR("Primary")));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_hide_nothing_on_network_maps),
        cmocka_unit_test(names_hide_nothing_on_close_ups),
        cmocka_unit_test(fifty_schools_take_less_than_25_kilobytes),
        cmocka_unit_test(the_same_network_is_the_same_bytes),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(a_picture_passes_the_portals_own_checker),
        cmocka_unit_test(a_picture_is_one_labelled_image_without_style),
        cmocka_unit_test(nothing_located_is_no_map),
        cmocka_unit_test(one_school_is_a_map),
        cmocka_unit_test(schools_at_one_place_are_all_seen),
        cmocka_unit_test(schools_in_a_line_make_a_hull_of_two_corners),
        cmocka_unit_test(associates_and_the_alone_are_told_apart),
        cmocka_unit_test(the_unseen_shape_the_land_and_are_not_drawn),
        cmocka_unit_test(where_there_are_no_groups_nobody_is_alone),
        cmocka_unit_test(a_county_has_land_and_beyond_the_limit_is_no_network_map),
        cmocka_unit_test(close_ups_of_a_nation_stay_small),
        cmocka_unit_test(a_close_up_leaves_out_what_is_not_in_view),
        cmocka_unit_test(neighbouring_groups_differ_in_colour),
        cmocka_unit_test(a_key_has_only_what_was_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
