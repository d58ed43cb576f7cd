/* SPDX-License-Identifier: MIT */
/* release.c: what may be released, and what is. */
#include "portal/release.h"

#include "policy/withhold.h"
#include "portal/outsider.h"

bool release_told(const struct release *release, enum audience audience) {
    return audience_may_see(audience, release->audience);
}

bool release_any(const struct site *site) {
    for (size_t i = 0; site->releases && i < site->releases->count; i++)
        if (release_told(&site->releases->items[i], site->audience))
            return true;
    return false;
}

/* ---- reading ---- */

struct reader {
    const struct site *site;
    struct arena *arena;
    struct diags *diags;
};

static const struct {
    const char *as;
    enum release_form form;
} forms[] = {{"count", RELEASE_COUNT}, {"met or not met", RELEASE_MET}};

static struct str readers(enum audience audience) {
    return audience == AUDIENCE_PUBLIC ? STR("the public") : audience_name(audience);
}

/* Groups of schools that have pages of their own: what is told of a school is no coarser than the school. */
static const char *const groups[] = {"partnership", "cluster", "body"};

static struct place key_place(const struct value *map, const char *key) {
    const struct value *v = value_at(map, key);
    return v ? value_place(v) : value_place(map);
}

/* "category", or "chart.category" where a decision gives several. */
static bool read_of(const struct reader *r, const struct value *v, struct release *out) {
    struct str of = value_words(value_at(v, "of"));
    size_t dot = str_find(of, '.', 0);
    bool dotted = dot < of.len;
    struct str id = str_sub(of, 0, dot), output = str_sub(of, dot + dotted, of.len);
    const struct policy *policy = &r->site->policy;
    out->decision = policy_decision(policy, id);
    const struct decision *d = out->decision;
    if (!d) {
        const struct map *by_id = &policy->decision_by_id;
        struct str *ids = arena_array(r->arena, struct str, by_id->count);
        for (size_t i = 0; i < by_id->count; i++)
            ids[i] = by_id->items[i].key;
        diag(r->diags, DIAG_RELEASE_OF, key_place(v, "of"), of, str_nearest(id, ids, by_id->count));
        return false;
    }
    for (size_t i = 0; d->kind == TABLE_DECISION && i < d->output_count; i++)
        if (dotted ? str_eq(d->outputs[i].id, output) : d->output_count == 1)
            out->output = &d->outputs[i];
    if (d->kind == TABLE_DECISION ? out->output != NULL : !dotted)
        return true;
    struct str better = d->id; /* of a check, which gives nothing else */
    if (d->kind == TABLE_DECISION && d->outputs)
        better = str_join(r->arena, d->id, STR("."), d->outputs[0].id);
    diag(r->diags, DIAG_RELEASE_OUTPUT, key_place(v, "of"), of, better);
    return false;
}

static bool is_group(struct str record) {
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        if (str_eq(record, str_from(groups[i])))
            return true;
    return false;
}

/* A count needs one answer a school. */
static bool is_counted(const struct release *x) {
    return x->decision->kind == TABLE_DECISION && x->decision->hit < HIT_COLLECT &&
           str_eq(x->decision->record, STR("school"));
}

static bool read_as(const struct reader *r, const struct value *v, struct release *out) {
    struct str as = value_words(value_at(v, "as"));
    bool checked = out->decision->kind == TABLE_CHECK && is_group(out->decision->record);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (!str_eq(as, str_from(forms[i].as)))
            continue;
        out->form = forms[i].form;
        if (out->form == RELEASE_COUNT ? is_counted(out) : checked)
            return true;
    }
    diag(r->diags, DIAG_RELEASE_AS, key_place(v, "as"), out->decision->id, as);
    return false;
}

static bool read_for(const struct reader *r, const struct value *v, struct release *out) {
    struct str audience = value_words(value_at(v, "for"));
    if (!audience_parse(audience, &out->audience) || out->audience == AUDIENCE_OFFICERS) {
        diag(r->diags, DIAG_RELEASE_FOR, key_place(v, "for"), audience);
        return false;
    }
    const struct decision *d = out->decision;
    bool stated = d->classed || (out->output && out->output->classed);
    bool seen = out->output ? output_visible(out->output, out->audience) : decision_visible(d, out->audience);
    if (stated && seen)
        diag(r->diags, DIAG_RELEASE_SEEN, key_place(v, "for"), d->id, readers(out->audience));
    return !(stated && seen);
}

static bool read_release(const struct reader *r, const struct value *v, struct release *out) {
    *out =
        (struct release){.because = str_trim(value_words(value_at(v, "because"))), .at = key_place(v, "of")};
    if (v->kind != VALUE_MAP) /* said where the vocabulary is read */
        return false;
    if (!read_of(r, v, out) || !read_as(r, v, out) || !read_for(r, v, out))
        return false;
    if (!out->because.len)
        diag(r->diags, DIAG_RELEASE_BECAUSE, out->at, out->decision->id);
    return out->because.len > 0;
}

/* ---- two releases ---- */

static bool rests_on_decision(const struct rests *rests, const struct decision *d) {
    for (size_t i = 0; i < rests->decision_count; i++)
        if (rests->decisions[i] == d)
            return true;
    return false;
}

/* What both rest on and their reader may not see, by its id; empty: nothing. */
static struct str shared(const struct site *site, const struct rests *a, const struct rests *b,
                         enum audience reader) {
    for (size_t i = 0; i < a->decision_count; i++)
        if (!decision_visible(a->decisions[i], reader) && rests_on_decision(b, a->decisions[i]))
            return a->decisions[i]->id;
    for (size_t i = 0; i < a->fact_count; i++)
        for (size_t j = 0; j < b->fact_count; j++)
            if (a->facts[i] == b->facts[j] && !facts_show(site->facts, a->facts[i], reader))
                return a->facts[i]->id;
    return (struct str){0};
}

static void check_pair(const struct reader *r, const struct release *a, const struct rests *x,
                       const struct release *b, const struct rests *y) {
    enum audience reader = audience_stricter(a->audience, b->audience);
    struct str both = shared(r->site, x, y, reader);
    if (a->output == b->output && a->decision == b->decision)
        both = a->decision->id;
    else if (a->decision != b->decision && rests_on_decision(x, b->decision))
        both = b->decision->id;
    else if (a->decision != b->decision && rests_on_decision(y, a->decision))
        both = a->decision->id;
    if (both.len)
        diag(r->diags, DIAG_RELEASE_SHARED, b->at, b->decision->id, a->decision->id, both, readers(reader));
}

static void check_pairs(const struct reader *r, const struct releases *all) {
    struct arena scratch = {0};
    struct rests *rests = arena_array(&scratch, struct rests, all->count);
    for (size_t i = 0; i < all->count; i++) {
        rests_on(&rests[i], &r->site->policy, all->items[i].decision, &scratch);
        for (size_t j = 0; j < i; j++)
            check_pair(r, &all->items[j], &rests[j], &all->items[i], &rests[i]);
    }
    arena_release(&scratch);
}

void release_load(struct site *site, struct diags *diags) {
    const struct value *list = value_at(&site->vocabulary.root, "releases");
    if (!list || list->kind != VALUE_LIST || !list->count)
        return;
    struct reader r = {site, site->arena, diags};
    struct releases *all = arena_new(site->arena, struct releases);
    all->items = arena_array(site->arena, struct release, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        all->count += read_release(&r, &list->items[i], &all->items[all->count]);
    check_pairs(&r, all);
    site->releases = all;
}

/* ---- counting ---- */

/* The cell of what stands: an answer's, "not applicable", or for anything else "not determined". */
static values cell_of(values stands) {
    return values_is_answer(stands) || stands == VALUES_NOT_APPLICABLE ? stands : VALUES_NOT_DETERMINED;
}

/* What the rows may give: an answer of the scale that none gives cannot be the one that is withheld. */
static values given_by_rows(const struct output *o) {
    values given = o->decision->applies ? VALUES_NOT_APPLICABLE : 0;
    for (size_t i = 0; i < o->decision->row_count; i++)
        if (!o->decision->rows[i]->marker)
            given |= o->decision->rows[i]->answers[o - o->decision->outputs].set;
    return given;
}

static void add_count(struct release *x, struct str label, values answer) {
    x->counts[x->count_count++] = (struct release_count){.label = label, .answer = answer};
}

static void list_counts(struct release *x, struct arena *arena) {
    x->counts = arena_array(arena, struct release_count, x->output->answer_count + 2);
    for (size_t i = 0; i < x->output->answer_count; i++)
        add_count(x, x->output->answers[i].label, VALUE_BIT(i));
    add_count(x, STR("Not applicable"), VALUES_NOT_APPLICABLE);
    add_count(x, STR("Not determined"), VALUES_NOT_DETERMINED);
}

/* What is hidden of a count, and whether it may be more than nothing. */
struct hidden {
    size_t *schools;
    bool *possible;
    values whole; /* what a school may be of which nothing is known */
    bool open;    /* readers have all facts: what they find is what officers find */
};

static void count_school(struct release *x, struct hidden *h, values stands, values found) {
    values may = (found ? found : h->whole) | VALUES_NOT_DETERMINED;
    bool known = found == stands && (values_single(found) || h->open);
    x->total++;
    for (size_t i = 0; i < x->count_count; i++) {
        bool it = x->counts[i].answer == cell_of(stands);
        x->counts[i].schools += it;
        h->schools[i] += it && !known;
        h->possible[i] = h->possible[i] || (!known && (it || (may & x->counts[i].answer)));
    }
}

/* Cells that may hold somebody unknown are withheld or told; the others have nothing to hide. */
static void withhold_counts(struct release *x, const struct hidden *h, struct arena *arena) {
    size_t *cells = arena_array(arena, size_t, x->count_count), n = 0;
    bool *withheld = arena_array(arena, bool, x->count_count);
    for (size_t i = 0; i < x->count_count; i++)
        if (h->possible[i])
            cells[n++] = h->schools[i];
    x->known = !n;
    x->withheld = withhold(cells, n, withheld);
    n = 0;
    for (size_t i = 0; i < x->count_count; i++)
        x->counts[i].withheld = h->possible[i] && withheld[n++];
}

/* Cells that nobody is in and nobody could be in say nothing. */
static void drop_empty(struct release *x, const struct hidden *h) {
    size_t kept = 0;
    for (size_t i = 0; i < x->count_count; i++)
        if (x->counts[i].schools || h->possible[i])
            x->counts[kept++] = x->counts[i];
    x->count_count = kept;
}

static bool is_open(const struct site *site, const struct rests *rests, enum audience audience) {
    for (size_t i = 0; i < rests->fact_count; i++)
        if (!facts_show(site->facts, rests->facts[i], audience))
            return false;
    return true;
}

static void work_out_count(const struct site *site, struct release *x, struct arena *scratch) {
    struct rests rests;
    rests_on(&rests, &site->policy, x->decision, scratch);
    values *found = outsider_finds(site, x->output, &rests, x->audience, scratch);
    list_counts(x, site->arena);
    struct hidden h = {arena_array(scratch, size_t, x->count_count),
                       arena_array(scratch, bool, x->count_count), given_by_rows(x->output),
                       is_open(site, &rests, x->audience)};
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        if (school_is_open(s) && s->stands)
            count_school(x, &h, s->stands->domain[x->output->variable->index], found[i]);
    }
    withhold_counts(x, &h, scratch);
    drop_empty(x, &h);
}

/* ---- verdicts ---- */

static struct release_verdict verdict_of(const struct page *page, const struct check_result *check) {
    struct release_verdict v = {.page = page, .verdict = check->verdict};
    for (size_t i = 0; i < check->count; i++)
        v.concerned = v.concerned || check->rows[i].state != CHECK_NOT_CONCERNED;
    return v;
}

static void work_out_verdicts(const struct site *site, struct release *x, struct arena *scratch) {
    struct policy_records records = records_of(site, x->decision->record, scratch);
    struct arena inner = {0};
    x->verdicts = arena_array(site->arena, struct release_verdict, records.count);
    for (size_t i = 0; i < records.count; i++) {
        const struct page *page = records.items[i].page;
        struct arena_mark mark = arena_mark(scratch);
        struct decided d;
        if (audience_may_see(x->audience, page->audience) &&
            decided_run(site, &records.items[i], site->as_of, scratch, &inner, &d))
            for (size_t j = 0; j < d.check_count; j++)
                if (d.checks[j].check == x->decision)
                    x->verdicts[x->verdict_count++] = verdict_of(page, &d.checks[j]);
        arena_rewind(scratch, mark);
    }
    arena_release(&inner);
}

/* ---- binding ---- */

/* An officers' portal lists all of them, and any other what it is told. */
static bool are_wanted(const struct site *site, enum audience audience) {
    for (size_t i = 0; site->releases && !site->releases->ready && i < site->releases->count; i++)
        if (release_told(&site->releases->items[i], audience))
            return true;
    return false;
}

void release_bind(struct site *site, enum audience audience) {
    bool wanted = are_wanted(site, audience);
    if (wanted || audience == AUDIENCE_OFFICERS)
        site_bind(site, AUDIENCE_OFFICERS);
    if (wanted) {
        struct arena scratch = {0};
        for (size_t i = 0; i < site->releases->count; i++) {
            struct release *x = &site->releases->items[i];
            (x->form == RELEASE_COUNT ? work_out_count : work_out_verdicts)(site, x, &scratch);
        }
        site->releases->ready = true;
        arena_release(&scratch);
    }
    if (audience != AUDIENCE_OFFICERS)
        site_bind(site, audience);
}
