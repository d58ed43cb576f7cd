/* SPDX-License-Identifier: MIT */
/* totals.c: what schools are due together, and how many of them. */
#include "portal/totals.h"

#include "policy/state.h"
#include "policy/thing.h"
#include "policy/words.h"
#include "portal/caseload.h"

/* ---- what framework.yaml names ---- */

static const struct value *named(const struct site *site) {
    const struct value *by = value_at(&site->vocabulary.root, "totals.by");
    return by && by->kind == VALUE_LIST ? by : NULL;
}

void totals_check(const struct site *site, struct diags *diags) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    const struct value *by = named(site);
    for (uint32_t i = 0; by && i < by->count; i++) {
        struct str name = value_words(&by->items[i]);
        const struct thing *thing;
        bool found = named_variable(site, name, diags->arena, &thing) != NULL;
        if (!thing)
            diag(diags, DIAG_TOTALS_NAME, value_place(&by->items[i]), name,
                 kind ? thing_nearest(kind, diags->arena, name) : STR(""));
        else if (!found)
            diag(diags, DIAG_TOTALS_BY, value_place(&by->items[i]), name);
    }
}

/* ---- one grouping ---- */

/* A grouping while schools are put into it. */
struct grouping {
    struct totals_by *by;
    enum { BY_VARIABLE, BY_PHASE, BY_CLUSTER, BY_OFFICER } kind;
    bool main;           /* its own answers alone: what else stands is beside all */
    struct total *slots; /* each value, or phase, or page; then none of them */
    size_t count;
};

#define SLOT_NONE VOCABULARY_VALUES_MAX
#define SLOT_NOT_APPLICABLE (SLOT_NONE + 1)
#define SLOT_ABSENT (SLOT_NONE + 2)
#define SLOTS_OF_VARIABLE (SLOT_NONE + 3)

static void group_by_variable(struct grouping *g, const struct variable *v, struct arena *arena) {
    g->count = SLOTS_OF_VARIABLE;
    g->slots = arena_array(arena, struct total, g->count);
    for (size_t i = 0; i < SLOT_NONE; i++)
        g->slots[i].answer = VALUE_BIT(i);
    g->slots[SLOT_NONE].label = v->output ? STR("Not determined") : STR("Not known");
    g->slots[SLOT_NOT_APPLICABLE].label = STR("Not applicable");
    g->slots[SLOT_ABSENT].label = STR("None");
    g->by->variable = v;
    g->by->label = v->label;
    if (v->output) /* "scc", not "scc.scc" */
        g->by->label = output_title(v->output);
}

static void group_by_phase(struct grouping *g, struct arena *arena) {
    while (phase_choices[g->count].id)
        g->count++;
    g->slots = arena_array(arena, struct total, g->count + 1);
    for (size_t i = 0; i < g->count; i++)
        g->slots[i].label = str_from(phase_choices[i].label);
    g->slots[g->count++].label = STR("No phase recorded");
}

static void group_by_pages(struct grouping *g, const struct pages *pages, struct str none,
                           struct arena *arena) {
    g->slots = arena_array(arena, struct total, pages->count + 1);
    for (; g->count < pages->count; g->count++) {
        g->slots[g->count].label = pages->items[g->count]->title;
        g->slots[g->count].page = pages->items[g->count];
    }
    g->slots[g->count++].label = none;
}

static struct total *slot_of(const struct grouping *g, const struct school *school, struct state *state) {
    const struct page *page = g->kind == BY_CLUSTER ? school->cluster : school->link_officer;
    if (g->kind == BY_PHASE)
        return &g->slots[school->phase ? (size_t)(school->phase - phase_choices) : g->count - 1];
    if (g->kind != BY_VARIABLE)
        return &g->slots[page ? page->index : g->count - 1];
    values mask = state_mask(state, g->by->variable);
    if (values_is_answer(mask))
        return &g->slots[__builtin_ctzll(mask)];
    if (g->main)
        return NULL;
    return &g->slots[mask == VALUES_NOT_APPLICABLE ? SLOT_NOT_APPLICABLE
                     : mask == VALUES_ABSENT       ? SLOT_ABSENT
                                                   : SLOT_NONE];
}

static bool has_schools(const struct total *t) {
    return t->schools || t->suggested || t->open || t->not_applicable;
}

static void take_rows(const struct grouping *g) {
    for (size_t i = 0; i < g->count; i++)
        if (has_schools(&g->slots[i]))
            g->slots[g->by->count++] = g->slots[i];
    g->by->rows = g->slots;
}

/* ---- adding up ---- */

static void add_quantities(const struct totals *t, struct total *to, struct state *state,
                           struct arena *arena) {
    if (!to->quantities)
        to->quantities = arena_array(arena, struct quantity_total, t->quantity_count);
    for (size_t i = 0; i < t->quantity_count; i++) {
        values mask = state_mask(state, t->quantities[i]->variable);
        struct arena_mark mark = arena_mark(state->arena);
        output_add(t->quantities[i], mask, state->arena, &to->quantities[i].sum);
        to->quantities[i].undetermined += !(mask & ~VALUES_IMPROPER) && !(mask & VALUES_NOT_APPLICABLE);
        arena_rewind(state->arena, mark);
    }
}

static void count_yes(const struct totals *t, struct total *to, struct state *state, struct arena *arena) {
    if (!to->yes)
        to->yes = arena_array(arena, struct yes_total, t->yes_count);
    for (size_t i = 0; i < t->yes_count; i++) {
        const struct output *o = t->yes[i];
        values mask = state_mask(state, o->variable) & ~VALUES_NOT_APPLICABLE;
        struct yes_total *y = &to->yes[i];
        if (values_is_answer(mask))
            *(str_eq(o->answers[__builtin_ctzll(mask)].id, STR("yes")) ? &y->yes : &y->no) += 1;
        else
            y->open += mask != 0;
    }
}

/* One school into one total. What is suggested and not agreed is counted beside it. */
static void add_school(const struct totals *t, const struct caseload *c, const struct school_case *of,
                       struct total *to, struct state *state, struct arena *arena) {
    count_yes(t, to, state, arena);
    if (!c->main || values_is_answer(of->stands)) {
        to->schools++;
        add_quantities(t, to, state, arena);
    } else if (of->stands == VALUES_NOT_APPLICABLE) {
        to->not_applicable++;
    } else {
        *(of->suggestion ? &to->suggested : &to->open) += 1;
    }
}

/* ---- all of them ---- */

static void find_totalled(struct totals *t, const struct caseload *c, struct arena *arena) {
    size_t outputs = 0;
    for (size_t i = 0; i < c->decision_count; i++)
        outputs += c->decisions[i]->output_count;
    t->quantities = arena_array(arena, const struct output *, outputs);
    t->yes = arena_array(arena, const struct output *, outputs);
    for (size_t i = 0; i < c->decision_count; i++)
        for (size_t j = 0; j < c->decisions[i]->output_count && c->decisions[i]->hit < HIT_COLLECT; j++) {
            const struct output *o = &c->decisions[i]->outputs[j];
            if (o->type == OUTPUT_QUANTITY)
                t->quantities[t->quantity_count++] = o;
            else if (o->type == OUTPUT_YES_NO)
                t->yes[t->yes_count++] = o;
        }
}

static struct grouping *add_grouping(struct totals *t, struct grouping *groupings, struct str id,
                                     const char *label) {
    struct grouping *g = &groupings[t->by_count];
    g->by = &t->by[t->by_count++];
    g->by->id = id;
    g->by->label = str_from(label);
    return g;
}

/* What is named and there already is not made twice. */
static bool is_there(const struct totals *t, const struct variable *v) {
    for (size_t i = 0; i < t->by_count; i++)
        if (t->by[i].variable == v || (v->fact && str_eq(t->by[i].id, v->id)))
            return true;
    return false;
}

static struct grouping *groupings_of(const struct site *site, const struct caseload *c, struct arena *arena,
                                     struct totals *t) {
    const struct value *by = named(site);
    struct grouping *all = arena_array(arena, struct grouping, 4 + (by ? by->count : 0));
    t->by = arena_array(arena, struct totals_by, 4 + (by ? by->count : 0));
    if (c->main) {
        struct grouping *g = add_grouping(t, all, c->main->decision->id, "");
        g->main = true;
        group_by_variable(g, c->main->variable, arena);
    }
    struct grouping *phase = add_grouping(t, all, STR("phase"), "Phase");
    phase->kind = BY_PHASE;
    group_by_phase(phase, arena);
    if (site->pages[CONTENT_CLUSTER].count) {
        struct grouping *g = add_grouping(t, all, STR("cluster"), "Cluster");
        g->kind = BY_CLUSTER;
        group_by_pages(g, &site->pages[CONTENT_CLUSTER], STR("In no cluster"), arena);
    }
    struct grouping *officer = add_grouping(t, all, STR("officer"), str_z(arena, site_officer(site)));
    officer->kind = BY_OFFICER;
    group_by_pages(officer, &site->pages[CONTENT_PERSON],
                   str_join(arena, STR("No "), str_uncapital(arena, site_officer(site))), arena);
    for (uint32_t i = 0; by && i < by->count; i++) {
        const struct thing *thing;
        const struct variable *v = named_variable(site, value_words(&by->items[i]), arena, &thing);
        if (v && !is_there(t, v))
            group_by_variable(add_grouping(t, all, v->id, ""), v, arena);
    }
    return all;
}

void totals_make(const struct site *site, const struct caseload *c, struct arena *arena, struct totals *out) {
    struct arena scratch = {0};
    *out = (struct totals){0};
    find_totalled(out, c, arena);
    struct grouping *groupings = groupings_of(site, c, arena, out);
    for (size_t i = 0; i < c->count; i++) {
        const struct school_case *of = &c->cases[i];
        struct arena_mark mark = arena_mark(&scratch);
        struct state state;
        if (!of->school->stands)
            continue;
        state_init(&state, of->school->stands, &scratch);
        add_school(out, c, of, &out->all, &state, arena);
        for (size_t j = 0; j < out->by_count; j++) {
            struct total *to = slot_of(&groupings[j], of->school, &state);
            if (to)
                add_school(out, c, of, to, &state, arena);
        }
        arena_rewind(&scratch, mark);
    }
    for (size_t j = 0; j < out->by_count; j++)
        take_rows(&groupings[j]);
    arena_release(&scratch);
}
