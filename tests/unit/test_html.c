/* SPDX-License-Identifier: MIT */
/* test_html.c: what is escaped comes back, and a page is read as it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/html.h"

static int enter(void **state) {
    static struct arena arena; /* of the test program, not of the library */
    *state = &arena;
    return 0;
}

static int leave(void **state) {
    arena_release(*state);
    return 0;
}

static void assert_str(struct str got, const char *want) {
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.at ? got.at : "", want, got.len);
}

/* ---- escaping */

static void escaping_leaves_nothing_that_html_would_read(void **state) {
    struct buf out = {.arena = *state};
    html_escape(&out, STR("a < b & \"c\" > 'd'"));
    assert_str(buf_str(&out), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
    assert_str(html_unescape(*state, buf_str(&out)), "a < b & \"c\" > 'd'");
}

static void unescaping_knows_names_and_numbers(void **state) {
    static const char *const cases[][2] = {
        {"", ""},
        {"plain", "plain"},
        {"a.html?x=1&amp;y=2", "a.html?x=1&y=2"},
        {"&lt;&gt;&quot;&apos;", "<>\"'"},
        {"x&nbsp;y", "x\xC2\xA0y"},
        {"&#39;&#x27;&#X27;", "'''"},
        {"&#233;&#x20AC;&#x1F600;", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"},
        {"&amp;amp;", "&amp;"},
        {"&amp;&amp;", "&&"},
        /* what is no reference stays */
        {"a&b", "a&b"},
        {"&eacute;", "&eacute;"},
        {"&amp", "&amp"},
        {"&;", "&;"},
        {"&#;", "&#;"},
        {"&#x;", "&#x;"},
        {"&#12a;", "&#12a;"},
        {"&#xfg;", "&#xfg;"},
        {"&", "&"},
        {"a & b &lt; c", "a & b < c"},
        /* what is no character is replaced */
        {"&#0;", "\xEF\xBF\xBD"},
        {"&#xD800;", "\xEF\xBF\xBD"},
        {"&#x110000;", "\xEF\xBF\xBD"},
        {"&#99999999999999999999;", "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_str(html_unescape(*state, str_from(cases[i][0])), cases[i][1]);
}

static void text_without_references_is_not_copied(void **state) {
    struct str s = STR("schools/ashdown.html");
    assert_ptr_equal(html_unescape(*state, s).at, s.at);
}

/* ---- facts */

static void write_fact(void *context, const struct html_found *found) {
    static const char *const names[] = {"id", "link", "reference", "image"};
    struct buf *out = context;
    buf_printf(out, "%s %zu ", names[found->fact], (size_t)found->offset);
    buf_add(out, found->value);
    buf_add(out, found->fact == HTML_IMAGE && !found->present ? STR(" (no alt)\n") : STR("\n"));
}

/* The facts of a well-formed page, one a line, with the offset of their tags. */
static void assert_facts(void **state, const char *page, const char *want) {
    struct arena scratch = {0};
    struct buf out = {.arena = *state};
    assert_int_equal(html_scan(str_from(page), &scratch, write_fact, &out), strlen(page));
    arena_release(&scratch);
    assert_str(buf_str(&out), want);
}

static void ids_links_and_images_are_found_in_their_order(void **state) {
    assert_facts(state,
                 "<!DOCTYPE html>\n<html lang=\"en\"><body id=\"top\"><p class=\"a\"><a id=\"x\" "
                 "href=\"a.html#b\">a</a></p>"
                 "<img src=\"b.png\" alt=\"\"><img src=\"c.png\"></body></html>\n",
                 "id 32 top\nid 60 x\nlink 60 a.html#b\nlink 95 b.png\nimage 95 b.png\nlink 119 c.png\n"
                 "image 119 c.png (no alt)\n");
}

static void every_attribute_that_holds_an_address_is_a_link(void **state) {
    assert_facts(state, "<form action=\"a\"><button formaction=\"b\"></button></form>",
                 "link 0 a\nlink 17 b\n");
    assert_facts(state, "<video poster=\"a\" src=\"b\"></video>", "link 0 a\nlink 0 b\n");
    assert_facts(state, "<svg><use href=\"#a\"/><use xlink:href=\"#b\"/></svg>", "link 5 #a\nlink 21 #b\n");
    assert_facts(state, "<img srcset=\"a.png 1x, b.png 2x,c.png\" alt=\"x\">",
                 "link 0 a.png\nlink 0 b.png\nlink 0 c.png\nimage 0 \n");
    assert_facts(state, "<meta http-equiv=\"refresh\" content=\"0; url=../a.html\">", "link 0 ../a.html\n");
    assert_facts(state, "<meta content=\"0;url=a.html\" http-equiv=\"Refresh\">", "link 0 a.html\n");
    assert_facts(state, "<meta name=\"description\" content=\"a=b\">", "");
    assert_facts(state, "<a href=\"?a=1&amp;b=2\">x</a>", "link 0 ?a=1&b=2\n");
    assert_facts(state, "<a href>x</a>", "link 0 \n");
}

static void every_attribute_that_names_an_id_is_a_reference(void **state) {
    assert_facts(state, "<p aria-labelledby=\"a  b\" aria-describedby=\"c\"></p>",
                 "reference 0 a\nreference 0 b\nreference 0 c\n");
    assert_facts(state, "<td headers=\"a b\"></td>", "reference 0 a\nreference 0 b\n");
    assert_facts(state, "<label for=\"a\"></label><input list=\"b\" form=\"c\">",
                 "reference 0 a\nreference 23 b\nreference 23 c\n");
    assert_facts(state, "<p aria-controls=\"a\" aria-owns=\"b\" aria-details=\"c\"></p>",
                 "reference 0 a\nreference 0 b\nreference 0 c\n");
}

static void nothing_is_found_where_it_is_only_talked_about(void **state) {
    assert_facts(state, "<p>id=\"a\" href=\"b\" &lt;a href=\"c\"&gt;</p>", "");
    assert_facts(state, "<!-- <a href=\"a\"> --><p data-id=\"b\" class=\"id\" title=\"<a href='c'>\"></p>",
                 "");
    assert_facts(state, "<script>if (a < b) x = '<a href=\"c\"></a>';</script>", "");
    assert_facts(state, "<style>a > b {}</style><title>a <b id=\"x\"></title><textarea><p></textarea>", "");
    assert_facts(state, "<script src=\"a.js\" defer></script>", "link 0 a.js\n");
}

/* ---- well formed or not */

static void ignore(void *context, const struct html_found *found) {
    (void)context, (void)found;
}

static size_t scan(struct str page) {
    struct arena scratch = {0};
    size_t end = html_scan(page, &scratch, ignore, NULL);
    arena_release(&scratch);
    return end;
}

static void well_formed_pages_are_read_to_their_end(void **state) {
    static const char *const pages[] = {
        "",
        "text only, even with > and & in it",
        "<p>a</p><p>b</p>",
        "<br><hr><img alt=\"\" src=\"a\"><br /><br/>",
        "<input disabled value=\"\"><wbr>",
        "<p\n  id=\"a\"\n  class=\"b\"\n>x</p>",
        "<!-- a -- b --><!doctype html><!---->",
        "<svg viewBox=\"0 0\"><path d=\"M0\"/><g><circle r=\"1\"></circle></g></svg><p></p>",
        "<svg><title>a<br></br></title><style/></svg>",
        "<svg/><p></p>",
        "<script></script><script>\"</scripty>\"</script>",
        "<my-element></my-element>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
        assert_int_equal(scan(str_from(pages[i])), strlen(pages[i]));
}

static void the_first_malformed_tag_is_pointed_at(void **state) {
    static const struct {
        const char *page;
        size_t at;
    } cases[] = {
        {"<p>a", 0},
        {"<div><p>a</div>", 9},
        {"<div><p>a", 5},
        {"</p>", 0},
        {"<p></P>", 3},
        {"<p></p >", 3},
        {"<p></pp>", 3},
        {"<pp></p>", 4},
        {"<p></p", 3},
        {"a <b", 2},
        {"a < b", 2},
        {"a <", 2},
        {"a <>", 2},
        {"<p class=a></p>", 0},
        {"<p class='a'></p>", 0},
        {"<p class=\"a></p>", 0},
        {"<p class=\"a\"id=\"b\"></p>", 0},
        {"<p class=></p>", 0},
        {"<p =\"a\"></p>", 0},
        {"<p class=\"a\" \"></p>", 0},
        {"<p class=\"a\" <b></p>", 0},
        {"<p class", 0},
        {"<p class=", 0},
        {"<p class=\"", 0},
        {"<p/>", 0},
        {"<p / >", 0},
        {"<br", 0},
        {"<br></br>", 4},
        {"<!-- a", 0},
        {"<!-->", 0},
        {"<!doctype html", 0},
        {"<?xml version=\"1.0\"?>", 0},
        {"<script>a", 0},
        {"<script/>", 0},
        {"<title>a</titl", 0},
        {"<svg><path></svg>", 11},
        {"<svg><g/></svg><g/>", 15},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(scan(str_from(cases[i].page)), cases[i].at);
}

/* Every beginning of a page ends somewhere in a tag, a quote or a comment; a sanitizer sees a read past it.
 * */
static void a_page_may_be_cut_anywhere(void **state) {
    static const char page[] =
        "<!doctype html><html lang=\"en\"><!-- c --><svg a=\"b\"><path/></svg><script>x</script>"
        "<img alt=\"\"><meta http-equiv=\"refresh\" content=\"0;url=a\"><p id=\"a\">&amp;</p></html>";
    for (size_t len = 0; len < sizeof(page) - 1; len++) {
        char *cut = arena_alloc(*state, len, 1);
        memcpy(cut, page, len);
        assert_true(scan((struct str){cut, len}) <= len);
    }
    assert_int_equal(scan((struct str){page, sizeof(page) - 1}), sizeof(page) - 1);
}

static void elements_are_nested_to_the_greatest_depth_and_no_deeper(void **state) {
    struct buf page = {.arena = *state};
    for (int i = 0; i < HTML_DEPTH_MAX; i++)
        buf_lit(&page, "<b>");
    for (int i = 0; i < HTML_DEPTH_MAX; i++)
        buf_lit(&page, "</b>");
    assert_int_equal(scan(buf_str(&page)), page.len);
    buf_clear(&page);
    for (int i = 0; i <= HTML_DEPTH_MAX; i++)
        buf_lit(&page, "<b>");
    assert_int_equal(scan(buf_str(&page)), 3 * HTML_DEPTH_MAX);
}

#define IN_AN_ARENA(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_AN_ARENA(escaping_leaves_nothing_that_html_would_read),
        IN_AN_ARENA(unescaping_knows_names_and_numbers),
        IN_AN_ARENA(text_without_references_is_not_copied),
        IN_AN_ARENA(ids_links_and_images_are_found_in_their_order),
        IN_AN_ARENA(every_attribute_that_holds_an_address_is_a_link),
        IN_AN_ARENA(every_attribute_that_names_an_id_is_a_reference),
        IN_AN_ARENA(nothing_is_found_where_it_is_only_talked_about),
        IN_AN_ARENA(well_formed_pages_are_read_to_their_end),
        IN_AN_ARENA(the_first_malformed_tag_is_pointed_at),
        IN_AN_ARENA(a_page_may_be_cut_anywhere),
        IN_AN_ARENA(elements_are_nested_to_the_greatest_depth_and_no_deeper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
