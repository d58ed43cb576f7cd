/* SPDX-License-Identifier: MIT */
/* test_map.c: finding what was added, in the order in which it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "random.h"

static void an_empty_map_has_nothing(void **state) {
    (void)state;
    struct map m = {0};
    assert_null(map_get(&m, STR("")));
    assert_null(map_get(&m, STR("key")));
}

static void what_was_added_is_found(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {.arena = &a};
    int one = 1, empty = 2;
    bool added = false;
    assert_ptr_equal(map_add(&m, STR("one"), &one, &added)->value, &one);
    assert_true(added);
    map_add(&m, STR(""), &empty, NULL);
    assert_ptr_equal(map_get(&m, STR("one")), &one);
    assert_ptr_equal(map_get(&m, STR("")), &empty);
    assert_null(map_get(&m, STR("on")));
    assert_null(map_get(&m, STR("One")));
    arena_release(&a);
}

static void the_first_of_two_stays(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {.arena = &a};
    int one = 1, two = 2;
    bool added = true;
    map_add(&m, STR("key"), &one, NULL);
    struct map_item *item = map_add(&m, STR("key"), &two, &added);
    assert_false(added);
    assert_ptr_equal(item->value, &one);
    assert_int_equal(m.count, 1);
    item->value = &two; /* unless the caller says otherwise */
    assert_ptr_equal(map_get(&m, STR("key")), &two);
    arena_release(&a);
}

static void items_keep_the_order_in_which_they_came(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {.arena = &a};
    for (long long i = 0; i < 20000; i++)
        map_add(&m, str_whole(&a, i * 7919 % 20000), (void *)(uintptr_t)(i + 1), NULL);
    assert_int_equal(m.count, 20000);
    for (size_t i = 0; i < m.count; i++) {
        assert_int_equal((uintptr_t)m.items[i].value, i + 1);
        assert_int_equal((uintptr_t)map_get(&m, m.items[i].key), i + 1);
    }
    arena_release(&a);
}

/* FNV-1a of these two is the same, so they share every slot. */
static void keys_of_one_hash_are_told_apart(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {.arena = &a};
    struct str x = STR("costarring"), y = STR("liquid");
    assert_int_equal(str_hash(x), str_hash(y));
    map_add(&m, x, &x, NULL);
    assert_null(map_get(&m, y));
    map_add(&m, y, &y, NULL);
    assert_ptr_equal(map_get(&m, x), &x);
    assert_ptr_equal(map_get(&m, y), &y);
    arena_release(&a);
}

static void a_map_agrees_with_a_list(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "b", "ab", "-", "é"};
    struct random r = {20260501};
    struct arena a = {0};
    struct map m = {.arena = &a};
    struct str keys[500];
    size_t count = 0;
    for (size_t n = 0; n < 5000; n++) {
        struct str key = random_text(&r, &a, pieces, 5, 6);
        size_t i = 0;
        while (i < count && !str_eq(keys[i], key))
            i++;
        bool added;
        if (i == count && count < 500) {
            keys[count++] = key;
            map_add(&m, key, &keys[i], &added);
            assert_true(added);
        }
        assert_ptr_equal(map_get(&m, key), i < count ? &keys[i] : NULL);
    }
    assert_true(count > 100);
    arena_release(&a);
}

static void reserving_is_only_room(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {.arena = &a};
    int one = 1, more = 2;
    map_add(&m, STR("one"), &one, NULL);
    map_reserve(&m, 1000);
    size_t held = a.held;
    assert_int_equal(m.count, 1);
    assert_ptr_equal(map_get(&m, STR("one")), &one);
    struct arena names = {0};
    for (long long i = 0; i < 999; i++)
        map_add(&m, str_whole(&names, i), &more, NULL);
    assert_int_equal(a.held, held); /* there was room */
    map_add(&m, STR("beyond"), &one, NULL);
    assert_ptr_equal(map_get(&m, STR("beyond")), &one);
    assert_ptr_equal(map_get(&m, STR("998")), &more);
    map_reserve(&m, 3); /* less than there is */
    assert_int_equal(m.count, 1001);
    assert_ptr_equal(map_get(&m, STR("one")), &one);
    arena_release(&names);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(what_was_added_is_found),
        cmocka_unit_test(the_first_of_two_stays),
        cmocka_unit_test(items_keep_the_order_in_which_they_came),
        cmocka_unit_test(keys_of_one_hash_are_told_apart),
        cmocka_unit_test(a_map_agrees_with_a_list),
        cmocka_unit_test(reserving_is_only_room),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
