/* SPDX-License-Identifier: MIT */
/* review_outcome.c: results of two policies, made comparable. */
#include "edge/review_outcome.h"

#include "policy/words.h"

/* ---- pairs ---- */

static bool is_shown(const struct output *o, enum audience audience) {
    return decision_visible(o->decision, audience) && output_visible(o, audience);
}

static size_t output_find(const struct decision *d, struct str id) {
    size_t i = 0;
    while (i < d->output_count && !str_eq(d->outputs[i].id, id))
        i++;
    return i;
}

static bool pair_make(const struct site *base, const struct site *head, const struct decision *b,
                      const struct decision *h, struct arena *arena, struct decision_pair *out) {
    *out = (struct decision_pair){.sides = {b, h}};
    out->outputs = arena_array(arena, struct outcome_pair, h->output_count);
    for (size_t j = 0; j < h->output_count; j++) {
        size_t i = output_find(b, h->outputs[j].id);
        if (i < b->output_count && is_shown(&b->outputs[i], base->audience) &&
            is_shown(&h->outputs[j], head->audience))
            out->outputs[out->output_count++] =
                (struct outcome_pair){{&b->outputs[i], &h->outputs[j]}, {i, j}};
    }
    return out->output_count > 0;
}

struct decision_pairs decision_pairs_of(const struct site *base, const struct site *head, struct str kind,
                                        struct arena *arena) {
    struct decision_pairs pairs = {.kind = kind};
    const struct policy_kind *b = policy_kind(&base->policy, kind), *h = policy_kind(&head->policy, kind);
    if (!b || !h)
        return pairs;
    pairs.items = arena_array(arena, struct decision_pair, h->decision_count);
    for (size_t j = 0; j < h->decision_count; j++)
        for (size_t i = 0; i < b->decision_count; i++) {
            struct decision_pair *p = &pairs.items[pairs.count];
            if (!str_eq(b->decisions[i]->id, h->decisions[j]->id) ||
                !pair_make(base, head, b->decisions[i], h->decisions[j], arena, p))
                continue;
            p->index[0] = i;
            p->index[1] = j;
            pairs.count++;
        }
    return pairs;
}

const struct decision_result *outcome_in(const struct decision_pair *pair, const struct policy_kind *kind,
                                         const struct decision_result *results) {
    for (size_t i = 0; kind && i < kind->decision_count; i++)
        if (str_eq(kind->decisions[i]->id, pair->sides[1]->id))
            return &results[i];
    return NULL;
}

/* ---- signatures ---- */

/* The ids of a mask, in their own order. */
static void sign_mask(struct buf *out, const struct output *o, values mask) {
    struct str ids[64];
    size_t n = 0;
    buf_byte(out, mask & VALUES_NOT_APPLICABLE ? '-' : mask & VALUES_NOT_DETERMINED ? '?' : '=');
    for (values m = mask & ~VALUES_IMPROPER; m; m &= m - 1) {
        size_t bit = (size_t)__builtin_ctzll(m), at = n;
        if (bit >= o->answer_count)
            continue;
        for (; at && str_cmp(ids[at - 1], o->answers[bit].id) > 0; at--)
            ids[at] = ids[at - 1];
        ids[at] = o->answers[bit].id;
        n++;
    }
    for (size_t i = 0; i < n; i++) {
        buf_add(out, ids[i]);
        buf_byte(out, '\t');
    }
}

static void sign_number(struct buf *out, bool number, struct decimal low, struct decimal high) {
    if (!number)
        return;
    decimal_print(out, low);
    buf_byte(out, '\t');
    decimal_print(out, high);
}

static void sign_output(struct buf *out, const struct output *o, const struct output_result *r) {
    buf_byte(out, (char)('0' + r->status));
    buf_byte(out, r->nothing ? 'n' : '.');
    sign_number(out, r->number, r->low, r->high);
    sign_mask(out, o, r->candidates);
    sign_mask(out, o, r->suggestion);
    sign_mask(out, o, r->recorded);
    sign_mask(out, o, r->stands);
    sign_mask(out, o, r->automatic ? r->floor : 0);
    buf_byte(out, '\n');
}

/* Entries in the order of their keys' ids: the order of rows is the page's. */
static void sign_entries(struct buf *out, const struct decision_pair *pair, const struct decision *d,
                         const struct decision_result *r) {
    for (size_t left = r->entry_count, done = 0; left; left--, done++) {
        const struct collected *next = NULL;
        for (size_t i = 0; i < r->entry_count; i++) {
            size_t before = 0;
            struct str id = d->outputs[0].answers[__builtin_ctzll(r->entries[i].key)].id;
            for (size_t j = 0; j < r->entry_count; j++)
                before += str_cmp(d->outputs[0].answers[__builtin_ctzll(r->entries[j].key)].id, id) < 0;
            if (before == done)
                next = &r->entries[i];
        }
        if (!next)
            continue;
        sign_mask(out, &d->outputs[0], next->key);
        buf_byte(out, next->certain ? '!' : '~');
        for (size_t i = 0; i < pair->output_count; i++) {
            size_t o = output_find(d, pair->outputs[i].sides[1]->id);
            if (o && o < d->output_count) {
                sign_mask(out, &d->outputs[o], next->outcomes[o].set);
                sign_number(out, next->outcomes[o].number, next->outcomes[o].low, next->outcomes[o].high);
            }
        }
        buf_byte(out, '\n');
    }
}

void outcome_sign(struct buf *out, const struct decision_pair *pair, const struct decision_result *r) {
    const struct decision *d = r->decision;
    for (size_t i = 0; i < pair->output_count; i++) {
        size_t o = d == pair->sides[0]   ? pair->outputs[i].index[0]
                   : d == pair->sides[1] ? pair->outputs[i].index[1]
                                         : output_find(d, pair->outputs[i].sides[1]->id);
        if (o < d->output_count && !r->hidden)
            sign_output(out, &d->outputs[o], &r->outputs[o]);
    }
    sign_entries(out, pair, d, r);
}

void check_sign(struct buf *out, const struct check_result *result) {
    struct arena *arena = out->arena;
    struct str *ids = arena_array(arena, struct str, result->count);
    size_t n = 0;
    for (size_t i = 0; i < result->count; i++) {
        const struct check_row *row = &result->rows[i];
        size_t at = n;
        if (row->state != CHECK_NOT_MET && row->state != CHECK_NOT_KNOWN)
            continue;
        struct str id = str_join(arena, row->row->id, row->state == CHECK_NOT_MET ? STR("!\t") : STR("?\t"));
        for (; at && str_cmp(ids[at - 1], id) > 0; at--)
            ids[at] = ids[at - 1];
        ids[at] = id;
        n++;
    }
    buf_byte(out, (char)('0' + result->verdict));
    for (size_t i = 0; i < n; i++)
        buf_add(out, ids[i]);
}

/* ---- words ---- */

static struct str answers_text(struct arena *arena, const struct output *o, values mask) {
    struct buf out = {.arena = arena};
    words_answers_in_full(&out, o, mask);
    return buf_str(&out);
}

static struct str number_text(struct arena *arena, const struct output_result *r) {
    struct buf out = {.arena = arena};
    decimal_print(&out, r->low);
    if (decimal_cmp(r->low, r->high)) {
        buf_lit(&out, " to ");
        decimal_print(&out, r->high);
    }
    return buf_str(&out);
}

/* "2, 4 or 9 visits a year", where "2 to 9" would not say which. */
static struct str apart_text(struct arena *arena, const struct output *o, values mask) {
    struct buf out = {.arena = arena};
    for (values left = mask; left; left &= left - 1) {
        values answer = left & (~left + 1), rest = left & (left - 1);
        buf_add(&out, !out.len ? STR("") : rest ? STR(", ") : STR(" or "));
        if (rest)
            words_answers(&out, o, answer);
        else
            words_answers_in_full(&out, o, answer);
    }
    return buf_str(&out);
}

/* What the tables give: one answer, several or none. */
static struct str given_text(struct arena *arena, const struct output *o, const struct output_result *r,
                             bool apart) {
    if (r->status == DECISION_NOT_APPLICABLE)
        return STR("not applicable");
    if (r->number)
        return number_text(arena, r);
    if (r->status == DECISION_UNDETERMINED || !r->candidates)
        return r->status == DECISION_SETTLED ? STR("none") : STR("not determined");
    struct str text = (apart ? apart_text : answers_text)(arena, o, r->candidates);
    return r->nothing ? str_join(arena, text, STR(", or nothing")) : text;
}

static bool disagrees(const struct output_result *r) {
    return r->recorded && r->suggestion && r->recorded != r->suggestion;
}

struct str outcome_words(const struct decision *d, const struct decision_result *r, size_t output, bool apart,
                         struct arena *arena) {
    const struct output *o = &d->outputs[output];
    const struct output_result *of = &r->outputs[output];
    if (of->automatic && of->floor)
        return str_join(arena, answers_text(arena, o, of->stands), STR(", automatically"));
    if (!of->recorded)
        return values_is_answer(of->suggestion) && of->status != DECISION_SETTLED
                   ? str_join(arena, given_text(arena, o, of, apart), STR(", with "),
                              answers_text(arena, o, of->suggestion), STR(" suggested"))
                   : given_text(arena, o, of, apart);
    struct str recorded = str_join(arena, answers_text(arena, o, of->recorded), STR(" recorded"));
    bool settled = of->status == DECISION_SETTLED && of->suggestion;
    if (settled && of->suggestion == of->recorded)
        return recorded;
    return str_join(arena, recorded, STR(", "),
                    settled ? answers_text(arena, o, of->suggestion) : given_text(arena, o, of, apart),
                    settled ? STR(" suggested") : STR(" by the tables"));
}

static const char *const statuses[] = {[DECISION_SETTLED] = "settled",
                                       [DECISION_CANDIDATES] = "candidates",
                                       [DECISION_UNDETERMINED] = "undetermined",
                                       [DECISION_NOT_APPLICABLE] = "not-applicable"};

struct value outcome_value(const struct decision *d, const struct decision_result *r, size_t output,
                           bool apart, struct arena *arena) {
    const struct output *o = &d->outputs[output];
    const struct output_result *of = &r->outputs[output];
    struct value_map m = {.arena = arena};
    struct value_list candidates = {.arena = arena};
    for (values left = of->candidates; left; left &= left - 1)
        list_add(&candidates, value_text(answers_text(arena, o, left & (~left + 1))));
    map_text(&m, "status", str_from(statuses[of->status]));
    map_text(&m, "value", of->status == DECISION_SETTLED ? given_text(arena, o, of, false) : (struct str){0});
    map_set(&m, "candidates", list_done(&candidates));
    map_text(&m, "suggestion", answers_text(arena, o, of->suggestion));
    map_text(&m, "recorded", answers_text(arena, o, of->recorded));
    map_text(&m, "stands", of->number ? number_text(arena, of) : answers_text(arena, o, of->stands));
    map_bool(&m, "differs", disagrees(of));
    map_text(&m, "words", outcome_words(d, r, output, apart, arena));
    return map_done(&m);
}

/* ---- what happened ---- */

/* The answers of the base's mask, as bits of the head's; `lost` where the head has none of that id. */
static values as_head(const struct outcome_pair *p, values mask, bool *lost) {
    values to = mask & VALUES_IMPROPER;
    for (values m = mask & ~VALUES_IMPROPER; m; m &= m - 1) {
        size_t bit = (size_t)__builtin_ctzll(m);
        values there =
            bit < p->sides[0]->answer_count ? output_value(p->sides[1], p->sides[0]->answers[bit].id) : 0;
        *lost = *lost || !there;
        to |= there;
    }
    return to;
}

static const char *candidates_happened(const struct outcome_pair *p, const struct output_result *b,
                                       const struct output_result *h) {
    bool lost = false;
    values was = as_head(p, b->candidates, &lost), is = h->candidates;
    if (h->status == DECISION_UNDETERMINED)
        return "undetermined";
    if (b->status == DECISION_UNDETERMINED)
        return "narrowed";
    if (b->status == DECISION_SETTLED)
        return "undetermined";
    if (!lost && was != is && (was & is) == was)
        return "widened";
    return was != is && (was & is) == is ? "narrowed" : "candidates";
}

static bool signs_alike(const struct outcome_pair *p, const struct output_result *b,
                        const struct output_result *h, struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct buf x = {.arena = scratch}, y = {.arena = scratch};
    sign_output(&x, p->sides[0], b);
    sign_output(&y, p->sides[1], h);
    bool same = str_eq(buf_str(&x), buf_str(&y));
    arena_rewind(scratch, mark);
    return same;
}

static const char *recorded_happened(const struct output_result *b, const struct output_result *h) {
    if (disagrees(h) && !disagrees(b))
        return "differs";
    if (disagrees(b) && !disagrees(h) && h->recorded)
        return "agrees";
    return NULL;
}

const char *outcome_happened(const struct decision_pair *pair, size_t output,
                             const struct decision_result *base, const struct decision_result *head,
                             struct arena *scratch) {
    const struct outcome_pair *p = &pair->outputs[output];
    const struct output_result *b = &base->outputs[p->index[0]], *h = &head->outputs[p->index[1]];
    if (signs_alike(p, b, h, scratch))
        return NULL;
    if (b->status != h->status && b->status == DECISION_NOT_APPLICABLE)
        return "applies";
    if (b->status != h->status && h->status == DECISION_NOT_APPLICABLE)
        return "no-longer-applies";
    const char *recorded = recorded_happened(b, h);
    if (recorded)
        return recorded;
    if (b->status != h->status && h->status == DECISION_SETTLED)
        return "settled";
    if (h->status != DECISION_SETTLED)
        return candidates_happened(p, b, h);
    bool lost = false;
    bool moved = as_head(p, b->candidates, &lost) != h->candidates || lost || b->number != h->number ||
                 (h->number && (decimal_cmp(b->low, h->low) || decimal_cmp(b->high, h->high)));
    return moved ? "moved" : "recorded";
}

/* ---- what is collected ---- */

static struct str key_id(const struct decision *d, const struct collected *c) {
    return d->outputs[0].answers[__builtin_ctzll(c->key)].id;
}

static const struct collected *entry_in(const struct decision_result *r, struct str id) {
    for (size_t i = 0; i < r->entry_count; i++)
        if (str_eq(key_id(r->decision, &r->entries[i]), id))
            return &r->entries[i];
    return NULL;
}

/* What an entry says under a heading of the pair. */
static struct str entry_says(const struct decision_pair *pair, size_t output, size_t side,
                             const struct collected *entry, struct arena *arena) {
    const struct outcome_pair *p = &pair->outputs[output];
    return entry ? answers_text(arena, p->sides[side], entry->outcomes[p->index[side]].set) : (struct str){0};
}

/* "Paid by: The council; By when: each term (not certain)"; of an entry that both have, what differs. */
static struct value entry_value(const struct decision_pair *pair, const struct collected *const *entries,
                                size_t side, struct arena *arena) {
    struct buf out = {.arena = arena};
    struct value_map m = {.arena = arena};
    for (size_t i = 0; entries[side] && i < pair->output_count; i++) {
        struct str says[2] = {entry_says(pair, i, 0, entries[0], arena),
                              entry_says(pair, i, 1, entries[1], arena)};
        if (!pair->outputs[i].index[side] || (entries[1 - side] && str_eq(says[0], says[1])))
            continue;
        buf_add(&out, out.len ? STR("; ") : STR(""));
        buf_add(&out, pair->outputs[i].sides[1]->label);
        buf_lit(&out, ": ");
        buf_add(&out, says[side].len ? says[side] : STR("nothing"));
    }
    if (entries[side] && !entries[side]->certain)
        buf_add(&out, out.len ? STR(" (not certain)") : STR("not certain"));
    else if (entries[side] && !out.len)
        buf_lit(&out, "certain");
    map_text(&m, "words", buf_str(&out));
    return map_done(&m);
}

static void tell_entry(const struct decision_pair *pair, const struct collected *before,
                       const struct collected *after, struct arena *arena, struct value_list *out) {
    const struct collected *entries[2] = {before, after};
    size_t side = after ? 1 : 0;
    const struct decision *d = pair->sides[side];
    struct value_map m = {.arena = arena};
    struct value from = entry_value(pair, entries, 0, arena), to = entry_value(pair, entries, 1, arena);
    if (before && after && str_eq(value_words(value_at(&from, "words")), value_words(value_at(&to, "words"))))
        return;
    map_text(&m, "id", key_id(d, entries[side]));
    map_text(&m, "label", answers_text(arena, &d->outputs[0], entries[side]->key));
    map_text(&m, "happened", !before ? STR("entry-new") : !after ? STR("entry-gone") : STR("entry-changed"));
    map_set(&m, "before", from);
    map_set(&m, "after", to);
    list_add(out, map_done(&m));
}

void outcome_entries(const struct decision_pair *pair, const struct decision_result *base,
                     const struct decision_result *head, struct arena *arena, struct value_list *out) {
    for (size_t i = 0; i < head->entry_count; i++)
        tell_entry(pair, entry_in(base, key_id(head->decision, &head->entries[i])), &head->entries[i], arena,
                   out);
    for (size_t i = 0; i < base->entry_count; i++)
        if (!entry_in(head, key_id(base->decision, &base->entries[i])))
            tell_entry(pair, &base->entries[i], NULL, arena, out);
}
