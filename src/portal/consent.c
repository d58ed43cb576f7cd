/* SPDX-License-Identifier: MIT */
/* consent.c: governing bodies' decisions, and what the tables make of those that are still to come. */
#include "portal/consent.h"

#include "policy/words.h"
#include "portal/partnership.h"

struct consenting {
    const struct site *site;
    const struct page *page;
    const struct policy_kind *member;
    struct arena *arena, *scratch;
};

/* ---- what is recorded ---- */

static enum consent_answer answer_of(const struct choice *decided, bool under_way) {
    struct str id = decided ? str_from(decided->id) : (struct str){0};
    if (str_eq(id, STR("agreed")))
        return CONSENT_AGREED;
    if (str_eq(id, STR("declined")))
        return CONSENT_DECLINED;
    return decided || under_way ? CONSENT_OUTSTANDING : CONSENT_SILENT;
}

static void read_members(struct consenting *c, struct consent *out) {
    out->members = arena_array(c->arena, struct consent_member, c->page->members.count);
    for (size_t i = 0; i < c->page->members.count; i++) {
        const struct membership *m = c->page->members.items[i];
        if (m->part == PART_ASSOCIATE)
            continue;
        const struct choice *decided = membership_decision(m->record);
        struct consent_member *member = &out->members[out->count++];
        *member = (struct consent_member){.membership = m,
                                          .answer = answer_of(decided, out->under_way),
                                          .words = decided ? str_from(decided->label) : (struct str){0},
                                          .decided = value_date(value_at(m->record, "decided"))};
        out->outstanding += member->answer == CONSENT_OUTSTANDING;
        out->declined += member->answer == CONSENT_DECLINED;
    }
}

/* ---- what follows ---- */

/* The fact of members that is what their governing bodies decided: without one no table can tell. */
static const struct fact *body_fact(const struct policy_kind *member) {
    for (size_t i = 0; member && i < member->fact_count; i++)
        if (str_eq(member->facts[i]->from, STR("governing_body")))
            return member->facts[i];
    return NULL;
}

static void suppose(const struct consenting *c, struct decided_change *change,
                    const struct consent_member *member, const char *answer) {
    const struct fact *fact = body_fact(c->member);
    struct decided_other *other = decided_other(change, member->membership->school, c->member, c->scratch);
    struct value *value = arena_new(c->scratch, struct value);
    *value = value_text(str_from(answer));
    for (size_t i = 0; i < c->member->fact_count; i++)
        if (c->member->facts[i] == fact) {
            facts_read_value(c->site->facts, fact, value, c->site->as_of, c->scratch, &other->given[i]);
            other->replaced[i] = true;
        }
}

static void add_faults(const struct consenting *c, const struct check_result *check,
                       struct consent_run *out) {
    for (size_t i = 0; i < check->count; i++) {
        const struct check_row *row = &check->rows[i];
        out->concerned += row->state != CHECK_NOT_CONCERNED;
        if (!row->breach || (row->state != CHECK_NOT_MET && row->state != CHECK_NOT_KNOWN))
            continue;
        out->faults =
            arena_grow(c->arena, out->faults, out->fault_count * sizeof(struct consent_fault),
                       (out->fault_count + 1) * sizeof(struct consent_fault), alignof(struct consent_fault));
        out->faults[out->fault_count++] = (struct consent_fault){check->check, row->row, row->state, true};
    }
}

static struct str outcome_words(const struct consenting *c, const struct decided *d) {
    const struct decision *outcome = c->site->outcome;
    const struct decision_result *r =
        outcome ? decision_result_of(d->subject.kind, d->results, outcome) : NULL;
    struct buf words = {.arena = c->arena};
    if (!r || r->hidden || r->outputs[0].status == DECISION_NOT_APPLICABLE)
        return (struct str){0};
    words_answers(&words, &outcome->outputs[0], r->outputs[0].candidates);
    return buf_str(&words);
}

/* Runs the partnership with what is supposed of its members; of `declined` members fewer. */
static void run(const struct consenting *c, struct decided_change *change, size_t members,
                struct consent_run *out) {
    struct policy_record record = record_of_page(c->page);
    struct arena inner = {0};
    struct decided d;
    *out = (struct consent_run){.members = members};
    if (decided_run_with(c->site, &record, c->site->as_of, change, c->scratch, &inner, &d)) {
        for (size_t i = 0; i < d.check_count; i++)
            add_faults(c, &d.checks[i], out);
        out->outcome = outcome_words(c, &d);
        out->run = out->concerned || out->outcome.len;
    }
    arena_release(&inner);
}

/* What is as bad as things are already is nothing that a refusal brings. */
static void mark_stale(struct consent_run *run, const struct consent_run *now) {
    for (size_t i = 0; i < run->fault_count; i++)
        for (size_t j = 0; j < now->fault_count; j++)
            if (run->faults[i].row == now->faults[j].row && run->faults[i].state == now->faults[j].state)
                run->faults[i].fresh = false;
}

static void run_all(struct consenting *c, struct consent *out) {
    struct decided_change none = {0}, agreed = {0};
    struct consent_run then = {0};
    size_t standing = out->count - out->declined;
    run(c, &none, standing, &out->now);
    if (!out->outstanding || !body_fact(c->member))
        return;
    for (size_t i = 0; i < out->count; i++) {
        struct decided_change declined = {0};
        if (out->members[i].answer != CONSENT_OUTSTANDING)
            continue;
        suppose(c, &agreed, &out->members[i], "agreed");
        suppose(c, &declined, &out->members[i], "declined");
        run(c, &declined, standing - 1, &out->members[i].declines);
        mark_stale(&out->members[i].declines, &out->now);
    }
    run(c, &agreed, standing, &then);
    out->outcome = then.outcome;
}

void consent_of(const struct site *site, const struct page *partnership, struct arena *arena,
                struct arena *scratch, struct consent *out) {
    struct arena_mark mark = arena_mark(scratch);
    struct consenting c = {.site = site,
                           .page = partnership,
                           .member = policy_kind(&site->policy, STR("member")),
                           .arena = arena,
                           .scratch = scratch};
    *out = (struct consent){.under_way = partnership_stage(partnership) == PARTNERSHIP_UNDER_WAY,
                            .over = partnership_is_over(partnership)};
    read_members(&c, out);
    if (!out->over && (out->under_way || out->outstanding || out->declined))
        run_all(&c, out);
    bool told = out->outcome.len && out->now.outcome.len;
    out->awaited = out->outstanding && !out->over && (!told || !str_eq(out->outcome, out->now.outcome));
    arena_rewind(scratch, mark);
}

/* ---- words ---- */

/* "Size (Size: 3 to 10) is not met": a row by its name and what it asks. */
static void fault_words(struct buf *out, const struct consent_fault *fault) {
    buf_add(out, fault->row->label);
    for (size_t i = 0; i < fault->row->cell_count; i++)
        if (fault->row->cells[i].must && fault->row->cells[i].text.len)
            buf_printf(out, " (" STR_FMT ")", STR_ARG(fault->row->cells[i].text));
    buf_add(out, fault->state == CHECK_NOT_MET ? STR(" is not met") : STR(" is not known"));
}

/* Those that are new, what is not met before what is not known; gives how many. */
static size_t fresh_words(struct buf *out, const struct consent_run *run) {
    static const enum check_state order[] = {CHECK_NOT_MET, CHECK_NOT_KNOWN};
    size_t n = 0;
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < run->fault_count; i++) {
            if (!run->faults[i].fresh || run->faults[i].state != order[s])
                continue;
            buf_add(out, n++ ? STR("; ") : STR(": "));
            fault_words(out, &run->faults[i]);
        }
    return n;
}

struct str consent_rest_words(const struct consent_run *run, struct arena *arena) {
    struct buf out = {.arena = arena};
    bool one = run->members == 1;
    if (!run->run || !run->concerned)
        return (struct str){0};
    if (!run->fault_count) {
        buf_printf(&out, "the remaining %zu %s that is asked of them", run->members,
                   one ? "school meets everything" : "schools meet everything");
        return buf_str(&out);
    }
    buf_printf(&out, "%zu %s", run->members, one ? "school remains" : "schools remain");
    size_t fresh = fresh_words(&out, run);
    if (fresh < run->fault_count)
        buf_add(&out, fresh ? STR(", and what is open now") : STR(", with what is open now"));
    return buf_str(&out);
}

/* "Birch and Cedar": those who are outstanding. */
static void outstanding_names(struct buf *out, const struct consent *consent) {
    size_t at = 0;
    for (size_t i = 0; i < consent->count; i++) {
        if (consent->members[i].answer != CONSENT_OUTSTANDING)
            continue;
        buf_add(out, str_joint(at++, consent->outstanding));
        buf_add(out, consent->members[i].membership->school->short_name);
    }
}

/* A newcomer to a partnership that is formed holds nothing up. */
struct str consent_next_words(const struct consent *consent, struct arena *arena) {
    struct buf out = {.arena = arena};
    bool one = consent->outstanding == 1;
    if (!consent->awaited)
        return (struct str){0};
    if (consent->under_way) {
        buf_add(&out, consent->outcome.len ? consent->outcome : STR("Formed"));
        buf_lit(&out, ", once ");
    }
    outstanding_names(&out, consent);
    if (consent->under_way)
        buf_add(&out, one ? STR(" agrees") : STR(" agree"));
    else
        buf_add(&out, one ? STR(" has still to decide") : STR(" have still to decide"));
    return buf_str(&out);
}
