/* SPDX-License-Identifier: MIT */
/* review_totals_sums.c: totals of visits, days and meetings before and after, by level and phase. */
#include "edge/review_totals_inside.h"
#include "policy/words.h"
#include "portal/caseload.h"
#include "portal/totals.h"

struct str review_difference(struct arena *arena, size_t before, size_t after) {
    if (before == after)
        return (struct str){0};
    struct str more = str_grouped(arena, (long long)(after > before ? after - before : before - after));
    return str_join(arena, after > before ? STR("+") : STR("−"), more);
}

/* ---- both sides ---- */

struct side {
    const struct site *site;
    struct totals totals;
    const struct caseload *caseload;
};

static bool side_make(const struct site *site, struct arena *arena, struct side *out) {
    *out = (struct side){.site = site, .caseload = caseload_make(site, arena)};
    if (out->caseload)
        totals_make(site, out->caseload, arena, &out->totals);
    return out->caseload != NULL;
}

static struct str row_label(const struct totals_by *by, const struct total *t, struct arena *arena) {
    struct buf out = {.arena = arena};
    if (t->label.len || !by->variable)
        return t->label;
    if (by->variable->output)
        words_answers(&out, by->variable->output, t->answer);
    else
        words_values(&out, by->variable, t->answer);
    return buf_str(&out);
}

static const struct totals_by *by_in(const struct totals *t, struct str id) {
    for (size_t i = 0; i < t->by_count; i++)
        if (str_eq(t->by[i].id, id))
            return &t->by[i];
    return NULL;
}

static const struct total *row_in(const struct totals_by *by, struct str label, struct arena *arena) {
    for (size_t i = 0; by && i < by->count; i++)
        if (str_eq(row_label(by, &by->rows[i], arena), label))
            return &by->rows[i];
    return NULL;
}

/* ---- one total ---- */

/* What a table is of: an output by its number on both sides, or schools. */
struct what {
    const struct output *output; /* the head's; NULL: schools */
    size_t index[2];
    bool yes; /* of a yes or no */
};

/* Numbers of four digits and more, before any point, with their commas. */
static struct str with_commas(struct str s, struct arena *arena) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < s.len;) {
        size_t digits = 0;
        while (i + digits < s.len && s.at[i + digits] >= '0' && s.at[i + digits] <= '9')
            digits++;
        bool fraction = i && s.at[i - 1] == '.';
        for (size_t d = 0; d < digits; d++) {
            if (d && (digits - d) % 3 == 0 && !fraction)
                buf_byte(&out, ',');
            buf_byte(&out, s.at[i + d]);
        }
        if (!digits)
            buf_byte(&out, s.at[i]);
        i += digits ? digits : 1;
    }
    return buf_str(&out);
}

/* "12 to 15 plus 1 to be agreed plus 2 not determined". */
static struct str quantity_words(const struct quantity_total *q, struct arena *arena) {
    struct buf out = {.arena = arena};
    const struct quantity_sum *s = &q->sum;
    if (s->numbers || s->none || s->not_stated || s->to_be_agreed || s->to_be_confirmed)
        quantity_sum_print(&out, s);
    if (q->undetermined)
        buf_printf(&out, "%s%zu not determined", out.len ? " plus " : "", q->undetermined);
    return out.len ? with_commas(buf_str(&out), arena) : STR("none");
}

static void add_counted(struct buf *out, size_t count, const char *words) {
    if (!count)
        return;
    buf_add(out, out->len ? STR(", ") : STR(""));
    buf_add(out, str_grouped(out->arena, (long long)count));
    buf_printf(out, "%s", words);
}

static struct str schools_words(const struct total *t, struct arena *arena) {
    struct buf out = {.arena = arena};
    add_counted(&out, t->schools, "");
    add_counted(&out, t->suggested, " suggested and not agreed");
    add_counted(&out, t->open, " not determined");
    add_counted(&out, t->not_applicable, " not applicable");
    return out.len ? buf_str(&out) : STR("0");
}

static struct str total_words(const struct what *what, const struct total *t, size_t side,
                              struct arena *arena) {
    struct buf out = {.arena = arena};
    if (!t)
        return what->output ? STR("none") : STR("0");
    if (!what->output)
        return schools_words(t, arena);
    if (!what->yes)
        return t->quantities ? quantity_words(&t->quantities[what->index[side]], arena) : STR("none");
    if (t->yes) {
        const struct yes_total *y = &t->yes[what->index[side]];
        buf_add(&out, str_grouped(arena, (long long)y->yes));
        add_counted(&out, y->open, " not determined");
    }
    return out.len ? buf_str(&out) : STR("0");
}

static void signed_number(struct buf *out, struct decimal n) {
    buf_add(out, decimal_sign(n) < 0 ? STR("−") : STR("+"));
    decimal_print(out, decimal_abs(n));
}

static bool minus(struct decimal a, struct decimal b, struct decimal *out) {
    return decimal_subtract(a, b, out);
}

/* What is added at the least and at the most; nothing where the numbers stay and only words beside them change. */
static struct str quantity_difference(const struct total *before, const struct total *after,
                                      const struct what *what, struct arena *arena) {
    static const struct quantity_sum none;
    const struct quantity_sum *b =
        before && before->quantities ? &before->quantities[what->index[0]].sum : &none;
    const struct quantity_sum *a =
        after && after->quantities ? &after->quantities[what->index[1]].sum : &none;
    struct decimal low, high, zero = decimal_whole(0);
    struct buf out = {.arena = arena};
    if (b->open || a->open || !minus(a->numbers ? a->low : zero, b->numbers ? b->low : zero, &low) ||
        !minus(a->numbers ? a->high : zero, b->numbers ? b->high : zero, &high))
        return (struct str){0};
    if (decimal_cmp(low, high) > 0) {
        struct decimal swap = low;
        low = high;
        high = swap;
    }
    if (!decimal_sign(low) && !decimal_sign(high))
        return (struct str){0};
    signed_number(&out, low);
    if (decimal_cmp(low, high)) {
        buf_lit(&out, " to ");
        signed_number(&out, high);
    }
    return with_commas(buf_str(&out), arena);
}

static struct str difference_words(const struct what *what, const struct total *before,
                                   const struct total *after, struct arena *arena) {
    if (what->output && !what->yes)
        return quantity_difference(before, after, what, arena);
    size_t b = !before ? 0 : what->yes ? before->yes ? before->yes[what->index[0]].yes : 0 : before->schools;
    size_t a = !after ? 0 : what->yes ? after->yes ? after->yes[what->index[1]].yes : 0 : after->schools;
    return review_difference(arena, b, a);
}

static void tell_row(const struct what *what, struct str by, struct str by_label, struct str label,
                     const struct total *before, const struct total *after, struct arena *arena,
                     struct value_list *rows) {
    struct str was = total_words(what, before, 0, arena), is = total_words(what, after, 1, arena);
    struct value_map m = {.arena = arena};
    if (str_eq(was, is))
        return;
    map_text(&m, "by", by);
    map_text(&m, "by_label", by_label);
    map_text(&m, "label", label);
    map_text(&m, "before", was);
    map_text(&m, "after", is);
    map_text(&m, "difference", difference_words(what, before, after, arena));
    list_add(rows, map_done(&m));
}

/* What a change costs is asked by level and phase; how many schools there are of which, by level. A level is what is
 * decided: the main decision, and those that framework.yaml names. Clusters and officers are left out. */
static bool is_told(const struct what *what, const struct totals_by *by) {
    bool level = by->variable && by->variable->output;
    return level || (what->output && str_eq(by->id, STR("phase")));
}

/* Whether it comes to something else: a school that moves takes its visits to another level, and all stays as it was. */
static bool is_other(const struct side *sides, const struct what *what, struct arena *arena) {
    return !what->output || !str_eq(total_words(what, &sides[0].totals.all, 0, arena),
                                    total_words(what, &sides[1].totals.all, 1, arena));
}

static struct value tell_what(const struct side *sides, const struct what *what, struct arena *arena) {
    struct value_list rows = {.arena = arena};
    struct value_map m = {.arena = arena};
    const struct output *o = what->output;
    if (!is_other(sides, what, arena))
        return value_null();
    tell_row(what, (struct str){0}, (struct str){0}, STR("All schools"), &sides[0].totals.all,
             &sides[1].totals.all, arena, &rows);
    for (size_t i = 0; i < sides[1].totals.by_count; i++) {
        const struct totals_by *by = &sides[1].totals.by[i], *was = by_in(&sides[0].totals, by->id);
        if (!was || !is_told(what, by))
            continue;
        for (size_t j = 0; j < by->count; j++) {
            struct str label = row_label(by, &by->rows[j], arena);
            tell_row(what, by->id, by->label, label, row_in(was, label, arena), &by->rows[j], arena, &rows);
        }
        for (size_t j = 0; j < was->count; j++) {
            struct str label = row_label(was, &was->rows[j], arena);
            if (!row_in(by, label, arena))
                tell_row(what, by->id, by->label, label, &was->rows[j], NULL, arena, &rows);
        }
    }
    if (!rows.count)
        return value_null();
    map_text(&m, "id", o ? str_join(arena, o->decision->id, STR("."), o->id) : STR("schools"));
    map_text(&m, "label", !o ? STR("Schools") : o->type == OUTPUT_YES_NO ? output_title(o) : o->label);
    map_text(&m, "unit", o && o->type == OUTPUT_QUANTITY ? o->unit.text : (struct str){0});
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}

static bool find_output(const struct output *const *all, size_t count, const struct output *o, size_t *at) {
    for (*at = 0; *at < count; ++*at)
        if (str_eq(all[*at]->id, o->id) && str_eq(all[*at]->decision->id, o->decision->id))
            return true;
    return false;
}

struct value review_sums(struct review *review) {
    struct value_list list = {.arena = review->arena};
    struct side sides[2];
    struct what schools = {0};
    if (!side_make(review->base.site, review->arena, &sides[0]) ||
        !side_make(review->head.site, review->arena, &sides[1]))
        return list_done(&list);
    const struct totals *was = &sides[0].totals, *is = &sides[1].totals;
    struct value v = tell_what(sides, &schools, review->arena);
    if (v.kind == VALUE_MAP)
        list_add(&list, v);
    for (size_t i = 0; i < is->quantity_count + is->yes_count; i++) {
        bool yes = i >= is->quantity_count;
        struct what what = {.output = yes ? is->yes[i - is->quantity_count] : is->quantities[i], .yes = yes};
        what.index[1] = yes ? i - is->quantity_count : i;
        if (!find_output(yes ? was->yes : was->quantities, yes ? was->yes_count : was->quantity_count,
                         what.output, &what.index[0]))
            continue;
        v = tell_what(sides, &what, review->arena);
        if (v.kind == VALUE_MAP)
            list_add(&list, v);
    }
    review->found[REVIEW_TOTAL_CHANGE] += list.count;
    return list_done(&list);
}
