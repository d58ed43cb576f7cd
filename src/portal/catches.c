/* SPDX-License-Identifier: MIT */
/* catches.c: asking every record of every row. */
#include "portal/catches.h"

#include "base/pool.h"
#include "portal/decided.h"
#include "portal/measure.h"

/* ---- whom to ask ---- */

/* A closed school is in no list any more; a group that ended was asked while it met. */
static void list_records(const struct site *site, struct arena *arena, struct catches *out) {
    struct policy_records all = records_of(site, out->decision->record, arena);
    struct policy_record *open = arena_array(arena, struct policy_record, all.count);
    bool schools = str_eq(out->decision->record, STR("school"));
    for (size_t i = 0; i < all.count; i++)
        if (!schools || school_is_open(all.items[i].school))
            open[out->count++] = all.items[i];
    out->records = open;
}

/* ---- one record ---- */

/* The rows that win in some run, and whether there are runs that they do not win. */
struct winners {
    const struct row *first; /* of the first run */
    size_t others;           /* runs that ended otherwise */
    struct caught *caught;   /* of each row */
};

/* Rows are told by their place among those of their decision, which is not their place in their table. */
static size_t row_place(const struct decision *d, const struct row *row) {
    size_t i = 0;
    while (d->rows[i] != row)
        i++;
    return i;
}

static void add_winner(void *context, struct search *s, const struct row *winner,
                       const struct outcome *outcomes) {
    struct winners *w = context;
    (void)outcomes;
    w->first = s->runs == 1 ? winner : w->first;
    w->others += winner != w->first;
    if (winner)
        w->caught[row_place(s->decision, winner)].decides = TRUTH_MAYBE;
}

/* More completions than are looked at: what comes after a row that certainly counts never decides. */
static void winners_row_by_row(struct search *s, struct caught *caught) {
    const struct decision *d = s->decision;
    bool sure = false;
    for (size_t i = 0; i < d->row_count; i++)
        caught[i].decides = TRUTH_NO;
    for (size_t i = 0; i < d->row_count && !sure; i++) {
        if (d->order[i]->marker || !search_ever(s, d->order[i]))
            continue;
        sure = search_always(s, d->order[i]);
        caught[row_place(d, d->order[i])].decides = TRUTH_MAYBE;
    }
}

static void ask_winner(struct search *s, struct caught *caught) {
    const struct decision *d = s->decision;
    struct winners w = {.caught = caught};
    struct outcome outcomes[OUTPUTS_MAX];
    s->leaf = add_winner;
    s->context = &w;
    search_run(s, d, (struct rows){d->order, d->row_count}, outcomes);
    if (s->exceeded)
        winners_row_by_row(s, caught);
    else if (w.first && !w.others)
        caught[row_place(d, w.first)].decides = TRUTH_YES;
}

static void ask_rows(const struct subject *subject, const struct decision *d, struct arena *scratch,
                     struct caught *caught) {
    struct search s = {.decision = d, .rows = {d->order, d->row_count}, .believed = true};
    search_open(&s, subject, scratch);
    for (size_t i = 0; i < d->row_count; i++) {
        caught[i].holds = d->rows[i]->marker ? TRUTH_NO : (unsigned char)search_holds(&s, d->rows[i]);
        if (d->hit > HIT_PRIORITY && caught[i].holds)
            caught[i].decides = search_always(&s, d->rows[i]) ? TRUTH_YES
                                : search_ever(&s, d->rows[i]) ? TRUTH_MAYBE
                                                              : TRUTH_NO;
    }
    if (d->kind == TABLE_DECISION && d->hit <= HIT_PRIORITY)
        ask_winner(&s, caught);
}

static void ask_check(const struct subject *subject, const struct decision *check, struct arena *scratch,
                      struct caught *caught) {
    struct check_result result;
    subject_check(subject, check, 0, scratch, scratch, &result);
    for (size_t i = 0; i < check->row_count; i++)
        caught[i].state = CHECK_NOT_CONCERNED;
    for (size_t i = 0; i < result.count; i++)
        caught[row_place(check, result.rows[i].row)].state = (unsigned char)result.rows[i].state;
}

/* What was decided of a school stands already, and deciding it again would cost most of the time. */
static bool run_record(const struct site *site, const struct policy_record *record, struct arena *arena,
                       struct arena *scratch, struct decided *out) {
    const struct subject *stands = record->school ? record->school->stands : NULL;
    if (!stands || !str_eq(record->kind, STR("school")))
        return decided_run(site, record, site->as_of, arena, scratch, out);
    if (!decided_facts(site, record, site->as_of, NULL, arena, scratch, out))
        return false;
    const struct policy_kind *kind = out->subject.kind;
    for (size_t i = 0; i < kind->output_count; i++) {
        size_t at = kind->outputs[i]->variable->index;
        out->subject.domain[at] = stands->domain[at];
    }
    return true;
}

/* ---- all of them ---- */

struct asking {
    const struct site *site;
    const struct catches *catches;
    struct caught *each;
    struct arena *arenas; /* two for each worker */
};

static void ask_record(void *context, size_t task, size_t worker) {
    struct asking *a = context;
    const struct decision *d = a->catches->decision;
    struct arena *arena = &a->arenas[2 * worker], *scratch = &a->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena), scratch_mark = arena_mark(scratch);
    struct caught *caught = &a->each[task * d->row_count];
    struct decided decided;
    if (run_record(a->site, &a->catches->records[task], arena, scratch, &decided)) {
        ask_rows(&decided.subject, d, scratch, caught);
        if (d->kind == TABLE_CHECK)
            ask_check(&decided.subject, d, scratch, caught);
    }
    arena_rewind(arena, mark);
    arena_rewind(scratch, scratch_mark);
}

static void count_rows(struct catches *out) {
    size_t rows = out->decision->row_count;
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < rows; j++) {
            const struct caught *c = &out->each[i * rows + j];
            out->rows[j].holds[c->holds]++;
            out->rows[j].decides[c->decides]++;
            if (out->decision->kind != TABLE_CHECK)
                continue;
            out->rows[j].not_met += c->state == CHECK_NOT_MET;
            out->rows[j].not_known += c->state == CHECK_NOT_KNOWN;
        }
}

bool catches_of(const struct site *site, const struct decision *d, struct arena *arena, struct catches *out) {
    *out = (struct catches){.decision = d};
    if (d->kind == TABLE_MATCH || str_eq(d->record, STR("pair")) || !decision_visible(d, site->audience))
        return false;
    list_records(site, arena, out);
    out->rows = arena_array(arena, struct row_catch, d->row_count);
    struct caught *each = arena_array(arena, struct caught, out->count * d->row_count);
    struct asking asking = {site, out, each, arena_array(arena, struct arena, 2 * site->workers)};
    pool_run(site->workers, out->count, ask_record, &asking);
    for (size_t i = 0; i < 2 * site->workers; i++)
        arena_release(&asking.arenas[i]);
    out->each = each;
    count_rows(out);
    return true;
}

/* ---- as values ---- */

static void map_count(struct value_map *m, const char *key, size_t n) {
    map_whole(m, key, (long long)n);
}

void row_catch_numbers(struct value_map *m, const struct decision *d, const struct row_catch *row) {
    bool check = d->kind == TABLE_CHECK;
    map_count(m, "holds", row->holds[TRUTH_YES]);
    map_count(m, "may_hold", row->holds[TRUTH_MAYBE]);
    map_count(m, check ? "not_met" : "decides", check ? row->not_met : row->decides[TRUTH_YES]);
    map_count(m, check ? "not_known" : "may_decide", check ? row->not_known : row->decides[TRUTH_MAYBE]);
}

static struct value_map row_map(struct str address, struct str label, struct place at, struct arena *arena) {
    struct value_map m = {.arena = arena};
    map_text(&m, "address", address);
    map_text(&m, "label", label);
    map_whole(&m, "line", place_position(at).line);
    return m;
}

static struct value rows_value(const struct policy_table *t, const struct catches *c, struct arena *arena) {
    const struct decision *d = t->decision;
    struct value_list rows = {.arena = arena};
    for (size_t i = t->first_row; i < t->first_row + t->row_count; i++) {
        struct value_map m = row_map(d->rows[i]->address, d->rows[i]->label, d->rows[i]->at, arena);
        if (c && !d->rows[i]->marker)
            row_catch_numbers(&m, d, &c->rows[i]);
        list_add(&rows, map_done(&m));
    }
    return list_done(&rows);
}

static struct value measure_rows_value(const struct site *site, const struct measure_table *t,
                                       struct arena *arena) {
    const struct measure_result *results = measures_of(site, t);
    struct value_list rows = {.arena = arena};
    for (size_t i = 0; i < t->count; i++) {
        struct value_map m = row_map(t->items[i].address, t->items[i].label, t->items[i].at, arena);
        if (results && measure_computed(&t->items[i])) {
            const size_t *sure = results[i].tally.schools[0], *perhaps = results[i].tally.schools[1];
            map_count(&m, "holds", sure[TRUTH_YES]);
            map_count(&m, "may_hold", results[i].unknown - perhaps[TRUTH_NO]);
            map_count(&m, "among", sure[TRUTH_YES] + sure[TRUTH_NO] + sure[TRUTH_MAYBE]);
        }
        list_add(&rows, map_done(&m));
    }
    return list_done(&rows);
}

static size_t open_schools(const struct site *site) {
    size_t open = 0;
    for (size_t i = 0; i < site->school_count; i++)
        open += school_is_open(site->schools[i]);
    return open;
}

static const char *const kind_words[] = {[TABLE_DECISION] = "decision",
                                         [TABLE_CHECK] = "check",
                                         [TABLE_MATCH] = "match",
                                         [TABLE_MEASURES] = "measures"};

/* Tables of one decision are counted together, once. */
struct counting {
    const struct site *site;
    struct arena *arena;
    const struct catches **of; /* each decision by its index; NULL: not yet */
};

static const struct catches *counted(struct counting *c, const struct decision *d) {
    if (!c->of[d->index]) {
        struct catches *catches = arena_new(c->arena, struct catches);
        catches_of(c->site, d, c->arena, catches);
        c->of[d->index] = catches;
    }
    return c->of[d->index]->rows ? c->of[d->index] : NULL;
}

static struct value table_value(struct counting *c, const struct policy_table *t) {
    const struct decision *d = t->decision;
    const struct measure_table *measures = t->measures;
    const struct catches *catches = d ? counted(c, d) : NULL;
    struct value_map m = {.arena = c->arena};
    map_count(&m, "ordinal", t->ordinal);
    map_text(&m, "id", d ? d->id : measures->id);
    map_text(&m, "label", d ? d->label : measures->label);
    map_text(&m, "kind", str_from(kind_words[d ? d->kind : TABLE_MEASURES]));
    map_text(&m, "record", d ? d->record : POLICY_SUBJECT);
    map_bool(&m, "counted", d ? catches != NULL : c->site->measures != NULL);
    map_count(&m, "records", !d ? open_schools(c->site) : catches ? catches->count : 0);
    map_set(&m, "rows",
            d ? rows_value(t, catches, c->arena) : measure_rows_value(c->site, measures, c->arena));
    return map_done(&m);
}

/* As they stand on the page: a handful, which policies keep by what they are. */
static void add_table(const struct policy_table **tables, size_t *count, const struct policy_table *t) {
    size_t at = (*count)++;
    for (; at > 0 && tables[at - 1]->ordinal > t->ordinal; at--)
        tables[at] = tables[at - 1];
    tables[at] = t;
}

static size_t tables_of(const struct policy *policy, const struct page *page, struct arena *arena,
                        const struct policy_table ***out) {
    size_t room = policy->measure_count, count = 0;
    for (size_t i = 0; i < policy->decision_count; i++)
        room += policy->decisions[i]->table_count;
    *out = arena_array(arena, const struct policy_table *, room);
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->table_count; j++)
            if (policy->decisions[i]->tables[j]->source == page->source)
                add_table(*out, &count, policy->decisions[i]->tables[j]);
    for (size_t i = 0; i < policy->measure_count; i++)
        if (policy->measures[i]->table.source == page->source)
            add_table(*out, &count, &policy->measures[i]->table);
    return count;
}

struct value catches_page(const struct site *site, const struct page *page, struct arena *arena) {
    struct value_list list = {.arena = arena};
    struct counting c = {site, arena,
                         arena_array(arena, const struct catches *, site->policy.decision_count)};
    const struct policy_table **tables;
    size_t count = page->visible ? tables_of(&site->policy, page, arena, &tables) : 0;
    for (size_t i = 0; i < count; i++)
        list_add(&list, table_value(&c, tables[i]));
    return list_done(&list);
}
