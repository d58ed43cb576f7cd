/* SPDX-License-Identifier: MIT */
/* review_totals.c: what a change comes to, and that in words. */
#include "edge/review_totals.h"

#include "edge/review_text.h"
#include "edge/review_totals_inside.h"

struct value review_totals(struct review *review) {
    struct value_map m = {.arena = review->arena};
    map_set(&m, "totals", review_sums(review));
    map_set(&m, "checks", review_checks(review));
    map_set(&m, "coverage", review_coverage(review));
    map_set(&m, "measures", review_measures(review));
    map_set(&m, "groups", review_groups(review));
    return map_done(&m);
}

/* ---- in words ---- */

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

/* Each under what it is counted by, which stands at `by`. */
static void write_rows(const struct value *rows, const char *by, struct document *out) {
    static const char *const cells[] = {"before", "after", "difference"};
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *r = &rows->items[i];
        document_row(out, SPAN_TEXT);
        head_cell(out, review_words(r, by), review_words(r, "label"));
        for (size_t c = 0; c < sizeof(cells) / sizeof(cells[0]); c++)
            cell(out, review_words(r, cells[c]));
    }
}

static void write_totals(const struct value *totals, struct document *out) {
    const struct str headers[] = {STR("Schools"), STR("Before"), STR("After"), STR("Difference")};
    for (uint32_t i = 0; i < totals->count; i++) {
        const struct value *t = &totals->items[i], *rows = value_at(t, "rows");
        document_table(out, review_words(t, "label"), headers, 4);
        write_rows(rows, "by_label", out);
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
    document_span(out, SPAN_STRONG, review_words(c, "name"));
    document_printf(out, ": " STR_FMT, STR_ARG(review_words(c, "label")));
    if (!review_words(c, "before").len)
        document_printf(out, ", which is new");
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *r = &rows->items[i];
        document_item(out, 1);
        document_printf(out, "“" STR_FMT "” ", STR_ARG(review_words(r, "label")));
        document_change(out, review_words(r, "before"), review_words(r, "after"));
        document_place(out, review_words(r, "page"), review_whole(r, "line"));
    }
    for (uint32_t i = 0; i < causes->count; i++) {
        const struct value *cause = &causes->items[i];
        document_item(out, 1);
        document_printf(out, "%s" STR_FMT, i ? "and because " : "because ",
                        STR_ARG(review_words(cause, "words")));
        if (review_words(cause, "page").len)
            document_place(out, review_words(cause, "page"), review_whole(cause, "line"));
    }
}

static void write_checks(const struct value *checks, struct document *out) {
    for (size_t p = 0; p < sizeof(check_parts) / sizeof(check_parts[0]); p++) {
        bool begun = false;
        for (uint32_t i = 0; i < checks->count; i++) {
            if (!str_eq(review_words(&checks->items[i], "happened"), str_from(check_parts[p].happened)))
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
    write_rows(rows, "by", out);
    for (uint32_t i = 0; i < schools->count; i++) {
        document_item(out, 0);
        document_span(out, SPAN_STRONG, review_words(&schools->items[i], "name"));
        document_printf(out, ": ");
        document_change(out, review_words(&schools->items[i], "before"),
                        review_words(&schools->items[i], "after"));
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
        cell(out, review_words(&measures->items[i], "label"));
        cell(out, review_words(&measures->items[i], "before"));
        cell(out, review_words(&measures->items[i], "after"));
    }
}

static void write_groups(const struct value *groups, struct document *out) {
    if (groups->count)
        document_heading(out, 3, STR("Groups set up for schools"));
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct value *g = &groups->items[i];
        document_item(out, 0);
        document_span(out, SPAN_STRONG, review_words(g, "name"));
        document_printf(out, ": " STR_FMT " ", STR_ARG(review_words(g, "label")));
        document_change(out, review_words(g, "before"), review_words(g, "after"));
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
