/* SPDX-License-Identifier: MIT */
/* caseload.c: one pass over every record that is decided or checked. */
#include "portal/caseload.h"

#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "policy/words.h"
#include "portal/explain.h"

/* ---- decisions, as they are read ---- */

size_t decisions_as_read(const struct site *site, struct str kind, struct arena *arena,
                         const struct decision ***out) {
    const struct policy *policy = &site->policy;
    const struct decision **list = arena_array(arena, const struct decision *, policy->decision_count);
    size_t n = 0;
    for (size_t p = 0; p < site->pages[CONTENT_POLICY].count; p++)
        for (size_t i = 0; i < policy->decision_count; i++) {
            const struct decision *d = policy->decisions[i];
            if (d->kind == TABLE_DECISION && str_eq(d->record, kind) &&
                d->tables[0]->source == site->pages[CONTENT_POLICY].items[p]->source &&
                decision_visible(d, site->audience))
                list[n++] = d;
        }
    *out = list;
    return n;
}

/* What framework.yaml names; else the first decision that weighs reasons, as a category does; else the first that places
 * schools on a scale. */
static const struct output *main_output(const struct site *site, const struct caseload *c) {
    if (site->category)
        return site->category;
    for (int any = 0; any < 2; any++)
        for (size_t i = 0; i < c->decision_count; i++) {
            const struct decision *d = c->decisions[i];
            if (!any && d->hit != HIT_GUIDE && d->hit != HIT_PRIORITY)
                continue;
            for (size_t j = 0; j < d->output_count; j++)
                if (d->outputs[j].type == OUTPUT_SCALE && d->hit != HIT_COLLECT)
                    return &d->outputs[j];
        }
    return NULL;
}

const struct output *caseload_main(const struct site *site, struct arena *arena) {
    struct caseload c = {0};
    c.decision_count = decisions_as_read(site, POLICY_SUBJECT, arena, &c.decisions);
    return main_output(site, &c);
}

struct str output_title(const struct output *o) {
    return o->decision->output_count == 1 ? o->decision->label : o->label;
}

/* ---- one record ---- */

/* What one record gives, in the order in which it was found. */
struct gathered {
    struct finding *items[FINDING_COUNT];
    size_t count[FINDING_COUNT];
};

struct gatherer {
    const struct site *site;
    struct caseload *caseload;
    const struct policy_record *records; /* schools first: caseload->cases */
    struct gathered *gathered;           /* one for each record */
    struct arena *arenas;                /* two for each worker: what is run, and what running makes */
};

/* One record being looked at by one worker. */
struct looking {
    const struct gatherer *gatherer;
    const struct decided *decided;
    struct gathered *gathered;
    struct arena *kept, *arena, *scratch;
};

static struct finding *add_finding(struct looking *l, enum finding_kind kind, size_t lines) {
    const struct policy_record *of = &l->decided->record;
    struct gathered *g = l->gathered;
    size_t n = g->count[kind]++;
    g->items[kind] = arena_grow(l->kept, g->items[kind], n * sizeof(struct finding),
                                (n + 1) * sizeof(struct finding), alignof(struct finding));
    struct finding *f = &g->items[kind][n];
    *f = (struct finding){.school = of->school, .page = of->page};
    if (!str_eq(of->kind, STR("school")))
        f->record = str_copy(l->kept, of->label);
    f->meeting = of->group ? of->record : NULL;
    f->group = of->group                                                    ? of->group
               : vocabulary_group(&l->gatherer->site->vocabulary, of->kind) ? of->record
                                                                            : NULL;
    f->lines = arena_array(l->kept, struct finding_line, lines);
    return f;
}

static void add_line(struct finding *f, const char *term, struct str text) {
    f->lines[f->count++] = (struct finding_line){.term = str_from(term), .text = text};
}

static struct str answers(struct looking *l, const struct output *o, values mask) {
    struct buf out = {.arena = l->kept};
    words_answers(&out, o, mask);
    return buf_str(&out);
}

static struct str title_of(struct looking *l, const struct output *o) {
    const struct decision *d = o->decision;
    return d->output_count == 1 ? d->label : str_join(l->kept, d->label, STR(": "), o->label);
}

/* ---- what was recorded ---- */

/* "Amber since 3 November 2025, J. Penhallow" */
static struct str recorded_words(struct looking *l, const struct output *o, const struct output_result *r) {
    struct buf out = {.arena = l->kept};
    struct str by = value_words(value_at(r->record->record, "by"));
    if (r->recorded)
        words_answers(&out, o, r->recorded);
    else
        buf_add(&out, r->record->text);
    if (r->record->from != DATE_NONE) {
        buf_lit(&out, " since ");
        buf_add(&out, date_long(l->arena, r->record->from));
    }
    if (by.len) {
        buf_lit(&out, ", ");
        buf_add(&out, by);
    }
    return buf_str(&out);
}

static void look_differs(struct looking *l, const struct output *o, const struct output_result *r) {
    if (!r->record || !r->recorded || !r->suggestion || r->recorded == r->suggestion || r->automatic)
        return; /* what changed by itself is a finding of its own */
    struct finding *f = add_finding(l, FINDING_DIFFERS, 3);
    struct str reason = value_words(value_at(r->record->record, "reason"));
    struct str note = value_words(value_at(r->record->record, "note"));
    f->decision = o->decision;
    f->title = title_of(l, o);
    add_line(f, "Policy suggests", answers(l, o, r->suggestion));
    add_line(f, "Recorded", recorded_words(l, o, r));
    add_line(f, "Reason", reason.len ? reason : note.len ? note : STR("None recorded"));
}

/* What waits for an earlier decision alone is nobody's to agree: it follows when that one is. */
static bool follows(const struct decision_result *r) {
    bool outputs = r->missing_count > 0;
    for (size_t i = 0; i < r->missing_count; i++)
        outputs = outputs && r->missing[i]->output;
    return outputs;
}

bool finding_is_suggested(const struct decision_result *r, size_t output) {
    const struct output_result *o = &r->outputs[output];
    return values_is_answer(o->suggestion) && !o->record && !values_is_answer(o->stands) && !follows(r);
}

static void look_suggested(struct looking *l, const struct output *o, const struct output_result *r) {
    struct finding *f = add_finding(l, FINDING_SUGGESTED, 2);
    f->decision = o->decision;
    f->title = title_of(l, o);
    add_line(f, "Suggested", answers(l, o, r->suggestion));
    if (r->candidates != r->suggestion)
        add_line(f, "Possible", answers(l, o, r->candidates));
}

/* The same words as on the school's own page. */
static struct value explained(struct looking *l, const struct decision *d) {
    return explain_record(l->decided, d->id, l->arena, l->scratch);
}

static struct str word(const struct value *map, const char *path) {
    const struct value *v = value_at(map, path);
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

static void look_automatic(struct looking *l, const struct output *o, const struct output_result *r) {
    if (!r->automatic)
        return;
    struct finding *f = add_finding(l, FINDING_AUTOMATIC, 2);
    struct value tree = explained(l, o->decision);
    const struct value *decisions = value_at(&tree, "decisions");
    const struct value *outputs = decisions->count ? value_at(&decisions->items[0], "outputs") : NULL;
    size_t at = (size_t)(o - o->decision->outputs);
    struct str since =
        outputs && at < outputs->count ? word(&outputs->items[at], "automatic.since_words") : (struct str){0};
    f->decision = o->decision;
    f->title = title_of(l, o);
    add_line(f, "Automatic",
             str_join(l->kept, answers(l, o, r->floor), since.len ? STR(" since ") : STR(""), since));
    add_line(f, "Recorded", r->record ? recorded_words(l, o, r) : STR("Nothing"));
}

/* ---- what is missing ---- */

static bool is_open(const struct decision_result *r) {
    bool open = false;
    for (size_t i = 0; r->decision->hit != HIT_COLLECT && i < r->decision->output_count; i++)
        open = open || r->outputs[i].status == DECISION_CANDIDATES ||
               r->outputs[i].status == DECISION_UNDETERMINED;
    for (size_t i = 0; i < r->entry_count; i++)
        open = open || !r->entries[i].certain;
    return open;
}

static int most_valuable_first(const void *a, const void *b) {
    const struct finding_line *x = a, *y = b;
    if (x->settles != y->settles)
        return x->settles > y->settles ? -1 : 1;
    return (x->variable->index > y->variable->index) - (x->variable->index < y->variable->index);
}

static struct finding_line *line_of(struct finding *f, const struct variable *v) {
    for (size_t i = 0; i < f->count; i++)
        if (f->lines[i].variable == v)
            return &f->lines[i];
    f->lines[f->count] = (struct finding_line){.term = v->label, .variable = v};
    return &f->lines[f->count++];
}

/* One finding a record: each missing fact with the decisions that ask for it. */
static void look_missing(struct looking *l) {
    const struct policy_kind *kind = l->decided->subject.kind;
    struct finding gap = {.lines = arena_array(l->arena, struct finding_line, kind->variable_count)};
    for (size_t i = 0; i < kind->decision_count; i++) {
        const struct decision_result *r = &l->decided->results[i];
        for (size_t j = 0; !r->hidden && j < r->missing_count && is_open(r); j++) {
            struct finding_line *line = line_of(&gap, r->missing[j]);
            line->text = line->settles++ ? str_join(l->kept, line->text, STR("; "), r->decision->label)
                                         : r->decision->label;
        }
    }
    if (!gap.count)
        return;
    struct finding *f = add_finding(l, FINDING_GAP, gap.count);
    qsort(gap.lines, gap.count, sizeof(*gap.lines), most_valuable_first);
    memcpy(f->lines, gap.lines, gap.count * sizeof(*gap.lines));
    f->count = gap.count;
}

/* ---- checks ---- */

/* Whether a row of a check is worth a line. */
static bool is_trouble(const struct check_row *row) {
    return row->applied && (row->state == CHECK_NOT_MET || row->state == CHECK_NOT_KNOWN);
}

static void add_check_row(struct looking *l, struct finding *f, const struct check_row *row,
                          const struct value *told) {
    struct finding_line *line = &f->lines[f->count++];
    struct str because = word(told, "because");
    line->term = row->row->label;
    line->text =
        str_join(l->kept, row->state == CHECK_NOT_MET ? STR("Not met") : STR("Not known"),
                 row->breach ? STR("") : STR(", advice"), because.len ? STR(": ") : STR(""), because);
    line->address = str_join(l->kept, row->row->table->page, STR("#"), row->row->address);
}

static void look_check(struct looking *l, const struct check_result *c) {
    size_t lines = 0;
    for (size_t i = 0; i < c->count; i++)
        lines += is_trouble(&c->rows[i]);
    if (!lines)
        return;
    struct finding *f = add_finding(l, FINDING_CHECK, lines);
    struct value tree = explained(l, c->check);
    const struct value *checks = value_at(&tree, "checks");
    const struct value *rows = checks->count ? value_at(&checks->items[0], "rows") : NULL;
    f->decision = c->check;
    f->title = c->check->label;
    f->state = c->verdict == CHECK_FAILS       ? STR("Fails")
               : c->verdict == CHECK_UNCERTAIN ? STR("Not known")
                                               : STR("Advice");
    for (size_t i = 0; i < c->count; i++)
        if (is_trouble(&c->rows[i]))
            add_check_row(l, f, &c->rows[i], rows && i < rows->count ? &rows->items[i] : NULL);
}

/* ---- every record ---- */

static void fill_case(struct looking *l, struct school_case *c) {
    c->overlays = overlays_of(l->decided, &l->gatherer->site->overlays, l->kept);
    c->letter = letter_kind_of(l->decided, &l->gatherer->site->letters_about);
    const struct output *o = l->gatherer->caseload->main;
    const struct decision_result *d =
        o ? decision_result_of(l->decided->subject.kind, l->decided->results, o->decision) : NULL;
    if (!d || d->hidden)
        return;
    const struct output_result *r = &d->outputs[o - o->decision->outputs];
    c->status = r->status;
    c->candidates = r->candidates;
    c->suggestion = r->suggestion;
    c->recorded = r->recorded;
    c->stands = r->stands;
    c->automatic = r->automatic;
    c->since = r->record ? r->record->from : DATE_NONE;
}

static void look_at(struct looking *l, bool school) {
    const struct decided *d = l->decided;
    const struct policy_kind *kind = d->subject.kind;
    if (school)
        look_missing(l);
    for (size_t i = 0; school && i < kind->decision_count; i++) {
        const struct decision_result *r = &d->results[i];
        for (size_t j = 0; !r->hidden && r->decision->hit < HIT_COLLECT && j < r->decision->output_count;
             j++) {
            const struct output *o = &r->decision->outputs[j];
            if (finding_is_suggested(r, j))
                look_suggested(l, o, &r->outputs[j]);
            look_differs(l, o, &r->outputs[j]);
            look_automatic(l, o, &r->outputs[j]);
        }
    }
    for (size_t i = 0; i < d->check_count; i++)
        look_check(l, &d->checks[i]);
}

static void gather(void *context, size_t task, size_t worker) {
    struct gatherer *g = context;
    struct arena *arena = &g->arenas[2 * worker], *scratch = &g->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena);
    struct decided decided;
    struct looking look = {g, &decided, &g->gathered[task], &g->site->worker_arenas[worker], arena, scratch};
    struct school_case *of = task < g->caseload->count ? &g->caseload->cases[task] : NULL;
    if (decided_run(g->site, &g->records[task], g->site->as_of, arena, scratch, &decided)) {
        if (of)
            fill_case(&look, of);
        look_at(&look, of != NULL);
    }
    for (int k = 0; of && k < FINDING_COUNT; k++)
        of->findings[k] = look.gathered->count[k];
    arena_rewind(arena, mark);
}

/* Open schools by name, then the records of every other kind that has checks. */
static const struct policy_record *records_to_look_at(const struct site *site, struct caseload *c,
                                                      struct arena *arena, size_t *count) {
    struct policy_records *others = arena_array(arena, struct policy_records, site->policy.kind_count);
    size_t n = c->count;
    for (size_t k = 0; k < site->policy.kind_count; k++) {
        const struct policy_kind *kind = site->policy.kinds[k];
        if (kind->check_count && !str_eq(kind->id, STR("school")))
            others[k] = records_of(site, kind->id, arena);
        n += others[k].count;
    }
    struct policy_record *records = arena_array(arena, struct policy_record, n);
    for (size_t i = 0; i < c->count; i++)
        records[i] = record_of_school(c->cases[i].school);
    *count = c->count;
    for (size_t k = 0; k < site->policy.kind_count; k++)
        for (size_t i = 0; i < others[k].count; i++)
            if (!others[k].items[i].school || school_is_listed(others[k].items[i].school))
                records[(*count)++] = others[k].items[i];
    return records;
}

static void join_findings(struct caseload *c, const struct gathered *gathered, size_t count,
                          struct arena *arena) {
    for (int k = 0; k < FINDING_COUNT; k++) {
        struct findings *all = &c->findings[k];
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
            n += gathered[i].count[k];
        all->items = arena_array(arena, struct finding, n);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < gathered[i].count[k]; j++)
                all->items[all->count++] = gathered[i].items[k][j];
    }
}

/* ---- what is missing most ---- */

static int most_missed_first(const void *a, const void *b) {
    const struct missing_fact *x = a, *y = b;
    if (x->decisions != y->decisions)
        return x->decisions > y->decisions ? -1 : 1;
    if (x->schools != y->schools)
        return x->schools > y->schools ? -1 : 1;
    return (x->variable->index > y->variable->index) - (x->variable->index < y->variable->index);
}

static void count_missing(struct caseload *c, const struct policy_kind *kind, struct arena *arena) {
    struct missing_fact *of = arena_array(arena, struct missing_fact, kind->variable_count);
    for (size_t i = 0; i < c->findings[FINDING_GAP].count; i++) {
        const struct finding *f = &c->findings[FINDING_GAP].items[i];
        for (size_t j = 0; j < f->count; j++) {
            struct missing_fact *m = &of[f->lines[j].variable->index];
            m->variable = f->lines[j].variable;
            m->schools++;
            m->decisions += f->lines[j].settles;
        }
    }
    for (size_t i = 0; i < kind->variable_count; i++)
        if (of[i].variable)
            of[c->missing_count++] = of[i];
    if (c->missing_count)
        qsort(of, c->missing_count, sizeof(*of), most_missed_first);
    c->missing = of;
}

static int by_place(const void *key, const void *item) {
    size_t index = ((const struct school *)key)->index,
           other = ((const struct school_case *)item)->school->index;
    return (index > other) - (index < other);
}

const struct school_case *caseload_case(const struct caseload *c, const struct school *school) {
    return bsearch(school, c->cases, c->count, sizeof(struct school_case), by_place);
}

const struct caseload *caseload_make(const struct site *site, struct arena *arena) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    if (site->audience != AUDIENCE_OFFICERS || !kind || (!kind->decision_count && !kind->check_count))
        return NULL;
    struct caseload *c = arena_new(arena, struct caseload);
    c->decision_count = decisions_as_read(site, kind->id, arena, &c->decisions);
    c->main = main_output(site, c);
    c->cases = arena_array(arena, struct school_case, site->school_count);
    for (size_t i = 0; i < site->school_count; i++)
        if (school_is_listed(site->schools[i]))
            c->cases[c->count++] = (struct school_case){.school = site->schools[i], .since = DATE_NONE};
    size_t count;
    struct gatherer g = {.site = site, .caseload = c};
    g.records = records_to_look_at(site, c, arena, &count);
    g.gathered = arena_array(arena, struct gathered, count);
    g.arenas = arena_array(arena, struct arena, 2 * site->workers);
    pool_run(site->workers, count, gather, &g);
    for (size_t i = 0; i < 2 * site->workers; i++)
        arena_release(&g.arenas[i]);
    join_findings(c, g.gathered, count, arena);
    count_missing(c, kind, arena);
    return c;
}
