/* SPDX-License-Identifier: MIT */
/* test_framework.c: the vocabulary, and values of its facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "portal/framework.h"
#include "text.h"
#include "text/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct words {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct value root;
    struct vocabulary vocabulary;
};

static void read_words(struct words *w, const char *text) {
    *w = (struct words){.source = {STR("framework.yaml"), str_from(text)}};
    w->diags.arena = &w->arena;
    assert_true(yaml_read(&w->arena, &w->source, 0, w->source.text.len, &w->diags, &w->root));
    vocabulary_read(&w->arena, &w->root, &w->vocabulary, &w->diags);
    diags_sort(&w->diags);
}

static void done(struct words *w) {
    arena_release(&w->arena);
}

static void says(const char *text, const char *expected) {
    struct words w;
    read_words(&w, text);
    struct buf said = {.arena = &w.arena};
    for (size_t i = 0; i < w.diags.count; i++)
        buf_printf(&said, "%s%s@%u:%u", i ? " " : "", diag_catalogue[w.diags.items[i].id].slug,
                   w.diags.items[i].position.line, w.diags.items[i].position.column);
    if (!str_eq(buf_str(&said), str_from(expected)))
        fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", text, STR_ARG(buf_str(&said)), expected);
    done(&w);
}

static const struct fact *fact_of(const struct words *w, const char *name) {
    const struct fact *fact = vocabulary_fact(&w->vocabulary, str_from(name));
    assert_non_null(fact);
    return fact;
}

static const char everything[] =
    "title: Words\n"
    "scales:\n"
    "  support:\n    last: worst\n    values: {low: [Low, L], high: High}\n    beside: {unknown: Not known}\n"
    "  size: {last: best, values: [small, large]}\n"
    "facts:\n"
    "  school:\n"
    "    at_risk: {type: yes/no, visible: schools}\n"
    "    support: {scale: support, label: Level of support, visible: public}\n"
    "    needs: {set of: {maths: Maths, reading: {label: Reading}}}\n"
    "    pupils.count: {type: whole}\n"
    "    share: {type: number}\n"
    "    opened: {type: date, from: opened}\n"
    "    wait: {type: duration}\n"
    "    name_of: {type: text}\n"
    "    partners: {type: schools}\n"
    "    events: {type: list}\n"
    "    ready: {type: yes/no, is: at_risk}\n"
    "    due: {type: date, when: opened}\n"
    "  partnership:\n"
    "    size: {scale: size}\n";

/* ---- reading ---- */

static void scales_keep_their_values_in_order(void **state) {
    (void)state;
    struct words w;
    read_words(&w, everything);
    assert_int_equal(w.diags.count, 0);
    const struct scale *support = map_get(&w.vocabulary.scales, STR("support"));
    const struct scale *size = map_get(&w.vocabulary.scales, STR("size"));
    assert_int_equal(support->count, 3);
    assert_int_equal(support->beside, 1);
    assert_text(support->values[0].id, "low");
    assert_text(support->values[2].id, "unknown");
    assert_true(support->last_worst && !support->last_best);
    assert_true(size->last_best && !size->last_worst);
    assert_text(size->values[1].id, "large");
    done(&w);
}

static void facts_know_their_type_label_and_audience(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum fact_type type;
        const char *label;
        bool derived;
    } cases[] = {
        {"at_risk", FACT_YES_NO, "at risk", false},    {"support", FACT_SCALE, "Level of support", false},
        {"needs", FACT_SET, "needs", false},           {"pupils.count", FACT_WHOLE, "pupils count", false},
        {"share", FACT_NUMBER, "share", false},        {"opened", FACT_DATE, "opened", false},
        {"wait", FACT_DURATION, "wait", false},        {"name_of", FACT_TEXT, "name of", false},
        {"partners", FACT_SCHOOLS, "partners", false}, {"events", FACT_LIST, "events", false},
        {"ready", FACT_YES_NO, "ready", true},         {"due", FACT_DATE, "due", true},
    };
    struct words w;
    read_words(&w, everything);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct fact *f = fact_of(&w, cases[i].name);
        assert_int_equal(f->type, cases[i].type);
        assert_text(f->label, cases[i].label);
        assert_int_equal(f->derived, cases[i].derived);
    }
    assert_true(fact_of(&w, "at_risk")->classed);
    assert_int_equal(fact_of(&w, "at_risk")->audience, AUDIENCE_SCHOOLS);
    assert_false(fact_of(&w, "needs")->classed);
    assert_int_equal(fact_of(&w, "needs")->audience, AUDIENCE_OFFICERS); /* what states no class */
    assert_text(fact_of(&w, "opened")->from, "opened");
    done(&w);
}

static void only_facts_of_schools_are_found_by_their_name(void **state) {
    (void)state;
    struct words w;
    read_words(&w, everything);
    assert_null(vocabulary_fact(&w.vocabulary, STR("size")));
    assert_null(vocabulary_fact(&w.vocabulary, STR("")));
    assert_non_null(map_get(&w.vocabulary.facts, STR("partnership.size")));
    char name[300];
    for (size_t len = 100; len < sizeof(name); len++) { /* longer than any name there can be */
        for (size_t i = 0; i < len; i++)
            name[i] = 'a';
        assert_null(vocabulary_fact(&w.vocabulary, (struct str){name, len}));
    }
    done(&w);
}

static void what_is_wrong_is_told_where_it_is(void **state) {
    (void)state;
    says("- a\n", "framework-map@1:1");
    says("scale: {}\n", "unknown-key@1:1");
    says("scales: {a: [x]}\n", "framework-map@1:13");
    says("scales: {a: {}}\n", "missing-field@1:13");
    says("scales: {a: {values: {}}}\n", "scale-empty@1:22");
    says("scales: {a: {values: text}}\n", "scale-empty@1:22");
    says("scales: {a: {values: [x], last: top}}\n", "unknown-choice@1:33");
    says("scales: {a: {values: [x], lst: best}}\n", "unknown-key@1:27");
    says("facts: {school: [a]}\n", "framework-map@1:17");
    says("facts: {school: {a: text}}\n", "framework-map@1:21");
    says("facts: {school: {a: {}}}\n", "fact-type@1:21");
    says("facts: {school: {a: {type: yesno}}}\n", "unknown-choice@1:28");
    says("facts: {school: {a: {scale: x}}}\n", "unknown-scale@1:29");
    says("facts: {school: {a: {set of: [x, y]}}}\n", "framework-map@1:30");
    says("facts: {school: {a: {type: date, visible: all}}}\n", "unknown-choice@1:43");
    says("facts: {school: {a: {type: date, lable: x}}}\n", "unknown-key@1:34");
    says("never: {school: [{when: a, becuase: b}]}\n", "unknown-key@1:28");
    says("releases: [{of: a, too: b}]\n", "unknown-key@1:20");
    says("calendar: {term: x}\n", "unknown-key@1:12");
}

/* ---- values ---- */

/* The value as it is after checking, or "!" and the slug. */
static const char *checked(struct words *w, const char *fact, const char *yaml) {
    struct source *source = arena_new(&w->arena, struct source);
    *source = (struct source){STR("a.yaml"), str_from(yaml)};
    struct diags diags = {.arena = &w->arena};
    struct value v;
    assert_true(yaml_read(&w->arena, source, 0, source->text.len, &diags, &v));
    struct schema_check check = {&w->arena, &w->vocabulary, &diags};
    fact_check(&check, fact_of(w, fact), &v);
    if (diags.count)
        return str_z(&w->arena,
                     str_join(&w->arena, STR("!"), str_from(diag_catalogue[diags.items[0].id].slug)));
    if (v.kind == VALUE_LIST)
        v = v.items[v.count - 1];
    return str_z(&w->arena, value_str(&v));
}

static void values_are_checked_by_their_type(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"at_risk", "yes", "yes"},
        {"at_risk", "true", "!wrong-format"},
        {"at_risk", "not recorded", "not recorded"},
        {"at_risk", "not applicable", "not applicable"},
        {"at_risk", "[yes]", "!wrong-type"},
        {"at_risk", "{a: b}", "!wrong-type"},
        {"at_risk", "~", "!empty-value"},
        {"support", "L", "low"},
        {"support", "LOW", "low"},
        {"support", "High", "high"},
        {"support", "Not known", "unknown"},
        {"support", "medium", "!unknown-choice"},
        {"support", "[low]", "!wrong-type"},
        {"needs", "Maths", "maths"},
        {"needs", "[maths, READING]", "reading"},
        {"needs", "[maths, art]", "!unknown-choice"},
        {"needs", "art", "!unknown-choice"},
        {"pupils.count", "418", "418"},
        {"pupils.count", "-3", "-3"},
        {"pupils.count", "4.5", "!wrong-format"},
        {"pupils.count", "4,000", "!wrong-format"},
        {"pupils.count", "\"\"", "!unknown-choice"},
        {"share", "4.5", "4.5"},
        {"share", "4.5.6", "!wrong-format"},
        {"share", ".5", "!wrong-format"},
        {"share", "\"-\"", "!wrong-format"},
        {"opened", "2024-02-29", "2024-02-29"},
        {"opened", "2023-02-29", "!wrong-format"},
        {"name_of", "0123", "0123"},
        {"events", "[a, b]", "b"},
    };
    struct words w;
    read_words(&w, everything);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got = checked(&w, cases[i][0], cases[i][1]);
        if (!str_eq(str_from(got), str_from(cases[i][2])))
            fail_msg("%s: %s gives %s, not %s", cases[i][0], cases[i][1], got, cases[i][2]);
    }
    done(&w);
}

static void people_read_labels(void **state) {
    (void)state;
    struct words w;
    read_words(&w, everything);
    assert_text(fact_label(fact_of(&w, "support"), STR("low")), "Low");
    assert_text(fact_label(fact_of(&w, "support"), STR("other")), "other");
    assert_text(fact_label(fact_of(&w, "needs"), STR("reading")), "Reading");
    assert_text(fact_label(fact_of(&w, "name_of"), STR("Ash")), "Ash");
    assert_text(scale_label(&w.vocabulary, STR("support"), STR("high")), "High");
    assert_text(scale_label(&w.vocabulary, STR("size"), STR("small")), "small");
    assert_text(scale_label(&w.vocabulary, STR("none"), STR("x")), "x");
    done(&w);
}

/* A framework that was reported may still be used to check records in the same run. */
static void broken_declarations_are_safe_to_use(void **state) {
    (void)state;
    struct words w;
    read_words(
        &w,
        "scales: {empty: {values: {}}}\nfacts:\n  school:\n    a: {set of: [x, y]}\n    b: {set of: text}\n"
        "    c: {scale: nowhere}\n    d: {scale: empty}\n    e: {type: nonsense}\n");
    assert_true(w.diags.count > 4);
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    static const char *const values[] = {"x", "[x]", "{a: b}", "~", "yes"};
    for (size_t i = 0; i < COUNT(names); i++)
        for (size_t j = 0; j < COUNT(values); j++) {
            assert_non_null(checked(&w, names[i], values[j]));
            fact_label(fact_of(&w, names[i]), STR("x"));
        }
    done(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scales_keep_their_values_in_order),
        cmocka_unit_test(facts_know_their_type_label_and_audience),
        cmocka_unit_test(only_facts_of_schools_are_found_by_their_name),
        cmocka_unit_test(what_is_wrong_is_told_where_it_is),
        cmocka_unit_test(values_are_checked_by_their_type),
        cmocka_unit_test(people_read_labels),
        cmocka_unit_test(broken_declarations_are_safe_to_use),
    };
    return cmocka_run_group_tests_name("framework", tests, NULL, NULL);
}
