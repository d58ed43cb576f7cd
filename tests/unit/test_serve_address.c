/* SPDX-License-Identifier: MIT */
/* test_serve_address.c: request targets, hosts, and the ways to pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/serve_address.h"

#define assert_str(s, literal)                                 \
    do {                                                       \
        assert_int_equal((s).len, strlen(literal));            \
        assert_memory_equal((s).at, literal, strlen(literal)); \
    } while (0)

static void an_address_names_audience_day_and_file(void **state) {
    (void)state;
    struct arena arena = {0};
    static const struct {
        const char *target;
        enum serve_ask ask;
        enum audience audience;
        const char *day, *address;
    } cases[] = {
        {"/public/", SERVE_FILE, AUDIENCE_PUBLIC, NULL, "index.html"},
        {"/schools/policy/", SERVE_FILE, AUDIENCE_SCHOOLS, NULL, "policy/index.html"},
        {"/officers/policy/x.html", SERVE_FILE, AUDIENCE_OFFICERS, NULL, "policy/x.html"},
        {"/public/2026-05-01/", SERVE_FILE, AUDIENCE_PUBLIC, "2026-05-01", "index.html"},
        {"/public/2026-05-01/a/b.html", SERVE_FILE, AUDIENCE_PUBLIC, "2026-05-01", "a/b.html"},
        {"/public/2026-02-30/", SERVE_FILE, AUDIENCE_PUBLIC, NULL, "2026-02-30/index.html"},
        {"/public/2026-05-01.html", SERVE_FILE, AUDIENCE_PUBLIC, NULL, "2026-05-01.html"},
        {"/public/caf%C3%A9.html", SERVE_FILE, AUDIENCE_PUBLIC, NULL, "caf\xC3\xA9.html"},
        {"/public/%252e%252e/x", SERVE_FILE, AUDIENCE_PUBLIC, NULL, "%2e%2e/x"},
        {"/public", SERVE_SLASH, AUDIENCE_PUBLIC, NULL, "index.html"},
        {"/public/2026-05-01", SERVE_SLASH, AUDIENCE_PUBLIC, "2026-05-01", "index.html"},
        {"/-/serve.css", SERVE_OWN, AUDIENCE_OFFICERS, NULL, "serve.css"},
        {"/-", SERVE_OWN, AUDIENCE_OFFICERS, NULL, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct serve_target t = serve_target(&arena, str_from(cases[i].target));
        assert_int_equal(t.ask, cases[i].ask);
        assert_int_equal(t.view.audience, cases[i].audience);
        assert_int_equal(t.view.as_of, cases[i].day ? date_parse_iso(str_from(cases[i].day)) : DATE_NONE);
        assert_str(t.address, cases[i].address);
        assert_int_equal(t.host.len, 0);
    }
    assert_int_equal(serve_target(&arena, STR("/")).ask, SERVE_START);
    arena_release(&arena);
}

static void what_leads_up_or_is_no_name_is_no_address(void **state) {
    (void)state;
    struct arena arena = {0};
    static const char *const targets[] = {
        "",
        "*",
        "public/",
        "/nobody/",
        "/../public/",
        "/public/../x",
        "/public/%2e%2e/x",
        "/public/%2E%2e",
        "/public/./x",
        "/public/..%2fx",
        "/public/%2f",
        "/public//x",
        "//evil.example/",
        "/public/a\\b",
        "/public/a%5cb",
        "/public/%00",
        "/public/a%0ab",
        "/public/%7f",
        "/public/%",
        "/public/%f",
        "/public/%zz",
        "/public/%ff",
        "/public/%c3",
        "/%2e%2e/",
        "/Public/",
        "/public%2f..",
    };
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
        if (serve_target(&arena, str_from(targets[i])).ask != SERVE_NONE)
            fail_msg("\"%s\" is taken for an address", targets[i]);
    arena_release(&arena);
}

static void an_address_may_be_as_long_as_is_allowed_and_no_longer(void **state) {
    (void)state;
    struct arena arena = {0};
    char target[SERVE_ADDRESS_MAX + 2];
    memset(target, 'a', sizeof(target));
    memcpy(target, "/public/", 8);
    assert_int_equal(serve_target(&arena, (struct str){target, SERVE_ADDRESS_MAX}).ask, SERVE_FILE);
    assert_int_equal(serve_target(&arena, (struct str){target, SERVE_ADDRESS_MAX + 1}).ask, SERVE_NONE);
    arena_release(&arena);
}

static void an_absolute_address_has_its_host_taken_off(void **state) {
    (void)state;
    struct arena arena = {0};
    struct serve_target t = serve_target(&arena, STR("http://localhost:8080/public/x.html"));
    assert_str(t.host, "localhost:8080");
    assert_str(t.address, "x.html");
    t = serve_target(&arena, STR("http://evil.example"));
    assert_str(t.host, "evil.example");
    assert_int_equal(t.ask, SERVE_START);
    assert_int_equal(serve_target(&arena, STR("https://localhost:8080/public/")).ask, SERVE_NONE);
    arena_release(&arena);
}

static void only_localhost_and_loopback_addresses_with_the_port_are_ours(void **state) {
    (void)state;
    static const char *const ours[] = {"localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080",
                                       "127.255.0.9:8080", "[::1]:8080"};
    static const char *const others[] = {
        "",
        ":8080",
        "localhost",
        "localhost:",
        "localhost:80",
        "localhost:08080x",
        "localhost:8080:8080",
        "localhost.:8080",
        "localhost.evil.example:8080",
        "evil.example:8080",
        "127.0.0.1",
        "127.0.0.1.evil.example:8080",
        "127.1:8080",
        "127.0.0.256:8080",
        "127.0.0.:8080",
        "127.0..1:8080",
        "2130706433:8080",
        "0x7f.0.0.1:8080",
        "128.0.0.1:8080",
        "0.0.0.0:8080",
        "[::1]",
        "[::1:8080",
        "[::2]:8080",
        "::1:8080",
        "[::ffff:127.0.0.1]:8080",
        "localhost:8080,evil.example",
        "localhost :8080",
        "user@localhost:8080",
        "localhost:99999999999999998080",
    };
    for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
        if (!serve_host_is_ours(str_from(ours[i]), 8080))
            fail_msg("\"%s\" is ours", ours[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (serve_host_is_ours(str_from(others[i]), 8080))
            fail_msg("\"%s\" is not ours", others[i]);
    assert_true(serve_host_is_ours(STR("localhost"), 80));
    assert_true(serve_host_is_ours(STR("[::1]"), 80));
    assert_false(serve_host_is_ours(STR("localhost"), 8080));
}

static void a_way_leads_back_to_what_it_was_made_from(void **state) {
    (void)state;
    struct arena arena = {0};
    date day = date_make(2026, 5, 1);
    struct preview_view plain = {AUDIENCE_PUBLIC, DATE_NONE}, dated = {AUDIENCE_OFFICERS, day};
    assert_str(serve_path(&arena, plain, STR("index.html")), "/public/");
    assert_str(serve_path(&arena, plain, (struct str){0}), "/public/");
    assert_str(serve_path(&arena, dated, STR("policy/index.html")), "/officers/2026-05-01/policy/");
    assert_str(serve_path(&arena, plain, STR("myindex.html")), "/public/myindex.html");
    assert_str(serve_path(&arena, plain, STR("a\"b\r\n%.html")), "/public/a%22b%0D%0A%25.html");
    struct str odd = STR("files/caf\xC3\xA9 100%?#.pdf");
    struct serve_target back = serve_target(&arena, serve_path(&arena, dated, odd));
    assert_true(str_eq(back.address, odd));
    assert_int_equal(back.view.as_of, day);
    assert_int_equal(back.view.audience, AUDIENCE_OFFICERS);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_names_audience_day_and_file),
        cmocka_unit_test(what_leads_up_or_is_no_name_is_no_address),
        cmocka_unit_test(an_address_may_be_as_long_as_is_allowed_and_no_longer),
        cmocka_unit_test(an_absolute_address_has_its_host_taken_off),
        cmocka_unit_test(only_localhost_and_loopback_addresses_with_the_port_are_ours),
        cmocka_unit_test(a_way_leads_back_to_what_it_was_made_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
