/* SPDX-License-Identifier: MIT */
/* test_quantity.c: amounts, what they come to, and their totals in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/quantity.h"
#include "text.h"
#include "text/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct fixture {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct value root;
    struct vocabulary vocabulary;
};

static void setup(struct fixture *f) {
    *f = (struct fixture){
        .source = {STR("framework.yaml"), STR("units: [visit, report, day, enquiry, bus, link "
                                              "officer]\ncalendar: {terms: 3, half-terms: 6}\n")}};
    f->diags.arena = &f->arena;
    assert_true(yaml_read(&f->arena, &f->source, 0, f->source.text.len, &f->diags, &f->root));
    vocabulary_read(&f->arena, &f->root, &f->vocabulary, &f->diags);
    assert_int_equal(f->diags.count, 0);
}

static struct quantity type_of(struct fixture *f, const char *phrase) {
    struct quantity q = {0};
    if (*phrase && !quantity_type_parse(&f->vocabulary, &f->arena, str_from(phrase), &q))
        fail_msg("\"%s\" is no type", phrase);
    return q;
}

static struct quantity amount(struct fixture *f, const char *type, const char *text) {
    struct quantity of = type_of(f, type), q;
    if (!quantity_parse(&f->vocabulary, &f->arena, &of, str_from(text), place_at(&f->source, 0), &q,
                        &f->diags))
        fail_msg("\"%s\" is no amount", text);
    return q;
}

/* ---- types ---- */

static void a_type_is_a_unit_and_mostly_a_period(void **state) {
    (void)state;
    static const struct {
        const char *phrase, *unit;
        enum period period;
    } cases[] = {
        {"visits a year", "visit", PERIOD_YEAR},
        {"reports", "report", PERIOD_NONE},
        {"Days a week", "day", PERIOD_WEEK},
        {"visits per half-term", "visit", PERIOD_HALF_TERM},
        {"enquiries a month", "enquiry", PERIOD_MONTH},
        {"buses a day", "bus", PERIOD_DAY},
        {"link officers a term", "link officer", PERIOD_TERM},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity q = type_of(&f, cases[i].phrase);
        assert_text(q.unit, cases[i].unit);
        assert_int_equal(q.period, cases[i].period);
    }
    arena_release(&f.arena);
}

static void other_words_are_no_type(void **state) {
    (void)state;
    static const char *const cases[] = {
        "", "text", "meetings a year", "visits a decade", "visits a year or so", "9 visits"};
    struct fixture f;
    setup(&f);
    struct quantity q;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (quantity_type_parse(&f.vocabulary, &f.arena, str_from(cases[i]), &q))
            fail_msg("\"%s\" was taken for a type", cases[i]);
    arena_release(&f.arena);
}

/* ---- amounts ---- */

static void amounts_are_read_and_turned_into_the_period_of_their_type(void **state) {
    (void)state;
    static const struct {
        const char *type, *text;
        enum quantity_shape shape;
        const char *low, *high; /* in the period of the type */
    } cases[] = {
        {"visits a year", "9", QUANTITY_NUMBER, "9", "9"},
        {"visits a year", "3 to 6", QUANTITY_NUMBER, "3", "6"},
        {"visits a year", "up to 3", QUANTITY_UP_TO, "0", "3"},
        {"visits a year", "at least 1 a term", QUANTITY_AT_LEAST, "3", "3"},
        {"visits a year", "Termly", QUANTITY_NUMBER, "3", "3"},
        {"visits a year", "half-termly", QUANTITY_NUMBER, "6", "6"},
        {"visits a term", "half-termly", QUANTITY_NUMBER, "2", "2"},
        {"visits a year", "2 visits a month", QUANTITY_NUMBER, "24", "24"},
        {"visits", "3 to 6 a year", QUANTITY_NUMBER, "3", "6"},
        {"days a year", "0.5", QUANTITY_NUMBER, "0.5", "0.5"},
        {"days",
         "\xe2\x88\x92"
         "1",
         QUANTITY_NUMBER, "-1", "-1"},
        {"visits a year", "none", QUANTITY_NONE, "0", "0"},
        {"visits a year", "Not stated", QUANTITY_NOT_STATED, "0", "0"},
        {"visits a year", "to be agreed", QUANTITY_TO_BE_AGREED, "0", "0"},
        {"visits a year", "to be confirmed", QUANTITY_TO_BE_CONFIRMED, "0", "0"},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity q = amount(&f, cases[i].type, cases[i].text);
        struct buf low = {.arena = &f.arena}, high = {.arena = &f.arena};
        decimal_print(&low, q.total_low);
        decimal_print(&high, q.total_high);
        assert_int_equal(q.shape, cases[i].shape);
        assert_text(buf_str(&low), cases[i].low);
        assert_text(buf_str(&high), cases[i].high);
        assert_text(q.text, cases[i].text);
    }
    assert_int_equal(f.diags.count, 0);
    arena_release(&f.arena);
}

static void what_is_no_amount_is_left_to_others(void **state) {
    (void)state;
    static const char *const cases[] = {"",
                                        "often",
                                        "6 to 3",
                                        "at least 3 to 6",
                                        "up to 3 to 6",
                                        "1,000",
                                        "3 to",
                                        "9 visits a year or so",
                                        "none at all"};
    struct fixture f;
    setup(&f);
    struct quantity type = type_of(&f, "visits a year"), q;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (quantity_parse(&f.vocabulary, &f.arena, &type, str_from(cases[i]), (struct place){0}, &q,
                           &f.diags))
            fail_msg("\"%s\" was taken for an amount", cases[i]);
    assert_int_equal(f.diags.count, 0);
    arena_release(&f.arena);
}

static void another_unit_and_a_period_that_does_not_convert_are_errors(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    amount(&f, "visits a year", "2 days");
    assert_int_equal(f.diags.count, 1);
    assert_int_equal(f.diags.items[0].id, DIAG_QUANTITY_UNIT);
    amount(&f, "visits a year", "2 a week");
    assert_int_equal(f.diags.count, 2);
    assert_int_equal(f.diags.items[1].id, DIAG_QUANTITY_PERIOD);
    arena_release(&f.arena);
}

static void amounts_come_to_so_many_a_year(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct calendar calendar = vocabulary_calendar(&f.vocabulary);
    struct decimal low, high;
    bool open;
    struct quantity q = amount(&f, "", "at least 1 a term");
    assert_true(quantity_per_year(&q, calendar, &low, &high, &open));
    assert_true(open);
    assert_int_equal(decimal_cmp(low, decimal_whole(3)), 0);
    q = amount(&f, "", "1 to 2 a half-term");
    assert_true(quantity_per_year(&q, calendar, &low, &high, &open));
    assert_false(open);
    assert_int_equal(decimal_cmp(low, decimal_whole(6)), 0);
    assert_int_equal(decimal_cmp(high, decimal_whole(12)), 0);
    q = amount(&f, "", "3");
    assert_false(quantity_per_year(&q, calendar, &low, &high, &open));
    q = amount(&f, "visits a year", "none");
    assert_false(quantity_per_year(&q, calendar, &low, &high, &open));
    arena_release(&f.arena);
}

/* ---- totals and candidates ---- */

static void sums_add_up(void **state) {
    (void)state;
    static const struct {
        const char *amounts[4];
        const char *total;
    } cases[] = {
        {{"2", "to be agreed", "6"}, "8 plus 1 to be agreed"},        /* */
        {{"2", "none", "6"}, "8"},                                    /* */
        {{"2", "6 to 9", "not stated"}, "8 to 11 plus 1 not stated"}, /* */
        {{"termly", "half-termly"}, "9"},
        {{"at least 1 a term", "2"}, "at least 5"},
        {{"up to 3"}, "0 to 3"},
        {{"none", "none"}, "none"},
        {{"not stated", "to be confirmed", "not stated"}, "2 not stated plus 1 to be confirmed"},
        {{0}, "none"},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity_sum sum = {0};
        for (size_t j = 0; j < 4 && cases[i].amounts[j]; j++) {
            struct quantity q = amount(&f, "visits a year", cases[i].amounts[j]);
            quantity_add_candidates(&sum, &q, 1);
        }
        struct buf out = {.arena = &f.arena};
        quantity_sum_print(&out, &sum);
        assert_text(buf_str(&out), cases[i].total);
    }
    arena_release(&f.arena);
}

static size_t amounts(struct fixture *f, const char *const *texts, struct quantity *out) {
    size_t n = 0;
    for (; n < 5 && texts[n]; n++)
        out[n] = amount(f, "visits a year", texts[n]);
    return n;
}

static void candidates_add_the_least_and_the_most_that_they_may_be(void **state) {
    (void)state;
    static const struct {
        const char *amounts[5];
        const char *total; /* beside 9 that are certain */
    } cases[] = {
        {{"6", "9"}, "15 to 18"},
        {{"none", "3"}, "9 to 12"},
        {{"none", "none"}, "9"},
        {{"6", "to be agreed"}, "15 plus 1 to be agreed"},
        {{"6", "at least 7"}, "at least 15"},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity_sum sum = {0};
        struct quantity nine = amount(&f, "visits a year", "9"), q[5];
        quantity_add_candidates(&sum, &nine, 1);
        quantity_add_candidates(&sum, q, amounts(&f, cases[i].amounts, q));
        struct buf out = {.arena = &f.arena};
        quantity_sum_print(&out, &sum);
        assert_text(buf_str(&out), cases[i].total);
    }
    arena_release(&f.arena);
}

static void two_candidates_are_named_and_more_are_a_range(void **state) {
    (void)state;
    static const struct {
        const char *amounts[5];
        const char *words;
    } cases[] = {
        {{"9"}, "9"},
        {{"6", "9"}, "6 or 9"},
        {{"6", "9", "6"}, "6 or 9"},
        {{"2", "4", "6", "9"}, "2 to 9"},
        {{"termly", "half-termly"}, "termly or half-termly"},
        {{"none", "termly", "half-termly"}, "none, termly or half-termly"},
        {{"1", "to be agreed"}, "1 or to be agreed"},
        {{"2", "4", "none", "9"}, "none or 2 to 9"},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity q[5];
        struct buf out = {.arena = &f.arena};
        quantity_candidates_print(&out, q, amounts(&f, cases[i].amounts, q));
        assert_text(buf_str(&out), cases[i].words);
    }
    arena_release(&f.arena);
}

static void amounts_stand_with_the_unit_of_their_type(void **state) {
    (void)state;
    static const struct {
        const char *type, *amounts[4], *words;
    } cases[] = {
        {"visits a year", {"3"}, "3 visits a year"},
        {"visits a year", {"1"}, "1 visit a year"},
        {"visits a year", {"1.0"}, "1.0 visit a year"},
        {"visits a year", {"up to 1"}, "up to 1 visit a year"},
        {"visits a year", {"at least 1"}, "at least 1 visit a year"},
        {"visits a year", {"1", "2"}, "1 or 2 visits a year"},
        {"visits a year", {"0 to 1"}, "0 to 1 visits a year"},
        {"days", {"0.5"}, "0.5 days"},
        {"days", {"1"}, "1 day"},
        {"enquiries", {"1"}, "1 enquiry"},
        {"visits a year", {"1 a term"}, "1 a term"},
        {"visits a year", {"half-termly"}, "half-termly"},
        {"visits a year", {"1", "termly"}, "1 or termly"},
    };
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct quantity type = type_of(&f, cases[i].type), q[4];
        struct buf out = {.arena = &f.arena};
        size_t n = 0;
        for (; n < 4 && cases[i].amounts[n]; n++)
            q[n] = amount(&f, cases[i].type, cases[i].amounts[n]);
        quantity_print(&out, &type, q, n);
        assert_text(buf_str(&out), cases[i].words);
    }
    arena_release(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_stand_with_the_unit_of_their_type),
        cmocka_unit_test(a_type_is_a_unit_and_mostly_a_period),
        cmocka_unit_test(other_words_are_no_type),
        cmocka_unit_test(amounts_are_read_and_turned_into_the_period_of_their_type),
        cmocka_unit_test(what_is_no_amount_is_left_to_others),
        cmocka_unit_test(another_unit_and_a_period_that_does_not_convert_are_errors),
        cmocka_unit_test(amounts_come_to_so_many_a_year),
        cmocka_unit_test(sums_add_up),
        cmocka_unit_test(candidates_add_the_least_and_the_most_that_they_may_be),
        cmocka_unit_test(two_candidates_are_named_and_more_are_a_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
