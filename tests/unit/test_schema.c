/* SPDX-License-Identifier: MIT */
/* test_schema.c: what records may say, how it is normalised, and what is taken out for whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/framework.h"
#include "text/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PUBLIC AUDIENCE_PUBLIC
#define SCHOOLS AUDIENCE_SCHOOLS
#define OFFICERS AUDIENCE_OFFICERS

/* ---- a schema with a field of every kind ---- */

static const struct choice size_choices[] = {{"small", "Small", "tiny|s"},
                                             {"middle_sized", "Middle-sized", NULL},
                                             {"large", "Large", NULL},
                                             {NULL, NULL, NULL}};

#define FIELD(name, type, flags, audience) \
    { name, type, flags, audience, "Label", "Help.", "", NULL, NULL, 0 }
#define END \
    { 0 }

static const struct schema part = {"part", "A part.",
                                   (const struct schema_field[]){
                                       FIELD("name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC),
                                       FIELD("secret", TYPE_TEXT, 0, OFFICERS),
                                       FIELD("from", TYPE_DATE, 0, PUBLIC),
                                       FIELD("to", TYPE_DATE, 0, PUBLIC),
                                       END,
                                   }};

static const struct schema pick = {"pick", "One of two.",
                                   (const struct schema_field[]){
                                       FIELD("left", TYPE_TEXT, FIELD_ONE_OF, PUBLIC),
                                       FIELD("right", TYPE_TEXT, FIELD_ONE_OF, PUBLIC),
                                       END,
                                   }};

static const struct schema thing = {
    "thing", "A thing.",
    (const struct schema_field[]){
        FIELD("text", TYPE_TEXT, 0, PUBLIC),
        FIELD("markdown", TYPE_MARKDOWN, 0, PUBLIC),
        FIELD("yes_no", TYPE_YES_NO, 0, PUBLIC),
        FIELD("whole", TYPE_WHOLE, 0, PUBLIC),
        FIELD("number", TYPE_NUMBER, 0, PUBLIC),
        FIELD("figure", TYPE_FIGURE, 0, PUBLIC),
        FIELD("date", TYPE_DATE, 0, PUBLIC),
        FIELD("month", TYPE_MONTH, 0, PUBLIC),
        FIELD("year", TYPE_YEAR, 0, PUBLIC),
        FIELD("ages", TYPE_AGES, 0, PUBLIC),
        {"size", TYPE_CHOICE, 0, PUBLIC, "Size", "Help.", "", size_choices, NULL, 0},
        {"sizes", TYPE_CHOICE, FIELD_LIST | FIELD_OR_NONE, SCHOOLS, "Sizes", "Help.", "", size_choices, NULL,
         0},
        {"dated", TYPE_CHOICE, FIELD_DATED, PUBLIC, "Dated", "Help.", "", size_choices, NULL, 0},
        FIELD("urn", TYPE_URN, 0, PUBLIC),
        FIELD("laestab", TYPE_LAESTAB, 0, PUBLIC),
        FIELD("digits", TYPE_DIGITS, 0, PUBLIC),
        FIELD("postcode", TYPE_POSTCODE, 0, PUBLIC),
        FIELD("telephone", TYPE_TELEPHONE, 0, PUBLIC),
        FIELD("email", TYPE_EMAIL, 0, PUBLIC),
        FIELD("web", TYPE_WEB, 0, PUBLIC),
        FIELD("colour", TYPE_COLOUR, 0, PUBLIC),
        FIELD("slug", TYPE_SLUG, 0, PUBLIC),
        FIELD("path", TYPE_PATH, 0, PUBLIC),
        {"part", TYPE_RECORD, 0, PUBLIC, "Part", "Help.", "", NULL, &part, 0},
        {"parts", TYPE_RECORD, FIELD_LIST, PUBLIC, "Parts", "Help.", "", NULL, &part, 0},
        {"pick", TYPE_RECORD, 0, PUBLIC, "Pick", "Help.", "", NULL, &pick, 0},
        {"facts", TYPE_FACTS, 0, PUBLIC, "Facts", "Help.", "", NULL, NULL, 0},
        {"decisions", TYPE_DECISIONS, 0, OFFICERS, "Decisions", "Help.", "", NULL, NULL, 0},
        FIELD("any", TYPE_ANY, 0, PUBLIC),
        FIELD("opened", TYPE_DATE, 0, PUBLIC),
        FIELD("closed", TYPE_DATE, 0, PUBLIC),
        END,
    }};

static const char framework[] = "scales: {support: {values: {low: [Low, L], high: High}}}\n"
                                "facts:\n  school:\n"
                                "    open: {type: yes/no, visible: public}\n"
                                "    shared: {type: text, visible: schools}\n"
                                "    hidden: {type: text}\n"
                                "    support: {scale: support, visible: public}\n"
                                "    needs: {set of: {maths: Maths, reading: Reading}, visible: public}\n"
                                "    worked_out: {type: yes/no, is: open}\n";

/* ---- checking ---- */

struct checked {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct vocabulary vocabulary;
    struct value value;
};

static void check_with(struct checked *c, const char *text, const struct schema *schema) {
    *c = (struct checked){.source = {STR("a.yaml"), str_from(text)}};
    c->diags.arena = &c->arena;
    struct source *words = arena_new(&c->arena, struct source);
    *words = (struct source){STR("framework.yaml"), str_from(framework)};
    struct value *root = arena_new(&c->arena, struct value);
    assert_true(yaml_read(&c->arena, words, 0, words->text.len, &c->diags, root));
    vocabulary_read(&c->arena, root, &c->vocabulary, &c->diags);
    assert_int_equal(c->diags.count, 0);
    if (!yaml_read(&c->arena, &c->source, 0, c->source.text.len, &c->diags, &c->value))
        fail_msg("%s is not YAML", text);
    struct schema_check check = {&c->arena, &c->vocabulary, &c->diags};
    schema_check(&check, &c->value, schema);
}

static void done(struct checked *c) {
    arena_release(&c->arena);
}

/* The slugs that checking gives, each with its place. */
static void says_of(const char *text, const struct schema *schema, const char *expected) {
    struct checked c;
    check_with(&c, text, schema);
    struct buf said = {.arena = &c.arena};
    diags_sort(&c.diags);
    for (size_t i = 0; i < c.diags.count; i++)
        buf_printf(&said, "%s%s@%u:%u", i ? " " : "", diag_catalogue[c.diags.items[i].id].slug,
                   c.diags.items[i].position.line, c.diags.items[i].position.column);
    if (!str_eq(buf_str(&said), str_from(expected)))
        fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", text, STR_ARG(buf_str(&said)), expected);
    done(&c);
}

static void says(const char *text, const char *expected) {
    says_of(text, &thing, expected);
}

static void assert_words(const struct value *v, const char *words) {
    assert_non_null(v);
    if (!str_eq(value_words(v), str_from(words)))
        fail_msg("\"" STR_FMT "\" is not \"%s\"", STR_ARG(value_words(v)), words);
}

/* ---- types ---- */

static const struct {
    const char *field;
    const char *takes[8];
    const char *refuses[12];
} types[] = {
    {"text", {"Birch", "0123", "\"two  words\""}, {"\"\"", "\"a\\nb\"", "|\n  a\n"}},
    {"markdown", {"Birch", "|\n  a\n\n  b\n"}, {"\"\""}},
    {"yes_no", {"yes", "no", "\"no\""}, {"true", "false", "Yes", "NO", "on", "1", "y", "\"\""}},
    {"whole", {"0", "007", "999999999"}, {"-1", "+1", "1.0", "1,000", "1e3", "1000000000", "one", "\" 1\""}},
    {"number",
     {"0", "1.10", "-0.4",
      "\xE2\x88\x92"
      "0.4",
      "12345678901234567"},
     {"1.", ".5", "1.2.3", "1,5", "--1", "1e3", "\"-\"", "\"\""}},
    {"figure",
     {"66", "-0.4", "suppressed", "SUPP", "Not applicable", "c"},
     {"66%", "about 66", "\"\"", "unknown"}},
    {"date",
     {"2019-09-01", "2024-02-29"},
     {"2019-9-1", "2019-02-29", "2019-04-31", "01/09/2019", "2019-09", "today"}},
    {"month",
     {"2019-09", "2019-09-01", "2024-02-29"},
     {"2019-13", "2019-9", "2019-09-31", "September 2019", "2019"}},
    {"year", {"1990", "2025", "2099"}, {"1989", "2100", "25", "2024/25", "20255"}},
    {"ages",
     {"3 to 11", "11 to 18", "4 to 4", "0 to 5"},
     {"11 to 3", "9 to 10 to 11", "3-11", "3 to", "to 11", "3 to 111", "3  to 11", "three to 11"}},
    {"size", {"small", "Small", "SMALL", "s", "tiny", "middle sized", "Middle-Sized"}, {"smal", "\"\"", "0"}},
    {"urn", {"\"900001\"", "900001", "012345"}, {"90000", "9000011", "90000a", "\" 90001\""}},
    {"laestab", {"999/2001", "302/2000"}, {"9992001", "99/20011", "999-2001", "999/200a", "999/20011"}},
    {"digits", {"1", "012", "123456789012"}, {"1234567890123", "1-2", "a", "\"\""}},
    {"postcode",
     {"ZZ99 1AB", "N1 1AA", "SW1A 1AA", "B33 8TH"},
     {"zz99 1ab", "ZZ991AB", "ZZ99  1AB", "ZZ99 AB1", "99 1AB", "ZZZZZ 1AB", "ZZ 1AB", "\"ZZ99 1ABC\""}},
    {"telephone",
     {"020 7946 0102", "+44 20 7946 0102", "02079460102"},
     {"7946 0102", "020-7946-0102", "020 7946 0102 ext 3", "44+20 7946 0102", "1234567890123456"}},
    {"email",
     {"office@birch.example", "a.b+c@d.e.example"},
     {"office", "\"@birch.example\"", "a@b", "a@b@c.example", "a b@c.example", "a@c.", "<a@b.example>",
      "a@b.example?subject=x"}},
    {"web",
     {"https://birch.example/", "http://b.example/a?b=c#d"},
     {"birch.example", "https://", "ftp://b.example", "https:///a", "javascript:alert",
      "https://b.example/a b", "\"https://b.example/<x>\"", "HTTPS://b.example"}},
    {"colour", {"\"#0b5351\"", "\"#FFFFFF\""}, {"\"#fff\"", "0b5351", "teal", "\"#0b535g\"", "\"#0b53511\""}},
    {"slug", {"jo-penhallow", "14-acres"}, {"Jo", "jo_p", "jo--p", "../jo", "jo.md", "-jo"}},
    {"path", {"policy/a.md#b"}, {"\"\""}},
    {"any", {"a", "[a]", "{a: b}", "\"\""}, {NULL}},
};

static void each_type_takes_what_it_means_and_nothing_else(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(types); i++) {
        struct str key = str_join(&a, str_from(types[i].field), STR(": "));
        for (const char *const *v = types[i].takes; v < types[i].takes + COUNT(types[i].takes) && *v; v++)
            says(str_z(&a, str_join(&a, key, str_from(*v))), "");
        for (const char *const *v = types[i].refuses; v < types[i].refuses + COUNT(types[i].refuses) && *v;
             v++) {
            struct checked c;
            const char *text = str_z(&a, str_join(&a, key, str_from(*v)));
            check_with(&c, text, &thing);
            if (c.diags.count != 1 ||
                (c.diags.items[0].id != DIAG_SCHEMA_FORMAT && c.diags.items[0].id != DIAG_SCHEMA_CHOICE))
                fail_msg("%s: %zu diagnostics", text, c.diags.count);
            done(&c);
        }
    }
    arena_release(&a);
}

static void every_type_but_any_wants_text(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(types) - 1; i++) {
        struct str key = str_from(types[i].field);
        char expected[64] = "";
        struct buf b = {.at = expected, .size = sizeof(expected)};
        buf_printf(&b, "wrong-type@1:%zu", key.len + 3);
        says(str_z(&a, str_join(&a, key, STR(": [a]"))), expected);
        says(str_z(&a, str_join(&a, key, STR(": {a: b}"))), expected);
    }
    says("part: text", "wrong-type@1:7");
    says("part: [text]", "wrong-type@1:7");
    says("parts: [text]", "wrong-type@1:9");
    says("facts: text", "wrong-type@1:8");
    says("decisions: [text]", "wrong-type@1:12");
    arena_release(&a);
}

static void a_choice_becomes_its_id(void **state) {
    (void)state;
    struct checked c;
    check_with(&c,
               "size: Middle-Sized\nsizes: [TINY, large]\nfigure: Not applicable\ndated:\n  - {value: S, "
               "from: 2019-01-01}\n",
               &thing);
    assert_int_equal(c.diags.count, 0);
    assert_words(value_at(&c.value, "size"), "middle_sized");
    assert_words(&value_at(&c.value, "sizes")->items[0], "small");
    assert_words(&value_at(&c.value, "sizes")->items[1], "large");
    assert_words(value_at(&c.value, "figure"), "not_applicable");
    assert_words(value_on(value_at(&c.value, "dated"), date_make(2019, 1, 1)), "small");
    done(&c);
}

/* ---- records ---- */

static void keys_that_are_not_known_are_told_with_the_nearest(void **state) {
    (void)state;
    says("txet: a\nnmuber: 1\nzzz: 2\n", "unknown-key@1:1 unknown-key@2:1 unknown-key@3:1");
    struct checked c;
    check_with(&c, "part: {nmae: x, name: y}\n", &thing);
    assert_int_equal(c.diags.count, 1);
    assert_true(str_eq(c.diags.items[0].text, STR("\"nmae\" is not a field of a part")));
    assert_true(str_eq(c.diags.items[0].hint, STR("did you mean \"name\"?")));
    done(&c);
}

static void what_is_missing_or_empty_is_told(void **state) {
    (void)state;
    says("part: {}\n", "missing-field@1:7");
    says("parts:\n  - name: a\n  - secret: b\n", "missing-field@3:5");
    says("text:\n", "empty-value@1:6");
    says("part: {name: }\n", "empty-value@1:14");
    says("dated: []\n", "empty-value@1:8");
    says("sizes: []\n", "empty-value@1:8"); /* `none`, or nothing */
    says("parts: []\n", "");
    says_of("", &thing, "record-empty@0:0");
    says_of("- text: a\n", &thing, "record-shape@1:1");
    says_of("text", &thing, "record-shape@1:1");
}

static void exactly_one_of_several_is_given(void **state) {
    (void)state;
    says("pick: {left: a}\n", "");
    says("pick: {right: a}\n", "");
    says("pick: {}\n", "one-of@1:7");
    says("pick: {left: a, right: b}\n", "one-of@1:7");
}

static void one_may_stand_for_a_list_of_one(void **state) {
    (void)state;
    struct checked c;
    check_with(&c, "sizes: small\nparts: {name: a}\n", &thing);
    assert_int_equal(c.diags.count, 0);
    const struct value *sizes = value_at(&c.value, "sizes"), *parts = value_at(&c.value, "parts");
    assert_int_equal(sizes->kind, VALUE_LIST);
    assert_int_equal(sizes->count, 1);
    assert_int_equal(sizes->offset, 7);
    assert_int_equal(parts->kind, VALUE_LIST);
    assert_words(value_get(&parts->items[0], STR("name")), "a");
    done(&c);
}

static void none_stands_for_real_absence_where_it_may(void **state) {
    (void)state;
    struct checked c;
    check_with(&c, "sizes: none\n", &thing);
    assert_int_equal(c.diags.count, 0);
    assert_words(value_at(&c.value, "sizes"), "none");
    done(&c);
    says("parts: none\n", "wrong-type@1:8");
    says("size: none\n", "unknown-choice@1:7");
}

static void days_do_not_run_backwards(void **state) {
    (void)state;
    says("opened: 2020-01-01\nclosed: 2020-01-01\n", "");
    says("opened: 2020-01-02\nclosed: 2020-01-01\n", "dates-backwards@2:9");
    says("closed: 2020-01-01\nopened: 2020-01-02\n", "dates-backwards@1:9");
    says("parts: [{name: a, from: 2024-02-29, to: 2024-02-28}]\n", "dates-backwards@1:41");
    says("opened: 2020-02-30\nclosed: 2020-01-01\n", "wrong-format@1:9");
}

static void records_are_not_endless(void **state) {
    (void)state;
    struct arena a = {0};
    static const char *const heads[] = {"sizes:\n", "parts:\n", "dated:\n", "facts:\n  needs:\n",
                                        "decisions:\n  a:\n"};
    static const char *const entries[] = {"  - s\n", "  - {name: a}\n", NULL, "    - maths\n", NULL};
    for (int count = SCHEMA_ITEMS_MAX; count <= SCHEMA_ITEMS_MAX + 1; count++)
        for (size_t i = 0; i < COUNT(heads); i++) {
            struct buf b = {.arena = &a};
            buf_add(&b, str_from(heads[i]));
            for (int n = 0; n < count; n++)
                if (entries[i]) {
                    buf_add(&b, str_from(entries[i]));
                } else {
                    buf_lit(&b, "    - {value: small, from: ");
                    buf_add(&b, date_iso(&a, n));
                    buf_lit(&b, "}\n");
                }
            buf_byte(&b, '\0');
            struct checked c;
            check_with(&c, b.at, &thing);
            assert_int_equal(c.diags.count, count > SCHEMA_ITEMS_MAX);
            if (c.diags.count)
                assert_int_equal(c.diags.items[0].id, DIAG_TOO_MANY_ITEMS);
            done(&c);
        }
    arena_release(&a);
}

static void everything_wrong_is_told_at_once(void **state) {
    (void)state;
    says("txet: a\nwhole: x\nsize: huge\npart: {}\npick: {}\nopened: 2020-01-02\nclosed: 2020-01-01\n",
         "unknown-key@1:1 wrong-format@2:8 unknown-choice@3:7 missing-field@4:7 one-of@5:7 "
         "dates-backwards@7:9");
}

/* ---- dated lists ---- */

static void dated_lists_are_in_order(void **state) {
    (void)state;
    says("dated: small\n", "");
    says("dated:\n  - {value: small, from: 2019-01-01}\n  - {value: large, from: 2019-01-02, by: A, note: "
         "b}\n",
         "");
    says("dated:\n  - {value: small, from: 2019-01-02}\n  - {value: large, from: 2019-01-01}\n",
         "dated-order@3:26");
    says("dated:\n  - {value: small, from: 2019-01-01}\n  - {value: large, from: 2019-01-01}\n",
         "dated-same-day@3:26");
    says("dated:\n  - {value: small}\n", "missing-field@2:5");
    says("dated:\n  - {from: 2019-01-01}\n", "missing-field@2:5");
    says("dated:\n  - {value: , from: 2019-01-01}\n", "empty-value@2:13");
    says("dated:\n  - {value: huge, from: 2019-01-01}\n", "unknown-choice@2:13");
    says("dated:\n  - small\n", "dated-entry@2:5");
    says("dated:\n  - {value: small, from: 2019-01-01, to: 2018-01-01}\n", "dates-backwards@2:42");
    says("dated:\n  - {value: small, form: 2019-01-01}\n", "missing-field@2:5 unknown-key@2:20");
}

static void a_value_is_in_force_from_its_day_until_the_next(void **state) {
    (void)state;
    static const struct {
        const char *day, *words;
    } cases[] = {
        {"2018-12-31", ""},      {"2019-01-01", "small"},        {"2019-12-31", "small"},
        {"2020-02-29", "large"}, {"2020-03-31", "large"},        {"2020-04-01", ""},
        {"2020-12-31", ""},      {"2021-01-01", "middle_sized"}, {"2099-01-01", "middle_sized"},
    };
    struct checked c;
    check_with(
        &c,
        "dated:\n  - {value: small, from: 2019-01-01}\n  - {value: large, from: 2020-02-29, to: 2020-04-01}\n"
        "  - {value: middle_sized, from: 2021-01-01}\nsize: small\n",
        &thing);
    assert_int_equal(c.diags.count, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct value *v = value_on(value_at(&c.value, "dated"), date_parse_iso(str_from(cases[i].day)));
        assert_true(str_eq(value_words(v), str_from(cases[i].words)));
    }
    assert_words(value_on(value_at(&c.value, "size"), 0), "small"); /* a value without dates always holds */
    assert_null(value_on(NULL, 0));
    done(&c);
}

/* ---- facts and decisions ---- */

static void facts_are_those_that_the_framework_declares(void **state) {
    (void)state;
    says("facts: {open: yes, shared: a, support: L, needs: [maths, Reading]}\n", "");
    says("facts: {opne: yes}\n", "unknown-fact@1:9");
    says("facts: {worked_out: yes}\n", "derived-fact@1:9");
    says("facts: {open: true}\n", "wrong-format@1:15");
    says("facts: {support: medium}\n", "unknown-choice@1:18");
    says("facts: {needs: [maths, art]}\n", "unknown-choice@1:24");
    says("facts: {open: }\n", "empty-value@1:15");
    says("facts: {open: [yes]}\n", "wrong-type@1:15");
    says("facts: {open: not recorded, support: not applicable}\n", "");
    says("facts:\n  open:\n    - {value: yes, from: 2019-01-01}\n    - {value: no, from: 2018-01-01}\n",
         "dated-order@4:25");
    says("facts:\n  needs:\n    - {value: maths, from: 2019-01-01}\n    - {value: reading, from: "
         "2019-01-01}\n",
         "");
    struct checked c;
    check_with(&c, "facts: {support: L}\n", &thing);
    assert_words(value_at(&c.value, "facts.support"), "low");
    done(&c);
}

static void decisions_are_dated_lists(void **state) {
    (void)state;
    says("decisions:\n  category:\n    - {value: A, from: 2019-01-01}\n", "");
    says("decisions:\n  plan:\n    category:\n      - {value: A, from: 2019-01-01}\n", "");
    says("decisions: {category: A}\n", "decision-shape@1:23");
    says("decisions: {a: {b: {c: []}}}\n", "decision-shape@1:20");
    says("decisions: {category: [A]}\n", "dated-entry@1:24");
}

/* ---- projection ---- */

static const char restricted[] =
    "text: open\nsizes: [small]\npart: {name: a, secret: canary}\nparts: [{name: b, secret: canary}]\n"
    "dated:\n  - {value: small, from: 2019-01-01, by: canary, note: canary}\n"
    "facts:\n  open:\n    - {value: yes, from: 2019-01-01, by: canary}\n  shared: s\n  hidden: canary\n"
    "decisions:\n  category:\n    - {value: canary, from: 2019-01-01}\n";

static bool holds(const struct value *v, const char *words) {
    bool found = str_eq(value_words(v), str_from(words));
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        found = found || holds(&v->items[i], words);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++)
        found = found || holds(&v->fields[i].value, words);
    return found;
}

static void officers_see_everything(void **state) {
    (void)state;
    struct checked c;
    check_with(&c, restricted, &thing);
    schema_project(&c.value, &thing, OFFICERS, &c.vocabulary, NULL);
    assert_true(holds(&c.value, "canary"));
    assert_non_null(value_at(&c.value, "decisions"));
    done(&c);
}

static void schools_and_the_public_see_what_is_theirs(void **state) {
    (void)state;
    for (int audience = SCHOOLS; audience <= (int)PUBLIC; audience++) {
        struct checked c;
        check_with(&c, restricted, &thing);
        assert_int_equal(c.diags.count, 0);
        for (int again = 0; again < 2; again++) { /* twice is once */
            schema_project(&c.value, &thing, (enum audience)audience, &c.vocabulary, NULL);
            assert_false(holds(&c.value, "canary"));
            assert_words(value_at(&c.value, "text"), "open");
            assert_words(value_at(&c.value, "part.name"), "a");
            assert_words(value_on(value_at(&c.value, "dated"), date_make(2020, 1, 1)), "small");
            assert_words(value_on(value_at(&c.value, "facts.open"), date_make(2020, 1, 1)), "yes");
            assert_null(value_at(&c.value, "decisions"));
            assert_int_equal(value_at(&c.value, "sizes") != NULL, audience == SCHOOLS);
            assert_int_equal(value_at(&c.value, "facts.shared") != NULL, audience == SCHOOLS);
        }
        done(&c);
    }
}

static void without_a_framework_facts_are_for_officers(void **state) {
    (void)state;
    struct checked c;
    check_with(&c, "facts: {open: yes}\n", &thing);
    schema_project(&c.value, &thing, PUBLIC, NULL, NULL);
    assert_int_equal(value_at(&c.value, "facts")->count, 0);
    done(&c);
}

/* ---- readers ---- */

static void a_missing_value_gives_none_of_its_type(void **state) {
    (void)state;
    assert_int_equal(value_date(NULL), DATE_NONE);
    assert_int_equal(value_whole(NULL), -1);
    assert_false(value_yes(NULL));
    assert_int_equal(value_words(NULL).len, 0);
    struct value list = {.kind = VALUE_LIST};
    assert_int_equal(value_words(&list).len, 0);
    struct value text = value_text(STR("418"));
    assert_int_equal(value_whole(&text), 418);
}

static void nouns_have_their_article(void **state) {
    (void)state;
    struct arena a = {0};
    static const char *const cases[][2] = {{"cluster", "a cluster"},
                                           {"offer", "an offer"},
                                           {"address", "an address"},
                                           {"wishes", "wishes"},
                                           {"", "a "}};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_true(str_eq(noun_phrase(&a, str_from(cases[i][0])), str_from(cases[i][1])));
    arena_release(&a);
}

/* ---- the tables themselves ---- */

static void check_table(const struct schema *schema, int depth);

/* The example of a field is what it takes; every choice is found by its id, its label and its other spellings, and by
 * no other choice's. */
static void check_field(const struct schema *schema, const struct schema_field *f, int depth) {
    struct arena a = {0};
    struct str help = str_from(f->help);
    if (!f->label || !*f->label || !str_ends(help, STR(".")) || !f->example)
        fail_msg("%s.%s: label, help or example", schema->name, f->name);
    if ((f->type == TYPE_CHOICE) != (f->choices != NULL) || (f->type == TYPE_RECORD) != (f->record != NULL))
        fail_msg("%s.%s: choices or record", schema->name, f->name);
    if (*f->example) {
        struct schema one = {schema->name, "", (const struct schema_field[]){*f, {0}}};
        struct checked c;
        check_with(&c, str_z(&a, str_join(&a, str_from(f->name), STR(": "), str_from(f->example))), &one);
        if (c.diags.count)
            fail_msg("%s.%s: %s", schema->name, f->name, str_z(&a, c.diags.items[0].text));
        done(&c);
    }
    for (const struct choice *x = f->choices; x && x->id; x++) {
        assert_ptr_equal(choice_find(f->choices, str_from(x->id)), x);
        assert_ptr_equal(choice_find(f->choices, str_from(x->label)), x);
        struct str other, rest = str_from(x->also);
        while (str_cut(&rest, '|', &other))
            assert_ptr_equal(choice_find(f->choices, other), x);
    }
    if (f->record)
        check_table(f->record, depth + 1);
    arena_release(&a);
}

static void check_table(const struct schema *schema, int depth) {
    assert_true(depth < 8);
    size_t count = 0;
    for (const struct schema_field *f = schema->fields; f->name; f++, count++) {
        check_field(schema, f, depth);
        assert_ptr_equal(schema_find(schema, str_from(f->name)), f); /* each name once */
    }
    assert_true(count > 0 && count < 64); /* as many as "did you mean" looks at */
}

static void the_tables_hold_what_they_promise(void **state) {
    (void)state;
    check_table(&schema_school, 0);
    check_table(&schema_portal, 0);
    check_table(&schema_dated, 0);
    for (int k = 0; k < CONTENT_COUNT; k++)
        check_table(schema_content[k], 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_takes_what_it_means_and_nothing_else),
        cmocka_unit_test(every_type_but_any_wants_text),
        cmocka_unit_test(a_choice_becomes_its_id),
        cmocka_unit_test(keys_that_are_not_known_are_told_with_the_nearest),
        cmocka_unit_test(what_is_missing_or_empty_is_told),
        cmocka_unit_test(exactly_one_of_several_is_given),
        cmocka_unit_test(one_may_stand_for_a_list_of_one),
        cmocka_unit_test(none_stands_for_real_absence_where_it_may),
        cmocka_unit_test(days_do_not_run_backwards),
        cmocka_unit_test(records_are_not_endless),
        cmocka_unit_test(everything_wrong_is_told_at_once),
        cmocka_unit_test(dated_lists_are_in_order),
        cmocka_unit_test(a_value_is_in_force_from_its_day_until_the_next),
        cmocka_unit_test(facts_are_those_that_the_framework_declares),
        cmocka_unit_test(decisions_are_dated_lists),
        cmocka_unit_test(officers_see_everything),
        cmocka_unit_test(schools_and_the_public_see_what_is_theirs),
        cmocka_unit_test(without_a_framework_facts_are_for_officers),
        cmocka_unit_test(a_missing_value_gives_none_of_its_type),
        cmocka_unit_test(nouns_have_their_article),
        cmocka_unit_test(the_tables_hold_what_they_promise),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
