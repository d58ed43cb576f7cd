/* SPDX-License-Identifier: MIT */
/* review_tables_read.c: the tables of one side, as the audience may read them. */
#include "edge/review_tables_inside.h"
#include "policy/table.h"
#include "text/yaml.h"

static const char *const kinds[] = {[TABLE_DECISION] = "decision",
                                    [TABLE_CHECK] = "check",
                                    [TABLE_MATCH] = "match",
                                    [TABLE_MEASURES] = "measures"};

/* What proofs, tests and links find is no fault of the reading. */
static bool is_misread(const struct diag *d, const struct source *source) {
    static const enum diag_id found_later[] = {
        DIAG_POLICY_GAP,      DIAG_POLICY_DEAD_ROW, DIAG_POLICY_DEAD_ROW_NEVER,
        DIAG_POLICY_CONFLICT, DIAG_POLICY_UNPROVED, DIAG_POLICY_TEST};
    for (size_t i = 0; i < sizeof(found_later) / sizeof(found_later[0]); i++)
        if (d->id == found_later[i])
            return false;
    return d->at.source == source && diag_catalogue[d->id].level != DIAG_WARNING;
}

static bool is_readable(const struct review_side *side, const struct source *source) {
    for (size_t i = 0; !side->complete && i < side->diags->count; i++)
        if (is_misread(&side->diags->items[i], source))
            return false;
    return true;
}

bool told_wholly(const struct review_side *side) {
    const struct policy *policy = &side->site->policy;
    for (size_t i = 0; i < side->site->all.count; i++)
        if (side->site->all.items[i]->kind == CONTENT_POLICY &&
            !is_readable(side, side->site->all.items[i]->source))
            return false;
    return side->complete || policy->decision_count || policy->measure_count;
}

static void read_directive(const struct policy_table *t, struct arena *arena, struct value *out) {
    struct diags said = {.arena = arena}; /* when it was loaded */
    size_t from = t->markdown->directive_at.offset;
    if (!yaml_read(arena, t->source, from, from + t->markdown->directive.len, &said, out))
        *out = value_null();
}

static void add_decision(const struct policy_table *t, struct arena *arena, struct told_table *out) {
    const struct decision *d = t->decision;
    out->id = d->id;
    out->label = d->label;
    out->kind = str_from(kinds[d->kind]);
    out->record = d->record;
    out->decision = d;
    out->rows = arena_array(arena, struct told_row, t->row_count);
    for (size_t i = t->first_row; i < t->first_row + t->row_count; i++) {
        const struct row *row = d->rows[i];
        out->rows[out->count++] = (struct told_row){row->id,   row->label, row->address,
                                                    row->tier, i,          &t->markdown->rows[row->index]};
    }
}

static void add_measures(const struct policy_table *t, struct arena *arena, struct told_table *out) {
    const struct measure_table *m = t->measures;
    out->id = m->id;
    out->label = m->label;
    out->kind = str_from(kinds[TABLE_MEASURES]);
    out->record = POLICY_SUBJECT;
    out->rows = arena_array(arena, struct told_row, m->count);
    for (size_t i = 0; i < m->count; i++)
        out->rows[out->count++] =
            (struct told_row){m->items[i].id,      m->items[i].label,
                              m->items[i].address, 0,
                              m->items[i].index,   &t->markdown->rows[m->items[i].index]};
}

static void add_table(const struct review_side *side, const struct policy_table *t, struct arena *arena,
                      struct told_tables *out) {
    const struct page *page = map_get(&side->site->page_by_path, t->source->path);
    if (!page || !page->visible || !is_readable(side, t->source))
        return;
    struct told_table *told = &out->items[out->count++];
    *told = (struct told_table){.table = t, .page = page};
    read_directive(t, arena, &told->directive);
    if (t->decision)
        add_decision(t, arena, told);
    else
        add_measures(t, arena, told);
}

void told_read(const struct review_side *side, struct arena *arena, struct told_tables *out) {
    const struct policy *policy = &side->site->policy;
    size_t room = policy->measure_count;
    for (size_t i = 0; i < policy->decision_count; i++)
        room += policy->decisions[i]->table_count;
    *out = (struct told_tables){arena_array(arena, struct told_table, room), 0};
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->table_count; j++)
            add_table(side, policy->decisions[i]->tables[j], arena, out);
    for (size_t i = 0; i < policy->measure_count; i++)
        add_table(side, &policy->measures[i]->table, arena, out);
}

struct str told_cell(const struct told_row *row, size_t column) {
    return row->cells->cells[column].text;
}

struct str told_link(const struct told_table *t, const struct told_row *row, size_t column) {
    const struct table_column *c = t->decision ? &t->table->columns[column] : NULL;
    bool names = c && c->role == COLUMN_OUTPUT && t->decision->outputs[c->output].type == OUTPUT_OFFER;
    return names ? row->cells->cells[column].link : (struct str){0};
}
