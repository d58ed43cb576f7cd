/* SPDX-License-Identifier: MIT */
/* test_serve_page.c: the bar in a page, the panel of errors, and where they go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/serve_page.h"
#include "text/html.h"

#define PAGE                                                                           \
    "<!DOCTYPE html>\n<html>\n<head>\n</head>\n<body class=\"x\">\n<a class=\"skip\" " \
    "href=\"#main\">Skip</a>\n<main id=\"main\"></main>\n</body>\n</html>\n"

/* What the server would send, with these findings. */
static struct str sent(struct arena *arena, const struct diags *diags, const struct preview_file *file,
                       const struct value *figures, date day) {
    struct serve_pages *pages = serve_pages_new(arena);
    struct preview_state state = {.diags = diags, .good = !diags->errors, .shown = file, .as_of = day};
    struct serve_page page = {.view = {AUDIENCE_SCHOOLS, day},
                              .address = STR("policy/x.html"),
                              .state = &state,
                              .file = file,
                              .seen = STR("1-2"),
                              .tables = figures ? STR("/-/tables/schools/policy/x.html") : (struct str){0},
                              .figures = figures};
    struct arena *lasting = arena_new(arena, struct arena);
    struct buf out = {.arena = lasting};
    if (file)
        serve_page(pages, &page, arena, &out);
    else
        serve_page_alone(pages, &page, STR("A <title>"), STR("Some & words"), arena, &out);
    struct str copy = str_copy(arena, buf_str(&out));
    arena_release(lasting);
    return copy;
}

static struct preview_file page_of(const char *html) {
    return (struct preview_file){.bytes = str_from(html), .type = STR("text/html; charset=utf-8")};
}

static void nothing(void *context, const struct html_found *found) {
    (void)context, (void)found;
}

static void assert_well_formed(struct str html) {
    struct arena arena = {0};
    size_t bad = html_scan(html, &arena, nothing, NULL);
    if (bad != html.len)
        fail_msg("malformed at: %.80s", html.at + bad);
    arena_release(&arena);
}

static void the_bar_follows_the_link_to_the_content(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags none = {.arena = &arena};
    struct preview_file file = page_of(PAGE);
    struct str html = sent(&arena, &none, &file, NULL, date_make(2026, 5, 1));
    assert_true(str_has(html, STR("Skip</a>\n<aside id=\"signpost-preview\"")));
    assert_true(str_has(html, STR("</aside>\n<main")));
    assert_true(str_has(html, STR("data-seen=\"1-2\" defer></script>\n</head>")));
    assert_true(str_has(
        html, STR("<a href=\"/schools/2026-05-01/policy/x.html\" aria-current=\"true\">Schools</a>")));
    assert_true(str_has(html, STR("<a href=\"/public/2026-05-01/policy/x.html\">Public</a>")));
    assert_true(str_has(html, STR("<a href=\"/schools/policy/x.html\">")));
    assert_true(str_has(html, STR("No errors")));
    assert_well_formed(html);
    arena_release(&arena);
}

static void a_place_for_the_bar_is_found_in_any_page_with_a_body(void **state) {
    (void)state;
    static const struct {
        const char *before, *after; /* the place in the body */
    } pages[] = {
        {"<head></head><body>", "<p>x</p></body>"},
        {"<head></head><body class=\"a\" id=\"b\">\n", "<header></header></body>"},
        {"<head></head><body><a href=\"#x\">Skip</a>", "<p></p></body>"},
        {"<head></head><body>\n<a class=\"s\" href=\"#x\"><b>Skip</b></a>\n", "<p></p></body>"},
        {"<head></head><body>\n", "<a href=\"x.html#y\">Away</a></body>"},
        {"<head></head><body>", "<abbr></abbr><a href=\"#x\">y</a></body>"},
    };
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct arena arena = {0};
        struct str html = str_join(&arena, str_from(pages[i].before), str_from(pages[i].after));
        struct serve_places places = serve_places(html);
        assert_true(places.found);
        assert_int_equal(places.body, strlen(pages[i].before));
        assert_int_equal(places.head, str_find(html, '/', 0) - 1);
        arena_release(&arena);
    }
    static const char *const without[] = {
        "", "<p>", "<head></head>", "<bodyguard>", "<head></head><body", "</head><header>"};
    for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++)
        assert_false(serve_places(str_from(without[i])).found);
}

static void a_page_without_a_body_is_sent_as_it_is(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags none = {.arena = &arena};
    struct preview_file file = page_of("<p>bare</p>");
    assert_true(str_eq(sent(&arena, &none, &file, NULL, DATE_NONE), STR("<p>bare</p>")));
    arena_release(&arena);
}

static void errors_are_shown_with_their_place_and_escaped(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source source = {STR("content/<x>.md"), STR("one\n<script>two</script>\n")};
    diag(&diags, DIAG_ASIDE_UNKNOWN, place_at(&source, 12), STR("<b>"), STR("NOTE"));
    diag_plain(&diags, DIAG_TEXT_CRLF, place_at(&source, 0));
    diags_sort(&diags);
    struct preview_file file = page_of(PAGE);
    file.old = true;
    struct str html = sent(&arena, &diags, &file, NULL, date_make(2026, 5, 1));
    assert_true(str_has(html, STR("1 error in the portal")));
    assert_true(str_has(html, STR("The page below is as it was before.")));
    assert_true(str_has(html, STR("<code>content/&lt;x&gt;.md</code>, line 2, column 9")));
    assert_true(
        str_has(html, STR("<pre tabindex=\"0\">  &lt;script&gt;two&lt;/script&gt;\n          ^\n</pre>")));
    assert_true(str_has(html, STR("&quot;[!&lt;b&gt;]&quot; is none of")));
    assert_true(str_has(html, STR("<code class=\"slug\">aside-unknown</code>")));
    assert_true(str_has(html, STR("Did you mean [!NOTE]?")));
    assert_true(str_has(html, STR("<summary>1 warning</summary>")));
    assert_false(str_has(html, STR("<script>two")));
    assert_false(str_has(html, STR("No errors")));
    assert_well_formed(html);
    arena_release(&arena);
}

static void of_many_errors_the_first_are_shown_and_all_are_counted(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source source = {
        STR("x.md"), STR("................................................................................")};
    for (size_t i = 0; i < 40; i++)
        diag_plain(&diags, DIAG_TEXT_NUL, place_at(&source, i));
    diags_sort(&diags);
    struct str html = sent(&arena, &diags, NULL, NULL, DATE_NONE);
    assert_true(str_has(html, STR("40 errors in the portal")));
    assert_true(str_has(html, STR("column 30<")));
    assert_false(str_has(html, STR("column 31<")));
    assert_true(str_has(html, STR("And 10 more.")));
    assert_false(str_has(html, STR("as it was before")));
    assert_well_formed(html);
    arena_release(&arena);
}

static void a_page_of_the_servers_own_escapes_its_words(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags none = {.arena = &arena};
    struct str html = sent(&arena, &none, NULL, NULL, DATE_NONE);
    assert_true(str_has(html, STR("<h1>A &lt;title&gt;</h1>")));
    assert_true(str_has(html, STR("<p>Some &amp; words</p>")));
    assert_false(str_has(html, STR("<time")));
    assert_well_formed(html);
    arena_release(&arena);
}

static void figures_lead_to_the_rows_they_are_of(void **state) {
    (void)state;
    struct arena arena = {0};
    struct diags none = {.arena = &arena};
    struct value_map cell = {.arena = &arena}, header = {.arena = &arena}, row = {.arena = &arena},
                     table = {.arena = &arena};
    struct value_list cells = {.arena = &arena}, headers = {.arena = &arena}, rows = {.arena = &arena},
                      tables = {.arena = &arena};
    map_text(&cell, "text", STR("41"));
    map_bool(&cell, "none", false);
    list_add(&cells, map_done(&cell));
    map_text(&header, "text", STR("Holds"));
    list_add(&headers, map_done(&header));
    map_text(&row, "label", STR("Green & gold"));
    map_text(&row, "href", STR("/schools/policy/x.html#chart-r7"));
    map_set(&row, "cells", list_done(&cells));
    list_add(&rows, map_done(&row));
    map_text(&table, "id", STR("t1"));
    map_text(&table, "label", STR("Chart"));
    map_text(&table, "of", STR("of 53 open schools"));
    map_text(&table, "means", STR("What it counts."));
    map_set(&table, "headers", list_done(&headers));
    map_set(&table, "rows", list_done(&rows));
    list_add(&tables, map_done(&table));
    struct value figures = list_done(&tables);
    struct str html = sent(&arena, &none, NULL, &figures, date_make(2026, 5, 1));
    assert_true(str_has(html, STR("<a href=\"/schools/policy/x.html#chart-r7\">Green &amp; gold</a></th><td "
                                  "class=\"num\">41</td>")));
    assert_true(str_has(html, STR("<p class=\"means\">What it counts.</p>")));
    assert_true(str_has(html, STR("never published")));
    assert_well_formed(html);
    arena_release(&arena);
}

static void addresses_from_the_root_lead_into_the_view(void **state) {
    (void)state;
    struct arena arena = {0};
    struct str html = STR("<a href=\"/portal/x.html\"><img src=\"/portal/a.png\"><form "
                          "action=\"/portal/s\"><a href=\"https://x/portal/\">/portal/ href=");
    assert_true(str_eq(serve_reroot(&arena, html, STR("/portal/"), STR("/public/")),
                       STR("<a href=\"/public/x.html\"><img src=\"/public/a.png\"><form "
                           "action=\"/public/s\"><a href=\"https://x/portal/\">/portal/ href=")));
    arena_release(&arena);
}

static void only_own_files_that_browsers_ask_for_are_given(void **state) {
    (void)state;
    struct str bytes, type;
    assert_true(serve_own_file(STR("serve.css"), &bytes, &type) && bytes.len);
    assert_true(str_eq(type, STR("text/css; charset=utf-8")));
    assert_true(serve_own_file(STR("serve.js"), &bytes, &type) && bytes.len);
    assert_false(serve_own_file(STR("bar.mustache"), &bytes, &type));
    assert_false(serve_own_file(STR(".css"), &bytes, &type));
    assert_false(serve_own_file(STR(""), &bytes, &type));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bar_follows_the_link_to_the_content),
        cmocka_unit_test(a_place_for_the_bar_is_found_in_any_page_with_a_body),
        cmocka_unit_test(a_page_without_a_body_is_sent_as_it_is),
        cmocka_unit_test(errors_are_shown_with_their_place_and_escaped),
        cmocka_unit_test(of_many_errors_the_first_are_shown_and_all_are_counted),
        cmocka_unit_test(a_page_of_the_servers_own_escapes_its_words),
        cmocka_unit_test(figures_lead_to_the_rows_they_are_of),
        cmocka_unit_test(addresses_from_the_root_lead_into_the_view),
        cmocka_unit_test(only_own_files_that_browsers_ask_for_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
