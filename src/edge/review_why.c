/* SPDX-License-Identifier: MIT */
/* review_why.c: causes, by trying what would be decided without each change. */
#include "edge/review_why_inside.h"

#include "policy/rests.h"

void why_init(struct why *why, const struct site *base, const struct site *head, struct arena *arena) {
    *why = (struct why){.sides = {base, head}, .arena = arena};
    why->known.arena = &why->kept;
    edits_find(&why->edits, &base->policy, &head->policy, arena);
    blends_init(&why->blends, &why->edits, base, head);
}

void why_release(struct why *why) {
    blends_release(&why->blends);
    arena_release(&why->kept);
}

/* ---- which edits may matter to a decision ---- */

static bool rests_on_decision(const struct rests *r, const struct decision *d) {
    for (size_t i = 0; d && i < r->decision_count; i++)
        if (str_eq(r->decisions[i]->id, d->id))
            return true;
    return false;
}

static bool rests_on_fact(const struct rests *r, struct str record, struct str fact) {
    for (size_t i = 0; i < r->variable_count; i++)
        if (r->variables[i]->fact && str_eq(r->variables[i]->fact->id, fact) &&
            str_eq(r->variables[i]->fact->record, record))
            return true;
    return false;
}

static bool may_matter(const struct rests *r, const struct edit *e) {
    if (e->kind >= EDIT_VOCABULARY)
        return !e->fact.len || rests_on_fact(r, e->record, e->fact);
    return (!e->base_decision && !e->head_decision) || rests_on_decision(r, e->base_decision) ||
           rests_on_decision(r, e->head_decision);
}

edit_set why_edits_of(const struct why *why, const struct decision_pair *pair, struct arena *scratch) {
    edit_set set = 0;
    for (size_t side = 0; side < 2; side++) {
        struct arena_mark mark = arena_mark(scratch);
        struct rests rests;
        rests_on(&rests, &why->sides[side]->policy, pair->sides[side], scratch);
        for (size_t i = 0; i < why->edits.count; i++)
            set |= may_matter(&rests, &why->edits.items[i]) ? EDIT_BIT(i) : 0;
        arena_rewind(scratch, mark);
    }
    return set;
}

/* ---- units ---- */

static bool is_later(const struct trying *t) {
    return t->why->sides[0]->as_of != t->why->sides[1]->as_of;
}

static bool same_unit(const struct unit *a, const struct unit *b) {
    return a->kind == b->kind && str_eq(a->id, b->id) && str_eq(a->output, b->output) &&
           a->member == b->member && (a->kind != UNIT_EDIT || a->index == b->index);
}

static void unit_add(struct trying *t, struct unit unit) {
    for (size_t i = 0; unit.by_base && i < t->count; i++)
        if (same_unit(&t->units[i], &unit))
            return;
    if (t->count == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        t->units = arena_grow(t->arena, t->units, t->room * sizeof(struct unit), room * sizeof(struct unit),
                              alignof(struct unit));
        t->room = room;
    }
    t->units[t->count++] = unit;
}

static void readings_make(const struct trying *t, const struct blend *blend, struct readings *out) {
    struct decided_change change = {.fresh = true};
    out->ok = true;
    for (size_t side = 0; side < 2; side++)
        for (size_t day = 0; day < 2; day++)
            if (!day && !is_later(t))
                continue;
            else
                out->ok =
                    decided_facts(&blend->sites[side], &t->record->sides[side], t->why->sides[day]->as_of,
                                  &change, t->work, t->scratch, &out->of[side][day]) &&
                    out->ok;
    for (size_t side = 0; side < 2 && !is_later(t); side++)
        out->of[side][0] = out->of[side][1];
}

/* ---- what differs ---- */

static bool same_day_text(const struct given_entry *a, const struct given_entry *b) {
    return a->from == b->from && a->to == b->to && str_eq(a->text, b->text);
}

static bool same_history(const struct given_entry *a, size_t a_count, const struct given_entry *b,
                         size_t b_count) {
    bool same = a_count == b_count;
    for (size_t i = 0; same && i < a_count; i++)
        same = same_day_text(&a[i], &b[i]);
    return same;
}

struct str why_item_id(const struct feel_value *v) {
    if (v->type == FEEL_RECORD && v->record.object)
        return ((const struct subject *)v->record.object)->id;
    return v->type == FEEL_TEXT ? v->text : (struct str){0};
}

static bool same_list(const struct feel_value *a, const struct feel_value *b) {
    if (a->type != b->type || a->type != FEEL_LIST)
        return a->type == b->type;
    bool same = a->list->count == b->list->count;
    for (size_t i = 0; same && i < a->list->count; i++)
        same = str_eq(why_item_id(&a->list->items[i]), why_item_id(&b->list->items[i]));
    return same;
}

bool why_same_given(const struct given *a, const struct given *b) {
    bool same = a->state == b->state && str_eq(a->text, b->text) && a->count == b->count &&
                same_list(&a->feel, &b->feel) &&
                same_history(a->history, a->history_count, b->history, b->history_count);
    for (size_t i = 0; same && i < a->count; i++)
        same = str_eq(a->texts[i], b->texts[i]);
    return same;
}

static bool same_recorded(const struct recorded *a, const struct recorded *b) {
    return a->hidden == b->hidden && !a->in_force == !b->in_force &&
           (!a->in_force || same_day_text(a->in_force, b->in_force)) &&
           same_history(a->entries, a->count, b->entries, b->count);
}

/* Each of a list's schools is a unit, since what one says of itself may matter and what another does not. */
static void member_units(struct trying *t, const struct readings *r, struct unit unit) {
    const struct given *a = &r->of[0][1].given[unit.index], *b = &r->of[1][1].given[unit.index];
    unit.kind = UNIT_MEMBER;
    if (b->feel.type != FEEL_LIST || !same_list(&a->feel, &b->feel))
        return;
    for (size_t i = 0; i < b->feel.list->count && i < UINT16_MAX; i++) {
        const struct subject *x = a->feel.list->items[i].record.object,
                             *y = b->feel.list->items[i].record.object;
        bool differs = false;
        for (size_t v = 0; x && y && v < x->kind->variable_count && !differs; v++)
            differs = x->domain[v] != y->domain[v];
        for (size_t v = 0; x && y && x->base && y->base && v < x->base->kind->variable_count && !differs; v++)
            differs = x->base->domain[v] != y->base->domain[v];
        unit.member = i;
        if (differs)
            unit_add(t, unit);
    }
}

/* A difference between the records, and one between the days. */
static void pair_units(struct trying *t, struct unit unit, bool records, bool days) {
    if (records)
        unit_add(t, unit);
    unit.kind++;
    if (days)
        unit_add(t, unit);
}

/* What differs of the records, as a policy reads them. */
static void record_units(struct trying *t, const struct readings *r, bool by_base) {
    const struct policy_kind *kind = r->of[1][1].subject.kind;
    for (size_t i = 0; i < kind->fact_count; i++) {
        struct unit unit = {.kind = UNIT_FACT, .by_base = by_base, .index = i, .id = kind->facts[i]->id};
        pair_units(t, unit, !why_same_given(&r->of[0][1].given[i], &r->of[1][1].given[i]),
                   !why_same_given(&r->of[1][0].given[i], &r->of[1][1].given[i]));
        if (kind->facts[i]->type == FACT_SCHOOLS)
            member_units(t, r, unit);
    }
    for (size_t i = 0; i < kind->output_count; i++) {
        struct unit unit = {.kind = UNIT_RECORDED,
                            .by_base = by_base,
                            .index = i,
                            .id = kind->outputs[i]->decision->id,
                            .output = kind->outputs[i]->id};
        pair_units(t, unit, !same_recorded(&r->of[0][1].recorded[i], &r->of[1][1].recorded[i]),
                   !same_recorded(&r->of[1][0].recorded[i], &r->of[1][1].recorded[i]));
    }
}

/* By both policies: where framework.yaml has a fact read from another field, each alone sees a half of what differs. */
static void units_find(struct trying *t, const struct readings by[2], edit_set edits) {
    for (size_t i = 0; i < t->why->edits.count; i++)
        if (edits & EDIT_BIT(i))
            unit_add(t, (struct unit){.kind = UNIT_EDIT, .index = i});
    record_units(t, &by[1], false);
    if (by[0].ok)
        record_units(t, &by[0], true);
    if (is_later(t))
        unit_add(t, (struct unit){.kind = UNIT_DAY});
}

/* ---- trying ---- */

static size_t fact_of(const struct policy_kind *kind, const struct unit *u) {
    for (size_t i = 0; i < kind->fact_count; i++)
        if (str_eq(kind->facts[i]->id, u->id))
            return i;
    return SIZE_MAX;
}

static size_t output_of(const struct policy_kind *kind, const struct unit *u) {
    for (size_t i = 0; i < kind->output_count; i++)
        if (str_eq(kind->outputs[i]->decision->id, u->id) && str_eq(kind->outputs[i]->id, u->output))
            return i;
    return SIZE_MAX;
}

/* The head's list with one school as the base has it. */
static void replace_member(struct trying *t, const struct given *base, size_t member, struct given *given) {
    const struct feel_list *list = given->feel.type == FEEL_LIST ? given->feel.list : NULL;
    if (!list || base->feel.type != FEEL_LIST || member >= list->count || member >= base->feel.list->count)
        return;
    struct feel_value *items = arena_array(t->work, struct feel_value, list->count);
    struct feel_list *own = arena_new(t->work, struct feel_list);
    memcpy(items, list->items, list->count * sizeof(struct feel_value));
    items[member] = base->feel.list->items[member];
    *own = *list;
    own->items = items;
    given->feel.list = own;
}

static bool is_undone(const struct trying *t, const bool *undone, const struct unit *like,
                      enum unit_kind kind) {
    struct unit unit = *like;
    unit.kind = kind;
    for (size_t i = 0; i < t->count; i++)
        if (undone[i] && same_unit(&t->units[i], &unit))
            return true;
    return false;
}

/* What is given where some units are undone: of a fact and of what was recorded, whose and of which day. */
static void undo(struct trying *t, const struct readings *r, const bool *undone, struct decided *d) {
    const struct policy_kind *kind = d->subject.kind;
    for (size_t i = 0; i < t->count; i++) {
        const struct unit *u = &t->units[i];
        bool records = u->kind == UNIT_FACT || u->kind == UNIT_RECORDED;
        bool days = u->kind == UNIT_FACT_DAY || u->kind == UNIT_RECORDED_DAY;
        if (!undone[i] || (days && is_undone(t, undone, u, u->kind - 1)))
            continue;
        size_t f = u->kind == UNIT_FACT || u->kind == UNIT_FACT_DAY || u->kind == UNIT_MEMBER
                       ? fact_of(kind, u)
                       : SIZE_MAX;
        size_t o = u->kind == UNIT_RECORDED || u->kind == UNIT_RECORDED_DAY ? output_of(kind, u) : SIZE_MAX;
        size_t side = records ? 0 : 1;
        size_t day = days || (records && is_undone(t, undone, u, u->kind + 1)) ? 0 : 1;
        if (u->kind == UNIT_DAY)
            d->subject.as_of = t->why->sides[0]->as_of;
        if (u->kind == UNIT_MEMBER && f != SIZE_MAX)
            replace_member(t, &r->of[0][1].given[f], u->member, &d->given[f]);
        else if (f != SIZE_MAX)
            d->given[f] = r->of[side][day].given[f];
        if (o != SIZE_MAX)
            d->recorded[o] = r->of[side][day].recorded[o];
    }
}

/* The signature of a decision or a check in a subject whose decisions have been decided; empty where the policy has none of
 * that id. */
static struct str sign_of(struct trying *t, const struct decided *d, const struct decision_pair *pair) {
    const struct policy_kind *kind = d->subject.kind;
    struct buf sign = {.arena = t->arena};
    const struct decision_result *result = outcome_in(pair, kind, d->results);
    if (result)
        outcome_sign(&sign, pair, result);
    for (size_t i = 0; i < kind->check_count && pair->sides[1]->kind == TABLE_CHECK; i++) {
        struct check_result check;
        if (!str_eq(kind->checks[i]->id, pair->sides[1]->id))
            continue;
        subject_check(&d->subject, kind->checks[i], 0, t->work, t->scratch, &check);
        check_sign(&sign, &check);
    }
    return buf_str(&sign);
}

/* The signatures of decisions where some units are undone; false where that makes no policy. */
static bool try_without(struct trying *t, const bool *undone, const struct decision_pair *const *pairs,
                        size_t count, struct str *signs) {
    edit_set set = edits_all(&t->why->edits);
    for (size_t i = 0; i < t->count; i++)
        if (undone[i] && t->units[i].kind == UNIT_EDIT)
            set &= ~EDIT_BIT(t->units[i].index);
    const struct blend *blend = blend_of(&t->why->blends, set);
    if (!blend)
        return false;
    struct arena_mark mark = arena_mark(t->work);
    struct readings r;
    readings_make(t, blend, &r);
    struct decided d = r.of[1][1];
    if (r.ok) {
        size_t facts = d.subject.kind->fact_count, outputs = d.subject.kind->output_count;
        d.given = arena_array(t->work, struct given, facts);
        d.recorded = arena_array(t->work, struct recorded, outputs);
        memcpy(d.given, r.of[1][1].given, facts * sizeof(struct given));
        memcpy(d.recorded, r.of[1][1].recorded, outputs * sizeof(struct recorded));
        undo(t, &r, undone, &d);
        d.subject.given = d.given;
        d.subject.recorded = d.recorded;
        subject_init(&d.subject, t->work);
        d.results = subject_decide(&d.subject, t->work, t->scratch);
        for (size_t i = 0; i < count; i++)
            signs[i] = sign_of(t, &d, pairs[i]);
    }
    arena_rewind(t->work, mark);
    return r.ok;
}

/* ---- causes ---- */

/* What came of undoing each unit alone, for each decision. */
struct tried {
    bool *possible;     /* [unit]: there is such a policy */
    struct str *signs;  /* [unit * count + decision] */
    struct str *target; /* [decision]: the head's */
    const struct decision_pair *const *pairs;
    const edit_set *relevant;
    size_t count;
};

static bool concerns(const struct trying *t, const struct tried *tried, size_t unit, size_t decision) {
    const struct unit *u = &t->units[unit];
    return u->kind != UNIT_EDIT || (tried->relevant[decision] & EDIT_BIT(u->index));
}

static bool try_one(struct trying *t, const struct tried *tried, size_t decision, const bool *undone,
                    bool *same) {
    struct str sign;
    if (!try_without(t, undone, &tried->pairs[decision], 1, &sign))
        return false;
    *same = str_eq(sign, tried->target[decision]);
    return true;
}

/* Those without which the head decides otherwise. */
static bool find_necessary(struct trying *t, const struct tried *tried, size_t decision, bool *cause) {
    bool any = false;
    for (size_t u = 0; u < t->count; u++) {
        cause[u] = concerns(t, tried, u, decision) && tried->possible[u] &&
                   !str_eq(tried->signs[u * tried->count + decision], tried->target[decision]);
        any = any || cause[u];
    }
    return any;
}

/* Whether these alone make of the base's decision the head's. What cannot be undone by itself stays done, such as a value
 * of a scale that a new row names: it is no cause where that row is one. */
static bool suffice(struct trying *t, const struct tried *tried, size_t decision, const bool *cause) {
    bool *undone = arena_array(t->arena, bool, t->count), same;
    for (size_t u = 0; u < t->count; u++)
        undone[u] = !cause[u] && concerns(t, tried, u, decision) && tried->possible[u];
    return try_one(t, tried, decision, undone, &same) && same;
}

/* Each that brings it about with what is needed in any case, or alone where nothing is. */
static bool find_sufficient(struct trying *t, const struct tried *tried, size_t decision, bool *cause) {
    bool *with = arena_array(t->arena, bool, t->count), *enough = arena_array(t->arena, bool, t->count);
    bool any = false;
    for (size_t u = 0; u < t->count; u++) {
        if (cause[u] || !concerns(t, tried, u, decision) || !tried->possible[u])
            continue;
        memcpy(with, cause, t->count * sizeof(bool));
        with[u] = true;
        enough[u] = suffice(t, tried, decision, with);
        any = any || enough[u];
    }
    for (size_t u = 0; u < t->count; u++)
        cause[u] = cause[u] || enough[u];
    return any;
}

/* A least set: one after the other is undone for good where that makes no difference. */
static void find_least(struct trying *t, const struct tried *tried, size_t decision, bool *cause) {
    bool *undone = arena_array(t->arena, bool, t->count);
    for (size_t u = 0; u < t->count; u++) {
        bool same = false;
        if (cause[u])
            continue;
        undone[u] = true;
        undone[u] = !concerns(t, tried, u, decision) || (try_one(t, tried, decision, undone, &same) && same);
        cause[u] = !undone[u];
        if (!concerns(t, tried, u, decision))
            undone[u] = false;
    }
}

static void find_causes(struct trying *t, const struct tried *tried, size_t decision, bool *cause) {
    bool necessary = find_necessary(t, tried, decision, cause);
    if (necessary && suffice(t, tried, decision, cause))
        return;
    if (!find_sufficient(t, tried, decision, cause))
        find_least(t, tried, decision, cause);
}

/* ---- what is known already ---- */

/* Whether nothing but edits of the policy differs: then the causes are theirs alone, and the same for all in the situation. */
static bool is_of_policy(const struct trying *t) {
    for (size_t i = 0; i < t->count; i++)
        if (t->units[i].kind != UNIT_EDIT)
            return false;
    return true;
}

static bool causes_known(struct why *why, struct str situation, size_t count, struct causes *out) {
    pool_lock_take(&why->lock);
    const struct causes *known = map_get(&why->known, situation);
    pool_lock_give(&why->lock);
    for (size_t i = 0; known && i < count; i++)
        out[i] = known[i];
    return known != NULL;
}

/* Causes that are edits have no words of a worker's. */
static void causes_keep(struct why *why, struct str situation, size_t count, const struct causes *causes) {
    pool_lock_take(&why->lock);
    struct causes *kept = arena_array(&why->kept, struct causes, count);
    for (size_t i = 0; i < count; i++) {
        kept[i].count = causes[i].count;
        kept[i].items = arena_array(&why->kept, struct cause, causes[i].count);
        memcpy(kept[i].items, causes[i].items, causes[i].count * sizeof(struct cause));
    }
    map_add(&why->known, str_copy(&why->kept, situation), kept, NULL);
    pool_lock_give(&why->lock);
}

void why_of(struct why *why, const struct why_record *record, const struct decision_pair *const *pairs,
            const edit_set *relevant, size_t count, struct str situation, struct arena *arena,
            struct arena *scratch, struct causes *causes) {
    struct arena work = {0}, kept = {0};
    struct trying t = {.why = why, .record = record, .arena = arena, .work = &kept, .scratch = scratch};
    const struct blend *head = blend_of(&why->blends, edits_all(&why->edits));
    const struct blend *base = why->edits.entry_count ? blend_of(&why->blends, 0) : NULL;
    struct readings first[2] = {0};
    edit_set edits = 0;
    for (size_t i = 0; i < count; i++)
        edits |= relevant[i];
    if (head)
        readings_make(&t, head, &first[1]);
    if (first[1].ok && base)
        readings_make(&t, base, &first[0]);
    if (first[1].ok)
        units_find(&t, first, edits);
    t.work = &work;
    bool shared = situation.len && first[1].ok && is_of_policy(&t);
    if (shared && causes_known(why, situation, count, causes)) {
        arena_release(&kept);
        return;
    }
    struct tried tried = {.possible = arena_array(arena, bool, t.count),
                          .signs = arena_array(arena, struct str, t.count * count),
                          .target = arena_array(arena, struct str, count),
                          .pairs = pairs,
                          .relevant = relevant,
                          .count = count};
    bool *undone = arena_array(arena, bool, t.count);
    if (first[1].ok)
        try_without(&t, undone, pairs, count, tried.target);
    for (size_t u = 0; u < t.count; u++) {
        undone[u] = true;
        tried.possible[u] = try_without(&t, undone, pairs, count, &tried.signs[u * count]);
        undone[u] = false;
    }
    for (size_t i = 0; i < count; i++) {
        bool *cause = arena_array(arena, bool, t.count);
        if (first[1].ok)
            find_causes(&t, &tried, i, cause);
        causes[i] = (struct causes){0};
        why_tell(&t, first, cause, &causes[i]);
    }
    if (shared)
        causes_keep(why, situation, count, causes);
    arena_release(&work);
    arena_release(&kept);
}
