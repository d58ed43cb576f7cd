/* SPDX-License-Identifier: MIT */
/* policy_fixture.h: a policy over a framework and pages that are texts, and its conditions in words. */
#ifndef SIGNPOST_TESTS_POLICY_FIXTURE_H
#define SIGNPOST_TESTS_POLICY_FIXTURE_H

#include "policy/condition.h"
#include "policy/table.h"
#include "text.h"
#include "text/yaml.h"

#define FIXTURE_PAGES 4

struct fixture {
    struct arena arena;
    struct diags diags;
    struct source framework;
    struct value root;
    struct vocabulary vocabulary;
    struct policy policy;
    struct source sources[FIXTURE_PAGES];
    struct markdown_tables tables[FIXTURE_PAGES];
    struct policy_page pages[FIXTURE_PAGES];
    size_t page_count;
};

/* Reads a framework and up to FIXTURE_PAGES pages; the page list ends with NULL. */
static void fixture_pages(struct fixture *f, const char *framework, const char *const *pages) {
    static const struct str paths[FIXTURE_PAGES] = {{"a.md", 4}, {"b.md", 4}, {"c.md", 4}, {"d.md", 4}};
    *f = (struct fixture){.framework = {STR("framework.yaml"), str_from(framework)}};
    f->diags.arena = &f->arena;
    assert_true(yaml_read(&f->arena, &f->framework, 0, f->framework.text.len, &f->diags, &f->root));
    vocabulary_read(&f->arena, &f->root, &f->vocabulary, &f->diags);
    policy_new(&f->arena, &f->vocabulary, &f->policy, &f->diags);
    for (; pages[f->page_count]; f->page_count++) {
        size_t i = f->page_count;
        f->sources[i] = (struct source){paths[i], str_from(pages[i])};
        f->tables[i] = markdown_tables(&f->arena, &f->sources[i], 0, &f->diags);
        f->pages[i] = (struct policy_page){&f->sources[i], &f->tables[i], paths[i]};
    }
    policy_read(&f->policy, f->pages, f->page_count, &f->diags);
    diags_sort(&f->diags);
}

static inline void fixture_read(struct fixture *f, const char *framework, const char *page) {
    fixture_pages(f, framework, (const char *const[]){page, NULL});
}

/* "slug@line:column", each with its file unless there is one page alone. */
static inline struct str fixture_said(struct fixture *f) {
    struct buf said = {.arena = &f->arena};
    for (size_t i = 0; i < f->diags.count; i++) {
        const struct diag *d = &f->diags.items[i];
        bool plain = f->page_count == 1 && d->at.source == &f->sources[0];
        buf_printf(&said, "%s%s@%.*s%s%u:%u", i ? " " : "", diag_catalogue[d->id].slug,
                   plain ? 0 : STR_ARG(d->at.source ? d->at.source->path : STR("")), plain ? "" : ":",
                   d->position.line, d->position.column);
    }
    return buf_str(&said);
}

static inline void fixture_clean(struct fixture *f) {
    if (f->diags.count)
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(fixture_said(f)), STR_ARG(f->diags.items[0].text));
}

/* What is wrong with a page, in order. */
static inline void fixture_says(const char *framework, const char *page, const char *expected) {
    struct fixture f;
    fixture_read(&f, framework, page);
    if (!str_eq(fixture_said(&f), str_from(expected)))
        fail_msg("%s\n\"" STR_FMT "\" is not \"%s\"", page, STR_ARG(fixture_said(&f)), expected);
    arena_release(&f.arena);
}

/* ---- conditions in words ---- */

static inline struct str value_name(const struct variable *v, size_t bit) {
    if (bit == 61)
        return STR("absent");
    if (bit == 62)
        return STR("nd");
    if (bit == 63)
        return STR("na");
    if (v->output)
        return v->output->answers[bit].id;
    if (v->fact && v->fact->scale)
        return v->fact->scale->values[bit].id;
    if (v->fact &&
        (v->fact->type == FACT_TEXT || v->fact->type == FACT_LIST || v->fact->type == FACT_SCHOOLS))
        return STR("some");
    return bit ? STR("yes") : STR("no");
}

static inline void add_mask(struct buf *out, const struct variable *v, values mask) {
    for (size_t i = 0; i < 64; i++)
        if (mask & VALUE_BIT(i)) {
            buf_byte(out, ' ');
            buf_add(out, value_name(v, i));
        }
}

static inline void add_interval(struct buf *out, const struct interval *i) {
    buf_add(out, i->low_open || i->from_infinity ? STR(" (") : STR(" ["));
    if (!i->from_infinity)
        decimal_print(out, i->low);
    buf_lit(out, "..");
    if (!i->to_infinity)
        decimal_print(out, i->high);
    buf_add(out, i->high_open || i->to_infinity ? STR(")") : STR("]"));
}

static inline void add_condition(struct buf *out, const struct condition *c) {
    static const char *const ops[] = {"true", "false", " & ", " | "};
    switch (c->op) {
    case CONDITION_TRUE:
    case CONDITION_FALSE: buf_add(out, str_from(ops[c->op])); break;
    case CONDITION_AND:
    case CONDITION_OR:
        buf_byte(out, '(');
        for (size_t i = 0; i < c->count; i++) {
            buf_add(out, i ? str_from(ops[c->op]) : STR(""));
            add_condition(out, c->kids[i]);
        }
        buf_byte(out, ')');
        break;
    case CONDITION_TEST:
        buf_add(out, c->variable->kind == VARIABLE_IN_LAST ? c->variable->label : c->variable->id);
        buf_add(out, c->outside ? STR(" outside") : STR(":"));
        for (size_t i = 0; i < c->interval_count; i++)
            add_interval(out, &c->intervals[i]);
        if (c->intervals) /* the pieces are tested on their own */
            add_mask(out, c->variable, c->mask >> 56 << 56);
        else
            add_mask(out, c->variable, c->mask);
        break;
    case CONDITION_FEEL: buf_printf(out, "feel(" STR_FMT ")", STR_ARG(c->text)); break;
    }
}

/* The condition of the cell at a column of a row, by its position in its table. */
static inline const struct row *row_at(const struct fixture *f, const char *decision, size_t index) {
    const struct decision *d = policy_decision(&f->policy, str_from(decision));
    assert_non_null(d);
    assert_true(index < d->row_count);
    return d->rows[index];
}

static inline struct str condition_words(struct fixture *f, const struct condition *c) {
    struct buf out = {.arena = &f->arena};
    add_condition(&out, c);
    return buf_str(&out);
}

/* All conditions of a row that are not blank, joined by "; ". */
static inline struct str row_conditions(struct fixture *f, const struct row *row) {
    struct buf out = {.arena = &f->arena};
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].condition->op == CONDITION_TRUE)
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        add_condition(&out, row->cells[i].condition);
    }
    return buf_str(&out);
}

/* All answers of a row, joined by "; ": "normally green, or yellow" is "green yellow (green)". */
static inline struct str row_answers(struct fixture *f, const struct row *row) {
    struct buf out = {.arena = &f->arena};
    const struct decision *d = row->table->decision;
    for (size_t i = 0; i < d->output_count; i++) {
        const struct cell_answer *a = &row->answers[i];
        buf_add(&out, i ? STR(";") : STR(""));
        add_mask(&out, d->outputs[i].variable, a->set);
        if (a->force == FORCE_FLOOR)
            buf_lit(&out, " floor");
        if (a->normally) {
            buf_lit(&out, " (");
            add_mask(&out, d->outputs[i].variable, a->preferred);
            buf_lit(&out, " )");
        }
    }
    return str_trim(buf_str(&out));
}

#endif
