/* SPDX-License-Identifier: MIT */
/*
 * causes_fixture.h: a small policy of three decisions and four schools in two versions, for tests of whose decisions change and
 * why.
 *
 *     struct reviewed v;
 *     make(&v);
 *     reviewed_edit(&v, RULES, "below 60", "below 50");
 *     assert_string_equal(changed(&v), "Ash colour moved Amber > Blue [row:colour/a2]");
 *     reviewed_release(&v);
 */
#ifndef SIGNPOST_TESTS_CAUSES_FIXTURE_H
#define SIGNPOST_TESTS_CAUSES_FIXTURE_H

#include "edge/review_schools.h"
#include "review_fixture.h"

#define OFFICERS AUDIENCE_OFFICERS
#define RULES "content/policy/rules.md"
#define FRAMEWORK "content/framework.yaml"

static const char framework[] =
    "units: [visit]\n"
    "scales:\n"
    "  colour:\n"
    "    last: worst\n"
    "    values: {blue: Blue, amber: Amber, red: Red}\n"
    "  trend:\n"
    "    last: worst\n"
    "    values: {up: Up, steady: Steady, down: Down}\n"
    "facts:\n"
    "  school:\n"
    "    score: {label: Score, type: number, visible: public}\n"
    "    trend: {label: Trend, scale: trend, visible: officers}\n"
    "    watched: {label: Watched, type: yes/no, visible: public, missing: no}\n"
    "    low: {label: Low, type: yes/no, when: score < 20}\n"
    "    size: {label: Partnership size, type: whole, from: partnership.size, missing: not applicable}\n"
    "  partnership:\n"
    "    members: {label: Members, type: schools, from: members}\n"
    "    blues: {label: Blues, type: whole, range: 0 to 60, is: 'count(members[colour = \"blue\"])'}\n"
    "  member:\n"
    "    part: {label: Part, type: text, from: role}\n";

#define COLOUR                                                                                 \
    "<!-- decision: colour\nlabel: Colour\nid: Row\nhit: priority\noutputs: {colour: {label: " \
    "Colour, scale: colour, prefer: [red, amber, blue]}}\n-->\n\n"                             \
    "| Row | Score | Trend | Low | Watched | Colour |\n|---|---|---|---|---|---|\n"            \
    "| A1 | below 40 | Down | | | red |\n"                                                     \
    "| A2 | below 60 | | | | amber |\n"                                                        \
    "| A3 | at least 60 | | | | blue |\n"                                                      \
    "| A4 | | | yes | | red |\n"                                                               \
    "| A5 | | Steady | | yes | amber |\n\n"
#define VISITS                                                                                \
    "<!-- decision: visits\nlabel: Visits\noutputs: {visits: {label: Visits, type: visits a " \
    "year}}\n-->\n\n| Colour | Visits |\n|---|---|\n| Blue | 2 |\n| Amber | 6 |\n| Red | 12 |\n\n"
#define MIX                                                                                    \
    "<!-- decision: mix\nlabel: Mix\nsubject: partnership\noutputs: {mix: {label: Mix, type: " \
    "text}}\n-->\n\n| Blues | Mix |\n|---|---|\n| 0 | weak |\n| at least 1 | strong |\n"

static const char rules[] = "---\ntitle: Rules\n---\n\n## Rules\n\n" COLOUR VISITS MIX;

static inline void make(struct reviewed *v) {
    reviewed_make(v);
    reviewed_put(v, FRAMEWORK, framework);
    reviewed_put(v, RULES, rules);
    reviewed_put(v, "schools/ash.yaml", SCHOOL("900001", "Ash") "facts: {score: 55, trend: steady}\n");
    reviewed_put(v, "schools/birch.yaml", SCHOOL("900002", "Birch") "facts: {score: 70, trend: up}\n");
    reviewed_put(v, "schools/cedar.yaml", SCHOOL("900003", "Cedar") "facts: {score: 30}\n");
    reviewed_put(v, "schools/elm.yaml",
                 SCHOOL("900004", "Elm") "facts: {score: 90, trend: up}\n"
                                         "decisions: {colour: [{value: blue, from: 2025-09-01}]}\n");
}

static inline void add_words(struct buf *out, const struct value *v, const char *path) {
    buf_add(out, value_words(value_at(v, path)));
}

/* "Ash colour moved Amber > Blue [row:colour/a2]; ..." of all records. */
static inline const char *found(struct reviewed *v) {
    struct value value = review_schools(&v->review);
    const struct value *records = value_at(&value, "records");
    struct buf out = {.arena = &v->arena};
    for (uint32_t i = 0; i < records->count; i++) {
        const struct value *decisions = value_at(&records->items[i], "decisions");
        for (uint32_t j = 0; j < decisions->count; j++) {
            const struct value *d = &decisions->items[j], *outputs = value_at(d, "outputs"),
                               *causes = value_at(d, "causes");
            buf_add(&out, out.len ? STR("\n") : STR(""));
            add_words(&out, &records->items[i], "name");
            for (uint32_t k = 0; k < outputs->count; k++) {
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "id");
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "happened");
                buf_lit(&out, " ");
                add_words(&out, &outputs->items[k], "before.words");
                buf_lit(&out, " > ");
                add_words(&out, &outputs->items[k], "after.words");
            }
            for (uint32_t k = 0; k < causes->count; k++) {
                buf_add(&out, k ? STR(", ") : STR(" ["));
                add_words(&out, &causes->items[k], "id");
            }
            buf_lit(&out, "]");
        }
    }
    return str_z(&v->arena, buf_str(&out));
}

static inline const char *changed(struct reviewed *v) {
    reviewed_compute(v, OFFICERS);
    return found(v);
}

#endif
