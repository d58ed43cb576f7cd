/* SPDX-License-Identifier: MIT */
/* decided.c: the policy of a portal, compiled once and run over its records. */
#include "portal/decided.h"

#include "base/pool.h"
#include "policy/expression.h"
#include "policy/prove.h"
#include "policy/question.h"
#include "policy/thing.h"
#include "portal/assembly.h"
#include "portal/audit.h"
#include "portal/coverage.h"
#include "portal/measure.h"
#include "portal/offer.h"
#include "portal/recorded.h"
#include "portal/release.h"
#include "portal/totals.h"

/* ---- loading ---- */

static void read_tables(struct site *site, struct diags *diags) {
    struct policy_page *pages = arena_array(site->arena, struct policy_page, site->all.count);
    size_t n = 0;
    for (size_t i = 0; i < site->all.count; i++) {
        const struct page *page = site->all.items[i];
        if (page->kind != CONTENT_POLICY)
            continue;
        struct markdown_tables *tables = arena_new(site->arena, struct markdown_tables);
        *tables = markdown_tables(site->arena, page->source, page->body, diags);
        if (tables->count)
            pages[n++] = (struct policy_page){page->source, tables, page->address};
    }
    policy_read(&site->policy, pages, n, diags);
}

/* Tables that read well and leave a case out, or say two things of one, are not published. */
static void prove(struct site *site, struct diags *diags) {
    struct arena arena = {0}, scratch = {0};
    struct proofs proofs;
    policy_prove(&site->policy, site->as_of, &arena, &scratch, &proofs);
    proofs_report(&proofs, diags);
    arena_release(&arena);
    arena_release(&scratch);
}

void decided_load(struct site *site, struct diags *diags) {
    if (!site->vocabulary.arena)
        return;
    size_t errors = diags->errors;
    policy_new(site->arena, &site->vocabulary, &site->policy, diags);
    offers_ask(site);
    read_tables(site, diags);
    measures_check(site, diags);
    offers_check(site, diags);
    totals_check(site, diags);
    if (diags->errors > errors) /* nothing is proved of, or held against, a policy that was misread */
        return;
    named_load(site, diags);
    coverage_load(site, diags);
    if (site->policy.decision_count || site->policy.question_count)
        prove(site, diags);
    recorded_check(&site->policy, site, diags);
    release_load(site, diags);
    if (diags->errors == errors)
        audit_records(site, diags);
}

/* ---- subjects of others ---- */

/* What running one record needs beside it. */
struct runner {
    const struct site *site;
    date day;
    const struct decided_change *change; /* or NULL; of others than the record that is run */
    struct arena *arena, *scratch;
};

static const struct feel_value no_record;

static const struct decided_other *other_of(const struct decided_change *change, const struct school *school,
                                            struct str kind) {
    for (size_t i = 0; change && i < change->other_count; i++)
        if (change->others[i].school == school && str_eq(change->others[i].kind->id, kind))
            return &change->others[i];
    return NULL;
}

/* Another record than the one that was asked for, with what is other of it. */
static struct subject *subject_run(const struct runner *r, const struct policy_record *record) {
    const struct decided_other *other = other_of(r->change, record->school, record->kind);
    struct decided_change change = {0};
    struct decided *d = arena_new(r->arena, struct decided);
    if (r->change)
        change = (struct decided_change){
            .others = r->change->others, .other_count = r->change->other_count, .fresh = r->change->fresh};
    if (other) {
        change.given = other->given;
        change.replaced = other->replaced;
    }
    return decided_run_with(r->site, record, r->day, &change, r->arena, r->scratch, d) ? &d->subject : NULL;
}

static struct subject *subject_of_school(const struct runner *r, const struct school *school) {
    struct policy_record record = record_of_school(school);
    return subject_run(r, &record);
}

/* As a member a school has the fields of its membership too. */
static struct subject *subject_of_member(const struct runner *r, const struct membership *as) {
    struct policy_record record = record_of_member(as, r->arena);
    struct subject *member = subject_run(r, &record);
    return member ? member : subject_of_school(r, as->school);
}

/* Of the whole network only what stands of each school is read: see decided.h. */
static const struct subject *subject_standing(const struct runner *r, const struct school *school) {
    bool kept =
        school->stands && !(r->change && r->change->fresh) && !other_of(r->change, school, STR("school"));
    return kept ? school->stands : subject_of_school(r, school);
}

static bool school_value(void *context, const struct school *school, const struct membership *as,
                         struct feel_value *out) {
    const struct runner *r = context;
    const struct subject *s = as ? subject_of_member(r, as) : subject_standing(r, school);
    *out = no_record;
    if (!s)
        return false;
    *out = feel_record(s->kind->class, s);
    return true;
}

static bool all_records(void *context, const struct policy_kind *kind, struct feel_value *out) {
    const struct runner *r = context;
    struct policy_records records = records_of(r->site, kind->id, r->arena);
    struct feel_value *items = arena_array(r->arena, struct feel_value, records.count);
    for (size_t i = 0; i < records.count; i++) {
        const struct policy_record *record = &records.items[i];
        const struct subject *s = record->school && str_eq(record->kind, STR("school"))
                                      ? subject_standing(r, record->school)
                                      : subject_run(r, record);
        if (s)
            items[i] = feel_record(kind->class, s);
    }
    *out = feel_list(r->arena, items, records.count);
    return true;
}

/* ---- one record ---- */

static void run_checks(struct decided *d, struct arena *arena, struct arena *scratch) {
    const struct policy_kind *kind = d->subject.kind;
    d->checks = arena_array(arena, struct check_result, kind->check_count);
    for (size_t i = 0; i < kind->check_count; i++)
        if (decision_visible(kind->checks[i], d->subject.audience))
            subject_check(&d->subject, kind->checks[i], 0, arena, scratch, &d->checks[d->check_count++]);
}

void decided_finish(struct decided *d, struct arena *arena, struct arena *scratch) {
    d->results = subject_decide(&d->subject, arena, scratch);
    run_checks(d, arena, scratch);
}

/* What a member is a member of: the group's own facts without its members, who are being read. */
static struct subject *subject_of_group(const struct runner *r, const struct page *page) {
    struct policy_record record = record_of_page(page);
    const struct policy_kind *kind = policy_kind(&r->site->policy, record.kind);
    if (!kind)
        return NULL;
    struct given *given = arena_array(r->arena, struct given, kind->fact_count);
    facts_read(facts_reader(r->site->facts, record.kind), &record, r->day, r->site->audience, NULL, r->arena,
               given);
    struct assembly group = {.policy = &r->site->policy,
                             .record = record.kind,
                             .id = record.id,
                             .given = given,
                             .as_of = r->day,
                             .audience = r->site->audience};
    return assembly_group(&group, r->arena);
}

static void suppose(const struct decided_change *change, date day, struct arena *arena,
                    struct recorded *recorded) {
    struct given_entry *entry = arena_new(arena, struct given_entry);
    *entry = (struct given_entry){
        .text = change->supposed->answers[__builtin_ctzll(change->answer)].id, .from = day, .to = DATE_NONE};
    recorded[change->supposed->variable->output_index] = (struct recorded){entry, 1, entry, false};
}

bool decided_facts(const struct site *site, const struct policy_record *record, date day,
                   const struct decided_change *change, struct arena *arena, struct arena *scratch,
                   struct decided *out) {
    const struct policy_kind *kind = policy_kind(&site->policy, record->kind);
    const struct facts_reader *reader = site->facts ? facts_reader(site->facts, record->kind) : NULL;
    *out = (struct decided){.record = *record};
    if (!kind || !reader)
        return false;
    struct runner *runner = arena_new(arena, struct runner);
    struct subject_world *world = arena_new(arena, struct subject_world);
    *runner = (struct runner){site, day, change, arena, scratch};
    *world = (struct subject_world){all_records, runner};
    struct facts_world facts = {school_value, runner, change ? change->membership : NULL,
                                change && change->alone};
    out->given = arena_array(arena, struct given, kind->fact_count);
    out->recorded = arena_array(arena, struct recorded, kind->output_count);
    facts_read(reader, record, day, site->audience, &facts, arena, out->given);
    for (size_t i = 0; change && change->replaced && i < kind->fact_count; i++)
        if (change->replaced[i])
            out->given[i] = change->given[i];
    recorded_read(kind, record->record, day, site->audience, arena, out->recorded);
    if (change && change->supposed)
        suppose(change, day, arena, out->recorded);
    out->subject = (struct subject){.policy = &site->policy,
                                    .kind = kind,
                                    .id = record->id,
                                    .label = record->school ? record->school->short_name : record->label,
                                    .as_of = day,
                                    .audience = site->audience,
                                    .given = out->given,
                                    .recorded = out->recorded,
                                    .world = world};
    if (record->membership) {
        out->subject.base = subject_of_school(runner, record->school);
        out->subject.group = subject_of_group(runner, record->page);
    }
    subject_init(&out->subject, arena);
    return true;
}

bool decided_run_with(const struct site *site, const struct policy_record *record, date day,
                      const struct decided_change *change, struct arena *arena, struct arena *scratch,
                      struct decided *out) {
    if (!decided_facts(site, record, day, change, arena, scratch, out))
        return false;
    decided_finish(out, arena, scratch);
    return true;
}

bool decided_run(const struct site *site, const struct policy_record *record, date day, struct arena *arena,
                 struct arena *scratch, struct decided *out) {
    return decided_run_with(site, record, day, NULL, arena, scratch, out);
}

/* ---- facts from elsewhere ---- */

struct decided_change decided_no_change(const struct policy_kind *kind, struct arena *arena) {
    return (struct decided_change){.given = arena_array(arena, struct given, kind->fact_count),
                                   .replaced = arena_array(arena, bool, kind->fact_count)};
}

static size_t fact_index(const struct policy_kind *kind, struct str id, struct diags *diags,
                         struct place at) {
    struct arena scratch = {0};
    struct str *ids = arena_array(&scratch, struct str, kind->fact_count);
    size_t found = kind->fact_count;
    for (size_t i = 0; i < kind->fact_count; i++) {
        ids[i] = kind->facts[i]->id;
        found = str_eq(kind->facts[i]->id, id) ? i : found;
    }
    if (found == kind->fact_count)
        diag(diags, DIAG_FACT_UNKNOWN, at, id, str_nearest(id, ids, kind->fact_count));
    else if (kind->facts[found]->derived)
        diag(diags, DIAG_FACT_DERIVED, at, id);
    arena_release(&scratch);
    return found;
}

void decided_give(const struct site *site, const struct policy_kind *kind, const struct field *fact,
                  const struct source *source, date day, struct arena *arena, struct decided_change *change,
                  struct diags *diags) {
    size_t errors = diags->errors;
    size_t i =
        fact_index(kind, fact->key, diags, (struct place){source, source ? fact->key_offset : DIAG_NOWHERE});
    struct schema_check check = {arena, &site->vocabulary, diags};
    struct value *own = arena_new(arena, struct value);
    *own = fact->value;
    if (diags->errors > errors)
        return;
    fact_check_given(&check, kind->facts[i], own);
    if (diags->errors > errors)
        return;
    facts_read_value(site->facts, kind->facts[i], own, day, arena, &change->given[i]);
    change->replaced[i] = true;
}

struct decided_other *decided_other(struct decided_change *change, const struct school *school,
                                    const struct policy_kind *kind, struct arena *arena) {
    for (size_t i = 0; i < change->other_count; i++)
        if (change->others[i].school == school && change->others[i].kind == kind)
            return &change->others[i];
    change->others =
        arena_grow(arena, change->others, change->other_count * sizeof(struct decided_other),
                   (change->other_count + 1) * sizeof(struct decided_other), alignof(struct decided_other));
    struct decided_other *other = &change->others[change->other_count++];
    struct decided_change none = decided_no_change(kind, arena);
    *other = (struct decided_other){school, kind, none.given, none.replaced};
    return other;
}

/* The fact that a key names by its id or its label. */
static const struct fact *fact_named(const struct policy_kind *kind, struct arena *arena, struct str key) {
    const struct thing *named = kind ? thing_find(kind, arena, key) : NULL;
    return named && named->fact && !named->next ? named->fact : NULL;
}

/* "dogwood.la_at_risk": false where a fact of the record itself has that name, or no school the first half. */
static bool names_other(const struct site *site, const struct policy_kind **kind, struct arena *arena,
                        struct str *key, const struct school **school) {
    size_t dot = str_find(*key, '.', 0);
    struct str fact = str_sub(*key, dot + 1, key->len);
    *school = dot < key->len ? map_get(&site->school_by_slug, str_sub(*key, 0, dot)) : NULL;
    if (!*school || fact_named(*kind, arena, *key))
        return false;
    const struct policy_kind *member = policy_kind(&site->policy, STR("member"));
    *kind = fact_named(member, arena, fact) ? member : policy_kind(&site->policy, STR("school"));
    *key = fact;
    return *kind;
}

void decided_replace(const struct site *site, const struct policy_kind *kind, struct str setting,
                     struct arena *arena, struct decided_change *change, struct diags *diags) {
    struct str id, part, rest = setting;
    struct value_list items = {.arena = arena};
    const struct school *school;
    str_cut(&rest, '=', &id);
    id = str_trim(id);
    struct decided_change theirs;
    if (names_other(site, &kind, arena, &id, &school)) {
        struct decided_other *other = decided_other(change, school, kind, arena);
        theirs = (struct decided_change){.given = other->given, .replaced = other->replaced};
        change = &theirs;
    }
    const struct fact *named = fact_named(kind, arena, id);
    id = named ? named->id : id;
    while (str_cut(&rest, ',', &part))
        list_add(&items, value_text(str_trim(part)));
    struct field fact = {.key = id, .value = list_done(&items)};
    if (fact.value.count == 1)
        fact.value = fact.value.items[0];
    decided_give(site, kind, &fact, NULL, site->as_of, arena, change, diags);
}

void output_add(const struct output *o, values stands, struct arena *arena, struct quantity_sum *sum) {
    struct quantity *candidates = arena_array(arena, struct quantity, o->answer_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < o->answer_count; i++)
        if (stands & VALUE_BIT(i))
            candidates[n++] = o->answers[i].quantity;
    if (n && (stands & VALUES_NOT_APPLICABLE)) /* perhaps nothing at all */
        candidates[n++] = (struct quantity){.shape = QUANTITY_NONE};
    if (n)
        quantity_add_candidates(sum, candidates, n);
}

/* ---- every school ---- */

struct binder {
    struct site *site;
    struct arena *arenas; /* two for each worker: what is run, and what running makes */
    const struct policy_kind *kind;
    struct measure_tally *tallies; /* of each worker; NULL where there are no measures */
    size_t measure_count;
};

/* What its questions come to, as the audience may know it. */
static const unsigned char *answers_of(const struct subject *subject, struct arena *kept,
                                       struct arena *scratch) {
    const struct policy *policy = subject->policy;
    unsigned char *answers = arena_array(kept, unsigned char, policy->question_count);
    for (size_t i = 0; i < policy->question_count; i++)
        if (str_eq(policy->questions[i]->record, subject->kind->id))
            answers[i] = (unsigned char)subject_answer(subject, policy->questions[i]->when, scratch);
    return answers;
}

/* What masks cannot hold and other schools are compared by: the trust of each. */
static const struct str *keep_texts(const struct subject *s, struct arena *kept) {
    const struct policy_kind *kind = s->kind;
    struct str *texts = arena_array(kept, struct str, kind->fact_count);
    for (size_t i = 0; i < kind->fact_count; i++)
        if (kind->facts[i]->type == FACT_TEXT && s->given[i].state == GIVEN_VALUE)
            texts[i] = s->given[i].text;
    return texts;
}

static const struct subject *keep_standing(const struct binder *b, const struct decided *d,
                                           struct arena *kept) {
    struct subject *stands = arena_new(kept, struct subject);
    *stands = (struct subject){.policy = d->subject.policy,
                               .kind = d->subject.kind,
                               .id = d->subject.id,
                               .label = d->subject.label,
                               .as_of = d->subject.as_of,
                               .audience = d->subject.audience,
                               .texts = keep_texts(&d->subject, kept)};
    stands->domain = arena_array(kept, values, b->kind->variable_count);
    memcpy(stands->domain, d->subject.domain, b->kind->variable_count * sizeof(values));
    return stands;
}

static void bind_school(void *context, size_t task, size_t worker) {
    struct binder *b = context;
    struct school *school = b->site->schools[task];
    struct arena *arena = &b->arenas[2 * worker], *scratch = &b->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena);
    struct policy_record record = record_of_school(school);
    struct decided d;
    school->stands = NULL;
    school->answers = NULL;
    if (decided_run(b->site, &record, b->site->as_of, arena, scratch, &d)) {
        struct arena *kept = &b->site->worker_arenas[worker];
        if (b->site->policy.decision_count)
            school->stands = keep_standing(b, &d, kept);
        if (b->site->policy.question_count)
            school->answers = answers_of(&d.subject, kept, scratch);
        if (b->tallies)
            measures_add(b->site, &d, scratch, &b->tallies[worker * b->measure_count]);
    }
    arena_rewind(arena, mark);
}

void decided_bind(struct site *site) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    struct binder b = {.site = site, .kind = kind};
    b.tallies = measures_new(site, &b.measure_count);
    if (kind && (site->policy.decision_count || site->policy.question_count || b.tallies)) {
        b.arenas = arena_array(site->arena, struct arena, 2 * site->workers);
        pool_run(site->workers, site->school_count, bind_school, &b);
        for (size_t i = 0; i < 2 * site->workers; i++)
            arena_release(&b.arenas[i]);
    }
    measures_bind(site, b.tallies);
}
