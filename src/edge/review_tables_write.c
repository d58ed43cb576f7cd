/* SPDX-License-Identifier: MIT */
/* review_tables_write.c: changed tables as tables, in words. */
#include "edge/review_tables_inside.h"

#define NAMES_MAX 10       /* names of records that a line lists */
#define EXPECTATIONS_MAX 2 /* that a line tells of one test */
#define TESTS_MAX 12
#define ROWS_MAX 24 /* rows that are printed of a table that is new, or that goes */

static struct str text_at(const struct value *map, const char *key) {
    const struct value *v = value_at(map, key);
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

static bool is(const struct value *map, const char *key, const char *word) {
    return str_eq(text_at(map, key), str_from(word));
}

static size_t number_at(const struct value *map, const char *key) {
    struct str digits = text_at(map, key);
    size_t n = 0;
    for (size_t i = 0; i < digits.len; i++)
        n = 10 * n + (size_t)(digits.at[i] - '0');
    return n;
}

/* ---- whom a row catches ---- */

static struct str header_words(const struct value *table) {
    if (is(table, "kind", "check"))
        return STR("Not met by");
    return is(table, "catches", "decides for") ? STR("Decides for") : STR("Applies to");
}

static void write_numbers(const struct value *row, struct document *out) {
    struct str before = text_at(row, "caught.before.words"), after = text_at(row, "caught.after.words");
    document_cell(out);
    if (str_eq(before, after))
        document_span(out, SPAN_TEXT, after);
    else
        document_change(out, before, after);
}

static const struct {
    const char *state;
    bool was;             /* it is the state before */
    const char *words[2]; /* where one row decides; where each that fits applies */
} groups[] = {
    {"decides", false, {"now decides for", "now applies to"}},
    {"may decide", false, {"may now decide for", "may now apply to"}},
    {"decides", true, {"no longer decides for", "no longer applies to"}},
    {"may decide", true, {"can no longer decide for", "can no longer apply to"}},
    {"not met", false, {"is not met now by", "is not met now by"}},
    {"not known", false, {"may not be met now by", "may not be met now by"}},
    {"met", false, {"is met now by", "is met now by"}},
    {"not concerned", false, {"no longer concerns", "no longer concerns"}},
    {"holds", false, {"now fits, without deciding for,", "now fits"}},
    {"may hold", false, {"may now fit", "may now fit"}},
    {"holds", true, {"no longer fits", "no longer fits"}},
    {"may hold", true, {"can no longer fit", "can no longer fit"}},
};
#define GROUPS (sizeof(groups) / sizeof(groups[0]))

/* The first group that says what happened to a record. */
static size_t group_of(const struct value *record) {
    for (size_t i = 0; i < GROUPS; i++)
        if (is(record, groups[i].was ? "before" : "after", groups[i].state))
            return i;
    return GROUPS;
}

static void write_group(const struct value *records, size_t group, bool each, bool first,
                        struct document *out) {
    size_t count = 0, listed = 0;
    for (uint32_t i = 0; i < records->count; i++)
        count += group_of(&records->items[i]) == group;
    if (!count)
        return;
    size_t most = count <= NAMES_MAX + 1 ? count : NAMES_MAX; /* "and 1 more" takes the place of a name */
    document_printf(out, "%s%s ", first ? " " : "; ", groups[group].words[each]);
    for (uint32_t i = 0; i < records->count && listed < most; i++)
        if (group_of(&records->items[i]) == group) {
            document_span(out, SPAN_TEXT,
                          most == count ? str_joint(listed, most)
                          : listed      ? STR(", ")
                                        : STR(""));
            document_span(out, SPAN_TEXT, text_at(&records->items[i], "label"));
            listed++;
        }
    if (most < count)
        document_printf(out, " and " STR_FMT " more",
                        STR_ARG(str_grouped(document_arena(out), (long long)(count - most))));
}

/* "R7: now decides for Ashdown and Birch; no longer decides for Cedar." */
static void write_records(const struct value *table, const struct value *row, struct document *out) {
    const struct value *records = value_at(row, "caught.records");
    bool first = true;
    if (!records || !records->count)
        return;
    document_item(out, 0);
    document_span(out, SPAN_STRONG, text_at(row, "label"));
    for (size_t g = 0; g < GROUPS; g++)
        for (uint32_t i = 0; i < records->count; i++)
            if (group_of(&records->items[i]) == g) {
                write_group(records, g, is(table, "catches", "applies to"), first, out);
                first = false;
                break;
            }
    document_span(out, SPAN_TEXT, STR("."));
}

/* ---- the rows ---- */

static void write_words(const struct value *words, struct document *out) {
    for (uint32_t i = 0; i < words->count; i++) {
        const struct value *w = &words->items[i];
        enum span_kind span = is(w, "part", "added")     ? SPAN_ADDED
                              : is(w, "part", "removed") ? SPAN_REMOVED
                                                         : SPAN_TEXT;
        document_span(out, SPAN_TEXT, i ? STR(" ") : STR(""));
        document_span(out, span, text_at(w, "text"));
    }
}

static void write_cell(const struct value *row, const struct value *cell, struct document *out) {
    const struct value *words = value_at(cell, "words");
    struct str before = text_at(cell, "before"), after = text_at(cell, "after");
    document_cell(out);
    if (!is(row, "change", "changed") || str_eq(before, after))
        document_span(out, SPAN_TEXT, after.len ? after : before);
    else if (words)
        write_words(words, out);
    else
        document_change(out, before, after);
}

static enum span_kind row_kind(const struct value *row) {
    return is(row, "change", "added") ? SPAN_ADDED : is(row, "change", "removed") ? SPAN_REMOVED : SPAN_TEXT;
}

/* The column whose cells name the rows comes first, where they are named by one. */
static size_t label_column(const struct value *table, const struct value *rows) {
    const struct value *headers = value_at(table, "headers");
    for (uint32_t c = 0; c < headers->count; c++) {
        bool all = true;
        for (uint32_t i = 0; i < rows->count && all; i++) {
            const struct value *cell = &value_at(&rows->items[i], "cells")->items[c];
            struct str label = text_at(&rows->items[i], "label");
            all = str_eq(text_at(cell, "after"), label) || str_eq(text_at(cell, "before"), label);
        }
        if (all)
            return c;
    }
    return 0;
}

static size_t column_at(size_t place, size_t first) {
    return place == 0 ? first : place <= first ? place - 1 : place;
}

static bool has_numbers(const struct value *rows) {
    for (uint32_t i = 0; i < rows->count; i++)
        if (value_at(&rows->items[i], "caught"))
            return true;
    return false;
}

static void write_rows(const struct value *table, struct document *out) {
    const struct value *headers = value_at(table, "headers"), *rows = value_at(table, "rows");
    bool changed = is(table, "change", "changed"), numbers = has_numbers(rows);
    size_t first = label_column(table, rows), columns = headers->count + numbers;
    size_t most = changed || rows->count <= ROWS_MAX ? rows->count : ROWS_MAX;
    struct str names[2 * MARKDOWN_TABLE_COLUMNS_MAX + 1]; /* of both sides */
    if (!rows->count)
        return;
    for (size_t i = 0; i < headers->count; i++)
        names[i] = value_str(&headers->items[column_at(i, first)]);
    if (numbers)
        names[headers->count] = header_words(table);
    document_table(out, changed ? STR("Rows that change") : STR("Its rows"), names, columns);
    for (size_t i = 0; i < most; i++) {
        const struct value *row = &rows->items[i];
        const struct value *cells = value_at(row, "cells");
        document_row(out, row_kind(row));
        for (size_t c = 0; c < headers->count; c++)
            write_cell(row, &cells->items[column_at(c, first)], out);
        if (numbers)
            write_numbers(row, out);
    }
    if (most < rows->count) {
        document_paragraph(out);
        document_printf(out, STR_FMT " more rows are not shown here.",
                        STR_ARG(str_grouped(document_arena(out), (long long)(rows->count - most))));
    }
}

static void write_moved(const struct value *table, const struct value *rows, struct document *out) {
    bool steps = is(table, "kind", "match");
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct value *row = &rows->items[i];
        bool later = is(row, "moved", "later");
        if (!value_at(row, "moved"))
            continue;
        document_item(out, 0);
        document_span(out, SPAN_STRONG, text_at(row, "label"));
        document_printf(out, " %s.",
                        steps   ? (later ? "now weighs less" : "now weighs more")
                        : later ? "now counts only where no row above it does"
                                : "now counts before rows that went before it");
    }
}

/* ---- the table ---- */

static void write_keys(const struct value *keys, struct document *out) {
    for (uint32_t i = 0; i < keys->count; i++) {
        document_item(out, 0);
        document_span(out, SPAN_CODE, text_at(&keys->items[i], "key"));
        document_span(out, SPAN_TEXT, STR(": "));
        document_change(out, text_at(&keys->items[i], "before"), text_at(&keys->items[i], "after"));
    }
}

static void write_columns(const struct value *columns, struct document *out) {
    for (uint32_t i = 0; i < columns->count; i++) {
        const struct value *c = &columns->items[i];
        document_item(out, 0);
        document_printf(out, "Column " STR_FMT ": ", STR_ARG(text_at(c, "change")));
        document_change(out, text_at(c, "before"), text_at(c, "after"));
    }
}

static void write_table(const struct value *table, struct document *out) {
    static const char *const said[][2] = {
        {"added", "New on"}, {"removed", "Taken out of"}, {"changed", "Changed on"}};
    const struct value *rows = value_at(table, "rows");
    document_heading(out, 3, text_at(table, "label"));
    document_paragraph(out);
    if (text_at(table, "given").len)
        document_printf(out, "Of “" STR_FMT "”. ", STR_ARG(text_at(table, "given")));
    for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
        if (is(table, "change", said[i][0]))
            document_printf(out, "%s the page “" STR_FMT "”", said[i][1], STR_ARG(text_at(table, "page")));
    document_place(out, text_at(table, "path"), number_at(table, "line"));
    document_span(out, SPAN_TEXT, STR("."));
    write_keys(value_at(table, "keys"), out);
    write_columns(value_at(table, "columns"), out);
    write_rows(table, out);
    write_moved(table, rows, out);
    for (uint32_t i = 0; is(table, "change", "changed") && i < rows->count; i++)
        write_records(table, &rows->items[i], out);
}

/* ---- findings ---- */

static void write_finding(const struct value *f, struct document *out) {
    struct str label = text_at(f, "label"), note = text_at(f, "note");
    document_item(out, 0);
    if (label.len) {
        document_span(out, SPAN_STRONG, label);
        document_span(out, SPAN_TEXT, STR(": "));
    }
    document_span(out, SPAN_TEXT, text_at(f, "text"));
    if (note.len) {
        document_span(out, SPAN_TEXT, STR("; "));
        document_span(out, SPAN_TEXT, note);
    }
    document_place(out, text_at(f, "path"), number_at(f, "line"));
}

static void write_findings(const struct value *list, const char *heading, struct document *out) {
    if (list->count)
        document_heading(out, 3, str_from(heading));
    for (uint32_t i = 0; i < list->count; i++)
        write_finding(&list->items[i], out);
}

/* Expectations of one test follow each other. */
static uint32_t end_of_test(const struct value *list, uint32_t from) {
    uint32_t to = from + 1;
    while (to < list->count &&
           str_eq(text_at(&list->items[to], "test"), text_at(&list->items[from], "test")) &&
           str_eq(text_at(&list->items[to], "path"), text_at(&list->items[from], "path")))
        to++;
    return to;
}

static void write_test(const struct value *list, uint32_t from, uint32_t to, struct document *out) {
    document_item(out, 0);
    document_printf(out, "“" STR_FMT "”", STR_ARG(text_at(&list->items[from], "test")));
    document_place(out, text_at(&list->items[from], "path"), number_at(&list->items[from], "line"));
    document_span(out, SPAN_TEXT, STR(": "));
    for (uint32_t i = from; i < to && i < from + EXPECTATIONS_MAX; i++) {
        document_span(out, SPAN_TEXT, i > from ? STR("; ") : STR(""));
        document_span(out, SPAN_TEXT, text_at(&list->items[i], "text"));
    }
    if (to - from > EXPECTATIONS_MAX)
        document_printf(
            out, "; and " STR_FMT " more",
            STR_ARG(str_grouped(document_arena(out), (long long)((size_t)(to - from) - EXPECTATIONS_MAX))));
}

static void write_tests(const struct value *list, const char *heading, struct document *out) {
    size_t told = 0;
    if (list->count)
        document_heading(out, 3, str_from(heading));
    for (uint32_t i = 0, to; i < list->count; i = to, told++) {
        to = end_of_test(list, i);
        if (told < TESTS_MAX)
            write_test(list, i, to, out);
    }
    if (told > TESTS_MAX) {
        document_item(out, 0);
        document_printf(out, "and " STR_FMT " more",
                        STR_ARG(str_grouped(document_arena(out), (long long)(told - TESTS_MAX))));
    }
}

void review_tables_write(const struct value *value, struct document *out) {
    const struct value *tables = value_at(value, "tables");
    if (!tables)
        return;
    document_heading(out, 2, STR("Policy tables"));
    for (uint32_t i = 0; i < tables->count; i++)
        write_table(&tables->items[i], out);
    write_findings(value_at(value, "fails"), "Faults that the proofs find now", out);
    write_findings(value_at(value, "holds"), "Faults that the proofs no longer find", out);
    write_tests(value_at(value, "tests.fails"), "Policy tests that fail now", out);
    write_tests(value_at(value, "tests.passes"), "Policy tests that no longer fail", out);
}
