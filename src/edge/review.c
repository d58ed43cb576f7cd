/* SPDX-License-Identifier: MIT */
/* review.c: the sections of a review, one after the other, and the summary above them. */
#include "edge/review.h"

#include "edge/review_diags.h"
#include "edge/review_pages.h"
#include "edge/review_records.h"
#include "edge/review_schools.h"
#include "edge/review_tables.h"
#include "edge/review_text.h"
#include "edge/review_totals.h"

const struct review_finding_name review_finding_names[REVIEW_FINDING_COUNT] = {
#define REVIEW_FINDING(id, name, one, many) {name, one, many},
    REVIEW_FINDINGS(REVIEW_FINDING)
#undef REVIEW_FINDING
};

static const struct {
    const char *key;
    bool computed; /* from both sides: not run unless both are complete */
    struct value (*make)(struct review *review);
    void (*write)(const struct value *value, struct document *out);
} sections[] = {
    {"schools", true, review_schools, review_schools_write},
    {"totals", true, review_totals, review_totals_write},
    {"tables", false, review_tables, review_tables_write},
    {"pages", false, review_pages, review_pages_write},
    {"records", false, review_records, review_records_write},
    {"diagnostics", false, review_diags, review_diags_write},
};

#define SECTION_COUNT (sizeof(sections) / sizeof(sections[0]))

/* ---- the value ---- */

/* A revision's id follows from every byte in it, the restricted ones too. */
static struct value side_value(const struct review_side *side, enum audience audience, struct arena *arena) {
    struct value_map map = {.arena = arena};
    map_text(&map, "name", side->name);
    map_bool(&map, "revision", side->id.len > 0);
    map_text(&map, "id", audience == AUDIENCE_OFFICERS ? side->id : (struct str){0});
    map_text(&map, "as_of", side->site->as_of == DATE_NONE ? STR("") : date_iso(arena, side->site->as_of));
    map_bool(&map, "complete", side->complete);
    return map_done(&map);
}

static struct value found_value(const struct review *review) {
    struct value_map map = {.arena = review->arena};
    for (size_t i = 0; i < REVIEW_FINDING_COUNT; i++)
        map_whole(&map, review_finding_names[i].name, (long long)review->found[i]);
    return map_done(&map);
}

/* On which line something stands tells how much stands above it, which an audience may not see. */
static void drop_lines(struct value *v) {
    if (v->kind == VALUE_LIST)
        for (uint32_t i = 0; i < v->count; i++)
            drop_lines(&v->items[i]);
    if (v->kind != VALUE_MAP)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        struct field f = v->fields[i];
        if (str_eq(f.key, STR("line")) || str_eq(f.key, STR("column")))
            continue;
        drop_lines(&f.value);
        v->fields[kept++] = f;
    }
    v->count = kept;
}

struct value review_run(struct review *review) {
    struct value made[SECTION_COUNT];
    bool complete = review_is_complete(review);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        struct arena_mark mark = arena_mark(review->scratch);
        made[i] = complete || !sections[i].computed ? sections[i].make(review) : value_null();
        if (review->audience != AUDIENCE_OFFICERS)
            drop_lines(&made[i]);
        arena_rewind(review->scratch, mark);
    }
    struct value_map map = {.arena = review->arena};
    map_set(&map, "base", side_value(&review->base, review->audience, review->arena));
    map_set(&map, "head", side_value(&review->head, review->audience, review->arena));
    map_text(&map, "audience", audience_name(review->audience));
    map_bool(&map, "withheld", review->withheld);
    map_set(&map, "found", found_value(review));
    for (size_t i = 0; i < SECTION_COUNT; i++)
        map_set(&map, sections[i].key, made[i]);
    return map_done(&map);
}

/* ---- the report ---- */

/* `main...topic` is how the revision is asked for, and no name of it. */
static void write_name(struct document *out, enum span_kind span, struct str name) {
    for (size_t i = 0; i + 3 < name.len; i++)
        if (str_starts(str_sub(name, i, name.len), STR("..."))) {
            document_span(out, span, str_sub(name, 0, i));
            document_printf(out, " as it was when ");
            document_span(out, span, str_sub(name, i + 3, name.len));
            document_printf(out, " parted from it");
            return;
        }
    document_span(out, span, name);
}

static void write_side(struct document *out, const struct value *side) {
    struct str id = review_words(side, "id"), name = review_words(side, "name");
    write_name(out, value_is_true(side, "revision") ? SPAN_CODE : SPAN_TEXT, name);
    if (id.len && !str_eq(id, name)) {
        document_printf(out, " (");
        document_span(out, SPAN_CODE, id);
        document_printf(out, ")");
    }
}

static void write_day(struct document *out, struct str iso) {
    date day = date_parse_iso(iso);
    if (day != DATE_NONE)
        document_span(out, SPAN_TEXT, date_long(document_arena(out), day));
}

static const char *const readers[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "officers", [AUDIENCE_SCHOOLS] = "schools", [AUDIENCE_PUBLIC] = "the public"};

static const char *reader_of(const struct value *value) {
    enum audience audience = AUDIENCE_OFFICERS;
    audience_parse(review_words(value, "audience"), &audience);
    return readers[audience];
}

static bool is_complete(const struct value *value, const char *side) {
    return value_is_true(value_at(value, side), "complete");
}

static void write_opening(const struct value *value, struct document *out) {
    struct str was = review_words(value, "base.as_of"), is = review_words(value, "head.as_of");
    document_paragraph(out);
    document_printf(out, "What changes from ");
    write_side(out, value_at(value, "base"));
    document_printf(out, " to ");
    write_side(out, value_at(value, "head"));
    document_printf(out, ", as of ");
    if (!str_eq(was, is)) {
        write_day(out, was);
        document_printf(out, " and of ");
    }
    write_day(out, is);
    document_printf(out, ", for %s.", reader_of(value));
    if (value_is_true(value, "withheld"))
        document_printf(out, " Something changes that is not for %s, and is withheld from this report.",
                        reader_of(value));
}

static void write_incomplete(const struct value *value, const char *side, struct document *out) {
    if (is_complete(value, side))
        return;
    document_paragraph(out);
    document_printf(out, "There are errors in ");
    write_side(out, value_at(value, side));
    document_printf(out, ", so that its decisions and totals could not be worked out and compared. "
                         "`signpost check` lists them.");
}

/* Lines of the summary, each of the findings from one on. */
static const struct {
    const char *title;
    enum review_finding first;
} lines[] = {{"Schools", REVIEW_DECISION_CHANGE}, {"Totals and checks", REVIEW_TOTAL_CHANGE},
             {"Tables", REVIEW_TABLE_CHANGE},     {"Pages and links", REVIEW_TEXT_CHANGE},
             {"Records", REVIEW_RECORD_CHANGE},   {"Errors and warnings", REVIEW_NEW_ERROR},
             {NULL, REVIEW_FINDING_COUNT}};

static size_t found_at(const struct value *value, enum review_finding finding) {
    const struct value *count =
        value_get(value_at(value, "found"), str_from(review_finding_names[finding].name));
    size_t n = 0;
    for (uint32_t i = 0; count && i < count->count; i++)
        n = n * 10 + (size_t)(count->text[i] - '0');
    return n;
}

/* What the whole comes to, of the first few totals: who has to pay wants the numbers before anything else. */
#define TOTALS_FEW 3

static const struct value *whole_row(const struct value *total) {
    const struct value *rows = value_at(total, "rows");
    for (uint32_t i = 0; rows && i < rows->count; i++)
        if (!review_words(&rows->items[i], "by").len)
            return &rows->items[i];
    return NULL;
}

static void write_totals(const struct value *value, struct document *out) {
    const struct value *totals = value_at(value, "totals.totals");
    size_t written = 0;
    for (uint32_t i = 0; totals && i < totals->count && written < TOTALS_FEW; i++) {
        const struct value *row = whole_row(&totals->items[i]);
        if (!row)
            continue;
        document_printf(out, "%s" STR_FMT " ",
                        written++ ? ", " : ". In all: ", STR_ARG(review_words(&totals->items[i], "label")));
        document_change(out, review_words(row, "before"), review_words(row, "after"));
        if (review_words(&totals->items[i], "unit").len)
            document_printf(out, " " STR_FMT, STR_ARG(review_words(&totals->items[i], "unit")));
    }
}

/* "3 schools with changed decisions (1 with a changed category, 1 with something now settled)": the others are of the
 * first. */
static void write_schools(const struct value *value, struct document *out) {
    struct arena *arena = document_arena(out);
    size_t written = 0;
    for (size_t f = REVIEW_DECISION_CHANGE; f < (size_t)REVIEW_TOTAL_CHANGE; f++) {
        size_t n = found_at(value, (enum review_finding)f);
        struct str words = str_from(n == 1 ? review_finding_names[f].one : review_finding_names[f].many);
        struct str with =
            str_sub(words, f == REVIEW_DECISION_CHANGE ? 0 : str_find(words, ' ', 0) + 1, words.len);
        if (!n)
            continue;
        document_printf(out, "%s" STR_FMT " " STR_FMT,
                        !written       ? ""
                        : written == 1 ? " ("
                                       : ", ",
                        STR_ARG(str_grouped(arena, (long long)n)), STR_ARG(with));
        written++;
    }
    if (written > 1)
        document_printf(out, ")");
}

static void write_found(const struct value *value, size_t line, size_t kinds, struct document *out) {
    size_t written = 0;
    for (size_t f = lines[line].first; f < (size_t)lines[line + 1].first; f++) {
        size_t n = found_at(value, (enum review_finding)f);
        if (!n)
            continue;
        document_span(out, SPAN_TEXT, str_joint(written++, kinds));
        document_span(
            out, SPAN_TEXT,
            str_counted(document_arena(out), n, review_finding_names[f].one, review_finding_names[f].many));
    }
}

static bool write_line(const struct value *value, size_t line, struct document *out) {
    size_t kinds = 0;
    for (size_t f = lines[line].first; f < (size_t)lines[line + 1].first; f++)
        kinds += found_at(value, (enum review_finding)f) > 0;
    if (!kinds)
        return false;
    document_item(out, 0);
    document_span(out, SPAN_STRONG, str_from(lines[line].title));
    document_printf(out, ": ");
    if (found_at(value, REVIEW_DECISION_CHANGE) && lines[line].first == REVIEW_DECISION_CHANGE)
        write_schools(value, out);
    else
        write_found(value, line, kinds, out);
    if (lines[line].first == REVIEW_TOTAL_CHANGE)
        write_totals(value, out);
    return true;
}

void review_write(const struct value *value, struct document *out) {
    bool any = false;
    document_heading(out, 1, STR("Review of a change"));
    write_opening(value, out);
    write_incomplete(value, "base", out);
    write_incomplete(value, "head", out);
    for (size_t i = 0; lines[i].title; i++)
        any = write_line(value, i, out) || any;
    if (!any) {
        document_paragraph(out);
        document_printf(out, "Nothing changes that %s can see.", reader_of(value));
    }
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        const struct value *section = value_get(value, str_from(sections[i].key));
        if (section && section->kind != VALUE_NULL)
            sections[i].write(section, out);
    }
}
