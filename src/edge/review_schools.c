/* SPDX-License-Identifier: MIT */
/* review_schools.c: every record that both sides have, run on both, and what came of it. */
#include "edge/review_schools.h"

#include "edge/review_match.h"
#include "edge/review_why.h"
#include "portal/caseload.h"

/* ---- comparing ---- */

/* What changed of one decision of one record. */
struct change {
    const struct decision_pair *pair;
    struct value outputs; /* as in the header */
    struct str key;       /* of what happened and why: the same of all records of a group */
    struct causes causes;
    bool settled, undetermined, category;
};

struct found {
    const struct policy_record *record; /* the head's */
    struct change *changes;             /* NULL: nothing changed */
    size_t count;
};

struct worker {
    struct arena kept, run, scratch;
};

/* One kind of record. */
struct comparing {
    const struct review *review;
    struct why *why;
    const struct output *category; /* of the head, or NULL */
    struct decision_pairs pairs;
    edit_set *relevant; /* of each pair */
    struct situations situations;
    struct policy_records records[2];
    const struct policy_record **base; /* of each of the head's; NULL: it has none */
    struct found *found;
    struct worker *workers;
};

static bool is_compared(const struct policy_record *record) {
    return !record->school || school_is_listed(record->school);
}

static void pair_records(struct comparing *c, struct arena *arena) {
    struct map by_id = {.arena = arena};
    struct same_schools same;
    same_schools_init(&same, c->review, arena);
    map_reserve(&by_id, c->records[0].count);
    for (size_t i = 0; i < c->records[0].count; i++)
        if (is_compared(&c->records[0].items[i])) {
            void *record = arena_new(arena, const struct policy_record *);
            *(const struct policy_record **)record = &c->records[0].items[i];
            map_add(&by_id, same_record(&same, &c->records[0].items[i], arena), record, NULL);
        }
    c->base = arena_array(arena, const struct policy_record *, c->records[1].count);
    for (size_t i = 0; i < c->records[1].count; i++) {
        const struct policy_record *const *base =
            is_compared(&c->records[1].items[i]) ? map_get(&by_id, c->records[1].items[i].id) : NULL;
        c->base[i] = base ? *base : NULL;
    }
}

static bool signs_alike(const struct decision_pair *pair, const struct decision_result *base,
                        const struct decision_result *head, struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct buf x = {.arena = scratch}, y = {.arena = scratch};
    outcome_sign(&x, pair, base);
    outcome_sign(&y, pair, head);
    bool same = str_eq(buf_str(&x), buf_str(&y));
    arena_rewind(scratch, mark);
    return same;
}

static bool stands_alike(const struct outcome_pair *p, const struct output_result *base,
                         const struct output_result *head) {
    bool answers = values_is_answer(base->stands) && values_is_answer(head->stands);
    if (!answers)
        return (base->stands & ~VALUES_IMPROPER) == 0 && (head->stands & ~VALUES_IMPROPER) == 0;
    return str_eq(p->sides[0]->answers[__builtin_ctzll(base->stands)].id,
                  p->sides[1]->answers[__builtin_ctzll(head->stands)].id);
}

static bool words_alike(const struct value *before, const struct value *after) {
    return str_eq(value_words(value_at(before, "words")), value_words(value_at(after, "words")));
}

static void tell_outputs(const struct comparing *c, const struct decision_result *base,
                         const struct decision_result *head, struct worker *w, struct change *out,
                         struct value_list *outputs) {
    const struct decision_pair *pair = out->pair;
    for (size_t i = 0; i < pair->output_count; i++) {
        const struct outcome_pair *p = &pair->outputs[i];
        const char *happened = outcome_happened(pair, i, base, head, &w->scratch);
        struct value_map m = {.arena = &w->kept};
        if (!happened)
            continue;
        struct value before = outcome_value(pair->sides[0], base, p->index[0], false, &w->kept);
        struct value after = outcome_value(pair->sides[1], head, p->index[1], false, &w->kept);
        if (words_alike(&before, &after)) { /* "2 to 9" may be other numbers between the same two */
            before = outcome_value(pair->sides[0], base, p->index[0], true, &w->kept);
            after = outcome_value(pair->sides[1], head, p->index[1], true, &w->kept);
        }
        if (words_alike(&before, &after))
            continue;
        map_text(&m, "id", p->sides[1]->id);
        map_text(&m, "label", p->sides[1]->label);
        map_text(&m, "happened", str_from(happened));
        map_set(&m, "before", before);
        map_set(&m, "after", after);
        list_add(outputs, map_done(&m));
        out->settled = out->settled || !strcmp(happened, "settled");
        out->undetermined = out->undetermined || !strcmp(happened, "undetermined");
        out->category =
            out->category || (p->sides[1] == c->category &&
                              !stands_alike(p, &base->outputs[p->index[0]], &head->outputs[p->index[1]]));
    }
}

/* What of one decision came out otherwise, in words, before it is known why. */
static void tell_change(const struct comparing *c, const struct decision_result *base,
                        const struct decision_result *head, struct worker *w, struct change *out) {
    struct value_list outputs = {.arena = &w->kept};
    struct buf key = {.arena = &w->kept};
    if (base->decision->hit == HIT_COLLECT && head->decision->hit == HIT_COLLECT)
        outcome_entries(out->pair, base, head, &w->kept, &outputs);
    else
        tell_outputs(c, base, head, w, out, &outputs);
    buf_add(&key, out->pair->sides[1]->id);
    for (uint32_t i = 0; i < outputs.count; i++)
        buf_printf(&key, "\n" STR_FMT " " STR_FMT " " STR_FMT "\t" STR_FMT,
                   STR_ARG(value_words(value_at(&outputs.items[i], "id"))),
                   STR_ARG(value_words(value_at(&outputs.items[i], "happened"))),
                   STR_ARG(value_words(value_at(&outputs.items[i], "before.words"))),
                   STR_ARG(value_words(value_at(&outputs.items[i], "after.words"))));
    out->outputs = list_done(&outputs);
    out->key = buf_str(&key);
}

static void key_causes(struct change *change, struct arena *arena) {
    struct buf key = {.arena = arena};
    buf_add(&key, change->key);
    for (size_t i = 0; i < change->causes.count; i++) {
        const struct cause *cause = &change->causes.items[i];
        buf_printf(&key, "\n" STR_FMT "\t" STR_FMT "\t" STR_FMT, STR_ARG(cause->id), STR_ARG(cause->from),
                   STR_ARG(cause->to));
    }
    change->key = buf_str(&key);
}

static void explain_changes(const struct comparing *c, size_t task, struct str situation, struct worker *w) {
    struct found *f = &c->found[task];
    struct why_record record = {{*c->base[task], *f->record}};
    const struct decision_pair **pairs = arena_array(&w->kept, const struct decision_pair *, f->count);
    edit_set *relevant = arena_array(&w->kept, edit_set, f->count);
    struct causes *causes = arena_array(&w->kept, struct causes, f->count);
    for (size_t i = 0; i < f->count; i++) {
        pairs[i] = f->changes[i].pair;
        relevant[i] = c->relevant[pairs[i] - c->pairs.items];
    }
    why_of(c->why, &record, pairs, relevant, f->count, situation, &w->kept, &w->scratch, causes);
    for (size_t i = 0; i < f->count; i++) {
        f->changes[i].causes = causes[i];
        key_causes(&f->changes[i], &w->kept);
    }
}

static void compare_record(void *context, size_t task, size_t worker) {
    struct comparing *c = context;
    struct worker *w = &c->workers[worker];
    struct decided sides[2];
    const struct review *review = c->review;
    if (!c->base[task])
        return;
    struct arena_mark mark = arena_mark(&w->run);
    struct found *f = &c->found[task];
    *f = (struct found){.record = &c->records[1].items[task]};
    if (decided_run(review->base.site, c->base[task], review->base.site->as_of, &w->run, &w->scratch,
                    &sides[0]) &&
        decided_run(review->head.site, f->record, review->head.site->as_of, &w->run, &w->scratch, &sides[1]))
        for (size_t i = 0; i < c->pairs.count; i++) {
            const struct decision_pair *pair = &c->pairs.items[i];
            const struct decision_result *base = &sides[0].results[pair->index[0]],
                                         *head = &sides[1].results[pair->index[1]];
            if (signs_alike(pair, base, head, &w->scratch))
                continue;
            if (!f->changes)
                f->changes = arena_array(&w->kept, struct change, c->pairs.count);
            f->changes[f->count].pair = pair;
            tell_change(c, base, head, w, &f->changes[f->count]);
            f->count += f->changes[f->count].outputs.count > 0;
        }
    if (f->count)
        explain_changes(c, task, why_situation(&c->situations, &sides[0], &sides[1], &w->run), w);
    arena_rewind(&w->run, mark);
}

/* ---- telling ---- */

static struct str record_name(const struct policy_record *record) {
    return record->school && str_eq(record->kind, STR("school")) ? record->school->name : record->label;
}

static struct value record_value(const struct found *f, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct value_list decisions = {.arena = arena};
    map_text(&m, "kind", f->record->kind);
    map_text(&m, "id", f->record->id);
    map_text(&m, "name", record_name(f->record));
    for (size_t i = 0; i < f->count; i++) {
        const struct change *change = &f->changes[i];
        struct value_map d = {.arena = arena};
        map_text(&d, "id", change->pair->sides[1]->id);
        map_text(&d, "label", change->pair->sides[1]->label);
        map_set(&d, "outputs", change->outputs);
        map_set(&d, "causes", causes_value(&change->causes, true, arena));
        list_add(&decisions, map_done(&d));
    }
    map_set(&m, "decisions", list_done(&decisions));
    return map_done(&m);
}

struct group {
    const struct change *change; /* of the first */
    const struct policy_record **records;
    size_t count, room;
};

static struct value group_value(const struct comparing *c, const struct group *g, struct arena *arena) {
    const struct decision *d = g->change->pair->sides[1];
    struct value_map m = {.arena = arena};
    struct value_list outputs = {.arena = arena}, records = {.arena = arena};
    map_text(&m, "kind", c->pairs.kind);
    map_text(&m, "decision", d->id);
    map_text(&m, "label", d->label);
    map_whole(&m, "count", (long long)g->count);
    map_text(&m, "many", str_grouped(arena, (long long)g->count));
    for (uint32_t i = 0; i < g->change->outputs.count; i++) {
        const struct value *from = &g->change->outputs.items[i];
        struct value_map o = {.arena = arena};
        map_set(&o, "id", *value_at(from, "id"));
        map_set(&o, "label", *value_at(from, "label"));
        map_set(&o, "happened", *value_at(from, "happened"));
        map_set(&o, "before", *value_at(from, "before.words"));
        map_set(&o, "after", *value_at(from, "after.words"));
        list_add(&outputs, map_done(&o));
    }
    map_set(&m, "outputs", list_done(&outputs));
    map_set(&m, "causes", causes_value(&g->change->causes, g->count == 1, arena));
    for (size_t i = 0; i < g->count; i++) {
        struct value_map r = {.arena = arena};
        map_text(&r, "id", g->records[i]->id);
        map_text(&r, "name", record_name(g->records[i]));
        list_add(&records, map_done(&r));
    }
    map_set(&m, "records", list_done(&records));
    return map_done(&m);
}

static void group_add(struct group *g, const struct policy_record *record, struct arena *arena) {
    if (g->count == g->room) {
        size_t room = g->room ? 2 * g->room : 4;
        g->records = arena_grow(arena, g->records, g->room * sizeof(*g->records), room * sizeof(*g->records),
                                alignof(struct policy_record *));
        g->room = room;
    }
    g->records[g->count++] = record;
}

/* By decision, those with most records first, then as their first records are listed. */
static void tell_groups(const struct comparing *c, struct arena *arena, struct value_list *out) {
    struct map groups = {.arena = arena};
    for (size_t i = 0; i < c->records[1].count; i++)
        for (size_t j = 0; j < c->found[i].count; j++) {
            const struct change *change = &c->found[i].changes[j];
            struct group *g = map_get(&groups, change->key);
            if (!g) {
                g = arena_new(arena, struct group);
                g->change = change;
                map_add(&groups, change->key, g, NULL);
            }
            group_add(g, c->found[i].record, arena);
        }
    bool *told = arena_array(arena, bool, groups.count);
    for (size_t p = 0; p < c->pairs.count; p++)
        for (;;) {
            const struct group *next = NULL;
            size_t at = 0;
            for (size_t i = 0; i < groups.count; i++) {
                const struct group *g = groups.items[i].value;
                if (!told[i] && g->change->pair == &c->pairs.items[p] && (!next || g->count > next->count)) {
                    next = g;
                    at = i;
                }
            }
            if (!next)
                break;
            told[at] = true;
            list_add(out, group_value(c, next, arena));
        }
}

/* What was found outlives the workers that found it. */
static struct value value_kept(struct arena *arena, const struct value *v) {
    struct value copy = *v;
    if (value_is_text(v)) {
        copy.text = str_copy(arena, value_str(v)).at;
    } else if (v->kind == VALUE_LIST) {
        copy.items = arena_array(arena, struct value, v->count);
        for (uint32_t i = 0; i < v->count; i++)
            copy.items[i] = value_kept(arena, &v->items[i]);
    } else if (v->kind == VALUE_MAP) {
        copy.fields = arena_array(arena, struct field, v->count);
        for (uint32_t i = 0; i < v->count; i++) {
            copy.fields[i] = v->fields[i];
            copy.fields[i].value = value_kept(arena, &v->fields[i].value);
        }
    }
    return copy;
}

/* Records whose words say that what is recorded differs: what is found when they are checked need not say it again. */
static void note_differs(struct review *review, const struct school *school, const struct change *change) {
    for (uint32_t i = 0; i < change->outputs.count; i++) {
        const struct value *output = &change->outputs.items[i];
        if (!str_eq(value_words(value_at(output, "happened")), STR("differs")))
            continue;
        struct str label = value_words(value_at(output, "label"));
        map_add(&review->differs, str_join(review->arena, school->source->path, STR("\n"), label), review,
                NULL);
        if (school->overlay)
            map_add(&review->differs, str_join(review->arena, school->overlay->path, STR("\n"), label),
                    review, NULL);
    }
}

static void note_differing(struct review *review, const struct comparing *c) {
    for (size_t i = 0; i < c->records[1].count; i++)
        for (size_t j = 0; j < c->found[i].count; j++)
            if (c->found[i].record->school)
                note_differs(review, c->found[i].record->school, &c->found[i].changes[j]);
}

/* ---- all kinds ---- */

struct telling {
    struct value_list records, groups, uncompared;
};

static void count_schools(struct review *review, const struct comparing *c) {
    for (size_t i = 0; i < c->records[1].count; i++) {
        const struct found *f = &c->found[i];
        bool settled = false, undetermined = false, category = false;
        if (!f->count || !str_eq(c->pairs.kind, POLICY_SUBJECT) || !school_is_open(f->record->school))
            continue;
        for (size_t j = 0; j < f->count; j++) {
            settled = settled || f->changes[j].settled;
            undetermined = undetermined || f->changes[j].undetermined;
            category = category || f->changes[j].category;
        }
        review->found[REVIEW_DECISION_CHANGE]++;
        review->found[REVIEW_CATEGORY_CHANGE] += category;
        review->found[REVIEW_SETTLED] += settled;
        review->found[REVIEW_UNDETERMINED] += undetermined;
    }
}

static void compare_kind(struct review *review, struct why *why, struct str kind, struct telling *out) {
    struct arena temporary = {0};
    struct comparing c = {
        .review = review, .why = why, .category = caseload_main(review->head.site, &temporary)};
    c.pairs = decision_pairs_of(review->base.site, review->head.site, kind, &temporary);
    c.records[0] = records_of(review->base.site, kind, &temporary);
    c.records[1] = records_of(review->head.site, kind, &temporary);
    if (c.pairs.count && c.records[1].count) {
        size_t threads = review->threads ? review->threads : 1;
        c.relevant = arena_array(&temporary, edit_set, c.pairs.count);
        for (size_t i = 0; i < c.pairs.count; i++)
            c.relevant[i] = why_edits_of(why, &c.pairs.items[i], &temporary);
        c.situations = why_situations(why, kind, &temporary);
        pair_records(&c, &temporary);
        c.found = arena_array(&temporary, struct found, c.records[1].count);
        c.workers = arena_array(&temporary, struct worker, threads);
        pool_run(threads, c.records[1].count, compare_record, &c);
        struct value_list records = {.arena = &temporary}, groups = {.arena = &temporary};
        for (size_t i = 0; i < c.records[1].count; i++)
            if (c.found[i].count)
                list_add(&records, record_value(&c.found[i], &temporary));
        tell_groups(&c, &temporary, &groups);
        for (uint32_t i = 0; i < records.count; i++)
            list_add(&out->records, value_kept(review->arena, &records.items[i]));
        for (uint32_t i = 0; i < groups.count; i++)
            list_add(&out->groups, value_kept(review->arena, &groups.items[i]));
        count_schools(review, &c);
        note_differing(review, &c);
        for (size_t i = 0; i < threads; i++) {
            arena_release(&c.workers[i].kept);
            arena_release(&c.workers[i].run);
            arena_release(&c.workers[i].scratch);
        }
    }
    arena_release(&temporary);
}

/* Decisions that one side alone has, or the audience may see on one side alone. */
static void tell_uncompared(const struct review *review, struct value_list *out) {
    const struct site *sides[] = {review->base.site, review->head.site};
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->policy.decision_count; i++) {
            const struct decision *d = sides[side]->policy.decisions[i];
            const struct decision *other = policy_decision(&sides[1 - side]->policy, d->id);
            const struct page *page = map_get(&sides[side]->page_by_path, d->at.source->path);
            if (d->kind != TABLE_DECISION || other || !page || !page->visible ||
                !decision_visible(d, review->audience))
                continue;
            struct value_map m = {.arena = review->arena};
            map_text(&m, "kind", d->record);
            map_text(&m, "decision", d->id);
            map_text(&m, "label", d->label);
            map_bool(&m, "new", side == 1);
            map_text(&m, "page", d->at.source->path);
            map_whole(&m, "line", place_position(d->at).line);
            list_add(out, map_done(&m));
        }
}

struct value review_schools(struct review *review) {
    struct telling t = {{.arena = review->arena}, {.arena = review->arena}, {.arena = review->arena}};
    review->differs = (struct map){.arena = review->arena};
    const struct policy *policy = &review->head.site->policy;
    struct why why;
    why_init(&why, review->base.site, review->head.site, review->arena);
    compare_kind(review, &why, POLICY_SUBJECT, &t);
    for (size_t i = 0; i < policy->kind_count; i++)
        if (!str_eq(policy->kinds[i]->id, POLICY_SUBJECT) && policy->kinds[i]->decision_count)
            compare_kind(review, &why, policy->kinds[i]->id, &t);
    tell_uncompared(review, &t.uncompared);
    why_release(&why);
    struct value_map m = {.arena = review->arena};
    map_set(&m, "records", list_done(&t.records));
    map_set(&m, "groups", list_done(&t.groups));
    map_set(&m, "uncompared", list_done(&t.uncompared));
    return map_done(&m);
}
