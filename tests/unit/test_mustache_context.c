/* SPDX-License-Identifier: MIT */
/* test_mustache_context.c: what strict templates may print where in HTML, and what no data can make them print. */
#include "mustache_fixture.h"

#define EVIL                                                                                                \
    "{\"x\": \"\\\"'><script>alert(1)</script>&\", \"y\": \"y\", \"list\": [1, 2], \"yes\": true, \"no\": " \
    "false}"

/* ---- where values may stand ---- */

static void text_is_escaped(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "<p>{{x}}</p>", EVIL,
                  "<p>&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</p>");
    assert_prints(f, "{{x}}", "{\"x\": \"&amp;\"}", "&amp;amp;");
    assert_prints(f, "1 < 2 {{x}} a<b>{{x}}</b><!-- c -->{{x}}", "{\"x\": \"<\"}",
                  "1 < 2 &lt; a<b>&lt;</b><!-- c -->&lt;");
}

static void quoted_attributes_are_escaped(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "<p title=\"{{x}}\" lang='{{x}}'>", EVIL,
                  "<p title=\"&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\" "
                  "lang='&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;'>");
    assert_prints(f, "<p\n  class = \"a {{y}} b\"\tid=\"x-{{y}}\" hidden data-on=\"{{y}}\"/>", EVIL,
                  "<p\n  class = \"a y b\"\tid=\"x-y\" hidden data-on=\"y\"/>");
    assert_prints(f, "<P TITLE=\"{{x}}\">", "{\"x\": \"<\"}", "<P TITLE=\"&lt;\">");
}

static void titles_and_text_areas_are_escaped(void **state) {
    struct fixture *f = *state;
    assert_prints(
        f, "<title>{{x}} < b></title>{{x}}<textarea rows=\"2\">{{x}}</TEXTAREA >", "{\"x\": \"</title>\"}",
        "<title>&lt;/title&gt; < b></title>&lt;/title&gt;<textarea rows=\"2\">&lt;/title&gt;</TEXTAREA >");
}

static void scripts_and_styles_take_no_values(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<script>var a = \"{{x}}\";</script>", "template-in-script", "main:1:18");
    assert_refused(f, "<SCRIPT>{{x}}</script>", "template-in-script", "main:1:9");
    assert_refused(f, "<script type=\"module\">{{x}}</script>", "template-in-script", "main:1:23");
    assert_refused(f, "<script>{{{html}}}</script>", "template-in-script", "main:1:9");
    assert_refused(f, "<script>'< /script>'{{x}}</script>", "template-in-script", "main:1:21");
    assert_refused(f, "<script>'< p'; {{#x}}{{y}}{{/x}}</script>", "template-in-script", "main:1:22");
    assert_refused(f, "<style>p { color: {{x}} }</style>", "template-in-script", "main:1:19");
    assert_refused(f, "<iframe>{{x}}</iframe>", "template-in-script", "main:1:9");
    assert_str(f->diags.items[0].text, "\"x\" stands in a <iframe> element, where nothing can be escaped");
}

static void after_a_script_text_is_text_again(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "<script src=\"a.js\"></script>{{x}}", "{\"x\": \"<\"}",
                  "<script src=\"a.js\"></script>&lt;");
    assert_prints(f, "<script>if (a < b && c < /d/.e) {}</script\t>{{x}}", "{\"x\": \"<\"}",
                  "<script>if (a < b && c < /d/.e) {}</script\t>&lt;");
    assert_prints(f, "<script>{{#yes}}a();{{/yes}}</script>", EVIL, "<script>a();</script>");
}

static void linked_data_take_json_in_three_braces(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"json\": \"{\\\"a\\\":1}\", \"x\": \"</script>\", \"html\": \"<b>\"}";
    assert_prints(f, "<script type=\"application/ld+json\">{{{json}}}</script>", data,
                  "<script type=\"application/ld+json\">{\"a\":1}</script>");
    assert_prints(f, "<script id=\"d\" type='Application/LD+JSON'>[{{{json}}}]</script><p>{{x}}", data,
                  "<script id=\"d\" type='Application/LD+JSON'>[{\"a\":1}]</script><p>&lt;/script&gt;");
    assert_prints(f, "<script type=application/ld+json>{{{json}}}</script>", data,
                  "<script type=application/ld+json>{\"a\":1}</script>");
    assert_refused(f, "<script type=\"application/ld+json\">{{json}}</script>", "template-linked-data",
                   "main:1:36");
    assert_fails(f, "<script type=\"application/ld+json\">{{{x}}}</script>", data, "template-not-json",
                 "main:1:36");
    assert_str(buf_str(&f->out), "<script type=\"application/ld+json\"></script>");
    assert_fails(f, "<script type=\"application/ld+json\">{{{html}}}</script>", data, "template-not-json",
                 "main:1:36");
}

static void only_a_script_that_is_surely_linked_data_takes_json(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<script>{{{json}}}</script>", "template-in-script", "main:1:9");
    assert_refused(f, "<script type=\"text/javascript\" type=\"application/ld+json\">{{{json}}}</script>",
                   "template-in-script", "main:1:59");
    assert_refused(f, "<script data-type=\"application/ld+json\">{{{json}}}</script>", "template-in-script",
                   "main:1:41");
    assert_refused(f, "<style type=\"application/ld+json\">{{{json}}}</style>", "template-in-script",
                   "main:1:35");
    assert_refused(f, "<script type=\"{{x}}\"></script>", "template-html", "main:1:14");
    assert_refused(f, "<script type=\"application/{{#a}}ld+json{{/a}}\">{{{json}}}</script>", "template-html",
                   "main:1:14");
    assert_refused(f, "<script{{#a}} type=\"application/ld+json\"{{/a}}></script>", "template-unbalanced",
                   "main:1:8");
}

static void comments_and_declarations_take_no_values(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<!-- {{x}} -->", "template-in-comment", "main:1:6");
    assert_refused(f, "<!-- > {{x}} -->", "template-in-comment", "main:1:8");
    assert_refused(f, "<!doctype {{x}}>", "template-in-comment", "main:1:11");
    assert_refused(f, "<?xml {{x}}?>", "template-in-comment", "main:1:7");
    assert_refused(f, "</ {{x}}>", "template-in-comment", "main:1:4");
    assert_prints(
        f, "<!doctype html><!--a--><!--><!---><!--b--!>{{x}}", EVIL,
        "<!doctype "
        "html><!--a--><!--><!---><!--b--!>&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;");
    assert_prints(f, "<!-- {{#yes}}a{{/yes}} -->", EVIL, "<!-- a -->");
}

static void tags_take_values_in_quotes_only(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<p {{x}}>", "template-in-tag", "main:1:4");
    assert_refused(f, "<p{{x}}>", "template-in-tag", "main:1:3");
    assert_refused(f, "<p a{{x}}>", "template-in-tag", "main:1:5");
    assert_refused(f, "<p class=\"a\"{{x}}>", "template-in-tag", "main:1:13");
    assert_refused(f, "</p {{x}}>", "template-in-tag", "main:1:5");
    assert_refused(f, "<p class={{x}}>", "template-unquoted", "main:1:10");
    assert_refused(f, "<p class= {{x}}>", "template-unquoted", "main:1:11");
    assert_refused(f, "<p class=a{{x}}>", "template-unquoted", "main:1:11");
    assert_refused(f, "<p class={{#x}}a{{/x}}>", "template-unquoted", "main:1:10");
    assert_refused(f, "<p class=a{{#x}}b{{/x}}>", "template-unquoted", "main:1:11");
    assert_refused(f, "<p class={{$x}}b{{/x}}>", "template-unquoted", "main:1:10");
}

static void names_and_angle_brackets_stay_in_one_piece(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<{{x}}>", "template-html", "main:1:1");
    assert_refused(f, "</{{x}}>", "template-html", "main:1:1");
    assert_refused(f, "<!{{x}}>", "template-html", "main:1:1");
    assert_refused(f, "<!-{{x}}->", "template-html", "main:1:1");
    assert_refused(f, "a <{{#x}}b{{/x}}>", "template-html", "main:1:3");
    assert_refused(f, "a <", "template-html", "main:1:3");
    assert_refused(f, "<scr{{! }}ipt>{{x}}</script>", "template-html", "main:1:11");
    assert_refused(f, "<scr{{#x}}ipt{{/x}}>", "template-html", "main:1:11");
    assert_refused(f, "<a on{{#x}}click{{/x}}=\"{{y}}\">", "template-html", "main:1:12");
    assert_refused(f, "<a on{{! }}click=\"{{y}}\">", "template-html", "main:1:12");
    assert_refused(f, "<a href{{! }}=\"{{y}}\">", "template-html", "main:1:14");
    assert_refused(f, "<a href {{! }}=\"{{y}}\">", "template-html", "main:1:15");
    assert_refused(f, "<script>a</scr{{! }}ipt>", "template-html", "main:1:10");
    assert_refused(f, "<title>a</{{x}}", "template-html", "main:1:9");
    assert_refused(f, "<p class=\"a>b\"c\">", "template-html", "main:1:16");
    assert_refused(f, "<!-- a -{{! }}->", "template-html", "main:1:8");
}

/* In SVG, in a <select>, and with scripts off, browsers read as tags what they else read as text, and the reverse. */
static void what_browsers_read_in_two_ways_is_refused(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<script><!--<script></script>{{x}}", "template-html", "main:1:9");
    assert_refused(f, "<script>'<p>'</script>", "template-html", "main:1:10");
    assert_refused(f, "<script>'</scripty>'</script>", "template-html", "main:1:10");
    assert_refused(f, "<svg><title><a href=\"{{x}}\"></title></svg>", "template-html", "main:1:13");
    assert_refused(f, "<select><textarea><?</textarea></select>", "template-html", "main:1:19");
    assert_refused(f, "<svg><style><b onclick='</style>{{x}}'>", "template-html", "main:1:13");
    assert_refused(f, "<svg><![CDATA[ > <a title=\" ]]> <b onclick='{{x}}'>\">", "template-html", "main:1:6");
    assert_refused(f, "<noscript><a title=\"</noscript><b onclick='{{x}}'>\">", "template-html", "main:1:21");
    assert_refused(f, "<noscript><!--</NOSCRIPT><script>--> {{x}}", "template-html", "main:1:15");
    assert_refused(f, "<noscript><!doctype </noscript><script>> {{x}}", "template-html", "main:1:13");
    assert_refused(f, "</} <{{! }} >", "template-html", "main:1:3");
    assert_refused(f, "<a<b>", "template-html", "main:1:3");
    assert_refused(f, "<a b=<c>", "template-html", "main:1:6");
    assert_prints(f, "<noscript><!-- <b></b> --><p title=\"</b>{{y}}\"></noscript>{{y}}", EVIL,
                  "<noscript><!-- <b></b> --><p title=\"</b>y\"></noscript>y");
}

static void attributes_that_hold_code_take_no_values(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<p onclick=\"{{x}}\">", "template-in-code", "main:1:13");
    assert_str(f->diags.items[0].text, "\"x\" stands in an attribute that holds a script");
    assert_refused(f, "<p ONERROR='a({{x}})'>", "template-in-code", "main:1:15");
    assert_refused(f, "<p onanything=\"{{x}}\">", "template-in-code", "main:1:16");
    assert_refused(f, "<p style=\"color: {{x}}\">", "template-in-code", "main:1:18");
    assert_refused(f, "<iframe srcdoc=\"{{x}}\"></iframe>", "template-in-code", "main:1:17");
    assert_prints(f, "<p onclick=\"a()\" style=\"color: red\">{{y}}", EVIL,
                  "<p onclick=\"a()\" style=\"color: red\">y");
}

static void every_misplaced_value_is_reported(void **state) {
    struct fixture *f = *state;
    compile_one(f, "<p {{a}}>\n<!-- {{b}} -->\n<script>{{c}}</script>\n<p class={{d}}>\n{{e}}");
    assert_null(f->main);
    assert_int_equal(f->diags.count, 4);
    assert_said(f, 0, "template-in-tag", "main:1:4");
    assert_said(f, 1, "template-in-comment", "main:2:6");
    assert_said(f, 2, "template-in-script", "main:3:9");
    assert_said(f, 3, "template-unquoted", "main:4:10");
}

/* ---- HTML values ---- */

static void three_braces_take_html_in_plain_text(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"html\": \"<b>&amp;</b>\", \"text\": \"<b>\", \"n\": 5, \"b\": true, \"json\": "
                       "\"1\", \"none\": null}";
    assert_prints(f, "<p>{{{html}}}{{&html}}{{{none}}}</p>", data, "<p><b>&amp;</b><b>&amp;</b></p>");
    assert_fails(f, "<p>{{{text}}}</p>", data, "template-not-html", "main:1:4");
    assert_str(buf_str(&f->out), "<p></p>");
    assert_fails(f, "{{&text}}", data, "template-not-html", "main:1:1");
    assert_fails(f, "{{{n}}}", data, "template-not-html", "main:1:1");
    assert_fails(f, "{{{b}}}", data, "template-not-html", "main:1:1");
    assert_fails(f, "{{{json}}}", data, "template-not-html", "main:1:1");
}

static void three_braces_stand_nowhere_else(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<p title=\"{{{html}}}\">", "template-raw", "main:1:11");
    assert_refused(f, "<p title='{{&html}}'>", "template-raw", "main:1:11");
    assert_refused(f, "<a href=\"{{{html}}}\">", "template-raw", "main:1:10");
    assert_refused(f, "<title>{{{html}}}</title>", "template-raw", "main:1:8");
}

static void two_braces_refuse_html(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"html\": \"<b>\", \"json\": \"[\\\"\\u003c\\\"]\"}";
    assert_fails(f, "<p>{{html}}</p>", data, "template-is-html", "main:1:4");
    assert_str(buf_str(&f->out), "<p></p>");
    assert_fails(f, "<p title=\"{{html}}\">", data, "template-is-html", "main:1:11");
    assert_fails(f, "<a href=\"{{html}}\">", data, "template-is-html", "main:1:10");
    assert_fails(f, "<title>{{html}}</title>", data, "template-is-html", "main:1:8");
    assert_prints(f, "<p data-list=\"{{json}}\">", data, "<p data-list=\"[&quot;&lt;&quot;]\">");
}

/* ---- addresses ---- */

static void assert_address(struct fixture *f, const char *text, const char *address, bool allowed) {
    struct buf json = {.arena = &f->arena};
    buf_lit(&json, "{\"x\": ");
    json_string(&json, str_from(address));
    buf_lit(&json,
            ", \"empty\": \"\", \"none\": null, \"java\": \"java\", \"list\": [\"java\", \"script:\"]}");
    compile_one(f, text);
    assert_clean(f);
    render(f, str_z(&f->arena, buf_str(&json)));
    if (f->ok != allowed)
        fail_msg("%s in %s", address, text);
    if (!allowed) {
        assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-address");
        assert_false(str_has(buf_str(&f->out), STR("script:alert")));
    }
}

static void addresses_lead_to_the_web_to_mail_and_to_telephones(void **state) {
    struct fixture *f = *state;
    static const char *const good[] = {
        "http://a.example/",
        "HTTPS://a.example",
        "mailto:a@b.example",
        "tel:+442079460000",
        "schools/x.html",
        "/x:y",
        "#a:b",
        "?a:b",
        "",
        "..",
        "a b:c",
        "12:30",
        "-a:b",
        "//b.example",
        "x&y:z",
        "<a:b",
        "caf\xC3\xA9:x",
        " https://a",
        "hTtP:x",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_address(f, "<a href=\"{{x}}\">", good[i], true);
}

static void addresses_run_no_scripts(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "\t\n\rjavascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "jav\r\na\tscript:alert(1)",
        "\x01\x1F javascript:alert(1)",
        "javascript\t:alert(1)",
        "data:text/html,alert(1)",
        "vbscript:alert(1)",
        "DATA:,alert",
        "file:///alert",
        "blob:alert",
        "x-a+b.c:alert",
        "httpss:alert",
        "averyveryveryverylongscheme:alert",
        "http-x:alert",
        "ftp:alert",
        "j:alert",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_address(f, "<a href=\"{{x}}\">", bad[i], false);
        assert_address(f, "<a href='{{x}}'>", bad[i], false);
        assert_address(f, "<a title=\"it's\" href=\"\t{{none}}{{empty}} {{x}}\">", bad[i], false);
    }
}

static void every_attribute_that_holds_an_address_is_checked(void **state) {
    struct fixture *f = *state;
    static const char *const names[] = {"href",       "src",  "action", "formaction",
                                        "poster",     "cite", "data",   "srcset",
                                        "xlink:href", "ping", "HREF",   "imagesrcset"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct buf text = {.arena = &f->arena};
        buf_printf(&text, "<x %s = \"{{x}}\">", names[i]);
        assert_address(f, str_z(&f->arena, buf_str(&text)), "javascript:alert(1)", false);
    }
    assert_address(f, "<x data-href=\"{{x}}\" title=\"{{x}}\">", "javascript:alert(1)", true);
}

static void a_scheme_cannot_be_put_together_from_pieces(void **state) {
    struct fixture *f = *state;
    assert_address(f, "<a href=\"{{java}}{{x}}\">", "script:alert(1)", false);
    assert_address(f, "<a href=\"java{{x}}\">", "script:alert(1)", false);
    assert_address(f, "<a href=\"javascript{{x}}\">", ":alert(1)", false);
    assert_address(f, "<a href=\"javascript:{{x}}\">", "alert(1)", false);
    assert_address(f, "<a href=\"{{#list}}{{.}}{{/list}}{{x}}\">", "alert(1)", false);
    assert_address(f, "<a href=\"{{#list}}{{.}}{{/list}}\">", "alert(1)", false);
    assert_address(f, "<a href=\"{{^empty}}java{{/empty}}{{x}}\">", "script:alert(1)", false);
    assert_address(f, "<a href=\"{{$b}}java{{/b}}{{x}}\">", "script:alert(1)", false);
    assert_address(f, "<a href=\"&{{x}}\">", "#106;avascript:alert(1)", false);
    assert_address(f, "<a href=\"&#{{x}}\">", "106;avascript:alert(1)", false);
    assert_address(f, "<a href=\"&#106;ava{{x}}\">", "script:alert(1)", false);
    assert_address(f, "<a href=\"java&Tab;{{x}}\">", "script:alert(1)", false);
}

static void what_follows_a_path_is_no_scheme(void **state) {
    struct fixture *f = *state;
    assert_address(f, "<a href=\"schools/{{x}}.html\">", "javascript:alert(1)", true);
    assert_address(f, "<a href=\"?q={{x}}&amp;r={{x}}\">", "javascript:alert(1)", true);
    assert_address(f, "<a href=\"#{{x}}\">", "javascript:alert(1)", true);
    assert_address(f, "<a href=\"https://a.example/{{x}}\">", "javascript:alert(1)", true);
    assert_address(f, "<a href=\"mailto:{{x}}\">", "a@b.example", true);
    assert_address(f, "<a href=\"{{java}}/{{x}}\">", "javascript:alert(1)", true);
    assert_address(f, "<a href=\"a\"><a href=\"{{x}}\">", "javascript:alert(1)", false);
}

static void a_refused_address_is_named(void **state) {
    struct fixture *f = *state;
    assert_fails(f, "<p>\n<a href=\"{{x}}\">", "{\"x\": \" JavaScript:alert(1)\"}", "template-address",
                 "main:2:10");
    assert_str(f->diags.items[0].text, "\"x\" makes an address with the scheme \"JavaScript\"");
    assert_str(buf_str(&f->out), "<p>\n<a href=\"\">");
}

/* ---- sections, blocks and partials in HTML ---- */

static void a_section_ends_where_it_begins(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "{{#x}}<p title=\"{{/x}}\">", "template-unbalanced", "main:1:1");
    assert_str(f->diags.items[0].text, "\"x\" begins in plain text and ends in an attribute's value");
    assert_refused(f, "<p title=\"{{#x}}\">{{/x}}\">", "template-unbalanced", "main:1:11");
    assert_refused(f, "<p title=\"{{#x}}\" lang='{{/x}}'>", "template-unbalanced", "main:1:11");
    assert_refused(f, "{{^x}}<script>{{/x}}", "template-unbalanced", "main:1:1");
    assert_refused(f, "{{#x}}<!--{{/x}}", "template-unbalanced", "main:1:1");
    assert_refused(f, "<p{{#x}}>{{/x}}>", "template-unbalanced", "main:1:3");
    assert_refused(f, "{{$x}}<p {{/x}}", "template-unbalanced", "main:1:1");
    assert_refused(f, "<title>{{#x}}</title>{{/x}}</title>", "template-unbalanced", "main:1:8");
    assert_refused(f, "<p title=\"{{#x}}\" style=\"{{/x}}\">", "template-unbalanced", "main:1:11");
}

static void sections_may_stand_between_attributes(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "<li{{#yes}} class=\"{{x}}\"{{/yes}}{{^yes}} hidden{{/yes}} id=\"a\">",
                  "{\"yes\": true, \"x\": \"c\"}", "<li class=\"c\" id=\"a\">");
    assert_prints(f, "<option{{#yes}} selected{{/yes}}>", EVIL, "<option selected>");
    assert_prints(f, "<input {{#yes}}checked{{/yes}}>", EVIL, "<input checked>");
    assert_prints(f, "<input {{#yes}}class=\"a\"{{/yes}} {{#no}}id=\"b\"{{/no}}/>", EVIL,
                  "<input class=\"a\" />");
    assert_prints(f, "<p class=\"a{{#yes}} b{{/yes}}{{^yes}} c{{/yes}}\">", EVIL, "<p class=\"a b\">");
    assert_prints(f, "<p\n{{#yes}}\n  hidden\n{{/yes}}\n  id=\"a\">", EVIL, "<p\n  hidden\n  id=\"a\">");
}

static void names_cannot_be_put_together_from_pieces(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<p {{#yes}}on{{/yes}}{{#yes}}click=\"{{x}}\"{{/yes}}>", "template-html", "main:1:30");
    assert_refused(f, "<p {{#yes}}on{{/yes}}click=\"{{x}}\">", "template-html", "main:1:22");
    assert_refused(f, "<p {{#yes}}data{{/yes}}=\"{{x}}\">", "template-html", "main:1:24");
    assert_refused(f, "<p {{#list}}click=\"{{x}}\" on{{/list}}>", "template-html", "main:1:13");
    assert_refused(f, "<p {{#list}}{{#yes}}on{{/yes}}{{/list}}click=\"{{x}}\">", "template-html",
                   "main:1:21");
    assert_refused(f, "<p{{$b}}{{/b}}on=\"{{x}}\">", "template-html", "main:1:15");
    assert_refused(f, "<p {{$b}}{{/b}}on=\"{{x}}\">", "template-html", "main:1:16");
}

static void a_template_ends_in_plain_text(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "<p", "template-end", "main:1:3");
    assert_refused(f, "<p title=\"x", "template-end", "main:1:12");
    assert_refused(f, "<script>", "template-end", "main:1:9");
    assert_refused(f, "<!-- ", "template-end", "main:1:6");
    assert_refused(f, "{{x}}\n<title>", "template-end", "main:2:8");
}

static void partials_stand_in_plain_text(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {
        "<p title=\"{{>p}}\">",    "<p {{>p}}>",
        "<title>{{>p}}</title>",   "<!-- {{>p}} -->",
        "<script>{{>p}}</script>", "<p title=\"{{<p}}{{/p}}\">",
        "<p title=\"{{>*n}}\">",   "<style>{{>*n}}</style>",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        fixture_clear(f);
        add(f, "main", bad[i]);
        add(f, "p", "text");
        compile(f);
        assert_null(f->main);
        assert_int_equal(f->diags.count, 1);
        assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-partial-place");
    }
}

static void a_partial_is_checked_by_itself(void **state) {
    struct fixture *f = *state;
    add(f, "main", "<p>{{>p}}</p>");
    add(f, "p", "<b title=\"");
    compile(f);
    assert_null(f->main);
    assert_said(f, 0, "template-end", "p:1:11");
}

/* ---- blocks ---- */

#define LAYOUT                                                                          \
    "<html{{$attributes}}{{/attributes}}><title>{{$title}}Home{{/title}}</title><body " \
    "class=\"{{$class}}{{/class}}\">"                                                   \
    "<a href=\"{{$link}}x{{/link}}\">{{$content}}{{/content}}</a>"

static void compile_page(struct fixture *f, const char *page) {
    fixture_clear(f);
    add(f, "main", page);
    add(f, "layout", LAYOUT);
    compile(f);
}

static void a_passed_block_is_checked_where_the_parent_has_it(void **state) {
    struct fixture *f = *state;
    compile_page(f, "{{<layout}}{{$title}}{{x}}{{/title}}{{$class}}a {{x}}{{/class}}{{$attributes}} "
                    "lang=\"{{x}}\"{{/attributes}}"
                    "{{$content}}<p>{{x}}</p>{{/content}}{{/layout}}");
    assert_clean(f);
    render(f, "{\"x\": \"<\\\">\"}");
    assert_str(buf_str(&f->out), "<html lang=\"&lt;&quot;&gt;\"><title>&lt;&quot;&gt;</title><body class=\"a "
                                 "&lt;&quot;&gt;\"><a href=\"x\"><p>&lt;&quot;&gt;</p></a>");
    static const struct {
        const char *page, *slug;
    } bad[] = {
        {"{{<layout}}{{$title}}{{{html}}}{{/title}}{{/layout}}", "template-raw"},
        {"{{<layout}}{{$title}}</title>{{x}}{{/title}}{{/layout}}", "template-unbalanced"},
        {"{{<layout}}{{$class}}\" onclick=\"{{x}}{{/class}}{{/layout}}", "template-in-code"},
        {"{{<layout}}{{$attributes}}{{x}}{{/attributes}}{{/layout}}", "template-in-tag"},
        {"{{<layout}}{{$attributes}}lang=\"a\"{{/attributes}}{{/layout}}", "template-html"},
        {"{{<layout}}{{$attributes}} lang={{x}}{{/attributes}}{{/layout}}", "template-unquoted"},
        {"{{<layout}}{{$content}}<script>{{x}}</script>{{/content}}{{/layout}}", "template-in-script"},
        {"{{<layout}}{{$content}}<p title=\"{{/content}}{{/layout}}", "template-unbalanced"},
        {"{{<layout}}{{$class}}{{>layout}}{{/class}}{{/layout}}", "template-partial-place"},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        compile_page(f, bad[i].page);
        assert_null(f->main);
        assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, bad[i].slug);
        assert_str(f->diags.items[0].at.source->path, "main");
    }
}

static void a_passed_address_is_checked_like_any_other(void **state) {
    struct fixture *f = *state;
    compile_page(f, "{{<layout}}{{$link}}{{x}}{{/link}}{{/layout}}");
    assert_clean(f);
    render(f, "{\"x\": \"javascript:alert(1)\"}");
    assert_said(f, 0, "template-address", "main:1:21");
    assert_true(str_has(buf_str(&f->out), STR("<a href=\"\">")));
}

static void a_block_the_parent_does_not_have_is_a_mistake(void **state) {
    struct fixture *f = *state;
    compile_page(f, "{{<layout}}{{$titel}}x{{/titel}}{{/layout}}");
    assert_null(f->main);
    assert_int_equal(f->diags.count, 1);
    assert_said(f, 0, "template-block-unknown", "main:1:12");
    assert_str(f->diags.items[0].text, "\"layout\" has no block \"titel\"");
    assert_str(f->diags.items[0].hint, "did you mean \"title\"?");
}

static void a_block_is_passed_once(void **state) {
    struct fixture *f = *state;
    compile_page(f, "{{<layout}}{{$title}}x{{/title}}{{$title}}y{{/title}}{{/layout}}");
    assert_null(f->main);
    assert_int_equal(f->diags.count, 1);
    assert_said(f, 0, "template-block-twice", "main:1:33");
}

static void blocks_reach_through_partials_and_parents(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<page}}{{$note}}{{x}}{{/note}}{{$inner}} class=\"{{x}}\"{{/inner}}{{/page}}");
    add(f, "page", "{{<layout}}{{$content}}<p{{$inner}}{{/inner}}>{{>card}}</p>{{/content}}{{/layout}}");
    add(f, "layout", "<main>{{$content}}{{/content}}</main>");
    add(f, "card", "<b title=\"{{$note}}-{{/note}}\">");
    compile(f);
    assert_clean(f);
    render(f, "{\"x\": \"\\\"\"}");
    assert_str(buf_str(&f->out), "<main><p class=\"&quot;\"><b title=\"&quot;\"></p></main>");
}

static void a_mistake_in_a_far_place_is_found(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<page}}{{$inner}}{{x}}{{/inner}}{{/page}}");
    add(f, "page", "{{<layout}}{{$content}}<script>{{$inner}}{{/inner}}</script>{{/content}}{{/layout}}");
    add(f, "layout", "<main>{{$content}}{{/content}}</main>");
    compile(f);
    assert_null(f->main);
    assert_int_equal(f->diags.count, 1);
    assert_said(f, 0, "template-in-script", "main:1:20");
}

static void a_block_may_stand_in_several_places_that_escape_alike(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<layout}}{{$title}}{{x}}{{/title}}{{/layout}}");
    add(f, "layout",
        "<title>{{$title}}{{/title}}</title><p title=\"{{$title}}{{/title}}\">{{$title}}{{/title}}</p>");
    compile(f);
    assert_clean(f);
    render(f, "{\"x\": \"<\"}");
    assert_str(buf_str(&f->out), "<title>&lt;</title><p title=\"&lt;\">&lt;</p>");
    fixture_clear(f);
    add(f, "main", "{{<layout}}{{$title}}{{x}}{{/title}}{{/layout}}");
    add(f, "layout", "<a href=\"{{$title}}{{/title}}\">{{$title}}{{/title}}</a>");
    compile(f);
    assert_null(f->main);
    assert_said(f, 0, "template-two-places", "main:1:22");
    assert_int_equal(f->diags.count, 1);
}

static void a_dynamic_partial_does_not_see_passed_blocks(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<layout}}{{$title}}{{x}}{{/title}}{{/layout}}");
    add(f, "layout", "{{$title}}{{/title}}|{{>*name}}");
    add(f, "trap", "<script>{{$title}}1{{/title}}</script>");
    compile(f);
    assert_clean(f);
    render(f, "{\"x\": \"alert(1)\", \"name\": \"trap\"}");
    assert_clean(f);
    assert_str(buf_str(&f->out), "alert(1)|<script>1</script>");
}

static void a_parent_is_not_named_by_a_value(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "{{<*x}}{{$a}}{{/a}}{{/*x}}", "template-dynamic-parent", "main:1:1");
}

/* Recursive templates, and blocks that stand in each other's way, are checked in finite time. */
static void templates_that_call_each_other_are_checked(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<a}}{{$x}}{{<b}}{{$x}}{{v}}{{/x}}{{/b}}{{/x}}{{/a}}");
    add(f, "a", "<i>{{$x}}{{/x}}{{#more}}{{>b}}{{/more}}</i>");
    add(f, "b",
        "<u title=\"{{$y}}{{/y}}\">{{$x}}{{/x}}{{#more}}{{<a}}{{$x}}{{$y}}{{/y}}{{/x}}{{/a}}{{/more}}</u>");
    compile(f);
    assert_clean(f);
    render(f, "{\"v\": \"<\", \"more\": false}");
    assert_str(buf_str(&f->out), "<i><u title=\"\">&lt;</u></i>");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(text_is_escaped),
        TEST(quoted_attributes_are_escaped),
        TEST(titles_and_text_areas_are_escaped),
        TEST(scripts_and_styles_take_no_values),
        TEST(after_a_script_text_is_text_again),
        TEST(linked_data_take_json_in_three_braces),
        TEST(only_a_script_that_is_surely_linked_data_takes_json),
        TEST(comments_and_declarations_take_no_values),
        TEST(tags_take_values_in_quotes_only),
        TEST(names_and_angle_brackets_stay_in_one_piece),
        TEST(what_browsers_read_in_two_ways_is_refused),
        TEST(attributes_that_hold_code_take_no_values),
        TEST(every_misplaced_value_is_reported),
        TEST(three_braces_take_html_in_plain_text),
        TEST(three_braces_stand_nowhere_else),
        TEST(two_braces_refuse_html),
        TEST(addresses_lead_to_the_web_to_mail_and_to_telephones),
        TEST(addresses_run_no_scripts),
        TEST(every_attribute_that_holds_an_address_is_checked),
        TEST(a_scheme_cannot_be_put_together_from_pieces),
        TEST(what_follows_a_path_is_no_scheme),
        TEST(a_refused_address_is_named),
        TEST(a_section_ends_where_it_begins),
        TEST(sections_may_stand_between_attributes),
        TEST(names_cannot_be_put_together_from_pieces),
        TEST(a_template_ends_in_plain_text),
        TEST(partials_stand_in_plain_text),
        TEST(a_partial_is_checked_by_itself),
        TEST(a_passed_block_is_checked_where_the_parent_has_it),
        TEST(a_passed_address_is_checked_like_any_other),
        TEST(a_block_the_parent_does_not_have_is_a_mistake),
        TEST(a_block_is_passed_once),
        TEST(blocks_reach_through_partials_and_parents),
        TEST(a_mistake_in_a_far_place_is_found),
        TEST(a_block_may_stand_in_several_places_that_escape_alike),
        TEST(a_dynamic_partial_does_not_see_passed_blocks),
        TEST(a_parent_is_not_named_by_a_value),
        TEST(templates_that_call_each_other_are_checked),
    };
    return cmocka_run_group_tests_name("mustache_context", tests, NULL, NULL);
}
