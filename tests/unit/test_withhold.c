/* SPDX-License-Identifier: MIT */
/* test_withhold.c: small counts cannot be worked out: all tables up to a size, each with all that are published alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/withhold.h"

#define CELLS_MAX 5
#define HIDDEN 255

/* What a reader sees of a table: each cell, or HIDDEN; and the values that a cell takes in tables that look the same. */
struct publication {
    unsigned char seen[CELLS_MAX];
    unsigned char takes[CELLS_MAX]; /* bit v - 1: the value v, of 1 to 5 */
    bool used;
};

struct reader {
    struct publication *items;
    size_t room;
    size_t cells;
};

static struct publication *find(struct reader *r, const unsigned char *seen) {
    size_t at = 0;
    for (size_t i = 0; i < r->cells; i++)
        at = at * 251 + seen[i];
    while (r->items[at % r->room].used && memcmp(r->items[at % r->room].seen, seen, CELLS_MAX) != 0)
        at++;
    struct publication *p = &r->items[at % r->room];
    memcpy(p->seen, seen, CELLS_MAX);
    p->used = true;
    return p;
}

static void publish(struct reader *r, const size_t *cells) {
    unsigned char seen[CELLS_MAX] = {0};
    bool withheld[CELLS_MAX];
    withhold(cells, r->cells, withheld);
    for (size_t i = 0; i < r->cells; i++) {
        if (!withheld[i] && cells[i] >= 1 && cells[i] <= WITHHOLD_MAX)
            fail_msg("a count of %zu is told", cells[i]);
        seen[i] = withheld[i] ? HIDDEN : (unsigned char)cells[i];
    }
    struct publication *p = find(r, seen);
    for (size_t i = 0; i < r->cells; i++)
        if (cells[i] >= 1 && cells[i] <= WITHHOLD_MAX)
            p->takes[i] |= (unsigned char)(1u << (cells[i] - 1));
}

static void publish_all(struct reader *r, size_t *cells, size_t at, size_t left) {
    if (at + 1 == r->cells) {
        cells[at] = left;
        publish(r, cells);
        return;
    }
    for (size_t n = 0; n <= left; n++) {
        cells[at] = n;
        publish_all(r, cells, at + 1, left - n);
    }
}

static void check_total(size_t cell_count, size_t total) {
    size_t cells[CELLS_MAX] = {0};
    struct reader r = {calloc(1 << 18, sizeof(struct publication)), 1 << 18, cell_count};
    assert_non_null(r.items);
    publish_all(&r, cells, 0, total);
    for (size_t i = 0; i < r.room; i++)
        for (size_t j = 0; r.items[i].used && j < cell_count; j++)
            if (r.items[i].seen[j] == HIDDEN && r.items[i].takes[j] != 31)
                fail_msg("%zu in %zu cells: cell %zu can only be %x", total, cell_count, j,
                         r.items[i].takes[j]);
    free(r.items);
}

static void each_withheld_count_may_be_any_from_1_to_5(void **state) {
    (void)state;
    static const size_t totals[] = {[2] = 130, [3] = 64, [4] = 40, [5] = 26};
    for (size_t cells = 2; cells <= CELLS_MAX; cells++)
        for (size_t total = WITHHOLD_MAX; total <= totals[cells]; total++)
            check_total(cells, total);
}

/* As "7 w w": what is told of the cells, the last of which is followed by SIZE_MAX. */
static void tells(const size_t *cells, const char *expected) {
    char said[64] = "";
    bool withheld[8];
    size_t n = 0;
    while (cells[n] != SIZE_MAX)
        n++;
    withhold(cells, n, withheld);
    for (size_t i = 0; i < n; i++)
        sprintf(said + strlen(said), withheld[i] ? "%sw" : "%s%zu", i ? " " : "", cells[i]);
    assert_string_equal(said, expected);
}
#define TELLS(expected, ...) tells((const size_t[]){__VA_ARGS__, SIZE_MAX}, expected)

static void without_a_small_count_all_are_told_zeros_too(void **state) {
    (void)state;
    TELLS("0 6 20", 0, 6, 20);
    TELLS("0 0 0", 0, 0, 0);
    TELLS("30", 30);
}

static void small_counts_that_hide_each_other_leave_the_rest_alone(void **state) {
    (void)state;
    TELLS("w w 20 31", 3, 2, 20, 31);
    TELLS("w w w 20", 3, 2, 0, 20);
    TELLS("w w 20", 5, 1, 20); /* 6: neither can be worked out */
}

static void others_are_withheld_as_far_as_it_takes(void **state) {
    (void)state;
    TELLS("w w 20 31", 3, 8, 20, 31);  /* alone the first would be the rest of the total */
    TELLS("w 40 w 31", 4, 40, 18, 31); /* nothing lies up to 11 beside it */
    TELLS("w w w 60", 1, 1, 20, 60);   /* together they are 2: each is 1, or one is 2 */
    TELLS("w w w 60", 5, 5, 11, 60);   /* together they are 10: each is 5 */
    TELLS("w w 30 30 30", 2, 9, 30, 30, 30);
    TELLS("w w w w w", 2, 11, 30, 30, 30); /* the second would have to be 12 where the first is 1 */
}

static void where_nothing_else_helps_all_are_withheld(void **state) {
    (void)state;
    TELLS("w w", 1, 400);
    TELLS("w w w", 1, 0, 1);
    TELLS("w", 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_withheld_count_may_be_any_from_1_to_5),
        cmocka_unit_test(without_a_small_count_all_are_told_zeros_too),
        cmocka_unit_test(small_counts_that_hide_each_other_leave_the_rest_alone),
        cmocka_unit_test(others_are_withheld_as_far_as_it_takes),
        cmocka_unit_test(where_nothing_else_helps_all_are_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
