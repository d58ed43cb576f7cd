/* SPDX-License-Identifier: MIT */
/* test_str.c: views, names, orders and nearness. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "random.h"
#include "text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Pieces of names, with what is hard in them. */
static const char *const pieces[] = {"a",  "B",  "St", " ",  "-",  "'",  "’", "é", "Æ", "ß", "ł", "1",
                                     "02", "10", "&",  "--", "\t", "学", "𝄞", ".", "z", "Z", "0"};

/* ---- views ---- */

static void no_string_is_the_empty_string(void **state) {
    (void)state;
    struct str none = {0};
    assert_int_equal(str_from(NULL).len, 0);
    assert_true(str_eq(none, STR("")));
    assert_int_equal(str_cmp(none, STR("")), 0);
    assert_true(str_cmp(none, STR("a")) < 0);
    assert_int_equal(str_find(none, 'a', 0), 0);
    assert_true(str_starts(none, none) && str_ends(none, none) && str_has(none, none));
    assert_false(str_has(none, STR("a")));
    assert_int_equal(str_trim(none).len, 0);
    assert_int_equal(str_count(none), 0);
    assert_int_equal(str_utf8_bad(none), 0);
}

static void parts_of_a_string_stay_within_it(void **state) {
    (void)state;
    struct str s = STR("abc");
    assert_text(str_sub(s, 0, 3), "abc");
    assert_text(str_sub(s, 1, 2), "b");
    assert_text(str_sub(s, 1, 99), "bc");
    assert_text(str_sub(s, 3, 99), "");
    assert_text(str_sub(s, 99, 100), "");
    assert_text(str_sub(s, 2, 1), "");
    assert_int_equal(str_find(s, 'c', 0), 2);
    assert_int_equal(str_find(s, 'a', 1), 3);
    assert_int_equal(str_find(s, 'a', 99), 3);
    assert_text(str_trim(STR(" \t a b \r\n")), "a b");
    assert_text(str_trim(STR(" \n ")), "");
    assert_true(str_starts(s, STR("ab")) && str_ends(s, STR("bc")) && str_has(s, STR("b")));
    assert_false(str_starts(s, STR("abcd")) || str_ends(s, STR("zabc")) || str_has(s, STR("ac")));
}

static void cutting_gives_every_part_once(void **state) {
    (void)state;
    struct str part, rest = STR("a,,b,");
    const char *parts[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_cut(&rest, ',', &part));
        assert_text(part, parts[i]);
    }
    assert_false(str_cut(&rest, ',', &part));
    rest = STR("");
    assert_true(str_cut(&rest, ',', &part));
    assert_text(part, "");
    assert_false(str_cut(&rest, ',', &part));
}

static void comparing_is_by_bytes(void **state) {
    (void)state;
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_true(str_cmp(STR("\xC3\xA9"), STR("z")) > 0);
    assert_true(str_eq_fold(STR("St MARY"), STR("st mary")));
    assert_false(str_eq_fold(STR("é"), STR("É")));
    assert_false(str_eq_fold(STR("["), STR("{"))); /* 32 apart, and no letters */
    assert_false(str_eq_fold(STR("@"), STR("`")));
}

static void copies_are_their_own(void **state) {
    (void)state;
    struct arena a = {0};
    char bytes[] = "abc";
    struct str copy = str_copy(&a, str_from(bytes));
    char *z = str_z(&a, str_from(bytes));
    bytes[0] = 'x';
    assert_text(copy, "abc");
    assert_string_equal(z, "abc");
    assert_text(str_join(&a, STR("a"), (struct str){0}, STR("b"), STR("")), "ab");
    assert_text(str_whole(&a, LLONG_MIN), "-9223372036854775808");
    arena_release(&a);
}

static void a_capital_is_made_of_a_first_letter_of_ascii(void **state) {
    (void)state;
    struct arena a = {0};
    assert_text(str_capital(&a, STR("half-termly")), "Half-termly");
    assert_text(str_capital(&a, STR("éa")), "éa");
    assert_text(str_capital(&a, STR("")), "");
    arena_release(&a);
}

static void small_letters_are_made_of_ascii_alone(void **state) {
    (void)state;
    struct arena a = {0};
    assert_text(str_lower(&a, STR("Schools/ASHDOWN.yaml")), "schools/ashdown.yaml");
    assert_text(str_lower(&a, STR("ÉA")), "Éa");
    struct str small = STR("as it is");
    assert_ptr_equal(str_lower(&a, small).at, small.at);
    arena_release(&a);
}

/* ---- UTF-8 ---- */

static void malformed_utf8_is_found_where_it_stands(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"abc", 3},
        {"\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xEF\xBF\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF", 23},
        {"a\x80", 1}, /* a tail alone */
        {"a\xC3", 1}, /* cut short */
        {"a\xE2\x82", 1},
        {"a\xF0\x9D\x84", 1},
        {"\xC0\xAF", 0}, /* longer than it need be */
        {"\xC1\xBF", 0},
        {"\xE0\x9F\xBF", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xED\xA0\x80", 0}, /* a surrogate */
        {"\xED\x9F\xBF", 3},
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
        {"é\xC3(", 2},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (str_utf8_bad(str_from(cases[i].text)) != cases[i].bad)
            fail_msg("case %zu: %zu", i, str_utf8_bad(str_from(cases[i].text)));
}

static void code_points_are_counted(void **state) {
    (void)state;
    assert_int_equal(str_count(STR("Café 学𝄞")), 7);
    size_t at = 0;
    struct str s = STR("é学𝄞");
    assert_int_equal(str_next(s, &at), 0xE9);
    assert_int_equal(str_next(s, &at), 0x5B66);
    assert_int_equal(str_next(s, &at), 0x1D11E);
    assert_int_equal(at, s.len);
}

/* Bytes that are not UTF-8 (a file may have such a name) are stepped over without reading past the end. */
static void reading_on_always_ends(void **state) {
    (void)state;
    struct random r = {1};
    struct arena a = {0};
    for (size_t n = 0; n < 3000; n++) {
        size_t len = random_below(&r, 12);
        char *bytes = arena_alloc(&a, len, 1);
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)random_next(&r);
        struct str s = {bytes, len};
        for (size_t at = 0, before; at < len;) {
            before = at;
            str_next(s, &at);
            assert_true(at > before && at <= len);
        }
        struct str slug = str_slug(&a, s);
        assert_true(!slug.len || str_is_slug(slug));
        str_collate(s, slug);
    }
    arena_release(&a);
}

/* ---- names ---- */

static void slugs_are_what_an_address_can_hold(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"St Mary's, Café", "st-marys-cafe"},
        {"St Mary’s", "st-marys"},
        {"  Two   words  ", "two-words"},
        {"14 Acres", "14-acres"},
        {"Ægir & Øst", "aegir-ost"},
        {"Straße", "strasse"},
        {"Łódź Þór", "lodz-thor"},
        {"A/B_C.D", "a-b-c-d"},
        {"学校", ""},
        {"--", ""},
        {"", ""},
        {"ŉ ĸ ſ", "n-k-s"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_text(str_slug(&a, str_from(cases[i][0])), cases[i][1]);
    arena_release(&a);
}

static void only_slugs_are_slugs(void **state) {
    (void)state;
    static const char *const right[] = {"a", "a-b", "14-acres", "2026", "st-marys-cafe"};
    static const char *const wrong[] = {"",    "-",   "-a", "a-",  "a--b", "A",
                                        "a b", "a_b", "é",  "a.b", "../a", "a/b"};
    for (size_t i = 0; i < COUNT(right); i++)
        assert_true(str_is_slug(str_from(right[i])));
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (str_is_slug(str_from(wrong[i])))
            fail_msg("\"%s\"", wrong[i]);
}

static void a_slug_of_anything_is_a_slug_and_stays_itself(void **state) {
    (void)state;
    struct random r = {7};
    struct arena a = {0};
    for (size_t i = 0; i < 20000; i++) {
        struct arena_mark mark = arena_mark(&a);
        struct str slug = str_slug(&a, random_text(&r, &a, pieces, COUNT(pieces), 8));
        if (slug.len && (!str_is_slug(slug) || !str_eq(str_slug(&a, slug), slug)))
            fail_msg("\"" STR_FMT "\"", STR_ARG(slug));
        arena_rewind(&a, mark);
    }
    arena_release(&a);
}

/* ---- the order of a directory ---- */

static void names_stand_as_in_a_british_directory(void **state) {
    (void)state;
    static const char *const ordered[] = {
        "2 Acres",    "14 Acres",  "A Academy",   "Abbey",
        "Æbler",      "Aeschylus", "Alder Grove", "Alder Grove Infants",
        "Aldergrove", "Éclair",    "Eden",        "Ōtani",
        "Oxford",     "St Mary",   "St Mary’s",   "St Marys Road",
        "Year 2",     "Year 10",
    };
    struct str last = {0};
    for (size_t i = 0; i < COUNT(ordered); i++) {
        struct str s = str_from(ordered[i]);
        if (i && str_collate(last, s) >= 0)
            fail_msg("\"%s\" comes before \"%s\"", ordered[i], ordered[i - 1]);
        last = s;
    }
}

static void only_the_same_bytes_are_the_same(void **state) {
    (void)state;
    assert_int_equal(str_collate(STR("Eden"), STR("Eden")), 0);
    assert_true(str_collate(STR("Eden"), STR("eden")) != 0);
    assert_true(str_collate(STR("Éden"), STR("Eden")) != 0);
    assert_true(str_collate(STR("Æ"), STR("Ae")) != 0);
}

/* Sorting relies on it: a total order. */
static void the_order_is_total(void **state) {
    (void)state;
    struct random r = {42};
    struct arena a = {0};
    for (size_t i = 0; i < 20000; i++) {
        struct arena_mark mark = arena_mark(&a);
        struct str x = random_text(&r, &a, pieces, COUNT(pieces), 4);
        struct str y = random_text(&r, &a, pieces, COUNT(pieces), 4);
        struct str z = random_text(&r, &a, pieces, COUNT(pieces), 4);
        int xy = str_collate(x, y), yx = str_collate(y, x), yz = str_collate(y, z), xz = str_collate(x, z);
        if (xy != -yx || (xy == 0) != str_eq(x, y) || (xy <= 0 && yz <= 0 && xz > 0))
            fail_msg("\"" STR_FMT "\" \"" STR_FMT "\" \"" STR_FMT "\"", STR_ARG(x), STR_ARG(y), STR_ARG(z));
        arena_rewind(&a, mark);
    }
    arena_release(&a);
}

/* ---- "did you mean" ---- */

static void slips_of_the_pen_count_one_each(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        size_t d;
    } cases[] = {
        {"phase", "phase", 0}, {"phase", "Phase", 0}, {"phase", "phse", 1}, {"phase", "phasee", 1},
        {"phase", "phaze", 1}, {"phase", "pahse", 1}, {"", "abc", 3},       {"kitten", "sitting", 3},
        {"ab", "ba", 1},       {"ca", "abc", 3},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str a = str_from(cases[i].a), b = str_from(cases[i].b);
        assert_int_equal(str_distance(a, b, 10), cases[i].d);
        assert_int_equal(str_distance(b, a, 10), cases[i].d);
        if (cases[i].d)
            assert_int_equal(str_distance(a, b, cases[i].d - 1), SIZE_MAX);
    }
}

static void long_texts_are_no_slips(void **state) {
    (void)state;
    char text[66];
    memset(text, 'a', sizeof(text));
    struct str most = {text, 64}, more = {text, 65};
    assert_int_equal(str_distance(most, most, 0), 0);
    assert_int_equal(str_distance(more, more, 0), SIZE_MAX);
    assert_int_equal(str_distance(STR("a"), more, 100), SIZE_MAX);
}

static void the_nearest_is_found_or_none(void **state) {
    (void)state;
    const struct str names[] = {STR("phase"), STR("pupils"), STR("address"), STR("name")};
    assert_text(str_nearest(STR("adress"), names, 4), "address");
    assert_text(str_nearest(STR("nmae"), names, 4), "name");
    assert_text(str_nearest(STR("PHASE"), names, 4), "phase");
    assert_text(str_nearest(STR("headteacher"), names, 4), "");
    assert_text(str_nearest(STR("x"), names, 4), "");
    assert_text(str_nearest(STR("x"), NULL, 0), "");
}

static void a_list_has_and_before_its_last(void **state) {
    (void)state;
    struct arena a = {0};
    const struct str names[] = {STR("Ash"), STR("Birch"), STR("Cedar")};
    assert_text(str_listed(&a, names, 0), "");
    assert_text(str_listed(&a, names, 1), "Ash");
    assert_text(str_listed(&a, names, 2), "Ash and Birch");
    assert_text(str_listed(&a, names, 3), "Ash, Birch and Cedar");
    arena_release(&a);
}

static void what_is_counted_has_commas_and_its_number(void **state) {
    (void)state;
    struct arena a = {0};
    assert_text(str_counted(&a, 0, "page", "pages"), "0 pages");
    assert_text(str_counted(&a, 1, "page", "pages"), "1 page");
    assert_text(str_counted(&a, 12345, "page that goes", "pages that go"), "12,345 pages that go");
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_string_is_the_empty_string),
        cmocka_unit_test(parts_of_a_string_stay_within_it),
        cmocka_unit_test(cutting_gives_every_part_once),
        cmocka_unit_test(comparing_is_by_bytes),
        cmocka_unit_test(copies_are_their_own),
        cmocka_unit_test(a_capital_is_made_of_a_first_letter_of_ascii),
        cmocka_unit_test(small_letters_are_made_of_ascii_alone),
        cmocka_unit_test(malformed_utf8_is_found_where_it_stands),
        cmocka_unit_test(code_points_are_counted),
        cmocka_unit_test(reading_on_always_ends),
        cmocka_unit_test(slugs_are_what_an_address_can_hold),
        cmocka_unit_test(only_slugs_are_slugs),
        cmocka_unit_test(a_slug_of_anything_is_a_slug_and_stays_itself),
        cmocka_unit_test(names_stand_as_in_a_british_directory),
        cmocka_unit_test(only_the_same_bytes_are_the_same),
        cmocka_unit_test(the_order_is_total),
        cmocka_unit_test(slips_of_the_pen_count_one_each),
        cmocka_unit_test(long_texts_are_no_slips),
        cmocka_unit_test(the_nearest_is_found_or_none),
        cmocka_unit_test(a_list_has_and_before_its_last),
        cmocka_unit_test(what_is_counted_has_commas_and_its_number),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
