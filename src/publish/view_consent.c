/* SPDX-License-Identifier: MIT */
/*
 * view_consent.c: how far a partnership has come, whose agreement it waits for, and what its kind brings.
 *
 * Governing bodies' decisions are for schools and officers. What would follow from one is worked out from the bound audience's
 * own run, so that schools are told no more here than their tables tell them.
 */
#include "portal/consent.h"
#include "portal/partnership.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* ---- steps ---- */

/* Those on the way of its kind, and that where it stands. */
static void steps(const struct view *view, struct value_map *m, const struct page *p, bool under_way) {
    const struct choice *states = partnership_states;
    struct value_list list = part_list_new(view);
    bool done = true;
    for (size_t i = 0; under_way && states[i].id; i++) {
        bool current = str_eq(part_field(&p->front, "state"), str_from(states[i].id));
        if (!current && !partnership_passes(p, str_from(states[i].id)))
            continue;
        struct value_map v = part_map(view);
        done = done && !current;
        map_text(&v, "label", str_from(states[i].label));
        map_text(&v, "current", current ? STR("step") : (struct str){0});
        map_bool(&v, "done", done);
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "steps", &list);
}

/* ---- who has still to decide ---- */

static const struct {
    const char *label, *tone;
} answers[] = {[CONSENT_AGREED] = {"Agreed", "ok"},
               [CONSENT_OUTSTANDING] = {"Outstanding", "open"},
               [CONSENT_DECLINED] = {"Declined", "warn"},
               [CONSENT_SILENT] = {"Not recorded", "plain"}};

/* "not formed with these members; 2 schools remain: Size (Size: 3 to 10) is not met" */
static struct str declines(const struct view *view, const struct consent_run *run) {
    struct str rest = consent_rest_words(run, view->arena);
    struct str outcome = part_lower_first(view, run->outcome);
    return str_join(view->arena, outcome, rest.len && outcome.len ? STR("; ") : STR(""), rest);
}

static struct value member(const struct view *view, const struct consent_member *of) {
    struct value_map m = part_map(view);
    const struct school *school = of->membership->school;
    struct str words = of->words.len ? of->words : STR("Nothing recorded");
    bool same = str_eq(words, str_from(answers[of->answer].label));
    map_text(&m, "name", school->name);
    map_text(&m, "href", part_href(view, school->address));
    map_set(&m, "tag", part_tag(view, str_from(answers[of->answer].label), answers[of->answer].tone));
    map_text(&m, "text", same ? (struct str){0} : part_lower_first(view, words));
    map_set(&m, "date", part_date(view, of->decided));
    map_text(&m, "declines", declines(view, &of->declines));
    return map_done(&m);
}

struct value view_consent(const struct view *view, const struct page *p) {
    struct arena scratch = {0};
    struct consent consent;
    struct value_list members = part_list_new(view);
    struct value_map m = part_map(view);
    const struct decision *outcome = view->site->outcome;
    consent_of(view->site, p, view->arena, &scratch, &consent);
    arena_release(&scratch);
    if (consent.over || (!consent.under_way && !consent.outstanding && !consent.declined))
        return value_null();
    for (size_t i = 0; i < consent.count; i++)
        list_add(&members, member(view, &consent.members[i]));
    steps(view, &m, p, consent.under_way);
    map_set(&m, "outcome",
            consent.now.outcome.len
                ? part_link(view, consent.now.outcome, lexicon_table_address(view->arena, outcome->tables[0]))
                : value_null());
    map_text(&m, "next", consent_next_words(&consent, view->arena));
    map_text(&m, "rest", consent.declined ? consent_rest_words(&consent.now, view->arena) : (struct str){0});
    part_list(view, &m, "members", &members);
    return map_done(&m);
}

/* ---- who provides what ---- */

/* The fact of schools that is the kind of their partnership; SIZE_MAX: there is none. */
static size_t kind_fact(const struct policy_kind *school) {
    for (size_t i = 0; i < school->fact_count; i++)
        if (str_eq(school->facts[i]->from, STR("partnership.kind")))
            return i;
    return SIZE_MAX;
}

/* A school of which nothing is known but the kind of its partnership. */
static bool any_member(const struct view *view, const struct page *p, struct subject *out) {
    const struct site *site = view->site;
    const struct policy_kind *school = policy_kind(&site->policy, POLICY_SUBJECT);
    const struct value *kind = value_at(&p->front, "kind");
    size_t at = school ? kind_fact(school) : SIZE_MAX;
    if (at == SIZE_MAX || !kind)
        return false;
    struct given *given = arena_array(view->arena, struct given, school->fact_count);
    for (size_t i = 0; i < school->fact_count; i++)
        given[i].state = GIVEN_NOT_RECORDED;
    facts_read_value(site->facts, school->facts[at], kind, site->as_of, view->arena, &given[at]);
    *out = (struct subject){.policy = &site->policy,
                            .kind = school,
                            .as_of = site->as_of,
                            .audience = site->audience,
                            .given = given};
    subject_init(out, view->arena);
    return true;
}

/* Where the table says so: the row that decides where one does. Null where the audience has not got the page. */
static struct value where(const struct view *view, const struct subject *member, const struct decision *d) {
    const struct row *row = decision_winner(member, d);
    const struct policy_table *table = row ? row->table : d->tables[0];
    if (!lexicon_page(view->site, table))
        return value_null();
    if (!row)
        return part_link(view, d->label, lexicon_table_address(view->arena, table));
    return part_link(view, str_join(view->arena, d->label, STR(", row "), row->label),
                     str_join(view->arena, table->page, STR("#"), row->address));
}

struct value view_provides(const struct view *view, const struct page *p) {
    const struct decision *d = view->site->provides;
    struct subject member;
    struct decision_result result;
    struct arena scratch = {0};
    struct value_list rows = part_list_new(view);
    if (partnership_is_over(p) || !d || !decision_visible(d, view->site->audience) ||
        !any_member(view, p, &member))
        return value_null();
    decision_decide(&member, d, view->arena, &scratch, &result);
    arena_release(&scratch);
    for (size_t i = 0; i < d->output_count; i++) {
        values said = result.outputs[i].candidates;
        if (output_visible(&d->outputs[i], view->site->audience) && (said & ~VALUES_IMPROPER))
            list_add(&rows, part_row(view, d->outputs[i].label, part_alone(view, &d->outputs[i], said)));
    }
    if (!rows.count)
        return value_null();
    struct value_map m = part_map(view);
    struct value kind = part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]);
    map_text(&m, "label", d->label);
    map_text(&m, "kind", part_lower_first(view, value_words(value_at(&kind, "label"))));
    map_bool(&m, "formed", partnership_is_formed(p));
    map_set(&m, "where", where(view, &member, d));
    map_set(&m, "rows", list_done(&rows));
    return map_done(&m);
}
