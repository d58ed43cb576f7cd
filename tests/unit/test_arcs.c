/* SPDX-License-Identifier: MIT */
/* test_arcs.c: who supports whom is drawn so that no name is covered and every line tells its direction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/arcs.h"
#include "svg_read.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT 20

/* The text of a constant. */
#define S(text) \
    { text, sizeof(text) - 1 }

struct drawn {
    struct arena arena, scratch;
    struct buf out;
    bool any;
    struct str svg;
};

static void draw(struct drawn *d, const struct arcs *arcs) {
    *d = (struct drawn){0};
    d->out.arena = &d->arena;
    d->any = arcs_draw(arcs, &d->scratch, &d->out);
    d->svg = buf_str(&d->out);
    assert_true(svg_well_formed(d->svg));
}

static void done(struct drawn *d) {
    arena_release(&d->arena);
    arena_release(&d->scratch);
}

static const struct arc_end from[] = {
    {S("Fairlawn"), S("Ngozi Adeyemi-Clarke")},
    {S("Priory Green Junior School and Nursery on the Hill"), S("Parveen Akhtar")},
    {S("Beacon & Hill"), {0}},
};
static const struct arc_end to[] = {{S("Lock End"), {0}},
                                    {S("Our Lady of Perpetual Succour and St Brónagh’s Primary"), {0}},
                                    {S("Brook Meadow"), {0}}};

static struct arcs arcs_of(const struct arc *items, size_t count) {
    return (struct arcs){
        {STR("s"), STR("Support"), STR("Lines.")}, from, to, COUNT(from), COUNT(to), items, count};
}

/* Every text's box: those of a column begin where it does, and stand on their own lines. */
static size_t boxes(struct str svg, struct box *out, size_t most) {
    struct str rest = svg;
    struct svg_element e;
    size_t n = 0;
    while (svg_next(&rest, &e) && n < most)
        if (strcmp(e.tag, "text") == 0) {
            int x = svg_whole(&e, "x"), y = svg_whole(&e, "y");
            out[n++] = (struct box){x, y - TEXT + 4, x + svg_width(e.content, TEXT), y + 4};
        }
    return n;
}

static void picture_size(struct str svg, int *width, int *height) {
    struct str rest = svg;
    struct svg_element e;
    char value[80];
    assert_true(svg_next(&rest, &e) && svg_attribute(&e, "viewBox", value, sizeof value));
    assert_int_equal(sscanf(value, "0 0 %d %d", width, height), 2);
}

static void nothing_covers_a_name_and_all_of_it_is_in_the_picture(void **state) {
    (void)state;
    static const struct arc items[] = {{0, 1, S("2.5 days"), 250, false},
                                       {0, 2, S("half a day"), 50, false},
                                       {1, 2, S("a quarter of a day, planned"), 25, true},
                                       {2, 2, S("1 day"), 100, false},
                                       {2, 1, S("half a day"), 50, false},
                                       {2, 0, S("days not recorded"), 0, false}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct drawn d;
    struct box box[40];
    int width, height;
    draw(&d, &arcs);
    assert_true(d.any);
    size_t n = boxes(d.svg, box, 40);
    picture_size(d.svg, &width, &height);
    for (size_t i = 0; i < n; i++) {
        assert_true(box[i].x1 <= width && box[i].y1 <= height + 4 && box[i].y0 >= 0);
        for (size_t j = 0; j < i; j++)
            assert_false(box_meets(box[i], box[j]));
    }
    done(&d);
}

/* "M110,60H198C244,60 244,84 290,84": where a line begins and ends. */
struct ends {
    int x0, y0, left, x1, y1;
};

static size_t lines(struct str svg, struct ends *out, size_t most) {
    struct str rest = svg;
    struct svg_element e;
    size_t n = 0;
    while (svg_next(&rest, &e) && n < most) {
        char path[120];
        int skip[4];
        struct ends *l = &out[n];
        if (!svg_class(&e, "arc") && !svg_class(&e, "arc planned"))
            continue;
        assert_true(svg_attribute(&e, "d", path, sizeof path));
        assert_int_equal(sscanf(path, "M%d,%dH%dC%d,%d %d,%d %d,%d", &l->x0, &l->y0, &l->left, &skip[0],
                                &skip[1], &skip[2], &skip[3], &l->x1, &l->y1),
                         9);
        n++;
    }
    return n;
}

static void each_line_begins_at_its_words_and_ends_in_an_arrow_of_its_own(void **state) {
    (void)state;
    static const struct arc items[] = {
        {0, 2, S("half a day"), 50, false}, {1, 2, S("1 day"), 100, false}, {2, 2, S("2 days"), 200, false}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct ends line[8];
    struct drawn d;
    draw(&d, &arcs);
    assert_int_equal(lines(d.svg, line, 8), 3);
    assert_int_equal(svg_count(d.svg, "class=\"arrow\""), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(line[i].x0 > label_width(items[i].label, TEXT));
        assert_true(line[i].x0 <= line[i].left && line[i].left < line[i].x1);
    }
    /* they come to the same school in the order in which they begin, apart from each other */
    assert_true(line[0].y1 + 14 <= line[1].y1 && line[1].y1 + 14 <= line[2].y1);
    done(&d);
}

static void a_line_is_as_thick_as_its_days_and_words_say_them(void **state) {
    (void)state;
    static const struct arc items[] = {{0, 0, S("half a day"), 50, false},
                                       {1, 1, S("5 days"), 500, false},
                                       {2, 2, S("days not recorded"), 0, true}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct drawn d;
    draw(&d, &arcs);
    assert_int_equal(svg_count(d.svg, "stroke-width=\"2.4\""), 1);
    assert_int_equal(svg_count(d.svg, "stroke-width=\"13.2\""), 1);
    assert_int_equal(svg_count(d.svg, "stroke-width=\"1.2\""), 1);
    assert_int_equal(svg_count(d.svg, "class=\"arc planned\""), 1);
    for (size_t i = 0; i < COUNT(items); i++)
        assert_int_equal(svg_count(d.svg, str_z(&d.arena, items[i].label)), 1);
    done(&d);
}

static void a_school_that_two_support_is_named_once(void **state) {
    (void)state;
    static const struct arc items[] = {{0, 0, S("1 day"), 100, false}, {1, 0, S("1 day"), 100, false}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct drawn d;
    arcs.from_count = 2;
    arcs.to_count = 1;
    draw(&d, &arcs);
    assert_int_equal(svg_count(d.svg, "Lock End"), 1);
    done(&d);
}

static void names_stand_in_the_order_of_their_lines(void **state) {
    (void)state;
    static const struct arc items[] = {
        {0, 2, S("1 day"), 100, false}, {1, 1, S("1 day"), 100, false}, {2, 0, S("1 day"), 100, false}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct ends line[8];
    struct drawn d;
    draw(&d, &arcs);
    assert_int_equal(lines(d.svg, line, 8), 3);
    for (size_t i = 1; i < 3; i++)
        assert_true(line[i].y1 > line[i - 1].y1); /* no two cross */
    done(&d);
}

static void of_two_names_with_the_same_middle_the_first_stays_first(void **state) {
    (void)state;
    static const struct arc items[] = {{0, 0, S("1 day"), 100, false},
                                       {0, 1, S("1 day"), 100, false},
                                       {0, 1, S("1 day"), 100, false},
                                       {0, 0, S("1 day"), 100, false}};
    struct arcs arcs = arcs_of(items, COUNT(items));
    struct ends line[8];
    struct drawn d;
    draw(&d, &arcs);
    assert_int_equal(lines(d.svg, line, 8), 4);
    assert_true(line[0].y1 < line[1].y1 && line[3].y1 < line[1].y1);
    done(&d);
}

static void what_is_nothing_or_too_much_is_not_drawn(void **state) {
    (void)state;
    struct arc items[ARCS_MOST + 1];
    for (size_t i = 0; i <= ARCS_MOST; i++)
        items[i] = (struct arc){0, 0, STR("1 day"), 100, false};
    struct arcs arcs = arcs_of(items, 0);
    struct drawn d;
    static const struct {
        size_t count;
        bool any;
    } cases[] = {{0, false}, {ARCS_MOST, true}, {ARCS_MOST + 1, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        arcs.count = cases[i].count;
        draw(&d, &arcs);
        assert_int_equal(d.any, cases[i].any);
        assert_int_equal(d.svg.len > 0, cases[i].any);
        done(&d);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_covers_a_name_and_all_of_it_is_in_the_picture),
        cmocka_unit_test(each_line_begins_at_its_words_and_ends_in_an_arrow_of_its_own),
        cmocka_unit_test(a_line_is_as_thick_as_its_days_and_words_say_them),
        cmocka_unit_test(a_school_that_two_support_is_named_once),
        cmocka_unit_test(names_stand_in_the_order_of_their_lines),
        cmocka_unit_test(of_two_names_with_the_same_middle_the_first_stays_first),
        cmocka_unit_test(what_is_nothing_or_too_much_is_not_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
