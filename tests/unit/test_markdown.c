/* SPDX-License-Identifier: MIT */
/* test_markdown.c: what Markdown becomes, and what an author is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../markup.h"
#include "base/pool.h"
#include "text/markdown.h"

/* ---- saying what is expected ---- */

/* A page with its messages, each on a line as "line:column: level: text [slug] hint". */
struct outcome {
    struct arena arena;
    struct markdown page;
    struct buf said;
};

static void say(struct outcome *o, const struct diag *d) {
    const struct diag_kind *kind = &diag_catalogue[d->id];
    struct position p = place_position(d->at);
    buf_printf(&o->said, "%u:%u: %s: " STR_FMT " [%s] " STR_FMT "\n", p.line, p.column,
               diag_level_name(kind->level), STR_ARG(d->text), kind->slug, STR_ARG(d->hint));
}

static struct outcome render_bytes(struct str text, size_t from, const struct markdown_options *options) {
    struct outcome o = {0};
    struct source source = {STR("page.md"), text};
    struct diags diags = {.arena = &o.arena};
    o.page = markdown_render(&o.arena, &source, from, options, &diags);
    o.said.arena = &o.arena;
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count && i < 32; i++)
        say(&o, &diags.items[i]);
    buf_byte(&o.said, '\0');
    assert_true(markup_well_formed(o.page.html));
    return o;
}

/* After use the outcome's arena is left to the system: a test is a short life. */
static struct outcome render(const char *text, const struct markdown_options *options) {
    static const struct markdown_options plain = {0};
    return render_bytes(str_from(text), 0, options ? options : &plain);
}

static void assert_same(struct str got, const char *expected) {
    if (!str_eq(got, str_from(expected)))
        print_error("got      |" STR_FMT "|\nexpected |%s|\n", STR_ARG(got), expected);
    assert_true(str_eq(got, str_from(expected)));
}

static void gives_with(const char *text, const struct markdown_options *options, const char *html) {
    struct outcome o = render(text, options);
    assert_string_equal(o.said.at, "");
    assert_same(o.page.html, html);
    arena_release(&o.arena);
}

static void gives(const char *text, const char *html) {
    gives_with(text, NULL, html);
}

static void says(const char *text, const char *said) {
    struct outcome o = render(text, NULL);
    assert_string_equal(o.said.at, said);
    arena_release(&o.arena);
}

static void both(const char *text, const char *html, const char *said) {
    struct outcome o = render(text, NULL);
    assert_same(o.page.html, html);
    assert_string_equal(o.said.at, said);
    arena_release(&o.arena);
}

static struct str repeat(struct arena *arena, const char *before, const char *part, size_t times,
                         const char *after) {
    struct buf b = {.arena = arena};
    buf_add(&b, str_from(before));
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_from(part));
    buf_add(&b, str_from(after));
    return buf_str(&b);
}

/* ---- words ---- */

static void emphasis_code_and_breaks_are_printed(void **state) {
    (void)state;
    gives("a *b* **c** `d<` e  \nf\\\ng\nh\n",
          "<p>a <em>b</em> <strong>c</strong> <code>d&lt;</code> e<br>\nf<br>\ng\nh</p>\n");
    gives("***both***\n", "<p><em><strong>both</strong></em></p>\n");
    gives("a <https://b.example/c?d=e&f> g\n",
          "<p>a <a href=\"https://b.example/c?d=e&amp;f\">https://b.example/c?d=e&amp;f</a> g</p>\n");
    gives("<office@a.example>\n", "<p><a href=\"mailto:office@a.example\">office@a.example</a></p>\n");
    gives("\"quoted\" -- it's ... 5 &lt; 6 & \xE2\x80\x9Cso\xE2\x80\x9D\n",
          "<p>&quot;quoted&quot; -- it&#39;s ... 5 &lt; 6 &amp; \xE2\x80\x9Cso\xE2\x80\x9D</p>\n");
}

static void nothing_gives_nothing(void **state) {
    (void)state;
    gives("", "");
    gives("\n\n", "");
    gives("[a]: b.md\n", "");
}

static void blocks_of_every_kind_are_printed(void **state) {
    (void)state;
    gives("- a\n- b\n  1. c\n", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n");
    gives("3. a\n\n   b\n4. c\n",
          "<ol start=\"3\">\n<li><p>a</p>\n<p>b</p>\n</li>\n<li><p>c</p>\n</li>\n</ol>\n");
    gives("> a\n> > b\n", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n");
    gives("```sh\na <b> &\n\nc\n```\n", "<pre tabindex=\"0\"><code>a &lt;b&gt; &amp;\n\nc</code></pre>\n");
    gives("    a\n", "<pre tabindex=\"0\"><code>a</code></pre>\n");
    gives("a\n\n***\n\nb\n", "<p>a</p>\n<hr>\n<p>b</p>\n");
    gives("- [ ] a\n", "<ul>\n<li>[ ] a</li>\n</ul>\n");
    gives("~~a~~ www.b.example\n", "<p>~~a~~ www.b.example</p>\n");
}

static void plain_text_has_single_spaces_and_no_markup(void **state) {
    (void)state;
    struct outcome o =
        render("## A *b*  c\n\nd\n `e  f`[g](h.md)\\\ni\n\n- j\n- k &amp; l\n\n"
               "![m n](o.png)\n\n| p | q |\n|---|---|\n| r | s |\n\n> [!NOTE]\n> t[^1]\n\n[^1]: u\n",
               NULL);
    assert_same(o.page.plain, "A b c d e fg i j k & l m n p q r s t u");
    arena_release(&o.arena);
}

/* ---- headings ---- */

static void a_heading_opens_a_section_up_to_the_next_of_its_level(void **state) {
    (void)state;
    gives("a\n\n## B\n\nc\n\n### D\n\ne\n\nF\n---\n\ng\n",
          "<p>a</p>\n<section aria-labelledby=\"b\">\n<h2 id=\"b\">B</h2>\n<p>c</p>\n<h3 "
          "id=\"d\">D</h3>\n<p>e</p>\n"
          "</section>\n<section aria-labelledby=\"f\">\n<h2 id=\"f\">F</h2>\n<p>g</p>\n</section>\n");
}

static void headings_have_ids_of_their_words_or_the_one_they_ask_for(void **state) {
    (void)state;
    struct outcome o =
        render("## St Mary's *Caf\xC3\xA9*\n## Size {#sizes}\n## Size\n### Size\n## **Size** {#x}\n"
               "## \xE6\xBC\xA2\n## \xE6\xBC\xA2\n",
               NULL);
    static const char *const ids[] = {"st-marys-cafe", "sizes",    "size", "size-2", "x",
                                      "section",       "section-2"};
    static const char *const texts[] = {"St Mary's Caf\xC3\xA9", "Size",        "Size", "Size", "Size",
                                        "\xE6\xBC\xA2",          "\xE6\xBC\xA2"};
    assert_int_equal(o.page.heading_count, 7);
    assert_int_equal(o.page.id_count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_same(o.page.headings[i].id, ids[i]);
        assert_same(o.page.headings[i].text, texts[i]);
        assert_same(o.page.ids[i], ids[i]);
        assert_int_equal(o.page.headings[i].level, i == 3 ? 3 : 2);
    }
    assert_string_equal(o.said.at, "");
    arena_release(&o.arena);
}

static void an_id_that_is_asked_for_goes_before_one_made_of_words(void **state) {
    (void)state;
    struct outcome o = render("## Why\n## Other {#why}\n> ## Why not {#not}\n\n## Not\n", NULL);
    assert_same(o.page.headings[0].id, "why-2");
    assert_same(o.page.headings[1].id, "why");
    assert_same(o.page.headings[2].id, "not");
    assert_same(o.page.headings[3].id, "not-2");
    arena_release(&o.arena);
}

static void words_never_make_an_id_that_paragraphs_or_footnotes_have(void **state) {
    (void)state;
    static const char *const headings[][2] = {
        {"P 1", "p-1-section"},
        {"P 1", "p-1-section-2"},
        {"Fn", "fn-section"},
        {"Fn 2", "fn-2-section"},
        {"Fr 1 2", "fr-1-2-section"},
        {"Table 3", "table-3-section"},
        {"P", "p"},
        {"P", "p-section"},
        {"P", "p-section-2"},
        {"P x", "p-x"},
        {"Fr 1 x", "fr-1-x"},
        {"Table", "table"},
        {"Table", "table-section"},
    };
    struct buf text = {0};
    struct arena arena = {0};
    text.arena = &arena;
    for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++)
        buf_printf(&text, "## %s\n", headings[i][0]);
    buf_byte(&text, '\0');
    struct outcome o = render(text.at, NULL);
    for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++)
        assert_same(o.page.headings[i].id, headings[i][1]);
    arena_release(&o.arena);
    arena_release(&arena);
}

static void a_shift_prints_headings_lower_and_a_prefix_parts_texts(void **state) {
    (void)state;
    struct markdown_options o = {.heading_shift = 1, .id_prefix = STR("x-"), .numbered = true};
    gives_with(
        "## A\n\nb [c](#d) [e](f.md#g)[^1]\n\n| h |\n|---|\n| i |\n\n[^1]: j\n", &o,
        "<h3 id=\"x-a\">A</h3>\n"
        "<div class=\"para\"><a href=\"#x-p-1\" aria-label=\"Paragraph 1: permanent link\">1</a>"
        "<p id=\"x-p-1\">b <a href=\"#x-d\">c</a> <a href=\"f.md#g\">e</a>"
        "<sup><a href=\"#x-fn-1\" id=\"x-fr-1\" aria-label=\"Footnote 1\">1</a></sup></p></div>\n"
        "<div class=\"rows\" role=\"region\" aria-labelledby=\"x-table-1\" tabindex=\"0\"><table>\n"
        "<caption id=\"x-table-1\"><div>A</div></caption>\n"
        "<thead><tr><th scope=\"col\">h</th></tr></thead>\n"
        "<tbody>\n<tr><th scope=\"row\">i</th></tr>\n</tbody>\n</table></div>\n"
        "<section class=\"footnotes\" aria-labelledby=\"x-fn\">\n<h3 id=\"x-fn\">Footnotes</h3>\n<ol>\n"
        "<li id=\"x-fn-1\">j <a href=\"#x-fr-1\" aria-label=\"Back to paragraph 1\">Back</a></li>\n"
        "</ol></section>\n");
}

static void headings_that_are_wrong_are_reported(void **state) {
    (void)state;
    says("# A\n", "1:1: error: a heading of level 1 stands in the text [heading-title] "
                  "the title is in the front matter; begin headings with ##\n");
    says("A\n===\n", "1:1: error: a heading of level 1 stands in the text [heading-title] "
                     "the title is in the front matter; begin headings with ##\n");
    says("## A\n\n#### B\n",
         "3:1: error: a heading of level 4 stands where at most level 3 may [heading-skipped] "
         "headings go down one level at a time\n");
    says("### A\n", "1:1: error: a heading of level 3 stands where at most level 2 may [heading-skipped] "
                    "headings go down one level at a time\n");
    says("## A\n### B\n## C\n### D\n#### E\n##### F\n###### G\n", "");
    says("##\n", "1:1: error: a heading has no words [heading-empty] \n");
    says("## {#a}\n", "1:1: error: a heading has no words [heading-empty] \n");
    struct markdown_options shift = {.heading_shift = 1};
    struct outcome o = render("## A\n### B\n#### C\n##### D\n###### E\n", &shift);
    assert_string_equal(o.said.at,
                        "5:1: error: a heading is deeper than level 5 [heading-deep] take levels out\n");
    arena_release(&o.arena);
}

static void ids_that_cannot_be_given_are_reported(void **state) {
    (void)state;
    says("## a {#b}\n\n## b {#b}\n",
         "3:6: error: the heading's id \"b\" cannot be given [heading-id] a heading before has it\n");
    says("## a {#A b}\n", "1:6: error: the heading's id \"A b\" cannot be given [heading-id] "
                          "it may have lower-case letters, digits and single hyphens\n");
    says("## a {#p-1}\n", "1:6: error: the heading's id \"p-1\" cannot be given [heading-id] "
                          "paragraphs, tables and footnotes have ids of this form\n");
    both("## a {#fn}\n", "<section aria-labelledby=\"a\">\n<h2 id=\"a\">a</h2>\n</section>\n",
         "1:6: error: the heading's id \"fn\" cannot be given [heading-id] "
         "paragraphs, tables and footnotes have ids of this form\n");
}

/* ---- paragraphs ---- */

static void only_paragraphs_of_the_text_itself_are_numbered(void **state) {
    (void)state;
    struct markdown_options numbered = {.numbered = true};
    gives_with("a\n\n- b\n\n  c\n\n> d\n\n![e](f.png)\n\n**Cap**\n\n| g |\n|---|\n| h |\n\ni\n", &numbered,
               "<div class=\"para\"><a href=\"#p-1\" aria-label=\"Paragraph 1: permanent link\">1</a>"
               "<p id=\"p-1\">a</p></div>\n"
               "<ul>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ul>\n<blockquote>\n<p>d</p>\n</blockquote>\n"
               "<p><img src=\"f.png\" alt=\"e\"></p>\n"
               "<div class=\"rows\" role=\"region\" aria-labelledby=\"table-1\" tabindex=\"0\"><table>\n"
               "<caption id=\"table-1\"><div>Cap</div></caption>\n"
               "<thead><tr><th scope=\"col\">g</th></tr></thead>\n"
               "<tbody>\n<tr><th scope=\"row\">h</th></tr>\n</tbody>\n</table></div>\n"
               "<div class=\"para\"><a href=\"#p-2\" aria-label=\"Paragraph 2: permanent link\">2</a>"
               "<p id=\"p-2\">i</p></div>\n");
}

static void every_id_in_the_html_is_listed_once(void **state) {
    (void)state;
    struct markdown_options numbered = {.numbered = true};
    struct outcome o = render("## A\n\nb[^x] c[^x]\n\n| d |\n|---|\n| e |\n\n[^x]: f\n", &numbered);
    static const char *const ids[] = {"a", "p-1", "fr-1", "fr-1-2", "table-1", "fn", "fn-1"};
    assert_int_equal(o.page.id_count, 7);
    size_t printed = 0;
    for (size_t at = 0; at < o.page.html.len; at++)
        printed += str_starts(str_sub(o.page.html, at, o.page.html.len), STR(" id=\""));
    assert_int_equal(printed, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_same(o.page.ids[i], ids[i]);
        assert_true(str_has(o.page.html, str_join(&o.arena, STR(" id=\""), o.page.ids[i], STR("\""))));
    }
    arena_release(&o.arena);
}

/* ---- tables ---- */

#define REGION "<div class=\"rows\" role=\"region\" aria-labelledby=\"table-1\" tabindex=\"0\"><table>\n"
#define GROUP "<div class=\"rows\" role=\"group\" aria-labelledby=\"table-1\" tabindex=\"0\"><table>\n"
#define CAPTION(words) "<caption id=\"table-1\"><div>" words "</div></caption>\n"
#define HEAD "<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n"
#define TABLE "| a | b |\n|---|---|\n"
#define BODY(rows) "<tbody>\n" rows "</tbody>\n"
#define END "</table></div>\n"
#define ROW "<tr><th scope=\"row\">c</th><td>d</td></tr>\n"

static void a_table_has_a_region_a_caption_and_scopes(void **state) {
    (void)state;
    gives("**Cap**\n\n" TABLE "| c | d |\n", REGION CAPTION("Cap") HEAD BODY(ROW) END);
    gives("*Cap: all of it \xE2\x80\x94 here*\n\n" TABLE "| c | d |\n",
          REGION CAPTION("Cap: all of it \xE2\x80\x94 here") HEAD BODY(ROW) END);
    gives("**Cap**\n\n" TABLE, REGION CAPTION("Cap") HEAD END);
}

static void a_caption_may_have_a_detail(void **state) {
    (void)state;
    const char *expected = REGION CAPTION("Cap <span>Of 24 schools.</span>") HEAD BODY(ROW) END;
    gives("**Cap** Of 24 schools.\n\n" TABLE "c | d\n", expected);
    gives("**Cap**: Of 24 schools.\n\n" TABLE "c | d\n", expected);
    gives("**Cap** \xE2\x80\x94 Of 24 schools.\n\n" TABLE "c | d\n", expected);
    gives("**Cap**\nOf 24 schools.\n\n" TABLE "c | d\n", expected);
    gives("**Cap.** Of 24\nschools.\n\n" TABLE "c | d\n",
          REGION CAPTION("Cap. <span>Of 24\nschools.</span>") HEAD BODY(ROW) END);
}

static void a_paragraph_that_leads_up_to_a_table_is_no_caption(void **state) {
    (void)state;
    const char *rest = GROUP CAPTION("H") HEAD BODY(ROW) END "</section>\n";
    static const char *const leading[][2] = {
        {"**Note** the second column:", "<strong>Note</strong> the second column:"},
        {"**Note** *well*", "<strong>Note</strong> <em>well</em>"},
        {"*Note* well", "<em>Note</em> well"},
        {"See **this**", "See <strong>this</strong>"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < 4; i++) {
        struct str text =
            str_join(&arena, STR("## H\n\n"), str_from(leading[i][0]), STR("\n\n" TABLE "c | d\n"));
        struct str html = str_join(&arena, STR("<section aria-labelledby=\"h\">\n<h2 id=\"h\">H</h2>\n<p>"),
                                   str_from(leading[i][1]), STR("</p>\n"), str_from(rest));
        gives(str_z(&arena, text), str_z(&arena, html));
    }
    gives("**Alone**\n\nx\n", "<p><strong>Alone</strong></p>\n<p>x</p>\n");
    arena_release(&arena);
}

static void a_table_without_a_caption_takes_the_heading_above(void **state) {
    (void)state;
    gives("## A & *b* {#x}\n\nc\n\n" TABLE "| c | d |\n",
          "<section aria-labelledby=\"x\">\n<h2 id=\"x\">A &amp; <em>b</em></h2>\n<p>c</p>\n" GROUP CAPTION(
              "A &amp; b") HEAD BODY(ROW) END "</section>\n");
    says(TABLE "| c | d |\n",
         "1:1: error: the table has neither a caption nor a heading above it [table-caption] "
         "write a line of its own above it: **What the table shows**\n");
}

/* Landmarks of one name cannot be told apart: the later one is none. */
static void no_two_regions_have_the_same_name(void **state) {
    (void)state;
    gives("## A\n\n**Cap**\n\n| a |\n|---|\n\n**cap**\n\n| a |\n|---|\n\n## a {#x}\n",
          "<section aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n"
          "<div class=\"rows\" role=\"region\" aria-labelledby=\"table-1\" tabindex=\"0\"><table>\n"
          "<caption id=\"table-1\"><div>Cap</div></caption>\n"
          "<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>\n"
          "<div class=\"rows\" role=\"group\" aria-labelledby=\"table-2\" tabindex=\"0\"><table>\n"
          "<caption id=\"table-2\"><div>cap</div></caption>\n"
          "<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>\n"
          "</section>\n<section>\n<h2 id=\"x\">a</h2>\n</section>\n");
}

static void numbers_stand_on_the_right(void **state) {
    (void)state;
    gives("**Cap**\n\n| a | b | e |\n|:--|--:|:-:|\n| c | 1 | f |\n",
          REGION CAPTION("Cap") "<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"num\">b</th>"
                                "<th scope=\"col\">e</th></tr></thead>\n" BODY(
                                    "<tr><th scope=\"row\">c</th><td class=\"num\">1</td><td>f</td></tr>\n")
                                    END);
}

static void the_first_cell_with_words_names_its_row(void **state) {
    (void)state;
    gives("**Cap**\n\n" TABLE "| c | d |\n| | d |\n| &nbsp; | d |\n| <!-- x --> | d |\n| ![i](j.png) | |\n",
          REGION CAPTION("Cap")
              HEAD BODY(ROW "<tr><td></td><th scope=\"row\">d</th></tr>\n"
                            "<tr><td>\xC2\xA0</td><th scope=\"row\">d</th></tr>\n"
                            "<tr><td></td><th scope=\"row\">d</th></tr>\n"
                            "<tr><th scope=\"row\"><img src=\"j.png\" alt=\"i\"></th><td></td></tr>\n") END);
}

static void cells_hold_words_and_escaped_pipes(void **state) {
    (void)state;
    gives("**Cap**\n\n" TABLE "| `x\\|y` \\| [k](l.md) | *m*[^1] |\n\n[^1]: n\n",
          REGION CAPTION("Cap") HEAD BODY(
              "<tr><th scope=\"row\"><code>x|y</code> | <a href=\"l.md\">k</a></th><td><em>m</em>"
              "<sup><a href=\"#fn-1\" id=\"fr-1\" aria-label=\"Footnote 1\">1</a></sup></td></tr>\n") END
          "<section class=\"footnotes\" aria-labelledby=\"fn\">\n<h2 id=\"fn\">Footnotes</h2>\n<ol>\n"
          "<li id=\"fn-1\">n <a href=\"#fr-1\" aria-label=\"Back to footnote 1 in the text\">Back</a></li>\n"
          "</ol></section>\n");
}

static void a_directive_before_a_table_prints_nothing(void **state) {
    (void)state;
    const char *expected = REGION CAPTION("Cap") HEAD BODY(ROW) END;
    gives("**Cap**\n\n<!-- decision: x\nlabel: y\n\nz: 1\n-->\n\n" TABLE "| c | d |\n", expected);
    gives("**Cap**\n\n<!-- decision: x -->\n" TABLE "| c | d |\n", expected);
    gives("<!-- x: decision -->\n\n**Cap**\n<!-- decision: x -->\n<!-- y -->\n\n" TABLE "| c | d |\n",
          expected);
    gives("a <!-- b --> c\n", "<p>a  c</p>\n");
}

static void rows_with_too_many_or_too_few_cells_are_reported(void **state) {
    (void)state;
#define HINT "add or take out a |; one that belongs to a cell's words is written \\|\n"
    says("**Cap**\n\n" TABLE "| c | d | e |\n| c |\nc | d\n| c | d\n| c \\| d | `e|f` |\n",
         "5:1: error: its table has 2 columns, and this row 3 [table-cells] " HINT
         "6:1: error: its table has 2 columns, and this row 1 [table-cells] " HINT
         "9:1: error: its table has 2 columns, and this row 3 [table-cells] " HINT);
    says("- x\n\n  > **Cap**\n  >\n  > | a | b |\n  > |---|---|\n  > | c | d | e |\n",
         "7:5: error: its table has 2 columns, and this row 3 [table-cells] " HINT);
    says("**Cap**\n\n" TABLE "| c\\\\| d |\n", /* cmark looks one character back, and so does the count */
         "5:1: error: its table has 2 columns, and this row 1 [table-cells] " HINT);
#undef HINT
}

static void text_that_touches_a_table_is_reported(void **state) {
    (void)state;
#define HINT "leave a blank line between them\n"
    says("**Cap**\n\n" TABLE "| c | d |\nand so on\n",
         "6:1: error: text touches the table from below [table-touched] " HINT);
    says("## H\n\n| a |\n|---|\n| c |\nand so on\n",
         "6:1: error: text touches the table from below [table-touched] " HINT);
    says("## H\n\nSo:\nand\n" TABLE "| c | d |\n",
         "5:1: error: text touches the table from above [table-touched] " HINT);
    says("## H\n\n> So:\n> | a | b |\n> |---|---|\n",
         "4:3: error: text touches the table from above [table-touched] " HINT);
#undef HINT
}

static void a_header_that_does_not_fit_its_rule_is_reported(void **state) {
    (void)state;
    says("| a | b |\n|---|---|---|\n| c | d |\n",
         "2:1: error: the table's header has 2 columns, and the line under it 3 [table-rule] "
         "give both the same number, or the table is printed as text\n");
    says("```\n| a | b |\n|---|---|---|\n```\n", "");
    says("a\n:-: b\n", "");
}

static void blank_headers_and_rows_are_reported(void **state) {
    (void)state;
    says("## H\n\n| | b |\n|---|---|\n| c | d |\n",
         "3:1: error: column 1 of the table has no header [table-header-blank] "
         "say what the column holds; the first column holds the rows' names\n");
    says("## H\n\n" TABLE "| | &nbsp; |\n", "5:1: error: a row of the table is blank [table-row-blank] "
                                            "delete it, or end the table with a blank line\n");
}

static void wide_tables_are_refused_before_they_are_parsed(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    for (size_t columns = MARKDOWN_TABLE_COLUMNS_MAX; columns <= MARKDOWN_TABLE_COLUMNS_MAX + 1; columns++) {
        struct str text = str_join(&arena, repeat(&arena, "## H\n\n", "|a", columns, "|\n"),
                                   repeat(&arena, "", "|-", columns, "|\n"),
                                   repeat(&arena, "", "|b", columns, "|\n\nafter [^x]\n"));
        struct outcome o = render_bytes(text, 0, &plain);
        bool fits = columns == MARKDOWN_TABLE_COLUMNS_MAX;
        assert_int_equal(str_has(o.page.html, STR("<table>")), fits);
        assert_string_equal(
            o.said.at,
            fits ? "7:7: error: the footnote \"x\" has no text [footnote-missing] "
                   "write it on a line that begins with [^x]:\n"
                 : "3:1: error: a table's line has 65 cells, more than 64 [table-columns] split the table\n"
                   "7:7: error: the footnote \"x\" has no text [footnote-missing] "
                   "write it on a line that begins with [^x]:\n");
        assert_true(str_has(o.page.html, STR("<p>after [^x]</p>")));
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

static void large_tables_are_refused_before_they_are_parsed(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    size_t rows = MARKDOWN_TABLE_CELLS_MAX / 10 - 1; /* and the header */
    struct str head = STR("## H\n\na|b|c|d|e|f|g|h|i|j\n-|-|-|-|-|-|-|-|-|-\n");
    for (size_t more = 0; more < 2; more++) {
        struct str body = repeat(&arena, "", "a|b|c|d|e|f|g|h|i|j\n", rows + more, "");
        struct outcome o = render_bytes(str_join(&arena, head, body), 0, &plain);
        assert_int_equal(str_has(o.page.html, STR("<table>")), !more);
        assert_string_equal(o.said.at,
                            more ? "3:1: error: a table has 100010 cells, more than 100000 [table-large] "
                                   "split the table, or keep the data as records\n"
                                 : "");
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

/* ---- asides and facts ---- */

static void asides_say_in_words_what_they_are(void **state) {
    (void)state;
    gives("> [!NOTE]\n> a *b*\n>\n> - c\n",
          "<div class=\"note\" role=\"note\">\n<p><strong>Note</strong></p>\n<p>a <em>b</em></p>\n"
          "<ul>\n<li>c</li>\n</ul>\n</div>\n");
    gives("> [!Important]\n>\n> a\n", "<div class=\"note important\" role=\"note\">\n"
                                      "<p><strong>Important</strong></p>\n<p>a</p>\n</div>\n");
    gives("> [!WARNING]  \n> a\n", "<div class=\"note warning\" role=\"note\">\n"
                                   "<p><strong>Warning</strong></p>\n<p>a</p>\n</div>\n");
    gives("> [!1] a\n", "<blockquote>\n<p>[!1] a</p>\n</blockquote>\n");
    gives("[!NOTE]\n", "<p>[!NOTE]</p>\n");
}

static void key_facts_are_a_list_of_terms(void **state) {
    (void)state;
    const char *expected =
        "<dl class=\"sum\">\n<div><dt>Owner</dt><dd>Education <em>and</em> Skills</dd></div>\n"
        "<div><dt>For</dt><dd><p>Schools</p>\n<ul>\n<li>all</li>\n</ul>\n</dd></div>\n</dl>\n";
    gives("> [!FACTS]\n> - **Owner:** Education *and* Skills\n> - **For**: Schools\n>   - all\n", expected);
    gives("> [!facts]\n>\n> * **Owner:**\n>   Education *and* Skills\n>\n> * **For:** Schools\n>   - all\n",
          expected);
}

static void malformed_asides_and_facts_are_reported(void **state) {
    (void)state;
    both("> [!NOTTE]\n> a\n", "<blockquote>\n<p>[!NOTTE]\na</p>\n</blockquote>\n",
         "1:3: error: \"[!NOTTE]\" is none of NOTE, IMPORTANT, WARNING and FACTS [aside-unknown] did you "
         "mean [!NOTE]?\n");
    says("> [!ZZZZZZZZ]\n",
         "1:3: error: \"[!ZZZZZZZZ]\" is none of NOTE, IMPORTANT, WARNING and FACTS [aside-unknown] \n");
    both("> [!NOTE] a\n",
         "<div class=\"note\" role=\"note\">\n<p><strong>Note</strong></p>\n<p>a</p>\n</div>\n",
         "1:3: error: words follow [!NOTE] on its line [aside-line] begin them on the next line\n");
    says("x\n\n> [!note]\n", "3:3: error: nothing follows [!NOTE] [aside-empty] "
                             "its text is on the next lines, each beginning with >\n");
#define LIST                                                           \
    "error: key facts hold something else than one list [facts-list] " \
    "after [!FACTS] come lines like: > - **Term:** text\n"
#define ENTRY "error: this entry is not a term and its text [facts-entry] write it as: - **Term:** text\n"
    says("> [!FACTS]\n> a\n", "1:3: " LIST);
    says("> [!FACTS]\n> - **a:** b\n>\n> c\n", "1:3: " LIST);
    says("> [!FACTS]\n> - **a:** b\n> - **c** d\n> - e: f\n> - **g:**\n> - **:** h\n",
         "3:3: " ENTRY "4:3: " ENTRY "5:3: " ENTRY "6:3: " ENTRY);
#undef LIST
#undef ENTRY
}

/* ---- footnotes ---- */

static void footnotes_lead_there_and_back(void **state) {
    (void)state;
    struct markdown_options numbered = {.numbered = true};
    gives_with(
        "a[^b] c[^d]\n\n- e[^b]\n\n[^d]: f\n\n    g\n[^b]: h[^d]\n", &numbered,
        "<div class=\"para\"><a href=\"#p-1\" aria-label=\"Paragraph 1: permanent link\">1</a><p id=\"p-1\">a"
        "<sup><a href=\"#fn-1\" id=\"fr-1\" aria-label=\"Footnote 1\">1</a></sup> c"
        "<sup><a href=\"#fn-2\" id=\"fr-2\" aria-label=\"Footnote 2\">2</a></sup></p></div>\n"
        "<ul>\n<li>e<sup><a href=\"#fn-1\" id=\"fr-1-2\" aria-label=\"Footnote 1\">1</a></sup></li>\n</ul>\n"
        "<section class=\"footnotes\" aria-labelledby=\"fn\">\n<h2 id=\"fn\">Footnotes</h2>\n<ol>\n"
        "<li id=\"fn-1\">h<sup><a href=\"#fn-2\" id=\"fr-2-2\" aria-label=\"Footnote 2\">2</a></sup> "
        "<a href=\"#fr-1\" aria-label=\"Back to paragraph 1\">Back</a> "
        "<a href=\"#fr-1-2\" aria-label=\"Back to footnote 1 in the text, place 2\">Back</a></li>\n"
        "<li id=\"fn-2\"><p>f</p>\n<p>g</p>\n<p>"
        "<a href=\"#fr-2\" aria-label=\"Back to paragraph 1\">Back</a> "
        "<a href=\"#fr-2-2\" aria-label=\"Back to footnote 2 in the text, place 2\">Back</a></p></li>\n"
        "</ol></section>\n");
}

static void footnotes_close_the_contents(void **state) {
    (void)state;
    struct outcome o = render("## A[^1]\n\n[^1]: b\n", NULL);
    assert_int_equal(o.page.heading_count, 2);
    assert_same(o.page.headings[0].text, "A");
    assert_same(o.page.headings[1].text, "Footnotes");
    assert_same(o.page.headings[1].id, "fn");
    arena_release(&o.arena);
}

static void a_footnote_in_a_link_is_a_number_alone(void **state) {
    (void)state;
    gives("[a[^1]](b.md) c[^1]\n\n[^1]: d\n",
          "<p><a href=\"b.md\">a<sup>1</sup></a> c<sup><a href=\"#fn-1\" id=\"fr-1\" aria-label=\"Footnote "
          "1\">1</a>"
          "</sup></p>\n<section class=\"footnotes\" aria-labelledby=\"fn\">\n<h2 "
          "id=\"fn\">Footnotes</h2>\n<ol>\n"
          "<li id=\"fn-1\">d <a href=\"#fr-1\" aria-label=\"Back to footnote 1 in the text\">Back</a></li>\n"
          "</ol></section>\n");
}

static void footnotes_that_lead_nowhere_are_reported(void **state) {
    (void)state;
#define MISSING(x)                                                  \
    "error: the footnote \"" x "\" has no text [footnote-missing] " \
    "write it on a line that begins with [^" x "]:\n"
    says("a [^b] c\nd [^b] e [^f g]\n", "1:3: " MISSING("b") "2:3: " MISSING("b") "2:10: " MISSING("f g"));
    says("a \\[^b] `[^c]` \\[^d] [^d]\n", "1:22: " MISSING("d"));
    says("`[^d]` \\[^d]\n", "");
    says("| [^a] |\n|---|\n",
         "1:1: error: the table has neither a caption nor a heading above it [table-caption] "
         "write a line of its own above it: **What the table shows**\n1:3: " MISSING("a"));
    says("[x [^a]](y.md)\n", "1:4: " MISSING("a"));
    says("a[^b]\n\n[^b]: c [^d]\n", "3:9: " MISSING("d"));
#undef MISSING
    says("a\n\n[^b]: c\n", "3:1: warning: nothing refers to the footnote \"b\" [footnote-unused] "
                           "refer to it with [^b], or delete it\n");
    says("a[^B]\n\n[^B]: c\n[^b]: d\n", "4:1: error: the footnote \"b\" has a second text [footnote-twice] "
                                        "give one of them another name\n");
    says("```\n[^b]: c\n```\n\n<!--\n[^b]: c\n-->\n", "");
}

/* ---- addresses ---- */

struct asked {
    char log[512];
    bool text; /* the words of the last link were as expected */
};

static struct str log_address(void *context, const struct markdown_link *link, struct diags *diags) {
    (void)diags;
    struct asked *asked = context;
    struct str to = link->to;
    struct position p = place_position(link->at);
    size_t used = strlen(asked->log);
    snprintf(asked->log + used, sizeof(asked->log) - used, "%s" STR_FMT "@%u:%u ",
             link->image ? "image " : "", STR_ARG(to), p.line, p.column);
    asked->text = str_eq(link->text, STR("19 of our schools"));
    if (str_eq(to, STR("gone.md")))
        return (struct str){0};
    return str_starts(to, STR("#")) ? to : STR("x y.html");
}

static void asks(const char *text, const char *log, const char *html) {
    struct asked asked = {0};
    struct markdown_options options = {.links = {log_address, &asked}};
    gives_with(text, &options, html);
    assert_string_equal(asked.log, log);
}

static void the_caller_is_told_a_links_words_without_markup(void **state) {
    (void)state;
    struct asked asked = {0};
    struct markdown_options options = {.links = {log_address, &asked}};
    gives_with("[19 *of our* schools](a.md#members)\n", &options,
               "<p><a href=\"x%20y.html\">19 <em>of our</em> schools</a></p>\n");
    assert_true(asked.text);
}

static void the_caller_says_what_an_address_becomes(void **state) {
    (void)state;
    asks("a [b](c.md#d) ![e](f.png)\n", "c.md#d@1:7 image f.png@1:20 ",
         "<p>a <a href=\"x%20y.html\">b</a> <img src=\"x%20y.html\" alt=\"e\"></p>\n");
    asks("[b](gone.md) ![c](gone.md)\n", "gone.md@1:5 image gone.md@1:19 ", "<p>b </p>\n");
    asks("[b](#c)\n", "#c@1:5 ", "<p><a href=\"#c\">b</a></p>\n");
    asks("[b]()\n", "@1:1 ", "<p><a href=\"x%20y.html\">b</a></p>\n");
    asks("[b][c]\n\n[c]: d.md \"e\"\n", "d.md@1:1 ", "<p><a href=\"x%20y.html\" title=\"e\">b</a></p>\n");
}

static void addresses_of_other_hosts_are_left_alone(void **state) {
    (void)state;
    asks("[a](http://b.example/) [c](HTTPS://d.example/) [e](mailto:f@g.example) [h](tel:02079460000)\n", "",
         "<p><a href=\"http://b.example/\">a</a> <a href=\"HTTPS://d.example/\">c</a> "
         "<a href=\"mailto:f@g.example\">e</a> <a href=\"tel:02079460000\">h</a></p>\n");
}

static void places_of_addresses_are_exact(void **state) {
    (void)state;
    asks("[a](b.md) [a](b.md)\n", "b.md@1:5 b.md@1:15 ",
         "<p><a href=\"x%20y.html\">a</a> <a href=\"x%20y.html\">a</a></p>\n");
    asks("[a\nb](\nc.md)\n", "c.md@3:1 ", "<p><a href=\"x%20y.html\">a\nb</a></p>\n");
    asks("`a\nb` [c](d.md)\n", "d.md@2:8 ", "<p><code>a b</code> <a href=\"x%20y.html\">c</a></p>\n");
    asks("- a\n  continued [c](d.md)\n", "d.md@2:17 ",
         "<ul>\n<li>a\ncontinued <a href=\"x%20y.html\">c</a></li>\n</ul>\n");
    says("`a\nb` [](c&amp;d)\n",
         "2:1: error: a link has no words [link-text-empty] "
         "write what it leads to between its [ ]\n"); /* not found as it reads: its line */
    asks("\xC3\xA9 [c](d.md)\n", "d.md@1:7 ", "<p>\xC3\xA9 <a href=\"x%20y.html\">c</a></p>\n");
    asks("[r]: z.md\nx [c](d.md) [q][r]\n", "d.md@2:7 z.md@1:1 ",
         "<p>x <a href=\"x%20y.html\">c</a> <a href=\"x%20y.html\">q</a></p>\n");
    asks("a\r\n\r\n[c](d.md)\r\n", "d.md@3:5 ", "<p>a</p>\n<p><a href=\"x%20y.html\">c</a></p>\n");
}

static void addresses_are_escaped(void **state) {
    (void)state;
    gives("[a](<b c\"'&amp;%20%zz\xC3\xA9|.md>)\n",
          "<p><a href=\"b%20c%22&#39;&amp;%20%25zz%C3%A9%7C.md\">a</a></p>\n");
    gives("[a](b.md '\"<&')\n", "<p><a href=\"b.md\" title=\"&quot;&lt;&amp;\">a</a></p>\n");
    gives("[a](./b:c.md)\n", "<p><a href=\"./b:c.md\">a</a></p>\n");
    gives("[a <https://b.example/>](c.md)\n", "<p><a href=\"c.md\">a https://b.example/</a></p>\n");
}

static void dangerous_and_empty_links_are_reported(void **state) {
    (void)state;
#define SCHEME(x)                               \
    "error: an address may not begin with \"" x \
    "\" [link-scheme] use http:, https:, mailto:, tel: or a path\n"
    both("[a](javascript:b)\n", "<p>a</p>\n", "1:5: " SCHEME("javascript:"));
    both("[a](JaVaScript:b)\n", "<p>a</p>\n", "1:5: " SCHEME("JaVaScript:"));
    both("![a](data:image/png;base64,b)\n", "<p></p>\n", "1:6: " SCHEME("data:"));
    both("<ftp://a.example>\n", "<p>ftp://a.example</p>\n", "1:2: " SCHEME("ftp:"));
    both("[a](//b.example/c)\n", "<p>a</p>\n", "1:5: " SCHEME("//"));
    both("[a](java&#115;cript:b)\n", "<p>a</p>\n", "1:1: " SCHEME("javascript:"));
#undef SCHEME
    both("[](a.md)\n", "<p><a href=\"a.md\"></a></p>\n",
         "1:4: error: a link has no words [link-text-empty] write what it leads to between its [ ]\n");
    says("[![](a.png)](b.md)\n", "1:6: error: the image \"a.png\" has no text [image-alt] "
                                 "say between its [ ] what it shows\n"
                                 "1:14: error: a link has no words [link-text-empty] "
                                 "write what it leads to between its [ ]\n");
    says("[![c](a.png)](b.md)\n", "");
    says("![a](https://b.example/c.png)\n",
         "1:6: error: the image \"https://b.example/c.png\" is on another host "
         "[image-remote] copy it into the portal: pages show nothing that they do not bring\n");
}

static void links_whose_words_say_nothing_are_reported(void **state) {
    (void)state;
    static const char *const vague[] = {"here",         "Click here", "read more",
                                        "*Read more*.", "link",       "this page"};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(vague) / sizeof(*vague); i++) {
        struct str text = str_join(&arena, STR("["), str_from(vague[i]), STR("](a.md)\n"));
        struct outcome o = render(str_z(&arena, text), NULL);
        assert_true(str_has(buf_str(&o.said), STR("warning: the link's words \"")));
        assert_true(str_has(buf_str(&o.said), STR("[link-text-vague]")));
        arena_release(&o.arena);
    }
    says("[Here](a.md)\n",
         "1:8: warning: the link's words \"Here\" say nothing on their own [link-text-vague] "
         "write what it leads to\n");
    says("[more schools](a.md)\n", "");
    arena_release(&arena);
}

/* ---- HTML ---- */

static void html_is_reported_and_dropped(void **state) {
    (void)state;
#define RAW "error: HTML stands in the text [raw-html] write it in Markdown; to print < write \\<\n"
    both("a <b>c</b>\n", "<p>a c</p>\n", "1:3: " RAW "1:7: " RAW);
    both("a\n\n<div>\nb\n</div>\n\nc\n", "<p>a</p>\n<p>c</p>\n", "3:1: " RAW);
    both("<script>alert(1)</script>\n", "", "1:1: " RAW);
    both("<!-- a --> <b>\n", "", "1:8: " RAW);
    both("<?php ?>\n", "", "1:1: " RAW);
    both("x <b\nc=\"d\">\n", "<p>x </p>\n", "1:3: " RAW);
#undef RAW
    gives("a \\<b>\n", "<p>a &lt;b&gt;</p>\n");
    both("a\n\n<!-- b\n\nc\n", "<p>a</p>\n",
         "3:1: error: a comment is never closed [comment-unclosed] end it with -->\n");
}

/* ---- places ---- */

static void places_count_from_the_beginning_of_the_source(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct str text = STR("---\ntitle: T\n---\n\n## A\n\n[](b.md)\n");
    struct outcome o = render_bytes(text, 17, &plain);
    assert_same(o.page.html,
                "<section aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n<p><a href=\"b.md\"></a></p>\n"
                "</section>\n");
    assert_string_equal(o.said.at, "7:4: error: a link has no words [link-text-empty] "
                                   "write what it leads to between its [ ]\n");
    arena_release(&o.arena);
}

static void a_text_within_a_record_points_at_its_value(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source record = {STR("a.yaml"), STR("profile: |\n  x\n")};
    struct place at = place_at(&record, 9);
    struct markdown page =
        markdown_render_text(&arena, STR("a [](b.md) <i>\n\n# c\n\n[^d]: e\n\nf [^g]\n"), at, &plain, &diags);
    assert_true(str_starts(page.html, STR("<p>a <a href=\"b.md\"></a> </p>\n")));
    assert_int_equal(diags.count, 5);
    for (size_t i = 0; i < diags.count; i++) {
        assert_ptr_equal(diags.items[i].at.source, &record);
        assert_int_equal(diags.items[i].at.offset, 9);
    }
    arena_release(&arena);
}

/* ---- hostile text ---- */

static void nesting_is_bounded_on_both_sides(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    static const char *const marks[] = {">", "> ", "- ", "1. ", "[^a]: "};
    static const char said[] =
        "error: quotes, lists or emphasis are nested deeper than 64 [markdown-depth] take levels out\n";
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        struct outcome fits =
            render_bytes(repeat(&arena, "", marks[i], MARKDOWN_DEPTH_MAX, "a\n"), 0, &plain);
        assert_false(str_has(buf_str(&fits.said), STR("markdown-depth")));
        struct outcome deep =
            render_bytes(repeat(&arena, "b\n\n", marks[i], MARKDOWN_DEPTH_MAX + 1, "a\n"), 0, &plain);
        assert_true(str_ends(str_sub(buf_str(&deep.said), 0, deep.said.len - 1), str_from(said)));
        assert_same(deep.page.html, "<p>b</p>\n");
        arena_release(&fits.arena);
        arena_release(&deep.arena);
    }
    struct buf list = {.arena = &arena};
    for (size_t i = 0; i <= MARKDOWN_DEPTH_MAX; i++) {
        struct outcome o = render_bytes(buf_str(&list), 0, &plain);
        assert_string_equal(o.said.at, "");
        arena_release(&o.arena);
        for (size_t j = 0; j < i; j++)
            buf_lit(&list, "  ");
        buf_lit(&list, "- a\n");
    }
    struct outcome o = render_bytes(buf_str(&list), 0, &plain);
    assert_true(str_starts(buf_str(&o.said), STR("65:")) && str_has(buf_str(&o.said), str_from(said)));
    arena_release(&o.arena);
    arena_release(&arena);
}

static void emphasis_is_bounded_on_both_sides(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    for (size_t more = 0; more < 2; more++) {
        size_t times = MARKDOWN_DEPTH_MAX / 2; /* two levels each, and one of them once more */
        struct str open = repeat(&arena, more ? "_a " : "", "*a **a ", times, "b");
        struct str close = repeat(&arena, "", "** a*", times, more ? " a_\n" : "\n");
        struct outcome o = render_bytes(str_join(&arena, open, close), 0, &plain);
        assert_string_equal(o.said.at,
                            more ? "1:1: error: quotes, lists or emphasis are nested deeper than 64 "
                                   "[markdown-depth] take levels out\n"
                                 : "");
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

static void work_is_bounded_on_both_sides(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    size_t declarations = 1000; /* each is searched to the end of its block */
    for (size_t more = 0; more < 2; more++) {
        size_t length = MARKDOWN_WORK_MAX / declarations - 2 * declarations - 2 + more;
        struct str text = str_join(&arena, repeat(&arena, "a", "<?", declarations, ""),
                                   repeat(&arena, "", "b", length, "\n\nc\n"));
        struct outcome o = render_bytes(text, 0, &plain);
        assert_true(str_ends(o.page.html, STR("<p>c</p>\n")));
        assert_string_equal(o.said.at,
                            more ? "1:1: error: this block would take very long to read [markdown-tangled] "
                                   "look for rows of *, _, [ and < that are never closed, "
                                   "and part the block with blank lines\n"
                                 : "");
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

/* Each would take minutes, or all memory, or the stack, if it were not bounded. */
static void hostile_text_is_survived(void **state) {
    (void)state;
    static const struct markdown_options numbered = {.numbered = true};
    static const char *const parts[][2] = {
        {"", "["},
        {"", "*"},
        {"", ">"},
        {"", "|"},
        {"", "`"},
        {"", "<"},
        {"", "!["},
        {"", "[a]("},
        {"", "![[]()"},
        {"", "*[a](b)"},
        {"a", "<!A "},
        {"a", "<?"},
        {"a", "<![CDATA["},
        {"", "[^1]:*"},
        {"", "[^a]"},
        {"", "x\n:-|:-\n"},
        {"", "a\n"},
        {"|a|\n|-|\n", "b\n"},
        {"|a|\n|-|\n", "|"},
        {"", "- "},
        {"", "[^1]:\n"},
        {"", "## a\n"},
        {"", "> [!X]\n"},
        {"", "a\r"},
        {"", "<!--\n"},
        {"> x\n", "> :-|:-|:-\n> y\n"},
        {"", "&#91;^a] "},
        {"", "[a](&amp;)"},
        {"", "*a **a "},
        {"```\n", "[^a]: b\n"},
        {"", "    >\n"},
        {"", "a|"},
        {"", "\xFF\xC3[a](\xE2)\n\n## \x80\n"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        size_t times = 1000000 / strlen(parts[i][1]);
        struct str text = repeat(&arena, parts[i][0], parts[i][1], times, "");
        struct outcome o = render_bytes(text, 0, &numbered);
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

/* Four spaces before a > make it a word of the paragraph, which has not ended. */
static void an_indented_quote_mark_does_not_end_a_block(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    struct outcome o = render_bytes(repeat(&arena, "", "*[a](b)\n    >\n", 20000, ""), 0, &plain);
    assert_true(str_has(buf_str(&o.said), STR("[markdown-tangled]")));
    arena_release(&o.arena);
    arena_release(&arena);
}

static void bytes_that_are_no_utf8_are_replaced(void **state) {
    (void)state;
    gives("a\xFF \xC3(\n", "<p>a\xEF\xBF\xBD \xEF\xBF\xBD(</p>\n");
}

static void a_long_paragraph_above_a_rule_is_refused(void **state) {
    (void)state;
    static const struct markdown_options plain = {0};
    struct arena arena = {0};
    struct str text = repeat(&arena, "", "a\n", 300000, ":-|:-\n");
    struct outcome o = render_bytes(text, 0, &plain);
    assert_true(str_has(buf_str(&o.said), STR("[markdown-tangled]")));
    arena_release(&o.arena);
    arena_release(&arena);
}

/* ---- threads ---- */

#define TASKS 400

struct job {
    struct str texts[8];
    struct str html[TASKS];
    struct arena arenas[TASKS];
};

static void render_one(void *context, size_t task, size_t worker) {
    (void)worker;
    struct job *job = context;
    struct markdown_options options = {.numbered = task & 1, .heading_shift = (int)(task & 1)};
    struct diags diags = {.arena = &job->arenas[task]};
    struct source source = {STR("x.md"), job->texts[task % 8]};
    job->html[task] = markdown_render(&job->arenas[task], &source, 0, &options, &diags).html;
}

static void many_threads_render_what_one_does(void **state) {
    (void)state;
    static const char *const texts[8] = {
        "## A\n\nb *c* **d** [e](f.md) <https://g.example>[^1]\n\n[^1]: h `i`\n",
        "**Cap**\n\n| a | b |\n|---|--:|\n| c | *d* |\n| `e\\|f` | 2 |\n",
        "> [!NOTE]\n> a\n\n> [!FACTS]\n> - **b:** c\n",
        "- a\n- b\n  1. c\n\n     d\n\n```\ne\n```\n",
        "a[^x] b[^x]\n\n[^x]: c\n\n    d\n[^y]: e\n",
        "[a][b] ![c][b]\n\n[b]: <d e.md> 'f'\n\n&amp; &copy; \\* ~~g~~\n",
        "<div>\n\n<!-- a -->\n\n***a* b** __c__ _d_\n",
        "| a |\n|---|\n|\n\n### \xC3\xA9\n\n|a|b|c|\n|-|-|-|\n|d|e|f|g|\n",
    };
    struct job *alone = calloc(1, sizeof(*alone)), *many = calloc(1, sizeof(*many));
    for (size_t i = 0; i < 8; i++)
        alone->texts[i] = many->texts[i] = str_from(texts[i]);
    pool_run(1, TASKS, render_one, alone);
    pool_run(8, TASKS, render_one, many);
    for (size_t i = 0; i < TASKS; i++) {
        assert_true(alone->html[i].len > 0);
        assert_true(str_eq(alone->html[i], many->html[i]));
        arena_release(&alone->arenas[i]);
        arena_release(&many->arenas[i]);
    }
    free(alone);
    free(many);
}

/* ---- golden pages ---- */

#define GOLDEN "tests/golden/markdown/"

static struct str slurp(struct arena *arena, struct str path) {
    FILE *f = fopen(str_z(arena, path), "rb");
    if (!f)
        return (struct str){0};
    struct buf b = {.arena = arena};
    for (int c; (c = getc(f)) != EOF;)
        buf_byte(&b, (char)c);
    fclose(f);
    return buf_str(&b);
}

/* Each page beside its HTML, which a person has read. GOLDEN=write in the environment writes them anew. */
static void golden_pages_are_as_they_were_read(void **state) {
    (void)state;
    static const char *const names[] = {"policy", "tables", "asides", "links"};
    const char *wish = getenv("GOLDEN");
    struct arena arena = {0};
    struct markdown_options numbered = {.numbered = true};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct str stem = str_join(&arena, STR(GOLDEN), str_from(names[i]));
        struct str text = slurp(&arena, str_join(&arena, stem, STR(".md")));
        struct str path = str_join(&arena, stem, STR(".html"));
        assert_true(text.len > 0);
        struct outcome o = render_bytes(text, 0, &numbered);
        assert_string_equal(o.said.at, "");
        if (wish && !strcmp(wish, "write")) {
            FILE *f = fopen(str_z(&arena, path), "wb");
            assert_non_null(f);
            fwrite(o.page.html.at, 1, o.page.html.len, f);
            fclose(f);
        }
        assert_same(o.page.html, str_z(&arena, slurp(&arena, path)));
        arena_release(&o.arena);
    }
    arena_release(&arena);
}

int main(void) {
    markdown_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emphasis_code_and_breaks_are_printed),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(blocks_of_every_kind_are_printed),
        cmocka_unit_test(plain_text_has_single_spaces_and_no_markup),
        cmocka_unit_test(a_heading_opens_a_section_up_to_the_next_of_its_level),
        cmocka_unit_test(headings_have_ids_of_their_words_or_the_one_they_ask_for),
        cmocka_unit_test(an_id_that_is_asked_for_goes_before_one_made_of_words),
        cmocka_unit_test(words_never_make_an_id_that_paragraphs_or_footnotes_have),
        cmocka_unit_test(a_shift_prints_headings_lower_and_a_prefix_parts_texts),
        cmocka_unit_test(headings_that_are_wrong_are_reported),
        cmocka_unit_test(ids_that_cannot_be_given_are_reported),
        cmocka_unit_test(only_paragraphs_of_the_text_itself_are_numbered),
        cmocka_unit_test(every_id_in_the_html_is_listed_once),
        cmocka_unit_test(a_table_has_a_region_a_caption_and_scopes),
        cmocka_unit_test(a_caption_may_have_a_detail),
        cmocka_unit_test(a_paragraph_that_leads_up_to_a_table_is_no_caption),
        cmocka_unit_test(a_table_without_a_caption_takes_the_heading_above),
        cmocka_unit_test(no_two_regions_have_the_same_name),
        cmocka_unit_test(numbers_stand_on_the_right),
        cmocka_unit_test(the_first_cell_with_words_names_its_row),
        cmocka_unit_test(cells_hold_words_and_escaped_pipes),
        cmocka_unit_test(a_directive_before_a_table_prints_nothing),
        cmocka_unit_test(rows_with_too_many_or_too_few_cells_are_reported),
        cmocka_unit_test(text_that_touches_a_table_is_reported),
        cmocka_unit_test(a_header_that_does_not_fit_its_rule_is_reported),
        cmocka_unit_test(blank_headers_and_rows_are_reported),
        cmocka_unit_test(wide_tables_are_refused_before_they_are_parsed),
        cmocka_unit_test(large_tables_are_refused_before_they_are_parsed),
        cmocka_unit_test(asides_say_in_words_what_they_are),
        cmocka_unit_test(key_facts_are_a_list_of_terms),
        cmocka_unit_test(malformed_asides_and_facts_are_reported),
        cmocka_unit_test(footnotes_lead_there_and_back),
        cmocka_unit_test(footnotes_close_the_contents),
        cmocka_unit_test(a_footnote_in_a_link_is_a_number_alone),
        cmocka_unit_test(footnotes_that_lead_nowhere_are_reported),
        cmocka_unit_test(the_caller_says_what_an_address_becomes),
        cmocka_unit_test(the_caller_is_told_a_links_words_without_markup),
        cmocka_unit_test(addresses_of_other_hosts_are_left_alone),
        cmocka_unit_test(places_of_addresses_are_exact),
        cmocka_unit_test(addresses_are_escaped),
        cmocka_unit_test(dangerous_and_empty_links_are_reported),
        cmocka_unit_test(links_whose_words_say_nothing_are_reported),
        cmocka_unit_test(html_is_reported_and_dropped),
        cmocka_unit_test(places_count_from_the_beginning_of_the_source),
        cmocka_unit_test(a_text_within_a_record_points_at_its_value),
        cmocka_unit_test(nesting_is_bounded_on_both_sides),
        cmocka_unit_test(emphasis_is_bounded_on_both_sides),
        cmocka_unit_test(work_is_bounded_on_both_sides),
        cmocka_unit_test(hostile_text_is_survived),
        cmocka_unit_test(an_indented_quote_mark_does_not_end_a_block),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(a_long_paragraph_above_a_rule_is_refused),
        cmocka_unit_test(many_threads_render_what_one_does),
        cmocka_unit_test(golden_pages_are_as_they_were_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
