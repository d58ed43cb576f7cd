/* SPDX-License-Identifier: MIT */
/* test_brand.c: whatever colour a council has, its pages can be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/brand.h"
#include "random.h"

/* Pairs whose contrast is published, in hundredths. */
static void contrast_is_that_of_wcag(void **state) {
    (void)state;
    static const struct {
        uint32_t a, b;
        unsigned contrast;
    } cases[] = {
        {0x000000, 0xFFFFFF, 2100}, {0xFFFFFF, 0xFFFFFF, 100}, {0x777777, 0xFFFFFF, 447},
        {0x767676, 0xFFFFFF, 454},  {0xFF0000, 0xFFFFFF, 399}, {0x0000FF, 0xFFFFFF, 859},
        {0x00FF00, 0xFFFFFF, 137},  {0xFFFF00, 0xFFFFFF, 107}, {0xFFFF00, 0x000000, 1955},
        {0x808080, 0x000000, 531},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unsigned c = brand_contrast(cases[i].a, cases[i].b);
        if (c + 1 < cases[i].contrast || c > cases[i].contrast + 1)
            fail_msg("%06x on %06x: %u", cases[i].a, cases[i].b, c);
        assert_int_equal(c, brand_contrast(cases[i].b, cases[i].a));
    }
}

struct colours {
    uint32_t brand, dark;
    bool changed;
};

static uint32_t colour_after(struct str css, const char *name) {
    struct str rest = css, needle = str_from(name);
    while (rest.len && !str_starts(rest, needle))
        rest = str_sub(rest, 1, rest.len);
    assert_true(rest.len >= needle.len + 7);
    uint32_t c = 0;
    for (size_t i = needle.len + 1; i < needle.len + 7; i++) {
        char d = rest.at[i];
        assert_true((d >= '0' && d <= '9') || (d >= 'a' && d <= 'f'));
        c = c << 4 | (uint32_t)(d <= '9' ? d - '0' : d - 'a' + 10);
    }
    return c;
}

static struct colours css_of(const char *colour) {
    struct arena a = {0};
    struct buf out = {.arena = &a};
    brand_css(&out, str_from(colour));
    struct colours c = {colour_after(buf_str(&out), "--brand: "),
                        colour_after(buf_str(&out), "--brand-dark: "),
                        str_has(buf_str(&out), STR("darkened"))};
    arena_release(&a);
    return c;
}

static void a_colour_that_can_be_read_stays(void **state) {
    (void)state;
    assert_int_equal(css_of("#0b5351").brand, 0x0B5351);
    assert_int_equal(css_of("#0B5351").brand, 0x0B5351);
    assert_int_equal(css_of("#000000").brand, 0);
    assert_false(css_of("#0b5351").changed);
}

static void no_colour_is_the_programs_own(void **state) {
    (void)state;
    struct colours own = css_of(BRAND_DEFAULT), none = css_of("");
    assert_int_equal(own.brand, none.brand);
    assert_int_equal(own.dark, none.dark);
}

static void yellow_is_darkened_and_says_so(void **state) {
    (void)state;
    struct colours c = css_of("#ffd700");
    assert_true(c.changed);
    assert_true(c.brand != 0xFFD700);
    assert_true(brand_contrast(c.brand, 0xFFFFFF) >= 450);
    assert_true(brand_contrast(c.brand, 0xFFFFFF) < 600);   /* and no more than it must be */
    assert_true((c.brand >> 16 & 0xFF) > (c.brand & 0xFF)); /* still a yellow, not a grey */
}

static void any_colour_can_be_read_on_its_grounds(void **state) {
    (void)state;
    struct random r = {17};
    struct arena a = {0};
    for (int i = 0; i < 2000; i++) {
        struct buf colour = {.arena = &a};
        buf_printf(&colour, "#%06x", (unsigned)(random_next(&r) & 0xFFFFFF));
        buf_byte(&colour, '\0');
        struct colours c = css_of(colour.at);
        if (brand_contrast(c.brand, 0xFFFFFF) < 450 || brand_contrast(c.brand, 0xF3F5F1) < 450 ||
            brand_contrast(c.dark, 0x111817) < 700 || brand_contrast(c.dark, 0x1A2422) < 700)
            fail_msg("%s", colour.at);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(a_colour_that_can_be_read_stays),
        cmocka_unit_test(no_colour_is_the_programs_own),
        cmocka_unit_test(yellow_is_darkened_and_says_so),
        cmocka_unit_test(any_colour_can_be_read_on_its_grounds),
    };
    return cmocka_run_group_tests_name("brand", tests, NULL, NULL);
}
