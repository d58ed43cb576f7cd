/* SPDX-License-Identifier: MIT */
/* test_yaml.c: values that stay text, each at its byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"
#include "text/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct reading {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct value value;
    bool ok;
};

static void read_text(struct reading *r, struct str text) {
    *r = (struct reading){.source = {STR("a.yaml"), text}};
    r->diags.arena = &r->arena;
    r->ok = yaml_read(&r->arena, &r->source, 0, text.len, &r->diags, &r->value);
    assert_int_equal(r->ok, r->diags.errors == 0);
}

static void reads(struct reading *r, const char *text) {
    read_text(r, str_from(text));
    if (!r->ok)
        fail_msg("%s: %s", text, r->diags.items[0].text.at);
}

static void done(struct reading *r) {
    arena_release(&r->arena);
}

static void assert_words(const struct value *v, const char *words) {
    assert_non_null(v);
    assert_int_equal(v->kind, VALUE_TEXT);
    if (!str_eq(value_str(v), str_from(words)))
        fail_msg("\"" STR_FMT "\" is not \"%s\"", STR_ARG(value_str(v)), words);
}

/* The slugs that reading gives, each with its line and column. */
static void refuses(const char *text, const char *expected) {
    struct reading r;
    read_text(&r, str_from(text));
    struct buf said = {.arena = &r.arena};
    diags_sort(&r.diags);
    for (size_t i = 0; i < r.diags.count; i++)
        buf_printf(&said, "%s%s@%u:%u", i ? " " : "", diag_catalogue[r.diags.items[i].id].slug,
                   r.diags.items[i].position.line, r.diags.items[i].position.column);
    if (!str_eq(buf_str(&said), str_from(expected)))
        fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", text, STR_ARG(buf_str(&said)), expected);
    done(&r);
}

/* ---- values ---- */

static void scalars_stay_the_text_they_were_written_as(void **state) {
    (void)state;
    static const char *const texts[] = {"0123", "no", "1.10", "2019-9-1", "yes", "1e3",   "0x1F", "1_000",
                                        "true", "on", "-",    "3 to 11",  ".5",  "12:30", "NaN",  "Null"};
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct reading r;
        struct str plain = str_from(texts[i]);
        if (strcmp(texts[i], "-") == 0)
            continue; /* a list, when it is plain */
        reads(&r, str_z(&a, str_join(&a, STR("key: "), plain)));
        assert_words(value_at(&r.value, "key"), texts[i]);
        assert_true(value_at(&r.value, "key")->plain);
        done(&r);
        reads(&r, str_z(&a, str_join(&a, STR("key: \""), plain, STR("\""))));
        assert_words(value_at(&r.value, "key"), texts[i]);
        assert_false(value_at(&r.value, "key")->plain);
        done(&r);
    }
    arena_release(&a);
}

static void nothing_is_null_and_quoted_nothing_is_text(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: '~'\n");
    assert_int_equal(value_at(&r.value, "a")->kind, VALUE_NULL);
    assert_int_equal(value_at(&r.value, "b")->kind, VALUE_NULL);
    assert_int_equal(value_at(&r.value, "c")->kind, VALUE_NULL);
    assert_words(value_at(&r.value, "d"), "");
    assert_words(value_at(&r.value, "e"), "null");
    assert_words(value_at(&r.value, "f"), "~");
    done(&r);
}

static void an_empty_document_is_null(void **state) {
    (void)state;
    static const char *const texts[] = {"", "\n\n", "# a comment\n", "---\n", "--- # nothing\n...\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct reading r;
        reads(&r, texts[i]);
        assert_int_equal(r.value.kind, VALUE_NULL);
        assert_ptr_equal(r.value.source, &r.source);
        done(&r);
    }
}

static void maps_and_lists_keep_their_order(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "z: [3, 1, 2]\na:\n  - x: 1\n    y: 2\n  - {}\n  - []\nm: {b: 1, a: 2}\n");
    assert_int_equal(r.value.count, 3);
    assert_true(str_eq(r.value.fields[0].key, STR("z")));
    assert_words(&value_at(&r.value, "z")->items[2], "2");
    const struct value *list = value_at(&r.value, "a");
    assert_int_equal(list->count, 3);
    assert_words(value_get(&list->items[0], STR("y")), "2");
    assert_int_equal(list->items[1].kind, VALUE_MAP);
    assert_int_equal(list->items[1].count, 0);
    assert_int_equal(list->items[2].kind, VALUE_LIST);
    assert_true(str_eq(value_at(&r.value, "m")->fields[1].key, STR("a")));
    done(&r);
}

static void block_texts_keep_their_lines_or_fold_them(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "a: |\n  One\n\n    two\n  Café\nb: >\n  One\n  two\n\n  three\nc: |-\n  One\n\nd: |+\n  "
              "One\n\ne: plain\n  goes on\n");
    assert_words(value_at(&r.value, "a"), "One\n\n  two\nCafé\n");
    assert_words(value_at(&r.value, "b"), "One two\nthree\n");
    assert_words(value_at(&r.value, "c"), "One");
    assert_words(value_at(&r.value, "d"), "One\n\n");
    assert_words(value_at(&r.value, "e"), "plain goes on");
    done(&r);
}

static void windows_line_ends_give_the_same_values(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "name: Birch\r\nprofile: |\r\n  One\r\n  two\r\nheads:\r\n  - name: A\r\n    post: B\r\n");
    assert_words(value_at(&r.value, "name"), "Birch");
    assert_words(value_at(&r.value, "profile"), "One\ntwo\n");
    assert_words(value_get(&value_at(&r.value, "heads")->items[0], STR("post")), "B");
    done(&r);
}

static void escapes_in_double_quotes_are_read(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "a: \"x\\ty\\n\\u00e9\\\"\"\nb: 'it''s \\n'\n");
    assert_words(value_at(&r.value, "a"), "x\ty\né\"");
    assert_words(value_at(&r.value, "b"), "it's \\n");
    done(&r);
}

/* ---- places ---- */

/* Every key and value of a tree begins where it says: the bytes there are those it was read from. */
static void assert_places(const struct reading *r, const struct value *v) {
    struct str here = str_sub(r->source.text, v->offset, r->source.text.len);
    assert_ptr_equal(v->source, &r->source);
    if (v->kind == VALUE_TEXT && v->plain)
        assert_true(str_starts(here, str_sub(value_str(v), 0, 1)));
    if (v->kind == VALUE_TEXT && !v->plain)
        assert_true(strchr("\"'|>", here.at[0]) != NULL);
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        assert_places(r, &v->items[i]);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        const struct field *f = &v->fields[i];
        struct str key = str_sub(r->source.text, f->key_offset, r->source.text.len);
        assert_true(str_starts(key, f->key) || str_starts(key, STR("\"")) || str_starts(key, STR("'")));
        assert_int_equal(f->hash, str_hash(f->key));
        assert_places(r, &f->value);
    }
}

static void every_value_knows_its_byte(void **state) {
    (void)state;
    static const char *const texts[] = {
        "name: Birch\nphase: primary\n",
        "näme: Café\nphäse: 学校 𝄞\nlist: [é, \"ü\", 𝄞x]\n",
        "näme: Café\r\nlist:\r\n  - é\r\n  - \"𝄞\"\r\n  - ü: 'x'\r\n    y: |\r\n      é\r\n",
        "# ein Kommentär 𝄞\n\n- é: {à: b, \"ç\": d}\n- 'ß'\n",
        "é: >\n  𝄞\n  é\nà: b\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct reading r;
        reads(&r, texts[i]);
        assert_places(&r, &r.value);
        done(&r);
    }
}

static void places_are_those_of_the_whole_file(void **state) {
    (void)state;
    struct arena a = {0};
    struct source source = {STR("a.md"), STR("---\ntïtle: Bïrch\norder: é\n---\nText: with, [brackets\n")};
    struct diags d = {.arena = &a};
    struct value v;
    size_t to = str_find(source.text, 'T', 0) - 4;
    assert_true(yaml_read(&a, &source, 4, to, &d, &v));
    assert_int_equal(v.count, 2);
    assert_int_equal(v.offset, 4);
    assert_int_equal(v.fields[1].key_offset, str_find(source.text, 'o', 0));
    struct position p = place_position(value_place(value_at(&v, "order")));
    assert_int_equal(p.line, 3);
    assert_int_equal(p.column, 8);
    arena_release(&a);
}

static void text_is_a_view_of_the_source_where_it_can_be(void **state) {
    (void)state;
    struct reading r;
    reads(&r, "a: Birch\nb: \"Birch\"\nc: \"B\\u0069rch\"\n");
    assert_ptr_equal(value_at(&r.value, "a")->text, r.source.text.at + 3);
    assert_ptr_equal(value_at(&r.value, "b")->text, r.source.text.at + 13);
    assert_words(value_at(&r.value, "c"), "Birch");
    done(&r);
}

/* ---- what is refused ---- */

static void keys_are_given_once(void **state) {
    (void)state;
    refuses("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key@3:1");
    refuses("a: {b: 1, b: 2}\n", "yaml-duplicate-key@1:11");
    refuses("a: 1\n\"a\": 2\n", "yaml-duplicate-key@2:1");
    refuses("a: {x: 1}\nb: {x: 1}\n", "");
    refuses("a: 1\nA: 2\n", "");
}

static void long_maps_are_searched_by_a_table(void **state) {
    (void)state;
    struct arena a = {0};
    for (int keys = 15; keys < 19; keys++) { /* on both sides of where the table begins */
        struct buf b = {.arena = &a};
        for (int i = 0; i < keys; i++)
            buf_printf(&b, "k%d: 1\n", i);
        buf_lit(&b, "k3: 1\n");
        struct reading r;
        read_text(&r, buf_str(&b));
        assert_int_equal(r.diags.count, 1);
        assert_true(str_eq(r.diags.items[0].text, STR("the key \"k3\" was given already in line 4")));
        done(&r);
    }
    arena_release(&a);
}

static void keys_are_plain_text(void **state) {
    (void)state;
    refuses("? [a]\n: b\n", "yaml-key@1:3");
    refuses("? {a: b}\n: c\n", "yaml-key@1:3");
    refuses("~: b\n", "yaml-key@1:1");
    refuses("\"~\": b\n", "");
    refuses("<<: {a: b}\n", "yaml-merge@1:1");
    refuses("\"<<\": b\n", "");
}

static void what_yaml_adds_to_data_is_refused(void **state) {
    (void)state;
    refuses("a: &x 1\nb: *x\n", "yaml-alias@1:4 yaml-alias@2:4");
    refuses("a: &x [1]\n", "yaml-alias@1:4");
    refuses("a: &x {b: 1}\n", "yaml-alias@1:4");
    refuses("a: *nowhere\n", "yaml-alias@1:4");
    refuses("a: **bold**\n", "yaml-alias@1:4");
    refuses("a: !!str 1\n", "yaml-tag@1:4");
    refuses("a: !x [1]\n", "yaml-tag@1:4");
    refuses("a: !x {b: 1}\n", "yaml-tag@1:4");
    refuses("%YAML 1.1\n---\na: 1\n", "yaml-directive@1:1");
    refuses("%TAG ! x:\n---\na: 1\n", "yaml-directive@1:1");
    refuses("---\na: 1\n", "");
    refuses("---\na: 1\n...\n", "");
    refuses("a: 1\n---\nb: 2\n", "yaml-second-document@2:1");
    refuses("a: 1\n---\n", "yaml-second-document@2:1");
}

static void a_value_is_not_cut_by_a_comment_sign(void **state) {
    (void)state;
    refuses("name: St Mary #1\n", "yaml-cut@1:15");
    refuses("name: #1\n", "yaml-cut@1:7");
    refuses("- St Mary\t#1\n", "yaml-cut@1:11");
    refuses("name: Café #1\nb: 学 #2\n", "yaml-cut@1:12 yaml-cut@2:6");
    refuses("name: St Mary # a comment\n", "");
    refuses("name: St Mary#1\n", "");
    refuses("name: St Mary ## a comment\n", "");
    refuses("name: \"St Mary\" #1\n", "");
    refuses("name: St Mary #\n", "");
    refuses("#comment\nname: x\n#comment\n", "");
}

static void mistakes_are_told_where_they_are(void **state) {
    (void)state;
    refuses("a:\n\tb: 1\n", "yaml-tab@2:1");
    refuses("a: b: c\n", "yaml-colon@1:5");
    refuses("a: 1\nb\nc: 2\n", "yaml-no-colon@2:1");
    refuses("a: 1\n  b: 2\n", "yaml-indent@2:3");
    refuses("a: \"1\"\n  b: 2\n", "yaml-indent@2:3");
    refuses("- a: 1\n   b: 2\n", "yaml-indent@2:4");
    refuses("a:\n    b: 1\n  c: 2\n", "yaml-indent@3:3");
    refuses("a: \"x\nb: 1\n", "yaml-unclosed@1:4");
    refuses("é: [x\nb: 1\n", "yaml-unclosed@1:4");
    refuses("é: [\n", "yaml-unclosed@1:4");
    refuses("a: [{b: [c], d: {\n", "yaml-unclosed@1:17");
    refuses("a: [b, {\n", "yaml-unclosed@1:8");
    refuses("a: \"\\q\"\n", "yaml-escape@1:5");
    refuses("a: \"\\xzz\"\n", "yaml-escape@1:7");
    refuses("a: @x\n", "yaml-start@1:4");
    refuses("a: `x`\n", "yaml-start@1:4");
    refuses("a: - x\n", "yaml-start@1:4");
    refuses("a: \"x\" y\n", "yaml-after@1:8");
    refuses("- [x] y\n", "yaml-after@1:7");
    refuses("a: |x\n  y\n", "yaml-syntax@1:5");
}

static void several_mistakes_are_told_at_once(void **state) {
    (void)state;
    refuses("a: &x 1\nb: !y 2\na: 3\nc: #4\n<<: 5\n",
            "yaml-alias@1:4 yaml-tag@2:4 yaml-duplicate-key@3:1 yaml-cut@4:4 yaml-merge@5:1");
}

static void depth_is_bounded(void **state) {
    (void)state;
    char text[3 * YAML_DEPTH_MAX + 8];
    for (int depth = YAML_DEPTH_MAX; depth <= YAML_DEPTH_MAX + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        text[2 * depth] = 0;
        char expected[32] = "";
        if (depth > YAML_DEPTH_MAX)
            snprintf(expected, sizeof(expected), "yaml-depth@1:%d", depth);
        refuses(text, expected);
    }
}

static void a_hostile_depth_costs_nothing(void **state) {
    (void)state;
    struct arena a = {0};
    size_t size = 1000000;
    char *text = arena_alloc(&a, size + 1, 1);
    memset(text, '[', size);
    refuses(text, "yaml-depth@1:65");
    for (size_t i = 0; i < size; i++)
        text[i] = "- "[i % 2];
    refuses(text, "yaml-depth@1:129");
    arena_release(&a);
}

/* ---- whatever is read ---- */

static void assert_sane(const struct value *v, int depth) {
    assert_true(depth <= YAML_DEPTH_MAX);
    assert_true(v->offset <= v->source->text.len);
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        assert_sane(&v->items[i], depth + 1);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        assert_true(v->fields[i].key_offset <= v->source->text.len);
        assert_sane(&v->fields[i].value, depth + 1);
    }
    if (v->kind == VALUE_TEXT)
        assert_int_equal(str_utf8_bad(value_str(v)), v->count);
}

/* Half-written and mangled files: never a crash, always an answer, every place within the file. */
static void mangled_text_is_read_or_refused(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "a",  "b: ",  ": ", "- ",  "  ",  "\n",  "\n  ", "[",  "]",   "{",     "}",     ",",
        "\"", "'",    "#",  " #x", "|\n", ">\n", "&a ",  "*a", "!t ", "---\n", "...\n", "%YAML 1.1\n",
        "? ", "<<: ", "\t", "\\",  "é",   "𝄞",   "\r\n", "~",  "@",   "0123"};
    struct random r = {20260501};
    for (int i = 0; i < 60000; i++) {
        struct arena a = {0};
        struct reading reading;
        read_text(&reading, random_text(&r, &a, pieces, COUNT(pieces), 14));
        assert_sane(&reading.value, 0);
        for (size_t j = 0; j < reading.diags.count; j++) {
            struct place at = reading.diags.items[j].at;
            assert_true(at.offset == DIAG_NOWHERE || at.offset <= reading.source.text.len);
        }
        done(&reading);
        arena_release(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_stay_the_text_they_were_written_as),
        cmocka_unit_test(nothing_is_null_and_quoted_nothing_is_text),
        cmocka_unit_test(an_empty_document_is_null),
        cmocka_unit_test(maps_and_lists_keep_their_order),
        cmocka_unit_test(block_texts_keep_their_lines_or_fold_them),
        cmocka_unit_test(windows_line_ends_give_the_same_values),
        cmocka_unit_test(escapes_in_double_quotes_are_read),
        cmocka_unit_test(every_value_knows_its_byte),
        cmocka_unit_test(places_are_those_of_the_whole_file),
        cmocka_unit_test(text_is_a_view_of_the_source_where_it_can_be),
        cmocka_unit_test(keys_are_given_once),
        cmocka_unit_test(long_maps_are_searched_by_a_table),
        cmocka_unit_test(keys_are_plain_text),
        cmocka_unit_test(what_yaml_adds_to_data_is_refused),
        cmocka_unit_test(a_value_is_not_cut_by_a_comment_sign),
        cmocka_unit_test(mistakes_are_told_where_they_are),
        cmocka_unit_test(several_mistakes_are_told_at_once),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(a_hostile_depth_costs_nothing),
        cmocka_unit_test(mangled_text_is_read_or_refused),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
