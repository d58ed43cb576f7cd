/* SPDX-License-Identifier: MIT */
/* prove_report.c: findings as diagnostics, overlaps as lines. */
#include "policy/prove_priv.h"

/* ""R8" and "R9"": the rows' own names. */
static struct str row_names(struct arena *arena, const struct row *const *rows, size_t count) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        buf_add(&out, str_joint(i, count));
        buf_byte(&out, '"');
        buf_add(&out, rows[i]->label);
        buf_byte(&out, '"');
    }
    return buf_str(&out);
}

static struct str header_of(const struct row *row, size_t cell) {
    const struct markdown_table *table = row->table->markdown;
    size_t column = row->cells[cell].column;
    return table && column < table->columns ? table->header.cells[column].text : (struct str){0};
}

/* Which rows a gap nearly met: they fail in one column, and no column before it. */
static struct str nearest(struct arena *arena, const struct finding *f) {
    if (!f->near_count || f->near_count > 4)
        return (struct str){0};
    struct str header = header_of(f->near[0], f->cell);
    struct str names = row_names(arena, f->near, f->near_count);
    if (!header.len)
        return str_join(arena, STR("nearest to it: "), names);
    return str_join(arena, STR("nearest to it: "), names,
                    f->near_count == 1 ? STR(", which fails in \"") : STR(", which fail in \""), header,
                    STR("\""));
}

static struct str note_of(struct arena *arena, const struct finding *f) {
    struct str note = f->kind == FINDING_GAP ? nearest(arena, f) : (struct str){0};
    struct str unsure =
        STR("it may be impossible: an expression could not be worked out, and counts as either");
    if (!f->unsure)
        return note;
    return note.len ? str_join(arena, note, STR("; "), unsure) : unsure;
}

/* Where rows must agree, a row that loses to one that says something else is in conflict, and that is said. */
static struct diag *report_dead_row(const struct decision *d, const struct finding *f, struct diags *diags) {
    bool conflict =
        d->hit == HIT_UNIQUE || (d->hit == HIT_ANY && f->other && !rows_agree(d, f->row, f->other));
    if (f->other && conflict)
        return NULL;
    if (!f->witness.len)
        return diag(diags, DIAG_POLICY_DEAD_ROW_NEVER, f->row->at, f->row->label);
    return diag(diags, DIAG_POLICY_DEAD_ROW, f->row->at, f->row->label, f->witness,
                f->other ? f->other->label : STR(""));
}

static struct diag *report_dead_item(const struct finding *f, struct diags *diags) {
    const struct row_cell *cell = &f->row->cells[f->cell];
    struct place at = cell->at.source ? cell->at : f->row->at;
    struct str hint = STR(
        "it is never so where the row's other cells hold: look at `never`, and at what earlier tables give");
    if (f->why == ITEM_IMPLIED || f->why == ITEM_REPEATED)
        return NULL;
    if (f->why == ITEM_OUTRANKED)
        hint = f->other ? str_join(diags->arena, STR("wherever it makes the row hold (say: "), f->witness,
                                   STR("), the row \""), f->other->label, STR("\" or another goes before it"))
                        : (struct str){0};
    return diag(diags, DIAG_POLICY_DEAD_ITEM, at, f->item, f->row->label, hint);
}

static struct diag *report_finding(const struct proof *proof, const struct finding *f, struct diags *diags) {
    const struct decision *d = proof->decision;
    switch (f->kind) {
    case FINDING_GAP: return diag(diags, DIAG_POLICY_GAP, d->at, f->witness);
    case FINDING_DEAD_ROW: return report_dead_row(d, f, diags);
    case FINDING_CONFLICT:
        return diag(diags, DIAG_POLICY_CONFLICT, f->row->at, f->other->label, f->row->label, f->witness);
    case FINDING_DEAD_ITEM: return report_dead_item(f, diags);
    case FINDING_NEVER: return diag(diags, DIAG_POLICY_NEVER, f->never->at, f->never->because);
    case FINDING_NOBODY:
        return diag(diags, DIAG_POLICY_NOBODY, value_place(f->question->source), f->question->record);
    case FINDING_UNPROVED:
        return diag(diags, DIAG_POLICY_UNPROVED, d->at, str_whole(diags->arena, SEARCH_RUNS_MAX));
    }
    return NULL;
}

void proof_report(const struct proof *proof, struct diags *diags) {
    for (size_t i = 0; i < proof->count; i++) {
        struct diag *said = report_finding(proof, &proof->findings[i], diags);
        if (said)
            said->note = note_of(diags->arena, &proof->findings[i]);
    }
}

void proofs_report(const struct proofs *proofs, struct diags *diags) {
    for (size_t i = 0; i < proofs->count; i++)
        proof_report(&proofs->items[i], diags);
}

void overlap_print(struct buf *out, const struct overlap *o) {
    buf_add(out, row_names(out->arena, (const struct row *[]){o->first, o->second}, 2));
    buf_add(out, STR(" both hold"));
    if (o->same)
        buf_lit(out, " and agree: ");
    else
        buf_printf(out, ", and \"" STR_FMT "\" wins: ", STR_ARG(o->first->label));
    buf_add(out, o->witness);
}

void repetition_print(struct buf *out, const struct finding *f) {
    if (f->kind != FINDING_DEAD_ITEM || (f->why != ITEM_IMPLIED && f->why != ITEM_REPEATED))
        return;
    buf_printf(out, "  \"" STR_FMT "\" in \"" STR_FMT "\" repeats what another %s says\n", STR_ARG(f->item),
               STR_ARG(f->row->label), f->why == ITEM_IMPLIED ? "word of its cell" : "row");
}
