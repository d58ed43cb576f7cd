/* SPDX-License-Identifier: MIT */
/* coverage.c: what framework.yaml says of coverage, and counting by it. */
#include "portal/coverage.h"

#include "policy/state.h"
#include "policy/thing.h"

/* ---- what framework.yaml names ---- */

/* The fact or output that a text names, reporting what cannot be counted by. */
static const struct variable *read_variable(const struct site *site, const struct value *v,
                                            struct diags *diags) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    const struct thing *thing;
    if (!v)
        return NULL;
    struct str name = value_words(v);
    const struct variable *found = named_variable(site, name, diags->arena, &thing);
    if (!thing)
        diag(diags, DIAG_COVERAGE_NAME, value_place(v), name,
             kind ? thing_nearest(kind, diags->arena, name) : STR(""));
    else if (!found)
        diag(diags, DIAG_COVERAGE_BY, value_place(v), name);
    return found;
}

static const struct output *read_output(const struct site *site, const struct value *declared,
                                        const char *key, enum output_type type, struct diags *diags) {
    const struct value *v = value_at(declared, key);
    if (!v)
        diag(diags, DIAG_COVERAGE_MISSING, value_place(declared), str_from(key));
    const struct variable *found = read_variable(site, v, diags);
    if (found && (!found->output || found->output->type != type))
        diag(diags, DIAG_COVERAGE_OUTPUT, value_place(v), str_from(key), value_words(v),
             type == OUTPUT_YES_NO ? STR("yes or no") : STR("a value of a scale"));
    return found ? found->output : NULL;
}

static bool is_yes_no(const struct variable *v) {
    return v->output ? v->output->type == OUTPUT_YES_NO : v->fact->type == FACT_YES_NO;
}

static bool is_among(const struct variable *const *all, size_t count, const struct variable *v) {
    for (size_t i = 0; i < count; i++)
        if (all[i] == v)
            return true;
    return false;
}

static const struct variable **read_list(const struct site *site, const struct value *list, bool yes_no,
                                         size_t *count, struct diags *diags) {
    bool is_list = list && list->kind == VALUE_LIST;
    const struct variable **all =
        arena_array(site->arena, const struct variable *, is_list ? list->count : 0);
    for (uint32_t i = 0; is_list && i < list->count; i++) {
        const struct variable *v = read_variable(site, &list->items[i], diags);
        if (v && yes_no && !is_yes_no(v))
            diag(diags, DIAG_COVERAGE_SUBTOTAL, value_place(&list->items[i]), value_words(&list->items[i]));
        else if (v && is_among(all, *count, v)) /* two parts of the page would have one name */
            diag(diags, DIAG_COVERAGE_TWICE, value_place(&list->items[i]), value_words(&list->items[i]));
        else if (v)
            all[(*count)++] = v;
    }
    return all;
}

static void read_target(const struct value *declared, struct coverage_terms *terms, struct diags *diags) {
    const struct value *target = value_at(declared, "target"), *day = value_get(target, STR("day"));
    terms->day = DATE_NONE;
    terms->words = str_trim(value_words(value_get(target, STR("words"))));
    if (!day || !terms->words.len)
        diag(diags, DIAG_COVERAGE_MISSING, value_place(target ? target : declared),
             !target ? STR("target")
             : !day  ? STR("day")
                     : STR("words"));
    else if ((terms->day = date_parse_iso(value_words(day))) == DATE_NONE)
        diag(diags, DIAG_COVERAGE_DAY, value_place(day), value_words(day));
}

void coverage_load(struct site *site, struct diags *diags) {
    const struct value *declared = value_at(&site->vocabulary.root, "coverage");
    size_t errors = diags->errors;
    if (!declared || declared->kind != VALUE_MAP) /* said where the vocabulary is read */
        return;
    struct coverage_terms *terms = arena_new(site->arena, struct coverage_terms);
    terms->of = read_output(site, declared, "of", OUTPUT_SCALE, diags);
    terms->counted = read_output(site, declared, "counted", OUTPUT_YES_NO, diags);
    terms->kinds = read_variable(site, value_at(declared, "kinds"), diags);
    terms->by = read_list(site, value_at(declared, "by"), false, &terms->by_count, diags);
    terms->subtotals = read_list(site, value_at(declared, "subtotals"), true, &terms->subtotal_count, diags);
    read_target(declared, terms, diags);
    if (diags->errors == errors)
        site->coverage = terms;
}

bool coverage_shown(const struct site *site) {
    const struct coverage_terms *t = site->coverage;
    return t && decision_visible(t->of->decision, site->audience) && output_visible(t->of, site->audience) &&
           decision_visible(t->counted->decision, site->audience) &&
           output_visible(t->counted, site->audience);
}

bool coverage_measured(const struct site *site, const struct measure_table *table) {
    for (size_t i = 0; coverage_shown(site) && i < table->count; i++) {
        const struct condition *c = table->items[i].counts;
        if (c && c->op == CONDITION_TEST && c->variable == site->coverage->counted->variable)
            return true;
    }
    return false;
}

/* ---- the target ---- */

int coverage_days_left(const struct site *site) {
    return site->coverage->day - site->as_of;
}

bool coverage_terms_left(const struct site *site, size_t *terms) {
    const struct calendar *calendar = &site->policy.calendar;
    date end = site->coverage->day;
    *terms = 0;
    for (date day = calendar_begins(site->as_of); day <= end; day = calendar_ends(day) + 1) {
        const struct calendar_year *year = calendar_year_of(calendar, day);
        if (!year)
            return false;
        for (int t = 0; t < calendar->terms; t++) {
            struct days term = calendar_term(calendar, year, t);
            *terms += end > site->as_of && term.last > site->as_of && term.first <= end;
        }
    }
    return true;
}

/* ---- one school ---- */

static enum truth truth_of(const struct coverage_terms *terms, struct state *state) {
    const struct condition counts = {.op = CONDITION_TEST,
                                     .variable = terms->counted->variable,
                                     .mask = output_value(terms->counted, STR("yes"))};
    return state_truth(state, &counts);
}

enum truth coverage_of(const struct coverage_terms *terms, const struct subject *subject,
                       struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct state state;
    state_init(&state, subject, scratch);
    enum truth covered = truth_of(terms, &state);
    arena_rewind(scratch, mark);
    return covered;
}

/* The place of what a variable is among its values, and beyond them what is no value of it. */
#define SLOT_NONE VOCABULARY_VALUES_MAX
#define SLOT_NOT_APPLICABLE (SLOT_NONE + 1)
#define SLOT_ABSENT (SLOT_NONE + 2)
#define SLOTS (SLOT_NONE + 3)

static size_t slot_of(values mask) {
    return values_is_answer(mask)          ? (size_t)__builtin_ctzll(mask)
           : mask == VALUES_NOT_APPLICABLE ? SLOT_NOT_APPLICABLE
           : mask == VALUES_ABSENT         ? SLOT_ABSENT
                                           : SLOT_NONE;
}

static struct str slot_label(size_t slot) {
    return slot == SLOT_NOT_APPLICABLE ? STR("Not applicable")
           : slot == SLOT_ABSENT       ? STR("None")
                                       : STR("Not known");
}

/* ---- columns ---- */

/* By what is told apart in which columns: what counts, what does not, and one of what is not known. */
#define COLUMNS (2 * SLOTS + 1)
#define COLUMN_UNKNOWN (2 * SLOTS)

static const struct variable *divides(const struct coverage_terms *terms, enum truth covered) {
    return covered == TRUTH_YES && terms->kinds ? terms->kinds : terms->of->variable;
}

static size_t column_of(const struct coverage_terms *terms, enum truth covered, struct state *state) {
    if (covered == TRUTH_MAYBE)
        return COLUMN_UNKNOWN;
    size_t slot = slot_of(state_mask(state, divides(terms, covered)));
    return covered == TRUTH_YES ? slot : SLOTS + slot;
}

/* Whether a row gives that answer beside that word on counting: then a column with nobody in it says something. */
static bool rows_give(const struct coverage_terms *terms, values answer, const char *counted) {
    const struct decision *d = terms->of->decision;
    values word = output_value(terms->counted, str_from(counted));
    for (size_t i = 0; d == terms->counted->decision && i < d->row_count; i++)
        if (!d->rows[i]->marker && (d->rows[i]->answers[terms->of - d->outputs].set & answer) &&
            (d->rows[i]->answers[terms->counted - d->outputs].set & word))
            return true;
    return false;
}

/* Values beside a scale are for what has no kind. */
static bool is_expected(const struct coverage_terms *terms, enum truth covered, size_t slot) {
    const struct variable *v = divides(terms, covered);
    if (slot >= SLOT_NONE || !(v->all & VALUE_BIT(slot)))
        return false;
    const struct scale *scale = v->fact ? v->fact->scale : NULL;
    if (v != terms->of->variable)
        return !scale || slot < scale->count - scale->beside;
    return rows_give(terms, VALUE_BIT(slot), covered == TRUTH_YES ? "yes" : "no");
}

static struct str column_label(enum truth covered, size_t slot) {
    if (covered == TRUTH_MAYBE)
        return STR("Not known");
    if (slot != SLOT_NONE)
        return slot_label(slot);
    return covered == TRUTH_YES ? STR("Counted, kind not known") : STR("Not counted, reason not known");
}

/* Keeps the columns that have schools and those that might; `kept` says where each has gone. */
static void take_columns(struct coverage *c, const struct coverage_row *all, size_t kept[COLUMNS],
                         struct arena *arena) {
    c->columns = arena_array(arena, struct coverage_column, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        enum truth covered = i == COLUMN_UNKNOWN ? TRUTH_MAYBE : i < SLOTS ? TRUTH_YES : TRUTH_NO;
        size_t slot = i % SLOTS;
        kept[i] = COLUMNS;
        if (!all->cells[i].schools && (covered == TRUTH_MAYBE || !is_expected(c->terms, covered, slot)))
            continue;
        bool answer = covered != TRUTH_MAYBE && slot < SLOT_NONE;
        kept[i] = c->column_count;
        c->columns[c->column_count++] =
            (struct coverage_column){.covered = covered,
                                     .variable = answer ? divides(c->terms, covered) : NULL,
                                     .answer = answer ? VALUE_BIT(slot) : 0,
                                     .label = answer ? (struct str){0} : column_label(covered, slot)};
    }
}

static void narrow_row(struct coverage_row *row, const size_t kept[COLUMNS]) {
    for (size_t i = 0; i < COLUMNS; i++) /* they only move towards the front */
        if (kept[i] < COLUMNS)
            row->cells[kept[i]] = row->cells[i];
}

/* ---- counting ---- */

static void add_to(struct coverage_cell *cell, size_t pupils) {
    cell->schools++;
    cell->pupils += pupils;
}

static void add_school(struct coverage_row *row, enum truth covered, size_t column, size_t pupils,
                       struct arena *arena) {
    if (!row->cells)
        row->cells = arena_array(arena, struct coverage_cell, COLUMNS);
    add_to(&row->cells[column], pupils);
    add_to(&row->all, pupils);
    if (covered != TRUTH_NO)
        add_to(covered == TRUTH_YES ? &row->covered : &row->unknown, pupils);
    row->uncounted += !pupils;
}

static void count_school(const struct site *site, struct coverage *c, const struct school *s,
                         struct arena *scratch, struct arena *arena) {
    struct state state;
    state_init(&state, s->stands, scratch);
    enum truth covered = truth_of(c->terms, &state);
    size_t column = column_of(c->terms, covered, &state), pupils = school_pupils(s, site->as_of);
    add_school(&c->all, covered, column, pupils, arena);
    for (size_t i = 0; i < c->by_count; i++)
        add_school(&c->by[i].rows[slot_of(state_mask(&state, c->by[i].variable))], covered, column, pupils,
                   arena);
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        if (state_mask(&state, c->terms->subtotals[i]) == VALUES_YES)
            add_school(&c->subtotals[i], covered, column, pupils, arena);
}

static void name_rows(struct coverage *c, struct arena *arena) {
    c->by_count = c->terms->by_count;
    c->by = arena_array(arena, struct coverage_by, c->by_count);
    c->subtotals = arena_array(arena, struct coverage_row, c->terms->subtotal_count);
    c->all.label = STR("All schools");
    c->all.cells = arena_array(arena, struct coverage_cell, COLUMNS);
    for (size_t i = 0; i < c->by_count; i++) {
        struct coverage_by *by = &c->by[i];
        *by = (struct coverage_by){c->terms->by[i], arena_array(arena, struct coverage_row, SLOTS), 0};
        for (size_t j = 0; j < SLOTS; j++)
            by->rows[j] = j < SLOT_NONE
                              ? (struct coverage_row){.variable = by->variable, .answer = VALUE_BIT(j)}
                              : (struct coverage_row){.label = slot_label(j)};
    }
    for (size_t i = 0; i < c->terms->subtotal_count; i++) {
        c->subtotals[i].label = c->terms->subtotals[i]->label;
        c->subtotals[i].cells = arena_array(arena, struct coverage_cell, COLUMNS);
    }
}

static void take_rows(struct coverage *c, struct arena *arena) {
    size_t kept[COLUMNS];
    take_columns(c, &c->all, kept, arena);
    narrow_row(&c->all, kept);
    for (size_t i = 0; i < c->terms->subtotal_count; i++)
        narrow_row(&c->subtotals[i], kept);
    for (size_t i = 0; i < c->by_count; i++)
        for (size_t j = 0; j < SLOTS; j++) {
            if (!c->by[i].rows[j].all.schools)
                continue;
            narrow_row(&c->by[i].rows[j], kept);
            c->by[i].rows[c->by[i].count++] = c->by[i].rows[j];
        }
}

const struct coverage *coverage_make(const struct site *site, struct arena *arena) {
    struct arena scratch = {0};
    if (!coverage_shown(site))
        return NULL;
    struct coverage *c = arena_new(arena, struct coverage);
    c->terms = site->coverage;
    name_rows(c, arena);
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        struct arena_mark mark = arena_mark(&scratch);
        c->to_open += school_is_listed(s) && !school_is_open(s);
        if (school_is_open(s) && s->stands)
            count_school(site, c, s, &scratch, arena);
        arena_rewind(&scratch, mark);
    }
    take_rows(c, arena);
    arena_release(&scratch);
    if (site->audience == AUDIENCE_OFFICERS)
        coverage_explain(site, c, arena);
    return c;
}
