/* SPDX-License-Identifier: MIT */
/* test_lexicon.c: which words the tables use, for whom, and where they are defined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lexicon_fixture.h"
#include "publish/lexicon.h"
#include "text.h"

#define FRAMEWORK                                                                                    \
    "scales:\n"                                                                                      \
    "  ofsted: {last: best, values: {ri: RI, good: Good}, beside: {none_yet: None yet}}\n"           \
    "  category: {last: worst, values: {green: Green, red: Red}}\n"                                  \
    "groups: {tib: Targeted improvement board}\n"                                                    \
    "facts:\n"                                                                                       \
    "  school:\n"                                                                                    \
    "    ofsted.overall: {label: Ofsted grade, scale: ofsted}\n"                                     \
    "    pupils: {label: Pupils on roll, type: number}\n"                                            \
    "    small: {type: yes/no, is: pupils < 100}\n"                                                  \
    "    in_need: {type: yes/no, when: {Ofsted grade: RI, Small: yes}}\n"                            \
    "    spare: {type: yes/no}\n"                                                                    \
    "    secret: {type: yes/no}\n"                                                                   \
    "  partnership:\n"                                                                               \
    "    members: {type: schools}\n"                                                                 \
    "    small_ones:\n      type: number\n      is: count(members[pupils < 100])\n"                  \
    "never:\n"                                                                                       \
    "  school:\n"                                                                                    \
    "    - {when: ofsted.overall = \"none_yet\" and small, because: the small were all inspected}\n" \
    "    - {when: spare and small, because: nobody spares a small one}\n"
#define HELP                                                                               \
    "## Help\n\n<!-- decision: help\noutputs: {help: yes/no}\n-->\n\n| In need | Help |\n" \
    "|---|---|\n| yes | yes |\n| no | no |\n"
#define CATEGORY                                                                            \
    "## Category\n\n<!-- decision: category\noutputs: {category: {label: Category, scale: " \
    "category}}\n-->\n\n"                                                                   \
    "| Secret | Category |\n|---|---|\n| yes | Red |\n| no | Green |\n"

static const struct word *word_named(const struct lexicon *lexicon, const char *label) {
    for (size_t k = 0; k < lexicon->kind_count; k++)
        for (size_t i = 0; i < lexicon->kinds[k].count; i++) {
            const struct word *word = &lexicon->kinds[k].items[i];
            if (str_eq(word->fact ? word->fact->label : word->output->label, str_from(label)))
                return word;
        }
    return NULL;
}

static void assert_used(const struct lexicon *lexicon, const char *label, bool used) {
    const struct word *word = word_named(lexicon, label);
    if ((word && word->read) != used)
        fail_msg("%s is %sused", label, used ? "not " : "");
}

static void a_word_is_used_where_a_table_or_what_it_follows_from_reads_it(void **state) {
    (void)state;
    struct bench b;
    struct lexicon lexicon;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "help", HELP, AUDIENCE_PUBLIC);
    bench_read(&b);
    lexicon_make(&lexicon, &b.site, &b.arena);
    assert_used(&lexicon, "in need", true);
    assert_used(&lexicon, "Ofsted grade", true);
    assert_used(&lexicon, "small", true);
    assert_used(&lexicon, "Pupils on roll", true);
    assert_used(&lexicon, "Help", true); /* which it answers */
    assert_used(&lexicon, "spare", false);
    assert_used(&lexicon, "members", false);
    assert_int_equal(word_named(&lexicon, "Pupils on roll")->table_count, 1);
    assert_int_equal(word_named(&lexicon, "Help")->table_count, 0); /* nothing reads it */
    bench_release(&b);
}

static void what_a_filter_reads_of_other_records_is_used_too(void **state) {
    (void)state;
    struct bench b;
    struct lexicon lexicon;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "sizes",
               "## Sizes\n\n<!-- decision: sizes\nsubject: partnership\noutputs: {fine: yes/no}\n-->\n\n"
               "| Small ones | Fine |\n|---|---|\n| at most 3 | yes |\n| above 3 | no |\n",
               AUDIENCE_PUBLIC);
    bench_read(&b);
    lexicon_make(&lexicon, &b.site, &b.arena);
    assert_used(&lexicon, "small ones", true);
    assert_used(&lexicon, "members", true);
    assert_used(&lexicon, "Pupils on roll", true);
    assert_used(&lexicon, "Ofsted grade", false);
    bench_release(&b);
}

static void the_words_of_a_page_that_is_not_there_are_not_told(void **state) {
    (void)state;
    struct bench b;
    struct lexicon lexicon;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "category", CATEGORY, AUDIENCE_OFFICERS);
    bench_page(&b, "help", HELP, AUDIENCE_PUBLIC);
    bench_read(&b);
    lexicon_make(&lexicon, &b.site, &b.arena);
    assert_used(&lexicon, "secret", true);
    assert_used(&lexicon, "Category", true);
    bench_bind(&b, AUDIENCE_PUBLIC);
    lexicon_make(&lexicon, &b.site, &b.arena);
    assert_used(&lexicon, "secret", false);
    assert_used(&lexicon, "Category", false);
    assert_used(&lexicon, "in need", true);
    bench_release(&b);
}

static void there_is_nothing_to_define_where_no_table_can_be_seen(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, FRAMEWORK);
    assert_false(lexicon_used(&b.site));
    bench_page(&b, "category", CATEGORY, AUDIENCE_OFFICERS);
    bench_read(&b);
    assert_true(lexicon_used(&b.site));
    bench_bind(&b, AUDIENCE_SCHOOLS);
    assert_false(lexicon_used(&b.site));
    bench_release(&b);
}

static void a_rule_is_known_where_all_its_words_are(void **state) {
    (void)state;
    struct bench b;
    struct lexicon lexicon;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "help", HELP, AUDIENCE_PUBLIC);
    bench_read(&b);
    lexicon_make(&lexicon, &b.site, &b.arena);
    const struct policy_kind *school = policy_kind(&b.site.policy, STR("school"));
    assert_int_equal(school->never_count, 2);
    assert_true(lexicon_knows(&lexicon, &b.site.policy, school->nevers[0]->when));
    assert_false(lexicon_knows(&lexicon, &b.site.policy, school->nevers[1]->when));
    bench_release(&b);
}

static void a_rule_names_what_it_reads_itself(void **state) {
    (void)state;
    struct bench b;
    struct lexicon lexicon;
    const struct word *reads[2];
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "help", HELP, AUDIENCE_PUBLIC);
    bench_read(&b);
    lexicon_make(&lexicon, &b.site, &b.arena);
    const struct word *in_need = word_named(&lexicon, "in need");
    assert_int_equal(lexicon_rule(&lexicon, &b.site.policy, in_need, reads, 2), 2);
    assert_text(reads[0]->fact->id, "ofsted.overall");
    assert_text(reads[1]->fact->id, "small");
    assert_int_equal(lexicon_rule(&lexicon, &b.site.policy, in_need, reads, 1),
                     1); /* no more than asked for */
    assert_int_equal(lexicon_rule(&lexicon, &b.site.policy, word_named(&lexicon, "spare"), reads, 2), 0);
    bench_release(&b);
}

static void ids_are_made_of_the_ids_of_the_policy(void **state) {
    (void)state;
    struct bench b;
    bench_make(&b, FRAMEWORK);
    bench_page(&b, "category", CATEGORY, AUDIENCE_PUBLIC);
    bench_read(&b);
    const struct fact *fact = vocabulary_fact_of(&b.site.vocabulary, STR("school"), STR("ofsted.overall"));
    const struct decision *d = policy_decision(&b.site.policy, STR("category"));
    assert_text(lexicon_id_fact(&b.arena, fact), "fact-school-ofsted-overall");
    assert_text(lexicon_id_item(&b.arena, fact, STR("sharp_decline")),
                "fact-school-ofsted-overall-sharp-decline");
    assert_text(lexicon_id_scale(&b.arena, fact->scale), "scale-ofsted");
    assert_text(lexicon_id_value(&b.arena, fact->scale, STR("none_yet")), "value-ofsted-none-yet");
    assert_text(lexicon_id_output(&b.arena, &d->outputs[0]), "result-category-category");
    assert_text(lexicon_table_address(&b.arena, d->tables[0]), "policy/category.html#table-1");
    bench_release(&b);
}

static void kinds_of_record_are_called_what_people_call_them(void **state) {
    (void)state;
    static const struct {
        const char *kind, *one, *many;
    } cases[] = {
        {"school", "School", "Schools"},
        {"tib", "Targeted improvement board", "Targeted improvement boards"},
        {"category_record", "Category record", "Category records"},
        {"person", "Person", "People"},
        {"body", "Body", "Bodies"},
        {"network", "The network", "The network"},
    };
    struct bench b;
    bench_make(&b, FRAMEWORK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str kind = str_from(cases[i].kind);
        assert_text(lexicon_kind(&b.site, &b.arena, kind, false), cases[i].one);
        assert_text(lexicon_kind(&b.site, &b.arena, kind, true), cases[i].many);
    }
    bench_release(&b);
}

int main(void) {
    markdown_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_used_where_a_table_or_what_it_follows_from_reads_it),
        cmocka_unit_test(what_a_filter_reads_of_other_records_is_used_too),
        cmocka_unit_test(the_words_of_a_page_that_is_not_there_are_not_told),
        cmocka_unit_test(there_is_nothing_to_define_where_no_table_can_be_seen),
        cmocka_unit_test(a_rule_is_known_where_all_its_words_are),
        cmocka_unit_test(a_rule_names_what_it_reads_itself),
        cmocka_unit_test(ids_are_made_of_the_ids_of_the_policy),
        cmocka_unit_test(kinds_of_record_are_called_what_people_call_them),
    };
    return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}
