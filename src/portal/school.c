/* SPDX-License-Identifier: MIT */
/* school.c: one record, its overlay, and the rules between its fields that a table cannot say. */
#include "portal/school.h"

#include <string.h>

#include "text/yaml.h"

/* ---- the overlay ---- */

/* Adds the fields of `over` to `base`; maps are joined at any depth, anything else given twice is an error. */
static void merge(const struct schema_check *check, struct value *base, const struct value *over) {
    struct arena scratch = {0};
    struct map mine = {.arena = &scratch};
    struct field *fields = arena_array(check->arena, struct field, base->count + over->count);
    uint32_t count = base->count;
    for (uint32_t i = 0; i < count; i++) {
        fields[i] = base->fields[i];
        map_add(&mine, fields[i].key, &fields[i], NULL);
    }
    for (uint32_t i = 0; i < over->count; i++) {
        const struct field *theirs = &over->fields[i];
        struct field *same = map_get(&mine, theirs->key);
        if (!same)
            fields[count++] = *theirs;
        else if (same->value.kind == VALUE_MAP && theirs->value.kind == VALUE_MAP)
            merge(check, &same->value, &theirs->value);
        else
            diag(check->diags, DIAG_OVERLAY_TWICE, place_at(over->source, theirs->key_offset), theirs->key,
                 base->source ? base->source->path : STR("the record"));
    }
    base->fields = fields;
    base->count = count;
    arena_release(&scratch);
}

/* ---- rules between fields ---- */

/* Report cards came with inspections from this day. */
#define REPORT_CARDS_FROM "2025-11-10"

static void check_inspection(const struct schema_check *check, const struct value *v) {
    const struct value *overall = value_at(v, "overall"), *grades = value_at(v, "grades"),
                       *areas = value_at(v, "areas");
    bool card = str_eq(value_words(value_at(v, "framework")), STR("report_card"));
    if (card && (overall || grades))
        diag_plain(check->diags, DIAG_REPORT_CARD_GRADE, value_place(overall ? overall : grades));
    if (!card && areas)
        diag_plain(check->diags, DIAG_AREAS_WITHOUT_CARD, value_place(areas));
    const struct value *on = value_at(v, "date");
    date d = value_date(on);
    if (card && d != DATE_NONE && d < date_parse_iso(STR(REPORT_CARDS_FROM)))
        diag_plain(check->diags, DIAG_REPORT_CARD_EARLY, value_place(on));
}

/* Two entries of one list must not be of the same `key`: two results of one year leave it open which counts. */
static void check_repeats(const struct schema_check *check, const struct value *list, const char *key) {
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *a = value_get(&list->items[i], str_from(key));
        for (uint32_t j = 0; a && j < i; j++)
            if (str_eq(value_words(a), value_words(value_get(&list->items[j], str_from(key))))) {
                diag(check->diags, DIAG_REPEATED, value_place(a), str_from(key), value_words(a));
                break;
            }
    }
}

static void check_between_fields(const struct schema_check *check, const struct value *record) {
    const struct value *inspections = value_at(record, "inspections"), *results = value_at(record, "results");
    for (uint32_t i = 0; inspections && inspections->kind == VALUE_LIST && i < inspections->count; i++)
        check_inspection(check, &inspections->items[i]);
    for (uint32_t i = 0; results && results->kind == VALUE_MAP && i < results->count; i++)
        check_repeats(check, &results->fields[i].value, "year");
    check_repeats(check, value_at(record, "pupils"), "on");
    const struct value *status = value_at(record, "status");
    if (str_eq(value_words(status), STR("closed")) && !value_at(record, "closed"))
        diag_plain(check->diags, DIAG_CLOSED_WHEN, value_place(status));
}

/* ---- reading ---- */

static bool read_map(const struct schema_check *check, const struct source *source, struct value *out) {
    if (!yaml_read(check->arena, source, 0, source->text.len, check->diags, out))
        return false;
    if (out->kind == VALUE_MAP)
        return true;
    schema_check(check, out, &schema_school); /* says what is wrong with its shape */
    return false;
}

struct school *school_read(const struct schema_check *check, const struct source *source,
                           const struct source *overlay) {
    struct school *school = arena_new(check->arena, struct school);
    struct str path = source->path;
    school->source = source;
    school->overlay = overlay;
    school->slug = str_sub(path, 8, path.len - 5); /* between "schools/" and ".yaml" */
    if (!str_is_slug(school->slug)) {
        diag(check->diags, DIAG_FILE_NAME, place_file(source), school->slug,
             str_slug(check->diags->arena, school->slug));
        return NULL;
    }
    struct value over = {0};
    bool read = read_map(check, source, &school->record);
    if (overlay)
        read = read_map(check, overlay, &over) && read;
    if (!read)
        return NULL;
    if (overlay)
        merge(check, &school->record, &over);
    school->address = str_join(check->arena, STR("schools/"), school->slug, STR(".html"));
    schema_check(check, &school->record, &schema_school);
    check_between_fields(check, &school->record);
    return school;
}

date school_latest(const struct value *record) {
    const struct value *inspections = value_at(record, "inspections");
    date latest = DATE_NONE;
    for (uint32_t i = 0; inspections && inspections->kind == VALUE_LIST && i < inspections->count; i++) {
        date d = value_date(value_at(&inspections->items[i], "date"));
        latest = d != DATE_NONE && (latest == DATE_NONE || d > latest) ? d : latest;
    }
    return latest;
}

void school_check_day(const struct value *record, date as_of, struct diags *diags) {
    const struct value *inspections = value_at(record, "inspections");
    for (uint32_t i = 0; inspections && inspections->kind == VALUE_LIST && i < inspections->count; i++) {
        const struct value *on = value_at(&inspections->items[i], "date");
        date d = value_date(on);
        if (d != DATE_NONE && as_of != DATE_NONE && d > as_of)
            diag(diags, DIAG_FUTURE_DATE, value_place(on), STR("inspection"), value_words(on));
    }
}
