/* SPDX-License-Identifier: MIT */
/* test_chart.c: charts that tell the truth about what is not known, and name their lines legibly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/chart.h"
#include "svg_read.h"

#define GAP INT32_MIN /* in place of a value: not known */

static void set(struct chart_plot *plot, const char *name, const int32_t *values) {
    struct chart_series *s = &plot->series[plot->series_count++];
    s->name = str_from(name);
    for (size_t i = 0; i < plot->year_count; i++)
        if (values[i] != GAP)
            s->at[i] = (struct chart_value){true, values[i]};
}

static struct chart_plot plot_of(size_t years) {
    static const char *const names[] = {"2020", "2021", "2022", "2023", "2024", "2025"};
    struct chart_plot plot = {.caption = {STR("c"), STR("Reading & writing"), STR("It rises.")},
                              .unit = STR("%"),
                              .bounded = true,
                              .year_count = years};
    for (size_t i = 0; i < years; i++)
        plot.years[i] = str_from(names[6 - years + i]);
    return plot;
}

struct drawn {
    struct arena arena;
    struct buf out;
    bool any;
    struct str svg;
};

static void draw(struct drawn *d, const struct chart_plot *plot) {
    *d = (struct drawn){0};
    d->out.arena = &d->arena;
    d->any = chart_lines(plot, &d->out);
    d->svg = buf_str(&d->out);
    assert_true(svg_well_formed(d->svg));
}

static void three_series_have_their_strokes_points_and_names(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(3);
    set(&plot, "Birchwood Lane", (int32_t[]){58, 61, 66});
    set(&plot, "Hartmere", (int32_t[]){63, 64, 65});
    set(&plot, "England", (int32_t[]){60, 61, 62});
    struct drawn d;
    draw(&d, &plot);
    assert_true(d.any);
    assert_int_equal(svg_count(d.svg, "class=\"s s1\""), 1);
    assert_int_equal(svg_count(d.svg, "class=\"s s2\""), 1);
    assert_int_equal(svg_count(d.svg, "class=\"s s3\""), 1);
    assert_int_equal(svg_count(d.svg, "<circle class=\"d d1\""), 3);
    assert_int_equal(svg_count(d.svg, "<rect class=\"d\""), 3);
    assert_int_equal(svg_count(d.svg, "class=\"end\""), 1);
    assert_int_equal(svg_count(d.svg, "class=\"lab\""), 2);
    assert_true(str_has(d.svg, STR("66%")) && str_has(d.svg, STR("Hartmere 65%")));
    assert_true(str_has(d.svg, STR("role=\"img\" aria-labelledby=\"c-t c-d\"")));
    assert_true(str_has(d.svg, STR("Reading &amp; writing</title>")));
    assert_false(str_has(d.svg, STR("style=")));
    arena_release(&d.arena);
}

static void a_gap_breaks_the_line_and_is_never_nought(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(6);
    set(&plot, "School", (int32_t[]){50, 55, GAP, 60, 65, GAP});
    struct drawn d;
    draw(&d, &plot);
    struct str rest = d.svg;
    struct svg_element e;
    char path[200] = "";
    int points = 0;
    while (svg_next(&rest, &e)) {
        if (svg_class(&e, "s s1"))
            svg_attribute(&e, "d", path, sizeof path);
        points += svg_class(&e, "d d1");
    }
    assert_int_equal(points, 4);
    assert_int_equal(svg_count(str_from(path), "M"), 2);
    assert_int_equal(svg_count(str_from(path), "L"), 2);
    assert_false(str_has(d.svg, STR(">0%<")));
    assert_true(str_has(d.svg, STR("65% (2024)"))); /* the last value says which year it is of */
    arena_release(&d.arena);
}

static void a_value_between_gaps_is_a_mark_without_a_line(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(3);
    set(&plot, "School", (int32_t[]){50, GAP, 60});
    set(&plot, "England", (int32_t[]){GAP, 55, GAP});
    struct drawn d;
    draw(&d, &plot);
    assert_true(d.any);
    assert_int_equal(svg_count(d.svg, "class=\"s "), 0);
    assert_int_equal(svg_count(d.svg, "class=\"d d1\""), 2);
    assert_int_equal(svg_count(d.svg, "<rect class=\"d\""), 1);
    arena_release(&d.arena);
}

static void fewer_than_two_values_of_the_subject_are_no_chart(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(3);
    set(&plot, "School", (int32_t[]){GAP, 61, GAP});
    set(&plot, "England", (int32_t[]){60, 61, 62});
    struct drawn d;
    draw(&d, &plot);
    assert_false(d.any);
    assert_int_equal(d.svg.len, 0);
    arena_release(&d.arena);
    plot.year_count = CHART_YEARS_MOST + 1;
    draw(&d, &plot);
    assert_false(d.any);
    arena_release(&d.arena);
    draw(&d, &(struct chart_plot){0});
    assert_false(d.any);
    arena_release(&d.arena);
}

static void scores_may_be_negative_and_have_decimals(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(2);
    plot.bounded = false;
    plot.unit = STR("");
    plot.decimals = 2;
    set(&plot, "School", (int32_t[]){-12, 28});
    struct drawn d;
    draw(&d, &plot);
    assert_true(str_has(d.svg, STR("School 0.28")));
    assert_true(str_has(d.svg, STR(">\u22120.2<")));
    assert_true(str_has(d.svg, STR(">0.0<")));
    assert_int_equal(svg_count(d.svg, "class=\"axis\""), 1); /* nought is the axis */
    arena_release(&d.arena);
    plot.series_count = 0;
    set(&plot, "School", (int32_t[]){5, -5});
    draw(&d, &plot);
    assert_true(str_has(d.svg, STR("School \u22120.05")));
    arena_release(&d.arena);
}

static void the_axis_of_a_share_stays_within_0_and_100(void **state) {
    (void)state;
    static const int32_t made[][2] = {{1000, 1000}, {0, 0}, {0, 1000}, {3, 999}, {995, 1000}, {1, 2}};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        struct chart_plot plot = plot_of(2);
        plot.decimals = 1;
        set(&plot, "School", made[i]);
        struct drawn d;
        draw(&d, &plot);
        assert_true(d.any);
        assert_false(str_has(d.svg, STR(">105%<")) || str_has(d.svg, STR(">120%<")) ||
                     str_has(d.svg, STR("\u2212")));
        arena_release(&d.arena);
    }
}

static void extreme_values_are_drawn(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(2);
    plot.bounded = false;
    set(&plot, "School", (int32_t[]){INT32_MIN + 1, INT32_MAX});
    struct drawn d;
    draw(&d, &plot);
    assert_true(d.any);
    arena_release(&d.arena);
}

static void labels_at_line_ends_do_not_meet(void **state) {
    (void)state;
    static const char *const subjects[] = {
        "Ash", "Birchwood Lane", "Our Lady of Mount Carmel and St Wulfstan’s", "Llanfairpwllgwyngyll"};
    for (int32_t v = 40; v <= 70; v++)
        for (size_t s = 0; s < 4; s++) {
            struct chart_plot plot = plot_of(6);
            set(&plot, subjects[s], (int32_t[]){40, 45, 50, 55, 60, v});
            set(&plot, "Milton Keynes", (int32_t[]){50, 50, 50, 52, 53, 55});
            set(&plot, "England", (int32_t[]){50, 50, 50, 52, 53, 54});
            struct drawn d;
            draw(&d, &plot);
            struct box b[8];
            size_t count = svg_texts(d.svg, "lab", 20, b, svg_texts(d.svg, "end", 20, b, 0, 8), 8);
            assert_int_equal(count, 3);
            int width, height;
            assert_int_equal(sscanf(strstr(d.svg.at, "viewBox"), "viewBox=\"0 0 %d %d\"", &width, &height),
                             2);
            for (size_t i = 0; i < count; i++) {
                assert_true(b[i].y0 >= 0 && b[i].y1 <= height - 20);
                /* These texts start at x instead of being centred there. */
                assert_true(b[i].x1 + (b[i].x1 - b[i].x0) / 2 <= width);
                for (size_t k = i + 1; k < count; k++)
                    assert_true(b[i].y1 <= b[k].y0 || b[k].y1 <= b[i].y0);
            }
            arena_release(&d.arena);
        }
}

static void years_that_do_not_fit_are_left_out_but_for_the_last(void **state) {
    (void)state;
    struct chart_plot plot = plot_of(6);
    for (size_t i = 0; i < 6; i++)
        plot.years[i] = STR("2024 to 2025");
    plot.years[5] = STR("2025 to 2026");
    set(&plot, "School", (int32_t[]){40, 45, 50, 55, 60, 65});
    struct drawn d;
    draw(&d, &plot);
    assert_int_equal(svg_count(d.svg, ">2025 to 2026<"), 1);
    assert_true(svg_count(d.svg, ">2024 to 2025<") < 3);
    arena_release(&d.arena);
}

static void shares_are_as_long_as_they_are_certain_and_outlined_as_far_as_may_be(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    const struct chart_caption caption = {STR("c"), STR("Aims"), STR("Few.")};
    const struct str marks[CHART_MARKS] = {STR("England"), STR("Aim & hope")};
    const struct chart_share shares[] = {
        {.label = STR("Sure"),
         .value = STR("50%"),
         .low = 500,
         .high = 500,
         .marks = {{true, 250}, {true, 1000}}},
        {.label = STR("Perhaps"), .value = STR("0% to 100%"), .low = 0, .high = 1000},
        {.label = STR("Hardly"), .value = STR("under 1%"), .low = 1, .high = 1},
    };
    assert_true(chart_shares(&caption, shares, 3, marks, &out));
    struct str svg = buf_str(&out);
    assert_true(svg_well_formed(svg));
    assert_int_equal(svg_count(svg, "class=\"bar\""), 3);
    assert_int_equal(svg_count(svg, "class=\"may\""), 1);
    assert_int_equal(svg_count(svg, "width=\"215\""), 1); /* half of 431 */
    assert_int_equal(svg_count(svg, "class=\"may\" x=\"0\""), 1);
    assert_int_equal(svg_count(svg, "class=\"bar\" x=\"0\" y=\"141\" width=\"2\""), 1); /* still seen */
    assert_int_equal(svg_count(svg, "class=\"d\" d=\"M107,"), 1);                       /* a quarter */
    assert_int_equal(svg_count(svg, "class=\"aim\" d=\"M431,"), 1);
    assert_int_equal(svg_count(svg, ">England</text>"), 1);
    assert_int_equal(svg_count(svg, ">Aim &amp; hope</text>"), 1);
    arena_release(&arena);
}

static void marks_that_no_share_has_are_not_named_and_no_shares_are_no_picture(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    const struct chart_caption caption = {STR("c"), STR("Aims"), STR("Few.")};
    const struct str marks[CHART_MARKS] = {STR("England"), STR("Aim")};
    const struct chart_share share = {.label = STR("Sure"), .value = STR("50%"), .low = 500, .high = 500};
    assert_false(chart_shares(&caption, &share, 0, marks, &out));
    assert_int_equal(out.len, 0);
    assert_true(chart_shares(&caption, &share, 1, marks, &out));
    assert_int_equal(svg_count(buf_str(&out), "England"), 0);
    arena_release(&arena);
}

static void wholes_are_divided_in_the_order_of_their_parts_and_patterns_tell_them_apart(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    const struct chart_caption caption = {STR("c"), STR("Coverage"), STR("Some.")};
    const struct chart_part parts[] = {
        {STR("Hard"), CHART_COUNTS},     {STR("Structured & more"), CHART_COUNTS},
        {STR("Loose"), CHART_COUNTS},    {STR("Associate"), CHART_COUNTS_NOT},
        {STR("None"), CHART_COUNTS_NOT}, {STR("Not known"), CHART_NOT_KNOWN}};
    const struct chart_whole wholes[] = {
        {STR("All"), STR("6 of 8"), {2, 2, 2, 1, 0, 1}},
        {STR("Nobody"), STR("0 of 0"), {0}},
        {STR("One of many"), STR("1 of 600"), {1, 0, 0, 0, 599, 0}},
        {STR("Each"), STR("3 of 6"), {1, 1, 1, 1, 1, 1}},
    };
    assert_true(chart_wholes(&caption, parts, 6, wholes, 4, &out));
    struct str svg = buf_str(&out);
    assert_true(svg_well_formed(svg));
    assert_int_equal(svg_count(svg, "Nobody"), 0); /* there is nothing to divide */
    assert_int_equal(svg_count(svg, "class=\"bar\" x=\"0\" y=\"27\" width=\"108\""),
                     1); /* 110, and 2 apart */
    assert_int_equal(svg_count(svg, "class=\"bar\" x=\"110\" y=\"27\""), 1);
    assert_int_equal(svg_count(svg, "class=\"cut\""), 3); /* and in the key */
    assert_int_equal(svg_count(svg, "class=\"out\" x=\"221\""), 1);
    assert_int_equal(svg_count(svg, "class=\"off dot\" x=\"331\""), 1);
    assert_int_equal(svg_count(svg, "class=\"may\" x=\"386\""), 1);
    assert_int_equal(svg_count(svg, "width=\"4\""), 1); /* one of 600 is seen, */
    assert_int_equal(svg_count(svg, "class=\"off\" x=\"7\" y=\"93\" width=\"430\""),
                     1); /* and the rest is as much shorter */
    assert_int_equal(svg_count(svg, "class=\"out\" x=\"147\""),
                     1); /* two sixths, and no rounding beside them */
    assert_int_equal(svg_count(svg, ">Structured &amp; more</text>"), 1);
    assert_int_equal(svg_count(svg, ">1 of 600</text>"), 1);
    arena_release(&arena);
}

static void without_a_pattern_for_each_part_or_anything_to_divide_there_is_no_picture(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    const struct chart_caption caption = {STR("c"), STR("Coverage"), STR("Some.")};
    struct chart_part parts[CHART_PARTS_MOST] = {{STR("Part"), CHART_COUNTS}};
    const struct chart_whole whole = {STR("All"), STR("1 of 1"), {1}},
                             nobody = {STR("All"), STR("0 of 0"), {0}};
    assert_true(chart_wholes(&caption, parts, CHART_PATTERNS, &whole, 1, &out));
    const char *third = strstr(str_z(&arena, buf_str(&out)), "class=\"in\""),
               *fourth = strstr(third + 1, "class=\"in\"");
    assert_int_equal(third[strcspn(third, "hv")], 'h'); /* lines along, and across */
    assert_int_equal(fourth[strcspn(fourth, "hv")], 'v');
    buf_clear(&out);
    assert_false(chart_wholes(&caption, parts, CHART_PATTERNS + 1, &whole, 1, &out));
    assert_false(chart_wholes(&caption, parts, CHART_PARTS_MOST + 1, &whole, 1, &out));
    assert_false(chart_wholes(&caption, parts, 0, &whole, 1, &out));
    assert_false(chart_wholes(&caption, parts, 1, &nobody, 1, &out));
    assert_int_equal(out.len, 0);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_series_have_their_strokes_points_and_names),
        cmocka_unit_test(a_gap_breaks_the_line_and_is_never_nought),
        cmocka_unit_test(a_value_between_gaps_is_a_mark_without_a_line),
        cmocka_unit_test(fewer_than_two_values_of_the_subject_are_no_chart),
        cmocka_unit_test(scores_may_be_negative_and_have_decimals),
        cmocka_unit_test(the_axis_of_a_share_stays_within_0_and_100),
        cmocka_unit_test(extreme_values_are_drawn),
        cmocka_unit_test(labels_at_line_ends_do_not_meet),
        cmocka_unit_test(years_that_do_not_fit_are_left_out_but_for_the_last),
        cmocka_unit_test(shares_are_as_long_as_they_are_certain_and_outlined_as_far_as_may_be),
        cmocka_unit_test(marks_that_no_share_has_are_not_named_and_no_shares_are_no_picture),
        cmocka_unit_test(wholes_are_divided_in_the_order_of_their_parts_and_patterns_tell_them_apart),
        cmocka_unit_test(without_a_pattern_for_each_part_or_anything_to_divide_there_is_no_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
