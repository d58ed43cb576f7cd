/* SPDX-License-Identifier: MIT */
/* test_link.c: what is wrong with links, ids and images, and how it is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/pool.h"
#include "publish/link.h"

/* The sources that the pages of these tests were made from. */
static const struct source school = {{"schools/ashdown.yaml", 20}, {0}};
static const struct source policy = {{"content/policy.md", 17}, {0}};

static const struct {
    const char *path;
    const struct source *source;
} declared[] = {
    {"index.html", NULL},         {"schools/ashdown.html", &school},
    {"schools/index.html", NULL}, {"policy/size.html", &policy},
    {"404.html", NULL},           {"a/b/c.html", NULL},
};

enum { HOME, ASHDOWN, SCHOOLS, SIZE, NOT_FOUND, DEEP, PAGES };

struct site {
    struct arena arena;
    struct diags diags;
    struct links *links;
};

static struct site site_open(void) {
    return (struct site){0};
}

static void site_declare(struct site *s, size_t workers) {
    s->diags.arena = &s->arena;
    s->links = links_new(&s->arena, PAGES, workers, STR("/portal/"));
    for (size_t i = 0; i < PAGES; i++)
        links_address(s->links, str_from(declared[i].path), i, place_file(declared[i].source), &s->diags);
    links_address(s->links, STR("assets/Logo.svg"), LINKS_FILE, (struct place){0}, &s->diags);
    links_address(s->links, STR("assets/a b.css"), LINKS_FILE, (struct place){0}, &s->diags);
}

static void site_close(struct site *s) {
    links_release(s->links);
    arena_release(&s->arena);
}

/* Checks one page with this in its body, all others with an id "there", and gives everything that was said.
 * */
static struct str said(struct site *s, size_t page, const char *body) {
    struct buf out = {.arena = &s->arena};
    site_declare(s, 1);
    for (size_t i = 0; i < PAGES; i++)
        links_check_page(s->links, 0, i, i == page ? str_from(body) : STR("<p id=\"there\"></p>"));
    links_finish(s->links, &s->diags);
    diags_sort(&s->diags);
    for (size_t i = 0; i < s->diags.count; i++) {
        const struct diag *d = &s->diags.items[i];
        if (d->at.source) {
            buf_add(&out, d->at.source->path);
            buf_lit(&out, ": ");
        }
        buf_add(&out, d->text);
        if (d->hint.len) {
            buf_lit(&out, " | ");
            buf_add(&out, d->hint);
        }
        buf_lit(&out, "\n");
    }
    return buf_str(&out);
}

static void assert_said(size_t page, const char *body, const char *want) {
    struct site s = site_open();
    struct str got = said(&s, page, body);
    if (got.len != strlen(want) || (got.len && memcmp(got.at, want, got.len) != 0))
        print_message("%s\n" STR_FMT, body, STR_ARG(got));
    assert_true(str_eq(got, str_from(want)));
    site_close(&s);
}

/* Says nothing about a link from this page. */
static void assert_good(size_t page, const char *link) {
    char body[200];
    snprintf(body, sizeof(body), "<a href=\"%s\">x</a><p id=\"here\"></p>", link);
    assert_said(page, body, "");
}

static void assert_bad(size_t page, const char *link, const char *want) {
    char body[200];
    snprintf(body, sizeof(body), "<a href=\"%s\">x</a>", link);
    assert_said(page, body, want);
}

/* ---- links */

static void links_to_files_that_are_there_are_good(void **state) {
    (void)state;
    assert_good(HOME, "schools/ashdown.html");
    assert_good(HOME, "./schools/ashdown.html");
    assert_good(HOME, "index.html");
    assert_good(ASHDOWN, "../index.html");
    assert_good(ASHDOWN, "ashdown.html");
    assert_good(ASHDOWN, "../schools/../policy/size.html");
    assert_good(DEEP, "../../index.html");
    assert_good(DEEP, "c.html?sort=name&amp;page=2");
    assert_good(DEEP, "../../assets/Logo.svg#anything");
    assert_good(HOME, "assets/a%20b.css");
    assert_good(HOME, "schools/%61shdown.html");
    assert_good(HOME, "?q=x");
}

static void other_hosts_are_left_alone(void **state) {
    (void)state;
    assert_good(HOME, "https://www.gov.uk/a b");
    assert_good(HOME, "HTTP://example.org");
    assert_good(HOME, "//example.org/x");
    assert_good(HOME, "mailto:office@ashdown.example");
    assert_good(HOME, "tel:02079460000");
    assert_good(HOME, "https://example.org/#gone");
}

static void links_that_lead_nowhere_are_reported_with_page_and_source(void **state) {
    (void)state;
    assert_bad(ASHDOWN, "gone.html",
               "schools/ashdown.yaml: the link \"gone.html\" in \"schools/ashdown.html\" leads nowhere | "
               "there is no "
               "\"schools/gone.html\"\n");
    assert_bad(SIZE, "../schools/ashdown.htm",
               "content/policy.md: the link \"../schools/ashdown.htm\" in \"policy/size.html\" leads nowhere "
               "| there is "
               "no \"schools/ashdown.htm\"\n");
    assert_bad(HOME, "index.html/x",
               "the link \"index.html/x\" in \"index.html\" leads nowhere | there is no \"index.html/x\"\n");
    assert_said(HOME, "<img src=\"x.png\" alt=\"\">",
                "the link \"x.png\" in \"index.html\" leads nowhere | there is no \"x.png\"\n");
}

static void capitals_count(void **state) {
    (void)state;
    assert_bad(HOME, "Schools/Ashdown.html",
               "the link \"Schools/Ashdown.html\" in \"index.html\" differs in capitals from the file it "
               "means | write "
               "\"schools/ashdown.html\"\n");
    assert_bad(
        HOME, "assets/logo.svg",
        "the link \"assets/logo.svg\" in \"index.html\" differs in capitals from the file it means | write "
        "\"assets/Logo.svg\"\n");
}

static void a_folder_is_not_a_page(void **state) {
    (void)state;
    const char *const links[] = {"schools/", "schools", "./schools/.", "a/../schools//"};
    for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
        char want[300];
        snprintf(want, sizeof(want),
                 "the link \"%s\" in \"index.html\" leads to a folder | name the page in it: "
                 "\"schools/index.html\"\n",
                 links[i]);
        assert_bad(HOME, links[i], want);
    }
    assert_bad(HOME, "policy/", "the link \"policy/\" in \"index.html\" leads to a folder\n");
    assert_bad(HOME, "index.html/", "the link \"index.html/\" in \"index.html\" leads to a folder\n");
    assert_bad(ASHDOWN, "..",
               "schools/ashdown.yaml: the link \"..\" in \"schools/ashdown.html\" leads to a folder | name "
               "the page in "
               "it: \"index.html\"\n");
}

static void no_link_climbs_out_or_depends_on_where_the_portal_lies(void **state) {
    (void)state;
    const char *out =
        "the link \"../index.html\" in \"index.html\" climbs out of the portal | take out a \"../\"\n";
    assert_bad(HOME, "../index.html", out);
    out = "the link \"../../../portal/a/b/c.html\" in \"a/b/c.html\" climbs out of the portal | take out a "
          "\"../\"\n";
    assert_bad(DEEP, "../../../portal/a/b/c.html", out);
    assert_bad(
        HOME, "/portal/index.html",
        "the link \"/portal/index.html\" in \"index.html\" begins at the root of the host | begin it at the "
        "page: a portal must work under any path\n");
}

static void the_page_for_what_is_not_there_begins_its_links_at_the_root(void **state) {
    (void)state;
    assert_good(NOT_FOUND, "/portal/index.html");
    assert_good(NOT_FOUND, "/portal/schools/ashdown.html#there");
    assert_good(NOT_FOUND, "#here");
    assert_good(NOT_FOUND, "https://www.gov.uk/");
    const char *const links[] = {"index.html", "/index.html", "/portal"};
    for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
        char want[300];
        snprintf(want, sizeof(want),
                 "the link \"%s\" in \"404.html\" does not begin at the root | begin it with \"/portal/\": "
                 "this page is "
                 "served at every address that is not there\n",
                 links[i]);
        assert_bad(NOT_FOUND, links[i], want);
    }
    assert_bad(
        NOT_FOUND, "/portal/",
        "the link \"/portal/\" in \"404.html\" leads to a folder | name the page in it: \"index.html\"\n");
    assert_bad(NOT_FOUND, "/portal/gone.html",
               "the link \"/portal/gone.html\" in \"404.html\" leads nowhere | there is no \"gone.html\"\n");
}

static void slips_of_the_pen_are_named(void **state) {
    (void)state;
    assert_bad(HOME, "",
               "a link in \"index.html\" is empty | give it an address, or leave the element out\n");
    assert_bad(
        HOME, "htps://example.org",
        "the link \"htps://example.org\" in \"index.html\" begins with \"htps:\" | a portal links by https, "
        "http, mailto, tel, sms, geo or webcal\n");
    assert_bad(
        HOME, "javascript:alert(1)",
        "the link \"javascript:alert(1)\" in \"index.html\" begins with \"javascript:\" | a portal links by "
        "https, http, mailto, tel, sms, geo or webcal\n");
    const char *const links[] = {"100%.html", "a%2", "%zz", "index.html%00", "#a%"};
    for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
        char want[300];
        snprintf(want, sizeof(want),
                 "the link \"%s\" in \"index.html\" has a %% that is not followed by two hexadecimal digits "
                 "| write %%25 "
                 "for a %%\n",
                 links[i]);
        assert_bad(HOME, links[i], want);
    }
}

/* As a link to a file that is not there: too long by a byte, and not. */
static void addresses_have_a_greatest_length(void **state) {
    (void)state;
    for (size_t len = LINKS_PATH_MAX - 1; len <= LINKS_PATH_MAX + 1; len++) {
        struct site s = site_open();
        struct buf page = {.arena = &s.arena};
        buf_lit(&page, "<a href=\"");
        for (size_t i = 0; i < len; i++)
            buf_byte(&page, 'a');
        buf_lit(&page, "\">x</a>");
        site_declare(&s, 1);
        links_check_page(s.links, 0, HOME, buf_str(&page));
        links_finish(s.links, &s.diags);
        assert_int_equal(s.diags.count, 1);
        assert_int_equal(s.diags.items[0].id, DIAG_LINK_BROKEN);
        assert_int_equal(s.diags.items[0].hint.len > 0, len <= LINKS_PATH_MAX);
        site_close(&s);
    }
}

/* ---- fragments, ids, references, images */

static void fragments_are_looked_for_on_their_pages(void **state) {
    (void)state;
    assert_good(HOME, "#here");
    assert_good(HOME, "index.html#here");
    assert_good(HOME, "schools/ashdown.html#there");
    assert_good(HOME, "schools/ashdown.html?x#th%65re");
    assert_good(HOME, "#");
    assert_good(HOME, "#top");
    assert_good(HOME, "schools/ashdown.html#Top");
    assert_bad(HOME, "#gone",
               "the link \"#gone\" in \"index.html\" leads to a place that is not on its page\n");
    assert_bad(ASHDOWN, "../policy/size.html#gone",
               "schools/ashdown.yaml: the link \"../policy/size.html#gone\" in \"schools/ashdown.html\" "
               "leads to a place "
               "that is not on its page | \"policy/size.html\" has no such id\n");
    assert_bad(HOME, "schools/ashdown.html#There",
               "the link \"schools/ashdown.html#There\" in \"index.html\" leads to a place that is not on "
               "its page | "
               "\"schools/ashdown.html\" has no such id\n");
}

static void ids_stand_once(void **state) {
    (void)state;
    assert_said(ASHDOWN, "<p id=\"a\"></p><p id=\"b\"></p><p id=\"a\"></p><p id=\"a\"></p>",
                "schools/ashdown.yaml: the id \"a\" stands more than once in \"schools/ashdown.html\"\n");
    assert_said(HOME, "<p id=\"a\"></p><p id=\"A\"></p>", "");
}

static void references_name_ids_of_the_page(void **state) {
    (void)state;
    assert_said(HOME, "<p aria-labelledby=\"a b\"></p><p id=\"a\"></p><p id=\"b\"></p>", "");
    assert_said(HOME, "<label for=\"a\"></label><p aria-describedby=\"b there\" id=\"b\"></p>",
                "an attribute in \"index.html\" names the id \"a\", which is not on the page\n"
                "an attribute in \"index.html\" names the id \"there\", which is not on the page\n");
}

static void images_have_a_text(void **state) {
    (void)state;
    assert_said(HOME, "<img src=\"assets/Logo.svg\" alt=\"\">", "");
    assert_said(HOME, "<img src=\"assets/Logo.svg\">",
                "the image \"assets/Logo.svg\" in \"index.html\" has no text for those who cannot see it | "
                "describe it "
                "in alt=\"...\", or write alt=\"\" if it only decorates\n");
}

static void assert_broken(const char *body, const char *shown) {
    char want[300];
    snprintf(want, sizeof(want),
             "the HTML of \"index.html\" is broken at \"%s\" | look in the template: every element is closed "
             "in its "
             "turn, every attribute is in double quotes\n",
             shown);
    assert_said(HOME, body, want);
}

#define TEN "0123456789"

static void broken_html_is_shown_and_nothing_is_concluded_from_it(void **state) {
    (void)state;
    assert_broken("<div><a href=\"#later\"><p></div><p id=\"later\"></p>", "</div>");
    assert_broken("a < b\n<p>", "< b");
    assert_broken("a <", "<");
    assert_broken("<p c=" TEN TEN TEN TEN TEN "12345678></p>", "<p c=" TEN TEN TEN TEN TEN "12345");
    assert_broken("<p c=" TEN TEN TEN TEN TEN "1234\xC3\xA9></p>", "<p c=" TEN TEN TEN TEN TEN "1234");
}

static void a_page_that_is_broken_may_have_any_id(void **state) {
    (void)state;
    struct site s = site_open();
    site_declare(&s, 1);
    links_check_page(s.links, 0, HOME,
                     STR("<a href=\"schools/ashdown.html#x\">x</a><a href=\"a/b/c.html#x\">x</a>"));
    links_check_page(s.links, 0, ASHDOWN, STR("<p>"));
    links_finish(s.links, &s.diags);
    assert_int_equal(s.diags.count, 1); /* the other page was never checked, as where rendering it failed */
    assert_int_equal(s.diags.items[0].id, DIAG_LINK_MALFORMED);
    site_close(&s);
}

/* ---- addresses */

static void two_files_at_one_address_are_an_error(void **state) {
    (void)state;
    struct site s = site_open();
    site_declare(&s, 1);
    assert_int_equal(s.diags.count, 0);
    links_address(s.links, STR("schools/ashdown.html"), SIZE, place_file(&policy), &s.diags);
    links_address(s.links, STR("Index.html"), SIZE, place_file(&policy), &s.diags);
    links_address(s.links, STR("assets/logo.svg"), LINKS_FILE, place_file(&policy), &s.diags);
    assert_int_equal(s.diags.count, 3);
    assert_true(
        str_eq(s.diags.items[0].text,
               STR("the address \"schools/ashdown.html\" is taken already, by schools/ashdown.yaml")));
    assert_ptr_equal(s.diags.items[0].at.source, &policy);
    assert_true(
        str_eq(s.diags.items[1].text, STR("the addresses \"Index.html\" and \"index.html\", of the program "
                                          "itself, differ only in capitals")));
    assert_int_equal(s.diags.items[2].id, DIAG_LINK_DUPLICATE_CASE);
    site_close(&s);
}

#define MANY 1000

struct many {
    struct links *links;
    const char *body;
};

static void check_one(void *context, size_t task, size_t worker) {
    const struct many *m = context;
    links_check_page(m->links, worker, task, str_from(m->body));
}

/* A thousand pages of one template, on this many threads; the links in it go to the page before the last. */
static struct str said_by_many(struct arena *arena, size_t threads, const char *body) {
    struct diags diags = {.arena = arena};
    struct links *links = links_new(arena, MANY, threads, STR("/"));
    for (size_t i = 0; i < MANY; i++) {
        struct buf path = {.arena = arena};
        buf_printf(&path, "schools/%zu.html", i);
        links_address(links, buf_str(&path), i, (struct place){0}, &diags);
    }
    struct many m = {links, body};
    pool_run(threads, MANY, check_one, &m);
    links_finish(links, &diags);
    links_release(links);
    diags_sort(&diags);
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < diags.count; i++)
        diag_print(&out, &diags.items[i]);
    return buf_str(&out);
}

static void a_slip_in_a_template_is_reported_a_few_times_and_counted(void **state) {
    (void)state;
    struct arena arena = {0};
    const char *body = "<a href=\"gone.html\">x</a><a href=\"gone.html\">y</a><a href=\"998.html#x\">x</a><a "
                       "href=\"7.html#y\">x</a><p id=\"y\"></p>";
    struct str one = said_by_many(&arena, 1, body);
    for (int i = 0; i < LINKS_REPEATS; i++) {
        struct buf text = {.arena = &arena};
        buf_printf(&text, "the link \"gone.html\" in \"schools/%d.html\" leads nowhere", i);
        assert_true(str_has(one, buf_str(&text)));
    }
    assert_false(str_has(one, STR("schools/3.html")));
    assert_true(str_has(one, STR("and the same on 997 more pages")));
    assert_true(str_has(one, STR("the link \"998.html#x\" in \"schools/2.html\" leads to a place")));
    assert_false(str_has(one, STR("7.html#y")));
    assert_true(str_eq(one, said_by_many(&arena, 8, body)));
    arena_release(&arena);
}

/* Who checks which page is chance; what is said must not be. */
static void the_first_pages_are_named_whoever_checked_them(void **state) {
    (void)state;
    for (unsigned by = 0; by < 1u << PAGES; by++) { /* bit i: the worker that checks page i */
        struct site s = site_open();
        site_declare(&s, 2);
        for (size_t i = 0; i < PAGES; i++)
            links_check_page(s.links, by >> i & 1, i, STR("<a href=\"x:y\">z</a>"));
        links_finish(s.links, &s.diags);
        assert_int_equal(s.diags.count, LINKS_REPEATS);
        assert_true(str_has(s.diags.items[0].text, STR("\"index.html\"")));
        assert_true(str_has(s.diags.items[1].text, STR("\"schools/ashdown.html\"")));
        assert_true(str_has(s.diags.items[2].text, STR("\"schools/index.html\"")));
        assert_int_equal(s.diags.items[1].note.len, 0);
        assert_true(str_eq(s.diags.items[2].note, STR("and the same on 3 more pages")));
        site_close(&s);
    }
}

static void thousands_of_addresses_are_told_apart(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf body = {.arena = &arena};
    for (int i = 0; i < MANY; i++)
        buf_printf(&body, "<a href=\"%d.html\">x</a>", i);
    buf_byte(&body, 0);
    assert_int_equal(said_by_many(&arena, 2, body.at).len, 0);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_to_files_that_are_there_are_good),
        cmocka_unit_test(other_hosts_are_left_alone),
        cmocka_unit_test(links_that_lead_nowhere_are_reported_with_page_and_source),
        cmocka_unit_test(capitals_count),
        cmocka_unit_test(a_folder_is_not_a_page),
        cmocka_unit_test(no_link_climbs_out_or_depends_on_where_the_portal_lies),
        cmocka_unit_test(the_page_for_what_is_not_there_begins_its_links_at_the_root),
        cmocka_unit_test(slips_of_the_pen_are_named),
        cmocka_unit_test(addresses_have_a_greatest_length),
        cmocka_unit_test(fragments_are_looked_for_on_their_pages),
        cmocka_unit_test(ids_stand_once),
        cmocka_unit_test(references_name_ids_of_the_page),
        cmocka_unit_test(images_have_a_text),
        cmocka_unit_test(broken_html_is_shown_and_nothing_is_concluded_from_it),
        cmocka_unit_test(a_page_that_is_broken_may_have_any_id),
        cmocka_unit_test(two_files_at_one_address_are_an_error),
        cmocka_unit_test(a_slip_in_a_template_is_reported_a_few_times_and_counted),
        cmocka_unit_test(the_first_pages_are_named_whoever_checked_them),
        cmocka_unit_test(thousands_of_addresses_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
