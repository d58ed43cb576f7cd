/* SPDX-License-Identifier: MIT */
/* review_totals.c: what a change comes to, and that in words. */
#include "edge/review_totals.h"

#include "edge/review_totals_inside.h"

struct value review_totals(struct review *review) {
    struct value_map m = {.arena = review->arena}, none = {.arena = review->arena};
    struct value_list empty = {.arena = review->arena};
    bool both = review->base.complete && review->head.complete;
    map_set(&none, "rows", list_done(&empty));
    map_set(&none, "schools", list_done(&empty));
    map_set(&m, "totals", both ? review_sums(review) : list_done(&empty));
    map_set(&m, "checks", both ? review_checks(review) : list_done(&empty));
    map_set(&m, "coverage", both ? review_coverage(review) : map_done(&none));
    map_set(&m, "measures", both ? review_measures(review) : list_done(&empty));
    map_set(&m, "groups", both ? review_groups(review) : list_done(&empty));
    return map_done(&m);
}

/* ---- in words ---- */

static struct str words_at(const struct value *v, const char *path) {
    return value_words(value_at(v, path));
}

static size_t line_at(const struct value *v) {
    const struct value *line = value_at(v, "line");
    size_t n = 0;
    for (uint32_t i = 0; line && i < line->count; i++)
        n = 10 * n + (size_t)(line->text[i] - '0');
    return n;
}

static void cell(struct document *out, struct str text) {
    document_cell(out);
    document_span(out, SPAN_TEXT, text);
}

/* "Phase: Primary". */
static void head_cell(struct document *out, struct str by, struct str label) {
    document_cell(out);
    if (by.len)
        document_printf(out, STR_FMT ": ", STR_ARG(by));
    document_span(out, SPAN_TEXT, label);
}

static void write_totals(const struct value *totals, struct document *out) {
    const struct str headers[] = {STR("Schools"), STR("Before"), STR("After"), STR("Difference")};
    for (uint32_t i = 0; i < totals->count; i++) {
        const struct value *t = &totals->items[i], *rows = value_at(t, "rows");
        document_table(out, words_at(t, "label"), headers, 4);
        for (uint32_t j = 0; j < rows->count; j++) {
            const struct value *r = &rows->items[j];
            document_row(out, SPAN_TEXT);
            head_cell(out, words_at(r, "by_label"), words_at(r, "label"));
            cell(out, words_at(r, "before"));
            cell(out, words_at(r, "after"));
            cell(out, words_at(r, "difference"));
        }
    }
}

static const struct {
    const char *happened, *heading;
} check_parts[] = {{"fails", "Checks that start to fail"},
                   {"rows", "Checks that go on to fail, with other rows"},
                   {"uncertain", "Checks that become uncertain"},
                   {"passes", "Checks that start to pass"}};

static void write_check(const struct value *c, struct document *out) {
    const struct value *rows = value_at(c, "rows"), *causes = value_at(c, "causes");
    document_item(out, 0);
    document_span(out, SPAN_STRONG, words_at(c, "name"));
    document_printf(out, ": " STR_FMT, STR_ARG(words_at(c, "label")));
    if (!words_at(c, "before").len)
        document_printf(out, ", which is new");
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *r = &rows->items[i];
        document_item(out, 1);
        document_printf(out, "“" STR_FMT "” ", STR_ARG(words_at(r, "label")));
        document_change(out, words_at(r, "before"), words_at(r, "after"));
        document_place(out, words_at(r, "page"), line_at(r));
    }
    for (uint32_t i = 0; i < causes->count; i++) {
        const struct value *cause = &causes->items[i];
        document_item(out, 1);
        document_printf(out, "%s" STR_FMT, i ? "and because " : "because ",
                        STR_ARG(words_at(cause, "words")));
        if (words_at(cause, "page").len)
            document_place(out, words_at(cause, "page"), line_at(cause));
    }
}

static void write_checks(const struct value *checks, struct document *out) {
    for (size_t p = 0; p < sizeof(check_parts) / sizeof(check_parts[0]); p++) {
        bool begun = false;
        for (uint32_t i = 0; i < checks->count; i++) {
            if (!str_eq(words_at(&checks->items[i], "happened"), str_from(check_parts[p].happened)))
                continue;
            if (!begun)
                document_heading(out, 3, str_from(check_parts[p].heading));
            begun = true;
            write_check(&checks->items[i], out);
        }
    }
}

static void write_coverage(const struct value *coverage, struct document *out) {
    const struct str headers[] = {STR("Schools"), STR("Before"), STR("After"), STR("Difference")};
    const struct value *rows = value_at(coverage, "rows"), *schools = value_at(coverage, "schools");
    if (!rows->count && !schools->count)
        return;
    document_heading(out, 3, STR("Coverage"));
    document_table(out, STR("Schools in a partnership that counts"), headers, 4);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *r = &rows->items[i];
        document_row(out, SPAN_TEXT);
        head_cell(out, words_at(r, "by"), words_at(r, "label"));
        cell(out, words_at(r, "before"));
        cell(out, words_at(r, "after"));
        cell(out, words_at(r, "difference"));
    }
    for (uint32_t i = 0; i < schools->count; i++) {
        document_item(out, 0);
        document_span(out, SPAN_STRONG, words_at(&schools->items[i], "name"));
        document_printf(out, ": ");
        document_change(out, words_at(&schools->items[i], "before"), words_at(&schools->items[i], "after"));
    }
}

static void write_measures(const struct value *measures, struct document *out) {
    const struct str headers[] = {STR("Measure"), STR("Before"), STR("After")};
    if (!measures->count)
        return;
    document_heading(out, 3, STR("Measures"));
    document_table(out, STR("Measures that change"), headers, 3);
    for (uint32_t i = 0; i < measures->count; i++) {
        document_row(out, SPAN_TEXT);
        cell(out, words_at(&measures->items[i], "label"));
        cell(out, words_at(&measures->items[i], "before"));
        cell(out, words_at(&measures->items[i], "after"));
    }
}

static void write_groups(const struct value *groups, struct document *out) {
    if (groups->count)
        document_heading(out, 3, STR("Groups set up for schools"));
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct value *g = &groups->items[i];
        document_item(out, 0);
        document_span(out, SPAN_STRONG, words_at(g, "name"));
        document_printf(out, ": " STR_FMT " ", STR_ARG(words_at(g, "label")));
        document_change(out, words_at(g, "before"), words_at(g, "after"));
    }
}

void review_totals_write(const struct value *v, struct document *out) {
    const struct value *coverage = value_at(v, "coverage");
    size_t count = value_at(v, "totals")->count + value_at(v, "checks")->count +
                   value_at(v, "measures")->count + value_at(v, "groups")->count +
                   value_at(coverage, "rows")->count + value_at(coverage, "schools")->count;
    if (!count)
        return;
    document_heading(out, 2, STR("Totals and checks"));
    write_totals(value_at(v, "totals"), out);
    write_checks(value_at(v, "checks"), out);
    write_coverage(coverage, out);
    write_measures(value_at(v, "measures"), out);
    write_groups(value_at(v, "groups"), out);
}
