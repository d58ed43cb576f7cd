/* SPDX-License-Identifier: MIT */
/*
 * test_mustache.c: the template language beyond what the specification's own tests say: strict names, messages,
 * limits, indentation, inheritance.
 */
#include "mustache_fixture.h"

#include "base/pool.h"

/* ---- names ---- */

static void an_unknown_name_is_a_mistake_wherever_it_stands(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"title\": \"T\", \"list\": [{\"a\": 1}]}";
    assert_fails(f, "<p>\n  {{titel}}</p>", data, "template-unknown-name", "main:2:3");
    assert_str(f->diags.items[0].text, "\"titel\" is not known here");
    assert_str(f->diags.items[0].hint, "did you mean \"title\"?");
    assert_fails(f, "{{#lists}}x{{/lists}}", data, "template-unknown-name", "main:1:1");
    assert_fails(f, "a{{^lists}}x{{/lists}}", data, "template-unknown-name", "main:1:2");
    assert_fails(f, "{{{nothing_like_it}}}", data, "template-unknown-name", "main:1:1");
    assert_str(f->diags.items[0].hint, "");
    assert_fails(f, "{{>*titles}}", data, "template-unknown-name", "main:1:1");
    assert_fails(f, "{{a}}", data, "template-unknown-name", "main:1:1");
}

static void a_known_name_without_a_value_is_false_and_prints_nothing(void **state) {
    struct fixture *f = *state;
    static const char *const values[] = {"null", "false", "\"\"", "[]"};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct buf json = {.arena = &f->arena};
        buf_printf(&json, "{\"x\": %s}", values[i]);
        assert_prints(f, "{{#x}}yes{{/x}}{{^x}}no{{/x}}", str_z(&f->arena, buf_str(&json)), "no");
    }
    assert_prints(f, "[{{x}}{{y}}{{{x}}}]", "{\"x\": null, \"y\": \"\"}", "[]");
}

static void everything_else_is_true(void **state) {
    struct fixture *f = *state;
    static const char *const values[] = {"true", "0", "\"0\"", "\"false\"", "{}", "[0]", "\" \""};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct buf json = {.arena = &f->arena};
        buf_printf(&json, "{\"x\": %s}", values[i]);
        assert_prints(f, "{{#x}}yes{{/x}}{{^x}}no{{/x}}", str_z(&f->arena, buf_str(&json)), "yes");
    }
}

static void numbers_and_truths_print_as_they_are_written(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "{{a}} {{b}} {{c}} {{d}} {{#c}}{{.}}{{/c}}",
                  "{\"a\": 1.50, \"b\": -1E5, \"c\": true, \"d\": false}", "1.50 -1E5 true false true");
}

static void lists_and_maps_are_no_texts(void **state) {
    struct fixture *f = *state;
    assert_fails(f, "{{x}}", "{\"x\": [1]}", "template-not-text", "main:1:1");
    assert_str(f->diags.items[0].text, "\"x\" is a list, not a text");
    assert_fails(f, "{{x}}", "{\"x\": {}}", "template-not-text", "main:1:1");
    assert_fails(f, "{{.}}", "{\"x\": 1}", "template-not-text", "main:1:1");
}

static void the_parts_of_a_name_must_be_there(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"head\": {\"name\": \"A\", \"post\": null}, \"gone\": null, \"word\": \"w\"}";
    assert_prints(f, "{{head.name}}{{head.post}}{{head.post.since}}{{gone.name}}{{^gone.a.b}}-{{/gone.a.b}}",
                  data, "A-");
    assert_fails(f, "{{head.nam}}", data, "template-no-part", "main:1:1");
    assert_str(f->diags.items[0].text, "\"head\" has no \"nam\"");
    assert_str(f->diags.items[0].hint, "did you mean \"name\"?");
    assert_fails(f, "{{#word.length}}{{/word.length}}", data, "template-no-map", "main:1:1");
    assert_str(f->diags.items[0].text, "\"word\" is text, so it has no \"length\"");
    assert_fails(f, "{{head.name.first}}", data, "template-no-map", "main:1:1");
    assert_fails(f, "{{hed.name}}", data, "template-unknown-name", "main:1:1");
    assert_str(f->diags.items[0].hint, "did you mean \"head\"?");
}

static void the_innermost_map_that_has_a_name_gives_its_value(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "{{#a}}{{x}}{{y}}{{#b}}{{x}}{{y}}{{/b}}{{/a}}{{x}}",
                  "{\"x\": 1, \"y\": 2, \"a\": {\"x\": 3, \"b\": {\"y\": null, \"x\": 4}}}", "3241");
    assert_prints(f, "{{#list}}{{#.}}{{.}}{{x}} {{/.}}{{/list}}",
                  "{\"x\": \"-\", \"list\": [[1, 2], [\"a\"]]}", "1- 2- a- ");
}

static void data_need_not_be_a_map(void **state) {
    struct fixture *f = *state;
    assert_prints(f, "{{.}}", "\"<\"", "&lt;");
    assert_prints(f, "{{#.}}{{.}},{{/.}}", "[1, 2]", "1,2,");
    assert_prints(f, "", "null", "");
    assert_fails(f, "{{x}}", "null", "template-unknown-name", "main:1:1");
}

/* ---- messages ---- */

static void a_message_says_what_was_rendered_and_who_called(void **state) {
    struct fixture *f = *state;
    add(f, "main", "\n{{<layout}}{{$body}}\n  {{>card}}\n{{/body}}{{/layout}}");
    add(f, "layout", "<b>{{$body}}{{/body}}</b>");
    add(f, "card", "{{nome}}");
    compile(f);
    assert_clean(f);
    render(f, "{\"name\": 1}");
    assert_said(f, 0, "template-unknown-name", "card:1:1");
    assert_str(f->diags.items[0].note, "while rendering x.html; called from main:3:3, layout:1:4, main:2:1");
}

static void a_message_names_the_nearest_callers_only(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{>a}}");
    add(f, "a", "{{#next}}{{>a}}{{/next}}{{^next}}{{x}}{{/next}}");
    compile(f);
    render(f, "{\"next\":{\"next\":{\"next\":{\"next\":{\"next\":{\"next\":null}}}}}}");
    assert_str(f->diags.items[0].note,
               "while rendering x.html; called from a:1:10, a:1:10, a:1:10, a:1:10 and more");
}

static void a_mistake_in_a_loop_is_reported_once(void **state) {
    struct fixture *f = *state;
    assert_fails(f, "{{#list}}{{x}}{{/list}}", "{\"list\": [1, 2, 3]}", "template-unknown-name", "main:1:10");
}

static void every_mistake_of_a_page_is_reported(void **state) {
    struct fixture *f = *state;
    compile_one(f, "{{a}}\n{{#b}}{{/b}}\n{{{t}}}\n{{t}}");
    assert_clean(f);
    render(f, "{\"t\": \"x\"}");
    assert_int_equal(f->diags.count, 3);
    assert_said(f, 0, "template-unknown-name", "main:1:1");
    assert_said(f, 1, "template-unknown-name", "main:2:1");
    assert_said(f, 2, "template-not-html", "main:3:1");
    assert_str(buf_str(&f->out), "\n\nx");
}

static void rendering_appends(void **state) {
    struct fixture *f = *state;
    compile_one(f, "<a href=\"{{x}}\">");
    struct value data = data_from(f, "{\"x\": \"a\"}");
    buf_lit(&f->out, "javascript:");
    assert_true(mustache_render(&f->set, f->main, &data, &f->arena, &f->out, &f->diags, STR("")));
    assert_str(buf_str(&f->out), "javascript:<a href=\"a\">");
}

/* ---- compiling ---- */

static void what_is_open_must_be_closed(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "a\n {{#x}}", "template-unclosed", "main:2:2");
    assert_str(f->diags.items[0].hint, "close it with {{/x}}");
    assert_refused(f, "{{^x}}", "template-unclosed", "main:1:1");
    assert_refused(f, "{{$x}}", "template-unclosed", "main:1:1");
    compile_one(f, "{{#a}}\n{{#b}}\n{{#c}}{{/c}}");
    assert_int_equal(f->diags.count, 2);
    assert_said(f, 0, "template-unclosed", "main:2:1");
    assert_said(f, 1, "template-unclosed", "main:1:1");
}

static void what_is_closed_must_be_open(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "{{#x}}{{/x}} {{/x}}", "template-unopened", "main:1:14");
    assert_refused(f, "{{#a}}\n{{/b}}{{/a}}", "template-mismatch", "main:2:1");
    assert_str(f->diags.items[0].text, "\"b\" is closed here, but \"a\" is open since line 1");
    assert_refused(f, "{{#a}}{{#b}}{{/a}}", "template-unclosed", "main:1:7");
    assert_refused(f, "{{#a}}{{/ a b}}{{/a}}", "template-mismatch", "main:1:7");
}

static void a_tag_must_end(void **state) {
    struct fixture *f = *state;
    assert_refused(f, "a {{x", "template-unclosed-tag", "main:1:3");
    assert_str(f->diags.items[0].text, "a tag opens here, and \"}}\" does not follow");
    assert_refused(f, "{{{x}}", "template-unclosed-tag", "main:1:1");
    assert_str(f->diags.items[0].text, "a tag opens here, and \"}}}\" does not follow");
    assert_refused(f, "{{", "template-unclosed-tag", "main:1:1");
    assert_refused(f, "{{!", "template-unclosed-tag", "main:1:1");
    assert_refused(f, "{{=<% %>", "template-unclosed-tag", "main:1:1");
    assert_refused(f, "{{=<% %>=}}<%x", "template-unclosed-tag", "main:1:12");
    assert_refused(f, "{{#x}} {{y", "template-unclosed-tag", "main:1:8"); /* and not that x is unclosed */
}

static void delimiters_are_two_words(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {"{{=a=}}",     "{{==}}",     "{{= =}}",
                                      "{{=a b c=}}", "{{=a= b=}}", "{{=a =b=}}"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_refused(f, bad[i], "template-delimiters", "main:1:1");
    assert_prints(f, "{{=<% %>=}}<%x%>{{x}}<%={{ }}=%>{{x}}", "{\"x\": 1}", "1{{x}}1");
    assert_prints(f, "{{=| |=}}|x||&html||{html}|", "{\"x\": 1, \"html\": \"h\"}", "1hh");
}

static void names_are_single_words(void **state) {
    struct fixture *f = *state;
    static const char *const bad[] = {"{{}}",   "{{ }}", "{{a b}}",   "{{a..b}}", "{{.a}}",     "{{a.}}",
                                      "{{{}}}", "{{>}}", "{{> a b}}", "{{>*}}",   "{{>*a..b}}", "{{..}}"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_refused(f, bad[i], "template-name", "main:1:1");
    assert_refused(f, "{{#a b}}{{/a b}}", "template-name", "main:1:1");
    assert_refused(f, "{{$}}{{/}}", "template-name", "main:1:1");
}

static void all_mistakes_of_all_templates_are_reported_in_one_run(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{>a}}{{>b}}{{x y}}\n{{#c}}");
    add(f, "a", "{{/d}}\n{{>nowhere}}");
    add(f, "b", "<p {{x}}>");
    compile(f);
    assert_null(f->main);
    assert_int_equal(f->diags.count, 5);
    diags_sort(&f->diags);
    assert_said(f, 0, "template-unopened", "a:1:1");
    assert_said(f, 1, "template-unknown", "a:2:1");
    assert_said(f, 2, "template-in-tag", "b:1:4");
    assert_said(f, 3, "template-name", "main:1:13");
    assert_said(f, 4, "template-unclosed", "main:2:1");
}

static void an_unknown_template_is_a_mistake(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{>partials/hed}}");
    add(f, "partials/head", "");
    compile(f);
    assert_null(f->main);
    assert_said(f, 0, "template-unknown", "main:1:1");
    assert_str(f->diags.items[0].text, "there is no template \"partials/hed\"");
    assert_str(f->diags.items[0].hint, "did you mean \"partials/head\"?");
    fixture_clear(f);
    add(f, "mian", "");
    compile(f);
    assert_null(f->main);
    assert_said(f, 0, "template-unknown", "-:0:0");
    assert_str(f->diags.items[0].hint, "did you mean \"mian\"?");
}

static void a_loader_need_not_list_its_names(void **state) {
    struct fixture *f = *state;
    f->set.loader.names = NULL;
    add(f, "main", "{{>head}}{{>haed}}{{>*x}}");
    add(f, "head", "");
    compile(f);
    assert_said(f, 0, "template-unknown", "main:1:10");
    assert_str(f->diags.items[0].hint, "did you mean \"head\"?");
}

static void a_template_is_compiled_once(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{>good}}");
    add(f, "good", "");
    add(f, "bad", "{{/x}}");
    compile(f);
    assert_non_null(f->main);
    assert_ptr_equal(mustache_compile(&f->set, STR("main")), f->main);
    assert_null(mustache_compile(&f->set, STR("bad")));
    assert_null(mustache_compile(&f->set, STR("bad")));
    assert_int_equal(f->diags.count, 1);
}

static void a_mistake_spoils_the_templates_that_use_it_and_no_others(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{>a}}{{>other}}");
    add(f, "a", "{{>b}}");
    add(f, "b", "{{#more}}{{>a}}{{/more}}{{/x}}");
    add(f, "other", "");
    compile(f);
    assert_null(f->main);
    assert_null(mustache_compile(&f->set, STR("a")));
    assert_non_null(mustache_compile(&f->set, STR("other")));
    assert_int_equal(f->diags.count, 1);
}

static void text_in_a_parent_tag_is_warned_of_and_not_printed(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<p}}\n  {{! fine }}\n  lost {{x}} {{#y}}z {{$b}}in{{/b}}{{/y}}\n{{$b}}new{{/b}}{{/p}}");
    add(f, "p", "{{$b}}old{{/b}}");
    compile(f);
    assert_non_null(f->main);
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(f->diags.count, 3);
    assert_said(f, 0, "template-stray", "main:3:3");
    assert_said(f, 1, "template-stray", "main:3:8");
    assert_str(f->diags.items[1].text, "\"x\" is not printed: in a parent tag only blocks count");
    assert_said(f, 2, "template-stray", "main:3:14");
    render(f, "{}");
    assert_str(buf_str(&f->out), "new");
}

/* ---- limits ---- */

static void compile_nested(struct fixture *f, int depth, const char *open, const char *close) {
    struct buf text = {.arena = &f->arena};
    for (int i = 0; i < depth; i++)
        buf_add(&text, str_from(open));
    buf_byte(&text, '.');
    for (int i = 0; i < depth; i++)
        buf_add(&text, str_from(close));
    compile_one(f, str_z(&f->arena, buf_str(&text)));
}

static void sections_nest_as_deep_as_the_limit_and_no_deeper(void **state) {
    struct fixture *f = *state;
    static const char *const tags[][2] = {{"{{#x}}", "{{/x}}"}, {"{{^y}}", "{{/y}}"}, {"{{$z}}", "{{/z}}"}};
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        compile_nested(f, MUSTACHE_DEPTH_MAX, tags[i][0], tags[i][1]);
        assert_clean(f);
        render(f, "{\"x\": true, \"y\": false}");
        assert_str(buf_str(&f->out), ".");
        compile_nested(f, MUSTACHE_DEPTH_MAX + 1, tags[i][0], tags[i][1]);
        assert_null(f->main);
        assert_int_equal(f->diags.count, 1);
        assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-nesting");
    }
}

static void nesting_is_bounded_after_mistakes_too(void **state) {
    struct fixture *f = *state;
    compile_nested(f, 1000, "{{#x}}{{/y}}", "");
    assert_null(f->main);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-mismatch");
    compile_nested(f, 1000, "{{#x}}", "");
    assert_null(f->main);
    assert_int_equal(f->diags.count, 1);
}

/* Renders a template that calls itself as deep as its data, from a main template that calls `first`. */
static void render_recursive(struct fixture *f, int depth, const char *text, const char *first) {
    struct buf json = {.arena = &f->arena};
    for (int i = 0; i < depth; i++)
        buf_lit(&json, "{\"x\":");
    buf_lit(&json, "false");
    for (int i = 0; i < depth; i++)
        buf_byte(&json, '}');
    fixture_clear(f);
    f->set.lenient = true;
    add(f, "main", first);
    add(f, "a", text);
    add(f, "b", "{{>a}}");
    compile(f);
    assert_clean(f);
    render(f, str_z(&f->arena, buf_str(&json)));
}

static void partials_nest_as_deep_as_the_limit_and_no_deeper(void **state) {
    struct fixture *f = *state;
    static const char *const texts[] = {".{{#x}}{{>a}}{{/x}}", ".{{#x}}{{<a}}{{/a}}{{/x}}"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        render_recursive(f, MUSTACHE_DEPTH_MAX, texts[i], "{{>a}}");
        assert_clean(f);
        assert_int_equal(f->out.len, MUSTACHE_DEPTH_MAX);
        render_recursive(f, MUSTACHE_DEPTH_MAX, texts[i], "{{>b}}");
        assert_int_equal(f->diags.count, 1);
        assert_said(f, 0, "template-depth", "a:1:8");
        assert_str(f->diags.items[0].text, "partials nested deeper than 64");
        assert_int_equal(f->out.len, MUSTACHE_DEPTH_MAX - 1);
    }
    fixture_clear(f);
    add(f, "main", ".{{>main}}");
    compile(f);
    assert_clean(f);
    render(f, "{}");
    assert_said(f, 0, "template-depth", "main:1:2");
}

static void add_chain(struct fixture *f, int length, const char *last) {
    fixture_clear(f);
    add(f, "main", "{{>p1}}");
    for (int i = 1; i <= length; i++) {
        struct buf name = {.arena = &f->arena}, text = {.arena = &f->arena};
        buf_printf(&name, "p%d", i);
        if (i < length)
            buf_printf(&text, "{{>p%d}}", i + 1);
        else
            buf_add(&text, str_from(last));
        add(f, str_z(&f->arena, buf_str(&name)), str_z(&f->arena, buf_str(&text)));
    }
    compile(f);
    assert_clean(f);
    render(f, "{}");
}

static void a_chain_of_partials_is_bounded_the_same(void **state) {
    struct fixture *f = *state;
    add_chain(f, MUSTACHE_DEPTH_MAX, "end");
    assert_clean(f);
    assert_str(buf_str(&f->out), "end");
    add_chain(f, MUSTACHE_DEPTH_MAX + 1, "end");
    assert_said(f, 0, "template-depth", "p64:1:1");
    assert_int_equal(f->diags.count, 1);
}

static void passed_blocks_count_as_nesting(void **state) {
    struct fixture *f = *state;
    fixture_clear(f);
    f->set.lenient = true;
    add(f, "main", "{{<main}}{{$x}}{{<main}}{{$x}}{{/x}}{{/main}}{{/x}}{{/main}}{{$x}}{{/x}}");
    compile(f);
    render(f, "{}");
    assert_int_equal(f->diags.count, 1);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-depth");
}

/* Sixty-four levels of two would be 10^19 steps. */
static void a_page_that_multiplies_itself_is_given_up(void **state) {
    struct fixture *f = *state;
    compile_nested(f, 40, "{{#x}}", "{{/x}}");
    render(f, "{\"x\": [1, 2]}");
    assert_false(f->ok);
    assert_int_equal(f->diags.count, 1);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-endless");
    fixture_clear(f);
    f->set.lenient = true;
    add(f, "main", "{{>main}}{{>main}}");
    compile(f);
    render(f, "{}");
    assert_int_equal(f->diags.count, 1);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-depth");
}

static void the_size_of_a_page_is_bounded(void **state) {
    struct fixture *f = *state;
    struct buf text = {.arena = &f->arena};
    buf_lit(&text, "{{#x}}{{#x}}{{#x}}");
    for (int i = 0; i < 1000; i++)
        buf_lit(&text, "1234567890");
    buf_lit(&text, "{{/x}}{{/x}}{{/x}}");
    compile_one(f, str_z(&f->arena, buf_str(&text)));
    render(f, "{\"x\": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]}");
    assert_int_equal(f->diags.count, 1);
    assert_string_equal(diag_catalogue[f->diags.items[0].id].slug, "template-endless");
    assert_true(f->out.len < 70 * 1000 * 1000);
}

/* ---- dynamic names ---- */

static void a_value_may_name_a_partial(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"name\": \"card\", \"wrong\": \"cart\", \"list\": [], \"none\": null}";
    add(f, "main", "{{>*name}}{{>* none}}");
    add(f, "card", "[{{name}}]");
    compile(f);
    assert_clean(f);
    render(f, data);
    assert_clean(f);
    assert_str(buf_str(&f->out), "[card]");
    fixture_clear(f);
    add(f, "main", "{{>*wrong}}{{>*list}}");
    add(f, "card", "");
    compile(f);
    render(f, data);
    assert_int_equal(f->diags.count, 2);
    assert_said(f, 0, "template-unknown", "main:1:1");
    assert_str(f->diags.items[0].hint, "did you mean \"card\"?");
    assert_said(f, 1, "template-not-name", "main:1:12");
}

static void a_named_partial_with_mistakes_is_not_run(void **state) {
    struct fixture *f = *state;
    add(f, "main", "a{{>*name}}b");
    add(f, "bad", "{{/x}}");
    compile(f);
    assert_non_null(f->main);
    assert_int_equal(f->diags.count, 1);
    render(f, "{\"name\": \"bad\"}");
    assert_said(f, 0, "template-broken", "main:1:2");
    assert_str(buf_str(&f->out), "ab");
}

/* ---- lenient ---- */

static void lenient_templates_follow_the_specification_alone(void **state) {
    struct fixture *f = *state;
    fixture_clear(f);
    f->set.lenient = true;
    add(f, "main",
        "{{#a}}x{{/a}}{{^a}}y{{/a}}{{b.c}}{{>nowhere}}{{<gone}}{{$q}}{{/q}}{{/"
        "gone}}{{list}}{{{text}}}{{html}}"
        "<script>{{text}}</script><p {{text}}><a href=\"{{js}}\"{{>*js}}{{>*list}}{{{html}}}");
    compile(f);
    assert_clean(f);
    render(f, "{\"text\": \"<\", \"html\": \"<b>\", \"list\": [1], \"js\": \"javascript:x\"}");
    assert_clean(f);
    assert_str(buf_str(&f->out), "y<&lt;b&gt;<script>&lt;</script><p &lt;><a href=\"javascript:x\"<b>");
}

/* ---- lines ---- */

static void lines_of_tags_alone_vanish(void **state) {
    struct fixture *f = *state;
    const char *data = "{\"a\": true, \"b\": false}";
    assert_prints(f, "1\n{{#a}}{{^b}}\n2\n{{/b}}{{/a}}\n3", data, "1\n2\n3");
    assert_prints(f, "1\n  {{! c }} {{! d }}\t\n2", data, "1\n2");
    assert_prints(f, "1\n{{#b}}{{/b}}\n2", data, "1\n2");
    assert_prints(f, "1\r\n  {{#a}}  \r\n2\r\n{{/a}}", data, "1\r\n2\r\n");
    assert_prints(f, "1\n{{#a}}{{a}}{{/a}}\n2", data, "1\ntrue\n2");
    assert_prints(f, "1\n{{#a}}-{{/a}}\n2", data, "1\n-\n2");
}

static void a_partial_with_neighbours_keeps_its_line(void **state) {
    struct fixture *f = *state;
    add(f, "main", "1\n {{>p}}{{>p}}\n {{#a}}{{>p}}{{/a}}\n {{>p}} {{! c }}\n2");
    add(f, "p", "p");
    compile(f);
    render(f, "{\"a\": true}");
    assert_str(buf_str(&f->out), "1\n pp\n p\n p \n2");
}

static void indentation_adds_up(void **state) {
    struct fixture *f = *state;
    add(f, "main", "<ul>\n  {{>list}}\n</ul>\n");
    add(f, "list", "<li>\n\t{{>item}}\n</li>\n\n{{x}}\n{{#none}}\n{{/none}}\n");
    add(f, "item", "a\n{{x}} b\n");
    compile(f);
    assert_clean(f);
    render(f, "{\"x\": \"1\\n2\", \"none\": []}");
    assert_str(buf_str(&f->out), "<ul>\n  <li>\n  \ta\n  \t1\n2 b\n  </li>\n  \n  1\n2\n</ul>\n");
}

static void a_partial_within_a_line_indents_nothing(void **state) {
    struct fixture *f = *state;
    add(f, "main", "  {{>outer}}\nend");
    add(f, "outer", "{{>inner}} x\ny {{>inner}}\nz\n");
    add(f, "inner", "a\nb");
    compile(f);
    render(f, "{}");
    assert_str(buf_str(&f->out), "  a\nb x\n  y a\nb\n  z\nend");
}

static void repeated_lines_are_indented_each_time(void **state) {
    struct fixture *f = *state;
    add(f, "main", "  {{>p}}\n");
    add(f, "p", "{{#list}}\n{{.}};\n{{/list}}\n{{#list}}{{.}}{{/list}}\n");
    compile(f);
    render(f, "{\"list\": [1, 2]}");
    assert_str(buf_str(&f->out), "  1;\n  2;\n  12\n");
}

static void a_partial_without_a_line_break_leaves_the_next_line_indented(void **state) {
    struct fixture *f = *state;
    add(f, "main", "  {{>outer}}\n");
    add(f, "outer", "{{>p}}\nb\n");
    add(f, "p", "a");
    compile(f);
    render(f, "{}");
    assert_str(buf_str(&f->out), "  a  b\n");
}

/* ---- inheritance ---- */

static void render_pair(struct fixture *f, const char *page, const char *layout, const char *expected) {
    fixture_clear(f);
    add(f, "main", page);
    add(f, "layout", layout);
    add(f, "card", "[{{$title}}card{{/title}}|{{$body}}-{{/body}}]");
    compile(f);
    assert_clean(f);
    render(f, "{\"x\": \"x\", \"list\": [1, 2], \"none\": null}");
    assert_clean(f);
    assert_str(buf_str(&f->out), expected);
}

static void a_passed_block_does_not_see_the_blocks_passed_with_it(void **state) {
    struct fixture *f = *state;
    render_pair(f,
                "{{<layout}}{{$title}}Page{{/title}}{{$body}}{{<card}}{{$body}}b{{/body}}{{/"
                "card}}{{>card}}{{/body}}{{/layout}}",
                "{{$title}}{{/title}}: {{$body}}{{/body}}", "Page: [card|b][card|-]");
}

static void a_partial_of_the_parent_sees_the_passed_blocks(void **state) {
    struct fixture *f = *state;
    render_pair(f, "{{<layout}}{{$title}}Page{{/title}}{{/layout}}", "{{>card}}", "[Page|-]");
}

static void a_passed_block_is_moved_to_where_it_stands(void **state) {
    struct fixture *f = *state;
    render_pair(
        f, "{{<layout}}\n    {{$body}}\n      <p>\n        {{x}}\n      </p>\n    {{/body}}\n{{/layout}}\n",
        "<main>\n  {{$body}}\n  {{/body}}\n</main>\n", "<main>\n  <p>\n    x\n  </p>\n</main>\n");
    render_pair(f, "{{<layout}}{{$body}}\n{{#list}}\n<p>\n{{/list}}\n<q>\n{{/body}}{{/layout}}",
                "<main>\n  {{$body}}{{/body}}</main>\n", "<main>\n  <p>\n  <p>\n  <q>\n</main>\n");
    render_pair(f, "{{<layout}}{{$body}}\n{{>card}}\n{{>card}}\n{{/body}}{{/layout}}",
                "<main>\n  a {{$body}}{{/body}}</main>\n", "<main>\n  a [card|-][card|-]</main>\n");
    render_pair(f, "{{<layout}}{{$body}}{{/body}}{{/layout}}", "a\n  {{$body}}\n  x\n  {{/body}}\nb\n",
                "a\nb\n");
}

static void a_layout_within_a_layout_indents_twice(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<inner}}\n{{$text}}\n<p>\n</p>\n{{/text}}\n{{/inner}}\n");
    add(f, "inner",
        "{{<outer}}\n{{$body}}\n<div>\n  {{$text}}\n  {{/text}}\n</div>\n{{/body}}\n{{/outer}}\n");
    add(f, "outer", "<main>\n  {{$body}}\n  {{/body}}\n</main>\n");
    compile(f);
    assert_clean(f);
    render(f, "{}");
    assert_str(buf_str(&f->out), "<main>\n  <div>\n    <p>\n    </p>\n  </div>\n</main>\n");
}

static void of_two_passed_blocks_of_one_name_the_outermost_wins(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<inner}}{{$body}}page{{/body}}{{/inner}}");
    add(f, "inner", "{{<outer}}{{$body}}<b>{{$body}}inner{{/body}}</b>{{/body}}{{/outer}}");
    add(f, "outer", "<main>{{$body}}outer{{/body}}</main>");
    compile(f);
    assert_clean(f);
    render(f, "{}");
    assert_str(buf_str(&f->out), "<main>page</main>");
}

/* ---- threads ---- */

struct shared {
    struct fixture *f;
    struct value data;
    struct arena arenas[8];
    struct diags diags[8];
    size_t wrong[8];
};

static void render_task(void *context, size_t task, size_t worker) {
    struct shared *s = context;
    (void)task;
    struct buf out = {.arena = &s->arenas[worker]};
    struct arena frame = {0};
    s->diags[worker].arena = &s->arenas[worker];
    bool ok = mustache_render(&s->f->set, s->f->main, &s->data, &frame, &out, &s->diags[worker], STR(""));
    s->wrong[worker] += !ok || !str_eq(buf_str(&out), STR("<i>1</i><i>2</i>a&lt;"));
    arena_release(&frame);
}

static void threads_share_templates(void **state) {
    struct fixture *f = *state;
    add(f, "main", "{{<l}}{{$b}}{{#list}}{{>p}}{{/list}}{{/b}}{{/l}}{{>*name}}");
    add(f, "l", "{{$b}}{{/b}}");
    add(f, "p", "<i>{{.}}</i>");
    add(f, "n", "a{{x}}");
    compile(f);
    assert_clean(f);
    struct shared s = {.f = f, .data = data_from(f, "{\"list\": [1, 2], \"name\": \"n\", \"x\": \"<\"}")};
    pool_run(8, 400, render_task, &s);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(s.wrong[i], 0);
        arena_release(&s.arenas[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_unknown_name_is_a_mistake_wherever_it_stands),
        TEST(a_known_name_without_a_value_is_false_and_prints_nothing),
        TEST(everything_else_is_true),
        TEST(numbers_and_truths_print_as_they_are_written),
        TEST(lists_and_maps_are_no_texts),
        TEST(the_parts_of_a_name_must_be_there),
        TEST(the_innermost_map_that_has_a_name_gives_its_value),
        TEST(data_need_not_be_a_map),
        TEST(a_message_says_what_was_rendered_and_who_called),
        TEST(a_message_names_the_nearest_callers_only),
        TEST(a_mistake_in_a_loop_is_reported_once),
        TEST(every_mistake_of_a_page_is_reported),
        TEST(rendering_appends),
        TEST(what_is_open_must_be_closed),
        TEST(what_is_closed_must_be_open),
        TEST(a_tag_must_end),
        TEST(delimiters_are_two_words),
        TEST(names_are_single_words),
        TEST(all_mistakes_of_all_templates_are_reported_in_one_run),
        TEST(an_unknown_template_is_a_mistake),
        TEST(a_loader_need_not_list_its_names),
        TEST(a_template_is_compiled_once),
        TEST(a_mistake_spoils_the_templates_that_use_it_and_no_others),
        TEST(text_in_a_parent_tag_is_warned_of_and_not_printed),
        TEST(sections_nest_as_deep_as_the_limit_and_no_deeper),
        TEST(nesting_is_bounded_after_mistakes_too),
        TEST(partials_nest_as_deep_as_the_limit_and_no_deeper),
        TEST(a_chain_of_partials_is_bounded_the_same),
        TEST(passed_blocks_count_as_nesting),
        TEST(a_page_that_multiplies_itself_is_given_up),
        TEST(the_size_of_a_page_is_bounded),
        TEST(a_value_may_name_a_partial),
        TEST(a_named_partial_with_mistakes_is_not_run),
        TEST(lenient_templates_follow_the_specification_alone),
        TEST(lines_of_tags_alone_vanish),
        TEST(a_partial_with_neighbours_keeps_its_line),
        TEST(indentation_adds_up),
        TEST(a_partial_within_a_line_indents_nothing),
        TEST(repeated_lines_are_indented_each_time),
        TEST(a_partial_without_a_line_break_leaves_the_next_line_indented),
        TEST(a_passed_block_does_not_see_the_blocks_passed_with_it),
        TEST(a_partial_of_the_parent_sees_the_passed_blocks),
        TEST(a_passed_block_is_moved_to_where_it_stands),
        TEST(a_layout_within_a_layout_indents_twice),
        TEST(of_two_passed_blocks_of_one_name_the_outermost_wins),
        TEST(threads_share_templates),
    };
    return cmocka_run_group_tests_name("mustache", tests, NULL, NULL);
}
