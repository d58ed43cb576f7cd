/* SPDX-License-Identifier: MIT */
/* review_totals_checks.c: checks of partnerships and of all other records that start to fail, to pass, or to be uncertain. */
#include "base/pool.h"
#include "edge/review_match.h"
#include "edge/review_totals_inside.h"
#include "edge/review_why.h"

static const char *const verdicts[] = {
    [CHECK_PASSES] = "passes", [CHECK_FAILS] = "fails", [CHECK_UNCERTAIN] = "uncertain"};
static const char *const states[] = {[CHECK_MET] = "met",
                                     [CHECK_NOT_MET] = "not met",
                                     [CHECK_NOT_KNOWN] = "not known",
                                     [CHECK_NOT_CONCERNED] = "not concerned"};

/* ---- one check of one record ---- */

static const struct check_result *check_in(const struct decided *d, struct str id) {
    for (size_t i = 0; d && i < d->check_count; i++)
        if (str_eq(d->checks[i].check->id, id))
            return &d->checks[i];
    return NULL;
}

static const struct check_row *row_in(const struct check_result *c, struct str id) {
    for (size_t i = 0; c && i < c->count; i++)
        if (str_eq(c->rows[i].row->id, id))
            return &c->rows[i];
    return NULL;
}

/* A row that is met and one that does not concern the record come to the same. */
static bool is_open(const struct check_row *row) {
    return row && (row->state == CHECK_NOT_MET || row->state == CHECK_NOT_KNOWN);
}

static void tell_row(const struct check_row *before, const struct check_row *after, struct arena *arena,
                     struct value_list *rows) {
    const struct row *row = after ? after->row : before->row;
    struct value_map m = {.arena = arena};
    if (is_open(before) == is_open(after) && (!is_open(before) || before->state == after->state))
        return;
    map_text(&m, "id", row->id);
    map_text(&m, "label", row->label);
    map_text(&m, "before", before ? str_from(states[before->state]) : (struct str){0});
    map_text(&m, "after", after ? str_from(states[after->state]) : (struct str){0});
    map_text(&m, "page", row->at.source->path);
    map_whole(&m, "line", row->line);
    list_add(rows, map_done(&m));
}

static struct value tell_rows(const struct check_result *before, const struct check_result *after,
                              struct arena *arena) {
    struct value_list rows = {.arena = arena};
    for (size_t i = 0; i < after->count; i++)
        tell_row(row_in(before, after->rows[i].row->id), &after->rows[i], arena, &rows);
    for (size_t i = 0; before && i < before->count; i++)
        if (!row_in(after, before->rows[i].row->id))
            tell_row(&before->rows[i], NULL, arena, &rows);
    return list_done(&rows);
}

static void tell_check(struct review *review, const struct policy_record *record,
                       const struct check_result *before, const struct check_result *after,
                       const struct causes *causes, bool is_new, struct value_list *out) {
    struct arena *arena = review->arena;
    struct value rows = tell_rows(before, after, arena);
    bool same = before && before->verdict == after->verdict;
    if (!before && (!is_new || after->verdict == CHECK_PASSES))
        return;
    if (same && (!rows.count || after->verdict == CHECK_PASSES))
        return;
    struct value_map m = {.arena = arena};
    map_text(&m, "kind", record->kind);
    map_text(&m, "record", record->id);
    map_text(&m, "name",
             record->school ? str_join(arena, record->school->name,
                                       str_eq(record->kind, POLICY_SUBJECT) ? STR("") : STR(": "),
                                       str_eq(record->kind, POLICY_SUBJECT) ? STR("") : record->label)
                            : record->label);
    map_text(&m, "check", after->check->id);
    map_text(&m, "label", after->check->label);
    map_text(&m, "happened", same ? STR("rows") : str_from(verdicts[after->verdict]));
    map_text(&m, "before", before ? str_from(verdicts[before->verdict]) : (struct str){0});
    map_text(&m, "after", str_from(verdicts[after->verdict]));
    map_text(&m, "page", after->check->at.source->path);
    map_whole(&m, "line", place_position(after->check->at).line);
    map_set(&m, "rows", rows);
    map_set(&m, "causes", causes_value(causes, true, arena));
    list_add(out, map_done(&m));
    review->found[REVIEW_CHECK_FAILS] += !same && after->verdict == CHECK_FAILS;
    review->found[REVIEW_CHECK_PASSES] += !same && after->verdict == CHECK_PASSES;
}

/* ---- all records of a kind ---- */

struct checking {
    struct review *review;
    struct why *why;
    struct decision_pair *pairs; /* of the head's checks that the base has too */
    edit_set *relevant;
    size_t pair_count;
    struct policy_records records[2];
    size_t *base; /* of each of the head's records; SIZE_MAX: it is new */
    struct decided **decided[2];
    struct causes **causes; /* of each of the head's records, by pair; NULL: nothing changed */
    struct arena *arenas;   /* two for each worker */
};

static struct decided *run(const struct site *site, const struct policy_record *record,
                           struct arena *arenas) {
    struct decided *d = arena_new(&arenas[0], struct decided);
    return decided_run(site, record, site->as_of, &arenas[0], &arenas[1], d) ? d : NULL;
}

/* Why the checks of a record came out otherwise. */
static void explain_checks(struct checking *c, size_t task, struct arena *arenas) {
    const struct decided *was = c->decided[0][task], *is = c->decided[1][task];
    struct why_record record = {{was->record, is->record}};
    const struct decision_pair **pairs = arena_array(&arenas[0], const struct decision_pair *, c->pair_count);
    edit_set *relevant = arena_array(&arenas[0], edit_set, c->pair_count);
    struct causes *causes = arena_array(&arenas[0], struct causes, c->pair_count);
    size_t count = 0, *at = arena_array(&arenas[0], size_t, c->pair_count);
    for (size_t i = 0; i < c->pair_count; i++) {
        const struct check_result *before = check_in(was, c->pairs[i].sides[0]->id),
                                  *after = check_in(is, c->pairs[i].sides[1]->id);
        struct buf x = {.arena = &arenas[0]}, y = {.arena = &arenas[0]};
        if (!before || !after)
            continue;
        check_sign(&x, before);
        check_sign(&y, after);
        if (str_eq(buf_str(&x), buf_str(&y)))
            continue;
        pairs[count] = &c->pairs[i];
        relevant[count] = c->relevant[i];
        at[count++] = i;
    }
    why_of(c->why, &record, pairs, relevant, count, (struct str){0}, &arenas[0], &arenas[1], causes);
    c->causes[task] = arena_array(&arenas[0], struct causes, c->pair_count);
    for (size_t i = 0; i < count; i++)
        c->causes[task][at[i]] = causes[i];
}

static bool checks_alike(const struct decided *a, const struct decided *b) {
    bool same = a->check_count == b->check_count;
    for (size_t i = 0; same && i < b->check_count; i++) {
        const struct check_result *x = check_in(a, b->checks[i].check->id), *y = &b->checks[i];
        same = x && x->verdict == y->verdict && x->count == y->count;
        for (size_t j = 0; same && j < y->count; j++) {
            const struct check_row *row = row_in(x, y->rows[j].row->id);
            same = row && row->state == y->rows[j].state;
        }
    }
    return same;
}

/* What is the same on both sides, which nearly all is, is not kept. */
static void check_record(void *context, size_t task, size_t worker) {
    struct checking *c = context;
    struct arena *arenas = &c->arenas[2 * worker];
    struct arena_mark mark = arena_mark(&arenas[0]);
    size_t base = c->base[task];
    c->decided[1][task] = run(c->review->head.site, &c->records[1].items[task], arenas);
    if (base != SIZE_MAX)
        c->decided[0][task] = run(c->review->base.site, &c->records[0].items[base], arenas);
    if (c->decided[0][task] && c->decided[1][task] &&
        checks_alike(c->decided[0][task], c->decided[1][task])) {
        c->decided[0][task] = c->decided[1][task] = NULL;
        arena_rewind(&arenas[0], mark);
    } else if (c->decided[0][task] && c->decided[1][task]) {
        explain_checks(c, task, arenas);
    }
}

static void pair_checks(struct checking *c, const struct policy_kind *base, const struct policy_kind *head,
                        struct arena *arena) {
    c->pairs = arena_array(arena, struct decision_pair, head->check_count);
    c->relevant = arena_array(arena, edit_set, head->check_count);
    for (size_t i = 0; i < head->check_count; i++)
        for (size_t j = 0; j < base->check_count; j++) {
            if (!str_eq(base->checks[j]->id, head->checks[i]->id))
                continue;
            c->pairs[c->pair_count] = (struct decision_pair){.sides = {base->checks[j], head->checks[i]}};
            c->relevant[c->pair_count] = why_edits_of(c->why, &c->pairs[c->pair_count], arena);
            c->pair_count++;
        }
}

static const struct causes *causes_of(const struct checking *c, size_t task, const struct decision *check) {
    static const struct causes none;
    for (size_t i = 0; c->causes[task] && i < c->pair_count; i++)
        if (c->pairs[i].sides[1] == check)
            return &c->causes[task][i];
    return &none;
}

static void pair_records(struct checking *c, struct arena *arena) {
    struct map by_id = {.arena = arena};
    struct same_schools same;
    same_schools_init(&same, c->review, arena);
    size_t *indices = arena_array(arena, size_t, c->records[0].count);
    map_reserve(&by_id, c->records[0].count);
    for (size_t i = 0; i < c->records[0].count; i++) {
        indices[i] = i;
        map_add(&by_id, same_record(&same, &c->records[0].items[i], arena), &indices[i], NULL);
    }
    c->base = arena_array(arena, size_t, c->records[1].count);
    for (size_t i = 0; i < c->records[1].count; i++) {
        const size_t *at = map_get(&by_id, c->records[1].items[i].id);
        c->base[i] = at ? *at : SIZE_MAX;
    }
}

static bool has_checks(const struct policy_kind *kind, enum audience audience) {
    for (size_t i = 0; kind && i < kind->check_count; i++)
        if (decision_visible(kind->checks[i], audience))
            return true;
    return false;
}

static void check_kind(struct review *review, struct why *why, const struct policy_kind *base,
                       const struct policy_kind *head, struct value_list *out) {
    struct arena arena = {0};
    struct str kind = head->id;
    struct checking c = {.review = review, .why = why};
    size_t threads = review->threads ? review->threads : 1;
    c.records[0] = records_of(review->base.site, kind, &arena);
    c.records[1] = records_of(review->head.site, kind, &arena);
    pair_records(&c, &arena);
    pair_checks(&c, base, head, &arena);
    c.causes = arena_array(&arena, struct causes *, c.records[1].count);
    for (size_t side = 0; side < 2; side++)
        c.decided[side] = arena_array(&arena, struct decided *, c.records[1].count);
    c.arenas = arena_array(&arena, struct arena, 2 * threads);
    pool_run(threads, c.records[1].count, check_record, &c);
    for (size_t i = 0; i < c.records[1].count; i++) {
        const struct decided *after = c.decided[1][i];
        for (size_t j = 0; after && j < after->check_count; j++)
            tell_check(review, &c.records[1].items[i], check_in(c.decided[0][i], after->checks[j].check->id),
                       &after->checks[j], causes_of(&c, i, after->checks[j].check), c.base[i] == SIZE_MAX,
                       out);
    }
    for (size_t i = 0; i < 2 * threads; i++)
        arena_release(&c.arenas[i]);
    arena_release(&arena);
}

struct value review_checks(struct review *review) {
    const struct policy *policy = &review->head.site->policy;
    struct value_list list = {.arena = review->arena};
    struct why why;
    why_init(&why, review->base.site, review->head.site, review->arena);
    for (size_t i = 0; i < policy->kind_count; i++) {
        const struct policy_kind *base = policy_kind(&review->base.site->policy, policy->kinds[i]->id);
        if (has_checks(policy->kinds[i], review->audience) && has_checks(base, review->audience))
            check_kind(review, &why, base, policy->kinds[i], &list);
    }
    why_release(&why);
    return list_done(&list);
}
