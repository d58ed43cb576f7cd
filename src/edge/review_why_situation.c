/* SPDX-License-Identifier: MIT */
/* review_why_situation.c: which records no table, of either side or of a blend of both, can tell apart. */
#include "edge/review_why.h"

/* ---- what must be exact ---- */

static void take_reads(const struct policy_kind *kind, const struct variable *const *reads, size_t count,
                       bool *exact) {
    for (size_t i = 0; i < count; i++)
        if (reads[i]->kind == VARIABLE_FACT && str_eq(reads[i]->record, kind->id))
            exact[reads[i]->fact_index] = true;
}

static void take_condition(const struct policy_kind *kind, const struct condition *c, bool *exact) {
    if (!c)
        return;
    take_reads(kind, c->reads, c->read_count, exact);
    for (size_t i = 0; i < c->count; i++)
        take_condition(kind, c->kids[i], exact);
}

static void take_decision(const struct policy_kind *kind, const struct decision *d, bool *exact) {
    take_condition(kind, d->applies, exact);
    for (size_t i = 0; i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            take_condition(kind, d->rows[i]->cells[j].condition, exact);
}

/* Facts whose values are in no mask, or are read by an expression that no mask answers. */
static bool *exact_of(const struct policy_kind *kind, struct arena *arena) {
    bool *exact = arena_array(arena, bool, kind->fact_count);
    for (size_t i = 0; i < kind->fact_count; i++) {
        enum fact_type type = kind->facts[i]->type;
        exact[i] = type == FACT_TEXT || type == FACT_DATES || type == FACT_DURATION;
    }
    for (size_t i = 0; i < kind->variable_count; i++) {
        take_condition(kind, kind->variables[i]->when, exact);
        take_condition(kind, kind->variables[i]->applies, exact);
        take_reads(kind, kind->variables[i]->reads, kind->variables[i]->read_count, exact);
    }
    for (size_t i = 0; i < kind->never_count; i++)
        take_condition(kind, kind->nevers[i]->when, exact);
    for (size_t i = 0; i < kind->decision_count; i++)
        take_decision(kind, kind->decisions[i], exact);
    return exact;
}

/* Lists of records say more than can be written down here. */
static bool has_lists(const struct policy_kind *kind) {
    for (size_t i = 0; i < kind->fact_count; i++)
        if (kind->facts[i]->type == FACT_SCHOOLS || kind->facts[i]->type == FACT_LIST)
            return true;
    return false;
}

struct situations why_situations(const struct why *why, struct str kind, struct arena *arena) {
    struct situations s = {.usable = why->sides[0]->as_of == why->sides[1]->as_of};
    for (size_t side = 0; side < 2; side++) {
        const struct policy_kind *of = policy_kind(&why->sides[side]->policy, kind);
        s.usable = s.usable && of && !has_lists(of);
        if (s.usable)
            s.exact[side] = exact_of(of, arena);
    }
    return s;
}

/* ---- one record ---- */

static void add_exact(struct buf *out, const struct given *g) {
    buf_printf(out, "%u ", (unsigned)g->state);
    buf_add(out, g->text);
    for (size_t i = 0; i < g->count; i++) {
        buf_byte(out, '\t');
        buf_add(out, g->texts[i]);
    }
    buf_byte(out, '\n');
}

static void add_recorded(struct buf *out, const struct recorded *r) {
    for (size_t i = 0; i < r->count; i++) {
        buf_add(out, r->entries[i].text);
        buf_printf(out, " %d %d\t", r->entries[i].from, r->entries[i].to);
    }
    buf_byte(out, '\n');
}

struct str why_situation(const struct situations *s, const struct decided *base, const struct decided *head,
                         struct arena *arena) {
    const struct decided *sides[2] = {base, head};
    struct buf out = {.arena = arena};
    for (size_t side = 0; s->usable && side < 2; side++) {
        const struct policy_kind *kind = sides[side]->subject.kind;
        buf_add(&out, kind->id);
        buf_add(&out, (struct str){(const char *)sides[side]->subject.domain,
                                   kind->variable_count * sizeof(values)});
        for (size_t i = 0; i < kind->fact_count; i++)
            if (s->exact[side][i])
                add_exact(&out, &sides[side]->given[i]);
        for (size_t i = 0; i < kind->output_count; i++)
            add_recorded(&out, &sides[side]->recorded[i]);
    }
    return buf_str(&out);
}
