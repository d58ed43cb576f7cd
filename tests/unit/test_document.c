/* SPDX-License-Identifier: MIT */
/*
 * test_document.c: one document in three forms.
 *
 * Markdown is read back with cmark as the hosts use it (tables, strikethrough, addresses made links, tasks, footnotes), so
 * that what a test calls text is what a host's parser calls text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmocka.h>

#include "random.h"
#include "text.h"
#include "text/document.h"
#include "text/html.h"

struct kit {
    struct arena arena;
    struct document *document;
    struct buf out;
};

static int setup(void **state) {
    struct kit *k = calloc(1, sizeof(*k));
    k->document = document_new(&k->arena);
    k->out.arena = &k->arena;
    *state = k;
    return 0;
}

static int teardown(void **state) {
    struct kit *k = *state;
    arena_release(&k->arena);
    free(k);
    return 0;
}

static struct str as_text(struct kit *k, size_t width) {
    k->out = (struct buf){.arena = &k->arena};
    document_text(k->document, width, &k->out);
    return buf_str(&k->out);
}

static struct str as_markdown(struct kit *k) {
    k->out = (struct buf){.arena = &k->arena};
    document_markdown(k->document, 0, &k->out);
    return buf_str(&k->out);
}

static struct str as_html(struct kit *k) {
    k->out = (struct buf){.arena = &k->arena};
    document_html(k->document, &k->out);
    return buf_str(&k->out);
}

static void paragraph(struct kit *k, const char *words) {
    document_paragraph(k->document);
    document_span(k->document, SPAN_TEXT, str_from(words));
}

static void pass(void *context, const struct html_found *found) {
    (void)context;
    (void)found;
}

/* ---- reading Markdown back ---- */

static cmark_node *parse(struct str markdown) {
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE);
    for (size_t i = 0; i < 4; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, markdown.at, markdown.len);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

/* The words of it, without spaces of no width unless they are `kept`; blocks and cells are parted by a bar. Fails where there is anything but
 * headings, paragraphs, lists, tables, text, code and the two marks. */
static struct str words_kept(struct arena *arena, struct str markdown, bool kept) {
    static const char *const fine[] = {"document",  "heading",    "paragraph",    "list",  "item",
                                       "text",      "strong",     "code",         "table", "table_header",
                                       "table_row", "table_cell", "strikethrough"};
    struct buf out = {.arena = arena};
    cmark_node *root = parse(markdown);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        const char *type = cmark_node_get_type_string(node);
        bool known = false;
        for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
            known = known || strcmp(type, fine[i]) == 0;
        if (!known)
            fail_msg("there is a %s in |" STR_FMT "|", type, STR_ARG(markdown));
        struct str words = str_from(cmark_node_get_literal(node));
        if (event == CMARK_EVENT_ENTER && (strcmp(type, "text") == 0 || strcmp(type, "code") == 0))
            for (size_t i = 0; i < words.len; i++) {
                if (!kept && str_starts(str_sub(words, i, words.len), STR("\xe2\x80\x8b")))
                    i += 2;
                else
                    buf_byte(&out, words.at[i]);
            }
        if (event == CMARK_EVENT_EXIT && (strcmp(type, "paragraph") == 0 || strcmp(type, "heading") == 0 ||
                                          strcmp(type, "table_cell") == 0))
            buf_byte(&out, '|');
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    return buf_str(&out);
}

static struct str words_of(struct arena *arena, struct str markdown) {
    return words_kept(arena, markdown, false);
}

static size_t count_of(struct str markdown, const char *type) {
    size_t count = 0;
    cmark_node *root = parse(markdown);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
        count += event == CMARK_EVENT_ENTER &&
                 strcmp(cmark_node_get_type_string(cmark_iter_get_node(iter)), type) == 0;
    cmark_iter_free(iter);
    cmark_node_free(root);
    return count;
}

/* ---- a whole report ---- */

static void build_report(struct kit *k) {
    struct document *d = k->document;
    document_heading(d, 1, STR("What main..change does"));
    paragraph(k, "One school changes.");
    document_heading(d, 2, STR("Schools"));
    document_item(d, 0);
    document_span(d, SPAN_STRONG, STR("Ashdown"));
    document_printf(d, ": category ");
    document_change(d, STR("Green"), STR("Amber"));
    document_place(d, STR("content/policy/chart.md"), 68);
    document_item(d, 1);
    document_span(d, SPAN_TEXT, STR("by the row \"Two areas\""));
    document_item(d, 0);
    document_span(d, SPAN_TEXT, STR("Birch"));
    document_table(d, STR("Visits by level"), (struct str[]){STR("Level"), STR("Before"), STR("After")}, 3);
    document_row(d, SPAN_TEXT);
    document_cell(d);
    document_span(d, SPAN_TEXT, STR("Amber"));
    document_cell(d);
    document_printf(d, "%d", 7);
    document_cell(d);
    document_change(d, STR("7"), STR("10"));
    document_row(d, SPAN_ADDED);
    document_cell(d);
    document_span(d, SPAN_TEXT, STR("Purple"));
    document_cell(d);
    document_cell(d);
    document_printf(d, "%d", 12);
}

static void text_is_headed_wrapped_and_aligned(void **state) {
    struct kit *k = *state;
    build_report(k);
    assert_text(as_text(k, 60), "What main..change does\n"
                                "======================\n"
                                "\n"
                                "One school changes.\n"
                                "\n"
                                "Schools\n"
                                "-------\n"
                                "\n"
                                "- Ashdown: category [-Green-] {+Amber+}\n"
                                "  (content/policy/chart.md:68)\n"
                                "  - by the row \"Two areas\"\n"
                                "- Birch\n"
                                "\n"
                                "Visits by level\n"
                                "  Level   Before         After\n"
                                "------------------------------\n"
                                "  Amber        7  [-7-] {+10+}\n"
                                "+ Purple                    12\n");
}

static void a_table_that_is_too_wide_becomes_labelled_lines(void **state) {
    struct kit *k = *state;
    build_report(k);
    assert_has(as_text(k, 25), "Visits by level\n"
                               "* Amber\n"
                               "    Before: 7\n"
                               "    After: [-7-] {+10+}\n"
                               "+ Purple\n"
                               "    After: 12\n");
}

static void markdown_has_lists_marks_and_tables(void **state) {
    struct kit *k = *state;
    build_report(k);
    assert_text(as_markdown(k), "# What main..change does\n"
                                "\n"
                                "One school changes.\n"
                                "\n"
                                "## Schools\n"
                                "\n"
                                "- **Ashdown**: category ~~Green~~ **Amber** (`content/policy/chart.md:68`)\n"
                                "  - by the row \"Two areas\"\n"
                                "- Birch\n"
                                "\n"
                                "**Visits by level**\n"
                                "\n"
                                "| Level | Before | After |\n"
                                "| --- | ---: | ---: |\n"
                                "| Amber | 7 | ~~7~~ **10** |\n"
                                "| New: **Purple** | | **12** |\n");
    assert_int_equal(count_of(as_markdown(k), "table_row"), 2);
    assert_int_equal(count_of(as_markdown(k), "list"), 2);
}

static void html_is_well_formed_and_says_what_goes_and_comes(void **state) {
    struct kit *k = *state;
    build_report(k);
    struct str html = as_html(k);
    struct arena scratch = {0};
    assert_int_equal(html_scan(html, &scratch, pass, NULL), html.len);
    arena_release(&scratch);
    assert_has(html, "<html lang=\"en-GB\">");
    assert_has(html, "<title>What main..change does</title>");
    assert_has(html, "<h1>What main..change does</h1>");
    assert_has(html, "<section aria-labelledby=\"section-1\">\n<h2 id=\"section-1\">Schools</h2>");
    assert_has(html, "<del><span class=\"vh\">removed: </span>Green</del> "
                     "<ins><span class=\"vh\">added: </span>Amber</ins>");
    assert_has(html, "(<code>content/policy/chart.md:68</code>)");
    assert_has(html, "<li>by the row &quot;Two areas&quot;</li>\n</ul>\n</li>\n<li>Birch</li>\n</ul>\n");
    assert_has(html, "<caption id=\"table-1\">Visits by level</caption>");
    assert_has(html, "<th scope=\"col\" class=\"n\">Before</th>");
    assert_has(html, "<tr><th scope=\"row\"><span class=\"sign\">New: </span><ins>Purple</ins></th>"
                     "<td class=\"n\"></td><td class=\"n\"><ins>12</ins></td></tr>");
    assert_lacks(html, "<script");
    assert_lacks(html, " style=");
}

static void html_links_to_its_sections_where_there_are_many(void **state) {
    struct kit *k = *state;
    document_heading(k->document, 1, STR("Report"));
    document_heading(k->document, 2, STR("One"));
    document_heading(k->document, 2, STR("Two"));
    assert_lacks(as_html(k), "<nav");
    document_heading(k->document, 2, STR("R&D"));
    assert_has(as_html(k), "<nav aria-label=\"Sections\">");
    assert_has(as_html(k), "<li><a href=\"#section-3\">R&amp;D</a></li>");
}

/* ---- nothing ---- */

static void what_has_no_words_is_not_written(void **state) {
    struct kit *k = *state;
    document_paragraph(k->document);
    document_span(k->document, SPAN_ADDED, STR("  \n"));
    document_item(k->document, 0);
    document_table(k->document, STR("Nothing"), (struct str[]){STR("A")}, 1);
    assert_text(as_text(k, 80), "");
    assert_text(as_markdown(k), "");
    assert_lacks(as_html(k), "<table");
    assert_lacks(as_html(k), "<ul");
}

static void the_head_of_a_row_is_never_blank(void **state) {
    struct kit *k = *state;
    document_table(k->document, STR("T"), (struct str[]){{0}, STR("B")}, 2);
    document_row(k->document, SPAN_TEXT);
    document_cell(k->document);
    document_cell(k->document);
    document_span(k->document, SPAN_TEXT, STR("x"));
    assert_has(as_html(k), "<th scope=\"col\">–</th><th scope=\"col\">B</th>");
    assert_has(as_html(k), "<th scope=\"row\">–</th><td>x</td>");
    assert_has(as_text(k, 80), "–  B\n----\n–  x\n");
    assert_has(as_markdown(k), "| – | x |");
}

/* ---- words are data ---- */

static void white_space_is_folded_and_spans_keep_their_distance(void **state) {
    struct kit *k = *state;
    document_paragraph(k->document);
    document_span(k->document, SPAN_TEXT, STR(" a\n  b "));
    document_span(k->document, SPAN_ADDED, STR(" c\t"));
    document_span(k->document, SPAN_TEXT, STR("d"));
    document_span(k->document, SPAN_CODE, STR("e"));
    assert_text(as_text(k, 80), "a b {+c+} de\n");
    assert_text(as_markdown(k), "a b **c** d`e`\n");
}

static void controls_and_turned_writing_are_shown_as_such(void **state) {
    struct kit *k = *state;
    paragraph(k, "a\x1b[31mb\xe2\x80\xae"
                 "c\xff"
                 "d\xc2\x9b"
                 "e");
    assert_text(as_text(k, 80), "a\xef\xbf\xbd[31mb\xef\xbf\xbd"
                                "c\xef\xbf\xbd"
                                "d\xef\xbf\xbd"
                                "e\n");
    assert_lacks(as_html(k), "\x1b");
    assert_lacks(as_markdown(k), "\xe2\x80\xae");
}

static const char *const hostile[] = {
    "<script>alert(1)</script> & <!-- x --> <b>bold</b> &lt; &#65;",
    "![alt](https://evil.example/x.png) [text](javascript:alert(1)) [ref]: http://x.example",
    "*a* **b** _c_ __d__ ~~e~~ ~f~ `g` ``h`` \\* \\",
    "# heading #",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quote",
    "---",
    "===",
    "```",
    "~~~",
    "    code",
    "| a | b | \\| c |",
    "[ ] task",
    "a [ ] b [x](y) [z] (w) [q]: r [![i](j)](k) a*b * c* *d _e f_g_h i_ <b >c <=d> -x <a b>",
    "+ 4 - 5",
    "[x] task",
    "[^1] note",
    "[^1]: note",
    "::: block",
    "/close",
    "/assign @a",
    "@alex please, head@ashdown.example, @team/x, '@quoted'",
    "#1 GH-1 gh-22 owner/repo#3 !4 $5 %6 &7 ~8 ^9 %\"milestone\" ~\"label\" #1, (#2)",
    "https://evil.example/a?b=c&d http://x.example www.evil.example ftp://x.example mailto:a@b.example",
    ":smile: :+1: 10:30 {+in+} [-out-] [+in+] {-out-} [[_TOC_]] $`x`$ $$y$$",
    ("caf\xc3\xa9 \xe2\x80\x9cquoted\xe2\x80\x9d \xc2\xa3"
     "5 \xe2\x80\x93 \xc2\xa0x"),
    "a  \n# b\n\n- c",
    "\\",
    "`",
    "``",
    "\\|",
    "|",
    "a|b\\|c\\\\|d",
    "<",
    "&amp;",
    "*",
    "**",
    "#",
    "@",
    ":",
};
#define HOSTILE_COUNT (sizeof(hostile) / sizeof(hostile[0]))

/* As document.c folds it. */
static struct str folded(struct arena *arena, const char *words) {
    struct buf out = {.arena = arena};
    struct str s = str_from(words);
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] != ' ' && s.at[i] != '\n') || (out.len && out.at[out.len - 1] != ' '))
            buf_byte(&out, s.at[i] == '\n' ? ' ' : s.at[i]);
    return str_trim(buf_str(&out));
}

static void hostile_words_are_only_words_in_markdown(void **state) {
    struct kit *k = *state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        static const enum span_kind spans[] = {SPAN_TEXT, SPAN_ADDED, SPAN_REMOVED, SPAN_CODE, SPAN_STRONG};
        struct str words = folded(&k->arena, hostile[i]);
        for (size_t s = 0; s < 5; s++) {
            struct document *d = k->document = document_new(&k->arena);
            document_heading(d, 2, words);
            document_paragraph(d);
            document_span(d, spans[s], words);
            document_item(d, 0);
            document_span(d, spans[s], words);
            document_table(d, words, (struct str[]){words, words}, 2);
            document_row(d, SPAN_TEXT);
            document_cell(d);
            document_span(d, spans[s], words);
            document_cell(d);
            document_span(d, SPAN_TEXT, STR("x"));
            document_span(d, spans[s], words);
            document_span(d, SPAN_TEXT, STR("x"));
            struct str bar = STR("|");
            struct str all = str_join(&k->arena, words, bar, words, bar, words, bar, words, bar, words, bar,
                                      words, bar, words, bar, STR("x"), words, STR("x|"));
            struct str read = words_of(&k->arena, as_markdown(k));
            if (!str_eq(all, read))
                fail_msg("|" STR_FMT "|\nis read as |" STR_FMT "|\nof |" STR_FMT "|", STR_ARG(all),
                         STR_ARG(read), STR_ARG(as_markdown(k)));
        }
    }
}

/* What a host's filters look for in text that the parser has let through. */
static void no_reference_survives_in_markdown(void **state) {
    static const char *const references[] = {"@alex", "@team",    "@ashdown", "@quoted", "#1", "#3",
                                             "GH-1",  "gh-22",    "!4",       "%6",      "^9", "https:/",
                                             "www.e", "mailto:a", ":smile:",  ":+1:",    "{+", "[-",
                                             "[+",    "{-",       "%\"m",     "$5",      "[["};
    struct kit *k = *state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++)
        paragraph(k, hostile[i]);
    assert_lacks(as_markdown(k), "\n/close");
    struct str words = words_kept(&k->arena, as_markdown(k), true);
    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
        assert_lacks(words, references[i]);
}

static void a_reference_in_two_spans_is_broken_too(void **state) {
    struct kit *k = *state;
    document_paragraph(k->document);
    document_span(k->document, SPAN_TEXT, STR("by @"));
    document_span(k->document, SPAN_TEXT, STR("alex, see GH-"));
    document_printf(k->document, "%d", 7);
    assert_text(as_markdown(k), "by @&#8203;alex, see GH-&#8203;7\n");
}

/* Who reads the source, in an e-mail of the host say, reads words. */
static void what_would_do_nothing_is_not_escaped(void **state) {
    static const char *const plain[] = {"3 * concerns <= size and size >= 2, or size < 9",
                                        "+4 days",
                                        "2.5 days",
                                        "-0.5",
                                        "BAR-18 hard [L C, x] of schools",
                                        "a | b",
                                        "R & D",
                                        "date_of_birth"};
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        struct document *d = k->document = document_new(&k->arena);
        paragraph(k, plain[i]);
        assert_text(as_markdown(k), str_z(&k->arena, str_join(&k->arena, str_from(plain[i]), STR("\n"))));
        document_item(d, 0);
        document_span(d, SPAN_TEXT, str_from(plain[i]));
        assert_text(words_of(&k->arena, as_markdown(k)),
                    str_z(&k->arena,
                          str_join(&k->arena, str_from(plain[i]), STR("|"), str_from(plain[i]), STR("|"))));
    }
}

static void a_cell_begins_no_list_and_ends_at_its_own_bar_only(void **state) {
    struct kit *k = *state;
    document_table(k->document, STR("T"), (struct str[]){STR("A|B"), STR("C")}, 2);
    document_row(k->document, SPAN_TEXT);
    document_cell(k->document);
    document_span(k->document, SPAN_TEXT, STR("+ 4"));
    document_cell(k->document);
    document_span(k->document, SPAN_TEXT, STR("1. x|y"));
    assert_has(as_markdown(k), "| A&#124;B | C |");
    assert_has(as_markdown(k), "| + 4 | 1. x&#124;y |");
    assert_int_equal(count_of(as_markdown(k), "list"), 0);
}

static void marks_hold_next_to_any_character(void **state) {
    static const char *const parts[] = {"a", ",", "(",  "\xc3\xa9", "\xe2\x80\x94",
                                        "1", "*", "\\", "|",        "\xc2\xa0x"};
    enum { PARTS = sizeof(parts) / sizeof(parts[0]) };
    struct kit *k = *state;
    for (size_t i = 0; i < (size_t)PARTS * PARTS * PARTS * 2; i++) {
        struct str before = str_from(parts[i % PARTS]), marked = str_from(parts[i / PARTS % PARTS]);
        struct str after = str_from(parts[i / PARTS / PARTS % PARTS]);
        bool added = i / PARTS / PARTS / PARTS;
        struct document *d = k->document = document_new(&k->arena);
        document_paragraph(d);
        document_span(d, SPAN_TEXT, before);
        document_span(d, added ? SPAN_ADDED : SPAN_REMOVED, marked);
        document_span(d, SPAN_TEXT, after);
        struct str markdown = as_markdown(k);
        assert_int_equal(count_of(markdown, added ? "strong" : "strikethrough"), 1);
        assert_true(
            str_eq(words_of(&k->arena, markdown), str_join(&k->arena, before, marked, after, STR("|"))));
    }
}

static void random_spans_are_read_back_as_they_were_given(void **state) {
    static const char *const parts[] = {"a", " ", ",", "*",  "_",  "~",  "`",
                                        "[", "]", "(", ")",  "\\", "|",  "<",
                                        "&", "#", "@", "1.", "-",  "é",  "\xe2\x80\x9c",
                                        ":", "!", ">", "^",  "x",  " [", "] "};
    struct kit *k = *state;
    struct random random = {.state = 12};
    for (size_t run = 0; run < 3000; run++) {
        struct document *d = k->document = document_new(&k->arena);
        struct buf all = {.arena = &k->arena};
        document_paragraph(d);
        for (size_t s = 0; s < 4; s++) {
            struct buf span = {.arena = &k->arena};
            for (size_t i = 0; i < 3; i++)
                buf_add(&span, str_from(parts[random_below(&random, sizeof(parts) / sizeof(parts[0]))]));
            document_span(d, (enum span_kind)random_below(&random, 5), buf_str(&span));
            buf_add(&all, buf_str(&span));
        }
        struct str want = folded(&k->arena, str_z(&k->arena, buf_str(&all)));
        struct str markdown = as_markdown(k), read = words_of(&k->arena, markdown);
        if (!str_eq(str_trim(str_sub(read, 0, read.len ? read.len - 1 : 0)), want))
            fail_msg("|" STR_FMT "| is read as |" STR_FMT "| of |" STR_FMT "|", STR_ARG(want), STR_ARG(read),
                     STR_ARG(markdown));
    }
}

static void hostile_words_are_only_words_in_html(void **state) {
    struct kit *k = *state;
    struct arena scratch = {0};
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        document_heading(k->document, 2, str_from(hostile[i]));
        paragraph(k, hostile[i]);
        document_table(k->document, str_from(hostile[i]), (struct str[]){str_from(hostile[i])}, 1);
        document_row(k->document, SPAN_REMOVED);
        document_cell(k->document);
        document_span(k->document, SPAN_CODE, str_from(hostile[i]));
    }
    struct str html = as_html(k);
    assert_int_equal(html_scan(html, &scratch, pass, NULL), html.len);
    assert_lacks(html, "<script");
    assert_lacks(html, "<img");
    assert_lacks(html, "<b>");
    arena_release(&scratch);
}

/* ---- a comment's limit ---- */

static void a_long_comment_is_cut_between_blocks_and_says_so(void **state) {
    struct kit *k = *state;
    document_heading(k->document, 1, STR("Long"));
    document_table(k->document, STR("T"), (struct str[]){STR("A"), STR("B")}, 2);
    for (int i = 0; i < 400; i++) {
        document_row(k->document, SPAN_TEXT);
        document_cell(k->document);
        document_printf(k->document, "row %d", i);
        document_cell(k->document);
        document_span(k->document, SPAN_ADDED, STR("words"));
    }
    size_t whole = as_markdown(k).len;
    for (size_t limit = 150; limit <= whole + 1; limit += 7) {
        struct buf out = {.arena = &k->arena};
        document_markdown(k->document, limit, &out);
        assert_true(out.len <= limit);
        struct str cut = buf_str(&out);
        assert_int_equal(str_has(cut, STR("left out here")), limit < whole);
        assert_true(str_ends(cut, STR("|\n")) || str_ends(cut, STR("**\n")));
        words_of(&k->arena, cut);
    }
    struct buf out = {.arena = &k->arena};
    document_markdown(k->document, whole, &out);
    assert_int_equal(out.len, whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_headed_wrapped_and_aligned, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_that_is_too_wide_becomes_labelled_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(markdown_has_lists_marks_and_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(html_is_well_formed_and_says_what_goes_and_comes, setup, teardown),
        cmocka_unit_test_setup_teardown(html_links_to_its_sections_where_there_are_many, setup, teardown),
        cmocka_unit_test_setup_teardown(what_has_no_words_is_not_written, setup, teardown),
        cmocka_unit_test_setup_teardown(the_head_of_a_row_is_never_blank, setup, teardown),
        cmocka_unit_test_setup_teardown(white_space_is_folded_and_spans_keep_their_distance, setup, teardown),
        cmocka_unit_test_setup_teardown(controls_and_turned_writing_are_shown_as_such, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_words_are_only_words_in_markdown, setup, teardown),
        cmocka_unit_test_setup_teardown(no_reference_survives_in_markdown, setup, teardown),
        cmocka_unit_test_setup_teardown(a_reference_in_two_spans_is_broken_too, setup, teardown),
        cmocka_unit_test_setup_teardown(what_would_do_nothing_is_not_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cell_begins_no_list_and_ends_at_its_own_bar_only, setup, teardown),
        cmocka_unit_test_setup_teardown(marks_hold_next_to_any_character, setup, teardown),
        cmocka_unit_test_setup_teardown(random_spans_are_read_back_as_they_were_given, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_words_are_only_words_in_html, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_comment_is_cut_between_blocks_and_says_so, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
