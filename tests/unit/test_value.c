/* SPDX-License-Identifier: MIT */
/* test_value.c: looking values up, and building them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/value.h"

static void assert_text(const struct value *v, const char *text) {
    assert_non_null(v);
    assert_true(value_is_text(v));
    assert_int_equal(v->count, str_from(text).len);
    assert_memory_equal(v->text, text, v->count);
}

static void a_key_that_was_set_is_found(void **state) {
    (void)state;
    struct arena a = {0};
    struct value_map m = {.arena = &a};
    map_text(&m, "title", STR("Clusters"));
    map_whole(&m, "members", -12);
    map_bool(&m, "open", true);
    struct value v = map_done(&m);
    assert_text(value_get(&v, STR("title")), "Clusters");
    assert_int_equal(value_get(&v, STR("title"))->kind, VALUE_TEXT);
    assert_text(value_get(&v, STR("members")), "-12");
    assert_int_equal(value_get(&v, STR("members"))->kind, VALUE_NUMBER);
    assert_true(value_get(&v, STR("open"))->truth);
    assert_null(value_get(&v, STR("titl")));
    assert_null(value_get(&v, STR("")));
    arena_release(&a);
}

static void fields_keep_the_order_in_which_they_were_set(void **state) {
    (void)state;
    static const char *const keys[] = {"z", "a", "m", "b", "y", "c", "x", "d", "w", "e"};
    struct arena a = {0};
    struct value_map m = {.arena = &a};
    for (size_t i = 0; i < 10; i++)
        map_whole(&m, keys[i], (long long)i);
    struct value v = map_done(&m);
    assert_int_equal(v.count, 10);
    for (size_t i = 0; i < 10; i++)
        assert_true(str_eq(v.fields[i].key, str_from(keys[i])));
    arena_release(&a);
}

static void looking_into_what_is_no_map_finds_nothing(void **state) {
    (void)state;
    struct value text = value_text(STR("title"));
    assert_null(value_get(&text, STR("title")));
    assert_null(value_get(NULL, STR("title")));
    assert_null(value_at(NULL, "a.b"));
}

static void equal_hashes_of_different_keys_are_told_apart(void **state) {
    (void)state;
    struct field fields[] = {
        {.key = STR("first"), .hash = 7, .value = {.kind = VALUE_BOOL}},
        {.key = STR("second"), .hash = 7, .value = {.kind = VALUE_LIST}},
    };
    struct value v = {.kind = VALUE_MAP, .count = 2, .fields = fields};
    assert_ptr_equal(value_get_hashed(&v, STR("second"), 7), &fields[1].value);
    assert_null(value_get_hashed(&v, STR("third"), 7));
}

static void a_path_leads_through_maps(void **state) {
    (void)state;
    struct arena a = {0};
    struct value_map head = {.arena = &a}, m = {.arena = &a};
    map_text(&head, "name", STR("A. Head"));
    map_set(&m, "head", map_done(&head));
    struct value v = map_done(&m);
    assert_text(value_at(&v, "head.name"), "A. Head");
    assert_int_equal(value_at(&v, "head")->kind, VALUE_MAP);
    assert_null(value_at(&v, "head.age"));
    assert_null(value_at(&v, "head.name.first"));
    arena_release(&a);
}

static void the_empty_text_becomes_null_in_a_map_only(void **state) {
    (void)state;
    struct arena a = {0};
    struct value_map m = {.arena = &a};
    map_text(&m, "motto", STR(""));
    struct value v = map_done(&m);
    assert_int_equal(value_get(&v, STR("motto"))->kind, VALUE_NULL);
    assert_int_equal(value_text((struct str){0}).kind, VALUE_TEXT);
    arena_release(&a);
}

static void a_list_grows_and_keeps_its_order(void **state) {
    (void)state;
    struct arena a = {0};
    struct value_list list = {.arena = &a};
    for (int i = 0; i < 100; i++) {
        list_add(&list, value_text(str_whole(&a, i)));
        arena_alloc(&a, 1, 1); /* so that growing has to move */
    }
    struct value v = list_done(&list);
    assert_int_equal(v.count, 100);
    assert_text(&v.items[0], "0");
    assert_text(&v.items[99], "99");
    arena_release(&a);
}

static void computed_values_have_no_place(void **state) {
    (void)state;
    struct value v = value_html(STR("<b>"));
    assert_int_equal(v.kind, VALUE_HTML);
    assert_null(value_place(&v).source);
    assert_int_equal(value_place(&v).offset, DIAG_NOWHERE);
    assert_int_equal(value_json(STR("1")).kind, VALUE_JSON);
}

static void a_value_stays_small(void **state) {
    (void)state;
    assert_int_equal(sizeof(struct value), 32);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_was_set_is_found),
        cmocka_unit_test(fields_keep_the_order_in_which_they_were_set),
        cmocka_unit_test(looking_into_what_is_no_map_finds_nothing),
        cmocka_unit_test(equal_hashes_of_different_keys_are_told_apart),
        cmocka_unit_test(a_path_leads_through_maps),
        cmocka_unit_test(the_empty_text_becomes_null_in_a_map_only),
        cmocka_unit_test(a_list_grows_and_keeps_its_order),
        cmocka_unit_test(computed_values_have_no_place),
        cmocka_unit_test(a_value_stays_small),
    };
    return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
