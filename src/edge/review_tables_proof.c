/* SPDX-License-Identifier: MIT */
/* review_tables_proof.c: what proofs and policy tests newly find, and what they find no longer. */
#include "edge/review_tables_inside.h"

#include "policy/rests.h"
#include "portal/fact.h"

/* What a finding is about, for whom it cannot be told in its own words. */
static const struct {
    enum diag_id id;
    const char *general;
} proofs[] = {
    {DIAG_POLICY_GAP, "there are cases that no row covers"},
    {DIAG_POLICY_DEAD_ROW, "a row can never decide"},
    {DIAG_POLICY_DEAD_ROW_NEVER, "a row can never hold"},
    {DIAG_POLICY_CONFLICT, "two rows say different things of one case"},
    {DIAG_POLICY_DEAD_ITEM, "a word of a cell changes nothing"},
    {DIAG_POLICY_UNPROVED, "it has too many cases to be proved"},
    {DIAG_POLICY_NEVER, NULL},
    {DIAG_POLICY_NOBODY, NULL},
};
#define PROOFS (sizeof(proofs) / sizeof(proofs[0]))

enum found { FOUND_OTHER, FOUND_PROOF, FOUND_TEST };

static enum found found_by(enum diag_id id, const char **general) {
    for (size_t i = 0; i < PROOFS; i++)
        if (proofs[i].id == id) {
            *general = proofs[i].general;
            return FOUND_PROOF;
        }
    return id == DIAG_POLICY_TEST ? FOUND_TEST : FOUND_OTHER;
}

/* ---- whom it may be told ---- */

/* The decision in whose directive, or below it, a place lies. */
static const struct decision *decision_at(const struct policy *policy, struct place at) {
    const struct policy_table *best = NULL;
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->table_count; j++) {
            const struct policy_table *t = policy->decisions[i]->tables[j];
            uint32_t begins = t->markdown->directive_at.offset;
            if (t->source == at.source && begins <= at.offset &&
                (!best || begins > best->markdown->directive_at.offset))
                best = t;
        }
    return best ? best->decision : NULL;
}

/* Whether the audience may know every fact that the decision rests on: what a proof found names them. */
static bool may_name(const struct site *site, const struct decision *d, struct arena *scratch) {
    struct rests rests;
    rests_on(&rests, &site->policy, d, scratch);
    for (size_t i = 0; i < rests.fact_count; i++)
        if (!facts_show(site->facts, rests.facts[i], site->audience))
            return false;
    return true;
}

static bool is_officers(const struct site *site) {
    return site->audience == AUDIENCE_OFFICERS;
}

/* ---- findings ---- */

struct finding_told {
    const struct diag *diag;
    const struct decision *decision; /* or NULL */
    enum found found;
    struct str text, note;
};

struct findings_told {
    struct finding_told *items;
    size_t count;
};

/* False where the audience may not know of it. */
static bool tell(const struct site *site, const struct diag *d, const char *general, struct arena *scratch,
                 struct finding_told *out) {
    const struct page *page = d->at.source ? map_get(&site->page_by_path, d->at.source->path) : NULL;
    out->text = d->text;
    out->note = d->note.len ? d->note : d->id == DIAG_POLICY_DEAD_ROW ? d->hint : (struct str){0};
    if (is_officers(site))
        return true;
    if (!page || !page->visible || !out->decision || !general)
        return false;
    if (may_name(site, out->decision, scratch))
        return true;
    out->text = str_from(general);
    out->note = (struct str){0};
    return true;
}

static void findings_of(const struct review_side *side, struct arena *scratch, struct findings_told *out) {
    *out = (struct findings_told){arena_array(scratch, struct finding_told, side->diags->count), 0};
    for (size_t i = 0; i < side->diags->count; i++) {
        const struct diag *d = &side->diags->items[i];
        const char *general = NULL;
        struct finding_told *told = &out->items[out->count];
        *told = (struct finding_told){.diag = d, .found = found_by(d->id, &general)};
        if (told->found == FOUND_OTHER)
            continue;
        told->decision = decision_at(&side->site->policy, d->at);
        out->count += tell(side->site, d, general, scratch, told);
    }
}

static struct str decision_id(const struct finding_told *f) {
    return f->decision ? f->decision->id : (struct str){0};
}

/* The same is found of the same table, wherever it stands now. */
static bool finds_too(const struct findings_told *in, const struct finding_told *f) {
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].diag->id == f->diag->id && str_eq(in->items[i].text, f->text) &&
            str_eq(decision_id(&in->items[i]), decision_id(f)))
            return true;
    return false;
}

/* "policy test "ash": Category is Green, and not amber" is what is said of the test "ash". */
static struct str test_name(struct str text, struct str *rest) {
    struct str begins = STR("policy test \""), ends = STR("\": ");
    size_t from = str_starts(text, begins) ? begins.len : 0, to = from;
    while (to < text.len && !str_starts(str_sub(text, to, text.len), ends))
        to++;
    *rest = to < text.len ? str_sub(text, to + ends.len, text.len) : text;
    return to < text.len ? str_sub(text, from, to) : (struct str){0};
}

static struct value finding_value(const struct finding_told *f, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct str text = f->text, name = {0};
    if (f->found == FOUND_TEST)
        name = test_name(f->text, &text);
    map_text(&m, "slug", str_from(diag_catalogue[f->diag->id].slug));
    map_text(&m, "test", name);
    map_text(&m, "text", text);
    map_text(&m, "note", f->note);
    map_text(&m, "path", f->diag->at.source ? f->diag->at.source->path : (struct str){0});
    map_whole(&m, "line", f->diag->position.line);
    map_text(&m, "id", decision_id(f));
    map_text(&m, "label", f->decision ? f->decision->label : (struct str){0});
    return map_done(&m);
}

static struct value only_in(const struct findings_told *one, const struct findings_told *other,
                            enum found found, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < one->count; i++)
        if (one->items[i].found == found && !finds_too(other, &one->items[i]))
            list_add(&list, finding_value(&one->items[i], arena));
    return list_done(&list);
}

bool review_tables_tells(enum diag_id id) {
    const char *general;
    return found_by(id, &general) != FOUND_OTHER;
}

/* Tests, of whose expectations several may fail. */
static size_t count_tests(const struct value *findings) {
    size_t count = 0;
    for (uint32_t i = 0; i < findings->count; i++)
        count += i == 0 || !str_eq(value_words(value_at(&findings->items[i], "test")),
                                   value_words(value_at(&findings->items[i - 1], "test")));
    return count;
}

/* What the head does not find any more was looked for there: proofs are made of tables that could all be read, and tests are
 * run of what could be computed. */
bool proofs_compare(struct review *review, struct value_map *out) {
    struct findings_told before, after;
    struct value_map tests = {.arena = review->arena};
    struct value nothing = list_done(&(struct value_list){.arena = review->arena});
    findings_of(&review->base, review->scratch, &before);
    findings_of(&review->head, review->scratch, &after);
    struct value fails = only_in(&after, &before, FOUND_PROOF, review->arena);
    struct value holds =
        told_wholly(&review->head) ? only_in(&before, &after, FOUND_PROOF, review->arena) : nothing;
    struct value failing = only_in(&after, &before, FOUND_TEST, review->arena);
    struct value passing =
        review->head.complete ? only_in(&before, &after, FOUND_TEST, review->arena) : nothing;
    review->found[REVIEW_PROOF_FAILS] += fails.count;
    review->found[REVIEW_PROOF_HOLDS] += holds.count;
    review->found[REVIEW_TEST_FAILS] += count_tests(&failing);
    review->found[REVIEW_TEST_PASSES] += count_tests(&passing);
    map_set(&tests, "fails", failing);
    map_set(&tests, "passes", passing);
    map_set(out, "fails", fails);
    map_set(out, "holds", holds);
    map_set(out, "tests", map_done(&tests));
    return fails.count || holds.count || failing.count || passing.count;
}
