/* SPDX-License-Identifier: MIT */
/* review_tables_caught.c: whom a row caught, and whom it catches now. */
#include "edge/review_tables_inside.h"

static bool take_catches(const struct review *review, const struct site *site, const struct decision *d,
                         struct catches *out, struct map *by_id) {
    if (!review_is_complete(review) || !d || !catches_of(site, d, review->scratch, out))
        return false;
    by_id->arena = review->scratch;
    map_reserve(by_id, out->count);
    for (size_t i = 0; i < out->count; i++)
        map_add(by_id, out->records[i].id, (struct policy_record *)(uintptr_t)&out->records[i], NULL);
    return true;
}

struct caught_pair *caught_of(const struct review *review, const struct table_pair *pair,
                              struct caught_pair *known, size_t *count) {
    const struct decision *before = pair->before ? pair->before->decision : NULL;
    const struct decision *after = pair->after ? pair->after->decision : NULL;
    for (size_t i = 0; i < *count; i++)
        if (known[i].before == before && known[i].after == after)
            return &known[i];
    struct caught_pair *c = &known[(*count)++];
    *c = (struct caught_pair){.before = before, .after = after};
    c->said_before = take_catches(review, review->base.site, before, &c->was, &c->was_by_id);
    c->said_after = take_catches(review, review->head.site, after, &c->is, &c->is_by_id);
    return c;
}

/* ---- one record ---- */

static struct str state_words(const struct decision *d, const struct caught *c) {
    static const char *const states[] = {[CHECK_MET] = "met",
                                         [CHECK_NOT_MET] = "not met",
                                         [CHECK_NOT_KNOWN] = "not known",
                                         [CHECK_NOT_CONCERNED] = "not concerned"};
    if (!c)
        return STR("no");
    if (d->kind == TABLE_CHECK)
        return str_from(states[c->state]);
    if (c->decides != TRUTH_NO)
        return c->decides == TRUTH_YES ? STR("decides") : STR("may decide");
    return c->holds == TRUTH_YES ? STR("holds") : c->holds == TRUTH_MAYBE ? STR("may hold") : STR("no");
}

static const struct caught *caught_at(const struct catches *c, bool said, const struct told_row *row,
                                      size_t record) {
    return said && row && record != NOWHERE ? &c->each[record * c->decision->row_count + row->place] : NULL;
}

/* As a list names it: a group of a school with its school. */
static struct str record_name(const struct policy_record *r, struct arena *arena) {
    if (!r->school)
        return r->label;
    if (str_eq(r->kind, STR("school")) || str_eq(r->label, r->school->name))
        return r->school->name;
    return str_join(arena, r->school->name, STR(" ("), r->label, STR(")"));
}

static size_t record_at(const struct catches *c, const struct map *by_id, struct str id) {
    const struct policy_record *r = map_get(by_id, id);
    return r ? (size_t)(r - c->records) : NOWHERE;
}

struct differing {
    const struct caught_pair *caught;
    const struct row_pair *row;
    struct value_list *list;
};

static void add_record(const struct differing *d, const struct policy_record *r, size_t was, size_t is) {
    const struct caught *before = caught_at(&d->caught->was, d->caught->said_before, d->row->before, was);
    const struct caught *after = caught_at(&d->caught->is, d->caught->said_after, d->row->after, is);
    struct str then = state_words(d->caught->before, before), now = state_words(d->caught->after, after);
    if (str_eq(then, now))
        return;
    struct value_map m = {.arena = d->list->arena};
    map_text(&m, "id", r->id);
    map_text(&m, "label", record_name(r, d->list->arena));
    map_text(&m, "before", then);
    map_text(&m, "after", now);
    list_add(d->list, map_done(&m));
}

/* Those of the head in their order, then those that it does not have any more. */
static struct value records_value(const struct review *review, const struct caught_pair *c,
                                  const struct row_pair *row) {
    struct value_list list = {.arena = review->arena};
    struct differing d = {c, row, &list};
    for (size_t i = 0; i < c->is.count; i++)
        add_record(&d, &c->is.records[i], record_at(&c->was, &c->was_by_id, c->is.records[i].id), i);
    for (size_t i = 0; i < c->was.count; i++)
        if (record_at(&c->is, &c->is_by_id, c->was.records[i].id) == NOWHERE)
            add_record(&d, &c->was.records[i], i, NOWHERE);
    return list_done(&list);
}

/* ---- one row ---- */

/* "9", "9, perhaps 2 more", "perhaps 2": for how many it decides, or of a check by how many it is not met. */
static struct str numbers_words(const struct decision *d, const struct row_catch *row, struct arena *arena) {
    bool check = d->kind == TABLE_CHECK;
    size_t perhaps = check ? row->not_known : row->decides[TRUTH_MAYBE];
    struct str sure = str_whole(arena, (long long)(check ? row->not_met : row->decides[TRUTH_YES]));
    if (!perhaps)
        return sure;
    if (str_eq(sure, STR("0")))
        return str_join(arena, STR("perhaps "), str_whole(arena, (long long)perhaps));
    return str_join(arena, sure, STR(", perhaps "), str_whole(arena, (long long)perhaps), STR(" more"));
}

static const struct row_catch *catch_of(const struct catches *c, bool said, const struct told_row *row) {
    return said && row && !c->decision->rows[row->place]->marker ? &c->rows[row->place] : NULL;
}

static void add_numbers(const struct review *review, const char *key, const struct decision *d,
                        const struct row_catch *row, struct value_map *out) {
    struct value_map m = {.arena = review->arena};
    if (!row)
        return;
    row_catch_numbers(&m, d, row);
    map_text(&m, "words", numbers_words(d, row, review->arena));
    map_set(out, key, map_done(&m));
}

/* What is perhaps so of somebody and certainly of nobody: a public run over what only officers see. */
static bool is_open(const struct decision *d, const struct row_catch *row) {
    bool check = d && d->kind == TABLE_CHECK;
    return row && (check ? row->not_known && !row->not_met
                         : row->decides[TRUTH_MAYBE] && !row->decides[TRUTH_YES] && !row->holds[TRUTH_YES]);
}

void caught_write(const struct review *review, const struct caught_pair *c, const struct row_pair *row,
                  struct value_map *out) {
    const struct row_catch *was = catch_of(&c->was, c->said_before, row->before);
    const struct row_catch *is = catch_of(&c->is, c->said_after, row->after);
    struct value records = records_value(review, c, row);
    bool open = (!was || is_open(c->before, was)) && (!is || is_open(c->after, is));
    struct value_map m = {.arena = review->arena};
    if ((!was && !is) || (open && !records.count))
        return;
    add_numbers(review, "before", c->before, was, &m);
    add_numbers(review, "after", c->after, is, &m);
    map_set(&m, "records", records);
    map_set(out, "caught", map_done(&m));
}
