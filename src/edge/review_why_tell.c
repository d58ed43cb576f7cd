/* SPDX-License-Identifier: MIT */
/* review_why_tell.c: what a cause is, where it is, and what of it the audience may know. */
#include "edge/review_why_inside.h"
#include "policy/words.h"

/* A scale is told of where something that the audience sees is on it. */
static bool is_scale_open(const struct site *site, const struct edit *e) {
    struct str scale = STR("vocabulary:scales.");
    bool open = !str_starts(e->id, scale);
    struct str id = str_sub(e->id, scale.len, e->id.len);
    for (size_t i = 0; i < site->vocabulary.facts.count && !open; i++) {
        const struct fact *fact = site->vocabulary.facts.items[i].value;
        open = fact->scale && str_eq(fact->scale->id, id) && facts_show(site->facts, fact, site->audience);
    }
    for (size_t i = 0; i < site->policy.decision_count && !open; i++)
        for (size_t j = 0; j < site->policy.decisions[i]->output_count && !open; j++) {
            const struct output *o = &site->policy.decisions[i]->outputs[j];
            open = o->scale && str_eq(o->scale->id, id) && decision_visible(o->decision, site->audience) &&
                   output_visible(o, site->audience);
        }
    return open;
}

/* Whether the audience has the page that a place is in; what stands in no page is told by its own class. */
static bool is_open(const struct trying *t, const struct edit *e) {
    const struct site *site = t->why->sides[e->gone ? 0 : 1];
    if (site->audience == AUDIENCE_OFFICERS || !e->at.source)
        return true;
    if (e->kind < EDIT_VOCABULARY) {
        const struct page *page = map_get(&site->page_by_path, e->at.source->path);
        return page && page->visible;
    }
    const struct fact *fact = e->fact.len ? vocabulary_fact_of(&site->vocabulary, e->record, e->fact) : NULL;
    if (e->fact.len)
        return fact && facts_show(site->facts, fact, site->audience);
    return !str_starts(e->id, STR("vocabulary:never")) && is_scale_open(site, e);
}

static struct str given_words(const struct trying *t, const struct fact *fact, const struct given *g) {
    static const char *const states[] = {[GIVEN_NOTHING] = "nothing",
                                         [GIVEN_VALUE] = "",
                                         [GIVEN_NOT_RECORDED] = "not recorded",
                                         [GIVEN_NOT_APPLICABLE] = "not applicable",
                                         [GIVEN_NONE] = "none",
                                         [GIVEN_ABSENT] = "not stated",
                                         [GIVEN_HIDDEN] = "withheld"};
    struct buf out = {.arena = t->arena};
    if (g->state != GIVEN_VALUE)
        return str_from(states[g->state]);
    if (g->text.len)
        words_fact(&out, fact, g->text);
    for (size_t i = 0; i < g->count; i++) {
        buf_add(&out, out.len ? STR(", ") : STR(""));
        words_fact(&out, fact, g->texts[i]);
    }
    for (size_t i = 0; g->feel.type == FEEL_LIST && i < g->feel.list->count; i++) {
        const struct feel_value *v = &g->feel.list->items[i];
        const struct subject *s = v->type == FEEL_RECORD ? v->record.object : NULL;
        buf_add(&out, out.len ? STR(", ") : STR(""));
        buf_add(&out, s && s->label.len ? s->label : why_item_id(v));
    }
    return out.len ? buf_str(&out) : STR("none");
}

static struct str recorded_words(const struct trying *t, const struct output *o, const struct recorded *r) {
    struct buf out = {.arena = t->arena};
    if (r->in_force)
        words_answers_in_full(&out, o, output_value(o, r->in_force->text));
    return out.len ? buf_str(&out) : r->in_force ? r->in_force->text : STR("nothing");
}

static struct place place_of_given(const struct given *now, const struct given *was) {
    struct place at = now->at.source ? now->at : was->at;
    if (!now->at.source && now->history_count)
        at = now->history[now->history_count - 1].at;
    return at;
}

static struct place place_of_recorded(const struct recorded *now, const struct recorded *was) {
    return now->in_force ? now->in_force->at : was->in_force ? was->in_force->at : (struct place){0};
}

/* Which value of a member's facts is other: the first, since they are few. */
static void tell_member(const struct trying *t, const struct readings *r, const struct unit *u,
                        struct cause *c) {
    const struct subject *was = r->of[0][1].given[u->index].feel.list->items[u->member].record.object;
    const struct subject *is = r->of[1][1].given[u->index].feel.list->items[u->member].record.object;
    c->kind = CAUSE_OTHERS;
    c->id = str_join(t->arena, STR("member:"), is->id);
    c->label = is->label.len ? is->label : is->id;
    for (int own = 0; own < 2 && was && is; own++, was = was->base, is = is->base)
        for (size_t i = 0; was->given && is->given && i < is->kind->fact_count; i++) {
            const struct fact *fact = is->kind->facts[i];
            if (fact->derived || why_same_given(&was->given[i], &is->given[i]))
                continue;
            c->label = str_join(t->arena, c->label, STR(", "), fact->label);
            c->from = given_words(t, fact, &was->given[i]);
            c->to = given_words(t, fact, &is->given[i]);
            c->at = place_of_given(&is->given[i], &was->given[i]);
            return;
        }
}

static struct cause tell(const struct trying *t, const struct readings *r, const struct unit *u) {
    const struct policy_kind *kind = r->of[1][1].subject.kind;
    const struct edit *e = u->kind == UNIT_EDIT ? &t->why->edits.items[u->index] : NULL;
    bool lapse = u->kind == UNIT_FACT_DAY || u->kind == UNIT_RECORDED_DAY;
    const struct decided *was = &r->of[lapse ? 1 : 0][lapse ? 0 : 1], *is = &r->of[1][1];
    struct cause c = {.kind = lapse ? CAUSE_LAPSE : CAUSE_EDIT};
    switch (u->kind) {
    case UNIT_EDIT:
        if (!is_open(t, e))
            return (struct cause){.kind = CAUSE_WITHHELD, .id = STR("withheld")};
        c.edit = e;
        c.bare = e->kind >= EDIT_VOCABULARY && t->why->sides[1]->audience != AUDIENCE_OFFICERS;
        c.id = e->id;
        c.label = e->label;
        c.at = e->at;
        break;
    case UNIT_FACT:
    case UNIT_FACT_DAY: {
        const struct fact *fact = kind->facts[u->index];
        c.kind = lapse ? CAUSE_LAPSE : CAUSE_FACT;
        c.id = str_join(t->arena, STR("fact:"), fact->record, STR("."), fact->id);
        c.label = fact->label;
        c.from = given_words(t, fact, &was->given[u->index]);
        c.to = given_words(t, fact, &is->given[u->index]);
        c.at = place_of_given(&is->given[u->index], &was->given[u->index]);
        break;
    }
    case UNIT_MEMBER: tell_member(t, r, u, &c); break;
    case UNIT_RECORDED:
    case UNIT_RECORDED_DAY: {
        const struct output *o = kind->outputs[u->index];
        c.kind = lapse ? CAUSE_LAPSE : CAUSE_RECORDED;
        c.id = str_join(t->arena, STR("recorded:"), o->decision->id, STR("."), o->id);
        c.label = o->decision->output_count > 1 ? o->label : o->decision->label;
        c.from = recorded_words(t, o, &was->recorded[u->index]);
        c.to = recorded_words(t, o, &is->recorded[u->index]);
        c.at = place_of_recorded(&is->recorded[u->index], &was->recorded[u->index]);
        break;
    }
    case UNIT_DAY:
        c.kind = CAUSE_DAY;
        c.id = STR("day");
        break;
    }
    c.days[0] = t->why->sides[0]->as_of;
    c.days[1] = t->why->sides[1]->as_of;
    return c;
}

void why_tell(const struct trying *t, const struct readings *r, const bool *cause, struct causes *out) {
    out->items = arena_array(t->arena, struct cause, t->count + 1);
    for (size_t u = 0; u < t->count; u++) {
        struct cause c = {0};
        bool twice = false;
        if (cause[u])
            c = tell(t, r, &t->units[u]);
        for (size_t i = 0; i < out->count && c.id.len; i++)
            twice = twice || str_eq(out->items[i].id, c.id);
        if (c.id.len && !twice)
            out->items[out->count++] = c;
    }
    if (!out->count)
        out->items[out->count++] = (struct cause){.kind = CAUSE_OTHERS, .id = STR("others")};
}
