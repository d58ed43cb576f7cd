/* SPDX-License-Identifier: MIT */
/* review_totals_coverage.c: coverage, measures, and who is in a group, before and after. */
#include "edge/review_match.h"
#include "edge/review_totals_inside.h"
#include "policy/words.h"
#include "portal/coverage.h"
#include "portal/measure.h"
#include "portal/school_group.h"
#include "publish/decor.h"

/* ---- coverage ---- */

static struct str row_label(const struct coverage_row *r, struct arena *arena) {
    struct buf out = {.arena = arena};
    if (!r->variable)
        return r->label;
    if (r->variable->output)
        words_answers(&out, r->variable->output, r->answer);
    else
        words_values(&out, r->variable, r->answer);
    return buf_str(&out);
}

/* "40 of 54", "38 to 40 of 54". */
static struct str covered_words(const struct coverage_row *r, struct arena *arena) {
    struct buf out = {.arena = arena};
    buf_add(&out, str_grouped(arena, (long long)r->covered.schools));
    if (r->unknown.schools) {
        buf_lit(&out, " to ");
        buf_add(&out, str_grouped(arena, (long long)(r->covered.schools + r->unknown.schools)));
    }
    buf_lit(&out, " of ");
    buf_add(&out, str_grouped(arena, (long long)r->all.schools));
    return buf_str(&out);
}

static void tell_row(const struct coverage_row *before, const struct coverage_row *after, struct str by,
                     struct arena *arena, struct value_list *rows) {
    struct str was = before ? covered_words(before, arena) : STR("none");
    struct str is = after ? covered_words(after, arena) : STR("none");
    struct value_map m = {.arena = arena};
    if (str_eq(was, is))
        return;
    map_text(&m, "by", by);
    map_text(&m, "label", row_label(after ? after : before, arena));
    map_text(&m, "before", was);
    map_text(&m, "after", is);
    map_text(
        &m, "difference",
        review_difference(arena, before ? before->covered.schools : 0, after ? after->covered.schools : 0));
    list_add(rows, map_done(&m));
}

static const struct coverage_row *row_in(const struct coverage_row *rows, size_t count, struct str label,
                                         struct arena *arena) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(row_label(&rows[i], arena), label))
            return &rows[i];
    return NULL;
}

static void tell_by(const struct coverage_row *before, size_t before_count, const struct coverage_row *after,
                    size_t after_count, struct str by, struct arena *arena, struct value_list *rows) {
    for (size_t i = 0; i < after_count; i++)
        tell_row(row_in(before, before_count, row_label(&after[i], arena), arena), &after[i], by, arena,
                 rows);
    for (size_t i = 0; i < before_count; i++)
        if (!row_in(after, after_count, row_label(&before[i], arena), arena))
            tell_row(&before[i], NULL, by, arena, rows);
}

static const char *const covered_states[] = {
    [TRUTH_NO] = "not covered", [TRUTH_YES] = "covered", [TRUTH_MAYBE] = "not known"};

static void tell_schools(struct review *review, const struct coverage *before, const struct coverage *after,
                         struct value_list *out) {
    struct arena scratch = {0};
    const struct site *base = review->base.site;
    struct same_schools same;
    same_schools_init(&same, review, review->scratch);
    for (size_t i = 0; i < base->school_count; i++) {
        const struct school *was = base->schools[i], *is = same_school(&same, was);
        if (!is || !was->stands || !is->stands || !school_is_open(was) || !school_is_open(is))
            continue;
        struct arena_mark mark = arena_mark(&scratch);
        enum truth from = coverage_of(before->terms, was->stands, &scratch);
        enum truth to = coverage_of(after->terms, is->stands, &scratch);
        arena_rewind(&scratch, mark);
        if (from == to)
            continue;
        struct value_map m = {.arena = review->arena};
        map_text(&m, "id", is->slug);
        map_text(&m, "name", is->name);
        map_text(&m, "before", str_from(covered_states[from]));
        map_text(&m, "after", str_from(covered_states[to]));
        list_add(out, map_done(&m));
    }
    arena_release(&scratch);
}

struct value review_coverage(struct review *review) {
    struct arena *arena = review->arena;
    struct value_list rows = {.arena = arena}, schools = {.arena = arena};
    struct value_map m = {.arena = arena};
    const struct coverage *before = coverage_make(review->base.site, arena);
    const struct coverage *after = coverage_make(review->head.site, arena);
    if (before && after) {
        tell_row(&before->all, &after->all, (struct str){0}, arena, &rows);
        tell_by(before->subtotals, before->terms->subtotal_count, after->subtotals,
                after->terms->subtotal_count, (struct str){0}, arena, &rows);
        for (size_t i = 0; i < after->by_count; i++)
            for (size_t j = 0; j < before->by_count; j++)
                if (str_eq(before->by[j].variable->id, after->by[i].variable->id))
                    tell_by(before->by[j].rows, before->by[j].count, after->by[i].rows, after->by[i].count,
                            after->by[i].variable->label, arena, &rows);
        tell_schools(review, before, after, &schools);
        map_text(&m, "words", after->terms->words);
    } else {
        map_set(&m, "words", value_null());
    }
    review->found[REVIEW_COVERAGE_CHANGE] += schools.count;
    map_set(&m, "rows", list_done(&rows));
    map_set(&m, "schools", list_done(&schools));
    return map_done(&m);
}

/* ---- measures ---- */

static const struct measure_result *measure_in(const struct measures *all, const struct measure_result *of) {
    for (size_t i = 0; all && i < all->count; i++)
        if (str_eq(all->items[i].measure->table->id, of->measure->table->id) &&
            str_eq(all->items[i].measure->id, of->measure->id))
            return &all->items[i];
    return NULL;
}

struct value review_measures(struct review *review) {
    struct value_list list = {.arena = review->arena};
    const struct measures *before = review->base.site->measures, *after = review->head.site->measures;
    for (size_t i = 0; after && i < after->count; i++) {
        const struct measure_result *is = &after->items[i], *was = measure_in(before, is);
        const struct measure *measure = is->measure;
        if (!was || !measure_computed(measure) || !measure_computed(was->measure) ||
            !(is->page && is->page->visible))
            continue;
        struct str from = decor_measure_words(was, review->arena);
        struct str to = decor_measure_words(is, review->arena);
        struct value_map m = {.arena = review->arena};
        if (str_eq(from, to))
            continue;
        map_text(&m, "id", measure->id);
        map_text(&m, "table", measure->table->id);
        map_text(&m, "label", measure->label);
        map_text(&m, "before", from);
        map_text(&m, "after", to);
        map_text(&m, "page", measure->at.source->path);
        map_whole(&m, "line", place_position(measure->at).line);
        list_add(&list, map_done(&m));
    }
    review->found[REVIEW_MEASURE_CHANGE] += list.count;
    return list_done(&list);
}

/* ---- groups ---- */

static const struct school_group *group_in(const struct school_groups *all, const struct school_group *of,
                                           size_t slug) {
    for (size_t i = 0; i < all->count; i++) {
        struct str id = all->items[i].record.id;
        size_t own = all->items[i].record.school->slug.len;
        if (str_eq(str_sub(id, own, id.len), str_sub(of->record.id, slug, of->record.id.len)))
            return &all->items[i];
    }
    return NULL;
}

static void tell_group(struct review *review, const struct school *school, const struct school_group *before,
                       const struct school_group *after, struct value_list *out) {
    const struct school_group *of = after ? after : before;
    bool was = before && before->stage == GROUP_IN_PLACE, is = after && after->stage == GROUP_IN_PLACE;
    struct value_map m = {.arena = review->arena};
    if (before && after && before->stage == after->stage)
        return;
    map_text(&m, "id", of->record.id);
    map_text(&m, "school", school->slug);
    map_text(&m, "name", school->name);
    map_text(&m, "kind", of->record.kind);
    map_text(&m, "label", of->record.label);
    map_text(&m, "happened", is && !was ? STR("enters") : was && !is ? STR("leaves") : STR("stage"));
    map_text(&m, "before", before ? group_stage_label(before->stage) : (struct str){0});
    map_text(&m, "after", after ? group_stage_label(after->stage) : (struct str){0});
    list_add(out, map_done(&m));
}

struct value review_groups(struct review *review) {
    struct value_list list = {.arena = review->arena};
    const struct site *base = review->base.site, *head = review->head.site;
    struct same_schools same;
    same_schools_init(&same, review, review->scratch);
    for (size_t i = 0; i < base->school_count; i++) {
        const struct school *was = base->schools[i], *is = same_school(&same, was);
        if (!is || (!value_at(&was->record, "groups") && !value_at(&is->record, "groups")))
            continue;
        struct school_groups before = groups_of_school(base, was, review->scratch);
        struct school_groups after = groups_of_school(head, is, review->scratch);
        for (size_t j = 0; j < after.count; j++)
            tell_group(review, is, group_in(&before, &after.items[j], is->slug.len), &after.items[j], &list);
        for (size_t j = 0; j < before.count; j++)
            if (!group_in(&after, &before.items[j], was->slug.len))
                tell_group(review, is, &before.items[j], NULL, &list);
    }
    return list_done(&list);
}
